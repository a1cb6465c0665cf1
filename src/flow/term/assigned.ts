/** Which facts about variables a term can change. */

import { effectsOf } from './make.ts';
import type { Answer, Changing, Term } from './term.ts';

const NONE: readonly Changing[] = [];
const NO_ANSWERS: readonly Answer[] = [];

/** What is known of the terms that are looked at by themselves. */
const known = new WeakMap<Term, readonly Changing[]>();

/** The facts that a term can change, each once. */
export function changedIn(term: Term): readonly Changing[] {
  let changed = known.get(term);
  if (changed === undefined) {
    const all = new Set<Changing>();
    collect(term, all);
    changed = all.size === 0 ? NONE : [...all];
    known.set(term, changed);
  }
  return changed;
}

function collect(term: Term, all: Set<Changing>): void {
  const add = (part: Term): void => {
    collect(part, all);
  };
  switch (term.kind) {
    case 'assign':
      for (const one of term.changes) all.add(one);
      break;
    case 'seq':
      term.terms.forEach(add);
      break;
    case 'branch':
      effectsOf(term.test).forEach(add);
      add(term.then);
      add(term.else);
      break;
    case 'block':
    case 'resume':
    case 'elsewhere':
      add(term.body);
      break;
    case 'loop':
    case 'detach':
      // Each is looked at by itself as well.
      for (const one of changedIn(term.body)) all.add(one);
      break;
    case 'try':
      add(term.body);
      if (term.handler !== null) add(term.handler);
      if (term.finalizer !== null) for (const one of changedIn(term.finalizer)) all.add(one);
      break;
    case 'switch':
      for (const { test } of term.cases) effectsOf(test).forEach(add);
      term.bodies.forEach(add);
      break;
    case 'call':
      for (const { effect } of term.answers ?? NO_ANSWERS) add(effect);
      if (term.results !== null) Object.values(term.results).forEach(add);
      break;
    default:
      // What is returned assigns nothing.
      break;
  }
}
