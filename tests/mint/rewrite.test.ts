/** How lives are written with another length, and how wrong units are mended. */

import { describe, expect, test } from 'vitest';

import { inItsUnit, withLength, type Change } from '../../src/mint/life/rewrite.ts';
import type { Life, UnitMistake } from '../../src/mint/life/life.ts';
import type { Reader } from '../../src/mint/libraries/table.ts';
import type { Node } from '../../src/syntax/ast.ts';
import { evaluated } from '../helpers/minted.ts';

/** The changed program, without what is around the expression. */
function changed(
  expression: string,
  change: (life: Omit<Life, 'reader' | 'told'>, source: (node: Node) => string) => Change | null,
): string | null {
  const before = 'const minutes = 5; const result = ';
  const program = `${before}${expression};`;
  const { node: place, values } = evaluated(program);
  const [possibility] = values;
  const life = { place, origin: place, isTold: false, possibility, shift: 0 };
  const source = ({ range }: Node): string => program.slice(...(range ?? [0, 0]));
  const made = change(life as unknown as Life, source);
  if (made === null) return null;
  const [from, to] = made.node.range ?? [0, 0];
  return (program.slice(0, from) + made.text + program.slice(to)).slice(before.length, -1);
}

type Reading = Pick<Reader, 'means' | 'unit' | 'text'>;

const CLOCK = 'Math.floor(Date.now() / 1000)';

describe('a life of half an hour', () => {
  const made = (expression: string, reading: Reading, shift = 0): string | null =>
    changed(expression, (life, source) =>
      withLength({ ...life, reader: reading, shift } as Life, 1800, source),
    );

  const SPAN: Reading = { means: 'span', unit: 'seconds', text: 'ms' };

  test.each([
    ['300', '1800'],
    ['5 * 60', '30 * 60'],
    ['(5) * (60)', '30 * 60'],
    ["'5m'", "'30m'"],
    ['"300"', '"30m"'],
    ['5 + 60', null],
    ['minutes', null],
    ['minutes * 60', null],
  ])('as a length: %s', (expression, expected) => {
    expect(made(expression, SPAN)).toBe(expected);
    // What is counted from another time than now cannot be told by this number.
    expect(made(expression, SPAN, 60)).toBeNull();
  });

  test('in milliseconds', () => {
    const reading: Reading = { ...SPAN, unit: 'milliseconds' };
    expect(made('300_000', reading)).toBe('1800000');
    expect(made('5 * 60 * 1000', reading)).toBe('30 * 60 * 1000');
  });

  test('is not written where a text, or a number, is refused', () => {
    expect(made("'5m'", { ...SPAN, text: null })).toBeNull();
    expect(made("'5m'", { ...SPAN, text: 'date' })).toBeNull();
    expect(made("'5m'", { ...SPAN, unit: null })).toBe("'30m'");
    expect(made('300', { ...SPAN, unit: null })).toBeNull();
    expect(made('300', { ...SPAN, text: null })).toBe('1800');
  });

  test.each([
    [`${CLOCK} + 300`, `${CLOCK} + 1800`],
    [`300 + ${CLOCK}`, `1800 + ${CLOCK}`],
    [`${CLOCK} + 5 * 60`, `${CLOCK} + 30 * 60`],
    ['Math.floor(Date.now() / 1000 + 300)', 'Math.floor(Date.now() / 1000 + 1800)'],
    ['Math.floor((Date.now() + 300_000) / 1000)', 'Math.floor((Date.now() + 1800000) / 1000)'],
    ['(Date.now() / 1000 + 300) | 0', '(Date.now() / 1000 + 1800) | 0'],
    ['(Date.now() / 1000 + 300) >> 0', '(Date.now() / 1000 + 1800) >> 0'],
    ['(Date.now() / 1000 + 300) & -1', null],
    ['Math.abs(Date.now() / 1000 + 300)', null],
    [`${CLOCK} + 200 + 100`, null],
    [`${CLOCK} + minutes * 60`, null],
    [`${CLOCK} - 300`, null],
    [`${CLOCK} * 1`, null],
    ['(Date.now() * 60 + 300) / 60', null],
    ['5 + 300', null],
    ['300', null],
  ])('as a time in seconds: %s', (expression, expected) => {
    expect(made(expression, { means: 'time', unit: 'seconds', text: null })).toBe(expected);
  });

  test.each([
    ['Date.now() + 300_000', 'Date.now() + 1800000'],
    ['Date.now() + 5 * 60 * 1000', 'Date.now() + 30 * 60 * 1000'],
    ['(Date.now() + 300_000) / 1000', null],
  ])('as a time in milliseconds: %s', (expression, expected) => {
    expect(made(expression, { means: 'time', unit: 'milliseconds', text: null })).toBe(expected);
  });
});

describe('a wrong unit is mended', () => {
  const mended = (
    expression: string,
    mistake: UnitMistake | null,
    text: Reader['text'] = null,
  ): string | null =>
    changed(expression, (life, source) =>
      inItsUnit({ ...life, told: { mistake }, reader: { text } } as Life, source),
    );

  test.each([
    ['bareText', "'300'", "'300s'"],
    ['bareText', '" 300 "', '"300s"'],
    ['bareText', '`300`', null],
    ['secondSpan', '300', '300 * 1000'],
    ['secondSpan', '5 * 60', '5 * 60 * 1000'],
    ['secondSpan', '5 + 60', '(5 + 60) * 1000'],
    ['secondSpan', 'Number(300)', 'Number(300) * 1000'],
    ['millisecondTime', 'Date.now()', 'Math.floor(Date.now() / 1000)'],
    ['millisecondTime', 'Date.now() + 300', 'Math.floor((Date.now() + 300) / 1000)'],
    ['secondTime', CLOCK, `${CLOCK} * 1000`],
    ['secondTime', 'Date.now() / 1000 + 300', '(Date.now() / 1000 + 300) * 1000'],
    ['secondTime', 'new Date(5)', null],
    ['millisecondSpan', '300 * 1000', '300'],
    ['millisecondSpan', '5 * 60 * 1000', '5 * 60'],
    ['millisecondSpan', '1000 * 300', null],
    ['millisecondSpan', '300 * 60', null],
    ['millisecondSpan', '300 + 1000', null],
    ['millisecondSpan', '300_000', null],
    ['millisecondsAdded', `${CLOCK} + 300 * 1000`, `${CLOCK} + 300`],
    ['millisecondsAdded', `300 * 1000 + ${CLOCK}`, `300 + ${CLOCK}`],
    ['millisecondsAdded', `${CLOCK} - 300 * 1000`, null],
    ['millisecondsAdded', '300 * 1000', null],
    ['timeAsSpan', CLOCK, null],
    [null, '300', null],
  ] as const)('%s: %s', (mistake, expression, expected) => {
    expect(mended(expression, mistake)).toBe(expected);
  });

  test('by a text, where the library reads those', () => {
    expect(mended('300', 'epoch', 'jose')).toBe("'300s'");
    expect(mended('300', 'epoch', 'jose-4')).toBe("'300s'");
    expect(mended('300', 'epoch', 'ms')).toBeNull();
    expect(mended('300', 'epoch')).toBeNull();
    expect(mended('5 * 60', 'epoch', 'jose')).toBeNull();
  });

  test('only at the mint', () => {
    expect(mended('minutes', 'secondSpan')).toBeNull();
  });
});
