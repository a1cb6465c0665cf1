/** The examples of `docs/libraries.md`: without the call that sets the JWT, each has a fault. */

import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import { exampleOf } from '../../scripts/library-examples.ts';
import { LIBRARIES } from '../../src/values/libraries/table.ts';
import plugin from '../../src/index.ts';

const linter = new Linter();

function reports(lines: readonly string[]): readonly (string | undefined)[] {
  const [given, , ...calls] = lines;
  const code = [
    "import Intercom from '@intercom/intercom-react-native';",
    given,
    'export async function open() {',
    ...calls,
    '}',
  ].join('\n');
  return linter
    .verify(code, plugin.configs.strict, { filename: 'program.js' })
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
