/** The nodes of a file by their types: found in one walk for all who ask. */

import { nodesIn, type Node } from './ast.ts';

/** The nodes of one type: some kinds of nodes have several. */
export type OfType<Type extends Node['type']> = Having<Node, Type>;

type Having<Kind, Type> = Kind extends { readonly type: infer Own }
  ? Type extends Own
    ? Kind
    : never
  : never;

const NONE: readonly never[] = [];

const known = new WeakMap<Node, ReadonlyMap<string, readonly Node[]>>();

/**
 * The nodes of a type in a file, in the order in which {@link nodesIn} comes by them.
 *
 * @param root the root of the file's tree
 */
export function nodesOf<Type extends Node['type']>(
  root: Node,
  type: Type,
): readonly OfType<Type>[] {
  let byType = known.get(root);
  if (byType === undefined) {
    byType = sorted(nodesIn(root));
    known.set(root, byType);
  }
  return (byType.get(type) ?? NONE) as readonly OfType<Type>[];
}

function sorted(nodes: readonly Node[]): ReadonlyMap<string, readonly Node[]> {
  const byType = new Map<string, Node[]>();
  for (const node of nodes) {
    const same = byType.get(node.type);
    if (same === undefined) byType.set(node.type, [node]);
    else same.push(node);
  }
  return byType;
}
