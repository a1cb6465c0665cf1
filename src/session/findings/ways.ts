/** The ways to a site: from as far up as its state goes back, and where one parts from another. */

import { isNode, type Node } from '../../syntax/ast.ts';
import type { States } from '../../flow/algebra/relation.ts';
import type { Entry, Explanation, Further, Place } from '../../flow/solve/explanation.ts';
import type { Following } from '../../flow/solve/order.ts';
import type { Change, Step } from '../../flow/solve/ways.ts';
import { TooMuchWork } from '../../flow/solve/work.ts';
import type { Call, FunctionTerm, Refer } from '../../flow/term/term.ts';
import { codeAroundInline } from '../frames.ts';
import type { SessionFile } from '../model.ts';
import type { Site, Solved } from '../sites.ts';
import { WITH_JWT } from '../protocol.ts';

/** The part of a way that lies in one function. */
export interface Leg {
  readonly function: FunctionTerm;
  /** What happens from its entry on, in order; where, is told by the AST nodes that these name. */
  readonly steps: readonly Step[];
  /** The call or reference that leads on to the next leg; null where the protected call is reached. */
  readonly to: Call | Refer | null;
  /** The state in which the function is entered, */
  readonly entry: number;
  /** and how it can be. */
  readonly entries: readonly Entry[];
}

/** A way to a site, from as far up as its state goes back. */
export interface Origin {
  /** Each part of the way in its function, the outermost function's first. */
  readonly ways: Explanation[];
  readonly legs: Leg[];
  /** The steps of all legs, behind those of the module where code outside enters the first. */
  readonly steps: Step[];
  /** The step that brought about the state; null where nothing did. */
  readonly by: Change | null;
}

/** The part of a way in a function to which the call belongs, or which takes what belongs to it. */
export interface Frame {
  readonly way: Explanation;
  /** What the way enters its function by; null where that is not followed. */
  readonly from: Call | Refer | null;
  /** The call, or what leads on to it. */
  readonly place: object;
  /** What leads on from the place; null for the call itself. */
  readonly to: Call | Refer | null;
  /** Whether the call belongs to it. */
  readonly isOwn: boolean;
}

/** A frame behind whose place the way goes on. */
export type Passed = Frame & Place;

/** A way in one function, and the step of it that brought about its state. */
interface Parting {
  readonly way: Explanation | null;
  readonly by: Change | null;
  /** How tests come out on it, as far as who calls the function can go by it. */
  readonly outside: Outcomes;
}

/** How tests come out, and the same as text. */
interface Outcomes {
  readonly known: Further['known'];
  readonly text: string;
}

interface KnownLeg extends Parting {
  readonly wanted: States;
  readonly kin: States;
  readonly instance: Further['in'];
  /** How tests come out further down, as text. */
  readonly below: string;
}

/** Where a way goes on behind a call, and how tests come out there. */
interface Below extends Outcomes {
  readonly in: Further['in'];
}

const NO_OUTCOMES: Outcomes = { known: new Map(), text: '' };

/** In a file, it is asked so often whether something can come behind a call, which takes a walk. */
const MAX_FOLLOWED = 128;

/** What brings something about is looked for so many calls deep. */
export const MAX_DEPTH = 8;

export class Ways {
  readonly #session: SessionFile;
  readonly #solved: Solved;
  readonly #isWhole: boolean;
  /** What was found of sites, by what was asked. */
  readonly #legs = new Map<object, KnownLeg[]>();
  #followed = 0;

  /** @param isWhole whether the steps that could change the state and do not are told, too */
  constructor(session: SessionFile, solved: Solved, isWhole = false) {
    this.#session = session;
    this.#solved = solved;
    this.#isWhole = isWhole;
  }

  /**
   * A way to a site, followed up through the functions until something brings about its state.
   *
   * @param kin the states that have the same cause: to go from one to another brings about nothing
   */
  to(
    site: object,
    wanted: States,
    kin: States,
    to: Leg['to'] = null,
    further?: Below,
    seen = new Map<object, Set<Further['in']>>(),
  ): Origin | null {
    const instance = further?.in ?? null;
    const before = seen.get(site) ?? new Set();
    if (wanted === 0 || before.has(instance)) return null;
    seen.set(site, before.add(instance));
    const { way, by, outside } = this.#leg(site, wanted, kin, further);
    if (way === null) return null;
    const { function: code, steps, entries } = way;
    const legs: Leg[] = [{ function: code, steps, to, entry: entryState(way), entries }];
    const ends: Origin = { ways: [way], legs, steps: [...steps], by };
    if (by !== null) return ends;
    const state = 1 << entryState(way);
    for (const { from, in: caller, states: entered } of entries) {
      if (from === null || (entered & state) === 0) continue;
      const above = this.to(from.site, state, kin, from, { in: caller, ...outside }, seen);
      if (above === null) continue;
      // What is above is ours to add to: at times, the way leads through all that a file has.
      above.ways.push(way);
      for (const leg of legs) above.legs.push(leg);
      for (const step of steps) above.steps.push(step);
      return above;
    }
    const opening = this.openingOf(way);
    if (opening === null) return ends;
    return { ...ends, steps: [...opening, ...steps], by: this.entering(opening, kin) };
  }

  /**
   * What the module does before code outside enters the function of a way as it does there; null where
   * that is not what enters it.
   *
   * @param wanted the states in which it is entered then, if these are others
   */
  openingOf(way: Explanation, wanted = 1 << entryState(way)): readonly Step[] | null {
    const isFromOutside = way.entries.some(
      ({ from, states }) => from === null && (states & wanted) !== 0,
    );
    return isFromOutside ? this.#solved.solution.beforeEntry(wanted) : null;
  }

  /** A way to a site in its function, which many ways further down can have in common. */
  #leg(site: object, wanted: States, kin: States, further: Below | undefined): Parting {
    const legs = this.#legs.get(site) ?? [];
    this.#legs.set(site, legs);
    const instance = further?.in ?? null;
    const below = further?.text ?? '';
    let leg = legs.find(
      (one) =>
        one.wanted === wanted &&
        one.kin === kin &&
        one.instance === instance &&
        one.below === below,
    );
    if (leg !== undefined) {
      this.#session.step();
    } else {
      const way = this.#solved.solution.explain(site, wanted, further, this.#isWhole);
      const by = way && this.entering(way.steps, kin);
      const outside = way === null ? NO_OUTCOMES : outcomesOutside(way);
      leg = { wanted, kin, instance, below, way, by, outside };
      legs.push(leg);
    }
    return leg;
  }

  /**
   * The last step that leads into some states from others; also a call that, in what it calls, leads
   * out of them and back.
   */
  entering(steps: readonly Step[], kin: States, depth = 0): Change | null {
    const entered = steps.findLast((step): step is Change => {
      if (!isChange(step) || (kin & (1 << step.to)) === 0) return false;
      if ((kin & (1 << step.from)) === 0) return true;
      if (step.kind !== 'called' || step.from === step.to || depth >= MAX_DEPTH) return false;
      const within = this.#solved.solution.within(step, 1 << step.to);
      return within !== null && this.entering(within, kin, depth + 1) !== null;
    });
    return entered ?? null;
  }

  /**
   * The functions that a call belongs to, from the inside out: a function that is written inline
   * belongs to the one around it. Between the two are those that it is handed to, and that run it:
   * only the first of them where the one around has ended before.
   */
  frames(site: Site, { ways, legs }: Origin): readonly Frame[] {
    const frames: Frame[] = [];
    let own = ways.length - 1;
    let last = 0;
    for (let index = own; index >= last; index--) {
      const way = ways[index];
      if (way === undefined) break;
      const to = legs[index]?.to ?? null;
      const from = legs[index - 1]?.to ?? null;
      const isOwn = index === own;
      frames.push({ way, from, place: to?.site ?? site.node, to, isOwn });
      if (!isOwn) continue;
      const code = codeAroundInline(way.function, this.#session);
      if (code === null) break;
      own = ways.slice(0, index).findLastIndex((other) => other.function.node === code);
      if (own < 0) last = index - 1;
    }
    return frames;
  }

  /** The frames through which the way goes on, each as it is passed: where one throws, it is the last. */
  *passed(frames: readonly Frame[]): Iterable<Passed> {
    let inner: Frame | null = null;
    let results: Place['results'] = null;
    for (const frame of frames) {
      const isCalledHere = inner?.from?.kind === 'call' && inner.from === frame.to;
      const passed: Passed = { ...frame, results: isCalledHere ? results : null };
      yield passed;
      this.#ask();
      results = this.#solved.solution.resultsBehind(passed);
      if (results.size === 0) return;
      inner = frame;
    }
  }

  /** A way on which the user JWT is set, in the same function. */
  good({ way, place }: Pick<Frame, 'way' | 'place'>): Explanation | null {
    const good = this.#solved.solution.explain(place, WITH_JWT);
    return good?.function === way.function ? good : null;
  }

  /** A way on which the user JWT is set in the same function, which is given the same. */
  setIn({ way: { instance }, place }: Frame): Explanation | null {
    const good = this.#solved.solution.explain(place, WITH_JWT, { ...NO_OUTCOMES, in: instance });
    return good?.steps.some(isSet) === true ? good : null;
  }

  /** Whether it can be told how the user JWT came to be set that is cleared on a way. */
  isSetBefore({ ways: [outermost] }: Origin): boolean {
    if (outermost === undefined) return false;
    const { entries } = outermost;
    const { known } = outcomesOutside(outermost);
    const state = 1 << entryState(outermost);
    if ((WITH_JWT & state) === 0) return true;
    return entries.some(
      ({ from, in: caller, states }) =>
        from !== null &&
        (states & state) !== 0 &&
        this.#solved.solution.explain(from.site, state, { in: caller, known }) !== null,
    );
  }

  /** Whether one of some calls, or the settling of what they made, can come behind a place. */
  canFollow(from: Passed, calls: readonly object[], as: Following['as']): boolean {
    this.#ask();
    return this.#solved.solution.isFollowed(from, { sites: new Set(calls), as });
  }

  #ask(): void {
    if (++this.#followed > MAX_FOLLOWED) throw new TooMuchWork();
  }
}

/** What tests come to further down says nothing to who calls the function. */
function outcomesOutside({ known: all, function: code }: Explanation): Outcomes {
  const known = [...all].filter(([atom]) => code.owns(atom) || code.sees(atom));
  return known.length === 0 ? NO_OUTCOMES : { known: new Map(known), text: known.join() };
}

/** Where the functions on a way are called, or handed over. */
export function entriesOf({ ways }: Origin): readonly Node[] {
  return ways.flatMap(({ entries }) =>
    entries.flatMap(({ from }) => (from !== null && isNode(from.site) ? [from.site] : [])),
  );
}

export function isChange(step: Step): step is Change {
  return step.kind === 'event' || step.kind === 'called' || step.kind === 'left';
}

/** Whether a step sets the user JWT: not one that only uses it, such as a login. */
export function isSet(step: Step): step is Change {
  return isChange(step) && (WITH_JWT & (1 << step.to)) !== 0 && (WITH_JWT & (1 << step.from)) === 0;
}

/** The state in which a way enters its function. */
export function entryState({ steps, state }: Explanation): number {
  return steps.find(isChange)?.from ?? state;
}

/** Where a step happens. */
export function placeOf(step: Change): Node | null {
  const place =
    step.kind === 'event'
      ? (step.event.site ?? step.event.origin)
      : step.kind === 'called'
        ? step.call.site
        : step.term.promise;
  return isNode(place) ? place : null;
}
