/**
 * The states in which functions are entered and places reached, top-down from the module: each
 * function is observed anew whenever its entry has grown.
 */

import { asEntered } from '../algebra/domain.ts';
import { observe, observeDetached, statesFrom, type Aftermath } from '../algebra/evaluate.ts';
import { NOBODY, type Observer } from '../algebra/observer.ts';
import type { Later } from '../algebra/probe.ts';
import type { Relation } from '../algebra/relation.ts';
import { ofAnyKind, type Ended, type Instance } from '../algebra/summary.ts';
import type { Call, Callee, FunctionTerm, Refer } from '../term/term.ts';
import type { Instances } from './instances.ts';
import { Entered, type Callers } from './entered.ts';
import { Leaving } from './leaving.ts';
import { Placed } from './placed.ts';
import { Rests } from './rests.ts';
import { Together } from './together.ts';
import type { Summaries } from './summaries.ts';
import {
  NO_ENV,
  type Begun,
  type Node,
  type Observation,
  type Observed,
  type Solving,
  type Told,
} from './tables.ts';

/** Of what one function leaves to run later, this much is entered in every state that follows, */
const MAX_LATER = 64;

/** and where finding these out takes more steps than this, no more of it than so much. */
const MAX_LATER_STEPS = 100_000;
const MIN_LATER = 4;

/** Of more functions than this that are referred to together, not every place is told apart. */
const MAX_REFERRED = 16;

const NO_STATES: ReadonlyMap<Instance, Relation> = new Map();

export class Reached {
  readonly #solving: Solving;
  readonly #instances: Instances;
  readonly #summaries: Summaries;
  readonly #entries = new Map<Instance, Relation>();
  readonly #entered: Entered;
  /** What others had observed, too, of the functions that were observed here, in this order. */
  readonly #repeated = new Map<Instance, { readonly index: number; readonly all: Observed[] }>();
  readonly #placed: Placed;
  readonly #rests: Rests;
  readonly #leaving: Leaving;
  /** Functions that are not only called where what they return is followed. */
  readonly #handedOn = new Set<Instance>();
  /** Functions whose entry has grown since they were observed. */
  readonly #pending = new Set<Instance>();
  readonly #sites = new Map<object, Map<Instance, Relation>>();
  /** The places that are reached in further states since a part has told of them. */
  readonly #grown = new Set<object>();
  readonly #together: Together;
  /** The states in which references lead on, by the function that holds them. */
  readonly #referred = new Map<Refer, Map<Instance, Relation>>();

  constructor(solving: Solving, instances: Instances, summaries: Summaries) {
    this.#solving = solving;
    this.#instances = instances;
    this.#summaries = summaries;
    this.#entered = new Entered(solving);
    this.#together = new Together(solving);
    this.#placed = new Placed(solving, summaries);
    this.#rests = new Rests(solving, instances, summaries);
    this.#leaving = new Leaving(solving, summaries, (instance) => this.entryOf(instance));
  }

  /**
   * Works it out in parts, between which it can be left, and gone on with later. Each part tells
   * which places it has reached in further states.
   */
  *run(
    module: FunctionTerm,
    entry: number,
    exported: () => readonly Callee[],
  ): Generator<readonly object[], void> {
    const { algebra } = this.#solving.space;
    const top = this.#instances.instance(module, NO_ENV);
    const start = algebra.states(1 << entry);
    this.#entries.set(top, start);
    const end = this.#observe(top, start);
    yield this.#takeGrown();
    for (const callee of exported()) {
      for (const one of this.#instances.resolve(callee, top).instances)
        this.#enter(one, this.#enteredAt(null, end), null, null);
    }
    do {
      for (const next of this.#pending) {
        this.#pending.delete(next);
        this.#observe(next, this.#entries.get(next) ?? algebra.empty);
        yield this.#takeGrown();
      }
      this.#rests.run((instance) => this.#observerOf(instance, false));
      if (this.#pending.size > 0) continue;
      this.#leaving.run(
        () => this.#entered.calling(),
        (instance, term, states) => {
          this.#runLater(instance, term, states);
        },
      );
    } while (this.#pending.size > 0);
    yield this.#takeGrown();
  }

  #takeGrown(): readonly object[] {
    const grown = [...this.#grown];
    this.#grown.clear();
    return grown;
  }

  /** The states in which functions are entered by who has got them. */
  #enteredAt(site: object | null, states: Relation): Relation {
    const { algebra, protocol } = this.#solving.space;
    const state = protocol.entered?.(site) ?? null;
    return state === null ? states : algebra.states(1 << state);
  }

  places(): readonly object[] {
    const places = new Set<object>(this.#sites.keys());
    for (const [place, holders] of this.#solving.base.holders) {
      for (const instance of holders) if (this.#repeated.has(instance)) places.add(place);
    }
    return [...places];
  }

  /** The states in which a site is reached, for each instance of the function that holds it. */
  at(site: object): ReadonlyMap<Instance, Relation> {
    const { algebra } = this.#solving.space;
    const own = this.#sites.get(site) ?? NO_STATES;
    const holders = [...(this.#solving.base.holders.get(site) ?? [])].flatMap((instance) => {
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

  /** The states in which an instance is entered. */
  entryOf(instance: Instance): Relation {
    return this.#entries.get(instance) ?? this.#solving.space.algebra.empty;
  }

  /** How an instance is entered, put together for each place and function that holds it. */
  callersOf(instance: Instance): ReadonlyMap<Call | Refer | null, Callers> {
    return this.#entered.placesOf(instance);
  }

  /** The calls that began what goes on of a function, or is left of it: their AST nodes, by its own. */
  callsBeginning(node: object): readonly object[] {
    return [...this.#rests.callsOf(node), ...this.#leaving.callsOf(node)];
  }

  /**
   * Tells of what is reached in a function, and follows what leads on from there.
   *
   * @param isTold whether the sites of calls have been told of already
   */
  #observerOf(instance: Instance, isTold: boolean): Observer<Relation> {
    const { algebra } = this.#solving.space;
    const record = (site: object, states: Relation): void => {
      const reached = this.#sites.get(site) ?? new Map<Instance, Relation>();
      const before = reached.get(instance) ?? algebra.empty;
      const joined = algebra.join(before, states);
      this.#sites.set(site, reached.set(instance, joined));
      if (joined !== before) this.#grown.add(site);
    };
    return {
      ...NOBODY,
      site: record,
      enter: (callee, states, from) => {
        if (!isTold) record(from.site, states);
        if (from.exact) this.#placed.add(callee, from, instance);
        this.#enter(callee, states, from, instance);
      },
      refer: (callees, states, from) => {
        if (callees.length === 0) return;
        if (from.returned === true && !this.#handedOn.has(instance)) return;
        record(from.site, states);
        // An object can be referred to in very many places, and have very many methods.
        if (callees.length > MAX_REFERRED && !this.#together.grows(callees, states)) return;
        const referred = this.#referred.get(from) ?? new Map<Instance, Relation>();
        const before = referred.get(instance);
        const own = this.#enteredAt(from.site, states);
        const joined = before === undefined ? own : algebra.join(before, own);
        if (joined === before) return;
        this.#referred.set(from, referred.set(instance, joined));
        for (const callee of callees) this.#enter(callee, joined, from, instance);
      },
    };
  }

  #observe(instance: Instance, entry: Relation): Relation {
    const { algebra } = this.#solving.space;
    const node = this.#summaries.node(instance, 'awaited');
    this.#summaries.solve(node);
    const left = new Map<Later, Relation>();
    const begun = new Map<Call, Begun[]>();
    const leads = (later: Later): boolean =>
      later.kind === 'detach' ||
      this.#instances
        .resolve(later.callee, instance)
        .instances.some((one) => this.#instances.isRelevant(one));
    const observer: Observer<Relation> = {
      ...this.#observerOf(instance, node.isFinal),
      later: (term, states) => {
        if (!left.has(term) && !leads(term)) return;
        left.set(term, algebra.join(left.get(term) ?? algebra.empty, states));
      },
      begun: (callee, ended, from, facts) => {
        const one = { callee, ended, from, facts };
        if (!this.#rests.isLeft(one)) return;
        const all = begun.get(from);
        if (all === undefined) begun.set(from, [one]);
        else all.push(one);
      },
    };
    const ended = node.isFinal
      ? this.#repeat(node, entry, observer)
      : observe(this.#solving.domain, instance, entry, this.#summaries, node.closures, observer);
    this.#leaving.observed(instance, left);
    // The session can be cleared behind what was left to run later.
    const canClear = node.summary.lingering !== algebra.empty;
    // What throws before has left nothing to run.
    const isAsked = canClear || this.#placed.has(instance);
    const beyond = new Map<string, Relation>();
    /** All that follows behind a place; null where nothing can be cleared there. */
    const following = (behind: Aftermath<Relation>): Relation | null => {
      const key = Object.values(behind.ended)
        .map(({ id }) => id)
        .join();
      let further = beyond.get(key);
      if (further === undefined) {
        further = this.#placed.beyond(instance, behind.ended);
        beyond.set(key, further);
      }
      return !canClear && further === algebra.empty ? null : algebra.join(behind.seen, further);
    };
    const taken = this.#solving.meter.taken;
    const isTooMuch = (index: number): boolean =>
      index >= MIN_LATER && this.#solving.meter.taken - taken > MAX_LATER_STEPS;
    for (const [index, [term, at]] of [...left].slice(0, MAX_LATER).entries()) {
      if (at === algebra.empty) continue;
      if (isTooMuch(index)) break;
      const states = following(
        isAsked
          ? statesFrom(this.#solving.domain, instance, term, at, this.#summaries, node.closures)
          : { seen: at, ended },
      );
      if (states === null) break;
      this.#runLater(instance, term, states);
    }
    if (!isAsked) return ofAnyKind(algebra, ended);
    for (const [index, [call, all]] of [...begun].slice(0, MAX_LATER).entries()) {
      if (isTooMuch(index)) break;
      const states = following(this.#rests.meanwhile(instance, call, all, node.closures));
      if (states === null) break;
      for (const { callee, facts } of all) this.#rests.goOn(callee, states, call, facts);
    }
    return ofAnyKind(algebra, ended);
  }

  /** Runs what a function has left to run later in all states in which it can. */
  #runLater(instance: Instance, term: Later, states: Relation): void {
    const observer = this.#observerOf(instance, false);
    if (term.kind === 'refer') {
      observer.refer(this.#instances.resolve(term.callee, instance).instances, states, term);
      return;
    }
    observeDetached(
      this.#solving.domain,
      instance,
      term,
      states,
      this.#summaries,
      this.#summaries.node(instance, 'awaited').closures,
      observer,
    );
  }

  /** Observes a function of the groundwork, or tells what was observed of it for another file. */
  #repeat(
    { instance, closures }: Node,
    entry: Relation,
    observer: Observer<Relation>,
  ): Ended<Relation> {
    const byEntry =
      this.#solving.base.observed.get(instance) ?? new Map<Relation, Told<Observed>>();
    this.#solving.base.observed.set(instance, byEntry);
    const observed = this.shared(byEntry, entry, () => {
      const found = this.#observed((recorder) =>
        observe(this.#solving.domain, instance, entry, this.#summaries, closures, recorder),
      );
      for (const site of found.sites.keys()) {
        const holders = this.#solving.base.holders.get(site) ?? new Set();
        this.#solving.base.holders.set(site, holders.add(instance));
      }
      return found;
    });
    for (const site of observed.sites.keys()) this.#grown.add(site);
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
        case 'begun': {
          const { callee, ended, from, facts } = one.begun;
          observer.begun(callee, ended, from, facts);
          break;
        }
      }
    }
    return observed.ended;
  }

  /** Keeps what an observer is told. */
  #observed(walk: (recorder: Observer<Relation>) => Ended<Relation>): Observed {
    const { algebra } = this.#solving.space;
    const events: Observation[] = [];
    const sites = new Map<object, Relation>();
    const site = (at: object, states: Relation): void => {
      sites.set(at, algebra.join(sites.get(at) ?? algebra.empty, states));
    };
    const ended = walk({
      ...NOBODY,
      site,
      enter(callee, states, from) {
        site(from.site, states);
        events.push({ kind: 'enter', callee, states, from });
      },
      refer: (callees, states, from) => events.push({ kind: 'refer', callees, states, from }),
      later: (term, states) => events.push({ kind: 'later', term, states }),
      begun: (callee, ended, from, facts) => {
        events.push({ kind: 'begun', begun: { callee, ended, from, facts } });
      },
    });
    return { sites, events, ended };
  }

  /**
   * What is the same for all files: worked out once, and taken for as much work each time. What needs
   * something of this file's own is not kept for others.
   */
  shared<K, T>(known: Map<K, Told<T>>, key: K, work: () => T): T {
    const told = known.get(key);
    if (told !== undefined) {
      this.#solving.meter.take(told.steps);
      return told.value;
    }
    const [added, steps] = [this.#solving.own.added, this.#solving.meter.steps];
    const value = work();
    if (this.#solving.own.added === added)
      known.set(key, { value, steps: this.#solving.meter.steps - steps });
    return value;
  }

  #enter(
    instance: Instance,
    from: Relation,
    site: Call | Refer | null,
    caller: Instance | null,
  ): void {
    const { algebra } = this.#solving.space;
    this.#solving.meter.step();
    if (!this.#instances.isRelevant(instance)) return;
    const states = asEntered(algebra, from, instance.term);
    this.#entered.add(instance, states, site, caller);
    const before = this.#entries.get(instance) ?? algebra.empty;
    const joined = algebra.join(before, states);
    const isFollowed = site?.kind === 'call' && site.follows === true;
    const isNew = !isFollowed && !this.#handedOn.has(instance);
    if (joined === before && !isNew) return;
    if (isNew) this.#handedOn.add(instance);
    this.#entries.set(instance, joined);
    this.#pending.add(instance);
  }
}
