/** Who calls the functions that give something to a place. */

import {
  functionAround,
  keyName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Bindings } from '../../syntax/bindings.ts';
import type { Keeping } from '../../values/libraries/state-kept.ts';
import { sameOrigin } from '../../values/sets.ts';
import type { Value, Values } from '../../values/resolve.ts';
import type { Contents } from './contents.ts';
import type { IsHook } from './hooks.ts';
import { isListed, isMarker, type Write } from './writes.ts';

/** Functions that call each other are followed so far. */
const MAX_LIFTED = 3;

export class Calling {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #stores: Pick<Keeping, 'selected'>;
  readonly #contents: Contents;
  readonly #isHook: IsHook;

  constructor(
    bindings: Bindings,
    values: Values,
    stores: Pick<Keeping, 'selected'>,
    contents: Contents,
    isHook: IsHook,
  ) {
    this.#bindings = bindings;
    this.#values = values;
    this.#stores = stores;
    this.#contents = contents;
    this.#isHook = isHook;
  }

  /** Whether no more than one call of what makes something is seen. */
  isMadeOnce(maker: FunctionNode | null): boolean {
    return maker === null || this.#contents.callsOf(maker).length < 2;
  }

  /** Writes of functions that do nothing else, as what their calls do, of which all are seen. */
  lifted(writes: readonly Write[], depth = 0): readonly Write[] | null {
    const lifted = writes.flatMap((write): readonly Write[] => {
      const code = functionAround(write.node);
      const calls = code !== null && isMarker(code, write.node) ? this.#onlyCallsOf(code) : null;
      if (code === null || calls === null || calls.length === 0) return [write];
      return calls.map((call) => ({ node: call, value: this.#valueIn(write.value, code, call) }));
    });
    const isSame = lifted.length === writes.length && writes.every((one) => lifted.includes(one));
    if (isSame) return null;
    return depth < MAX_LIFTED ? (this.lifted(lifted, depth + 1) ?? lifted) : lifted;
  }

  /** What a value is in a call of the function that gives it somewhere. */
  #valueIn(value: Write['value'], { params }: FunctionNode, call: CallExpression): Write['value'] {
    const name = value === null || value === 'unseen' ? null : unwrap(value);
    const variable = name?.type === 'Identifier' ? this.#bindings.variable(name) : null;
    const [definition] = variable?.defs ?? [];
    if (variable === null || definition?.type !== 'Parameter') return value;
    const index = params.findIndex((parameter) => parameter === definition.name);
    const given = call.arguments.slice(0, index + 1);
    const isSeen = index >= 0 && isNeverReassigned(variable);
    if (!isSeen || given.some(({ type }) => type === 'SpreadElement')) return 'unseen';
    return given[index] ?? null;
  }

  /** The calls of a function, where nobody else has it; null where somebody may. */
  #onlyCallsOf(code: FunctionNode): readonly CallExpression[] | null {
    const { parent } = code;
    if (parent?.type === 'Property' && parent.parent?.type === 'ObjectExpression') {
      const name = keyName(parent.key, parent.computed);
      const isSeen = name !== null && this.#isOnlyCalled(parent.parent, name);
      return isSeen ? this.#contents.callsOf(code) : null;
    }
    const isKept = parent?.type === 'CallExpression' && this.#isHook(parent, 'useCallback');
    const declarator = isKept ? parent.parent : parent;
    const name =
      code.type === 'FunctionDeclaration'
        ? code.id
        : declarator?.type === 'VariableDeclarator'
          ? declarator.id
          : null;
    const declaration = code.type === 'FunctionDeclaration' ? code : declarator?.parent;
    const isExported = declaration?.parent?.type.startsWith('Export') === true;
    return name !== null && !isExported ? this.#callsBy(name) : null;
  }

  /** The calls by a name; null where that stands for anything else. */
  #callsBy(name: Node): readonly CallExpression[] | null {
    const variable = name.type === 'Identifier' ? this.#bindings.variable(name) : null;
    if (variable === null || !isNeverReassigned(variable)) return null;
    const calls: CallExpression[] = [];
    for (const { identifier, init } of variable.references) {
      if (init === true || isListed(identifier)) continue;
      const { parent } = identifier;
      if (parent?.type !== 'CallExpression' || parent.callee !== identifier) return null;
      calls.push(parent);
    }
    return calls;
  }

  /** Whether a method of an object is only called, as far as its name is read of anything. */
  #isOnlyCalled(object: ObjectExpression, name: string): boolean {
    const [owner] = this.#values.of(object);
    if (owner?.kind !== 'object') return false;
    const isRead = this.#contents.members(name).every((member) => {
      const { parent } = member;
      if (parent?.type === 'CallExpression' && parent.callee === member) return true;
      return this.#isSelected(member) || !this.mayBe(member.object, owner);
    });
    return (
      isRead &&
      this.#contents.nodes().every((node) => {
        if (node.type !== 'ObjectPattern') return true;
        return node.properties.every((property) => {
          if (property.type !== 'Property') return false;
          const isOther = keyName(property.key, property.computed) !== name;
          return isOther || this.#callsBy(property.value) !== null;
        });
      })
    );
  }

  /** Whether a member is what a selector gives, whose result is only called. */
  #isSelected(member: Node): boolean {
    const selector = member.parent;
    const call = selector?.parent;
    if (selector?.type !== 'ArrowFunctionExpression' || selector.body !== member) return false;
    if (call?.type !== 'CallExpression' || this.#stores.selected(call) !== selector) return false;
    if (call.parent?.type === 'CallExpression' && call.parent.callee === call) return true;
    return call.parent?.type === 'VariableDeclarator' && this.#callsBy(call.parent.id) !== null;
  }

  /** Whether an expression can be a value: what is not known can be any. */
  mayBe(node: Node, owner: Value): boolean {
    const values = this.#values.of(node);
    return (
      values.length === 0 ||
      values.some((value) => value.kind === 'unknown' || sameOrigin(value, owner))
    );
  }
}
