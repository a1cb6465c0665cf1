/** What a project pays that has nothing to do with the SDK: no native module is loaded for it. */

import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  createProject,
  findingsOf,
  install,
  INSTALL_TIMEOUT,
  type Outcome,
  type Project,
} from '../helpers/hosts.ts';
import { NO_TYPESCRIPT } from './projects.ts';

let project: Project;

beforeAll(async () => {
  project = await createProject(await install(NO_TYPESCRIPT));
  project.write({
    'eslint.config.js':
      "import intercomJwt from 'eslint-plugin-intercom-jwt';\nexport default [...intercomJwt.configs.all];",
    // Tells of each native module that is loaded.
    'watch.cjs': `
const { dlopen } = process;
process.dlopen = (module, path, ...rest) => {
  console.error('native: ' + path);
  return dlopen.call(process, module, path, ...rest);
};`,
    'src/sum.js': 'export const sum = (a, b) => a + b;\n',
    'src/index.js': "import { sum } from './sum.js';\n\nexport const three = sum(1, 2);\n",
  });
}, INSTALL_TIMEOUT);

afterAll(() => {
  project.remove();
});

async function watch(program: string, args: readonly string[]): Promise<Outcome> {
  return project.run(program, args, { NODE_OPTIONS: `--require=${project.folder}/watch.cjs` });
}

test('a project in which no file concerns the SDK loads no native module', async () => {
  const outcome = await watch('eslint', ['--format', 'json', '.']);
  expect(findingsOf(outcome, project)).toEqual([]);
  expect(outcome.stderr).toBe('');
});

test('the parser of the command is one, and would be seen', async () => {
  const { stderr } = await watch('intercom-jwt', ['src']);
  expect(stderr).toMatch(/^native: .*oxc-parser/u);
});
