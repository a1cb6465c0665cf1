/** `functions.reduce((promise, next) => promise.then(next), Promise.resolve())`: one after the other. */

import {
  isFunction,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import type { Bindings, Variable } from '../../syntax/bindings.ts';

/** What calls functions in turn: each when the promise of the one before is fulfilled. */
export interface InTurn {
  readonly list: Node;
  /** The promise that the first one waits for. */
  readonly initial: Node;
}

/** What a call of `reduce` calls in turn; null for any other call. */
export function inTurn(call: CallExpression, bindings: Bindings): InTurn | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'reduce') return null;
  const [reducer, initial] = call.arguments;
  if (reducer === undefined || initial === undefined) return null;
  return isSequencer(unwrap(reducer), bindings) ? { list: callee.object, initial } : null;
}

/** Whether a function calls its second argument when its first is fulfilled, and does no more. */
function isSequencer(node: Node, bindings: Bindings): boolean {
  if (!isFunction(node) || node.generator || node.body === null) return false;
  const [promise, next] = node.params.map((parameter) => bindings.variable(parameter));
  if (promise == null || next == null) return false;
  const is = (part: Node | null | undefined, variable: Variable): boolean =>
    part?.type === 'Identifier' && bindings.variable(part) === variable;
  const isCall = (part: Node): boolean => {
    const inner = awaitedOr(unwrap(part));
    return inner.type === 'CallExpression' && is(unwrap(inner.callee), next);
  };
  /** The function itself, or one that does no more than to call it. */
  const isNext = (part: Node | undefined): boolean =>
    is(part, next) ||
    (part?.type === 'ArrowFunctionExpression' && part.params.length === 0 && isCall(part.body));
  const isThen = (part: Node): boolean => {
    const inner = awaitedOr(unwrap(part));
    if (inner.type !== 'CallExpression' || inner.arguments.length !== 1) return false;
    const method = unwrap(inner.callee);
    return (
      method.type === 'MemberExpression' &&
      memberName(method) === 'then' &&
      is(unwrap(method.object), promise) &&
      isNext(inner.arguments[0])
    );
  };
  if (node.body.type !== 'BlockStatement') return isThen(node.body);
  const [first, second, ...others] = node.body.body;
  if (others.length > 0 || first === undefined) return false;
  if (second === undefined) {
    return first.type === 'ReturnStatement' && first.argument !== null && isThen(first.argument);
  }
  const waits =
    first.type === 'ExpressionStatement' &&
    first.expression.type === 'AwaitExpression' &&
    is(unwrap(first.expression.argument), promise);
  if (!waits) return false;
  return second.type === 'ReturnStatement'
    ? second.argument !== null && isCall(second.argument)
    : second.type === 'ExpressionStatement' &&
        second.expression.type === 'AwaitExpression' &&
        isCall(second.expression);
}

function awaitedOr(node: Node): Node {
  return node.type === 'AwaitExpression' ? unwrap(node.argument) : node;
}
