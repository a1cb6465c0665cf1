/** What awaiting the value of an expression does, once it has been evaluated. */

import {
  isFunction,
  memberName,
  unwrap,
  type CallExpression,
  type NewExpression,
  type Node,
} from './ast.ts';
import { endOf, literalKind, offsetOf, ownerOf } from './atoms.ts';
import type { Variable } from './bindings.ts';
import { promised, sinks, type Promised, type Sink } from './lower-context.ts';
import { isInside, isPromiseLike, sourcesOf, strip } from './lower-forms.ts';
import type { Lower } from './lower-types.ts';
import {
  all,
  allSettled,
  any,
  chained,
  concluded,
  correlated,
  race,
  repeated,
} from './promises.ts';
import { branch, choice, isPlain, MAY_THROW, RAISE, seq, SKIP, type Term } from './term.ts';

const LOOPS: ReadonlySet<string> = new Set([
  'DoWhileStatement',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'WhileStatement',
]);

export class Settling {
  readonly #lower: Lower;
  /** The stored promises that are being settled, lest one waits for itself. */
  readonly #settling = new Set<Node>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /** What awaiting the value of an expression does, after it has been evaluated. */
  settle(node: Node): Term {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'CallExpression':
        return this.settleCall(inner);
      case 'ConditionalExpression':
        return branch(
          this.#lower.tests.known(strip(inner.test)),
          this.settle(inner.consequent),
          this.settle(inner.alternate),
        );
      case 'LogicalExpression': {
        if (inner.operator === '??') {
          return choice(this.settle(inner.left), this.settle(inner.right));
        }
        const left = this.settle(inner.left);
        const right = this.settle(inner.right);
        const test = this.#lower.tests.known(strip(inner.left));
        return inner.operator === '&&' ? branch(test, right, left) : branch(test, left, right);
      }
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        return last === undefined ? SKIP : this.settle(last);
      }
      case 'AssignmentExpression':
        return inner.operator === '='
          ? this.settle(inner.right)
          : choice(this.settle(inner.left), this.settle(inner.right));
      case 'Identifier': {
        const variable = this.#lower.bindings.variable(inner);
        if (variable === null) return MAY_THROW;
        const sources = sourcesOf(variable);
        const isOuter = this.#isOuter(variable);
        const reached = sources === null || isOuter ? sources : reaching(sources, inner);
        const settle = this.#settleStored(reached, isOuter);
        const outcome = this.#lower.atoms.outcome(variable);
        return outcome === null ? settle : correlated(settle, outcome);
      }
      case 'MemberExpression':
        return this.#lower.values.getters(inner).length > 0
          ? this.#lower.effects.getter(inner, 'settled')
          : this.#settleStored(this.#lower.values.sources(inner), true);
      case 'NewExpression':
        return this.#settleNew(inner);
      default:
        return MAY_THROW;
    }
  }

  /** Whether a binding belongs to a function around this one, or to the module around it. */
  #isOuter(variable: Variable): boolean {
    const [definition] = variable.defs;
    return definition !== undefined && ownerOf(definition.node) !== this.#lower.context.owner;
  }

  /**
   * What awaiting a promise does that is kept somewhere.
   *
   * @param sources all that is ever kept there; null where that is not known
   * @param isOuter whether it can have been put there before this function was called
   */
  #settleStored(sources: readonly Node[] | null, isOuter: boolean): Term {
    if (sources === null) return MAY_THROW;
    const promises = sources.filter(
      (source) => literalKind(unwrap(source)) === null && !this.#settling.has(source),
    );
    const [first, ...others] = promises.map((source) => {
      this.#settling.add(source);
      const promise = unwrap(source);
      try {
        const settle = this.settle(source);
        if (isPlain(settle)) return settle;
        const { resume } = this.#lower.host;
        const resumed: Term = isOuter ? { kind: 'event', event: resume, site: null } : SKIP;
        return seq({ kind: 'join', promise }, resumed, settle);
      } finally {
        this.#settling.delete(source);
      }
    });
    if (first === undefined) return MAY_THROW;
    return others.reduce((one, other) => choice(one, other), first);
  }

  /** `new Promise((resolve, reject) => { promise.then(resolve, reject) })` settles as `promise`. */
  #settleNew(node: NewExpression): Term {
    const [executor] = node.arguments;
    if (executor === undefined || !this.#lower.callees.isGlobal(node.callee, 'Promise'))
      return MAY_THROW;
    const target = unwrap(executor);
    if (!isFunction(target) || target.body === null) return MAY_THROW;
    const [resolve] = target.params;
    const variable = resolve?.type === 'Identifier' ? this.#lower.bindings.variable(resolve) : null;
    const [use, ...others] = (variable?.references ?? []).filter((reference) => reference.isRead());
    const call = use?.identifier.parent;
    if (others.length > 0 || call?.type !== 'CallExpression') return MAY_THROW;
    const callee = unwrap(call.callee);
    const isThen = callee.type === 'MemberExpression' && memberName(callee) === 'then';
    return isThen && call.arguments[0] === use?.identifier ? this.settle(callee.object) : MAY_THROW;
  }

  settleCall(node: CallExpression): Term {
    const operation = this.#lower.host.operation(node);
    if (operation !== null)
      return { kind: 'event', event: operation.settle, site: null, origin: node };
    const target = this.#lower.callees.target(node);
    if (target !== null) return this.#lower.calls.invoke(target, node, 'settled');
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return MAY_THROW;
    const [first] = node.arguments;
    const isPromise = this.#lower.callees.isGlobal(callee.object, 'Promise');
    switch (memberName(callee)) {
      case 'then':
      case 'catch':
      case 'finally':
        return this.chained(node, promised(this.settle(callee.object))).settle;
      case 'resolve':
        if (!isPromise) return MAY_THROW;
        return first !== undefined && isPromiseLike(first) ? this.settle(first) : SKIP;
      case 'reject':
        return isPromise ? RAISE : MAY_THROW;
      case 'all':
      case 'allSettled':
      case 'race':
      case 'any':
        return isPromise && first !== undefined
          ? this.#combined(memberName(callee), first)
          : MAY_THROW;
      default:
        return MAY_THROW;
    }
  }

  /** The promise that `receiver.then(…)` and the like make. */
  chained(node: CallExpression, receiver: Promised): Promised {
    const callee = unwrap(node.callee);
    const [first, second] = node.arguments;
    const { settle, valued } = receiver;
    const callback = (argument: Node | undefined, sink: Sink | null = null): Term | null => {
      if (argument === undefined || literalKind(unwrap(argument)) === 'nullish') return null;
      const results = sink === null ? null : sinks(sink);
      const call = this.#lower.calls.callback(argument, 'awaited', results);
      return call ?? seq(MAY_THROW, sink === null ? SKIP : sink('any'));
    };
    switch (callee.type === 'MemberExpression' ? memberName(callee) : null) {
      case 'then':
        return callback(first) === null
          ? this.#caught(receiver, second, callback)
          : {
              settle: chained(settle, callback(first), callback(second), second ?? null),
              valued: (sink) =>
                chained(settle, callback(first, sink), callback(second, sink), second ?? null),
            };
      case 'catch':
        return this.#caught(receiver, first, callback);
      case 'finally': {
        const last = callback(first) ?? SKIP;
        return {
          settle: concluded(settle, last),
          valued: (sink) => concluded(valued(sink), last),
        };
      }
      default:
        return promised(MAY_THROW);
    }
  }

  /** What a promise is fulfilled with is the result, where nothing is caught. */
  #caught(
    { settle, valued }: Promised,
    handler: Node | undefined,
    callback: (argument: Node | undefined, sink?: Sink) => Term | null,
  ): Promised {
    const site = handler ?? null;
    return {
      settle: chained(settle, null, callback(handler), site),
      valued: (sink) => chained(valued(sink), null, callback(handler, sink), site),
    };
  }

  #combined(name: string | null, list: Node): Term {
    const mapped = this.#mapped(list);
    if (mapped !== null) {
      const { settle, isNeverEmpty } = mapped;
      return isNeverEmpty ? seq(settle, repeated(settle)) : repeated(settle);
    }
    const items = this.#lower.callees.items(list)?.map((item) => this.settle(item));
    if (items === undefined) return MAY_THROW;
    switch (name) {
      case 'all':
        return all(items);
      case 'allSettled':
        return allSettled(items);
      case 'race':
        return race(items);
      default:
        return any(items);
    }
  }

  /** What is left of each promise of `list.map(callback)`. */
  #mapped(list: Node): { readonly settle: Term; readonly isNeverEmpty: boolean } | null {
    const call = unwrap(list);
    if (call.type !== 'CallExpression') return null;
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || memberName(callee) !== 'map') return null;
    const [first] = call.arguments;
    const settle = first === undefined ? null : this.#lower.calls.callback(first, 'settled');
    const isNeverEmpty = (this.#lower.callees.items(callee.object)?.length ?? 0) > 0;
    return settle === null ? null : { settle, isNeverEmpty };
  }
}

/**
 * The sources of a name that can be its value where it is used. An assignment that is sure to run
 * before the use hides those before it; one behind the use reaches it only around a loop.
 */
function reaching(sources: readonly Node[], use: Node): readonly Node[] {
  const place = offsetOf(use);
  let from = -1;
  for (const source of sources) {
    if (endOf(source) > place || offsetOf(source) < from) continue;
    const list = statementListOf(source);
    if (list !== null && offsetOf(list) <= place && place < endOf(list)) from = offsetOf(source);
  }
  const owner = ownerOf(use);
  const loop = outermostLoop(use);
  return sources.filter((source) => {
    if (endOf(source) <= place) return offsetOf(source) >= from;
    return ownerOf(source) !== owner || (loop !== null && isInside(source, loop));
  });
}

/** The outermost loop of its function that a node is in. */
function outermostLoop(node: Node): Node | null {
  let loop: Node | null = null;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) break;
    if (LOOPS.has(outer.type)) loop = outer;
  }
  return loop;
}

/** What holds the statement that does nothing but give a name this value. */
function statementListOf(source: Node): Node | null {
  const given = source.parent ?? null;
  const statement =
    given?.type === 'VariableDeclarator' || given?.type === 'AssignmentExpression'
      ? (given.parent ?? null)
      : null;
  if (given?.type === 'AssignmentExpression' && given.operator !== '=') return null;
  if (statement?.type !== 'VariableDeclaration' && statement?.type !== 'ExpressionStatement') {
    return null;
  }
  const list = statement.parent ?? null;
  return list?.type === 'BlockStatement' || list?.type === 'Program' || list?.type === 'SwitchCase'
    ? list
    : null;
}
