/**
 * A protocol, as data: the states that a session can be in, and what each event does to them.
 * Nothing in `flow` knows which protocol it runs.
 */

import { MAX_STATES, RelationAlgebra, type Relation, type States } from './relation.ts';

/** What comes of a state. */
type Outcomes = Pick<EventEffect, 'normal' | 'thrown'>;

/** What an event does. A state is its place in {@link Protocol.states}. */
export interface EventEffect {
  readonly name: string;
  /** The states after the event, where it goes well. */
  readonly normal: (state: number) => States;
  /** The states after the event, where it throws or rejects. */
  readonly thrown: (state: number) => States;
  /** Whether, in code that nobody waits for, it can strike at any time from then on. */
  readonly lingers?: boolean;
  /** What it does where it settles a promise that was made before, on a way that is not seen. */
  readonly resumed?: Outcomes;
}

export interface Protocol {
  readonly states: readonly string[];
  readonly events: readonly EventEffect[];
  /** The state in which nothing has happened yet. */
  readonly initial: number;
  /** The states that only a function which establishes the session itself can bring about. */
  readonly established: States;
  /** What a state becomes where something is left to run by itself that can establish the session. */
  readonly left?: (state: number) => States;
  /** What a state becomes where something that can establish the session was begun, and threw at once. */
  readonly died?: (state: number) => States;
  /**
   * The state in which functions are entered by whoever has got them at a site, or exported (null),
   * whatever it was there; null for what it was.
   */
  readonly entered?: (site: object | null) => number | null;
  /** The states in which what was set has been taken away: a promise that set it may be long fulfilled. */
  readonly over?: States;
}

/** An event's effect in the algebra. */
export interface Effect {
  readonly normal: Relation;
  readonly thrown: Relation;
  readonly lingers: boolean;
}

/**
 * The state space in which a protocol is evaluated. It holds each state twice: *active*, and
 * *dormant*, waiting for the function to be resumed after its first suspension. The effect of the
 * part of an async function that runs after it was started is found by entering it dormant: events
 * pass a dormant state by, the first suspension wakes it.
 */
export interface Space {
  readonly protocol: Protocol;
  readonly algebra: RelationAlgebra;
  readonly effects: readonly Effect[];
  /** Those where a promise is settled that was made before, see {@link EventEffect.resumed}. */
  readonly resumed: readonly Effect[];
  /** Those where what is left of a promise is run that was made on this way, see {@link excludedAt}. */
  readonly settled: readonly Effect[];
  /** See {@link Protocol.left}. */
  readonly left: Relation;
  /** See {@link Protocol.died}. */
  readonly died: Relation;
  /** Keeps the states in which what was set has been taken away, see {@link Protocol.over}. */
  readonly over: Relation;
  /** Keeps active and dormant states but for the initial one. */
  readonly begun: Relation;
  /** Puts active states to sleep. */
  readonly sleep: Relation;
  /** Wakes dormant states, and keeps active ones. */
  readonly wake: Relation;
  /** Lets only active states through. */
  readonly active: Relation;
  /** Lets only dormant states through, and wakes them. */
  readonly awoken: Relation;
}

/** Prepares a protocol for evaluation. */
export function createSpace(protocol: Protocol): Space {
  const count = protocol.states.length;
  if (count * 2 > MAX_STATES) throw new RangeError('a protocol has too many states');
  const algebra = new RelationAlgebra(count * 2);
  const onActive = (next: (state: number) => States): Relation =>
    algebra.map((state) => (state < count ? next(state) : 1 << state));
  const effectOf = (event: EventEffect, { normal, thrown }: Outcomes = event): Effect => ({
    normal: onActive(normal),
    thrown: onActive(thrown),
    lingers: event.lingers === true,
  });
  /** The same without what cannot be dormant there. */
  const settling = (next: (state: number) => States, excluded: States): Relation =>
    algebra.map((state) => {
      if (state < count) return next(state);
      return (excluded & (1 << (state - count))) === 0 ? 1 << state : 0;
    });
  const excluded = excludedIn(protocol);
  return {
    protocol,
    algebra,
    effects: protocol.events.map((event) => effectOf(event)),
    resumed: protocol.events.map((event) => effectOf(event, event.resumed)),
    settled: protocol.events.map(({ normal, thrown, lingers = false }, event) => ({
      normal: settling(normal, excluded[event]?.normal ?? 0),
      thrown: settling(thrown, excluded[event]?.thrown ?? 0),
      lingers,
    })),
    left: protocol.left === undefined ? algebra.identity : onActive(protocol.left),
    died: protocol.died === undefined ? algebra.identity : onActive(protocol.died),
    over: algebra.map((state) => (protocol.over ?? 0) & (1 << state)),
    begun: algebra.map((state) => (state === protocol.initial ? 0 : 1 << state)),
    sleep: algebra.map((state) => (state < count ? 1 << (state + count) : 1 << state)),
    wake: algebra.map((state) => 1 << (state < count ? state : state - count)),
    active: algebra.map((state) => (state < count ? 1 << state : 0)),
    awoken: algebra.map((state) => (state < count ? 0 : 1 << (state - count))),
  };
}

/** The states that are excluded at an event, where it goes well, and where it throws. */
interface Excluded {
  readonly normal: States;
  readonly thrown: States;
}

/** What is excluded at each event goes by the protocol alone, of which there are many spaces. */
const known = new WeakMap<Protocol, readonly Excluded[]>();

function excludedIn(protocol: Protocol): readonly Excluded[] {
  let excluded = known.get(protocol);
  if (excluded === undefined) {
    const before = beforeEach(protocol);
    excluded = protocol.events.map(({ normal, thrown }) => ({
      normal: excludedAt(normal, before),
      thrown: excludedAt(thrown, before),
    }));
    known.set(protocol, excluded);
  }
  return excluded;
}

/**
 * For each state, those from which it can come about, itself among them. What died (see
 * {@link Protocol.died}) is as if nothing had been begun, and counts for none.
 */
function beforeEach({ states, events, left }: Protocol): readonly States[] {
  const changes = events.flatMap(({ normal, thrown, resumed }) => [
    normal,
    thrown,
    ...(resumed === undefined ? [] : [resumed.normal, resumed.thrown]),
  ]);
  if (left !== undefined) changes.push(left);
  const after = states.map((_, from) => changes.reduce((all, change) => all | change(from), 0));
  const before = states.map((_, state) => 1 << state);
  for (let isOpen = true; isOpen;) {
    isOpen = false;
    for (const [from, next] of after.entries()) {
      for (const [to, all] of before.entries()) {
        const more = (next & (1 << to)) === 0 ? all : all | (before[from] ?? 0);
        isOpen ||= more !== all;
        before[to] = more;
      }
    }
  }
  return before;
}

/**
 * The states in which no promise is met that has come by this before it was suspended: what it leads to
 * leads to none of them.
 *
 * @param before see {@link beforeEach}
 */
function excludedAt(next: (state: number) => States, before: readonly States[]): States {
  let excluded = 0;
  for (const [state, all] of before.entries()) {
    const isKept = before.some((_, from) => (all & (1 << from)) !== 0 && (next(from) & all) !== 0);
    if (!isKept) excluded |= 1 << state;
  }
  return excluded;
}
