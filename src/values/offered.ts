/** What code that holds a class, or an instance of one, can call: also what the class inherits. */

import {
  constructorOf,
  isFunction,
  keyName,
  unwrap,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../syntax/ast.ts';
import type { Value } from './resolve.ts';

export interface Offered {
  readonly methods: readonly FunctionNode[];
  /** What the fields are given that can be read from outside, but for functions. */
  readonly fields: readonly Node[];
}

/** Classes are looked up this far. */
const MAX_INHERITED = 16;

/**
 * What a class offers by itself, and by those that it extends.
 *
 * @param of what an expression can be
 */
export function offeredBy(node: ClassNode, of: (node: Node) => readonly Value[]): Offered {
  const methods: FunctionNode[] = [];
  const fields: Node[] = [];
  const hidden = new Set<string>();
  const classes = new Set([node]);
  for (const owner of classes) {
    const own: string[] = [];
    for (const { name, value } of membersOf(owner)) {
      if (name !== null && hidden.has(name)) continue;
      if (name !== null) own.push(name);
      if (value === null) continue;
      if (!isFunction(value)) fields.push(value);
      else if (value.body !== null) methods.push(value);
    }
    // Getters and setters share a name.
    for (const name of own) hidden.add(name);
    if (owner.superClass === null || classes.size >= MAX_INHERITED) continue;
    for (const parent of of(owner.superClass)) {
      if (parent.kind === 'class') classes.add(parent.node);
    }
  }
  return { methods, fields };
}

interface Member {
  /** By which it hides what is inherited; null where that is not known. */
  readonly name: string | null;
  readonly value: Node | null;
}

/** The members of a class that are neither private nor its constructor. */
function membersOf(node: ClassNode): readonly Member[] {
  const members: Member[] = [];
  for (const member of node.body.body) {
    if (member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition') continue;
    if (member.key.type === 'PrivateIdentifier' || member.accessibility === 'private') continue;
    if (member.type === 'MethodDefinition' && member.kind === 'constructor') continue;
    const key = keyName(member.key, member.computed);
    const name = key === null ? null : `${member.static ? 'static ' : ''}${key}`;
    members.push({ name, value: member.value === null ? null : unwrap(member.value) });
  }
  for (const parameter of constructorOf(node)?.params ?? []) {
    if (parameter.type !== 'TSParameterProperty' || parameter.accessibility === 'private') continue;
    const pattern = parameter.parameter;
    if (pattern.type !== 'AssignmentPattern' || pattern.left.type !== 'Identifier') continue;
    members.push({ name: pattern.left.name, value: unwrap(pattern.right) });
  }
  return members;
}
