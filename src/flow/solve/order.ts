/** What comes behind a place of a function: another protocol for the same walk. */

import { relationDomain, type Domain } from '../algebra/domain.ts';
import { behind, type Aftermath } from '../algebra/evaluate.ts';
import type { Calls } from '../algebra/observer.ts';
import { createSpace, type Protocol } from '../algebra/protocol.ts';
import { TooManyDecisions, type Leaf, type Relation } from '../algebra/relation.ts';
import type { Instance } from '../algebra/summary.ts';
import { RESULT_KINDS, type ResultKind } from '../term/term.ts';
import { closuresOf, type Valuation } from './witness.ts';

/** What may come behind a place: something at one of these sites, or the settling of their promises. */
export interface Following {
  readonly sites: ReadonlySet<object>;
  readonly as: 'call' | 'settled';
}

const NOTHING: Following = { sites: new Set(), as: 'call' };

/** The states of the protocol in which {@link isFollowed} is asked. */
const NOT_YET = 0;
const FOLLOWED = 1;

/** Whether what may follow has come by. */
const ORDER: Protocol = {
  states: ['not yet', 'followed'],
  events: [],
  initial: NOT_YET,
  established: 0,
};

/** What is known where a place is reached of which is asked what follows. */
export interface Start {
  /** The AST node of an event, a call or a reference. */
  readonly place: object;
  /** The states in which it is reached, and the one that is meant. */
  readonly reached: Relation;
  readonly state: number;
  /** What is taken to hold. */
  readonly valuation: Valuation;
  /** With which results that can end which a call there runs; null for any. */
  readonly results: ReadonlySet<ResultKind> | null;
}

/** Tells what can come behind places of functions: another protocol for the same walk. */
export class Order {
  readonly #calls: Calls;
  readonly #nothing: Relation;
  readonly #space = createSpace(ORDER);

  /** @param nothing what a call does that does not end, as it is summed up */
  constructor(calls: Calls, nothing: Relation) {
    this.#calls = calls;
    this.#nothing = nothing;
  }

  /** Whether something can come behind a place of a function. */
  isFollowed(instance: Instance, start: Start, by: Following): boolean {
    const { algebra } = this.#space;
    const { seen, ended } = this.#behind(instance, start, by);
    const all = RESULT_KINDS.reduce((states, kind) => algebra.join(states, ended[kind]), seen);
    return (algebra.image(all) & (1 << FOLLOWED)) !== 0;
  }

  /** With which results a function can end behind a place of it. */
  resultsBehind(instance: Instance, start: Start): readonly ResultKind[] {
    const { ended } = this.#behind(instance, start, NOTHING);
    return RESULT_KINDS.filter((kind) => ended[kind] !== this.#space.algebra.empty);
  }

  #behind(instance: Instance, start: Start, by: Following): Aftermath<Relation> {
    try {
      return this.#search(instance, start, by, true);
    } catch (error) {
      if (error instanceof TooManyDecisions) return this.#search(instance, start, by, false);
      throw error;
    }
  }

  /** @param usesFacts whether tests of a variable are to agree with what it is given */
  #search(
    instance: Instance,
    { place, reached, state, valuation, results }: Start,
    { sites, as }: Following,
    usesFacts: boolean,
  ): Aftermath<Relation> {
    const { algebra } = this.#space;
    const { empty, identity } = algebra;
    const plain = relationDomain(this.#space, usesFacts);
    const followed = algebra.map(() => 1 << FOLLOWED);
    const past = (isPast: boolean): Relation => (isPast ? followed : identity);
    const domain: Domain<Relation> = {
      ...plain,
      test: (atom, holds) => {
        const value = valuation(atom);
        if (value === null) return plain.test(atom, holds);
        return value === holds ? identity : empty;
      },
      event: ({ site, origin }) => {
        const at = as === 'call' ? site : site === null ? origin : null;
        const normal = past(at != null && sites.has(at));
        return { normal, thrown: normal, lingers: false };
      },
      called: (summary, { site, mode }) => {
        const passed = past((mode === 'settled') === (as === 'settled') && sites.has(site));
        if (!usesFacts) return summary === this.#nothing ? empty : passed;
        return this.#where(summary, (node) => (node === this.#nothing ? empty : passed));
      },
      // Whoever goes on behind a promise waits for it, though nobody waits for what comes then.
      left: (effect) => algebra.join(identity, effect),
      wake: identity,
      active: identity,
      awoken: empty,
    };
    const known = usesFacts ? this.#factsOf(reached, state, valuation) : identity;
    const states = algebra.compose(algebra.states(1 << NOT_YET), known);
    const closures = closuresOf(domain, instance, this.#calls);
    const at = { site: place, results };
    return behind(domain, instance, at, states, this.#calls, closures);
  }

  /** The identity, where what is known of tests in a state that is reached holds. */
  #factsOf(reached: Relation, state: number, valuation: Valuation): Relation {
    const { empty, identity } = this.#space.algebra;
    return this.#where(
      reached,
      ({ rows }) => (((rows[0] ?? 0) & (1 << state)) === 0 ? empty : identity),
      valuation,
    );
  }

  /** What the leaves of a relation of the session's stand for, where tests come out as there. */
  #where(
    relation: Relation,
    of: (leaf: Leaf) => Relation,
    valuation: Valuation = () => null,
  ): Relation {
    const { algebra } = this.#space;
    const memo = new Map<Relation, Relation>();
    const visit = (node: Relation): Relation => {
      if (node.kind === 'leaf') return of(node);
      const value = valuation(node.atom);
      if (value !== null) return visit(value ? node.whenTrue : node.whenFalse);
      let known = memo.get(node);
      if (known === undefined) {
        known = algebra.decide(node.atom, visit(node.whenTrue), visit(node.whenFalse));
        memo.set(node, known);
      }
      return known;
    };
    return visit(relation);
  }
}
