/** What events, calls and references do, and what is left to run by itself. */

import {
  RESULT_KINDS,
  type Answer,
  type Call,
  type CallEnd,
  type CallMode,
  type Detach,
  type Event,
  type Elsewhere,
  type Fact,
  type Label,
  type Refer,
  type ResultKind,
  type RunMode,
  type Term,
} from '../term/term.ts';
import { whereTaken, type Domain } from './domain.ts';
import type { Later, Probe } from './probe.ts';
import type { Relation } from './relation.ts';
import { eachKind, noResults, type Ended, type Instance } from './summary.ts';
import { Ends } from './ends.ts';
import { NOBODY, type Calls, type Closures, type Observer } from './observer.ts';

const NO_FACTS: readonly Fact[] = [];
const NO_ANSWERS: readonly Answer[] = [];

/** States in which a call is made, and what it tells of its arguments then. */
interface Answered<E> {
  readonly states: E;
  readonly facts: readonly Fact[];
}

/** A call of one of the functions that it can be. */
interface Performed<E> extends Pick<Answered<E>, 'facts'> {
  readonly call: Call;
  readonly callee: Instance;
  /** What comes after it, so far. */
  readonly after: Record<ResultKind, E>;
}

export abstract class Running<E> extends Ends<E> {
  protected readonly instance: Instance;
  protected readonly closures: Closures<E>;
  protected observer: Observer<E> | null;
  protected probe: Probe<E> | null = null;
  protected readonly calls: Calls;
  protected mode: CallMode;
  /** What was begun before the function was suspended, where what is left of it is run. */
  readonly #before = new Set<object>();
  /** Whether a promise is being settled that was made before. */
  protected isResumed: boolean;
  /** Whether this is in what was left to run later. */
  protected isLeft = false;

  constructor(
    domain: Domain<E>,
    instance: Instance,
    mode: RunMode,
    calls: Calls,
    closures: Closures<E>,
    observer: Observer<E> | null,
  ) {
    super(domain);
    this.instance = instance;
    this.isResumed = mode === 'resumed';
    this.mode = mode === 'resumed' ? 'settled' : mode;
    this.calls = calls;
    this.closures = closures;
    this.observer = observer;
  }

  abstract run(term: Term): void;

  /** What the function returned with, once its body has been walked. */
  results(): Record<ResultKind, E> {
    const { empty } = this.domain;
    if (this.exits.size === 0) return { ...noResults(empty), nullish: this.current };
    const { returns } = this.instance.term;
    const any = this.exits.get(returns.any) ?? empty;
    const of = (label: Label): E => this.join(any, this.exits.get(label) ?? empty);
    return {
      true: of(returns.true),
      false: of(returns.false),
      nullish: this.join(of(returns.nullish), this.current),
      truthy: of(returns.truthy),
      falsy: of(returns.falsy),
    };
  }

  /** The states in which the function ended, once its body has been walked. */
  ended(): Ended<E> {
    return { ...this.results(), thrown: this.thrown };
  }

  /** What was left to run later before can run in these states, too. */
  protected throw(states: E): void {
    this.thrown = this.join(this.thrown, states);
    this.probe?.see(states);
  }

  protected event(event: Event): void {
    const left = this.mode === 'settled' ? 'settled' : 'plain';
    const effect = this.domain.event(event, this.isResumed ? 'resumed' : left);
    if (event.site !== null) this.observer?.site(event.site, this.current);
    this.throw(this.compose(this.current, effect.thrown));
    this.current = this.compose(this.current, effect.normal);
    this.probe?.see(this.current);
    this.begin(event);
    if (effect.lingers) this.lingering = this.join(this.lingering, this.current);
  }

  protected suspend(): void {
    if (this.mode === 'started') {
      this.suspended = this.join(this.suspended, this.current);
      this.current = this.domain.empty;
    } else if (this.mode === 'settled') {
      this.current = this.compose(this.current, this.domain.wake);
    }
  }

  protected detach(term: Detach): void {
    const domain = this.domain;
    const mode = this.mode;
    this.again(term);
    const before = this.current;
    // Nobody waits for it, so its own suspensions are nothing to this function.
    this.mode = 'awaited';
    if (this.observer === null) {
      const detached = this.apart(domain.identity, () => {
        this.run(term.body);
      });
      // What it assigns is not known to be assigned by any time.
      const lingering = this.unknown(term.body, detached.lingering);
      this.closures.effects.set(term, lingering);
      this.closures.left.set(term, domain.left(this.unknown(term.body, detached.current), term));
      this.linger(before, lingering);
    } else {
      if (this.probe === null) {
        this.observer.later(term, before);
        this.apart(before, () => {
          this.runLeft(term.body);
        });
      }
      this.linger(before, this.closures.effects.get(term) ?? domain.empty);
      const states = this.probe?.statesWithin ?? null;
      if (states !== null) this.#beginWithin(term, states);
      // What it does itself, it does not find done.
      this.begin(term);
    }
    this.current = this.unknown(
      term.body,
      this.compose(this.current, this.closures.left.get(term) ?? domain.identity),
    );
    this.mode = mode;
  }

  /** Runs what is left to run later. */
  runLeft(body: Term): void {
    const { isLeft } = this;
    this.isLeft = true;
    this.run(body);
    this.isLeft = isLeft;
  }

  /** What goes on by itself is not run by what is left to run later and waits for it. */
  protected elsewhere({ body }: Elsewhere): void {
    const { observer } = this;
    if (this.isLeft && observer !== null) this.observer = NOBODY;
    this.run(body);
    this.observer = observer;
  }

  /** What follows here goes on together with what is left to run later, where the search starts. */
  #beginWithin(term: Detach, states: E): void {
    const { empty } = this.domain;
    const detached = this.apart(empty, () => {
      this.run(term.body);
    });
    const begun = this.join(detached.current, detached.thrown);
    if (begun !== empty) this.current = this.join(this.current, states);
  }

  /** From here on, `lingering` may have happened. */
  protected linger(before: E, lingering: E): void {
    const struck = this.compose(before, lingering);
    this.lingering = this.join(this.lingering, struck);
    this.current = this.join(before, struck);
    this.probe?.see(struck);
  }

  protected call(call: Call): Record<ResultKind, E> {
    const domain = this.domain;
    const { active, awoken, empty } = domain;
    if (this.probe !== null) this.current = this.probe.called(call, this.current);
    const parts = this.#answered(call);
    const { instances, open } = this.calls.resolve(call.callee, this.instance);
    const settled = this.isResumed ? 'resumed' : 'settled';
    const used = call.mode === 'settled' ? settled : call.mode;
    const after = noResults(empty);
    for (const instance of instances) {
      const callee = this.calls.bind(instance, call, this.instance);
      for (const { states: before, facts } of parts) {
        const to = { call, callee, facts, after };
        if (call.mode !== 'settled') this.#enter(before, to);
        if (this.mode === 'settled') this.#resume(before, to);
        if (call.mode !== 'awaited' || this.mode === 'awaited') {
          this.#perform(before, used, to);
        } else if (this.mode === 'started') {
          this.#perform(before, 'started', to);
        } else {
          this.#perform(this.compose(before, active), 'awaited', to);
          this.#perform(this.compose(before, awoken), settled, to);
        }
      }
    }
    if (open) {
      const before = parts.reduce((all, { states }) => this.join(all, states), empty);
      this.thrown = this.join(this.thrown, before);
      for (const kind of RESULT_KINDS) after[kind] = this.join(after[kind], before);
    }
    if (call.mode === 'awaited' && this.mode !== 'awaited') {
      for (const kind of RESULT_KINDS) {
        this.current = after[kind];
        this.suspend();
        after[kind] = this.current;
      }
    }
    this.#probed(call, after);
    return after;
  }

  /** Behind a call: the search can start here. */
  #probed(call: Call, after: Record<ResultKind, E>): void {
    const { probe } = this;
    if (probe === null) return;
    this.thrown = probe.behind(call, 'thrown', this.thrown);
    for (const kind of RESULT_KINDS) {
      after[kind] = probe.behind(call, kind, after[kind]);
      probe.see(after[kind]);
    }
  }

  /** The states in which a call is made, by what it tells of its arguments, which are evaluated. */
  #answered({ answers }: Call): readonly Answered<E>[] {
    let parts: readonly Answered<E>[] = [{ states: this.current, facts: NO_FACTS }];
    for (const { effect, outcomes } of answers ?? NO_ANSWERS) {
      parts = parts.flatMap(({ states, facts }) => {
        this.current = states;
        this.run(effect);
        return outcomes.map((outcome) => ({
          states: this.left(outcome.label),
          facts: outcome.facts.length === 0 ? facts : [...facts, ...outcome.facts],
        }));
      });
    }
    return parts.length === 1 ? parts : parts.filter(({ states }) => states !== this.domain.empty);
  }

  /** Tells the observer what is left of a function where what is left of this one is run. */
  #resume(states: E, { call, callee, facts }: Performed<E>): void {
    if (this.observer === null) return;
    const { awoken, wake } = this.domain;
    const before = this.compose(states, awoken);
    if (call.mode === 'started') {
      // What is begun before this function is suspended goes on where it is waited for, or before.
      if (before !== this.domain.empty) this.#before.add(call.site);
      return;
    }
    const resumed = this.#before.has(call.site) ? this.compose(states, wake) : before;
    if (resumed !== this.domain.empty) this.observer.resumed(callee, resumed, call, facts);
  }

  /** Tells the observer that a function is entered. */
  #enter(states: E, { call, callee, facts }: Performed<E>): void {
    if (this.observer === null) return;
    const { term } = callee;
    // What a function was given itself says nothing of what it gives when it is called again.
    const entered = this.domain.forget(states, (atom) => term.takes(atom));
    this.observer.enter(callee, whereTaken(this.domain, entered, facts, term), call);
  }

  /** Adds what a call of one function does to what comes after it. */
  #perform(from: E, mode: RunMode, { call, callee, facts, after }: Performed<E>): void {
    const domain = this.domain;
    const summary = this.calls.summary(callee, call, mode, this.instance, facts);
    const apply = (relation: Relation, end: CallEnd | null): E =>
      this.compose(from, domain.called(relation, call, callee, end, facts));
    const thrown = apply(summary.thrown, 'thrown');
    this.throw(thrown);
    const struck = apply(summary.lingering, null);
    this.lingering = this.join(this.lingering, struck);
    const results = eachKind((kind) => apply(summary.results[kind], kind));
    for (const kind of RESULT_KINDS) after[kind] = this.join(after[kind], results[kind]);
    if (this.probe === null && mode !== 'settled' && mode !== 'resumed')
      this.observer?.called?.(callee, { ...results, thrown }, call, facts);
    if (call.goesOn === true && this.observer !== null && this.probe === null) {
      const left = callee.term.isAsync
        ? { ...noResults(domain.empty), truthy: apply(summary.suspended, 'truthy') }
        : results;
      this.observer.begun(callee, { ...left, thrown: domain.empty }, call, facts);
    }
    if (mode === 'started' && callee.term.isAsync) {
      after.truthy = this.join(after.truthy, struck);
    }
  }

  protected refer(term: Refer): void {
    if (this.observer === null) return;
    if (isLater(term)) {
      this.again(term);
      this.begin(term);
      this.observer.later(term, this.current);
    } else {
      this.begin(term);
    }
    const { instances } = this.calls.resolve(term.callee, this.instance);
    this.observer.refer(instances, this.current, term);
  }

  /** Behind a place: the search can start here. */
  protected begin(term: Later | Refer | Event): void {
    if (this.probe !== null) this.current = this.probe.begin(term, this.current);
  }

  /** Before a place: a way that began there can end here. */
  protected again(term: Later): void {
    if (this.probe !== null) this.current = this.probe.repeat(term, this.current);
  }
}

function isLater(term: Refer): term is Refer & { readonly later: true } {
  return term.later;
}
