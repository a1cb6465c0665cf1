/** What calls of libraries are given, by the places that the table names. */

import { keyName, unwrap, type FunctionNode, type Node } from '../../syntax/ast.ts';
import { isSpread } from '../../syntax/forms.ts';
import type { Ref } from './shapes.ts';
import type { AnyCall, LibraryReader } from './things.ts';

/** Calls, the last one first; null for one that is still to come. */
export type Calls = readonly (AnyCall | null)[];

/** What is nested more deeply in an object is not looked at. */
const MAX_NESTED = 16;

export class GivenParts {
  readonly #values: Pick<LibraryReader, 'of'>;

  constructor(values: Pick<LibraryReader, 'of'>) {
    this.#values = values;
  }

  /** What is spread among the arguments that come before a place, or at it. */
  spreadAt(ref: Ref, calls: Calls): Node | null {
    const up = ref.lastIndexOf('^') + 1;
    const given = calls[up]?.arguments.slice(0, Number(ref.slice(up)) + 1) ?? [];
    return given.find(({ type }) => type === 'SpreadElement') ?? null;
  }

  /** The expressions at a place of what calls are given. */
  at(ref: Ref, calls: Calls): readonly Node[] {
    const up = ref.lastIndexOf('^') + 1;
    const [index = '', ...keys] = ref.slice(up).split('.');
    const call = calls[up] ?? null;
    if (index === '@') {
      const callee = call === null ? null : unwrap(call.callee);
      return callee?.type === 'MemberExpression' ? [callee.object] : [];
    }
    const args = call?.arguments ?? [];
    const place = Number(index);
    if (isSpread(args, place)) return [];
    const argument = args[place];
    if (argument === undefined) return [];
    return this.parts([argument], keys);
  }

  /** What at a place is a function of the user's. */
  functionsAt(
    ref: Ref,
    calls: Calls,
  ): readonly { readonly node: Node; readonly code: FunctionNode }[] {
    return this.at(ref, calls).flatMap((node) =>
      this.#values
        .of(node)
        .flatMap((value) => (value.kind === 'function' ? [{ node, code: value.node }] : [])),
    );
  }

  parts(nodes: readonly Node[], keys: readonly string[]): readonly Node[] {
    return keys.reduce(
      (ones, key) =>
        ones.flatMap((node) => (key === '**' ? this.#nested(node, 0) : this.#part(node, key))),
      nodes,
    );
  }

  /** An object, and all that are nested in it. */
  #nested(node: Node, depth: number): readonly Node[] {
    const [value, ...others] = this.#values.of(node);
    if (value?.kind !== 'object' || others.length > 0 || depth > MAX_NESTED) return [];
    return [
      node,
      ...value.node.properties.flatMap((property) =>
        property.type === 'Property' ? this.#nested(property.value, depth + 1) : [],
      ),
    ];
  }

  #part(node: Node, key: string): readonly Node[] {
    const [value, ...others] = this.#values.of(node);
    if (others.length > 0) return [];
    if (value?.kind === 'array' && key === '*') {
      return value.node.elements.filter(
        (element) => element !== null && element.type !== 'SpreadElement',
      );
    }
    if (value?.kind !== 'object') return [];
    for (const property of value.node.properties.toReversed()) {
      if (property.type === 'SpreadElement') {
        const spread = this.#part(property.argument, key);
        if (spread.length > 0) return spread;
      } else if (keyName(property.key, property.computed) === key) {
        return [property.value];
      }
    }
    return [];
  }

  /** What is given, or what its name means; each of a list. */
  named(node: Node, among: readonly Ref[], calls: Calls): readonly Node[] {
    const inner = unwrap(node);
    if (inner.type === 'ArrayExpression') {
      return inner.elements.flatMap((one) => (one === null ? [] : this.named(one, among, calls)));
    }
    if (inner.type !== 'Literal' || typeof inner.value !== 'string') return [node];
    const name = inner.value;
    return among.flatMap((ref) => this.parts(this.at(ref, calls), [name]));
  }
}

/** The `length` of a function. */
export function lengthOf({ params }: FunctionNode): number {
  const last = params.findIndex(
    ({ type }) => type === 'AssignmentPattern' || type === 'RestElement',
  );
  return last === -1 ? params.length : last;
}

export function isLiteral(node: Node, value: boolean): boolean {
  const inner = unwrap(node);
  return inner.type === 'Literal' && inner.value === value;
}
