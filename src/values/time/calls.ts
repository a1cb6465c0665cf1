/** What the functions of the language and of the date libraries return. */

import { packageKey } from './packages.ts';
import { inUnits, lengthOf, signOf, type Unit } from './units.ts';
import { extreme, lifted, MILLISECONDS, SECONDS, toNumber, toText } from '../operators.ts';
import {
  instant,
  number,
  span,
  text,
  UNDEFINED,
  UNKNOWN,
  UNKNOWN_NUMBER,
  UNKNOWN_STRING,
  type Argument,
  type External,
  type NumberValue,
  type TimeLibrary,
  type UnitSign,
  type Value,
} from '../value.ts';
import { toSeconds } from '../duration.ts';
import { GRAMMARS } from './grammar.ts';
import { ittyDate, ittyLength, ittySeconds, readBy, readDuration } from './written.ts';
import * as linear from '../linear.ts';
import { constant, NOW, type Linear } from '../linear.ts';
import {
  fieldsLength,
  made,
  valueAt,
  numberAt,
  timeAt,
  lengthFrom,
  counted,
  moved,
} from './arguments.ts';

/** What a call returns; unknown where it throws as well. */
export type Returns = ((args: readonly Argument[]) => Value) & {
  /** What it returns at the most, where not all that it is given is known; null where that is not known, either. */
  readonly bound?: (args: readonly Argument[]) => Value | null;
};

/** What calling an external returns; null where nothing is known of it. */
export function called(external: External): Returns | null {
  return CALLS.get(packageKey(external)) ?? null;
}

/** What `new` makes of an external; null where nothing is known of it. */
export function constructed(external: External): Returns | null {
  return CONSTRUCTORS.get(packageKey(external)) ?? null;
}

/** The value of an external that is not called; null where nothing is known of it. */
export function constantExternal(external: External): Value | null {
  return CONSTANTS.get(packageKey(external)) ?? null;
}

const now =
  (library: TimeLibrary): Returns =>
  () =>
    instant(library, NOW);

/** A library's own way to make a date of almost anything: of nothing it is now. */
const dated =
  (library: TimeLibrary): Returns =>
  (args) => {
    if (args.length === 0) return instant(library, NOW);
    if (args.length > 1) return instant(library, null);
    const [first] = args;
    if (first?.kind === 'undefined' && library !== 'date') return instant(library, NOW);
    const { linear: at, sign } = timeAt(args, 0);
    return made(library, at, sign);
  };

/** A date of a number of seconds since the epoch. */
const ofSeconds =
  (library: TimeLibrary): Returns =>
  (args) => {
    const { linear: count } = numberAt(args, 0);
    return made(library, count === null ? null : linear.multiply(count, constant(1000)));
  };

const ofMilliseconds =
  (library: TimeLibrary): Returns =>
  (args) => {
    const { linear: at, sign } = timeAt(args, 0);
    return made(library, at, sign);
  };

const length =
  (library: TimeLibrary): Returns =>
  (args) =>
    span(library, lengthFrom(library, args));

const rounded =
  (rounding: linear.Rounding): Returns =>
  (args) =>
    lifted(numberAt(args, 0), (value) => linear.round(value, rounding));

const largest =
  (which: 'max' | 'min'): Returns =>
  (args) =>
    extreme(
      which,
      args.map((_argument, index) => numberAt(args, index)),
    );

/** The least of numbers: where not all are known, it may be that of those that are. */
const least: Returns = Object.assign(largest('min'), {
  bound: (args: readonly Argument[]): Value | null => {
    const known = args.filter((_argument, index) => numberAt(args, index).linear !== null);
    const isPart = known.length > 0 && known.length < args.length;
    return isPart ? largest('min')(known) : null;
  },
});

/** A function of constants alone. */
const computed =
  (compute: (...values: number[]) => number): Returns =>
  (args) => {
    const known: number[] = [];
    for (const index of args.keys()) {
      const value = numberAt(args, index).linear;
      const count = value === null ? null : linear.constantOf(value);
      if (count === null) return UNKNOWN_NUMBER;
      known.push(count);
    }
    return number(constant(compute(...known)));
  };

const parsedInteger: Returns = (args) => {
  const radix = args.length > 1 ? numberAt(args, 1).linear : constant(10);
  if (radix === null || linear.constantOf(radix) !== 10) return UNKNOWN_NUMBER;
  const value = valueAt(args, 0);
  const { text: written, spells } = toText(value);
  if (written !== null) return number(constant(parseInt(written, 10)));
  if (spells?.of !== 'number' || !isPlain(spells.value)) return UNKNOWN_NUMBER;
  const sign = value.kind === 'number' ? value.sign : null;
  return number(linear.round(spells.value, 'trunc'), sign);
};

/** Whether a number is written without an exponent, whatever the time. */
function isPlain(value: Linear): boolean {
  const { least, most } = linear.rangeOf(value);
  if (most >= 1e21 || least <= -1e21) return false;
  return value.integral || least >= 1e-6 || most <= -1e-6;
}

const parsedFloat: Returns = (args) => {
  const value = valueAt(args, 0);
  const { text: written } = toText(value);
  return written === null ? toNumber(value) : number(constant(parseFloat(written)));
};

/** `addMinutes(date, 5)` and its like. */
const adding =
  (unit: Unit, direction: 1 | -1): Returns =>
  (args) => {
    const from = timeAt(args, 0);
    const count = numberAt(args, 1).linear;
    const units = count === null ? null : lengthOf(count, unit);
    return moved(instant('date', from.linear, from.sign), units, direction);
  };

const addingFields =
  (direction: 1 | -1): Returns =>
  (args) => {
    const from = timeAt(args, 0);
    const [, fields] = args;
    const sum = fields?.kind === 'record' ? fieldsLength('date-fns', fields.fields) : null;
    return moved(instant('date', from.linear, from.sign), sum, direction);
  };

/** `minutesToSeconds(5)` and its like, which cut fractions off. */
const converted =
  (from: Unit, to: Unit): Returns =>
  (args) => {
    const count = numberAt(args, 0).linear;
    const units = count === null ? null : lengthOf(count, from);
    const result = units === null ? null : inUnits(units, to);
    return number(result === null ? null : linear.round(result, 'trunc'), signOf(to));
  };

const difference =
  (unit: Unit): Returns =>
  (args) => {
    const [left, right] = [timeAt(args, 0).linear, timeAt(args, 1).linear];
    if (left === null || right === null) return number(null, signOf(unit));
    return lifted(counted(linear.subtract(left, right), unit), (value) =>
      linear.round(value, 'trunc'),
    );
  };

const inSeconds = (rounding: linear.Rounding) => (args: readonly Argument[]) =>
  lifted(counted(timeAt(args, 0).linear, 'second'), (value) => linear.round(value, rounding));

/** A time in seconds or milliseconds has its unit by its slope. */
function absolute({ linear: value }: NumberValue): NumberValue {
  return number(value);
}

/** djwt's `getNumericDate`: seconds from now, or a date. */
const numericDate: Returns = (args) => {
  const value = valueAt(args, 0);
  if (value.kind === 'instant') return absolute(inSeconds('round')(args));
  const count = value.kind === 'number' ? value.linear : null;
  if (count === null) return UNKNOWN_NUMBER;
  const after = linear.multiply(count, constant(1000)) ?? constant(0);
  const at = linear.divide(linear.add(NOW, after), constant(1000));
  return number(at === null ? null : linear.round(at, 'round'));
};

/** jsrsasign's `IntDate.getNow()`. */
const intNow: Linear = linear.round(linear.divide(NOW, constant(1000)) ?? NOW, 'trunc');

/** jsrsasign's `IntDate.get(…)`: seconds since the epoch. */
const intDate: Returns = (args) => {
  const value = valueAt(args, 0);
  if (value.kind !== 'string' || value.text === null) return UNKNOWN_NUMBER;
  const reading = GRAMMARS.jsrsasign(value.text);
  switch (reading.kind) {
    case 'relative':
      return number(linear.add(intNow, constant(toSeconds(reading.length))));
    case 'absolute':
      return number(constant(toSeconds(reading.at)));
    case 'refused':
      return UNKNOWN;
  }
};

const createDate: Returns = (args) => {
  const value = valueAt(args, 0);
  return moved(instant('date', NOW), value.kind === 'span' ? value.length : null, 1);
};

const PLURALS: readonly (readonly [name: string, unit: Unit])[] = [
  ['Milliseconds', 'millisecond'],
  ['Seconds', 'second'],
  ['Minutes', 'minute'],
  ['Hours', 'hour'],
  ['Days', 'day'],
  ['Weeks', 'week'],
  ['Months', 'month'],
  ['Quarters', 'quarter'],
  ['Years', 'year'],
];

/** Up to hours, of which date-fns has conversions. */
const CONVERTED = PLURALS.slice(0, 4);

const CALLS: ReadonlyMap<string, Returns> = new Map<string, Returns>([
  ['Date', () => UNKNOWN_STRING],
  ['Date.now', () => number(NOW)],
  ['Date.parse', (args) => absolute(timeOfArgument(args))],
  ['Date.UTC', computed(Date.UTC)],
  ['performance.now', () => ({ kind: 'field', field: 'now', of: NOW, offset: 0 })],
  ['Number', (args) => (args.length === 0 ? number(constant(0)) : numberAt(args, 0))],
  ['String', (args) => (args.length === 0 ? text('') : toText(valueAt(args, 0)))],
  ['Boolean', () => ({ kind: 'boolean', value: null })],
  ['parseInt', parsedInteger],
  ['Number.parseInt', parsedInteger],
  ['parseFloat', parsedFloat],
  ['Number.parseFloat', parsedFloat],
  ['Math.floor', rounded('floor')],
  ['Math.ceil', rounded('ceil')],
  ['Math.round', rounded('round')],
  ['Math.trunc', rounded('trunc')],
  ['Math.abs', (args) => lifted(numberAt(args, 0), linear.absolute)],
  ['Math.max', largest('max')],
  ['Math.min', least],
  ['Math.pow', computed(Math.pow)],
  ['Math.sign', computed(Math.sign)],
  ['Math.sqrt', computed(Math.sqrt)],
  ['ms', readBy(GRAMMARS.ms)],
  ['@lukeed/ms:parse', readBy(GRAMMARS.lukeed)],
  ['itty-time:ms', (args) => number(ittyLength(args), MILLISECONDS)],
  ['itty-time:seconds', (args) => lifted(number(ittyLength(args), SECONDS), ittySeconds)],
  ['itty-time:duration', () => UNKNOWN_STRING],
  ['itty-time:datePlus', ittyDate],
  ['parse-duration', readDuration],
  ['date-fns:add', addingFields(1)],
  ['date-fns:sub', addingFields(-1)],
  ...PLURALS.flatMap(([name, unit]): readonly (readonly [string, Returns])[] => [
    [`date-fns:add${name}`, adding(unit, 1)],
    [`date-fns:sub${name}`, adding(unit, -1)],
  ]),
  ...CONVERTED.flatMap(([name, from]) =>
    CONVERTED.map(([other, to]): readonly [string, Returns] => [
      `date-fns:${name.toLowerCase()}To${other}`,
      converted(from, to),
    ]),
  ),
  ...CONVERTED.map(([name, unit]): readonly [string, Returns] => [
    `date-fns:differenceIn${name}`,
    difference(unit),
  ]),
  ['date-fns:milliseconds', (args) => fieldsIn(args, MILLISECONDS)],
  ['date-fns:getUnixTime', (args) => absolute(inSeconds('trunc')(args))],
  ['date-fns:getTime', (args) => timeAt(args, 0)],
  ['date-fns:toDate', ofMilliseconds('date')],
  ['date-fns:parseISO', ofMilliseconds('date')],
  ['date-fns:fromUnixTime', ofSeconds('date')],
  ['dayjs', dated('dayjs')],
  ['dayjs:utc', dated('dayjs')],
  ['dayjs:unix', ofSeconds('dayjs')],
  ['dayjs:duration', length('dayjs')],
  ['moment', dated('moment')],
  ['moment:utc', dated('moment')],
  ['moment:now', () => number(NOW)],
  ['moment:unix', ofSeconds('moment')],
  ['moment:duration', length('moment')],
  ['luxon:DateTime.now', now('luxon')],
  ['luxon:DateTime.utc', (args) => instant('luxon', args.length === 0 ? NOW : null)],
  ['luxon:DateTime.local', (args) => instant('luxon', args.length === 0 ? NOW : null)],
  ['luxon:DateTime.fromMillis', ofMilliseconds('luxon')],
  ['luxon:DateTime.fromSeconds', ofSeconds('luxon')],
  ['luxon:DateTime.fromJSDate', ofMilliseconds('luxon')],
  ['luxon:DateTime.fromISO', ofMilliseconds('luxon')],
  ['luxon:Duration.fromObject', length('luxon')],
  ['luxon:Duration.fromMillis', length('luxon')],
  ['luxon:Duration.fromISO', length('luxon')],
  ['temporal:Now.instant', now('temporal')],
  ['temporal:Now.zonedDateTimeISO', now('temporal')],
  ['temporal:Instant.fromEpochMilliseconds', ofMilliseconds('temporal')],
  ['temporal:Instant.from', ofMilliseconds('temporal')],
  ['temporal:Duration.from', length('temporal')],
  ['oslo:createDate', createDate],
  ['djwt:getNumericDate', numericDate],
  ['jsrsasign:KJUR.jws.IntDate.get', intDate],
  ['jsrsasign:KJUR.jws.IntDate.getNow', () => number(intNow)],
]);

const CONSTRUCTORS: ReadonlyMap<string, Returns> = new Map<string, Returns>([
  ['Date', dated('date')],
  ['oslo:TimeSpan', length('oslo')],
]);

const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['undefined', UNDEFINED],
  ['NaN', number(constant(NaN))],
  ['Infinity', number(constant(Infinity))],
  ['Number.MAX_SAFE_INTEGER', number(constant(Number.MAX_SAFE_INTEGER))],
  ['Number.MAX_VALUE', number(constant(Number.MAX_VALUE))],
  ['Number.POSITIVE_INFINITY', number(constant(Infinity))],
  ['Math.PI', number(constant(Math.PI))],
  ['performance.timeOrigin', { kind: 'field', field: 'timeOrigin', of: NOW, offset: 0 }],
  ['date-fns:secondsInMinute', number(constant(60), SECONDS)],
  ['date-fns:secondsInHour', number(constant(3600), SECONDS)],
  ['date-fns:secondsInDay', number(constant(86_400), SECONDS)],
  ['date-fns:secondsInWeek', number(constant(604_800), SECONDS)],
  ['date-fns:millisecondsInSecond', number(constant(1000), MILLISECONDS)],
  ['date-fns:millisecondsInMinute', number(constant(60_000), MILLISECONDS)],
  ['date-fns:millisecondsInHour', number(constant(3_600_000), MILLISECONDS)],
  ['date-fns:millisecondsInDay', number(constant(86_400_000), MILLISECONDS)],
  ['date-fns:minutesInHour', number(constant(60))],
  ['date-fns:minutesInDay', number(constant(1440))],
]);

/** `Date.parse` of a text alone. */
function timeOfArgument(args: readonly Argument[]): NumberValue {
  const value = valueAt(args, 0);
  return value.kind === 'string' || value.kind === 'instant' ? timeAt(args, 0) : UNKNOWN_NUMBER;
}

function fieldsIn(args: readonly Argument[], sign: UnitSign): NumberValue {
  const [first] = args;
  return number(first?.kind === 'record' ? fieldsLength('date-fns', first.fields) : null, sign);
}
