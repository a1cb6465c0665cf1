/** Files that are read together, as all of them lead to each other: what is told does not depend on it. */

import { join } from 'node:path';

import { Linter } from 'eslint';
import { parser as typescriptParser } from 'typescript-eslint';
import { describe, expect, test, vi } from 'vitest';

import type plugin from '../../src/index.ts';
import { projectOf, write, type Files } from '../helpers/project.ts';

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";

/** More than as few as are read by themselves. */
const COUNT = 20;

/** Takes one file after the other out of a circle of modules. */
function circle(text: (index: number, next: number) => string): Files {
  const files: Record<string, string> = {};
  for (let index = 0; index < COUNT; index++) {
    files[`m${String(index)}.ts`] = text(index, (index + 1) % COUNT);
  }
  return files;
}

/** What each file of a project holds, by what is to be told of it in the end. */
const PROJECTS: readonly (readonly [name: string, files: Files])[] = [
  [
    'functions that call each other',
    circle(
      (index, next) => `${SDK}import { go${String(next)} } from './m${String(next)}';
export async function go${String(index)}(user) {
  if (user.flags > ${String(index)}) await go${String(next)}(user);
  ${index % 5 === 0 ? 'await Intercom.setUserJwt(user.jwt);' : ''}
  await Intercom.present();
}`,
    ),
  ],
  [
    'all call all',
    circle(
      (index) => `${SDK}${Array.from({ length: COUNT }, (_, other) =>
        other === index ? '' : `import { go${String(other)} } from './m${String(other)}';`,
      ).join('\n')}
export async function go${String(index)}(user) {
  ${Array.from({ length: COUNT }, (_, other) =>
    other === index ? '' : `if (user.at(${String(other)})) return go${String(other)}(user);`,
  ).join('\n  ')}
  ${index === 3 ? 'Intercom.setUserJwt(user.jwt);' : ''}
  Intercom.present();
}`,
    ),
  ],
  [
    'callbacks that are handed around',
    circle(
      (index, next) => `${SDK}import { around${String(next)} } from './m${String(next)}';
export const around${String(index)} = async (jwt, then) => {
  ${index % 3 === 0 ? 'await Intercom.setUserJwt(jwt);' : ''}
  await then();
};
const own = () => Intercom.present();
export async function open${String(index)}(jwt) {
  await around${String(next)}(jwt, own);
  await around${String(next)}(jwt, () => around${String(index)}(jwt, () => Intercom.updateUser({})));
}`,
    ),
  ],
  [
    'classes, exports that are handed on, and what is put into objects',
    circle(
      (index, next) => `${SDK}export { Base as Base${String(index)} } from './m${String(next)}';
import { Base as Next, hooks as others } from './m${String(next)}';
export const hooks = { ready: null };
others.ready = async (jwt) => { ${index % 4 === 0 ? '' : 'await '}Intercom.setUserJwt(jwt); };
export class Base {
  constructor(jwt) { this.jwt = jwt; }
  async establish() { ${index % 2 === 0 ? 'await Intercom.setUserJwt(this.jwt);' : ''} }
}
export async function open(jwt) {
  await new Next(jwt).establish();
  Intercom.present();
}
export async function ready(jwt) {
  await hooks.ready(jwt);
  Intercom.present();
  setTimeout(() => { Intercom.logout(); }, 10);
}`,
    ),
  ],
];

type Plugin = typeof plugin;

/** The plugin as it is in a process of its own. */
async function freshPlugin(): Promise<Plugin> {
  vi.resetModules();
  const { default: fresh } = (await import('../../src/index.ts')) as { readonly default: Plugin };
  return fresh;
}

/** All that is told of files, in an order. */
function told(intercomJwt: Plugin, root: string, files: Files, order: readonly string[]): unknown {
  const found = new Map<string, readonly unknown[]>();
  for (const path of order) {
    const messages = new Linter({ cwd: root }).verify(
      files[path] ?? '',
      {
        files: ['**/*.ts'],
        plugins: { 'intercom-jwt': intercomJwt },
        languageOptions: { parser: typescriptParser },
        rules: intercomJwt.configs.all[0]?.rules ?? {},
      },
      { filename: join(root, path) },
    );
    found.set(
      path,
      messages.map(({ line, column, endLine, endColumn, ruleId, message, suggestions }) => ({
        place: [line, column, endLine, endColumn],
        ruleId,
        message,
        suggestions: suggestions?.map(({ desc, fix }) => ({ desc, fix })),
      })),
    );
  }
  return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

describe.each(PROJECTS)('%s', (_, files) => {
  const paths = Object.keys(files);

  test('in any order, and each file in a process of its own', async () => {
    const root = projectOf(files);
    const forth = told(await freshPlugin(), root, files, paths);
    expect(JSON.stringify(forth)).toContain('require-set-user-jwt');
    expect(told(await freshPlugin(), root, files, paths.toReversed())).toEqual(forth);
    const mixed = paths.map((_path, index) => paths[(index * 7 + 3) % COUNT] ?? '');
    expect(told(await freshPlugin(), root, files, mixed)).toEqual(forth);
    for (const path of ['m0.ts', 'm7.ts', 'm12.ts']) {
      expect(told(await freshPlugin(), root, files, [path])).toEqual({
        [path]: (forth as Record<string, unknown>)[path],
      });
    }
  });

  test('and where the text is not what is on disk, by which it is read by itself', async () => {
    const root = projectOf(files);
    const changed = Object.fromEntries(paths.map((path) => [path, `${files[path] ?? ''}\n// …`]));
    const together = told(await freshPlugin(), root, files, paths);
    expect(told(await freshPlugin(), root, changed, paths)).toEqual(together);
  });
});

test('a module that changes is seen after a pause, with all that depends on it', async () => {
  const [, files = {}] = PROJECTS[0] ?? [];
  const root = projectOf(files);
  const intercomJwt = await freshPlugin();
  const paths = Object.keys(files);
  const before = told(intercomJwt, root, files, paths);
  const all = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text.replace(/^ {2}if .*$/m, (line) => `  await Intercom.setUserJwt(user.jwt);\n${line}`),
    ]),
  );
  write(root, all);
  await new Promise((resolve) => setTimeout(resolve, 150));
  const after = told(intercomJwt, root, all, paths);
  expect(JSON.stringify(after)).not.toContain('require-set-user-jwt');
  write(root, files);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(told(intercomJwt, root, files, paths)).toEqual(before);
});
