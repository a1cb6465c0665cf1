/**
 * Promises that are put into lists and under keys, each with each form in which they are taken out and
 * waited for, against programs that are really run: no call that is made with no JWT in some run is missed.
 */

import { expect, test } from 'vitest';

import { judged } from './formed.ts';

/** How a list is filled, and how many programs are told of a fault that they do not have. */
const FILLED: readonly (readonly [filled: string, told: number])[] = [
  ['const l = [SET];', 15],
  ['const l = [g(), SET];', 17],
  ['const l = []; l.push(SET);', 29],
  ['const l = []; l.push(g(), SET);', 24],
  ['const l = []; l.push(g()); l.push(SET);', 24],
  ['const l = []; l.push(...[SET]);', 37],
  ['const l = []; l.push(SET, ...[g()]);', 30],
  ['const l = [g()]; if (c()) l.push(SET);', 0],
  ['const l = [g()]; if (c()) { l.push(SET); } else { l.push(g()); }', 0],
  ['const l = []; l[0] = SET;', 35],
  ['const l = [g()]; l[0] = SET;', 35],
  ['const l = [g()]; l.unshift(SET);', 30],
  ['const l = [g()]; for (const x of [1, 2]) l.push(SET);', 25],
  ['const l = [SET]; l[0] = g();', 0],
  ['const l = [g(), SET]; l.length = 1;', 0],
  ['const l = [g(), SET]; l.length--;', 0],
  ['const l = [g(), SET]; l.pop();', 0],
  ['const l = [g(), SET]; l.reverse();', 30],
  ['const l = []; const put = (p) => { l.push(p); }; put(SET);', 37],
  ['const l = []; [1].forEach(() => { l.push(SET); });', 37],
  ['const l = []; l.push(SET); f(l);', 37],
  ['const l = []; l.push(SET); if (l.length > 1) f();', 29],
  ['let l = [g()]; l = l.concat(SET);', 32],
  ['let l = [g()]; l = [...l, SET];', 32],
  ['const l = []; const m = l; m.push(SET);', 37],
  ['const l = [1, 2].map(() => SET);', 40],
  ['const l = [SET.catch(() => {}), g()];', 0],
];

const TAKEN: readonly string[] = [
  'await Promise.all(l);',
  'await Promise.all([...l]);',
  'await Promise.all([g(), ...l]);',
  'await Promise.all(l.map((p) => p));',
  'await Promise.all(l.slice(0));',
  'if (l.length > 0) await Promise.all(l);',
  'if (l.length === 0) return; await Promise.all(l);',
  'await Promise.race(l);',
  'await Promise.any(l);',
  'for (const p of l) await p;',
  'for await (const p of l) f();',
  'for (let i = 0; i < l.length; i++) await l[i];',
  'for (const i in l) await l[i];',
  'await l[0];',
  'await l.at(-1);',
  'await l[l.length - 1];',
  'const [p] = l; await p;',
  'const [, p = g()] = l; await p;',
  'const [p, ...rest] = l; await Promise.all(rest);',
  'while (l.length > 0) await l.pop();',
  'await l.shift();',
  'await l.reduce((before, p) => before.then(() => p), Promise.resolve());',
  'const wait = async (all) => { await Promise.all(all); }; await wait(l);',
  'const wait = async (...all) => { await Promise.all(all); }; await wait(...l);',
  'const wait = async ([p, q]) => { await p; await q; }; await wait(l);',
  'const wait = async ([, q]) => { await q; }; await wait(l);',
  'try { await Promise.all(l); } catch { return; }',
  'try { await Promise.all(l); } catch {}',
  'await Promise.allSettled(l);',
  "const r = await Promise.allSettled(l); if (r.some(({ status }) => status === 'rejected')) return;",
  "const r = await Promise.allSettled(l); if (r.some((one) => one.status !== 'fulfilled')) return;",
  "const r = await Promise.allSettled(l); if (!r.every((one) => one.status === 'fulfilled')) return;",
  "const r = await Promise.allSettled(l); if (r.every(({ status }) => status === 'rejected')) return;",
  "const r = await Promise.allSettled(l); if (r.some(({ ['status']: is }) => is === 'rejected')) return;",
  "const r = await Promise.allSettled(l); if (r.some(({ value: status }) => status === 'rejected')) return;",
  "const r = await Promise.allSettled(l); if (r.find((one) => one.status === 'rejected')) return;",
  "const r = await Promise.allSettled(l); if (r.filter((one) => one.status === 'rejected').length > 0) return;",
  "const r = await Promise.allSettled(l); if (r[0]?.status === 'rejected') return;",
  "const r = await Promise.allSettled(l); if (r.at(-1)?.status !== 'fulfilled') return;",
  "const r = await Promise.allSettled(l); r.reverse(); if (r[0]?.status === 'rejected') return;",
  "const r = await Promise.allSettled(l); r[0] = { status: 'fulfilled' }; if (r[0].status === 'rejected') return;",
  "const [r] = await Promise.allSettled(l); if (r?.status === 'rejected') return;",
  "for (const { status } of await Promise.allSettled(l)) if (status === 'rejected') return;",
  'for (const one of await Promise.allSettled(l)) if (one.reason) return;',
];

test.each(FILLED)('a list that is filled by `%s`', async (filled, told) => {
  const found = await judged(TAKEN.map((taken) => `${filled}\n${taken}`));
  expect(found.missed).toEqual([]);
  expect(found.told).toBe(told);
});

/** What keeps values by keys: how it is made, and how one is put there, got, and asked for. */
interface Keeper {
  readonly made: string;
  readonly put: (key: string, value: string) => string;
  readonly got: (key: string) => string;
  readonly has: (key: string) => string;
}

const KEEPERS: readonly (readonly [name: string, keeper: Keeper, told: number])[] = [
  [
    'a map',
    {
      made: 'const m = new Map();',
      put: (key, value) => `m.set(${key}, ${value});`,
      got: (key) => `m.get(${key})`,
      has: (key) => `m.has(${key})`,
    },
    85,
  ],
  [
    'an object',
    {
      made: 'const o = {};',
      put: (key, value) => `o[${key}] = ${value};`,
      got: (key) => `o[${key}]`,
      has: (key) => `(${key} in o)`,
    },
    98,
  ],
  [
    'an object with functions',
    {
      made: 'const o = {}; const put = (key, value) => { o[key] = value; }; const get = (key) => o[key];',
      put: (key, value) => `put(${key}, ${value});`,
      got: (key) => `get(${key})`,
      has: (key) => `!!get(${key})`,
    },
    130,
  ],
];

const KEPT: readonly ((keeper: Keeper) => string)[] = [
  ({ put }) => put("'a'", 'SET'),
  ({ put }) => put('a', 'SET'),
  ({ put }) => put('b', 'SET'),
  ({ put }) => put('t', 'SET'),
  ({ put }) => put('`a`', 'SET'),
  ({ put }) => `${put("'a'", 'g()')} ${put("'a'", 'SET')}`,
  ({ put }) => `${put("'a'", 'SET')} ${put("'a'", 'g()')}`,
  ({ put }) => `${put("'a'", 'SET')} ${put("'b'", 'g()')}`,
  ({ put }) => `${put("'b'", 'SET')} ${put("'a'", 'g()')}`,
  ({ put }) => `${put("'a'", 'SET')} ${put('t', 'g()')}`,
  ({ put }) => `${put('t', 'SET')} ${put("'a'", 'g()')}`,
  ({ put }) => `if (c()) ${put("'a'", 'SET')}`,
  ({ put }) => `if (c()) { ${put("'a'", 'SET')} } else { ${put('a', 'SET')} }`,
  ({ put, has }) => `if (!${has("'a'")}) ${put("'a'", 'SET')}`,
  ({ put, has }) => `if (!${has('t')}) ${put('t', 'SET')}`,
  ({ put, got }) => `if (!${got('a')}) ${put('a', 'SET')}`,
  ({ put, has }) => `if (!${has("'b'")}) ${put("'a'", 'SET')}`,
];

const GOT: readonly ((keeper: Keeper) => string)[] = [
  ({ got }) => `await ${got("'a'")};`,
  ({ got }) => `await ${got('a')};`,
  ({ got }) => `await ${got('b')};`,
  ({ got }) => `await ${got('t')};`,
  ({ got }) => `const p = ${got("'a'")}; await p;`,
  ({ got }) => `await (${got("'a'")} ?? g());`,
  ({ got }) => `await ${got('t')}?.then(() => f());`,
  ({ got, has }) => `if (${has("'a'")}) await ${got("'a'")};`,
  ({ got, has }) => `if (!${has("'a'")}) return; await ${got("'a'")};`,
  ({ got, has }) => `if (!${has('t')}) return; await ${got('t')};`,
  ({ got }) => `const wait = async () => { await ${got("'a'")}; }; await wait();`,
  ({ got }) => `const wait = async (k) => { await ${got('k')}; }; await wait('a');`,
  ({ got }) => `await Promise.all([${got("'a'")}, ${got("'b'")}]);`,
  ({ got }) => `try { await ${got("'a'")}; } catch { return; }`,
];

test.each(KEEPERS)('promises by keys, in %s', async (_, keeper, told) => {
  const bodies = KEPT.flatMap((kept) =>
    GOT.map((got) => `${keeper.made} const a = 'a', b = 'b';\n${kept(keeper)}\n${got(keeper)}`),
  );
  const found = await judged(bodies);
  expect(found.missed).toEqual([]);
  expect(found.told).toBe(told);
});
