/**
 * Lints the files of `node_modules`, with calls of the SDK put into them where a seed picks.
 *
 *     npm run corpus -- --inject
 *     npm run corpus -- --inject --seed 7 --calls 14 --files 10000
 *     npm run corpus -- --inject --minutes 30 --workers 2
 *     npm run corpus -- --inject --only fast-check
 *     npm run corpus -- --inject --again
 *
 * No file may fail, or be judged in two ways. The rules' time is held against that of parsing: more
 * than twice of it and 200 ms is told, and the slowest files are printed.
 *
 * What is found of each file is kept, so that the next run goes on where one has stopped; with
 * `--again`, the files are looked at anew that something was wrong with, and with `--fresh`, all are.
 * With `--summary`, the figures are written to a file, too.
 */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { Linter } from 'eslint';

import { Clocked, processorTime } from '../tests/helpers/clocked.ts';
import { digestOf, filesBelow, parserFor, read } from '../tests/helpers/corpus.ts';
import { injected } from '../tests/helpers/inject.ts';
import { configFor, nameFor, tellsFault, verdictOf } from '../tests/helpers/lint-corpus.ts';
import {
  currentCommit,
  isTooLong,
  isWrong,
  Kept,
  tell,
  type Found,
  type Refused,
} from './corpus/kept.ts';

const { values: given } = parseArgs({
  options: {
    inject: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    calls: { type: 'string', default: '14' },
    files: { type: 'string', default: '10000' },
    skip: { type: 'string', default: '0' },
    minutes: { type: 'string', default: 'Infinity' },
    only: { type: 'string', default: '' },
    again: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    workers: { type: 'string', default: '1' },
    /** One worker of several looks at each so-and-so-manieth file: `0/2`. */
    share: { type: 'string', default: '0/1' },
    summary: { type: 'string' },
  },
});

/** What takes too long is looked at so often: memory may have been cleaned up meanwhile. */
const TRIES = 3;

const PROGRESS = 500;

/** Bundles, too: they are what hurts. */
const MAX_BYTES = 1_000_000;

const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url));

/** Files whose rules once took minutes: they are looked at first, where they are installed. */
const FIRST = [
  'fast-check/lib/cjs/fast-check.js',
  'prettier/plugins/yaml.js',
  'yargs/build/index.cjs',
  'yargs/build/lib/yargs-factory.js',
];

const how = { seed: given.seed, calls: given.inject ? Number(given.calls) : 0 };
const keptIn = fileURLToPath(
  new URL(`../found/corpus-${how.seed}-${String(how.calls)}.jsonl`, import.meta.url),
);

/** The files, in an order that mixes packages: the first of them are like all. */
function paths(): readonly string[] {
  const first = FIRST.map((path) => join(MODULES, path)).filter((path) => existsSync(path));
  const others = [...filesBelow(MODULES, MAX_BYTES)].filter((path) => !first.includes(path));
  const orders = new Map(others.map((path) => [path, digestOf(relative(MODULES, path))]));
  const orderOf = (path: string): number => orders.get(path) ?? 0;
  return [...first, ...others.sort((one, other) => orderOf(one) - orderOf(other))].filter(
    (path) => !/\.d\.[cm]?ts$/.test(path) && parserFor(path, '') !== null,
  );
}

/** The files that are asked for. */
function asked(): readonly string[] {
  const from = Number(given.skip);
  return paths()
    .filter((path) => path.slice(MODULES.length).includes(given.only))
    .slice(from, from + Number(given.files));
}

function nameOf(path: string): string {
  return path.slice(MODULES.length + 1);
}

const clocked = new Clocked();
const made = { commit: currentCommit(), date: new Date().toISOString().slice(0, 10) };

/** Lints one file until its time is known, and twice at least. */
function look(path: string): Found | Refused {
  const refused: Refused = { path: nameOf(path), refused: true };
  const original = read(path);
  const parse = parserFor(path, original);
  const source = parse?.(original);
  if (!parse || !source) return refused;
  const text = given.inject
    ? injected(original, source, how.calls, `${given.seed} ${path.slice(MODULES.length)}`)
    : original;
  const start = processorTime();
  const parsed = parse(text);
  const parsing = processorTime() - start;
  const config = configFor(path, text, parsed, clocked.configs);
  let rules = Infinity;
  const lint = (): Linter.LintMessage[] => {
    clocked.reset();
    const linter = new Linter({ configType: 'flat', cwd: '/' });
    const messages = linter.verify(text, config, nameFor(path));
    rules = Math.min(rules, clocked.taken);
    return messages;
  };
  const messages = lint();
  if (messages.some(({ fatal }) => fatal === true)) return refused;
  const verdict = verdictOf(messages);
  const differs = verdict !== verdictOf(lint());
  for (let tries = 2; tries < TRIES && isTooLong({ parsing, rules }); tries++) lint();
  return {
    path: nameOf(path),
    ...made,
    kilobytes: Math.round(text.length / 1000),
    parsing: Math.round(parsing),
    rules: Math.round(rules),
    reports: messages.length,
    tooLarge: messages.filter(({ messageId }) => messageId === 'tooLarge').length,
    fault: messages.find(tellsFault)?.message ?? null,
    verdict: createHash('sha1').update(verdict).digest('hex').slice(0, 8),
    differs,
  };
}

/** Looks at the files whose turn it is, and keeps what is found. */
function lookAtAll(kept: Kept): void {
  const end = Date.now() + Number(given.minutes) * 60_000;
  const [turn = 0, turns = 1] = given.share.split('/').map(Number);
  const known = kept.all();
  const isOpen = (path: string): boolean => {
    const one = known.get(nameOf(path));
    if (one === undefined || given.fresh) return true;
    return given.again && !('refused' in one) && isWrong(one);
  };
  const open = asked().filter((path, index) => index % turns === turn && isOpen(path));
  for (const [index, path] of open.entries()) {
    // No file is begun after this.
    if (Date.now() >= end) break;
    const found = look(path);
    kept.add(found);
    if (!('refused' in found) && isWrong(found)) console.error(JSON.stringify(found));
    if ((index + 1) % PROGRESS === 0) {
      console.error(`${String(index + 1)} of ${String(open.length)} files`);
    }
  }
}

/** Has several processes share the files. */
async function share(workers: number): Promise<void> {
  const args = process.argv.slice(1).filter((arg) => arg !== '--fresh');
  const started = Array.from({ length: workers }, (_, index) =>
    spawn(
      process.execPath,
      [...process.execArgv, ...args, '--share', `${String(index)}/${String(workers)}`],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    ),
  );
  await Promise.all(started.map((worker) => once(worker, 'exit')));
}

const workers = Number(given.workers);
const isWorker = given.share !== '0/1';
if (given.fresh && !isWorker) rmSync(keptIn, { force: true });
const kept = new Kept(keptIn);
if (workers > 1 && !isWorker) await share(workers);
else lookAtAll(kept);
if (!isWorker) {
  const known = kept.all();
  const found = asked().flatMap((path) => {
    const one = known.get(nameOf(path));
    return one === undefined || 'refused' in one ? [] : [one];
  });
  const wrong = tell(found, given.summary, { ...how, asked: asked().length });
  process.exitCode = wrong === 0 ? 0 : 1;
}
