import { RuleTester, type Linter, type Rule } from 'eslint';
import { afterAll, describe, it } from 'vitest';
import { parser } from 'typescript-eslint';

import rule from '../../rules/require-set-user-jwt.ts';
import { CONFIGS } from '../../src/configs.ts';

Object.assign(RuleTester, { afterAll, describe, it, itOnly: it.only });

const javascript = new RuleTester({
  languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
});

const typescript = new RuleTester({
  languageOptions: {
    parser,
    parserOptions: { ecmaFeatures: { jsx: true } },
  },
});

const IMPORT = "import Intercom from '@intercom/intercom-react-native';";

/** A module with the client's import on its first line, and without the indentation of its first. */
function module(source: string): string {
  const [, indent = ''] = /^\n*( *)/.exec(source) ?? [];
  const lines = source.replace(/^\n/, '').split('\n');
  return [IMPORT, ...lines.map((line) => line.replace(indent, ''))].join('\n');
}

/** The rule without its suggestions, which `require-set-user-jwt.messages.test.ts` tests. */
const silent: Rule.RuleModule = {
  ...rule,
  create: (context) => {
    const report = (descriptor: Rule.ReportDescriptor): void => {
      context.report({ ...descriptor, suggest: null });
    };
    return rule.create(Object.create(context, { report: { value: report } }) as Rule.RuleContext);
  },
};

javascript.run('require-set-user-jwt', silent, {
  valid: [
    {
      name: 'an awaited set comes before the login',
      code: module(`
        export async function start(jwt, user) {
          await Intercom.setUserJwt(jwt);
          await Intercom.loginUserWithUserAttributes(user);
          await Intercom.present();
        }`),
    },
    {
      name: 'a guest needs no JWT',
      code: module(`
        export async function start(user) {
          await Intercom.loginUnidentifiedUser();
          await Intercom.updateUser(user);
          await Intercom.present();
        }`),
    },
    {
      name: 'an event is buffered',
      code: module(`export const log = () => Intercom.logEvent('opened');`),
    },
    {
      name: 'a request is protected only if it is asked for',
      code: module(`export const find = () => Intercom.searchHelpCenter('x');`),
    },
    {
      name: 'only what protect names is protected',
      code: module(`export const open = () => Intercom.present();`),
      options: [{ protect: ['login', 'update'] }],
    },
    {
      name: 'a helper that may return early counts under some-path',
      code: module(`
        let done = false;
        async function ensure(jwt) {
          if (done) return;
          await Intercom.setUserJwt(jwt);
          done = true;
        }
        export async function open(jwt) {
          await ensure(jwt);
          await Intercom.present();
        }`),
      options: [{ helpers: 'some-path' }],
    },
    {
      name: 'a session is taken to be there',
      code: module(`export const open = () => Intercom.present();`),
      options: [{ entry: 'session' }],
    },
    {
      name: 'a file without a client',
      code: `export const open = () => chat.present();`,
    },
    {
      name: 'a file that only mentions Intercom',
      code: `// Intercom.present() is called elsewhere\nexport const name = 'Intercom';`,
    },
  ],
  invalid: [
    {
      name: 'neverSet: nothing sets the JWT',
      code: module(`export const open = () => Intercom.present();`),
      errors: [
        {
          messageId: 'neverSet',
          data: { method: 'present', establish: 'setUserJwt', where: 'on any way', elsewhere: '' },
          line: 2,
          column: 27,
          endLine: 2,
          endColumn: 45,
        },
      ],
    },
    {
      name: 'neverSet: at the top level of a module',
      code: module(`await Intercom.loginUserWithUserAttributes({ userId: '1' });`),
      errors: [
        {
          messageId: 'neverSet',
          data: {
            method: 'loginUserWithUserAttributes',
            establish: 'setUserJwt',
            where: 'on any way',
            elsewhere: '',
          },
          line: 2,
          column: 7,
        },
      ],
    },
    {
      name: 'neverSet: a method that is handed over is reported itself',
      code: module(`export const button = <Button onPress={Intercom.present} />;`),
      errors: [{ messageId: 'neverSet', line: 2, column: 40, endLine: 2, endColumn: 56 }],
    },
    {
      name: 'neverSet: a login after a guest names the user',
      code: module(`
        export async function start(user) {
          await Intercom.loginUnidentifiedUser();
          await Intercom.loginUserWithUserAttributes(user);
        }`),
      errors: [{ messageId: 'neverSet', line: 4, column: 9 }],
    },
    {
      name: 'notAwaited: the promise is dropped',
      code: module(`
        export async function start(jwt, user) {
          Intercom.setUserJwt(jwt);
          await Intercom.loginUserWithUserAttributes(user);
        }`),
      errors: [
        {
          messageId: 'notAwaited',
          data: {
            method: 'loginUserWithUserAttributes',
            establish: 'setUserJwt',
            line: '3',
            when: '',
          },
          line: 4,
          column: 9,
        },
      ],
    },
    {
      name: 'setTooLate: the promise is awaited behind the call',
      code: module(`
        export async function start(jwt) {
          const set = Intercom.setUserJwt(jwt);
          await Intercom.present();
          await set;
        }`),
      errors: [
        {
          messageId: 'setTooLate',
          data: { method: 'present', establish: 'setUserJwt', line: '5' },
          line: 4,
        },
      ],
    },
    {
      name: 'rejected: a catch goes on',
      code: module(`
        export async function start(jwt, user) {
          try {
            await Intercom.setUserJwt(jwt);
          } catch (error) {
            console.warn(error);
          }
          await Intercom.loginUserWithUserAttributes(user);
        }`),
      errors: [
        {
          messageId: 'rejected',
          data: {
            method: 'loginUserWithUserAttributes',
            establish: 'setUserJwt',
            catch: 'the `catch` on line 5',
          },
          line: 8,
        },
      ],
    },
    {
      name: 'rejected: the call is in the catch',
      code: module(`
        export async function start(jwt) {
          try {
            await Intercom.setUserJwt(jwt);
          } catch {
            await Intercom.present();
          }
        }`),
      errors: [
        {
          messageId: 'rejected',
          data: { method: 'present', establish: 'setUserJwt', catch: 'the `catch` on line 5' },
          line: 6,
        },
      ],
    },
    {
      name: 'rejected: the handler of the promise goes on',
      code: module(`
        export async function start(jwt) {
          await Intercom.setUserJwt(jwt).catch(() => {});
          await Intercom.present();
        }`),
      errors: [{ messageId: 'rejected', line: 4 }],
    },
    {
      name: 'skippedOnPath: a condition',
      code: module(`
        export async function start(jwt) {
          if (jwt) await Intercom.setUserJwt(jwt);
          await Intercom.present();
        }`),
      errors: [
        {
          messageId: 'skippedOnPath',
          data: {
            method: 'present',
            establish: 'setUserJwt',
            condition: '`jwt` is falsy (line 3)',
          },
          line: 4,
        },
      ],
    },
    {
      name: 'skippedOnPath: the other way of a condition',
      code: module(`
        export async function start(jwt, cached) {
          if (cached) {
            console.log(cached);
          } else {
            await Intercom.setUserJwt(jwt);
          }
          await Intercom.present();
        }`),
      errors: [
        {
          messageId: 'skippedOnPath',
          data: {
            method: 'present',
            establish: 'setUserJwt',
            condition: '`cached` is truthy (line 3)',
          },
          line: 8,
        },
      ],
    },
    {
      name: 'skippedOnPath: a loop that may run zero times',
      code: module(`
        export async function start(tokens) {
          for (const jwt of tokens) await Intercom.setUserJwt(jwt);
          await Intercom.present();
        }`),
      errors: [{ messageId: 'skippedOnPath', line: 4 }],
    },
    {
      name: 'cleared: by a logout',
      code: module(`
        export async function again(jwt, user) {
          await Intercom.setUserJwt(jwt);
          await Intercom.logout();
          await Intercom.loginUserWithUserAttributes(user);
        }`),
      errors: [
        {
          messageId: 'cleared',
          data: {
            method: 'loginUserWithUserAttributes',
            establish: 'setUserJwt',
            clear: 'logout',
            line: '4',
            when: '',
          },
          line: 5,
        },
      ],
    },
    {
      name: 'cleared: on one of several ways',
      code: module(`
        export async function again(jwt, isNew) {
          await Intercom.setUserJwt(jwt);
          if (isNew) {
            await Intercom.logout();
          }
          await Intercom.present();
        }`),
      errors: [
        {
          messageId: 'cleared',
          data: {
            method: 'present',
            establish: 'setUserJwt',
            clear: 'logout',
            line: '5',
            when: ' when `isNew` is truthy (line 4)',
          },
          line: 7,
        },
      ],
    },
    {
      name: 'setTooLate: the set is behind the call',
      code: module(`
        export async function start(jwt, user) {
          await Intercom.updateUser(user);
          await Intercom.setUserJwt(jwt);
        }`),
      errors: [
        {
          messageId: 'setTooLate',
          data: { method: 'updateUser', establish: 'setUserJwt', line: '4' },
          line: 3,
        },
      ],
    },
    {
      name: 'setTooLate: the first of two calls',
      code: module(`
        export async function start(jwt, user) {
          await Intercom.loginUserWithUserAttributes(user);
          await Intercom.setUserJwt(jwt);
          await Intercom.present();
        }`),
      errors: [
        {
          messageId: 'setTooLate',
          data: { method: 'loginUserWithUserAttributes', establish: 'setUserJwt', line: '4' },
          line: 3,
        },
      ],
    },
    {
      name: 'calledUnset: one of the calls comes before the set',
      code: module(`
        async function openHelp() {
          await Intercom.present();
        }
        export async function start(jwt) {
          await Intercom.setUserJwt(jwt);
          await openHelp();
        }
        export async function other() {
          await openHelp();
        }`),
      errors: [
        {
          messageId: 'calledUnset',
          data: {
            entered: '`openHelp` can be called from line 10',
            establish: 'setUserJwt',
            method: 'present',
          },
          line: 3,
        },
      ],
    },
    {
      name: 'calledUnset: a handler that is rendered',
      code: module(`
        export function Help({ jwt }) {
          const onPress = () => Intercom.present();
          const start = async () => {
            await Intercom.setUserJwt(jwt);
            await onPress();
          };
          return <Button onPress={onPress} onLongPress={start} />;
        }`),
      errors: [
        {
          messageId: 'calledUnset',
          data: {
            entered: '`onPress` can be called from line 8',
            establish: 'setUserJwt',
            method: 'present',
          },
          line: 3,
        },
      ],
    },
    {
      name: 'helperMaySkip: an early return of a helper, under every-path',
      code: module(`
        let done = false;
        async function ensure(jwt) {
          if (done) return;
          await Intercom.setUserJwt(jwt);
          done = true;
        }
        export async function open(jwt) {
          await ensure(jwt);
          await Intercom.present();
        }`),
      options: [{ helpers: 'every-path' }],
      errors: [
        {
          messageId: 'helperMaySkip',
          data: { method: 'present', establish: 'setUserJwt', helper: 'ensure', line: '9' },
          line: 10,
        },
      ],
    },
    {
      name: 'helperMaySkip: a result that does not tell the ways apart',
      code: module(`
        const ensure = async (jwt) => {
          if (jwt) await Intercom.setUserJwt(jwt);
          return true;
        };
        export async function open(jwt) {
          if (await ensure(jwt)) await Intercom.present();
        }`),
      options: [{ helpers: 'every-path' }],
      errors: [
        {
          messageId: 'helperMaySkip',
          data: { method: 'present', establish: 'setUserJwt', helper: 'ensure', line: '7' },
          line: 7,
        },
      ],
    },
    {
      name: 'rejected: a catch in a helper, under every-path',
      code: module(`
        async function ensure(jwt) {
          try {
            await Intercom.setUserJwt(jwt);
          } catch (error) {
            console.warn(error);
          }
        }
        export async function open(jwt) {
          await ensure(jwt);
          await Intercom.present();
        }`),
      options: [{ helpers: 'every-path' }],
      errors: [{ messageId: 'rejected', line: 11 }],
    },
    {
      name: 'what is named by protect',
      code: module(`
        export function ask() {
          Intercom.searchHelpCenter('x');
          Intercom.logEvent('asked');
          Intercom.present();
        }`),
      options: [{ protect: ['request', 'event'] }],
      errors: [
        { messageId: 'neverSet', line: 3 },
        { messageId: 'neverSet', line: 4 },
      ],
    },
    {
      name: 'a session that is lost by a logout',
      code: module(`
        export async function leave() {
          await Intercom.logout();
          await Intercom.present();
        }`),
      options: [{ entry: 'session' }],
      errors: [
        {
          messageId: 'cleared',
          data: {
            method: 'present',
            establish: 'setUserJwt',
            clear: 'logout',
            line: '3',
            when: '',
          },
          line: 4,
        },
      ],
    },
    {
      name: 'a login in a session that is taken to be there',
      code: module(`export const start = (user) => Intercom.loginUserWithUserAttributes(user);`),
      options: [{ entry: 'session' }],
      errors: [{ messageId: 'neverSet', line: 2 }],
    },
    {
      name: 'where several causes are true: a logout, before a call that is not awaited',
      code: module(`
        export async function start(jwt) {
          if (jwt.isNew) Intercom.setUserJwt(jwt);
          else Intercom.logout();
          await Intercom.present();
        }`),
      options: [{ entry: 'session', protect: ['present'] }],
      errors: [{ messageId: 'cleared', line: 5 }],
    },
    {
      name: 'where several causes are true: a rejection, before a condition',
      code: module(`
        export async function start(jwt) {
          try {
            if (jwt) await Intercom.setUserJwt(jwt);
          } catch {}
          await Intercom.present();
        }`),
      errors: [{ messageId: 'rejected', line: 6 }],
    },
    {
      name: 'each faulty call is reported, in the order of the source',
      code: module(`
        export function start(user) {
          Intercom.loginUserWithUserAttributes(user);
          Intercom.updateUser(user);
          Intercom.present();
        }`),
      errors: [
        { messageId: 'neverSet', line: 3 },
        { messageId: 'neverSet', line: 4 },
        { messageId: 'neverSet', line: 5 },
      ],
    },
    {
      name: 'a client with names of its own, from the settings',
      code: [
        "import chat from '@acme/intercom';",
        'export async function run(t) {',
        '  chat.setToken(t);',
        '  await chat.open();',
        '}',
      ].join('\n'),
      settings: {
        'intercom-jwt': {
          clients: [
            { module: '@acme/intercom', methods: { setToken: 'establish', open: 'present' } },
          ],
        },
      },
      errors: [
        {
          messageId: 'notAwaited',
          data: { method: 'open', establish: 'setToken', line: '3', when: '' },
          line: 4,
        },
      ],
    },
  ],
});

typescript.run('require-set-user-jwt, in TypeScript', silent, {
  valid: [
    {
      name: 'a class with a typed client',
      code: module(`
        export class Chat {
          constructor(private readonly client: typeof Intercom) {}
          async start(jwt: string, user: User): Promise<void> {
            await this.client.setUserJwt(jwt);
            await this.client.loginUserWithUserAttributes(user);
          }
        }`),
    },
    {
      name: 'a component',
      code: module(`
        export function Help({ jwt }: Props): JSX.Element {
          const onPress = useCallback(async (): Promise<void> => {
            await Intercom.setUserJwt(jwt!);
            await Intercom.present();
          }, [jwt]);
          return <Button<string> onPress={onPress} />;
        }`),
    },
    {
      name: 'types with the names of methods',
      code: module(`
        declare module 'chat' { export function present(): void }
        export abstract class Chat { abstract present(): void }
        export enum Role { login, present }`),
    },
  ],
  invalid: [
    {
      name: 'a class with a typed client',
      code: module(`
        export class Chat {
          constructor(private readonly client: typeof Intercom) {}
          async start(jwt: string, user: User): Promise<void> {
            void this.client.setUserJwt(jwt);
            await this.client.loginUserWithUserAttributes(user);
          }
        }`),
      errors: [{ messageId: 'notAwaited', line: 6 }],
    },
    {
      name: 'a component',
      code: module(`
        export function Help({ jwt }: Props): JSX.Element {
          return <Button<string> onPress={() => (Intercom as Chat)!.present()} />;
        }`),
      errors: [{ messageId: 'neverSet', line: 3, column: 41 }],
    },
  ],
});

// Shapes of real code, under each configuration

type ConfigName = 'recommended' | 'strict' | 'session';

interface Expected {
  readonly line: number;
  /** The message ids that would tell the cause; any, where the cause is not what the shape shows. */
  readonly messageId?: string;
}

interface Shape {
  readonly name: string;
  readonly code: string;
  readonly reports: Readonly<Record<ConfigName, readonly Expected[]>>;
}

function always(reports: readonly Expected[]): Shape['reports'] {
  return { recommended: reports, strict: reports, session: reports };
}

/** Where a session is taken to be there, it is there. */
function unlessInSession(reports: readonly Expected[]): Shape['reports'] {
  return { recommended: reports, strict: reports, session: [] };
}

/** What is reported only if every way of a helper counts. */
function onlyStrict(reports: readonly Expected[]): Shape['reports'] {
  return { recommended: [], strict: reports, session: [] };
}

const never = (line: number): Expected => ({ line, messageId: 'neverSet' });

const SAFE = `
    async function safe(name, action) {
      try {
        return await action();
      } catch (error) {
        report(name, error);
      }
    }`;

const SHAPES: readonly Shape[] = [
  {
    name: 'A1: a straight line, with a logout first',
    code: module(`
    export async function login(t, userId) {
      await Intercom.logout();
      await Intercom.setUserJwt(t);
      await Intercom.loginUserWithUserAttributes({ userId });
    }`),
    reports: always([]),
  },
  {
    name: 'A1, with the logout behind the set',
    code: module(`
    export async function login(t, userId) {
      await Intercom.setUserJwt(t);
      await Intercom.logout();
      await Intercom.loginUserWithUserAttributes({ userId });
    }`),
    reports: always([{ line: 5, messageId: 'cleared' }]),
  },
  {
    name: 'A2: a guard, then a login only when needed',
    code: module(`
    export async function open(userId) {
      const t = await fetchJwt();
      if (!t) return false;
      await Intercom.setUserJwt(t);
      if (!(await Intercom.isUserLoggedIn())) await Intercom.loginUserWithUserAttributes({ userId });
      await Intercom.present();
      return true;
    }`),
    reports: always([]),
  },
  {
    name: 'A2, with a set only when needed',
    code: module(`
    export async function open(userId) {
      const t = await fetchJwt();
      if (!(await Intercom.isUserLoggedIn())) {
        await Intercom.setUserJwt(t);
        await Intercom.loginUserWithUserAttributes({ userId });
      }
      await Intercom.present();
    }`),
    reports: unlessInSession([{ line: 8, messageId: 'skippedOnPath' }]),
  },
  {
    name: 'A3: a catch that rethrows',
    code: module(`
    export async function login(t, userId) {
      try { await Intercom.setUserJwt(t); } catch (e) { log(e); throw e; }
      await Intercom.loginUserWithUserAttributes({ userId });
    }`),
    reports: always([]),
  },
  {
    name: 'A3, with a catch that does not',
    code: module(`
    export async function login(t, userId) {
      try { await Intercom.setUserJwt(t); } catch (e) { log(e); }
      await Intercom.loginUserWithUserAttributes({ userId });
    }`),
    reports: always([{ line: 4, messageId: 'rejected' }]),
  },
  {
    name: 'B: a chain',
    code: module(`
    export const login = (t, id) =>
      Intercom.setUserJwt(t).then(() => Intercom.loginUserWithUserAttributes({ userId: id }));`),
    reports: always([]),
  },
  {
    name: 'B, beside the chain',
    code: module(`
    export const login = (t, id) => {
      Intercom.setUserJwt(t).then(log);
      return Intercom.loginUserWithUserAttributes({ userId: id });
    };`),
    reports: always([{ line: 4, messageId: 'notAwaited' }]),
  },
  {
    name: 'C: callbacks given to an awaited helper that swallows',
    code: module(`${SAFE}
    export async function login(t, userId) {
      await safe('jwt', () => Intercom.setUserJwt(t));
      await safe('login', () => Intercom.loginUserWithUserAttributes({ userId }));
    }`),
    reports: onlyStrict([{ line: 11, messageId: 'rejected' }]),
  },
  {
    name: 'C, with a helper that rethrows',
    code: module(`${SAFE.replace('report(name, error);', 'report(name, error); throw error;')}
    export async function login(t, userId) {
      await safe('jwt', () => Intercom.setUserJwt(t));
      await safe('login', () => Intercom.loginUserWithUserAttributes({ userId }));
    }`),
    reports: always([]),
  },
  {
    name: 'C, without the await',
    code: module(`${SAFE}
    export async function login(t, userId) {
      safe('jwt', () => Intercom.setUserJwt(t));
      await safe('login', () => Intercom.loginUserWithUserAttributes({ userId }));
    }`),
    reports: always([{ line: 11, messageId: 'notAwaited' }]),
  },
  {
    name: 'D: helpers, then present',
    code: module(`
    let done = false;
    async function register(u) {
      const t = await jwt(u);
      if (!t) return;
      await Intercom.setUserJwt(t);
      await Intercom.loginUserWithUserAttributes(u);
    }
    async function ensure(u) {
      if (done) return;
      await register(u);
      done = true;
    }
    export async function open(u) {
      await ensure(u);
      await Intercom.present();
    }`),
    reports: onlyStrict([{ line: 16, messageId: 'helperMaySkip' }]),
  },
  {
    name: 'D, without the await',
    code: module(`
    let done = false;
    async function ensure(u) {
      if (done) return;
      await Intercom.setUserJwt(await jwt(u));
      done = true;
    }
    export async function open(u) {
      ensure(u);
      await Intercom.present();
    }`),
    reports: unlessInSession([{ line: 10 }]),
  },
  {
    name: 'D2: a helper that keeps its promise in the state of the module',
    code: module(`
    let p = null;
    const auth = () =>
      (p ??= (async () => {
        await Intercom.setUserJwt(await jwt());
        await Intercom.loginUserWithUserAttributes(a);
      })());
    export const openChat = async () => {
      await auth();
      await Intercom.present();
    };`),
    reports: always([]),
  },
  {
    name: 'D2, with a function that swallows',
    code: module(`
    let p = null;
    const auth = () =>
      (p ??= (async () => {
        try { await Intercom.setUserJwt(await jwt()); } catch {}
      })());
    export const openChat = async () => {
      await auth();
      await Intercom.present();
    };`),
    reports: onlyStrict([{ line: 9, messageId: 'rejected' }]),
  },
  {
    name: 'D3: a helper that returns the client',
    code: module(`
    async function readySdk(session) {
      await Intercom.setUserJwt(session.t);
      await Intercom.loginUserWithUserAttributes(session.user);
      return Intercom;
    }
    export async function open(session) {
      const I = await readySdk(session);
      await I.present();
    }`),
    reports: always([]),
  },
  {
    name: 'D3, with a client that is not ready',
    code: module(`
    async function readySdk(session) {
      Intercom.setUserJwt(session.t);
      return Intercom;
    }
    export async function open(session) {
      const I = await readySdk(session);
      await I.present();
    }`),
    reports: unlessInSession([{ line: 8, messageId: 'notAwaited' }]),
  },
  {
    name: 'E: an adapter chosen by platform',
    code: `
export const { login, present } = (web ? makeWeb : () => {
  const { default: Intercom, Space } = require('@intercom/intercom-react-native');
  return {
    login: async (t, id) => {
      await Intercom.setUserJwt(t);
      await Intercom.loginUserWithUserAttributes({ userId: id });
    },
    present: () => Intercom.presentSpace(Space.home),
  };
})();`,
    reports: unlessInSession([{ line: 9, messageId: 'neverSet' }]),
  },
  {
    name: 'E, with an adapter that sets it itself',
    code: `
export const { login, present } = (web ? makeWeb : () => {
  const { default: Intercom, Space } = require('@intercom/intercom-react-native');
  const ready = async (t) => { await Intercom.setUserJwt(t); };
  return {
    login: async (t, id) => {
      await ready(t);
      await Intercom.loginUserWithUserAttributes({ userId: id });
    },
    present: async (t) => {
      await ready(t);
      await Intercom.presentSpace(Space.home);
    },
  };
})();`,
    reports: always([]),
  },
  {
    name: 'F: a branch for guests',
    code: module(`
    export async function start(user, t) {
      if (user) {
        await Intercom.setUserJwt(t);
        await Intercom.loginUserWithUserAttributes(user);
      } else {
        await Intercom.loginUnidentifiedUser();
      }
      await Intercom.present();
    }`),
    reports: always([]),
  },
  {
    name: 'F, with a branch that logs nobody in',
    code: module(`
    export async function start(user, t) {
      if (user) {
        await Intercom.setUserJwt(t);
        await Intercom.loginUserWithUserAttributes(user);
      }
      await Intercom.present();
    }`),
    reports: unlessInSession([{ line: 7, messageId: 'skippedOnPath' }]),
  },
  {
    name: 'F: a guest as a fallback',
    code: module(`
    export async function start(user, t) {
      try {
        await Intercom.setUserJwt(t);
        await Intercom.loginUserWithUserAttributes(user);
      } catch {
        await Intercom.loginUnidentifiedUser();
      }
      await Intercom.present();
    }`),
    reports: always([]),
  },
  {
    name: 'F, with a login as a fallback',
    code: module(`
    export async function start(user, t) {
      try {
        await Intercom.setUserJwt(t);
        await Intercom.loginUserWithUserAttributes(user);
      } catch {
        await Intercom.loginUserWithUserAttributes(user);
      }
    }`),
    reports: always([{ line: 7, messageId: 'rejected' }]),
  },
  {
    name: 'H1: a failure swallowed by a nested try',
    code: module(`
    export async function login(a) {
      try {
        try { const t = await jwt(); if (t) await Intercom.setUserJwt(t); } catch (e) { warn(e); }
        await Intercom.loginUserWithUserAttributes(a);
      } catch (e) { warn(e); }
    }`),
    reports: always([{ line: 5, messageId: 'rejected' }]),
  },
  {
    name: 'H1, without the nested try',
    code: module(`
    export async function login(a) {
      try {
        const t = await jwt();
        if (!t) return;
        await Intercom.setUserJwt(t);
        await Intercom.loginUserWithUserAttributes(a);
      } catch (e) { warn(e); }
    }`),
    reports: always([]),
  },
  {
    name: 'H2: a condition',
    code: module(`
    export async function login(t, a) {
      if (t) await Intercom.setUserJwt(t);
      await Intercom.loginUserWithUserAttributes(a);
    }`),
    reports: always([{ line: 4, messageId: 'skippedOnPath' }]),
  },
  {
    name: 'H2, with both under the condition',
    code: module(`
    export async function login(t, a) {
      if (t) {
        await Intercom.setUserJwt(t);
        await Intercom.loginUserWithUserAttributes(a);
      }
    }`),
    reports: always([]),
  },
  {
    name: 'H3: not awaited in an effect, the login in a handler',
    code: module(`
    export function Help({ token, a }) {
      useEffect(() => { Intercom.setUserJwt(token ?? ''); }, [token]);
      const onPress = async () => {
        await Intercom.loginUserWithUserAttributes(a);
        await Intercom.present();
      };
      return <Button onPress={onPress} />;
    }`),
    reports: {
      recommended: [{ line: 5 }, { line: 6 }],
      strict: [{ line: 5 }, { line: 6 }],
      session: [{ line: 5 }],
    },
  },
  {
    name: 'H3, with the set in the handler',
    code: module(`
    export function Help({ token, a }) {
      const onPress = async () => {
        await Intercom.setUserJwt(token);
        await Intercom.loginUserWithUserAttributes(a);
        await Intercom.present();
      };
      return <Button onPress={onPress} />;
    }`),
    reports: always([]),
  },
  {
    name: 'H4: the wrong order',
    code: module(`
    export async function update(a) {
      await Intercom.updateUser(a);
      await Intercom.setUserJwt(await jwt());
    }`),
    reports: unlessInSession([{ line: 3, messageId: 'setTooLate' }]),
  },
  {
    name: 'H4, in the right order',
    code: module(`
    export async function update(a) {
      await Intercom.setUserJwt(await jwt());
      await Intercom.updateUser(a);
    }`),
    reports: always([]),
  },
  {
    name: 'H5: a refresh in the background',
    code: module(`
    export function refresh() {
      void jwt().then((t) => Intercom.setUserJwt(t).catch(() => undefined));
    }`),
    reports: always([]),
  },
  {
    name: 'H5, followed by a login',
    code: module(`
    export async function refresh(a) {
      void jwt().then((t) => Intercom.setUserJwt(t).catch(() => undefined));
      await Intercom.loginUserWithUserAttributes(a);
    }`),
    reports: always([{ line: 4 }]),
  },

  // The client by other names
  {
    name: 'a module in a guarded block',
    code: `
let sdk = null;
try {
  sdk = require('@intercom/intercom-react-native').default;
} catch {}
export async function open() {
  if (!sdk) return;
  await sdk.present();
}`,
    reports: unlessInSession([never(8)]),
  },
  {
    name: 'an accessor with a cache',
    code: `
let cache = null;
function sdk() {
  return (cache ??= require('@intercom/intercom-react-native'));
}
export async function open(t) {
  const m = sdk();
  if (!m) return;
  await m.default.setUserJwt(t);
  await m.default.present();
}`,
    reports: always([]),
  },
  {
    name: 'a dynamic import in the method',
    code: `
export class Chat {
  async open() {
    const { default: Intercom } = await import('@intercom/intercom-react-native');
    await Intercom.present();
  }
}`,
    reports: unlessInSession([never(5)]),
  },
  {
    name: 'a field of any type',
    code: `
export class Chat {
  Intercom = null;
  async load() {
    const m = await import('@intercom/intercom-react-native');
    this.Intercom = m.default;
  }
  async end() {
    await this.Intercom.logout();
    await this.Intercom.present();
  }
}`,
    // Where nothing has been set, nothing is cleared.
    reports: {
      recommended: [never(10)],
      strict: [never(10)],
      session: [{ line: 10, messageId: 'cleared' }],
    },
  },
  {
    name: 'a mock',
    code: `
jest.mock('@intercom/intercom-react-native', () => ({ setUserJwt: jest.fn(), present: jest.fn() }));
import Intercom from '@intercom/intercom-react-native';
it('opens', () => Intercom.present());`,
    reports: always([]),
  },

  // What holds the call
  {
    name: 'a wrapper that is exported',
    code: module(`
    export async function openChat() {
      await Intercom.present();
    }`),
    reports: unlessInSession([never(3)]),
  },
  {
    name: 'a handler in an element',
    code: module(`
    export const Help = () => (
      <Button onPress={() => Intercom.present()} />
    );`),
    reports: unlessInSession([never(3)]),
  },
  {
    name: 'a button of an alert',
    code: module(`
    export const ask = () =>
      Alert.alert('Help', '', [
        { text: 'OK', onPress: () => { void Intercom.present(); } },
      ]);`),
    reports: unlessInSession([never(4)]),
  },
  {
    name: 'a named handler of a component',
    code: module(`
    export function Help() {
      const help = async () => {
        await Intercom.present();
      };
      return <Button onPress={help} />;
    }`),
    reports: unlessInSession([{ line: 4 }]),
  },
  {
    name: 'a method of an adapter',
    code: module(`
    export const api = {
      open: () => Intercom.present(),
    };`),
    reports: unlessInSession([never(3)]),
  },
  {
    name: 'an arrow in a field of a service',
    code: module(`
    class Service {
      open = async () => {
        await Intercom.present();
      };
    }
    export default new Service();`),
    reports: unlessInSession([never(4)]),
  },
  {
    name: 'a callback of a hook',
    code: module(`
    export function useChat(ensure) {
      return useCallback(async () => {
        await ensure();
        await Intercom.present();
      }, []);
    }`),
    reports: unlessInSession([never(5)]),
  },
  {
    name: 'an effect with an async function in it',
    code: module(`
    export function useGuest() {
      useEffect(() => {
        (async () => {
          await Intercom.loginUnidentifiedUser();
          await Intercom.present();
        })();
      }, []);
    }`),
    reports: always([]),
  },
  {
    name: 'a listener',
    code: module(`
    Notifications.addNotificationResponseReceivedListener(() => {
      Intercom.present();
    });`),
    // The top level of a module is entered from outside, too.
    reports: unlessInSession([never(3)]),
  },
  {
    name: 'a race with a timeout',
    code: module(`
    export async function open() {
      await Promise.race([Intercom.present(), timeout()]);
    }`),
    reports: unlessInSession([never(3)]),
  },
  {
    name: 'a helper whose result is tested',
    code: module(`
    async function ensureLoggedIn(t) {
      if (!t) return false;
      await Intercom.setUserJwt(t);
      return true;
    }
    export async function open(t) {
      if (!(await ensureLoggedIn(t))) return;
      await Intercom.present();
    }`),
    reports: always([]),
  },
];

const STRICT_OPTIONS = CONFIGS.strict['intercom-jwt/require-set-user-jwt'];
const SESSION_OPTIONS = CONFIGS.session['intercom-jwt/require-set-user-jwt'];

/** The options that a configuration gives the rule. */
function optionsOf(entry: Linter.RuleEntry<object[]> | undefined): object[] {
  return Array.isArray(entry) ? entry.slice(1).filter((option) => typeof option === 'object') : [];
}

const CONFIGURED: Readonly<Record<ConfigName, object[]>> = {
  recommended: [],
  strict: optionsOf(STRICT_OPTIONS),
  session: optionsOf(SESSION_OPTIONS),
};

for (const [config, options] of Object.entries(CONFIGURED) as [ConfigName, object[]][]) {
  const cases = SHAPES.map(({ name, code, reports }) => ({
    name,
    code,
    options,
    errors: reports[config].map(({ line, messageId }) =>
      messageId === undefined ? { message: /user JWT/u, line } : { messageId, line },
    ),
  }));
  javascript.run(`require-set-user-jwt, shapes of real code under ${config}`, silent, {
    valid: cases
      .filter(({ errors }) => errors.length === 0)
      .map((shape) => ({ name: shape.name, code: shape.code, options: shape.options })),
    invalid: cases.filter(({ errors }) => errors.length > 0),
  });
}
