/** Resources that are disposed of at the end of their block. */

import { describeTwins } from '../helpers/verdict.ts';

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
