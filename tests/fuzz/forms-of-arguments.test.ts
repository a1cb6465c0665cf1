/**
 * Functions that go by what they are given, each with each form in which it is told whether the JWT was
 * set, against programs that are really run.
 */

import { expect, test } from 'vitest';

import { wrongOf } from './formed.ts';

/** Functions, and their calls with `_`. */
type Opening = readonly [declaration: string, call: string];

const BY_FLAG: readonly Opening[] = [
  ['async function open(x) { if (x) { PRESENT } }', 'open(_)'],
  ['async function open(x) { if (!x) return; PRESENT }', 'open(_)'],
  ['async function open(x) { if (x === true) { PRESENT } }', 'open(_)'],
  ['async function open(x) { if (x === false) return; PRESENT }', 'open(_)'],
  ['async function open(x = false) { if (x) { PRESENT } }', 'open(_)'],
  ['async function open(x = true) { if (x) { PRESENT } }', 'open(_)'],
  ['async function open({ x }) { if (x) { PRESENT } }', 'open({ x: _ })'],
  ['async function open({ x = true }) { if (x) { PRESENT } }', 'open({ x: _ })'],
  ['async function open({ x = false } = {}) { if (x) { PRESENT } }', 'open({ x: _ })'],
  ['async function open(o) { if (o.x) { PRESENT } }', 'open({ x: _ })'],
  ['async function open(o) { if (!o.x) return; PRESENT }', 'open({ y: 1, x: _ })'],
  ['async function open(o) { const { x } = o; if (x) { PRESENT } }', 'open({ x: _ })'],
  ['async function open([x]) { if (x) { PRESENT } }', 'open([_])'],
  ['async function open(y, x) { if (x) { PRESENT } }', 'open(1, _)'],
  ['async function open(x, y) { if (x && y) { PRESENT } }', 'open(_, c())'],
  ['async function open(x, y) { if (x || y) { PRESENT } }', 'open(_, c())'],
  ['async function open(x, y) { if (y) { PRESENT } }', 'open(_, true)'],
  ['const open = async (x) => { if (x) { PRESENT } };', 'open(_)'],
  [
    'const open = async (x) => (x ? await inner() : 0); async function inner() { PRESENT }',
    'open(_)',
  ],
  [
    'async function inner(z) { if (z) { PRESENT } } async function open(x) { await inner(x); }',
    'open(_)',
  ],
  [
    'async function inner(z) { if (!z) { PRESENT } } async function open(x) { await inner(!x); }',
    'open(_)',
  ],
  [
    'async function inner(y, x) { if (x) { PRESENT } } const open = inner.bind(null, 1);',
    'open(_)',
  ],
  [
    'async function inner(x, y) { if (x) { PRESENT } } const open = inner.bind(null);',
    'open(_, 1)',
  ],
  ['async function open(x) { if (x) { PRESENT } }', 'open.call(null, _)'],
  ['const o = { async open(x) { if (x) { PRESENT } } };', 'o.open(_)'],
  ['class O { async open(x) { if (x) { PRESENT } } } const o = new O();', 'o.open(_)'],
  ['async function open(x) { switch (x) { case true: PRESENT } }', 'open(_)'],
  ['async function open(x) { while (x) { PRESENT break; } }', 'open(_)'],
  ['async function open(x) { const is = x; if (is) { PRESENT } }', 'open(_)'],
];

const FLAGS: readonly string[] = [
  'ok',
  '!ok',
  '!!ok',
  'ok === true',
  'ok ? true : false',
  'ok && true',
  'ok || false',
  'Boolean(ok)',
  'true',
  'false',
  'undefined',
  'null',
  'c()',
  '(f(), ok)',
  '`ok`',
  '``',
  '`${ok}`',
];

const BY_ERROR: readonly Opening[] = [
  ['async function open(e) { if (!e) { PRESENT } }', 'open(_)'],
  ['async function open(e) { if (e) return; PRESENT }', 'open(_)'],
  ['async function open(e) { if (e === null) { PRESENT } }', 'open(_)'],
  ['async function open(e) { if (e == null) { PRESENT } }', 'open(_)'],
  ['async function open(e) { if (e !== null) return; PRESENT }', 'open(_)'],
  ['async function open({ e }) { if (e) return; PRESENT }', 'open({ e: _ })'],
  ['async function open({ e = null }) { if (e) return; PRESENT }', 'open({ e: _ })'],
  ['async function open(e) { if (e instanceof Error) return; PRESENT }', 'open(_)'],
];

const ERRORS: readonly string[] = [
  'err',
  'err ?? null',
  '!err',
  'err === null',
  'null',
  'undefined',
  'new Error()',
];

/** Whether it is followed what a function is given. */
function isFollowed(declaration: string, given: string): boolean {
  if (/^\(f|\?\?|\$/u.test(given)) return false;
  // A default that may stand for what is given, and names that are given within.
  if (/= true|const \{ x \}/u.test(declaration)) return false;
  if (given === 'ok && true' && /= false|=== false/u.test(declaration)) return false;
  return (
    !(given === 'ok' && declaration.includes('[x]')) &&
    !(given === 'Boolean(ok)' && declaration.includes('x && y'))
  );
}

test.each([
  ...BY_FLAG.map(
    (opening) =>
      [...opening, FLAGS, 'let ok = false;\ntry { await SET; ok = true; } catch {}'] as const,
  ),
  ...BY_ERROR.map(
    (opening) =>
      [...opening, ERRORS, 'let err = null;\ntry { await SET; } catch (e) { err = e; }'] as const,
  ),
])('what is given to `%s`', async (declaration, call, all, before) => {
  const forms = all.map((given) => ({
    body: `${declaration}\n${before}\nawait ${call.replace('_', given)};`
      .replaceAll('SET', 'Intercom.setUserJwt(t)')
      .replaceAll('PRESENT', 'await Intercom.present();'),
    isExact: isFollowed(declaration, given),
  }));
  expect(await wrongOf(forms)).toEqual([]);
});
