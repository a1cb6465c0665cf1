/**
 * What several tests tell together: of a query, each of them rules out a state in which it has not come
 * to its end (that it is pending, that it is in error), and all of them leave none.
 */

import type { CallExpression } from '../../syntax/ast.ts';
import { canAnswer, type Ask } from './asks.ts';
import type { Condition } from './conditions.ts';
import type { Place } from './place.ts';

/** What is told of, and by which calls of functions it was come to: others may have another. */
interface Subject {
  readonly place: Place;
  readonly by: readonly CallExpression[];
}

export class Together {
  #met: Subject[] = [];
  #by: readonly CallExpression[] = [];
  /** The state that a test is to rule out; null where it is to prove something. */
  #ruled: (Subject & { readonly state: number }) | null = null;

  /** Forgets what tests have come to. */
  clear(): void {
    this.#met = [];
  }

  /** Looks into what a call gives. */
  within<T>(call: CallExpression, look: () => T): T {
    const before = this.#by;
    this.#by = [...before, call];
    try {
      return look();
    } finally {
      this.#by = before;
    }
  }

  /** Whether a place is believed; or, where a state is to be ruled out, whether that is. */
  answers(place: Place, ask: Ask, believes: () => boolean): boolean {
    if (this.#ruled === null) {
      if (place.of !== undefined) this.#met.push({ place, by: this.#by });
      return believes();
    }
    const start = this.#isRuled(place) ? place.starts?.[this.#ruled.state] : undefined;
    return start !== undefined && start !== null && !canAnswer(start, ask);
  }

  #isRuled({ of }: Place): boolean {
    if (this.#ruled === null || of === undefined) return false;
    const { place, by } = this.#ruled;
    return (
      place.of?.call === of.call &&
      by.length === this.#by.length &&
      by.every((call, index) => call === this.#by[index])
    );
  }

  /**
   * Whether conditions rule out each state of something that they have come to.
   *
   * @param isEnded whether there is a JWT once it has come to its end
   * @param tells whether a condition tells what it is asked for
   */
  proves(
    conditions: () => readonly Condition[],
    isEnded: (place: Place) => boolean,
    tells: (condition: Condition) => boolean,
  ): boolean {
    const met = this.#met.filter(
      ({ place }, index, all) => all.findIndex((one) => one.place.of === place.of) === index,
    );
    return met.some((subject) => {
      const { of, starts = [] } = subject.place;
      if (of === undefined || !isEnded(of.ended)) return false;
      const known = conditions();
      return starts.every((_, state) => {
        this.#ruled = { ...subject, state };
        try {
          return known.some(tells);
        } finally {
          this.#ruled = null;
        }
      });
    });
  }
}
