/**
 * A finite algebra of relations between protocol states, with tests.
 *
 * A {@link Relation} maps each row (a state before) to the set of states after. It may depend on
 * *atoms*: truth values that do not change while the code under analysis runs, such as the
 * truthiness of a binding that is never reassigned. It is therefore a binary decision diagram over
 * atoms with plain relations as leaves: the matrix form of a Kleene algebra with tests.
 *
 * Relations are interned, so equality is identity, and the operations are memoised: real code
 * produces few different relations, and an operation is then one look-up. What does not depend on
 * atoms means the same in every algebra of a size, so these share their leaves.
 */

/** A test whose outcome is the same wherever it is made. Smaller numbers are decided first. */
export type Atom = number;

/** A set of states as bits, one a state. */
export type States = number;

/** What an operation gave before, by the id of its second operand. */
type Memo = Map<number, Relation>;

export interface Leaf {
  readonly kind: 'leaf';
  /** From 0 on. */
  readonly id: number;
  /** For each state before, the set of states after. */
  readonly rows: readonly States[];
  /** With other leaves: what an algebra knows besides is kept with its decisions. */
  composed: Memo | null;
  joined: Memo | null;
}

export interface Decision {
  readonly kind: 'decision';
  /** Below 0. */
  readonly id: number;
  readonly atom: Atom;
  readonly whenTrue: Relation;
  readonly whenFalse: Relation;
  composed: Memo | null;
  joined: Memo | null;
  /** What leaves gave that came before it, by their ids. */
  readonly behind: { composed: Memo | null; joined: Memo | null };
  /** The rows that hold for some truth value of the atoms; null where nobody has asked. */
  rows: readonly States[] | null;
}

/** Interned: two relations of one algebra are equal if and only if they are the same object. */
export type Relation = Leaf | Decision;

/** Decisions more than this in one algebra are too many to work with. */
const MAX_DECISIONS = 200_000;

/** More than there are relations in an algebra; two of them, put together, are still told apart. */
const SIDES = 2 ** 26;

/** There are more facts to tell apart than can be. */
export class TooManyDecisions extends Error {}

/** The most states that a row of bits can hold. The last of them is the sign of a number. */
export const MAX_STATES = 32;

/** Algebras that are made once there are so many leaves of a size begin with none. */
const MAX_LEAVES = 20_000;

/** The leaves of the algebras of a size, by their rows. */
const LEAVES = new Map<number, Map<string, Leaf>>();

function leavesOf(size: number): Map<string, Leaf> {
  let leaves = LEAVES.get(size);
  if (leaves === undefined || leaves.size > MAX_LEAVES) {
    leaves = new Map();
    LEAVES.set(size, leaves);
  }
  return leaves;
}

export class RelationAlgebra {
  /** The number of states. */
  readonly size: number;
  /** Nothing gets through. */
  readonly empty: Relation;
  /** Every state stays as it is. */
  readonly identity: Relation;

  readonly #leaves: Map<string, Leaf>;
  /** For each atom, by the numbers of what is on both sides. */
  readonly #decided = new Map<Atom, Map<number, Decision>>();
  #decisions = 0;
  readonly #starred = new Map<number, Relation>();
  /** The tests of each atom: that it does not hold, and that it does. */
  readonly #tests = new Map<Atom, readonly [Relation, Relation]>();

  /** @param size how many states there are, at most {@link MAX_STATES} */
  constructor(size: number) {
    if (size < 1 || size > MAX_STATES) {
      throw new RangeError(`an algebra has 1 to ${String(MAX_STATES)} states, not ${String(size)}`);
    }
    this.size = size;
    this.#leaves = leavesOf(size);
    this.empty = this.leaf([]);
    this.identity = this.leaf(Array.from({ length: size }, (_, state) => 1 << state));
  }

  /** The relation with these rows; rows that are left out are empty. */
  leaf(rows: readonly States[]): Relation {
    let used = rows.length;
    while (used > 0 && rows[used - 1] === 0) used--;
    const trimmed = used === rows.length ? rows : rows.slice(0, used);
    const key = trimmed.join();
    let leaf = this.#leaves.get(key);
    if (leaf === undefined) {
      const id = this.#leaves.size;
      leaf = { kind: 'leaf', id, rows: trimmed, composed: null, joined: null };
      this.#leaves.set(key, leaf);
    }
    return leaf;
  }

  /** A set of states, as a relation with one row: what is known at one point of a program. */
  states(states: States): Relation {
    return this.leaf([states]);
  }

  /** The relation that sends each state through `next`. */
  map(next: (state: number) => States): Relation {
    return this.leaf(Array.from({ length: this.size }, (_, state) => next(state)));
  }

  /** `whenTrue` where the atom holds, else `whenFalse`. */
  decide(atom: Atom, whenTrue: Relation, whenFalse: Relation): Relation {
    if (whenTrue === whenFalse) return whenTrue;
    const top = Math.min(atomOf(whenTrue), atomOf(whenFalse));
    if (top <= atom) {
      // Keep the order of atoms: push this decision below those that come first.
      return this.join(this.#filter(atom, true, whenTrue), this.#filter(atom, false, whenFalse));
    }
    return this.#decision(atom, whenTrue, whenFalse);
  }

  /** The test of an atom: the identity where it has this truth value, else nothing. */
  test(atom: Atom, holds: boolean): Relation {
    let tests = this.#tests.get(atom);
    if (tests === undefined) {
      const { identity, empty } = this;
      tests = [this.#decision(atom, empty, identity), this.#decision(atom, identity, empty)];
      this.#tests.set(atom, tests);
    }
    return tests[holds ? 1 : 0];
  }

  /** First `first`, then `second`. */
  compose(first: Relation, second: Relation): Relation {
    if (first === this.empty || second === this.empty) return this.empty;
    if (second === this.identity) return first;
    if (first === this.identity) return second;
    return this.#binary('composed', first, second, composeRows);
  }

  /** Either of the two. */
  join(left: Relation, right: Relation): Relation {
    if (left === right || right === this.empty) return left;
    if (left === this.empty) return right;
    return left.id < right.id
      ? this.#binary('joined', left, right, joinRows)
      : this.#binary('joined', right, left, joinRows);
  }

  /** Zero or more times: the least relation that holds the identity and is closed under `step`. */
  star(step: Relation): Relation {
    const known = this.#starred.get(step.id);
    if (known !== undefined) return known;
    const closure = this.closure(this.identity, step, (one, other) => this.compose(one, other));
    this.#starred.set(step.id, closure);
    return closure;
  }

  /** The same with another identity, and another way to put two together. */
  closure(
    identity: Relation,
    step: Relation,
    compose: (first: Relation, second: Relation) => Relation,
  ): Relation {
    // Squaring (id ∪ step) reaches the closure in log2 of the longest chain of new states.
    let closure = this.join(identity, step);
    for (;;) {
      const squared = compose(closure, closure);
      if (squared === closure) return closure;
      closure = squared;
    }
  }

  /** Forgets atoms: what holds for either of their truth values. */
  forget(relation: Relation, isForgotten: (atom: Atom) => boolean): Relation {
    if (relation.kind === 'leaf') return relation;
    const memo = new Map<Relation, Relation>();
    const visit = (node: Relation): Relation => {
      if (node.kind === 'leaf') return node;
      let result = memo.get(node);
      if (result === undefined) {
        const whenTrue = visit(node.whenTrue);
        const whenFalse = visit(node.whenFalse);
        if (isForgotten(node.atom)) result = this.join(whenTrue, whenFalse);
        else if (whenTrue === node.whenTrue && whenFalse === node.whenFalse) result = node;
        else result = this.decide(node.atom, whenTrue, whenFalse);
        memo.set(node, result);
      }
      return result;
    };
    return visit(relation);
  }

  /** The same about other atoms. */
  rename(relation: Relation, renamed: ReadonlyMap<Atom, Atom>): Relation {
    const memo = new Map<Relation, Relation>();
    const visit = (node: Relation): Relation => {
      if (node.kind === 'leaf') return node;
      let result = memo.get(node);
      if (result === undefined) {
        const atom = renamed.get(node.atom) ?? node.atom;
        result = this.decide(atom, visit(node.whenTrue), visit(node.whenFalse));
        memo.set(node, result);
      }
      return result;
    };
    return visit(relation);
  }

  /** The identity, where two atoms have the same truth value. */
  same(one: Atom, other: Atom): Relation {
    return this.join(
      this.compose(this.test(one, true), this.test(other, true)),
      this.compose(this.test(one, false), this.test(other, false)),
    );
  }

  /** What is left of a relation where these truth values hold; null for an atom with either. */
  given(relation: Relation, value: (atom: Atom) => boolean | null): Relation {
    if (relation.kind === 'leaf') return relation;
    const holds = value(relation.atom);
    if (holds !== null) {
      return this.given(holds ? relation.whenTrue : relation.whenFalse, value);
    }
    return this.decide(
      relation.atom,
      this.given(relation.whenTrue, value),
      this.given(relation.whenFalse, value),
    );
  }

  /** Truth values under which a set of states meets another; null where there are none. */
  witness(relation: Relation, wanted: States): ReadonlyMap<Atom, boolean> | null {
    if (relation.kind === 'leaf') {
      return ((relation.rows[0] ?? 0) & wanted) === 0 ? null : new Map();
    }
    for (const holds of [true, false]) {
      const found = this.witness(holds ? relation.whenTrue : relation.whenFalse, wanted);
      if (found !== null) return new Map([...found, [relation.atom, holds]]);
    }
    return null;
  }

  /** The rows that hold for some truth value of the atoms. */
  rows(relation: Relation): readonly States[] {
    if (relation.kind === 'leaf') return relation.rows;
    return (relation.rows ??= this.#plain(relation));
  }

  #plain(relation: Decision): readonly States[] {
    const plain = this.forget(relation, () => true);
    return plain.kind === 'leaf' ? plain.rows : [];
  }

  /** The states after, from any state before, for some truth value of the atoms. */
  image(relation: Relation): States {
    let states = 0;
    for (const row of this.rows(relation)) states |= row;
    return states;
  }

  /** How many decisions a relation holds: its size, for those who must bound it. */
  decisions(relation: Relation): number {
    const seen = new Set<Relation>();
    const visit = (node: Relation): void => {
      if (node.kind === 'leaf' || seen.has(node)) return;
      seen.add(node);
      visit(node.whenTrue);
      visit(node.whenFalse);
    };
    visit(relation);
    return seen.size;
  }

  #decision(atom: Atom, whenTrue: Relation, whenFalse: Relation): Relation {
    if (whenTrue === whenFalse) return whenTrue;
    const decided = this.#decided.get(atom) ?? new Map<number, Decision>();
    if (decided.size === 0) this.#decided.set(atom, decided);
    const key = (whenTrue.id + MAX_DECISIONS) * SIDES + whenFalse.id + MAX_DECISIONS;
    let decision = decided.get(key);
    if (decision === undefined) {
      if (this.#decisions >= MAX_DECISIONS) throw new TooManyDecisions();
      this.#decisions++;
      decision = {
        kind: 'decision',
        id: -this.#decisions,
        atom,
        whenTrue,
        whenFalse,
        composed: null,
        joined: null,
        behind: { composed: null, joined: null },
        rows: null,
      };
      decided.set(key, decision);
    }
    return decision;
  }

  /** The part of a relation in which an atom has this truth value. */
  #filter(atom: Atom, holds: boolean, relation: Relation): Relation {
    return this.compose(this.test(atom, holds), relation);
  }

  #binary(
    operation: 'composed' | 'joined',
    left: Relation,
    right: Relation,
    onRows: (left: readonly States[], right: readonly States[]) => readonly States[],
  ): Relation {
    // Leaves are shared with other algebras: what decisions take part in is not kept there.
    const isBehind = left.kind === 'leaf' && right.kind === 'decision';
    const keptBy = isBehind ? right.behind : left;
    const memo = (keptBy[operation] ??= new Map<number, Relation>());
    const key = isBehind ? left.id : right.id;
    const known = memo.get(key);
    if (known !== undefined) return known;
    let result: Relation;
    if (left.kind === 'leaf' && right.kind === 'leaf') {
      result = this.leaf(onRows(left.rows, right.rows));
    } else {
      const atom = Math.min(atomOf(left), atomOf(right));
      result = this.#decision(
        atom,
        this.#binary(operation, given(left, atom, true), given(right, atom, true), onRows),
        this.#binary(operation, given(left, atom, false), given(right, atom, false), onRows),
      );
    }
    memo.set(key, result);
    return result;
  }
}

function atomOf(relation: Relation): Atom {
  return relation.kind === 'leaf' ? Infinity : relation.atom;
}

function given(relation: Relation, atom: Atom, holds: boolean): Relation {
  if (relation.kind === 'leaf' || relation.atom !== atom) return relation;
  return holds ? relation.whenTrue : relation.whenFalse;
}

function composeRows(first: readonly States[], second: readonly States[]): readonly States[] {
  return first.map((row) => {
    let after = 0;
    for (let rest = row; rest !== 0; rest &= rest - 1) {
      after |= second[31 - Math.clz32(rest & -rest)] ?? 0;
    }
    return after;
  });
}

function joinRows(left: readonly States[], right: readonly States[]): readonly States[] {
  const length = Math.max(left.length, right.length);
  return Array.from({ length }, (_, state) => (left[state] ?? 0) | (right[state] ?? 0));
}
