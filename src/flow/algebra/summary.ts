/** What functions do to the session, as those see it that call them. */

import { RESULT_KINDS, type CallEnd, type FunctionTerm, type ResultKind } from '../term/term.ts';
import type { Space } from './protocol.ts';
import type { Relation, RelationAlgebra } from './relation.ts';

/** What a call does to the session, in one {@link RunMode}. */
export interface Summary {
  /** The states after it returned, for each kind of its result; see `ended`. */
  readonly results: Readonly<Record<ResultKind, Relation>>;
  readonly thrown: Relation;
  /** Of an async function that was started: the states in which it is suspended first. */
  readonly suspended: Relation;
  /** What events that linger can do to the session from the call on, when nobody waits for it. */
  readonly lingering: Relation;
  /**
   * Of an async function: the states in which it returned with no suspension, for each kind of its
   * result. Where it is settled, what such an end leaves of the states at that time.
   */
  readonly ended: Readonly<Record<ResultKind, Relation>>;
  /** The same of what it threw before its first suspension: its promise was rejected from the start. */
  readonly dead: Relation;
}

/** The states in which a function ends, for each way in which it can. */
export type Ended<E> = Readonly<Record<CallEnd, E>>;

/** A function together with what its parameters, and those around it, are known to hold. */
export interface Instance {
  readonly term: FunctionTerm;
  /** For parameters that hold functions: which. */
  readonly env: ReadonlyMap<object, readonly Instance[]>;
}

/** A record with one entry a kind of result. */
export function eachKind<T>(make: (kind: ResultKind) => T): Record<ResultKind, T> {
  return {
    true: make('true'),
    false: make('false'),
    nullish: make('nullish'),
    truthy: make('truthy'),
    falsy: make('falsy'),
  };
}

/** The summary of a function that is not known to end. */
export function noResults<E>(empty: E): Record<ResultKind, E> {
  return { true: empty, false: empty, nullish: empty, truthy: empty, falsy: empty };
}

/** The states in which a function has ended that has ended in either of these. */
export function joinEnded<E>(
  { join }: { readonly join: (one: E, other: E) => E },
  one: Ended<E>,
  other: Ended<E>,
): Ended<E> {
  return {
    ...eachKind((kind) => join(one[kind], other[kind])),
    thrown: join(one.thrown, other.thrown),
  };
}

/** What there is of results, of whatever kind. */
export function ofAnyKind(algebra: RelationAlgebra, results: Summary['results']): Relation {
  return RESULT_KINDS.reduce((all, kind) => algebra.join(all, results[kind]), algebra.empty);
}

/** A summary with each relation changed; itself where that changes none. */
export function mapSummary(summary: Summary, change: (relation: Relation) => Relation): Summary {
  const changed: Summary = {
    results: eachKind((kind) => change(summary.results[kind])),
    thrown: change(summary.thrown),
    suspended: change(summary.suspended),
    lingering: change(summary.lingering),
    ended: eachKind((kind) => change(summary.ended[kind])),
    dead: change(summary.dead),
  };
  return sameSummary(changed, summary) ? summary : changed;
}

/** Whether what a function does goes by how tests come out. */
export function dependsOnFacts(summary: Summary): boolean {
  const { results, thrown, suspended, lingering, ended, dead } = summary;
  return (
    thrown.kind === 'decision' ||
    suspended.kind === 'decision' ||
    lingering.kind === 'decision' ||
    dead.kind === 'decision' ||
    RESULT_KINDS.some(
      (kind) => results[kind].kind === 'decision' || ended[kind].kind === 'decision',
    )
  );
}

/** What a function does that does what either summary says. */
export function joinSummaries({ algebra }: Space, one: Summary, other: Summary): Summary {
  return {
    results: eachKind((kind) => algebra.join(one.results[kind], other.results[kind])),
    thrown: algebra.join(one.thrown, other.thrown),
    suspended: algebra.join(one.suspended, other.suspended),
    lingering: algebra.join(one.lingering, other.lingering),
    ended: eachKind((kind) => algebra.join(one.ended[kind], other.ended[kind])),
    dead: algebra.join(one.dead, other.dead),
  };
}

/** Whether two summaries say the same. */
export function sameSummary(one: Summary, other: Summary): boolean {
  return (
    one.thrown === other.thrown &&
    one.suspended === other.suspended &&
    one.lingering === other.lingering &&
    one.dead === other.dead &&
    RESULT_KINDS.every(
      (kind) => one.results[kind] === other.results[kind] && one.ended[kind] === other.ended[kind],
    )
  );
}
