import { describe } from 'vitest';

import rule from '../../rules/require-user-id-claim.ts';
import { testMintTwins, type MintPair } from '../helpers/mint-twins.ts';

const NAME = 'require-user-id-claim';
const prologue =
  "import jwt from 'jsonwebtoken';\nimport { SignJWT } from 'jose';\nimport nJwt from 'njwt';\nconst key = process.env.INTERCOM_SECRET;\nconst USER_ID = 'user_id';\n";

function testPairs(messageId: string, table: readonly MintPair[]): void {
  testMintTwins(
    NAME,
    rule,
    messageId,
    table.map(([name, faulty, correct, more]) => [name, faulty, correct, { prologue, ...more }]),
  );
}

describe('no user', () => {
  testPairs('missing', [
    ['no claim', '⟦jwt.sign({ email }, key)⟧;', 'jwt.sign({ email, user_id }, key);'],
    [
      'a key that is computed',
      '⟦jwt.sign({ [`email`]: email }, key)⟧;',
      'jwt.sign({ [USER_ID]: id }, key);',
    ],
    ['a payload that is not seen', '⟦jwt.sign({}, key)⟧;', 'jwt.sign(claims, key);'],
    [
      'a spread that is not seen',
      '⟦jwt.sign({ email }, key)⟧;',
      'jwt.sign({ email, ...claims }, key);',
    ],
    [
      'an optional claim',
      '⟦jwt.sign({ ...(e && { e }) }, key)⟧;',
      'jwt.sign({ ...(id && { user_id: id }) }, key);',
    ],
    [
      'a claim that is assigned later',
      'const claims = {};\nclaims.email = email;\n⟦jwt.sign(claims, key)⟧;',
      'const claims = {};\nclaims.user_id = id;\njwt.sign(claims, key);',
    ],
    [
      'what a function returns',
      'const claimsOf = (u) => ({ email: u.email });\n⟦jwt.sign(claimsOf(u), key)⟧;',
      'const claimsOf = (u) => ({ user_id: u.id });\njwt.sign(claimsOf(u), key);',
    ],
    [
      'a payload that is handed to a function',
      'const claims = { email };\nawait log.info(claims);\n⟦jwt.sign(claims, key)⟧;',
      'const claims = { email };\nawait addUser(claims);\njwt.sign(claims, key);',
    ],
    [
      'the key of each call',
      'const sign = (claims, secret) => ⟦jwt.sign(claims, secret)⟧;\nsign({ email }, key);',
      'const sign = (claims, secret) => jwt.sign(claims, secret);\nsign({ email }, secret);\nsign({ user_id }, key);',
    ],
    [
      'jose',
      "⟦new SignJWT()⟧.setIssuer('app').sign(key);",
      "new SignJWT({ user_id }).setIssuer('app').sign(key);",
    ],
    [
      'njwt',
      "const token = ⟦nJwt.create({}, key)⟧;\ntoken.setClaim('email', email);",
      "const token = nJwt.create({}, key);\ntoken.setClaim('user_id', id);",
    ],
    ['of Intercom alone', '⟦jwt.sign({ email }, key)⟧;', 'jwt.sign({ email }, secret);'],
  ]);

  testPairs('misnamed', [
    [
      'the subject of other tokens',
      '⟦jwt.sign({ sub: user.id, email }, key)⟧;',
      'jwt.sign({ sub: user.id, user_id: user.id, email }, key);',
      {
        data: { name: 'sub' },
        suggestions: [['rename', 'jwt.sign({ user_id: user.id, email }, key);']],
      },
    ],
    [
      'another spelling',
      'const userId = 1;\n⟦jwt.sign({ userId }, key)⟧;',
      'const user_id = 1;\njwt.sign({ user_id }, key);',
      { suggestions: [['rename', 'const userId = 1;\njwt.sign({ user_id: userId }, key);']] },
    ],
    [
      'the subject of jose',
      '⟦new SignJWT({ email })⟧.setSubject(id).sign(key);',
      'new SignJWT({ email, user_id: id }).setSubject(id).sign(key);',
      { data: { name: 'sub' } },
    ],
  ]);
});
