/** In whose run code is. */

import {
  functionAround,
  isFunction,
  memberName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';

/**
 * The function in whose run something is, which is its own where it is one: a callback of `then` that is
 * written inline belongs to the function around it, and so does one that is called where it is given.
 * Null for the module.
 *
 * @param isCalled whether a call calls a function that it is given, before it gives anything
 */
export function runOf(
  node: Node,
  isCalled: (call: CallExpression, given: FunctionNode) => boolean = () => false,
): FunctionNode | null {
  let owner = isFunction(node) ? node : functionAround(node);
  while (owner !== null) {
    const call: Node | null = owner.parent ?? null;
    if (call?.type !== 'CallExpression') return owner;
    const callee = unwrap(call.callee);
    const isHandler =
      call.arguments[0] === owner &&
      callee.type === 'MemberExpression' &&
      memberName(callee) === 'then';
    if (!isHandler && !isCalled(call, owner)) return owner;
    owner = functionAround(call);
  }
  return null;
}
