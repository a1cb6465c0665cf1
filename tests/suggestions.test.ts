/** What is suggested in the programs of the docs and the example app; those of the rules: `programs.test.ts`. */

import { readdirSync, readFileSync } from 'node:fs';

import type { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { expect, test } from 'vitest';

import { applySuggestions } from './helpers/suggestions.ts';

const ROOT = new URL('../', import.meta.url);
const TYPESCRIPT: Linter.Config = { languageOptions: { parser } };

/** The files of a folder, and of those in it, that end in one of these. */
function filesIn(folder: string, ...ends: readonly string[]): readonly string[] {
  return readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((name) => ends.some((end) => name.endsWith(end)) && !name.includes('node_modules'))
    .map((name) => `${folder}${name}`);
}

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

test('in the blocks of code of the docs, what is suggested mends the program', () => {
  const blocks = ['README.md', ...filesIn('docs/', '.md')].flatMap((page) =>
    [...read(page).matchAll(/^```[jt]sx?\n([^]*?)^```/gmu)].map(([, code = '']) => code),
  );
  const applied = blocks.map((code) => applySuggestions(code, TYPESCRIPT));
  expect(applied.flatMap(({ flaws }) => flaws)).toEqual([]);
  expect(applied.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(10);
});

test('in the example app, what is suggested mends the program', () => {
  const applied = filesIn('examples/expo-app/', '.ts', '.tsx').map((path) =>
    applySuggestions(read(path), TYPESCRIPT, path),
  );
  expect(applied.flatMap(({ flaws }) => flaws)).toEqual([]);
  expect(applied.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(5);
});
