/** What is printed on a terminal: paint, and lines that are cut where there is no room. */

import { styleText } from 'node:util';

import stringWidth from 'string-width';

/** What is painted, and how. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** A line is of no use if nothing of it is left. */
export const NARROWEST = 40;

const TAB = '  ';

const CHARACTERS = new Intl.Segmenter();

/** The paint of a terminal, or none. */
export function paintOf(hasColors: boolean): Paint {
  return hasColors
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
}

/** As much of a line as there is room for. */
export class Clipped {
  readonly text: string;
  /** Where the part begins that is shown, in the line. */
  readonly start: number;
  /** How far in the underline begins, and how long it is, in columns. */
  readonly indent: number;
  readonly length: number;

  constructor(line: string, from: number, to: number, width: number, start?: number) {
    this.start = start ?? startOf(line, from, to, width);
    const cut = this.start > 0 ? '…' : '';
    this.indent = widthOf(cut + line.slice(this.start, from));
    this.text = fitted(cut + shown(line.slice(this.start, this.start + 4 * width)), width);
    const first = Math.max(from, this.start);
    const length = widthOf(line.slice(first, Math.min(to, first + width)));
    this.length = Math.max(1, Math.min(length, width - this.indent));
  }
}

/** Where a line that is too long has to begin so that its place is seen. */
function startOf(line: string, from: number, to: number, width: number): number {
  // A line may be a whole program.
  if (to <= 4 * width && widthOf(line.slice(0, to)) <= width) return 0;
  const indent = /^\s*/u.exec(line)?.[0].length ?? 0;
  return Math.max(Math.min(from, indent), from - Math.floor(width / 3));
}

/** A text that is cut where there is no more room. */
function fitted(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let part = '';
  let used = 0;
  for (const { segment } of CHARACTERS.segment(text)) {
    used += stringWidth(segment);
    if (used >= width) break;
    part += segment;
  }
  return `${part}…`;
}

export function widthOf(text: string): number {
  return stringWidth(shown(text));
}

/** A text with nothing in it that a terminal obeys. */
export function shown(text: string): string {
  return text.replaceAll('\t', TAB).replaceAll(/\p{Cc}|\p{Bidi_Control}/gu, '·');
}
