/** What is worked out about bindings, each when it is first asked for. */

import type { Node } from './ast.ts';
import type { Bindings, Variable } from './bindings.ts';

export class BindingTable<T extends object | null> {
  readonly #bindings: Bindings;
  readonly #make: (variable: Variable) => T;
  /** Of the bindings of the file, by their numbers. */
  readonly #own: (T | undefined)[];
  /** Of those of other files. */
  readonly #others = new Map<Variable, T>();

  /** @param make works it out; it may ask for others meanwhile */
  constructor(bindings: Bindings, make: (variable: Variable) => T) {
    this.#bindings = bindings;
    this.#make = make;
    this.#own = new Array<T | undefined>(bindings.count);
  }

  /** What is known of the binding that an identifier refers to or declares; null for a global. */
  of(identifier: Node): T | null {
    const number = this.#bindings.number(identifier);
    const known = number < 0 ? undefined : this.#own[number];
    if (known !== undefined) return known;
    const variable = this.#bindings.variable(identifier);
    if (variable === null) return null;
    if (number >= 0) return (this.#own[number] = this.#make(variable));
    let other = this.#others.get(variable);
    if (other === undefined) {
      other = this.#make(variable);
      this.#others.set(variable, other);
    }
    return other;
  }
}
