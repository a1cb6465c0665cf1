/**
 * Writes the part of `docs/libraries.md` that is made from the table of libraries, or checks that it
 * is up to date.
 *
 * usage: libraries.ts [--check]
 */

import { readFileSync, writeFileSync } from 'node:fs';

import { format, resolveConfig } from 'prettier';

import { exampleOf, shownOf } from './library-examples.ts';
import { LIBRARIES } from '../src/values/libraries/table.ts';

const PAGE = new URL('../docs/libraries.md', import.meta.url);
const BEGIN = '<!-- begin auto-generated table of libraries -->';
const END = '<!-- end auto-generated table of libraries -->';

function sections(): string {
  return LIBRARIES.flatMap((library) => {
    const { packages, about, version } = library;
    if (about === '') return [];
    const names = packages.map((name) => `\`${name}\``).join(', ');
    const example = exampleOf(library)?.join('\n') ?? shownOf(library)?.[0] ?? null;
    const code = example === null ? '' : `\n\n\`\`\`js\n${example}\n\`\`\``;
    return [`### ${names}\n\n${about} (By ${version}.)${code}`];
  }).join('\n\n');
}

const text = readFileSync(PAGE, 'utf8');
const begin = text.indexOf(BEGIN) + BEGIN.length;
const end = text.indexOf(END);
if (begin < BEGIN.length || end < 0)
  throw new Error('docs/libraries.md has no place for the table');
const made = `${text.slice(0, begin)}\n\n${sections()}\n\n${text.slice(end)}`;
const written = await format(made, {
  ...(await resolveConfig(PAGE)),
  parser: 'markdown',
});
if (!process.argv.includes('--check')) writeFileSync(PAGE, written);
else if (written !== text) {
  console.error('docs/libraries.md is not up to date: npm run docs');
  process.exitCode = 1;
}
