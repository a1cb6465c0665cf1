/** What a function returns, and what happens to it if it is a promise. */

import { isFunction, unwrap, type Node } from '../../syntax/ast.ts';
import { isNeverReassigned } from '../../syntax/bindings.ts';
import {
  canBeFunction,
  holds,
  isName,
  isWritten,
  JUMPS,
  strip,
  WAITS,
} from '../../syntax/forms.ts';
import { isPromiseLike } from '../../syntax/promises.ts';
import { createLabel, exit, isPlain, RAISE, seq, SKIP, SUSPEND } from '../term/make.ts';
import type { CallMode, Term } from '../term/term.ts';
import { literalKind } from './questions.ts';
import { sourcesOf } from './name-sources.ts';
import { isUsing } from './resources.ts';
import { through, type Context, type Exits, type Sink } from './context.ts';
import { LazyUse, type UseLowering } from './lazy.ts';
import type { Lower, Returning } from './parts.ts';

/** What these give is no promise. */
const NO_PROMISES: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'ArrowFunctionExpression',
  'AwaitExpression',
  'BinaryExpression',
  'ClassExpression',
  'FunctionExpression',
  'ObjectExpression',
  'UnaryExpression',
]);

/** What gives one of its parts. */
const CHOICES: ReadonlySet<string> = new Set([
  'AssignmentExpression',
  'ConditionalExpression',
  'LogicalExpression',
]);

export class ReturnLowering implements Returning, UseLowering {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  return(node: Node): Term {
    const { isAsync, returns, tries, onYield, resolving } = this.#lower.context;
    const leave = this.#leaving(node, returns);
    // Whoever reads a generator gets a promise that it returns as it is.
    const isHandedOut = onYield !== null && !isAsync;
    if (isHandedOut || !isPromiseLike(node, this.#lower.bindings) || this.#isNoPromise(node)) {
      return this.#lower.telling.valued(node, leave);
    }
    if (tries > 0) return this.#returnFromTry(node, leave);
    const isPlainly = this.#isPlainly(node);
    const settle = isPlainly === null ? this.#lower.settling.settle(node) : null;
    // What an unseen call returns can reject just where the call itself can throw.
    const isSettled =
      isPlainly ?? (settle !== null && isPlain(settle) && settle !== RAISE && !this.#isKept(node));
    // Code that settles a promise stands for a callback, whose result is waited for.
    if (isAsync || resolving !== null) return this.#awaited(node, leave);
    const use = new LazyUse(this, node, this.#lower.context);
    return isSettled ? settledLater(this.#lower.telling.valued(node, leave), use) : use;
  }

  /** A promise that is returned from within a `try` settles outside of it. */
  #returnFromTry(node: Node, leave: Sink): Term {
    const { pending } = this.#lower.context;
    const settle = this.#lower.settling.settle(node);
    if (settle.kind === 'skip') return this.#lower.telling.valued(node, leave);
    if (runsOn(node, (code) => this.#runsSeen(code))) {
      // What nobody waits for runs on by itself, unless the `finally` lets it be returned.
      const promise = strip(node);
      const label = createLabel('return');
      pending.push({ label, settle: seq({ kind: 'join', promise }, settle) });
      return seq(this.#lower.awaiting.left(promise), exit(label));
    }
    let label = pending.find((other) => other.settle === settle)?.label;
    if (label === undefined) {
      label = createLabel('return');
      pending.push({ label, settle });
    }
    return seq(this.#lower.awaiting.begin(node), exit(label));
  }

  /** Whether a part of a `finally` runs code that is seen, which may never come to its end. */
  #runsSeen(part: Node): boolean {
    const { callees, calls, generators } = this.#lower;
    const isKnown = (node: Node): boolean => canBeFunction(node) && callees.callee(node) !== null;
    switch (part.type) {
      case 'CallExpression':
        return calls.isSeen(part) || part.arguments.some(isKnown);
      case 'NewExpression': {
        const made = this.#lower.values.of(part.callee);
        return made.some(({ kind }) => kind === 'class') || part.arguments.some(isKnown);
      }
      case 'TaggedTemplateExpression':
        return isKnown(part.tag) || part.quasi.expressions.some(isKnown);
      case 'MemberExpression':
        return this.#lower.accessors.target(part, isWritten(part) ? 'set' : 'get') !== null;
      case 'ForOfStatement':
        return generators.generatorOf(part.right) !== null;
      default:
        return isUsing(part);
    }
  }

  /** Returns what an expression gives, and the functions that it may be. */
  #leaving(node: Node, { leave }: Exits): Sink {
    const inner = strip(node);
    const { effects, host } = this.#lower;
    const { parent } = node;
    const event = (parent && host.assigned?.(parent)) ?? null;
    const last =
      event === null || !parent
        ? leave
        : through(leave, (term) => seq({ kind: 'event', event, site: parent }, term));
    return this.#lower.calls.givesFunction(inner)
      ? through(last, (term) => seq(effects.returning(inner), term))
      : last;
  }

  /** Returns what awaiting an expression gives. */
  #awaited(node: Node, leave: Sink): Term {
    const inner = strip(node);
    const { effects } = this.#lower;
    const isChosen = CHOICES.has(inner.type);
    const handed = isName(inner)
      ? effects.handedBack(inner)
      : isChosen
        ? effects.passedOn(inner)
        : SKIP;
    const last = handed === SKIP ? leave : through(leave, (term) => seq(handed, term));
    return this.#lower.awaiting.awaitedValue(node, last);
  }

  /** What a function returns that is not async: a promise, which its caller awaits or does not. */
  used(node: Node, context: Context, mode: CallMode): Term {
    const outer = this.#lower.context;
    this.#lower.context = context;
    try {
      const leave = this.#leaving(node, context.returns);
      switch (mode) {
        case 'awaited':
          return this.#awaited(node, leave);
        case 'started':
          return this.#lower.telling.valued(node, leave);
        case 'settled':
          return seq(
            this.#lower.awaiting.begin(node),
            SUSPEND,
            this.#lower.settling.settle(node, false, leave),
          );
      }
    } finally {
      this.#lower.context = outer;
    }
  }

  /** Whether settling what is returned is sure to be {@link isPlain}, or not; null where it depends. */
  #isPlainly(node: Node): boolean | null {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'CallExpression':
        if (this.#lower.calls.isSeen(inner) || this.#lower.callees.operation(inner) !== null) {
          return false;
        }
        return this.#lower.settling.acts(inner) ? null : true;
      case 'MemberExpression':
        return this.#lower.settling.acts(inner) ? null : true;
      case 'Identifier': {
        const name = this.#lower.names.of(inner);
        if (name === null) return true;
        if (this.#lower.settling.acts(inner)) return null;
        return this.#lower.atoms.outcome(name) === null && !this.#isKept(inner);
      }
      default:
        return null;
    }
  }

  /** Whether an expression is plainly no promise: `undefined`, or a name for what is none. */
  #isNoPromise(node: Node): boolean {
    const inner = unwrap(node);
    if (inner.type === 'ConditionalExpression') {
      return this.#isNoPromise(inner.consequent) && this.#isNoPromise(inner.alternate);
    }
    const variable = inner.type === 'Identifier' ? this.#lower.bindings.variable(inner) : null;
    if (this.#lower.constants(inner) !== null) return true;
    if (inner.type === 'CallExpression') return this.#lower.outcomes.test(inner) !== null;
    if (variable === null || this.#lower.telling.isError(inner)) return this.#isPlain(inner);
    const definition = isNeverReassigned(variable) ? variable.defs[0] : undefined;
    if (definition?.type === 'FunctionName') return true;
    const declaration = definition?.node;
    if (declaration?.type === 'VariableDeclarator' && declaration.init !== null)
      return this.#isPlain(unwrap(declaration.init));
    return (
      sourcesOf(variable, this.#lower)?.every((source) => this.#isPlain(unwrap(source))) === true
    );
  }

  #isPlain(node: Node): boolean {
    return (
      literalKind(node) !== null || NO_PROMISES.has(node.type) || this.#lower.telling.isError(node)
    );
  }

  /** Whether an expression names a promise that was made before. */
  #isKept(node: Node): boolean {
    const inner = unwrap(node);
    const variable = inner.type === 'Identifier' ? this.#lower.bindings.variable(inner) : null;
    return variable !== null && sourcesOf(variable, this.#lower)?.some(isCall) === true;
  }
}

function isCall(node: Node): boolean {
  return unwrap(node).type === 'CallExpression';
}

/** Returns what can reject just where it can throw, unless it is awaited after the function was run. */
function settledLater(now: Term, later: LazyUse): Term {
  return {
    kind: 'use',
    awaited: now,
    started: now,
    get settled() {
      return later.settled;
    },
  };
}

/**
 * Whether what is returned runs on by itself for some time: a `finally` around the `return` can lead
 * elsewhere, so that it is lost, or waits for something first.
 */
function runsOn(node: Node, runsSeen: (node: Node) => boolean): boolean {
  let inner = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) return false;
    if (outer.type === 'TryStatement' && outer.finalizer !== null && outer.finalizer !== inner) {
      if (holds(outer.finalizer, (code) => jumpsOrWaits(code) || runsSeen(code))) return true;
    }
    if (disposesOf(outer, inner)) return true;
    inner = outer;
  }
  return false;
}

/** Whether something is disposed of where a part of the code is left: that can throw, or be waited for. */
function disposesOf(code: Node, part: Node): boolean {
  switch (code.type) {
    case 'BlockStatement':
      return code.body.some((statement) => statement !== part && isUsing(statement));
    case 'ForOfStatement':
    case 'ForInStatement':
      return part === code.body && isUsing(code.left);
    case 'ForStatement':
      return part !== code.init && code.init !== null && isUsing(code.init);
    default:
      return false;
  }
}

function jumpsOrWaits(node: Node): boolean {
  if (JUMPS.has(node.type) || WAITS.has(node.type)) return true;
  if (isUsing(node) && node.kind === 'await using') return true;
  return node.type === 'ForOfStatement' && node.await;
}
