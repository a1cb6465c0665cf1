/** The figures that are kept, for `docs/accuracy.md`. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const PATH = new URL('../../docs/accuracy/mutation.json', import.meta.url);

export interface AreaFigures {
  readonly area: string;
  readonly mutants: number;
  readonly sampled: number;
  /** Of those that no test noticed, the ones with wrong types. */
  readonly mistyped: number;
  readonly killed: number;
  /** Those with which a test did not end, or not by itself. */
  readonly ended: number;
  readonly survived: number;
  /** Those to which no test can notice a difference. */
  readonly unreached: number;
  /** Those of the last two of which it is known that they change nothing. */
  readonly equivalent: number;
}

export interface Survivor {
  readonly name: string;
  readonly fate: string;
  /** Why it changes nothing of what is found, where that is known. */
  readonly equivalent?: string;
}

export interface Mutation {
  readonly date: string;
  readonly commit: string;
  readonly seed: number;
  /** How long the tests of a mutant may take, in seconds. */
  readonly budget: number;
  readonly areas: readonly AreaFigures[];
  readonly survivors: readonly Survivor[];
}

/** Keeps it in the place of what was kept of the same seed. */
export function keepMutation(mutation: Mutation): void {
  const kept = new Map(keptMutations().map((one) => [one.seed, one]));
  kept.set(mutation.seed, mutation);
  writeFileSync(PATH, `${JSON.stringify([...kept.values()], null, 2)}\n`);
}

/** What is kept of each seed, in the order in which the seeds were first asked. */
export function keptMutations(): readonly Mutation[] {
  return existsSync(PATH) ? (JSON.parse(readFileSync(PATH, 'utf8')) as readonly Mutation[]) : [];
}
