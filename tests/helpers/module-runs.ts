/**
 * The naive meaning of modules: what each function does in each state, over and over until nothing is
 * added, and how few steps have to be told of a way to a place.
 */

import type { Protocol } from '../../src/flow/algebra/protocol.ts';
import { eachKind } from '../../src/flow/algebra/summary.ts';
import type { Turn } from '../../src/flow/solve/witness.ts';
import { UNSEEN } from '../../src/flow/term/unseen.ts';
import {
  RESULT_KINDS,
  type Call,
  type Callee,
  type CallEnd,
  type Decision,
  type Fact,
  type Facts,
  type FunctionTerm,
  type Label,
  type Term,
  type Test,
} from '../../src/flow/term/term.ts';
import { ownOf, SHARED_ATOMS, type MadeModule } from './module-terms.ts';

/** For each point, how many steps have to be told at least of a way to it. */
type Costs = Map<number, number>;

/** A function with what its parameter holds; null where that is not known. */
export interface Bound {
  readonly term: FunctionTerm;
  readonly holds: ReadonlySet<FunctionTerm> | null;
}

/** The same, with the states in which it is entered. */
interface Entered extends Bound {
  readonly states: number;
}

export interface Asked {
  /** The truth values of what all functions see, as bits. */
  readonly valuation: number;
  /** Whether what changes nothing is told where it throws. */
  readonly isWhole: boolean;
  /** What holds of own variables that do not change; left out where they may. */
  readonly fixed?: readonly Fact[];
  /** An outcome of a test, or a `catch`, that is not to be. */
  readonly cut?: Turn;
  /** Whether tests of facts come out in either way. */
  readonly isCoarse?: boolean;
  /** What is looked for behind an event. */
  readonly follow?: Follow;
}

/** A way that has come by an event in a state, and then, perhaps, by one of others. */
export interface Follow {
  readonly place: object;
  readonly state: number;
  readonly sites: ReadonlySet<object>;
}

/** What is kept of a way beside the state: two facts, and whether it has come by what is looked for. */
const FACTS = 0b011;
const BEGUN = 0b100;

/** What one run of a function has come by. */
interface Frame {
  readonly bound: Bound;
  readonly asked: Asked;
  thrown: Costs;
  exits: Map<Label, Costs>;
  /** Whether an event came by behind the one that is looked for. */
  isPast: boolean;
  /** Who is told of the places that are reached; null where nobody is. */
  seen: ((site: object, costs: Costs) => void) | null;
}

const KINDS_OF_OPEN: readonly CallEnd[] = [...RESULT_KINDS, 'thrown'];

export class NaiveModule {
  readonly #protocol: Protocol;
  readonly #count: number;
  readonly #made: MadeModule;
  /** By function, what it holds, state and valuation: the states in which it ends, by how. */
  readonly #entries = new Map<number, readonly Entered[]>();
  readonly #summaries = new Map<string, Record<CallEnd, number>>();

  constructor(protocol: Protocol, made: MadeModule) {
    this.#protocol = protocol;
    this.#count = protocol.states.length;
    this.#made = made;
  }

  /** The states in which each instance of each function is entered. */
  entries(valuation: number, isCoarse = false): readonly Entered[] {
    const known = this.#entries.get(valuation) ?? this.#entered(valuation, isCoarse);
    this.#entries.set(valuation, known);
    return known;
  }

  #entered(valuation: number, isCoarse: boolean): readonly Entered[] {
    const asked: Asked = { valuation, isWhole: false, isCoarse };
    const top: Bound = { term: this.#made.top, holds: null };
    const entered = new Map<string, Entered>();
    const enter = (one: Bound, states: number): void => {
      const key = keyOf(one);
      const before = entered.get(key)?.states ?? 0;
      if (entered.has(key) && (before | states) === before) return;
      entered.set(key, { ...one, states: before | states });
      pending.add(key);
    };
    const pending = new Set<string>();
    enter(top, 1 << this.#protocol.initial);
    for (const key of pending) {
      pending.delete(key);
      const one = entered.get(key) ?? { ...top, states: 0 };
      const frame = this.#frame(one, asked, null);
      const end = this.#run(one.term.body, this.#start(one.states), frame, enter);
      if (one.term !== top.term) continue;
      const all = [end, ...frame.exits.values()].reduce(merged);
      for (const callee of this.#made.exported)
        for (const term of callee.functions) enter({ term, holds: null }, this.#statesOf(all));
    }
    return [...entered.values()];
  }

  /** The states in which a function ends that is called where nothing has happened, by how. */
  ends(term: FunctionTerm, valuation: number): Readonly<Record<CallEnd, number>> {
    const bound = { term, holds: null };
    return this.#summary(bound, this.#protocol.initial, { valuation, isWhole: false });
  }

  /** For each place of a function that is entered in these states, the least that is told, by state. */
  places(
    bound: Bound,
    states: number,
    asked: Asked,
  ): ReadonlyMap<object, ReadonlyMap<number, number>> {
    const places = new Map<object, Map<number, number>>();
    const frame = this.#frame(bound, asked, (site, costs) => {
      const known = places.get(site) ?? new Map<number, number>();
      for (const [point, cost] of costs) keepLess(known, point % this.#count, cost);
      places.set(site, known);
    });
    this.#run(bound.term.body, this.#given(this.#start(states), asked.fixed ?? [], frame), frame);
    return places;
  }

  /** Whether a way comes by what is looked for, and whether one ends normally behind where it began. */
  follows(bound: Entered, asked: Asked): { readonly past: boolean; readonly ends: boolean } {
    const frame = this.#frame(bound, asked, null);
    const start = this.#given(this.#start(bound.states), asked.fixed ?? [], frame);
    const end = this.#run(bound.term.body, start, frame);
    const ends = [end, ...frame.exits.values()].some((costs) =>
      [...costs.keys()].some((point) => (this.#besidesOf(point) & BEGUN) !== 0),
    );
    return { past: frame.isPast, ends };
  }

  #frame(bound: Bound, asked: Asked, seen: Frame['seen']): Frame {
    return { bound, asked, seen, isPast: false, thrown: none(), exits: new Map<Label, Costs>() };
  }

  #start(states: number): Costs {
    const points: Costs = none();
    for (let state = 0; state < this.#count; state++) {
      if (((states >> state) & 1) === 0) continue;
      for (let facts = 0; facts <= FACTS; facts++) points.set(state + this.#count * facts, 0);
    }
    return points;
  }

  #statesOf(costs: Costs): number {
    let states = 0;
    for (const point of costs.keys()) states |= 1 << (point % this.#count);
    return states;
  }

  /** What a point has beside a state. */
  #besidesOf(point: number): number {
    return Math.floor(point / this.#count);
  }

  #with(point: number, bit: number, holds: boolean): number {
    const besides = this.#besidesOf(point);
    const changed = holds ? besides | (1 << bit) : besides & ~(1 << bit);
    return (point % this.#count) + this.#count * changed;
  }

  #begun(point: number): number {
    return (point % this.#count) + this.#count * (this.#besidesOf(point) | BEGUN);
  }

  #holds(point: number, { atom, holds }: Fact, { bound, asked }: Frame): boolean {
    if ((SHARED_ATOMS as readonly number[]).includes(atom))
      return (((asked.valuation >> atom) & 1) === 1) === holds;
    const { changing } = ownOf(bound.term.id);
    const bit = atom === changing.atom ? 0 : 1;
    return (((this.#besidesOf(point) >> bit) & 1) === 1) === holds;
  }

  #given(costs: Costs, facts: Facts, frame: Frame): Costs {
    if (facts === 'never') return none();
    if (frame.asked.isCoarse === true) return costs;
    return new Map(
      [...costs].filter(([point]) => facts.every((fact) => this.#holds(point, fact, frame))),
    );
  }

  #caught(costs: Costs, site: object, { asked: { cut } }: Frame): Costs {
    return cut?.kind === 'caught' && cut.site === site ? none() : plus(costs, 1);
  }

  #decided(costs: Costs, decision: Decision | null, outcome: boolean, { asked }: Frame): Costs {
    if (decision === null) return costs;
    const { cut } = asked;
    const isCut = cut?.kind === 'decided' && cut.decision === decision && cut.outcome === outcome;
    if (isCut) return none();
    return plus(costs, 1);
  }

  /** Where control gets in the normal way. */
  #run(
    term: Term,
    before: Costs,
    frame: Frame,
    enter: (one: Bound, states: number) => void = () => undefined,
  ): Costs {
    const run = (part: Term, from: Costs): Costs => this.#run(part, from, frame, enter);
    const test = (asked: Test, from: Costs): readonly [Costs, Costs] =>
      this.#test(asked, from, frame, run, enter);
    switch (term.kind) {
      case 'skip':
        return before;
      case 'mayThrow':
        merge(frame.thrown, before);
        return before;
      case 'raise':
        merge(frame.thrown, before);
        return none();
      case 'event': {
        if (term.site !== null) frame.seen?.(term.site, before);
        const effect = this.#protocol.events[term.event];
        if (effect === undefined) throw new Error('an event is of the protocol');
        const after: Costs = none();
        const { follow } = frame.asked;
        const isPast = term.site !== null && follow?.sites.has(term.site) === true;
        for (const [point, cost] of before) {
          const isBegun = (this.#besidesOf(point) & BEGUN) !== 0;
          if (isBegun && isPast) frame.isPast = true;
          this.#goOn(point, effect.normal, cost, after);
          this.#goOn(point, effect.thrown, cost, frame.thrown, frame.asked.isWhole);
          const isHere = follow?.place === term.site && follow.state === point % this.#count;
          if (isHere && !isBegun) this.#goOn(this.#begun(point), effect.normal, cost, after);
        }
        return after;
      }
      case 'seq':
        return term.terms.reduce((from, part) => run(part, from), before);
      case 'branch': {
        const [whenTrue, whenFalse] = test(term.test, before);
        const then = run(term.then, this.#decided(whenTrue, term.decision, true, frame));
        const otherwise = run(term.else, this.#decided(whenFalse, term.decision, false, frame));
        return merged(then, otherwise);
      }
      case 'loop': {
        const { varying } = ownOf(frame.bound.term.id);
        const heads: Costs = none();
        let next = before;
        while (merge(heads, term.varies(varying) ? this.#either(next, 1) : next)) {
          next = run(term.body, heads);
        }
        return none();
      }
      case 'block': {
        const outer = frame.exits.get(term.label);
        frame.exits.delete(term.label);
        const end = run(term.body, before);
        const exited = frame.exits.get(term.label);
        frame.exits.delete(term.label);
        if (outer !== undefined) frame.exits.set(term.label, outer);
        return exited === undefined ? end : merged(end, exited);
      }
      case 'exit':
        exitTo(frame, term.label, before);
        return none();
      case 'try':
        return this.#try(term, before, frame, run);
      case 'switch': {
        const entries = new Map<number, Costs>();
        let next = before;
        for (const one of term.cases) {
          const [matched, others] = test(one.test, next);
          const known = entries.get(one.body) ?? new Map<number, number>();
          merge(known, this.#decided(matched, one.decision, true, frame));
          entries.set(one.body, known);
          next = this.#decided(others, one.decision, false, frame);
        }
        entries.set(term.otherwise, merged(entries.get(term.otherwise) ?? none(), next));
        let current: Costs = none();
        for (const [index, body] of term.bodies.entries())
          current = run(body, merged(current, entries.get(index) ?? none()));
        return merged(current, entries.get(term.bodies.length) ?? none());
      }
      case 'call':
        return Object.values(this.#call(term, before, frame, enter)).reduce(merged);
      case 'refer': {
        const { instances } = this.#resolve(term.callee, frame.bound);
        if (instances.length > 0) frame.seen?.(term.site, before);
        for (const one of instances) enter(one, this.#statesOf(before));
        return before;
      }
      case 'assume':
        return this.#given(before, term.facts, frame);
      case 'assign': {
        const [fact] = term.facts;
        if (fact === undefined) return this.#either(before, 0);
        const after: Costs = none();
        for (const [point, cost] of before) keepLess(after, this.#with(point, 0, fact.holds), cost);
        return after;
      }
      default:
        throw new Error(`${term.kind} is not run`);
    }
  }

  /** The same points, with either value of a variable. */
  #either(costs: Costs, bit: number): Costs {
    const after: Costs = none();
    for (const [point, cost] of costs) {
      keepLess(after, this.#with(point, bit, true), cost);
      keepLess(after, this.#with(point, bit, false), cost);
    }
    return after;
  }

  /** Adds the points after something that changes the state. */
  #goOn(
    point: number,
    next: (state: number) => number,
    cost: number,
    after: Costs,
    isTold: boolean | null = null,
  ): void {
    const state = point % this.#count;
    const states = next(state);
    for (let to = 0; to < this.#count; to++) {
      if (((states >> to) & 1) === 0) continue;
      const more = isTold !== null && (isTold || to !== state) ? 1 : 0;
      keepLess(after, to + this.#count * this.#besidesOf(point), cost + more);
    }
  }

  #test(
    test: Test,
    before: Costs,
    frame: Frame,
    run: (part: Term, from: Costs) => Costs,
    enter: (one: Bound, states: number) => void,
  ): readonly [Costs, Costs] {
    const inner = (one: Test, from: Costs): readonly [Costs, Costs] =>
      this.#test(one, from, frame, run, enter);
    switch (test.kind) {
      case 'opaque':
        return [before, before];
      case 'facts':
        return [
          this.#given(before, test.whenTrue, frame),
          this.#given(before, test.whenFalse, frame),
        ];
      case 'not': {
        const [whenTrue, whenFalse] = inner(test.test, before);
        return [whenFalse, whenTrue];
      }
      case 'and': {
        const [leftTrue, leftFalse] = inner(test.left, before);
        const [whenTrue, rightFalse] = inner(test.right, leftTrue);
        return [whenTrue, merged(leftFalse, rightFalse)];
      }
      case 'or': {
        const [leftTrue, leftFalse] = inner(test.left, before);
        const [rightTrue, whenFalse] = inner(test.right, leftFalse);
        return [merged(leftTrue, rightTrue), whenFalse];
      }
      case 'after':
        return inner(test.test, run(test.effect, before));
      case 'result': {
        const after = this.#call(test.call, before, frame, enter);
        let whenTrue: Costs = none();
        let whenFalse: Costs = none();
        for (const kind of RESULT_KINDS) {
          if (test.kinds.has(kind)) whenTrue = merged(whenTrue, after[kind]);
          else whenFalse = merged(whenFalse, after[kind]);
        }
        return [whenTrue, whenFalse];
      }
      default:
        throw new Error(`${test.kind} is not asked`);
    }
  }

  #try(
    term: Term & { kind: 'try' },
    before: Costs,
    frame: Frame,
    run: (part: Term, from: Costs) => Costs,
  ): Costs {
    const { thrown: thrownBefore, exits: exitsBefore, seen } = frame;
    frame.thrown = none();
    if (term.finalizer !== null) frame.exits = new Map<Label, Costs>();
    let current = run(term.body, before);
    if (term.handler !== null) {
      const caught = this.#caught(frame.thrown, term.site ?? term, frame);
      frame.thrown = none();
      current = merged(current, run(term.handler, caught));
    }
    const { thrown, exits } = frame;
    frame.thrown = thrownBefore;
    if (term.finalizer === null) {
      merge(frame.thrown, thrown);
      return current;
    }
    frame.exits = exitsBefore;
    const { finalizer } = term;
    const caught = this.#caught(thrown, term.finalSite ?? term, frame);
    run(finalizer, [current, caught, ...exits.values()].reduce(merged));
    // What it comes by was told; each way goes on as it came.
    const passed = (from: Costs): Costs => {
      const [kept, left] = [frame.thrown, frame.exits];
      [frame.thrown, frame.exits, frame.seen] = [none(), new Map<Label, Costs>(), null];
      const end = run(finalizer, from);
      [frame.thrown, frame.exits, frame.seen] = [kept, left, seen];
      return end;
    };
    merge(frame.thrown, passed(thrown));
    for (const [label, exited] of exits) exitTo(frame, label, passed(exited));
    return passed(current);
  }

  /** The points behind a call, by the kind of its result. */
  #call(
    call: Call,
    before: Costs,
    frame: Frame,
    enter: (one: Bound, states: number) => void,
  ): Record<(typeof RESULT_KINDS)[number], Costs> {
    const after = { true: none(), false: none(), nullish: none(), truthy: none(), falsy: none() };
    const { instances, open } = this.#resolve(call.callee, frame.bound);
    if (instances.length > 0) frame.seen?.(call.site, before);
    for (const instance of instances) {
      const callee = this.#bind(instance, call, frame.bound);
      enter(callee, this.#statesOf(before));
      for (const [point, cost] of before) {
        const ends = this.#summary(callee, point % this.#count, frame.asked);
        for (const kind of RESULT_KINDS) this.#goOn(point, () => ends[kind], cost, after[kind]);
        this.#goOn(point, () => ends.thrown, cost, frame.thrown, frame.asked.isWhole);
      }
    }
    if (open) {
      for (const kind of RESULT_KINDS) merge(after[kind], before);
      merge(frame.thrown, before);
    }
    return after;
  }

  #resolve(
    { functions, parameter, open }: Callee,
    { term, holds }: Bound,
  ): { readonly instances: readonly Bound[]; readonly open: boolean } {
    if (parameter !== null && holds !== null && term.parameters.includes(parameter))
      return { instances: [...holds].map((one) => ({ term: one, holds: null })), open: false };
    return { instances: functions.map((one) => ({ term: one, holds: null })), open };
  }

  #bind(callee: Bound, { args }: Call, from: Bound): Bound {
    const [argument = null] = args;
    if (argument === null || callee.term.parameters.length === 0) return callee;
    const { instances, open } = this.#resolve(argument, from);
    if (open && instances.length === 0) return callee;
    const holds = new Set(instances.map(({ term }) => term));
    return { term: callee.term, holds: open ? holds.add(UNSEEN) : holds };
  }

  /** How a function ends that is called in a state, as far as it is known. */
  #summary(bound: Bound, state: number, asked: Asked): Record<CallEnd, number> {
    const { valuation } = asked;
    if (bound.term === UNSEEN) return ends(() => 1 << state);
    const key = `${keyOf(bound)} ${String(state)} ${String(valuation)}`;
    const known = this.#summaries.get(key);
    if (known !== undefined) return known;
    // Worked out with all that it needs, until nothing is added.
    this.#summaries.set(
      key,
      ends(() => 0),
    );
    const inner: Asked = { valuation, isWhole: false, isCoarse: asked.isCoarse === true };
    const round = (): boolean => {
      let grows = false;
      for (const [one, before] of [...this.#needed]) {
        const frame = this.#frame(one.bound, inner, null);
        const current = this.#run(one.bound.term.body, this.#start(1 << one.state), frame);
        const { returns } = one.bound.term;
        const any = this.#statesOf(frame.exits.get(returns.any) ?? none());
        const found = ends((end) =>
          end === 'thrown'
            ? this.#statesOf(frame.thrown)
            : any |
              this.#statesOf(frame.exits.get(returns[end]) ?? none()) |
              (end === 'nullish' ? this.#statesOf(current) : 0),
        );
        if (KINDS_OF_OPEN.some((end) => found[end] !== before[end])) grows = true;
        Object.assign(before, found);
      }
      return grows;
    };
    const summary = this.#summaries.get(key) ?? ends(() => 0);
    const isOutermost = this.#needed.size === 0;
    this.#needed.set({ bound, state }, summary);
    if (isOutermost) {
      let size = 0;
      while (round() || this.#needed.size !== size) size = this.#needed.size;
      this.#needed.clear();
    }
    return summary;
  }

  /** The summaries that are being worked out. */
  readonly #needed = new Map<
    { readonly bound: Bound; readonly state: number },
    Record<CallEnd, number>
  >();
}

function keyOf({ term, holds }: Bound): string {
  const held =
    holds === null
      ? '-'
      : [...holds]
          .map(({ id }) => id)
          .sort()
          .join('+');
  return `${String(term.id)}(${held})`;
}

function ends(make: (end: CallEnd) => number): Record<CallEnd, number> {
  return { ...eachKind(make), thrown: make('thrown') };
}

function none(): Costs {
  return new Map<number, number>();
}

function plus(costs: Costs, more: number): Costs {
  return new Map([...costs].map(([point, cost]) => [point, cost + more]));
}

function keepLess(costs: Costs, point: number, cost: number): boolean {
  const known = costs.get(point);
  if (known !== undefined && known <= cost) return false;
  costs.set(point, cost);
  return true;
}

/** Adds to the first; whether that changes anything. */
function merge(costs: Costs, others: Costs): boolean {
  let grows = false;
  for (const [point, cost] of others) grows = keepLess(costs, point, cost) || grows;
  return grows;
}

function merged(one: Costs, other: Costs): Costs {
  const all = new Map(one);
  merge(all, other);
  return all;
}

function exitTo(frame: Frame, label: Label, costs: Costs): void {
  frame.exits.set(label, merged(frame.exits.get(label) ?? none(), costs));
}
