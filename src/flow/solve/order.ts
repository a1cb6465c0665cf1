/** What comes before and behind a place of a function: other domains for the same walk. */

import type { Domain } from '../algebra/domain.ts';
import { behind, observe } from '../algebra/evaluate.ts';
import type { Calls } from '../algebra/observer.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Instance } from '../algebra/summary.ts';
import { RESULT_KINDS } from '../term/term.ts';
import { closuresOf, type Turn, type Valuation } from './witness.ts';

/** What some ways are known by: a turn that they take, or that they settle what a call has made. */
export type Mark = Turn | { readonly kind: 'settled'; readonly sites: ReadonlySet<object> };

/**
 * The states in which a place of a function is reached on the ways without a mark.
 *
 * @param domain the one in which the function was observed
 * @param entry the states in which it is entered
 */
export function statesWithout(
  domain: Domain<Relation>,
  instance: Instance,
  entry: Relation,
  calls: Calls,
  place: object,
  mark: Mark,
): Relation {
  const { empty } = domain;
  const cut: Domain<Relation> = {
    ...domain,
    decided: (relation, { node }, outcome) =>
      mark.kind === 'decided' && mark.decision.node === node && mark.outcome === outcome
        ? empty
        : relation,
    caught: (relation, site) => (mark.kind === 'caught' && mark.site === site ? empty : relation),
    ...(mark.kind === 'settled' && {
      event: (event, isResumed) => {
        const isCut = event.site === null && event.origin != null && mark.sites.has(event.origin);
        return isCut
          ? { normal: empty, thrown: empty, lingers: false }
          : domain.event(event, isResumed);
      },
      called: (summary, call, callee, end, facts) =>
        call.mode === 'settled' && mark.sites.has(call.site)
          ? empty
          : domain.called(summary, call, callee, end, facts),
    }),
  };
  let reached = empty;
  const record = (site: object, states: Relation): void => {
    if (site === place) reached = domain.join(reached, states);
  };
  observe(cut, instance, entry, calls, closuresOf(cut, instance, calls), {
    site: record,
    enter: (_callee, states, from) => {
      record(from.site, states);
    },
    refer: (callees, states, from) => {
      if (callees.length > 0) record(from.site, states);
    },
    later: () => undefined,
  });
  return reached;
}

/**
 * What may come behind a place: something at one of these sites, the settling of their promises, or
 * the normal end of the function.
 */
export interface Following {
  readonly sites: ReadonlySet<object>;
  readonly as: 'call' | 'settled' | 'end';
}

/** The domain of {@link isFollowed}: whether control goes on, and whether past what may follow. */
const NO_ORDER = 0;
const GOES_ON = 1;
const FOLLOWED = 2;
const WAS_FOLLOWED = 4;
const SAME = GOES_ON | WAS_FOLLOWED;
const PAST = FOLLOWED | WAS_FOLLOWED;

/**
 * Whether something can come behind a place of a function.
 *
 * @param domain the one in which the function was observed
 * @param place the AST node of an event, a call or a reference
 * @param valuation what is taken to hold
 */
export function isFollowed(
  { empty }: Domain<Relation>,
  instance: Instance,
  calls: Calls,
  place: object,
  { sites, as }: Following,
  valuation: Valuation,
): boolean {
  const compose = (first: number, second: number): number => {
    let order = NO_ORDER;
    if (first & GOES_ON) order |= second & (GOES_ON | FOLLOWED);
    if (first & FOLLOWED && second & WAS_FOLLOWED) order |= FOLLOWED;
    return order | (first & second & WAS_FOLLOWED);
  };
  const past = (isPast: boolean): number => (isPast ? PAST : SAME);
  const order: Domain<number> = {
    empty: NO_ORDER,
    identity: SAME,
    compose,
    join: (left, right) => left | right,
    star: (step) => SAME | step,
    opened: () => SAME,
    follow: compose,
    assign: (element) => element,
    forget: (element) => element,
    test: (atom, holds) => {
      const value = valuation(atom);
      return value === null || value === holds ? SAME : NO_ORDER;
    },
    event: ({ site, origin }) => {
      const at = as === 'call' ? site : site === null ? origin : null;
      const normal = past(at != null && sites.has(at));
      return { normal, thrown: normal, lingers: false };
    },
    called: (summary, { site, mode }) =>
      summary === empty
        ? NO_ORDER
        : past((mode === 'settled') === (as === 'settled') && sites.has(site)),
    decided: (element) => element,
    caught: (element) => element,
    // Whoever goes on behind a promise waits for it, though nobody waits for what comes then.
    left: (effect) => SAME | (effect & FOLLOWED),
    wake: SAME,
    active: SAME,
    awoken: NO_ORDER,
  };
  const { seen, ended } = behind(
    order,
    instance,
    place,
    SAME,
    calls,
    closuresOf(order, instance, calls),
  );
  const end = RESULT_KINDS.reduce((all, kind) => all | ended[kind], NO_ORDER);
  return as === 'end' ? end !== NO_ORDER : ((seen | end) & FOLLOWED) !== 0;
}
