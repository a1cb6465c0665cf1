/** Functions that other functions hand on, wrap, or keep. */

import { describeTwins, withClient } from '../helpers/verdict.ts';

const MODULE = { wrap: withClient } as const;

/** A hook in which `wrap` is given the function that sets. */
function hook(imports: string, wrap: string): string {
  return `
    ${imports}
    export function useHelp(t) {
      const ensure = ${wrap}(async () => { await Intercom.setUserJwt(t); }, [t]);
      return async () => {
        await ensure();
        await Intercom.present();
      };
    }`;
}

function faultyHook(imports: string, wrap: string): string {
  return hook(imports, wrap).replace('await Intercom.present();', '$& // bad');
}

describeTwins(
  'a wrapper of React is known by its binding, not by its name:',
  {
    'an import, and a function of the file': {
      faulty: faultyHook('const useCallback = (_f) => async () => {};', 'useCallback'),
      correct: hook("import { useCallback } from 'react';", 'useCallback'),
    },
    'an import, and a function declaration': {
      faulty: faultyHook('function memo(_f) { return async () => {}; }', 'memo'),
      correct: hook("import { memo } from 'preact/compat';", 'memo'),
    },
    'an import under another name, and another import under this one': {
      faulty: faultyHook("import { debounce as useCallback } from 'lodash';", 'useCallback'),
      correct: hook("import { useCallback as cb } from 'react';", 'cb'),
    },
    'a member of the module, and of an object of the file': {
      faulty: faultyHook(
        'const React = { useCallback: (_f) => async () => {} };',
        'React.useCallback',
      ),
      correct: hook("import * as React from 'react';", 'React.useCallback'),
    },
    'what is taken out of the module, and out of an object of the file': {
      faulty: faultyHook(
        'const lib = { useCallback: (_f) => async () => {} };\nconst { useCallback } = lib;',
        'useCallback',
      ),
      correct: hook("import React from 'react';\nconst { useCallback: cb } = React;", 'cb'),
    },
    'what is required, and a parameter': {
      faulty: `
        export function makeHelp(t, memo) {
          const ensure = memo(async () => { await Intercom.setUserJwt(t); });
          return async () => {
            await ensure();
            await Intercom.present(); // bad
          };
        }`,
      correct: hook("const { useCallback } = require('react');", 'useCallback'),
    },
    'a global, and a class of the file': {
      faulty: faultyHook(
        'class Cache { memo(_f) { return async () => {}; } }\nconst cache = new Cache();',
        'cache.memo',
      ),
      correct: hook('', 'useCallback'),
    },
  },
  MODULE,
);

describeTwins(
  'a function that a wrapper returns has the effect of the one that it was given:',
  {
    'which logs what is thrown': {
      faulty: `
        const logged = (f) => async (...a) => { start(); f(...a).catch(log); };
        const ensure = logged(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const ensure = logged(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'which is a declaration': {
      faulty: `
        function logged(f) { return async function (...a) { void f.apply(this, a); }; }
        const ensure = logged(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        function logged(f) { return async function (...a) { return f.apply(this, a); }; }
        const ensure = logged(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'which is a method': {
      faulty: `
        class Log { wrap(f) { return async (...a) => { done(); }; } }
        const log = new Log();
        const ensure = log.wrap(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        class Log { wrap(f) { return async (...a) => { try { return await f(...a); } finally { done(); } }; } }
        const log = new Log();
        const ensure = log.wrap(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'which takes options first': {
      faulty: `
        const logged = ({ level }, f) => async (...a) => { log(level); };
        const ensure = logged({ level: 'warn' }, async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const logged = ({ level }, f) => async (...a) => { log(level); return f(...a); };
        const ensure = logged({ level: 'warn' }, async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'which is curried': {
      faulty: `
        const logged = (level) => (f) => async (...a) => { log(level); };
        const ensure = logged('warn')(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const logged = (level) => (f) => async (...a) => { log(level); return f(...a); };
        const ensure = logged('warn')(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'around another one': {
      faulty: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const ensure = logged(logged(logged(async (t) => { await load(t); })));
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const ensure = logged(logged(logged(async (t) => { await Intercom.setUserJwt(t); })));
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'of which another wrapper is made': {
      faulty: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const twice = (f) => logged(load);
        const ensure = twice(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const twice = (f) => logged(logged(f));
        const ensure = twice(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'in a promise': {
      faulty: `
        async function make(f) { await ready(); return async (...a) => { log(a); }; }
        const ready2 = make(async (t) => { await Intercom.setUserJwt(t); });
        const ensure = null;
        export async function run(t) {
          const ensured = await ready2;
          await ensured(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        async function make(f) { await ready(); return async (...a) => { await f(...a); }; }
        const ready2 = make(async (t) => { await Intercom.setUserJwt(t); });
        const ensure = null;
        export async function run(t) {
          const ensured = await ready2;
          await ensured(t);
          await Intercom.present();
        }`,
    },
    'in an object': {
      faulty: `
        const make = (f) => ({ ensure: async (t) => { log(t); } });
        const ensure = make(async (t) => { await Intercom.setUserJwt(t); }).ensure;
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const make = (f) => ({ ensure: async (t) => { await f(t); } });
        const ensure = make(async (t) => { await Intercom.setUserJwt(t); }).ensure;
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'in a list': {
      faulty: `
        const make = (f) => [async (t) => { log(t); }, 1];
        const ensure = make(async (t) => { await Intercom.setUserJwt(t); })[0];
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const make = (f) => [async (t) => { await f(t); }, 1];
        const ensure = make(async (t) => { await Intercom.setUserJwt(t); })[0];
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'or the function itself': {
      faulty: `
        const logged = (f, isOn) => (isOn ? log : async (...a) => { log(a); });
        const ensure = logged(async (t) => { await Intercom.setUserJwt(t); }, flag);
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const logged = (f, isOn) => { if (!isOn) return f; return async (...a) => { await f(...a); }; };
        const ensure = logged(async (t) => { await Intercom.setUserJwt(t); }, flag);
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'that is no async function': {
      faulty: `
        const logged = (f) => (...a) => { f(...a); return done(); };
        const ensure = logged(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const logged = (f) => (...a) => f(...a).then((v) => v, (e) => { throw e; });
        const ensure = logged(async (t) => { await Intercom.setUserJwt(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'given a method of the client': {
      faulty: `
        const logged = (f) => async (...a) => { start(); f(...a).catch(log); };
        const ensure = logged(Intercom.setUserJwt);
        export async function run(t) {
          await ensure(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const ensure = logged(Intercom.setUserJwt);
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'and is called where it stands': {
      faulty: `
        const logged = (f) => async () => {};
        const ensure = null;
        export async function run(t) {
          await logged(() => Intercom.setUserJwt(t))();
          await Intercom.present(); // bad
        }`,
      correct: `
        const logged = (f) => async () => f();
        const ensure = null;
        export async function run(t) {
          await logged(() => Intercom.setUserJwt(t))();
          await Intercom.present();
        }`,
    },
    'but not that of another one': {
      faulty: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const ensure = logged(async (t) => { await Intercom.setUserJwt(t); });
        const other = logged(async (t) => { await load(t); });
        export async function run(t) {
          await other(t);
          await Intercom.present(); // bad
        }`,
      correct: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const ensure = logged(async (t) => { await Intercom.setUserJwt(t); });
        const other = logged(async (t) => { await load(t); });
        export async function run(t) {
          await ensure(t);
          await Intercom.present();
        }`,
    },
    'also where that clears the session': {
      faulty: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const leave = logged(() => Intercom.logout());
        export async function run(t) {
          await Intercom.setUserJwt(t);
          await leave();
          await Intercom.present(); // bad
        }`,
      correct: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const leave = logged(() => Intercom.logout());
        export async function run(t) {
          await leave();
          await Intercom.setUserJwt(t);
          await Intercom.present();
        }`,
    },
  },
  MODULE,
);

describeTwins(
  'a function that a wrapper returns is entered where it is used:',
  {
    'by its name': {
      faulty: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const open = logged(async () => {
          await Intercom.present(); // bad
        });
        export async function run(t) { await open(); await Intercom.setUserJwt(t); }`,
      correct: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const open = logged(async () => {
          await Intercom.present();
        });
        export async function run(t) { await Intercom.setUserJwt(t); await open(); }`,
    },
    'from outside': {
      faulty: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        export const open = logged(async () => {
          await Intercom.present(); // bad
        });`,
      correct: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const open = logged(async () => {
          await Intercom.present();
        });
        export const run = logged(async (t) => { await Intercom.setUserJwt(t); await open(); });`,
    },
    'as the default export': {
      faulty: `
        function logged(f) { async function inner(...a) { return f(...a); } return inner; }
        export default logged(async () => {
          await Intercom.present(); // bad
        });`,
      correct: `
        function logged(f) { async function inner(...a) { return f(...a); } return inner; }
        export default logged(async (t) => {
          await Intercom.setUserJwt(t);
          await Intercom.present();
        });`,
    },
    'by who is given it': {
      faulty: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        export async function run(t) {
          onPress(logged(async () => {
            await Intercom.present(); // bad
          }));
          await Intercom.setUserJwt(t);
        }`,
      correct: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        export async function run(t) {
          await Intercom.setUserJwt(t);
          onPress(logged(async () => {
            await Intercom.present();
          }));
        }`,
    },
    'as a handler of an element': {
      faulty: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        export const Help = () => <Button onPress={logged(async () => {
          await Intercom.present(); // bad
        })} />;`,
      correct: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        export const Help = ({ t }) => <Button onPress={logged(async () => {
          await Intercom.setUserJwt(t);
          await Intercom.present();
        })} />;`,
    },
    'in an object that is handed on': {
      faulty: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const api = { open: logged(async () => {
          await Intercom.present(); // bad
        }) };
        register(api);`,
      correct: `
        const logged = (f) => async (...a) => { try { return await f(...a); } catch (e) { log(e); throw e; } };
        const api = { open: logged(async () => {
          await Intercom.present();
        }) };
        export async function run(t) { await Intercom.setUserJwt(t); await api.open(); }`,
    },
  },
  MODULE,
);

describeTwins(
  'what is done once is known where its promise is kept in',
  {
    'a variable of a closure': {
      faulty: `
        function once(f) { let r; return () => (r ??= f()) }
        const ensure = once(() => load());
        export async function run() { await ensure();
        await Intercom.present(); // bad
        }`,
      correct: `
        function once(f) { let r; return () => (r ??= f()) }
        const ensure = once(() => Intercom.setUserJwt(token()));
        export async function run() { await ensure(); await Intercom.present(); }`,
    },
    'one that is tested': {
      faulty: `
        function once(f) { let r = null; return () => { if (!r) r = f(); return r; } }
        const ensure = once(() => load());
        export async function run() { await ensure();
        await Intercom.present(); // bad
        }`,
      correct: `
        function once(f) { let r = null; return () => { if (!r) r = f(); return r; } }
        const ensure = once(() => Intercom.setUserJwt(token()));
        export async function run() { await ensure(); await Intercom.present(); }`,
    },
    'one that is forgotten when it fails': {
      faulty: `
        function once(f) { let r; return () => { r ??= f().catch((e) => { r = undefined; throw e; }); return r; } }
        const ensure = once(() => load());
        export async function run() { await ensure();
        await Intercom.present(); // bad
        }`,
      correct: `
        function once(f) { let r; return () => { r ??= f().catch((e) => { r = undefined; throw e; }); return r; } }
        const ensure = once(() => Intercom.setUserJwt(token()));
        export async function run() { await ensure(); await Intercom.present(); }`,
    },
    'one that is forgotten when it is done': {
      faulty: `
        function once(f) { let r; return () => { r ??= f().finally(() => { r = null; }); return r; } }
        const ensure = once(() => load());
        export async function run() { await ensure();
        await Intercom.present(); // bad
        }`,
      correct: `
        function once(f) { let r; return () => { r ??= f().finally(() => { r = null; }); return r; } }
        const ensure = once(() => Intercom.setUserJwt(token()));
        export async function run() { await ensure(); await Intercom.present(); }`,
    },
    'one that has a flag beside it': {
      faulty: `
        function once(f) { let done = false; let r; return (...a) => { if (!done) { done = true; r = f(...a); } return r; } }
        const ensure = once(() => load());
        export async function run() { await ensure();
        await Intercom.present(); // bad
        }`,
      correct: `
        function once(f) { let done = false; let r; return (...a) => { if (!done) { done = true; r = f(...a); } return r; } }
        const ensure = once(() => Intercom.setUserJwt(token()));
        export async function run() { await ensure(); await Intercom.present(); }`,
    },
    'a map, by its key': {
      faulty: `
        const cache = new Map();
        function memo(k, f) { if (!cache.has(k)) cache.set(k, f()); return cache.get(k); }
        export async function run(t) { await memo('x', () => load(t));
        await Intercom.present(); // bad
        }`,
      correct: `
        const cache = new Map();
        function memo(k, f) { if (!cache.has(k)) cache.set(k, f()); return cache.get(k); }
        export async function run(t) { await memo('x', () => Intercom.setUserJwt(t)); await Intercom.present(); }`,
    },
    'a map of a closure': {
      faulty: `
        function memoize(f) { const cache = new Map(); return (k) => { if (!cache.has(k)) cache.set(k, f(k)); return cache.get(k); } }
        const ensure = memoize((t) => load(t));
        export async function run(t) { await ensure(t);
        await Intercom.present(); // bad
        }`,
      correct: `
        function memoize(f) { const cache = new Map(); return (k) => { if (!cache.has(k)) cache.set(k, f(k)); return cache.get(k); } }
        const ensure = memoize((t) => Intercom.setUserJwt(t));
        export async function run(t) { await ensure(t); await Intercom.present(); }`,
    },
    'a map, with a fallback': {
      faulty: `
        const cache = new Map();
        function memo(k, f) { const p = cache.get(k) ?? f(); cache.set(k, p); return p; }
        export async function run(t) { await memo('x', () => load(t));
        await Intercom.present(); // bad
        }`,
      correct: `
        const cache = new Map();
        function memo(k, f) { const p = cache.get(k) ?? f(); cache.set(k, p); return p; }
        export async function run(t) { await memo('x', () => Intercom.setUserJwt(t)); await Intercom.present(); }`,
    },
    'a map, in a variable': {
      faulty: `
        const cache = new Map();
        function memo(k, f) { let p = cache.get(k); if (!p) { p = f(); cache.set(k, p); } return p; }
        export async function run(t) { await memo('x', () => load(t));
        await Intercom.present(); // bad
        }`,
      correct: `
        const cache = new Map();
        function memo(k, f) { let p = cache.get(k); if (!p) { p = f(); cache.set(k, p); } return p; }
        export async function run(t) { await memo('x', () => Intercom.setUserJwt(t)); await Intercom.present(); }`,
    },
    'a map that is looked at first': {
      faulty: `
        function memoize(f) { const cache = new Map(); return (k) => { const known = cache.get(k); if (known) return known; const p = f(k); cache.set(k, p); return p; } }
        const ensure = memoize((t) => load(t));
        export async function run(t) { await ensure(t);
        await Intercom.present(); // bad
        }`,
      correct: `
        function memoize(f) { const cache = new Map(); return (k) => { const known = cache.get(k); if (known) return known; const p = f(k); cache.set(k, p); return p; } }
        const ensure = memoize((t) => Intercom.setUserJwt(t));
        export async function run(t) { await ensure(t); await Intercom.present(); }`,
    },
    'an object of a closure': {
      faulty: `
        function memoize(f) { const cache = {}; return (k) => (cache[k] ??= f(k)); }
        const ensure = memoize((t) => load(t));
        export async function run(t) { await ensure(t);
        await Intercom.present(); // bad
        }`,
      correct: `
        function memoize(f) { const cache = {}; return (k) => (cache[k] ??= f(k)); }
        const ensure = memoize((t) => Intercom.setUserJwt(t));
        export async function run(t) { await ensure(t); await Intercom.present(); }`,
    },
    'a private field': {
      faulty: `
        class Once { #r; constructor(f) { this.f = f; } get() { return (this.#r ??= this.f()); } }
        const ensure = new Once(() => load());
        export async function run(t) { await ensure.get(t);
        await Intercom.present(); // bad
        }`,
      correct: `
        class Once { #r; constructor(f) { this.f = f; } get() { return (this.#r ??= this.f()); } }
        const ensure = new Once(() => Intercom.setUserJwt(token()));
        export async function run(t) { await ensure.get(t); await Intercom.present(); }`,
    },
    'a field, of a function that the constructor keeps': {
      faulty: `
        class Once {  constructor(f) { this.f = f; } run() { this.r ??= this.f(); return this.r; } }
        const ensure = new Once(() => load());
        export async function run(t) { await ensure.run(t);
        await Intercom.present(); // bad
        }`,
      correct: `
        class Once {  constructor(f) { this.f = f; } run() { this.r ??= this.f(); return this.r; } }
        const ensure = new Once(() => Intercom.setUserJwt(token()));
        export async function run(t) { await ensure.run(t); await Intercom.present(); }`,
    },
    'a map in a field': {
      faulty: `
        class Cache { #m = new Map(); once(k, f) { let p = this.#m.get(k); if (p === undefined) { p = f(); this.#m.set(k, p); } return p; } }
        const cache = new Cache();
        export async function run(t) { await cache.once('jwt', () => load(t));
        await Intercom.present(); // bad
        }`,
      correct: `
        class Cache { #m = new Map(); once(k, f) { let p = this.#m.get(k); if (p === undefined) { p = f(); this.#m.set(k, p); } return p; } }
        const cache = new Cache();
        export async function run(t) { await cache.once('jwt', () => Intercom.setUserJwt(t)); await Intercom.present(); }`,
    },
    'a map in a field, awaited': {
      faulty: `
        class Cache { #m = new Map(); async once(k, f) { const known = this.#m.get(k); if (known) { await known; return; } const p = f(); this.#m.set(k, p); await p; } }
        const cache = new Cache();
        export async function run(t) { await cache.once('jwt', () => load(t));
        await Intercom.present(); // bad
        }`,
      correct: `
        class Cache { #m = new Map(); async once(k, f) { const known = this.#m.get(k); if (known) { await known; return; } const p = f(); this.#m.set(k, p); await p; } }
        const cache = new Cache();
        export async function run(t) { await cache.once('jwt', () => Intercom.setUserJwt(t)); await Intercom.present(); }`,
    },
    'a map, under another key': {
      faulty: `
        const cache = new Map();
        cache.set('config', load());
        cache.set('jwt', Intercom.setUserJwt(token()));
        export async function run() {
          await cache.get('config');
          await Intercom.present(); // bad
        }`,
      correct: `
        const cache = new Map();
        cache.set('config', load());
        cache.set('jwt', Intercom.setUserJwt(token()));
        export async function run() {
          if (cache.has('jwt')) await cache.get('jwt');
          else return;
          await Intercom.present();
        }`,
    },
  },
  MODULE,
);

describeTwins(
  'what a decorator is handed is entered from outside:',
  {
    'a decorated private method': {
      faulty: `
        export class A { @onEvent('x') private async open() {
        await Intercom.present(); // bad
        } }`,
      correct: `
        export class A { private async open() {
        await Intercom.present(); } }`,
    },
    'a decorated class': {
      faulty: `
        @injectable() class A {
        async open() {
        await Intercom.present(); // bad
        } }`,
      correct: `
        class A {
        async open() {
        await Intercom.present(); } }`,
    },
    'a decorated class, and not its private methods': {
      faulty: `
        @injectable() class A {
        async open() {
        await Intercom.present(); // bad
        } }`,
      correct: `
        @injectable() class A { private async open() {
        await Intercom.present(); } }`,
    },
    'a decorated static method': {
      faulty: `
        class A { @task static async open() {
        await Intercom.present(); // bad
        } }`,
      correct: `
        class A {
        async open() {
        await Intercom.present(); } }`,
    },
    'a decorated field': {
      faulty: `
        class A { @bound private open = async () => {
        await Intercom.present(); // bad
        } }`,
      correct: `
        class A { @observable private x = 1; async open() {
        await Intercom.present(); } }`,
    },
    'a decorated constructor': {
      faulty: `
        @injectable() class A { constructor() {
        Intercom.present(); // bad
        } }`,
      correct: `
        @injectable() class A {
        async open(t) { await Intercom.setUserJwt(t);
        await Intercom.present(); } }`,
    },
    'a decorated class expression': {
      faulty: `
        const A = @injectable() class {
        async open() {
        await Intercom.present(); // bad
        } };`,
      correct: `
        class A {
        async open() {
        await Intercom.present(); } }`,
    },
    'a decorated method with a private name': {
      faulty: `
        export class A { @onEvent('x') async #open() {
        await Intercom.present(); // bad
        } }`,
      correct: `
        export class A { private async open() {
        await Intercom.present(); } }`,
    },
  },
  MODULE,
);
