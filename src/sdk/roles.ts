/**
 * What each method of an Intercom client means for the user JWT.
 *
 * Sources: the type declarations of `@intercom/intercom-react-native` 4.0 to 10.7, and the "React
 * Native" pages of developers.intercom.com.
 */

import { wordsOf } from './words.ts';

export const ROLES = [
  'establish',
  'login',
  'guest',
  'update',
  'present',
  'request',
  'event',
  'clear',
  'provide',
] as const;

/** What a method does to the session, or needs of it. */
export type Role = (typeof ROLES)[number];

/** The roles of methods that send a request and can be protected. */
export const PROTECTABLE_ROLES = ['login', 'update', 'present', 'request', 'event'] as const;
export type ProtectableRole = (typeof PROTECTABLE_ROLES)[number];

/** The package that the rules follow without being told. */
export const CLIENT_MODULE = '@intercom/intercom-react-native';

/** The methods of the mobile client. A method that is not listed and not {@link BY_VERB} has none. */
const METHODS: ReadonlyMap<string, Role | null> = new Map<string, Role | null>([
  ['setUserJwt', 'establish'],
  ['loginUserWithUserAttributes', 'login'],
  ['registerIdentifiedUser', 'login'],
  ['loginUnidentifiedUser', 'guest'],
  ['registerUnidentifiedUser', 'guest'],
  ['updateUser', 'update'],
  ['sendTokenToIntercom', 'request'],
  ['setAuthTokens', 'request'],
  ['fetchHelpCenterCollections', 'request'],
  ['fetchHelpCenterCollection', 'request'],
  ['searchHelpCenter', 'request'],
  ['handlePushMessage', 'request'],
  ['logEvent', 'event'],
  ['logout', 'clear'],
  ['setUserJwtProvider', 'provide'],
]);

/** What a method does whose name starts with this verb: so later versions are covered. */
const VERBS: readonly (readonly [verb: string, Role])[] = [
  ['login', 'login'],
  ['register', 'login'],
  ['present', 'present'],
  ['display', 'present'],
];

const BY_VERB = VERBS.map(([verb, role]) => [new RegExp(`^${verb}(?![a-z])`), role] as const);

/** Methods with a role that only the plugins for Capacitor have, or by another name. */
const OF_CAPACITOR: ReadonlyMap<string, Role | null> = new Map<string, Role | null>([
  ['sendPushTokenToIntercom', 'request'],
  ['receivePush', 'request'],
  ['handlePushNotification', 'request'],
  // Whether these may be seen is said, and nothing is opened.
  ['displayLauncher', null],
  ['displayInAppMessages', null],
]);

/** The names of the methods with a role, as a pattern. The style `display: 'flex'` is none. */
export const METHOD_NAMES = `(?:${[
  ...METHODS.keys(),
  ...OF_CAPACITOR.keys(),
  ...VERBS.map(([verb]) => `${verb}(?:[^a-z\\W]\\w*)?(?!${verb === 'display' ? '\\s*:' : '\\w'})`),
].join('|')})`;

/** Who is logged in with no name, and so with no JWT: by any of these words. */
const GUESTS: ReadonlySet<string> = new Set(['unidentified', 'anonymous', 'guest']);

/** The role of a method of the mobile client; null where it has none. */
export function roleOf(method: string): Role | null {
  const listed = METHODS.get(method);
  if (listed !== undefined) return listed;
  const role = BY_VERB.find(([verb]) => verb.test(method))?.[1] ?? null;
  return role === 'login' && wordsOf(method).some((word) => GUESTS.has(word)) ? 'guest' : role;
}

/** The role of a method of a plugin for Capacitor; null where it has none. */
export function capacitorRoleOf(method: string): Role | null {
  const listed = OF_CAPACITOR.get(method);
  return listed === undefined ? roleOf(method) : listed;
}
