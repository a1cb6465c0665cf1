/** Ways that go one way: what is told of a function that was called fits what came of it. */

import { expect, test } from 'vitest';

import { violationsIn } from '../fuzz/verdict.ts';

/** What is told of the last call that is reported: its data, and its steps by line; code is not quoted. */
function told(code: string): { readonly data: object; readonly steps: readonly string[] } {
  const source = `import Intercom from '@intercom/intercom-react-native';\n${code}`;
  const last = violationsIn(source).at(-1);
  if (last === undefined) throw new Error('nothing is reported');
  const steps = last.steps.map(({ range: [from], text }) => {
    const line = source.slice(0, from).split('\n').length;
    return `${String(line)}: ${text}`;
  });
  return { data: last.data, steps };
}

test('a function that is called in a test gives what the test asks', () => {
  const { steps } = told(`function open(jwt, a, b) {
  if ((() => {
    void Intercom.setUserJwt(jwt);
    if (a()) return '';
    if (b()) return 1;
    return null;
  })()) {
    Intercom.logout();
    Intercom.present();
  }
}
open();`);
  expect(steps).toEqual([
    '2: is called on line 13, with no user JWT',
    '4: `setUserJwt` is called, and its promise not waited for yet',
    '5: `code` is falsy',
    '6: `code` is truthy',
    '3: `code` is truthy',
    '9: `logout` is called, with no user JWT to clear',
    '10: `present` runs without a user JWT',
  ]);
});

test('the condition in a function that is called in a test is one on which it comes out so', () => {
  const { data } = told(`export async function open(jwt, list, c) {
  if (await (async () => {
    if (c()) return false;
    for (const one of list()) await Intercom.setUserJwt(one);
    return 'ready';
  })()) {
    await Intercom.present();
  }
}`);
  expect(data).toMatchObject({ condition: '`code` is empty (line 5)' });
});

test('what a `finally` goes on behind is thrown in the `catch` that was entered', () => {
  const { steps } = told(`export async function open(jwt, report) {
  try {
    await Intercom.setUserJwt(jwt);
  } catch (error) {
    await report(error);
    await Intercom.setUserJwt(jwt);
  } finally {
    await Intercom.present();
  }
}`);
  expect(steps).toContain('6: `code` throws');
});

test('a promise that is chosen where something is chained to it is the one that was made', () => {
  const { steps } = told(`export async function open(jwt, c) {
  const before = Intercom.setUserJwt(jwt);
  await Promise.all([
    (c() ? Intercom.setUserJwt(jwt) : Intercom.present()).then(() => Intercom.updateUser({})),
  ]);
}`);
  expect(steps).toContain('5: `code` is falsy; set on line 5 otherwise');
});

test('what an async function does behind its first wait is told where it is waited for', () => {
  const { steps } = told(`export async function open(jwt, user) {
  await Intercom.setUserJwt(jwt);
  const [{ status }] = await Promise.allSettled([
    (async () => {
      await Intercom.logout();
      await Intercom.loginUserWithUserAttributes(user);
    })(),
  ]);
  if (status === 'rejected') await Intercom.present();
}`);
  expect(steps).toEqual([
    '2: can be called from outside, with no user JWT',
    '3: `setUserJwt` sets the user JWT',
    '6: `logout` clears the user JWT',
    '5: the promise of the function is rejected',
    '4: `Promise.allSettled` goes on',
    '10: `code` is true',
    '10: `present` runs without a user JWT, since it was cleared',
  ]);
});

test('what a loop tests anew in each round is told of each round', () => {
  const { steps } = told(`export async function open(jwt, list, log) {
  await Intercom.setUserJwt(jwt);
  for (const one of list) {
    if (one) await Intercom.logout();
    log();
    if (!one) await Intercom.present();
  }
}`);
  expect(steps).toEqual([
    '2: can be called from outside, with no user JWT',
    '3: `setUserJwt` sets the user JWT',
    '4: `code` has elements',
    '5: `code` is truthy; it stays set otherwise',
    '5: `logout` clears the user JWT',
    '7: `code` is truthy',
    '4: `code` has elements',
    '5: `code` is falsy',
    '7: `code` is falsy',
    '7: `present` runs without a user JWT, since it was cleared',
  ]);
});

test('what a function that is called asks of its own variable is told either way', () => {
  const { steps } = told(`async function leave(ask, log) {
  const ok = ask();
  if (ok) log();
  if (ok) await Intercom.logout();
}
export async function open(jwt, ask, log) {
  await Intercom.setUserJwt(jwt);
  await leave(ask, log);
  await Intercom.present();
}`);
  expect(steps).toEqual([
    '7: can be called from outside, with no user JWT',
    '8: `setUserJwt` sets the user JWT',
    '9: `leave` clears the user JWT',
    '4: `code` is truthy',
    '5: `code` is truthy',
    '5: `logout` clears the user JWT',
    '10: `present` runs without a user JWT, since it was cleared',
  ]);
});
