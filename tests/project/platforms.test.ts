/** Modules that are written once for each platform. In each project, faulty calls are marked. */

import { describe, expect, test } from 'vitest';

import { markedFile, projectOf, type Files } from '../helpers/project.ts';

const SDK = "import Intercom from '@intercom/intercom-react-native';\n";

/** How a module offers a helper, and how a screen asks for it. */
const FORMS: Readonly<
  Record<
    string,
    { readonly offer: (body: string) => string; readonly ask: string; readonly call: string }
  >
> = {
  'a function': {
    offer: (body) => `export async function establish(t) { ${body} }`,
    ask: "import { establish } from './session';",
    call: 'establish(t)',
  },
  'a default export': {
    offer: (body) => `export default async (t) => { ${body} };`,
    ask: "import establish from './session';",
    call: 'establish(t)',
  },
  'an object': {
    offer: (body) => `export const session = { async establish(t) { ${body} } };`,
    ask: "import { session } from './session';",
    call: 'session.establish(t)',
  },
  'an instance': {
    offer: (body) =>
      `class Session { async establish(t) { ${body} } }\nexport const session = new Session();`,
    ask: "import { session } from './session';",
    call: 'session.establish(t)',
  },
  'a class': {
    offer: (body) => `export class Session { async establish(t) { ${body} } }`,
    ask: "import { Session } from './session';",
    call: 'new Session().establish(t)',
  },
  'a hook': {
    offer: (body) => `export function useSession() { return async (t) => { ${body} }; }`,
    ask: "import { useSession } from './session';\nconst establish = useSession();",
    call: 'establish(t)',
  },
  'a hook that returns an object': {
    offer: (body) =>
      `export function useSession() { const establish = async (t) => { ${body} }; return { establish }; }`,
    ask: "import { useSession } from './session';\nconst { establish } = useSession();",
    call: 'establish(t)',
  },
  'a namespace': {
    offer: (body) => `export async function establish(t) { ${body} }`,
    ask: "import * as session from './session';",
    call: 'session.establish(t)',
  },
  'a function that calls another': {
    offer: (body) =>
      `async function inner(t) { ${body} }\nexport async function establish(t) { await inner(t); }`,
    ask: "import { establish } from './session';",
    call: 'establish(t)',
  },
};

const SETS = 'await Intercom.setUserJwt(t);';
const NOTHING = 'log(t);';

function screen(ask: string, call: string, mark: string): string {
  return `${SDK}${ask}\nexport async function open(t) {\n  await ${call};\n  await Intercom.present();${mark}\n}`;
}

/** Which files there are, whether each sets the JWT, and whether that is enough. */
const CASES: Readonly<
  Record<string, { readonly files: Readonly<Record<string, boolean>>; readonly isRight: boolean }>
> = {
  'native wins over the plain file': {
    files: { 'session.ts': false, 'session.native.ts': true },
    isRight: true,
  },
  'native wins, to its cost': {
    files: { 'session.ts': true, 'session.native.ts': false },
    isRight: false,
  },
  'both platforms win over the plain file': {
    files: { 'session.ts': false, 'session.ios.ts': true, 'session.android.ts': true },
    isRight: true,
  },
  'one platform sets it: the union is taken before the dial': {
    files: { 'session.ios.ts': true, 'session.android.ts': false },
    isRight: true,
  },
  'no platform sets it': {
    files: { 'session.ts': true, 'session.ios.ts': false, 'session.android.ts': false },
    isRight: false,
  },
  'the plain file is for the other platform': {
    files: { 'session.ts': true, 'session.ios.ts': false },
    isRight: true,
  },
  'the web has no say': {
    files: { 'session.ts': false, 'session.web.ts': true },
    isRight: false,
  },
  'the plain file where the web has its own': {
    files: { 'session.ts': true, 'session.web.ts': false },
    isRight: true,
  },
};

describe.each(Object.entries(FORMS))('%s', (_, { offer, ask, call }) => {
  test.each(Object.entries(CASES))('%s', (_name, { files, isRight }) => {
    const modules: Files = Object.fromEntries(
      Object.entries(files).map(([path, sets]) => [path, SDK + offer(sets ? SETS : NOTHING)]),
    );
    const root = projectOf(modules);
    const source = screen(ask, call, isRight ? '' : ' // bad');
    expect(markedFile(root, 'a.ts', source, {})).toBe(source);
  });
});

describe('which platform a screen is for', () => {
  const establish = (sets: boolean): string =>
    `${SDK}export async function establish(t) { ${sets ? SETS : NOTHING} }`;
  const ask = "import { establish } from './session';";

  test.each([
    ['a.ios.ts', { 'session.ios.ts': true, 'session.android.ts': false }, true],
    ['a.android.ts', { 'session.ios.ts': true, 'session.android.ts': false }, false],
    ['a.android.ts', { 'session.native.ts': true, 'session.ios.ts': false }, true],
    ['a.ios.ts', { 'session.native.ts': true, 'session.ios.ts': false }, false],
    ['a.native.ts', { 'session.ts': false, 'session.native.ts': true }, true],
    ['a.web.ts', { 'session.ts': true, 'session.native.ts': false }, true],
  ])('%s beside %j', (path, files, isRight) => {
    const root = projectOf(
      Object.fromEntries(Object.entries(files).map(([name, sets]) => [name, establish(sets)])),
    );
    const source = screen(ask, 'establish(t)', isRight ? '' : ' // bad');
    expect(markedFile(root, path, source, {})).toBe(source);
  });

  test('a barrel between leads to the files of the same platform', () => {
    const root = projectOf({
      'lib/index.ts': "export * from './session';",
      'lib/session.ts': establish(false),
      'lib/session.native.ts': establish(true),
    });
    const source = screen("import { establish } from './lib';", 'establish(t)', '');
    expect(markedFile(root, 'a.ts', source, { helpers: 'every-path' })).toBe(source);
  });

  test('a variant that is asked for by name is meant alone', () => {
    const root = projectOf({
      'session.ios.ts': establish(false),
      'session.android.ts': establish(true),
    });
    const source = screen("import { establish } from './session.ios';", 'establish(t)', ' // bad');
    expect(markedFile(root, 'a.ts', source, {})).toBe(source);
  });
});
