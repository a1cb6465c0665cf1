/** Pieces of the user's code, as messages quote them. */

import { isNode, memberName, unwrap, type Node } from '../../syntax/ast.ts';
import type { Decision } from '../../flow/term/term.ts';

/** The text of a file. */
export interface SourceText {
  /** The line that a node starts on, the first being 1. */
  lineOf(node: object): string;
  textOf(node: object): string;
}

/** Quotes longer than the first of these lose their middle; where there is little room, the second. */
export const QUOTES = [48, 24] as const;

/** What holds on a way: "`jwt` is falsy (line 12)". */
export function describeDecision(
  decision: Decision,
  outcome: boolean,
  text: SourceText,
  length: number = QUOTES[0],
): string {
  const told = describeOutcome(decision, outcome, text, length);
  return `${told} (line ${text.lineOf(decision.node)})`;
}

/** The same where it is shown: "`jwt` is falsy". */
export function describeOutcome(
  { node, asks }: Decision,
  outcome: boolean,
  text: SourceText,
  length: number = QUOTES[0],
): string {
  return condition(node, asks, outcome, text, (code) => quote(code, length));
}

function condition(
  node: object,
  asks: Decision['asks'],
  outcome: boolean,
  text: SourceText,
  quoted: (code: string) => string,
): string {
  const inner = isNode(node) ? unwrap(node) : null;
  switch (asks) {
    case 'truthy':
      if (inner?.type === 'UnaryExpression' && inner.operator === '!') {
        return condition(inner.argument, asks, !outcome, text, quoted);
      }
      if (inner !== null && isComparison(inner)) {
        return `${quoted(text.textOf(node))} is ${outcome ? 'true' : 'false'}`;
      }
      return `${quoted(text.textOf(node))} is ${outcome ? 'truthy' : 'falsy'}`;
    case 'nullish':
      return `${quoted(text.textOf(node))} is ${outcome ? 'null or undefined' : 'there'}`;
    case 'element':
      return `${quoted(text.textOf(node))} ${outcome ? 'has elements' : 'is empty'}`;
    case 'case':
      return `${quoted(`case ${text.textOf(node)}`)} ${outcome ? 'matches' : 'does not match'}`;
  }
}

function isComparison(node: Node): boolean {
  return (
    node.type === 'BinaryExpression' && /^(?:[=!]==?|[<>]=?|in|instanceof)$/.test(node.operator)
  );
}

/** A piece of code in back quotes, on one line, and not too long. */
export function quote(code: string, length: number = QUOTES[0]): string {
  return `\`${clipped(code.replaceAll(/\s+/g, ' '), length)}\``;
}

/** A name or a line that has lost its middle where it is too long. */
export function clipped(line: string, length: number = QUOTES[0]): string {
  if (line.length <= length) return line;
  const half = Math.floor((length - 1) / 2);
  return `${line.slice(0, half).trimEnd()}…${line.slice(-half).trimStart()}`;
}

/** What handles a rejection, or what is thrown: "the `catch` on line 12". */
export function describeHandler(site: object, text: SourceText): string {
  if (!isNode(site)) return 'its handler';
  const line = text.lineOf(site);
  switch (site.type) {
    case 'CatchClause':
      return `the \`catch\` on line ${line}`;
    case 'BlockStatement':
      return `the \`finally\` on line ${line}`;
    default: {
      const combinator = combinatorOf(site);
      return combinator === null
        ? `the handler on line ${line}`
        : `\`Promise.${combinator}\` on line ${line}`;
    }
  }
}

/** `all` of `Promise.all(…)`, and the like. */
function combinatorOf(call: Node): string | null {
  if (call.type !== 'CallExpression') return null;
  const callee = unwrap(call.callee);
  const isCombinator =
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Promise';
  return isCombinator ? memberName(callee) : null;
}
