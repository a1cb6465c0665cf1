/** Where a promise that is kept in a variable is awaited. */

import { codeAround, isFunction, unwrap, type Node } from '../flow/ast.ts';
import { offsetOf } from '../flow/atoms.ts';
import type { Bindings } from '../flow/bindings.ts';

/**
 * The first place behind another one, in the same function, at which the promise that a call makes
 * is awaited; null where there is none.
 */
export function awaitedBehind(call: Node, place: Node, bindings: Bindings): Node | null {
  const name = keptIn(call);
  const variable = name === null ? null : bindings.variable(name);
  const code = codeAround(place);
  const reads = (variable?.references ?? []).filter((reference) => reference.isRead());
  const behind = reads
    .map(({ identifier }): Node => identifier)
    .filter(
      (read) => offsetOf(read) > offsetOf(place) && codeAround(read) === code && isAwaited(read),
    );
  return behind.toSorted((one, other) => offsetOf(one) - offsetOf(other))[0] ?? null;
}

/** The name that an expression is given to, as it is or as a part of a choice. */
function keptIn(expression: Node): Node | null {
  let inner = expression;
  for (let outer = inner.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    switch (outer.type) {
      case 'VariableDeclarator':
        return outer.id.type === 'Identifier' ? outer.id : null;
      case 'AssignmentExpression':
        return outer.right === inner && outer.left.type === 'Identifier' ? outer.left : null;
      case 'ConditionalExpression':
      case 'LogicalExpression':
        break;
      default:
        if (unwrap(outer) !== unwrap(inner)) return null;
    }
    inner = outer;
  }
  return null;
}

function isAwaited(node: Node): boolean {
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (outer.type === 'AwaitExpression') return true;
    if (isFunction(outer) || outer.type.endsWith('Statement')) return false;
  }
  return false;
}
