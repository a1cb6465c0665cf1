import Intercom from '@intercom/intercom-react-native';
import { create } from 'zustand';

import { fetchIntercomJwt, type User } from '../api';

interface Session {
  status: 'signed out' | 'connecting' | 'connected';
  connect: (user: User) => Promise<void>;
  leave: () => Promise<void>;
}

export const useSession = create<Session>((set) => ({
  status: 'signed out',
  connect: async (user) => {
    set({ status: 'connecting' });
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    set({ status: 'connected' });
  },
  leave: async () => {
    set({ status: 'signed out' });
    await Intercom.logout();
  },
}));
