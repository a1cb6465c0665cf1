/** Whether a promise that is made by hand is settled by the last thing that its executor does. */

import { isFunction, unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import { usedIn } from '../../syntax/forms.ts';
import { linkOf } from '../../syntax/promises.ts';

/**
 * Whether nothing comes behind the places at which a promise is settled: not in the executor, not in
 * the callbacks in which they are, and not in the chains of these. Whoever awaits the promise then
 * waits for all that the executor does.
 *
 * @param uses all mentions of `resolve` and `reject`
 */
export function settlesLast(executor: Node, uses: readonly Node[]): boolean {
  return uses.every((use) => isLast(use, executor, uses));
}

function isLast(use: Node, executor: Node, uses: readonly Node[]): boolean {
  const { parent } = use;
  const isCalled = parent?.type === 'CallExpression' && parent.callee === use;
  let inner: Node | null = isCalled ? parent : linkWith(use);
  while (inner !== null) {
    const function_ = functionEndingWith(inner, uses);
    if (function_ === executor) return true;
    inner = function_ === null ? null : (linkWith(function_) ?? callOf(function_));
  }
  return false;
}

/** The call of a function where it is written, with whose promise nothing is done; null for none. */
function callOf(function_: Node): CallExpression | null {
  const { parent: call } = usedIn(function_);
  if (call?.type !== 'CallExpression' || unwrap(call.callee) !== function_) return null;
  const isChained = usedIn(call).parent?.type === 'MemberExpression';
  return isFunction(function_) && !function_.generator && !isChained ? call : null;
}

/** The call of `then`, `catch` or `finally` that is given this callback; null where it is none. */
function linkWith(callback: Node): CallExpression | null {
  const call = callback.parent;
  if (call?.type !== 'CallExpression') return null;
  return linkOf(call.callee) !== null && call.arguments.some((argument) => argument === callback)
    ? call
    : null;
}

/** The function in which an expression is evaluated last; null where something may come behind it. */
function functionEndingWith(expression: Node, uses: readonly Node[]): Node | null {
  let inner = expression;
  for (let outer = inner.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    switch (outer.type) {
      case 'ArrowFunctionExpression':
        return outer;
      case 'ExpressionStatement':
        return functionEndingBehind(outer);
      case 'ReturnStatement':
        return functionAround(outer);
      case 'ConditionalExpression':
        if (outer.test === inner) return null;
        break;
      case 'LogicalExpression':
        if (outer.right !== inner) return null;
        break;
      case 'MemberExpression': {
        const call: Node | null = outer.parent ?? null;
        if (call?.type !== 'CallExpression' || call.callee !== outer) return null;
        if (!goesOnIdle(call, uses)) return null;
        outer = call;
        break;
      }
      case 'AwaitExpression':
        break;
      case 'UnaryExpression':
        if (outer.operator !== 'void') return null;
        break;
      default:
        if (unwrap(outer) === outer && outer.type !== 'ChainExpression') return null;
    }
    inner = outer;
  }
  return null;
}

/** Whether a link of a chain does nothing where the promise has been settled by one before. */
function goesOnIdle(call: CallExpression, uses: readonly Node[]): boolean {
  // What was settled last has not thrown.
  const name = linkOf(call.callee);
  return name === 'catch' || (name !== null && call.arguments.every((one) => uses.includes(one)));
}

/** The function whose last statement, on its way, this is. */
function functionEndingBehind(statement: Node): Node | null {
  let inner = statement;
  for (let outer = inner.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) return outer;
    if (outer.type === 'BlockStatement') {
      const statements: readonly Node[] = outer.body;
      const next = statements[statements.indexOf(inner) + 1];
      if (next?.type === 'ReturnStatement' && next.argument === null) return functionAround(next);
      if (next !== undefined) return null;
    } else if (outer.type !== 'IfStatement') {
      return null;
    }
    inner = outer;
  }
  return null;
}

/** The function around a `return` that nothing comes behind. */
function functionAround(statement: Node): Node | null {
  for (let outer = statement.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) return outer;
    if (outer.type === 'TryStatement') return null;
  }
  return null;
}
