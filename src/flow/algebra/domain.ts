/** Where terms have their meaning. */

import type {
  Assign,
  Call,
  CallEnd,
  Changing,
  Decision,
  Detach,
  Event,
  Fact,
  FunctionTerm,
} from '../term/term.ts';
import type { Space } from './protocol.ts';
import type { Atom, Relation } from './relation.ts';
import type { Instance } from './summary.ts';

/** In what an event happens. */
export type EventMode = 'plain' | 'settled' | 'resumed';

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
  /** @param changed the facts that the steps can change */
  star(step: E, changed: readonly Changing[]): E;
  /** The way on which nothing happens, of code that is looked at by itself and can change these facts. */
  opened(changed: readonly Changing[]): E;
  /** First `first`, then code that was looked at by itself, see {@link opened}. */
  follow(first: E, second: E, changed: readonly Changing[]): E;
  /** Gives a variable a value. */
  assign(element: E, assignment: Assign): E;
  forget(element: E, isForgotten: (atom: Atom) => boolean): E;
  test(atom: Atom, holds: boolean): E;
  /**
   * @param as `resumed` where it settles a promise that was made on a way not seen, see {@link Resume};
   *   `settled` in what is left of one that was made on this way
   */
  event(
    event: Event,
    as: EventMode,
  ): { readonly normal: E; readonly thrown: E; readonly lingers: boolean };
  /**
   * What a call does, from the summary of what it calls.
   *
   * @param end how it ends where it does that; null for what it does while it goes on
   * @param facts what is told of the arguments
   */
  called(
    summary: Relation,
    call: Call,
    callee: Instance,
    end: CallEnd | null,
    facts: readonly Fact[],
  ): E;
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
  const { algebra, effects, settled, resumed, wake, active, awoken } = space;
  const byMode = { plain: effects, settled, resumed };
  const nothing = { normal: algebra.identity, thrown: algebra.empty, lingers: false };
  const opened = (changed: readonly Changing[]): Relation => {
    let { identity } = algebra;
    if (!usesFacts) return identity;
    for (const { atom, before } of changed) {
      identity = algebra.compose(identity, algebra.same(before, atom));
    }
    return identity;
  };
  const follow = (first: Relation, second: Relation, changed: readonly Changing[]): Relation => {
    if (changed.length === 0 || !usesFacts) return algebra.compose(first, second);
    if (first === algebra.empty || second === algebra.empty) return algebra.empty;
    const after = new Map(changed.map(({ atom, between }) => [atom, between]));
    const before = new Map(changed.map((one) => [one.before, one.between]));
    const both = algebra.compose(algebra.rename(first, after), algebra.rename(second, before));
    const between = new Set(after.values());
    return algebra.forget(both, (atom) => between.has(atom));
  };
  return {
    empty: algebra.empty,
    identity: algebra.identity,
    compose: (first, second) => algebra.compose(first, second),
    join: (left, right) => algebra.join(left, right),
    star: (step, changed) =>
      changed.length === 0 || !usesFacts
        ? algebra.star(step)
        : algebra.closure(opened(changed), step, (one, other) => follow(one, other, changed)),
    opened,
    follow,
    assign: (relation, { changes, facts }) => {
      if (!usesFacts) return relation;
      const forgotten = algebra.forget(relation, (atom) =>
        changes.some((one) => one.atom === atom),
      );
      return where(algebra, forgotten, facts);
    },
    forget: (relation, isForgotten) => algebra.forget(relation, isForgotten),
    test: usesFacts ? (atom, holds) => algebra.test(atom, holds) : () => algebra.identity,
    event: ({ event }, as) => byMode[as][event] ?? nothing,
    called: (summary) => summary,
    decided: (relation) => relation,
    caught: (relation) => relation,
    left: (effect) => leaving(space, effect),
    wake,
    active,
    awoken,
  };
}

/** The ways that lead to where these facts hold. */
export function where<E>(
  domain: Pick<Domain<E>, 'compose' | 'test'>,
  ways: E,
  facts: readonly Fact[],
): E {
  let held = ways;
  for (const { atom, holds } of facts) held = domain.compose(held, domain.test(atom, holds));
  return held;
}

/** The same of what a call tells of its arguments, as far as its function takes that. */
export function whereTaken<E>(
  domain: Pick<Domain<E>, 'compose' | 'test'>,
  ways: E,
  facts: readonly Fact[],
  term: FunctionTerm,
): E {
  return where(
    domain,
    ways,
    facts.filter(({ atom }) => term.takes(atom)),
  );
}

/** The states in which a function is entered, with the facts that it can ask for. */
export function asEntered(
  algebra: Pick<Domain<Relation>, 'forget'>,
  states: Relation,
  term: FunctionTerm,
): Relation {
  return algebra.forget(states, (atom) => !term.sees(atom) && !term.takes(atom));
}

/** What becomes of the states where code with this effect is left, by how its tests come out. */
function leaving(space: Space, effect: Relation): Relation {
  const { algebra } = space;
  const known = new Map<Relation, Relation>();
  const visit = (node: Relation): Relation => {
    if (!canEstablish(space, node)) return algebra.identity;
    if (node.kind === 'leaf') return space.left;
    let left = known.get(node);
    if (left === undefined) {
      left = algebra.decide(node.atom, visit(node.whenTrue), visit(node.whenFalse));
      known.set(node, left);
    }
    return left;
  };
  return visit(effect);
}

/** Whether code with this effect can establish the session where nothing has happened yet. */
export function canEstablish({ algebra, protocol }: Space, effect: Relation): boolean {
  return ((algebra.rows(effect)[protocol.initial] ?? 0) & protocol.established) !== 0;
}
