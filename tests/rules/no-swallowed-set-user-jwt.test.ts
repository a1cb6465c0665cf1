import { describe } from 'vitest';

import rule from '../../rules/no-swallowed-set-user-jwt.ts';
import { testTwins, type Twins } from '../helpers/twins.ts';

const NAME = 'no-swallowed-set-user-jwt';

/** Twins that are judged with nothing relying on them. */
function always(pair: Omit<Twins, 'messageId' | 'options'>): Twins {
  return { messageId: 'swallowed', options: [{ when: 'always' }], ...pair };
}

/** Helpers, each called `ensure`, that are relied on by a call that follows it. */
function reliedOn(pair: Omit<Twins, 'messageId'>): Twins {
  const wrap = (helper: string): string =>
    `${helper}
     export async function open(jwt) { await ensure(jwt); await Intercom.present(); }`;
  return {
    messageId: 'reliedOn',
    ...pair,
    faulty: wrap(pair.faulty),
    correct: wrap(pair.correct),
  };
}

describe('when: relied-on', () => {
  testTwins(NAME, rule, [
    reliedOn({
      name: 'a catch that only logs, and one that throws again',
      faulty: `async function ensure(jwt) {
        try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { console.warn(error); }⟧
      }`,
      data: { establish: 'setUserJwt', method: 'present', line: '5' },
      correct: `async function ensure(jwt) {
        try { await Intercom.setUserJwt(jwt); } catch (error) { console.warn(error); throw error; }
      }`,
    }),
    {
      name: 'a helper that a call relies on, and one that none does',
      messageId: 'reliedOn',
      faulty: `
        async function ensure(jwt) {
          try { await Intercom.setUserJwt(jwt); } ⟦catch { warn(); }⟧
        }
        export async function rename(jwt, name) {
          await ensure(jwt);
          await Intercom.updateUser({ name });
        }`,
      data: { establish: 'setUserJwt', method: 'updateUser', line: '8' },
      correct: `
        async function ensure(jwt) {
          try { await Intercom.setUserJwt(jwt); } catch { warn(); }
        }
        export async function refresh(jwt) {
          await ensure(jwt);
        }`,
    },
    {
      name: 'the catch of a helper, and one beside the call, which the call itself is told of',
      messageId: 'reliedOn',
      faulty: `
        const ensure = async (jwt) => {
          try { await Intercom.setUserJwt(jwt); } ⟦catch { warn(); }⟧
        };
        export async function open(jwt) {
          await ensure(jwt);
          await Intercom.present();
        }`,
      correct: `
        export async function open(jwt) {
          try { await Intercom.setUserJwt(jwt); } catch { warn(); }
          await Intercom.present();
        }`,
    },
    reliedOn({
      name: 'a result that does not tell, and one that does',
      faulty: `async function ensure(jwt) {
        try { await Intercom.setUserJwt(jwt); return true; } ⟦catch (error) { report(error); return true; }⟧
      }`,
      correct: `async function ensure(jwt) {
        try { await Intercom.setUserJwt(jwt); return true; } catch (error) { report(error); return false; }
      }`,
    }),
    reliedOn({
      name: 'a helper that calls the one that swallows',
      faulty: `
        async function register(jwt) {
          try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { report(error); }⟧
        }
        async function ensure(jwt) { if (jwt) await register(jwt); }`,
      correct: `
        async function register(jwt) {
          try { await Intercom.setUserJwt(jwt); } catch (error) { report(error); throw error; }
        }
        async function ensure(jwt) { if (jwt) await register(jwt); }`,
    }),
    reliedOn({
      name: 'a catch around the helper that sets the JWT',
      faulty: `
        const register = (jwt) => Intercom.setUserJwt(jwt);
        async function ensure(jwt) {
          try { await register(jwt); } ⟦catch (error) { report(error); }⟧
        }`,
      correct: `
        const register = (jwt) => Intercom.setUserJwt(jwt);
        async function ensure(jwt) {
          try { await register(jwt); } finally { done(); }
        }`,
    }),
    reliedOn({
      name: 'the callback of `catch`',
      faulty: 'const ensure = (jwt) => Intercom.setUserJwt(jwt).catch(⟦() => {}⟧);',
      correct:
        'const ensure = (jwt) => Intercom.setUserJwt(jwt).catch((error) => { throw error; });',
    }),
    reliedOn({
      name: 'a named callback of `catch`, and one that passes the rejection on',
      faulty:
        'const ensure = (jwt) => fetchJwt().then((t) => Intercom.setUserJwt(t)).catch(⟦report⟧);',
      correct:
        'const ensure = (jwt) => fetchJwt().then((t) => Intercom.setUserJwt(t)).catch((e) => Promise.reject(e));',
    }),
    reliedOn({
      name: 'the second callback of `then`',
      faulty: 'async function ensure(jwt) { await Intercom.setUserJwt(jwt).then(done, ⟦report⟧); }',
      correct: 'async function ensure(jwt) { await Intercom.setUserJwt(jwt).then(done); }',
    }),
    reliedOn({
      name: 'a function of a chain in the helper',
      faulty: `const ensure = () => fetchJwt().then(async (jwt) => {
        try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { report(error); }⟧
      });`,
      correct: `const ensure = () => fetchJwt().then(async (jwt) => {
        await Intercom.setUserJwt(jwt);
      });`,
    }),
    {
      name: 'a method, and a guest who is logged in instead',
      messageId: 'reliedOn',
      faulty: `
        export class Support {
          async open(jwt) { await this.#ensure(jwt); await Intercom.present(); }
          async #ensure(jwt) {
            try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { report(error); }⟧
          }
        }`,
      correct: `
        export class Support {
          async open(jwt) { await this.#ensure(jwt); await Intercom.present(); }
          async #ensure(jwt) {
            try { await Intercom.setUserJwt(jwt); } catch { await Intercom.loginUnidentifiedUser(); }
          }
        }`,
    },
    {
      name: 'a helper whose promise is stored',
      messageId: 'reliedOn',
      faulty: `
        let ready = null;
        const ensure = (jwt) => (ready ??= (async () => {
          try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { report(error); }⟧
        })());
        export async function open(jwt) { await ensure(jwt); await Intercom.present(); }`,
      correct: `
        let ready = null;
        const ensure = (jwt) => (ready ??= (async () => {
          await Intercom.setUserJwt(jwt);
        })());
        export async function open(jwt) { await ensure(jwt); await Intercom.present(); }`,
    },
    {
      name: 'a hook whose callback is relied on by another',
      messageId: 'reliedOn',
      faulty: `
        export function useSupport(jwt) {
          const ensure = useCallback(async () => {
            try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { report(error); }⟧
          }, [jwt]);
          return useCallback(async () => { await ensure(); await Intercom.present(); }, [ensure]);
        }`,
      correct: `
        export function useSupport(jwt) {
          const ensure = useCallback(async () => {
            try { await Intercom.setUserJwt(jwt); return true; } catch (error) { return false; }
          }, [jwt]);
          return useCallback(async () => { if (await ensure()) await Intercom.present(); }, [ensure]);
        }`,
    },
    {
      name: 'a callback given to a helper, which may swallow what it likes',
      messageId: 'reliedOn',
      faulty: `
        const apply = async (jwt) => {
          try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { report(error); }⟧
        };
        export async function open(jwt) { await apply(jwt); await Intercom.present(); }`,
      correct: `
        const safely = async (task) => { try { await task(); } catch (error) { report(error); } };
        export async function open(jwt) {
          await safely(() => Intercom.setUserJwt(jwt));
          await safely(() => Intercom.setUserJwt(jwt).catch(report));
          await safely(() => Intercom.present());
        }`,
    },
    {
      name: 'a helper that is forgiven for one way, and relied on for another',
      messageId: 'reliedOn',
      faulty: `
        let done = false;
        async function ensure(jwt) {
          if (done) return;
          try { await Intercom.setUserJwt(jwt); done = true; } ⟦catch (error) { report(error); }⟧
        }
        export async function open(jwt) { await ensure(jwt); await Intercom.present(); }`,
      correct: `
        let done = false;
        async function ensure(jwt) {
          if (done) return;
          await Intercom.setUserJwt(jwt);
          done = true;
        }
        export async function open(jwt) { await ensure(jwt); await Intercom.present(); }`,
    },
    {
      name: 'a saga',
      messageId: 'reliedOn',
      faulty: `import { call, put } from 'redux-saga/effects';
        function* ensure(jwt) {
          try { yield call(Intercom.setUserJwt, jwt); } ⟦catch (error) { yield put(failed(error)); }⟧
        }
        export function* open({ jwt }) { yield call(ensure, jwt); yield call(Intercom.present); }`,
      correct: `import { call, put } from 'redux-saga/effects';
        function* ensure(jwt) {
          try { yield call(Intercom.setUserJwt, jwt); } catch (error) { yield put(failed(error)); throw error; }
        }
        export function* open({ jwt }) { yield call(ensure, jwt); yield call(Intercom.present); }`,
    },
    {
      name: 'a client from the settings',
      messageId: 'reliedOn',
      settings: {
        'intercom-jwt': {
          clients: [
            {
              module: '@acme/support',
              methods: { setToken: 'establish', open: 'present' },
            },
          ],
        },
      },
      faulty: `
        import support from '@acme/support';
        const ensure = async (jwt) => {
          try { await support.setToken(jwt); } ⟦catch (error) { report(error); }⟧
        };
        export const open = async (jwt) => { await ensure(jwt); await support.open(); };`,
      data: { establish: 'setToken', method: 'open', line: '7' },
      correct: `
        import support from '@acme/support';
        const ensure = async (jwt) => {
          await support.setToken(jwt);
        };
        export const open = async (jwt) => { await ensure(jwt); await support.open(); };`,
    },
  ]);
});

describe('when: always', () => {
  testTwins(NAME, rule, [
    always({
      name: 'a catch that nothing relies on, and one that throws again',
      faulty: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { report(error); }⟧
      }`,
      data: { establish: 'setUserJwt' },
      correct: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } catch (error) { throw new Error('no JWT', { cause: error }); }
      }`,
    }),
    always({
      name: 'a catch that throws on some ways only',
      faulty: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { if (isFatal(error)) throw error; }⟧
      }`,
      correct: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } catch (error) { if (isFatal(error)) throw error; else throw wrap(error); }
      }`,
    }),
    always({
      name: 'a result with nothing in it, and one that holds the error',
      faulty: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); return { jwt }; } ⟦catch (error) { report(error); return { jwt }; }⟧
      }`,
      correct: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); return { ok: true }; } catch (error) { return { ok: false, error }; }
      }`,
    }),
    always({
      name: 'the same string on both ways, and another one',
      faulty: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); return 'done'; } ⟦catch { return 'done'; }⟧
      }`,
      correct: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); return 'done'; } catch { return 'failed'; }
      }`,
    }),
    always({
      name: 'null where there is no result anyway, and where there is one',
      faulty: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } ⟦catch { return null; }⟧
      }`,
      correct: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); return jwt; } catch { return null; }
      }`,
    }),
    always({
      name: 'a call that logs as the result, and one that makes a result of the error',
      faulty: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { return console.warn(error); }⟧
      }`,
      correct: `export async function refresh(jwt, thunk) {
        try { await Intercom.setUserJwt(jwt); } catch (error) { return thunk.rejectWithValue(error); }
      }`,
    }),
    always({
      name: 'a variable that is not asked, and one that is returned',
      faulty: `export async function refresh(jwt) {
        let failed = false;
        try { await Intercom.setUserJwt(jwt); } ⟦catch { failed = true; }⟧
        console.log(failed);
      }`,
      correct: `export async function refresh(jwt) {
        let failed = false;
        try { await Intercom.setUserJwt(jwt); } catch { failed = true; }
        return !failed;
      }`,
    }),
    always({
      name: 'an error that is kept, and one that is thrown later',
      faulty: `export async function refresh(jwt) {
        let last;
        try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { last = error; }⟧
        report(last);
      }`,
      correct: `export async function refresh(jwt) {
        let last;
        try { await Intercom.setUserJwt(jwt); } catch (error) { last = error; }
        if (last) throw last;
      }`,
    }),
    always({
      name: 'attempts that end with nothing said, and with the last error',
      faulty: `export async function refresh(jwt) {
        for (let attempt = 0; attempt < 3; attempt++) {
          try { await Intercom.setUserJwt(jwt); return; } ⟦catch (error) { report(error); }⟧
        }
      }`,
      correct: `export async function refresh(jwt) {
        for (let attempt = 0; attempt < 3; attempt++) {
          try { await Intercom.setUserJwt(jwt); return; } catch (error) { if (attempt === 2) throw error; }
        }
      }`,
    }),
    always({
      name: 'the inner of two handlers, and an outer one that has nothing to catch',
      faulty: `export async function refresh(jwt, user) {
        try {
          try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { report(error); }⟧
          await Intercom.updateUser(user);
        } catch (error) { report(error); }
      }`,
      correct: `export async function refresh(jwt, user) {
        await Intercom.setUserJwt(jwt);
        try { await Intercom.updateUser(user); } catch (error) { report(error); }
      }`,
    }),
    always({
      name: 'the outer of two handlers, where the inner throws, and where it tells',
      faulty: `export async function refresh(jwt) {
        try {
          try { await Intercom.setUserJwt(jwt); } catch (error) { throw wrap(error); }
        } ⟦catch (error) { report(error); }⟧
      }`,
      correct: `export async function refresh(jwt) {
        try {
          try { await Intercom.setUserJwt(jwt); } catch (error) { return false; }
        } catch (error) { report(error); }
      }`,
    }),
    always({
      name: 'a second attempt that is swallowed, and one that is not',
      faulty: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } catch {
          try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { report(error); }⟧
        }
      }`,
      correct: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } catch {
          await Intercom.setUserJwt(jwt);
        }
      }`,
    }),
    always({
      name: 'the one of two handlers that swallows, and a second call that makes up for it',
      faulty: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { report(error); }⟧
        try { await Intercom.logEvent('refreshed'); } catch (error) { report(error); }
      }`,
      correct: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } catch (error) { report(error); }
        await Intercom.setUserJwt(jwt);
      }`,
    }),
    always({
      name: 'a promise that is awaited within, and one that is returned past the catch',
      faulty: `export async function refresh(jwt) {
        const setting = Intercom.setUserJwt(jwt);
        try { await setting; } ⟦catch (error) { report(error); }⟧
      }`,
      correct: `export function refresh(jwt) {
        try { return Intercom.setUserJwt(jwt); } catch (error) { report(error); throw error; }
      }`,
    }),
    always({
      name: 'one of several promises',
      faulty: `export async function refresh(jwt) {
        try { await Promise.all([load(), Intercom.setUserJwt(jwt)]); } ⟦catch (error) { report(error); }⟧
      }`,
      correct: `export async function refresh(jwt) {
        await Promise.all([load().catch(report), Intercom.setUserJwt(jwt)]);
      }`,
    }),
    always({
      name: 'a saga',
      faulty: `import { call, put } from 'redux-saga/effects';
      export function* refresh({ jwt }) {
        try { yield call(Intercom.setUserJwt, jwt); } ⟦catch (error) { yield put(failed(error)); }⟧
      }`,
      correct: `import { call, put } from 'redux-saga/effects';
      export function* refresh({ jwt }) {
        try { yield call(Intercom.setUserJwt, jwt); } catch (error) { yield put(failed(error)); throw error; }
      }`,
    }),
    always({
      name: 'a handler that the rest of its chain comes after, and one that gives a result',
      faulty:
        'export const refresh = (jwt) => Intercom.setUserJwt(jwt).catch(⟦report⟧).then(done);',
      correct:
        'export const refresh = (jwt) => Intercom.setUserJwt(jwt).then(() => true, () => false);',
    }),
    always({
      name: 'a handler after one that swallows, and after one that does not',
      faulty:
        'export const refresh = (jwt) => Intercom.setUserJwt(jwt).catch(⟦report⟧).then(next).catch(report);',
      correct:
        'export const refresh = (jwt) => Intercom.setUserJwt(jwt).catch((e) => { throw wrap(e); }).then(next);',
    }),
    always({
      name: 'a callback that assigns to a variable, and one that is asked',
      faulty: `export async function refresh(jwt) {
        let ok = true;
        await Intercom.setUserJwt(jwt).catch(⟦() => { ok = false; }⟧);
      }`,
      correct: `export async function refresh(jwt) {
        let ok = true;
        await Intercom.setUserJwt(jwt).catch(() => { ok = false; });
        return ok;
      }`,
    }),
    always({
      name: 'a promise that is waited for, and one that is refreshed in the background',
      faulty: `export async function refresh(jwt) {
        await Intercom.setUserJwt(jwt).catch(⟦report⟧);
      }`,
      correct: `export async function refresh(jwt) {
        void Intercom.setUserJwt(jwt).catch(report);
      }`,
    }),
    always({
      name: 'a handler that is called here, and one that is only handed over',
      faulty: `export function Help({ jwt }) {
        const refresh = async () => {
          try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { report(error); }⟧
        };
        return <Row onPress={() => refresh()} />;
      }`,
      correct: `export function Help({ jwt }) {
        const refresh = async () => {
          try { await Intercom.setUserJwt(jwt); } catch (error) { report(error); }
        };
        return <Row onPress={refresh} onHold={async () => {
          try { await Intercom.setUserJwt(jwt); } catch (error) { report(error); }
        }} />;
      }`,
    }),
    always({
      name: 'a result that says that all is well, and one that says that something is not',
      faulty: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } ⟦catch (error) { return true; }⟧
        if (await f()) return false;
        return true;
      }`,
      correct: `export async function refresh(jwt) {
        try { await Intercom.setUserJwt(jwt); } catch (error) { return false; }
        if (await f()) return false;
        return true;
      }`,
    }),
    always({
      name: 'types around it',
      faulty: `export async function refresh(jwt: string): Promise<void> {
        try { await (Intercom.setUserJwt(jwt) as Promise<unknown>); } ⟦catch (error: unknown) { report(error); }⟧
      }`,
      correct: `export async function refresh(jwt: string): Promise<boolean> {
        try { await (Intercom.setUserJwt(jwt) as Promise<unknown>); return true; } catch (error: unknown) { return false as boolean; }
      }`,
      typescript: true,
    }),
  ]);
});
