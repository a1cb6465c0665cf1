/** Thousands of real files, of all sorts of syntax: the analysis takes them as they come. */

import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import type { ClientModule } from '../src/sdk/client-module.ts';
import type { Role } from '../src/sdk/roles.ts';
import { readAlone } from '../src/session/sessions.ts';
import { violationsOf } from '../src/session/findings/unset-calls.ts';
import { digestOf, filesBelow, parserFor, read } from './helpers/corpus.ts';

const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url));

/** One of so many files is looked at, whatever folder it is in: `CORPUS_EVERY=1` looks at all. */
const EVERY = Number(process.env['CORPUS_EVERY'] ?? 16);

/** Files with types are fewer, and have more syntax: one of so many of them at least. */
const EVERY_TYPED = Math.min(EVERY, 4);

const ENOUGH = 1000;

const ROLES: readonly Role[] = ['establish', 'login', 'present', 'update', 'clear', 'guest'];

/**
 * What real code imports everywhere stands in for the SDK, so that there is something to follow:
 * its methods have roles by the length of their names.
 */
const CLIENTS = [
  'assert',
  'fs',
  'node:fs',
  'node:path',
  'path',
  'react',
  'react-native',
  'util',
].map((module): ClientModule => ({
  module,
  path: null,
  export: 'default',
  promises: true,
  takes: 'token',
  isOrdered: false,
  global: null,
  type: null,
  called: /(?:)/,
  role: (method) => ROLES[method.length % ROLES.length] ?? null,
}));

const TEXT = { lineOf: () => '1', textOf: () => 'code' };

test('no real file is too much for the analysis', { timeout: 7_200_000 }, () => {
  const seen = { files: 0, calls: 0, reports: 0 };
  for (const path of sources()) {
    const text = read(path);
    const source = parserFor(path, text)?.(text);
    if (!source) continue;
    seen.files += 1;
    const session = readAlone(source.program, text, source.manager, CLIENTS);
    for (const helpers of ['some-path', 'every-path'] as const) {
      const options = { helpers, entry: 'unset', protect: ['login', 'update', 'present'] } as const;
      seen.calls += session.solve(options).sites.length;
      for (const { data } of violationsOf(session, options, TEXT)) {
        seen.reports += 1;
        // It may be so whenever the call runs, and with no set elsewhere.
        const untold = Object.keys(data).filter((name) => data[name] === '');
        expect(
          untold.filter((name) => name !== 'when' && name !== 'elsewhere'),
          path,
        ).toEqual([]);
      }
    }
  }
  expect(seen.files).toBeGreaterThan(ENOUGH);
  expect(seen.calls).toBeGreaterThan(1000);
  expect(seen.reports).toBeGreaterThan(500);
});

/** The files that may hold code, as many as are looked at; declarations do nothing. */
function* sources(): Generator<string> {
  for (const path of filesBelow(MODULES)) {
    const every = /\.(?:[cm]?tsx?|flow)$/.test(path) ? EVERY_TYPED : EVERY;
    if (/\.d\.[cm]?ts$/.test(path) || digestOf(relative(MODULES, path)) % every !== 0) continue;
    yield path;
  }
}
