/** The meaning of terms: against a naive interpreter, and by the laws that terms obey. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { observe, summarize } from '../../src/flow/algebra/evaluate.ts';
import { Closures, NOBODY, type Calls } from '../../src/flow/algebra/observer.ts';
import type { Relation } from '../../src/flow/algebra/relation.ts';
import type { Instance } from '../../src/flow/algebra/summary.ts';
import { all, allSettled, any, race, repeated, type Item } from '../../src/flow/lower/promises.ts';
import {
  attempt,
  block,
  branch,
  choice,
  constantTest,
  detach,
  exit,
  MAY_THROW,
  not,
  OPAQUE,
  RAISE,
  seq,
  SKIP,
  SUSPEND,
} from '../../src/flow/term/make.ts';
import { RESULT_KINDS, type CallMode, type Term, type Test } from '../../src/flow/term/term.ts';
import {
  anyTerm,
  domain,
  endsOf,
  endsOfRun,
  functionOf,
  INNER,
  nestedTerm,
  NO_CALLS,
  OUTER,
  RETURNS,
  rowOf as row,
  run,
  space,
  STATE_COUNT,
  summaryOf,
  VALUATIONS,
} from '../helpers/terms.ts';

fc.configureGlobal({ seed: 20_260_118, numRuns: 300 });

const { algebra } = space;

const UP: Term = { kind: 'event', event: 0, site: null };
const DOWN: Term = { kind: 'event', event: 1, site: null };

function expectSame(one: Term, other: Term): void {
  expect(summaryOf(one)).toStrictEqual(summaryOf(other));
}

/** Two terms made from random parts mean the same. */
function law(
  name: string,
  make: (a: Term, b: Term, c: Term) => readonly [Term, Term],
  part = anyTerm,
): void {
  test(name, () => {
    fc.assert(
      fc.property(part, part, part, (a, b, c) => {
        expectSame(...make(a, b, c));
      }),
    );
  });
}

function raw(...terms: readonly Term[]): Term {
  return { kind: 'seq', terms };
}

function rawBranch(asked: Test, then: Term, otherwise: Term): Term {
  return { kind: 'branch', test: asked, then, else: otherwise, decision: null };
}

function rawTry(body: Term, handler: Term | null, finalizer: Term | null): Term {
  return { kind: 'try', body, handler, finalizer, site: null, finalSite: null };
}

function forever(body: Term): Term {
  return { kind: 'loop', body, varies: () => false };
}

const inBlocks = (body: Term): Term => ({
  kind: 'block',
  label: OUTER,
  body: { kind: 'block', label: INNER, body },
});

describe('a summary', () => {
  test('tells what running the body does, in every state and for every truth value', () => {
    fc.assert(
      fc.property(anyTerm, (body) => {
        const summary = summaryOf(body);
        for (const valuation of VALUATIONS) {
          for (let state = 0; state < STATE_COUNT; state++) {
            expect(endsOf(summary, state, valuation)).toEqual(
              endsOfRun(run(body, state, valuation)),
            );
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('tells the states in which observing ends', () => {
    fc.assert(
      fc.property(anyTerm, fc.nat(STATE_COUNT - 1), (body, state) => {
        const closures = new Closures<Relation>();
        const summary = summaryOf(body, 'awaited', NO_CALLS, closures);
        const start = algebra.states(1 << state);
        const ended = observe(domain, functionOf(body), start, NO_CALLS, closures, NOBODY);
        for (const kind of RESULT_KINDS) {
          expect(ended[kind]).toBe(algebra.compose(start, summary.results[kind]));
        }
        expect(ended.thrown).toBe(algebra.compose(start, summary.thrown));
      }),
    );
  });
});

describe('a sequence', () => {
  law('is associative', (a, b, c) => [raw(a, raw(b, c)), raw(raw(a, b), c)]);
  law('is what its constructor makes of it', (a, b, c) => [seq(a, b, c), raw(a, b, c)]);
  law('with nothing in it is its other part', (a) => [raw(SKIP, a, SKIP), a]);
  law('ends where control ends', (a) => [seq(RAISE, a), RAISE]);
  law('goes no further than an exit', (a) => [
    block(OUTER, seq(UP, exit(OUTER), a)),
    block(OUTER, seq(UP, exit(OUTER))),
  ]);
  law('goes no further than a loop that nothing leaves', (a) => [seq(forever(UP), a), forever(UP)]);
  test('throws no more by throwing twice at once', () => {
    expectSame(seq(MAY_THROW, MAY_THROW), MAY_THROW);
    expect(seq(MAY_THROW, MAY_THROW)).toBe(MAY_THROW);
  });
});

describe('a branch', () => {
  law('is what its constructor makes of it', (a, b) => [
    branch(OPAQUE, a, b),
    rawBranch(OPAQUE, a, b),
  ]);
  law('whose arms are the same is its test', (a, b) => [
    branch({ kind: 'after', effect: a, test: OPAQUE }, b, b),
    raw(a, b),
  ]);
  law('on a constant is one arm', (a, b) => [branch(constantTest(true), a, b), a]);
  law('on a negated test has its arms exchanged', (a, b, c) => [
    branch(not({ kind: 'after', effect: a, test: OPAQUE }), b, c),
    rawBranch({ kind: 'after', effect: a, test: OPAQUE }, c, b),
  ]);
  law('is the same whichever comes first', (a, b) => [choice(a, b), choice(b, a)]);
  law('can be told apart before or after what both arms begin with', (a, b, c) => [
    raw(a, choice(b, c)),
    choice(raw(a, b), raw(a, c)),
  ]);
  law('on a conjunction is a branch in a branch', (a, b, c) => [
    rawBranch({ kind: 'and', left: OPAQUE, right: afterwards(a) }, b, c),
    rawBranch(OPAQUE, rawBranch(afterwards(a), b, c), c),
  ]);
  law('on a disjunction is the negated conjunction', (a, b, c) => [
    rawBranch({ kind: 'or', left: afterwards(a), right: OPAQUE }, b, c),
    rawBranch({ kind: 'and', left: not(afterwards(a)), right: not(OPAQUE) }, c, b),
  ]);
  law('on the same atom agrees with the one before', (a, b, c) => {
    const asked: Test = {
      kind: 'facts',
      whenTrue: [{ atom: 0, holds: true }],
      whenFalse: [{ atom: 0, holds: false }],
    };
    return [raw(rawBranch(asked, a, b), rawBranch(asked, c, SKIP)), rawBranch(asked, raw(a, c), b)];
  });
});

describe('a try', () => {
  law('is what its constructor makes of it', (a, b, c) => [attempt(a, b, c), rawTry(a, b, c)]);
  law('with an empty finally and no catch is its body', (a) => [attempt(a, null, SKIP), a]);
  law('with an empty finally is one without', (a, b) => [rawTry(a, b, SKIP), rawTry(a, b, null)]);
  law('that cannot throw never gets to its catch', (a) => [
    rawTry(raw(SUSPEND, exit(RETURNS.any)), a, null),
    exit(RETURNS.any),
  ]);
  law('that has caught what was thrown has no catch left', (a, b, c) => [
    rawTry(rawTry(a, RAISE, null), b, c),
    rawTry(a, b, c),
  ]);
  law('with a finally is a try with a catch in one', (a, b, c) => [
    rawTry(a, b, c),
    rawTry(rawTry(a, b, null), null, c),
  ]);
  test('whose finally exits keeps no throw and no return', () => {
    fc.assert(
      fc.property(nestedTerm, (a) => {
        const summary = summaryOf(
          inBlocks(raw(rawTry(raw(choice(a, SKIP), exit(RETURNS.any)), null, exit(OUTER)), UP)),
        );
        expect(summary.results.true).toBe(algebra.empty);
        expect(summary.thrown).toBe(algebra.empty);
      }),
    );
  });
});

describe('a loop', () => {
  law(
    'is one round, and the loop again',
    (a) => [inBlocks(forever(a)), inBlocks(raw(a, forever(a)))],
    nestedTerm,
  );
  law(
    'of two rounds at a time is one of either',
    (a) => [
      inBlocks(forever(choice(a, SKIP))),
      inBlocks(forever(choice(raw(a, a), choice(a, SKIP)))),
    ],
    nestedTerm,
  );
  law('of which nothing is left is dead', (a) => [
    raw(forever(SKIP), a),
    { kind: 'assume', facts: 'never' },
  ]);
  law('that may be left at once, is nothing or a round and the rest', (a) => [
    repeated(a),
    choice(SKIP, raw(a, repeated(a))),
  ]);

  test('forgets from round to round what can change', () => {
    const asked: Test = {
      kind: 'facts',
      whenTrue: [{ atom: 0, holds: true }],
      whenFalse: [{ atom: 0, holds: false }],
    };
    const rounds = (varies: boolean): Term =>
      block(OUTER, {
        kind: 'loop',
        body: seq(UP, rawBranch(asked, exit(OUTER), DOWN)),
        varies: (atom) => varies && atom === 0,
      });
    // Where the atom stays as it is, the loop is left after the first round or never.
    const once = summaryOf(rounds(false)).results.nullish;
    expect(VALUATIONS.slice(0, 2).map((valuation) => row(once, 2, valuation))).toEqual([0, 0b100]);
    const often = summaryOf(rounds(true)).results.nullish;
    expect(row(often, 2, 1)).toBe(0b110);
  });
});

describe('a block', () => {
  law('is what its constructor makes of it', (a) => [
    block(OUTER, a),
    { kind: 'block', label: OUTER, body: a },
  ]);
  law('ends at its exit', (a, b) => [inBlocks(raw(a, exit(INNER), b)), inBlocks(a)], nestedTerm);
  law('to which nothing exits is its body', (a) => [{ kind: 'block', label: OUTER, body: a }, a]);
  law(
    'in one that is left goes with it',
    (a, b) => [
      inBlocks(raw(a, exit(OUTER), b)),
      { kind: 'block', label: OUTER, body: { kind: 'block', label: INNER, body: a } },
    ],
    nestedTerm,
  );
});

function itemsOf(terms: readonly Term[]): readonly Item[] {
  return terms.map((settle) => ({ settle, valued: settle, promise: {} }));
}

describe('promises put together', () => {
  law('all of one is that one', (a) => [all(itemsOf([a])), a]);
  test('all are fulfilled where each is, and rejected where one is, whatever became of the rest', () => {
    const both = summaryOf(all(itemsOf([UP, DOWN])));
    expect(both.results.nullish).toBe(summaryOf(seq(UP, DOWN)).results.nullish);
    for (const rejected of [UP, DOWN, seq(UP, DOWN)]) {
      expect(isWithin(summaryOf(rejected).thrown, both.thrown)).toBe(true);
    }
  });
  law('all settled never throws', (a, b) => [
    rawTry(allSettled([a, b]), RAISE, null),
    allSettled([a, b]),
  ]);
  law('race is one of them', (a, b) => [race(itemsOf([a, b])), choice(a, b)]);
  law('any of one that is fulfilled', (a) => [
    choice(any(itemsOf([rawTry(a, SKIP, null)])), raw(rawTry(a, SKIP, null), RAISE)),
    choice(rawTry(a, SKIP, null), raw(rawTry(a, SKIP, null), RAISE)),
  ]);
});

describe('an async function', () => {
  test('that is started, then awaited, does at least what it does when awaited at once', () => {
    fc.assert(
      fc.property(anyTerm, (body) => {
        const awaited = summaryOf(body, 'awaited');
        const started = summaryOf(body, 'started');
        const settled = summaryOf(body, 'settled');
        expect(started.thrown).toBe(algebra.empty);
        const after = (began: Relation, rest: Relation) => algebra.compose(began, rest);
        for (const kind of RESULT_KINDS) {
          const all = algebra.join(
            after(started.suspended, settled.results[kind]),
            after(started.ended[kind], settled.ended[kind]),
          );
          expect(isWithin(awaited.results[kind], all)).toBe(true);
        }
        const rejected = algebra.join(
          after(started.suspended, settled.thrown),
          after(started.dead, settled.dead),
        );
        expect(isWithin(awaited.thrown, rejected)).toBe(true);
      }),
    );
  });

  test('does, when it is started, what comes before its first suspension', () => {
    const started = summaryOf(seq(UP, SUSPEND, DOWN), 'started').results.truthy;
    expect(row(started, 0, 0)).toBe(0b011);
    const settled = summaryOf(seq(UP, SUSPEND, DOWN), 'settled').results.nullish;
    expect(row(settled, 2, 0)).toBe(0b001);
  });

  test('has nothing left if it was not suspended', () => {
    const settled = summaryOf(UP, 'settled');
    expect(row(settled.ended.nullish, 0, 0)).toBe(0b001);
    expect(row(settled.results.nullish, 0, 0)).toBe(0);
  });
});

describe('an async function that goes on by itself', () => {
  const called = functionOf(raw(SUSPEND, UP), true);
  const calls: Calls = {
    ...NO_CALLS,
    resolve: () => ({ instances: [called], open: false }),
    summary: (callee, _, mode) =>
      summarize(space, domain, callee, mode, NO_CALLS, new Closures<Relation>()),
  };
  const call = (mode: CallMode): Term => ({
    kind: 'call',
    callee: { functions: [called.term], parameter: null, open: false },
    args: [],
    mode,
    exact: true,
    results: null,
    site: {},
  });
  const settled = (body: Term): number => {
    const { results } = summaryOf(body, 'settled', calls);
    return row(results.nullish, 0, 0);
  };

  test('starts what it does not wait for', () => {
    expect(settled(raw(SUSPEND, call('started')))).toBe(0b001);
    expect(settled(raw(SUSPEND, call('started'), call('settled')))).toBe(0b010);
  });

  test('waits for what it waits for', () => {
    expect(settled(raw(SUSPEND, call('awaited')))).toBe(0b010);
    expect(settled(call('awaited'))).toBe(0b010);
  });
});

describe('what is detached', () => {
  test('changes nothing for the code that goes on, unless it lingers', () => {
    fc.assert(
      fc.property(anyTerm, (body) => {
        expectSame(detach(body), SKIP);
      }),
    );
    expect(detach(seq(MAY_THROW, UP))).toBe(SKIP);
  });
});

describe('a test of a parameter', () => {
  const parameter = {};
  const begun = functionOf(SKIP);
  /** What is left of a promise that was made before. */
  const left = { ...begun, term: { ...begun.term, isBegun: false } };
  const none = { ...begun, term: { ...begun.term, isBegun: false, mayBeNone: true } };

  /** The states after going up where the test holds, and down where it does not, from the middle one. */
  function after(isFunction: boolean, held: readonly Instance[]): number {
    const asked: Test = { kind: 'given', parameter, isFunction, test: OPAQUE };
    const { term } = functionOf(rawBranch(asked, UP, DOWN));
    const instance = { term, env: new Map([[parameter, held]]) };
    const closures = new Closures<Relation>();
    const summary = summarize(space, domain, instance, 'awaited', NO_CALLS, closures);
    return row(summary.results.nullish, 1, 0);
  }

  const [UPPER, LOWER] = [0b100, 0b001];

  test.each([
    ['a function', [begun], { truthy: UPPER, callable: UPPER }],
    ['a promise', [left], { truthy: UPPER, callable: LOWER }],
    ['a function or a promise', [begun, left], { truthy: UPPER, callable: UPPER | LOWER }],
    ['a promise or nothing', [none], { truthy: UPPER | LOWER, callable: LOWER }],
    ['a function or nothing', [begun, none], { truthy: UPPER | LOWER, callable: UPPER | LOWER }],
  ])('that holds %s tells what it is', (_, held, { truthy, callable }) => {
    expect(after(false, held)).toBe(truthy);
    expect(after(true, held)).toBe(callable);
  });
});

describe('nesting', () => {
  test('costs one walk a level, for finally in finally', () => {
    let resolved = 0;
    const calls: Calls = {
      step: () => undefined,
      resolve: () => {
        resolved++;
        return { instances: [], open: true };
      },
      bind: (callee) => callee,
      summary: () => {
        throw new Error('nothing is resolved');
      },
    };
    const call: Term = {
      kind: 'call',
      callee: { functions: [], parameter: null, open: true },
      args: [],
      mode: 'awaited',
      exact: true,
      results: null,
      site: {},
    };
    const depth = 40;
    let inBody: Term = call;
    let inFinally: Term = call;
    for (let level = 0; level < depth; level++) {
      inBody = rawTry(raw(inBody, MAY_THROW), null, call);
      inFinally = rawTry(MAY_THROW, null, raw(call, inFinally));
    }
    summaryOf(raw(inBody, inFinally), 'awaited', calls);
    expect(resolved).toBe(2 * (depth + 1));
  });
});

/** Whether all that the one does in an active state, the other does too. */
function isWithin(part: Relation, whole: Relation): boolean {
  const awake = algebra.compose(space.active, whole);
  return algebra.join(algebra.compose(space.active, part), awake) === awake;
}

function afterwards(effect: Term): Test {
  return { kind: 'after', effect, test: OPAQUE };
}
