/** Where the code stands that is being lowered, and where it leads. */

import type { Node } from './ast.ts';
import {
  choice,
  createLabel,
  exit,
  seq,
  type Label,
  type ResultKind,
  type Returns,
  type Term,
} from './term.ts';

export interface Target {
  readonly names: readonly string[];
  readonly onBreak: Label;
  readonly onContinue: Label | null;
  /** Whether a `break` or `continue` without a label can mean it. */
  readonly isDefault: boolean;
}

/** What an enclosing function, or the module, means to the code in it. */
export interface Context {
  /** The function; null for the module. */
  readonly owner: Node | null;
  readonly isAsync: boolean;
  readonly returns: Exits;
  readonly targets: Target[];
  /** Names of labels that wait for the statement which they label. */
  labels: readonly string[];
  /** Around the code are so many parts of `try` that see what happens when the function returns. */
  tries: number;
  /** Where the optional chain ends that is being lowered. */
  chain: Label | null;
  /** What happens at each `yield`; null outside of generators. */
  readonly onYield: Term | null;
  /** Returned promises that settle outside the `try` in which they are returned. */
  readonly pending: { readonly label: Label; readonly settle: Term }[];
}

export type Sink = (kind: ResultKind | 'any') => Term;

/** What is known of a promise that has been made. */
export interface Promised {
  /** What awaiting it does: a normal end means fulfilled, a throw rejected. */
  readonly settle: Term;
  /** Awaits it, and goes on as what it is fulfilled with tells. */
  readonly valued: (sink: Sink) => Term;
}

/** A promise of which only this is known; it is fulfilled with anything. */
export function promised(settle: Term): Promised {
  return { settle, valued: (sink) => seq(settle, sink('any')) };
}

export const NEVER_RETURNS: Term = { kind: 'assume', facts: 'never' };

export function newContext(
  owner: Node | null,
  isAsync: boolean,
  returns: Exits,
  onYield: Term | null = null,
): Context {
  return {
    owner,
    isAsync,
    returns,
    targets: [],
    labels: [],
    tries: 0,
    chain: null,
    onYield,
    pending: [],
  };
}

/** Where a function returns to; labels are made when something first returns to them. */
export class Exits implements Returns {
  #labels: Partial<Record<ResultKind | 'any', Label>> | null = null;
  #leave: Sink | null = null;

  get true(): Label {
    return this.#label('true', 'return true');
  }

  get false(): Label {
    return this.#label('false', 'return false');
  }

  get nullish(): Label {
    return this.#label('nullish', 'return nullish');
  }

  get truthy(): Label {
    return this.#label('truthy', 'return truthy');
  }

  get falsy(): Label {
    return this.#label('falsy', 'return falsy');
  }

  get any(): Label {
    return this.#label('any', 'return');
  }

  /** Returns a value of a kind. */
  get leave(): Sink {
    this.#leave ??= (kind) => exit(this[kind]);
    return this.#leave;
  }

  #label(kind: ResultKind | 'any', name: string): Label {
    this.#labels ??= {};
    return (this.#labels[kind] ??= createLabel(name));
  }
}

export function sinks(sink: Sink): Readonly<Record<ResultKind, Term>> {
  return {
    true: sink('true'),
    false: sink('false'),
    nullish: sink('nullish'),
    truthy: sink('truthy'),
    falsy: sink('falsy'),
  };
}

export function truthy(sink: Sink): Term {
  return choice(sink('true'), sink('truthy'));
}

export function falsy(sink: Sink): Term {
  return choice(sink('false'), choice(sink('nullish'), sink('falsy')));
}
