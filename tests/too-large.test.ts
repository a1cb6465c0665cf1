/** Code that is too large, or nested too deeply: only that is left out, and it is told. */

import { Linter } from 'eslint';
import { describe, expect, test, vi } from 'vitest';

import plugin from '../src/index.ts';
import { RelationAlgebra, TooManyDecisions } from '../src/flow/algebra/relation.ts';
import type { SessionFile } from '../src/session/model.ts';
import { readAlone } from '../src/session/sessions.ts';
import { ALONE } from '../src/session/source.ts';
import { isNode } from '../src/syntax/ast.ts';
import { isScopeManager } from '../src/syntax/bindings.ts';
import { parsed } from './helpers/parsed.ts';

const IMPORT = "import Intercom from '@intercom/intercom-react-native';\n";
const FAULTY = 'export async function open() { await Intercom.present(); }\n';

function lint(code: string): Linter.LintMessage[] {
  const linter = new Linter({ configType: 'flat' });
  return linter.verify(`${IMPORT}${code}`, plugin.configs.recommended, 'app.js');
}

function idsOf(messages: readonly Linter.LintMessage[]): readonly (string | undefined)[] {
  return messages.map(({ messageId }) => messageId);
}

function times(size: number, make: (index: number) => string): string {
  return Array.from({ length: size }, (_, index) => make(index)).join('\n');
}

/** Code that is nested a number of times. */
const NESTED: Readonly<Record<string, (depth: number) => string>> = {
  'a chain of calls': (depth) => `export const x = a${'.b()'.repeat(depth)};\n`,
  'a chain of calls, in a function': (depth) =>
    `export const x = () => a${'.b()'.repeat(depth)};\n`,
  loops: (depth) =>
    `export function f() { ${'while (c()) { '.repeat(depth)}${'}'.repeat(depth)} }\n`,
  'the construction of a class': (depth) => `class A { x = a${'.b()'.repeat(depth)}; }\nnew A();\n`,
};

describe.each(Object.entries(NESTED))('%s', (_, nested) => {
  test('that is nested too deeply is left out by itself', () => {
    expect(idsOf(lint(nested(700) + FAULTY)).toSorted()).toEqual(['neverSet', 'tooLarge']);
  });

  test('that is nested less deeply is looked at', () => {
    expect(idsOf(lint(nested(300) + FAULTY))).toEqual(['neverSet']);
  });
});

test('a way on which tests agree in too many ways is not told', () => {
  const witness = vi.spyOn(RelationAlgebra.prototype, 'witness').mockImplementation(() => {
    throw new TooManyDecisions();
  });
  expect(idsOf(lint(FAULTY))).toEqual(['onSomeWay']);
  witness.mockRestore();
  expect(idsOf(lint(FAULTY))).toEqual(['neverSet']);
});

test('what is left out is told where it begins, and what it is', () => {
  const [message] = lint(NESTED['loops']?.(700) ?? '');
  expect(message).toMatchObject({ messageId: 'tooLarge', line: 2, column: 8 });
  expect(message?.message).toMatch(/^This function is too large/);
});

test('what is left out of a module that is imported by nobody here is not told twice', () => {
  const code = `const f = () => a${'.b()'.repeat(700)};\nexport const g = () => { f(); f(); };\n`;
  expect(idsOf(lint(code))).toEqual(['tooLarge']);
});

describe('a budget of steps', () => {
  const many = (size: number): string =>
    `export async function run(a, ${times(size, (i) => `t${String(i)},`)}) {\n${times(
      size,
      (i) =>
        `if (t${String(i)}) await Intercom.setUserJwt(t${String(i)}); if (!t${String(i)}) await Intercom.present();`,
    )}\n}`;

  test('is enough for large functions', () => {
    expect(new Set(idsOf(lint(many(50))))).toEqual(new Set(['skippedOnPath', 'setTooLate']));
  });

  test('counts what is lowered, though nothing comes of it', () => {
    const { ast, scopeManager, text } = parsed(
      `${IMPORT}export function run(a) {\n${times(1000, (i) => `a.x = b${String(i)} + 1;`)}\nIntercom.present();\n}`,
    );
    if (!isNode(ast) || ast.type !== 'Program' || !isScopeManager(scopeManager)) throw new Error();
    const read = (steps: number): SessionFile =>
      readAlone(ast, text, scopeManager, ALONE.clients, null, false, steps);
    const solve = (file: SessionFile): number =>
      file.solve({ helpers: 'some-path', entry: 'unset' }).sites.length;
    const whole = read(Infinity);
    expect(solve(whole)).toBe(1);
    expect(whole.taken).toBeGreaterThan(4000);
    const bounded = read(3000);
    expect(solve(bounded)).toBe(0);
    expect(bounded.leftOut()).toEqual(new Set([ast]));
  });

  /** Calls each of which is reached on ways of its own. */
  const apart = (size: number): string =>
    `export async function run(${times(10, (bit) => `b${String(bit)},`)}) {
${times(size, (i) => {
  const test = Array.from(
    { length: 10 },
    (_, bit) => `${(i >> bit) & 1 ? '' : '!'}b${String(bit)}`,
  );
  return `if (${test.join(' && ')}) await Intercom.present();`;
})}
}`;

  test('ends the search for ways, behind which all is told still, and the same each time', () => {
    const code = apart(500);
    const first = lint(code);
    expect(first).toHaveLength(500);
    expect(idsOf(first)).toContain('onSomeWay');
    expect(lint(code)).toEqual(first);
  });

  test('is enough for a thousand tokens, each set in a loop of its own', () => {
    const loops = (size: number): string =>
      `export async function run(${times(size, (i) => `t${String(i)},`)}) {\n${times(
        size,
        (i) => `while (more()) { await Intercom.setUserJwt(t${String(i)}); }`,
      )}\n}`;
    expect(idsOf(lint(loops(1000)))).toEqual(Array.from({ length: 1000 }, () => 'setAgain'));
  });
});
