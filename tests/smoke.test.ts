/** Code as it is out there, with directives of other plugins in it: no crash, and no message but ours. */

import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Linter, type ESLint } from 'eslint';
import { parser } from 'typescript-eslint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readArguments } from '../src/cli/arguments.ts';
import { lint } from '../src/cli/lint.ts';
import { SCRIPTS } from '../src/configs.ts';
import plugin from '../src/index.ts';
import { filesBelow } from './helpers/corpus.ts';

const MODULES = fileURLToPath(new URL('../node_modules/', import.meta.url));

/** How many files are taken, and of which size. All of them can be, by `SMOKE=100000`. */
const COUNT = Number(process.env['SMOKE'] ?? 60);
const LONGEST = 30_000;

const SCRIPT = new RegExp(`\\.(?:${SCRIPTS.join('|')})$`, 'u');
const MINIFIED = /\.min\.[cm]?js$/u;

const SPEAKS = /eslint-(?:disable|enable|env)|\/\* *(?:eslint|globals?|exported) /u;

let folder: string;
let names: readonly string[];

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'smoke-')));
  names = sample().map((path, index) => {
    const name = `${String(index)}${extname(path)}`;
    copyFileSync(path, join(folder, name));
    return name;
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The same files each time, as long as the same packages are installed. */
function sample(): readonly string[] {
  const ranked = [...filesBelow(MODULES)]
    .filter(isScript)
    .map((path) => ({ path, rank: rank(path.slice(MODULES.length)) }))
    .sort((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1));
  const taken: string[] = [];
  for (const { path } of ranked) {
    if (taken.length >= COUNT) break;
    const text = readFileSync(path, 'utf8');
    if (text.length <= LONGEST && SPEAKS.test(text)) taken.push(path);
  }
  return taken;
}

/** What is no bundle. */
function isScript(path: string): boolean {
  return SCRIPT.test(path) && !MINIFIED.test(path);
}

/** A number that tells nothing of a name, by the hash FNV-1a. */
function rank(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

test('there is something to look at', () => {
  expect(names.length).toBeGreaterThan(30);
});

test('the command says nothing', async () => {
  const args = readArguments(['--format', 'json']);
  if ('exitCode' in args || args.command !== 'lint') throw new Error('not understood');
  const screen = { terminal: null, format: 'stylish', columns: 80, hasColors: false };
  const { output, notes } = await lint(args, folder, screen);
  const results = JSON.parse(output) as readonly ESLint.LintResult[];
  expect(results).toHaveLength(names.length);
  expect(results.flatMap(({ messages }) => messages)).toEqual([]);
  // Some of it nothing reads, which is told.
  const unread = /^\d+ files? could not be parsed\. (?:It speaks|They speak) of no Intercom\.$/u;
  expect(notes.filter((note) => !unread.test(note))).toEqual([]);
}, 600_000);

describe.each(['recommended', 'strict'] as const)('the configuration %s', (config) => {
  test('says nothing of its own', () => {
    const linter = new Linter();
    const told = names.flatMap((name) =>
      linter
        .verify(
          readFileSync(join(folder, name), 'utf8'),
          [{ files: ['**/*.*'], languageOptions: { parser } }, ...plugin.configs[config]],
          { filename: name },
        )
        .filter(({ ruleId }) => ruleId?.startsWith('intercom-jwt/') === true),
    );
    expect(told).toEqual([]);
  }, 600_000);
});
