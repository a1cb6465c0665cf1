import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';

import rule from '../../rules/no-short-jwt-ttl.ts';
import plugin from '../../src/index.ts';
import { testMintTwins, type MintExtras, type MintPair } from '../helpers/mint-twins.ts';

const NAME = 'no-short-jwt-ttl';

const JSONWEBTOKEN = "import jwt from 'jsonwebtoken';\nconst key = process.env.INTERCOM_SECRET;\n";

function pairs(prologue: string, table: readonly MintPair[]): readonly MintPair[] {
  return table.map(([name, faulty, correct, more]) => [
    name,
    faulty,
    correct,
    { prologue, ...more },
  ]);
}

const use = (output: string): MintExtras => ({ suggestions: [['useMinimum', output]] });

describe('jsonwebtoken', () => {
  testMintTwins(
    NAME,
    rule,
    'short',
    pairs(JSONWEBTOKEN, [
      [
        'a text',
        "jwt.sign({ user_id: id }, key, { expiresIn: ⟦'5m'⟧ });",
        "jwt.sign({ user_id: id }, key, { expiresIn: '30m' });",
        {
          ...use("jwt.sign({ user_id: id }, key, { expiresIn: '30m' });"),
          data: {
            subject: 'This Intercom user JWT',
            lasts: 'lasts 5 minutes',
            minimum: '30 minutes',
          },
        },
      ],
      [
        'in double quotes',
        'jwt.sign({}, key, { expiresIn: ⟦"29 minutes"⟧ });',
        'jwt.sign({}, key, { expiresIn: "31 minutes" });',
        use('jwt.sign({}, key, { expiresIn: "30m" });'),
      ],
      [
        'a number',
        'jwt.sign({}, key, { expiresIn: ⟦1799⟧ });',
        'jwt.sign({}, key, { expiresIn: 1800 });',
        use('jwt.sign({}, key, { expiresIn: 1800 });'),
      ],
      [
        'a product',
        'jwt.sign({}, key, { expiresIn: ⟦5 * 60⟧ });',
        'jwt.sign({}, key, { expiresIn: 60 * 60 });',
        use('jwt.sign({}, key, { expiresIn: 30 * 60 });'),
      ],
      [
        'digits that make sense as milliseconds',
        "jwt.sign({}, key, { expiresIn: ⟦'1200000'⟧ });",
        "jwt.sign({}, key, { expiresIn: '1800000' });",
        use("jwt.sign({}, key, { expiresIn: '30m' });"),
      ],
      [
        'a constant, reported at the mint',
        'const TTL = 300;\njwt.sign({}, key, { expiresIn: ⟦TTL⟧ });',
        'const TTL = 3600;\njwt.sign({}, key, { expiresIn: TTL });',
      ],
      [
        'options that were built earlier',
        "const options = { expiresIn: ⟦'5m'⟧ };\njwt.sign({}, key, options);",
        "const options = { expiresIn: '1h' };\njwt.sign({}, key, options);",
        use("const options = { expiresIn: '30m' };\njwt.sign({}, key, options);"),
      ],
      [
        'options that are spread',
        "const base = { expiresIn: ⟦'5m'⟧ };\njwt.sign({}, key, { ...base, issuer });",
        "const base = { expiresIn: '5m' };\njwt.sign({}, key, { ...base, expiresIn: '1h' });",
        use("const base = { expiresIn: '30m' };\njwt.sign({}, key, { ...base, issuer });"),
      ],
      [
        'a claim',
        'jwt.sign({ exp: ⟦Math.floor(Date.now() / 1000) + 300⟧ }, key);',
        'jwt.sign({ exp: Math.floor(Date.now() / 1000) + 3600 }, key);',
        use('jwt.sign({ exp: Math.floor(Date.now() / 1000) + 1800 }, key);'),
      ],
      [
        'a claim as a product',
        'jwt.sign({ exp: ⟦Math.floor(Date.now() / 1000) + 5 * 60⟧ }, key);',
        'jwt.sign({ exp: Math.floor(Date.now() / 1000) + 60 * 60 }, key);',
        use('jwt.sign({ exp: Math.floor(Date.now() / 1000) + 30 * 60 }, key);'),
      ],
      [
        'a claim that is divided',
        'jwt.sign({ exp: ⟦Math.floor((Date.now() + 5 * 60 * 1000) / 1000)⟧ }, key);',
        'jwt.sign({ exp: Math.floor((Date.now() + 60 * 60 * 1000) / 1000) }, key);',
        use('jwt.sign({ exp: Math.floor((Date.now() + 30 * 60 * 1000) / 1000) }, key);'),
      ],
      [
        'a claim that is assigned later',
        'const claims = { user_id: id };\nclaims.exp = ⟦Math.floor(Date.now() / 1000) + 300⟧;\njwt.sign(claims, key);',
        'const claims = { user_id: id };\nclaims.exp = Math.floor(Date.now() / 1000) + 3600;\njwt.sign(claims, key);',
        use(
          'const claims = { user_id: id };\nclaims.exp = Math.floor(Date.now() / 1000) + 1800;\njwt.sign(claims, key);',
        ),
      ],
      [
        'the shorter of two',
        "jwt.sign({}, key, { expiresIn: ⟦isWeb ? '5m' : '1h'⟧ });",
        "jwt.sign({}, key, { expiresIn: isWeb ? '30m' : '1h' });",
        use("jwt.sign({}, key, { expiresIn: isWeb ? '30m' : '1h' });"),
      ],
      [
        'a fallback',
        "jwt.sign({}, key, { expiresIn: ⟦process.env.TTL ?? '5m'⟧ });",
        "jwt.sign({}, key, { expiresIn: process.env.TTL ?? '1h' });",
        use("jwt.sign({}, key, { expiresIn: process.env.TTL ?? '30m' });"),
      ],
      [
        'the default of a parameter',
        "export const mint = (ttl = '5m') => jwt.sign({}, key, { expiresIn: ⟦ttl⟧ });",
        "export const mint = (ttl = '1h') => jwt.sign({}, key, { expiresIn: ttl });",
      ],
      [
        'a life that a call gives to a helper',
        "const mint = (ttl) => jwt.sign({}, key, { expiresIn: ttl });\nmint(⟦'5m'⟧);\nmint('1h');",
        "const mint = (ttl) => jwt.sign({}, key, { expiresIn: ttl });\nmint('40m');\nmint('1h');",
        use(
          "const mint = (ttl) => jwt.sign({}, key, { expiresIn: ttl });\nmint('30m');\nmint('1h');",
        ),
      ],
      [
        'the default of a helper that others can call',
        "export const mint = (ttl = '5m') => jwt.sign({}, key, { expiresIn: ⟦ttl⟧ });\nmint('1h');",
        "const mint = (ttl = '5m') => jwt.sign({}, key, { expiresIn: ttl });\nmint('1h');",
      ],
      [
        'a back-dated issue',
        'jwt.sign({ iat: Math.floor(Date.now() / 1000) - 600 }, key, { expiresIn: ⟦1800⟧ });',
        'jwt.sign({ iat: Math.floor(Date.now() / 1000) - 600 }, key, { expiresIn: 2400 });',
      ],
      [
        'a later start',
        "jwt.sign({}, key, { expiresIn: ⟦'35m'⟧, notBefore: '10m' });",
        "jwt.sign({}, key, { expiresIn: '35m', notBefore: '1m' });",
      ],
      [
        'in a promise',
        "promisify(jwt.sign)({}, key, { expiresIn: ⟦'5m'⟧ });",
        "promisify(jwt.sign)({}, key, { expiresIn: '1h' });",
        use("promisify(jwt.sign)({}, key, { expiresIn: '30m' });"),
      ],
      [
        'the mint of Intercom’s alone',
        "jwt.sign({}, key, { expiresIn: ⟦'5m'⟧ });",
        "jwt.sign({}, process.env.SECRET, { expiresIn: '5m' });",
        use("jwt.sign({}, key, { expiresIn: '30m' });"),
      ],
      [
        'what cannot be computed is not reported',
        "jwt.sign({}, key, { expiresIn: ⟦'5m'⟧ });",
        'jwt.sign({}, key, { expiresIn: process.env.TTL }); jwt.sign({}, key, { ...options }); jwt.sign(claims, key);',
        use("jwt.sign({}, key, { expiresIn: '30m' });"),
      ],
      [
        'a wrong unit is told by another rule',
        'jwt.sign({}, key, { expiresIn: ⟦300⟧ });',
        "jwt.sign({}, key, { expiresIn: '300' });",
        use('jwt.sign({}, key, { expiresIn: 1800 });'),
      ],
      [
        'a mint that throws gives no token',
        "jwt.sign({ exp: now }, key); jwt.sign({}, key, { expiresIn: ⟦'5m'⟧ });",
        "jwt.sign({ exp: Math.floor(Date.now() / 1000) + 9 }, key, { expiresIn: '5m' });",
        use("jwt.sign({ exp: now }, key); jwt.sign({}, key, { expiresIn: '30m' });"),
      ],
    ]),
  );

  testMintTwins(
    NAME,
    rule,
    'expired',
    pairs(JSONWEBTOKEN, [
      [
        'a life of nothing',
        'jwt.sign({}, key, { expiresIn: ⟦0⟧ });',
        'jwt.sign({}, key, { expiresIn: 3600 });',
        use('jwt.sign({}, key, { expiresIn: 1800 });'),
      ],
      [
        'a time that is past',
        "jwt.sign({}, key, { expiresIn: ⟦'-5m'⟧ });",
        "jwt.sign({}, key, { expiresIn: '45m' });",
        use("jwt.sign({}, key, { expiresIn: '30m' });"),
      ],
    ]),
  );
});

describe('forms of import', () => {
  const call = (sign: string, ttl: string): string =>
    `${sign}({}, process.env.INTERCOM_SECRET, { expiresIn: ${ttl} });`;
  const form = (name: string, load: string, sign: string, more?: MintExtras): MintPair => [
    name,
    load + call(sign, "⟦'5m'⟧"),
    load + call(sign, "'1h'"),
    { ...use(load + call(sign, "'30m'")), ...more },
  ];
  testMintTwins(NAME, rule, 'short', [
    form('a namespace', "import * as tokens from 'jsonwebtoken';\n", 'tokens.sign'),
    form('a named import', "import { sign } from 'jsonwebtoken';\n", 'sign'),
    form('a renamed import', "import { sign as make } from 'jsonwebtoken';\n", 'make'),
    form('the default by name', "import { default as j } from 'jsonwebtoken';\n", 'j.sign'),
    form('require', "const JWT = require('jsonwebtoken');\n", 'JWT.sign'),
    form('require, destructured', "const { sign } = require('jsonwebtoken');\n", 'sign'),
    form('require in place', '', "require('jsonwebtoken').sign"),
    form('import()', "const m = await import('jsonwebtoken');\n", 'm.default.sign'),
    form('of Deno', "import jwt from 'npm:jsonwebtoken@9';\n", 'jwt.sign'),
    form('of a CDN', "import jwt from 'https://esm.sh/jsonwebtoken@9.0.2';\n", 'jwt.sign'),
    form('import =', "import jwt = require('jsonwebtoken');\n", 'jwt.sign', { typescript: true }),
  ]);
});

describe('jose', () => {
  const prologue =
    "import { SignJWT } from 'jose';\nconst key = new TextEncoder().encode(process.env.INTERCOM_SECRET);\n";
  const chain = (time: string): string =>
    `new SignJWT({ user_id: id }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(${time}).sign(key);`;
  const stored = (time: string): string =>
    `const token = new SignJWT({ user_id: id });\ntoken.setExpirationTime(${time});\nexport default await token.sign(key);`;
  testMintTwins(
    NAME,
    rule,
    'short',
    pairs(prologue, [
      ['a text', chain("⟦'5m'⟧"), chain("'30m'"), use(chain("'30m'"))],
      [
        'a time',
        chain('⟦Math.floor(Date.now() / 1000) + 300⟧'),
        chain("'1h'"),
        use(chain('Math.floor(Date.now() / 1000) + 1800')),
      ],
      [
        'a date',
        chain('⟦new Date(Date.now() + 5 * 60 * 1000)⟧'),
        chain('new Date(Date.now() + 60 * 60 * 1000)'),
      ],
      [
        'a token that is kept while it is made',
        stored("⟦'5m'⟧"),
        stored("'1h'"),
        use(stored("'30m'")),
      ],
      [
        'the last call counts',
        chain("'1h').setExpirationTime(⟦'5m'⟧"),
        chain("'5m').setExpirationTime('1h'"),
        use(chain("'1h').setExpirationTime('30m'")),
      ],
      [
        'a back-dated issue does not shorten',
        chain("⟦'29m'⟧"),
        chain("'30m').setIssuedAt(Math.floor(Date.now() / 1000) - 240"),
        use(chain("'30m'")),
      ],
    ]),
  );
});

describe('set-ups', () => {
  const nest = (options: string, call: string): string =>
    `import { JwtModule, JwtService } from '@nestjs/jwt';
const module = JwtModule.register({ secret: process.env.INTERCOM_SECRET, signOptions: ${options} });
class Tokens {
  constructor(private readonly tokens: JwtService) {}
  mint(id: string) { return this.tokens.sign({ user_id: id }${call}); }
}`;
  const async = (ttl: string): string =>
    `import { JwtModule, JwtService } from '@nestjs/jwt';
const module = JwtModule.registerAsync({ useFactory: () => ({ secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: ${ttl} } }) });
class Tokens {
  private readonly tokens: JwtService;
  mint(id: string) { return this.tokens.signAsync({ user_id: id }); }
}`;
  const fastify = (ttl: string, call: string): string =>
    `import Fastify from 'fastify';
import fastifyJwt from '@fastify/jwt';
const app = Fastify();
app.register(fastifyJwt, { secret: process.env.INTERCOM_SECRET, sign: { expiresIn: ${ttl} } });
app.get('/', (request, reply) => reply.jwtSign({ user_id: 1 }${call}));`;
  const elysia = (ttl: string): string =>
    `import { Elysia } from 'elysia';
import { jwt } from '@elysiajs/jwt';
new Elysia().use(jwt({ name: 'intercom', secret: process.env.INTERCOM_SECRET, exp: ${ttl} }))
  .get('/', ({ intercom }) => intercom.sign({ user_id: 1 }));`;
  const signer = (ttl: string): string =>
    `import { createSigner } from 'fast-jwt';
const sign = createSigner({ key: process.env.INTERCOM_SECRET, expiresIn: ${ttl} });
export const mint = (id) => sign({ user_id: id });`;
  const typescript = { typescript: true };
  testMintTwins(NAME, rule, 'short', [
    [
      'of a module of Nest',
      nest("{ expiresIn: ⟦'5m'⟧ }", ''),
      nest("{ expiresIn: '5m' }", ", { expiresIn: '1h' }"),
      { ...use(nest("{ expiresIn: '30m' }", '')), ...typescript },
    ],
    [
      'a call of Nest’s service',
      nest("{ expiresIn: '1h' }", ', { expiresIn: ⟦300⟧ }'),
      nest("{ expiresIn: '1h' }", ''),
      { ...use(nest("{ expiresIn: '1h' }", ', { expiresIn: 1800 }')), ...typescript },
    ],
    [
      'by a factory of Nest',
      async("⟦'5m'⟧"),
      async("'1h'"),
      { ...use(async("'30m'")), ...typescript },
    ],
    ['of Fastify', fastify("⟦'5m'⟧", ''), fastify("'1h'", ''), use(fastify("'30m'", ''))],
    [
      'a reply of Fastify',
      fastify("'1h'", ', { sign: { expiresIn: ⟦5 * 60⟧ } }'),
      fastify("'5m'", ', { sign: { expiresIn: 60 * 60 } }'),
      use(fastify("'1h'", ', { sign: { expiresIn: 30 * 60 } }')),
    ],
    ['of Elysia', elysia("⟦'5m'⟧"), elysia("'1h'"), use(elysia("'30m'"))],
    [
      'of a signer of fast-jwt',
      signer('⟦5 * 60 * 1000⟧'),
      signer('60 * 60 * 1000'),
      use(signer('30 * 60 * 1000')),
    ],
    ['in milliseconds', signer('⟦600000⟧'), signer('1800000'), use(signer('1800000'))],
  ]);
});

describe('other libraries', () => {
  const key = 'process.env.INTERCOM_SECRET';
  const soon = 'Math.floor(Date.now() / 1000) + ';
  const claim = (name: string, load: string, mint: (claims: string) => string): MintPair => [
    name,
    `${load}\n${mint(`{ user_id: 1, exp: ⟦${soon}300⟧ }`)};`,
    `${load}\n${mint(`{ user_id: 1, exp: ${soon}3600 }`)};`,
    use(`${load}\n${mint(`{ user_id: 1, exp: ${soon}1800 }`)};`),
  ];
  testMintTwins(NAME, rule, 'short', [
    claim('hono', "import { sign } from 'hono/jwt';", (claims) => `sign(${claims}, ${key})`),
    claim(
      'hono of JSR',
      "import { sign } from 'jsr:@hono/hono@4/jwt';",
      (claims) => `sign(${claims}, ${key})`,
    ),
    claim(
      'jwt-simple',
      "import jwt from 'jwt-simple';",
      (claims) => `jwt.encode(${claims}, ${key})`,
    ),
    claim(
      'jws',
      "import jws from 'jws';",
      (claims) => `jws.sign({ header, payload: ${claims}, secret: ${key} })`,
    ),
    claim(
      'jsrsasign',
      "import { KJUR } from 'jsrsasign';",
      (claims) => `KJUR.jws.JWS.sign('HS256', header, JSON.stringify(${claims}), ${key})`,
    ),
    claim(
      'cloudflare-worker-jwt',
      "import jwt from '@tsndr/cloudflare-worker-jwt';",
      (claims) => `jwt.sign(${claims}, ${key})`,
    ),
    claim('jwt-encode', "import sign from 'jwt-encode';", (claims) => `sign(${claims}, ${key})`),
    claim(
      'djwt',
      "import { create } from 'https://deno.land/x/djwt@v3.0.2/mod.ts';",
      (claims) => `create({ alg: 'HS256' }, ${claims}, Deno.env.get('INTERCOM_SECRET'))`,
    ),
    claim(
      'djwt of JSR',
      "import { create } from '@zaubrik/djwt';",
      (claims) => `create({ alg: 'HS256' }, ${claims}, Deno.env.get('INTERCOM_SECRET'))`,
    ),
    [
      'getNumericDate of djwt',
      `import { create, getNumericDate } from 'jsr:@zaubrik/djwt';\ncreate(header, { exp: ⟦getNumericDate(300)⟧ }, ${key});`,
      `import { create, getNumericDate } from 'jsr:@zaubrik/djwt';\ncreate(header, { exp: getNumericDate(3600) }, ${key});`,
    ],
    [
      '@hapi/jwt',
      `import Jwt from '@hapi/jwt';\nJwt.token.generate({}, ${key}, { ttlSec: ⟦300⟧ });`,
      `import Jwt from '@hapi/jwt';\nJwt.token.generate({}, ${key}, { ttlSec: 3600 });`,
      use(`import Jwt from '@hapi/jwt';\nJwt.token.generate({}, ${key}, { ttlSec: 1800 });`),
    ],
    [
      'oslo',
      `import { TimeSpan } from 'oslo';\nimport { createJWT } from 'oslo/jwt';\ncreateJWT('HS256', ${key}, {}, { expiresIn: ⟦new TimeSpan(5, 'm')⟧ });`,
      `import { TimeSpan } from 'oslo';\nimport { createJWT } from 'oslo/jwt';\ncreateJWT('HS256', ${key}, {}, { expiresIn: new TimeSpan(1, 'h') });`,
    ],
    [
      'njwt',
      `import nJwt from 'njwt';\nconst jwt = nJwt.create({}, ${key});\njwt.setExpiration(⟦Date.now() + 300000⟧);`,
      `import nJwt from 'njwt';\nconst jwt = nJwt.create({}, ${key});\njwt.setExpiration(Date.now() + 3600000);`,
      use(
        `import nJwt from 'njwt';\nconst jwt = nJwt.create({}, ${key});\njwt.setExpiration(Date.now() + 1800000);`,
      ),
    ],
    [
      'a signer of one’s own',
      `import { createHmac } from 'node:crypto';
const payload = { user_id: 1, exp: ⟦${soon}300⟧ };
const input = encode({ alg: 'HS256' }) + '.' + encode(payload);
createHmac('sha256', ${key}).update(input).digest('base64url');`,
      `import { createHmac } from 'node:crypto';
const payload = { user_id: 1, exp: ${soon}3600 };
const input = encode({ alg: 'HS256' }) + '.' + encode(payload);
createHmac('sha256', ${key}).update(input).digest('base64url');`,
      use(`import { createHmac } from 'node:crypto';
const payload = { user_id: 1, exp: ${soon}1800 };
const input = encode({ alg: 'HS256' }) + '.' + encode(payload);
createHmac('sha256', ${key}).update(input).digest('base64url');`),
    ],
    [
      'a signer of one’s own, with segments from a list',
      `import { createHmac } from 'node:crypto';
const TTL = 300;
const input = [{ alg: 'HS256' }, { user_id: 1, exp: ⟦Math.floor(Date.now() / 1000) + TTL⟧ }].map(encode).join('.');
createHmac('sha256', ${key}).update(input).digest('base64url');`,
      `import { createHmac } from 'node:crypto';
const TTL = 300;
const input = [{ user_id: 1, exp: Math.floor(Date.now() / 1000) + TTL }, 'x'].map(encode).join('.');
createHmac('sha256', ${key}).update(input).digest('base64url');`,
    ],
    [
      'a signer of one’s own, with an HMAC that is kept',
      `import { createHmac } from 'node:crypto';
const TTL = 300;
const hmac = createHmac('sha256', ${key});
hmac.update(encode({ alg: 'HS256' }) + '.');
hmac.update(encode({ user_id: 1, exp: ⟦Math.floor(Date.now() / 1000) + TTL⟧ }));
hmac.digest('base64url');`,
      `import { createHmac } from 'node:crypto';
const TTL = 300;
const hmac = createHmac('sha256', ${key});
hmac.update(encode({ alg: 'HS256' }) + '.');
hmac.update(encode({ user_id: 1, exp: Math.floor(Date.now() / 1000) + TTL }));
hmac.digest('hex');`,
    ],
  ]);
});

describe('a helper that is called in several places', () => {
  const own = (call: string): string =>
    `const sign = (claims, secret, ttl = '5m') => jwt.sign(claims, secret, { expiresIn: ttl });\n${call}`;
  const clock = (call: string): string => `function sign(claims, ttl = 300) {
  const now = Math.floor(Date.now() / 1000);
  return jwt.sign({ ...claims, exp: ⟦now + ttl⟧ }, key);
}
${call}`;
  testMintTwins(
    NAME,
    rule,
    'short',
    pairs(JSONWEBTOKEN, [
      [
        'with another key',
        own("sign({ user_id: 1 }, key, ⟦'5m'⟧);\nsign({ sub: 1 }, process.env.JWT_SECRET, '5m');"),
        own("sign({ user_id: 1 }, key, '1h');\nsign({ sub: 1 }, process.env.JWT_SECRET, '5m');"),
        use(
          own("sign({ user_id: 1 }, key, '30m');\nsign({ sub: 1 }, process.env.JWT_SECRET, '5m');"),
        ),
      ],
      [
        'with its default',
        own('sign({ user_id: 1 }, key);').replace('expiresIn: ttl', 'expiresIn: ⟦ttl⟧'),
        own("sign({ user_id: 1 }, key, '1h');\nsign({ sub: 1 }, process.env.JWT_SECRET);"),
      ],
      [
        'with a length that is added to the clock',
        clock('sign({ user_id: 1 }, 60);'),
        clock('sign({ user_id: 1 }, 3600);').replaceAll(/[⟦⟧]/gu, ''),
      ],
      [
        'through another',
        "const mint = (claims, options) => jwt.sign(claims, key, options);\nconst sign = (id, expiresIn) => mint({ user_id: id }, { expiresIn });\nsign(1, ⟦'5m'⟧);",
        "const mint = (claims, options) => jwt.sign(claims, key, options);\nconst sign = (id, expiresIn) => mint({ user_id: id }, { expiresIn });\nsign(1, '1h');",
        use(
          "const mint = (claims, options) => jwt.sign(claims, key, options);\nconst sign = (id, expiresIn) => mint({ user_id: id }, { expiresIn });\nsign(1, '30m');",
        ),
      ],
      [
        'from a callback in it',
        'const sign = (claims, ttl) => new Promise((done) => jwt.sign(claims, key, { expiresIn: ttl }, done));\nsign({ user_id: 1 }, ⟦300⟧);',
        'const sign = (claims, ttl) => new Promise((done) => jwt.sign(claims, key, { expiresIn: ttl }, done));\nsign({ user_id: 1 }, 3600);',
        use(
          'const sign = (claims, ttl) => new Promise((done) => jwt.sign(claims, key, { expiresIn: ttl }, done));\nsign({ user_id: 1 }, 1800);',
        ),
      ],
      [
        'with an object',
        "const sign = ({ claims, ttl }) => jwt.sign(claims, key, { expiresIn: ttl });\nsign({ claims: { user_id: 1 }, ttl: ⟦'5m'⟧ });",
        "const sign = ({ claims, ttl }) => jwt.sign(claims, key, { expiresIn: ttl });\nsign({ claims: { user_id: 1 }, ttl: '1h' });",
        use(
          "const sign = ({ claims, ttl }) => jwt.sign(claims, key, { expiresIn: ttl });\nsign({ claims: { user_id: 1 }, ttl: '30m' });",
        ),
      ],
      [
        'with an object that is read in it',
        'const sign = (options) => jwt.sign({ user_id: 1 }, key, { expiresIn: ⟦options.ttl⟧ });\nsign({ ttl: 300 });',
        'const sign = (options) => jwt.sign({ user_id: 1 }, key, { expiresIn: options.ttl });\nsign({ ttl: 3600 });',
      ],
      [
        'that makes the claims',
        'const claimsOf = (id, ttl = 300) => ({ user_id: id, exp: ⟦Math.floor(Date.now() / 1000) + ttl⟧ });\njwt.sign(claimsOf(1), key);',
        'const claimsOf = (id, ttl = 300) => ({ user_id: id, exp: Math.floor(Date.now() / 1000) + ttl });\njwt.sign(claimsOf(1, 3600), key);',
      ],
      [
        'from elsewhere as well, where its default counts',
        "export const sign = (id, ttl = '5m') => jwt.sign({ user_id: id }, key, { expiresIn: ⟦ttl⟧ });\nsign(1, '1h');",
        "const sign = (id, ttl = '5m') => jwt.sign({ user_id: id }, key, { expiresIn: ttl });\nsign(1, '1h');",
      ],
      [
        'that changes the length',
        "const sign = (id, ttl) => jwt.sign({ user_id: id }, key, { expiresIn: ttl });\nsign(1, ⟦'5m'⟧);",
        "function sign(id, ttl) {\n  ttl = atLeast(ttl, '1h');\n  return jwt.sign({ user_id: id }, key, { expiresIn: ttl });\n}\nsign(1, '5m');",
        use(
          "const sign = (id, ttl) => jwt.sign({ user_id: id }, key, { expiresIn: ttl });\nsign(1, '30m');",
        ),
      ],
      [
        'of an object with a length of its own',
        "class A {\n  constructor(ttl = '5m') { this.ttl = ttl; }\n  mint() { return jwt.sign({ user_id: 1 }, key, { expiresIn: ⟦this.ttl⟧ }); }\n}\nnew A('1h').mint();\nnew A('10m').mint();",
        "class A {\n  constructor(ttl) { this.ttl = ttl; }\n  mint() { return jwt.sign({ user_id: 1 }, key, { expiresIn: this.ttl }); }\n}\nnew A('1h').mint();\nnew A('2h').mint();",
      ],
      [
        'as a method',
        "class A {\n  #sign(claims, ttl) { return jwt.sign(claims, key, { expiresIn: ttl }); }\n  mint() { return this.#sign({ user_id: 1 }, ⟦'5m'⟧); }\n}",
        "class A {\n  #sign(claims, ttl) { return jwt.sign(claims, key, { expiresIn: ttl }); }\n  mint() { return this.#sign({ user_id: 1 }, '1h'); }\n}",
        use(
          "class A {\n  #sign(claims, ttl) { return jwt.sign(claims, key, { expiresIn: ttl }); }\n  mint() { return this.#sign({ user_id: 1 }, '30m'); }\n}",
        ),
      ],
    ]),
  );
});

describe('options', () => {
  testMintTwins(
    NAME,
    rule,
    'short',
    pairs(JSONWEBTOKEN, [
      [
        '`minSeconds`',
        "jwt.sign({}, key, { expiresIn: ⟦'59m'⟧ });",
        "jwt.sign({}, key, { expiresIn: '1h' });",
        { ...use("jwt.sign({}, key, { expiresIn: '1h' });"), options: [{ minSeconds: 3600 }] },
      ],
      [
        '`tokens: "all"`',
        "jwt.sign({}, secret, { expiresIn: ⟦'5m'⟧ });",
        "jwt.sign({}, secret, { expiresIn: '1h' });",
        {
          ...use("jwt.sign({}, secret, { expiresIn: '30m' });"),
          options: [{ tokens: 'all' }],
          data: { subject: 'This token', lasts: 'lasts 5 minutes', minimum: '30 minutes' },
        },
      ],
    ]),
  );
});

test('a file whose text names no way to mint is not looked into', () => {
  const code = "sign({ user_id: 1 }, process.env.INTERCOM_SECRET, { expiresIn: '5m' });";
  const messages = new Linter().verify(code, plugin.configs.recommended, { filename: 'mint.js' });
  expect(messages).toEqual([]);
});

test('the message tells the life in words, and what is needed', () => {
  const code =
    "import { sign } from 'jsonwebtoken';\nsign({ user_id: 1 }, process.env.INTERCOM_SECRET, { expiresIn: 5 * 60 });";
  const messages = new Linter().verify(code, plugin.configs.recommended, { filename: 'mint.js' });
  expect(messages.map(({ message }) => message)).toEqual([
    'This Intercom user JWT lasts 5 minutes, so it can expire while the app is away or offline. Let it last at least 30 minutes.',
  ]);
});

test('the message tells that the life is that of a default', () => {
  const code =
    "import { sign } from 'jsonwebtoken';\nsign({ user_id: 1 }, process.env.INTERCOM_SECRET, { expiresIn: process.env.TTL ?? '5m' });";
  const messages = new Linter().verify(code, plugin.configs.recommended, { filename: 'mint.js' });
  expect(messages.map(({ message }) => message)).toEqual([
    'This Intercom user JWT lasts 5 minutes by default, so it can expire while the app is away or offline. Let it last at least 30 minutes.',
  ]);
});
