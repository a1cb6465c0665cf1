/** The static side: what the rule reports. */
import { Linter } from 'eslint';

import plugin from '../../src/index.ts';

const linter = new Linter();

const config: Linter.Config[] = [
  {
    files: ['**/*.js'],
    plugins: { 'intercom-jwt': plugin },
    settings: { 'intercom-jwt': { crossFile: false } },
    rules: {
      'intercom-jwt/require-set-user-jwt': [
        'error',
        { helpers: 'every-path', protect: ['login', 'update', 'present'] },
      ],
    },
  },
];

/**
 * Where the rule reports a call in the module, as `line:column`, both counted from 1.
 *
 * Throws if the module does not parse or the rule crashes.
 */
export function reportedCalls(source: string): ReadonlySet<string> {
  const messages = linter.verify(source, config, { filename: 'fuzz.js' });
  const fatal = messages.find((message) => message.ruleId === null);
  if (fatal !== undefined) throw new Error(`${fatal.message} (${fatal.line}:${fatal.column})`);
  return new Set(messages.map(({ line, column }) => `${line}:${column}`));
}
