/** Files that have kept the linter busy, as large as one likes. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Hang {
  readonly name: string;
  readonly size: number;
  readonly code: (size: number) => string;
}

const IMPORT = "import Intercom from '@intercom/intercom-react-native';\n";
const DIGITS = '1'.repeat(1000);

function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

function inFunction(parameters: string, body: string): string {
  return `${IMPORT}export async function run(${parameters}) {\n${body}\n}`;
}

const set = (index: number): string => `await Intercom.setUserJwt(a${String(index)});`;
const parameters = (size: number): string => times(size, (index) => `a${String(index)},`);

/** Calls of as many functions, each of which may come. */
const callsOf = (size: number, given: string): string =>
  times(size, (index) => `if (c()) f${String(index)}(${given});`);

/** Digits where a length of time is read. */
const digits = (size: number): string => DIGITS.repeat(Math.ceil(size / 1000)).slice(0, size);

export const HANGS: readonly Hang[] = [
  {
    name: 'try { set } catch {} present',
    size: 2000,
    code: (n) =>
      inFunction(
        'a',
        times(n, () => 'try { await Intercom.setUserJwt(a) } catch {} await Intercom.present();'),
      ),
  },
  {
    name: 'if (a) set; if (!a) present',
    size: 2000,
    code: (n) =>
      inFunction(
        parameters(n),
        times(
          n,
          (i) => `if (a${String(i)}) ${set(i)} if (!a${String(i)}) await Intercom.present();`,
        ),
      ),
  },
  {
    name: 'set; present, not awaited',
    size: 1000,
    code: (n) =>
      inFunction(
        'a',
        times(n, () => 'Intercom.setUserJwt(a); Intercom.present();'),
      ),
  },
  {
    name: 'classes that extend each other',
    size: 400,
    code: (n) =>
      `${IMPORT}class C0 { m0() { return Intercom.present(); } }\n${times(
        n,
        (i) =>
          `class C${String(i + 1)} extends C${String(i)} { m${String(i + 1)}() { return this.m${String(i)}(); } }`,
      )}\nexport const c = new C${String(n)}();`,
  },
  {
    name: 'digits of a life, fast-jwt',
    size: 40_000,
    code: (n) =>
      `import { createSigner } from 'fast-jwt';\nexport const sign = createSigner({ key: process.env.INTERCOM_JWT_SECRET, expiresIn: '${digits(n)}x' });\nexport const mint = (id) => sign({ user_id: id });`,
  },
  {
    name: 'digits of a life, @lukeed/ms',
    size: 40_000,
    code: (n) =>
      `import jwt from 'jsonwebtoken';\nimport { parse } from '@lukeed/ms';\nexport const mint = (id) => jwt.sign({ user_id: id }, process.env.INTERCOM_JWT_SECRET, { expiresIn: parse('${digits(n)}x') });`,
  },
  {
    name: 'spaces behind // from',
    size: 160_000,
    code: (n) => `${inFunction('', 'await Intercom.present();')}\n// from${' '.repeat(n)}x\n`,
  },
  {
    name: 'conditions on sets (stale)',
    size: 2000,
    code: (n) =>
      inFunction(
        parameters(n),
        times(n, (i) => `if (a${String(i)}) ${set(i)}`),
      ),
  },
  {
    name: 'loops with sets (stale)',
    size: 2000,
    code: (n) =>
      inFunction(
        parameters(n),
        times(n, (i) => `while (more()) { ${set(i)} }`),
      ),
  },
  {
    name: 'nested try',
    size: 800,
    code: (n) =>
      inFunction(
        'a',
        `${'try { await Intercom.setUserJwt(a); '.repeat(n)}${'} catch { log(); } '.repeat(n)}await Intercom.present();`,
      ),
  },
  {
    name: 'dropped sets',
    size: 20,
    code: (n) =>
      times(n, (i) =>
        i === 0
          ? `${IMPORT}export function f0(t) { Intercom.setUserJwt(t); }`
          : `export function f${String(i)}(t) { Intercom.setUserJwt(t); }`,
      ),
  },
  {
    name: 'try { set } catch {} in functions',
    size: 20,
    code: (n) =>
      `${IMPORT}${times(n, (i) => `export async function f${String(i)}(t) { try { await Intercom.setUserJwt(t); } catch {} }`)}`,
  },
  {
    name: 'flags that are raised behind a set',
    size: 400,
    code: (n) =>
      `${IMPORT}${times(
        n,
        (i) =>
          `let is${String(i)} = false; export async function set${String(i)}(t) { await Intercom.setUserJwt(t); is${String(i)} = true; } export async function open${String(i)}() { if (is${String(i)}) await Intercom.present(); }`,
      )}`,
  },
  {
    name: 'promises settled in a knot of functions',
    size: 12,
    code: (n) =>
      inFunction(
        't',
        `await new Promise((resolve) => { ${times(n, (i) => `function f${String(i)}() { ${callsOf(n, '')} Intercom.setUserJwt(t).then(resolve); }`)} f0(); });`,
      ),
  },
  {
    name: 'arguments spread in a knot of functions',
    size: 12,
    code: (n) =>
      `${IMPORT}${times(n, (i) => `async function f${String(i)}(...all) { ${callsOf(n, '...all')} await last(...all); }`)}
async function last(task) { await task(); }
export const open = (t) => f0(() => Intercom.setUserJwt(t));`,
  },
  {
    name: 'objects handed on in a chain',
    size: 2000,
    code: (n) =>
      `${IMPORT}${times(n, (i) => `async function f${String(i)}(all) { await f${String(i + 1)}(all); }`)}
async function f${String(n)}({ task }) { await task(); }
export const open = (t) => f0({ task: () => Intercom.setUserJwt(t) });`,
  },
  {
    name: 'lists and promises handed on in a chain',
    size: 2000,
    code: (n) =>
      `${IMPORT}${times(n, (i) => `async function f${String(i)}(all, one) { await f${String(i + 1)}(all, one); }`)}
async function f${String(n)}(all, one) { for (const task of all) await task(); await one; }
export const open = (t) => f0([() => Intercom.present()], Intercom.setUserJwt(t));`,
  },
  {
    name: 'arguments spread in a chain',
    size: 4000,
    code: (n) =>
      `${IMPORT}${times(n, (i) => `async function f${String(i)}(...all) { await f${String(i + 1)}(...all); }`)}
async function f${String(n)}(t) { await Intercom.setUserJwt(t); }
export const open = (t) => f0(t);`,
  },
  {
    name: 'a promise given from name to name',
    size: 2000,
    code: (n) =>
      inFunction(
        't',
        `${times(n, (i) => `const p${String(i)} = ${i === 0 ? 'Intercom.setUserJwt(t)' : `p${String(i - 1)}.then(() => 1)`};`)} await p${String(n - 1)};`,
      ),
  },
  {
    name: 'functions that call themselves and each other in each of many cases',
    size: 8,
    code: (n) => {
      const calls = ['Intercom.updateUser(r); ', 'Intercom.setUserJwt(r); ', 'Intercom.logout(); '];
      const leads = (i: number, j: number): string =>
        [
          `return r.then((x) => f${String((i + j) % n)}(x, set));`,
          `return f${String((i + j) % n)}(r.value, set);`,
          `return r instanceof A ? new B(r.value, set) : f${String(i)}(r(), set);`,
        ][j % 3] ?? '';
      const cases = (i: number): string =>
        times(20, (j) => `case 'k${String(j)}': ${calls[(j - 2) / 3] ?? ''}${leads(i, j)}`);
      return `${IMPORT}${times(
        n,
        (i) =>
          `export function f${String(i)}(r, set) { switch (r?.kind) { ${cases(i)} } return f${String((i + 1) % n)}(r, set); }`,
      )}`;
    },
  },
  {
    // A file as it is; half of it is nothing.
    name: 'jose 5: produce.js',
    size: 1,
    code: (n) => {
      if (n < 1) return '';
      const path = new URL(
        '../../node_modules/jose5/dist/node/esm/jwt/produce.js',
        import.meta.url,
      );
      const text = readFileSync(fileURLToPath(path), 'utf8');
      let calls = 0;
      return `${IMPORT}${text.replaceAll(/^ {4}(?:constructor|set\w+)\(.*\) \{$/gm, (method) => {
        calls += 1;
        const call =
          calls % 3 === 0 ? 'setUserJwt(payload)' : calls % 3 === 1 ? 'present()' : 'logout()';
        return `${method}\n        Intercom.${call};`;
      })}`;
    },
  },
];
