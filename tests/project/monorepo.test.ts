/** The monorepo of the fixtures, linted by ESLint itself with the built plugin. */

import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ESLint, Linter } from 'eslint';
import { expect, test } from 'vitest';

import { projectOf, write } from '../helpers/project.ts';

const FIXTURE = fileURLToPath(new URL('../fixtures/monorepo', import.meta.url));

/** What is reported, as `file:line message id`, under these configurations. */
const RECOMMENDED = [
  'packages/app/src/screens/faulty.tsx:15 notAwaited',
  'packages/app/src/screens/faulty.tsx:23 notAwaited',
  'packages/app/src/screens/faulty.tsx:29 cleared',
  'packages/app/src/screens/faulty.tsx:34 neverSet',
  'packages/app/src/screens/faulty.tsx:39 notAwaited',
  'packages/app/src/screens/faulty.tsx:45 neverSet',
  'packages/app/src/use-messenger.ts:8 neverSet',
  'packages/messenger/src/service.ts:16 neverSet',
];

const STRICT = [
  'packages/app/src/screens/correct.tsx:26 helperMaySkip',
  ...RECOMMENDED.slice(0, 6),
  'packages/app/src/screens/platforms.tsx:8 helperMaySkip',
  ...RECOMMENDED.slice(6),
];

function monorepo(config: 'recommended' | 'strict'): string {
  const root = projectOf({});
  cpSync(FIXTURE, root, { recursive: true });
  mkdirSync(join(root, 'node_modules/@acme'), { recursive: true });
  symlinkSync(join(root, 'packages/messenger'), join(root, 'node_modules/@acme/messenger'));
  const parser = import.meta.resolve('@typescript-eslint/parser');
  const plugin = new URL('../../dist/index.js', import.meta.url).href;
  write(root, {
    'eslint.config.mjs': `
      import parser from '${parser}';
      import plugin from '${plugin}';
      const [{ files, plugins, rules }] = plugin.configs.${config};
      export default [{
        files,
        plugins,
        languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
        rules: { 'intercom-jwt/require-set-user-jwt': rules['intercom-jwt/require-set-user-jwt'] },
      }];`,
  });
  return root;
}

async function lint(
  root: string,
  patterns: readonly string[],
  options: ESLint.Options = {},
): Promise<readonly string[]> {
  const eslint = new ESLint({ ...options, cwd: root });
  const results = await eslint.lintFiles([...patterns]);
  return results
    .flatMap(({ filePath, messages }) =>
      messages.map(({ line, messageId, fatal }) => {
        const path = relative(root, filePath).replaceAll('\\', '/');
        return `${path}:${String(line)} ${fatal === true ? 'cannot be parsed' : String(messageId)}`;
      }),
    )
    .filter((report) => !report.startsWith('packages/app/src/broken.ts'))
    .sort();
}

test('a monorepo has these findings', async () => {
  expect(await lint(monorepo('recommended'), ['.'])).toEqual(RECOMMENDED);
  expect(await lint(monorepo('strict'), ['.'])).toEqual(STRICT);
});

test('the order in which files are linted changes nothing', async () => {
  const root = monorepo('recommended');
  const folders = ['packages/app', 'packages/messenger'];
  expect(await lint(root, folders)).toEqual(RECOMMENDED);
  expect(await lint(root, folders.reverse())).toEqual(RECOMMENDED);
});

// ESLint has workers since 9.34.
test.runIf(Linter.version.localeCompare('9.34', 'en', { numeric: true }) >= 0)(
  'several workers tell the same',
  async () => {
    expect(await lint(monorepo('recommended'), ['.'], { concurrency: 2 })).toEqual(RECOMMENDED);
  },
);
