/** Which names and properties are functions for sure: a call of one by `?.` is made. */

import {
  isFunction,
  keyName,
  memberName,
  unwrap,
  type ClassNode,
  type Node,
} from '../../syntax/ast.ts';
import { initializerOf, isNeverReassigned, type Bindings } from '../../syntax/bindings.ts';
import type { Value } from '../../values/resolve.ts';
import type { Lower, Resolver } from './parts.ts';
import { partOf } from './shapes.ts';

/** Methods that are inherited by way of more classes than this are not looked for. */
const MAX_INHERITED = 16;

/** Whether a name or a property is a function from its beginning, and nothing else ever. */
export function isSurelyFunction(node: Node, lower: Lower): boolean {
  if (node.type === 'Identifier') return isFunctionName(node, lower.bindings);
  const name = node.type === 'MemberExpression' ? memberName(node) : null;
  if (node.type !== 'MemberExpression' || name === null) return false;
  const { callees, held, values } = lower;
  const object = held.written(node.object);
  const part = object === null ? null : partOf(object, name);
  if (part !== null) return part !== 'nothing' && isFunction(unwrap(part));
  const owner = unwrap(node.object);
  const isOwn = owner.type === 'ThisExpression' || owner.type === 'Super';
  const owners = isOwn || held.isOnlyRead(node.object) ? callees.values(owner) : [];
  return owners.length > 0 && owners.every((one) => hasMethod(one, name, values));
}

function isFunctionName(node: Node, bindings: Bindings): boolean {
  const variable = bindings.variable(node);
  if (variable === null || !isNeverReassigned(variable)) return false;
  const initializer = initializerOf(variable);
  const isDeclared = variable.defs.some(({ type }) => type === 'FunctionName');
  return isDeclared || (initializer !== null && isFunction(unwrap(initializer)));
}

/** Whether a class, or an instance of one, has a method of this name, or inherits one. */
function hasMethod(owner: Value, name: string, values: Resolver): boolean {
  const isStatic = owner.kind === 'class';
  let heirs: readonly Value[] = [owner];
  for (let depth = 0; depth < MAX_INHERITED; depth++) {
    const [heir, ...others] = heirs;
    if (heir === undefined || others.length > 0) return false;
    if (heir.kind !== 'class' && heir.kind !== 'instance') return false;
    if (declaresMethod(heir.node, name, isStatic)) return true;
    const { superClass } = heir.node;
    heirs = superClass === null ? [] : values.of(superClass);
  }
  return false;
}

/** Whether a class declares a method of this name. */
function declaresMethod({ body }: ClassNode, name: string, isStatic: boolean): boolean {
  return body.body.some((member) => {
    const isMethod =
      (member.type === 'MethodDefinition' && member.kind === 'method') ||
      (member.type === 'PropertyDefinition' &&
        member.value !== null &&
        isFunction(unwrap(member.value)));
    return isMethod && member.static === isStatic && keyName(member.key, member.computed) === name;
  });
}
