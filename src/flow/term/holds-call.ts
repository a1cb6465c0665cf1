import type { Term } from './term.ts';

/** Whether a term calls a function, whose rest is not bound to how it began. */
export function holdsCall(term: Term): boolean {
  switch (term.kind) {
    case 'call':
      return true;
    case 'seq':
      return term.terms.some(holdsCall);
    case 'branch':
      return holdsCall(term.then) || holdsCall(term.else);
    case 'block':
    case 'loop':
    case 'resume':
      return holdsCall(term.body);
    case 'try':
      return [term.body, term.handler, term.finalizer].some(
        (part) => part !== null && holdsCall(part),
      );
    default:
      return false;
  }
}
