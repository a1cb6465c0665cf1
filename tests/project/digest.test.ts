/** When the digest of a project changes, and when not. */

import { describe, expect, test } from 'vitest';

import { projectDigest } from '../../src/index.ts';
import { projectOf, write, type Files } from '../helpers/project.ts';

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";

const FILES: Files = {
  'src/screen.ts': `${SDK}import { establish } from './lib';\nimport { log } from './log';\nimport { View } from './view';\nexport async function open(t) { await establish(t); log('open'); Intercom.present(); }`,
  'src/lib/index.ts': "export * from './session';",
  'src/lib/session.ts': `${SDK}export async function establish(t) { await Intercom.setUserJwt(t); }`,
  'src/log.ts': 'export function log(text) { console.log(text); }',
  'src/view.tsx': 'export function View() { return <Text>Help</Text>; }',
  'src/unrelated.ts': "export const color = 'red';",
  'server/mint.ts':
    "import { sign } from 'jsonwebtoken';\nimport { TTL } from './config';\nexport const mint = (id, key) => sign({ user_id: id }, key, { expiresIn: TTL });",
  'server/config.ts': "export { TTL } from './times';",
  'server/times.ts': "export const TTL = '1h';",
};

/** What is changed, and whether that changes the digest. */
const CHANGES: Readonly<Record<string, { readonly files: Files; readonly changes: boolean }>> = {
  'a helper loses its await': {
    files: {
      'src/lib/session.ts': `${SDK}export async function establish(t) { Intercom.setUserJwt(t); }`,
    },
    changes: true,
  },
  'a barrel exports something else': {
    files: { 'src/lib/index.ts': "export { establish } from './other';" },
    changes: true,
  },
  'a function that is called between throws': {
    files: { 'src/log.ts': 'export function log(text) { throw new Error(text); }' },
    changes: true,
  },
  'a variant for a platform is added': {
    files: { 'src/lib/session.ios.ts': 'export async function establish() {}' },
    changes: true,
  },
  'a constant that is the life of a token': {
    files: { 'server/times.ts': "export const TTL = '5m';" },
    changes: true,
  },
  'a comment on a constant': {
    files: { 'server/times.ts': "// An hour.\nexport const TTL = '1h';" },
    changes: false,
  },
  'a comment and the layout of a helper': {
    files: {
      'src/lib/session.ts': `${SDK}// The session.\nexport async function establish (t) {\n\n  await (Intercom.setUserJwt(t));\n}\n`,
    },
    changes: false,
  },
  'types that have no say, and empty statements': {
    files: {
      'src/lib/session.ts': `${SDK}export interface Token { jwt: string };\nexport async function establish<T>(t): Promise<void> { await Intercom.setUserJwt(t); }`,
    },
    changes: false,
  },
  'the texts of elements': {
    files: {
      'src/view.tsx':
        'export function View() {\n  return (\n    <Text>\n      Help me\n    </Text>\n  );\n}',
    },
    changes: false,
  },
  'an element that does something': {
    files: { 'src/view.tsx': 'export function View() { return <Text>{help()}</Text>; }' },
    changes: true,
  },
  'a file on which none depends': {
    files: { 'src/unrelated.ts': 'export const color = compute();' },
    changes: false,
  },
  'a screen that no longer depends on them': {
    files: { 'src/screen.ts': `${SDK}export function open() { Intercom.present(); }` },
    changes: true,
  },
  'a file that boots the web Messenger': {
    files: { 'src/chat.ts': "window.Intercom('boot', { intercom_user_jwt: jwt });" },
    changes: true,
  },
  'a screen that depends on the same modules': {
    files: {
      'src/other.ts': `${SDK}import { establish } from './lib';\nimport { log } from './log';\nimport { View } from './view';\nexport async function other(t) { Intercom.present(); }`,
    },
    changes: false,
  },
};

describe('the digest of a project', () => {
  for (const [name, { files, changes }] of Object.entries(CHANGES)) {
    test(`${changes ? 'changes with' : 'stays with'} ${name}`, async () => {
      const cwd = projectOf(FILES);
      const before = projectDigest({ cwd });
      expect(projectDigest({ cwd })).toBe(before);
      write(cwd, files);
      // What was seen on disk is believed until there is a pause.
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(projectDigest({ cwd }) !== before).toBe(changes);
    });
  }

  test('is the same for projects in which nothing names the SDK', () => {
    const lock = { 'package-lock.json': '{}' };
    const files = {
      'a.ts': "import { login } from './session';\nexport const open = () => login.present();",
      'session.ts': 'export const login = { present() {} };',
    };
    expect(projectDigest({ cwd: projectOf({ ...files, ...lock }) })).toBe(
      projectDigest({ cwd: projectOf(lock) }),
    );
  });

  describe('follows what linting follows', () => {
    const helper = (body: string): string => `${SDK}export async function establish(t) { ${body} }`;
    const digestWith = (files: Files, path: string, body: string): string =>
      projectDigest({ cwd: projectOf({ ...files, [path]: helper(body) }) });
    const screen = `${SDK}import { establish } from './session';\nexport async function open(t) { await establish(t); Intercom.present(); }`;

    const SPACES: Readonly<Record<string, { readonly files: Files; readonly helper: string }>> = {
      'where the lock file does not name the SDK': {
        files: { 'package-lock.json': '{}', 'src/a.ts': screen },
        helper: 'src/session.ts',
      },
      'in a folder with a lock file of its own, below one with only tools': {
        files: {
          'package-lock.json': '{ "packages": { "node_modules/eslint": {} } }',
          'mobile/package-lock.json':
            '{ "packages": { "node_modules/@intercom/intercom-react-native": {} } }',
          'mobile/src/a.ts':
            "import { client } from './client';\nimport { establish } from './session';\nexport async function open(t) { await establish(t); client.present(); }",
          'mobile/src/client.ts':
            "export { default as client } from '@intercom/intercom-react-native';",
        },
        helper: 'mobile/src/session.ts',
      },
      'in two of them': {
        files: {
          'one/yarn.lock': '"@intercom/intercom-react-native@^10"',
          'one/a.ts': screen,
          'one/session.ts': 'export async function establish() {}',
          'two/yarn.lock': '"@intercom/intercom-react-native@^9"',
          'two/a.ts': screen,
        },
        helper: 'two/session.ts',
      },
      'into a package that is not linked': {
        files: {
          'package.json': '{ "workspaces": ["packages/*"] }',
          'packages/app/package.json': '{ "name": "app" }',
          'packages/app/a.ts': screen.replace('./session', '@acme/session'),
          'packages/session/package.json': '{ "name": "@acme/session", "main": "dist/index.js" }',
        },
        helper: 'packages/session/src/index.ts',
      },
    };

    test.each(Object.entries(SPACES))('%s', (_, { files, helper: path }) => {
      const awaited = digestWith(files, path, 'await Intercom.setUserJwt(t);');
      expect(digestWith(files, path, 'await Intercom.setUserJwt(t) ;')).toBe(awaited);
      expect(digestWith(files, path, 'Intercom.setUserJwt(t);')).not.toBe(awaited);
    });

    test('and where a configuration leads', () => {
      const files = (first: string, second: string): Files => ({
        'tsconfig.json': `{ "compilerOptions": { "paths": { "@one": ["./${first}"], "@two": ["./${second}"] } } }`,
        'a.ts': `${SDK}import { establish } from '@one';\nexport async function open(t) { await establish(t); Intercom.present(); }`,
        'b.ts': `${SDK}import { establish } from '@two';\nexport async function open(t) { await establish(t); Intercom.present(); }`,
        'c.ts': helper('await Intercom.setUserJwt(t);'),
        'd.ts': helper('Intercom.setUserJwt(t);'),
      });
      expect(projectDigest({ cwd: projectOf(files('c', 'd')) })).not.toBe(
        projectDigest({ cwd: projectOf(files('d', 'c')) }),
      );
    });
  });

  test('tells of tokens where there is no SDK, too', () => {
    const server = (ttl: string): string =>
      projectOf({
        'package-lock.json': '{}',
        'mint.ts': "import jwt from 'jsonwebtoken';\nimport { TTL } from './config';",
        'config.ts': `export const TTL = '${ttl}';`,
      });
    expect(projectDigest({ cwd: server('5m') })).not.toBe(projectDigest({ cwd: server('1h') }));
  });

  test('refuses clients that are none', () => {
    expect(() => projectDigest({ clients: [{ module: '' }] })).toThrow(
      /^projectDigest: settings\['intercom-jwt'\]\.clients\[0\]\.module: /,
    );
  });
});
