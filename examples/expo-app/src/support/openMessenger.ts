import Intercom, { Space } from '@intercom/intercom-react-native';

import { fetchIntercomJwt, reportError, type User } from '../api';

let signedInAs: string | undefined;

async function ensureSignedIn(user: User): Promise<void> {
  if (signedInAs === user.id) return;
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
  await Intercom.loginUserWithUserAttributes({ userId: user.id, email: user.email });
  signedInAs = user.id;
}

async function applyToken(jwt: string): Promise<void> {
  await Intercom.setUserJwt(jwt);
}

/** Tells whether there is a token for this user. */
async function refreshToken(user: User): Promise<boolean> {
  if (user.accessToken === '') return false;
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
  return true;
}

// Faulty

export async function openTicketsTooEarly(jwt: string): Promise<void> {
  applyToken(jwt).catch(reportError);
  // The tickets open while the token is still being set.
  await Intercom.presentSpace(Space.tickets);
}

export async function openInboxRegardless(user: User): Promise<void> {
  if (!(await refreshToken(user))) {
    reportError(new Error('No token for the inbox'));
  }
  // That there is no token is noticed, but the inbox opens all the same.
  await Intercom.presentSpace(Space.messages);
}

// Correct

export async function openTickets(jwt: string): Promise<void> {
  await applyToken(jwt);
  await Intercom.presentSpace(Space.tickets);
}

export async function openInbox(user: User): Promise<void> {
  if (!(await refreshToken(user))) return;
  await Intercom.presentSpace(Space.messages);
}

export async function signOut(): Promise<void> {
  signedInAs = undefined;
  await Intercom.logout();
}

export async function openHelp(user: User): Promise<void> {
  await ensureSignedIn(user);
  await Intercom.present();
}
