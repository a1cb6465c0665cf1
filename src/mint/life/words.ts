/** Lengths of time as messages tell them, and as code writes them. */

import { seconds, type Seconds } from '../../values/duration.ts';
import type { Possibility, Value } from '../../values/evaluate.ts';
import { timeUnit } from '../../values/linear.ts';
import { tableOf } from '../../values/possibilities.ts';
import type { Reader } from '../libraries/table.ts';
import type { Life, UnitMistake } from './life.ts';

const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ['year', 31_557_600],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** A longer life is told as one that does not end. */
const YEARS_WITHOUT_END = 1000;

/** How long a token lasts, for the end of a sentence: "lasts 5 minutes". */
function lastsText(life: Seconds): string {
  if (life === -Infinity) return 'has expired since 1970';
  if (life <= 0) return 'has expired when it is issued';
  const [[, year] = ['year', 1]] = UNITS;
  return life >= YEARS_WITHOUT_END * year ? 'never expires' : `lasts ${inWords(life)}`;
}

/** How long a token lasts, and whether that is by default, or at the most. */
export function lifeText(life: Seconds, possibility: Possibility): string {
  const { role } = possibility;
  const isMost = role === 'bound' || tableOf(possibility) !== null;
  if (life > 0 && isMost) return `${lastsText(life)} at most`;
  return role === 'written' || life <= 0 ? lastsText(life) : `${lastsText(life)} by default`;
}

/** A length of time in its two largest units: "1 hour and 30 minutes". */
export function inWords(length: Seconds): string {
  if (length < 1) return count(Math.round(length * 1000), 'millisecond');
  const whole = Math.round(length);
  const index = UNITS.findIndex(([, size]) => whole >= size);
  const [name, size] = UNITS[index] ?? ['second', 1];
  const [smaller, smallerSize] = UNITS[index + 1] ?? ['second', 1];
  const most = Math.floor(whole / size);
  const rest = Math.floor((whole % size) / smallerSize);
  const text = count(most, name);
  return rest === 0 || size === 1 ? text : `${text} and ${count(rest, smaller)}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** A length of time as the grammars of `ms` and of jose write it: `'30m'`. */
export function asText(length: number): string {
  if (length % 3600 === 0) return `${length / 3600}h`;
  return length % 60 === 0 ? `${length / 60}m` : `${length}s`;
}

/** A length of time as a product: `30 * 60`, in milliseconds `30 * 60 * 1000`. */
export function asProduct(length: number, unit: 'seconds' | 'milliseconds'): string {
  const inMinutes = length % 60 === 0 ? `${length / 60} * 60` : String(length);
  return unit === 'seconds' ? inMinutes : `${inMinutes} * 1000`;
}

/** How long a token lasts whose life is in a wrong unit, also where only the unit is known. */
export function mistakenText({ told, possibility, reader }: Life, mistake: UnitMistake): string {
  if (told.life !== null) return lastsText(told.life);
  switch (mistake) {
    case 'epoch':
    case 'secondTime':
      return lastsText(seconds(-Infinity));
    case 'millisecondTime':
      return lastsText(seconds(Infinity));
    case 'bareText':
    case 'secondSpan':
      return 'lasts a thousandth of that in seconds';
    case 'millisecondSpan':
    case 'millisecondsAdded':
      return 'lasts a thousand times as long';
    case 'timeAsSpan':
      return timeAsSpanText(possibility.value, reader);
  }
}

/** How long a token lasts whose life is all the time since 1970, as the library reads its number. */
function timeAsSpanText(value: Value, { unit }: Reader): string {
  const is = value.kind === 'number' && value.linear !== null ? timeUnit(value.linear) : 'other';
  if (is === 'milliseconds' && unit === 'seconds') return 'never expires';
  if (is === 'seconds' && unit === 'milliseconds') return 'lasts about 3 weeks';
  return is === unit ? 'lasts more than 50 years' : 'lasts as long as that number says';
}

export function subjectOf(isIntercom: boolean): string {
  return isIntercom ? 'This Intercom user JWT' : 'This token';
}
