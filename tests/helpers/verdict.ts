/** Programs whose faulty calls are marked where they stand, and what the rule says of them. */

import { parser as typescriptParser } from 'typescript-eslint';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

import plugin from '../../src/index.ts';
import type { ProtectableRole } from '../../src/sdk/roles.ts';

export interface VerdictOptions {
  readonly helpers?: 'some-path' | 'every-path';
  readonly entry?: 'unset' | 'session';
  readonly protect?: readonly ProtectableRole[];
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Behind each call that can run without a user JWT stands this. */
const MARK = ' // bad';

const linter = new Linter();

/** The lines, counted from 1, on which the rule reports a call. */
export function reportedLines(
  source: string,
  { settings = {}, ...options }: VerdictOptions,
  parser?: Linter.Parser,
): readonly number[] {
  const messages = linter.verify(
    source,
    {
      files: ['**/*.tsx'],
      plugins: { 'intercom-jwt': plugin },
      languageOptions: {
        parserOptions: { ecmaFeatures: { jsx: true } },
        ...(parser === undefined ? {} : { parser }),
      },
      settings: { 'intercom-jwt': { crossFile: false, ...settings } },
      rules: { 'intercom-jwt/require-set-user-jwt': ['error', options] },
    },
    { filename: 'program.tsx' },
  );
  const failure = messages.find(({ ruleId }) => ruleId === null);
  if (failure !== undefined) {
    throw new Error(`${failure.message} (${failure.line}:${failure.column})\n${source}`);
  }
  return messages.map(({ line }) => line);
}

/** A program with a mark behind each line on which the rule reports a call. */
function marked(source: string, options: VerdictOptions, parser?: Linter.Parser): string {
  const lines = source.split('\n');
  for (const line of new Set(reportedLines(source, options, parser))) {
    lines[line - 1] = `${lines[line - 1] ?? ''}${MARK}`;
  }
  return lines.join('\n');
}

function unmarked(source: string): string {
  return source.replaceAll(MARK, '');
}

/** Whether espree, which knows no types, can read a program. */
function isJavaScript(source: string): boolean {
  const config = {
    files: ['**/*.tsx'],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
  };
  return !linter.verify(source, config, { filename: 'program.tsx' }).some(({ fatal }) => fatal);
}

/** Asserts that the rule reports the marked calls of a module, and no others. */
function expectVerdict(source: string, options: VerdictOptions = {}): void {
  const plain = unmarked(source);
  expect(marked(plain, options, typescriptParser as Linter.Parser)).toBe(source);
  if (isJavaScript(plain)) expect(marked(plain, options)).toBe(source);
}

/** Asserts the same of a module that has a faulty call. */
export function expectFaulty(source: string, options: VerdictOptions = {}): void {
  expect(source, 'a faulty program marks its fault').toContain(MARK);
  expectVerdict(source, options);
}

/** Asserts the same of a module in which each call is preceded by an awaited set. */
export function expectCorrect(source: string, options: VerdictOptions = {}): void {
  expect(source, 'a correct program has no mark').not.toContain(MARK);
  expectVerdict(source, options);
}

const IMPORT = "import Intercom from '@intercom/intercom-react-native';";

/** A module with the client's import in front. */
export function withClient(source: string): string {
  return `${IMPORT}\n${source}`;
}

/** A module that exports an async function with this body; it is entered from outside, unset. */
export function inFunction(body: string): string {
  return withClient(`export async function run(t, user) {\n${body}\n}`);
}

/** A faulty program, and the correct one that is one step away from it. */
export interface Twins {
  readonly faulty: string;
  readonly correct: string;
}

/** A test for each program of a table. */
export function describeTwins(
  name: string,
  table: Readonly<Record<string, Twins>>,
  { wrap = inFunction, ...options }: VerdictOptions & { wrap?: (source: string) => string } = {},
): void {
  describe(name, () => {
    for (const [shape, { faulty, correct }] of Object.entries(table)) {
      test(`${shape}, faulty`, () => {
        expectFaulty(wrap(faulty), options);
      });
      test(`${shape}, correct`, () => {
        expectCorrect(wrap(correct), options);
      });
    }
  });
}
