/** The words in which the table of libraries is written. */

/**
 * What a function of a library is given: the place of an argument, with the names of properties
 * behind it (`0.queryFn`; `*` for each element of a list, `**` for an object and all that are nested in
 * it). A `^` in front means the call before: of `const run = make(f)`, `^0` is `f` where `run()` is
 * called. `@` is what the method is of that is called.
 */
export type Ref = string;

/**
 * How a function of the user's is called.
 *
 * - `once`: in its turn, and once; what the call gives is settled as it is.
 * - `now`: the same, before the call gives anything.
 * - `retried`: again after each rejection, up to a limit.
 * - `kept`: the first time, after which the same promise is given again.
 * - `perhaps`: it may not be called, or not again.
 * - `many`: any number of times, each waited for.
 * - `later`: by somebody else, for whom nobody waits here.
 * - `promise`: it is no function, but a promise that is waited for.
 * - `called`: in its turn, and nobody waits for what it gives.
 * - `dropped`: the same, if at all.
 * - `told`: in its turn, and it tells its end by calling its argument, with an error before its value.
 * - `unknown`: it may do anything with what stands before it.
 */
export type How = (typeof TOLD)[number] | 'kept' | 'called' | 'dropped' | 'told' | 'unknown';

/** Those that a user can say of a function of theirs. */
export const TOLD = ['once', 'now', 'retried', 'perhaps', 'many', 'later', 'promise'] as const;

/** One of the functions that a call runs. */
export interface Step {
  readonly of: Ref;
  readonly how: How;
  /** After which end of the steps before it; where they are fulfilled, if left out. */
  readonly when?: 'rejected' | 'settled';
  /** It may not be called where this is given. */
  readonly unless?: Ref;
  /** It may not be called where this is `false`. */
  readonly unlessFalse?: Ref;
  /** Where it takes one argument, it tells its end by that. */
  readonly mayTell?: boolean;
  /** It is given an error where it comes behind a rejection, and none otherwise. */
  readonly isErrorFirst?: boolean;
  /** It is called only where this is truthy, or not given at all. */
  readonly on?: Ref;
  /** What the function gives is run, where that can be, as what an operator of a stream gives. */
  readonly isFlat?: boolean;
  /** It is something of a library; what is not may do anything with what stands before it. */
  readonly isKnown?: boolean;
  /** A rejection is told here, where the promise of what is called would hide it. */
  readonly isRaw?: boolean;
  /**
   * It makes an action, or a thunk, which is dispatched: a function, or what an object has under this
   * name.
   */
  readonly dispatches?: 'itself' | { readonly named: string };
}

/** Where a function of a library keeps what it is given. */
export interface Storing {
  /** The atom; or what the state of a store is, some properties of which are given. */
  readonly in: Ref | Shape;
  readonly value: Ref;
}

/** Objects with functions that run one after the other. */
export interface Making {
  readonly each: Ref;
  readonly runs: readonly (Step & {
    /** Objects whose properties have the functions that are given by name. */
    readonly named: readonly Ref[];
  })[];
}

/** What a function of a library does with what it is given. */
export interface Calling {
  /** In the order in which they run. */
  readonly runs?: readonly Step[];
  /** Whether its promise is fulfilled where they are rejected. */
  readonly isCaught?: boolean;
  /** Where this is `true`, it is not fulfilled then. */
  readonly unlessTrue?: Ref;
  /** Each object at a place has functions that run one after the other, at some time. */
  readonly makes?: Making;
  /**
   * The methods of what its promise is fulfilled with that tell whether all were fulfilled; or that it
   * is an action, as a thunk gives it, or what a query tells of itself.
   */
  readonly tells?: { readonly fulfilled: string; readonly rejected: string } | 'action' | 'query';
  /** Whether the function that gives what it gives is rejected: as good as throwing it. */
  readonly isRaising?: boolean;
  /** Whether nobody can wait for them; or where a function is given that is called behind them. */
  readonly isDropped?: boolean | Ref;
  /** Whether it gives nothing before all of them are settled. */
  readonly isBlocking?: boolean;
  /** Whether its promise is fulfilled with what its last step gives. */
  readonly isPassedOn?: boolean;
  /** Whether that is the first of a list, which is what it gives. */
  readonly isListed?: boolean;
  /** What it gives back, or what its promise is fulfilled with. */
  readonly result?: Shape | (() => Shape);
  /** Whether it does nothing but to give something of what it is given. */
  readonly isChoosing?: boolean;
  /** What the function at a place is called with. */
  readonly gives?: Readonly<Record<number, readonly (Shape | null)[]>>;
  readonly caches?: Caching;
  /** Whether it puts what it is given into a store, or an atom. */
  readonly stores?: Storing;
  /** Whether it gives what it is given, which is called with what is given to that. */
  readonly isHandingOn?: boolean;
  /**
   * The state that its first argument makes may be brought back from a run of the app before: what a
   * function gives of it, where there is one, and nothing else that makes more of that.
   */
  readonly restores?: { readonly by: Ref; readonly unless: readonly Ref[] };
  /** Whether it gives itself where it is given nothing, as in `create<State>()(…)`. */
  readonly isCurried?: boolean;
}

/** What something of Redux is to the state that it keeps. */
export type Redux =
  | 'unwrap'
  | 'state'
  | 'store'
  | 'selector'
  | 'dispatch'
  | 'reducer'
  | 'reducers'
  | 'actions'
  | 'action'
  | 'thunk'
  | 'matcher'
  | 'anyOf'
  | 'allOf'
  | 'composed'
  | 'bound'
  | 'connect'
  | 'selecting';

/** What something may be: a literal, or not always the same. */
export type Start = string | boolean | null | undefined | typeof EITHER;

export const EITHER = Symbol('either');

/** What is told so only once functions have run to their end. */
export interface After {
  /** By the call of what it is a property of, which is the call before. */
  readonly runs: readonly Step[];
  /** What it is before that, in each of the states that there are, in the same order for all that is told. */
  readonly starts: readonly Start[];
  /** Where what is given here is not sure to be truthy, there is no telling. */
  readonly needs?: Ref;
  /** Where it may be something else by itself: if any of these is given, and in an object that is not seen. */
  readonly unless?: readonly Ref[];
  readonly options?: Ref;
  /** Whether whoever has the same key puts it there, too. */
  readonly isShared?: boolean;
}

/** What is put into a cache under a key, by what runs; or what is given, where nothing does. */
export interface Caching {
  /** Left out where it may be any. */
  readonly key?: Ref;
  readonly runs: readonly Step[];
  /** Nothing is given where this is not. */
  readonly given?: Ref;
}

/** What a value of a library is. */
export interface Shape {
  /** It can be called. */
  readonly fn?: Calling;
  /** What `new` makes of it. */
  readonly made?: Shape;
  readonly members?: Readonly<Record<string, Shape>>;
  /** To wait for it, by `await` or `yield*`, is to call it. */
  readonly isAwaitable?: boolean;
  /** It can be any of these. */
  readonly any?: readonly Shape[];
  /** It is what is given, as it is. */
  readonly same?: Ref;
  /** It is what a function returns that is given. */
  readonly returned?: Ref;
  /** It is a context of React, */
  readonly isContext?: boolean;
  /** or what components provide to the one that is given. */
  readonly provided?: Ref;
  /** It is what a method of something gives that is given. */
  readonly of?: { readonly ref: Ref; readonly method: string };
  /** It is an atom, which keeps what it is given. */
  readonly isAtom?: boolean;
  /** It is what the atom keeps that is given. */
  readonly holds?: Ref;
  readonly redux?: Redux;
  /** Any property of it is this, which is told by its name, or made of it. */
  readonly each?: Shape | ((name: string) => Shape);
  /** The name that it is told by. */
  readonly named?: string;
  readonly after?: After;
  /** It is the first where something is given at a place, or else the second. */
  readonly by?: { readonly ref: Ref; readonly given: Shape; readonly otherwise: Shape };
}

/** A function that the user has told of. */
export interface Wrapper {
  /** The package, or the specifier of the file. */
  readonly module: string;
  /** The absolute path of a file, without its extension; null for a package. */
  readonly path: string | null;
  /** The export, and the names of members behind it. */
  readonly names: readonly string[];
  readonly calling: Calling;
}

/** A package, or several that are the same. */
export interface Library {
  readonly packages: readonly string[];
  readonly exports: Readonly<Record<string, Shape>>;
  /** What is said of it in the docs. */
  readonly about: string;
  /** Code before a call which sets the JWT, and the call; left out where nothing waits for it. */
  readonly example?: readonly [given: string, call: string];
  /** Where it is shown otherwise: a program that is right, one of whose lines sets the JWT. */
  readonly shown?: readonly string[];
  /** Where the facts are from: the version of the package that was looked at. */
  readonly version: string;
}

export function resultOf(result: NonNullable<Calling['result']>): Shape {
  return typeof result === 'function' ? result() : result;
}
