#!/usr/bin/env node
/** The command of the package. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline/promises';

import {
  readArguments,
  UserError,
  type Arguments,
  type CommandLine,
  type ReduceArguments,
} from './arguments.ts';
import type { InitArguments } from './init/init.ts';
import type { Report, Screen } from './lint.ts';
import { wantsColors } from './surroundings.ts';
import { writeReport } from './write.ts';
import { plural, wrapped } from '../explain/text.ts';

const OLDEST_ESLINT = [9, 15] as const;

const COLUMNS = 80;

// Who reads the output may stop before its end, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const answer = readArguments(process.argv.slice(2));

try {
  process.exitCode = 'exitCode' in answer ? answer.exitCode : await run(answer);
} catch (error) {
  if (error instanceof UserError) say(error.message);
  else console.error(error);
  process.exitCode = 2;
}

/** Does what a command line asks for, and gives the exit code. */
async function run(args: CommandLine): Promise<number> {
  if (args.command === 'init') return setUp(args);
  const problem = await problemOfEslint();
  if (problem !== null) throw new UserError(problem);
  return args.command === 'lint' ? (await lintAndShow(args)).exitCode : reduceFile(args);
}

/** Sets the plugin up. ESLint may be what is yet to be installed. */
async function setUp(args: InitArguments): Promise<number> {
  const { init } = await import('./init/init.ts');
  const isAsked = process.stdin.isTTY && process.stderr.isTTY;
  return init(args, process.cwd(), {
    say: (line) => {
      console.error(line);
    },
    ask: isAsked ? ask : null,
    execute,
    async lint(config) {
      if ((await problemOfEslint()) !== null) return 0;
      const lintArgs = readArguments(['--config', config, '--no-error-on-unmatched-pattern']);
      if ('exitCode' in lintArgs || lintArgs.command !== 'lint') return 0;
      return (await lintAndShow(lintArgs)).problemCount;
    },
  });
}

async function ask(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/iu.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}

function execute([program = '', ...args]: readonly string[]): Promise<number> {
  return new Promise((settle) => {
    // The programs of package managers are scripts on Windows, which only a shell runs.
    const child = spawn(program, args, { stdio: 'inherit', shell: process.platform === 'win32' });
    child.once('error', (error) => {
      say(error.message);
      settle(2);
    });
    child.once('close', (code) => {
      settle(code ?? 2);
    });
  });
}

async function reduceFile(args: ReduceArguments): Promise<number> {
  const { reducedFile } = await import('./reduce/command.ts');
  const { text, notes } = reducedFile(args, process.cwd());
  if (args.outputFile === null) process.stdout.write(text);
  else writeReport(args.outputFile, text, process.cwd());
  for (const note of notes) say(note);
  return 0;
}

/** Lints, and prints what is found. */
async function lintAndShow(args: Arguments): Promise<Report> {
  const screen = screenFor(args);
  // What ESLint's formatters are made with looks here, and in no other place.
  process.env['FORCE_COLOR'] = screen.hasColors ? (process.env['FORCE_COLOR'] ?? '1') : '0';
  if (screen.hasColors) delete process.env['NO_COLOR'];
  const { lint } = await import('./lint.ts');
  const report = await lint(args, process.cwd(), screen);
  show(report, args);
  return report;
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

function show(
  { output, notes, exitCode, fileCount, problemCount }: Report,
  { outputFile, quiet }: Arguments,
): void {
  const text = output.trimEnd();
  if (outputFile !== null) writeReport(outputFile, text === '' ? '' : `${text}\n`, process.cwd());
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
    if (error instanceof Error && 'code' in error && isMissing(error.code)) {
      return `ESLint is not installed. ${install}`;
    }
    throw error;
  }
}

/** How Node.js tells that a module is missing, and Yarn where it links none into folders. */
function isMissing(code: unknown): boolean {
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
