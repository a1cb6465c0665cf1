/** The texts of the files that ways lead through, and where their lines begin. */

import { readFileSync } from 'node:fs';

const LINE_END = /\r\n|[\n\r\u2028\u2029]/gu;

const BOM = '\uFEFF';

/** A line from one, and a column from zero in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A text in lines. */
export class Lines {
  readonly text: string;
  readonly #starts: readonly number[];
  readonly #ends: readonly number[];

  constructor(text: string) {
    this.text = text;
    const ends = [...text.matchAll(LINE_END)];
    this.#starts = [0, ...ends.map((end) => end.index + end[0].length)];
    this.#ends = [...ends.map(({ index }) => index), text.length];
  }

  /** Where an offset is. */
  at(offset: number): Position {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) };
  }

  /** The offset of a line from one and a column from zero; null where there is no such line. */
  offset(line: number, column: number): number | null {
    const start = this.#starts[line - 1];
    return start === undefined ? null : start + column;
  }

  /** A line without its end; null where there is none of this number. */
  line(number: number): string | null {
    const start = this.#starts[number - 1];
    const end = this.#ends[number - 1];
    return start === undefined || end === undefined ? null : this.text.slice(start, end);
  }
}

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
    const text = readFileSync(path, 'utf8');
    return new Lines(text.startsWith(BOM) ? text.slice(BOM.length) : text);
  } catch {
    return NO_LINES;
  }
}
