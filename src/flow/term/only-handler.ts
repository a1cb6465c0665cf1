/** What a function does by one of its handlers. */

import { RAISE, seq, SKIP } from './make.ts';
import {
  RESULT_KINDS,
  type Call,
  type FunctionTerm,
  type Label,
  type ResultKind,
  type Term,
  type Test,
} from './term.ts';
import { KNOWN } from './unseen.ts';

/** A way that does not exist. */
const IMPOSSIBLE: Term = { kind: 'assume', facts: 'never' };

let lastId = KNOWN.id;

/**
 * The function without the ways on which any other handler has the last word: the others only throw
 * again, where they do. One that holds the handler is kept for its sake.
 *
 * @param site the handler: the site of a `try`
 * @param step counts a step of the work
 * @param isThrowing whether the handler is to do nothing but throw, too
 */
export function withHandler(
  term: FunctionTerm,
  site: object,
  step: () => void,
  isThrowing = false,
): FunctionTerm {
  lastId -= 1;
  const { name, node, isAsync, isGenerator, isBegun, canLead, parameters, bound, returns } = term;
  return {
    id: lastId,
    name,
    node,
    isAsync,
    isGenerator,
    isBegun,
    canLead,
    parameters,
    ...(bound && { bound }),
    returns,
    body: new Pruning(site, step, isThrowing).term(term.body),
    owns: (atom) => term.owns(atom),
    takes: (atom) => term.takes(atom),
    sees: (atom) => term.sees(atom),
    isWithin: (outer) => term.isWithin(outer),
    defaultOf: (index) => term.defaultOf(index),
    follows: (index) => term.follows(index),
  };
}

class Pruning {
  readonly #site: object;
  readonly #step: () => void;
  readonly #isThrowing: boolean;
  #known = new Map<Term, Term>();
  /** Terms, as they come out, that hold the handler. */
  readonly #holders = new Set<Term>();
  /** The labels in a handler that only throws again; null outside of such. */
  #inside: Set<Label> | null = null;
  /** How often the handler was met. */
  #met = 0;

  constructor(site: object, step: () => void, isThrowing: boolean) {
    this.#site = site;
    this.#step = step;
    this.#isThrowing = isThrowing;
  }

  term(term: Term): Term {
    const before = this.#met;
    const known = this.#known.get(term);
    const pruned = known ?? this.#parts(term);
    this.#known.set(term, pruned);
    if (this.#met > before) this.#holders.add(pruned);
    else if (this.#holders.has(pruned)) this.#met += 1;
    return pruned;
  }

  #parts(term: Term): Term {
    this.#step();
    switch (term.kind) {
      case 'mayThrow':
        return this.#inside === null ? term : SKIP;
      case 'exit':
        return this.#inside === null || this.#inside.has(term.label) ? term : IMPOSSIBLE;
      case 'skip':
      case 'raise':
      case 'event':
      case 'suspend':
      case 'join':
      case 'refer':
      case 'assume':
      case 'assign':
        return term;
      case 'seq':
        return { ...term, terms: term.terms.map((part) => this.term(part)) };
      case 'branch':
        return {
          ...term,
          test: this.#test(term.test),
          then: this.term(term.then),
          else: this.term(term.else),
        };
      case 'block':
        this.#inside?.add(term.label);
        return { ...term, body: this.term(term.body) };
      case 'loop':
      case 'detach':
      case 'resume':
      case 'elsewhere':
        return { ...term, body: this.term(term.body) };
      case 'try': {
        const body = this.term(term.body);
        const finalizer = term.finalizer && this.term(term.finalizer);
        const handler = term.handler && this.#handler(term.handler, term.site);
        return { ...term, body, finalizer, handler };
      }
      case 'switch':
        return {
          ...term,
          cases: term.cases.map((one) => ({ ...one, test: this.#test(one.test) })),
          bodies: term.bodies.map((body) => this.term(body)),
        };
      case 'use':
        return {
          ...term,
          awaited: this.term(term.awaited),
          started: this.term(term.started),
          settled: this.term(term.settled),
        };
      case 'call':
        return this.#call(term);
    }
  }

  #handler(handler: Term, site: object | null): Term {
    const pruned = this.term(handler);
    if (site === this.#site) {
      this.#met += 1;
      if (this.#isThrowing) return RAISE;
    } else if (!this.#holders.has(pruned)) return this.#throwing(handler);
    return pruned;
  }

  /** What a handler does where it plainly throws. */
  #throwing(handler: Term): Term {
    const known = this.#known;
    const inside = this.#inside;
    this.#known = new Map();
    this.#inside = new Set();
    const pruned = this.term(handler);
    this.#known = known;
    this.#inside = inside;
    return seq(pruned, IMPOSSIBLE);
  }

  #call(call: Call): Call {
    const { results, answers } = call;
    const pruned = answers?.map(({ effect, outcomes }) => {
      for (const { label } of outcomes) this.#inside?.add(label);
      return { effect: this.term(effect), outcomes };
    });
    return {
      ...call,
      results: results && this.#results(results),
      ...(pruned && { answers: pruned }),
    };
  }

  #results(results: Readonly<Record<ResultKind, Term>>): Record<ResultKind, Term> {
    const pruned = { ...results };
    for (const kind of RESULT_KINDS) pruned[kind] = this.term(results[kind]);
    return pruned;
  }

  #test(test: Test): Test {
    switch (test.kind) {
      case 'opaque':
      case 'facts':
        return test;
      case 'not':
      case 'given':
        return { ...test, test: this.#test(test.test) };
      case 'and':
      case 'or':
        return { ...test, left: this.#test(test.left), right: this.#test(test.right) };
      case 'conditional':
        return {
          ...test,
          test: this.#test(test.test),
          then: this.#test(test.then),
          else: this.#test(test.else),
        };
      case 'after':
        return { ...test, effect: this.term(test.effect), test: this.#test(test.test) };
      case 'result':
        return { ...test, call: this.#call(test.call) };
      case 'told':
        this.#inside?.add(test.whenTrue).add(test.whenFalse);
        return { ...test, effect: this.term(test.effect) };
    }
  }
}
