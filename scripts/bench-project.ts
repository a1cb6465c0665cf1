/**
 * What the plugin costs in a large project: 5,000 files that import each other, of which 20 concern
 * the SDK. Beside it, in the same run, rules that look at as much or more. What it holds in memory
 * is measured in processes of their own, with no other rules.
 *
 *     npm run bench:project [-- --files 5000]
 */

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { ESLint, type Linter } from 'eslint';
import { flatConfigs as importX } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

import type source from '../src/index.ts';
import { isConcerned, moduleText, writeApp } from './bench-app.ts';

const built = new URL('../dist/index.js', import.meta.url).href;
const { default: plugin } = (await import(built)) as { readonly default: typeof source };

const { values: options } = parseArgs({
  options: {
    files: { type: 'string', default: '5000' },
    /** `none` or `ours`: prints what is in memory behind a lint with these rules, in bytes. */
    memory: { type: 'string' },
  },
});
const FILES = Number(options.files);
const CONCERNED = 20;

const isTyped = options.memory === undefined;
const app = writeApp(FILES, CONCERNED);
const { root } = app;

const OURS = Object.keys(plugin.configs.recommended[0]?.rules ?? {});
const PEERS = [
  'react-hooks/rules-of-hooks',
  'import-x/no-cycle',
  '@typescript-eslint/no-floating-promises',
];

const config: Linter.Config[] = [
  {
    files: ['**/*.tsx'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        projectService: isTyped,
        tsconfigRootDir: root,
        ecmaFeatures: { jsx: true },
      },
    },
    plugins: {
      'intercom-jwt': plugin,
      'react-hooks': reactHooks as ESLint.Plugin,
      'import-x': importX.recommended.plugins?.['import-x'] ?? {},
      '@typescript-eslint': tseslint.plugin,
    },
    settings: importX.typescript.settings ?? {},
    rules: {
      ...(options.memory === 'none' ? {} : plugin.configs.recommended[0]?.rules),
      ...(isTyped ? Object.fromEntries(PEERS.map((rule) => [rule, 'error' as const])) : {}),
    },
  },
];

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: config,
  stats: true,
});

interface Totals {
  readonly rules: ReadonlyMap<string, number>;
  /** Of our rules, in files that do not concern the SDK, in microseconds a file. */
  readonly unrelated: number;
  readonly all: number;
}

async function lint(): Promise<Totals> {
  const rules = new Map<string, number>();
  let unrelated = 0;
  const start = performance.now();
  const results = await eslint.lintFiles(['src']);
  const all = performance.now() - start;
  for (const { filePath, stats } of results) {
    const index = Number(/m(\d+)\.tsx$/.exec(filePath)?.[1]);
    for (const pass of stats?.times.passes ?? []) {
      for (const [rule, { total }] of Object.entries(pass.rules ?? {})) {
        rules.set(rule, (rules.get(rule) ?? 0) + total);
        if (OURS.includes(rule) && !isConcerned(index, app)) unrelated += total;
      }
    }
  }
  return { rules, unrelated: (unrelated * 1000) / (FILES - CONCERNED), all };
}

function table({ rules, unrelated, all }: Totals): void {
  const ours = OURS.reduce((sum, rule) => sum + (rules.get(rule) ?? 0), 0);
  const rows = [
    ['intercom-jwt (all rules)', ours] as const,
    ...PEERS.map((rule) => [rule, rules.get(rule) ?? 0] as const),
  ];
  console.table(
    rows.map(([name, milliseconds]) => ({
      name,
      ms: Number(milliseconds.toFixed(1)),
      'share of the run (%)': Number(((milliseconds / all) * 100).toFixed(2)),
      'ours / it': Number((ours / milliseconds).toFixed(3)),
    })),
  );
  console.log(
    `our rules, an unrelated file: ${unrelated.toFixed(1)} µs; the whole run: ${(all / 1000).toFixed(1)} s`,
  );
}

/** The text search alone, in microseconds a file. */
function textSearch(): number {
  const texts = Array.from({ length: 500 }, (_, index) => moduleText(index, app));
  const start = performance.now();
  let found = 0;
  for (const text of texts) if (text.includes('Intercom')) found++;
  const each = ((performance.now() - start) * 1000) / texts.length;
  return found < 0 ? 0 : each;
}

/** What is in memory behind a lint with our rules or none, in bytes. */
function memoryWith(rules: 'none' | 'ours'): number {
  const script = fileURLToPath(import.meta.url);
  const flags = ['--expose-gc', ...process.execArgv];
  const args = ['--files', String(FILES), '--memory', rules];
  return Number(execFileSync(process.execPath, [...flags, script, ...args], { encoding: 'utf8' }));
}

async function measureTimes(): Promise<void> {
  console.log(`${String(FILES)} files, ${String(CONCERNED)} of which concern the SDK`);
  console.log('cold');
  table(await lint());
  console.log('warm');
  table(await lint());
  console.log(`a text search: ${textSearch().toFixed(1)} µs a file`);
}

async function measureMemory(): Promise<void> {
  await lint();
  globalThis.gc?.();
  console.log(process.memoryUsage().heapUsed);
}

try {
  await (isTyped ? measureTimes() : measureMemory());
} finally {
  rmSync(root, { recursive: true, force: true });
}
if (isTyped) {
  const [ours, none] = [memoryWith('ours'), memoryWith('none')];
  console.log(
    `heap behind a lint: ${megabytes(ours)} with our rules alone, ${megabytes(none)} with none`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
