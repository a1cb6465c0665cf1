/** What has been begun before a call and is waited for, so that a set can only have been left out of it. */

import type { Mark } from '../../flow/solve/order.ts';
import type { Called, Explanation } from '../../flow/solve/solver.ts';
import type { Change } from '../../flow/solve/ways.ts';
import type { FunctionTerm } from '../../flow/term/term.ts';
import { PENDING } from '../protocol.ts';
import type { Solved } from '../sites.ts';
import { isSet, MAX_DEPTH, type Ways } from './ways.ts';

/** Tells of what has been begun whether it is waited for. */
export class Begun {
  readonly #solution: Solved['solution'];
  readonly #ways: Ways;

  constructor({ solution }: Solved, ways: Ways) {
    this.#solution = solution;
    this.#ways = ways;
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
    return isAlwaysAwaited(this.#solution, place, calls, step.callee.term);
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

/**
 * Whether each way to a place, in its function, waits for what has been begun.
 *
 * @param calls the calls that may have begun it
 * @param of the function of which any other call may have
 */
export function isAlwaysAwaited(
  solution: Solved['solution'],
  place: object,
  calls: Iterable<object>,
  of?: FunctionTerm,
): boolean {
  const mark: Mark = { kind: 'settled', sites: new Set(calls), ...(of && { of }) };
  return (solution.statesWithout(place, mark) & PENDING) === 0;
}

/** Whether a step waits for what a call of the same function has begun. */
function isSettledOf(begun: Called, step: Called): boolean {
  return step.call.mode === 'settled' && step.callee.term === begun.callee.term;
}
