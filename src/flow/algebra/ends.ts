/** The states in which code can end, for each of the ways in which it can, and how they are put together. */

import type { Changing, Decision, Facts, Label, Term } from '../term/term.ts';
import { changedIn } from '../term/assigned.ts';
import { where, type Domain } from './domain.ts';

export interface Frame<E> {
  current: E;
  thrown: E;
  exits: Map<Label, E>;
  suspended: E;
  lingering: E;
}

export abstract class Ends<E> implements Frame<E> {
  current: E;
  thrown: E;
  exits = new Map<Label, E>();
  suspended: E;
  lingering: E;
  protected readonly domain: Domain<E>;

  constructor(domain: Domain<E>) {
    this.domain = domain;
    const { empty } = domain;
    this.current = empty;
    this.thrown = empty;
    this.suspended = empty;
    this.lingering = empty;
  }

  /** The states in which control left for a label, and arrives there. */
  protected left(label: Label): E {
    const exited = this.exits.get(label) ?? this.domain.empty;
    this.exits.delete(label);
    return exited;
  }

  /** Runs something on its own, from these states, and returns what came of it. */
  protected apart(from: E, action: () => void): Frame<E> {
    const { current, thrown, exits, suspended, lingering } = this;
    const { empty } = this.domain;
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
  protected then(before: E, part: Frame<E>, changed: readonly Changing[]): void {
    const domain = this.domain;
    const behind = (states: E): E => domain.follow(before, states, changed);
    this.thrown = this.join(this.thrown, behind(part.thrown));
    this.suspended = this.join(this.suspended, behind(part.suspended));
    this.lingering = this.join(this.lingering, behind(part.lingering));
    for (const [label, exited] of part.exits) this.exit(label, behind(exited));
  }

  protected exit(label: Label, states: E): void {
    const known = this.exits.get(label);
    this.exits.set(label, known === undefined ? states : this.join(known, states));
  }

  protected decided(states: E, decision: Decision | null, outcome: boolean): E {
    return decision === null ? states : this.domain.decided(states, decision, outcome);
  }

  protected given(states: E, facts: Facts): E {
    return facts === 'never' ? this.domain.empty : where(this.domain, states, facts);
  }

  /** Forgets all that a term can change. */
  protected unknown(term: Term, states: E): E {
    const changes = changedIn(term);
    return changes.length === 0
      ? states
      : this.domain.assign(states, { kind: 'assign', changes, facts: [] });
  }

  protected compose(first: E, second: E): E {
    return this.domain.compose(first, second);
  }

  protected join(left: E, right: E): E {
    return this.domain.join(left, right);
  }
}
