/** What is kept of a comparison with other linters. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const KEPT = new URL('../../../docs/accuracy/peers.json', import.meta.url);

export interface Row {
  readonly name: string;
  readonly setUp: string;
  /** Faulty programs of which a line is reported that is to be, and correct ones with no report. */
  readonly found: number;
  readonly silent: number;
}

export interface Question {
  readonly title: string;
  readonly faulty: number;
  readonly correct: number;
  readonly rows: readonly Row[];
}

export interface Comparison {
  readonly date: string;
  readonly commit: string;
  readonly questions: readonly Question[];
}

/** What was found when the peers were run last; null where that was never. */
export function keptComparison(): Comparison | null {
  return existsSync(KEPT) ? (JSON.parse(readFileSync(KEPT, 'utf8')) as Comparison) : null;
}

export function keepComparison(comparison: Comparison): void {
  writeFileSync(KEPT, `${JSON.stringify(comparison, null, 2)}\n`);
}
