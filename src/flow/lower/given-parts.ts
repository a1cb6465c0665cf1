/** What a part of an expression can be that is given to a name: in a round of a loop, or to a generator. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import type { Given } from './names.ts';
import type { Lower } from './parts.ts';
import { partOf } from './shapes.ts';

/** The functions that something can be, and all that it can be. */
export type GivenPart = Pick<Given, 'callee' | 'values'> & {
  /** The expression that it is, where that is written out; null for any other. */
  readonly node: Node | null;
};

/** @param path the names of properties, or the indices of elements, that lead to it */
export function givenPart(lower: Lower, whole: Node, path: readonly string[]): GivenPart {
  const { callees, held, values } = lower;
  let node: Node | null = whole;
  let own = callees.values(unwrap(whole));
  for (const part of path) {
    const next: Node | 'nothing' | null =
      node === null ? null : partOf(held.written(node) ?? unwrap(node), part);
    node = next === 'nothing' ? null : next;
    own = own.flatMap((value) => values.member(value, part));
  }
  const callee = node === null ? null : callees.callee(node);
  return { callee: callee ?? callees.amongValues(own), values: own, node };
}
