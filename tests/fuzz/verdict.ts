/** The static side: what the rule reports. */
import { Linter, type Rule } from 'eslint';

import plugin from '../../src/index.ts';
import { sessionOf } from '../../src/session/analysis.ts';
import {
  violationsOf,
  type Violation,
  type ViolationOptions,
} from '../../src/session/violations.ts';

const linter = new Linter();

const options: ViolationOptions = {
  helpers: 'every-path',
  entry: 'unset',
  protect: ['login', 'update', 'present'],
};

const quoteNothing = { lineOf: () => '0', textOf: () => '' };

const config: Linter.Config[] = [
  {
    files: ['**/*.js'],
    plugins: { 'intercom-jwt': plugin },
    settings: { 'intercom-jwt': { crossFile: false } },
    rules: {
      'intercom-jwt/require-set-user-jwt': ['error', options],
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

/** What the rule knows of the calls that it reports. */
export function violationsIn(source: string): readonly Violation[] {
  let violations: readonly Violation[] = [];
  const witness: Rule.RuleModule = {
    create: ({ sourceCode }) => ({
      'Program:exit'() {
        const session = sessionOf(sourceCode);
        if (session !== null) violations = violationsOf(session, options, quoteNothing);
      },
    }),
  };
  linter.verify(source, {
    plugins: { fuzz: { rules: { witness } } },
    rules: { 'fuzz/witness': 'error' },
  });
  return violations;
}
