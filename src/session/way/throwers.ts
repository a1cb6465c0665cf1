/** What throws before something is caught: the first that can, behind what is told already. */

import {
  childrenOf,
  isFunction,
  isWithin,
  memberName,
  unwrap,
  type Node,
} from '../../syntax/ast.ts';
import { LOOPS } from '../../syntax/forms.ts';
import { linkOf } from '../../syntax/promises.ts';
import type { Turn } from '../../flow/solve/witness.ts';

/**
 * Where what a handler catches is thrown; null where it is not told.
 *
 * @param site the handler, as a way has it
 * @param last the place that was told last, or the handler that was entered; null for none
 * @param turns how tests came out on the way
 * @param isSeen whether a call is of a function that is seen, which is told where it throws
 */
export function throwerFor(
  site: Node,
  last: Node | null,
  turns: readonly Turn[],
  isSeen: (call: Node) => boolean,
): Node | null {
  const guarded = guardedBy(site, last);
  if (guarded === null) return null;
  const { parent } = site;
  if (parent?.type === 'CallExpression') return guarded;
  const outcomes = new Map<object, boolean>();
  for (const turn of turns) {
    if (turn.kind === 'decided') outcomes.set(turn.decision.node, turn.outcome);
  }
  const order = evaluated(guarded);
  // Nothing of the guarded part is told where the last place is outside.
  const from = last === null ? -1 : lastIndexOf(last, order);
  // What a callback is followed by is not in the order of the source.
  if (from < 0 && last !== null && isWithin(last, guarded)) return null;
  const rest = order.slice(from + 1);
  const at = rest.findIndex(
    (node) => throws(node) && !isSeen(node) && isTaken(node, guarded, outcomes, last),
  );
  const thrower = rest[at];
  if (thrower === undefined || rest.slice(0, at).some(({ type }) => JUMPS.has(type))) return null;
  // What comes behind a loop is not what throws in its next round.
  return from >= 0 && leavesLoop(last, thrower, guarded) ? null : thrower;
}

/** Where a place ends in an order of evaluation; where a handler begins. */
function lastIndexOf(place: Node, order: readonly Node[]): number {
  if (place.type !== 'CatchClause') return order.findLastIndex((node) => isWithin(node, place));
  const first = order.findIndex((node) => isWithin(node, place));
  return first < 0 ? first : first - 1;
}

const JUMPS: ReadonlySet<string> = new Set([
  'BreakStatement',
  'ContinueStatement',
  'ReturnStatement',
]);

/** Whether one place is in a loop, within some code, that another is not in. */
function leavesLoop(place: Node | null, other: Node, root: Node): boolean {
  for (let outer = place?.parent ?? null; outer !== null && outer !== root;) {
    if (LOOPS.has(outer.type) && !isWithin(other, outer)) return true;
    outer = outer.parent ?? null;
  }
  return false;
}

/** What a handler guards: a block, or a promise; a finalizer guards the `catch` that was entered, too. */
function guardedBy(site: Node, last: Node | null): Node | null {
  const { parent } = site;
  if (parent?.type === 'TryStatement') {
    const { block, handler, finalizer } = parent;
    const isHandled = last !== null && handler !== null && isWithin(last, handler);
    if (site === finalizer && isHandled) return handler.body;
    return block === site ? null : block;
  }
  if (parent?.type !== 'CallExpression') return null;
  const callee = unwrap(parent.callee);
  return callee.type === 'MemberExpression' && memberName(callee) !== null ? callee.object : null;
}

/** The nodes of some code in the order in which they are evaluated, but for functions within. */
function evaluated(root: Node): readonly Node[] {
  const order: Node[] = [];
  const visit = (node: Node): void => {
    if (isFunction(node)) return;
    for (const child of inOrder(node)) visit(child);
    order.push(node);
  };
  visit(root);
  return order;
}

/** The parts of a node in the order in which they are evaluated: what is taken apart comes first. */
function inOrder(node: Node): readonly Node[] {
  if (node.type === 'VariableDeclarator')
    return node.init === null ? [node.id] : [node.init, node.id];
  if (node.type === 'AssignmentExpression' && node.left.type !== 'MemberExpression') {
    return [node.right, node.left];
  }
  return childrenOf(node);
}

function throws(node: Node): boolean {
  switch (node.type) {
    case 'CallExpression':
      // A link of a promise's chain does not throw: what is awaited of it does.
      return linkOf(node.callee) === null;
    case 'NewExpression':
    case 'TaggedTemplateExpression':
    case 'ImportExpression':
    case 'YieldExpression':
    case 'ThrowStatement':
      return true;
    case 'AwaitExpression':
      // Of what is called there, the call is told.
      return !isCall(node.argument);
    case 'ForOfStatement':
      return true;
    default:
      return false;
  }
}

function isCall(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'CallExpression') return linkOf(inner.callee) === null;
  return inner.type === 'NewExpression' || inner.type === 'ImportExpression';
}

/** Whether a node is in no branch that the way does not take. */
function isTaken(
  node: Node,
  root: Node,
  outcomes: ReadonlyMap<object, boolean>,
  entered: Node | null,
): boolean {
  for (let inner = node; inner !== root; inner = inner.parent) {
    const outer: Node | null = inner.parent ?? null;
    if (outer === null) break;
    const isSkipped = (test: Node, whenTrue: Node, whenFalse: Node | null): boolean => {
      const outcome = outcomes.get(test);
      // A test that is not told comes out the one way or the other.
      return (inner === whenTrue && outcome !== true) || (inner === whenFalse && outcome !== false);
    };
    switch (outer.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
        if (isSkipped(outer.test, outer.consequent, outer.alternate)) return false;
        break;
      case 'LogicalExpression':
        if (inner === outer.right && outcomes.get(outer.left) !== (outer.operator === '&&'))
          return false;
        break;
      case 'AssignmentPattern':
        // Whether a default is needed is not told.
        if (inner === outer.right) return false;
        break;
      case 'TryStatement':
        // What is thrown there goes to another handler.
        if (inner === outer.block && outer.handler !== null) return false;
        break;
      case 'CatchClause':
        if (outer !== entered) return false;
        break;
      case 'SwitchCase':
        if (inner !== root) return false;
        break;
      case 'WhileStatement':
        if (inner === outer.body) return false;
        break;
      case 'ForStatement':
        if (inner === outer.body || inner === outer.update) return false;
        break;
      case 'ForOfStatement':
      case 'ForInStatement':
        if (inner === outer.body && outcomes.get(outer.right) !== true) return false;
        break;
      default:
        break;
    }
    if (inner.parent === undefined || inner.parent === null) break;
  }
  return true;
}
