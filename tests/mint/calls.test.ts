/** Helpers that mint, by what the calls of them give: the life is that of the call. */

import { describe, expect, test } from 'vitest';

import { mintsOf } from '../../src/mint/model.ts';
import { parsed } from '../helpers/parsed.ts';

/** What is told of the lives of the tokens that a program mints, mint by mint. */
function toldIn(source: string): readonly (readonly (number | null | 'none')[])[] {
  const text = `import jwt from 'jsonwebtoken';\nimport { createHmac } from 'node:crypto';\n${source}`;
  const mints = mintsOf(parsed(text), '/app/mint.ts')?.mints() ?? [];
  return mints.map(({ expiry }) =>
    expiry.isMissing ? ['none'] : expiry.lives.map(({ told }) => told.life),
  );
}

/** A helper whose `iat` is a parameter. */
const ISSUED =
  "function mint(id, iat) { return jwt.sign({ sub: id, iat }, KEY, { expiresIn: '1h' }); }";

/** A helper whose life is a parameter. */
const LASTING =
  'function mint(id, expiresIn) { return jwt.sign({ sub: id }, KEY, { expiresIn }); }';

describe('an argument that is a call', () => {
  test.each([
    [
      'of a helper that tells the time',
      `function now() { return Math.floor(Date.now() / 1000); }
       ${ISSUED}
       export const GET = () => mint('a', now());`,
      3600,
    ],
    [
      'of a helper that tells another time',
      `const now = () => Math.floor(Date.now() / 1000);
       const earlier = () => now() - 3000;
       ${ISSUED}
       export const GET = () => mint('a', earlier());`,
      600,
    ],
    [
      'beside the key, of a helper that gets it',
      `function getSecret() { return process.env.JWT_SECRET; }
       function createToken(claims, secret) { return jwt.sign(claims, secret, { expiresIn: '5m' }); }
       export const GET = (id) => createToken({ user_id: id }, getSecret());`,
      300,
    ],
    [
      'of a helper that returns a number',
      `const life = () => 5 * 60;
       ${LASTING}
       export const GET = () => mint('a', life());`,
      300,
    ],
    [
      'of a helper that returns a template',
      `const MINUTES = 5;
       function life() { return \`\${MINUTES}m\`; }
       ${LASTING}
       export const GET = () => mint('a', life());`,
      300,
    ],
    [
      'that is awaited',
      `async function key() { return 'k'; }
       async function mint(secret) { return jwt.sign({}, secret, { expiresIn: '5m' }); }
       export const GET = async () => mint(await key());`,
      300,
    ],
    [
      'that is awaited, and gives the life',
      `const LIFE = 300;
       async function life() { return LIFE; }
       ${LASTING}
       export const GET = async () => mint('a', await life());`,
      300,
    ],
    [
      'of a helper with a parameter, which reads a constant',
      `const BASE = 299;
       function helper(n) { return BASE + n; }
       ${LASTING}
       export const GET = () => mint('a', helper(1));`,
      300,
    ],
    [
      'of a static getter',
      `class Config { static get life() { return Config.minutes * 60; } static minutes = 5; }
       ${LASTING}
       export const GET = () => mint('a', Config.life);`,
      300,
    ],
    [
      'of a static method',
      `class Config { static life() { return 300; } }
       ${LASTING}
       export const GET = () => mint('a', Config.life());`,
      300,
    ],
    [
      'whose result has the life in it',
      `const options = () => ({ expiresIn: '5m' });
       function mint(id, { expiresIn }) { return jwt.sign({ sub: id }, KEY, { expiresIn }); }
       export const GET = () => mint('a', options());`,
      300,
    ],
    [
      'that runs in the argument of another helper',
      `const minutes = (n) => n * 60;
       const twice = (n) => n * 2;
       ${LASTING}
       export const GET = () => mint('a', minutes(twice(2.5)));`,
      300,
    ],
    [
      'that stands in an object',
      `const life = () => '5m';
       function mint({ id, ttl }) { return jwt.sign({ sub: id }, KEY, { expiresIn: ttl }); }
       export const GET = () => mint({ id: 'a', ttl: life() });`,
      300,
    ],
    [
      'of a closure in a constant',
      `const make = (n) => () => n;
       const life = make(300);
       ${LASTING}
       export const GET = () => mint('a', life());`,
      300,
    ],
    [
      'of the constructor of the object that mints',
      `const life = () => 300;
       class Minter {
         constructor(ttl) { this.ttl = ttl; }
         mint(id) { return jwt.sign({ sub: id }, KEY, { expiresIn: this.ttl }); }
       }
       export const minter = new Minter(life());`,
      300,
    ],
    [
      'through two helpers',
      `const life = () => 300;
       function inner(id, expiresIn) { return jwt.sign({ sub: id }, KEY, { expiresIn }); }
       function outer(id, ttl) { return inner(id, ttl); }
       export const GET = () => outer('a', life());`,
      300,
    ],
    [
      'of an enum’s member',
      `enum Life { Short = 300, Long = 3600 }
       const life = () => Life.Short;
       ${LASTING}
       export const GET = () => mint('a', life());`,
      300,
    ],
  ])('%s', (_, source, life) => {
    expect(toldIn(source)).toEqual([[life]]);
  });

  test('of the function that is called', () => {
    expect(
      toldIn(`${LASTING}
        function again(n) { return mint('a', again(n - 1)); }
        export const GET = () => again(3);`),
    ).toEqual([[null], [null]]);
  });
});

describe('a parameter with a default', () => {
  const USUAL = "function mint(id, life = '5m') { return jwt.sign({}, KEY, { expiresIn: life }); }";
  const CLAIM =
    'function mint(id, exp = Math.floor(Date.now() / 1000) + 300) { return jwt.sign({ exp }, KEY); }';

  test.each([
    [
      'is the default where nothing is given',
      `${USUAL} export const GET = () => mint('a');`,
      [300],
    ],
    ['and where `undefined` is', `${USUAL} export const GET = () => mint('a', undefined);`, [300]],
    ['or `void 0`', `${USUAL} export const GET = () => mint('a', void 0);`, [300]],
    ['as a claim', `${CLAIM} export const GET = () => mint('a', undefined);`, [300]],
    [
      'and where what is given can be `undefined`',
      `${USUAL} export const GET = (flag) => mint('a', flag ? undefined : '1h');`,
      [3600, 300],
    ],
    ['but not where something is', `${USUAL} export const GET = () => mint('a', '1h');`, [3600]],
    [
      'in what is destructured',
      `function mint({ life = '5m' } = {}) { return jwt.sign({}, KEY, { expiresIn: life }); }
       export const GET = () => mint({ life: undefined });`,
      [300],
    ],
    [
      'which is chosen itself, has all of these',
      `const { life = process.env.LIFE ?? 300 } = {};
       export const GET = () => jwt.sign({}, KEY, { expiresIn: life });`,
      [null, 300],
    ],
  ])('%s', (_, source, lives) => {
    expect(toldIn(source)).toEqual([lives]);
  });
});

describe('claims of a signer by hand', () => {
  const sign = (encode: string): string => `
    const encode = ${encode};
    const sign = (claims) => {
      const input = \`\${encode({ alg: 'HS256' })}.\${encode(claims)}\`;
      return \`\${input}.\${createHmac('sha256', KEY).update(input).digest('base64url')}\`;
    };
    const soon = () => Math.floor(Date.now() / 1000) + 300;`;
  const SIGN = sign("(value) => Buffer.from(JSON.stringify(value)).toString('base64url')");

  test.each([
    ['an object', "sign({ user_id: 'u', exp: soon() })", [300]],
    ['Object.assign', "sign(Object.assign({}, { user_id: 'u', exp: soon() }))", [300]],
    ['a helper that is given an object', "sign(claimsOf({ user_id: 'u' }))", [300]],
    ['structuredClone', 'sign(structuredClone({ exp: soon() }))', [300]],
    ['a helper that is not seen', "sign(unseen({ user_id: 'u' }))", []],
    ['an object with no expiry', "sign({ user_id: 'u' })", ['none']],
  ])('by %s', (_, call, told) => {
    const source = `${SIGN}
      const claimsOf = (own) => ({ ...own, exp: soon() });
      export const GET = () => ${call};`;
    expect(toldIn(source)).toEqual([told]);
  });

  test.each([
    ['an encoder that is not seen', 'encodeSegment'],
    ['one in another', '(value) => base64url(JSON.stringify(value))'],
    ['one whose name tells nothing', 'segment'],
    ['two whose names tell it', '(value) => base64url(toJson(value))'],
  ])('by %s', (_, encode) => {
    const source = `${sign(encode)} export const GET = () => sign({ exp: soon() });`;
    expect(toldIn(source)).toEqual([[300]]);
  });
});

describe('when a token begins', () => {
  test.each([
    ['in the future', "{}, KEY, { expiresIn: '5m', notBefore: '1m' }", [240]],
    ['at a time that is not known', "{}, KEY, { expiresIn: '5m', notBefore: unseen() }", [null]],
    ['by a claim that is not known', "{ nbf: unseen() }, KEY, { expiresIn: '5m' }", [null]],
    ['in one of two ways', "{}, KEY, { expiresIn: '5m', notBefore: flag ? '1m' : '2m' }", [null]],
    [
      'in one of two ways alike',
      "{}, KEY, { expiresIn: '5m', notBefore: flag ? '1m' : 60 }",
      [240],
    ],
    ['perhaps', "{}, KEY, { expiresIn: '5m', ...(flag && { notBefore: '1m' }) }", [null]],
    ['not by what is undefined', "{ nbf: undefined }, KEY, { expiresIn: '5m' }", [300]],
  ])('%s', (_, call, lives) => {
    expect(toldIn(`export const GET = (flag) => jwt.sign(${call});`)).toEqual([lives]);
  });
});

describe('a time that is written out', () => {
  test.each([
    ['in seconds', '1893456000', [null]],
    ['in milliseconds', '1893456000000', [Infinity]],
    ['in the first years', '300', [-Infinity]],
    ['before all of these', '-300', [-Infinity]],
    ['as no number', 'NaN', []],
  ])('%s', (_, exp, lives) => {
    expect(toldIn(`export const GET = () => jwt.sign({ exp: ${exp} }, KEY);`)).toEqual([lives]);
  });
});

test('a date that may be none is changed where it is one', () => {
  const minted = (before: string): readonly unknown[] =>
    toldIn(`export function GET(flag) {
      const date = flag ? new Date() : null;
      ${before}
      return jwt.sign({ exp: Math.floor(date.getTime() / 1000) }, KEY);
    }`);
  expect(minted('date.setMinutes(date.getMinutes() + 5);')).toEqual([[300, null]]);
  expect(minted('date.getMinutes();')).toEqual([[0, null]]);
});

test('a time is not counted from when the token says that it was issued', () => {
  const call = 'jwt.sign({ iat: now() - 3000, exp: now() + 600 }, KEY)';
  expect(
    toldIn(`const now = () => Math.floor(Date.now() / 1000); export const GET = () => ${call};`),
  ).toEqual([[600]]);
});

describe('what is not known', () => {
  test('is not what another call gives', () => {
    expect(
      toldIn(`import { minutesInHour } from 'date-fns/constants';
        function mint(options) { return jwt.sign({}, KEY, { expiresIn: options.life }); }
        export const one = () => mint(unseen());
        export const other = () => mint({ life: minutesInHour });`),
    ).toEqual([[null], [60]]);
  });

  test.each([
    ['wins where it is spread last', '{ ...{ life: 300 }, ...{ life: unseen() } }', [null]],
    ['wins where it is written last', '{ ...{ life: 300 }, life: unseen() }', [null]],
    ['may be without it', '{ ...{ life: 300 }, ...unseen() }', [null, 300]],
    ['does not win over what is written', '{ ...unseen(), life: 300 }', [300]],
  ])('%s', (_, object, lives) => {
    const source = `export const GET = () => jwt.sign({}, KEY, { expiresIn: (${object}).life });`;
    expect(toldIn(source)).toEqual([lives]);
  });
});

describe('a helper that returns a constant of a package, or another', () => {
  test.each([
    ['in its place', 'life()', [60, 7]],
    ['in a constant', 'fixed', [60, 7]],
    ['as a member', 'config().life', [60, 7]],
    ['of an object in a constant', 'settings.life', [60, 7]],
  ])('%s', (_, written, lives) => {
    const source = `import { minutesInHour } from 'date-fns/constants';
      function life() { try { load(); return minutesInHour; } catch { return 7; } }
      const config = () => ({ life: life() });
      const fixed = life();
      const settings = config();
      export const GET = () => jwt.sign({}, KEY, { expiresIn: ${written} });`;
    expect(toldIn(source)).toEqual([lives]);
  });
});

describe('a helper that returns on each way', () => {
  test.each([
    ['by `if` and `else`', "if (flag) { return '5m'; } else return '1h';"],
    [
      'by a `switch` with a default',
      "switch (flag) { case 1: return '5m'; default: return '1h'; }",
    ],
    ['by `try` and `catch`', "try { load(); return '5m'; } catch { return '1h'; }"],
    ['by a block', "if (flag) return '5m'; { return '1h'; }"],
  ])('%s', (_, body) => {
    const source = `export const GET = () => jwt.sign({}, KEY, { expiresIn: life(given) ?? '7s' });`;
    expect(toldIn(`function life(flag) { ${body} } ${source}`).flat()).not.toContain(7);
  });

  test.each([
    ['an `if` alone', "if (flag) return '5m';"],
    ['a `switch` that breaks', "switch (flag) { case 1: break; default: return '5m'; }"],
    ['a `switch` with no default', "switch (flag) { case 1: return '5m'; }"],
    ['a `catch` that goes on', "try { load(); return '5m'; } catch { log(); }"],
  ])('but not by %s', (_, body) => {
    const source = `export const GET = () => jwt.sign({}, KEY, { expiresIn: life(given) ?? '7s' });`;
    expect(toldIn(`function life(flag) { ${body} } ${source}`).flat()).toContain(7);
  });
});

describe('what a helper decides by what it is given', () => {
  const tried = 'function tried() { try { if (flip()) throw 0; return 300 } catch { return 7 } }';
  test.each([
    ['an `if` that leaves', 'function life(x, isIt) { if (isIt) return x; return tried() }', [300]],
    ['its twin', 'function life(x, isIt) { if (!isIt) return x; return tried() }', [300, 7]],
    ['an `else`', 'function life(x, isIt) { if (!isIt) { return 7 } else { return x } }', [300]],
    [
      'a `switch`',
      'function life(x, isIt) { switch (isIt) { case true: return x } return 7 }',
      [300],
    ],
    [
      'a text that it makes',
      "function life(x, isIt) { if (isIt) return x; return '5'.concat('m') }",
      [300],
    ],
  ])('%s', (_, life, lives) => {
    const source = `${tried} ${life}
      export const GET = () => jwt.sign({}, KEY, { expiresIn: life(300, true) });`;
    expect(toldIn(source)).toEqual([lives]);
  });

  test('nothing stands in for what is returned', () => {
    const source = `function life(x, isIt) { if (isIt) return x; return '5'.concat('m') }
      export const GET = () => jwt.sign({}, KEY, { expiresIn: life('5m', true) || 7 });`;
    expect(toldIn(source)).toEqual([[300]]);
  });

  test('what a fallback returns is decided anew', () => {
    const source = `const now = () => Math.floor(Date.now() / 1000);
      ${tried}
      function life() { if (flip()) return Math.floor(300.5); return Math.min(tried(), 1e9) }
      export const GET = () => jwt.sign({ exp: now() + Number(process.env.LIFE ?? life()) }, KEY);`;
    expect(toldIn(source)).toEqual([[null, 300, 7]]);
  });

  test('a time and a text are true together', () => {
    const source = `const now = Math.floor(Date.now() / 1000);
      export const GET = () => jwt.sign({ exp: (now + (process.env.LIFE ?? 300)) || 7 }, KEY);`;
    expect(toldIn(source).flat()).not.toContain(-Infinity);
  });
});
