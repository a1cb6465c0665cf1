/**
 * The attack surface, where a lint run meets what somebody else has written: what leads out of the
 * project, what cannot be read or goes while it is read, names of all kinds, and many modules.
 */

import { execFileSync } from 'node:child_process';
import fs, {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { readArguments, UserError } from '../../src/cli/arguments.ts';
import { planOf } from '../../src/cli/init/plan.ts';
import { diskTree } from '../../src/cli/init/tree.ts';
import { lint } from '../../src/cli/lint.ts';
import { projectDigest } from '../../src/index.ts';
import { messagesOf, projectOf, type Files } from '../helpers/project.ts';

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";
const HELPER = `${SDK}export async function establish(t) { await Intercom.setUserJwt(t); }`;
const screen = (specifier: string): string => `${SDK}import { establish } from '${specifier}';
export async function open(t) { await establish(t); Intercom.present(); }`;

function told(root: string, specifier: string): string {
  return messagesOf(root, 'a.ts', screen(specifier))
    .map(({ messageId }) => messageId)
    .join();
}

/** Replaces functions of `fs` for as long as a test runs. */
function replaceFs(replacements: Partial<typeof fs>): void {
  const originals = Object.fromEntries(
    Object.keys(replacements).map((name) => [name, Reflect.get(fs, name) as unknown]),
  );
  Object.assign(fs, replacements);
  syncBuiltinESMExports();
  onTestFinished(() => {
    Object.assign(fs, originals);
    syncBuiltinESMExports();
  });
}

/** A folder beside the project, with a helper in it. */
function outside(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'outside-')));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(join(folder, 'src'));
  for (const path of ['lib.ts', 'index.ts', 'src/lib.ts', 'src/index.ts']) {
    writeFileSync(join(folder, path), HELPER);
  }
  writeFileSync(join(folder, 'package.json'), '{ "name": "outer", "main": "./index.ts" }');
  return folder;
}

describe('nothing outside of the project is read as a module', () => {
  const json = JSON.stringify;

  test.each<readonly [string, string, (away: string) => Files]>([
    [
      'by `exports` of a package',
      'inner',
      (away) => ({
        'package.json': json({ workspaces: ['inner'] }),
        'inner/package.json': json({
          name: 'inner',
          exports: { '.': `../../${away}/lib.ts`, './*': `../../${away}/*` },
        }),
      }),
    ],
    [
      'by a pattern of `exports`',
      'inner/lib.ts',
      (away) => ({
        'package.json': json({ workspaces: ['inner'] }),
        'inner/package.json': json({ name: 'inner', exports: { './*': `./../../${away}/*` } }),
      }),
    ],
    [
      'by `imports` of the package itself',
      '#lib',
      (away) => ({ 'package.json': json({ imports: { '#lib': `../${away}/lib.ts` } }) }),
    ],
    [
      'by `paths`',
      '~/lib',
      (away) => ({
        'tsconfig.json': json({ compilerOptions: { paths: { '~/*': [`../${away}/*`] } } }),
      }),
    ],
    [
      'by `baseUrl`',
      'lib',
      (away) => ({ 'tsconfig.json': json({ compilerOptions: { baseUrl: `../${away}` } }) }),
    ],
    [
      'by `paths` of what a configuration outside extends',
      '~/lib',
      (away) => ({ 'tsconfig.json': json({ extends: `../${away}/tsconfig.json` }) }),
    ],
    [
      'by `references`',
      '~/lib',
      (away) => ({ 'tsconfig.json': json({ references: [{ path: `../${away}` }] }) }),
    ],
    [
      'by an alias of Babel',
      '~/lib',
      (away) => ({
        '.babelrc': json({ plugins: [['module-resolver', { alias: { '~': `../${away}` } }]] }),
      }),
    ],
  ])('%s', (_, specifier, filesFor) => {
    const folder = outside();
    writeFileSync(
      join(folder, 'tsconfig.json'),
      json({ compilerOptions: { paths: { '~/*': ['./*'] } } }),
    );
    const root = projectOf(filesFor(folder.split(sep).at(-1) ?? ''));
    const opened = new Set<string>();
    const { readFileSync, openSync } = fs;
    const spied = <T extends (path: never, ...rest: never[]) => unknown>(original: T): T =>
      ((path: never, ...rest: never[]) => {
        opened.add(String(path));
        return original(path, ...rest);
      }) as T;
    replaceFs({ readFileSync: spied(readFileSync), openSync: spied(openSync) });
    expect(told(root, specifier)).toBe('neverSet');
    expect(projectDigest({ cwd: root })).toHaveLength(32);
    expect([...opened].filter((path) => path.startsWith(folder) && path.endsWith('.ts'))).toEqual(
      [],
    );
  });

  test('by a folder that is a link, or one in a workspace', () => {
    const folder = outside();
    const root = projectOf({ 'package.json': json({ workspaces: ['packages/*'] }) });
    mkdirSync(join(root, 'packages'));
    symlinkSync(folder, join(root, 'linked'));
    symlinkSync(folder, join(root, 'packages/outer'));
    for (const specifier of ['./linked/lib', './linked/src', 'outer', './packages/outer/lib']) {
      expect(told(root, specifier), specifier).toBe('neverSet');
    }
  });
});

describe('what cannot be read has no effect, and ends nothing', () => {
  const refusing = (code: string): (() => never) => {
    return () => {
      throw Object.assign(new Error(`${code}: made to fail`), { code });
    };
  };

  /** Has a function of `fs` fail for one file. */
  function refuse(
    name: 'readFileSync' | 'openSync' | 'statSync',
    file: string,
    code: string,
  ): void {
    const original = Reflect.get(fs, name) as (path: unknown, ...rest: unknown[]) => unknown;
    const refuses = refusing(code);
    replaceFs({
      [name]: (path: unknown, ...rest: unknown[]) =>
        String(path).endsWith(file) ? refuses() : original(path, ...rest),
    });
  }

  test.each(['EACCES', 'EPERM', 'EIO', 'ELOOP', 'EMFILE'])('a module: %s', (code) => {
    const root = projectOf({ 'lib.ts': HELPER });
    refuse('readFileSync', 'lib.ts', code);
    refuse('openSync', 'lib.ts', code);
    expect(told(root, './lib')).toBe('neverSet');
    expect(projectDigest({ cwd: root })).toHaveLength(32);
  });

  test.each(['package.json', 'tsconfig.json', 'package-lock.json'])('%s', (file) => {
    const root = projectOf({ 'lib.ts': HELPER, 'tsconfig.json': '{}' });
    refuse('readFileSync', file, 'EACCES');
    expect(told(root, './lib')).toBe('');
    expect(projectDigest({ cwd: root })).toHaveLength(32);
  });

  test('a module that goes after it has been looked at, and before it is read', () => {
    const root = projectOf({ 'lib.ts': HELPER });
    const { readFileSync } = fs;
    replaceFs({
      readFileSync: ((path: never, ...rest: never[]) => {
        if (String(path).endsWith(`${sep}lib.ts`)) rmSync(join(root, 'lib.ts'), { force: true });
        return readFileSync(path, ...rest);
      }) as typeof readFileSync,
    });
    expect(told(root, './lib')).toBe('neverSet');
  });

  test('a module that changes between two reads is told of as one of the two', () => {
    const root = projectOf({ 'lib.ts': HELPER });
    const { readFileSync } = fs;
    let reads = 0;
    replaceFs({
      readFileSync: ((path: never, ...rest: never[]) => {
        const text: unknown = readFileSync(path, ...rest);
        if (String(path).endsWith(`${sep}lib.ts`)) {
          reads += 1;
          writeFileSync(join(root, 'lib.ts'), reads % 2 === 1 ? 'export {' : HELPER);
        }
        return text;
      }) as typeof readFileSync,
    });
    expect(['', 'neverSet']).toContain(told(root, './lib'));
    expect(reads).toBeGreaterThan(0);
  });
});

describe('names of all kinds', () => {
  test.each([
    './my lib',
    './100%',
    './%2e%2e/lib',
    './%00',
    './a#b',
    './a?b',
    './ünï/cödé',
    './[id]/(group)/@slot',
    "./it is $& and $' and $1",
    './__proto__/constructor',
    './-rf',
    './\u202Etxt',
  ])('a module %j', (specifier) => {
    const root = projectOf({ [`${specifier.slice(2)}.ts`]: HELPER });
    const source = screen(specifier).replace(
      /from '.*'(?=;\nexport)/u,
      () => `from ${JSON.stringify(specifier)}`,
    );
    const ids = messagesOf(root, 'a.ts', source).map(({ messageId }) => messageId);
    expect(ids.join()).toBe('');
  });
});

test('five hundred modules in a circle come to an end', () => {
  const count = 500;
  const files: Record<string, string> = {};
  for (let index = 0; index < count; index++) {
    const next = (index + 1) % count;
    files[`m${index}.ts`] = `${SDK}import { go${next} } from './m${next}';
export async function go${index}(user) {
  if (user.flags > ${index}) await go${next}(user);
  ${index % 50 === 0 ? 'await Intercom.setUserJwt(user.jwt);' : ''}
  await Intercom.present();
}`;
  }
  const root = projectOf(files);
  const ids = (index: number): readonly (string | undefined)[] =>
    messagesOf(root, `m${index}.ts`, files[`m${index}.ts`] ?? '').map(({ messageId }) => messageId);
  expect(ids(0)).toEqual([]);
  expect(ids(1)).toHaveLength(1);
});

describe.runIf(process.platform !== 'win32')('the command opens regular files alone', () => {
  test('among pipes, devices and folders of such names', async () => {
    const root = projectOf({ 'a.ts': `${SDK}Intercom.present();` });
    for (const name of ['pipe.ts', 'pipe.swift', 'eslint.config.js', '.oxlintrc.json']) {
      execFileSync('mkfifo', [join(root, name)]);
    }
    symlinkSync('/dev/zero', join(root, 'device.ts'));
    symlinkSync('/dev/zero', join(root, 'device.kt'));
    mkdirSync(join(root, 'folder.ts'));
    mkdirSync(join(root, 'folder.swift'));
    const args = readArguments(['--format', 'json']);
    if ('exitCode' in args || args.command !== 'lint') throw new Error('not understood');
    const shown = { terminal: null, format: 'json', columns: 80, hasColors: false };
    const { output, fileCount, exitCode } = await lint(args, root, shown);
    expect([fileCount, exitCode]).toEqual([1, 1]);
    symlinkSync(join(root, 'one.ts'), join(root, 'two.ts'));
    symlinkSync(join(root, 'two.ts'), join(root, 'one.ts'));
    const outcomeOf = async (path: string): Promise<string> => {
      try {
        return (await lint({ ...args, paths: [path] }, root, shown)).notes.join();
      } catch (error) {
        if (error instanceof UserError) return error.message;
        throw error;
      }
    };
    expect(await outcomeOf('device.ts')).toBe('device.ts is not linted: it is no regular file.');
    expect(await outcomeOf('pipe.ts')).toMatch(/no regular file|nothing to lint in 'pipe\.ts'/u);
    expect(await outcomeOf('one.ts')).toMatch(/^There is/u);
    expect(output).toContain('neverSet');
    const plan = planOf(diskTree(root), { config: null, ci: true, hook: true });
    expect(plan.notes.join()).toContain('it cannot be read');
  });
});
