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

export function keepMutation(mutation: Mutation): void {
  writeFileSync(PATH, `${JSON.stringify(mutation, null, 2)}\n`);
}

/** Null where none are kept. */
export function keptMutation(): Mutation | null {
  return existsSync(PATH) ? (JSON.parse(readFileSync(PATH, 'utf8')) as Mutation) : null;
}
