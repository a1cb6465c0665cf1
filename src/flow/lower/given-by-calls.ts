/** What functions that are called before a use have put into a place: `reset(); await ready`. */

import {
  childrenOf,
  codeAround,
  isFunction,
  isNode,
  unwrap,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import { endOf, offsetOf } from '../../syntax/places.ts';
import { holds, isInside, isReturn, LOOPS, statementsOf, WAITS } from '../../syntax/forms.ts';
import { refillOf } from './refilled.ts';

/** So many statements before a use are looked at. */
const MAX_BEFORE = 32;

/** Of a call that may lead to more functions than this, any is taken to be called. */
const MAX_CALLED = 32;

/**
 * The one of the values of a place that a call before a use is sure to give it, behind which nothing
 * else does; null where there is none.
 *
 * @param functionsOf the functions that a call calls, as far as they are seen
 * @param called what calls lead to
 */
export function givenByCall(
  sources: readonly Node[],
  use: Node,
  functionsOf: (call: CallExpression) => readonly object[],
  called: CalledIn,
): Node | null {
  const code = codeAround(use);
  const givers = new Map<object, Node>();
  for (const source of sources) {
    const giver = codeAround(source);
    if (giver !== code) givers.set(giver, source);
  }
  if (givers.size === 0) return null;
  let left = MAX_BEFORE;
  let inner = use;
  for (let outer = use.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer) || LOOPS.has(outer.type)) return null;
    const list = statementsOf(outer) ?? [];
    for (let at = list.indexOf(inner) - 1; at >= 0; at--) {
      const statement = list[at];
      if (statement === undefined || left-- === 0) return null;
      if (sources.some((source) => isInside(source, statement))) return null;
      const giving = callsIn(statement).filter((call) =>
        [...called.ledTo(call)].some((one) => one === null || givers.has(one)),
      );
      if (giving.length === 0) continue;
      const [call, ...others] = giving;
      if (call === undefined || others.length > 0 || !isAllOf(statement, call)) return null;
      const [giver, ...variants] = functionsOf(call);
      const source = giver === undefined || variants.length > 0 ? undefined : givers.get(giver);
      return source !== undefined && isSurelyGiven(source, sources) ? source : null;
    }
    inner = outer;
  }
  return null;
}

/**
 * Whether the statements of a module, or of a constructor, give a place a value before anybody can call
 * their functions.
 *
 * @param functionsOf the functions that a call calls, as far as they are seen
 */
export function isGivenAtFirst(
  sources: readonly Node[],
  statements: readonly Node[],
  functionsOf: (call: CallExpression) => readonly object[],
): boolean {
  for (const statement of statements.slice(0, MAX_BEFORE)) {
    if (holds(statement, isReturn)) return false;
    if (sources.some((source) => source.parent && isAllOf(statement, source.parent))) return true;
    const called = callsIn(statement).map(functionsOf);
    if (called.every((functions) => functions.length === 0)) continue;
    const [[giver, ...variants] = [], ...others] = called;
    if (variants.length > 0 || others.length > 0) return false;
    const source = sources.find((one) => codeAround(one) === giver);
    const [call] = callsIn(statement);
    return (
      source !== undefined &&
      call !== undefined &&
      isAllOf(statement, call) &&
      isSurelyGiven(source, sources)
    );
  }
  return false;
}

/**
 * Where the functions of a file may be called: where a call calls one, is given it, or leads to it; and
 * where their code waits.
 */
export class CalledIn {
  readonly #functionsOf: (call: CallExpression) => readonly object[];
  /** The offsets of the calls in some code, by what they may call; those that may call anything by null. */
  readonly #known = new Map<Node, ReadonlyMap<object | null, readonly number[]>>();
  readonly #direct = new Map<Node, readonly object[]>();
  /** The offsets at which some code goes on that has waited. */
  readonly #waits = new Map<Node, readonly number[]>();

  /** @param functionsOf the functions that a call calls, or is given, as far as they are seen */
  constructor(functionsOf: (call: CallExpression) => readonly object[]) {
    this.#functionsOf = functionsOf;
  }

  /** Whether a function may be called by some code, between two offsets. */
  calls(called: Node, code: Node, from: number, to: number): boolean {
    const calls = this.#callsIn(code);
    return [called, null].some((one) => calls.get(one)?.some((at) => from <= at && at < to));
  }

  /** Whether some code waits for something, so that others may run, and goes on between two offsets. */
  waits(code: Node, from: number, to: number): boolean {
    let ends = this.#waits.get(code);
    if (ends === undefined) {
      ends = childrenOf(code)
        .flatMap((child) => within(child))
        .flatMap((node) => {
          if (WAITS.has(node.type)) return [endOf(node)];
          return node.type === 'ForOfStatement' && node.await ? [offsetOf(node.body)] : [];
        });
      this.#waits.set(code, ends);
    }
    return ends.some((end) => from < end && end < to);
  }

  #callsIn(code: Node): ReadonlyMap<object | null, readonly number[]> {
    let calls = this.#known.get(code);
    if (calls === undefined) {
      const found = new Map<object | null, number[]>();
      for (const call of callsOf(code)) {
        for (const one of this.ledTo(call)) {
          const known = found.get(one);
          if (known === undefined) found.set(one, [offsetOf(call)]);
          else known.push(offsetOf(call));
        }
      }
      calls = found;
      this.#known.set(code, calls);
    }
    return calls;
  }

  /** The functions to which a call leads; null stands for any. */
  ledTo(call: CallExpression): ReadonlySet<object | null> {
    const found = new Set<object | null>(this.#functionsOf(call));
    for (const one of found) {
      if (found.size > MAX_CALLED) return found.add(null);
      if (!isNode(one)) continue;
      let direct = this.#direct.get(one);
      if (direct === undefined) {
        direct = callsOf(one).flatMap((inner) => this.#functionsOf(inner));
        this.#direct.set(one, direct);
      }
      for (const next of direct) found.add(next);
    }
    return found;
  }
}

/** Whether a function that has come to its end has surely given its place this, and nothing else. */
function isSurelyGiven(source: Node, sources: readonly Node[]): boolean {
  const code = codeAround(source);
  if (!isFunction(code) || code.async || code.generator || code.body === null) return false;
  if (sources.some((other) => other !== source && isInside(other, code))) return false;
  const given = source.parent ?? null;
  if (given?.type !== 'AssignmentExpression' || given.operator !== '=') return false;
  if (refillOf(source) !== null) return false;
  if (code.body.type !== 'BlockStatement') return unwrap(code.body) === given;
  const { body } = code.body;
  const at = body.findIndex((statement) => isAllOf(statement, given));
  return at >= 0 && !body.slice(0, at).some((statement) => holds(statement, isReturn));
}

/** Whether a statement does nothing but to evaluate an expression, and to wait for it. */
function isAllOf(statement: Node, expression: Node): boolean {
  if (statement.type !== 'ExpressionStatement') return false;
  let inner = unwrap(statement.expression);
  if (inner.type === 'AwaitExpression') inner = unwrap(inner.argument);
  if (inner.type === 'UnaryExpression' && inner.operator === 'void') inner = unwrap(inner.argument);
  return inner === expression;
}

function callsIn(statement: Node): readonly CallExpression[] {
  return within(statement).flatMap((node) => (node.type === 'CallExpression' ? [node] : []));
}

/** The calls in a function or a module, but for those in functions that are written there. */
function callsOf(code: Node): readonly CallExpression[] {
  return childrenOf(code).flatMap((child) => callsIn(child));
}

/** What is in a statement, but for functions that are written there. */
function within(statement: Node): readonly Node[] {
  const found: Node[] = [];
  const open: Node[] = [statement];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFunction(node)) continue;
    found.push(node);
    open.push(...childrenOf(node));
  }
  return found;
}
