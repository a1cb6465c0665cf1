/**
 * What may hold whether there is a JWT: variables, refs, states of components, properties, stores
 * and atoms; and all that each is ever given.
 */

import {
  functionAround,
  keyName,
  memberName,
  nodesIn,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type MemberExpression,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import {
  importOf,
  isNeverReassigned,
  type Bindings,
  type Variable,
} from '../../syntax/bindings.ts';
import type { Libraries } from '../../values/libraries/libraries.ts';
import { sameOrigin } from '../../values/sets.ts';
import type { Value, Values } from '../../values/resolve.ts';

/** Something that a place is given. */
export interface Write {
  /** The call, or the assignment, that gives it. */
  readonly node: Node;
  /** Null for nothing, which is `undefined`; what is not seen may be anything. */
  readonly value: Node | null | 'unseen';
}

export interface Place {
  /** What it is told by. */
  readonly key: object;
  /** What it starts with. */
  readonly initial: Node | null;
  readonly writes: readonly Write[];
  /** Whether what is read of it stays what it was, for all that a render makes. */
  readonly isRendered: boolean;
  /** Whether no other one is seen to be made by the same code. */
  readonly isOnly: boolean;
  /** The same writes, told where functions are called that do nothing else; null where there are none. */
  readonly lifted: readonly Write[] | null;
}

/** What has properties. */
export type Owner = Extract<Value, { readonly kind: 'object' | 'instance' | 'class' }>;

/** How libraries keep state. */
export type Stores = Pick<Libraries, 'stored' | 'held' | 'selected' | 'isRestored'>;

/** Middleware is looked through that is this deep. */
const MAX_AROUND = 8;

/** Functions that call each other are followed so far. */
const MAX_LIFTED = 3;

export class Places {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #stores: Stores;
  readonly #known = new Map<object, Place | null>();
  readonly #members = new Map<string, MemberExpression[]>();
  readonly #calls: CallExpression[] = [];
  readonly #nodes: Node[] = [];
  readonly #indexed = new Set<Node>();

  constructor(bindings: Bindings, values: Values, stores: Stores) {
    this.#bindings = bindings;
    this.#values = values;
    this.#stores = stores;
  }

  /** All expressions and statements of the files that are read together. */
  nodes(): readonly Node[] {
    this.#index();
    return this.#nodes;
  }

  /** The variable that can be given another value; null for others, or where not all it is given is seen. */
  variable(variable: Variable): Place | null {
    return this.#once(variable, () => {
      const [definition, ...others] = variable.defs;
      if (definition === undefined || others.length > 0) return null;
      const { node, name } = definition;
      if (node.type !== 'VariableDeclarator' || node.id !== name) return null;
      if (node.parent?.type !== 'VariableDeclaration' || node.parent.kind === 'const') return null;
      const { parent: statement } = node.parent;
      if (statement?.type === 'ForInStatement' || statement?.type === 'ForOfStatement') return null;
      const writes: Write[] = [];
      for (const reference of variable.references) {
        if (reference.init === true || !reference.isWrite()) continue;
        const write = writeAt(reference.identifier);
        if (write === null) return null;
        writes.push(write);
      }
      const maker = functionAround(node);
      const isOnly =
        variable.references.every(({ identifier }) => functionAround(identifier) === maker) ||
        this.#isMadeOnce(maker);
      return {
        key: variable,
        initial: node.init,
        writes,
        isRendered: false,
        isOnly,
        lifted: this.#lifted(writes),
      };
    });
  }

  /** The `current` of what `useRef` gives, where nobody else has that. */
  ref(variable: Variable): Place | null {
    const [definition, ...others] = variable.defs;
    const declarator = definition?.node;
    if (declarator?.type !== 'VariableDeclarator' || others.length > 0) return null;
    const call = declarator.init === null ? null : unwrap(declarator.init);
    if (declarator.id.type !== 'Identifier' || call?.type !== 'CallExpression') return null;
    if (!this.isHook(call, 'useRef')) return null;
    return this.#once(variable, () => {
      const writes: Write[] = [];
      for (const { identifier, init } of variable.references) {
        if (init === true) continue;
        const { parent } = identifier;
        if (isListed(identifier)) continue;
        // Whoever has the ref can raise it.
        if (parent?.type !== 'MemberExpression' || parent.object !== identifier) return null;
        if (memberName(parent) !== 'current') return null;
        if (!isWritten(parent)) continue;
        const write = writeAt(parent);
        if (write === null) return null;
        writes.push(write);
      }
      const isOnly = this.#isMadeOnce(functionAround(call));
      const initial = call.arguments[0] ?? null;
      return {
        key: variable,
        initial,
        writes,
        isRendered: false,
        isOnly,
        lifted: this.#lifted(writes),
      };
    });
  }

  /** The state that a call of `useState` keeps, which the first name of a pattern stands for. */
  state(call: CallExpression): Place | null {
    if (!this.isHook(call, 'useState')) return null;
    return this.#once(call, () => {
      const pattern = call.parent?.type === 'VariableDeclarator' ? call.parent.id : null;
      if (pattern?.type !== 'ArrayPattern') return null;
      const [, setter] = pattern.elements;
      const initial = call.arguments[0] ?? null;
      const isOnly = this.#isMadeOnce(functionAround(call));
      const place: Omit<Place, 'writes' | 'lifted'> = {
        key: call,
        initial,
        isRendered: true,
        isOnly,
      };
      if (setter === undefined || setter === null) return { ...place, writes: [], lifted: null };
      const writes = this.#settersOf(setter);
      return writes === null ? null : { ...place, writes, lifted: this.#lifted(writes) };
    });
  }

  /** What is given to a setter, by its name; null where somebody else has it. */
  #settersOf(setter: Node): readonly Write[] | null {
    const variable = setter.type === 'Identifier' ? this.#bindings.variable(setter) : null;
    if (variable === null) return null;
    const writes: Write[] = [];
    for (const { identifier, init } of variable.references) {
      if (init === true || isListed(identifier)) continue;
      const { parent } = identifier;
      if (parent?.type !== 'CallExpression' || parent.callee !== identifier) return null;
      writes.push({ node: parent, value: parent.arguments[0] ?? null });
    }
    return writes;
  }

  /**
   * A property of an object or a class that is written out.
   *
   * @returns null where nothing is ever assigned to it, or not all of that is seen
   */
  property(owner: Owner, name: string, initial: Node | null): Place | null {
    const known = this.#properties.get(owner.node) ?? new Map<string, Place | null>();
    this.#properties.set(owner.node, known);
    let place = known.get(name);
    if (place === undefined) {
      known.set(name, null);
      const writes = this.#writesTo(owner, name);
      place =
        writes === null || writes.length === 0
          ? null
          : {
              key: { owner, name },
              initial,
              writes,
              isRendered: false,
              isOnly: this.#isOnly(owner),
              lifted: this.#lifted(writes),
            };
      known.set(name, place);
    }
    return place;
  }

  readonly #properties = new Map<Node, Map<string, Place | null>>();

  #writesTo(owner: Owner, name: string): readonly Write[] | null {
    this.#index();
    const writes: Write[] = [];
    for (const member of this.#members.get(name) ?? []) {
      if (!isWritten(member) || !this.#mayBe(member.object, owner)) continue;
      const write = writeAt(member);
      if (write === null) return null;
      writes.push(write);
    }
    if (owner.kind !== 'object') return writes;
    const stored = this.#storedIn(owner, name);
    // It may start as an earlier run of the app has left it.
    const all = [...writes, ...stored];
    return all.length > 0 && this.#isRestored(owner) ? null : all;
  }

  /** Whether no more than one of an object, or of those of a class, is seen to be made. */
  #isOnly(owner: Owner): boolean {
    switch (owner.kind) {
      case 'class':
        return true;
      case 'object':
        return this.#isMadeOnce(functionAround(owner.node));
      case 'instance':
        this.#index();
        return (
          this.#nodes.filter(
            (node) =>
              node.type === 'NewExpression' &&
              this.#values
                .of(node.callee)
                .some((value) => value.kind === 'class' && value.node === owner.node),
          ).length < 2
        );
    }
  }

  /** Whether no more than one call of what makes something is seen. */
  #isMadeOnce(maker: FunctionNode | null): boolean {
    return maker === null || this.#callsOf(maker).length < 2;
  }

  /** Writes of functions that do nothing else, as what their calls do, of which all are seen. */
  #lifted(writes: readonly Write[], depth = 0): readonly Write[] | null {
    const lifted = writes.flatMap((write): readonly Write[] => {
      const code = functionAround(write.node);
      const calls = code !== null && isMarker(code, write.node) ? this.#onlyCallsOf(code) : null;
      if (code === null || calls === null || calls.length === 0) return [write];
      return calls.map((call) => ({ node: call, value: this.#valueIn(write.value, code, call) }));
    });
    const isSame = lifted.length === writes.length && writes.every((one) => lifted.includes(one));
    if (isSame) return null;
    return depth < MAX_LIFTED ? (this.#lifted(lifted, depth + 1) ?? lifted) : lifted;
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
      return isSeen ? this.#callsOf(code) : null;
    }
    const isKept = parent?.type === 'CallExpression' && this.isHook(parent, 'useCallback');
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
    this.#index();
    const [owner] = this.#values.of(object);
    if (owner?.kind !== 'object') return false;
    const isRead = (this.#members.get(name) ?? []).every((member) => {
      const { parent } = member;
      if (parent?.type === 'CallExpression' && parent.callee === member) return true;
      return this.#isSelected(member) || !this.#mayBe(member.object, owner);
    });
    return (
      isRead &&
      this.#nodes.every((node) => {
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

  /** The calls that are seen of a function. */
  #callsOf(code: FunctionNode): readonly CallExpression[] {
    let calls = this.#callers.get(code);
    if (calls === undefined) {
      this.#index();
      calls = this.#calls.filter(({ callee }) =>
        this.#values.functions(callee).some((one) => one === code),
      );
      this.#callers.set(code, calls);
    }
    return calls;
  }

  readonly #callers = new Map<FunctionNode, readonly CallExpression[]>();

  /** Whether a library may bring back what a state was before. */
  #isRestored({ node }: Owner): boolean {
    const maker = functionAround(node);
    return this.#calls.some((call) => {
      if (!this.#stores.isRestored(call)) return false;
      let [given] = call.arguments;
      // Middleware is given what it is around.
      for (let depth = 0; given?.type === 'CallExpression' && depth < MAX_AROUND; depth++) {
        [given] = given.arguments;
      }
      return given !== undefined && this.#values.functions(given).some((one) => one === maker);
    });
  }

  /** Whether an expression can be a value: what is not known can be any. */
  #mayBe(node: Node, owner: Owner): boolean {
    const values = this.#values.of(node);
    return (
      values.length === 0 ||
      values.some((value) => value.kind === 'unknown' || sameOrigin(value, owner))
    );
  }

  /** What calls of a library put into the state that an object is. */
  #storedIn(owner: Owner & { readonly kind: 'object' }, name: string): readonly Write[] {
    return this.#calls.flatMap((call): readonly Write[] => {
      const stored = this.#stores.stored(call);
      if (stored === null) return [];
      if (!stored.into.some((value) => sameOrigin(value, owner))) return [];
      if (stored.isAny) return [{ node: call, value: 'unseen' }];
      return this.#parts(stored.given, owner).flatMap((part): readonly Write[] => {
        if (part === 'unseen') return [{ node: call, value: part }];
        const value = propertyIn(part, name);
        return value === undefined ? [] : [{ node: call, value }];
      });
    });
  }

  /** The objects whose properties are put into a store where it is given something. */
  #parts(given: Node | null, owner: Owner): readonly (ObjectExpression | 'unseen')[] {
    if (given === null) return [];
    const inner = unwrap(given);
    if (inner.type === 'ObjectExpression') {
      const isSeen = inner.properties.every(
        (property) =>
          property.type === 'Property' ||
          this.#values.of(property.argument).some((value) => sameOrigin(value, owner)),
      );
      return isSeen ? [inner] : ['unseen'];
    }
    const returned = this.#values.functions(inner).flatMap((node) => this.#values.returnsOf(node));
    if (returned.length > 0) {
      return returned.flatMap((node) => (node === inner ? [] : this.#parts(node, owner)));
    }
    const literal = this.#literal(inner);
    if (literal !== null) return this.#parts(literal, owner);
    return inner.type === 'ArrowFunctionExpression' || inner.type === 'FunctionExpression'
      ? []
      : ['unseen'];
  }

  /** The object that an expression is, where it can be no other. */
  #literal(node: Node): ObjectExpression | null {
    const [only, ...others] = this.#values.of(node);
    return only?.kind === 'object' && others.length === 0 ? only.node : null;
  }

  /** What an object starts with as a property, also as a part of what is spread into it. */
  initialOf(node: ObjectExpression, name: string, depth = 0): Node | 'unseen' | undefined {
    for (const property of node.properties.toReversed()) {
      if (property.type === 'Property') {
        const key = keyName(property.key, property.computed);
        if (key === null) return 'unseen';
        if (key === name) return property.kind === 'init' ? property.value : 'unseen';
        continue;
      }
      const spread = depth < MAX_AROUND ? this.#literal(property.argument) : null;
      const initial = spread === null ? 'unseen' : this.initialOf(spread, name, depth + 1);
      if (initial !== undefined) return initial;
    }
    return undefined;
  }

  /** What an atom keeps, by the call that made it; null where that is no value, or not all is seen. */
  atom(made: CallExpression): Place | null {
    return this.#once(made, () => {
      this.#index();
      const writes: Write[] = [];
      for (const call of this.#calls) {
        const stored = this.#stores.stored(call);
        if (stored?.atom === made) writes.push({ node: call, value: stored.given });
        // A setter that somebody else has can be given anything.
        if (this.#stores.held(call)?.atom === made && !this.#isNamed(call)) return null;
      }
      const initial = made.arguments[0] ?? null;
      const lifted = this.#lifted(writes);
      return { key: made, initial, writes, isRendered: false, isOnly: true, lifted };
    });
  }

  /** Whether the setter that a call gives is called by its name alone, if at all. */
  #isNamed(call: CallExpression): boolean {
    const pattern = call.parent?.type === 'VariableDeclarator' ? call.parent.id : null;
    switch (pattern?.type) {
      case 'Identifier':
        return this.#stores.held(call)?.isSetter !== true || this.#settersOf(pattern) !== null;
      case 'ArrayPattern': {
        const [, setter] = pattern.elements;
        return setter === undefined || setter === null || this.#settersOf(setter) !== null;
      }
      default:
        return this.#stores.held(call)?.isSetter === false;
    }
  }

  /** Whether a call is that of a hook of React's. */
  isHook({ callee }: CallExpression, name: string): boolean {
    const inner = unwrap(callee);
    if (inner.type === 'MemberExpression') {
      const [whole] = this.#bindings.variable(unwrap(inner.object))?.defs ?? [];
      const imported = whole === undefined ? null : importOf(whole);
      return memberName(inner) === name && imported?.specifier === 'react';
    }
    const [definition] = this.#bindings.variable(inner)?.defs ?? [];
    const imported = definition === undefined ? null : importOf(definition);
    return imported?.specifier === 'react' && imported.name === name;
  }

  #once(key: object, make: () => Place | null): Place | null {
    let place = this.#known.get(key);
    if (place === undefined) {
      this.#known.set(key, null);
      place = make();
      this.#known.set(key, place);
    }
    return place;
  }

  #index(): void {
    for (const program of this.#values.programs) {
      if (this.#indexed.has(program)) continue;
      this.#indexed.add(program);
      for (const node of nodesIn(program)) {
        this.#nodes.push(node);
        if (node.type === 'CallExpression') this.#calls.push(node);
        const name = node.type === 'MemberExpression' ? memberName(node) : null;
        if (node.type !== 'MemberExpression' || name === null) continue;
        const same = this.#members.get(name);
        if (same === undefined) this.#members.set(name, [node]);
        else same.push(node);
      }
    }
  }
}

/** Whether a function does nothing but to give something somewhere, at once. */
function isMarker({ async, generator, body }: FunctionNode, write: Node): boolean {
  if (async || generator || body === null) return false;
  if (body.type !== 'BlockStatement') return unwrap(body) === write;
  const [only, ...others] = body.body;
  const given =
    only?.type === 'ExpressionStatement'
      ? only.expression
      : only?.type === 'ReturnStatement'
        ? only.argument
        : null;
  return others.length === 0 && given !== null && unwrap(given) === write;
}

/** Whether a name stands in a list of what a hook depends on. */
function isListed({ parent }: Node): boolean {
  return parent?.type === 'ArrayExpression' && parent.parent?.type === 'CallExpression';
}

/** Whether a member is given something where it stands. */
function isWritten(node: Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === node;
    case 'UpdateExpression':
    case 'ArrayPattern':
    case 'RestElement':
      return true;
    case 'Property':
      return parent.parent?.type === 'ObjectPattern';
    case 'UnaryExpression':
      return parent.operator === 'delete';
    default:
      return false;
  }
}

/** The plain assignment that a name or a member is the target of; null for all else that writes it. */
function writeAt(target: Node): Write | null {
  const { parent } = target;
  if (parent?.type !== 'AssignmentExpression' || parent.left !== target) return null;
  return parent.operator === '=' ? { node: parent, value: parent.right } : null;
}

/** What a literal gives a property; undefined where it does not name it. */
function propertyIn({ properties }: ObjectExpression, name: string): Node | 'unseen' | undefined {
  for (const property of properties.toReversed()) {
    if (property.type !== 'Property') continue;
    const key = keyName(property.key, property.computed);
    if (key === null) return 'unseen';
    if (key === name) return property.kind === 'init' ? property.value : 'unseen';
  }
  return undefined;
}
