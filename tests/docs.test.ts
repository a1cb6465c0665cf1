/** The documentation: its examples are linted, and its links lead somewhere. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { describe, expect, test } from 'vitest';

import plugin from '../src/index.ts';

const ROOT = new URL('../', import.meta.url);
const RULE_PAGES = readdirSync(new URL('docs/rules/', ROOT)).map((name) => `docs/rules/${name}`);
/** The examples of how it decides are parts of programs, and are not linted. */
const GUIDES = readdirSync(new URL('docs/', ROOT))
  .filter((name) => name.endsWith('.md') && name !== 'how-it-decides.md')
  .map((name) => `docs/${name}`);
const PAGES = ['README.md', 'CONTRIBUTING.md', ...GUIDES, ...RULE_PAGES];

/** A block of code in a page. */
interface Example {
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** The heading above it. */
  readonly heading: string;
}

const LINTED = new Set(['js', 'jsx', 'ts', 'tsx']);

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(new URL(page, ROOT), 'utf8');
  const rule = RULE_PAGES.includes(page) ? basename(page, '.md') : null;
  const examples = examplesOf(text).filter(({ language }) => LINTED.has(language));
  const faulty = examples.filter((example) => isMarked(example, '❌'));
  const correct = examples.filter((example) => !faulty.includes(example));

  test('its links lead to files', () => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]*)/gu)].map(([, target]) => target);
    const missing = targets.filter(
      (target) => !existsSync(new URL(target ?? '', new URL(page, ROOT))),
    );
    expect(missing).toEqual([]);
  });

  test.runIf(faulty.length > 0).each(faulty)('line $line, $heading: reported', (example) => {
    const reports = lint(example);
    const expected = rule === null ? {} : { ruleId: `intercom-jwt/${rule}` };
    const [, messageId] = /^❌ `(\w+)`$/u.exec(example.heading) ?? [];
    expect(reports).toContainEqual(
      expect.objectContaining({
        ...expected,
        messageId: messageId ?? (expect.any(String) as string),
      }),
    );
  });

  test.runIf(correct.length > 0).each(correct)('line $line, $heading: silent', (example) => {
    expect(lint(example)).toEqual([]);
  });
});

test('every rule page shows what its rule reports, and what it does not', () => {
  const lopsided = RULE_PAGES.filter((page) => {
    const examples = examplesOf(readFileSync(new URL(page, ROOT), 'utf8'));
    return !['❌', '✅'].every((mark) => examples.some((example) => isMarked(example, mark)));
  });
  expect(lopsided).toEqual([]);
});

test('the README shows what its first example is told', () => {
  const text = readFileSync(new URL('README.md', ROOT), 'utf8');
  const [first, output] = examplesOf(text);
  if (first === undefined) throw new Error('no example');
  const lines = lint(first).map(
    ({ line, column, message }) => `${line}:${column}  error  ${message.replace(/\.$/u, '')}`,
  );
  expect(output?.code).toBe(lines.join('\n'));
});

function lint({ code, language }: Example): Linter.LintMessage[] {
  const config: Linter.Config[] = [
    ...plugin.configs.recommended,
    { files: ['**/*.*'], languageOptions: { parser: parser } },
  ];
  return new Linter().verify(code, config, { filename: `example.${language}` });
}

/** Whether the heading above an example, or a comment in it, has a mark. */
function isMarked({ heading, code }: Example, mark: string): boolean {
  return heading.includes(mark) || code.includes(`// ${mark}`);
}

function examplesOf(page: string): Example[] {
  const examples: Example[] = [];
  let heading = '';
  let open: { readonly line: number; readonly language: string } | null = null;
  let code: string[] = [];
  for (const [index, line] of page.split('\n').entries()) {
    const fence = /^```(\w*)/u.exec(line);
    if (fence === null) {
      if (open !== null) code.push(line);
      else if (line.startsWith('#')) heading = line.replace(/^#+ /u, '');
    } else if (open === null) {
      open = { line: index + 1, language: fence[1] ?? '' };
      code = [];
    } else {
      examples.push({ ...open, code: code.join('\n'), heading });
      open = null;
    }
  }
  return examples;
}
