/** Pieces of the user's code, as messages quote them. */

import { isNode, unwrap, type Node } from '../flow/ast.ts';
import type { Decision } from '../flow/term.ts';

/** The text of a file. */
export interface SourceText {
  /** The line that a node starts on, the first being 1. */
  lineOf(node: object): string;
  textOf(node: object): string;
}

/** Quotes longer than this lose their middle. */
const MAX_LENGTH = 48;

/** What holds on a way: "`jwt` is falsy (line 12)". */
export function describeDecision(decision: Decision, outcome: boolean, text: SourceText): string {
  const { node, asks } = decision;
  return `${condition(node, asks, outcome, text)} (line ${text.lineOf(node)})`;
}

function condition(
  node: object,
  asks: Decision['asks'],
  outcome: boolean,
  text: SourceText,
): string {
  const inner = isNode(node) ? unwrap(node) : null;
  switch (asks) {
    case 'truthy':
      if (inner?.type === 'UnaryExpression' && inner.operator === '!') {
        return condition(inner.argument, asks, !outcome, text);
      }
      if (inner !== null && isComparison(inner)) {
        return `${quote(text.textOf(node))} is ${outcome ? 'true' : 'false'}`;
      }
      return `${quote(text.textOf(node))} is ${outcome ? 'truthy' : 'falsy'}`;
    case 'nullish':
      return `${quote(text.textOf(node))} is ${outcome ? 'null or undefined' : 'there'}`;
    case 'element':
      return `${quote(text.textOf(node))} ${outcome ? 'has elements' : 'is empty'}`;
    case 'case':
      return `${quote(`case ${text.textOf(node)}`)} ${outcome ? 'matches' : 'does not match'}`;
  }
}

function isComparison(node: Node): boolean {
  return (
    node.type === 'BinaryExpression' && /^(?:[=!]==?|[<>]=?|in|instanceof)$/.test(node.operator)
  );
}

/** A piece of code in back quotes, on one line, and not too long. */
export function quote(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ');
  if (line.length <= MAX_LENGTH) return `\`${line}\``;
  const half = Math.floor((MAX_LENGTH - 1) / 2);
  return `\`${line.slice(0, half).trimEnd()}…${line.slice(-half).trimStart()}\``;
}
