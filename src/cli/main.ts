#!/usr/bin/env node
/** The command of the package. */

import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { readArguments, UserError, type Arguments } from './arguments.ts';
import type { Report, Screen } from './lint.ts';
import { plural, wrapped } from './text.ts';

const OLDEST_ESLINT = [9, 15] as const;

const COLUMNS = 80;

const answer = readArguments(process.argv.slice(2));

try {
  process.exitCode = 'exitCode' in answer ? answer.exitCode : await run(answer);
} catch (error) {
  if (error instanceof UserError) say(error.message);
  else console.error(error);
  process.exitCode = 2;
}

/** Lints, and prints what is found. */
async function run(args: Arguments): Promise<number> {
  const problem = await problemOfEslint();
  if (problem !== null) throw new UserError(problem);
  const screen = screenFor(args);
  // What ESLint's formatters are made with looks here, and in no other place.
  process.env['FORCE_COLOR'] = screen.hasColors ? (process.env['FORCE_COLOR'] ?? '1') : '0';
  if (screen.hasColors) delete process.env['NO_COLOR'];
  const { lint } = await import('./lint.ts');
  const report = await lint(args, process.cwd(), screen);
  show(report, args);
  return report.exitCode;
}

function screenFor({ color, outputFile }: Arguments): Screen {
  const { stdout, stderr } = process;
  const isSeen = stdout.isTTY && outputFile === null;
  return {
    terminal: stderr.isTTY ? stderr : null,
    format: isSeen ? 'codeframe' : 'stylish',
    columns: isSeen ? stdout.columns : COLUMNS,
    hasColors: color ?? (outputFile === null && wantsColors()),
  };
}

/** Whether the surroundings ask for colours, or have them. */
function wantsColors(): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = process.env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (refused !== undefined && refused !== '') return false;
  return process.stdout.isTTY && process.stdout.hasColors();
}

function show(
  { output, notes, exitCode, fileCount, problemCount }: Report,
  { outputFile, quiet }: Arguments,
): void {
  const text = output.trimEnd();
  if (outputFile !== null) write(outputFile, text === '' ? '' : `${text}\n`);
  else if (text !== '') process.stdout.write(`${text}\n`);
  for (const note of notes) say(note);
  if (quiet || exitCode !== 0) return;
  if (fileCount === 0) say('No files were linted.');
  else if (problemCount === 0) say(`Nothing found in ${plural(fileCount, 'file')}.`);
}

/** Tells something that is no part of the report. */
function say(text: string): void {
  for (const paragraph of text.split('\n')) {
    for (const line of wrapped(paragraph, COLUMNS)) console.error(line);
  }
}

function write(path: string, text: string): void {
  const file = resolve(path);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new UserError(`The report cannot be written: '${path}' is a folder.`);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** What is wrong with the ESLint that is installed. */
async function problemOfEslint(): Promise<string | null> {
  const install = 'Install it beside the plugin: npm install --save-dev eslint';
  try {
    const { version } = (await import('eslint')).ESLint;
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const [oldestMajor, oldestMinor] = OLDEST_ESLINT;
    if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return null;
    return `ESLint ${OLDEST_ESLINT.join('.')} or later is needed; here is ${version}. ${install}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
      return `ESLint is not installed. ${install}`;
    }
    throw error;
  }
}
