/** Modules made at random: functions that call each other, hand each other on, and are referred to. */

import fc from 'fast-check';

import {
  constantTest,
  createLabel,
  MAY_THROW,
  OPAQUE,
  RAISE,
  SKIP,
} from '../../src/flow/term/make.ts';
import {
  RESULT_KINDS,
  type Call,
  type Callee,
  type Changing,
  type Decision,
  type Fact,
  type FunctionTerm,
  type Label,
  type Returns,
  type Term,
  type Test,
} from '../../src/flow/term/term.ts';
import { returnLabels } from './terms.ts';

/** What is the same for all functions of a module. */
export const SHARED_ATOMS = [0, 1] as const;

/** How many functions there are beside the module. */
const FUNCTIONS = 3;

/** The events of the protocol. */
const EVENTS = 3;

export interface MadeModule {
  readonly top: FunctionTerm;
  readonly functions: readonly FunctionTerm[];
  readonly exported: readonly Callee[];
  /** The places of events, but for those in what is left to run later. */
  readonly events: readonly object[];
}

/** What a term is made in. */
interface Around {
  readonly functions: readonly FunctionTerm[];
  readonly parameter: object | null;
  readonly own: Own;
  readonly returns: Returns;
  readonly events: object[];
}

/** What a function asks of its own variables: of one that it assigns to, and of one of a loop. */
export interface Own {
  readonly changing: Changing;
  readonly varying: number;
}

type Made<T> = (around: Around) => T;

export interface Parts {
  /** Whether loops have variables of their own that are tested. */
  readonly varies: boolean;
  /** Whether something is left to run later. */
  readonly detaches: boolean;
  /** Whether functions are called that are seen. */
  readonly calls: boolean;
  /** Whether there is a `finally`. */
  readonly finalizers: boolean;
}

/** A label's name tells how deep it lies, so that no block hides one around it. */
const LABELS: readonly Label[] = [0, 1, 2].map((depth) => createLabel(`L${String(depth)}`));

const fixed = <T>(made: T): fc.Arbitrary<Made<T>> => fc.constant(() => made);

const event: fc.Arbitrary<Made<Term>> = fc.nat(EVENTS - 1).map((which) => ({ events }) => {
  const site = {};
  events.push(site);
  return { kind: 'event', event: which, site };
});

const callee: fc.Arbitrary<Made<Callee>> = fc
  .record({
    which: fc.subarray(
      Array.from({ length: FUNCTIONS }, (_, index) => index),
      { maxLength: 2 },
    ),
    takes: fc.boolean(),
    open: fc.boolean(),
  })
  .map(({ which, takes, open }) => ({ functions, parameter }) => ({
    functions: functions.filter((_, index) => which.includes(index)),
    parameter: takes ? parameter : null,
    open: open || which.length === 0,
  }));

/** A function that is not seen. */
const UNKNOWN: Callee = { functions: [], parameter: null, open: true };

const call: fc.Arbitrary<Made<Call>> = fc
  .record({ callee, argument: fc.option(callee) })
  .map(({ callee: called, argument }) => (around: Around) => ({
    kind: 'call' as const,
    callee: called(around),
    args: [argument === null ? null : argument(around)],
    mode: 'awaited' as const,
    exact: true,
    results: null,
    site: {},
  }));

const kinds = fc
  .subarray([...RESULT_KINDS], { minLength: 1, maxLength: RESULT_KINDS.length - 1 })
  .map((some) => new Set(some));

function facts({ varies }: Parts): fc.Arbitrary<Made<Fact>> {
  return fc
    .record({
      which: fc.constantFrom('first', 'second', 'changing', ...(varies ? ['varying'] : [])),
      holds: fc.boolean(),
    })
    .map(({ which, holds }) => ({ own }) => {
      const [first, second] = SHARED_ATOMS;
      const own_ = which === 'changing' ? own.changing.atom : own.varying;
      return { atom: which === 'first' ? first : which === 'second' ? second : own_, holds };
    });
}

/** The arbitraries of tests and terms that hold so much, within so many blocks. */
class Arbitraries {
  readonly #parts: Parts;
  readonly #fact: fc.Arbitrary<Made<Fact>>;
  readonly #call: fc.Arbitrary<Made<Call>>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#fact = facts(parts);
    this.#call = parts.calls
      ? call
      : call.map((made) => (around) => ({ ...made(around), callee: UNKNOWN }));
  }

  #test(fuel: number, depth: number): fc.Arbitrary<Made<Test>> {
    const leaf: fc.Arbitrary<Made<Test>> = fc.oneof(
      fixed<Test>(OPAQUE),
      fc.boolean().map((outcome) => () => constantTest(outcome)),
      {
        weight: 3,
        arbitrary: this.#fact.map((fact) => (around: Around): Test => {
          const { atom, holds } = fact(around);
          return {
            kind: 'facts',
            whenTrue: [{ atom, holds }],
            whenFalse: [{ atom, holds: !holds }],
          };
        }),
      },
      fc
        .record({ call: this.#call, kinds })
        .map(({ call: made, kinds: asked }) => (around: Around): Test => ({
          kind: 'result',
          call: made(around),
          kinds: asked,
        })),
    );
    if (fuel <= 0) return leaf;
    const inner = this.#test(fuel - 1, depth);
    return fc.oneof(
      { weight: 2, arbitrary: leaf },
      inner.map((test) => (around: Around): Test => ({ kind: 'not', test: test(around) })),
      fc
        .record({ kind: fc.constantFrom('and', 'or'), left: inner, right: inner })
        .map(({ kind, left, right }) => (around: Around): Test => ({
          kind,
          left: left(around),
          right: right(around),
        })),
      fc
        .record({ effect: this.term(fuel - 1, depth), test: inner })
        .map(({ effect, test }) => (around: Around): Test => ({
          kind: 'after',
          effect: effect(around),
          test: test(around),
        })),
    );
  }

  term(fuel: number, depth: number): fc.Arbitrary<Made<Term>> {
    const leaf: fc.Arbitrary<Made<Term>> = fc.oneof(
      { weight: 4, arbitrary: event },
      { weight: 3, arbitrary: this.#call },
      fc.constantFrom<Term>(SKIP, MAY_THROW, RAISE).map((one) => () => one),
      fc.nat(depth + 2).map((which) => ({ returns }: Around): Term => {
        const labels = [...LABELS.slice(0, depth), returns.any, returns.true, returns.falsy];
        return { kind: 'exit', label: labels[which] ?? returns.any };
      }),
      callee.map((made) => (around: Around): Term => ({
        kind: 'refer',
        callee: made(around),
        later: this.#parts.detaches,
        site: {},
      })),
      fc.option(fc.boolean()).map((holds) => ({ own: { changing } }: Around): Term => ({
        kind: 'assign',
        changes: [changing],
        facts: holds === null ? [] : [{ atom: changing.atom, holds }],
      })),
      this.#fact.map((fact) => (around: Around): Term => ({
        kind: 'assume',
        facts: [fact(around)],
      })),
    );
    if (fuel <= 0) return leaf;
    const inner = this.term(fuel - 1, depth);
    const label = LABELS[depth];
    const test = this.#test(fuel - 1, depth);
    return fc.oneof(
      leaf,
      {
        weight: 4,
        arbitrary: fc
          .array(inner, { minLength: 2, maxLength: 4 })
          .map((terms) => (around: Around): Term => ({
            kind: 'seq',
            terms: terms.map((one) => one(around)),
          })),
      },
      {
        weight: 2,
        arbitrary: fc
          .record({ test, then: inner, else: inner, isTold: fc.boolean() })
          .map((parts) => (around: Around): Term => ({
            kind: 'branch',
            test: parts.test(around),
            then: parts.then(around),
            else: parts.else(around),
            decision: parts.isTold ? decision() : null,
          })),
      },
      ...(label === undefined
        ? []
        : [
            this.term(fuel - 1, depth + 1).map((body) => (around: Around): Term => ({
              kind: 'block',
              label,
              body: body(around),
            })),
            // A loop that can be left.
            this.term(fuel - 1, depth + 1).map((body) => (around: Around): Term => ({
              kind: 'block',
              label,
              body: {
                kind: 'loop',
                body: {
                  kind: 'branch',
                  test: OPAQUE,
                  then: body(around),
                  else: { kind: 'exit', label },
                  decision: decision(),
                },
                varies: (atom) => this.#parts.varies && atom === around.own.varying,
              },
            })),
          ]),
      fc
        .record({
          body: inner,
          handler: fc.option(inner),
          finalizer: this.#parts.finalizers ? fc.option(inner) : fc.constant(null),
        })
        .map(({ body, handler, finalizer }) => (around: Around): Term => ({
          kind: 'try',
          body: body(around),
          handler: handler === null ? null : handler(around),
          finalizer: finalizer === null ? null : finalizer(around),
          site: {},
          finalSite: {},
        })),
      fc
        .record({
          cases: fc.array(fc.record({ test, body: fc.nat(1) }), { maxLength: 2 }),
          bodies: fc.tuple(inner, inner),
          otherwise: fc.nat(2),
        })
        .map(({ cases, bodies, otherwise }) => (around: Around): Term => ({
          kind: 'switch',
          cases: cases.map((one) => ({
            test: one.test(around),
            body: one.body,
            decision: decision(),
          })),
          bodies: bodies.map((one) => one(around)),
          otherwise,
        })),
      ...(this.#parts.detaches
        ? [
            inner.map((body) => (around: Around): Term => ({
              kind: 'detach',
              body: body({ ...around, events: [] }),
              promise: null,
            })),
          ]
        : []),
    );
  }
}

function decision(): Decision {
  return { node: {}, asks: 'truthy' };
}

/** A module of functions that are made of such parts. */
export function anyModule(parts: Parts): fc.Arbitrary<MadeModule> {
  const body = new Arbitraries(parts).term(3, 0);
  return fc
    .record({
      top: body,
      bodies: fc.array(body, { minLength: FUNCTIONS, maxLength: FUNCTIONS }),
      exported: callee,
    })
    .map(({ top, bodies, exported }) => {
      const events: object[] = [];
      const functions: FunctionTerm[] = [];
      for (const [index, made] of bodies.entries()) {
        functions.push(functionOf(index + 1, { name: `p${String(index)}` }, made));
      }
      const module = functionOf(0, null, top);
      // All events are known once all bodies are made.
      const all = [module, ...functions].map(shown);
      const given = exported({
        functions,
        parameter: null,
        own: ownOf(0),
        returns: module.returns,
        events: [],
      });
      return {
        top: module,
        functions,
        exported: [{ ...given, open: true }],
        events,
        [fc.toStringMethod]: () => all.join('\n'),
      };

      function functionOf(id: number, parameter: object | null, make: Made<Term>): FunctionTerm {
        const own = ownOf(id);
        const { atom, before, between } = own.changing;
        const owned = new Set([atom, before, between, own.varying]);
        const returns = returnLabels();
        let known: Term | null = null;
        return {
          id,
          name: `f${String(id)}`,
          node: {},
          isAsync: false,
          isGenerator: false,
          isBegun: true,
          canLead: true,
          parameters: parameter === null ? [] : [parameter],
          get body() {
            return (known ??= make({ functions, parameter, own, returns, events }));
          },
          returns,
          owns: (one) => owned.has(one),
          takes: () => false,
          sees: (one) => one === 0 || one === 1,
          isWithin: () => false,
          defaultOf: () => null,
          follows: () => false,
        };
      }
    });
}

/** A function as it is printed where a law does not hold. */
function shown({ name, body }: FunctionTerm): string {
  const leaveOut = new Set([
    'kind',
    'node',
    'mode',
    'exact',
    'results',
    'open',
    'asks',
    'finalSite',
  ]);
  return `${name}: ${JSON.stringify(body, (key, value: unknown) => {
    if (leaveOut.has(key) && key !== 'kind') return undefined;
    if (key === 'functions') return (value as readonly FunctionTerm[]).map((one) => one.name);
    if (value instanceof Set) return [...(value as Set<unknown>)];
    return value;
  })}`;
}

/** The atoms of a function's own. */
export function ownOf(id: number): Own {
  const first = 10 * (id + 1);
  return {
    changing: { atom: first, before: first + 1, between: first + 2 },
    varying: first + 3,
  };
}
