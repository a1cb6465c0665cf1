/** What `docs/accuracy.md` tells of the shards that are kept. */

import { readFileSync, writeFileSync } from 'node:fs';

import { format, resolveConfig } from 'prettier';

import { keptMutations, type AreaFigures, type Mutation } from '../mutation/kept.ts';
import { keptComparison } from './peers/kept.ts';
import { MODES, readShards, type Mode, type Shard } from './shards.ts';

const PAGE = new URL('../../docs/accuracy.md', import.meta.url);

/** How many programs are wanted in all. */
const GOAL = 1_000_000;

/** For 95 % from both sides. */
const Z = 1.96;

const RUNS = '<!-- made from docs/accuracy/runs by `npm run accuracy -- page` -->';
const PEERS = '<!-- made from docs/accuracy/peers.json by `npm run accuracy -- page` -->';
const MUTATION = '<!-- made from docs/accuracy/mutation.json by `npm run accuracy -- page` -->';
const END = '<!-- end -->';

const TITLES: Readonly<Record<Mode, string>> = {
  default: 'within a function',
  functions: 'across functions',
  mint: 'tokens that are minted',
  witnesses: 'ways that are told, within a function',
  'function-witnesses': 'ways that are told, across functions',
};

/** What is counted in each mode, and what it is called on the page; of the first, the others are parts. */
const COLUMNS: Readonly<Record<Mode, readonly (readonly [figure: string, title: string])[]>> = {
  default: [
    ['sites', 'calls'],
    ['missed', 'missed'],
    ['spurious', 'spurious'],
    ['crashed', 'crashed'],
  ],
  functions: [
    ['sites', 'calls'],
    ['missed', 'missed'],
    ['spurious', 'spurious'],
    ['crashed', 'crashed'],
  ],
  mint: [
    ['entries', 'tokens'],
    ['failures', 'told a wrong life'],
    ['unsaid', 'told none'],
  ],
  witnesses: [
    ['reports', 'reports'],
    ['untrue', 'with an untrue cause'],
    ['lost', 'whose way no run follows'],
    ['untold', 'whose steps no run shows'],
  ],
  'function-witnesses': [
    ['reports', 'reports'],
    ['untrue', 'with an untrue cause'],
    ['lost', 'whose way no run follows'],
    ['untold', 'whose steps no run shows'],
  ],
};

/** The most, in percent, that a rate can be which was seen so often in so many (Wilson, 95 %). */
function upperBound(seen: number, all: number): number {
  if (all === 0) return 100;
  const rate = seen / all;
  const square = Z * Z;
  const middle = rate + square / (2 * all);
  const spread = Z * Math.sqrt((rate * (1 - rate)) / all + square / (4 * all * all));
  return (100 * (middle + spread)) / (1 + square / all);
}

function sumOf(shards: readonly Shard[], figure: string): number {
  return shards.reduce((sum, { figures }) => sum + (figures[figure] ?? 0), 0);
}

function told(count: number): string {
  return count.toLocaleString('en-US');
}

function sectionOf(mode: Mode, shards: readonly Shard[]): string {
  const [[whole, title] = ['', ''], ...parts] = COLUMNS[mode];
  const all = sumOf(shards, whole);
  const programs = shards.reduce((sum, shard) => sum + shard.programs, 0);
  const seeds = shards.map(
    ({ seed, commit, date }) =>
      `${String(seed)} (${date.slice(0, 10)}, \`${commit?.slice(0, 8) ?? 'no commit'}\`)`,
  );
  const rows = parts.map(([figure, name]) => {
    const seen = sumOf(shards, figure);
    return `| ${name} | ${told(seen)} | ${upperBound(seen, all).toFixed(3)} % |`;
  });
  return [
    `### ${TITLES[mode].replace(/^./u, (first) => first.toUpperCase())}`,
    `${told(programs)} programs, ${told(all)} ${title}. Seeds: ${seeds.join(', ')}.`,
    ['| | seen | at most (95 %) |', '| --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

function runsNow(): string {
  const shards = readShards();
  const programs = shards.reduce((sum, shard) => sum + shard.programs, 0);
  const sections = MODES.flatMap((mode) => {
    const own = shards.filter((shard) => shard.mode === mode);
    return own.length === 0 ? [] : [sectionOf(mode, own)];
  });
  return [
    `So far ${told(programs)} programs of the ${told(GOAL)} that are wanted are kept.`,
    ...sections,
  ].join('\n\n');
}

function peersNow(): string {
  const comparison = keptComparison();
  if (comparison === null) return 'No peers have been run.';
  const { date, commit, questions } = comparison;
  return [
    `Run on ${date.slice(0, 10)}, at \`${commit.slice(0, 8)}\`.`,
    ...questions.map(({ title, faulty, correct, rows }) =>
      [
        `### ${title}`,
        `${told(faulty)} faulty programs, and ${told(correct)} correct ones.`,
        [
          '| | set up | found of the faulty | silent on the correct | right in all |',
          '| --- | --- | --- | --- | --- |',
          ...rows.map(
            ({ name, setUp, found, silent }) =>
              `| ${name} | ${setUp} | ${share(found, faulty)} | ${share(silent, correct)} | ${share(found + silent, faulty + correct)} |`,
          ),
        ].join('\n'),
      ].join('\n\n'),
    ),
  ].join('\n\n');
}

function mutationNow(): string {
  const kept = keptMutations();
  return kept.length === 0 ? 'No mutants have been asked.' : kept.map(mutationTold).join('\n\n');
}

function mutationTold({ date, commit, seed, budget, areas }: Mutation): string {
  const asked = areas.filter(({ sampled }) => sampled > 0);
  const all = asked.reduce((sum, area) => {
    const added = { ...sum, area: 'all' };
    for (const key of COUNTS) added[key] = sum[key] + area[key];
    return added;
  }, NO_MUTANTS);
  const rows = [...asked, all].map((area) => {
    const { killed, ended, survived, unreached, equivalent } = area;
    const noticed = killed + ended;
    const judged = noticed + survived + unreached;
    const cells = [...COUNTS.map((key) => told(area[key])), share(noticed, judged)];
    const name = area === all ? 'all' : `\`${area.area}\``;
    return `| ${[name, ...cells, share(noticed, judged - equivalent)].join(' | ')} |`;
  });
  return [
    `Run on ${date.slice(0, 10)}, at \`${commit.slice(0, 8)}\`, with seed ${String(seed)} and at most ${String(budget)} seconds of tests for each.`,
    [
      '| | mutants | drawn | wrong types | killed | not ended | survived | not reached | of these equivalent | killed of all | of those that are not equivalent |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ].join('\n\n');
}

const COUNTS = [
  'mutants',
  'sampled',
  'mistyped',
  'killed',
  'ended',
  'survived',
  'unreached',
  'equivalent',
] as const;

const NO_MUTANTS: { -readonly [Key in keyof AreaFigures]: AreaFigures[Key] } = {
  area: 'all',
  mutants: 0,
  sampled: 0,
  mistyped: 0,
  killed: 0,
  ended: 0,
  survived: 0,
  unreached: 0,
  equivalent: 0,
};

function share(part: number, all: number): string {
  return `${((100 * part) / all).toFixed(1)} %`;
}

/** Puts a text between a comment that tells where it comes from, and the next that ends it. */
function filled(page: string, begin: string, text: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`docs/accuracy.md has no place for: ${begin}`);
  return `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`;
}

async function pageNow(): Promise<{ readonly now: string; readonly due: string }> {
  const now = readFileSync(PAGE, 'utf8');
  const parts = [
    [RUNS, runsNow()],
    [PEERS, peersNow()],
    [MUTATION, mutationNow()],
  ] as const;
  const due = parts.reduce((page, [begin, text]) => filled(page, begin, text), now);
  const options = await resolveConfig(PAGE);
  return { now, due: await format(due, { ...options, parser: 'markdown' }) };
}

/** Writes the figures into the page. */
export async function writePage(): Promise<void> {
  const { due } = await pageNow();
  writeFileSync(PAGE, due);
}

/** Ends with exit code 1 where the page tells other figures than those that are kept. */
export async function checkPage(): Promise<void> {
  const { now, due } = await pageNow();
  if (now === due) return;
  console.error('docs/accuracy.md is not what was found: npm run accuracy -- page');
  process.exitCode = 1;
}
