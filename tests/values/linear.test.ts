/** Numbers that are known within a range: what is made of them at the borders of what can be told. */

import { describe, expect, test } from 'vitest';

import {
  absolute,
  bitwise,
  clipped,
  constant,
  divide,
  extreme,
  multiply,
  NOW,
  rangeOf,
  type BitOperator,
  type Linear,
} from '../../src/values/linear.ts';

/** A whole number from one to another. */
function between(least: number, most: number): Linear {
  return { slope: 0, offset: 0, low: least, high: most, integral: true };
}

/** Between what a number lies; null for one that is not known. */
function rangeIn(value: Linear | null): readonly number[] | null {
  if (value === null) return null;
  const { least, most } = rangeOf(value);
  return [least + 0, most + 0];
}

const LAST = 8.64e15;

test.each([
  [-LAST, LAST, true],
  [-LAST - 2, LAST, false],
  [-LAST, LAST + 2, false],
])('a time from %d to %d', (least, most, isKnown) => {
  expect(clipped(between(least, most)) !== null).toBe(isKnown);
});

test.each([
  [0, 5, [0, 5]],
  [-5, 0, [0, 5]],
  [-1, 5, null],
])('the size of a number from %d to %d', (least, most, size) => {
  expect(rangeIn(absolute(between(least, most)))).toEqual(size);
});

describe('of two numbers', () => {
  const LEFT = between(0, 5);

  test.each([
    ['5', constant(5), [5, 5], [0, 5]],
    ['0', constant(0), [0, 5], [0, 0]],
    ['4', constant(4), null, null],
  ])('the larger and the smaller, beside %s', (_, right, larger, smaller) => {
    expect(rangeIn(extreme('max', LEFT, right))).toEqual(larger);
    expect(rangeIn(extreme('min', LEFT, right))).toEqual(smaller);
  });
});

test.each<[BitOperator, number, number, boolean]>([
  ['>>', -(2 ** 31), 2 ** 31 - 1, true],
  ['>>', -(2 ** 31) - 1, 2 ** 31 - 1, false],
  ['>>', -(2 ** 31), 2 ** 31, false],
  ['<<', 0, 5, true],
  ['^', 0, 5, true],
  ['&', 0, 5, false],
  ['>>>', 0, 2 ** 32 - 1, true],
  ['>>>', -1, 2 ** 32 - 1, false],
  ['>>>', 0, 2 ** 32, false],
])('`%s 0` of a number from %d to %d', (operator, least, most, isKnown) => {
  const value = bitwise(operator, between(least, most), constant(0));
  expect(rangeIn(value)).toEqual(isKnown ? [least, most] : null);
});

test('a bit operation with another number than 0', () => {
  expect(bitwise('>>', between(0, 5), constant(1))).toBeNull();
  expect(bitwise('>>', constant(5), constant(1))).toEqual(constant(2));
});

test('what is too large, or too small, to be told', () => {
  expect(multiply(NOW, constant(Infinity))).toBeNull();
  expect(multiply(NOW, constant(0))).toBeNull();
  expect(multiply({ ...NOW, offset: 1e300 }, constant(1e10))).toBeNull();
  expect(divide(NOW, constant(1e308))).not.toBeNull();
  expect(divide({ ...NOW, slope: 1e-300 }, constant(1e100))).toBeNull();
});
