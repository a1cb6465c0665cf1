/** Where action creators of Redux are bound to a store, so that to call them is to dispatch. */

import {
  functionAround,
  isFunction,
  memberName,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Bindings, type Variable } from '../../syntax/bindings.ts';
import { isNothing, usedIn } from '../../syntax/forms.ts';
import type { Keeping } from '../../values/libraries/state-kept.ts';
import type { Values } from '../../values/resolve.ts';
import type { IsHook } from './hooks.ts';
import { isOfType, isOnlyMentioned } from './mentions.ts';

export class Bound {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #kept: Keeping;
  readonly #isHook: IsHook;

  constructor(bindings: Bindings, values: Values, kept: Keeping, isHook: IsHook) {
    this.#bindings = bindings;
    this.#values = values;
    this.#kept = kept;
    this.#isHook = isHook;
  }

  /**
   * Whether an expression is given to what binds it, or is in an object that is, and nowhere else.
   *
   * @param use an expression, with the casts around it
   */
  isBound(use: Node): boolean {
    const { parent } = use;
    switch (parent?.type) {
      case 'CallExpression':
        return this.#binds(parent, use);
      case 'Property': {
        const object = parent.parent;
        return parent.value === use && object?.type === 'ObjectExpression' && this.#isHeld(object);
      }
      case 'SpreadElement':
        return parent.parent?.type === 'ObjectExpression' && this.#isHeld(parent.parent);
      default:
        return false;
    }
  }

  /** Whether an object is only given to what binds it, or read by names that are seen. */
  #isHeld(object: Node): boolean {
    const use = usedIn(object);
    const { parent } = use;
    if (parent?.type === 'CallExpression') return this.#binds(parent, use);
    if (parent?.type !== 'VariableDeclarator' || parent.init !== use) return false;
    return isOnlyMentioned(parent.id, parent.parent, this.#bindings, (identifier) => {
      const mention = usedIn(identifier);
      const outer = mention.parent;
      if (outer?.type === 'CallExpression') return this.#binds(outer, mention);
      return (
        outer?.type === 'MemberExpression' && outer.object === mention && memberName(outer) !== null
      );
    });
  }

  #binds(call: CallExpression, given: Node): boolean {
    const part = this.#kept.part(call);
    if (part?.calls[0] !== call) return false;
    if (part.role === 'bound') return call.arguments[0] === given;
    return part.role === 'connect' && call.arguments[1] === given && this.#isSeen(call);
  }

  /** Whether all that components do is seen with what `connect` gives them. */
  #isSeen(call: CallExpression): boolean {
    // What it makes of them is not seen.
    const [, , merging] = call.arguments;
    if (merging !== undefined && !isNothing(merging)) return false;
    const use = usedIn(call);
    const { parent } = use;
    if (parent?.type === 'CallExpression' && parent.callee === use) return this.#isGiven(parent);
    if (parent?.type !== 'VariableDeclarator' || parent.init !== use) return false;
    return isOnlyMentioned(parent.id, parent.parent, this.#bindings, (identifier) => {
      const outer = identifier.parent;
      return (
        outer?.type === 'CallExpression' && outer.callee === identifier && this.#isGiven(outer)
      );
    });
  }

  /** Whether a component is given its properties one by one. */
  #isGiven({ arguments: [component] }: CallExpression): boolean {
    const functions = component === undefined ? [] : this.#values.functions(component);
    const [code, ...others] = functions;
    const all = component === undefined ? [] : this.#values.of(component);
    if (code === undefined || others.length > 0 || all.length > 1) return false;
    const [properties] = code.params;
    if (properties === undefined) return code.type === 'ArrowFunctionExpression';
    if (properties.type === 'ObjectPattern') return isOfNames(properties);
    const variable = properties.type === 'Identifier' ? this.#bindings.variable(properties) : null;
    return variable !== null && isNeverReassigned(variable) && readsNames(variable);
  }

  /** The function whose result is what an expression is; null for none. */
  returning(use: Node): FunctionNode | null {
    const { parent } = use;
    if (parent?.type === 'ReturnStatement') return functionAround(parent);
    return parent !== null && parent !== undefined && isFunction(parent) && parent.body === use
      ? parent
      : null;
  }

  /** Whether what a function returns is what a component is given, or is kept for a render. */
  isKept(code: FunctionNode): boolean {
    const use = usedIn(code);
    const call = use.parent;
    if (call?.type !== 'CallExpression') return false;
    return this.#isHook(call, 'useMemo') || this.#binds(call, use);
  }
}

function isOfNames({ properties }: Node & { readonly type: 'ObjectPattern' }): boolean {
  return properties.every((one) => one.type === 'Property' && !one.computed);
}

/** Whether all that is done with a variable is to read properties of it by their names. */
function readsNames({ references }: Variable): boolean {
  return references.every(({ identifier, init }) => {
    const use = usedIn(identifier);
    const { parent } = use;
    if (init === true || isOfType(identifier)) return true;
    if (parent?.type === 'MemberExpression') {
      return parent.object === use && memberName(parent) !== null;
    }
    return (
      parent?.type === 'VariableDeclarator' &&
      parent.init === use &&
      parent.id.type === 'ObjectPattern' &&
      isOfNames(parent.id)
    );
  });
}
