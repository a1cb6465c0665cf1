/** Lints the example apps as their own ESLint configs say, and shows how what is found comes about. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ESLint } from 'eslint';

const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url));
const APPS = ['expo-app', 'web'];
const CALL_RULE = 'intercom-jwt/require-set-user-jwt';

try {
  const { default: explain } = await import('eslint-plugin-intercom-jwt/explain');
  const results = [];
  for (const app of APPS) {
    const cwd = join(EXAMPLES, app);
    const found = await new ESLint({ cwd }).lintFiles(['.']);
    console.log(await explain(found, { cwd }));
    results.push(...found);
  }
  const fatal = results.flatMap((result) => result.messages.filter((message) => message.fatal));
  console.log(summary(results));
  if (fatal.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error);
  console.error('\nThe demo needs the built plugin: npm run build');
  process.exitCode = 1;
}

/** A summary of all findings, as the last line. */
function summary(results) {
  const findings = results.flatMap(({ messages, filePath }) =>
    messages.map((message) => ({ ...message, file: filePath })),
  );
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
