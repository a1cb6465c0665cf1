import Intercom, { Space } from '@intercom/intercom-react-native';

import { fetchIntercomJwt, fetchParcels, type User } from '../api';

/** The token that is being set, for whoever opens the Messenger to wait for. */
let tokenSet: Promise<boolean> | null = null;

/** The sign-in that is under way. */
let signingIn: Promise<void> | null = null;

// Faulty

export async function openOrdersTooEarly(jwt: string): Promise<void> {
  tokenSet = Intercom.setUserJwt(jwt);
  // The promise is kept, but the tickets do not wait for it.
  await Intercom.presentSpace(Space.tickets);
}

// Correct

export async function openOrders(user: User, jwt: string): Promise<void> {
  tokenSet = Intercom.setUserJwt(jwt);
  const parcels = await fetchParcels(user);
  await tokenSet;
  await Intercom.presentMessageComposer(`About my ${parcels.length} parcels`);
}

/** Whoever calls it while a sign-in is under way gets the same promise. */
function signInOnce(user: User): Promise<void> {
  signingIn ??= (async () => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    await Intercom.loginUserWithUserAttributes({ userId: user.id, email: user.email });
  })().finally(() => {
    signingIn = null;
  });
  return signingIn;
}

export async function openMessages(user: User): Promise<void> {
  await signInOnce(user);
  await Intercom.presentSpace(Space.messages);
}
