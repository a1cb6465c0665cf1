/** Redux, as Redux Toolkit has it. */

import type { Library, Ref, Shape, Step } from './shapes.ts';

const DISPATCHED: Shape = {
  members: { unwrap: { fn: { runs: [{ of: '^0', how: 'once', isRaw: true }] } } },
};

const GET_STATE: Shape = { fn: { result: { redux: 'state' } } };

const DISPATCH: Shape = {
  redux: 'dispatch',
  fn: {
    runs: [{ of: '0', how: 'once' }],
    result: DISPATCHED,
    gives: {
      0: [
        { redux: 'dispatch', fn: { runs: [{ of: '0', how: 'once' }], result: DISPATCHED } },
        GET_STATE,
      ],
    },
  },
};

/**
 * Action creators that are bound: to call one is to dispatch what it makes.
 *
 * @param given where they are given, seen from the call of one
 */
function bound(given: Ref): Shape & Required<Pick<Shape, 'each'>> {
  const calling = (dispatches: NonNullable<Step['dispatches']>): Shape => ({
    redux: 'bound',
    fn: {
      runs: [{ of: given, how: 'once', dispatches }],
      result: {
        members: {
          unwrap: { fn: { runs: [{ of: `^${given}`, how: 'once', dispatches, isRaw: true }] } },
        },
      },
    },
  });
  return { ...calling('itself'), each: (named) => calling({ named }) };
}

/** A component is given, as properties, what is bound for it, and what functions make for it. */
const CONNECT: Shape = {
  fn: {
    gives: { 1: [DISPATCH] },
    result: {
      redux: 'connect',
      fn: {
        gives: {
          // A third function may make something else of them.
          0: [
            {
              by: {
                ref: '^2',
                given: {},
                otherwise: { any: [{ each: bound('^^1').each }, { returned: '^1' }] },
              },
            },
          ],
        },
      },
    },
  },
};

const BIND: Shape = { fn: { result: bound('^0') } };

/** A thunk that a creator has made: what it rejects with is an action. */
const THUNK: Shape = {
  fn: {
    // Where its condition says no, it is rejected.
    runs: [{ of: '^^1', how: 'once' }],
    isCaught: true,
    tells: 'action',
  },
};

/** What a payload creator is given with what it is called with. */
const THUNK_API: Shape = {
  members: {
    dispatch: DISPATCH,
    getState: GET_STATE,
    rejectWithValue: { fn: { runs: [], isRaising: true } },
  },
};

const CREATE_THUNK: Shape = {
  fn: {
    result: {
      redux: 'thunk',
      fn: { result: THUNK },
      members: {
        pending: { redux: 'action', named: 'pending' },
        fulfilled: {
          redux: 'action',
          named: 'fulfilled',
          after: { runs: [{ of: '^1', how: 'once' }], starts: [] },
        },
        rejected: { redux: 'action', named: 'rejected' },
      },
    },
    gives: { 1: [null, THUNK_API] },
  },
};

/** Tells how an action came out, of any thunk, or of those that it is given. */
function matcher(named: 'fulfilled' | 'rejected'): Shape {
  const asks: Shape = { redux: 'matcher', named };
  return { ...asks, fn: { result: asks } };
}

const LISTENS: Shape = { fn: { runs: [{ of: '0.effect', how: 'later' }] } };

const LISTENERS: Shape = {
  members: {
    startListening: { ...LISTENS, members: { withTypes: { fn: { result: LISTENS } } } },
  },
};

const USE_DISPATCH: Shape = {
  fn: { result: DISPATCH },
  members: { withTypes: { fn: { result: { fn: { result: DISPATCH } } } } },
};

const REDUX_STORE: Shape = {
  redux: 'store',
  members: { dispatch: DISPATCH, getState: GET_STATE },
};

/** Gives an action, by whatever name it is asked for. */
const ACTIONS: Shape = { redux: 'actions', each: { redux: 'action' } };

const CREATE_SLICE: Shape = {
  fn: {
    result: {
      members: {
        actions: ACTIONS,
        reducer: { redux: 'reducer' },
        selectors: { each: { redux: 'selecting' } },
      },
    },
  },
};

const COMPOSE_SELECTOR: Shape = { fn: { result: { redux: 'composed' } } };

/** Gives what the last function gives of what those before it give. */
const CREATE_SELECTOR: Shape = {
  ...COMPOSE_SELECTOR,
  members: { withTypes: { fn: { result: COMPOSE_SELECTOR } } },
};

const COMBINE_REDUCERS: Shape = { fn: { result: { redux: 'reducers' } } };

const USE_SELECTOR: Shape = { redux: 'selector', fn: { result: { returned: '0' } } };

/** Begins a saga, and gives a task, which can be waited for. */
function runsSaga(saga: Ref): Shape {
  return {
    fn: {
      runs: [{ of: saga, how: 'once' }],
      isDropped: true,
      result: {
        members: {
          toPromise: { fn: { runs: [{ of: `^${saga}`, how: 'once' }], isPassedOn: true } },
        },
      },
    },
  };
}

const RUN_SAGA = runsSaga('1');

export const REDUX: readonly Library[] = [
  {
    packages: ['@reduxjs/toolkit', '@reduxjs/toolkit/react'],
    example: [
      "import { configureStore, createAsyncThunk } from '@reduxjs/toolkit';\nconst store = configureStore({ reducer });\nconst ensure = createAsyncThunk('jwt', () => Intercom.setUserJwt(jwt));",
      'await store.dispatch(ensure()).unwrap();',
    ],
    version: '2.15.0',
    about:
      '`dispatch` runs a thunk. The promise of one of `createAsyncThunk` hides a rejection, which `.unwrap()`, `unwrapResult`, and tests of what it gives (`ensure.fulfilled.match(action)`, `isFulfilled(action)`) tell; it is rejected with `rejectWithValue`, too. What `bindActionCreators` gives dispatches what its functions make. The `effect` of a listener is called later. What a slice of the state holds is told by its reducers, and by who dispatches their actions.',
    exports: {
      createAsyncThunk: {
        ...CREATE_THUNK,
        members: { withTypes: { fn: { result: CREATE_THUNK } } },
      },
      createSlice: CREATE_SLICE,
      createSelector: CREATE_SELECTOR,
      createDraftSafeSelector: CREATE_SELECTOR,
      createAction: { fn: { result: { redux: 'action' } } },
      combineReducers: COMBINE_REDUCERS,
      bindActionCreators: BIND,
      isAnyOf: { fn: { result: { redux: 'anyOf' } } },
      isAllOf: { fn: { result: { redux: 'allOf' } } },
      isFulfilled: matcher('fulfilled'),
      isRejected: matcher('rejected'),
      unwrapResult: { redux: 'unwrap' },
      createListenerMiddleware: { fn: { result: LISTENERS } },
      addListener: LISTENS,
      configureStore: { fn: { result: REDUX_STORE } },
    },
  },
  {
    packages: ['redux'],
    version: '5.0.1',
    about: '',
    exports: { combineReducers: COMBINE_REDUCERS, bindActionCreators: BIND },
  },
  {
    packages: ['redux-saga', '@redux-saga/core'],
    example: [
      "import { runSaga } from 'redux-saga';\nimport { call } from 'redux-saga/effects';",
      'await runSaga({}, function* () { yield call(Intercom.setUserJwt, jwt); }).toPromise();',
    ],
    version: '1.5.1',
    about:
      'A saga waits for `call`, `apply`, `retry` and what it delegates to, begins what `fork` and `spawn` are given, and what `takeEvery`, `takeLatest`, `takeLeading`, `throttle` and `debounce` are given with each action. `runSaga`, and `run` of the middleware, begin a saga, and `toPromise()` waits for it.',
    exports: {
      default: { fn: { result: { members: { run: runsSaga('0') } } } },
      runSaga: RUN_SAGA,
    },
  },
  {
    packages: ['redux-saga/effects', '@redux-saga/core/effects', 'typed-redux-saga'],
    version: '1.5.1',
    about: '',
    exports: { select: USE_SELECTOR },
  },
  {
    packages: ['reselect'],
    version: '5.1.1',
    about: '',
    exports: { createSelector: CREATE_SELECTOR },
  },
  {
    packages: ['react-redux'],
    example: [
      "import { useDispatch } from 'react-redux';\nconst dispatch = useDispatch();",
      'await dispatch(async () => { await Intercom.setUserJwt(jwt); });',
    ],
    version: '9.3.1',
    about:
      '`useDispatch()` and `useStore().dispatch` run thunks. `useSelector` gives what its selector gives of the state. A component that is given to `connect` has, as properties, what is bound for it.',
    exports: {
      useDispatch: USE_DISPATCH,
      useSelector: {
        ...USE_SELECTOR,
        members: { withTypes: { fn: { result: USE_SELECTOR } } },
      },
      connect: CONNECT,
      legacy_connect: CONNECT,
      useStore: {
        fn: { result: REDUX_STORE },
        members: { withTypes: { fn: { result: { fn: { result: REDUX_STORE } } } } },
      },
    },
  },
];
