/** Functions that are called one after the other, in any order, and what comes of it. */

import { sessionOf } from '../../src/session/sessions.ts';
import { faultsOf } from '../../src/session/protocol.ts';
import { parsed } from '../helpers/parsed.ts';

/** The presents of a program, by their numbers. */
export interface Presents {
  /** The whole of it, as it is linted. */
  readonly source: string;
  readonly count: number;
  /** Those that are at fault under the exact dial. */
  readonly faulty: ReadonlySet<number>;
}

/**
 * What the analysis says of a program whose presents are given their numbers.
 *
 * @param guards whether guards are believed
 */
export function presentsIn(
  lines: readonly string[],
  { imports = [], guards = true }: { imports?: readonly string[]; guards?: boolean } = {},
): Presents {
  const client = "import Intercom from '@intercom/intercom-react-native';";
  const source = [client, ...imports, ...lines].join('\n');
  const solved = sessionOf(parsed(source))?.solve({
    helpers: 'every-path',
    entry: 'unset',
    guards,
  });
  const presents = (solved?.sites ?? []).filter(({ role }) => role === 'present');
  const faulty = presents.filter(({ role, states }) => (states & faultsOf(role)) !== 0);
  const numberOf = ({ node }: (typeof faulty)[number]): number =>
    Number(/id: (\d+)/.exec(source.slice(...(node.range ?? [0, 0])))?.[1]);
  return { source, count: presents.length, faulty: new Set(faulty.map(numberOf)) };
}

/** A sequence of numbers that look random, the same for each seed. */
export function randomOf(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

/**
 * The seeds of programs: from 1 on. More, or others, are asked for in the environment:
 *
 *     FUZZ_SEED=5000 FUZZ_PROGRAMS=3000 npx vitest run tests/fuzz/guards.test.ts --testTimeout 3600000
 */
export function seedsOf(count: number): readonly number[] {
  const { FUZZ_SEED = '1', FUZZ_PROGRAMS = String(count) } = process.env;
  return Array.from({ length: Number(FUZZ_PROGRAMS) }, (_, index) => Number(FUZZ_SEED) + index);
}

/** A client whose calls are rejected at random, and which notes what is presented with no JWT. */
export function mockClient(random: (below: number) => number, misses: Set<number>): object {
  let hasJwt = false;
  const settle = async (): Promise<void> => {
    await Promise.resolve();
    if (random(4) === 0) throw new Error('rejected');
  };
  return {
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
}
