/** What names are given. */

import { unwrap, type CallExpression, type MemberExpression, type Node } from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { usedIn } from '../../syntax/forms.ts';
import { assignmentOf } from '../../syntax/patterns.ts';
import { takenBy } from '../../values/literals.ts';
import type { Lower } from './parts.ts';
import { isAlwaysThere } from './part-uses.ts';

/** Every expression that a name is given; null where there are others. */
export function sourcesOf(variable: Variable, lower: Lower): readonly Node[] | null {
  const sources: Node[] = [];
  const isThere = (member: MemberExpression): boolean => isMemberThere(member, lower);
  for (const { type, node, name } of variable.defs) {
    if (type !== 'Variable' || node.type !== 'VariableDeclarator') return null;
    const { id, init } = node;
    const call = init === null ? null : unwrap(init);
    const isFirst =
      call?.type === 'CallExpression' &&
      lower.host.runs?.(call)?.isListed === true &&
      isFirstTaken(call);
    if (id.type === 'Identifier' || isFirst) {
      if (init !== null) sources.push(init);
      continue;
    }
    const taken = init && takenBy(id, name, { value: init, by: node }, isThere);
    if (taken === null) return null;
    sources.push(...taken);
  }
  for (const reference of variable.references) {
    if (!reference.isWrite() || reference.init === true) continue;
    const { identifier } = reference;
    const by = assignmentOf(identifier);
    const taken = by && takenBy(by.left, identifier, { value: by.right, by }, isThere);
    if (taken === null) return null;
    sources.push(...taken);
  }
  return sources;
}

/** Whether a member is sure to be something other than `undefined`. */
function isMemberThere(member: MemberExpression, lower: Lower): boolean {
  const sources = lower.values.sources(member);
  return (
    sources?.isThere === true &&
    sources.isAll &&
    sources.nodes.every((node) => isThere(node, lower) === true)
  );
}

/** Whether an expression is something other than `undefined`; null where that is not known. */
export function isThere(node: Node, { bindings, callees, calls }: Lower): boolean | null {
  const inner = unwrap(node);
  if (isAlwaysThere(inner)) return true;
  if (inner.type === 'CallExpression') {
    return callees.operation(inner) !== null || calls.isAsync(inner) ? true : null;
  }
  const isUndefined = inner.type === 'Identifier' && inner.name === 'undefined';
  return isUndefined && bindings.variable(inner) === null ? false : null;
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
