/** Promises that are parts of what a function is given: elements of lists, and properties of objects. */

import {
  isClass,
  isFunction,
  isNode,
  memberName,
  unwrap,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { namesIn, partsAt } from './questions.ts';
import { initializerOf, isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import { partOf } from './shapes.ts';
import type { HeldPromises, KnownDefault, Lower } from './parts.ts';
import type { Callee, FunctionTerm, Held } from '../term/term.ts';
import { KNOWN } from '../term/unseen.ts';

/** Stands for all elements of a list together. */
const ALL = '*';

/** A part of an argument for which a function waits. */
interface Slot {
  /** What it is called in {@link Callee.parameter}. */
  readonly parameter: object;
  readonly index: number;
  readonly part: string;
  /** Whether the list is that of all arguments from the index on. */
  readonly isRest: boolean;
}

const NO_SLOTS: readonly Slot[] = [];
const NOTHING: readonly Held[] = [];
const NO_DEFAULTS: ReadonlyMap<Node, KnownDefault> = new Map();

/** Expressions that are never `undefined`. */
const ALWAYS_THERE: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'Literal',
  'NewExpression',
  'ObjectExpression',
  'TemplateLiteral',
]);

/** A call tells whether a default is taken. */
const DECIDED: Callee = { functions: [KNOWN], parameter: null, open: false };

export class HeldLowering implements HeldPromises {
  readonly #lower: Lower;
  readonly #slots = new Map<FunctionNode, readonly Slot[]>();
  readonly #defaults = new Map<FunctionNode, ReadonlyMap<Node, KnownDefault>>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  given(functions: readonly FunctionTerm[], args: readonly Node[]): readonly Held[] {
    let all = NOTHING;
    const areParts = args.some((argument) => this.#canHold(argument));
    for (const { node, bound } of functions) {
      if (!isNode(node) || !isFunction(node)) continue;
      const defaults = this.#defaultsOf(node);
      if (defaults.size > 0) {
        all = [...all, ...this.#decided(node, defaults, args, bound?.count ?? 0)];
      }
      if (!areParts && node.params.at(-1)?.type !== 'RestElement') continue;
      for (const slot of this.#slotsOf(node)) {
        const callee = this.#promised(slot, args, bound?.count ?? 0);
        if (callee !== null) all = [...all, { in: node, parameter: slot.parameter, callee }];
      }
    }
    return all;
  }

  /** Whether parts of an argument may be told: it is written out, or a name for a list that is. */
  #canHold(argument: Node): boolean {
    const inner = unwrap(argument);
    if (inner.type !== 'Identifier') {
      return inner.type === 'ArrayExpression' || inner.type === 'ObjectExpression';
    }
    const variable = this.#lower.bindings.variable(inner);
    const list = variable === null ? null : initializerOf(variable);
    return list !== null && unwrap(list).type === 'ArrayExpression';
  }

  name(variable: Variable): object | null {
    const [definition] = variable.defs;
    if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return null;
    return this.#slotsOf(definition.node).some(({ parameter }) => parameter === variable)
      ? variable
      : null;
  }

  member(node: Node & { type: 'MemberExpression' }): object | null {
    const part = memberName(node);
    return part === null ? null : this.#partOf(node.object, part);
  }

  all(list: Node): object | null {
    return this.#partOf(list, ALL);
  }

  #partOf(node: Node, part: string): object | null {
    const inner = unwrap(node);
    const name = inner.type === 'Identifier' ? this.#lower.names.of(inner) : null;
    const [definition] = name?.variable.defs ?? [];
    if (name === null || definition?.type !== 'Parameter' || !isFunction(definition.node)) {
      return null;
    }
    const parameter = this.#lower.names.part(name, part);
    const slots = this.#slotsOf(definition.node);
    return slots.some((slot) => slot.parameter === parameter) ? parameter : null;
  }

  defaultOf(pattern: Node & { type: 'AssignmentPattern' }): KnownDefault | null {
    const { parent } = pattern;
    return isNode(parent) && isFunction(parent)
      ? (this.#defaultsOf(parent).get(pattern) ?? null)
      : null;
  }

  /** The parameters whose defaults do something that matters where it is not waited for, or is. */
  #defaultsOf(node: FunctionNode): ReadonlyMap<Node, KnownDefault> {
    let defaults = this.#defaults.get(node);
    if (defaults === undefined) {
      this.#defaults.set(node, NO_DEFAULTS);
      const { settling } = this.#lower;
      const known = node.params.filter(
        (parameter) => parameter.type === 'AssignmentPattern' && settling.acts(parameter.right),
      );
      defaults =
        known.length === 0
          ? NO_DEFAULTS
          : new Map(known.map((parameter) => [parameter, { taken: {}, left: {} }]));
      this.#defaults.set(node, defaults);
    }
    return defaults;
  }

  /** Which defaults a call takes, as far as that is known. */
  #decided(
    node: FunctionNode,
    defaults: ReadonlyMap<Node, KnownDefault>,
    args: readonly Node[],
    before: number,
  ): readonly Held[] {
    return [...defaults].flatMap(([parameter, { taken, left }]): readonly Held[] => {
      const index = node.params.findIndex((one) => one === parameter) - before;
      const isTaken = index < 0 ? null : this.#isMissing(args, index);
      return isTaken === null
        ? []
        : [{ in: node, parameter: isTaken ? taken : left, callee: DECIDED }];
    });
  }

  /** Whether no argument is given there, or `undefined`; null where that is not known. */
  #isMissing(args: readonly Node[], index: number): boolean | null {
    const spread = args.findIndex(({ type }) => type === 'SpreadElement');
    const argument = args[index];
    if (spread >= 0 && spread <= index) return null;
    if (argument === undefined) return true;
    const inner = unwrap(argument);
    if (isAlwaysThere(inner)) return false;
    if (inner.type === 'CallExpression') {
      const { callees, calls } = this.#lower;
      return callees.operation(inner) !== null || calls.isAsync(inner) ? false : null;
    }
    const isUndefined = inner.type === 'Identifier' && inner.name === 'undefined';
    return isUndefined && this.#lower.bindings.variable(inner) === null ? true : null;
  }

  #slotsOf(node: FunctionNode): readonly Slot[] {
    let slots = this.#slots.get(node);
    if (slots === undefined) {
      this.#slots.set(node, NO_SLOTS);
      slots = node.params.flatMap((parameter, index) => this.#slotsAt(parameter, index));
      this.#slots.set(node, slots);
    }
    return slots;
  }

  #slotsAt(parameter: Node, index: number): readonly Slot[] {
    const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    if (pattern.type === 'Identifier') return this.#slotsOfName(pattern, index, false);
    if (pattern.type === 'RestElement') return this.#slotsOfName(pattern.argument, index, true);
    return [...namesIn(pattern)].flatMap(([part, name]) => {
      const variable = this.#lower.bindings.variable(name);
      return variable !== null && isNeverReassigned(variable) && this.#lower.calls.awaits(variable)
        ? [{ parameter: variable, index, part, isRest: false }]
        : [];
    });
  }

  #slotsOfName(node: Node, index: number, isRest: boolean): readonly Slot[] {
    const name = node.type === 'Identifier' ? this.#lower.names.of(node) : null;
    if (name === null || !isNeverReassigned(name.variable)) return NO_SLOTS;
    let parts: Set<string> | null = null;
    for (const { identifier } of name.variable.references) {
      const { parent } = identifier;
      const isMember = parent?.type === 'MemberExpression' && parent.object === identifier;
      if (isMember && this.#lower.calls.isWaitedFor(parent)) {
        parts ??= new Set();
        for (const part of partsAt(identifier)) parts.add(part);
      }
      if (this.#isList(identifier)) (parts ??= new Set()).add(ALL);
    }
    if (parts === null) return NO_SLOTS;
    return [...parts].map((part) => {
      return { parameter: this.#lower.names.part(name, part), index, part, isRest };
    });
  }

  /** Whether all elements of a list may be waited for where its name stands. */
  #isList(identifier: Node): boolean {
    const { parent } = identifier;
    if (parent?.type === 'ForOfStatement') return parent.right === identifier;
    if (parent?.type !== 'CallExpression' || parent.arguments[0] !== identifier) return false;
    const callee = unwrap(parent.callee);
    return (
      callee.type === 'MemberExpression' && this.#lower.callees.isGlobal(callee.object, 'Promise')
    );
  }

  /** @param before how many arguments have been given before these */
  #promised(
    { index: at, part, isRest }: Slot,
    args: readonly Node[],
    before: number,
  ): Callee | null {
    const { settling, callees } = this.#lower;
    const index = at - before;
    if (index < 0) return null;
    const spread = args.findIndex(({ type }) => type === 'SpreadElement');
    const argument = args[index];
    if (argument === undefined || (spread >= 0 && (isRest || spread <= index))) return null;
    if (part === ALL) {
      const items = isRest ? args.slice(index) : callees.items(argument);
      return items === null ? null : settling.together(items);
    }
    const node = isRest ? args[index + Number(part)] : partOf(unwrap(argument), part);
    return node === undefined || node === null || node === 'nothing'
      ? null
      : settling.argument(node);
  }
}

/** Whether an expression is sure to be something other than `undefined`. */
function isAlwaysThere(node: Node): boolean {
  return isFunction(node) || isClass(node) || ALWAYS_THERE.has(node.type);
}
