/** Code that is large, deep or knotted: it costs no crash, and changes no verdict. */

import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

import plugin from '../src/index.ts';
import { sessionOf } from '../src/session/sessions.ts';
import { violationsOf } from '../src/session/findings/unset-calls.ts';
import { HANGS } from './helpers/hangs.ts';
import { parsed } from './helpers/parsed.ts';
import { SHAPES, type Shape } from './helpers/shapes.ts';

const OPTIONS = {
  helpers: 'every-path',
  entry: 'unset',
  protect: ['login', 'update', 'present'],
} as const;

const NOTHING_QUOTED = { lineOf: () => '1', textOf: () => 'code' };

function countOf(source: string): number {
  const session = sessionOf(parsed(source));
  return session === null ? 0 : violationsOf(session, OPTIONS, NOTHING_QUOTED).length;
}

describe('each shape of code has the same verdict at any size', () => {
  const shapes: readonly (readonly [string, Shape])[] = Object.entries(SHAPES);
  for (const [name, { source, bad }] of shapes) {
    test(name, () => {
      for (const size of [2, 40, 120]) expect(countOf(source(size)), String(size)).toBe(bad(size));
    });
  }
});

describe('what need not be nested can be very large', () => {
  const LARGE = {
    statements: 20_000,
    'reports in one function': 2000,
    'calling each other': 5000,
    'calling each other, backwards': 2000,
    knot: 500,
    'callbacks, handed on in a knot': 300,
    'an object that is handed on': 1000,
    switch: 2000,
    array: 10_000,
    'kept promises': 500,
  } as const;
  for (const [name, size] of Object.entries(LARGE)) {
    test(`${name}, ${String(size)}`, () => {
      const shape: Shape | undefined = new Map<string, Shape>(Object.entries(SHAPES)).get(name);
      expect(shape && countOf(shape.source(size))).toBe(shape?.bad(size));
    });
  }
});

describe('what has kept the linter busy, or thrown, does not any more', () => {
  const linter = new Linter();
  for (const { name, size, code } of HANGS) {
    test(name, () => {
      const messages = linter.verify(code(size), plugin.configs.recommended);
      expect(messages.filter(({ fatal }) => fatal === true)).toEqual([]);
    });
  }
});

test('a file that is nested too deeply for the stack is no crash', () => {
  const linter = new Linter();
  const source = (depth: number): string =>
    `import Intercom from '@intercom/intercom-react-native';\nexport const open = ${'() => '.repeat(depth)}Intercom.present();`;
  const config = [
    {
      languageOptions: { sourceType: 'module' },
      plugins: { 'intercom-jwt': plugin },
      rules: { 'intercom-jwt/require-set-user-jwt': 'error' },
    },
  ] as const;
  for (const depth of [10, 300]) {
    expect(linter.verify(source(depth), [...config]).map(({ messageId }) => messageId)).toEqual([
      'neverSet',
    ]);
  }
  // As deep as the linter itself can go, or deeper, whatever it says then.
  for (let depth = 400; depth <= 3200; depth *= 2) {
    const messages = linterVerdict(() => linter.verify(source(depth), [...config]));
    expect(messages.filter((message) => message.includes('intercom-jwt'))).toEqual([]);
  }
});

/** The messages of a run; what the linter itself throws at such depths is not ours. */
function linterVerdict(run: () => readonly Linter.LintMessage[]): readonly string[] {
  try {
    return run()
      .filter(({ fatal }) => fatal === true)
      .map(({ message }) => message);
  } catch (error) {
    return error instanceof Error && error.stack?.includes('/src/') === true ? [error.stack] : [];
  }
}
