/** Programs and the cause that is told of their first report, for tables of cases. */

import { Linter } from 'eslint';
import { parser as typescriptParser } from 'typescript-eslint';
import { describe, expect, test } from 'vitest';

import plugin from '../../src/index.ts';

export interface Told {
  /** The faulty program; the client's import stands before it, on a line of its own. */
  readonly faulty: string;
  /** The cause, a message id of `require-set-user-jwt`, of each report. */
  readonly cause: string | readonly string[];
  /** What the first message says, among other things. */
  readonly says?: string;
  readonly suggests?: readonly string[];
  /** The program that is one step away, and right. */
  readonly correct: string;
}

const IMPORT = "import Intercom from '@intercom/intercom-react-native';\n";

/** A message is to be read in one look. */
const MAX_LENGTH = 220;

const linter = new Linter();

/** What is said of a program, under the recommended options. */
function messagesOf(code: string): readonly Linter.LintMessage[] {
  const messages = linter.verify(
    IMPORT + code,
    {
      files: ['**/*.tsx'],
      plugins: { 'intercom-jwt': plugin },
      languageOptions: { parser: typescriptParser },
      settings: { 'intercom-jwt': { crossFile: false } },
      rules: {
        'intercom-jwt/require-set-user-jwt': 'error',
        'intercom-jwt/no-swallowed-set-user-jwt': 'error',
        'intercom-jwt/no-stale-relogin': 'error',
      },
    },
    { filename: 'program.tsx' },
  );
  for (const { message } of messages) {
    expect(message, 'a message shows no place that is not known').not.toMatch(/\bline (?!\d)/);
    expect(message.length, message).toBeLessThanOrEqual(MAX_LENGTH);
  }
  return messages;
}

/** A test for each program of a table, and for its twin. */
export function describeCauses(name: string, table: Readonly<Record<string, Told>>): void {
  describe(name, () => {
    test.each(Object.entries(table))('%s', (_shape, { faulty, cause, says, suggests, correct }) => {
      const messages = messagesOf(faulty);
      expect(messages.map(({ messageId }) => messageId)).toEqual([cause].flat());
      if (says !== undefined) expect(messages[0]?.message).toContain(says);
      if (suggests !== undefined) {
        expect(messages[0]?.suggestions?.map(({ desc }) => desc)).toEqual(suggests);
      }
      expect(messagesOf(correct).map(({ message }) => message)).toEqual([]);
    });
  });
}
