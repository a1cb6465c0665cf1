/** Large groups of functions that are referred to together, as the methods of one object are. */

import type { Callee, FunctionTerm, Making } from '../term/term.ts';

/** The functions of a group. */
interface Members {
  readonly functions: readonly FunctionTerm[];
  readonly makings: readonly (readonly Making[])[];
}

type Group = Members & Callee;

/** Fewer functions than this are no group. */
const LEAST = 16;

/** So many groups with the same first function are told apart. */
const MAX_ALIKE = 16;

/** Has one callee stand for each group: an object can be referred to in very many places. */
export class Groups {
  readonly #known = new Map<FunctionTerm, Group[]>();

  of(callee: Group): Callee {
    const { functions, makings } = callee;
    const [first] = functions;
    if (first === undefined || functions.length < LEAST) return callee;
    const alike = this.#known.get(first) ?? [];
    const known = alike.find(
      (other) =>
        other.parameter === callee.parameter &&
        other.open === callee.open &&
        areSame(other.functions, functions, isSame) &&
        areSame(other.makings, makings, areSameMakings),
    );
    if (known !== undefined) return known;
    if (alike.length < MAX_ALIKE) this.#known.set(first, [...alike, callee]);
    return callee;
  }
}

function areSame<T>(
  ones: readonly T[],
  others: readonly T[],
  isSameAs: (one: T, other: T) => boolean,
): boolean {
  return (
    ones.length === others.length &&
    ones.every((one, index) => {
      const other = others[index];
      return other !== undefined && isSameAs(one, other);
    })
  );
}

function isSame(one: object, other: object): boolean {
  return one === other;
}

function areSameMakings(ones: readonly Making[], others: readonly Making[]): boolean {
  return areSame(ones, others, isSame);
}
