/**
 * The walk that gives terms their meaning: one state set for each way in which code can end. It serves
 * solving and observing, see `evaluate`.
 */

import {
  RESULT_KINDS,
  type Call,
  type CallEnd,
  type Callee,
  type CallMode,
  type Changing,
  type Decision,
  type Detach,
  type Event,
  type Facts,
  type Label,
  type Loop,
  type Refer,
  type ResultKind,
  type RunMode,
  type Switch,
  type Term,
  type Test,
  type Try,
} from '../term/term.ts';
import { changedIn } from '../term/assigned.ts';
import { UNSEEN } from '../term/unseen.ts';
import type { Domain } from './domain.ts';
import type { Later, Probe } from './probe.ts';
import type { Relation } from './relation.ts';
import { noResults, type Instance, type Summary } from './summary.ts';

/** What solving leaves behind for observing. */
export class Closures<E> {
  /** The effect of any number of rounds, of a finalizer, and of what lingers, by the term. */
  readonly effects = new Map<Term, E>();
  /** What becomes of the states where something is left to run by itself. */
  readonly left = new Map<Detach, E>();
  /** In which ways control can come to a finalizer. */
  readonly ways: Map<Try, Set<Way>>;

  constructor(ways = new Map<Try, Set<Way>>()) {
    this.ways = ways;
  }
}

/** How control comes to a finalizer: from a normal end, a throw, or an exit. */
type Way = 'normal' | 'thrown' | Label;

/** How an evaluation reaches other functions. */
export interface Calls {
  /** Counts a step of the work. */
  step(): void;
  /** The functions that an expression can be, and whether it can be anything else. */
  resolve(callee: Callee, from: Instance): { instances: readonly Instance[]; open: boolean };
  /** The instance of a function in which its parameters hold these arguments. */
  bind(callee: Instance, call: Call, from: Instance): Instance;
  /** The effect of a call, as seen from the function that calls. */
  summary(callee: Instance, call: Call, mode: RunMode, from: Instance): Summary;
}

/** Who wants to know in which states code is reached. */
export interface Observer<E> {
  /** The site of an event is reached in these states. */
  site(site: object, states: E): void;
  /** A function is entered in these states, from a call. */
  enter(callee: Instance, states: E, from: Call): void;
  /** Functions are entered in these states, from a reference to any of them. */
  refer(callees: readonly Instance[], states: E, from: Refer): void;
  /** Something is left here, to run at some time from now on. */
  later(term: Later, states: E): void;
}

interface Frame<E> {
  current: E;
  thrown: E;
  exits: Map<Label, E>;
  suspended: E;
  lingering: E;
}

/** A walk of one function, or of a part of it. */
export class Walk<E> implements Frame<E> {
  current: E;
  thrown: E;
  exits = new Map<Label, E>();
  suspended: E;
  lingering: E;

  readonly #domain: Domain<E>;
  readonly #instance: Instance;
  #mode: CallMode;
  /** Whether a promise is being settled that was made before. */
  #isResumed: boolean;
  readonly #calls: Calls;
  readonly #closures: Closures<E>;
  readonly #observer: Observer<E> | null;
  #probe: Probe<E> | null = null;

  constructor(
    domain: Domain<E>,
    instance: Instance,
    mode: RunMode,
    calls: Calls,
    closures: Closures<E>,
    observer: Observer<E> | null,
  ) {
    this.#domain = domain;
    this.#instance = instance;
    this.#isResumed = mode === 'resumed';
    this.#mode = mode === 'resumed' ? 'settled' : mode;
    this.#calls = calls;
    this.#closures = closures;
    this.#observer = observer;
    const { empty } = domain;
    this.current = empty;
    this.thrown = empty;
    this.suspended = empty;
    this.lingering = empty;
  }

  /** What the function returned with, once its body has been walked. */
  results(): Record<ResultKind, E> {
    const { empty } = this.#domain;
    if (this.exits.size === 0) return { ...noResults(empty), nullish: this.current };
    const { returns } = this.#instance.term;
    const any = this.exits.get(returns.any) ?? empty;
    const of = (label: Label): E => this.#join(any, this.exits.get(label) ?? empty);
    return {
      true: of(returns.true),
      false: of(returns.false),
      nullish: this.#join(of(returns.nullish), this.current),
      truthy: of(returns.truthy),
      falsy: of(returns.falsy),
    };
  }

  /** The states in which the function returned, once its body has been walked. */
  end(): E {
    let end = this.#domain.empty;
    for (const states of Object.values(this.results())) end = this.#join(end, states);
    return end;
  }

  /** Walks the function, telling a search what comes by. */
  search(probe: Probe<E>): void {
    this.#probe = probe;
    this.run(this.#instance.term.body);
  }

  run(term: Term): void {
    this.#calls.step();
    switch (term.kind) {
      case 'skip':
        break;
      case 'join':
        if (this.#probe !== null) this.current = this.#probe.awaited(term.promise, this.current);
        break;
      case 'mayThrow':
        this.thrown = this.#join(this.thrown, this.current);
        break;
      case 'raise':
        this.thrown = this.#join(this.thrown, this.current);
        this.current = this.#domain.empty;
        break;
      case 'event':
        this.#event(term);
        break;
      case 'seq':
        for (const part of term.terms) this.run(part);
        break;
      case 'branch': {
        const [whenTrue, whenFalse] = this.#test(term.test);
        const { decision } = term;
        this.current = this.#decided(whenTrue, decision, true);
        this.run(term.then);
        const afterThen = this.current;
        this.current = this.#decided(whenFalse, decision, false);
        this.run(term.else);
        this.current = this.#join(afterThen, this.current);
        break;
      }
      case 'loop':
        this.#loop(term);
        break;
      case 'block': {
        this.run(term.body);
        const exited = this.exits.get(term.label);
        if (exited !== undefined) {
          this.exits.delete(term.label);
          this.current = this.#join(this.current, exited);
        }
        break;
      }
      case 'exit':
        this.#exit(term.label, this.current);
        this.current = this.#domain.empty;
        break;
      case 'try':
        this.#try(term);
        break;
      case 'switch':
        this.#switch(term);
        break;
      case 'suspend':
        this.#suspend();
        break;
      case 'detach':
        this.#detach(term);
        break;
      case 'resume': {
        const isResumed = this.#isResumed;
        this.#isResumed = true;
        this.run(term.body);
        this.#isResumed = isResumed;
        break;
      }
      case 'use':
        this.run(term[this.#mode]);
        break;
      case 'call': {
        const after = this.#call(term);
        let end = this.#domain.empty;
        for (const kind of RESULT_KINDS) {
          this.current = after[kind];
          if (term.results !== null) this.run(term.results[kind]);
          end = this.#join(end, this.current);
        }
        this.current = end;
        this.#again(term);
        this.#begin(term);
        break;
      }
      case 'refer':
        this.#refer(term);
        break;
      case 'assume':
        this.current = this.#given(this.current, term.facts);
        break;
      case 'assign':
        this.current = this.#domain.assign(this.current, term);
        break;
    }
  }

  #event(event: Event): void {
    const effect = this.#domain.event(event, this.#isResumed);
    if (event.site !== null) this.#observer?.site(event.site, this.current);
    this.#throw(this.#compose(this.current, effect.thrown));
    this.current = this.#compose(this.current, effect.normal);
    this.#probe?.see(this.current);
    this.#begin(event);
    if (effect.lingers) this.lingering = this.#join(this.lingering, this.current);
  }

  /** What was left to run later before can run in these states, too. */
  #throw(states: E): void {
    this.thrown = this.#join(this.thrown, states);
    this.#probe?.see(states);
  }

  #test(test: Test): readonly [E, E] {
    switch (test.kind) {
      case 'opaque':
        return [this.current, this.current];
      case 'facts':
        return [
          this.#given(this.current, test.whenTrue),
          this.#given(this.current, test.whenFalse),
        ];
      case 'given':
        return this.#held(test);
      case 'not': {
        const [whenTrue, whenFalse] = this.#test(test.test);
        return [whenFalse, whenTrue];
      }
      case 'and': {
        const [leftTrue, leftFalse] = this.#test(test.left);
        this.current = leftTrue;
        const [whenTrue, rightFalse] = this.#test(test.right);
        return [whenTrue, this.#join(leftFalse, rightFalse)];
      }
      case 'or': {
        const [leftTrue, leftFalse] = this.#test(test.left);
        this.current = leftFalse;
        const [rightTrue, whenFalse] = this.#test(test.right);
        return [this.#join(leftTrue, rightTrue), whenFalse];
      }
      case 'conditional': {
        const [first, second] = this.#test(test.test);
        this.current = first;
        const [thenTrue, thenFalse] = this.#test(test.then);
        this.current = second;
        const [elseTrue, elseFalse] = this.#test(test.else);
        return [this.#join(thenTrue, elseTrue), this.#join(thenFalse, elseFalse)];
      }
      case 'after':
        this.run(test.effect);
        return this.#test(test.test);
      case 'result': {
        const after = this.#call(test.call);
        let whenTrue = this.#domain.empty;
        let whenFalse = whenTrue;
        for (const kind of RESULT_KINDS) {
          if (test.kinds.has(kind)) whenTrue = this.#join(whenTrue, after[kind]);
          else whenFalse = this.#join(whenFalse, after[kind]);
        }
        return [whenTrue, whenFalse];
      }
      case 'told':
        this.run(test.effect);
        this.current = this.#domain.empty;
        return [this.#left(test.whenTrue), this.#left(test.whenFalse)];
    }
  }

  #held({ parameter, isFunction = false, test }: Test & { kind: 'given' }): readonly [E, E] {
    const held = this.#instance.env.get(parameter);
    if (held === undefined) return this.#test(test);
    const { empty } = this.#domain;
    if (held.some((one) => one.term === UNSEEN)) return [this.current, this.#test(test)[1]];
    // What is left of a promise was not begun by calling it.
    const isSure = !isFunction || held.every(({ term }) => term.isBegun);
    const isNone = isFunction && !held.some(({ term }) => term.isBegun);
    return [isNone ? empty : this.current, isSure ? empty : this.current];
  }

  /** The states in which control left for a label, and arrives there. */
  #left(label: Label): E {
    const exited = this.exits.get(label) ?? this.#domain.empty;
    this.exits.delete(label);
    return exited;
  }

  #loop(term: Loop): void {
    const domain = this.#domain;
    const changed = changedIn(term.body);
    if (this.#observer === null) {
      const round = this.#apart(domain.opened(changed), () => {
        this.run(term.body);
      });
      const closure = domain.star(domain.forget(round.current, term.varies), changed);
      this.#closures.effects.set(term, closure);
      this.#then(this.#head(term, closure), round, changed);
    } else {
      const closure = this.#closures.effects.get(term) ?? domain.opened(changed);
      this.current = this.#head(term, closure);
      this.run(term.body);
      const probe = this.#probe;
      if (probe?.begins === true && this.current !== domain.empty) {
        // What began in this round goes on in the next.
        probe.onlyOn(() => {
          this.current = this.#head(term, closure);
          this.run(term.body);
        });
      }
    }
    this.current = domain.empty;
  }

  /** The states at the head of a loop, in any round. */
  #head(term: Loop, closure: E): E {
    const before = this.#domain.forget(this.current, term.varies);
    return this.#domain.follow(before, closure, changedIn(term.body));
  }

  #try(term: Try): void {
    const domain = this.#domain;
    const thrownBefore = this.thrown;
    const exitsBefore = this.exits;
    this.thrown = domain.empty;
    if (term.finalizer !== null) this.exits = new Map();
    this.run(term.body);
    if (term.handler !== null) {
      const afterBody = this.current;
      this.current = domain.caught(this.thrown, term.site ?? term);
      this.thrown = domain.empty;
      this.run(term.handler);
      this.current = this.#join(afterBody, this.current);
    }
    if (term.finalizer === null) {
      this.thrown = this.#join(thrownBefore, this.thrown);
      return;
    }
    const { current, thrown, exits } = this;
    let all = this.#join(current, domain.caught(thrown, term.finalSite ?? term));
    for (const exited of exits.values()) all = this.#join(all, exited);
    this.thrown = thrownBefore;
    this.exits = exitsBefore;
    const changed = changedIn(term.finalizer);
    const effect = this.#finalize(term, term.finalizer, all);
    const begun = all === domain.empty ? this.current : domain.empty;
    this.current = domain.follow(current, effect, changed);
    this.thrown = this.#join(this.thrown, domain.follow(thrown, effect, changed));
    for (const [label, exited] of exits) this.#exit(label, domain.follow(exited, effect, changed));
    if (this.#observer === null) this.#noteWays(term, { current, thrown, exits });
    else if (begun !== domain.empty) this.#goOn(term, begun);
  }

  /** Runs a finalizer, and tells its effect where it ends normally. */
  #finalize(term: Try, finalizer: Term, before: E): E {
    const changed = changedIn(finalizer);
    const identity = this.#domain.opened(changed);
    if (this.#observer !== null) {
      this.current = before;
      this.run(finalizer);
      return this.#closures.effects.get(term) ?? identity;
    }
    const last = this.#apart(identity, () => {
      this.run(finalizer);
    });
    this.#closures.effects.set(term, last.current);
    this.#then(before, last, changed);
    return last.current;
  }

  /** Notes in which ways control comes to a finalizer. */
  #noteWays(term: Try, { current, thrown, exits }: Pick<Frame<E>, 'current' | 'thrown' | 'exits'>) {
    const { empty } = this.#domain;
    const ways = this.#closures.ways.get(term) ?? new Set();
    if (current !== empty) ways.add('normal');
    if (thrown !== empty) ways.add('thrown');
    for (const [label, exited] of exits) if (exited !== empty) ways.add(label);
    this.#closures.ways.set(term, ways);
  }

  /** What began in a finalizer goes on in each way in which control can have come there. */
  #goOn(term: Try, begun: E): void {
    for (const way of this.#closures.ways.get(term) ?? []) {
      if (way === 'normal') this.current = this.#join(this.current, begun);
      else if (way === 'thrown') this.thrown = this.#join(this.thrown, begun);
      else this.#exit(way, begun);
    }
  }

  #switch(term: Switch): void {
    const { empty } = this.#domain;
    const entries = new Map<number, E>();
    const enter = (body: number, states: E): void => {
      entries.set(body, this.#join(entries.get(body) ?? empty, states));
    };
    for (const { test, body, decision } of term.cases) {
      const [matched, next] = this.#test(test);
      enter(body, this.#decided(matched, decision, true));
      this.current = this.#decided(next, decision, false);
    }
    enter(term.otherwise, this.current);
    this.current = empty;
    term.bodies.forEach((body, index) => {
      this.current = this.#join(this.current, entries.get(index) ?? empty);
      this.run(body);
    });
    this.current = this.#join(this.current, entries.get(term.bodies.length) ?? empty);
  }

  #suspend(): void {
    if (this.#mode === 'started') {
      this.suspended = this.#join(this.suspended, this.current);
      this.current = this.#domain.empty;
    } else if (this.#mode === 'settled') {
      this.current = this.#compose(this.current, this.#domain.wake);
    }
  }

  #detach(term: Detach): void {
    const domain = this.#domain;
    const mode = this.#mode;
    this.#again(term);
    const before = this.current;
    // Nobody waits for it, so its own suspensions are nothing to this function.
    this.#mode = 'awaited';
    if (this.#observer === null) {
      const detached = this.#apart(domain.identity, () => {
        this.run(term.body);
      });
      // What it assigns is not known to be assigned by any time.
      const lingering = this.#unknown(term.body, detached.lingering);
      this.#closures.effects.set(term, lingering);
      this.#closures.left.set(term, domain.left(this.#unknown(term.body, detached.current), term));
      this.#linger(before, lingering);
    } else {
      if (this.#probe === null) {
        this.#observer.later(term, before);
        this.#apart(before, () => {
          this.run(term.body);
        });
      }
      this.#linger(before, this.#closures.effects.get(term) ?? domain.empty);
      const states = this.#probe?.statesWithin ?? null;
      if (states !== null) this.#beginWithin(term, states);
      // What it does itself, it does not find done.
      this.#begin(term);
    }
    this.current = this.#unknown(
      term.body,
      this.#compose(this.current, this.#closures.left.get(term) ?? domain.identity),
    );
    this.#mode = mode;
  }

  /** Forgets all that a term can change. */
  #unknown(term: Term, states: E): E {
    const changes = changedIn(term);
    return changes.length === 0
      ? states
      : this.#domain.assign(states, { kind: 'assign', changes, facts: [] });
  }

  /** What follows here goes on together with what is left to run later, where the search starts. */
  #beginWithin(term: Detach, states: E): void {
    const { empty } = this.#domain;
    const detached = this.#apart(empty, () => {
      this.run(term.body);
    });
    const begun = this.#join(detached.current, detached.thrown);
    if (begun !== empty) this.current = this.#join(this.current, states);
  }

  /** From here on, `lingering` may have happened. */
  #linger(before: E, lingering: E): void {
    const struck = this.#compose(before, lingering);
    this.lingering = this.#join(this.lingering, struck);
    this.current = this.#join(before, struck);
    this.#probe?.see(struck);
  }

  #call(call: Call): Record<ResultKind, E> {
    const domain = this.#domain;
    const { active, awoken, empty } = domain;
    const before = this.current;
    const { instances, open } = this.#calls.resolve(call.callee, this.#instance);
    const settled = this.#isResumed ? 'resumed' : 'settled';
    const used = call.mode === 'settled' ? settled : call.mode;
    const after = noResults(empty);
    for (const instance of instances) {
      const callee = this.#calls.bind(instance, call, this.#instance);
      if (call.mode !== 'settled') this.#observer?.enter(callee, before, call);
      if (call.mode !== 'awaited' || this.#mode === 'awaited') {
        this.#perform(call, before, callee, used, after);
      } else if (this.#mode === 'started') {
        this.#perform(call, before, callee, 'started', after);
      } else {
        this.#perform(call, this.#compose(before, active), callee, 'awaited', after);
        this.#perform(call, this.#compose(before, awoken), callee, settled, after);
      }
    }
    if (open) {
      this.thrown = this.#join(this.thrown, before);
      for (const kind of RESULT_KINDS) after[kind] = this.#join(after[kind], before);
    }
    if (call.mode === 'awaited' && this.#mode !== 'awaited') {
      for (const kind of RESULT_KINDS) {
        this.current = after[kind];
        this.#suspend();
        after[kind] = this.current;
      }
    }
    for (const kind of RESULT_KINDS) this.#probe?.see(after[kind]);
    return after;
  }

  /** Adds what a call of one function does to what comes after it. */
  #perform(
    call: Call,
    from: E,
    callee: Instance,
    mode: RunMode,
    after: Record<ResultKind, E>,
  ): void {
    const domain = this.#domain;
    const summary = this.#calls.summary(callee, call, mode, this.#instance);
    const apply = (relation: Relation, end: CallEnd | null): E =>
      this.#compose(from, domain.called(relation, call, callee, end));
    this.#throw(apply(summary.thrown, 'thrown'));
    const struck = apply(summary.lingering, null);
    this.lingering = this.#join(this.lingering, struck);
    for (const kind of RESULT_KINDS) {
      after[kind] = this.#join(after[kind], apply(summary.results[kind], kind));
    }
    if (mode === 'started' && callee.term.isAsync) {
      after.truthy = this.#join(after.truthy, struck);
    }
  }

  #refer(term: Refer): void {
    if (this.#observer === null) return;
    if (isLater(term)) {
      this.#again(term);
      this.#begin(term);
      this.#observer.later(term, this.current);
    } else {
      this.#begin(term);
    }
    const { instances } = this.#calls.resolve(term.callee, this.#instance);
    this.#observer.refer(instances, this.current, term);
  }

  /** Behind a place: the search can start here. */
  #begin(term: Later | Call | Refer | Event): void {
    if (this.#probe !== null) this.current = this.#probe.begin(term, this.current);
  }

  /** Before a place: a way that began there can end here. */
  #again(term: Later | Call): void {
    if (this.#probe !== null) this.current = this.#probe.repeat(term, this.current);
  }

  /** Runs something on its own, from these states, and returns what came of it. */
  #apart(from: E, action: () => void): Frame<E> {
    const { current, thrown, exits, suspended, lingering } = this;
    const { empty } = this.#domain;
    this.current = from;
    this.thrown = empty;
    this.exits = new Map();
    this.suspended = empty;
    this.lingering = empty;
    action();
    const result: Frame<E> = {
      current: this.current,
      thrown: this.thrown,
      exits: this.exits,
      suspended: this.suspended,
      lingering: this.lingering,
    };
    this.current = current;
    this.thrown = thrown;
    this.exits = exits;
    this.suspended = suspended;
    this.lingering = lingering;
    return result;
  }

  /** Appends what was run apart, but for its normal end. */
  #then(before: E, part: Frame<E>, changed: readonly Changing[]): void {
    const domain = this.#domain;
    const behind = (states: E): E => domain.follow(before, states, changed);
    this.thrown = this.#join(this.thrown, behind(part.thrown));
    this.suspended = this.#join(this.suspended, behind(part.suspended));
    this.lingering = this.#join(this.lingering, behind(part.lingering));
    for (const [label, exited] of part.exits) this.#exit(label, behind(exited));
  }

  #exit(label: Label, states: E): void {
    const known = this.exits.get(label);
    this.exits.set(label, known === undefined ? states : this.#join(known, states));
  }

  #decided(states: E, decision: Decision | null, outcome: boolean): E {
    return decision === null ? states : this.#domain.decided(states, decision, outcome);
  }

  #given(states: E, facts: Facts): E {
    const domain = this.#domain;
    if (facts === 'never') return domain.empty;
    let result = states;
    for (const { atom, holds } of facts) {
      result = domain.compose(result, domain.test(atom, holds));
    }
    return result;
  }

  #compose(first: E, second: E): E {
    return this.#domain.compose(first, second);
  }

  #join(left: E, right: E): E {
    return this.#domain.join(left, right);
  }
}

function isLater(term: Refer): term is Refer & { readonly later: true } {
  return term.later;
}
