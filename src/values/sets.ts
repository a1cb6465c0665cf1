/** The values of the resolver: functions, classes, objects, and things that only its host knows. */

import {
  functionAround,
  isWithin,
  type ArrayExpression,
  type CallExpression,
  type FunctionNode,
  type NewExpression,
  type ObjectExpression,
} from '../syntax/ast.ts';
import type { Written } from './value.ts';

export type Value =
  | Written<Closure>
  | { readonly kind: 'promise'; readonly of: readonly Value[] }
  /** A `Map` or `WeakMap`, by where it is made. */
  | { readonly kind: 'map'; readonly node: NewExpression }
  /** Something that the host told of; only the host knows what it is. */
  | { readonly kind: 'external'; readonly external: object }
  /** Beside other values: it may be something of which nothing is known. */
  | { readonly kind: 'unknown' };

/** What can depend on what a function was given that made it. */
interface Closure {
  /** The calls of `bind` that have given it its first arguments, in order; left out where there are none. */
  readonly bound?: readonly CallExpression[];
  /** The calls that made it, the outermost first; left out where nothing was given to them. */
  readonly made?: readonly CallExpression[];
}

/** More possibilities than this are as good as none. */
export const MAX_VALUES = 16;

/** Closures that are made within each other more deeply than this are not told apart. */
const MAX_MADE = 6;

export const NOTHING: readonly Value[] = [];
export const UNKNOWN: readonly Value[] = [{ kind: 'unknown' }];

/**
 * What a promise of these values is fulfilled with; what is no promise is itself. Each promise is
 * another, so what they have in common would be there once for each way to one of them.
 */
export function settled(values: readonly Value[]): readonly Value[] {
  if (!values.some(({ kind }) => kind === 'promise')) return values;
  const all = values.flatMap((value) => (value.kind === 'promise' ? settled(value.of) : [value]));
  return few(all) ?? few(all.map(unmade)) ?? NOTHING;
}

/** A literal that is made of a value. */
export function literalOf(node: ObjectExpression | ArrayExpression, of: Value): Value {
  const made = 'made' in of ? { made: of.made } : {};
  return node.type === 'ObjectExpression'
    ? { kind: 'object', node, ...made }
    : { kind: 'array', node, ...made };
}

/**
 * A value that a call of a function gives: what is written in the function, that call has made. What
 * a function makes by calling itself is not told apart by how often it does.
 */
export function madeBy(value: Value, call: CallExpression, maker: FunctionNode): Value {
  if (value.kind === 'promise') {
    return { kind: 'promise', of: value.of.map((one) => madeBy(one, call, maker)) };
  }
  return isRecursive(value, call, maker) ? value : within(value, [call], maker);
}

/** Whether a call is in a function that it runs, or in one that runs by a call that made the value. */
function isRecursive(value: Value, call: CallExpression, maker: FunctionNode): boolean {
  if (isWithin(call, maker)) return true;
  return (
    'made' in value &&
    (value.made ?? []).some((inner) => {
      const around = functionAround(inner);
      return around !== null && isWithin(call, around);
    })
  );
}

/** A part of a value: what is written where that was made, the same calls have made. */
export function heldBy(owner: Value, value: Value): Value {
  if (!('made' in owner)) return value;
  const maker = functionAround(owner.node);
  return maker === null ? value : within(value, owner.made, maker);
}

function within(value: Value, calls: readonly CallExpression[], maker: FunctionNode): Value {
  if (value.kind !== 'function' && value.kind !== 'object' && value.kind !== 'array') return value;
  const { node, made = [] } = value;
  const inner = made[0] ?? node;
  if (inner === maker || !isWithin(inner, maker)) return value;
  const all = [...calls, ...made];
  return all.length > MAX_MADE ? value : { ...value, made: all };
}

/** What `bind` makes of a value; what it gives is not known where it is spread. */
export function boundBy(value: Value, call: CallExpression): Value {
  const args = call.arguments.slice(1);
  if (value.kind !== 'function' || args.length === 0) return value;
  if (args.some(({ type }) => type === 'SpreadElement')) return { kind: 'unknown' };
  return { ...value, bound: [...(value.bound ?? []), call] };
}

/** What calls of `bind` have given, in order. */
export function givenBy(
  calls: readonly CallExpression[] = [],
): readonly CallExpression['arguments'][number][] {
  return calls.flatMap((call) => call.arguments.slice(1));
}

/** The same value, whatever calls have made it. */
function unmade(value: Value): Value {
  if (value.kind !== 'function' && value.kind !== 'object' && value.kind !== 'array') return value;
  const { made, ...bare } = value;
  return made === undefined ? value : bare;
}

/** Whether two values are one, made by the same calls. */
export function sameValue(one: Value, other: Value): boolean {
  if (!sameOrigin(one, other)) return false;
  const { made, bound } = callsOf(one);
  const others = callsOf(other);
  return sameCalls(made, others.made) && sameCalls(bound, others.bound);
}

function callsOf(value: Value): Closure {
  return value.kind === 'function' || value.kind === 'object' || value.kind === 'array'
    ? value
    : {};
}

function sameCalls(
  calls: readonly CallExpression[] = [],
  others: readonly CallExpression[] = [],
): boolean {
  if (calls === others) return true;
  return calls.length === others.length && calls.every((call, index) => call === others[index]);
}

/** What can be called: a function can have a namespace of the same name, which only has members. */
export function callableAmong(values: readonly Value[]): readonly Value[] {
  return values.some(({ kind }) => kind === 'namespace')
    ? values.filter(({ kind }) => kind !== 'namespace')
    : values;
}

/** Whether two values are written in the same place. */
export function sameOrigin(one: Value, other: Value): boolean {
  switch (one.kind) {
    case 'external':
      return other.kind === 'external' && one.external === other.external;
    case 'unknown':
      return other.kind === 'unknown';
    case 'promise':
      return one === other;
    default:
      return one.kind === other.kind && 'node' in other && one.node === other.node;
  }
}

export function distinct(values: readonly Value[]): readonly Value[] {
  if (values.every(({ kind }) => kind === 'unknown')) return NOTHING;
  return few(values) ?? few(values.map(unmade)) ?? NOTHING;
}

/** Those that differ; null where they are too many. */
function few(values: readonly Value[]): readonly Value[] | null {
  const kept: Value[] = [];
  for (const value of values) {
    if (!kept.some((other) => sameValue(other, value))) kept.push(value);
    if (kept.length > MAX_VALUES) return null;
  }
  return kept;
}
