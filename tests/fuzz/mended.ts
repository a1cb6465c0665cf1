/**
 * Does what a message tells to do, as the owner of a program would who reads it: the report has to go
 * away, or another cause has to be told of the call.
 */
import {
  codeAround,
  isFunction,
  isWithin,
  memberName,
  rootOf,
  unwrap,
  type Node,
} from '../../src/syntax/ast.ts';
import { LOOPS } from '../../src/syntax/forms.ts';
import { endOf, offsetOf } from '../../src/syntax/places.ts';
import { changed, offsetAfter, type Change } from '../../src/eslint/proof.ts';
import type { Cause } from '../../src/session/findings/reasons.ts';
import { calleeName, lineOf, nodesIn, placeOf } from './places.ts';
import type { ClientCall, Program } from './print.ts';
import { violationsIn, type Told } from './verdict.ts';

/** What becomes of a report once the program is changed as its message tells. */
export type Mended =
  /** The report is gone, */
  | 'gone'
  /** another cause, or another place, is told of the call, */
  | 'other'
  /** the same is, */
  | 'same'
  /** or what to do is nothing that is written here, such as to write another helper. */
  | 'not asked';

export interface Mending {
  readonly cause: Cause;
  readonly mended: Mended;
  readonly violation: Told;
  /** The program with the change; null where there is none. */
  readonly source: string | null;
}

const SET = 'await Intercom.setUserJwt(t)';

/** Does of each report of a program what its message tells. */
export function mendings({ source, calls }: Program): readonly Mending[] {
  return violationsIn(source).map((violation) => {
    const changes = new Remedy(violation, source, calls).changes();
    if (changes === null) return { ...of(violation, 'not asked'), source: null };
    const text = changed(source, changes);
    const offset = offsetAfter(offsetOf(violation.site.node), changes);
    const after = violationsIn(text).find(({ site }) => offsetOf(site.node) === offset);
    if (after === undefined) return { ...of(violation, 'gone'), source: text };
    const places = violation.culprits.map((node) => offsetAfter(offsetOf(node), changes));
    const isSame =
      after.cause === violation.cause &&
      JSON.stringify(after.data) === JSON.stringify(violation.data) &&
      after.culprits.every((node, index) => offsetOf(node) === places[index]);
    return { ...of(violation, isSame ? 'same' : 'other'), source: text };
  });
}

function of(violation: Told, mended: Mended): Omit<Mending, 'source'> {
  return { cause: violation.cause, mended, violation };
}

class Remedy {
  readonly #violation: Told;
  readonly #source: string;
  readonly #calls: ReadonlyMap<string, ClientCall>;
  readonly #nodes: readonly Node[];

  constructor(violation: Told, source: string, calls: readonly ClientCall[]) {
    this.#violation = violation;
    this.#source = source;
    this.#calls = new Map(calls.map((call) => [`${call.line}:${call.column}`, call]));
    this.#nodes = nodesIn(rootOf(violation.site.node));
  }

  /** What the message tells to change; null where that takes more than is written here. */
  changes(): readonly Change[] | null {
    const { cause, data, culprits } = this.#violation;
    const { line = '' } = data;
    switch (cause) {
      case 'notAwaited':
        return this.#await(culprits.find((node) => lineOf(node) === line));
      case 'rejected':
        return this.#rethrow(culprits[0]);
      case 'skippedOnPath':
        return this.#setWhere(data['condition'] ?? '');
      case 'cleared':
        return this.#dropped(this.#allNamed(data['clear'] ?? '', line));
      case 'helperMaySkip':
        return this.#setBehind(this.#named(data['helper'] ?? '', line));
      case 'callbackMayNotRun':
        return this.#setBehind(
          this.#named(data['establish'] ?? '', line),
          codeAround(this.#violation.site.node),
        );
      case 'calledUnset': {
        const [, name = '', at = ''] =
          /^(?:`([^`]+)` |.*?)(?:can be called from|on) line (\d+)/.exec(data['entered'] ?? '') ??
          [];
        return this.#setBefore(this.#named(name, at) ?? this.#referred(name, at));
      }
      case 'setTooLate':
        return this.#moved(culprits[0]);
      case 'neverSet':
      case 'onSomeWay':
        return null;
    }
  }

  /** The call on a line that a message means by a name: the first, where there are several. */
  #named(name: string, line: string): Node | undefined {
    return this.#allNamed(name, line)[0];
  }

  #allNamed(name: string, line: string): readonly Node[] {
    return this.#nodes
      .filter((node) => {
        if (lineOf(node) !== line) return false;
        const called = this.#calls.get(placeOf(node));
        if (called !== undefined) return called.method === name;
        return node.type === 'CallExpression' && calleeName(node) === name;
      })
      .sort((one, other) => offsetOf(one) - offsetOf(other));
  }

  #await(promise: Node | undefined): readonly Change[] | null {
    if (promise === undefined || codeAround(promise) !== codeAround(this.#violation.site.node))
      return null;
    const chain = chainOf(promise);
    return canWait(chain) && !isWithin(this.#violation.site.node, chain)
      ? around(chain, '(await ', ')')
      : null;
  }

  #rethrow(handler: Node | undefined): readonly Change[] | null {
    if (handler === undefined) return null;
    if (handler.type === 'CatchClause') return insert(offsetOf(handler.body) + 1, ' throw 1; ');
    if (handler.type === 'BlockStatement') return insert(offsetOf(handler) + 1, ' throw 1; ');
    if (handler.type === 'CallExpression') {
      const callee = unwrap(handler.callee);
      if (callee.type !== 'MemberExpression' || memberName(callee) !== 'allSettled') return null;
      const { property } = callee;
      return [{ from: offsetOf(property), to: endOf(property), text: 'all' }];
    }
    const callback = unwrap(handler);
    if (isFunction(callback) && callback.body?.type === 'BlockStatement')
      return insert(offsetOf(callback.body) + 1, ' throw 1; ');
    if (isWithin(this.#violation.site.node, handler)) return null;
    const text = '(e) => { throw e; }';
    return [{ from: offsetOf(handler), to: endOf(handler), text }];
  }

  /** Sets the JWT on the way that comes by the last of the conditions that are told. */
  #setWhere(condition: string): readonly Change[] | null {
    const outcomes = [
      ...condition.matchAll(
        /is (truthy|falsy|true|false|null or undefined|empty) \(line \d+\)|throws and the `catch`/g,
      ),
    ];
    const told = [...condition.matchAll(/\(line \d+\)|something throws/g)].length;
    const place = this.#violation.culprits[told - 1];
    const [last, outcome] = outcomes.at(-1) ?? [];
    if (place === undefined || last === undefined || outcomes.length < told) return null;
    if (!canWait(place)) return null;
    if (place.type === 'CatchClause') return insert(offsetOf(place.body) + 1, ` ${SET}; `);
    let asked = unwrap(place);
    while (asked.type === 'UnaryExpression' && asked.operator === '!')
      asked = unwrap(asked.argument);
    switch (outcome) {
      case 'truthy':
      case 'true':
        return around(asked, '((', `) && (${SET}, true))`);
      case 'falsy':
      case 'false':
        return around(asked, '((', `) || (${SET}, false))`);
      case 'null or undefined':
        return around(asked, '((', `) ?? (${SET}, null))`);
      case 'empty': {
        const loop = place.parent;
        const isLoop = loop?.type === 'ForOfStatement' && hasStatements(loop.parent);
        return isLoop ? insert(endOf(loop), ` ${SET};`) : null;
      }
      default:
        return null;
    }
  }

  /** Leaves out what is called, or handed over: all that one line has. */
  #dropped(clears: readonly Node[]): readonly Change[] | null {
    const outermost = clears.filter((one) =>
      clears.every((other) => other === one || !isWithin(one, other)),
    );
    const { node } = this.#violation.site;
    if (outermost.length === 0 || outermost.some((clear) => isWithin(node, clear))) return null;
    return outermost.map((clear) => ({
      from: offsetOf(clear),
      to: endOf(clear),
      text: clear.type === 'CallExpression' ? 'null' : '(() => null)',
    }));
  }

  /** @param code the function in which it is waited for, if that is not the call's own */
  #setBehind(call: Node | undefined, code: Node | null = null): readonly Change[] | null {
    for (let outer = call ?? null; outer !== null; outer = outer.parent ?? null) {
      if (isFunction(outer) && code === null) return null;
      if (outer.type !== 'AwaitExpression' || !canWait(outer)) continue;
      if (code !== null && codeAround(outer) !== code) continue;
      const isValue = outer.parent?.type !== 'ExpressionStatement';
      return isValue ? around(outer, `(${SET}, `, ')') : around(outer, '(', `, ${SET})`);
    }
    return null;
  }

  /** The only mention of a function on a line, or the only function that is written there. */
  #referred(name: string, line: string): Node | undefined {
    const [only, ...others] = this.#nodes.filter((node) => {
      if (lineOf(node) !== line) return false;
      return name === '' ? isFunction(node) : node.type === 'Identifier' && node.name === name;
    });
    return others.length === 0 ? only : undefined;
  }

  #setBefore(place: Node | undefined): readonly Change[] | null {
    if (place === undefined) return null;
    if (place.type === 'CallExpression' && canWait(place))
      return around(chainOf(place), `(${SET}, `, ')');
    const statement = statementOf(place);
    return statement === null ? null : insert(offsetOf(statement), `${SET}; `);
  }

  /** Awaits what is told before the call. */
  #moved(set: Node | undefined): readonly Change[] | null {
    const { node } = this.#violation.site;
    if (set?.type !== 'CallExpression' || codeAround(set) !== codeAround(node)) return null;
    // What a loop declares has no name before it.
    for (let outer = set.parent ?? null; outer !== null; outer = outer.parent ?? null) {
      if (LOOPS.has(outer.type) && !isWithin(node, outer)) return null;
    }
    const statement = statementOf(node);
    const text = this.#source.slice(offsetOf(set), endOf(set));
    return statement === null ? null : insert(offsetOf(statement), `await (${text}); `);
  }
}

/** The statement that a node is in, where another one can be put before it that waits. */
function statementOf(node: Node): Node | null {
  let statement = node;
  while (!hasStatements(statement.parent)) {
    const { parent } = statement;
    if (parent == null || isFunction(parent)) return null;
    statement = parent;
  }
  return canWait(statement) ? statement : null;
}

/** Whether code can wait where a node stands. */
function canWait(node: Node): boolean {
  for (let outer: Node | null = node; outer !== null; outer = outer.parent ?? null) {
    const { parent }: Node = outer;
    if (outer.type === 'Program') return true;
    if (outer.type === 'StaticBlock' || parent?.type === 'PropertyDefinition') return false;
    if (parent != null && isFunction(parent)) return parent.async && parent.body === outer;
  }
  return false;
}

/** The chain of promises that a call begins. */
function chainOf(call: Node): Node {
  let chain = call;
  for (;;) {
    const { parent } = chain;
    const isLink =
      (parent?.type === 'MemberExpression' && parent.object === chain) ||
      (parent?.type === 'CallExpression' && parent.callee === chain) ||
      parent?.type === 'ChainExpression';
    if (!isLink) return chain;
    chain = parent;
  }
}

function hasStatements(node: Node | undefined | null): boolean {
  return node?.type === 'BlockStatement' || node?.type === 'Program';
}

function around(node: Node, before: string, after: string): readonly Change[] {
  return [...insert(offsetOf(node), before), ...insert(endOf(node), after)];
}

function insert(at: number, text: string): readonly Change[] {
  return [{ from: at, to: at, text }];
}
