/** What is done with parts of values where their names stand. */

import { isClass, isFunction, keyName, memberName, type Node } from '../../syntax/ast.ts';
import { nameOf } from '../../syntax/forms.ts';
import { isIterated } from './handled.ts';
import { namesIn } from './questions.ts';
import type { PartUse } from './parts.ts';

/** Expressions that are never `undefined`. */
const ALWAYS_THERE: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'Literal',
  'NewExpression',
  'ObjectExpression',
  'TemplateLiteral',
]);

/** The property of a value that is read where its name stands; null where something else is done. */
export function partRead(identifier: Node): string | null {
  const { parent } = identifier;
  if (parent?.type !== 'MemberExpression' || parent.object !== identifier) return null;
  const user = parent.parent;
  const isWritten =
    (user?.type === 'AssignmentExpression' && user.left === parent) ||
    (user?.type === 'UnaryExpression' && user.operator === 'delete');
  return isWritten ? null : memberName(parent);
}

export function isConstructed(identifier: Node): boolean {
  const { parent } = identifier;
  return parent?.type === 'NewExpression' && parent.callee === identifier;
}

/** Whether a name or a member is called where it stands. */
export function isCalled(node: Node | null | undefined): boolean {
  return node?.parent?.type === 'CallExpression' && node.parent.callee === node;
}

/** What several do together with a property. */
export function together<T>(all: readonly T[], useOf: (one: T) => PartUse): PartUse {
  let use: PartUse = 'ignored';
  for (const one of all) {
    const own = useOf(one);
    if (own === 'passed') return own;
    if (own === 'held') use = own;
  }
  return use;
}

/** The names that a pattern gives to parts, with a default or without. */
export function namesOf(pattern: Node): ReadonlyMap<string, Node> {
  if (pattern.type !== 'ObjectPattern') return namesIn(pattern);
  const names = new Map<string, Node>();
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') continue;
    const key = keyName(property.key, property.computed);
    const name = nameOf(property.value);
    if (key !== null && name !== null) names.set(key, name);
  }
  return names;
}

/** Whether an expression is sure to be something other than `undefined`. */
export function isAlwaysThere(node: Node): boolean {
  return isFunction(node) || isClass(node) || ALWAYS_THERE.has(node.type);
}

/** Whether an element of a list is read where its name stands, or its length, or something is called for each. */
export function isReadInPart(name: Node): boolean {
  const read = partRead(name);
  if (read === null) return false;
  return !isCalled(name.parent) || read === 'at' || (read !== 'sort' && isIterated(name));
}

/** Whether a list is only read, one element after the other, where its name stands. */
export function isGoneThrough({ parent }: Node): boolean {
  return (
    parent?.type === 'ForOfStatement' ||
    (parent?.type === 'MemberExpression' &&
      memberName(parent) === 'reduce' &&
      parent.parent?.type === 'CallExpression' &&
      parent.parent.callee === parent)
  );
}
