/**
 * Through what the web Messenger is spoken to, and what each API calls the attributes of a user.
 *
 * Sources: the code of `@intercom/messenger-js-sdk` 0.0.20 and `react-use-intercom` 5.4 and 5.8, and
 * the "Web" pages of developers.intercom.com. `tests/sdk/web/runtime.test.ts` runs both packages.
 */

/**
 * - `sdk`: `@intercom/messenger-js-sdk`, which hands on what it is given as it is
 * - `react`: `react-use-intercom`, which hands on the attributes that it knows, under other names
 * - `global`: `window.Intercom` and `window.intercomSettings`
 */
export type Api = 'sdk' | 'react' | 'global';

export const SDK_PACKAGE = '@intercom/messenger-js-sdk';
export const REACT_PACKAGE = 'react-use-intercom';

export const WEB_PACKAGES: readonly string[] = [SDK_PACKAGE, REACT_PACKAGE];

/** The attributes that the rules ask for. */
export const ATTRIBUTES = ['jwt', 'hash', 'userId', 'email'] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

type Names = Readonly<Record<Attribute, string>>;

const SNAKE: Names = {
  jwt: 'intercom_user_jwt',
  hash: 'user_hash',
  userId: 'user_id',
  email: 'email',
};

const CAMEL: Names = {
  jwt: 'intercomUserJwt',
  hash: 'userHash',
  userId: 'userId',
  email: 'email',
};

/** What an API calls the attributes. */
export const NAMES: Readonly<Record<Api, Names>> = { sdk: SNAKE, react: CAMEL, global: SNAKE };

/** What `react-use-intercom` hands on under the names that the Messenger itself has for it. */
export const CUSTOM_ATTRIBUTES = 'customAttributes';
export const RAW_NAMES: Names = SNAKE;

/** The first version of `react-use-intercom` that hands on `intercomUserJwt`. */
export const REACT_WITH_JWT = [5, 5] as const;

/**
 * What a call means for the user:
 * - `start`: the SDK's default export, which boots, and updates once that is done
 */
export type WebRole = 'start' | 'boot' | 'update' | 'shutdown';

const ROLES: ReadonlyMap<string, WebRole> = new Map([
  ['boot', 'boot'],
  ['update', 'update'],
  ['shutdown', 'shutdown'],
  ['hardShutdown', 'shutdown'],
]);

/** The role of a method of the web Messenger; null where it has none. */
export function webRoleOf(method: string): WebRole | null {
  return ROLES.get(method) ?? null;
}

/** The functions that the SDK exports beside its default. */
export const SDK_EXPORTS: ReadonlySet<string> = new Set([
  ...['boot', 'shutdown', 'update', 'hide', 'show', 'showSpace', 'showMessages'],
  ...['showNewMessage', 'onHide', 'onShow', 'onUnreadCountChange', 'trackEvent', 'getVisitorId'],
  ...['whoami', 'startTour', 'showArticle', 'showNews', 'startSurvey', 'startChecklist'],
  ...['showTicket', 'showConversation', 'onUserEmailSupplied', 'hideNotifications'],
  'startConversation',
]);

/** What a text contains that names the web Messenger, so that a module with it can matter. */
export const WEB_MARKS: readonly string[] = [
  'messenger-js-sdk',
  REACT_PACKAGE,
  'intercomSettings',
  '.Intercom',
  'Intercom(',
];

/** What a file contains that speaks to the web Messenger by its own means. */
const NAMED =
  /messenger-js-sdk|react-use-intercom|intercomSettings|[.'"`]Intercom\b|\bIntercom\b(?:[\s)!?.\]'"`]|as any)*\(|\bIntercom\b[^;\n]{0,80}=\s*(?:window|globalThis|self)\b/;

/** What a file contains that may do so by those of another module. */
const LENT = /\b(?:boot|update|shutdown|hardShutdown|autoBoot)\b|intercom_?user_?jwt/i;

/** Whether a text names the web Messenger. */
export function namesWeb(text: string): boolean {
  return text.includes('ntercom') && NAMED.test(text);
}

/** Whether a text may speak to the web Messenger by what other modules lend. */
export function mayBorrowWeb(text: string): boolean {
  return LENT.test(text);
}
