/** What is known at a test of the conditions that lead to it. */

import type { Node } from '../../syntax/ast.ts';
import { neverCompletes } from '../../syntax/forms.ts';

/** A test that has turned out so. */
export interface Condition {
  readonly test: Node;
  readonly outcome: boolean;
}

/** No more conditions than this are looked at. */
const MAX_CONDITIONS = 16;

/** A test that turns out so, and those that have turned out before, the nearest first. */
export function conditionsAt(test: Node, outcome: boolean): readonly Condition[] {
  const found: Condition[] = [{ test, outcome }];
  let inner = test;
  for (let outer = test.parent; outer && found.length < MAX_CONDITIONS; outer = inner.parent) {
    // It may be called from before them.
    if (outer.type === 'FunctionDeclaration') break;
    found.push(...conditionsIn(outer, inner));
    inner = outer;
  }
  return found.slice(0, MAX_CONDITIONS);
}

/** What is known in a part of something. */
function conditionsIn(outer: Node, inner: Node): readonly Condition[] {
  switch (outer.type) {
    case 'LogicalExpression':
      return outer.right === inner && outer.operator !== '??'
        ? [{ test: outer.left, outcome: outer.operator === '&&' }]
        : [];
    case 'ConditionalExpression':
    case 'IfStatement':
      if (outer.test === inner) return [];
      return [{ test: outer.test, outcome: outer.consequent === inner }];
    case 'BlockStatement':
    case 'Program': {
      const before = outer.body.slice(
        0,
        outer.body.findIndex((one) => one === inner),
      );
      return before
        .toReversed()
        .flatMap((one) =>
          one.type === 'IfStatement' && one.alternate === null && neverCompletes(one.consequent)
            ? [{ test: one.test, outcome: false }]
            : [],
        );
    }
    default:
      return [];
  }
}
