/** What is told where code is too large, or nested too deeply, to be looked at in full. */

import type { Rule } from 'eslint';

import { isFunction, type Node } from '../syntax/ast.ts';

/** The message id under which it is told. */
export const TOO_LARGE = 'tooLarge';

export const TOO_LARGE_MESSAGE =
  'This {{what}} is too large, or nested too deeply, to be looked at in full: not all that it may hold is told.';

/** What has been told of. */
const told = new WeakSet<object>();

/** Tells of functions, statements or a program that were left out, once of each. */
export function tellTooLarge(context: Rule.RuleContext, nodes: Iterable<Node>): void {
  for (const node of nodes) {
    if (told.has(node)) continue;
    told.add(node);
    const isProgram = node.type === 'Program';
    const place = isProgram ? (node.body[0] ?? node) : node;
    const what = isProgram ? 'file' : isFunction(node) ? 'function' : 'statement';
    context.report({ node: place, messageId: TOO_LARGE, data: { what } });
  }
}
