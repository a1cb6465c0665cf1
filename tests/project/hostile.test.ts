/** What a disk can hold beside modules: nothing of it is waited for, and no verdict comes of it. */

import { execFileSync } from 'node:child_process';
import fs, { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import { join, sep } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { projectDigest } from '../../src/index.ts';
import { messagesOf, projectOf, type Files } from '../helpers/project.ts';

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";
const SCREEN = `${SDK}import { establish } from './lib';
export async function open(t) { await establish(t); Intercom.present(); }`;
const HELPER = `${SDK}export async function establish(t) { await Intercom.setUserJwt(t); }`;

/** What is told of the screen in a project; the digest is made as well. */
function told(files: Files, prepare: (root: string) => void = () => undefined): string {
  const root = projectOf({ 'a.ts': SCREEN, ...files });
  prepare(root);
  expect(projectDigest({ cwd: root })).toHaveLength(32);
  return messagesOf(root, 'a.ts', SCREEN)
    .map(({ messageId }) => messageId)
    .join();
}

const isPosix = process.platform !== 'win32';

describe.runIf(isPosix)('what is no regular file is not opened', () => {
  const pipe = (path: string): void => {
    execFileSync('mkfifo', [path]);
  };

  test.each([
    'lib/package.json',
    'lib/tsconfig.json',
    'lib/jsconfig.json',
    'lib/babel.config.js',
    'lib/.babelrc',
    'lib/deno.json',
    'tsconfig.json',
    'lerna.json',
    'pnpm-workspace.yaml',
    'lib.ts',
    'lib/index.tsx',
    'packages/other/package.json',
  ])('a pipe at %s', (path) => {
    const files = {
      'lib/index.ts': HELPER,
      'package.json': '{ "workspaces": ["packages/*"] }',
      'packages/other/a.ts': '',
    };
    expect(
      told(files, (root) => {
        pipe(join(root, path));
      }),
    ).toBe('');
  });

  test('a pipe at the manifest of a package that mints', () => {
    const root = projectOf({ 'node_modules/jsonwebtoken/index.js': '' });
    pipe(join(root, 'node_modules/jsonwebtoken/package.json'));
    const source =
      "import jwt from 'jsonwebtoken';\nexport const mint = (id) => jwt.sign({ user_id: id }, process.env.INTERCOM_SECRET, { expiresIn: '5m' });";
    const told = messagesOf(root, 'mint.ts', source, { rule: 'no-short-jwt-ttl' });
    expect(told).toHaveLength(1);
  });

  test('a pipe that is the module', () => {
    expect(
      told({}, (root) => {
        pipe(join(root, 'lib.ts'));
      }),
    ).toBe('neverSet');
  });

  test('a pipe that a configuration extends, and one that a package offers', () => {
    const files = {
      'tsconfig.json': '{ "extends": "./base.json" }',
      'lib/package.json': '{ "main": "main.js" }',
      'lib/index.ts': HELPER,
    };
    expect(
      told(files, (root) => {
        pipe(join(root, 'base.json'));
        pipe(join(root, 'lib/main.js'));
      }),
    ).toBe('');
  });

  test('devices', () => {
    expect(
      told({ 'lib/index.ts': HELPER }, (root) => {
        symlinkSync('/dev/zero', join(root, 'lib/package.json'));
        symlinkSync('/dev/zero', join(root, 'tsconfig.json'));
        symlinkSync('/dev/zero', join(root, 'lib.ts'));
      }),
    ).toBe('');
  });

  test('a socket', async () => {
    const root = projectOf({ 'a.ts': SCREEN, 'lib/index.ts': HELPER });
    const server = createServer();
    onTestFinished(() => {
      server.close();
    });
    await new Promise<void>((resolve) => {
      server.listen(join(root, 'lib/package.json'), resolve);
    });
    expect(messagesOf(root, 'a.ts', SCREEN)).toEqual([]);
  });

  test('links that lead to each other', () => {
    expect(
      told({ 'lib/index.ts': HELPER }, (root) => {
        symlinkSync(join(root, 'lib.ts'), join(root, 'lib.tsx'));
        symlinkSync(join(root, 'lib.tsx'), join(root, 'lib.ts'));
        symlinkSync(root, join(root, 'lib/again'));
        mkdirSync(join(root, 'packages'));
        symlinkSync(root, join(root, 'packages/again'));
        writeFileSync(join(root, 'package.json'), '{ "workspaces": ["packages/**", "**"] }');
      }),
    ).toBe('');
  });

  test('a folder that has the name of a file', () => {
    expect(
      told({ 'lib/index.ts': HELPER }, (root) => {
        for (const name of ['lib.ts', 'lib/package.json', 'tsconfig.json', 'babel.config.js']) {
          mkdirSync(join(root, name));
        }
      }),
    ).toBe('');
  });
});

describe('texts of all kinds', () => {
  test.each([
    ['a mark of the byte order', `\uFEFF${HELPER}`, ''],
    ['lines that end in two characters', HELPER.replaceAll('\n', '\r\n'), ''],
    ['nothing', '', 'neverSet'],
    ['no text', '\u0000\u0001\u0002\uFFFD\u0000', 'neverSet'],
    ['faulty code', `${HELPER} }}}`, 'neverSet'],
    ['ten megabytes', `${HELPER}\n//${' '.repeat(10_000_000)}`, 'neverSet'],
  ])('%s', (_, text, expected) => {
    expect(told({ 'lib.ts': text })).toBe(expected);
  });

  test('an encoding that is not read', () => {
    expect(
      told({}, (root) => {
        writeFileSync(join(root, 'lib.ts'), `\uFEFF${HELPER}`, 'utf16le');
      }),
    ).toBe('neverSet');
  });

  test('a file with gigabytes of holes', () => {
    expect(
      told({ 'lib/index.ts': HELPER, 'lib/package.json': '{}' }, (root) => {
        truncateSync(join(root, 'lib/package.json'), 3_000_000_000);
      }),
    ).toBe('');
  });

  test('keys that objects have by themselves', () => {
    expect(
      told({
        'package.json':
          '{ "__proto__": { "name": "x" }, "exports": { "__proto__": "./x" }, "constructor": 1 }',
        'tsconfig.json':
          '{ "compilerOptions": { "__proto__": { "baseUrl": "./x" }, "paths": { "__proto__": ["./x"], "*": ["./none/*"] } } }',
        'lib.ts': HELPER,
      }),
    ).toBe('');
  });

  test('a manifest and a configuration that are nested a hundred thousand times', () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    expect(
      told({
        'package.json': deep,
        'tsconfig.json': deep,
        '.babelrc': `{ "module-resolver": ${deep} }`,
        'lib/package.json': deep,
        'lib/index.ts': HELPER,
      }),
    ).toBe('');
  });

  test('conditions, references and globs without end', () => {
    expect(
      told({
        'package.json': `{ "workspaces": ["${'{a,b}'.repeat(100)}", "${'**/'.repeat(100)}*", "${'*'.repeat(1000)}b"] }`,
        'tsconfig.json': `{ "extends": [${'"./tsconfig.json","./b.json",'.repeat(1000)}"./b.json"] }`,
        'b.json': `{ "extends": [${'"./c.json",'.repeat(100)}"./c.json"] }`,
        'c.json': `{ "extends": [${'"./b.json",'.repeat(100)}"./none.json"] }`,
        'lib.ts': HELPER,
      }),
    ).toBe('');
  });

  test('specifiers that are no paths', () => {
    const root = projectOf({});
    for (const specifier of [
      '',
      '\\0',
      '/',
      '//',
      './\\0',
      '@',
      '@/',
      '@a',
      '#',
      '%',
      '?',
      'a'.repeat(10_000),
    ]) {
      const screen = SCREEN.replace('./lib', specifier);
      expect(messagesOf(root, 'a.ts', screen).map(({ messageId }) => messageId)).toEqual([
        'neverSet',
      ]);
    }
  });
});

test('nothing outside of the workspace is read', () => {
  const root = projectOf({
    'inside/package-lock.json': '"@intercom/intercom-react-native"',
    'inside/tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["../*"] } } }',
    'lib.ts': HELPER,
  });
  for (const specifier of ['../lib', '@/lib', join(root, 'lib')]) {
    const screen = SCREEN.replace('./lib', specifier.replaceAll('\\', '/'));
    expect(messagesOf(root, 'inside/a.ts', screen)).toHaveLength(1);
  }
  symlinkSync(join(root, 'lib.ts'), join(root, 'inside/lib.ts'));
  expect(messagesOf(root, 'inside/a.ts', SCREEN)).toHaveLength(1);
});

describe('what is opened', () => {
  test('is in the workspace, but for names of folders and what a configuration extends', () => {
    const root = projectOf({
      'inside/package-lock.json': '"@intercom/intercom-react-native"',
      'inside/package.json': '{ "name": "inside", "main": "../lib.ts", "workspaces": ["../*"] }',
      'inside/tsconfig.json':
        '{ "extends": "../base.json", "compilerOptions": { "paths": { "@/*": ["../*"] } } }',
      'base.json': '{}',
      'package.json': '{ "workspaces": ["inside"] }',
      'tsconfig.json': '{}',
      'babel.config.js': 'module.exports = { plugins: [["module-resolver", {}]] };',
      'lib.ts': HELPER,
      'other/package.json': '{ "name": "other", "main": "./index.ts" }',
      'other/index.ts': HELPER,
    });
    symlinkSync(join(root, 'lib.ts'), join(root, 'inside/linked.ts'));
    const opened = new Set<string>();
    const { readFileSync, openSync } = fs;
    const spied = <T extends (path: never, ...rest: never[]) => unknown>(original: T): T =>
      ((path: never, ...rest: never[]) => {
        opened.add(String(path));
        return original(path, ...rest);
      }) as T;
    Object.assign(fs, { readFileSync: spied(readFileSync), openSync: spied(openSync) });
    syncBuiltinESMExports();
    onTestFinished(() => {
      Object.assign(fs, { readFileSync, openSync });
      syncBuiltinESMExports();
    });
    for (const specifier of ['../lib', '@/lib', './linked', 'other', 'inside', join(root, 'lib')]) {
      messagesOf(root, 'inside/a.ts', SCREEN.replace('./lib', specifier.replaceAll('\\', '/')));
    }
    projectDigest({ cwd: join(root, 'inside') });
    const within = [...opened].filter((path) => path.startsWith(root));
    expect(within).toContain(join(root, 'inside/package.json'));
    expect(within.filter((path) => !path.startsWith(join(root, 'inside') + sep))).toEqual([
      join(root, 'base.json'),
    ]);
  });
});

describe('settings and options of all kinds', () => {
  const client = (parts: object): Record<string, unknown> => ({
    clients: [{ module: 'm', methods: { run: 'present' }, ...parts }],
  });
  const source = `import m from 'm';\nimport Intercom from '@intercom/intercom-react-native';
export function go() { m['(.*)+$'](); m.run(); m.constructor(); Intercom.present(); }`;

  test.each([
    ['expressions', client({ methods: { '(.*)+$': 'present' } }), 2],
    ['a module that is an expression', client({ module: '(m|.*)+$' }), 1],
    ['a module of megabytes', client({ module: 'm'.repeat(3_000_000) }), 1],
    ['a method of megabytes', client({ methods: { ['r'.repeat(3_000_000)]: 'present' } }), 1],
    [
      'thousands of methods',
      client({
        methods: Object.fromEntries(
          Array.from({ length: 20_000 }, (_, index) => [`r${String(index)}`, 'present']),
        ),
      }),
      1,
    ],
    [
      'keys that objects have by themselves',
      JSON.parse(
        '{ "__proto__": { "crossFile": 1 }, "clients": [{ "module": "m", "methods": { "__proto__": "login", "run": "present" } }] }',
      ) as Record<string, unknown>,
      null,
    ],
    ['a module named so', client({ module: '__proto__' }), 1],
    ['a method named so', client({ methods: { constructor: 'present' } }), null],
  ])('%s', (_, settings, count) => {
    const told = messagesOf(projectOf({}), 'a.ts', source, { settings });
    const ids = told.map(({ messageId }) => messageId);
    if (count === null) expect(ids.filter((id) => id !== 'neverSet')).toEqual(['invalidSettings']);
    else expect(ids).toEqual(Array.from({ length: count }, () => 'neverSet'));
    expect(Object.hasOwn(Object.prototype, 'crossFile')).toBe(false);
  });

  test('options that have a prototype written into them are refused', () => {
    const options = JSON.parse(
      '{ "__proto__": { "helpers": "every-path" }, "helper": 1 }',
    ) as object;
    expect(() => messagesOf(projectOf({}), 'a.ts', source, options)).toThrow(/helper/);
  });
});
