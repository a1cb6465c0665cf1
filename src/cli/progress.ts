/** A bar on a terminal that tells how far a long run has come. */

import { clearLine, cursorTo } from 'node:readline';

import { plural } from '../explain/text.ts';

/** What a bar is drawn on: the standard error stream of a terminal. */
export type Terminal = NodeJS.WritableStream & { readonly columns?: number };

/** How long a run may take before it is called long, and how often the bar is drawn. */
const PATIENCE_MS = 1000;
const INTERVAL_MS = 100;

const WIDTH = 24;

export class Progress {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #total: number;
  #done = 0;
  #next: number;
  #isDrawn = false;

  /**
   * @param total how many files there are
   * @param now the time, in milliseconds
   */
  constructor(terminal: Terminal, total: number, now: () => number = Date.now) {
    this.#terminal = terminal;
    this.#total = total;
    this.#now = now;
    this.#next = now() + PATIENCE_MS;
  }

  /** Tells that one more file is being linted. */
  readonly advance = (): void => {
    // A file may be read more than once, for the sake of those that import it.
    this.#done = Math.min(this.#done + 1, this.#total);
    if (this.#now() < this.#next) return;
    this.#next = this.#now() + INTERVAL_MS;
    const part = this.#done / Math.max(1, this.#total);
    const filled = Math.round(WIDTH * part);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
    const text = `Linting ${bar} ${this.#done} of ${plural(this.#total, 'file')}`;
    cursorTo(this.#terminal, 0);
    clearLine(this.#terminal, 0);
    this.#terminal.write(text.slice(0, (this.#terminal.columns ?? 80) - 1));
    this.#isDrawn = true;
  };

  /** Takes the bar away. */
  clear(): void {
    if (!this.#isDrawn) return;
    cursorTo(this.#terminal, 0);
    clearLine(this.#terminal, 0);
  }
}
