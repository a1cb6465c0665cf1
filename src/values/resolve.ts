/**
 * What an expression can be: functions, classes, literals, and things that only the host knows,
 * such as the exports of a package. Demand-driven, and blind to the order in which code runs: an
 * expression can be whatever its bindings are ever given. An empty answer means that nothing is
 * known.
 */

import {
  childrenOf,
  isClass,
  functionAround,
  isFunction,
  isWithin,
  keyName,
  memberName,
  memberNameOf,
  unwrap,
  type ArrayExpression,
  type AssignmentExpression,
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
import { assignmentOf, stepsTo, targetOf, type Step } from '../syntax/patterns.ts';
import { promiseMethod } from '../syntax/promises.ts';
import {
  appliedIn,
  argumentsOf,
  itemAt,
  mergedLiteral,
  othersOf,
  pairsOf,
  refLiteral,
  tailOf,
} from './literals.ts';
import { Work } from './work.ts';

export type Value =
  | (Closure & { readonly kind: 'function'; readonly node: FunctionNode })
  | { readonly kind: 'class'; readonly node: ClassNode }
  | { readonly kind: 'instance'; readonly node: ClassNode }
  | (Closure & { readonly kind: 'object'; readonly node: ObjectExpression })
  | (Closure & { readonly kind: 'array'; readonly node: ArrayExpression })
  | { readonly kind: 'promise'; readonly of: readonly Value[] }
  /** A `Map` or `WeakMap`, by where it is made. */
  | { readonly kind: 'map'; readonly node: NewExpression }
  /** Something that the host told of; only the host knows what it is. */
  | { readonly kind: 'external'; readonly external: object }
  /** Beside other values: it may be something of which nothing is known. */
  | { readonly kind: 'unknown' };

/** What can depend on what a function was given that made it. */
interface Closure {
  /** The calls that made it, the outermost first; left out where nothing was given to them. */
  readonly made?: readonly CallExpression[];
}

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

/** More possibilities than this are as good as none. */
const MAX_VALUES = 16;

/** Answers that need each other more deeply than this are given up. */
const MAX_DEPTH = 200;

/** What keeps values by their keys. */
const MAPS: ReadonlySet<string> = new Set(['Map', 'WeakMap']);

/** The name of an element of a list. */
const INDEX = /^\d{1,4}$/;

/** Closures that are made within each other more deeply than this are not told apart. */
const MAX_MADE = 6;

const NOTHING: readonly Value[] = [];
const UNKNOWN: readonly Value[] = [{ kind: 'unknown' }];
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

export class Values {
  readonly #bindings: Bindings;
  readonly #host: ValueHost;
  /** The files that are read together. */
  readonly #programs: Set<Node>;
  /** Answers, by what was asked: a node, a binding, or a member of something. */
  readonly #known = new Map<object, readonly Value[]>();
  readonly #work = new Work(MAX_DEPTH);
  readonly #returns = new Map<Node, readonly Node[]>();
  #index: Index | null = null;
  #extendingOnes: Extending | null = null;

  /** @param program the first of the files that are read together, if it is known */
  constructor(program: Node | null, bindings: Bindings, host: ValueHost) {
    this.#programs = new Set(program === null ? [] : [program]);
    this.#bindings = bindings;
    this.#host = host;
  }

  /** Reads another file together with the first. */
  include(program: Node): void {
    if (this.#programs.has(program)) return;
    this.#programs.add(program);
    if (this.#index !== null) addIndex(this.#index, program);
  }

  /** What a property of a value can be. */
  member(value: Value, name: string): readonly Value[] {
    return value.kind === 'unknown' ? NOTHING : this.#member(value, name);
  }

  /** What an expression can be. */
  of(node: Node): readonly Value[] {
    const inner = unwrap(node);
    return this.#known.get(inner) ?? this.#once(inner, () => this.#expression(inner));
  }

  /** What a binding can be. */
  ofVariable(variable: Variable): readonly Value[] {
    return this.#known.get(variable) ?? this.#once(variable, () => this.#variable(variable));
  }

  /**
   * What one of several expressions can be that a thing is given: where nothing is known of it, that
   * says so. What is worked out already adds nothing of its own.
   */
  #alternative(node: Node): readonly Value[] {
    const inner = unwrap(node);
    if (PLAIN.has(inner.type) || this.#isUndefined(inner)) return NOTHING;
    const { answer: values, isProvisional } = this.#work.watched(() => this.of(inner));
    return values.length === 0 && !isProvisional ? UNKNOWN : values;
  }

  #isUndefined(node: Node): boolean {
    return node.type === 'Identifier' && node.name === 'undefined' && this.#bindings.isGlobal(node);
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
    const { accessors } = this.#indexed();
    const written = memberName(node);
    if (written === null ? accessors.size === 0 : !accessors.has(written)) return NO_FUNCTIONS;
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
    const put = (this.#indexed().called.get('set') ?? []).flatMap((call): readonly Node[] => {
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
    const [definition] = this.#bindings.variable(node)?.defs ?? [];
    return definition?.type === 'ImportBinding' ? (this.#host.origins?.(definition) ?? []) : null;
  }

  /** The calls of a function that the file holds, as far as they can be told. */
  callsOf(node: FunctionNode): readonly (CallExpression | NewExpression)[] {
    const calls: (CallExpression | NewExpression)[] = [];
    const name = this.#nameOf(node);
    if (name !== null) {
      for (const { identifier } of name.references) {
        const call = callAt(identifier);
        if (call !== null) calls.push(call);
      }
    }
    const method = methodName(node);
    if (method !== null) {
      for (const call of this.#indexed().called.get(method) ?? []) {
        if (this.functions(call.callee).includes(node)) calls.push(call);
      }
    }
    const { parent } = node;
    if (parent?.type === 'CallExpression' && parent.callee === node) calls.push(parent);
    if (parent?.type === 'MethodDefinition' && parent.kind === 'constructor') {
      calls.push(...this.#constructionsOf(parent));
    }
    return calls;
  }

  /** Where the class of a constructor, or one that adds none of its own, is constructed. */
  #constructionsOf(constructor: Node): readonly (CallExpression | NewExpression)[] {
    const owner = constructor.parent?.parent;
    if (!owner || !isClass(owner)) return [];
    return this.#indexed().constructing.filter(({ callee }) =>
      this.of(callee).some((value) => {
        if (callee.type === 'Super') return value.kind === 'instance' && value.node === owner;
        return value.kind === 'class' && this.#constructorOf(value.node) === constructor;
      }),
    );
  }

  /** The constructor that constructing a class runs, of its own or of one that it extends. */
  #constructorOf(node: ClassNode, depth = 0): Node | null {
    const own = node.body.body.find(
      (member) => member.type === 'MethodDefinition' && member.kind === 'constructor',
    );
    if (own !== undefined || node.superClass === null || depth >= MAX_DEPTH) return own ?? null;
    for (const value of this.of(node.superClass)) {
      if (value.kind === 'class') return this.#constructorOf(value.node, depth + 1);
    }
    return null;
  }

  #once(key: object, work: () => readonly Value[]): readonly Value[] {
    return this.#work.once(key, this.#known, () => distinct(work())) ?? NOTHING;
  }

  #expression(node: Node): readonly Value[] {
    switch (node.type) {
      case 'Identifier':
        return this.#identifier(node, node.name);
      case 'JSXIdentifier':
        return this.#identifier(node, node.name);
      case 'FunctionExpression':
      case 'FunctionDeclaration':
        return [{ kind: 'function', node }];
      case 'ArrowFunctionExpression':
        return [{ kind: 'function', node }];
      case 'ClassExpression':
      case 'ClassDeclaration':
        return [{ kind: 'class', node }];
      case 'ObjectExpression':
        return [{ kind: 'object', node }];
      case 'ArrayExpression':
        return [{ kind: 'array', node }];
      case 'ThisExpression':
        return this.ownerOf(node).flatMap((value) => this.#withHeirs(value));
      case 'Super':
        return this.ownerOf(node).flatMap((value) => this.#parents(value));
      case 'MemberExpression':
        return this.#memberAccess(node);
      case 'CallExpression':
        return this.#call(node);
      case 'NewExpression':
        if (this.#isMap(node)) return [{ kind: 'map', node }];
        return this.of(node.callee).flatMap((value): readonly Value[] => {
          if (value.kind === 'external')
            return this.#host.result?.(value.external, node) ?? NOTHING;
          return value.kind === 'class' ? [{ kind: 'instance', node: value.node }] : NOTHING;
        });
      case 'ImportExpression': {
        const specifier = keyName(node.source, true);
        return specifier === null
          ? NOTHING
          : [{ kind: 'promise', of: this.#host.module(specifier, node) }];
      }
      case 'AwaitExpression':
        return settled(this.of(node.argument));
      case 'ConditionalExpression':
        return [...this.#alternative(node.consequent), ...this.#alternative(node.alternate)];
      case 'LogicalExpression':
        return node.operator === '&&'
          ? this.of(node.right)
          : [...this.#alternative(node.left), ...this.#alternative(node.right)];
      case 'AssignmentExpression':
        return node.operator === '='
          ? this.of(node.right)
          : [...this.#alternative(node.left), ...this.#alternative(node.right)];
      case 'SequenceExpression': {
        const last = node.expressions.at(-1);
        return last === undefined ? NOTHING : this.of(last);
      }
      default:
        return NOTHING;
    }
  }

  #identifier(node: Node, name: string): readonly Value[] {
    const variable = this.#bindings.variable(node);
    if (variable !== null) return this.ofVariable(variable);
    return this.#host.global(node, name);
  }

  #variable(variable: Variable): readonly Value[] {
    const values: Value[] = [];
    for (const definition of variable.defs) {
      const { node } = definition;
      switch (definition.type) {
        case 'ImportBinding':
          values.push(...this.#host.imported(definition));
          break;
        case 'FunctionName':
          if (isFunction(node)) values.push({ kind: 'function', node });
          break;
        case 'ClassName':
          if (isClass(node)) values.push({ kind: 'class', node });
          break;
        case 'Variable':
          if (node.type === 'VariableDeclarator' && node.id.typeAnnotation) {
            const annotated = this.#host.annotated(node.id.typeAnnotation);
            values.push(...this.#destructured(node.id, definition.name, annotated));
          }
          if (node.type === 'VariableDeclarator' && node.init !== null) {
            values.push(
              ...this.#destructured(node.id, definition.name, this.#alternative(node.init)),
            );
          }
          break;
        case 'Parameter':
          values.push(...this.#parameter(node, definition.name));
          break;
        default:
          break;
      }
    }
    for (const { identifier, init } of variable.references.filter((other) => other.isWrite())) {
      if (init === true) continue;
      const assignment = assignmentOf(identifier);
      if (assignment === null) continue;
      const right = this.#alternative(assignment.right);
      values.push(...this.#destructured(assignment.left, identifier, right));
    }
    return values;
  }

  /** What a name in a pattern is, where the pattern is given these values. */
  #destructured(pattern: Node, name: Node, values: readonly Value[]): readonly Value[] {
    let reached = values;
    for (const step of stepsTo(pattern, name) ?? []) reached = this.#read(reached, step);
    return reached;
  }

  /** What a step of a pattern reads of values. */
  #read(values: readonly Value[], step: Step): readonly Value[] {
    switch (step.kind) {
      case 'property': {
        const { key, computed } = step.node;
        const name = values.length === 0 ? null : this.#keyOf(key, computed);
        return name === null ? NOTHING : values.flatMap((value) => this.#member(value, name));
      }
      case 'element':
        return values.flatMap((value) => this.#element(value, step.index));
      case 'rest':
        return values.flatMap((value): readonly Value[] => {
          if (value.kind !== 'object' && value.kind !== 'array') return [value];
          const node =
            value.kind === 'object'
              ? othersOf(step.node, value.node)
              : tailOf(step.node, value.node);
          return node === null ? NOTHING : [literalOf(node, value)];
        });
      case 'default':
        return [...values, ...this.of(step.node.right)];
    }
  }

  #element(value: Value, index: number): readonly Value[] {
    if (value.kind === 'unknown') return UNKNOWN;
    if (value.kind === 'external') return this.#host.member(value.external, String(index));
    if (value.kind !== 'array') return NOTHING;
    const element = itemAt(value.node.elements, index, (node) => this.#arrayOf(node));
    return typeof element === 'string' ? NOTHING : this.part(value, element);
  }

  /** The array literal that an expression is, if it is one alone. */
  #arrayOf(node: Node): ArrayExpression | null {
    const [only, ...others] = this.of(node);
    return only?.kind === 'array' && others.length === 0 ? only.node : null;
  }

  #parameter(node: Node, name: Node): readonly Value[] {
    if (!isFunction(node)) return NOTHING;
    const values: Value[] = [];
    node.params.forEach((parameter, index) => {
      const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
      if (stepsTo(pattern, name) === null) return;
      const target = targetOf(parameter);
      if ('typeAnnotation' in target && target.typeAnnotation) {
        const annotated = this.#host.annotated(target.typeAnnotation);
        values.push(...this.#destructured(pattern, name, annotated));
      }
      if (pattern.type === 'RestElement') {
        const lists = this.callsOf(node).map((call): Value => {
          return { kind: 'array', node: argumentsOf(pattern, call, call.arguments) };
        });
        values.push(...this.#destructured(pattern.argument, name, lists));
      } else {
        values.push(...this.#destructured(pattern, name, this.#argument(node, index)));
      }
    });
    return values;
  }

  /** What a function is given as an argument, wherever it is called. */
  #argument(node: FunctionNode, index: number): readonly Value[] {
    const values: Value[] = [];
    for (const call of this.callsOf(node)) {
      const argument = itemAt(call.arguments, index, (list) => this.#arrayOf(list));
      if (typeof argument !== 'string') values.push(...this.of(argument));
    }
    return [...values, ...this.#callbackArgument(node, index)];
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
    return this.functions(outer.callee).flatMap((target) => {
      const parameter = target.params[position];
      if (parameter?.type !== 'Identifier') return NOTHING;
      const variable = this.#bindings.variable(parameter);
      return (variable?.references ?? []).flatMap(({ identifier }) => {
        const argument = callAt(identifier)?.arguments[index];
        return argument === undefined ? NOTHING : this.of(argument);
      });
    });
  }

  #memberAccess(node: MemberExpression): readonly Value[] {
    const name = this.#nameIn(node);
    if (name === null) return NOTHING;
    return this.of(node.object).flatMap((value) => this.#member(value, name));
  }

  /** The name of the property that a member expression reads, where that is always the same. */
  #nameIn(node: MemberExpression): string | null {
    const name = memberName(node);
    if (name !== null || !node.computed || this.#host.key === undefined) return name;
    return this.of(node.object).length > 0 ? this.#keyOf(node.property, true) : null;
  }

  /** The name that a key is, where that is always the same. */
  #keyOf(key: Node, isComputed: boolean): string | null {
    return keyName(key, isComputed) ?? (isComputed ? (this.#host.key?.(key) ?? null) : null);
  }

  #member(value: Value, name: string): readonly Value[] {
    switch (value.kind) {
      case 'external':
        return this.#host.member(value.external, name);
      case 'object': {
        const values = this.#once(this.#work.key(value.node, name), () => [
          ...this.#property(value.node, name),
          ...this.#written(value, name),
        ]);
        return value.made === undefined ? values : values.map((held) => heldBy(value, held));
      }
      case 'class':
        return this.#once(this.#work.key(value.node, name), () => [
          ...this.#classMember(value.node, name, true),
          ...this.#written(value, name),
        ]);
      case 'instance':
        return this.#once(this.#work.key(value.node.body, name), () => [
          ...this.#classMember(value.node, name, false),
          ...this.#written(value, name),
        ]);
      case 'array':
        return INDEX.test(name) ? this.#element(value, Number(name)) : NOTHING;
      case 'unknown':
        return UNKNOWN;
      case 'function':
      case 'promise':
      case 'map':
        return NOTHING;
    }
  }

  #isMap({ callee }: NewExpression): boolean {
    return callee.type === 'Identifier' && MAPS.has(callee.name) && this.#bindings.isGlobal(callee);
  }

  #property(node: ObjectExpression, name: string): readonly Value[] {
    return node.properties.flatMap((property): readonly Value[] => {
      if (property.type === 'SpreadElement') {
        return this.of(property.argument).flatMap((value) => this.#member(value, name));
      }
      if (property.kind === 'set') return NOTHING;
      if (this.#keyOf(property.key, property.computed) !== name) return NOTHING;
      return property.kind === 'get' ? this.#returned(property.value) : this.of(property.value);
    });
  }

  #classMember(node: ClassNode, name: string, isStatic: boolean): readonly Value[] {
    const values: Value[] = [];
    let found = false;
    for (const member of node.body.body) {
      if (member.type === 'MethodDefinition') {
        if (member.kind === 'constructor') {
          values.push(...this.#parameterProperty(member.value, name));
        } else if (
          member.static === isStatic &&
          this.#keyOf(member.key, member.computed) === name
        ) {
          found = true;
          if (member.kind === 'get') values.push(...this.#returned(member.value));
          if (member.kind === 'method') values.push({ kind: 'function', node: member.value });
        }
      } else if (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') {
        if (member.static !== isStatic || this.#keyOf(member.key, member.computed) !== name) {
          continue;
        }
        found = true;
        if (member.value !== null) values.push(...this.of(member.value));
        if (member.typeAnnotation) values.push(...this.#host.annotated(member.typeAnnotation));
      }
    }
    if (found || node.superClass === null) return values;
    const inherited = this.of(node.superClass).flatMap((value) => {
      if (value.kind === 'class') return this.#classMember(value.node, name, isStatic);
      const isOfPackage = value.kind === 'external' && !isStatic;
      return isOfPackage
        ? (this.#host.inherited?.(value.external, node, name) ?? NOTHING)
        : NOTHING;
    });
    return [...values, ...inherited];
  }

  #parameterProperty(node: FunctionNode, name: string): readonly Value[] {
    return node.params.flatMap((parameter) => {
      if (parameter.type !== 'TSParameterProperty') return NOTHING;
      const { parameter: inner } = parameter;
      const target = inner.type === 'AssignmentPattern' ? inner.left : inner;
      if (target.type !== 'Identifier' || target.name !== name) return NOTHING;
      const variable = this.#bindings.variable(target);
      return variable === null ? NOTHING : this.ofVariable(variable);
    });
  }

  /** What is assigned to a property from outside its literal or class. */
  #written(owner: Value, name: string): readonly Value[] {
    return this.#assigned(owner, name).flatMap((right) => this.of(right));
  }

  #assigned(owner: Value, name: string): readonly Node[] {
    const values: Node[] = [];
    for (const assignment of this.#indexed().written.get(name) ?? []) {
      const { left } = assignment;
      if (left.type !== 'MemberExpression') continue;
      if (this.of(left.object).some((value) => sameOrigin(value, owner))) {
        values.push(assignment.right);
      }
    }
    return values;
  }

  /** What `this` is where a node stands, going by what is around it. */
  ownerOf(node: Node): readonly Value[] {
    let inner: Node = node;
    for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
      if (outer.type === 'FunctionExpression' || outer.type === 'FunctionDeclaration') {
        const owner = outer.parent;
        if (owner?.type === 'MethodDefinition') return this.#classOf(owner);
        if (owner?.type === 'Property' && owner.value === outer) return this.#objectOf(owner);
        return NOTHING;
      }
      if (
        (outer.type === 'PropertyDefinition' || outer.type === 'AccessorProperty') &&
        outer.value === inner
      ) {
        return this.#classOf(outer);
      }
      if (outer.type === 'StaticBlock') return this.#classOf(outer);
      inner = outer;
    }
    return NOTHING;
  }

  /** Where a class is extended, `this` can be of one that extends it. */
  #withHeirs(value: Value): readonly Value[] {
    if (value.kind !== 'class' && value.kind !== 'instance') return [value];
    const heirs = this.#heirsOf(value.node);
    return [
      value,
      ...heirs.map((heir): Value =>
        value.kind === 'class' ? { kind: 'class', node: heir } : { kind: 'instance', node: heir },
      ),
    ];
  }

  /** The classes of the file that extend a class, and those that extend them. */
  #heirsOf(node: ClassNode): readonly ClassNode[] {
    const { direct, others } = this.#extending();
    const heirs: ClassNode[] = [];
    const open = [node];
    for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
      const byName = new Set(direct.get(parent));
      for (const heir of [...byName, ...others]) {
        if (heir === node || heirs.includes(heir) || heir.superClass === null) continue;
        const isHeir =
          byName.has(heir) ||
          this.of(heir.superClass).some((value) => value.kind === 'class' && value.node === parent);
        if (!isHeir) continue;
        heirs.push(heir);
        // More are as good as none.
        if (heirs.length > MAX_VALUES) return heirs;
        open.push(heir);
      }
    }
    return heirs;
  }

  #parents(value: Value): readonly Value[] {
    if (value.kind !== 'class' && value.kind !== 'instance') return NOTHING;
    const { superClass } = value.node;
    if (superClass === null) return NOTHING;
    return this.of(superClass).flatMap((parent): readonly Value[] => {
      if (parent.kind !== 'class') return NOTHING;
      return [value.kind === 'class' ? parent : { kind: 'instance', node: parent.node }];
    });
  }

  #classOf(member: Node): readonly Value[] {
    const owner = member.parent?.parent;
    if (!owner || !isClass(owner)) return NOTHING;
    const isStatic = member.type === 'StaticBlock' || ('static' in member && member.static);
    return [isStatic ? { kind: 'class', node: owner } : { kind: 'instance', node: owner }];
  }

  #objectOf(property: Node): readonly Value[] {
    const owner = property.parent;
    return owner?.type === 'ObjectExpression' ? [{ kind: 'object', node: owner }] : NOTHING;
  }

  #call(node: CallExpression): readonly Value[] {
    const callee = unwrap(node.callee);
    const [first] = node.arguments;
    if (callee.type === 'Identifier' && callee.name === 'require' && first !== undefined) {
      const specifier = keyName(first, true);
      if (specifier !== null && this.#bindings.variable(callee) === null) {
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
    if (callee.type === 'MemberExpression') {
      const builtIn = this.#builtIn(node, callee);
      if (builtIn !== null) return builtIn;
    }
    return this.of(callee).flatMap((value): readonly Value[] => {
      if (value.kind === 'external') return this.#host.result?.(value.external, node) ?? NOTHING;
      if (value.kind !== 'function') return NOTHING;
      const returned = this.#returned(value.node, node.arguments);
      // What depends on nothing that is given is the same for every call.
      const isOne = node.arguments.length === 0 && value.made === undefined;
      return isOne ? returned : returned.map((one) => madeBy(one, node, value.node));
    });
  }

  /** What `Object.assign({ … }, …)` makes; null for any other call. */
  #merged(node: CallExpression, callee: Node): ObjectExpression | null {
    if (callee.type !== 'MemberExpression' || memberName(callee) !== 'assign') return null;
    const object = unwrap(callee.object);
    const isObject = object.type === 'Identifier' && object.name === 'Object';
    return isObject && this.#bindings.isGlobal(object) ? mergedLiteral(node) : null;
  }

  /** What the methods of promises and functions return. */
  #builtIn(node: CallExpression, callee: MemberExpression): readonly Value[] | null {
    const [first] = node.arguments;
    switch (memberName(callee)) {
      case 'at': {
        const index = first === undefined ? null : keyName(unwrap(first), true);
        const arrays = this.of(callee.object);
        if (index === null || !INDEX.test(index) || arrays.length === 0) return null;
        return arrays.flatMap((array) => this.#element(array, Number(index)));
      }
      case 'get': {
        const entries = this.entries(node);
        return entries?.flatMap((entry) => this.of(entry)) ?? null;
      }
      case 'bind': {
        const values = this.of(callee.object);
        return values.length > 0 ? values : null;
      }
      case 'call':
      case 'apply': {
        const targets = this.functions(callee.object);
        const args = appliedIn(node)?.args ?? null;
        return targets.length > 0
          ? targets.flatMap((target) => this.#returned(target, args))
          : null;
      }
      case 'resolve': {
        if (promiseMethod(node, this.#bindings) !== 'resolve' || first === undefined) return null;
        return [{ kind: 'promise', of: settled(this.of(first)) }];
      }
      case 'then': {
        if (first === undefined) return null;
        const targets = this.functions(first);
        const of = targets.flatMap((target) => settled(this.#returned(target)));
        return targets.length > 0 ? [{ kind: 'promise', of }] : null;
      }
      case 'catch':
      case 'finally': {
        const promises = this.of(callee.object).filter((value) => value.kind === 'promise');
        return promises.length > 0 ? promises : null;
      }
      default:
        return null;
    }
  }

  /** @param args what it is given, if that is one thing */
  #returned(node: Node, args: readonly Node[] | null = null): readonly Value[] {
    if (!isFunction(node) || node.body === null || node.generator) return NOTHING;
    const returns = node.body.type === 'BlockStatement' ? this.#returnsOf(node) : [node.body];
    const values = returns.flatMap((argument) =>
      this.of((args && this.#passedOn(argument, node, args)) ?? argument),
    );
    return node.async ? [{ kind: 'promise', of: settled(values) }] : values;
  }

  /** The argument that a function returns as it is; null where it returns another thing. */
  #passedOn(returned: Node, node: FunctionNode, args: readonly Node[]): Node | null {
    const name = unwrap(returned);
    const variable = name.type === 'Identifier' ? this.#bindings.variable(name) : null;
    const [definition] = variable?.defs ?? [];
    if (variable === null || definition?.type !== 'Parameter' || definition.node !== node)
      return null;
    const index = node.params.findIndex((parameter) => parameter === definition.name);
    if (index < 0 || !isNeverReassigned(variable)) return null;
    const argument = itemAt(args, index, (list) => this.#arrayOf(list));
    return typeof argument === 'string' ? null : argument;
  }

  #returnsOf(node: FunctionNode): readonly Node[] {
    let returns = this.#returns.get(node);
    if (returns === undefined) {
      returns = returnsOf(node);
      this.#returns.set(node, returns);
    }
    return returns;
  }

  /** The binding that holds a function. */
  #nameOf(node: FunctionNode): Variable | null {
    if (node.type !== 'ArrowFunctionExpression' && node.id) {
      return this.#bindings.variable(node.id);
    }
    let value: Node = node;
    for (let parent = value.parent ?? null; parent !== null; parent = parent.parent ?? null) {
      if (parent.type === 'VariableDeclarator') {
        return parent.id.type === 'Identifier' ? this.#bindings.variable(parent.id) : null;
      }
      const isWrapped =
        unwrap(parent) === unwrap(value) ||
        (parent.type === 'CallExpression' && this.#host.wrapper(parent) === 'argument');
      if (!isWrapped) return null;
      value = parent;
    }
    return null;
  }

  /** The classes that extend another: by that one where they name it, and the others. */
  #extending(): Extending {
    const { extending } = this.#indexed();
    if (this.#extendingOnes?.of !== extending.length) {
      const direct = new Map<Node, ClassNode[]>();
      const others: ClassNode[] = [];
      for (const heir of extending) {
        const parent = this.#parentNamedBy(heir);
        const known = parent === null ? others : direct.get(parent);
        if (parent === null || known !== undefined) known?.push(heir);
        else direct.set(parent, [heir]);
      }
      this.#extendingOnes = { of: extending.length, direct, others };
    }
    return this.#extendingOnes;
  }

  /** The class that a class extends by its name. */
  #parentNamedBy({ superClass }: ClassNode): ClassNode | null {
    const variable = superClass === null ? null : this.#bindings.variable(unwrap(superClass));
    if (variable === null || !isNeverReassigned(variable)) return null;
    const [definition] = variable.defs;
    return definition?.type === 'ClassName' && isClass(definition.node) ? definition.node : null;
  }

  #indexed(): Index {
    if (this.#index === null) {
      this.#index = {
        written: new Map(),
        called: new Map(),
        constructing: [],
        extending: [],
        accessors: new Set(),
      };
      for (const program of this.#programs) addIndex(this.#index, program);
    }
    return this.#index;
  }
}

/** Where members are used, by their names. */
interface Index {
  readonly written: Map<string, AssignmentExpression[]>;
  readonly called: Map<string, CallExpression[]>;
  /** `new` and `super(…)`, with arguments. */
  readonly constructing: (CallExpression | NewExpression)[];
  /** The classes that extend another. */
  readonly extending: ClassNode[];
  /** The names of all getters and setters. */
  readonly accessors: Set<string>;
}

/** The classes of an index that extend another, of which there are so many. */
interface Extending {
  readonly of: number;
  /** Those that name what they extend, by that. */
  readonly direct: ReadonlyMap<Node, readonly ClassNode[]>;
  readonly others: readonly ClassNode[];
}

/** What a file adds to an index. */
interface Uses {
  readonly written: readonly AssignmentExpression[];
  readonly called: readonly CallExpression[];
  readonly constructing: readonly (CallExpression | NewExpression)[];
  readonly extending: readonly ClassNode[];
  readonly accessors: ReadonlySet<string>;
}

const uses = new WeakMap<Node, Uses>();

function addIndex(index: Index, program: Node): void {
  let of = uses.get(program);
  if (of === undefined) {
    of = usesIn(program);
    uses.set(program, of);
  }
  for (const node of of.written) add(index.written, memberNameOf(node.left), node);
  for (const node of of.called) add(index.called, memberNameOf(node.callee), node);
  index.constructing.push(...of.constructing);
  index.extending.push(...of.extending);
  for (const name of of.accessors) index.accessors.add(name);
}

function usesIn(program: Node): Uses {
  const written: AssignmentExpression[] = [];
  const called: CallExpression[] = [];
  const constructing: (CallExpression | NewExpression)[] = [];
  const extending: ClassNode[] = [];
  const accessors = new Set<string>();
  const open: Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'AssignmentExpression') {
      if (node.left.type === 'MemberExpression') written.push(node);
    } else if (node.type === 'CallExpression') {
      if (unwrap(node.callee).type === 'MemberExpression') called.push(node);
      if (node.callee.type === 'Super' && node.arguments.length > 0) constructing.push(node);
    } else if (node.type === 'NewExpression') {
      if (node.arguments.length > 0) constructing.push(node);
    } else if (isClass(node)) {
      if (node.superClass !== null) extending.push(node);
    } else if (
      (node.type === 'Property' || node.type === 'MethodDefinition') &&
      (node.kind === 'get' || node.kind === 'set')
    ) {
      const name = keyName(node.key, node.computed);
      if (name !== null) accessors.add(name);
    }
    open.push(...childrenOf(node));
  }
  return { written, called, constructing, extending, accessors };
}

function add<T>(index: Map<string, T[]>, name: string | null, item: T): void {
  if (name === null) return;
  const items = index.get(name);
  if (items === undefined) index.set(name, [item]);
  else items.push(item);
}

/** A key that is written out; null for any other. */
function literalKey(node: Node | undefined): string | null {
  return node === undefined ? null : keyName(unwrap(node), true);
}

/** What a promise of these values is fulfilled with; what is no promise is itself. */
function settled(values: readonly Value[]): readonly Value[] {
  return values.flatMap((value) => (value.kind === 'promise' ? settled(value.of) : [value]));
}

/** A literal that is made of a value. */
function literalOf(node: ObjectExpression | ArrayExpression, of: Value): Value {
  const made = 'made' in of ? { made: of.made } : {};
  return node.type === 'ObjectExpression'
    ? { kind: 'object', node, ...made }
    : { kind: 'array', node, ...made };
}

/** A value that a call of a function gives: what is written in the function, that call has made. */
function madeBy(value: Value, call: CallExpression, maker: FunctionNode): Value {
  if (value.kind === 'promise') {
    return { kind: 'promise', of: value.of.map((one) => madeBy(one, call, maker)) };
  }
  return within(value, [call], maker);
}

/** A part of a value: what is written where that was made, the same calls have made. */
function heldBy(owner: Value, value: Value): Value {
  if (!('made' in owner)) return value;
  const maker = functionAround(owner.node);
  return maker === null ? value : within(value, owner.made, maker);
}

function within(value: Value, calls: readonly CallExpression[], maker: FunctionNode): Value {
  if (value.kind !== 'function' && value.kind !== 'object' && value.kind !== 'array') return value;
  const { node, made = [] } = value;
  const inner = made[0] ?? node;
  if (inner === maker || !isWithin(inner, maker)) return value;
  const all = [...calls, ...made];
  return all.length > MAX_MADE ? value : { ...value, made: all };
}

/** The same value, whatever calls have made it. */
function unmade(value: Value): Value {
  if (value.kind !== 'function' && value.kind !== 'object' && value.kind !== 'array') return value;
  const { made, ...bare } = value;
  return made === undefined ? value : bare;
}

/** Whether two values are one, made by the same calls. */
export function sameValue(one: Value, other: Value): boolean {
  if (!sameOrigin(one, other)) return false;
  const made = 'made' in one ? one.made : undefined;
  const others = 'made' in other ? other.made : undefined;
  return made === others || sameCalls(made, others);
}

function sameCalls(
  calls: readonly CallExpression[] = [],
  others: readonly CallExpression[] = [],
): boolean {
  return calls.length === others.length && calls.every((call, index) => call === others[index]);
}

/** Whether two values are written in the same place. */
function sameOrigin(one: Value, other: Value): boolean {
  switch (one.kind) {
    case 'external':
      return other.kind === 'external' && one.external === other.external;
    case 'unknown':
      return other.kind === 'unknown';
    case 'promise':
      return one === other;
    default:
      return one.kind === other.kind && 'node' in other && one.node === other.node;
  }
}

function distinct(values: readonly Value[]): readonly Value[] {
  if (values.every(({ kind }) => kind === 'unknown')) return NOTHING;
  return few(values) ?? few(values.map(unmade)) ?? NOTHING;
}

/** Those that differ; null where they are too many. */
function few(values: readonly Value[]): readonly Value[] | null {
  const kept: Value[] = [];
  for (const value of values) {
    if (!kept.some((other) => sameValue(other, value))) kept.push(value);
    if (kept.length > MAX_VALUES) return null;
  }
  return kept;
}

/** The call whose callee an identifier is. */
function callAt(identifier: Node): CallExpression | NewExpression | null {
  let inner = identifier;
  for (let outer = identifier.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (outer.type === 'CallExpression' || outer.type === 'NewExpression') {
      return outer.callee === inner ? outer : null;
    }
    if (unwrap(outer) !== unwrap(inner)) return null;
    inner = outer;
  }
  return null;
}

/** The name of the method that a function is. */
function methodName(node: FunctionNode): string | null {
  const { parent } = node;
  switch (parent?.type) {
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'Property':
      return keyName(parent.key, parent.computed);
    default:
      return null;
  }
}

/** What a function's `return` statements return, those of functions in it left out. */
function returnsOf(node: FunctionNode): readonly Node[] {
  const found: Node[] = [];
  const open: Node[] = node.body === null ? [] : [node.body];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === 'ReturnStatement') {
      if (next.argument !== null) found.push(next.argument);
    } else if (!isFunction(next) && !isClass(next)) {
      open.push(...childrenOf(next));
    }
  }
  return found;
}
