/** What takes away all that is kept in a place, or what that is a part of: `map.delete(key)`, `map = new Map()`. */

import {
  childrenOf,
  codeAround,
  isFunction,
  unwrap,
  type CallExpression,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';
import { assignmentOf } from '../../syntax/patterns.ts';
import type { Lower } from './parts.ts';
import type { Places } from './places.ts';
import { isDeclared } from './places-kept.ts';

const NOTHING: readonly Node[] = [];

export class Takings {
  readonly #lower: Lower;
  readonly #places: Places;

  constructor(lower: Lower, places: Places) {
    this.#lower = lower;
    this.#places = places;
  }

  /**
   * What takes away what `map.get(key)` gives.
   *
   * @param taken the calls that take entries out of such maps
   */
  ofEntry(use: CallExpression, object: Node, taken: readonly CallExpression[]): readonly Node[] {
    const [key] = use.arguments;
    const code = codeAround(use);
    const calls = taken.filter(({ callee, arguments: [other] }) => {
      // What is a key in another function goes by another name.
      if (codeAround(callee) !== code) return true;
      return other === undefined || this.#places.isSameKey(key, other);
    });
    return [...calls, ...this.#replacing(object)];
  }

  /** What takes away what a property holds, with its owner. */
  ofMember({ object }: MemberExpression): readonly Node[] {
    return this.#replacing(object);
  }

  /** What something is given that is assigned again, but for what it makes of itself. */
  #replacing(owner: Node): readonly Node[] {
    const inner = unwrap(owner);
    if (inner.type === 'MemberExpression') {
      const nodes = this.#lower.values.sources(inner)?.nodes ?? NOTHING;
      return nodes.filter((node) => !isDeclared(node) && !this.#holds(node, inner));
    }
    const variable = inner.type === 'Identifier' ? this.#lower.bindings.variable(inner) : null;
    return (variable?.references ?? []).flatMap((reference) => {
      if (!reference.isWrite() || reference.init === true) return NOTHING;
      const by = assignmentOf(reference.identifier);
      const isPlain = by?.left === reference.identifier;
      return isPlain && !this.#holds(by.right, inner) ? [by.right] : NOTHING;
    });
  }

  #holds(code: Node, place: Node): boolean {
    return (
      this.#places.isSame(place, code) ||
      (!isFunction(code) && childrenOf(code).some((part) => this.#holds(part, place)))
    );
  }
}
