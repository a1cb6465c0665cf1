/** What `connect` of React Redux gives components of the state. */

import {
  isFunction,
  keyName,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Bindings, type Definition } from '../../syntax/bindings.ts';
import { isNothing, usedIn } from '../../syntax/forms.ts';
import { stepsTo } from '../../syntax/patterns.ts';
import type { Keeping } from '../../values/libraries/state-kept.ts';
import type { Values } from '../../values/resolve.ts';
import { isOnlyMentioned } from './mentions.ts';
import type { Places } from './places.ts';

/** A property that a component is given. */
export interface Given {
  /** What makes all of them out of the state. */
  readonly selector: Node;
  readonly name: string;
}

export class Connected {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #kept: Keeping;
  readonly #places: Places;
  /** What makes the properties of components; null for one that may have others. */
  #known: ReadonlyMap<Node, Node | null> | null = null;

  constructor(bindings: Bindings, values: Values, kept: Keeping, places: Places) {
    this.#bindings = bindings;
    this.#values = values;
    this.#kept = kept;
    this.#places = places;
  }

  /** The property of a component that a name stands for; null for any other. */
  property({ node, name }: Definition): Given | null {
    const [properties] = isFunction(node) ? node.params : [];
    if (properties?.type !== 'ObjectPattern') return null;
    const [step, ...others] = stepsTo(properties, name) ?? [];
    const key =
      step?.kind === 'property' && others.length === 0
        ? keyName(step.node.key, step.node.computed)
        : null;
    return key === null ? null : this.#given(node, name, key);
  }

  /** The same of a property of what a name stands for, all that a component is given. */
  whole({ node, name }: Definition, property: string): Given | null {
    return isFunction(node) && node.params[0] === name ? this.#given(node, name, property) : null;
  }

  #given(component: Node, binding: Node, name: string): Given | null {
    const variable = this.#bindings.variable(binding);
    this.#known ??= this.#index();
    const selector = this.#known.get(component) ?? null;
    return selector === null || variable === null || !isNeverReassigned(variable)
      ? null
      : { selector, name };
  }

  #index(): ReadonlyMap<Node, Node | null> {
    const known = new Map<Node, Node | null>();
    for (const call of this.#places.nodes()) {
      if (call.type !== 'CallExpression') continue;
      const part = this.#kept.part(call.callee);
      const [made] = part?.role === 'connect' ? part.calls : [];
      const [component] = call.arguments;
      if (made === undefined || component === undefined) continue;
      const [selector, , merging] = made.arguments;
      const isPlain = merging === undefined || isNothing(merging);
      for (const code of this.#values.functions(component)) {
        const isOnly = !known.has(code) && isPlain && this.#isOnlyGiven(code);
        known.set(code, isOnly ? (selector ?? null) : null);
      }
    }
    return known;
  }

  /** Whether a component is given to `connect`, and shown by nobody else. */
  #isOnlyGiven(code: FunctionNode): boolean {
    const use = usedIn(code);
    const { parent } = use;
    if (parent?.type === 'CallExpression') return this.#connects(parent, use);
    const name =
      code.type === 'FunctionDeclaration'
        ? code.id
        : parent?.type === 'VariableDeclarator' && parent.init === use
          ? parent.id
          : null;
    const declaration = code.type === 'FunctionDeclaration' ? code : parent?.parent;
    return isOnlyMentioned(name, declaration, this.#bindings, (identifier) => {
      const mention = usedIn(identifier);
      const outer = mention.parent;
      return outer?.type === 'CallExpression' && this.#connects(outer, mention);
    });
  }

  #connects({ callee, arguments: [component] }: CallExpression, use: Node): boolean {
    return component === use && this.#kept.part(callee)?.role === 'connect';
  }
}
