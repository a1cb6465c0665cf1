/** What became of each mutant, as lines of a file that grows. */

import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Fate =
  | 'killed'
  | 'timed out'
  | 'crashed'
  /** No test notices it, and the types are wrong with it. */
  | 'mistyped'
  /** There is no test to which it could make a difference. */
  | 'not reached'
  | 'survived';

export interface Judged {
  /** The same for the same change of the same line. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly original: string;
  readonly replacement: string;
  readonly fate: Fate;
  /** The test that noticed it, or what is wrong with the types. */
  readonly by: string;
  /** Of how many tests it was asked at most. */
  readonly tests: number;
  readonly milliseconds: number;
  /** What the file was, and the tests. */
  readonly source: string;
  readonly testing: string;
}

const NOTICED: ReadonlySet<Fate> = new Set<Fate>(['killed', 'timed out', 'crashed']);

export class Outcomes {
  readonly #path: string;
  readonly #last = new Map<string, Judged>();

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    for (const line of lines) {
      if (line === '') continue;
      const judged = JSON.parse(line) as Judged;
      this.#last.set(judged.name, judged);
    }
  }

  add(judged: Judged): void {
    this.#last.set(judged.name, judged);
    appendFileSync(this.#path, `${JSON.stringify(judged)}\n`);
  }

  last(name: string): Judged | null {
    return this.#last.get(name) ?? null;
  }

  /** What is known of a mutant, if it is of the same source and of tests that say no more today. */
  known(name: string, source: string, testing: string): Judged | null {
    const judged = this.#last.get(name);
    if (judged?.source !== source) return null;
    return NOTICED.has(judged.fate) || judged.testing === testing ? judged : null;
  }
}
