/**
 * The code that leads to where a promise is settled, which stands in place of the calls that lead there
 * while the promise is being settled.
 */

import { isFunction, isNode, unwrap, type FunctionNode, type Node } from '../../syntax/ast.ts';
import type { Bindings, Variable } from '../../syntax/bindings.ts';
import { isInside } from '../../syntax/forms.ts';
import { Exits, NEVER_RETURNS, newContext, type Resolving, type Sink } from './context.ts';
import { isOnlyCalled } from './handled.ts';
import type { CallTarget, Lower } from './parts.ts';
import { choice, seq, SKIP } from '../term/make.ts';
import type { Facts, FunctionTerm, Term } from '../term/term.ts';

/** The code of functions stands in place of so many calls for one promise. */
export const MAX_COPIES = 64;

export class SettlingCode {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /** Which of what settles the promise an expression is; null for anything else. */
  settler(
    node: Node,
    { resolves, rejects, isErrorFirst, met }: Resolving,
  ): 'resolve' | 'reject' | 'end' | null {
    const inner = unwrap(node);
    const isResolve = resolves.has(inner);
    if (!isResolve && !rejects.has(inner)) return null;
    met.add(inner);
    if (!isResolve) return 'reject';
    return isErrorFirst ? 'end' : 'resolve';
  }

  /** The code of functions in which the promise may be settled; null where it is in none of them. */
  code(functions: readonly FunctionTerm[], resolving: Resolving): Term | null {
    const codes: Term[] = [];
    for (const { node } of functions) {
      if (!isNode(node) || !isFunction(node)) continue;
      if (!resolving.uses.some((use) => isInside(use, node))) continue;
      const code = this.inlined(node, resolving);
      if (code !== null) codes.push(code);
    }
    if (codes.length === 0) return null;
    return codes.length < functions.length ? codes.reduce(choice, SKIP) : codes.reduce(choice);
  }

  /** What stands for an expression: of a parameter, what the function is given. */
  given(node: Node, { given }: Resolving): Node {
    if (given.size === 0) return node;
    const variable = this.#lower.bindings.variable(unwrap(node));
    return (variable === null ? undefined : given.get(variable)) ?? node;
  }

  /** A function is called that was given to the one whose code calls it. */
  calledBack(callback: Node, value: Node | null, resolving: Resolving): Term {
    const node = this.#functionOf(callback);
    if (node === null) return NEVER_RETURNS;
    const { atoms, names, telling } = this.#lower;
    const [parameter] = node.params;
    const name = parameter?.type === 'Identifier' ? names.of(parameter) : null;
    const asked = name !== null && atoms.isAsked(name) ? name : null;
    const run = (facts: Facts): Term => this.inlined(node, resolving, facts) ?? SKIP;
    const sink: Sink = (kind, key) =>
      run(kind === 'any' || asked === null ? [] : atoms.given(asked, kind, key));
    if (value === null) return sink('nullish', 'undefined');
    return asked === null
      ? seq(this.#lower.effects.effect(value), run([]))
      : telling.valued(value, sink);
  }

  /** The code of a function that is given what may settle the promise, and does no more than to call it. */
  handing(
    { callee, args }: CallTarget,
    resolving: Resolving,
  ): { readonly code: Term; readonly given: ReadonlySet<Node> } | null {
    const [only, ...others] = callee.functions;
    const taker = only?.node;
    if (others.length > 0 || callee.open || taker === undefined || !isNode(taker)) return null;
    if (!isFunction(taker) || taker.generator || only?.bound !== undefined) return null;
    const given = new Map<Variable, Node>();
    for (const [index, argument] of args.entries()) {
      if (!this.#maySettle(argument, resolving)) continue;
      const parameter = taker.params[index];
      const variable =
        parameter === undefined ? null : parameterOf(parameter, this.#lower.bindings);
      if (variable === null || !isOnlyCalled(variable)) return null;
      given.set(variable, argument);
    }
    if (given.size === 0 || args.some(({ type }) => type === 'SpreadElement')) return null;
    const before = resolving.uses.length;
    for (const [variable, argument] of given) {
      resolving.given.set(variable, argument);
      resolving.uses.push(...variable.references.map(({ identifier }) => identifier));
    }
    const code = this.inlined(taker, resolving);
    resolving.uses.length = before;
    for (const variable of given.keys()) resolving.given.delete(variable);
    return code && { code, given: new Set(given.values()) };
  }

  /** Whether an argument is what settles the promise, or a function in which that is done. */
  #maySettle(argument: Node, { resolves, rejects, uses }: Resolving): boolean {
    const inner = unwrap(argument);
    if (resolves.has(inner) || rejects.has(inner)) return true;
    const code = this.#functionOf(inner);
    return code !== null && uses.some((use) => isInside(use, code));
  }

  /** The function that an expression is; null where it can be another, or none. */
  #functionOf(node: Node): FunctionNode | null {
    const inner = unwrap(node);
    if (isFunction(inner)) return inner;
    const callee = this.#lower.callees.callee(inner);
    const [only, ...others] = callee?.functions ?? [];
    if (callee?.open !== false || only === undefined || others.length > 0) return null;
    return isNode(only.node) && isFunction(only.node) ? only.node : null;
  }

  /** Lowers code as such that settles the promise. */
  within(resolving: Resolving, lower: () => Term): Term {
    const outer = this.#lower.context;
    this.#lower.context = { ...newContext(null, true, new Exits()), resolving };
    try {
      return lower();
    } finally {
      this.#lower.context = outer;
    }
  }

  /** The code of a function, in place of a call of it; null within itself, and where there is too much. */
  inlined(node: FunctionNode, resolving: Resolving, facts: Facts = []): Term | null {
    if (resolving.inlined.has(node) || ++resolving.copies > MAX_COPIES) return null;
    resolving.inlined.add(node);
    const context = newContext(node, node.async, new Exits());
    try {
      return this.#lower.definitions.inlined(node, { ...context, resolving }, facts);
    } finally {
      resolving.inlined.delete(node);
    }
  }
}

/** The variable that a parameter declares; null for a pattern. */
export function parameterOf(parameter: Node, bindings: Bindings): Variable | null {
  return parameter.type === 'Identifier' ? bindings.variable(parameter) : null;
}
