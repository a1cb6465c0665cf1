/** The static side: what the rule reports. */
import { dirname } from 'node:path';

import { Linter, type Rule } from 'eslint';

import plugin from '../../src/index.ts';
import { sessionOf } from '../../src/session/model.ts';
import {
  violationsOf,
  type ToldViolation,
  type ViolationOptions,
} from '../../src/session/findings/unset-calls.ts';

const alone = new Linter();

const options: ViolationOptions = {
  helpers: 'every-path',
  entry: 'unset',
  protect: ['login', 'update', 'present'],
};

const lines = {
  lineOf: (node: object) => String((node as Rule.Node).loc?.start.line ?? '?'),
  textOf: () => 'code',
};

function configOf(crossFile: boolean): Linter.Config[] {
  return [
    {
      files: ['**/*.js'],
      plugins: { 'intercom-jwt': plugin },
      settings: { 'intercom-jwt': { crossFile } },
      rules: {
        'intercom-jwt/require-set-user-jwt': ['error', options],
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

/** What the rule knows of the calls that it reports. */
export function violationsIn(source: string): readonly ToldViolation[] {
  let violations: readonly ToldViolation[] = [];
  const witness: Rule.RuleModule = {
    create: ({ sourceCode }) => ({
      'Program:exit'() {
        const session = sessionOf(sourceCode);
        if (session !== null) violations = violationsOf(session, options, lines);
      },
    }),
  };
  alone.verify(source, {
    plugins: { fuzz: { rules: { witness } } },
    rules: { 'fuzz/witness': 'error' },
  });
  return violations;
}
