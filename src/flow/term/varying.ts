/** Which atoms a term holds fixed: what they stand for is as it is all the way. */

import type { Atom } from '../algebra/relation.ts';
import { changedIn } from './assigned.ts';
import { partsOf } from './make.ts';
import type { Loop, Term } from './term.ts';

/** What is known of the terms that ways are told of, which can be many of one. */
const known = new WeakMap<Term, (atom: Atom) => boolean>();

/**
 * A test of whether what an atom stands for is the same throughout a term: no assignment changes it, and
 * no loop makes it anew.
 */
export function fixedIn(term: Term): (atom: Atom) => boolean {
  let isFixed = known.get(term);
  if (isFixed === undefined) {
    const changed = new Set(changedIn(term).map(({ atom }) => atom));
    const loops = loopsIn(term);
    const answers = new Map<Atom, boolean>();
    isFixed = (atom) => {
      const answer =
        answers.get(atom) ?? (!changed.has(atom) && !loops.some(({ varies }) => varies(atom)));
      answers.set(atom, answer);
      return answer;
    };
    known.set(term, isFixed);
  }
  return isFixed;
}

function loopsIn(term: Term): readonly Loop[] {
  const loops: Loop[] = [];
  const open: Term[] = [term];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part.kind === 'loop') loops.push(part);
    for (const one of partsOf(part)) open.push(one);
  }
  return loops;
}
