/** What the playground shows to those who come without a link. */

import type { State } from './state.ts';

const CODE = `import Intercom from '@intercom/intercom-react-native';

import { fetchJwt, isSignedIn } from './session';

interface User {
  id: string;
}

async function forget() {
  await Intercom.logout();
}

export async function onSignIn(user: User) {
  await Intercom.setUserJwt(await fetchJwt(user.id));
  if (user.id === 'demo') await forget();
  await Intercom.loginUserWithUserAttributes({ userId: user.id });
}

export function onNewToken(jwt: string) {
  if (isSignedIn()) Intercom.setUserJwt(jwt);
}

export async function openHelp(user: User) {
  try {
    await Intercom.setUserJwt(await fetchJwt(user.id));
  } catch (error) {
    console.warn(error);
  }
  await Intercom.present();
}
`;

export const START: State = { code: CODE, language: 'ts', preset: 'recommended', options: '' };
