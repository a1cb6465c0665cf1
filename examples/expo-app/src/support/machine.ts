import Intercom from '@intercom/intercom-react-native';
import { createMachine, fromPromise } from 'xstate';

import { fetchIntercomJwt, type User } from '../api';

const present = () => {
  void Intercom.present();
};

export const faultyMachine = (user: User) =>
  createMachine({
    invoke: {
      src: fromPromise(async () => {
        await Intercom.setUserJwt(await fetchIntercomJwt(user));
      }),
      // Behind a rejection as well.
      onDone: { actions: present },
      onError: {
        actions: () => {
          void Intercom.presentMessageComposer();
        },
      },
    },
  });

export const machine = (user: User) =>
  createMachine({
    invoke: {
      src: fromPromise(async () => {
        await Intercom.setUserJwt(await fetchIntercomJwt(user));
      }),
      onDone: { actions: present },
    },
  });
