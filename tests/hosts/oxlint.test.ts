/** oxlint, as a second host: the same findings as in ESLint, on the same files. */

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  breakHelper,
  createProject,
  install,
  INSTALL_TIMEOUT,
  type Outcome,
  type Project,
} from '../helpers/hosts.ts';
import plugin from '../../src/index.ts';
import { TEN } from './projects.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/expo-app/', import.meta.url));

const FILES = ['App.tsx', 'server', 'src', 'js', 'project', 'ts'];

let project: Project;

beforeAll(async () => {
  project = await createProject(await install(TEN));
  project.copy('js', 'project', 'ts');
  for (const name of ['App.tsx', 'server', 'src']) {
    cpSync(join(EXAMPLE, name), join(project.folder, name), { recursive: true });
  }
}, INSTALL_TIMEOUT);

afterAll(() => {
  project.remove();
});

function configure(config: 'recommended' | 'strict' | 'session'): void {
  const [{ rules }] = plugin.configs[config] as [{ rules: Record<string, unknown> }];
  project.write({
    '.oxlintrc.json': JSON.stringify({
      jsPlugins: ['eslint-plugin-intercom-jwt'],
      categories: { correctness: 'off' },
      rules,
    }),
    'eslint.config.js': `
import parser from '@typescript-eslint/parser';
import intercomJwt from 'eslint-plugin-intercom-jwt';
export default [
  { files: ['**/*.{js,cjs,jsx,ts,tsx}'], languageOptions: { parser } },
  ...intercomJwt.configs.${config},
];`,
  });
}

/** Lints with both, and expects the same of them. */
async function compare(files: readonly string[]): Promise<readonly string[]> {
  const [eslint, oxlint] = await Promise.all([
    project.run('eslint', ['--format', 'json', ...files]),
    project.run('oxlint', ['--format', 'json', ...files]),
  ]);
  const found = fromEslint(eslint, project);
  expect(fromOxlint(oxlint)).toEqual(found);
  expect(oxlint.code).toBe(eslint.code);
  return found;
}

test.each(['recommended', 'strict', 'session'] as const)(
  'has the same findings in oxlint as in ESLint: %s',
  async (config) => {
    configure(config);
    expect((await compare(FILES)).length).toBeGreaterThan(5);
  },
);

test('has the same findings when another file changes', async () => {
  configure('recommended');
  const before = await compare(['project']);
  breakHelper(project);
  const after = await compare(['project']);
  expect(before).toHaveLength(1);
  expect(after).toHaveLength(2);
});

test('has the same report of a rule that fails, and goes on', async () => {
  project.write({
    'faulty.js': `
import plugin from 'eslint-plugin-intercom-jwt';
const rule = plugin.rules['require-set-user-jwt'];
const settings = { get() { throw new TypeError('made to fail'); } };
const create = (context) => rule.create(Object.create(context, { settings }));
export default { meta: { name: 'faulty' }, rules: { fails: { ...rule, create } } };`,
    '.oxlintrc.json': JSON.stringify({
      jsPlugins: ['eslint-plugin-intercom-jwt', './faulty.js'],
      categories: { correctness: 'off' },
      rules: { 'intercom-jwt/require-set-user-jwt': 'error', 'faulty/fails': 'error' },
    }),
    'eslint.config.js': `
import intercomJwt from 'eslint-plugin-intercom-jwt';
import faulty from './faulty.js';
export default [{
  files: ['faulty/*.js'],
  plugins: { 'intercom-jwt': intercomJwt, faulty },
  rules: { 'intercom-jwt/require-set-user-jwt': 'error', 'faulty/fails': 'error' },
}];`,
    'faulty/a.js': "import Intercom from '@intercom/intercom-react-native';\nIntercom.present();\n",
    'faulty/b.js': "import Intercom from '@intercom/intercom-react-native';\nIntercom.present();\n",
  });
  const found = await compare(['faulty']);
  expect(found.map((line) => /^\S+ \S+/u.exec(line)?.[0])).toEqual([
    'faulty/a.js:1:1 faulty/fails:',
    'faulty/a.js:2:1 intercom-jwt/require-set-user-jwt:',
    'faulty/b.js:1:1 faulty/fails:',
    'faulty/b.js:2:1 intercom-jwt/require-set-user-jwt:',
  ]);
  expect(found[0]).toContain('TypeError: made to fail');
});

/** `file:line:column rule: message`, in order. */
function fromEslint({ stdout, stderr }: Outcome, { folder }: Project): readonly string[] {
  if (!stdout.startsWith('[')) throw new Error(stdout + stderr);
  const results = JSON.parse(stdout) as readonly {
    readonly filePath: string;
    readonly messages: readonly {
      readonly line: number;
      readonly column: number;
      readonly ruleId: string;
      readonly message: string;
    }[];
  }[];
  return results
    .flatMap(({ filePath, messages }) =>
      messages.map(
        ({ line, column, ruleId, message }) =>
          `${filePath.slice(folder.length + 1)}:${line}:${column} ${ruleId}: ${message}`,
      ),
    )
    .sort();
}

function fromOxlint({ stdout, stderr }: Outcome): readonly string[] {
  if (!stdout.startsWith('{')) throw new Error(stdout + stderr);
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly {
      readonly message: string;
      readonly code: string;
      readonly filename: string;
      readonly labels: readonly [
        { readonly span: { readonly line: number; readonly column: number } },
      ];
    }[];
  };
  return diagnostics
    .map(({ message, code, filename, labels: [{ span }] }) => {
      const rule = code.replace(/^([^(]+)\(([^()]+)\)$/u, '$1/$2');
      return `${filename}:${span.line}:${span.column} ${rule}: ${message}`;
    })
    .sort();
}
