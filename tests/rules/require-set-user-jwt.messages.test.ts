/** What `require-set-user-jwt` says, to the letter, and what it suggests. */

import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { describe, expect, test } from 'vitest';

import plugin from '../../src/index.ts';
import { changed } from '../../src/eslint/proof.ts';

interface Told {
  readonly code: string;
  readonly options?: object;
  readonly message: string;
  /** Each suggestion's text, with the program that comes of it. */
  readonly suggestions?: Readonly<Record<string, string>>;
}

const HEAD = "import Intercom from '@intercom/intercom-react-native';\n";

/** A program without the indentation of its first line. */
function plain(code: string): string {
  const [, indent = ''] = /^\n( *)/.exec(code) ?? [];
  const lines = code.split('\n').slice(1);
  return lines.map((line) => line.replace(indent, '')).join('\n');
}

/** What is said of the first call that is reported. */
function told(code: string, options: object = {}): Omit<Told, 'code'> {
  const source = HEAD + plain(code);
  const [first] = new Linter().verify(
    source,
    {
      files: ['**/*.tsx'],
      plugins: { 'intercom-jwt': plugin },
      languageOptions: { parser: parser },
      rules: { 'intercom-jwt/require-set-user-jwt': ['error', options] },
    },
    { filename: 'program.tsx' },
  );
  if (first === undefined) throw new Error('nothing is reported');
  const suggestions = (first.suggestions ?? []).map(({ desc, fix }) => {
    const [from, to] = fix.range;
    return [desc, changed(source, [{ from, to, text: fix.text }]).slice(HEAD.length)] as const;
  });
  return { message: first.message, suggestions: Object.fromEntries(suggestions) };
}

const MESSAGES: Readonly<Record<string, Readonly<Record<string, Told>>>> = {
  cleared: {
    'by a logout on every way': {
      code: `
        export async function again(jwt, user) {
          await Intercom.setUserJwt(jwt);
          await Intercom.logout();
          await Intercom.loginUserWithUserAttributes(user);
        }`,
      message:
        '`loginUserWithUserAttributes` can run after `logout()` on line 4 cleared the user JWT. Await `setUserJwt` again before it.',
    },
    'by a logout on one of several ways': {
      code: `
        export async function again(jwt, isNew) {
          await Intercom.setUserJwt(jwt);
          if (isNew) {
            await Intercom.logout();
          }
          await Intercom.present();
        }`,
      message:
        '`present` can run after `logout()` on line 5 cleared the user JWT when `isNew` is truthy (line 4). Await `setUserJwt` again before it.',
    },
    'by a helper': {
      code: `
        async function signOut() {
          await Intercom.logout();
        }
        export async function again(jwt) {
          await Intercom.setUserJwt(jwt);
          await signOut();
          await Intercom.present();
        }`,
      message:
        '`present` can run after `signOut()` on line 7 cleared the user JWT. Await `setUserJwt` again before it.',
    },
  },
  notAwaited: {
    'a promise that is dropped': {
      code: `
        export async function start(jwt, user) {
          Intercom.setUserJwt(jwt);
          await Intercom.loginUserWithUserAttributes(user);
        }`,
      message:
        '`loginUserWithUserAttributes` can run before `setUserJwt` on line 3 has set the user JWT. Await its promise first.',
      suggestions: {
        'Await `setUserJwt` on line 3.': `
          export async function start(jwt, user) {
            await Intercom.setUserJwt(jwt);
            await Intercom.loginUserWithUserAttributes(user);
          }`,
      },
    },
    'a promise that is dropped by void, in a function that is not async': {
      code: `
        export function start(jwt: string, user: object): void {
          void Intercom.setUserJwt(jwt);
          Intercom.loginUserWithUserAttributes(user);
        }`,
      message:
        '`loginUserWithUserAttributes` can run before `setUserJwt` on line 3 has set the user JWT. Await its promise first.',
      suggestions: {
        'Await `setUserJwt` on line 3, and make its function `async`.': `
          export async function start(jwt: string, user: object): Promise<void> {
            await Intercom.setUserJwt(jwt);
            Intercom.loginUserWithUserAttributes(user);
          }`,
      },
    },
    'a helper whose promise is dropped': {
      code: `
        async function prepare(jwt) {
          await Intercom.setUserJwt(jwt);
        }
        export async function start(jwt) {
          prepare(jwt);
          await Intercom.present();
        }`,
      message:
        '`present` can run before `prepare` on line 6 has set the user JWT. Await its promise first.',
      suggestions: {
        'Await `prepare` on line 6.': `
          async function prepare(jwt) {
            await Intercom.setUserJwt(jwt);
          }
          export async function start(jwt) {
            await prepare(jwt);
            await Intercom.present();
          }`,
      },
    },
    'a promise that is dropped on one of several ways': {
      code: `
        export async function start(jwt, isReady) {
          if (isReady) {
            Intercom.setUserJwt(jwt);
          } else {
            await Intercom.setUserJwt(jwt);
          }
          await Intercom.present();
        }`,
      message:
        '`present` can run before `setUserJwt` on line 4 has set the user JWT when `isReady` is truthy (line 3). Await its promise first.',
      suggestions: {
        'Await `setUserJwt` on line 4.': `
          export async function start(jwt, isReady) {
            if (isReady) {
              await Intercom.setUserJwt(jwt);
            } else {
              await Intercom.setUserJwt(jwt);
            }
            await Intercom.present();
          }`,
      },
    },
  },
  rejected: {
    'a catch that goes on': {
      code: `
        export async function start(jwt, user) {
          try {
            await Intercom.setUserJwt(jwt);
          } catch (error) {
            console.warn(error);
          }
          await Intercom.loginUserWithUserAttributes(user);
        }`,
      message:
        '`loginUserWithUserAttributes` runs without a user JWT when `setUserJwt` rejects: the `catch` on line 5 goes on. Return or rethrow before this call.',
      suggestions: {
        'Return at the end of the `catch` on line 5.': `
          export async function start(jwt, user) {
            try {
              await Intercom.setUserJwt(jwt);
            } catch (error) {
              console.warn(error);
              return;
            }
            await Intercom.loginUserWithUserAttributes(user);
          }`,
      },
    },
    'an empty catch': {
      code: `
        export async function start(jwt: string): Promise<void> {
          try { await Intercom.setUserJwt(jwt); } catch {}
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `setUserJwt` rejects: the `catch` on line 3 goes on. Return or rethrow before this call.',
      suggestions: {
        'Return at the end of the `catch` on line 3.': `
          export async function start(jwt: string): Promise<void> {
            try { await Intercom.setUserJwt(jwt); } catch { return; }
            await Intercom.present();
          }`,
      },
    },
    'a catch in a function that has a result': {
      code: `
        export async function start(jwt) {
          try {
            await Intercom.setUserJwt(jwt);
          } catch (error) {
            console.warn(error);
          }
          await Intercom.present();
          return true;
        }`,
      message:
        '`present` runs without a user JWT when `setUserJwt` rejects: the `catch` on line 5 goes on. Return or rethrow before this call.',
    },
    'a handler that goes on': {
      code: `
        export async function start(jwt) {
          await Intercom.setUserJwt(jwt).catch(console.warn);
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `setUserJwt` rejects: the handler on line 3 goes on. Return or rethrow before this call.',
    },
    'the call is in the finally': {
      code: `
        export async function start(user) {
          try {
            const jwt = await fetchJwt(user);
            await Intercom.setUserJwt(jwt);
            await Intercom.updateUser(user);
          } finally {
            await Intercom.present();
          }
        }`,
      message:
        '`present` runs without a user JWT when `setUserJwt` rejects: the `finally` on line 7 goes on. Return or rethrow before this call.',
    },
    'the call is in the catch': {
      code: `
        export async function start(jwt) {
          try {
            await Intercom.setUserJwt(jwt);
          } catch {
            await Intercom.present();
          }
        }`,
      message:
        '`present` runs without a user JWT when `setUserJwt` rejects: the `catch` on line 5 goes on. Return or rethrow before this call.',
    },
  },
  skippedOnPath: {
    'by a branch in a function that hands the method to somebody': {
      code: `
        import { call } from 'redux-saga/effects';
        export function* openHelp(jwt) {
          if (jwt) yield call(Intercom.setUserJwt, jwt);
          yield call(Intercom.present);
        }`,
      message:
        '`present` runs without a user JWT when `jwt` is falsy (line 4). Await `setUserJwt` on that way too, or return before this call.',
    },
    'a token that is missing': {
      code: `
        export async function start(jwt) {
          if (jwt) {
            await Intercom.setUserJwt(jwt);
          }
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `jwt` is falsy (line 3). Await `setUserJwt` on that way too, or return before this call.',
      suggestions: {
        'Return where there is no token, on line 3.': `
          export async function start(jwt) {
            if (jwt) {
              await Intercom.setUserJwt(jwt);
            } else {
              return;
            }
            await Intercom.present();
          }`,
      },
    },
    'a token of an object, on one line': {
      code: `
        export async function start(session) {
          if (session.jwt) await Intercom.setUserJwt(session.jwt);
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `session.jwt` is falsy (line 3). Await `setUserJwt` on that way too, or return before this call.',
      suggestions: {
        'Return where there is no token, on line 3.': `
          export async function start(session) {
            if (session.jwt) await Intercom.setUserJwt(session.jwt); else return;
            await Intercom.present();
          }`,
      },
    },
    'a token that is missing, which is only logged': {
      code: `
        export async function start(jwt) {
          if (!jwt) {
            console.warn('no token')
          } else {
            await Intercom.setUserJwt(jwt);
          }
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `jwt` is falsy (line 3). Await `setUserJwt` on that way too, or return before this call.',
      suggestions: {
        'Return where there is no token, on line 3.': `
          export async function start(jwt) {
            if (!jwt) {
              console.warn('no token')
              return;
            } else {
              await Intercom.setUserJwt(jwt);
            }
            await Intercom.present();
          }`,
      },
    },
    'a condition that has nothing to do with the token': {
      code: `
        export async function start(jwt, cached) {
          if (cached) {
            console.log(cached);
          } else {
            await Intercom.setUserJwt(jwt);
          }
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `cached` is truthy (line 3). Await `setUserJwt` on that way too, or return before this call.',
    },
    'decisions before the ways part are not told': {
      code: `
        export async function start(user, jwt) {
          if (!user) return;
          if (user.isGuest) return;
          if (user.locale !== 'en') await translate(user);
          if (jwt) await Intercom.setUserJwt(jwt);
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `jwt` is falsy (line 6). Await `setUserJwt` on that way too, or return before this call.',
      suggestions: {
        'Return where there is no token, on line 6.': `
          export async function start(user, jwt) {
            if (!user) return;
            if (user.isGuest) return;
            if (user.locale !== 'en') await translate(user);
            if (jwt) await Intercom.setUserJwt(jwt); else return;
            await Intercom.present();
          }`,
      },
    },
    'a long condition': {
      code: `
        export async function start(session, jwt) {
          if (session.user.preferences.support.isEnabled && session.user.subscription.plan !== 'free') {
            await Intercom.setUserJwt(jwt);
          }
          await Intercom.present();
        }`,
      message:
        "`present` runs without a user JWT when `session.user.preference…ription.plan !== 'free'` is falsy (line 3). Await `setUserJwt` on that way too, or return before this call.",
    },
    'a loop that runs zero times': {
      code: `
        export async function start(tokens) {
          for (const jwt of tokens) await Intercom.setUserJwt(jwt);
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `tokens` is empty (line 3). Await `setUserJwt` on that way too, or return before this call.',
    },
    'several decisions': {
      code: `
        export async function start(jwt, tab) {
          switch (tab) {
            case 'help':
              await Intercom.setUserJwt(jwt);
              break;
            case 'news':
              await Intercom.setUserJwt(jwt);
              break;
          }
          await Intercom.present();
        }`,
      message:
        "`present` runs without a user JWT when `case 'help'` does not match (line 4) and `case 'news'` does not match (line 7). Await `setUserJwt` on that way too, or return before this call.",
    },
    'more than three decisions': {
      code: `
        export async function start(jwt, t) {
          if (t === 'h') await Intercom.setUserJwt(jwt);
          else if (t === 'n') await Intercom.setUserJwt(jwt);
          else if (t === 'k') await Intercom.setUserJwt(jwt);
          else if (t === 's') await Intercom.setUserJwt(jwt);
          await Intercom.present();
        }`,
      message:
        "`present` runs without a user JWT when `t === 'h'` is false (line 3), `t === 'n'` is false (line 4) and `t === 'k'` is false (line 5). Await `setUserJwt` on that way too, or return before this call.",
    },
    'a choice in a list of promises': {
      code: `
        export async function start(session) {
          await Promise.all([session.jwt ? Intercom.setUserJwt(session.jwt) : null, warmUp()]);
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `session.jwt` is falsy (line 3). Await `setUserJwt` on that way too, or return before this call.',
    },
    'a choice that is kept': {
      code: `
        export async function start(session) {
          const setting = session.jwt ? Intercom.setUserJwt(session.jwt) : null;
          await warmUp();
          await setting;
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `session.jwt` is falsy (line 3). Await `setUserJwt` on that way too, or return before this call.',
    },
    'a short circuit in a list of promises': {
      code: `
        export async function start(session) {
          await Promise.all([session.jwt && Intercom.setUserJwt(session.jwt), warmUp()]);
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `session.jwt` is falsy (line 3). Await `setUserJwt` on that way too, or return before this call.',
    },
    'a list of promises that may be empty': {
      code: `
        export async function start(tokens) {
          await Promise.all(tokens.map((jwt) => Intercom.setUserJwt(jwt)));
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT when `tokens` is empty (line 3). Await `setUserJwt` on that way too, or return before this call.',
    },
  },
  helperMaySkip: {
    'an early return': {
      code: `
        async function ensure(jwt) {
          if (!jwt) return;
          await Intercom.setUserJwt(jwt);
        }
        export async function open(session) {
          await ensure(session.jwt);
          await Intercom.present();
        }`,
      options: { helpers: 'every-path' },
      message:
        '`present` runs without a user JWT when `ensure` on line 7 returns without setting it. Await `setUserJwt` on all its ways, or test what it returns.',
    },
    'a result that does not tell the ways apart': {
      code: `
        async function ensure(jwt) {
          if (jwt) await Intercom.setUserJwt(jwt);
          return true;
        }
        export async function open(session) {
          if (await ensure(session.jwt)) await Intercom.present();
        }`,
      options: { helpers: 'every-path' },
      message:
        '`present` runs without a user JWT when `ensure` on line 7 returns without setting it. Await `setUserJwt` on all its ways, or test what it returns.',
    },
  },
  calledUnset: {
    'one of the calls comes before the set': {
      code: `
        async function openHelp() {
          await Intercom.present();
        }
        export async function start(jwt) {
          await openHelp();
          await Intercom.setUserJwt(jwt);
          await openHelp();
        }`,
      message:
        '`openHelp` can be called from line 6 before the user JWT is set, and `present` then runs without one. Await `setUserJwt` before that, or in the function.',
    },
    'a handler that is rendered': {
      code: `
        export function HelpButton({ jwt }) {
          const setUp = async () => {
            await Intercom.setUserJwt(jwt);
          };
          const onPress = () => Intercom.present();
          return <Button onLayout={setUp} onPress={onPress} />;
        }`,
      message:
        '`onPress` can be called from line 7 before the user JWT is set, and `present` then runs without one. Await `setUserJwt` before that, or in the function.',
    },
  },
  setTooLate: {
    'a promise that is awaited behind the call': {
      code: `
        export async function start(jwt) {
          const setting = Intercom.setUserJwt(jwt);
          await Intercom.present();
          await setting;
        }`,
      message:
        '`present` runs without a user JWT: it is set on line 5, after this call. Await `setUserJwt` first.',
      suggestions: {
        'Await `setting` before this call.': `
        export async function start(jwt) {
          const setting = Intercom.setUserJwt(jwt);
          await setting;
          await Intercom.present();
          await setting;
        }`,
      },
    },
    'in an earlier round of a loop': {
      code: `
        async function refresh(user) {
          await Intercom.setUserJwt(await fetchJwt(user));
        }
        export async function sync(users) {
          for (const user of users) {
            await Intercom.updateUser(user);
            await refresh(user);
          }
        }`,
      message:
        '`updateUser` runs without a user JWT: it is set on line 8, after this call. Await `refresh` first.',
      suggestions: {
        'Move this call behind `refresh` on line 8.': `
          async function refresh(user) {
            await Intercom.setUserJwt(await fetchJwt(user));
          }
          export async function sync(users) {
            for (const user of users) {
              await refresh(user);
              await Intercom.updateUser(user);
            }
          }`,
      },
    },
    'a call before the set': {
      code: `
        export async function rename(name, jwt) {
          await Intercom.updateUser({ name });
          await Intercom.setUserJwt(jwt);
        }`,
      message:
        '`updateUser` runs without a user JWT: it is set on line 4, after this call. Await `setUserJwt` first.',
      suggestions: {
        'Move this call behind `setUserJwt` on line 4.': `
          export async function rename(name, jwt) {
            await Intercom.setUserJwt(jwt);
            await Intercom.updateUser({ name });
          }`,
      },
    },
    'something stands in between': {
      code: `
        export async function start(user) {
          // The user comes first.
          await Intercom.loginUserWithUserAttributes(user);
          const jwt = await fetchJwt(user.id);
          await Intercom.setUserJwt(jwt);
          await Intercom.present();
        }`,
      message:
        '`loginUserWithUserAttributes` runs without a user JWT: it is set on line 6, after this call. Await `setUserJwt` first.',
      suggestions: {
        'Move this call behind `setUserJwt` on line 6.': `
          export async function start(user) {
            // The user comes first.
            const jwt = await fetchJwt(user.id);
            await Intercom.setUserJwt(jwt);
            await Intercom.loginUserWithUserAttributes(user);
            await Intercom.present();
          }`,
      },
    },
    'what stands in between depends on the call': {
      code: `
        export async function start(user, jwt) {
          await Intercom.present();
          await Intercom.hideIntercom();
          await Intercom.setUserJwt(jwt);
        }`,
      message:
        '`present` runs without a user JWT: it is set on line 5, after this call. Await `setUserJwt` first.',
    },
    'what stands in between can leave the function': {
      code: `
        export async function start(user, jwt) {
          await Intercom.present();
          if (user.isGuest) return;
          await Intercom.setUserJwt(jwt);
        }`,
      message:
        '`present` runs without a user JWT: it is set on line 5, after this call. Await `setUserJwt` first.',
    },
  },
  neverSet: {
    'no set at all': {
      code: `
        export async function open() {
          await Intercom.present();
        }`,
      message:
        '`present` runs without a user JWT: no `setUserJwt` comes before it on any way. Await `setUserJwt` first.',
    },
    'at the top level of a module': {
      code: `
        await Intercom.loginUserWithUserAttributes({ userId: '1' });`,
      message:
        '`loginUserWithUserAttributes` runs without a user JWT: no `setUserJwt` comes before it on any way. Await `setUserJwt` first.',
    },
    'a method that is handed on': {
      code: `
        export const HelpButton = () => <Button onPress={Intercom.present} />;`,
      message:
        '`present` runs without a user JWT: no `setUserJwt` comes before it on any way. Await `setUserJwt` first.',
    },
  },
};

describe.each(Object.entries(MESSAGES))('%s', (_id, cases) => {
  test.each(Object.entries(cases))('%s', (_name, { code, options, ...expected }) => {
    const suggestions = Object.entries(expected.suggestions ?? {}).map(([text, output]) => [
      text,
      plain(output),
    ]);
    expect(told(code, options)).toEqual({
      message: expected.message,
      suggestions: Object.fromEntries(suggestions) as unknown,
    });
  });
});
