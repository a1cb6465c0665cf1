import { Button } from 'react-native';
import Intercom from '@intercom/intercom-react-native';
import { useMutation } from '@tanstack/react-query';
import { create } from 'zustand';

import { fetchIntercomJwt, type User } from '../api';

export function FaultyChatScreen({ user }: { user: User }) {
  const { mutate } = useMutation({
    mutationFn: async () => Intercom.setUserJwt(await fetchIntercomJwt(user)),
    // It is settled as well where the token was refused.
    onSettled: () => Intercom.present(),
  });
  return <Button title="Chat" onPress={() => mutate()} />;
}

export function ChatScreen({ user }: { user: User }) {
  const { mutate } = useMutation({
    mutationFn: async () => Intercom.setUserJwt(await fetchIntercomJwt(user)),
    onSuccess: () => Intercom.present(),
  });
  return <Button title="Chat" onPress={() => mutate()} />;
}

interface Chat {
  isReady: boolean;
  setReady: (isReady: boolean) => void;
}

const useFaultyChat = create<Chat>()((set) => ({
  isReady: false,
  setReady: (isReady) => set({ isReady }),
}));

export function FaultyReadyChatScreen({ user }: { user: User }) {
  const { isReady, setReady } = useFaultyChat();
  const start = async () => {
    const jwt = await fetchIntercomJwt(user);
    // The flag is up before the token is there.
    setReady(true);
    await Intercom.setUserJwt(jwt);
  };
  if (!isReady) return <Button title="Connect" onPress={start} />;
  return <Button title="Chat" onPress={() => Intercom.present()} />;
}

const useChat = create<Chat>()((set) => ({
  isReady: false,
  setReady: (isReady) => set({ isReady }),
}));

export function ReadyChatScreen({ user }: { user: User }) {
  const { isReady, setReady } = useChat();
  const start = async () => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    setReady(true);
  };
  if (!isReady) return <Button title="Connect" onPress={start} />;
  return <Button title="Chat" onPress={() => Intercom.present()} />;
}
