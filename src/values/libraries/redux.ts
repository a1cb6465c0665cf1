/** Redux, as Redux Toolkit has it. */

import type { Library, Shape } from './shapes.ts';

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

/** A thunk that a creator has made: what it rejects with is an action. */
const THUNK: Shape = {
  fn: {
    runs: [{ of: '^^1', how: 'once', unless: '^^2.condition' }],
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
  fn: { result: { members: { actions: ACTIONS, reducer: { redux: 'reducer' } } } },
};

const COMBINE_REDUCERS: Shape = { fn: { result: { redux: 'reducers' } } };

const USE_SELECTOR: Shape = { redux: 'selector', fn: { result: { returned: '0' } } };

export const REDUX: readonly Library[] = [
  {
    packages: ['@reduxjs/toolkit', '@reduxjs/toolkit/react'],
    example: [
      "import { configureStore, createAsyncThunk } from '@reduxjs/toolkit';\nconst store = configureStore({ reducer });\nconst ensure = createAsyncThunk('jwt', () => Intercom.setUserJwt(jwt));",
      'await store.dispatch(ensure()).unwrap();',
    ],
    version: '2.15.0',
    about:
      '`dispatch` runs a thunk. The promise of one of `createAsyncThunk` hides a rejection, which `.unwrap()`, `unwrapResult`, and tests of what it gives (`ensure.fulfilled.match(action)`) tell; it is rejected with `rejectWithValue`, too. The `effect` of a listener is called later. What a slice of the state holds is told by its reducers, and by who dispatches their actions.',
    exports: {
      createAsyncThunk: {
        ...CREATE_THUNK,
        members: { withTypes: { fn: { result: CREATE_THUNK } } },
      },
      createSlice: CREATE_SLICE,
      createAction: { fn: { result: { redux: 'action' } } },
      combineReducers: COMBINE_REDUCERS,
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
    exports: { combineReducers: COMBINE_REDUCERS },
  },
  {
    packages: ['react-redux'],
    example: [
      "import { useDispatch } from 'react-redux';\nconst dispatch = useDispatch();",
      'await dispatch(async () => { await Intercom.setUserJwt(jwt); });',
    ],
    version: '9.2.0',
    about:
      '`useDispatch()` and `useStore().dispatch` run thunks. `useSelector` gives what its selector gives of the state.',
    exports: {
      useDispatch: USE_DISPATCH,
      useSelector: {
        ...USE_SELECTOR,
        members: { withTypes: { fn: { result: USE_SELECTOR } } },
      },
      useStore: {
        fn: { result: REDUX_STORE },
        members: { withTypes: { fn: { result: { fn: { result: REDUX_STORE } } } } },
      },
    },
  },
];
