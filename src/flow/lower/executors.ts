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
  type CallExpression,
  type FunctionNode,
  type NewExpression,
  type Node,
} from '../../syntax/ast.ts';
import {
  NEVER_RETURNS,
  type Exits,
  type Promised,
  type Resolving,
  type Sink,
  type Told,
} from './context.ts';
import { isInside } from '../../syntax/forms.ts';
import { isPromiseLike } from '../../syntax/promises.ts';
import type { Lower, Executors } from './parts.ts';
import { SettlerFinder, type Entry, type Settlers } from './settlers.ts';
import { MAX_COPIES, parameterOf, SettlingCode } from './settling-code.ts';
import { isFulfilledLater } from './fulfilled-later.ts';
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
import { RESULT_KINDS, type Call, type CallMode, type Term } from '../term/term.ts';

export class ExecutorLowering implements Executors {
  readonly #lower: Lower;
  readonly #settlers: SettlerFinder;
  readonly #code: SettlingCode;

  constructor(lower: Lower) {
    this.#lower = lower;
    this.#code = new SettlingCode(lower);
    this.#settlers = new SettlerFinder(lower);
  }

  settle(node: NewExpression, sink: Sink | null): Term | null {
    const executor = this.#executorOf(node);
    if (executor === null) return null;
    const [first, second] = executor.params;
    if (first === undefined) return this.#doesNothing(executor) ? NEVER_RETURNS : RAISE;
    const resolve = parameterOf(first, this.#lower.bindings);
    if (resolve === null) return null;
    const reject = second === undefined ? null : parameterOf(second, this.#lower.bindings);
    const settlers = this.#settlers.given(resolve, reject);
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
    const resolve = parameterOf(first, this.#lower.bindings);
    const reject = second === undefined ? null : parameterOf(second, this.#lower.bindings);
    if (resolve === null || (second !== undefined && reject === null)) return null;
    const settlers = this.#settlers.given(resolve, reject);
    const uses = [...settlers.resolves, ...settlers.rejects];
    if (uses.length === 0) return null;
    const made: ByHand = { executor, settlers, within: functionAround(node) };
    if (settlesLast(executor, uses)) {
      const run = (sink: Sink | null): Term => this.#run(node, made, 'awaited', sink);
      return { settle: run(null), valued: run };
    }
    const { bindings, calls } = this.#lower;
    if (settlers.isOpen || executor.async || !isFulfilledLater(executor, settlers, bindings)) {
      return null;
    }
    // Where the executor throws, nothing has fulfilled the promise before.
    const begun = calls.callback(executor, 'started') ?? MAY_THROW;
    const run = (sink: Sink | null): Term => seq(begun, this.#run(node, made, 'settled', sink));
    return { settle: run(null), valued: run };
  }

  told(node: Node, call: Node, sink: Sink | null): Term | null {
    const executor = this.#functionOf(node);
    const [first] = executor?.params ?? [];
    const end = first === undefined ? null : parameterOf(first, this.#lower.bindings);
    if (executor === null || end === null) return null;
    const settlers: Settlers = { ...this.#settlers.given(end, null), isErrorFirst: true };
    const made: ByHand = { executor, settlers, within: functionAround(call) };
    const uses = [...settlers.resolves];
    if (uses.length > 0 && settlesLast(executor, uses))
      return this.#run(call, made, 'awaited', sink);
    const begun = this.#lower.calls.callback(node, 'started') ?? MAY_THROW;
    return seq(attempt(begun, SKIP, null), seq(SUSPEND, this.#run(call, made, 'settled', sink)));
  }

  #run(node: Node, made: ByHand, mode: CallMode, sink: Sink | null): Term {
    const settling = this.#lower.definitions.define(node, {
      ...{ name: '', isAsync: true, isGenerator: false },
      lower: (returns) => this.#settling(made, returns),
    });
    const outcome = this.#lower.calls.outcome(settling.alone, sink);
    return { kind: 'call', ...outcome, args: [], mode, exact: true, site: node };
  }

  #executorOf({ callee, arguments: [argument] }: NewExpression): FunctionNode | null {
    const isPromise = this.#lower.callees.isGlobal(callee, 'Promise');
    return argument === undefined || !isPromise ? null : this.#functionOf(argument);
  }

  #functionOf(argument: Node): FunctionNode | null {
    const [executor, ...others] = this.#lower.callees.callee(argument)?.functions ?? [];
    const node = others.length === 0 ? executor?.node : undefined;
    return node !== undefined && isNode(node) && isFunction(node) && node.body !== null
      ? node
      : null;
  }

  #settling({ executor, settlers, within }: ByHand, returns: Exits): Term {
    const { resolves, rejects, isOpen, isErrorFirst } = settlers;
    const uses = [...resolves, ...rejects];
    const outside = uses.filter((use) => executor === null || !isInside(use, executor));
    const { entries, through } = this.#settlers.entries(outside, within);
    const resolving: Resolving = {
      resolves,
      rejects,
      isErrorFirst,
      fulfilled: returns.leave,
      rejected: createLabel('reject'),
      uses: [...uses, ...through],
      given: new Map(),
      met: new Set(),
      inlined: new Set(),
      copies: 0,
    };
    const code = executor === null ? SKIP : (this.#code.inlined(executor, resolving) ?? SKIP);
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
        return this.#settled(this.#code.settler(mention, resolving), resolving, null);
      case 'expression': {
        const code = this.#code.within(resolving, () => this.#lower.effects.effect(node));
        return seq(attempt(code, NEVER_RETURNS, null), NEVER_RETURNS);
      }
      case 'function': {
        const code = isFunction(node) ? this.#code.inlined(node, resolving) : null;
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
    const called = this.#code.given(node.callee, resolving);
    const settler = this.#code.settler(called, resolving);
    if (settler === 'end') return this.#ended(node.arguments, resolving);
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
    if (called !== node.callee) return this.#code.calledBack(called, first ?? null, resolving);
    const target = this.#lower.callees.target(node);
    if (target === null) return null;
    const { functions } = target.callee;
    const own = this.#code.code(functions, resolving);
    const handing = own === null ? this.#code.handing(target, resolving) : null;
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

  /** `done(error, value)`: where there is no error, the promise is fulfilled. */
  #ended([error, ...values]: CallExpression['arguments'], resolving: Resolving): Term {
    const [value] = values;
    const fulfilled = (): Term =>
      value === undefined ? resolving.fulfilled('nullish') : this.#resolved(value, resolving);
    if (error === undefined) return fulfilled();
    const rejected = exit(resolving.rejected);
    return this.#lower.telling.valued(error, (kind) => {
      if (kind === 'any') return choice(fulfilled(), rejected);
      return kind === 'truthy' || kind === 'true' ? rejected : fulfilled();
    });
  }

  /**
   * A promise is settled by what is told of it alone.
   *
   * @param told what is given where one is told that: a rejection, or nothing that is known
   */
  #settled(
    settler: 'resolve' | 'reject' | 'end' | null,
    { fulfilled, rejected }: Resolving,
    told: Told | null,
  ): Term {
    if (settler === 'resolve') return fulfilled('any');
    if (settler !== 'end' || told?.kind === 'truthy') return exit(rejected);
    return choice(fulfilled('any'), exit(rejected));
  }

  /** `resolve(value)` */
  #resolved(value: Node, { fulfilled, rejected }: Resolving): Term {
    const isPromise =
      isPromiseLike(value, this.#lower.bindings) && !isPlain(this.#lower.settling.settle(value));
    return isPromise
      ? this.#lower.awaiting.promise(value, ({ valued }) =>
          seq(SUSPEND, attempt(valued(fulfilled), exit(rejected), null)),
        )
      : this.#lower.telling.valued(value, fulfilled);
  }

  callback(node: Node, sink: Sink | null, told: Told | null = null): Term | null {
    const { resolving } = this.#lower.context;
    if (resolving === null) return null;
    const called = this.#code.given(node, resolving);
    const settler = this.#code.settler(called, resolving);
    if (settler !== null) return this.#settled(settler, resolving, told);
    const code = this.#code.code(this.#lower.callees.callee(called)?.functions ?? [], resolving);
    return code === null ? null : seq(code, sink === null ? SKIP : sink('any'));
  }

  handed(node: Node): Term | null {
    const code = this.#fulfilledByTimer(node) ?? this.callback(node, null);
    return code === null ? null : left(seq(SUSPEND, code));
  }

  /** `setTimeout(resolve, delay, value)`; null for anything else. */
  #fulfilledByTimer(node: Node): Term | null {
    const { resolving } = this.#lower.context;
    const { parent } = node;
    if (resolving === null || parent?.type !== 'CallExpression') return null;
    const [first, , value] = parent.arguments;
    if (first !== node || value === undefined || value.type === 'SpreadElement') return null;
    if (!this.#lower.callees.isGlobal(parent.callee, 'setTimeout')) return null;
    const settler = this.#code.settler(this.#code.given(node, resolving), resolving);
    return settler === 'resolve' ? this.#resolved(value, resolving) : null;
  }

  left(settle: Term): Term | null {
    return this.#lower.context.resolving === null ? null : left(seq(SUSPEND, settle));
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
