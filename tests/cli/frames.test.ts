/** How findings are shown on a terminal. */

import type { ESLint, Linter } from 'eslint';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';

import { frames } from '../../src/cli/frames.ts';
import { paintOf } from '../../src/explain/terminal.ts';

const MESSAGE: Linter.LintMessage = {
  ruleId: 'intercom-jwt/require-set-user-jwt',
  severity: 2,
  message:
    '`present` runs without a user JWT: no `setUserJwt` comes before it on any way. Await it.',
  line: 2,
  column: 3,
  endLine: 2,
  endColumn: 21,
};

function show(
  source: string,
  message: Partial<Linter.LintMessage> = {},
  hasColors = false,
): string {
  const warns = message.severity === 1;
  const result: ESLint.LintResult = {
    filePath: '/app/src/open.ts',
    source,
    messages: [{ ...MESSAGE, ...message }],
    suppressedMessages: [],
    errorCount: warns ? 0 : 1,
    fatalErrorCount: 0,
    warningCount: warns ? 1 : 0,
    fixableErrorCount: 0,
    fixableWarningCount: 0,
    usedDeprecatedRules: [],
  };
  return frames([result], '/app', 80, paintOf(hasColors));
}

test('a finding is shown with its line, and with the one before', () => {
  expect(show('function open() {\n  Intercom.present();\n}\n')).toBe(`src/open.ts:2:3
error \`present\` runs without a user JWT: no \`setUserJwt\` comes before it on any
way. Await it.
intercom-jwt/require-set-user-jwt
  1 | function open() {
  2 |   Intercom.present();
    |   ^^^^^^^^^^^^^^^^^^

✖ 1 problem (1 error, 0 warnings) in 1 file`);
});

test('there is nothing to show of nothing', () => {
  expect(frames([], '/app', 80, paintOf(false))).toBe('');
});

test('a warning and a suggestion are told as such', () => {
  const suggestions = [{ desc: 'Await it.', fix: { range: [0, 0] as [number, number], text: '' } }];
  const shown = show('\n  Intercom.present();', { severity: 1, suggestions });
  expect(shown).toContain('\nwarning `present` runs');
  expect(shown).toContain('\nsuggestion: Await it.\n');
  expect(shown).toContain('✖ 1 problem (0 errors, 1 warning) in 1 file');
});

describe('a line fits, and the place is underlined:', () => {
  const call = 'Intercom.present()';
  test.each([
    ['far right', `${'const a = 1; '.repeat(20)}${call};`],
    ['far left', `  ${call};${' // and more'.repeat(20)}`],
    ['deep inside', `${' '.repeat(200)}${call};${'x'.repeat(200)}`],
    ['behind tabs', `\t\t\t${call};`],
    ['behind wide characters', `  log('日本語🙂'); ${call};`],
    ['in a program of one line', `${'a();'.repeat(50_000)}${call};${'b();'.repeat(50_000)}`],
  ])('%s', (_, line) => {
    const column = line.indexOf(call) + 1;
    const shown = show(`\n${line}\n`, { column, endColumn: column + call.length }).split('\n');
    for (const one of shown) expect(stringWidth(one)).toBeLessThanOrEqual(80);
    const [code = '', marks = ''] = shown.slice(4);
    const before = code.slice(0, code.indexOf(call));
    expect(code).toContain(call);
    expect(marks.indexOf('^')).toBe(stringWidth(before));
    expect(marks.replaceAll(/[^^]/gu, '')).toHaveLength(call.length);
  });
});

test.each([
  [
    'a place of several lines is underlined on its first',
    '\n  open(\n  );',
    { endLine: 3, endColumn: 4 },
  ],
  [
    'a place without an end is a point',
    '\n  open();',
    { endLine: undefined, endColumn: undefined },
  ],
])('%s', (_, source, place) => {
  expect(show(source, place)).toMatch(/\| {3}\^+\n/u);
});

test('a place that is no longer there is told all the same', () => {
  expect(show('', { line: 9 })).toContain('src/open.ts:9:3\n');
});

test('nothing in a source or a name is obeyed by the terminal', () => {
  const shown = show('\n  \u001B[2J\u202Eopen();', {
    message: 'a \u001B]0;b\u0007 name',
    column: 1,
  });
  expect(['\u001B', '\u0007', '\u202E'].filter((one) => shown.includes(one))).toEqual([]);
});

test('colours are there where they are wanted', () => {
  expect(show('\n  open();', {}, true)).toContain('\u001B[31merror\u001B[39m `present`');
});
