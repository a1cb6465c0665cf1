/** The first hour: the pages are followed step by step, in the project of somebody who is new. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  breakHelper,
  createProject,
  expectedIn,
  findingsOf,
  install,
  INSTALL_TIMEOUT,
  type Project,
} from '../helpers/hosts.ts';
import { follow, recipe, stepsOf } from '../helpers/recipes.ts';
import { NINE, TEN } from './projects.ts';

/** What `npm init -y` writes has a type today, and had none before. */
const MANIFESTS = [
  ['of today', { name: 'app', version: '1.0.0', type: 'commonjs' }],
  ['of old', { name: 'app', version: '1.0.0' }],
] as const;

describe.each(MANIFESTS)('in a project %s', (_, manifest) => {
  let project: Project;

  beforeAll(async () => {
    project = await createProject(await install(TEN));
    project.write({ 'package.json': JSON.stringify(manifest) });
    project.copy('js', 'ts');
  }, INSTALL_TIMEOUT);

  afterAll(() => {
    project.remove();
  });

  test('the page for a start leads to the findings, and to nothing else', async () => {
    const [, ...steps] = stepsOf('docs/getting-started.md');
    await follow(
      project,
      steps.filter((step) => 'file' in step || step.commands[0]?.startsWith('npm') === true),
    );
    const outcome = await project.run('eslint', ['.', '--format', 'json']);
    expect(findingsOf(outcome, project)).toEqual(expectedIn('js', 'ts'));
    expect(outcome.stderr).toBe('');
  });
});

describe('by one command', () => {
  test(
    'the plugin is set up, in a configuration that is there, and finds what is to be found',
    async () => {
      const project = await createProject(await install(TEN));
      const devDependencies = { eslint: '^10.0.0', 'eslint-plugin-intercom-jwt': '*' };
      const config = `import tseslint from 'typescript-eslint';

export default [
  {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    languageOptions: { parser: tseslint.parser },
  },
];
`;
      project.write({
        'package.json': JSON.stringify({ name: 'app', devDependencies }, null, 2),
        'eslint.config.mjs': config,
      });
      project.copy('js', 'ts');
      const unasked = await project.run('intercom-jwt', ['init']);
      expect(unasked.code).toBe(0);
      expect(unasked.stderr).toContain('+   ...intercomJwt.configs.recommended,');
      expect(unasked.stderr).toContain('Nothing was written.');
      expect(project.read('eslint.config.mjs')).toBe(config);

      const asked = await project.run('intercom-jwt', ['init', '--yes']);
      expect(asked.code, asked.stderr).toBe(0);
      expect(asked.stdout).toContain('require-set-user-jwt');
      expect(project.read('package.json')).toContain('"lint": "eslint ."');
      const outcome = await project.run('eslint', ['.', '--format', 'json']);
      expect(findingsOf(outcome, project)).toEqual(expectedIn('js', 'ts'));

      const args = ['reduce', 'js/HelpButton.jsx'];
      const { code, stdout } = await project.run('intercom-jwt', args);
      expect(code).toBe(0);
      expect(stdout).toMatch(/\/\/ reported: [\w-]+ \w+\n/u);
      project.remove();
    },
    INSTALL_TIMEOUT,
  );
});

describe('in an app of Expo', () => {
  test(
    'the page leads to the findings, in its cached runs too',
    async () => {
      const project = await createProject(await install(NINE));
      // As the template of Expo has it: no type.
      project.write({ 'package.json': JSON.stringify({ name: 'app', main: 'expo-router/entry' }) });
      project.copy('project', 'ts');
      project.write({ 'eslint.config.js': recipe('docs/expo.md', 'eslint.config.js') });
      // What `expo lint` runs.
      const cache = ['--fix=false', '--cache=true', '--cache-location=.expo/cache/eslint/'];
      const args = ['project', 'ts', ...cache, '--format', 'json'];
      const first = await project.run('eslint', args);
      expect(own(findingsOf(first, project))).toEqual(expectedIn('project', 'ts'));
      expect(first.stderr).toBe('');
      const broken = breakHelper(project);
      const second = own(findingsOf(await project.run('eslint', args), project));
      expect(second.filter((finding) => finding.startsWith('project/'))).toEqual(broken);
      project.remove();
    },
    INSTALL_TIMEOUT,
  );
});

describe('in an app of React Native', () => {
  test(
    'the page leads to the findings',
    async () => {
      const project = await createProject(await install(NINE));
      project.write({ 'package.json': JSON.stringify({ name: 'app', version: '0.0.1' }) });
      project.copy('js', 'ts');
      // As apps of React Native have it: JSX in `.js`, which the preset parses.
      project.write({
        'js/HelpButton.js': project.read('js/HelpButton.jsx'),
        'js/HelpButton.jsx': '',
        'babel.config.cjs': `const syntax = () => ({
  manipulateOptions: (_, { plugins }) => { plugins.push('flow', 'jsx'); },
});
module.exports = { plugins: [syntax] };`,
      });
      const steps = stepsOf('docs/react-native.md');
      await follow(
        project,
        steps.filter((step) => 'file' in step || step.commands[0]?.startsWith('npm') === true),
      );
      const outcome = await project.run('eslint', ['.', '--format', 'json']);
      expect(own(findingsOf(outcome, project))).toEqual(
        expectedIn('js', 'ts').map((finding) => finding.replace('.jsx:', '.js:')),
      );
      project.remove();
    },
    INSTALL_TIMEOUT,
  );
});

/** Without what the other configuration says of the same files. */
function own(findings: readonly string[]): readonly string[] {
  const rules =
    /:\d+ (?:no-(?:empty|exposed|floating|interval|jwt|long|short|stale|swallowed|user-jwt)|require-)\S+ \w+$/u;
  return findings.filter((finding) => rules.test(finding));
}
