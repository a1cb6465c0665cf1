/**
 * How a state is reached: a second domain for the same walk, which keeps for each pair of states a
 * shortest way between them, as the decisions, catches and events that make it.
 */

import type { Domain } from '../algebra/domain.ts';
import { close, observe } from '../algebra/evaluate.ts';
import { Closures, NOBODY, type Calls } from '../algebra/observer.ts';
import type { Space } from '../algebra/protocol.ts';
import type { Atom, Relation, States } from '../algebra/relation.ts';
import { eachKind, type Instance } from '../algebra/summary.ts';
import { mayLead } from '../term/holds-call.ts';
import { partsOf } from '../term/make.ts';
import { fixedIn, outcomesIn } from '../term/varying.ts';
import {
  RESULT_KINDS,
  type Assign,
  type CallEnd,
  type Event,
  type FunctionTerm,
  type Term,
} from '../term/term.ts';
import { Memory } from './memory.ts';
import {
  STRAIGHT,
  NO_WAYS,
  closed,
  composed,
  join,
  keepShorter,
  single,
  sizeOf,
  joined,
  stepsOf,
  mapValues,
  type Step,
  type Way,
  type Ways,
} from './ways.ts';

/** A truth value for each atom that is held fixed; others may be either. */
export type Valuation = (atom: Atom) => boolean | null;

const NO_FACTS: Assign['facts'] = [];

/** To put so many ways together takes one step of work. */
const WAYS_AT_ONCE = 4;

/** Shortest ways from the entry of a function to each of its sites. */
export class Witnesses {
  readonly #memory: Memory;
  readonly #sites = new Map<object, Map<number, Way>>();
  readonly #ends: Readonly<Record<CallEnd, ReadonlyMap<number, Way>>>;

  /**
   * @param states those in which the function is entered, and all that it comes through then
   * @param valuation what is taken to hold on all ways
   * @param isWhole whether the steps that could change the state and do not are told, too
   */
  constructor(
    space: Space,
    instance: Instance,
    states: { readonly entry: States; readonly passed: States },
    calls: Calls,
    valuation: Valuation,
    isWhole = false,
  ) {
    const { body } = instance.term;
    this.#memory = new Memory(space.protocol.states.length, body);
    const known = settled(valuation, instance.term);
    // There can be as many ways as states, each with all that is remembered, to as many others.
    const count = (ways: Ways): Ways => {
      calls.step(Math.ceil(sizeOf(ways) / WAYS_AT_ONCE));
      return ways;
    };
    const { entry } = states;
    // What can be left to run is told by what it does where nothing has happened yet.
    const passed = states.passed | (1 << space.protocol.initial);
    const domain = wayDomain(space, passed, known, isWhole, this.#memory, count);
    const closures = closuresOf(domain, instance, calls);
    const start = new Map<number, Way>();
    for (const state of membersOf(entry).flatMap((one) => this.#memory.all(one)))
      start.set(state, STRAIGHT);
    const record = (site: object, [row]: Ways): void => {
      if (row === undefined) return;
      const known = this.#sites.get(site) ?? new Map<number, Way>();
      for (const [state, way] of row) keepShorter(known, state, way);
      this.#sites.set(site, known);
    };
    const ends = observe(domain, instance, [start], calls, closures, {
      ...NOBODY,
      site: record,
      enter: (_callee, ways, from) => {
        record(from.site, ways);
      },
      refer: (callees, ways, from) => {
        if (callees.length > 0) record(from.site, ways);
      },
    });
    const of = (end: CallEnd): ReadonlyMap<number, Way> => ends[end][0] ?? new Map<number, Way>();
    this.#ends = { ...eachKind(of), thrown: of('thrown') };
  }

  /** The steps of a shortest way to a site in a state; null where there is none. */
  steps(site: object, state: number): readonly Step[] | null {
    const way = this.#shortest(this.#sites.get(site), state);
    return way === null ? null : stepsOf(way);
  }

  /** A shortest way to a state, whatever is known of variables there. */
  #shortest(row: ReadonlyMap<number, Way> | undefined, state: number): Way | null {
    let shortest: Way | null = null;
    for (const one of this.#memory.all(state)) {
      const way = row?.get(one);
      if (way !== undefined && (shortest === null || way.length < shortest.length)) shortest = way;
    }
    return shortest;
  }

  /**
   * The steps of a shortest way on which the function ends in a state; null where there is none.
   *
   * @param end how it ends; null for any result
   */
  stepsToEnd(state: number, end: CallEnd | null = null): readonly Step[] | null {
    let shortest: Way | null = null;
    for (const kind of end === null ? RESULT_KINDS : [end]) {
      const way = this.#shortest(this.#ends[kind], state);
      if (way !== null && (shortest === null || way.length < shortest.length)) shortest = way;
    }
    return shortest === null ? null : stepsOf(shortest);
  }
}

/**
 * The same, where what nothing is said of has one value throughout: a way that came by a test in two
 * ways would be none. A promise is fulfilled, since to be rejected takes something that throws.
 */
function settled(valuation: Valuation, term: FunctionTerm): Valuation {
  const isFixed = fixedIn(term.body);
  // What functions ask that are called is answered by each call.
  const isSeen = (atom: Atom): boolean => term.owns(atom) || term.sees(atom);
  const outcomes = outcomesIn(term.body);
  return (atom) => valuation(atom) ?? (isSeen(atom) && isFixed(atom) ? outcomes.has(atom) : null);
}

/** Whether an event can happen in functions, or in what they call. */
const acting = new WeakMap<FunctionTerm, boolean>();

function canAct(term: FunctionTerm): boolean {
  let known = acting.get(term);
  if (known === undefined) {
    known = mayLead(term.body);
    acting.set(term, known);
  }
  return known;
}

/** A choice of the way that is not to be made: an outcome of a test, or a `catch` that is passed. */
export type Turn = Extract<Step, { readonly kind: 'decided' | 'caught' }>;

/** What observing a function in a domain of one's own needs. */
export function closuresOf<E>(domain: Domain<E>, instance: Instance, calls: Calls): Closures<E> {
  const closures = new Closures<E>();
  for (const part of closedParts(instance.term.body)) {
    close(domain, instance, part, calls, closures);
  }
  return closures;
}

/** What a space's domains have in common, whatever is taken to hold. */
interface Shared {
  readonly identity: Ways;
  readonly events: EffectsOfEvents;
  /** Those that settle a promise that was made before. */
  readonly resumed: EffectsOfEvents;
}

type EffectsOfEvents = WeakMap<Event, { normal: Ways; thrown: Ways; lingers: boolean }>;

/** By the states, whether all steps are told, and how much is remembered. */
const shared = new WeakMap<Space, Map<string, Shared>>();

function sharedOf(space: Space, passed: States, isWhole: boolean, memory: Memory): Shared {
  const spaces = shared.get(space) ?? new Map<string, Shared>();
  shared.set(space, spaces);
  const key = `${String(passed)} ${String(isWhole)} ${String(memory.size)}`;
  let known = spaces.get(key);
  if (known === undefined) {
    const identity: Ways = space.protocol.states.map((_, state) =>
      isIn(passed, state) ? new Map([[state, STRAIGHT]]) : undefined,
    );
    known = { identity: memory.lift(identity), events: new WeakMap(), resumed: new WeakMap() };
    spaces.set(key, known);
  }
  return known;
}

/** @param passed the states that matter: ways from others are not told */
function wayDomain(
  space: Space,
  passed: States,
  valuation: Valuation,
  isWhole: boolean,
  memory: Memory,
  counted: (ways: Ways) => Ways,
): Domain<Ways> {
  const { algebra, protocol, effects } = space;
  const count = protocol.states.length;
  const { identity, events, resumed } = sharedOf(space, passed, isWhole, memory);
  /**
   * @param isTold whether it is told even where it changes nothing in any state
   * @param length what it counts: a way on which nothing has to throw is preferred
   */
  const from = (
    relation: Relation,
    step: (from: number, to: number) => Step,
    isTold = false,
    length = 0,
  ): Ways => {
    if (relation === algebra.empty) return NO_WAYS;
    if (relation === algebra.identity && !isTold) return identity;
    const rows = algebra
      .rows(relation)
      .slice(0, count)
      .map((after, state) => {
        if (!isIn(passed, state)) return undefined;
        const row = new Map<number, Way>();
        for (let rest = after; rest !== 0; rest &= rest - 1) {
          const to = 31 - Math.clz32(rest & -rest);
          row.set(to, to === state && !isWhole ? STRAIGHT : single(step(state, to), length));
        }
        return row;
      });
    return memory.lift(rows);
  };
  const marked = (ways: Ways, step: Step): Ways => {
    if (ways === NO_WAYS) return ways;
    const mark = single(step, 1);
    return ways.map((row) => row && mapValues(row, (way) => joined(way, mark)));
  };
  const changed = (
    ways: Ways,
    isChanged: (atom: Atom) => boolean,
    facts: Assign['facts'],
  ): Ways => {
    if (ways === NO_WAYS || memory.size === 1) return ways;
    return ways.map((row) => {
      if (row === undefined) return undefined;
      const after = new Map<number, Way>();
      for (const [state, way] of row) {
        for (const to of memory.after(state, isChanged, facts)) keepShorter(after, to, way);
      }
      return after;
    });
  };
  const compose = (first: Ways, second: Ways): Ways => {
    if (second === identity || first === NO_WAYS) return first;
    return first === identity || second === NO_WAYS ? second : counted(composed(first, second));
  };
  return {
    empty: NO_WAYS,
    identity,
    compose,
    join: (left, right) => {
      const both = join(left, right);
      return both === left || both === right ? both : counted(both);
    },
    star: (step) =>
      step === identity || step === NO_WAYS ? identity : counted(closed(identity, step)),
    opened: () => identity,
    follow: compose,
    assign: (ways, { changes, facts }) =>
      changed(ways, (atom) => changes.some((one) => one.atom === atom), facts),
    forget: (ways, isForgotten) => changed(ways, isForgotten, NO_FACTS),
    test: (atom, holds) => {
      if (memory.remembers(atom)) {
        return identity.map((row, state) =>
          memory.holds(state, atom) === holds ? row : undefined,
        );
      }
      const value = valuation(atom);
      return value === null || value === holds ? identity : NO_WAYS;
    },
    event: (event, as) => {
      const isResumed = as === 'resumed';
      const known = isResumed ? resumed : events;
      let effect = known.get(event);
      if (effect === undefined) {
        const plain = (isResumed ? space.resumed : effects)[event.event];
        const step =
          (isThrown: boolean) =>
          (before: number, to: number): Step => ({
            ...{ kind: 'event', event, from: before, to, isThrown },
          });
        effect = {
          normal: plain === undefined ? identity : from(plain.normal, step(false)),
          thrown: plain === undefined ? NO_WAYS : from(plain.thrown, step(true), isWhole, 1),
          lingers: plain?.lingers === true,
        };
        known.set(event, effect);
      }
      return effect;
    },
    called: (summary: Relation, call, callee, end, facts) => {
      const isThrown = end === 'thrown';
      return from(
        algebra.given(summary, valuation),
        (before, to) => ({
          ...{ kind: 'called', call, callee, from: before, to, isThrown, end, facts },
        }),
        // What a call does not do because of what it is given is told.
        isWhole && (isThrown || (facts.length > 0 && canAct(callee.term))),
        isThrown ? 1 : 0,
      );
    },
    decided: (ways, decision, outcome) => marked(ways, { kind: 'decided', decision, outcome }),
    caught: (ways, site) => marked(ways, { kind: 'caught', site }),
    left: (effect, term) => {
      const after = memory
        .all(protocol.initial)
        .flatMap((state) => [...(effect[state]?.keys() ?? [])]);
      return after.some((state) => (protocol.established & (1 << (state % count))) !== 0)
        ? from(space.left, (before, to) => ({ kind: 'left', term, from: before, to }))
        : identity;
    },
    // Ways are told of functions that are run to their end: none of their states is dormant.
    wake: identity,
    active: identity,
    awoken: NO_WAYS,
  };
}

/**
 * The outermost parts of a term that are walked by themselves before they are observed: loops, what
 * has a finalizer, what is left to run later.
 */
function closedParts(term: Term): readonly Term[] {
  const isClosed =
    term.kind === 'loop' ||
    term.kind === 'detach' ||
    (term.kind === 'try' && term.finalizer !== null);
  return isClosed ? [term] : partsOf(term).flatMap(closedParts);
}

function isIn(states: States, state: number): boolean {
  return (states & (1 << state)) !== 0;
}

function membersOf(states: States): readonly number[] {
  const members: number[] = [];
  for (let rest = states; rest !== 0; rest &= rest - 1) members.push(31 - Math.clz32(rest & -rest));
  return members;
}
