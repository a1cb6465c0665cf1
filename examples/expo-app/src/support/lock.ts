import { Mutex } from 'async-mutex';
import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, fetchParcels, type User } from '../api';

const mutex = new Mutex();

export async function faultyOpenInTurn(user: User) {
  const jwt = await fetchIntercomJwt(user);
  // The lock is waited for by nobody.
  void mutex.runExclusive(() => Intercom.setUserJwt(jwt));
  await Intercom.present();
}

export async function openInTurn(user: User) {
  const jwt = await fetchIntercomJwt(user);
  await mutex.runExclusive(() => Intercom.setUserJwt(jwt));
  await Intercom.present();
}

export async function faultyOpenTogether(user: User) {
  const jwt = await fetchIntercomJwt(user);
  const [, parcels] = await Promise.allSettled([Intercom.setUserJwt(jwt), fetchParcels(user)]);
  // That the parcels are there does not tell of the token.
  if (parcels.status === 'fulfilled') await Intercom.present();
}

export async function openTogether(user: User) {
  const jwt = await fetchIntercomJwt(user);
  const [set] = await Promise.allSettled([Intercom.setUserJwt(jwt), fetchParcels(user)]);
  if (set.status === 'fulfilled') await Intercom.present();
}
