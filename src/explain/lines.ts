/** Where the lines of a text begin. */

const LINE_END = /\r\n|[\n\r\u2028\u2029]/gu;

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

/** A text without the mark of its order of bytes, which no offset counts. */
export function withoutBom(text: string): string {
  return text.startsWith(BOM) ? text.slice(BOM.length) : text;
}

const BOM = '\uFEFF';
