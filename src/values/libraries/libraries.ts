/** What comes from libraries: what it is, and which functions of the user's it calls, and how. */

import { unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import type { Value } from '../resolve.ts';
import {
  resultOf,
  type Calling,
  type Making,
  type Ref,
  type Shape,
  type Step,
  type Wrapper,
} from './shapes.ts';
import { creatorsAt } from './creators.ts';
import { calledByName, listed, outermostOf } from './by-name.ts';
import { Made } from './made.ts';
import { GivenParts, isLiteral, lengthOf, type Calls } from './given.ts';
import { globalShape, libraryShape } from './table.ts';
import { toldShape } from './told.ts';
import { hasStep, type Run, type Runs } from './runs.ts';
import { StateKept } from './state-kept.ts';
import { eachNamed, thingsAmong, type AnyCall, type LibraryReader, type Thing } from './things.ts';

const NOTHING: readonly Value[] = [];

const NO_NODES: ReadonlySet<Node> = new Set();

const DISPATCHED = { when: 'fulfilled', gate: null } as const;

const NO_RUNS: Pick<Runs, 'steps'> = { steps: [] };

/** What is made of each other more deeply than this is not followed. */
const MAX_CALLS = 4;

export class Libraries {
  readonly #values: LibraryReader;
  readonly #made: Made;
  readonly #parts: GivenParts;
  readonly #told = new Map<string, Shape>();
  readonly #runs = new WeakMap<CallExpression, { readonly runs: Runs | null }>();

  readonly #own: readonly Wrapper[];
  /** What they keep. */
  readonly kept: StateKept;

  /** @param own the functions that the user has told of */
  constructor(values: LibraryReader, own: readonly Wrapper[] = []) {
    this.#values = values;
    this.#parts = new GivenParts(values);
    this.#made = new Made(values, this.#parts);
    this.#own = own;
    this.kept = new StateKept(values, this.#parts, {
      are: (shape, calls) => this.#made.are(shape, calls),
      ran: (steps, calls) => this.#ran({}, steps, calls, 0),
    });
  }

  /** What a package exports under a name; all of it, where no name is given. */
  exported(specifier: string, name: string | null): readonly Value[] {
    const shape = libraryShape(specifier, name);
    return shape === null ? NOTHING : this.#made.are(shape, []);
  }

  /**
   * What the user has told of an export of a module, or of all of them.
   *
   * @param leadsTo whether the import leads to a file
   */
  told(
    specifier: string,
    name: string | null,
    leadsTo: (path: string) => boolean,
  ): readonly Value[] {
    const told = this.#own.filter(
      ({ module, path, names }) =>
        (name === null || names[0] === name) &&
        (path === null ? module === specifier : leadsTo(path)),
    );
    if (told.length === 0) return NOTHING;
    const key = [name ?? '', ...told.map(({ names }) => names.join('.'))].join(' ');
    let shape = this.#told.get(key);
    if (shape === undefined) {
      shape = toldShape(told, name === null ? 0 : 1);
      this.#told.set(key, shape);
    }
    return this.#made.are(shape, []);
  }

  /** What a global of the language is. */
  global(name: string): readonly Value[] {
    const shape = globalShape(name);
    return shape === null ? NOTHING : this.#made.are(shape, []);
  }

  member({ shape, calls }: Thing, name: string): readonly Value[] {
    const { members } = shape;
    const own = members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
    const member = own ?? (shape.each && eachNamed(shape.each, name));
    return member ? this.#made.are(member, calls) : NOTHING;
  }

  /** What a call of a thing, or `new`, gives. */
  result(thing: Thing, call: AnyCall): readonly Value[] {
    const { shape, calls } = thing;
    if (calls.length >= MAX_CALLS) return NOTHING;
    if (call.type === 'NewExpression') {
      return shape.made === undefined ? NOTHING : this.#made.are(shape.made, [call, ...calls]);
    }
    const { fn } = shape;
    if (fn?.isCurried === true && call.arguments.length === 0) return this.#made.are(shape, calls);
    return fn?.result === undefined
      ? NOTHING
      : this.#made.are(resultOf(fn.result), [call, ...calls]);
  }

  /** What a function is called with that a call of a thing is given at a place. */
  given({ shape, calls }: Thing, call: AnyCall, position: number, index: number): readonly Value[] {
    if (shape.fn?.isHandingOn === true) return this.#givenAround(call, index);
    const given = shape.fn?.gives?.[position]?.[index] ?? null;
    return given === null || calls.length >= MAX_CALLS
      ? NOTHING
      : this.#made.are(given, [call, ...calls]);
  }

  /** What a function is called with that a call hands on to the call around it. */
  #givenAround(call: AnyCall, index: number): readonly Value[] {
    const { parent } = call;
    if (parent?.type !== 'CallExpression' || parent.callee === call) return NOTHING;
    const position = parent.arguments.findIndex((argument) => argument === call);
    return thingsAmong(this.#values.of(parent.callee)).flatMap((thing) =>
      this.given(thing, parent, position, index),
    );
  }

  /** What a call runs; null where it is none of a library's that is known to run anything. */
  runsOf(call: CallExpression): Runs | null {
    let known = this.#runs.get(call);
    if (known === undefined) {
      known = { runs: this.#runsOf(call) };
      this.#runs.set(call, known);
    }
    return known.runs;
  }

  /** What is run by what a call makes, of what the call itself is given, where that is more than one. */
  madeBy(call: CallExpression): readonly Runs[] {
    const made: Runs[] = [];
    for (const { shape, calls } of thingsAmong(this.#values.of(call))) {
      if (calls[0] !== call) continue;
      const isOfItself = shape.fn?.makes === undefined;
      for (const { fn } of isOfItself ? [shape, ...Object.values(shape.members ?? {})] : []) {
        if (fn?.runs === undefined) continue;
        const runs = this.#ran(fn, fn.runs, [null, ...calls], 0);
        const isNew = !made.some(({ steps }) => runs.steps.every((one) => hasStep(steps, one)));
        if (runs.steps.length > 1 && isNew) made.push(runs);
      }
    }
    for (const { shape, calls } of thingsAmong(this.#values.of(call.callee))) {
      const makes = shape.fn?.makes;
      if (makes !== undefined) made.push(...this.#making(makes, [call, ...calls]));
    }
    return made;
  }

  /** The functions that a call is given which what it makes calls by their names, where that is known. */
  calledByName(call: CallExpression): ReadonlySet<Node> {
    const outer = outermostOf(call);
    for (const { shape, calls } of thingsAmong(this.#values.of(outer.callee))) {
      const makes = shape.fn?.makes;
      if (makes === undefined || (outer !== call && calls[0] !== call)) continue;
      return calledByName(makes, outer, [outer, ...calls], this.#parts, this.#values);
    }
    return NO_NODES;
  }

  /** What objects have run that are given, by itself each. */
  #making({ each, runs }: Making, calls: Calls): readonly Runs[] {
    return this.#parts.at(each, calls).map((object): Runs => ({
      ...this.#ran({}, [], calls, 0),
      steps: runs.flatMap(({ of, named, how, when }): readonly Run[] =>
        this.#parts.parts([object], of.split('.')).flatMap((node) => {
          const own = listed(node);
          return this.#parts.named(node, named, calls).map((found): Run => {
            const inner = this.#inner(this.#values.of(found), null, 0);
            const isByName = inner === null && !own.includes(unwrap(found));
            return { node: found, inner, how, when: when ?? 'fulfilled', gate: null, isByName };
          });
        }),
      ),
    }));
  }

  /** Whether a call does nothing but to give something of what it is given. */
  isChoosing(call: CallExpression): boolean {
    return thingsAmong(this.#values.of(call.callee)).some(
      ({ shape }) => shape.fn?.isChoosing === true,
    );
  }

  /** Whether a call stands where a call of a library is given what it runs. */
  isPart(call: CallExpression): boolean {
    const { parent } = call;
    if (parent?.type !== 'CallExpression' || parent.callee === call) return false;
    const runs = [this.runsOf(parent) ?? NO_RUNS, ...this.madeBy(parent)];
    return runs.some(({ steps }) =>
      steps.some(({ node, inner }) => node === call && inner !== null),
    );
  }

  #runsOf(call: CallExpression): Runs | null {
    let runs: Runs | null = null;
    for (const thing of thingsAmong(this.#values.of(call.callee))) {
      const { fn } = thing.shape;
      if (fn?.runs === undefined) continue;
      runs = this.#ran(fn, fn.runs, [call, ...thing.calls], 0);
      // Of those that it can be, one may be made of what is not there.
      if (runs.steps.length > 0) break;
    }
    return runs;
  }

  #ran(fn: Calling, steps: readonly Step[], calls: Calls, depth: number): Runs {
    return {
      steps: steps.flatMap((step) => this.#step(step, calls, depth)),
      isCaught: fn.isCaught === true && !this.#isTrue(fn.unlessTrue, calls),
      isDropped:
        typeof fn.isDropped === 'string'
          ? this.#parts.functionsAt(fn.isDropped, calls).length > 0
          : fn.isDropped === true,
      isRaising: fn.isRaising === true,
      isBlocking: fn.isBlocking === true,
      isPassedOn: fn.isPassedOn === true,
      isListed: fn.isListed === true,
      tells: fn.tells ?? null,
    };
  }

  #step(step: Step, calls: Calls, depth: number): readonly Run[] {
    if (step.dispatches !== undefined) return this.#dispatched(step, calls, depth);
    const isUnsure =
      this.#partsAt(step.unless, calls).length > 0 ||
      this.#partsAt(step.unlessFalse, calls).some((node) => isLiteral(node, false));
    const how = isUnsure ? 'perhaps' : step.how;
    const telling = step.mayTell === true ? this.#tellingAt(step.of, calls) : NO_NODES;
    const when = step.when ?? 'fulfilled';
    const [gate = null] = this.#partsAt(step.on, calls);
    const spread = step.isKnown === true ? this.#parts.spreadAt(step.of, calls) : null;
    if (spread !== null) return [{ node: spread, inner: null, how: 'unknown', when, gate }];
    const isCallback = step.isErrorFirst === true;
    const given = isCallback
      ? this.#parts.functionsAt(step.of, calls).map(({ node }) => node)
      : this.#parts.at(step.of, calls);
    return given.flatMap((node): readonly Run[] => {
      const [first = null] = calls;
      const inner = how === 'promise' ? null : this.#inner(this.#values.of(node), first, depth);
      const isUnknown = step.isKnown === true && inner === null;
      const own: Run = {
        node,
        inner: inner !== null && step.isRaw === true ? { ...inner, isCaught: false } : inner,
        how: isUnknown ? 'unknown' : telling.has(node) ? 'told' : how,
        when,
        gate,
        ...(isCallback && { isErrorFirst: true }),
      };
      const flat = inner === null && step.isFlat === true ? this.#given(node, depth) : null;
      return flat === null
        ? [own]
        : [
            { ...own, how: 'called' },
            { ...own, inner: flat },
          ];
    });
  }

  /** What action creators make: they are called, and then what they give is, where that is a thunk. */
  #dispatched(step: Step, calls: Calls, depth: number): readonly Run[] {
    const [first = null] = calls;
    const makers = creatorsAt(step, calls, this.#parts, this.#values);
    const thunks = makers.flatMap(({ node, value }): readonly Pick<Run, 'node' | 'inner'>[] => {
      if (value.kind === 'function') {
        const isPlain = !value.node.async && !value.node.generator;
        return (isPlain ? this.#values.endsOf(value.node) : []).flatMap((end) => {
          const values = end === null ? [] : this.#values.of(end);
          const inner = this.#inner(values, first, depth);
          const isThunk = inner !== null || values.some(({ kind }) => kind === 'function');
          return end !== null && isThunk ? [{ node: end, inner }] : [];
        });
      }
      const made = first === null ? NOTHING : this.#madeBy(value, first);
      const inner = this.#inner(made, first, depth);
      return inner === null ? [] : [{ node, inner }];
    });
    const isOne = makers.length === 1 && thunks.length === 1;
    const called = makers.filter(({ value }) => value.kind === 'function');
    return [
      ...called.map(({ node }): Run => ({
        ...DISPATCHED,
        node,
        inner: null,
        how: thunks.length === 0 ? 'now' : 'called',
      })),
      ...thunks.map(({ node, inner }): Run => ({
        ...DISPATCHED,
        node,
        inner: inner !== null && step.isRaw === true ? { ...inner, isCaught: false } : inner,
        how: isOne ? 'once' : 'perhaps',
      })),
    ];
  }

  #madeBy(value: Value, call: AnyCall): readonly Value[] {
    return thingsAmong([value]).flatMap((thing) => this.result(thing, call));
  }

  /** Which functions at a place take one argument. */
  #tellingAt(ref: Ref, calls: Calls): ReadonlySet<Node> {
    return new Set(
      this.#parts
        .functionsAt(ref, calls)
        .flatMap(({ node, code }) => (lengthOf(code) === 1 ? [node] : [])),
    );
  }

  #isTrue(ref: Ref | undefined, calls: Calls): boolean {
    return this.#partsAt(ref, calls).some((node) => isLiteral(node, true));
  }

  #partsAt(ref: Ref | undefined, calls: Calls): readonly Node[] {
    return ref === undefined ? [] : this.#parts.at(ref, calls);
  }

  /** What is run by the first of these that is something of a library. */
  #inner(values: readonly Value[], call: AnyCall | null, depth: number): Runs | null {
    const [thing] = thingsAmong(values);
    const fn = thing?.shape.fn;
    if (thing === undefined || fn?.runs === undefined || depth >= MAX_CALLS) return null;
    return this.#ran(fn, fn.runs, [call, ...thing.calls], depth + 1);
  }

  /** What is run by what a function gives. */
  #given(node: Node, depth: number): Runs | null {
    const given = this.#values
      .of(node)
      .flatMap((value) => (value.kind === 'function' ? this.#values.returned(value.node) : []));
    const runs = this.#inner(given, null, depth);
    // What it gives takes the place of what is made around it.
    return runs && { ...runs, isCaught: false };
  }

  /** What it runs to call what is something of a library; null for what is not, or runs nothing. */
  calledFor(node: Node): Runs | null {
    const runs = this.#inner(this.#values.of(node), null, 0);
    return runs === null || runs.steps.length === 0 ? null : runs;
  }

  /** What it runs to wait for an expression; null where it is nothing of a library that can be. */
  waitedFor(node: Node): Runs | null {
    const values = this.#values.of(node);
    const isAwaitable = thingsAmong(values).some(({ shape }) => shape.isAwaitable === true);
    return isAwaitable ? this.#inner(values, null, 0) : null;
  }
}
