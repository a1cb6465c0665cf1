import Intercom from '@intercom/intercom-react-native';
import { flow, observable, runInAction } from 'mobx';

import { fetchIntercomJwt, type User } from '../api';

const support = observable({ isReady: false });

export const ensureJwt = flow(function* (user: User) {
  const jwt: string = yield fetchIntercomJwt(user);
  yield Intercom.setUserJwt(jwt);
  runInAction(() => {
    support.isReady = true;
  });
});

export async function faultyOpenFromFlow(user: User) {
  // A flow is a promise, as an async function's is.
  void ensureJwt(user);
  await Intercom.present();
}

export async function openFromFlow(user: User) {
  await ensureJwt(user);
  await Intercom.present();
}

export async function openWhenReady() {
  if (support.isReady) await Intercom.present();
}
