/** Functions that are called where they are written. */

import { statesBehind } from '../algebra/evaluate.ts';
import type { Relation } from '../algebra/relation.ts';
import { noResults, type Ended, type Instance } from '../algebra/summary.ts';
import type { Call } from '../term/term.ts';
import type { Summaries } from './summaries.ts';
import type { Solving } from './tables.ts';

export class Placed {
  readonly #solving: Solving;
  readonly #summaries: Summaries;
  /** Where each is called. */
  readonly #placed = new Map<Instance, { readonly call: Call; readonly in: Instance }>();

  constructor(solving: Solving, summaries: Summaries) {
    this.#solving = solving;
    this.#summaries = summaries;
  }

  add(callee: Instance, call: Call, around: Instance): void {
    this.#placed.set(callee, { call, in: around });
  }

  has(instance: Instance): boolean {
    return this.#placed.has(instance);
  }

  /**
   * The states behind a function that is called where it is written: it is part of the function
   * around it, and what it leaves to run later runs on there.
   *
   * @param ended the states in which it ends
   */
  beyond(instance: Instance, ended: Ended<Relation>): Relation {
    const { algebra } = this.#solving.space;
    let states = algebra.empty;
    let reached = ended;
    let { term } = instance;
    const seen = new Set<Instance>();
    for (
      let placed = this.#placed.get(instance);
      placed !== undefined && !seen.has(placed.in);
      placed = this.#placed.get(placed.in)
    ) {
      const { call, in: around } = placed;
      seen.add(around);
      const { summary, closures } = this.#summaries.node(around, 'awaited');
      if (summary.lingering === algebra.empty) continue;
      const behind = statesBehind(
        this.#solving.domain,
        around,
        call,
        call.mode === 'awaited' || !term.isAsync ? reached : this.#promised(reached),
        this.#summaries,
        closures,
      );
      states = algebra.join(states, behind.seen);
      // What is left to run later is not found among what is not.
      if (Object.values(behind.ended).every((one) => one === algebra.empty)) continue;
      reached = behind.ended;
      term = around.term;
    }
    return states;
  }

  /** How the call of an async function ends that nobody awaits: with a promise, whatever comes of it. */
  #promised(ended: Ended<Relation>): Ended<Relation> {
    const { algebra } = this.#solving.space;
    const all = Object.values(ended).reduce((one, other) => algebra.join(one, other));
    return { ...noResults(algebra.empty), truthy: all, thrown: algebra.empty };
  }
}
