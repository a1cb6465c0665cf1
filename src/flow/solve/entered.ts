/** How functions are entered: from which places, by whom, and in which states. */

import type { Relation } from '../algebra/relation.ts';
import type { Instance } from '../algebra/summary.ts';
import type { Call, Refer } from '../term/term.ts';
import type { Solving } from './tables.ts';

/** The states in which a place leads on, for each instance of the function that holds it. */
export type Callers = Map<Instance | null, Relation>;

/** Functions, by the functions that have to do with them. */
export type Calling = ReadonlyMap<Instance, ReadonlySet<Instance>>;

type Places = ReadonlyMap<Call | Refer | null, Callers>;

const NOWHERE: Places = new Map();

export class Entered {
  readonly #solving: Solving;
  readonly #places = new Map<Instance, Map<Call | Refer | null, Callers>>();

  constructor(solving: Solving) {
    this.#solving = solving;
  }

  /** @param site null where the module is told to be, or what it exports */
  add(
    callee: Instance,
    states: Relation,
    site: Call | Refer | null,
    caller: Instance | null,
  ): void {
    const { algebra } = this.#solving.space;
    const places = this.#places.get(callee) ?? new Map<Call | Refer | null, Callers>();
    this.#places.set(callee, places);
    const callers = places.get(site) ?? new Map<Instance | null, Relation>();
    places.set(site, callers);
    callers.set(caller, algebra.join(callers.get(caller) ?? algebra.empty, states));
  }

  /** How a function is entered, by the places that lead to it. */
  placesOf(callee: Instance): Places {
    return this.#places.get(callee) ?? NOWHERE;
  }

  /** Who calls each function. */
  calling(): Calling {
    const calling = new Map<Instance, Set<Instance>>();
    for (const [callee, places] of this.#places) {
      const all = new Set<Instance>();
      for (const [site, callers] of places) {
        if (site?.kind !== 'call') continue;
        for (const caller of callers.keys()) if (caller !== null) all.add(caller);
      }
      calling.set(callee, all);
    }
    return calling;
  }
}
