/** What makes the functions and the objects that mints are called on: other functions, and constructors. */

import {
  classAround,
  constructorOf,
  functionAround,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type NewExpression,
  type Node,
} from '../../syntax/ast.ts';
import { importOf, isNeverReassigned, type Bindings } from '../../syntax/bindings.ts';
import { usedIn } from '../../syntax/forms.ts';
import type { FollowedCall } from '../../values/evaluate.ts';
import type { Values } from '../../values/resolve.ts';
import type { Creation, Units } from './units.ts';

/** How a function is made: by which one, and under which name in the object that that returns. */
export interface Made {
  readonly by: FunctionNode;
  /** Null where it is returned by itself. */
  readonly name: string | null;
}

/** What has a function: an object, under a name, or it is the function itself. */
interface Holder {
  readonly object: Node;
  readonly name: string | null;
}

/** What makes something is looked for through so many names. */
const MAX_HOPS = 8;

export class Makers {
  readonly #values: Values;
  readonly #bindings: Bindings;
  readonly #units: Units;

  /** @param bindings those of all files */
  constructor(values: Values, bindings: Bindings, units: Units) {
    this.#values = values;
    this.#bindings = bindings;
    this.#units = units;
  }

  /** The call that makes the function which a call runs, or the object whose method it is. */
  of(call: Creation, target: FunctionNode): FollowedCall | null {
    return this.#construction(call, target) ?? this.#making(call, target);
  }

  #construction(call: Creation, method: FunctionNode): FollowedCall | null {
    const { object, name } = this.#holder(call);
    const owner = name === null ? null : classAround(method);
    const target = owner === null ? null : constructorOf(owner);
    if (owner === null || target === null) return null;
    const made = this.#origin(object);
    return made?.type === 'NewExpression' && this.isOf(made, owner) ? { call: made, target } : null;
  }

  #making(call: Creation, target: FunctionNode): FollowedCall | null {
    const made = this.made(target);
    if (made === null) return null;
    const holder: Holder =
      made.name === null ? { object: call.callee, name: null } : this.#holder(call);
    if (holder.name !== made.name) return null;
    const making = this.#origin(holder.object);
    if (making?.type !== 'CallExpression') return null;
    const [only, ...others] = this.#values.functions(making.callee);
    return only === made.by && others.length === 0 ? { call: making, target: made.by } : null;
  }

  /** What has the function that is called. */
  #holder(call: Creation): Holder {
    const callee = unwrap(call.callee);
    if (callee.type === 'MemberExpression') {
      return { object: callee.object, name: memberName(callee) };
    }
    const [definition, ...others] = this.#bindings.variable(callee)?.defs ?? [];
    const property = definition?.name.parent;
    const init =
      definition?.node.type === 'VariableDeclarator' && definition.node.id === property?.parent
        ? definition.node.init
        : null;
    return init !== null && property?.type === 'Property' && others.length === 0
      ? { object: init, name: keyName(property.key, property.computed) }
      : { object: callee, name: null };
  }

  /** The expression that makes what another is, whatever names and fields it has come by; null where it is not known. */
  #origin(node: Node): Node | null {
    let at: Node | null = node;
    for (let hops = 0; at !== null && hops < MAX_HOPS; hops++) {
      const inner: Node = unwrap(at);
      switch (inner.type) {
        case 'Identifier':
          at = this.#given(inner);
          break;
        case 'MemberExpression':
          at = onlyOne(this.#values.sources(inner)?.nodes ?? []);
          break;
        case 'AwaitExpression':
          at = inner.argument;
          break;
        default:
          return inner;
      }
    }
    return null;
  }

  /** What a name is given, in this file or in the one that it is imported from. */
  #given(name: Node): Node | null {
    const from = this.#units.of(name);
    const [definition] = this.#bindings.variable(name)?.defs ?? [];
    const imported = definition === undefined ? null : importOf(definition);
    if (imported !== null) {
      const { specifier } = imported;
      return imported.name === null ? null : this.#units.exported(specifier, imported.name, from);
    }
    return onlyOne((from.expressions.sources(name) ?? []).map((source) => source.node));
  }

  /** Whether what is constructed is an object of a class, which is named there. */
  isOf({ callee }: NewExpression, owner: ClassNode): boolean {
    if (this.#bindings.variable(unwrap(callee))?.defs[0]?.node === owner) return true;
    const [only, ...others] = this.#values.of(callee);
    return only?.kind === 'class' && only.node === owner && others.length === 0;
  }

  /** The function that makes another, and returns it, by itself or in an object; null where none does. */
  made(target: FunctionNode): Made | null {
    const by = functionAround(target);
    if (by === null) return null;
    const direct = madeAt(target, by);
    if (direct !== null) return direct;
    const { parent } = target;
    const isHeld = parent?.type === 'VariableDeclarator' && parent.init === target;
    const name = target.type === 'FunctionDeclaration' ? target.id : isHeld ? parent.id : null;
    const variable = name === null ? null : this.#bindings.variable(name);
    for (const { identifier, init } of variable?.references ?? []) {
      const made = init === true ? null : madeAt(identifier, by);
      if (made !== null) return made;
    }
    return null;
  }

  /** The calls of the function that a call gives, and whether nothing else is done with it. */
  callsOf(
    making: Creation,
    { name }: Made,
  ): { readonly calls: readonly Creation[]; readonly isCalledOnly: boolean } {
    let use = usedIn(making);
    if (use.parent?.type === 'AwaitExpression') use = usedIn(use.parent);
    const { parent } = use;
    const isHeld = parent?.type === 'VariableDeclarator' && parent.init === use;
    const isExported = isHeld && parent.parent?.parent?.type.startsWith('Export') === true;
    const uses = isHeld ? this.#usesOf(parent.id, name) : [{ use, name }];
    if (uses === null) return { calls: [], isCalledOnly: false };
    const found = uses.map((one) => callOf(one.use, one.name));
    const calls = found.filter((call) => call !== null && call !== 'other');
    return { calls, isCalledOnly: !isExported && !found.includes(null) };
  }

  /**
   * Where a name stands for a function, or for an object that has it under a name; null where it is
   * not known what stands for it.
   */
  #usesOf(
    pattern: Node,
    name: string | null,
  ): readonly { readonly use: Node; readonly name: string | null }[] | null {
    const property =
      pattern.type === 'ObjectPattern'
        ? pattern.properties.find(
            (one) => one.type === 'Property' && keyName(one.key, one.computed) === name,
          )
        : null;
    if (property === undefined) return [];
    const target = property?.type === 'Property' ? property.value : pattern;
    const variable = target.type === 'Identifier' ? this.#bindings.variable(target) : null;
    if (variable === null || !isNeverReassigned(variable)) return null;
    const left = target === pattern ? name : null;
    return variable.references
      .filter(({ init }) => init !== true)
      .map(({ identifier }) => ({ use: usedIn(identifier), name: left }));
  }
}

function onlyOne(nodes: readonly Node[]): Node | null {
  const [only, ...others] = nodes;
  return only === undefined || others.length > 0 ? null : only;
}

/** What an expression is of what a function returns; null where it is nothing of it. */
function madeAt(expression: Node, by: FunctionNode): Made | null {
  let use = usedIn(expression);
  let name: string | null = null;
  if (use.parent?.type === 'Property' && use.parent.value === use) {
    const { key, computed, parent: object } = use.parent;
    name = keyName(key, computed);
    if (name === null || !object) return null;
    use = usedIn(object);
  }
  const { parent } = use;
  const isReturned =
    parent?.type === 'ReturnStatement'
      ? functionAround(parent) === by
      : parent === by && by.body === use;
  return isReturned ? { by, name } : null;
}

/**
 * The call of a function where it, or the object that has it under a name, is used; `other` where
 * something else of that object is; null where more may be done with it.
 */
function callOf(use: Node, name: string | null): CallExpression | 'other' | null {
  let callee = use;
  if (name !== null) {
    const { parent } = use;
    if (parent?.type !== 'MemberExpression' || parent.object !== use) return null;
    const member = memberName(parent);
    if (member !== name) return member === null ? null : 'other';
    callee = usedIn(parent);
  }
  const { parent } = callee;
  return parent?.type === 'CallExpression' && parent.callee === callee ? parent : null;
}
