import Intercom from '@intercom/intercom-react-native';
import { bindActionCreators, createSelector, createSlice, type Dispatch } from '@reduxjs/toolkit';
import { useMemo } from 'react';
import { Button } from 'react-native';
import { useDispatch, useSelector } from 'react-redux';

import { fetchIntercomJwt, type User } from '../api';

const billing = createSlice({
  name: 'billing',
  initialState: { asked: false, ready: false },
  reducers: {
    asked(state) {
      state.asked = true;
    },
    ready(state) {
      state.ready = true;
    },
  },
  selectors: { selectAsked: ({ asked }) => asked },
});

interface State {
  billing: ReturnType<typeof billing.getInitialState>;
}

const selectReady = createSelector(
  [(state: State) => state.billing],
  ({ ready, asked }) => asked && ready,
);

const ensureJwt = (user: User) => async (dispatch: Dispatch) => {
  dispatch(billing.actions.asked());
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
  dispatch(billing.actions.ready());
};

type Ensure = (user: User) => Promise<void>;

export function FaultyBillingScreen({ user }: { user: User }) {
  const isAsked = useSelector(billing.selectors.selectAsked);
  const dispatch = useDispatch();
  const ensure = useMemo(
    () => bindActionCreators({ ensureJwt }, dispatch).ensureJwt as unknown as Ensure,
    [dispatch],
  );

  // It was asked for, and need not be there.
  if (isAsked) return <Button title="Ask about it" onPress={() => Intercom.present()} />;
  return <Button title="Connect" onPress={() => void ensure(user)} />;
}

export function BillingScreen({ user }: { user: User }) {
  const isReady = useSelector(selectReady);
  const dispatch = useDispatch();
  const ensure = useMemo(
    () => bindActionCreators({ ensureJwt }, dispatch).ensureJwt as unknown as Ensure,
    [dispatch],
  );
  const open = async () => {
    await ensure(user);
    await Intercom.present();
  };

  if (isReady) return <Button title="Ask about it" onPress={() => Intercom.present()} />;
  return <Button title="Connect, and ask" onPress={open} />;
}
