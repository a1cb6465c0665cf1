/** The constants that the value of an expression is made of. */

import { expect, test } from 'vitest';

import type { Node } from '../../src/syntax/ast.ts';
import { chainOf } from '../../src/values/chain.ts';
import { evaluated } from '../helpers/minted.ts';

/** What is read and what gives it its value, in the order in which they are made. */
function chain(source: string, chosen: number | null = null): readonly string[] {
  const { node, file, values } = evaluated(source);
  const textOf = ({ range }: Node): string => source.slice(...(range ?? [0, 0]));
  const one = chosen === null ? null : (values[chosen] ?? null);
  return chainOf(node, file, one).map(({ read, value }) => `${textOf(read)}: ${textOf(value)}`);
}

test.each([
  ['a literal', 'const result = 300;', []],
  ['a constant', 'const A = 300; const result = A;', ['A: 300']],
  [
    'a constant of another',
    'const A = 5; const B = A * 60; const result = B;',
    ['A: 5', 'B: A * 60'],
  ],
  ['one that is read twice', 'const A = 5; const result = A + A;', ['A: 5']],
  ['two of them', 'const A = 5; const B = 6; const result = B + A;', ['B: 6', 'A: 5']],
  ['a part of an object', 'const o = { ttl: 300, key: 1 }; const result = o.ttl;', ['o.ttl: 300']],
  [
    'a part that is another constant, by where its value is written',
    'const A = 5; const o = { ttl: A }; const result = o.ttl;',
    ['o.ttl: 5'],
  ],
  [
    'a part with a computed name',
    "const K = 'a'; const o = { a: 5 }; const result = o[K];",
    ['o[K]: 5'],
  ],
  [
    'a part of what nobody knows, by a name',
    "const K = 'a'; const result = unknown[K];",
    ["K: 'a'"],
  ],
  ['a part of what nobody knows', 'const a = 5; const result = unknown.a;', []],
  ['what is given to a call', 'const A = 5; const f = 6; const result = f(A, 3);', ['A: 5']],
  ['what is given to a constructor', 'const A = 5; const result = new Date(A);', ['A: 5']],
  ['a text', "const A = 'm'; const result = `5${A}`;", ["A: 'm'"]],
  ['an object, whose parts are not asked', 'const A = 5; const result = { A };', []],
  ['a list, whose items are not asked', 'const A = 5; const result = [A];', []],
  ['a function, which is not called', 'const A = 5; const result = () => A;', []],
  ['what changes', 'let a = 5; a = f(); const result = a;', []],
  ['what is made of itself', 'const a = b; const b = a; const result = a;', []],
  [
    'a sum that is cast',
    'const A = 5; const B = (A * 60) as number; const result = B;',
    ['A: 5', 'B: A * 60'],
  ],
  ['what is in parentheses', 'const A = 5; const result = (A as number);', ['A: 5']],
])('%s', (_name, source, expected) => {
  expect(chain(source)).toEqual(expected);
});

test('a choice is told by what was chosen', () => {
  const source = 'const A = 5; const B = 6; const either = c ? A : B; const result = either;';
  expect(chain(source, 0)).toEqual(['c ? A : B: 5', 'either: c ? A : B']);
  expect(chain(source, 1)).toEqual(['c ? A : B: 6', 'either: c ? A : B']);
});

test('no more than twelve are told', () => {
  const source = Array.from(
    { length: 20 },
    (_, index) => `const c${String(index + 1)} = c${String(index)} + 1;`,
  ).join(' ');
  expect(chain(`const c0 = 5; ${source} const result = c20;`)).toHaveLength(12);
});
