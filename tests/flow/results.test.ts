/** What awaiting a promise gives, where tests tell it apart. */

import { describeTwins } from '../helpers/verdict.ts';

const LOGIN = 'await Intercom.loginUserWithUserAttributes(user);';
const SET = 'Intercom.setUserJwt(t)';

/** A program whose login is behind these statements, and its twin. */
function twins(faulty: string, correct: string) {
  return {
    faulty: `${faulty}\n${LOGIN} // bad`,
    correct: `${correct}\n${LOGIN}`,
  };
}

describeTwins('the result of an inline chain', {
  'of catch, negated': twins(
    `if (!(await ${SET}.catch(() => true))) return;`,
    `if (!(await ${SET}.catch(() => false))) return;`,
  ),
  'of catch, by a name': twins(
    `const r = await ${SET}.catch(() => null); if (r !== null) return;`,
    `const r = await ${SET}.catch(() => null); if (r === null) return;`,
  ),
  'that is undefined': twins(
    `const r = await ${SET}.catch(() => null); if (r === undefined) return;`,
    `const r = await ${SET}.catch(() => undefined); if (r === undefined) return;`,
  ),
  'of a handler with statements': twins(
    `const r = await ${SET}.catch((e) => { f(e); return true; }); if (!r) return;`,
    `const r = await ${SET}.catch((e) => { f(e); return false; }); if (!r) return;`,
  ),
  'of both handlers of then': twins(
    `if (await ${SET}.then(() => true, () => false)) return;`,
    `if (!(await ${SET}.then(() => true, () => false))) return;`,
  ),
  'of both handlers of then, by a name': twins(
    `const isSet = await ${SET}.then(() => true, () => true); if (!isSet) return;`,
    `const isSet = await ${SET}.then(() => true, () => false); if (!isSet) return;`,
  ),
  'of then and catch': twins(
    `if (await ${SET}.then(() => false).catch(() => true)); else return;`,
    `if (await ${SET}.then(() => true).catch(() => false)); else return;`,
  ),
  'with a finally behind it': twins(
    `if (!(await ${SET}.then(() => true).catch(() => 1).finally(() => f()))) return;`,
    `if (!(await ${SET}.then(() => true).catch(() => 0).finally(() => f()))) return;`,
  ),
  'of handlers that have names': twins(
    `const yes = () => true; const no = () => false;
    if (await ${SET}.then(yes, no)) return;`,
    `const yes = () => true; const no = () => false;
    if (!(await ${SET}.then(yes, no))) return;`,
  ),
  'that is a string': twins(
    `if ((await ${SET}.then(() => 'ok').catch(() => 'failed')) === 'ok') return;`,
    `if ((await ${SET}.then(() => 'ok').catch(() => 'failed')) !== 'ok') return;`,
  ),
  'that is a string, by a name': twins(
    `const r = await ${SET}.then(() => 'ok', () => 'failed'); if (r !== 'failed') return;`,
    `const r = await ${SET}.then(() => 'ok', () => 'failed'); if (r === 'failed') return;`,
  ),
  'that is one of several strings': twins(
    `const r = await ${SET}.catch((e) => { if (e.code) return 'late'; return 'failed'; });
    if (r === 'failed') return;`,
    `const r = await ${SET}.catch((e) => { if (e.code) return 'failed'; return 'failed'; });
    if (r === 'failed') return;`,
  ),
  'that is a number': twins(
    `const r = await ${SET}.then(() => 1, () => 2); if (r === 1) return;`,
    `const r = await ${SET}.then(() => 1, () => 2); if (r !== 1) return;`,
  ),
  'that is the error': twins(
    `const e = await ${SET}.then(() => null, (error) => error); if (!e) return;`,
    `const e = await ${SET}.then(() => null, (error) => error); if (e) return;`,
  ),
  'that is made of it': twins(
    `const r = (await ${SET}.catch(() => null)) === null ? 'no' : 'yes'; if (r === 'yes') return;`,
    `const r = (await ${SET}.catch(() => null)) === null ? 'no' : 'yes'; if (r === 'no') return;`,
  ),
  'that a loop waits for': twins(
    `while (await ${SET}.catch(() => false)) await f();`,
    `while (!(await ${SET}.catch(() => false))) await f();`,
  ),
  'as a part of a test': twins(
    `if (c() && !(await ${SET}.catch(() => false))) return;`,
    `if (c() || !(await ${SET}.catch(() => false))) return;
    if (!(await ${SET}.catch(() => false))) return;`,
  ),
});

describeTwins('the result of a promise that is kept', {
  'of an inline chain': twins(
    `const p = ${SET}.then(() => true, () => false); f(); if (await p) return;`,
    `const p = ${SET}.then(() => true, () => false); f(); if (!(await p)) return;`,
  ),
  'by a name': twins(
    `const p = ${SET}.catch(() => 'failed'); const r = await p; if (r !== 'failed') return;`,
    `const p = ${SET}.catch(() => 'failed'); const r = await p; if (r === 'failed') return;`,
  ),
  'of a helper': twins(
    `async function ensure() { try { await ${SET}; return true; } catch { return false; } }
    const p = ensure(); await f(); if (await p) return;`,
    `async function ensure() { try { await ${SET}; return true; } catch { return false; } }
    const p = ensure(); await f(); if (!(await p)) return;`,
  ),
  'of a helper that says what failed': twins(
    `async function ensure() { try { await ${SET}; return null; } catch (error) { return error; } }
    const p = ensure(); const error = await p; if (!error) return;`,
    `async function ensure() { try { await ${SET}; return null; } catch (error) { return error; } }
    const p = ensure(); const error = await p; if (error) return;`,
  ),
  'chained once more': twins(
    `const p = ${SET}; const q = p.then(() => true); if (await q.catch(() => false)) return;`,
    `const p = ${SET}; const q = p.then(() => true); if (!(await q.catch(() => false))) return;`,
  ),
  'where a variable is given another': twins(
    `let p = ${SET}.catch(() => false); if (c()) p = f(); if (!(await p)) return;`,
    `let p = f(); p = ${SET}.catch(() => false); if (!(await p)) return;`,
  ),
});

describeTwins('a switch over a result', {
  'of a chain': {
    faulty: `switch (await ${SET}.then(() => 'ok', () => 'no')) { case 'no':
      ${LOGIN} // bad
    }`,
    correct: `switch (await ${SET}.then(() => 'ok', () => 'no')) { case 'ok': ${LOGIN} }`,
  },
  'of which one case goes on': twins(
    `switch (await ${SET}.then(() => 'ok', () => 'no')) { case 'ok': return; default: break; }`,
    `switch (await ${SET}.then(() => 'ok', () => 'no')) { case 'ok': break; default: return; }`,
  ),
  'with cases that fall through': twins(
    `switch (await ${SET}.then(() => 1, () => 2)) { case 3: return; case 2: f(); case 1: }`,
    `switch (await ${SET}.then(() => 1, () => 2)) { case 3: case 2: return; case 1: }`,
  ),
  'that is true or false': twins(
    `switch (await ${SET}.then(() => true, () => false)) { case true: return; }`,
    `switch (await ${SET}.then(() => true, () => false)) { case false: return; }`,
  ),
  'of a helper': twins(
    `async function set() { try { await ${SET}; return 'ok'; } catch { return null; } }
      switch (await set()) { case 'ok': return; }`,
    `async function set() { try { await ${SET}; return 'ok'; } catch { return null; } }
      switch (await set()) { case null: return; }`,
  ),
  'whose value is not known': twins(
    `switch (await ${SET}.then(() => f(), () => 'no')) { case 'ok': return; }`,
    `switch (await ${SET}.then(() => f(), () => 'no')) { case 'no': return; }`,
  ),
  'of which the first case that is true is taken': twins(
    `switch (true) { case f(): return; case await ${SET}.then(() => true, () => false): return; }`,
    `switch (true) { case await ${SET}.then(() => true, () => false): break; default: return; }`,
  ),
});
