/** Where terms have their meaning. */

import type { Call, CallEnd, Decision, Detach, Event } from '../term/term.ts';
import type { Space } from './protocol.ts';
import type { Atom, Relation } from './relation.ts';
import type { Instance } from './summary.ts';

/**
 * Where terms have their meaning: an idempotent semiring with a closure, an element for each event,
 * and marks that an explanation can leave on its way.
 */
export interface Domain<E> {
  /** No way. */
  readonly empty: E;
  /** The way on which nothing happens. */
  readonly identity: E;
  compose(first: E, second: E): E;
  join(left: E, right: E): E;
  star(step: E): E;
  forget(element: E, isForgotten: (atom: Atom) => boolean): E;
  test(atom: Atom, holds: boolean): E;
  /** @param isResumed whether it settles a promise that was made before, see {@link Resume} */
  event(
    event: Event,
    isResumed: boolean,
  ): { readonly normal: E; readonly thrown: E; readonly lingers: boolean };
  /**
   * What a call does, from the summary of what it calls.
   *
   * @param end how it ends where it does that; null for what it does while it goes on
   */
  called(summary: Relation, call: Call, callee: Instance, end: CallEnd | null): E;
  /** Marks the outcome of a test. */
  decided(element: E, decision: Decision, outcome: boolean): E;
  /** Marks that something thrown was caught. */
  caught(element: E, site: object): E;
  /** What becomes of the states where something with this effect is left to run by itself. */
  left(effect: E, term: Detach): E;
  /** Keeps active states and wakes the dormant, see {@link Space}. */
  readonly wake: E;
  /** Lets only active states through. */
  readonly active: E;
  /** Lets only dormant states through, and wakes them. */
  readonly awoken: E;
}

/**
 * The plain domain: relations.
 *
 * @param usesFacts whether tests of the same binding are to agree; where they are not, every test
 *   can come out either way, which allows more, and costs less
 */
export function relationDomain(space: Space, usesFacts = true): Domain<Relation> {
  const { algebra, effects, resumed, wake, active, awoken } = space;
  const nothing = { normal: algebra.identity, thrown: algebra.empty, lingers: false };
  return {
    empty: algebra.empty,
    identity: algebra.identity,
    compose: (first, second) => algebra.compose(first, second),
    join: (left, right) => algebra.join(left, right),
    star: (step) => algebra.star(step),
    forget: (relation, isForgotten) => algebra.forget(relation, isForgotten),
    test: usesFacts ? (atom, holds) => algebra.test(atom, holds) : () => algebra.identity,
    event: ({ event }, isResumed) => (isResumed ? resumed : effects)[event] ?? nothing,
    called: (summary) => summary,
    decided: (relation) => relation,
    caught: (relation) => relation,
    left: (effect) => (canEstablish(space, effect) ? space.left : algebra.identity),
    wake,
    active,
    awoken,
  };
}

/** Whether code with this effect can establish the session where nothing has happened yet. */
export function canEstablish({ algebra, protocol }: Space, effect: Relation): boolean {
  return ((algebra.rows(effect)[protocol.initial] ?? 0) & protocol.established) !== 0;
}
