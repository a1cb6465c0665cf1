/** What calls of libraries have called only where a test turns out so. */

import { isFunction, unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import type { Runs } from '../../values/libraries/runs.ts';

/** What is called only where a test turns out so. */
export interface Gate {
  /** What is tested, */
  readonly node: Node;
  /** and what is called where it is truthy. */
  readonly given: Node;
}

/** What a call has called only where a test turns out so, if both are written in it. */
export function gatesOf({ steps }: Runs, call: CallExpression): readonly Gate[] {
  return steps.flatMap(({ node, gate }) =>
    gate !== null && isGivenIn(node, call) && isGivenIn(gate, call)
      ? [{ node: gate, given: node }]
      : [],
  );
}

/** What is tested: what a function gives, where it does nothing else. */
export function askedBy(node: Node): Node {
  const inner = unwrap(node);
  if (!isFunction(inner) || inner.async || inner.generator) return node;
  if (inner.body?.type !== 'BlockStatement') return inner.body ?? node;
  const [only, ...others] = inner.body.body;
  return only?.type === 'ReturnStatement' && others.length === 0 ? (only.argument ?? node) : node;
}

/** Whether something is an argument of a call, or a property of one. */
function isGivenIn(node: Node, call: CallExpression): boolean {
  return call.arguments.some((argument) => {
    if (argument === node) return true;
    const inner = unwrap(argument);
    return (
      inner.type === 'ObjectExpression' &&
      inner.properties.some((property) => property.type === 'Property' && property.value === node)
    );
  });
}
