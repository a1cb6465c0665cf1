/** React, and what fetches for its components. */

import type { Library, Shape, Step } from './shapes.ts';

const REACT_EXPORTS: Readonly<Record<string, Shape>> = {
  startTransition: { fn: { runs: [{ of: '0', how: 'now' }] } },
  use: { fn: { runs: [{ of: '0', how: 'promise' }], isBlocking: true } },
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

const MUTATING: Shape = {
  members: {
    mutateAsync: { fn: { runs: [...MUTATION, ...OWN] } },
    mutate: { fn: { runs: [...MUTATION, ...OWN], isDropped: true } },
  },
};

/** It may have what it is asked for already. */
const FETCHES: Shape = { fn: { runs: [{ of: '0.queryFn', how: 'perhaps' }] } };

const QUERY_CLIENT: Shape = {
  members: {
    query: FETCHES,
    infiniteQuery: FETCHES,
    fetchQuery: FETCHES,
    fetchInfiniteQuery: FETCHES,
    ensureQueryData: FETCHES,
    ensureInfiniteQueryData: FETCHES,
    prefetchQuery: { fn: { runs: [{ of: '0.queryFn', how: 'perhaps' }], isCaught: true } },
    prefetchInfiniteQuery: { fn: { runs: [{ of: '0.queryFn', how: 'perhaps' }], isCaught: true } },
  },
};

/** It is fetched by whoever renders, once it is enabled. */
const USE_QUERY: Shape = { fn: { runs: [{ of: '0.queryFn', how: 'later', on: '0.enabled' }] } };

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
      '`startTransition` calls its action at once; `use` waits for a promise. `useEvent`, `useCallback` and the like are followed wherever they are from.',
    exports: { ...REACT_EXPORTS, default: { members: REACT_EXPORTS } },
  },
  {
    packages: [
      '@tanstack/react-query',
      '@tanstack/query-core',
      '@tanstack/vue-query',
      '@tanstack/svelte-query',
      '@tanstack/solid-query',
    ],
    example: [
      "import { useMutation } from '@tanstack/react-query';\nconst { mutateAsync } = useMutation({ mutationFn: () => Intercom.setUserJwt(jwt) });",
      'await mutateAsync();',
    ],
    version: '5.108.4',
    about:
      '`mutateAsync` of `useMutation` runs `onMutate`, `mutationFn`, `onSuccess` or `onError`, and `onSettled`, one after the other. `query`, `fetchQuery`, `ensureQueryData` and `prefetchQuery` of a `QueryClient` call `queryFn` unless they have its result. `useQuery` calls it later, where `enabled` is truthy.',
    exports: {
      useMutation: { fn: { result: MUTATING } },
      useQuery: USE_QUERY,
      useInfiniteQuery: USE_QUERY,
      QueryClient: { made: QUERY_CLIENT },
      useQueryClient: { fn: { result: QUERY_CLIENT } },
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
    about: '`useSWR` calls the fetcher later, where the key is truthy.',
    exports: { default: { fn: { runs: [{ of: '1', how: 'later', on: '0' }] } } },
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
];
