/**
 * What functions leave to run later when they have come to their end: where their callers clear the
 * session, it can run in all states that follow behind their calls.
 */

import { asEntered, whereTaken } from '../algebra/domain.ts';
import { observe, statesBehind, statesFrom, type Aftermath } from '../algebra/evaluate.ts';
import { NOBODY } from '../algebra/observer.ts';
import type { Later } from '../algebra/probe.ts';
import type { Relation, States } from '../algebra/relation.ts';
import { eachKind, noResults, type Ended, type Instance } from '../algebra/summary.ts';
import { RESULT_KINDS, type Call, type CallEnd } from '../term/term.ts';
import type { Calling } from './entered.ts';
import type { Summaries } from './summaries.ts';
import type { Begun, Solving } from './tables.ts';

/** What a function leaves to run later, and in which states. */
export type Left = ReadonlyMap<Later, Relation>;

const NOBODY_CALLS: Calling = new Map();

/** What is found out of this takes no more steps than so many, in a file. */
const MAX_STEPS = 30_000;

/** The ways in which a call can end. */
const ENDS: readonly CallEnd[] = [...RESULT_KINDS, 'thrown'];

/** Stands for what is left by those that a function calls. */
const THROUGH = 'through';

/** What a function leaves itself, or all that is left by those that it calls. */
type Leftover = Later | typeof THROUGH;

/** For one thing that is left, how a function can end so that it is, and in which states. */
type LeavingEnds = Map<CallEnd, States>;

/** A function that leaves something, or calls one that does. */
interface Leaver {
  readonly ends: Map<Leftover, LeavingEnds>;
  /** The states in which each runs. */
  readonly states: Map<Leftover, Relation>;
}

/** The calls in a function of those that leave something. */
interface Known {
  /** The states in which it is entered, */
  readonly entry: Relation;
  /** and how many functions were known to leave something. */
  readonly leavers: number;
  readonly calls: ReadonlyMap<Call, readonly Begun[]>;
}

/** What comes behind a call, by how it ended. */
type Behind = Map<string, Aftermath<Relation>>;

export class Leaving {
  readonly #solving: Solving;
  readonly #summaries: Summaries;
  readonly #entryOf: (instance: Instance) => Relation;
  readonly #left = new Map<Instance, Left>();
  /** Who calls each function, as far as that is known, */
  #callers: Calling = NOBODY_CALLS;
  /** and what each function calls. */
  #callees: Calling = NOBODY_CALLS;
  readonly #leavers = new Map<Instance, Leaver>();
  /** The calls in each function of those that leave something, */
  readonly #calls = new Map<Instance, Known>();
  /** and what comes behind each. */
  readonly #behind = new Map<Call, Map<Instance, Behind>>();
  /** The AST nodes of calls that lead to what is left, by that of the function that they call. */
  readonly #sites = new Map<object, Set<object>>();
  /** Functions below which more is known. */
  readonly #pending = new Set<Instance>();
  /** The steps that were taken before, */
  #steps = 0;
  /** and from where on they are counted now. */
  #begun = 0;
  #isChanged = false;

  /** @param entryOf the states in which a function is entered */
  constructor(solving: Solving, summaries: Summaries, entryOf: (instance: Instance) => Relation) {
    this.#solving = solving;
    this.#summaries = summaries;
    this.#entryOf = entryOf;
  }

  /** The calls behind which what a function leaves is run: their AST nodes, by its own. */
  callsOf(node: object): readonly object[] {
    return [...(this.#sites.get(node) ?? [])];
  }

  /** A function was observed. */
  observed(instance: Instance, left: Left): void {
    this.#isChanged = true;
    if (left.size > 0) this.#left.set(instance, left);
  }

  /**
   * Has all that is left run in the states that follow behind calls.
   *
   * @param calling who calls each function
   */
  run(
    calling: () => Calling,
    runLater: (instance: Instance, term: Later, states: Relation) => void,
  ): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    this.#callers = calling();
    this.#callees = reversed(this.#callers);
    const asked = this.#asked();
    const { meter, space } = this.#solving;
    this.#begun = meter.taken;
    for (const instance of asked) {
      if (this.#isOver()) break;
      // A function of which more has become known is looked at once more, behind the others.
      asked.delete(instance);
      if (!this.#lookInto(instance)) continue;
      for (const caller of this.#callers.get(instance) ?? [])
        if (this.#leavers.has(caller)) asked.add(caller);
    }
    for (const instance of this.#pending) {
      this.#pending.delete(instance);
      for (const [left, states] of this.#leaver(instance).states) {
        if (states === space.algebra.empty) continue;
        if (left !== THROUGH) runLater(instance, left, states);
        else for (const callee of this.#callees.get(instance) ?? []) this.#allGoOn(callee, states);
      }
    }
    this.#steps += meter.taken - this.#begun;
  }

  #isOver(): boolean {
    return this.#steps + this.#solving.meter.taken - this.#begun > MAX_STEPS;
  }

  /** The functions to ask: those that leave something, and are called by one that can clear the session. */
  #asked(): Set<Instance> {
    const leavers = new Set(this.#left.keys());
    for (const one of leavers)
      for (const caller of this.#callers.get(one) ?? []) leavers.add(caller);
    const below = new Set([...leavers].filter((one) => this.#canClear(one)));
    for (const one of below)
      for (const callee of this.#callees.get(one) ?? []) if (leavers.has(callee)) below.add(callee);
    // Those that leave something themselves come first.
    const asked = new Set([...this.#left.keys(), ...below].filter((one) => below.has(one)));
    for (const one of asked) this.#leaver(one);
    return asked;
  }

  #canClear(instance: Instance): boolean {
    const { lingering } = this.#summaries.node(instance, 'awaited').summary;
    return lingering !== this.#solving.space.algebra.empty;
  }

  #leaver(instance: Instance): Leaver {
    const leaver = this.#leavers.get(instance) ?? { ends: new Map(), states: new Map() };
    this.#leavers.set(instance, leaver);
    return leaver;
  }

  /** Looks behind what is left in a function, and behind its calls; whether more is known of its ends. */
  #lookInto(instance: Instance): boolean {
    const { closures } = this.#summaries.node(instance, 'awaited');
    const { domain } = this.#solving;
    let isMore = false;
    for (const [term, at] of this.#left.get(instance) ?? []) {
      if (this.#isOver()) break;
      const after = statesFrom(domain, instance, term, at, this.#summaries, closures);
      if (this.#endsSo(instance, term, after)) isMore = true;
    }
    for (const [call, all] of this.#callsIn(instance)) {
      for (const begun of all) {
        if (this.#isOver()) break;
        if (this.#lookBehindAll(instance, call, begun)) isMore = true;
      }
    }
    return isMore;
  }

  /** Looks behind a call for all that is left by it; whether more is known of the caller's ends. */
  #lookBehindAll(around: Instance, call: Call, begun: Begun): boolean {
    const { callee, facts } = begun;
    const canClear = this.#canClear(around);
    let isMore = false;
    for (const [left, ends] of this.#leaver(callee).ends) {
      const after = this.#lookBehind(around, call, this.#leaving(begun, ends));
      if (this.#endsSo(around, THROUGH, after)) isMore = true;
      // What is left by a function that is called where it is written is part of this one.
      if (!canClear || (call.exact && left !== THROUGH)) continue;
      this.#goOn(callee, left, whereTaken(this.#solving.domain, after.seen, facts, callee.term));
    }
    return isMore;
  }

  /** Notes how a function ends where something is left; whether more is known of that now. */
  #endsSo(instance: Instance, left: Leftover, { ended }: Aftermath<Relation>): boolean {
    const { algebra } = this.#solving.space;
    const known = this.#leaver(instance).ends;
    const ends = known.get(left) ?? new Map<CallEnd, States>();
    let isMore = false;
    for (const end of ENDS) {
      const before = ends.get(end) ?? 0;
      const states = before | algebra.image(ended[end]);
      if (states === before) continue;
      ends.set(end, states);
      isMore = true;
    }
    if (isMore) known.set(left, ends);
    return isMore;
  }

  /** The calls in a function of those that are asked. */
  #callsIn(instance: Instance): ReadonlyMap<Call, readonly Begun[]> {
    const entry = this.#entryOf(instance);
    const known = this.#calls.get(instance);
    if (known?.entry === entry && known.leavers === this.#leavers.size) return known.calls;
    const calls = new Map<Call, Begun[]>();
    const { closures } = this.#summaries.node(instance, 'awaited');
    observe(this.#solving.domain, instance, entry, this.#summaries, closures, {
      ...NOBODY,
      called: (callee, ended, from, facts) => {
        if (!this.#leavers.has(callee)) return;
        add(this.#sites, callee.term.node, from.site);
        const all = calls.get(from) ?? [];
        all.push({ callee, ended, from, facts });
        calls.set(from, all);
      },
    });
    this.#calls.set(instance, { entry, leavers: this.#leavers.size, calls });
    return calls;
  }

  /** What comes behind a call that has ended like this. */
  #lookBehind(around: Instance, call: Call, ended: Ended<Relation>): Aftermath<Relation> {
    const { domain } = this.#solving;
    const byCaller = this.#behind.get(call) ?? new Map<Instance, Behind>();
    this.#behind.set(call, byCaller);
    const known: Behind = byCaller.get(around) ?? new Map<string, Aftermath<Relation>>();
    byCaller.set(around, known);
    const key = ENDS.map((end) => ended[end].id).join();
    let after = known.get(key);
    if (after === undefined) {
      const { closures } = this.#summaries.node(around, 'awaited');
      after = statesBehind(domain, around, call, ended, this.#summaries, closures);
      known.set(key, after);
    }
    return after;
  }

  /** The states behind a call, where something is left. */
  #leaving({ callee, ended, from }: Begun, ends: LeavingEnds): Ended<Relation> {
    const { algebra } = this.#solving.space;
    if (from.mode === 'started' && callee.term.isAsync) {
      // It comes to its end while its caller goes on, whatever its promise is.
      const all = [...ends.values()].reduce((one, other) => one | other, 0);
      return { ...noResults(algebra.empty), truthy: algebra.states(all), thrown: algebra.empty };
    }
    const of = (end: CallEnd): Relation => {
      const states = ends.get(end) ?? 0;
      return algebra.compose(
        ended[end],
        algebra.map((state) => states & (1 << state)),
      );
    };
    return { ...eachKind(of), thrown: of('thrown') };
  }

  /** All that a function leaves, and those that it calls, can run in these states. */
  #allGoOn(instance: Instance, states: Relation): void {
    const leaver = this.#leavers.get(instance);
    if (leaver === undefined) return;
    for (const left of new Set<Leftover>([...leaver.ends.keys(), THROUGH]))
      this.#goOn(instance, left, states);
  }

  /** Something that is left by a function can run in these states. */
  #goOn(callee: Instance, left: Leftover, from: Relation): void {
    const { algebra } = this.#solving.space;
    const { states } = this.#leaver(callee);
    const before = states.get(left) ?? algebra.empty;
    const joined = algebra.join(before, asEntered(algebra, from, callee.term));
    if (joined === before) return;
    states.set(left, joined);
    this.#pending.add(callee);
  }
}

function reversed(calling: Calling): Calling {
  const called = new Map<Instance, Set<Instance>>();
  for (const [callee, callers] of calling)
    for (const caller of callers) add(called, caller, callee);
  return called;
}

function add<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}
