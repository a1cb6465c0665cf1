/** What an expression of token-minting code can be. */

import type {
  ArrayExpression,
  CallExpression,
  ClassNode,
  FunctionNode,
  NewExpression,
  Node,
  ObjectExpression,
} from '../syntax/ast.ts';
import type { Bindings } from '../syntax/bindings.ts';
import type { RestElement } from '../syntax/patterns.ts';
import type { Handing, Write } from './changes.ts';
import type { Linear } from './linear.ts';

/** How the source shows in which unit a length of time is. */
export interface UnitSign {
  readonly unit: 'seconds' | 'milliseconds';
  /**
   * - `factor`: a multiplication by 1000 is written out
   * - `call`: it is the result of a function that gives this unit, such as `ms()`
   * - `clock`: it is a difference of two times in this unit
   */
  readonly by: 'factor' | 'call' | 'clock';
}

/**
 * A number. `linear` is null where only its type is known. `sign` is about the part of it that does
 * not depend on the clock: `Math.floor(Date.now() / 1000) + ms('5m')` is a time in seconds (by its
 * slope) with a sign of milliseconds. A division by 1000 turns milliseconds into seconds.
 */
export interface NumberValue {
  readonly kind: 'number';
  readonly linear: Linear | null;
  readonly sign: UnitSign | null;
  /** Whether a logical operator has told that it is neither 0 nor `NaN`. */
  readonly isTruthy: boolean;
}

/** The decimal notation of a number, or that of a date, as `toISOString()` gives it, in milliseconds. */
export interface Notation {
  readonly of: 'number' | 'date';
  readonly value: Linear;
}

/** A string, with its text where that is the same in each run. */
export interface StringValue {
  readonly kind: 'string';
  readonly text: string | null;
  /** What the text is the notation of, where that depends on the clock. */
  readonly spells: Notation | null;
  /** Whether a time and a text were joined by a `+` that looks like a sum. */
  readonly joined: boolean;
  /** The name of the environment variable that it is, such as `X` in `process.env.X`. */
  readonly environment: string | null;
  /** What is known of it beside its text. An environment variable that is not known to be may not be set. */
  readonly known: 'present' | 'truthy' | null;
}

/** The makers of dates and of lengths of time. */
export type TimeLibrary = 'date' | 'date-fns' | 'dayjs' | 'luxon' | 'moment' | 'oslo' | 'temporal';

/**
 * A point in time: a `Date` or what a library has instead. `at` is in milliseconds since the epoch,
 * so a slope of 0.001 tells that it was made of seconds: `new Date(nowInSeconds)`. `at` is null
 * where it can't be computed.
 */
export interface InstantValue {
  readonly kind: 'instant';
  readonly library: TimeLibrary;
  readonly at: Linear | null;
  readonly sign: UnitSign | null;
}

/** A length of time as an object, such as a luxon `Duration` or an oslo `TimeSpan`. */
export interface SpanValue {
  readonly kind: 'span';
  readonly library: TimeLibrary;
  /** In milliseconds; months and years are of average length, and have an error. */
  readonly length: Linear | null;
}

/** A part of a date such as `d.getMinutes() + 5`: `offset` more than that part of `of`. */
export interface FieldValue {
  readonly kind: 'field';
  /** As it is called in `getMinutes` and `setMinutes`. */
  readonly field: string;
  readonly of: Linear;
  readonly offset: number;
}

/**
 * What is written in the source, of which there is one for each run that comes to it.
 *
 * @template Kind see {@link Written}
 * @template Made tells of which run it is
 */
export type WrittenAs<Kind extends keyof WrittenNodes, Made extends object> = Made & {
  readonly kind: Kind;
  readonly node: WrittenNodes[Kind];
};

interface WrittenNodes {
  readonly function: FunctionNode;
  readonly class: ClassNode;
  readonly enum: EnumNode;
  readonly namespace: NamespaceNode;
  /** An object of the class. */
  readonly instance: ClassNode;
  readonly object: ObjectExpression;
  readonly array: ArrayExpression;
}

/** A function, a class, an enum or a namespace, an object of a class, the object or the list of a literal. */
export type Written<Made extends object> =
  | WrittenAs<'function', Made>
  | WrittenAs<'class', Made>
  | WrittenAs<'enum', Made>
  | WrittenAs<'namespace', Made>
  | WrittenAs<'instance', Made>
  | WrittenAs<'object', Made>
  | WrittenAs<'array', Made>;

export type EnumNode = Node & { readonly type: 'TSEnumDeclaration' };
export type NamespaceNode = Node & { readonly type: 'TSModuleDeclaration' };

/** The expressions of the file that something is written in, in the run that it is of. */
export interface InFile {
  readonly file: Expressions;
}

export type ObjectValue = WrittenAs<'object', InFile>;
export type ArrayValue = WrittenAs<'array', InFile>;
export type InstanceValue = WrittenAs<'instance', InFile>;

/** Settings, or a schema of them, by the literals that say what they are; the first counts. */
export interface SettingsValue extends InFile {
  readonly kind: 'settings';
  readonly shapes: readonly ObjectExpression[];
}

/** A promise, by what it may be fulfilled with. */
export interface PromiseValue {
  readonly kind: 'promise';
  readonly of: Possibilities;
}

export type Value =
  | NumberValue
  | StringValue
  | InstantValue
  | SpanValue
  | FieldValue
  | Written<InFile>
  | SettingsValue
  | PromiseValue
  | { readonly kind: 'boolean'; readonly value: boolean | null }
  | { readonly kind: 'null' }
  | { readonly kind: 'undefined' }
  /**
   * What is known of it is what a logical operator tells that took its left side, or that it is an
   * object, which is caught or was made.
   */
  | { readonly kind: 'unknown'; readonly known: 'falsy' | 'object' | 'present' | 'truthy' | null };

/**
 * How an expression comes to have a value:
 * - `written`: nothing else is written in its place, or it is an arm of a conditional
 * - `fallback`: what stands left of `??` or `||` decides
 * - `default`: of a parameter or a destructuring, used where nothing is given
 * - `bound`: it is this at the most: what is not known can be less
 */
export type Role = 'written' | 'fallback' | 'default' | 'bound';

/** One of the values that an expression can have. */
export interface Possibility {
  readonly value: Value;
  readonly role: Role;
  /** The expression that has the value, in `file`: of a fallback, the right side alone. */
  readonly node: Node;
  readonly file: Expressions;
  /** Which way was taken where the program decides; what contradicts itself is no possibility. */
  readonly choices: ReadonlyMap<object, number>;
}

/** All that an expression can be: at least one. What is not known is there as `unknown`. */
export type Possibilities = readonly [Possibility, ...Possibility[]];

/**
 * Something of a package, or of the language where `module` is null: the module
 * `jsonwebtoken` and the path `['sign']`, no module and the path `['Date', 'now']`. A `default` at the head of the path
 * is left out: in every form of import, `jwt.sign` is the same.
 */
export interface External {
  /** The package with its subpath, without its version or registry; see `packageOf`. */
  readonly module: string | null;
  /** As it is written in the import; null for the language's own. */
  readonly specifier: string | null;
  readonly path: readonly string[];
}

/** Something that depends on choices: a value, or the arguments of a call. */
export interface Option<T> {
  readonly value: T;
  readonly role: Role;
  readonly choices: ReadonlyMap<object, number>;
}

/** What a function of a table gets: a value, or an object literal as the values of its properties. */
export type Argument =
  Value | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, Value> };

/** A call of a function of the file, in that file or in another. */
export interface FollowedCall {
  readonly call: CallExpression | NewExpression;
  readonly target: FunctionNode;
  /** The expressions of the file that the call is in, where that is another one. */
  readonly from?: Expressions;
}

/** How far calls are followed from one that stands in no run of a function. */
export interface Reach {
  /** Through how many calls. */
  readonly depth: number;
  /** How many runs of functions may still be worked out below that call. */
  readonly left: { runs: number };
}

/** One of the expressions that another has its value from, one step back. */
export interface Source {
  readonly node: Node;
  /** The expressions of the file that it is in, in the run that it is of. */
  readonly file: Expressions;
  /** The call that gives it as an argument; null where it is none. */
  readonly by: CallExpression | NewExpression | null;
  /** Whether it is the value only where that is falsy: the left side of `&&`. */
  readonly isFalsy: boolean;
}

/** What a call gives to the function that it runs: worked out where it is read. */
export interface Given {
  /** The expression that is an argument; null where there is none, or it is not known which. */
  source(index: number): Source | null;
  /** An argument; `undefined` where there is none. */
  at(index: number, parameter: Node): Possibilities;
  /** The arguments that a rest parameter gets. */
  rest(parameter: RestElement): Possibilities;
}

/** The expressions of one file, as they are when certain calls of its functions are under way. */
export interface Expressions {
  readonly bindings: Bindings;
  /** What an expression of this file can be. Of a declaration, the function, class or enum. */
  of(node: Node): Possibilities;
  /** Whether a test always turns out true, or always false; null for others. */
  outcome(test: Node): boolean | null;
  /**
   * The package export or global that an expression is, whatever way it came by its name: imports
   * of all forms, `require`, `await import()`, destructuring, constants, members; or what is under
   * these names in it. Null for others.
   */
  external(node: Node, members?: readonly string[]): External | null;
  /**
   * What a property of an object literal can be: the last of that name, from spreads too;
   * `undefined` where the object has none.
   *
   * @param use where it is read; what is assigned to it further down then does not count
   */
  property(object: ObjectValue, name: string, use?: Node | null): Possibilities;
  /**
   * The expressions of the same file as they are when these calls are under way, the outermost
   * first: the parameters of the functions that they call are what the calls give.
   */
  inCalls(calls: readonly FollowedCall[]): Expressions;
  /**
   * The expressions that an expression of this file has its value from: the arms of a choice that can
   * be taken, what is awaited, the one thing that a constant or a parameter is given, the one that a
   * called function returns. Null where it makes its value itself, or that is not known.
   */
  sources(node: Node): readonly Source[] | null;
  /** What a call that is under way gives to a parameter of this file, or to a name in one. */
  given(parameter: Node): Source | null;
  /** The expression that an object literal of this file always has under a name; null for none. */
  propertyNode(object: ObjectExpression, name: string): Node | null;
  /** Where this file changes an object literal of it, by whatever name, in the order of the source. */
  changes(object: ObjectExpression): readonly Write[];
  /** The calls of this file that get an object literal of it, or one that it is a part of. */
  handings(object: ObjectExpression): readonly Handing[];
  /** What a property of a value of this file is, where another file reads it. */
  member(of: Value, name: string, use: Node): Possibilities;
  /** What an object of a class of this file has itself, and not by its prototype. */
  ownProperty(of: InstanceValue, name: string, use: Node): Possibilities;
  /**
   * What a function of this file returns; null where that is not followed.
   *
   * @param given what it is called with; null for a getter
   * @param reach how far calls have been followed already
   */
  run(node: FunctionNode, given: Given | null, reach: Reach): readonly Possibility[] | null;
  /** What a call of this file gives to what it calls. */
  givenBy(call: CallExpression | NewExpression): Given;
  /** The object that constructing a class of this file makes. */
  instance(node: ClassNode, given: Given): InstanceValue;
  /** An object literal of this file as the values of its properties. */
  records(object: ObjectValue, use: Node, option: Option<unknown>): readonly Option<Argument>[];
}

export const UNKNOWN: Value = { kind: 'unknown', known: null };
export const SOME_OBJECT: Value = { kind: 'unknown', known: 'object' };
export const UNDEFINED: Value = { kind: 'undefined' };
export const UNKNOWN_NUMBER = number(null);
export const UNKNOWN_STRING = string({});

/** @param sign see {@link NumberValue} */
export function number(linear: Linear | null, sign: UnitSign | null = null): NumberValue {
  return { kind: 'number', linear, sign, isTruthy: false };
}

export function string(parts: Partial<StringValue>): StringValue {
  return {
    kind: 'string',
    text: null,
    spells: null,
    joined: false,
    environment: null,
    known: null,
    ...parts,
  };
}

export function text(value: string): StringValue {
  return string({ text: value });
}

export function instant(
  library: TimeLibrary,
  at: Linear | null,
  sign: UnitSign | null = null,
): InstantValue {
  return { kind: 'instant', library, at, sign };
}

export function span(library: TimeLibrary, length: Linear | null): SpanValue {
  return { kind: 'span', library, length };
}
