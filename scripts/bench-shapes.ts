/**
 * How the cost of a lint grows with the size of a file, for shapes of code that hurt others, and for
 * files that have kept the linter busy: what all rules take under ESLint, with what they suggest.
 *
 *     npm run bench:shapes
 *     npm run bench:shapes -- --only reports --suggestions off
 *
 * Parsing is not counted. Between a size and its double, a ratio of 2 is linear.
 */

import { parseArgs } from 'node:util';

import { Linter } from 'eslint';

import { keep } from './bench-app.ts';
import { Clocked } from '../tests/helpers/clocked.ts';
import { HANGS } from '../tests/helpers/hangs.ts';

/** Of these, the fastest counts. */
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
    // ESLint's own code path analysis takes twice as long for each level, without any rule.
    name: 'finally in finally',
    size: 12,
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
    name: 'arguments that are asked',
    size: 2000,
    code: (n) =>
      `function assert(x) { if (!x) throw 1; } export async function f(t) { ${times(n, (i) => `const k${String(i)} = await s(t); assert(k${String(i)});`)} ${USE} } async function s(t) { try { ${SET} return true; } catch { return false; } }`,
  },
  {
    name: 'arguments that are handed on',
    size: 2000,
    code: (n) =>
      `${times(n, (i) => `async function f${String(i)}(x, y) { if (y) ${USE} await f${String(i + 1)}(y, x); }`)} function f${String(n)}(x) { if (!x) throw 1; } export const go = (t) => f0(t, !t);`,
  },
  {
    name: 'asked arguments in each other',
    size: 200,
    code: (n) =>
      `const is = (x) => !x; export async function f(t) { ${SET} if (${nested(n, (inner) => `is(${inner})`, 't')}) await Intercom.logout(); ${USE} }`,
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
    // Four statements each: 16,000 in all.
    name: 'reports',
    size: 4000,
    code: (n) => times(n, (i) => `export async function f${String(i)}(t) { if (t) ${SET} ${USE} }`),
  },
  {
    name: 'reports in one function',
    size: 4000,
    code: (n) =>
      `export async function f(t, c) { ${times(n, () => `if (c()) ${SET} ${USE} g();`)} }`,
  },
  {
    name: 'reports in a circle of calls',
    size: 2000,
    code: (n) =>
      `${times(n, (i) => `async function f${String(i)}(t) { ${USE} await f${String((i + 1) % n)}(t); }`)}\nexport const go = () => f0();`,
  },
  {
    name: 'reports in a chain of calls',
    size: 2000,
    code: (n) =>
      `${times(n, (i) => `async function f${String(i)}(t) { ${USE} await f${String(i + 1)}(t); }`)}\nasync function f${String(n)}() { g(); } export const go = () => f0();`,
  },
];

const { values: options } = parseArgs({
  options: {
    /** Shapes whose names contain this. */
    only: { type: 'string', default: '' },
    suggestions: { type: 'string', default: 'on' },
    /** The figures are added to this file, a line a run. */
    json: { type: 'string' },
  },
});

const clocked = new Clocked('all');
const settings: Linter.Config = {
  settings: { 'intercom-jwt': { suggestions: options.suggestions === 'on' } },
};

interface Linted {
  /** The time of all rules, in milliseconds. */
  readonly time: number;
  readonly reports: number;
  readonly suggestions: number;
}

function lint(code: string): Linted {
  let best: Linted = { time: Infinity, reports: 0, suggestions: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    clocked.reset();
    const linter = new Linter({ configType: 'flat' });
    const messages = linter.verify(code, [...clocked.configs, settings], 'app.js');
    if (clocked.taken >= best.time) continue;
    best = {
      time: clocked.taken,
      reports: messages.length,
      suggestions: messages.reduce((sum, one) => sum + (one.suggestions?.length ?? 0), 0),
    };
  }
  return best;
}

const shapes = [
  ...SHAPES.map(({ name, size, code }) => ({ name, size, code: (n: number) => HEAD + code(n) })),
  ...HANGS,
].filter(({ name }) => name.includes(options.only));
const rows = shapes.map(({ name, size, code }) => {
  const [quarter, half, whole] = [size / 4, size / 2, size].map((n) => lint(code(n)));
  if (quarter === undefined || half === undefined || whole === undefined) throw new Error(name);
  return {
    shape: name,
    size,
    ms: Number(whole.time.toFixed(1)),
    'half / quarter': Number((half.time / quarter.time).toFixed(2)),
    'whole / half': Number((whole.time / half.time).toFixed(2)),
    reports: whole.reports,
    suggestions: whole.suggestions,
  };
});
console.table(rows);
if (options.json !== undefined) keep(options.json, rows);
