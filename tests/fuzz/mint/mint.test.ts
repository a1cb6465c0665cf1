/** A bounded part of what `npm run fuzz -- --mint` does. */

import { describe, expect, test } from 'vitest';

import { givenChoices, randomChoices, shrunk } from './choices.ts';
import { compare } from './compare.ts';
import { fuzzMints } from './modes.ts';
import { programOf } from './program.ts';
import { run } from './run.ts';

test('the lives of tokens are those that are told', async () => {
  const printed: string[] = [];
  const { figures, forms } = await fuzzMints(
    { programs: 120, seed: 7, maxFailures: 3, isShrunk: true, unsaid: null },
    (text) => printed.push(text),
  );
  expect(printed).toEqual([]);
  expect(figures).toMatchObject({ programs: 120, failures: 0, faulty: 0 });
  expect(forms.size).toBeGreaterThan(100);
  // Most lives are told: what is compared is not silence.
  expect(figures.unsaid).toBeLessThan(figures.entries / 2);
});

describe('a program', () => {
  test('is the same for the same choices', () => {
    const program = programOf(randomChoices(3));
    expect(programOf(givenChoices(program.made))).toEqual(program);
  });

  test('is run in every way', async () => {
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, seed) => run(programOf(randomChoices(seed)))),
    );
    const seen = all.flat().map((outcomes) => outcomes.seen.size);
    expect(Math.min(...seen)).toBe(1);
    expect(Math.max(...seen)).toBeGreaterThan(1);
  });

  test('that is told wrongly is found out', async () => {
    const program = programOf(givenChoices([]));
    expect((await compare(program)).failures).toEqual([]);
    const modules = program.modules.map((module) => ({
      ...module,
      runnable: module.runnable.replace(/expiresIn: [^ ]+/u, 'expiresIn: 77'),
    }));
    expect(modules).not.toEqual(program.modules);
    const kinds = (await compare({ ...program, modules })).failures.map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['missed', 'misworded', 'wrong']);
  });
});

test('choices are made fewer, and smaller', async () => {
  const made = await shrunk([4, 9, 1, 7, 3], (choices) =>
    Promise.resolve(choices.includes(7) || choices.some((choice) => choice > 7)),
  );
  expect(made).toEqual([7]);
});
