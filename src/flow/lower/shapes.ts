/**
 * What is told of the parts of a value: of the properties of an object, or the elements of an array.
 *
 * A function whose caller asks for parts of its result, as in `const [error] = await to(promise)`, is
 * lowered once more: there, each kind of its results stands for values whose parts are alike.
 */

import { keyName, type Node } from '../../syntax/ast.ts';
import { Exits, type Shape, type Sink, type Told } from './context.ts';
import { exit } from '../term/make.ts';
import type { Call, ResultKind, Term } from '../term/term.ts';
import { isOfMany } from './questions.ts';

/** Of a value in which something is written out: what is told of a part, by its node. */
export function shapeOf(node: Node, told: (part: Node) => Told | null): Shape {
  return (name) => {
    const part = partOf(node, name);
    if (part === null) return null;
    return part === 'nothing' ? NOTHING : told(part);
  };
}

/** The part of an object or an array that is written out; null where it is not told. */
export function partOf(node: Node, name: string): Node | 'nothing' | null {
  switch (node.type) {
    case 'ArrayExpression': {
      const index = Number(name);
      const before = node.elements.slice(0, index + 1);
      const isTold = before.every((element) => element?.type !== 'SpreadElement');
      return isTold ? (node.elements[index] ?? 'nothing') : null;
    }
    case 'ObjectExpression':
      for (const property of [...node.properties].reverse()) {
        if (property.type === 'SpreadElement') return null;
        const key = keyName(property.key, property.computed);
        if (key === null) return null;
        if (key === name) return property.kind === 'init' ? property.value : null;
      }
      return 'nothing';
    case 'JSXOpeningElement':
      for (const attribute of [...node.attributes].reverse()) {
        const given = attributeOf(attribute);
        if (given === null) return null;
        if (given.name === name) return given.value;
      }
      return name === 'children' ? null : 'nothing';
    default:
      return null;
  }
}

/** The name of a property that an element gives, and its value; null where either is not told. */
export function attributeOf(node: Node): { readonly name: string; readonly value: Node } | null {
  if (node.type !== 'JSXAttribute' || node.name.type !== 'JSXIdentifier') return null;
  const { name, value } = node;
  return {
    name: name.name,
    value: value?.type === 'JSXExpressionContainer' ? value.expression : (value ?? node),
  };
}

/** What is told of a part that is not there. */
export const NOTHING: Told = { kind: 'nullish', key: 'undefined' };

/** Something that goes on as a value tells whether it is one of these literals. */
export function byLiteral(literals: readonly string[], sink: Sink): Sink {
  return literals.length === 0 ? sink : byParts([], sink, literals);
}

/** Something that goes on as these parts of a value tell, too. */
export function byParts(parts: readonly string[], sink: Sink, literals?: readonly string[]): Sink {
  return Object.assign<Sink, Pick<Sink, 'literals' | 'parts'>>(
    (kind, key, shape) => sink(kind, key, shape),
    { parts, ...(literals !== undefined && { literals }) },
  );
}

/** What is told of a value, and of those of its parts that are asked for. */
interface Outcome extends Told {
  readonly parts: ReadonlyMap<string, Told | null>;
}

const NO_PARTS: Outcome['parts'] = new Map();

/** The kinds that stand for outcomes. One is left for values of which nothing is known. */
const CODES = ['true', 'false', 'truthy'] as const;

/** So many values that are there can be told apart. */
export const MAX_TOLD_APART = CODES.length;

/** How the results of functions are told apart by their parts. */
export class Coding {
  readonly parts: readonly string[];
  readonly literals: readonly string[] | undefined;
  readonly #outcomes: Outcome[] = [];
  /** Whether it is asked which nothing a result is. */
  readonly #asksNothing: boolean;

  /** @param literals those for which it is asked: others are alike; left out where that is not known */
  constructor(parts: readonly string[], literals: readonly string[] | undefined) {
    this.parts = parts;
    this.literals = literals;
    this.#asksNothing =
      parts.length === 0 && literals?.some((key) => key === 'null' || key === 'undefined') === true;
  }

  /** The kind that stands for a result. */
  encode(
    kind: ResultKind | 'any',
    key: string | undefined,
    shape: Shape | undefined,
  ): ResultKind | 'any' {
    if (kind === 'any') return kind;
    if (this.#asksNothing) return this.#encodeNothing(kind, key);
    if (kind === 'nullish') return kind;
    const parts = new Map(this.parts.map((part) => [part, shape?.(part) ?? null]));
    const asked = key === undefined ? undefined : askedOf(kind, key, this.literals);
    return this.#code({ kind, parts, ...(asked !== undefined && { key: asked }) });
  }

  /** The kind that stands for a result of which is asked which nothing it is, and no more. */
  #encodeNothing(kind: ResultKind, key: string | undefined): ResultKind | 'any' {
    if (kind !== 'nullish') return this.#code({ kind: 'truthy', key: ANOTHER, parts: NO_PARTS });
    return key === undefined ? 'any' : this.#code({ kind, key, parts: NO_PARTS });
  }

  #code(outcome: Outcome): ResultKind | 'any' {
    const known = this.#outcomes.findIndex((other) => isSame(other, outcome));
    if (known >= 0) return CODES[known] ?? 'any';
    return this.#outcomes.length < CODES.length
      ? (CODES[this.#outcomes.push(outcome) - 1] ?? 'any')
      : 'any';
  }

  /** What follows for each kind. Which results these stand for is known once they are asked for. */
  results(sink: Sink): NonNullable<Call['results']> {
    const known = new Map<Outcome, Term>();
    const unknown = sink('any');
    const of = (code: number): Term => {
      const outcome = this.#outcomes[code];
      if (outcome === undefined) return unknown;
      let term = known.get(outcome);
      if (term === undefined) {
        term = sink(outcome.kind, outcome.key, (part) => outcome.parts.get(part) ?? null);
        known.set(outcome, term);
      }
      return term;
    };
    return {
      get true() {
        return of(0);
      },
      get false() {
        return of(1);
      },
      get truthy() {
        return of(2);
      },
      // A function that ends without a value is left so.
      nullish: this.#asksNothing ? sink('nullish', 'undefined') : sink('nullish'),
      falsy: unknown,
    };
  }
}

/** Stands for all literals for which it is not asked. */
export const ANOTHER = 'another';

/** A literal of a kind, or what stands for all the strings and numbers for which it is not asked. */
export function askedOf(
  kind: ResultKind,
  key: string,
  literals: readonly string[] | undefined,
): string {
  return !isOfMany(kind) || literals === undefined || literals.includes(key) ? key : ANOTHER;
}

function isSame(one: Outcome, other: Outcome): boolean {
  if (!isAlike(one, other)) return false;
  for (const [part, told] of one.parts) {
    if (!isAlike(told, other.parts.get(part) ?? null)) return false;
  }
  return true;
}

function isAlike(one: Told | null, other: Told | null): boolean {
  return one?.kind === other?.kind && one?.key === other?.key;
}

/** Where a function returns to whose results are told apart by their parts. */
export class CodedExits extends Exits {
  readonly #coding: Coding;
  #sink: Sink | null = null;

  constructor(coding: Coding) {
    super();
    this.#coding = coding;
  }

  override get leave(): Sink {
    const coding = this.#coding;
    this.#sink ??= byParts(
      coding.parts,
      (kind, key, shape) => exit(this[coding.encode(kind, key, shape)]),
      coding.literals,
    );
    return this.#sink;
  }
}
