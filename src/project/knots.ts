/** Modules that import each other in circles: what each of them leads to, all of them do. */

import { createHash } from 'node:crypto';

/** A graph of files, by what each of them leads to. */
export interface Graph {
  /** What a file leads to, of which the others need not be told. */
  next(path: string): readonly string[];
}

interface Visit {
  readonly path: string;
  readonly next: readonly string[];
  readonly index: number;
  /** The first file, in the order of the visits, that is known to be led to. */
  lowest: number;
  at: number;
}

/**
 * Finds the knots of all files that one leads to. Linear in the files and in what they lead to.
 *
 * See Tarjan, "Depth-first search and linear graph algorithms" (1972).
 *
 * @param knots the knots of files that are known, which are added to
 */
export function findKnots(
  start: string,
  graph: Graph,
  knots: Map<string, readonly string[]>,
): void {
  const indices = new Map<string, number>();
  const open: Visit[] = [];
  /** The files whose knot is not complete. */
  const loose: string[] = [];
  const visit = (path: string): void => {
    const index = indices.size;
    indices.set(path, index);
    loose.push(path);
    open.push({ path, next: graph.next(path), index, lowest: index, at: 0 });
  };
  if (!knots.has(start)) visit(start);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const path = top.next[top.at++];
    if (path !== undefined) {
      if (knots.has(path)) continue;
      const index = indices.get(path);
      if (index === undefined) visit(path);
      else top.lowest = Math.min(top.lowest, index);
      continue;
    }
    open.pop();
    const around = open.at(-1);
    if (around !== undefined) around.lowest = Math.min(around.lowest, top.lowest);
    if (top.lowest < top.index) continue;
    const members = loose.splice(loose.lastIndexOf(top.path)).sort();
    for (const member of members) knots.set(member, members);
  }
}

/** All that files lead to, these among them, in an order that is always the same; null if too many. */
export function reachedFrom(
  files: readonly string[],
  graph: Graph,
  most: number,
): readonly string[] | null {
  const found = new Set(files);
  for (const path of found) {
    for (const next of graph.next(path)) found.add(next);
    if (found.size > most) return null;
  }
  return [...found].sort();
}

/** Tells files, and what each of them leads to, from others. */
export function signatureOf(files: readonly string[], graph: Graph): string {
  const hash = createHash('sha256');
  for (const path of files) hash.update([path, ...graph.next(path), ''].join('\0'));
  return hash.digest('hex');
}
