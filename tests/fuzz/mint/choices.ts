/** The choices that make a program: drawn at random, or given again to make a similar one. */

/** Draws numbers from 0 up to, and without, a limit; each number stands for a way to go on. */
export class Choices {
  /** What was drawn. */
  readonly made: number[] = [];
  readonly #draw: (below: number) => number;

  constructor(draw: (below: number) => number) {
    this.#draw = draw;
  }

  int(below: number): number {
    const value = this.#draw(below);
    this.made.push(value);
    return value;
  }

  /** One of a list, whose first item should be the simplest. */
  pick<T>(list: readonly T[]): T {
    const item = list[this.int(list.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }

  /** True once in so many cases. */
  once(times: number): boolean {
    return this.int(times) === times - 1;
  }
}

/** Choices by chance; the same for the same seed. */
export function randomChoices(seed: number): Choices {
  let state = seed | 0;
  // mulberry32
  return new Choices((below) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % below;
  });
}

/** Choices that were made before, as far as they fit, and the simplest after them. */
export function givenChoices(made: readonly number[]): Choices {
  let next = 0;
  return new Choices((below) => (made[next++] ?? 0) % below);
}

/** Smaller lists of choices, the smallest first. */
function* smaller(made: readonly number[]): Generator<readonly number[]> {
  for (let size = made.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < made.length; from += size) {
      yield [...made.slice(0, from), ...made.slice(from + size)];
    }
  }
  for (const [index, value] of made.entries()) {
    if (value > 0) yield made.with(index, 0);
    if (value > 1) yield made.with(index, value - 1);
  }
}

/**
 * The smallest list of choices found that still fails.
 *
 * @param made those that were found to fail
 * @param attempts how many others are tried
 */
export async function shrunk(
  made: readonly number[],
  fails: (made: readonly number[]) => Promise<boolean>,
  attempts = 400,
): Promise<readonly number[]> {
  let best = made;
  let left = attempts;
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (const candidate of smaller(best)) {
      if (left-- <= 0) return best;
      if (!(await fails(candidate))) continue;
      best = candidate;
      isBetter = true;
      break;
    }
  }
  return best;
}
