/** Assignments that may leave a place what it is: `p = p ?? load()`, `p = p ? p : load()`. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import { isSamePlace } from '../../syntax/forms.ts';

/** What a place is given instead of what it was. */
export interface Refill {
  readonly given: Node;
  /** What decides; null where that is whether the place holds something. */
  readonly test: Node | null;
  /** How the test comes out where the place is left as it is. */
  readonly keeps: boolean;
}

/** What an assignment gives a place that it may leave as it is; null for any other expression. */
export function refillOf(source: Node): Refill | null {
  const assignment = source.parent ?? null;
  if (assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=') return null;
  const { left } = assignment;
  const value = unwrap(source);
  switch (value.type) {
    case 'LogicalExpression':
      return value.operator !== '&&' && isSame(left, value.left)
        ? { given: value.right, test: null, keeps: true }
        : null;
    case 'ConditionalExpression': {
      const { test, consequent, alternate } = value;
      if (isSame(left, consequent)) return { given: alternate, test, keeps: true };
      return isSame(left, alternate) ? { given: consequent, test, keeps: false } : null;
    }
    default:
      return null;
  }
}

type Assignment = Node & { readonly type: 'AssignmentExpression' };

/** An assignment to a name, as it could be written: `p = p ?? load()` as `p ??= load()`. */
export function assignmentAs(node: Assignment): Pick<Assignment, 'operator' | 'right'> {
  const refill = node.left.type === 'Identifier' ? refillOf(node.right) : null;
  const value = unwrap(node.right);
  return refill !== null && value.type === 'LogicalExpression' && value.operator !== '&&'
    ? { operator: `${value.operator}=`, right: value.right }
    : node;
}

/** What decides whether an assignment gives something new, and how it comes out for that. */
export interface Filling {
  readonly of: Node;
  readonly fills: boolean;
}

/** The same of an assignment that may leave its place as it is; null for anything else. */
export function fillingAt(node: Node): Filling | null {
  if (node.type !== 'AssignmentExpression') return null;
  const { operator } = assignmentAs(node);
  if (operator === '??=' || operator === '||=') return { of: node, fills: true };
  const refill = refillOf(node.right);
  return refill && { of: unwrap(node.right), fills: refill.test === null || !refill.keeps };
}

/** What a place is given by a source, apart from what it was. */
export function newIn(source: Node): Node {
  return refillOf(source)?.given ?? source;
}

/** Whether two parts of one expression are the same place: there, a name has one meaning. */
function isSame(one: Node, other: Node): boolean {
  return isSamePlace(
    one,
    other,
    ({ name }, same) => same.type === 'Identifier' && same.name === name,
  );
}
