/** Where the code stands that is being lowered, and where it leads. */

import type { FunctionNode, Node } from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { choice, createLabel, exit, seq } from '../term/make.ts';
import type { Label, ResultKind, Returns, Term } from '../term/term.ts';

export interface Target {
  readonly names: readonly string[];
  readonly onBreak: Label;
  readonly onContinue: Label | null;
  /** Whether a `break` or `continue` without a label can mean it. */
  readonly isDefault: boolean;
}

/** The code that settles a promise, while it is being lowered. */
export interface Resolving {
  /** The mentions of what fulfils it, and of what rejects it. */
  readonly resolves: ReadonlySet<Node>;
  readonly rejects: ReadonlySet<Node>;
  /** Whether what fulfils it rejects it where it is given an error before the value. */
  readonly isErrorFirst: boolean;
  /** Goes on with what the promise is fulfilled with. */
  readonly fulfilled: Sink;
  readonly rejected: Label;
  /** The places at which the promise may be settled, or which lead to them. */
  readonly uses: Node[];
  /** What functions whose code is put in place of their calls are given that may settle it. */
  readonly given: Map<Variable, Node>;
  /** Those of them that have been met. */
  readonly met: Set<Node>;
  /** The functions whose code is being put in place of their calls. */
  readonly inlined: Set<FunctionNode>;
  /** How often code was put in place of a call; of what is over the limit, nothing is known. */
  copies: number;
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
  /** The promise that the code settles; null outside of executors. */
  readonly resolving: Resolving | null;
  /** Returned promises that settle outside the `try` in which they are returned. */
  readonly pending: { readonly label: Label; readonly settle: Term }[];
}

/** What is told of a value: its kind, and the literal that it is, where that is known. */
export interface Told {
  readonly kind: ResultKind;
  readonly key?: string;
}

/** What is told of a property of an object, or an element of an array; null where nothing is. */
export type Shape = (part: string) => Told | null;

export interface Sink {
  /**
   * Goes on with a value of this kind.
   *
   * @param key the literal that it is, as {@link literalQuestion} has it, where that is known
   * @param shape what is told of its parts, where something is
   */
  (kind: ResultKind | 'any', key?: string, shape?: Shape): Term;
  /** The parts of the value that it goes by; left out where it goes by its kind alone. */
  readonly parts?: readonly string[];
  /** The literals for which it is asked; left out where that is not known. */
  readonly literals?: readonly string[];
}

/** Goes on as a sink does, with something around it. */
export function through(sink: Sink, around: (term: Term) => Term): Sink {
  return within(sink, (follow) => around(follow()));
}

/** The same, where what follows is made in between. */
export function within(sink: Sink, around: (follow: () => Term) => Term): Sink {
  const made: Sink = (kind, key, shape) => around(() => sink(kind, key, shape));
  const { parts, literals } = sink;
  return parts === undefined ? made : Object.assign(made, { parts, literals });
}

/** For kinds of results, the one literal that they can be. */
export type Keys = Partial<Record<ResultKind, string>>;

const NO_KEYS: Keys = {};

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
    resolving: null,
    pending: [],
  };
}

/** Where a function returns to; labels are made when something first returns to them. */
export class Exits implements Returns {
  #true: Label | null = null;
  #false: Label | null = null;
  #nullish: Label | null = null;
  #truthy: Label | null = null;
  #falsy: Label | null = null;
  #any: Label | null = null;
  #leave: Sink | null = null;

  get true(): Label {
    this.#true ??= createLabel('return true');
    return this.#true;
  }

  get false(): Label {
    this.#false ??= createLabel('return false');
    return this.#false;
  }

  get nullish(): Label {
    this.#nullish ??= createLabel('return nullish');
    return this.#nullish;
  }

  get truthy(): Label {
    this.#truthy ??= createLabel('return truthy');
    return this.#truthy;
  }

  get falsy(): Label {
    this.#falsy ??= createLabel('return falsy');
    return this.#falsy;
  }

  get any(): Label {
    this.#any ??= createLabel('return');
    return this.#any;
  }

  /** Returns a value of a kind. */
  get leave(): Sink {
    this.#leave ??= (kind) => exit(this[kind]);
    return this.#leave;
  }
}

/**
 * What follows for each kind of a result.
 *
 * @param keys the one literal that a result of a kind can be, where it can be no other
 * @param kinds those that there can be: what tells results apart is not to tell others; null for all
 */
export function sinks(
  sink: Sink,
  keys: Keys = NO_KEYS,
  kinds: ReadonlySet<ResultKind> | null = null,
): Readonly<Record<ResultKind, Term>> {
  const of = (kind: ResultKind, key?: string): Term =>
    kinds?.has(kind) === false ? NEVER_RETURNS : sink(kind, key);
  return {
    true: of('true'),
    false: of('false'),
    nullish: of('nullish', keys.nullish),
    truthy: of('truthy', keys.truthy),
    falsy: of('falsy', keys.falsy),
  };
}

export function truthy(sink: Sink): Term {
  return choice(sink('true'), sink('truthy'));
}

export function falsy(sink: Sink): Term {
  return choice(sink('false'), choice(sink('nullish'), sink('falsy')));
}

/** A promise, by what awaiting it does and how that goes on. */
export function made(settle: (sink: Sink | null) => Term): Promised {
  return {
    get settle() {
      return settle(null);
    },
    valued: settle,
  };
}
