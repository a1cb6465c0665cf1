/** What functions that are called before a use have put into a place: `reset(); await ready`. */

import {
  codeAround,
  isFunction,
  unwrap,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import { holds, isInside, isReturn, LOOPS, statementsOf } from '../../syntax/forms.ts';
import { callsIn, type CalledIn } from './called-in.ts';
import { refillOf } from './refilled.ts';

/** So many statements before a use are looked at. */
const MAX_BEFORE = 32;

/**
 * The one of the values of a place that a call before a use is sure to give it, behind which nothing
 * else does; null where there is none.
 *
 * @param called what calls lead to
 */
export function givenByCall(sources: readonly Node[], use: Node, called: CalledIn): Node | null {
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
      const [giver, ...variants] = called.functionsOf(call);
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
