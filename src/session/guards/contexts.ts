/** What contexts of React give to those who read them. */

import { unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import { initializerOf, isNeverReassigned, type Bindings } from '../../syntax/bindings.ts';
import type { Values } from '../../values/resolve.ts';
import type { Places } from './places.ts';

/** Names for names are followed so far. */
const MAX_DEPTH = 24;

export class Contexts {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #places: Places;

  constructor(bindings: Bindings, values: Values, places: Places) {
    this.#bindings = bindings;
    this.#values = values;
    this.#places = places;
  }

  /** The values that providers give to a context, which a call reads; null for any other call. */
  provided(node: CallExpression): readonly Node[] | null {
    const isReading = this.#places.isHook(node, 'useContext') || this.#places.isHook(node, 'use');
    const [context] = node.arguments;
    if (!isReading || context === undefined) return null;
    const made = this.#contextOf(context);
    if (made === null) return null;
    const values: Node[] = [];
    for (const element of this.#places.nodes()) {
      if (element.type !== 'JSXOpeningElement') continue;
      const { name, attributes } = element;
      const provider =
        name.type === 'JSXMemberExpression' && name.property.name === 'Provider'
          ? name.object
          : name;
      if (provider.type === 'JSXMemberExpression' || this.#contextOf(provider) !== made) continue;
      const given = attributes.find(
        (one) => one.type === 'JSXAttribute' && one.name.name === 'value',
      );
      const value = given?.type === 'JSXAttribute' ? given.value : null;
      if (value?.type !== 'JSXExpressionContainer') return [];
      values.push(value.expression);
    }
    // One that nobody provides is not seen.
    if (values.length === 0) return [];
    const [initial] = made.arguments;
    return initial === undefined ? values : [...values, initial];
  }

  /** The call of `createContext` that an expression is given by. */
  #contextOf(node: Node, depth = 0): CallExpression | null {
    const name = unwrap(node);
    const variable = this.#bindings.variable(name);
    if (variable === null || depth > MAX_DEPTH) return null;
    if (variable.defs[0]?.type === 'ImportBinding') {
      const [origin, ...others] = this.#values.origins(name) ?? [];
      return origin === undefined || others.length > 0 ? null : this.#contextOf(origin, depth + 1);
    }
    const initializer = isNeverReassigned(variable) ? initializerOf(variable) : null;
    const call = initializer === null ? null : unwrap(initializer);
    return call?.type === 'CallExpression' && this.#places.isHook(call, 'createContext')
      ? call
      : null;
  }
}
