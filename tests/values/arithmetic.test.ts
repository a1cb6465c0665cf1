import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { bitwiseOr, CLOCK, constant, rangeOf, type Linear } from '../../src/values/linear.ts';
import { evaluated } from '../helpers/minted.ts';

const COUNTS = [0, 1, 2, 0.5, 0.001, 5, 60, 300, 1000, 1e3, 3600, 86_400, 300_000, -1, -60, 1.5];

const leaf = fc.oneof(
  { weight: 2, arbitrary: fc.constant('Date.now()') },
  { weight: 1, arbitrary: fc.constant('Math.floor(Date.now() / 1000)') },
  { weight: 3, arbitrary: fc.constantFrom(...COUNTS).map((count) => `(${count})`) },
);

const UNARY = ['-', '+', '~', '~~'];
const BINARY = ['+', '+', '-', '-', '*', '/', '%', '|', '&', '^', '>>', '>>>', '<<', '**'];
const FUNCTIONS = ['Math.floor', 'Math.ceil', 'Math.round', 'Math.trunc', 'Math.abs', 'Number'];
const EXTREMES = ['Math.max', 'Math.min'];

/** Source texts of numbers. `seen` records what is computed on the way. */
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  return {
    expression: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      leaf,
      fc.tuple(fc.constantFrom(...BINARY), inner, inner).map(([o, a, b]) => `seen(${a} ${o} ${b})`),
      fc.tuple(fc.constantFrom(...UNARY), inner).map(([o, a]) => `seen(${o} ${a})`),
      fc.tuple(fc.constantFrom(...FUNCTIONS), inner).map(([f, a]) => `${f}(${a})`),
      fc.tuple(fc.constantFrom(...EXTREMES), inner, inner).map(([f, a, b]) => `${f}(${a}, ${b})`),
      inner.map((a) => `parseInt(${a}, 10)`),
      inner.map((a) => `Number((${a}).toFixed(0))`),
      inner.map((a) => 'Number(`${' + a + '}`)'),
      inner.map((a) => `new Date(${a}).getTime()`),
    ),
  };
});

/** Runs an expression at a time; `most` is the largest number on the way. */
function run(source: string, now: number): { readonly value: unknown; readonly most: number } {
  let most = now;
  const seen = (value: number): number => {
    if (Math.abs(value) > most) most = Math.abs(value);
    return value;
  };
  class FrozenDate extends Date {
    static override now(): number {
      return now;
    }
  }
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const program = new Function('Date', 'seen', `return ${source};`) as (
    date: typeof FrozenDate,
    seen: (value: number) => number,
  ) => unknown;
  const value = program(FrozenDate, seen);
  return { value, most };
}

/** What the model says of an expression; null where it says nothing. */
function modelled(source: string): Linear | null {
  const bare = source.replaceAll('seen(', '(');
  const [{ value }, ...others] = evaluated(`const result = ${bare};`).values;
  return others.length === 0 && value.kind === 'number' ? value.linear : null;
}

const clock = fc.integer({ min: CLOCK.from, max: CLOCK.to - 1 });

describe('arithmetic', () => {
  test('is in the model what it is in JavaScript', () => {
    let known = 0;
    let moving = 0;
    const runs = 1000;
    fc.assert(
      fc.property(expression, fc.array(clock, { minLength: 3, maxLength: 3 }), (source, clocks) => {
        const model = modelled(source);
        if (model === null) return;
        known += 1;
        if (model.slope !== 0) moving += 1;
        for (const now of clocks) {
          const { value, most } = run(source, now);
          if (typeof value !== 'number') throw new Error(`${source} is ${String(value)}`);
          const { slope, offset, low, high, integral } = model;
          const isFixed = slope === 0 && low === 0 && high === 0;
          if (isFixed && value === offset) continue;
          if (Number.isNaN(offset)) {
            expect(value, source).toBeNaN();
            continue;
          }
          const nominal = slope * now + offset;
          const rounding = most * 1e-13;
          expect(value, `${source} at ${now}`).toBeGreaterThanOrEqual(nominal + low - rounding);
          expect(value, `${source} at ${now}`).toBeLessThanOrEqual(nominal + high + rounding);
          if (integral) expect(value, `${source} at ${now} is whole`).toBe(Math.trunc(value));
        }
      }),
      { numRuns: runs },
    );
    // It must not hold because nothing is known.
    expect(known).toBeGreaterThan(runs / 3);
    expect(moving).toBeGreaterThan(runs / 20);
  });

  test('lies in its range at any time', () => {
    fc.assert(
      fc.property(
        fc.record({
          slope: fc.constantFrom(0, 1, 0.001, -1),
          offset: fc.integer(),
          low: fc.constantFrom(-1, 0),
          high: fc.constantFrom(0, 1),
          integral: fc.constant(false),
        }),
        clock,
        (value, now) => {
          const { least, most } = rangeOf(value);
          const nominal = value.slope * now + value.offset;
          expect(nominal + value.low).toBeGreaterThanOrEqual(least);
          expect(nominal + value.high).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});

test('bits are put into what is not below nothing', () => {
  const between = (low: number, high: number): Linear => ({
    ...{ slope: 0, offset: 0, integral: true },
    ...{ low, high },
  });
  const bits = bitwiseOr(between(0, 5), constant(2));
  expect(bits === null ? null : rangeOf(bits)).toMatchObject({ least: 0, most: 7 });
  expect(bitwiseOr(between(-1, 5), constant(2))).toBeNull();
  expect(bitwiseOr(between(0, 5), constant(-2))).toBeNull();
});
