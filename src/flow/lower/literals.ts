/** Which literals functions return, as far as a result of a kind can be one only. */

import { childrenOf, isClass, isFunction, isNode, unwrap, type Node } from '../../syntax/ast.ts';
import { ENDS, neverCompletes } from '../../syntax/forms.ts';
import { literalQuestion } from './questions.ts';
import type { Keys } from './context.ts';
import { askedOf } from './shapes.ts';
import { RESULT_KINDS, type Callee, type ResultKind } from '../term/term.ts';

/** The literals of each kind; null where other values can be of any kind. */
type Literals = ReadonlyMap<ResultKind, ReadonlySet<string>> | null;

/** The key of an object or a list that is written out: no literal, nor an error. None for anything else. */
export function madeKey({ type }: Node): string | undefined {
  return type === 'ObjectExpression' || type === 'ArrayExpression' ? '{}' : undefined;
}

const NO_KEYS: Keys = {};

const known = new WeakMap<object, Literals>();

/** For kinds of a call's results, the one literal that they can be. */
export function keysOf({ functions, open }: Callee): Keys {
  if (open || functions.length === 0) return NO_KEYS;
  const all = functions.map(({ node }) => literalsOf(node));
  const keys: Keys = {};
  for (const kind of RESULT_KINDS) {
    const literals = new Set<string>();
    for (const one of all) {
      if (one === null) return NO_KEYS;
      for (const literal of one.get(kind) ?? []) literals.add(literal);
    }
    const [only, ...others] = literals;
    if (only !== undefined && others.length === 0) keys[kind] = only;
  }
  return keys;
}

/** The kinds of results that a callee can give; null where it can be any. */
export function kindsOf({ functions, open }: Callee): ReadonlySet<ResultKind> | null {
  if (open || functions.length === 0) return null;
  const kinds = new Set<ResultKind>();
  for (const { node } of functions) {
    const literals = literalsOf(node);
    if (literals === null) return null;
    for (const kind of literals.keys()) kinds.add(kind);
  }
  return kinds;
}

/**
 * How many literals that are something a callee can give, as far as they are told apart; null where it
 * can give anything else.
 *
 * @param asked those for which it is asked
 */
export function literalCountOf(
  { functions, open }: Callee,
  asked: readonly string[] | undefined,
): number | null {
  if (open) return null;
  const all = new Set<string>();
  for (const { node } of functions) {
    const literals = literalsOf(node);
    if (literals === null) return null;
    for (const [kind, keys] of literals) {
      if (kind === 'nullish') continue;
      for (const key of keys) all.add(`${kind} ${askedOf(kind, key, asked)}`);
    }
  }
  return all.size;
}

function literalsOf(node: object): Literals {
  let literals = known.get(node);
  if (literals === undefined) {
    literals = isNode(node) && isFunction(node) && !node.generator ? returnedBy(node) : null;
    known.set(node, literals);
  }
  return literals;
}

function returnedBy(node: Node & { readonly body: Node | null }): Literals {
  if (node.body === null) return null;
  const literals = new Map<ResultKind, Set<string>>();
  const add = (kind: ResultKind, key: string | null): void => {
    const keys = literals.get(kind) ?? new Set();
    literals.set(kind, key === null ? keys : keys.add(key));
  };
  if (node.body.type !== 'BlockStatement') return addTo(node.body, add) ? literals : null;
  if (!neverCompletes(node.body, ENDS)) add('nullish', 'undefined');
  const open: Node[] = [node.body];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === 'ReturnStatement') {
      if (next.argument === null) add('nullish', 'undefined');
      else if (!addTo(next.argument, add)) return null;
    } else if (!isFunction(next) && !isClass(next)) {
      for (const child of childrenOf(next)) open.push(child);
    }
  }
  return literals;
}

/** Whether all that an expression can be is a literal, `true` or `false`, or made there. */
function addTo(node: Node, add: (kind: ResultKind, key: string | null) => void): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'ConditionalExpression':
      return addTo(inner.consequent, add) && addTo(inner.alternate, add);
    case 'UnaryExpression':
      if (inner.operator !== '!') break;
      add('true', null);
      add('false', null);
      return true;
    default:
      break;
  }
  const made = madeKey(inner);
  if (made !== undefined) {
    add('truthy', made);
    return true;
  }
  const question = literalQuestion(inner);
  if (question?.kind !== 'equals') return false;
  add(question.literal, question.key);
  return true;
}

/** Whether an expression makes an object, whatever it holds. */
export function isAlwaysObject(node: Node): boolean {
  return node.type === 'ObjectExpression' || node.type === 'ArrayExpression' || isClass(node);
}
