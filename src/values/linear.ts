/**
 * Numbers that may depend on the clock: `slope · now + offset + error`, where `now` is the time in
 * milliseconds since the epoch and `error` lies between `low` and `high`.
 *
 * The slope tells the unit without types: 1 is a time in milliseconds, 0.001 one in seconds, 0 no
 * time but a plain number. Rounding a number that depends on the clock leaves its offset as it is
 * and widens the error: `Math.floor(now / 1000) + 300` has the offset 300 and an error from -1 to 0.
 * What depends on the clock in no such way is no `Linear`: the functions here then give null.
 */

import { seconds, type Seconds } from './duration.ts';

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

/**
 * The times between which the clock is taken to stand, in milliseconds: from 2020 to 2037, since in
 * January of 2038 the seconds no longer fit into the 32 bits of `| 0`.
 */
export const CLOCK = { from: Date.UTC(2020, 0), to: Date.UTC(2037, 0) } as const;

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

export function negate({ slope, offset, low, high, integral }: Linear): Linear {
  return { slope: -slope, offset: -offset, low: -high, high: -low, integral };
}

export function add(left: Linear, right: Linear): Linear {
  const slope = left.slope + right.slope;
  const offset = left.offset + right.offset;
  if (!Number.isFinite(offset)) return constant(offset);
  // What is left of `0.001 · now - now / 60 / 1000 * 60` is an error of the division.
  const isNothing = Math.abs(slope) < 1e-12 * Math.abs(left.slope);
  return {
    slope: isNothing ? 0 : slope,
    offset,
    low: left.low + right.low,
    high: left.high + right.high,
    integral: left.integral && right.integral,
  };
}

export function subtract(left: Linear, right: Linear): Linear {
  return add(left, negate(right));
}

export function multiply(left: Linear, right: Linear): Linear | null {
  const [factor, other] = [constantOf(left), constantOf(right)];
  if (factor !== null && other !== null) return constant(factor * other);
  if (other !== null) return scaled(left, other, (value) => value * other, isWhole(other));
  return factor === null ? null : scaled(right, factor, (value) => value * factor, isWhole(factor));
}

export function divide(left: Linear, right: Linear): Linear | null {
  const [dividend, divisor] = [constantOf(left), constantOf(right)];
  if (divisor === null) return null;
  return dividend === null
    ? scaled(left, divisor, (value) => value / divisor, false)
    : constant(dividend / divisor);
}

function scaled(
  { slope, offset, low, high, integral }: Linear,
  factor: number,
  scale: (value: number) => number,
  isWhole: boolean,
): Linear | null {
  if (factor === 0 || !Number.isFinite(factor)) return null;
  const [one, other] = [scale(low), scale(high)];
  const [newSlope, newOffset] = [scale(slope), scale(offset)];
  // Too large, or too small, to be told apart from nothing.
  if (!Number.isFinite(newOffset) || !Number.isFinite(newSlope)) return null;
  if (newSlope === 0 && slope !== 0) return null;
  return {
    slope: newSlope,
    offset: newOffset,
    low: Math.min(one, other),
    high: Math.max(one, other),
    integral: integral && isWhole,
  };
}

/** `left % right`, for a positive divisor and a number that is never negative. */
export function remainder(left: Linear, right: Linear): Linear | null {
  const [dividend, divisor] = [constantOf(left), constantOf(right)];
  if (divisor === null) return null;
  if (dividend !== null) return constant(dividend % divisor);
  if (!(divisor > 0 && Number.isFinite(divisor)) || rangeOf(left).least < 0) return null;
  const integral = left.integral && isWhole(divisor);
  return { slope: 0, offset: 0, low: 0, high: divisor, integral };
}

export type Rounding = 'ceil' | 'floor' | 'round' | 'trunc';

/** By how much each rounding can change a number. */
const CHANGES: Readonly<Record<Rounding, readonly [low: number, high: number]>> = {
  ceil: [0, 1],
  floor: [-1, 0],
  round: [-0.5, 0.5],
  trunc: [-1, 1],
};

/** `Math.floor(value)` and its like. */
export function round(value: Linear, rounding: Rounding): Linear {
  const known = constantOf(value);
  if (known !== null) return constant(Math[rounding](known));
  if (value.integral) return value;
  const isPositive = rounding === 'trunc' && rangeOf(value).least >= 0;
  const [low, high] = CHANGES[isPositive ? 'floor' : rounding];
  return { ...value, low: value.low + low, high: value.high + high, integral: true };
}

/** The largest time of a `Date`, in milliseconds. */
const MAX_TIME = 8.64e15;

/** What `new Date(value).getTime()` makes of a number; null where it depends on the clock. */
export function clipped(value: Linear): Linear | null {
  const known = constantOf(value);
  // There is no time of minus zero.
  if (known !== null) return constant(Math.abs(known) <= MAX_TIME ? Math.trunc(known) + 0 : NaN);
  const { least, most } = rangeOf(value);
  return least >= -MAX_TIME && most <= MAX_TIME ? round(value, 'trunc') : null;
}

/** `value | 0`: the integer of 32 bits, where nothing is cut off. */
function toInt32(value: Linear): Linear | null {
  return truncatedWithin(value, -(2 ** 31), 2 ** 31, (known) => known | 0);
}

/** `value >>> 0`. */
function toUint32(value: Linear): Linear | null {
  return truncatedWithin(value, 0, 2 ** 32, (known) => known >>> 0);
}

function truncatedWithin(
  value: Linear,
  from: number,
  to: number,
  exactly: (known: number) => number,
): Linear | null {
  const known = constantOf(value);
  if (known !== null) return constant(exactly(known));
  const { least, most } = rangeOf(value);
  return least >= from && most < to ? round(value, 'trunc') : null;
}

/** `~value`. */
export function complement(value: Linear): Linear | null {
  const integer = toInt32(value);
  return integer === null ? null : subtract(constant(-1), integer);
}

/**
 * `left | right`. With a positive constant, the number grows by something from nothing to that
 * constant, which is not known: that is the error.
 */
export function bitwiseOr(left: Linear, right: Linear): Linear | null {
  const [one, other] = [constantOf(left), constantOf(right)];
  if (one !== null && other !== null) return constant(one | other);
  const bits = one ?? other;
  const number = toInt32(one === null ? left : right);
  if (bits === null || number === null) return null;
  const added = bits | 0;
  if (added === 0) return number;
  return added > 0 && rangeOf(number).least >= 0 ? { ...number, high: number.high + added } : null;
}

/** The bit operations that are worked out for constants alone, but for `^ 0`, `>> 0` and `<< 0`. */
const BITWISE = {
  '&': (left: number, right: number) => left & right,
  '^': (left: number, right: number) => left ^ right,
  '<<': (left: number, right: number) => left << right,
  '>>': (left: number, right: number) => left >> right,
  '>>>': (left: number, right: number) => left >>> right,
} as const;

export type BitOperator = keyof typeof BITWISE;

export function isBitOperator(operator: string): operator is BitOperator {
  return Object.hasOwn(BITWISE, operator);
}

export function bitwise(operator: BitOperator, left: Linear, right: Linear): Linear | null {
  const [one, other] = [constantOf(left), constantOf(right)];
  if (one !== null && other !== null) return constant(BITWISE[operator](one, other));
  if (other !== 0 || operator === '&') return null;
  return operator === '>>>' ? toUint32(left) : toInt32(left);
}

export function power(left: Linear, right: Linear): Linear | null {
  const [base, exponent] = [constantOf(left), constantOf(right)];
  return base === null || exponent === null ? null : constant(base ** exponent);
}

/** `Math.abs(value)`. */
export function absolute(value: Linear): Linear | null {
  const known = constantOf(value);
  if (known !== null) return constant(Math.abs(known));
  const { least, most } = rangeOf(value);
  if (least >= 0) return value;
  return most <= 0 ? negate(value) : null;
}

/** `Math.max(left, right)`, or the other way round; null where it depends on the clock which. */
export function extreme(which: 'max' | 'min', left: Linear, right: Linear): Linear | null {
  const [one, other] = [constantOf(left), constantOf(right)];
  if (one !== null && other !== null) return constant(Math[which](one, other));
  const { least, most } = rangeOf(subtract(left, right));
  if (least >= 0) return which === 'max' ? left : right;
  if (most <= 0) return which === 'max' ? right : left;
  return null;
}

/** Between what a number lies while the clock is in {@link CLOCK}; both `NaN` where it is. */
export function rangeOf({ slope, offset, low, high }: Linear): {
  readonly least: number;
  readonly most: number;
} {
  const [one, other] = slope === 0 ? [0, 0] : [slope * CLOCK.from, slope * CLOCK.to];
  return {
    least: Math.min(one, other) + offset + low,
    most: Math.max(one, other) + offset + high,
  };
}

function isNear(value: number, expected: number): boolean {
  return Math.abs(value - expected) <= 1e-9 * expected;
}

function isWhole(value: number): boolean {
  return Number.isInteger(value);
}
