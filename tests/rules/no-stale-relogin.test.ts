import { describe } from 'vitest';

import rule from '../../rules/no-stale-relogin.ts';
import { testTwins, type Twins } from '../helpers/twins.ts';

const LOGIN = 'loginUserWithUserAttributes';

interface Pair {
  readonly name: string;
  readonly faulty: string;
  readonly correct: string;
  /** The earlier login and its line; none where it is the same call. */
  readonly after?: readonly [login: string, line: number];
  readonly establish?: string;
  readonly typescript?: boolean;
  readonly settings?: Record<string, unknown>;
  readonly method?: string;
}

function twins({ name, faulty, correct, after, ...more }: Pair): Twins {
  const { establish = 'setUserJwt', method = LOGIN, ...rest } = more;
  return {
    name,
    // `login` and `set` stand for calls of the client, to keep the programs short.
    faulty: written(faulty),
    correct: written(correct),
    messageId: after === undefined ? 'repeated' : 'afterLogin',
    data: {
      method,
      establish,
      ...(after && { login: after[0], line: String(after[1]) }),
    },
    ...rest,
  };
}

function written(program: string): string {
  return program
    .replaceAll(/\blogin\(/g, `Intercom.${LOGIN}(`)
    .replaceAll(/\bset\(/g, 'Intercom.setUserJwt(');
}

/** Twins in the body of an async function, which starts on line 3. */
function inAsync(pair: Pair): Twins {
  const wrap = (body: string): string => `export async function run(t, a, b) {\n${body}\n}`;
  return twins({ ...pair, faulty: wrap(pair.faulty), correct: wrap(pair.correct) });
}

describe('a login after another one', () => {
  testTwins('no-stale-relogin', rule, [
    inAsync({
      name: 'two logins in a row',
      faulty: 'await set(t);\nawait login(a);\nawait ⟦login(b)⟧;',
      after: [LOGIN, 4],
      correct: 'await set(t);\nawait login(a);\nawait set(b.jwt);\nawait login(b);',
    }),
    inAsync({
      name: 'a new token that nothing waits for',
      faulty: 'await set(t);\nawait login(a);\nset(b.jwt).catch(log);\nawait ⟦login(b)⟧;',
      after: [LOGIN, 4],
      correct: 'await set(t);\nawait login(a);\nawait set(b.jwt);\nawait login(b);',
    }),
    inAsync({
      name: 'a new token that was rejected',
      faulty:
        'await set(t);\nawait login(a);\ntry { await set(b.jwt); } catch {}\nawait ⟦login(b)⟧;',
      after: [LOGIN, 4],
      correct:
        'await set(t);\nawait login(a);\ntry { await set(b.jwt); } catch { return; }\nawait login(b);',
    }),
    inAsync({
      name: 'a new token on one of two ways',
      faulty: 'await set(t);\nawait login(a);\nif (b.jwt) await set(b.jwt);\nawait ⟦login(b)⟧;',
      after: [LOGIN, 4],
      correct:
        'await set(t);\nawait login(a);\nif (!b.jwt) return;\nawait set(b.jwt);\nawait login(b);',
    }),
    inAsync({
      name: 'a login on one of two ways before it',
      faulty: 'await set(t);\nif (a) await login(a);\nawait ⟦login(b)⟧;',
      after: [LOGIN, 4],
      correct: 'await set(t);\nif (a) await login(a);\nelse await login(b);',
    }),
    inAsync({
      name: 'the login of the branch that was taken',
      faulty:
        'await set(t);\nif (a) {\nawait login(a);\n} else {\nawait login(b);\nreturn;\n}\nawait ⟦login(b)⟧;',
      after: [LOGIN, 5],
      correct:
        'await set(t);\nif (a) {\nawait login(a);\nreturn;\n} else {\nawait set(b.jwt);\n}\nawait login(b);',
    }),
    inAsync({
      name: 'a login that is tried again after it succeeded',
      faulty:
        'await set(t);\ntry {\nawait login(a);\nawait sync();\n} catch {\nawait ⟦login(a)⟧;\n}',
      after: [LOGIN, 5],
      correct: 'await set(t);\ntry {\nawait login(a);\n} catch {\nawait login(a);\n}',
    }),
    inAsync({
      name: 'promises in a chain',
      faulty: 'return set(t)\n.then(() => login(a))\n.then(() => ⟦login(b)⟧);',
      after: [LOGIN, 4],
      correct:
        'return set(t)\n.then(() => login(a))\n.then(() => set(b.jwt))\n.then(() => login(b));',
    }),
    inAsync({
      name: 'an earlier login that is not awaited may have failed, and does not count',
      faulty: 'await set(t);\nawait login(a);\nawait ⟦login(b)⟧;',
      after: [LOGIN, 4],
      correct: 'await set(t);\nvoid login(a);\nawait login(b);',
    }),
    inAsync({
      name: 'a logout in between is for require-set-user-jwt to tell',
      faulty: 'await set(t);\nawait login(a);\nif (b) await Intercom.logout();\nawait ⟦login(b)⟧;',
      after: [LOGIN, 4],
      correct: 'await set(t);\nawait login(a);\nawait Intercom.logout();\nawait login(b);',
    }),
    inAsync({
      name: 'updates and presents need no new token',
      faulty: 'await set(t);\nawait login(a);\nawait ⟦login(b)⟧;\nawait Intercom.present();',
      after: [LOGIN, 4],
      correct:
        'await set(t);\nawait login(a);\nawait Intercom.updateUser(b);\nawait Intercom.present();',
    }),
    twins({
      name: 'at the top level of a module, and in what it exports',
      faulty: 'await set(t);\nawait login(a);\nexport const again = (b) => ⟦login(b)⟧;',
      after: [LOGIN, 3],
      correct:
        'await set(t);\nawait login(a);\nexport const again = async (b) => { await set(b.jwt); await login(b); };',
    }),
    inAsync({
      name: 'a method that is called by its name',
      faulty: "await set(t);\nawait login(a);\nawait ⟦Intercom['registerIdentifiedUser'](b)⟧;",
      method: 'registerIdentifiedUser',
      after: [LOGIN, 4],
      correct: "await set(t);\nawait login(a);\nawait Intercom['registerUnidentifiedUser']();",
    }),
  ]);
});

describe('a login that runs again', () => {
  testTwins('no-stale-relogin', rule, [
    inAsync({
      name: 'in a loop',
      faulty: 'await set(t);\nfor (const user of a) await ⟦login(user)⟧;',
      correct: 'for (const user of a) {\nawait set(user.jwt);\nawait login(user);\n}',
    }),
    inAsync({
      name: 'in a loop that ends when it has succeeded',
      faulty: 'await set(t);\nwhile (await more()) {\nawait ⟦login(a)⟧;\n}',
      correct: 'await set(t);\nwhile (await more()) {\nawait login(a);\nbreak;\n}',
    }),
    inAsync({
      name: 'in a loop that tries again when it has failed',
      faulty:
        'await set(t);\nfor (;;) {\ntry { await ⟦login(a)⟧; await sync(); return; } catch {}\n}',
      correct: 'await set(t);\nfor (;;) {\ntry { await login(a); return; } catch {}\n}',
    }),
    inAsync({
      name: 'two in a loop: the second after the first, the first after the second',
      faulty:
        'await set(t);\nfor (;;) {\nif (a) await ⟦login(a)⟧;\nawait set(b.jwt);\nawait login(b);\n}',
      after: [LOGIN, 7],
      correct:
        'for (;;) {\nawait set(t);\nif (a) await login(a);\nawait set(b.jwt);\nawait login(b);\n}',
    }),
    twins({
      name: 'in a job that is put into a queue again',
      faulty:
        'let queue = Promise.resolve();\nconst add = (job) => (queue = queue.then(job, job));\nexport async function run(t, a) {\nconst job = async () => { await ⟦login(a)⟧; };\nawait add(() => set(t));\nawait add(job);\nawait add(job);\n}',
      after: ['add', 7],
      correct:
        'let queue = Promise.resolve();\nconst add = (job) => (queue = queue.then(job, job));\nexport async function run(t, a) {\nconst job = async () => { await login(a); };\nawait add(() => set(t));\nawait add(job);\n}',
    }),
    twins({
      name: 'in a helper that is called in a loop',
      faulty:
        'async function signIn(user) { await ⟦login(user)⟧; }\nexport async function all(users, t) {\nawait set(t);\nfor (const user of users) await signIn(user);\n}',
      correct:
        'async function signIn(user) { await login(user); }\nexport async function all(users) {\nfor (const user of users) { await set(user.jwt); await signIn(user); }\n}',
    }),
    inAsync({
      name: 'in the function itself, which calls itself',
      faulty:
        'await set(t);\nasync function next(users) {\nawait ⟦login(users.pop())⟧;\nif (users.length > 0) await next(users);\n}\nawait next(a);',
      correct:
        'async function next(users) {\nawait set(t);\nawait login(users.pop());\nif (users.length > 0) await next(users);\n}\nawait next(a);',
    }),
    inAsync({
      name: 'for elements at once, none of which waits for another',
      faulty:
        'await set(t);\nfor (const user of a) await Promise.all([⟦login(user)⟧, sync(user)]);',
      correct: 'await set(t);\nawait Promise.all(a.map((user) => login(user)));',
    }),
  ]);
});

describe('across functions', () => {
  testTwins('no-stale-relogin', rule, [
    twins({
      name: 'after a helper that logs in',
      faulty:
        'async function signIn(user) {\nawait set(user.jwt);\nawait login(user);\n}\nexport async function start(user) {\nawait signIn(user);\nawait ⟦login(user)⟧;\n}',
      after: ['signIn', 7],
      correct:
        'async function signIn(user) {\nawait set(user.jwt);\nawait login(user);\n}\nexport async function start(user) {\nawait signIn(user);\nawait Intercom.present();\n}',
    }),
    twins({
      name: 'in a helper that is called twice',
      faulty:
        'const signIn = (user) => ⟦login(user)⟧;\nexport async function start(a, b) {\nawait set(a.jwt);\nawait signIn(a);\nawait signIn(b);\n}',
      after: ['signIn', 5],
      correct:
        'const signIn = (user) => login(user);\nexport async function start(a, b) {\nawait set(a.jwt);\nawait signIn(a);\nawait set(b.jwt);\nawait signIn(b);\n}',
    }),
    twins({
      name: 'a helper that sets the token on some of its ways counts as setting it',
      faulty:
        'async function refresh(user) { if (user) await log(user); }\nexport async function start(user) {\nawait set(user.jwt);\nawait login(user);\nawait refresh(user);\nawait ⟦login(user)⟧;\n}',
      after: [LOGIN, 5],
      correct:
        'async function refresh(user) { if (user) await set(user.jwt); }\nexport async function start(user) {\nawait set(user.jwt);\nawait login(user);\nawait refresh(user);\nawait login(user);\n}',
    }),
    inAsync({
      name: 'in a callback that is given away after a login',
      faulty:
        'await set(t);\nawait login(a);\nonAccountChange((user) => { ⟦login(user)⟧.catch(log); });',
      after: [LOGIN, 4],
      correct:
        'await set(t);\nawait login(a);\nonAccountChange(async (user) => { await set(user.jwt); await login(user); });',
    }),
    inAsync({
      name: 'a callback to a helper that can be seen',
      faulty:
        'const safe = async (f) => { try { await f(); } catch {} };\nawait safe(() => set(t));\nawait safe(() => login(a));\nawait safe(() => ⟦login(b)⟧);',
      after: ['safe', 5],
      correct:
        'const safe = async (f) => { try { await f(); } catch {} };\nawait safe(() => set(t));\nawait safe(() => login(a));\nawait safe(() => set(b.jwt));\nawait safe(() => login(b));',
    }),
    twins({
      name: 'the method itself, given away',
      faulty:
        'export async function start(t, a) {\nawait set(t);\nawait login(a);\nreturn <Login onLogin={⟦Intercom.loginUserWithUserAttributes⟧} />;\n}',
      after: [LOGIN, 4],
      correct:
        'export async function start(t, a) {\nawait set(t);\nawait login(a);\nreturn <Help onPress={Intercom.present} />;\n}',
    }),
    twins({
      name: 'methods of a class',
      faulty:
        'export class Support {\nasync start(user) {\nawait set(user.jwt);\nawait this.signIn(user);\nawait ⟦login(user)⟧;\n}\nasync signIn(user) { await Intercom.loginUserWithUserAttributes(user); }\n}',
      after: ['signIn', 5],
      correct:
        'export class Support {\nasync start(user) {\nawait set(user.jwt);\nawait this.signIn(user);\n}\nasync signIn(user) { await Intercom.loginUserWithUserAttributes(user); }\n}',
    }),
    twins({
      name: 'a wrapper from the settings',
      faulty:
        "import acme from '@acme/intercom';\nexport async function start(t, a) {\nawait acme.setToken(t);\nawait acme.identify(a);\nawait ⟦acme.identify(a)⟧;\n}",
      method: 'identify',
      establish: 'setToken',
      after: ['identify', 5],
      correct:
        "import acme from '@acme/intercom';\nexport async function start(t, a) {\nawait acme.setToken(t);\nawait acme.identify(a);\nawait acme.setToken(t);\nawait acme.identify(a);\n}",
      settings: {
        'intercom-jwt': {
          clients: [
            { module: '@acme/intercom', methods: { setToken: 'establish', identify: 'login' } },
          ],
        },
      },
    }),
  ]);
});
