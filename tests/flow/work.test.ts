/** What may be done, and how it is counted. */

import { expect, test } from 'vitest';

import { CurrentWork, Meter, TooMuchWork, Work } from '../../src/flow/solve/work.ts';

test('what takes more steps than there are is too much', () => {
  const work = new Work(3);
  work.take();
  work.take(2);
  expect(work.taken).toBe(3);
  expect(() => {
    work.take();
  }).toThrow(TooMuchWork);
  // Nothing is done any more then.
  expect(work.within(() => 'done')).toBeNull();
});

test('an action gives what it gives, or null where it is too much, and throws on what else it throws', () => {
  const work = new Work(1);
  expect(work.within(() => 'done')).toBe('done');
  expect(() =>
    work.within(() => {
      throw new RangeError('something else');
    }),
  ).toThrow(RangeError);
  expect(
    work.within(() => {
      work.take(2);
      return 'done';
    }),
  ).toBeNull();
});

test('steps are taken of the work that is done at the time', () => {
  const [one, other] = [new Work(10), new Work(10)];
  const meter = new Meter(one);
  meter.step();
  meter.with(other, () => {
    meter.step();
    meter.take(5);
    expect(meter.taken).toBe(6);
  });
  meter.step();
  expect([one.taken, other.taken, meter.taken]).toEqual([2, 6, 2]);
  // What was counted before is not counted again.
  expect(meter.steps).toBe(3);
  expect(() => {
    meter.with(other, () => {
      meter.take(5);
    });
  }).toThrow(TooMuchWork);
  meter.step();
  expect(one.taken).toBe(3);
});

test('steps of what serves several are taken of who asks', () => {
  const current = new CurrentWork();
  const work = new Work(10);
  current.take(100);
  const result = current.within(work, () => {
    current.take(4);
    return 'done';
  });
  expect([result, work.taken]).toEqual(['done', 4]);
  current.take(100);
  expect(work.taken).toBe(4);
  expect(
    current.within(work, () => {
      current.take(7);
    }),
  ).toBeNull();
});
