/** What is nested more deeply than a native parser bears is not shown to it. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { isTooDeep } from '../../src/project/nesting.ts';
import { parse } from '../../src/project/parse.ts';
import { NESTED } from '../helpers/nested.ts';
import { projectOf } from '../helpers/project.ts';

const HERE = fileURLToPath(new URL('../../', import.meta.url));

/** What a process of its own prints that runs this module; an overflow of its stack fails. */
function printedBy(source: string): string {
  return execFileSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', source],
    { cwd: HERE, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
}

test('no form ends the process, as deep as it may be', { timeout: 120_000 }, () => {
  const printed = printedBy(`
    import { parse } from './src/project/parse.ts';
    import { NESTED } from './tests/helpers/nested.ts';
    for (const [name, source] of NESTED) {
      for (const depth of [200, 2000, 60_000]) parse('a.tsx', source(depth), null);
      console.log(name);
    }`);
  expect(printed.trim().split('\n')).toEqual([...NESTED.keys()]);
});

test(
  'a digest and a lint run go on past modules that are nested too deeply',
  { timeout: 60_000 },
  () => {
    const sdk = "import Intercom from '@intercom/intercom-react-native';\n";
    const deep = `${sdk}export async function set(t) { ${'if (t) { } else '.repeat(20_000)} {} }`;
    const root = projectOf({
      'package.json': `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
      'deep.ts': deep,
      'a.ts': `${sdk}import { set } from './deep';\nexport async function open(t) { await set(t); Intercom.present(); }`,
    });
    const printed = printedBy(`
    import { Linter } from 'eslint';
    import { readFileSync } from 'node:fs';
    import plugin, { projectDigest } from './src/index.ts';
    const cwd = ${JSON.stringify(root)};
    console.log(projectDigest({ cwd }).length);
    const messages = new Linter({ cwd }).verify(
      readFileSync(cwd + '/a.ts', 'utf8'),
      plugin.configs.recommended,
      { filename: cwd + '/a.ts' },
    );
    console.log(messages.map(({ messageId }) => messageId).join());`);
    expect(printed).toBe('32\nneverSet\n');
  },
);

describe('what people and their tools write is not too deep', () => {
  const depths: Readonly<Record<string, number>> = {
    'else if': 400,
    'else if without blocks': 400,
    conditions: 200,
    sums: 2000,
    calls: 400,
    arrays: 200,
    elements: 200,
    functions: 120,
    'arrow functions with blocks': 120,
  };
  for (const [name, source] of NESTED) {
    test(name, () => {
      expect(isTooDeep(source(depths[name] ?? 40), true)).toBe(false);
      expect(isTooDeep(source(10_000), true)).toBe(true);
    });
  }

  test.each([
    ['statements', 'foo();\n'],
    ['statements without semicolons', 'foo(a + b)\n!c\nd = e ? f : g\n'],
    ['statements in one line', 'a=b?c:d;if(e)f();else g();'],
    ['functions', 'export async function f(a: A<B> = {}): Promise<C> { return !a }\n'],
    ['members', 'class A { a = !b; c(): D { return -1 } e = <T,>(x: T) => x }\n'],
    ['members without semicolons', 'class A {\n a: B<C> = !d\n e?: F\n get g() { return h }\n}\n'],
    ['loops', 'for (const a of b) if (c) d()\nwhile (e) f()\n'],
    ['elements', 'x = <a b="c" d={e => <f/>}>it\'s {g} &lt; ({"h"})</a>;\n'],
    ['regular expressions', "a = b / c / d; e = /[({\"'`/]\\/[[]/.test(f) || /'/;\n"],
    ['comments', "/* ([{ ' */ // ([{ `\n"],
    ['templates', 'a = `([{ ${b ? `<${c}>` : ""} "`;\n'],
    ['comparisons', 'if (a < b && c > d) e(f < g, h > i, -1)\n'],
  ])('many %s', (_, source) => {
    expect(isTooDeep(source.repeat(2000), true)).toBe(false);
  });

  test('many elements of an array, with operators', () => {
    expect(isTooDeep(`x = [${'-1, a ? !b : c, d = e, { f: g },'.repeat(5000)}]`, true)).toBe(false);
  });
});

test('angles are types where there are no elements', () => {
  expect(parse('a.ts', 'const a = <any>b, c = <T>(d: T) => [d];\n', null)).not.toBeNull();
  expect(isTooDeep('const a = <any>b;\n'.repeat(2000), false)).toBe(false);
});
