/** React, and what fetches for its components. */

import { EITHER, type After, type Caching, type Library, type Shape, type Step } from './shapes.ts';

const REACT_EXPORTS: Readonly<Record<string, Shape>> = {
  startTransition: { fn: { runs: [{ of: '0', how: 'now' }] } },
  // It is called at the first render, which waits for nothing.
  useMemo: { fn: { runs: [{ of: '0', how: 'now' }], isPassedOn: true, result: { returned: '0' } } },
  // So is what makes a state; a promise that is one stays so where nothing sets it.
  useState: { fn: { runs: [{ of: '0', how: 'now' }], isPassedOn: true, isListed: true } },
  use: {
    fn: { runs: [{ of: '0', how: 'promise' }], isBlocking: true, result: { provided: '0' } },
  },
  createContext: { fn: { result: { isContext: true } } },
  useContext: { fn: { result: { provided: '0' } } },
};

/** What a mutation runs, by the call that made it. */
const MUTATION: readonly Step[] = [
  { of: '^0.onMutate', how: 'once' },
  { of: '^0.mutationFn', how: 'once' },
  { of: '^0.onSuccess', how: 'once' },
  { of: '^0.onError', how: 'once', when: 'rejected' },
  { of: '^0.onSettled', how: 'once', when: 'settled' },
];

/** What is given to the call itself is called by the component, if it is still there. */
const OWN: readonly Step[] = [
  { of: '1.onSuccess', how: 'dropped' },
  { of: '1.onError', how: 'dropped', when: 'rejected' },
  { of: '1.onSettled', how: 'dropped', when: 'settled' },
];

/** All of it has run where a mutation tells of its success. */
const mutated = (starts: After['starts']): Shape => ({
  after: { runs: MUTATION, starts, options: '0' },
});

const MUTATING: Shape = {
  members: {
    mutateAsync: { fn: { runs: [...MUTATION, ...OWN] } },
    mutate: { fn: { runs: [...MUTATION, ...OWN], isDropped: true } },
  },
};

/** What a query keeps, it shares with all that have its key. */
const CACHES: Caching = { key: '0.queryKey', runs: [{ of: '0.queryFn', how: 'once' }] };

/** The same, with what a render has of it. */
const MUTATION_RENDERED: Shape = {
  members: {
    ...MUTATING.members,
    isSuccess: mutated([false, false, false]),
    data: mutated([undefined, undefined, undefined]),
    status: mutated(['idle', 'pending', 'error']),
    isIdle: mutated([true, false, false]),
    isPending: mutated([false, true, false]),
    isError: mutated([false, false, true]),
    error: mutated([null, null, true]),
  },
};

/** It may have what it is asked for already. */
const FETCHES: Shape = { fn: { runs: [{ of: '0.queryFn', how: 'perhaps' }], caches: CACHES } };

const PREFETCHES: Shape = { fn: { ...FETCHES.fn, isCaught: true } };

/** What is put there is given. */
const PUTS: Shape = { fn: { caches: { key: '0', runs: [] } } };

const QUERY_CLIENT: Shape = {
  members: {
    query: FETCHES,
    infiniteQuery: FETCHES,
    fetchQuery: FETCHES,
    fetchInfiniteQuery: FETCHES,
    ensureQueryData: FETCHES,
    ensureInfiniteQueryData: FETCHES,
    prefetchQuery: PREFETCHES,
    prefetchInfiniteQuery: PREFETCHES,
    setQueryData: PUTS,
    setQueriesData: { fn: { caches: { runs: [] } } },
  },
};

/** What is given for a platform, under its name or those that stand for all of them. */
const selected = (platform: string): Shape => ({
  by: {
    ref: `0.${platform}`,
    given: { same: `0.${platform}` },
    otherwise: {
      by: { ref: '0.native', given: { same: '0.native' }, otherwise: { same: '0.default' } },
    },
  },
});

const queried = (starts: After['starts']): Shape => ({
  after: {
    runs: [{ of: '^0.queryFn', how: 'once' }],
    starts,
    unless: ['0.initialData', '0.placeholderData', '0.persister'],
    options: '0',
    isShared: true,
  },
});

/** It is fetched by whoever renders, once it is enabled. */
const USE_QUERY: Shape = {
  fn: { runs: [{ of: '0.queryFn', how: 'later', on: '0.enabled' }], caches: CACHES },
};

/** The same, with what a render has of it. */
const QUERY_RENDERED: Shape = {
  fn: {
    ...USE_QUERY.fn,
    result: {
      members: {
        isSuccess: queried([false, false]),
        data: queried([undefined, undefined]),
        status: queried(['pending', 'error']),
        isPending: queried([true, false]),
        isError: queried([false, true]),
        error: queried([null, true]),
        refetch: {
          fn: {
            runs: [{ of: '^0.queryFn', how: 'once' }],
            isCaught: true,
            unlessTrue: '0.throwOnError',
            tells: 'query',
          },
        },
      },
    },
  },
};

/** What a fetch tells of itself: where there is no key, it is as if nothing were the matter. */
const fetched = (starts: After['starts'], more: Partial<After> = {}): Shape => ({
  after: {
    runs: [{ of: '^1', how: 'once' }],
    starts,
    unless: ['2.fallbackData', '2.fallback', '2.use'],
    options: '2',
    isShared: true,
    ...more,
  },
});

/** What there is where it is sure to fetch. */
const SURELY: Partial<After> = { unless: ['2'], needs: '0' };

/** What SWR has fetched, or was told. */
const USE_SWR: Shape = {
  fn: {
    runs: [{ of: '1', how: 'later', on: '0' }],
    caches: { key: '0', runs: [{ of: '1', how: 'once' }] },
    result: {
      members: {
        data: fetched([undefined, undefined]),
        isLoading: fetched([true, EITHER], SURELY),
        error: fetched([undefined, true], SURELY),
        mutate: { fn: { caches: { key: '^0', runs: [], given: '0' } } },
      },
    },
  },
};

/** `mutate(key, data)`; with the key alone, it is fetched again. */
const MUTATE: Shape = { fn: { caches: { key: '0', runs: [], given: '1' } } };

/** Gives the options that it is given. */
const OPTIONS: Shape = { fn: { result: { same: '0' } } };

/** What is the same for components of all kinds. */
const QUERIES: Readonly<Record<string, Shape>> = {
  QueryClient: { made: QUERY_CLIENT },
  useQueryClient: { fn: { result: QUERY_CLIENT } },
  queryOptions: OPTIONS,
  infiniteQueryOptions: OPTIONS,
  mutationOptions: OPTIONS,
};

export const REACT: readonly Library[] = [
  {
    packages: ['react'],
    shown: [
      "import { startTransition } from 'react';",
      'startTransition(async () => {',
      '  await Intercom.setUserJwt(await fetchJwt());',
      '  await Intercom.present();',
      '});',
    ],
    version: '19.3.1',
    about:
      '`startTransition` calls its action at once; `use` waits for a promise. One that `useMemo(() => init())` or `const [ready] = useState(() => init())` keeps is followed to where it is awaited. What `useContext` and `use` read of a context is what components are seen to provide to it. `useEvent`, `useCallback` and the like are followed wherever they are from.',
    exports: { ...REACT_EXPORTS, default: { members: REACT_EXPORTS } },
  },
  {
    packages: ['@tanstack/react-query'],
    example: [
      "import { useMutation } from '@tanstack/react-query';\nconst { mutateAsync } = useMutation({ mutationFn: () => Intercom.setUserJwt(jwt) });",
      'await mutateAsync();',
    ],
    version: '5.108.4',
    about:
      '`mutateAsync` of `useMutation` runs `onMutate`, `mutationFn`, `onSuccess` or `onError`, and `onSettled`, one after the other. `query`, `fetchQuery`, `ensureQueryData` and `prefetchQuery` of a `QueryClient` call `queryFn` unless they have its result. `useQuery` calls it later, where `enabled` is truthy; its `refetch` calls it at once, and hides a rejection, which tests of what it gives tell (`isSuccess`, `isError`, `error`, `status`). `isSuccess`, `data` and `status` tell that they have run. `@tanstack/query-core`, and the packages for Vue, Svelte and Solid, are known as well, but for the latter.',
    exports: {
      ...QUERIES,
      useMutation: { fn: { result: MUTATION_RENDERED } },
      useQuery: QUERY_RENDERED,
      useInfiniteQuery: QUERY_RENDERED,
      useSuspenseQuery: QUERY_RENDERED,
    },
  },
  {
    packages: [
      '@tanstack/query-core',
      '@tanstack/vue-query',
      '@tanstack/svelte-query',
      '@tanstack/solid-query',
    ],
    version: '5.108.4',
    about: '',
    exports: {
      ...QUERIES,
      useMutation: { fn: { result: MUTATING } },
      useQuery: USE_QUERY,
      useInfiniteQuery: USE_QUERY,
    },
  },
  {
    packages: ['swr', 'swr/immutable'],
    shown: [
      "import useSWR from 'swr';",
      'export const useHelp = (user) => useSWR(user.id, async () => {',
      '  await Intercom.setUserJwt(await fetchJwt());',
      '  await Intercom.updateUser(user);',
      '});',
    ],
    version: '2.5.1',
    about:
      '`useSWR` calls the fetcher later, where the key is truthy. `data` tells that it has run.',
    exports: {
      default: USE_SWR,
      mutate: MUTATE,
      preload: { fn: { caches: { key: '0', runs: [{ of: '1', how: 'once' }] } } },
      useSWRConfig: { fn: { result: { members: { mutate: MUTATE } } } },
    },
  },
  {
    packages: ['swr/mutation'],
    example: [
      "import useSWRMutation from 'swr/mutation';\nconst { trigger } = useSWRMutation('jwt', () => Intercom.setUserJwt(jwt));",
      'await trigger();',
    ],
    version: '2.5.1',
    about: '`trigger` of `useSWRMutation` calls the fetcher.',
    exports: {
      default: {
        fn: {
          result: {
            members: { trigger: { fn: { runs: [{ of: '^1', how: 'once' }], isPassedOn: true } } },
          },
        },
      },
    },
  },
  {
    packages: ['react-native'],
    shown: [
      "import { Platform } from 'react-native';",
      'const ensure = Platform.select({',
      '  ios: () => Intercom.setUserJwt(jwt),',
      '  default: () => Intercom.setUserJwt(jwt),',
      '});',
      'await ensure();',
      'await Intercom.present();',
    ],
    version: '0.88.1',
    about:
      '`Platform.select` gives what it is given for iOS, and what it is given for Android: under the name of the platform, `native`, or `default`.',
    exports: {
      Platform: {
        members: {
          select: {
            fn: { result: { any: [selected('ios'), selected('android')] }, isChoosing: true },
          },
        },
      },
    },
  },
];
