/** What a text may import, found without parsing it. */

const KEYWORD = /\b(?:from|import|require)/g;
const SPACE = /\s+/y;
const OPENERS = ["'", '"', '`'];

/**
 * What stands in `… from 'x'`, `import 'x'`, `import('x')`, `require('x')`, with comments between, in
 * comments and for types too. Linear in the length of the text.
 */
export function specifiersIn(text: string): readonly string[] {
  const found = new Set<string>();
  const gaps = new Gaps(text);
  for (const { index, 0: keyword } of text.matchAll(KEYWORD)) {
    let at = gaps.endOf(index + keyword.length);
    if (text[at] === '(') at = gaps.endOf(at + 1);
    const specifier = quotedAt(text, at);
    if (specifier !== null) found.add(specifier);
  }
  return [...found];
}

/** The text of the string at a place; null where none begins or it does not end on its line. */
function quotedAt(text: string, at: number): string | null {
  const opener = text.charAt(at);
  if (!OPENERS.includes(opener)) return null;
  let end = at + 1;
  while (end < text.length && text[end] !== opener) {
    if (text[end] === '\n' || (opener === '`' && text[end] === '$')) return null;
    end++;
  }
  return end > at + 1 && end < text.length ? text.slice(at + 1, end) : null;
}

/** Spaces and comments. Each is passed once, however many keywords stand before it or in it. */
class Gaps {
  readonly #text: string;
  /** Where the gap ends in which a place lies that is between two of its spaces and comments. */
  readonly #ends = new Map<number, number>();
  /** Where each mark was found last, looked for from where. */
  readonly #found = new Map<string, { readonly from: number; readonly at: number }>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the next token begins. */
  endOf(begin: number): number {
    const passed: number[] = [];
    let at = begin;
    for (let next = this.#next(at); next !== at; next = this.#next(at)) {
      passed.push(at);
      at = this.#ends.get(next) ?? next;
    }
    for (const place of passed) this.#ends.set(place, at);
    return at;
  }

  /** The end of the space or comment at a place; the place itself where there is none. */
  #next(at: number): number {
    if (this.#text.startsWith('//', at)) return this.#find('\n', at);
    if (this.#text.startsWith('/*', at)) return this.#find('*/', at + 2);
    SPACE.lastIndex = at;
    return SPACE.test(this.#text) ? SPACE.lastIndex : at;
  }

  /** Behind what is found next. It is looked for anew only behind what was found last. */
  #find(mark: string, from: number): number {
    const known = this.#found.get(mark);
    if (known !== undefined && known.from <= from && from <= known.at)
      return known.at + mark.length;
    const index = this.#text.indexOf(mark, from);
    const at = index < 0 ? this.#text.length : index;
    this.#found.set(mark, { from, at });
    return at + mark.length;
  }
}
