/** How deeply code is nested: what is nested too deeply to be gone through is left out. */

import { childrenOf, isFunction, type Node } from './ast.ts';
import { endOf, offsetOf } from './places.ts';

/**
 * Functions whose syntax is nested more deeply than this are left out. The analysis goes down into
 * the tree, and the stack has an end: this is well before it.
 */
const MAX_NESTED = 1000;

/** Whether a function, or a statement, is nested too deeply in itself; functions in it are not. */
export function isTooDeep(root: Node): boolean {
  // Each level takes a character at least, and most code is shorter.
  if (endOf(root) - offsetOf(root) < MAX_NESTED) return false;
  let level: Node[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_NESTED) return true;
    const next: Node[] = [];
    for (const node of level) {
      if (isFunction(node) && node !== root) continue;
      for (const child of childrenOf(node)) next.push(child);
    }
    level = next;
  }
  return false;
}
