/**
 * Writes the table of `docs/hosts.md` from the results of the tests of the hosts, or checks that it
 * is up to date.
 *
 * usage: hosts-table.ts <results of vitest's json reporter> [--check]
 */

import { readFileSync, writeFileSync } from 'node:fs';

import { format, resolveConfig } from 'prettier';

import { NINE, NO_TYPESCRIPT, OLDEST, TEN, TYPESCRIPT_7 } from '../tests/hosts/projects.ts';

const PAGE = new URL('../docs/hosts.md', import.meta.url);
const BEGIN = '<!-- begin auto-generated table of hosts -->';
const END = '<!-- end auto-generated table of hosts -->';

interface Row {
  readonly what: string;
  /** The versions that are installed. */
  readonly versions: string;
  /** The tests that show it: a file, and how the names in it begin. */
  readonly file: string;
  readonly name: string;
}

type Names = readonly (readonly [what: string, name: string])[];

function versionsOf(dependencies: Readonly<Record<string, string>>, ...names: string[]): string {
  return names.map((name) => `\`${name}\` ${dependencies[name] ?? 'is not installed'}`).join(', ');
}

function rowsOf(file: string, versions: string, names: Names): Row[] {
  return names.map(([what, name]) => ({ what, versions, file, name }));
}

const ESLINTS = [
  { name: 'ESLint 9.15', version: OLDEST['eslint'] },
  { name: 'ESLint 9', version: NINE['eslint'] },
  { name: 'ESLint 10', version: TEN['eslint'] },
] as const;

/** What each ESLint is tried with. The oldest has less. */
const FEATURES: Names = [
  ['a configuration that is spread', 'finds what it should with a configuration that is spread'],
  ['`defineConfig` and `extends`', 'is extended by its name'],
  ['a CommonJS configuration', 'is required by a CommonJS configuration'],
  ['a TypeScript configuration', 'is imported by a TypeScript configuration'],
  ['another name for the plugin', 'goes by another name'],
  ['`--cache`', 'tells the same from the cache'],
  ['`--cache`, across files', 'tells from the cache what a change in another file does'],
  ['`--concurrency`', 'finds the same in two threads'],
  ['`--fix`, suggestions', 'changes nothing by --fix'],
  ['bulk suppressions', 'is introduced by bulk suppressions'],
  ['comments that disable rules', 'is silenced by comments'],
];

const PARSERS = 'parsers.test.ts';

const ROWS: readonly Row[] = [
  ...rowsOf(PARSERS, versionsOf(OLDEST, '@babel/eslint-parser', '@react-native/babel-preset'), [
    ['Flow, by Babel', 'reads what the parser makes of Flow and JSX: @babel/eslint-parser'],
  ]),
  ...rowsOf(PARSERS, versionsOf(TEN, 'hermes-eslint'), [
    ['Flow, by Hermes', 'reads what the parser makes of Flow and JSX: hermes-eslint'],
  ]),
  ...rowsOf(PARSERS, versionsOf(TEN, '@typescript-eslint/parser', 'typescript'), [
    ['TypeScript', 'reads what the parser makes of TypeScript'],
  ]),
  ...rowsOf(
    PARSERS,
    versionsOf(TEN, 'vue-eslint-parser', 'svelte-eslint-parser', 'astro-eslint-parser'),
    [['Vue, Svelte, Astro', 'reads what the parser makes of the scripts']],
  ),
  ...rowsOf(PARSERS, versionsOf(TEN, '@eslint/json', '@eslint/css', '@eslint/markdown'), [
    ['JSON, CSS, Markdown in the same run', 'lets JSON, CSS and Markdown be'],
  ]),
  ...rowsOf('oxlint.test.ts', versionsOf(TEN, 'oxlint'), [
    ['oxlint, with the findings of ESLint', ''],
  ]),
  ...rowsOf('typescript.test.ts', versionsOf(TYPESCRIPT_7, 'typescript'), [
    ['TypeScript 7', 'beside TypeScript 7'],
  ]),
  ...rowsOf('typescript.test.ts', versionsOf(NO_TYPESCRIPT, 'eslint'), [
    ['no TypeScript', 'without TypeScript'],
  ]),
  ...rowsOf('editor.test.ts', versionsOf(TEN, 'eslint'), [['editors: ESLint again and again', '']]),
  ...rowsOf('load.test.ts', versionsOf(NO_TYPESCRIPT, 'eslint'), [
    ['projects without the SDK: no native module', ''],
  ]),
  ...rowsOf('command.test.ts', versionsOf(TEN, 'eslint'), [['the command `intercom-jwt`', '']]),
  ...rowsOf('newcomer.test.ts', versionsOf(NINE, 'eslint-config-expo'), [
    ['Expo', 'in an app of Expo'],
  ]),
  ...rowsOf('newcomer.test.ts', versionsOf(NINE, '@react-native/eslint-config'), [
    ['React Native', 'in an app of React Native'],
  ]),
  ...rowsOf('hooks.test.ts', versionsOf(TEN, 'husky', 'lint-staged'), [
    ['husky and lint-staged', 'a bad commit is refused, and a good one goes through with husky'],
  ]),
  ...rowsOf('hooks.test.ts', versionsOf(TEN, 'lefthook'), [
    ['Lefthook', 'a bad commit is refused, and a good one goes through with Lefthook'],
  ]),
  ...rowsOf('hooks.test.ts', '3 and later', [
    ['pre-commit', 'a bad commit is refused, and a good one goes through with the pre-commit'],
  ]),
  ...rowsOf('ci.test.ts', versionsOf(TEN, '@microsoft/eslint-formatter-sarif'), [
    ['SARIF', 'the recipe for code scanning'],
  ]),
  ...rowsOf('ci.test.ts', versionsOf(TEN, 'eslint-formatter-gha'), [
    ['GitHub Actions', 'the recipe for GitHub'],
  ]),
  ...rowsOf('ci.test.ts', versionsOf(TEN, 'eslint-formatter-gitlab'), [
    ['GitLab', 'the recipe for GitLab'],
  ]),
  ...rowsOf('turborepo.test.ts', versionsOf(TEN, 'turbo'), [['Turborepo', '']]),
];

interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const SKIPPED = 'skipped';

const [path = '', mode] = process.argv.slice(2);
const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as Results;

/** A mark: whether the tests passed; null where there is none. */
function markOf(file: string, name: string): string | null {
  const tests = testResults
    .filter((result) => result.name.endsWith(`/tests/hosts/${file}`))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName }) => fullName.trim().startsWith(name));
  if (tests.length === 0) return null;
  if (tests.some(({ status }) => status === 'failed')) return '❌';
  return tests.some(({ status }) => status === 'passed') ? '✅' : SKIPPED;
}

function cells(...texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}

function features(): string[] {
  return [
    cells('', ...ESLINTS.map(({ version }) => `ESLint ${version ?? ''}`)),
    cells(...['', ...ESLINTS].map(() => '---')),
    ...FEATURES.map(([what, name]) =>
      cells(
        what,
        ...ESLINTS.map((eslint) => markOf('eslint.test.ts', `${eslint.name} ${name}`) ?? '–'),
      ),
    ),
  ];
}

/** @param page what could not be run here is taken from it */
function others(page: string): string[] {
  return [
    cells('', 'Versions', ''),
    cells('---', '---', '---'),
    ...ROWS.map(({ what, versions, file, name }) => {
      const mark = markOf(file, name);
      if (mark === null) throw new Error(`no test shows: ${what}`);
      const written = page.split('\n').find((line) => line.startsWith(`| ${what} `));
      const known = written?.includes('✅') === true ? '✅' : '❌';
      return cells(what, versions, mark === SKIPPED ? known : mark);
    }),
  ];
}

const page = readFileSync(PAGE, 'utf8');
const table = [...features(), '', ...others(page)].join('\n');
const [before = '', after = ''] = page.split(new RegExp(`${BEGIN}[^]*${END}`, 'u'));
const options = await resolveConfig(PAGE);
const wanted = await format(`${before}${BEGIN}\n\n${table}\n\n${END}${after}`, {
  ...options,
  parser: 'markdown',
});

if (mode !== '--check') {
  writeFileSync(PAGE, wanted);
} else if (wanted !== page) {
  console.error('docs/hosts.md is not up to date: npm run docs:hosts');
  process.exitCode = 1;
}
