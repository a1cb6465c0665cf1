/** The getters that reading properties runs, and the setters that writing them does. */

import {
  keyName,
  memberName,
  type CallExpression,
  type FunctionNode,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';
import { globalMethod, isGlobal } from '../../syntax/promises.ts';
import type { PatternProperty, RestElement } from '../../syntax/patterns.ts';
import type { AccessorKind } from '../../values/accessors.ts';
import { choice, seq, sequenceOf, SKIP } from '../term/make.ts';
import type { CallMode, Term } from '../term/term.ts';
import type { AccessorCalls, CallTarget, Lower } from './parts.ts';

/** Methods of globals that read all properties of what they are given. */
const READ_ALL = [
  ['Object', 'entries'],
  ['Object', 'values'],
  ['JSON', 'stringify'],
] as const;

export class AccessorLowering implements AccessorCalls {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  target(node: MemberExpression, kind: AccessorKind): CallTarget | null {
    return this.#target(this.#lower.values.accessors(node, kind));
  }

  run(node: MemberExpression, kind: AccessorKind, mode: CallMode): Term {
    const target = this.target(node, kind);
    if (target !== null) return this.#lower.calls.invoke(target, node, mode);
    if (kind === 'set' || !node.computed || memberName(node) !== null) return SKIP;
    const any = this.#target(this.#lower.values.gettersOfAny(node));
    return any === null ? SKIP : choice(this.#lower.calls.invoke(any, node, mode), SKIP);
  }

  place(node: MemberExpression): Term {
    const { effects } = this.#lower;
    return seq(effects.object(node.object), node.computed ? effects.operand(node.property) : SKIP);
  }

  taken(part: PatternProperty | RestElement): Term {
    const getters = this.#lower.values.gettersTaken(part);
    const isNamed = part.type === 'RestElement' || keyName(part.key, part.computed) !== null;
    return isNamed ? this.#each(getters, part) : choice(this.#each(getters, part), SKIP);
  }

  all(object: Node, site: Node): Term {
    return this.#each(this.#lower.values.gettersOfAll(object), site);
  }

  byLanguage(node: CallExpression): Term {
    const { bindings } = this.#lower;
    const [first, ...others] = node.arguments;
    if (first === undefined) return SKIP;
    if (globalMethod(node, 'Object', bindings) === 'assign') {
      return sequenceOf(others, (source) => this.all(source, node));
    }
    const isRead =
      READ_ALL.some(([owner, name]) => globalMethod(node, owner, bindings) === name) ||
      isGlobal(node.callee, 'structuredClone', bindings);
    return isRead ? this.all(first, node) : SKIP;
  }

  #target(functions: readonly FunctionNode[]): CallTarget | null {
    if (functions.length === 0) return null;
    const terms = functions.map((accessor) => this.#lower.definitions.function(accessor));
    return { callee: { functions: terms, parameter: null, open: false }, args: [], isExact: false };
  }

  /** One after the other. */
  #each(functions: readonly FunctionNode[], site: Node): Term {
    return sequenceOf(functions, (one) => {
      const target = this.#target([one]);
      return target === null ? SKIP : this.#lower.calls.invoke(target, site, 'started');
    });
  }
}
