/**
 * Promises that are parts of an object, a list or a map, which is made, then changed, and then taken apart,
 * against programs that are really run: no call that is made with no JWT in some run is missed.
 */

import { expect, test } from 'vitest';

import { judged } from './formed.ts';

interface Forms {
  readonly helpers: string;
  readonly made: readonly string[];
  readonly changed: readonly string[];
  /** How it is taken apart, and how many programs at most are told of a fault that they do not have. */
  readonly taken: readonly (readonly [taken: string, told: number])[];
}

const OBJECTS: Forms = {
  helpers: `const make = () => ({ p: SET });
const put = (x) => { x.p = g(); };`,
  made: [
    'const o = { p: SET, q: g() };',
    'const o = { p: g(), q: SET };',
    'const o = { ...{ p: SET }, q: g() };',
    'const o = { ...{ p: SET }, ...{ p: g() } };',
    'const o = c() ? { p: SET } : { p: g() };',
    'const o = c() ? { p: SET } : {};',
    'const o = { ...(c() ? { p: SET } : {}) };',
    'const o = Object.assign({ p: g() }, { p: SET });',
    'let o = { p: g() };\no = { p: SET };',
    'const o = make();',
  ],
  changed: [
    '',
    'o.p = g();',
    'o.p = SET;',
    'o.q = g();',
    'if (c()) o.p = g();',
    'Object.assign(o, { p: g() });',
    'const k = o;\nk.p = g();',
    'put(o);',
    'delete o.p;',
  ],
  taken: [
    ['await o.p;', 2],
    ['const { p } = o;\nawait p;', 2],
    ['const { p: x } = o;\nawait x;', 2],
    ['const { p = g() } = o;\nawait p;', 2],
    ['const { p } = o;\no.p = g();\nawait p;', 4],
    ['const { p } = o;\nif (c()) await p;', 0],
    ['let x = null;\n({ p: x } = o);\nawait x;', 2],
    ['let x = null;\nif (c()) ({ p: x } = o);\nawait x;', 0],
    ['const { ...r } = o;\nawait r.p;', 2],
    ['const { p } = { ...o };\nawait p;', 2],
    ['const take = async (x) => { const { p } = x; await p; };\nawait take(o);', 8],
    ['const take = async ({ p }) => { await p; };\nawait take(o);', 19],
    ['const take = async (x) => { await x.p; };\nawait take(o);', 8],
    ['const { o: { p } } = { o };\nawait p;', 2],
    ['if (!o.p) return;\nconst { p } = o;\nawait p;', 12],
  ],
};

const LISTS: Forms = {
  helpers: `const make = () => [SET];
const put = (x) => { x[0] = g(); };`,
  made: [
    'const l = [SET];',
    'const l = [SET, g()];',
    'const l = [g(), SET];',
    'const l = [...[SET], g()];',
    'const l = c() ? [SET] : [g()];',
    'const l = c() ? [SET] : [];',
    'let l = [g()];\nl = [SET];',
    'const l = make();',
  ],
  changed: [
    '',
    'l[0] = g();',
    'l[0] = SET;',
    'if (c()) l[0] = g();',
    'l.push(g());',
    'l.unshift(g());',
    'l.reverse();',
    'const k = l;\nk.shift();',
    'put(l);',
  ],
  taken: [
    ['await l[0];', 7],
    ['await l[1];', 7],
    ['await l.at(0);', 7],
    ['await l.at(-1);', 23],
    ['const [x] = l;\nawait x;', 7],
    ['const [, x] = l;\nawait x;', 7],
    ['const [x = g()] = l;\nawait x;', 7],
    ['const [...r] = l;\nawait r[0];', 11],
    ['const { 0: x } = l;\nawait x;', 7],
    ['let x = null;\n[x] = l;\nawait x;', 7],
    ['const take = async (x) => { const [p] = x; await p; };\nawait take(l);', 11],
    ['const take = async ([p]) => { await p; };\nawait take(l);', 23],
    ['await Promise.all(l);', 30],
    ['await Promise.all(l.map((x) => x));', 35],
    ['await Promise.all(l.map(async (x) => { if (c()) await x; }));', 0],
    ['await Promise.allSettled(l.map((x) => x));', 0],
    ['for (const x of l) await x;', 33],
  ],
};

const MAPS: Forms = {
  helpers: 'const put = (x) => { x.set(1, g()); };',
  made: [
    'const m = new Map([[1, SET]]);',
    'const m = new Map([[1, SET], [2, g()]]);',
    'const m = new Map([[1, SET], [1, g()]]);',
    'const m = new Map([[1, g()], [1, SET]]);',
    'const m = new Map([[2, SET]]);',
    'const m = new Map(c() ? [[1, SET]] : []);',
    'const m = new Map();',
  ],
  changed: [
    '',
    'm.set(1, g());',
    'm.set(1, SET);',
    'm.set(2, g());',
    'if (c()) m.set(1, SET);',
    'm.delete(1);',
    'm.clear();',
    'put(m);',
  ],
  taken: [
    ['await m.get(1);', 2],
    ['const x = m.get(1);\nawait x;', 2],
    ['if (!m.has(1)) return;\nawait m.get(1);', 17],
    ['const take = async (x) => { await x; };\nawait take(m.get(1));', 2],
  ],
};

test.each([
  ['an object', OBJECTS],
  ['a list', LISTS],
  ['a map', MAPS],
] as const)('a promise in %s that is changed and taken apart', async (_name, forms) => {
  const { helpers, made, changed, taken } = forms;
  for (const [take, most] of taken) {
    const bodies = made.flatMap((make) =>
      changed.map((change) => [helpers, make, change, take].join('\n')),
    );
    const found = await judged(bodies);
    expect(found.missed, take).toEqual([]);
    expect(found.told, take).toBeLessThanOrEqual(most);
  }
});
