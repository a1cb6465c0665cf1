/** What object literals and classes declare, by name, and whose `this` is. */

import {
  isClass,
  keyName,
  type ClassNode,
  type Node,
  type ObjectExpression,
} from '../syntax/ast.ts';
import { targetOf } from '../syntax/patterns.ts';
import type { WrittenAs } from './value.ts';

export type ObjectPart = ObjectExpression['properties'][number];

type ClassMember = ClassNode['body']['body'][number];
type Keyed = ClassMember & {
  readonly type: 'MethodDefinition' | 'PropertyDefinition' | 'AccessorProperty';
};

/** What the body of a class declares: of a parameter property, the name of the parameter. */
export type OwnMember = Keyed | (Node & { readonly type: 'Identifier' });

interface Placed<Part> {
  readonly position: number;
  readonly part: Part;
}

/** Parts of something: the last of each name, and those that can have any. */
class Named<Part> {
  readonly #named = new Map<string, Placed<Part>>();
  readonly #open: Placed<Part>[] = [];
  #position = 0;

  /** @param name null for a part that can have any */
  add(name: string | null, part: Part): void {
    const placed = { position: this.#position, part };
    this.#position += 1;
    if (name === null) this.#open.push(placed);
    else this.#named.set(name, placed);
  }

  has(name: string): boolean {
    return this.#named.has(name);
  }

  /** The parts that can have a name, from the last to the one that has it. */
  of(name: string): readonly Part[] {
    const named = this.#named.get(name);
    const parts: Part[] = [];
    for (const { position, part } of this.#open.toReversed()) {
      if (position > (named?.position ?? -1)) parts.push(part);
    }
    if (named !== undefined) parts.push(named.part);
    return parts;
  }
}

const literals = new WeakMap<ObjectExpression, Named<ObjectPart>>();

/** The parts of a literal that may give a name its value, the last first. */
export function candidatesIn(node: ObjectExpression, name: string): readonly ObjectPart[] {
  let parts = literals.get(node);
  if (parts === undefined) {
    parts = new Named();
    literals.set(node, parts);
    for (const part of node.properties) {
      const name = part.type === 'Property' ? keyName(part.key, part.computed) : null;
      // Reading runs the getter beside it.
      const isSetter = part.type === 'Property' && part.kind === 'set';
      if (!isSetter || name === null || !parts.has(name)) parts.add(name, part);
    }
  }
  return parts.of(name);
}

interface ClassParts {
  readonly own: Named<OwnMember>;
  readonly static: Named<OwnMember>;
}

const classes = new WeakMap<ClassNode, ClassParts>();

/** The members of a class, or of its objects, that may have a name, the last first. */
export function membersNamed(
  node: ClassNode,
  name: string,
  isStatic: boolean,
): readonly OwnMember[] {
  let parts = classes.get(node);
  if (parts === undefined) {
    parts = partsOf(node);
    classes.set(node, parts);
  }
  return (isStatic ? parts.static : parts.own).of(name);
}

function partsOf(node: ClassNode): ClassParts {
  const parts: ClassParts = { own: new Named(), static: new Named() };
  for (const member of node.body.body) {
    if (member.type === 'MethodDefinition' && member.kind === 'constructor') {
      for (const parameter of member.value.params) {
        const target = parameter.type === 'TSParameterProperty' ? targetOf(parameter) : null;
        if (target?.type === 'Identifier') parts.own.add(target.name, target);
      }
    } else if (isKeyed(member) && !(member.type === 'MethodDefinition' && member.kind === 'set')) {
      const { own, static: statics } = parts;
      (member.static ? statics : own).add(keyName(member.key, member.computed), member);
    }
  }
  return parts;
}

function isKeyed(member: ClassMember): member is Keyed {
  return (
    member.type === 'MethodDefinition' ||
    member.type === 'PropertyDefinition' ||
    member.type === 'AccessorProperty'
  );
}

/** What `this` is: a class, an object of it, or the object of a literal. */
export type This =
  WrittenAs<'class', object> | WrittenAs<'instance', object> | WrittenAs<'object', object>;

/** What `this` is where a node stands, going by what is around it; null where that says nothing. */
export function ownerOf(node: Node): This | null {
  let inner: Node = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (outer.type === 'FunctionExpression' || outer.type === 'FunctionDeclaration') {
      const owner = outer.parent;
      if (owner?.type === 'MethodDefinition') return classOf(owner);
      const literal = owner?.type === 'Property' && owner.value === outer ? owner.parent : null;
      return literal?.type === 'ObjectExpression' ? { kind: 'object', node: literal } : null;
    }
    if (outer.type === 'PropertyDefinition' || outer.type === 'AccessorProperty') {
      if (outer.value === inner) return classOf(outer);
    } else if (outer.type === 'StaticBlock') return classOf(outer);
    inner = outer;
  }
  return null;
}

function classOf(member: Node): This | null {
  const owner = member.parent?.parent;
  if (!owner || !isClass(owner)) return null;
  const isStatic = member.type === 'StaticBlock' || ('static' in member && member.static);
  return { kind: isStatic ? 'class' : 'instance', node: owner };
}
