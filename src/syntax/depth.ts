/** How deeply code is nested: what is nested too deeply to be gone through is left out. */

import { childrenOf, isFunction, type Node } from './ast.ts';
import { endOf, offsetOf } from './places.ts';

/**
 * Functions whose syntax is nested more deeply than this are left out. The analysis goes down into
 * the tree, and the stack has an end: this is well before it.
 */
const MAX_NESTED = 1000;

const NOTHING: readonly Node[] = [];

/** Whether a function, or a statement, is nested too deeply in itself; functions in it are not. */
export function isTooDeep(root: Node): boolean {
  let level: readonly Node[] = isLong(root, 0) ? [root] : NOTHING;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_NESTED) return true;
    const next: Node[] = [];
    for (const node of level) {
      if (isFunction(node) && node !== root) continue;
      for (const child of childrenOf(node)) if (isLong(child, depth + 1)) next.push(child);
    }
    level = next;
  }
  return false;
}

/** Whether there is room for too many levels: each takes a character at least, and most code has none. */
function isLong(node: Node, depth: number): boolean {
  return depth + endOf(node) - offsetOf(node) >= MAX_NESTED;
}
