/** Loops over functions that are written out, which run one after the other. */

import { describeTwins } from '../helpers/verdict.ts';

const LOGIN = 'await Intercom.loginUserWithUserAttributes(user);';
const FUNCTIONS = `
  const setIt = () => Intercom.setUserJwt(t);
  const openIt = async () => { await Intercom.present(); };
  const leave = () => Intercom.logout();`;

/** One statement per program, with a login behind it. */
function twins(faulty: string, correct: string) {
  return {
    faulty: `${FUNCTIONS} ${faulty}\n${LOGIN} // bad`,
    correct: `${FUNCTIONS} ${correct}\n${LOGIN}`,
  };
}

describeTwins('a loop over functions', {
  'that are awaited': twins(
    'for (const step of [setIt]) step();',
    'for (const step of [setIt]) await step();',
  ),
  'of which the last one logs out': twins(
    'for (const step of [setIt, leave]) await step();',
    'for (const step of [leave, setIt]) await step();',
  ),
  'that are written where it goes through them': twins(
    'for (const step of [() => Intercom.setUserJwt(t), () => Intercom.logout()]) await step();',
    'for (const step of [() => Intercom.logout(), () => Intercom.setUserJwt(t)]) await step();',
  ),
  'of a list that has a name': twins(
    'const steps = [setIt, leave]; for (const step of steps) await step();',
    'const steps = [leave, setIt]; for (const step of steps) await step();',
  ),
  'that can be left early': twins(
    'for (const step of [setIt]) { if (c()) break; await step(); }',
    'for (const step of [setIt]) { if (c()) return; await step(); }',
  ),
  'that goes on with the next': twins(
    'for (const step of [setIt]) { if (c()) continue; await step(); }',
    'for (const step of [setIt]) { await step(); if (c()) continue; f(); }',
  ),
  'that catches what they throw': twins(
    'for (const step of [setIt, log]) { try { await step(); } catch {} }',
    'for (const step of [log, setIt]) { try { await step(); } catch { return; } }',
  ),
  'inside another': twins(
    'for (const x of [setIt, leave]) for (const y of [log, x]) await y();',
    'for (const x of [leave, setIt]) for (const y of [log, x]) await y();',
  ),
  'that tests what it binds in each round': twins(
    'for (const step of [log, setIt]) { const k = v(); if (k) await step(); if (!k) await log(); }',
    'for (const step of [log, setIt]) { const k = v(); if (k) await step(); if (!k) return; }',
  ),
});

describeTwins('a call in one of several functions', {
  'of a literal': {
    faulty: `for (const step of [
      async () => { ${LOGIN} }, // bad
      () => Intercom.setUserJwt(t),
    ]) await step();`,
    correct: `for (const step of [
      () => Intercom.setUserJwt(t),
      async () => { ${LOGIN} },
    ]) await step();`,
  },
  'of a list': {
    faulty: `const steps = [
      async () => { ${LOGIN} }, // bad
      () => Intercom.setUserJwt(t),
    ];
    for (const step of steps) await step();`,
    correct: `const steps = [
      () => Intercom.setUserJwt(t),
      async () => { ${LOGIN} },
    ];
    for (const step of steps) await step();`,
  },
  'by the name of the method': {
    faulty: `for (const step of [
      Intercom.present, // bad
      () => Intercom.setUserJwt(t)]) await step();`,
    correct: `for (const step of [
      () => Intercom.setUserJwt(t),
      Intercom.present]) await step();`,
  },
  'that others log out before': {
    faulty: `${FUNCTIONS} await setIt();
    for (const step of [
      leave,
      async () => { ${LOGIN} }, // bad
    ]) await step();`,
    correct: `${FUNCTIONS} await setIt();
    for (const step of [
      async () => { ${LOGIN} },
      leave,
    ]) await step();`,
  },
});

describeTwins('functions that `reduce` calls in turn', {
  'by then': twins(
    'await [setIt, leave].reduce((p, f) => p.then(f), Promise.resolve());',
    'await [leave, setIt].reduce((p, f) => p.then(f), Promise.resolve());',
  ),
  'by an arrow': twins(
    'await [setIt].reduce((p, f) => p.then(() => f(), () => f()), Promise.resolve());',
    'await [setIt].reduce((p, f) => p.then(() => f()), Promise.resolve());',
  ),
  'by an async function': twins(
    'await [setIt].reduce(async (p, f) => { await p; f(); }, Promise.resolve());',
    'await [setIt].reduce(async (p, f) => { await p; await f(); }, Promise.resolve());',
  ),
  'behind a promise that rejects': twins(
    'await [log].reduce((p, f) => p.then(f), Intercom.setUserJwt(t)).catch(() => {});',
    'await [log].reduce((p, f) => p.then(f), Intercom.setUserJwt(t));',
  ),
  'of a list that has a name': twins(
    'const steps = [setIt, leave]; await steps.reduce((p, f) => p.then(f), Promise.resolve());',
    'const steps = [leave, setIt]; await steps.reduce((p, f) => p.then(f), Promise.resolve());',
  ),
  'that nobody waits for': twins(
    'void [setIt].reduce((p, f) => p.then(f), Promise.resolve());',
    'const all = [setIt].reduce((p, f) => p.then(f), Promise.resolve()); await all;',
  ),
  'of which one uses the client': {
    faulty: `await [
      async () => { ${LOGIN} }, // bad
      () => Intercom.setUserJwt(t),
    ].reduce((p, f) => p.then(f), Promise.resolve());`,
    correct: `await [
      () => Intercom.setUserJwt(t),
      async () => { ${LOGIN} },
    ].reduce((p, f) => p.then(f), Promise.resolve());`,
  },
});
