/** By what an expression has its value, as far as its form alone tells. */

import { isFunction, unwrap, wrappedIn, type FunctionNode, type Node } from '../../syntax/ast.ts';
import { isNeverReassigned, type Variable } from '../../syntax/bindings.ts';

/** The expressions by which an expression has its value; null where that is by what it does itself. */
export function partsOf(node: Node): readonly Node[] | null {
  const inner = wrappedIn(node);
  if (inner !== null) return [inner];
  switch (node.type) {
    case 'ConditionalExpression':
      return [node.test, node.consequent, node.alternate];
    case 'LogicalExpression':
    case 'BinaryExpression':
      return [node.left, node.right];
    case 'UnaryExpression':
      return [node.argument];
    case 'SequenceExpression':
      return node.expressions.slice(-1);
    case 'Literal':
      return [];
    default:
      return null;
  }
}

/** The function that a name is for good; null where it is none, or not seen. */
export function functionOf(variable: Variable): FunctionNode | null {
  const [definition, ...others] = variable.defs;
  if (definition === undefined || others.length > 0 || !isNeverReassigned(variable)) return null;
  const { type, node } = definition;
  if (type === 'FunctionName') return isFunction(node) && node.body !== null ? node : null;
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return null;
  const value = node.init === null ? null : unwrap(node.init);
  return value !== null && isFunction(value) ? value : null;
}
