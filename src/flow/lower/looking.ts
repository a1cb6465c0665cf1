/** Which expressions only look at something. */

import { memberName, unwrap, type Node } from '../../syntax/ast.ts';

/** Expressions that only look at something, as far as their parts do. */
const LOOKING: ReadonlySet<string> = new Set([
  'BinaryExpression',
  'ConditionalExpression',
  'Identifier',
  'Literal',
  'LogicalExpression',
  'MemberExpression',
  'TemplateLiteral',
  'ThisExpression',
  'UnaryExpression',
]);

/** Whether an expression calls nothing, waits for nothing and changes nothing, by its form. */
export function isLooking(node: Node): boolean {
  // A long sum is a deep tree.
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const inner = unwrap(next);
    const parts = LOOKING.has(inner.type) ? lookedAt(inner) : null;
    if (parts === null) return false;
    open.push(...parts);
  }
  return true;
}

/** What evaluating an expression of {@link LOOKING} evaluates; null where it does more. */
function lookedAt(node: Node): readonly Node[] | null {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return [node.left, node.right];
    case 'ConditionalExpression':
      return [node.test, node.consequent, node.alternate];
    case 'MemberExpression':
      return memberName(node) === null ? null : [node.object];
    case 'UnaryExpression':
      return node.operator === 'delete' ? null : [node.argument];
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? [] : null;
    default:
      return [];
  }
}
