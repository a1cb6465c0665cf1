/**
 * Functions that are begun and go on by themselves, against programs that are really run: what stands
 * behind their first suspension runs beside the function that has begun them, which clears the session
 * and sets it. A call that is made with no JWT in some run has to be among those that are at fault,
 * under the exact dial.
 */

import { runInThisContext } from 'node:vm';

import { expect, test } from 'vitest';

import { mockClient, presentsIn, randomOf, seedsOf } from './sequences.ts';

const PROGRAMS = 120;
const RUNS = 40;
/** After so many turns, nothing more is to come of what waits. */
const TURNS = 60;

class Generator {
  readonly #random: (below: number) => number;
  #made = 0;

  constructor(random: (below: number) => number) {
    this.#random = random;
  }

  #oneOf<T>(all: readonly [T, ...T[]]): T {
    return all[this.#random(all.length)] ?? all[0];
  }

  program(): readonly string[] {
    const rest = this.#rest();
    const inline = `(async () => { ${rest} })()`;
    const [call, declared] = this.#oneOf([
      ['show()', `async function show() { ${rest} }`],
      [
        'show()',
        `const inner = async () => { ${rest} }; const show = async () => { await inner(); };`,
      ],
      ['begin()', `const show = async () => { ${rest} }; function begin() { return show(); }`],
      ['chain()', `const chain = () => tick().then(() => { ${this.#present()} });`],
      ['(() => tick().finally(() => { void 0; }))()', ''],
      [inline, ''],
    ]);
    const begun = this.#oneOf<readonly [code: string, promise: string | null]>([
      [`const begun = ${call};`, 'begun'],
      [`let begun; if (draw()) begun = ${call};`, 'begun'],
      [`const begun = ${call}.catch(() => {});`, 'begun'],
      [`void ${call};`, null],
      [`${call}.catch(() => {});`, null],
      [`class Begun { [${call}] = 1; static { void 0; } }`, null],
    ]);
    const between = Array.from({ length: 1 + this.#random(3) }, () => this.#between());
    const last = begun[1] === null ? [] : this.#waited(begun[1]);
    return [
      'export async function main() {',
      declared,
      ...(this.#random(4) === 0 ? [] : ['await Intercom.setUserJwt(jwt);']),
      begun[0],
      ...(this.#random(4) === 0 ? [...last, ...between] : [...between, ...last]),
      ...(this.#random(2) === 0 ? ['await Intercom.logout();'] : []),
      '}',
    ];
  }

  /** Its own calls, and those behind the only suspension. */
  #rest(): string {
    const head = this.#random(3) === 0 ? this.#present() : '';
    const wait = this.#oneOf(['await tick();', 'await Intercom.setUserJwt(jwt);']);
    const waited = this.#random(3) === 0 ? `try { ${wait} } catch {}` : wait;
    const tail = this.#random(3) === 0 ? `if (draw()) ${this.#present()}` : this.#present();
    return `${head} ${waited} ${tail}`;
  }

  #between(): string {
    return this.#oneOf([
      'await Intercom.logout();',
      'await tick();',
      'if (draw()) await Intercom.logout();',
      'await Intercom.setUserJwt(jwt);',
      '(class extends (Intercom.logout(), Object) {});',
    ]);
  }

  #waited(promise: string): readonly string[] {
    return this.#oneOf([
      [`await ${promise};`],
      [`try { await ${promise}; } catch {}`],
      [`await Promise.all([${promise}, tick()]);`],
      [`const same = ${promise}; await same;`],
      [`await Promise.allSettled([${promise}]);`],
      [],
    ]);
  }

  #present(): string {
    return `Intercom.present({ id: ${String(this.#made++)} });`;
  }
}

/** The presents that are made with no JWT, by their numbers. */
async function missesOf(lines: readonly string[], random: (below: number) => number) {
  const misses = new Set<number>();
  const code = lines.map((line) => line.replace(/^export /, '')).join('\n');
  const make = runInThisContext(
    `(function (Intercom, draw, tick, jwt) {\n${code}\nreturn main; })`,
  ) as (
    client: object,
    draw: () => boolean,
    tick: () => Promise<void>,
    jwt: string,
  ) => () => Promise<void>;
  const tick = async (): Promise<void> => {
    for (let turns = random(12); turns > 0; turns--) await Promise.resolve();
  };
  // What is dropped would be rejected with nobody there to handle it: nothing is.
  const settling = (below: number): number => Math.max(1, random(below));
  for (let run = 0; run < RUNS; run++) {
    const main = make(mockClient(settling, misses), () => random(2) === 0, tick, 'jwt');
    void main();
    for (let turn = 0; turn < TURNS; turn++) await Promise.resolve();
  }
  return misses;
}

test('no call is missed behind the first suspension of what was begun', async () => {
  let proven = 0;
  let found = 0;
  for (const seed of seedsOf(PROGRAMS)) {
    const random = randomOf(seed);
    const lines = new Generator(random).program();
    const { source, count, faulty } = presentsIn(lines);
    const misses = await missesOf(lines, random);
    const missed = [...misses].filter((id) => !faulty.has(id));
    expect(missed, `seed ${String(seed)}\n${source}`).toEqual([]);
    found += misses.size;
    if (faulty.size < count) proven++;
  }
  // The oracle would be idle where there is never a fault, or nothing else.
  expect(found).toBeGreaterThan(PROGRAMS / 8);
  expect(proven).toBeGreaterThan(PROGRAMS / 8);
});
