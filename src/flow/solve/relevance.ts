/**
 * Which functions can lead to an event of the protocol: they raise one, or call or refer to a
 * function that does. Most code does not, and what it does needs no looking at but for how it ends.
 */

import { partsOf } from '../term/make.ts';
import type { Callee, FunctionTerm, Term } from '../term/term.ts';

export class Relevance {
  readonly #counts: (event: number) => boolean;
  readonly #known = new Map<FunctionTerm, boolean>();

  /** @param counts the events to which functions are asked to lead: any, where nothing is said */
  constructor(counts: (event: number) => boolean = () => true) {
    this.#counts = counts;
  }

  /** @param step counts a step of the work */
  isRelevant(term: FunctionTerm, step: () => void): boolean {
    const known = this.#known.get(term);
    if (known !== undefined) return known;
    this.#workOut(term, step);
    return this.#known.get(term) === true;
  }

  /** Works it out for a function, and for all that it can lead to. */
  #workOut(root: FunctionTerm, step: () => void): void {
    const found = new Set([root]);
    /** The functions that lead to each. */
    const leading = new Map<FunctionTerm, FunctionTerm[]>();
    const relevant: FunctionTerm[] = [];
    for (const term of found) {
      if (!term.canLead) continue;
      const { next, isRaising } = reached(term, step, this.#counts);
      let isRelevant = isRaising;
      for (const other of next) {
        const known = this.#known.get(other);
        if (known === true) isRelevant = true;
        if (known !== undefined) continue;
        found.add(other);
        const before = leading.get(other);
        if (before === undefined) leading.set(other, [term]);
        else before.push(term);
      }
      if (isRelevant) relevant.push(term);
    }
    for (const term of found) this.#known.set(term, false);
    for (let term = relevant.pop(); term !== undefined; term = relevant.pop()) {
      if (this.#known.get(term) === true) continue;
      this.#known.set(term, true);
      relevant.push(...(leading.get(term) ?? []));
    }
  }
}

/** What a function calls and refers to, and whether it raises an event itself that counts. */
export function reached(
  term: FunctionTerm,
  step: () => void,
  counts: (event: number) => boolean = () => true,
): { readonly next: ReadonlySet<FunctionTerm>; readonly isRaising: boolean } {
  const next = new Set<FunctionTerm>();
  const add = (callee: Callee | null): void => {
    for (const one of callee?.functions ?? []) next.add(one);
  };
  let isRaising = false;
  const open: Term[] = [term.body];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    step();
    switch (part.kind) {
      case 'event':
        isRaising ||= counts(part.event);
        break;
      case 'call':
        add(part.callee);
        part.args.forEach(add);
        part.held?.forEach(({ callee }) => {
          add(callee);
        });
        break;
      case 'refer':
        add(part.callee);
        break;
      default:
        break;
    }
    open.push(...partsOf(part));
  }
  term.parameters.forEach((parameter, index) => {
    if (parameter !== null) add(term.defaultOf(index));
  });
  for (const { callee } of term.bound?.given ?? []) add(callee);
  return { next, isRaising };
}
