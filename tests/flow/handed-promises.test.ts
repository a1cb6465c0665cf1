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

const SET = 'Intercom.setUserJwt(t)';

describeTwins(
  'a promise that is given to a function as a part',
  {
    'of the rest, by its place': given(
      'async function settle(...ps) { await ps[1]; }',
      'async function settle(...ps) { await ps[0]; }',
      `await settle(${SET}, f());`,
    ),
    'of the rest behind others': given(
      'async function settle(a, ...ps) { await ps[1]; }',
      'async function settle(a, ...ps) { await ps[0]; }',
      `await settle(f(), ${SET}, f());`,
    ),
    'of the rest, all together': given(
      'async function settle(...ps) { await Promise.race(ps); }',
      'async function settle(...ps) { await Promise.all(ps); }',
      `await settle(f(), ${SET});`,
    ),
    'of the rest, which a function returns': given(
      'const settle = (...ps) => { Promise.all(ps); };',
      'const settle = (...ps) => Promise.all(ps);',
      `await settle(f(), ${SET});`,
    ),
    'of the rest, one after the other': given(
      'async function settle(...ps) { for (const p of ps) { if (f()) break; await p; } }',
      'async function settle(...ps) { for (const p of ps) { await p; } }',
      `await settle(f(), ${SET});`,
    ),
    'of the rest, by a loop that waits': given(
      'async function settle(...ps) { for (const p of ps) f(p); }',
      'async function settle(...ps) { for await (const p of ps) f(p); }',
      `await settle(f(), ${SET});`,
    ),
    'of the rest, though rejected': given(
      'async function settle(...ps) { await Promise.allSettled(ps); }',
      'async function settle(...ps) { await Promise.allSettled(ps); await Promise.all(ps); }',
      `await settle(f(), ${SET});`,
    ),
    'of an object': given(
      'async function settle({ p }) { p; }',
      'async function settle({ p }) { await p; }',
      `await settle({ p: ${SET} });`,
    ),
    'of an object, under another name': given(
      'async function settle({ p: q, q: p }) { await p; void q; }',
      'async function settle({ p: q, q: p }) { await q; void p; }',
      `await settle({ p: ${SET}, q: f() });`,
    ),
    'of an object with a default': given(
      'async function settle({ p, ms } = {}) { await ms; void p; }',
      'async function settle({ p, ms } = {}) { await p; }',
      `await settle({ p: ${SET}, ms: 5 });`,
    ),
    'of an object that is not the one of another call': {
      faulty: `
        async function settle({ p }) { await p; }
        export const set = (t) => settle({ p: Intercom.setUserJwt(t) });
        export async function run(f) {
          await settle({ p: f() });
          await Intercom.present(); // bad
        }`,
      correct: `
        async function settle({ p }) { await p; }
        export const other = (f) => settle({ p: f() });
        export async function run(t) {
          await settle({ p: Intercom.setUserJwt(t) });
          await Intercom.present();
        }`,
    },
    'of an array': given(
      'async function settle([p]) { p; }',
      'async function settle([p]) { await p; }',
      `await settle([${SET}]);`,
    ),
    'of an array that has a name': given(
      'async function settle(ps) { for (const p of ps) p; }',
      'async function settle(ps) { await Promise.all(ps); }',
      `await settle([f(), ${SET}]);`,
    ),
    'of an object that is read': given(
      'async function settle(o) { await o.q; }',
      'async function settle(o) { await o.p; }',
      `await settle({ p: ${SET}, q: f() });`,
    ),
    'that is handed on': given(
      'async function inner({ p }) { p; } async function settle({ p }) { await inner({ p }); }',
      'async function inner({ p }) { await p; } async function settle({ p }) { await inner({ p }); }',
      `await settle({ p: ${SET} });`,
    ),
    'which tells whether it was fulfilled': given(
      'async function settle({ p }) { try { await p; return false; } catch { return true; } }',
      'async function settle({ p }) { try { await p; return true; } catch { return false; } }',
      `if (!(await settle({ p: ${SET} }))) return;`,
    ),
  },
  { wrap: withClient, helpers: 'every-path' },
);

describeTwins(
  'a promise of which nothing is known, made by a function that is not async',
  {
    'is given to one that tells whether it was fulfilled': {
      faulty: `
        async function succeeds(p) { try { await p; return true; } catch { return false; } }
        const load = (id) => g(id);
        export async function run(id) {
          if (await succeeds(load(id))) return;
          await Intercom.present(); // bad
        }`,
      correct: `
        async function succeeds(p) { try { await p; return true; } catch { return false; } }
        const load = (id) => g(id);
        export async function run(id) {
          if (await succeeds(load(id))) return;
          await Intercom.setUserJwt(await load(id));
          await Intercom.present();
        }`,
    },
    'rejects outside of the try that it is returned from': {
      faulty: `
        const load = (id) => { try { return g(id); } catch { return null; } };
        export async function run(id) {
          try { await load(id); return; } catch { f(); }
          await Intercom.present(); // bad
        }`,
      correct: `
        const load = async (id) => { try { return await g(id); } catch { return null; } };
        export async function run(id) {
          try { await load(id); return; } catch { f(); }
          await Intercom.present();
        }`,
    },
    'is kept, and awaited later': {
      faulty: `
        function load(id) { return g(id); }
        export async function run(id) {
          const p = load(id);
          try { await p; return; } catch { f(); }
          await Intercom.present(); // bad
        }`,
      correct: `
        function load(id) { return g(id); }
        export async function run(id) {
          const p = load(id);
          try { await p; return; } catch { await Intercom.setUserJwt(t); }
          await Intercom.present();
        }`,
    },
  },
  { wrap: withClient, helpers: 'every-path' },
);
