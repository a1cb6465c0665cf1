/** What a search of a text takes for imports. */

import { describe, expect, test } from 'vitest';

import { specifiersIn } from '../../src/project/files.ts';

const IMPORTS: readonly (readonly [text: string, specifiers: readonly string[]])[] = [
  ["import x from './a';", ['./a']],
  ["import './a'; export * from './b'; export { c } from './c';", ['./a', './b', './c']],
  ['import x\n  from\n  "./a";', ['./a']],
  ["const x = require('./a'); require( `./b` );", ['./a', './b']],
  ["await import(\n  './a'\n);", ['./a']],
  ["import(/* webpackChunkName: 'x' */ './a');", ['./a']],
  ["import(/* over\nlines */\n'./a');", ['./a']],
  ["import(/* one */ './a'); import(/* another */ './b');", ['./a', './b']],
  ['import(`./${name}`); require(name); from; important;', []],
  ["import(/* no end './a'", []],
  ["import(/* no end import './a'", ['./a']],
];

test.each(IMPORTS)('%j', (text, specifiers) => {
  expect(specifiersIn(text)).toEqual(specifiers);
});

describe('texts that a search could go through again and again', () => {
  const many = 200_000;

  test.each([
    ['white space', `// from${' '.repeat(many)}\nimport './a';`],
    ['white space and an open bracket', `// from${' '.repeat(many)}(${' '.repeat(many)}\n'./a'`],
    ['comments that do not end', `${'import(/* a '.repeat(many)}\nimport './a';`],
    ['comments that end far below', `${'import(/* a '.repeat(many)}\n*/ './a'`],
    ['strings that do not end', `${'from "'.repeat(many)}\nimport './a';`],
    ['templates', `${'from `$'.repeat(many)}\nimport './a';`],
  ])('%s', (_, text) => {
    expect(specifiersIn(text)).toContain('./a');
  });
});
