/**
 * What is kept in the state of Redux: by the slices that are put into stores, what their reducers
 * make of a property, and who dispatches the actions that they are for.
 */

import {
  calledName,
  functionAround,
  keyName,
  memberNameOf,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import type { Bindings } from '../../syntax/bindings.ts';
import type { Keeping } from '../../values/libraries/state-kept.ts';
import type { Part } from '../../values/libraries/things.ts';
import type { Values } from '../../values/resolve.ts';
import type { Calling } from './calling.ts';
import type { Contents } from './contents.ts';
import { Dispatched } from './dispatched.ts';
import { Drafts, isPayload, type Change } from './drafts.ts';
import { initialOf, objectOf } from './objects.ts';
import type { Place } from './place.ts';
import type { Reducers } from './reducers.ts';
import type { Surroundings } from './surroundings.ts';
import { propertyIn, type Write } from './writes.ts';

/** A reducer that a slice has for some action; null for one that is not seen. */
interface Case {
  readonly action: Part | null;
  readonly reducer: FunctionNode;
  /** Whether what is given with the action is another thing than what the action is called with. */
  readonly isPrepared: boolean;
}

/** Reducers that are made of others more deeply than this are not looked into. */
const MAX_DEPTH = 8;

export class Slices {
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #kept: Keeping;
  readonly #contents: Contents;
  readonly #calling: Calling;
  readonly #dispatched: Dispatched;
  readonly #drafts: Drafts;
  readonly #known = new Map<CallExpression, Map<string, Place | null>>();
  readonly #cases = new Map<CallExpression, readonly Case[] | null>();

  constructor(
    bindings: Bindings,
    values: Values,
    kept: Keeping,
    parts: {
      readonly contents: Contents;
      readonly calling: Calling;
      readonly reducers: Reducers;
      readonly project: Surroundings;
    },
  ) {
    this.#bindings = bindings;
    this.#values = values;
    this.#kept = kept;
    this.#contents = parts.contents;
    this.#calling = parts.calling;
    this.#dispatched = new Dispatched(bindings, values, kept, parts);
    this.#drafts = new Drafts(bindings, values, parts.reducers);
  }

  /**
   * A property that is kept in the state.
   *
   * @param store the call that made the store; null where that is not known
   * @param path the names by which the state gets to what has the property
   */
  place(store: Node | null, path: readonly string[], name: string): Place | null {
    const slices = new Set(this.#slicesAt(store, path));
    const [slice, ...others] = slices;
    if (slice === undefined || slice === null || others.length > 0) return null;
    const known = this.#known.get(slice) ?? new Map<string, Place | null>();
    this.#known.set(slice, known);
    let place = known.get(name);
    if (place === undefined) {
      known.set(name, null);
      place = this.#placeIn(slice, name);
      known.set(name, place);
    }
    return place;
  }

  /** The slices that are found there, in each store that it can be; null for something else. */
  #slicesAt(store: Node | null, path: readonly string[]): readonly (CallExpression | null)[] {
    const stores = store === null ? this.#stores() : [store];
    const found = stores.flatMap((made) => {
      const options = made.type === 'CallExpression' ? this.#optionsOf(made) : null;
      // It starts as it is told to.
      if (options === null || propertyIn(options, 'preloadedState') !== undefined) return [null];
      const reducer = propertyIn(options, 'reducer');
      if (reducer === undefined || reducer === 'unseen') return [null];
      const slice = this.#sliceOf(reducer, path, 0);
      return slice === undefined ? [] : [slice];
    });
    if (stores.length > 0) return found;
    const [own, ...others] = path;
    // Where no store is seen, a slice is taken to be where its name says.
    return others.length > 0
      ? []
      : this.#calls().filter((call) => {
          const options = this.#optionsOf(call);
          const text = options === null ? undefined : propertyIn(options, 'name');
          const literal = text === undefined || text === 'unseen' ? null : unwrap(text);
          return literal?.type === 'Literal' && literal.value === own;
        });
  }

  #stores(): readonly CallExpression[] {
    return this.#contents.libraryCalls().filter((call) => {
      const part = this.#kept.part(call);
      return part?.role === 'store' && part.calls[0] === call && part.calls.length === 1;
    });
  }

  /** The calls that make slices. */
  #calls(): readonly CallExpression[] {
    return this.#contents
      .libraryCalls()
      .filter((call) => this.#kept.isSlice(call) && this.#optionsOf(call) !== null);
  }

  /** The slice whose reducer is there; null for something else, undefined for nothing. */
  #sliceOf(
    reducer: Node,
    path: readonly string[],
    depth: number,
  ): CallExpression | null | undefined {
    if (depth > MAX_DEPTH) return null;
    const part = this.#kept.part(reducer);
    const [made] = part?.calls ?? [];
    if (part?.role === 'reducer' && made?.type === 'CallExpression') {
      return path.length === 0 ? made : null;
    }
    const given = part?.role === 'reducers' ? made?.arguments[0] : reducer;
    const [name, ...rest] = path;
    const object = given === undefined ? null : objectOf(given, this.#values);
    if (object === null || name === undefined) return null;
    const next = reducerIn(object, name, this.#values);
    if (next === undefined) return undefined;
    return next === 'unseen' ? null : this.#sliceOf(next, rest, depth + 1);
  }

  /** Whether a reducer may be made of that of a slice. */
  #mayHave(reducer: Node, slice: CallExpression, depth: number): boolean {
    if (depth > MAX_DEPTH) return true;
    const part = this.#kept.part(reducer);
    const [made] = part?.calls ?? [];
    if (part?.role === 'reducer') return made === slice;
    const given = part?.role === 'reducers' ? made?.arguments[0] : reducer;
    const object = given === undefined ? null : objectOf(given, this.#values);
    if (object === null) return true;
    return object.properties.some(
      (one) => one.type !== 'Property' || this.#mayHave(one.value, slice, depth + 1),
    );
  }

  #optionsOf({ arguments: [given] }: CallExpression): ObjectExpression | null {
    const object = given === undefined ? null : objectOf(given, this.#values);
    return object?.properties.every(({ type }) => type === 'Property') === true ? object : null;
  }

  #placeIn(slice: CallExpression, name: string): Place | null {
    const options = this.#optionsOf(slice);
    const initial = options === null ? undefined : this.#initialOf(options, name);
    const cases = this.#casesOf(slice, options);
    if (initial === undefined || initial === 'unseen' || cases === null) return null;
    const writes = cases.flatMap((one) => this.#writesOf(one, name));
    const stores = this.#stores().filter((store) => {
      const given = this.#optionsOf(store);
      const reducer = given === null ? 'unseen' : propertyIn(given, 'reducer');
      return reducer === undefined || reducer === 'unseen' || this.#mayHave(reducer, slice, 0);
    });
    const isOnly =
      stores.length < 2 && stores.every((one) => this.#calling.isMadeOnce(functionAround(one)));
    return {
      key: { slice, name },
      initial,
      writes,
      isRendered: false,
      isOnly,
      lifted: this.#calling.lifted(writes),
    };
  }

  /** What a property starts with; undefined where the state is not seen. */
  #initialOf(options: ObjectExpression, name: string): Node | 'unseen' | null | undefined {
    const state = propertyIn(options, 'initialState');
    if (state === undefined || state === 'unseen') return undefined;
    const [made, ...others] = this.#values
      .functions(state)
      .flatMap((one) => this.#values.endsOf(one));
    const object =
      others.length > 0 || made === null ? null : objectOf(made ?? state, this.#values);
    if (object === null) return undefined;
    return initialOf(object, name, this.#values) ?? null;
  }

  #casesOf(slice: CallExpression, options: ObjectExpression | null): readonly Case[] | null {
    let cases = this.#cases.get(slice);
    if (cases === undefined) {
      const own = options === null ? null : this.#ownCases(slice, options);
      const more = options === null ? null : this.#moreCases(options);
      cases = own === null || more === null ? null : [...own, ...more];
      this.#cases.set(slice, cases);
    }
    return cases;
  }

  /** Those of the slice's own actions. */
  #ownCases(slice: CallExpression, options: ObjectExpression): readonly Case[] | null {
    const given = propertyIn(options, 'reducers');
    if (given === undefined || given === 'unseen') return given === undefined ? [] : null;
    const object = objectOf(given, this.#values);
    if (object === null) return null;
    const cases: Case[] = [];
    for (const property of object.properties) {
      const name = property.type === 'Property' ? keyName(property.key, property.computed) : null;
      if (name === null || property.type !== 'Property') return null;
      const prepared = objectOf(property.value, this.#values);
      const given = prepared === null ? property.value : propertyIn(prepared, 'reducer');
      const reducer = given === undefined || given === 'unseen' ? null : this.#functionOf(given);
      const action = this.#kept.actionOf(slice, name);
      if (reducer === null || action === null) return null;
      cases.push({ action, reducer, isPrepared: prepared !== null });
    }
    return cases;
  }

  #functionOf(node: Node): FunctionNode | null {
    const [only, ...others] = this.#values.functions(node);
    return others.length > 0 ? null : (only ?? null);
  }

  /** Those of the actions of others: `extraReducers: (builder) => builder.addCase(…)`. */
  #moreCases(options: ObjectExpression): readonly Case[] | null {
    const given = propertyIn(options, 'extraReducers');
    if (given === undefined || given === 'unseen') return given === undefined ? [] : null;
    const build = this.#functionOf(given);
    const [builder] = build?.params ?? [];
    const variable = builder === undefined ? null : this.#bindings.variable(builder);
    if (build === null || variable === null) return null;
    const cases: Case[] = [];
    for (const { identifier } of variable.references) {
      for (let object: Node = identifier; ;) {
        const member: Node | null | undefined = object.parent;
        if (member?.type !== 'MemberExpression' || member.object !== object) {
          // What is gone on with must be seen.
          if (object === identifier) return null;
          break;
        }
        const call: Node | null | undefined = member.parent;
        if (call?.type !== 'CallExpression' || call.callee !== member) return null;
        const added = this.#added(call);
        if (added === null) return null;
        cases.push(...added);
        object = call;
      }
    }
    return cases;
  }

  /** What a call adds to a builder. */
  #added(call: CallExpression): readonly Case[] | null {
    const [first, second] = call.arguments;
    const isDefault = calledName(call) === 'addDefaultCase';
    const given = isDefault ? first : second;
    const reducer = given === undefined ? null : this.#functionOf(given);
    if (first === undefined || reducer === null) return null;
    const isPrepared = true;
    switch (calledName(call)) {
      case 'addCase':
        return [{ action: this.#kept.part(first), reducer, isPrepared: false }];
      case 'addMatcher': {
        const matcher = this.#kept.part(first);
        const actions = matcher?.role === 'anyOf' ? (matcher.calls[0]?.arguments ?? []) : [first];
        return actions.map((one) => ({ action: this.#kept.part(one), reducer, isPrepared }));
      }
      case 'addDefaultCase':
        return [{ action: null, reducer, isPrepared }];
      default:
        return null;
    }
  }

  /** What a property is given by a reducer, where its action is dispatched. */
  #writesOf({ action, reducer, isPrepared }: Case, name: string): readonly Write[] {
    const change = this.#drafts.of(reducer, name);
    if (change.values.length === 0) return [];
    // By whoever, and whenever: the reducer is no place that anything leads to.
    const unseen = given(change, reducer, (value) => (isPayload(value) ? 'unseen' : value), true);
    if (action?.role !== 'action') return unseen;
    const ended = this.#kept.endedOf(action);
    if (ended !== null) {
      const calls = this.#dispatched.thunksOf(ended.call);
      const also = calls.flatMap((call) => [call, this.#dispatched.dispatchOf(call) ?? call]);
      const after = { runs: ended.runs, also };
      const own = unseen.map((write) => ({ ...write, node: ended.call, after }));
      const isMade = this.#dispatched.making(action).length > 0;
      return isMade || this.#dispatched.isHanded(action) ? [...own, ...unseen] : own;
    }
    // Thunks tell of their beginning, and that they are rejected, by themselves.
    if (action.name === 'pending' || action.name === 'rejected') return unseen;
    const writes = this.#dispatched.making(action).flatMap((call) => {
      const node = this.#dispatched.dispatchOf(call);
      if (node === null) return unseen;
      return given(
        change,
        node,
        (value) =>
          isPayload(value) ? (isPrepared ? 'unseen' : this.#payload(call, value.names)) : value,
        !change.isSure,
      );
    });
    return this.#dispatched.isHanded(action) ? [...writes, ...unseen] : writes;
  }

  /** What an action is called with, or a property of it. */
  #payload(call: CallExpression, [name]: readonly string[]): Write['value'] {
    const [payload = null] = call.arguments;
    if (payload?.type === 'SpreadElement') return 'unseen';
    if (name === undefined || payload === null) return payload;
    const object = objectOf(payload, this.#values);
    if (object === null || object.properties.some(({ type }) => type !== 'Property'))
      return 'unseen';
    return propertyIn(object, name) ?? null;
  }
}

/** The reducer of a name; those of RTK Query have names of their own, whatever these are. */
function reducerIn(
  object: ObjectExpression,
  name: string,
  values: Values,
): Node | 'unseen' | undefined {
  const properties = object.properties.filter(
    (one) => one.type !== 'Property' || !one.computed || memberNameOf(one.key) !== 'reducerPath',
  );
  return initialOf({ ...object, properties }, name, values);
}

/** What is given at a place by a change. */
function given(
  { values }: Change,
  node: Node,
  valueOf: (value: Change['values'][number]) => Write['value'],
  isUnsure: boolean,
): readonly Write[] {
  return values.map((value) => ({ node, value: valueOf(value), isUnsure }));
}
