/** What is said of the language, really run where there is that much of it. */

import { beforeEach, expect, test } from 'vitest';

/** What has been done, in its order. */
let done: string[] = [];

const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** A set that takes its time, or is rejected in the end. */
async function set(jwt = 'jwt'): Promise<string> {
  done.push('call');
  await wait();
  if (jwt === '') throw new Error('no token');
  done.push('set');
  return jwt;
}

beforeEach(() => {
  done = [];
});

const hasTry = 'try' in Promise;
const hasResolvers = 'withResolvers' in Promise;
const hasFromAsync = 'fromAsync' in Array;
const hasHelpers = 'Iterator' in globalThis;

test('`Promise.allSettled` hides a rejection, which `status` tells', async () => {
  const results = await Promise.allSettled([set(), set('')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(done).toEqual(['call', 'call', 'set']);
});

test.runIf(hasTry)('`Promise.try` calls its function at once, and hides nothing', async () => {
  const tried = Promise.try(set);
  done.push('goes on');
  expect(await tried).toBe('jwt');
  expect(done).toEqual(['call', 'goes on', 'set']);
  await expect(Promise.try(() => set(''))).rejects.toThrow('no token');
});

test.runIf(hasResolvers)('`Promise.withResolvers()` is fulfilled by its `resolve`', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  void set().then(() => {
    resolve(undefined);
  });
  await promise;
  done.push('goes on');
  expect(done).toEqual(['call', 'set', 'goes on']);
});

test.runIf(hasFromAsync)('`Array.fromAsync` waits for each, and calls for none', async () => {
  expect(await Array.fromAsync(['one', 'two'], set)).toEqual(['one', 'two']);
  expect(done).toEqual(['call', 'set', 'call', 'set']);
  done = [];
  await Array.fromAsync([], set);
  expect(done).toEqual([]);
  await Array.fromAsync([set(), set()]);
  expect(done).toEqual(['call', 'call', 'set', 'set']);
});

test.runIf(hasHelpers)('helpers of iterators call where they are read to their end', () => {
  const jwts = (): IteratorObject<string> => ['one', 'two'].values();
  const mapped = jwts().map((jwt) => done.push(jwt));
  expect(done).toEqual([]);
  mapped.toArray();
  expect(done).toEqual(['one', 'two']);
  jwts().forEach((jwt) => done.push(jwt));
  expect(done).toEqual(['one', 'two', 'one', 'two']);
});

test('`await using` waits for what is disposed of where its block ends', async () => {
  {
    await using held = {
      async [Symbol.asyncDispose]() {
        await set();
      },
    };
    done.push(typeof held);
  }
  done.push('goes on');
  expect(done).toEqual(['object', 'call', 'set', 'goes on']);
});
