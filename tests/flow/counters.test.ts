/** Loops that count: what is known of their rounds, against the rounds that they really take. */

import { runInNewContext } from 'node:vm';

import { expect, test } from 'vitest';

import { reachedSites, withClient } from '../helpers/states.ts';

const MANY = 30;

interface Loop {
  readonly from: number;
  readonly operator: string;
  readonly to: number;
  readonly step: string;
}

const UPWARD = ['i++', 'i += 1'];
const DOWNWARD = ['i--', 'i -= 1'];
const OTHERS = ['i += 2', 'i <<= 1', 'i >>= 1'];

/** From where to where: upwards and downwards, with no round, one, two, three and more. */
const SPANS: readonly (readonly [from: number, to: number])[] = [
  [0, 3],
  [3, 1],
  [0, 1],
  [0, 2],
  [-1, 1],
  [2, -1],
  [1, -1],
  [1, 1],
  [0, 5],
];

const LOOPS: readonly Loop[] = ['<', '<=', '>', '>=', '!==', '==='].flatMap((operator) =>
  [...UPWARD, ...DOWNWARD, ...OTHERS].flatMap((step) =>
    SPANS.slice(0, isCounting(operator, step) ? SPANS.length : 2).map(([from, to]) => ({
      ...{ from, operator, to, step },
    })),
  ),
);

/** The head of a loop; what it is compared with is written in one of four ways. */
function headOf({ from, operator, to, step }: Loop, way: number): string {
  const turned = new Map([
    ['<', '>'],
    ['<=', '>='],
    ['>', '<'],
    ['>=', '<='],
  ]);
  const bound = way % 2 === 0 ? String(to) : 'END';
  const isTurned = way >= 2;
  const compared = isTurned
    ? `${bound} ${turned.get(operator) ?? operator} i`
    : `i ${operator} ${bound}`;
  return `for (let i = ${String(from)}; ${compared}; ${step})`;
}

/** The numbers of the rounds; null where there is no end of them. */
function roundsOf(loop: Loop): readonly number[] | null {
  const rounds = runInNewContext(
    `const END = ${String(loop.to)}; const all = [];
     ${headOf(loop, 0)} { all.push(i); if (all.length > ${String(MANY)}) break; }
     all`,
  ) as readonly number[];
  return rounds.length > MANY ? null : rounds;
}

/** Whether a loop counts towards what it is compared with. */
function isCounting(operator: string, step: string): boolean {
  if (operator.startsWith('<')) return UPWARD.includes(step);
  return operator.startsWith('>') && DOWNWARD.includes(step);
}

/** Whether the number of rounds is known, and there are some. */
function isCounted({ from, operator, to, step }: Loop): boolean {
  if (from === to ? !operator.endsWith('=') : operator.startsWith('<') !== from < to) return false;
  return isCounting(operator, step);
}

/** What is asked in a round. */
const ASKED = [
  'i === 0',
  'i + 1 === 2',
  'i - 1 === 1',
  'i === 3',
  'i - 1 >= 1',
  'i + 1 < 2',
  'i',
  '!i',
  '1 === i',
  'i == 1',
  'i != 0',
  'i !== 1 + 1',
  'END === i',
  'i < END',
  'END - 1 <= i',
  'i > -1',
  '0 >= i - END',
  'i - -1 === 1',
  '1 > i',
  'i <= 0',
  'i > 0 && i <= 1',
  'i > 0 && i < 2',
  'i > 0 && 2 > i',
];

test.each(LOOPS.map((loop) => [headOf(loop, 0), loop] as const))('%s', (_head, loop) => {
  const rounds = roundsOf(loop);
  // What comes behind a loop without an end is not reached, whatever is said of it.
  if (rounds === null) return;
  ASKED.slice(0, isCounting(loop.operator, loop.step) ? ASKED.length : 6).forEach((asked, way) => {
    const sites = reachedSites(
      withClient(`const END = ${String(loop.to)};
export async function go(t) {
  ${headOf(loop, way % 4)} { if (${asked}) await Intercom.setUserJwt(t); }
  await Intercom.present();
}`),
    );
    const states = sites.at(-1)?.states ?? [];
    const so = runInNewContext(
      `const END = ${String(loop.to)}; [${rounds.join()}].map((i) => Boolean(${asked}))`,
    ) as readonly boolean[];
    const real = so.includes(true) ? 'fresh' : 'unset';
    expect(states, asked).toContain(real);
    // Of many rounds, those between the first and the last are not told apart.
    const isBetween = rounds.length > 3 && so.includes(true) && so[0] === false && !so.at(-1);
    if (isCounted(loop) && !isBetween) expect(states, asked).toEqual([real]);
  });
});
