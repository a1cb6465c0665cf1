import Intercom from '@intercom/intercom-react-native';
import { configureStore, createSlice } from '@reduxjs/toolkit';
import { Button } from 'react-native';
import { connect, type ConnectedProps } from 'react-redux';

import { fetchIntercomJwt, type User } from '../api';

const profile = createSlice({
  name: 'profile',
  initialState: { known: false, ready: false },
  reducers: {
    knew(state) {
      state.known = true;
    },
    connected(state) {
      state.ready = true;
    },
    left(state) {
      state.ready = false;
    },
  },
});

export const store = configureStore({ reducer: { profile: profile.reducer } });

type State = ReturnType<typeof store.getState>;

const { connected, knew, left } = profile.actions;

const connector = connect(
  (state: State) => ({ known: state.profile.known, ready: state.profile.ready }),
  { connected, knew, left },
);

interface Props extends ConnectedProps<typeof connector> {
  user: User;
}

function Profile({ user, known, ready, knew: know, connected: raise, left: lower }: Props) {
  const start = async () => {
    know();
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    raise();
  };
  const leave = async () => {
    lower();
    await Intercom.logout();
  };
  // Who is known need not have a token.
  const faultyAsk = async () => {
    if (known) await Intercom.presentMessageComposer();
  };
  const ask = async () => {
    if (ready) await Intercom.presentMessageComposer();
  };
  return (
    <>
      <Button title="Start" onPress={start} />
      <Button title="Leave" onPress={leave} />
      <Button title="Ask" onPress={faultyAsk} />
      <Button title="Ask" onPress={ask} />
    </>
  );
}

export const ProfileScreen = connector(Profile);
