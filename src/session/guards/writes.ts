/** Where something is given to what may hold whether there is a JWT. */

import {
  keyName,
  unwrap,
  type FunctionNode,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import type { Runs } from '../../values/libraries/runs.ts';

/** Something that a place is given. */
export interface Write {
  /** The call, or the assignment, that gives it. */
  readonly node: Node;
  /** Null for nothing, which is `undefined`; what is not seen may be anything. */
  readonly value: Node | null | 'unseen';
  /** Whether it may stay what it was instead. */
  readonly isUnsure?: boolean;
  /** What a library runs, at whose end it is given. */
  readonly after?: Ending;
}

/** What a library runs by itself, and tells of its end. */
export interface Ending {
  readonly runs: Runs;
  /** The calls that have it run. */
  readonly also: readonly Node[];
}

/** Whether a function does nothing but to give something somewhere, at once. */
export function isMarker({ async, generator, body }: FunctionNode, write: Node): boolean {
  if (async || generator || body === null) return false;
  if (body.type !== 'BlockStatement') return unwrap(body) === write;
  const [only, ...others] = body.body;
  const given =
    only?.type === 'ExpressionStatement'
      ? only.expression
      : only?.type === 'ReturnStatement'
        ? only.argument
        : null;
  return others.length === 0 && given !== null && unwrap(given) === write;
}

/** Whether a name stands in a list of what a hook depends on. */
export function isListed({ parent }: Node): boolean {
  return parent?.type === 'ArrayExpression' && parent.parent?.type === 'CallExpression';
}

/** The plain assignment that a name or a member is the target of; null for all else that writes it. */
export function writeAt(target: Node): Write | null {
  const { parent } = target;
  if (parent?.type !== 'AssignmentExpression' || parent.left !== target) return null;
  return parent.operator === '=' ? { node: parent, value: parent.right } : null;
}

/** What a literal gives a property; undefined where it does not name it. */
export function propertyIn(
  { properties }: ObjectExpression,
  name: string,
): Node | 'unseen' | undefined {
  for (const property of properties.toReversed()) {
    if (property.type !== 'Property') continue;
    const key = keyName(property.key, property.computed);
    if (key === null) return 'unseen';
    if (key === name) return property.kind === 'init' ? property.value : 'unseen';
  }
  return undefined;
}
