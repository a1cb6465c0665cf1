/**
 * What an editor waits for: the first lint of a file that concerns the SDK, and those after each
 * edit, with the plugin and with one trivial rule. Each is measured in processes of its own, in
 * turns; another file has been linted before, as the parser has to be loaded in any case.
 *
 *     npm run bench:editor [-- --rounds 5 --json editor.json]
 */

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import type { Linter } from 'eslint';

import type source from '../src/index.ts';
import { isConcerned, keep, median, moduleText, pathOf, writeApp } from './bench-app.ts';

const FILES = 2000;
const CONCERNED = 10;

/** Edits of the file, with a pause before each, in milliseconds. */
const EDITS = 20;
const PAUSE = 150;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    /** The figures are added to this file, a line a run. */
    json: { type: 'string' },
    /** Measures by itself, with this configuration, in a project that is there. */
    measure: { type: 'string' },
    root: { type: 'string', default: '' },
  },
});

interface Waits {
  /** In milliseconds. */
  readonly first: number;
  readonly again: number;
}

/** A file in the middle of those that concern the SDK, and one that does not. */
const shape = { files: FILES, concerned: CONCERNED };
const all = Array.from({ length: FILES }, (_, index) => index);
const concerned = all.filter((index) => isConcerned(index, shape))[CONCERNED / 2] ?? 0;

async function measure(root: string, isOurs: boolean): Promise<Waits> {
  const { ESLint } = await import('eslint');
  const { parser } = await import('typescript-eslint');
  const built = new URL('../dist/index.js', import.meta.url).href;
  const { default: plugin } = (await import(built)) as { readonly default: typeof source };
  const base: Linter.Config = {
    files: ['**/*.tsx'],
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    rules: { 'no-debugger': 'error' },
  };
  const config = isOurs ? [base, ...plugin.configs.recommended] : [base];
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: config });
  const lint = async (index: number, text: string): Promise<number> => {
    await setTimeout(PAUSE);
    const start = performance.now();
    await eslint.lintText(text, { filePath: join(root, pathOf(index)) });
    return performance.now() - start;
  };
  for (const index of [1, 2, 4]) await lint(index, moduleText(index, shape));
  const text = moduleText(concerned, shape);
  const first = await lint(concerned, text);
  const again: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    again.push(await lint(concerned, `${text}// ${String(edit)}\n`));
  }
  return { first, again: median(again) };
}

if (options.measure !== undefined) {
  console.log(JSON.stringify(await measure(options.root, options.measure === 'ours')));
} else {
  const { root } = writeApp(FILES, CONCERNED);
  const script = fileURLToPath(import.meta.url);
  const waits = { trivial: [] as Waits[], ours: [] as Waits[] };
  try {
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const name of ['trivial', 'ours'] as const) {
        const args = [...process.execArgv, script, '--measure', name, '--root', root];
        const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
        if (stdout === '') throw new Error(stderr);
        waits[name].push(JSON.parse(stdout) as Waits);
      }
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  const rows = Object.entries(waits).map(([name, of]) => ({
    name,
    'first lint (ms)': Number(median(of.map(({ first }) => first)).toFixed(1)),
    'after an edit (ms)': Number(median(of.map(({ again }) => again)).toFixed(1)),
  }));
  console.table(rows);
  if (options.json !== undefined) keep(options.json, rows);
}
