/**
 * What is left of functions that were begun, and that nobody waits for yet: it goes on at any time
 * until somebody does, whatever becomes of the session meanwhile.
 */

import { whereTaken } from '../algebra/domain.ts';
import { observe, statesBehind, type Aftermath } from '../algebra/evaluate.ts';
import { NOBODY, type Closures, type Observer } from '../algebra/observer.ts';
import type { Relation } from '../algebra/relation.ts';
import { joinEnded, type Instance } from '../algebra/summary.ts';
import { holdsUse } from '../term/holds-call.ts';
import type { Call, Fact } from '../term/term.ts';
import type { Instances } from './instances.ts';
import type { Summaries } from './summaries.ts';
import type { Begun, Solving } from './tables.ts';

export class Rests {
  readonly #solving: Solving;
  readonly #instances: Instances;
  readonly #summaries: Summaries;
  /** The states in which each function goes on, */
  readonly #states = new Map<Instance, Relation>();
  /** those that have grown since it was observed, */
  readonly #pending = new Set<Instance>();
  /** and the AST nodes of the calls that began it, by its own. */
  readonly #calls = new Map<object, Set<object>>();

  constructor(solving: Solving, instances: Instances, summaries: Summaries) {
    this.#solving = solving;
    this.#instances = instances;
    this.#summaries = summaries;
  }

  /** The calls that began what goes on of a function: their AST nodes, by its own. */
  callsOf(node: object): readonly object[] {
    return [...(this.#calls.get(node) ?? [])];
  }

  /** Whether something can be left of a function that is called. */
  isLeft({ callee }: Begun): boolean {
    if (callee.term.isGenerator || !this.#instances.isRelevant(callee)) return false;
    if (!callee.term.isAsync) return holdsUse(callee.term);
    const { suspended } = this.#summaries.node(callee, 'started').summary;
    return suspended !== this.#solving.space.algebra.empty;
  }

  /**
   * What comes behind a call that has begun something, until that is waited for.
   *
   * @param around the function that holds the call
   */
  meanwhile(
    around: Instance,
    call: Call,
    begun: readonly Begun[],
    closures: Closures<Relation>,
  ): Aftermath<Relation> {
    const { domain } = this.#solving;
    const ended = begun
      .map((one) => one.ended)
      .reduce((one, other) => joinEnded(domain, one, other));
    return statesBehind(domain, around, call, ended, this.#summaries, closures, true);
  }

  /** What is left of a function goes on in these states. */
  goOn(callee: Instance, from: Relation, call: Call, facts: readonly Fact[]): void {
    const { domain, space } = this.#solving;
    const { algebra } = space;
    if (!this.#instances.isRelevant(callee)) return;
    const { term } = callee;
    const seen = algebra.forget(from, (atom) => !term.sees(atom));
    const states = whereTaken(domain, seen, facts, term);
    const calls = this.#calls.get(term.node) ?? new Set();
    this.#calls.set(term.node, calls.add(call.site));
    const before = this.#states.get(callee) ?? algebra.empty;
    const joined = algebra.join(before, states);
    if (joined === before) return;
    this.#states.set(callee, joined);
    this.#pending.add(callee);
  }

  /** Observes what has to be observed, and tells of each function whoever observes it. */
  run(observerOf: (instance: Instance) => Observer<Relation>): void {
    const { algebra, active, sleep } = this.#solving.space;
    for (const instance of this.#pending) {
      this.#pending.delete(instance);
      const node = this.#summaries.node(instance, 'settled');
      this.#summaries.solve(node);
      const observer = observerOf(instance);
      // What it did before it was suspended has been observed where it was called.
      const goingOn = (states: Relation, action: (going: Relation) => void): void => {
        const going = algebra.compose(states, active);
        if (going !== algebra.empty) action(going);
      };
      const start = algebra.compose(this.#states.get(instance) ?? algebra.empty, sleep);
      observe(
        this.#solving.domain,
        instance,
        start,
        this.#summaries,
        node.closures,
        {
          ...NOBODY,
          site: (site, states) => {
            goingOn(states, (going) => {
              observer.site(site, going);
            });
          },
          enter: (callee, states, from) => {
            goingOn(states, (going) => {
              observer.enter(callee, going, from);
            });
          },
          refer: (callees, states, from) => {
            goingOn(states, (going) => {
              observer.refer(callees, going, from);
            });
          },
          resumed: (callee, states, from, facts) => {
            this.goOn(callee, states, from, facts);
          },
        },
        'settled',
      );
    }
  }
}
