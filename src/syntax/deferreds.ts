/** What is written by hand for what `Promise.withResolvers()` gives. */

import {
  constructorOf,
  isFunction,
  keyName,
  memberName,
  unwrap,
  type ClassNode,
  type FunctionNode,
  type NewExpression,
  type Node,
} from './ast.ts';
import type { Bindings } from './bindings.ts';
import { isNewPromise } from './promises.ts';

const PARTS: ReadonlySet<string> = new Set(['promise', 'resolve', 'reject']);

/**
 * Whether a function gives a promise with what settles it:
 * `let resolve; const promise = new Promise((r) => { resolve = r; }); return { promise, resolve };`
 */
export function makesDeferred(
  { async, generator, body }: FunctionNode,
  bindings: Bindings,
): boolean {
  if (async || generator || body?.type !== 'BlockStatement') return false;
  const last = body.body.at(-1);
  const made = last?.type === 'ReturnStatement' && last.argument ? unwrap(last.argument) : null;
  if (made?.type !== 'ObjectExpression') return false;
  const own = body.body.slice(0, -1);
  if (!own.every(({ type }) => type === 'VariableDeclaration')) return false;
  const given = new Map<string, Node>();
  for (const property of made.properties) {
    const key = property.type === 'Property' ? keyName(property.key, property.computed) : null;
    const value = property.type === 'Property' ? unwrap(property.value) : null;
    if (key === null || value?.type !== 'Identifier' || !PARTS.has(key)) return false;
    given.set(key, value);
  }
  const [promise, resolve] = [given.get('promise'), given.get('resolve')];
  const [definition] = (promise && bindings.variable(promise)?.defs) ?? [];
  const init = definition?.node.type === 'VariableDeclarator' ? definition.node.init : null;
  const settlers = init === null ? null : settlersOf(unwrap(init), bindings);
  if (settlers === null || resolve === undefined) return false;
  const reject = given.get('reject');
  return (
    isOnlyGiven(resolve, settlers.resolve, bindings) &&
    (reject === undefined ||
      (settlers.reject !== null && isOnlyGiven(reject, settlers.reject, bindings)))
  );
}

/**
 * Whether the objects of a class are such promises:
 * `constructor() { this.promise = new Promise((resolve) => { this.resolve = resolve; }); }`, or the same
 * where the field is declared.
 */
export function isDeferredClass(node: ClassNode, bindings: Bindings): boolean {
  const promise = node.superClass === null ? promiseIn(node) : null;
  const settlers = promise && settlersOf(unwrap(promise), bindings);
  return (
    settlers !== null &&
    fieldOf(settlers.resolve) === 'resolve' &&
    (settlers.reject === null || fieldOf(settlers.reject) === 'reject')
  );
}

/** What the field `promise` of a class is given, where its objects are given nothing else. */
function promiseIn(node: ClassNode): Node | null {
  const fields = new Map<string | null, Node | null>();
  for (const member of node.body.body) {
    if (member.type !== 'PropertyDefinition' || member.static) continue;
    fields.set(keyName(member.key, member.computed), member.value);
  }
  const declared = fields.get('promise') ?? null;
  const code = constructorOf(node);
  if (code === null)
    return [...fields.values()].every((value) => value === null || value === declared)
      ? declared
      : null;
  const [only, ...others] = code.body?.type === 'BlockStatement' ? code.body.body : [];
  const given = only?.type === 'ExpressionStatement' ? unwrap(only.expression) : null;
  return given?.type === 'AssignmentExpression' &&
    others.length === 0 &&
    fieldOf(given.left) === 'promise'
    ? given.right
    : null;
}

/** What `resolve` and `reject` are given to in `new Promise((resolve, reject) => { … })`, which does nothing else. */
function settlersOf(
  node: Node,
  bindings: Bindings,
): { readonly resolve: Node; readonly reject: Node | null } | null {
  if (!isNewPromise(node, bindings)) return null;
  const executor = (node as NewExpression).arguments[0];
  if (executor === undefined || !isFunction(executor) || executor.async) return null;
  const { params, body } = executor;
  const statements: readonly Node[] =
    body?.type === 'BlockStatement' ? body.body : body === null ? [] : [body];
  const targets = new Map<unknown, Node>();
  for (const statement of statements) {
    const inner = unwrap(
      statement.type === 'ExpressionStatement' ? statement.expression : statement,
    );
    if (inner.type !== 'AssignmentExpression' || inner.operator !== '=') return null;
    const value = unwrap(inner.right);
    const variable = value.type === 'Identifier' ? bindings.variable(value) : null;
    if (variable === null) return null;
    targets.set(variable.defs[0]?.name, unwrap(inner.left));
  }
  const resolve = targets.get(params[0]) ?? null;
  return resolve && { resolve, reject: targets.get(params[1]) ?? null };
}

/** Whether a name stands for what is given to a target once, and for nothing else. */
function isOnlyGiven(name: Node, target: Node, bindings: Bindings): boolean {
  const variable = bindings.variable(name);
  if (variable === null || variable !== bindings.variable(target)) return false;
  const [definition] = variable.defs;
  if (definition?.node.type !== 'VariableDeclarator' || definition.node.init !== null) return false;
  return variable.references.every(
    ({ identifier, init }) => init === true || identifier === target || identifier === name,
  );
}

function fieldOf(node: Node): string | null {
  const inner = unwrap(node);
  return inner.type === 'MemberExpression' && inner.object.type === 'ThisExpression'
    ? memberName(inner)
    : null;
}
