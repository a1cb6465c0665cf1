import { describe } from 'vitest';

import rule from '../../rules/require-jwt-expiry.ts';
import { testMintTwins, type MintPair } from '../helpers/mint-twins.ts';

const NAME = 'require-jwt-expiry';
const prologue =
  "import jwt from 'jsonwebtoken';\nimport { SignJWT } from 'jose';\nimport { createHmac } from 'node:crypto';\nimport { createSigner } from 'fast-jwt';\nimport nJwt from 'njwt';\nconst key = process.env.INTERCOM_SECRET;\n";

function testPairs(messageId: string, table: readonly MintPair[]): void {
  testMintTwins(
    NAME,
    rule,
    messageId,
    table.map(([name, faulty, correct, more]) => [name, faulty, correct, { prologue, ...more }]),
  );
}

describe('no expiry', () => {
  testPairs('missing', [
    [
      'no options',
      '⟦jwt.sign({ user_id: id }, key)⟧;',
      "jwt.sign({ user_id: id }, key, { expiresIn: '1h' });",
    ],
    [
      'options without it',
      "⟦jwt.sign({ user_id: id }, key, { algorithm: 'HS256' })⟧;",
      "jwt.sign({ user_id: id, exp }, key, { algorithm: 'HS256' });",
    ],
    [
      'a callback is no option',
      '⟦jwt.sign({ user_id: id }, key, (error, token) => done(token))⟧;',
      'jwt.sign({ user_id: id }, key, options, (error, token) => done(token));',
    ],
    [
      'claims that are spread, all of them seen',
      'const user = { user_id: id };\n⟦jwt.sign({ ...user, email }, key)⟧;',
      'jwt.sign({ ...user, email }, key);',
    ],
    [
      'an optional claim',
      '⟦jwt.sign({ user_id: id, ...(email && { email }) }, key)⟧;',
      'jwt.sign({ user_id: id, ...(ttl && { exp: ttl }) }, key);',
    ],
    [
      'a claim that is assigned later',
      'const claims = { user_id: id };\nclaims.email = email;\n⟦jwt.sign(claims, key)⟧;',
      'const claims = { user_id: id };\nclaims.exp = soon();\njwt.sign(claims, key);',
    ],
    [
      'a helper may set it',
      'const claims = { user_id: id };\nconsole.log(claims);\n⟦jwt.sign(claims, key)⟧;',
      'const claims = { user_id: id };\naddExpiry(claims);\njwt.sign(claims, key);',
    ],
    [
      'at the token of jose, which takes the payload',
      "⟦new SignJWT({ user_id: id })⟧.setProtectedHeader({ alg: 'HS256' }).sign(key);",
      "new SignJWT({ user_id: id }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(key);",
    ],
    [
      'at the call of a signer of fast-jwt',
      'const sign = createSigner({ key });\n⟦sign({ user_id: id })⟧;',
      'const sign = createSigner({ key, expiresIn: ttl });\nsign({ user_id: id });',
    ],
    [
      'at the HMAC of a signer of one’s own',
      "const input = `${b64({ alg: 'HS256' })}.${b64({ user_id: id })}`;\n⟦createHmac('sha256', key)⟧.update(input).digest('base64url');",
      "const input = `${b64({ alg: 'HS256' })}.${b64({ user_id: id, exp })}`;\ncreateHmac('sha256', key).update(input).digest('base64url');",
    ],
    [
      'njwt has one of its own',
      '⟦jwt.sign({ user_id: id }, key)⟧;',
      'nJwt.create({ user_id: id }, key).compact();',
    ],
    [
      'a set-up of Nest that is elsewhere may have one',
      "import { JwtService } from '@nestjs/jwt';\nconst tokens = new JwtService({ secret: key });\n⟦tokens.sign({ user_id: id })⟧;",
      "import { JwtService } from '@nestjs/jwt';\nclass A { constructor(private tokens: JwtService) {}\nf() { return this.tokens.sign({ user_id: id }, { secret: key }); } }",
      { typescript: true },
    ],
    [
      'a set-up of Fastify that is elsewhere may have one',
      '⟦jwt.sign({ user_id: id }, key)⟧;',
      'export const intercomToken = (request, reply) => reply.jwtSign({ user_id: id });',
    ],
    [
      'of Intercom alone',
      '⟦jwt.sign({ user_id: id }, key)⟧;',
      'jwt.sign({ user_id: id }, secret);',
    ],
  ]);

  testPairs('ignored', [
    [
      'an option among the claims',
      "⟦jwt.sign({ user_id: id, expiresIn: '1h' }, key)⟧;",
      "jwt.sign({ user_id: id }, key, { expiresIn: '1h' });",
    ],
  ]);
});
