/** What changes the objects of claims and options, and what is done to them by functions that get them. */

import { unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import { isSpread, pathOf, usedIn } from '../../syntax/forms.ts';
import type { Expressions } from '../../values/evaluate.ts';

/** An object is followed through so many functions that hand it on. */
const MAX_DEPTH = 4;

/** Names of those that are told what a program does, and change nothing. */
const OBSERVERS = /^(?:console|log|logger|debug|info|trace)$/i;

/** Names of those that change what they are given first, and give it back. */
const MERGERS = /^(?:assign|defaults|extend|merge|set|unset)/;

/** Whether a call takes claims and leaves them as they are. */
type IsMint = (call: CallExpression) => boolean;

/**
 * Whether a call may change an object that it is given: a function that is seen shows it, one that
 * is not may where nothing is done with what it gives.
 */
export function mayChange(
  call: CallExpression,
  object: Node,
  file: Expressions,
  isMint: IsMint,
  depth = 0,
): boolean {
  const path = pathOf(call.callee);
  if (OBSERVERS.test(path.split('.').at(-2) ?? path) || isMint(call)) return false;
  const [{ value: code }, ...others] = file.of(call.callee);
  const index = call.arguments.findIndex((argument) => argument === object);
  const isSeen = code.kind === 'function' && others.length === 0;
  if (!isSeen || depth > MAX_DEPTH || isSpread(call.arguments, index)) {
    const isMerged = index === 0 && MERGERS.test(path.split('.').at(-1) ?? path);
    return isMerged || isDropped(call);
  }
  const parameter = code.node.params[index];
  if (parameter === undefined) return isDropped(call);
  const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  // A pattern takes its properties out, and has not the object itself.
  if (name.type !== 'Identifier') return name.type === 'RestElement';
  const references = code.file.bindings.variable(name)?.references ?? [];
  return references.some(({ identifier }) =>
    isChangedAt(usedIn(identifier), code.file, isMint, depth),
  );
}

/** Whether an object may be changed where a name of it is used. */
function isChangedAt(use: Node, file: Expressions, isMint: IsMint, depth: number): boolean {
  const { parent } = use;
  switch (parent?.type) {
    case 'MemberExpression': {
      const target = usedIn(parent);
      const outer = target.parent;
      return (
        (outer?.type === 'AssignmentExpression' && outer.left === target) ||
        outer?.type === 'UpdateExpression' ||
        (outer?.type === 'UnaryExpression' && outer.operator === 'delete')
      );
    }
    case 'CallExpression':
      if (isAssign(parent, file)) return parent.arguments[0] === use;
      return parent.callee !== use && mayChange(parent, use, file, isMint, depth + 1);
    // Under another name, it may be.
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier';
    case 'AssignmentExpression':
      return true;
    default:
      return false;
  }
}

/** Whether a call is one of `Object.assign`. */
export function isAssign({ callee }: CallExpression, file: Expressions): boolean {
  return globalName(callee, file) === 'Object.assign';
}

/** The path to a function of the language, whatever name it goes by; null for others. */
export function globalName(callee: Node, file: Expressions): string | null {
  const external = file.external(callee);
  return external?.module === null ? external.path.join('.') : null;
}

/** The object that a change is made to; null for what is none. */
export function changedIn(change: Node): Node | null {
  switch (change.type) {
    case 'AssignmentExpression':
      return objectOf(change.left);
    case 'UpdateExpression':
    case 'UnaryExpression':
      return objectOf(change.argument);
    case 'CallExpression':
      return change.arguments[0] ?? null;
    default:
      return null;
  }
}

function objectOf(node: Node): Node | null {
  const member = unwrap(node);
  return member.type === 'MemberExpression' ? member.object : null;
}

/** Whether nothing is done with what a call gives, but that it may be awaited. */
function isDropped(call: CallExpression): boolean {
  const { parent } = call;
  const outer = parent?.type === 'AwaitExpression' ? parent.parent : parent;
  return outer?.type === 'ExpressionStatement';
}
