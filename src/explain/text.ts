/** Texts that the command prints, and messages in their parts. */

import stringWidth from 'string-width';

/** A number of things: `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A text in lines of so many columns. What has no space in it is not cut. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(/\s+/u)) {
    const length = stringWidth(word);
    if (line !== '' && used + 1 + length > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    used += line === '' ? length : length + 1;
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The sentences of a message: what is wrong, and what to do about it. */
export function parted(message: string): {
  readonly cause: string;
  readonly remedy: readonly string[];
} {
  const sentences: string[] = [];
  let from = 0;
  let isCode = false;
  for (let at = 0; at < message.length; at++) {
    if (message[at] === '`') isCode = !isCode;
    if (isCode || message[at] !== '.' || message[at + 1] !== ' ') continue;
    sentences.push(message.slice(from, at + 1));
    from = at + 2;
  }
  sentences.push(message.slice(from));
  const [cause = message, ...remedy] = sentences;
  return { cause, remedy };
}
