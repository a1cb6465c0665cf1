/** The versions of the SDK, by the methods that their types declare: `npm run sdk:check` reads them. */

import { describe, expect, test } from 'vitest';

import { clientMethods, exportedFunctions, typeMethods } from '../../scripts/sdk-methods.ts';
import { SDK_PACKAGES } from '../../scripts/sdk-packages.ts';
import { CLIENTS } from '../../src/sdk/packages.ts';
import { CLIENT_MODULE } from '../../src/sdk/roles.ts';
import { WEB_PACKAGES } from '../../src/sdk/web/apis.ts';
import known from './versions.json' with { type: 'json' };

const CLIENT = known[CLIENT_MODULE];

describe.each(SDK_PACKAGES)('$name', ({ name, role }) => {
  const { roles, versions } = entryOf(name);

  test('every method of a published version has the role that was decided', () => {
    const methods = Object.keys(roles);
    expect(methods.length).toBeGreaterThan(15);
    expect(Object.fromEntries(methods.map((method) => [method, role(method)]))).toEqual(roles);
  });

  test('none of a version is left undecided', () => {
    const decided = new Set(Object.keys(roles));
    const methods = Object.values(versions).flat();
    expect(methods.filter((method) => !decided.has(method))).toEqual([]);
  });
});

test('the versions are those of packages that are followed, and of all of these', () => {
  expect(Object.keys(known)).toEqual(SDK_PACKAGES.map(({ name }) => name));
  const followed = [...CLIENTS.map(({ module }) => module), ...WEB_PACKAGES];
  expect(Object.keys(known).sort()).toEqual(followed.sort());
});

test('the JWT came with a version, and login and present were there before', () => {
  const first = (method: string): string | undefined =>
    Object.entries(CLIENT.versions).find(([, methods]) => methods.includes(method))?.[0];
  expect(first('present')).toBe('4.0.0');
  expect(first('loginUserWithUserAttributes')).toBe('4.0.0');
  // 8.6.0 has it by the history of the SDK; this is the first that was published after it.
  expect(first('setUserJwt')).toBe('8.8.0');
});

interface Entry {
  readonly roles: Readonly<Record<string, string | null>>;
  readonly versions: Readonly<Record<string, readonly string[]>>;
}

function entryOf(name: string): Entry {
  const entries: Readonly<Record<string, Entry>> = known;
  return entries[name] ?? { roles: {}, versions: {} };
}

describe('methods are read from declarations', () => {
  test.each([
    ['a type', 'declare type T = { a(): void; b: () => void; c: string };'],
    ['an interface', 'interface T { a(): void; b: () => void; c: string }'],
  ])('of %s', (_, type) => {
    const text = `${type}\ndeclare const X: T;\nexport default X;`;
    expect(clientMethods(text)).toEqual(['a', 'b']);
  });

  test('of a type that is written in place', () => {
    expect(clientMethods('declare const X: { a(): void };\nexport default X;')).toEqual(['a']);
  });

  test.each(['', 'export default X;', 'declare const X: Other;\nexport default X;'])(
    'none of %j',
    (text) => {
      expect(clientMethods(text)).toEqual([]);
    },
  );

  test('of a type, by any of its names, in any of the files', () => {
    const texts = ['interface Other { a(): void }', 'export interface T { b(): void; c: string }'];
    expect(typeMethods(texts, ['S', 'T'])).toEqual(['b']);
    expect(typeMethods(['type S = { b: () => void };'], ['S', 'T'])).toEqual(['b']);
    expect(typeMethods(texts, ['S'])).toEqual([]);
  });

  test('of what is exported, the default left out', () => {
    const text = `export declare const a: () => void;
export declare function b(): void;
export declare const c: string;
declare const d: () => void;
export default function e(): void;`;
    expect(exportedFunctions(text)).toEqual(['a', 'b']);
  });
});
