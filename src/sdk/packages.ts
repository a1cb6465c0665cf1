/** The clients that are followed without being told of, and those that can be named by one word. */

import { memberPattern, MOBILE_CLIENT, type ClientModule } from './client-module.ts';
import { capacitorRoleOf, type Role } from './roles.ts';

/**
 * The plugins for Capacitor. Each method takes one object, and returns a promise.
 *
 * Sources: the type declarations of `@capacitor-community/intercom` 8.0.0, the `definitions.ts` of
 * `@capgo/capacitor-intercom` 8.1.12 and of `@capawesome/capacitor-intercom` 0.1.0.
 */
const CAPACITOR: readonly ClientModule[] = [
  ['@capacitor-community/intercom', 'Intercom', 'IntercomPlugin'] as const,
  ['@capgo/capacitor-intercom', 'CapgoIntercom', 'CapgoIntercomPlugin'] as const,
  ['@capawesome/capacitor-intercom', 'Intercom', 'IntercomPlugin'] as const,
].map(([module, exported, type]) => ({
  ...MOBILE_CLIENT,
  module,
  export: exported,
  type,
  takes: 'object',
  global: null,
  role: capacitorRoleOf,
}));

/** All clients that are followed without being told of. They share one pattern of methods. */
export const CLIENTS: readonly ClientModule[] = [MOBILE_CLIENT, ...CAPACITOR];

export const PRESET_NAMES = ['cordova', 'nativescript', 'react-native-intercom'] as const;

export type PresetName = (typeof PRESET_NAMES)[number];

/** What all have that came before the user JWT: it is the hash that says who the user is. */
const BY_HASH: Readonly<Record<string, Role>> = {
  setUserHash: 'establish',
  registerIdentifiedUser: 'login',
  registerUnidentifiedUser: 'guest',
  updateUser: 'update',
  displayMessenger: 'present',
  displayMessageComposer: 'present',
  displayMessageComposerWithInitialMessage: 'present',
  displayConversationsList: 'present',
  logEvent: 'event',
  logout: 'clear',
  reset: 'clear',
};

/** A client by the roles of its methods, these alone. */
export function clientBy(
  methods: Readonly<Record<string, Role>>,
  rest: Omit<ClientModule, 'role' | 'called'>,
): ClientModule {
  return {
    ...rest,
    called: memberPattern(`(?:${Object.keys(methods).map(escaped).join('|')})`),
    role: (method) => (Object.hasOwn(methods, method) ? (methods[method] ?? null) : null),
  };
}

/**
 * Clients that have no user JWT, and sign users in by a hash, which has to be set before the login
 * just as well.
 *
 * Sources: `www/intercom.js` and `plugin.xml` of `cordova-plugin-intercom` 12.1.0, the declarations
 * of `react-native-intercom` 21.1.1, and the source of `nativescript-intercom-bridge`.
 */
export const PRESETS: Readonly<Record<PresetName, ClientModule>> = {
  // Its bridge runs one command after the other, and tells by callbacks.
  cordova: clientBy(
    {
      ...BY_HASH,
      displayHelpCenter: 'present',
      displayHelpCenterCollections: 'present',
      displayCarousel: 'present',
      displayArticle: 'present',
      displaySurvey: 'present',
      fetchHelpCenterCollections: 'request',
      fetchHelpCenterCollection: 'request',
      searchHelpCenter: 'request',
      sendPushTokenToIntercom: 'request',
    },
    {
      module: 'cordova-plugin-intercom',
      path: null,
      export: 'default',
      promises: false,
      takes: 'token',
      isOrdered: true,
      global: 'intercom',
      type: null,
    },
  ),
  // It calls the native SDK where it stands.
  nativescript: clientBy(BY_HASH, {
    module: 'nativescript-intercom-bridge',
    path: null,
    export: 'IntercomBridge',
    promises: false,
    takes: 'token',
    isOrdered: true,
    global: null,
    type: null,
  }),
  'react-native-intercom': clientBy(
    {
      ...BY_HASH,
      displayHelpCenter: 'present',
      presentCarousel: 'present',
      presentArticle: 'present',
      sendTokenToIntercom: 'request',
      handlePushMessage: 'request',
    },
    {
      module: 'react-native-intercom',
      path: null,
      export: 'default',
      promises: true,
      takes: 'token',
      isOrdered: false,
      global: null,
      type: null,
    },
  ),
};

/** All clients, where some of the user's are added, or take the place of the one that is known. */
export function withOwn(own: readonly ClientModule[]): readonly ClientModule[] {
  const named = new Set(own.map(({ module }) => module));
  return [...CLIENTS.filter(({ module }) => !named.has(module)), ...own];
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
