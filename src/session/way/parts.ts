/** The parts of a way in their order, where what a call has begun is told only once. */

import type { Called } from '../../flow/solve/explanation.ts';
import type { Told } from '../../way/step.ts';

export class Parts {
  readonly #parts: (readonly Told[])[] = [];
  /** Where calls have begun, by their places. */
  readonly #begun = new Map<object, number>();

  /** All steps. */
  get all(): readonly Told[] {
    return this.#parts.flat();
  }

  /**
   * Adds a part.
   *
   * @param step the call that it tells of; null where it tells of none
   * @param depth how deep the call is
   */
  add(part: readonly Told[], step: Called | null, depth: number): void {
    if (step?.call.mode === 'settled') {
      const begun = this.#begun.get(step.call.site);
      this.#parts.push(
        begun === undefined ? settledOf(step, depth, part) : this.#goingOn(begun, part),
      );
      return;
    }
    this.#parts.push(part);
    if (step?.call.mode === 'started') this.#begun.set(step.call.site, this.#parts.length - 1);
  }

  /**
   * What is left of a call, whose steps begin with those that were told where it began. Where these went
   * another way, they are taken back: the call goes one way.
   */
  #goingOn(index: number, part: readonly Told[]): readonly Told[] {
    const begun = this.#parts[index] ?? [];
    let same = 0;
    while (same < begun.length && isSame(begun[same], part[same])) same++;
    if (same === begun.length) return part.slice(same);
    const isOther = begun[same]?.kind === 'decided' && begun[same]?.node === part[same]?.node;
    if (isOther) this.#parts[index] = [];
    return part;
  }
}

/**
 * What is left of a call whose beginning is not told: nothing happened there. A function that does not
 * wait has decided all by then.
 */
function settledOf({ callee }: Called, depth: number, part: readonly Told[]): readonly Told[] {
  if (callee.term.isAsync) return part;
  return part.filter((told) => told.kind !== 'decided' || told.depth !== depth + 1);
}

/** Whether two steps are the same, in whatever states. */
function isSame(one: Told | undefined, other: Told | undefined): boolean {
  if (one === undefined || one.node !== other?.node || one.kind !== other.kind) return false;
  return one.kind !== 'decided' || one.text === other.text;
}
