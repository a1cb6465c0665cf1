/**
 * Guards that are kept in state: what starts falsy and is raised, that is, given something that may
 * be truthy, only where a JWT has been set in the same run of the function. Where one is truthy, there
 * is a JWT: unless a `logout()` leaves it as it is, for which it has to be lowered before, or on each
 * way behind. What is said here of truthy and falsy goes for any literal that it is compared with.
 */

import type { Node } from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import type { Proof } from '../../flow/lower/parts.ts';
import { constantsOf } from '../../flow/lower/constants.ts';
import { TRUTHY, type Constants } from '../../flow/lower/questions.ts';
import type { Outside } from '../../values/externals.ts';
import type { Runs } from '../../values/libraries/runs.ts';
import type { Keeping } from '../../values/libraries/state-kept.ts';
import type { Modules } from '../../values/host.ts';
import type { Values } from '../../values/resolve.ts';
import { provenBy } from '../protocol.ts';
import { BEFORE, canAnswer, mayAnswer, NONE, type Ask, type Evidence } from './asks.ts';
import { Witnesses, type Believes } from './evidence.ts';
import { hooksOf } from './hooks.ts';
import { isLoweredBehind } from './lowered.ts';
import type { Place } from './place.ts';
import { Places } from './places.ts';

/** Where something is raised, and what has to be truthy for that; null for nothing. */
export type Raises = ReadonlyMap<Node, Node | null>;

/** What the guards of a file are told by its analysis. */
export interface Told {
  /** What clears the session. */
  readonly clears: readonly Node[];
  /** Those of these places that are only come to where a JWT has been set in the same run. */
  readonly behindSet: (places: Raises) => ReadonlySet<Node>;
  /** Those of these, each of which a library runs, that have a JWT set in any run that comes to its end. */
  readonly endsBehindSet: (ended: ReadonlyMap<Node, Runs>) => ReadonlySet<Node>;
  /** The clears before which something is lowered, and not raised again. */
  readonly loweredBefore: (
    raised: ReadonlySet<Node>,
    lowered: ReadonlySet<Node>,
  ) => ReadonlySet<Node>;
  /** Counts a step; may throw, where that is too much work. */
  readonly step: () => void;
}

/** What knows what expressions are. */
interface Known {
  readonly values: Values;
  readonly constants: Modules;
  readonly includeTypes: () => void;
  readonly isNamed: (packages: readonly string[]) => boolean;
  readonly isOwn: (from: Node, specifier: string) => boolean;
  readonly libraries: { readonly kept: Keeping };
}

/** What tests tell of the session, by what is tested. */
export function proofsOf(
  tested: ReadonlySet<Node>,
  bindings: Bindings,
  known: Known,
  told: Told,
): ReadonlyMap<Node, Proof> {
  const {
    values,
    libraries: { kept },
  } = known;
  // By the type of its state alone, a selector leads to the store.
  if (hasRedux(values)) known.includeTypes();
  const constants = constantsOf(bindings, { literal: (node) => known.constants.literalOf(node) });
  const guards = new Guards(told, constants);
  const outside: Outside = (node) => known.constants.externalOf(node);
  const places = new Places(bindings, values, kept, {
    isHook: hooksOf(bindings, outside),
    outside,
    isNamed: (packages) => known.isNamed(packages),
    isOwn: (from, specifier) => known.isOwn(from, specifier),
  });
  const witnessesBy = (believes: Believes): Witnesses =>
    new Witnesses({ bindings, values, constants }, places, kept, believes, told.step);
  // First all that could be a guard, for these to be solved together.
  const hopeful = witnessesBy((place, ask) => guards.mayBe(place, ask));
  const asked = [...tested].filter(
    (node) => hopeful.of(node, true) !== NONE || hopeful.of(node, false) !== NONE,
  );
  const proofs = new Map<Node, Proof>();
  if (asked.length === 0) return proofs;
  const witnesses = witnessesBy((place, ask) => guards.believes(place, ask));
  for (const node of asked) {
    const whenTrue = eventOf(witnesses.of(node, true), true);
    const whenFalse = eventOf(witnesses.of(node, false), false);
    if (whenTrue !== null || whenFalse !== null) proofs.set(node, { whenTrue, whenFalse });
  }
  return proofs;
}

/** Whether the state of a component can be that of Redux. */
function hasRedux({ programs }: Values): boolean {
  return [...programs].some(
    (program) =>
      program.type === 'Program' &&
      program.body.some(
        (one) => one.type === 'ImportDeclaration' && /\bredux/.test(one.source.value),
      ),
  );
}

function eventOf(evidence: Evidence, outcome: boolean): number | null {
  return evidence === NONE ? null : provenBy(outcome, evidence === BEFORE);
}

/** A place of which is asked whether it answers so only where a JWT has been set. */
interface Guard {
  readonly raised: Raises;
  readonly lowered: ReadonlySet<Node>;
  /** What is run by a library at whose end it is raised, by the calls that made that. */
  readonly ended: ReadonlyMap<Node, Runs>;
  /** What has it run. */
  readonly begun: ReadonlySet<Node>;
  believed: boolean | null;
}

class Guards {
  readonly #told: Told;
  readonly #constants: Constants;
  /** Those that may be guards, by their places, in one reading or the other. */
  readonly #guards = new Map<object, Map<string, readonly Guard[]>>();
  #behindSet: ReadonlySet<Node> | null = null;

  constructor(told: Told, constants: Constants) {
    this.#told = told;
    this.#constants = constants;
  }

  /** Whether a place starts otherwise, and is raised anywhere. */
  mayBe(place: Place, ask: Ask): boolean {
    return this.#guard(place, ask).length > 0;
  }

  /** Whether a place answers so only where a JWT has been set. */
  believes(place: Place, ask: Ask): boolean {
    return this.#guard(place, ask).some((guard) => (guard.believed ??= this.#isBelieved(guard)));
  }

  #guard(place: Place, ask: Ask): readonly Guard[] {
    const known = this.#guards.get(place.key) ?? new Map<string, readonly Guard[]>();
    this.#guards.set(place.key, known);
    const { question, answer } = ask;
    const key = `${question.kind === 'equals' ? question.key : question.kind} ${String(answer)}`;
    let guards = known.get(key);
    if (guards === undefined) {
      const { lifted } = place;
      const own = guardOf(place, ask, this.#constants);
      const called =
        lifted === null ? null : guardOf({ ...place, writes: lifted }, ask, this.#constants);
      guards = [own, called].filter((guard) => guard !== null);
      known.set(key, guards);
    }
    return guards;
  }

  #isBelieved({ raised, lowered, ended, begun }: Guard): boolean {
    this.#behindSet ??= this.#told.behindSet(this.#allRaised());
    for (const node of raised.keys()) if (!this.#behindSet.has(node)) return false;
    if (ended.size > 0 && this.#told.endsBehindSet(ended).size < ended.size) return false;
    const left = this.#told.clears.filter((clear) => !isLoweredBehind(clear, lowered));
    if (left.length === 0) return true;
    if (lowered.size === 0) return false;
    const before = this.#told.loweredBefore(new Set([...raised.keys(), ...begun]), lowered);
    return left.every((clear) => before.has(clear));
  }

  #allRaised(): Raises {
    const all = new Map<Node, Node | null>();
    for (const known of this.#guards.values()) {
      for (const { raised } of [...known.values()].flat()) {
        for (const [node, value] of raised) {
          // Where it is asked in two ways, it is raised whatever it is given.
          all.set(node, all.has(node) && all.get(node) !== value ? null : value);
        }
      }
    }
    return all;
  }
}

function guardOf(
  { initial, starts, writes, isOnly }: Place,
  ask: Ask,
  constants: Constants,
): Guard | null {
  const isFirst =
    starts?.some((one) => one === null || canAnswer(one, ask)) ??
    mayAnswer(initial, ask, constants);
  if (isFirst) return null;
  const raised = new Map<Node, Node | null>();
  const isTested = ask.question === TRUTHY && ask.answer;
  const lowered = new Set<Node>();
  const ended = new Map<Node, Runs>();
  const begun = new Set<Node>();
  for (const { node, value, isUnsure, after } of writes) {
    const isRaising = value === 'unseen' || mayAnswer(value, ask, constants);
    if (after !== undefined) {
      if (!isRaising) continue;
      ended.set(node, after.runs);
      for (const one of after.also) begun.add(one);
    } else if (!isRaising) {
      if (isUnsure !== true) lowered.add(node);
    } else raised.set(node, isTested && !raised.has(node) && value !== 'unseen' ? value : null);
  }
  for (const node of [...raised.keys(), ...begun]) lowered.delete(node);
  // Where there are several, others stay as they are.
  if (!isOnly) lowered.clear();
  if (raised.size === 0 && ended.size === 0) return null;
  return { raised, lowered, ended, begun, believed: null };
}
