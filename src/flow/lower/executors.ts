/**
 * Promises that are made by hand: `new Promise((resolve, reject) => …)`, `Promise.withResolvers()`.
 *
 * Such a promise settles as that of an async function would which runs the executor's code, returns
 * where that calls `resolve`, and throws where it calls `reject`. What the executor leaves to run
 * later can go on to either; what else it does has been done where the promise was made. Where
 * `resolve` is kept, the code that comes to it from there runs some time, too.
 */

import {
  functionAround,
  isFunction,
  isNode,
  unwrap,
  type FunctionNode,
  type NewExpression,
  type Node,
} from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import {
  Exits,
  NEVER_RETURNS,
  newContext,
  sinks,
  type Promised,
  type Resolving,
  type Sink,
} from './context.ts';
import { isInside } from '../../syntax/forms.ts';
import { isPromiseLike } from '../../syntax/promises.ts';
import { isOnlyCalled } from './handled.ts';
import type { CallTarget, Lower, Executors } from './parts.ts';
import { SettlerFinder, type Entry, type Settlers } from './settlers.ts';
import { settlesLast } from './settles-last.ts';
import {
  attempt,
  block,
  choice,
  createLabel,
  exit,
  isPlain,
  MAY_THROW,
  RAISE,
  resume,
  seq,
  SKIP,
  SUSPEND,
} from '../term/make.ts';
import {
  RESULT_KINDS,
  type Call,
  type CallMode,
  type Facts,
  type FunctionTerm,
  type Returns,
  type Term,
} from '../term/term.ts';

/** The code of functions stands in place of so many calls for one promise. */
const MAX_COPIES = 64;

export class ExecutorLowering implements Executors {
  readonly #lower: Lower;
  readonly #settlers: SettlerFinder;

  constructor(lower: Lower) {
    this.#lower = lower;
    this.#settlers = new SettlerFinder(lower);
  }

  settle(node: NewExpression, sink: Sink | null): Term | null {
    const executor = this.#executorOf(node);
    if (executor === null) return null;
    const [first, second] = executor.params;
    if (first === undefined) return this.#doesNothing(executor) ? NEVER_RETURNS : RAISE;
    const resolve = this.#parameter(first);
    if (resolve === null) return null;
    const reject = second === undefined ? null : this.#parameter(second);
    const settlers = this.#settlers.given(resolve, reject);
    if (settlers.resolves.size === 0) {
      const mayReject = second !== undefined && (reject === null || settlers.rejects.size > 0);
      return !mayReject && this.#doesNothing(executor) ? NEVER_RETURNS : RAISE;
    }
    return this.#run(node, { executor, settlers, within: functionAround(node) }, 'settled', sink);
  }

  /** Whether an executor does nothing that could throw, so that its promise is not rejected by that. */
  #doesNothing(executor: FunctionNode): boolean {
    return this.#lower.definitions.function(executor).body.kind === 'skip';
  }

  isDeferred(node: Node): boolean {
    return this.#settlers.deferred(node) !== null;
  }

  deferred(node: Node, use: Node, sink: Sink | null): Term | null {
    const deferred = this.#settlers.deferred(node);
    if (deferred === null) return null;
    const within = functionAround(deferred.key);
    // What nobody is seen to settle may be settled by whoever is not seen.
    const isNever = deferred.resolves.size === 0 && !deferred.isOpen;
    if (isNever) return RAISE;
    const made = { executor: null, settlers: deferred, within };
    const settled = this.#run(deferred.key, made, 'settled', sink);
    return within === functionAround(use) ? settled : resume(settled);
  }

  made(node: NewExpression): Promised | null {
    const executor = this.#executorOf(node);
    const [first, second] = executor?.params ?? [];
    if (executor === null || first === undefined || executor !== node.arguments[0]) return null;
    const resolve = this.#parameter(first);
    const reject = second === undefined ? null : this.#parameter(second);
    if (resolve === null || (second !== undefined && reject === null)) return null;
    const settlers = this.#settlers.given(resolve, reject);
    const uses = [...settlers.resolves, ...settlers.rejects];
    if (uses.length === 0 || !settlesLast(executor, uses)) return null;
    const made: ByHand = { executor, settlers, within: functionAround(node) };
    const run = (sink: Sink | null): Term => this.#run(node, made, 'awaited', sink);
    return { settle: run(null), valued: run };
  }

  #run(node: Node, made: ByHand, mode: CallMode, sink: Sink | null): Term {
    const settling: FunctionTerm = this.#lower.definitions.define(node, {
      ...{ name: '', isAsync: true, isGenerator: false },
      lower: (returns) => this.#settling(made, returns),
    });
    return {
      kind: 'call',
      callee: { functions: [settling], parameter: null, open: false },
      args: [],
      mode,
      exact: true,
      results: sink === null ? null : sinks(sink),
      site: node,
    };
  }

  #executorOf({ callee, arguments: [argument] }: NewExpression): FunctionNode | null {
    if (argument === undefined || !this.#lower.callees.isGlobal(callee, 'Promise')) return null;
    const [executor, ...others] = this.#lower.callees.callee(argument)?.functions ?? [];
    const node = others.length === 0 ? executor?.node : undefined;
    return node !== undefined && isNode(node) && isFunction(node) && node.body !== null
      ? node
      : null;
  }

  #parameter(parameter: Node): Variable | null {
    return parameter.type === 'Identifier' ? this.#lower.bindings.variable(parameter) : null;
  }

  #settling({ executor, settlers, within }: ByHand, returns: Returns): Term {
    const { resolves, rejects, isOpen } = settlers;
    const uses = [...resolves, ...rejects];
    const outside = uses.filter((use) => executor === null || !isInside(use, executor));
    const { entries, through } = this.#settlers.entries(outside, within);
    const resolving: Resolving = {
      resolves,
      rejects,
      fulfilled: (kind) => exit(returns[kind]),
      rejected: createLabel('reject'),
      uses: [...uses, ...through],
      given: new Map(),
      met: new Set(),
      inlined: new Set(),
      copies: 0,
    };
    const code = executor === null ? SKIP : (this.#inlined(executor, resolving) ?? SKIP);
    // An async executor that throws settles nothing.
    const body = executor?.async === true ? attempt(code, NEVER_RETURNS, null) : code;
    const ways = entries.map((entry) => this.#entered(entry, resolving));
    // Whoever has got hold of `resolve` otherwise can call it at any time.
    const isUnknown =
      isOpen ||
      resolving.copies > MAX_COPIES ||
      [...resolves].some((use) => !resolving.met.has(use));
    if (isUnknown) ways.push(seq(SUSPEND, MAY_THROW, exit(returns.any)));
    const whole = seq(ways.reduce(choice, SKIP), body, NEVER_RETURNS);
    return seq(block(resolving.rejected, whole), RAISE);
  }

  /** What leads to where the promise is settled, from outside of an executor. */
  #entered({ kind, node, mention }: Entry, resolving: Resolving): Term {
    switch (kind) {
      case 'done':
        return this.#settler(mention, resolving) === 'resolve'
          ? resolving.fulfilled('any')
          : exit(resolving.rejected);
      case 'expression': {
        const code = this.#within(resolving, () => this.#lower.effects.effect(node));
        return seq(attempt(code, NEVER_RETURNS, null), NEVER_RETURNS);
      }
      case 'function': {
        const code = isFunction(node) ? this.#inlined(node, resolving) : null;
        return code === null ? SKIP : left(seq(SUSPEND, code));
      }
    }
  }

  call(
    node: Node & { type: 'CallExpression' },
    mode: CallMode,
    results: Call['results'],
  ): Term | null {
    const { resolving } = this.#lower.context;
    if (resolving === null) return null;
    const [first] = node.arguments;
    const called = this.#given(node.callee, resolving);
    const settler = this.#settler(called, resolving);
    if (settler !== null) {
      const isResolved = settler === 'resolve';
      const value = isResolved && first !== undefined ? first : null;
      return value === null
        ? seq(
            this.#lower.effects.effects(node.arguments),
            isResolved ? resolving.fulfilled('nullish') : exit(resolving.rejected),
          )
        : this.#resolved(value, resolving);
    }
    if (called !== node.callee) return this.#calledBack(called, first ?? null, resolving);
    const target = this.#lower.callees.target(node);
    if (target === null) return null;
    const { functions } = target.callee;
    const own = this.#code(functions, resolving);
    const handing = own === null ? this.#handing(target, resolving) : null;
    const code = own ?? handing?.code ?? null;
    if (code === null) return null;
    const isAsync = functions.some((known) => known.isAsync);
    const kept = handing === null ? {} : { kept: handing.given };
    return seq(
      this.#lower.calls.calleeParts(node),
      this.#lower.calls.evaluated({ args: target.args, ...kept }, target.callee),
      mode === 'started' && isAsync ? left(code) : code,
      results === null ? SKIP : RESULT_KINDS.map((kind) => results[kind]).reduce(choice),
    );
  }

  /** `resolve(value)` */
  #resolved(value: Node, { fulfilled }: Resolving): Term {
    const isPromise =
      isPromiseLike(value, this.#lower.bindings) && !isPlain(this.#lower.settling.settle(value));
    return isPromise
      ? this.#lower.awaiting.promise(value, ({ valued }) => seq(SUSPEND, valued(fulfilled)))
      : this.#lower.telling.valued(value, fulfilled);
  }

  callback(node: Node, sink: Sink | null): Term | null {
    const { resolving } = this.#lower.context;
    if (resolving === null) return null;
    const called = this.#given(node, resolving);
    const settler = this.#settler(called, resolving);
    if (settler !== null) {
      return settler === 'resolve' ? resolving.fulfilled('any') : exit(resolving.rejected);
    }
    const code = this.#code(this.#lower.callees.callee(called)?.functions ?? [], resolving);
    return code === null ? null : seq(code, sink === null ? SKIP : sink('any'));
  }

  handed(node: Node): Term | null {
    const code = this.callback(node, null);
    return code === null ? null : left(seq(SUSPEND, code));
  }

  left(settle: Term): Term | null {
    return this.#lower.context.resolving === null ? null : left(seq(SUSPEND, settle));
  }

  /** Whether an expression is `resolve` or `reject`: which of the two. */
  #settler(node: Node, { resolves, rejects, met }: Resolving): 'resolve' | 'reject' | null {
    const inner = unwrap(node);
    const isResolve = resolves.has(inner);
    if (!isResolve && !rejects.has(inner)) return null;
    met.add(inner);
    return isResolve ? 'resolve' : 'reject';
  }

  /** The code of functions in which the promise may be settled; null where it is in none of them. */
  #code(functions: readonly FunctionTerm[], resolving: Resolving): Term | null {
    const codes: Term[] = [];
    for (const { node } of functions) {
      if (!isNode(node) || !isFunction(node)) continue;
      if (!resolving.uses.some((use) => isInside(use, node))) continue;
      const code = this.#inlined(node, resolving);
      if (code !== null) codes.push(code);
    }
    if (codes.length === 0) return null;
    return codes.length < functions.length ? codes.reduce(choice, SKIP) : codes.reduce(choice);
  }

  /** What stands for an expression: of a parameter, what the function is given. */
  #given(node: Node, { given }: Resolving): Node {
    if (given.size === 0) return node;
    const variable = this.#lower.bindings.variable(unwrap(node));
    return (variable === null ? undefined : given.get(variable)) ?? node;
  }

  /** A function is called that was given to the one whose code calls it. */
  #calledBack(callback: Node, value: Node | null, resolving: Resolving): Term {
    const node = this.#functionOf(callback);
    if (node === null) return NEVER_RETURNS;
    const { atoms, names, telling } = this.#lower;
    const [parameter] = node.params;
    const name = parameter?.type === 'Identifier' ? names.of(parameter) : null;
    const asked = name !== null && atoms.isAsked(name) ? name : null;
    const run = (facts: Facts): Term => this.#inlined(node, resolving, facts) ?? SKIP;
    const sink: Sink = (kind, key) =>
      run(kind === 'any' || asked === null ? [] : atoms.given(asked, kind, key));
    if (value === null) return sink('nullish', 'undefined');
    return asked === null
      ? seq(this.#lower.effects.effect(value), run([]))
      : telling.valued(value, sink);
  }

  /** The code of a function that is given what may settle the promise, and does no more than to call it. */
  #handing(
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
      const variable = parameter === undefined ? null : this.#parameter(parameter);
      if (variable === null || !isOnlyCalled(variable)) return null;
      given.set(variable, argument);
    }
    if (given.size === 0 || args.some(({ type }) => type === 'SpreadElement')) return null;
    const before = resolving.uses.length;
    for (const [variable, argument] of given) {
      resolving.given.set(variable, argument);
      resolving.uses.push(...variable.references.map(({ identifier }) => identifier));
    }
    const code = this.#inlined(taker, resolving);
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
  #within(resolving: Resolving, lower: () => Term): Term {
    const outer = this.#lower.context;
    this.#lower.context = { ...newContext(null, true, new Exits()), resolving };
    try {
      return lower();
    } finally {
      this.#lower.context = outer;
    }
  }

  /** The code of a function, in place of a call of it; null within itself, and where there is too much. */
  #inlined(node: FunctionNode, resolving: Resolving, facts: Facts = []): Term | null {
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

/** Runs some time later, or never, to where it settles the promise. */
function left(code: Term): Term {
  return choice(SKIP, seq(attempt(code, NEVER_RETURNS, null), NEVER_RETURNS));
}

/** A promise that is made by hand. */
interface ByHand {
  /** The function that is given what settles it; null where others are. */
  readonly executor: FunctionNode | null;
  readonly settlers: Settlers;
  /** The function in which it is made; null for the module. */
  readonly within: FunctionNode | null;
}
