import Intercom from '@intercom/intercom-react-native';
import BackgroundFetch from 'react-native-background-fetch';

import { fetchIntercomJwt, type User } from '../api';

export async function faultyRefreshInBackground(user: User) {
  await BackgroundFetch.configure({}, async (task) => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    BackgroundFetch.finish(task);
  });
  // The system calls it in a quarter of an hour.
  await Intercom.updateUser({ name: user.name });
}

export async function refreshInBackground(user: User) {
  await BackgroundFetch.configure({}, async (task) => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    await Intercom.updateUser({ name: user.name });
    BackgroundFetch.finish(task);
  });
}
