/** The files that a page shows: each once, whichever ways lead through it. */

import type { Lines } from '../lines.ts';
import type { Texts } from '../texts.ts';

/** A file that is longer than this, in characters, is shown only where a way leads through it; */
const LONGEST_FILE = 300_000;

/** so are those behind the first that come to this together. */
const LONGEST_ALL = 10_000_000;

/** The source of a file, as it stands at the end of the page. */
export interface Source {
  readonly id: string;
  readonly path: string;
  readonly lines: Lines;
  /** The lines that are led to, which need an anchor. */
  readonly linked: ReadonlySet<number>;
  readonly link: (line: number) => void;
}

export class Sources {
  readonly #texts: Texts;
  readonly #known = new Map<string, Source | null>();
  #length = 0;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /** The source of a file; null where it cannot be read, or is too long to be shown as a whole. */
  of(path: string): Source | null {
    let source = this.#known.get(path);
    if (source === undefined) {
      source = this.#added(path);
      this.#known.set(path, source);
    }
    return source;
  }

  all(): readonly Source[] {
    return [...this.#known.values()].filter((source) => source !== null);
  }

  #added(path: string): Source | null {
    const lines = this.#texts.of(path);
    const { length } = lines.text;
    if (length === 0 || length > LONGEST_FILE || this.#length + length > LONGEST_ALL) return null;
    this.#length += length;
    const linked = new Set<number>();
    return {
      id: `s${this.#known.size + 1}`,
      path,
      lines,
      linked,
      link: (line) => linked.add(line),
    };
  }
}

/** The address in the page of a line of a file. */
export function lineId({ id }: Source, line: number): string {
  return `${id}-${line}`;
}
