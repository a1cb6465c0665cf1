/** What the methods and properties of numbers, texts, dates and lengths of time give. */

import { counted, lengthFrom, moved, numberAt, textAt, timeAt, valueAt } from './arguments.ts';
import { later, lengthOf, unitOf, type Unit } from './units.ts';
import { lifted, MILLISECONDS, toNumber, toText } from '../operators.ts';
import {
  instant,
  number,
  span,
  string,
  text,
  UNDEFINED,
  UNKNOWN,
  UNKNOWN_NUMBER,
  UNKNOWN_STRING,
  type InstantValue,
  type NumberValue,
  type SpanValue,
  type StringValue,
  type TimeLibrary,
  type Value,
  type Argument,
} from '../value.ts';
import * as linear from '../linear.ts';

type Method<V extends Value> = (of: V, args: readonly Argument[]) => Value;
type Methods<V extends Value> = ReadonlyMap<string, Method<V>>;

/** What a method returns; unknown where it is not known. */
export function methodResult(of: Value, name: string, args: readonly Argument[]): Value {
  switch (of.kind) {
    case 'number':
      return (NUMBER.get(name) ?? unknown)(of, args);
    case 'string':
      return (STRING.get(name) ?? unknown)(of, args);
    case 'instant': {
      if (of.library === 'date') return dateMethod(of, name, args);
      return (INSTANTS[of.library].get(name) ?? unknown)(of, args);
    }
    case 'span':
      return (SPANS[of.library].get(name) ?? unknown)(of, args);
    default:
      return UNKNOWN;
  }
}

/** What a property is that is no method; null where it is not known. */
export function propertyOf(of: Value, name: string): Value | null {
  if (of.kind === 'string' && name === 'length') {
    return of.text === null ? UNKNOWN_NUMBER : number(linear.constant(of.text.length));
  }
  if (of.kind !== 'instant') return null;
  if (of.library === 'temporal') {
    if (name === 'epochMilliseconds') return time(of);
    // It was taken out of the proposal: an engine or polyfill that has it is out of date.
    return name === 'epochSeconds' ? UNDEFINED : null;
  }
  return of.library === 'luxon' && name === 'ts' ? time(of) : null;
}

/** Whether a method changes the object that it is called on, and what that is then. */
export function mutated(of: Value, name: string, args: readonly Argument[]): Value | null {
  if (of.kind !== 'instant') return null;
  if (of.library === 'date') {
    if (!name.startsWith('set')) return null;
    return instant('date', dateMethod(of, name, args).linear, of.sign);
  }
  return of.library === 'moment' && MOMENT_MUTATORS.has(name) ? methodResult(of, name, args) : null;
}

/** Whether a method of this name changes some date that it is called on. */
export function isMutator(name: string): boolean {
  return /^set[A-Z]/.test(name) || MOMENT_MUTATORS.has(name);
}

const MOMENT_MUTATORS = new Set([
  'add',
  'subtract',
  'startOf',
  'endOf',
  'set',
  'local',
  'utc',
  'utcOffset',
  'millisecond',
  'milliseconds',
  'second',
  'seconds',
  'minute',
  'minutes',
  'hour',
  'hours',
  'date',
  'day',
  'days',
  'month',
  'year',
]);

const unknown = (): Value => UNKNOWN;
const same = <V extends Value>(of: V): V => of;
const untold = (): Value => UNKNOWN_STRING;

const NUMBER: Methods<NumberValue> = new Map<string, Method<NumberValue>>([
  ['valueOf', same],
  ['toString', (of, args) => (args.length === 0 ? toText(of) : UNKNOWN_STRING)],
  ['toFixed', toFixed],
]);

function toFixed(of: NumberValue, args: readonly Argument[]): StringValue {
  const digits = args.length === 0 ? linear.constant(0) : numberAt(args, 0).linear;
  const count = digits === null ? null : linear.constantOf(digits);
  if (of.linear === null || count === null || !(count >= 0 && count <= 100)) return UNKNOWN_STRING;
  const known = linear.constantOf(of.linear);
  if (known !== null) return text(known.toFixed(count));
  const { low, high } = of.linear;
  const cut = 0.5 / 10 ** count;
  const value =
    count === 0
      ? linear.round(of.linear, 'round')
      : { ...of.linear, low: low - cut, high: high + cut };
  return string({ spells: { of: 'number', value } });
}

/** A method of strings that depends on nothing else. */
const pure =
  (change: (text: string) => string): Method<StringValue> =>
  (of) => {
    if (of.text !== null) return text(change(of.text));
    return of.spells === null ? UNKNOWN_STRING : of;
  };

const STRING: Methods<StringValue> = new Map<string, Method<StringValue>>([
  ['toString', same],
  ['valueOf', same],
  ['trim', (of) => (of.text === null ? of : text(of.text.trim()))],
  ['toLowerCase', pure((value) => value.toLowerCase())],
  ['toUpperCase', pure((value) => value.toUpperCase())],
  ['replace', untold],
  ['replaceAll', untold],
  ['slice', untold],
  ['substring', untold],
  ['padStart', untold],
]);

/** A time in milliseconds, or in whole seconds. */
function time(of: InstantValue): NumberValue {
  return number(of.at, of.sign);
}

function wholeSeconds(of: InstantValue): NumberValue {
  return lifted(number(inSeconds(of).linear), (value) => linear.round(value, 'floor'));
}

function inSeconds(of: InstantValue): NumberValue {
  return number(counted(of.at, 'second').linear);
}

function iso(of: InstantValue): StringValue {
  return string({ spells: of.at === null ? null : { of: 'date', value: of.at } });
}

function asDate(of: InstantValue): InstantValue {
  return instant('date', of.at, of.sign);
}

/** The fields of a `Date`, and the units of those that can be added to. */
const FIELDS: ReadonlyMap<string, Unit> = new Map([
  ['Milliseconds', 'millisecond'],
  ['Seconds', 'second'],
  ['Minutes', 'minute'],
  ['Hours', 'hour'],
  ['Date', 'day'],
  ['Month', 'month'],
  ['FullYear', 'year'],
]);

const DATE_TEXTS = new Set(['toString', 'toUTCString', 'toGMTString']);

function dateMethod(of: InstantValue, name: string, args: readonly Argument[]): NumberValue;
function dateMethod(of: InstantValue, name: string, args: readonly Argument[]): Value;
function dateMethod(of: InstantValue, name: string, args: readonly Argument[]): Value {
  if (name === 'getTime' || name === 'valueOf') return time(of);
  if (name === 'toISOString' || name === 'toJSON') return iso(of);
  if (DATE_TEXTS.has(name)) return toText(of);
  if (name === 'setTime') {
    const { linear: at, sign } = numberAt(args, 0);
    return number(at === null ? null : linear.clipped(at), sign);
  }
  const field = name.slice(3);
  if (name.startsWith('get')) {
    const isField = of.at !== null && FIELDS.has(field.replace(/^UTC/, ''));
    return isField ? { kind: 'field', field, of: of.at, offset: 0 } : UNKNOWN_NUMBER;
  }
  return name.startsWith('set') ? setField(of, field, args) : UNKNOWN_STRING;
}

/** `d.setMinutes(d.getMinutes() + 5)`. */
function setField(of: InstantValue, field: string, args: readonly Argument[]): NumberValue {
  const unit = FIELDS.get(field.replace(/^UTC/, ''));
  const value = valueAt(args, 0);
  if (unit === undefined || of.at === null || args.length !== 1) return UNKNOWN_NUMBER;
  if (value.kind !== 'field' || value.field !== field) return UNKNOWN_NUMBER;
  const difference = linear.constantOf(linear.subtract(of.at, value.of));
  const length = lengthOf(linear.constant(value.offset), unit);
  return difference === 0 && length !== null ? number(later(of.at, length)) : UNKNOWN_NUMBER;
}

const plus =
  (direction: 1 | -1): Method<InstantValue> =>
  (of, args) =>
    moved(of, lengthFrom(of.library, args), direction);

/** The time since another, in a unit: cut off to a whole number, if nothing else is asked for. */
function since(of: InstantValue, args: readonly Argument[]): Value {
  const unit = args.length < 2 ? 'millisecond' : textUnit(of.library, textAt(args, 1));
  const other = timeAt(args, 0).linear;
  if (unit === null || of.at === null || other === null) return UNKNOWN_NUMBER;
  const result = counted(linear.subtract(of.at, other), unit);
  if (args.length > 2) return result;
  return lifted(result, (value) => linear.round(value, 'trunc'));
}

function textUnit(library: TimeLibrary, name: string | null): Unit | null {
  const unit = name === null ? null : unitOf(library, name);
  return unit === 'nothing' ? null : unit;
}

/** `format('X')`: the seconds, as a text. */
function formatted(of: InstantValue, args: readonly Argument[]): StringValue {
  const format = textAt(args, 0);
  const value = format === 'X' ? wholeSeconds(of).linear : format === 'x' ? time(of).linear : null;
  return string({ spells: value === null ? null : { of: 'number', value } });
}

/** What dayjs and moment have in common. */
const CHAINED: readonly (readonly [string, Method<InstantValue>])[] = [
  ['add', plus(1)],
  ['subtract', plus(-1)],
  ['unix', wholeSeconds],
  ['valueOf', time],
  ['toDate', asDate],
  ['toISOString', iso],
  ['toJSON', iso],
  ['format', formatted],
  ['diff', since],
  ['utc', same],
  ['local', same],
  ['clone', same],
  ['tz', same],
  ['locale', same],
  ['utcOffset', same],
  ['startOf', unplaced],
  ['endOf', unplaced],
  ['set', unplaced],
];

function unplaced(of: InstantValue): InstantValue {
  return instant(of.library, null);
}

const INSTANTS: Readonly<Record<Exclude<TimeLibrary, 'date'>, Methods<InstantValue>>> = {
  dayjs: new Map(CHAINED),
  moment: new Map(CHAINED),
  luxon: new Map<string, Method<InstantValue>>([
    ['plus', plus(1)],
    ['minus', plus(-1)],
    ['toSeconds', inSeconds],
    ['toUnixInteger', wholeSeconds],
    ['toMillis', time],
    ['valueOf', time],
    ['toJSDate', asDate],
    ['toISO', iso],
    ['toJSON', iso],
    ['toFormat', formatted],
    ['toUTC', same],
    ['toLocal', same],
    ['setZone', same],
    ['setLocale', same],
    ['reconfigure', same],
    ['startOf', unplaced],
    ['endOf', unplaced],
    ['set', unplaced],
    ['diff', (of, args) => span('luxon', spanSince(of, args))],
    ['diffNow', (of) => span('luxon', of.at === null ? null : linear.subtract(of.at, linear.NOW))],
  ]),
  temporal: new Map<string, Method<InstantValue>>([
    ['add', plus(1)],
    ['subtract', plus(-1)],
    ['toZonedDateTimeISO', same],
    ['toInstant', same],
    ['withTimeZone', same],
    ['toString', iso],
    ['toJSON', iso],
    ['since', (of, args) => span('temporal', spanSince(of, args))],
  ]),
  'date-fns': new Map(),
  oslo: new Map(),
};

function spanSince(of: InstantValue, args: readonly Argument[]): linear.Linear | null {
  const other = timeAt(args, 0).linear;
  return of.at === null || other === null ? null : linear.subtract(of.at, other);
}

const MILLISECONDS_LONG: Method<SpanValue> = (of) => counted(of.length, 'millisecond');
const SECONDS_LONG: Method<SpanValue> = (of) => counted(of.length, 'second');

function inUnit(of: SpanValue, args: readonly Argument[]): Value {
  const [first] = args;
  const named = first?.kind === 'record' ? first.fields.get('unit') : first;
  const name = named?.kind === 'string' ? named.text : null;
  const unit = textUnit(of.library, name);
  return unit === null ? UNKNOWN_NUMBER : counted(of.length, unit);
}

const longer =
  (direction: 1 | -1): Method<SpanValue> =>
  (of, args) => {
    const length = lengthFrom(of.library, args);
    if (of.length === null || length === null) return span(of.library, null);
    const signed = direction === 1 ? length : linear.negate(length);
    return span(of.library, linear.add(of.length, signed));
  };

const CHAINED_SPANS: readonly (readonly [string, Method<SpanValue>])[] = [
  ['asMilliseconds', MILLISECONDS_LONG],
  ['asSeconds', SECONDS_LONG],
  ['asMinutes', (of) => counted(of.length, 'minute')],
  ['asHours', (of) => counted(of.length, 'hour')],
  ['asDays', (of) => counted(of.length, 'day')],
  ['as', inUnit],
  ['valueOf', (of) => toNumber(of)],
  ['toISOString', untold],
  ['add', longer(1)],
  ['subtract', longer(-1)],
];

const SPANS: Readonly<Record<TimeLibrary, Methods<SpanValue>>> = {
  dayjs: new Map(CHAINED_SPANS),
  moment: new Map(CHAINED_SPANS),
  luxon: new Map<string, Method<SpanValue>>([
    ['as', inUnit],
    ['toMillis', MILLISECONDS_LONG],
    ['valueOf', MILLISECONDS_LONG],
    ['plus', longer(1)],
    ['minus', longer(-1)],
    ['shiftTo', same],
    ['toISO', untold],
  ]),
  temporal: new Map<string, Method<SpanValue>>([
    ['total', inUnit],
    ['add', longer(1)],
    ['subtract', longer(-1)],
    ['round', (of) => span(of.library, null)],
  ]),
  oslo: new Map<string, Method<SpanValue>>([
    ['milliseconds', (of) => number(of.length, MILLISECONDS)],
    ['seconds', SECONDS_LONG],
  ]),
  date: new Map(),
  'date-fns': new Map(),
};
