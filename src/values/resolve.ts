/**
 * What an expression can be: functions, classes, literals, and things that only the host knows,
 * such as the exports of a package. Demand-driven, and blind to the order in which code runs: an
 * expression can be whatever its bindings are ever given. An empty answer means that nothing is
 * known.
 */

import {
  isFunction,
  keyName,
  memberName,
  unwrap,
  type ArrayExpression,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type MemberExpression,
  type NewExpression,
  type Node,
  type ObjectExpression,
} from '../syntax/ast.ts';
import {
  isNeverReassigned,
  type Bindings,
  type Definition,
  type Variable,
} from '../syntax/bindings.ts';
import type { RestElement } from '../syntax/patterns.ts';
import { argumentsOfCalls, Callers } from './callers.ts';
import { itemAt, mergedLiteral, pairsOf, refLiteral } from './literals.ts';
import { ownerOf } from './members.ts';
import { returnsOf, type Outcomes } from './returns.ts';
import {
  distinct,
  heldBy,
  literalOf,
  boundBy,
  givenBy,
  madeBy,
  NOTHING,
  sameOrigin,
  sameValue,
  settled,
  UNKNOWN,
  type Value,
} from './sets.ts';
import { Uses } from './uses.ts';
import type { Written } from './value.ts';
import { Walk, type Spread } from './walk.ts';
import { Work } from './work.ts';

export { sameValue, type Value } from './sets.ts';

/** What lies outside the file, or outside what `flow` knows of the language. */
export interface ValueHost {
  /** What an import binding is. */
  imported(definition: Definition): readonly Value[];
  /** What `require(specifier)`, or the fulfilled `import(specifier)`, is where it stands. */
  module(specifier: string, from: Node): readonly Value[];
  /** What a name is that the file does not declare. */
  global(identifier: Node, name: string): readonly Value[];
  /** What a property of an external value is. */
  member(external: object, name: string): readonly Value[];
  /** What a parameter is by its type annotation. */
  annotated(annotation: Node): readonly Value[];
  /** What the variants of a module for several platforms have in common; null where it has none. */
  family(node: Node): string | null;
  /**
   * How a wrapper such as `useCallback` hands on its first argument, if the call is one: as it is,
   * what it returns, or as the first `current` of an object.
   */
  wrapper(call: CallExpression): 'argument' | 'result' | 'current' | null;
  /** The text that a computed key always is; null for any other. */
  key?(node: Node): string | null;
  /** The names and expressions of other modules that an import binding stands for. */
  origins?(definition: Definition): readonly Node[];
  /** Those that a property of an external value stands for. */
  memberOrigins?(external: object, name: string): readonly Node[];
  /** What an object of a class of the file has from an external one that it extends. */
  inherited?(external: object, heir: ClassNode, name: string): readonly Value[];
  /** What a call of an external value, or a construction with it, gives. */
  result?(external: object, call: CallExpression | NewExpression): readonly Value[];
  /** What a call of an external value gives, at an index, to the function that it gets at a position. */
  given?(external: object, call: CallExpression, position: number, index: number): readonly Value[];
}

/** Answers that need each other more deeply than this are given up. */
const MAX_DEPTH = 200;

/** What keeps values by their keys. */
const MAPS: ReadonlySet<string> = new Set(['Map', 'WeakMap']);

/** The name of an element of a list. */
const INDEX = /^\d{1,4}$/;

const NO_FUNCTIONS: readonly FunctionNode[] = [];

/** What can have getters and setters that are seen. */
const HAVE_ACCESSORS: ReadonlySet<Value['kind']> = new Set(['class', 'instance', 'object']);

/** What gives no function, and nothing that holds one. */
const PLAIN: ReadonlySet<string> = new Set([
  'BinaryExpression',
  'Literal',
  'TemplateLiteral',
  'UnaryExpression',
  'UpdateExpression',
]);

/** Any test can turn out both ways. */
const OPEN: Outcomes = { test: () => null, match: () => null };

/** All runs, of which there is one joined reading. */
type AnyRun = null;

type Argument = CallExpression['arguments'][number];

export class Values extends Walk<readonly Value[], AnyRun> {
  readonly #host: ValueHost;
  /** Answers, by what was asked: a node, a binding, or a member of something. */
  readonly #known = new Map<object, readonly Value[]>();
  readonly #work = new Work(MAX_DEPTH);
  readonly #ends = new Map<Node, readonly (Node | null)[]>();
  readonly #returns = new Map<Node, readonly Node[]>();
  readonly #uses = new Uses();
  readonly #callers: Callers;

  /** @param program the first of the files that are read together, if it is known */
  constructor(program: Node | null, bindings: Bindings, host: ValueHost) {
    super(bindings);
    this.#host = host;
    this.#callers = new Callers(bindings, this.#uses, this);
    if (program !== null) this.include(program);
  }

  /** Reads another file together with the first. */
  include(program: Node): void {
    this.#uses.include(program);
  }

  /** The files that are read together. */
  get programs(): ReadonlySet<Node> {
    return this.#uses.programs;
  }

  /** What a property of a value can be. */
  member(value: Value, name: string): readonly Value[] {
    return value.kind === 'unknown' ? NOTHING : this.#member(value, name);
  }

  /** What an expression can be. */
  of(node: Node): readonly Value[] {
    const inner = unwrap(node);
    return this.#known.get(inner) ?? this.#once(inner, () => this.expression(inner, null));
  }

  /** What a binding can be. */
  ofVariable(variable: Variable): readonly Value[] {
    const known = this.#known.get(variable);
    if (known !== undefined) return known;
    return this.#once(variable, () => {
      const [definition] = variable.defs;
      return definition === undefined ? NOTHING : this.binding(variable, definition.name, null);
    });
  }

  /** How many answers were worked out so far. */
  get answers(): number {
    return this.#work.answers;
  }

  /** What something can be by its type annotation alone. */
  typed(annotation: Node): readonly Value[] {
    return this.#host.annotated(annotation);
  }

  /** What a part of a literal can be, for who has the value that the literal made. */
  part(owner: Value, node: Node): readonly Value[] {
    return this.of(node).map((value) => heldBy(owner, value));
  }

  /** What calling a function gives. */
  returned(node: FunctionNode): readonly Value[] {
    return this.#returned(node);
  }

  /** The functions that an expression can be. */
  functions(node: Node): readonly FunctionNode[] {
    return this.of(node).flatMap((value) => (value.kind === 'function' ? [value.node] : []));
  }

  /** Whether a call gives back the function that is its first argument, as `useCallback` does. */
  isWrapper(call: CallExpression): boolean {
    return this.#host.wrapper(call) === 'argument';
  }

  /** Whether functions are one, as it is written for several platforms. */
  areVariants(nodes: readonly FunctionNode[]): boolean {
    const [first, ...others] = nodes;
    if (first === undefined || others.length === 0) return false;
    const family = this.#host.family(first);
    return family !== null && others.every((other) => this.#host.family(other) === family);
  }

  /** The getters that reading a property may run, or the setters that writing it may. */
  accessors(node: MemberExpression, kind: 'get' | 'set'): readonly FunctionNode[] {
    const written = memberName(node);
    if (!this.#uses.hasAccessor(written)) return NO_FUNCTIONS;
    const owners = this.of(node.object).filter((value) => HAVE_ACCESSORS.has(value.kind));
    const name = owners.length === 0 ? null : this.#nameIn(node);
    if (name === null) return NO_FUNCTIONS;
    return owners.flatMap((value): readonly FunctionNode[] => {
      switch (value.kind) {
        case 'object':
          return value.node.properties.flatMap((property) =>
            property.type === 'Property' &&
            property.kind === kind &&
            keyName(property.key, property.computed) === name &&
            isFunction(property.value)
              ? [property.value]
              : [],
          );
        case 'class':
          return this.#classAccessors(value.node, name, true, kind);
        case 'instance':
          return this.#classAccessors(value.node, name, false, kind);
        default:
          return [];
      }
    });
  }

  #classAccessors(
    node: ClassNode,
    name: string,
    isStatic: boolean,
    kind: 'get' | 'set',
    depth = 0,
  ): readonly FunctionNode[] {
    const own: FunctionNode[] = [];
    let isOwn = false;
    for (const member of node.body.body) {
      if (!('key' in member) || member.static !== isStatic) continue;
      if (keyName(member.key, member.computed) !== name) continue;
      isOwn = true;
      if (member.type === 'MethodDefinition' && member.kind === kind) own.push(member.value);
    }
    if (isOwn || node.superClass === null || depth >= MAX_DEPTH) return own;
    return this.of(node.superClass).flatMap((value) =>
      value.kind === 'class'
        ? this.#classAccessors(value.node, name, isStatic, kind, depth + 1)
        : [],
    );
  }

  /** All that a property is ever given, in this file; null where that is not known. */
  sources(node: MemberExpression): readonly Node[] | null {
    const name = this.#nameIn(node);
    if (name === null) return null;
    const owners = this.of(node.object);
    const sources: Node[] = [];
    for (const owner of owners) {
      if (owner.kind === 'object') {
        for (const property of owner.node.properties) {
          if (property.type !== 'Property' || keyName(property.key, property.computed) !== name) {
            continue;
          }
          sources.push(property.value);
        }
      } else if (owner.kind === 'class' || owner.kind === 'instance') {
        for (const member of owner.node.body.body) {
          if (member.type !== 'PropertyDefinition' || member.value === null) continue;
          if (keyName(member.key, member.computed) === name) sources.push(member.value);
        }
      }
      sources.push(...this.#assigned(owner, name));
    }
    return sources.length === 0 ? null : sources;
  }

  /**
   * All that `map.get(key)` can give, as far as the map is made with it, or it is put there by
   * `map.set`; null for other calls.
   */
  entries(node: CallExpression): readonly Node[] | null {
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression' || memberName(callee) !== 'get') return null;
    const maps = this.of(callee.object);
    if (maps.length === 0 || maps.some(({ kind }) => kind !== 'map')) return null;
    const key = literalKey(node.arguments[0]);
    const isOther = (at: Node | null | undefined): boolean => {
      const other = literalKey(at ?? undefined);
      return key !== null && other !== null && key !== other;
    };
    const initial = maps.flatMap((map) => (map.kind === 'map' ? pairsOf(map.node) : []));
    const put = this.#uses.called('set').flatMap((call): readonly Node[] => {
      const [at, value] = call.arguments;
      const setter = unwrap(call.callee);
      if (value === undefined || setter.type !== 'MemberExpression' || isOther(at)) return [];
      const isSame = this.of(setter.object).some((one) => maps.some((map) => sameValue(one, map)));
      return isSame ? [value] : [];
    });
    const entries = [...initial.flatMap(({ at, value }) => (isOther(at) ? [] : [value])), ...put];
    return entries.length === 0 ? null : entries;
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
          ? (this.#host.memberOrigins?.(owner.external, name) ?? [])
          : [],
      );
      return origins.length === 0 ? null : origins;
    }
    const [definition] = this.bindings.variable(node)?.defs ?? [];
    return definition?.type === 'ImportBinding' ? (this.#host.origins?.(definition) ?? []) : null;
  }

  /** The calls of a function that the file holds, as far as they can be told. */
  callsOf(node: FunctionNode): readonly (CallExpression | NewExpression)[] {
    return this.#callers.of(node);
  }

  #once(key: object, work: () => readonly Value[]): readonly Value[] {
    return this.#work.once(key, this.#known, () => distinct(work())) ?? NOTHING;
  }

  protected ask(node: Node): readonly Value[] {
    return this.of(node);
  }

  protected unknown(): readonly Value[] {
    return NOTHING;
  }

  protected missing(): readonly Value[] {
    return NOTHING;
  }

  protected oneOf(answers: readonly (readonly Value[])[]): readonly Value[] {
    return answers.flat();
  }

  protected written(what: Written<object>): readonly Value[] {
    return [what];
  }

  protected computed(): readonly Value[] {
    return NOTHING;
  }

  protected global(node: Node, name: string): readonly Value[] {
    return this.#host.global(node, name);
  }

  protected imported(definition: Definition): readonly Value[] {
    return this.#host.imported(definition);
  }

  protected variable(variable: Variable): readonly Value[] {
    return this.ofVariable(variable);
  }

  protected annotated(type: Node): readonly Value[] {
    return this.#host.annotated(type);
  }

  /**
   * What one of several expressions can be that a thing is given: where nothing is known of it, that
   * says so. What is worked out already adds nothing of its own.
   */
  protected override alternative(node: Node): readonly Value[] {
    const inner = unwrap(node);
    if (PLAIN.has(inner.type) || this.#isUndefined(inner)) return NOTHING;
    const { answer: values, isProvisional } = this.#work.watched(() => this.of(inner));
    return values.length === 0 && !isProvisional ? UNKNOWN : values;
  }

  #isUndefined(node: Node): boolean {
    return node.type === 'Identifier' && node.name === 'undefined' && this.bindings.isGlobal(node);
  }

  /** Where a class is extended, `this` can be of one that extends it. */
  protected thisAt(node: Node): readonly Value[] {
    const owner = ownerOf(node);
    if (owner === null) return NOTHING;
    if (owner.kind === 'object') return [owner];
    const { kind } = owner;
    return [owner, ...this.#callers.heirsOf(owner.node).map((heir) => ({ kind, node: heir }))];
  }

  protected classesAs(of: readonly Value[], as: 'class' | 'instance'): readonly Value[] {
    return of.flatMap((value) => (value.kind === 'class' ? [{ kind: as, node: value.node }] : []));
  }

  /** What a function is given as an argument, wherever it is called. */
  protected argument(target: FunctionNode, index: number): readonly Value[] {
    const values: Value[] = [];
    for (const call of this.callsOf(target)) {
      const argument = itemAt(call.arguments, index, (list) => this.arrayOf(list));
      if (typeof argument !== 'string') values.push(...this.of(argument));
    }
    return [...values, ...this.#callbackArgument(target, index)];
  }

  protected restArguments(target: FunctionNode, rest: RestElement): readonly Value[] {
    return this.callsOf(target).flatMap((call) =>
      this.restOfCall(rest, call, call.arguments, null),
    );
  }

  /** What a callback is given: by a function that calls it, or as the result of a promise. */
  #callbackArgument(node: FunctionNode, index: number): readonly Value[] {
    const outer = node.parent;
    if (outer?.type !== 'CallExpression') return NOTHING;
    const position = outer.arguments.findIndex((argument) => argument === node);
    if (position < 0) return NOTHING;
    const callee = unwrap(outer.callee);
    if (callee.type === 'MemberExpression' && memberName(callee) === 'then' && position === 0) {
      return index === 0 ? settled(this.of(callee.object)) : NOTHING;
    }
    const given = this.of(outer.callee).flatMap((value) =>
      value.kind === 'external'
        ? (this.#host.given?.(value.external, outer, position, index) ?? NOTHING)
        : NOTHING,
    );
    if (given.length > 0) return given;
    return this.functions(outer.callee).flatMap((target) =>
      argumentsOfCalls(target, position, index, this.bindings).flatMap((given) => this.of(given)),
    );
  }

  protected computedMember(node: MemberExpression): readonly Value[] {
    const name = this.#nameIn(node);
    return name === null ? NOTHING : this.memberOf(this.of(node.object), name);
  }

  /** The name of the property that a member expression reads, where that is always the same. */
  #nameIn(node: MemberExpression): string | null {
    const name = memberName(node);
    if (name !== null || !node.computed || this.#host.key === undefined) return name;
    return this.of(node.object).length > 0 ? this.keyText(node.property) : null;
  }

  protected keyText(key: Node): string | null {
    return keyName(unwrap(key), true) ?? this.#host.key?.(key) ?? null;
  }

  protected memberOf(of: readonly Value[], name: string): readonly Value[] {
    return of.flatMap((value) => this.#member(value, name));
  }

  #member(value: Value, name: string): readonly Value[] {
    switch (value.kind) {
      case 'external':
        return this.#host.member(value.external, name);
      case 'object': {
        const values = this.#once(this.#work.key(value.node, name), () => [
          ...this.literalProperty(value.node, name, null),
          ...this.#given(value, name),
        ]);
        return value.made === undefined ? values : values.map((held) => heldBy(value, held));
      }
      case 'class':
        return this.#once(this.#work.key(value.node, name), () => [
          ...this.#classMember(value.node, name, true),
          ...this.#given(value, name),
        ]);
      case 'instance':
        return this.#once(this.#work.key(value.node.body, name), () => [
          ...this.#classMember(value.node, name, false),
          ...this.#given(value, name),
        ]);
      case 'array': {
        if (!INDEX.test(name)) return NOTHING;
        const { node } = value;
        return this.element(node, Number(name), node, null).map((held) => heldBy(value, held));
      }
      case 'unknown':
        return UNKNOWN;
      case 'enum':
      case 'function':
      case 'promise':
      case 'map':
        return NOTHING;
    }
  }

  /** What is assigned to a property from outside its literal or class. */
  #given(owner: Value, name: string): readonly Value[] {
    return this.#assigned(owner, name).flatMap((right) => this.of(right));
  }

  #assigned(owner: Value, name: string): readonly Node[] {
    const values: Node[] = [];
    for (const { left, right } of this.#uses.written(name)) {
      if (left.type !== 'MemberExpression') continue;
      if (this.of(left.object).some((value) => sameOrigin(value, owner))) values.push(right);
    }
    return values;
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
        ? (this.#host.inherited?.(value.external, node, name) ?? NOTHING)
        : NOTHING;
    });
  }

  protected spread(node: Node, name: string): Spread<readonly Value[]> {
    return { answer: this.memberOf(this.of(node), name), isSure: false };
  }

  protected taken(of: readonly Value[], key: string): readonly Value[] {
    return this.memberOf(of, key);
  }

  protected partial(of: readonly Value[], call: CallExpression): readonly Value[] {
    return of.map((value) => boundBy(value, call));
  }

  protected got(getter: FunctionNode): readonly Value[] {
    return this.#returned(getter);
  }

  protected restOf(of: readonly Value[], rest: RestElement): readonly Value[] {
    return of.flatMap((value): readonly Value[] => {
      if (value.kind !== 'object' && value.kind !== 'array') return [value];
      const node = this.restLiteral(rest, value.node);
      return node === null ? NOTHING : [literalOf(node, value)];
    });
  }

  protected withDefault(
    of: readonly Value[],
    pattern: Node & { readonly type: 'AssignmentPattern' },
  ): readonly Value[] {
    return [...of, ...this.of(pattern.right)];
  }

  /** The array literal that an expression is, if it is one alone. */
  protected arrayOf(node: Node): ArrayExpression | null {
    const [only, ...others] = this.of(node);
    return only?.kind === 'array' && others.length === 0 ? only.node : null;
  }

  protected importedBy(node: Node & { readonly type: 'ImportExpression' }): readonly Value[] {
    const specifier = keyName(node.source, true);
    return specifier === null ? NOTHING : this.promised(this.#host.module(specifier, node));
  }

  protected promised(of: readonly Value[]): readonly Value[] {
    return [{ kind: 'promise', of }];
  }

  protected settled(of: readonly Value[]): readonly Value[] {
    return settled(of);
  }

  protected are(kind: Value['kind'], of: readonly Value[]): boolean {
    return kind === 'promise' ? of.some((value) => value.kind === kind) : of.length > 0;
  }

  protected entry(entries: readonly Node[]): readonly Value[] {
    return entries.flatMap((entry) => this.of(entry));
  }

  protected construction(node: NewExpression): readonly Value[] {
    if (this.#isMap(node)) return [{ kind: 'map', node }];
    return this.of(node.callee).flatMap((value): readonly Value[] => {
      if (value.kind === 'external') return this.#host.result?.(value.external, node) ?? NOTHING;
      return value.kind === 'class' ? [{ kind: 'instance', node: value.node }] : NOTHING;
    });
  }

  #isMap({ callee }: NewExpression): boolean {
    return callee.type === 'Identifier' && MAPS.has(callee.name) && this.bindings.isGlobal(callee);
  }

  protected override call(node: CallExpression): readonly Value[] {
    const callee = unwrap(node.callee);
    const [first] = node.arguments;
    if (callee.type === 'Identifier' && callee.name === 'require' && first !== undefined) {
      const specifier = keyName(first, true);
      if (specifier !== null && this.bindings.variable(callee) === null) {
        return this.#host.module(specifier, node);
      }
    }
    const merged = this.#merged(node, callee);
    if (merged !== null) return [{ kind: 'object', node: merged }];
    const wrapper = this.#host.wrapper(node);
    if (wrapper === 'current') return [{ kind: 'object', node: refLiteral(node) }];
    if (wrapper !== null && first !== undefined) {
      return wrapper === 'argument'
        ? this.of(first)
        : this.functions(first).flatMap((target) => this.#returned(target));
    }
    return super.call(node, null);
  }

  /** What `Object.assign({ … }, …)` makes; null for any other call. */
  #merged(node: CallExpression, callee: Node): ObjectExpression | null {
    if (callee.type !== 'MemberExpression' || memberName(callee) !== 'assign') return null;
    const object = unwrap(callee.object);
    const isObject = object.type === 'Identifier' && object.name === 'Object';
    return isObject && this.bindings.isGlobal(object) ? mergedLiteral(node) : null;
  }

  protected override methodCall(
    node: CallExpression,
    callee: MemberExpression,
  ): readonly Value[] | null {
    if (memberName(callee) !== 'catch') return super.methodCall(node, callee, null);
    const promises = this.of(callee.object).filter((value) => value.kind === 'promise');
    return promises.length > 0 ? promises : null;
  }

  protected handled(_node: CallExpression, _of: Node, handler: Node): readonly Value[] | null {
    const targets = this.functions(handler);
    return targets.length > 0 ? targets.flatMap((target) => this.#returned(target)) : null;
  }

  protected applied(callees: readonly Value[], args: readonly Argument[]): readonly Value[] | null {
    const targets = callees.flatMap((value) => (value.kind === 'function' ? [value] : []));
    return targets.length > 0
      ? targets.flatMap(({ node, bound }) => this.#returned(node, [...givenBy(bound), ...args]))
      : null;
  }

  protected resultOf(
    callees: readonly Value[],
    args: readonly Argument[],
    node: CallExpression,
  ): readonly Value[] {
    return callees.flatMap((value): readonly Value[] => {
      if (value.kind === 'external') return this.#host.result?.(value.external, node) ?? NOTHING;
      if (value.kind !== 'function') return NOTHING;
      const given = value.bound === undefined ? args : [...givenBy(value.bound), ...args];
      const returned = this.#returned(value.node, given);
      // What depends on nothing that is given is the same for every call.
      const isOne = given.length === 0 && value.made === undefined;
      return isOne ? returned : returned.map((one) => madeBy(one, node, value.node));
    });
  }

  /** @param args what it is given, if that is one thing */
  #returned(node: FunctionNode, args: readonly Node[] | null = null): readonly Value[] {
    if (node.generator) return NOTHING;
    const values = this.returnsOf(node).flatMap((argument) =>
      this.of((args && this.#passedOn(argument, node, args)) ?? argument),
    );
    return node.async ? this.promised(settled(values)) : values;
  }

  /** The argument that a function returns as it is; null where it returns another thing. */
  #passedOn(returned: Node, node: FunctionNode, args: readonly Node[]): Node | null {
    const name = unwrap(returned);
    const variable = name.type === 'Identifier' ? this.bindings.variable(name) : null;
    const [definition] = variable?.defs ?? [];
    if (variable === null || definition?.type !== 'Parameter' || definition.node !== node) {
      return null;
    }
    const index = node.params.findIndex((parameter) => parameter === definition.name);
    if (index < 0 || !isNeverReassigned(variable)) return null;
    const argument = itemAt(args, index, (list) => this.arrayOf(list));
    return typeof argument === 'string' ? null : argument;
  }

  /** The expressions that a function returns, null for an end without one. */
  endsOf(node: FunctionNode): readonly (Node | null)[] {
    let ends = this.#ends.get(node);
    if (ends === undefined) {
      ends = returnsOf(node, OPEN) ?? [];
      this.#ends.set(node, ends);
    }
    return ends;
  }

  /** The expressions that a function returns, where it returns any. */
  returnsOf(node: FunctionNode): readonly Node[] {
    let returns = this.#returns.get(node);
    if (returns === undefined) {
      returns = this.endsOf(node).filter((argument) => argument !== null);
      this.#returns.set(node, returns);
    }
    return returns;
  }
}

/** A key that is written out; null for any other. */
function literalKey(node: Node | undefined): string | null {
  return node === undefined ? null : keyName(unwrap(node), true);
}
