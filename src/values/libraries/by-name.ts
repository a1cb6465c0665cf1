/** Functions that a library is given under names, by which it calls them where it is told to. */

import {
  keyName,
  memberName,
  nodesIn,
  unwrap,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import { isInside } from '../../syntax/forms.ts';
import type { Calls, GivenParts } from './given.ts';
import type { Making, Ref } from './shapes.ts';
import type { LibraryReader } from './things.ts';

/** Where what a machine is made of is written by parts. */
const PARTS: ReadonlySet<string> = new Set([
  'states',
  'on',
  'invoke',
  'always',
  'after',
  'onDone',
  'onError',
]);

/** What is told to be called, by names and functions. */
const CALLING: ReadonlySet<string> = new Set(['actions', 'entry', 'exit']);

/** The call that makes something of what a call gives, where that is all that is done with it; else the same. */
export function outermostOf(call: CallExpression): CallExpression {
  const member = call.parent;
  if (member?.type !== 'MemberExpression' || member.object !== call) return call;
  const outer = member.parent;
  const isMade = outer?.type === 'CallExpression' && outer.callee === member;
  return isMade && memberName(member) !== null ? outer : call;
}

/**
 * The functions that are called by their names alone, each of which stands where it is known when that is
 * called; none where not all of what is made is seen.
 *
 * @param outer the call that makes it
 */
export function calledByName(
  { each, runs }: Making,
  outer: CallExpression,
  calls: Calls,
  parts: GivenParts,
  values: LibraryReader,
): ReadonlySet<Node> {
  const refs = new Set(runs.flatMap(({ named }) => named).filter((ref) => ref.endsWith('actions')));
  const given = [...refs].flatMap((ref) => functionsAt(ref, calls, parts, values));
  if (given.length === 0 || !isWrittenIn(outer, each, calls, parts)) return NONE;
  const known = new Set(
    parts
      .at(each, calls)
      .flatMap((object) =>
        runs.flatMap(({ of }) => parts.parts([object], of.split('.')).flatMap(listed)),
      ),
  );
  const mentions = new Set<string>();
  for (const node of nodesIn(outer)) {
    if (node.type !== 'Literal' || typeof node.value !== 'string' || known.has(node)) continue;
    const { parent } = node;
    if (parent?.type !== 'Property' || parent.key !== node) mentions.add(node.value);
  }
  return new Set(given.flatMap(({ name, node }) => (mentions.has(name) ? [] : [node])));
}

const NONE: ReadonlySet<Node> = new Set();

function functionsAt(
  ref: Ref,
  calls: Calls,
  parts: GivenParts,
  values: LibraryReader,
): readonly { readonly name: string; readonly node: Node }[] {
  return parts.at(ref, calls).flatMap((object) => {
    const inner = unwrap(object);
    if (inner.type !== 'ObjectExpression') return [];
    return inner.properties.flatMap((one) => {
      const name = one.type === 'Property' ? keyName(one.key, one.computed) : null;
      if (name === null || one.type !== 'Property') return [];
      const is = values.of(one.value);
      const isFunction = is.length > 0 && is.every(({ kind }) => kind === 'function');
      return isFunction ? [{ name, node: one.value }] : [];
    });
  });
}

/** Whether all that is made is written where it is, with nothing that may be a name but literals. */
function isWrittenIn(outer: CallExpression, each: Ref, calls: Calls, parts: GivenParts): boolean {
  const whole = parts.at(each.slice(0, each.lastIndexOf('.')), calls);
  if (whole.length === 0) return false;
  return whole.every((node) => {
    const object = unwrap(node);
    if (object.type !== 'ObjectExpression' || !isInside(object, outer)) return false;
    return object.properties.every((one) => {
      const name = one.type === 'Property' ? keyName(one.key, one.computed) : null;
      if (name === null || one.type !== 'Property') return false;
      if (CALLING.has(name)) return listed(one.value).every(isToldThere);
      return !PARTS.has(name) || listed(one.value).every(isPartThere);
    });
  });
}

/** Each of a list, or what is none. */
export function listed(node: Node): readonly Node[] {
  const inner = unwrap(node);
  return inner.type === 'ArrayExpression'
    ? inner.elements.flatMap((one) => (one === null ? [] : [unwrap(one)]))
    : [inner];
}

function isToldThere({ type }: Node): boolean {
  return (
    type === 'Literal' ||
    type === 'ArrowFunctionExpression' ||
    type === 'FunctionExpression' ||
    type === 'CallExpression'
  );
}

function isPartThere({ type }: Node): boolean {
  return type === 'ObjectExpression' || type === 'Literal';
}
