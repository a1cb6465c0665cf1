/** A solution by one set of options, and how the states in it are reached. */

import { relationDomain, where, type Domain } from '../algebra/domain.ts';
import type { Space } from '../algebra/protocol.ts';
import type { Atom, Relation, States } from '../algebra/relation.ts';
import { observe } from '../algebra/evaluate.ts';
import { NOBODY } from '../algebra/observer.ts';
import { eachKind, ofAnyKind, type Ended, type Instance } from '../algebra/summary.ts';
import {
  type CallEnd,
  type Callee,
  type Fact,
  type FunctionTerm,
  type ResultKind,
} from '../term/term.ts';
import { fixedIn } from '../term/varying.ts';
import type { Called, Entry, Explanation, Further, Place } from './explanation.ts';
import { Instances } from './instances.ts';
import { Order, type Following, type Start } from './order.ts';
import { Reached } from './reached.ts';
import { Relevance } from './relevance.ts';
import { Summaries } from './summaries.ts';
import { NO_ENV, NOTHING, Tables, type Helpers, type Solving } from './tables.ts';
import { Witnesses, type Valuation } from './witness.ts';
import type { Step } from './ways.ts';
import { statesWithout, type Mark } from './without.ts';
import { Meter, type Work } from './work.ts';

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

/** To go through so many steps of a way that is told takes one step of work. */
const STEPS_AT_ONCE = 8;

/** What the solutions for one file have in common. */
export class Shared {
  readonly relevance: Relevance;
  /** Those in which tests do not agree, by the state in which code is entered from outside. */
  readonly coarse = new Map<number, Solver>();

  constructor(relevance = new Relevance()) {
    this.relevance = relevance;
  }
}

/** What is known of the ways in an instance. */
interface Ways {
  readonly witnesses: Witnesses;
  readonly entries: readonly Entry[];
}

const NO_PARTS: readonly (readonly object[])[] = [];

/** A function that begins in a state, and what it is told. */
type Begun = Pick<Called, 'callee' | 'from' | 'facts'>;

export class Solver {
  readonly #space: Space;
  readonly #domain: Domain<Relation>;
  readonly #options: SolveOptions;
  readonly #base: Tables;
  readonly #own = new Tables();
  readonly #meter: Meter;
  readonly #instances: Instances;
  readonly #summaries: Summaries;
  readonly #reached: Reached;
  readonly #order: Order;
  #module: FunctionTerm | null = null;
  /** What is left to be worked out. */
  #parts: Iterator<readonly object[], unknown> = NO_PARTS.values();
  readonly #ways = new Map<string, Ways>();
  /** Those within functions that are called in one state, */
  readonly #within = new Map<string, Witnesses>();
  /** and how these end. */
  readonly #ended = new Map<string, Ended<Relation>>();

  constructor(space: Space, options: SolveOptions, usesFacts: boolean, base: Tables | null) {
    const { helpers, shared, work } = options;
    this.#space = space;
    this.#base = base ?? NOTHING;
    this.#domain = relationDomain(space, usesFacts);
    this.#options = options;
    this.#meter = new Meter(work);
    const solving: Solving = {
      space,
      domain: this.#domain,
      helpers,
      relevance: shared.relevance,
      base: this.#base,
      own: this.#own,
      meter: this.#meter,
    };
    this.#instances = new Instances(solving);
    this.#summaries = new Summaries(solving, this.#instances);
    this.#reached = new Reached(solving, this.#instances, this.#summaries);
    this.#order = new Order(this.#summaries, space.algebra.empty);
  }

  /** Works out the summaries of these functions, and is not changed then. */
  prepare(terms: readonly FunctionTerm[]): Tables {
    for (const term of terms)
      this.#summaries.solve(
        this.#summaries.node(this.#instances.instance(term, NO_ENV), 'awaited'),
      );
    for (const modes of this.#own.nodes.values()) {
      for (const node of modes.values()) node.isFinal = true;
    }
    return this.#own;
  }

  /** @param isEnough whether all that is asked is known, once a place is reached in more states */
  run(
    module: FunctionTerm,
    exported: () => readonly Callee[],
    isEnough: (place: object) => boolean,
  ): void {
    this.#module = module;
    this.#parts = this.#reached.run(module, this.#options.entry, exported);
    for (let next = this.#parts.next(); next.done !== true; next = this.#parts.next()) {
      if (next.value.some(isEnough)) return;
    }
  }

  /** Works out what is left, where enough was known before. */
  finish(): void {
    while (this.#parts.next().done !== true);
  }

  places(): readonly object[] {
    return this.#reached.places();
  }

  statesAt(site: object): States {
    let states = 0;
    for (const relation of this.#reached.at(site).values()) {
      states |= this.#space.algebra.image(relation);
    }
    return states;
  }

  callsBeginning(node: object): readonly object[] {
    return this.#reached.callsBeginning(node);
  }

  explain(site: object, wanted: States, further: Further, isWhole: boolean): Explanation | null {
    const { algebra } = this.#space;
    const given = further.known;
    for (const [instance, relation] of this.#reached.at(site)) {
      if (further.in !== null && further.in !== instance) continue;
      const reached = algebra.given(relation, (atom) => given.get(atom) ?? null);
      const state = lowest(algebra.image(reached) & wanted);
      if (state === null) continue;
      const found = algebra.witness(reached, 1 << state);
      if (found === null) continue;
      const known = new Map([...given, ...[...found].filter(lastingIn(instance.term))]);
      const { witnesses, entries } = this.#telling(() => this.#waysOf(instance, known, isWhole));
      const steps = witnesses.steps(site, state);
      if (steps === null) continue;
      this.#goThrough(steps);
      return { function: instance.term, instance, steps, entries, state, known };
    }
    return null;
  }

  beforeEntry(wanted: States): readonly Step[] | null {
    if (this.#module === null) return null;
    const callee = this.#instances.instance(this.#module, NO_ENV);
    const begun = { callee, from: this.#options.entry, facts: [] };
    const steps = this.#leading(begun, wanted, [null], false);
    if (steps !== null) this.#goThrough(steps);
    return steps;
  }

  /** Each report is told of with a way of its own, and ways can be as long as the file. */
  #goThrough(steps: readonly Step[]): void {
    this.#options.ways.take(Math.ceil(steps.length / STEPS_AT_ONCE));
  }

  within(step: Called, wanted: States, isWhole: boolean): readonly Step[] | null {
    const { callee, call } = step;
    // What an async function that was started does by the way says nothing of how it ends.
    const { isAsync, isGenerator } = callee.term;
    const isEnding = call.mode !== 'started' || !(isAsync || isGenerator);
    const end = isEnding ? step.end : null;
    const ends = isWhole ? [end] : end === null || end === 'thrown' ? [null] : [end, null];
    return this.#leading(step, wanted, ends, isWhole);
  }

  untold(step: Called): Called {
    const callee = this.#instances.whole(step.callee);
    return callee === step.callee ? step : { ...step, callee, facts: [] };
  }

  /** What a function does to end in one of these states, in the first of these ways in which it can. */
  #leading(
    begun: Begun,
    wanted: States,
    ends: readonly (CallEnd | null)[],
    isWhole: boolean,
  ): readonly Step[] | null {
    const { callee, from } = begun;
    for (const one of ends) {
      for (let rest = wanted; rest !== 0; rest &= rest - 1) {
        const to = lowest(rest) ?? 0;
        const known = this.#telling(() => this.#knownWithin(begun, to, one));
        if (known === null) continue;
        const told = [...known].map(([atom, holds]) => `${String(atom)}=${String(holds)}`);
        const key = `${String(this.#instances.keptOf(callee).id)} from ${String(from)} ${String(isWhole)} ${told.join()}`;
        let witnesses = this.#within.get(key);
        if (witnesses === undefined) {
          const value = (atom: Atom): boolean | null => known.get(atom) ?? null;
          witnesses = this.#telling(() => this.#traced(callee, 1 << from, value, isWhole));
          this.#within.set(key, witnesses);
        }
        const steps = witnesses.stepsToEnd(to, one);
        if (steps !== null) return steps;
      }
    }
    return null;
  }

  /** How tests come out where what is called leads to a state; null where it does not. */
  #knownWithin(
    { callee, from, facts }: Begun,
    to: number,
    end: CallEnd | null,
  ): ReadonlyMap<Atom, boolean> | null {
    const { algebra } = this.#space;
    const told = facts.filter(({ atom }) => callee.term.takes(atom));
    const ended = this.#endedFrom(callee, from, told);
    const states = end === null ? ofAnyKind(algebra, ended) : ended[end];
    const found = algebra.witness(states, 1 << to);
    return found === null ? null : new Map([...found].filter(lastingIn(callee.term)));
  }

  /** How a function ends that is called in a state, and told these facts. */
  #endedFrom(callee: Instance, from: number, told: readonly Fact[]): Ended<Relation> {
    const { algebra } = this.#space;
    const facts = told.map(({ atom, holds }) => `${String(atom)}=${String(holds)}`);
    const key = `${String(this.#instances.keptOf(callee).id)} from ${String(from)} ${facts.join()}`;
    let ended = this.#ended.get(key);
    if (ended === undefined) {
      const node = this.#summaries.node(callee, 'awaited');
      this.#summaries.solve(node);
      const entry = where(algebra, algebra.states(1 << from), told);
      ended = observe(this.#domain, callee, entry, this.#summaries, node.closures, NOBODY);
      this.#ended.set(key, ended);
    }
    return ended;
  }

  statesWithout(place: object, mark: Mark): States {
    const [space, domain, calls] = [this.#space, this.#domain, this.#summaries];
    let states = 0;
    for (const instance of this.#reached.at(place).keys()) {
      const entry = this.#reached.entryOf(instance);
      const observing = { space, domain, instance, entry, calls };
      const reached = this.#telling(() => statesWithout(observing, place, mark));
      states |= space.algebra.image(reached);
    }
    return states;
  }

  isFollowed(from: Place, by: Following): boolean {
    return this.#startsAt(from).some(([instance, start]) =>
      this.#telling(() => this.#order.isFollowed(instance, start, by)),
    );
  }

  resultsBehind(from: Place): ReadonlySet<ResultKind> {
    const results = this.#startsAt(from).flatMap(([instance, start]) =>
      this.#telling(() => this.#order.resultsBehind(instance, start)),
    );
    return new Set(results);
  }

  #startsAt({ place, way: { known, state }, results }: Place): readonly [Instance, Start][] {
    const valuation = (atom: Atom): boolean | null => known.get(atom) ?? null;
    return [...this.#reached.at(place)].map(([instance, reached]) => [
      instance,
      { place, reached, state, valuation, results },
    ]);
  }

  resultsOf(term: FunctionTerm): Readonly<Record<ResultKind, States>> {
    const { algebra, protocol } = this.#space;
    const node = this.#summaries.node(this.#instances.instance(term, NO_ENV), 'awaited');
    this.#telling(() => {
      this.#summaries.solve(node);
    });
    return eachKind((kind) => algebra.rows(node.summary.results[kind])[protocol.initial] ?? 0);
  }

  /** Works something out that is told, and proves nothing. */
  #telling<T>(action: () => T): T {
    return this.#meter.with(this.#options.ways, action);
  }

  /** The ways in an instance on which tests come out like this, and how it is entered then. */
  #waysOf(instance: Instance, known: ReadonlyMap<Atom, boolean>, isWhole: boolean): Ways {
    const { algebra } = this.#space;
    const key = `${String(this.#instances.keptOf(instance).id)} ${String(isWhole)} ${[...known].join(' ')}`;
    let ways = this.#ways.get(key);
    if (ways === undefined) {
      const value = (atom: Atom): boolean | null => known.get(atom) ?? null;
      const imageOf = (states: Relation): States => algebra.image(algebra.given(states, value));
      const entry = imageOf(this.#reached.entryOf(instance));
      const trace = (): Witnesses => this.#traced(instance, entry, value, isWhole);
      const witnesses = this.#summaries.node(instance, 'awaited').isFinal
        ? this.#reached.shared(this.#base.witnesses, `${String(entry)} ${key}`, trace)
        : trace();
      const entries = [...this.#reached.callersOf(instance)].flatMap(([from, callers]) =>
        [...callers].map(([caller, states]) => ({ from, in: caller, states: imageOf(states) })),
      );
      ways = { witnesses, entries };
      this.#ways.set(key, ways);
    }
    return ways;
  }

  /** The ways in an instance that is entered in these states. */
  #traced(instance: Instance, entry: States, value: Valuation, isWhole: boolean): Witnesses {
    const passed = this.#passed(instance, entry);
    return new Witnesses(this.#space, instance, { entry, passed }, this.#summaries, value, isWhole);
  }

  /** The states that an instance comes through which is entered in these. */
  #passed(instance: Instance, entry: States): States {
    const { algebra } = this.#space;
    const node = this.#summaries.node(instance, 'awaited');
    this.#summaries.solve(node);
    let passed = entry;
    const passing = (states: Relation): Relation => {
      passed |= algebra.image(states);
      return states;
    };
    const domain: Domain<Relation> = {
      ...this.#domain,
      compose: (first, second) => passing(this.#domain.compose(first, second)),
      follow: (first, second, changed) => passing(this.#domain.follow(first, second, changed)),
    };
    const start = algebra.states(entry);
    observe(domain, instance, start, this.#summaries, node.closures, NOBODY);
    return passed;
  }
}

/** Whether what is known at one place of a function is so all the way: not of variables that change. */
function lastingIn(term: FunctionTerm): (known: readonly [Atom, boolean]) => boolean {
  const isFixed = fixedIn(term.body);
  return ([atom]) => isFixed(atom);
}

function lowest(states: States): number | null {
  return states === 0 ? null : 31 - Math.clz32(states & -states);
}
