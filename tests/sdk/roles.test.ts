/** The table of roles, and the verbs that stand in for what it does not name. */

import { describe, expect, test } from 'vitest';

import { PROTECTABLE_ROLES, roleOf, ROLES, type Role } from '../../src/sdk/roles.ts';

const TABLE: Readonly<Partial<Record<Role, readonly string[]>>> = {
  establish: ['setUserJwt'],
  login: ['loginUserWithUserAttributes', 'registerIdentifiedUser'],
  guest: ['loginUnidentifiedUser', 'registerUnidentifiedUser'],
  update: ['updateUser'],
  present: [
    'present',
    'presentSpace',
    'presentContent',
    'presentMessageComposer',
    'displayMessenger',
    'displayMessageComposer',
    'displayHelpCenter',
    'displayHelpCenterCollections',
    'displayArticle',
    'displayCarousel',
    'displaySurvey',
  ],
  request: [
    'sendTokenToIntercom',
    'setAuthTokens',
    'fetchHelpCenterCollections',
    'fetchHelpCenterCollection',
    'searchHelpCenter',
    'handlePushMessage',
  ],
  event: ['logEvent'],
  clear: ['logout'],
  provide: ['setUserJwtProvider'],
};

const WITHOUT_ROLE = [
  'initialize',
  'hideIntercom',
  'setInAppMessageVisibility',
  'setLauncherVisibility',
  'setBottomPadding',
  'setThemeMode',
  'setLogLevel',
  'setNeedsStatusBarAppearanceUpdate',
  'isUserLoggedIn',
  'fetchLoggedInUserAttributes',
  'getUnreadConversationCount',
  'setUserHash',
  'addEventListener',
  'bootstrapEventListeners',
  'removeUnreadConversationCountListener',
  'toString',
  'constructor',
  'hasOwnProperty',
  '__proto__',
  '',
];

describe('the methods of the mobile client', () => {
  for (const [role, methods] of Object.entries(TABLE)) {
    test.each(methods)(`%s: ${role}`, (method) => {
      expect(roleOf(method)).toBe(role);
    });
  }

  test.each(WITHOUT_ROLE)('%s has no role', (method) => {
    expect(roleOf(method)).toBeNull();
  });
});

describe('a method that the table does not name has the role of its verb', () => {
  test.each(['login', 'loginUser', 'loginWithJwt', 'login2', 'register', 'registerUser'])(
    '%s: login',
    (method) => {
      expect(roleOf(method)).toBe('login');
    },
  );

  test.each([
    'loginUnidentified',
    'loginAnonymousUser',
    'loginGuest',
    'loginAsGuest',
    'login_guest_user',
    'registerAnonymous',
    'loginUNIDENTIFIEDUser',
  ])('%s: guest, since it names nobody', (method) => {
    expect(roleOf(method)).toBe('guest');
  });

  test.each(['loginGuestbook', 'loginUser', 'registerUnidentifiable'])(
    '%s: login, since the word is another one',
    (method) => {
      expect(roleOf(method)).toBe('login');
    },
  );

  test.each(['presentTicket', 'presentSurvey', 'present2', 'display', 'displayTickets'])(
    '%s: present',
    (method) => {
      expect(roleOf(method)).toBe('present');
    },
  );

  test.each([
    'presentation',
    'presentationMode',
    'presented',
    'logins',
    'loginable',
    'registered',
    'registerable',
    'displayed',
    'displays',
    'Present',
    'isPresent',
    'autologin',
    'unregisterUser',
    'didPresent',
  ])('%s has none: the verb is a whole word, and comes first', (method) => {
    expect(roleOf(method)).toBeNull();
  });
});

test('what can be protected sends a request with the token', () => {
  expect([...PROTECTABLE_ROLES].sort()).toEqual(['event', 'login', 'present', 'request', 'update']);
  for (const role of PROTECTABLE_ROLES) expect(ROLES).toContain(role);
});
