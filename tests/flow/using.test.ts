/** Resources that are disposed of at the end of their block. */

import { describeTwins, withClient } from '../helpers/verdict.ts';

const LOGIN = 'await Intercom.loginUserWithUserAttributes(user);';
const SET = 'await Intercom.setUserJwt(t);';

/** A resource whose disposal does something. */
function resource(does: string): string {
  return `{ async [Symbol.asyncDispose]() { ${does} } }`;
}

describeTwins('a resource', {
  'that logs out at the end of its block': {
    faulty: `${SET} { await using _ = ${resource('await Intercom.logout();')}; }
      ${LOGIN} // bad`,
    correct: `${SET} { await using _ = ${resource('await Intercom.logout();')}; ${LOGIN} }`,
  },
  'that is not awaited': {
    faulty: `${SET} { using _ = { [Symbol.dispose]() { Intercom.logout(); } }; f(); }
      ${LOGIN} // bad`,
    correct: `${SET} { using _ = { [Symbol.dispose]() { log(); } }; f(); }
      ${LOGIN}`,
  },
  'that sets the JWT': {
    faulty: `{ await using _ = ${resource(SET)};
      ${LOGIN} // bad
    }`,
    correct: `{ await using _ = ${resource(SET)}; f(); } ${LOGIN}`,
  },
  'that is not awaited when it sets the JWT': {
    faulty: `{ using _ = { [Symbol.dispose]() { Intercom.setUserJwt(t); } }; }
      ${LOGIN} // bad`,
    correct: `{ await using _ = { [Symbol.dispose]() { return Intercom.setUserJwt(t); } }; }
      ${SET} ${LOGIN}`,
  },
  'that is disposed of on a way that jumps': {
    faulty: `${SET} for (const x of xs) { await using _ = ${resource('await Intercom.logout();')}; if (x) break; f(); }
      ${LOGIN} // bad`,
    correct: `${SET} for (const x of xs) { await using _ = ${resource('log();')}; if (x) break; f(); }
      ${LOGIN}`,
  },
  'that is disposed of when something is thrown': {
    faulty: `${SET} try { using _ = { [Symbol.dispose]() { Intercom.logout(); } }; f(); ${SET} } catch {}
      ${LOGIN} // bad`,
    correct: `${SET} try { using _ = { [Symbol.dispose]() { Intercom.logEvent('x'); } }; f(); } catch {}
      ${LOGIN}`,
  },
  'among several, of which the first is disposed of last': {
    faulty: `${SET} { await using a = ${resource('await Intercom.logout();')}, b = ${resource(SET)}; f(a, b); }
      ${LOGIN} // bad`,
    correct: `${SET} { await using a = ${resource(SET)}, b = ${resource('await Intercom.logout();')}; f(a, b); }
      ${LOGIN}`,
  },
  'that is an instance of a class': {
    faulty: `class Lease { async [Symbol.asyncDispose]() { await Intercom.logout(); } }
      ${SET} { await using lease = new Lease(); f(lease); }
      ${LOGIN} // bad`,
    correct: `class Lease { async [Symbol.asyncDispose]() { await log(); } }
      ${SET} { await using lease = new Lease(); f(lease); }
      ${LOGIN}`,
  },
  'that a function gives': {
    faulty: `function lease() { return ${resource('await Intercom.logout();')}; }
      ${SET} { await using held = lease(); f(held); }
      ${LOGIN} // bad`,
    correct: `async function lease() { ${SET} return ${resource('log();')}; }
      { await using held = await lease(); f(held); }
      ${LOGIN}`,
  },
  'whose disposal uses the client': {
    faulty: `{ await using _ = ${resource(`
      ${LOGIN} // bad
    `)}; f(); }`,
    correct: `${SET} { await using _ = ${resource(LOGIN)}; f(); }`,
  },
});

describeTwins('a resource that each round of a loop holds', {
  'and disposes of at its end': {
    faulty: `${SET} for (using x of [{ [Symbol.dispose]() { Intercom.logout(); } }]) f(x);
      ${LOGIN} // bad`,
    correct: `${SET} for (using x of [{ [Symbol.dispose]() { log(); } }]) f(x);
      ${LOGIN}`,
  },
  'which is awaited': {
    faulty: `${SET} for (await using x of [${resource('await Intercom.logout();')}]) f(x);
      ${LOGIN} // bad`,
    correct: `${SET} for (await using x of [${resource('await Intercom.logout();')}]) { f(x); ${LOGIN} break; }`,
  },
  'when the next one uses the client': {
    faulty: `${SET} for (using x of [f(), { [Symbol.dispose]() { Intercom.logout(); } }]) {
      ${LOGIN} // bad
    }`,
    correct: `for (using x of [f(), { [Symbol.dispose]() { Intercom.logout(); } }]) { ${SET} ${LOGIN} }`,
  },
  'of a list that has a name': {
    faulty: `const all = [new Lease()];
      class Lease { [Symbol.dispose]() { Intercom.logout(); } }
      ${SET} for (using x of all) f(x);
      ${LOGIN} // bad`,
    correct: `const all = [new Lease()];
      class Lease { [Symbol.dispose]() { log(); } }
      ${SET} for (using x of all) f(x);
      ${LOGIN}`,
  },
  'also where it is left': {
    faulty: `${SET} for (using x of [{ [Symbol.dispose]() { Intercom.logout(); } }]) { if (x) break; return; }
      ${LOGIN} // bad`,
    correct: `${SET} for (using x of [{ [Symbol.dispose]() { Intercom.logout(); } }]) { f(x); return; }`,
  },
  'as long as all of them last': {
    faulty: `${SET} for (using x = { [Symbol.dispose]() { Intercom.logout(); } }; f(x); ) f();
      ${LOGIN} // bad`,
    correct: `${SET} for (using x = { [Symbol.dispose]() { Intercom.logout(); } }; f(x); ) { ${SET} ${LOGIN} }`,
  },
});

/** A module that holds a resource. */
function holding(does: string, mark: string): string {
  return `
    await Intercom.setUserJwt(token());
    await using held = ${resource(does)};
    await Intercom.present();
    export async function open() {
      await Intercom.present();${mark}
    }`;
}

describeTwins(
  'a resource of a module',
  {
    'that logs out when the module has run': {
      faulty: holding('await Intercom.logout();', ' // bad'),
      correct: holding('await log();', ''),
    },
  },
  { wrap: withClient },
);
