/** Setting the plugin up: what is planned for which project, and that nothing is written unasked. */

import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

import { describe, expect, test } from 'vitest';

import { diffOf } from '../../src/cli/init/diff.ts';
import { withPlugin } from '../../src/cli/init/edit-config.ts';
import { init } from '../../src/cli/init/init.ts';
import { planOf, type Plan, type Wishes } from '../../src/cli/init/plan.ts';
import { diskTree, type Tree } from '../../src/cli/init/tree.ts';
import { projectOf, type Files } from '../helpers/project.ts';

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";
const SETS = `${SDK}await Intercom.setUserJwt(jwt);\n`;

/** A tree that is nowhere on disk; the run is in a folder of it. */
function treeOf(files: Files, cwd = '.'): Tree {
  const at = (path: string): string => posix.normalize(posix.join(cwd, path));
  const names = Object.keys(files);
  return {
    read: (path) => files[at(path)] ?? null,
    exists: (path) => names.some((name) => name === at(path) || name.startsWith(`${at(path)}/`)),
    files: () =>
      names
        .filter((name) => cwd === '.' || name.startsWith(`${cwd}/`))
        .map((name) => posix.relative(cwd, name)),
  };
}

const NO_WISHES: Wishes = { config: null, ci: false, hook: false };

function plan(files: Files, wishes: Partial<Wishes> = {}, cwd?: string): Plan {
  return planOf(treeOf(files, cwd), { ...NO_WISHES, ...wishes });
}

const manifest = (parts: object = {}): string => `${JSON.stringify(parts, null, 2)}\n`;

test.each([{}, { typescript: '^6.0.0' }])(
  'the loaders of Yarn are not linted, with %j',
  (found) => {
    const files = { 'package.json': manifest({ devDependencies: found }), 'yarn.lock': '' };
    const written = (more: Files): string =>
      plan({ ...files, ...more }).edits.find(({ path }) => path === 'eslint.config.mjs')?.after ??
      '';
    expect(written({ '.pnp.cjs': '' })).toContain("\n  { ignores: ['.pnp.*'] },\n  {\n    files:");
    expect(written({})).not.toContain('ignores');
  },
);

describe('the package manager is told', () => {
  test.each([
    ['by nothing', {}, ['npm', 'install', '--save-dev']],
    ['by the lock file of npm', { 'package-lock.json': '' }, ['npm', 'install', '--save-dev']],
    ['of pnpm', { 'pnpm-lock.yaml': '' }, ['pnpm', 'add', '--save-dev']],
    [
      'of pnpm, at the root of a workspace',
      { 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': '' },
      ['pnpm', 'add', '--save-dev', '-w'],
    ],
    ['of Yarn', { 'yarn.lock': '__metadata:' }, ['yarn', 'add', '--dev']],
    ['of Bun', { 'bun.lock': '' }, ['bun', 'add', '--dev']],
    ['of Bun, of old', { 'bun.lockb': '' }, ['bun', 'add', '--dev']],
  ])('%s', (_, files: Files, command) => {
    const { install } = plan({ 'package.json': manifest(), ...files });
    expect(install).toEqual([...command, 'eslint-plugin-intercom-jwt', 'eslint']);
  });

  test('by the manifest, more than by a lock file', () => {
    const files = { 'package.json': manifest({ packageManager: 'pnpm@10.0.0' }), 'yarn.lock': '' };
    expect(plan(files).manager).toBe('pnpm');
  });

  test('by a workspace above, and by nothing above its root', () => {
    const files = {
      'pnpm-lock.yaml': '',
      'package.json': '{}',
      'apps/mobile/package.json': '{}',
      'other/.git/HEAD': '',
      'other/package.json': '{}',
    };
    expect(plan(files, {}, 'apps/mobile').install?.slice(0, 3)).toEqual([
      'pnpm',
      'add',
      '--save-dev',
    ]);
    expect(plan(files, {}, 'other').manager).toBe('npm');
  });

  test('Yarn 1 wants to be told that the root is meant', () => {
    const root = manifest({ workspaces: ['a'] });
    const classic = plan({ 'package.json': root, 'yarn.lock': '# yarn lockfile v1' });
    expect(classic.install?.slice(0, 4)).toEqual(['yarn', 'add', '--dev', '-W']);
    expect(plan({ 'package.json': root, 'yarn.lock': '' }).install).not.toContain('-W');
  });
});

describe('the configuration suits what the code does', () => {
  test.each([
    ['sets a JWT', { 'a.ts': SETS }, 'recommended', /^a\.ts calls `setUserJwt`$/u],
    [
      'registers a provider',
      { 'a.ts': SETS, 'b.ts': `${SDK}Intercom.setUserJwtProvider(get)` },
      'session',
      /^b\.ts registers/u,
    ],
    ['uses the SDK alone', { 'a.ts': `${SDK}Intercom.present()` }, 'session', /no script calls/u],
    [
      'mints',
      { 'a.ts': "sign({ user_id }, INTERCOM_SECRET); import 'jsonwebtoken'" },
      'recommended',
      /may mint/u,
    ],
    [
      'uses the web Messenger',
      { 'a.ts': "window.Intercom('boot', { intercom_user_jwt: jwt })" },
      'recommended',
      /^a\.ts uses the web Messenger$/u,
    ],
    ['does nothing of it', { 'a.ts': 'export {}' }, 'recommended', /nothing tells/u],
  ] as const)('that %s', (_, files: Files, config, why) => {
    const told = plan({ 'package.json': '{}', ...files });
    expect(told.config).toBe(config);
    expect(told.why).toMatch(why);
  });

  test('what Messenger Security has to do with it is told where no JWT is set', () => {
    const uses = `${SDK}Intercom.present()`;
    expect(plan({ 'a.ts': uses }).notes.join()).toContain('Is Messenger Security on?');
    const hashed = plan({ 'a.ts': `${uses}; Intercom.setUserHash(hash)` });
    expect(hashed.notes.join()).toContain('a.ts calls `setUserHash`');
    expect(plan({ 'a.ts': SETS }).notes.join()).not.toContain('Security');
  });

  test('what is asked for goes first', () => {
    expect(plan({ 'a.ts': SETS }, { config: 'session' }).config).toBe('session');
  });
});

/** Configurations as they are found, and what becomes of them. */
const CONFIGS: readonly (readonly [name: string, path: string, before: string, after: string])[] = [
  [
    'an array',
    'eslint.config.js',
    "import js from '@eslint/js';\n\nexport default [\n  js.configs.recommended,\n];\n",
    "import js from '@eslint/js';\nimport intercomJwt from 'eslint-plugin-intercom-jwt';\n\nexport default [\n  js.configs.recommended,\n  ...intercomJwt.configs.recommended,\n];\n",
  ],
  [
    'an array in one line, with other quotes and no semicolons',
    'eslint.config.mjs',
    'import js from "@eslint/js"\nexport default [js.configs.recommended]\n',
    'import js from "@eslint/js"\nimport intercomJwt from "eslint-plugin-intercom-jwt"\nexport default [js.configs.recommended, ...intercomJwt.configs.recommended]\n',
  ],
  [
    'defineConfig',
    'eslint.config.ts',
    "import { defineConfig } from 'eslint/config';\nexport default defineConfig([\n  { ignores: ['dist/*'] as string[] },\n]);\n",
    "import { defineConfig } from 'eslint/config';\nimport intercomJwt from 'eslint-plugin-intercom-jwt';\nexport default defineConfig([\n  { ignores: ['dist/*'] as string[] },\n  ...intercomJwt.configs.recommended,\n]);\n",
  ],
  [
    'the arguments of a call',
    'eslint.config.mjs',
    "import tseslint from 'typescript-eslint';\nexport default tseslint.config(\n  tseslint.configs.base,\n  { rules: {} }\n);\n",
    "import tseslint from 'typescript-eslint';\nimport intercomJwt from 'eslint-plugin-intercom-jwt';\nexport default tseslint.config(\n  tseslint.configs.base,\n  { rules: {} },\n  ...intercomJwt.configs.recommended\n);\n",
  ],
  [
    'CommonJS, as Expo has it',
    'eslint.config.js',
    "// A comment.\nconst { defineConfig } = require('eslint/config');\nconst expo = require('eslint-config-expo/flat');\n\nmodule.exports = defineConfig([\n  expo,\n  {\n    ignores: ['dist/*'],\n  },\n]);\n",
    "// A comment.\nconst { defineConfig } = require('eslint/config');\nconst expo = require('eslint-config-expo/flat');\nconst intercomJwt = require('eslint-plugin-intercom-jwt');\n\nmodule.exports = defineConfig([\n  expo,\n  {\n    ignores: ['dist/*'],\n  },\n  ...intercomJwt.configs.recommended,\n]);\n",
  ],
  [
    'a constant',
    'eslint.config.mjs',
    'const config = [];\nexport default config;\n',
    "import intercomJwt from 'eslint-plugin-intercom-jwt';\n\nconst config = [...intercomJwt.configs.recommended];\nexport default config;\n",
  ],
  [
    'lines that end in two characters',
    'eslint.config.mjs',
    "import a from 'a';\r\nexport default [\r\n  a,\r\n];\r\n",
    "import a from 'a';\r\nimport intercomJwt from 'eslint-plugin-intercom-jwt';\r\nexport default [\r\n  a,\r\n  ...intercomJwt.configs.recommended,\r\n];\r\n",
  ],
];

describe('an ESLint configuration keeps its style', () => {
  test.each(CONFIGS)('%s', (_, path, before, after) => {
    const { edits } = plan({ 'package.json': '{}', [path]: before, 'a.ts': SETS });
    expect(edits.find((edit) => edit.path === path)).toEqual({ path, before, after });
    expect(withPlugin(path, after, 'session')).toEqual({ problem: 'the plugin is in it already' });
  });

  test('one that is in a folder above is taken', () => {
    const files = {
      'package-lock.json': '',
      'eslint.config.mjs': 'export default [];\n',
      'app/package.json': '{}',
    };
    expect(plan(files, {}, 'app').edits[0]?.path).toBe('../eslint.config.mjs');
  });

  test.each([
    ['a call that nothing is known of', 'export default make({});\n'],
    ['a function', 'export default function config() { return []; }\n'],
    ['no export', 'const a = [];\n'],
    ['what cannot be parsed', 'export default [;\n'],
    ['a list that is made of itself', 'const a = b;\nconst b = a;\nexport default a;\n'],
  ])('%s is left alone, and it is told what goes where', (_, before) => {
    const { edits, notes } = plan({
      'package.json': manifest({ scripts: { lint: 'eslint .' } }),
      'eslint.config.mjs': before,
    });
    expect(edits).toEqual([]);
    expect(notes.at(-1)).toContain('Put `...intercomJwt.configs.recommended` into');
  });
});

describe('where there is no configuration', () => {
  const created = (parts: object): string =>
    plan({ 'package.json': manifest(parts) }).edits[0]?.after ?? '';

  test('one for TypeScript has its parser', () => {
    const after = created({ devDependencies: { typescript: '~6.0.0' } });
    expect(after).toContain('tseslint.parser');
    const { install } = plan({ 'package.json': manifest({ dependencies: { typescript: '^5' } }) });
    expect(install).toContain('typescript-eslint');
  });

  test('one for JavaScript needs no parser', () => {
    expect(created({})).not.toContain('tseslint');
  });

  test('one beside TypeScript 7 does without its parser, and it is told why', () => {
    const files = { 'package.json': manifest({ devDependencies: { typescript: '^7.0.2' } }) };
    const { edits, notes, install } = plan(files);
    expect(edits[0]?.after).not.toContain('tseslint');
    expect(install).not.toContain('typescript-eslint');
    expect(notes.join()).toContain('TypeScript 7');
  });

  test('one of an Expo app has the preset of Expo', () => {
    const after = created({
      devDependencies: { 'eslint-config-expo': '~58.0.0', typescript: '5' },
    });
    expect(after).toContain("require('eslint-config-expo/flat')");
  });

  test('.eslintrc is left alone, and the command lints beside it', () => {
    const { edits, lint, notes } = plan({ 'package.json': '{}', '.eslintrc.js': '' });
    expect(edits.map(({ path }) => path)).toEqual(['package.json']);
    expect(lint).toBe('npx intercom-jwt');
    expect(notes.join()).toContain('.eslintrc.js is of ESLint 8');
  });

  test('oxlint gets the plugin, where there is no ESLint', () => {
    const oxlint = '{\n    "rules": { "no-debugger": "error" }\n}\n';
    const { edits, lint } = plan({ 'package.json': '{}', '.oxlintrc.json': oxlint });
    expect(lint).toBe('npx oxlint');
    const after: unknown = JSON.parse(edits[0]?.after ?? '');
    expect(after).toMatchObject({
      jsPlugins: ['eslint-plugin-intercom-jwt'],
      rules: { 'no-debugger': 'error', 'intercom-jwt/require-set-user-jwt': 'error' },
    });
    expect(edits[0]?.after).toContain('\n    "rules"');
    const commented = plan({ 'package.json': '{}', '.oxlintrc.json': `// Ours.\n${oxlint}` });
    expect(commented.edits.map(({ path }) => path)).not.toContain('.oxlintrc.json');
    expect(commented.notes.join()).toContain('is left as it is');
  });
});

describe('beside it', () => {
  test('a script lints, where none does', () => {
    const after = (scripts: Record<string, string>): string | undefined =>
      plan({ 'package.json': manifest({ scripts }) }).edits.find(
        ({ path }) => path === 'package.json',
      )?.after;
    expect(after({ test: 'jest' })).toBe(manifest({ scripts: { test: 'jest', lint: 'eslint .' } }));
    expect(after({ lint: 'biome lint' })).toContain('"lint:intercom": "eslint ."');
    expect(after({ check: 'eslint src' })).toBeUndefined();
    expect(after({ lint: 'expo lint' })).toBeUndefined();
  });

  test('a workflow and a hook come where they are wanted', () => {
    const files = { 'package.json': '{}', '.husky/pre-commit': 'npm test' };
    const paths = (wishes: Partial<Wishes>): readonly string[] =>
      plan(files, wishes).edits.map(({ path }) => path);
    expect(paths({})).toEqual(['eslint.config.mjs', 'package.json']);
    expect(paths({ ci: true, hook: true }).slice(2)).toEqual([
      '.github/workflows/intercom-jwt.yml',
      '.husky/pre-commit',
    ]);
    const hook = plan(files, { hook: true }).edits.at(-1);
    expect(hook?.after).toBe('npm test\nnpx intercom-jwt\n');
    expect(plan({ 'package.json': '{}' }, { hook: true }).notes.join()).toContain('husky');
  });

  test('nothing is installed where there is no manifest, or nothing is missing', () => {
    expect(plan({}).install).toBeNull();
    const devDependencies = { eslint: '^10', 'eslint-plugin-intercom-jwt': '*' };
    expect(plan({ 'package.json': manifest({ devDependencies }) }).install).toBeNull();
  });
});

describe('what is written', () => {
  const FILES = {
    'package.json': manifest(),
    'eslint.config.mjs': 'export default [];\n',
    'a.js': SETS,
  };
  interface Happened {
    readonly said: string[];
    readonly executed: (readonly string[])[];
    readonly code: number;
    readonly root: string;
  }
  const happen = async (
    parts: { readonly yes?: boolean; readonly install?: boolean },
    answer: boolean | null,
    installed = 0,
    found = 0,
  ): Promise<Happened> => {
    const root = projectOf(FILES);
    const said: string[] = [];
    const executed: (readonly string[])[] = [];
    const code = await init(
      { command: 'init', ...NO_WISHES, yes: false, install: true, ...parts },
      root,
      {
        say: (line) => said.push(line),
        ask: answer === null ? null : () => Promise.resolve(answer),
        execute: (command) => {
          executed.push(command);
          return Promise.resolve(installed);
        },
        lint: () => Promise.resolve(found),
      },
    );
    return { said, executed, code, root };
  };
  const isUntouched = (root: string): boolean =>
    Object.entries(FILES).every(
      ([path, text]) => readFileSync(join(root, path), 'utf8') === text,
    ) && !existsSync(join(root, '.github'));

  test('is nothing, where the answer is no', async () => {
    const { said, executed, code, root } = await happen({}, false);
    expect(isUntouched(root)).toBe(true);
    expect(executed).toEqual([]);
    expect(code).toBe(0);
    expect(said).toContain('+ export default [...intercomJwt.configs.recommended];');
    expect(said.at(-1)).toBe('Nothing was written.');
  });

  test('is nothing, where there is nobody to ask', async () => {
    const { said, executed, root } = await happen({}, null);
    expect(isUntouched(root)).toBe(true);
    expect(executed).toEqual([]);
    expect(said.at(-1)).toBe('Nothing was written. With --yes, it is.');
  });

  test.each([
    ['the answer is yes', {}, true],
    ['nothing is to be asked', { yes: true }, null],
  ] as const)('is what was shown, where %s', async (_, parts, answer) => {
    const { said, executed, code, root } = await happen(parts, answer, 0, 100);
    expect(readFileSync(join(root, 'eslint.config.mjs'), 'utf8')).toContain('intercomJwt');
    expect(readFileSync(join(root, 'package.json'), 'utf8')).toContain('"lint": "eslint ."');
    expect(executed).toEqual([['npm', 'install', '--save-dev', 'eslint-plugin-intercom-jwt']]);
    expect(code).toBe(0);
    expect(said.join('\n')).toContain('npx eslint . --suppress-all');
  });

  test('an install that fails is told', async () => {
    const { code, said } = await happen({ yes: true }, null, 1);
    expect(code).toBe(2);
    expect(said.at(-1)).toMatch(/^Installing failed: npm install/u);
    expect((await happen({ yes: true, install: false }, null, 1)).executed).toEqual([]);
  });
});

test('a tree on disk is that of the project alone', () => {
  const tree = diskTree(
    projectOf({ 'src/a.ts': '', 'node_modules/a/a.ts': '', 'dist/a.js': '', '.expo/a.js': '' }),
  );
  expect(tree.files()).toEqual(['package-lock.json', 'package.json', 'src/a.ts']);
  expect(tree.read('src')).toBeNull();
  expect(tree.read('none')).toBeNull();
});

test('a change is shown with what is around it', () => {
  expect(diffOf('a\nb\nc\nd\ne\nf\ng\n', 'a\nb\nc\nd\nX\nf\ng\nh\n')).toEqual(
    ['  …', ...['  c', '  d', '- e', '+ X', '  f', '  g', '+ h']].slice(1),
  );
  expect(diffOf(null, 'a\nb\n')).toEqual(['+ a', '+ b']);
});
