/** Tests that the programs of pages are judged as the pages say. */

import { describe, expect, test } from 'vitest';

import { pageOf, PAGES } from './page-programs.ts';
import { verdictsOf } from './program-verdicts.ts';

/** A test for each program. `isWanted` is given the names of the pages, as paths of the folder. */
export function testPages(isWanted: (name: string) => boolean): void {
  describe.each(PAGES.filter(isWanted))('%s', (name) => {
    const { programs, flaws } = pageOf(name, `tests/programs/${name}`);

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
