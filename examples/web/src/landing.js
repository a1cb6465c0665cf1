/** A page without React, by the SDK. */
import Intercom, { shutdown, update } from '@intercom/messenger-js-sdk';

import { fetchIntercomJwt, signOutOfApp } from './api';

// ✅
export async function open(user) {
  Intercom({
    app_id: 'abc12345',
    user_id: user.id,
    intercom_user_jwt: await fetchIntercomJwt(),
  });
}

// ❌ The hash is another kind of proof.
export async function openByHash(user) {
  Intercom({ app_id: 'abc12345', user_id: user.id, user_hash: await fetchIntercomJwt() });
}

// ❌ An empty text is sent as it is.
export function openPerhaps(user, jwt) {
  Intercom({ app_id: 'abc12345', user_id: user.id, intercom_user_jwt: jwt ?? '' });
}

// ❌ Whatever runs in the page can read it.
export async function openAndKeep(user) {
  const jwt = await fetchIntercomJwt();
  sessionStorage.setItem('chat', jwt);
  update({ user_id: user.id, intercom_user_jwt: jwt });
}

// ✅
export async function leave() {
  shutdown();
  await signOutOfApp();
}

// ❌ The default export takes an object: this only logs a warning.
export async function leaveOpen() {
  Intercom('shutdown');
  await signOutOfApp();
}
