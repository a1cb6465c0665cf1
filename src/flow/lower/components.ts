/** What rendering a component does with the functions among its properties. */

import { isFunction, isNode, unwrap, type Node, type OpeningElement } from '../../syntax/ast.ts';
import type { Components, Lower } from './parts.ts';
import { attributeOf } from './shapes.ts';
import { seq, sequenceOf } from '../term/make.ts';
import type { Callee, FunctionTerm, Term } from '../term/term.ts';

const NOTHING: readonly FunctionTerm[] = [];

export class ComponentLowering implements Components {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  element(node: OpeningElement): Term {
    const { effects } = this.#lower;
    const component = this.#component(node.name);
    const functions = component?.functions ?? NOTHING;
    return seq(
      component === null
        ? effects.effect(node.name)
        : { kind: 'refer', callee: this.#given(component, node), later: false, site: node.name },
      sequenceOf(node.attributes, (attribute) => this.#attribute(attribute, functions)),
    );
  }

  /** The functions that a component is, if all of it is seen; null for any other. */
  #component(name: Node): Callee | null {
    const callee = this.#lower.callees.callee(name);
    const isSeen =
      callee !== null &&
      callee.parameter === null &&
      !callee.open &&
      callee.makings === undefined &&
      callee.functions.every(
        ({ node, bound }) => isNode(node) && isFunction(node) && bound === undefined,
      );
    return isSeen ? callee : null;
  }

  /** A component to which an element gives its properties. */
  #given(component: Callee, node: OpeningElement): Callee {
    const { definitions } = this.#lower;
    const functions = component.functions.map((term) =>
      isNode(term.node) && isFunction(term.node)
        ? definitions.bound(definitions.function(term.node), node, [node])
        : term,
    );
    return { ...component, functions };
  }

  #attribute(node: Node, functions: readonly FunctionTerm[]): Term {
    const { calls, effects } = this.#lower;
    const attribute = functions.length === 0 ? null : attributeOf(node);
    const followed =
      attribute === null
        ? null
        : calls.followed(unwrap(attribute.value), functions, 0, attribute.name);
    return followed ?? effects.effect(node);
  }
}
