/** Functions with what their parameters hold: which are told apart, and how many. */

import { describe, expect, test, vi } from 'vitest';

import { relationDomain } from '../../src/flow/algebra/domain.ts';
import type { Instance } from '../../src/flow/algebra/summary.ts';
import { Instances } from '../../src/flow/solve/instances.ts';
import { Relevance } from '../../src/flow/solve/relevance.ts';
import { NO_ENV, NOTHING, Tables } from '../../src/flow/solve/tables.ts';
import { Meter, Work } from '../../src/flow/solve/work.ts';
import { SKIP } from '../../src/flow/term/make.ts';
import type { Call, Callee, FunctionTerm, Term } from '../../src/flow/term/term.ts';
import { reachedSites, withClient } from '../helpers/states.ts';
import { functionOf, space } from '../helpers/terms.ts';

const EVENT: Term = { kind: 'event', event: 0, site: {} };

let made = 0;

function termOf(body: Term, parameters: readonly object[] = []): FunctionTerm {
  return { ...functionOf(body).term, id: ++made, node: {}, parameters };
}

function calleeOf(...functions: readonly FunctionTerm[]): Callee {
  return { functions, parameter: null, open: false };
}

function callOf(callee: Callee, args: Call['args']): Call {
  return {
    kind: 'call',
    callee,
    args,
    mode: 'awaited',
    exact: true,
    results: null,
    site: {},
  };
}

function instances(): Instances {
  return new Instances({
    space,
    domain: relationDomain(space),
    helpers: 'every-path',
    relevance: new Relevance(),
    base: NOTHING,
    own: new Tables(),
    meter: new Meter(new Work(1_000_000)),
  });
}

describe('a function that is called', () => {
  const [first, second] = [{}, {}];
  const callback = termOf(EVENT);
  const called = termOf(SKIP, [first, second]);
  const top = termOf(SKIP);

  function bound(all: Instances, args: Call['args']): Instance {
    const from = all.instance(top, NO_ENV);
    return all.bind(all.instance(called, NO_ENV), callOf(calleeOf(called), args), from);
  }

  test('is told apart by which of its parameters holds what', () => {
    const all = instances();
    const one = bound(all, [calleeOf(callback), null]);
    const other = bound(all, [null, calleeOf(callback)]);
    expect(one).not.toBe(other);
    expect([...one.env.keys()]).toEqual([first]);
    expect([...other.env.keys()]).toEqual([second]);
    expect(bound(all, [calleeOf(callback), null])).toBe(one);
  });

  test('is the same where the same is given, and itself where nothing is', () => {
    const all = instances();
    const plain = all.instance(called, NO_ENV);
    expect(bound(all, [])).toBe(plain);
    expect(bound(all, [null, null])).toBe(plain);
    expect(bound(all, [{ functions: [], parameter: null, open: true }])).toBe(plain);
  });

  test('is told apart eight times by what leads to no event, and further by what does', () => {
    const all = instances();
    const inert = Array.from({ length: 12 }, () => bound(all, [calleeOf(termOf(SKIP))]));
    expect(new Set(inert).size).toBe(8 + 1);
    expect(inert.slice(8).every(({ env }) => env.size === 0)).toBe(true);
    const active = Array.from({ length: 12 }, () => bound(all, [calleeOf(termOf(EVENT))]));
    expect(new Set(active).size).toBe(12);
    // Of two, the one is left out.
    const both = bound(all, [calleeOf(termOf(EVENT)), calleeOf(termOf(SKIP))]);
    expect([...both.env.keys()]).toEqual([first]);
  });
});

/** How many steps it takes to solve a module. */
function stepsOf(source: string): number {
  const take = vi.spyOn(Work.prototype, 'take');
  try {
    reachedSites(withClient(source));
    return take.mock.calls.reduce((sum, [steps = 1]) => sum + steps, 0);
  } finally {
    take.mockRestore();
  }
}

describe('the work is bounded', () => {
  test('where a function is given what it makes of what it is given', () => {
    const steps = stepsOf(`const keep = (f) => () => f();
function again(f) { f(); again(keep(f)); }
export function go() { again(() => Intercom.present()); }`);
    expect(steps).toBeLessThan(3000);
  });

  test('where many functions are referred to together in many places', () => {
    const source = (places: number): string => `const all = {
  ${Array.from({ length: 100 }, (_, index) => `f${String(index)}() { Intercom.present(); }`).join(',\n  ')}
};
export function go(use) {
  ${'use(all);\n  '.repeat(places)}
}`;
    const [few, many] = [stepsOf(source(10)), stepsOf(source(210))];
    // So many for each place, and none for each of the functions there.
    expect((many - few) / 200).toBeLessThan(60);
  });

  test.each(['work();', 'setTimeout(() => work());'])(
    'where much comes behind what many places leave to run later: %s',
    (left) => {
      const source = (behind: number): string => `async function work() {
  await f();
  Intercom.present();
}
export async function go() {
  ${left.repeat(60)}
  ${'await f();'.repeat(behind)}
  await Intercom.logout();
}`;
      const [few, many] = [stepsOf(source(500)), stepsOf(source(2000))];
      // What comes behind is gone through for some of the places.
      expect(few).toBeGreaterThan(60 * 500);
      expect(many - few).toBeLessThan(20 * 1500 * 5);
    },
  );
});

test('each of many functions that are referred to together is entered', () => {
  const methods = Array.from(
    { length: 20 },
    (_, index) => `f${String(index)}() { Intercom.present(); }`,
  );
  const sites = reachedSites(
    withClient(`const all = { ${methods.join(', ')} };\nexport function go(use) { use(all); }`),
  );
  expect(sites.map(({ states }) => states)).toEqual(methods.map(() => ['unset']));
});

test.each([1, 2, 3, 4, 5])(
  'what was made %s times is known behind what was made many times',
  (times) => {
    const kept = Array.from(
      { length: 8 },
      (_, index) => `const kept${String(index + 1)} = keep(kept${String(index)});`,
    );
    const sites = reachedSites(
      withClient(`const keep = (f) => async () => { await f(); };
const kept0 = async () => { await Intercom.setUserJwt(token()); };
${kept.join('\n')}
export async function go() {
  await kept8();
  await Intercom.logout();
  await kept${String(times)}();
  await Intercom.present();
}`),
      { helpers: 'every-path' },
    );
    expect(sites.at(-1)?.states).toEqual(['fresh']);
  },
);
