/**
 * Guards that are kept in state, against programs that are really run: functions that set, log out,
 * raise and lower flags and call each other are called one after the other, in any order, while calls
 * are rejected at random. A call that is made with no JWT in some run has to be among those that are
 * at fault. The dial of helpers is the exact one, so that the guards alone are in question.
 */

import { runInThisContext } from 'node:vm';

import { expect, test } from 'vitest';

import { sessionOf } from '../../src/session/model.ts';
import { faultsOf } from '../../src/session/protocol.ts';
import { parsed } from '../helpers/parsed.ts';

const PROGRAMS = 150;
const RUNS = 40;

/** A sequence of numbers that look random, the same for each seed. */
function randomOf(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

const FLAGS = ['a', 'b'] as const;

/** One function after the other may call those before it. */
const FUNCTIONS = ['one', 'two', 'three'] as const;

class Generator {
  readonly #random: (below: number) => number;
  #calls: readonly string[] = [];
  #presents = 0;
  /** In so many of ten cases, what is written is right, or nearly so. */
  readonly #care: number;

  constructor(random: (below: number) => number) {
    this.#random = random;
    this.#care = [0, 9, 10][random(3)] ?? 0;
  }

  #isCareful(): boolean {
    return this.#random(10) < this.#care;
  }

  program(): readonly string[] {
    return [
      `let ${FLAGS.map((flag) => `${flag} = false`).join(', ')};`,
      ...FUNCTIONS.flatMap((name, index) => {
        this.#calls = FUNCTIONS.slice(0, index);
        return [`export async function ${name}() {`, ...this.#block(3), '}'];
      }),
    ];
  }

  #block(depth: number): readonly string[] {
    const count = 1 + this.#random(3);
    return Array.from({ length: count }, () => this.#statement(depth)).flat();
  }

  #lowered(flag: string): readonly string[] {
    return (this.#isCareful() ? FLAGS : [flag]).map((one) => `${one} = false;`);
  }

  #flag(): string {
    return FLAGS[this.#random(FLAGS.length)] ?? 'a';
  }

  #present(): string {
    return `await Intercom.present({ id: ${String(this.#presents++)} });`;
  }

  #statement(depth: number): readonly string[] {
    const flag = this.#flag();
    const nested = (): readonly string[] => this.#block(depth - 1);
    switch (this.#random(depth > 0 ? 15 : 9)) {
      case 0:
      case 1:
        return ['await Intercom.setUserJwt(jwt);', `${flag} = true;`];
      case 2:
        return this.#isCareful() ? [] : [`${flag} = true;`];
      case 3:
        return [...this.#lowered(flag), 'await Intercom.logout();'];
      case 4:
        return [`${flag} = false;`];
      case 5:
        return this.#isCareful() ? [] : ['await Intercom.logout();'];
      case 6:
        return [`if (${flag}) ${this.#present()}`];
      case 7:
        return [`if (!${flag}) return;`, this.#present()];
      case 8: {
        const called = this.#calls[this.#random(Math.max(1, this.#calls.length))];
        return called === undefined ? ['await Intercom.setUserJwt(jwt);'] : [`await ${called}();`];
      }
      case 9:
        return ['try {', ...nested(), '} catch {', ...nested(), '}'];
      case 10:
        return this.#isCareful()
          ? []
          : ['try {', 'await Intercom.logout();', '} finally {', `${flag} = false;`, '}'];
      case 11:
        return ['for (const item of draws()) {', ...nested(), '}'];
      case 12:
        return [`if (draw()) {`, ...nested(), '}'];
      case 13: {
        const name = `kept${String(this.#presents++)}`;
        return [`const ${name} = async () => {`, ...nested(), '};', `await ${name}();`];
      }
      default:
        return [`if (${flag} && draw()) {`, ...nested(), this.#present(), '}'];
    }
  }
}

type Run = (calls: readonly string[]) => Promise<void>;

/** The presents that are made with no JWT, by their numbers. */
async function missesOf(lines: readonly string[], random: (below: number) => number) {
  const misses = new Set<number>();
  const make = runInThisContext(
    [
      '(function (Intercom, draw, draws, jwt) {',
      ...lines.map((line) => line.replace(/^export /, '')),
      `const all = { ${FUNCTIONS.join(', ')} };`,
      'return async (calls) => { for (const name of calls) try { await all[name](); } catch {} };',
      '})',
    ].join('\n'),
  ) as (client: object, draw: () => boolean, draws: () => number[], jwt: string) => Run;
  for (let run = 0; run < RUNS; run++) {
    let hasJwt = false;
    const settle = async (): Promise<void> => {
      await Promise.resolve();
      if (random(4) === 0) throw new Error('rejected');
    };
    const client = {
      setUserJwt: async () => {
        await settle();
        hasJwt = true;
      },
      logout: async () => {
        hasJwt = false;
        await settle();
      },
      present: async ({ id }: { readonly id: number }) => {
        if (!hasJwt) misses.add(id);
        await settle();
      },
    };
    const calls = Array.from({ length: 1 + random(4) }, () => FUNCTIONS[random(3)] ?? 'one');
    await make(
      client,
      () => random(2) === 0,
      () => Array.from({ length: random(3) }, () => 0),
      'jwt',
    )(calls);
  }
  return misses;
}

test('no call is missed behind a guard', async () => {
  let proven = 0;
  for (let seed = 1; seed <= PROGRAMS; seed++) {
    const random = randomOf(seed);
    const lines = new Generator(random).program();
    const source = ["import Intercom from '@intercom/intercom-react-native';", ...lines].join('\n');
    const faultyWith = (guards: boolean): ReadonlySet<number> =>
      new Set(
        (
          sessionOf(parsed(source))?.solve({ helpers: 'every-path', entry: 'unset', guards })
            .sites ?? []
        )
          .filter(({ role, states }) => role === 'present' && (states & faultsOf(role)) !== 0)
          .map(({ node }) =>
            Number(/id: (\d+)/.exec(source.slice(...(node.range ?? [0, 0])))?.[1]),
          ),
      );
    const faulty = faultyWith(true);
    const missed = [...(await missesOf(lines, random))].filter((id) => !faulty.has(id));
    expect(missed, `seed ${String(seed)}\n${source}`).toEqual([]);
    if (faultyWith(false).size > faulty.size) proven++;
  }
  // The oracle would be idle where no guard is ever believed.
  expect(proven).toBeGreaterThan(15);
});
