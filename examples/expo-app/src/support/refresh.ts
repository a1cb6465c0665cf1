import { useEffect } from 'react';
import { AppState } from 'react-native';
import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, reportError, type User } from '../api';

const HALF_AN_HOUR = 30 * 60 * 1000;

// Faulty

export function refreshByTimer(user: User): () => void {
  const timer = setInterval(async () => {
    const jwt = await fetchIntercomJwt(user);
    // A token that is refused goes unnoticed.
    Intercom.setUserJwt(jwt);
  }, HALF_AN_HOUR);
  return () => clearInterval(timer);
}

export async function refreshThen(user: User, onRefreshed: () => void): Promise<void> {
  const jwt = await fetchIntercomJwt(user);
  // Whoever awaits this is told that all is done before it is.
  Intercom.setUserJwt(jwt).then(onRefreshed);
}

// Correct

/** Sets a new token whenever the app comes back to the foreground. */
export function useTokenRefresh(user: User | null): void {
  useEffect(() => {
    if (user === null) return;

    const refresh = async () => {
      await Intercom.setUserJwt(await fetchIntercomJwt(user));
    };

    const subscription = AppState.addEventListener('change', (state) => {
      if (state === 'active') refresh().catch(reportError);
    });
    return () => subscription.remove();
  }, [user]);
}

/** In the background on purpose: what was set before is still valid for a while. */
export async function refreshBehind(user: User): Promise<void> {
  const jwt = await fetchIntercomJwt(user);
  void Intercom.setUserJwt(jwt).catch(reportError);
}
