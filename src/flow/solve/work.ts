/**
 * The work that one file may take, counted in steps: a verdict must not depend on how fast a
 * machine is.
 */

/** What was asked for takes more steps than there are. */
export class TooMuchWork extends Error {}

export class Work {
  #left: number;
  /** The steps that were taken so far. */
  taken = 0;

  constructor(steps: number) {
    this.#left = steps;
  }

  /** Takes a step, or so many. */
  take(steps = 1): void {
    this.#left -= steps;
    this.taken += steps;
    if (this.#left < 0) throw new TooMuchWork();
  }

  /** What an action gives; null where there are not steps enough for it. */
  within<T>(action: () => T): T | null {
    if (this.#left < 0) return null;
    try {
      return action();
    } catch (error) {
      if (error instanceof TooMuchWork) return null;
      throw error;
    }
  }
}

/** Takes what is done by those who serve several from whoever asks them at the time. */
export class CurrentWork {
  #work: Work | null = null;

  /** Takes steps of what has a bound; what is asked by nobody who has one is not counted. */
  take(steps: number): void {
    this.#work?.take(steps);
  }

  /** What an action gives; null where there are not steps enough for it. */
  within<T>(work: Work, action: () => T): T | null {
    const before = this.#work;
    this.#work = work;
    try {
      return work.within(action);
    } finally {
      this.#work = before;
    }
  }
}

/** Counts what is done, and takes it from what may be done at the time. */
export class Meter {
  #work: Work;
  /** The steps that were counted one by one. */
  steps = 0;

  constructor(work: Work) {
    this.#work = work;
  }

  /** What was taken so far of what may be done now. */
  get taken(): number {
    return this.#work.taken;
  }

  step(count = 1): void {
    this.steps += count;
    this.#work.take(count);
  }

  /** Takes steps that were counted before. */
  take(steps: number): void {
    this.#work.take(steps);
  }

  /** Does something that has work of its own. */
  with<T>(work: Work, action: () => T): T {
    const before = this.#work;
    this.#work = work;
    try {
      return action();
    } finally {
      this.#work = before;
    }
  }
}
