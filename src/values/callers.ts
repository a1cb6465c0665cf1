/** Where functions are called, and classes constructed and extended, in the files that are read together. */

import {
  constructorOf,
  isClass,
  keyName,
  rootOf,
  unwrap,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type NewExpression,
  type Node,
  type Program,
} from '../syntax/ast.ts';
import { exportsOf } from '../project/module.ts';
import { isNeverReassigned, type Bindings, type Variable } from '../syntax/bindings.ts';
import { usedIn } from '../syntax/forms.ts';
import { MAX_VALUES, type Value } from './sets.ts';
import type { Uses } from './uses.ts';

type Call = CallExpression | NewExpression;

/** What callers are told by. */
interface Asked {
  of(node: Node): readonly Value[];
  functions(node: Node): readonly FunctionNode[];
  isWrapper(call: CallExpression): boolean;
}

/** Classes that extend each other more deeply than this are not followed. */
const MAX_DEPTH = 200;

/** The calls of what calls of `bind`, of which there are so many, have made of functions. */
interface Bound {
  readonly of: number;
  readonly calls: ReadonlyMap<FunctionNode, readonly Call[]>;
}

/** The classes that extend another, of which there are so many. */
interface Extending {
  readonly of: number;
  /** Those that name what they extend, by that. */
  readonly direct: ReadonlyMap<Node, readonly ClassNode[]>;
  readonly others: readonly ClassNode[];
}

export class Callers {
  readonly #bindings: Bindings;
  readonly #uses: Uses;
  readonly #values: Asked;
  #extending: Extending | null = null;
  #bound: Bound | null = null;
  /** What modules export, with the names of it. */
  readonly #exported = new Map<Program, Map<object, readonly string[]>>();

  constructor(bindings: Bindings, uses: Uses, values: Asked) {
    this.#bindings = bindings;
    this.#uses = uses;
    this.#values = values;
  }

  /** The calls of a function, as far as they can be told. */
  of(node: FunctionNode): readonly Call[] {
    const calls: Call[] = [];
    const name = this.#nameOf(node);
    if (name !== null) {
      for (const { identifier } of name.references) {
        const call = callAt(identifier);
        if (call !== null) calls.push(call);
      }
    }
    for (const key of this.#keysOf(node, name)) {
      for (const call of this.#uses.called(key)) {
        if (this.#values.functions(call.callee).includes(node)) calls.push(call);
      }
      for (const local of this.#uses.taken(key)) {
        const found = this.#callsBy(local);
        if (found.length > 0 && this.#values.functions(local).includes(node)) calls.push(...found);
      }
    }
    const { parent } = node;
    if (parent?.type === 'CallExpression' && parent.callee === node) calls.push(parent);
    if (parent?.type === 'MethodDefinition' && parent.kind === 'constructor') {
      calls.push(...this.#constructionsOf(node, parent.parent?.parent ?? null));
    }
    return calls;
  }

  /** The names under which a function is in objects, and in what its module exports. */
  #keysOf(node: FunctionNode, name: Variable | null): ReadonlySet<string> {
    const keys = new Set<string>();
    const add = (key: string | null): void => {
      if (key !== null) keys.add(key);
    };
    add(methodName(node));
    for (const { identifier } of name?.references ?? []) {
      const { parent } = identifier;
      if (parent?.type === 'Property' && parent.value === identifier)
        add(keyName(parent.key, parent.computed));
    }
    for (const what of [node, name]) for (const key of this.#exportedAs(node, what)) keys.add(key);
    // What is handed on by other modules under further names.
    for (const key of keys) for (const other of this.#uses.handedOn(key)) keys.add(other);
    return keys;
  }

  #callsBy(name: Node): readonly Call[] {
    const references = this.#bindings.variable(name)?.references ?? [];
    return references.flatMap(({ identifier }) => callAt(identifier) ?? []);
  }

  /** The names under which its module exports a function, by its binding or as it is. */
  #exportedAs(node: FunctionNode, what: Variable | Node | null): readonly string[] {
    const program = rootOf(node);
    if (program.type !== 'Program' || what === null) return [];
    let names = this.#exported.get(program);
    if (names === undefined) {
      names = new Map();
      for (const [name, sources] of exportsOf(program).named) {
        for (const source of sources) {
          if (source.kind !== 'node') continue;
          const key = this.#bindings.variable(source.node) ?? source.node;
          names.set(key, [...(names.get(key) ?? []), name]);
        }
      }
      this.#exported.set(program, names);
    }
    return names.get(what) ?? [];
  }

  /** The calls of what `bind` makes of a function, which are given the rest of its arguments. */
  boundOf(node: FunctionNode): readonly Call[] {
    const binds = this.#uses.called('bind');
    if (this.#bound?.of !== binds.length) {
      this.#bound = { of: binds.length, calls: this.#boundBy(binds) };
    }
    return this.#bound.calls.get(node) ?? [];
  }

  #boundBy(binds: readonly CallExpression[]): ReadonlyMap<FunctionNode, readonly Call[]> {
    const calls = new Map<FunctionNode, Call[]>();
    for (const bind of binds) {
      const callee = unwrap(bind.callee);
      if (callee.type !== 'MemberExpression') continue;
      const found = this.#callsOfBound(bind);
      for (const target of found.length === 0 ? [] : this.#values.functions(callee.object)) {
        calls.set(target, [...(calls.get(target) ?? []), ...found]);
      }
    }
    return calls;
  }

  /** The calls of what a call of `bind` gives, at once or by the name that it is given. */
  #callsOfBound(bind: CallExpression): readonly Call[] {
    const { parent } = usedIn(bind);
    const name = parent?.type === 'VariableDeclarator' ? this.#bindings.variable(parent.id) : null;
    const uses = name === null ? [bind] : name.references.map(({ identifier }) => identifier);
    return uses.flatMap((use) => callAt(use) ?? []);
  }

  /** The calls that a function is given to by its name, and as which argument. */
  handedTo(
    node: FunctionNode,
  ): readonly { readonly call: CallExpression; readonly position: number }[] {
    return (this.#nameOf(node)?.references ?? []).flatMap(({ identifier }) => {
      const outer = usedIn(identifier);
      const call = outer.parent;
      if (call?.type !== 'CallExpression' || call.callee === outer) return [];
      return [{ call, position: call.arguments.findIndex((one) => one === outer) }];
    });
  }

  /** Where the class of a constructor, or one that adds none of its own, is constructed. */
  #constructionsOf(constructor: FunctionNode, owner: Node | null): readonly Call[] {
    if (owner === null || !isClass(owner)) return [];
    return this.#uses.constructing.filter(({ callee }) =>
      this.#values.of(callee).some((value) => {
        if (callee.type === 'Super') return value.kind === 'instance' && value.node === owner;
        return value.kind === 'class' && this.#constructorOf(value.node) === constructor;
      }),
    );
  }

  /** The constructor that constructing a class runs, of its own or of one that it extends. */
  #constructorOf(node: ClassNode, depth = 0): FunctionNode | null {
    const own = constructorOf(node);
    if (own !== null || node.superClass === null || depth >= MAX_DEPTH) return own;
    for (const value of this.#values.of(node.superClass)) {
      if (value.kind === 'class') return this.#constructorOf(value.node, depth + 1);
    }
    return null;
  }

  /** The binding that holds a function. */
  #nameOf(node: FunctionNode): Variable | null {
    if (node.type !== 'ArrowFunctionExpression' && node.id) {
      return this.#bindings.variable(node.id);
    }
    let value: Node = node;
    for (let parent = value.parent ?? null; parent !== null; parent = parent.parent ?? null) {
      if (parent.type === 'VariableDeclarator') {
        return parent.id.type === 'Identifier' ? this.#bindings.variable(parent.id) : null;
      }
      const isWrapped =
        unwrap(parent) === unwrap(value) ||
        (parent.type === 'CallExpression' && this.#values.isWrapper(parent));
      if (!isWrapped) return null;
      value = parent;
    }
    return null;
  }

  /** The classes that extend a class, and those that extend them. */
  heirsOf(node: ClassNode): readonly ClassNode[] {
    const { direct, others } = this.#extendingOnes();
    const heirs: ClassNode[] = [];
    const open = [node];
    for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
      const byName = new Set(direct.get(parent));
      for (const heir of [...byName, ...others]) {
        if (heir === node || heirs.includes(heir) || heir.superClass === null) continue;
        const isHeir = byName.has(heir) || this.#isOneOf(heir.superClass, parent);
        if (!isHeir) continue;
        heirs.push(heir);
        // More are as good as none.
        if (heirs.length > MAX_VALUES) return heirs;
        open.push(heir);
      }
    }
    return heirs;
  }

  #isOneOf(node: Node, of: ClassNode): boolean {
    return this.#values.of(node).some((value) => value.kind === 'class' && value.node === of);
  }

  /** The classes that extend another: by that one where they name it, and the others. */
  #extendingOnes(): Extending {
    const { extending } = this.#uses;
    if (this.#extending?.of !== extending.length) {
      const direct = new Map<Node, ClassNode[]>();
      const others: ClassNode[] = [];
      for (const heir of extending) {
        const parent = this.#parentNamedBy(heir);
        const known = parent === null ? others : direct.get(parent);
        if (parent === null || known !== undefined) known?.push(heir);
        else direct.set(parent, [heir]);
      }
      this.#extending = { of: extending.length, direct, others };
    }
    return this.#extending;
  }

  /** The class that a class extends by its name. */
  #parentNamedBy({ superClass }: ClassNode): ClassNode | null {
    const variable = superClass === null ? null : this.#bindings.variable(unwrap(superClass));
    if (variable === null || !isNeverReassigned(variable)) return null;
    const [definition] = variable.defs;
    return definition?.type === 'ClassName' && isClass(definition.node) ? definition.node : null;
  }
}

/** The arguments at an index that a function gives to those of its parameters which are called. */
export function argumentsOfCalls(
  target: FunctionNode,
  position: number,
  index: number,
  bindings: Bindings,
): readonly Node[] {
  const parameter = target.params[position];
  const variable = parameter?.type === 'Identifier' ? bindings.variable(parameter) : null;
  return (variable?.references ?? []).flatMap(
    ({ identifier }) => callAt(identifier)?.arguments[index] ?? [],
  );
}

/** The call whose callee an expression is. */
function callAt(expression: Node): Call | null {
  let inner = expression;
  for (let outer = expression.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (outer.type === 'CallExpression' || outer.type === 'NewExpression') {
      return outer.callee === inner ? outer : null;
    }
    if (unwrap(outer) !== unwrap(inner)) return null;
    inner = outer;
  }
  return null;
}

/** The name of the method that a function is. */
function methodName(node: FunctionNode): string | null {
  const { parent } = node;
  switch (parent?.type) {
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'Property':
      return keyName(parent.key, parent.computed);
    default:
      return null;
  }
}
