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
  return isDeeper(root, MAX_NESTED, (node) => node === root || !isFunction(node));
}

/** Whether a tree is nested more deeply than so many levels, whatever holds them. */
export function isDeeperThan(root: Node, levels: number): boolean {
  return isDeeper(root, levels, () => true);
}

/** @param isEntered whether what is nested in a node counts */
function isDeeper(root: Node, levels: number, isEntered: (node: Node) => boolean): boolean {
  let level: readonly Node[] = isLong(root, levels) ? [root] : NOTHING;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    const next: Node[] = [];
    for (const node of level) {
      if (!isEntered(node)) continue;
      for (const child of childrenOf(node)) if (isLong(child, levels - depth - 1)) next.push(child);
    }
    level = next;
  }
  return false;
}

/** Whether there is room for so many levels: each takes a character at least. */
function isLong(node: Node, levels: number): boolean {
  return endOf(node) - offsetOf(node) >= levels;
}
