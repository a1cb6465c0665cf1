/**
 * From terms to verdicts: the summaries of functions, bottom-up over the call graph to a fixpoint,
 * then the states in which each function is entered and each site reached, top-down. `relevance`
 * leaves out what can change no state, `witness` finds the shortest way to a state that was reached.
 */

import {
  canEstablish,
  Closures,
  eachKind,
  noResults,
  observe,
  observeDetached,
  relationDomain,
  statesFrom,
  summarize,
  type Calls,
  type Domain,
  type Instance,
  type Later,
  type Observer,
  type Summary,
} from '../algebra/evaluate.ts';
import type { Space } from '../algebra/protocol.ts';
import { TooManyDecisions, type Atom, type Relation, type States } from '../algebra/relation.ts';
import { Relevance } from './relevance.ts';
import {
  RESULT_KINDS,
  type Call,
  type Callee,
  type FunctionTerm,
  type Held,
  type Making,
  type Refer,
  type ResultKind,
  type RunMode,
} from '../term/term.ts';
import { isFollowed, statesWithout, type Following } from './order.ts';
import { Witnesses, type Change, type Step, type Turn } from './witness.ts';
import type { Work } from './work.ts';

/** How much of a helper's ways count where it is called. */
export type Helpers = 'some-path' | 'every-path';

export interface SolveOptions {
  readonly helpers: Helpers;
  /** The state in which code is entered from outside. */
  readonly entry: number;
  /** What solutions by other options share with this one. */
  readonly shared: Shared;
  /** What solving may take, */
  readonly work: Work;
  /** and what may be taken by the ways that are told. */
  readonly ways: Work;
}

/** Of what one function leaves to run later, this much is entered in every state that follows, */
const MAX_LATER = 64;

/** and where finding these out takes more steps than this, no more of it than so much. */
const MAX_LATER_STEPS = 100_000;
const MIN_LATER = 4;

/** To go through so many steps of a way that is told takes one step of work. */
const STEPS_AT_ONCE = 8;

/** Of more functions than this that are referred to together, not every place is told apart. */
const MAX_REFERRED = 16;

/** Callbacks that are given callbacks more deeply than this are not followed. */
const MAX_DEPTH = 6;

/** More instances than this of one function, whose callbacks are given callbacks, are not told apart. */
const MAX_NESTED = 64;

/**
 * Functions that hand their callbacks on to each other can be put together in as many ways as there
 * are functions and callbacks. Beyond this many instances with callbacks in all,
 */
const MAX_BOUND = 2000;

/** no more than these are told apart of one function. */
const MAX_BOUND_EACH = 32;

/** More calls than this that can have made a closure do not tell it apart. */
const MAX_MADE = 16;

/** Once this many instances of a function are told apart, what leads to no event is left out. */
const MAX_TOLD = 8;

interface Node {
  readonly instance: Instance;
  readonly mode: RunMode;
  readonly closures: Closures<Relation>;
  readonly dependents: Set<Node>;
  summary: Summary;
  state: 'new' | 'open' | 'done';
  /** Whether it is of a {@link Groundwork}, which does not change any more. */
  isFinal: boolean;
}

/** What the solver keeps of an instance. */
interface Kept {
  readonly id: number;
  /** How many callbacks its parameters hold within each other. */
  readonly depth: number;
  /** The functions among these callbacks. */
  readonly holds: ReadonlySet<FunctionTerm>;
  /** Whether it can lead to an event; null where that was not asked for yet. */
  isRelevant: boolean | null;
}

/** What observing a function tells, in order. */
type Observation =
  | {
      readonly kind: 'enter';
      readonly callee: Instance;
      readonly states: Relation;
      readonly from: Call;
    }
  | {
      readonly kind: 'refer';
      readonly callees: readonly Instance[];
      readonly states: Relation;
      readonly from: Refer;
    }
  | { readonly kind: 'later'; readonly term: Later; readonly states: Relation };

/** A function as it was observed. */
interface Observed {
  readonly sites: ReadonlyMap<object, Relation>;
  /** What leads on, in order. */
  readonly events: readonly Observation[];
  readonly end: Relation;
}

/** What was worked out, and the work that it took. */
interface Told<T> {
  readonly value: T;
  readonly steps: number;
}

/** What is known of the ways in an instance. */
interface Ways {
  readonly witnesses: Witnesses;
  readonly entries: readonly Entry[];
}

/** The functions that an expression can be, and whether it can be anything else. */
interface Resolved {
  readonly instances: readonly Instance[];
  readonly open: boolean;
}

type Env = Instance['env'];

/** The states in which a place leads on, for each instance of the function that holds it. */
type Callers = Map<Instance | null, Relation>;

/** That a function is entered. */
interface Entered {
  readonly from: Call | Refer | null;
  readonly in: Instance | null;
  readonly states: Relation;
}

const NO_ENV: Env = new Map();
const NO_STATES: ReadonlyMap<Instance, Relation> = new Map();

const NO_HELD: readonly Held[] = [];

const NO_MAKINGS: readonly Making[] = [];

const NOWHERE: Further = { in: null, known: new Map() };

/** How a function comes to be entered in some states. */
export interface Entry {
  /** The call or reference; null where the function is entered from outside. */
  readonly from: Call | Refer | null;
  /** The function that holds it. */
  readonly in: Instance | null;
  readonly states: States;
}

/** How a site is reached in a state. */
export interface Explanation {
  /** The function that holds the site. */
  readonly function: FunctionTerm;
  /** What leads from the function's entry to the site, in order. */
  readonly steps: readonly Step[];
  /** How the function is entered. */
  readonly entries: readonly Entry[];
  /** The state in which the site is reached. */
  readonly state: number;
  /** The tests on the way, of bindings that are never reassigned, come out like this. */
  readonly known: ReadonlyMap<Atom, boolean>;
}

/** A step that is a call. */
export type Called = Extract<Change, { readonly kind: 'called' }>;

/** What is known of a way behind the site to which it is asked for. */
export interface Further {
  readonly in: Instance | null;
  readonly known: Explanation['known'];
}

/** What the solutions for one file have in common. */
export class Shared {
  readonly relevance: Relevance;
  /** Those in which tests do not agree, by the state in which code is entered from outside. */
  readonly coarse = new Map<number, Solver>();

  constructor(relevance = new Relevance()) {
    this.relevance = relevance;
  }
}

/** The solution for one file: in which states each site of it is reached, and how. */
export class Solution {
  readonly #solver: Solver;

  /**
   * @param module the top level of the file
   * @param exported the functions that code outside the file can call
   * @param faultsAt the states in which it is a fault to reach a place; only where one is reached so,
   *   it is worked out which tests agree with each other, and for what helpers are forgiven: both can
   *   only rule states out
   */
  constructor(
    space: Space,
    module: FunctionTerm,
    exported: () => readonly Callee[],
    options: SolveOptions,
    faultsAt: (place: object) => States,
    ground: Groundwork | null = null,
  ) {
    const { shared, entry } = options;
    let coarse = shared.coarse.get(entry);
    if (coarse === undefined) {
      // A way that cannot be, on which a helper sets something, must not be one to forgive it for.
      const plain: SolveOptions = { ...options, helpers: 'every-path' };
      coarse = solved(space, module, exported, plain, false, ground?.coarse ?? null);
      shared.coarse.set(entry, coarse);
    }
    const known = coarse;
    const isFaulty = known.places().some((place) => {
      const faults = faultsAt(place);
      return faults !== 0 && (known.statesAt(place) & faults) !== 0;
    });
    this.#solver = isFaulty ? refined(space, module, exported, options, ground) : known;
  }

  /** The places that are reached, in no order: those of calls, references and events. */
  places(): readonly object[] {
    return this.#solver.places();
  }

  /** The states in which a site is reached; none where it is not. */
  statesAt(site: object): States {
    return this.#solver.statesAt(site);
  }

  /**
   * A shortest way to a site in one of these states; null where there is none. Throws where that is
   * too much work.
   *
   * @param further where the way is to lead on: from this instance of the function, with tests
   *   coming out as they do further down
   */
  explain(site: object, wanted: States, further: Further = NOWHERE): Explanation | null {
    return this.#solver.explain(site, wanted, further);
  }

  /**
   * What a call that is awaited, or what it is of a function that was started, does to bring about
   * one of these states; null where it is not told.
   */
  within(step: Called, wanted: States): readonly Step[] | null {
    return this.#solver.within(step, wanted);
  }

  /** The states in which a place is reached on the ways of its function that do not take a turn. */
  statesWithout(place: object, turn: Turn): States {
    return this.#solver.statesWithout(place, turn);
  }

  /**
   * Whether something can come behind a place, in its function.
   *
   * @param known how tests come out
   */
  isFollowed(place: object, by: Following, known: Explanation['known']): boolean {
    return this.#solver.isFollowed(place, by, known);
  }

  /**
   * The states in which a function can return to a caller that awaits it, for each kind of its
   * result, where nothing had happened before it was called.
   */
  resultsOf(term: FunctionTerm): Readonly<Record<ResultKind, States>> {
    return this.#solver.resultsOf(term);
  }
}

/** What a solution is asked. */
export type Answers = Pick<Solution, keyof Solution>;

/** The solution in which tests agree, or do not where that is too much to work out. */
function refined(
  space: Space,
  module: FunctionTerm,
  exported: () => readonly Callee[],
  options: SolveOptions,
  ground: Groundwork | null,
): Solver {
  try {
    const base = ground?.refined(options.helpers) ?? null;
    return solved(space, module, exported, options, true, base);
  } catch (error) {
    if (error instanceof TooManyDecisions) {
      return solved(space, module, exported, options, false, null);
    }
    throw error;
  }
}

/**
 * The summaries of functions that several files call, which are the same for all of these: what
 * their solutions start from. It is made at once, and not changed by what is asked later.
 */
export class Groundwork {
  readonly relevance = new Relevance();
  readonly #space: Space;
  readonly #terms: readonly FunctionTerm[];
  readonly #work: () => Work;
  /** With no facts, and no helpers forgiven; null where it is too much work. */
  readonly coarse: Tables | null;
  readonly #refined = new Map<Helpers, Tables | null>();

  /**
   * @param terms the functions whose summaries are needed, with those that they call
   * @param work what it may take
   */
  constructor(space: Space, terms: readonly FunctionTerm[], work: () => Work) {
    this.#space = space;
    this.#terms = terms;
    this.#work = work;
    this.coarse = this.#prepared('every-path', false);
  }

  /** With facts; null where that is too much to work out for all of them together. */
  refined(helpers: Helpers): Tables | null {
    let tables = this.#refined.get(helpers);
    if (tables === undefined) {
      tables = this.#prepared(helpers, true);
      this.#refined.set(helpers, tables);
    }
    return tables;
  }

  #prepared(helpers: Helpers, usesFacts: boolean): Tables | null {
    const work = this.#work();
    const options: SolveOptions = {
      helpers,
      entry: this.#space.protocol.initial,
      shared: new Shared(this.relevance),
      work,
      ways: work,
    };
    const solver = new Solver(this.#space, options, usesFacts, null);
    try {
      return work.within(() => {
        for (const term of this.#terms) {
          this.relevance.isRelevant(term, () => {
            work.take();
          });
        }
        return solver.prepare(this.#terms);
      });
    } catch (error) {
      if (error instanceof TooManyDecisions) return null;
      throw error;
    }
  }
}

function solved(
  space: Space,
  module: FunctionTerm,
  exported: () => readonly Callee[],
  options: SolveOptions,
  usesFacts: boolean,
  base: Tables | null,
): Solver {
  const solver = new Solver(space, options, usesFacts, base);
  solver.run(module, exported);
  return solver;
}

/** What is solved, as far as it does not depend on who asks. */
class Tables {
  readonly instances = new Map<string, Instance>();
  readonly kept = new Map<Instance, Kept>();
  readonly nodes = new Map<Kept, Map<RunMode, Node>>();
  readonly parameterIds = new Map<object, number>();
  /** The functions that parameters belong to which hold functions. */
  readonly ownerOf = new Map<object, FunctionTerm>();
  /** Closures, each as a call that is written has made it: those are no more than there are calls. */
  readonly made = new Set<Instance>();
  readonly resolved = new Map<Callee, Resolved>();
  /** What was observed of functions that are entered in some states. */
  readonly observed = new Map<Instance, Map<Relation, Told<Observed>>>();
  /** The functions in which sites were found. */
  readonly holders = new Map<object, Set<Instance>>();
  /** The ways in functions that are entered in some states. */
  readonly witnesses = new Map<string, Told<Witnesses>>();
}

const NOTHING = new Tables();

class Solver implements Calls {
  readonly #space: Space;
  readonly #domain: Domain<Relation>;
  readonly #options: SolveOptions;
  /** What is solved already. It is read, and only what was observed is added to it. */
  readonly #base: Tables;
  readonly #own = new Tables();
  /** How much has been added to what is solved. */
  #added = 0;
  #steps = 0;
  /** The instances of functions whose callbacks are given callbacks. */
  readonly #nested = new Map<FunctionTerm, number>();
  /** How many instances of each function were made by giving them callbacks, */
  readonly #told = new Map<FunctionTerm, number>();
  /** and how many there are in all whose parameters, or those around, hold functions. */
  #boundInAll = 0;
  readonly #entries = new Map<Instance, Relation>();
  readonly #entered = new Map<Instance, Entered[]>();
  /** What others had observed, too, of the functions that were observed here, in this order. */
  readonly #repeated = new Map<Instance, { readonly index: number; readonly all: Observed[] }>();
  /** Where a function is called that is called where it is written. */
  readonly #placed = new Map<Instance, { readonly call: Call; readonly in: Instance }>();
  /** Functions that are not only called where what they return is followed. */
  readonly #handedOn = new Set<Instance>();
  /** Functions whose entry has grown since they were observed. */
  readonly #pending = new Set<Instance>();
  readonly #sites = new Map<object, Map<Instance, Relation>>();
  /** The closures that calls have made, from where they are asked for, and by how deep that is. */
  readonly #madeFrom = new Map<readonly Making[], Map<Instance, (readonly Instance[])[]>>();
  /** How many closures are being made within each other. */
  #making = 0;
  readonly #ways = new Map<string, Ways>();
  /** Those within functions that are called in one state. */
  readonly #within = new Map<string, Witnesses>();
  /** The same, where it goes by who asks. */
  readonly #resolvedIn = new Map<Callee, Map<Instance, Resolved>>();
  /** The states in which many functions are referred to together. */
  readonly #together = new Map<
    readonly Instance[],
    { readonly met: Set<Relation>; states: Relation }
  >();
  /** The states in which references lead on, by the function that holds them. */
  readonly #referred = new Map<Refer, Map<Instance, Relation>>();
  #work: Work;
  #reader: Node | null = null;
  #missing: Node[] = [];

  constructor(space: Space, options: SolveOptions, usesFacts: boolean, base: Tables | null) {
    this.#space = space;
    this.#base = base ?? NOTHING;
    this.#domain = relationDomain(space, usesFacts);
    this.#options = options;
    this.#work = options.work;
  }

  step(): void {
    this.#steps++;
    this.#work.take();
  }

  /** Works out the summaries of these functions, and is not changed then. */
  prepare(terms: readonly FunctionTerm[]): Tables {
    for (const term of terms) this.#solve(this.#node(this.#instance(term, NO_ENV), 'awaited'));
    for (const modes of this.#own.nodes.values()) {
      for (const node of modes.values()) node.isFinal = true;
    }
    return this.#own;
  }

  run(module: FunctionTerm, exported: () => readonly Callee[]): void {
    const { algebra } = this.#space;
    const top = this.#instance(module, NO_ENV);
    const start = algebra.states(1 << this.#options.entry);
    this.#entries.set(top, start);
    const end = this.#observe(top, start);
    for (const callee of exported()) {
      for (const one of this.resolve(callee, top).instances) this.#enter(one, end, null, null);
    }
    for (const next of this.#pending) {
      this.#pending.delete(next);
      this.#observe(next, this.#entries.get(next) ?? algebra.empty);
    }
  }

  places(): readonly object[] {
    const places = new Set<object>(this.#sites.keys());
    for (const [place, holders] of this.#base.holders) {
      for (const instance of holders) if (this.#repeated.has(instance)) places.add(place);
    }
    return [...places];
  }

  statesAt(site: object): States {
    let states = 0;
    for (const relation of this.#reached(site).values()) {
      states |= this.#space.algebra.image(relation);
    }
    return states;
  }

  explain(site: object, wanted: States, further: Further): Explanation | null {
    const { algebra } = this.#space;
    const given = further.known;
    for (const [instance, relation] of this.#reached(site)) {
      if (further.in !== null && further.in !== instance) continue;
      const reached = algebra.given(relation, (atom) => given.get(atom) ?? null);
      const state = lowest(algebra.image(reached) & wanted);
      if (state === null) continue;
      const found = algebra.witness(reached, 1 << state);
      if (found === null) continue;
      const known = given.size === 0 ? found : new Map([...given, ...found]);
      const { witnesses, entries } = this.#telling(() => this.#waysOf(instance, known));
      const steps = witnesses.steps(site, state);
      if (steps === null) continue;
      // Each report is told of with a way of its own, and ways can be as long as the file.
      this.#options.ways.take(Math.ceil(steps.length / STEPS_AT_ONCE));
      return { function: instance.term, steps, entries, state, known };
    }
    return null;
  }

  within({ callee, from }: Called, wanted: States): readonly Step[] | null {
    const key = `${String(this.#keptOf(callee).id)} from ${String(from)}`;
    let witnesses = this.#within.get(key);
    if (witnesses === undefined) {
      witnesses = this.#telling(
        () => new Witnesses(this.#space, callee, 1 << from, this, () => null),
      );
      this.#within.set(key, witnesses);
    }
    for (let rest = wanted; rest !== 0; rest &= rest - 1) {
      const steps = witnesses.stepsToEnd(lowest(rest) ?? 0);
      if (steps !== null) return steps;
    }
    return null;
  }

  statesWithout(place: object, turn: Turn): States {
    const { algebra } = this.#space;
    let states = 0;
    for (const instance of this.#reached(place).keys()) {
      const entry = this.#entries.get(instance) ?? algebra.empty;
      const reached = this.#telling(() =>
        statesWithout(this.#domain, instance, entry, this, place, turn),
      );
      states |= algebra.image(reached);
    }
    return states;
  }

  isFollowed(place: object, by: Following, known: Explanation['known']): boolean {
    const value = (atom: Atom): boolean | null => known.get(atom) ?? null;
    for (const instance of this.#sites.get(place)?.keys() ?? []) {
      const isBehind = this.#telling(() =>
        isFollowed(this.#domain, instance, this, place, by, value),
      );
      if (isBehind) return true;
    }
    return false;
  }

  resultsOf(term: FunctionTerm): Readonly<Record<ResultKind, States>> {
    const { algebra, protocol } = this.#space;
    const node = this.#node(this.#instance(term, NO_ENV), 'awaited');
    this.#telling(() => {
      this.#solve(node);
    });
    return eachKind((kind) => algebra.rows(node.summary.results[kind])[protocol.initial] ?? 0);
  }

  /** Works something out that is told, and proves nothing. */
  #telling<T>(action: () => T): T {
    const { work, ways } = this.#options;
    this.#work = ways;
    try {
      return action();
    } finally {
      this.#work = work;
    }
  }

  /** The ways in an instance on which tests come out like this, and how it is entered then. */
  #waysOf(instance: Instance, known: ReadonlyMap<Atom, boolean>): Ways {
    const { algebra } = this.#space;
    const key = `${String(this.#keptOf(instance).id)} ${[...known].join(' ')}`;
    let ways = this.#ways.get(key);
    if (ways === undefined) {
      const value = (atom: Atom): boolean | null => known.get(atom) ?? null;
      const imageOf = (states: Relation): States => algebra.image(algebra.given(states, value));
      const entry = imageOf(this.#entries.get(instance) ?? algebra.empty);
      const trace = (): Witnesses => new Witnesses(this.#space, instance, entry, this, value);
      const witnesses = this.#node(instance, 'awaited').isFinal
        ? this.#shared(this.#base.witnesses, `${String(entry)} ${key}`, trace)
        : trace();
      const entries = [...this.#callersOf(instance)].flatMap(([from, callers]) =>
        [...callers].map(([caller, states]) => ({ from, in: caller, states: imageOf(states) })),
      );
      ways = { witnesses, entries };
      this.#ways.set(key, ways);
    }
    return ways;
  }

  /** How an instance is entered, put together for each place and function that holds it. */
  #callersOf(instance: Instance): ReadonlyMap<Call | Refer | null, Callers> {
    const { algebra } = this.#space;
    const entered = new Map<Call | Refer | null, Callers>();
    for (const { from, in: caller, states } of this.#entered.get(instance) ?? []) {
      const callers = entered.get(from) ?? new Map<Instance | null, Relation>();
      callers.set(caller, algebra.join(callers.get(caller) ?? algebra.empty, states));
      entered.set(from, callers);
    }
    return entered;
  }

  /** The states in which a site is reached, for each instance of the function that holds it. */
  #reached(site: object): ReadonlyMap<Instance, Relation> {
    const { algebra } = this.#space;
    const own = this.#sites.get(site) ?? NO_STATES;
    const holders = [...(this.#base.holders.get(site) ?? [])].flatMap((instance) => {
      const repeated = this.#repeated.get(instance);
      return repeated === undefined ? [] : [{ instance, ...repeated }];
    });
    if (holders.length === 0) return own;
    const reached = new Map(own);
    for (const { instance, all } of holders.sort((one, other) => one.index - other.index)) {
      for (const { sites } of all) {
        const states = sites.get(site);
        if (states === undefined) continue;
        reached.set(instance, algebra.join(reached.get(instance) ?? algebra.empty, states));
      }
    }
    return reached;
  }

  #observe(instance: Instance, entry: Relation): Relation {
    const { algebra } = this.#space;
    const node = this.#node(instance, 'awaited');
    if (!node.isFinal) this.#solve(node);
    const record = (site: object, states: Relation): void => {
      const reached = this.#sites.get(site) ?? new Map<Instance, Relation>();
      reached.set(instance, algebra.join(reached.get(instance) ?? algebra.empty, states));
      this.#sites.set(site, reached);
    };
    const left = new Map<Later, Relation>();
    const leads = (later: Later): boolean =>
      later.kind === 'detach' ||
      this.resolve(later.callee, instance).instances.some((one) => this.#isRelevant(one));
    const refer: Observer<Relation>['refer'] = (callees, states, from) => {
      if (callees.length === 0) return;
      if (from.returned === true && !this.#handedOn.has(instance)) return;
      record(from.site, states);
      // An object can be referred to in very many places, and have very many methods.
      if (callees.length > MAX_REFERRED && !this.#grows(callees, states)) return;
      const referred = this.#referred.get(from) ?? new Map<Instance, Relation>();
      const before = referred.get(instance);
      const joined = before === undefined ? states : algebra.join(before, states);
      if (joined === before) return;
      this.#referred.set(from, referred.set(instance, joined));
      for (const callee of callees) this.#enter(callee, joined, from, instance);
    };
    const observer: Observer<Relation> = {
      site: record,
      enter: (callee, states, from) => {
        if (!node.isFinal) record(from.site, states);
        if (from.exact) this.#placed.set(callee, { call: from, in: instance });
        this.#enter(callee, states, from, instance);
      },
      refer,
      later: (term, states) => {
        if (!left.has(term) && !leads(term)) return;
        left.set(term, algebra.join(left.get(term) ?? algebra.empty, states));
      },
    };
    const end = node.isFinal
      ? this.#repeat(node, entry, observer)
      : observe(this.#domain, instance, entry, this, node.closures, observer);
    // The session can be cleared behind what was left to run later.
    const canClear = node.summary.lingering !== algebra.empty;
    const beyond = new Map<Relation, Relation>();
    const taken = this.#work.taken;
    for (const [index, [term, at]] of [...left].slice(0, MAX_LATER).entries()) {
      if (at === algebra.empty) continue;
      if (index >= MIN_LATER && this.#work.taken - taken > MAX_LATER_STEPS) break;
      const behind = canClear
        ? statesFrom(this.#domain, instance, term, at, this, node.closures)
        : { seen: at, end };
      let further = beyond.get(behind.end);
      if (further === undefined) {
        further = this.#beyond(instance, behind.end);
        beyond.set(behind.end, further);
      }
      if (!canClear && further === algebra.empty) break;
      const states = algebra.join(behind.seen, further);
      if (term.kind === 'detach') {
        const detached: Observer<Relation> = {
          ...observer,
          enter(callee, from, call) {
            record(call.site, from);
            observer.enter(callee, from, call);
          },
        };
        observeDetached(this.#domain, instance, term, states, this, node.closures, detached);
      } else {
        refer(this.resolve(term.callee, instance).instances, states, term);
      }
    }
    return end;
  }

  /** Whether functions that are referred to together have not been so in all of these states. */
  #grows(callees: readonly Instance[], states: Relation): boolean {
    const { algebra } = this.#space;
    const together = this.#together.get(callees) ?? { met: new Set(), states: algebra.empty };
    this.#together.set(callees, together);
    if (together.met.has(states)) return false;
    together.met.add(states);
    const seen = algebra.forget(states, (atom) => !callees.some(({ term }) => term.sees(atom)));
    const joined = algebra.join(together.states, seen);
    if (joined === together.states) return false;
    together.states = joined;
    return true;
  }

  /** Observes a function of the groundwork, or tells what was observed of it for another file. */
  #repeat({ instance, closures }: Node, entry: Relation, observer: Observer<Relation>): Relation {
    const byEntry = this.#base.observed.get(instance) ?? new Map<Relation, Told<Observed>>();
    this.#base.observed.set(instance, byEntry);
    const observed = this.#shared(byEntry, entry, () => {
      const found = this.#observed((recorder) =>
        observe(this.#domain, instance, entry, this, closures, recorder),
      );
      for (const site of found.sites.keys()) {
        const holders = this.#base.holders.get(site) ?? new Set();
        this.#base.holders.set(site, holders.add(instance));
      }
      return found;
    });
    const repeated = this.#repeated.get(instance);
    if (repeated !== undefined) repeated.all.push(observed);
    else this.#repeated.set(instance, { index: this.#repeated.size, all: [observed] });
    for (const one of observed.events) {
      switch (one.kind) {
        case 'enter':
          observer.enter(one.callee, one.states, one.from);
          break;
        case 'refer':
          observer.refer(one.callees, one.states, one.from);
          break;
        case 'later':
          observer.later(one.term, one.states);
          break;
      }
    }
    return observed.end;
  }

  /** Keeps what an observer is told. */
  #observed(walk: (recorder: Observer<Relation>) => Relation): Observed {
    const { algebra } = this.#space;
    const events: Observation[] = [];
    const sites = new Map<object, Relation>();
    const site = (at: object, states: Relation): void => {
      sites.set(at, algebra.join(sites.get(at) ?? algebra.empty, states));
    };
    const end = walk({
      site,
      enter(callee, states, from) {
        site(from.site, states);
        events.push({ kind: 'enter', callee, states, from });
      },
      refer: (callees, states, from) => events.push({ kind: 'refer', callees, states, from }),
      later: (term, states) => events.push({ kind: 'later', term, states }),
    });
    return { sites, events, end };
  }

  /**
   * What is the same for all files: worked out once, and taken for as much work each time. What needs
   * something of this file's own is not kept for others.
   */
  #shared<K, T>(known: Map<K, Told<T>>, key: K, work: () => T): T {
    const told = known.get(key);
    if (told !== undefined) {
      this.#work.take(told.steps);
      return told.value;
    }
    const [added, steps] = [this.#added, this.#steps];
    const value = work();
    if (this.#added === added) known.set(key, { value, steps: this.#steps - steps });
    return value;
  }

  /**
   * The states behind a function that is called where it is written: it is part of the function
   * around it, and what it leaves to run later runs on there.
   *
   * @param end the states in which it returns
   */
  #beyond(instance: Instance, end: Relation): Relation {
    const { algebra } = this.#space;
    let states = algebra.empty;
    let reached = end;
    const seen = new Set<Instance>();
    for (
      let placed = this.#placed.get(instance);
      placed !== undefined && !seen.has(placed.in);
      placed = this.#placed.get(placed.in)
    ) {
      const { call, in: around } = placed;
      seen.add(around);
      const { summary, closures } = this.#node(around, 'awaited');
      if (summary.lingering === algebra.empty) continue;
      const behind = statesFrom(this.#domain, around, call, reached, this, closures);
      states = algebra.join(states, behind.seen);
      // What is left to run later is not found among what is not.
      if (behind.end !== algebra.empty) reached = behind.end;
    }
    return states;
  }

  /** Whether a function can lead to an event, by what it does or by what it is given. */
  #isRelevant(instance: Instance): boolean {
    const kept = this.#keptOf(instance);
    if (kept.isRelevant === null) {
      const { relevance } = this.#options.shared;
      kept.isRelevant =
        relevance.isRelevant(instance.term, () => {
          this.step();
        }) || [...instance.env.values()].some((held) => held.some((one) => this.#isRelevant(one)));
    }
    return kept.isRelevant;
  }

  #enter(
    instance: Instance,
    from: Relation,
    site: Call | Refer | null,
    caller: Instance | null,
  ): void {
    const { algebra } = this.#space;
    this.step();
    if (!this.#isRelevant(instance)) return;
    const states = algebra.forget(from, (atom) => !instance.term.sees(atom));
    const entered = this.#entered.get(instance);
    if (entered === undefined) this.#entered.set(instance, [{ from: site, in: caller, states }]);
    else entered.push({ from: site, in: caller, states });
    const before = this.#entries.get(instance) ?? algebra.empty;
    const joined = algebra.join(before, states);
    const isFollowed = site?.kind === 'call' && site.follows === true;
    const isNew = !isFollowed && !this.#handedOn.has(instance);
    if (joined === before && !isNew) return;
    if (isNew) this.#handedOn.add(instance);
    this.#entries.set(instance, joined);
    this.#pending.add(instance);
  }

  // What an evaluation asks

  resolve(callee: Callee, from: Instance): Resolved {
    const env = from.env;
    if (callee.parameter !== null) {
      const bound = env.get(callee.parameter);
      if (bound !== undefined) return { instances: bound, open: false };
    }
    if (env.size === 0 && callee.makings === undefined) return this.#plain(callee);
    // What is made within what is being made is worked out less deeply.
    if (this.#making > 0) return this.#resolveIn(callee, from);
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

  #closure(term: FunctionTerm, { env }: Instance): Instance {
    return this.#instance(term, this.#closedOver(term, env));
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
      this.#added++;
      this.#own.made.add(closure);
    }
    return [...closures];
  }

  /** The functions in which a closure was made, as the calls that made it have left them. */
  #makersOf(term: FunctionTerm, makings: readonly Making[], from: Instance): readonly Instance[] {
    this.step();
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
  #plain(callee: Callee): Resolved {
    let resolved = this.#base.resolved.get(callee) ?? this.#own.resolved.get(callee);
    if (resolved === undefined) {
      const instances = callee.functions.map((term) => this.#instance(term, NO_ENV));
      resolved = { instances, open: this.#isOpen(callee) };
      this.#own.resolved.set(callee, resolved);
    }
    return resolved;
  }

  /** Whether something else may be called; one way that is seen is enough for who forgives. */
  #isOpen({ open, isUnseen = false }: Callee): boolean {
    return open && !(isUnseen && this.#options.helpers === 'some-path');
  }

  /** The part of an environment that a function which is written inside another can use. */
  #closedOver(term: FunctionTerm, env: Env): Env {
    if (env.size === 0) return env;
    const used = [...env].filter(([parameter]) => {
      const owner = this.#base.ownerOf.get(parameter) ?? this.#own.ownerOf.get(parameter);
      return owner !== undefined && term.isWithin(owner);
    });
    return used.length === env.size ? env : new Map(used);
  }

  bind(callee: Instance, call: Call, from: Instance): Instance {
    const bound = this.#given(callee, call, from);
    if (bound.size === 0) return callee;
    const env = new Map([...callee.env, ...bound]);
    const key = this.#keyOf(callee.term, env);
    const known = this.#base.instances.get(key) ?? this.#own.instances.get(key);
    if (known !== undefined) return known;
    this.#added++;
    if ((this.#told.get(callee.term) ?? 0) >= MAX_TOLD) {
      for (const [parameter, held] of bound) {
        if (!held.some((one) => this.#isRelevant(one))) env.delete(parameter);
      }
      if (env.size === callee.env.size) return callee;
    }
    if (this.#isFull(callee.term) || this.#isOneTooMany(callee.term, env)) return callee;
    return this.#instance(callee.term, env);
  }

  /** The functions that a call gives to parameters. */
  #given(callee: Instance, { args, held, given = args.length }: Call, from: Instance): Env {
    const { term } = callee;
    const bound = new Map<object, readonly Instance[]>();
    const give = (parameter: object, argument: Callee, by: Instance): void => {
      const { instances, open } = this.resolve(argument, by);
      if (open || instances.some((one) => this.#isTooDeep(one))) return;
      this.#own.ownerOf.set(parameter, term);
      bound.set(parameter, instances);
    };
    term.parameters.forEach((parameter, index) => {
      if (parameter === null) return;
      const isGiven = index < given;
      const argument = isGiven ? (args[index] ?? null) : term.defaultOf(index);
      if (argument !== null) give(parameter, argument, isGiven ? from : callee);
    });
    for (const one of held ?? NO_HELD) {
      if (one.in === term.node) give(one.parameter, one.callee, from);
    }
    return bound;
  }

  /** Whether a function is not to be told apart by what it is given any more. */
  #isFull(term: FunctionTerm): boolean {
    const given = this.#told.get(term) ?? 0;
    if (given >= MAX_BOUND_EACH && this.#boundInAll >= MAX_BOUND) return true;
    this.#told.set(term, given + 1);
    return false;
  }

  /** Callbacks within callbacks can be put together in very many ways. */
  #isOneTooMany(term: FunctionTerm, env: Env): boolean {
    let depth = 0;
    for (const one of [...env.values()].flat()) depth = Math.max(depth, this.#keptOf(one).depth);
    if (depth < 2) return false;
    const nested = this.#nested.get(term) ?? 0;
    if (nested >= MAX_NESTED) return true;
    this.#nested.set(term, nested + 1);
    return false;
  }

  /** A callback that is given itself, within others or not, could be so without end. */
  #isTooDeep(callback: Instance): boolean {
    const { depth, holds } = this.#keptOf(callback);
    if (depth >= MAX_DEPTH) return true;
    const isMade = this.#own.made.has(callback) || this.#base.made.has(callback);
    return holds.has(callback.term) && !isMade;
  }

  summary(callee: Instance, call: Call, mode: RunMode, from: Instance): Summary {
    const summary = this.#ofMode(callee, mode);
    const visible = call.callee.parameter === null ? this.#visible(summary, from) : summary;
    if (call.perhaps === true) return this.#perhaps(callee, visible);
    return call.exact || mode === 'started' || this.#options.helpers === 'every-path'
      ? visible
      : this.#forgiven(call.callee.variants === true ? this.#bound(call, from) : [callee], visible);
  }

  /**
   * What a function does that may not be called: one that establishes the session is taken to be
   * called, where helpers are forgiven what they may skip.
   */
  #perhaps(callee: Instance, summary: Summary): Summary {
    const { results } = this.#read(callee, 'awaited');
    const establishes = RESULT_KINDS.some((kind) => canEstablish(this.#space, results[kind]));
    if (establishes && this.#options.helpers === 'some-path') {
      return this.#forgiven([callee], summary);
    }
    const { algebra } = this.#space;
    const truthy = algebra.join(summary.results.truthy, algebra.identity);
    return { ...summary, results: { ...summary.results, truthy } };
  }

  #bound(call: Call, from: Instance): readonly Instance[] {
    return this.resolve(call.callee, from).instances.map((one) => this.bind(one, call, from));
  }

  #ofMode(instance: Instance, mode: RunMode): Summary {
    const summary = this.#read(instance, mode);
    if (!instance.term.isAsync || mode === 'awaited') return summary;
    const { algebra, protocol, left } = this.#space;
    if (mode === 'started') {
      // What it does after its first suspension can happen from now on.
      const { lingering } = this.#read(instance, 'awaited');
      if (!this.#isLeft(instance)) return { ...summary, lingering };
      const { suspended, ended, dead } = summary;
      const atOnce = RESULT_KINDS.reduce((all, kind) => algebra.join(all, ended[kind]), dead);
      const truthy = algebra.join(algebra.compose(suspended, left), atOnce);
      return { ...summary, results: { ...summary.results, truthy }, lingering };
    }
    // How the promise began tells how it can end. No event leads back to the initial state, so a
    // promise that is met in that state was left in it; but for one that began on a way not seen.
    const { suspended, ended, dead } = this.#read(instance, 'started');
    const isLeft = instance.term.isBegun && this.#isLeft(instance);
    const running = isLeft ? algebra.compose(suspended, left) : suspended;
    const { initial } = protocol;
    const others = algebra.map((state) => (state === initial ? 0 : 1 << state));
    const from = (began: Relation, relation: Relation): Relation => {
      if (began === algebra.empty) return algebra.empty;
      if (mode === 'resumed') return relation;
      const wasLeft = (algebra.image(began) & (1 << initial)) !== 0;
      return wasLeft ? relation : algebra.compose(others, relation);
    };
    // What has come to its end by then does nothing more.
    const stays = algebra.map((state) => (state === initial ? 1 << initial : 0));
    const done = (began: Relation, relation: Relation): Relation => {
      const all = from(began, relation);
      if (mode === 'resumed' || all === algebra.empty) return all;
      const idle = algebra.compose(algebra.compose(stays, all), stays);
      return algebra.join(algebra.compose(others, all), idle);
    };
    return {
      ...summary,
      results: eachKind((kind) => {
        const relation = summary.results[kind];
        return algebra.join(from(running, relation), done(ended[kind], relation));
      }),
      thrown: algebra.join(from(running, summary.thrown), from(dead, summary.dead)),
    };
  }

  /** Whether an async function that is left to run by itself can establish the session. */
  #isLeft(instance: Instance): boolean {
    const { results } = this.#read(instance, 'awaited');
    return RESULT_KINDS.some((kind) => canEstablish(this.#space, results[kind]));
  }

  /** A summary as far as it is known, which may be asked for again. */
  #read(instance: Instance, mode: RunMode): Summary {
    const node = this.#node(instance, mode);
    if (this.#reader !== null && !node.isFinal) node.dependents.add(this.#reader);
    if (node.state === 'new') this.#missing.push(node);
    return node.summary;
  }

  /** What a function does, as far as the caller can tell facts about its bindings. */
  #visible(summary: Summary, { term }: Instance): Summary {
    const { algebra } = this.#space;
    const hidden = (atom: number): boolean => !term.sees(atom) && !term.owns(atom);
    return mapSummary(summary, (relation) => algebra.forget(relation, hidden));
  }

  /**
   * An awaited helper that can end normally on a way on which it establishes the session counts as
   * establishing it, for each kind of its results. A result of which nothing is known is of no kind:
   * what holds for it holds for all of them.
   *
   * @param instances the helper, in all its variants
   */
  #forgiven(instances: readonly Instance[], summary: Summary): Summary {
    const { algebra, protocol } = this.#space;
    const all = instances.map((instance) => this.#read(instance, 'awaited'));
    const count = protocol.states.length;
    const before = eachKind((kind) => {
      let states = 0;
      for (const awaited of all) {
        states |= algebra.rows(awaited.results[kind])[protocol.initial] ?? 0;
      }
      return states;
    });
    const ofAny = RESULT_KINDS.reduce((states, kind) => states & before[kind], ~0);
    const ofAll = RESULT_KINDS.reduce((states, kind) => states | before[kind], 0);
    const results = eachKind((kind) => {
      const relation = summary.results[kind];
      if (before[kind] === 0) return relation;
      const isKnown = (before[kind] & ~ofAny) !== 0;
      const established = (isKnown ? before[kind] : ofAll) & protocol.established;
      if (established === 0) return relation;
      const rows = algebra.rows(relation);
      return algebra.map((state) => {
        if (state >= count) return 1 << state;
        return (rows[state] ?? 0) === 0 ? 0 : established;
      });
    });
    return { ...summary, results };
  }

  // Summaries

  #solve(root: Node): void {
    const stack = [root];
    try {
      this.#solveAll(stack);
    } catch (error) {
      // What is left half done is begun anew where it is asked for again.
      for (const node of stack) if (node.state === 'open') node.state = 'new';
      this.#reader = null;
      throw error;
    }
  }

  #solveAll(stack: Node[]): void {
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      if (node.state === 'done') {
        stack.pop();
        continue;
      }
      node.state = 'open';
      this.#reader = node;
      this.#missing = [];
      const summary = summarize(
        this.#space,
        this.#domain,
        node.instance,
        node.mode,
        this,
        node.closures,
      );
      this.#reader = null;
      const missing = this.#missing.filter(({ state }) => state === 'new');
      if (missing.length > 0) {
        stack.push(...new Set(missing));
        continue;
      }
      stack.pop();
      node.state = 'done';
      if (sameSummary(summary, node.summary)) continue;
      node.summary = summary;
      for (const dependent of node.dependents) {
        if (dependent.state !== 'done') continue;
        dependent.state = 'open';
        stack.push(dependent);
      }
    }
  }

  #node(instance: Instance, mode: RunMode): Node {
    const kept = this.#keptOf(instance);
    const ready = this.#base.nodes.get(kept)?.get(mode);
    if (ready !== undefined) return ready;
    const nodes = this.#own.nodes.get(kept) ?? new Map<RunMode, Node>();
    let node = nodes.get(mode);
    if (node === undefined) {
      this.#added++;
      const { empty } = this.#space.algebra;
      node = {
        instance,
        mode,
        closures: new Closures(),
        dependents: new Set(),
        summary: {
          results: noResults(empty),
          thrown: empty,
          suspended: empty,
          lingering: empty,
          ended: noResults(empty),
          dead: empty,
        },
        state: 'new',
        isFinal: false,
      };
      this.#own.nodes.set(kept, nodes.set(mode, node));
    }
    return node;
  }

  /** The one instance of a function in which its parameters hold these. */
  #instance(term: FunctionTerm, env: Env): Instance {
    const key = this.#keyOf(term, env);
    let instance = this.#base.instances.get(key) ?? this.#own.instances.get(key);
    if (instance === undefined) {
      this.#added++;
      instance = { term, env };
      if (env.size > 0) this.#boundInAll++;
      let depth = 0;
      const holds = new Set<FunctionTerm>();
      for (const other of [...env.values()].flat()) {
        const kept = this.#keptOf(other);
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

  #keptAs(instance: Instance): Kept | undefined {
    return this.#base.kept.get(instance) ?? this.#own.kept.get(instance);
  }

  #keptOf(instance: Instance): Kept {
    const kept =
      this.#keptAs(instance) ?? this.#keptAs(this.#instance(instance.term, instance.env));
    if (kept === undefined) throw new Error('an instance is kept from when it is made');
    return kept;
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
      return `${String(id)}=${instances.map((one) => String(this.#keptOf(one).id)).join('|')}`;
    });
    return parts.sort().join();
  }
}

function mapSummary(summary: Summary, change: (relation: Relation) => Relation): Summary {
  return {
    results: eachKind((kind) => change(summary.results[kind])),
    thrown: change(summary.thrown),
    suspended: change(summary.suspended),
    lingering: change(summary.lingering),
    ended: eachKind((kind) => change(summary.ended[kind])),
    dead: change(summary.dead),
  };
}

function sameSummary(one: Summary, other: Summary): boolean {
  return (
    one.thrown === other.thrown &&
    one.suspended === other.suspended &&
    one.lingering === other.lingering &&
    one.dead === other.dead &&
    RESULT_KINDS.every(
      (kind) => one.results[kind] === other.results[kind] && one.ended[kind] === other.ended[kind],
    )
  );
}

function lowest(states: States): number | null {
  return states === 0 ? null : 31 - Math.clz32(states & -states);
}
