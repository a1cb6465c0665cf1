import Intercom from '@intercom/intercom-react-native';
import ky from 'ky';
import { ResultAsync } from 'neverthrow';
import { concatMap, firstValueFrom, from, tap } from 'rxjs';

import { fetchIntercomJwt, type User } from '../api';

export async function faultyOpenFromStream(user: User) {
  // `tap` waits for nothing.
  await firstValueFrom(from(fetchIntercomJwt(user)).pipe(tap((jwt) => Intercom.setUserJwt(jwt))));
  await Intercom.present();
}

export async function openFromStream(user: User) {
  await firstValueFrom(
    from(fetchIntercomJwt(user)).pipe(concatMap((jwt) => Intercom.setUserJwt(jwt))),
  );
  await Intercom.present();
}

export async function faultyOpenByResult(jwt: string) {
  // A result is there as well where the token was refused.
  await ResultAsync.fromPromise(Intercom.setUserJwt(jwt), String);
  await Intercom.present();
}

export async function openByResult(jwt: string) {
  const set = await ResultAsync.fromPromise(Intercom.setUserJwt(jwt), String);
  if (set.isErr()) return;
  await Intercom.present();
}

export async function faultyOpenBehindRequest(user: User, url: string) {
  // The hook runs once the response is there, and nobody waits for that.
  const setJwt = async () => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
  };
  void ky.get(url, { hooks: { afterResponse: [setJwt] } });
  await Intercom.present();
}

export async function openBehindRequest(user: User, url: string) {
  const setJwt = async () => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
  };
  await ky.get(url, { hooks: { beforeRequest: [setJwt] } });
  await Intercom.present();
}
