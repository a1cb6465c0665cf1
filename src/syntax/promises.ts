/** The forms in which the language's own promises are made. */

import { memberName, memberNameOf, unwrap, type CallExpression, type Node } from './ast.ts';
import type { Bindings } from './bindings.ts';

/** Whether an expression is a name that the file does not declare. */
export function isGlobal(node: Node, name: string, bindings: Bindings): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier' && inner.name === name && bindings.isGlobal(inner);
}

/** The method of a global that a call calls: `assign` of `Object`; null for any other call. */
export function globalMethod(
  { callee }: CallExpression,
  owner: string,
  bindings: Bindings,
): string | null {
  const inner = unwrap(callee);
  return inner.type === 'MemberExpression' && isGlobal(inner.object, owner, bindings)
    ? memberName(inner)
    : null;
}

/** The method of `Promise` itself that a call calls: `all`, `resolve`, …; null for any other call. */
export function promiseMethod(call: CallExpression, bindings: Bindings): string | null {
  return globalMethod(call, 'Promise', bindings);
}

/** Whether an expression is `new Promise(…)`. */
export function isNewPromise(node: Node, bindings: Bindings): boolean {
  const inner = unwrap(node);
  return inner.type === 'NewExpression' && isGlobal(inner.callee, 'Promise', bindings);
}

/** Whether an expression is `Promise.withResolvers()`. */
export function isWithResolvers(node: Node, bindings: Bindings): boolean {
  const inner = unwrap(node);
  return inner.type === 'CallExpression' && promiseMethod(inner, bindings) === 'withResolvers';
}

/** The method by which a chain of promises goes on, going by its name; null for what is none. */
export function linkOf(callee: Node): 'then' | 'catch' | 'finally' | null {
  const name = memberNameOf(callee);
  return name === 'then' || name === 'catch' || name === 'finally' ? name : null;
}

/** Whether an expression can be a promise, going by its form. */
export function isPromiseLike(node: Node, bindings: Bindings): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'CallExpression':
    case 'Identifier':
    case 'MemberExpression':
    case 'AssignmentExpression':
    case 'TaggedTemplateExpression':
      return true;
    case 'NewExpression':
      return isNewPromise(inner, bindings);
    case 'ConditionalExpression':
      return isPromiseLike(inner.consequent, bindings) || isPromiseLike(inner.alternate, bindings);
    case 'LogicalExpression':
      return isPromiseLike(inner.left, bindings) || isPromiseLike(inner.right, bindings);
    case 'SequenceExpression': {
      const last = inner.expressions.at(-1);
      return last !== undefined && isPromiseLike(last, bindings);
    }
    default:
      return false;
  }
}

/** Whether a type is `Promise<…>`, the language's own. */
export function isPromiseType(type: Node, bindings: Bindings): boolean {
  return type.type === 'TSTypeReference' && isGlobal(type.typeName, 'Promise', bindings);
}
