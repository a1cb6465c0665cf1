/** The examples of `docs/libraries.md`: without the call that sets the JWT, each has a fault. */

import { Linter } from 'eslint';
import { expect, test } from 'vitest';

import { exampleOf, shownOf } from '../../scripts/library-examples.ts';
import { LIBRARIES } from '../../src/values/libraries/table.ts';
import plugin from '../../src/index.ts';

const linter = new Linter();

type Config = 'recommended' | 'strict';

const CONFIGS: readonly Config[] = ['recommended', 'strict'];

function reports(lines: readonly string[], config: Config): readonly (string | undefined)[] {
  const [given, , ...calls] = lines;
  return reportsOf([given, 'export async function open() {', ...calls, '}'].join('\n'), config);
}

function reportsOf(code: string, config: Config): readonly (string | undefined)[] {
  return linter
    .verify(
      `import Intercom from '@intercom/intercom-react-native';\n${code}`,
      plugin.configs[config],
      { filename: 'program.js' },
    )
    .map(({ messageId, message }) => messageId ?? message);
}

const EXAMPLES = LIBRARIES.flatMap((library) => {
  const example = exampleOf(library);
  const [name = ''] = library.packages;
  return example === null ? [] : CONFIGS.map((config) => [name, config, example] as const);
});

test.each(EXAMPLES)('%s, %s', (_, config, [given = '', blank = '', call = '', use = '']) => {
  expect(reports([given, blank, call, use], config)).toEqual([]);
  expect(reports([given, blank, use], config)).not.toEqual([]);
  const dropped = call.replace(/^await /, 'void ');
  expect(reports([given, blank, dropped, use], config)).not.toEqual([]);
});

const SHOWN = LIBRARIES.flatMap((library) => {
  const shown = shownOf(library);
  const [name = ''] = library.packages;
  return shown === null ? [] : CONFIGS.map((config) => [name, config, ...shown] as const);
});

test.each(SHOWN)('%s, %s, as it is shown', (_, config, right, faulty) => {
  expect(reportsOf(right, config)).toEqual([]);
  expect(reportsOf(faulty, config)).not.toEqual([]);
});

test('each library that is told of is shown', () => {
  const untold = LIBRARIES.filter(
    (library) => library.about !== '' && exampleOf(library) === null && shownOf(library) === null,
  );
  expect(untold.map(({ packages }) => packages[0])).toEqual([]);
});

test('all libraries are told of but those that are told of with others', () => {
  const untold = LIBRARIES.filter(({ about }) => !/^[`A-Z].*\.$/su.test(about));
  expect(untold.map(({ packages: [name] }) => name)).toEqual([
    'lodash/once',
    'lodash/memoize',
    'lodash/throttle',
    'lodash/debounce',
    '@tanstack/query-core',
    'zustand/vanilla',
    'zustand/react/shallow',
    'redux',
    'redux-saga/effects',
    'reselect',
  ]);
});
