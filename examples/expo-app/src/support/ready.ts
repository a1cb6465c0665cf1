import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, type User } from '../api';

const asked = Promise.withResolvers<void>();
const ready = Promise.withResolvers<void>();

export async function faultyConnect(user: User) {
  // Whoever waits goes on before the token is set.
  asked.resolve();
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
}

export async function faultyOpenWhenAsked() {
  await asked.promise;
  await Intercom.present();
}

export async function connect(user: User) {
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
  ready.resolve();
}

export async function openWhenReady() {
  await ready.promise;
  await Intercom.present();
}
