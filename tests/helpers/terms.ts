/** Terms made at random, over a small protocol, and their meaning worked out the naive way. */

import fc from 'fast-check';

import { relationDomain } from '../../src/flow/algebra/domain.ts';
import { summarize } from '../../src/flow/algebra/evaluate.ts';
import { type Calls, Closures } from '../../src/flow/algebra/observer.ts';
import { createSpace, type Protocol } from '../../src/flow/algebra/protocol.ts';
import type { Atom, Relation } from '../../src/flow/algebra/relation.ts';
import type { Instance, Summary } from '../../src/flow/algebra/summary.ts';
import {
  constantTest,
  MAY_THROW,
  OPAQUE,
  RAISE,
  choice,
  createLabel,
  exit,
  seq,
  SKIP,
  SUSPEND,
} from '../../src/flow/term/make.ts';
import {
  RESULT_KINDS,
  type CallMode,
  type Decision,
  type Facts,
  type FunctionTerm,
  type Label,
  type ResultKind,
  type Returns,
  type Term,
  type Test,
} from '../../src/flow/term/term.ts';

/** Three states; the events go up, down, and nowhere, and do something else where they throw. */
export const PROTOCOL: Protocol = {
  states: ['low', 'middle', 'high'],
  events: [
    { name: 'up', normal: (state) => 1 << Math.min(2, state + 1), thrown: (state) => 1 << state },
    { name: 'down', normal: () => 0b001, thrown: () => 0b001 },
    { name: 'shake', normal: (state) => (1 << state) | 0b010, thrown: () => 0b100 },
  ],
  initial: 0,
  established: 0b100,
};

export const STATE_COUNT = PROTOCOL.states.length;
const ATOMS: readonly Atom[] = [0, 1];
export const VALUATIONS: readonly number[] = [0, 1, 2, 3];

export const space = createSpace(PROTOCOL);
export const domain = relationDomain(space);

export function returnLabels(): Returns {
  return {
    true: createLabel('return true'),
    false: createLabel('return false'),
    nullish: createLabel('return nullish'),
    truthy: createLabel('return truthy'),
    falsy: createLabel('return falsy'),
    any: createLabel('return'),
  };
}

export const RETURNS = returnLabels();

export const NO_CALLS: Calls = {
  step: () => undefined,
  resolve: () => ({ instances: [], open: true }),
  bind: (callee) => callee,
  summary: () => {
    throw new Error('no function is called');
  },
};

/** A function with this body, as its summaries are made. */
export function functionOf(body: Term, isAsync = false): Instance {
  const term: FunctionTerm = {
    id: 0,
    name: 'f',
    node: {},
    isAsync,
    isGenerator: false,
    isBegun: true,
    canLead: true,
    parameters: [],
    body,
    returns: RETURNS,
    owns: () => false,
    takes: () => false,
    sees: () => false,
    isWithin: () => false,
    defaultOf: () => null,
    follows: () => false,
  };
  return { term, env: new Map() };
}

export function summaryOf(
  body: Term,
  mode: CallMode = 'awaited',
  calls = NO_CALLS,
  closures = new Closures<Relation>(),
): Summary {
  return summarize(space, domain, functionOf(body, mode !== 'awaited'), mode, calls, closures);
}

// Generating

/** A block's label tells how deep it lies, so that no block hides one around it. */
const LABELS: readonly Label[] = Array.from({ length: 6 }, (_, depth) => createLabel(`L${depth}`));

const fact = fc.record({ atom: fc.constantFrom(...ATOMS), holds: fc.boolean() });

const factsTest = fact.map(({ atom, holds }): Test => ({
  kind: 'facts',
  whenTrue: [{ atom, holds }],
  whenFalse: [{ atom, holds: !holds }],
}));

const CASE: Decision = { node: {}, asks: 'case' };

const leafTest: fc.Arbitrary<Test> = fc.oneof(
  fc.constant(OPAQUE),
  factsTest,
  fc.boolean().map(constantTest),
);

const event = fc
  .nat(PROTOCOL.events.length - 1)
  .map((which): Term => ({ kind: 'event', event: which, site: null }));

function test(fuel: number, depth: number): fc.Arbitrary<Test> {
  if (fuel <= 0) return leafTest;
  const inner = test(fuel - 1, depth);
  const [whenTrue, whenFalse] = LABELS.slice(depth);
  return fc.oneof(
    leafTest,
    ...(whenTrue === undefined || whenFalse === undefined
      ? []
      : [
          term(fuel - 1, depth + 2).map((before): Test => {
            const told = choice(exit(whenTrue), exit(whenFalse));
            return { kind: 'told', effect: seq(before, told), whenTrue, whenFalse };
          }),
        ]),
    inner.map((of): Test => ({ kind: 'not', test: of })),
    fc.record({ kind: fc.constantFrom('and', 'or'), left: inner, right: inner }),
    fc.record({
      kind: fc.constant('conditional' as const),
      test: inner,
      then: inner,
      else: inner,
    }),
    fc.record({ kind: fc.constant('after' as const), effect: term(fuel - 1, depth), test: inner }),
  );
}

/** @param depth how many blocks lie around */
function term(fuel: number, depth: number): fc.Arbitrary<Term> {
  const exits = [...LABELS.slice(0, depth), RETURNS.any, RETURNS.true];
  const leaf: fc.Arbitrary<Term> = fc.oneof(
    { weight: 3, arbitrary: event },
    fc.constantFrom<Term>(SKIP, MAY_THROW, RAISE, SUSPEND),
    fc.constantFrom(...exits).map((label): Term => ({ kind: 'exit', label })),
    fact.map((given): Term => ({ kind: 'assume', facts: [given] })),
  );
  if (fuel <= 0) return leaf;
  const inner = term(fuel - 1, depth);
  const label = LABELS[depth];
  const within = label === undefined ? null : term(fuel - 1, depth + 1);
  return fc.oneof(
    leaf,
    {
      weight: 3,
      arbitrary: fc
        .array(inner, { minLength: 1, maxLength: 3 })
        .map((terms): Term => ({ kind: 'seq', terms })),
    },
    fc.record({
      kind: fc.constant('branch' as const),
      test: test(fuel - 1, depth),
      then: inner,
      else: inner,
      decision: fc.constant(null),
    }),
    inner.map((body): Term => ({ kind: 'loop', body, varies: () => false })),
    ...(within === null || label === undefined
      ? []
      : [within.map((body): Term => ({ kind: 'block', label, body }))]),
    fc.record({
      kind: fc.constant('try' as const),
      body: inner,
      handler: fc.option(inner),
      finalizer: fc.option(inner),
      site: fc.constant(null),
      finalSite: fc.constant(null),
    }),
    fc.record({
      kind: fc.constant('switch' as const),
      cases: fc.array(
        fc.record({ test: test(fuel - 1, depth), body: fc.nat(1), decision: fc.constant(CASE) }),
        { maxLength: 2 },
      ),
      bodies: fc.tuple(inner, inner),
      otherwise: fc.nat(2),
    }),
  );
}

/** Terms with no functions in them. */
export const anyTerm = term(3, 0);

/** Terms that may also leave the two outermost blocks. */
export const nestedTerm = term(3, 2);

export const [OUTER, INNER] = LABELS as readonly [Label, Label];

// The naive meaning

/** Where control is, and in which state. */
interface Outcome {
  readonly end: 'normal' | 'thrown' | Label;
  readonly state: number;
}

type Outcomes = ReadonlyMap<string, Outcome>;

function keyOf({ end, state }: Outcome): string {
  return `${typeof end === 'string' ? end : end.name} ${state}`;
}

function outcomes(found: Iterable<Outcome>): Outcomes {
  return new Map([...found].map((outcome) => [keyOf(outcome), outcome]));
}

/** Runs a term in one state, for one truth value of each atom, in every way in which it can go. */
export function run(body: Term, start: number, valuation: number): Outcomes {
  const normal = (state: number): Outcome => ({ end: 'normal', state });
  const statesIn = (bits: number): readonly number[] =>
    PROTOCOL.states.flatMap((_, state) => (((bits >> state) & 1) === 1 ? [state] : []));
  const isGiven = (facts: Facts): boolean =>
    facts !== 'never' &&
    facts.every(({ atom, holds }) => (((valuation >> atom) & 1) === 1) === holds);

  /** Goes on where something ended normally. */
  const then = (
    before: Iterable<Outcome>,
    next: (state: number) => Iterable<Outcome>,
  ): readonly Outcome[] =>
    [...outcomes(before).values()].flatMap((outcome) =>
      outcome.end === 'normal' ? [...next(outcome.state)] : [outcome],
    );

  interface Tested {
    readonly outcome: boolean;
    readonly state: number;
  }

  /** The outcomes of a test, and the ways in which it does not end normally. */
  const tested = (asked: Test, state: number): readonly [readonly Tested[], readonly Outcome[]] => {
    const both = (first: Test, goOn: (outcome: boolean) => Test | boolean) => {
      const [results, left] = tested(first, state);
      const ends: Outcome[] = [...left];
      const found = results.flatMap((result): readonly Tested[] => {
        const next = goOn(result.outcome);
        if (typeof next === 'boolean') return [{ outcome: next, state: result.state }];
        const [others, alsoLeft] = tested(next, result.state);
        ends.push(...alsoLeft);
        return others;
      });
      return [found, ends] as const;
    };
    switch (asked.kind) {
      case 'opaque':
        return [[true, false].map((outcome) => ({ outcome, state })), []];
      case 'given':
        return tested(asked.test, state);
      case 'facts': {
        const found: Tested[] = [];
        if (isGiven(asked.whenTrue)) found.push({ outcome: true, state });
        if (isGiven(asked.whenFalse)) found.push({ outcome: false, state });
        return [found, []];
      }
      case 'not': {
        const [found, left] = tested(asked.test, state);
        return [found.map((one) => ({ ...one, outcome: !one.outcome })), left];
      }
      case 'and':
        return both(asked.left, (outcome) => outcome && asked.right);
      case 'or':
        return both(asked.left, (outcome) => outcome || asked.right);
      case 'conditional':
        return both(asked.test, (outcome) => (outcome ? asked.then : asked.else));
      case 'after': {
        const ends: Outcome[] = [];
        const found = [...outcomes(step(asked.effect, state)).values()].flatMap((outcome) => {
          if (outcome.end !== 'normal') {
            ends.push(outcome);
            return [];
          }
          const [others, left] = tested(asked.test, outcome.state);
          ends.push(...left);
          return others;
        });
        return [found, ends];
      }
      case 'result':
        throw new Error('no function is called');
      case 'told': {
        const ends = [...outcomes(step(asked.effect, state)).values()];
        const isTold = ({ end }: Outcome) => end === asked.whenTrue || end === asked.whenFalse;
        return [
          ends.filter(isTold).map((one) => ({ ...one, outcome: one.end === asked.whenTrue })),
          ends.filter((one) => one.end !== 'normal' && !isTold(one)),
        ];
      }
    }
  };

  const step = (term: Term, state: number): readonly Outcome[] => {
    switch (term.kind) {
      case 'skip':
      case 'suspend':
        return [normal(state)];
      case 'mayThrow':
        return [normal(state), { end: 'thrown', state }];
      case 'raise':
        return [{ end: 'thrown', state }];
      case 'event': {
        const effect = PROTOCOL.events[term.event];
        if (effect === undefined) return [];
        return [
          ...statesIn(effect.normal(state)).map(normal),
          ...statesIn(effect.thrown(state)).map((after): Outcome => ({
            end: 'thrown',
            state: after,
          })),
        ];
      }
      case 'seq':
        return term.terms.reduce<readonly Outcome[]>(
          (before, part) => then(before, (middle) => step(part, middle)),
          [normal(state)],
        );
      case 'branch': {
        const [found, left] = tested(term.test, state);
        return [
          ...left,
          ...found.flatMap((one) => step(one.outcome ? term.then : term.else, one.state)),
        ];
      }
      case 'loop': {
        const heads = new Set([state]);
        const left: Outcome[] = [];
        for (const head of heads) {
          for (const outcome of step(term.body, head)) {
            if (outcome.end === 'normal') heads.add(outcome.state);
            else left.push(outcome);
          }
        }
        return left;
      }
      case 'block':
        return step(term.body, state).map((outcome) =>
          outcome.end === term.label ? normal(outcome.state) : outcome,
        );
      case 'exit':
        return [{ end: term.label, state }];
      case 'try': {
        const { handler, finalizer } = term;
        const tried = step(term.body, state).flatMap((outcome) =>
          handler !== null && outcome.end === 'thrown' ? step(handler, outcome.state) : [outcome],
        );
        if (finalizer === null) return tried;
        return tried.flatMap(({ end, state: last }) =>
          step(finalizer, last).map((outcome) =>
            outcome.end === 'normal' ? { end, state: outcome.state } : outcome,
          ),
        );
      }
      case 'switch': {
        const left: Outcome[] = [];
        let waiting: readonly number[] = [state];
        const entered: { readonly body: number; readonly state: number }[] = [];
        for (const { test: asked, body: index } of term.cases) {
          const next: number[] = [];
          for (const one of waiting) {
            const [found, ends] = tested(asked, one);
            left.push(...ends);
            for (const result of found) {
              if (result.outcome) entered.push({ body: index, state: result.state });
              else next.push(result.state);
            }
          }
          waiting = [...new Set(next)];
        }
        for (const one of waiting) entered.push({ body: term.otherwise, state: one });
        return [
          ...left,
          ...entered.flatMap((entry) =>
            step({ kind: 'seq', terms: term.bodies.slice(entry.body) }, entry.state),
          ),
        ];
      }
      case 'assume':
        return isGiven(term.facts) ? [normal(state)] : [];
      default:
        throw new Error(`${term.kind} is not generated`);
    }
  };

  return outcomes(step(body, start));
}

/** The states after, from a state before, for one truth value of each atom. */
export function rowOf(relation: Relation, state: number, valuation: number): number {
  let node = relation;
  while (node.kind === 'decision') {
    node = ((valuation >> node.atom) & 1) === 1 ? node.whenTrue : node.whenFalse;
  }
  return (node.rows[state] ?? 0) & (2 ** STATE_COUNT - 1);
}

/** What a summary says of one state before: the states after, by the kind of the end. */
export function endsOf(summary: Summary, state: number, valuation: number): Record<string, number> {
  const ends: Record<string, number> = { thrown: rowOf(summary.thrown, state, valuation) };
  for (const kind of RESULT_KINDS) ends[kind] = rowOf(summary.results[kind], state, valuation);
  return ends;
}

/** The same, from the outcomes of running the body. */
export function endsOfRun(found: Outcomes): Record<string, number> {
  const ends: Record<string, number> = { thrown: 0 };
  for (const kind of RESULT_KINDS) ends[kind] = 0;
  const add = (kind: string, state: number): void => {
    ends[kind] = (ends[kind] ?? 0) | (1 << state);
  };
  for (const { end, state } of found.values()) {
    if (end === 'thrown') add('thrown', state);
    else if (end === 'normal') add('nullish', state);
    else for (const kind of kindsOf(end)) add(kind, state);
  }
  return ends;
}

function kindsOf(label: Label): readonly ResultKind[] {
  return label === RETURNS.any
    ? RESULT_KINDS
    : RESULT_KINDS.filter((kind) => RETURNS[kind] === label);
}
