/** What a reducer makes of an action. */

import {
  functionAround,
  keyName,
  memberName,
  unwrap,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import { neverCompletes } from '../../syntax/forms.ts';
import type { Values } from '../../values/resolve.ts';
import { objectOf } from './objects.ts';
import { propertyIn, type Write } from './writes.ts';

/** What the state, or a property of it, becomes: `kept` is what it was. */
export type Reduced = Write['value'] | 'kept';

/** What is spread into each other more deeply is not looked into. */
const MAX_SPREAD = 8;

export class Reducers {
  readonly #bindings: Bindings;
  readonly #values: Values;

  constructor(bindings: Bindings, values: Values) {
    this.#bindings = bindings;
    this.#values = values;
  }

  /**
   * What a reducer can make of the state.
   *
   * @param action what is dispatched; null for nothing
   * @param part the property that is asked for; null for the state itself
   */
  of(reducer: FunctionNode, action: Node | null, part: string | null): readonly Reduced[] {
    const type = this.#typeOf(action);
    const ends = this.#values.endsOf(reducer).flatMap(sidesOf);
    const own = ends.filter((end) => end !== null && this.#typesAt(end, reducer)?.has(type ?? ''));
    // What is for no action of its own is for any.
    const reached =
      type !== null && own.length > 0
        ? own
        : ends.filter((end) => {
            const types = end === null || type === null ? null : this.#typesAt(end, reducer);
            return types === null || types.has(type ?? '');
          });
    return reached.map((end) => (end === null ? null : this.#made(end, reducer, action, part)));
  }

  #made(end: Node, reducer: FunctionNode, action: Node | null, part: string | null): Reduced {
    const [state, given] = reducer.params;
    const inner = unwrap(end);
    if (part === null) {
      return this.#isName(inner, state) ? 'kept' : this.#given(inner, given, action);
    }
    const value = this.property(inner, reducer, part);
    return value === null || value === 'unseen' || value === 'kept'
      ? value
      : this.#given(unwrap(value), given, action);
  }

  /** What a property is of what a reducer gives. */
  property(end: Node, { params: [state] }: FunctionNode, part: string): Reduced {
    const given = this.#propertyOf(unwrap(end), state, part, 0);
    return given === undefined ? null : given;
  }

  /** The same; undefined where it is not named. */
  #propertyOf(
    node: Node,
    state: Node | undefined,
    part: string,
    depth: number,
  ): Reduced | undefined {
    if (this.#isName(node, state)) return 'kept';
    const object = depth > MAX_SPREAD ? null : objectOf(node, this.#values);
    if (object === null) return 'unseen';
    for (const property of object.properties.toReversed()) {
      if (property.type === 'SpreadElement') {
        const spread = this.#propertyOf(unwrap(property.argument), state, part, depth + 1);
        if (spread !== undefined) return spread;
        continue;
      }
      const key = keyName(property.key, property.computed);
      if (key === null) return 'unseen';
      if (key === part) return property.kind === 'init' ? property.value : 'unseen';
    }
    return undefined;
  }

  /** What is given with the action, where that is what an expression reads. */
  #given(node: Node, parameter: Node | undefined, action: Node | null): Write['value'] {
    if (node.type !== 'MemberExpression' || !this.#isName(unwrap(node.object), parameter)) {
      return this.#isName(node, parameter) ? action : node;
    }
    const name = memberName(node);
    const object = action === null ? null : objectOf(action, this.#values);
    if (name === null || object === null) return 'unseen';
    if (object.properties.some(({ type }) => type === 'SpreadElement')) return 'unseen';
    const value = propertyIn(object, name);
    return value ?? null;
  }

  #isName(node: Node, parameter: Node | undefined): boolean {
    if (parameter?.type !== 'Identifier' || node.type !== 'Identifier') return false;
    const variable = this.#bindings.variable(node);
    return variable !== null && variable === this.#bindings.variable(parameter);
  }

  /** The type of an action that is written out: a text, or the `type` of an object. */
  #typeOf(action: Node | null): string | null {
    if (action === null) return null;
    const inner = unwrap(action);
    if (inner.type === 'Literal') return String(inner.value);
    const object = objectOf(inner, this.#values);
    const type = object === null ? null : propertyIn(object, 'type');
    const literal = type === null || type === undefined || type === 'unseen' ? null : unwrap(type);
    return literal?.type === 'Literal' ? String(literal.value) : null;
  }

  /** The types of actions for which something is given alone; null where it is for others, too. */
  #typesAt(end: Node, reducer: FunctionNode): ReadonlySet<string> | null {
    let inner = end;
    for (let outer = end.parent ?? null; outer !== null; outer = outer.parent ?? null) {
      if (outer === reducer || functionAround(inner) !== reducer) return null;
      if (
        (outer.type === 'IfStatement' || outer.type === 'ConditionalExpression') &&
        outer.consequent === inner
      ) {
        const type = this.#compared(outer.test, reducer);
        if (type !== null) return new Set([type]);
      }
      if (outer.type === 'SwitchCase' && outer.test !== inner) {
        const types = this.#casesOf(outer, reducer);
        if (types !== null) return types;
      }
      inner = outer;
    }
    return null;
  }

  /** `action.type === 'ready'` */
  #compared(test: Node, reducer: FunctionNode): string | null {
    const inner = unwrap(test);
    if (inner.type !== 'BinaryExpression' || !/^===?$/.test(inner.operator)) return null;
    const { right } = inner;
    if (right.type !== 'Literal' || !this.#isType(inner.left, reducer)) return null;
    return String(right.value);
  }

  /** The cases that lead to the code of one. */
  #casesOf(
    own: Node & { readonly type: 'SwitchCase' },
    reducer: FunctionNode,
  ): ReadonlySet<string> | null {
    const { parent } = own;
    if (parent?.type !== 'SwitchStatement' || !this.#isType(parent.discriminant, reducer)) {
      return null;
    }
    const types = new Set<string>();
    const { cases } = parent;
    for (let at = cases.indexOf(own); at >= 0; at--) {
      const one = cases[at];
      if (one === undefined) return null;
      if (one !== own && one.consequent.length > 0) {
        if (one.consequent.some((statement) => neverCompletes(statement))) break;
        return null;
      }
      if (one.test?.type !== 'Literal') return null;
      types.add(String(one.test.value));
    }
    return types;
  }

  /** Whether an expression is the type of the action, or an action that is its own type. */
  #isType(node: Node, { params: [, action] }: FunctionNode): boolean {
    const inner = unwrap(node);
    if (action?.type === 'ObjectPattern') {
      const type = action.properties.find(
        (one) => one.type === 'Property' && keyName(one.key, one.computed) === 'type',
      );
      return type?.type === 'Property' && this.#isName(inner, type.value);
    }
    if (inner.type === 'MemberExpression') {
      return memberName(inner) === 'type' && this.#isName(unwrap(inner.object), action);
    }
    return this.#isName(inner, action);
  }
}

/** What a reducer gives where it chooses between two. */
function sidesOf(end: Node | null): readonly (Node | null)[] {
  const inner = end === null ? null : unwrap(end);
  return inner?.type === 'ConditionalExpression'
    ? [...sidesOf(inner.consequent), ...sidesOf(inner.alternate)]
    : [end];
}
