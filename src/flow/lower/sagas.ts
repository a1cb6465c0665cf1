/**
 * The effects of redux-saga, which a generator yields to have them performed.
 *
 * Source: the API reference of redux-saga 1, "Effect creators".
 */

import {
  keyName,
  rootOf,
  unwrap,
  type CallExpression,
  type MemberExpression,
  type Node,
  type ObjectExpression,
  type Program,
} from '../../syntax/ast.ts';
import type { Outside } from '../../values/externals.ts';

export type SagaEffect =
  /** Calls a function and waits for what it returns. */
  | (Running & { readonly kind: 'call' })
  /** Starts a function and does not wait. */
  | (Running & { readonly kind: 'fork' })
  /** Starts a function with each action of a kind, which comes behind its arguments, and does not wait. */
  | (Running & { readonly kind: 'later' })
  /** @param names the parts of what is given by which each of them is known; null where it is not told */
  | {
      readonly kind: 'all' | 'race';
      readonly items: readonly Node[];
      readonly names: readonly (string | null)[];
    };

interface Running {
  readonly target: Node;
  /** What is written of what the function is given; null where that is not seen. */
  readonly args: readonly Node[] | null;
}

type Expression = MemberExpression['object'];
type Argument = CallExpression['arguments'][number];

const MODULES = /^(?:redux-saga|typed-redux-saga|@redux-saga\/core)(?:\/|$)/;

const CALLS: ReadonlySet<string> = new Set(['call', 'apply', 'cps', 'retry']);
const FORKS: ReadonlySet<string> = new Set(['fork', 'spawn']);

/** Which argument is the function that is started with actions. */
const TAKERS: ReadonlyMap<string, number> = new Map([
  ['takeEvery', 1],
  ['takeLatest', 1],
  ['takeLeading', 1],
  ['throttle', 2],
  ['debounce', 2],
]);

/** Libraries that run generators, and wait for each promise that is yielded. */
const RUNNERS = /^(?:co|mobx|mobx-state-tree)$/;

const withSagas = new WeakMap<Node, boolean>();

/** Whether the generators of the file that a node is in are sagas, or are run as these are. */
export function hasSagas(node: Node): boolean {
  const root = rootOf(node);
  let known = withSagas.get(root);
  if (known === undefined) {
    known = root.type === 'Program' && importsSagas(root);
    withSagas.set(root, known);
  }
  return known;
}

function importsSagas(program: Program): boolean {
  return program.body.some((statement) => {
    if (statement.type !== 'ImportDeclaration') return false;
    const { value } = statement.source;
    return MODULES.test(value) || RUNNERS.test(value);
  });
}

/** Whether a call has a function called with actions that come later. */
export function startsLater(call: CallExpression, outside: Outside): boolean {
  return sagaEffectOf(call, outside)?.kind === 'later';
}

/** The effect that a call creates; null for any other call. */
export function sagaEffectOf(node: Node, outside: Outside): SagaEffect | null {
  const call = unwrap(node);
  if (call.type !== 'CallExpression') return null;
  const name = creatorName(call, outside);
  const [first, ...rest] = call.arguments;
  if (name === null || first === undefined) return null;
  if (name === 'all' || name === 'race') return { kind: name, ...namedItemsOf(first) };
  const taker = TAKERS.get(name);
  if (taker !== undefined) {
    const target = call.arguments[taker];
    if (target === undefined) return null;
    const args = call.arguments.slice(taker + 1);
    return { kind: 'later', target: targetOf(target), args: args.length > 0 ? args : null };
  }
  if (FORKS.has(name)) return { kind: 'fork', target: targetOf(first), args: rest };
  if (!CALLS.has(name)) return null;
  if (name === 'apply') {
    const [target, list] = rest;
    return target === undefined
      ? null
      : {
          kind: 'call',
          target: methodOf(first, target),
          args: list === undefined ? [] : listed(list),
        };
  }
  if (name === 'retry') {
    const [, target, ...args] = rest;
    return target === undefined ? null : { kind: 'call', target: targetOf(target), args };
  }
  return { kind: 'call', target: targetOf(first), args: rest };
}

/** The name under which redux-saga exports what is called; null where it does not. */
export function creatorName({ callee }: CallExpression, outside: Outside): string | null {
  const external = outside(callee);
  if (external?.module == null || !MODULES.test(external.module)) return null;
  const { path } = external;
  const [name = null, ...others] = path[0] === 'effects' ? path.slice(1) : path;
  return others.length > 0 ? null : name;
}

/** The function of `call([context, fn])` and `call({ context, fn })`, where `fn` can be a name. */
function targetOf(node: Node): Node {
  const inner = unwrap(node);
  if (inner.type === 'ArrayExpression') {
    const [context, fn] = inner.elements;
    return context && fn ? methodOf(context, fn) : inner;
  }
  if (inner.type === 'ObjectExpression') {
    const [context, fn] = [propertyOf(inner, 'context'), propertyOf(inner, 'fn')];
    if (fn !== null) return context === null ? fn : methodOf(context, fn);
  }
  return node;
}

function propertyOf({ properties }: ObjectExpression, name: string): Expression | null {
  for (const property of properties) {
    if (property.type !== 'Property') continue;
    if (keyName(property.key, property.computed) === name) return property.value;
  }
  return null;
}

const methods = new WeakMap<Node, Node>();

/** A function that is given with its context: itself, or the member that its name means. */
function methodOf(context: Argument, fn: Node): Node {
  const name = unwrap(fn);
  if (context.type === 'SpreadElement' || name.type !== 'Literal' || typeof name.value !== 'string')
    return fn;
  let method = methods.get(name);
  if (method === undefined) {
    method = memberNamed(context, name);
    methods.set(name, method);
  }
  return method;
}

/** `context['name']`, which stands where the name does. */
function memberNamed(context: Expression, name: Expression): Node {
  const type = 'MemberExpression' as const;
  // Parsers tell by keys of their own where a node is.
  return { ...name, type, object: context, property: name, computed: true, optional: false };
}

/** The elements of a list that is written out; null for any other. */
function listed(node: Node): readonly Node[] | null {
  const inner = unwrap(node);
  return inner.type === 'ArrayExpression'
    ? inner.elements.filter((element) => element !== null)
    : null;
}

function namedItemsOf(node: Node): Pick<SagaEffect & { kind: 'race' }, 'items' | 'names'> {
  const inner = unwrap(node);
  const items: Node[] = [];
  const names: (string | null)[] = [];
  const add = (item: Node, name: string | null): void => {
    items.push(item);
    names.push(name);
  };
  if (inner.type === 'ArrayExpression') {
    const isSpread = inner.elements.some((element) => element?.type === 'SpreadElement');
    for (const [index, element] of inner.elements.entries()) {
      if (element !== null) add(element, isSpread ? null : String(index));
    }
  } else if (inner.type === 'ObjectExpression') {
    const isSpread = inner.properties.some(({ type }) => type === 'SpreadElement');
    for (const property of inner.properties) {
      if (property.type !== 'Property') continue;
      add(property.value, isSpread ? null : keyName(property.key, property.computed));
    }
  }
  return { items, names };
}

/** Whether what an effect gives is there, and truthy: an action, or that a time is over. */
export function givesTruthy(node: Node, outside: Outside): boolean {
  const call = unwrap(node);
  if (call.type !== 'CallExpression') return false;
  const name = creatorName(call, outside);
  return name === 'take' || (name === 'delay' && call.arguments.length === 1);
}
