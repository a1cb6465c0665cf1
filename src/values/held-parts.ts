/** What is ever put into the parts of objects, lists and maps, in the files that are read together. */

import {
  keyName,
  memberName,
  unwrap,
  type ArrayExpression,
  type CallExpression,
  type ClassNode,
  type MemberExpression,
  type NewExpression,
  type Node,
  type ObjectExpression,
} from '../syntax/ast.ts';
import type { Bindings } from '../syntax/bindings.ts';
import { isNothing } from '../syntax/forms.ts';
import { globalMethod } from '../syntax/promises.ts';
import { REORDERING } from './globals.ts';
import { isAbsent, itemAt } from './literals.ts';
import { candidatesIn } from './members.ts';
import { sameOrigin, sameValue, type Value } from './sets.ts';
import type { Uses } from './uses.ts';

/** All that a part of something is ever given. */
export interface PartSources {
  readonly nodes: readonly Node[];
  /** Whether it is there from the start, whatever its owner is of what that can be. */
  readonly isThere: boolean;
  /** Whether nothing else can be there that is not seen. */
  readonly isAll: boolean;
}

/** What is asked of expressions. */
interface Asked {
  readonly bindings: Bindings;
  readonly uses: Uses;
  of(node: Node): readonly Value[];
  /** The array literal that an expression is, if it is one alone. */
  arrayOf(node: Node): ArrayExpression | null;
}

/** What is done to lists and objects as wholes, by the literals that these are. */
interface Changed {
  /** Lists whose elements may change their places. */
  readonly moved: ReadonlySet<Node>;
  /** Lists of which an element is given another value by its place. */
  readonly replaced: ReadonlySet<Node>;
  /** Lists to which something is added behind. */
  readonly grown: ReadonlySet<Node>;
  /** What `Object.assign` puts into an object. */
  readonly assigned: ReadonlyMap<Node, readonly Node[]>;
}

/** All that an entry of a map is ever given. */
export interface EntrySources extends PartSources {
  /** What takes it out of the map again, or all there is. */
  readonly taken: readonly CallExpression[];
}

type List = Value & { readonly kind: 'array' };

/** Objects that are spread into each other more deeply than this are not told part by part. */
const MAX_SPREAD = 8;

const NOTHING: PartSources = { nodes: [], isThere: false, isAll: true };
const ANYTHING: PartSources = { nodes: [], isThere: false, isAll: false };

export class HeldParts {
  readonly #values: Asked;
  /** What is known of the parts of something that is written, by that, and by their names. */
  readonly #known = new Map<Node, Map<string, PartSources>>();
  #changed: Changed | null = null;
  /** How many files were read together when that was worked out. */
  #read = 0;

  constructor(values: Asked) {
    this.#values = values;
  }

  /** Whether the elements of a list that is written out are replaced, or change their places. */
  isRearranged(list: ArrayExpression): boolean {
    const { moved, replaced } = this.#changes();
    return moved.has(list) || replaced.has(list);
  }

  /** All that is ever given to a part of what an expression can be. */
  of(object: Node, name: string): PartSources {
    return this.#of(object, name, 0);
  }

  #of(object: Node, name: string, depth: number): PartSources {
    const owners = depth > MAX_SPREAD ? [] : this.#values.of(object);
    if (owners.length === 0) return ANYTHING;
    const all = owners.map((owner) => this.#ofOne(owner, name, depth));
    return {
      nodes: all.flatMap(({ nodes }) => nodes),
      isThere: all.every(({ isThere }) => isThere),
      isAll: all.every(({ isAll }) => isAll),
    };
  }

  #ofOne(owner: Value, name: string, depth: number): PartSources {
    const { programs } = this.#values.uses;
    if (this.#read !== programs.size) {
      this.#read = programs.size;
      this.#changed = null;
      this.#known.clear();
    }
    const key = `${owner.kind} ${name}`;
    const node = 'node' in owner ? owner.node : null;
    const known = node === null ? null : this.#knownOf(node);
    const before = known?.get(key);
    if (before !== undefined) return before;
    // An object that is spread into itself adds nothing.
    known?.set(key, NOTHING);
    const first = this.#first(owner, name, depth);
    const parts = { ...first, nodes: [...first.nodes, ...this.#put(owner, name, depth)] };
    known?.set(key, parts);
    return parts;
  }

  #knownOf(node: Node): Map<string, PartSources> {
    let known = this.#known.get(node);
    if (known === undefined) {
      known = new Map();
      this.#known.set(node, known);
    }
    return known;
  }

  /** What a part has from the start. */
  #first(owner: Value, name: string, depth: number): PartSources {
    switch (owner.kind) {
      case 'object':
        return this.#property(owner.node, name, depth);
      case 'array':
        return this.#element(owner, name);
      case 'class':
      case 'instance':
        // What another class has declared of which it is is not told apart.
        return { nodes: fieldsOf(owner.node, name), isThere: true, isAll: true };
      case 'unknown':
        return ANYTHING;
      default:
        return NOTHING;
    }
  }

  /** What a property has by the literal, the last of that name, or by what is spread into that. */
  #property(literal: ObjectExpression, name: string, depth: number): PartSources {
    const nodes: Node[] = [];
    let isAll = true;
    for (const part of candidatesIn(literal, name)) {
      if (isAbsent(part)) return { nodes, isThere: false, isAll };
      if (part.type === 'SpreadElement') {
        const spread = this.#of(part.argument, name, depth + 1);
        nodes.push(...spread.nodes);
        isAll &&= spread.isAll;
        if (spread.isThere) return { nodes, isThere: true, isAll };
        continue;
      }
      const key = keyName(part.key, part.computed);
      if (key !== null) return { nodes: [...nodes, part.value], isThere: true, isAll };
      isAll = false;
    }
    return { nodes, isThere: false, isAll };
  }

  #element({ node }: List, name: string): PartSources {
    const { moved, grown } = this.#changes();
    if (moved.has(node)) return ANYTHING;
    const index = Number(name);
    const item = Number.isInteger(index)
      ? itemAt(node.elements, index, (list) => this.#values.arrayOf(list))
      : 'unknown';
    if (item === 'unknown') return ANYTHING;
    if (item === 'nothing') return grown.has(node) ? ANYTHING : NOTHING;
    return { nodes: [item], isThere: true, isAll: true };
  }

  /** What is assigned to a part from outside of what its owner is written as. */
  assignedTo(owner: Value, name: string): readonly Node[] {
    const nodes: Node[] = [];
    // To ask what an owner is may read a further file: what that writes comes behind, and counts.
    for (const { left, right } of this.#values.uses.written(name)) {
      if (left.type === 'MemberExpression' && this.#isOwner(left, owner)) nodes.push(right);
    }
    return nodes;
  }

  /** What `Object.assign` gives to an owner that may have a part of this name. */
  mergedInto(owner: Value, name: string): readonly Node[] {
    const { bindings, uses } = this.#values;
    const nodes: Node[] = [];
    for (const call of uses.called('assign')) {
      const [target, ...given] = call.arguments;
      const parts = given.filter((one) => mayHave(unwrap(one), name));
      if (target === undefined || parts.length === 0) continue;
      if (globalMethod(call, 'Object', bindings) !== null && this.#is(target, owner))
        nodes.push(...parts);
    }
    return nodes;
  }

  #isOwner({ object }: MemberExpression, owner: Value): boolean {
    return this.#is(object, owner);
  }

  #is(node: Node, owner: Value): boolean {
    return this.#values.of(node).some((value) => sameOrigin(value, owner));
  }

  /** What is put there later, by an assignment or by `Object.assign`, or takes away what is there. */
  #put(owner: Value, name: string, depth: number): readonly Node[] {
    const nodes = [...this.assignedTo(owner, name)];
    for (const deletion of this.#values.uses.deleted(name)) {
      const member = unwrap(deletion.argument);
      if (member.type === 'MemberExpression' && this.#isOwner(member, owner)) nodes.push(deletion);
    }
    for (const call of this.#values.uses.called('deleteProperty')) {
      const [target, key] = call.arguments;
      const isOf = literalKey(key) === name && target !== undefined && this.#is(target, owner);
      if (isOf && globalMethod(call, 'Reflect', this.#values.bindings) !== null) nodes.push(call);
    }
    if (owner.kind !== 'object') return nodes;
    for (const given of this.#changes().assigned.get(owner.node) ?? []) {
      const part = this.#of(given, name, depth + 1);
      nodes.push(...part.nodes);
      // Of what is not known, it may have such a part.
      if (!part.isAll) nodes.push(given);
    }
    return nodes;
  }

  #changes(): Changed {
    this.#changed ??= this.#find();
    return this.#changed;
  }

  #find(): Changed {
    const { bindings, uses } = this.#values;
    const moved = new Set<Node>();
    const grown = new Set<Node>();
    const replaced = new Set<Node>();
    const assigned = new Map<Node, Node[]>();
    const addLists = (list: Node, lists: Set<Node>): void => {
      for (const value of this.#values.of(list)) if (value.kind === 'array') lists.add(value.node);
    };
    for (const method of REORDERING) {
      for (const { callee } of uses.called(method)) {
        const member = unwrap(callee);
        if (member.type !== 'MemberExpression') continue;
        addLists(member.object, method === 'push' ? grown : moved);
      }
    }
    for (const list of uses.cut) addLists(list, moved);
    for (const { left } of uses.writtenByKey) {
      if (left.type === 'MemberExpression') addLists(left.object, moved);
    }
    for (const { left } of uses.writtenByPlace) {
      if (left.type === 'MemberExpression') addLists(left.object, replaced);
    }
    for (const call of uses.called('assign')) {
      const [target, ...given] = call.arguments;
      if (target === undefined || globalMethod(call, 'Object', bindings) === null) continue;
      for (const value of this.#values.of(target)) {
        if (value.kind !== 'object') continue;
        assigned.set(value.node, [...(assigned.get(value.node) ?? []), ...given]);
      }
    }
    return { moved, replaced, grown, assigned };
  }

  /**
   * All that `map.get(key)` can give, as far as the map is made with it, or it is put there by
   * `map.set`; null for other calls.
   */
  entries(node: CallExpression): EntrySources | null {
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression' || memberName(callee) !== 'get') return null;
    const of = this.#values.of(callee.object);
    const maps = of.flatMap((value) => (value.kind === 'map' ? [value] : []));
    if (maps.length === 0 || maps.length < of.length) return null;
    const key = literalKey(node.arguments[0]);
    const initial = maps.map((map) => entriesOf(map.node, key));
    const { uses } = this.#values;
    const isOneOf = (call: CallExpression): boolean => {
      const method = unwrap(call.callee);
      if (method.type !== 'MemberExpression') return false;
      return this.#values.of(method.object).some((one) => maps.some((map) => sameValue(one, map)));
    };
    const put = uses.called('set').flatMap((call): readonly Node[] => {
      const [at, value] = call.arguments;
      return value === undefined || isOther(key, at) || !isOneOf(call) ? [] : [value];
    });
    const taken = [
      ...uses.called('delete').filter(({ arguments: [at] }) => !isOther(key, at)),
      ...uses.called('clear'),
    ].filter(isOneOf);
    return {
      nodes: [...initial.flatMap(({ nodes }) => nodes), ...put],
      taken,
      isThere: taken.length === 0 && initial.every(({ isThere }) => isThere),
      isAll: initial.every(({ isAll }) => isAll),
    };
  }
}

/** What a map is made with under a key; null stands for any. */
function entriesOf({ arguments: [list] }: NewExpression, key: string | null): PartSources {
  if (list === undefined || isNothing(list)) return NOTHING;
  const pairs = unwrap(list);
  if (pairs.type !== 'ArrayExpression') return ANYTHING;
  const nodes: Node[] = [];
  let isAll = true;
  for (const element of pairs.elements.toReversed()) {
    const pair = element === null ? null : unwrap(element);
    const [at, value] = pair?.type === 'ArrayExpression' ? pair.elements : [];
    if (!at || !value) {
      isAll = false;
      continue;
    }
    if (isOther(key, at)) continue;
    nodes.unshift(value);
    if (key !== null && literalKey(at) === key) return { nodes, isThere: true, isAll };
  }
  return { nodes, isThere: false, isAll };
}

/** Whether a key is sure to be another one. */
function isOther(key: string | null, at: Node | undefined): boolean {
  const other = literalKey(at);
  return key !== null && other !== null && key !== other;
}

/** What the fields of a class of this name are given where they are declared. */
function fieldsOf(node: ClassNode, name: string): readonly Node[] {
  return node.body.body.flatMap((member) =>
    member.type === 'PropertyDefinition' &&
    member.value !== null &&
    keyName(member.key, member.computed) === name
      ? [member.value]
      : [],
  );
}

/** Whether an object may have a property of a name: one that is written out says so. */
function mayHave(node: Node, name: string): boolean {
  return node.type !== 'ObjectExpression' || candidatesIn(node, name).length > 0;
}

/** A key that is written out; null for any other. */
function literalKey(node: Node | undefined): string | null {
  return node === undefined ? null : keyName(unwrap(node), true);
}
