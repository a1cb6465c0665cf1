import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, reportError, type User } from '../api';

// Faulty

export async function signInRegardless(user: User): Promise<void> {
  try {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
  } catch (error) {
    reportError(error);
  }
  // After a failure the user is logged in with no token.
  await Intercom.loginUserWithUserAttributes({ userId: user.id });
}

export async function openInAnyCase(user: User, hideSpinner: () => void): Promise<void> {
  const jwt = await fetchIntercomJwt(user);
  try {
    await Intercom.setUserJwt(jwt);
  } finally {
    hideSpinner();
    // A token that was refused opens the Messenger all the same.
    await Intercom.present();
  }
}

// Correct

export async function signInOrFail(user: User): Promise<void> {
  try {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
  } catch (error) {
    reportError(error);
    throw error;
  }
  await Intercom.loginUserWithUserAttributes({ userId: user.id });
}

export async function openIfAllowed(user: User, hideSpinner: () => void): Promise<void> {
  const jwt = await fetchIntercomJwt(user);
  try {
    await Intercom.setUserJwt(jwt);
    await Intercom.present();
  } finally {
    hideSpinner();
  }
}
