/** Helpers that mint, by what the calls of them give: the life is that of the call. */

import { describe, expect, test } from 'vitest';

import { mintsOf } from '../../src/mint/mints.ts';
import { parsed } from '../helpers/parsed.ts';

/** The lives of the tokens that a program mints, mint by mint. */
function livesIn(source: string): readonly (readonly (number | null)[])[] {
  const text = `import jwt from 'jsonwebtoken';\nimport { SignJWT } from 'jose';\n${source}`;
  const mints = mintsOf(parsed(text), '/app/mint.ts')?.mints() ?? [];
  return mints.map(({ expiry }) => expiry.lives.map(({ told }) => told.life));
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
      null,
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
    expect(livesIn(source)).toEqual([[life]]);
  });

  test('of the function that is called', () => {
    expect(
      livesIn(`${LASTING}
        function again(n) { return mint('a', again(n - 1)); }
        export const GET = () => again(3);`),
    ).toEqual([[null], [null]]);
  });
});
