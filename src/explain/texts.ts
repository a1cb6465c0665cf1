/** The texts of the files that ways lead through. */

import { readFileSync } from 'node:fs';

import { Lines, withoutBom } from './lines.ts';

const NO_LINES = new Lines('');

/** Texts by the absolute paths of their files, read once. */
export class Texts {
  readonly #known = new Map<string, Lines>();

  /** What a file held when it was linted. */
  add(path: string, source: string): void {
    this.#known.set(path, new Lines(source));
  }

  /** The text of a file; an empty one where it cannot be read. */
  of(path: string): Lines {
    let lines = this.#known.get(path);
    if (lines === undefined) {
      lines = read(path);
      this.#known.set(path, lines);
    }
    return lines;
  }
}

function read(path: string): Lines {
  try {
    return new Lines(withoutBom(readFileSync(path, 'utf8')));
  } catch {
    return NO_LINES;
  }
}
