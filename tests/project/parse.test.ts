/** Where our parser cannot be loaded, as out of the archives of Yarn, that of the host reads modules. */

import type * as nodeModule from 'node:module';

import { parseForESLint } from '@typescript-eslint/parser';
import { expect, test, vi } from 'vitest';

import type { HostParser } from '../../src/project/parse.ts';

vi.mock('node:module', async (original) => {
  const real = await original<typeof nodeModule>();
  return {
    createRequire: (from: string) => {
      const require = real.createRequire(from);
      return (name: string): unknown => {
        if (name === 'oxc-parser') throw new Error('It cannot be loaded');
        return require(name);
      };
    },
  };
});

// The set-up of the tests has loaded it already, with what is real.
vi.resetModules();
const { parse } = await import('../../src/project/parse.ts');

const TEXT = 'export const establish = async (jwt: string): Promise<void> => {};';

const host: HostParser = (filePath, text) => {
  const { ast, scopeManager } = parseForESLint(text, { filePath, range: true });
  return { ast, scopeManager };
};

test('a module is read by the host', () => {
  const parsed = parse('/a.ts', TEXT, host);
  expect(parsed?.program.body.map(({ type }) => type)).toEqual(['ExportNamedDeclaration']);
});

test('scopes are found where the host has none', () => {
  const without: HostParser = (path, text) => ({ ...host(path, text), scopeManager: null });
  expect(parse('/a.js', 'export const a = 1;', without)).not.toBeNull();
});

test('there is none where the host has no parser, or cannot read it', () => {
  expect(parse('/a.ts', TEXT, null)).toBeNull();
  expect(parse('/a.ts', 'const = ;', host)).toBeNull();
});
