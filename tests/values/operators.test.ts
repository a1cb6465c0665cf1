/** What operators make of values that are known, against what JavaScript makes of them. */

import { runInNewContext } from 'node:vm';

import { describe, expect, test } from 'vitest';

import { constantOf } from '../../src/values/linear.ts';
import {
  binary,
  nullishness,
  stayed,
  textOf,
  toNumber,
  toText,
  truthiness,
  unary,
} from '../../src/values/operators.ts';
import { literalKind } from '../../src/values/host.ts';
import type { StringValue, Value } from '../../src/values/value.ts';
import { evaluated } from '../helpers/minted.ts';

const PRIMITIVES = [
  ...['0', '-0', '1', '-1', '2', '31', '1.5', '-7', '1e21', 'NaN', 'Infinity', '-Infinity'],
  ...["''", "' '", "'a'", "'b'", "'ab'", "'5'", "' 5 '", "'0x10'", "'5m'", "'null'"],
  ...['true', 'false', 'null', 'undefined'],
];

interface Known {
  readonly source: string;
  readonly value: Value;
  readonly is: unknown;
}

/** What JavaScript makes of each of these. */
function run(programs: readonly string[]): readonly unknown[] {
  return runInNewContext(`[${programs.join(',\n')}]`) as readonly unknown[];
}

const IS = run(PRIMITIVES);

const ALL: readonly Known[] = PRIMITIVES.map((source, index) => ({
  source,
  value: evaluated(`const result = ${source};`).values[0].value,
  is: IS[index],
}));

const UNKNOWN: Value = { kind: 'unknown', known: null };

/** What is said of a value: the value itself in a list, or its type where that alone is known. */
function said(value: Value): readonly [unknown] | string {
  switch (value.kind) {
    case 'number': {
      const known = value.linear === null ? null : constantOf(value.linear);
      return known === null ? 'number' : [known];
    }
    case 'string':
      return value.text === null ? 'string' : [value.text];
    case 'boolean':
      return value.value === null ? 'boolean' : [value.value];
    case 'null':
      return [null];
    case 'undefined':
      return [undefined];
    default:
      return value.kind;
  }
}

/** Whether it is known, and the same as in JavaScript but for the sign of 0. */
function isKnown(value: Value, is: unknown, name: string): boolean {
  const words = said(value);
  if (typeof words === 'string') {
    if (words !== 'unknown') expect(typeof is, name).toBe(words);
    return false;
  }
  const [found] = words;
  expect(found === 0 ? 0 : found, name).toBe(is === 0 ? 0 : is);
  return true;
}

const NUMERIC = ['-', '*', '/', '%', '**', '|', '&', '^', '<<', '>>', '>>>'];
const COMPARING = ['<', '<=', '>', '>='];
const EQUAL = ['==', '!=', '===', '!=='];

/** How many of the pairs are known of which a condition holds, and how many there are. */
function knownOf(
  operator: string,
  isMeant: (one: Known, other: Known) => boolean,
): { readonly known: number; readonly all: number } {
  const pairs = ALL.flatMap((left) => ALL.map((right) => ({ left, right })));
  const programs = pairs.map(({ left, right }) => `(${left.source}) ${operator} (${right.source})`);
  const made = run(programs);
  const found = pairs.map(({ left, right }, index) =>
    isKnown(binary(operator, left.value, right.value), made[index], programs[index] ?? ''),
  );
  const meant = found.filter((_, index) => {
    const pair = pairs[index];
    return pair !== undefined && isMeant(pair.left, pair.right);
  });
  return { known: meant.filter(Boolean).length, all: meant.length };
}

function isOf(...types: readonly string[]): (one: Known, other: Known) => boolean {
  return ({ is }, { is: other }) => typeof is === typeof other && types.includes(typeof is);
}

describe('an operator between two values', () => {
  test.each([...NUMERIC, '+'])('%s is known of all of them', (operator) => {
    const { known, all } = knownOf(operator, () => true);
    expect(known).toBe(all);
  });

  test.each(COMPARING)(
    '%s is known of two numbers and of two texts, and of no others',
    (operator) => {
      const { known, all } = knownOf(operator, isOf('number', 'string'));
      expect(known).toBe(all);
      expect(knownOf(operator, (one, other) => !isOf('number', 'string')(one, other)).known).toBe(
        0,
      );
    },
  );

  test.each(EQUAL)('%s is known of two of one type', (operator) => {
    const { known, all } = knownOf(operator, isOf('number', 'string', 'boolean', 'undefined'));
    expect(known).toBe(all);
  });

  test.each(['===', '!=='])('%s is known of all of them', (operator) => {
    const { known, all } = knownOf(operator, () => true);
    expect(known).toBe(all);
  });

  test.each(['==', '!='])('%s is known where one is null or undefined', (operator) => {
    const { known, all } = knownOf(operator, (one, other) => one.is == null || other.is == null);
    expect(known).toBe(all);
  });

  test.each(['in', 'instanceof'])('%s is a boolean', (operator) => {
    expect(said(binary(operator, UNKNOWN, UNKNOWN))).toBe('boolean');
  });

  test.each([...NUMERIC, ...COMPARING, ...EQUAL, '+'])(
    '%s is not known of what is not',
    (operator) => {
      for (const { value } of ALL) {
        expect(said(binary(operator, value, UNKNOWN))).toBeTypeOf('string');
        expect(said(binary(operator, UNKNOWN, value))).toBeTypeOf('string');
      }
    },
  );
});

describe('an operator of one value', () => {
  test.each(['+', '-', '~', '!', 'void'])('%s', (operator) => {
    const made = run(PRIMITIVES.map((source) => `${operator} (${source})`));
    ALL.forEach(({ source, value }, index) => {
      expect(isKnown(unary(operator, value), made[index], source), source).toBe(true);
    });
    if (operator !== 'void') expect(said(unary(operator, UNKNOWN))).toBeTypeOf('string');
  });

  test('typeof is a text, and what there is none of is not known', () => {
    expect(said(unary('typeof', UNKNOWN))).toBe('string');
    expect(said(unary('delete', UNKNOWN))).toBe('unknown');
  });
});

test('a value counts as true, as nothing, as a number and as a text as in JavaScript', () => {
  for (const { source, value, is } of ALL) {
    expect(truthiness(value), source).toBe(Boolean(is));
    expect(nullishness(value), source).toBe(is == null);
    expect(isKnown(toNumber(value), Number(is), source)).toBe(true);
    expect(isKnown(toText(value), String(is), source)).toBe(true);
    const kind = typeof is === 'boolean' ? String(is) : is == null ? 'nullish' : null;
    expect(literalKind(value), source).toBe(kind ?? (is === '' || !is ? 'falsy' : 'truthy'));
  }
  expect(truthiness(UNKNOWN)).toBeNull();
  expect(nullishness(UNKNOWN)).toBeNull();
  expect(literalKind(UNKNOWN)).toBeNull();
  expect(literalKind({ kind: 'boolean', value: null })).toBeNull();
});

test('values have a text in common where there is one, and it is known', () => {
  const [one, other] = ALL;
  if (one === undefined || other === undefined) throw new Error('there are more');
  expect(textOf([])).toBeNull();
  expect(textOf([one, other])).toBeNull();
  expect(textOf([{ value: UNKNOWN }])).toBeNull();
  for (const known of ALL) expect(textOf([known]), known.source).toBe(String(known.is));
});

test('what is known of a value beside what it is tells whether it counts as true, or as nothing', () => {
  const unknown = (known: 'falsy' | 'present' | 'truthy' | null): Value => ({
    kind: 'unknown',
    known,
  });
  expect(truthiness(unknown('truthy'))).toBe(true);
  expect(truthiness(unknown('falsy'))).toBe(false);
  expect(truthiness(unknown('present'))).toBeNull();
  expect(nullishness(unknown('truthy'))).toBe(false);
  expect(nullishness(unknown('present'))).toBe(false);
  expect(nullishness(unknown('falsy'))).toBeNull();

  const TTL: StringValue = { ...toText(UNKNOWN), environment: 'TTL' };
  expect(nullishness(toText(UNKNOWN))).toBe(false);
  expect(nullishness(TTL)).toBeNull();
  expect(nullishness({ ...TTL, known: 'present' })).toBe(false);
  expect(truthiness(TTL)).toBeNull();
  expect(truthiness({ ...TTL, known: 'present' })).toBeNull();
  expect(truthiness({ ...TTL, known: 'truthy' })).toBe(true);
  expect(truthiness({ ...toNumber(UNKNOWN), isTruthy: true })).toBe(true);
  expect(truthiness(toNumber(UNKNOWN))).toBeNull();
});

test('what a logical operator lets by is known by that', () => {
  const TTL: StringValue = { ...toText(UNKNOWN), environment: 'TTL' };
  const maybe: Value = { kind: 'boolean', value: null };
  const count = toNumber(UNKNOWN);
  for (const value of [UNKNOWN, TTL, maybe, count]) {
    expect(stayed('&&', value)).toEqual({ kind: 'unknown', known: 'falsy' });
    expect(truthiness(stayed('||', value))).toBe(true);
    expect(nullishness(stayed('??', value))).toBe(false);
  }
  expect(truthiness(stayed('??', UNKNOWN))).toBeNull();
  expect(stayed('??', maybe)).toBe(maybe);
  expect(stayed('??', count)).toBe(count);
  for (const { source, value } of ALL) {
    if (truthiness(value) === true) expect(truthiness(stayed('||', value)), source).toBe(true);
  }
});
