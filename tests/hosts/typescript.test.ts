/** TypeScript 7, which no parser of ESLint runs on yet, and projects without TypeScript. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  createProject,
  expectedIn,
  findingsOf,
  install,
  INSTALL_TIMEOUT,
  type Project,
} from '../helpers/hosts.ts';
import { NO_TYPESCRIPT, TYPESCRIPT_7 } from './projects.ts';

const CONFIG = `
import intercomJwt from 'eslint-plugin-intercom-jwt';
export default [
  { files: ['**/*.jsx'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
  ...intercomJwt.configs.recommended,
];`;

describe.each([
  ['beside TypeScript 7', TYPESCRIPT_7, 'Version 7.'],
  ['without TypeScript', NO_TYPESCRIPT, null],
] as const)('%s', (_, dependencies, version) => {
  let project: Project;

  beforeAll(async () => {
    // A conflict of peer dependencies would stop this install.
    project = await createProject(await install(dependencies));
    project.copy('js', 'ts');
    project.write({ 'eslint.config.js': CONFIG });
  }, INSTALL_TIMEOUT);

  afterAll(() => {
    project.remove();
  });

  test('has the TypeScript that it says', async () => {
    const { code, stdout } = await project.run(process.execPath, [
      '--eval',
      "import('typescript').then(({ version }) => { console.log(`Version ${version}`); }, () => { process.exitCode = 1; })",
    ]);
    expect(code).toBe(version === null ? 1 : 0);
    expect(stdout.trim().slice(0, version?.length ?? 0)).toBe(version ?? '');
  });

  test('lints JavaScript with ESLint', async () => {
    const outcome = await project.run('eslint', ['--format', 'json', 'js']);
    expect(findingsOf(outcome, project)).toEqual(expectedIn('js'));
  });

  test('lints TypeScript with the command of the package', async () => {
    const outcome = await project.run('intercom-jwt', ['--format', 'json', 'js', 'ts']);
    expect(outcome.stderr).toBe('');
    expect(findingsOf(outcome, project)).toEqual(expectedIn('js', 'ts'));
  });
});
