/** What bindings are parameters of, whether what they are given is told, and where they are mentioned. */

import {
  isFunction,
  memberName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import type { Bindings, Definition, Reference, Variable } from '../../syntax/bindings.ts';
import { linkOf } from '../../syntax/promises.ts';
import { namesIn, partsAt } from './questions.ts';

/**
 * Whether calls of a function may tell what they give it: not of one that is handed to somebody who is
 * not seen.
 */
export function canBeTold(node: Node, isSeen: (call: CallExpression) => boolean): boolean {
  const { parent } = node;
  if (parent?.type === 'JSXExpressionContainer') return false;
  if (parent?.type !== 'CallExpression' || parent.callee === node) return true;
  return handlesRejections(node, parent) || isSeen(parent);
}

/** Whether a function is given to a call as what is called with what a promise is rejected with. */
function handlesRejections(node: Node, { callee, arguments: args }: CallExpression): boolean {
  const link = linkOf(callee);
  return (link === 'catch' && args[0] === node) || (link === 'then' && args[1] === node);
}

/** Whether a binding is a parameter of a function, or a name for a part of one. */
export function isTakenBy({ type, node }: Definition): boolean {
  return type === 'Parameter' && isFunction(node);
}

/**
 * Whether a binding is the parameter, or a name for a part of it, of a function that gets what a
 * promise is fulfilled with: of a callback, or of one whose name is given to `then`.
 */
export function isGiven({ type, node, name }: Definition, bindings: Bindings): boolean {
  const first = type === 'Parameter' && isFunction(node) ? node.params[0] : undefined;
  if (first === undefined || !isFunction(node)) return false;
  const isIn = (parameter: Node): boolean => [...namesIn(parameter).values()].includes(name);
  if (first !== name && (first.type === 'Identifier' || !isIn(first))) return false;
  if (isGivenToThen(node)) return true;
  const named = nameOfFunction(node);
  const variable = named === null ? null : bindings.variable(named);
  return variable?.references.some(({ identifier }) => isGivenToThen(identifier)) === true;
}

/** The name that a function is declared by, or is the initial value of, as it is or wrapped. */
function nameOfFunction(node: FunctionNode): Node | null {
  if (node.type === 'FunctionDeclaration') return node.id;
  const { parent } = node;
  const isWrapped = parent?.type === 'CallExpression' && parent.arguments[0] === node;
  const place = isWrapped ? (parent.parent ?? null) : parent;
  return place?.type === 'VariableDeclarator' ? place.id : null;
}

function isGivenToThen(node: Node): boolean {
  const call = node.parent;
  if (call?.type !== 'CallExpression' || call.arguments[0] !== node) return false;
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && memberName(callee) === 'then';
}

/** Where a binding is mentioned. */
export type Mention = Pick<Reference, 'identifier'>;

/** Those of a binding: by the part that is read there, and where none is. */
export interface Mentions {
  readonly ofAll: readonly Mention[];
  readonly byPart: ReadonlyMap<string, readonly Mention[]>;
}

export function mentionsOf(references: Variable['references']): Mentions {
  const ofAll: Mention[] = [];
  const byPart = new Map<string, Mention[]>();
  for (const mention of references) {
    const parts = [...partsAt(mention.identifier)];
    if (parts.length === 0) ofAll.push(mention);
    for (const one of parts) {
      const places = byPart.get(one) ?? [];
      places.push(mention);
      byPart.set(one, places);
    }
  }
  return { ofAll, byPart };
}
