/** Promises that are parts of what a function is given: elements of lists, and properties of objects. */

import {
  isFunction,
  isNode,
  keyName,
  memberName,
  unwrap,
  type FunctionNode,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import { canBeFunction, isSpread } from '../../syntax/forms.ts';
import { readsArguments, takerOf } from './handled.ts';
import { initializerOf, isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import { partOf } from './shapes.ts';
import { ALL, MAX_STEPS, Slots, type Slot } from './slots.ts';
import type { HeldPromises, KnownDefault, Lower, PartUse, Steps } from './parts.ts';
import type { Callee, FunctionTerm, Held } from '../term/term.ts';
import { KNOWN } from '../term/unseen.ts';
import { isThere } from './name-sources.ts';
import { partRead, isConstructed, isCalled, together } from './part-uses.ts';

/** An object or a list is followed through so many functions. */
const MAX_HANDED_ON = 256;

const NOTHING: readonly Held[] = [];
const NO_DEFAULTS: ReadonlyMap<Node, KnownDefault> = new Map();

/** Expressions that have parts which may be told. */
const CAN_HOLD: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'JSXOpeningElement',
  'ObjectExpression',
]);

/** A call tells whether a default is taken. */
const DECIDED: Callee = { functions: [KNOWN], parameter: null, open: false };

export class HeldLowering implements HeldPromises {
  readonly #lower: Lower;
  readonly #slots: Slots;
  readonly #defaults = new Map<FunctionNode, ReadonlyMap<Node, KnownDefault>>();

  constructor(lower: Lower) {
    this.#lower = lower;
    this.#slots = new Slots(lower);
  }

  given(functions: readonly FunctionTerm[], args: readonly Node[]): readonly Held[] {
    let all = NOTHING;
    const areParts = args.some((argument) => this.#canHold(argument));
    for (const term of functions) {
      const { node: within, bound } = term;
      const node = takerOf(term);
      if (node === null) continue;
      const defaults = this.#defaultsOf(node);
      if (defaults.size > 0) {
        all = [...all, ...this.#decided(term, node, defaults, args)];
      }
      if (!areParts && node.params.at(-1)?.type !== 'RestElement') continue;
      for (const slot of this.#slots.of(node)) {
        const callee = this.#promised(slot, args, bound?.count ?? 0);
        if (callee !== null) all = [...all, { in: within, parameter: slot.parameter, callee }];
      }
    }
    return all;
  }

  takesApart(functions: readonly FunctionTerm[], index: number, key: string | number): PartUse {
    return this.#takesApart(functions, index, key, new Set());
  }

  /** @param seen the functions that the argument has come through */
  #takesApart(
    functions: readonly FunctionTerm[],
    index: number,
    key: string | number,
    seen: Set<FunctionNode>,
  ): PartUse {
    return together(functions, (term) => {
      const node = takerOf(term);
      const at = index + (term.bound?.count ?? 0);
      return node === null ? 'passed' : this.#useOf(node, at, key, seen);
    });
  }

  /** What a function does with a property of an argument. */
  #useOf(
    node: FunctionNode,
    index: number,
    part: string | number,
    seen: Set<FunctionNode>,
  ): PartUse {
    const key = String(part);
    const isElement = typeof part === 'number';
    if (readsArguments(node, this.#lower.bindings)) return 'passed';
    const parameter = node.params[index];
    if (parameter === undefined) {
      return node.params.at(-1)?.type === 'RestElement' ? 'passed' : 'ignored';
    }
    const parts = this.#slots
      .of(node)
      .flatMap((slot) => (slot.index === index && !slot.isRest ? [slot.part] : []));
    const held: PartUse = parts.includes(key) ? 'held' : 'passed';
    const isGone = parts.includes(ALL);
    const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    if (pattern.type === 'ArrayPattern' && isElement) {
      const element = pattern.elements[part];
      if (pattern.elements.at(-1)?.type === 'RestElement') return 'passed';
      return element == null ? 'ignored' : held;
    }
    if (pattern.type === 'ObjectPattern' && !isElement) {
      return together(pattern.properties, (property) => {
        const name =
          property.type === 'RestElement' ? null : keyName(property.key, property.computed);
        if (name === null) return 'passed';
        return name === key ? held : 'ignored';
      });
    }
    const variable = pattern.type === 'Identifier' ? this.#lower.bindings.variable(pattern) : null;
    if (variable === null) return 'passed';
    if (seen.has(node)) return 'ignored';
    // As what is handed to a function that is not seen: the stack has an end.
    if (seen.size >= MAX_HANDED_ON) return 'passed';
    seen.add(node);
    return together(variable.references, ({ identifier, init }) => {
      if (init === true) return 'ignored';
      if (isElement && this.#slots.isList(identifier)) return isGone ? 'held' : 'passed';
      const read = partRead(identifier);
      // A method of a list may do anything with its elements.
      if (isElement && read !== null && read !== key && isCalled(identifier.parent))
        return 'passed';
      if (read !== null) return read === key ? held : 'ignored';
      const to = this.#slots.givenTo(identifier);
      const use = to === null ? 'passed' : this.#takesApart(to.functions, to.index, part, seen);
      return use === 'held' ? held : use;
    });
  }

  /** Whether parts of an argument may be told: it is written out, or a name for what is, or handed on. */
  #canHold(argument: Node): boolean {
    const inner = unwrap(argument);
    if (inner.type !== 'Identifier') return CAN_HOLD.has(inner.type);
    const variable = this.#lower.bindings.variable(inner);
    if (variable?.defs[0]?.type === 'Parameter') return true;
    const initializer = variable === null ? null : initializerOf(variable);
    const written = initializer === null ? null : unwrap(initializer);
    return written?.type === 'ArrayExpression' || written?.type === 'ObjectExpression';
  }

  written(node: Node): ObjectExpression | null {
    const inner = unwrap(node);
    if (inner.type === 'ObjectExpression') return inner;
    const variable = inner.type === 'Identifier' ? this.#lower.bindings.variable(inner) : null;
    const initializer = variable === null ? null : initializerOf(variable);
    const object = initializer === null ? null : unwrap(initializer);
    return object?.type === 'ObjectExpression' && this.isOnlyRead(inner) ? object : null;
  }

  isOnlyRead(node: Node): boolean {
    const variable = node.type === 'Identifier' ? this.#lower.bindings.variable(node) : null;
    return (
      variable !== null &&
      isNeverReassigned(variable) &&
      variable.references.every(
        ({ identifier, init }) =>
          init === true ||
          partRead(identifier) !== null ||
          isConstructed(identifier) ||
          this.#slots.givenTo(identifier) !== null,
      )
    );
  }

  name(variable: Variable): object | null {
    const [definition] = variable.defs;
    if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return null;
    return this.#slots.has(definition.node, variable) ? variable : null;
  }

  member(node: Node & { type: 'MemberExpression' }): object | null {
    const part = memberName(node);
    return part === null ? null : this.#partOf(node.object, part);
  }

  all(list: Node): object | null {
    return this.#partOf(list, ALL);
  }

  takesRest(term: Pick<FunctionTerm, 'node'>, index: number): boolean {
    const node = takerOf(term);
    const rest = node?.params.at(-1);
    if (node === null || rest?.type !== 'RestElement' || index < node.params.length - 1)
      return false;
    if (readsArguments(node, this.#lower.bindings)) return false;
    const variable = this.#lower.bindings.variable(rest.argument);
    if (variable === null || !isNeverReassigned(variable)) return false;
    const isHeld = this.#slots.of(node).some((slot) => slot.isRest && slot.part === ALL);
    return (
      isHeld &&
      variable.references.every(
        ({ identifier, init }) => init === true || this.#slots.isList(identifier),
      )
    );
  }

  steps(list: Node): Steps | null {
    const steps: object[] = [];
    for (let index = 0; index < MAX_STEPS; index++) {
      const step = this.#partOf(list, String(index));
      if (step === null) return null;
      steps.push(step);
    }
    const [first] = steps;
    const further = this.#partOf(list, String(MAX_STEPS));
    return first === undefined || further === null ? null : { first, steps, further };
  }

  #partOf(node: Node, part: string): object | null {
    const inner = unwrap(node);
    const name = inner.type === 'Identifier' ? this.#lower.names.of(inner) : null;
    const [definition] = name?.variable.defs ?? [];
    if (name === null || definition?.type !== 'Parameter' || !isFunction(definition.node)) {
      return null;
    }
    if (this.#slots.of(definition.node).length === 0) return null;
    const parameter = this.#lower.names.part(name, part);
    return this.#slots.has(definition.node, parameter) ? parameter : null;
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
    { node: within, bound }: FunctionTerm,
    node: FunctionNode,
    defaults: ReadonlyMap<Node, KnownDefault>,
    args: readonly Node[],
  ): readonly Held[] {
    const before = bound?.count ?? 0;
    return [...defaults].flatMap(([parameter, { taken, left }]): readonly Held[] => {
      const index = node.params.findIndex((one) => one === parameter) - before;
      const isTaken = index < 0 ? null : this.#isMissing(args, index);
      return isTaken === null
        ? []
        : [{ in: within, parameter: isTaken ? taken : left, callee: DECIDED }];
    });
  }

  /** Whether no argument is given there, or `undefined`; null where that is not known. */
  #isMissing(args: readonly Node[], index: number): boolean | null {
    const argument = args[index];
    if (isSpread(args, index)) return null;
    if (argument === undefined) return true;
    const isGiven = isThere(argument, this.#lower);
    return isGiven === null ? null : !isGiven;
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
    const argument = args[index];
    if (argument === undefined || isSpread(args, isRest ? args.length - 1 : index)) return null;
    if (part === ALL) {
      const handedOn = isRest ? null : this.#partOf(argument, ALL);
      if (handedOn !== null) return { functions: [], parameter: handedOn, open: true };
      const items = isRest ? args.slice(index) : callees.items(argument);
      return items === null ? null : (callees.among(items) ?? settling.together(items));
    }
    const handedOn = isRest ? null : this.#partOf(argument, part);
    if (handedOn !== null) return { functions: [], parameter: handedOn, open: true };
    const node = isRest
      ? args[index + Number(part)]
      : partOf(this.written(argument) ?? unwrap(argument), part);
    if (node === undefined || node === null || node === 'nothing') return null;
    // Somebody else may have given it another value by then.
    const given = isRest ? [] : this.#lower.values.partsIn(argument, part);
    if (given.some((other) => other !== node)) return null;
    return (canBeFunction(node) ? callees.callee(node) : null) ?? settling.argument(node);
  }
}
