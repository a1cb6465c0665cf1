/** What is called: the functions that an expression can be. */

import {
  isFunction,
  memberName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';
import { initializerOf, isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import { boundMethod, CAN_BE_FUNCTION, nameOf } from '../../syntax/forms.ts';
import { isGlobal } from '../../syntax/promises.ts';
import { iterated } from './iterators.ts';
import { isGoneThrough, isReadInPart } from './part-uses.ts';
import { LazyMaking } from './lazy.ts';
import { isGivenByDeclaration } from './loops.ts';
import { inTurn } from './reduce.ts';
import type { Lower, Operation, Callees, CallTarget, KnownList } from './parts.ts';
import type { Callee, FunctionTerm, Making } from '../term/term.ts';
import { callableAmong, givenBy, type Value } from '../../values/sets.ts';

const NO_FUNCTIONS: readonly FunctionTerm[] = [];

const UNKNOWN_LIST: KnownList = { items: null, made: [] };

export class CalleeLowering implements Callees {
  readonly #lower: Lower;
  /** The calls that were asked for last: one call is asked for several times in a row. */
  #lastPerformed: CallExpression | null = null;
  #lastOperation: Operation | null = null;
  #lastCall: CallExpression | null = null;
  /** Lists that are being taken apart, lest one is spread into itself. */
  readonly #spreading = new Set<Node>();
  #lastTarget: CallTarget | null = null;

  /** Functions that perform operations, by where they are referred to. */
  readonly #performed = new Map<Node, Map<number, FunctionTerm>>();
  readonly #makings = new Map<CallExpression, Making>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  callee(node: Node): Callee | null {
    const inner = unwrap(node);
    if (!CAN_BE_FUNCTION.has(inner.type)) return null;
    const bound = inner.type === 'CallExpression' ? boundMethod(inner) : null;
    const method = bound === null ? inner : unwrap(bound);
    const isPlain = inner.type === 'CallExpression' && inner.arguments.length < 2;
    const reference = this.#lower.host.reference(method);
    if (reference !== null) {
      return { functions: [this.#performing(method, reference)], parameter: null, open: false };
    }
    if (bound !== null && isPlain) return this.callee(bound);
    if (inner.type === 'MemberExpression') return this.#member(inner);
    if (inner.type !== 'Identifier') return this.#among(inner, this.#lower.values.of(inner));
    const name = this.#lower.names.of(inner);
    if (name === null) return null;
    if (name.callee === undefined) {
      const { variable } = name;
      const [definition] = variable.defs;
      name.callee =
        definition?.type === 'Parameter' && isFunction(definition.node)
          ? this.#throughParameter(variable, definition.node, definition.name)
          : (this.#among(inner, this.values(inner)) ?? this.#gone(variable));
    }
    return name.callee;
  }

  /**
   * One of the functions of a list, under the name that a loop gives each in its round: where the name
   * is used in a function that is written there, it is not known which. Null where no function is.
   */
  #gone(variable: Variable): Callee | null {
    const [definition] = variable.defs;
    const declaration = definition?.node.parent;
    const loop = declaration?.parent;
    const isElement =
      loop?.type === 'ForOfStatement' &&
      loop.left === declaration &&
      definition?.node.type === 'VariableDeclarator' &&
      definition.node.id === definition.name &&
      isGivenByDeclaration(variable);
    return isElement ? this.element(loop.right) : null;
  }

  element(list: Node): Callee | null {
    const parameter = this.#lower.held.all(list);
    if (parameter !== null) return { functions: NO_FUNCTIONS, parameter, open: true };
    return this.among(this.list(list).items ?? []);
  }

  among(nodes: readonly Node[]): Callee | null {
    const callees = nodes.map((node) => this.callee(node));
    const known = callees.flatMap((callee) => callee ?? []);
    if (known.every(({ functions }) => functions.length === 0)) return null;
    const isClosure = known.some(({ makings }) => makings !== undefined);
    return {
      functions: known.flatMap(({ functions }) => functions),
      ...(isClosure && {
        makings: known.flatMap(({ functions, makings }) => makings ?? functions.map(() => [])),
      }),
      parameter: null,
      open:
        known.length < callees.length ||
        known.some(({ open, parameter: other }) => open || other !== null),
    };
  }

  /** The functions that a member can be: what a call gives where it is a part of a parameter. */
  #member(node: MemberExpression): Callee | null {
    const { names, values } = this.#lower;
    const one = names.one(node);
    const all = one?.values.flatMap((value) => values.member(value, one.part)) ?? values.of(node);
    const known = this.#among(node, all);
    const parameter = this.#lower.held.member(node);
    if (parameter === null) return known;
    return known === null
      ? { functions: NO_FUNCTIONS, parameter, open: true }
      : { ...known, parameter };
  }

  values(node: Node): readonly Value[] {
    const name = node.type === 'Identifier' ? this.#lower.names.of(node) : null;
    if (name === null) return this.#lower.values.of(node);
    name.values ??= this.#lower.values.of(node);
    return name.values;
  }

  /** What is called through a parameter; null where only a part of it has the name. */
  #throughParameter(variable: Variable, owner: FunctionNode, name: Node): Callee | null {
    const parameter =
      owner.params.find((other) => nameOf(other) === name) ?? this.#partOf(variable, name);
    if (parameter === null) return null;
    const fallback = parameter.type === 'AssignmentPattern' ? this.callee(parameter.right) : null;
    return { functions: fallback?.functions ?? NO_FUNCTIONS, parameter: variable, open: true };
  }

  /** The pattern of a part of a parameter, whose functions are followed; null for any other. */
  #partOf(variable: Variable, name: Node): Node | null {
    if (this.#lower.held.name(variable) === null) return null;
    const { parent } = name;
    return parent?.type === 'AssignmentPattern' && parent.left === name ? parent : name;
  }

  parameter(node: Node): object | null {
    if (node.type !== 'Identifier') return null;
    // Of an element of a list, it is not known which of those that it was given.
    const isParameter = this.#lower.bindings.variable(node)?.defs[0]?.type === 'Parameter';
    return isParameter ? (this.callee(node)?.parameter ?? null) : null;
  }

  /** The functions that an expression can be, with the operations that are among them. */
  #among(node: Node, values: readonly Value[]): Callee | null {
    const known = this.amongValues(values);
    if (!values.some(({ kind }) => kind === 'external')) return known;
    const operations = this.#lower.host.choices?.(node) ?? [];
    if (operations.length === 0) return known;
    const performing = operations.map((operation) => this.#performing(node, operation));
    const functions = known?.functions ?? NO_FUNCTIONS;
    return {
      functions: [...performing, ...functions],
      ...(known?.makings && { makings: [...performing.map(() => []), ...known.makings] }),
      parameter: null,
      open: performing.length + functions.length < values.length,
      isUnseen: values.every(
        ({ kind }) => kind === 'function' || kind === 'unknown' || kind === 'external',
      ),
    };
  }

  amongValues(all: readonly Value[]): Callee | null {
    const values = callableAmong(all);
    const [only] = values;
    if (only === undefined) return null;
    const isAlone = values.length === 1 && only.kind === 'function' && only.made === undefined;
    if (isAlone && only.bound === undefined) {
      return only.node.body === null ? null : this.#lower.definitions.function(only.node).alone;
    }
    const known = values.flatMap((value) =>
      value.kind === 'function' && value.node.body !== null ? [value] : [],
    );
    if (known.length === 0) return null;
    const nodes = known.map(({ node }) => node);
    const isClosure = known.some(({ made }) => made !== undefined);
    return {
      functions: known.map(({ node, bound }) => this.#bound(node, bound)),
      ...(isClosure && {
        makings: known.map(({ made = [] }) => made.map((call) => this.#making(call))),
      }),
      parameter: null,
      open: nodes.length < values.length,
      isUnseen: values.every(({ kind }) => kind === 'function' || kind === 'unknown'),
      variants: this.#lower.values.areVariants(nodes),
    };
  }

  /** @param calls those of `bind` that have given it something */
  #bound(node: FunctionNode, calls: readonly CallExpression[] = []): FunctionTerm {
    const { definitions } = this.#lower;
    const target = definitions.function(node);
    const last = calls.at(-1);
    return last === undefined ? target : definitions.bound(target, last, givenBy(calls));
  }

  #making(call: CallExpression): Making {
    let making = this.#makings.get(call);
    if (making === undefined) {
      making = new LazyMaking(call, () => {
        const target = this.target(call);
        return target === null ? null : this.#lower.calls.invoke(target, call, 'started');
      });
      this.#makings.set(call, making);
    }
    return making;
  }

  /** A method of the subject that is handed on, as a function that performs its operation. */
  #performing(node: Node, operation: Operation): FunctionTerm {
    const known = this.#performed.get(node) ?? new Map<number, FunctionTerm>();
    this.#performed.set(node, known);
    let term = known.get(operation.call);
    if (term === undefined) {
      term = this.#lower.definitions.performing(node, this.#source(node), operation);
      known.set(operation.call, term);
    }
    return term;
  }

  #source(node: Node): string {
    if (node.type === 'Identifier') return node.name;
    return node.type === 'MemberExpression' ? (memberName(node) ?? '') : '';
  }

  operation(node: CallExpression): Operation | null {
    if (node !== this.#lastPerformed) {
      this.#lastOperation = this.#lower.host.operation(node);
      this.#lastPerformed = node;
    }
    return this.#lastOperation;
  }

  target(node: CallExpression): CallTarget | null {
    if (node !== this.#lastCall) {
      this.#lastTarget = this.#targetOf(node);
      this.#lastCall = node;
    }
    return this.#lastTarget;
  }

  #targetOf(node: CallExpression): CallTarget | null {
    const callee = this.callee(node.callee);
    // Of a parameter that a library gives, it is known what it calls.
    const isGiven = callee !== null && callee.parameter !== null && callee.functions.length === 0;
    if (isGiven && (this.#lower.host.runs?.(node)?.steps.length ?? 0) > 0) return null;
    if (callee !== null) {
      const isExact = isFunction(unwrap(node.callee));
      return { callee, ...this.#spread(node.arguments), isExact };
    }
    const disposal = this.#lower.resources.disposal(node);
    if (disposal !== null) return { callee: disposal, args: [], isExact: true };
    const method = unwrap(node.callee);
    const name = method.type === 'MemberExpression' ? memberName(method) : null;
    if (method.type !== 'MemberExpression' || (name !== 'call' && name !== 'apply')) return null;
    const isReflected = name === 'apply' && this.isGlobal(method.object, 'Reflect');
    const [first, ...others] = node.arguments;
    const object = isReflected ? first : method.object;
    const applied = object === undefined ? null : this.callee(object);
    if (object === undefined || applied === null) return null;
    const rest = isReflected ? others.slice(1) : others;
    const isExact = isFunction(unwrap(object));
    if (name === 'call') return { callee: applied, ...this.#spread(rest), isExact };
    const { items, made } = this.#listOf(rest[0]);
    const args = items ?? [];
    const kept = new Set(args);
    for (const item of made) kept.delete(item);
    return { callee: applied, args, ...(kept.size > 0 && { kept }), isExact };
  }

  /** Arguments, with lists that are spread among them and of which all is known put in their places. */
  #spread(args: readonly Node[]): Pick<CallTarget, 'args' | 'kept'> {
    if (!args.some(({ type }) => type === 'SpreadElement')) return { args };
    const all: Node[] = [];
    const kept = new Set<Node>();
    for (const argument of args) {
      const list = argument.type === 'SpreadElement' ? this.list(argument.argument) : null;
      if (list?.items == null) {
        all.push(argument);
        continue;
      }
      const made = new Set(list.made);
      for (const item of list.items) {
        all.push(item);
        if (!made.has(item)) kept.add(item);
      }
    }
    return kept.size > 0 ? { args: all, kept } : { args: all };
  }

  #listOf(node: Node | undefined): KnownList {
    return node === undefined ? UNKNOWN_LIST : this.list(node);
  }

  isChain(node: CallExpression): boolean {
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return false;
    switch (memberName(callee)) {
      case 'then':
      case 'catch':
      case 'finally':
        return this.callee(callee) === null && this.operation(node) === null;
      case 'all':
      case 'allSettled':
      case 'race':
      case 'any':
        return this.isGlobal(callee.object, 'Promise') && this.items(node.arguments[0]) !== null;
      case 'reduce':
        return this.inTurn(node) !== null;
      default:
        return false;
    }
  }

  items(node: Node | undefined): readonly Node[] | null {
    return this.#listOf(node).items;
  }

  list(node: Node): KnownList {
    const list = iterated(node);
    const array = list.type === 'Identifier' ? this.#constantList(list) : list;
    if (array?.type !== 'ArrayExpression' || this.#spreading.has(array)) return UNKNOWN_LIST;
    this.#spreading.add(array);
    try {
      const { args: items, kept } = this.#spread(array.elements.filter((one) => one !== null));
      if (items.some(({ type }) => type === 'SpreadElement')) return UNKNOWN_LIST;
      if (array !== list) return { items, made: [] };
      return { items, made: kept === undefined ? items : items.filter((one) => !kept.has(one)) };
    } finally {
      this.#spreading.delete(array);
    }
  }

  inTurn(node: CallExpression): { readonly items: readonly Node[]; readonly initial: Node } | null {
    const calls = inTurn(node, this.#lower.bindings);
    const items = calls === null ? null : this.items(calls.list);
    return calls === null || items === null ? null : { items, initial: calls.initial };
  }

  forget(): void {
    this.#lastCall = null;
    this.#lastPerformed = null;
  }

  /** The literal that a name is bound to, where nothing but its reading is seen. */
  #constantList(name: Node): Node | null {
    const variable = this.#lower.bindings.variable(name);
    const initializer = variable === null ? null : initializerOf(variable);
    if (variable === null || initializer === null || !isNeverReassigned(variable)) return null;
    const isOnlyRead = variable.references.every(
      ({ identifier, init }) =>
        init === true ||
        identifier.parent?.type === 'CallExpression' ||
        identifier.parent?.type === 'SpreadElement' ||
        isGoneThrough(identifier) ||
        isReadInPart(identifier),
    );
    const list = unwrap(initializer);
    const isChanged = list.type === 'ArrayExpression' && this.#lower.values.isRearranged(list);
    return isOnlyRead && !isChanged ? list : null;
  }

  isOnlyLooped(name: Node): boolean {
    const variable = this.#lower.bindings.variable(name);
    return (
      variable !== null &&
      isNeverReassigned(variable) &&
      variable.references.every(
        ({ identifier, init }) =>
          init === true || isGoneThrough(identifier) || this.#isGiven(identifier),
      )
    );
  }

  /** Whether the elements of a list are given to a function that is seen where its name stands. */
  #isGiven({ parent }: Node): boolean {
    const call = parent?.type === 'SpreadElement' ? parent.parent : null;
    return (
      call?.type === 'CallExpression' && this.operation(call) === null && this.target(call) !== null
    );
  }

  isGlobal(node: Node, name: string): boolean {
    return isGlobal(node, name, this.#lower.bindings);
  }
}
