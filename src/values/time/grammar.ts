/** How libraries read a length of time or a time that is given as a string. */

import { parse as parseLukeed } from '@lukeed/ms';
import ms from 'ms';

import { milliseconds, seconds, toMilliseconds, type Milliseconds } from '../duration.ts';

/**
 * What a library makes of a string: a length of time, a fixed time in milliseconds since the epoch,
 * or an error, which includes a result of `NaN` or `undefined`.
 */
export type Reading =
  | { readonly kind: 'relative'; readonly length: Milliseconds }
  | { readonly kind: 'absolute'; readonly at: Milliseconds }
  | { readonly kind: 'refused' };

export type Grammar = (text: string) => Reading;

export type GrammarName = 'date' | 'jose' | 'jose-4' | 'jsrsasign' | 'lukeed' | 'ms';

const REFUSED: Reading = { kind: 'refused' };

/** `ms` refuses longer texts. `@lukeed/ms` does not, and takes a time that grows with their square. */
const MAX_TEXT = 100;

export const GRAMMARS: Readonly<Record<GrammarName, Grammar>> = {
  /** The package `ms`: a bare number is milliseconds. */
  ms: (text) => relative(parseMs(text)),
  /** `@lukeed/ms`: as `ms`, but it has no zero. */
  lukeed: (text) => (text.length > MAX_TEXT ? REFUSED : relative(parseLukeed(text))),
  /** jose 5 and 6: signs and `ago`, no bare number; rounded to seconds. */
  jose: (text) => parseJose(text),
  /** jose 1 to 4: no signs, no `ago`. */
  'jose-4': (text) => (/^\d/.test(text) && !/(?:ago|now)$/i.test(text) ? parseJose(text) : REFUSED),
  /** njwt: `new Date(text)`. A text without a time zone is in that of this machine. */
  date: (text) => absolute(Date.parse(text)),
  /** jsrsasign's `KJUR.jws.IntDate.get`. */
  jsrsasign: (text) => parseIntDate(text),
};

function relative(length: number | undefined): Reading {
  return length === undefined || Number.isNaN(length)
    ? REFUSED
    : { kind: 'relative', length: milliseconds(length) };
}

function absolute(at: number): Reading {
  return Number.isNaN(at) ? REFUSED : { kind: 'absolute', at: milliseconds(at) };
}

/** `ms` throws for an empty string, and gives undefined for what it can't read. */
function parseMs(text: string): number | undefined {
  return isMsText(text) ? ms(text) : undefined;
}

/** Its type lists what it can read; it takes any string that is not empty. */
function isMsText(text: string): text is ms.StringValue {
  return text !== '';
}

/** `secs` in jose's `lib/jwt_claims_set.js`; it is not exported. */
const JOSE =
  /^(\+|-)? ?(\d+|\d+\.\d+) ?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)(?: (ago|from now))?$/i;

const JOSE_UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_557_600,
};

function parseJose(text: string): Reading {
  const [, sign, count, unit, direction] = JOSE.exec(text) ?? [];
  if (count === undefined || unit === undefined) return REFUSED;
  if (sign !== undefined && direction !== undefined) return REFUSED;
  const length = Math.round(Number(count) * (JOSE_UNITS[unit.charAt(0).toLowerCase()] ?? NaN));
  if (!Number.isFinite(length)) return REFUSED;
  const isPast = sign === '-' || direction?.toLowerCase() === 'ago';
  return { kind: 'relative', length: toMilliseconds(seconds(isPast ? -length : length)) };
}

const HOUR = 3_600_000;

const INT_DATES: ReadonlyMap<string, number> = new Map([
  ['now', 0],
  ['now + 1hour', HOUR],
  ['now + 1day', 24 * HOUR],
  ['now + 1month', 30 * 24 * HOUR],
  ['now + 1year', 365 * 24 * HOUR],
]);

/** `zulutosec` in jsrsasign's `lib/jsrsasign.js`: two digits of a year, or four. */
const ZULU = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2}(?:\.\d+)?)Z$/;

function parseIntDate(text: string): Reading {
  const length = INT_DATES.get(text);
  if (length !== undefined) return relative(length);
  if (/^\d+$/.test(text)) return absolute(Number(text) * 1000);
  const [, year, ...rest] = ZULU.exec(text) ?? [];
  if (year === undefined) return REFUSED;
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = rest.map(Number);
  const century = year.length === 4 ? 0 : Number(year) < 50 ? 2000 : 1900;
  const minutes = Date.UTC(century + Number(year), month - 1, day, hour, minute);
  return absolute(minutes + Math.round(second) * 1000);
}

/** `lib/units` of itty-time, in milliseconds; any other word counts as milliseconds. */
const ITTY_UNITS: ReadonlyMap<string, number> = new Map([
  ['second', 1000],
  ['minute', 60_000],
  ['hour', HOUR],
  ['day', 24 * HOUR],
  ['week', 7 * 24 * HOUR],
  ['month', 30 * 24 * HOUR],
  ['year', 31_557_600_000],
]);

/** What itty-time reads, in milliseconds: `5 minutes`, or a bare number; NaN for `5m`. */
export function ittyTime(text: string): number {
  if (!Number.isNaN(Number(text))) return Number(text);
  if (text.length > MAX_TEXT) return NaN;
  const [, count = text, unit = ''] = /^([^ ]+) +(\w+?)s?$/.exec(text) ?? [];
  return Number(count) * (ITTY_UNITS.get(unit) ?? 1);
}

/** `locale/en.js` of parse-duration, in milliseconds, the largest first. */
const PARTS: readonly (readonly [name: RegExp, length: number])[] = [
  [/^(?:years?|yrs?|y)$/, 31_557_600_000],
  [/^(?:months?|mos?|mths?)$/, 2_629_800_000],
  [/^(?:weeks?|wks?|w)$/, 604_800_000],
  [/^(?:days?|d)$/, 86_400_000],
  [/^(?:hours?|hrs?|h)$/, HOUR],
  [/^(?:minutes?|mins?|m)$/, 60_000],
  [/^(?:seconds?|secs?|s)$/, 1000],
  [/^(?:milliseconds?|millisecs?|ms)$/, 1],
];

/** A number with a unit, as parse-duration finds them in a text; it overreads what is between them. */
const PART = /(\d{1,15}(?:\.\d{1,15})?)\s*([a-z]+)/gi;

/**
 * What parse-duration reads of a text, in the unit that it is to give: `1h 30m`, or a bare number of
 * that unit. Null where it is not known: for a sign, ISO 8601, and words of no unit.
 */
export function parsedDuration(text: string, format: string): number | null {
  const unit = partLength(format);
  if (unit === null || text.length > MAX_TEXT) return null;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (!/^[\s,]*$/.test(text.replaceAll(PART, '')) || !/\d/.test(text)) return null;
  let total = 0;
  for (const [, count, name = ''] of text.matchAll(PART)) {
    const length = partLength(name);
    if (length === null) return null;
    total += Number(count) * length;
  }
  return total / unit;
}

function partLength(name: string): number | null {
  return PARTS.find(([names]) => names.test(name.toLowerCase()))?.[1] ?? null;
}
