/** The units of time, as each library spells them. */

import type { TimeLibrary, UnitSign } from '../value.ts';
import * as linear from '../linear.ts';
import { constant, type Linear } from '../linear.ts';

export type Unit =
  'millisecond' | 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: Readonly<Record<Unit, Linear>> = {
  millisecond: constant(1),
  second: constant(SECOND),
  minute: constant(MINUTE),
  hour: constant(HOUR),
  day: constant(DAY),
  week: constant(7 * DAY),
  month: between(28 * DAY, 30.436875 * DAY, 31 * DAY),
  quarter: between(89 * DAY, 91.310625 * DAY, 92 * DAY),
  year: between(365 * DAY, 365.2425 * DAY, 366 * DAY),
};

function between(least: number, usual: number, most: number): Linear {
  return { slope: 0, offset: usual, low: least - usual, high: most - usual, integral: true };
}

const NONE = constant(0);

/** What a short or long name means in all libraries that take it. */
const NAMES: Readonly<Record<string, Unit>> = {
  ms: 'millisecond',
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  M: 'month',
  Q: 'quarter',
  y: 'year',
};

function isUnit(name: string): name is Unit {
  return Object.hasOwn(UNITS, name);
}

/** `minutes` and, in the libraries that fold case, `Minutes`. */
function longName(name: string, foldsCase: boolean): Unit | null {
  const singular = (foldsCase ? name.toLowerCase() : name).replace(/s$/, '');
  return isUnit(singular) ? singular : null;
}

/** The units of oslo's `TimeSpan`; any other counts as weeks (`oslo/dist/index.js`). */
const OSLO = new Set(['ms', 's', 'm', 'h', 'd', 'w']);

/**
 * The unit that a name means to a library. `'nothing'` where the library reads over a unit that it
 * does not know, null where it throws, or where it depends on a plugin.
 */
export function unitOf(library: TimeLibrary, name: string): Unit | 'nothing' | null {
  switch (library) {
    case 'dayjs': {
      // `prettyUnit` in `dayjs/esm/utils.js`; `add` takes what it does not know for milliseconds.
      const unit = NAMES[name] ?? longName(name, true);
      return unit === 'quarter' ? null : (unit ?? 'millisecond');
    }
    case 'moment':
      return NAMES[name] ?? longName(name, true) ?? 'nothing';
    case 'luxon':
      return longName(name, true);
    case 'temporal':
      return longName(name, false);
    case 'oslo':
      return OSLO.has(name) ? (NAMES[name] ?? null) : null;
    case 'date-fns':
    case 'date': {
      const unit = name.endsWith('s') ? longName(name, false) : null;
      return unit === 'millisecond' || unit === 'quarter' ? 'nothing' : (unit ?? 'nothing');
    }
  }
}

/**
 * `count` units in milliseconds. Null where it can't be told, as of parts of days, which libraries
 * round in different ways.
 */
export function lengthOf(count: Linear, unit: Unit | 'nothing' | null): Linear | null {
  if (unit === null) return null;
  if (unit === 'nothing') return NONE;
  const known = linear.constantOf(count);
  if (known === 0) return NONE;
  if (isCalendar(unit) && (known === null || !Number.isInteger(known))) return null;
  return linear.multiply(count, UNITS[unit]);
}

function isCalendar(unit: Unit): boolean {
  return unit !== 'millisecond' && unit !== 'second' && unit !== 'minute' && unit !== 'hour';
}

/** How many units a length in milliseconds is; null for months and longer, which differ. */
export function inUnits(length: Linear, unit: Unit): Linear | null {
  return linear.divide(length, UNITS[unit]);
}

/** The sign that a number of units carries. */
export function signOf(unit: Unit): UnitSign | null {
  if (unit === 'second') return { unit: 'seconds', by: 'call' };
  return unit === 'millisecond' ? { unit: 'milliseconds', by: 'call' } : null;
}

/** A time with a length added to it. A day at whose end the clocks change is an hour off. */
export function later(at: Linear, length: Linear): Linear {
  const sum = linear.add(at, length);
  const { least, most } = linear.rangeOf(length);
  const hasDays = Math.max(Math.abs(least), Math.abs(most)) >= DAY;
  return hasDays ? { ...sum, low: sum.low - HOUR, high: sum.high + HOUR } : sum;
}

const ISO =
  /^([+-])?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

const ISO_UNITS: readonly Unit[] = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'];

/** The length of an ISO 8601 duration such as `PT5M`, in milliseconds; null for other texts. */
export function isoLength(text: string): Linear | null {
  const [whole, sign, ...counts] = ISO.exec(text) ?? [];
  if (whole === undefined || /[PT]$/i.test(whole)) return null;
  let length: Linear | null = NONE;
  for (const [index, unit] of ISO_UNITS.entries()) {
    const count = counts[index];
    if (count === undefined) continue;
    const part = lengthOf(constant(Number(count)), unit);
    length = length === null || part === null ? null : linear.add(length, part);
  }
  return length === null || sign !== '-' ? length : linear.negate(length);
}
