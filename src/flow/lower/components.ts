/** What rendering a component does with the functions among its properties. */

import { isFunction, isNode, unwrap, type Node, type OpeningElement } from '../../syntax/ast.ts';
import { canBeFunction } from '../../syntax/forms.ts';
import type { Components, Lower } from './parts.ts';
import { attributeOf } from './shapes.ts';
import { seq, sequenceOf, SKIP } from '../term/make.ts';
import type { Callee, FunctionTerm, Term } from '../term/term.ts';

const NOTHING: readonly FunctionTerm[] = [];

export class ComponentLowering implements Components {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  element(node: OpeningElement): Term {
    const { effects } = this.#lower;
    const component = node.attributes.length === 0 ? null : this.#component(node.name);
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
    const { callees, effects, executors, held } = this.#lower;
    const attribute = functions.length === 0 ? null : attributeOf(node);
    if (attribute === null) return effects.effect(node);
    const value = unwrap(attribute.value);
    const isFollowed =
      canBeFunction(value) &&
      callees.callee(value) !== null &&
      held.takesApart(functions, 0, attribute.name) !== 'passed';
    return isFollowed
      ? seq(effects.object(value), executors.handed(value) ?? SKIP)
      : effects.effect(node);
  }
}
