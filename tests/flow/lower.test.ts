/** What source is lowered to, for one instructive form of each kind. */

import { describe, expect, test } from 'vitest';

import { dumped } from '../helpers/dumped.ts';

interface Form {
  readonly source: string;
  /** The term, one line each. */
  readonly term: readonly string[];
}

function describeForms(name: string, forms: Readonly<Record<string, Form>>): void {
  describe(name, () => {
    for (const [form, { source, term }] of Object.entries(forms)) {
      test(form, () => {
        expect(dumped(source).split('\n')).toEqual(term);
      });
    }
  });
}

describeForms('statements', {
  'what cannot matter leaves nothing behind': {
    source: 'const x = 1 + 2; x;',
    term: ['skip'],
  },
  'throwing twice in a row is throwing once': {
    source: 'f(); g(); h();',
    term: ['may throw'],
  },
  'an if tests, then does one or the other': {
    source: 'if (c()) await set(t); else use();',
    term: [
      'may throw',
      'if ?',
      '  event set()',
      '  suspend',
      '  event set settled',
      'else',
      '  event use()',
    ],
  },
  'a constant condition leaves one arm': {
    source: 'if (true) use(); else set();',
    term: ['event use()'],
  },
  'tests of one constant binding are of one atom': {
    source: 'const t = f(); if (t) set(t); if (!t) use();',
    term: ['may throw', 'if a0', '  event set()', 'if !a0', '  event use()'],
  },
  'a while loop is left from its head': {
    source: 'while (c()) use();',
    term: [
      'block break#1',
      '  loop',
      '    may throw',
      '    if ?',
      '      block continue#2',
      '        event use()',
      '    else',
      '      exit break#1',
    ],
  },
  'a break leaves the loop, and the test is constant': {
    source: 'do { if (c()) break; use(); } while (true);',
    term: [
      'block break#1',
      '  loop',
      '    block continue#2',
      '      may throw',
      '      if ?',
      '        exit break#1',
      '      event use()',
    ],
  },
  'each step of a for-of loop may throw': {
    source: 'for (const x of xs) { if (x) continue; use(x); }',
    term: [
      'block break#1',
      '  loop',
      '    may throw',
      '    if ?',
      '      block continue#2',
      '        if ?',
      '          exit continue#2',
      '        event use()',
      '    else',
      '      exit break#1',
    ],
  },
  'each step of a for-await loop waits': {
    source: 'for await (const x of xs) use(x);',
    term: [
      'block break#1',
      '  loop',
      '    suspend',
      '    may throw',
      '    if ?',
      '      block continue#2',
      '        event use()',
      '    else',
      '      exit break#1',
    ],
  },
  'a break with a label leaves the loop that it names': {
    source: 'outer: for (;;) { for (;;) break outer; }',
    term: [
      'block break#1',
      '  loop',
      '    block continue#2',
      '      block break#3',
      '        loop',
      '          block continue#4',
      '            exit break#1',
    ],
  },
  'the cases of a switch are tried in order, whatever the place of the default': {
    source: 'switch (k()) { case 1: use(); default: set(); case 2: clear(); }',
    term: [
      'may throw',
      'block switch#1',
      '  switch',
      '    ? -> 0',
      '    ? -> 2',
      '    otherwise -> 1',
      '    0:',
      '      event use()',
      '    1:',
      '      event set()',
      '    2:',
      '      event clear()',
    ],
  },
  'a try keeps its three parts': {
    source: 'try { await set(t); } catch { use(); } finally { clear(); }',
    term: [
      'try',
      '  event set()',
      '  suspend',
      '  event set settled',
      'catch',
      '  event use()',
      'finally',
      '  event clear()',
    ],
  },
  'an empty try leaves its finally': {
    source: 'try {} finally { use(); }',
    term: ['event use()'],
  },
  'what is thrown is evaluated first': {
    source: 'throw use();',
    term: ['event use()', 'raise'],
  },
  'the static side of a class runs where it is, its keys before its fields': {
    source: 'class A extends f() { static x = use(); static { set(); } [clear()]() {} y = use(); }',
    term: ['may throw', 'event clear()', 'event use()', 'event set()'],
  },
});

describeForms('expressions', {
  'a compound condition': {
    source: 'if (!(a() && b())) use();',
    term: ['if not ((may throw; ?) and (may throw; ?))', '  event use()'],
  },
  'a sequence and a conditional': {
    source: 'use(), f() ? set() : clear();',
    term: ['event use()', 'may throw', 'if ?', '  event set()', 'else', '  event clear()'],
  },
  'an optional chain is a block that is left': {
    source: 'user?.list.save(set());',
    term: ['block chain#1', '  if ?', '    exit chain#1', '  event set()', '  may throw'],
  },
  'a default may be left out, a computed key may not': {
    source: 'const { a = use(), [set()]: b } = f();',
    term: ['may throw', 'if ?', '  event use()', 'event set()'],
  },
  'a callback that is handed over is referred to': {
    source: 'setTimeout(() => use(), 1);',
    term: ['refer function later', 'may throw'],
  },
  'an operation that is handed over may be performed': {
    source: 'onPress(use);',
    term: ['refer use later', 'may throw'],
  },
  'a callback of a list is called any number of times': {
    source: 'xs.forEach(() => { use(); });',
    term: [
      'block repeat#1',
      '  loop',
      '    if ?',
      '      exit repeat#1',
      '    else',
      '      started function',
      'may throw',
    ],
  },
});

describeForms('promises', {
  'a call that is dropped never settles': {
    source: 'set(t);',
    term: ['event set()'],
  },
  'an await lets the call settle': {
    source: 'await set(t);',
    term: ['event set()', 'suspend', 'event set settled'],
  },
  'the callbacks of then exclude each other': {
    source: 'set(t).then(() => use(), () => clear());',
    term: [
      'event set()',
      'detach',
      '  block then#1',
      '    try',
      '      event set settled',
      '    catch',
      '      awaited function',
      '      exit then#1',
      '    awaited function',
    ],
  },
  'one of a list': {
    source: 'await Promise.race([set(t), f()]);',
    term: [
      'event set()',
      'may throw',
      'suspend',
      'if ?',
      '  event set settled',
      'else',
      '  if ?',
      '    may throw',
      '  else',
      '    assume never',
    ],
  },
  'a call that is awaited, and one that is not': {
    source: 'const go = async () => { await set(t); }; go(); await go();',
    term: ['started go', 'awaited go'],
  },
});

describe('programs that are long or deep', () => {
  const depth = 40;
  test('finally in finally', () => {
    const source = `${'try { f(); } finally { '.repeat(depth)}use();${' }'.repeat(depth)}`;
    expect(dumped(source)).toContain('event use()');
  });
  test('finally around finally', () => {
    const source = `${'try { '.repeat(depth)}f();${' } finally { use(); }'.repeat(depth)}`;
    expect(dumped(source).match(/finally/g)).toHaveLength(depth);
  });
  test('hundreds of else-ifs', () => {
    const source = Array.from({ length: 300 }, (_, i) => `if (c(${i})) use();`).join(' else ');
    expect(dumped(source).match(/event use/g)).toHaveLength(300);
  });
  test('a condition of hundreds of parts, and a sum of as many', () => {
    const parts = (operator: string): string =>
      Array.from({ length: 300 }, () => 'c()').join(operator);
    expect(dumped(`if (${parts(' && ')}) use(); f(${parts(' + ')});`)).toContain('event use()');
  });
});
