/** What is told of the mutants of each folder. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { keepMutation, type AreaFigures, type Survivor } from './kept.ts';
import type { Fate, Judged, Outcomes } from './outcomes.ts';

/** The folders that are mutated. */
export const AREAS = [
  'src/flow/algebra',
  'src/flow/solve',
  'src/flow/lower',
  'src/values',
  'src/mint/life',
] as const;

/** Mutants that change nothing of what is found, each with the reason. */
const EQUIVALENT = new URL('equivalent.json', import.meta.url);

type Lists = readonly (readonly { readonly name: string }[])[];

interface Judging {
  /** All mutants, by area, and those that were chosen. */
  readonly lists: Lists;
  readonly chosen: Lists;
  readonly outcomes: Outcomes;
}

/** How many of the chosen are of each fate; what was not asked yet is not among them. */
export function figuresOf({ lists, chosen, outcomes }: Judging): readonly AreaFigures[] {
  const reasons = readReasons();
  return AREAS.map((area, index) => {
    const judged = judgedIn(chosen[index] ?? [], outcomes);
    const count = (...fates: readonly Fate[]): number =>
      judged.filter(({ fate }) => fates.includes(fate)).length;
    return {
      area,
      mutants: lists[index]?.length ?? 0,
      sampled: judged.length,
      mistyped: count('mistyped'),
      killed: count('killed'),
      ended: count('timed out', 'crashed'),
      survived: count('survived'),
      unreached: count('not reached'),
      equivalent: judged.filter((one) => isLeft(one) && reasons.has(one.name)).length,
    };
  });
}

/** Keeps the figures, and who survived, with the date and the commit. */
export function keepFigures(judging: Judging, seed: string, budget: string): void {
  const reasons = readReasons();
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  const survivors = judging.chosen
    .flatMap((chosen) => judgedIn(chosen, judging.outcomes))
    .filter((judged) => isLeft(judged))
    .map(({ name, fate }): Survivor => {
      const why = reasons.get(name);
      return { name, fate, ...(why === undefined ? {} : { equivalent: why }) };
    });
  keepMutation({
    date: new Date().toISOString(),
    commit: stdout.trim(),
    seed: Number(seed),
    budget: Number(budget),
    areas: figuresOf(judging),
    survivors,
  });
}

function judgedIn(
  chosen: readonly { readonly name: string }[],
  outcomes: Outcomes,
): readonly Judged[] {
  return chosen.map(({ name }) => outcomes.last(name)).filter((judged) => judged !== null);
}

function isLeft({ fate }: Judged): boolean {
  return fate === 'survived' || fate === 'not reached';
}

function readReasons(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(JSON.parse(readFileSync(EQUIVALENT, 'utf8')) as Record<string, string>),
  );
}
