/** The parts of a way in their order, where what a call has begun is told only once. */

import type { Call } from '../../flow/term/term.ts';
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
   * @param call the call that it tells of; null where it tells of none
   */
  add(part: readonly Told[], call: Pick<Call, 'site' | 'mode'> | null = null): void {
    const begun = call === null ? undefined : this.#begun.get(call.site);
    this.#parts.push(
      call?.mode === 'settled' && begun !== undefined ? this.#goingOn(begun, part) : part,
    );
    if (call?.mode === 'started') this.#begun.set(call.site, this.#parts.length - 1);
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

/** Whether two steps are the same, in whatever states. */
function isSame(one: Told | undefined, other: Told | undefined): boolean {
  if (one === undefined || one.node !== other?.node || one.kind !== other.kind) return false;
  return one.kind !== 'decided' || one.text === other.text;
}
