import { describe } from 'vitest';

import rule from '../../rules/no-stale-user-jwt.ts';
import { testTwins, type Twins } from '../helpers/twins.ts';

const NAME = 'no-stale-user-jwt';

/** Twins that run when somebody calls `open(user)`. */
function inAsync(twins: Twins): Twins {
  const wrap = (body: string): string => `async function open(user, arrived) {\n${body}\n}`;
  return { ...twins, faulty: wrap(twins.faulty), correct: wrap(twins.correct) };
}

describe('a constant of the module', () => {
  const constant = (twins: Omit<Twins, 'messageId'>): Twins => ({
    messageId: 'constant',
    ...twins,
  });
  testTwins(NAME, rule, [
    constant({
      name: 'is set by a function',
      faulty: `const TOKEN = storage.getString('jwt');
export async function open() { await ⟦Intercom.setUserJwt(TOKEN)⟧; }`,
      data: { method: 'setUserJwt', token: 'TOKEN' },
      correct: `export async function open() {
  const token = storage.getString('jwt');
  await Intercom.setUserJwt(token);
}`,
    }),
    constant({
      name: 'and not what a function puts into a variable of the module',
      faulty: `const token = await fetchJwt();
export async function open() { await ⟦Intercom.setUserJwt(token)⟧; }`,
      correct: `let token;
export async function open() { token = await fetchJwt(); await Intercom.setUserJwt(token); }`,
    }),
    constant({
      name: 'and not what is imported',
      faulty: `const token = fetchJwtSync();
export const open = () => ⟦Intercom.setUserJwt(token)⟧;`,
      correct: `import { token } from './token.js';
export const open = () => Intercom.setUserJwt(token);`,
    }),
    constant({
      name: 'and not what is required',
      sourceType: 'script',
      faulty: `const { jwt } = readConfig();
exports.open = () => ⟦Intercom.setUserJwt(jwt)⟧;`,
      correct: `const { jwt } = require('./config');
exports.open = () => Intercom.setUserJwt(jwt);`,
    }),
    constant({
      name: 'and not a variable of the module that is written again',
      faulty: `let token = first();
export const open = () => ⟦Intercom.setUserJwt(token)⟧;`,
      correct: `let token = first();
export const keep = (next) => { token = next; };
export const open = () => Intercom.setUserJwt(token);`,
    }),
    constant({
      name: 'that a function sets, and not the run of the module that got it',
      faulty: `const token = await fetchJwt();
async function main() { await ⟦Intercom.setUserJwt(token)⟧; }
main();`,
      correct: `const token = await fetchJwt();
(async () => { await Intercom.setUserJwt(token); })();
Intercom.initialize(key).then(() => Intercom.setUserJwt(token));`,
    }),
    constant({
      name: 'that is a promise, which does not get newer by being awaited',
      faulty: `const pending = fetchJwt();
export const open = async () => { await ⟦Intercom.setUserJwt(await pending)⟧; };`,
      correct: `const pending = () => fetchJwt();
export const open = async () => { await Intercom.setUserJwt(await pending()); };`,
    }),
    constant({
      name: 'under a local name',
      faulty: `const TOKEN = read();
export async function open() { const jwt = TOKEN; await ⟦Intercom.setUserJwt(jwt)⟧; }`,
      correct: `const TOKEN = read();
export async function open() { const jwt = renew(TOKEN); await Intercom.setUserJwt(jwt); }`,
    }),
    constant({
      name: 'as what stands in for a token',
      faulty: `const TOKEN = read();
export const open = (jwt) => ⟦Intercom.setUserJwt(jwt ?? TOKEN)⟧;`,
      correct: `const TOKEN = read();
export const open = (jwt) => Intercom.setUserJwt(jwt ?? read(TOKEN));`,
    }),
    constant({
      name: 'on one side of a conditional',
      faulty: `const TOKEN = read();
export const open = (jwt) => ⟦Intercom.setUserJwt(__DEV__ ? TOKEN : jwt)⟧;`,
      correct: `const IS_TEST = read();
export const open = (jwt) => Intercom.setUserJwt(IS_TEST ? read() : jwt);`,
    }),
    constant({
      name: 'through `call`',
      faulty: `const TOKEN = read();
export const open = () => ⟦Intercom.setUserJwt.call(Intercom, TOKEN)⟧;`,
      correct: `const TOKEN = read();
export const open = (jwt) => Intercom.setUserJwt.call(Intercom, jwt);`,
    }),
    constant({
      name: 'and not an empty one, which is no token at all',
      faulty: `const TOKEN = 'eyJh.eyJz.c2ln';
export const open = () => ⟦Intercom.setUserJwt(TOKEN)⟧;`,
      correct: `const NONE = '';
export const open = () => Intercom.setUserJwt(NONE);`,
    }),
    constant({
      name: 'and not an empty one by another name',
      faulty: `const { TOKEN } = await load();
export const open = () => ⟦Intercom.setUserJwt(TOKEN)⟧;`,
      correct: `const { TOKEN } = { TOKEN: '' };
export const open = () => Intercom.setUserJwt(TOKEN);`,
    }),
    constant({
      name: 'and not a member, which can change',
      faulty: `const { jwt } = session;
export const open = () => ⟦Intercom.setUserJwt(jwt)⟧;`,
      correct: `const session = { jwt: null };
export const open = () => Intercom.setUserJwt(session.jwt);`,
    }),
    constant({
      name: 'in a handler that React attaches',
      faulty: `const TOKEN = read();
export const Help = () => <Button onPress={() => ⟦Intercom.setUserJwt(TOKEN)⟧} />;`,
      correct: `export const Help = ({ token }) => <Button onPress={() => Intercom.setUserJwt(token)} />;`,
    }),
    constant({
      name: 'behind a cast',
      typescript: true,
      faulty: `const TOKEN: unknown = read();
export const open = () => ⟦Intercom.setUserJwt(TOKEN as string)⟧;`,
      correct: `export const open = (token: unknown) => Intercom.setUserJwt(token as string);`,
    }),
    constant({
      name: "in the object that a client of the user's takes",
      settings: {
        'intercom-jwt': { clients: [{ module: '@acme/help', methods: { sign: 'establish' } }] },
      },
      faulty: `import help from '@acme/help';
const TOKEN = read(), USER = read();
export const open = () => ⟦help.sign({ user: USER, jwt: TOKEN })⟧;`,
      correct: `import help from '@acme/help';
const TOKEN = read(), USER = read();
export const open = (jwt) => help.sign({ user: USER, jwt });`,
    }),
  ]);
});

describe('a variable that a timer or a subscription captures', () => {
  const captured = (twins: Omit<Twins, 'messageId'>): Twins =>
    inAsync({ messageId: 'captured', ...twins });
  testTwins(NAME, rule, [
    captured({
      name: 'an interval',
      faulty: `const token = await fetchJwt(user);
setInterval(() => { void ⟦Intercom.setUserJwt(token)⟧; }, 60_000);`,
      data: { method: 'setUserJwt', token: 'token', callback: 'setInterval', line: '4' },
      correct: `setInterval(async () => {
  const token = await fetchJwt(user);
  await Intercom.setUserJwt(token);
}, 60_000);`,
    }),
    captured({
      name: 'a parameter of the function around',
      faulty: `setTimeout(() => ⟦Intercom.setUserJwt(user)⟧, 500);`,
      correct: `setTimeout((jwt) => Intercom.setUserJwt(jwt), 500, user);`,
    }),
    ...['setImmediate', 'requestAnimationFrame', 'window.setTimeout', 'queueMicrotask'].map(
      (name) =>
        captured({
          name,
          faulty: `const token = await fetchJwt(user); ${name}(() => ⟦Intercom.setUserJwt(token)⟧);`,
          correct: `const token = await fetchJwt(user); run(() => Intercom.setUserJwt(token));`,
        }),
    ),
    ...[
      "AppState.addEventListener('change', CALLBACK)",
      "navigation.addListener('focus', CALLBACK)",
      'Notifications.addNotificationResponseReceivedListener(CALLBACK)',
      'NetInfo.addEventListener(CALLBACK)',
      "socket.on('connect', CALLBACK)",
      'store.subscribe(CALLBACK)',
      'store.subscribe({ next: CALLBACK })',
    ].map((subscription) =>
      captured({
        name: subscription,
        faulty: `const token = await fetchJwt(user);
${subscription.replace('CALLBACK', '() => ⟦Intercom.setUserJwt(token)⟧')};`,
        correct: `const token = await fetchJwt(user);
${subscription.replace('CALLBACK', '(token) => Intercom.setUserJwt(token)')};`,
      }),
    ),
    captured({
      name: 'and not a handler of the user interface',
      faulty: `const token = await fetchJwt(user);
AppState.addEventListener('change', () => ⟦Intercom.setUserJwt(token)⟧);`,
      correct: `const token = await fetchJwt(user);
Alert.alert('Help', '', [{ text: 'OK', onPress: () => Intercom.setUserJwt(token) }]);`,
    }),
    captured({
      name: 'and not a function of the file that has the name of a timer',
      faulty: `setTimeout(() => ⟦Intercom.setUserJwt(user)⟧, 0);`,
      correct: `const setTimeout = (callback) => callback();
setTimeout(() => Intercom.setUserJwt(user), 0);`,
    }),
    captured({
      name: 'by a callback with a name',
      faulty: `const token = await fetchJwt(user);
const refresh = () => ⟦Intercom.setUserJwt(token)⟧;
setInterval(refresh, 60_000);`,
      correct: `const token = await fetchJwt(user);
const refresh = () => Intercom.setUserJwt(token);
refresh();`,
    }),
    captured({
      name: 'by a function that the callback calls',
      faulty: `const token = await fetchJwt(user);
const refresh = () => ⟦Intercom.setUserJwt(token)⟧;
setInterval(() => { void refresh(); }, 60_000);`,
      correct: `setInterval(async () => {
  const token = await fetchJwt(user);
  const refresh = () => Intercom.setUserJwt(token);
  await refresh();
}, 60_000);`,
    }),
    captured({
      name: 'deep in the callback',
      faulty: `const token = await fetchJwt(user);
setInterval(() => ready().then(() => ⟦Intercom.setUserJwt(token)⟧), 60_000);`,
      correct: `setInterval(() => fetchJwt(user).then((token) => Intercom.setUserJwt(token)), 60_000);`,
    }),
    captured({
      name: 'under a name of the callback',
      faulty: `const token = await fetchJwt(user);
setInterval(() => { const jwt = token; ⟦Intercom.setUserJwt(jwt)⟧; }, 60_000);`,
      correct: `const token = await fetchJwt(user);
setInterval(() => { const jwt = renew(token); Intercom.setUserJwt(jwt); }, 60_000);`,
    }),
    captured({
      name: 'as a promise',
      faulty: `const pending = fetchJwt(user);
setInterval(async () => { await ⟦Intercom.setUserJwt(await pending)⟧; }, 60_000);`,
      correct: `const pending = () => fetchJwt(user);
setInterval(async () => { await Intercom.setUserJwt(await pending()); }, 60_000);`,
    }),
    captured({
      name: 'which the callback does not write',
      faulty: `let token = await fetchJwt(user);
setInterval(() => ⟦Intercom.setUserJwt(token)⟧, 60_000);`,
      correct: `let token = await fetchJwt(user);
setInterval(async () => { token = await fetchJwt(user); await Intercom.setUserJwt(token); }, 60_000);`,
    }),
    captured({
      name: 'which nobody else writes',
      faulty: `let token;
try { token = await fetchJwt(user); } catch { return; }
setInterval(() => ⟦Intercom.setUserJwt(token)⟧, 60_000);`,
      correct: `let token;
onToken((next) => { token = next; });
setInterval(() => Intercom.setUserJwt(token), 60_000);`,
    }),
    captured({
      name: 'and not a member, which can change',
      faulty: `const { jwt } = user;
setInterval(() => ⟦Intercom.setUserJwt(jwt)⟧, 60_000);`,
      correct: `setInterval(() => Intercom.setUserJwt(user.jwt), 60_000);`,
    }),
    {
      name: 'a variable of the module that the same function fills once',
      messageId: 'captured',
      faulty: `let token;
export async function start() {
  token = await fetchJwt();
  setInterval(() => ⟦Intercom.setUserJwt(token)⟧, 60_000);
}`,
      correct: `let token;
export function start() { setInterval(() => Intercom.setUserJwt(token), 60_000); }
export async function renew() { token = await fetchJwt(); }`,
    },
    {
      name: 'in an effect, and not what belongs to a render',
      messageId: 'captured',
      faulty: `export function Support({ user }) {
  useEffect(() => {
    void fetchJwt(user).then((jwt) => {
      AppState.addEventListener('change', () => ⟦Intercom.setUserJwt(jwt)⟧);
    });
  }, [user]);
}`,
      correct: `export function Support({ prop }) {
  const [state] = useState();
  useEffect(() => {
    AppState.addEventListener('change', () => Intercom.setUserJwt(prop));
    AppState.addEventListener('change', () => Intercom.setUserJwt(state));
  }, [prop, state]);
}`,
    },
    {
      name: 'and not a parameter of a hook',
      messageId: 'captured',
      faulty: `export const keepFresh = (jwt) => { setInterval(() => ⟦Intercom.setUserJwt(jwt)⟧, 500); };`,
      correct: `export const useFresh = (jwt) => { setInterval(() => Intercom.setUserJwt(jwt), 500); };`,
    },
    {
      name: 'and not a field',
      messageId: 'captured',
      faulty: `class Support {
  start(token) { setInterval(() => ⟦Intercom.setUserJwt(token)⟧, 500); }
}`,
      correct: `class Support {
  start(token) { this.token = token; setInterval(() => Intercom.setUserJwt(this.token), 500); }
}`,
    },
  ]);
});

describe('a token that was set before', () => {
  const repeated = (twins: Omit<Twins, 'messageId'> & { readonly messageId?: string }): Twins =>
    inAsync({ messageId: 'alreadySet', ...twins });
  testTwins(NAME, rule, [
    repeated({
      name: 'in sequence',
      faulty: `const token = await fetchJwt(user);
await Intercom.setUserJwt(token);
await ⟦Intercom.setUserJwt(token)⟧;`,
      data: { method: 'setUserJwt', token: 'token', line: '4' },
      correct: `const token = await fetchJwt(user);
await Intercom.setUserJwt(token);
await Intercom.setUserJwt(await fetchJwt(user));`,
    }),
    repeated({
      name: 'a parameter, with a logout in between',
      faulty: `await Intercom.setUserJwt(user);
await Intercom.logout();
await ⟦Intercom.setUserJwt(user)⟧;`,
      correct: `await Intercom.logout();
await Intercom.setUserJwt(user);`,
    }),
    repeated({
      name: 'and was fulfilled, not rejected',
      faulty: `try { await Intercom.setUserJwt(user); } finally { await ⟦Intercom.setUserJwt(user)⟧; }`,
      correct: `try { await Intercom.setUserJwt(user); } catch { await Intercom.setUserJwt(user); }`,
    }),
    repeated({
      name: 'when the Messenger does not open',
      faulty: `await Intercom.setUserJwt(user);
try { await Intercom.present(); } catch { await ⟦Intercom.setUserJwt(user)⟧; }`,
      correct: `try { await Intercom.setUserJwt(user); await Intercom.present(); }
catch { await Intercom.setUserJwt(user); }`,
    }),
    repeated({
      name: 'and not in a chain that was rejected',
      faulty: `return Intercom.setUserJwt(user).then(log).then(() => ⟦Intercom.setUserJwt(user)⟧);`,
      correct: `return Intercom.setUserJwt(user).then(log).catch(() => Intercom.setUserJwt(user));`,
    }),
    repeated({
      name: 'and was waited for',
      faulty: `const set = Intercom.setUserJwt(user);
await set;
await ⟦Intercom.setUserJwt(user)⟧;`,
      correct: `const set = Intercom.setUserJwt(user);
await Intercom.setUserJwt(user);`,
    }),
    repeated({
      name: 'on the way here, not on another',
      faulty: `if (arrived) await Intercom.setUserJwt(user);
await ⟦Intercom.setUserJwt(user)⟧;`,
      correct: `if (arrived) await Intercom.setUserJwt(user);
else await Intercom.setUserJwt(user);`,
    }),
    repeated({
      name: 'on a way on which the tests agree',
      faulty: `if (arrived) await Intercom.setUserJwt(user);
if (arrived) await ⟦Intercom.setUserJwt(user)⟧;`,
      correct: `if (arrived) await Intercom.setUserJwt(user);
if (!arrived) await Intercom.setUserJwt(user);`,
    }),
    repeated({
      name: 'in each round of a loop',
      faulty: `const token = await fetchJwt(user);
for (;;) { await ⟦Intercom.setUserJwt(token)⟧; await arrived(); }`,
      messageId: 'setAgain',
      data: { method: 'setUserJwt', token: 'token' },
      correct: `for (;;) { const token = await fetchJwt(user); await Intercom.setUserJwt(token); }`,
    }),
    repeated({
      name: 'in a job that is put into a queue again',
      faulty: `const job = async () => { await ⟦Intercom.setUserJwt(user)⟧; };
let queue = Promise.resolve();
const add = (next) => (queue = queue.then(next, next));
await add(job); await add(job);`,
      messageId: 'setAgain',
      correct: `let queue = Promise.resolve();
const add = (next) => (queue = queue.then(next, next));
await add(async () => { await Intercom.setUserJwt(user); });`,
    }),
    repeated({
      name: 'in a loop that goes on whatever happens',
      messageId: 'setAgain',
      faulty: `while (arrived()) { try { await ⟦Intercom.setUserJwt(user)⟧; } catch (error) { log(error); } }`,
      correct: `while (arrived()) {
  try { await Intercom.setUserJwt(user); log(user); return; } catch (error) { log(error); }
}`,
    }),
    repeated({
      name: 'in a loop that counts, and not in one that ends with the set',
      messageId: 'setAgain',
      faulty: `for (let i = 0; i < 3; i++) { await ⟦Intercom.setUserJwt(user)⟧; }`,
      correct: `let done = false;
for (let i = 0; i < 3 && !done; i++) {
  try { await Intercom.setUserJwt(user); done = true; } catch (error) { log(error); }
}`,
    }),
    repeated({
      name: 'and not when a flag tells that it was not',
      faulty: `try { await Intercom.setUserJwt(user); } catch { return; }
await ⟦Intercom.setUserJwt(user)⟧;`,
      correct: `let done = false;
try { await Intercom.setUserJwt(user); done = true; } catch (error) { log(error); }
if (!done) await Intercom.setUserJwt(user);`,
    }),
    repeated({
      name: 'and not in an earlier round, with another token',
      faulty: `for (const one of user) {
  const token = await fetchJwt(one);
  if (one.a) await Intercom.setUserJwt(token);
  await ⟦Intercom.setUserJwt(token)⟧;
}`,
      correct: `for (const one of user) {
  const token = await fetchJwt(one);
  if (one.a) await Intercom.setUserJwt(token);
  else await Intercom.setUserJwt(token);
}`,
    }),
    repeated({
      name: 'by a function of its own',
      messageId: 'setAgain',
      faulty: `const set = () => ⟦Intercom.setUserJwt(user)⟧;
await set();
await set();`,
      correct: `const set = () => Intercom.setUserJwt(user);
await set();`,
    }),
    repeated({
      name: 'by a helper that is told to go on, and not by one that stops when it is set',
      messageId: 'setAgain',
      faulty: `const set = async () => {
  try { await ⟦Intercom.setUserJwt(user)⟧; return true; } catch { return false; }
};
while (await set()) await arrived();`,
      correct: `const set = async () => {
  try { await Intercom.setUserJwt(user); return true; } catch { return false; }
};
while (!(await set())) await arrived();`,
    }),
    repeated({
      name: 'and not by one that tries again until a flag says that it is set',
      messageId: 'setAgain',
      faulty: `const set = () => ⟦Intercom.setUserJwt(user)⟧;
let i = 0;
while (i < 3) { await set(); i += 1; }`,
      correct: `const set = () => Intercom.setUserJwt(user);
let done = false;
while (!done) { try { await set(); done = true; } catch (error) { log(error); } }`,
    }),
    repeated({
      name: 'and not by a helper that tries it again',
      messageId: 'setAgain',
      faulty: `const every = async (run) => { for (;;) { await run(); await arrived(); } };
await every(() => ⟦Intercom.setUserJwt(user)⟧);`,
      correct: `const retry = async (run) => {
  for (let i = 0; i < 3; i++) { try { return await run(); } catch (error) { log(error); } }
};
await retry(() => Intercom.setUserJwt(user));`,
    }),
    repeated({
      name: 'under another name',
      faulty: `const pending = fetchJwt(user);
const token = await pending;
await Intercom.setUserJwt(token);
await ⟦Intercom.setUserJwt(await pending)⟧;`,
      correct: `let token = await fetchJwt(user);
await Intercom.setUserJwt(token);
token = await fetchJwt(user);
await Intercom.setUserJwt(token);`,
    }),
    repeated({
      name: 'and not in another run of the function',
      faulty: `await Intercom.setUserJwt(user);
await open(user);
await ⟦Intercom.setUserJwt(user)⟧;`,
      correct: `await Intercom.setUserJwt(user);
if (arrived) await open(await fetchJwt());`,
    }),
    ...(
      [
        ['a method with its object', "call([Intercom, 'setUserJwt'], token)"],
        ['an object with both', "call({ context: Intercom, fn: 'setUserJwt' }, token)"],
        ['a reference', 'call(Intercom.setUserJwt, token)'],
        ['apply', "apply(Intercom, 'setUserJwt', [token])"],
        ['the promise itself', 'Intercom.setUserJwt(token)'],
      ] as const
    ).map(([name, effect]): Twins => ({
      name: `by a saga, which yields ${name}`,
      messageId: 'alreadySet',
      faulty: `import { apply, call } from 'redux-saga/effects';
export function* identify(token) {
  yield ${effect};
  yield ⟦${effect}⟧;
}`,
      correct: `import { apply, call } from 'redux-saga/effects';
export function* identify(token) {
  try { yield ${effect}; return; } catch (error) { log(error); }
  yield ${effect};
}`,
    })),
    {
      name: 'by a saga, in each round of a loop',
      messageId: 'setAgain',
      faulty: `import { call, take } from 'redux-saga/effects';
export function* identify(token) {
  for (;;) { yield take('LOGIN'); yield ⟦call([Intercom, 'setUserJwt'], token)⟧; }
}`,
      correct: `import { call, take } from 'redux-saga/effects';
export function* identify() {
  for (;;) { const { token } = yield take('LOGIN'); yield call([Intercom, 'setUserJwt'], token); }
}`,
    },
    {
      name: 'by the same handler, not by two',
      messageId: 'alreadySet',
      faulty: `export const Help = ({ jwt }) => <Button onPress={async () => {
  await Intercom.setUserJwt(jwt);
  await Intercom.present();
  await ⟦Intercom.setUserJwt(jwt)⟧;
}} />;`,
      correct: `export const Help = ({ jwt }) => {
  useEffect(() => { void Intercom.setUserJwt(jwt); }, [jwt]);
  return <Button onPress={async () => { await Intercom.setUserJwt(jwt); }} />;
};`,
    },
    {
      name: 'at the top level of the module',
      messageId: 'alreadySet',
      faulty: `const token = await fetchJwt();
await Intercom.setUserJwt(token);
await ⟦Intercom.setUserJwt(token)⟧;`,
      correct: `const token = await fetchJwt();
await Intercom.setUserJwt(token);`,
    },
  ]);
});
