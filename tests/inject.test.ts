/** Calls of the SDK at places of real files that a seed picks: nothing fails, and twice the same is told. */

import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import plugin from '../src/index.ts';
import { digestOf, filesBelow, parserFor, read } from './helpers/corpus.ts';
import { injected } from './helpers/inject.ts';
import { configFor, nameFor, tellsFault, verdictOf } from './helpers/lint-corpus.ts';

const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url));

/** One of so many files is looked at, */
const EVERY = 400;

/** and no larger one than this, in bytes: `npm run corpus -- --inject` takes all. */
const MAX_BYTES = 100_000;

const CALLS = 14;

test(
  'calls that are put into real files are judged, and always alike',
  { timeout: 900_000 },
  () => {
    const seen = { files: 0, reports: 0 };
    for (const path of sources()) {
      const original = read(path);
      const source = parserFor(path, original)?.(original);
      if (!source) continue;
      const text = injected(original, source, CALLS, relative(MODULES, path));
      const lint = (): Linter.LintMessage[] =>
        new Linter({ configType: 'flat', cwd: '/' }).verify(
          text,
          configFor(path, text, source, plugin.configs.recommended),
          nameFor(path),
        );
      const messages = lint();
      // What is put in makes no file unreadable.
      expect(
        messages.filter(({ fatal }) => fatal === true),
        path,
      ).toEqual([]);
      expect(messages.filter(tellsFault), path).toEqual([]);
      expect(verdictOf(lint()), path).toBe(verdictOf(messages));
      seen.files += 1;
      seen.reports += messages.length;
    }
    expect(seen.files).toBeGreaterThan(25);
    expect(seen.reports).toBeGreaterThan(50);
  },
);

function* sources(): Generator<string> {
  for (const path of filesBelow(MODULES, MAX_BYTES)) {
    if (/\.d\.[cm]?ts$/.test(path) || parserFor(path, '') === null) continue;
    if (digestOf(relative(MODULES, path)) % EVERY === 0) yield path;
  }
}
