/** Whether what the model tells of a program is what comes of running it. */

import { programOf, type Program } from './program.ts';
import { givenChoices } from './choices.ts';
import { run, type Outcome } from './run.ts';
import { toldOf } from './told.ts';

/**
 * - `wrong`: a life is told that no run shows
 * - `missed`: a run shows a life that is not told, where all are said to be
 * - `misworded`: a message tells a life that no run shows
 * - `crashed`: the model has thrown
 */
export type Failure =
  | {
      readonly kind: 'wrong' | 'missed';
      readonly entry: number;
      readonly lives: readonly Outcome[];
    }
  | { readonly kind: 'misworded'; readonly words: string; readonly lives: readonly Outcome[] }
  | { readonly kind: 'crashed'; readonly error: unknown };

export interface Verdict {
  readonly failures: readonly Failure[];
  /** How many entries there are whose lives are known, and of how many not all are told. */
  readonly entries: number;
  readonly unsaid: number;
  /** Entries of which a fallback is told that no run takes: what it stands for is not known. */
  readonly fallbacks: number;
  /** Whether all ways were gone. */
  readonly isComplete: boolean;
}

/** Compares; throws where the program itself is at fault. */
export async function compare(program: Program): Promise<Verdict> {
  const outcomes = await run(program);
  const failures: Failure[] = [];
  let unsaid = 0;
  let fallbacks = 0;
  let entries = 0;
  let told;
  try {
    told = toldOf(program);
  } catch (error) {
    return { failures: [{ kind: 'crashed', error }], entries, unsaid, fallbacks, isComplete: true };
  }
  const hasEnvironment = program.modules.some(({ source }) => source.includes('process.env.LIFE'));
  for (const [entry, { seen, isComplete }] of outcomes.entries()) {
    const said = told.entries[entry];
    if (said === undefined) throw new Error('no entry');
    const lives = [...seen].filter((outcome) => typeof outcome === 'number');
    const untold = lives.filter((life) => !said.lives.has(life));
    const untaken = [...said.lives].filter((life) => !seen.has(life));
    const untrue = untaken.filter((life) => !said.fallbacks.has(life));
    if (untaken.length > untrue.length) fallbacks += 1;
    if (isComplete && untrue.length > 0) failures.push({ kind: 'wrong', entry, lives: untrue });
    if (isComplete && said.isMissing && !seen.has('none') && !said.lives.size) {
      failures.push({ kind: 'wrong', entry, lives: ['none'] });
    }
    if (!said.isOpen && untold.length > 0) failures.push({ kind: 'missed', entry, lives: untold });
    if (lives.length === 0) continue;
    entries += 1;
    const expected = hasEnvironment ? untold.filter((life) => !isOfEnvironment(life)) : untold;
    if (said.isOpen && expected.length > 0 && !(hasEnvironment && said.lives.size > 0)) unsaid += 1;
  }
  const all = outcomes.flatMap(({ seen }) => [...seen]);
  const fallen = told.entries.flatMap(({ fallbacks: lives }) => [...lives]);
  for (const words of outcomes.every((one) => one.isComplete) ? told.words : []) {
    if ([...all, ...fallen].some((life) => typeof life === 'number' && isSaid(words, life)))
      continue;
    failures.push({ kind: 'misworded', words, lives: all });
  }
  return {
    failures,
    entries,
    unsaid,
    fallbacks,
    isComplete: outcomes.every(({ isComplete }) => isComplete),
  };
}

const SECONDS: Readonly<Record<string, number>> = {
  year: 31_557_600,
  day: 86_400,
  hour: 3600,
  minute: 60,
  second: 1,
  millisecond: 0.001,
};

/** Whether words tell a life, down to the smallest unit that they have. */
function isSaid(words: string, life: number): boolean {
  if (words === 'has expired since 1970') return life === -Infinity;
  if (words === 'has expired when it is issued') return life <= 0 && life > -Infinity;
  if (words === 'never expires') return life >= 1000 * 31_557_600;
  if (words === 'lasts more than 50 years') return life > 50 * 31_557_600;
  if (words === 'lasts about 3 weeks') return Math.abs(life - 21 * 86_400) < 3 * 86_400;
  let least = 0;
  let unit = 1;
  for (const [, count, name] of words.matchAll(/\b(\d+) ([a-z]+?)s?\b/gu)) {
    unit = SECONDS[name ?? ''] ?? NaN;
    least += Number(count) * unit;
  }
  return life >= least - 0.5 && life < least + unit;
}

function isOfEnvironment(life: Outcome): boolean {
  return life === 4321 || life === 4;
}

/** Whether a program made of these choices fails in a way, or leaves something unsaid. */
export async function failsAs(
  made: readonly number[],
  kind: Failure['kind'] | 'unsaid',
): Promise<boolean> {
  const verdict = await compareMade(made);
  if (verdict === null) return false;
  return kind === 'unsaid'
    ? verdict.unsaid > 0 && verdict.failures.length === 0
    : verdict.failures.some((failure) => failure.kind === kind);
}

async function compareMade(made: readonly number[]): Promise<Verdict | null> {
  try {
    return await compare(programOf(givenChoices(made)));
  } catch {
    // A program that cannot be run shows nothing.
    return null;
  }
}
