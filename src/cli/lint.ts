/** A run of ESLint that needs no configuration of the project. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { includeIgnoreFile } from '@eslint/config-helpers';
import { ESLint, type Linter } from 'eslint';

import { FILES, NAMESPACE } from '../configs.ts';
import plugin from '../index.ts';
import { UserError, type Arguments } from './arguments.ts';
import type { parse } from './oxc.ts';
import { MIXED_PARSERS, Parsers } from './parsers.ts';
import { Progress, type Terminal } from './progress.ts';

/** What is built, or not the project's own. */
const IGNORED = [
  '**/{build,coverage,dist,Pods,vendor,.cache,.expo,.next,.nuxt,.output,.svelte-kit,.turbo,.yarn}/',
  '**/*.min.{js,mjs,cjs}',
];

const SCRIPTS = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];

/** The outcome of a run: what is to be printed, and the exit code. */
export interface Report {
  readonly output: string;
  readonly problem: string | null;
  readonly exitCode: number;
  readonly fileCount: number;
}

/**
 * Lints the paths of a command line.
 *
 * @param terminal where progress is shown; null where nobody looks
 * @throws {UserError} where no file is found, or a formatter is not
 */
export async function lint(
  { paths, config, format, maxWarnings, crossFile }: Arguments,
  cwd: string,
  terminal: Terminal | null,
): Promise<Report> {
  const progress = terminal === null ? null : new Progress(terminal, await count(paths, cwd));
  const parsers = new Parsers(cwd, await loadOxc());
  const eslint = create(cwd, [
    ...plugin.configs[config],
    { settings: { [NAMESPACE]: { crossFile } } },
    ...languagesOf(parsers, progress?.advance ?? (() => undefined)),
  ]);
  const formatter = await load(eslint, format);
  const results = await lintFiles(eslint, paths);
  progress?.clear();
  const errors = sum(results, ({ errorCount }) => errorCount);
  const foundWarnings = sum(results, ({ warningCount }) => warningCount);
  const isOver = maxWarnings >= 0 && foundWarnings > maxWarnings;
  return {
    output: await formatter.format(
      results,
      isOver ? { maxWarningsExceeded: { maxWarnings, foundWarnings } } : {},
    ),
    problem: isOver && errors === 0 ? `Too many warnings (maximum: ${maxWarnings}).` : null,
    exitCode: errors > 0 || isOver ? 1 : 0,
    fileCount: results.length,
  };
}

function create(cwd: string, configs: readonly Linter.Config[]): ESLint {
  const ignoreFile = join(cwd, '.gitignore');
  return new ESLint({
    cwd,
    overrideConfigFile: true,
    warnIgnored: false,
    overrideConfig: [
      { ignores: IGNORED },
      ...(existsSync(ignoreFile) ? [includeIgnoreFile(ignoreFile) as Linter.Config] : []),
      // Comments that disable rules of other plugins are of use elsewhere.
      { linterOptions: { reportUnusedDisableDirectives: 'off' } },
      ...configs,
    ],
  });
}

/** What reads which files. Files that nothing reads are left alone. */
function languagesOf(parsers: Parsers, onFile: () => void): Linter.Config[] {
  const typescript = parsers.installed('@typescript-eslint/parser');
  const mixed = Object.entries(MIXED_PARSERS).map(([extension, name]): Linter.Config => {
    const files = [`**/*.${extension}`];
    const parser = parsers.installed(name);
    if (parser === null) return { ignores: files };
    const parserOptions = typescript === null ? {} : { parser: typescript };
    return { files, languageOptions: { parser, parserOptions } };
  });
  return [{ files: SCRIPTS, languageOptions: { parser: parsers.script(onFile) } }, ...mixed];
}

/** How many files there are. They are looked at, but not parsed. */
async function count(paths: readonly string[], cwd: string): Promise<number> {
  const loc = { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };
  const parser: Linter.Parser = {
    parse: () => ({
      type: 'Program',
      body: [],
      sourceType: 'module',
      tokens: [],
      comments: [],
      loc,
      range: [0, 0],
    }),
  };
  return (await lintFiles(create(cwd, [{ files: FILES, languageOptions: { parser } }]), paths))
    .length;
}

async function lintFiles(eslint: ESLint, paths: readonly string[]): Promise<ESLint.LintResult[]> {
  try {
    return await eslint.lintFiles([...paths]);
  } catch (error) {
    if (!(error instanceof Error) || !('messageTemplate' in error)) throw error;
    // ESLint gives an error a template where the command line is at fault.
    throw new UserError(error.message, { cause: error });
  }
}

async function load(eslint: ESLint, name: string): Promise<ESLint.LoadedFormatter> {
  try {
    return await eslint.loadFormatter(name);
  } catch (error) {
    const message = `There is no formatter "${name}". ESLint has stylish, json and html; others are packages to install beside it.`;
    throw new UserError(message, { cause: error });
  }
}

async function loadOxc(): Promise<typeof parse | null> {
  try {
    return (await import('./oxc.ts')).parse;
  } catch {
    // A native module, which not every platform has.
    return null;
  }
}

function sum(
  results: readonly ESLint.LintResult[],
  count: (result: ESLint.LintResult) => number,
): number {
  return results.reduce((total, result) => total + count(result), 0);
}
