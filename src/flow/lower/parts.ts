/** What the parts of the lowering are given, and how they reach each other. */

import type { LazyFunction } from './lazy.ts';
import type { Coding } from './shapes.ts';
import type { NewExpression, ClassNode, Program } from '../../syntax/ast.ts';
import type { Lists } from './lists.ts';
import type { Name } from './names.ts';
import type { Asked } from './atoms.ts';
import type {
  Answer,
  Held,
  Callee,
  Call,
  CallMode,
  Test,
  Term,
  Fact,
  Facts,
  FunctionTerm,
  Label,
} from '../term/term.ts';
import type { Atom } from '../algebra/relation.ts';
import type { Reference, Variable } from '../../syntax/bindings.ts';
import type { Promised, Shape, Sink, Target, Told } from './context.ts';
import type { Item } from './promises.ts';
import type { Sides } from './sides.ts';
import type {
  ArrayExpression,
  CallExpression,
  FunctionNode,
  MemberExpression,
  Node,
  ObjectExpression,
  OpeningElement,
} from '../../syntax/ast.ts';
import type { Atoms } from './atoms.ts';
import type { Constants, Question } from './questions.ts';
import type { Reassigned } from './reassigned.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import type { PatternProperty, RestElement } from '../../syntax/patterns.ts';
import type { AccessorKind } from '../../values/accessors.ts';
import type { Context, Exits } from './context.ts';
import type { Counters, ForStatement } from './counters.ts';
import type { Names } from './names.ts';
import type { ResultKind } from '../term/term.ts';
import type { Outside } from '../../values/externals.ts';
import type { Runs } from '../../values/libraries/runs.ts';
import type { EntrySources, PartSources } from '../../values/held-parts.ts';
import type { Value } from '../../values/resolve.ts';

/** What expressions can be, as {@link file://./values.ts} works it out. */
export interface Resolver {
  of(node: Node): readonly Value[];
  /** What a property of a value can be. */
  member(value: Value, name: string): readonly Value[];
  /** What a part of a literal can be, for who has the value that the literal made. */
  part(owner: Value, node: Node): readonly Value[];
  isWrapper(call: CallExpression): boolean;
  /** Whether functions are one, as it is written for several platforms. */
  areVariants(nodes: readonly FunctionNode[]): boolean;
  /** The getters that reading a property may run, or the setters that writing it may. */
  accessors(node: MemberExpression, kind: AccessorKind): readonly FunctionNode[];
  /** The getters that reading a property may run whose name is not known. */
  gettersOfAny(node: MemberExpression): readonly FunctionNode[];
  /** The getters that a pattern runs for a property, or for all that is left. */
  gettersTaken(part: PatternProperty | RestElement): readonly FunctionNode[];
  /** The getters that run where all properties of an object are read, as where it is spread. */
  gettersOfAll(object: Node): readonly FunctionNode[];
  /** All that a property is ever given; null where nothing is known of that. */
  sources(node: MemberExpression): PartSources | null;
  /** All that a part of what an expression can be is ever given. */
  partsIn(object: Node, name: string): readonly Node[];
  /** Whether the elements of a list that is written out are replaced, or change their places. */
  isRearranged(list: ArrayExpression): boolean;
  /** All that `map.get(key)` can give; null for other calls, or where nothing is known of that. */
  kept(node: CallExpression): EntrySources | null;
  /** The names and expressions of other modules that an import stands for; null for no import. */
  origins(node: Node): readonly Node[] | null;
}

/** What a method of the protocol's subject does: the events at the call, and when it settles. */
export interface Operation {
  readonly call: number;
  readonly settle: number;
  /** Whether the first function that it is given is called when it has been done. */
  readonly callsBack?: boolean;
  /** What has to be truthy that it is given, for the event of the call to happen; null for nothing. */
  readonly given?: Node | null;
}

/** The events that a test raises by how it turns out; null for none. */
export interface Proof {
  readonly whenTrue: number | null;
  readonly whenFalse: number | null;
}

/** What only the protocol's owner can tell of the code. */
export interface LowerHost {
  /** The operation that a call performs. */
  operation(call: CallExpression): Operation | null;
  /** The operation that an expression is a reference to, such as a method that is passed on. */
  reference(node: Node): Operation | null;
  /** The operations that an expression can be a reference to, if it can be other functions as well. */
  choices?(node: Node): readonly Operation[];
  /** The operation that is performed once a property of a literal, or an assignment, is evaluated. */
  done?(node: Node): Operation | null;
  /** Whether an expression is the subject of the protocol: a test of it is taken to be passed. */
  isSubject(node: Node): boolean;
  /** What a test tells of an expression, where that is always the same; null for others. */
  constant?(node: Node): ResultKind | null;
  /** The string or number that an expression always is; null for others. */
  literal?(node: Node): string | number | null;
  /** The functions that a call of a library runs; null where it is none of which that is known. */
  runs?(call: CallExpression): Runs | null;
  /** What is run by what such a call makes, of what the call is given. */
  made?(call: CallExpression): readonly Runs[];
  /** The functions that a call is given which what it makes calls by name, where it is known when. */
  calledByName?(call: CallExpression): ReadonlySet<Node>;
  /** Whether such a call stands where another is given what it runs. */
  isPart?(call: CallExpression): boolean;
  /** Whether such a call does nothing but to give something of what it is given. */
  isChoosing?(call: CallExpression): boolean;
  /** What it runs to call something of a library; null for what is none, or runs nothing. */
  calledFor?(node: Node): Runs | null;
  /** What it runs to wait for something of a library; null where it is none that can be waited for. */
  waitedFor?(node: Node): Runs | null;
  /** How a test asks that what a dispatched thunk gave came out; null for any other test. */
  matched?(test: CallExpression, dispatch: CallExpression): boolean | null;
  /** How it came out whose type is equal to something; null where that is not known. */
  typed?(type: Node, dispatch: CallExpression): boolean | null;
  /** Whether a function throws where it is given what was rejected. */
  isUnwrap?(node: Node): boolean;
  /** The event that something is assigned, or returned (by the statement, or the function); null for all else. */
  assigned?(node: Node): number | null;
  /** Whether that happens only where what is assigned is truthy. */
  isTested?(node: Node): boolean;
  /**
   * The events that an expression was truthy, or falsy, where it is tested, or that the value of a
   * `switch` is, or is not, that of a case; null for none.
   */
  proves?(node: Node): Proof | null;
  /** The event that a promise which was made, and settled, before is given again. */
  again?(): number;
  /** What of the language, its host or a package an expression is; null for any other. */
  readonly outside?: Outside;
  /** Whether a call never returns, though its function cannot be seen. */
  neverReturns(call: CallExpression): boolean;
  /** The argument without which a call throws, though its function cannot be seen; null for others. */
  asserted?(call: CallExpression): Node | null;
  /** A function, or a statement of the module, is nested too deeply, and left out. */
  leftOut?(node: Node): void;
  /**
   * A function is about to be lowered. May throw, where that is too much work.
   *
   * @param lowered how many expressions and statements have been lowered since this was told last
   */
  lowers?(lowered: number): void;
  /**
   * Whether a function, or what constructs the objects of a class, can lead to an operation: told
   * without its term. What is not asked can.
   *
   * @param code the function, or the body of the class
   */
  canLead?(code: Node): boolean;
}

/** `a ? b : c`, `a && b` or `a || b`. */
export type Choosing = Node & { type: 'ConditionalExpression' | 'LogicalExpression' };

/** Components, and what elements give them. */
export interface Components {
  /** Renders a component, which is entered with what the element gives it. */
  element(node: OpeningElement): Term;
}

/** What arguments are given to. */
export type Taker = Pick<Callee, 'functions' | 'parameter'>;

/** What a call calls. */
export interface CallTarget {
  readonly callee: Callee;
  readonly args: readonly Node[];
  /** Those of them that were evaluated before, as elements of a list; left out where there are none. */
  readonly kept?: ReadonlySet<Node>;
  /** Whether the function is called where it is written. */
  readonly isExact: boolean;
}

export type YieldExpression = Node & { type: 'YieldExpression' };

export interface GeneratorCall {
  /** The call, or what is gone through. */
  readonly call: Node;
  readonly args: readonly Node[];
  readonly target: FunctionNode;
  readonly known: FunctionTerm;
  /** What is evaluated before the call. */
  readonly parts: Term;
  /** Whether it was called before, and has a name here. */
  readonly isBegun?: boolean;
}

export type ForEach = Node & { type: 'ForInStatement' | 'ForOfStatement' };

export type Declaration = Node & { type: 'VariableDeclaration' };

/** Functions, and how their results are told apart. */
export interface Coded {
  readonly functions: readonly FunctionTerm[];
  readonly coding: Coding;
}

/** Functions, the module and the constructions of classes: whatever has a term of its own. */
/** What is to be lowered as a function. */
export interface DefinedCode {
  readonly name: string;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Null for the body of the function that is written there. */
  readonly lower: ((returns: Exits) => Term) | null;
}

export interface Definitions {
  /** The top level of a module or script. */
  module(program: Program): FunctionTerm;
  /** A function. */
  function(node: FunctionNode): LazyFunction;
  /** A statement, as if it were all that its function does. */
  part(statement: Node, isAsync: boolean): FunctionTerm;
  /** What constructing a class does: its fields, then its constructor. */
  construction(node: ClassNode): FunctionTerm;
  /** The code of a function, as part of the code around a call of it. */
  inlined(node: FunctionNode, context: Context, facts?: Facts): Term;
  /** Code that is a function, lowered once. */
  define(node: Node, code: DefinedCode): LazyFunction;
  /**
   * A method of the subject, as a function that performs its operation.
   *
   * @param node where it is referred to
   */
  performing(node: Node, name: string, operation: Operation): FunctionTerm;
  /** Code that stands for a function of its own, though none is written. */
  unnamed(node: Node, lower: (returns: Exits) => Term): LazyFunction;
  /**
   * A function that has been given its first arguments.
   *
   * @param by the call of `bind`, the last where there are several; or the element that renders it
   */
  bound(target: LazyFunction, by: Node, args: readonly Node[]): FunctionTerm;
  /**
   * The same functions, which tell their results apart by parts, and by these literals if it is known
   * for which is asked; null where they cannot.
   */
  coded(
    functions: readonly FunctionTerm[],
    parts: readonly string[],
    literals?: readonly string[],
  ): Coded | null;
  /** A function where this is told of its first argument; itself where it does not go by that. */
  told(term: FunctionTerm, told: Told | null, shape?: Shape): FunctionTerm;
  /**
   * By which part of its first argument a function goes, if any, and the strings and numbers with which
   * it compares that; null where it goes by nothing of it.
   */
  asksFirst(
    given: FunctionTerm,
  ): { readonly part: string | null; readonly literals: readonly string[] } | null;
}

/** What statements do, and where they lead. */
export interface Statements {
  statements(statements: readonly Node[]): Term;
  statement(node: Node): Term;
  /** What is lowered inside a `try`. */
  inTry(lower: () => Term): Term;
  targeted<T>(target: Target, lower: () => T): T;
}

/** What `switch` does. */
export interface Switches {
  /** @param names the labels in front of it */
  switch(node: Node & { type: 'SwitchStatement' }, names: readonly string[]): Term;
}

/** What a function returns, and what happens to it if it is a promise. */
export interface Returning {
  return(node: Node): Term;
}

/** Functions that are given to functions which are not seen. */
export interface HandedFunctions {
  /** What waiting for such a call does, with the functions that it is given. */
  awaited(call: CallExpression): Term;
  /** What a function does that such a call may wait for. */
  perhaps(node: Node, call: CallExpression): Term;
}

/** Calls of libraries of which it is known what they do with the functions that they are given. */
export interface LibraryCalls {
  /** What a call does where it stands; null for any other call. */
  started(call: CallExpression): Term | null;
  /** What waiting for it does; null for any other call. */
  settled(call: CallExpression, sink: Sink | null): Term | null;
  /** Such a call that is awaited at once; null for any other. */
  made(call: CallExpression): Promised | null;
  /** What waiting for something of a library does that such a call has made; null for anything else. */
  waited(node: Node, sink: Sink | null): Term | null;
  /** Whether awaiting such a call may do something; null for any other call. */
  acts(call: CallExpression): boolean | null;
  /**
   * What a call does by itself, where nobody waits, that runs several functions, one behind the other;
   * null for any other call.
   */
  left(call: CallExpression): Term | null;
  /** What a library runs by something that a call made, each to its end, as a function. */
  run(call: Node, runs: Runs): FunctionTerm;
}

/** Resources: what is disposed of at the end of a block. */
export interface Resources {
  /**
   * The declaration of resources, and what stands behind it in its block: whichever way the block is
   * left, they are disposed of, the last one first.
   */
  scope(declaration: Declaration, rest: () => Term): Term;
  /** The round of a loop that holds an element of a list until it ends. */
  round(declaration: Declaration, list: Node, body: () => Term): Term;
  /** What a call does that disposes of all that a stack holds; null for any other call. */
  disposal(call: CallExpression): Callee | null;
}

/** What repeats. */
export interface Loops {
  loop(
    node: Node,
    names: readonly string[],
    lower: (round: (body: Node) => Term, end: Label) => Term,
  ): Term;
  forEach(node: ForEach, names: readonly string[]): Term;
  /** A loop that counts from one constant to another, and so has a last round; null for any other. */
  counted(node: ForStatement, names: readonly string[]): Term | null;
  /** Code of these nodes, which stands in several places, and binds anew what is bound there in each. */
  copy(nodes: readonly Node[], code: Term): Term;
}

/** Generators, read where they are consumed, and the effects that sagas yield. */
export interface Generators {
  /** The call of a generator that is seen; null for anything else. */
  generatorOf(node: Node): GeneratorCall | null;
  /** One that was called before, where it has a name. */
  begunBefore(made: Node): GeneratorCall | null;
  /**
   * Reads a generator to its end: its code, with the reader's in place of each `yield`. A reader
   * that throws or leaves runs the generator's `finally`, and none of its `catch`.
   */
  read(
    generator: GeneratorCall,
    isAwaited: boolean,
    lower: (round: (body: Term) => Term) => Term,
  ): Term;
  /**
   * The functions that are given to generators, which call them whenever they are read.
   *
   * @param bound those of which it is known when that is
   */
  passed(
    args: readonly Node[],
    functions: readonly FunctionTerm[],
    bound?: ReadonlySet<Node>,
  ): Term;
  yield(node: YieldExpression): Term;
  /** Evaluates a `yield`, and goes on as its value tells. */
  yielded(node: YieldExpression, sink: Sink | null): Term;
  /** Whether a saga waits for the first of several effects, and gets an object that tells which it was. */
  isRace(node: YieldExpression): boolean;
  /** The test of what a `yield` gives: true where its kind is one of these; null if it is not known. */
  test(node: YieldExpression, kinds: ReadonlySet<ResultKind>): Test | null;
}

/** Generators that are read by other means than a loop. */
export interface ReadGenerators {
  /** Reads a generator whose values are spread into a list, or among arguments; null for anything else. */
  spread(node: Node & { readonly type: 'SpreadElement' }): Term | null;
  /**
   * Reads a generator of which values are taken at once; null for anything else.
   *
   * @param isWhole whether all of them are
   */
  consumed(node: Node, isWhole: boolean): Term | null;
  /** Evaluates what a pattern takes apart: a generator is read as far as a list has names for its values. */
  takenApart(pattern: Node, value: Node): Term;
  /** Reads a generator that a collection is made of; null for anything else. */
  collected(node: NewExpression): Term | null;
  /** What `next` of a generator that is seen runs; null for any other call. */
  stepped(node: CallExpression): Term | null;
}

/** What evaluating an expression does. */
export interface Effects {
  effects(nodes: readonly (Node | null)[]): Term;
  /** What evaluating an expression does, including what it leaves to run by itself. */
  effect(node: Node): Term;
  /** What is only looked at is not passed on. */
  operand(node: Node): Term;
  /** What evaluating an expression does whose value goes nowhere. */
  dropped(node: Node): Term;
  /** What a function returns: who calls it, and follows what it gives, sees what becomes of that. */
  returned(node: Node): Term;
  /** A function, or a name, that a function returns once it has been evaluated. */
  handedBack(node: Node): Term;
  /** What is passed on by an expression whose evaluation only reads it, or gives it a name. */
  passedOn(node: Node): Term;
  /** The functions that a function returns are what its calls give. */
  returning(node: Node): Term;
  /** The initial value of a name: giving a function a name is no use of it. */
  bound(node: Node): Term;
  /** An argument of a function that is not seen: it may be called in any state from here on. */
  handedOver(node: Node): Term;
  /** A class, with its methods, or a function that is handed to who is not seen. */
  given(node: Node): Term;
  /** A function, or a name for one, that goes to who is not seen, once it has been evaluated. */
  passed(node: Node): Term;
  allHandedOver(nodes: readonly Node[]): Term;
  /** The part of a callee, or of a member access, that is evaluated before it is used. */
  object(node: Node): Term;
  chain(lower: () => Term): Term;
  /**
   * An optional chain, and what follows it.
   *
   * @param lower is given what makes what follows: that is no part of the chain
   * @param short what follows where the chain is cut short
   */
  chainThen(lower: (then: (follow: () => Term) => Term) => Term, short: () => Term): Term;
  shortCircuit(object: Node): Term;
}

/** What getters and setters do. */
export interface AccessorCalls {
  /** The getters or setters of a property; null where it has none. */
  target(node: MemberExpression, kind: AccessorKind): CallTarget | null;
  /** Reading a property may run a getter, and writing it a setter. */
  run(node: MemberExpression, kind: AccessorKind, mode: CallMode): Term;
  /** What is evaluated of a member before it is assigned to. */
  place(node: MemberExpression): Term;
  /** A pattern takes a property, or all that is left. */
  taken(part: PatternProperty | RestElement): Term;
  /** All properties of an object are read. */
  all(object: Node, site: Node): Term;
  /** What the language's own functions read that a call calls. */
  byLanguage(node: CallExpression): Term;
}

/** What patterns do: their defaults, their computed keys, and the members that they assign to. */
export interface Patterns {
  /** The parameters of a function. */
  patterns(nodes: readonly Node[]): Term;
  pattern(node: Node): Term;
}

/** What defining a class does, and what constructing an object. */
export interface Classes {
  class(node: ClassNode): Term;
  made(node: NewExpression): Term;
}

/** What calling does, of a function that is seen and of one that is not. */
export interface Calls {
  /** @param called the functions that it calls, if they are told otherwise than by the call */
  call(
    node: CallExpression,
    mode: CallMode,
    results: Call['results'],
    called?: Callee | null,
  ): Term;
  /** The promise that a call of async functions makes, which is awaited at once. */
  made(node: CallExpression): Promised;
  /** A call of a function that is seen, and what follows for each of its results. */
  valued(node: CallExpression, mode: CallMode, sink: Sink): Term;
  /** The functions that are called, and what follows for each kind of their results. */
  outcome(callee: Callee, sink: Sink | null): Pick<Call, 'callee' | 'results'>;
  invoke(given: CallTarget, site: Node, mode: CallMode, results?: Call['results']): Call;
  /** Evaluates what a call is given, and the call itself, with what it tells of that. */
  telling(
    given: CallTarget,
    site: Node,
    mode: CallMode,
    results?: Call['results'],
  ): { readonly parts: Term; readonly call: Call };
  /**
   * What an awaited call through a parameter does with its callbacks where it is not known what the
   * parameter holds: what a function does that is not seen.
   */
  ofUnseen(callee: Callee, node: CallExpression): Term;
  /** Whether an expression is a call of a function that is seen, and gives functions that are. */
  givesFunction(node: Node): boolean;
  /** Whether something may wait for what a parameter holds. */
  awaits(parameter: Variable): boolean;
  /** Whether something may wait for an expression, or return it. */
  isWaitedFor(node: Node): boolean;
  calleeParts(node: CallExpression): Term;
  /** Arguments of a function that is seen: the functions among them go to its parameters. */
  arguments(nodes: readonly Node[], taker: Taker): Term;
  /**
   * Evaluates a part of an argument, if it is a function and all that is done with it is seen; null for
   * any other.
   *
   * @param index which argument it is a part of
   * @param part the name of a property, or the place of an element
   */
  followed(
    node: Node,
    functions: readonly FunctionTerm[],
    index: number,
    part: string | number,
  ): Term | null;
  /** Evaluates what a call is given, for these functions. */
  evaluated(target: Pick<CallTarget, 'args' | 'kept'>, taker: Taker): Term;
  /**
   * The atom that tells whether `list.map(…)` gives any promise to the `Promise.all(…)` around it;
   * null for any other call.
   */
  hasElements(call: CallExpression): Atom | null;
  /** A function given to the language, which calls it with nothing that is known. */
  callback(node: Node, mode: CallMode, sink?: Sink | null): Term | null;
  /** The same of one that is given what a promise is rejected with; or what is told. */
  handler(node: Node, sink: Sink | null, told?: Told): Term | null;
  /** A callback that is called for each element of a list. */
  eachOf(list: Node, callback: Node, mode: CallMode): Term | null;
  /** The same of functions that are known to be these. */
  called(node: Node, callee: Callee, mode: CallMode, sink: Sink | null, args?: Call['args']): Term;
  /** Whether an expression calls a function that is seen. */
  isSeen(node: Node): boolean;
  /** Whether an expression calls async functions that are seen: those throw nothing at once. */
  isAsync(call: CallExpression): boolean;
}

/** What a function has a name for of an argument, and may ask something of. */
export interface Taken {
  readonly asked: Asked;
  /** The property, or the element, of the argument; null for the whole. */
  readonly part: string | null;
  /** What it is where no argument is given; null where nothing is said. */
  readonly fallback: Node | null;
  /** What the whole is where no argument is given, and this is a part; left out where nothing is said. */
  readonly instead?: Node;
}

/** What functions ask of what they are given. */
export interface Takers {
  /** What a function has names for of an argument. */
  at(term: FunctionTerm, index: number): readonly Taken[];
  /**
   * What functions ask of a name, or of a part of what it is bound to, that is given to them here,
   * and what those ask that they give it to.
   */
  questions(identifier: Node, part: string | undefined): readonly Question[];
  /** Whether a name is a parameter, of which a function reads a part in one place. */
  asksOnce(name: Name, part: string): boolean;
  /** The parts of what a name is bound to for which functions have names that are given it here. */
  parts(identifier: Node): readonly string[];
}

/** What calls tell of their arguments. */
export interface Answers {
  /**
   * What a call tells, and which of its arguments is evaluated with that; null for none.
   *
   * @param site where it is called
   */
  of(
    target: Pick<CallTarget, 'callee' | 'args'>,
    site: Node,
  ): {
    readonly answers: readonly Answer[];
    readonly evaluated: Node | null;
  };
  /** What of that is still so where the promise is waited for that a call has made. */
  again(target: Pick<CallTarget, 'callee' | 'args'>, site: Node): readonly Answer[];
  /** What a function is told that is called with a value of which this is known. */
  given(callee: Callee, name: Node, told: Told): readonly Answer[];
}

/** A list of which all elements are known. */
export interface KnownList {
  /** Its elements; null where they are not known. */
  readonly items: readonly Node[] | null;
  /** Those that are written, and made, where the list is used. */
  readonly made: readonly Node[];
}

/** What is called: the functions that an expression can be. */
export interface Callees {
  /** The functions that an expression can be; null where none is known. */
  callee(node: Node): Callee | null;
  /** The functions that an element of a list can be; null where none is known. */
  element(list: Node): Callee | null;
  /** The functions that one of several expressions can be; null where none is known. */
  among(nodes: readonly Node[]): Callee | null;
  /** What an expression can be. */
  values(node: Node): readonly Value[];
  /** The parameter that an expression is the whole of; null where it is none. */
  parameter(node: Node): object | null;
  /** The functions among what an expression can be; null where there are none. */
  amongValues(values: readonly Value[]): Callee | null;
  /** The operation that a call performs; null for any other call. */
  operation(node: CallExpression): Operation | null;
  /** The functions that a call calls, itself or by `call` and `apply`, and with which arguments. */
  target(node: CallExpression): CallTarget | null;
  /** Whether a call puts promises together: what it starts runs on by itself. */
  isChain(node: CallExpression): boolean;
  /** The elements of an array literal, also one that is held in a constant. */
  items(node: Node | undefined): readonly Node[] | null;
  /** The same, with those of them that are written right there. */
  list(node: Node): KnownList;
  /** The functions that a call of `reduce` calls in turn, and the promise before; null for others. */
  inTurn(node: CallExpression): { readonly items: readonly Node[]; readonly initial: Node } | null;
  /** What a name can be has changed: what was asked for last is asked for anew. */
  forget(): void;
  /** Whether a name is that of a list which nothing but loops is seen to read. */
  isOnlyLooped(name: Node): boolean;
  isGlobal(node: Node, name: string): boolean;
}

/** Evaluating what can be a promise, and going on with its value. */
export interface Awaiting {
  /** Evaluating an expression and awaiting its value. */
  awaited(node: Node): Term;
  awaitedValue(node: Node, sink: Sink | null): Term;
  /**
   * Evaluates what can be a promise, and goes on with what awaiting it does. Where it can be one of
   * several, each goes on by itself.
   */
  promise(node: Node, follow: (made: Promised) => Term, isAwaited?: boolean): Term;
  /** A chain of promises for which nobody waits. */
  left(node: Node): Term;
  /** A call without what it leaves to run by itself: somebody waits for that. */
  begin(node: Node): Term;
}

/** What awaiting the value of an expression does, once it has been evaluated. */
export interface Settling {
  /** The promise that an expression can be, after it has been evaluated. */
  promise(node: Node, isMade?: boolean): Promised;
  /**
   * What awaiting the value of an expression does, after it has been evaluated.
   *
   * @param isMade whether it is known to be more than `null` or `undefined`
   * @param sink goes on as what the promise is fulfilled with tells
   */
  settle(node: Node, isMade?: boolean, sink?: Sink | null): Term;
  /** Whether awaiting the value of an expression may do more than to wait, and to throw. */
  acts(node: Node): boolean;
  /** Awaits all elements of a list that the function has been given; nothing where none are known. */
  elements(list: Node): Term;
  /** Promises that are given to a function, as one which waits for all; null where nothing is known. */
  together(items: readonly Node[]): Callee | null;
  /** One of several promises, in the same way; null where nothing is known of any. */
  oneOf(items: readonly Node[]): Callee | null;
  /**
   * A promise that is given to a function, as one which waits for it and returns what it is
   * fulfilled with; null where nothing is known of the promise.
   */
  argument(node: Node): Callee | null;
  /** The promise that a call has made. */
  settled(node: CallExpression): Promised;
  settleCall(node: CallExpression, sink?: Sink | null, isMade?: boolean): Term;
  /** The promise of functions that are called in turn, the first one behind a promise. */
  inTurn(receiver: Promised, functions: readonly Node[]): Promised;
  /** The promise that `receiver.then(…)` and the like make. */
  chained(node: CallExpression, receiver: Promised): Promised;
}

/** Functions that run where they stand, and assign to variables around them. */
export interface InPlace {
  /** Whether a function assigns to a variable of the code around it, and runs only where it stands there. */
  assigns(reference: Reference, code: Node): boolean;
  /**
   * What running such a function does, with what it assigns.
   *
   * @param run what running it does, and what goes on with its result
   * @param told what it is told of its first argument
   */
  run(
    callback: Node,
    sink: Sink | null,
    run: (sink: Sink | null) => Term,
    told?: Told | null,
  ): Term;
}

/** Lists of promises that are filled by `push`. */
export interface FilledPromises {
  /** The promises that a list holds where it is waited for; null where that is not known. */
  items(list: Node): readonly Item[] | null;
  /** A list begins, with nothing put into it. */
  began(name: Node): Term;
  /** What a call does that puts something into such a list; null for any other. */
  put(call: CallExpression): Term | null;
}

/** What awaiting a promise does that is kept: in a variable, a property, a map, or in what was given. */
export interface KeptPromises {
  /** @param isMade whether it is known to be more than `null` or `undefined` */
  name(node: Node, isMade: boolean, sink: Sink | null): Term;
  member(member: MemberExpression, isMade: boolean, sink: Sink | null): Term;
  /** What awaiting a promise does that a map gives. */
  entry(use: CallExpression, map: MemberExpression, isMade: boolean, sink: Sink | null): Term;
  /** Awaits a part of what the function has been given, where that is known, or else does this. */
  orGiven(use: Node, parameter: object | null, sink: Sink | null, other: Term): Term;
  /** Whether `??=` or `||=` is sure to assign: nothing has been put there before. */
  fills(given: Node & { type: 'AssignmentExpression' }): boolean;
}

/** What tells whether a default is taken: see {@link Callee.parameter}. */
export interface KnownDefault {
  readonly taken: object;
  readonly left: object;
}

/**
 * What a function does with a property of an argument: nothing, something that is followed, or
 * something else.
 */
export type PartUse = 'ignored' | 'held' | 'passed';

/** The elements of a list, as what they are called in {@link Callee.parameter}. */
export interface Steps {
  readonly first: object;
  readonly steps: readonly object[];
  /** The one behind these. */
  readonly further: object;
}

/**
 * Functions and promises that are parts of what a function is given: elements of lists, and properties
 * of objects.
 */
export interface HeldPromises {
  /** The promises that a call hands to functions as parts of its arguments. */
  given(functions: readonly FunctionTerm[], args: readonly Node[]): readonly Held[];
  /** What a name for a part of an argument is called as a parameter; null for any other name. */
  name(variable: Variable): object | null;
  /** The same for a property, or an element, that is read from an argument. */
  member(node: Node & { type: 'MemberExpression' }): object | null;
  /** The same for all elements of a list. */
  all(list: Node): object | null;
  /** Whether an argument is an element of a list that a function has of its last ones, and only goes through. */
  takesRest(term: Pick<FunctionTerm, 'node'>, index: number): boolean;
  /** The first elements of a list that a function has been given, where it calls each; null for any other. */
  steps(list: Node): Steps | null;
  /** The object that an argument is, where it is written there, or has a name and is only read. */
  written(node: Node): ObjectExpression | null;
  /** Whether an expression is a name that is never reassigned, and of which only properties are read. */
  isOnlyRead(node: Node): boolean;
  /** What functions do with a property, or an element, of an argument that is written out. */
  takesApart(functions: readonly FunctionTerm[], index: number, part: string | number): PartUse;
  /** What tells whether the default of a parameter is taken; null where no call tells. */
  defaultOf(pattern: Node & { type: 'AssignmentPattern' }): KnownDefault | null;
}

/**
 * Promises that are made by hand: `new Promise((resolve, reject) => …)`, `Promise.withResolvers()`.
 *
 * Such a promise settles as that of an async function would which runs the executor's code, returns
 * where that calls `resolve`, and throws where it calls `reject`. What the executor leaves to run
 * later can go on to either; what else it does has been done where the promise was made.
 */
export interface Executors {
  /** What awaiting such a promise does; null where nothing is known of it. */
  settle(node: NewExpression, sink: Sink | null): Term | null;
  /** Whether an expression is the promise of `Promise.withResolvers()`. */
  isDeferred(node: Node): boolean;
  /**
   * What awaiting that does; null for any other expression.
   *
   * @param use where it is awaited
   */
  deferred(node: Node, use: Node, sink: Sink | null): Term | null;
  /**
   * Such a promise, made and awaited at once, where all that the executor does is done by the time
   * that it is settled, or nothing fulfils it while the executor runs; null for any other.
   */
  made(node: NewExpression): Promised | null;
  /**
   * A function that tells its end by what it is given, which is called with an error before its value,
   * called and waited for; null where nothing is known of it.
   *
   * @param call the call that waits for it
   */
  told(node: Node, call: Node, sink: Sink | null): Term | null;
  /** A call, where it leads on to the promise; null for any other call. */
  call(
    node: Node & { type: 'CallExpression' },
    mode: CallMode,
    results: Call['results'],
  ): Term | null;
  /**
   * A callback, where it leads on to the promise; null for any other.
   *
   * @param told what it is called with, where that is known
   */
  callback(node: Node, sink: Sink | null, told?: Told | null): Term | null;
  /** A function that is handed to somebody, where it leads on to the promise; null for any other. */
  handed(node: Node): Term | null;
  /** What is left of a promise that nobody waits for, while the promise is being settled. */
  left(settle: Term): Term | null;
}

/** Tests, which tell two outcomes apart. */
export interface Tests {
  /**
   * A test, with what is proven by how it turns out.
   *
   * @param asked the expression that is tested; or what a case is for, where that is
   */
  proven(asked: Node, test: Test): Test;
  test(node: Node): Test;
  /** The test whether a value is `true`; null where nothing is told of it. */
  isTrue(node: Node): Test | null;
  /** Whether something may be known of what an expression gives, which calls or awaits. */
  tells(node: Node): boolean;
  /**
   * What is known behind a condition that asks twice: of `x === null || x === undefined` where it does not
   * hold, of `x !== null && x !== undefined` where it does.
   */
  neither(node: Node & { type: 'LogicalExpression' }): readonly Fact[];
  /** Whether a value is `null` or `undefined`. The expression has been evaluated if `isDone`. */
  nullish(node: Node, isDone?: boolean): Test;
  /** The test of what a name is bound to. */
  name(node: Node & { type: 'Identifier' }): Test;
  /** The test whether values are equal; null where nothing is known of that. */
  equality(node: Node & { type: 'BinaryExpression' }): Test | null;
  /** The test of what has been evaluated already. */
  known(node: Node): Test;
  /** The kind of a literal, or of a constant that is bound to one. */
  constant(node: Node): ResultKind | null;
  /** The same, with the literal that it is, where that is known. */
  constantTold(node: Node): Told | null;
}

/** Which of two values an expression chooses, where promises are among them. */
export interface Choices {
  /** Evaluates what chooses between two values, and goes on with the one that is chosen. */
  choice(node: Choosing, chosen: Term, other: Term): Term;
  /** Which of the two was chosen, once it has been. */
  chosen(node: Choosing): Test;
  /**
   * What passing on the value of an expression does that has been evaluated.
   *
   * @param mention what passing on a part does that is read, called, made, or given a name
   */
  passedOn(node: Node, mention: (part: Node) => Term): Term;
  /**
   * What tells whether `??=`, or `||=`, assigns, where the promise that it gives is awaited elsewhere;
   * null where nothing does.
   */
  filling(node: Node & { type: 'AssignmentExpression' }): Atom | null;
  /** Whether an expression makes a promise of which something is known. */
  isMade(node: Node): boolean;
}

/** Expressions whose value is told. */
export interface Telling {
  /** What may be asked of a name, or of a part of what a name is bound to; null for anything else. */
  asked(node: Node): Asked | null;
  /** The part of a result that an expression reads; null where nothing may be told of it. */
  part(node: Node): Asked | null;
  /** Whether an expression gives a result of which parts may be told, or a part of one. */
  isPart(node: Node): boolean;
  /** The test of a part of what a name is bound to; null where nothing may be told of it. */
  partTest(node: Node, part: string, question?: Question): Test | null;
  /** Whether a name is bound to a result that may be an object or array which is written out. */
  isShaped(name: Name): boolean;
  /** The parts of what a name is bound to of which something is asked, by their names. */
  /** Evaluates a value, and gives it to a variable of which something is asked. */
  assigned(target: Node, value: Node): Term;
  /** Whether the kind of a value may be told from its expression. */
  isTold(node: Node): boolean;
  partsAsked(name: Name): ReadonlyMap<string, Asked>;
  /** Whether a name is what was thrown, or what a promise was rejected with: an error. */
  isError(node: Node): boolean;
  /** Evaluates an expression and goes on as its value tells. */
  valued(node: Node, sink: Sink, isNamed?: boolean): Term;
}

/** A test whether one of several came out in a way, */
export interface OutcomesAsked {
  readonly test: Test;
  /** as it is asked of each, */
  readonly asked: Node;
  /** and what is done then. */
  readonly then: Node;
}

/** How promises came out that `Promise.allSettled` has waited for. */
export interface Outcomes {
  /** Whether what an expression tells of came out fulfilled; null where it is not known what it is. */
  came(node: Node): Test | null;
  /**
   * For each element of the list that a call of `allSettled` is given, whether it was fulfilled; none
   * where that is not asked.
   */
  of(call: Node, elements: readonly Node[]): readonly (Atom | null)[];
  /** The test of how one came out, or several; null for any other expression. */
  test(node: Node): Test | null;
  /** The test whether a status is what a literal says; null where it is none. */
  is(status: Node, literal: Node): Test | null;
  /** The test of a loop that is left where one came out in a way, and does nothing else; null for others. */
  ofLoop(loop: ForEach): OutcomesAsked | null;
  /** The same of a call of `forEach` that throws. */
  ofEach(call: CallExpression): OutcomesAsked | null;
}

/** What the lowering asks about code: whose names, what they can be, and which calls concern. */
interface Sources {
  readonly bindings: Bindings;
  readonly values: Resolver;
  readonly host: LowerHost;
}

/** What the parts of the lowering share, and how they reach each other. */
export interface Lower extends Sources {
  readonly atoms: Atoms;
  /** Which string or number a name, or a member of something, always is. */
  readonly constants: Constants;
  readonly reassigned: Reassigned;
  readonly names: Names;
  /** What the code that is being lowered stands in. */
  context: Context;
  /** How many expressions and statements have been lowered so far. */
  lowered: number;
  readonly definitions: Definitions;
  readonly statements: Statements;
  readonly sides: Sides;
  readonly switches: Switches;
  readonly returning: Returning;
  readonly resources: Resources;
  readonly loops: Loops;
  readonly counters: Counters;
  readonly lists: Lists;
  readonly filled: FilledPromises;
  readonly inPlace: InPlace;
  readonly generators: Generators;
  readonly readGenerators: ReadGenerators;
  readonly effects: Effects;
  readonly accessors: AccessorCalls;
  readonly patterns: Patterns;
  readonly classes: Classes;
  readonly components: Components;
  readonly calls: Calls;
  readonly callees: Callees;
  readonly takers: Takers;
  readonly answers: Answers;
  readonly awaiting: Awaiting;
  readonly settling: Settling;
  readonly kept: KeptPromises;
  readonly held: HeldPromises;
  readonly handed: HandedFunctions;
  readonly libraries: LibraryCalls;
  readonly executors: Executors;
  readonly tests: Tests;
  readonly choices: Choices;
  readonly outcomes: Outcomes;
  readonly telling: Telling;
}
