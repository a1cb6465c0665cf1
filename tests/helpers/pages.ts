/** Tests that the programs of pages are judged as the pages say. */

import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { readPage } from './programs.ts';
import { verdictsOf } from './program-verdicts.ts';

const FOLDER = new URL('../programs/', import.meta.url);

const PAGES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .sort();

/** A test for each program. `isWanted` is given the names of the pages, as paths of the folder. */
export function testPages(isWanted: (name: string) => boolean): void {
  describe.each(PAGES.filter(isWanted))('%s', (name) => {
    const { programs, flaws } = readPage(
      `tests/programs/${name}`,
      readFileSync(new URL(name, FOLDER), 'utf8'),
    );

    test('is a page of programs', () => {
      expect(flaws).toEqual([]);
    });

    for (const program of programs) {
      const line = program.place.split(':').at(-1) ?? '';
      test(`${program.isFaulty ? '❌' : '✅'} ${program.name} (line ${line})`, () => {
        for (const { place, found, written } of verdictsOf(program)) {
          expect(found, place).toBe(written);
        }
      });
    }
  });
}
