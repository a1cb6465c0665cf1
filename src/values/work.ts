/**
 * Answers that need each other, each worked out once. One that needs itself is worked out without
 * itself; what was found on the way there is provisional, and forgotten when the answer is complete:
 * so it does not matter what is asked first.
 */

/** More answers than this that need each other are not worked out again from each of their ends. */
const MAX_RETRIED = 100;

/** Answers by what was asked. */
export type Known<Answer> = Map<object, Answer>;

interface Forgettable {
  readonly key: object;
  readonly known: { delete(key: object): boolean };
}

export class Work {
  readonly #maxDepth: number;
  /** What is being worked out, by where it is kept, with its depth. */
  readonly #active = new WeakMap<object, Map<object, number>>();
  #depth = 0;
  /** How many answers were worked out so far. */
  answers = 0;
  /** The outermost answer in work that one further in had to do without. */
  #lowest = Infinity;
  /** What was worked out without an answer that is still in work. */
  readonly #provisional: Forgettable[] = [];
  /** What is asked of a part of something. */
  readonly #keys = new WeakMap<object, Map<string, object>>();

  /** @param maxDepth answers that need each other more deeply than this are given up */
  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  /**
   * Works an answer out once; null where it needs itself, or is too far down.
   *
   * @param known the answers that it is one of
   * @param isKept whether it is the same each time
   */
  once<Answer>(
    key: object,
    known: Known<Answer>,
    work: () => Answer,
    isKept = true,
  ): Answer | null {
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    let active = this.#active.get(known);
    const other = active?.get(key);
    if (other !== undefined) {
      this.#lowest = Math.min(this.#lowest, other);
      return null;
    }
    const depth = this.#depth;
    if (depth >= this.#maxDepth) return null;
    this.answers += 1;
    if (active === undefined) {
      active = new Map();
      this.#active.set(known, active);
    }
    const outerLowest = this.#lowest;
    const mark = this.#provisional.length;
    this.#lowest = Infinity;
    active.set(key, depth);
    this.#depth += 1;
    const found = work();
    this.#depth -= 1;
    active.delete(key);
    if (isKept) known.set(key, found);
    const isComplete = this.#lowest >= depth;
    if (isComplete) {
      this.#retry(mark);
    } else if (isKept) {
      this.#provisional.push({ key, known });
    }
    this.#lowest = Math.min(outerLowest, isComplete ? Infinity : this.#lowest);
    return found;
  }

  /** Has what was provisional from a place on worked out again where it is asked for. */
  #retry(mark: number): void {
    const all = this.#provisional;
    if (all.length - mark < MAX_RETRIED) {
      for (let place = mark; place < all.length; place++) {
        const other = all[place];
        other?.known.delete(other.key);
      }
    }
    all.length = mark;
  }

  /** Does something, and tells whether that had to do without an answer that is in work. */
  watched<Answer>(action: () => Answer): {
    readonly answer: Answer;
    readonly isProvisional: boolean;
  } {
    const outerLowest = this.#lowest;
    this.#lowest = Infinity;
    const answer = action();
    const isProvisional = this.#lowest < Infinity;
    this.#lowest = Math.min(outerLowest, this.#lowest);
    return { answer, isProvisional };
  }

  /** What stands for a question about a part of something. */
  key(owner: object, part: string): object {
    let keys = this.#keys.get(owner);
    if (keys === undefined) {
      keys = new Map();
      this.#keys.set(owner, keys);
    }
    let key = keys.get(part);
    if (key === undefined) {
      key = {};
      keys.set(part, key);
    }
    return key;
  }
}
