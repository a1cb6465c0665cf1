/** Which mints are of Intercom's user JWT. */

import { describe, expect, test } from 'vitest';

import { mintsOf } from '../../src/mint/model.ts';
import { parsed } from '../helpers/parsed.ts';

/** Whether each mint of a program is taken to be Intercom's. */
function judge(text: string, path = '/project/mint.ts'): readonly boolean[] {
  const mints = mintsOf(parsed(text), path)?.mints() ?? [];
  return mints.map(({ isIntercom }) => isIntercom);
}

type Pair = readonly [name: string, intercom: string, other: string];

function judgePairs(pairs: readonly Pair[], wrap = (code: string) => code): void {
  test.each(pairs)('%s', (_name, intercom, other) => {
    expect(judge(wrap(intercom)), intercom).toEqual([true]);
    expect(judge(wrap(other)), other).toEqual([false]);
  });
}

const IMPORT = "import jwt from 'jsonwebtoken';\n";

describe('the key', () => {
  const withKey = (key: string): string =>
    `${IMPORT}export const mint = (user, ctx, env, config) => jwt.sign({ user_id: user.id }, ${key}, { expiresIn: '5m' });`;

  judgePairs(
    [
      ['an environment variable', 'process.env.INTERCOM_SECRET', 'process.env.JWT_SECRET'],
      ['in brackets', "process.env['INTERCOM_JWT_SECRET']", "process.env['DOOR_JWT_SECRET']"],
      ['trimmed', 'process.env.INTERCOM_IDENTITY_KEY?.trim()', 'process.env.IDENTITY_KEY?.trim()'],
      ['with a fallback', "process.env.INTERCOM_SECRET ?? ''", "process.env.APP_SECRET ?? ''"],
      [
        'a chain of fallbacks',
        'env.A_SECRET || env.INTERCOM_SECRET',
        'env.A_SECRET || env.B_SECRET',
      ],
      ['of a context', 'ctx.env.INTERCOM_MESSENGER_SECRET', 'ctx.env.MESSENGER_SECRET'],
      ['of a configuration', 'config.intercom.jwtSecret', 'config.auth.jwtSecret'],
      ['by Deno', "Deno.env.get('INTERCOM_SECRET')", "Deno.env.get('JWT_SECRET')"],
      ['by a service', "config.get('intercom.secret')", "config.get('auth.secret')"],
      ['by Firebase', "defineSecret('INTERCOM_SECRET').value()", "defineSecret('JWT').value()"],
      ['a helper', 'intercomMessengerSecret()', 'messengerSecret()'],
      ['a helper that reads a name', "required('INTERCOM_SECRET')", "required('JWT_SECRET')"],
      [
        'encoded',
        'new TextEncoder().encode(env.INTERCOM_SECRET)',
        'new TextEncoder().encode(env.KEY)',
      ],
      ['a buffer', "Buffer.from(env.INTERCOM_SECRET, 'utf8')", "Buffer.from(env.SECRET, 'utf8')"],
      ['a name without a seam', 'env.intercomjwtKey', 'env.intercompanyKey'],
      ['what a function gives', 'async () => env.INTERCOM_SECRET', 'async () => env.SECRET'],
      ['in UTF-8', '{ utf8: env.INTERCOM_SECRET }', '{ utf8: env.SECRET }'],
      [
        'in an object',
        "{ key: env.INTERCOM_SECRET, algorithm: 'HS256' }",
        "{ key: env.SECRET, algorithm: 'HS256' }",
      ],
      ['a whole word', 'env.INTERCOM_SECRET', 'env.INTERCOMM_SECRET'],
      ['no API key', 'env.INTERCOM_SECRET_KEY', 'env.INTERCOM_API_KEY'],
      ['no access token', 'env.INTERCOM_SECRET', 'env.INTERCOM_ACCESS_TOKEN'],
      ['no webhook secret', 'env.INTERCOM_SECRET', 'env.INTERCOM_WEBHOOK_SECRET'],
      ['a name, and no value', "config.get('INTERCOM_SECRET')", "'intercom_jwt_secret'"],
      ['a fallback is a value', 'env.INTERCOM_SECRET', "env.DOOR_SECRET || 'intercom_jwt_secret'"],
    ],
    withKey,
  );

  judgePairs([
    [
      'through a constant',
      `${IMPORT}const key = process.env.INTERCOM_SECRET; jwt.sign({}, key, {});`,
      `${IMPORT}const key = process.env.SECRET; jwt.sign({}, key, {});`,
    ],
    [
      'destructured',
      `${IMPORT}const { INTERCOM_SECRET: key } = process.env; jwt.sign({}, key, {});`,
      `${IMPORT}const { SECRET: key } = process.env; jwt.sign({}, key, {});`,
    ],
    [
      'imported under another name',
      `${IMPORT}import { INTERCOM_SECRET as key } from './env'; jwt.sign({}, key, {});`,
      `${IMPORT}import { SECRET as key } from './env'; jwt.sign({}, key, {});`,
    ],
    [
      'a field',
      `${IMPORT}class A { key = process.env.INTERCOM_SECRET; f() { return jwt.sign({}, this.key); } }`,
      `${IMPORT}class A { key = process.env.SECRET; f() { return jwt.sign({}, this.key); } }`,
    ],
    [
      'a parameter, by a call',
      `${IMPORT}function f(key) { return jwt.sign({}, key); } f(process.env.INTERCOM_SECRET);`,
      `${IMPORT}function f(key) { return jwt.sign({}, key); } f(process.env.SECRET);`,
    ],
    [
      'by a function',
      `${IMPORT}const key = () => { const k = process.env.INTERCOM_SECRET; return enc.encode(k); }; jwt.sign({}, key());`,
      `${IMPORT}const key = () => { const k = process.env.SECRET; return enc.encode(k); }; jwt.sign({}, key());`,
    ],
    [
      'imported for WebCrypto',
      `const k = await crypto.subtle.importKey('raw', enc.encode(env.INTERCOM_SECRET), ALG, false, ['sign']);
       const data = \`\${b64(JSON.stringify({ alg: 'HS256' }))}.\${b64(JSON.stringify({ exp: 1 }))}\`;
       await crypto.subtle.sign('HMAC', k, enc.encode(data));`,
      `const k = await crypto.subtle.importKey('raw', enc.encode(env.SECRET), ALG, false, ['sign']);
       const data = \`\${b64(JSON.stringify({ alg: 'HS256' }))}.\${b64(JSON.stringify({ exp: 1 }))}\`;
       await crypto.subtle.sign('HMAC', k, enc.encode(data));`,
    ],
  ]);
});

describe('where the token goes', () => {
  judgePairs(
    [
      ['a variable', 'const intercomUserJwt = TOKEN;', 'const userJwt = TOKEN;'],
      ['a property', 'res.json({ intercom_user_jwt: TOKEN });', 'res.json({ user_jwt: TOKEN });'],
      ['a property of another case', 'f({ intercomJwt: TOKEN });', 'f({ jwt: TOKEN });'],
      ['an assignment', 'out.intercomJwt = await TOKEN;', 'out.jwt = await TOKEN;'],
      [
        'over a variable',
        'const token = TOKEN; f({ intercom_user_jwt: token });',
        'const token = TOKEN; f({ token });',
      ],
      ['the client', 'await Intercom.setUserJwt(TOKEN);', 'await Intercom.setUserHash(TOKEN);'],
      [
        'a prop',
        'const page = <Messenger intercomUserJwt={TOKEN} />;',
        'const page = <Messenger userJwt={TOKEN} />;',
      ],
      ['no intercompany name', 'f({ intercomJwt: TOKEN });', 'f({ interCommJwt: TOKEN });'],
    ],
    (code) => `${IMPORT}${code.replace('TOKEN', 'jwt.sign({ sub: id }, secret)')}`,
  );
});

describe('where the token goes, from a promise, a callback or a function', () => {
  judgePairs(
    [
      [
        'the handler of its promise',
        'signAsync({}, secret).then((intercomJwt) => intercomJwt);',
        'signAsync({}, secret).then((userJwt) => userJwt);',
      ],
      [
        'a property, from the handler of its promise',
        'signAsync({}, secret).then((token) => ({ intercom_user_jwt: token }));',
        'signAsync({}, secret).then((token) => ({ user_jwt: token }));',
      ],
      [
        'the client as the handler',
        'signAsync({}, secret).catch(log).then(Intercom.setUserJwt);',
        'signAsync({}, secret).catch(log).then(Intercom.setUserHash);',
      ],
      [
        'a callback',
        'jwt.sign({}, secret, {}, (error, token) => res.json({ intercomUserJwt: token }));',
        'jwt.sign({}, secret, {}, (error, token) => res.json({ userJwt: token }));',
      ],
      [
        'what a function returns',
        'function token() { return jwt.sign({}, secret); } f({ intercom_user_jwt: token() });',
        'function token() { return jwt.sign({}, secret); } f({ user_jwt: token() });',
      ],
      [
        'what a function promises',
        'const token = async (id) => jwt.sign({ id }, secret); token(1).then((t) => Intercom.setUserJwt(t));',
        'const token = async (id) => jwt.sign({ id }, secret); token(1).then((t) => Intercom.setUserHash(t));',
      ],
    ],
    (code) => `${IMPORT}const signAsync = promisify(jwt.sign);\n${code}`,
  );
});

describe('names around it, with the claim `user_id`', () => {
  judgePairs(
    [
      [
        'a function',
        'function intercomToken(u) { return jwt.sign({ user_id: u.id }, secret); }',
        'function doorToken(u) { return jwt.sign({ user_id: u.id }, secret); }',
      ],
      [
        'the claim counts',
        'const intercomAuth = (u) => jwt.sign({ user_id: u.id }, secret);',
        'const intercomAuth = (u) => jwt.sign({ sub: u.id }, secret);',
      ],
      [
        'a class',
        'class IntercomService { auth(u) { return jwt.sign({ user_id: u.id }, this.secret); } }',
        'class IntercomService { auth(u) { return jwt.sign({ id: u.id }, this.secret); } }',
      ],
      [
        'a variable',
        'const intercom = jwt.sign({ user_id: id }, secret);',
        'const intercompany = jwt.sign({ user_id: id }, secret);',
      ],
      [
        'the constant that is the life',
        'jwt.sign({ user_id: id }, secret, { expiresIn: INTERCOM_TTL });',
        'jwt.sign({ user_id: id }, secret, { expiresIn: DOOR_TTL });',
      ],
      [
        'a claim that is assigned later',
        'function intercom(u) { const p = {}; p.user_id = u.id; return jwt.sign(p, secret); }',
        'function intercom(u) { const p = {}; p.sub = u.id; return jwt.sign(p, secret); }',
      ],
      [
        'the caller of a helper that is given the claims',
        'const sign = (p) => jwt.sign(p, secret); function intercomAuth() { return sign({ user_id: 1 }); }',
        'const sign = (p) => jwt.sign(p, secret); function doorAuth() { return sign({ user_id: 1 }); }',
      ],
    ],
    (code) => IMPORT + code,
  );

  test('a helper is judged call by call', () => {
    const code = `${IMPORT}
      const sign = (claims) => jwt.sign(claims, secret);
      export const mintIntercomJwt = () => sign({ user_id: 1 });
      export const signIn = () => sign({ sub: 1, type: 'access' });`;
    expect(judge(code)).toEqual([true, false]);
  });

  test('a helper that is given the key is judged call by call', () => {
    const code = `${IMPORT}
      const sign = (claims, { secret }) => jwt.sign(claims, secret);
      sign({ user_id: 1 }, { secret: env.INTERCOM_SECRET });
      sign({ sub: 1 }, { secret: env.JWT_SECRET });`;
    expect(judge(code)).toEqual([true, false]);
  });

  test('a key that is read from a parameter is that of the call', () => {
    const code = `${IMPORT}
      const sign = (options) => jwt.sign({ sub: 1 }, options.secret);
      sign({ secret: env.INTERCOM_SECRET });
      sign({ secret: env.JWT_SECRET });`;
    expect(judge(code)).toEqual([true, false]);
  });

  test('a key that a test in the helper chooses is that of the call', () => {
    const code = `${IMPORT}
      function sign(kind) {
        return jwt.sign({}, kind === 'intercom' ? env.INTERCOM_SECRET : env.JWT_SECRET);
      }
      sign('intercom');
      sign('session');`;
    expect(judge(code)).toEqual([true, false]);
  });

  test('a key that is assigned to a parameter is made of what the call gives', () => {
    const code = `${IMPORT}
      function sign(secret) { secret = secret.trim(); return jwt.sign({}, secret); }
      sign(env.INTERCOM_SECRET);
      sign(env.JWT_SECRET);`;
    expect(judge(code)).toEqual([true, false]);
  });

  test.each([
    ['', 'constructor(secret) { this.secret = secret; }'],
    [' with parameter properties', 'constructor(private readonly secret: string) {}'],
  ])('a method is judged by the object that it is called on%s', (_name, maker) => {
    const code = `${IMPORT}
      class Tokens {
        ${maker}
        sign(claims) { return jwt.sign(claims, this.secret); }
      }
      const session = new Tokens(env.JWT_SECRET);
      new Tokens(env.INTERCOM_SECRET).sign({ user_id: 1 });
      session.sign({ sub: 1 });`;
    // By itself, as other files may call it, its key is not known.
    expect(judge(code)).toEqual([true, false, false]);
  });

  test('a method that other files call is judged by the one object of its class', () => {
    const code = (key: string): string => `${IMPORT}
      export class Tokens {
        constructor(secret) { this.secret = secret; }
        sign(claims) { return jwt.sign(claims, this.secret); }
      }
      export const tokens = new Tokens(${key});`;
    expect(judge(code('env.INTERCOM_SECRET'))).toEqual([true]);
    expect(judge(code('env.JWT_SECRET'))).toEqual([false]);
    expect(judge(`${code('env.JWT_SECRET')} new Tokens(env.INTERCOM_SECRET);`)).toEqual([false]);
  });

  test('a key that a call from elsewhere gives is not known', () => {
    const code = `${IMPORT}
      export const sign = (claims, secret) => jwt.sign(claims, secret);
      sign({ user_id: 1 }, env.INTERCOM_SECRET);`;
    expect(judge(code)).toEqual([true, false]);
  });

  test('a helper is judged by the calls of the functions that call it', () => {
    const code = `${IMPORT}
      const mint = (claims, secret) => jwt.sign(claims, secret);
      const sign = (id, secret) => mint({ id }, secret);
      sign(1, env.INTERCOM_SECRET);
      sign(1, env.JWT_SECRET);`;
    expect(judge(code)).toEqual([true, false]);
  });

  test('functions that call each other come to an end', () => {
    const code = `${IMPORT}
      const mint = (claims, secret) => (claims ? jwt.sign(claims, secret) : sign(secret));
      const sign = (secret) => mint({}, secret);
      sign(env.INTERCOM_SECRET);`;
    expect(judge(code)).toContain(true);
  });

  test('a helper that is exported is judged by itself as well', () => {
    const code = `${IMPORT}
      export const sign = (claims) => jwt.sign(claims, secret);
      export const mintIntercomJwt = () => sign({ user_id: 1 });`;
    expect(judge(code)).toEqual([true, false]);
  });
});

describe('a function that says it mints one', () => {
  judgePairs(
    [
      [
        'a verb, and what is minted',
        'function mintIntercomToken(payload) { return jwt.sign(payload, secret); }',
        'function getIntercomToken(payload) { return jwt.sign(payload, secret); }',
      ],
      [
        'a noun is needed',
        'function createIntercomJwt(payload) { return jwt.sign(payload, secret); }',
        'function createIntercomCall(payload) { return jwt.sign(payload, secret); }',
      ],
      [
        'a method',
        'class A { async signIntercomUser(p) { return jwt.sign(p, secret); } }',
        'class A { async signUser(p) { return jwt.sign(p, secret); } }',
      ],
    ],
    (code) => IMPORT + code,
  );
});

describe('what is not Intercom’s, whatever else is', () => {
  const mint = (claims: string, header = ''): string =>
    `function mintIntercomToken() { return jwt.sign({ user_id: 1, ${claims} }, env.INTERCOM_SECRET, { expiresIn: '5m'${header} }); }`;

  judgePairs(
    [
      [
        'LiveKit',
        mint('name'),
        `import { AccessToken } from 'livekit-server-sdk';\n${mint('name')}`,
      ],
      ['Twilio', mint('name'), `import twilio from 'twilio';\n${mint('name')}`],
      ['Agora', mint('name'), `const agora = require('agora-access-token');\n${mint('name')}`],
      ['Atlassian', mint('name'), `import * as atlassian from 'atlassian-jwt';\n${mint('name')}`],
      ['grants', mint('plan: {}'), mint('grants: {}')],
      ['video', mint('vid: {}'), mint('video: {}')],
      ['voice', mint('voicemail: {}'), mint('voice: {}')],
      ['a room', mint('city: 1'), mint('room: 1')],
      ['who joins a room', mint('joined: 1'), mint('roomJoin: true')],
      ['a query hash', mint('iss: "intercom-app"'), mint('iss: "intercom-integration", qsh: "x"')],
      ['an API key of Twilio', mint('iss: "SKY"'), mint('iss: "SK0123456789abcdef"')],
      [
        'a content type of Twilio',
        mint('name', ", header: { cty: 'JWT' }"),
        mint('name', ", header: { cty: 'twilio-fpa;v=1' }"),
      ],
    ],
    (code) => IMPORT + code,
  );
});

describe('what makes a token the application’s own', () => {
  const mint = (claims: string): string =>
    `function intercomAuth() { return jwt.sign({ user_id: 1, ${claims} }, secret); }`;

  judgePairs(
    [
      ['a scope', mint('email'), mint('scope')],
      ['roles', mint('role'), mint('roles')],
      ['a role and a session', mint('role'), mint('role, sid')],
      ['a session', mint('session_count'), mint('sessionId')],
      ['scopes', mint('plans: []'), mint('scopes: []')],
      ['a purpose', mint('plan: 1'), mint("purpose: 'login'")],
      ['an identifier and a kind', mint('jti'), mint("jti, tokenType: 'user'")],
      ['an identity and a start', mint('identity: 1'), mint('identity: 1, nbf: 0')],
      ['an access token', mint("type: 'user'"), mint("type: 'access'")],
      ['a token that verifies', mint("typ: 'user'"), mint("typ: 'verification'")],
      ['a token of a session', mint("token_type: 'user'"), mint("token_type: 'session'")],
      ['a refresh token', mint("type: 'lead'"), mint("type: 'refresh'")],
      [
        'the name of its function',
        'class IntercomAuth { createToken() { return jwt.sign({ user_id: 1 }, secret); } }',
        'class IntercomAuth { createRefreshToken() { return jwt.sign({ user_id: 1 }, secret); } }',
      ],
      ...['Access', 'Verify', 'Reset', 'Invite', 'Magic', 'Session'].map((word): Pair => [
        `the word ${word} in the name of its function`,
        'class IntercomAuth { createToken() { return jwt.sign({ user_id: 1 }, secret); } }',
        `class IntercomAuth { create${word}Token() { return jwt.sign({ user_id: 1 }, secret); } }`,
      ]),
      [
        'what authorises Data Connectors',
        'Intercom.setUserJwt(jwt.sign({ user_id: 1 }, secret));',
        'Intercom.setAuthTokens({ token: jwt.sign({ user_id: 1 }, secret) });',
      ],
      [
        'but not where the same name says Intercom',
        'class Intercom { refreshIntercomJwt() { return jwt.sign({ user_id: 1 }, secret); } }',
        'class Intercom { refreshJwt() { return jwt.sign({ user_id: 1 }, secret); } }',
      ],
      [
        'but not where the key says Intercom',
        'function resetToken() { return jwt.sign({ user_id: 1 }, env.INTERCOM_SECRET); }',
        'function resetToken() { return jwt.sign({ user_id: 1 }, env.SECRET); }',
      ],
      [
        'but not where it goes to Intercom',
        'const a = { intercom_user_jwt: jwt.sign({ roles: [] }, secret) };',
        'const a = { intercom_data: jwt.sign({ roles: [], user_id: 1 }, secret) };',
      ],
    ],
    (code) => IMPORT + code,
  );
});

describe('other intercoms, and the API of Intercom', () => {
  const named = (name: string): string =>
    `function ${name}() { return jwt.sign({ user_id: 1 }, secret); }`;
  const claiming = (claim: string): string =>
    `function createIntercomToken() { return jwt.sign({ user_id: 1, ${claim}: 2 }, secret); }`;

  judgePairs(
    [
      ...['State', 'OAuth', 'Oauth', 'Call', 'Door', 'Panel', 'Device', 'Connector'].map(
        (word): Pair => [
          `the word ${word} in the name of the function`,
          named('createIntercomUserToken'),
          named(`createIntercom${word}Token`),
        ],
      ),
      [
        'the word door in the name of the class',
        'class IntercomUsers { createIntercomToken() { return jwt.sign({ user_id: 1 }, secret); } }',
        'class DoorIntercom { createIntercomToken() { return jwt.sign({ user_id: 1 }, secret); } }',
      ],
      ...['door_id', 'callId', 'deviceId', 'nonce'].map((claim): Pair => [
        `the claim ${claim}`,
        claiming('email'),
        claiming(claim),
      ]),
      [
        'but not where the key says Intercom',
        'function createDoorToken() { return jwt.sign({ nonce: 1 }, env.INTERCOM_SECRET); }',
        'function createDoorToken() { return jwt.sign({ nonce: 1 }, env.DOOR_SECRET); }',
      ],
      [
        'a value that is called as a secret is',
        "function sign() { return jwt.sign({ user_id: 1 }, env['INTERCOM_SECRET']); }",
        "function sign() { return jwt.sign({ user_id: 1 }, 'intercom_jwt_secret'); }",
      ],
      [
        'InterComm, and what is between companies',
        'const intercomToken = jwt.sign({ user_id: 1 }, secret);',
        'const interCommToken = jwt.sign({ user_id: 1 }, secret), intercompany = 1;',
      ],
    ],
    (code) => IMPORT + code,
  );
});

describe('what stands around a mint, but is no name of it', () => {
  const mint = `${IMPORT}export const token = (user) => jwt.sign({ user_id: user.id, email: user.email }, secret);`;

  test.each([
    ['the path of the file', '/project/app/api/intercom/token/route.ts', mint],
    [
      'a package of Intercom',
      '/project/mint.ts',
      `import { IntercomClient } from 'intercom-client';\n${mint}`,
    ],
    [
      'an address',
      '/project/mint.ts',
      `// https://www.intercom.com/help/en/articles/10589769\n${mint}`,
    ],
    ['a route', '/project/mint.ts', `${mint}\napp.get('/intercom/jwt', token);`],
  ])('%s', (_name, path, text) => {
    expect(judge(text, path)).toEqual([false]);
  });

  test('the tokens of the application, in the same file', () => {
    const code = `${IMPORT}
      export const intercomToken = (u) => jwt.sign({ user_id: u.id }, env.INTERCOM_SECRET);
      export const accessToken = (u) => jwt.sign({ user_id: u.id }, env.JWT_SECRET);
      export const refreshToken = (u) => jwt.sign({ user_id: u.id }, env.JWT_SECRET);
      export const resetToken = (u) => jwt.sign({ user_id: u.id }, env.JWT_SECRET);`;
    expect(judge(code)).toEqual([true, false, false, false]);
  });
});

describe('what is no mint', () => {
  const mints = (text: string): number =>
    mintsOf(parsed(text), '/project/mint.ts')?.mints().length ?? 0;

  test.each([
    [
      'the older hash of a user',
      "import { createHmac } from 'crypto'; createHmac('sha256', env.INTERCOM_SECRET).update(user.id).digest('hex');",
    ],
    [
      'a hash in base64url',
      "import { createHmac } from 'crypto'; createHmac('sha256', env.INTERCOM_SECRET).update(user.id).digest('base64url');",
    ],
    [
      'a hash of two joined identifiers',
      "import { createHmac } from 'crypto'; createHmac('sha256', env.INTERCOM_SECRET).update(`${a}.${b}`).digest('hex');",
    ],
    [
      'the check of a webhook',
      "import { createHmac } from 'crypto'; createHmac('sha1', env.INTERCOM_SECRET).update(body).digest('hex');",
    ],
    ['a verification', `${IMPORT}jwt.verify(token, env.INTERCOM_SECRET);`],
    ['a method that is called alike', "const jwt = { sign() {} }; jwt.sign({}, 'jsonwebtoken');"],
    [
      'an access token of the REST API',
      'export async function getIntercomToken(code) { return (await post("/oauth/jsonwebtoken", { code })).access_token; }',
    ],
    [
      'another package',
      "import { sign } from 'hono/cookie'; sign({ exp: 1 }, env.INTERCOM_SECRET);",
    ],
    [
      'a token of LiveKit for an intercom',
      "import { AccessToken } from 'livekit-server-sdk'; const intercomToken = new AccessToken(key, secret, { ttl: '5m' }).toJwt();",
    ],
    [
      'a token of Vonage for an intercom',
      "import { tokenGenerate } from '@vonage/jwt'; const intercomJwt = tokenGenerate(appId, key, { ttl: 60 });",
    ],
    [
      'a token of an app of GitHub',
      "import githubAppJwt from 'universal-github-app-jwt'; const intercomJwt = githubAppJwt({ id, privateKey });",
    ],
    [
      'a custom token of Firebase',
      "import { auth } from 'firebase-admin'; const intercomJwt = auth().createCustomToken(id, { exp: 300 });",
    ],
    [
      'a constant by itself',
      `${IMPORT}vi.mock('./config', () => ({ INTERCOM_TOKEN_TTL_SECONDS: 900 }));`,
    ],
    ['a type', "import type { SignJWT } from 'jose'; new SignJWT({});"],
  ])('%s', (_name, text) => {
    expect(mints(text)).toBe(0);
  });
});
