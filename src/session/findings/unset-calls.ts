/** The calls of a file that can run without a user JWT, and how. */

import {
  codeAround,
  functionAround,
  isFunction,
  isNode,
  isWithin,
  type Node,
} from '../../syntax/ast.ts';
import { offsetOf } from '../../syntax/places.ts';
import type { Explanation, Further } from '../../flow/solve/solution.ts';
import type { States } from '../../flow/algebra/relation.ts';
import {
  partsOf,
  type Call,
  type FunctionTerm,
  type Refer,
  type Term,
} from '../../flow/term/term.ts';
import type { Change, Following, Step, Turn } from '../../flow/solve/witness.ts';
import { TooMuchWork } from '../../flow/solve/work.ts';
import type { ProtectableRole, Role } from '../../sdk/roles.ts';
import type { ClientCall, SessionFile, SessionOptions, Site, Solved } from '../model.ts';
import { AwaitedPromises } from './awaited.ts';
import { codeAroundInline, isToldAsCall, nameOf, takerOf } from '../frames.ts';
import {
  CLEARED,
  PENDING,
  REJECTED,
  UNSET,
  WITH_JWT,
  WITHOUT_JWT,
  WITHOUT_JWT_FOR_LOGIN,
} from '../protocol.ts';
import { clipped, describeHandler, quote, type SourceText } from './words.ts';
import { decisive, describeTurns } from '../turns.ts';

/** Why a call can run without a user JWT; the first that is true is told. */
export type Cause =
  | 'cleared'
  | 'notAwaited'
  | 'rejected'
  | 'skippedOnPath'
  | 'helperMaySkip'
  | 'calledUnset'
  | 'setTooLate'
  | 'neverSet'
  /** Told where finding out is too much work. */
  | 'onSomeWay';

export interface Violation {
  readonly site: Site;
  readonly cause: Cause;
  /** The placeholders of the message. */
  readonly data: Readonly<Record<string, string>>;
  /** What the message names: the call, handler or condition at which it can be mended. */
  readonly culprits: readonly Node[];
  /** The way that is told, from the outermost function that it is followed up to. */
  readonly way: readonly Leg[];
  /** What the remedy keeps the way from; null where it does something else. */
  readonly cut: Cut | null;
}

/** Turns of a way, and the place behind them that is not to be reached by one of them. */
export interface Cut {
  readonly place: object;
  readonly turns: readonly Turn[];
}

/** The part of a way that lies in one function. */
export interface Leg {
  readonly function: FunctionTerm;
  /** What happens from its entry on, in order; where, is told by the AST nodes that these name. */
  readonly steps: readonly Step[];
  /** The call or reference that leads on to the next leg; null where the protected call is reached. */
  readonly to: Call | Refer | null;
}

export interface ViolationOptions extends SessionOptions {
  /** The roles of the calls to look at. */
  readonly protect: readonly ProtectableRole[];
}

/** The violations in a file, in the order of the source. */
export function violationsOf(
  session: SessionFile,
  options: ViolationOptions,
  text: SourceText,
): readonly Violation[] {
  const faults = faultsIn(session, options);
  if (faults.length === 0) return [];
  const teller = new Teller(session, session.solve(options), text);
  return faults.map(
    (site) =>
      session.withinWork(() => teller.tell(site, site.states & faultsAt(site))) ??
      teller.plainly(site),
  );
}

/** The calls of a file that can run without a user JWT, in the order of the source. */
export function faultsIn(session: SessionFile, options: ViolationOptions): readonly Site[] {
  const guarded: ReadonlySet<string> = new Set(options.protect);
  return session
    .solve(options)
    .sites.filter((site) => guarded.has(site.role) && (site.states & faultsAt(site)) !== 0);
}

/** Tells of single calls, what {@link violationsOf} tells. */
export function violationAt(
  session: SessionFile,
  options: SessionOptions,
): (site: Site) => Violation | null {
  const teller = new Teller(session, session.solve(options), {
    lineOf: () => '',
    textOf: () => '',
  });
  return (site) => {
    const bad = site.states & faultsAt(site);
    return bad === 0 ? null : session.withinWork(() => teller.tell(site, bad));
  };
}

/** The states in which a place is reached by no turn that is cut off. */
export function statesWithout({ place, turns }: Cut, solution: Solved['solution']): States {
  const last = turns.at(-1);
  return last === undefined ? -1 : solution.statesWithout(place, last);
}

function faultsAt({ role }: Site): States {
  return role === 'login' ? WITHOUT_JWT_FOR_LOGIN : WITHOUT_JWT;
}

/** A way to a site, from as far up as its state goes back. */
interface Origin {
  /** Each part of the way in its function, the outermost function's first. */
  readonly ways: Explanation[];
  readonly legs: Leg[];
  /** The steps of all legs. */
  readonly steps: Step[];
  /** The step that brought about the state; null where nothing did. */
  readonly by: Change | null;
}

/** The part of a way in a function to which the call belongs. */
interface Frame {
  readonly way: Explanation;
  /** What the way enters its function by; null where that is not followed. */
  readonly from: Call | Refer | null;
  /** The call, or what leads on to it. */
  readonly place: object;
}

/** In a file, so many causes are tried for whether their remedy mends the fault. */
const MAX_TRIED = 64;

/** In a file, it is asked so often whether something can come behind a call, which takes a walk, */
const MAX_FOLLOWED = 128;

/** and of so many sets for one call. */
const MAX_LATER = 4;

/** What brings something about is looked for so many calls deep. */
const MAX_DEPTH = 8;

/** How long what is told of conditions may get, if the message is to have some 200 characters. */
const ROOM = 120;

function roomFor({ method }: Site): number {
  return ROOM - method.length;
}

class Teller {
  readonly #session: SessionFile;
  readonly #solved: Solved;
  readonly #text: SourceText;
  readonly #awaited: AwaitedPromises;
  readonly #sets: readonly Site[];
  /** The sets in each function, and in the module. */
  readonly #setsIn = new Map<Node | null, Site[]>();
  /** The first use of a role in each node around one. */
  readonly #first = new Map<Role, Map<object, Site>>();
  #written: readonly ClientCall[] | null = null;
  #tried = 0;
  #followed = 0;

  constructor(session: SessionFile, solved: Solved, text: SourceText) {
    this.#session = session;
    this.#solved = solved;
    this.#text = text;
    this.#awaited = new AwaitedPromises(session);
    this.#sets = solved.sites.filter(({ role }) => role === 'establish');
    for (const set of this.#sets) {
      const owner = codeAround(set.node);
      const known = this.#setsIn.get(owner);
      if (known === undefined) this.#setsIn.set(owner, [set]);
      else known.push(set);
    }
  }

  tell(site: Site, bad: States): Violation {
    const causes: readonly (readonly [kin: States, cause: (isPlain: boolean) => Told | null])[] = [
      [CLEARED, (isPlain) => this.#cleared(site, bad, isPlain)],
      [PENDING, () => this.#notAwaited(site, bad)],
      [REJECTED, () => this.#rejected(site, bad)],
      [UNSET, () => this.#unset(site, bad)],
    ];
    // Where the state has one cause, there is nothing to choose from.
    const isPlain = causes.filter(([kin]) => (bad & kin) !== 0).length < 2;
    let first: Told | null = null;
    let mending: Told | null = null;
    for (const [kin, cause] of causes) {
      const told = cause(isPlain);
      if (told === null) continue;
      first ??= told;
      if (isPlain) break;
      if (this.#mends(told, kin, site, bad)) mending ??= told;
    }
    // Of some ways, no more is known than that there are any.
    const told = mending ?? first ?? { cause: 'onSomeWay', data: {}, way: [] };
    const data = { method: site.method, establish: this.#establish(), ...told.data };
    return { site, culprits: [], cut: null, ...told, data };
  }

  /**
   * Whether the remedy of a cause makes the report go away.
   *
   * @param kin the states that the cause is one of
   */
  #mends({ cause, cut = null }: Told, kin: States, site: Site, bad: States): boolean {
    switch (cause) {
      case 'rejected':
        return (bad & ~REJECTED) === 0 || this.#isCutOff(site, cut);
      case 'skippedOnPath':
        return this.#isCutOff(site, cut);
      case 'cleared':
        // To set it again is no news where that was tried, and failed.
        return (bad & ~CLEARED & ~REJECTED) === 0 ? (bad & REJECTED) === 0 : true;
      case 'calledUnset':
        return true;
      case 'notAwaited':
      case 'helperMaySkip':
      case 'setTooLate':
      case 'neverSet':
        return (bad & ~kin) === 0;
      case 'onSomeWay':
        return false;
    }
  }

  /** Whether no way leads into the fault but those that take one of these turns. */
  #isCutOff(site: Site, cut: Cut | null): boolean {
    if (cut === null || ++this.#tried > MAX_TRIED) return false;
    return (statesWithout(cut, this.#solved.solution) & faultsAt(site)) === 0;
  }

  /** What is true of each violation, and takes no search for a way. */
  plainly(site: Site): Violation {
    const data = { method: site.method, establish: this.#establish() };
    return { site, cause: 'onSomeWay', data, culprits: [], way: [], cut: null };
  }

  /** @param isPlain whether it is the only cause, so that it is told though the JWT is not seen */
  #cleared(site: Site, bad: States, isPlain: boolean): Told | null {
    const origin = this.#origin(site.node, bad & CLEARED, CLEARED);
    if (!isPlain && origin !== null && !this.#isSetBefore(origin)) return null;
    if ((bad & CLEARED) === 0) return null;
    const step = origin?.by ?? null;
    const by =
      step === null
        ? this.#clearedBehind(origin === null ? functionsAround(site.node) : entriesOf(origin))
        : this.#actor(step, 'clear', CLEARED);
    if (by === null) return null;
    const when = origin === null ? '' : this.#when(site, origin);
    const data = { clear: by.name, line: by.line, when };
    return { cause: 'cleared', data, way: origin?.legs ?? [] };
  }

  /** Whether it can be told how the user JWT came to be set that is cleared on a way. */
  #isSetBefore({ ways: [outermost] }: Origin): boolean {
    if (outermost === undefined) return false;
    const { entries, known } = outermost;
    const state = 1 << entryState(outermost);
    if ((WITH_JWT & state) === 0) return true;
    return entries.some(
      ({ from, in: caller, states }) =>
        from !== null &&
        (states & state) !== 0 &&
        this.#solved.solution.explain(from.site, state, { in: caller, known }) !== null,
    );
  }

  /** The `logout()` behind what was left to run later, by where it was left. */
  #clearedBehind(references: readonly Node[]): Actor | null {
    for (const reference of references) {
      const code = codeAround(reference);
      const clears = this.#solved.sites.filter(
        ({ role, node }) => role === 'clear' && isWithin(node, code),
      );
      const clear =
        clears.find(({ node }) => offsetOf(node) > offsetOf(reference)) ?? clears.at(0) ?? null;
      if (clear !== null) return this.#named(clear);
    }
    return null;
  }

  #notAwaited(site: Site, bad: States): Told | null {
    const origin = this.#origin(site.node, bad & PENDING, PENDING);
    const step = origin?.by;
    const set = step && this.#actor(step, 'establish', PENDING);
    if (origin === null || !step || !set) return null;
    const { name, line, nodes } = set;
    const when = this.#when(site, origin);
    // What a condition leads past is awaited before the call, too.
    const late = when === '' ? this.#awaitedLate(step, set, site, origin) : null;
    if (late !== null) return { ...late, way: origin.legs };
    const data = { establish: name, line, when };
    return { cause: 'notAwaited', data, culprits: nodes, way: origin.legs };
  }

  /** A promise that was made before the call, and is awaited behind it. */
  #awaitedLate(step: Change, { name, nodes }: Actor, site: Site, origin: Origin): Reason | null {
    const made = placeOf(step);
    const makers = made === null ? nodes : [made, ...nodes];
    for (const { place, way } of this.#frames(site, origin)) {
      const awaited = isNode(place) ? this.#awaited.behind(makers, place) : null;
      if (awaited === null || !this.#canFollow(place, makers, 'settled', way)) {
        if (this.#canFollow(place, [], 'end', way)) continue;
        break;
      }
      const promise = this.#awaited.nameOf(makers, awaited);
      return {
        cause: 'setTooLate',
        data: { establish: name, line: this.#text.lineOf(awaited.node) },
        culprits: promise === null ? [] : [promise],
      };
    }
    return null;
  }

  #rejected(site: Site, bad: States): Told | null {
    const origin = this.#origin(site.node, bad & REJECTED, REJECTED);
    const step = origin?.by;
    if (origin === null || !step) return null;
    // A helper that returns all the same needs no handler behind it.
    const goesOn =
      step.kind === 'called' && this.#solved.solution.within(step, 1 << step.to) !== null;
    const caught = swallowing(step, origin.steps.slice(origin.steps.indexOf(step)), goesOn);
    const { name, line } = this.#actor(step, 'establish', REJECTED) ?? {};
    const handler =
      caught === null
        ? step.kind === 'called' && name !== undefined
          ? `\`${name}\` on line ${line ?? ''}`
          : 'what handles the rejection'
        : describeHandler(caught.site, this.#text);
    const culprits = caught !== null && isNode(caught.site) ? [caught.site] : [];
    const frame =
      caught && this.#frames(site, origin).find(({ way }) => way.steps.includes(caught));
    return {
      cause: 'rejected',
      data: { catch: handler },
      culprits,
      way: origin.legs,
      cut: frame ? { place: frame.place, turns: [caught] } : null,
    };
  }

  #unset(site: Site, bad: States): Told | null {
    const origin = this.#origin(site.node, bad & UNSET, UNSET);
    if (origin === null) return null;
    const reason = this.#unsetIn(site, origin);
    return { ...reason, way: origin.legs };
  }

  #unsetIn(site: Site, origin: Origin): Reason {
    const frames = this.#frames(site, origin);
    let good: Explanation | null = null;
    for (const frame of frames) {
      const other = this.#good(frame);
      const reason = other && this.#skipped(site, frame, other);
      if (reason !== null) return reason;
      good ??= other;
    }
    const outermost = frames.at(-1);
    const called = outermost && this.#calledUnset(outermost, good !== null);
    if (called) return called;
    for (const frame of frames) {
      const reason = this.#tooLate(frame, good);
      if (reason !== null) return reason;
      // Where it always throws, what stands behind it further out does not come next.
      if (!this.#canFollow(frame.place, [], 'end', frame.way)) break;
    }
    for (const frame of frames.slice(0, -1)) {
      const handed = this.#handedOverUnset(frame);
      if (handed !== null) return handed;
    }
    const clear = origin.by && this.#actor(origin.by, 'clear', UNSET);
    const where = clear
      ? `since \`${clear.name}()\` on line ${clear.line}`
      : good !== null
        ? 'on a call from outside'
        : 'on any way';
    return { cause: 'neverSet', data: this.#elsewhere(site, where) };
  }

  /** The sets of the file, also those in functions that nothing refers to. */
  #setCalls(): readonly ClientCall[] {
    this.#written ??= this.#session.calls().filter(({ role }) => role === 'establish');
    return this.#written;
  }

  /** The nearest set, for whoever wonders why it does not count. */
  #elsewhere({ node }: Site, where = 'on any way'): Record<string, string> {
    const at = offsetOf(node);
    let nearest: Pick<Site, 'node' | 'method'> | undefined;
    for (const set of [...this.#sets, ...this.#setCalls()]) {
      const isNearer =
        nearest === undefined ||
        Math.abs(offsetOf(set.node) - at) < Math.abs(offsetOf(nearest.node) - at);
      if (isNearer) nearest = set;
    }
    nearest ??= this.#solved.foreign.find(({ role }) => role === 'establish');
    return {
      where,
      elsewhere:
        nearest === undefined
          ? ''
          : ` The \`${nearest.method}\` on line ${this.#text.lineOf(nearest.node)} is not known to be awaited before this.`,
    };
  }

  /**
   * The functions that a call belongs to, from the inside out: a function that is written inline
   * belongs to the one around it.
   */
  #frames(site: Site, { ways, legs }: Origin): readonly Frame[] {
    const frames: Frame[] = [];
    for (let index = ways.length - 1; index >= 0;) {
      const way = ways[index];
      if (way === undefined) break;
      const from = legs[index - 1]?.to ?? null;
      frames.push({ way, from, place: legs[index]?.to?.site ?? site.node });
      const code = codeAroundInline(way.function, this.#session);
      if (code === null) break;
      const before = ways.slice(0, index);
      index = before.findLastIndex((other) => other.function.node === code);
    }
    return frames;
  }

  /** A way on which the user JWT is set, in the same function. */
  #good({ way, place }: Frame): Explanation | null {
    const good = this.#solved.solution.explain(place, WITH_JWT);
    return good?.function === way.function ? good : null;
  }

  /** Where a way without a set parts from one with it. */
  #skipped(site: Site, { way, place }: Frame, good: Explanation): Reason | null {
    const turns = decisive(way.steps, good.steps);
    if (turns.length > 0) {
      const condition = describeTurns(turns, this.#text, roomFor(site));
      const culprits = placesOf(turns);
      return { cause: 'skippedOnPath', data: { condition }, culprits, cut: { place, turns } };
    }
    const set = good.steps.find(isSet);
    // What is set behind the call, in an earlier round of a loop, is not skipped.
    if (set === undefined || this.#isBehind(set, place)) return null;
    return this.#skippedIn(site, set);
  }

  /** How a step that sets the user JWT can leave that out. */
  #skippedIn(site: Site, set: Change, depth = 0): Reason | null {
    const actor = this.#actor(set, 'establish', WITH_JWT);
    if (actor === null) return null;
    const { name, line } = actor;
    if (set.kind === 'called' && nameOf(set.callee.term, this.#session) !== '') {
      return { cause: 'helperMaySkip', data: { helper: name, line } };
    }
    // What is called where it is written is part of the function.
    if (set.kind === 'called' && depth < MAX_DEPTH) {
      const good = this.#solved.solution.within(set, WITH_JWT);
      const way = this.#solved.solution.within(set, UNSET);
      const turns = good === null || way === null ? [] : decisive(way, good);
      if (turns.length > 0) {
        return {
          cause: 'skippedOnPath',
          data: { condition: describeTurns(turns, this.#text, roomFor(site)) },
          culprits: placesOf(turns),
        };
      }
      const inner = good?.find(isSet);
      const reason = inner === undefined ? null : this.#skippedIn(site, inner, depth + 1);
      if (reason !== null) return reason;
    }
    // A list of promises can be empty, a promise fulfilled: nothing in the source decides that.
    return {
      cause: 'skippedOnPath',
      data: { condition: `\`${name}\` on line ${line} is not run` },
    };
  }

  /** On which condition a way is taken on which the user JWT is lost; nothing if on every way. */
  #when(site: Site, { ways }: Origin): string {
    const [way, ...others] = ways;
    if (way === undefined || others.length > 0) return '';
    const good = this.#good({ way, from: null, place: site.node });
    const turns = good === null ? [] : decisive(way.steps, good.steps);
    return turns.length === 0 ? '' : ` when ${describeTurns(turns, this.#text, roomFor(site))}`;
  }

  #calledUnset(frame: Frame, isSetOnOtherWays: boolean): Reason | null {
    const { node } = frame.way.function;
    const name = nameOf(frame.way.function, this.#session);
    if (!this.#isSetOutside(node) || (name === '' && !isSetOnOtherWays)) return null;
    // A function that is handed over where it is written is told by its own place.
    const entry = this.#entryOf(frame, ({ site }) => isSetOnOtherWays || site !== node);
    return entry && this.#called(frame.way.function, entry);
  }

  /** A function without a name that is handed over where it is written: as if it had one. */
  #handedOverUnset(frame: Frame): Reason | null {
    const { node } = frame.way.function;
    if (!isNode(node) || !isFunction(node) || !this.#isSetOutside(node)) return null;
    const entry = this.#entryOf(frame, ({ kind }) => kind === 'refer');
    return entry && this.#called(frame.way.function, entry);
  }

  /** What is entered too early, by its name or by what it is handed to, and where. */
  #called(term: FunctionTerm, { site }: Call | Refer): Reason {
    const name = nameOf(term, this.#session);
    const line = this.#text.lineOf(site);
    const isHere = isNode(term.node) && isNode(site) && isWithin(term.node, site);
    if (name !== '' || !isHere) {
      const told = name === '' ? 'This function' : quote(name);
      return { cause: 'calledUnset', data: { entered: `${told} can be called from line ${line}` } };
    }
    const taker = takerOf(term, this.#session);
    const told = taker === '' ? 'The function' : `The callback of ${quote(taker)}`;
    return { cause: 'calledUnset', data: { entered: `${told} on line ${line} can run` } };
  }

  /** What the way enters its function by, if that is told as a call. */
  #entryOf({ way, from }: Frame, isMeant: (from: Call | Refer) => boolean): Call | Refer | null {
    const state = 1 << entryState(way);
    const entries = way.entries.flatMap((entry) =>
      entry.from !== null && (entry.states & state) !== 0 ? [entry.from] : [],
    );
    const others = from === null ? entries : [from, ...entries];
    return others.find((one) => isMeant(one) && isToldAsCall(one, way.function)) ?? null;
  }

  /** Whether the user JWT is set somewhere else than in a function. */
  #isSetOutside(node: object): boolean {
    const here = isNode(node) ? (this.#setsIn.get(node) ?? []) : [];
    return this.#sets.length > here.length;
  }

  #tooLate({ place, way }: Frame, good: Explanation | null): Reason | null {
    if (!isNode(place)) return null;
    const sets = this.#setsIn.get(codeAround(place)) ?? [];
    const behind = sets.filter(({ node }) => offsetOf(node) > offsetOf(place));
    // Most often, it is the first.
    const later = behind
      .slice(0, MAX_LATER)
      .find(({ node }) => this.#canFollow(place, [node], 'call', way));
    if (later !== undefined) {
      const data = { establish: later.method, line: this.#text.lineOf(later.node) };
      return { cause: 'setTooLate', data, culprits: [later.node] };
    }
    const set = good?.steps.find(isSet);
    if (set === undefined || !this.#isBehind(set, place)) return null;
    const actor = this.#actor(set, 'establish', WITH_JWT);
    if (actor === null || !this.#canFollow(place, actor.nodes, 'call', way)) return null;
    return { cause: 'setTooLate', data: { establish: actor.name, line: actor.line } };
  }

  /**
   * Whether one of some calls, the settling of what they made, or the end of the function can come
   * behind a place.
   */
  #canFollow(
    place: object,
    calls: readonly object[],
    as: Following['as'],
    { known }: Explanation,
  ): boolean {
    if (++this.#followed > MAX_FOLLOWED) throw new TooMuchWork();
    return this.#solved.solution.isFollowed(place, { sites: new Set(calls), as }, known);
  }

  /** Whether what a step does stands behind a place, in the function of that. */
  #isBehind(step: Change, place: object): boolean {
    const nodes = this.#actor(step, 'establish', WITH_JWT)?.nodes ?? [];
    return (
      isNode(place) &&
      nodes.some(
        (other) => codeAround(other) === codeAround(place) && offsetOf(other) > offsetOf(place),
      )
    );
  }

  /**
   * A way to a site, followed up through the functions until something brings about its state.
   *
   * @param kin the states that have the same cause: to go from one to another brings about nothing
   */
  #origin(
    site: object,
    wanted: States,
    kin: States,
    to: Leg['to'] = null,
    further?: Further,
    seen = new Map<object, Set<Further['in']>>(),
  ): Origin | null {
    const instance = further?.in ?? null;
    const before = seen.get(site) ?? new Set();
    if (wanted === 0 || before.has(instance)) return null;
    seen.set(site, before.add(instance));
    const way = this.#solved.solution.explain(site, wanted, further);
    if (way === null) return null;
    const { steps, known } = way;
    const legs = [{ function: way.function, steps, to }];
    const by = this.#entering(steps, kin);
    const ends = { ways: [way], legs, steps: [...steps], by };
    if (by !== null) return ends;
    const state = 1 << entryState(way);
    for (const { from, in: caller, states: entered } of way.entries) {
      if (from === null || (entered & state) === 0) continue;
      const above = this.#origin(from.site, state, kin, from, { in: caller, known }, seen);
      if (above === null) continue;
      // What is above is ours to add to: at times, the way leads through all that a file has.
      above.ways.push(way);
      for (const leg of legs) above.legs.push(leg);
      for (const step of steps) above.steps.push(step);
      return above;
    }
    return ends;
  }

  /**
   * The last step that leads into some states from others; also a call that, in what it calls, leads
   * out of them and back.
   */
  #entering(steps: readonly Step[], kin: States, depth = 0): Change | null {
    const entered = steps.findLast((step): step is Change => {
      if (!isChange(step) || (kin & (1 << step.to)) === 0) return false;
      if ((kin & (1 << step.from)) === 0) return true;
      if (step.kind !== 'called' || step.from === step.to || depth >= MAX_DEPTH) return false;
      const within = this.#solved.solution.within(step, 1 << step.to);
      return within !== null && this.#entering(within, kin, depth + 1) !== null;
    });
    return entered ?? null;
  }

  #establish(): string {
    return this.#sets[0]?.method ?? 'setUserJwt';
  }

  #named({ method, node }: Site): Actor {
    return { name: method, line: this.#text.lineOf(node), nodes: [node] };
  }

  /**
   * What brings a step about: the helper that is called, or the client's method; null where that is
   * not known.
   *
   * @param kin the states that it brings about
   */
  #actor(step: Change, role: Role, kin: States, depth = 0): Actor | null {
    switch (step.kind) {
      case 'event': {
        const site = step.event.site ?? step.event.origin ?? null;
        if (!isNode(site)) return null;
        const method = this.#solved.at(site)?.method ?? this.#establish();
        return { name: method, line: this.#text.lineOf(site), nodes: [site] };
      }
      case 'called': {
        const { site, mode } = step.call;
        const name = clipped(nameOf(step.callee.term, this.#session));
        const first = this.#firstIn(step.callee.term.node, role);
        const nodes = [site, first?.node].filter(isNode);
        // A helper that is awaited has dropped something itself; one without a name is told by what
        // it does.
        const isDropped = mode === 'awaited' && kin === PENDING;
        if (name !== '' && !isDropped) return { name, line: this.#text.lineOf(site), nodes };
        const within = depth < MAX_DEPTH ? this.#within(step, role, kin, depth) : null;
        if (within !== null) return { ...within, nodes: [...new Set([...within.nodes, ...nodes])] };
        return first === null ? null : { ...this.#named(first), nodes };
      }
      case 'left': {
        const { promise } = step.term;
        if (!isNode(promise)) return null;
        const first = this.#firstIn(promise, role);
        if (first !== null) return { ...this.#named(first), nodes: [first.node, promise] };
        const call = callsIn(step.term.body).find(({ callee }) =>
          callee.functions.some(({ node }) => this.#firstIn(node, role) !== null),
        );
        const name = clipped(call?.callee.functions[0]?.name ?? '');
        return call === undefined || name === ''
          ? null
          : { name, line: this.#text.lineOf(call.site), nodes: [promise] };
      }
    }
  }

  /** What brings a step about in the function that it calls. */
  #within(
    step: Change & { readonly kind: 'called' },
    role: Role,
    kin: States,
    depth: number,
  ): Actor | null {
    const isStarted = step.call.mode === 'started' && kin === PENDING;
    const target = isStarted ? WITH_JWT : 1 << step.to;
    const inner = this.#entering(this.#solved.solution.within(step, target) ?? [], target);
    return inner === null ? null : this.#actor(inner, role, isStarted ? WITH_JWT : kin, depth + 1);
  }

  /** The first use of a client in some code, own or foreign, that has a role. */
  #firstIn(code: object, role: Role): Site | null {
    let first = this.#first.get(role);
    if (first === undefined) {
      first = new Map();
      const { sites, foreign } = this.#solved;
      for (const site of [...sites, ...foreign]) {
        if (site.role !== role) continue;
        for (let outer: Node | null = site.node; outer !== null; outer = outer.parent ?? null) {
          if (!first.has(outer)) first.set(outer, site);
        }
      }
      this.#first.set(role, first);
    }
    return first.get(code) ?? null;
  }
}

type Reason = Pick<Violation, 'cause' | 'data'> & Partial<Pick<Violation, 'culprits' | 'cut'>>;
type Told = Reason & Pick<Violation, 'way'>;

/** What a message names, and the calls that can be meant by it. */
interface Actor {
  readonly name: string;
  readonly line: string;
  readonly nodes: readonly Node[];
}

/** Where the functions on a way are called, or handed over. */
function entriesOf({ ways }: Origin): readonly Node[] {
  return ways.flatMap(({ entries }) =>
    entries.flatMap(({ from }) => (from !== null && isNode(from.site) ? [from.site] : [])),
  );
}

/** The functions around a place, from the inside out. */
function functionsAround(place: Node): readonly Node[] {
  const around: Node[] = [];
  for (let code = functionAround(place); code !== null; code = functionAround(code)) {
    around.push(code);
  }
  return around;
}

/** The calls in a term. */
function callsIn(term: Term): readonly Call[] {
  return term.kind === 'call' ? [term] : partsOf(term).flatMap(callsIn);
}

function isChange(step: Step): step is Change {
  return step.kind === 'event' || step.kind === 'called' || step.kind === 'left';
}

/** The state in which a way enters its function. */
function entryState({ steps, state }: Explanation): number {
  return steps.find(isChange)?.from ?? state;
}

/** Where the code decides for turns. */
function placesOf(turns: readonly Turn[]): readonly Node[] {
  return turns
    .map((turn) => (turn.kind === 'decided' ? turn.decision.node : turn.site))
    .filter(isNode);
}

/** Whether a step sets the user JWT. */
function isSet(step: Step): step is Change {
  return isChange(step) && (WITH_JWT & (1 << step.to)) !== 0;
}

/**
 * Which of the handlers that a rejection passes goes on: the last of those around it.
 *
 * @param goesOn whether the code goes on without one
 */
function swallowing(origin: Change, steps: readonly Step[], goesOn: boolean): CaughtTurn | null {
  const caught = steps.filter(
    (step): step is CaughtTurn => step.kind === 'caught' && isNode(step.site),
  );
  const place = placeOf(origin);
  const around = place && caught.findLast(({ site }) => isNode(site) && guards(site, place));
  return around ?? (goesOn ? null : (caught[0] ?? null));
}

type CaughtTurn = Turn & { readonly kind: 'caught' };

function placeOf(step: Change): Node | null {
  const place =
    step.kind === 'event'
      ? (step.event.site ?? step.event.origin)
      : step.kind === 'called'
        ? step.call.site
        : step.term.promise;
  return isNode(place) ? place : null;
}

/** Whether a `catch`, a `finally` or a callback handles what is thrown at a place. */
function guards(handler: Node, place: Node): boolean {
  const { parent } = handler;
  if (parent?.type === 'TryStatement') {
    return (
      isWithin(place, parent.block) || (parent.finalizer === handler && isWithin(place, parent))
    );
  }
  return parent?.type === 'CallExpression' && isWithin(place, parent.callee);
}
