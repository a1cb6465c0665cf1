/** The versions of the SDK, by the methods that their types declare: `npm run sdk:check` reads them. */

import { describe, expect, test } from 'vitest';

import { clientMethods } from '../../scripts/sdk-methods.ts';
import { roleOf } from '../../src/sdk/roles.ts';
import known from './versions.json' with { type: 'json' };

const ROLES = Object.entries(known.roles);
const VERSIONS = Object.entries(known.versions);

test('every method of a published version has the role that was decided', () => {
  expect(ROLES.length).toBeGreaterThan(30);
  expect(Object.fromEntries(ROLES.map(([method]) => [method, roleOf(method)]))).toEqual(
    known.roles,
  );
});

test('none of a version is left undecided', () => {
  const decided = new Set(ROLES.map(([method]) => method));
  expect(VERSIONS.length).toBeGreaterThan(5);
  expect(VERSIONS.flatMap(([, methods]) => methods.filter((one) => !decided.has(one)))).toEqual([]);
});

test('the JWT came with a version, and login and present were there before', () => {
  const first = (method: string): string | undefined =>
    VERSIONS.find(([, methods]) => methods.includes(method))?.[0];
  expect(first('present')).toBe('4.0.0');
  expect(first('loginUserWithUserAttributes')).toBe('4.0.0');
  // 8.6.0 has it by the history of the SDK; this is the first that was published after it.
  expect(first('setUserJwt')).toBe('8.8.0');
});

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
});
