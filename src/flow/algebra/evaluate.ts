/**
 * The meaning of terms, in a relation algebra: one relation for each way in which code can end.
 *
 * The same walk serves two purposes. *Solving* starts from the identity and yields the summary of a
 * function: what each state at its start can become. *Observing* starts from the states in which
 * the function is really entered, and tells in which states each site is reached. Solving leaves
 * the closure of each loop and the effect of each `finally` behind for observing, so each visits a
 * term once, whatever its nesting.
 *
 * See Kincaid, Reps & Cyphert, "Algebraic Program Analysis" (CAV 2021).
 */

import type { Call, CallMode, Detach, ResultKind, RunMode, Term } from '../term/term.ts';
import type { Domain } from './domain.ts';
import { Probe, type Later } from './probe.ts';
import type { Space } from './protocol.ts';
import type { Atom, Relation } from './relation.ts';
import {
  eachKind,
  joinEnded,
  noResults,
  ofAnyKind,
  type Ended,
  type Instance,
  type Summary,
} from './summary.ts';
import { Walk } from './walk.ts';
import { Closures, NOBODY, type Calls, type Observer } from './observer.ts';

/** The effect of a function, for a caller that uses it in this mode. */
export function summarize(
  space: Space,
  domain: Domain<Relation>,
  instance: Instance,
  mode: RunMode,
  calls: Calls,
  closures: Closures<Relation>,
): Summary {
  const { algebra } = space;
  const isSettled = mode === 'settled' || mode === 'resumed';
  const walk = new Walk(domain, instance, mode, calls, closures, null);
  walk.current = isSettled ? space.sleep : algebra.identity;
  walk.run(instance.term.body);
  const { term } = instance;
  // What is known by what it is given is told by who calls.
  const owns = (atom: Atom): boolean => term.owns(atom) && !term.takes(atom);
  const finish = (relation: Relation): Relation =>
    algebra.forget(isSettled ? algebra.compose(relation, space.wake) : relation, owns);
  const results = walk.results();
  const lingering = finish(walk.lingering);
  if (mode === 'started' && instance.term.isAsync) {
    // Whatever happens, the caller gets a promise.
    const pending = algebra.join(walk.suspended, walk.thrown);
    const all = algebra.join(pending, ofAnyKind(algebra, results));
    return {
      results: { ...noResults(algebra.empty), truthy: finish(all) },
      thrown: algebra.empty,
      suspended: finish(walk.suspended),
      lingering,
      ended: eachKind((kind) => finish(results[kind])),
      dead: finish(walk.thrown),
    };
  }
  if (!isSettled || !instance.term.isAsync) {
    return {
      results: eachKind((kind) => finish(results[kind])),
      thrown: finish(isSettled ? algebra.compose(walk.thrown, space.active) : walk.thrown),
      suspended: algebra.empty,
      lingering,
      ended: noResults(algebra.empty),
      dead: algebra.empty,
    };
  }
  // What is still dormant has not been suspended: it came to its end where the promise was made.
  const resumed = (relation: Relation): Relation => finish(algebra.compose(relation, space.active));
  const atOnce = (relation: Relation): Relation => finish(algebra.compose(relation, space.awoken));
  return {
    results: eachKind((kind) => resumed(results[kind])),
    thrown: resumed(walk.thrown),
    suspended: algebra.empty,
    lingering,
    ended: eachKind((kind) => atOnce(results[kind])),
    dead: atOnce(walk.thrown),
  };
}

/** Walks a part of a function, leaving what observing needs in `closures`. */
export function close<E>(
  domain: Domain<E>,
  instance: Instance,
  part: Term,
  calls: Calls,
  closures: Closures<E>,
): void {
  const walk = new Walk(domain, instance, 'awaited', calls, closures, null);
  walk.current = domain.identity;
  walk.run(part);
}

/**
 * Walks a function from the states in which it is entered; the states in which it ends.
 *
 * @param mode `settled` for what is left of it, where the states are those in which it goes on
 */
export function observe<E>(
  domain: Domain<E>,
  instance: Instance,
  entry: E,
  calls: Calls,
  closures: Closures<E>,
  observer: Observer<E>,
  mode: CallMode = 'awaited',
): Ended<E> {
  const walk = new Walk(domain, instance, mode, calls, closures, observer);
  walk.current = entry;
  walk.run(instance.term.body);
  return walk.ended();
}

/** What comes after one place of a function. */
export interface Aftermath<E> {
  /** The states at the place and at all places after it. */
  readonly seen: E;
  /** The states in which the function ends. */
  readonly ended: Ended<E>;
}

/**
 * The states at one place of a function and at all places after it: those in which something can
 * run that is left there to run later. What is left there can be before all that it does itself.
 *
 * What settles a promise does not run on where that promise is awaited. Once the place is reached
 * again, though, it is the promise of the later round that is awaited.
 */
export function statesFrom<E>(
  domain: Domain<E>,
  instance: Instance,
  at: Later,
  states: E,
  calls: Calls,
  closures: Closures<E>,
): Aftermath<E> {
  const { empty } = domain;
  const from = (
    start: E,
    known: Closures<E>,
    ends: boolean,
  ): Aftermath<E> & { readonly again: E } => {
    const probe = new Probe(domain, { at, site: null, states: start, ended: null, ends }, true);
    probe.see(start);
    const found = searched(domain, instance, probe, calls, known);
    return { ...found, again: probe.again };
  };
  if (at.kind !== 'detach' || at.promise === null) return from(states, closures, false);
  const ending = endingAt(domain, instance, at, calls, closures);
  const first = from(states, ending, true);
  if (first.again === empty) return first;
  const further = from(first.again, closures, false);
  return joinAftermath(domain, first, further);
}

function joinAftermath<E>(domain: Domain<E>, one: Aftermath<E>, other: Aftermath<E>): Aftermath<E> {
  return {
    seen: domain.join(one.seen, other.seen),
    ended: joinEnded(domain, one.ended, other.ended),
  };
}

/** The effects of loops and finalizers, with the ways left out that end at a place. */
function endingAt<E>(
  domain: Domain<E>,
  instance: Instance,
  at: Later | Call,
  calls: Calls,
  { ways }: Closures<E>,
): Closures<E> {
  const ending = new Closures<E>(ways);
  const solving = new Walk(domain, instance, 'awaited', calls, ending, null);
  solving.current = domain.identity;
  const start = { at, site: null, states: domain.empty, ended: null, ends: true };
  solving.search(new Probe(domain, start, false));
  return ending;
}

/**
 * The states behind a call, and at all places after it, where it has ended in these.
 *
 * @param isGoingOn whether what it called goes on by itself: then only until its promise is awaited.
 *   Once it is called again, it is the later promise that is awaited.
 */
export function statesBehind<E>(
  domain: Domain<E>,
  instance: Instance,
  at: Call,
  ended: Ended<E>,
  calls: Calls,
  closures: Closures<E>,
  isGoingOn = false,
): Aftermath<E> {
  const start = { at, site: null, states: domain.empty, ended, ends: isGoingOn };
  const probe = new Probe(domain, start, true);
  for (const states of Object.values(ended)) probe.see(states);
  if (!isGoingOn) return searched(domain, instance, probe, calls, closures);
  const ending = endingAt(domain, instance, at, calls, closures);
  const first = searched(domain, instance, probe, calls, ending);
  if (probe.again === domain.empty) return first;
  const again = { at, site: null, states: probe.again, ended: null, ends: false };
  const further = searched(domain, instance, new Probe(domain, again, true), calls, closures);
  return joinAftermath(domain, first, further);
}

/**
 * What comes behind a place of a function, which is told by its AST node: an event, a call or a
 * reference.
 *
 * @param results those of what a call there runs; null for any
 */
export function behind<E>(
  domain: Domain<E>,
  instance: Instance,
  { site, results }: { readonly site: object; readonly results: ReadonlySet<ResultKind> | null },
  states: E,
  calls: Calls,
  closures: Closures<E>,
): Aftermath<E> {
  const start = { at: null, site, results, states, ended: null, ends: false };
  return searched(domain, instance, new Probe(domain, start, true), calls, closures);
}

function searched<E>(
  domain: Domain<E>,
  instance: Instance,
  probe: Probe<E>,
  calls: Calls,
  closures: Closures<E>,
): Aftermath<E> {
  const walk = new Walk(domain, instance, 'awaited', calls, closures, NOBODY);
  walk.search(probe);
  return { seen: probe.seen, ended: walk.ended() };
}

/** Walks what is left to run later, from the states in which it can. */
export function observeDetached<E>(
  domain: Domain<E>,
  instance: Instance,
  { body }: Detach,
  states: E,
  calls: Calls,
  closures: Closures<E>,
  observer: Observer<E>,
): void {
  const walk = new Walk(domain, instance, 'awaited', calls, closures, observer);
  walk.current = states;
  walk.runLeft(body);
}
