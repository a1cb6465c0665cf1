import Intercom from '@intercom/intercom-react-native';
import { atom, useAtomValue, useSetAtom } from 'jotai';
import { useReducer } from 'react';
import { Button } from 'react-native';

import { fetchIntercomJwt, type User } from '../api';

const readyAtom = atom(false);
const connectAtom = atom(null, async (_, set, user: User) => {
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
  set(readyAtom, true);
});

export function InboxScreen({ user }: { user: User }) {
  const connect = useSetAtom(connectAtom);
  const isReady = useAtomValue(readyAtom);
  return (
    <>
      <Button title="Connect" onPress={() => void connect(user)} />
      {isReady && <Button title="Inbox" onPress={() => void Intercom.present()} />}
    </>
  );
}

interface State {
  isReady: boolean;
}

function reduce(state: State, action: { type: 'connecting' | 'connected' }): State {
  switch (action.type) {
    case 'connecting':
    case 'connected':
      return { ...state, isReady: true };
  }
}

export function FaultyInboxScreen({ user }: { user: User }) {
  const [state, dispatch] = useReducer(reduce, { isReady: false });
  const connect = async () => {
    // It is ready before it is connected.
    dispatch({ type: 'connecting' });
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    dispatch({ type: 'connected' });
  };
  return (
    <>
      <Button title="Connect" onPress={connect} />
      {state.isReady && <Button title="Inbox" onPress={() => void Intercom.present()} />}
    </>
  );
}
