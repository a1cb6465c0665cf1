/** What is solved of modules, against a naive interpreter, and what is told of it. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createSpace, type Protocol, type Space } from '../../src/flow/algebra/protocol.ts';
import type { Instance } from '../../src/flow/algebra/summary.ts';
import { Relevance } from '../../src/flow/solve/relevance.ts';
import { Groundwork, Solution } from '../../src/flow/solve/solution.ts';
import type { Explanation } from '../../src/flow/solve/explanation.ts';
import { Shared, type SolveOptions } from '../../src/flow/solve/solver.ts';
import { Work } from '../../src/flow/solve/work.ts';
import type { Step } from '../../src/flow/solve/ways.ts';
import {
  RESULT_KINDS,
  type Call,
  type Callee,
  type Fact,
  type FunctionTerm,
  type Term,
  type Test,
} from '../../src/flow/term/term.ts';
import { fixedIn } from '../../src/flow/term/varying.ts';
import {
  block,
  choice,
  createLabel,
  exit,
  OPAQUE,
  sequence,
  SKIP,
  seq,
  SUSPEND,
} from '../../src/flow/term/make.ts';
import { functionOf, PROTOCOL } from '../helpers/terms.ts';
import { NaiveModule, type Asked } from '../helpers/module-runs.ts';
import {
  anyModule,
  ownOf,
  SHARED_ATOMS,
  type MadeModule,
  type Parts,
} from '../helpers/module-terms.ts';

fc.configureGlobal({ seed: 20_261_128, numRuns: 60 });

const STATES = [0, 1, 2];

/** The same, where what goes down can do so at any time, where nobody waits for it. */
const LINGERING: Protocol = {
  ...PROTOCOL,
  events: PROTOCOL.events.map((event) =>
    event.name === 'down' ? { ...event, lingers: true } : event,
  ),
};

const VALUATIONS = [0, 1, 2, 3];

interface Given {
  readonly space?: Space;
  readonly ground?: Groundwork | null;
  readonly faults?: number;
  readonly work?: Work;
  readonly ways?: Work;
}

function solved(
  made: MadeModule,
  {
    space = createSpace(PROTOCOL),
    ground = null,
    faults = 0b111,
    work = new Work(1_000_000),
    ways = new Work(1_000_000),
  }: Given = {},
): Solution {
  const options: SolveOptions = {
    helpers: 'every-path',
    entry: PROTOCOL.initial,
    shared: new Shared(ground?.relevance),
    work,
    ways,
  };
  return new Solution(
    space,
    made.top,
    () => made.exported,
    options,
    () => faults,
    ground,
  );
}

/** The states in which each event is reached, the naive way. */
function naiveStates(made: MadeModule, isCoarse = false): ReadonlyMap<object, number> {
  const naive = new NaiveModule(PROTOCOL, made);
  const found = new Map<object, number>();
  for (const valuation of isCoarse ? [0] : VALUATIONS) {
    const asked = { valuation, isWhole: false, isCoarse };
    for (const bound of naive.entries(valuation, isCoarse)) {
      for (const [site, costs] of naive.places(bound, bound.states, asked)) {
        found.set(site, (found.get(site) ?? 0) | statesIn(costs));
      }
    }
  }
  return found;
}

function statesIn(costs: ReadonlyMap<number, number> | undefined): number {
  return [...(costs?.keys() ?? [])].reduce((states, state) => states | (1 << state), 0);
}

/** What holds throughout of the function's own variables that do not change. */
function fixedOf(term: FunctionTerm, known: Explanation['known']): readonly Fact[] {
  const { changing, varying } = ownOf(term.id);
  return [changing.atom, varying]
    .filter(fixedIn(term.body))
    .map((atom) => ({ atom, holds: known.get(atom) === true }));
}

const relevance = new Relevance();

/** Whether a function can lead to an event, or can be given one that does. */
function canAct({ term, env }: Instance): boolean {
  return env.size > 0 || relevance.isRelevant(term, () => undefined);
}

/** The steps lead from one state to another; where the first is not told, from any. */
function expectPassed(
  steps: readonly Step[],
  from: number | null,
  to: number,
  isWhole: boolean,
): void {
  let at = from;
  for (const step of steps) {
    if (step.kind === 'decided' || step.kind === 'caught') continue;
    if (at !== null) expect(step.from).toBe(at);
    if (!isWhole) expect(step.to).not.toBe(step.from);
    // What a call does not do is told only of functions that could.
    if (step.kind === 'called' && !step.isThrown) expect(canAct(step.callee)).toBe(true);
    at = step.to;
  }
  if (at !== null) expect(at).toBe(to);
}

/** Each state of each event that is reached, with what is told of it. */
function explained(
  solution: Solution,
  made: MadeModule,
  isWhole: boolean,
): readonly { readonly site: object; readonly state: number; readonly way: Explanation | null }[] {
  return made.events.flatMap((site) =>
    STATES.filter((state) => ((solution.statesAt(site) >> state) & 1) === 1).map((state) => ({
      site,
      state,
      way: solution.explain(site, 1 << state, undefined, isWhole),
    })),
  );
}

/** How many steps count by which a way is found to be longer than another. */
function lengthOf({ steps }: Explanation, isWhole: boolean): number {
  return steps.filter(
    (step) =>
      step.kind === 'decided' ||
      step.kind === 'caught' ||
      (step.kind !== 'left' && step.isThrown && (isWhole || step.from !== step.to)),
  ).length;
}

/** How long the shortest ways are, by the naive way, in each instance of the function. */
function naiveLengths(
  naive: NaiveModule,
  site: object,
  { function: term, known, entries, state }: Explanation,
  top: FunctionTerm,
  isWhole: boolean,
): readonly number[] {
  const valuation = (known.get(0) === true ? 1 : 0) | (known.get(1) === true ? 2 : 0);
  const entry =
    term === top ? 1 << PROTOCOL.initial : entries.reduce((all, one) => all | one.states, 0);
  const fixed = fixedOf(term, known);
  const asked: Asked = { valuation, isWhole, fixed };
  return VALUATIONS.flatMap((one) =>
    naive
      .entries(one)
      .filter((bound) => bound.term === term)
      .flatMap((bound) => naive.places(bound, entry, asked).get(site)?.get(state) ?? []),
  );
}

const UP: Term = { kind: 'event', event: 0, site: null };
const DOWN: Term = { kind: 'event', event: 1, site: null };

/** A loop that goes down in some round, and has a place in others. */
function loopOn(atom: number): { readonly term: Term; readonly site: object } {
  const label = createLabel('loop');
  const site = {};
  const test: Test = {
    kind: 'facts',
    whenTrue: [{ atom, holds: true }],
    whenFalse: [{ atom, holds: false }],
  };
  const place: Term = { kind: 'event', event: 2, site };
  const body = seq(
    { kind: 'branch', test, then: SKIP, else: place, decision: null },
    { kind: 'branch', test, then: DOWN, else: exit(label), decision: null },
  );
  const loop: Term = { kind: 'loop', body, varies: (one) => one === atom };
  return { term: block(label, loop), site };
}

const PLAIN: Parts = { varies: true, detaches: false, calls: true, finalizers: true };

describe('the solution of a module', () => {
  test('tells in which states each event can be', () => {
    fc.assert(
      fc.property(anyModule(PLAIN), (made) => {
        const solution = solved(made);
        const naive = naiveStates(made);
        for (const site of made.events) {
          expect(solution.statesAt(site)).toBe(naive.get(site) ?? 0);
        }
      }),
    );
  });

  test('where nothing is at fault, takes each test to come out in either way', () => {
    fc.assert(
      fc.property(anyModule(PLAIN), (made) => {
        const solution = solved(made, { faults: 0 });
        const naive = naiveStates(made, true);
        for (const site of made.events) {
          expect(solution.statesAt(site)).toBe(naive.get(site) ?? 0);
        }
      }),
    );
  });

  test('tells what each function returns', () => {
    fc.assert(
      fc.property(anyModule(PLAIN), (made) => {
        const solution = solved(made);
        const naive = new NaiveModule(PROTOCOL, made);
        for (const term of made.functions) {
          const results = solution.resultsOf(term);
          const expected = VALUATIONS.map((valuation) => naive.ends(term, valuation));
          for (const kind of RESULT_KINDS) {
            expect(results[kind]).toBe(expected.reduce((all, ends) => all | ends[kind], 0));
          }
        }
      }),
    );
  });

  test('is the same where functions were solved before', () => {
    fc.assert(
      fc.property(anyModule({ ...PLAIN, detaches: true }), (made) => {
        const space = createSpace(LINGERING);
        const plain = solved(made, { space });
        const ground = new Groundwork(space, made.functions, () => new Work(1_000_000));
        const works = [new Work(1_000_000), new Work(1_000_000)];
        const [grounded, again] = works.map((work) => solved(made, { space, ground, work }));
        if (grounded === undefined || again === undefined) throw new Error('two are solved');
        // What another file has asked for is taken for as much work.
        expect(works[0]?.taken).toBe(works[1]?.taken);
        expect(new Set(grounded.places())).toEqual(new Set(plain.places()));
        for (const place of plain.places()) {
          expect(grounded.statesAt(place)).toBe(plain.statesAt(place));
          expect(again.statesAt(place)).toBe(plain.statesAt(place));
        }
      }),
    );
  });
});

describe('a way', () => {
  for (const isWhole of [false, true]) {
    test(`is a shortest one${isWhole ? ', with all that happens' : ''}`, () => {
      fc.assert(
        fc.property(anyModule(PLAIN), (made) => {
          const naive = new NaiveModule(PROTOCOL, made);
          const solution = solved(made);
          for (const { site, state, way } of explained(solution, made, isWhole)) {
            expect(way?.state).toBe(state);
            if (way === null) continue;
            const lengths = naiveLengths(naive, site, way, made.top, isWhole);
            expect(lengths).toContain(lengthOf(way, isWhole));
            const start = way.function === made.top ? PROTOCOL.initial : null;
            expectPassed(way.steps, start, state, isWhole);
          }
        }),
      );
    });
  }

  test('is told of what is called, too', () => {
    fc.assert(
      fc.property(anyModule(PLAIN), fc.boolean(), (made, isWhole) => {
        const solution = solved(made);
        for (const { way } of explained(solution, made, isWhole)) {
          for (const step of way?.steps ?? []) {
            // How something is thrown is told where all is.
            if (step.kind !== 'called' || (step.isThrown && !isWhole)) continue;
            const steps = solution.within(step, 1 << step.to, isWhole);
            expect({
              steps,
              from: step.from,
              to: step.to,
              end: step.end,
              name: step.callee.term.name,
            }).not.toMatchObject({ steps: null });
            expectPassed(steps ?? [], step.from, step.to, isWhole);
          }
        }
      }),
    );
  });

  test('is told where something runs later, too', () => {
    fc.assert(
      fc.property(anyModule({ ...PLAIN, detaches: true }), fc.boolean(), (made, isWhole) => {
        const solution = solved(made, { space: createSpace(LINGERING) });
        for (const { way } of explained(solution, made, isWhole)) expect(way).not.toBeNull();
      }),
    );
  });

  test('comes by what may happen at any time, where nobody waits for it', () => {
    const site = {};
    const place: Term = { kind: 'event', event: 2, site };
    const left: Term = { kind: 'detach', body: DOWN, promise: null };
    const { term: top } = functionOf(sequence([UP, UP, left, place]));
    const made: MadeModule = { top, functions: [], exported: [], events: [site] };
    const solution = solved(made, { space: createSpace(LINGERING) });
    expect(solution.statesAt(site)).toBe(0b101);
    const low = explained(solution, made, false).find(({ state }) => state === 0);
    expect(low?.way?.steps.map((step) => step.kind === 'event' && step.event)).toEqual([
      UP,
      UP,
      DOWN,
    ]);
  });

  test('can take a test of more variables in either way than it remembers', () => {
    const loops = Array.from({ length: 6 }, (_, index) => loopOn(index + 2));
    const body = sequence([UP, UP, ...loops.map(({ term }) => term)]);
    const { term } = functionOf(body);
    const top: FunctionTerm = { ...term, owns: () => true };
    const made: MadeModule = {
      top,
      functions: [],
      exported: [],
      events: loops.map(({ site }) => site),
    };
    for (const { state, way } of explained(solved(made), made, false)) {
      expect(way?.state).toBe(state);
    }
  });

  test('without one of its turns leads to no more states than there are', () => {
    fc.assert(
      fc.property(anyModule(PLAIN), (made) => {
        const solution = solved(made);
        const naive = new NaiveModule(PROTOCOL, made);
        for (const { site, way } of explained(solution, made, false)) {
          for (const cut of way?.steps ?? []) {
            if (cut.kind !== 'decided' && cut.kind !== 'caught') continue;
            const states = VALUATIONS.flatMap((valuation) =>
              naive.entries(valuation).map((bound) => {
                const places = naive.places(bound, bound.states, {
                  valuation,
                  isWhole: false,
                  cut,
                });
                return statesIn(places.get(site));
              }),
            );
            expect(solution.statesWithout(site, cut)).toBe(
              states.reduce((all, one) => all | one, 0),
            );
          }
        }
      }),
    );
  });
});

describe('what follows a place', () => {
  function expectFollowed(made: MadeModule, isExact: boolean): void {
    const solution = solved(made);
    const naive = new NaiveModule(PROTOCOL, made);
    for (const { site: place, state, way } of explained(solution, made, false)) {
      if (way === null) continue;
      for (const other of [...made.events, null]) {
        const sites = new Set(other === null ? [] : [other]);
        const found = VALUATIONS.filter((valuation) =>
          SHARED_ATOMS.every((atom) => {
            const holds = way.known.get(atom);
            return holds === undefined || holds === (((valuation >> atom) & 1) === 1);
          }),
        ).flatMap((valuation) =>
          naive.entries(valuation).map((bound) => {
            const fixed = fixedOf(bound.term, way.known).filter(({ atom }) => way.known.has(atom));
            const follow = { place, state, sites };
            return naive.follows(bound, { valuation, isWhole: false, fixed, follow });
          }),
        );
        const from = { place, way, results: null };
        const isFollowed =
          other === null
            ? solution.resultsBehind(from).size > 0
            : solution.isFollowed(from, { sites, as: 'call' });
        const isExpected = found.some(({ past, ends }) => (other === null ? ends : past));
        if (isExact || isExpected) expect(isFollowed).toBe(isExpected);
      }
    }
  }

  test('is what comes behind it in its function', () => {
    fc.assert(
      fc.property(anyModule({ ...PLAIN, calls: false, finalizers: false }), (made) => {
        expectFollowed(made, true);
      }),
    );
  });

  test('is nothing less where functions are called', () => {
    fc.assert(
      fc.property(anyModule(PLAIN), (made) => {
        expectFollowed(made, false);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a place of a function', () => {
  const UP_AND_UP = sequence([UP, UP]);

  /** A module of one function, which shares no facts with others. */
  function moduleOf(body: Term, events: readonly object[] = []): MadeModule {
    return { top: functionOf(body).term, functions: [], exported: [], events };
  }

  test('is not reached on ways on which a promise settles', () => {
    const [origin, other, called, place] = [{}, {}, {}, {}];
    const settles = (settled: object): Term => ({ ...UP, site: null, origin: settled });
    const event: Term = { kind: 'event', event: 2, site: place };
    const solution = solved(
      moduleOf(
        sequence([
          choice(settles(origin), SKIP),
          choice({ ...UP, site: called, origin: called }, SKIP),
          event,
        ]),
        [place],
      ),
    );
    const without = (...sites: readonly object[]): number =>
      solution.statesWithout(place, { kind: 'settled', sites: new Set(sites) });
    expect(solution.statesAt(place)).toBe(0b111);
    expect(without(other)).toBe(0b111);
    expect(without(origin)).toBe(0b011);
    // What is called there does not settle there.
    expect(without(called)).toBe(0b111);
  });

  test('is not reached by a turn in the states that are cut off', () => {
    const [place, asked] = [{}, {}];
    const decision = { node: asked, asks: 'truthy' } as const;
    const solution = solved(
      moduleOf(
        sequence([
          choice(UP, SKIP),
          { kind: 'branch', test: OPAQUE, then: UP, else: SKIP, decision },
          { kind: 'event', event: 2, site: place },
        ]),
        [place],
      ),
    );
    const without = (states?: number): number => {
      const turn = { kind: 'decided', decision, outcome: true } as const;
      return solution.statesWithout(place, states === undefined ? turn : { ...turn, states });
    };
    expect(solution.statesAt(place)).toBe(0b111);
    expect(without()).toBe(0b011);
    expect(without(0b001)).toBe(0b111);
    expect(without(0b010)).toBe(0b011);
  });

  test('is reached behind what a call that was started does where it is waited for', () => {
    const [place, site] = [{}, {}];
    const callee = {
      functions: [{ ...functionOf(seq(SUSPEND, UP), true).term, id: 1 }],
      parameter: null,
      open: false,
    };
    const call: Call = {
      ...{ kind: 'call', callee, args: [], mode: 'started', exact: false, results: null, site },
    };
    const made = moduleOf(sequence([call, { kind: 'event', event: 2, site: place }]), [place]);
    const solution = solved(made);
    expect(solution.statesAt(place)).toBe(0b001);
    expect(solution.statesWithout(place, { kind: 'started', call })).toBe(0b010);
    expect(solution.statesWithout(place, { kind: 'started', call: { ...call } })).toBe(0b001);
  });

  test('that refers to a function is followed by what comes behind', () => {
    const [referring, place, before] = [{}, {}, {}];
    const callee = { functions: [functionOf(DOWN).term], parameter: null, open: false };
    for (const later of [false, true]) {
      const made = moduleOf(
        sequence([
          { kind: 'event', event: 0, site: before },
          { kind: 'refer', callee, later, site: referring },
          { kind: 'event', event: 2, site: place },
        ]),
      );
      const solution = solved(made);
      const follows = (from: object, site: object): boolean =>
        solution.isFollowed(
          {
            place: from,
            way: { known: new Map(), state: from === before ? 0 : 1 },
            results: null,
          },
          { sites: new Set([site]), as: 'call' },
        );
      expect(follows(referring, place)).toBe(true);
      expect(follows(before, place)).toBe(true);
      expect(follows(referring, before)).toBe(false);
      expect(follows(place, before)).toBe(false);
    }
  });

  test('is followed by nothing where tests come out in a way that does not lead there', () => {
    const [place, behind] = [{}, {}];
    const facts: Test = {
      kind: 'facts',
      whenTrue: [{ atom: 0, holds: true }],
      whenFalse: [{ atom: 0, holds: false }],
    };
    const { term } = functionOf(
      sequence([
        { kind: 'branch', test: facts, then: UP, else: SKIP, decision: null },
        { kind: 'event', event: 2, site: place },
        { kind: 'event', event: 1, site: behind },
      ]),
    );
    const top: FunctionTerm = { ...term, owns: () => true };
    const solution = solved({ top, functions: [], exported: [], events: [place, behind] });
    for (const holds of [true, false]) {
      for (const state of [0, 1]) {
        const isFollowed = solution.isFollowed(
          { place, way: { known: new Map([[0, holds]]), state }, results: null },
          { sites: new Set([behind]), as: 'call' },
        );
        expect(isFollowed).toBe(holds === (state === 1));
      }
    }
  });

  test('leads on from the instance of its function that is asked for', () => {
    const [place, parameter] = [{}, {}];
    const calleeOf = (term: FunctionTerm): Callee => ({
      functions: [term],
      parameter: null,
      open: false,
    });
    let ids = 0;
    const made = (body: Term, parameters: readonly object[] = []): FunctionTerm => ({
      ...functionOf(body).term,
      id: ++ids,
      node: {},
      parameters,
    });
    const call = (callee: Callee, args: readonly Callee[] = []): Call => ({
      ...{ kind: 'call', callee, args, mode: 'awaited', exact: true, results: null, site: {} },
    });
    const inner = made({ kind: 'event', event: 2, site: place });
    const calling = call(calleeOf(inner));
    const given: Callee = { functions: [], parameter, open: false };
    const outer = made(sequence([call(given), calling]), [parameter]);
    const callbacks = [made(UP), made(UP)];
    const top = made(
      callbacks
        .map((callback) => call(calleeOf(outer), [calleeOf(callback)]))
        .reduce<Term>((others, one) => choice(others, one), SKIP),
    );
    const solution = solved({
      ...{ top, functions: [inner, outer, ...callbacks], exported: [], events: [place] },
    });
    const entries = solution.explain(place, 0b010)?.entries ?? [];
    expect(entries).toHaveLength(2);
    const named = entries.map(({ from, in: caller }) => {
      const way = solution.explain(from?.site ?? {}, 0b010, { in: caller, known: new Map() });
      return way?.steps.map((step) => step.kind === 'called' && step.callee.term);
    });
    expect(named).toEqual(callbacks.map((callback) => [callback]));
  });

  test('is not taken to be reached by what is left to run and sets nothing', () => {
    const place = {};
    const left: Protocol = { ...LINGERING, left: () => 0b100 };
    const wayBehind = (body: Term): readonly string[] => {
      const end: Term = { kind: 'event', event: 2, site: place };
      const both = choice(UP_AND_UP, SKIP);
      const made = moduleOf(sequence([{ kind: 'detach', body, promise: null }, both, end]), [
        place,
      ]);
      const solution = solved(made, { space: createSpace(left) });
      return solution.explain(place, 0b100)?.steps.map(({ kind }) => kind) ?? [];
    };
    expect(wayBehind(UP)).toEqual(['event', 'event']);
    expect(wayBehind(UP_AND_UP)).toEqual(['left']);
  });
});

test('a way remembers no more than four variables', () => {
  const taken = [4, 8].map((count) => {
    const loops = Array.from({ length: count }, (_, index) => loopOn(index + 2));
    const { term } = functionOf(sequence([UP, UP, ...loops.map((loop) => loop.term)]));
    const top: FunctionTerm = { ...term, owns: () => true };
    const site = loops[0]?.site ?? {};
    const ways = new Work(10_000_000);
    const made: MadeModule = { top, functions: [], exported: [], events: [site] };
    solved(made, { ways }).explain(site, 0b001);
    return ways.taken;
  });
  const [few = 0, many = 0] = taken;
  expect(many).toBeLessThan(4 * few);
});
