/** What is seen of an object: which expressions give its properties their values. */

import type { Node, ObjectExpression } from '../../syntax/ast.ts';
import type { Expressions } from '../../values/evaluate.ts';

/** One of the expressions that give a property its value. */
export interface Entry {
  readonly value: Node;
  /** The file that the value is in. */
  readonly file: Expressions;
  /** Where a report about it stands: in the file that reads it, or in the one that gives it. */
  readonly place: Node;
  /** Whether the property has this value each time, unless another entry says otherwise. */
  readonly isCertain: boolean;
}

/** The properties of an object, as far as they can be seen. */
export interface View {
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** Whether there is nothing else in it. */
  readonly isWhole: boolean;
  /** The literal in the linted file that it is written as, if it is one. */
  readonly literal: ObjectExpression | null;
}

export const NOTHING_IN_IT: View = { entries: new Map(), isWhole: true, literal: null };
export const UNSEEN: View = { ...NOTHING_IN_IT, isWhole: false };

/** An object with one property. */
export function single(
  name: string,
  value: Node,
  file: Expressions,
  place: Node | null = null,
): View {
  const entry = { value, file, place: place ?? value, isCertain: true };
  return { ...NOTHING_IN_IT, entries: new Map([[name, [entry]]]) };
}

/** An object of which there may be more than is seen. */
export function opened(view: View): View {
  return { ...view, isWhole: false };
}

/** An entry that need not be there. */
export function uncertain(entry: Entry): Entry {
  return { ...entry, isCertain: false };
}

/** The object without these properties. */
export function without(view: View, names: readonly string[]): View {
  const entries = new Map(view.entries);
  for (const name of names) entries.delete(name);
  return { ...view, entries };
}

/** The object that has the properties of one, and those of another over them. */
export function overlay(under: View, over: View): View {
  const entries = new Map(under.entries);
  for (const [name, added] of over.entries) {
    const isCertain = added.some((entry) => entry.isCertain);
    entries.set(name, isCertain ? added : [...(entries.get(name) ?? []), ...added]);
  }
  const isWhole = under.isWhole && over.isWhole;
  return { entries, isWhole, literal: under.literal };
}

/** What is one object or another. */
export function either(one: View, other: View): View {
  const entries = new Map<string, readonly Entry[]>();
  for (const name of new Set([...one.entries.keys(), ...other.entries.keys()])) {
    const [here, there] = [one.entries.get(name) ?? [], other.entries.get(name) ?? []];
    const isCertain = [here, there].every((list) => list.some((entry) => entry.isCertain));
    const all = [...here, ...there];
    entries.set(name, isCertain ? all : all.map(uncertain));
  }
  return { entries, isWhole: one.isWhole && other.isWhole, literal: one.literal ?? other.literal };
}
