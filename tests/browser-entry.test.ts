/** The entry for places without files: what is in it, and that it judges as the main entry does. */

import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';

import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { build } from 'vite';
import { describe, expect, test } from 'vitest';

import inMemory, { explain, onDebug } from '../src/browser.ts';
import onDisk from '../src/index.ts';

const ROOT = new URL('../', import.meta.url);
const BUILTIN = new Set(builtinModules);

/** The modules of Node.js that a module of the build leads to, packages and all. */
async function builtinsIn(path: string): Promise<readonly string[]> {
  const found = new Set<string>();
  await build({
    configFile: false,
    logLevel: 'silent',
    root: fileURLToPath(ROOT),
    build: { write: false, minify: false, lib: { entry: path, formats: ['es'], fileName: 'out' } },
    plugins: [
      {
        name: 'builtins',
        enforce: 'pre',
        resolveId(source) {
          const isBuiltin = source.startsWith('node:') || BUILTIN.has(source);
          // The parser of the main entry is a program of its own.
          if (!isBuiltin && source !== 'oxc-parser') return null;
          found.add(source);
          return { id: source, external: true };
        },
      },
    ],
  });
  return [...found];
}

describe('the build', () => {
  test('leads to nothing of Node.js', async () => {
    expect(await builtinsIn('dist/browser.js')).toEqual([]);
  });

  test('of the main entry does, and that is seen', async () => {
    expect(await builtinsIn('dist/index.js')).toContain('node:fs');
  });
});

test('has the rules and configurations of the main entry, and no digest', () => {
  expect(Object.keys(inMemory.rules ?? {})).toEqual(Object.keys(onDisk.rules ?? {}));
  expect(inMemory.meta).toEqual(onDisk.meta);
  expect(inMemory).not.toHaveProperty('projectDigest');
  for (const name of Object.keys(onDisk.configs) as (keyof typeof onDisk.configs)[]) {
    expect(
      inMemory.configs[name].map(({ name: called, files, rules }) => [called, files, rules]),
    ).toEqual(onDisk.configs[name].map(({ name: called, files, rules }) => [called, files, rules]));
  }
});

/** A folder in which no package is installed. */
const NOWHERE = '/nowhere';

const linter = new Linter({ cwd: NOWHERE });

function verify(
  text: string,
  { configs }: typeof inMemory,
  settings: object = {},
  extension = 'tsx',
): Linter.LintMessage[] {
  const config: Linter.Config[] = [
    { files: ['**/*.ts?(x)'], languageOptions: { parser } },
    ...configs.strict,
    { settings: { 'intercom-jwt': settings } },
  ];
  return linter.verify(text, config, { filename: `${NOWHERE}/example.${extension}` });
}

const PAGES = readdirSync(new URL('docs/rules/', ROOT));

test('reports and suggests in the examples of the rules what the main entry does', () => {
  let reports = 0;
  for (const page of PAGES) {
    const text = readFileSync(new URL(`docs/rules/${page}`, ROOT), 'utf8');
    for (const [, extension, code = ''] of text.matchAll(/^```([jt]sx?)\n([^]*?)^```/gmu)) {
      const own = verify(code, inMemory, {}, extension);
      expect(own, code).toEqual(verify(code, onDisk, { crossFile: false }, extension));
      reports += own.length;
    }
  }
  expect(reports).toBeGreaterThan(100);
});

describe('the way into a finding', () => {
  const TEXT = `import Intercom from '@intercom/intercom-react-native';
export async function open(user) {
  if (user) await Intercom.setUserJwt(await user.token());
  await Intercom.present();
}
`;

  test('is told step by step', () => {
    const findings = explain(TEXT, () => verify(TEXT, inMemory));
    const told = findings.map(({ message, steps }) => [
      message.messageId,
      (steps ?? []).map(({ text, range }) => [text, TEXT.slice(...range)]),
    ]);
    expect(told).toEqual([
      [
        'skippedOnPath',
        [
          ['can be called from outside, with no user JWT', 'open'],
          ['`user` is falsy; set on line 3 otherwise', 'user'],
          ['`present` runs without a user JWT', 'Intercom.present()'],
        ],
      ],
    ]);
  });

  test('is the same behind a mark of the order of bytes', () => {
    const [finding] = explain(`\uFEFF${TEXT}`, () => verify(`\uFEFF${TEXT}`, inMemory));
    expect(finding?.steps).toHaveLength(3);
  });

  test('is none of what others report', () => {
    const config: Linter.Config = { rules: { 'no-undef': 'error' } };
    expect(explain('a();', () => linter.verify('a();', config))).toMatchObject([
      { message: { ruleId: 'no-undef' }, steps: null },
    ]);
  });
});

test('tells who asks that imports are not followed', () => {
  const lines: string[] = [];
  onDebug((line) => lines.push(line));
  verify("import Intercom from '@intercom/intercom-react-native';\nIntercom.logout();", inMemory);
  onDebug(null);
  expect(lines).toContain(
    `${NOWHERE}/example.tsx stands by itself: there are no files to follow its imports to`,
  );
});
