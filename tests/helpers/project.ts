/** Small projects on disk, and what the rules say of their files. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Linter } from 'eslint';
import { parser as typescriptParser } from 'typescript-eslint';
import { onTestFinished } from 'vitest';

import plugin from '../../src/index.ts';
import { LOCK_FILE, write, type Files } from './files.ts';

interface VerdictOptions {
  readonly helpers?: 'some-path' | 'every-path';
  readonly settings?: Readonly<Record<string, unknown>>;
}

export { write, type Files };

/** A folder with these files, which is a workspace that has the SDK; it is gone after the test. */
export function projectOf(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'project-')));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  write(root, { 'package-lock.json': LOCK_FILE, 'package.json': '{}', ...files });
  return root;
}

/** The messages of `require-set-user-jwt`, or of another rule, on a file of a project. */
export function messagesOf(
  root: string,
  path: string,
  text: string,
  {
    settings = {},
    rule = 'require-set-user-jwt',
    ...options
  }: VerdictOptions & { rule?: string } = {},
): readonly Linter.LintMessage[] {
  const linter = new Linter({ cwd: root });
  const messages = linter.verify(
    text,
    {
      files: ['**/*.{ts,tsx,js,jsx,cjs,mjs}'],
      plugins: { 'intercom-jwt': plugin },
      languageOptions: {
        parser: typescriptParser,
        parserOptions: { ecmaFeatures: { jsx: true } },
      },
      settings: { 'intercom-jwt': settings },
      rules: { [`intercom-jwt/${rule}`]: ['error', options] },
    },
    { filename: join(root, path) },
  );
  const failure = messages.find(({ ruleId }) => ruleId === null);
  if (failure !== undefined) throw new Error(failure.message);
  return messages;
}

/** Behind each call that is reported stands this. */
const MARK = ' // bad';

/** A file of a project with a mark behind each line that is reported. */
export function markedFile(
  root: string,
  path: string,
  source: string,
  options: VerdictOptions,
): string {
  const plain = source.replaceAll(MARK, '');
  const lines = plain.split('\n');
  for (const line of new Set(messagesOf(root, path, plain, options).map((one) => one.line))) {
    lines[line - 1] = `${lines[line - 1] ?? ''}${MARK}`;
  }
  return lines.join('\n');
}
