/**
 * For which parts of what it is given a function waits, or which of them it calls: itself, or by way
 * of a function to which it hands its parameter on.
 */

import { unwrap, type FunctionNode, type Node } from '../../syntax/ast.ts';
import { isNeverReassigned, type Bindings } from '../../syntax/bindings.ts';
import { isWritten } from '../../syntax/forms.ts';
import type { FunctionTerm } from '../term/term.ts';
import { isHandled, isIterated, isPartHandled, takerOf } from './handled.ts';
import type { Name } from './names.ts';
import { isCalled, namesOf } from './part-uses.ts';
import type { Lower } from './parts.ts';
import { partsAt } from './questions.ts';

/** Stands for all elements of a list together. */
export const ALL = '*';

/** The functions of a longer list are not told apart where a loop calls each of them. */
export const MAX_STEPS = 6;

/** A part of an argument for which a function waits. */
export interface Slot {
  /** What it is called in {@link Callee.parameter}. */
  readonly parameter: object;
  readonly index: number;
  readonly part: string;
  /** Whether the list is that of all arguments from the index on. */
  readonly isRest: boolean;
}

/** A parameter that has one name. */
interface Whole {
  readonly name: Name;
  readonly index: number;
  readonly isRest: boolean;
  readonly parts: Set<string>;
  /** Those that hand theirs on to this one. */
  readonly givers: Set<Whole>;
}

/** What is being found out of a function. */
interface Draft {
  readonly named: readonly Slot[];
  readonly wholes: readonly Whole[];
}

const NO_SLOTS: readonly Slot[] = [];

export class Slots {
  readonly #lower: Lower;
  readonly #known = new Map<FunctionNode, readonly Slot[]>();
  readonly #parameters = new Map<readonly Slot[], ReadonlySet<object>>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  of(node: FunctionNode): readonly Slot[] {
    return this.#known.get(node) ?? this.#find(node);
  }

  /** Whether a part of a parameter of a function, as a name or by its own, is one of these. */
  has(node: FunctionNode, parameter: object): boolean {
    const slots = this.of(node);
    if (slots.length === 0) return false;
    let parameters = this.#parameters.get(slots);
    if (parameters === undefined) {
      parameters = new Set(slots.map((slot) => slot.parameter));
      this.#parameters.set(slots, parameters);
    }
    return parameters.has(parameter);
  }

  /** The functions that get an argument, and which one it is; null where some of them are not seen. */
  givenTo(
    identifier: Node,
  ): { readonly functions: readonly FunctionTerm[]; readonly index: number } | null {
    const { parent } = identifier;
    if (parent?.type !== 'CallExpression') return null;
    const { callees } = this.#lower;
    const target = callees.operation(parent) === null ? callees.target(parent) : null;
    if (target === null) return null;
    const { args, callee } = target;
    const index = args.indexOf(identifier);
    const isSeen = index >= 0 && callee.parameter === null && !callee.open;
    return isSeen ? { functions: callee.functions, index } : null;
  }

  /** Whether all elements of a list may be waited for where its name stands. */
  isList(identifier: Node): boolean {
    const { parent } = identifier;
    if (parent?.type === 'ForOfStatement') return parent.right === identifier;
    if (isIterated(identifier)) return true;
    if (parent?.type !== 'CallExpression' || parent.arguments[0] !== identifier) return false;
    const callee = unwrap(parent.callee);
    return (
      callee.type === 'MemberExpression' && this.#lower.callees.isGlobal(callee.object, 'Promise')
    );
  }

  /** Looks at a function, and at all to which it hands its parameters on. */
  #find(node: FunctionNode): readonly Slot[] {
    const drafts = new Map<FunctionNode, Draft>();
    const draftOf = (one: FunctionNode): Draft => {
      let draft = drafts.get(one);
      if (draft === undefined) {
        // Who asks meanwhile is told of nothing.
        this.#known.set(one, NO_SLOTS);
        draft = this.#draft(one);
        drafts.set(one, draft);
      }
      return draft;
    };
    draftOf(node);
    const open: Whole[] = [];
    for (const { wholes } of drafts.values()) {
      for (const whole of wholes) {
        if (!whole.isRest) this.#handOn(whole, drafts, draftOf);
        if (whole.parts.size > 0) open.push(whole);
      }
    }
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const giver of next.givers) {
        const count = giver.parts.size;
        for (const part of next.parts) giver.parts.add(part);
        if (giver.parts.size > count) open.push(giver);
      }
    }
    for (const [one, { named, wholes }] of drafts) {
      const slots = wholes.flatMap(({ name, index, isRest, parts }) =>
        [...parts].map((part) => ({
          parameter: this.#lower.names.part(name, part),
          ...{ index, part, isRest },
        })),
      );
      this.#known.set(one, named.length + slots.length === 0 ? NO_SLOTS : [...named, ...slots]);
    }
    return this.of(node);
  }

  /** What a function does itself with what it is given. */
  #draft(node: FunctionNode): Draft {
    const named: Slot[] = [];
    const wholes: Whole[] = [];
    for (const [index, parameter] of node.params.entries()) {
      const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
      const isRest = pattern.type === 'RestElement';
      const target = isRest ? pattern.argument : pattern;
      if (target.type !== 'Identifier') {
        if (!isRest) named.push(...this.#named(target, index));
        continue;
      }
      const name = this.#lower.names.of(target);
      if (name === null || !isNeverReassigned(name.variable)) continue;
      const parts = this.#partsOf(name);
      wholes.push({ name, index, isRest, parts, givers: new Set() });
    }
    return { named, wholes };
  }

  /** The parts of a parameter that a pattern gives names. */
  #named(pattern: Node, index: number): readonly Slot[] {
    return [...namesOf(pattern)].flatMap(([part, name]) => {
      const variable = this.#lower.bindings.variable(name);
      if (variable === null || !isNeverReassigned(variable)) return [];
      const isUsed =
        this.#lower.calls.awaits(variable) ||
        variable.references.some(({ identifier }) => isHandled(identifier));
      return isUsed ? [{ parameter: variable, index, part, isRest: false }] : [];
    });
  }

  /** The parts of what a name is bound to that are waited for, or called, where it is mentioned. */
  #partsOf({ variable }: Name): Set<string> {
    const parts = new Set<string>();
    const given = new Set<string>();
    for (const { identifier } of variable.references) {
      const { parent } = identifier;
      const isMember = parent?.type === 'MemberExpression' && parent.object === identifier;
      if (isMember && isWritten(parent)) {
        for (const part of partsAt(identifier)) given.add(part);
      } else if (isMember && (this.#lower.calls.isWaitedFor(parent) || isPartHandled(parent))) {
        for (const part of partsAt(identifier)) parts.add(part);
      }
      if (parent?.type === 'VariableDeclarator' && parent.init === identifier) {
        for (const part of this.#takenBy(parent.id)) parts.add(part);
      }
      if (!this.isList(identifier)) continue;
      parts.add(ALL);
      if (isCalledThrough(identifier, this.#lower.bindings)) {
        for (let index = 0; index <= MAX_STEPS; index++) parts.add(String(index));
      }
    }
    // What a function gives to a part itself is not what it was given.
    for (const part of given) parts.delete(part);
    return parts;
  }

  /** The parts that a pattern gives names which are waited for. */
  #takenBy(pattern: Node): readonly string[] {
    return [...namesOf(pattern)].flatMap(([part, name]) => {
      const variable = this.#lower.bindings.variable(name);
      return variable !== null && this.#lower.calls.awaits(variable) ? [part] : [];
    });
  }

  /** Notes to which parameters one is handed on, and what is known of these. */
  #handOn(
    whole: Whole,
    drafts: ReadonlyMap<FunctionNode, Draft>,
    draftOf: (node: FunctionNode) => Draft,
  ): void {
    for (const { identifier } of whole.name.variable.references) {
      const to = this.givenTo(identifier);
      if (to === null) continue;
      for (const term of to.functions) {
        const taker = takerOf(term);
        if (taker === null) continue;
        const at = to.index + (term.bound?.count ?? 0);
        const isKnown = this.#known.has(taker) && !drafts.has(taker);
        const draft = isKnown ? null : draftOf(taker);
        for (const { index, part, isRest } of draft?.named ?? this.of(taker)) {
          if (index === at && !isRest) whole.parts.add(part);
        }
        for (const other of draft?.wholes ?? []) {
          if (other.index === at && !other.isRest) other.givers.add(whole);
        }
      }
    }
  }
}

/** Whether a loop goes through a list by its name, and calls the functions in it. */
function isCalledThrough(list: Node, bindings: Bindings): boolean {
  const loop = list.parent;
  if (loop?.type !== 'ForOfStatement' || loop.left.type !== 'VariableDeclaration') return false;
  const id = loop.left.declarations[0]?.id;
  const variable = id?.type === 'Identifier' ? bindings.variable(id) : null;
  return variable?.references.some(({ identifier }) => isCalled(identifier)) ?? false;
}
