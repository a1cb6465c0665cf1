/** Where some code waits, so that other code runs before it goes on. */

import { childrenOf, isFunction, type Node } from '../../syntax/ast.ts';
import { WAITS } from '../../syntax/forms.ts';
import { endOf, offsetOf } from '../../syntax/places.ts';

/** The offsets at which code waits, by the code. */
const known = new WeakMap<Node, readonly number[]>();

/** Whether a function, or a module, waits between two offsets. */
export function isSuspended(code: Node, from: number, to: number): boolean {
  let places = known.get(code);
  if (places === undefined) {
    places = childrenOf(code).flatMap((part) => suspensionsIn(part));
    known.set(code, places);
  }
  return places.some((at) => from <= at && at < to);
}

function suspensionsIn(part: Node): readonly number[] {
  const found: number[] = [];
  const open: Node[] = [part];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFunction(node)) continue;
    if (WAITS.has(node.type)) found.push(endOf(node));
    if (node.type === 'ForOfStatement' && node.await) found.push(offsetOf(node));
    open.push(...childrenOf(node));
  }
  return found;
}
