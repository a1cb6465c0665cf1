/** Iterators of lists, and their helpers: what is made of them calls nothing before it is read. */

import { memberName, unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import { isGlobal } from '../../syntax/promises.ts';

/** Helpers that make an iterator of another. */
const MAKING: ReadonlySet<string> = new Set(['drop', 'filter', 'flatMap', 'map', 'take']);

/** Methods that read an iterator to its end, or as far as they need. */
const READING: ReadonlySet<string> = new Set([
  'every',
  'find',
  'forEach',
  'reduce',
  'some',
  'toArray',
]);

/** Methods of a list that give an iterator of it. */
const ITERATORS: ReadonlySet<string> = new Set(['entries', 'keys', 'values']);

/** The list whose elements an iterator gives, all and in their order, or an array that is made of one. */
export function iterated(node: Node): Node {
  const inner = unwrap(node);
  const { object, name } = calledOn(inner);
  const isAll = inner.type === 'CallExpression' && inner.arguments.length === 0;
  if (object !== null && isAll && (name === 'values' || name === 'toArray'))
    return iterated(object);
  const [list] = inner.type === 'CallExpression' ? inner.arguments : [];
  const isSame = name === 'from' && isIteratorClass(object) && list !== undefined;
  return isSame ? iterated(list) : inner;
}

/** The list of which `list.filter(Boolean)` leaves what is there; null for any other expression. */
export function withoutFalsy(node: Node, bindings: Bindings): Node | null {
  const call = unwrap(node);
  const { object, name } = calledOn(call);
  const [asked] = call.type === 'CallExpression' ? call.arguments : [];
  const isAsked = name === 'filter' && asked !== undefined && isGlobal(asked, 'Boolean', bindings);
  return isAsked ? object : null;
}

/** What `list.map(callback)` and `Array.from(list, callback)` are given; null for any other expression. */
export function mappedBy(
  node: Node,
  bindings: Bindings,
): { readonly list: Node; readonly callback: Node } | null {
  const call = iterated(node);
  if (call.type !== 'CallExpression') return null;
  const { object, name } = calledOn(call);
  const [first, second] = call.arguments;
  if (object === null || first === undefined) return null;
  if (name === 'map') return { list: object, callback: first };
  return name === 'from' && second !== undefined && isGlobal(object, 'Array', bindings)
    ? { list: first, callback: second }
    : null;
}

/** The array that is made of what a call gives, where it stands: itself, if none is. */
export function arrayOf(call: CallExpression): CallExpression {
  const { parent } = call;
  const user = parent?.type === 'MemberExpression' ? parent.parent : null;
  return user?.type === 'CallExpression' && user.callee === parent && iterated(user) === call
    ? user
    : call;
}

/** Whether a call makes an iterator of another one, which nothing is seen to read where it stands. */
export function isUnread(call: CallExpression): boolean {
  const { object, name } = calledOn(call);
  if (object === null || !MAKING.has(name) || !isIterator(object)) return false;
  let read: Node = call;
  for (;;) {
    const member: Node | null = read.parent ?? null;
    if (member?.type === 'SpreadElement' || member?.type === 'CallExpression') return false;
    if (member?.type === 'ForOfStatement') return false;
    const user: Node | null = member?.parent ?? null;
    const isCalled = member?.type === 'MemberExpression' && user?.type === 'CallExpression';
    if (!isCalled || user.callee !== member || member.object !== read) return true;
    const method = memberName(member) ?? '';
    if (READING.has(method)) return false;
    if (!MAKING.has(method)) return true;
    read = user;
  }
}

function isIteratorClass(node: Node | null): boolean {
  return node?.type === 'Identifier' && node.name === 'Iterator';
}

function isIterator(node: Node): boolean {
  const { object, name } = calledOn(unwrap(node));
  if (name === 'from' && isIteratorClass(object)) return true;
  return object !== null && (ITERATORS.has(name) || (MAKING.has(name) && isIterator(object)));
}

function calledOn(node: Node): { readonly object: Node | null; readonly name: string } {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : null;
  return callee?.type === 'MemberExpression'
    ? { object: callee.object, name: memberName(callee) ?? '' }
    : { object: null, name: '' };
}
