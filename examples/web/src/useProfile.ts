import { useIntercom } from 'react-use-intercom';

import { fetchIntercomJwt, type User } from './api';

export function useProfile() {
  const { update } = useIntercom();

  // ✅ Each update that names the user has a JWT.
  async function rename(user: User, name: string) {
    update({ userId: user.id, name, intercomUserJwt: await fetchIntercomJwt() });
  }

  // ❌ The package sends of an update what it is given, and nothing of the one before.
  function renameUnproven(user: User, name: string) {
    update({ userId: user.id, name });
  }

  return { rename, renameUnproven };
}
