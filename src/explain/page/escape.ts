/** Texts of anybody as HTML: sources, names of files and messages are only ever shown. */

const ENTITIES: Readonly<Partial<Record<string, string>>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const SPECIAL = /[&<>"']/gu;

/** What is not seen, or turns around what is seen: all but tabs and the ends of lines. */
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\uFEFF]/gu;

/** A part of a page that is markup already. */
export type Html = string;

/** A text between tags. What is not seen is shown by its number. */
export function text(value: string): Html {
  return escaped(value).replaceAll(
    HIDDEN,
    (character) => `<span class="x">${nameOf(character)}</span>`,
  );
}

/** A text in double quotes, within a tag. */
export function attribute(value: string): Html {
  return escaped(value).replaceAll(HIDDEN, nameOf);
}

/** A message: what it has in back quotes is code. */
export function message(value: string): Html {
  return value
    .split(/`([^`]*)`/u)
    .map((part, index) => (index % 2 === 0 ? text(part) : `<code>${text(part)}</code>`))
    .join('');
}

/** An address that a link may lead to; null where it is none of the web. */
export function addressOf(value: string | undefined): string | null {
  return value !== undefined && /^https?:\/\//u.test(value) ? value : null;
}

function escaped(value: string): string {
  return value.replaceAll(SPECIAL, (character) => ENTITIES[character] ?? '');
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
