/**
 * Functions that are not seen and get callbacks, and those of async-lock which call `done` in some way, against programs that are really run: whether such a
 * function calls its callback, how often, at once, in its turn, later or several times together, and
 * whether it hides a rejection, is drawn anew for each call. A call that is made with no JWT in some
 * run has to be among those that are at fault with the exact dial of helpers.
 */

import { runInThisContext } from 'node:vm';

import AsyncLock from 'async-lock';
import { expect, test } from 'vitest';

import { mockClient, presentsIn, randomOf, seedsOf } from './sequences.ts';

const PROGRAMS = 80;
const RUNS = 30;

const FUNCTIONS = ['one', 'two', 'three'] as const;

class Generator {
  readonly #random: (below: number) => number;
  #names = 0;
  /** What another task clears meanwhile is not seen: where anything is cleared, nothing runs beside. */
  #mayClear = false;

  constructor(random: (below: number) => number) {
    this.#random = random;
  }

  program(): readonly string[] {
    this.#mayClear = this.#random(2) === 0;
    return [
      'import { wrap, inTurn } from "./wrappers"; import AsyncLock from "async-lock";',
      'const lock = new AsyncLock();',
      'async function ensure() { await Intercom.setUserJwt(jwt); }',
      ...FUNCTIONS.flatMap((name) => [`export async function ${name}() {`, ...this.#block(3), '}']),
    ];
  }

  #block(depth: number): readonly string[] {
    const count = 1 + this.#random(3);
    return Array.from({ length: count }, () => this.#statement(depth)).flat();
  }

  #present(): string {
    return `await Intercom.present({ id: ${String(this.#names++)} });`;
  }

  #statement(depth: number): readonly string[] {
    const present = this.#present();
    const name = `kept${String(this.#names++)}`;
    const mayClear = this.#mayClear;
    const wrapper = mayClear || this.#random(2) === 0 ? 'inTurn' : 'wrap';
    const callback = (): readonly string[] => ['async () => {', ...this.#block(depth - 1), '}'];
    switch (this.#random(depth > 0 ? 16 : 5)) {
      case 0:
        return ['await Intercom.setUserJwt(jwt);'];
      case 1:
        return mayClear ? ['await Intercom.logout();'] : [present];
      case 2:
        return [`await ${wrapper}(ensure);`, present];
      case 3:
        return [`await ${wrapper}(() => Intercom.setUserJwt(jwt));`];
      case 4:
        return [present];
      case 5:
      case 6:
        return [`await ${wrapper}(`, ...callback(), ');'];
      case 7:
        return [`await ${wrapper}({ task:`, ...callback(), ', retries: 2 });'];
      case 8:
        return mayClear ? [present] : [`void ${wrapper}(`, ...callback(), ');'];
      case 9:
        return [
          `const ${name} = ${mayClear ? 'await ' : ''}${wrapper}(`,
          ...callback(),
          ');',
          ...this.#block(depth - 1),
          `await ${name};`,
        ];
      case 10:
        return [`if (await ${wrapper}(`, ...callback(), `)) ${present}`];
      case 11:
        return ['try {', ...this.#block(depth - 1), '} catch { await ensure(); }'];
      case 12:
        return [`const ${name} = `, ...callback(), `;`, `await ${wrapper}(${name});`];
      case 13:
      case 14:
        return [`await lock.acquire('${name}',`, ...this.#telling(depth), ');'];
      default:
        return ['if (draw()) {', ...this.#block(depth - 1), '}'];
    }
  }

  /** A callback that tells its end by `done`: behind what it does, or before. */
  #telling(depth: number): readonly string[] {
    const block = this.#block(depth - 1);
    const begun = ['(async () => {', ...block, '})()'];
    switch (this.#random(this.#mayClear ? 4 : 5)) {
      case 0:
        return ['(done) => {', ...begun, '.then(() => done(), done); }'];
      case 1:
        return ['(done) => {', ...begun, '.then(() => done(), () => done()); }'];
      case 2:
        return [
          'async (done) => { try {',
          ...block,
          '} catch (e) { return done(e); } done(null); }',
        ];
      case 3:
        return ['async (done) => { try {', ...block, '} catch {} finally { done(); } }'];
      default:
        return ['(done) => {', ...begun, '.catch(() => undefined); done(); }'];
    }
  }
}

type Callback = () => Promise<unknown>;
type Run = (calls: readonly string[]) => Promise<void>;

/** What does with its callback whatever is drawn, and what does so in its turn. */
function wrappersOf(random: (below: number) => number, left: Promise<unknown>[]) {
  const hidden = (promise: Promise<unknown>): Promise<unknown> => promise.catch(() => false);
  const settled = async (callback: Callback): Promise<boolean> => {
    const rounds = random(3);
    const isHidden = random(2) === 0;
    for (let round = 0; round < rounds; round++) {
      await (isHidden ? hidden(callback()) : callback());
    }
    return random(2) === 0;
  };
  const run = async (callback: Callback): Promise<boolean> => {
    switch (random(4)) {
      case 0:
        left.push(hidden(callback()));
        return true;
      case 1:
        left.push(hidden(Promise.resolve().then(() => Promise.resolve().then(callback))));
        return true;
      case 2:
        await Promise.all([hidden(callback()), hidden(callback())]);
        return random(2) === 0;
      default:
        return settled(callback);
    }
  };
  // What nobody waits for may be rejected as well.
  const taking =
    (way: typeof run) =>
    (given: Callback | { readonly task: Callback }): Promise<boolean> => {
      const promise = way(typeof given === 'function' ? given : given.task);
      left.push(hidden(promise));
      return promise;
    };
  return { inTurn: taking(settled), wrap: taking(run) };
}

/** The presents that are made with no JWT, by their numbers. */
async function missesOf(lines: readonly string[], random: (below: number) => number) {
  const misses = new Set<number>();
  const make = runInThisContext(
    [
      '(function (Intercom, draw, jwt, wrap, inTurn, settled, AsyncLock) {',
      ...lines.slice(1).map((line) => line.replace(/^export /, '')),
      `const all = { ${FUNCTIONS.join(', ')} };`,
      'return async (calls) => {',
      'for (const name of calls) { try { await all[name](); } catch {} await settled(); }',
      '};',
      '})',
    ].join('\n'),
  ) as (client: object, draw: () => boolean, jwt: string, ...others: readonly unknown[]) => Run;
  for (let run = 0; run < RUNS; run++) {
    const left: Promise<unknown>[] = [];
    const { wrap, inTurn } = wrappersOf(random, left);
    const settled = async (): Promise<void> => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) await next;
    };
    const calls = Array.from({ length: 1 + random(3) }, () => FUNCTIONS[random(3)] ?? 'one');
    const client = mockClient(random, misses);
    await make(client, () => random(2) === 0, 'jwt', wrap, inTurn, settled, AsyncLock)(calls);
  }
  return misses;
}

test('no call is missed behind a function that is not seen', async () => {
  let proven = 0;
  for (const seed of seedsOf(PROGRAMS)) {
    const random = randomOf(seed);
    const lines = new Generator(random).program();
    const { source, count, faulty } = presentsIn(lines);
    const missed = [...(await missesOf(lines, random))].filter((id) => !faulty.has(id));
    expect(missed, `seed ${String(seed)}\n${source}`).toEqual([]);
    if (faulty.size < count) proven++;
  }
  // The oracle would be idle where every call is taken to be at fault.
  expect(proven).toBeGreaterThan(15);
});
