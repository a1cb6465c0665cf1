/** Many functions that are referred to together. */

import type { Relation } from '../algebra/relation.ts';
import type { Instance } from '../algebra/summary.ts';
import type { Solving } from './tables.ts';

export class Together {
  readonly #solving: Solving;
  /** The states in which they are. */
  readonly #together = new Map<
    readonly Instance[],
    { readonly met: Set<Relation>; states: Relation }
  >();

  constructor(solving: Solving) {
    this.#solving = solving;
  }

  /** Whether functions have not been so in all of these states. */
  grows(callees: readonly Instance[], states: Relation): boolean {
    const { algebra } = this.#solving.space;
    const together = this.#together.get(callees) ?? { met: new Set(), states: algebra.empty };
    this.#together.set(callees, together);
    if (together.met.has(states)) return false;
    together.met.add(states);
    const seen = algebra.forget(states, (atom) => !callees.some(({ term }) => term.sees(atom)));
    const joined = algebra.join(together.states, seen);
    if (joined === together.states) return false;
    together.states = joined;
    return true;
  }
}
