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
  'an export of a namespace of TypeScript': (value) => ({
    setup: `namespace N { export const a = ${value}; }`,
    expression: 'N.a',
  }),
  'what a function of a namespace of TypeScript returns': (value) => ({
    setup: `namespace N { export function a() { return ${value}; } }`,
    expression: 'N.a()',
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
  'a parameter that is destructured': (value) => ({
    setup: 'const f = ({ a }) => a;',
    expression: `f({ a: ${value} })`,
  }),
  'a default of a destructured parameter': (value) => ({
    setup: `const f = ({ a = ${value} } = {}) => a;`,
    expression: 'f()',
  }),
  'a destructured object in an object': (value) => ({
    setup: `const { p: { a } } = { p: { a: ${value} } };`,
    expression: 'a',
  }),
  'a rest of an object': (value) => ({
    setup: `const { b, ...o } = { b: 0, a: ${value} };`,
    expression: 'o.a',
  }),
  'a rest of an array': (value) => ({
    setup: `const [b, ...l] = [0, ${value}];`,
    expression: 'l[0]',
  }),
  'a rest parameter': (value) => ({
    setup: 'const f = (...l) => l[0];',
    expression: `f(${value})`,
  }),
  'a spread argument': (value) => ({
    setup: 'const f = (a) => a;',
    expression: `f(...[${value}])`,
  }),
  'a spread in an array': (value) => ({
    setup: `const b = [${value}]; const l = [0, ...b];`,
    expression: 'l[1]',
  }),
  'a pattern with a key in a constant': (value) => ({
    setup: `const k = 'a'; const { [k]: a } = { a: ${value} };`,
    expression: 'a',
  }),
  'a literal with a key in a constant': (value) => ({
    setup: `const k = 'a'; const o = { [k]: ${value} };`,
    expression: 'o.a',
  }),
  'a class with a key in a constant': (value) => ({
    setup: `const k = 'A'; class C { static [k] = ${value}; }`,
    expression: 'C.A',
  }),
  'a key in a template': (value) => ({
    setup: `const o = { a: ${value} };`,
    expression: 'o[`a`]',
  }),
  'an optional member': (value) => ({ setup: `const o = { a: ${value} };`, expression: 'o?.a' }),
  'an optional call': (value) => ({
    setup: `const f = () => ${value};`,
    expression: 'f?.()',
  }),
  'an assignment that is read': (value) => ({ setup: 'let a;', expression: `(a = ${value})` }),
  'a name that is given by ??=': (value) => ({
    setup: `let a; a ??= ${value};`,
    expression: 'a',
  }),
  '??= that is read': (value) => ({ setup: 'let a;', expression: `(a ??= ${value})` }),
  'a destructuring assignment': (value) => ({
    setup: `let a; ({ a } = { a: ${value} });`,
    expression: 'a',
  }),
  'a class expression': (value) => ({
    setup: `const C = class { static A = ${value}; };`,
    expression: 'C.A',
  }),
  'an inherited static': (value) => ({
    setup: `class B { static A = ${value}; } class C extends B {}`,
    expression: 'C.A',
  }),
  'an inherited field': (value) => ({
    setup: `class B { a = ${value}; } class C extends B {} const c = new C();`,
    expression: 'c.a',
  }),
  'an inherited getter': (value) => ({
    setup: `class B { get a() { return ${value}; } } class C extends B {} const c = new C();`,
    expression: 'c.a',
  }),
  'what an inherited method returns': (value) => ({
    setup: `class B { a() { return ${value}; } } class C extends B {}`,
    expression: 'new C().a()',
  }),
  'a field of an inherited constructor': (value) => ({
    setup: `class B { constructor() { this.a = ${value}; } } class C extends B {}`,
    expression: 'new C().a',
  }),
  'what a method of the parent returns': (value) => ({
    setup: `class B { a() { return ${value}; } } class C extends B { b() { return super.a(); } }`,
    expression: 'new C().b()',
  }),
  'what a method returns': (value) => ({
    setup: `class C { a() { return ${value}; } } const c = new C();`,
    expression: 'c.a()',
  }),
  'a getter of an instance': (value) => ({
    setup: `class C { get a() { return ${value}; } } const c = new C();`,
    expression: 'c.a',
  }),
  'a field by this': (value) => ({
    setup: `class C { a = ${value}; b() { return this.a; } }`,
    expression: 'new C().b()',
  }),
  'a private field': (value) => ({
    setup: `class C { #a = ${value}; b() { return this.#a; } }`,
    expression: 'new C().b()',
  }),
  'a private static': (value) => ({
    setup: `class C { static #a = ${value}; static b() { return C.#a; } }`,
    expression: 'C.b()',
  }),
  'a field that is an arrow': (value) => ({
    setup: `class C { a = () => ${value}; } const c = new C();`,
    expression: 'c.a()',
  }),
  'a static of a static block': (value) => ({
    setup: `class C { static A; static { this.A = ${value}; } }`,
    expression: 'C.A',
  }),
  'an accessor field': (value) => ({
    setup: `class C { accessor a = ${value}; } const c = new C();`,
    expression: 'c.a',
  }),
  'a parameter property': (value) => ({
    setup: `class C { constructor(readonly a) {} } const c = new C(${value});`,
    expression: 'c.a',
  }),
  'a default of a parameter property': (value) => ({
    setup: `class C { constructor(readonly a = ${value}) {} } const c = new C();`,
    expression: 'c.a',
  }),
  'a field from a parameter': (value) => ({
    setup: `class C { constructor(a) { this.a = a; } } const c = new C(${value});`,
    expression: 'c.a',
  }),
  'a method of a literal': (value) => ({
    setup: `const o = { a() { return ${value}; } };`,
    expression: 'o.a()',
  }),
  'an arrow of a literal': (value) => ({
    setup: `const o = { a: () => ${value} };`,
    expression: 'o.a()',
  }),
  'a member of this': (value) => ({
    setup: `const o = { a: ${value}, b() { return this.a; } };`,
    expression: 'o.b()',
  }),
  'a member of what a function returns': (value) => ({
    setup: `function f() { return { a: ${value} }; }`,
    expression: 'f().a',
  }),
  'a closure': (value) => ({
    setup: 'function f(a) { return () => a; }',
    expression: `f(${value})()`,
  }),
  'a method of what a function returns': (value) => ({
    setup: 'function f(a) { return { b: () => a }; }',
    expression: `f(${value}).b()`,
  }),
  'what a called function is given': (value) => ({
    setup: 'const f = (a) => a;',
    expression: `f.call(null, ${value})`,
  }),
  'what an applied function is given': (value) => ({
    setup: 'const f = (a) => a;',
    expression: `f.apply(null, [${value}])`,
  }),
  'what a bound function returns': (value) => ({
    setup: `const f = () => ${value}; const g = f.bind(null);`,
    expression: 'g()',
  }),
  'both ways of a function': (value) => ({
    setup: `function f() { if (Math.random() > 0.5) return ${value}; return ${value}; }`,
    expression: 'f()',
  }),
  'a function with a try': (value) => ({
    setup: `function f() { try { return ${value}; } catch { return ${value}; } }`,
    expression: 'f()',
  }),
  'a local of a function': (value) => ({
    setup: `function f() { const a = ${value}; return a; }`,
    expression: 'f()',
  }),
  'what an async function gives': (value) => ({
    setup: `async function f() { return ${value}; }`,
    expression: '(await f())',
  }),
  'what a promise is resolved with': (value) => ({
    setup: `const p = Promise.resolve(${value});`,
    expression: '(await p)',
  }),
  'what then() gives': (value) => ({
    setup: 'async function f() {}',
    expression: `(await f().then(() => ${value}))`,
  }),
  'the left side of ||': (value) => ({
    setup: `const a = ${value} || null;`,
    expression: 'a',
  }),
  'the right side of &&': (value) => ({
    setup: `const a = true && (${value});`,
    expression: 'a',
  }),
  'a name in globalThis': (value) => ({
    setup: `globalThis.a = ${value};`,
    expression: 'globalThis.a',
  }),
  'Object.values': (value) => ({
    setup: `const o = { a: ${value} };`,
    expression: 'Object.values(o)[0]',
  }),
  'a dynamic import': (value) => ({
    setup: "const { a } = await import('./v');",
    expression: 'a',
    files: { 'v.ts': `${NEEDS} export const a = ${value};` },
  }),
  'export * as': (value) => ({
    setup: "import { v } from './v';",
    expression: 'v.a',
    files: { 'v.ts': "export * as v from './w';", 'w.ts': `${NEEDS} export const a = ${value};` },
  }),
  'an import that is exported': (value) => ({
    setup: "import { a } from './v';",
    expression: 'a',
    files: {
      'v.ts': "import { a } from './w'; export { a };",
      'w.ts': `${NEEDS} export const a = ${value};`,
    },
  }),
  'a default that is exported by name': (value) => ({
    setup: "import { a } from './v';",
    expression: 'a',
    files: {
      'v.ts': "export { default as a } from './w';",
      'w.ts': `${NEEDS} export default ${value};`,
    },
  }),
  'an object as a default export': (value) => ({
    setup: "import v from './v';",
    expression: 'v.a',
    files: { 'v.ts': `${NEEDS} export default { a: ${value} };` },
  }),
  'a field of a class of a module': (value) => ({
    setup: "import { C } from './v'; const c = new C();",
    expression: 'c.a',
    files: { 'v.ts': `${NEEDS} export class C { a = ${value}; }` },
  }),
  'a method of a class of a module': (value) => ({
    setup: "import { C } from './v';",
    expression: 'new C().a()',
    files: { 'v.ts': `${NEEDS} export class C { a() { return ${value}; } }` },
  }),
  'a static of a parent of a module': (value) => ({
    setup: "import { B } from './v'; class C extends B {}",
    expression: 'C.A',
    files: { 'v.ts': `${NEEDS} export class B { static A = ${value}; }` },
  }),
  'an instance of a module': (value) => ({
    setup: "import { c } from './v';",
    expression: 'c.a',
    files: { 'v.ts': `${NEEDS} class C { a = ${value}; } export const c = new C();` },
  }),
  'a spread of an object of a module': (value) => ({
    setup: "import { base } from './v'; const o = { ...base };",
    expression: 'o.a',
    files: { 'v.ts': `${NEEDS} export const base = { a: ${value} };` },
  }),
  'a destructured object of a module': (value) => ({
    setup: "import { o } from './v'; const { a } = o;",
    expression: 'a',
    files: { 'v.ts': `${NEEDS} export const o = { a: ${value} };` },
  }),
  'what a function of a module is given': (value) => ({
    setup: "import { f } from './v';",
    expression: `f(${value})`,
    files: { 'v.ts': 'export const f = (a) => a;' },
  }),
  'module.exports': (value) => ({
    setup: "const v = require('./v');",
    expression: 'v.a',
    files: { 'v.js': `${REQUIRES} module.exports = { a: ${value} };` },
  }),
  'a member of require': (value) => ({
    setup: '',
    expression: "require('./v').a",
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
const ASSIGNED = 'a test that assigns is told by the name that it assigns';
const SHARED = 'others can put something else into the global object';
const LISTED = 'what is listed is followed for constants alone';

const CHANGEABLE_FORMS = [
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
  'a destructured object in an object',
  'a rest of an object',
  'a rest of an array',
  'a spread in an array',
  'a literal with a key in a constant',
  'a class with a key in a constant',
  'a key in a template',
  'an optional member',
  'a class expression',
  'an inherited static',
  'an inherited field',
  'a field of an inherited constructor',
  'a field by this',
  'a static of a static block',
  'an accessor field',
  'a parameter property',
  'a default of a parameter property',
  'a field from a parameter',
  'a member of this',
  'a member of what a function returns',
  'an object as a default export',
  'a field of a class of a module',
  'a static of a parent of a module',
  'an instance of a module',
  'a spread of an object of a module',
  'a destructured object of a module',
  'module.exports',
];

const CALLED_FORMS = [
  'a rest parameter',
  'a closure',
  'a method of what a function returns',
  'what a promise is resolved with',
];

/** What is not known, and why. */
const UNKNOWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a name that is assigned later': { key: ORDERED, token: ORDERED, test: ORDERED },
  'a name that is given by ??=': { key: ORDERED, token: ORDERED, test: ORDERED, life: ORDERED },
  '??= that is read': { key: ORDERED, token: ORDERED, test: ORDERED, life: ORDERED },
  'a destructuring assignment': { key: ORDERED, token: ORDERED, test: ORDERED, life: ORDERED },
  'an assignment that is read': { test: ASSIGNED },
  'a map': { key: PUT, token: PUT, test: PUT },
  'a name in globalThis': Object.fromEntries(Object.keys(CONSUMERS).map((one) => [one, SHARED])),
  'Object.values': { client: LISTED, callee: LISTED, test: LISTED },
  ...Object.fromEntries(CALLED_FORMS.map((form) => [form, { test: CALLED }])),
  ...Object.fromEntries(CHANGEABLE_FORMS.map((form) => [form, { test: CHANGEABLE }])),
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
