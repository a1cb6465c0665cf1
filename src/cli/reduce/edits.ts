/** Smaller texts in place of a program, by its syntax tree. The largest cuts come first. */

import { parseSync, visitorKeys } from 'oxc-parser';

import type { Syntax } from '../oxc.ts';

/** A node of a tree, or what stands in its place. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** What goes in place of a part of a text. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Lists of which parts may be left out, by the property that holds them. */
const LISTS: ReadonlySet<string> = new Set([
  ...['body', 'consequent', 'cases', 'declarations', 'elements', 'properties', 'arguments'],
  ...['params', 'specifiers', 'attributes', 'children', 'decorators', 'members', 'implements'],
]);

/** Parts that may be left out, with what leads to them. */
const PARTS: readonly (readonly [type: string, key: string])[] = [
  ['IfStatement', 'alternate'],
  ['TryStatement', 'handler'],
  ['TryStatement', 'finalizer'],
  ['VariableDeclarator', 'init'],
  ['PropertyDefinition', 'value'],
  ['ReturnStatement', 'argument'],
  ['ForStatement', 'init'],
  ['ForStatement', 'update'],
  ['CatchClause', 'param'],
  ['AssignmentPattern', 'right'],
];

const TYPES = /^TS(?:TypeAnnotation|TypeParameterDeclaration|TypeParameterInstantiation)$/u;

/** Expressions that may stand anywhere as they are. */
const SIMPLE = /^(?:Identifier|Literal|MemberExpression|CallExpression|ThisExpression)$/u;

const EXPRESSION =
  /(?:Expression|Literal|^Identifier|^JSXElement|^JSXFragment|^Literal|TemplateLiteral)$/u;

/**
 * The changes that make a program smaller, each by itself.
 *
 * @returns none where the text cannot be parsed
 */
export function* editsOf(text: string, syntax: Syntax): Generator<Edit> {
  const program = parsed(text, syntax);
  if (program === null) return;
  const nodes = [...walk(program)];
  for (const { node } of nodes) yield* listEdits(node, text);
  for (const { node } of nodes) yield* partEdits(node, text);
  for (const { node } of nodes) yield* liftedStatements(node, text);
  for (const { node } of nodes) yield* liftedExpressions(node, text);
}

/** A text with an edit made to it. */
export function edited(text: string, { from, to, text: replacement }: Edit): string {
  return text.slice(0, from) + replacement + text.slice(to);
}

function parsed(text: string, syntax: Syntax): Node | null {
  const { program, errors } = parseSync(`file.${syntax}`, text, { lang: syntax, range: true });
  return errors.length > 0 ? null : program;
}

interface Visited {
  readonly node: Node;
}

/** A tree from the root down, breadth first. */
function* walk(root: Node): Generator<Visited> {
  const pending: Node[] = [root];
  for (let node = pending.shift(); node !== undefined; node = pending.shift()) {
    yield { node };
    pending.push(...childrenOf(node));
  }
}

function childrenOf(node: Node): readonly Node[] {
  return (visitorKeys[node.type] ?? []).flatMap((key) => nodesAt(node, key));
}

function nodesAt(node: Node, key: string): readonly Node[] {
  const value: unknown = Reflect.get(node, key);
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Without some of the parts of a list: half of them first, and each by itself last. */
function* listEdits(node: Node, text: string): Generator<Edit> {
  for (const key of visitorKeys[node.type] ?? []) {
    if (!LISTS.has(key) || !Array.isArray(Reflect.get(node, key))) continue;
    const items = nodesAt(node, key);
    for (let size = items.length; size >= 1; size = Math.floor(size / 2)) {
      for (let start = 0; start < items.length; start += size) {
        yield removal(items, start, Math.min(start + size, items.length), text);
      }
    }
  }
}

/** A part of a list is taken away with what parts it from the next, or from the one before. */
function removal(items: readonly Node[], start: number, end: number, text: string): Edit {
  const first = items[start]?.start ?? 0;
  const last = items[end - 1]?.end ?? 0;
  const next = items[end];
  const before = items[start - 1];
  if (next !== undefined) return { from: first, to: next.start, text: '' };
  if (before !== undefined) return { from: before.end, to: last, text: '' };
  const [comma = ''] = /^\s*,/u.exec(text.slice(last)) ?? [];
  return { from: first, to: last + comma.length, text: '' };
}

function* partEdits(node: Node, text: string): Generator<Edit> {
  if (TYPES.test(node.type)) yield { from: node.start, to: node.end, text: '' };
  for (const [type, key] of PARTS) {
    if (node.type !== type) continue;
    for (const part of nodesAt(node, key)) {
      const lead = leadOf(text.slice(node.start, part.start));
      const isReturn = lead.includes('return');
      const isParameter = lead.includes('(');
      yield {
        from: part.start - (isReturn ? 0 : lead.length),
        to: part.end + (isParameter ? (/^\s*\)/u.exec(text.slice(part.end))?.[0].length ?? 0) : 0),
        text: isParameter ? ' ' : '',
      };
    }
  }
}

const LEADS = ['else', 'finally', '=', '(', 'return'];

/** The word before a part that goes with it, with the space around it. */
function leadOf(before: string): string {
  const trimmed = before.trimEnd();
  const word = LEADS.find((lead) => trimmed.endsWith(lead)) ?? '';
  const from = trimmed.slice(0, trimmed.length - word.length).trimEnd().length;
  return before.slice(from);
}

const COMPOUND: Readonly<Record<string, readonly string[]>> = {
  IfStatement: ['consequent', 'alternate', 'test'],
  TryStatement: ['block', 'handler', 'finalizer'],
  WhileStatement: ['body', 'test'],
  DoWhileStatement: ['body', 'test'],
  ForStatement: ['body', 'init', 'test'],
  ForInStatement: ['body', 'right'],
  ForOfStatement: ['body', 'right'],
  LabeledStatement: ['body'],
  SwitchStatement: ['discriminant'],
  BlockStatement: [],
};

/** A statement, replaced by one that is a part of it. */
function* liftedStatements(node: Node, text: string): Generator<Edit> {
  const { start: from, end: to } = node;
  for (const key of COMPOUND[node.type] ?? []) {
    for (const part of nodesAt(node, key)) {
      const inner = part.type === 'CatchClause' ? (nodesAt(part, 'body')[0] ?? part) : part;
      const source = text.slice(inner.start, inner.end);
      const isBlock = inner.type === 'BlockStatement';
      const isExpression = EXPRESSION.test(inner.type);
      yield {
        from,
        to,
        text: isBlock ? source.slice(1, -1).trim() : isExpression ? `${source};` : source,
      };
    }
  }
  if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration') {
    const [declared] = nodesAt(node, 'declaration');
    if (declared !== undefined) yield { from, to: declared.start, text: '' };
  }
}

/** An expression, replaced by one that is a part of it, or by nothing much. */
function* liftedExpressions(node: Node, text: string): Generator<Edit> {
  if (!EXPRESSION.test(node.type)) return;
  const { start: from, end: to } = node;
  const length = to - from;
  if (length > 1) yield { from, to, text: '0' };
  for (const inner of innerExpressions(node, 0)) {
    const source = text.slice(inner.start, inner.end);
    yield { from, to, text: SIMPLE.test(inner.type) ? source : `(${source})` };
  }
  if (/^(?:Arrow)?FunctionExpression$/u.test(node.type)) {
    for (const body of nodesAt(node, 'body')) {
      if (body.type === 'BlockStatement' && body.end - body.start > 2) {
        yield { from: body.start, to: body.end, text: '{}' };
      }
    }
  }
}

/** So deep are expressions looked for that have something else around them. */
const DEEPEST = 3;

/** The outermost expressions inside of one. */
function* innerExpressions(node: Node, depth: number): Generator<Node> {
  for (const child of childrenOf(node)) {
    if (EXPRESSION.test(child.type)) yield child;
    else if (depth < DEEPEST) yield* innerExpressions(child, depth + 1);
  }
}
