/** The handlers of rejections in a file, and what they tell to whoever called their function. */

import {
  childrenOf,
  functionAround,
  isFunction,
  memberName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { nodesOf, type OfType } from '../../syntax/by-type.ts';
import { endOf, offsetOf } from '../../syntax/places.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import { ENDS, isNothing, isUndefined, neverCompletes } from '../../syntax/forms.ts';
import { globalMethod, promiseMethod } from '../../syntax/promises.ts';

/** A `catch` clause, or the callback of a promise. */
export interface Handler {
  /** The function that it belongs to. */
  readonly owner: FunctionNode;
  /** The clause, or the argument that is the callback. */
  readonly node: Node;
  /** The whole `try` statement, or the callback. */
  readonly part: Node;
  /** The call of `catch` or `then`; null for a clause. */
  readonly chain: CallExpression | null;
}

/** The handlers that stand in functions, in the order of the source; none that has nothing to do. */
export function handlersIn(root: Node, bindings: Bindings): readonly Handler[] {
  const handling = [...nodesOf(root, 'TryStatement'), ...nodesOf(root, 'CallExpression')];
  const found = handling.flatMap((node) => handlerAt(node, bindings) ?? []);
  return found.sort((one, other) => offsetOf(one.node) - offsetOf(other.node));
}

function handlerAt(
  node: OfType<'CallExpression' | 'TryStatement'>,
  bindings: Bindings,
): Handler | null {
  if (node.type === 'TryStatement') {
    const { handler } = node;
    const owner = functionAround(node);
    return owner && handler && { owner, node: handler, part: node, chain: null };
  }
  const callback = rejectionCallback(node);
  const callee = unwrap(node.callee);
  if (callback === null || callee.type !== 'MemberExpression') return null;
  const owner = functionAround(node);
  if (owner === null) return null;
  if (isRethrown(callback, bindings) || isHandledBefore(callee.object, bindings)) return null;
  return { owner, node: callback, part: callback, chain: node };
}

/** The callback of `promise.catch(…)` or `promise.then(…, …)`; null where there is none. */
function rejectionCallback(call: CallExpression): Node | null {
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return null;
  const name = memberName(callee);
  const callback = call.arguments[name === 'catch' ? 0 : 1];
  if ((name !== 'catch' && name !== 'then') || callback === undefined) return null;
  const inner = unwrap(callback);
  return isUndefined(inner) || inner.type === 'Literal' ? null : callback;
}

/** Whether the promise that a handler guards is that of a chain with a handler of its own. */
function isHandledBefore(guarded: Node, bindings: Bindings): boolean {
  const call = unwrap(guarded);
  if (call.type !== 'CallExpression') return false;
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return false;
  const callback = rejectionCallback(call);
  const isKept = callback !== null && !isRethrown(callback, bindings);
  return isKept || isHandledBefore(callee.object, bindings);
}

/** Whether the callback of a promise plainly passes the rejection on. */
function isRethrown(callback: Node, bindings: Bindings): boolean {
  const inner = unwrap(callback);
  if (!isFunction(inner) || inner.body === null) return false;
  if (inner.body.type !== 'BlockStatement') return isRejection(inner.body, bindings);
  const last = inner.body.body.at(-1);
  if (last?.type === 'ThrowStatement') return true;
  return (
    last?.type === 'ReturnStatement' &&
    last.argument !== null &&
    isRejection(last.argument, bindings)
  );
}

/** `Promise.reject(…)` */
function isRejection(node: Node, bindings: Bindings): boolean {
  const inner = unwrap(node);
  return inner.type === 'CallExpression' && promiseMethod(inner, bindings) === 'reject';
}

/**
 * Whether a handler gives its function something to tell the failure by: a result of its own, or a
 * variable that decides about the end of the function.
 */
export function isTold(
  handler: Handler,
  bindings: Bindings,
  textOf: (node: object) => string,
): boolean {
  return (
    isRetried(handler) ||
    hasFlag(handler, bindings) ||
    (handler.chain === null
      ? returnsTelling(handler, bindings, textOf)
      : isValueTelling(handler.node, handler.chain, bindings, textOf))
  );
}

/** Whether the code is tried again, and the last failure thrown: rounds are not counted. */
function isRetried({ node, owner }: Handler): boolean {
  if (!within(node, owner).some(({ type }) => type === 'ThrowStatement')) return false;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (outer === owner) return false;
    if (/^(?:For|While|DoWhile)/.test(outer.type)) return true;
  }
  return false;
}

/** Whether a local variable is assigned on the way, and then returned, thrown or asked. */
function hasFlag({ part, owner }: Handler, bindings: Bindings): boolean {
  const inner = unwrap(part);
  return within(inner, isFunction(inner) ? inner : owner).some((assignment) => {
    if (assignment.type !== 'AssignmentExpression' || assignment.left.type !== 'Identifier') {
      return false;
    }
    const variable = bindings.variable(assignment.left);
    const declared = variable?.defs[0]?.name;
    if (variable === null || declared === undefined || !isIn(declared, owner)) return false;
    return variable.references.some(
      (reference) =>
        reference.isRead() &&
        offsetOf(reference.identifier) > endOf(part) &&
        decides(reference.identifier),
    );
  });
}

/** Whether a value is returned, thrown, or asked by a test. */
function decides(node: Node): boolean {
  let inner = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    switch (outer.type) {
      case 'ReturnStatement':
      case 'ThrowStatement':
        return true;
      case 'IfStatement':
      case 'ConditionalExpression':
      case 'WhileStatement':
        return outer.test === inner;
      default:
        if (isFunction(outer)) return outer.body === inner;
        if (outer.type.endsWith('Statement')) return false;
    }
    inner = outer;
  }
  return false;
}

/** Whether a clause always ends its function, with results that no other way has. */
function returnsTelling(
  { node, owner }: Handler,
  bindings: Bindings,
  textOf: (node: object) => string,
): boolean {
  if (node.type !== 'CatchClause' || !neverCompletes(node.body, ENDS)) return false;
  const inside = returnsIn(node, owner);
  const others = returnsIn(owner, owner).filter((result) => !inside.includes(result));
  const texts = new Set(others.map((result) => result && textOf(unwrap(result))));
  const hasValue = others.some((result) => result !== null && !isNothing(result));
  return (
    inside.length > 0 &&
    inside.every((result) => {
      const value = result && unwrap(result);
      if (value === null || isUndefined(value) || isLog(value, bindings)) return false;
      return isNothing(value) ? hasValue : !texts.has(textOf(value));
    })
  );
}

/** Whether something looks at what the chain is fulfilled with, and finds there what happened. */
function isValueTelling(
  callback: Node,
  chain: CallExpression,
  bindings: Bindings,
  textOf: (node: object) => string,
): boolean {
  const use = useOf(chain);
  if (use === 'dropped') return false;
  const inner = unwrap(callback);
  if (!isFunction(inner) || inner.body === null) return use === 'kept';
  const others = new Set(fulfilledWith(chain, callback).map((value) => textOf(unwrap(value))));
  if (inner.body.type !== 'BlockStatement') {
    const value = unwrap(inner.body);
    if (isUndefined(value) || isLog(value, bindings) || value.type === 'AssignmentExpression')
      return false;
    if (others.has(textOf(value))) return false;
    return value.type !== 'CallExpression' || use === 'kept';
  }
  const results = returnsIn(inner, inner);
  return (
    results.length > 0 &&
    neverCompletes(inner.body, ENDS) &&
    results.every((result) => {
      const value = result && unwrap(result);
      if (value === null || isUndefined(value) || isLog(value, bindings)) return false;
      return !others.has(textOf(value));
    })
  );
}

/** What the callback before a handler gives, which its promise is fulfilled with where nothing fails. */
function fulfilledWith(chain: CallExpression, handler: Node): readonly Node[] {
  let link = chain;
  for (;;) {
    const callee = unwrap(link.callee);
    if (callee.type !== 'MemberExpression') return [];
    const [next] = link.arguments;
    const name = memberName(callee);
    if (name === 'then' && next !== undefined && next !== handler) {
      const given = unwrap(next);
      if (!isFunction(given) || given.body === null) return [];
      if (given.body.type !== 'BlockStatement') return [given.body];
      return returnsIn(given, given).filter((value) => value !== null);
    }
    // `catch` and `finally` hand on what comes before them.
    const before = unwrap(callee.object);
    if (before.type !== 'CallExpression') return [];
    link = before;
  }
}

/** What becomes of the value of a chain: it is dropped, returned, or kept to be looked at. */
function useOf(chain: Node): 'dropped' | 'returned' | 'kept' {
  let inner = chain;
  for (let outer = chain.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    switch (outer.type) {
      case 'ExpressionStatement':
        return 'dropped';
      case 'UnaryExpression':
        return outer.operator === 'void' ? 'dropped' : 'kept';
      case 'ReturnStatement':
      case 'ArrowFunctionExpression':
        return 'returned';
      case 'AwaitExpression':
        break;
      case 'MemberExpression':
        // What comes next in the chain, and is not told either.
        return 'returned';
      default:
        if (unwrap(outer) !== unwrap(inner)) return 'kept';
    }
    inner = outer;
  }
  return 'dropped';
}

/** What the `return` statements in a part of a function return; null for nothing. */
function returnsIn(part: Node, owner: FunctionNode): readonly (Node | null)[] {
  return within(part, owner).flatMap((node) =>
    node.type === 'ReturnStatement' ? [node.argument] : [],
  );
}

/** The nodes of a part of a function, those of functions in it left out. */
function within(part: Node, owner: FunctionNode): readonly Node[] {
  const found: Node[] = [];
  const open: Node[] = [part];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFunction(node) && node !== owner) continue;
    found.push(node);
    open.push(...childrenOf(node));
  }
  return found;
}

function isIn(node: Node, outer: Node): boolean {
  return offsetOf(outer) <= offsetOf(node) && endOf(node) <= endOf(outer);
}

/** `console.warn(…)`, which returns nothing */
function isLog(node: Node, bindings: Bindings): boolean {
  return node.type === 'CallExpression' && globalMethod(node, 'console', bindings) !== null;
}
