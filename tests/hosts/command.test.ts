/** The command of the package, as it is installed. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  breakHelper,
  createProject,
  expectedIn,
  findingsOf,
  install,
  INSTALL_TIMEOUT,
  resultsOf,
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
    ['2 for an unknown rule', ['--rule', 'no-such-rule: warn', 'good'], 2],
    ['2 for a report that is written to a folder', ['--output-file', 'good', 'good'], 2],
    [
      '0 where there is nothing to lint, and that is said to be right',
      ['--no-error-on-unmatched-pattern', 'nowhere'],
      0,
    ],
    ['0 where there are warnings alone', ['--rule', 'require-set-user-jwt: warn', 'bad'], 0],
    [
      '1 where there are too many',
      ['--rule', 'require-set-user-jwt: warn', '--max-warnings', '0', 'bad'],
      1,
    ],
    ['0 for --help', ['--help'], 0],
    ['0 for --version', ['--version'], 0],
  ])('ends with %s', async (_, args, code) => {
    const outcome = await project.run('intercom-jwt', args);
    expect(outcome.code, outcome.stderr).toBe(code);
    // Who has made a mistake is told in a line or two, without a stack.
    if (code === 2) expect(outcome.stderr).toMatch(/^(?:.+\n){1,3}$/u);
  });

  test('ends as it would where nobody reads its output to the end', async () => {
    const command = join(project.folder, 'node_modules/eslint-plugin-intercom-jwt/dist/cli.js');
    const child = spawn(process.execPath, [command, 'bad'], { cwd: project.folder });
    child.stdout.destroy();
    let told = '';
    child.stderr.on('data', (part: Buffer) => {
      told += part.toString();
    });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(told).not.toContain('EPIPE');
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
      '.git/HEAD': 'ref: refs/heads/main',
      '.gitignore': '/generated\n/app/made',
      'app/.gitignore': '*.gen.ts',
      'app/made/open.ts': FAULTY,
      'app/open.ts': FAULTY,
      'app/src/open.gen.ts': FAULTY,
      'dist/open.js': FAULTY,
      'generated/open.ts': FAULTY,
      'ios/Pods/open.ts': FAULTY,
      'node_modules/other/open.ts': FAULTY,
      'src/generated/open.ts': FAULTY,
    });
    const outcome = await ignored.run('intercom-jwt', ['--format', 'json']);
    expect(findingsOf(outcome, ignored)).toEqual([
      'app/open.ts:2 require-set-user-jwt neverSet',
      'src/generated/open.ts:2 require-set-user-jwt neverSet',
    ]);
    // From a folder below, what the folders above ignore is ignored still.
    const below = await ignored.run('sh', ['-c', 'cd app && intercom-jwt --format json']);
    expect(findingsOf(below, ignored)).toEqual(['app/open.ts:2 require-set-user-jwt neverSet']);
    // As a hook does: names of files, of which some are ignored. Each is told of, as no warning.
    const staged = ['generated/open.ts', 'package.json', 'dist/open.js', '--max-warnings', '0'];
    expect(await ignored.run('intercom-jwt', staged)).toEqual({
      code: 0,
      stdout: '',
      stderr: `generated/open.ts is not linted: git ignores it.
package.json is not linted: .js, .mjs, .cjs, .jsx, .ts, .mts, .cts, .tsx, .vue,
.svelte and .astro files are read.
dist/open.js is not linted: what is in dist/ is taken to be built.
No files were linted.
`,
    });
    const silenced = await ignored.run('intercom-jwt', [...staged, '--no-warn-ignored']);
    expect(silenced).toEqual({ code: 0, stdout: '', stderr: 'No files were linted.\n' });
    ignored.remove();
  });

  test.each([
    [
      'of a file outside of the folder',
      ['../bad/open.ts'],
      0,
      /^\.\.\/bad\/open\.ts is not linted: it is\noutside|outside of the folder/u,
    ],
    ['of a folder outside of it', ['../bad'], 2, /'\.\.\/bad': it is outside of the folder/u],
    ['of a folder with no files that are read', ['../good', 'sub'], 2, /outside/u],
    ['of an empty folder', ['empty'], 2, /'empty': \.js, \.mjs/u],
    [
      'of a parser that is not installed',
      ['App.vue'],
      0,
      /^App\.vue is not linted: vue-eslint-parser is not installed/u,
    ],
    ['of a path that leads nowhere', ['nowhere'], 2, /^There is no file 'nowhere'/u],
  ])('tells %s', async (_, paths, code, told) => {
    project.write({ 'cwd/App.vue': '<template />', 'cwd/empty/notes.md': '', 'cwd/sub/a.js': '' });
    const command = `cd cwd && intercom-jwt ${paths.join(' ')}`;
    const outcome = await project.run('sh', ['-c', command]);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toMatch(told);
    expect(outcome.stdout).toBe('');
    for (const line of outcome.stderr.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('says how much it has looked at where nothing is found', async () => {
    const said = async (...args: string[]): Promise<string> =>
      (await project.run('intercom-jwt', args)).stderr;
    project.write({ 'more/a.ts': CORRECT, 'more/b.ts': CORRECT });
    expect(await said('good')).toBe('Nothing found in 1 file.\n');
    expect(await said('more')).toBe('Nothing found in 2 files.\n');
    expect(await said('more', '--quiet')).toBe('');
    expect(await said('bad')).toMatch(/^There is no `setUserJwt` in 1 file that was read\. Is/u);
    expect(await said('bad', '--quiet')).toBe('');
  });

  test('takes an entry of a rule, and counts and leaves out warnings', async () => {
    const warns = ['--rule', 'require-set-user-jwt: warn', 'bad'];
    const all = await project.run('intercom-jwt', [...warns, '--max-warnings', '1']);
    expect(all.code).toBe(0);
    expect(all.stdout).toContain('✖ 1 problem (0 errors, 1 warning)');
    const quiet = await project.run('intercom-jwt', [...warns, '--quiet', '--max-warnings', '0']);
    expect(quiet).toMatchObject({ code: 1, stdout: '' });
    expect(quiet.stderr).toBe('Too many warnings (maximum: 0).\n');
  });

  test('writes its report to a file, and suggests where it is asked to', async () => {
    project.write({ 'floating/a.ts': CORRECT.replace('await Intercom.set', 'Intercom.set') });
    const suggested = async (...args: string[]): Promise<number> => {
      const file = 'out/findings.json';
      const outcome = await project.run('intercom-jwt', [
        'floating',
        '-f',
        'json',
        '-o',
        file,
        ...args,
      ]);
      expect(outcome).toEqual({ code: 1, stdout: '', stderr: '' });
      const findings = resultsOf({ ...outcome, stdout: project.read(file) });
      return findings.flatMap(({ messages }) => messages.flatMap((one) => one.suggestions ?? []))
        .length;
    };
    expect(await suggested()).toBe(0);
    expect(await suggested('--suggestions')).toBeGreaterThan(0);
  });

  test('shows frames and colours where they are asked for', async () => {
    const show = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> =>
      (await project.run('intercom-jwt', ['bad', ...args], { NO_COLOR: '', ...env })).stdout;
    expect(await show(['--format', 'codeframe'])).toContain(
      '\n    |                                             ^^^^^^^^^^^^^^^^^^\n',
    );
    for (const format of ['codeframe', 'stylish']) {
      const args = ['--format', format];
      expect(await show(args)).not.toContain('\u001B[');
      expect(await show([...args, '--color'])).toContain('\u001B[');
      expect(await show(args, { FORCE_COLOR: '1' })).toContain('\u001B[');
      expect(await show([...args, '--no-color'], { FORCE_COLOR: '1' })).not.toContain('\u001B[');
      expect(await show(args, { FORCE_COLOR: '0' })).not.toContain('\u001B[');
    }
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

  test('takes comments about the plugin, and none about other rules', async () => {
    const open = 'export const open = () => Intercom.present();';
    project.write({
      'comments/open.ts': `/* eslint quotes: "error", react/no-such-rule: "error" */
/* eslint-env browser */
/* global foo: perhaps */
import Intercom from '@intercom/intercom-react-native';
// eslint-disable-next-line no-console, react-hooks/exhaustive-deps
console.log("a");
let a: any; // eslint-disable-line @typescript-eslint/no-explicit-any
/* eslint-disable foo/bar -- of no concern */
/* eslint-enable foo/bar */
// eslint-disable-next-line foo/bar, intercom-jwt/require-set-user-jwt -- A guest.
${open}
`,
      'comments/warn.ts': `/* eslint foo/bar: 2, intercom-jwt/require-set-user-jwt: "warn" */
import Intercom from '@intercom/intercom-react-native';
// eslint-disable-next-line foo/bar
${open}
`,
      'comments/off.ts': `/* eslint-disable */
import Intercom from '@intercom/intercom-react-native';
${open}
`,
    });
    const outcome = await project.run('intercom-jwt', ['--format', 'json', 'comments']);
    expect(findingsOf(outcome, project)).toEqual([
      'comments/warn.ts:4 require-set-user-jwt neverSet',
    ]);
    expect(outcome.code).toBe(0);
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

  test('takes no comments about other rules, whatever reads a file', async () => {
    const script = `// eslint-disable-next-line foo/bar
/* eslint foo/baz: 2, quotes: error */
export const a = "Intercom";`;
    const commented = await createProject(await install(dependencies));
    commented.write({
      'a.cjs': script.replace('export', ''),
      'a.jsx': script,
      'a.ts': script,
      'a.vue': `<script>\n${script}\n</script>`,
      'a.svelte': `<script>\n${script}\n</script>`,
      'a.astro': `---\n${script}\n---\n<p />`,
      'flow.js': `// @flow\n${script}\nexport type Intercom = {| +jwt: ?string |};`,
    });
    const outcome = await commented.run('intercom-jwt', ['--format', 'json']);
    expect(findingsOf(outcome, commented)).toEqual([]);
    expect(resultsOf(outcome).length).toBeGreaterThanOrEqual(4);
    commented.remove();
  });

  test('reads what they read', async () => {
    const outcome = await project.run('intercom-jwt', ['--format', 'json']);
    expect(findingsOf(outcome, project)).toEqual(expectedIn(...fixtures));
  });
});
