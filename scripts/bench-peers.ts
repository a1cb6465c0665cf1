/**
 * What the plugin costs beside others: a project of 2,000 files, 10 of which concern the SDK, linted
 * by processes of their own, with nothing in memory. The peers take turns in one run, and the median
 * of each is told against that of ESLint with one trivial rule.
 *
 *     npm run bench:peers [-- --files 2000 --rounds 5 --only trivial,intercom-jwt --json peers.json]
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import type source from '../src/index.ts';
import { keep, median, writeApp } from './bench-app.ts';

const CONCERNED = 10;

const { values: options } = parseArgs({
  options: {
    files: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    /** The figures are added to this file, a line a run. */
    json: { type: 'string' },
  },
});
const ROUNDS = Number(options.rounds);

const ROOT = new URL('../', import.meta.url);
const built = new URL('dist/index.js', ROOT).href;
const { default: plugin } = (await import(built)) as { readonly default: typeof source };
const app = writeApp(Number(options.files), CONCERNED);

/** Our packages are named by where they are, as the configurations lie elsewhere. */
const AT = {
  tseslint: import.meta.resolve('typescript-eslint'),
  reactHooks: import.meta.resolve('eslint-plugin-react-hooks'),
  importX: import.meta.resolve('eslint-plugin-import-x'),
  sonarjs: import.meta.resolve('eslint-plugin-sonarjs'),
};

const HEAD = `import tseslint from '${AT.tseslint}';\n`;

/** The configuration of a peer, for ESLint. */
function configOf(imports: string, rest: string, isTyped = false): string {
  const typed = isTyped
    ? `projectService: true, tsconfigRootDir: ${JSON.stringify(app.root)}, `
    : '';
  return `${HEAD}${imports}
export default [
  {
    files: ['**/*.tsx'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { ${typed}ecmaFeatures: { jsx: true } },
    },
  },
  ${rest},
];`;
}

const TRIVIAL = "{ rules: { 'no-debugger': 'error' } }";
const RESOLVER = fileURLToPath(import.meta.resolve('eslint-import-resolver-typescript'));

/** Configurations of ESLint; each has the trivial rule, so that one can be told against another. */
const ESLINT: Readonly<Record<string, string>> = {
  trivial: configOf('', TRIVIAL),
  'intercom-jwt': configOf(
    `import intercomJwt from ${JSON.stringify(built)};`,
    `${TRIVIAL}, ...intercomJwt.configs.recommended`,
  ),
  'react-hooks/rules-of-hooks': configOf(
    `import reactHooks from '${AT.reactHooks}';`,
    `${TRIVIAL}, { plugins: { h: reactHooks }, rules: { 'h/rules-of-hooks': 'error' } }`,
  ),
  'import-x/no-cycle': configOf(
    `import importX from '${AT.importX}';`,
    `${TRIVIAL}, {
      plugins: { i: importX },
      settings: {
        ...importX.flatConfigs.typescript.settings,
        'import-x/resolver': { [${JSON.stringify(RESOLVER)}]: { alwaysTryTypes: true } },
      },
      rules: { 'i/no-cycle': 'error' },
    }`,
  ),
  'no-floating-promises (typed)': configOf(
    '',
    `${TRIVIAL}, {
      plugins: { t: tseslint.plugin },
      rules: { 't/no-floating-promises': 'error' },
    }`,
    true,
  ),
  'sonarjs (recommended)': configOf(
    `import sonarjs from '${AT.sonarjs}';`,
    `${TRIVIAL}, sonarjs.configs.recommended`,
  ),
};

/** Configurations of oxlint. */
const OXLINT: Readonly<Record<string, object>> = {
  oxlint: { rules: { 'no-debugger': 'error' } },
  'oxlint with intercom-jwt': {
    jsPlugins: [fileURLToPath(built)],
    rules: { 'no-debugger': 'error', ...plugin.configs.recommended[0]?.rules },
  },
};

/** Has a process write what it took of the processors into a file, in microseconds. */
const USAGE = join(app.root, 'usage.txt');
const PRELOAD = `data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from 'node:fs'; process.on('exit', () => { const { user, system } = process.cpuUsage(); writeFileSync(${JSON.stringify(USAGE)}, String(user + system)); });`,
)}`;

interface Taken {
  /** By the clock, and of the processors; in seconds. */
  readonly clock: number;
  readonly processors: number;
}

function run(script: string, args: readonly string[]): Taken {
  rmSync(USAGE, { force: true });
  const start = performance.now();
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', PRELOAD, script, ...args],
    { cwd: app.root, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  const clock = (performance.now() - start) / 1000;
  // What peers find is no fault of theirs.
  if ((status ?? 2) > 1) throw new Error(stderr || stdout);
  const processors = existsSync(USAGE) ? Number(readFileSync(USAGE, 'utf8')) / 1e6 : NaN;
  return { clock, processors };
}

const only = options.only === '' ? null : options.only.split(',');
const isWanted = (name: string): boolean => only?.includes(name) ?? true;

const eslint = fileURLToPath(new URL('node_modules/eslint/bin/eslint.js', ROOT));
const oxlint = fileURLToPath(new URL('node_modules/oxlint/bin/oxlint', ROOT));

const peers = new Map<string, () => Taken>();
for (const [name, config] of Object.entries(ESLINT)) {
  if (!isWanted(name)) continue;
  const path = join(app.root, `eslint.${String(peers.size)}.config.mjs`);
  writeFileSync(path, config);
  peers.set(name, () => run(eslint, ['--config', path, '--format', 'json', 'src']));
}
for (const [name, config] of Object.entries(OXLINT)) {
  if (!isWanted(name)) continue;
  const path = join(app.root, `oxlint.${String(peers.size)}.json`);
  writeFileSync(path, JSON.stringify({ ...config, categories: { correctness: 'off' } }));
  peers.set(name, () => run(oxlint, ['--config', path, '--format', 'json', 'src']));
}

try {
  const taken = new Map([...peers.keys()].map((name): [string, Taken[]] => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, lint] of peers) taken.get(name)?.push(lint());
  }
  const medians = new Map(
    [...taken].map(([name, all]): [string, Taken] => [
      name,
      {
        clock: median(all.map(({ clock }) => clock)),
        processors: median(all.map(({ processors }) => processors)),
      },
    ]),
  );
  const rows = [...medians].map(([name, { clock, processors }]) => {
    const first = medians.get(name.startsWith('oxlint') ? 'oxlint' : 'trivial');
    return {
      name,
      's (clock)': Number(clock.toFixed(2)),
      's (processors)': Number(processors.toFixed(2)),
      'ratio (clock)': Number((clock / (first?.clock ?? NaN)).toFixed(3)),
      'ratio (processors)': Number((processors / (first?.processors ?? NaN)).toFixed(3)),
    };
  });
  console.log(
    `${options.files} files, ${String(CONCERNED)} of which concern the SDK; medians of ${String(ROUNDS)}`,
  );
  console.table(rows);
  if (options.json !== undefined) keep(options.json, rows);
} finally {
  rmSync(app.root, { recursive: true, force: true });
}
