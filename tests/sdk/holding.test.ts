/** Whether a file can have a client by itself: to speak of one in comments and strings is not to. */

import { expect, test } from 'vitest';

import { isNode } from '../../src/syntax/ast.ts';
import { Bindings, isScopeManager } from '../../src/syntax/bindings.ts';
import { holdingOf, type Holding } from '../../src/sdk/holding.ts';
import { CLIENTS } from '../../src/sdk/packages.ts';
import { CLIENT_MODULE } from '../../src/sdk/roles.ts';
import { SDK_PACKAGE } from '../../src/sdk/web/apis.ts';
import { holdsWeb } from '../../src/sdk/web/clients.ts';
import { parsed } from '../helpers/parsed.ts';

const holdsMobile = holdingOf(CLIENTS);

function isHeldBy(holds: Holding, text: string): boolean {
  const { ast, scopeManager } = parsed(text);
  if (!isNode(ast) || ast.type !== 'Program' || !isScopeManager(scopeManager)) expect.fail();
  return holds({ text, program: ast, bindings: new Bindings(scopeManager) });
}

test.each([
  `import Intercom from '${CLIENT_MODULE}';`,
  `export { default } from '${CLIENT_MODULE}';`,
  `const { default: I } = require('${CLIENT_MODULE}');`,
  `const load = () => import('${CLIENT_MODULE}');`,
  `import I = require('${CLIENT_MODULE}');`,
  `let I: typeof import('${CLIENT_MODULE}').default;`,
  `function show(I: import('${CLIENT_MODULE}').default) {}`,
  `const load = () => import(\`${CLIENT_MODULE}\`);`,
  'Intercom.present();',
  'declare const Intercom: any; Intercom.present();',
])('%s has the mobile client', (text) => {
  expect(isHeldBy(holdsMobile, text)).toBe(true);
});

test.each([
  '// Intercom.present()',
  "const text = 'Intercom.present()';",
  `const CLIENT = '${CLIENT_MODULE}';`,
  `// import Intercom from '${CLIENT_MODULE}';`,
  `const code = "import Intercom from '${CLIENT_MODULE}'";`,
  "import { Intercom } from './intercom'; Intercom.present();",
  "if (typeof window === 'undefined') present();",
])('%s has none', (text) => {
  expect(isHeldBy(holdsMobile, text)).toBe(false);
});

test.each([
  `import { boot } from '${SDK_PACKAGE}';`,
  'Intercom("boot", {});',
  'window.Intercom("boot", {});',
  'window["Intercom"]("boot", {});',
  'window.intercomSettings = {};',
  'const { Intercom: messenger } = window;',
  'const w = window; w[NAME]("boot");',
  'window[NAME]("boot");',
  'globalThis.window[NAME]("boot");',
  '(globalThis as any)[NAME]("boot");',
  'const boot = { window }; boot.window[NAME]("boot");',
  'declare function Intercom(method: string): void; Intercom("boot");',
])('%s has the web Messenger', (text) => {
  expect(isHeldBy(holdsWeb, text)).toBe(true);
});

test.each([
  '// window.Intercom("boot")',
  `import Intercom from '${CLIENT_MODULE}'; Intercom.present();`,
  'window.addEventListener("load", start);',
  'const { global } = client; start(global, client.global);',
  'start({ global: 1, Intercom: 2 });',
  "if (typeof window === 'undefined') start();",
])('%s has it not', (text) => {
  expect(isHeldBy(holdsWeb, text)).toBe(false);
});
