/**
 * One resolver: what an expression is, is known to all who ask, or there is a reason why not. Each
 * form holds a value, and each consumer shows by a report whether it knows the value.
 */

import { parser } from 'typescript-eslint';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

import plugin from '../src/index.ts';
import { projectOf, type Files } from './helpers/project.ts';

/** A program whose expression has a value. */
interface Program {
  readonly setup: string;
  readonly expression: string;
  readonly files?: Files;
}

/** Stands in other modules for what the value needs, as an import and by `require`. */
const NEEDS = '/* needs */';
const REQUIRES = '/* requires */';

const FORMS: Readonly<Record<string, (value: string) => Program>> = {
  'written out': (value) => ({ setup: '', expression: value }),
  'a constant': (value) => ({ setup: `const a = ${value};`, expression: 'a' }),
  'a constant of a constant': (value) => ({
    setup: `const a = ${value}; const b = a;`,
    expression: 'b',
  }),
  'a name that is never reassigned': (value) => ({
    setup: `let a = ${value};`,
    expression: 'a',
  }),
  'a name that is assigned later': (value) => ({
    setup: `let a; a = ${value};`,
    expression: 'a',
  }),
  'a member': (value) => ({ setup: `const o = { a: ${value} };`, expression: 'o.a' }),
  'a member of a member': (value) => ({
    setup: `const o = { p: { a: ${value} } };`,
    expression: 'o.p.a',
  }),
  'a computed member': (value) => ({
    setup: `const o = { a: ${value} };`,
    expression: "o['a']",
  }),
  'a key in a constant': (value) => ({
    setup: `const k = 'a'; const o = { a: ${value} };`,
    expression: 'o[k]',
  }),
  'a destructured literal': (value) => ({
    setup: `const { a } = { a: ${value} };`,
    expression: 'a',
  }),
  'a destructured constant': (value) => ({
    setup: `const o = { a: ${value} }; const { a: b } = o;`,
    expression: 'b',
  }),
  'a default in a pattern': (value) => ({
    setup: `const { a = ${value} } = {};`,
    expression: 'a',
  }),
  'a destructured array': (value) => ({
    setup: `const [, a] = [0, ${value}];`,
    expression: 'a',
  }),
  'an element': (value) => ({ setup: `const l = [0, ${value}];`, expression: 'l[1]' }),
  'an element by at()': (value) => ({
    setup: `const l = [0, ${value}];`,
    expression: 'l.at(1)',
  }),
  'a default of a parameter': (value) => ({
    setup: `function f(a = ${value}) { return a; }`,
    expression: 'f()',
  }),
  'what a function returns': (value) => ({
    setup: `function f() { return ${value}; }`,
    expression: 'f()',
  }),
  'what an arrow returns': (value) => ({
    setup: `const f = () => (${value});`,
    expression: 'f()',
  }),
  'what a function is given': (value) => ({
    setup: 'const f = (a) => a;',
    expression: `f(${value})`,
  }),
  'what a function is given in an object': (value) => ({
    setup: 'const f = (o) => o.a;',
    expression: `f({ a: ${value} })`,
  }),
  'a function that is called in its place': (value) => ({
    setup: '',
    expression: `(() => { return ${value}; })()`,
  }),
  'a static': (value) => ({ setup: `class C { static A = ${value}; }`, expression: 'C.A' }),
  'what a static method returns': (value) => ({
    setup: `class C { static a() { return ${value}; } }`,
    expression: 'C.a()',
  }),
  'a field': (value) => ({
    setup: `class C { a = ${value}; } const c = new C();`,
    expression: 'c.a',
  }),
  'a field of the constructor': (value) => ({
    setup: `class C { constructor() { this.a = ${value}; } } const c = new C();`,
    expression: 'c.a',
  }),
  'a getter': (value) => ({
    setup: `const o = { get a() { return ${value}; } };`,
    expression: 'o.a',
  }),
  'a static getter': (value) => ({
    setup: `class C { static get A() { return ${value}; } }`,
    expression: 'C.A',
  }),
  'a spread': (value) => ({
    setup: `const base = { a: ${value} }; const o = { ...base };`,
    expression: 'o.a',
  }),
  'Object.assign': (value) => ({
    setup: `const o = Object.assign({}, { a: ${value} });`,
    expression: 'o.a',
  }),
  'Object.freeze': (value) => ({
    setup: `const o = Object.freeze({ a: ${value} });`,
    expression: 'o.a',
  }),
  'a member that is assigned': (value) => ({
    setup: `const o = {}; o.a = ${value};`,
    expression: 'o.a',
  }),
  'both sides of a conditional': (value) => ({
    setup: `const a = Math.random() > 0.5 ? ${value} : ${value};`,
    expression: 'a',
  }),
  'the right side of ??': (value) => ({
    setup: `const a = undefined ?? (${value});`,
    expression: 'a',
  }),
  'the right side of ||': (value) => ({
    setup: `const a = null || (${value});`,
    expression: 'a',
  }),
  'the last of a sequence': (value) => ({ setup: '', expression: `(0, ${value})` }),
  'as const': (value) => ({
    setup: `const o = { a: ${value} } as const;`,
    expression: 'o.a',
  }),
  satisfies: (value) => ({
    setup: `const o = { a: ${value} } satisfies object;`,
    expression: 'o.a',
  }),
  'an assertion': (value) => ({ setup: `const a = ${value};`, expression: 'a!' }),
  'a map': (value) => ({
    setup: `const m = new Map([['a', ${value}]]);`,
    expression: "m.get('a')",
  }),
  'an export': (value) => ({
    setup: "import { a } from './v';",
    expression: 'a',
    files: { 'v.ts': `${NEEDS} export const a = ${value};` },
  }),
  'a default export': (value) => ({
    setup: "import a from './v';",
    expression: 'a',
    files: { 'v.ts': `${NEEDS} export default ${value};` },
  }),
  'a namespace': (value) => ({
    setup: "import * as v from './v';",
    expression: 'v.a',
    files: { 'v.ts': `${NEEDS} export const a = ${value};` },
  }),
  'a barrel': (value) => ({
    setup: "import { b } from './v';",
    expression: 'b',
    files: {
      'v.ts': "export { a as b } from './w';",
      'w.ts': `${NEEDS} export const a = ${value};`,
    },
  }),
  'export *': (value) => ({
    setup: "import { a } from './v';",
    expression: 'a',
    files: { 'v.ts': "export * from './w';", 'w.ts': `${NEEDS} export const a = ${value};` },
  }),
  'an object of a module': (value) => ({
    setup: "import { o } from './v';",
    expression: 'o.a',
    files: { 'v.ts': `${NEEDS} export const o = { a: ${value} };` },
  }),
  'a function of a module': (value) => ({
    setup: "import { f } from './v';",
    expression: 'f()',
    files: { 'v.ts': `${NEEDS} export function f() { return ${value}; }` },
  }),
  'a static of a module': (value) => ({
    setup: "import { C } from './v';",
    expression: 'C.A',
    files: { 'v.ts': `${NEEDS} export class C { static A = ${value}; }` },
  }),
  require: (value) => ({
    setup: "const { a } = require('./v');",
    expression: 'a',
    files: { 'v.js': `${REQUIRES} exports.a = ${value};` },
  }),
};

interface Consumer {
  readonly value: string;
  /** What the value needs. */
  readonly needs: string;
  /** Uses an expression. */
  readonly use: (expression: string) => string;
  readonly rule: string;
  /** Whether the rule reports who knows the value, or who does not. */
  readonly isReported: boolean;
}

const CLIENT = "import Intercom from '@intercom/intercom-react-native';";
const SIGNER = "import jwt from 'jsonwebtoken';";
const CLIENT_REQUIRED = "const Intercom = require('@intercom/intercom-react-native').default;";

const CONSUMERS: Readonly<Record<string, Consumer>> = {
  client: {
    value: 'Intercom',
    needs: CLIENT,
    use: (client) => `export async function run() { await ${client}.present(); }`,
    rule: 'require-set-user-jwt',
    isReported: true,
  },
  callee: {
    value: '(async () => { await Intercom.setUserJwt(await load()); })',
    needs: CLIENT,
    use: (callee) =>
      `export async function run() { await (${callee})(); await Intercom.present(); }`,
    rule: 'require-set-user-jwt',
    isReported: false,
  },
  key: {
    value: "'present'",
    needs: CLIENT,
    use: (key) => `export async function run() { await Intercom[${key}](); }`,
    rule: 'require-set-user-jwt',
    isReported: true,
  },
  token: {
    value: "''",
    needs: CLIENT,
    use: (token) => `export async function run() { await Intercom.setUserJwt(${token}); }`,
    rule: 'no-empty-user-jwt',
    isReported: true,
  },
  test: {
    value: 'true',
    needs: CLIENT,
    use: (fact) =>
      `export async function run(t) { if (${fact}) await Intercom.setUserJwt(t); await Intercom.present(); }`,
    rule: 'require-set-user-jwt',
    isReported: false,
  },
  life: {
    value: "'5m'",
    needs: SIGNER,
    use: (life) =>
      `export const mint = (id) => jwt.sign({ user_id: id }, process.env.INTERCOM_JWT_SECRET, { expiresIn: ${life} });`,
    rule: 'no-short-jwt-ttl',
    isReported: true,
  },
  'signing key': {
    value: 'process.env.INTERCOM_JWT_SECRET',
    needs: SIGNER,
    use: (key) => `export const mint = (id) => jwt.sign({ sub: id }, ${key}, { expiresIn: '5m' });`,
    rule: 'no-short-jwt-ttl',
    isReported: true,
  },
};

const CHANGEABLE = 'a test is certain only of what nobody can change';
const CALLED = 'the result of a call is told by the ways of its function, whatever it is given';
const ORDERED = 'a name that is assigned again is something else at another time';
const PUT = 'others can put something else into a map';

/** What is not known, and why. */
const UNKNOWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a name that is assigned later': { key: ORDERED, token: ORDERED, test: ORDERED, life: ORDERED },
  'a map': { key: PUT, token: PUT, test: PUT },
  'a default of a parameter': { test: CALLED },
  'what a function is given': { test: CALLED },
  'what a function is given in an object': { test: CALLED },
  ...Object.fromEntries(
    [
      'a member',
      'a member of a member',
      'a computed member',
      'a key in a constant',
      'a destructured constant',
      'an element',
      'an element by at()',
      'a static',
      'a field',
      'a field of the constructor',
      'a spread',
      'Object.assign',
      'a member that is assigned',
      'satisfies',
      'an object of a module',
      'a static of a module',
    ].map((form) => [form, { test: CHANGEABLE }]),
  ),
};

function isKnown(form: (value: string) => Program, consumer: Consumer): boolean {
  const { value, needs, use, rule, isReported } = consumer;
  const { setup, expression, files = {} } = form(value);
  const required = needs === CLIENT ? CLIENT_REQUIRED : '';
  const filled = Object.entries(files).map(([path, text]) => [
    path,
    text.replace(NEEDS, needs).replace(REQUIRES, required),
  ]);
  const root = projectOf(Object.fromEntries(filled) as Files);
  const end = setup.startsWith('import ') ? setup.indexOf(';') + 1 : 0;
  const text = [needs, setup.slice(0, end), setup.slice(end), use(expression)].join('\n');
  const messages = new Linter({ cwd: root }).verify(
    text,
    {
      files: ['**/*.ts'],
      plugins: { 'intercom-jwt': plugin },
      languageOptions: { parser },
      rules: { [`intercom-jwt/${rule}`]: 'error' },
    },
    { filename: `${root}/program.ts` },
  );
  const failure = messages.find(({ ruleId }) => ruleId === null);
  if (failure !== undefined) throw new Error(`${failure.message}\n${text}`);
  return messages.length > 0 === isReported;
}

describe.each(Object.entries(FORMS))('%s', (name, form) => {
  test.each(Object.entries(CONSUMERS))('as a %s', (asked, consumer) => {
    const reason = UNKNOWN[name]?.[asked];
    expect(isKnown(form, consumer), reason).toBe(reason === undefined);
  });
});
