/** What is under a name in what an expression can be, of all that it can be, in all runs. */

import {
  keyName,
  memberName,
  unwrap,
  type ArrayExpression,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type MemberExpression,
  type Node,
} from '../syntax/ast.ts';
import type { Bindings } from '../syntax/bindings.ts';
import { usedIn } from '../syntax/forms.ts';
import type { PatternProperty, RestElement } from '../syntax/patterns.ts';
import { Accessors, type AccessorKind } from './accessors.ts';
import { HeldParts, type EntrySources, type PartSources } from './held-parts.ts';
import { leftOf } from './literals.ts';
import { distinct, heldBy, literalOf, MAX_VALUES, NOTHING, UNKNOWN, type Value } from './sets.ts';
import { Uses } from './uses.ts';
import type { ValueHost } from './value-host.ts';
import type { Spread } from './reading.ts';
import { Walk } from './walk.ts';
import { Work } from './work.ts';

/** Answers that need each other more deeply than this are given up. */
const MAX_DEPTH = 200;

/** The name of an element of a list. */
const INDEX = /^\d{1,4}$/;

/** Any property of an object, where it is not told which: no property has this name. */
const ANY = '[*]';

/** What tables of functions hold. */
const IN_TABLES: ReadonlySet<Value['kind']> = new Set(['function', 'object', 'unknown']);

/** All runs, of which there is one joined reading. */
type AnyRun = null;

export abstract class JoinedMembers extends Walk<readonly Value[], AnyRun> {
  protected readonly host: ValueHost;
  /** Answers, by what was asked: a node, a binding, or a member of something. */
  protected readonly known = new Map<object, readonly Value[]>();
  protected readonly work = new Work(MAX_DEPTH);
  protected readonly uses = new Uses();
  readonly #parts: HeldParts;
  readonly #accessors: Accessors;

  constructor(bindings: Bindings, host: ValueHost) {
    super(bindings);
    this.host = host;
    this.#parts = new HeldParts({
      ...{ bindings, uses: this.uses },
      of: (node) => this.of(node),
      arrayOf: (node) => this.arrayOf(node, null),
    });
    this.#accessors = new Accessors({
      uses: this.uses,
      of: (node) => this.of(node),
      takenApart: (pattern) => this.takenApart(pattern, null),
      nameIn: (node) => this.nameIn(node),
      keyOf: (property) => this.keyOf(property, null),
    });
  }

  /** What an expression can be. */
  abstract of(node: Node): readonly Value[];

  /** What a property of a value can be. */
  member(value: Value, name: string): readonly Value[] {
    return value.kind === 'unknown' ? NOTHING : this.#member(value, name);
  }

  /** The getters that reading a property may run, or the setters that writing it may. */
  accessors(node: MemberExpression, kind: AccessorKind): readonly FunctionNode[] {
    return this.#accessors.ofMember(node, kind);
  }

  /** The getters that reading a property may run whose name is not known. */
  gettersOfAny(node: MemberExpression): readonly FunctionNode[] {
    return this.#accessors.ofAny(node);
  }

  /** The getters that a pattern runs for a property, or for all that is left. */
  gettersTaken(part: PatternProperty | RestElement): readonly FunctionNode[] {
    return part.type === 'Property'
      ? this.#accessors.ofPattern(part)
      : this.#accessors.ofRest(part);
  }

  /** The getters that run where all properties of an object are read, as where it is spread. */
  gettersOfAll(object: Node): readonly FunctionNode[] {
    return this.#accessors.ofAll(object);
  }

  /** All that a property is ever given, in this file; null where nothing is known of that. */
  sources(node: MemberExpression): PartSources | null {
    const name = this.nameIn(node);
    const sources = name === null ? null : this.#parts.of(node.object, name);
    return sources === null || sources.nodes.length === 0 ? null : sources;
  }

  /** All that is ever given, in this file, to a property of what an expression can be. */
  partsIn(object: Node, name: string): readonly Node[] {
    return this.#parts.of(object, name).nodes;
  }

  /** Whether the elements of a list that is written out are replaced, or change their places. */
  isRearranged(list: ArrayExpression): boolean {
    return this.#parts.isRearranged(list);
  }

  entries(node: CallExpression): readonly Node[] | null {
    return this.kept(node)?.nodes ?? null;
  }

  /**
   * All that `map.get(key)` can give, as far as the map is made with it, or it is put there by
   * `map.set`; null for other calls, and where nothing is known of that.
   */
  kept(node: CallExpression): EntrySources | null {
    const entries = this.#parts.entries(node);
    return entries === null || entries.nodes.length === 0 ? null : entries;
  }

  /**
   * The names and expressions of other modules that an imported name, or a property of an imported
   * module, stands for; null for anything else.
   */
  origins(node: Node): readonly Node[] | null {
    if (node.type === 'MemberExpression') {
      const name = memberName(node);
      const origins = this.of(node.object).flatMap((owner) =>
        owner.kind === 'external' && name !== null
          ? (this.host.memberOrigins?.(owner.external, name) ?? [])
          : [],
      );
      return origins.length === 0 ? null : origins;
    }
    const [definition] = this.bindings.variable(node)?.defs ?? [];
    return definition?.type === 'ImportBinding' ? (this.host.origins?.(definition) ?? []) : null;
  }

  protected once(key: object, work: () => readonly Value[]): readonly Value[] {
    return this.work.once(key, this.known, () => distinct(work())) ?? NOTHING;
  }

  protected computedMember(node: MemberExpression): readonly Value[] {
    const name = this.nameIn(node);
    if (name !== null) return this.memberOf(this.of(node.object), name);
    return node.computed
      ? this.of(node.object).flatMap((value) => this.#anyMember(value))
      : NOTHING;
  }

  /**
   * What any property of an object, or any element of a list, can be that is a table of functions, or of
   * such tables: one of these, or what is not known, since the key may be none.
   */
  #anyMember(value: Value): readonly Value[] {
    const names = namesIn(value);
    if (names === null || !('node' in value)) return NOTHING;
    return this.once(this.work.key(value.node, ANY), () => {
      const values = names.flatMap((name) => this.#member(value, name));
      const added = value.kind === 'object' ? this.#addedTo(value.node) : [];
      for (const node of added) values.push(...this.of(node));
      const isTable = values.every(({ kind }) => IN_TABLES.has(kind));
      const isCallable = values.some(({ kind }) => kind !== 'unknown');
      return isTable && isCallable ? [...values, ...UNKNOWN] : NOTHING;
    });
  }

  /** What is put into an object under any name, where its own is written. */
  #addedTo(object: Node): readonly Node[] {
    const declarator = usedIn(object).parent;
    const variable =
      declarator?.type === 'VariableDeclarator' ? this.bindings.variable(declarator.id) : null;
    return (variable?.references ?? []).flatMap(
      ({ identifier: { parent: member }, identifier }) => {
        if (member?.type !== 'MemberExpression' || member.object !== identifier) return [];
        const { parent } = member;
        return parent?.type === 'AssignmentExpression' && parent.left === member
          ? [parent.right]
          : [];
      },
    );
  }

  /** The name of the property that a member expression reads, where that is always the same. */
  protected nameIn(node: MemberExpression): string | null {
    const name = memberName(node);
    if (name !== null || !node.computed || this.host.key === undefined) return name;
    return this.of(node.object).length > 0 ? this.keyText(node.property) : null;
  }

  protected keyText(key: Node): string | null {
    return keyName(unwrap(key), true) ?? this.host.key?.(key) ?? null;
  }

  protected memberOf(of: readonly Value[], name: string): readonly Value[] {
    return of.flatMap((value) => this.#member(value, name));
  }

  #member(value: Value, name: string): readonly Value[] {
    switch (value.kind) {
      case 'external':
        return this.host.member(value.external, name);
      case 'object': {
        const values = this.once(this.work.key(value.node, name), () => [
          ...this.literalProperty(value.node, name, null),
          ...this.#given(value, name),
        ]);
        return value.made === undefined ? values : values.map((held) => heldBy(value, held));
      }
      case 'class':
        // What its objects have is put there.
        if (name === 'prototype') return [{ kind: 'instance', node: value.node }];
        return this.once(this.work.key(value.node, name), () => [
          ...this.#classMember(value.node, name, true),
          ...this.#given(value, name),
        ]);
      case 'instance':
        return this.once(this.work.key(value.node.body, name), () => [
          ...this.#classMember(value.node, name, false),
          ...this.#given(value, name),
        ]);
      case 'array': {
        if (!INDEX.test(name)) return NOTHING;
        const { node } = value;
        return this.element(node, Number(name), node, null).map((held) => heldBy(value, held));
      }
      case 'namespace':
        return this.once(this.work.key(value.node, name), () => [
          ...this.namespaceMember(value.node, name, value.node, null),
          ...this.#given(value, name),
        ]);
      case 'unknown':
        return UNKNOWN;
      case 'function':
        return this.once(this.work.key(value.node, name), () => this.#given(value, name));
      case 'enum':
      case 'promise':
      case 'map':
        return NOTHING;
    }
  }

  /** What is assigned to a property from outside its literal or class. */
  #given(owner: Value, name: string): readonly Value[] {
    const assigned = this.#parts
      .assignedTo(owner, name)
      .flatMap((right) => this.alternative(right, null));
    const merged = this.#parts
      .mergedInto(owner, name)
      .flatMap((given) => this.memberOf(this.of(given), name));
    return merged.length === 0 ? assigned : [...assigned, ...merged];
  }

  #classMember(node: ClassNode, name: string, isStatic: boolean, depth = 0): readonly Value[] {
    const own = this.ownMember(node, name, isStatic, null);
    if (own !== null) return this.declaredMember(own, node, null);
    if (node.superClass === null || depth >= MAX_DEPTH) return NOTHING;
    return this.of(node.superClass).flatMap((value) => {
      if (value.kind === 'class') {
        return this.#classMember(value.node, name, isStatic, depth + 1);
      }
      return value.kind === 'external' && !isStatic
        ? (this.host.inherited?.(value.external, node, name) ?? NOTHING)
        : NOTHING;
    });
  }

  protected spread(node: Node, name: string): Spread<readonly Value[]> {
    return { answer: this.memberOf(this.of(node), name), isSure: false };
  }

  protected taken(of: readonly Value[], key: string): readonly Value[] {
    return this.memberOf(of, key);
  }

  protected restOf(of: readonly Value[], rest: RestElement): readonly Value[] {
    return of.flatMap((value): readonly Value[] => {
      if (value.kind !== 'object' && value.kind !== 'array') return [value];
      const node = leftOf(rest, value.node);
      return node === null ? NOTHING : [literalOf(node, value)];
    });
  }

  protected entry(entries: readonly Node[]): readonly Value[] {
    return entries.flatMap((entry) => this.of(entry));
  }
}

/** The names of all that an object or a list holds, where they are few; null where they are not told. */
function namesIn(value: Value): readonly string[] | null {
  if (value.kind === 'array') {
    const { elements } = value.node;
    const isSpread = elements.some((element) => element?.type === 'SpreadElement');
    return isSpread || elements.length > MAX_VALUES ? null : [...elements.keys()].map(String);
  }
  if (value.kind !== 'object' || value.node.properties.length > MAX_VALUES) return null;
  const names: string[] = [];
  for (const property of value.node.properties) {
    const name = property.type === 'Property' ? keyName(property.key, property.computed) : null;
    if (name === null) return null;
    names.push(name);
  }
  return names;
}
