/** The examples of `docs/libraries.md`: without the call that sets the JWT, each has a fault. */

import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import { exampleOf, shownOf } from '../../scripts/library-examples.ts';
import { LIBRARIES } from '../../src/values/libraries/table.ts';
import plugin from '../../src/index.ts';

const linter = new Linter();

function reports(lines: readonly string[]): readonly (string | undefined)[] {
  const [given, , ...calls] = lines;
  return reportsOf([given, 'export async function open() {', ...calls, '}'].join('\n'));
}

function reportsOf(code: string): readonly (string | undefined)[] {
  return linter
    .verify(
      `import Intercom from '@intercom/intercom-react-native';\n${code}`,
      plugin.configs.strict,
      { filename: 'program.js' },
    )
    .map(({ messageId, message }) => messageId ?? message);
}

const EXAMPLES = LIBRARIES.flatMap((library) => {
  const example = exampleOf(library);
  return example === null ? [] : [[library.packages[0] ?? '', example] as const];
});

test.each(EXAMPLES)('%s', (_, [given = '', blank = '', call = '', use = '']) => {
  expect(reports([given, blank, call, use])).toEqual([]);
  expect(reports([given, blank, use])).not.toEqual([]);
  expect(reports([given, blank, call.replace(/^await /, 'void '), use])).not.toEqual([]);
});

const SHOWN = LIBRARIES.flatMap((library) => {
  const shown = shownOf(library);
  return shown === null ? [] : [[library.packages[0] ?? '', ...shown] as const];
});

test.each(SHOWN)('%s, as it is shown', (_, right, faulty) => {
  expect(reportsOf(right)).toEqual([]);
  expect(reportsOf(faulty)).not.toEqual([]);
});

test('each library that is told of is shown', () => {
  const untold = LIBRARIES.filter(
    (library) => library.about !== '' && exampleOf(library) === null && shownOf(library) === null,
  );
  expect(untold.map(({ packages }) => packages[0])).toEqual([]);
});
