/** Which promises are waited for in a function. */

import { partsOf } from './make.ts';
import type { FunctionTerm, Term } from './term.ts';

const known = new WeakMap<FunctionTerm, ReadonlySet<object>>();

/** The AST nodes of the promises that a function waits for, by itself. */
export function joinedIn(term: FunctionTerm): ReadonlySet<object> {
  let joined = known.get(term);
  if (joined === undefined) {
    // What is being lowered waits for itself.
    known.set(term, new Set());
    joined = new Set(promisesIn(term.body));
    known.set(term, joined);
  }
  return joined;
}

function* promisesIn(root: Term): Iterable<object> {
  const open = [root];
  for (let term = open.pop(); term !== undefined; term = open.pop()) {
    if (term.kind === 'join') yield term.promise;
    else open.push(...partsOf(term));
  }
}
