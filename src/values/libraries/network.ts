/** Clients of servers, whose hooks run with each request. */

import type { Library, Shape, Step } from './shapes.ts';

const LATER: Shape = {
  fn: {
    runs: [
      { of: '0', how: 'later' },
      { of: '1', how: 'later' },
    ],
  },
};

const INTERCEPTORS: Readonly<Record<string, Shape>> = {
  interceptors: {
    members: { request: { members: { use: LATER } }, response: { members: { use: LATER } } },
  },
};

const WAITED: readonly Step[] = ['beforeRequest', 'afterResponse'].flatMap((name) => [
  { of: `^0.hooks.${name}.*`, how: 'once' },
  { of: `1.hooks.${name}.*`, how: 'once' },
]);

/** What may be called where there is no response. */
const AT_FAULT: readonly Step[] = ['beforeRetry', 'beforeError'].flatMap((name) =>
  ['^0', '1'].map((ref): Step => ({ of: `${ref}.hooks.${name}.*`, how: 'dropped' })),
);

const RUNS: readonly Step[] = [...WAITED, ...AT_FAULT];

/** What reads a response waits for the request. */
const READING: Shape = {
  fn: { runs: RUNS.map((step): Step => ({ ...step, of: `^${step.of}` })) },
};

const RESPONSE: Shape = {
  members: Object.fromEntries(
    ['json', 'text', 'arrayBuffer', 'blob', 'formData', 'bytes'].map((name) => [name, READING]),
  ),
};

const REQUEST: Shape = { fn: { runs: RUNS, result: RESPONSE } };

const KY: Readonly<Record<string, Shape>> = Object.fromEntries(
  ['get', 'post', 'put', 'patch', 'head', 'delete'].map((name) => [name, REQUEST]),
);

/** What is made with hooks has them called at each request. */
const KY_MADE: Shape = { fn: { result: { ...REQUEST, members: KY } } };

const COMPLETES: readonly Step[] = [
  { of: '0.onCompleted', how: 'dropped' },
  { of: '^1.onCompleted', how: 'dropped' },
  { of: '0.onError', how: 'dropped', when: 'rejected' },
  { of: '^1.onError', how: 'dropped', when: 'rejected' },
];

const USE_MUTATION: Shape = { fn: { result: { members: { 0: { fn: { runs: COMPLETES } } } } } };

const CALLS_LATER: Shape = { fn: { runs: [{ of: '0', how: 'later' }] } };

export const NETWORK: readonly Library[] = [
  {
    packages: ['axios'],
    shown: [
      "import axios from 'axios';",
      'axios.interceptors.response.use(async (response) => {',
      "  await Intercom.setUserJwt(response.headers['x-intercom-jwt']);",
      '  await Intercom.updateUser(user);',
      '  return response;',
      '});',
    ],
    version: '1.21.1',
    about:
      'Interceptors are called later, with each request: what one of them sets is no proof for what stands behind `use(…)`, nor for what stands behind a request.',
    exports: {
      default: {
        members: { ...INTERCEPTORS, create: { fn: { result: { members: INTERCEPTORS } } } },
      },
      create: { fn: { result: { members: INTERCEPTORS } } },
    },
  },
  {
    packages: ['ky'],
    example: [
      "import ky from 'ky';",
      "await ky.get('/help', { hooks: { beforeRequest: [() => Intercom.setUserJwt(jwt)] } });",
    ],
    version: '1.14.3',
    about:
      'The hooks `beforeRequest` and `afterResponse` of a request, and of what `ky.create` and `ky.extend` have made, are called before and behind it, one after the other, and waited for, also by `json()` and the like. Other hooks prove nothing.',
    exports: {
      default: {
        ...REQUEST,
        members: { ...KY, create: KY_MADE, extend: KY_MADE },
      },
    },
  },
  {
    packages: ['@apollo/client', '@apollo/client/react', '@apollo/client/react/hooks'],
    shown: [
      "import { useMutation } from '@apollo/client/react';",
      'export const useSignIn = () => useMutation(SIGN_IN, { onCompleted: async ({ jwt }) => {',
      '  await Intercom.setUserJwt(jwt);',
      '  await Intercom.present();',
      '} });',
    ],
    version: '4.3.8',
    about:
      '`onCompleted` and `onError` of `useMutation` are called when the mutation has come out, and nobody waits for what they give.',
    exports: { useMutation: USE_MUTATION },
  },
  {
    packages: ['@apollo/client/link/context', '@apollo/client/link/error'],
    shown: [
      "import { setContext } from '@apollo/client/link/context';",
      'export const link = setContext(async () => {',
      '  await Intercom.setUserJwt(await fetchJwt());',
      '  await Intercom.updateUser(user);',
      '  return {};',
      '});',
    ],
    version: '4.3.8',
    about: '`setContext` and `onError` have their callbacks called later, with each request.',
    exports: { setContext: CALLS_LATER, onError: CALLS_LATER, SetContextLink: {}, ErrorLink: {} },
  },
];
