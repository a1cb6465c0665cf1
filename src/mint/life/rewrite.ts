/** How the source of a life is written with another length, in its own unit and style. */

import type { Rule } from 'eslint';

import { isWithin, unwrap, type Node } from '../../syntax/ast.ts';
import type { Expressions } from '../../values/evaluate.ts';
import type { Life } from './life.ts';
import { constantOf, timeUnit } from '../../values/linear.ts';
import { pathOf } from '../../syntax/forms.ts';
import { asProduct, asText } from './words.ts';

/** A piece of the source, and what to put in its place. */
export interface Change {
  readonly node: Node;
  readonly text: string;
}

/** Offers a change, if there is one, under a message that shows its text. */
export function offeredChange(
  change: Change | null,
  messageId: string,
): Rule.SuggestionReportDescriptor[] {
  if (change === null) return [];
  const { node, text } = change;
  return [{ messageId, data: { text }, fix: (fixer) => fixer.replaceText(node, text) }];
}

type Unit = 'seconds' | 'milliseconds';

const ROUNDING = /^(?:Math\.(?:floor|round|ceil|trunc)|Number|parseInt)$/;

/**
 * How a life is made this long; null where it is not written as a number or a text at the mint.
 *
 * @param length in seconds
 * @param source the text of a node
 */
export function withLength(
  { place, possibility, reader, shift }: Life,
  length: number,
  source: (node: Node) => string,
): Change | null {
  if (shift !== 0) return null;
  const node = unwrap(possibility.node);
  if (!isWithin(node, unwrap(place))) return null;
  if (node.type === 'Literal' && typeof node.value === 'string') {
    const quote = source(node).slice(0, 1);
    return reader.text === null || reader.text === 'date'
      ? null
      : { node, text: `${quote}${asText(length)}${quote}` };
  }
  if (reader.unit === null) return null;
  if (reader.means === 'span') return written(node, length, reader.unit);
  return addend(node, length, reader.unit, possibility.file);
}

/** A number that is written out, as a literal or as a product of literals. */
function written(node: Node, length: number, unit: Unit): Change | null {
  if (node.type === 'Literal') {
    return { node, text: String(unit === 'seconds' ? length : length * 1000) };
  }
  return isProduct(node) ? { node, text: asProduct(length, unit) } : null;
}

function isProduct(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Literal') return typeof inner.value === 'number';
  return (
    inner.type === 'BinaryExpression' &&
    inner.operator === '*' &&
    isProduct(inner.left) &&
    isProduct(inner.right)
  );
}

/** The number that is added to the clock in a sum: the `300` of `now + 300`. */
function addend(node: Node, length: number, unit: Unit, file: Expressions): Change | null {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'CallExpression': {
      const [argument] = inner.arguments;
      if (argument === undefined || !ROUNDING.test(pathOf(inner.callee))) return null;
      return addend(argument, length, unit, file);
    }
    case 'BinaryExpression': {
      if (inner.operator === '|' || inner.operator === '>>') {
        return addend(inner.left, length, unit, file);
      }
      if (inner.operator === '/') {
        return numberOf(inner.right, file) === 1000 && unit === 'seconds'
          ? addend(inner.left, length, 'milliseconds', file)
          : null;
      }
      if (inner.operator !== '+') return null;
      const [clock, number] = isClock(inner.left, file)
        ? [inner.left, inner.right]
        : [inner.right, inner.left];
      if (!isClock(clock, file)) return null;
      const change = written(unwrap(number), length, unit);
      // `now + 5 * 60 + 0`: what else is added would be added still.
      return change !== null && isBareClock(clock, file) ? change : null;
    }
    default:
      return null;
  }
}

function isClock(node: Node, file: Expressions): boolean {
  return file
    .of(node)
    .some(
      ({ value }) =>
        value.kind === 'number' && value.linear !== null && timeUnit(value.linear) !== 'none',
    );
}

/** Whether an expression is now, with nothing added. */
function isBareClock(node: Node, file: Expressions): boolean {
  return file
    .of(node)
    .some(
      ({ value }) => value.kind === 'number' && value.linear !== null && value.linear.offset === 0,
    );
}

function numberOf(node: Node, file: Expressions): number | null {
  const [only, ...others] = file.of(node);
  const { value } = only;
  if (others.length > 0 || value.kind !== 'number' || value.linear === null) return null;
  return constantOf(value.linear);
}

/** How a wrong unit is mended; null where that takes more than a change at the mint. */
export function inItsUnit(
  { place, told, possibility, reader }: Life,
  source: (node: Node) => string,
): Change | null {
  const node = unwrap(possibility.node);
  if (told.mistake === null || !isWithin(node, unwrap(place))) return null;
  const text = source(node);
  switch (told.mistake) {
    case 'bareText': {
      const quote = text.slice(0, 1);
      const isLiteral = node.type === 'Literal';
      return isLiteral ? { node, text: `${quote}${text.slice(1, -1).trim()}s${quote}` } : null;
    }
    case 'epoch':
      return node.type === 'Literal' && (reader.text === 'jose' || reader.text === 'jose-4')
        ? { node, text: `'${text}s'` }
        : null;
    case 'secondSpan':
      return { node, text: needsParentheses(node) ? `(${text}) * 1000` : `${text} * 1000` };
    case 'millisecondTime':
      return { node, text: `Math.floor(${grouped(node, text)} / 1000)` };
    case 'secondTime':
      return node.type === 'NewExpression' ? null : { node, text: `${grouped(node, text)} * 1000` };
    case 'millisecondSpan':
      return undone(node, source);
    case 'millisecondsAdded':
      return node.type === 'BinaryExpression' && node.operator === '+'
        ? (undone(node.right, source) ?? undone(node.left, source))
        : null;
    case 'timeAsSpan':
      return null;
  }
}

/** A product without its last factor of 1000. */
function undone(product: Node, source: (node: Node) => string): Change | null {
  const node = unwrap(product);
  if (node.type !== 'BinaryExpression' || node.operator !== '*') return null;
  const factor = unwrap(node.right);
  const isThousand = factor.type === 'Literal' && factor.value === 1000;
  return isThousand ? { node, text: source(node.left) } : null;
}

function needsParentheses(node: Node): boolean {
  return !['Literal', 'Identifier', 'CallExpression'].includes(node.type) && !isProduct(node);
}

function grouped(node: Node, text: string): string {
  return needsParentheses(node) ? `(${text})` : text;
}
