/** The documentation: its examples are linted, and its links lead somewhere. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { describe, expect, test } from 'vitest';

import { SITE } from '../docs/.vitepress/repository.ts';
import manifest from '../package.json' with { type: 'json' };
import { addressOf, ISSUES, REPOSITORY } from '../src/about.ts';
import { SCRIPTS } from '../src/configs.ts';
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

  test('its links lead to files, and to headings in them', () => {
    const broken = linksOf(text).filter((link) => !leads(link, page));
    expect(broken).toEqual([]);
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

test('a link that leads nowhere would be seen', () => {
  const links = ['docs/no.md', 'docs/ci.md#no', addressOf('docs/no.md'), `${REPOSITORY}/no`];
  expect(links.filter((link) => leads(link, 'CONTRIBUTING.md'))).toEqual([]);
  const right = ['docs/ci.md#hooks', addressOf('docs/ci.md#hooks'), ISSUES, REPOSITORY];
  expect(right.filter((link) => !leads(link, 'CONTRIBUTING.md'))).toEqual([]);
});

test('the playground is linked to where the site is published', () => {
  const text = ['README.md', 'docs/browser.md']
    .map((page) => readFileSync(new URL(page, ROOT), 'utf8'))
    .join('');
  const links = linksOf(text).filter((link) => link.includes('/playground/'));
  expect(links).toEqual([`${SITE}playground/`, `${SITE}playground/`]);
});

test('the README, which registries show too, has no relative links', () => {
  const links = linksOf(readFileSync(new URL('README.md', ROOT), 'utf8'));
  expect(links.filter((link) => !/^(?:https:|#)/u.test(link))).toEqual([]);
});

test.each([...PAGES, 'CHANGELOG.md', 'package.json'])(
  '%s gives no other address of the project',
  (page) => {
    const text = readFileSync(new URL(page, ROOT), 'utf8');
    const addresses = text.match(/github\.com\/[\w.-]+\/eslint-plugin-intercom-jwt/gu) ?? [];
    expect(addresses.filter((address) => `https://${address}` !== REPOSITORY)).toEqual([]);
  },
);

describe('one pattern of files everywhere', () => {
  const javascript = SCRIPTS.filter((extension) => extension.includes('j')).join();
  test.each(PAGES)('%s', (page) => {
    const text = readFileSync(new URL(page, ROOT), 'utf8');
    const patterns = [...text.matchAll(/\*\.\{([^}]*)\}/gu)].map(([, list]) => list);
    // Flow is JavaScript.
    expect(patterns.filter((list) => list !== SCRIPTS.join() && list !== javascript)).toEqual([]);
  });
});

test.each(PAGES)('%s: a configuration is read in a package of any type', (page) => {
  const text = readFileSync(new URL(page, ROOT), 'utf8');
  const ambiguous = examplesOf(text).filter(
    ({ code }) =>
      /^\/\/ [\w.]+\.js\n/u.test(code) &&
      /^(?:import|export) /mu.test(code) &&
      (code.split('\n', 1)[0] ?? '').includes('config'),
  );
  expect(ambiguous).toEqual([]);
});

test('the recipe of pre-commit names the version of the manifest', () => {
  const text = readFileSync(new URL('docs/ci.md', ROOT), 'utf8');
  expect(/rev: v(\S+)/u.exec(text)?.[1]).toBe(manifest.version);
});

test('the manifest says where the project lives', () => {
  const { bugs, repository } = manifest;
  expect({ bugs, repository }).toEqual({
    bugs: ISSUES,
    repository: { type: 'git', url: `git+${REPOSITORY}.git` },
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

/** Where the links of a page lead, as they are written. */
function linksOf(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)]*)\)/gu)].map(([, link = '']) => link);
}

/** Whether a link leads somewhere in this repository, or out of it. */
function leads(link: string, page: string): boolean {
  const own = addressOf('');
  if (link === REPOSITORY || link === ISSUES) return true;
  if (link.startsWith('http') && !link.startsWith(REPOSITORY)) return true;
  if (link.startsWith('http') && !link.startsWith(own)) return false;
  // A picture is asked for as it is.
  const plain = link.replace(/\?raw=true$/u, '');
  const [path = '', heading] = (
    plain.startsWith(own) ? `/${plain.slice(own.length)}` : plain
  ).split('#');
  const root = fileURLToPath(ROOT);
  const target = path.startsWith('/') ? join(root, path) : join(root, dirname(page), path);
  const file = path === '' ? join(root, page) : target;
  if (!existsSync(file)) return false;
  return heading === undefined || anchorsOf(readFileSync(file, 'utf8')).includes(heading);
}

/** The names of the headings of a page, as they are linked to. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

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
