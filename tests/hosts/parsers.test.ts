/** The parsers of scripts, and files that are no scripts, in one run each. */

import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import {
  createProject,
  expectedIn,
  findingsOf,
  install,
  INSTALL_TIMEOUT,
  type Project,
} from '../helpers/hosts.ts';
import { OLDEST, TEN } from './projects.ts';

const IMPORT = "import intercomJwt from 'eslint-plugin-intercom-jwt';";

let oldest: string;
let ten: string;
let project: Project | null = null;

beforeAll(async () => {
  oldest = await install(OLDEST);
  ten = await install(TEN);
}, INSTALL_TIMEOUT);

afterEach(() => {
  project?.remove();
});

async function lint(
  installed: string,
  fixtures: readonly string[],
  config: string,
): Promise<readonly string[]> {
  project = await createProject(installed);
  project.copy(...fixtures);
  project.write({ 'eslint.config.js': config });
  return findingsOf(await project.run('eslint', ['--format', 'json', '.']), project);
}

const BABEL = `
import parser from '@babel/eslint-parser';
${IMPORT}
export default [
  ...intercomJwt.configs.recommended,
  {
    files: ['**/*.{js,jsx}'],
    languageOptions: {
      parser,
      parserOptions: { requireConfigFile: false, babelOptions: { presets: ['module:@react-native/babel-preset'] } },
    },
  },
];`;

const HERMES = `
import * as parser from 'hermes-eslint';
${IMPORT}
export default [
  ...intercomJwt.configs.recommended,
  { files: ['**/*.{js,jsx}'], languageOptions: { parser, parserOptions: { sourceType: 'module' } } },
];`;

const TYPESCRIPT = `
import * as parser from '@typescript-eslint/parser';
${IMPORT}
export default [
  ...intercomJwt.configs.recommended,
  { files: ['**/*.{ts,tsx,js,jsx,cjs}'], languageOptions: { parser } },
];`;

describe('reads what the parser makes of', () => {
  test('Flow and JSX: @babel/eslint-parser, with the preset of React Native', async () => {
    const fixtures = ['flow', 'js'];
    expect(await lint(oldest, fixtures, BABEL)).toEqual(expectedIn(...fixtures));
  });

  test('Flow and JSX: hermes-eslint', async () => {
    const fixtures = ['flow', 'js'];
    expect(await lint(ten, fixtures, HERMES)).toEqual(expectedIn(...fixtures));
  });

  test.each([
    ['the oldest ESLint', () => oldest],
    ['the newest', () => ten],
  ])('TypeScript: @typescript-eslint/parser, in %s', async (_, installed) => {
    const fixtures = ['js', 'ts'];
    expect(await lint(installed(), fixtures, TYPESCRIPT)).toEqual(expectedIn(...fixtures));
  });

  test('the scripts of Vue, Svelte and Astro', async () => {
    const config = `
import * as astro from 'astro-eslint-parser';
import * as svelte from 'svelte-eslint-parser';
import * as vue from 'vue-eslint-parser';
${IMPORT}
export default [
  ...intercomJwt.configs.recommended,
  { files: ['**/*.vue'], languageOptions: { parser: vue } },
  { files: ['**/*.svelte'], languageOptions: { parser: svelte } },
  { files: ['**/*.astro'], languageOptions: { parser: astro } },
];`;
    const fixtures = ['astro', 'svelte', 'vue'];
    expect(await lint(ten, fixtures, config)).toEqual(expectedIn(...fixtures));
  });
});

describe('lets JSON, CSS and Markdown be', () => {
  test('as languages of their own', async () => {
    const config = `
import css from '@eslint/css';
import json from '@eslint/json';
import markdown from '@eslint/markdown';
${IMPORT}
export default [
  { files: ['**/*.json'], plugins: { json }, language: 'json/json' },
  { files: ['**/*.css'], plugins: { css }, language: 'css/css' },
  { files: ['**/*.md'], plugins: { markdown }, language: 'markdown/gfm' },
  { files: ['**/*.jsx'], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } } },
  ...intercomJwt.configs.recommended,
];`;
    expect(await lint(ten, ['other', 'js'], config)).toEqual(expectedIn('js'));
  });

  test('but reads the scripts that a processor takes out of Markdown', async () => {
    const config = `
import markdown from '@eslint/markdown';
${IMPORT}
export default [...markdown.configs.processor, ...intercomJwt.configs.recommended];`;
    expect(await lint(ten, ['other'], config)).toEqual([
      'other/guide.md:8 require-set-user-jwt neverSet',
    ]);
  });
});
