/** Lints the example apps as their own ESLint configs say, and shows what is found there. */

import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';

import { ESLint } from 'eslint';

const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url));
const APPS = ['expo-app', 'web'];
const CALL_RULE = 'intercom-jwt/require-set-user-jwt';

const plain = (_style, text) => text;
const paint = process.stdout.isTTY && !process.env.NO_COLOR ? styleText : plain;

try {
  const results = [];
  for (const app of APPS) {
    results.push(...(await new ESLint({ cwd: join(EXAMPLES, app) }).lintFiles(['.'])));
  }
  const fatal = results.flatMap((result) => result.messages.filter((message) => message.fatal));
  console.log(report(results, EXAMPLES, paint));
  if (fatal.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error);
  console.error('\nThe demo needs the built plugin: npm run build');
  process.exitCode = 1;
}

/** Every finding with its source line, by file, and a summary as the last line. */
function report(results, cwd, paint) {
  const findings = results
    .toSorted((a, b) => (a.filePath < b.filePath ? -1 : 1))
    .flatMap(({ filePath, source, messages }) =>
      messages.map((message) => ({ ...message, source, file: relative(cwd, filePath) })),
    );
  return [...findings.map((finding) => show(finding, paint)), summary(findings)].join('\n\n');
}

function show({ file, line, column, message, ruleId, source }, paint) {
  const text = source.split(/\r?\n/u)[line - 1];
  const gutter = String(line).length;
  // Tabs stay, so that the caret is under its call however wide they are shown.
  const indent = text.slice(0, column - 1).replaceAll(/[^\t]/gu, ' ');
  return [
    paint('bold', `${file}:${line}:${column}`),
    `${message} ${paint('dim', ruleId ?? 'parsing error')}`,
    `  ${paint('dim', `${line} |`)} ${text}`,
    `  ${paint('dim', `${' '.repeat(gutter)} |`)} ${indent}${paint('red', '^')}`,
  ].join('\n');
}

function summary(findings) {
  const calls = findings.filter(({ ruleId }) => ruleId === CALL_RULE);
  const files = new Set(calls.map(({ file }) => file));
  const others = findings.length - calls.length;
  const told = `${count(calls.length, 'call')} can run without a user JWT, in ${count(files.size, 'file')}`;
  return others === 0
    ? `${told}.`
    : `${told}, and there ${others === 1 ? 'is 1 other finding' : `are ${others} other findings`}.`;
}

function count(n, noun) {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
