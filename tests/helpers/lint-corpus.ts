/** How real files are linted, by a name that says nothing and a parser that can read them. */

import { createRequire } from 'node:module';

import * as typescript from '@typescript-eslint/parser';
import type { Linter } from 'eslint';

import type { Source } from './corpus.ts';

const hermes = createRequire(import.meta.url)('hermes-eslint') as Linter.Parser;

const TYPESCRIPT = /\.[cm]?tsx?$/;

/** A name for a file that says nothing but how it is read: in `.js`, `<T>` begins an element. */
export function nameFor(path: string): string {
  if (!TYPESCRIPT.test(path)) return 'corpus.js';
  return path.endsWith('x') ? 'corpus.tsx' : 'corpus.ts';
}

/** A configuration that reads a file as the corpus does. */
export function configFor(
  path: string,
  text: string,
  source: Source | null,
  base: readonly Linter.Config[],
): Linter.Config[] {
  const sourceType = source?.program.sourceType === 'script' ? 'commonjs' : 'module';
  const isTypeScript = TYPESCRIPT.test(path);
  const isFlow = path.endsWith('.flow') || /@flow\b/.test(text.slice(0, 1000));
  const languageOptions: Linter.LanguageOptions = isTypeScript
    ? { parser: typescript, sourceType }
    : isFlow
      ? { parser: hermes, sourceType }
      : { sourceType };
  return [
    ...base,
    { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
    { files: ['**/*.{js,ts,tsx}'], languageOptions },
  ];
}

/** Whether a message tells of a fault of the plugin. */
export function tellsFault({ messageId }: Linter.LintMessage): boolean {
  return messageId === 'internalFault';
}

/** What is told of a file, to be compared. */
export function verdictOf(messages: readonly Linter.LintMessage[]): string {
  return JSON.stringify(
    messages.map(({ ruleId, messageId, message, line, column, suggestions }) => [
      ruleId,
      messageId,
      message,
      line,
      column,
      suggestions,
    ]),
  );
}
