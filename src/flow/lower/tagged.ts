/** Tagged templates: calls of functions with the texts, and with what stands between these. */

import { isFunction, unwrap, type Node } from '../../syntax/ast.ts';
import { MAY_THROW, seq, SKIP } from '../term/make.ts';
import type { CallMode, Term } from '../term/term.ts';
import type { Lower } from './parts.ts';

export type TaggedTemplate = Node & { readonly type: 'TaggedTemplateExpression' };

/** @param mode whether what the function returns is awaited */
export function tagged(lower: Lower, node: TaggedTemplate, mode: CallMode): Term {
  const { tag, quasi } = node;
  const { callees, calls, effects } = lower;
  const callee = callees.callee(tag);
  // The list of texts, of which one stands for all, does nothing.
  const args = [...quasi.quasis.slice(0, 1), ...quasi.expressions];
  const isSeen = callee?.functions.some(({ isGenerator }) => isGenerator) === false;
  if (callee === null || !isSeen) {
    return seq(effects.object(tag), effects.allHandedOver(quasi.expressions), MAY_THROW);
  }
  const target = { callee, args, isExact: isFunction(unwrap(tag)) };
  return seq(
    effects.object(tag),
    calls.evaluated(target, callee),
    calls.invoke(target, node, mode),
    callee.open ? MAY_THROW : SKIP,
  );
}
