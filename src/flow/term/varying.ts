/** Which atoms a term holds fixed: what they stand for is as it is all the way. */

import type { Atom } from '../algebra/relation.ts';
import { changedIn } from './assigned.ts';
import { partsOf } from './make.ts';
import type { Facts, Loop, Term, Test } from './term.ts';

/** What is known of the terms that ways are told of, which can be many of one. */
const known = new WeakMap<Term, (atom: Atom) => boolean>();

const outcomes = new WeakMap<Term, Set<Atom>>();

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

/** The atoms of promises that are kept apart by how they settle: each is true where one is fulfilled. */
export function outcomesIn(term: Term): ReadonlySet<Atom> {
  let known = outcomes.get(term);
  if (known === undefined) {
    known = new Set();
    for (const part of allIn(term)) {
      const handler = part.kind === 'try' ? part.handler : null;
      if (handler?.kind !== 'assume' || handler.facts === 'never') continue;
      for (const { atom, holds } of handler.facts) if (!holds) known.add(atom);
    }
    outcomes.set(term, known);
  }
  return known;
}

/** The atoms that a term does not hold fixed, of those that it changes or asks for. */
export function unfixedIn(term: Term): ReadonlySet<Atom> {
  const unfixed = new Set(changedIn(term).map(({ atom }) => atom));
  if (loopsIn(term).length === 0) return unfixed;
  const isFixed = fixedIn(term);
  for (const part of allIn(term)) {
    for (const atom of askedBy(part)) if (!isFixed(atom)) unfixed.add(atom);
  }
  return unfixed;
}

function loopsIn(term: Term): readonly Loop[] {
  return [...allIn(term)].filter((part) => part.kind === 'loop');
}

function* allIn(term: Term): Iterable<Term> {
  const open: Term[] = [term];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    yield part;
    for (const one of partsOf(part)) open.push(one);
  }
}

/** The atoms that a term asks for, but for what is within its parts. */
function askedBy(term: Term): readonly Atom[] {
  switch (term.kind) {
    case 'assume':
      return atomsOf(term.facts);
    case 'branch':
      return atomsIn(term.test);
    case 'switch':
      return term.cases.flatMap(({ test }) => atomsIn(test));
    default:
      return [];
  }
}

function atomsIn(test: Test): readonly Atom[] {
  switch (test.kind) {
    case 'facts':
      return [...atomsOf(test.whenTrue), ...atomsOf(test.whenFalse)];
    case 'given':
    case 'not':
    case 'after':
      return atomsIn(test.test);
    case 'and':
    case 'or':
      return [...atomsIn(test.left), ...atomsIn(test.right)];
    case 'conditional':
      return [test.test, test.then, test.else].flatMap(atomsIn);
    case 'opaque':
    case 'result':
    case 'told':
      return [];
  }
}

function atomsOf(facts: Facts): readonly Atom[] {
  return facts === 'never' ? [] : facts.map(({ atom }) => atom);
}
