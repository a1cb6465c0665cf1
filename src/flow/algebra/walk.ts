/**
 * The walk that gives terms their meaning: one state set for each way in which code can end. It serves
 * solving and observing, see `evaluate`.
 */

import {
  RESULT_KINDS,
  type Loop,
  type Switch,
  type Term,
  type Test,
  type Try,
} from '../term/term.ts';
import { changedIn } from '../term/assigned.ts';
import { UNSEEN } from '../term/unseen.ts';
import type { Probe } from './probe.ts';
import type { Frame } from './ends.ts';
import { Running } from './running.ts';

/** A walk of one function, or of a part of it. */
export class Walk<E> extends Running<E> {
  /** Walks the function, telling a search what comes by. */
  search(probe: Probe<E>): void {
    this.probe = probe;
    this.run(this.instance.term.body);
  }

  run(term: Term): void {
    this.calls.step();
    switch (term.kind) {
      case 'skip':
        break;
      case 'join':
        if (this.probe !== null) this.current = this.probe.awaited(term.promise, this.current);
        break;
      case 'mayThrow':
        this.thrown = this.join(this.thrown, this.current);
        break;
      case 'raise':
        this.thrown = this.join(this.thrown, this.current);
        this.current = this.domain.empty;
        break;
      case 'event':
        this.event(term);
        break;
      case 'seq':
        for (const part of term.terms) this.run(part);
        break;
      case 'branch': {
        const [whenTrue, whenFalse] = this.#test(term.test);
        const { decision } = term;
        this.current = this.decided(whenTrue, decision, true);
        this.run(term.then);
        const afterThen = this.current;
        this.current = this.decided(whenFalse, decision, false);
        this.run(term.else);
        this.current = this.join(afterThen, this.current);
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
          this.current = this.join(this.current, exited);
        }
        break;
      }
      case 'exit':
        this.exit(term.label, this.current);
        this.current = this.domain.empty;
        break;
      case 'try':
        this.#try(term);
        break;
      case 'switch':
        this.#switch(term);
        break;
      case 'suspend':
        this.suspend();
        break;
      case 'detach':
        this.detach(term);
        break;
      case 'resume': {
        const isResumed = this.isResumed;
        this.isResumed = true;
        this.run(term.body);
        this.isResumed = isResumed;
        break;
      }
      case 'elsewhere':
        this.elsewhere(term);
        break;
      case 'use':
        this.run(term[this.mode]);
        break;
      case 'call': {
        const after = this.call(term);
        let end = this.domain.empty;
        for (const kind of RESULT_KINDS) {
          this.current = after[kind];
          if (term.results !== null) this.run(term.results[kind]);
          end = this.join(end, this.current);
        }
        this.current = end;
        break;
      }
      case 'refer':
        this.refer(term);
        break;
      case 'assume':
        this.current = this.given(this.current, term.facts);
        break;
      case 'assign':
        this.current = this.domain.assign(this.current, term);
        break;
    }
  }

  #test(test: Test): readonly [E, E] {
    switch (test.kind) {
      case 'opaque':
        return [this.current, this.current];
      case 'facts':
        return [this.given(this.current, test.whenTrue), this.given(this.current, test.whenFalse)];
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
        return [whenTrue, this.join(leftFalse, rightFalse)];
      }
      case 'or': {
        const [leftTrue, leftFalse] = this.#test(test.left);
        this.current = leftFalse;
        const [rightTrue, whenFalse] = this.#test(test.right);
        return [this.join(leftTrue, rightTrue), whenFalse];
      }
      case 'conditional': {
        const [first, second] = this.#test(test.test);
        this.current = first;
        const [thenTrue, thenFalse] = this.#test(test.then);
        this.current = second;
        const [elseTrue, elseFalse] = this.#test(test.else);
        return [this.join(thenTrue, elseTrue), this.join(thenFalse, elseFalse)];
      }
      case 'after':
        this.run(test.effect);
        return this.#test(test.test);
      case 'result': {
        const after = this.call(test.call);
        let whenTrue = this.domain.empty;
        let whenFalse = whenTrue;
        for (const kind of RESULT_KINDS) {
          if (test.kinds.has(kind)) whenTrue = this.join(whenTrue, after[kind]);
          else whenFalse = this.join(whenFalse, after[kind]);
        }
        return [whenTrue, whenFalse];
      }
      case 'told':
        this.run(test.effect);
        this.current = this.domain.empty;
        return [this.left(test.whenTrue), this.left(test.whenFalse)];
    }
  }

  #held({ parameter, isFunction = false, test }: Test & { kind: 'given' }): readonly [E, E] {
    const held = this.instance.env.get(parameter);
    if (held === undefined) return this.#test(test);
    const { empty } = this.domain;
    const mayBeOther = held.some(
      ({ term }) => term === UNSEEN || (!isFunction && term.mayBeNone === true),
    );
    if (mayBeOther) return [this.current, this.#test(test)[1]];
    // What is left of a promise was not begun by calling it.
    const isSure = !isFunction || held.every(({ term }) => term.isBegun);
    const isNone = isFunction && !held.some(({ term }) => term.isBegun);
    return [isNone ? empty : this.current, isSure ? empty : this.current];
  }

  #loop(term: Loop): void {
    const domain = this.domain;
    const changed = changedIn(term.body);
    if (this.observer === null) {
      const round = this.apart(domain.opened(changed), () => {
        this.run(term.body);
      });
      const closure = domain.star(domain.forget(round.current, term.varies), changed);
      this.closures.effects.set(term, closure);
      this.then(this.#head(term, closure), round, changed);
    } else {
      const closure = this.closures.effects.get(term) ?? domain.opened(changed);
      this.current = this.#head(term, closure);
      this.run(term.body);
      const probe = this.probe;
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
    const before = this.domain.forget(this.current, term.varies);
    return this.domain.follow(before, closure, changedIn(term.body));
  }

  #try(term: Try): void {
    const domain = this.domain;
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
      this.current = this.join(afterBody, this.current);
    }
    if (term.finalizer === null) {
      this.thrown = this.join(thrownBefore, this.thrown);
      return;
    }
    const { current, thrown, exits } = this;
    let all = this.join(current, domain.caught(thrown, term.finalSite ?? term));
    for (const exited of exits.values()) all = this.join(all, exited);
    this.thrown = thrownBefore;
    this.exits = exitsBefore;
    const changed = changedIn(term.finalizer);
    const effect = this.#finalize(term, term.finalizer, all);
    const begun = all === domain.empty ? this.current : domain.empty;
    this.current = domain.follow(current, effect, changed);
    this.thrown = this.join(this.thrown, domain.follow(thrown, effect, changed));
    for (const [label, exited] of exits) this.exit(label, domain.follow(exited, effect, changed));
    if (this.observer === null) this.#noteWays(term, { current, thrown, exits });
    else if (begun !== domain.empty) this.#goOn(term, begun);
  }

  /** Runs a finalizer, and tells its effect where it ends normally. */
  #finalize(term: Try, finalizer: Term, before: E): E {
    const changed = changedIn(finalizer);
    const identity = this.domain.opened(changed);
    if (this.observer !== null) {
      this.current = before;
      this.run(finalizer);
      return this.closures.effects.get(term) ?? identity;
    }
    const last = this.apart(identity, () => {
      this.run(finalizer);
    });
    this.closures.effects.set(term, last.current);
    this.then(before, last, changed);
    return last.current;
  }

  /** Notes in which ways control comes to a finalizer. */
  #noteWays(term: Try, { current, thrown, exits }: Pick<Frame<E>, 'current' | 'thrown' | 'exits'>) {
    const { empty } = this.domain;
    const ways = this.closures.ways.get(term) ?? new Set();
    if (current !== empty) ways.add('normal');
    if (thrown !== empty) ways.add('thrown');
    for (const [label, exited] of exits) if (exited !== empty) ways.add(label);
    this.closures.ways.set(term, ways);
  }

  /** What began in a finalizer goes on in each way in which control can have come there. */
  #goOn(term: Try, begun: E): void {
    for (const way of this.closures.ways.get(term) ?? []) {
      if (way === 'normal') this.current = this.join(this.current, begun);
      else if (way === 'thrown') this.thrown = this.join(this.thrown, begun);
      else this.exit(way, begun);
    }
  }

  #switch(term: Switch): void {
    const { empty } = this.domain;
    const entries = new Map<number, E>();
    const enter = (body: number, states: E): void => {
      entries.set(body, this.join(entries.get(body) ?? empty, states));
    };
    for (const { test, body, decision } of term.cases) {
      const [matched, next] = this.#test(test);
      enter(body, this.decided(matched, decision, true));
      this.current = this.decided(next, decision, false);
    }
    enter(term.otherwise, this.current);
    this.current = empty;
    term.bodies.forEach((body, index) => {
      this.current = this.join(this.current, entries.get(index) ?? empty);
      this.run(body);
    });
    this.current = this.join(this.current, entries.get(term.bodies.length) ?? empty);
  }
}
