/** Lengths of time as messages tell them, and as code writes them. */

import { describe, expect, test } from 'vitest';

import type { Life, UnitMistake } from '../../src/mint/life/life.ts';
import { asProduct, asText, inWords, lifeText, mistakenText } from '../../src/mint/life/words.ts';
import { seconds } from '../../src/values/duration.ts';
import type { Node } from '../../src/syntax/ast.ts';
import type { Expressions, Possibility } from '../../src/values/evaluate.ts';
import { constant, divide, multiply, NOW, type Linear } from '../../src/values/linear.ts';
import { tabled } from '../../src/values/possibilities.ts';

function possibilityOf(role: Possibility['role']): Possibility {
  const value = { kind: 'number', linear: constant(300) };
  return { role, value, choices: new Map() } as unknown as Possibility;
}

test.each([
  [0.25, '250 milliseconds'],
  [0.001, '1 millisecond'],
  [1, '1 second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [61, '1 minute and 1 second'],
  [3599.6, '1 hour'],
  [3661, '1 hour and 1 minute'],
  [90_000, '1 day and 1 hour'],
  [86_400 + 60, '1 day'],
  [31_557_600 + 86_400 * 2, '1 year and 2 days'],
])('%s seconds are told as %s', (length, words) => {
  expect(inWords(seconds(length))).toBe(words);
});

test.each([
  [7200, '2h', '120 * 60', '120 * 60 * 1000'],
  [1800, '30m', '30 * 60', '30 * 60 * 1000'],
  [90, '90s', '90', '90 * 1000'],
])('%s seconds are written as %s, %s or %s', (length, text, product, milliseconds) => {
  expect(asText(length)).toBe(text);
  expect(asProduct(length, 'seconds')).toBe(product);
  expect(asProduct(length, 'milliseconds')).toBe(milliseconds);
});

test.each([
  [-Infinity, 'has expired since 1970', 'has expired since 1970'],
  [0, 'has expired when it is issued', 'has expired when it is issued'],
  [-5, 'has expired when it is issued', 'has expired when it is issued'],
  [300, 'lasts 5 minutes', 'lasts 5 minutes by default'],
  [999 * 31_557_600, 'lasts 999 years', 'lasts 999 years by default'],
  [1000 * 31_557_600, 'never expires', 'never expires by default'],
])('a life of %s seconds %s', (life, written, byDefault) => {
  expect(lifeText(seconds(life), possibilityOf('written'))).toBe(written);
  expect(lifeText(seconds(life), possibilityOf('default'))).toBe(byDefault);
});

test('a life of a table is told as the longest that it can be', () => {
  const [one] = tabled([possibilityOf('written')], {} as Node, {} as Expressions);
  if (one === undefined) throw new Error('there is one value');
  expect(lifeText(seconds(300), one)).toBe('lasts 5 minutes at most');
  expect(lifeText(seconds(0), one)).toBe('has expired when it is issued');
});

describe('a life in a wrong unit', () => {
  function told(
    mistake: UnitMistake,
    linear: Linear | null,
    unit: string | null,
    life?: number,
  ): string {
    const value = { kind: 'number', linear };
    return mistakenText(
      { told: { life: life ?? null }, possibility: { value }, reader: { unit } } as unknown as Life,
      mistake,
    );
  }

  const IN_SECONDS = divide(NOW, constant(1000));
  const IN_MINUTES = divide(NOW, constant(60_000));
  const DOUBLED = multiply(NOW, constant(2));

  test.each([
    ['a time in milliseconds', NOW, 'seconds', 'never expires'],
    ['a time in milliseconds', NOW, 'milliseconds', 'lasts more than 50 years'],
    ['a time in milliseconds', NOW, null, 'lasts as long as that number says'],
    ['a time in seconds', IN_SECONDS, 'seconds', 'lasts more than 50 years'],
    ['a time in seconds', IN_SECONDS, 'milliseconds', 'lasts about 3 weeks'],
    ['a time in seconds', IN_SECONDS, null, 'lasts as long as that number says'],
    ['a time in minutes', IN_MINUTES, 'seconds', 'lasts as long as that number says'],
    ['a time in minutes', IN_MINUTES, 'milliseconds', 'lasts as long as that number says'],
    ['twice the time', DOUBLED, 'milliseconds', 'lasts as long as that number says'],
    ['a number', constant(5), 'seconds', 'lasts as long as that number says'],
    ['what nobody knows', null, 'seconds', 'lasts as long as that number says'],
  ])('%s, which is as %o read as a length in %s: %s', (_name, linear, unit, words) => {
    expect(told('timeAsSpan', linear, unit)).toBe(words);
  });

  test.each([
    ['epoch', 'has expired since 1970'],
    ['secondTime', 'has expired since 1970'],
    ['millisecondTime', 'never expires'],
    ['bareText', 'lasts a thousandth of that in seconds'],
    ['secondSpan', 'lasts a thousandth of that in seconds'],
    ['millisecondSpan', 'lasts a thousand times as long'],
    ['millisecondsAdded', 'lasts a thousand times as long'],
  ] as const)('that is a %s %s, unless its length is known', (mistake, words) => {
    expect(told(mistake, null, 'seconds')).toBe(words);
    expect(told(mistake, null, 'seconds', 120)).toBe('lasts 2 minutes');
  });
});
