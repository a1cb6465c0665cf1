import Intercom from '@intercom/intercom-react-native';
import { configureStore, createAsyncThunk } from '@reduxjs/toolkit';

import { fetchIntercomJwt, type User } from '../api';

const ensureJwt = createAsyncThunk('support/ensureJwt', async (user: User) => {
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
});

const store = configureStore({ reducer: (state: number = 0) => state });

export async function faultyOpenFromThunk(user: User) {
  // What `dispatch` gives is fulfilled where the thunk was rejected, too.
  await store.dispatch(ensureJwt(user));
  await Intercom.present();
}

export async function openFromThunk(user: User) {
  await store.dispatch(ensureJwt(user)).unwrap();
  await Intercom.present();
}
