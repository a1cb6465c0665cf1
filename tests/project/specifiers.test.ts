/** What a text may import, by a search that takes time in proportion to the text. */

import { describe, expect, test } from 'vitest';

import { specifiersIn } from '../../src/project/specifiers.ts';

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

describe('every form of an import is found', () => {
  for (const text of [
    "import a from './x'",
    "import{a}from'./x'",
    "import './x'",
    'export * from "./x"',
    'export { a } from\n  "./x"',
    "await import('./x')",
    'import(`./x`)',
    "import /* b */ ('./x')",
    "import(/* webpackChunkName: 'x' */ /* webpackPrefetch: true */ './x')",
    "import(\n  /* webpackChunkName: 'x',\n  from 'y */\n  './x'\n)",
    "import a from // why\n './x'",
    "const a = require('./x')",
    "require( /* a */ './x' )",
    "import a = require('./x')",
    "/* import */ import a from /* from */ './x'",
    "// import(/* a\nimport a from './x'",
  ]) {
    test(text, () => {
      expect(specifiersIn(text)).toContain('./x');
    });
  }

  test('of many imports, each once', () => {
    expect(specifiersIn("import a from './a';import b from'./b'\nrequire('./a')")).toEqual([
      './a',
      './b',
    ]);
  });
});

describe('what is none', () => {
  for (const text of [
    'from',
    "const from = 'x'",
    "import(name, './x')",
    "import('./x",
    'import(`./${name}`)',
    "import ''",
    "fromage './x'",
    "import('./a\nb')",
  ]) {
    test(JSON.stringify(text), () => {
      expect(specifiersIn(text)).toEqual([]);
    });
  }
});

/** A search that goes back takes minutes to hours for these. */
describe('an import is found behind megabytes of what looks like one', () => {
  for (const begin of [
    `// from${' '.repeat(250_000)}x`,
    'import(/* a '.repeat(50_000),
    `${'import/* '.repeat(50_000)}${' '.repeat(250_000)}`,
    `${'import/* '.repeat(50_000)}${'/**/ '.repeat(50_000)}`,
    `${'from // '.repeat(50_000)}\n${'// a\n'.repeat(50_000)}`,
    'from '.repeat(30_000),
    'from "'.repeat(80_000),
    'from "from \'from `'.repeat(30_000),
    `import "${'from '.repeat(30_000)}`,
    'from('.repeat(80_000),
  ]) {
    test(begin.slice(0, 30), () => {
      expect(specifiersIn(`${begin}*/\nimport './x'`)).toContain('./x');
    });
  }
});
