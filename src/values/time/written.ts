/** What functions read of lengths of time that are written as texts. */

import { MILLISECONDS, SECONDS, toText } from '../operators.ts';
import {
  instant,
  number,
  UNDEFINED,
  UNKNOWN,
  UNKNOWN_STRING,
  type Argument,
  type Value,
} from '../value.ts';
import * as linear from '../linear.ts';
import { constant, NOW, type Linear } from '../linear.ts';
import { ittyTime, parsedDuration, type Grammar } from './grammar.ts';
import { moved, textAt, timeAt, valueAt } from './arguments.ts';

/** `ms(text)` in milliseconds; of a number it makes a text. */
export const readBy =
  (grammar: Grammar) =>
  (args: readonly Argument[]): Value => {
    const value = valueAt(args, 0);
    if (value.kind === 'number') return UNKNOWN_STRING;
    if (value.kind !== 'string' || value.text === null) return number(null, MILLISECONDS);
    if (value.text === '') return UNKNOWN;
    const reading = grammar(value.text);
    return reading.kind === 'relative' ? number(constant(reading.length), MILLISECONDS) : UNDEFINED;
  };

/** itty-time's `ms('5 minutes')`, of which a number stays what it is. */
export function ittyLength(args: readonly Argument[]): Linear | null {
  const value = valueAt(args, 0);
  if (value.kind === 'number') return value.linear;
  return value.kind === 'string' && value.text !== null ? constant(ittyTime(value.text)) : null;
}

/** The same in seconds. */
export function ittySeconds(length: Linear): Linear {
  return linear.divide(length, constant(1000)) ?? constant(NaN);
}

/** itty-time's `datePlus('5 minutes')`, from now or from another date. */
export function ittyDate(args: readonly Argument[]): Value {
  const from = args.length > 1 ? timeAt(args, 1) : number(NOW);
  return moved(instant('date', from.linear, from.sign), ittyLength(args), 1);
}

/** parse-duration's `parse('1h 30m', 's')`. */
export function readDuration(args: readonly Argument[]): Value {
  const unit = args.length > 1 ? textAt(args, 1) : 'ms';
  const { text: written } = toText(valueAt(args, 0));
  const sign = unit === 'ms' ? MILLISECONDS : unit === 's' ? SECONDS : null;
  const length = written === null || unit === null ? null : parsedDuration(written, unit);
  if (length !== null) return number(constant(length), sign);
  // A text that it cannot read gives null.
  return written === null ? number(null, sign) : UNKNOWN;
}
