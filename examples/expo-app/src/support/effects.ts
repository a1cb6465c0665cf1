import Intercom from '@intercom/intercom-react-native';
import { Effect } from 'effect';

import { fetchIntercomJwt, type User } from '../api';

const ensureJwt = (user: User) =>
  Effect.promise(async () => Intercom.setUserJwt(await fetchIntercomJwt(user)));

export async function faultyOpenFromEffect(user: User) {
  // An effect does nothing before it is run.
  ensureJwt(user);
  await Effect.runPromise(Effect.promise(() => Intercom.present()));
}

export async function openFromEffect(user: User) {
  await Effect.runPromise(
    Effect.gen(function* () {
      yield* ensureJwt(user);
      yield* Effect.promise(() => Intercom.present());
    }),
  );
}
