/** What takes a promise out of the place that it is kept in, before it is waited for there. */

import { codeAround, unwrap, type Node } from '../../syntax/ast.ts';
import { isInside, neverCompletes, statementsOf } from '../../syntax/forms.ts';
import { endOf, offsetOf } from '../../syntax/places.ts';
import { literalKind } from './questions.ts';
import { isFilling, type IsSame } from './stored.ts';

const LEAVING: ReadonlySet<string> = new Set(['ReturnStatement', 'ThrowStatement']);

/** So many promises that a place is given are looked at. */
const MAX_GIVEN = 8;

/** What a place is ever given, and what takes that away. */
interface Kept {
  readonly sources: readonly Node[];
  readonly taken: readonly Node[];
}

interface Calls {
  /** The calls in some code between two offsets that may have a function called there. */
  leading(called: Node, code: Node, from: number, to: number): readonly Node[];
}

/**
 * Those of the sources, of what takes them away, and of the calls of functions that do so, behind which
 * a place holds no promise any more that it was given before, as far as they are before the use, in its
 * code, and lead there.
 */
export function droppings(
  { sources, taken }: Kept,
  use: Node,
  isSame: IsSame,
  calls: Calls,
): readonly Node[] {
  const code = codeAround(use);
  const isBefore = (node: Node): boolean =>
    endOf(node) <= offsetOf(use) && codeAround(node) === code;
  const given = sources
    .filter((source) => isBefore(source) && !isNoPromise(source))
    .slice(0, MAX_GIVEN);
  const first = given[0];
  if (first === undefined) return [];
  const from = given.reduce((least, one) => Math.min(least, endOf(one)), endOf(first));
  const plain = [...sources.filter(isNoPromise), ...taken];
  const others = new Set(plain.flatMap((one) => (codeAround(one) === code ? [] : codeAround(one))));
  const dropping = [
    ...plain.filter((one) => isBefore(one) && !isFilling(one, isSame)),
    ...[...others].flatMap((other) => calls.leading(other, code, from, offsetOf(use))),
  ];
  return dropping.filter(
    (one) => given.some((before) => areInTurn(before, one)) && !isLeft(one, use),
  );
}

/** Whether what a place is given is no promise: a literal, or nothing, where it is taken out of that. */
export function isNoPromise(source: Node): boolean {
  return isDeleted(source) || literalKind(unwrap(source)) !== null;
}

/** Whether what a place is given stands for taking it away. */
export function isDeleted(source: Node): boolean {
  const inner = unwrap(source);
  return inner.type === 'UnaryExpression' && inner.operator === 'delete';
}

/** Whether what a place is given is a promise wherever it is truthy. */
export function isPromiseOrFalsy(source: Node): boolean {
  const kind = literalKind(unwrap(source));
  return kind !== 'true' && kind !== 'truthy';
}

/** Whether one is in a statement, and the other in a later one of the same list. */
function areInTurn(one: Node, other: Node): boolean {
  if (endOf(one) > offsetOf(other)) return false;
  let outer = one.parent ?? null;
  while (outer !== null && !isInside(other, outer)) outer = outer.parent ?? null;
  return outer !== null && statementsOf(outer) !== null;
}

/** Whether what is around a node leaves the function before it comes to the use. */
function isLeft(node: Node, use: Node): boolean {
  let inner = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isInside(use, outer)) return false;
    const list = statementsOf(outer) ?? [];
    const place = list.indexOf(inner);
    if (list.slice(Math.max(place, 0)).some((one) => neverCompletes(one, LEAVING))) return true;
    inner = outer;
  }
  return false;
}
