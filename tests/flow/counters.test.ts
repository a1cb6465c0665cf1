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

const LOOPS: readonly Loop[] = ['<', '<=', '>', '>=', '!=='].flatMap((operator) =>
  [...UPWARD, ...DOWNWARD, ...OTHERS].flatMap((step) =>
    [
      [0, 3],
      [3, 1],
    ].map(([from = 0, to = 0]) => ({ from, operator, to, step })),
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

/** Whether the number of rounds is known, and there are some. */
function isCounted({ from, operator, to, step }: Loop): boolean {
  if (operator.startsWith('<')) return UPWARD.includes(step) && from < to;
  return operator.startsWith('>') && DOWNWARD.includes(step) && from > to;
}

/** What is asked in a round. */
const ASKED = ['i === 0', 'i + 1 === 2', 'i - 1 === 1', 'i === 3', 'i - 1 >= 1', 'i + 1 < 2'];

test.each(LOOPS.map((loop) => [headOf(loop, 0), loop] as const))('%s', (_head, loop) => {
  const rounds = roundsOf(loop);
  // What comes behind a loop without an end is not reached, whatever is said of it.
  if (rounds === null) return;
  ASKED.forEach((asked, way) => {
    const sites = reachedSites(
      withClient(`const END = ${String(loop.to)};
export async function go(t) {
  ${headOf(loop, way % 4)} { if (${asked}) await Intercom.setUserJwt(t); }
  await Intercom.present();
}`),
    );
    const states = sites.at(-1)?.states ?? [];
    const so = runInNewContext(`[${rounds.join()}].map((i) => ${asked})`) as readonly boolean[];
    const real = so.includes(true) ? 'fresh' : 'unset';
    expect(states, asked).toContain(real);
    // Of many rounds, those between the first and the last are not told apart.
    const isBetween = rounds.length > 3 && so.includes(true) && so[0] === false && !so.at(-1);
    if (isCounted(loop) && !isBetween) expect(states, asked).toEqual([real]);
  });
});
