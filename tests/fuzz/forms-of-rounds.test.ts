/**
 * Loops that count, each with each form in which a round sets the JWT or asks which one it is, against
 * programs that are really run: no call that is made with no JWT in some run is missed.
 */

import { expect, test } from 'vitest';

import { wrongOf } from './formed.ts';

/** Loops, and how many of their programs are told of a fault that they do not have. */
const LOOPS: readonly (readonly [loop: string, told: number])[] = [
  ['for (let i = 0; i < 2; i++) BODY', 5],
  ['for (let i = 0; i <= 1; i++) BODY', 5],
  ['for (let i = 0; i !== 2; i++) BODY', 22],
  ['for (let i = 0; 2 > i; i += 1) BODY', 5],
  ['for (let i = 1; i >= 0; i--) BODY', 5],
  ['for (let i = 1; i < 1; i++) BODY', 9],
  ['for (let i = -1; i < 1; i++) BODY', 5],
  ['const n = -1; for (let i = n; i < 1; i++) BODY', 5],
  ['const n = 2; for (let i = 0; i < n; i++) BODY', 5],
  ['const n = 1; for (let i = 0; i < n + 1; i++) BODY', 5],
  ['for (let i = 0, n = 2; i < n; i++) BODY', 5],
  ['for (let i = 0; i < 2 && c(); i++) BODY', 8],
  ['for (let i = 0; i < 2; i++) { if (c()) continue; BODY }', 0],
  ['for (let i = 0; i < 2; i++) { if (c()) i++; BODY }', 4],
  ['for (let j = 0; j < 1; j++) for (let i = 0; i < 2; i++) BODY', 5],
  ['for (let i = 0; i < 2; i++) { for (let j = 0; j < 1; j++) { f(); } BODY }', 5],
  ['let i = 0; while (i < 2) { BODY i++; }', 21],
  ['let i = 0; do { BODY i++; } while (i < 2);', 20],
];

const BODIES: readonly string[] = [
  'if (i === 0) await SET;',
  'if (i === 1) await SET;',
  'if (i === 0) { await SET; } else { PRESENT }',
  'if (i === 1) { await SET; } else { PRESENT }',
  'if (i > 0) { PRESENT } else { await SET; }',
  'if (i < 1) await SET; if (i >= 1) { PRESENT }',
  'if (!i) await SET;',
  'if (i) { PRESENT } else { await SET; }',
  'if (i + 1 === 2) { PRESENT } else { await SET; }',
  'if (-i === 0) { await SET; } else { PRESENT }',
  "if (typeof i === 'number') await SET;",
  'i === 0 ? await SET : f();',
  'const isFirst = i === 0; if (isFirst) { await SET; } else { PRESENT }',
  'const go = async () => { if (i === 0) await SET; }; await go();',
  'const go = async (n) => { if (n === 0) await SET; }; await go(i);',
  'if (i === 0 && c()) await SET;',
  'if (i === 0 || c()) await SET;',
  'try { await SET; break; } catch { if (i === 1) return; }',
  'try { await SET; break; } catch (e) { if (i >= 1) throw e; }',
  'try { await SET; break; } catch { if (i === 0) continue; return; }',
  'try { await SET; break; } catch { if (i > 1) return; }',
  'if (await SET.then(() => true, () => false)) break; if (i === 1) return;',
  'switch (i) { case 0: await SET; break; default: PRESENT }',
  'await SET; if (i === 1) break;',
  'if (i === 1) { await Intercom.logout(); } else { await SET; }',
];

test.each(LOOPS)('the rounds of `%s`', async (loop, told) => {
  // What a round of `while` leaves out here is what counts it.
  const bodies = BODIES.filter((body) => !(/while|do/u.test(loop) && body.includes('continue')));
  const forms = bodies.map((body) => ({
    body: `${loop.replace('BODY', `{ ${body} }`)}\nPRESENT`
      .replaceAll('SET', 'Intercom.setUserJwt(t)')
      .replaceAll('PRESENT', 'await Intercom.present();'),
    isExact: true,
  }));
  const wrong = await wrongOf(forms);
  expect(wrong.filter((one) => one.startsWith('missed'))).toEqual([]);
  expect(wrong.length).toBe(told);
});
