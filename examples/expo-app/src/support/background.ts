import Intercom from '@intercom/intercom-react-native';
import * as TaskManager from 'expo-task-manager';
import BackgroundFetch from 'react-native-background-fetch';

import { fetchIntercomJwt, restoreUser, type User } from '../api';

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

async function connect(user: User | null) {
  if (user === null) return false;
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
  return true;
}

TaskManager.defineTask('refresh', async () => {
  await connect(await restoreUser());
});

export async function faultyOpenAfterTask() {
  // The system runs the task whenever it likes.
  if (TaskManager.isTaskDefined('refresh')) await Intercom.present();
}

TaskManager.defineTask('rename', async () => {
  const user = await restoreUser();
  if (await connect(user)) await Intercom.updateUser({ name: user?.name ?? '' });
});
