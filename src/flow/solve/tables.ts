/** What is solved and kept, as far as it does not depend on who asks. */

import type { Domain } from '../algebra/domain.ts';
import type { Later } from '../algebra/probe.ts';
import type { Space } from '../algebra/protocol.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Ended, Instance, Summary } from '../algebra/summary.ts';
import type { Closures } from '../algebra/observer.ts';
import type { Call, Callee, Fact, FunctionTerm, Refer, RunMode } from '../term/term.ts';
import type { Relevance } from './relevance.ts';
import type { Witnesses } from './witness.ts';
import type { Meter } from './work.ts';

/** How much of a helper's ways count where it is called. */
export type Helpers = 'some-path' | 'every-path';

/** What a function does in one mode, as far as it is worked out. */
export interface Node {
  readonly instance: Instance;
  readonly mode: RunMode;
  readonly closures: Closures<Relation>;
  readonly dependents: Set<Node>;
  summary: Summary;
  state: 'new' | 'open' | 'done';
  /** Its place among those that have been solved, behind most of what it needs; null before it has. */
  order: number | null;
  /** How often the summary has changed. */
  changes: number;
  /** Whether it is of a {@link Groundwork}, which does not change any more. */
  isFinal: boolean;
}

/** What the solver keeps of an instance. */
export interface Kept {
  readonly id: number;
  /** How many callbacks its parameters hold within each other. */
  readonly depth: number;
  /** The functions among these callbacks. */
  readonly holds: ReadonlySet<FunctionTerm>;
  /** Whether it can lead to an event; null where that was not asked for yet. */
  isRelevant: boolean | null;
}

/** A function that was begun by a call. */
export interface Begun {
  readonly callee: Instance;
  /** The states behind the call, but for what it does later. */
  readonly ended: Ended<Relation>;
  readonly from: Call;
  readonly facts: readonly Fact[];
}

/** What observing a function tells, in order. */
export type Observation =
  | {
      readonly kind: 'enter';
      readonly callee: Instance;
      readonly states: Relation;
      readonly from: Call;
    }
  | {
      readonly kind: 'refer';
      readonly callees: readonly Instance[];
      readonly states: Relation;
      readonly from: Refer;
    }
  | { readonly kind: 'later'; readonly term: Later; readonly states: Relation }
  | { readonly kind: 'begun'; readonly begun: Begun };

/** A function as it was observed. */
export interface Observed {
  readonly sites: ReadonlyMap<object, Relation>;
  /** What leads on, in order. */
  readonly events: readonly Observation[];
  readonly ended: Ended<Relation>;
}

/** What was worked out, and the work that it took. */
export interface Told<T> {
  readonly value: T;
  readonly steps: number;
}

/** The functions that an expression can be, and whether it can be anything else. */
export interface Resolved {
  readonly instances: readonly Instance[];
  readonly open: boolean;
}

/** What parameters are known to hold. */
export type Env = Instance['env'];

export const NO_ENV: Env = new Map();

/** What is solved, as far as it does not depend on who asks. */
export class Tables {
  /** How much has been added. */
  added = 0;
  /** How many nodes have been solved. */
  ordered = 0;
  readonly instances = new Map<string, Instance>();
  readonly kept = new Map<Instance, Kept>();
  readonly nodes = new Map<Kept, Map<RunMode, Node>>();
  readonly parameterIds = new Map<object, number>();
  /** The functions that parameters belong to which hold functions. */
  readonly ownerOf = new Map<object, FunctionTerm>();
  /** Closures, each as a call that is written has made it: those are no more than there are calls. */
  readonly made = new Set<Instance>();
  readonly resolved = new Map<Callee, Resolved>();
  /** What was observed of functions that are entered in some states. */
  readonly observed = new Map<Instance, Map<Relation, Told<Observed>>>();
  /** The functions in which sites were found. */
  readonly holders = new Map<object, Set<Instance>>();
  /** The ways in functions that are entered in some states. */
  readonly witnesses = new Map<string, Told<Witnesses>>();
}

export const NOTHING = new Tables();

/** What one solution works with. */
export interface Solving {
  readonly space: Space;
  readonly domain: Domain<Relation>;
  readonly helpers: Helpers;
  readonly relevance: Relevance;
  /** What is solved already. It is read, and only what was observed is added to it. */
  readonly base: Tables;
  /** What is added. */
  readonly own: Tables;
  readonly meter: Meter;
}
