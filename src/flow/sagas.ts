/**
 * The effects of redux-saga, which a generator yields to have them performed.
 *
 * Source: the API reference of redux-saga 1, "Effect creators".
 */

import {
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
  type Program,
} from './ast.ts';
import type { Bindings } from './bindings.ts';

export type SagaEffect =
  /** Calls a function and waits for what it returns. */
  | { readonly kind: 'call'; readonly target: Node; readonly args: readonly Node[] }
  /** Starts a function and does not wait. */
  | { readonly kind: 'fork'; readonly target: Node; readonly args: readonly Node[] }
  | { readonly kind: 'all' | 'race'; readonly items: readonly Node[] };

const MODULES = /^(?:redux-saga|typed-redux-saga|@redux-saga\/core)(?:\/|$)/;

const CALLS: ReadonlySet<string> = new Set(['call', 'apply', 'cps', 'retry']);
const FORKS: ReadonlySet<string> = new Set([
  'fork',
  'spawn',
  'takeEvery',
  'takeLatest',
  'takeLeading',
]);

/** Whether the generators of a file are sagas. */
export function hasSagas(program: Program): boolean {
  return program.body.some(
    (statement) => statement.type === 'ImportDeclaration' && MODULES.test(statement.source.value),
  );
}

/** The effect that a call creates; null for any other call. */
export function sagaEffectOf(node: Node, bindings: Bindings): SagaEffect | null {
  const call = unwrap(node);
  if (call.type !== 'CallExpression') return null;
  const name = creatorName(call, bindings);
  const [first, ...rest] = call.arguments;
  if (name === null || first === undefined) return null;
  if (name === 'all' || name === 'race') return { kind: name, items: itemsOf(first) };
  if (FORKS.has(name)) {
    const target = name.startsWith('take') ? rest[0] : first;
    return target === undefined ? null : { kind: 'fork', target: targetOf(target), args: [] };
  }
  if (!CALLS.has(name)) return null;
  if (name === 'apply') {
    const [target, list] = rest;
    return target === undefined
      ? null
      : { kind: 'call', target, args: list === undefined ? [] : itemsOf(list) };
  }
  if (name === 'retry') {
    const [, target, ...args] = rest;
    return target === undefined ? null : { kind: 'call', target: targetOf(target), args };
  }
  return { kind: 'call', target: targetOf(first), args: rest };
}

/** The name under which redux-saga exports what is called. */
function creatorName(call: CallExpression, bindings: Bindings): string | null {
  const callee = unwrap(call.callee);
  const root = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  if (root.type !== 'Identifier') return null;
  const definition = bindings.variable(root)?.defs[0];
  const { parent } = definition ?? {};
  if (parent?.type !== 'ImportDeclaration' || !MODULES.test(parent.source.value)) return null;
  if (callee.type === 'MemberExpression') return memberName(callee);
  const specifier = definition?.node;
  return specifier?.type === 'ImportSpecifier' ? keyName(specifier.imported, false) : null;
}

/** The function of `call([context, fn])` and `call({ context, fn })`. */
function targetOf(node: Node): Node {
  const inner = unwrap(node);
  if (inner.type === 'ArrayExpression') return inner.elements[1] ?? inner;
  if (inner.type === 'ObjectExpression') {
    for (const property of inner.properties) {
      if (property.type === 'Property' && keyName(property.key, property.computed) === 'fn') {
        return property.value;
      }
    }
  }
  return node;
}

function itemsOf(node: Node): readonly Node[] {
  const inner = unwrap(node);
  if (inner.type === 'ArrayExpression') {
    return inner.elements.filter((element) => element !== null);
  }
  if (inner.type === 'ObjectExpression') {
    return inner.properties.flatMap((property) =>
      property.type === 'Property' ? [property.value] : [],
    );
  }
  return [];
}
