/** What is looked up in a program of what a message names: lines, callees and handlers. */
import type { Rule } from 'eslint';

import { childrenOf, memberName, unwrap, type Node } from '../../src/syntax/ast.ts';

export function nodesIn(root: Node): readonly Node[] {
  const nodes: Node[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    nodes.push(node);
    open.push(...childrenOf(node));
  }
  return nodes;
}

export function lineOf(node: object): string {
  return placeOf(node).split(':')[0] ?? '';
}

/** The line and column, counted from 1. */
export function placeOf(node: object): string {
  const { start } = (node as Rule.Node).loc ?? {};
  return start === undefined ? '' : `${start.line}:${start.column + 1}`;
}

export function calleeName(node: Node): string {
  if (node.type === 'MemberExpression') return memberName(node) ?? '';
  if (node.type !== 'CallExpression') return '';
  const callee = unwrap(node.callee);
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : '';
}

/** A clause of a `try`, or, where a callback is meant, what a promise is given. */
export function isHandler(node: Node, isCallback: boolean): boolean {
  const { parent } = node;
  if (!isCallback) return node.type === 'CatchClause' || isFinalizer(node);
  return (
    parent?.type === 'CallExpression' &&
    parent.callee !== node &&
    /^(?:then|catch|finally)$/.test(calleeName(parent))
  );
}

function isFinalizer(node: Node): boolean {
  return node.parent?.type === 'TryStatement' && node.parent.finalizer === node;
}
