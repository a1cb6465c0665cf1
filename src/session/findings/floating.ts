/**
 * Whether a promise is dropped: whether the code that gets it neither waits for it nor hands it on.
 * Judged as `no-floating-promises` of typescript-eslint judges it, with no need of types, and with
 * variables followed.
 */

import {
  functionAround,
  isFunction,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';
import { initializerOf, type Bindings, type Variable } from '../../syntax/bindings.ts';
import { stepsTo } from '../../syntax/patterns.ts';
import { isNewPromise, isWithResolvers, promiseMethod } from '../../syntax/promises.ts';

/** What counts as dropping a promise on purpose, which is then no drop. */
export interface Deliberate {
  readonly allowVoid: boolean;
  readonly allowCatch: boolean;
}

/** A promise that is dropped. */
export interface Drop {
  /** The expression to await instead; null where that is an array of promises. */
  readonly promise: Node | null;
  /** The variable in which it is lost. */
  readonly variable: string | null;
  /** The `void` before it. */
  readonly operator: Node | null;
  /** Whether a handler is told of its rejection. */
  readonly isCaught: boolean;
}

/** What an expression on the way up holds of the promise. */
interface Held {
  /** The promise, or the one that follows it in a chain. */
  readonly promise: Node | null;
  /** Whether the expression is an array with the promise in it. */
  readonly isArray: boolean;
  readonly isCaught: boolean;
}

/** The file that a promise is in. */
export interface Surroundings {
  readonly bindings: Bindings;
  /** Whether the promise of a call waits for what it was given: a promise, or what a function gives. */
  readonly isWaitingFor: (call: CallExpression, given: Node) => boolean;
}

/** A promise that is given from one variable to the next is followed through so many. */
const MAX_FOLLOWED = 256;

const COMBINATORS = new Set(['all', 'allSettled', 'any', 'race']);

/** How the promise that a call returns is dropped; null where it is not. */
export function dropOf(
  call: CallExpression,
  { bindings, isWaitingFor }: Surroundings,
  deliberate: Deliberate,
): Drop | null {
  const followed = new Set<Variable>();
  return follow(call, { promise: call, isArray: false, isCaught: false });

  /** What becomes of an expression that holds the promise. */
  function follow(node: Node, held: Held): Drop | null {
    const [child, parent] = placeOf(node);
    if (parent?.type === 'MemberExpression') {
      return parent.object === child && !held.isArray ? followChain(parent, held.isCaught) : null;
    }
    if (held.isCaught && deliberate.allowCatch) return null;
    switch (parent?.type) {
      case 'ExpressionStatement':
        return dropped(held);
      case 'ForStatement':
        return parent.test === child ? null : dropped(held);
      case 'SequenceExpression':
        return parent.expressions.at(-1) === child ? follow(parent, held) : dropped(held);
      case 'ConditionalExpression':
        return parent.test === child ? null : follow(parent, held);
      case 'LogicalExpression':
        return follow(parent, held);
      case 'UnaryExpression':
        return parent.operator === 'void' && !deliberate.allowVoid
          ? { ...dropped(held), operator: parent }
          : null;
      case 'AwaitExpression':
        return held.isArray ? follow(parent, held) : null;
      case 'ArrayExpression':
        return follow(parent, { ...held, isArray: true });
      case 'CallExpression':
        return isPassThrough(parent, child, held.isArray, bindings) ||
          (!held.isArray && isWaitingFor(parent, child))
          ? follow(parent, { promise: parent, isArray: false, isCaught: false })
          : null;
      case 'ArrowFunctionExpression':
        return parent.body === child ? followResult(parent, held) : null;
      case 'ReturnStatement': {
        const owner = functionAround(parent);
        return owner === null ? null : followResult(owner, held);
      }
      case 'VariableDeclarator':
        return parent.init === child ? followBinding(parent.id, held) : null;
      case 'AssignmentExpression': {
        const value = parent.right === child ? follow(parent, held) : null;
        return value === null ? null : followBinding(unwrap(parent.left), held);
      }
      default:
        return null;
    }
  }

  /** What becomes of `promise.then(…)` and its kin. */
  function followChain(member: MemberExpression, wasCaught: boolean): Drop | null {
    const [callee, call] = placeOf(member);
    if (call?.type !== 'CallExpression' || call.callee !== callee) return null;
    const next = (isCaught: boolean) => follow(call, { promise: call, isArray: false, isCaught });
    switch (memberName(member)) {
      case 'then': {
        const drop = next(isHandler(call.arguments[1]));
        // Whoever waits for the promise that it resolves waits for this one.
        return drop?.isCaught === true && isResolver(call.arguments[0], bindings) ? null : drop;
      }
      case 'catch':
        return next(isHandler(call.arguments[0]));
      case 'finally':
        return next(wasCaught);
      default:
        return null;
    }
  }

  /** What becomes of what a function returns, where that can be told from where it is written. */
  function followResult(node: FunctionNode, held: Held): Drop | null {
    const [child, outer] = placeOf(node);
    if (node.generator || outer?.type !== 'CallExpression') return null;
    const result = { ...held, promise: outer };
    if (outer.callee === child) return follow(outer, result);
    if (isWaitingFor(outer, node)) return follow(outer, { ...result, isArray: false });
    const callee = unwrap(outer.callee);
    if (callee.type !== 'MemberExpression') return null;
    switch (memberName(callee)) {
      case 'then':
      case 'catch':
      case 'finally':
        return held.isArray ? null : follow(outer, result);
      case 'map':
      case 'flatMap':
        // What takes its function in another place is no list.
        if (unwrap(outer.arguments[0] ?? outer) !== unwrap(child)) return null;
        return follow(outer, { ...held, promise: null, isArray: true });
      default:
        return null;
    }
  }

  /** Whether a name that is given the promise is ever read for more than to drop it again. */
  function followBinding(name: Node, held: Held): Drop | null {
    const variable = name.type === 'Identifier' ? bindings.variable(name) : null;
    // A promise that is chained to its own variable, such as a queue, is waited for by the next.
    if (variable === null || isExported(variable) || followed.has(variable)) return null;
    if (followed.size >= MAX_FOLLOWED) return null;
    followed.add(variable);
    const reads = variable.references.filter((reference) => reference.isRead());
    const drops = reads.map(({ identifier }) =>
      follow(identifier, { ...held, promise: held.isArray ? null : identifier }),
    );
    if (drops.includes(null)) return null;
    return { ...(drops[0] ?? dropped(held)), variable: variable.name };
  }
}

/** Whether a variable is exported where it is declared. An `export { name }` is a read of it. */
function isExported({ defs }: Variable): boolean {
  return defs.some(({ node }) => node.parent?.parent?.type === 'ExportNamedDeclaration');
}

function dropped({ promise, isCaught }: Held): Drop {
  return { promise, variable: null, operator: null, isCaught };
}

/** An expression with the casts around it, and what it is part of. */
function placeOf(node: Node): readonly [child: Node, parent: Node | null] {
  const core = unwrap(node);
  let child = node;
  let parent = node.parent ?? null;
  while (parent !== null && unwrap(parent) === core) {
    child = parent;
    parent = parent.parent ?? null;
  }
  return [child, parent];
}

/** Whether a call returns a promise for its argument: `Promise.all([…])`, `Promise.resolve(…)`. */
function isPassThrough(
  call: CallExpression,
  argument: Node,
  isArray: boolean,
  bindings: Bindings,
): boolean {
  const name = promiseMethod(call, bindings);
  if (name === null || call.arguments[0] !== argument) return false;
  return isArray ? COMBINATORS.has(name) : name === 'resolve';
}

/** Whether an argument is the `resolve` of `new Promise((resolve, …) => …)`, or of `withResolvers()`. */
function isResolver(argument: Node | undefined, bindings: Bindings): boolean {
  const inner = argument === undefined ? null : unwrap(argument);
  if (inner?.type === 'MemberExpression') {
    const variable = memberName(inner) === 'resolve' ? bindings.variable(inner.object) : null;
    const initial = variable === null ? null : initializerOf(variable);
    return initial !== null && isWithResolvers(initial, bindings);
  }
  const variable = inner?.type === 'Identifier' ? bindings.variable(inner) : null;
  const { node, name } = variable?.defs[0] ?? {};
  if (node?.type === 'VariableDeclarator') {
    const steps = name === undefined ? null : stepsTo(node.id, name);
    const [step, ...others] = steps ?? [];
    const isResolve =
      step?.kind === 'property' && keyName(step.node.key, step.node.computed) === 'resolve';
    const { init } = node;
    return isResolve && others.length === 0 && init !== null && isWithResolvers(init, bindings);
  }
  if (node === undefined || !isFunction(node)) return false;
  const [resolve] = node.params;
  const { parent } = node;
  return name === resolve && !!parent && isNewPromise(parent, bindings);
}

/** Whether an argument can be a function that handles a rejection. */
function isHandler(argument: Node | undefined): boolean {
  if (argument === undefined) return false;
  const inner = unwrap(argument);
  if (inner.type === 'Identifier') return inner.name !== 'undefined';
  return inner.type !== 'Literal' && inner.type !== 'ObjectExpression';
}
