/**
 * Functions that run where they stand: callbacks of a chain that is awaited at once, and functions that are
 * only called by statements. What they assign to the variables around them is assigned there.
 */

import {
  childrenOf,
  codeAround,
  isFunction,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Reference, type Variable } from '../../syntax/bindings.ts';
import { declaredAs, holds, isReturn } from '../../syntax/forms.ts';
import { linkOf } from '../../syntax/promises.ts';
import { seq, sequenceOf, SKIP } from '../term/make.ts';
import type { Term } from '../term/term.ts';
import { takerOf } from './handled.ts';
import { isAlwaysObject } from './literals.ts';
import { isCalled } from './part-uses.ts';
import { through, type Sink, type Told } from './context.ts';
import type { InPlace, Lower } from './parts.ts';

/** A name that a function assigns to. */
interface Assigned {
  readonly name: Node;
  /** What it is given in any case where the function returns; null where that is not known. */
  readonly last: Node | null;
}

const AN_OBJECT: Told = { kind: 'truthy' };

const NOTHING_ASSIGNED: readonly Assigned[] = [];

export class InPlaceLowering implements InPlace {
  readonly #lower: Lower;
  readonly #assigned = new Map<Node, readonly Assigned[]>();
  readonly #running = new Map<Node, boolean>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  assigns({ identifier }: Reference, code: Node): boolean {
    const node = codeAround(identifier);
    const given = identifier.parent;
    const isAssigned = given?.type === 'AssignmentExpression' && given.left === identifier;
    if (!isAssigned || !isFunction(node) || codeAround(node) !== code) return false;
    let isInPlace = this.#running.get(node);
    if (isInPlace === undefined) {
      isInPlace = this.#runsInPlace(node, code);
      this.#running.set(node, isInPlace);
    }
    return isInPlace;
  }

  run(
    callback: Node,
    sink: Sink | null,
    run: (sink: Sink | null) => Term,
    told: Told | null = null,
  ): Term {
    const functions = this.#lower.callees.callee(callback)?.functions ?? [];
    const [only] = functions.length === 1 ? functions : [];
    const assigned = functions.flatMap((one) => {
      const taker = takerOf(one);
      return taker === null ? NOTHING_ASSIGNED : this.#assignedIn(taker);
    });
    // What was assigned before it throws is not known.
    const before = sequenceOf(assigned, ({ name }) => this.#lower.reassigned.assignedAround(name));
    if (before === SKIP) return run(sink);
    const after = sequenceOf(assigned, ({ name, last }) =>
      only === undefined || last === null ? SKIP : this.#given(name, last, only.node, told),
    );
    if (sink === null) return seq(before, run(null), after);
    return seq(before, run(through(sink, (term) => seq(after, term))));
  }

  /** @param told what the function is told of its first argument */
  #given(name: Node, value: Node, node: object, told: Told | null): Term {
    const { bindings, reassigned, tests } = this.#lower;
    const inner = unwrap(value);
    const variable = inner.type === 'Identifier' ? bindings.variable(inner) : null;
    const [definition] = variable?.defs ?? [];
    const isFirst =
      definition?.type === 'Parameter' &&
      definition.node === node &&
      isFunction(definition.node) &&
      definition.node.params[0] === definition.name;
    const isMade = inner.type === 'NewExpression' || isFunction(inner) || isAlwaysObject(inner);
    const made = isMade ? AN_OBJECT : tests.constantTold(inner);
    const known = isFirst ? told : made;
    return known === null ? SKIP : reassigned.assignedAround(name, known.kind, known.key);
  }

  /** Whether a function runs nowhere but in the code around it, where it is mentioned. */
  #runsInPlace(node: FunctionNode, code: Node): boolean {
    if (node.generator) return false;
    const name = declaredAs(node);
    if (name === null) return this.#isAwaited(node, code);
    const variable = this.#lower.bindings.variable(name);
    if (variable === null || !isNeverReassigned(variable)) return false;
    return variable.references.every(({ identifier, init }) => {
      if (init === true) return true;
      if (codeAround(identifier) !== code) return false;
      return (!node.async && isCalledAlone(identifier)) || this.#isAwaited(identifier, code);
    });
  }

  /** Whether this is a callback of a chain that is awaited where it stands. */
  #isAwaited(callback: Node, code: Node): boolean {
    let inner = callback;
    for (let outer = callback.parent ?? null; outer !== null; outer = outer.parent ?? null) {
      switch (outer.type) {
        case 'CallExpression':
          if (!this.#isLink(outer, inner)) return false;
          break;
        case 'MemberExpression':
          if (outer.object !== inner || inner === callback) return false;
          break;
        case 'AwaitExpression':
          return inner !== callback && codeAround(outer) === code;
        default:
          if (unwrap(outer) === outer) return false;
      }
      inner = outer;
    }
    return false;
  }

  /** Whether a call goes on with a promise; what it is given throws nothing, so that all of it is awaited. */
  #isLink(call: CallExpression, part: Node): boolean {
    const isPart = call.callee === part || call.arguments.some((argument) => argument === part);
    return (
      isPart &&
      linkOf(call.callee) !== null &&
      this.#lower.callees.isChain(call) &&
      call.arguments.every((argument) => isFunction(argument) || argument.type === 'Identifier')
    );
  }

  /** What a function assigns to names. */
  #assignedIn(node: FunctionNode): readonly Assigned[] {
    let assigned = this.#assigned.get(node);
    if (assigned === undefined) {
      assigned = this.#findAssigned(node);
      this.#assigned.set(node, assigned);
    }
    return assigned;
  }

  #findAssigned(node: FunctionNode): readonly Assigned[] {
    const { body } = node;
    if (body === null) return NOTHING_ASSIGNED;
    const statements = body.type === 'BlockStatement' ? body.body : null;
    const last = statements?.findIndex((statement) => holds(statement, isReturn)) ?? -1;
    const sure = new Set<Node>(statements?.slice(0, last < 0 ? undefined : last) ?? [body]);
    const all = new Map<Variable, Assigned>();
    const open: Node[] = [body];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      if (isFunction(part)) continue;
      open.push(...childrenOf(part));
      if (part.type !== 'AssignmentExpression' || part.left.type !== 'Identifier') continue;
      const { left, right, operator, parent } = part;
      const variable = this.#lower.bindings.variable(left);
      if (variable === null) continue;
      const isSure = sure.has(part) || (parent?.type === 'ExpressionStatement' && sure.has(parent));
      const isOnly = operator === '=' && isSure && !all.has(variable);
      all.set(variable, { name: left, last: isOnly ? right : null });
    }
    return all.size === 0 ? NOTHING_ASSIGNED : [...all.values()];
  }
}

/** Whether a statement does nothing but to call a function by its name. */
function isCalledAlone(name: Node): boolean {
  return isCalled(name) && name.parent?.parent?.type === 'ExpressionStatement';
}
