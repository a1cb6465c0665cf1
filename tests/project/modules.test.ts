/** What the functions of other modules do. In each project, faulty calls are marked. */

import { describe, expect, test } from 'vitest';

import { markedFile, projectOf, type Files } from '../helpers/project.ts';
import type { VerdictOptions } from '../helpers/verdict.ts';

interface Project extends VerdictOptions {
  /** The file that is linted is the first. */
  readonly files: Files;
}

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";

/** The session, as a module of functions. */
const SESSION = `${SDK}
export async function establish(t) { await Intercom.setUserJwt(t); }
export async function forget(t) { Intercom.setUserJwt(t); }
export async function maybe(t) { if (!t) return; await Intercom.setUserJwt(t); }
export default async function ready() { await Intercom.setUserJwt(await fetchToken()); }
`;

/** A screen that runs these statements. */
function screen(imports: string, body: string): string {
  return `${SDK}${imports}\nexport async function run(t, a) {\n${body}\n}`;
}

const PROJECTS: Readonly<Record<string, Project>> = {
  'a helper that awaits the set': {
    files: {
      'a.ts': screen(
        "import { establish } from './session';",
        'await establish(t);\nawait Intercom.loginUserWithUserAttributes(a);',
      ),
      'session.ts': SESSION,
    },
  },
  'a helper that does not await it': {
    files: {
      'a.ts': screen(
        "import { forget } from './session';",
        'await forget(t);\nawait Intercom.loginUserWithUserAttributes(a); // bad',
      ),
      'session.ts': SESSION,
    },
  },
  'a helper that is not awaited': {
    files: {
      'a.ts': screen(
        "import { establish } from './session';",
        'establish(t);\nawait Intercom.loginUserWithUserAttributes(a); // bad',
      ),
      'session.ts': SESSION,
    },
  },
  'a helper that a wrapper of another module makes': {
    files: {
      'a.ts': screen(
        "import { ensure } from './session';",
        'await ensure(t);\nawait Intercom.loginUserWithUserAttributes(a);',
      ),
      'session.ts': `${SDK}
        import { logged } from './wrap';
        export const ensure = logged('session')(async (t) => { await Intercom.setUserJwt(t); });`,
      'wrap.ts': `
        export const logged = (name) => (f) => async (...a) => {
          try { return await f(...a); } catch (error) { console.log(name, error); throw error; }
        };`,
    },
  },
  'a helper that a wrapper of another module makes of one that does not set': {
    files: {
      'a.ts': screen(
        "import { load } from './session';",
        'await load(t);\nawait Intercom.loginUserWithUserAttributes(a); // bad',
      ),
      'session.ts': `${SDK}
        import { logged } from './wrap';
        export const ensure = logged('session')(async (t) => { await Intercom.setUserJwt(t); });
        export const load = logged('session')(async (t) => { await fetch(t); });`,
      'wrap.ts': `
        export const logged = (name) => (f) => async (...a) => {
          try { return await f(...a); } catch (error) { console.log(name, error); throw error; }
        };`,
    },
  },
  'a helper that may skip it, some-path': {
    files: {
      'a.ts': screen(
        "import { maybe } from './session';",
        'await maybe(t);\nawait Intercom.loginUserWithUserAttributes(a);',
      ),
      'session.ts': SESSION,
    },
  },
  'a helper that may skip it, every-path': {
    helpers: 'every-path',
    files: {
      'a.ts': screen(
        "import { maybe } from './session';",
        'await maybe(t);\nawait Intercom.loginUserWithUserAttributes(a); // bad',
      ),
      'session.ts': SESSION,
    },
  },
  'a default export': {
    files: {
      'a.ts': screen("import ready from './session';", 'await ready();\nIntercom.present();'),
      'session.ts': SESSION,
    },
  },
  'a namespace import': {
    files: {
      'a.ts': screen(
        "import * as session from './session';",
        'await session.forget(t);\nIntercom.present(); // bad\nawait session.establish(t);\nIntercom.present();',
      ),
      'session.ts': SESSION,
    },
  },
  'a dynamic import': {
    files: {
      'a.ts': screen(
        '',
        "const { establish } = await import('./session');\nIntercom.present(); // bad\nawait establish(t);\nIntercom.present();",
      ),
      'session.ts': SESSION,
    },
  },
  'a barrel': {
    files: {
      'a.ts': screen(
        "import { establish, fetchUser } from './lib';",
        'await fetchUser();\nIntercom.present(); // bad\nawait establish(t);\nIntercom.present();',
      ),
      'lib/index.ts': "export * from './api';\nexport * from './barrel';",
      'lib/barrel.ts': "export { establish } from '../session';",
      'lib/api.ts': 'export async function fetchUser() {}',
      'session.ts': SESSION,
    },
  },
  'an export under another name, of what was imported': {
    files: {
      'a.ts': screen("import { set } from './names';", 'await set(t);\nIntercom.present();'),
      'names.ts': "import { establish as e } from './session';\nexport { e as set };",
      'session.ts': SESSION,
    },
  },
  'a namespace that is exported by name': {
    files: {
      'a.ts': screen(
        "import { session } from './names';",
        'await session.establish(t);\nIntercom.present();',
      ),
      'names.ts': "export * as session from './session';",
      'session.ts': SESSION,
    },
  },
  'the client from another module': {
    files: {
      'a.ts':
        "import { messenger } from './messenger';\nexport async function run(t) {\n  messenger.present(); // bad\n  await messenger.setUserJwt(t);\n  messenger.present();\n}",
      'messenger.ts':
        "import sdk from '@intercom/intercom-react-native';\nexport const messenger = sdk;",
    },
  },
  'the client through a barrel of a barrel': {
    files: {
      'a.ts':
        "import { messenger } from './lib';\nexport function open() {\n  messenger.present(); // bad\n}",
      'lib/index.ts': "export * from './sdk';",
      'lib/sdk.ts': "export { default as messenger } from '@intercom/intercom-react-native';",
    },
  },
  'an instance of a service': {
    files: {
      'a.ts': screen(
        "import { service } from './service';",
        'await service.forget(t);\nIntercom.present(); // bad\nawait service.establish(t);\nIntercom.present();',
      ),
      'service.ts': `${SDK}
class Service {
  async establish(t) { await this.set(t); }
  async forget(t) { Intercom.setUserJwt(t); }
  private async set(t) { await Intercom.setUserJwt(t); }
}
export const service = new Service();`,
    },
  },
  'a class that is instantiated here': {
    files: {
      'a.ts': screen(
        "import { Service } from './service';\nconst service = new Service();",
        'await service.establish(t);\nIntercom.present();',
      ),
      'service.ts': `${SDK}export class Service { async establish(t) { await Intercom.setUserJwt(t); } }`,
    },
  },
  'a class that is extended here': {
    files: {
      'a.ts': `${SDK}import { Base } from './base';
export class Service extends Base {
  async open(t) { await this.establish(t); Intercom.present(); }
  async early() {
    Intercom.present(); // bad
  }
}`,
      'base.ts': `${SDK}export class Base { async establish(t) { await Intercom.setUserJwt(t); } }`,
    },
  },
  'an object of functions': {
    files: {
      'a.ts': screen(
        "import session from './object';",
        'await session.establish(t);\nIntercom.present();',
      ),
      'object.ts': `${SDK}export default { async establish(t) { await Intercom.setUserJwt(t); } };`,
    },
  },
  'a hook that returns functions': {
    files: {
      'a.tsx': `${SDK}import { useSession } from './hook';
export function Screen() {
  const { establish } = useSession();
  return <Button onPress={async () => { await establish(); Intercom.present(); }} onLongPress={() => {
    Intercom.present(); // bad
  }} />;
}`,
      'hook.ts': `${SDK}import { useCallback } from 'react';
export function useSession() {
  const establish = useCallback(async () => { await Intercom.setUserJwt(await token()); }, []);
  return { establish };
}`,
    },
  },
  'a wrapper that calls back': {
    files: {
      'a.ts': screen(
        "import { safe, withJwt } from './wrap';",
        'await safe(() => Intercom.setUserJwt(t));\nawait safe(() => Intercom.updateUser(a));\n}\nexport async function open() {\n  await withJwt(() => Intercom.present());\n}\nexport async function other() {\n  await unknown(() => {\n    Intercom.present(); // bad\n  });',
      ),
      'wrap.ts':
        "import { establish } from './session';\nexport async function safe(f) { return await f(); }\nexport async function withJwt(f) { await establish(await token()); await f(); }",
      'session.ts': SESSION,
    },
  },
  CommonJS: {
    files: {
      'a.js':
        "const Intercom = require('@intercom/intercom-react-native').default;\nconst { establish } = require('./session');\nconst session = require('./session');\nexports.run = async function (t) {\n  await session.forget(t);\n  Intercom.present(); // bad\n  await establish(t);\n  Intercom.present();\n};",
      'session.js':
        "const { default: Intercom } = require('@intercom/intercom-react-native');\nmodule.exports = { async establish(t) { await Intercom.setUserJwt(t); } };\nmodule.exports.forget = (t) => { Intercom.setUserJwt(t); };",
    },
  },
  'CommonJS that is imported': {
    files: {
      'a.ts': screen(
        "import session, { establish } from './session';",
        'await establish(t);\nIntercom.present();\n}\nexport async function other(t) {\nawait session.establish(t);\nIntercom.present();',
      ),
      'session.js':
        "const { default: Intercom } = require('@intercom/intercom-react-native');\nexports.establish = async (t) => { await Intercom.setUserJwt(t); };",
    },
  },
  'modules that import each other': {
    files: {
      'a.ts': `${SDK}import { step } from './b';
export async function establish(t, n) { if (n > 0) await step(t, n - 1); else await Intercom.setUserJwt(t); }
export async function open(t) { await step(t, 3); Intercom.present(); }
export async function early() {
  Intercom.present(); // bad
}`,
      'b.ts':
        "import { establish } from './a';\nexport * from './a';\nexport async function step(t, n) { await establish(t, n); }",
    },
  },
  'a module that cannot be found, one that cannot be parsed, and one that imports itself': {
    files: {
      'a.ts': screen(
        "import { gone } from './gone';\nimport { broken } from './broken';\nimport { self } from './self';",
        'await gone(t);\nawait broken(t);\nawait self(t);\nIntercom.present(); // bad',
      ),
      'broken.ts': `${SDK}export async function broken(t) { await Intercom.setUserJwt(t);`,
      'self.ts': "export * from './self';\nexport { self } from './self';",
    },
  },
  'a type-only import': {
    files: {
      'a.ts': screen(
        "import type { establish } from './session';\nimport { type maybe } from './session';",
        'await establish(t);\nawait maybe(t);\nIntercom.present(); // bad',
      ),
      'session.ts': SESSION,
    },
  },
  'a promise that is stored in another module': {
    files: {
      'a.ts': screen("import { ready } from './ready';", 'await ready();\nIntercom.present();'),
      'ready.ts': `${SDK}let p;\nasync function init() { await Intercom.setUserJwt(await token()); }\nexport const ready = () => (p ??= init());`,
    },
  },
  'a promise that another module exports': {
    files: {
      'a.ts': screen(
        "import { ready } from './ready';\nimport * as boot from './boot';\nimport started from './boot';",
        'if (t) { await boot.unset; Intercom.present(); } // bad\nif (c()) { await ready; Intercom.present(); }\nif (c()) { await started; Intercom.present(); }\nawait boot.loaded;\nIntercom.present();',
      ),
      'ready.ts': "export { loaded as ready } from './boot';",
      'boot.ts': `${SDK}async function init() { await Intercom.setUserJwt(await token()); }\nexport const loaded = init();\nexport const unset = token();\nexport default token().then((t) => Intercom.setUserJwt(t));`,
    },
  },
  'a promise that another module exports, at the top level': {
    files: {
      'a.ts': `${SDK}import { loaded, unset } from './boot';\nawait unset;\nIntercom.present(); // bad\nawait loaded;\nIntercom.present();`,
      'boot.ts': `${SDK}async function init() { await Intercom.setUserJwt(await token()); }\nexport const unset = token();\n\n\n\nexport const loaded = init();`,
    },
  },
  'promises that modules export from each other': {
    files: {
      'a.ts': screen("import { ready } from './b';", 'await ready;\nIntercom.present(); // bad'),
      'b.ts': `${SDK}import { ready } from './c';\nexport { ready };`,
      'c.ts': `${SDK}import { ready } from './b';\nexport { ready };`,
    },
  },
  'a function that never returns': {
    files: {
      'a.ts': screen(
        "import { fail } from './fail';",
        'if (!t) fail();\nif (t) await Intercom.setUserJwt(t);\nIntercom.present();',
      ),
      'fail.ts': "export function fail() { throw new Error('no token'); }",
    },
  },
  'aliases of tsconfig': {
    files: {
      'src/a.ts': screen(
        "import { establish } from '@/lib/session';",
        'await establish(t);\nIntercom.present();',
      ),
      'src/lib/session.ts': SESSION,
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*"] } } }',
    },
  },
  'the imports field of a package': {
    files: {
      'src/a.ts': screen(
        "import { establish } from '#session';",
        'await establish(t);\nIntercom.present();',
      ),
      'src/session.ts': SESSION,
      'package.json': '{ "name": "app", "imports": { "#session": "./src/session.ts" } }',
    },
  },
  'both platforms set it': {
    files: {
      'a.ts': screen(
        "import { establish } from './session';",
        'await establish(t);\nIntercom.present();',
      ),
      'session.ios.ts': SESSION,
      'session.android.ts': SESSION,
    },
  },
  'one platform sets it, every-path': {
    helpers: 'every-path',
    files: {
      'a.ts': screen(
        "import { establish } from './session';",
        'await establish(t);\nIntercom.present(); // bad',
      ),
      'session.ios.ts': 'export async function establish() {}',
      'session.android.ts': SESSION,
    },
  },
  'nothing of what is installed': {
    files: {
      'a.ts': screen(
        "import { establish } from 'helpers';",
        'await establish(t);\nIntercom.present(); // bad',
      ),
      'node_modules/helpers/package.json': '{ "name": "helpers", "main": "index.js" }',
      'node_modules/helpers/index.js': SESSION,
    },
  },
  'turned off': {
    settings: { crossFile: false },
    files: {
      'a.ts': screen(
        "import { establish } from './session';",
        'await establish(t);\nIntercom.present(); // bad',
      ),
      'session.ts': SESSION,
    },
  },
  'a client of the settings that is a file': {
    settings: {
      clients: [{ module: './src/messenger', methods: { open: 'present', setToken: 'establish' } }],
    },
    files: {
      'src/app/a.ts':
        "import messenger from '../messenger';\nexport async function run(t) {\n  messenger.open(); // bad\n  await messenger.setToken(t);\n  messenger.open();\n}",
      'src/messenger.ts': 'export default {};',
    },
  },
};

describe('across files', () => {
  for (const [name, { files, ...options }] of Object.entries(PROJECTS)) {
    test(name, () => {
      const root = projectOf(files);
      const [[path, source] = ['', '']] = Object.entries(files);
      expect(markedFile(root, path, source, options)).toBe(source);
    });
  }
});
