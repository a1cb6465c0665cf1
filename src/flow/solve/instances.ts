/**
 * Functions together with what their parameters hold, and which of them a callee can be: each is
 * made once, and how many are told apart is bounded.
 */

import type { Instance } from '../algebra/summary.ts';
import type { Call, Callee, FunctionTerm, Held, Making } from '../term/term.ts';
import { UNSEEN } from '../term/unseen.ts';
import type { Relevance } from './relevance.ts';
import {
  NO_ENV,
  type Env,
  type Helpers,
  type Kept,
  type Resolved,
  type Solving,
  type Tables,
} from './tables.ts';
import type { Meter } from './work.ts';

/** Callbacks that are given callbacks more deeply than this are not followed. */
const MAX_DEPTH = 6;

/**
 * Functions that hand their callbacks on to each other can be put together in as many ways as there
 * are functions and callbacks. Beyond this many instances with callbacks in all,
 */
const MAX_BOUND = 400;

/** a call gives callbacks to no more than these instances of one function. */
const MAX_BOUND_EACH = 2;

/** More calls than this that can have made a closure do not tell it apart. */
const MAX_MADE = 16;

/** Once this many instances of a function are told apart, what leads to no event is left out. */
const MAX_TOLD = 8;

const NO_HELD: readonly Held[] = [];

const NO_MAKINGS: readonly Making[] = [];

export class Instances {
  /** What is solved already. */
  readonly #base: Tables;
  readonly #own: Tables;
  readonly #relevance: Relevance;
  readonly #helpers: Helpers;
  readonly #meter: Meter;
  /** How many instances of each function were made by giving them callbacks, */
  readonly #told = new Map<FunctionTerm, number>();
  /** how many each call has made, */
  readonly #givenBy = new Map<Call, Map<FunctionTerm, number>>();
  /** and how many there are in all whose parameters, or those around, hold functions. */
  #boundInAll = 0;
  /** The closures that calls have made, from where they are asked for, and by how deep that is. */
  readonly #madeFrom = new Map<readonly Making[], Map<Instance, (readonly Instance[])[]>>();
  /** How many closures are being made within each other, */
  #making = 0;
  /** and how many functions bound. */
  #binding = 0;
  /** What functions are that calls have given something, by who calls. */
  readonly #boundBy = new Map<Call, Map<Instance, Map<Instance, Instance>>>();
  /** What callees are, where it goes by who asks. */
  readonly #resolvedIn = new Map<Callee, Map<Instance, Resolved>>();

  constructor({ base, own, relevance, helpers, meter }: Solving) {
    this.#base = base;
    this.#own = own;
    this.#relevance = relevance;
    this.#helpers = helpers;
    this.#meter = meter;
  }

  /** The one instance of a function in which its parameters hold these. */
  instance(term: FunctionTerm, env: Env): Instance {
    const key = this.#keyOf(term, env);
    let instance = this.#base.instances.get(key) ?? this.#own.instances.get(key);
    if (instance === undefined) {
      this.#own.added++;
      instance = { term, env };
      if (env.size > 0) this.#boundInAll++;
      let depth = 0;
      const holds = new Set<FunctionTerm>();
      for (const other of [...env.values()].flat()) {
        const kept = this.keptOf(other);
        depth = Math.max(depth, kept.depth + 1);
        holds.add(other.term);
        for (const held of kept.holds) holds.add(held);
      }
      this.#own.instances.set(key, instance);
      const id = this.#base.kept.size + this.#own.kept.size;
      this.#own.kept.set(instance, { id, depth, holds, isRelevant: null });
    }
    return instance;
  }

  /** A function as it is where nothing is told of what it is given. */
  whole(instance: Instance): Instance {
    const { whole = null } = instance.term;
    return whole === null ? instance : this.instance(whole, instance.env);
  }

  keptOf(instance: Instance): Kept {
    const kept = this.#keptAs(instance) ?? this.#keptAs(this.instance(instance.term, instance.env));
    if (kept === undefined) throw new Error('an instance is kept from when it is made');
    return kept;
  }

  #keptAs(instance: Instance): Kept | undefined {
    return this.#base.kept.get(instance) ?? this.#own.kept.get(instance);
  }

  /** Whether a function can lead to an event, by what it does or by what it is given. */
  isRelevant(instance: Instance): boolean {
    const kept = this.keptOf(instance);
    kept.isRelevant ??=
      this.#relevance.isRelevant(instance.term, () => {
        this.#meter.step();
      }) || [...instance.env.values()].some((held) => held.some((one) => this.isRelevant(one)));
    return kept.isRelevant;
  }

  resolve(callee: Callee, from: Instance): Resolved {
    const env = from.env;
    if (callee.parameter !== null) {
      const bound = env.get(callee.parameter);
      if (bound !== undefined) return { instances: bound, open: false };
    }
    if (env.size === 0 && callee.makings === undefined) return this.#plain(callee, from);
    // What is made within what is being made is worked out less deeply.
    if (this.#making > 0 || this.#binding > 0) return this.#resolveIn(callee, from);
    const known = this.#resolvedIn.get(callee) ?? new Map<Instance, Resolved>();
    this.#resolvedIn.set(callee, known);
    let resolved = known.get(from);
    if (resolved === undefined) {
      resolved = this.#resolveIn(callee, from);
      known.set(from, resolved);
    }
    return resolved;
  }

  /** A function that is made here sees the parameters around it. */
  #resolveIn(callee: Callee, from: Instance): Resolved {
    const { functions, makings } = callee;
    const open = this.#isOpen(callee);
    const instances =
      makings === undefined
        ? functions.map((term) => this.#closure(term, from))
        : functions.flatMap((term, index) =>
            this.#closures(term, makings[index] ?? NO_MAKINGS, from),
          );
    return { instances, open };
  }

  #closure(term: FunctionTerm, from: Instance): Instance {
    const env = this.#closedOver(term, from.env);
    return this.instance(term, term.bound === undefined ? env : this.#bound(term, env, from));
  }

  /** An environment together with what `bind` has given a function. */
  #bound(term: FunctionTerm, env: Env, from: Instance): Env {
    const given = term.bound?.given ?? [];
    // A function can be given itself.
    if (given.length === 0 || this.#binding >= MAX_DEPTH) return env;
    this.#binding++;
    try {
      const bound = new Map(env);
      for (const { parameter, callee } of given) this.#give(bound, term, parameter, callee, from);
      return bound;
    } finally {
      this.#binding--;
    }
  }

  /** Adds what a parameter holds, as far as it is known. */
  #give(
    bound: Map<object, readonly Instance[]>,
    term: FunctionTerm,
    parameter: object,
    argument: Callee,
    by: Instance,
  ): void {
    const { instances, open } = this.resolve(argument, by);
    if (open && instances.length === 0) return;
    if (instances.some((one) => this.#isTooDeep(one))) return;
    this.#own.ownerOf.set(parameter, term);
    bound.set(parameter, open ? [...instances, this.instance(UNSEEN, NO_ENV)] : instances);
  }

  /** A closure, as the calls that made it have left it. */
  #closures(term: FunctionTerm, makings: readonly Making[], from: Instance): readonly Instance[] {
    const isPlain = makings.length === 0 || this.#making >= MAX_DEPTH;
    if (isPlain) return [this.#closure(term, from)];
    const known = this.#madeFrom.get(makings) ?? new Map<Instance, (readonly Instance[])[]>();
    this.#madeFrom.set(makings, known);
    // What is made within what is being made is worked out less deeply.
    const byDepth = known.get(from) ?? [];
    known.set(from, byDepth);
    return (byDepth[this.#making] ??= this.#makeClosures(term, makings, from));
  }

  #makeClosures(
    term: FunctionTerm,
    makings: readonly Making[],
    from: Instance,
  ): readonly Instance[] {
    const around = this.#makersOf(term, makings, from);
    if (around.length === 0 || around.length > MAX_MADE) return [this.#closure(term, from)];
    const closures = new Set(around.map((one) => this.#closure(term, one)));
    for (const closure of closures) {
      if (this.#base.made.has(closure) || this.#own.made.has(closure)) continue;
      this.#own.added++;
      this.#own.made.add(closure);
    }
    return [...closures];
  }

  /** The functions in which a closure was made, as the calls that made it have left them. */
  #makersOf(term: FunctionTerm, makings: readonly Making[], from: Instance): readonly Instance[] {
    this.#meter.step();
    this.#making++;
    try {
      let around: readonly Instance[] = [from];
      makings.forEach(({ call }, index) => {
        const next = makings[index + 1] ?? term;
        const makers = call === null ? [] : around.flatMap((one) => this.#makers(call, next, one));
        around = [...new Set(makers)];
      });
      return around;
    } finally {
      this.#making--;
    }
  }

  /** What a call calls that makes something in it. */
  #makers(call: Call, made: Pick<Making, 'isWithin'>, from: Instance): readonly Instance[] {
    return this.resolve(call.callee, from)
      .instances.filter(({ term }) => made.isWithin(term))
      .map((one) => this.bind(one, call, from));
  }

  /** What is called where no parameter is known to hold anything. */
  #plain(callee: Callee, from: Instance): Resolved {
    let resolved = this.#base.resolved.get(callee) ?? this.#own.resolved.get(callee);
    if (resolved === undefined) {
      const instances = callee.functions.map((term) => this.#closure(term, from));
      resolved = { instances, open: this.#isOpen(callee) };
      if (this.#binding === 0) this.#own.resolved.set(callee, resolved);
    }
    return resolved;
  }

  /** Whether something else may be called; one way that is seen is enough for who forgives. */
  #isOpen({ open, isUnseen = false }: Callee): boolean {
    return open && !(isUnseen && this.#helpers === 'some-path');
  }

  /** The part of an environment that a function which is written inside another can use. */
  #closedOver(term: FunctionTerm, env: Env): Env {
    const used = [...env].filter(([parameter]) => {
      const owner = this.#base.ownerOf.get(parameter) ?? this.#own.ownerOf.get(parameter);
      return owner !== undefined && term.isWithin(owner);
    });
    return used.length === env.size ? env : new Map(used);
  }

  /** A function together with what a call gives it. */
  bind(callee: Instance, call: Call, from: Instance): Instance {
    const { held } = call;
    const takesNone = callee.term.parameters.every((parameter) => parameter === null);
    if (takesNone && held === undefined) return callee;
    // What is bound within what is being made is worked out less deeply.
    if (this.#making > 0) return this.#bind(callee, call, from);
    const known = this.#boundBy.get(call) ?? new Map<Instance, Map<Instance, Instance>>();
    this.#boundBy.set(call, known);
    const byCallee = known.get(from) ?? new Map<Instance, Instance>();
    known.set(from, byCallee);
    let bound = byCallee.get(callee);
    if (bound === undefined) {
      bound = this.#bind(callee, call, from);
      byCallee.set(callee, bound);
    }
    return bound;
  }

  #bind(callee: Instance, call: Call, from: Instance): Instance {
    const bound = this.#given(callee, call, from);
    if (bound.size === 0) return callee;
    const env = new Map([...callee.env, ...bound]);
    const known = this.#known(callee.term, env);
    if (known !== undefined) return known;
    this.#own.added++;
    if ((this.#told.get(callee.term) ?? 0) >= MAX_TOLD) {
      for (const [parameter, held] of bound) {
        if (!held.some((one) => this.isRelevant(one))) env.delete(parameter);
      }
      if (env.size === callee.env.size) return callee;
      const narrower = this.#known(callee.term, env);
      if (narrower !== undefined) return narrower;
    }
    if (this.#isFull(callee.term, call)) return callee;
    return this.instance(callee.term, env);
  }

  /** The functions that a call gives to parameters. */
  #given(callee: Instance, { args, held, given = args.length }: Call, from: Instance): Env {
    const { term } = callee;
    const bound = new Map<object, readonly Instance[]>();
    const give = (parameter: object, argument: Callee, by: Instance): void => {
      this.#give(bound, term, parameter, argument, by);
    };
    term.parameters.forEach((parameter, index) => {
      if (parameter === null) return;
      const isGiven = index < given;
      const argument = isGiven ? (args[index] ?? null) : term.defaultOf(index);
      if (argument === null) return;
      // A default can be another parameter, of which the call tells what it is.
      const other = isGiven || argument.parameter === null ? null : bound.get(argument.parameter);
      if (other) bound.set(parameter, other);
      else give(parameter, argument, isGiven ? from : callee);
    });
    for (const one of held ?? NO_HELD) {
      if (one.in === term.node) give(one.parameter, one.callee, from);
    }
    return bound;
  }

  /** Whether a function is not to be told apart any more by what this call gives it. */
  #isFull(term: FunctionTerm, call: Call): boolean {
    const byCall = this.#givenBy.get(call) ?? new Map<FunctionTerm, number>();
    this.#givenBy.set(call, byCall);
    const given = byCall.get(term) ?? 0;
    if (given >= MAX_BOUND_EACH && this.#boundInAll >= MAX_BOUND) return true;
    byCall.set(term, given + 1);
    this.#told.set(term, (this.#told.get(term) ?? 0) + 1);
    return false;
  }

  /** A callback that is given itself, within others or not, could be so without end. */
  #isTooDeep(callback: Instance): boolean {
    const { depth, holds } = this.keptOf(callback);
    if (depth >= MAX_DEPTH) return true;

    const isMade = this.#own.made.has(callback) || this.#base.made.has(callback);
    return holds.has(callback.term) && !isMade;
  }

  #known(term: FunctionTerm, env: Env): Instance | undefined {
    const key = this.#keyOf(term, env);
    return this.#base.instances.get(key) ?? this.#own.instances.get(key);
  }

  #keyOf(term: FunctionTerm, env: Env): string {
    return `${String(term.id)}(${this.#envKey(env)})`;
  }

  #envKey(env: Env): string {
    if (env.size === 0) return '';
    const parts = [...env].map(([parameter, instances]) => {
      const ready = this.#base.parameterIds;
      let id = ready.get(parameter) ?? this.#own.parameterIds.get(parameter);
      if (id === undefined) {
        id = ready.size + this.#own.parameterIds.size;
        this.#own.parameterIds.set(parameter, id);
      }
      return `${String(id)}=${instances.map((one) => String(this.keptOf(one).id)).join('|')}`;
    });
    return parts.sort().join();
  }
}
