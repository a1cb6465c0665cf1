/** What has been begun before a call and is waited for, so that a set can only have been left out of it. */

import { isNode } from '../../syntax/ast.ts';
import type { Called, Explanation } from '../../flow/solve/explanation.ts';
import type { Change } from '../../flow/solve/ways.ts';
import type { Mark } from '../../flow/solve/without.ts';
import { PENDING, WITHOUT_JWT_FOR_LOGIN } from '../protocol.ts';
import type { Site, Solved } from '../sites.ts';
import type { AwaitedPromises } from './awaited.ts';
import type { Cut } from './reasons.ts';
import { isSet, MAX_DEPTH, type Origin, type Ways } from './ways.ts';

/** Tells of what has been begun whether it is waited for. */
export class Begun {
  readonly #solution: Solved['solution'];
  readonly #ways: Ways;
  readonly #awaited: AwaitedPromises;

  constructor({ solution }: Solved, ways: Ways, awaited: AwaitedPromises) {
    this.#solution = solution;
    this.#ways = ways;
    this.#awaited = awaited;
  }

  /** Whether each way to a place, in its function, waits for what these calls have begun. */
  isAwaited(calls: readonly object[], at: object): boolean {
    if (isAlwaysAwaited(this.#solution, at, { sites: new Set(calls) })) return true;
    if (!isNode(at) || !this.#awaited.isBefore(calls, at)) return false;
    // Of a variable that rounds of a loop assign, it is not known that one of them has.
    const begun = { sites: new Set(calls), isNotLeft: true };
    return isAlwaysAwaited(this.#solution, at, begun);
  }

  /**
   * Whether what a step has begun is waited for before a place is reached.
   *
   * @param set what sets the user JWT on another way to the place
   * @param calls the calls that may have begun it
   * @param way the one on which it is begun
   */
  isWaitedFor(
    step: Change,
    set: Called,
    calls: Iterable<object>,
    place: object,
    way: Explanation,
  ): boolean {
    if (step.kind === 'event') return false;
    if (step.kind === 'left') {
      const whole = this.#solution.explain(place, 1 << way.state, undefined, true)?.steps ?? [];
      const at = whole.findIndex((one) => one.kind === 'left' && one.term === step.term);
      const behind = at < 0 ? [] : whole.slice(at);
      return behind.some((one) => one.kind === 'called' && one.call === set.call);
    }
    if (!isSettledOf(step, set)) return this.#isWaitedForIn(step, set);
    const begun = { sites: new Set(calls), of: step.callee.term };
    return isAlwaysAwaited(this.#solution, place, begun);
  }

  /** What a way is kept from by waiting for what begins in a step; null where others lead on, too. */
  cutBy(step: Change, site: Site, { ways, legs }: Origin): Cut | null {
    if (step.kind !== 'called' || step.call.mode !== 'started') return null;
    const index = legs.findIndex(({ steps }) => steps.includes(step));
    const isOnly = ways
      .slice(index + 1)
      .every(({ entries }, at) =>
        entries.every(
          ({ from, states }) =>
            from === legs[index + at]?.to || (states & WITHOUT_JWT_FOR_LOGIN) === 0,
        ),
      );
    const place = legs[index]?.to?.site ?? site.node;
    return index >= 0 && isOnly ? { place, mark: { kind: 'started', call: step.call } } : null;
  }

  /** The same of what a helper begins, and waits for. */
  #isWaitedForIn(step: Called, set: Called, depth = 0): boolean {
    if (step.call !== set.call || depth >= MAX_DEPTH) return false;
    const good = this.#solution.within(set, 1 << set.to)?.find(isSet);
    const bad = this.#solution.within(step, 1 << step.to, true) ?? [];
    const begun = this.#ways.entering(bad, PENDING);
    if (begun?.kind !== 'called' || good?.kind !== 'called') return false;
    if (!isSettledOf(begun, good)) return this.#isWaitedForIn(begun, good, depth + 1);
    const behind = bad.slice(bad.indexOf(begun));
    return behind.some((one) => one.kind === 'called' && isSettledOf(begun, one));
  }
}

/** Whether each way to a place, in its function, waits for what has been begun. */
function isAlwaysAwaited(
  solution: Solved['solution'],
  place: object,
  begun: Omit<Mark & { readonly kind: 'settled' }, 'kind'>,
): boolean {
  return (solution.statesWithout(place, { kind: 'settled', ...begun }) & PENDING) === 0;
}

/** Whether a step waits for what a call of the same function has begun. */
function isSettledOf(begun: Called, step: Called): boolean {
  return step.call.mode === 'settled' && step.callee.term === begun.callee.term;
}
