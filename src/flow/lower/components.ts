/** What rendering a component does with the functions among its properties. */

import { isFunction, isNode, unwrap, type Node, type OpeningElement } from '../../syntax/ast.ts';
import { DisabledElements } from './disabled.ts';
import type { Components, Lower } from './parts.ts';
import { attributeOf } from './shapes.ts';
import { branch, seq, sequenceOf } from '../term/make.ts';
import type { Callee, FunctionTerm, Term } from '../term/term.ts';

const NOTHING: readonly FunctionTerm[] = [];

export class ComponentLowering implements Components {
  readonly #lower: Lower;
  readonly #disabled: DisabledElements;

  constructor(lower: Lower) {
    this.#lower = lower;
    this.#disabled = new DisabledElements(lower);
  }

  element(node: OpeningElement): Term {
    const { effects, tests } = this.#lower;
    const component = this.#component(node.name);
    const functions = component?.functions ?? NOTHING;
    const given = (attributes: readonly Node[]): Term =>
      sequenceOf(attributes, (attribute) => this.#attribute(attribute, functions));
    const rendered = (element: OpeningElement): Term =>
      component === null
        ? effects.effect(node.name)
        : { kind: 'refer', callee: this.#given(component, element), later: false, site: node.name };
    const disabling = this.#disabled.of(node);
    if (disabling === null) return seq(rendered(node), given(node.attributes));
    const { presses, others, value } = disabling;
    return seq(
      given(others.attributes),
      branch(tests.test(value), rendered(others), seq(rendered(node), given(presses))),
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
