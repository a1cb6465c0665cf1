/**
 * From terms to verdicts: the summaries of functions, bottom-up over the call graph to a fixpoint,
 * then the states in which each function is entered and each site reached, top-down. `relevance`
 * leaves out what can change no state, `witness` finds the shortest way to a state that was reached.
 */

import type { Space } from '../algebra/protocol.ts';
import { TooManyDecisions, type States } from '../algebra/relation.ts';
import type { Callee, FunctionTerm, ResultKind } from '../term/term.ts';
import type { Following } from './order.ts';
import { Relevance } from './relevance.ts';
import { NOWHERE, type Called, type Explanation, type Further, type Place } from './explanation.ts';
import { Shared, Solver, type SolveOptions } from './solver.ts';
import type { Helpers, Tables } from './tables.ts';
import type { Step } from './ways.ts';
import type { Mark } from './without.ts';
import { TooMuchWork, type Work } from './work.ts';

/** The solution for one file: in which states each site of it is reached, and how. */
export class Solution {
  readonly #solver: Solver;

  /**
   * @param module the top level of the file
   * @param exported the functions that code outside the file can call
   * @param faultsAt the states in which it is a fault to reach a place; only where one is reached so,
   *   it is worked out which tests agree with each other, and for what helpers are forgiven: both can
   *   only rule states out
   */
  constructor(
    space: Space,
    module: FunctionTerm,
    exported: () => readonly Callee[],
    options: SolveOptions,
    faultsAt: (place: object) => States,
    ground: Groundwork | null = null,
  ) {
    const { shared, entry } = options;
    let coarse = shared.coarse.get(entry);
    if (coarse === undefined) {
      // A way that cannot be, on which a helper sets something, must not be one to forgive it for.
      const plain: SolveOptions = { ...options, helpers: 'every-path' };
      coarse = new Solver(space, plain, false, ground?.coarse ?? null);
      // Of a file with a fault, no more is asked of this one.
      coarse.run(module, exported, isAtFault(coarse, faultsAt));
      shared.coarse.set(entry, coarse);
    }
    this.#solver = coarse.places().some(isAtFault(coarse, faultsAt))
      ? refined(space, module, exported, options, ground, coarse)
      : coarse;
  }

  /** The places that are reached, in no order: those of calls, references and events. */
  places(): readonly object[] {
    return this.#solver.places();
  }

  /** The states in which a site is reached; none where it is not. */
  statesAt(site: object): States {
    return this.#solver.statesAt(site);
  }

  /**
   * A shortest way to a site in one of these states; null where there is none. Throws where that is
   * too much work.
   *
   * @param further where the way is to lead on: from this instance of the function, with tests
   *   coming out as they do further down
   * @param isWhole whether the steps that could change the state and do not are told, too
   */
  explain(
    site: object,
    wanted: States,
    further: Further = NOWHERE,
    isWhole = false,
  ): Explanation | null {
    return told(() => this.#solver.explain(site, wanted, further, isWhole));
  }

  /**
   * What a call that is awaited, or what it is of a function that was started, does to bring about
   * one of these states; null where it is not told.
   */
  within(step: Called, wanted: States, isWhole = false): readonly Step[] | null {
    return told(() => this.#solver.within(step, wanted, isWhole));
  }

  /** A step that is a call, as it is where nothing is told of what it gives to the function. */
  untold(step: Called): Called {
    return this.#solver.untold(step);
  }

  /**
   * What the top level of the file does to end in one of these states, in which code outside enters
   * what is exported; null where it does not.
   */
  beforeEntry(wanted: States): readonly Step[] | null {
    return told(() => this.#solver.beforeEntry(wanted));
  }

  /**
   * The calls of a function that have begun it, and behind which what is left of it goes on: their
   * AST nodes.
   *
   * @param node the AST node of the function
   */
  callsBeginning(node: object): readonly object[] {
    return this.#solver.callsBeginning(node);
  }

  /** The states in which a place is reached on the ways of its function without a mark. */
  statesWithout(place: object, mark: Mark): States {
    return told(() => this.#solver.statesWithout(place, mark));
  }

  /** Whether something can come behind a place, in its function. */
  isFollowed(from: Place, by: Following): boolean {
    return told(() => this.#solver.isFollowed(from, by));
  }

  /** With which results its function can end behind a place. */
  resultsBehind(from: Place): ReadonlySet<ResultKind> {
    return told(() => this.#solver.resultsBehind(from));
  }

  /**
   * The states in which a function can return to a caller that awaits it, for each kind of its
   * result, where nothing had happened before it was called.
   */
  resultsOf(term: FunctionTerm): Readonly<Record<ResultKind, States>> {
    return told(() => this.#solver.resultsOf(term));
  }
}

/** Works out what is told. Tests that agree in too many ways are too much work. */
function told<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof TooManyDecisions) throw new TooMuchWork();
    throw error;
  }
}

/** Whether a place is reached in a state in which that is a fault, as far as a solution knows. */
function isAtFault(
  solver: Solver,
  faultsAt: (place: object) => States,
): (place: object) => boolean {
  return (place) => {
    const faults = faultsAt(place);
    return faults !== 0 && (solver.statesAt(place) & faults) !== 0;
  };
}

/** What a solution is asked. */
export type Answers = Pick<Solution, keyof Solution>;

/**
 * The solution in which tests agree, or do not where that is too much to work out.
 *
 * @param coarse the one in which they do not, and no helpers are forgiven
 */
function refined(
  space: Space,
  module: FunctionTerm,
  exported: () => readonly Callee[],
  options: SolveOptions,
  ground: Groundwork | null,
  coarse: Solver,
): Solver {
  try {
    const base = ground?.refined(options.helpers) ?? null;
    return solved(space, module, exported, options, true, base);
  } catch (error) {
    if (!(error instanceof TooManyDecisions)) throw error;
    if (options.helpers !== 'every-path')
      return solved(space, module, exported, options, false, null);
    coarse.finish();
    return coarse;
  }
}

/**
 * The summaries of functions that several files call, which are the same for all of these: what
 * their solutions start from. It is made at once, and not changed by what is asked later.
 */
export class Groundwork {
  readonly relevance = new Relevance();
  readonly #space: Space;
  readonly #terms: readonly FunctionTerm[];
  readonly #work: () => Work;
  /** With no facts, and no helpers forgiven; null where it is too much work. */
  readonly coarse: Tables | null;
  readonly #refined = new Map<Helpers, Tables | null>();

  /**
   * @param terms the functions whose summaries are needed, with those that they call
   * @param work what it may take
   */
  constructor(space: Space, terms: readonly FunctionTerm[], work: () => Work) {
    this.#space = space;
    this.#terms = terms;
    this.#work = work;
    this.coarse = this.#prepared('every-path', false);
  }

  /** With facts; null where that is too much to work out for all of them together. */
  refined(helpers: Helpers): Tables | null {
    let tables = this.#refined.get(helpers);
    if (tables === undefined) {
      tables = this.#prepared(helpers, true);
      this.#refined.set(helpers, tables);
    }
    return tables;
  }

  #prepared(helpers: Helpers, usesFacts: boolean): Tables | null {
    const work = this.#work();
    const options: SolveOptions = {
      helpers,
      entry: this.#space.protocol.initial,
      shared: new Shared(this.relevance),
      work,
      ways: work,
    };
    const solver = new Solver(this.#space, options, usesFacts, null);
    try {
      return work.within(() => {
        for (const term of this.#terms) {
          this.relevance.isRelevant(term, () => {
            work.take();
          });
        }
        return solver.prepare(this.#terms);
      });
    } catch (error) {
      if (error instanceof TooManyDecisions) return null;
      throw error;
    }
  }
}

function solved(
  space: Space,
  module: FunctionTerm,
  exported: () => readonly Callee[],
  options: SolveOptions,
  usesFacts: boolean,
  base: Tables | null,
): Solver {
  const solver = new Solver(space, options, usesFacts, base);
  solver.run(module, exported, () => false);
  return solver;
}
