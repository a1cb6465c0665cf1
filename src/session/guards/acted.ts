/** The states that `useActionState` keeps: what its action gives. */

import { isFunction, type CallExpression, type FunctionNode, type Node } from '../../syntax/ast.ts';
import type { Values } from '../../values/resolve.ts';
import { initialOf, objectOf } from './objects.ts';
import type { Place } from './place.ts';
import type { Write } from './writes.ts';

/**
 * The state of a call, or a property of it; null where it is not seen what the action gives.
 *
 * @param part the property; null for the state itself
 */
export function actedPlace(
  call: CallExpression,
  part: string | null,
  values: Values,
): Place | null {
  const [action, initial = null] = call.arguments;
  const [code, ...others] = action === undefined ? [] : values.functions(action);
  if (code === undefined || others.length > 0 || code.generator) return null;
  const starts = part === null ? initial : partIn(initial, part, values);
  if (starts === 'unseen') return null;
  const writes = values.endsOf(code).map((end): Write => {
    const value = part === null ? end : partIn(end, part, values);
    // By whatever way it comes to its end without a `return`, that is no place.
    return { node: end === null ? call : placeOf(end, code), value, isUnsure: true };
  });
  return {
    key: { call, part },
    initial: starts,
    writes,
    isRendered: true,
    isOnly: false,
    lifted: null,
  };
}

/** Where something is returned: the statement, or the function where it is its body. */
function placeOf(end: Node, code: FunctionNode): Node {
  for (let node: Node = end; node !== code;) {
    const { parent } = node;
    if (!parent || isFunction(parent)) break;
    if (parent.type === 'ReturnStatement') return parent;
    node = parent;
  }
  return code;
}

function partIn(node: Node | null, part: string, values: Values): Write['value'] {
  const object = node === null ? null : objectOf(node, values);
  if (object === null) return 'unseen';
  const given = initialOf(object, part, values);
  return given ?? null;
}
