/** How it is told that a place is reached: the way to it, and what can be asked of that. */

import type { Atom, States } from '../algebra/relation.ts';
import type { Instance } from '../algebra/summary.ts';
import type { Call, FunctionTerm, Refer, ResultKind } from '../term/term.ts';
import type { Change, Step } from './ways.ts';

/** How a function comes to be entered in some states. */
export interface Entry {
  /** The call or reference; null where the function is entered from outside. */
  readonly from: Call | Refer | null;
  /** The function that holds it. */
  readonly in: Instance | null;
  readonly states: States;
}

/** How a site is reached in a state. */
export interface Explanation {
  /** The function that holds the site, */
  readonly function: FunctionTerm;
  /** and what it is given. */
  readonly instance: Instance;
  /** What leads from the function's entry to the site, in order. */
  readonly steps: readonly Step[];
  /** How the function is entered. */
  readonly entries: readonly Entry[];
  /** The state in which the site is reached. */
  readonly state: number;
  /** The tests on the way, of bindings that are never reassigned, come out like this. */
  readonly known: ReadonlyMap<Atom, boolean>;
}

/** A step that is a call. */
export type Called = Extract<Change, { readonly kind: 'called' }>;

/** A place of which is asked what comes behind it. */
export interface Place {
  /** The AST node of an event, a call or a reference. */
  readonly place: object;
  /** The state in which it is reached, and how tests come out. */
  readonly way: Pick<Explanation, 'known' | 'state'>;
  /** With which results that can end which a call there runs; null for any. */
  readonly results: ReadonlySet<ResultKind> | null;
}

/** What is known of a way behind the site to which it is asked for. */
export interface Further {
  readonly in: Instance | null;
  readonly known: Explanation['known'];
}

export const NOWHERE: Further = { in: null, known: new Map() };
