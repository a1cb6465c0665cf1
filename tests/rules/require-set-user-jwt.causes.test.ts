/** The cause that is told is one that is there, and whose remedy mends the fault. */

import { describeCauses } from '../helpers/causes.ts';

const SET = 'await Intercom.setUserJwt(t);';
const SHOW = 'await Intercom.present();';
const GUEST = 'await Intercom.loginUnidentifiedUser();';
const LOGIN = 'await Intercom.loginUserWithUserAttributes(u);';

describeCauses('what was kept is no setUserJwt that is rejected', {
  'a promise of the module': {
    faulty: `const ready = initialise();
      async function initialise() { await loadRemoteConfig(); }
      export async function help() { await ready; ${SHOW} }`,
    cause: 'neverSet',
    says: 'comes before it on any way. Await `setUserJwt` first.',
    correct: `const ready = initialise();
      async function initialise() { await Intercom.setUserJwt(await loadToken()); }
      export async function help() { await ready; ${SHOW} }`,
  },
  'a field of a class': {
    faulty: `export class Help {
        ready = this.init();
        async init() { await load(); }
        async show() { await this.ready; ${SHOW} }
      }`,
    cause: 'neverSet',
    correct: `export class Help {
        ready = this.init();
        async init() { await Intercom.setUserJwt(await load()); }
        async show() { await this.ready; ${SHOW} }
      }`,
  },
  'a queue': {
    faulty: `let q = Promise.resolve();
      export function run(f) { q = q.catch(console.warn).then(f); return q; }
      export async function show() { await q; ${SHOW} }`,
    cause: 'neverSet',
    correct: `let q = Promise.resolve();
      export function run(f) { q = q.catch(console.warn).then(f); return q; }
      export async function show(t) { await q; ${SET} ${SHOW} }`,
  },
  'a request under way': {
    faulty: `let inflight = null;
      function get() { inflight ??= fetchIt().finally(() => { inflight = null; }); return inflight; }
      export async function show() { await get(); ${SHOW} }`,
    cause: 'neverSet',
    correct: `let inflight = null;
      function get() { inflight ??= fetchIt().finally(() => { inflight = null; }); return inflight; }
      export async function show() { await Intercom.setUserJwt(await get()); ${SHOW} }`,
  },
  'a condition behind it': {
    faulty: `const ready = init();
      async function init() { await load(); }
      export async function show(t) { await ready; if (t) ${SET} ${SHOW} }`,
    cause: 'skippedOnPath',
    says: '`t` is falsy (line 4)',
    correct: `const ready = init();
      async function init() { await load(); }
      export async function show(t) { await ready; if (!t) return; ${SET} ${SHOW} }`,
  },
  'a variable that is no promise at all': {
    faulty: `let profile = null;
      export function setProfile(p) { profile = p; save(p); notify(p); }
      async function loadProfile() { return profile; }
      export async function help() {
        const p = await loadProfile();
        await Intercom.updateUser({ name: p.name });
      }`,
    cause: 'neverSet',
    correct: `let profile = null;
      export function setProfile(p) { profile = p; save(p); notify(p); }
      async function loadProfile() { return profile; }
      export async function help(t) {
        const p = await loadProfile();
        ${SET}
        await Intercom.updateUser({ name: p.name });
      }`,
  },
  'a property of an object': {
    faulty: `const store = { ready: null };
      export function start() { store.ready = load(); }
      export async function show() { try { await store.ready; } catch (e) { log(e); } ${SHOW} }`,
    cause: 'neverSet',
    correct: `const store = { ready: null };
      export function start() { store.ready = load(); }
      export async function show(t) { try { await store.ready; } catch (e) { log(e); } ${SET} ${SHOW} }`,
  },
  'one that is given to a parameter': {
    faulty: `let last;
      export function remember(p) { last = p; watch(p); trace(p); }
      export async function show() { await last; ${SHOW} }`,
    cause: 'neverSet',
    correct: `let last;
      export function remember(p) { last = p; watch(p); trace(p); }
      export async function show(t) { await last; ${SET} ${SHOW} }`,
  },
  'one that does hold a setUserJwt is told as such': {
    faulty: `let p = null;
      export function start(t) { p ??= Intercom.setUserJwt(t); return p; }
      export async function show(t) { await start(t).catch(log); ${SHOW} }`,
    cause: 'rejected',
    says: 'the handler on line 4 goes on',
    correct: `let p = null;
      export function start(t) { p ??= Intercom.setUserJwt(t); return p; }
      export async function show(t) { await start(t); ${SHOW} }`,
  },
});

describeCauses('the handler that is named is one that goes on', {
  'the outer catch, where the inner one throws again': {
    faulty: `export async function run(t) {
      try {
        try { ${SET} }
        catch (e) { log(e); throw e; }
      } catch (e) {
        log(e);
      }
      ${SHOW} }`,
    cause: 'rejected',
    says: 'the `catch` on line 6 goes on',
    correct: `export async function run(t) {
      try {
        try { ${SET} }
        catch (e) { log(e); throw e; }
      } catch (e) {
        log(e); return;
      }
      ${SHOW} }`,
  },
  'Promise.allSettled': {
    faulty: `export async function run(t) {
      await Promise.allSettled([Intercom.setUserJwt(t), load()]);
      ${SHOW} }`,
    cause: 'rejected',
    says: '`Promise.allSettled` on line 3 goes on',
    correct: `export async function run(t) {
      await Promise.all([Intercom.setUserJwt(t), load()]);
      ${SHOW} }`,
  },
  'a set that is tried after a logout': {
    faulty: `export async function run(t) {
      await Intercom.logout();
      try { ${SET} } catch (e) { log(e); }
      ${SHOW} }`,
    cause: 'rejected',
    correct: `export async function run(t) {
      await Intercom.logout();
      try { ${SET} } catch (e) { log(e); return; }
      ${SHOW} }`,
  },
});

describeCauses('a handler that hides nothing is not told to swallow', {
  'one that throws again what a helper has let pass': {
    faulty: `async function inner(t) { try { ${SET} } catch (e) { log(e); } }
      async function ensure(t) { try { await inner(t); } catch (e) { log(e); throw e; } }
      export async function run(t) { await ensure(t); ${SHOW} }`,
    cause: ['reliedOn'],
    correct: `async function inner(t) { ${SET} }
      async function ensure(t) { try { await inner(t); } catch (e) { log(e); throw e; } }
      export async function run(t) { await ensure(t); ${SHOW} }`,
  },
  'one around something else': {
    faulty: `async function inner(t) { await Intercom.setUserJwt(t).catch(log); }
      async function ensure(t) { try { decode(t); } catch {} await inner(t); }
      export async function run(t) { await ensure(t); ${SHOW} }`,
    cause: ['reliedOn'],
    correct: `async function inner(t) { await Intercom.setUserJwt(t); }
      async function ensure(t) { try { decode(t); } catch {} await inner(t); }
      export async function run(t) { await ensure(t); ${SHOW} }`,
  },
  'one around a kept promise with no setUserJwt in it': {
    faulty: `const ready = init();
      async function init() { await load(); }
      async function ensure(t) { try { await ready; } catch { log(); } try { ${SET} } catch { log(); } }
      export async function run(t) { await ensure(t); ${SHOW} }`,
    cause: ['reliedOn'],
    correct: `const ready = init();
      async function init() { await load(); }
      async function ensure(t) { try { await ready; } catch { log(); } ${SET} }
      export async function run(t) { await ensure(t); ${SHOW} }`,
  },
  'nor one further out that nothing is thrown to': {
    faulty: `async function inner(t) { try { ${SET} } catch (e) { log(e); } }
      async function outer(t) { try { await inner(t); } catch (e) { log(e); } }
      export async function run(t) { await outer(t); ${SHOW} }`,
    cause: ['reliedOn'],
    correct: `async function inner(t) { try { ${SET} } catch (e) { log(e); throw e; } }
      async function outer(t) { await inner(t); }
      export async function run(t) { await outer(t); ${SHOW} }`,
  },
  'one that throws some errors again hides the others': {
    faulty: `async function ensure(t) { try { ${SET} } catch (e) { if (e.isFatal) throw e; log(e); } }
      export async function run(t) { await ensure(t); ${SHOW} }`,
    cause: ['reliedOn'],
    correct: `async function ensure(t) { try { ${SET} } finally { done(); } }
      export async function run(t) { await ensure(t); ${SHOW} }`,
  },
  'two that exclude each other both do': {
    faulty: `async function ensure(t, c) {
        if (c) { try { ${SET} } catch {} }
        else { await Intercom.setUserJwt(t).catch(log); }
      }
      export async function run(t, c) { await ensure(t, c); ${SHOW} }`,
    cause: ['reliedOn', 'reliedOn'],
    correct: `async function ensure(t, c) {
        if (c) { ${SET} }
        else { await Intercom.setUserJwt(t).catch((e) => { throw e; }); }
      }
      export async function run(t, c) { await ensure(t, c); ${SHOW} }`,
  },
});

const SAFE = 'const safe = async (f) => { try { await f(); } catch (e) { log(e); } };';

describeCauses('an inline callback belongs to the function around it', {
  'of a helper': {
    faulty: `${SAFE}
      export async function run(usable, t, u) {
        if (usable) ${SET}
        await safe(() => Intercom.updateUser(u));
      }`,
    cause: 'skippedOnPath',
    says: '`usable` is falsy (line 4)',
    correct: `${SAFE}
      export async function run(usable, t, u) {
        if (!usable) return;
        ${SET}
        await safe(() => Intercom.updateUser(u));
      }`,
  },
  'of forEach': {
    faulty: `export async function run(usable, t, us) {
        if (usable) ${SET}
        us.forEach((u) => { Intercom.updateUser(u); });
      }`,
    cause: 'skippedOnPath',
    says: '`usable` is falsy (line 3)',
    correct: `export async function run(t, us) {
        ${SET}
        us.forEach((u) => { Intercom.updateUser(u); });
      }`,
  },
  'of then': {
    faulty: `export async function run(usable, t) {
        if (usable) ${SET}
        await load().then((u) => Intercom.updateUser(u));
      }`,
    cause: 'skippedOnPath',
    says: '`usable` is falsy (line 3)',
    correct: `export async function run(t) {
        ${SET}
        await load().then((u) => Intercom.updateUser(u));
      }`,
  },
  'of requestAnimationFrame': {
    faulty: `export async function run(usable, t) {
        if (usable) ${SET}
        requestAnimationFrame(() => { Intercom.present(); });
      }`,
    cause: 'skippedOnPath',
    says: '`usable` is falsy (line 3)',
    correct: `export async function run(t) {
        ${SET}
        requestAnimationFrame(() => { Intercom.present(); });
      }`,
  },
  'in another one': {
    faulty: `${SAFE}
      export async function run(usable, t, us) {
        if (usable) ${SET}
        us.forEach((u) => safe(() => Intercom.updateUser(u)));
      }`,
    cause: 'skippedOnPath',
    says: '`usable` is falsy (line 4)',
    correct: `${SAFE}
      export async function run(t, us) {
        ${SET}
        us.forEach((u) => safe(() => Intercom.updateUser(u)));
      }`,
  },
  'with a condition of its own': {
    faulty: `${SAFE}
      export async function run(t) {
        await safe(async () => { if (t) ${SET} ${SHOW} });
      }`,
    cause: 'skippedOnPath',
    says: '`t` is falsy (line 4)',
    correct: `${SAFE}
      export async function run(t) {
        await safe(async () => { if (!t) return; ${SET} ${SHOW} });
      }`,
  },
  'before the set': {
    faulty: `export async function run(t) {
        requestAnimationFrame(() => { Intercom.present(); });
        ${SET}
      }`,
    cause: 'setTooLate',
    says: 'it is set on line 4',
    correct: `export async function run(t) {
        ${SET}
        requestAnimationFrame(() => { Intercom.present(); });
      }`,
  },
});

describeCauses('only what was set is cleared', {
  'not for a guest': {
    faulty: `export async function run(u) { ${GUEST} await Intercom.logout(); ${LOGIN} }`,
    cause: 'neverSet',
    correct: `export async function run(t, u) { ${GUEST} await Intercom.logout(); ${SET} ${LOGIN} }`,
  },
  'not for a guest whose set is skipped then': {
    faulty: `export async function run(t, u) {
        ${GUEST}
        await Intercom.logout();
        if (t) ${SET}
        ${LOGIN}
      }`,
    cause: 'skippedOnPath',
    says: '`t` is falsy (line 5)',
    correct: `export async function run(t, u) {
        ${GUEST}
        await Intercom.logout();
        if (!t) return;
        ${SET}
        ${LOGIN}
      }`,
  },
  'not by a helper where a guest was': {
    faulty: `async function signOut() { await Intercom.logout(); }
      export async function run(u) { ${GUEST} await signOut(); ${LOGIN} }`,
    cause: 'neverSet',
    says: 'on any way',
    correct: `async function signOut() { await Intercom.logout(); }
      export async function run(t, u) { ${GUEST} await signOut(); ${SET} ${LOGIN} }`,
  },
  'not what is still under way': {
    faulty: `export async function run(t) {
        Intercom.setUserJwt(t);
        await Intercom.logout();
        ${SHOW}
      }`,
    cause: 'neverSet',
    says: 'since `logout()` on line 4. Await `setUserJwt` first. The `setUserJwt` on line 3',
    correct: `export async function run(t) {
        await Intercom.logout();
        ${SET}
        ${SHOW}
      }`,
  },
  'a JWT, though a guest comes in between': {
    faulty: `export async function run(t, u) {
        ${SET}
        await Intercom.logout();
        ${GUEST}
        ${LOGIN}
      }`,
    cause: 'cleared',
    says: '`logout()` on line 4 cleared',
    correct: `export async function run(t, u) {
        ${SET}
        await Intercom.logout();
        ${GUEST}
        ${SET}
        ${LOGIN}
      }`,
  },
  'the first of two logouts is the one': {
    faulty: `export async function run(t) {
        ${SET}
        await Intercom.logout();
        ${GUEST}
        await Intercom.logout();
        ${SHOW}
      }`,
    cause: 'cleared',
    says: '`logout()` on line 4 cleared',
    correct: `export async function run(t) {
        ${SET}
        await Intercom.logout();
        ${GUEST}
        ${SHOW}
      }`,
  },
});

describeCauses('a guest session keeps its causes', {
  'a set that is dropped': {
    faulty: `export async function run(t, u) { ${GUEST} Intercom.setUserJwt(t); ${LOGIN} }`,
    cause: 'notAwaited',
    suggests: ['Await `setUserJwt` on line 2.'],
    correct: `export async function run(t, u) { ${GUEST} ${SET} ${LOGIN} }`,
  },
  'a set that is rejected': {
    faulty: `export async function run(t, u) { ${GUEST} try { ${SET} } catch {} ${LOGIN} }`,
    cause: 'rejected',
    correct: `export async function run(t, u) { ${GUEST} try { ${SET} } catch { return; } ${LOGIN} }`,
  },
  'a set that was dropped before': {
    faulty: `export async function run(t, u) { Intercom.setUserJwt(t); ${GUEST} ${LOGIN} }`,
    cause: 'notAwaited',
    correct: `export async function run(t, u) { ${SET} ${GUEST} ${LOGIN} }`,
  },
  'a helper that is dropped': {
    faulty: `async function ensure() { await Intercom.setUserJwt(await fetchJwt()); }
      export async function run(u) { ${GUEST} void ensure(); ${LOGIN} }`,
    cause: 'notAwaited',
    says: 'before `ensure` on line 3',
    correct: `async function ensure() { await Intercom.setUserJwt(await fetchJwt()); }
      export async function run(u) { ${GUEST} await ensure(); ${LOGIN} }`,
  },
  'a condition': {
    faulty: `export async function run(t, u) { ${GUEST} if (t) ${SET} ${LOGIN} }`,
    cause: 'skippedOnPath',
    correct: `export async function run(t, u) { ${GUEST} if (!t) return; ${SET} ${LOGIN} }`,
  },
  'a promise that is kept on one way only': {
    faulty: `export async function run(t, u, c) {
        ${GUEST}
        let p;
        if (c) p = Intercom.setUserJwt(t);
        await p;
        ${LOGIN}
      }`,
    cause: 'skippedOnPath',
    correct: `export async function run(t, u, c) {
        ${GUEST}
        let p;
        if (c) p = Intercom.setUserJwt(t);
        else return;
        await p;
        ${LOGIN}
      }`,
  },
});

const ENSURE = 'async function ensure() { await Intercom.setUserJwt(await fetchJwt()); }';

describeCauses('what is dropped, and sets the JWT later, is told', {
  'a helper': {
    faulty: `${ENSURE}
      export async function run(u) { void ensure(); ${LOGIN} }`,
    cause: 'notAwaited',
    says: 'before `ensure` on line 3 has set',
    suggests: ['Await `ensure` on line 3.'],
    correct: `${ENSURE}
      export async function run(u) { await ensure(); ${LOGIN} }`,
  },
  'a chain': {
    faulty: `export async function run(u) {
        void fetchJwt().then((t) => Intercom.setUserJwt(t));
        ${LOGIN}
      }`,
    cause: 'notAwaited',
    says: 'before `setUserJwt` on line 3 has set',
    correct: `export async function run(u) {
        await fetchJwt().then((t) => Intercom.setUserJwt(t));
        ${LOGIN}
      }`,
  },
  'a chain with a function that has a name': {
    faulty: `const apply = async (t) => { ${SET} };
      export async function run(u) { void fetchJwt().then(apply); ${LOGIN} }`,
    cause: 'notAwaited',
    says: 'before `apply` on line 3 has set',
    correct: `const apply = async (t) => { ${SET} };
      export async function run(u) { await fetchJwt().then(apply); ${LOGIN} }`,
  },
  'a function that is called on the spot': {
    faulty: `export async function run(u) {
        (async () => { const t = await fetchJwt(); ${SET} })();
        ${LOGIN}
      }`,
    cause: 'notAwaited',
    says: 'before `setUserJwt` on line 3 has set',
    correct: `export async function run(u) {
        await (async () => { const t = await fetchJwt(); ${SET} })();
        ${LOGIN}
      }`,
  },
  'one that calls a helper': {
    faulty: `${ENSURE}
      export async function run(u) {
        (async () => { await load(); await ensure(); })();
        ${LOGIN}
      }`,
    cause: 'notAwaited',
    says: 'before `ensure` on line 4 has set',
    correct: `${ENSURE}
      export async function run(u) {
        await (async () => { await load(); await ensure(); })();
        ${LOGIN}
      }`,
  },
  'a helper with a handler behind it': {
    faulty: `${ENSURE}
      export async function run(u) { ensure().catch(log); ${LOGIN} }`,
    cause: 'notAwaited',
    says: 'before `ensure` on line 3 has set',
    correct: `${ENSURE}
      export async function run(u) { await ensure(); ${LOGIN} }`,
  },
  'the one of two sets in a helper that is dropped': {
    faulty: `async function both(t) {
        keep(() => Intercom.setUserJwt(t));
        Intercom.setUserJwt(t);
      }
      export async function run(t, u) { await both(t); ${LOGIN} }`,
    cause: 'notAwaited',
    says: 'before `setUserJwt` on line 4 has set',
    correct: `async function both(t) {
        keep(() => Intercom.setUserJwt(t));
        ${SET}
      }
      export async function run(t, u) { await both(t); ${LOGIN} }`,
  },
  'a promise that is awaited behind the call': {
    faulty: `${ENSURE}
      export async function run(u) {
        const setting = ensure();
        ${LOGIN}
        await setting;
      }`,
    cause: 'setTooLate',
    says: 'it is set on line 6, after this call. Await `ensure` first.',
    correct: `${ENSURE}
      export async function run(u) {
        const setting = ensure();
        await setting;
        ${LOGIN}
      }`,
  },
});

describeCauses('a promise that is awaited behind the call is awaited too late', {
  'of a setUserJwt': {
    faulty: `export async function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        ${LOGIN}
        await setting;
      }`,
    cause: 'setTooLate',
    says: 'it is set on line 5, after this call. Await `setUserJwt` first.',
    suggests: ['Await `setting` before this call.'],
    correct: `export async function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        await setting;
        ${LOGIN}
      }`,
  },
  'not one that is never awaited': {
    faulty: `export async function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        ${LOGIN}
      }`,
    cause: 'notAwaited',
    suggests: ['Await `setUserJwt` on line 3.'],
    correct: `export async function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        await setting;
        ${LOGIN}
      }`,
  },
  'nor one that is caught behind it': {
    faulty: `export function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        Intercom.loginUserWithUserAttributes(u);
        setting.catch(log);
      }`,
    cause: 'notAwaited',
    correct: `export function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        setting.then(() => Intercom.loginUserWithUserAttributes(u)).catch(log);
      }`,
  },
  'nor one that is awaited together with the call': {
    faulty: `export async function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        await Promise.all([setting, Intercom.loginUserWithUserAttributes(u)]);
      }`,
    cause: 'notAwaited',
    correct: `export async function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        await Promise.all([setting]);
        ${LOGIN}
      }`,
  },
  'nor one that a condition has awaited before it': {
    faulty: `export async function run(t, u, isSlow) {
        const setting = Intercom.setUserJwt(t);
        if (isSlow) await setting;
        ${LOGIN}
        await setting;
      }`,
    cause: 'notAwaited',
    says: 'before `setUserJwt` on line 3 has set the user JWT when `isSlow` is falsy (line 4)',
    correct: `export async function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        await setting;
        ${LOGIN}
      }`,
  },
  'of a helper that sets it at once': {
    faulty: `async function ensure(t) { ${SET} }
      export async function run(t, u) {
        const setting = ensure(t);
        ${LOGIN}
        await setting;
      }`,
    cause: 'setTooLate',
    says: 'it is set on line 6, after this call. Await `ensure` first.',
    suggests: ['Await `setting` before this call.'],
    correct: `async function ensure(t) { ${SET} }
      export async function run(t, u) {
        const setting = ensure(t);
        await setting;
        ${LOGIN}
      }`,
  },
  'among others': {
    faulty: `export async function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        ${LOGIN}
        await Promise.all([load(), setting]);
      }`,
    cause: 'setTooLate',
    says: 'it is set on line 5',
    suggests: ['Await `setting` before this call.'],
    correct: `export async function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        await Promise.all([load(), setting]);
        ${LOGIN}
      }`,
  },
  'by then': {
    faulty: `export function run(t) {
        const setting = Intercom.setUserJwt(t);
        Intercom.present();
        setting.then(() => done());
      }`,
    cause: 'setTooLate',
    says: 'it is set on line 5',
    correct: `export function run(t) {
        const setting = Intercom.setUserJwt(t);
        setting.then(() => { Intercom.present(); done(); });
      }`,
  },
  'of Promise.all': {
    faulty: `export async function run(t, u) {
        const all = Promise.all([Intercom.setUserJwt(t), load()]);
        ${LOGIN}
        await all;
      }`,
    cause: 'setTooLate',
    says: 'it is set on line 5',
    suggests: ['Await `all` before this call.'],
    correct: `export async function run(t, u) {
        const all = Promise.all([Intercom.setUserJwt(t), load()]);
        await all;
        ${LOGIN}
      }`,
  },
  'in a field': {
    faulty: `export class Help {
        async open(t) {
          this.setting = Intercom.setUserJwt(t);
          ${SHOW}
          await this.setting;
        }
      }`,
    cause: 'setTooLate',
    says: 'it is set on line 6',
    suggests: ['Await `this.setting` before this call.'],
    correct: `export class Help {
        async open(t) {
          this.setting = Intercom.setUserJwt(t);
          await this.setting;
          ${SHOW}
        }
      }`,
  },
  'with the call in a callback': {
    faulty: `export async function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        await attempt(() => Intercom.loginUserWithUserAttributes(u));
        await setting;
      }`,
    cause: 'setTooLate',
    says: 'it is set on line 5',
    suggests: ['Await `setting` before this call.'],
    correct: `export async function run(t, u) {
        const setting = Intercom.setUserJwt(t);
        await setting;
        await attempt(() => Intercom.loginUserWithUserAttributes(u));
      }`,
  },
  'in a loop': {
    faulty: `export async function run(t, us) {
        const setting = Intercom.setUserJwt(t);
        for (const u of us) {
          await Intercom.updateUser(u);
          await setting;
        }
      }`,
    cause: 'setTooLate',
    says: 'it is set on line 6',
    suggests: ['Await `setting` before this call.'],
    correct: `export async function run(t, us) {
        const setting = Intercom.setUserJwt(t);
        await setting;
        for (const u of us) await Intercom.updateUser(u);
      }`,
  },
});

describeCauses('what is given to a function that is not seen is no call', {
  'this and a method': {
    faulty: `export class Help {
        constructor() { bind(this, this.onUnread); }
        async signIn(t) { ${SET} await this.show(); }
        onUnread() {}
        async show() { ${SHOW} }
      }`,
    cause: 'neverSet',
    says: 'on a call from outside. Await `setUserJwt` first. The `setUserJwt` on line 4',
    correct: `export class Help {
        constructor() { bind(this, this.onUnread); }
        async signIn(t) { ${SET} await this.show(t); }
        onUnread() {}
        async show(t) { ${SET} ${SHOW} }
      }`,
  },
  'a method that presents': {
    faulty: `export class Help {
        start() { store.subscribe(this.onUnread); }
        async signIn(t) { ${SET} }
        onUnread() { Intercom.present(); }
      }`,
    cause: 'neverSet',
    says: 'The `setUserJwt` on line 4',
    correct: `export class Help {
        start() { store.subscribe(this.onUnread); }
        async signIn(t) { ${SET} }
        async onUnread(t) { ${SET} Intercom.present(); }
      }`,
  },
  'a method bound to this': {
    faulty: `export class Help {
        constructor() { bus.on('open', this.show.bind(this)); }
        async signIn(t) { ${SET} }
        async show() { ${SHOW} }
      }`,
    cause: 'neverSet',
    says: 'The `setUserJwt` on line 4',
    correct: `export class Help {
        constructor() { bus.on('open', this.show.bind(this)); }
        async show() { await Intercom.setUserJwt(await load()); ${SHOW} }
      }`,
  },
  'a method in an object': {
    faulty: `export class Help {
        async signIn(t) { ${SET} }
        render() { open({ onPress: this.show }); }
        async show() { ${SHOW} }
      }`,
    cause: 'neverSet',
    says: 'The `setUserJwt` on line 3',
    correct: `export class Help {
        render() { open({ onPress: this.show }); }
        async show() { await Intercom.setUserJwt(await load()); ${SHOW} }
      }`,
  },
  'but a callback that calls it is': {
    faulty: `export class Help {
        constructor() { bus.on('open', () => this.show()); }
        async signIn(t) { ${SET} }
        async show() { ${SHOW} }
      }`,
    cause: 'calledUnset',
    says: '`show` can be called from line 3',
    correct: `export class Help {
        constructor() { bus.on('open', () => this.show()); }
        async show() { await Intercom.setUserJwt(await load()); ${SHOW} }
      }`,
  },
  'an instance': {
    faulty: `class Help {
        async signIn(t) { ${SET} }
        async show() { ${SHOW} }
      }
      const help = new Help();
      register(help);`,
    cause: 'neverSet',
    says: 'The `setUserJwt` on line 3',
    correct: `class Help {
        async signIn(t) { ${SET} }
        async show(t) { ${SET} ${SHOW} }
      }
      const help = new Help();
      register(help);`,
  },
});

describeCauses('the nearest set is named where none counts', {
  'in another function': {
    faulty: `export async function first(t) { ${SET} }
      export async function open() { ${SHOW} }
      // ${'far away '.repeat(20)}
      export async function last(t) { ${SET} }`,
    cause: 'neverSet',
    says: 'The `setUserJwt` on line 2 is not known to be awaited before this.',
    correct: `export async function first(t) { ${SET} }
      export async function open(t) { await first(t); ${SHOW} }

      export async function last(t) { ${SET} }`,
  },
  'in a function that nothing refers to': {
    faulty: `async function signIn(t) { ${SET} }
      export async function open() { ${SHOW} }`,
    cause: 'neverSet',
    says: 'The `setUserJwt` on line 2 is not known to be awaited before this.',
    correct: `async function signIn(t) { ${SET} }
      export async function open(t) { await signIn(t); ${SHOW} }`,
  },
  'in a method that nobody calls': {
    faulty: `class Help {
        async signIn(t) { ${SET} }
        async show() { ${SHOW} }
      }
      const help = new Help();
      help.show();`,
    cause: 'neverSet',
    says: 'The `setUserJwt` on line 3',
    correct: `class Help {
        async signIn(t) { ${SET} }
        async show() { ${SHOW} }
      }
      const help = new Help();
      help.signIn(await load()).then(() => help.show());`,
  },
  'in a function that it returns': {
    faulty: `export async function open(t) { ${SHOW} return () => Intercom.setUserJwt(t); }`,
    cause: 'neverSet',
    says: 'The `setUserJwt` on line 2',
    correct: `export async function open(t) { ${SET} ${SHOW} return () => Intercom.setUserJwt(t); }`,
  },
  'a handler, named': {
    faulty: `export function Help({ t }) {
        useEffect(() => { Intercom.setUserJwt(t).catch(log); }, []);
        const onPress = () => Intercom.present();
        return <Button onPress={onPress} />;
      }`,
    cause: 'calledUnset',
    says: '`onPress` can be called from line 5',
    correct: `export function Help({ t }) {
        const onPress = async () => { ${SET} ${SHOW} };
        return <Button onPress={onPress} />;
      }`,
  },
  'a handler, inline': {
    faulty: `export function Help({ t }) {
        useEffect(() => { Intercom.setUserJwt(t).catch(log); }, []);
        return <Button onPress={() => Intercom.present()} />;
      }`,
    cause: 'calledUnset',
    says: 'The callback of `onPress` on line 4 can run before the user JWT is set',
    correct: `export function Help({ t }) {
        return <Button onPress={async () => { ${SET} ${SHOW} }} />;
      }`,
  },
  'a handler, inline, with another callback in it': {
    faulty: `${SAFE}
      export function Help({ t }) {
        useEffect(() => { Intercom.setUserJwt(t).catch(log); }, []);
        return (
          <Button
            onPress={() => safe(() => Intercom.present())}
          />
        );
      }`,
    cause: 'calledUnset',
    says: 'The callback of `onPress` on line 7 can run',
    correct: `${SAFE}
      export function Help({ t }) {
        return <Button onPress={() => safe(async () => { ${SET} ${SHOW} })} />;
      }`,
  },
  'a listener': {
    faulty: `export const start = (t) => { Intercom.setUserJwt(t).catch(log); };
      AppState.addEventListener('change', async (next) => {
        if (next === 'active') ${SHOW}
      });`,
    cause: 'calledUnset',
    says: 'The callback of `addEventListener` on line 3 can run',
    correct: `AppState.addEventListener('change', async (next) => {
        if (next === 'active') { await Intercom.setUserJwt(await load()); ${SHOW} }
      });`,
  },
  'what a component is given to render': {
    faulty: `export const start = (t) => { Intercom.setUserJwt(t).catch(log); };
      export const Help = () => <Menu>{() => Intercom.present()}</Menu>;`,
    cause: 'calledUnset',
    says: 'The function on line 3 can run',
    correct: `export const Help = () => <Menu>{async () => { await Intercom.setUserJwt(await load()); ${SHOW} }}</Menu>;`,
  },
  'a handler in useCallback': {
    faulty: `export function Help({ t }) {
        useEffect(() => { Intercom.setUserJwt(t).catch(log); }, []);
        const onPress = useCallback(() => Intercom.present(), []);
        return <Button onPress={onPress} />;
      }`,
    cause: 'calledUnset',
    says: '`onPress` can be called from line 5',
    correct: `export function Help({ t }) {
        const onPress = useCallback(async () => { ${SET} ${SHOW} }, []);
        return <Button onPress={onPress} />;
      }`,
  },
});

describeCauses('the cause that is told is one whose remedy mends the fault', {
  'a condition, though a catch comes back': {
    faulty: `export async function open(t) {
        try { if (t) ${SET} ${SHOW} }
        catch { alert([{ onPress: () => open(t) }]); }
      }`,
    cause: 'skippedOnPath',
    suggests: ['Return where there is no token, on line 3.'],
    correct: `export async function open(t) {
        try { if (!t) return; ${SET} ${SHOW} }
        catch { alert([{ onPress: () => open(t) }]); }
      }`,
  },
  'neither mends alone: the first in order': {
    faulty: `export async function run(t) {
        if (t) { try { ${SET} } catch (e) { log(e); } }
        ${SHOW}
      }`,
    cause: 'rejected',
    correct: `export async function run(t) {
        if (t) { try { ${SET} } catch (e) { log(e); return; } } else return;
        ${SHOW}
      }`,
  },
  'a guest login in the catch is to be awaited': {
    faulty: `export async function run(t) {
        try { ${SET} } catch { Intercom.loginUnidentifiedUser(); }
        ${SHOW}
      }`,
    cause: 'rejected',
    suggests: ['Await `loginUnidentifiedUser` on line 3.'],
    correct: `export async function run(t) {
        try { ${SET} } catch { await Intercom.loginUnidentifiedUser(); }
        ${SHOW}
      }`,
  },
  'but not where a user is logged in behind it': {
    faulty: `export async function run(t, u) {
        try { ${SET} } catch { Intercom.loginUnidentifiedUser(); }
        ${LOGIN}
      }`,
    cause: 'rejected',
    suggests: ['Return at the end of the `catch` on line 3.'],
    correct: `export async function run(t, u) {
        try { ${SET} } catch { Intercom.loginUnidentifiedUser(); return; }
        ${LOGIN}
      }`,
  },
  'a login is not told twice of the same way': {
    faulty: `export async function all(us) {
        for (const u of us) {
          if (u.jwt) await Intercom.setUserJwt(u.jwt);
          ${LOGIN}
        }
      }`,
    cause: ['skippedOnPath'],
    correct: `export async function all(us) {
        for (const u of us) {
          await Intercom.setUserJwt(u.jwt);
          ${LOGIN}
        }
      }`,
  },
  'but of two': {
    faulty: `export async function twice(t, u) {
        if (t) ${SET}
        ${LOGIN}
        ${LOGIN}
      }`,
    cause: ['skippedOnPath', 'skippedOnPath', 'afterLogin'],
    correct: `export async function twice(t, s, u) {
        ${SET}
        ${LOGIN}
        await Intercom.setUserJwt(s);
        ${LOGIN}
      }`,
  },
});

describeCauses('what is set too late can come behind the call', {
  'not on the other side of a branch': {
    faulty: `export async function run(t, isReady) {
        if (isReady) ${SHOW}
        else ${SET}
      }`,
    cause: 'neverSet',
    says: 'The `setUserJwt` on line 4',
    correct: `export async function run(t, isReady) {
        if (isReady) { ${SET} ${SHOW} }
        else ${SET}
      }`,
  },
  'not where the way ends before': {
    faulty: `export async function run(t, isReady) {
        if (isReady) { ${SHOW} return; }
        ${SET}
      }`,
    cause: 'neverSet',
    correct: `export async function run(t, isReady) {
        ${SET}
        if (isReady) { ${SHOW} return; }
      }`,
  },
  'behind what is caught': {
    faulty: `export async function run(t) {
        try { ${SHOW} } catch { ${SET} }
      }`,
    cause: 'setTooLate',
    correct: `export async function run(t) {
        try { ${SET} ${SHOW} } catch { log(); }
      }`,
  },
  'the first that can': {
    faulty: `export async function run(t, isReady) {
        if (isReady) ${SHOW}
        else ${SET}
        ${SET}
      }`,
    cause: 'setTooLate',
    says: 'it is set on line 5',
    correct: `export async function run(t, isReady) {
        ${SET}
        if (isReady) ${SHOW}
      }`,
  },
  'a kept promise whose await is in another branch': {
    faulty: `export async function run(t, isReady) {
        const setting = Intercom.setUserJwt(t);
        if (isReady) ${SHOW}
        else await setting;
      }`,
    cause: 'notAwaited',
    correct: `export async function run(t, isReady) {
        const setting = Intercom.setUserJwt(t);
        await setting;
        if (isReady) ${SHOW}
      }`,
  },
  'not behind a callback that always throws': {
    faulty: `export async function run(t, f) {
        await f().catch((e) => { Intercom.present(); throw e; });
        ${SET}
      }`,
    cause: 'neverSet',
    correct: `export async function run(t, f) {
        await f().catch((e) => { throw e; });
        ${SET}
        ${SHOW}
      }`,
  },
});

describeCauses('what is called where it is written is told by what it does', {
  'a logout in the first of several functions': {
    faulty: `export async function run(t) {
        for (const step of [
          async () => { Intercom.setUserJwt(t); await Intercom.logout(); },
          async () => { ${SHOW} },
        ]) await step();
      }`,
    cause: 'neverSet',
    says: 'since `logout()` on line 4',
    correct: `export async function run(t) {
        for (const step of [
          async () => { await Intercom.logout(); ${SET} },
          async () => { ${SHOW} },
        ]) await step();
      }`,
  },
  'no logout where nothing was set': {
    faulty: `export async function run(t) {
        for (const step of [
          async () => { ${GUEST} await Intercom.logout(); },
          async () => { ${SHOW} },
        ]) await step();
      }`,
    cause: 'neverSet',
    says: 'on any way',
    correct: `export async function run(t) {
        for (const step of [
          async () => { await Intercom.logout(); ${SET} },
          async () => { ${SHOW} },
        ]) await step();
      }`,
  },
});

const LONG = 'ensureThatTheUserIsSignedInWithAFreshIntercomSession';

describeCauses('a message is no longer than it must be', {
  'of several long conditions': {
    faulty: `export async function run(t, u, session) {
        if (session.organisation.features.messenger.isEnabled) {
          if (session.organisation.features.security.isEnforced) {
            if (session.organisation.features.identity.isVerified) ${SET}
          }
        }
        ${LOGIN}
      }`,
    cause: 'skippedOnPath',
    says: 'when `session.organisation.fe…res.messenger.isEnabled` is falsy (line 3)',
    correct: `export async function run(t, u) { ${SET} ${LOGIN} }`,
  },
  'of several conditions that fit in a shorter form': {
    faulty: `export async function run(t, u, session) {
        if (session.features.messenger.isEnabled) return;
        if (session.features.security.isEnforced) {
          ${SET}
        } else if (session.features.identity.isVerified) {
          ${SET}
        }
        ${LOGIN}
      }`,
    cause: 'skippedOnPath',
    says: 'when `session.fea….isEnforced` is falsy (line 4) and `session.fea….isVerified` is falsy (line 6)',
    correct: `export async function run(t, u) { ${SET} ${LOGIN} }`,
  },
  'of a long name': {
    faulty: `async function ${LONG}() { await Intercom.setUserJwt(await load()); }
      export async function run(u) { void ${LONG}(); ${LOGIN} }`,
    cause: 'notAwaited',
    says: 'before `ensureThatTheUserIsSign…thAFreshIntercomSession` on line 3',
    correct: `async function ${LONG}() { await Intercom.setUserJwt(await load()); }
      export async function run(u) { await ${LONG}(); ${LOGIN} }`,
  },
  'of a set that does not count': {
    faulty: `export class Help {
        async signIn(t, u) { ${SET} await this.go(u); }
        async go(u) { ${LOGIN} }
      }`,
    cause: 'neverSet',
    says: 'on a call from outside. Await `setUserJwt` first. The `setUserJwt` on line 3 is not',
    correct: `export class Help {
        async signIn(t, u) { await this.go(t, u); }
        async go(t, u) { ${SET} ${LOGIN} }
      }`,
  },
});
