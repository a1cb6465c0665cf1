/**
 * What awaiting a promise does, put together from what awaiting its parts does. In each of these
 * terms a normal end means fulfilled, and a throw means rejected.
 */

import { through, type Promised, type Shape, type Sink, type Told } from './context.ts';
import { byParts } from './shapes.ts';
import type { Atom } from '../algebra/relation.ts';
import {
  assumed,
  attempt,
  block,
  choice,
  createLabel,
  detach,
  exit,
  MAY_THROW,
  RAISE,
  seq,
  sequence,
  sequenceOf,
  SKIP,
} from '../term/make.ts';
import type { Label, Term } from '../term/term.ts';

/** More promises than this are each looked at as the first and in their place, and no more. */
const MAX_ORDERS = 8;

const IMPOSSIBLE: Term = { kind: 'assume', facts: 'never' };

/**
 * `promise.then(onFulfilled, onRejected)`; null for a callback that is not given.
 *
 * @param site the AST node of the callback for a rejection
 */
export function chained(
  promise: Term,
  onFulfilled: Term | null,
  onRejected: Term | null,
  site: object | null = null,
): Term {
  if (onRejected === null) return seq(promise, onFulfilled ?? SKIP);
  if (onFulfilled === null) return attempt(promise, onRejected, null, site);
  const end = createLabel('then');
  return block(end, seq(attempt(promise, seq(onRejected, exit(end)), null, site), onFulfilled));
}

/** The parts of a value by which a callback goes, or the literals that it can be. */
interface ByPart<T> {
  readonly parts: readonly string[];
  readonly literals: readonly string[];
  /** The callback where something is told that was not foreseen: as it is where nothing is told. */
  readonly otherwise: T;
  readonly foreseen: readonly T[];
}

/**
 * `promise.then(onFulfilled, onRejected)`, whose first callback goes by what it is given.
 *
 * @param byPart the parts or literals by which it goes, too
 * @param of the callback for what is told of the value; what it is the same for goes on as one
 * @param call what calling it does
 */
export function chainedBy<T>(
  promise: Promised,
  byPart: ByPart<T> | null,
  of: (told: Told | null, shape?: Shape) => T,
  call: (callback: T) => Term,
  onRejected: Term | null,
  site: object | null,
): Term {
  const end = createLabel('then');
  const entries = new Map<T, Label>();
  const entryOf = (callback: T): Label => {
    const entry = entries.get(callback) ?? createLabel('fulfilled');
    entries.set(callback, entry);
    return entry;
  };
  // Which parts results have is told once their functions are lowered: what can be is foreseen.
  const last = byPart === null ? null : entryOf(byPart.otherwise);
  for (const callback of byPart?.foreseen ?? []) entryOf(callback);
  let isWhole = false;
  const sink: Sink = (kind, key, shape) => {
    const told = kind === 'any' ? null : { kind, ...(key !== undefined && { key }) };
    const callback = of(told, shape);
    const entry = entries.get(callback) ?? (isWhole ? last : null);
    return exit(entry ?? entryOf(callback));
  };
  const fulfilled = promise.valued(
    byPart === null ? sink : byParts(byPart.parts, sink, byPart.literals),
  );
  let whole =
    onRejected === null ? fulfilled : attempt(fulfilled, seq(onRejected, exit(end)), null, site);
  isWhole = true;
  for (const [callback, entry] of entries) {
    whole = seq(block(entry, whole), call(callback), exit(end));
  }
  return block(end, whole);
}

/**
 * `promise.finally(callback)`
 *
 * @param site the AST node of the callback
 */
export function concluded(promise: Term, callback: Term, site: object | null): Term {
  return attempt(promise, null, callback, site);
}

/** One of several promises that are waited for together. */
export interface Item {
  /** What is left of it. */
  readonly settle: Term;
  /** The same, going on with its value where that is asked for. */
  readonly valued: Term;
  readonly promise: object;
}

/** One of several promises that goes on by what it is fulfilled with. */
export interface ToldItem {
  readonly index: number;
  readonly valued: Term;
}

/**
 * `Promise.all(items)`: all fulfilled; one that is rejected does not wait for the others.
 *
 * @param told the one whose value is told behind all of them
 */
export function all(items: readonly Item[], told: ToldItem | null = null): Term {
  const settled = items.map(({ settle }) => settle);
  if (items.length === 1) return told?.valued ?? settled[0] ?? SKIP;
  const failed = items.map((item) => seq(abandoned(items, item), onlyRejected(item.settle)));
  return seq(
    overtaking(settled),
    sequenceOf(failed, (item) => choice(SKIP, item)),
    sequence(told === null ? settled : settled.filter((_, index) => index !== told.index)),
    told?.valued ?? SKIP,
  );
}

/**
 * `Promise.allSettled(items)`
 *
 * @param site its AST node, which handles the rejections
 * @param outcomes for each of them, what tells that it was fulfilled; null where nothing does
 */
export function allSettled(
  items: readonly Term[],
  site: object | null = null,
  outcomes: readonly (Atom | null)[] = [],
): Term {
  return seq(
    overtaking(items),
    sequence(
      items.map((item, index) => {
        const outcome = outcomes[index] ?? null;
        if (outcome === null) return attempt(item, SKIP, null, site);
        return attempt(seq(item, assumed(outcome, true)), assumed(outcome, false), null, site);
      }),
    ),
  );
}

/**
 * Promises settle in any order: each can be the first, and the last. What happens in another order
 * is only looked at; the result is the same in all of them.
 */
function overtaking(items: readonly Term[]): Term {
  const acting = items.filter(acts);
  if (acting.length === 0) return SKIP;
  const settled = items.map((item) => attempt(item, SKIP, null));
  return sequence(
    settled.map((item, index) => {
      if (!acts(items[index] ?? SKIP)) return SKIP;
      const others = settled.filter((_, other) => other !== index);
      const before = acting.length > MAX_ORDERS ? SKIP : choice(sequence(others), SKIP);
      return choice(SKIP, seq(before, item, IMPOSSIBLE));
    }),
  );
}

/** Whether something happens when a promise settles that can be told from outside. */
function acts(item: Term): boolean {
  return detach(item).kind !== 'skip';
}

/** `Promise.race(items)`: one of them, and no more is known of the others. */
export function race(items: readonly Item[]): Term {
  return oneOf(items.map((item) => seq(abandoned(items, item), item.valued)));
}

function oneOf(terms: readonly Term[]): Term {
  return terms.reduceRight((rest, term) => choice(term, rest), IMPOSSIBLE);
}

/** What runs on by itself when one of the promises has settled the whole. */
function abandoned(items: readonly Item[], settled: Item): Term {
  const acting = items.filter(({ settle }) => acts(settle));
  if (acting.length > MAX_ORDERS) return SKIP;
  return sequenceOf(acting, (item) =>
    item === settled ? SKIP : detach(item.settle, item.promise),
  );
}

/** `Promise.any(items)`: one fulfilled, or all rejected. */
export function any(items: readonly Item[]): Term {
  const fulfilled = oneOf(
    items.map((item) => seq(abandoned(items, item), attempt(item.valued, IMPOSSIBLE, null))),
  );
  const rejected = sequence(items.map(({ settle }) => attempt(onlyRejected(settle), SKIP, null)));
  return choice(fulfilled, seq(rejected, RAISE));
}

/** What a term does where it throws. */
function onlyRejected(term: Term): Term {
  return seq(term, IMPOSSIBLE);
}

/** A promise that is settled in one way: it comes out the same wherever it is awaited. */
export function correlated(
  promise: (sink: Sink | null) => Term,
  outcome: Atom,
  sink: Sink | null,
): Term {
  const is = (holds: boolean): Term => ({ kind: 'assume', facts: [{ atom: outcome, holds }] });
  const fulfilled =
    sink === null
      ? seq(promise(null), is(true))
      : promise(through(sink, (term) => seq(is(true), term)));
  return attempt(fulfilled, seq(is(false), RAISE), null);
}

/** Any number of rounds, none included. */
export function repeated(body: Term): Term {
  if (body.kind === 'skip' || body === MAY_THROW) return body;
  const end = createLabel('repeat');
  return block(end, {
    kind: 'loop',
    body: choice(exit(end), body),
    varies: () => false,
  });
}

/** Goes on with a value of which nothing is known. */
export function anything(sink: Sink | null): Term {
  return sink === null ? SKIP : sink('any');
}

/** Awaits a promise of which nothing is known. */
export function unknown(sink: Sink | null): Term {
  return seq(MAY_THROW, anything(sink));
}
