import Intercom from '@intercom/intercom-react-native';
import { configureStore, createSlice } from '@reduxjs/toolkit';

import { fetchIntercomJwt, type User } from '../api';

const account = createSlice({
  name: 'account',
  initialState: { signedIn: false },
  reducers: {
    signedIn(state) {
      state.signedIn = true;
    },
  },
});

const support = createSlice({
  name: 'support',
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

const store = configureStore({
  reducer: { account: account.reducer, support: support.reducer },
});

export async function connectSupport(user: User) {
  store.dispatch(account.actions.signedIn());
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
  store.dispatch(support.actions.connected());
}

export async function leaveSupport() {
  store.dispatch(support.actions.left());
  await Intercom.logout();
}

export async function faultyOpenFromStore() {
  // Who is signed in need not have a token yet.
  if (!store.getState().account.signedIn) return;
  await Intercom.present();
}

export async function openFromStore() {
  if (!store.getState().support.ready) return;
  await Intercom.present();
}
