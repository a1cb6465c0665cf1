/**
 * How the cost of the analysis grows with the size of a file, for shapes of code that hurt others.
 *
 *     npm run bench:shapes
 *     npm run bench:shapes -- --only linter
 *
 * Parsing is not counted. A ratio of 2 between a size and its double is linear. The second table is
 * of files that have kept the linter busy: what all rules of the recommended configuration take.
 */

import { parseArgs } from 'node:util';

import { parse } from 'acorn';
import { Linter } from 'eslint';
import { analyze } from 'eslint-scope';

import { childrenOf, isNode, type Node } from '../src/syntax/ast.ts';
import { sessionOf } from '../src/session/model.ts';
import { violationsOf } from '../src/session/findings/unset-calls.ts';
import { Clocked } from '../tests/helpers/clocked.ts';
import { HANGS } from '../tests/helpers/hangs.ts';

const ROUNDS = 3;

const HEAD = `import Intercom from '@intercom/intercom-react-native';\n`;

function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

/** Wrapped `count` times. */
function nested(count: number, wrap: (inner: string) => string, core: string): string {
  let code = core;
  for (let depth = 0; depth < count; depth++) code = wrap(code);
  return code;
}

const SET = 'await Intercom.setUserJwt(t);';
const USE = 'await Intercom.present();';

const SHAPES: readonly {
  readonly name: string;
  readonly size: number;
  readonly code: (size: number) => string;
}[] = [
  {
    name: 'statements in a function',
    size: 20_000,
    code: (n) =>
      `export async function f(t) { ${times(n, (i) => (i % 3 === 0 ? SET : i % 3 === 1 ? USE : 'g();'))} }`,
  },
  {
    name: 'nested blocks',
    size: 500,
    code: (n) => `export async function f(t) { ${nested(n, (inner) => `{ g(); ${inner} }`, USE)} }`,
  },
  {
    name: 'nested loops',
    size: 400,
    code: (n) =>
      `export async function f(t) { ${nested(n, (inner) => `while (c()) { ${inner} }`, SET + USE)} }`,
  },
  {
    name: 'nested try/finally',
    size: 40,
    code: (n) =>
      `export async function f(t) { ${nested(n, (inner) => `try { ${inner} } finally { g(); }`, SET + USE)} }`,
  },
  {
    name: 'finally in finally',
    size: 40,
    code: (n) =>
      `export async function f(t) { ${nested(n, (inner) => `try { ${SET} } finally { ${inner} }`, USE)} }`,
  },
  {
    name: 'consecutive ternaries',
    size: 200,
    code: (n) =>
      `export async function f(t) { ${times(n, () => 'c() ? await Intercom.setUserJwt(t) : g();')} ${USE} }`,
  },
  {
    name: 'else-if chain',
    size: 600,
    code: (n) =>
      `export async function f(x) { ${times(n, (i) => `if (x === ${String(i)}) { ${SET} } else`)} {} ${USE} }`,
  },
  {
    name: 'cases of a switch',
    size: 2000,
    code: (n) =>
      `export async function f(x) { switch (x) { ${times(n, (i) => `case ${String(i)}: ${SET} break;`)} } ${USE} }`,
  },
  {
    name: 'tests that agree',
    size: 1000,
    code: (n) =>
      `export async function f(a) { ${times(n, (i) => `const k${String(i)} = a[${String(i)}]; if (k${String(i)}) ${SET} if (k${String(i)}) ${USE}`)} }`,
  },
  {
    name: 'functions in a chain of calls',
    size: 2000,
    code: (n) =>
      `${times(n, (i) => `async function f${String(i)}() { await f${String(i + 1)}(); }`)} async function f${String(n)}() { ${SET} }\nexport async function go() { await f0(); ${USE} }`,
  },
  {
    name: 'functions that call others',
    size: 5000,
    code: (n) =>
      times(
        n,
        (i) =>
          `export async function f${String(i)}() { await f${String((i * 7 + 1) % n)}(); ${i % 10 === 0 ? SET : USE} }`,
      ),
  },
  {
    name: 'functions in one knot',
    size: 500,
    code: (n) =>
      `${times(n, (i) => `export async function f${String(i)}() { if (c()) await f${String((i + 1) % n)}(); ${i % 10 === 0 ? SET : 'g();'} }`)} f0(); ${USE}`,
  },
  {
    name: 'reports',
    size: 1000,
    code: (n) => times(n, (i) => `export async function f${String(i)}(t) { if (t) ${SET} ${USE} }`),
  },
];

function measure(code: string): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const text = HEAD + code;
    const ast: unknown = parse(text, { ranges: true, ecmaVersion: 'latest', sourceType: 'module' });
    if (!isNode(ast)) throw new Error('no syntax tree');
    link(ast);
    const scopeManager: object = analyze(ast as never, {
      ecmaVersion: 2022,
      sourceType: 'module',
    });
    const start = performance.now();
    const session = sessionOf({ ast, text, scopeManager });
    if (session === null) throw new Error('no session');
    violationsOf(
      session,
      { helpers: 'every-path', entry: 'unset', protect: ['login', 'update', 'present'] },
      { lineOf: () => '1', textOf: () => 'code' },
    );
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function link(root: Node): void {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const child of childrenOf(node)) {
      child.parent = node;
      open.push(child);
    }
  }
}

const clocked = new Clocked();

/** The time of all rules, in milliseconds. */
function linted(code: string): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    clocked.reset();
    const linter = new Linter({ configType: 'flat' });
    linter.verify(code, [...clocked.configs], 'app.js');
    best = Math.min(best, clocked.taken);
  }
  return best;
}

interface Measured {
  readonly name: string;
  readonly size: number;
  readonly code: (size: number) => string;
}

function tableOf(shapes: readonly Measured[], time: (code: string) => number): void {
  const rows = shapes.map(({ name, size, code }) => {
    const half = time(code(size / 2));
    const whole = time(code(size));
    return {
      shape: name,
      size,
      'half (ms)': Number(half.toFixed(1)),
      'whole (ms)': Number(whole.toFixed(1)),
      'whole / half': Number((whole / half).toFixed(2)),
    };
  });
  console.table(rows);
}

const { values: given } = parseArgs({ options: { only: { type: 'string', default: '' } } });
if (given.only !== 'linter') tableOf(SHAPES, measure);
if (given.only !== 'analysis') tableOf(HANGS, linted);
