/** Values of libraries, each of which is one however it is asked for. */

import type { CallExpression, FunctionNode, NewExpression, Node } from '../../syntax/ast.ts';
import type { Value } from '../resolve.ts';
import type { Providing } from '../uses.ts';
import type { Runs } from './runs.ts';
import type { After, Redux, Shape } from './shapes.ts';

export type AnyCall = CallExpression | NewExpression;

/** A value of a library: what it is, and the calls that made it, the last one first. */
export interface Thing {
  readonly kind: 'library';
  readonly shape: Shape;
  readonly calls: readonly AnyCall[];
}

/** What is put into a store, or an atom. */
export interface Stored {
  /** The call that made the atom; null where it is a store. */
  readonly atom: CallExpression | null;
  /** What the state of the store can be, whose properties are given. */
  readonly into: readonly Value[];
  readonly given: Node | null;
  /** Whether anything may be given. */
  readonly isAny: boolean;
}

/** What has to do with an atom. */
export interface Held {
  /** The call that made the atom. */
  readonly atom: CallExpression;
  /** Whether it can be given something. */
  readonly isSetter: boolean;
}

/** Something of Redux. */
export interface Part {
  readonly role: Redux;
  /** What it is told by. */
  readonly key: object;
  readonly name: string | null;
  /** The calls that made it, the last one first. */
  readonly calls: readonly AnyCall[];
}

/** A selector that is made of functions. */
export interface Selector {
  /** What gives it the parts of the state, one for each of its arguments; null where those are as they are. */
  readonly inputs: readonly Node[] | null;
  /** The property of the state that it is given; null for all of it. */
  readonly path: string | null;
  readonly result: Node;
}

/** What an expression can only be once something has run to its end. */
export interface Ended {
  /** What it is told by. */
  readonly key: object;
  readonly runs: Runs;
  /** The call that it is of. */
  readonly call: AnyCall;
  /** What it can be before that. */
  readonly starts: After['starts'];
  readonly isShared: boolean;
}

/** What a call may put into a cache. */
export interface Cached {
  /** Null where that is not seen. */
  readonly key: Node | null;
  /** What does, once it has run; null for what is given. */
  readonly runs: Runs | null;
}

/** What expressions can be. */
export interface LibraryReader {
  of(node: Node): readonly Value[];
  /** What a function returns. */
  returned(node: FunctionNode): readonly Value[];
  /** The expressions that a function returns; null for nothing. */
  endsOf(node: FunctionNode): readonly (Node | null)[];
  /** What a property of a value is. */
  member(value: Value, name: string): readonly Value[];
  /** What components may provide to contexts. */
  readonly providing: readonly Providing[];
}

interface Known {
  readonly thing: Thing;
  readonly next: Map<AnyCall, Known>;
}

export class Things {
  readonly #things = new Map<Shape, Known>();

  /** Things that are made in the same way are one. */
  of(shape: Shape, calls: readonly AnyCall[]): Thing {
    let known: Known | undefined = this.#things.get(shape);
    if (known === undefined) {
      known = { thing: { kind: 'library', shape, calls: [] }, next: new Map() };
      this.#things.set(shape, known);
    }
    let made: readonly AnyCall[] = [];
    for (const call of calls) {
      made = [...made, call];
      let next: Known | undefined = known.next.get(call);
      if (next === undefined) {
        next = { thing: { kind: 'library', shape, calls: made }, next: new Map() };
        known.next.set(call, next);
      }
      known = next;
    }
    return known.thing;
  }
}

/** The things among what an expression can be. */
export function thingsAmong(values: readonly Value[]): readonly Thing[] {
  return values.flatMap((value) =>
    value.kind === 'external' && isThing(value.external) ? [value.external] : [],
  );
}

type Each = NonNullable<Shape['each']>;

const named = new WeakMap<Each, Map<string, Shape>>();

/** What a property is that a shape has under any name. */
export function eachNamed(each: Each, name: string): Shape {
  const known = named.get(each) ?? new Map<string, Shape>();
  named.set(each, known);
  let shape = known.get(name);
  if (shape === undefined) {
    shape = typeof each === 'function' ? each(name) : { ...each, named: name };
    known.set(name, shape);
  }
  return shape;
}

export function isThing(external: object): external is Thing {
  return 'kind' in external && external.kind === 'library';
}
