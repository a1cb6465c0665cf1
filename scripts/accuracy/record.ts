/** Runs programs of the execution oracle to the last one, and keeps what came of them as a shard. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { faults } from '../../src/eslint/faults.ts';
import { compare, type Disagreement } from '../../tests/fuzz/compare.ts';
import { isExpected } from '../../tests/fuzz/execute.ts';
import {
  defaultFlags,
  functionFlags,
  notReplayed,
  withoutFlags,
  type Flags,
} from '../../tests/fuzz/flags.ts';
import { fuzzMints } from '../../tests/fuzz/mint/modes.ts';
import { printProgram } from '../../tests/fuzz/print.ts';
import { generatePrograms } from '../../tests/fuzz/program.ts';
import { describeSteps, describeWay, replays } from '../../tests/fuzz/replay.ts';
import { shrink } from '../../tests/fuzz/shrink.ts';
import type { Body } from '../../tests/fuzz/syntax.ts';
import { reportedCalls } from '../../tests/fuzz/verdict.ts';
import { isRecorded, keep, type Finding, type Mode, type Shard } from './shards.ts';

/** As `npm run fuzz` has them. */
const PRINTED = { fuel: 12, maxKept: 2 };

/** How often the shard is kept meanwhile, in milliseconds, so that a process that is killed loses little. */
const KEPT_EVERY = 20_000;

/** So many programs are kept of a kind of finding that does not have to be none. */
const MOST = 3;

/** So many findings are kept of a kind; more are only counted. */
const MOST_OF_FAULTS = 25;

export interface Asked {
  readonly mode: Mode;
  readonly seed: number;
  readonly programs: number;
  /** Ways that are gone of each program. */
  readonly cap: number;
}

/**
 * Runs a shard, and keeps it: what has been run of it, if the process is told to end (SIGTERM, SIGINT).
 * A program that cannot be run is counted, and kept as it is.
 *
 * @throws {Error} if there is a shard of this mode and seed
 */
export async function record(asked: Asked): Promise<Shard> {
  if (isRecorded(asked)) {
    throw new Error(
      `${asked.mode} has been recorded with seed ${String(asked.seed)}: take another`,
    );
  }
  faults.areThrown = true;
  // A run that is given up can fail when nobody looks at it any more.
  process.on('unhandledRejection', (reason) => {
    if (!isExpected(reason)) throw reason;
  });
  const recording = new Recording(asked);
  const stop = (): void => {
    recording.isStopped = true;
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  try {
    await run(recording);
  } finally {
    process.off('SIGTERM', stop);
    process.off('SIGINT', stop);
    recording.keep();
  }
  return recording.shard();
}

/** What has been counted and found so far. */
class Recording {
  readonly asked: Asked;
  isStopped = false;
  programs = 0;
  figures: Record<string, number> = {};
  readonly findings: Finding[] = [];
  readonly #texts = new Set<string>();
  readonly #begun = new Date();
  readonly #commit = commitOf();
  #kept = performance.now();

  constructor(asked: Asked) {
    this.asked = asked;
  }

  /** Whether to leave the rest; keeps what there is from time to time. */
  isOver(): boolean {
    if (performance.now() - this.#kept > KEPT_EVERY) this.keep();
    return this.isStopped;
  }

  add(name: string, count = 1): void {
    this.figures[name] = (this.figures[name] ?? 0) + count;
  }

  /** Keeps a program once, however many were made smaller until they were this one. */
  found(kind: string, text: string): void {
    if (this.#texts.has(text)) return;
    this.#texts.add(text);
    this.findings.push({ kind, program: this.programs, text });
  }

  /** Whether there are so many findings of a kind. */
  has(kind: string, most: number): boolean {
    return this.findings.filter((one) => one.kind === kind).length >= most;
  }

  keep(): void {
    keep(this.shard());
    this.#kept = performance.now();
  }

  shard(): Shard {
    const { mode, seed, programs, cap } = this.asked;
    return {
      mode,
      seed,
      asked: programs,
      programs: this.programs,
      cap: mode === 'mint' ? null : cap,
      figures: this.figures,
      findings: this.findings,
      date: this.#begun.toISOString(),
      seconds: Math.round((Date.now() - this.#begun.getTime()) / 1000),
      ...this.#commit,
    };
  }
}

function run(recording: Recording): Promise<void> {
  switch (recording.asked.mode) {
    case 'default':
      return compareAll(recording, defaultFlags);
    case 'functions':
      return compareAll(recording, functionFlags);
    case 'witnesses':
      return replayAll(recording, withoutFlags(notReplayed));
    case 'function-witnesses':
      return replayAll(recording, withoutFlags(notReplayed, functionFlags));
    case 'mint':
      return mintAll(recording);
  }
}

async function compareAll(recording: Recording, flags: Flags): Promise<void> {
  const { programs: count, seed, cap, mode } = recording.asked;
  const names = ['executions', 'sites', 'bad', 'missed', 'spurious', 'unreached', 'crashed'];
  for (const name of [...names, 'capped']) recording.add(name, 0);
  for (const { body, program } of generatePrograms({ ...PRINTED, flags, count, seed })) {
    if (recording.isOver()) return;
    const compared = await orFaulty(recording, program.source, () =>
      compare(program, reportedCalls, cap),
    );
    recording.programs += 1;
    if (compared === null) continue;
    const { enumeration, disagreements } = compared;
    recording.add('executions', enumeration.executions);
    recording.add('sites', program.calls.filter((call) => call.protected).length);
    recording.add('bad', enumeration.violations.size);
    recording.add('capped', enumeration.isComplete ? 0 : 1);
    for (const { kind } of disagreements) recording.add(kind);
    for (const kind of new Set(disagreements.map((one) => one.kind))) {
      // With functions, a few are spurious, and one that is never called can be reported.
      const isTolerated = mode === 'functions' && (kind === 'spurious' || kind === 'unreached');
      if (recording.has(kind, isTolerated ? MOST : MOST_OF_FAULTS)) continue;
      recording.found(kind, await smallest(recording, body, kind, flags));
    }
  }
}

/** What comes of a program; null where it cannot be run, which is a fault of the generator. */
async function orFaulty<T>(
  recording: Recording,
  source: string,
  action: () => Promise<T>,
): Promise<T | null> {
  try {
    return await action();
  } catch (error) {
    recording.add('faulty');
    if (!recording.has('faulty', MOST)) recording.found('faulty', `${source}\n${String(error)}`);
    return null;
  }
}

/** The smallest program that disagrees in the same way, with what it disagrees in. */
async function smallest(
  recording: Recording,
  body: Body,
  kind: Disagreement['kind'],
  flags: Flags,
): Promise<string> {
  const print = { ...PRINTED, flags };
  const disagreement = async (candidate: Body): Promise<Disagreement | undefined> => {
    const program = printProgram(candidate, print);
    const { disagreements } = await compare(program, reportedCalls, recording.asked.cap);
    return disagreements.find((one) => one.kind === kind);
  };
  const small = await shrink(
    body,
    async (candidate) => !recording.isOver() && (await disagreement(candidate)) !== undefined,
  );
  return `${printProgram(small, print).source}\n${JSON.stringify(await disagreement(small))}`;
}

async function replayAll(recording: Recording, flags: Flags): Promise<void> {
  const { programs: count, seed, cap } = recording.asked;
  const names = ['reports', 'true', 'untrue', 'unproven', 'lost', 'capped', 'spurious'];
  for (const name of [...names, 'steps', 'untold', 'unshown']) recording.add(name, 0);
  for (const { program } of generatePrograms({ ...PRINTED, flags, count, seed })) {
    if (recording.isOver()) return;
    const all = await orFaulty(recording, program.source, () => replays(program, cap));
    recording.programs += 1;
    if (all === null) continue;
    const spurious = all.some(({ shown }) => shown === 'lost' || shown === 'capped')
      ? await spuriousIn(program, cap)
      : new Set<string>();
    for (const { place, shown, violation, steps, asked } of all) {
      const { source } = program;
      recording.add('reports');
      // No way leads to a violation that there is none of.
      const isSpurious = (shown === 'lost' || shown === 'capped') && spurious.has(place);
      recording.add(isSpurious ? 'spurious' : shown);
      if (steps === 'true') recording.add('steps', asked);
      if (steps === 'unproven') recording.add('unshown');
      if (steps === 'untrue') {
        recording.add('untold');
        if (!recording.has('untold', MOST)) {
          const way = describeSteps(violation.steps, source);
          recording.found('untold', `${source}\n${violation.cause} at ${place}\n${way}`);
        }
      }
      const isFault = shown === 'untrue' || (shown === 'lost' && !isSpurious);
      if (isFault && !recording.has(shown, MOST_OF_FAULTS)) {
        const way = describeWay(violation.way);
        recording.found(shown, `${source}\n${violation.cause} at ${place}\n${way}`);
      }
    }
  }
}

/** The calls that are reported and are a violation in no run. */
async function spuriousIn(
  program: Parameters<typeof compare>[0],
  cap: number,
): Promise<ReadonlySet<string>> {
  const { disagreements } = await compare(program, reportedCalls, cap);
  return new Set(disagreements.flatMap((one) => ('place' in one ? [one.place] : [])));
}

async function mintAll(recording: Recording): Promise<void> {
  const { programs, seed } = recording.asked;
  await fuzzMints(
    {
      programs,
      seed,
      maxFailures: MOST_OF_FAULTS,
      isShrunk: true,
      unsaid: null,
      isStopped: ({ programs: run, ...figures }) => {
        recording.programs = run;
        recording.figures = figures;
        return recording.isOver();
      },
    },
    (text) => {
      recording.found('mint', text);
    },
  );
}

/** The commit, and whether what decides the figures was changed since. */
function commitOf(): Pick<Shard, 'commit' | 'isChanged'> {
  const git = (...args: readonly string[]): string | null => {
    const cwd = fileURLToPath(new URL('../..', import.meta.url));
    const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8' });
    return status === 0 ? stdout.trim() : null;
  };
  const commit = git('rev-parse', 'HEAD');
  const changes = git('status', '--porcelain', '--', 'src', 'rules', 'tests/fuzz');
  return { commit, isChanged: commit !== null && changes !== '' };
}
