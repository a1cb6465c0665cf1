/** The pages of programs, and the code in them. */

import { readdirSync, readFileSync } from 'node:fs';

import { readPage, type Page } from './programs.ts';

const FOLDER = new URL('../programs/', import.meta.url);

/** The names of the pages, as paths of their folder. */
export const PAGES: readonly string[] = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .sort();

/** @param path what the page is called where its programs tell their place */
export function pageOf(name: string, path = name): Page {
  return readPage(path, readFileSync(new URL(name, FOLDER), 'utf8'));
}

/**
 * The files of programs of the pages, each in its frame, and the place of the program.
 *
 * @param every one of so many programs is taken,
 * @param first and this is the first
 */
export function* filesOfPages(
  every: number,
  first = 0,
): Generator<readonly [place: string, code: string]> {
  const programs = PAGES.flatMap((name) => pageOf(name).programs);
  for (const { files, place } of programs.filter((_, index) => index % every === first)) {
    for (const { code } of files) yield [place, code];
  }
}
