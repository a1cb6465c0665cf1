import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, reportError, type User } from '../api';

const connect = async (user: User) => {
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
};

export async function faultyTry(user: User) {
  // It is called at once, and not waited for.
  void Promise.try(connect, user).catch(reportError);
  await Intercom.present();
}

export async function openByTry(user: User) {
  await Promise.try(() => connect(user));
  await Intercom.present();
}

export async function faultyEach(users: User[]) {
  // There may be nobody.
  await Array.fromAsync(users, (user) => connect(user));
  await Intercom.present();
}

export async function openByEach(first: User, second: User) {
  await Array.fromAsync([connect(first), connect(second)]);
  await Intercom.present();
}

export async function faultyVisit(user: User) {
  {
    // It is signed out where the block ends.
    await using visit = { [Symbol.asyncDispose]: () => Intercom.logout().then(() => undefined) };
    await connect(user);
    await Intercom.loginUserWithUserAttributes({ userId: String(visit && user.id) });
  }
  await Intercom.present();
}

export async function visit(user: User) {
  await using session = { [Symbol.asyncDispose]: () => Intercom.logout().then(() => undefined) };
  await connect(user);
  await Intercom.loginUserWithUserAttributes({ userId: String(session && user.id) });
  await Intercom.present();
}
