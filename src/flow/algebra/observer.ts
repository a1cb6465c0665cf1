/** How an evaluation reaches other functions, what solving leaves behind, and who is told of states. */

import type { Call, Callee, Detach, Fact, Label, Refer, RunMode, Term, Try } from '../term/term.ts';
import type { Later } from './probe.ts';
import type { Ended, Instance, Summary } from './summary.ts';

/** What solving leaves behind for observing. */
export class Closures<E> {
  /** The effect of any number of rounds, of a finalizer, and of what lingers, by the term. */
  readonly effects = new Map<Term, E>();
  /** What becomes of the states where something is left to run by itself. */
  readonly left = new Map<Detach, E>();
  /** In which ways control can come to a finalizer. */
  readonly ways: Map<Try, Set<Way>>;

  constructor(ways = new Map<Try, Set<Way>>()) {
    this.ways = ways;
  }
}

/** How control comes to a finalizer: from a normal end, a throw, or an exit. */
type Way = 'normal' | 'thrown' | Label;

/** How an evaluation reaches other functions. */
export interface Calls {
  /** Counts a step of the work, or so many. */
  step(count?: number): void;
  /** The functions that an expression can be, and whether it can be anything else. */
  resolve(callee: Callee, from: Instance): { instances: readonly Instance[]; open: boolean };
  /** The instance of a function in which its parameters hold these arguments. */
  bind(callee: Instance, call: Call, from: Instance): Instance;
  /**
   * The effect of a call, as seen from the function that calls.
   *
   * @param facts what is told of the arguments
   */
  summary(
    callee: Instance,
    call: Call,
    mode: RunMode,
    from: Instance,
    facts: readonly Fact[],
  ): Summary;
}

/** Who wants to know in which states code is reached. */
export interface Observer<E> {
  /** The site of an event is reached in these states. */
  site(site: object, states: E): void;
  /** A function is entered in these states, from a call. */
  enter(callee: Instance, states: E, from: Call): void;
  /** Functions are entered in these states, from a reference to any of them. */
  refer(callees: readonly Instance[], states: E, from: Refer): void;
  /** Something is left here, to run at some time from now on. */
  later(term: Later, states: E): void;
  /**
   * A function is called that may go on by itself once it has been suspended.
   *
   * @param ended the states behind the call, but for what it does later
   */
  begun(callee: Instance, ended: Ended<E>, from: Call, facts: readonly Fact[]): void;
  /**
   * A function is called, for those few who want to know of each.
   *
   * @param ended the states in which the call has ended
   */
  called?(callee: Instance, ended: Ended<E>, from: Call, facts: readonly Fact[]): void;
  /** A function goes on in these states from where it has been suspended first. */
  resumed(callee: Instance, states: E, from: Call, facts: readonly Fact[]): void;
}

function ignore(): void {
  // Nobody wants to know.
}

/** Nobody wants to know. */
export const NOBODY = {
  site: ignore,
  enter: ignore,
  refer: ignore,
  later: ignore,
  begun: ignore,
  resumed: ignore,
};
