import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

import rule from '../../rules/no-empty-user-jwt.ts';
import plugin from '../../src/index.ts';
import { testTwins, type Twins } from '../helpers/twins.ts';

const METHOD = 'setUserJwt';

type Pair = readonly [
  name: string,
  faulty: string,
  correct: string,
  value?: string,
  more?: { readonly line?: number; readonly typescript?: boolean },
];

/** Twins in which `value` is found on the line of the call, unless it is said where else. */
function twins(messageId: string): (pair: Pair) => Twins {
  return ([name, faulty, correct, value, { line, ...more } = {}]) => {
    const callLine = 1 + faulty.slice(0, faulty.indexOf('⟦')).split('\n').length;
    return {
      name,
      faulty,
      correct,
      messageId,
      data: {
        method: METHOD,
        ...(value !== undefined && { value: `\`${value}\``, line: String(line ?? callLine) }),
      },
      ...more,
    };
  };
}

function wrapped(pairs: readonly Pair[]): readonly Pair[] {
  const inFunction = (body: string): string => `export async function run(t, user) {\n${body}\n}`;
  return pairs.map(([name, faulty, correct, ...rest]) => [
    name,
    inFunction(faulty),
    inFunction(correct),
    ...rest,
  ]);
}

function testPairs(messageId: string, pairs: readonly Pair[]): void {
  testTwins('no-empty-user-jwt', rule, pairs.map(twins(messageId)));
}

describe('no argument', () => {
  testPairs('missing', [
    ['a call without one', '⟦Intercom.setUserJwt()⟧;', 'Intercom.setUserJwt(token);'],
    ['an optional call', '⟦Intercom?.setUserJwt()⟧;', 'Intercom?.setUserJwt(...tokens);'],
    [
      '`call` with the receiver alone',
      '⟦Intercom.setUserJwt.call(Intercom)⟧;',
      'Intercom.setUserJwt.call(Intercom, token);',
    ],
    [
      '`apply` with an empty list',
      '⟦Intercom.setUserJwt.apply(Intercom, [])⟧;',
      'Intercom.setUserJwt.apply(Intercom, tokens);',
    ],
    [
      'a method under a name of its own',
      'const { setUserJwt: set } = Intercom;\n⟦set()⟧;',
      'const { setUserJwt: set } = Intercom;\nset(token);',
    ],
    [
      'a call of the client, not of something that is called alike',
      '⟦Intercom.setUserJwt()⟧;',
      'store.setUserJwt(); dispatch(setUserJwt(""));',
    ],
    [
      'a reference is no call',
      '⟦Intercom.setUserJwt()⟧;',
      'fetchJwt().then(Intercom.setUserJwt); Intercom.setUserJwt.bind(Intercom); call(Intercom.setUserJwt, "");',
    ],
  ]);
});

describe('an empty argument', () => {
  testPairs('empty', [
    ['an empty string', "⟦Intercom.setUserJwt('')⟧;", 'Intercom.setUserJwt(token);', "''"],
    ['nothing but space', "⟦Intercom.setUserJwt(' ')⟧;", 'Intercom.setUserJwt(token);', "' '"],
    ['an empty template', '⟦Intercom.setUserJwt(``)⟧;', 'Intercom.setUserJwt(`${token}`);', '``'],
    [
      'undefined',
      '⟦Intercom.setUserJwt(undefined)⟧;',
      'function f(undefined) { Intercom.setUserJwt(undefined); }',
      'undefined',
    ],
    ['null', '⟦Intercom.setUserJwt(null)⟧;', 'Intercom.setUserJwt(token);', 'null'],
    ['void', '⟦Intercom.setUserJwt(void 0)⟧;', 'Intercom.setUserJwt(await load());', 'void 0'],
    [
      'a constant of the module',
      "const NONE = '';\nexport const clear = () => ⟦Intercom.setUserJwt(NONE)⟧;",
      'const NONE = load();\nexport const clear = () => Intercom.setUserJwt(NONE);',
      "''",
      { line: 2 },
    ],
    [
      'a constant that is another',
      'const a = null;\nconst b = a;\n⟦Intercom.setUserJwt(b)⟧;',
      'const a = b;\nconst b = a;\nIntercom.setUserJwt(b);',
      'null',
      { line: 2 },
    ],
    [
      'a property of a constant object',
      "const TOKENS = { guest: '' };\n⟦Intercom.setUserJwt(TOKENS.guest)⟧;",
      "const TOKENS = { guest: '' };\nTOKENS.guest = await load();\nIntercom.setUserJwt(TOKENS.guest);",
      "''",
      { line: 2 },
    ],
    [
      'a property of an object that nothing can change',
      "const TOKENS = Object.freeze({ guest: '' });\nuse(TOKENS);\n⟦Intercom.setUserJwt(TOKENS['guest'])⟧;",
      "const TOKENS = { guest: '' };\nuse(TOKENS);\nIntercom.setUserJwt(TOKENS['guest']);",
      "''",
      { line: 2 },
    ],
    [
      'an object in an object that is constant',
      "const TOKENS = { dev: { jwt: '' } } as const;\nuse(TOKENS);\n⟦Intercom.setUserJwt(TOKENS.dev.jwt)⟧;",
      "const TOKENS = { dev: { jwt: '' } } as Config;\nuse(TOKENS);\nIntercom.setUserJwt(TOKENS.dev.jwt);",
      "''",
      { line: 2, typescript: true },
    ],
    [
      'both sides of a conditional',
      "⟦Intercom.setUserJwt(ok ? '' : null)⟧;",
      'Intercom.setUserJwt(ok ? one : other);',
      "''",
    ],
    [
      'behind casts',
      '⟦Intercom.setUserJwt((undefined as unknown)!)⟧;',
      'Intercom.setUserJwt((token as unknown)!);',
      'undefined',
      { typescript: true },
    ],
    [
      'by `call`',
      "⟦Intercom.setUserJwt.call(Intercom, '')⟧;",
      "Intercom.setUserJwt.call('', token);",
      "''",
    ],
    [
      'by `bind`',
      "⟦Intercom.setUserJwt.bind(Intercom, '')()⟧;",
      'Intercom.setUserJwt.bind(Intercom, token)();',
      "''",
    ],
    [
      'by a name for what `bind` gives',
      "const set = Intercom.setUserJwt.bind(Intercom); ⟦set('')⟧;",
      'const set = Intercom.setUserJwt.bind(Intercom, token); set();',
      "''",
    ],
    [
      'by `apply`',
      "⟦Intercom.setUserJwt.apply(Intercom, [''])⟧;",
      "Intercom.setUserJwt.apply('', [token]);",
      "''",
    ],
    [
      'by an effect of redux-saga, and not by a function of the same name',
      "import { call } from 'redux-saga/effects';\nexport function* f() { yield ⟦call([Intercom, 'setUserJwt'], '')⟧; }",
      "import { call } from './own';\nexport function* f() { yield call([Intercom, 'setUserJwt'], ''); }",
      "''",
    ],
  ]);
});

describe('an argument that may be empty', () => {
  testPairs(
    'maybeEmpty',
    wrapped([
      [
        '`??` with an empty string',
        "await ⟦Intercom.setUserJwt(t ?? '')⟧;",
        'await Intercom.setUserJwt(t ?? (await load()));',
        "''",
      ],
      [
        '`||` with an empty string',
        "await ⟦Intercom.setUserJwt(t || '')⟧;",
        'await Intercom.setUserJwt(t || user.jwt);',
        "''",
      ],
      [
        'an environment value with a fallback',
        "await ⟦Intercom.setUserJwt(process.env.EXPO_PUBLIC_JWT ?? '')⟧;",
        'await Intercom.setUserJwt(process.env.EXPO_PUBLIC_JWT);',
        "''",
      ],
      [
        'one side of a conditional',
        "await ⟦Intercom.setUserJwt(user ? user.jwt : '')⟧;",
        'await Intercom.setUserJwt(user ? user.jwt : t);',
        "''",
      ],
      [
        'an optional chain with a fallback',
        'await ⟦Intercom.setUserJwt(user?.jwt ?? undefined)⟧;',
        'await Intercom.setUserJwt(user?.jwt);',
        'undefined',
      ],
      [
        'a fallback of a fallback',
        "await ⟦Intercom.setUserJwt(t ?? user.jwt ?? '')⟧;",
        "await Intercom.setUserJwt(t ?? (user.jwt || fail('')));",
        "''",
      ],
      [
        'what was awaited',
        "await ⟦Intercom.setUserJwt((await load()) ?? '')⟧;",
        'await Intercom.setUserJwt(await load());',
        "''",
      ],
      [
        'a constant',
        "const jwt = t ?? '';\nawait ⟦Intercom.setUserJwt(jwt)⟧;",
        "let jwt = '';\njwt = t;\nawait Intercom.setUserJwt(jwt);",
        "''",
        { line: 3 },
      ],
      [
        'a template around it',
        "await ⟦Intercom.setUserJwt(`${t ?? ''}`)⟧;",
        "await Intercom.setUserJwt(`${t ?? ''}.${user.jwt}`);",
        "''",
      ],
      [
        'the default of a destructured name',
        "const { jwt = '' } = user;\nawait ⟦Intercom.setUserJwt(jwt)⟧;",
        'const { jwt } = user;\nawait Intercom.setUserJwt(jwt);',
        "''",
        { line: 3 },
      ],
      [
        'a comma and an assignment',
        "await ⟦Intercom.setUserJwt((log(), (user.jwt = t ?? '')))⟧;",
        'await Intercom.setUserJwt((log(), (user.jwt = t)));',
        "''",
      ],
      [
        'the right side of `&&`',
        "await ⟦Intercom.setUserJwt(user && (user.jwt ?? ''))⟧;",
        'await Intercom.setUserJwt(user && user.jwt);',
        "''",
      ],
      [
        'a fallback behind what may be nullish',
        "await ⟦Intercom.setUserJwt((t ?? null) ?? '')⟧;",
        'await Intercom.setUserJwt((t ?? null) ?? (await load()));',
        "''",
      ],
    ]),
  );
  testPairs('maybeEmpty', [
    [
      'the default of a parameter',
      "export const set = (jwt = '') => ⟦Intercom.setUserJwt(jwt)⟧;",
      'export const set = (jwt = load()) => Intercom.setUserJwt(jwt);',
      "''",
    ],
    [
      'the default of a parameter that is destructured',
      "export const set = ({ jwt = '' }) => ⟦Intercom.setUserJwt(jwt)⟧;",
      'export const set = ({ jwt }) => Intercom.setUserJwt(jwt);',
      "''",
    ],
    [
      'the callback of an effect',
      "function C({ jwt }) { useEffect(() => { ⟦Intercom.setUserJwt(jwt ?? '')⟧.catch(log); }, [jwt]); }",
      'function C({ jwt }) { useEffect(() => { if (jwt) Intercom.setUserJwt(jwt).catch(log); }, [jwt]); }',
      "''",
    ],
  ]);
});

describe('a test before the call', () => {
  const constant = "const jwt = user?.jwt ?? '';\n";
  testPairs(
    'maybeEmpty',
    wrapped([
      [
        'an `if` around it',
        `${constant}if (!jwt) await ⟦Intercom.setUserJwt(jwt)⟧;`,
        `${constant}if (jwt) await Intercom.setUserJwt(jwt);`,
        "''",
        { line: 3 },
      ],
      [
        'an `if` before it that leaves',
        `${constant}if (!jwt) log();\nawait ⟦Intercom.setUserJwt(jwt)⟧;`,
        `${constant}if (!jwt) {\nlog();\nreturn;\n}\nawait Intercom.setUserJwt(jwt);`,
        "''",
        { line: 3 },
      ],
      [
        'an `else` that leaves',
        `${constant}if (jwt) log();\nelse log();\nawait ⟦Intercom.setUserJwt(jwt)⟧;`,
        `${constant}if (jwt) log();\nelse throw new Error();\nawait Intercom.setUserJwt(jwt);`,
        "''",
        { line: 3 },
      ],
      [
        'a short circuit',
        `${constant}jwt || (await ⟦Intercom.setUserJwt(jwt)⟧);`,
        `${constant}jwt && (await Intercom.setUserJwt(jwt));`,
        "''",
        { line: 3 },
      ],
      [
        'a test that is one of two',
        `${constant}if (!jwt && !t) return;\nawait ⟦Intercom.setUserJwt(jwt)⟧;`,
        `${constant}if (!jwt || !t) return;\nawait Intercom.setUserJwt(jwt);`,
        "''",
        { line: 3 },
      ],
      [
        'a test of another',
        `${constant}if (!t) return;\nawait ⟦Intercom.setUserJwt(jwt)⟧;`,
        `${constant}if (jwt.length === 0) return;\nawait Intercom.setUserJwt(jwt);`,
        "''",
        { line: 3 },
      ],
      [
        'a comparison with null says nothing of an empty string',
        `${constant}if (jwt == null) return;\nawait ⟦Intercom.setUserJwt(jwt)⟧;`,
        `${constant}if (jwt === '') return;\nawait Intercom.setUserJwt(jwt);`,
        "''",
        { line: 3 },
      ],
      [
        'a comparison with null does of null',
        'const jwt = user?.jwt ?? null;\nif (jwt !== null) return;\nawait ⟦Intercom.setUserJwt(jwt)⟧;',
        'const jwt = user?.jwt ?? null;\nif (jwt === null) return;\nawait Intercom.setUserJwt(jwt);',
        'null',
        { line: 3 },
      ],
      [
        'a comparison with another value says nothing',
        `${constant}if (jwt === last) return;\nawait ⟦Intercom.setUserJwt(jwt)⟧;`,
        `${constant}if (!isValid(jwt)) return;\nawait Intercom.setUserJwt(jwt);`,
        "''",
        { line: 3 },
      ],
      [
        'a type that is asked for',
        `${constant}if (typeof jwt !== 'string') return;\nawait ⟦Intercom.setUserJwt(jwt)⟧;`,
        "const jwt = user?.jwt ?? null;\nif (typeof jwt !== 'string') return;\nawait Intercom.setUserJwt(jwt);",
        "''",
        { line: 3 },
      ],
      [
        'a test of what the fallback is for',
        "await ⟦Intercom.setUserJwt(user?.session.jwt ?? '')⟧;",
        "if (!user?.session.jwt) return;\nawait Intercom.setUserJwt(user?.session.jwt ?? '');",
        "''",
      ],
      [
        'an assertion',
        `${constant}log(jwt);\nawait ⟦Intercom.setUserJwt(jwt)⟧;`,
        `${constant}assert.ok(jwt);\nawait Intercom.setUserJwt(jwt);`,
        "''",
        { line: 3 },
      ],
      [
        'a conditional whose other side needs none',
        `${constant}await (t ? ⟦Intercom.setUserJwt(jwt)⟧ : load());`,
        `${constant}await (jwt ? Intercom.setUserJwt(jwt) : load());`,
        "''",
        { line: 3 },
      ],
      [
        'a case before it that leaves',
        `${constant}switch (t) { case 1: await ⟦Intercom.setUserJwt(jwt)⟧; }`,
        `${constant}switch (t) { case 1: if (!jwt) break; await Intercom.setUserJwt(jwt); }`,
        "''",
        { line: 3 },
      ],
    ]),
  );
});

describe('an argument that is no string', () => {
  testPairs('notString', [
    ['an object', '⟦Intercom.setUserJwt({ jwt })⟧;', 'Intercom.setUserJwt(jwt);', '{ jwt }'],
    ['an array', '⟦Intercom.setUserJwt([jwt])⟧;', 'Intercom.setUserJwt(...[jwt]);', '[jwt]'],
    [
      'an object in a constant',
      'const payload = { jwt };\n⟦Intercom.setUserJwt(payload)⟧;',
      'const payload = { jwt };\nIntercom.setUserJwt(payload.jwt);',
      '{ jwt }',
      { line: 2 },
    ],
    ['a number', '⟦Intercom.setUserJwt(42)⟧;', 'Intercom.setUserJwt(String(id));', '42'],
    [
      'a function that is not called',
      'async function load() {}\n⟦Intercom.setUserJwt(load)⟧;',
      'async function load() { return fetchJwt(); }\nIntercom.setUserJwt(await load());',
      'load',
      { line: 2 },
    ],
    [
      'a function where its result is meant',
      '⟦Intercom.setUserJwt(() => jwt)⟧;',
      'Intercom.setUserJwt((() => jwt)());',
      '() => jwt',
    ],
  ]);

  const settings = {
    'intercom-jwt': {
      clients: [{ module: '@acme/intercom', methods: { setToken: 'establish' } }],
    },
  };
  const acme = (call: string): string => `import acme from '@acme/intercom';\n${call}`;
  testTwins('no-empty-user-jwt', rule, [
    {
      name: 'a wrapper from the settings may take an object, but not with an empty token in it',
      faulty: acme("⟦acme.setToken({ user, jwt: '' })⟧;"),
      correct: acme('acme.setToken({ user, jwt });\nacme.setToken({ user });\nacme.setToken();'),
      messageId: 'empty',
      data: { method: 'setToken', value: "`''`", line: '3' },
      settings,
    },
    {
      name: 'a wrapper from the settings gets no empty token either',
      faulty: acme("⟦acme.setToken(jwt ?? '')⟧;"),
      correct: acme('acme.setToken(jwt);'),
      messageId: 'maybeEmpty',
      data: { method: 'setToken', value: "`''`", line: '3' },
      settings,
    },
  ]);
});

describe('a token in the code', () => {
  testPairs('hardcoded', [
    [
      'a string',
      "⟦Intercom.setUserJwt('eyJhbGciOiJIUzI1NiJ9.e30.c2ln')⟧;",
      'Intercom.setUserJwt(token);',
      "'eyJhbGciOiJIUzI1NiJ9.e30.c2ln'",
    ],
    ['a template', '⟦Intercom.setUserJwt(`eyJ`)⟧;', 'Intercom.setUserJwt(`${jwt}`);', '`eyJ`'],
    [
      'strings put together',
      "const BODY = 'e30';\n⟦Intercom.setUserJwt('eyJ.' + `${BODY}.sig`)⟧;",
      "Intercom.setUserJwt('eyJ.' + body);",
      "'eyJ.' + `${BODY}.sig`",
    ],
    [
      'a constant',
      "const JWT = 'eyJ';\n⟦Intercom.setUserJwt(JWT)⟧;",
      'const JWT = await load();\nIntercom.setUserJwt(JWT);',
      "'eyJ'",
      { line: 2 },
    ],
    [
      'one side of a conditional',
      "⟦Intercom.setUserJwt(__DEV__ ? 'eyJ' : jwt)⟧;",
      'Intercom.setUserJwt(__DEV__ ? devJwt : jwt);',
      "'eyJ'",
    ],
    [
      'a fallback',
      "⟦Intercom.setUserJwt(process.env.JWT || 'eyJ')⟧;",
      'Intercom.setUserJwt(process.env.JWT);',
      "'eyJ'",
    ],
  ]);
});

describe('a constant, however it is reached', () => {
  testPairs('empty', [
    [
      'what a function returns',
      "function none() { return ''; }\n⟦Intercom.setUserJwt(none())⟧;",
      'function none() { return load(); }\nIntercom.setUserJwt(none());',
      "''",
      { line: 2 },
    ],
    [
      'what an async function is fulfilled with',
      "const none = async () => '';\n⟦Intercom.setUserJwt(await none())⟧;",
      'const none = async () => load();\nIntercom.setUserJwt(await none());',
      "''",
      { line: 2 },
    ],
    [
      'what a function returns of its argument',
      "const same = (t) => t;\n⟦Intercom.setUserJwt(same(''))⟧;",
      "const same = (t) => t;\nsame('');\nIntercom.setUserJwt(same(jwt));",
      "''",
      { line: 3 },
    ],
    [
      'a function that returns nothing',
      'function load() { fetchJwt(); }\n⟦Intercom.setUserJwt(load())⟧;',
      'function load() { return fetchJwt(); }\nIntercom.setUserJwt(load());',
      'load()',
      { line: 3 },
    ],
    [
      'a static',
      "class Tokens { static NONE = ''; }\n⟦Intercom.setUserJwt(Tokens.NONE)⟧;",
      "class Tokens { static NONE = ''; }\nTokens.NONE = load();\nIntercom.setUserJwt(Tokens.NONE);",
      "''",
      { line: 2 },
    ],
    [
      'a field',
      "class Tokens { jwt = ''; }\n⟦Intercom.setUserJwt(new Tokens().jwt)⟧;",
      "class Tokens { jwt = ''; load() { this.jwt = f(); } }\nIntercom.setUserJwt(new Tokens().jwt);",
      "''",
      { line: 2 },
    ],
    [
      'a getter',
      "const tokens = { get jwt() { return ''; } };\n⟦Intercom.setUserJwt(tokens.jwt)⟧;",
      'const tokens = { get jwt() { return load(); } };\nIntercom.setUserJwt(tokens.jwt);',
      "''",
      { line: 2 },
    ],
    [
      'a destructuring',
      "const { jwt } = { jwt: '' };\n⟦Intercom.setUserJwt(jwt)⟧;",
      "const { jwt } = { other: '', jwt: load() };\nIntercom.setUserJwt(jwt);",
      "''",
      { line: 2 },
    ],
    [
      'an element',
      "const [jwt] = [''];\n⟦Intercom.setUserJwt(jwt)⟧;",
      "const [, jwt] = ['', load()];\nIntercom.setUserJwt(jwt);",
      "''",
      { line: 2 },
    ],
    [
      'a spread',
      "const guest = { jwt: '' };\nconst user = { ...guest };\n⟦Intercom.setUserJwt(user.jwt)⟧;",
      "const guest = { jwt: '' };\nconst user = { ...guest, ...load() };\nIntercom.setUserJwt(user.jwt);",
      "''",
      { line: 2 },
    ],
    [
      'an enum',
      "enum Token { None = '' }\n⟦Intercom.setUserJwt(Token.None)⟧;",
      "enum Token { None = '' }\nIntercom.setUserJwt(load(Token.None));",
      "''",
      { line: 2, typescript: true },
    ],
  ]);
});

describe('what is never looked into', () => {
  test.each([
    'Intercom.setUserJwt?.call?.(...x);',
    'Intercom.setUserJwt.apply(Intercom);',
    'Intercom.setUserJwt.apply();',
    'Intercom.setUserJwt.call();',
    'const x = x2 ?? x; var x2 = x; Intercom.setUserJwt(x);',
    'for (const t of tokens) Intercom.setUserJwt(t);',
    'let t; Intercom.setUserJwt(t);',
    'class A { #t = ""; f() { this.#t = g(); return Intercom.setUserJwt(this.#t); } }',
    'try { f(); } catch (e) { Intercom.setUserJwt(e); }',
    'Intercom.setUserJwt(tag`x`);',
    'Intercom.setUserJwt(`\\u{1F600}${x}`);',
    'Intercom.setUserJwt(import.meta.env.JWT);',
    'const o = { get t() { return ""; }, ...p }; Intercom.setUserJwt(o.t);',
    'const [t = x] = y; Intercom.setUserJwt(t);',
  ])('%s', (code) => {
    const messages = new Linter().verify(
      `import Intercom from '@intercom/intercom-react-native';\n${code}`,
      {
        plugins: { 'intercom-jwt': plugin },
        rules: { 'intercom-jwt/no-empty-user-jwt': 'error' },
      },
    );
    expect(messages.filter(({ messageId }) => messageId !== 'missing')).toEqual([]);
  });
});
