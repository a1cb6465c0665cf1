/** How long a token lasts, of what its library is told. */

import type { Node } from '../../syntax/ast.ts';
import { seconds, toSeconds, type Seconds } from '../../values/duration.ts';
import type { NumberValue, Possibility, UnitSign } from '../../values/evaluate.ts';
import { GRAMMARS } from '../../values/time/grammar.ts';
import type { Dialect, Reader } from '../libraries/table.ts';
import { constantOf, rangeOf, sinceNow, timeUnit, type Linear } from '../../values/linear.ts';
import type { Entry } from '../mints/views.ts';

/**
 * A unit that is not the one that the library takes:
 * - `bareText`: a text of digits alone, which is milliseconds
 * - `epoch`: a length of time where a time is due: a moment in 1970
 * - `millisecondTime`: a time in milliseconds where one in seconds is due
 * - `secondTime`: a time in seconds where one in milliseconds is due
 * - `millisecondSpan`: a length of time in milliseconds where seconds are due
 * - `millisecondsAdded`: a time in seconds, to which a length of time in milliseconds is added
 * - `secondSpan`: a number that can only be seconds where milliseconds are due
 * - `timeAsSpan`: a time where a length of time is due
 */
export type UnitMistake =
  | 'bareText'
  | 'epoch'
  | 'millisecondTime'
  | 'secondTime'
  | 'millisecondSpan'
  | 'millisecondsAdded'
  | 'secondSpan'
  | 'timeAsSpan';

/** What a library makes of a value. `life` is null where it is not known. */
export type Told =
  | { readonly kind: 'life'; readonly life: Seconds | null; readonly mistake: UnitMistake | null }
  /** The value is as good as none. */
  | { readonly kind: 'ignored' }
  /** No token is made of it, or none that a verifier takes. */
  | { readonly kind: 'refused' };

/** One of the lives that a token can have. */
export interface Life {
  /** The expression at the mint that gives it: where it is reported. */
  readonly place: Node;
  /** That expression, where it is reported elsewhere. */
  readonly origin: Node;
  /** Whether it is told where another file is linted. */
  readonly isTold: boolean;
  readonly told: Told & { readonly kind: 'life' };
  readonly possibility: Possibility;
  readonly reader: Reader;
  /** What `iat` and `nbf` take off, below 0, or add. */
  readonly shift: Seconds;
}

/** What is said of a token's times. */
export interface Statements {
  /** The claim `exp`, and whether there can be no other. */
  readonly claims: readonly Entry[];
  readonly options: readonly Entry[];
  readonly starts: readonly Entry[];
  readonly issued: readonly Entry[];
  readonly notBefore: readonly Entry[];
  /** Whether all that can be said of the expiry is seen. */
  readonly isWhole: boolean;
}

export interface Expiry {
  readonly lives: readonly Life[];
  /** Whether nothing is said of it, and the token never expires. */
  readonly isMissing: boolean;
  /** The values of `iat` and `nbf`, or of what these are made of, that are of a wrong kind. */
  readonly misdated: readonly Misdated[];
}

export interface Misdated {
  readonly place: Node;
  readonly claim: 'iat' | 'nbf';
  /**
   * A time in milliseconds where it is due in seconds; where the length of time is due until the token
   * begins, a time, or one in milliseconds.
   */
  readonly mistake: 'millisecondTime' | 'timeAsSpan' | 'millisecondSpan';
}

/** Digits alone that are as many milliseconds as this make sense as such. */
const SENSIBLE_MILLISECONDS = 1_000_000;

/** A number below this, taken as a time, is one in the first years after 1970. */
const FIRST_EPOCH_SECONDS = 1_000_000_000;

/** A number from this on, taken as a time in seconds, was written in milliseconds. */
const FIRST_EPOCH_MILLISECONDS = 100_000_000_000;

const BARE_TEXT = /^\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)\s*$/;

const ZERO = seconds(0);
const UNKNOWN: Told & { readonly kind: 'life' } = { kind: 'life', life: null, mistake: null };
const REFUSED: Told = { kind: 'refused' };
const IGNORED: Told = { kind: 'ignored' };

/** A life without end, or a time long gone. */
const FOREVER = seconds(Infinity);
const PAST = seconds(-Infinity);

/** How long a token lasts by what is said of it, and by how its library reads that. */
export function expiryOf(statements: Statements, dialect: Dialect): Expiry {
  const { claims, options, isWhole } = statements;
  const { claim, option, both } = dialect;
  const misdated = misdatedOf(statements, dialect);
  const byClaim = claim === null ? [] : livesOf(claims, claim, statements, dialect);
  const byOption = option === null ? [] : livesOf(options, option, statements, dialect);
  const isSaidTwice = isCertain(byClaim) && isCertain(byOption);
  const isSilent = [...byClaim, ...byOption].every(({ isIgnored }) => isIgnored);
  if (isSaidTwice && both === 'refused') return { lives: [], isMissing: false, misdated };
  if (isSilent) {
    return { lives: [], isMissing: isWhole && dialect.omitted === null, misdated };
  }
  const [first, second] = both === 'option' ? [byOption, byClaim] : [byClaim, byOption];
  const counted = isCertain(first) ? first : [...first, ...second];
  const lives = counted.flatMap(({ life }) => (life === null ? [] : [life]));
  return { lives, isMissing: false, misdated };
}

interface Saying {
  readonly life: Life | null;
  /** Whether it is as good as nothing. */
  readonly isIgnored: boolean;
  readonly isCertain: boolean;
}

function isCertain(sayings: readonly Saying[]): boolean {
  return sayings.some((saying) => saying.isCertain);
}

function livesOf(
  entries: readonly Entry[],
  reader: Reader,
  statements: Statements,
  dialect: Dialect,
): readonly Saying[] {
  return entries.flatMap((entry): readonly Saying[] => {
    const possibilities = entry.file.of(entry.value);
    const told = possibilities.map((possibility) => tell(possibility, reader));
    const certain = entry.isCertain && told.every(({ kind }) => kind !== 'ignored');
    return possibilities.map((possibility, index): Saying => {
      const what = told[index] ?? UNKNOWN;
      const isIgnored = what.kind === 'ignored';
      if (what.kind !== 'life') return { life: null, isCertain: certain, isIgnored };
      const shift = shiftOf(what, possibility, reader, statements, dialect);
      const shifted: Told & { kind: 'life' } = { ...what, life: moved(what.life, shift) };
      const { place } = entry;
      const life: Life = {
        ...{ place, origin: place, isTold: false, told: shifted, possibility, reader },
        shift: shift ?? ZERO,
      };
      return { life, isCertain: certain, isIgnored };
    });
  });
}

/** What a library makes of a value, as far as it is alone: without `iat` and `nbf`. */
function tell({ value }: Possibility, reader: Reader): Told {
  switch (value.kind) {
    case 'number':
      return tellNumber(value, reader);
    case 'string':
      if (value.text === null) return reader.text === null ? REFUSED : UNKNOWN;
      return tellText(value.text, reader);
    case 'instant':
      if (value.library !== 'date' || !reader.dates) return REFUSED;
      return value.at === null ? UNKNOWN : tellTime(value.at, 'milliseconds', value.sign);
    case 'span':
      if (!reader.spans) return REFUSED;
      return lasting(value.length === null ? null : constantOf(value.length));
    case 'undefined':
      return reader.missing === 'refused' ? REFUSED : IGNORED;
    case 'null':
    case 'boolean':
    case 'object':
    case 'array':
    case 'function':
    case 'class':
    case 'enum':
    case 'namespace':
    case 'instance':
    case 'settings':
      return REFUSED;
    case 'field':
    case 'promise':
    case 'unknown':
      return UNKNOWN;
  }
}

/** A life of so many milliseconds. */
function lasting(milliseconds: number | null): Told {
  if (milliseconds === null) return UNKNOWN;
  return { kind: 'life', life: seconds(milliseconds / 1000), mistake: null };
}

function tellNumber({ linear, sign }: NumberValue, reader: Reader): Told {
  if (reader.unit === null) return REFUSED;
  if (reader.means === 'time') {
    return linear === null
      ? { ...UNKNOWN, mistake: isMilliseconds(sign, reader) ? 'millisecondSpan' : null }
      : tellTimeNumber(linear, reader, sign);
  }
  const mistake = isMilliseconds(sign, reader) ? 'millisecondSpan' : null;
  if (linear === null) return { ...UNKNOWN, mistake };
  if (timeUnit(linear) !== 'none') return { kind: 'life', life: null, mistake: 'timeAsSpan' };
  const count = constantOf(linear);
  if (count === null) return { ...UNKNOWN, mistake };
  if (Number.isNaN(count)) return REFUSED;
  if (count === 0 && reader.zero === 'ignored') return IGNORED;
  if (count < 0 && reader.negative === 'refused') return REFUSED;
  if (reader.whole && !Number.isInteger(count)) return REFUSED;
  if (reader.unit === 'seconds') return { kind: 'life', life: seconds(count), mistake };
  const isTooFew =
    sign === null && count > 0 && count < SENSIBLE_MILLISECONDS && count % 1000 !== 0;
  return {
    kind: 'life',
    life: seconds(Math.floor(count / 1000)),
    mistake: isTooFew ? 'secondSpan' : null,
  };
}

/** Whether a length of time shows to be in milliseconds where seconds are due. */
function isMilliseconds(sign: UnitSign | null, reader: Reader): boolean {
  return reader.unit === 'seconds' && sign?.unit === 'milliseconds';
}

/** A number that is a time by the library's lights. */
function tellTimeNumber(linear: Linear, reader: Reader, sign: UnitSign | null): Told {
  const count = constantOf(linear);
  if (count === 0 && reader.zero === 'ignored') return IGNORED;
  if (count !== null && count < 0 && reader.negative === 'refused') return REFUSED;
  if (count !== null) {
    if (Number.isNaN(count)) return REFUSED;
    if (count <= 0) return { kind: 'life', life: PAST, mistake: null };
    const inSeconds = reader.unit === 'milliseconds' ? count / 1000 : count;
    if (inSeconds < FIRST_EPOCH_SECONDS) return { kind: 'life', life: PAST, mistake: 'epoch' };
    return inSeconds >= FIRST_EPOCH_MILLISECONDS
      ? { kind: 'life', life: FOREVER, mistake: 'millisecondTime' }
      : UNKNOWN;
  }
  if (reader.whole && !linear.integral) return REFUSED;
  return tellTime(linear, reader.unit ?? 'seconds', sign);
}

/** A time by the clock, in the unit in which it is read. */
function tellTime(time: Linear, unit: 'seconds' | 'milliseconds', sign: UnitSign | null): Told {
  const is = timeUnit(time);
  const life = sinceNow(time);
  switch (is) {
    case 'none': {
      const at = constantOf(time);
      const isPast = at !== null && at / (unit === 'milliseconds' ? 1000 : 1) < FIRST_EPOCH_SECONDS;
      return isPast ? { kind: 'life', life: PAST, mistake: 'epoch' } : UNKNOWN;
    }
    case 'other': {
      const isPast =
        rangeOf(time).most / (unit === 'milliseconds' ? 1000 : 1) < FIRST_EPOCH_SECONDS;
      return isPast ? { kind: 'life', life: PAST, mistake: 'epoch' } : UNKNOWN;
    }
    case 'milliseconds':
      if (unit === 'seconds') return { kind: 'life', life: FOREVER, mistake: 'millisecondTime' };
      return { kind: 'life', life, mistake: null };
    case 'seconds': {
      if (unit === 'milliseconds') return { kind: 'life', life: PAST, mistake: 'secondTime' };
      const mistake = sign?.unit === 'milliseconds' ? 'millisecondsAdded' : null;
      return { kind: 'life', life, mistake };
    }
  }
}

function tellText(text: string, reader: Reader): Told {
  if (reader.text === null) return REFUSED;
  const reading = GRAMMARS[reader.text](text);
  switch (reading.kind) {
    case 'refused':
      return REFUSED;
    case 'absolute':
      return UNKNOWN;
    case 'relative': {
      const { length } = reading;
      const isBare = BARE_TEXT.test(text) && length > 0 && length < SENSIBLE_MILLISECONDS;
      return {
        kind: 'life',
        life: seconds(Math.floor(toSeconds(length))),
        mistake: isBare ? 'bareText' : null,
      };
    }
  }
}

/** A life with what `iat` and `nbf` add to it. One that ended long ago, or does not end, stays so. */
function moved(life: Seconds | null, shift: Seconds | null): Seconds | null {
  if (life === null || !Number.isFinite(life)) return life;
  return shift === null ? null : seconds(life + shift);
}

/** What `iat` and `nbf` add to a life; null where that is not known. */
function shiftOf(
  told: Told & { readonly kind: 'life' },
  { value }: Possibility,
  reader: Reader,
  { issued, starts, notBefore }: Statements,
  { base, start }: Dialect,
): Seconds | null {
  const isRelative = reader.means === 'span' || value.kind === 'string';
  const counted = isRelative && base === 'iat' ? offsetOf(issued) : ZERO;
  if (counted === null || told.life === null) return null;
  const byOption = start === null ? ZERO : startOf(starts, start, base === 'iat' ? counted : ZERO);
  const byClaim = offsetOf(notBefore);
  if (byOption === null || byClaim === null) return null;
  return seconds(counted - Math.max(0, byOption, byClaim));
}

/** How far from now a claim is; null where that is not known, or can differ. */
function offsetOf(entries: readonly Entry[]): Seconds | null {
  return onlyOne(entries, ({ value }) => {
    if (value.kind === 'undefined') return 0;
    if (value.kind !== 'number' || value.linear === null) return null;
    if (constantOf(value.linear) === 0) return 0;
    return timeUnit(value.linear) === 'seconds' ? sinceNow(value.linear) : null;
  });
}

/** How far from now a token begins by an option; null where that is not known, or can differ. */
function startOf(entries: readonly Entry[], reader: Reader, base: Seconds): Seconds | null {
  return onlyOne(entries, (possibility) => {
    const told = tell(possibility, reader);
    if (told.kind === 'ignored') return 0;
    if (told.kind === 'refused' || told.life === null) return null;
    return reader.means === 'span' ? told.life + base : told.life;
  });
}

/** The one number that these can be, 0 where there may be none of them; null where they differ. */
function onlyOne(
  entries: readonly Entry[],
  numberOf: (possibility: Possibility) => number | null,
): Seconds | null {
  const numbers = entries.flatMap((entry) => entry.file.of(entry.value).map(numberOf));
  if (!entries.some(({ isCertain }) => isCertain)) numbers.push(0);
  const [first = 0, ...others] = numbers;
  return first !== null && others.every((other) => other === first) ? seconds(first) : null;
}

/** What says in a wrong unit, or by a time in place of a length of time, when a token was issued, or begins. */
function misdatedOf(
  { issued, notBefore, starts }: Statements,
  { start }: Dialect,
): readonly Misdated[] {
  const dated = (entries: readonly Entry[], claim: Misdated['claim']): readonly Misdated[] =>
    entries
      .filter(({ file, value }) => file.of(value).some(isInMilliseconds))
      .map(({ place }) => ({ place, claim, mistake: 'millisecondTime' }));
  const isTime = start?.means === 'time' && start.unit === 'seconds';
  return [
    ...dated(issued, 'iat'),
    ...dated(notBefore, 'nbf'),
    ...(isTime ? dated(starts, 'nbf') : []),
    ...(start?.means === 'span' ? starts.flatMap((entry) => misspanned(entry, start)) : []),
  ];
}

function isInMilliseconds({ value }: Possibility): boolean {
  return (
    value.kind === 'number' && value.linear !== null && timeUnit(value.linear) === 'milliseconds'
  );
}

/** What is no length of time until a token begins, in the unit of the library. */
function misspanned({ file, value, place }: Entry, start: Reader): readonly Misdated[] {
  for (const possibility of file.of(value)) {
    const told = tell(possibility, start);
    const mistake = told.kind === 'life' ? told.mistake : null;
    if (mistake === 'timeAsSpan' || mistake === 'millisecondSpan') {
      return [{ place, claim: 'nbf', mistake }];
    }
  }
  return [];
}
