import { expect, test } from 'vitest';

import { Again } from '../../src/flow/solve/again.ts';
import type { Node } from '../../src/flow/solve/tables.ts';

/** Only the order counts. */
function nodeOf(order: number): Node {
  return { order } as Node;
}

/** All numbers below a prime, in an order of their own. */
const SHUFFLED = Array.from({ length: 101 }, (_, index) => (index * 37) % 101);

test('what was solved first is taken out first, whenever it was added', () => {
  const again = new Again();
  for (const order of SHUFFLED) again.add(nodeOf(order));
  expect([...again].map(({ order }) => order).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
    Array.from({ length: 101 }, (_, index) => index),
  );
  const taken: (number | null | undefined)[] = [];
  for (let count = 0; count < 50; count++) taken.push(again.take()?.order);
  again.add(nodeOf(7));
  for (let next = again.take(); next !== undefined; next = again.take()) taken.push(next.order);
  expect(taken).toEqual([
    ...Array.from({ length: 50 }, (_, index) => index),
    7,
    ...Array.from({ length: 51 }, (_, index) => index + 50),
  ]);
});

test('nothing is taken out of nothing', () => {
  const again = new Again();
  expect(again.take()).toBeUndefined();
  again.add(nodeOf(1));
  expect(again.take()?.order).toBe(1);
  expect(again.take()).toBeUndefined();
  expect([...again]).toEqual([]);
});
