/** The search for all that comes after one place of a function. */

import { joinedIn } from '../term/joined.ts';
import type { Call, CallEnd, Detach, Event, Refer, ResultKind } from '../term/term.ts';
import type { Domain } from './domain.ts';
import type { Ended } from './summary.ts';

/** What may run at any time after the place where it stands. */
export type Later = Detach | (Refer & { readonly later: true });

/** Where a search starts. */
export interface Start<E> {
  /** The place; null where it is told by what stands there. */
  readonly at: Later | Call | null;
  /** The AST node at the place, of an event, a call or a reference; null where that is not asked. */
  readonly site: object | null;
  /** The results of what a call at the node runs, one of which it ends with; null for any. */
  readonly results?: ReadonlySet<ResultKind> | null;
  /** The states at the place, */
  readonly states: E;
  /** or those in which a call that is the place has ended; null where it is another. */
  readonly ended: Ended<E> | null;
  /**
   * Whether a way ends where the promise that is left at the place, or made by the call there, is
   * awaited, or another is.
   */
  readonly ends: boolean;
}

export class Probe<E> {
  readonly #domain: Domain<E>;
  readonly #start: Start<E>;
  #begins: boolean;
  #seen: E;
  #again: E;

  /** @param begins whether what is looked for begins at the place, or is only led to its end there */
  constructor(domain: Domain<E>, start: Start<E>, begins: boolean) {
    this.#domain = domain;
    this.#start = start;
    this.#begins = begins;
    this.#seen = domain.empty;
    this.#again = domain.empty;
  }

  /** The states at all places that come after. */
  get seen(): E {
    return this.#seen;
  }

  /** The states in which the place is reached by ways that began there. */
  get again(): E {
    return this.#again;
  }

  /** Whether the search can still begin: not in a second round of a loop. */
  get begins(): boolean {
    return this.#begins;
  }

  /** The states at the place, where it is told by what stands there; else null. */
  get statesWithin(): E | null {
    return this.#start.at === null ? this.#start.states : null;
  }

  see(states: E): void {
    this.#seen = this.#domain.join(this.#seen, states);
  }

  /** Does something in which the search does not begin anew. */
  onlyOn(action: () => void): void {
    this.#begins = false;
    action();
    this.#begins = true;
  }

  /** The states behind a place, which are those of the search where it starts there. */
  begin(term: Later | Refer | Event, current: E): E {
    if (!this.#begins) return current;
    const { at, site, states } = this.#start;
    const isHere =
      at === null ? term.kind !== 'detach' && site !== null && term.site === site : at === term;
    return isHere ? this.#domain.join(current, states) : current;
  }

  /** The states behind a call that has ended in one way, with those of the search if it starts there. */
  behind(call: Call, end: CallEnd, states: E): E {
    if (!this.#begins) return states;
    const { at, site, ended } = this.#start;
    if (at === call && ended !== null) return this.#domain.join(states, ended[end]);
    const isHere = at === null && site !== null && call.site === site && end !== 'thrown';
    return isHere && this.#canEnd(call, end)
      ? this.#domain.join(states, this.#start.states)
      : states;
  }

  /** Whether a call at the place can have a result of some kind. */
  #canEnd({ mode, callee }: Call, end: ResultKind): boolean {
    const results = this.#start.results ?? null;
    if (results === null) return true;
    // Who does not wait for an async function has its promise.
    const givesPromise = mode === 'started' && callee.functions.some(({ isAsync }) => isAsync);
    return givesPromise ? end === 'truthy' : results.has(end);
  }

  /** What goes on to a place: nothing, where a way that began there comes to its end. */
  repeat(term: Later, current: E): E {
    if (!this.#start.ends || this.#start.at !== term) return current;
    this.#again = this.#domain.join(this.#again, current);
    return this.#domain.empty;
  }

  /**
   * What goes on to a call: nothing, where a way that began there comes to its end. The search can
   * also start where the place is reached again.
   */
  called(call: Call, current: E): E {
    const { at, ended, states } = this.#start;
    const made = this.#made();
    if (made === null)
      return at === call && ended === null && this.#begins
        ? this.#domain.join(current, states)
        : current;
    if (call === at) this.#again = this.#domain.join(this.#again, current);
    return call === at || isWaitedIn(call, made) ? this.#domain.empty : current;
  }

  /** What goes on where a promise is awaited: what settles it does not run on from there. */
  awaited(promise: object, current: E): E {
    return this.#made() === promise ? this.#domain.empty : current;
  }

  /** The promise that is left at the place, or made by the call there, where a way ends with it. */
  #made(): object | null {
    const { at, ends } = this.#start;
    if (!ends || at === null || at.kind === 'refer') return null;
    return at.kind === 'call' ? at.site : at.promise;
  }
}

/** Whether a call waits for a promise: for its own, or for one that it gives to what it calls. */
function isWaitedIn({ mode, site, args }: Call, made: object): boolean {
  if (mode === 'started') return false;
  if (mode === 'settled' && site === made) return true;
  return args.some((argument) =>
    argument?.functions.some(
      (given) => !given.isBegun && (given.node === made || joinedIn(given).has(made)),
    ),
  );
}
