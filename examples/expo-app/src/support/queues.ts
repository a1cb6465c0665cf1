import { startSpan } from '@sentry/core';
import AsyncLock from 'async-lock';
import Intercom from '@intercom/intercom-react-native';
import { debounce, once } from 'lodash';
import pLimit from 'p-limit';
import pMemoize from 'p-memoize';
import PQueue from 'p-queue';
import pRetry from 'p-retry';
import pTimeout from 'p-timeout';

import { fetchIntercomJwt, type User } from '../api';

const limit = pLimit(1);
const lock = new AsyncLock();
const queue = new PQueue({ concurrency: 1 });

const setJwt = async (user: User) => {
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
};

export async function faultyOpenFromQueue(user: User) {
  // It has its turn at some time.
  void queue.add(() => setJwt(user));
  await Intercom.present();
}

export async function openFromQueue(user: User) {
  await queue.add(() => setJwt(user));
  await Intercom.present();
}

export async function faultySwitchUsers(jwts: string[]) {
  limit.map(jwts, (jwt) => Intercom.setUserJwt(jwt));
}

export async function switchUsers(jwts: string[]) {
  await limit.map(jwts, (jwt) => Intercom.setUserJwt(jwt));
}

export async function faultyOpenAgain(user: User) {
  try {
    await pRetry(() => setJwt(user), { retries: 2 });
  } catch {
    // The last try was rejected, too.
  }
  await Intercom.present();
}

export async function openAgain(user: User) {
  await pRetry(() => setJwt(user), { retries: 2 });
  await Intercom.present();
}

export async function faultyOpenInTime(user: User) {
  // With a message of `false`, nothing is thrown where it takes too long.
  await pTimeout(setJwt(user), { milliseconds: 2000, message: false });
  await Intercom.present();
}

export async function openInTime(user: User) {
  await pTimeout(setJwt(user), { milliseconds: 2000 });
  await Intercom.present();
}

const ensureJwt = pMemoize(setJwt);

export async function faultyReopen(user: User) {
  await ensureJwt(user);
  await Intercom.logout();
  // It was set once, and is not set again.
  await ensureJwt(user);
  await Intercom.present();
}

export async function reopen(user: User) {
  await Intercom.logout();
  await setJwt(user);
  await Intercom.present();
}

export async function faultyOpenLater(user: User) {
  const set = debounce(() => setJwt(user), 500);
  await set();
  await Intercom.present();
}

export async function openOnce(user: User) {
  const set = once(() => setJwt(user));
  await set();
  await Intercom.present();
}

export async function faultyOpenUnderLock(user: User) {
  await lock.acquire('jwt', async () => {
    setJwt(user).catch(console.warn);
  });
  await Intercom.present();
}

export async function openUnderLock(user: User) {
  await lock.acquire('jwt', () => setJwt(user));
  await Intercom.present();
}

export async function faultyOpenInSpan(user: User) {
  void startSpan({ name: 'jwt' }, () => setJwt(user));
  await Intercom.present();
}

export async function openInSpan(user: User) {
  await startSpan({ name: 'jwt' }, () => setJwt(user));
  await Intercom.present();
}
