/**
 * Promises that are put somewhere, by two steps one after the other, or handed on, and then waited for,
 * against programs that are really run: no call that is made with no JWT in some run is missed.
 */

import { expect, test } from 'vitest';

import { judged } from './formed.ts';

const HELPERS = `const again = () => other();
const reset = () => { P = SET; };
const other = () => { P = g(); };
const clear = () => { P = null; };`;

const STEPS: readonly string[] = [
  'P = SET;',
  'P = g();',
  'reset();',
  'other();',
  'again();',
  'if (c()) clear();',
  'if (c()) P = SET;',
  'if (c()) other();',
  'P ??= SET;',
  '[1].forEach(other);',
  '[1].forEach(() => { P = g(); });',
];

const READS: readonly string[] = [
  'await P;',
  'if (P) await P;',
  'const wait = async () => { await P; };\nawait wait();',
  'if (!P) return;\nawait P;',
];

/** How many programs at most are told of a fault that they do not have, for each way to read. */
const PLACES: readonly (readonly [declared: string, place: string, told: readonly number[]])[] = [
  ['let p = null;', 'p', [6, 30, 30, 13]],
  ['const o = { p: null };', 'o.p', [6, 30, 30, 13]],
  ['const o = { a: { p: SET } };', 'o.a.p', [7, 31, 31, 13]],
];

test.each(PLACES)(
  'a promise that is put somewhere twice, with `%s`',
  async (declared, place, told) => {
    for (const [index, read] of READS.entries()) {
      const bodies = STEPS.flatMap((first) =>
        STEPS.map((second) =>
          [declared, HELPERS, first, second, read].join('\n').replaceAll(/\bP\b/gu, place),
        ),
      );
      const found = await judged(bodies);
      expect(found.missed, read).toEqual([]);
      expect(found.told, read).toBeLessThanOrEqual(told[index] ?? 0);
    }
  },
);

/** What carries a promise, and where that is read. */
const CARRIED: readonly (readonly [carrier: string, read: string])[] = [
  ['const x = MADE;', 'x'],
  ['const x = { p: MADE, q: 1 };', 'x.p'],
  ['const x = { p: MADE };', "x['p']"],
  ['const x = { p: MADE };', 'x?.p'],
  ['const { p } = { p: MADE };', 'p'],
  ['const { p: q = g() } = { p: MADE };', 'q'],
  ['const { a, ...r } = { a: 1, p: MADE };', 'r.p'],
  ['const x = [g(), MADE];', 'x[1]'],
  ['const x = [MADE];', 'x.at(0)'],
  ['const [q] = [MADE, g()];', 'q'],
  ['const [q] = [g(), MADE];', 'q'],
  ['const x = { a: { p: MADE } };', 'x.a.p'],
  ['const x = { a: { p: MADE } }; const { a: { p } } = x;', 'p'],
  ['const make = () => ({ p: MADE });', 'make().p'],
  ['const make = () => MADE;', 'make()'],
  ['const make = async () => ({ p: await MADE });', '(await make()).p'],
  ['class C { p = MADE; } const k = new C();', 'k.p'],
  ['class C { constructor() { this.p = MADE; } } const k = new C();', 'k.p'],
  ['class C { run() { return MADE; } } const k = new C();', 'k.run()'],
  ['class C { get p() { return MADE; } } const k = new C();', 'k.p'],
  ['class C { static p = MADE; }', 'C.p'],
  ['class C { #p = MADE; wait() { return this.#p; } } const k = new C();', 'k.wait()'],
  ["const m = new Map([['k', MADE]]);", "m.get('k')"],
  ["const m = new Map(); m.set('k', MADE);", "m.get('k')"],
  ["const m = new Map(); m.set('j', MADE); m.set('k', g());", "m.get('k')"],
  ['const o = { ...{ p: MADE } };', 'o.p'],
  ['const o = Object.assign({}, { p: MADE });', 'o.p'],
  ['const o = {}; o.p = MADE;', 'o.p'],
  ['let y; const z = (y = MADE);', 'z'],
  ['const id = (v) => v; const x = id(MADE);', 'x'],
  ['const pick = (a, b) => b; const x = pick(g(), MADE);', 'x'],
  ['const x = (f(), MADE);', 'x'],
  ['const box = { get p() { return MADE; } };', 'box.p'],
  ['const l = []; l.push(MADE);', 'l[0]'],
];

/** How a promise is waited for. */
const WAITED: readonly string[] = [
  'await A;',
  'const wait = (x) => x;\nawait wait(A);',
  'const wait = async (x) => { await x; };\nawait wait(A);',
  'const wait = async ({ x }) => { await x; };\nawait wait({ x: A });',
  'const wait = async (o) => { await o.x; };\nawait wait({ x: A });',
  'const wait = async ([x]) => { await x; };\nawait wait([A]);',
  'const wait = async (...xs) => { for (const x of xs) await x; };\nawait wait(A);',
  'const wait = async (xs) => { for (const x of xs) await x; };\nawait wait([g(), A]);',
  'const wait = async (xs) => { await Promise.all(xs); };\nawait wait([A]);',
  'const wait = async (x, y = x) => { await y; };\nawait wait(A);',
  'const wait = async (x) => { const y = x; await y; };\nawait wait(A);',
  'const wait = async (x) => { if (c()) return; await x; };\nawait wait(A);',
  'const inner = async (x) => { await x; }; const wait = (y) => inner(y);\nawait wait(A);',
  'const wait = async (x) => { if (x) await x; };\nawait wait(A);',
  'const wait = async (x) => { await x; };\nwait(A);',
  'const wait = async (a, x) => { await x; };\nawait wait(A, g());',
  'const wait = async (a, x) => { await x; };\nawait wait(g(), A);',
  'const wait = async (x) => { await x; };\nawait wait.call(null, A);',
  'const wait = async (x) => { await x; };\nawait wait.apply(null, [A]);',
  'const wait = async (x) => { await x; };\nawait wait(...[A]);',
  'const wait = async (x) => { await x; };\nawait wait.bind(null, A)();',
  'const wait = async (x) => { x = g(); await x; };\nawait wait(A);',
  'const wait = async (o) => { const { x } = o; await x; };\nawait wait({ x: A, y: g() });',
  'const wait = async (fn) => { await fn(); };\nawait wait(async () => A);',
  'const wait = async (o) => { await o.fn(); };\nawait wait({ fn: async () => A });',
  'const wait = async ({ fn }) => { await fn(); };\nawait wait({ fn: async () => { await A; } });',
  'await (async (x) => { await x; })(A);',
  'await Promise.all([A].map((x) => x));',
  'await Promise.all([A].map(async (x) => { await x; }));',
  'await (await Promise.all([g(), A]))[0];',
  'try { await A; } catch { return; }',
  'const wait = async (x) => { try { await x; } catch {} };\nawait wait(A);',
];

/** By how the promise is made, how many programs are told of a fault that they do not have. */
const MADE: readonly (readonly [made: string, told: number])[] = [
  ['SET', 39],
  ['(c() ? SET : g())', 0],
  ['SET.catch(() => {})', 0],
  ['SET.then(() => { Intercom.logout(); })', 0],
];

test.each(MADE)('the promise `%s` that something carries', async (made, told) => {
  const bodies = CARRIED.flatMap(([carrier, read]) =>
    WAITED.map((waited) =>
      `${carrier}\n${waited.replace(/\bA\b/u, read)}`.replaceAll('MADE', made),
    ),
  );
  const found = await judged(bodies);
  expect(found.missed).toEqual([]);
  expect(found.told).toBeLessThanOrEqual(told);
});
