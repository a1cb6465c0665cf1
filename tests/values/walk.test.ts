/**
 * What an expression is, by each form in which it can come to be something: as the reading that
 * joins all runs tells it, and as the one that computes the values of one run does.
 */

import { describe, expect, test } from 'vitest';

import type { Node } from '../../src/syntax/ast.ts';
import { Bindings, isScopeManager } from '../../src/syntax/bindings.ts';
import { isNode } from '../../src/syntax/ast.ts';
import { Modules } from '../../src/values/host.ts';
import { Values, type Value } from '../../src/values/resolve.ts';
import type { Possibility } from '../../src/values/evaluate.ts';
import { NO_VALUES } from '../helpers/dumped.ts';
import { initializerNamed } from '../helpers/minted.ts';
import { parsed } from '../helpers/parsed.ts';

interface Answers {
  readonly joined: readonly string[];
  readonly computed: readonly string[];
}

/** What the initialiser of `const result`, at the end of a program, is. */
function answersOf(source: string): Answers {
  const { ast, scopeManager } = parsed(source);
  if (!isNode(ast) || ast.type !== 'Program' || !isScopeManager(scopeManager)) {
    throw new Error('no program');
  }
  const bindings = new Bindings(scopeManager);
  const node = initializerNamed(ast, 'result');
  const text = (of: Node): string => source.slice(...(of.range ?? [0, 0]));
  const value = (one: Value): string => {
    if (one.kind === 'promise') return `promise of ${one.of.map(value).join(', ')}`;
    return 'node' in one ? `${one.kind} ${text(one.node)}` : one.kind;
  };
  const possibility = ({ value: one }: Possibility): string => {
    if (one.kind === 'promise') return `promise of ${one.of.map(possibility).join(', ')}`;
    if (one.kind === 'string') return `'${String(one.text)}'`;
    return 'node' in one ? `${one.kind} ${text(one.node)}` : one.kind;
  };
  return {
    joined: new Values(ast, bindings, NO_VALUES).of(node).map(value),
    computed: new Modules(null).expressionsOf({ program: ast, bindings }).of(node).map(possibility),
  };
}

const F = '() => 1';
const ONE = [`function ${F}`];

/** Forms by which both readings know the one value. */
const KNOWN: Readonly<Record<string, string>> = {
  itself: `const result = ${F};`,
  'a constant': `const a = ${F}; const result = a;`,
  'a name that is never reassigned': `let a = ${F}; const result = a;`,
  'a cast': `const a = ${F}; const result = (a as any)!;`,
  'a property': `const o = { a: ${F} }; const result = o.a;`,
  'the last of several': `const o = { a: () => 2, a: ${F} }; const result = o.a;`,
  'one over a spread': `const o = { ...{ a: () => 2 }, a: ${F} }; const result = o.a;`,
  'a spread': `const b = { a: ${F} }; const o = { ...b }; const result = o.a;`,
  'a key in quotes': `const o = { 'a': ${F} }; const result = o['a'];`,
  'a getter beside a setter': `const o = { get a() { return ${F}; }, set a(x) {} }; const result = o.a;`,
  'a merged object': `const o = Object.assign({}, { a: ${F} }); const result = o.a;`,
  'a destructured property': `const { a } = { a: ${F} }; const result = a;`,
  'a renamed property': `const { b: a } = { b: ${F} }; const result = a;`,
  'a pattern in a pattern': `const { b: [, { a }] } = { b: [1, { a: ${F} }] }; const result = a;`,
  'a default that is taken': `const { a = ${F} } = {}; const result = a;`,
  'the rest of an object': `const { b, ...r } = { b: 1, a: ${F} }; const result = r.a;`,
  'the rest of a list': `const [, ...r] = [1, ${F}]; const result = r[0];`,
  'an element': `const l = [1, ${F}]; const result = l[1];`,
  'an element behind a spread': `const l = [...[1], ${F}]; const result = l[1];`,
  'an element by at()': `const l = [1, ${F}]; const result = l.at(1);`,
  'an entry of a map': `const m = new Map([['k', ${F}]]); const result = m.get('k');`,
  'what a function returns': `function f() { return ${F}; } const result = f();`,
  'what comes before the end of a function': `function f() { return ${F}; return 1; } const result = f();`,
  'an argument': `const f = (a) => a; const result = f(${F});`,
  'an argument by call': `const f = (a) => a; const result = f.call(null, ${F});`,
  'an argument by apply': `const f = (a) => a; const result = f.apply(null, [${F}]);`,
  'a bound function': `const f = () => ${F}; const g = f.bind(null); const result = g();`,
  'a static': `class C { static a = ${F}; } const result = C.a;`,
  'an inherited static': `class B { static a = ${F}; } class C extends B {} const result = C.a;`,
  'a field': `class C { a = ${F}; } const result = new C().a;`,
  'a parameter property': `class C { constructor(readonly a = ${F}) {} } const result = new C().a;`,
  'a getter of a class': `class C { get a() { return ${F}; } } const result = new C().a;`,
  'what a method returns': `class C { a() { return ${F}; } } const result = new C().a();`,
  'what super has': `class B { a() { return ${F}; } } class C extends B { b() { return super.a(); } } const result = new C().b();`,
  'what is awaited of an async function': `async function f() { return ${F}; } const result = await f();`,
  'a promise that is awaited later': `const f = async () => ${F}; const p = f(); const result = await p;`,
  'a resolved promise': `const result = await Promise.resolve(${F});`,
  'what a handler makes': `const result = await Promise.resolve(1).then(() => ${F});`,
  'a promise with a last handler': `const result = await Promise.resolve(${F}).finally(() => 2);`,
  'the last of a sequence': `const result = (0, ${F});`,
  'what is assigned': `let a; const result = (a = ${F});`,
};

/** Forms that the two have to tell apart: what is joined, and what is computed. */
const APART: Readonly<Record<string, readonly [string, Answers]>> = {
  'one of two, by an unknown test': [
    'const result = x ? () => 1 : () => 2;',
    {
      joined: ['function () => 1', 'function () => 2'],
      computed: ['function () => 1', 'function () => 2'],
    },
  ],
  'one of two, by a known test': [
    'const result = true ? () => 1 : () => 2;',
    { joined: ['function () => 1', 'function () => 2'], computed: ['function () => 1'] },
  ],
  'one beside what is not known': [
    'const result = x ? () => 1 : unseen;',
    { joined: ['function () => 1', 'unknown'], computed: ['function () => 1', 'unknown'] },
  ],
  'a name that is reassigned': [
    'let a = () => 1; a = () => 2; const result = a;',
    { joined: ['function () => 1', 'function () => 2'], computed: ['function () => 2'] },
  ],
  'a parameter outside of any call': [
    'function f(a) { const result = a; } f(() => 1); f(() => 2);',
    { joined: ['function () => 1', 'function () => 2'], computed: ['unknown'] },
  ],
  'what is written to a property further down': [
    'const o = { a: () => 1 }; const result = o.a; o.a = () => 2;',
    { joined: ['function () => 1', 'function () => 2'], computed: ['function () => 1'] },
  ],
  'a text': ["const a = 'x'; const result = a;", { joined: [], computed: ["'x'"] }],
  'an element from the end': [
    'const l = [() => 1]; const result = l.at(-1);',
    { joined: [], computed: ['unknown'] },
  ],
  'a promise': [
    'const f = async () => () => 1; const result = f();',
    { joined: ['promise of function () => 1'], computed: ['promise of function () => 1'] },
  ],
  'what nothing tells': ['const result = unseen;', { joined: [], computed: ['unknown'] }],
  'classes that extend each other': [
    'class A extends B {} class B extends A {} const result = new A().x;',
    { joined: [], computed: ['unknown'] },
  ],
};

describe('is known to both readings', () => {
  test.each(Object.entries(KNOWN))('%s', (_form, source) => {
    expect(answersOf(source)).toEqual({ joined: ONE, computed: ONE });
  });
});

describe('is told by what a reading knows of runs', () => {
  test.each(Object.entries(APART))('%s', (_form, [source, answers]) => {
    expect(answersOf(source)).toEqual(answers);
  });
});

describe('a choice of promises', () => {
  const FIRST = 'promise of function () => 1';

  test.each([
    ['one', 'const p = Promise.resolve(() => 1); const result = c ? p : p;', [FIRST]],
    [
      'two',
      'const result = c ? Promise.resolve(() => 1) : Promise.resolve(() => 2);',
      [FIRST, 'promise of function () => 2'],
    ],
  ])('of %s', (_, source, promises) => {
    const { joined, computed } = answersOf(source);
    expect(joined).toEqual(promises);
    expect(computed).toEqual(promises);
  });
});
