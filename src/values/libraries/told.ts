/** What the user has told of functions of theirs. */

import type { Shape, Wrapper } from './shapes.ts';

/** What wrappers are together, behind so many of their names. */
export function toldShape(wrappers: readonly Wrapper[], depth: number): Shape {
  const own = wrappers.find(({ names }) => names.length === depth)?.calling;
  const members = new Map<string, Wrapper[]>();
  for (const wrapper of wrappers) {
    const name = wrapper.names[depth];
    if (name !== undefined) members.set(name, [...(members.get(name) ?? []), wrapper]);
  }
  const shapes = [...members].map(([name, of]) => [name, toldShape(of, depth + 1)] as const);
  return { ...(own && { fn: own }), members: Object.fromEntries(shapes) };
}
