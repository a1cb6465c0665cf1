/** The names under which `node:assert` exports what throws unless it is given something, as it is. */

import assert from 'node:assert';
import * as named from 'node:assert';
import strict from 'node:assert/strict';

import { describe, expect, test } from 'vitest';

import { ASSERTIONS } from '../../src/session/exits.ts';

/** What a path of names leads to. */
function at(root: object, path: string): unknown {
  const names = path === '' ? [] : path.split('.');
  return names.reduce<unknown>(
    (value, name) =>
      value === null || value === undefined ? undefined : Reflect.get(Object(value), name),
    root,
  );
}

describe.each([
  ['assert', assert, named],
  ['assert/strict', strict, { ...named, default: strict }],
] as const)('%s', (specifier, whole, exported) => {
  test.each(ASSERTIONS.get(specifier) ?? [])('%j throws unless it is given something', (path) => {
    const found = path === '' ? whole : at(exported, path);
    if (typeof found !== 'function') throw new TypeError(path);
    for (const value of [0, '', null, undefined, false]) {
      expect(() => {
        Reflect.apply(found, null, [value, 'no']);
      }).toThrow();
    }
    for (const value of [1, 'a', true, {}]) Reflect.apply(found, null, [value, 'no']);
  });
});
