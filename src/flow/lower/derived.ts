/** Whether a value is what comes of a call, of a test of that, or of a test of names. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import { equalityQuestion } from './questions.ts';

/** Parts that are nested more deeply than this are not looked at. */
const MAX_NESTED = 8;

/** @param isKnown whether anything is asked of a name */
export function isDerived(node: Node, isKnown: (identifier: Node) => boolean, depth = 0): boolean {
  const inner = unwrap(node);
  const isPartDerived = (part: Node): boolean =>
    depth < MAX_NESTED && isDerived(part, isKnown, depth + 1);
  switch (inner.type) {
    case 'CallExpression':
    case 'NewExpression':
    case 'YieldExpression':
      return true;
    case 'Identifier':
      return isKnown(inner);
    case 'AwaitExpression':
      return unwrap(inner.argument).type === 'Identifier' || isPartDerived(inner.argument);
    case 'UnaryExpression':
      return inner.operator === '!' && isPartDerived(inner.argument);
    case 'LogicalExpression':
      return isPartDerived(inner.right) || (inner.operator !== '??' && isPartDerived(inner.left));
    case 'ConditionalExpression':
      return [inner.test, inner.consequent, inner.alternate].some(isPartDerived);
    case 'BinaryExpression':
      return (
        (inner.operator === 'instanceof' ||
          equalityQuestion(inner.operator, inner.left, inner.right) !== null) &&
        (isPartDerived(inner.left) || isPartDerived(inner.right))
      );
    default:
      return false;
  }
}
