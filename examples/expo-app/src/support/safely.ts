import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, reportError, type User } from '../api';

/** Support must never take the app down: what fails is reported, and the app goes on. */
async function safely(step: string, task: () => Promise<unknown>): Promise<void> {
  try {
    await task();
  } catch (error) {
    reportError(new Error(`Support failed to ${step}`, { cause: error }));
  }
}

async function withFreshJwt<T>(user: User, task: () => Promise<T>): Promise<T> {
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
  return task();
}

// Faulty

export async function identifyTooEarly(user: User, jwt: string): Promise<void> {
  void safely('set the token', () => Intercom.setUserJwt(jwt));
  await safely('log in', () => {
    // Nobody waits for the step before, so the login can overtake the token.
    return Intercom.loginUserWithUserAttributes({ userId: user.id });
  });
}

// Correct

export async function identify(user: User, jwt: string): Promise<void> {
  await safely('set the token', () => Intercom.setUserJwt(jwt));
  await safely('log in', () => Intercom.loginUserWithUserAttributes({ userId: user.id }));
}

export function reportDamage(user: User, parcel: string): Promise<boolean> {
  return withFreshJwt(user, () => Intercom.presentMessageComposer(`${parcel} is damaged`));
}
