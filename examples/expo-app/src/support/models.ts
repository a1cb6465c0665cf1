import Intercom from '@intercom/intercom-react-native';
import { flow, types } from 'mobx-state-tree';
import { proxy } from 'valtio/vanilla';

import { fetchIntercomJwt, type User } from '../api';

const Support = types.model('Support', {}).actions(() => ({
  ensureJwt: flow(function* (user: User) {
    const jwt: string = yield fetchIntercomJwt(user);
    yield Intercom.setUserJwt(jwt);
  }),
}));

const support = Support.create({});

export async function faultyOpenFromModel(user: User) {
  // An action that is a flow gives a promise.
  void support.ensureJwt(user);
  await Intercom.present();
}

export async function openFromModel(user: User) {
  await support.ensureJwt(user);
  await Intercom.present();
}

const state = proxy({ asked: false, ready: false });

export async function connect(user: User) {
  state.asked = true;
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
  state.ready = true;
}

export async function faultyOpenFromProxy() {
  // It was asked for, and need not be there.
  if (state.asked) await Intercom.present();
}

export async function openFromProxy() {
  if (state.ready) await Intercom.present();
}
