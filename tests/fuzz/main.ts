/**
 * Generates programs, runs them in every way in which they can go, and compares with what the rule
 * says of them.
 *
 *     tsx tests/fuzz/main.ts --programs 2000 --seed 1 [--functions]
 *       [--witnesses | --remedies | --suggestions] [--only flag,flag | --without flag,flag] [--with flag,flag]
 *
 * With `--mint`, the programs mint tokens, and the lives of these are compared with what the model
 * tells (`mint/`): `--unsaid form` prints programs with a form of which a life is left unsaid.
 *
 * Ends with exit code 1 if anything disagrees, after printing the smallest programs that show it.
 */
import { parseArgs } from 'node:util';

import { faults } from '../../src/eslint/faults.ts';
import { applySuggestions } from '../helpers/suggestions.ts';
import type { Cause } from '../../src/session/findings/reasons.ts';
import { compare, type Comparison, type Disagreement } from './compare.ts';
import { isExpected, trace } from './execute.ts';
import {
  defaultFlags,
  functionFlags,
  isFlag,
  onlyFlags,
  withFlags,
  withoutFlags,
  type Flag,
  type Flags,
} from './flags.ts';
import { mendings, type Mended } from './mended.ts';
import { printProgram, type Program } from './print.ts';
import { generatePrograms } from './program.ts';
import { shrink } from './shrink.ts';
import type { Body } from './syntax.ts';
import { describeSteps, describeWay, replays } from './replay.ts';
import { reportedCalls } from './verdict.ts';

const { values: options } = parseArgs({
  options: {
    programs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    /** Replays the ways that are told, in place of comparing the verdicts. */
    witnesses: { type: 'boolean', default: false },
    /** Applies what is suggested, in place of comparing the verdicts. */
    suggestions: { type: 'boolean', default: false },
    /** Does what the messages tell to do, in place of comparing the verdicts. */
    remedies: { type: 'boolean', default: false },
    functions: { type: 'boolean', default: false },
    /** Programs that mint. */
    mint: { type: 'boolean', default: false },
    /** A form: programs with it are printed of which something is left unsaid. */
    unsaid: { type: 'string' },
    /** Categories (see `flags.ts`): these alone, or all but these; and these besides. */
    only: { type: 'string' },
    without: { type: 'string' },
    with: { type: 'string' },
    /** Ways per program. */
    cap: { type: 'string', default: '20000' },
    /** Client and opaque calls per program. */
    fuel: { type: 'string', default: '12' },
    /** Kept promises per program. */
    kept: { type: 'string', default: '2' },
    /** Failing programs to print before giving up. */
    failures: { type: 'string', default: '3' },
    shrink: { type: 'boolean', default: true },
    /** Takes reports of calls that no run makes for failures too. */
    unreached: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

faults.areThrown = true;

// A run that is given up can fail when nobody looks at it any more.
process.on('unhandledRejection', (reason) => {
  if (!isExpected(reason)) throw reason;
});

const flags = withFlags(flagNames(options.with), flagsFrom(options.only, options.without));
const printOptions = { flags, fuel: Number(options.fuel), maxKept: Number(options.kept) };
const cap = Number(options.cap);
const maxFailures = Number(options.failures);

const totals = {
  programs: 0,
  executions: 0,
  sites: 0,
  bad: 0,
  missed: 0,
  spurious: 0,
  unreached: 0,
  crashed: 0,
  capped: 0,
};

const started = performance.now();
/** The failing programs that have been printed. Many programs shrink to the same one. */
const reported = new Set<string>();
const programs = generatePrograms({
  ...printOptions,
  count: Number(options.programs),
  seed: Number(options.seed),
});
if (options.mint) await mintAll();
else if (options.witnesses) await replayAll();
else if (options.suggestions) applyAll();
else if (options.remedies) mendAll();
else await compareAll();
if (reported.size > 0) process.exitCode = 1;

async function compareAll(): Promise<void> {
  for (const { body, program } of programs) {
    const comparison = await compare(program, reportedCalls, cap);
    count(program, comparison);
    // With functions, one that is never called can be reported: that is no fault (see README.md).
    const first = comparison.disagreements.find(
      ({ kind }) => options.unreached || !options.functions || kind !== 'unreached',
    );
    if (first === undefined) continue;
    await report(body, first.kind);
    if (reported.size >= maxFailures) break;
  }
  const seconds = secondsSince(started);
  const perSecond = Math.round(totals.executions / seconds);
  console.log({ ...totals, seconds, perSecond });
}

/** Counts the reports whose way is followed by a run into the violation. */
async function replayAll(): Promise<void> {
  const counts = {
    programs: 0,
    reports: 0,
    reached: 0,
    untrue: 0,
    unproven: 0,
    capped: 0,
    spurious: 0,
    missed: 0,
    steps: 0,
    untold: 0,
    unshown: 0,
  };
  for (const { program } of programs) {
    counts.programs += 1;
    let comparison: Comparison | null = null;
    for (const { place, shown, violation, steps, asked } of await replays(program, cap)) {
      counts.reports += 1;
      if (steps === 'true') counts.steps += asked;
      if (steps === 'unproven') counts.unshown += 1;
      if (steps === 'untrue') {
        counts.untold += 1;
        console.log(
          `--- program ${counts.programs}, steps not shown: ${violation.cause} at ${place}`,
        );
        console.log(`${program.source}\n${describeSteps(violation.steps, program.source)}\n`);
      }
      if (shown === 'true' || shown === 'untrue' || shown === 'unproven') {
        counts.reached += 1;
        if (shown === 'true') continue;
        counts[shown] += 1;
        if (shown === 'unproven') continue;
        console.log(`--- program ${counts.programs}, untrue: ${violation.cause} at ${place}`);
        console.log(JSON.stringify(violation.data));
        console.log(`${program.source}\n${describeWay(violation.way)}\n`);
        continue;
      }
      // No way leads to a violation that there is none of.
      comparison ??= await compare(program, reportedCalls, cap);
      const isSpurious = comparison.disagreements.some(
        (one) => 'place' in one && one.place === place,
      );
      if (isSpurious) counts.spurious += 1;
      else if (shown === 'capped') counts.capped += 1;
      else counts.missed += 1;
      if (isSpurious || reported.size >= maxFailures) continue;
      reported.add(program.source);
      console.log(`--- program ${counts.programs}, ${violation.cause} at ${place}`);
      console.log(`${program.source}\n${describeWay(violation.way)}\n`);
    }
  }
  console.log({ ...counts, seconds: secondsSince(started) });
}

/** Compares the lives of tokens, and prints of which forms of code how many are left unsaid. */
async function mintAll(): Promise<void> {
  const { fuzzMints, tableOf } = await import('./mint/modes.ts');
  const { figures, forms } = await fuzzMints(
    {
      programs: Number(options.programs),
      seed: Number(options.seed),
      maxFailures,
      isShrunk: options.shrink,
      unsaid: options.unsaid ?? null,
    },
    (text) => {
      console.log(text);
    },
  );
  console.log(tableOf(forms).join('\n'));
  const told = ((1 - figures.unsaid / figures.entries) * 100).toFixed(1);
  console.log({ ...figures, told: `${told} %`, seconds: secondsSince(started) });
  if (figures.failures + figures.faulty > 0) process.exitCode = 1;
}

/** Counts the suggestions that do not mend the program, or bring about a new report. */
function applyAll(): void {
  const counts = { programs: 0, suggestions: 0, flawed: 0 };
  for (const { program } of programs) {
    counts.programs += 1;
    const { count, flaws } = applySuggestions(program.source);
    counts.suggestions += count;
    counts.flawed += flaws.length;
    if (flaws.length === 0 || reported.size >= maxFailures) continue;
    reported.add(program.source);
    console.log(`--- program ${counts.programs}\n${program.source}\n${flaws.join('\n')}\n`);
  }
  console.log({ ...counts, seconds: secondsSince(started) });
}

/** Counts, by their causes, the reports that go away once a program is changed as they tell. */
function mendAll(): void {
  const counts: Partial<Record<Cause, Partial<Record<Mended, number>>>> = {};
  for (const { program } of programs) {
    for (const { cause, mended, violation, source } of mendings(program)) {
      const known = (counts[cause] ??= {});
      known[mended] = (known[mended] ?? 0) + 1;
      if (mended !== 'same' || source === null || reported.size >= maxFailures) continue;
      reported.add(source);
      console.log(`--- ${cause} is told again: ${JSON.stringify(violation.data)}`);
      console.log(`${program.source}\n--- changed into\n${source}\n`);
    }
  }
  console.table(counts);
  console.log({ seconds: secondsSince(started) });
}

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 100) / 10;
}

function count(program: Program, { enumeration, disagreements }: Comparison): void {
  totals.programs += 1;
  totals.executions += enumeration.executions;
  totals.sites += program.calls.filter((call) => call.protected).length;
  totals.bad += enumeration.violations.size;
  totals.capped += enumeration.isComplete ? 0 : 1;
  for (const { kind } of disagreements) totals[kind] += 1;
}

/** Prints the smallest program that fails in the same way. */
async function report(body: Body, kind: Disagreement['kind']): Promise<void> {
  const failing = async (candidate: Body): Promise<Disagreement | undefined> => {
    const { disagreements } = await compare(
      printProgram(candidate, printOptions),
      reportedCalls,
      cap,
    );
    return disagreements.find((one) => one.kind === kind);
  };
  const fails = async (candidate: Body): Promise<boolean> =>
    (await failing(candidate)) !== undefined;
  const small = options.shrink ? await shrink(body, fails) : body;
  const disagreement = await failing(small);
  const program = printProgram(small, printOptions);
  if (reported.has(program.source)) return;
  reported.add(program.source);
  console.log(`--- program ${totals.programs}\n${program.source}`);
  if (disagreement !== undefined) console.log(await explain(program, disagreement));
}

async function explain(program: Program, disagreement: Disagreement): Promise<string> {
  switch (disagreement.kind) {
    case 'missed': {
      const { method, line, column } = disagreement.call;
      const steps = await trace(program, disagreement.draws);
      const run = steps.map((step) => `    ${step}`).join('\n');
      return `MISSED ${method} at ${line}:${column}, draws ${disagreement.draws.join(' ')}\n${run}\n`;
    }
    case 'spurious':
      return `SPURIOUS at ${disagreement.place}: no run shows it\n`;
    case 'unreached':
      return `UNREACHED at ${disagreement.place}: no run gets there\n`;
    case 'crashed':
      return `CRASHED ${disagreement.error}\n`;
  }
}

function flagsFrom(only: string | undefined, without: string | undefined): Flags {
  if (only !== undefined) return onlyFlags(flagNames(only));
  const mode = options.functions ? functionFlags : defaultFlags;
  return without === undefined ? mode : withoutFlags(flagNames(without), mode);
}

function flagNames(list = ''): Flag[] {
  const names = list === '' ? [] : list.split(',');
  return names.map((name) => {
    if (isFlag(name)) return name;
    throw new Error(`Unknown flag ${name}: one of ${Object.keys(defaultFlags).join(', ')}`);
  });
}
