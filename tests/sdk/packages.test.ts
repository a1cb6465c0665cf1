/** The methods of the plugins for Capacitor, as their declarations name them, each with its role. */

import { describe, expect, test } from 'vitest';

import { CLIENTS, PRESET_NAMES, PRESETS } from '../../src/sdk/packages.ts';
import type { Role } from '../../src/sdk/roles.ts';

type Table = Readonly<Record<string, Role | null>>;

const COMMUNITY: Table = {
  loadWithKeys: null,
  registerIdentifiedUser: 'login',
  registerUnidentifiedUser: 'guest',
  updateUser: 'update',
  logout: 'clear',
  logEvent: 'event',
  displayMessenger: 'present',
  displayMessageComposer: 'present',
  displayHelpCenter: 'present',
  hideMessenger: null,
  displayLauncher: null,
  hideLauncher: null,
  displayInAppMessages: null,
  hideInAppMessages: null,
  displayCarousel: 'present',
  setUserHash: null,
  setUserJwt: 'establish',
  setBottomPadding: null,
  sendPushTokenToIntercom: 'request',
  receivePush: 'request',
  displayArticle: 'present',
  addListener: null,
  removeAllListeners: null,
};

const CAPGO: Table = { ...COMMUNITY, displaySurvey: 'present', getUnreadConversationCount: null };

const CAPAWESOME: Table = {
  getUnreadConversationCount: null,
  handlePushNotification: 'request',
  hide: null,
  initialize: null,
  isIntercomPushNotification: null,
  logEvent: 'event',
  loginUnidentifiedUser: 'guest',
  loginUser: 'login',
  logout: 'clear',
  present: 'present',
  presentContent: 'present',
  presentMessageComposer: 'present',
  sendPushTokenToIntercom: 'request',
  setBottomPadding: null,
  setInAppMessagesVisible: null,
  setLauncherVisible: null,
  setUserHash: null,
  setUserJwt: 'establish',
  updateUser: 'update',
  addListener: null,
  removeAllListeners: null,
};

describe('each method has the role that was decided', () => {
  test.each([
    ['@capacitor-community/intercom', 'Intercom', COMMUNITY],
    ['@capgo/capacitor-intercom', 'CapgoIntercom', CAPGO],
    ['@capawesome/capacitor-intercom', 'Intercom', CAPAWESOME],
  ])('of %s', (module, exported, table) => {
    const client = CLIENTS.find((one) => one.module === module);
    expect(client).toMatchObject({ export: exported, takes: 'object', promises: true });
    const roles = Object.keys(table).map((method) => [method, client?.role(method)]);
    expect(Object.fromEntries(roles)).toEqual(table);
  });
});

test('a text that calls a method with a role is found by the pattern of its client', () => {
  for (const client of [...CLIENTS, ...PRESET_NAMES.map((name) => PRESETS[name])]) {
    for (const method of Object.keys({ ...CAPGO, ...CAPAWESOME })) {
      if (client.role(method) === null) continue;
      expect(client.called.test(`x.${method}()`), `${client.module}: ${method}`).toBe(true);
    }
  }
});

test('a preset says which method stands for the one that sets the JWT', () => {
  for (const name of PRESET_NAMES)
    expect(PRESETS[name].role('setUserHash'), name).toBe('establish');
});
