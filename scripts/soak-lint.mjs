/** The lints of `soak.ts`; as a thread, one lint with nothing in memory. */

import { parentPort, workerData } from 'node:worker_threads';

import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';

import plugin from '../dist/index.js';

const config = [
  {
    files: ['**/*.tsx'],
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
  },
  ...plugin.configs.strict,
];

/** What is reported in a text, a line each. */
export function lint({ root, path, text }) {
  return new Linter({ cwd: root })
    .verify(text, config, { filename: path })
    .map(
      ({ ruleId, messageId, line, column, message }) =>
        `${line}:${column} ${ruleId} ${messageId} ${message}`,
    )
    .join('\n');
}

parentPort?.postMessage(lint(workerData));
