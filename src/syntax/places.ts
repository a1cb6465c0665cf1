/** Where nodes stand in the source. */

import type { Node } from './ast.ts';

/** Where a node starts, as an offset in the source. */
export function offsetOf(node: Node): number {
  return node.range?.[0] ?? node.start;
}

/** Where a node ends, as an offset in the source. */
export function endOf(node: Node): number {
  return node.range?.[1] ?? node.end;
}
