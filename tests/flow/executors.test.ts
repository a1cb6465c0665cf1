/** Promises that are made by hand: when they are fulfilled, and when they never are. */

import { describeTwins, withClient } from '../helpers/verdict.ts';

const SET = 'Intercom.setUserJwt(t)';

/** Programs whose call is behind promises that are made by these. */
function made(faulty: string, correct: string) {
  const awaited = (executor: string): string => `await new Promise(${executor});`;
  return {
    faulty: `${awaited(faulty)}\nawait Intercom.present(); // bad`,
    correct: `${awaited(correct)}\nawait Intercom.present();`,
  };
}

describeTwins('an executor that resolves', {
  'behind the set': made(
    `(resolve, reject) => { ${SET}.then(() => resolve()).catch(resolve); }`,
    `(resolve, reject) => { ${SET}.then(() => resolve()).catch(reject); }`,
  ),
  'by itself as a callback': made(
    `(resolve) => { ${SET}.finally(resolve); }`,
    `(resolve, reject) => { ${SET}.then(resolve).catch(reject); }`,
  ),
  'in an expression': made(
    `(resolve) => ${SET}.then(resolve, resolve)`,
    `(resolve, reject) => ${SET}.then(resolve, reject)`,
  ),
  'at once': made(
    `(resolve, reject) => { resolve(); ${SET}.catch(reject); }`,
    `(resolve, reject) => { ${SET}.then(resolve, reject); }`,
  ),
  'on a way of its own': made(
    `(resolve, reject) => { if (c()) return resolve(); ${SET}.then(resolve, reject); }`,
    `(resolve, reject) => { if (c()) return reject(); ${SET}.then(resolve, reject); }`,
  ),
  'with a promise': made(
    `(resolve) => { ${SET}; resolve(f()); }`,
    `(resolve) => { resolve(${SET}); }`,
  ),
  'in an async function': made(
    `async (resolve, reject) => { try { await ${SET}; resolve(); } catch (e) { resolve(e); } }`,
    `async (resolve, reject) => { try { await ${SET}; resolve(); } catch (e) { reject(e); } }`,
  ),
  'in an async function, before the set': made(
    `async (resolve) => { resolve(); await ${SET}; }`,
    `async (resolve) => { await ${SET}; resolve(); }`,
  ),
  'in a function that is called where it is written': made(
    `(resolve, reject) => { (async () => { ${SET}; resolve(); })().catch(reject); }`,
    `(resolve, reject) => { (async () => { await ${SET}; resolve(); })().catch(reject); }`,
  ),
  'in a function that has a name': made(
    `(resolve, reject) => { const done = () => { resolve(); }; ${SET}.then(done, done); }`,
    `(resolve, reject) => { const done = () => { resolve(); }; ${SET}.then(done, reject); }`,
  ),
  'in a callback of somebody else': made(
    `(resolve, reject) => { f((e, jwt) => e ? resolve(e) : Intercom.setUserJwt(jwt).then(resolve, reject)); }`,
    `(resolve, reject) => { f((e, jwt) => e ? reject(e) : Intercom.setUserJwt(jwt).then(resolve, reject)); }`,
  ),
  'in a timer': made(
    `(resolve, reject) => { setTimeout(() => { ${SET}; resolve(); }, 100); }`,
    `(resolve, reject) => { setTimeout(() => { ${SET}.then(resolve, reject); }, 100); }`,
  ),
  'or a timer does': made(
    `(resolve, reject) => { ${SET}.then(resolve, reject); setTimeout(resolve, 100); }`,
    `(resolve, reject) => { ${SET}.then(resolve, reject); setTimeout(reject, 100); }`,
  ),
  'or somebody else does': made(
    `(resolve, reject) => { const done = () => resolve(); ${SET}.then(done, reject); f({ done }); }`,
    `(resolve, reject) => { const done = () => resolve(); ${SET}.then(done, reject); f({ t }); }`,
  ),
  'once the session was cleared': made(
    `(resolve, reject) => { ${SET}.then(() => { Intercom.logout(); resolve(); }, reject); }`,
    `(resolve, reject) => { Intercom.logout(); ${SET}.then(() => { resolve(); }, reject); }`,
  ),
});

describeTwins('a promise that is made by hand', {
  'and kept': {
    faulty: `
      const p = new Promise((resolve, reject) => { ${SET}.then(() => resolve(), reject); });
      await Intercom.present(); // bad
      await p;`,
    correct: `
      const p = new Promise((resolve, reject) => { ${SET}.then(() => resolve(), reject); });
      await p;
      await Intercom.present();`,
  },
  'and kept, does not begin again where it is awaited': {
    faulty: `
      const p = new Promise(async (resolve) => { await f(); Intercom.logout(); resolve(); });
      await ${SET};
      await p;
      await Intercom.present(); // bad`,
    correct: `
      const p = new Promise(async (resolve) => { Intercom.logout(); await f(); resolve(); });
      await ${SET};
      await p;
      await Intercom.present();`,
  },
  'with a result': {
    faulty: `
      const isSet = await new Promise((resolve) => { ${SET}.then(() => resolve(true), () => resolve(false)); });
      if (!isSet) await Intercom.present(); // bad`,
    correct: `
      const isSet = await new Promise((resolve) => { ${SET}.then(() => resolve(true), () => resolve(false)); });
      if (isSet) await Intercom.present();`,
  },
  'and whose rejection is caught': {
    faulty: `
      try { await new Promise((resolve, reject) => { ${SET}.then(resolve, reject); }); } catch {}
      await Intercom.present(); // bad`,
    correct: `
      try { await new Promise((resolve, reject) => { ${SET}.then(resolve, reject); }); } catch { return; }
      await Intercom.present();`,
  },
  'and resolved from outside': {
    faulty: `
      let done;
      const p = new Promise((resolve) => { done = resolve; });
      ${SET};
      done();
      await p;
      await Intercom.present(); // bad`,
    correct: `
      let done;
      const p = new Promise((resolve) => { done = resolve; });
      await ${SET};
      done();
      await p;
      await Intercom.present();`,
  },
});

describeTwins(
  'a helper that returns a promise made by hand',
  {
    'a function': {
      faulty: `
        const set = (t) => new Promise((resolve) => { ${SET}.then(resolve).catch(resolve); });
        export async function run(t) { await set(t); await Intercom.present(); } // bad`,
      correct: `
        const set = (t) => new Promise((resolve, reject) => { ${SET}.then(resolve).catch(reject); });
        export async function run(t) { await set(t); await Intercom.present(); }`,
    },
    'a method': {
      faulty: `
        class Session {
          set(t) { return new Promise((resolve, reject) => { ${SET}.then(() => { resolve(); }, reject); }); }
        }
        export async function run(t) { new Session().set(t); await Intercom.present(); } // bad`,
      correct: `
        class Session {
          set(t) { return new Promise((resolve, reject) => { ${SET}.then(() => { resolve(); }, reject); }); }
        }
        export async function run(t) { await new Session().set(t); await Intercom.present(); }`,
    },
  },
  { wrap: withClient, helpers: 'every-path' },
);

describeTwins('a promise that can never be fulfilled', {
  'is no way out of a race': {
    faulty: `
      await Promise.race([${SET}, new Promise((resolve) => setTimeout(resolve, 5000))]);
      await Intercom.present(); // bad`,
    correct: `
      await Promise.race([${SET}, new Promise((_, reject) => setTimeout(reject, 5000))]);
      await Intercom.present();`,
  },
  'nor of any': {
    faulty: `
      await Promise.any([${SET}, f()]);
      await Intercom.present(); // bad`,
    correct: `
      await Promise.any([${SET}, new Promise((_, reject) => setTimeout(() => reject(f()), 5000))]);
      await Intercom.present();`,
  },
  'by a name': {
    faulty: `
      const late = new Promise((resolve, reject) => { setTimeout(() => resolve(), 5000); });
      await Promise.race([late, ${SET}]);
      await Intercom.present(); // bad`,
    correct: `
      const late = new Promise((resolve, reject) => { setTimeout(() => reject(f()), 5000); });
      await Promise.race([late, ${SET}]);
      await Intercom.present();`,
  },
  'from a helper': {
    faulty: `
      const late = (ms) => new Promise((resolve, reject) => setTimeout(c() ? resolve : reject, ms));
      await Promise.race([${SET}, late(5000)]);
      await Intercom.present(); // bad`,
    correct: `
      const late = (ms) => new Promise((_resolve, reject) => setTimeout(() => reject(f()), ms));
      await Promise.race([${SET}, late(5000)]);
      await Intercom.present();`,
  },
  'as nothing settles it': {
    faulty: `
      await Promise.race([${SET}, new Promise((resolve) => f(resolve))]);
      await Intercom.present(); // bad`,
    correct: `
      await Promise.race([${SET}, new Promise(() => {})]);
      await Intercom.present();`,
  },
  'as it is rejected': {
    faulty: `
      await Promise.any([${SET}, Promise.reject(f()).catch(() => {})]);
      await Intercom.present(); // bad`,
    correct: `
      await Promise.any([${SET}, Promise.reject(f())]);
      await Intercom.present();`,
  },
  'as its function throws': {
    faulty: `
      async function late(ms) { await new Promise((resolve) => setTimeout(resolve, ms)); }
      await Promise.race([${SET}, late(5000)]);
      await Intercom.present(); // bad`,
    correct: `
      async function late(ms) { await new Promise((resolve) => setTimeout(resolve, ms)); throw f(); }
      await Promise.race([${SET}, late(5000)]);
      await Intercom.present();`,
  },
});
