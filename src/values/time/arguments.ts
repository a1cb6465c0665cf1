/** What arguments stand for: times, and lengths of time, in milliseconds. */

import { inUnits, isoLength, later, lengthOf, signOf, unitOf, type Unit } from './units.ts';
import { toNumber } from '../operators.ts';
import {
  instant,
  number,
  UNDEFINED,
  UNKNOWN,
  UNKNOWN_NUMBER,
  type Argument,
  type InstantValue,
  type NumberValue,
  type TimeLibrary,
  type UnitSign,
  type Value,
} from '../value.ts';
import * as linear from '../linear.ts';
import { constant, type Linear } from '../linear.ts';

/** An argument as a value: what is left out is `undefined`. */
export function valueAt(args: readonly Argument[], index: number): Value {
  const argument = args[index];
  if (argument === undefined) return UNDEFINED;
  return argument.kind === 'record' ? UNKNOWN : argument;
}

export function numberAt(args: readonly Argument[], index: number): NumberValue {
  return toNumber(valueAt(args, index));
}

export function textAt(args: readonly Argument[], index: number): string | null {
  const value = valueAt(args, index);
  return value.kind === 'string' ? value.text : null;
}

/** A point in time that an argument stands for, in milliseconds. */
export function timeAt(args: readonly Argument[], index: number): NumberValue {
  const value = valueAt(args, index);
  switch (value.kind) {
    case 'instant':
      return number(value.at, value.sign);
    case 'number':
      return value;
    case 'string':
      return number(timeOfText(value.text) ?? spelledTime(value));
    default:
      return UNKNOWN_NUMBER;
  }
}

function spelledTime(value: Value & { kind: 'string' }): Linear | null {
  return value.spells?.of === 'date' ? value.spells.value : null;
}

/** The time of an ISO date with a time zone; others depend on where the program runs. */
function timeOfText(value: string | null): Linear | null {
  if (value === null || !/^[+-]?\d{4,6}-\d\d(?:-\d\d)?(?:T.*(?:Z|[+-]\d\d:?\d\d))?$/.test(value)) {
    return null;
  }
  return constant(Date.parse(value));
}

/** The sum of an object such as `{ minutes: 5, seconds: 30 }`, in milliseconds. */
export function fieldsLength(
  library: TimeLibrary,
  fields: ReadonlyMap<string, Value>,
): Linear | null {
  let total: Linear | null = constant(0);
  for (const [name, value] of fields) {
    if (value.kind === 'undefined') continue;
    const count = toNumber(value).linear;
    const length: Linear | null = count === null ? null : lengthOf(count, unitOf(library, name));
    total = total === null || length === null ? null : linear.add(total, length);
  }
  return total;
}

/**
 * A length of time from the arguments of a library's `add`, `plus` or `duration`: a number with a
 * unit (in milliseconds without one), an object of units, a text in ISO 8601 or a length itself.
 */
export function lengthFrom(library: TimeLibrary, args: readonly Argument[]): Linear | null {
  const [first] = args;
  if (first === undefined) return null;
  if (first.kind === 'record') return fieldsLength(library, first.fields);
  if (first.kind === 'span') return first.length;
  const unit = textAt(args, 1);
  if (first.kind === 'string' && args.length === 1) {
    return first.text === null ? null : isoLength(first.text);
  }
  // An older order of moment's: `add('minutes', 5)`.
  if (first.kind === 'string' && first.text !== null && library === 'moment' && unit === null) {
    const count = numberAt(args, 1).linear;
    return count === null ? null : lengthOf(count, unitOf(library, first.text));
  }
  const count = toNumber(first).linear;
  if (count === null || library === 'temporal') return null;
  if (args.length === 1) return count;
  return unit === null ? null : lengthOf(count, unitOf(library, unit));
}

/** A number of units of a length, or of a difference of times. */
export function counted(length: Linear | null, unit: Unit): NumberValue {
  return number(length === null ? null : inUnits(length, unit), signOf(unit));
}

/** A point in time that a length is added to; what has no unit of its own, has milliseconds. */
export function moved(from: InstantValue, length: Linear | null, direction: 1 | -1): InstantValue {
  const signed = length === null || direction === 1 ? length : linear.negate(length);
  const at = from.at === null || signed === null ? null : later(from.at, signed);
  return at === null ? instant(from.library, null) : made(from.library, at, from.sign);
}

/** The libraries whose dates are kept in a `Date`, which has whole milliseconds. */
const WHOLE: ReadonlySet<TimeLibrary> = new Set(['date', 'dayjs', 'moment']);

/** A date that a library makes of a number of milliseconds. */
export function made(
  library: TimeLibrary,
  at: Linear | null,
  sign: UnitSign | null = null,
): InstantValue {
  const time = at !== null && WHOLE.has(library) ? linear.clipped(at) : at;
  return instant(library, time, sign);
}
