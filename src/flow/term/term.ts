/**
 * The little language in which the effect of a function is written.
 *
 * A term says in which order a piece of code raises protocol events, where it can branch, repeat,
 * jump and throw, and nothing else. {@link file://../lower/lowering.ts} makes terms from source,
 * {@link file://../algebra/evaluate.ts} gives them their meaning in a relation algebra. The constructors
 * here prune what has no effect, so that code which does not concern the protocol costs nothing.
 */

import type { Atom } from '../algebra/relation.ts';

/** The target of an {@link Exit}: a loop, a labelled statement, an optional chain, a function. */
export interface Label {
  readonly name: string;
  /** The one term that exits to it; made when it is first asked for. */
  readonly exit: Exit;
}

/** A label of its own; the name is for people. */
export function createLabel(name: string): Label {
  return new LabelWithExit(name);
}

class LabelWithExit implements Label {
  readonly name: string;
  #exit: Exit | null = null;

  constructor(name: string) {
    this.name = name;
  }

  get exit(): Exit {
    this.#exit ??= { kind: 'exit', label: this };
    return this.#exit;
  }
}

/** What the value of an expression is known to be, as far as tests can tell it apart. */
export const RESULT_KINDS = ['true', 'false', 'nullish', 'truthy', 'falsy'] as const;
export type ResultKind = (typeof RESULT_KINDS)[number];

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
  | { readonly kind: 'facts'; readonly whenTrue: Facts; readonly whenFalse: Facts }
  /** The test of a parameter, which comes out true where it is known to hold a function. */
  | { readonly kind: 'given'; readonly parameter: object; readonly test: Test }
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
  /** The catch clause, for those who explain a way through the code. */
  readonly site: object | null;
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

export interface Call {
  readonly kind: 'call';
  readonly callee: Callee;
  /** For each argument, the functions that it can be; null where it is none. */
  readonly args: readonly (Callee | null)[];
  /** The promises among the parts of the arguments. */
  readonly held?: readonly Held[];
  /** How many arguments there are; as many as there are {@link args} where it is not told. */
  readonly given?: number;
  readonly mode: CallMode;
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
  | Use
  | Call
  | Refer
  | Assume;

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
  /**
   * What each parameter is called in {@link Callee.parameter}; null where it is a pattern, or where
   * the function does nothing with it that a function could be used for.
   */
  readonly parameters: readonly (object | null)[];
  /** The function that a parameter is where no argument is given. */
  defaultOf(index: number): Callee | null;
  /** Whether the function does nothing with an argument, if it is a function. */
  ignores(index: number): boolean;
  readonly body: Term;
  /** Where `return` leads for each kind of result; the end of the body returns nullish. */
  readonly returns: Returns;
  /** Whether an atom is a fact about this function's own bindings, different in every call. */
  owns(atom: Atom): boolean;
  /** Whether an atom is a fact about a binding of a function around this one, or of the module. */
  sees(atom: Atom): boolean;
  /** Whether the function is written inside another one, and so can use its parameters. */
  isWithin(outer: FunctionTerm): boolean;
}

export const SKIP: Skip = { kind: 'skip' };
export const MAY_THROW: MayThrow = { kind: 'mayThrow' };
export const RAISE: Raise = { kind: 'raise' };
export const SUSPEND: Suspend = { kind: 'suspend' };
export const OPAQUE: Test = { kind: 'opaque' };

const ALWAYS: Test = { kind: 'facts', whenTrue: [], whenFalse: 'never' };
const NEVER: Test = { kind: 'facts', whenTrue: 'never', whenFalse: [] };

/** A test with a known outcome. */
export function constantTest(outcome: boolean): Test {
  return outcome ? ALWAYS : NEVER;
}

/** Whether control never gets past a term; what follows it is dead. */
function isEnd(term: Term): boolean {
  return term.kind === 'raise' || term.kind === 'exit' || term.kind === 'loop';
}

/** One after the other, without an array where all but one of a few are nothing. */
export function seq(
  first: Term,
  second: Term,
  third: Term = SKIP,
  fourth: Term = SKIP,
  fifth: Term = SKIP,
): Term {
  if (third === SKIP && fourth === SKIP && fifth === SKIP) return pair(first, second);
  if (first === SKIP && second === SKIP) return pair(pair(third, fourth), fifth);
  const base = top;
  let goesOn = append(base, first) && append(base, second) && append(base, third);
  goesOn &&= append(base, fourth);
  if (goesOn) append(base, fifth);
  return made(base);
}

function pair(first: Term, second: Term): Term {
  if (second === SKIP) return first;
  if (first === SKIP) return second;
  if (isEnd(first)) return first;
  if (first.kind !== 'seq' && second.kind !== 'seq') {
    if (first === MAY_THROW && second === MAY_THROW) return first;
    return { kind: 'seq', terms: [first, second] };
  }
  const base = top;
  if (append(base, first)) append(base, second);
  return made(base);
}

/** One after the other; dead code goes, and a throw right after the same throw. */
export function sequence(terms: readonly Term[]): Term {
  return sequenceOf(terms, itself);
}

function itself(term: Term): Term {
  return term;
}

/** What is made of each of these, one after the other. */
export function sequenceOf<T>(items: readonly T[], make: (item: T, index: number) => Term): Term {
  return sequenceWith(items, make, undefined);
}

/** What is made of each of these with something that is given, one after the other. */
export function sequenceWith<T, G>(
  items: readonly T[],
  make: (item: T, index: number, given: G) => Term,
  given: G,
): Term {
  const { length } = items;
  if (length === 0) return SKIP;
  const base = top;
  let only: Term = SKIP;
  let isOnly = true;
  let isDead = false;
  try {
    for (let index = 0; index < length; index++) {
      const item = items[index];
      if (item === undefined) continue;
      const term = make(item, index, given);
      if (isDead || term === SKIP) continue;
      if (only === SKIP) {
        only = term;
        continue;
      }
      if (isOnly) isDead = !append(base, only);
      isOnly = false;
      isDead ||= !append(base, term);
    }
    return isOnly ? only : made(base);
  } finally {
    top = base;
  }
}

/** The parts of the sequences that are being put together, the innermost sequence's last. */
let parts: Term[] = [];
let top = 0;

/** The sequence of the parts from `base` on, which are taken off. */
function made(base: number): Term {
  const length = top - base;
  const first = parts[base];
  const whole: Term =
    length === 0 || first === undefined
      ? SKIP
      : length === 1
        ? first
        : { kind: 'seq', terms: parts.slice(base, top) };
  top = base;
  if (base === 0) parts = [];
  return whole;
}

/** Adds a term to the sequence from `base` on; false when control never gets past it. */
function append(base: number, term: Term): boolean {
  if (term === SKIP) return true;
  if (term === MAY_THROW && top > base && parts[top - 1] === MAY_THROW) return true;
  if (term.kind === 'seq') {
    for (const part of term.terms) if (!append(base, part)) return false;
    return true;
  }
  parts[top++] = term;
  return !isEnd(term);
}

/** `effect`, then the test. */
export function after(effect: Term, test: Test): Test {
  return effect.kind === 'skip' ? test : { kind: 'after', effect, test };
}

export function not(test: Test): Test {
  if (test.kind === 'not') return test.test;
  if (test.kind === 'opaque') return test;
  if (test.kind === 'facts') {
    return { kind: 'facts', whenTrue: test.whenFalse, whenFalse: test.whenTrue };
  }
  return { kind: 'not', test };
}

/** The outcome of a test, where it is known and making it has no effect. */
function known(test: Test): boolean | null {
  if (test.kind !== 'facts') return null;
  if (test.whenFalse === 'never') return true;
  return test.whenTrue === 'never' ? false : null;
}

/** What a test does, whatever its outcome; null where the effect depends on the outcome. */
function effectOf(test: Test): Term | null {
  switch (test.kind) {
    case 'opaque':
      return SKIP;
    case 'facts':
      return test.whenTrue === 'never' || test.whenFalse === 'never' ? null : SKIP;
    case 'given':
      return null;
    case 'not':
      return effectOf(test.test);
    case 'after': {
      const rest = effectOf(test.test);
      return rest === null ? null : seq(test.effect, rest);
    }
    case 'result':
      return test.call;
    case 'and':
    case 'or': {
      const left = effectOf(test.left);
      return left !== null && effectOf(test.right)?.kind === 'skip' ? left : null;
    }
    case 'conditional':
    case 'told':
      return null;
  }
}

/** One of the two, as the test tells. */
export function branch(
  test: Test,
  then: Term,
  otherwise: Term,
  decision: Decision | null = null,
): Term {
  const outcome = known(test);
  if (outcome !== null) return outcome ? then : otherwise;
  if (test.kind === 'after') {
    return seq(test.effect, branch(test.test, then, otherwise, decision));
  }
  if (same(then, otherwise)) {
    const effect = effectOf(test);
    if (effect !== null) return seq(effect, then);
  }
  return { kind: 'branch', test, then, else: otherwise, decision };
}

/** Either of the two; nothing is known of which. */
export function choice(one: Term, other: Term): Term {
  return branch(OPAQUE, one, other);
}

function same(one: Term, other: Term): boolean {
  return (
    one === other || (one.kind === 'exit' && other.kind === 'exit' && one.label === other.label)
  );
}

/** Goes on only where an atom has this truth value. */
export function assumed(atom: Atom, holds: boolean): Assume {
  return { kind: 'assume', facts: [{ atom, holds }] };
}

export function exit(label: Label): Term {
  return label.exit;
}

export function block(label: Label, body: Term): Term {
  if (body.kind === 'exit' && body.label === label) return SKIP;
  if (body.kind === 'skip' || body.kind === 'mayThrow') return body;
  return { kind: 'block', label, body };
}

export function attempt(
  body: Term,
  handler: Term | null,
  finalizer: Term | null,
  site: object | null = null,
): Term {
  if (body.kind === 'skip') return finalizer ?? SKIP;
  const last = finalizer?.kind === 'skip' ? null : finalizer;
  if (handler === null && last === null) return body;
  return { kind: 'try', body, handler, finalizer: last, site };
}

/** Settles a promise that was made before. */
export function resume(body: Term): Term {
  return isPlain(body) ? body : { kind: 'resume', body };
}

export function detach(body: Term, promise: object | null = null): Term {
  return isInert(body) ? SKIP : { kind: 'detach', body, promise };
}

/** Whether a term does nothing but to wait or throw. */
export function isPlain(term: Term): boolean {
  switch (term.kind) {
    case 'skip':
    case 'mayThrow':
    case 'raise':
    case 'suspend':
    case 'join':
      return true;
    case 'seq':
      return term.terms.every(isPlain);
    case 'branch':
      return isIdle(term.test) && isPlain(term.then) && isPlain(term.else);
    default:
      return false;
  }
}

/** Whether making a test does nothing. */
function isIdle(test: Test): boolean {
  switch (test.kind) {
    case 'opaque':
    case 'facts':
      return true;
    case 'given':
    case 'not':
      return isIdle(test.test);
    default:
      return false;
  }
}

/** Whether a term, run on its own with nobody waiting, does nothing. */
function isInert(term: Term): boolean {
  if (term.kind === 'resume') return isInert(term.body);
  return term.kind === 'seq'
    ? term.terms.every(isInert)
    : isPlain(term) || (term.kind === 'event' && term.site === null);
}

/** The terms right in a term, those in its tests included. */
export function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'seq':
      return term.terms;
    case 'branch':
      return [...effectsOf(term.test), term.then, term.else];
    case 'loop':
    case 'block':
    case 'detach':
    case 'resume':
      return [term.body];
    case 'try':
      return [term.body, term.handler, term.finalizer].filter((part) => part !== null);
    case 'switch':
      return [...term.cases.flatMap(({ test }) => effectsOf(test)), ...term.bodies];
    case 'use':
      return [term.awaited];
    case 'call':
      return Object.values(term.results ?? {});
    default:
      return [];
  }
}

/** The terms in a test, in the order in which they are evaluated. */
function effectsOf(test: Test): readonly Term[] {
  switch (test.kind) {
    case 'opaque':
    case 'facts':
      return [];
    case 'given':
    case 'not':
      return effectsOf(test.test);
    case 'and':
    case 'or':
      return [...effectsOf(test.left), ...effectsOf(test.right)];
    case 'conditional':
      return [test.test, test.then, test.else].flatMap(effectsOf);
    case 'after':
      return [test.effect, ...effectsOf(test.test)];
    case 'result':
      return [test.call];
    case 'told':
      return [test.effect];
  }
}
