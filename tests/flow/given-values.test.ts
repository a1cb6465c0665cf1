/** Callbacks that go by what a promise is fulfilled with. */

import { describeTwins, withClient } from '../helpers/verdict.ts';

const SET = 'Intercom.setUserJwt(t)';
const PRESENT = 'Intercom.present();';

const ENSURE = `const ensure = async (t) => {
try { await ${SET}; return true; } catch { return false; } };`;

const MODE = `const mode = async (t) => {
await f(); if (!t) return null; await ${SET}; return 'user'; };`;

/** The same program with either callback, in which the call stands on a line of its own. */
function twins(before: string, faulty: string, correct: string) {
  return { faulty: `${before}${faulty}`, correct: `${before}${correct}` };
}

describeTwins(
  'what a callback of then is given, of a function',
  {
    'that nothing waits for': twins(
      `${ENSURE}\nensure(f()).then(`,
      `(ok) => { if (!ok)\n${PRESENT} // bad\n});`,
      `(ok) => { if (ok)\n${PRESENT}\n});`,
    ),
    'in an expression': twins(
      `${ENSURE}\nensure(f()).then(`,
      `(ok) => ok ||\n${PRESENT.slice(0, -1)} // bad\n);`,
      `(ok) => ok &&\n${PRESENT.slice(0, -1)}\n);`,
    ),
    'behind an early return, in an async callback': twins(
      `${ENSURE}\nexport const go = async () => { await ensure(f()).then(async (ok) => { `,
      `if (ok) return; await f();\nawait ${PRESENT} // bad\n}); };`,
      `if (!ok) return; await f();\nawait ${PRESENT}\n}); };`,
    ),
    'compared with a literal': twins(
      `${MODE}\nmode(f()).then(`,
      `(is) => { if (is !== 'user')\n${PRESENT} // bad\n});`,
      `(is) => { if (is === 'user')\n${PRESENT}\n});`,
    ),
    'where it throws': twins(
      `${ENSURE}\nexport const go = () => ensure(f()).then(`,
      `(ok) => { if (ok) throw f(); });\nawait go();\n${PRESENT} // bad`,
      `(ok) => { if (!ok) throw f(); });\nawait go();\n${PRESENT}`,
    ),
    'whose own result is told': twins(
      `${ENSURE}\nif (await ensure(f()).then(`,
      `(ok) => ok ? null : 1))\n${PRESENT} // bad`,
      `(ok) => ok ? 1 : null))\n${PRESENT}`,
    ),
  },
  { wrap: withClient, helpers: 'every-path' },
);

describeTwins(
  'what a callback of then is given, of the callback before it',
  {
    'of both handlers': twins(
      `${SET}.then(() => true, () => false).then(`,
      `(ok) => { if (!ok)\n${PRESENT} // bad\n});`,
      `(ok) => { if (ok)\n${PRESENT}\n});`,
    ),
    'of a catch': twins(
      `${SET}.then(() => 1).catch(() => null).then(`,
      `(ok) => { if (ok === null)\n${PRESENT} // bad\n});`,
      `(ok) => { if (ok !== null)\n${PRESENT}\n});`,
    ),
    'of a chain that goes on': twins(
      `${SET}.then(() => true, () => false).then((ok) => `,
      `!ok).then((isSet) => { if (isSet)\n${PRESENT} // bad\n});`,
      `!ok).then((isSet) => { if (!isSet)\n${PRESENT}\n});`,
    ),
    'beside a handler, which does not catch what the callback throws': twins(
      `await ${SET}.then(() => true, () => false).then(`,
      `(ok) => { if (!ok) throw f(); }, () => {}).catch(() => {});\n${PRESENT} // bad`,
      `(ok) => { if (!ok) throw f(); }, () => {});\n${PRESENT}`,
    ),
    'that is reassigned': twins(
      `${SET}.then(() => true, () => false).then((ok) => { `,
      `ok = f(); if (ok)\n${PRESENT} // bad\n});`,
      `f(); if (ok)\n${PRESENT}\n});`,
    ),
  },
  { wrap: withClient, helpers: 'every-path' },
);

const RESULT = `const ensure = async (t) => {
try { await ${SET}; return { ok: true }; } catch (error) { return { ok: false, error }; } };`;

describeTwins(
  'what a callback of then is given a part of',
  {
    'that gets a name': twins(
      `${RESULT}\nensure(f()).then(`,
      `({ ok }) => { if (!ok)\n${PRESENT} // bad\n});`,
      `({ ok }) => { if (ok)\n${PRESENT}\n});`,
    ),
    'that is read': twins(
      `${RESULT}\nensure(f()).then(`,
      `(result) => { if (!result.ok)\n${PRESENT} // bad\n});`,
      `(result) => { if (result.ok)\n${PRESENT}\n});`,
    ),
    'that is an error': twins(
      `${RESULT}\nexport const go = async () => { await ensure(f()).then(async (result) => { `,
      `f(); if (!result.error) return;\nawait ${PRESENT} // bad\n}); };`,
      `f(); if (result.error) return;\nawait ${PRESENT}\n}); };`,
    ),
    'that is an element': twins(
      `${SET}.then(() => [null, 1], (e) => [e]).then(`,
      `([error]) => { if (error)\n${PRESENT} // bad\n});`,
      `([error]) => { if (!error)\n${PRESENT}\n});`,
    ),
    'that is written': twins(
      `${RESULT}\nensure(f()).then((result) => { `,
      `result.ok = f(); if (result.ok)\n${PRESENT} // bad\n});`,
      `result.at = f(); if (result.ok)\n${PRESENT}\n});`,
    ),
    'behind a handler that tells it, too': twins(
      `${SET}.then(() => ({ ok: true })).catch(() => ({ `,
      `ok: true })).then(({ ok }) => { if (ok)\n${PRESENT} // bad\n});`,
      `ok: false })).then(({ ok }) => { if (ok)\n${PRESENT}\n});`,
    ),
  },
  { wrap: withClient, helpers: 'every-path' },
);
