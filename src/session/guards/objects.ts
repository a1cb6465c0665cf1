/** What is in objects that are written out. */

import { keyName, unwrap, type Node, type ObjectExpression } from '../../syntax/ast.ts';
import type { Values } from '../../values/resolve.ts';

/** Objects that are spread into each other more deeply than this are not looked into. */
const MAX_DEPTH = 8;

/** The object that an expression is, where it can be no other. */
export function objectOf(node: Node, values: Values): ObjectExpression | null {
  const inner = unwrap(node);
  if (inner.type === 'ObjectExpression') return inner;
  const [only, ...others] = values.of(inner);
  return only?.kind === 'object' && others.length === 0 ? only.node : null;
}

/** What an object starts with as a property, also as a part of what is spread into it. */
export function initialOf(
  { properties }: ObjectExpression,
  name: string,
  values: Values,
  depth = 0,
): Node | 'unseen' | undefined {
  for (const property of properties.toReversed()) {
    if (property.type === 'Property') {
      const key = keyName(property.key, property.computed);
      if (key === null) return 'unseen';
      if (key === name) return property.kind === 'init' ? property.value : 'unseen';
      continue;
    }
    const spread = depth < MAX_DEPTH ? objectOf(property.argument, values) : null;
    const initial = spread === null ? 'unseen' : initialOf(spread, name, values, depth + 1);
    if (initial !== undefined) return initial;
  }
  return undefined;
}
