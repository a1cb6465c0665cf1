/** In which states places of functions are reached on the ways that have something not: a domain of its own. */

import type { Domain } from '../algebra/domain.ts';
import { observe } from '../algebra/evaluate.ts';
import { NOBODY, type Calls } from '../algebra/observer.ts';
import type { Space } from '../algebra/protocol.ts';
import type { Relation, States } from '../algebra/relation.ts';
import type { Instance } from '../algebra/summary.ts';
import { RESULT_KINDS, type Call, type Event, type FunctionTerm } from '../term/term.ts';
import { closuresOf, type Turn } from './witness.ts';

/** What some ways are known by: */
export type Mark =
  /** a turn that they take, in one of these states if they are told; */
  | (Turn & { readonly states?: States })
  /** that they settle what was begun; */
  | ({ readonly kind: 'settled' } & Beginning)
  /** or that they do not wait for this call of a function, which is started. */
  | { readonly kind: 'started'; readonly call: Call };

/** What was begun by calls at some sites, */
interface Beginning {
  readonly sites: ReadonlySet<object>;
  /** or by any call of this function. */
  readonly of?: FunctionTerm;
  /** Whether what is left to run by itself, and would settle it, is not left. */
  readonly isNotLeft?: boolean;
}

/** What has a function, and where it is asked for. */
export interface Observing {
  readonly space: Space;
  /** The one in which it was observed. */
  readonly domain: Domain<Relation>;
  readonly instance: Instance;
  /** The states in which it is entered. */
  readonly entry: Relation;
  readonly calls: Calls;
}

/** The states in which a place of a function is reached on the ways without a mark. */
export function statesWithout(observing: Observing, place: object, mark: Mark): Relation {
  const { domain, instance, entry, calls } = observing;
  const cut = cutBy(observing, mark);
  let reached = domain.empty;
  const record = (site: object, states: Relation): void => {
    if (site === place) reached = domain.join(reached, states);
  };
  observe(cut, instance, entry, calls, closuresOf(cut, instance, calls), {
    ...NOBODY,
    site: record,
    enter: (_callee, states, from) => {
      record(from.site, states);
    },
    refer: (callees, states, from) => {
      if (callees.length > 0) record(from.site, states);
    },
  });
  return reached;
}

/** The domain in which no way has the mark. */
function cutBy(observing: Observing, mark: Mark): Domain<Relation> {
  const { space, domain, instance, calls } = observing;
  switch (mark.kind) {
    case 'decided':
    case 'caught': {
      const { states = -1 } = mark;
      const kept = space.algebra.map((state) => (1 << state) & ~states);
      const without = (relation: Relation): Relation => domain.compose(relation, kept);
      return mark.kind === 'caught'
        ? {
            ...domain,
            caught: (relation, site) => (mark.site === site ? without(relation) : relation),
          }
        : {
            ...domain,
            decided: (relation, { node }, outcome) =>
              mark.decision.node === node && mark.outcome === outcome
                ? without(relation)
                : relation,
          };
    }
    case 'settled':
      return settlingNot(mark, observing);
    case 'started':
      return {
        ...domain,
        called: (relation, call, callee, end, facts) => {
          if (call !== mark.call || end === null)
            return domain.called(relation, call, callee, end, facts);
          const awaited = calls.summary(callee, call, 'awaited', instance, facts);
          if (end === 'thrown') return awaited.thrown;
          const { results } = awaited;
          return end === 'truthy'
            ? RESULT_KINDS.reduce((all, kind) => domain.join(all, results[kind]), domain.empty)
            : domain.empty;
        },
      };
  }
}

/** The domain in which no way settles what was begun. */
function settlingNot(
  { sites, of, isNotLeft = false }: Beginning,
  { domain, instance, calls }: Observing,
): Domain<Relation> {
  const { empty } = domain;
  const left = isNotLeft ? null : closuresOf(domain, instance, calls).left;
  const known = new Map<Instance, boolean>();
  const isSettledBy = (event: Event): boolean =>
    event.site === null && event.origin !== undefined && sites.has(event.origin);
  const cut: Domain<Relation> = {
    ...domain,
    event: (event, as) =>
      isSettledBy(event)
        ? { normal: empty, thrown: empty, lingers: false }
        : domain.event(event, as),
    called: (summary, call, callee, end, facts) => {
      const isCut = call.mode === 'settled' && (sites.has(call.site) || callee.term === of);
      return isCut || isCutIn(call, callee)
        ? empty
        : domain.called(summary, call, callee, end, facts);
    },
    left: (effect, term) => left?.get(term) ?? domain.left(effect, term),
  };
  /** Whether what is called settles it on all ways, by what it is given or finds there. */
  function isCutIn({ mode, exact }: Call, callee: Instance): boolean {
    const canSettle = callee.env.size > 0 || exact || !callee.term.isBegun;
    if (mode === 'started' || !canSettle) return false;
    let isCut = known.get(callee);
    if (isCut === undefined) {
      // What calls itself settles no more than it does by itself.
      known.set(callee, false);
      const closures = closuresOf(cut, callee, calls);
      const ended = observe(cut, callee, domain.identity, calls, closures, NOBODY);
      isCut = RESULT_KINDS.every((kind) => ended[kind] === empty);
      known.set(callee, isCut);
    }
    return isCut;
  }
  return cut;
}
