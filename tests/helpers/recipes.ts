/** Files that the documentation tells to write, taken from there. */

import { readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/** The block of a page whose first line is a comment with the name of a file. */
export function recipe(page: string, file: string): string {
  const text = readFileSync(new URL(page, ROOT), 'utf8');
  for (const [, code = ''] of text.matchAll(/^```\w+\n([^]*?)^```$/gmu)) {
    const [first = ''] = code.split('\n', 1);
    if (first.replace(/^(?:#|\/\/) /u, '') === file) return code;
  }
  throw new Error(`${page} has no block for ${file}`);
}

/** The first block of a page under a heading. */
export function blockUnder(page: string, heading: string): string {
  const text = readFileSync(new URL(page, ROOT), 'utf8');
  const [, section = ''] = text.split(`\n### ${heading}\n`);
  const [, code] = /^```\w+\n([^]*?)^```$/mu.exec(section) ?? [];
  if (code === undefined) throw new Error(`${page} has no block under ${heading}`);
  return code;
}

/** The commands of a recipe that run a linter: the program, and its arguments. */
export function commandsOf(code: string): readonly (readonly [string, readonly string[]])[] {
  return [...code.matchAll(/\bnpx ((?:eslint|intercom-jwt)\b.*)$/gmu)].map(([, line = '']) => {
    const [program = '', ...args] = line.trim().split(/\s+/u);
    return [program, args] as const;
  });
}
