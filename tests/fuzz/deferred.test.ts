/**
 * Promises that are made by hand and settled from outside, against programs that are really run: tasks
 * that set, wait, fulfil and reject run beside a function that waits for the promise. A call that is
 * made with no JWT in some run has to be among those that are at fault, under the exact dial.
 */

import { runInThisContext } from 'node:vm';

import { expect, test } from 'vitest';

import { mockClient, presentsIn, randomOf, seedsOf } from './sequences.ts';

const PROGRAMS = 40;
const RUNS = 30;
/** After so many turns, nothing more is to come of what waits. */
const TURNS = 60;

/** The ways in which the promise is kept. */
const FORMS = [
  {
    declared: 'const { promise, resolve, reject } = Promise.withResolvers();',
    ...{ promise: 'promise', resolve: 'resolve', reject: 'reject' },
  },
  {
    declared: 'const held = Promise.withResolvers();',
    ...{ promise: 'held.promise', resolve: 'held.resolve', reject: 'held.reject' },
  },
  {
    declared:
      'let done; let fail; const made = new Promise((resolve, reject) => { done = resolve; fail = reject; });',
    ...{ promise: 'made', resolve: 'done', reject: 'fail' },
  },
  {
    declared:
      'const held = Promise.withResolvers(); const finish = () => { held.resolve(); }; const { promise } = held;',
    ...{ promise: 'promise', resolve: 'finish', reject: 'held.reject' },
  },
  {
    declared:
      'function createDeferred() { let resolve, reject; const promise = new Promise((r, j) => { resolve = r; reject = j; }); return { promise, resolve, reject }; } const held = createDeferred();',
    ...{ promise: 'held.promise', resolve: 'held.resolve', reject: 'held.reject' },
  },
  {
    declared:
      'class Deferred { constructor() { this.promise = new Promise((resolve, reject) => { this.resolve = resolve; this.reject = reject; }); } } const held = new Deferred();',
    ...{ promise: 'held.promise', resolve: 'held.resolve', reject: 'held.reject' },
  },
] as const;

class Generator {
  readonly #random: (below: number) => number;
  readonly #form: (typeof FORMS)[number];
  #made = 0;

  constructor(random: (below: number) => number) {
    this.#random = random;
    this.#form = FORMS[random(FORMS.length)] ?? FORMS[0];
  }

  program(): readonly string[] {
    return [
      'export async function main() {',
      this.#form.declared,
      ...Array.from({ length: 1 + this.#random(3) }, () => this.#task()).flat(),
      ...(this.#random(3) === 0 ? ['await Intercom.logout();'] : []),
      `await ${this.#form.promise};`,
      this.#present(),
      '}',
    ];
  }

  #present(): string {
    return `await Intercom.present({ id: ${String(this.#made++)} });`;
  }

  /** Something that runs beside the others. */
  #task(): readonly string[] {
    const { resolve, reject } = this.#form;
    const rejected = this.#random(2) === 0 ? reject : this.#random(2) === 0 ? resolve : '';
    switch (this.#random(6)) {
      case 0:
        return [
          `Intercom.setUserJwt(jwt).then(${resolve}${rejected && `, ${rejected}`}).catch(() => {});`,
        ];
      case 1:
        return [`Intercom.setUserJwt(jwt).then(() => ${resolve}()).catch(${reject});`];
      case 2:
        return [`later(() => ${rejected || reject}());`];
      case 3:
        return ['(async () => {', ...this.#block(2), `})().catch(${rejected || '() => {}'});`];
      case 4: {
        const name = `task${String(this.#made++)}`;
        const call = `${name}().catch(${reject});`;
        return [`const ${name} = async () => {`, ...this.#block(2), '};', call];
      }
      default:
        return this.#statement(1);
    }
  }

  #block(depth: number): readonly string[] {
    return Array.from({ length: 1 + this.#random(3) }, () => this.#statement(depth)).flat();
  }

  #statement(depth: number): readonly string[] {
    const { resolve, reject } = this.#form;
    const nested = (): readonly string[] => this.#block(depth - 1);
    switch (this.#random(depth > 0 ? 11 : 7)) {
      case 0:
      case 1:
      case 2:
        return ['await Intercom.setUserJwt(jwt);', `${resolve}();`];
      case 3:
        return ['await Intercom.setUserJwt(jwt);'];
      case 4:
        return ['await tick();'];
      case 5:
        return [`${this.#random(2) === 0 ? reject : resolve}();`];
      case 6:
        return ['await Intercom.setUserJwt(jwt);', this.#present(), `${resolve}();`];
      case 7:
        return ['if (draw()) {', ...nested(), '} else {', ...nested(), '}'];
      case 8:
        return ['if (draw()) {', ...nested(), '}'];
      case 9:
        return ['try {', ...nested(), '} catch {', ...nested(), '}'];
      default:
        return ['if (draw()) return;'];
    }
  }
}

type Main = () => Promise<void>;

/** The presents that are made with no JWT, by their numbers. */
async function missesOf(lines: readonly string[], random: (below: number) => number) {
  const misses = new Set<number>();
  const make = runInThisContext(
    [
      '(function (Intercom, Promise, draw, tick, later, jwt) {',
      ...lines.map((line) => line.replace(/^export /, '')),
      'return main; })',
    ].join('\n'),
  ) as (
    client: object,
    promise: object,
    draw: () => boolean,
    tick: () => Promise<void>,
    later: (callback: () => void) => void,
    jwt: string,
  ) => Main;
  const tick = async (): Promise<void> => {
    await Promise.resolve();
    if (random(4) === 0) throw new Error('rejected');
  };
  const later = (callback: () => void): void => {
    let turns = random(8);
    const wait = (): void => {
      if (turns-- > 0) void Promise.resolve().then(wait);
      else callback();
    };
    wait();
  };
  for (let run = 0; run < RUNS; run++) {
    const client = mockClient(random, misses);
    const main = make(client, Made, () => random(2) === 0, tick, later, 'jwt');
    void main().catch(() => undefined);
    for (let turn = 0; turn < TURNS; turn++) await Promise.resolve();
  }
  return misses;
}

/** Promises of which nobody has to handle the rejection. Node.js 20 has no `withResolvers` yet. */
function Made(executor: ConstructorParameters<typeof Promise<unknown>>[0]): Promise<unknown> {
  const promise = new Promise(executor);
  promise.catch(() => undefined);
  return promise;
}

Made.withResolvers = () => {
  const settlers: unknown[] = [];
  const promise = Made((resolve, reject) => settlers.push(resolve, reject));
  const [resolve, reject] = settlers;
  return { promise, resolve, reject };
};

test('no call is missed behind a promise that is settled from outside', async () => {
  let proven = 0;
  for (const seed of seedsOf(PROGRAMS)) {
    const random = randomOf(seed);
    const lines = new Generator(random).program();
    const { source, count, faulty } = presentsIn(lines);
    const missed = [...(await missesOf(lines, random))].filter((id) => !faulty.has(id));
    expect(missed, `seed ${String(seed)}\n${source}`).toEqual([]);
    if (faulty.size < count) proven++;
  }
  // The oracle would be idle where no such promise ever proves anything.
  expect(proven).toBeGreaterThan(8);
});
