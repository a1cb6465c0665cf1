/** Whether a guard is falsy once a call has cleared the session, whatever becomes of the call. */

import { isFunction, isNode, memberName, unwrap, type Node } from '../../syntax/ast.ts';
import type { EventEffect, Protocol } from '../../flow/algebra/protocol.ts';
import { callsLater } from '../../flow/lower/handed.ts';
import { startsLater } from '../../flow/lower/sagas.ts';
import type { Outside } from '../../values/externals.ts';

const HIGH = 0;
const LOW = 1;

function effect(name: string, to: number | null, isSure = false): EventEffect {
  return {
    name,
    normal: (state) => 1 << (to ?? state),
    thrown: (state) => (isSure ? 0 : 1 << (to ?? state)),
    lingers: to === 0,
  };
}

/** Whether something is given to somebody who calls it later: a timer, a listener, an element. */
function isGivenForLater(site: object, outside: Outside): boolean {
  if (!isNode(site)) return false;
  let inner: Node = site;
  for (let outer = site.parent; outer; outer = inner.parent) {
    switch (outer.type) {
      case 'JSXExpressionContainer':
        return true;
      case 'CallExpression':
        return outer.callee !== inner && (callsLater(outer) || startsLater(outer, outside));
      case 'ArrayExpression':
      case 'ObjectExpression':
      case 'Property':
        break;
      default:
        if (unwrap(outer) !== unwrap(inner)) return false;
    }
    inner = outer;
  }
  return false;
}

/** The life of one guard: wherever code is entered, it may be truthy. */
export function guardIn(outside: Outside): Protocol {
  return {
    entered: (site) => (site === null || isGivenForLater(site, outside) ? HIGH : null),
    states: ['high', 'low'],
    events: [effect('raised', 0), effect('lowered', LOW, true), effect('nothing', null)],
    initial: 0,
    established: 1 << LOW,
  };
}

export const RAISED = 0;
export const LOWERED = 1;
export const NOTHING = 2;

/** The states in which a guard is falsy. */
export const IS_LOW = 1 << LOW;

/**
 * Whether something is lowered on each way behind a call: in a `finally`, or right behind the call,
 * which nobody waits for there.
 */
export function isLoweredBehind(clear: Node, lowered: ReadonlySet<Node>): boolean {
  let outer: Node = clear;
  const isLowering = (statement: Node | null | undefined): boolean =>
    statement?.type === 'ExpressionStatement' && lowered.has(yielded(statement.expression));
  for (let inner: Node = clear; inner.parent && !isFunction(inner); inner = inner.parent) {
    const parent: Node = inner.parent;
    if (parent.type === 'TryStatement' && parent.block === inner) {
      if (isLowering(parent.finalizer?.body[0])) return true;
    }
    const call: Node | null = parent.type === 'MemberExpression' ? (parent.parent ?? null) : null;
    if (parent.type === 'MemberExpression' && call?.type === 'CallExpression' && outer === inner) {
      const [handler] = call.arguments;
      const name: string | null = call.callee === parent ? memberName(parent) : null;
      if (name === 'finally' && handler !== undefined && isFunction(handler)) {
        const { body } = handler;
        const isLow =
          body?.type === 'BlockStatement'
            ? isLowering(body.body[0])
            : body !== null && lowered.has(unwrap(body));
        if (isLow) return true;
      }
      // What `catch` is given runs later.
      outer = name === 'catch' || name === 'then' || name === 'finally' ? call : outer;
    }
  }
  const voided = outer.parent?.type === 'UnaryExpression' ? outer.parent : outer;
  const statement = voided.parent;
  if (statement?.type !== 'ExpressionStatement') return false;
  const block = statement.parent;
  if (block?.type !== 'BlockStatement' && block?.type !== 'Program') return false;
  const own = block.body.findIndex((one) => one === statement);
  return isLowering(block.body[own + 1]);
}

/** What an expression has performed that yields it, as a saga does. */
function yielded(node: Node): Node {
  const inner = unwrap(node);
  return inner.type === 'YieldExpression' && !inner.delegate && inner.argument !== null
    ? unwrap(inner.argument)
    : inner;
}
