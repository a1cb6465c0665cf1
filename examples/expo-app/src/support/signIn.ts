import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, fetchParcels, type Parcel, type User } from '../api';

// Faulty

export async function signInTooEarly(user: User): Promise<void> {
  const jwt = await fetchIntercomJwt(user);
  // The user is logged in before the token is set.
  await Intercom.loginUserWithUserAttributes({ userId: user.id, email: user.email });
  await Intercom.setUserJwt(jwt);
}

export async function signInWithoutWaiting(user: User): Promise<void> {
  const jwt = await fetchIntercomJwt(user);
  // Nobody waits for the token, or hears that it was refused.
  Intercom.setUserJwt(jwt);
  // The login can overtake the token.
  await Intercom.loginUserWithUserAttributes({ userId: user.id, email: user.email });
}

export async function signInAllAtOnce(user: User): Promise<void> {
  const jwt = await fetchIntercomJwt(user);
  await Promise.all([
    Intercom.setUserJwt(jwt),
    // The login leaves together with the token, not after it.
    Intercom.loginUserWithUserAttributes({ userId: user.id, email: user.email }),
  ]);
}

// Correct

export async function signIn(user: User): Promise<void> {
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
  await Intercom.loginUserWithUserAttributes({ userId: user.id, email: user.email });
}

export async function signInAndLoad(user: User): Promise<Parcel[]> {
  const jwt = await fetchIntercomJwt(user);
  const [parcels] = await Promise.all([fetchParcels(user), Intercom.setUserJwt(jwt)]);
  await Promise.all([
    Intercom.loginUserWithUserAttributes({ userId: user.id, email: user.email }),
    Intercom.logEvent('parcels-loaded', { count: parcels.length }),
  ]);
  return parcels;
}
