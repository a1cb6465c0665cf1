/** Functions that are called one after the other, in any order, and what comes of it. */

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
