/** What JavaScript's operators and conversions make of values. */

import {
  UNKNOWN,
  UNKNOWN_NUMBER,
  UNKNOWN_STRING,
  number,
  string,
  text,
  type FieldValue,
  type NumberValue,
  type StringValue,
  type UnitSign,
  type Value,
} from './value.ts';
import * as linear from './linear.ts';
import type { Linear } from './linear.ts';

/** `Number(value)`. */
export function toNumber(value: Value): NumberValue {
  switch (value.kind) {
    case 'number':
      return value;
    case 'string':
      if (value.text !== null) return number(linear.constant(Number(value.text)));
      return number(value.spells?.of === 'number' ? value.spells.value : null);
    case 'boolean':
      return number(value.value === null ? null : linear.constant(value.value ? 1 : 0));
    case 'null':
      return number(linear.constant(0));
    case 'undefined':
      return number(linear.constant(NaN));
    case 'instant':
      return VALUED.has(value.library) ? number(value.at, value.sign) : UNKNOWN_NUMBER;
    case 'span':
      return VALUED.has(value.library) ? number(value.length, MILLISECONDS) : UNKNOWN_NUMBER;
    default:
      return UNKNOWN_NUMBER;
  }
}

/** The libraries whose objects have a `valueOf()` in milliseconds. */
const VALUED: ReadonlySet<string> = new Set(['date', 'dayjs', 'luxon', 'moment']);

export const MILLISECONDS: UnitSign = { unit: 'milliseconds', by: 'call' };
export const SECONDS: UnitSign = { unit: 'seconds', by: 'call' };

/** `String(value)`. */
export function toText(value: Value): StringValue {
  switch (value.kind) {
    case 'string':
      return value;
    case 'number': {
      if (value.linear === null) return UNKNOWN_STRING;
      const known = linear.constantOf(value.linear);
      return known === null
        ? string({ spells: { of: 'number', value: value.linear } })
        : text(String(known));
    }
    case 'boolean':
      return value.value === null ? UNKNOWN_STRING : text(String(value.value));
    case 'null':
    case 'undefined':
      return text(value.kind);
    case 'instant': {
      if (value.at === null) return UNKNOWN_STRING;
      // Most write no milliseconds.
      const at = { ...value.at, low: value.at.low - 1000 };
      return string({ spells: { of: 'date', value: at } });
    }
    default:
      return UNKNOWN_STRING;
  }
}

/** Whether a value counts as true; null where that is not known. */
export function truthiness(value: Value): boolean | null {
  switch (value.kind) {
    case 'number': {
      if (value.isTruthy) return true;
      if (value.linear === null) return null;
      const known = linear.constantOf(value.linear);
      if (known !== null) return known !== 0 && !Number.isNaN(known);
      const { least, most } = linear.rangeOf(value.linear);
      return least > 0 || most < 0 ? true : null;
    }
    case 'string':
      if (value.text !== null) return value.text !== '';
      return value.spells !== null || value.known === 'truthy' ? true : null;
    case 'boolean':
      return value.value;
    case 'null':
    case 'undefined':
      return false;
    case 'field':
      return null;
    case 'unknown':
      if (value.known === 'falsy') return false;
      return value.known === 'truthy' || value.known === 'object' ? true : null;
    default:
      return true;
  }
}

/** Whether a value is `null` or `undefined`; null where that is not known. */
export function nullishness(value: Value): boolean | null {
  switch (value.kind) {
    case 'null':
    case 'undefined':
      return true;
    case 'unknown':
      return value.known === null || value.known === 'falsy' ? null : false;
    case 'string':
      return value.environment === null || value.known !== null ? false : null;
    default:
      return false;
  }
}

/** What a value is, of which it was not known before, where a logical operator goes on no further. */
export function stayed(operator: '&&' | '||' | '??', value: Value): Value {
  if (operator === '&&') return { kind: 'unknown', known: 'falsy' };
  const known = operator === '||' ? 'truthy' : 'present';
  switch (value.kind) {
    case 'string':
      return { ...value, known };
    case 'boolean':
      return operator === '||' ? { ...value, value: true } : value;
    case 'number':
      return operator === '||' ? { ...value, isTruthy: true } : value;
    case 'unknown':
      return { ...value, known };
    default:
      return value;
  }
}

export function unary(operator: string, value: Value): Value {
  const operand = toNumber(value);
  switch (operator) {
    case '+':
      return operand;
    case '-':
      return lifted(operand, linear.negate);
    case '~':
      return lifted(operand, linear.complement);
    case '!': {
      const known = truthiness(value);
      return { kind: 'boolean', value: known === null ? null : !known };
    }
    case 'void':
      return { kind: 'undefined' };
    case 'typeof':
      return UNKNOWN_STRING;
    default:
      return UNKNOWN;
  }
}

/** A function of a number, which keeps the sign of its unit. */
export function lifted(
  value: NumberValue,
  operation: (operand: Linear) => Linear | null,
): NumberValue {
  return number(value.linear === null ? null : operation(value.linear), value.sign);
}

type Operation = (left: NumberValue, right: NumberValue) => NumberValue;

const ARITHMETIC: Readonly<Record<string, Operation>> = {
  '-': (left, right) => sum(left, lifted(right, linear.negate)),
  '*': product,
  '/': quotient,
  '%': (left, right) => joined(left, right, linear.remainder),
  '**': (left, right) => joined(left, right, linear.power),
  '|': (left, right) => joined(left, right, linear.bitwiseOr),
};

export function binary(operator: string, left: Value, right: Value): Value {
  if (operator === '+') return plus(left, right);
  if (operator === '-' && left.kind === 'field') return shifted(left, toNumber(right), -1);
  const [one, other] = [toNumber(left), toNumber(right)];
  const operation = Object.hasOwn(ARITHMETIC, operator) ? ARITHMETIC[operator] : undefined;
  if (operation !== undefined) return operation(one, other);
  if (linear.isBitOperator(operator)) {
    return joined(one, other, (first, second) => linear.bitwise(operator, first, second));
  }
  if (EQUALITIES.has(operator)) {
    const isEqual = equality(left, right, operator.length === 2);
    const isNegated = operator.startsWith('!');
    return { kind: 'boolean', value: isEqual === null ? null : isEqual !== isNegated };
  }
  if (Object.hasOwn(COMPARISONS, operator)) {
    return { kind: 'boolean', value: compared(left, right, COMPARISONS[operator]) };
  }
  return TESTS.has(operator) ? { kind: 'boolean', value: null } : UNKNOWN;
}

const EQUALITIES = new Set(['==', '!=', '===', '!==']);
const TESTS = new Set(['in', 'instanceof']);

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** How two numbers, or two texts, compare; null where that is not known, or takes a conversion. */
function compared(
  left: Value,
  right: Value,
  isSo: ((order: number) => boolean) | undefined,
): boolean | null {
  if (isSo === undefined || left.kind !== right.kind) return null;
  if (left.kind !== 'number' && left.kind !== 'string') return null;
  const [one, other] = [primitive(left)?.value, primitive(right)?.value];
  if (one === undefined || other === undefined) return null;
  // `NaN` is in no order with anything.
  return isSo(one === other ? 0 : one < other ? -1 : one > other ? 1 : NaN);
}

/** Whether two values are the same; null where that is not known, or takes a conversion. */
function equality(left: Value, right: Value, isLoose: boolean): boolean | null {
  const areNothing = [left, right].map(nullishness);
  if (areNothing.includes(true) && areNothing.includes(false)) return false;
  const [one, other] = [primitive(left), primitive(right)];
  if (one === null || other === null) return null;
  if (one.type === other.type) return one.value === other.value;
  const isNullish = [one, other].map(({ type }) => type === 'null' || type === 'undefined');
  if (!isLoose || isNullish.includes(true)) return isLoose && !isNullish.includes(false);
  return null;
}

/** What a value is, if it is a primitive that is the same in each run. */
function primitive(
  value: Value,
): { readonly type: string; readonly value: number | string | boolean } | null {
  switch (value.kind) {
    case 'number': {
      const known = value.linear === null ? null : linear.constantOf(value.linear);
      return known === null ? null : { type: 'number', value: known };
    }
    case 'string':
      return value.text === null ? null : { type: 'string', value: value.text };
    case 'boolean':
      return value.value === null ? null : { type: 'boolean', value: value.value };
    case 'null':
    case 'undefined':
      return { type: value.kind, value: value.kind };
    default:
      return null;
  }
}

/** `left + right`: a sum or a text. */
function plus(left: Value, right: Value): Value {
  if (isTextual(left) || isTextual(right)) return concatenated(toText(left), toText(right), true);
  if (left.kind === 'field') return plusField(left, right);
  if (right.kind === 'field') return plusField(right, left);
  if (isOpen(left) || isOpen(right)) return UNKNOWN;
  return sum(toNumber(left), toNumber(right));
}

/** Whether `+` makes a text of a value. A `Date` is one of those, what libraries have instead is not. */
function isTextual(value: Value): boolean {
  return value.kind === 'string' || (value.kind === 'instant' && value.library === 'date');
}

function isOpen({ kind }: Value): boolean {
  return OPEN.has(kind);
}

const OPEN: ReadonlySet<Value['kind']> = new Set([
  'unknown',
  'function',
  'class',
  'enum',
  'namespace',
  'object',
  'array',
  'promise',
  'settings',
]);

/** @param isSum whether it is written as a sum, not as a template */
export function concatenated(left: StringValue, right: StringValue, isSum = false): StringValue {
  if (left.text !== null && right.text !== null) return text(left.text + right.text);
  if (left.text === '') return { ...right, environment: null };
  if (right.text === '') return { ...left, environment: null };
  const isFilled = truthiness(left) === true || truthiness(right) === true;
  return string({
    joined: isSum && (left.spells !== null || right.spells !== null),
    known: isFilled ? 'truthy' : null,
  });
}

function plusField(field: FieldValue, other: Value): Value {
  if (other.kind === 'field') {
    // `performance.timeOrigin + performance.now()` is the time.
    const isWhole = field.field !== other.field && PROCESS.has(field.field + other.field);
    const time: Linear = { ...linear.NOW, integral: false };
    return isWhole
      ? number(linear.add(time, linear.constant(field.offset + other.offset)))
      : UNKNOWN_NUMBER;
  }
  return shifted(field, toNumber(other), 1);
}

const PROCESS = new Set(['timeOriginnow', 'nowtimeOrigin']);

function shifted(field: FieldValue, by: NumberValue, direction: 1 | -1): Value {
  const count = by.linear === null ? null : linear.constantOf(by.linear);
  return count === null ? UNKNOWN_NUMBER : { ...field, offset: field.offset + direction * count };
}

function sum(left: NumberValue, right: NumberValue): NumberValue {
  if (left.linear === null || right.linear === null) return number(null, commonSign(left, right));
  const total = linear.add(left.linear, right.linear);
  const unit = linear.timeUnit(left.linear);
  const isDifference = linear.timeUnit(total) === 'none' && unit !== 'none';
  if (!isDifference) return number(total, commonSign(left, right));
  return number(total, unit === 'other' ? null : { unit, by: 'clock' });
}

function product(left: NumberValue, right: NumberValue): NumberValue {
  const result = both(left, right, linear.multiply);
  return number(result, scaledSign(left, right) ?? scaledSign(right, left));
}

/** The sign of `value · factor`. */
function scaledSign(value: NumberValue, factor: NumberValue): UnitSign | null {
  const by = factor.linear === null ? null : linear.constantOf(factor.linear);
  if (by === 1000) {
    // The unit of a time is told by its slope.
    const isTime = value.linear !== null && value.linear.slope !== 0;
    return isTime && value.sign === null ? null : { unit: 'milliseconds', by: 'factor' };
  }
  return by === 0.001 ? inSeconds(value.sign) : value.sign;
}

function quotient(left: NumberValue, right: NumberValue): NumberValue {
  const by = right.linear === null ? null : linear.constantOf(right.linear);
  const sign = by === 1000 ? inSeconds(left.sign) : left.sign;
  const isUnit = by === null || by >= 60;
  return number(both(left, right, linear.divide), isUnit && by !== 1000 ? null : sign);
}

function inSeconds(sign: UnitSign | null): UnitSign | null {
  return sign?.unit === 'milliseconds' ? { ...sign, unit: 'seconds' } : null;
}

function joined(
  left: NumberValue,
  right: NumberValue,
  operation: (left: Linear, right: Linear) => Linear | null,
): NumberValue {
  return number(both(left, right, operation), commonSign(left, right));
}

function both(
  left: NumberValue,
  right: NumberValue,
  operation: (left: Linear, right: Linear) => Linear | null,
): Linear | null {
  return left.linear === null || right.linear === null
    ? null
    : operation(left.linear, right.linear);
}

/** The unit that one part shows, where the other does not show another. */
function commonSign({ sign: left }: NumberValue, { sign: right }: NumberValue): UnitSign | null {
  if (left === null || right === null) return left ?? right;
  return left.unit === right.unit ? left : null;
}

/** `Math.max(…)` and `Math.min(…)`. */
export function extreme(which: 'max' | 'min', values: readonly NumberValue[]): NumberValue {
  const [first, ...others] = values;
  if (first === undefined) return number(linear.constant(Math[which]()));
  return others.reduce(
    (left, right) => joined(left, right, (one, other) => linear.extreme(which, one, other)),
    first,
  );
}

/** The text that values have in common; null where they have none. */
export function textOf(all: readonly { readonly value: Value }[]): string | null {
  const [only, ...others] = all;
  if (only === undefined || others.length > 0 || only.value.kind === 'unknown') return null;
  return toText(only.value).text;
}
