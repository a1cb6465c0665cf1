/** ESLint's own command, in its oldest, its last 9 and its newest version that is supported. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  breakHelper,
  createProject,
  expectedIn,
  findingsOf,
  install,
  INSTALL_TIMEOUT,
  resultsOf,
  type Dependencies,
  type Project,
} from '../helpers/hosts.ts';
import { NINE, OLDEST, TEN } from './projects.ts';

interface Version {
  readonly name: string;
  readonly dependencies: Dependencies;
  /** Arguments that a TypeScript configuration needs. */
  readonly typescript: readonly string[];
  /** Whether it has `defineConfig`, `--concurrency` and bulk suppressions. */
  readonly isRecent: boolean;
  /** Whether it reads `.eslintrc` where it is told to. */
  readonly hasOldFormat: boolean;
}

const VERSIONS: readonly Version[] = [
  {
    name: 'ESLint 9.15',
    dependencies: OLDEST,
    typescript: ['--flag', 'unstable_ts_config'],
    isRecent: false,
    hasOldFormat: true,
  },
  { name: 'ESLint 9', dependencies: NINE, typescript: [], isRecent: true, hasOldFormat: true },
  { name: 'ESLint 10', dependencies: TEN, typescript: [], isRecent: true, hasOldFormat: false },
];

const IMPORT = "import intercomJwt from 'eslint-plugin-intercom-jwt';";
const DEFINE = "import { defineConfig } from 'eslint/config';";

/** ESLint's own parser takes JSX only where it is told to. */
const JSX =
  "{ files: ['**/*.jsx'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } }";

const SPREAD = `${IMPORT}\nexport default [${JSX}, ...intercomJwt.configs.recommended];`;

describe.each(VERSIONS.map((version) => [version.name, version] as const))('%s', (_, version) => {
  const { dependencies, typescript, isRecent } = version;
  let project: Project;
  const expected = expectedIn('js');

  beforeAll(async () => {
    const installed = await install(dependencies);
    project = await createProject(installed);
    project.copy('js');
  }, INSTALL_TIMEOUT);

  afterAll(() => {
    project.remove();
  });

  /** Runs ESLint with a configuration, which is removed again. */
  async function lint(
    name: string,
    config: string,
    args: readonly string[] = ['js'],
  ): ReturnType<Project['run']> {
    project.write({ [name]: config });
    try {
      return await project.run('eslint', ['--format', 'json', '--config', name, ...args]);
    } finally {
      project.write({ [name]: '' });
    }
  }

  test('finds what it should with a configuration that is spread', async () => {
    const outcome = await lint('eslint.config.js', SPREAD);
    expect(findingsOf(outcome, project)).toEqual(expected);
    expect(outcome.code).toBe(1);
  });

  test('is required by a CommonJS configuration', async () => {
    const outcome = await lint(
      'eslint.config.cjs',
      `const intercomJwt = require('eslint-plugin-intercom-jwt');\nmodule.exports = [${JSX}, ...intercomJwt.configs.recommended];`,
    );
    expect(findingsOf(outcome, project)).toEqual(expected);
  });

  test('is imported by a TypeScript configuration', async () => {
    const outcome = await lint(
      'eslint.config.ts',
      `import type { Linter } from 'eslint';\n${IMPORT}\nconst config: Linter.Config[] = [${JSX}, ...intercomJwt.configs.recommended];\nexport default config;`,
      [...typescript, 'js'],
    );
    expect(findingsOf(outcome, project)).toEqual(expected);
  });

  test('goes by another name', async () => {
    const outcome = await lint(
      'eslint.config.js',
      isRecent
        ? `${DEFINE}\n${IMPORT}\nexport default defineConfig([${JSX}, { plugins: { messenger: intercomJwt }, extends: ['messenger/recommended'] }]);`
        : `${IMPORT}\nconst [{ files, rules }] = intercomJwt.configs.recommended;\nconst renamed = Object.entries(rules).map(([name, entry]) => [name.replace('intercom-jwt/', 'messenger/'), entry]);\nexport default [${JSX}, { files, plugins: { messenger: intercomJwt }, rules: Object.fromEntries(renamed) }];`,
    );
    expect(findingsOf(outcome, project)).toEqual(expected);
    const rules = resultsOf(outcome).flatMap(({ messages }) => messages.map((m) => m.ruleId));
    expect(new Set(rules.map((rule) => rule?.split('/')[0]))).toEqual(new Set(['messenger']));
  });

  if (isRecent) {
    test('is extended by its name', async () => {
      const outcome = await lint(
        'eslint.config.js',
        `${DEFINE}\n${IMPORT}\nexport default defineConfig([${JSX}, { plugins: { 'intercom-jwt': intercomJwt }, extends: ['intercom-jwt/recommended'] }]);`,
      );
      expect(findingsOf(outcome, project)).toEqual(expected);
    });
  }

  if (isRecent) {
    test('finds the same in two threads', async () => {
      const outcome = await lint('eslint.config.js', SPREAD, ['--concurrency', '2', 'js']);
      expect(findingsOf(outcome, project)).toEqual(expected);
    });
  }

  test('tells the same from the cache, until a file changes', async () => {
    const source = project.read('js/openHelp.js');
    const cached = ['--cache', '--cache-location', '.cache/', 'js'];
    const first = await lint('eslint.config.js', SPREAD, cached);
    const second = await lint('eslint.config.js', SPREAD, cached);
    expect(findingsOf(first, project)).toEqual(expected);
    expect(findingsOf(second, project)).toEqual(expected);

    project.write({
      'js/openHelp.js': source.replace('  Intercom.setUserJwt', '  await Intercom.setUserJwt'),
    });
    const third = await lint('eslint.config.js', SPREAD, cached);
    project.write({ 'js/openHelp.js': source });
    expect(findingsOf(third, project)).toEqual(
      expected.filter((finding) => !/openHelp\.js:(?:4|5) /u.test(finding)),
    );
  });

  test('tells from the cache what a change in another file does, by projectDigest', async () => {
    project.copy('project');
    const config = `${IMPORT}
const digest = intercomJwt.projectDigest({ cwd: import.meta.dirname });
export default [...intercomJwt.configs.recommended, { settings: { 'intercom-jwt': { digest } } }];`;
    const cached = ['--cache', '--cache-location', '.cache/project/', 'project'];
    const first = await lint('eslint.config.js', config, cached);
    expect(findingsOf(first, project)).toEqual(expectedIn('project'));

    const broken = breakHelper(project);
    const second = await lint('eslint.config.js', config, cached);
    expect(findingsOf(second, project)).toEqual(broken);

    project.copy('project');
    const third = await lint('eslint.config.js', config, cached);
    expect(findingsOf(third, project)).toEqual(expectedIn('project'));
  });

  test('changes nothing by --fix, and suggests the change instead', async () => {
    const source = project.read('js/openHelp.js');
    const outcome = await lint('eslint.config.js', SPREAD, ['--fix', 'js/openHelp.js']);
    expect(project.read('js/openHelp.js')).toBe(source);

    const [result] = resultsOf(outcome);
    const floating = result?.messages.find(({ messageId }) => messageId === 'floating');
    const [suggestion] = floating?.suggestions ?? [];
    if (suggestion === undefined) throw new Error('no suggestion');
    const { range, text } = suggestion.fix;
    project.write({
      'js/openHelp.js': source.slice(0, range[0]) + text + source.slice(range[1]),
    });
    const after = await lint('eslint.config.js', SPREAD, ['js/openHelp.js']);
    project.write({ 'js/openHelp.js': source });
    expect(findingsOf(after, project)).toEqual([
      'js/openHelp.js:17 require-set-user-jwt skippedOnPath',
    ]);
  });

  test('is silenced by comments, which are unused where there is nothing to silence', async () => {
    project.write({
      'comments/open.js': [
        "import Intercom from '@intercom/intercom-react-native';",
        '// eslint-disable-next-line intercom-jwt/require-set-user-jwt -- Guests only.',
        'export const open = () => Intercom.present();',
        '// eslint-disable-next-line intercom-jwt/require-set-user-jwt',
        'export const hide = () => Intercom.hideIntercom();',
      ].join('\n'),
    });
    const outcome = await lint('eslint.config.js', SPREAD, ['comments']);
    const [result] = resultsOf(outcome);
    expect(result?.suppressedMessages.map(({ line }) => line)).toEqual([3]);
    expect(result?.messages).toEqual([
      expect.objectContaining({
        line: 4,
        message: expect.stringContaining('Unused eslint-disable directive') as string,
      }),
    ]);
  });

  if (version.hasOldFormat) {
    test('is refused by a configuration of the old format, which says what to do', async () => {
      project.write({
        '.eslintrc.json': JSON.stringify({
          root: true,
          extends: ['plugin:intercom-jwt/recommended'],
        }),
      });
      const { code, stderr } = await project.run('eslint', ['js'], {
        ESLINT_USE_FLAT_CONFIG: 'false',
      });
      expect(code).toBe(2);
      expect(stderr).toContain('plugin:intercom-jwt/recommended');
      expect(stderr).toContain('eslint-plugin-intercom-jwt needs an eslint.config.mjs');
      expect(stderr).not.toContain('circular');
    });
  }

  if (isRecent) {
    test('is introduced by bulk suppressions', async () => {
      project.write({ 'old/open.js': project.read('js/openHelp.js') });
      await lint('eslint.config.js', SPREAD, ['--suppress-all', 'old']);
      expect(JSON.parse(project.read('eslint-suppressions.json'))).toEqual({
        'old/open.js': {
          'intercom-jwt/no-floating-set-user-jwt': { count: 1 },
          'intercom-jwt/require-set-user-jwt': { count: 2 },
        },
      });
      const suppressed = await lint('eslint.config.js', SPREAD, ['old']);
      expect(suppressed.code).toBe(0);

      project.write({
        'old/open.js': `${project.read('old/open.js')}\nexport const openNow = () => Intercom.present();\n`,
      });
      const worse = await lint('eslint.config.js', SPREAD, ['old']);
      expect(worse.code).toBe(1);
      expect(findingsOf(worse, project)).toContain('old/open.js:20 require-set-user-jwt neverSet');
    });
  }
});
