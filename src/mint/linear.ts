/**
 * Numbers that may depend on the clock: `slope · now + offset + error`, where `now` is the time in
 * milliseconds since the epoch and `error` lies between `low` and `high`.
 *
 * The slope tells the unit without types: 1 is a time in milliseconds, 0.001 one in seconds, 0 no
 * time but a plain number. Rounding a number that depends on the clock leaves its offset as it is
 * and widens the error: `Math.floor(now / 1000) + 300` has the offset 300 and an error from -1 to 0.
 * What depends on the clock in no such way is no `Linear`: the functions here then give null.
 */

import { milliseconds, seconds, type Milliseconds, type Seconds } from './duration.ts';

export interface Linear {
  /** What one millisecond of the clock adds. */
  readonly slope: number;
  /** The number itself where the slope is 0. Any double there, `NaN` too. */
  readonly offset: number;
  /** The least that the true number can differ by, at most 0 or the negative of a rounding. */
  readonly low: number;
  /** The most that the true number can differ by. */
  readonly high: number;
  /** Whether it is a whole number at any whole millisecond. */
  readonly integral: boolean;
}

/** The unit of a time since the epoch: by how fast it grows. `'none'` is a number with no clock. */
export type TimeUnit = 'none' | 'seconds' | 'milliseconds' | 'other';

/** The times between which the clock is taken to stand, in milliseconds: 2020 to 2038. */
export const CLOCK = { from: Date.UTC(2020, 0), to: 2 ** 31 * 1000 } as const;

/** `Date.now()`. */
export const NOW: Linear = { slope: 1, offset: 0, low: 0, high: 0, integral: true };

export function constant(value: number): Linear {
  return { slope: 0, offset: value, low: 0, high: 0, integral: Number.isInteger(value) };
}

/** The number that an expression without a clock is; null where it depends on one. */
export function constantOf({ slope, offset, low, high }: Linear): number | null {
  return slope === 0 && low === 0 && high === 0 ? offset : null;
}

/** The unit of a time; a slope is compared with a tolerance, since it may come of divisions. */
export function timeUnit({ slope }: Linear): TimeUnit {
  if (slope === 0) return 'none';
  if (isNear(slope, 1)) return 'milliseconds';
  return isNear(slope, 0.001) ? 'seconds' : 'other';
}

/**
 * How far after now a time is, as far as it is written down: the error of rounding is left out.
 * Null where the number is no time in seconds or milliseconds.
 */
export function sinceNow(time: Linear): Seconds | null {
  switch (timeUnit(time)) {
    case 'seconds':
      return seconds(time.offset);
    case 'milliseconds':
      return seconds(time.offset / 1000);
    case 'none':
    case 'other':
      return null;
  }
}
