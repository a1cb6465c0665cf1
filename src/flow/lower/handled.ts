/** Names that may hold functions, by how they are used. */

import { memberName, type Node } from '../../syntax/ast.ts';

/** Methods of functions that call them, or make others of them, and of promises that wait for them. */
const HANDLERS = new Set(['call', 'apply', 'bind', 'then', 'catch', 'finally']);

/** Whether a name is called, or handed on, rather than looked at. */
export function isHandled(identifier: Node): boolean {
  const { parent } = identifier;
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === identifier && HANDLERS.has(memberName(parent) ?? '');
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'IfStatement':
      return false;
    default:
      return true;
  }
}

/** Whether a property is called, or handed on, that is no method of a function or a promise. */
export function isPartHandled(member: Node & { type: 'MemberExpression' }): boolean {
  return !HANDLERS.has(memberName(member) ?? '') && isHandled(member);
}
