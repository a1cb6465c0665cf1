/** Values that stand for work to be done: observables, effects, results and machines. */

import type { Library, Making, Ref, Shape, Step } from './shapes.ts';

/** What a pipe is given, one after the other. */
const OPERATORS: readonly Step[] = [
  ...Array.from({ length: 9 }, (_, index): Step => ({
    of: `^${String(index)}`,
    how: 'once',
    isKnown: true,
  })),
  // More of them are not told apart.
  { of: '^9', how: 'unknown' },
];

const PIPE: Shape = { fn: { result: () => PIPED } };

/** Runs what is before it, and then a function for what that gives. */
const SUBSCRIBE: Shape = {
  fn: {
    runs: [
      { of: '@', how: 'once' },
      { of: '0', how: 'dropped' },
      { of: '0.next', how: 'dropped' },
      { of: '0.complete', how: 'dropped' },
      { of: '0.error', how: 'dropped', when: 'rejected' },
      { of: '1', how: 'dropped', when: 'rejected' },
    ],
    isDropped: true,
  },
};

const OBSERVING: Readonly<Record<string, Shape>> = { pipe: PIPE, subscribe: SUBSCRIBE };

const PIPED: Shape = {
  fn: { runs: [{ of: '^@', how: 'once' }, ...OPERATORS], isPassedOn: true },
  members: OBSERVING,
};

/** Waits for the promise, or the observable, that its function gives. */
const FLATTENS: Shape = {
  fn: { result: { fn: { runs: [{ of: '^0', how: 'once', isFlat: true }], isPassedOn: true } } },
};

/** Its function is called, and what that gives is handed on. */
const LOOKS: Shape = { fn: { result: { fn: { runs: [{ of: '^0', how: 'dropped' }] } } } };

/** Nothing comes through it that did not come from before. */
const PASSES: Shape = { fn: { result: { fn: { runs: [] } } } };

const OF_OBSERVABLES: Readonly<Record<string, Shape>> = {
  ...Object.fromEntries(
    ['switchMap', 'concatMap', 'mergeMap', 'exhaustMap', 'flatMap'].map((name) => [name, FLATTENS]),
  ),
  ...Object.fromEntries(['tap', 'map', 'filter', 'finalize'].map((name) => [name, LOOKS])),
  ...Object.fromEntries(
    [
      'take',
      'delay',
      'share',
      'shareReplay',
      'observeOn',
      'subscribeOn',
      'distinctUntilChanged',
      'debounceTime',
      'throttleTime',
    ].map((name) => [name, PASSES]),
  ),
};

const FIRST_VALUE: Shape = {
  fn: {
    runs: [
      { of: '0', how: 'once' },
      { of: '1.defaultValue', how: 'unknown' },
    ],
    isPassedOn: true,
  },
};

const EFFECT: Readonly<Record<string, Shape>> = { pipe: { fn: { result: () => PIPED_EFFECT } } };

const PIPED_EFFECT: Shape = {
  fn: { runs: [{ of: '^@', how: 'once' }, ...OPERATORS], isPassedOn: true },
  members: EFFECT,
  isAwaitable: true,
};

/** An effect that calls its function, and waits. */
const EFFECT_OF: Shape = {
  fn: { runs: [{ of: '^0', how: 'once' }], isPassedOn: true },
  members: EFFECT,
  isAwaitable: true,
};

const TRY: Shape = {
  fn: {
    runs: [
      { of: '^0', how: 'once' },
      { of: '^0.try', how: 'once' },
    ],
  },
  members: EFFECT,
  isAwaitable: true,
};

/** `andThen(next)`, or `andThen(effect, next)`. */
const THEN: Shape = {
  fn: {
    result: {
      by: {
        ref: '1',
        given: {
          fn: {
            runs: [
              { of: '^0', how: 'once', isKnown: true },
              { of: '^1', how: 'once', isFlat: true },
            ],
            isPassedOn: true,
          },
          members: EFFECT,
          isAwaitable: true,
        },
        otherwise: { fn: { runs: [{ of: '^0', how: 'once', isFlat: true }], isPassedOn: true } },
      },
    },
  },
};

const RUN_PROMISE: Shape = { fn: { runs: [{ of: '0', how: 'once' }], isPassedOn: true } };

const RESULT_TELLS = { fulfilled: 'isOk', rejected: 'isErr' } as const;

/** Runs its function where all before it came out well, and hides a rejection in what it gives. */
const NEXT: Shape = {
  fn: {
    result: () => ({
      fn: {
        runs: [
          { of: '^@', how: 'once', isRaw: true },
          { of: '^0', how: 'once', isFlat: true },
        ],
        isCaught: true,
        tells: RESULT_TELLS,
      },
      members: RESULT,
      isAwaitable: true,
    }),
  },
};

/** The same, where what its function gives is not waited for. */
const TEE: Shape = {
  fn: {
    result: () => ({
      fn: {
        runs: [
          { of: '^@', how: 'once', isRaw: true },
          { of: '^0', how: 'dropped' },
        ],
        isCaught: true,
        tells: RESULT_TELLS,
      },
      members: RESULT,
      isAwaitable: true,
    }),
  },
};

const RESULT: Readonly<Record<string, Shape>> = {
  andThen: NEXT,
  andThrough: NEXT,
  map: NEXT,
  andTee: TEE,
};

const FROM_PROMISE: Shape = {
  fn: {
    result: {
      fn: {
        runs: [
          { of: '^0', how: 'promise' },
          { of: '^1', how: 'dropped', when: 'rejected' },
        ],
        isCaught: true,
        tells: RESULT_TELLS,
      },
      members: RESULT,
      isAwaitable: true,
    },
  },
};

const ACTIONS: readonly Ref[] = ['^0.actions', '1.actions'];

const INVOKES: Making = {
  each: '0.**.invoke',
  runs: [
    { of: 'src', how: 'once', named: ['^0.actors', '1.actors'] },
    { of: 'onDone.actions', how: 'dropped', named: ACTIONS },
    { of: 'onError.actions', how: 'dropped', when: 'rejected', named: ACTIONS },
  ],
};

const CREATE_MACHINE: Shape = { fn: { makes: INVOKES, result: {} } };

const EFFECTS: Readonly<Record<string, Shape>> = {
  promise: { fn: { result: EFFECT_OF } },
  tryPromise: { fn: { result: TRY } },
  sync: { fn: { result: EFFECT_OF } },
  gen: { fn: { result: EFFECT_OF } },
  andThen: THEN,
  flatMap: THEN,
  tap: THEN,
  runPromise: RUN_PROMISE,
};

export const STREAMS: readonly Library[] = [
  {
    packages: ['rxjs', 'rxjs/operators'],
    example: [
      "import { firstValueFrom, from, switchMap } from 'rxjs';",
      'await firstValueFrom(from(fetchJwt()).pipe(switchMap((jwt) => Intercom.setUserJwt(jwt))));',
    ],
    version: '7.8.2',
    about:
      '`firstValueFrom` and `lastValueFrom` wait for what `from(promise)` or `defer(callback)` gives, and for each step of its `pipe`: `switchMap`, `concatMap`, `mergeMap` and `exhaustMap` for what their functions give, `tap`, `map` and `filter` for nothing. `subscribe` runs the same, and nobody waits. An operator that is not known may let through what did not come from before it.',
    exports: {
      from: {
        fn: {
          result: {
            fn: { runs: [{ of: '^0', how: 'promise' }], isPassedOn: true },
            members: OBSERVING,
          },
        },
      },
      defer: {
        fn: {
          result: {
            fn: { runs: [{ of: '^0', how: 'once', isFlat: true }], isPassedOn: true },
            members: OBSERVING,
          },
        },
      },
      ...OF_OBSERVABLES,
      firstValueFrom: FIRST_VALUE,
      lastValueFrom: FIRST_VALUE,
    },
  },
  {
    packages: ['effect', 'effect/Effect'],
    example: [
      "import { Effect } from 'effect';\nconst ensure = Effect.promise(() => Intercom.setUserJwt(jwt));",
      'await Effect.runPromise(ensure);',
    ],
    version: '4.1.0',
    about:
      '`Effect.runPromise` runs an effect: of `promise`, `tryPromise`, `sync`, of the steps of a `pipe` or of `andThen`, `flatMap` and `tap`, and of the generator of `gen`, which waits at each `yield*`. A step that is not known may go on in spite of what stands before it.',
    exports: { ...EFFECTS, Effect: { members: EFFECTS } },
  },
  {
    packages: ['neverthrow'],
    shown: [
      "import { ResultAsync } from 'neverthrow';",
      'const result = await ResultAsync.fromPromise(Intercom.setUserJwt(jwt), String);',
      'if (result.isOk()) await Intercom.present();',
    ],
    version: '8.2.0',
    about:
      'A `ResultAsync` waits for its promise, and calls what `andThen`, `andThrough` and `map` are given where that is fulfilled. What it gives hides a rejection, which `isOk()` and `isErr()` tell.',
    exports: {
      ResultAsync: { members: { fromPromise: FROM_PROMISE, fromSafePromise: FROM_PROMISE } },
      fromPromise: FROM_PROMISE,
      fromSafePromise: FROM_PROMISE,
    },
  },
  {
    packages: ['xstate'],
    shown: [
      "import { createMachine, fromPromise } from 'xstate';",
      'export const machine = createMachine({ invoke: {',
      '  src: fromPromise(async () => { await Intercom.setUserJwt(await fetchJwt()); }),',
      '  onDone: { actions: () => { void Intercom.present(); } },',
      '} });',
    ],
    version: '5.33.3',
    about:
      'Of each `invoke` of a machine, the actions of `onDone` run behind the promise of `fromPromise`, by the name that `setup` gives it, too, and those of `onError` where it is rejected. Actions that have a name are entered there alone, where all of the machine is written in one place that names them nowhere else.',
    exports: {
      fromPromise: { fn: { result: { fn: { runs: [{ of: '^0', how: 'once' }] } } } },
      createMachine: CREATE_MACHINE,
      setup: { fn: { result: { members: { createMachine: CREATE_MACHINE } } } },
    },
  },
];
