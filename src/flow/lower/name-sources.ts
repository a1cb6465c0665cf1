/** What names are given. */

import { unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { usedIn } from '../../syntax/forms.ts';
import type { Lower } from './parts.ts';

/** Every expression that a name is given; null where there are others. */
export function sourcesOf(variable: Variable, { host }: Lower): readonly Node[] | null {
  const sources: Node[] = [];
  for (const { type, node } of variable.defs) {
    if (type !== 'Variable' || node.type !== 'VariableDeclarator') return null;
    const { id, init } = node;
    const call = init === null ? null : unwrap(init);
    const isFirst =
      call?.type === 'CallExpression' && host.runs?.(call)?.isListed === true && isFirstTaken(call);
    if (id.type !== 'Identifier' && !isFirst) return null;
    if (init !== null) sources.push(init);
  }
  for (const reference of variable.references) {
    if (!reference.isWrite() || reference.init === true) continue;
    const { parent } = reference.identifier;
    if (parent?.type !== 'AssignmentExpression' || parent.left !== reference.identifier)
      return null;
    sources.push(parent.right);
  }
  return sources;
}

/**
 * Whether a name is given the first of the list that a call gives, and nothing else of it
 * (`const [ready] = useState(init)`): what the first is stands for it.
 */
export function isFirstTaken(call: CallExpression): boolean {
  const use = usedIn(call);
  const { parent } = use;
  if (parent?.type !== 'VariableDeclarator' || parent.init !== use) return false;
  if (parent.id.type !== 'ArrayPattern') return false;
  const [first, ...others] = parent.id.elements;
  return first?.type === 'Identifier' && others.length === 0;
}
