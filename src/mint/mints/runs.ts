/** How the code around a mint comes to run: by which calls in the file, and with what they give. */

import {
  isClass,
  isFunction,
  isNode,
  keyName,
  unwrap,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type NewExpression,
  type Node,
} from '../../syntax/ast.ts';
import {
  initializerOf,
  isNeverReassigned,
  type Bindings,
  type Variable,
} from '../../syntax/bindings.ts';
import type { Values } from '../../values/resolve.ts';
import type { FollowedCall } from '../../values/evaluate.ts';

/** A way in which code comes to run. */
export interface Run {
  /** The calls that lead there, the outermost first. */
  readonly calls: readonly FollowedCall[];
  /** What the calls give to parameters. */
  readonly args: ReadonlyMap<Variable, Node>;
  /** The functions that these calls, or unseen ones, enter: what `args` has not, is not known. */
  readonly entered: ReadonlySet<FunctionNode>;
}

/** What leads from outside to a call. */
type Chain = Pick<Run, 'calls' | 'entered'>;

/** A function with more calls than this is read as if it had none. */
const MAX_CALLS = 20;

/** More ways than this are not told apart by the calls further out. */
const MAX_RUNS = 40;

/** Calls are followed outwards through so many functions. */
const MAX_DEPTH = 4;

const FROM_OUTSIDE: Chain = { calls: [], entered: new Set() };

/** Finds the runs of the code of one file. */
export class Runs {
  readonly #values: Values;
  readonly #bindings: Bindings;
  readonly #calls: readonly (CallExpression | NewExpression)[];

  /** @param calls all of the file */
  constructor(
    values: Values,
    bindings: Bindings,
    calls: readonly (CallExpression | NewExpression)[],
  ) {
    this.#values = values;
    this.#bindings = bindings;
    this.#calls = calls;
  }

  /** The ways in which a node comes to run: at least one. */
  of(node: Node): readonly Run[] {
    return this.#chains(node, new Set()).map((chain) => ({
      ...chain,
      args: new Map(chain.calls.flatMap((call) => this.#arguments(call))),
    }));
  }

  #chains(node: Node, inner: ReadonlySet<FunctionNode>): readonly Chain[] {
    const owner = this.#ownerOf(node, inner);
    if (owner === null || inner.size >= MAX_DEPTH) return [this.#fromOutside(node, inner)];
    const { target, callers } = owner;
    const within = new Set([...inner, target]);
    const through = (call: CallExpression | NewExpression, outer: Chain): Chain => {
      const construction = this.#construction(call, target);
      const inner = [...(construction === null ? [] : [construction]), { call, target }];
      return {
        calls: [...outer.calls, ...inner],
        entered: new Set([...outer.entered, ...inner.map((followed) => followed.target)]),
      };
    };
    const chains = callers.flatMap((call) =>
      this.#chains(call, within).map((outer) => through(call, outer)),
    );
    const told =
      chains.length <= MAX_RUNS ? chains : callers.map((call) => through(call, FROM_OUTSIDE));
    return this.#isUsedElsewhere(target)
      ? [...told, this.#fromOutside(node, new Set([target]))]
      : told;
  }

  /** The nearest function around a node that is called in the file, with its calls. */
  #ownerOf(
    node: Node,
    inner: ReadonlySet<FunctionNode>,
  ): {
    readonly target: FunctionNode;
    readonly callers: readonly (CallExpression | NewExpression)[];
  } | null {
    for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
      if (!isFunction(outer) || inner.has(outer)) continue;
      const callers = this.#values.callsOf(outer);
      if (callers.length > 0 && callers.length <= MAX_CALLS) return { target: outer, callers };
    }
    return null;
  }

  /** A run that begins outside of what is seen, with the one object that its class has, if it has. */
  #fromOutside(node: Node, entered: ReadonlySet<FunctionNode>): Chain {
    const owner = classAround(node);
    const target = constructorOf(owner);
    if (owner === null || target === null || entered.has(target)) return { calls: [], entered };
    const [call, ...others] = this.#constructionsOf(owner);
    return {
      calls: call === undefined || others.length > 0 ? [] : [{ call, target }],
      entered: new Set([...entered, target]),
    };
  }

  #constructionsOf(owner: ClassNode): readonly NewExpression[] {
    return this.#calls.flatMap((call): readonly NewExpression[] =>
      call.type === 'NewExpression' && this.#isOf(call, owner) ? [call] : [],
    );
  }

  /** Whether what is constructed is an object of a class, which is named there. */
  #isOf({ callee }: NewExpression, owner: ClassNode): boolean {
    return this.#bindings.variable(unwrap(callee))?.defs[0]?.node === owner;
  }

  /** How the object is made that a method is called on; null where that is not seen. */
  #construction(call: CallExpression | NewExpression, method: FunctionNode): FollowedCall | null {
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression') return null;
    const made = this.#initial(callee.object);
    const owner = classAround(method);
    const target = constructorOf(owner);
    if (made.type !== 'NewExpression' || owner === null || target === null) return null;
    return this.#isOf(made, owner) ? { call: made, target } : null;
  }

  /** Whether a function can run by other means than the calls of it that are seen. */
  #isUsedElsewhere(node: FunctionNode): boolean {
    const { parent } = node;
    if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition') {
      return parent.key.type !== 'PrivateIdentifier' && parent.accessibility !== 'private';
    }
    if (parent?.type === 'CallExpression') return parent.callee !== node;
    const isDeclaration = node.type === 'FunctionDeclaration';
    if (!isDeclaration && parent?.type !== 'VariableDeclarator') return true;
    const declaration = isDeclaration ? node : parent;
    const statement = isDeclaration ? parent : parent?.parent?.parent;
    if (statement?.type.startsWith('Export') === true) return true;
    const name = declaration && 'id' in declaration ? declaration.id : null;
    const variable = isNode(name) ? this.#bindings.variable(name) : null;
    return (variable?.references ?? []).some(
      ({ identifier, init }) => init !== true && !isCalled(identifier),
    );
  }

  /** What a call gives to the names that the parameters of its function bind. */
  #arguments({ call, target }: FollowedCall): readonly (readonly [Variable, Node])[] {
    const pairs: (readonly [Variable, Node])[] = [];
    for (const [index, parameter] of target.params.entries()) {
      const argument = call.arguments[index];
      if (argument === undefined || argument.type === 'SpreadElement') break;
      pairs.push(...this.#bound(parameter, argument));
    }
    return pairs;
  }

  #bound(pattern: Node, value: Node): readonly (readonly [Variable, Node])[] {
    switch (pattern.type) {
      case 'TSParameterProperty':
        return this.#bound(pattern.parameter, value);
      case 'AssignmentPattern':
        // The default is what it is, and where it is told.
        return isUndefined(value) ? [] : this.#bound(pattern.left, value);
      case 'Identifier': {
        const variable = this.#bindings.variable(pattern);
        return variable === null ? [] : [[variable, value]];
      }
      case 'ObjectPattern': {
        const object = this.#initial(value);
        if (object.type !== 'ObjectExpression') return [];
        return pattern.properties.flatMap((property) => {
          if (property.type !== 'Property') return [];
          const given = propertyOf(object, keyName(property.key, property.computed));
          return given === null ? [] : this.#bound(property.value, given);
        });
      }
      default:
        return [];
    }
  }

  /** What a constant is given; another expression as it is. */
  #initial(value: Node): Node {
    const inner = unwrap(value);
    const variable = inner.type === 'Identifier' ? this.#bindings.variable(inner) : null;
    if (variable === null || !isNeverReassigned(variable)) return inner;
    return unwrap(initializerOf(variable) ?? inner);
  }
}

function classAround(node: Node): ClassNode | null {
  let outer: Node | null = node;
  while (outer !== null && !isClass(outer)) outer = outer.parent ?? null;
  return outer;
}

function constructorOf(owner: ClassNode | null): FunctionNode | null {
  for (const member of owner?.body.body ?? []) {
    if (member.type === 'MethodDefinition' && member.kind === 'constructor') return member.value;
  }
  return null;
}

/** What an object literal says of a property; null where it says nothing, or a spread may. */
export function propertyOf(
  { properties }: Node & { readonly type: 'ObjectExpression' },
  name: string | null,
): Node | null {
  for (const property of properties.toReversed()) {
    if (property.type !== 'Property') return null;
    const key = keyName(property.key, property.computed);
    if (key === null) return null;
    if (key === name) return property.value;
  }
  return null;
}

function isUndefined(node: Node): boolean {
  const inner = unwrap(node);
  return (
    (inner.type === 'Identifier' && inner.name === 'undefined') ||
    (inner.type === 'UnaryExpression' && inner.operator === 'void')
  );
}

/** Whether a use of a name calls it. */
function isCalled(identifier: Node): boolean {
  const { parent } = identifier;
  return parent?.type === 'CallExpression' && parent.callee === identifier;
}
