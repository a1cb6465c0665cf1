/** Locks, queues, retries and other helpers for asynchronous code. */

import type { Library, Shape } from './shapes.ts';

/** Runs its first argument in its turn, and gives what that gives. */
const RUNS_FIRST: Shape = { fn: { runs: [{ of: '0', how: 'once' }], isPassedOn: true } };

/** A limit, which runs what it is given in its turn, and a function for each of a list. */
const LIMIT: Shape = {
  ...RUNS_FIRST,
  members: { map: { fn: { runs: [{ of: '1', how: 'many' }] } } },
};

const LOCK: Shape = { members: { runExclusive: RUNS_FIRST } };

/** Has what was given to the call before run once, and gives the same promise again. */
const KEPT: Shape = { fn: { runs: [{ of: '^0', how: 'kept' }] } };

const MEMOIZED: Shape = { fn: { result: KEPT } };

/** Has it run at some time, and does not wait. */
const DELAYED: Shape = {
  fn: { result: { fn: { runs: [{ of: '^0', how: 'later' }] } } },
};

const SPAN: Shape = { fn: { runs: [{ of: '1', how: 'now' }], isPassedOn: true } };

/** `withScope(callback)`, or with something before the callback. */
const SCOPE: Shape = {
  fn: {
    runs: [
      { of: '0', how: 'now' },
      { of: '1', how: 'now' },
    ],
    isPassedOn: true,
  },
};

const LODASH: Readonly<Record<string, Shape>> = {
  once: MEMOIZED,
  memoize: MEMOIZED,
  // Its first call runs at once, and the calls soon after it give the same.
  throttle: MEMOIZED,
  debounce: DELAYED,
};

export const ASYNC: readonly Library[] = [
  {
    packages: ['async-mutex'],
    example: [
      "import { Mutex } from 'async-mutex';\nconst mutex = new Mutex();",
      'await mutex.runExclusive(() => Intercom.setUserJwt(jwt));',
    ],
    version: '0.5.0',
    about:
      '`runExclusive` of a `Mutex` or a `Semaphore` calls its callback once it has the lock, and gives what that gives.',
    exports: {
      Mutex: { made: LOCK },
      Semaphore: { made: LOCK },
      withTimeout: { fn: { result: LOCK } },
      tryAcquire: { fn: { result: LOCK } },
    },
  },
  {
    packages: ['async-lock'],
    example: [
      "import AsyncLock from 'async-lock';\nconst lock = new AsyncLock();",
      "await lock.acquire('jwt', () => Intercom.setUserJwt(jwt));",
    ],
    version: '1.5.0',
    about:
      '`acquire(key, callback)` calls its callback once it has the lock, and waits for it; for one that takes `done`, until it calls that. Where it is given another function behind that, that one is called in the end, and nobody can wait.',
    exports: {
      default: {
        made: {
          members: {
            acquire: {
              fn: {
                runs: [
                  { of: '1', how: 'once', mayTell: true },
                  { of: '2', how: 'called', isErrorFirst: true },
                  { of: '2', how: 'called', isErrorFirst: true, when: 'rejected' },
                ],
                isPassedOn: true,
                isDropped: '2',
              },
            },
          },
        },
      },
    },
  },
  {
    packages: ['p-queue'],
    example: [
      "import PQueue from 'p-queue';\nconst queue = new PQueue();",
      'await queue.add(() => Intercom.setUserJwt(jwt));',
    ],
    version: '9.3.5',
    about: '`add` calls its task in its turn, and `addAll` each of them.',
    exports: {
      default: {
        made: {
          members: {
            add: RUNS_FIRST,
            addAll: { fn: { runs: [{ of: '0.*', how: 'once' }] } },
          },
        },
      },
    },
  },
  {
    packages: ['p-limit'],
    example: [
      "import pLimit from 'p-limit';\nconst limit = pLimit(1);",
      'await limit(() => Intercom.setUserJwt(jwt));',
    ],
    version: '7.3.3',
    about:
      'A limit calls its first argument in its turn, and `map` of one its second for each of a list.',
    exports: {
      default: { fn: { result: LIMIT } },
      limitFunction: {
        fn: { result: { fn: { runs: [{ of: '^0', how: 'once' }], isPassedOn: true } } },
      },
    },
  },
  {
    packages: ['p-retry'],
    example: ["import pRetry from 'p-retry';", 'await pRetry(() => Intercom.setUserJwt(jwt));'],
    version: '7.1.1',
    about:
      'Its callback is called again after each rejection, until it is fulfilled or the last try is rejected.',
    exports: {
      default: { fn: { runs: [{ of: '0', how: 'retried' }], isPassedOn: true } },
      makeRetriable: {
        fn: { result: { fn: { runs: [{ of: '^0', how: 'retried' }], isPassedOn: true } } },
      },
    },
  },
  {
    packages: ['p-timeout'],
    example: [
      "import pTimeout from 'p-timeout';",
      'await pTimeout(Intercom.setUserJwt(jwt), { milliseconds: 500 });',
    ],
    version: '7.0.2',
    about:
      'The promise that it is given is waited for; where it takes too long, the fallback is called, or the call is rejected, but for `message: false`.',
    exports: {
      default: {
        fn: { runs: [{ of: '0', how: 'promise', unless: '1.fallback', unlessFalse: '1.message' }] },
      },
    },
  },
  {
    packages: ['p-memoize'],
    example: [
      "import pMemoize from 'p-memoize';\nconst ensure = pMemoize(() => Intercom.setUserJwt(jwt));",
      'await ensure();',
    ],
    version: '8.0.0',
    about:
      'The memoized function calls its own the first time, and gives the same promise again. A `logout()` in between is seen.',
    exports: { default: MEMOIZED },
  },
  {
    packages: ['lodash', 'lodash-es'],
    example: [
      "import { once } from 'lodash';\nconst ensure = once(() => Intercom.setUserJwt(jwt));",
      'await ensure();',
    ],
    version: '4.18.1',
    about:
      '`once`, `memoize` and `throttle` give a function that calls its own the first time, and gives the same promise again. One of `debounce` calls it later, which nobody waits for.',
    exports: { ...LODASH, default: { members: LODASH } },
  },
  ...Object.entries(LODASH).map(([name, shape]): Library => ({
    packages: [
      `lodash/${name}`,
      `lodash-es/${name}`,
      `lodash/${name}.js`,
      `lodash-es/${name}.js`,
      `lodash.${name}`,
    ],
    version: '4.18.1',
    about: '',
    exports: { default: shape },
  })),
  {
    packages: [
      '@sentry/react-native',
      '@sentry/react',
      '@sentry/browser',
      '@sentry/core',
      '@sentry/node',
      '@sentry/capacitor',
    ],
    example: [
      "import * as Sentry from '@sentry/react-native';",
      "await Sentry.startSpan({ name: 'jwt' }, () => Intercom.setUserJwt(jwt));",
    ],
    version: '11.12.0',
    about:
      '`startSpan`, `startSpanManual`, `withScope`, `withIsolationScope` and the like call their callback at once, and give what it gives.',
    exports: {
      startSpan: SPAN,
      startSpanManual: SPAN,
      startNewTrace: { fn: { runs: [{ of: '0', how: 'now' }], isPassedOn: true } },
      suppressTracing: { fn: { runs: [{ of: '0', how: 'now' }], isPassedOn: true } },
      continueTrace: SPAN,
      withActiveSpan: SPAN,
      withScope: SCOPE,
      withIsolationScope: SCOPE,
    },
  },
  {
    packages: ['react-native-background-fetch'],
    shown: [
      "import BackgroundFetch from 'react-native-background-fetch';",
      'BackgroundFetch.configure({}, async (task) => {',
      '  await Intercom.setUserJwt(await fetchJwt());',
      '  await Intercom.updateUser(user);',
      '  BackgroundFetch.finish(task);',
      '});',
    ],
    version: '4.4.2',
    about: '`configure` has its callbacks called by the system, later.',
    exports: {
      default: {
        members: {
          configure: {
            fn: {
              runs: [
                { of: '1', how: 'later' },
                { of: '2', how: 'later' },
              ],
            },
          },
        },
      },
    },
  },
  {
    packages: ['expo-task-manager'],
    shown: [
      "import { defineTask } from 'expo-task-manager';",
      "defineTask('help', async () => {",
      '  await Intercom.setUserJwt(await fetchJwt());',
      '  await Intercom.updateUser(user);',
      '});',
    ],
    version: '58.0.4',
    about: '`defineTask` has its callback called by the system, later.',
    exports: { defineTask: { fn: { runs: [{ of: '1', how: 'later' }] } } },
  },
];
