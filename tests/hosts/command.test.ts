/** The command of the package, as it is installed. */

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
import { NO_TYPESCRIPT, OLDEST, TEN } from './projects.ts';

const FAULTY = `import Intercom from '@intercom/intercom-react-native';
export const open = (): Promise<boolean> => Intercom.present();
`;

const CORRECT = `import Intercom from '@intercom/intercom-react-native';
export async function open(jwt: string): Promise<boolean> {
  await Intercom.setUserJwt(jwt);
  return Intercom.present();
}
`;

describe('in a project with ESLint alone', () => {
  let project: Project;

  beforeAll(async () => {
    project = await createProject(await install(NO_TYPESCRIPT));
    project.write({
      'bad/open.ts': FAULTY,
      'good/open.ts': CORRECT,
      'notes/readme.md': 'Intercom',
    });
  }, INSTALL_TIMEOUT);

  afterAll(() => {
    project.remove();
  });

  test.each([
    ['1 where something is found', ['bad'], 1],
    ['0 where nothing is', ['good'], 0],
    ['2 where there is nothing to lint', ['notes'], 2],
    ['2 where there is no such folder', ['nowhere'], 2],
    ['2 for an unknown configuration', ['--config', 'lax'], 2],
    ['2 for an unknown option', ['--fix'], 2],
    ['2 for a count that is none', ['--max-warnings', 'few'], 2],
    ['2 for an unknown formatter', ['--format', 'nothing', 'good'], 2],
    ['0 for --help', ['--help'], 0],
    ['0 for --version', ['--version'], 0],
  ])('ends with %s', async (_, args, code) => {
    const outcome = await project.run('intercom-jwt', args);
    expect(outcome.code, outcome.stderr).toBe(code);
    // Who has made a mistake is told in a line or two, without a stack.
    if (code === 2) expect(outcome.stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  });

  test('is found by npx under the name of the package', async () => {
    const { stdout, code } = await project.run('npx', [
      '--no',
      'eslint-plugin-intercom-jwt',
      'bad',
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('intercom-jwt/require-set-user-jwt');
  });

  test('lints the folder that it is run in', async () => {
    const outcome = await project.run('intercom-jwt', ['--format', 'json']);
    expect(findingsOf(outcome, project)).toEqual(['bad/open.ts:2 require-set-user-jwt neverSet']);
  });

  test.each([
    ['recommended', 1],
    ['strict', 1],
    ['session', 0],
  ])('lints by the configuration %s', async (config, code) => {
    expect((await project.run('intercom-jwt', ['--config', config, 'bad'])).code).toBe(code);
  });

  test('needs no configuration, and reads none', async () => {
    project.write({ 'eslint.config.js': "throw new Error('read');" });
    expect((await project.run('intercom-jwt', ['good'])).code).toBe(0);
  });

  test('passes over what is not the project’s own, and over what git ignores', async () => {
    const ignored = await createProject(await install(NO_TYPESCRIPT));
    ignored.write({
      '.gitignore': '/generated\n',
      'dist/open.js': FAULTY,
      'generated/open.ts': FAULTY,
      'ios/Pods/open.ts': FAULTY,
      'node_modules/other/open.ts': FAULTY,
      'src/generated/open.ts': FAULTY,
    });
    const outcome = await ignored.run('intercom-jwt', ['--format', 'json']);
    expect(findingsOf(outcome, ignored)).toEqual([
      'src/generated/open.ts:2 require-set-user-jwt neverSet',
    ]);
    // As a hook does: names of files, of which some are ignored.
    const staged = ['generated/open.ts', 'package.json', '--max-warnings', '0'];
    expect((await ignored.run('intercom-jwt', staged)).code).toBe(0);
    ignored.remove();
  });

  test('follows functions of other files, unless it is told not to', async () => {
    project.copy('project');
    const args = ['--format', 'json', 'project'];
    expect(findingsOf(await project.run('intercom-jwt', args), project)).toEqual(
      expectedIn('project'),
    );
    const alone = await project.run('intercom-jwt', [...args, '--no-cross-file']);
    expect(findingsOf(alone, project)).toEqual([
      'project/openHelp.js:12 require-set-user-jwt neverSet',
      'project/openHelp.js:7 require-set-user-jwt neverSet',
    ]);
    const broken = breakHelper(project);
    expect(findingsOf(await project.run('intercom-jwt', args), project)).toEqual(broken);
  });

  test('takes comments that silence the plugin, and none that configure other rules', async () => {
    project.write({
      'comments/open.ts': `/* eslint quotes: "error", react/no-such-rule: "error" */
/* eslint-env browser */
import Intercom from '@intercom/intercom-react-native';
// eslint-disable-next-line no-console
console.log("a");
// eslint-disable-next-line intercom-jwt/require-set-user-jwt -- A guest.
export const open = () => Intercom.present();
`,
    });
    const { code, stdout } = await project.run('intercom-jwt', ['comments']);
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });

  test('tells of a file that nothing reads, if it speaks of Intercom', async () => {
    project.write({
      'broken/about.js': 'const Intercom = ;',
      'broken/flow.js': 'export type Intercom = {| +jwt: ?string |};',
      'broken/other.js': 'const = ;',
    });
    const outcome = await project.run('intercom-jwt', ['--format', 'json', 'broken']);
    expect(findingsOf(outcome, project)).toEqual([
      expect.stringMatching(/^broken\/about\.js:1 Parsing error: /u),
      expect.stringMatching(/^broken\/flow\.js:1 Parsing error: .*install hermes-eslint/u),
    ]);
  });
});

describe.each([
  ['the parsers of the newest ESLint', TEN, ['flow', 'js', 'svelte', 'ts', 'vue']],
  ['the parsers of the oldest ESLint, Babel among them', OLDEST, ['flow', 'js', 'ts']],
] as const)('with %s', (_, dependencies, fixtures) => {
  let project: Project;

  beforeAll(async () => {
    project = await createProject(await install(dependencies));
    project.copy(...fixtures);
  }, INSTALL_TIMEOUT);

  afterAll(() => {
    project.remove();
  });

  test('reads what they read', async () => {
    const outcome = await project.run('intercom-jwt', ['--format', 'json']);
    expect(findingsOf(outcome, project)).toEqual(expectedIn(...fixtures));
  });
});
