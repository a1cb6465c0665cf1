#!/usr/bin/env node
/** The command of the package. */

import { readArguments, UserError } from './arguments.ts';

const OLDEST_ESLINT = [9, 15] as const;

const answer = readArguments(process.argv.slice(2));

if ('exitCode' in answer) {
  process.exitCode = answer.exitCode;
} else {
  try {
    const problem = await problemOfEslint();
    if (problem === null) {
      const { lint } = await import('./lint.ts');
      const terminal = process.stderr.isTTY ? process.stderr : null;
      const report = await lint(answer, process.cwd(), terminal);
      if (report.output !== '') process.stdout.write(`${report.output.trimEnd()}\n`);
      if (report.problem !== null) console.error(report.problem);
      if (terminal !== null && report.exitCode === 0) {
        console.error(`Nothing found in ${report.fileCount} files.`);
      }
      process.exitCode = report.exitCode;
    } else {
      console.error(problem);
      process.exitCode = 2;
    }
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error);
    process.exitCode = 2;
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
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
      return `ESLint is not installed. ${install}`;
    }
    throw error;
  }
}
