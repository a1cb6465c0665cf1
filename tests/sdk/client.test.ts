/** By which names the client goes, and what only looks like it. */

import { describe, expect, test } from 'vitest';

import { expectCorrect, expectFaulty, reportedLines } from '../helpers/verdict.ts';

/** Programs in which a method is called on a client, with no set anywhere. */
const CLIENTS: Readonly<Record<string, string>> = {
  'a default import': `
    import Intercom from '@intercom/intercom-react-native';
    Intercom.present(); // bad`,
  'a default import under another name': `
    import chat from '@intercom/intercom-react-native';
    chat.present(); // bad`,
  'a default import beside named ones': `
    import Intercom, { Space, Visibility } from '@intercom/intercom-react-native';
    Intercom.presentSpace(Space.home); // bad`,
  'the default among named imports': `
    import { default as Chat, Space } from '@intercom/intercom-react-native';
    Chat.present(); // bad`,
  'the default of a namespace': `
    import * as ns from '@intercom/intercom-react-native';
    ns.default.present(); // bad`,
  'a name for the default of a namespace': `
    import * as ns from '@intercom/intercom-react-native';
    const Intercom = ns.default;
    Intercom.present(); // bad`,
  'what is destructured from a namespace': `
    import * as ns from '@intercom/intercom-react-native';
    const { default: Intercom } = ns;
    Intercom.present(); // bad`,
  require: `
    const Intercom = require('@intercom/intercom-react-native');
    Intercom.present(); // bad`,
  'the default of require': `
    const Intercom = require('@intercom/intercom-react-native').default;
    Intercom.present(); // bad`,
  'the default of require, called at once': `
    require('@intercom/intercom-react-native').default.present(); // bad`,
  'what is destructured from require': `
    const { default: Intercom, Space } = require('@intercom/intercom-react-native');
    Intercom.presentSpace(Space.home); // bad`,
  'require with a cast': `
    const { default: Intercom } = require('@intercom/intercom-react-native') as typeof M;
    Intercom.present(); // bad`,
  'the default of a module that was required': `
    const mod = require('@intercom/intercom-react-native');
    mod.default.present(); // bad`,
  'import()': `
    const { default: Intercom } = await import('@intercom/intercom-react-native');
    await Intercom.present(); // bad`,
  'the default of import()': `
    export async function open() {
      const Intercom = (await import('@intercom/intercom-react-native')).default;
      await Intercom.present(); // bad
    }`,
  'a module that was imported dynamically': `
    export async function open() {
      const mod = await import('@intercom/intercom-react-native');
      await mod.default.present(); // bad
    }`,
  'the continuation of import()': `
    import('@intercom/intercom-react-native').then(({ default: Intercom }) => {
      Intercom.present(); // bad
    });`,
  'the module in the continuation of import()': `
    import('@intercom/intercom-react-native').then((mod) => mod.default.present()); // bad`,
  'import = require()': `
    import Intercom = require('@intercom/intercom-react-native');
    Intercom.present(); // bad`,
  'an alias': `
    import Intercom from '@intercom/intercom-react-native';
    const chat = Intercom;
    chat.present(); // bad`,
  'an alias of an alias, with casts': `
    import Intercom from '@intercom/intercom-react-native';
    const chat = Intercom as any;
    const other = chat!;
    (other satisfies object).present(); // bad`,
  'a variable that is assigned under a condition': `
    let Intercom: any = null;
    if (Platform.OS !== 'web') Intercom = require('@intercom/intercom-react-native').default;
    export const open = () => Intercom.present(); // bad`,
  'a variable that is assigned in a try': `
    let sdk = null;
    try {
      sdk = require('@intercom/intercom-react-native').default;
    } catch {}
    export const open = async () => {
      if (!sdk) return;
      await sdk.present(); // bad
    };`,
  'a variable without a type': `
    let Intercom;
    Intercom = require('@intercom/intercom-react-native').default;
    Intercom.present(); // bad`,
  'a variable that is destructured into': `
    let Intercom = null;
    ({ default: Intercom } = require('@intercom/intercom-react-native'));
    Intercom.present(); // bad`,
  'a cache filled by ??=': `
    let cache = null;
    function sdk() {
      return (cache ??= require('@intercom/intercom-react-native'));
    }
    export async function open() {
      const m = sdk();
      if (!m) return;
      await m.default.present(); // bad
    }`,
  'one side of a conditional expression': `
    import Native from '@intercom/intercom-react-native';
    const Intercom = Platform.OS === 'web' ? shim : Native;
    Intercom.present(); // bad`,
  'one side of &&': `
    import Native from '@intercom/intercom-react-native';
    const Intercom = isNative && Native;
    Intercom.present(); // bad`,
  'one side of ||': `
    import Native from '@intercom/intercom-react-native';
    (override || Native).present(); // bad`,
  'one side of ??': `
    import Native from '@intercom/intercom-react-native';
    const Intercom = props.client ?? Native;
    Intercom.present(); // bad`,
  'mod?.default ?? mod': `
    const mod = require('@intercom/intercom-react-native');
    const Intercom = mod?.default ?? mod;
    Intercom.present(); // bad`,
  'mod?.default ?? mod, behind a cache': `
    let cached = null;
    function load() {
      if (cached) return cached;
      try {
        const mod = require('@intercom/intercom-react-native');
        cached = mod?.default ?? mod;
      } catch {
        cached = null;
      }
      return cached;
    }
    export const open = () => load()?.present(); // bad`,
  'a class field': `
    import Intercom from '@intercom/intercom-react-native';
    export class Chat {
      client = Intercom;
      open() {
        return this.client.present(); // bad
      }
    }`,
  'a class field that is assigned': `
    export class Chat {
      Intercom: any;
      async load() {
        const m = await import('@intercom/intercom-react-native');
        this.Intercom = m.default;
      }
      open() {
        return this.Intercom.present(); // bad
      }
    }`,
  'a private field': `
    import Intercom from '@intercom/intercom-react-native';
    export class Chat {
      #client = Intercom;
      open() {
        return this.#client.present(); // bad
      }
    }`,
  'a static field': `
    import Intercom from '@intercom/intercom-react-native';
    export class Chat {
      static client = Intercom;
      static open() {
        return Chat.client.present(); // bad
      }
    }`,
  'a field that the constructor fills': `
    import Intercom from '@intercom/intercom-react-native';
    export class Chat {
      constructor() {
        this.client = Intercom;
      }
      open() {
        return this.client.present(); // bad
      }
    }`,
  'a parameter to which it is passed': `
    import Intercom from '@intercom/intercom-react-native';
    function open(client) {
      return client.present(); // bad
    }
    open(Intercom);`,
  'a parameter of a method, to which it is passed': `
    const Intercom = require('@intercom/intercom-react-native').default;
    class Chat {
      async auth(session, client: any) {
        await client.loginUserWithUserAttributes(session); // bad
      }
      start(session) {
        return this.auth(session, Intercom);
      }
    }
    new Chat().start({});`,
  'a parameter whose default it is': `
    import Intercom from '@intercom/intercom-react-native';
    export function open(client = Intercom) {
      return client.present(); // bad
    }`,
  'a parameter annotated with the type of the default': `
    import type Intercom from '@intercom/intercom-react-native';
    export function open(client: typeof Intercom) {
      return client.present(); // bad
    }`,
  'a parameter annotated with the type of the module': `
    type Module = typeof import('@intercom/intercom-react-native');
    export function open(mod: Module) {
      return mod.default.present(); // bad
    }`,
  'a parameter annotated with a member of the type of the module': `
    type Client = (typeof import('@intercom/intercom-react-native'))['default'];
    export function open(client: Client | null) {
      return client?.present(); // bad
    }`,
  'a variable annotated with its type': `
    type Module = typeof import('@intercom/intercom-react-native');
    let mod: Module | null = null;
    export const open = () => mod?.default.present(); // bad`,
  'the result of an accessor': `
    function sdk() {
      return require('@intercom/intercom-react-native').default;
    }
    sdk().present(); // bad`,
  'the result of an accessor that may be null': `
    function sdk() {
      if (web) return null;
      try {
        return require('@intercom/intercom-react-native').default;
      } catch {
        return null;
      }
    }
    export const open = () => sdk()?.present(); // bad`,
  'the result of an async accessor': `
    const load = async () => (await import('@intercom/intercom-react-native')).default;
    export async function open() {
      const Intercom = await load();
      await Intercom.present(); // bad
    }`,
  'the result of an async accessor method': `
    export class Chat {
      private async client() {
        const { default: Intercom } = await import('@intercom/intercom-react-native');
        return Intercom;
      }
      async open() {
        await (await this.client()).present(); // bad
      }
    }`,
  'the result of an accessor that makes it ready': `
    import Native from '@intercom/intercom-react-native';
    async function ready() {
      await Native.initialize('a', 'b');
      return Native;
    }
    export async function open() {
      const Intercom = await ready();
      await Intercom.present(); // bad
    }`,
  'a property of an object that is returned': `
    function loadSdk() {
      try {
        const mod = require('@intercom/intercom-react-native');
        return { Intercom: mod.default, Space: mod.Space };
      } catch {
        return null;
      }
    }
    const sdk = loadSdk();
    export const open = () => {
      if (!sdk) return;
      const { Intercom } = sdk;
      Intercom.present(); // bad
    };`,
  'a property of an object that is passed': `
    import Intercom from '@intercom/intercom-react-native';
    function open({ client }) {
      client.present(); // bad
    }
    open({ client: Intercom });`,
  'a property that is assigned': `
    import Intercom from '@intercom/intercom-react-native';
    const services = {};
    services.chat = Intercom;
    services.chat.present(); // bad`,
  'a property of a spread object': `
    import Intercom from '@intercom/intercom-react-native';
    const base = { chat: Intercom };
    const services = { ...base };
    services.chat.present(); // bad`,
  'a getter': `
    import Intercom from '@intercom/intercom-react-native';
    export class Chat {
      private get client() {
        return Intercom;
      }
      open() {
        return this.client.present(); // bad
      }
    }`,
  'an element of a list': `
    import Intercom from '@intercom/intercom-react-native';
    const [chat] = [Intercom];
    chat.present(); // bad`,
  'a global that nothing declares': `
    Intercom.present(); // bad`,
  'a module in a try, under Platform.OS': `
    let sdk: any = null;
    if (Platform.OS !== 'web') {
      try {
        sdk = require('@intercom/intercom-react-native').default;
      } catch {}
    }
    export const open = () => sdk?.present(); // bad`,
  useMemo: `
    import Native from '@intercom/intercom-react-native';
    export function useChat() {
      const client = useMemo(() => Native, []);
      return client.present(); // bad
    }`,
};

/** Ways of calling a method of a client that is imported, with no set anywhere. */
const CALLS: Readonly<Record<string, string>> = {
  'an optional call': 'Intercom?.present();',
  'an optional method': 'Intercom.present?.();',
  'a cast': '(Intercom as any).present();',
  'a non-null assertion': 'Intercom!.present();',
  satisfies: '(Intercom satisfies object).present();',
  parentheses: '((Intercom)).present();',
  'a computed literal member': "Intercom['present']();",
  'a template as a member': 'Intercom[`present`]();',
  'the default of the default': 'Intercom.default.present();',
  call: 'Intercom.present.call(Intercom);',
  apply: 'Intercom.presentSpace.apply(Intercom, [space]);',
  'a destructured method': 'const { present } = Intercom; present();',
  'a destructured method under another name': 'const { present: open } = Intercom; open();',
  'a method with a name': 'const open = Intercom.present; open();',
  'a bound method': 'const open = Intercom.present.bind(Intercom); open();',
  'a reference in an element': 'const e = <Button onPress={Intercom.present} />;',
  'a bound reference in an element':
    'const e = <Button onPress={Intercom.present.bind(Intercom)} />;',
  'a reference that is passed': 'call(Intercom.present);',
  'a reference in a property': "render({ text: 'Help', onPress: Intercom.present });",
  'a reference in a property of an object that is used':
    "const o = { text: 'Help', onPress: Intercom.present }; render(o);",
  'new methods': 'Intercom.presentTicket(1);',
  login: 'Intercom.login({ userId: 1 });',
  'a method of old versions': 'Intercom.displayMessenger();',
};

/** Programs with no client in them. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  'the web SDK, called itself': `
    import Intercom from '@intercom/messenger-js-sdk';
    Intercom({ app_id: 'x', intercom_user_jwt: t });`,
  'methods of the web SDK': `
    import Intercom from '@intercom/messenger-js-sdk';
    Intercom.present();`,
  'the web SDK beside the mobile one': `
    import Web, { show, update } from '@intercom/messenger-js-sdk';
    import Intercom from '@intercom/intercom-react-native';
    Web({ app_id: 'x' });
    show();
    update({ name: 'x' });`,
  'window.Intercom': `
    window.Intercom('boot', { app_id: 'x' });
    window.Intercom('update');`,
  'the global of the web Messenger': `
    Intercom('boot', { app_id: 'x' });
    Intercom('showSpace', 'home');`,
  'window.Intercom kept in a constant': `
    const Intercom = window.Intercom;
    Intercom('update');`,
  'react-use-intercom': `
    import { useIntercom, IntercomProvider } from 'react-use-intercom';
    export function Help() {
      const { boot, show, update } = useIntercom();
      boot();
      update({ name: 'x' });
      return <Button onPress={show} />;
    }`,
  'a type-only import': `
    import type Intercom from '@intercom/intercom-react-native';
    declare const other: unknown;
    export type Client = typeof Intercom;`,
  'a type-only import, whose name is a value elsewhere': `
    import type { default as Client } from '@intercom/intercom-react-native';
    export function open(Intercom: object) {
      return Intercom.present();
    }`,
  'a client that jest mocks': `
    import Intercom from '@intercom/intercom-react-native';
    jest.mock('@intercom/intercom-react-native', () => ({ present: jest.fn(), setUserJwt: jest.fn() }));
    test('opens', async () => {
      await Intercom.present();
    });`,
  'a client that vi mocks': `
    import Intercom from '@intercom/intercom-react-native';
    vi.mock('@intercom/intercom-react-native');
    test('opens', async () => {
      await Intercom.present();
    });`,
  'a client that vi mocks by an import': `
    import Intercom from '@intercom/intercom-react-native';
    vi.mock(import('@intercom/intercom-react-native'), () => ({}));
    Intercom.present();`,
  'the factory of a mock': `
    jest.mock('@intercom/intercom-react-native', () => {
      const native = { present: () => Promise.resolve(true), login: jest.fn() };
      native.present();
      return { default: native };
    });`,
  'a local object': `
    const Intercom = { present: () => {}, loginUserWithUserAttributes: async () => {} };
    Intercom.present();
    Intercom.loginUserWithUserAttributes({});`,
  'a shim': `
    const noop = async () => true;
    const Intercom = { setUserJwt: noop, present: noop, updateUser: noop };
    export default Intercom;
    Intercom.updateUser({});`,
  'a local class': `
    class Intercom {
      static present() {}
    }
    Intercom.present();`,
  'a local parameter': `
    export function open(Intercom) {
      Intercom.present();
    }`,
  'another module': `
    import Intercom from './intercom';
    Intercom.present();`,
  'an action creator': `
    import { setUserJwt, login } from './actions';
    export const start = (dispatch, t) => {
      dispatch(setUserJwt(t));
      dispatch(login());
    };`,
  'a setter of state': `
    import { useState } from 'react';
    export function Screen() {
      const [jwt, setUserJwt] = useState(null);
      setUserJwt('x');
      return present(jwt);
    }`,
  'the Capacitor plugin, if it is not configured': `
    import { Intercom } from '@capacitor-community/intercom';
    Intercom.setUserJwt({ jwt: t });
    Intercom.displayMessenger();
    Intercom.registerIdentifiedUser({ userId: 'x' });`,
  'a native module': `
    import { NativeModules } from 'react-native';
    const { IntercomModule } = NativeModules;
    IntercomModule.loginUserWithUserAttributes({});
    NativeModules.IntercomModule.present();`,
  'the old wrapper': `
    import Intercom from 'react-native-intercom';
    Intercom.displayMessenger();`,
  'a test whether there is a method': `
    import Intercom from '@intercom/intercom-react-native';
    export const canLogin = typeof Intercom.loginUserWithUserAttributes === 'function';
    if (typeof Intercom.login === 'function') f();
    if (Intercom.present) g();
    const has = 'present' in Intercom && !!Intercom.present;`,
  'members that are not methods': `
    import Intercom from '@intercom/intercom-react-native';
    f(Intercom.Visibility, Intercom.Space);
    Intercom.initialize('a', 'b');
    Intercom.hideIntercom();`,
  'computed members that are not known': `
    import Intercom from '@intercom/intercom-react-native';
    Intercom[name]();`,
  'an interface': `
    import Intercom from '@intercom/intercom-react-native';
    export interface Chat { present: typeof Intercom.present; login(): Promise<void> }`,
  'another method of the same name': `
    import Intercom from '@intercom/intercom-react-native';
    modal.present();
    analytics.updateUser(Intercom);`,
};

describe('a client', () => {
  for (const [name, source] of Object.entries(CLIENTS)) {
    test(name, () => {
      expectFaulty(source);
    });
  }
});

describe('a call of a method', () => {
  for (const [name, call] of Object.entries(CALLS)) {
    test(name, () => {
      expectFaulty(`import Intercom from '@intercom/intercom-react-native';\n${call} // bad`);
    });

    test(`${name}, after a set`, () => {
      expectCorrect(
        `import Intercom from '@intercom/intercom-react-native';\nawait Intercom.setUserJwt(t);\n${call}`,
      );
    });
  }
});

describe('a set, however it is called', () => {
  const sets: Readonly<Record<string, string>> = {
    'an optional call': 'await Intercom?.setUserJwt?.(t);',
    'a computed member': "await Intercom['setUserJwt'](t);",
    call: 'await Intercom.setUserJwt.call(Intercom, t);',
    apply: 'await Intercom.setUserJwt.apply(Intercom, [t]);',
    'a destructured method': 'const { setUserJwt } = Intercom; await setUserJwt(t);',
    'a bound method': 'const set = Intercom.setUserJwt.bind(Intercom); await set(t);',
    'another name of the client': 'const chat = Intercom; await chat.setUserJwt(t);',
    'a cast': 'await (Intercom as any).setUserJwt(t);',
  };
  for (const [name, set] of Object.entries(sets)) {
    test(name, () => {
      expectCorrect(
        `import Intercom from '@intercom/intercom-react-native';\n${set}\nawait Intercom.present();`,
      );
    });
  }
});

describe('not a client', () => {
  for (const [name, source] of Object.entries(LOOK_ALIKES)) {
    test(name, () => {
      expectCorrect(source);
    });
  }
});

describe('tests of the client are taken to be passed', () => {
  const guards: Readonly<Record<string, string>> = {
    'by truthiness': 'if (sdk) await sdk.setUserJwt(t);',
    'by nullishness': 'if (sdk != null) await sdk.setUserJwt(t);',
    'by strict inequality': 'if (sdk !== null) await sdk.setUserJwt(t);',
    'by an early return': 'if (!sdk) return; await sdk.setUserJwt(t);',
    'by &&': 'sdk && (await sdk.setUserJwt(t));',
    'by an optional chain': 'await sdk?.setUserJwt(t);',
    'by a test of a method': 'if (sdk.setUserJwt) await sdk.setUserJwt(t);',
  };
  for (const [name, guard] of Object.entries(guards)) {
    test(name, () => {
      expectCorrect(`
        let sdk = null;
        try { sdk = require('@intercom/intercom-react-native').default; } catch {}
        export async function run(t) {
          ${guard}
          await sdk.present();
        }`);
    });
  }

  test('but not other tests', () => {
    expectFaulty(`
      let sdk = null;
      try { sdk = require('@intercom/intercom-react-native').default; } catch {}
      export async function run(t) {
        if (sdk && t) await sdk.setUserJwt(t);
        await sdk.present(); // bad
      }`);
  });
});

describe('a client from the settings', () => {
  const wrapper = {
    clients: [
      {
        module: '@acme/intercom',
        methods: { setToken: 'establish', identify: 'login', open: 'present', end: 'clear' },
      },
    ],
  };
  const named = {
    clients: [
      {
        module: '@acme/kit',
        export: 'Chat',
        methods: { setToken: 'establish', open: 'present' },
      },
    ],
  };

  test('has the methods that are named, with their roles', () => {
    expectFaulty(
      `
      import chat from '@acme/intercom';
      export async function run(t, user) {
        await chat.identify(user); // bad
        await chat.setToken(t);
        await chat.identify(user);
        await chat.open();
        await chat.end();
        await chat.open(); // bad
      }`,
      { settings: wrapper },
    );
  });

  test('has no other methods', () => {
    expectCorrect(
      `
      import chat from '@acme/intercom';
      chat.present();
      chat.loginUser();
      chat.toString();
      chat.constructor();`,
      { settings: wrapper },
    );
  });

  test('is an export that has a name', () => {
    expectFaulty(
      `
      import { Chat, other } from '@acme/kit';
      other.open();
      Chat.open(); // bad`,
      { settings: named },
    );
    expectFaulty(
      `
      import * as kit from '@acme/kit';
      kit.open();
      kit.Chat.open(); // bad`,
      { settings: named },
    );
    expectFaulty(
      `
      const { Chat } = require('@acme/kit');
      Chat.open(); // bad`,
      { settings: named },
    );
  });

  test('and is not the default export then', () => {
    expectCorrect(
      `
      import kit from '@acme/kit';
      kit.open();`,
      { settings: named },
    );
  });

  test('shares one session with all others', () => {
    expectCorrect(
      `
      import Intercom from '@intercom/intercom-react-native';
      import chat from '@acme/intercom';
      await chat.setToken(t);
      await Intercom.present();
      await Intercom.setUserJwt(t);
      await chat.open();`,
      { settings: wrapper },
    );
  });

  test('does not take the place of the mobile client', () => {
    expectFaulty(
      `
      import Intercom from '@intercom/intercom-react-native';
      Intercom.present(); // bad`,
      { settings: wrapper },
    );
  });

  test('may be a fork', () => {
    const fork = {
      clients: [
        {
          module: '@capacitor-community/intercom',
          export: 'Intercom',
          methods: { setUserJwt: 'establish', registerIdentifiedUser: 'login' },
        },
      ],
    };
    expectFaulty(
      `
      import { Intercom } from '@capacitor-community/intercom';
      await Intercom.registerIdentifiedUser({ userId: 'x' }); // bad
      await Intercom.setUserJwt({ jwt: t });
      await Intercom.registerIdentifiedUser({ userId: 'x' });`,
      { settings: fork },
    );
  });

  test('is none where it is mocked', () => {
    expectCorrect(
      `
      import chat from '@acme/intercom';
      vi.mock('@acme/intercom');
      chat.open();`,
      { settings: wrapper },
    );
  });

  test('is nothing if it is not in the settings', () => {
    expect(reportedLines("import chat from '@acme/intercom';\nchat.open();", {})).toEqual([]);
  });
});
