import { describe } from 'vitest';

import rule from '../../rules/no-jwt-ttl-unit-mismatch.ts';
import { testMintTwins, type MintExtras, type MintPair } from '../helpers/mint-twins.ts';

const NAME = 'no-jwt-ttl-unit-mismatch';
const prologue =
  "import jwt from 'jsonwebtoken';\nimport { SignJWT } from 'jose';\nimport { createSigner } from 'fast-jwt';\nimport nJwt from 'njwt';\nimport Jwt from '@hapi/jwt';\nimport { sign } from 'hono/jwt';\nimport ms from 'ms';\n";

function testPairs(messageId: string, table: readonly MintPair[]): void {
  testMintTwins(
    NAME,
    rule,
    messageId,
    table.map(([name, faulty, correct, more]) => [name, faulty, correct, { prologue, ...more }]),
  );
}

const use = (output: string): MintExtras => ({ suggestions: [['mendUnit', output]] });

describe('digits alone', () => {
  testPairs('bareText', [
    [
      'as a text',
      "jwt.sign({}, key, { expiresIn: ⟦'300'⟧ });",
      'jwt.sign({}, key, { expiresIn: 300 });',
      {
        ...use("jwt.sign({}, key, { expiresIn: '300s' });"),
        data: {
          value: "`'300'`",
          library: 'jsonwebtoken',
          lasts: 'has expired when it is issued',
        },
      },
    ],
    [
      'with a unit',
      "jwt.sign({}, key, { expiresIn: ⟦'3600'⟧ });",
      "jwt.sign({}, key, { expiresIn: '3600s' });",
      {
        ...use("jwt.sign({}, key, { expiresIn: '3600s' });"),
        data: { value: "`'3600'`", library: 'jsonwebtoken', lasts: 'lasts 3 seconds' },
      },
    ],
    [
      'a million and more make sense as milliseconds',
      "jwt.sign({}, key, { expiresIn: ⟦'999999'⟧ });",
      "jwt.sign({}, key, { expiresIn: '1000000' });",
      use("jwt.sign({}, key, { expiresIn: '999999s' });"),
    ],
    [
      'a fallback',
      "jwt.sign({}, key, { expiresIn: ⟦process.env.TTL ?? '300'⟧ });",
      'jwt.sign({}, key, { expiresIn: Number(process.env.TTL ?? 300) });',
      use("jwt.sign({}, key, { expiresIn: process.env.TTL ?? '300s' });"),
    ],
    [
      'of fast-jwt',
      "createSigner({ key, expiresIn: ⟦'300'⟧ })({});",
      "createSigner({ key, expiresIn: '5m' })({});",
      use("createSigner({ key, expiresIn: '300s' })({});"),
    ],
  ]);
});

describe('a length of time where a time is due', () => {
  testPairs('epoch', [
    [
      'of jose',
      'new SignJWT({}).setExpirationTime(⟦300⟧).sign(key);',
      "new SignJWT({}).setExpirationTime('300s').sign(key);",
      {
        ...use("new SignJWT({}).setExpirationTime('300s').sign(key);"),
        data: { value: '`300`', library: 'jose', lasts: 'has expired since 1970' },
      },
    ],
    ['a claim', 'jwt.sign({ exp: ⟦60 * 60⟧ }, key);', 'jwt.sign({ exp: now + 60 * 60 }, key);'],
    [
      'a date that is made of seconds',
      'jwt.sign({ exp: ⟦Math.floor(new Date(Date.now() / 1000 + 300).getTime() / 1000)⟧ }, key);',
      'jwt.sign({ exp: Math.floor(new Date(Date.now() + 300000).getTime() / 1000) }, key);',
    ],
    [
      'of njwt',
      'nJwt.create({}, key).setExpiration(⟦3600⟧);',
      'nJwt.create({}, key).setExpiration(date);',
    ],
  ]);
});

describe('milliseconds where seconds are due', () => {
  testPairs('millisecondTime', [
    [
      'a claim',
      'jwt.sign({ exp: ⟦Date.now() + 5 * 60 * 1000⟧ }, key);',
      'jwt.sign({ exp: Math.floor((Date.now() + 5 * 60 * 1000) / 1000) }, key);',
      {
        ...use('jwt.sign({ exp: Math.floor((Date.now() + 5 * 60 * 1000) / 1000) }, key);'),
        data: {
          value: '`Date.now() + 5 * 60 * 1000`',
          library: 'jsonwebtoken',
          lasts: 'never expires',
        },
      },
    ],
    [
      'of a date',
      'sign({ exp: ⟦new Date().getTime() + 300⟧ }, key);',
      'sign({ exp: Math.floor(new Date().getTime() / 1000) + 300 }, key);',
      use('sign({ exp: Math.floor((new Date().getTime() + 300) / 1000) }, key);'),
    ],
    [
      'of jose',
      'new SignJWT({}).setExpirationTime(⟦Date.now() + 3600000⟧);',
      'new SignJWT({}).setExpirationTime(new Date(Date.now() + 3600000));',
      use('new SignJWT({}).setExpirationTime(Math.floor((Date.now() + 3600000) / 1000));'),
    ],
  ]);

  testPairs('millisecondSpan', [
    [
      'a factor of 1000',
      'jwt.sign({}, key, { expiresIn: ⟦60 * 60 * 1000⟧ });',
      'jwt.sign({}, key, { expiresIn: 60 * 60 });',
      {
        ...use('jwt.sign({}, key, { expiresIn: 60 * 60 });'),
        data: {
          value: '`60 * 60 * 1000`',
          library: 'jsonwebtoken',
          lasts: 'lasts 41 days and 16 hours',
        },
      },
    ],
    [
      'a factor of 1000 on what is not known',
      'jwt.sign({}, key, { expiresIn: ⟦ttl * 1000⟧ });',
      'jwt.sign({}, key, { expiresIn: ttl });',
      {
        ...use('jwt.sign({}, key, { expiresIn: ttl });'),
        data: {
          value: '`ttl * 1000`',
          library: 'jsonwebtoken',
          lasts: 'lasts a thousand times as long',
        },
      },
    ],
    [
      'a result of `ms`',
      "jwt.sign({}, key, { expiresIn: ⟦ms('5m')⟧ });",
      "jwt.sign({}, key, { expiresIn: ms('5m') / 1000 });",
    ],
    [
      'of @hapi/jwt',
      'Jwt.token.generate({}, key, { ttlSec: ⟦5 * 60 * 1000⟧ });',
      'Jwt.token.generate({}, key, { ttlSec: 5 * 60 });',
      use('Jwt.token.generate({}, key, { ttlSec: 5 * 60 });'),
    ],
    [
      'where milliseconds are due, they are right',
      'jwt.sign({}, key, { expiresIn: ⟦5 * 60 * 1000⟧ });',
      'createSigner({ key, expiresIn: 5 * 60 * 1000 })({});',
      use('jwt.sign({}, key, { expiresIn: 5 * 60 });'),
    ],
  ]);

  testPairs('millisecondsAdded', [
    [
      'a product on a clock of seconds',
      'jwt.sign({ exp: ⟦Math.floor(Date.now() / 1000) + 60 * 60 * 1000⟧ }, key);',
      'jwt.sign({ exp: Math.floor(Date.now() / 1000) + 60 * 60 }, key);',
      {
        ...use('jwt.sign({ exp: Math.floor(Date.now() / 1000) + 60 * 60 }, key);'),
        data: {
          value: '`Math.floor(Date.now() / 1000) + 60 * 60 * 1000`',
          library: 'jsonwebtoken',
          lasts: 'lasts 41 days and 16 hours',
        },
      },
    ],
    [
      'on a clock of seconds',
      "jwt.sign({ exp: ⟦Math.floor(Date.now() / 1000) + ms('5m')⟧ }, key);",
      "jwt.sign({ exp: Math.floor(Date.now() / 1000) + ms('5m') / 1000 }, key);",
    ],
  ]);
});

describe('seconds where milliseconds are due', () => {
  testPairs('secondSpan', [
    [
      'of fast-jwt',
      'createSigner({ key, expiresIn: ⟦300⟧ })({});',
      'createSigner({ key, expiresIn: 300000 })({});',
      {
        ...use('createSigner({ key, expiresIn: 300 * 1000 })({});'),
        data: { value: '`300`', library: 'fast-jwt', lasts: 'has expired when it is issued' },
      },
    ],
    [
      'a product',
      'createSigner({ key, expiresIn: ⟦24 * 60 * 60⟧ })({});',
      'createSigner({ key, expiresIn: 24 * 60 * 60 * 1000 })({});',
      use('createSigner({ key, expiresIn: 24 * 60 * 60 * 1000 })({});'),
    ],
    [
      'in the version that Fastify has, seconds are right',
      'createSigner({ key, expiresIn: ⟦300⟧ })({});',
      "import Fastify from 'fastify';\nFastify().jwt.sign({}, { expiresIn: 300 });",
      use('createSigner({ key, expiresIn: 300 * 1000 })({});'),
    ],
  ]);

  testPairs('secondTime', [
    [
      'of njwt',
      'nJwt.create({}, key).setExpiration(⟦Math.floor(Date.now() / 1000) + 300⟧);',
      'nJwt.create({}, key).setExpiration(Date.now() + 300000);',
      use('nJwt.create({}, key).setExpiration((Math.floor(Date.now() / 1000) + 300) * 1000);'),
    ],
    [
      'a date that is made of seconds',
      'new SignJWT({}).setExpirationTime(⟦new Date(Math.floor(Date.now() / 1000) + 300)⟧);',
      'new SignJWT({}).setExpirationTime(new Date(Date.now() + 300 * 1000));',
    ],
  ]);
});

describe('a time where a length of time is due', () => {
  testPairs('timeAsSpan', [
    [
      'of jsonwebtoken',
      'jwt.sign({}, key, { expiresIn: ⟦Math.floor(Date.now() / 1000) + 3600⟧ });',
      'jwt.sign({ exp: Math.floor(Date.now() / 1000) + 3600 }, key);',
    ],
  ]);
});

describe('other claims', () => {
  testPairs('issuedAt', [
    [
      'the time of issue',
      "jwt.sign({ iat: ⟦Date.now()⟧ }, key, { expiresIn: '1h' });",
      "jwt.sign({ iat: Math.floor(Date.now() / 1000) }, key, { expiresIn: '1h' });",
      { data: { value: '`Date.now()`' } },
    ],
    [
      'of jose',
      "new SignJWT({}).setIssuedAt(⟦Date.now()⟧).setExpirationTime('1h');",
      "new SignJWT({}).setIssuedAt(new Date()).setExpirationTime('1h');",
    ],
  ]);
  testPairs('notBefore', [
    [
      'the start',
      "jwt.sign({ nbf: ⟦Date.now()⟧ }, key, { expiresIn: '1h' });",
      "jwt.sign({ nbf: Math.floor(Date.now() / 1000) }, key, { expiresIn: '1h' });",
    ],
    [
      'of jose',
      'new SignJWT({}).setNotBefore(⟦Date.now()⟧);',
      "new SignJWT({}).setNotBefore('0s');",
    ],
  ]);
});
