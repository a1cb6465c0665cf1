/** Where a project ends that has no lock file and no `.git`, and what is said of what is off. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, onTestFinished, test } from 'vitest';

import { workspaceRoot } from '../../src/project/workspace.ts';
import { messagesOf, write, type Files } from '../helpers/project.ts';

const HERE = fileURLToPath(new URL('../../', import.meta.url));
const SDK = "import Intercom from '@intercom/intercom-react-native';\n";
const HELPER = `${SDK}export async function set(t) { await Intercom.setUserJwt(t); }`;

function screen(specifier: string): string {
  return `${SDK}import { set } from '${specifier}';\nexport async function open(t) { await set(t); await Intercom.present(); }`;
}

/** A folder with these files alone. */
function folderOf(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'folder-')));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  write(root, files);
  return root;
}

describe('the root', () => {
  /** Files, from where is linted, the folder of a file, and its root, all from the same folder. */
  test.each([
    ['the nearest with a lock file', ['yarn.lock', 'a/bun.lock'], '', 'a/b', 'a'],
    ['the nearest with .git', ['package.json', 'a/.git/HEAD', 'a/b/package.json'], '', 'a/b', 'a'],
    ['one above where is linted', ['deno.lock'], 'a', 'a/b', ''],
    ['the outermost with a package', ['a/package.json', 'a/b/package.json'], '', 'a/b/c', 'a'],
    ['that of Deno', ['a/deno.json', 'a/b/deno.jsonc'], '', 'a/b/c', 'a'],
    ['that with a configuration of TypeScript', ['a/tsconfig.json'], '', 'a/b/c', 'a'],
    ['no further than where is linted', ['package.json', 'a/b/package.json'], 'a', 'a/b/c', 'a/b'],
    ['where is linted, without any', ['x.js'], 'a', 'a/b/c', 'a'],
    [
      'its package, where another folder is linted',
      ['a/package.json', 'b/c/package.json'],
      'a',
      'b/c/d',
      'b/c',
    ],
    ['itself, where there is none', ['a/package.json'], 'a', 'b/c', 'b/c'],
  ])('%s', (_, paths, cwd, folder, expected) => {
    const root = folderOf(Object.fromEntries(paths.map((path) => [path, ''])));
    expect(workspaceRoot(join(root, folder), join(root, cwd))).toBe(join(root, expected));
  });
});

describe('without lock file and .git', () => {
  test('what stands beside the folder of a file is followed', () => {
    const root = folderOf({ 'a/set.ts': HELPER });
    expect(messagesOf(root, 'b/x.ts', screen('../a/set'))).toEqual([]);
    expect(messagesOf(root, 'b/x.ts', screen('../c/set'))).toHaveLength(1);
  });

  test('so are packages that are not linked', () => {
    const root = folderOf({
      'package.json': '{ "workspaces": ["packages/*"] }',
      'packages/app/package.json': '{ "name": "app" }',
      'packages/session/package.json': '{ "name": "@acme/session", "main": "dist/index.js" }',
      'packages/session/src/index.ts': HELPER,
    });
    expect(messagesOf(root, 'packages/app/x.ts', screen('@acme/session'))).toEqual([]);
    expect(messagesOf(root, 'packages/app/x.ts', screen('@acme/other'))).toHaveLength(1);
  });
});

describe('what is off is said once', () => {
  /** What a run over two files says. */
  function said(
    files: Files,
    env: Readonly<Record<string, string>>,
    settings: object = {},
    text = `${screen('./set').replace('await set', 'await lib();\nawait set')}\nimport { lib } from 'lib';`,
  ): string {
    const root = folderOf({ 'x.ts': '', ...files });
    const source = `
      import { Linter } from 'eslint';
      import plugin from './src/index.ts';
      const cwd = ${JSON.stringify(root)};
      const settings = { 'intercom-jwt': ${JSON.stringify(settings)} };
      for (const name of ['x.ts', 'y.ts']) {
        new Linter({ cwd }).verify(
          ${JSON.stringify(text)},
          [{ settings }, ...plugin.configs.recommended],
          { filename: cwd + '/' + name },
        );
      }`;
    const { stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', source],
      { cwd: HERE, encoding: 'utf8', env: { ...process.env, ...env } },
    );
    const lines = stderr.split('\n').filter((line) => /^intercom-jwt|^INTERCOM-JWT/.test(line));
    return lines.join('\n').replaceAll(root, '.').replaceAll('\\', '/');
  }

  const LEFT_OUT: Files = {
    'tsconfig.json': '{ "extends": "expo/tsconfig.base" }',
    'babel.config.js':
      "module.exports = { plugins: [['module-resolver', { alias: require('./aliases') }]] };",
    'set.ts': `${HELPER}\nexport const deep = ${'['.repeat(1000)}${']'.repeat(1000)};`,
  };

  test('as DEBUG asks', { timeout: 60_000 }, () => {
    expect(said(LEFT_OUT, { DEBUG: 'other,intercom-jwt*' }).split('\n').sort()).toEqual([
      'intercom-jwt: ./babel.config.js is not written out: some of its aliases are not followed',
      'intercom-jwt: ./set.ts is not read: it is nested too deeply',
      'intercom-jwt: ./tsconfig.json extends expo/tsconfig.base, which is not found: the rest of it counts',
      'intercom-jwt: no lock file and no .git is above .: what is outside of . is not followed',
    ]);
  });

  test('a lock file without the SDK, and the settings', { timeout: 60_000 }, () => {
    const files = { 'package-lock.json': '{}', 'set.ts': HELPER };
    expect(said(files, { DEBUG: '*' }, { crossFile: false })).toContain(
      'intercom-jwt: the settings turn off to follow imports',
    );
  });

  test('a lock file that names no client', { timeout: 60_000 }, () => {
    const files = {
      'package-lock.json': '{}',
      'set.ts': "export { establish } from './client';",
      'client.ts': HELPER,
    };
    const source = "import { establish } from './set';\nestablish().present();";
    expect(said(files, { DEBUG: 'intercom-jwt' }, {}, source)).toBe(
      'intercom-jwt: the lock file of . names no client: only the imports of files that name one are followed',
    );
  });

  test('more modules than are looked into', { timeout: 60_000 }, () => {
    const count = 300;
    const many = Array.from({ length: count }, (_, index): [string, string] => [
      `m${String(index)}.ts`,
      index + 1 < count
        ? `import '@intercom/intercom-react-native';\nexport { establish } from './m${String(index + 1)}';`
        : HELPER,
    ]);
    const imports = many.map(
      (_, index) => `import * as m${String(index)} from './m${String(index)}';`,
    );
    const uses = many.map((_, index) => `await m${String(index)}.establish();`);
    const source = `import Intercom from '@intercom/intercom-react-native';\n${imports.join('\n')}
export async function open() {\n${uses.join('\n')}\nIntercom.present(); }`;
    const files = {
      'package-lock.json': '"@intercom/intercom-react-native"',
      ...Object.fromEntries(many),
    };
    expect(said(files, { DEBUG: 'intercom-jwt*' }, {}, source)).toMatch(
      /^intercom-jwt: \.\/x\.ts leads to more modules than are looked into$/m,
    );
  });

  test('nothing where nobody asks', { timeout: 60_000 }, () => {
    expect(said(LEFT_OUT, { DEBUG: 'intercom', NODE_DEBUG: '' })).toBe('');
  });
});
