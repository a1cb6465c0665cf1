/** What awaiting the value of an expression does, once it has been evaluated. */

import { memberName, unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import { Acting } from './acting.ts';
import { literalKind } from './questions.ts';
import { elementOf } from '../../values/literals.ts';
import type { CallTarget } from './parts.ts';
import { made, promised, type Promised, type Sink } from './context.ts';
import { isNothing, strip } from '../../syntax/forms.ts';
import { isPromiseLike } from '../../syntax/promises.ts';
import type { Lower, Settling } from './parts.ts';
import { AN_ERROR, isOfMany } from './questions.ts';
import { assignmentAs } from './refilled.ts';
import { ANOTHER } from './shapes.ts';
import { all, anything, unknown, chained, chainedBy, concluded } from './promises.ts';
import {
  branch,
  choice,
  exit,
  factTest,
  MAY_THROW,
  RAISE,
  seq,
  sequenceOf,
  SKIP,
  SUSPEND,
} from '../term/make.ts';
import { RESULT_KINDS, type Call, type Callee, type Term } from '../term/term.ts';
import { Combining } from './combining.ts';

/** Which of the promises in a longer list one is, is not asked. */
const MAX_ITEMS = 8;

export class SettlingLowering implements Settling {
  readonly #lower: Lower;
  readonly #acting: Acting;
  readonly #combining: Combining;
  /** Promises that are given to functions, */
  readonly #waiting = new Map<Node, Callee>();
  /** and lists of such, by their first elements. */
  readonly #lists = new Map<Node, Callee>();

  constructor(lower: Lower) {
    this.#lower = lower;
    this.#acting = new Acting(lower);
    this.#combining = new Combining(lower, this);
  }

  promise(node: Node, isMade = false): Promised {
    return made((sink) => this.settle(node, isMade, sink));
  }

  settle(node: Node, isMade = false, sink: Sink | null = null): Term {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'CallExpression':
        return this.settleCall(inner, sink, isMade);
      case 'ConditionalExpression':
        return branch(
          this.#lower.choices.chosen(inner),
          this.settle(inner.consequent, false, sink),
          this.settle(inner.alternate, false, sink),
        );
      case 'LogicalExpression': {
        if (inner.operator === '??') {
          return choice(this.settle(inner.left, true, sink), this.settle(inner.right, false, sink));
        }
        const left = this.settle(inner.left, inner.operator === '||', sink);
        const right = this.settle(inner.right, false, sink);
        return branch(this.#lower.choices.chosen(inner), right, left);
      }
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        return last === undefined ? SKIP : this.settle(last, false, sink);
      }
      case 'AssignmentExpression': {
        const { operator, right: given } = assignmentAs(inner);
        const right = this.settle(given, false, sink);
        if (operator === '=' || this.#lower.kept.fills(inner)) return right;
        const left = this.settle(inner.left, operator !== '&&=', sink);
        const atom = this.#lower.choices.filling(inner);
        return atom === null ? choice(left, right) : branch(factTest(atom), right, left);
      }
      case 'Identifier':
        return this.#lower.kept.name(inner, isMade, sink);
      case 'MemberExpression':
        return this.#lower.kept.member(inner, isMade, sink);
      case 'NewExpression':
        return this.#lower.executors.settle(inner, sink) ?? unknown(sink);
      case 'AwaitExpression':
        return anything(sink);
      default:
        return literalKind(inner) === null ? unknown(sink) : anything(sink);
    }
  }

  acts(node: Node): boolean {
    return this.#acting.acts(node);
  }

  elements(list: Node): Term {
    const parameter = this.#lower.held.all(list);
    return parameter === null ? SKIP : this.#lower.kept.orGiven(list, parameter, null, SKIP);
  }

  together(items: readonly Node[]): Callee | null {
    const [first] = items;
    if (first === undefined) return null;
    const known = this.#lists.get(first);
    if (known !== undefined) return known;
    const settle = (): Term => all(this.#combining.itemsOf(items));
    if (!items.some((item) => this.acts(item))) return null;
    const waiting = this.#lower.definitions.unnamed(first, (returns) =>
      seq(SUSPEND, settle(), exit(returns.truthy)),
    );
    const callee = { functions: [waiting], parameter: null, open: false };
    this.#lists.set(first, callee);
    return callee;
  }

  oneOf(items: readonly Node[]): Callee | null {
    if (items.length > MAX_ITEMS) return null;
    const all = items.map((item) => this.argument(item));
    const known = all.flatMap((one) => one ?? []);
    if (known.length === 0) return null;
    const functions = known.flatMap((one) => one.functions);
    return { functions, parameter: null, open: known.length < all.length };
  }

  argument(node: Node): Callee | null {
    const inner = strip(node);
    const known = this.#waiting.get(inner);
    if (known !== undefined) return known;
    if (!this.acts(inner)) return null;
    // What the node is itself, such as an executor, is another function.
    const waiting = this.#lower.definitions.unnamed(inner, (returns) =>
      seq(
        SUSPEND,
        this.settle(inner, false, (kind) => exit(returns[kind])),
      ),
    );
    waiting.mayBeNone = this.#acting.mayBeNone(inner);
    const callee = { functions: [waiting], parameter: null, open: false };
    this.#waiting.set(inner, callee);
    return callee;
  }

  settled(node: CallExpression): Promised {
    const target =
      this.#lower.host.operation(node) === null ? this.#lower.callees.target(node) : null;
    if (target === null) return this.promise(node);
    return {
      settle: this.#settleTarget(target, node),
      valued: (sink) => this.#settleSeen(target, node, sink),
    };
  }

  #settleSeen(target: CallTarget, node: CallExpression, sink: Sink | null): Term {
    const { callee, results } = this.#lower.calls.outcome(target.callee, sink);
    return this.#settleTarget({ ...target, callee }, node, results);
  }

  #settleTarget(target: CallTarget, node: CallExpression, results: Call['results'] = null): Term {
    const call = this.#lower.calls.invoke(target, node, 'settled', results);
    const answers = this.#lower.answers.again(target, node);
    return seq(
      this.#lower.calls.ofUnseen(target.callee, node),
      answers.length === 0 ? call : { ...call, answers },
    );
  }

  settleCall(node: CallExpression, sink: Sink | null = null, isMade = false): Term {
    const operation = this.#lower.callees.operation(node);
    if (operation !== null) {
      const event: Term = { kind: 'event', event: operation.settle, site: null, origin: node };
      return seq(event, anything(sink));
    }
    const target = this.#lower.callees.target(node);
    if (target !== null) return this.#settleSeen(target, node, sink);
    const known =
      this.#lower.libraries.settled(node, sink) ?? this.#lower.libraries.waited(node, sink);
    if (known !== null) return known;
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return this.#unseen(node, sink);
    const [first] = node.arguments;
    const isPromise = this.#lower.callees.isGlobal(callee.object, 'Promise');
    switch (memberName(callee)) {
      case 'then':
      case 'catch':
      case 'finally': {
        const { settle, valued } = this.chained(node, this.promise(callee.object));
        return sink === null ? settle : valued(sink);
      }
      case 'reduce': {
        const turns = this.#lower.callees.inTurn(node);
        if (turns === null) return unknown(sink);
        const { settle, valued } = this.inTurn(this.promise(turns.initial), turns.items);
        return sink === null ? settle : valued(sink);
      }
      case 'resolve':
        if (!isPromise) return unknown(sink);
        return first !== undefined && isPromiseLike(first, this.#lower.bindings)
          ? this.settle(first, false, sink)
          : anything(sink);
      case 'reject':
        return isPromise ? RAISE : unknown(sink);
      case 'all':
      case 'allSettled':
      case 'race':
      case 'any':
        return isPromise && first !== undefined
          ? this.#combining.combined(memberName(callee), first, node, sink)
          : unknown(sink);
      case 'get':
        return this.#lower.kept.entry(node, callee, isMade, sink);
      case 'at': {
        const element = elementOf(node);
        return element === null ? this.#unseen(node, sink) : this.settle(element, isMade, sink);
      }
      default:
        return this.#unseen(node, sink);
    }
  }

  #unseen(node: CallExpression, sink: Sink | null): Term {
    return seq(this.#lower.handed.awaited(node), unknown(sink));
  }

  inTurn(receiver: Promised, functions: readonly Node[]): Promised {
    return made((sink) =>
      seq(
        receiver.settle,
        sequenceOf(functions, (one) => this.#lower.calls.callback(one, 'awaited') ?? MAY_THROW),
        anything(sink),
      ),
    );
  }

  chained(node: CallExpression, receiver: Promised): Promised {
    const callee = unwrap(node.callee);
    const [first, second] = node.arguments;
    const callback = (argument: Node | undefined, sink: Sink | null = null): Term | null =>
      argument === undefined || isNothing(argument)
        ? null
        : this.#lower.inPlace.run(
            argument,
            sink,
            (then) => this.#lower.calls.callback(argument, 'awaited', then) ?? unknown(then),
          );
    const handler = (argument: Node | undefined, sink: Sink | null = null): Term | null =>
      argument === undefined || isNothing(argument)
        ? null
        : this.#lower.inPlace.run(
            argument,
            sink,
            (then) => this.#lower.calls.handler(argument, then) ?? unknown(then),
            AN_ERROR,
          );
    switch (callee.type === 'MemberExpression' ? memberName(callee) : null) {
      case 'then':
        return first === undefined || isNothing(first)
          ? this.#caught(receiver, second, handler)
          : made((sink) => {
              const rejected = handler(second, sink);
              const site = second ?? null;
              return (
                this.#given(first, receiver, rejected, site, sink) ??
                chained(receiver.settle, callback(first, sink), rejected, site)
              );
            });
      case 'catch':
        return this.#caught(receiver, first, handler);
      case 'finally': {
        const last = callback(first) ?? SKIP;
        return made((sink) =>
          concluded(sink === null ? receiver.settle : receiver.valued(sink), last, first ?? null),
        );
      }
      default:
        return promised(MAY_THROW);
    }
  }

  /** The same where a callback goes by what the promise is fulfilled with; null where it does not. */
  #given(
    first: Node,
    receiver: Promised,
    rejected: Term | null,
    site: Node | null,
    sink: Sink | null,
  ): Term | null {
    const { calls, callees, context, definitions, inPlace } = this.#lower;
    if (context.resolving !== null) return null;
    const callee = callees.callee(first);
    const [only] = callee?.functions ?? [];
    if (callee === null || only === undefined || callee.functions.length > 1) return null;
    const asked = definitions.asksFirst(only);
    if (asked === null) return null;
    const { part, literals } = asked;
    const parts = part === null ? [] : [part];
    const foreseen = RESULT_KINDS.flatMap((kind) => [
      definitions.told(only, { kind }, () => ({ kind })),
      ...(parts.length === 0 ? [] : [definitions.told(only, { kind: 'truthy' }, () => ({ kind }))]),
      ...(isOfMany(kind) ? [...literals, ANOTHER] : []).map((key) =>
        definitions.told(only, { kind, key }),
      ),
    ]);
    const isOnlyKind = parts.length === 0 && literals.length === 0;
    return chainedBy(
      receiver,
      isOnlyKind ? null : { parts, literals, foreseen, otherwise: only },
      (told, shape) => definitions.told(only, told, shape),
      (one) =>
        inPlace.run(first, sink, (then) =>
          calls.called(first, { ...callee, functions: [one] }, 'awaited', then),
        ),
      rejected,
      site,
    );
  }

  /** What a promise is fulfilled with is the result, where nothing is caught. */
  #caught(
    receiver: Promised,
    handler: Node | undefined,
    callback: (argument: Node | undefined, sink: Sink | null) => Term | null,
  ): Promised {
    return made((sink) =>
      chained(
        sink === null ? receiver.settle : receiver.valued(sink),
        null,
        callback(handler, sink),
        handler ?? null,
      ),
    );
  }
}
