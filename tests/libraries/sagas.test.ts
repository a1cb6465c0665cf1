/** What is said of the effects of redux-saga, really run. */

import { configureStore, createSlice, Tuple } from '@reduxjs/toolkit';
import { runSaga } from 'redux-saga';
import { call, fork, put, select, spawn, takeLatest } from 'redux-saga/effects';
import createSagaMiddleware from 'redux-saga';
import { beforeEach, expect, test } from 'vitest';

let done: string[] = [];

const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** A client whose methods take their time. */
const Intercom = {
  setUserJwt: async (): Promise<void> => {
    done.push('call');
    await wait();
    done.push('set');
  },
  logout: (): Promise<void> => {
    done.push('logout');
    return wait();
  },
};

beforeEach(() => {
  done = [];
});

const run = (saga: () => Generator): Promise<unknown> => runSaga({}, saga).toPromise();

test('`call` waits for what it calls, also by the name of a method, and throws where that is rejected', async () => {
  await run(function* () {
    yield call(Intercom.setUserJwt);
    yield call([Intercom, 'logout']);
    done.push('goes on');
    try {
      yield call(() => Promise.reject(new Error('no token')));
    } catch {
      done.push('caught');
    }
  });
  expect(done).toEqual(['call', 'set', 'logout', 'goes on', 'caught']);
});

test('`fork` and `spawn` begin at once, and are not waited for', async () => {
  await run(function* () {
    yield fork(Intercom.setUserJwt);
    yield spawn([Intercom, Intercom.logout]);
    done.push('goes on');
  });
  expect(done).toEqual(['call', 'logout', 'goes on', 'set']);
});

test('`put` has reduced its action before the saga goes on, which `select` tells', async () => {
  const session = createSlice({
    name: 'session',
    initialState: { ready: true },
    reducers: {
      lowered: (state) => {
        state.ready = false;
      },
    },
  });
  const sagas = createSagaMiddleware();
  const store = configureStore({
    reducer: { session: session.reducer },
    middleware: () => new Tuple(sagas),
  });
  type State = ReturnType<typeof store.getState>;
  const leave = function* (): Generator<unknown, void, boolean> {
    yield put(session.actions.lowered());
    done.push(String(yield select((state: State) => state.session.ready)));
    yield call(Intercom.logout);
  };
  sagas.run(function* () {
    yield takeLatest('leave', leave);
  });
  expect(done).toEqual([]);
  store.dispatch({ type: 'leave' });
  expect(done).toEqual(['false', 'logout']);
  await wait();
});
