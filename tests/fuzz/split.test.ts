/** Across files, a call has the verdict that it has in one file, which the other tests judge. */

import { join } from 'node:path';

import { expect, test } from 'vitest';

import { projectOf, write } from '../helpers/project.ts';
import { functionFlags } from './flags.ts';
import { generatePrograms } from './program.ts';
import { split } from './split.ts';
import { waysIn } from './verdict.ts';

const PROGRAMS = 400;

test('a call has one verdict, and one way, whether the functions around it are in its file or another', async () => {
  const root = projectOf({});
  const counts = { split: 0, reports: 0, ways: 0, elsewhere: 0 };
  let index = 0;
  for (const { program } of generatePrograms({ count: PROGRAMS, seed: 5, flags: functionFlags })) {
    const parts = split(program.source);
    if (parts === null) continue;
    const folder = join(root, String(index++));
    write(folder, { 'moved.js': parts.moved, 'rest.js': parts.rest });
    const ways = await waysIn(parts.rest, join(folder, 'rest.js'));
    const inOne = await waysIn(program.source, join(folder, 'whole.js'));
    const whole = [...inOne.keys()].filter((place) => !parts.hasMoved(place));
    const rest = [...ways.keys()];
    const both = `${parts.rest}\n--- moved.js\n${parts.moved}`;
    expect(rest, both).toEqual(whole);
    for (const place of rest) {
      const [way, other] = [ways.get(place), inOne.get(place)];
      // A cause that is elsewhere can be told otherwise.
      if (way === undefined || way.cause !== other?.cause) continue;
      expect(way.told, `${place}\n${both}`).toEqual(other.told);
      counts.ways += 1;
      counts.elsewhere += way.elsewhere;
    }
    counts.split += 1;
    counts.reports += rest.length;
  }
  expect(counts.split).toBeGreaterThan(PROGRAMS / 8);
  expect(counts.reports).toBeGreaterThan(PROGRAMS / 8);
  expect(counts.ways).toBeGreaterThan(counts.reports * 0.8);
  expect(counts.elsewhere).toBeGreaterThan(5);
});
