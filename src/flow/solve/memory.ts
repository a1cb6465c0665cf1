/** What is remembered on a way of the variables that a function assigns to. */

import type { Atom } from '../algebra/relation.ts';
import { unfixedIn } from '../term/varying.ts';
import type { Assign, Term } from '../term/term.ts';
import type { Ways } from './ways.ts';

/** Facts about variables more than this are not remembered on a way. */
const MAX_REMEMBERED = 4;

/** What a way remembers of variables that change, or are made anew: for each fact, whether it holds. */
export class Memory {
  /** How many states the protocol has. */
  readonly #count: number;
  readonly #places: ReadonlyMap<Atom, number>;
  /** How many combinations of facts there are. */
  readonly size: number;

  constructor(count: number, term: Term) {
    this.#count = count;
    const atoms = [...unfixedIn(term)].slice(0, MAX_REMEMBERED);
    this.#places = new Map(atoms.map((atom, index) => [atom, index]));
    this.size = 1 << this.#places.size;
  }

  /** A state of the protocol, with one combination of facts. */
  with(state: number, facts: number): number {
    return state + this.#count * facts;
  }

  /** All combinations of facts with a state of the protocol. */
  all(state: number): readonly number[] {
    return Array.from({ length: this.size }, (_, facts) => this.with(state, facts));
  }

  /** Whether a fact holds in a state; null where it is not remembered. */
  holds(state: number, atom: Atom): boolean | null {
    const place = this.#places.get(atom);
    if (place === undefined) return null;
    return ((Math.floor(state / this.#count) >> place) & 1) === 1;
  }

  remembers(atom: Atom): boolean {
    return this.#places.has(atom);
  }

  /** The states that one can become where these facts may change, and some are known then. */
  after(state: number, isChanged: (atom: Atom) => boolean, facts: Assign['facts']): number[] {
    const known = Math.floor(state / this.#count);
    const protocol = state % this.#count;
    let all = [known];
    for (const [atom, place] of this.#places) {
      if (!isChanged(atom)) continue;
      const bit = 1 << place;
      const fact = facts.find((one) => one.atom === atom);
      all = all.flatMap((one) => [
        ...(fact?.holds === false ? [] : [one | bit]),
        ...(fact?.holds === true ? [] : [one & ~bit]),
      ]);
    }
    return all.map((one) => this.with(protocol, one));
  }

  /** The same ways, whatever is remembered. */
  lift(ways: Ways): Ways {
    if (this.size === 1 || ways.length === 0) return ways;
    return Array.from({ length: this.#count * this.size }, (_, state) => {
      const row = ways[state % this.#count];
      const facts = Math.floor(state / this.#count);
      return row && new Map([...row].map(([to, way]) => [this.with(to, facts), way]));
    });
  }
}
