/** Where a function is written: by itself, under a name, or inline in the code that hands it over. */

import {
  codeAround,
  isFunction,
  isNode,
  memberName,
  unwrap,
  type FunctionNode,
  type Node,
} from '../syntax/ast.ts';
import type { Call, FunctionTerm, Refer } from '../flow/term/term.ts';
import type { SessionFile } from './model.ts';

/** A function with the casts and the wrappers, such as `useCallback`, around it. */
export function placeOf(node: FunctionNode, { values }: SessionFile): Node {
  let place: Node = node;
  for (let parent = place.parent ?? null; parent !== null; parent = parent.parent ?? null) {
    const isWrapped =
      unwrap(parent) === unwrap(place) ||
      (parent.type === 'CallExpression' && values.isWrapper(parent));
    if (!isWrapped) break;
    place = parent;
  }
  return place;
}

/** The name by which a function is known in the code; empty where it has none. */
export function nameOf({ name, node }: FunctionTerm, session: SessionFile): string {
  // What has a symbol for a name is called by the language.
  if (name.startsWith('@@')) return '';
  if (name !== '' || !isNode(node) || !isFunction(node)) return name;
  const { parent } = placeOf(node, session);
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return '';
  return parent.id.name;
}

/**
 * The code that a function belongs to which is written where it is called or handed over; null for a
 * function that is written by itself, or under a name.
 */
export function codeAroundInline({ node }: FunctionTerm, session: SessionFile): Node | null {
  if (!isNode(node)) return null;
  // A method of the client that is handed over.
  if (node.type === 'Identifier' || node.type === 'MemberExpression') return codeAround(node);
  // An executor, and what it leads on to.
  if (node.type === 'NewExpression') return codeAround(node);
  if (!isFunction(node)) return null;
  const place = placeOf(node, session);
  return HANDS_OVER.has(place.parent?.type ?? '') ? codeAround(place) : null;
}

/** The function, or the attribute, to which a function is handed where it is written; or empty. */
export function takerOf({ node }: FunctionTerm, session: SessionFile): string {
  if (!isNode(node)) return '';
  const place = isFunction(node) ? placeOf(node, session) : node;
  const { parent } = place;
  switch (parent?.type) {
    case 'CallExpression':
    case 'NewExpression': {
      const callee = unwrap(parent.callee);
      if (callee === node || callee === place) return '';
      if (callee.type === 'MemberExpression') return memberName(callee) ?? '';
      return callee.type === 'Identifier' ? callee.name : '';
    }
    case 'JSXExpressionContainer': {
      const attribute = parent.parent;
      const name = attribute?.type === 'JSXAttribute' ? attribute.name : null;
      return name?.type === 'JSXIdentifier' ? name.name : '';
    }
    default:
      return '';
  }
}

const HANDS_OVER: ReadonlySet<string> = new Set([
  'CallExpression',
  'JSXExpressionContainer',
  'NewExpression',
]);

/**
 * Whether a reference to a function is told as a call of it: not where its object, or the method by
 * itself, is given to a function that is not seen.
 */
export function isToldAsCall({ kind, site }: Call | Refer, { node }: FunctionTerm): boolean {
  if (kind === 'call' || !isNode(site) || !isNode(node) || site === node) return true;
  const isMethod = METHODS.has(node.parent?.type ?? '');
  return !isMethod || site.parent?.type === 'JSXExpressionContainer';
}

const METHODS: ReadonlySet<string> = new Set([
  'MethodDefinition',
  'Property',
  'PropertyDefinition',
]);
