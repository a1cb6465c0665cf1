/** Minting code of several files, linted as a project. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';

import plugin from '../../src/index.ts';

const ROOT = realpathSync(mkdtempSync(join(tmpdir(), 'mint-project-')));
process.on('exit', () => {
  rmSync(ROOT, { recursive: true, force: true });
});

const linter = new Linter({ cwd: ROOT });
let count = 0;

const CONFIG: Linter.Config[] = [
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.js'],
    languageOptions: { parser },
    plugins: { 'intercom-jwt': plugin },
    rules: {
      'intercom-jwt/no-short-jwt-ttl': 'error',
      'intercom-jwt/no-long-jwt-ttl': 'error',
      'intercom-jwt/no-jwt-ttl-unit-mismatch': 'error',
      'intercom-jwt/require-jwt-expiry': 'error',
      'intercom-jwt/require-user-id-claim': 'error',
      'intercom-jwt/no-exposed-jwt-secret': 'error',
    },
  },
];

/**
 * What is reported in a project of these files: for each the message and the text that it stands at,
 * `mint.ts: short '5m'`.
 */
export function reportsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const folder = join(ROOT, String(count++));
  const all = { 'package.json': '{"type":"module"}', 'package-lock.json': '{}', ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return Object.entries(files)
    .filter(([name]) => /\.[jt]sx?$/.test(name))
    .flatMap(([name, text]) => {
      const lines = text.split('\n');
      const messages = linter.verify(text, CONFIG, { filename: join(folder, name) });
      return messages.map(({ messageId, message, line, column, endLine, endColumn }) => {
        const end = endLine === line && endColumn !== undefined ? endColumn - 1 : undefined;
        const at = lines[line - 1]?.slice(column - 1, end);
        return `${name}: ${messageId ?? message} ${at ?? ''}`;
      });
    });
}
