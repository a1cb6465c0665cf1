/** What git ignores is what git says that it ignores. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { GitIgnore } from '../../src/cli/git-ignore.ts';

const IGNORES = {
  '.gitignore':
    '\uFEFF# built\n/generated\n*.log.js\n!keep.log.js\nout/\n/apps/*/tmp\nname\\ with\\ space\n',
  'apps/.gitignore': '/web/public\n!web.log.js\nlib\n',
  'apps/web/.gitignore': 'deep/**/b.js\n!/lib\n',
  'generated/.gitignore': '!*\n',
};

const FILES = [
  ...[
    'a.js',
    'a.log.js',
    'keep.log.js',
    'generated/a.js',
    'generated/b/c.js',
    'out',
    'sub/out/a.js',
  ],
  ...['apps/web.log.js', 'apps/generated/a.js', 'apps/web/public/a.js', 'apps/web/lib/a.js'],
  ...[
    'apps/web/tmp/a.js',
    'apps/web/deep/a.js',
    'apps/web/deep/x/y/b.js',
    'apps/x/web/public/a.js',
  ],
  ...[
    'apps/lib/a.js',
    'name with space/a.js',
    'packages/lib/a.js',
    'apps/web/src/b.js',
    'apps/web/lib/a.log.js',
  ],
];

let root: string;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'git-ignore-')));
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  for (const [path, text] of [
    ...Object.entries(IGNORES),
    ...FILES.map((path) => [path, ''] as const),
  ]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

test.each(['.', 'apps', 'apps/web'])('as git says, from the folder %s', (folder) => {
  const { stdout } = spawnSync('git', ['check-ignore', '--no-index', ...FILES], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  });
  const expected = stdout
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', ''));
  expect(expected.length).toBeGreaterThan(5);
  const git = new GitIgnore(join(root, folder));
  expect(FILES.filter((path) => git.ignores(join(root, path)))).toEqual(expected);
});

test('folders are told from files', () => {
  const git = new GitIgnore(root);
  expect(git.ignores(`${join(root, 'other/out')}/`)).toBe(true);
  expect(git.ignores(join(root, 'other/out'))).toBe(false);
  expect(git.ignores(dirname(root))).toBe(false);
});

test('a pipe in the place of the file is not waited for', () => {
  mkdirSync(join(root, 'piped'));
  execFileSync('mkfifo', [join(root, 'piped/.gitignore')]);
  expect(new GitIgnore(root).ignores(join(root, 'piped/a.js'))).toBe(false);
});
