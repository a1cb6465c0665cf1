/** Lives in tables, by keys that are not known: reported where each of them is too short. */

import { describe, expect, test } from 'vitest';

import { reportsOf } from '../helpers/mint-project.ts';

const mint = (before: string, life: string): string => `import jwt from 'jsonwebtoken';
${before}
export const intercomToken = (id, os) => jwt.sign({ user_id: id }, process.env.INTERCOM_SECRET, { expiresIn: ${life} });`;

/** Each has the lives `A` and `B` in it. */
const TABLES: readonly (readonly [name: string, before: string, life: string])[] = [
  ['a literal', 'const TTL = { ios: A, android: B };', 'TTL[os]'],
  ['a literal in place', '', '({ ios: A, android: B })[os]'],
  ['below another', 'const C = { ttl: { ios: A, android: B } };', 'C.ttl[os]'],
  ['a frozen one', 'const TTL = Object.freeze({ ios: A, android: B });', 'TTL[os]'],
  ['an array', 'const TTL = [A, B];', 'TTL[os]'],
  ['an enum', 'enum Ttl { Ios = A, Android = B }', 'Ttl[os]'],
  ['a map', "const TTL = new Map([['ios', A], ['android', B]]);", 'TTL.get(os)'],
  [
    'an object of entries',
    "const TTL = Object.fromEntries([['ios', A], ['android', B]]);",
    'TTL[os]',
  ],
  [
    'entries that are looked through',
    'const TTL = { ios: A, android: B };',
    'Object.entries(TTL).find(([key]) => key === os)?.[1]',
  ],
  ['values', 'const TTL = { ios: A, android: B };', 'Object.values(TTL)[os]'],
  ['computed with', 'const TTL = { ios: A, android: B };', 'Math.min(TTL[os], 86_400)'],
  [
    'through a function',
    'const TTL = { ios: A, android: B }; const same = (life) => life;',
    'same(TTL[os])',
  ],
  [
    'by a function',
    'const TTL = { ios: A, android: B }; const lifeOf = (os) => TTL[os];',
    'lifeOf(os)',
  ],
];

describe('a table', () => {
  test.each(TABLES)('%s', (_name, before, life) => {
    const reports = (a: string, b: string) =>
      reportsOf({
        'mint.ts': mint(
          before.replace('A', a).replace('B', b),
          life.replace('A', a).replace('B', b),
        ),
      });
    const at = life.replace('A', '300').replace('B', '600');
    expect(reports('300', '600')).toEqual([`mint.ts: short ${at}`]);
    expect(reports('300', '3600')).toEqual([]);
    expect(reports('3600', '600')).toEqual([]);
    expect(reports('3600', '7200')).toEqual([]);
  });

  test('with a fallback', () => {
    const table = 'const TTL = { ios: 300 };';
    expect(reportsOf({ 'mint.ts': mint(table, 'TTL[os] ?? 600') })).toHaveLength(1);
    expect(reportsOf({ 'mint.ts': mint(table, 'TTL[os] ?? 3600') })).toHaveLength(1);
    expect(
      reportsOf({ 'mint.ts': mint('const TTL = { ios: 300, web: 3600 };', 'TTL[os] ?? 3600') }),
    ).toEqual([]);
  });

  test('of which some come to the same', () => {
    const reports = (longest: string) =>
      reportsOf({
        'mint.ts': mint(
          `const TTL = { ios: 60, web: 120, tv: ${longest} };`,
          'Math.max(TTL[os], 300)',
        ),
      });
    expect(reports('240')).toHaveLength(1);
    expect(reports('3600')).toEqual([]);
  });

  test('with what is not known', () => {
    const table = 'const TTL = { ios: 300, web: load() };';
    expect(reportsOf({ 'mint.ts': mint(table, 'TTL[os]') })).toEqual([]);
    expect(reportsOf({ 'mint.ts': mint('const TTL = { ios: 300, ...more };', 'TTL[os]') })).toEqual(
      [],
    );
  });
});

describe('the rest of options', () => {
  test.each([
    ['in a constant', 'const { cache, ...options } = { cache: 1, expiresIn: LIFE };', 'options'],
    [
      'in a parameter',
      'const pick = ({ cache, ...options }) => options;',
      'pick({ cache: 1, expiresIn: LIFE })',
    ],
  ])('%s', (_name, before, options) => {
    const text = (life: string): string => `import jwt from 'jsonwebtoken';
${before.replace('LIFE', life)}
export const token = (id) => jwt.sign({ user_id: id }, process.env.INTERCOM_SECRET, ${options.replace('LIFE', life)});`;
    expect(reportsOf({ 'mint.ts': text("'5m'") })).toHaveLength(1);
    expect(reportsOf({ 'mint.ts': text("'1h'") })).toEqual([]);
  });

  test('has not what is taken out of it', () => {
    const text = `import jwt from 'jsonwebtoken';
const { expiresIn, ...options } = { algorithm: 'HS256', expiresIn: '5m' };
export const token = (id) => jwt.sign({ user_id: id }, process.env.INTERCOM_SECRET, options);`;
    expect(reportsOf({ 'mint.ts': text })).toEqual([
      'mint.ts: missing jwt.sign({ user_id: id }, process.env.INTERCOM_SECRET, options)',
    ]);
  });
});
