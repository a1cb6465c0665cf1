import { describe } from 'vitest';

import rule from '../../rules/no-long-jwt-ttl.ts';
import { testMintTwins, type MintExtras, type MintPair } from '../helpers/mint-twins.ts';

const NAME = 'no-long-jwt-ttl';
const prologue =
  "import jwt from 'jsonwebtoken';\nconst key = process.env.INTERCOM_SECRET;\nconst now = Math.floor(Date.now() / 1000);\n";

function testPairs(table: readonly MintPair[]): void {
  testMintTwins(
    NAME,
    rule,
    'long',
    table.map(([name, faulty, correct, more]) => [name, faulty, correct, { prologue, ...more }]),
  );
}

const use = (output: string): MintExtras => ({ suggestions: [['useMaximum', output]] });

describe('a life that is too long', () => {
  testPairs([
    [
      'a text; a day is not too long',
      "jwt.sign({}, key, { expiresIn: ⟦'7 days'⟧ });",
      "jwt.sign({}, key, { expiresIn: '1 day' });",
      {
        ...use("jwt.sign({}, key, { expiresIn: '24h' });"),
        data: { subject: 'This Intercom user JWT', lasts: 'lasts 7 days', maximum: '1 day' },
      },
    ],
    [
      'a number',
      'jwt.sign({}, key, { expiresIn: ⟦86401⟧ });',
      'jwt.sign({}, key, { expiresIn: 86400 });',
      use('jwt.sign({}, key, { expiresIn: 86400 });'),
    ],
    [
      'a claim',
      'jwt.sign({ exp: ⟦now + 30 * 24 * 60 * 60⟧ }, key);',
      'jwt.sign({ exp: now + 12 * 60 * 60 }, key);',
      use('jwt.sign({ exp: now + 1440 * 60 }, key);'),
    ],
    [
      'the only one: of two lives neither is reported',
      "jwt.sign({}, key, { expiresIn: ⟦'30d'⟧ });",
      "jwt.sign({}, key, { expiresIn: remember ? '30d' : '1h' });",
      use("jwt.sign({}, key, { expiresIn: '24h' });"),
    ],
    [
      'a wrong unit is told by another rule',
      "jwt.sign({}, key, { expiresIn: ⟦'30d'⟧ });",
      'jwt.sign({ exp: Date.now() + 3600000 }, key); jwt.sign({}, key, { expiresIn: 3600 * 1000 });',
      use("jwt.sign({}, key, { expiresIn: '24h' });"),
    ],
    [
      'of Intercom alone',
      "jwt.sign({}, key, { expiresIn: ⟦'30d'⟧ });",
      "jwt.sign({}, secret, { expiresIn: '30d' });",
      use("jwt.sign({}, key, { expiresIn: '24h' });"),
    ],
  ]);
});

describe('options', () => {
  testPairs([
    [
      '`maxSeconds`',
      "jwt.sign({}, key, { expiresIn: ⟦'61m'⟧ });",
      "jwt.sign({}, key, { expiresIn: '1h' });",
      { ...use("jwt.sign({}, key, { expiresIn: '1h' });"), options: [{ maxSeconds: 3600 }] },
    ],
    [
      '`tokens: "all"`',
      "jwt.sign({}, secret, { expiresIn: ⟦'2d'⟧ });",
      "jwt.sign({}, secret, { expiresIn: '1d' });",
      { ...use("jwt.sign({}, secret, { expiresIn: '24h' });"), options: [{ tokens: 'all' }] },
    ],
  ]);
});
