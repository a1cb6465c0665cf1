/** Stores. */

import { REDUX } from './redux.ts';
import type { Library, Shape } from './shapes.ts';

/** What the function gives that the store was made with. */
const STATE_OF_STORE: Shape = { returned: '^0' };

const GET_STATE: Shape = { fn: { result: STATE_OF_STORE } };

/** Gives properties to the state, by an object, or by a function of the state that gives one. */
const SET_STATE: Shape = {
  fn: {
    runs: [{ of: '0', how: 'now' }],
    stores: { in: STATE_OF_STORE, value: '0' },
    gives: { 0: [STATE_OF_STORE] },
  },
};

const STORE: Readonly<Record<string, Shape>> = {
  getState: GET_STATE,
  getInitialState: GET_STATE,
  setState: SET_STATE,
};

/** `(set, get, store) => …`, in the call of what it is given to. */
const CREATING = { 0: [SET_STATE, GET_STATE, { members: STORE }] } as const;

/** Middleware gives a function such as it is given. */
const MIDDLEWARE: Shape = { fn: { result: { same: '0' }, gives: CREATING } };

/** The same; what the state was is brought back when the app starts. */
const PERSISTING: Shape = {
  fn: { ...MIDDLEWARE.fn, restores: { by: '1.partialize', unless: ['1.merge', '1.migrate'] } },
};

const HOOK: Shape = {
  fn: {
    result: { by: { ref: '0', given: { returned: '0' }, otherwise: STATE_OF_STORE } },
    gives: { 0: [STATE_OF_STORE] },
  },
  members: STORE,
};

/** Gives the function that it is given. */
const HANDS_ON: Shape = { fn: { result: { same: '0' }, isHandingOn: true } };

/** `combine(initial, (set, get) => …)`; what is there at first is not told. */
const COMBINING: Shape = {
  fn: {
    result: { same: '1' },
    gives: {
      1: [
        { fn: { runs: [{ of: '0', how: 'now' }], gives: { 0: [{ returned: '^1' }] } } },
        { fn: { result: { returned: '^1' } } },
      ],
    },
  },
};

/** The state of the store that is given. */
const STATE_OF_GIVEN: Shape = { of: { ref: '0', method: 'getState' } };

const USE_STORE: Shape = {
  fn: {
    result: { by: { ref: '1', given: { returned: '1' }, otherwise: STATE_OF_GIVEN } },
    gives: { 1: [STATE_OF_GIVEN] },
  },
};

const RUN_NOW: Shape = { fn: { runs: [{ of: '0', how: 'now' }], isPassedOn: true } };

/** A generator becomes a function that waits at each `yield`. */
const FLOW: Shape = {
  fn: { result: { fn: { runs: [{ of: '^0', how: 'once' }], isPassedOn: true } } },
};

/** Gives what it is a method of. */
const ITSELF: Shape = { fn: { result: { same: '@' } } };

/** What is chained to the type of a model. */
const MODEL: Readonly<Record<string, Shape>> = {
  named: ITSELF,
  props: ITSELF,
  views: ITSELF,
  volatile: ITSELF,
  actions: {
    fn: {
      // What it is given is an object, as those before have made it.
      gives: { 0: [{ of: { ref: '@', method: 'create' } }] },
      result: () => ({ members: { ...MODEL, create: { fn: { result: { returned: '^0' } } } } }),
    },
  },
};

const SAME: Shape = { fn: { result: { same: '0' } } };

/** A setter of an atom that can be written runs what writes it; another keeps what it is given. */
const SETTING: Shape = {
  fn: {
    runs: [{ of: '^0', how: 'once' }],
    isPassedOn: true,
    stores: { in: '^0', value: '0' },
  },
};

/** The same, where the atom is given first. */
const SET_ATOM: Shape = {
  fn: {
    runs: [{ of: '0', how: 'once' }],
    isPassedOn: true,
    stores: { in: '0', value: '1' },
  },
};

/** Gives what an atom keeps. */
const GET_ATOM: Shape = { fn: { result: { holds: '0' } } };

/** An atom, by the call of `atom(read, write)`: to be set is to have its `write` called. */
const ATOM: Shape = {
  fn: { runs: [{ of: '^1', how: 'once' }], isPassedOn: true },
  isAtom: true,
};

const ATOMS: Shape = { members: { set: SET_ATOM, get: GET_ATOM } };

export const STATE: readonly Library[] = [
  {
    packages: ['zustand', 'zustand/react'],
    example: [
      "import { create } from 'zustand';\nconst useHelp = create(() => ({ ensure: () => Intercom.setUserJwt(jwt) }));",
      'await useHelp.getState().ensure();',
    ],
    version: '5.1.0',
    about:
      'A store is what its creator returns: by `get()`, `useStore.getState()`, `useStore((state) => state.ensure)` and `useStore(store, selector)`.',
    exports: {
      create: { fn: { result: HOOK, gives: CREATING, isCurried: true } },
      createStore: { fn: { result: { members: STORE }, gives: CREATING, isCurried: true } },
      useStore: USE_STORE,
      default: { fn: { result: HOOK, gives: CREATING, isCurried: true } },
    },
  },
  {
    packages: ['zustand/vanilla'],
    version: '5.1.0',
    about: '',
    exports: {
      createStore: { fn: { result: { members: STORE }, gives: CREATING, isCurried: true } },
    },
  },
  {
    packages: ['zustand/react/shallow', 'zustand/shallow'],
    version: '5.1.0',
    about: '',
    exports: { useShallow: HANDS_ON },
  },
  {
    packages: ['zustand/middleware', 'zustand/middleware/immer'],
    shown: [
      "import { create } from 'zustand';",
      "import { devtools } from 'zustand/middleware';",
      'const ensure = async () => { await Intercom.setUserJwt(await fetchJwt()); };',
      'export const useHelp = create(devtools((_, get) => ({ ensure, open: async () => { await get().ensure(); await Intercom.present(); } })));',
    ],
    version: '5.1.0',
    about:
      '`persist`, `immer`, `devtools`, `subscribeWithSelector` and `combine` are looked through. What `persist` brings back from an earlier run of the app proves nothing, but for what `partialize` leaves out.',
    exports: {
      persist: PERSISTING,
      immer: MIDDLEWARE,
      devtools: MIDDLEWARE,
      subscribeWithSelector: MIDDLEWARE,
      combine: COMBINING,
    },
  },
  ...REDUX,
  {
    packages: ['mobx'],
    example: [
      "import { runInAction } from 'mobx';",
      'await runInAction(() => Intercom.setUserJwt(jwt));',
    ],
    version: '7.1.3',
    about:
      '`runInAction` calls its callback at once; `action` and `observable` give what they are given. `flow` makes a function of a generator, which waits at each `yield`.',
    exports: {
      flow: FLOW,
      runInAction: RUN_NOW,
      action: SAME,
      observable: SAME,
    },
  },
  {
    packages: ['mobx-state-tree'],
    example: [
      "import { flow } from 'mobx-state-tree';\nconst ensure = flow(function* () { yield Intercom.setUserJwt(jwt); });",
      'await ensure();',
    ],
    version: '9.0.0',
    about:
      '`flow` makes a function of a generator, which waits at each `yield`. What the last `actions` of a model returns is what `create()` gives.',
    exports: { flow: FLOW, types: { members: { model: { fn: { result: { members: MODEL } } } } } },
  },
  {
    packages: ['valtio', 'valtio/vanilla'],
    example: [
      "import { proxy } from 'valtio';\nconst help = proxy({ ensure: () => Intercom.setUserJwt(jwt) });",
      'await help.ensure();',
    ],
    version: '2.3.2',
    about: '`proxy` and `useSnapshot` give the object that they are given.',
    exports: { proxy: SAME, useSnapshot: SAME, snapshot: SAME },
  },
  {
    packages: ['jotai', 'jotai/vanilla', 'jotai/react'],
    example: [
      "import { atom, useSetAtom } from 'jotai';\nconst ensure = useSetAtom(atom(null, () => Intercom.setUserJwt(jwt)));",
      'await ensure();',
    ],
    version: '2.20.3',
    about:
      'To set an atom that has a `write` is to call it: by `useSetAtom`, `useAtom`, or `set` of a store.',
    exports: {
      atom: { fn: { result: ATOM, gives: { 0: [GET_ATOM], 1: [GET_ATOM, SET_ATOM] } } },
      useSetAtom: { fn: { result: SETTING } },
      useAtom: { fn: { result: { members: { 0: { holds: '0' }, 1: SETTING } } } },
      useAtomValue: GET_ATOM,
      createStore: { fn: { result: ATOMS } },
      getDefaultStore: { fn: { result: ATOMS } },
      useStore: { fn: { result: ATOMS } },
    },
  },
];
