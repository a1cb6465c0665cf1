/** What the reducers of a slice make of a property: by its draft, or by what they return. */

import {
  keyName,
  memberName,
  nodesIn,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import { strip, isWritten } from '../../syntax/forms.ts';
import { stepsTo } from '../../syntax/patterns.ts';
import { globalMethod } from '../../syntax/promises.ts';
import { literalQuestion } from '../../flow/lower/questions.ts';
import type { Values } from '../../values/resolve.ts';
import type { Reducers } from './reducers.ts';
import { writeAt, type Write } from './writes.ts';

/** What is given with the action, and the names of properties of it. */
export interface Payload {
  readonly names: readonly string[];
}

/** What a property becomes. */
export interface Change {
  readonly values: readonly (Write['value'] | Payload)[];
  /** Whether it never stays what it was. */
  readonly isSure: boolean;
}

const UNSEEN: Change = { values: ['unseen'], isSure: false };

/** What an expression can be by which a reducer gives back nothing, having changed its draft. */
const NO_STATE: ReadonlySet<string> = new Set(['AssignmentExpression', 'UpdateExpression']);

export function isPayload(value: Change['values'][number]): value is Payload {
  return value !== null && value !== 'unseen' && 'names' in value;
}

export class Drafts {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #reducers: Reducers;

  constructor(bindings: Bindings, values: Values, reducers: Reducers) {
    this.#bindings = bindings;
    this.#values = values;
    this.#reducers = reducers;
  }

  /** What a reducer can make of a property; nothing, where that stays what it was. */
  of(reducer: FunctionNode, part: string): Change {
    const [state] = reducer.params;
    if (state !== undefined && state.type !== 'Identifier') return UNSEEN;
    const drafted = state === undefined ? [] : this.#drafted(state, reducer, part);
    const returned = this.#ends(reducer).map((end) =>
      end === null ? 'kept' : this.#reducers.property(end, reducer, part),
    );
    const values = [
      ...drafted.map(({ value }) => value),
      ...returned.filter((value) => value !== 'kept'),
    ];
    const isSure =
      returned.every((value) => value !== 'kept') || drafted.some(({ isAlways }) => isAlways);
    return { isSure, values: values.map((value) => this.#value(value, reducer)) };
  }

  /** What a reducer returns; null where the draft is what counts. */
  #ends(reducer: FunctionNode): readonly (Node | null)[] {
    return this.#values.endsOf(reducer).map((end) => {
      const inner = end === null ? null : unwrap(end);
      if (inner === null || NO_STATE.has(inner.type)) return null;
      if (inner.type === 'UnaryExpression' && inner.operator === 'void') return null;
      // `(state) => Object.assign(state, …)` gives the draft.
      return inner.type === 'CallExpression' && this.#isAssign(inner) ? null : inner;
    });
  }

  /** What is given to the property of the draft. */
  #drafted(
    state: Node,
    reducer: FunctionNode,
    part: string,
  ): readonly { readonly value: Write['value']; readonly isAlways: boolean }[] {
    return (this.#bindings.variable(state)?.references ?? []).flatMap(({ identifier, init }) => {
      const { parent } = identifier;
      if (init === true || parent === undefined || parent === null) return [];
      if (parent.type === 'MemberExpression' && parent.object === identifier) {
        const name = memberName(parent);
        if ((name !== null && name !== part) || !isWritten(parent)) return [];
        const write = name === null ? null : writeAt(parent);
        return [
          write === null
            ? { value: 'unseen', isAlways: false }
            : { value: write.value, isAlways: isAlways(write.node, reducer) },
        ];
      }
      const isRead =
        parent.type === 'ReturnStatement' ||
        parent.type === 'SpreadElement' ||
        (parent.type === 'ArrowFunctionExpression' && parent.body === identifier);
      if (isRead) return [];
      if (parent.type === 'CallExpression' && this.#isAssign(parent)) {
        const [, given, ...others] = parent.arguments;
        const value =
          given === undefined || others.length > 0
            ? 'unseen'
            : this.#reducers.property(given, reducer, part);
        // What is not among the properties stays.
        const isKept = value === 'kept' || (value === null && given?.type === 'ObjectExpression');
        return isKept ? [] : [{ value, isAlways: isAlways(parent, reducer) }];
      }
      return [{ value: 'unseen', isAlways: false }];
    });
  }

  #isAssign(call: CallExpression): boolean {
    return globalMethod(call, 'Object', this.#bindings) === 'assign';
  }

  /** A literal, or what was given with the action; nothing else is told outside of the reducer. */
  #value(value: Write['value'], reducer: FunctionNode): Change['values'][number] {
    if (value === null || value === 'unseen' || literalQuestion(value) !== null) return value;
    const names = this.#path(strip(value), reducer);
    const [payload, ...others] = names ?? [];
    return payload === 'payload' && others.length < 2 ? { names: others } : 'unseen';
  }

  /** The names by which an expression is a part of the action; null where it is none. */
  #path(node: Node, reducer: FunctionNode): readonly string[] | null {
    if (node.type === 'MemberExpression') return this.#pathOfMember(node, reducer);
    const variable = this.#bindings.variable(node);
    const [definition] = variable?.defs ?? [];
    const [, action] = reducer.params;
    if (definition?.node !== reducer || action === undefined) return null;
    const names = stepsTo(action, definition.name)?.map((step) =>
      step.kind === 'property' ? keyName(step.node.key, step.node.computed) : null,
    );
    return names === undefined || names.includes(null) ? null : names.filter((one) => one !== null);
  }

  #pathOfMember(node: MemberExpression, reducer: FunctionNode): readonly string[] | null {
    const name = memberName(node);
    const path = name === null ? null : this.#path(strip(node.object), reducer);
    return path === null || name === null ? null : [...path, name];
  }
}

/** Whether a reducer always comes to an expression. */
function isAlways(node: Node, { body }: FunctionNode): boolean {
  const statement = node.parent;
  if (body?.type !== 'BlockStatement') {
    const inner = body === null ? null : unwrap(body);
    return inner === node || (inner?.type === 'UnaryExpression' && unwrap(inner.argument) === node);
  }
  if (statement?.type !== 'ExpressionStatement' || statement.parent !== body) return false;
  const before = body.body.slice(
    0,
    body.body.findIndex((one) => one === statement),
  );
  return before.every((one) => nodesIn(one).every(({ type }) => type !== 'ReturnStatement'));
}
