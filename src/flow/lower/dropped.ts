/** What takes a promise out of the place that it is kept in, before it is waited for there. */

import { codeAround, unwrap, type Node } from '../../syntax/ast.ts';
import { isInside, neverCompletes, statementsOf } from '../../syntax/forms.ts';
import { endOf, offsetOf } from '../../syntax/places.ts';
import { literalKind } from './questions.ts';
import { isFilling, type IsSame } from './stored.ts';

const LEAVING: ReadonlySet<string> = new Set(['ReturnStatement', 'ThrowStatement']);

/** So many promises that a place is given are looked at. */
const MAX_GIVEN = 8;

/**
 * Those of the sources behind which a place holds no promise any more that it was given before, as far
 * as they are before the use, in its code, and lead there.
 */
export function droppings(sources: readonly Node[], use: Node, isSame: IsSame): readonly Node[] {
  const code = codeAround(use);
  const before = sources.filter(
    (source) => endOf(source) <= offsetOf(use) && codeAround(source) === code,
  );
  const given = before.filter((source) => !isPlain(source)).slice(0, MAX_GIVEN);
  return before.filter(
    (source) =>
      isPlain(source) &&
      given.some((one) => areInTurn(one, source)) &&
      !isLeft(source, use) &&
      !isFilling(source, isSame),
  );
}

function isPlain(source: Node): boolean {
  return literalKind(unwrap(source)) !== null;
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
