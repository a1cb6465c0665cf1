import { runInNewContext } from 'node:vm';

import { describe, expect, test } from 'vitest';

import type { Value } from '../../src/values/evaluate.ts';
import { evaluated, expressionsOf, initializerNamed } from '../helpers/minted.ts';
import { allOf, tell, told } from '../helpers/told.ts';

/** The one value that the constant `result` has. */
function valueOf(source: string): Value {
  const { values } = evaluated(source);
  expect(values, source).toHaveLength(1);
  return values[0].value;
}

describe('a time of five minutes from now', () => {
  test.each([
    'Math.floor(Date.now() / 1000) + 300',
    'Math.floor(Date.now() / 1000) + 5 * 60',
    'Math.floor(Date.now() / 1000 + 300)',
    'Math.round(Date.now() / 1000) + 300',
    'Math.trunc(Date.now() / 1000) + 300',
    'Math.ceil(Date.now() / 1000) + 300',
    'Math.floor((Date.now() + 5 * 60 * 1000) / 1000)',
    '((Date.now() + 300000) / 1000) | 0',
    '(Date.now() / 1000 | 0) + 300',
    '(Date.now() / 1000 >> 0) + 300',
    '(Date.now() / 1000 >>> 0) + 300',
    '(Date.now() / 1000 ^ 0) + 300',
    '~~(Date.now() / 1000) + 300',
    'parseInt(Date.now() / 1000) + 300',
    'parseInt(String(Date.now() / 1000), 10) + 300',
    'parseInt(`${Date.now() / 1000}`) + 300',
    "parseInt('' + Date.now() / 1000) + 300",
    'Number((Date.now() / 1000).toFixed(0)) + 300',
    '+(Date.now() / 1000).toFixed() + 300',
    'Math.floor(new Date().getTime() / 1000) + 300',
    'Math.floor(new Date().valueOf() / 1000) + 300',
    'Math.floor(+new Date() / 1000) + 300',
    'Math.floor(new Date() / 1e3) + 300',
    'Math.floor(Number(new Date()) / 1000) + 300',
    'Date.parse(new Date().toISOString()) / 1000 + 300',
    'Math.floor(new Date(Date.now() + 3e5).getTime() / 1000)',
    'Math.floor((performance.timeOrigin + performance.now()) / 1000) + 300',
    'Date.now() * 0.001 + 300',
    'Date.now() / 60 / 1000 * 60 + 300',
    '(Date.now() - Date.now() % 1000) / 1000 + 300',
    'Math.max(Math.floor(Date.now() / 1000) + 300, Math.floor(Date.now() / 1000) + 60)',
    'globalThis.Math.floor(globalThis.Date.now() / 1000) + 300',
  ])('%s', (expression) => {
    expect(told(valueOf(`const result = ${expression};`))).toBe('seconds 300');
  });

  test.each([
    ['minutes', 'd.setMinutes(d.getMinutes() + 5)'],
    ['minutes in UTC', 'd.setUTCMinutes(d.getUTCMinutes() + 5)'],
    ['seconds', 'd.setSeconds(d.getSeconds() + 300)'],
    ['milliseconds', 'd.setTime(d.getTime() + 300_000)'],
  ])('of a date whose %s are set', (_name, call) => {
    const changed = `const d = new Date(); ${call};`;
    expect(told(valueOf(`${changed} const result = d.getTime() / 1000;`))).toBe('seconds 300');
    expect(told(valueOf(`const d = new Date(); const result = ${call} / 1000;`))).toBe(
      'seconds 300',
    );
  });

  test.each([
    ['printed', 'console.log(d);'],
    ['given to a library', "require('some-logger').info(d);"],
    ['read under another name', 'const e = d; e.getMinutes();'],
  ])('of a date that is %s', (_name, statement) => {
    const source = `const d = new Date(Date.now() + 300_000); ${statement}
      const result = d.getTime() / 1000;`;
    expect(told(valueOf(source))).toBe('seconds 300');
  });

  test('of a date that is not changed before it is read', () => {
    const source = `const d = new Date(); const result = d.getTime() / 1000;
      d.setMinutes(d.getMinutes() + 5);`;
    expect(told(valueOf(source))).toBe('seconds 0');
  });

  test.each([
    ['on one way', 'if (x) d.setMinutes(d.getMinutes() + 5);'],
    ['in an operand', 'x && d.setMinutes(d.getMinutes() + 5);'],
    ['in a function', 'const later = () => { d.setMinutes(d.getMinutes() + 5); };'],
    ['by a function that it is given to', 'postpone(d);'],
    ['under another name', 'const e = d; e.setMinutes(e.getMinutes() + 5);'],
    ['to a fixed minute', 'd.setMinutes(5);'],
    ['by another field', 'd.setMinutes(d.getHours() + 5);'],
    ['to midnight', 'd.setHours(24, 0, 0, 0);'],
  ])('is not known of a date that is changed %s', (_name, change) => {
    const source = `const d = new Date(); ${change} const result = d.getTime() / 1000;`;
    expect(told(valueOf(source))).not.toMatch(/seconds/);
  });
});

describe('what the same domain shows of mistakes', () => {
  test.each([
    ['milliseconds with seconds added', 'Date.now() + 300', 'milliseconds 0.3'],
    ['milliseconds', 'Date.now() + 5 * 60 * 1000', 'milliseconds 300'],
    ['a length of milliseconds', 'Math.floor(Date.now() / 1000) + 5 * 60 * 1000', 'seconds 300000'],
    ['a string is joined', "Math.floor(Date.now() / 1000) + '300'", 'joined'],
    [
      'an environment variable is joined',
      'Math.floor(Date.now() / 1000) + process.env.TTL',
      'joined',
    ],
    ['a date is joined', 'new Date() + 300', 'joined'],
    ['no clock', '300', 300],
  ])('%s: %s', (_name, expression, expected) => {
    expect(told(valueOf(`const result = ${expression};`))).toBe(expected);
  });

  test('`|` binds less than `+`: the life is anything from nothing to 300 seconds', () => {
    const value = valueOf('const result = Date.now() / 1000 | 0 + 300;');
    expect(value).toMatchObject({ linear: { slope: 0.001, offset: 0, low: -1, high: 300 } });
  });

  test('seconds that are fed to a date', () => {
    const source = 'const result = new Date(Math.floor(Date.now() / 1000) + 300);';
    expect(valueOf(source)).toMatchObject({ kind: 'instant', at: { slope: 0.001, offset: 300 } });
  });

  test('a month where a minute was meant', () => {
    const value = valueOf("import dayjs from 'dayjs'; const result = dayjs().add(5, 'M').unix();");
    expect(value).toMatchObject({ linear: { slope: 0.001, offset: 13_148_730 } });
  });
});

describe('the sign of a unit', () => {
  const MS = { unit: 'milliseconds' };
  const S = { unit: 'seconds' };

  test.each([
    ['a written-out factor', '5 * 60 * 1000', { ...MS, by: 'factor' }],
    ['a factor in front', '1000 * 60 * 5', { ...MS, by: 'factor' }],
    ['a factor 1e3', '300 * 1e3', { ...MS, by: 'factor' }],
    ['ms()', "ms('5m')", { ...MS, by: 'call' }],
    [
      'ms() on a clock of seconds',
      "Math.floor(Date.now() / 1000) + ms('5m')",
      { ...MS, by: 'call' },
    ],
    ['a divided ms()', "ms('5m') / 1000", { ...S, by: 'call' }],
    [
      'a divided ms() on a clock',
      "Math.floor(Date.now() / 1000) + ms('5m') / 1000",
      { ...S, by: 'call' },
    ],
    ['a divided sum', '(Date.now() + 5 * 60 * 1000) / 1000', { ...S, by: 'factor' }],
    ['a difference of milliseconds', 'Date.now() + 300 - Date.now()', { ...MS, by: 'clock' }],
    [
      'a difference of seconds',
      'Date.now() / 1000 + 300 - Date.now() / 1000',
      { ...S, by: 'clock' },
    ],
    ['minutesToSeconds', 'minutesToSeconds(5)', { ...S, by: 'call' }],
    ['minutesToMilliseconds', 'minutesToMilliseconds(5)', { ...MS, by: 'call' }],
    ['ms() of an unknown text', 'Math.floor(Date.now() / 1000) + ms(text)', { ...MS, by: 'call' }],
    ['an unknown number of seconds', 'Number(process.env.TTL) * 1000', { ...MS, by: 'factor' }],
    ['a constant factor', '5 * MINUTE', { ...MS, by: 'factor' }],
    ['a plain number', '300', null],
    ['a product without it', '5 * 60', null],
    ['a large literal', '300000', null],
    ['a clock in milliseconds', 'Math.floor(Date.now() / 1000) * 1000', null],
  ])('%s: %s', (_name, expression, sign) => {
    const source = `import ms from 'ms';
      import { minutesToMilliseconds, minutesToSeconds } from 'date-fns';
      const MINUTE = 60 * 1000;
      const result = ${expression};`;
    expect(valueOf(source)).toMatchObject({ kind: 'number', sign });
  });
});

describe('a constant', () => {
  test.each([
    ['of the file', 'const TTL = 5 * 60; const result = TTL;'],
    ['as const', 'const TTL = 300 as const; const result = TTL;'],
    ['that satisfies a type', 'const TTL = 300 satisfies number; const result = TTL!;'],
    ['let, but never reassigned', 'let TTL = 300; const result = TTL;'],
    ['reassigned before', 'let TTL = 60; TTL = 300; const result = TTL;'],
    ['in an object', 'const CFG = { jwt: { ttl: 300 } } as const; const result = CFG.jwt.ttl;'],
    ['by a quoted key', "const CFG = { 'ttl': 300 }; const result = CFG['ttl'];"],
    [
      'by a constant key',
      "const KEY = 'ttl'; const CFG = { [KEY]: 300 }; const result = CFG[KEY];",
    ],
    ['in a frozen object', 'const CFG = Object.freeze({ ttl: 300 }); const result = CFG.ttl;'],
    ['in a spread object', 'const A = { ttl: 300 }; const B = { ...A }; const result = B.ttl;'],
    ['destructured', 'const { jwt: { ttl } } = { jwt: { ttl: 300 } }; const result = ttl;'],
    ['of an array', 'const [, ttl] = [60, 300]; const result = ttl;'],
    ['by an index', 'const TTLS = [60, 300]; const result = TTLS[1];'],
    ['of an enum', 'enum Ttl { Short = 300 } const result = Ttl.Short;'],
    ['counted up by an enum', 'enum Ttl { A = 298, B, C } const result = Ttl.C;'],
    ['computed in an enum', 'enum Ttl { A = 5 * 60, B = A } const result = Ttl.B;'],
    ['static', 'class Config { static readonly TTL = 300 } const result = Config.TTL;'],
    ['of an instance', 'class S { private readonly ttl = 300; m() { const result = this.ttl; } }'],
    ['of a getter', 'class S { get ttl() { return 300; } m() { const result = this.ttl; } }'],
    ['of an object that was made', 'class S { ttl = 300 } const result = new S().ttl;'],
    [
      'of one that is in a constant',
      'class S { constructor() { this.ttl = 300; } } const s = new S(); const result = s.ttl;',
    ],
    ['of a static getter', 'class S { static get TTL() { return 300; } } const result = S.TTL;'],
    [
      'of a constructor',
      'class S { ttl: number; constructor() { this.ttl = 300; } m() { const result = this.ttl; } }',
    ],
    ['returned', 'const ttl = () => 300; const result = ttl();'],
    [
      'returned for an argument',
      'const minutes = (n: number) => n * 60; const result = minutes(5);',
    ],
    [
      'returned by a method',
      'const t = { minutes(n) { return n * 60; } }; const result = t.minutes(5);',
    ],
    [
      'returned by a static method',
      'class T { static of(n) { return n * 60; } } const result = T.of(5);',
    ],
    ['awaited', 'async function ttl() { return 300; } const result = await ttl();'],
    ['of a decided condition', 'const isShort = true; const result = isShort ? 300 : 3600;'],
    ['of a string', "const result = Number('300');"],
    ['added to a property', 'const CFG = {}; CFG.ttl = 300; const result = CFG.ttl;'],
    ['that replaces a property', 'const CFG = { ttl: 60 }; CFG.ttl = 300; const result = CFG.ttl;'],
    ['that is replaced later', 'const CFG = { ttl: 300 }; const result = CFG.ttl; CFG.ttl = 60;'],
    ['Math.max', 'const result = Math.max(60, 300);'],
    ['Math.min', 'const result = Math.min(3600, 300);'],
  ])('%s', (_name, source) => {
    expect(told(valueOf(source))).toBe(300);
  });

  test.each([
    ['reassigned in a loop', 'let TTL = 300; while (x) TTL = 3600; const result = TTL;'],
    ['of a loop', 'for (const TTL of [300]) { const result = TTL; }'],
    ['declared elsewhere', 'declare const TTL: number; const result = TTL;'],
    ['a global', 'const result = TTL;'],
    ['itself', 'const TTL = TTL2; const TTL2 = TTL; const result = TTL;'],
    ['of an enum that has no such member', 'enum Ttl { A = 300 } const result = Ttl.B;'],
    ['of a changed class', 'class C { static TTL = 300 } C.TTL = 60; const result = C.TTL;'],
    ['incremented', 'const CFG = { ttl: 300 }; if (x) CFG.ttl++; const result = CFG.other ?? x;'],
    [
      'of an instance that changes',
      'class S { ttl = 300; set(t) { this.ttl = t; } m() { const result = this.ttl; } }',
    ],
    ['of a generator', 'function* ttl() { return 300; } const result = ttl();'],
    ['recursive', 'const ttl = (n) => ttl(n - 1); const result = ttl(5);'],
    ['a shadowed global', 'function f(Math) { const result = Math.floor(300.5); }'],
  ])('is not one: %s', (_name, source) => {
    expect(told(valueOf(source))).toBe('unknown');
  });

  test('is not a promise, but what that is fulfilled with', () => {
    const source = 'async function ttl() { return 300; } const p = ttl();';
    expect(told(valueOf(`${source} const result = p;`))).toBe('promise');
    expect(told(valueOf(`${source} const result = await p;`))).toBe(300);
    expect(told(valueOf(`${source} const result = await (x ? p : 300);`))).toBe(300);
  });

  test.each([
    ['each other', 'const A = { ...B }; const B = { ...A }; const result = A.ttl;'],
    ['themselves', 'function f() { return A; } const A = { ...f() }; const result = A.ttl;'],
    ['very many others', `const o0 = {};${spreadInTurn(5000)} const result = o5000.ttl;`],
  ])('of objects that are spread into %s nothing is known', (_name, source) => {
    expect(allOf(source).includes('unknown')).toBe(true);
  });

  test('a field that the constructor sets need not be declared', () => {
    const source =
      'class S { constructor(ttl = 300) { this.ttl = ttl; } m() { const result = this.ttl; } }';
    expect(allOf(source)).toEqual(['unknown', 'default 300']);
  });

  test('a property that may be changed has both values', () => {
    expect(allOf('const C = { ttl: 300 }; if (x) C.ttl = 60; const result = C.ttl;')).toEqual([
      '300',
      '60',
    ]);
    expect(allOf('const C = { ttl: 300 }; Object.assign(C, x); const result = C.ttl;')).toEqual([
      '300',
      'unknown',
    ]);
  });
});

describe('possible values', () => {
  test.each([
    ['arms of a conditional', "const result = x ? '5m' : '1h';", ['"5m"', '"1h"']],
    [
      'an environment variable',
      "const result = process.env.X ?? '5m';",
      ['env X', 'fallback "5m"'],
    ],
    ['with ||', "const result = process.env.X || '5m';", ['env X', 'fallback "5m"']],
    ['||, in seconds', 'const result = process.env.X || 300;', ['env X', 'fallback 300']],
    ['bracketed', "const result = process.env['X'] ?? '5m';", ['env X', 'fallback "5m"']],
    [
      'destructured',
      "const { X = '5m' } = process.env; const result = X;",
      ['env X', 'default "5m"'],
    ],
    [
      'imported',
      "import { env } from 'node:process'; const result = env.X ?? '5m';",
      ['env X', 'fallback "5m"'],
    ],
    ['of vite', "const result = import.meta.env.X ?? '5m';", ['env X', 'fallback "5m"']],
    ['of deno', "const result = Deno.env.get('X') ?? '5m';", ['env X', 'fallback "5m"']],
    ['of bun', "const result = Bun.env.X ?? '5m';", ['env X', 'fallback "5m"']],
    [
      'a number of the environment',
      'const result = Number(process.env.X) || 300;',
      ['a number', 'fallback 300'],
    ],
    [
      'parseInt',
      "const result = parseInt(process.env.X ?? '300', 10);",
      ['a number', 'fallback 300'],
    ],
    ['unary plus', 'const result = +(process.env.X ?? 300);', ['a number', 'fallback 300']],
    ['a dead fallback', 'const result = Number(process.env.X) ?? 300;', ['a number']],
    ['a fallback for null', 'const result = null ?? 300;', ['300']],
    ['a fallback for 0', 'const result = 0 || 300;', ['300']],
    ['0 is not nullish', 'const result = 0 ?? 300;', ['0']],
    [
      'a fallback behind one for null',
      "const result = process.env.X ?? a ?? '5m';",
      ['env X', 'fallback unknown', 'fallback "5m"'],
    ],
    [
      'a dead one behind one for null',
      "const result = process.env.X ?? '1h' ?? '5m';",
      ['env X', 'fallback "1h"'],
    ],
    [
      'one behind it for what is empty',
      "const result = (process.env.X ?? '1h') || '5m';",
      ['env X', 'fallback "1h"', 'fallback "5m"'],
    ],
    [
      'a dead one behind one for all',
      "const result = process.env.X || '1h' || '5m';",
      ['env X', 'fallback "1h"'],
    ],
    [
      'of a number',
      'const result = Number(process.env.X) || 3600 || 300;',
      ['a number', 'fallback 3600'],
    ],
    ['of a test', "const result = (x > 1 || true) && '5m';", ['"5m"']],
    ['of what is not known', 'const result = x || 3600 || 300;', ['unknown', 'fallback 3600']],
    [
      'a default behind a fallback',
      "const f = (ttl = 300) => ttl; const result = f(process.env.X ?? '1h');",
      ['env X', 'fallback "1h"'],
    ],
    [
      'behind one of what is not known',
      "const f = (ttl = 300) => ttl; const result = f(x || '1h');",
      ['unknown', 'fallback "1h"'],
    ],
    [
      'and behind none',
      'const f = (ttl = 300) => ttl; const result = f(process.env.X);',
      ['env X', 'default 300'],
    ],
    [
      'a default parameter',
      'function f(ttl = 300) { const result = ttl; }',
      ['unknown', 'default 300'],
    ],
    [
      'a destructuring default',
      'function f({ ttl = 300 }) { const result = ttl; }',
      ['unknown', 'default 300'],
    ],
    ['both', 'function f({ ttl = 300 } = {}) { const result = ttl; }', ['unknown', 'default 300']],
    [
      'an option',
      'function f(opts) { const result = opts?.ttl ?? 300; }',
      ['unknown', 'fallback 300'],
    ],
    ['a parameter', 'function f(ttl) { const result = ttl; }', ['unknown']],
    ['a default that is not used', 'const ttl = (n = 300) => n; const result = ttl(60);', ['60']],
    [
      'a default that is used',
      'const ttl = (n = 300) => n; const result = ttl();',
      ['default 300'],
    ],
    [
      'returns',
      'function ttl() { if (x) return 60; return 300; } const result = ttl();',
      ['60', '300'],
    ],
    ['&&', 'const result = x && 300;', ['unknown', '300']],
    ['an optional call of nothing', 'const o = undefined; const result = o?.ttl ?? 300;', ['300']],
    [
      'a parameter property',
      'class S { constructor(private ttl = 300) {} m() { const result = this.ttl; } }',
      ['unknown', 'default 300'],
    ],
  ])('%s', (_name, source, expected) => {
    expect(allOf(source)).toEqual(expected);
  });

  test('a default time', () => {
    expect(
      allOf('function f(now = Math.floor(Date.now() / 1000)) { const result = now + 300; }'),
    ).toEqual(['unknown', 'default seconds 300']);
    expect(
      allOf(`function f(options) {
        const now = options?.nowSeconds ?? Math.floor(Date.now() / 1000);
        const result = now + 300;
      }`),
    ).toEqual(['unknown', 'fallback seconds 300']);
    expect(allOf('function f({ now = Date.now } = {}) { const result = now() / 1000; }')).toEqual([
      'seconds 0',
    ]);
  });

  test('what is decided once is decided the same everywhere', () => {
    expect(allOf('const t = x ? 60 : 3600; const result = t - t;')).toEqual(['0']);
    expect(
      allOf(`function f(isShort: boolean) {
        const count = isShort ? 5 : 1;
        const result = count * (!isShort ? 3600 : 60);
      }`),
    ).toEqual(['300', '3600']);
  });

  test('calls decide anew', () => {
    const source = 'const t = (n) => (n ? 1 : 2); const result = t(x) * 10 + t(y);';
    expect(allOf(source)).toEqual(['11', '12', '21', '22']);
  });

  test('too many are unknown', () => {
    const sum = ['a', 'b', 'c', 'd', 'e'].map((name, i) => `(${name} ? ${2 ** i} : 0)`);
    expect(allOf(`const result = ${sum.slice(0, 4).join(' + ')};`)).toHaveLength(16);
    expect(allOf(`const result = ${sum.join(' + ')};`)).toEqual(['unknown']);
  });

  test('each tells where it is written', () => {
    const { values } = evaluated("const result = process.env.X ?? '5m';");
    expect(values.map(({ node }) => node.type)).toEqual(['MemberExpression', 'Literal']);
  });
});

describe('what a call returns', () => {
  test.each([
    ['if (a) return 1; return 2;', 'f(true)', ['1']],
    ['if (a) return 1; return 2;', 'f(false)', ['2']],
    ['if (a) return 1; return 2;', 'f()', ['2']],
    ['if (a) return 1; return 2;', 'f(x)', ['1', '2']],
    ['if (a > 60) { return 1; } else if (a > 30) { return 2; } else return 3;', 'f(45)', ['2']],
    ['if (a) { if (x) throw a; } else return 1;', 'f(1)', ['undefined']],
    ['if (a) { if (x) throw a; else return 2; } return 1;', 'f(1)', ['2']],
    ['return 1; return 2;', 'f()', ['1']],
    ['throw a; return 2;', 'f()', ['unknown']],
    ["switch (a) { case 's': return 1; case 'm': return 60; } return 0;", "f('m')", ['60']],
    ["switch (a) { case 's': return 1; case 'm': return 60; } return 0;", "f('h')", ['0']],
    ["switch (a) { case 's': return 1; case 'm': return 60; } return 0;", 'f(x)', ['1', '60', '0']],
    ["switch (a) { case 's': case 'm': return 60; default: return 0; }", "f('s')", ['60']],
    ["switch (a) { default: return 0; case 'm': return 60; }", "f('s')", ['0']],
    ["switch (a) { default: x(); case 'm': return 60; }", "f('s')", ['60']],
    ["switch (a) { case 's': break; default: return 0; } return 1;", "f('s')", ['1']],
    [
      "switch (a) { case x: return 3; case 's': return 1; default: return 2; }",
      "f('s')",
      ['3', '1'],
    ],
    ['try { return 1; } finally { return 2; }', 'f()', ['2']],
    ['try { return 1; } finally { if (a) return 2; }', 'f(0)', ['1']],
    ['try { x(); return 1; } catch { if (a) return 2; throw a; }', 'f(0)', ['1']],
    ['try { return 1; } catch { return 7; }', 'f()', ['1']],
    ['try { return x(); } catch { return 7; }', 'f()', ['unknown', '7']],
    ['for (;;) { if (x) return 1; }', 'f()', ['1']],
    ['for (;;) { if (x) return 1; if (y) break; }', 'f()', ['1', 'undefined']],
    ['while (a) { return 1; } return 2;', 'f(0)', ['2']],
    ['a: { if (x) break a; return 1; } return 2;', 'f()', ['1', '2']],
    ['for (const i of y) { if (i) continue; return 1; } return 2;', 'f()', ['1', '2']],
    ['const f = () => { return 9; }; return f();', 'f()', ['9']],
    [
      'const o = { on: true }; while (x) { if (o.on) { o.on = false; continue; } return 1; } return 2;',
      'f()',
      ['1', '2'],
    ],
  ])('%s by %s', (body, call, expected) => {
    expect(allOf(`function f(a) { ${body} } const result = ${call};`)).toEqual(expected);
  });

  test('is not asked for without end', () => {
    const writes = Array.from({ length: 400 }, (_, i) => `o.a = o.a + ${i};`).join(' ');
    const source = `const o = { a: 1 }; function f() { for (;;) { ${writes} } }`;
    expect(allOf(`${source} const result = o.a;`)).toEqual(['unknown']);
  });

  test('is told apart from whether it is true', () => {
    const source = 'function f() { if (x) return 0; if (y) return 60; return 300; }';
    expect(allOf(`${source} const result = f() || 7;`)).toEqual(['60', '300', 'fallback 7']);
    expect(allOf(`${source} const result = x ?? f();`)).toEqual([
      'unknown',
      'fallback 0',
      'fallback 60',
      'fallback 300',
    ]);
    expect(allOf("const result = config.get('ttl', 300) || 7;")).toEqual([
      'unknown',
      'fallback 300',
      'fallback 7',
    ]);
  });
});

describe('what the spread of an object of a class has', () => {
  test.each([
    ['its fields', 'life = 300;', ['300']],
    ['what its constructor sets', 'constructor(n) { this.life = n; }', ['5']],
    ['no getters', 'get life() { return 300; }', ['undefined']],
    ['no methods', 'life() { return 300; }', ['undefined']],
  ])('%s', (_, member, expected) => {
    const source = `class Options { ${member} } const result = ({ ...new Options(5) }).life;`;
    expect(allOf(source)).toEqual(expected);
  });
});

describe('a comparison', () => {
  test.each([
    ["'a' === 'a'", true],
    ["'a' === 'b'", false],
    ["'a' !== 'b'", true],
    ['1 === 1.0', true],
    ['1 == 2', false],
    ['0 / 0 === 0 / 0', false],
    ["1 === '1'", false],
    ['true === true', true],
    ['null === undefined', false],
    ['null == undefined', true],
    ["undefined != 'a'", true],
    ['null !== null', false],
    ["1 == '1'", null],
    ["x === 'a'", null],
    ['Date.now() === 1', null],
    ["process.env.X === 'a'", null],
    ['1 < 2', true],
    ['2 <= 1', false],
    ["'b' > 'a'", true],
    ["'b' >= 'c'", false],
    ["1 < '2'", null],
    ['Date.now() > 1', null],
    ["'life' in {}", null],
  ])('%s', (source, expected) => {
    expect(valueOf(`const result = ${source};`)).toEqual({ kind: 'boolean', value: expected });
  });

  test('decides a conditional', () => {
    expect(
      allOf("const life = (kind) => kind === 'web' ? 300 : 60; const result = life('web');"),
    ).toEqual(['300']);
  });
});

describe('a setting with a default', () => {
  const ZOD = "import { z } from 'zod'; ";
  const FALLBACK = ['unknown', 'fallback 300'];
  test.each([
    [
      'of zod',
      `${ZOD}const env = z.object({ TTL: z.coerce.number().int().default(300) }).parse(process.env); const result = env.TTL;`,
    ],
    [
      'of a schema that is kept',
      "import * as z from 'zod'; const ttl = z.number(); const Env = z.object({ A: z.string() }).extend({ TTL: ttl.default(300) }); const result = Env.strict().parse(x).TTL;",
    ],
    [
      'of a shape that is kept, destructured',
      `${ZOD}const shape = { TTL: z.number().catch(300) }; const { TTL } = z.object(shape).parse(process.env); const result = TTL;`,
    ],
    [
      'of Joi',
      "import Joi from 'joi'; const { value } = Joi.object({ TTL: Joi.number().default(300) }).unknown().validate(process.env); const result = value.TTL;",
    ],
    [
      'of valibot',
      "import * as v from 'valibot'; const Env = v.object({ TTL: v.optional(v.number(), 300) }); const result = v.parse(Env, process.env).TTL;",
    ],
    [
      'of safeParse',
      `${ZOD}const parsed = z.object({ TTL: z.number().default(300) }).safeParse(process.env); const result = parsed.data.TTL;`,
    ],
    [
      'nested',
      `${ZOD}const env = z.object({ jwt: z.object({ ttl: z.number().default(300) }) }).parse(x); const result = env.jwt.ttl;`,
    ],
    [
      'of a text that is made a number',
      `${ZOD}const env = z.object({ TTL: z.string().default('300').transform(Number) }).parse(x); const result = env.TTL;`,
    ],
    [
      'by a function',
      `${ZOD}const env = z.object({ TTL: z.string().default('5').transform((v) => parseInt(v, 10) * 60) }).parse(x); const result = env.TTL;`,
    ],
    [
      'by a pipe',
      `${ZOD}const env = z.object({ TTL: z.string().default('300').pipe(z.coerce.number()) }).parse(x); const result = env.TTL;`,
    ],
    [
      'of t3',
      "import { createEnv } from '@t3-oss/env-nextjs'; const env = createEnv({ server: { TTL: z.coerce.number().default(300) }, client: {} }); const result = env.TTL;",
    ],
    [
      'of envalid',
      "import { cleanEnv, num } from 'envalid'; const env = cleanEnv(process.env, { TTL: num({ default: 300 }) }); const result = env.TTL;",
    ],
    [
      'of env-var',
      "import env from 'env-var'; const result = env.get('TTL').default('300').asIntPositive();",
    ],
    [
      'of convict, within others',
      "import convict from 'convict'; const config = convict({ jwt: { ttl: { format: 'nat', default: 300, env: 'TTL' } } }); config.loadFile(path); const result = config.validate().get('jwt.ttl');",
    ],
    [
      'of all of convict',
      "import convict from 'convict'; const result = convict({ ttl: { default: 300 } }).getProperties().ttl;",
    ],
    ['of a service', "const result = this.config.get('TTL', 300);"],
    ['of a package', "import config from 'config'; const result = config.get('jwt.ttl', 300);"],
  ])('%s', (_name, source) => {
    const program = source.startsWith('const result = this') ? `() => { ${source} }` : source;
    expect(allOf(program)).toEqual(FALLBACK);
  });

  test.each([
    ['none', `${ZOD}const env = z.object({ TTL: z.number() }).parse(x); const result = env.TTL;`],
    [
      'of another',
      `${ZOD}const env = z.object({ A: z.number().default(1) }).parse(x); const result = env.TTL;`,
    ],
    [
      'another package',
      "import { object } from 'other'; const env = object({ TTL: x.default(300) }).parse(x); const result = env.TTL;",
    ],
    [
      'of convict, written later',
      "import convict from 'convict'; const config = convict({ ttl: { default: 300 } }); config.set('ttl', 3600); const result = config.get('ttl');",
    ],
    [
      'of convict, which has no such setting',
      "import convict from 'convict'; const result = convict({ ttl: { default: 300 } }).get('jwt.ttl');",
    ],
    ['another method', "const result = config.set('ttl', 300);"],
    ['a key that is no text', 'const result = ttls.get(user, 300);'],
    [
      'schemas that are made of each other',
      `${ZOD}const a = b.default(1); const b = a.optional(); const env = z.object({ TTL: a }).parse(x); const result = env.TTL.other;`,
    ],
  ])('is not known: %s', (_name, source) => {
    expect(allOf(source)).toEqual(['unknown']);
  });
});

describe('a comparison', () => {
  const PAIRS = [
    ['1', '2'],
    ['2', '1'],
    ['2', '2'],
    ["'a'", "'b'"],
    ["'b'", "'a'"],
    ["'b'", "'b'"],
    ["'b'", "'ba'"],
    ['true', 'true'],
    ['null', 'undefined'],
  ] as const;

  test.each(
    ['<', '<=', '>', '>=', '===', '!=='].flatMap((operator) =>
      PAIRS.map(([left, right]) => `${left} ${operator} ${right}`),
    ),
  )('%s', (test) => {
    const found = allOf(`const result = ${test} ? 300 : 600;`);
    const isSo: unknown = runInNewContext(test);
    const isKnown = /\d|'|==/u.test(test);
    // What takes a conversion is not known.
    expect(found).toEqual(isKnown ? [isSo === true ? '300' : '600'] : ['300', '600']);
  });
});

describe('what Nest injects by its type', () => {
  const NEST = "import { registerAs, type ConfigType } from '@nestjs/config'; ";
  const CONFIG = `${NEST}const jwt = registerAs('jwt', async () => ({ ttl: 300 })); `;

  test.each([
    [
      'a parameter',
      `${CONFIG}function f(config: ConfigType<typeof jwt>) { const result = config.ttl; }`,
    ],
    ['a part of it', `${CONFIG}({ ttl }: ConfigType<typeof jwt>) => { const result = ttl; };`],
    [
      'a field',
      `${CONFIG}class A { constructor(private readonly config: ConfigType<typeof jwt>) {} f() { const result = this.config.ttl; } }`,
    ],
  ])('%s', (_name, source) => {
    expect(allOf(source)).toEqual(['300']);
  });

  test.each([
    [
      'another type',
      `${CONFIG}function f(config: Other<typeof jwt>) { const result = config.ttl; }`,
    ],
    [
      'a type of another package',
      `${CONFIG.replace(', type ConfigType', '')}import type { ConfigType } from './types'; function f(config: ConfigType<typeof jwt>) { const result = config.ttl; }`,
    ],
    [
      'a type of that name',
      'type ConfigType<T> = T; const jwt = () => ({ ttl: 300 }); function f(config: ConfigType<typeof jwt>) { const result = config.ttl; }',
    ],
    [
      'what is no function',
      `${NEST}const jwt = { ttl: 300 }; function f(config: ConfigType<typeof jwt>) { const result = config.ttl; }`,
    ],
    [
      'a type of itself',
      `${NEST}const jwt = registerAs('jwt', (config: ConfigType<typeof jwt>) => config); function f(config: ConfigType<typeof jwt>) { const result = config.ttl; }`,
    ],
  ])('is not known: %s', (_name, source) => {
    expect(allOf(source)).toEqual(['unknown']);
  });
});

describe('a text', () => {
  test.each([
    ['of a template with a constant', 'const TTL = 300; const result = `${TTL}s`;', '"300s"'],
    ['of an addition', "const TTL = 5; const result = TTL + 'm';", '"5m"'],
    ['of a method', "const result = ' 5M '.trim().toLowerCase();", '"5m"'],
    ['of a number', 'const result = String(5 * 60);', '"300"'],
    ['of toString', 'const result = (300).toString();', '"300"'],
    ['of an unknown part', 'const result = `${x}s`;', 'a text'],
  ])('%s', (_name, source, expected) => {
    expect(told(valueOf(source))).toBe(expected);
  });

  test('a time that is written out is no mistake of addition', () => {
    expect(valueOf('const result = `${Date.now()}`;')).toMatchObject({
      joined: false,
      spells: { of: 'number', value: { slope: 1 } },
    });
    expect(valueOf('const result = new Date().toISOString();')).toMatchObject({
      joined: false,
      spells: { of: 'date' },
    });
  });
});

/** So many objects, each with the one before spread into it. */
function spreadInTurn(count: number): string {
  return Array.from({ length: count }, (_one, at) => `const o${at + 1} = { ...o${at} };`).join('');
}

describe('a property of an object literal', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['written', '{ exp: 300 }', ['300']],
    ['none', '{ sub: 1 }', ['undefined']],
    ['the last', '{ exp: 60, exp: 300 }', ['300']],
    ['after a spread', '{ ...claims, exp: 300 }', ['300']],
    ['before a spread', '{ exp: 300, ...claims }', ['unknown', '300']],
    ['in a spread', '{ exp: 60, ...{ exp: 300 } }', ['300']],
    ['in a spread that may be nothing', '{ exp: 60, ...(x && { exp: 300 }) }', ['300', '60']],
    ['a spread without it', '{ exp: 300, ...(x && { name: 1 }) }', ['300']],
    ['a getter', '{ get exp() { return 300; } }', ['300']],
    ['a setter', '{ set exp(x) {} }', ['unknown']],
    ['an unknown key behind it', '{ exp: 300, [x]: 60 }', ['unknown', '300']],
    ['an unknown spread', '{ ...claims }', ['unknown', 'undefined']],
  ];

  test.each(cases)('%s: %s', (_name, literal, expected) => {
    const { file, values } = evaluated(`const result = ${literal};`);
    const [{ value }] = values;
    expect(value.kind === 'object' ? file.property(value, 'exp').map(tell) : null).toEqual(
      expected,
    );
  });

  test('assigned further down, or only further down than it is used', () => {
    const { ast, file } = expressionsOf(`const payload = { user_id: 1 };
      const early = payload;
      payload.exp = 300;
      const late = payload;`);
    const [early, late] = ['early', 'late'].map((name) => {
      const use = initializerNamed(ast, name);
      const [{ value }] = file.of(use);
      return value.kind === 'object' ? file.property(value, 'exp', use).map(tell) : null;
    });
    expect(early).toEqual(['undefined']);
    expect(late).toEqual(['300']);
  });
});

describe('a package, in any form of import', () => {
  test.each([
    "import ms from 'ms'; const result = ms('5m');",
    "import * as ms from 'ms'; const result = ms('5m');",
    "import { default as parse } from 'ms'; const result = parse('5m');",
    "import ms = require('ms'); const result = ms('5m');",
    "const ms = require('ms'); const result = ms('5m');",
    "const { default: ms } = require('ms'); const result = ms('5m');",
    "const result = require('ms')('5m');",
    "const { default: ms } = await import('ms'); const result = ms('5m');",
    "const result = (await import('ms')).default('5m');",
    "import ms from 'npm:ms@2'; const result = ms('5m');",
    "import ms from 'https://esm.sh/ms@2.1.3'; const result = ms('5m');",
    "import ms from 'ms'; const parse = ms; const result = parse('5m');",
    "import ms from 'ms'; const util = { parse: ms }; const result = util.parse('5m');",
    "import { parse } from '@lukeed/ms'; const result = parse('5m');",
    "import * as lukeed from '@lukeed/ms'; const result = lukeed.parse('5m');",
    "const { parse: p } = require('@lukeed/ms'); const result = p('5m');",
  ])('%s', (source) => {
    expect(told(valueOf(source))).toBe(300_000);
  });

  test.each([
    ['a parameter', "function f(ms) { const result = ms('5m'); }"],
    ['a function of the file', "const ms = (t) => unknown(t); const result = ms('5m');"],
    ['another package', "import ms from 'milliseconds'; const result = ms('5m');"],
    ['a type', "import type ms from 'ms'; const result = ms('5m');"],
  ])('is not followed by its name: %s', (_name, source) => {
    expect(told(valueOf(source))).toBe('unknown');
  });

  test.each([
    ["import jwt from 'jsonwebtoken'; const result = jwt.sign;", 'jsonwebtoken', ['sign']],
    [
      "import * as jwt from 'jsonwebtoken'; const result = jwt.default.sign;",
      'jsonwebtoken',
      ['sign'],
    ],
    ["import { sign as s } from 'jsonwebtoken'; const result = s;", 'jsonwebtoken', ['sign']],
    ["const { sign } = require('jsonwebtoken'); const result = sign;", 'jsonwebtoken', ['sign']],
    [
      "import { SignJWT } from 'https://deno.land/x/jose@v5.2.0/index.ts'; const result = SignJWT;",
      'jose',
      ['SignJWT'],
    ],
    [
      "import { create } from 'jsr:@zaubrik/djwt@^3'; const result = create;",
      '@zaubrik/djwt',
      ['create'],
    ],
    ["import sign from 'jose/jwt/sign'; const result = sign;", 'jose/jwt/sign', []],
    ["import { sign } from 'jsr:@hono/hono/jwt'; const result = sign;", '@hono/hono/jwt', ['sign']],
    ['const result = crypto.subtle.sign;', null, ['crypto', 'subtle', 'sign']],
  ])('%s', (source, module, path) => {
    const { file, node } = evaluated(source);
    expect(file.external(node)).toMatchObject({ module, path });
  });
});

describe('other files', () => {
  const config = expressionsOf(`export const TTL = 300;
    export default { jwt: { ttl: 300 } };
    export const minutes = (n) => n * 60;`);
  const exported = (name: string) => {
    if (name === 'default') {
      const statement = config.ast.body.find(({ type }) => type === 'ExportDefaultDeclaration');
      return statement?.type === 'ExportDefaultDeclaration' ? statement.declaration : null;
    }
    return name === 'TTL' || name === 'minutes' ? initializerNamed(config.ast, name) : null;
  };
  const host = {
    exported: (specifier: string, name: string, members: readonly string[]) => {
      const node = specifier === './config.js' ? exported(name) : null;
      return node === null ? null : { node, file: config.file, members };
    },
  };

  test.each([
    "import { TTL } from './config.js'; const result = TTL;",
    "import { TTL as ttl } from './config.js'; const result = ttl;",
    "import * as config from './config.js'; const result = config.TTL;",
    "import config from './config.js'; const result = config.jwt.ttl;",
    "const { TTL } = require('./config.js'); const result = TTL;",
    "const config = require('./config.js'); const result = config.TTL;",
    "const { TTL } = await import('./config.js'); const result = TTL;",
    "import { minutes } from './config.js'; const result = minutes(5);",
    "import * as time from './config.js'; const result = time.minutes(5);",
  ])('%s', (source) => {
    const [{ value }, ...others] = evaluated(source, host).values;
    expect(others).toEqual([]);
    expect(told(value)).toBe(300);
  });

  test('are not known by default', () => {
    expect(told(valueOf("import { TTL } from './config.js'; const result = TTL;"))).toBe('unknown');
    const other = "import { TTL } from './other.js'; const result = TTL;";
    expect(evaluated(other, host).values.map(tell)).toEqual(['unknown']);
  });
});

describe('hard input', () => {
  test('a long sum is unknown, and does not break', () => {
    const sum = (count: number): string => `const result = ${Array(count).fill('1').join(' + ')};`;
    expect(told(valueOf(sum(300)))).toBe(300);
    expect(told(valueOf(sum(450)))).toBe('unknown');
  });

  test('a helper that is called over and over is worked out a bounded number of times', () => {
    const steps = Array.from(
      { length: 40 },
      (_, i) => `const f${i + 1} = (n) => f${i}(n) + f${i}(n);`,
    );
    const source = `const f0 = (n) => n; ${steps.join('\n')} const result = f40(1);`;
    expect(told(valueOf(source))).not.toBe(2 ** 40);
  });

  test.each(['x?.y.z', 'f`x`', '/x/', '1n', 'new.target', 'super.x', '<a />', '[...x][0]'])(
    '%s is unknown',
    (expression) => {
      const source = `class A extends B { m() { const result = ${expression}; } }`;
      expect(told(valueOf(source))).toBe('unknown');
    },
  );
});
