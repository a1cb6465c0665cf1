/** Across files, a call has the verdict that it has in one file, which the other tests judge. */

import { join } from 'node:path';

import { expect, test } from 'vitest';

import { projectOf, write } from '../helpers/project.ts';
import { functionFlags } from './flags.ts';
import { generatePrograms } from './program.ts';
import { split } from './split.ts';
import { reportedCalls } from './verdict.ts';

const PROGRAMS = 400;

test('a call has one verdict, whether the functions around it are in its file or another', () => {
  const root = projectOf({});
  const counts = { split: 0, reports: 0 };
  let index = 0;
  for (const { program } of generatePrograms({ count: PROGRAMS, seed: 5, flags: functionFlags })) {
    const parts = split(program.source);
    if (parts === null) continue;
    const folder = join(root, String(index++));
    write(folder, { 'moved.js': parts.moved, 'rest.js': parts.rest });
    const whole = [...reportedCalls(program.source)].filter((place) => !parts.hasMoved(place));
    const rest = [...reportedCalls(parts.rest, join(folder, 'rest.js'))];
    expect(rest, `${parts.rest}\n--- moved.js\n${parts.moved}`).toEqual(whole);
    counts.split += 1;
    counts.reports += rest.length;
  }
  expect(counts.split).toBeGreaterThan(PROGRAMS / 8);
  expect(counts.reports).toBeGreaterThan(PROGRAMS / 8);
});
