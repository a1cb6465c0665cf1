/**
 * Lints the files of `node_modules`, with calls of the SDK put into them where a seed picks.
 *
 *     npm run corpus -- --inject
 *     npm run corpus -- --inject --seed 7 --calls 14 --files 10000 --skip 0
 *     npm run corpus -- --inject --only fast-check
 *     npm run corpus -- --inject --skip 2000 --minutes 8
 *
 * No file may fail, or be judged in two ways. The rules' time is held against that of parsing: more
 * than twice of it and 200 ms is told, and the slowest files are printed.
 */

import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { Linter } from 'eslint';

import { Clocked, processorTime } from '../tests/helpers/clocked.ts';
import { digestOf, filesBelow, parserFor, read } from '../tests/helpers/corpus.ts';
import { injected } from '../tests/helpers/inject.ts';
import { configFor, nameFor, tellsFault, verdictOf } from '../tests/helpers/lint-corpus.ts';

const { values: given } = parseArgs({
  options: {
    inject: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    calls: { type: 'string', default: '14' },
    files: { type: 'string', default: '10000' },
    skip: { type: 'string', default: '0' },
    minutes: { type: 'string', default: 'Infinity' },
    only: { type: 'string', default: '' },
  },
});

/** Rules may take so many times as long as parsing, */
const TIMES = 2;

/** and this long besides, in milliseconds. */
const BESIDES = 200;

/** What takes too long is looked at so often: memory may have been cleaned up meanwhile. */
const TRIES = 3;

const SLOWEST = 20;
const PROGRESS = 500;

/** Bundles, too: they are what hurts. */
const MAX_BYTES = 1_000_000;

interface Measured {
  readonly path: string;
  readonly kilobytes: number;
  readonly parsing: number;
  readonly rules: number;
}

const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url));

/** Files whose rules once took minutes: they are looked at first, where they are installed. */
const FIRST = [
  'fast-check/lib/cjs/fast-check.js',
  'prettier/plugins/yaml.js',
  'yargs/build/index.cjs',
  'yargs/build/lib/yargs-factory.js',
];

const clocked = new Clocked();

function lint(text: string, path: string): { messages: Linter.LintMessage[] } & Measured {
  const linter = new Linter({ configType: 'flat', cwd: '/' });
  const start = processorTime();
  const source = parserFor(path, text)?.(text) ?? null;
  const parsing = processorTime() - start;
  clocked.reset();
  const messages = linter.verify(
    text,
    configFor(path, text, source, clocked.configs),
    nameFor(path),
  );
  return {
    messages,
    path: path.slice(MODULES.length + 1),
    kilobytes: Math.round(text.length / 1000),
    parsing,
    rules: clocked.taken,
  };
}

function isTooLong({ parsing, rules }: Measured): boolean {
  return rules > TIMES * parsing + BESIDES;
}

/** The files, in an order that mixes packages: the first of them are like all. */
function paths(): readonly string[] {
  const first = FIRST.map((path) => join(MODULES, path)).filter((path) => existsSync(path));
  const others = [...filesBelow(MODULES, MAX_BYTES)].filter((path) => !first.includes(path));
  const orders = new Map(others.map((path) => [path, digestOf(relative(MODULES, path))]));
  const orderOf = (path: string): number => orders.get(path) ?? 0;
  return [...first, ...others.sort((one, other) => orderOf(one) - orderOf(other))];
}

/** No file is begun after this. */
const end = Date.now() + Number(given.minutes) * 60_000;

/** How many files there are before the one that comes next. */
let upcoming = Number(given.skip);

function* sources(): Generator<string> {
  let index = 0;
  const first = Number(given.skip);
  const last = first + Number(given.files);
  for (const path of paths()) {
    if (/\.d\.[cm]?ts$/.test(path) || !path.slice(MODULES.length).includes(given.only)) continue;
    if (parserFor(path, '') === null) continue;
    if (index >= last || Date.now() >= end) return;
    if (index >= first) yield path;
    index++;
    upcoming = Math.max(index, first);
  }
}

const kept: Measured[] = [];
const complaints: string[] = [];
function complain(text: string): void {
  complaints.push(text);
  console.error(text);
}
const seen = { files: 0, reports: 0, tooLarge: 0 };
for (const path of sources()) {
  const original = read(path);
  const source = parserFor(path, original)?.(original);
  if (!source) continue;
  const text = given.inject
    ? injected(original, source, Number(given.calls), `${given.seed} ${path.slice(MODULES.length)}`)
    : original;
  const first = lint(text, path);
  if (first.messages.some(({ fatal }) => fatal === true)) continue;
  seen.files += 1;
  const second = lint(text, path);
  let best = first.rules < second.rules ? first : second;
  for (let tries = 2; tries < TRIES && isTooLong(best); tries++) {
    const next = lint(text, path);
    if (next.rules < best.rules) best = next;
  }
  seen.reports += first.messages.length;
  seen.tooLarge += first.messages.filter(({ messageId }) => messageId === 'tooLarge').length;
  const fault = first.messages.find(tellsFault);
  if (fault !== undefined) complain(`${first.path}: ${fault.message}`);
  if (verdictOf(first.messages) !== verdictOf(second.messages)) {
    complain(`${first.path}: two runs differ`);
  }
  if (isTooLong(best)) {
    complain(`${best.path}: ${best.rules.toFixed(0)} ms, parsing ${best.parsing.toFixed(0)} ms`);
  }
  kept.push({ ...best });
  kept.sort((one, other) => other.rules - one.rules);
  kept.length = Math.min(kept.length, SLOWEST);
  if (seen.files % PROGRESS === 0) console.error(`${String(seen.files)} files`);
}

console.log(
  `${String(seen.files)} files, ${String(seen.reports)} reports, ${String(seen.tooLarge)} of them that something is too large; go on with --skip ${String(upcoming)}`,
);
console.table(
  kept.map(({ path, kilobytes, parsing, rules }) => ({
    path: path.length > 60 ? `…${path.slice(-59)}` : path,
    kilobytes,
    'parsing (ms)': Math.round(parsing),
    'rules (ms)': Math.round(rules),
  })),
);
console.log(`${String(complaints.length)} complaints`);
for (const complaint of complaints) console.log(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;
