import Intercom, { Space } from '@intercom/intercom-react-native';

import { fetchIntercomJwt, reportError, type User } from '../api';

// Faulty

export async function upgradeGuestTooEarly(register: () => Promise<User>): Promise<void> {
  await Intercom.loginUnidentifiedUser();
  await Intercom.presentSpace(Space.helpCenter);
  const user = await register();
  // A guest may do without a token; a user with a name may not.
  await Intercom.loginUserWithUserAttributes({ userId: user.id, email: user.email });
}

export async function openForEverybody(user: User | null): Promise<void> {
  if (user !== null) {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    await Intercom.loginUserWithUserAttributes({ userId: user.id });
  }
  // Whoever is not signed in is neither a user nor a guest here.
  await Intercom.present();
}

// Correct

export async function upgradeGuest(register: () => Promise<User>): Promise<void> {
  await Intercom.loginUnidentifiedUser();
  await Intercom.presentSpace(Space.helpCenter);
  const user = await register();
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
  await Intercom.loginUserWithUserAttributes({ userId: user.id, email: user.email });
}

export async function openForUserOrGuest(user: User | null): Promise<void> {
  if (user !== null) {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    await Intercom.loginUserWithUserAttributes({ userId: user.id });
  } else {
    await Intercom.loginUnidentifiedUser();
  }
  await Intercom.present();
}

export async function openAsUserElseAsGuest(user: User): Promise<void> {
  try {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    await Intercom.loginUserWithUserAttributes({ userId: user.id });
  } catch (error) {
    reportError(error);
    await Intercom.loginUnidentifiedUser();
  }
  await Intercom.present();
}
