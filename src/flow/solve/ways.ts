/** Ways through code, as the steps that decide them, and how they are put together: the shortest stay. */

import type { Instance } from '../algebra/summary.ts';
import type { Call, CallEnd, Decision, Detach, Event, Fact } from '../term/term.ts';

/** One thing that happens on a way. */
export type Step =
  | { readonly kind: 'decided'; readonly decision: Decision; readonly outcome: boolean }
  /** Something was thrown, or rejected, and caught by this `try`. */
  | { readonly kind: 'caught'; readonly site: object }
  | Change;

/** Something changed the state, or could have, where all that happens is told. */
export type Change =
  /** An event. */
  | {
      readonly kind: 'event';
      readonly event: Event;
      readonly from: number;
      readonly to: number;
      /** Whether it threw, or its promise was rejected. */
      readonly isThrown: boolean;
    }
  /** A call. */
  | {
      readonly kind: 'called';
      readonly call: Call;
      readonly callee: Instance;
      readonly from: number;
      readonly to: number;
      readonly isThrown: boolean;
      /** How it ended; null where it went on by itself. */
      readonly end: CallEnd | null;
      /** What the call tells of its arguments. */
      readonly facts: readonly Fact[];
    }
  /** Something was left to run by itself. */
  | { readonly kind: 'left'; readonly term: Detach; readonly from: number; readonly to: number };

/** Ways are ropes, so that putting two together costs nothing. */
export interface Way {
  /** How many decisions and catches it holds, and things that throw. */
  readonly length: number;
  readonly step: Step | null;
  readonly parts: readonly [Way, Way] | null;
}

/**
 * For each state before and each state after, a shortest way. Where a function assigns to variables
 * that it tests, a state here is one of the protocol's together with what is known of these: see
 * `Memory`.
 */
export type Ways = readonly (ReadonlyMap<number, Way> | undefined)[];

export const STRAIGHT: Way = { length: 0, step: null, parts: null };
export const NO_WAYS: Ways = [];

export function composed(first: Ways, second: Ways): Ways {
  return first.map((row) => {
    if (row === undefined) return undefined;
    const reached = new Map<number, Way>();
    row.forEach((before, middle) => {
      second[middle]?.forEach((after, state) => {
        keepShorter(reached, state, before, after);
      });
    });
    return reached;
  });
}

/** Any number of steps, from each state of `identity`: by fewer of them where ways are as long. */
export function closed(identity: Ways, step: Ways): Ways {
  return identity.map((row) => {
    if (row === undefined) return undefined;
    const reached = new Map(row);
    const open = new Set(row.keys());
    for (const middle of open) {
      // It is open again where a shorter way to it is found.
      open.delete(middle);
      const before = reached.get(middle);
      if (before === undefined) continue;
      step[middle]?.forEach((after, state) => {
        if (!keepShorter(reached, state, before, after)) return;
        open.add(state);
      });
    }
    return reached;
  });
}

export function join(left: Ways, right: Ways): Ways {
  if (left === NO_WAYS) return right;
  if (right === NO_WAYS || left === right) return left;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, before) => {
    const one = left[before];
    const other = right[before];
    if (one === undefined || other === undefined) return one ?? other;
    const row = new Map(one);
    other.forEach((way, state) => {
      keepShorter(row, state, way);
    });
    return row;
  });
}

/**
 * Keeps a way that is put together of two, where it is shorter than what is known: so the choice is
 * always the same. Whether it is kept is returned.
 */
export function keepShorter(
  row: Map<number, Way>,
  state: number,
  before: Way,
  after: Way = STRAIGHT,
): boolean {
  const known = row.get(state);
  if (known !== undefined && before.length + after.length >= known.length) return false;
  row.set(state, joined(before, after));
  return true;
}

/** How many ways there are. */
export function sizeOf(ways: Ways): number {
  let size = 0;
  for (const row of ways) size += row?.size ?? 0;
  return size;
}

export function single(step: Step, length: number): Way {
  return { length, step, parts: null };
}

export function joined(before: Way, after: Way): Way {
  if (before === STRAIGHT) return after;
  if (after === STRAIGHT) return before;
  return { length: before.length + after.length, step: null, parts: [before, after] };
}

export function stepsOf(way: Way): readonly Step[] {
  const steps: Step[] = [];
  const open: Way[] = [way];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.step !== null) steps.push(next.step);
    if (next.parts !== null) open.push(next.parts[1], next.parts[0]);
  }
  return steps;
}

export function mapValues<V, W>(
  map: ReadonlyMap<number, V>,
  change: (value: V) => W,
): Map<number, W> {
  const changed = new Map<number, W>();
  for (const [key, value] of map) changed.set(key, change(value));
  return changed;
}
