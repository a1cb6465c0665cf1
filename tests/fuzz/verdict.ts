/** The static side: what the rule reports. */
import { dirname } from 'node:path';

import { Linter } from 'eslint';

import plugin from '../../src/index.ts';

const alone = new Linter();

function configOf(crossFile: boolean): Linter.Config[] {
  return [
    {
      files: ['**/*.js'],
      plugins: { 'intercom-jwt': plugin },
      settings: { 'intercom-jwt': { crossFile } },
      rules: {
        'intercom-jwt/require-set-user-jwt': [
          'error',
          { helpers: 'every-path', protect: ['login', 'update', 'present'] },
        ],
      },
    },
  ];
}

/**
 * Where the rule reports a call in the module, as `line:column`, both counted from 1.
 *
 * Throws if the module does not parse or the rule crashes.
 *
 * @param path where the module is, if it may import others
 */
export function reportedCalls(source: string, path: string | null = null): ReadonlySet<string> {
  const linter = path === null ? alone : new Linter({ cwd: dirname(path) });
  const messages = linter.verify(source, configOf(path !== null), {
    filename: path ?? 'fuzz.js',
  });
  const fatal = messages.find((message) => message.ruleId === null);
  if (fatal !== undefined) throw new Error(`${fatal.message} (${fatal.line}:${fatal.column})`);
  return new Set(messages.map(({ line, column }) => `${line}:${column}`));
}
