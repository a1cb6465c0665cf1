/**
 * The little language in which the effect of a function is written.
 *
 * A term says in which order a piece of code raises protocol events, where it can branch, repeat,
 * jump and throw, and nothing else. {@link file://../lower/lowering.ts} makes terms from source,
 * {@link file://../algebra/evaluate.ts} gives them their meaning in a relation algebra. The constructors
 * of {@link file://./make.ts} prune what has no effect, so that code which does not concern the protocol costs nothing.
 */

import type { Atom } from '../algebra/relation.ts';

/** The target of an {@link Exit}: a loop, a labelled statement, an optional chain, a function. */
export interface Label {
  readonly name: string;
  /** The one term that exits to it; made when it is first asked for. */
  readonly exit: Exit;
}

/** What the value of an expression is known to be, as far as tests can tell it apart. */
export const RESULT_KINDS = ['true', 'false', 'nullish', 'truthy', 'falsy'] as const;
export type ResultKind = (typeof RESULT_KINDS)[number];

/** How a call ends: with a result of some kind, or by throwing. */
export type CallEnd = ResultKind | 'thrown';

/** A truth value that is known for an atom. */
export interface Fact {
  readonly atom: Atom;
  readonly holds: boolean;
}

/** One outcome of a test tells this about atoms; an outcome that cannot be is `'never'`. */
export type Facts = readonly Fact[] | 'never';

export type Test =
  /** Its outcome is not known; `effect` happens first. */
  | { readonly kind: 'opaque' }
  | {
      readonly kind: 'facts';
      readonly whenTrue: Facts;
      readonly whenFalse: Facts;
      /** Whether it tells something of a variable as it is now, see {@link Assign}. */
      readonly changes?: boolean;
    }
  /**
   * The test of a parameter, which comes out true where it is known to hold a function or a promise;
   * only a function if that is asked.
   */
  | {
      readonly kind: 'given';
      readonly parameter: object;
      readonly isFunction?: boolean;
      readonly test: Test;
    }
  | { readonly kind: 'not'; readonly test: Test }
  | { readonly kind: 'and'; readonly left: Test; readonly right: Test }
  | { readonly kind: 'or'; readonly left: Test; readonly right: Test }
  | { readonly kind: 'conditional'; readonly test: Test; readonly then: Test; readonly else: Test }
  | { readonly kind: 'after'; readonly effect: Term; readonly test: Test }
  /** The outcome is told by the result of a call: true where the kind is one of these. */
  | { readonly kind: 'result'; readonly call: Call; readonly kinds: ReadonlySet<ResultKind> }
  /** The outcome is told by where the effect, which has no other end, exits to. */
  | {
      readonly kind: 'told';
      readonly effect: Term;
      readonly whenTrue: Label;
      readonly whenFalse: Label;
    };

/** What a branch depends on, for those who explain a way through the code. */
export interface Decision {
  /** The AST node of what is asked. */
  readonly node: object;
  /** What is asked: whether it is truthy, is nullish, has another element, or is this case. */
  readonly asks: 'truthy' | 'nullish' | 'element' | 'case';
}

export interface Skip {
  readonly kind: 'skip';
}

/** An operation that may throw, and does nothing else. */
export interface MayThrow {
  readonly kind: 'mayThrow';
}

/** Throws. */
export interface Raise {
  readonly kind: 'raise';
}

/** A protocol event. */
export interface Event {
  readonly kind: 'event';
  /** The event's place in the protocol's list. */
  readonly event: number;
  /** Where it happens, for those who ask in which states it does; an AST node, to `flow` opaque. */
  readonly site: object | null;
  /** The AST node of the call whose promise is settled by the event. */
  readonly origin?: object;
}

export interface Seq {
  readonly kind: 'seq';
  readonly terms: readonly Term[];
}

export interface Branch {
  readonly kind: 'branch';
  readonly test: Test;
  readonly then: Term;
  readonly else: Term;
  readonly decision: Decision | null;
}

/** Repeats for ever; it is left by an exit or by throwing. */
export interface Loop {
  readonly kind: 'loop';
  readonly body: Term;
  /** The atoms whose truth value can differ from one round to the next. */
  readonly varies: (atom: Atom) => boolean;
}

/** Finishes normally where its body does, or exits to its label. */
export interface Block {
  readonly kind: 'block';
  readonly label: Label;
  readonly body: Term;
}

export interface Exit {
  readonly kind: 'exit';
  readonly label: Label;
}

export interface Try {
  readonly kind: 'try';
  readonly body: Term;
  readonly handler: Term | null;
  readonly finalizer: Term | null;
  /** The catch clause, for those who explain a way through the code, */
  readonly site: object | null;
  /** and what is run in any case. */
  readonly finalSite: object | null;
}

/** Tries the cases in order, runs the bodies from the one that matches, falling through. */
export interface Switch {
  readonly kind: 'switch';
  readonly cases: readonly {
    readonly test: Test;
    readonly body: number;
    readonly decision: Decision;
  }[];
  readonly bodies: readonly Term[];
  /** The body where no case matches; the end where there is no default. */
  readonly otherwise: number;
}

/** The function is suspended here: what was started and not awaited may run on. */
export interface Suspend {
  readonly kind: 'suspend';
}

/** Runs some time later, or never; the code goes on at once. */
export interface Detach {
  readonly kind: 'detach';
  readonly body: Term;
  /** The AST node of the promise that the body settles. */
  readonly promise: object | null;
}

/** This promise, of a {@link Detach}, is awaited here: it does not run on any longer. */
export interface Join {
  readonly kind: 'join';
  readonly promise: object;
}

/**
 * Settles a promise that was made before the function was called: what it began then has happened on
 * no way that is seen here.
 */
export interface Resume {
  readonly kind: 'resume';
  readonly body: Term;
}

/**
 * Settles a promise of a {@link Detach} of its own. Where something else is left to run that waits for
 * it, that does not run it: in which states it is run is told by its own.
 */
export interface Elsewhere {
  readonly kind: 'elsewhere';
  readonly body: Term;
}

/**
 * Code that depends on how the function is used: `awaited` where its caller awaits it, `started`
 * where it does not, `settled` where it reads what is left when the promise is awaited later.
 */
export interface Use {
  readonly kind: 'use';
  readonly awaited: Term;
  readonly started: Term;
  readonly settled: Term;
}

/** A call that has made a closure, over the functions that it was given. */
export interface Making {
  /** The call; null where it is not known what it calls. */
  readonly call: Call | null;
  /** Whether it stands in a function. */
  isWithin(outer: FunctionTerm): boolean;
}

/** What is known of the functions that an expression can be. */
export interface Callee {
  readonly functions: readonly FunctionTerm[];
  /** For functions that are closures, the calls that made each, the outermost first. */
  readonly makings?: readonly (readonly Making[])[];
  /** A parameter, of this function or of one around it, whose argument the expression can be. */
  readonly parameter: object | null;
  /** Whether the expression can be anything else. */
  readonly open: boolean;
  /** Whether that is only what the file does not show, so that a lenient reading may forgive it. */
  readonly isUnseen?: boolean;
  /** Whether these are one function, as it is written for several platforms. */
  readonly variants?: boolean;
}

/**
 * How a call uses what it starts: `awaited` to the end, `started` up to the first suspension, or
 * `settled`: what is left of a started one when its promise is awaited.
 */
export type CallMode = 'awaited' | 'started' | 'settled';

/** How much of a function is run: also `resumed`, what is left of one that a {@link Resume} settles. */
export type RunMode = CallMode | 'resumed';

/** A promise that a call hands to a function as a part of an argument. */
export interface Held {
  /** The AST node of the function. */
  readonly in: object;
  /** What it is called there in {@link Callee.parameter}. */
  readonly parameter: object;
  readonly callee: Callee;
}

/** What `bind` has given a function. */
export interface Bound {
  /** How many arguments: those of a call come behind them. */
  readonly count: number;
  /** The functions and promises among them, or among their parts. */
  readonly given: readonly Pick<Held, 'parameter' | 'callee'>[];
}

/** What a call tells of its arguments, one way in which they can be. */
export interface Outcome {
  /** Where the effect of the {@link Answer} exits to. */
  readonly label: Label;
  /** About the parameters of the functions that are called. */
  readonly facts: readonly Fact[];
}

/** What a call tells the functions that it calls of an argument, of which they ask something. */
export interface Answer {
  /**
   * Exits to one of the outcomes, and has no other end. It is what evaluating the argument does, if
   * that does anything.
   */
  readonly effect: Term;
  /** All of them are known once the effect has been walked. */
  readonly outcomes: readonly Outcome[];
}

export interface Call {
  readonly kind: 'call';
  readonly callee: Callee;
  /** For each argument, the functions that it can be; null where it is none. */
  readonly args: readonly (Callee | null)[];
  /** The promises among the parts of the arguments. */
  readonly held?: readonly Held[];
  /** How many arguments there are; as many as there are {@link args} where it is not told. */
  readonly given?: number;
  /** What it tells of its arguments; left out where it tells nothing. */
  readonly answers?: readonly Answer[];
  readonly mode: CallMode;
  /** Whether what is begun goes on by itself until it is waited for in this function. */
  readonly goesOn?: boolean;
  /** Its ways all count: a function that is called where it is written, or by the language. */
  readonly exact: boolean;
  /** Whether it is not known that it is called at all: it is given to a function that is not seen. */
  readonly perhaps?: boolean;
  /** Whether the functions that it returns are followed from here. */
  readonly follows?: boolean;
  /** What follows for each kind of result; null where nothing depends on it. */
  readonly results: Readonly<Record<ResultKind, Term>> | null;
  readonly site: object;
}

/** A function is passed on, stored or rendered here: from here on it can be called. */
export interface Refer {
  readonly kind: 'refer';
  readonly callee: Callee;
  /** Called in any state from here on in this function, rather than in the state here. */
  readonly later: boolean;
  /** Whether it is returned: calls of this function that follow what it returns need no more. */
  readonly returned?: boolean;
  readonly site: object;
}

/** Narrows what goes on to where these facts hold. */
export interface Assume {
  readonly kind: 'assume';
  readonly facts: Facts;
}

/** A fact about a variable, which an assignment can change. */
export interface Changing {
  /** Whether it holds at the place that is being looked at, */
  readonly atom: Atom;
  /** whether it held where the code began that is being looked at by itself, */
  readonly before: Atom;
  /** and where one piece of code ended and the next began, while the two are put together. */
  readonly between: Atom;
}

/** A variable is given a value: from here on these facts hold, and nothing else that did about it. */
export interface Assign {
  readonly kind: 'assign';
  readonly changes: readonly Changing[];
  readonly facts: readonly Fact[];
}

export type Term =
  | Skip
  | MayThrow
  | Raise
  | Event
  | Seq
  | Branch
  | Loop
  | Block
  | Exit
  | Try
  | Switch
  | Suspend
  | Detach
  | Join
  | Resume
  | Elsewhere
  | Use
  | Call
  | Refer
  | Assume
  | Assign;

/** Where `return` leads, for each kind of result and for one of which nothing is known. */
export type Returns = Readonly<Record<ResultKind | 'any', Label>>;

/** A function, its term made when it is first asked for. */
export interface FunctionTerm {
  readonly id: number;
  readonly name: string;
  /** The function's AST node, to the analysis opaque. */
  readonly node: object;
  /** Whether it can be suspended, and goes on by itself when it was. */
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Whether it is known to be begun by its calls, and not what is left of a promise. */
  readonly isBegun: boolean;
  /** Whether what it is left of may be no promise at all; left out where it is one. */
  readonly mayBeNone?: boolean;
  /** The function that this is where something is told of what it is given; null where nothing is. */
  readonly whole?: FunctionTerm | null;
  /** Whether it can lead to an event; where it cannot, that is known without its body. */
  readonly canLead: boolean;
  /**
   * What each parameter is called in {@link Callee.parameter}; null where it is a pattern, or where
   * the function does nothing with it that a function could be used for.
   */
  readonly parameters: readonly (object | null)[];
  /** What it has been given already; {@link parameters} are the others. */
  readonly bound?: Bound;
  /** The function that a parameter is where no argument is given. */
  defaultOf(index: number): Callee | null;
  /** Whether an argument that is a function goes to a name, or to nothing at all. */
  follows(index: number): boolean;
  readonly body: Term;
  /** Where `return` leads for each kind of result; the end of the body returns nullish. */
  readonly returns: Returns;
  /** Whether an atom is a fact about this function's own bindings, different in every call. */
  owns(atom: Atom): boolean;
  /** Whether it owns an atom that is a fact about what it is given, which its calls can tell. */
  takes(atom: Atom): boolean;
  /** Whether an atom is a fact about a binding of a function around this one, or of the module. */
  sees(atom: Atom): boolean;
  /** Whether the function is written inside another one, and so can use its parameters. */
  isWithin(outer: FunctionTerm): boolean;
}
