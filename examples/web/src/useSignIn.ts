import { useIntercom } from 'react-use-intercom';

import { fetchIntercomJwt, type User } from './api';

export function useSignIn() {
  const { boot, update } = useIntercom();

  // ✅ The Messenger is booted, so an update tells of the user.
  async function signIn(user: User) {
    update({ userId: user.id, intercomUserJwt: await fetchIntercomJwt() });
  }

  // ❌ The provider has booted, so this does nothing.
  async function signInAgain(user: User) {
    boot({ userId: user.id, intercomUserJwt: await fetchIntercomJwt() });
  }

  // ❌ The package hands on what it knows, and this is what Intercom itself calls it.
  async function signInByOldName(user: User) {
    const attributes = { userId: user.id, intercom_user_jwt: await fetchIntercomJwt() };
    update(attributes);
  }

  return { signIn, signInAgain, signInByOldName };
}
