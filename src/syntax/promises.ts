/** The forms in which the language's own promises are made. */

import { memberName, unwrap, type CallExpression, type Node } from './ast.ts';
import type { Bindings } from './bindings.ts';

/** Whether an expression is a name that the file does not declare. */
export function isGlobal(node: Node, name: string, bindings: Bindings): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier' && inner.name === name && bindings.isGlobal(inner);
}

/** The method of `Promise` itself that a call calls: `all`, `resolve`, …; null for any other call. */
export function promiseMethod({ callee }: CallExpression, bindings: Bindings): string | null {
  const inner = unwrap(callee);
  return inner.type === 'MemberExpression' && isGlobal(inner.object, 'Promise', bindings)
    ? memberName(inner)
    : null;
}

/** Whether an expression is `new Promise(…)`. */
export function isNewPromise(node: Node, bindings: Bindings): boolean {
  const inner = unwrap(node);
  return inner.type === 'NewExpression' && isGlobal(inner.callee, 'Promise', bindings);
}
