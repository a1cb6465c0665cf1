import { partsOf } from './make.ts';
import type { FunctionTerm, Term } from './term.ts';

/** Whether a term calls a function, or settles what another has begun: that is not bound to how it began. */
export function holdsCall(term: Term): boolean {
  switch (term.kind) {
    case 'call':
    case 'resume':
      return true;
    case 'seq':
      return term.terms.some(holdsCall);
    case 'branch':
      return holdsCall(term.then) || holdsCall(term.else);
    case 'block':
    case 'loop':
    case 'elsewhere':
      return holdsCall(term.body);
    case 'try':
      return [term.body, term.handler, term.finalizer].some(
        (part) => part !== null && holdsCall(part),
      );
    default:
      return false;
  }
}

/** Whether an event may happen in a term, or in a function that it calls. */
export function mayLead(term: Term): boolean {
  if (term.kind === 'event') return true;
  if (term.kind === 'call' && term.callee.functions.some(({ canLead }) => canLead)) return true;
  return partsOf(term).some(mayLead);
}

/** Whether what a function does goes by whether its caller waits for what it returns. */
const using = new WeakMap<FunctionTerm, boolean>();

export function holdsUse(term: FunctionTerm): boolean {
  let known = using.get(term);
  if (known === undefined) {
    known = isUse(term.body);
    using.set(term, known);
  }
  return known;
}

function isUse(term: Term): boolean {
  return term.kind === 'use' || partsOf(term).some(isUse);
}
