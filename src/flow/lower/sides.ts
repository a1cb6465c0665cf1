/** Which sides of branches were taken, for who asks later which promise is kept in a variable. */

import type { IfStatement, Node } from '../../syntax/ast.ts';
import type { Atom } from '../algebra/relation.ts';
import { assumed, choice, SKIP } from '../term/make.ts';
import type { Term } from '../term/term.ts';
import type { Atoms } from './atoms.ts';
import type { Side } from './stored.ts';

export class Sides {
  readonly #atoms: Atoms;
  /** How many promises have been kept in variables so far. */
  #kept = 0;
  /** The statements, and cases, whose sides keep promises. */
  readonly #parted = new Set<Node>();

  constructor(atoms: Atoms) {
    this.#atoms = atoms;
  }

  /** How many promises have been kept in variables so far. */
  get kept(): number {
    return this.#kept;
  }

  /** A promise is kept in a variable that other ways may give another one. */
  keeps(): void {
    this.#kept++;
  }

  /** The atom that tells whether a side was taken, which keeps a promise; null where there is none. */
  part(of: Node): Atom | null {
    const atom = this.#atoms.choice(of);
    if (atom !== null) this.#parted.add(of);
    return atom;
  }

  /**
   * What taking either side of a statement says, for who asks later which promise is kept.
   *
   * @param before how many promises had been kept before its sides
   */
  of(node: IfStatement, before: number): readonly [Term, Term] {
    const atom = this.#kept === before ? null : this.part(node);
    if (atom === null) return [SKIP, SKIP];
    return [assumed(atom, true), assumed(atom, false)];
  }

  /** What goes on only where these sides were taken, or not all of them; null where that is not known. */
  ways(sides: readonly Side[]): { readonly taken: Term; readonly others: Term } | null {
    const known = sides.flatMap(({ of, holds }) => {
      const atom = this.#parted.has(of) ? this.#atoms.choice(of) : null;
      return atom === null ? [] : [{ atom, holds }];
    });
    if (known.length === 0) return null;
    const others = known.map(({ atom, holds }): Term => assumed(atom, !holds));
    return { taken: { kind: 'assume', facts: known }, others: others.reduce(choice) };
  }
}
