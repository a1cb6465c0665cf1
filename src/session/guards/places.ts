/**
 * What may hold whether there is a JWT: variables, refs, states of components, properties, stores
 * and atoms; and all that each is ever given.
 */

import {
  functionAround,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import type { Bindings, Variable } from '../../syntax/bindings.ts';
import { isWritten } from '../../syntax/forms.ts';
import type { Keeping } from '../../values/libraries/state-kept.ts';
import { sameOrigin } from '../../values/sets.ts';
import type { Value, Values } from '../../values/resolve.ts';
import { Calling } from './calling.ts';
import { Contents } from './contents.ts';
import { actedPlace } from './acted.ts';
import { stateHookOf, type IsHook } from './hooks.ts';
import { initialOf, objectOf } from './objects.ts';
import type { Place } from './place.ts';
import { Reducers, type Reduced } from './reducers.ts';
import { Queries } from './queries.ts';
import { Slices } from './slices.ts';
import type { State } from './states.ts';
import type { Surroundings } from './surroundings.ts';
import { isListed, propertyIn, writeAt, type Write } from './writes.ts';

/** What has properties. */
export type Owner = Extract<Value, { readonly kind: 'object' | 'instance' | 'class' }>;

/** Middleware is looked through that is this deep. */
const MAX_AROUND = 8;

export class Places {
  readonly isHook: IsHook;
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #stores: Keeping;
  readonly #known = new Map<object, Place | null>();
  readonly #contents: Contents;
  readonly #calling: Calling;
  readonly #reducers: Reducers;
  readonly #slices: Slices;
  readonly #queries: Queries;

  constructor(bindings: Bindings, values: Values, stores: Keeping, project: Surroundings) {
    this.isHook = project.isHook;
    this.#bindings = bindings;
    this.#values = values;
    this.#stores = stores;
    this.#contents = new Contents(values);
    this.#reducers = new Reducers(bindings, values);
    this.#calling = new Calling(bindings, values, stores, this.#contents, project.isHook);
    this.#slices = new Slices(bindings, values, stores, {
      contents: this.#contents,
      calling: this.#calling,
      reducers: this.#reducers,
      project,
    });
    this.#queries = new Queries(stores, this.#contents, project.isNamed);
  }

  /** What a query, or a mutation, tells of itself. */
  queried(query: CallExpression, name: string): Place | null {
    return this.#queries.place(query, name);
  }

  /** A property of the state of Redux. */
  reduced({ store, path }: State, name: string): Place | null {
    return this.#slices.place(store, path, name);
  }

  /** All expressions and statements of the files that are read together. */
  nodes(): readonly Node[] {
    return this.#contents.nodes();
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
        this.#calling.isMadeOnce(maker);
      return this.#held(variable, node.init, writes, isOnly);
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
      const isOnly = this.#calling.isMadeOnce(functionAround(call));
      return this.#held(variable, call.arguments[0] ?? null, writes, isOnly);
    });
  }

  /** What is held by a name itself, whatever is rendered. */
  #held(key: Variable, initial: Node | null, writes: readonly Write[], isOnly: boolean): Place {
    const lifted = this.#calling.lifted(writes);
    return { key, initial, writes, isRendered: false, isOnly, lifted };
  }

  /**
   * The state that a call of `useState`, `useReducer` or `useActionState` keeps, which the first name of a
   * pattern stands for, or a property of it.
   */
  state(call: CallExpression, part: string | null = null): Place | null {
    const hook = stateHookOf(call, this.isHook);
    if (hook === null) return null;
    const known = this.#states.get(call) ?? new Map<string | null, Place | null>();
    this.#states.set(call, known);
    let place = known.get(part);
    if (place === undefined) {
      place =
        hook === 'useReducer'
          ? this.#reduced(call, part)
          : hook === 'useState'
            ? this.#stateOf(call, part)
            : actedPlace(call, part, this.#values);
      known.set(part, place);
    }
    return place;
  }

  readonly #states = new Map<Node, Map<string | null, Place | null>>();

  #stateOf(call: CallExpression, part: string | null): Place | null {
    const [initial = null] = call.arguments;
    return this.#keptBy(call, part, initial, (value) =>
      part === null || value === null ? [value ?? null] : this.#partsGiven(value, part),
    );
  }

  /** What a property becomes where a state is given a value, or a function of what it was. */
  #partsGiven(value: Node, part: string): readonly Reduced[] {
    const functions = this.#values.functions(value);
    if (functions.length > 0) return functions.flatMap((one) => this.#reducers.of(one, null, part));
    const object = objectOf(value, this.#values);
    const property = object === null ? 'unseen' : initialOf(object, part, this.#values);
    return [property ?? null];
  }

  #reduced(call: CallExpression, part: string | null): Place | null {
    const [given, initial = null, made] = call.arguments;
    const [reducer, ...others] = given === undefined ? [] : this.#values.functions(given);
    if (reducer === undefined || others.length > 0 || made !== undefined) return null;
    return this.#keptBy(call, part, initial, (action) => this.#reducers.of(reducer, action, part));
  }

  /** @param make what it becomes by what its setter is given */
  #keptBy(
    call: CallExpression,
    part: string | null,
    initial: Node | null,
    make: (given: Node | null) => readonly Reduced[],
  ): Place | null {
    const pattern = call.parent?.type === 'VariableDeclarator' ? call.parent.id : null;
    if (pattern?.type !== 'ArrayPattern') return null;
    const [, setter] = pattern.elements;
    const object = part === null || initial === null ? null : objectOf(initial, this.#values);
    const first =
      object === null || part === null ? undefined : initialOf(object, part, this.#values);
    if (part !== null && (object === null || first === 'unseen')) return null;
    const isOnly = this.#calling.isMadeOnce(functionAround(call));
    const property = first === 'unseen' ? null : (first ?? null);
    const starts = part === null ? initial : property;
    const place = { key: { call, part }, initial: starts, isRendered: true, isOnly };
    if (setter === undefined || setter === null) return { ...place, writes: [], lifted: null };
    const given = this.#settersOf(setter);
    if (given === null) return null;
    const writes = given.flatMap(({ node, value }): readonly Write[] => {
      const reduced = value === 'unseen' ? [value] : make(value);
      const isKept = reduced.includes('kept');
      return reduced.flatMap((one): readonly Write[] => {
        if (one === 'kept') return [];
        // What may stay as it is has not been lowered.
        return isKept ? [{ node, value: one, isUnsure: true }] : [{ node, value: one }];
      });
    });
    return { ...place, writes, lifted: this.#calling.lifted(writes) };
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
              lifted: this.#calling.lifted(writes),
            };
      known.set(name, place);
    }
    return place;
  }

  readonly #properties = new Map<Node, Map<string, Place | null>>();

  #writesTo(owner: Owner, name: string): readonly Write[] | null {
    const writes: Write[] = [];
    for (const member of this.#contents.members(name)) {
      if (!isWritten(member) || !this.#calling.mayBe(member.object, owner)) continue;
      const write = writeAt(member);
      if (write === null) return null;
      writes.push(write);
    }
    if (owner.kind !== 'object') return writes;
    const stored = this.#storedIn(owner, name);
    // It may start as an earlier run of the app has left it.
    const all = [...writes, ...stored];
    return all.length > 0 && this.#isRestored(owner, name) ? null : all;
  }

  /** Whether no more than one of an object, or of those of a class, is seen to be made. */
  #isOnly(owner: Owner): boolean {
    switch (owner.kind) {
      case 'class':
        return true;
      case 'object':
        return this.#calling.isMadeOnce(functionAround(owner.node));
      case 'instance':
        return this.#contents.constructionsOf(owner.node).length < 2;
    }
  }

  /** Whether a library may bring back what a property of a state was before. */
  #isRestored({ node }: Owner, name: string): boolean {
    const maker = functionAround(node);
    return this.#contents.libraryCalls().some((call) => {
      if (!this.#stores.isRestored(call, name)) return false;
      let [given] = call.arguments;
      // Middleware is given what it is around.
      for (let depth = 0; given?.type === 'CallExpression' && depth < MAX_AROUND; depth++) {
        [given] = given.arguments;
      }
      return given !== undefined && this.#values.functions(given).some((one) => one === maker);
    });
  }

  /** What calls of a library put into the state that an object is. */
  #storedIn(owner: Owner & { readonly kind: 'object' }, name: string): readonly Write[] {
    return this.#contents.libraryCalls().flatMap((call): readonly Write[] => {
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
    const literal = objectOf(inner, this.#values);
    if (literal !== null) return this.#parts(literal, owner);
    return inner.type === 'ArrowFunctionExpression' || inner.type === 'FunctionExpression'
      ? []
      : ['unseen'];
  }

  /** What an atom keeps, by the call that made it; null where that is no value, or not all is seen. */
  atom(made: CallExpression): Place | null {
    return this.#once(made, () => {
      const writes: Write[] = [];
      for (const call of this.#contents.libraryCalls()) {
        const stored = this.#stores.stored(call);
        if (stored?.atom === made) writes.push({ node: call, value: stored.given });
        // A setter that somebody else has can be given anything.
        if (this.#stores.held(call)?.atom === made && !this.#isNamed(call)) return null;
      }
      const initial = made.arguments[0] ?? null;
      const lifted = this.#calling.lifted(writes);
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

  #once(key: object, make: () => Place | null): Place | null {
    let place = this.#known.get(key);
    if (place === undefined) {
      this.#known.set(key, null);
      place = make();
      this.#known.set(key, place);
    }
    return place;
  }
}
