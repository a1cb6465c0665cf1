/** Promises that are given to functions which are seen. */

import { describeTwins, withClient } from '../helpers/verdict.ts';

/** Programs in which a promise goes to these functions. */
function given(faulty: string, correct: string, call = 'await settle(Intercom.setUserJwt(t));') {
  const program = (helper: string, mark: string): string => `
    ${helper}
    export async function run(t, f) {
      ${call}
      await Intercom.present();${mark}
    }`;
  return { faulty: program(faulty, ' // bad'), correct: program(correct, '') };
}

const TESTED = 'if (!(await settle(Intercom.setUserJwt(t)))) return;';

describeTwins(
  'a promise that is given to a function',
  {
    'which waits for it': given(
      'async function settle(p) { void p; }',
      'async function settle(p) { await p; }',
    ),
    'which returns it': given('const settle = (p) => { void p; };', 'const settle = (p) => p;'),
    'which returns it, and is async': given(
      'const settle = async (p) => { p; };',
      'const settle = async (p) => p;',
    ),
    'which hands it on': given(
      'const inner = async (p) => { p; }; async function settle(p) { await inner(p); }',
      'const inner = async (p) => { await p; }; async function settle(p) { await inner(p); }',
    ),
    'which goes on after it': given(
      'async function settle(p) { await p; await Intercom.logout(); }',
      'async function settle(p) { await Intercom.logout(); await p; }',
      'await settle(Promise.resolve().then(() => Intercom.setUserJwt(t)));',
    ),
    'with a default': given(
      'async function settle(p = null) { void p; }',
      'async function settle(p = null) { await p; }',
    ),
    'which is a method': given(
      'class Waiter { async wait(p) { p; } }',
      'class Waiter { async wait(p) { await p; } }',
      'await new Waiter().wait(Intercom.setUserJwt(t));',
    ),
    'and kept': given(
      'async function settle(p) { p; }',
      'async function settle(p) { await p; }',
      'const p = Intercom.setUserJwt(t); await f(); await settle(p);',
    ),
    'of a helper': given(
      'const set = async (t) => { Intercom.setUserJwt(t); }; const settle = async (p) => { await p; };',
      'const set = async (t) => { await Intercom.setUserJwt(t); }; const settle = async (p) => { await p; };',
      'await settle(set(t));',
    ),
    'in an object': given(
      'async function settle(o) { o.p; }',
      'async function settle(o) { await o.p; }',
      'await settle({ p: Intercom.setUserJwt(t) });',
    ),
    'which tells whether it was fulfilled': given(
      'async function settle(p) { try { await p; return false; } catch { return true; } }',
      'async function settle(p) { try { await p; return true; } catch { return false; } }',
      TESTED,
    ),
    'which tells so by its callbacks': given(
      'const settle = (p) => p.then(() => true, () => true);',
      'const settle = (p) => p.then(() => true, () => false);',
      TESTED,
    ),
    'which gives the error': given(
      'async function settle(p) { try { await p; return null; } catch { return null; } }',
      'async function settle(p) { try { await p; return null; } catch (error) { return error; } }',
      'const error = await settle(Intercom.setUserJwt(t)); if (error) return;',
    ),
    'which waits for no longer than it likes': given(
      'const settle = (p, ms) => Promise.race([p, new Promise((resolve) => setTimeout(resolve, ms))]);',
      'const settle = (p, ms) => Promise.race([p, new Promise((_, reject) => setTimeout(reject, ms))]);',
    ),
    'in this call, and not in another': {
      faulty: `
        async function settle(p) { await p; }
        export async function run(t, f) {
          Intercom.setUserJwt(t);
          await settle(f());
          await Intercom.present(); // bad
        }`,
      correct: `
        async function settle(p) { await p; }
        export async function run(t, f) {
          await settle(f());
          await settle(Intercom.setUserJwt(t));
          await Intercom.present();
        }`,
    },
  },
  { wrap: withClient, helpers: 'every-path' },
);
