/** What tests ask of a value, and what their answers say of each other, against real values. */

import { runInNewContext } from 'node:vm';

import { describe, expect, test } from 'vitest';

import {
  addQuestionsAt,
  addQuestionsOf,
  answerDenied,
  answerGiven,
  answerOf,
  distinctOf,
  equalityQuestion,
  IS_ERROR,
  isOfMany,
  isReturned,
  isTruthyKind,
  literalQuestion,
  literalsIn,
  NULLISH,
  partsAt,
  partsNamed,
  TRUTHY,
  UNDEFINED,
  valueQuestion,
  type Constants,
  type Question,
} from '../../src/flow/lower/questions.ts';
import type { ResultKind } from '../../src/flow/term/term.ts';
import { childrenOf, isNode, type Node } from '../../src/syntax/ast.ts';
import { Bindings, isScopeManager } from '../../src/syntax/bindings.ts';
import { parsed } from '../helpers/parsed.ts';

/** Some values of each kind, as they are written. */
const LITERALS = ['undefined', 'null', 'true', 'false', '0', '1', '2', "''", "'a'", "'b'"];

const VALUES: readonly unknown[] = [
  ...LITERALS.map((text): unknown => runInNewContext(text)),
  Number.NaN,
  {},
];

function kindOf(value: unknown): ResultKind {
  if (value === null || value === undefined) return 'nullish';
  if (value === true) return 'true';
  if (value === false) return 'false';
  return (value as boolean) ? 'truthy' : 'falsy';
}

function keyOf(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** Whether the answer is yes for a value. */
function isSo(question: Question, value: unknown): boolean {
  switch (question.kind) {
    case 'truthy':
      return Boolean(value);
    case 'nullish':
      return value === null || value === undefined;
    case 'equals':
      return question.key === keyOf(value);
  }
}

function equalTo(value: unknown): Question {
  return { kind: 'equals', key: keyOf(value), literal: kindOf(value) };
}

/** The answer that is right for all of them; null where they differ. */
function commonOf(values: readonly unknown[], question: Question): boolean | null {
  const [first, ...others] = new Set(values.map((value) => isSo(question, value)));
  return others.length > 0 ? null : (first ?? null);
}

const QUESTIONS: readonly Question[] = [
  TRUTHY,
  NULLISH,
  ...VALUES.slice(0, LITERALS.length).map((value) => equalTo(value)),
];

const NAMED = QUESTIONS.map(
  (question) =>
    [question.kind === 'equals' ? `=== ${question.key}` : question.kind, question] as const,
);

describe.each(NAMED)('the answer to whether something is %s', (_name, question) => {
  test.each(NAMED)('tells of whether it is %s what it tells of each value', (_other, other) => {
    const [yes, no] = [true, false].map((is) => VALUES.filter((one) => isSo(question, one) === is));
    expect(answerGiven(question, other), 'if it is').toBe(commonOf(yes ?? [], other));
    expect(answerDenied(question, other), 'if it is not').toBe(commonOf(no ?? [], other));
  });

  test('is told of each kind of value, and of each literal', () => {
    for (const value of VALUES) {
      const kind = kindOf(value);
      const alike = VALUES.filter((one) => kindOf(one) === kind);
      expect(answerOf(kind, question), kind).toBe(commonOf(alike, question));
      expect(answerOf(kind, question, keyOf(value)), keyOf(value)).toBe(isSo(question, value));
    }
  });
});

test('a kind is of many literals, or of one, and truthy or not, as its values are', () => {
  for (const value of VALUES) {
    const alike = VALUES.filter((one) => kindOf(one) === kindOf(value));
    const isNothing = value === null || value === undefined;
    expect(isOfMany(kindOf(value)), keyOf(value)).toBe(alike.length > 1 && !isNothing);
    expect(isTruthyKind(kindOf(value)), keyOf(value)).toBe(Boolean(value));
  }
  const asked = [...QUESTIONS.map((question) => ({ question })), { question: null }];
  expect(literalsIn(asked)).toEqual(['0', '1', '2', '""', '"a"', '"b"']);
});

test('each question is there once', () => {
  expect(distinctOf([...QUESTIONS, ...QUESTIONS])).toHaveLength(QUESTIONS.length);
  expect(distinctOf([TRUTHY, TRUTHY])).toEqual([TRUTHY]);
  expect(distinctOf([TRUTHY])).toEqual([TRUTHY]);
});

function treeOf(text: string): Node {
  const { ast } = parsed(text);
  if (!isNode(ast)) throw new Error('a tree');
  return ast;
}

/** The first for which there is something, in the order of the source. */
function find<Found>(node: Node, get: (node: Node) => Found | null): Found {
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const found = get(next);
    if (found !== null) return found;
    open.push(...childrenOf(next).toReversed());
  }
  throw new Error('nothing is found');
}

/** The expression that `of(…)` is given. */
function expressionIn(text: string): Node {
  return find(treeOf(`of(${text})`), (node) =>
    node.type === 'CallExpression' && isNamed(node.callee, 'of')
      ? (node.arguments[0] ?? null)
      : null,
  );
}

function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

/** The first place of a name. */
function placeOf(name: string, node: Node): Node {
  return find(node, (one) => (isNamed(one, name) ? one : null));
}

describe('what is written out', () => {
  test.each([...LITERALS, '`a`', '``', '"a"', 'void 0', '0x1', '1.50', '(1)', '1 as const'])(
    '%s is a literal',
    (text) => {
      const value: unknown = runInNewContext(text.replace(' as const', ''));
      expect(literalQuestion(expressionIn(text))).toEqual(equalTo(value));
    },
  );

  test.each(['x', '/a/', '`a${x}`', 'void x', '-x', 'typeof 0', '{}', '[]', 'x()', 'this'])(
    '%s is none',
    (text) => {
      expect(literalQuestion(expressionIn(text))).toBeNull();
    },
  );

  test('nothing is none', () => {
    expect(literalQuestion(null)).toBeNull();
  });

  test.each(['a', '', 'it is "a"', 0, 1, 1.5])('a value is asked for as %j is', (value) => {
    expect(valueQuestion(value)).toEqual(literalQuestion(expressionIn(JSON.stringify(value))));
  });
});

/** A name for a constant, and the global `Error`. */
const CONSTANTS: Constants = (node) => {
  if (node.type !== 'Identifier') return null;
  if (node.name === 'A') return valueQuestion('a');
  return node.name === 'Error' ? IS_ERROR : null;
};

describe('a comparison asks', () => {
  const equal = (text: string): Question => equalTo(runInNewContext(text));

  test.each<readonly [string, Question | null]>([
    ['x === null', equal('null')],
    ['null === x', equal('null')],
    ['x !== undefined', UNDEFINED],
    ["x === 'a'", equal("'a'")],
    ["'a' !== x", equal("'a'")],
    ['x == null', NULLISH],
    ['undefined != x', NULLISH],
    ['x == 1', null],
    ['x != true', null],
    ['x > 1', null],
    ['x + null', null],
    ['x === y', null],
    ['x === A', equal("'a'")],
    ['A === x', equal("'a'")],
    ["A === 'b'", equal("'b'")],
    ['x == A', null],
    ['x === Error', null],
    ['x instanceof Error', IS_ERROR],
    ['x instanceof A', null],
    ['x instanceof y', null],
  ])('with %s', (text, expected) => {
    const node = expressionIn(text);
    if (node.type !== 'BinaryExpression') throw new Error('a comparison');
    const { operator, left, right } = node;
    expect(equalityQuestion(operator, left, right, CONSTANTS)).toEqual(expected);
  });
});

/** Questions, as they are told below. */
function told(questions: readonly Question[]): string {
  return questions
    .map((question) => (question.kind === 'equals' ? question.key : question.kind))
    .join(' ');
}

describe('where a name stands, it is asked', () => {
  test.each([
    // Tests, whatever stands around the name.
    ['if (x) a();', 'truthy'],
    ['while (x) a();', 'truthy'],
    ['do a(); while (x);', 'truthy'],
    ['for (; x; ) a();', 'truthy'],
    ['if ((x as boolean)) a();', 'truthy'],
    ['if ((a(), x)) b();', 'truthy'],
    ['(x, a());', ''],
    ['!x;', 'truthy'],
    ['-x;', ''],
    ['x ? a : b;', 'truthy'],
    ['a ? x : b;', ''],
    ['Boolean(x);', 'truthy'],
    ['a(x);', ''],
    ['a.Boolean(x);', ''],
    ['const a = () => x;', 'truthy'],
    ['function a() { return x; }', 'truthy'],
    // A choice that is tested.
    ['if (a ? x : b) c();', 'truthy'],
    ['if (a ? b : x) c();', 'truthy'],
    ['if (a ? (b ? c : x) : d) e();', 'truthy'],
    ['if ((a ? x : b) ? c : d) e();', 'truthy'],
    ['c(a ? x : b);', ''],
    ['if (c) a ? x : b;', ''],
    ['while (a ? x : b) c();', 'truthy'],
    ['do c(); while (a ? x : b);', 'truthy'],
    ['for (; a ? x : b; ) c();', 'truthy'],
    ['for (; ; a ? x : b) c();', ''],
    ['!(a ? x : b);', 'truthy'],
    ['-(a ? x : b);', ''],
    ['(a ? x : b) && c;', 'truthy'],
    // Operators that look at one side.
    ['x && a;', 'truthy'],
    ['a && x;', 'truthy'],
    ['x || a;', 'truthy'],
    ['x ?? a;', 'nullish truthy'],
    ['a ?? x;', 'truthy'],
    // Other names.
    ['const a = x;', 'truthy'],
    ['const { a } = x;', ''],
    ['const { a = x } = b;', ''],
    ['a = x;', ''],
    // Comparisons.
    ['x === null;', 'null'],
    ['null == x;', 'nullish'],
    ['x === A;', '"a"'],
    ['A === x;', '"a"'],
    ['x === y;', ''],
    ['x < 1;', ''],
    ['x instanceof Error;', 'Error'],
    ['x instanceof a;', ''],
    ['Error instanceof x;', ''],
    ['(x as string) === null;', 'null'],
    ['switch (x) { case null: case "b": a(); default: }', 'null "b"'],
    ['switch (x) { case A: case c: a(); }', '"a"'],
    ['switch (a) { case x: a(); }', ''],
    // Chains, and what is called.
    ['x?.a;', 'nullish'],
    ['x.a;', ''],
    ['a?.[x];', ''],
    ['x?.();', 'nullish'],
    ['x();', ''],
    ['if (x?.a) b();', 'nullish'],
    ['if (x!) b();', 'truthy'],
  ])('by `%s`', (text, expected) => {
    const questions: Question[] = [];
    addQuestionsAt(placeOf('x', treeOf(text)), questions, CONSTANTS);
    expect(told(questions)).toBe(expected);
  });
});

describe('where the name of something stands, its part `p` is', () => {
  test.each([
    ['if (x.p) a();', 'p', 'truthy'],
    ['if (x?.p) a();', 'p', 'truthy'],
    ['if (x["p"]) a();', 'p', 'truthy'],
    ['if (x.q) a();', 'q', ''],
    ['if (x[p]) a();', '', ''],
    ['if (a[x]) b();', '', ''],
    ['if (x) a();', '', ''],
    ['x.p === null;', 'p', 'null'],
    ['x?.p === null;', 'p', 'null'],
    ['x.p?.a;', 'p', 'nullish'],
    ['const a = x.p;', 'p', 'truthy truthy'],
    ['const { a } = x.p;', 'p', 'truthy'],
    ['const { p } = x;', 'p', 'truthy'],
    ['const { p: a, q } = x;', 'p q', 'truthy'],
    ['const { p = 1, q } = x;', 'q', ''],
    ['const { q } = x;', 'q', ''],
    ['const { p } = a(x);', '', ''],
    ['const [a] = x;', '0', ''],
    ['function a() { return x; }', '', 'true false truthy'],
    ['"p" in x;', 'p', 'undefined'],
    ['p in x;', '', ''],
    ['"q" in x;', 'q', ''],
    ['x in p;', '', ''],
    ['"p" + x;', '', ''],
    ['x.p = 1;', 'p', 'written'],
    ['x.q = 1;', 'q', ''],
    ['a = x.p;', 'p', ''],
    ['x.p++;', 'p', 'written'],
    ['delete x.p;', 'p', 'written'],
    ['!x.p;', 'p', 'truthy'],
    ['x.p();', 'p', ''],
    ['x.p?.();', 'p', 'nullish'],
  ])('in `%s`', (text, parts, expected) => {
    const place = placeOf('x', treeOf(text));
    const questions: Question[] = [];
    const isRead = addQuestionsOf('p', place, questions, CONSTANTS);
    expect(isRead ? told(questions) : 'written').toBe(expected);
    expect([...partsAt(place)].join(' ')).toBe(parts);
  });
});

test.each([
  ['{ a }', 'a a -'],
  ['{ a: b }', 'a b -'],
  ['{ a: b = 1 }', 'a b 1'],
  ['{ a = 1, c }', 'a a 1, c c -'],
  ['{ "a": b }', 'a b -'],
  ['{ [a]: b }', ''],
  ['{ ["a"]: b }', 'a b -'],
  ['{ a: { b } }', ''],
  ['{ a: { b } = 1 }', ''],
  ['{ ...a }', ''],
  ['[a]', '0 a -'],
  ['[, a = 1]', '1 a 1'],
  ['[...a]', ''],
  ['[{ a }]', ''],
  ['a', ''],
])('the names that `%s` gives to parts', (text, expected) => {
  const pattern = find(treeOf(`const ${text} = x;`), (node) =>
    node.type === 'VariableDeclarator' ? node.id : null,
  );
  const names = partsNamed(pattern).map(({ part, node, fallback }) => {
    const value = fallback?.type === 'Literal' ? String(fallback.value) : '-';
    return `${part} ${node.type === 'Identifier' ? node.name : ''} ${value}`;
  });
  expect(names.join(', ')).toBe(expected);
});

test.each([
  ['function a(x) { return x; }', true],
  ['function a(x) { return x.b; }', false],
  ['function a(x) { b(x); return 1; }', false],
  ['function a(x) { if (b) return 1; x(); return x; }', true],
])('whether the name is returned in `%s`', (text, expected) => {
  const { ast, scopeManager } = parsed(text);
  if (!isNode(ast) || !isScopeManager(scopeManager)) throw new Error('a file');
  const variable = new Bindings(scopeManager).variable(placeOf('x', ast));
  expect(variable !== null && isReturned(variable)).toBe(expected);
});
