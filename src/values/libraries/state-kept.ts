/** What libraries keep: states, atoms, and what they tell of what they have run. */

import {
  keyName,
  memberName,
  literalText,
  unwrap,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import type { Value } from '../resolve.ts';
import { creatorsAt } from './creators.ts';
import type { Calls, GivenParts } from './given.ts';
import type { Runs } from './runs.ts';
import { resultOf, type Ref, type Shape, type Step } from './shapes.ts';
import {
  eachNamed,
  isThing,
  thingsAmong,
  type AnyCall,
  type Cached,
  type Ended,
  type Held,
  type LibraryReader,
  type Part,
  type Selector,
  type Stored,
  type Thing,
} from './things.ts';

const NOTHING: readonly Value[] = [];

/** Objects that are spread into each other more deeply than this are not looked into. */
const MAX_SPREAD = 8;

/** Who knows what shapes are, and what they run. */
interface Making {
  are(shape: Shape, calls: readonly AnyCall[]): readonly Value[];
  ran(steps: readonly Step[], calls: Calls): Runs;
}

export class StateKept {
  readonly #values: LibraryReader;
  readonly #parts: GivenParts;
  readonly #made: Making;

  constructor(values: LibraryReader, parts: GivenParts, made: Making) {
    this.#values = values;
    this.#parts = parts;
    this.#made = made;
  }

  /** What a call puts into a store, or an atom; null for any other call. */
  stored(call: CallExpression): Stored | null {
    for (const { shape, calls } of thingsAmong(this.#values.of(call.callee))) {
      const stores = shape.fn?.stores;
      if (stores === undefined) continue;
      const made = [call, ...calls];
      const [given = null] = this.#parts.at(stores.value, made);
      const isAny = given === null && call.arguments.length > 0;
      return typeof stores.in === 'string'
        ? { atom: this.#atomAt(stores.in, made), into: NOTHING, given, isAny }
        : { atom: null, into: this.#made.are(stores.in, made), given, isAny };
    }
    return null;
  }

  /** The atom whose value, or whose setter, an expression is; null for any other. */
  held(node: Node): Held | null {
    for (const { shape, calls } of thingsAmong(this.#values.of(node))) {
      const value = shape.holds ?? shape.members?.[0]?.holds;
      const setter = (shape.fn ?? shape.members?.[1]?.fn)?.stores?.in;
      // What a setter is given, it is given by a further call.
      const given = typeof setter === 'string' && setter.startsWith('^') ? setter.slice(1) : null;
      const ref = value ?? given;
      const atom = ref === null ? null : this.#atomAt(ref, calls);
      if (atom !== null) return { atom, isSetter: given !== null };
    }
    return null;
  }

  /** Whether a property of the state that a call is given may be brought back from a run of the app before. */
  isRestored(call: CallExpression, name: string): boolean {
    return thingsAmong(this.#values.of(call.callee)).some(({ shape }) => {
      const restores = shape.fn?.restores;
      if (restores === undefined) return false;
      if (restores.unless.some((ref) => this.#parts.at(ref, [call]).length > 0)) return true;
      const kept = this.#parts
        .at(restores.by, [call])
        .flatMap((node) => this.#values.of(node))
        .flatMap((value) => (value.kind === 'function' ? this.#values.endsOf(value.node) : [null]));
      return kept.length === 0 || kept.some((end) => end === null || mayName(end, name));
    });
  }

  /** What an expression is of Redux, where it can be nothing else; null for any other. */
  part(node: Node): Part | null {
    const values = this.#values.of(node);
    // What is bound by an object is nothing where a function binds it, and the other way round.
    const known = values.length < 2 ? values : values.filter((one) => !this.#bindsNothing(one));
    const [only, ...others] = known;
    return only === undefined || others.length > 0 ? null : this.partOf(only);
  }

  #bindsNothing(value: Value): boolean {
    const part = this.partOf(value);
    return part?.role === 'bound' && this.boundBy(part).length === 0;
  }

  /** What a value is of Redux; null for any other. */
  partOf(value: Value): Part | null {
    if (value.kind !== 'external' || !isThing(value.external)) return null;
    const { shape, calls } = value.external;
    if (shape.redux === undefined) return null;
    return { role: shape.redux, key: value.external, name: shape.named ?? null, calls };
  }

  /** Whether a call makes a slice. */
  isSlice(call: CallExpression): boolean {
    return this.#actionsOf(call) !== null;
  }

  /** What makes what a creator that is bound dispatches, or any of those that are bound together. */
  boundBy({ key, calls }: Part): readonly Value[] {
    if (!isThing(key)) return NOTHING;
    const [step] = key.shape.fn?.runs ?? [];
    if (step?.dispatches === undefined) return NOTHING;
    const isAny = key.shape.each !== undefined;
    const made = [null, ...calls];
    return isAny
      ? this.#parts.at(step.of, made).flatMap((node) => this.#anyOf(node))
      : creatorsAt(step, made, this.#parts, this.#values).map(({ value }) => value);
  }

  /** What is given to be bound, and what each of its properties is. */
  #anyOf(node: Node): readonly Value[] {
    return this.#values
      .of(node)
      .flatMap((value) =>
        value.kind === 'object'
          ? value.node.properties.flatMap((one) =>
              this.#anyOf(one.type === 'Property' ? one.value : one.argument),
            )
          : [value],
      );
  }

  /** The action that a slice makes by a name; null where a call makes no slice. */
  actionOf(slice: CallExpression, name: string): Part | null {
    const actions = this.#actionsOf(slice);
    const [made] =
      actions === null ? NOTHING : this.#made.are(eachNamed(actions.each, name), actions.calls);
    return made === undefined ? null : this.partOf(made);
  }

  /** The actions of the slice that a call makes, and the calls that they are made by. */
  #actionsOf(slice: CallExpression): (Pick<Thing, 'calls'> & { each: Shape['each'] & {} }) | null {
    for (const { shape, calls } of thingsAmong(this.#values.of(slice))) {
      const each = shape.members?.['actions']?.each;
      if (each !== undefined && calls[0] === slice) return { each, calls };
    }
    return null;
  }

  /** What has to have run to its end for a property of what a call gives to be another than before. */
  ended(call: CallExpression, name: string): Ended | null {
    const [only, ...others] = this.#values.of(call);
    if (only?.kind !== 'external' || others.length > 0 || !isThing(only.external)) return null;
    const { shape, calls } = only.external;
    const member = shape.members?.[name];
    // What else gives it may give something else, too.
    if (member === undefined || calls[0] !== call) return null;
    const [value] = this.#made.are(member, calls);
    return value?.kind === 'external' && isThing(value.external)
      ? this.#endedOf(value.external)
      : null;
  }

  /** The same, for there to be an action. */
  endedOf({ key }: Part): Ended | null {
    return isThing(key) ? this.#endedOf(key) : null;
  }

  #endedOf(thing: Thing): Ended | null {
    const { shape, calls } = thing;
    const [call] = calls;
    if (shape.after === undefined || call === undefined) return null;
    const { runs, starts, unless = [], options, needs, isShared = false } = shape.after;
    if (needs !== undefined && !this.#parts.at(needs, calls).some(isSurelyTruthy)) return null;
    const isSeen = options === undefined || this.#isSeen(this.#parts.at(options, calls), 0);
    if (!isSeen || unless.some((ref) => this.#parts.at(ref, calls).length > 0)) return null;
    return { key: thing, call, starts, isShared, runs: this.#made.ran(runs, [null, ...calls]) };
  }

  /** Whether all that is in objects is seen, with what is spread into them. */
  #isSeen(nodes: readonly Node[], depth: number): boolean {
    return nodes.every((node) => {
      const [only, ...others] = this.#values.of(node);
      return (
        only?.kind === 'object' &&
        others.length === 0 &&
        depth < MAX_SPREAD &&
        only.node.properties.every(
          (one) => one.type === 'Property' || this.#isSeen([one.argument], depth + 1),
        )
      );
    });
  }

  /**
   * How an action of a thunk came out, where a test asks for that (`ensure.fulfilled.match(action)`,
   * `isFulfilled(ensure)(action)`); null for any other test.
   *
   * @param dispatch the call that gave the action
   */
  matched(test: CallExpression, dispatch: CallExpression): boolean | null {
    const callee = unwrap(test.callee);
    const asked = this.part(callee);
    if (asked?.role === 'matcher') {
      const [made] = asked.calls;
      const thunks = made?.arguments ?? [];
      const own = thunks.length === 0 || thunks.some((one) => this.#isMade(one, dispatch));
      return own ? isFulfilled(asked) : null;
    }
    return callee.type === 'MemberExpression' && memberName(callee) === 'match'
      ? this.#cameBy(callee.object, dispatch)
      : null;
  }

  /** The same, where its type is compared with something (`ensure.fulfilled.type`, `'ensure/fulfilled'`). */
  typed(type: Node, dispatch: CallExpression): boolean | null {
    const inner = unwrap(type);
    if (inner.type === 'MemberExpression' && memberName(inner) === 'type') {
      return this.#cameBy(inner.object, dispatch);
    }
    const text = literalText(inner);
    const [own, ...others] = this.#thunksOf(dispatch);
    const [prefix] = own?.arguments ?? [];
    const start = prefix === undefined || others.length > 0 ? null : literalText(prefix);
    if (text === null || start === null) return null;
    if (text === `${start}/fulfilled`) return true;
    return text === `${start}/rejected` ? false : null;
  }

  /** How an action came out that is the same as another one of the same thunk. */
  #cameBy(action: Node, dispatch: CallExpression): boolean | null {
    const part = this.part(action);
    const [maker] = part?.calls ?? [];
    return part !== null && maker !== undefined && this.#thunksOf(dispatch).has(maker)
      ? isFulfilled(part)
      : null;
  }

  /** Whether what makes thunks has made one that is dispatched. */
  #isMade(thunk: Node, dispatch: CallExpression): boolean {
    const [maker] = this.part(thunk)?.calls ?? [];
    return maker !== undefined && this.#thunksOf(dispatch).has(maker);
  }

  /** The calls that have made what makes the thunks which a call dispatches. */
  #thunksOf(dispatch: CallExpression): ReadonlySet<AnyCall> {
    const makers = new Set<AnyCall>();
    const add = (value: Value, at: number): void => {
      const maker = thingsAmong([value])[0]?.calls[at];
      if (maker !== undefined) makers.add(maker);
    };
    const [given] = dispatch.arguments;
    for (const { shape, calls } of thingsAmong(this.#values.of(dispatch.callee))) {
      const [step] = shape.fn?.runs ?? [];
      const isBound = step?.dispatches !== undefined;
      for (const { value } of isBound
        ? creatorsAt(step, [dispatch, ...calls], this.#parts, this.#values)
        : []) {
        add(value, 0);
      }
      if (!isBound && given !== undefined)
        for (const value of this.#values.of(given)) add(value, 1);
    }
    return makers;
  }

  /** What a call may put into a cache; null for any other call. */
  cached(call: CallExpression): Cached | null {
    for (const { shape, calls } of thingsAmong(this.#values.of(call.callee))) {
      const caches = shape.fn?.caches;
      if (caches === undefined) continue;
      const made = [call, ...calls];
      const { key, runs, given } = caches;
      if (given !== undefined && this.#parts.at(given, made).length === 0) return null;
      const ran = runs.length === 0 ? null : this.#made.ran(runs, made);
      const [at = null] = key === undefined ? [] : this.#parts.at(key, made);
      return { key: at, runs: ran };
    }
    return null;
  }

  /** The function whose result a call gives, as of a selector; null for any other call. */
  selected(call: CallExpression): Node | null {
    for (const thing of thingsAmong(this.#values.of(call.callee))) {
      const { shape, calls } = thing;
      const made = [call, ...calls];
      const result = shape.fn?.result === undefined ? undefined : resultOf(shape.fn.result);
      const own = result?.returned;
      const given = result?.by?.given.returned ?? (own?.startsWith('^') === true ? undefined : own);
      const [selector] = given === undefined ? [] : this.#parts.at(given, made);
      if (selector !== undefined) return selector;
    }
    return null;
  }

  /** What a selector is made of: by `createSelector`, or of a slice; null for any other expression. */
  selector(node: Node): Selector | null {
    const part = this.part(node);
    const [made] = part?.calls ?? [];
    if (part === null || made === undefined) return null;
    if (part.role === 'composed') return composed(made.arguments);
    if (part.role !== 'selecting' || part.name === null) return null;
    const [result] = this.#parts.at(`0.selectors.${part.name}`, [made]);
    const named = ['0.reducerPath', '0.name'].flatMap((ref) => this.#parts.at(ref, [made]));
    const path = named[0] === undefined ? null : literalText(named[0]);
    return result === undefined || path === null ? null : { inputs: null, path, result };
  }

  #atomAt(ref: Ref, calls: readonly AnyCall[]): CallExpression | null {
    for (const node of this.#parts.at(ref, calls)) {
      for (const { shape, calls: making } of thingsAmong(this.#values.of(node))) {
        const [made] = making;
        if (shape.isAtom === true && made?.type === 'CallExpression') return made;
      }
    }
    return null;
  }
}

/** What `createSelector([…], result)`, or `createSelector(…, result)`, is given. */
function composed(args: readonly Node[]): Selector | null {
  const [first, second] = args;
  const list = first === undefined ? null : unwrap(first);
  const isList = list?.type === 'ArrayExpression';
  const inputs = isList ? list.elements : args.slice(0, -1);
  const result = isList ? second : args.at(-1);
  const known = inputs.filter((one) => one !== null && one.type !== 'SpreadElement');
  return result === undefined || known.length < inputs.length
    ? null
    : { inputs: known, path: null, result };
}

/** How something came out that is told by its name. */
function isFulfilled({ name }: Part): boolean | null {
  if (name !== 'fulfilled' && name !== 'rejected') return null;
  return name === 'fulfilled';
}

/** Whether what is written out may have a property of a name. */
function mayName(node: Node, name: string): boolean {
  const inner = unwrap(node);
  return (
    inner.type !== 'ObjectExpression' ||
    inner.properties.some(
      (one) => one.type !== 'Property' || (keyName(one.key, one.computed) ?? name) === name,
    )
  );
}

/** Whether what is written out is truthy. */
function isSurelyTruthy(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'ArrayExpression' || (literalText(inner) ?? '') !== '';
}

/** The same, for who has it otherwise. */
export type Keeping = Pick<StateKept, keyof StateKept>;
