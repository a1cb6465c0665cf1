/** Forms of minting code, by library: the code of a function that returns a token. */

/** Programs of one library at one version. */
export interface Group {
  readonly name: string;
  /** The packages that the programs get under other names than they are installed by. */
  readonly links?: Readonly<Record<string, string>>;
  /** What stands before the functions. */
  readonly prologue: string;
  /** Expressions that give a token, or bodies of functions in braces. */
  readonly forms: readonly string[];
}

/** How the claim `exp` is written where a library reads none but that. */
const CLAIMS = [
  'Math.floor(Date.now() / 1000) + 300',
  'Math.floor(Date.now() / 1000) + 5 * 60',
  'Math.floor((Date.now() + 5 * 60 * 1000) / 1000)',
  'Math.round(new Date().getTime() / 1000) + 60 * 60',
  '(Date.now() / 1000 | 0) + 1800',
  '~~(+new Date() / 1e3) + 90',
  'Math.floor(Date.now() / 1000) - 10',
  'Date.now() + 300000',
  '300',
];

const EXPIRES_IN = [
  '300',
  "'300'",
  "'1800'",
  "'300s'",
  "'5m'",
  "'5 minutes'",
  "'0.5h'",
  "'2 days'",
  '60 * 5',
  '5 * 60 * 1000',
  "'3600000'",
  '-300',
  "'-5m'",
  '0',
  "'abc'",
  'undefined',
];

const jsonwebtoken = (version: string, links: Group['links']): Group => ({
  name: `jsonwebtoken ${version}`,
  ...(links && { links }),
  prologue: `
    import jwt from 'jsonwebtoken';
    const KEY = 'k'.repeat(32);
    const TTL = { short: '5m', hour: 60 * 60 };
    const NOW = () => Math.floor(Date.now() / 1000);
  `,
  forms: [
    ...EXPIRES_IN.map((value) => `jwt.sign({ user_id: 'u' }, KEY, { expiresIn: ${value} })`),
    ...CLAIMS.map((value) => `jwt.sign({ user_id: 'u', exp: ${value} }, KEY)`),
    "jwt.sign({ user_id: 'u' }, KEY)",
    "jwt.sign({ user_id: 'u', expiresIn: '5m' }, KEY)",
    "jwt.sign({ user_id: 'u' }, KEY, { algorithm: 'HS256', expiresIn: TTL.short })",
    "jwt.sign({ user_id: 'u' }, KEY, { expiresIn: TTL.hour })",
    "jwt.sign({ user_id: 'u' }, KEY, { expiresIn: 1.5 })",
    "jwt.sign({ user_id: 'u' }, KEY, { expiresIn: '300', notBefore: 0 })",
    "jwt.sign({ user_id: 'u' }, KEY, { expiresIn: 300, notBefore: 60 })",
    "jwt.sign({ user_id: 'u' }, KEY, { expiresIn: '1h', notBefore: '10m' })",
    "jwt.sign({ user_id: 'u', nbf: Math.floor(Date.now() / 1000) + 30 }, KEY, { expiresIn: 300 })",
    "jwt.sign({ user_id: 'u', iat: Math.floor(Date.now() / 1000) - 240 }, KEY, { expiresIn: 300 })",
    "jwt.sign({ user_id: 'u', iat: Math.floor(Date.now() / 1000) - 30 }, KEY, { expiresIn: '10m' })",
    "jwt.sign({ user_id: 'u', exp: Math.floor(Date.now() / 1000) + 60 }, KEY, { expiresIn: 300 })",
    "jwt.sign({ user_id: 'u', exp: '300' }, KEY)",
    // It is not seen when these begin.
    "jwt.sign({ user_id: 'u', exp: 300, nbf: Math.floor(Date.now() / 1000) + KEY.length }, KEY)",
    "jwt.sign({ user_id: 'u', exp: Date.now() + 300000, nbf: Math.floor(Date.now() / 1000) + KEY.length }, KEY)",
    "jwt.sign({ user_id: 'u' }, KEY, { expiresIn: 300, noTimestamp: true })",
    "{ const payload = { user_id: 'u' }; payload.exp = NOW() + 120; return jwt.sign(payload, KEY); }",
    "{ const options = { expiresIn: '45m' }; return jwt.sign({ user_id: 'u' }, KEY, { ...options }); }",
    "{ const claims = { user_id: 'u' }; return jwt.sign({ ...claims, exp: NOW() + 77 }, KEY); }",
    "{ const exp = NOW() + 99; return jwt.sign({ exp, user_id: 'u' }, KEY); }",
    "{ const LIVES = { ios: '21m', android: '21m' }; const [os] = ['ios'].filter(() => true); return jwt.sign({ user_id: 'u' }, KEY, { expiresIn: LIVES[os] }); }",
    "{ const LIVES = new Map([['ios', 500], ['android', 500]]); const [os] = ['ios'].filter(() => true); return jwt.sign({ user_id: 'u' }, KEY, { expiresIn: LIVES.get(os) }); }",
    "{ const LIVES = Object.fromEntries([['ios', '22m'], ['android', '22m']]); const [os] = ['ios'].filter(() => true); return jwt.sign({ user_id: 'u' }, KEY, { expiresIn: LIVES[os] }); }",
    "{ const { cache, ...options } = { cache: true, expiresIn: '23m' }; return jwt.sign({ user_id: 'u' }, KEY, options); }",
    "{ const { sign } = jwt; return sign({ user_id: 'u' }, KEY, { expiresIn: '7m' }); }",
    "{ const now = Math.floor(Date.now() / 1000); return jwt.sign({ user_id: 'u', iat: now, exp: now + 240 }, KEY); }",
    "{ function make(ttl = '6m') { return jwt.sign({ user_id: 'u' }, KEY, { expiresIn: ttl }); } return make(); }",
    'new Promise((resolve, reject) => jwt.sign({}, KEY, { expiresIn: 300 }, (e, t) => (e ? reject(e) : resolve(t))))',
    'new Promise((resolve, reject) => jwt.sign({}, KEY, (e, t) => (e ? reject(e) : resolve(t))))',
  ],
});

const JOSE_TIMES = [
  "'5m'",
  "'5 minutes'",
  "'1 hour'",
  "'300s'",
  "'1.5h'",
  "'2 days'",
  "'1 week'",
  "'300'",
  "'.5h'",
  "'5m ago'",
  "'-5m'",
  "'+ 5m'",
  "'10m from now'",
  '300',
  'Math.floor(Date.now() / 1000) + 300',
  'Date.now() + 300000',
  'new Date(Date.now() + 5 * 60 * 1000)',
  'new Date(Math.floor(Date.now() / 1000) + 300)',
  'undefined',
];

const jose = (version: string, links: Group['links']): Group => ({
  name: `jose ${version}`,
  ...(links && { links }),
  prologue: `
    import { SignJWT } from 'jose';
    import * as jose from 'jose';
    const KEY = new TextEncoder().encode('k'.repeat(32));
    const TTL = 20;
  `,
  forms: [
    ...JOSE_TIMES.map(
      (time) =>
        `new SignJWT({ user_id: 'u' }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(${time}).sign(KEY)`,
    ),
    "new SignJWT({ user_id: 'u' }).setProtectedHeader({ alg: 'HS256' }).sign(KEY)",
    "new jose.SignJWT({ user_id: 'u', exp: Math.floor(Date.now() / 1000) + 55 }).setProtectedHeader({ alg: 'HS256' }).sign(KEY)",
    "new SignJWT({ exp: 5 }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('7m').sign(KEY)",
    "new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setIssuedAt(Math.floor(Date.now() / 1000) - 240).setExpirationTime('5m').sign(KEY)",
    "new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setNotBefore('1m').setExpirationTime('5m').sign(KEY)",
    "new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('5m').setExpirationTime('6m').sign(KEY)",
    "new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(`${TTL}m`).sign(KEY)",
    "{ const jwt = new SignJWT({ user_id: 'u' }); jwt.setProtectedHeader({ alg: 'HS256' }); jwt.setExpirationTime('11m'); return jwt.sign(KEY); }",
    "{ let jwt = new SignJWT({ user_id: 'u' }).setProtectedHeader({ alg: 'HS256' }); jwt = jwt.setExpirationTime('12m'); return await jwt.sign(KEY); }",
    "new jose.UnsecuredJWT({ user_id: 'u' }).setExpirationTime('13m').encode()",
  ],
});

const FAST_JWT_OPTIONS = [
  '300',
  '300000',
  "'300'",
  "'5m'",
  '60 * 1000',
  '0',
  "'1 hour'",
  'undefined',
];

const fastJwt = (version: string, links: Group['links']): Group => ({
  name: `fast-jwt ${version}`,
  ...(links && { links }),
  prologue: `
    import { createSigner } from 'fast-jwt';
    const key = 'k'.repeat(32);
    const sign = createSigner({ key, expiresIn: 8 * 60 * 1000 });
  `,
  forms: [
    ...FAST_JWT_OPTIONS.map(
      (value) => `createSigner({ key, expiresIn: ${value} })({ user_id: 'u' })`,
    ),
    ...CLAIMS.slice(0, 6).map((exp) => `createSigner({ key })({ user_id: 'u', exp: ${exp} })`),
    "createSigner({ key })({ user_id: 'u' })",
    "sign({ user_id: 'u' })",
    "sign({ user_id: 'u', exp: Math.floor(Date.now() / 1000) + 33 })",
    'createSigner({ key, expiresIn: 600000 })({ iat: Math.floor(Date.now() / 1000) - 240 })',
    "createSigner({ key, expiresIn: 600000, notBefore: 60000 })({ user_id: 'u' })",
    // What is set up here signs where no mint is seen.
    "[createSigner({ key, expiresIn: 420000 })].map((signer) => signer({ user_id: 'u' })).at(0)",
  ],
});

const claimsOnly = (
  name: string,
  prologue: string,
  mint: (exp: string) => string,
  own: readonly string[] = [],
): Group => ({
  name,
  prologue: `${prologue}\nconst KEY = 'k'.repeat(32);`,
  forms: [
    ...[...CLAIMS, ...own].map((exp) => mint(`{ user_id: 'u', exp: ${exp} }`)),
    mint("{ user_id: 'u' }"),
  ],
});

export const GROUPS: readonly Group[] = [
  jsonwebtoken('9', undefined),
  jsonwebtoken('8', { jsonwebtoken: 'jsonwebtoken8' }),
  jose('6', undefined),
  jose('5', { jose: 'jose5' }),
  jose('4', { jose: 'jose4' }),
  fastJwt('6', undefined),
  fastJwt('5', { 'fast-jwt': 'fast-jwt5' }),
  {
    name: '@nestjs/jwt',
    prologue: `
      import { JwtService } from '@nestjs/jwt';
      const secret = 'k'.repeat(32);
      const plain = new JwtService({ secret });
      const timed = new JwtService({ secret, signOptions: { expiresIn: '5m' } });
      const misplaced = new JwtService({ secret, expiresIn: '5m' });
      class Extended extends JwtService {
        constructor() { super({ secret, signOptions: { expiresIn: '16m' } }); }
      }
    `,
    forms: [
      ...EXPIRES_IN.map((value) => `plain.sign({ user_id: 'u' }, { expiresIn: ${value} })`),
      "plain.sign({ user_id: 'u' })",
      "plain.signAsync({ user_id: 'u' }, { secret, expiresIn: '9m' })",
      "timed.sign({ user_id: 'u' })",
      "timed.signAsync({ user_id: 'u' }, { expiresIn: 61 })",
      "timed.sign({ user_id: 'u', exp: Math.floor(Date.now() / 1000) + 60 })",
      "misplaced.sign({ user_id: 'u' })",
      "new Extended().sign({ user_id: 'u' })",
      "new Extended().sign({ user_id: 'u' }, { expiresIn: '17m' })",
      "[new JwtService({ secret, signOptions: { expiresIn: '18m' } })].map((service) => service.sign({ user_id: 'u' })).at(0)",
      "plain.sign({ user_id: 'u', exp: Math.floor(Date.now() / 1000) + 60 })",
    ],
  },
  {
    name: '@fastify/jwt',
    prologue: `
      import Fastify from 'fastify';
      import fastifyJwt from '@fastify/jwt';
      const app = Fastify();
      await app.register(fastifyJwt, { secret: 'k'.repeat(32), sign: { expiresIn: '12m' } });
      app.get('/reply', async (request, reply) => reply.jwtSign({ user_id: 'u' }, { sign: { expiresIn: 400 } }));
      app.get('/flat', async (request, reply) => reply.jwtSign({ user_id: 'u' }, { expiresIn: '3m' }));
      app.get('/bare', async (request, reply) => reply.jwtSign({ user_id: 'u' }));
      await app.ready();
      export const close = () => app.close();
    `,
    forms: [
      "app.jwt.sign({ user_id: 'u' }, { expiresIn: 300 })",
      "app.jwt.sign({ user_id: 'u' }, { expiresIn: '300' })",
      "app.jwt.sign({ user_id: 'u' }, { expiresIn: '5m' })",
      "app.jwt.sign({ user_id: 'u' }, { expiresIn: 5 * 60 * 1000 })",
      "app.jwt.sign({ user_id: 'u' })",
      "app.jwt.sign({ user_id: 'u', iat: Math.floor(Date.now() / 1000) - 60 }, { expiresIn: 300 })",
    ],
  },
  claimsOnly('hono', "import { sign } from 'hono/jwt';", (claims) => `sign(${claims}, KEY)`),
  claimsOnly(
    'jwt-simple',
    "import jwt from 'jwt-simple';",
    (claims) => `jwt.encode(${claims}, KEY)`,
  ),
  claimsOnly(
    'jsrsasign',
    "import rs from 'jsrsasign';\nconst { KJUR } = rs;",
    (claims) => `KJUR.jws.JWS.sign('HS256', { alg: 'HS256' }, JSON.stringify(${claims}), KEY)`,
    ['KJUR.jws.IntDate.getNow() + 300', "KJUR.jws.IntDate.get('now + 1hour') - 3000"],
  ),
  claimsOnly(
    'jws',
    "import jws from 'jws';",
    (claims) => `jws.sign({ header: { alg: 'HS256' }, payload: ${claims}, secret: KEY })`,
  ),
  claimsOnly(
    '@tsndr/cloudflare-worker-jwt',
    "import jwt from '@tsndr/cloudflare-worker-jwt';",
    (claims) => `jwt.sign(${claims}, KEY)`,
  ),
  claimsOnly('jwt-encode', "import sign from 'jwt-encode';", (claims) => `sign(${claims}, KEY)`),
  {
    name: 'njwt',
    prologue: "import nJwt from 'njwt';\nconst KEY = 'k'.repeat(32);",
    forms: [
      "nJwt.create({ user_id: 'u' }, KEY).compact()",
      "nJwt.create({ user_id: 'u', exp: Math.floor(Date.now() / 1000) + 5 }, KEY).compact()",
      'nJwt.create({}, KEY).setExpiration(Date.now() + 300000).compact()',
      'nJwt.create({}, KEY).setExpiration(new Date(Date.now() + 5 * 60 * 1000)).compact()',
      'nJwt.create({}, KEY).setExpiration(Math.floor(Date.now() / 1000) + 300).compact()',
      "nJwt.create({}, KEY).setClaim('exp', Math.floor(Date.now() / 1000) + 44).compact()",
      '{ const jwt = nJwt.create({}, KEY); jwt.setExpiration(new Date().getTime() + 60 * 60 * 1000); return jwt.compact(); }',
      '{ const jwt = nJwt.create({}, KEY); jwt.body.exp = Math.floor(Date.now() / 1000) + 66; return jwt.compact(); }',
      '{ const jwt = nJwt.create({}, KEY); jwt.setNotBefore(Date.now() + 60000).setExpiration(Date.now() + 300000); return jwt.compact(); }',
    ],
  },
  {
    name: '@hapi/jwt',
    prologue: "import Jwt from '@hapi/jwt';\nconst KEY = 'k'.repeat(32);",
    forms: [
      "Jwt.token.generate({ user_id: 'u' }, KEY, { ttlSec: 300 })",
      "Jwt.token.generate({ user_id: 'u' }, KEY, { ttlSec: 4 * 60 * 60 })",
      "Jwt.token.generate({ user_id: 'u' }, { key: KEY, algorithm: 'HS256' }, { ttlSec: 5 * 60 * 1000 })",
      "Jwt.token.generate({ user_id: 'u', iat: Math.floor(Date.now() / 1000) - 60 }, KEY, { ttlSec: 300 })",
      "Jwt.token.generate({ user_id: 'u', exp: Math.floor(Date.now() / 1000) + 60 }, KEY, { ttlSec: 300 })",
      "Jwt.token.generate({ user_id: 'u' }, KEY)",
      "Jwt.token.generate({ user_id: 'u' }, KEY, { ttlSec: 0 })",
    ],
  },
  {
    name: 'oslo',
    prologue: `
      import { TimeSpan } from 'oslo';
      import { createJWT } from 'oslo/jwt';
      const KEY = new TextEncoder().encode('k'.repeat(32));
    `,
    forms: [
      "createJWT('HS256', KEY, { user_id: 'u' }, { expiresIn: new TimeSpan(5, 'm') })",
      "createJWT('HS256', KEY, { user_id: 'u' }, { expiresIn: new TimeSpan(2, 'h') })",
      "createJWT('HS256', KEY, { user_id: 'u' }, { expiresIn: new TimeSpan(300, 's'), includeIssuedTimestamp: true })",
      "createJWT('HS256', KEY, { user_id: 'u', exp: Math.floor(Date.now() / 1000) + 60 }, { expiresIn: new TimeSpan(1, 'd') })",
      "createJWT('HS256', KEY, { user_id: 'u', exp: Math.floor(Date.now() / 1000) + 60 })",
      "createJWT('HS256', KEY, { user_id: 'u' }, { expiresIn: 300 })",
      "createJWT('HS256', KEY, { user_id: 'u' })",
    ],
  },
  {
    name: '@elysiajs/jwt',
    prologue: `
      import { Elysia } from 'elysia';
      import { jwt as plugin } from '@elysiajs/jwt';
      const app = new Elysia().use(plugin({ name: 'jwt', secret: 'k'.repeat(32), exp: '14m' }));
      const { jwt } = app.decorator;
      const run = (handler) => handler({ jwt });
    `,
    forms: [
      "run(({ jwt }) => jwt.sign({ user_id: 'u' }))",
      "run(({ jwt }) => jwt.sign({ user_id: 'u', exp: '5m' }))",
      "run(({ jwt }) => jwt.sign({ user_id: 'u', exp: Math.floor(Date.now() / 1000) + 300 }))",
      "run(({ jwt }) => jwt.sign({ user_id: 'u', exp: 300 }))",
      "run((context) => context.jwt.sign({ user_id: 'u', exp: '2h' }))",
    ],
  },
  {
    name: 'hand-rolled',
    prologue: `
      import { createHmac, webcrypto } from 'node:crypto';
      import CryptoJS from 'ts.cryptojs256';
      const KEY = 'k'.repeat(32);
      const { subtle } = webcrypto;
      const b64url = (value) => Buffer.from(value).toString('base64url');
      const encodeJson = (value) => b64url(JSON.stringify(value));
      const header = { alg: 'HS256', typ: 'JWT' };
      const soon = () => Math.floor(Date.now() / 1000) + 300;
    `,
    forms: [
      "{ const h = b64url(JSON.stringify({ alg: 'HS256' })); const p = b64url(JSON.stringify({ user_id: 'u', exp: soon() })); return `${h}.${p}.${createHmac('sha256', KEY).update(`${h}.${p}`).digest('base64url')}`; }",
      "{ const input = encodeJson(header) + '.' + encodeJson({ user_id: 'u', exp: Math.floor(Date.now() / 1000) + 120 }); return input + '.' + createHmac('sha256', KEY).update(input).digest('base64url'); }",
      "{ const payload = { user_id: 'u', exp: soon() }; const input = [encodeJson(header), encodeJson(payload)].join('.'); return [input, createHmac('sha256', KEY).update(input).digest('base64url')].join('.'); }",
      "{ const h = encodeJson(header); const p = encodeJson({ user_id: 'u', exp: soon() }); const s = createHmac('sha256', KEY).update(h).update('.').update(p).digest('base64url'); return [h, p, s].join('.'); }",
      "{ const input = `${encodeJson(header)}.${encodeJson({ user_id: 'u' })}`; return `${input}.${createHmac('sha256', KEY).update(input).digest('base64url')}`; }",
      "{ const input = `${encodeJson(header)}.${encodeJson({ user_id: 'u', exp: soon() })}`; const key = await subtle.importKey('raw', Buffer.from(KEY), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']); const s = await subtle.sign('HMAC', key, new TextEncoder().encode(input)); return `${input}.${Buffer.from(s).toString('base64url')}`; }",
      "{ const input = `${encodeJson(header)}.${encodeJson({ user_id: 'u', exp: soon() })}`; const s = CryptoJS.HmacSHA256(input, KEY); return `${input}.${CryptoJS.enc.Base64.stringify(s).replace(/=+$/, '').replace(/\\+/g, '-').replace(/\\//g, '_')}`; }",
      "{ const a = encodeJson(header); const b = encodeJson({ user_id: 'u', exp: soon() }); const input = a + '.' + b; const sign = (text, key) => createHmac('sha256', key).update(text).digest('base64url'); return input + '.' + sign(input, KEY); }",
      "{ const claims = { user_id: 'u', exp: soon() }; const payload = claims; const body = encodeJson(payload); const part = body; const input = [encodeJson(header), part].join('.'); const text = input; const sign = (signed) => createHmac('sha256', KEY).update(signed).digest('base64url'); return `${text}.${sign(text)}`; }",
      "{ const claims = { user_id: 'u' }; claims.exp = soon(); const input = `eyJhbGciOiJIUzI1NiJ9.${encodeJson({ ...claims })}`; return `${input}.${createHmac('sha256', KEY).update(input).digest('base64url')}`; }",
    ],
  },
];
