/** Results of which a property, or an element, tells whether the JWT was set. */

import { describe, test } from 'vitest';

import { describeTwins, expectCorrect, withClient, type Twins } from '../helpers/verdict.ts';

const TUPLE =
  'async function to(p) { try { return [null, await p]; } catch (e) { return [e, null]; } }';
const OBJECT = `async function to(p) {
  try { return { data: await p, error: null }; } catch (error) { return { error }; }
}`;
const FLAG = `async function to(p) {
  try { await p; return { ok: true }; } catch (e) { return { ok: false, reason: e.message }; }
}`;
const KIND = `async function to(p) {
  try { await p; return { kind: 'set' }; } catch { return { kind: 'failed' }; }
}`;

/** A helper, and what is done with its result: so that failures go on, and so that they do not. */
function told(helper: string, faulty: string, correct: string): Twins {
  const program = (tested: string, mark: string): string => `
    ${helper}
    export async function run(t, f) {
      ${tested.replace('SET', 'Intercom.setUserJwt(t)')}
      await Intercom.present();${mark}
    }`;
  return { faulty: program(faulty, ' // bad'), correct: program(correct, '') };
}

for (const helpers of ['some-path', 'every-path'] as const) {
  describeTwins(
    `what a part of a result tells, with ${helpers}`,
    {
      'an element that gets a name': told(
        TUPLE,
        'const [error] = await to(SET);',
        'const [error] = await to(SET); if (error) return;',
      ),
      'an element, the wrong way round': told(
        TUPLE,
        'const [error] = await to(SET); if (!error) return;',
        'const [error] = await to(SET); if (error !== null) return;',
      ),
      'another element than the one that tells': told(
        TUPLE,
        'const [, value] = await to(SET); if (value) f();',
        'const [error, value] = await to(SET); if (error) throw error;',
      ),
      'an element by its place': told(
        TUPLE,
        'const result = await to(SET); if (result[1]) return;',
        'const result = await to(SET); if (result[0]) return;',
      ),
      'an element that gets a name later': told(
        TUPLE,
        'const result = await to(SET); const [error] = result; if (error) f();',
        'const result = await to(SET); const [error] = result; if (error) return;',
      ),
      'elements that callbacks give': told(
        'const to = (p) => p.then((v) => [null, v]).catch((e) => [e]);',
        'const [error] = await to(SET); if (!error) return;',
        'const [error] = await to(SET); if (error) return;',
      ),
      'a property that gets a name': told(
        OBJECT,
        'const { error } = await to(SET); if (error) f();',
        'const { error } = await to(SET); if (error) return;',
      ),
      'a property under another name, beside one that is unknown': told(
        OBJECT,
        'const { data, error: failure } = await to(SET); if (!data && failure) f();',
        'const { data, error: failure } = await to(SET); if (!data) f(); if (failure) return;',
      ),
      'a property that is missing on failures': told(
        OBJECT,
        'const { data } = await to(SET); if (data) return;',
        'const { data } = await to(SET); if (!data) return;',
      ),
      'a property by its name': told(
        FLAG,
        'const result = await to(SET); if (result.ok) return;',
        'const result = await to(SET); if (!result.ok) return;',
      ),
      'a property that is the message of the error': told(
        FLAG,
        'const result = await to(SET); if (!result.reason) return;',
        'const result = await to(SET); if (result.reason) return;',
      ),
      'a property of what may be missing': told(
        FLAG,
        'const result = await to(SET); if (result?.ok) return;',
        'const result = await to(SET); if (!result?.ok) return;',
      ),
      'a property that gets a name later': told(
        FLAG,
        'const result = await to(SET); const ok = result.ok; if (ok) f();',
        'const result = await to(SET); const ok = result.ok; if (!ok) return;',
      ),
      'a property that gets a name later, and is compared': told(
        FLAG,
        'const result = await to(SET); const { ok } = result; if (ok !== false) return;',
        'const result = await to(SET); const { ok } = result; if (ok !== true) return;',
      ),
      'a property of the result itself': told(
        FLAG,
        'if ((await to(SET)).ok) return;',
        'if (!(await to(SET)).ok) return;',
      ),
      'a property that is compared': told(
        KIND,
        "const result = await to(SET); if (result.kind === 'set') return;",
        "const result = await to(SET); if (result.kind !== 'set') return;",
      ),
      'a property by which a switch goes': told(
        KIND,
        "const result = await to(SET); switch (result.kind) { case 'set': return; }",
        "const result = await to(SET); switch (result.kind) { case 'failed': return; }",
      ),
      'a property that is written': told(
        FLAG,
        'const result = await to(SET); result.ok = true; if (!result.ok) return;',
        'const result = await to(SET); result.more = true; if (!result.ok) return;',
      ),
      'of a helper that hands it on': told(
        `${FLAG} const safe = (p) => to(p);`,
        'const { ok } = await safe(SET); if (ok) return;',
        'const { ok } = await safe(SET); if (!ok) return;',
      ),
      'of a helper that tells what another one told': told(
        `${FLAG} async function safe(p) { const { ok } = await to(p); return ok; }`,
        'if (await safe(SET)) return;',
        'if (!(await safe(SET))) return;',
      ),
      'of a helper that gives it a name': told(
        `${FLAG} async function safe(p) { const result = await to(p); return result; }`,
        'const { ok } = await safe(SET); if (ok) return;',
        'const { ok } = await safe(SET); if (!ok) return;',
      ),
      'of a helper that gives it a name, and looks at it': told(
        `${FLAG} async function safe(p) { const r = await to(p); if (!r.ok) log(r.reason); return r; }`,
        'const result = await safe(SET); if (result.ok) return;',
        'const result = await safe(SET); if (!result.ok) return;',
      ),
      'of a helper that gives it a name, and changes it': told(
        FLAG,
        `async function safe(p) { const r = await to(p); r.ok = true; return r; }
        const { ok } = await safe(SET); if (!ok) return;`,
        `async function safe(p) { const r = await to(p); r.at = true; return r; }
        const { ok } = await safe(SET); if (!ok) return;`,
      ),
      'of a helper that gives an element a name': told(
        `${TUPLE} async function safe(p) { const pair = await to(p); return pair; }`,
        'const [error] = await safe(SET); if (!error) return;',
        'const [error] = await safe(SET); if (error) return;',
      ),
      'of a helper that names what it writes out': told(
        '',
        `async function safe(p) {
          try { await p; const r = { ok: true }; return r; } catch { const r = { ok: true }; return r; }
        }
        const { ok } = await safe(SET); if (!ok) return;`,
        `async function safe(p) {
          try { await p; const r = { ok: true }; return r; } catch { const r = { ok: false }; return r; }
        }
        const { ok } = await safe(SET); if (!ok) return;`,
      ),
      'of a helper that hands what it writes out to somebody': told(
        '',
        `async function safe(p) {
          try { await p; } catch { const r = { ok: false }; fill(r); return r; }
          return { ok: true };
        }
        const { ok } = await safe(SET); if (!ok) return;`,
        `async function safe(p) {
          try { await p; } catch { const r = { ok: false }; log(r.ok); return r; }
          return { ok: true };
        }
        const { ok } = await safe(SET); if (!ok) return;`,
      ),
      'of a method': told(
        'class Api { async set(p) { try { await p; return { ok: true }; } catch { return { ok: false }; } } }',
        'const { ok } = await new Api().set(SET); if (ok) return;',
        'const { ok } = await new Api().set(SET); if (!ok) return;',
      ),
      'of a promise that is kept': told(
        FLAG,
        'const p = to(SET); f(); const { ok } = await p; if (ok) return;',
        'const p = to(SET); f(); const { ok } = await p; if (!ok) return;',
      ),
      'of a chain': told(
        '',
        'const [error] = await SET.then(() => [null], (e) => [e]); if (!error) return;',
        'const [error] = await SET.then(() => [null], (e) => [e]); if (error) return;',
      ),
      'beside a result that is none': told(
        `async function to(p) { if (more()) return null; await p; return { isNew: more() }; }`,
        'const result = await to(SET); if (result?.isNew) f(); if (result) return;',
        'const result = await to(SET); if (!result) return; if (result.isNew) f();',
      ),
    },
    { wrap: withClient, helpers },
  );
}

describe('what a part of a result tells', () => {
  test('of one of two helpers', () => {
    expectCorrect(
      withClient(`
      async function one(t) { if (!t) return { ok: false }; await Intercom.setUserJwt(t); return { ok: true }; }
      async function two(t) { if (!t) return { ok: 0 }; await Intercom.setUserJwt(t); return { ok: 1 }; }
      export async function run(t, c) {
        const { ok } = await (c ? one : two)(t);
        if (ok) await Intercom.present();
      }`),
      { helpers: 'every-path' },
    );
  });
});
