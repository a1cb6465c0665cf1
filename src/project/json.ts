/** JSON as configurations are written: with comments and trailing commas. */

const STRING = String.raw`"(?:[^"\\]|\\[^])*"`;
const COMMENT = new RegExp(String.raw`${STRING}|\/\/[^\n\r]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?`, 'g');
const TRAILING = new RegExp(String.raw`${STRING}|,(?=\s*[\]}])`, 'g');

/** What a text of JSON says; undefined where it is none. Takes time in proportion to its length. */
export function parseJson(text: string): unknown {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return parsed(plain) ?? parsed(without(TRAILING, without(COMMENT, plain)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A text without what an expression finds outside of strings. */
function without(expression: RegExp, text: string): string {
  return text.replace(expression, (token) => (token.startsWith('"') ? token : ''));
}
