import Intercom from '@intercom/intercom-react-native';
import createSagaMiddleware from 'redux-saga';
import { call, fork, put, takeLatest } from 'redux-saga/effects';
import { configureStore, createSlice, Tuple } from '@reduxjs/toolkit';

import { fetchIntercomJwt, type User } from '../api';

const chat = createSlice({
  name: 'chat',
  initialState: { ready: false },
  reducers: {
    connected(state) {
      state.ready = true;
    },
    left(state) {
      state.ready = false;
    },
  },
});

const sagas = createSagaMiddleware();

export const store = configureStore({
  reducer: { chat: chat.reducer },
  middleware: () => new Tuple(sagas),
});

function* setJwt(user: User) {
  const jwt: string = yield call(fetchIntercomJwt, user);
  yield call([Intercom, 'setUserJwt'], jwt);
}

function* faultyOpen({ payload }: { payload: User; type: string }) {
  // It is on its way.
  yield fork(setJwt, payload);
  yield call([Intercom, 'present']);
}

function* open({ payload }: { payload: User; type: string }) {
  yield call(setJwt, payload);
  yield put(chat.actions.connected());
  yield call([Intercom, 'present']);
}

function* leave() {
  yield put(chat.actions.left());
  yield call([Intercom, 'logout']);
}

sagas.run(function* () {
  yield takeLatest('chat/faultyOpen', faultyOpen);
  yield takeLatest('chat/open', open);
  yield takeLatest('chat/leave', leave);
});

export async function presentWhenReady() {
  if (store.getState().chat.ready) await Intercom.present();
}
