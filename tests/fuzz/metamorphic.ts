/**
 * Changes of a program that change nothing of what it does: the verdict of each call has to stay what
 * it is, and where nothing moves into another function, so has what is told of it.
 */

import { parse, type Identifier } from 'acorn';
import { analyze, type ScopeManager } from 'eslint-scope';

import {
  childrenOf,
  functionAround,
  isFunction,
  isNode,
  linkParents,
  nodesIn,
  type FunctionNode,
  type Node,
} from '../../src/syntax/ast.ts';
import { endOf, offsetOf } from '../../src/syntax/places.ts';
import { changed, offsetAfter, type Change } from '../../src/eslint/proof.ts';

/** A change at one place of a program. */
export interface Rewrite {
  readonly kind: Kind;
  readonly source: string;
  /** Where a place of the program is found in the changed one, as an offset. */
  readonly moved: (offset: number) => number;
}

export const KINDS = [
  'rename',
  'block',
  'invert',
  'shorten',
  'unrelated',
  'iife',
  'extract',
  'then',
] as const;

export type Kind = (typeof KINDS)[number];

/** Those that leave each call in its function, and each decision where it was taken. */
export const TOLD: ReadonlySet<Kind> = new Set<Kind>(['rename', 'block', 'invert', 'unrelated']);

interface Read {
  readonly source: string;
  readonly scopes: ScopeManager;
  readonly nodes: readonly Node[];
}

/** The changes of a kind that can be made in a program, each by itself. */
export function rewritesOf(source: string, kind: Kind): readonly Rewrite[] {
  const program: unknown = parse(source, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    ranges: true,
  });
  if (!isNode(program) || program.type !== 'Program') throw new Error('no program');
  // What looks for scopes follows each property of a node that it does not know.
  const scopes = analyze(program as never, { ecmaVersion: 2022, sourceType: 'module' });
  linkParents(program);
  const read = { source, scopes, nodes: nodesIn(program) };
  const rewrites = CHANGES[kind](read).map((changes) => ({
    kind,
    source: changed(source, changes),
    moved: (offset: number) => offsetAfter(offset, changes),
  }));
  return kind === 'invert' ? [...rewrites, ...swapsIn(read)] : rewrites;
}

/** Tests are turned, and their branches change places. */
function swapsIn({ source, nodes }: Read): readonly Rewrite[] {
  return nodes.flatMap((node): readonly Rewrite[] => {
    if (node.type !== 'IfStatement' || node.alternate?.type !== 'BlockStatement') return [];
    const { test, consequent, alternate } = node;
    if (consequent.type !== 'BlockStatement') return [];
    const [first, middle, second, end] = [
      offsetOf(consequent),
      endOf(consequent),
      offsetOf(alternate),
      endOf(alternate),
    ];
    const turned = around(test, '!(', ')');
    const swapped = [
      { from: first, to: middle, text: source.slice(second, end) },
      { from: second, to: end, text: source.slice(first, middle) },
    ];
    const moved = (offset: number): number => {
      const isFirst = offset >= first && offset < middle;
      const isSecond = offset >= second && offset < end;
      const at = isFirst ? offset + end - middle : isSecond ? offset + first - second : offset;
      return offsetAfter(at, turned);
    };
    return [{ kind: 'invert', source: changed(source, [...turned, ...swapped]), moved }];
  });
}

const CHANGES: Readonly<Record<Kind, (read: Read) => readonly (readonly Change[])[]>> = {
  rename: renamed,
  block: ({ nodes }) =>
    nodes.filter(isPlain).map((node) => around(node, '{ let other = 1; other += 2; ', ' }')),
  invert: ({ nodes }) =>
    nodes.flatMap((node) => {
      if (node.type !== 'IfStatement') return [];
      const { test, consequent, alternate } = node;
      if (consequent.type !== 'BlockStatement') return [];
      if (alternate === null) return [[...around(test, '!(', ')'), insert(consequent, '{} else ')]];
      return [];
    }),
  shorten: ({ nodes, source }) =>
    nodes.flatMap((node) => {
      if (node.type !== 'IfStatement') return [];
      const [yes, no] = [node.consequent, node.alternate].map(expressionIn);
      if (yes == null || (node.alternate !== null && no == null)) return [];
      // From the test to what is evaluated, and from there to the next and to the end.
      const between = (from: number, to: number, text: string): Change => ({ from, to, text });
      const first = between(endOf(node.test), offsetOf(yes), node.alternate ? ') ? (' : ') && (');
      const start = between(offsetOf(node), offsetOf(node.test), '(');
      if (no == null) return [[start, first, between(endOf(yes), endOf(node), ');')]];
      const second = between(endOf(yes), offsetOf(no), ') : (');
      return source.slice(endOf(yes), offsetOf(no)).includes('//')
        ? []
        : [[start, first, second, between(endOf(no), endOf(node), ');')]];
    }),
  unrelated: ({ nodes, source }) =>
    nodes
      .filter(isPlain)
      .map((node) => [
        insert(node, 'const unrelated = [1, 2].length; '),
        { from: source.length, to: source.length, text: '\nfunction apart(a) { return a + 1; }\n' },
      ])
      .filter((_, index) => index % 2 === 0),
  iife: ({ nodes }) =>
    nodes.filter(isMovable).map((node) => around(node, 'await (async () => { ', ' })();')),
  extract: ({ nodes }) =>
    nodes
      .filter(isMovable)
      .map((node) => around(node, '{ async function part() { ', ' } await part(); }')),
  then: ({ nodes }) =>
    nodes.flatMap((node) => {
      const call = awaitedCall(node);
      const { parent } = node;
      if (call === null || parent?.type !== 'BlockStatement' || !isBody(parent)) return [];
      const at = parent.body.findIndex((one) => one === node);
      const rest = parent.body.slice(at + 1);
      if (rest.length === 0 || !rest.every((one) => isPlain(one) && !assigns(one))) return [];
      if (rest.some(leaves)) return [];
      return [
        [
          { from: offsetOf(node), to: offsetOf(call), text: 'return ' },
          { from: endOf(call), to: endOf(node), text: '.then(async () => {' },
          { from: endOf(parent) - 1, to: endOf(parent) - 1, text: '}); ' },
        ],
      ];
    }),
};

/** Names that the program binds get others. */
function renamed({ scopes, nodes }: Read): readonly (readonly Change[])[] {
  const named = new Map<number, string>();
  for (const { variables } of scopes.scopes) {
    for (const { name, defs, references } of variables) {
      if (defs.length === 0 || defs.some(({ type }) => type === 'ImportBinding')) continue;
      const places = [...defs.map((one) => one.name), ...references.map((one) => one.identifier)];
      for (const place of places) named.set((place as unknown as Identifier).start, name);
    }
  }
  // `{ a }` names a property, too.
  const kept = new Set(
    nodes.flatMap((node) =>
      node.type === 'Property' && node.shorthand ? (named.get(offsetOf(node)) ?? []) : [],
    ),
  );
  const changes = [...named]
    .filter(([, name]) => !kept.has(name))
    .map(([start, name]): Change => {
      const end = start + name.length;
      return { from: end, to: end, text: '_renamed' };
    });
  return changes.length === 0 ? [] : [changes];
}

function insert(node: Node, text: string): Change {
  return { from: offsetOf(node), to: offsetOf(node), text };
}

function around(node: Node, before: string, after: string): readonly Change[] {
  return [insert(node, before), { from: endOf(node), to: endOf(node), text: after }];
}

/** Whether a statement declares nothing, and stands where a list of statements is. */
function isPlain(node: Node): boolean {
  const { parent } = node;
  if (parent?.type !== 'BlockStatement' && parent?.type !== 'Program') return false;
  return node.type === 'ExpressionStatement' || node.type === 'IfStatement';
}

/** Whether a statement can be moved into an async function that is called there. */
function isMovable(node: Node): boolean {
  if (!isPlain(node) || leaves(node) || assigns(node)) return false;
  const around = functionAround(node);
  return (around === null || (around.async && !around.generator)) && awaits(node);
}

/** Whether a statement awaits something itself. */
function awaits(node: Node): boolean {
  return own(node).some(({ type }) => type === 'AwaitExpression');
}

/** Whether a statement leaves its function or a loop, or needs what is the function's alone. */
function leaves(node: Node): boolean {
  return own(node).some(
    ({ type }) =>
      type === 'ReturnStatement' ||
      type === 'BreakStatement' ||
      type === 'ContinueStatement' ||
      type === 'YieldExpression' ||
      type === 'ThisExpression' ||
      type === 'Super' ||
      type === 'VariableDeclaration',
  );
}

/** Whether a statement assigns to a variable, which is not followed where another function does. */
function assigns(node: Node): boolean {
  return own(node).some(
    (one) => one.type === 'AssignmentExpression' && one.left.type === 'Identifier',
  );
}

/** What is below a node, but in no function of its own; arrows have no `this`. */
function own(root: Node): readonly Node[] {
  const found: Node[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node);
    if (!isFunction(node)) open.push(...childrenOf(node));
    else if (node.type === 'ArrowFunctionExpression') {
      found.push(...nodesIn(node).filter(({ type }) => type === 'ThisExpression'));
    }
  }
  return found;
}

/** The one expression of a branch; null where it has others, or none. */
function expressionIn(branch: Node | null): Node | null {
  if (branch?.type === 'ExpressionStatement') return branch.expression;
  if (branch?.type !== 'BlockStatement' || branch.body.length !== 1) return null;
  return expressionIn(branch.body[0] ?? null);
}

/** The call of a client's method that a statement awaits; null where it does something else. */
function awaitedCall(node: Node): Node | null {
  if (node.type !== 'ExpressionStatement' || node.expression.type !== 'AwaitExpression')
    return null;
  const { argument } = node.expression;
  if (argument.type !== 'CallExpression' || argument.callee.type !== 'MemberExpression')
    return null;
  const { object } = argument.callee;
  return object.type === 'Identifier' && object.name === 'Intercom' ? argument : null;
}

function isBody(block: Node): boolean {
  const around: FunctionNode | null = functionAround(block);
  return around?.body === block && around.async && !around.generator;
}
