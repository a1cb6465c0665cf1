/** What becomes of active and dormant states. */

import { expect, test } from 'vitest';

import { createSpace } from '../../src/flow/algebra/protocol.ts';
import type { Relation } from '../../src/flow/algebra/relation.ts';

const space = createSpace({
  states: ['first', 'second', 'third'],
  events: [
    {
      name: 'go',
      normal: (state) => 1 << Math.min(2, state + 1),
      thrown: () => 0b001,
      resumed: { normal: () => 0b100, thrown: (state) => 1 << state },
    },
    { name: 'strike', normal: () => 0b001, thrown: () => 0b001, lingers: true },
  ],
  initial: 0,
  established: 0b100,
  left: () => 0b010,
  over: 0b010,
});

/** The states after each of the three active ones and the three dormant ones. */
function rowsOf(relation: Relation): readonly number[] {
  const rows = space.algebra.rows(relation);
  return Array.from({ length: 6 }, (_, state) => rows[state] ?? 0);
}

const DORMANT = [0b001_000, 0b010_000, 0b100_000];

test('events change active states, and pass dormant ones by', () => {
  expect(space.effects.map(({ lingers }) => lingers)).toEqual([false, true]);
  expect(space.effects.map(({ normal }) => rowsOf(normal))).toEqual([
    [0b010, 0b100, 0b100, ...DORMANT],
    [0b001, 0b001, 0b001, ...DORMANT],
  ]);
  expect(space.effects.map(({ thrown }) => rowsOf(thrown))).toEqual([
    [0b001, 0b001, 0b001, ...DORMANT],
    [0b001, 0b001, 0b001, ...DORMANT],
  ]);
});

test('events that settle what was made before do what they do then', () => {
  expect(space.resumed.map(({ normal }) => rowsOf(normal))).toEqual([
    [0b100, 0b100, 0b100, ...DORMANT],
    [0b001, 0b001, 0b001, ...DORMANT],
  ]);
  expect(space.resumed.map(({ thrown }) => rowsOf(thrown))).toEqual([
    [0b001, 0b010, 0b100, ...DORMANT],
    [0b001, 0b001, 0b001, ...DORMANT],
  ]);
});

test('states are put to sleep, woken, and told apart', () => {
  expect(rowsOf(space.sleep)).toEqual([...DORMANT, ...DORMANT]);
  expect(rowsOf(space.wake)).toEqual([0b001, 0b010, 0b100, 0b001, 0b010, 0b100]);
  expect(rowsOf(space.active)).toEqual([0b001, 0b010, 0b100, 0, 0, 0]);
  expect(rowsOf(space.awoken)).toEqual([0, 0, 0, 0b001, 0b010, 0b100]);
});

test('states are known by what has happened', () => {
  expect(rowsOf(space.begun)).toEqual([0, 0b010, 0b100, ...DORMANT]);
  expect(rowsOf(space.over)).toEqual([0, 0b010, 0, 0, 0, 0]);
  expect(rowsOf(space.left)).toEqual([0b010, 0b010, 0b010, ...DORMANT]);
});

test('a protocol may have so many states that each has room twice', () => {
  const withStates = (count: number) => () =>
    createSpace({
      states: Array.from({ length: count }, (_, state) => String(state)),
      events: [],
      initial: 0,
      established: 0,
    });
  expect(withStates(16)).not.toThrow();
  expect(withStates(17)).toThrow(RangeError);
});

test('rows that are left out are empty ones', () => {
  const { algebra } = space;
  expect(algebra.leaf([0, 0])).toBe(algebra.empty);
  expect(algebra.leaf([1, 0, 0])).toBe(algebra.leaf([1]));
  expect(algebra.leaf([0, 1])).not.toBe(algebra.leaf([1]));
});
