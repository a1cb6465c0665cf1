/**
 * What is told of arguments to functions that ask something of them, against programs that are really
 * run: no call that is made with no JWT in some run is missed.
 */

import { expect, test } from 'vitest';

import { wrongOf } from './formed.ts';

const HELPERS = `async function login() {
try { await Intercom.setUserJwt(t); return true; } catch { return false; }
}
async function entry() { return { ok: await login(), n: 1 }; }`;

/** What comes before a call, and what is given in it. */
const ARGUMENTS: readonly (readonly [before: string, argument: string])[] = [
  ['const ok = await login();', 'ok'],
  ['const ok = await login();', '!!ok'],
  ['const ok = await login();', 'ok && true'],
  ['const ok = await login();', 'ok ? 1 : 0'],
  ['const ok = await login();', 'ok || null'],
  ['const ok = await login();', "ok ? 'ok' : ''"],
  ['const r = await entry();', 'r.ok'],
  ['const { ok } = await entry();', 'ok'],
  ['', 'await login()'],
  ['', '(await entry()).ok'],
  ['const ok = await login();', 'true'],
  ['const ok = await login();', 'undefined'],
  ['const ok = await login();', 'null'],
  ['const ok = await login();', '`${ok}`'],
  ['const ok = await login();', '!ok'],
  ['const ok = await login();', 'typeof ok'],
  ['const ok = await login();', 'void ok'],
  ['const ok = await login();', '(f(), ok)'],
  ['let ok = false; try { await SET; ok = true; } catch {}', 'ok'],
  ['const ok = await login();', 'ok === true'],
  ['const ok = await login(); const is = ok;', 'is'],
  ['let error = null; try { await SET; } catch (e) { error = e; }', '!error'],
  ['let error; try { await SET; } catch (e) { error = e; }', 'error'],
  ['await login();', 'c()'],
];

/** The parameters of a function, and its call. */
const TAKEN: readonly (readonly [parameters: string, call: string])[] = [
  ['x', '(A)'],
  ['x', '(A, f())'],
  ['x', '(A, 1)'],
  ['a, x', '(0, A)'],
  ['a, x', '(f(), A)'],
  ['{ x }', '({ x: A })'],
  ['{ x }', '({ x: A, y: f() })'],
  ['{ x }', '({ y: 1, x: A })'],
  ['{ x = false }', '({ x: A })'],
  ['{ x } = { x: false }', '({ x: A })'],
  ['{ x } = { x: true }', '()'],
  ['{ x: x } = {}', '({ x: A })'],
  ['[x]', '([A])'],
  ['[, x]', '([0, A])'],
  ['x = false', '(A)'],
  ['x = true', '(A)'],
  ['...[x]', '(A)'],
  ['x', '(...[A])'],
  ['x', '.call(null, A)'],
  ['x', '.apply(null, [A])'],
  ['x', '.bind(null, A)()'],
  ['{ o: { x } }', '({ o: { x: A } })'],
];

/** What it does with what it is given. */
const BODIES: readonly string[] = [
  'return x;',
  'return !x;',
  'if (!x) throw 1; return true;',
  'return x === true;',
  'return x !== undefined;',
  'return x != null;',
  'if (x) return true; return false;',
  'const y = x; return y;',
  'return x ? true : false;',
  'f(); return Boolean(x);',
];

const GUARDED = '{\nawait Intercom.present(1);\n} else {\nawait Intercom.present(2);\n}';

test.each(BODIES)('a function that is given something: `%s`', async (body) => {
  const offset = BODIES.indexOf(body);
  const forms = ARGUMENTS.flatMap(([before, argument], row) =>
    TAKEN.filter((_one, column) => (row + column + offset) % 4 === 0).map(([parameters, call]) => ({
      body: `${HELPERS}
function check(${parameters}) { ${body} }
${before.replaceAll('SET', 'Intercom.setUserJwt(t)')}
if (check${call.replace(/\bA\b/u, argument)}) ${GUARDED}`,
      isExact: false,
    })),
  );
  expect(await wrongOf(forms)).toEqual([]);
});
