/**
 * The libraries that mint tokens: where each takes the payload, the key and the life, and how it
 * reads them. Data alone; `mints` and `life` do the reading.
 *
 * Sources: the published packages. The file that a row was read from stands beside it.
 */

import { seconds, type Seconds } from '../../values/duration.ts';
import type { GrammarName } from '../../values/time/grammar.ts';

/** Which argument of a call, and which property of it. */
export type Place = readonly [argument: number, ...path: string[]];

/** How a library reads a value that says when a token begins or ends. */
export interface Reader {
  /** Whether a number is a length of time or a time since the epoch. */
  readonly means: 'span' | 'time';
  /** The unit of a number; null where a number is refused. */
  readonly unit: 'seconds' | 'milliseconds' | null;
  /** How a text is read; null where it is not: a verifier refuses such a token. */
  readonly text: GrammarName | null;
  /** Whether a `Date` is read as the time that it is. */
  readonly dates: boolean;
  /** Whether an object that is a length of time is read as one. */
  readonly spans: boolean;
  /** Whether a number with a fraction is refused. */
  readonly whole: boolean;
  /** What becomes of `undefined`. */
  readonly missing: 'refused' | 'ignored';
  /** What becomes of 0. */
  readonly zero: 'read' | 'ignored';
  /** What becomes of a number below 0. */
  readonly negative: 'read' | 'refused';
}

/** How a library, from one of its versions on, makes a life of what it is told. */
export interface Dialect {
  readonly since: readonly [major: number, minor: number];
  /** How it reads the claim `exp`; null where it drops or overwrites it. */
  readonly claim: Reader | null;
  /** How it reads the option, or the method, that sets the expiry. */
  readonly option: Reader | null;
  /** How it reads the option, or the method, that sets the start. */
  readonly start: Reader | null;
  /** What a length of time is counted from: the claim `iat`, if there is one, or the clock. */
  readonly base: 'iat' | 'now';
  /** What wins where both the claim and the option are given. */
  readonly both: 'claim' | 'option' | 'refused';
  /** The life of a token of which nothing is said; null where it has no end. */
  readonly omitted: Seconds | null;
}

export interface Library {
  /** The package, as messages call it. */
  readonly name: string;
  /** The packages that lead to the one whose version decides, each found from the one before. */
  readonly installed: readonly string[];
  /** By rising version. */
  readonly dialects: readonly [Dialect, ...Dialect[]];
}

/** Where the parts of a token are among the options of a call or of a set-up. */
export interface Options {
  readonly at: Place;
  readonly keys: readonly (readonly string[])[];
  readonly lives: readonly (readonly string[])[];
  readonly starts: readonly (readonly string[])[];
  /** Whether a function in the place of the options is a callback. */
  readonly isCallback?: boolean;
}

/** What a function that signs takes. */
export interface Signing {
  readonly payload: Place;
  readonly key: Place | null;
  readonly header: Place | null;
  readonly options: Options | null;
}

/** A method of an object that is told step by step what to put into a token. */
export type BuilderStep =
  | { readonly sets: 'life' | 'start' | 'key' | 'header' }
  | { readonly sets: 'claim'; readonly claim: string }
  /** The first argument names the claim, the second is its value. */
  | { readonly sets: 'named' };

/** Something of a library, as a value. */
export type Api =
  | { readonly kind: 'namespace'; readonly members: Readonly<Record<string, Api>> }
  | { readonly kind: 'sign'; readonly library: Library; readonly signing: Signing }
  /** A function whose result signs: its options are set up before. */
  | {
      readonly kind: 'factory';
      readonly library: Library;
      readonly setup: Options;
      readonly signing: Signing;
    }
  /** A class, or a function, that makes an object which is told of the token step by step. */
  | {
      readonly kind: 'builder';
      readonly library: Library;
      readonly payload: Place;
      readonly key: Place | null;
      readonly steps: Readonly<Record<string, BuilderStep>>;
      /** The methods that give the token, with the place of the key. */
      readonly ends: Readonly<Record<string, Place | null>>;
      /** The property that holds the claims. */
      readonly body: string | null;
      /** The claims of the payload that are overwritten at once. */
      readonly overwritten: readonly string[];
    }
  /** A class whose instances sign, and are set up by {@link setups}, here or in another file. */
  | {
      readonly kind: 'service';
      readonly library: Library;
      readonly methods: Readonly<Record<string, Signing>>;
      readonly setup: Options;
    }
  /** A function that sets up a service, or the plugin of one. */
  | { readonly kind: 'setup'; readonly library: Library; readonly setup: Options }
  /** An application, a request or a reply of a framework that a plugin adds a signer to. */
  | { readonly kind: 'host'; readonly host: 'fastify' | 'request' | 'reply' | 'elysia' };

const CLAIM: Reader = {
  means: 'time',
  unit: 'seconds',
  text: null,
  dates: false,
  spans: false,
  whole: false,
  missing: 'ignored',
  zero: 'read',
  negative: 'read',
};

const SPAN: Reader = { ...CLAIM, means: 'span' };

/** A library that leaves the claims as they are. */
const CLAIMS_ONLY: Dialect = {
  since: [0, 0],
  claim: CLAIM,
  option: null,
  start: null,
  base: 'now',
  both: 'claim',
  omitted: null,
};

function library(name: string, ...dialects: readonly [Dialect, ...Dialect[]]): Library {
  return { name, installed: [name], dialects };
}

/** jsonwebtoken 8 and 9, sign.js and lib/timespan.js. */
const JSONWEBTOKEN_DIALECT: Dialect = {
  ...CLAIMS_ONLY,
  claim: { ...CLAIM, missing: 'refused' },
  option: { ...SPAN, text: 'ms', whole: true, missing: 'refused' },
  start: { ...SPAN, text: 'ms', whole: true, missing: 'refused' },
  base: 'iat',
  both: 'refused',
};
const JSONWEBTOKEN = library('jsonwebtoken', JSONWEBTOKEN_DIALECT);

/** @nestjs/jwt 10 to 12, dist/jwt.service.js: jsonwebtoken inside. */
const NEST = library('@nestjs/jwt', JSONWEBTOKEN_DIALECT);

/** jose 4, dist/node/esm/jwt/produce.js and lib/secs.js. */
const JOSE_4_TIME: Reader = { ...CLAIM, text: 'jose-4', missing: 'refused' };
/** jose 5 and 6, lib/jwt_claims_set.js. */
const JOSE_TIME: Reader = { ...JOSE_4_TIME, text: 'jose', dates: true };
const JOSE_4: Dialect = {
  ...CLAIMS_ONLY,
  option: JOSE_4_TIME,
  start: JOSE_4_TIME,
  both: 'option',
};
const JOSE = library('jose', JOSE_4, {
  ...JOSE_4,
  since: [5, 0],
  option: JOSE_TIME,
  start: JOSE_TIME,
});

/** @elysiajs/jwt 1.2 and 1.4, dist/index.mjs: jose inside. */
const ELYSIA_TIME: Reader = { ...JOSE_TIME, missing: 'ignored' };
const ELYSIA_OLD: Dialect = {
  ...CLAIMS_ONLY,
  claim: null,
  option: ELYSIA_TIME,
  start: ELYSIA_TIME,
};
const ELYSIA = library('@elysiajs/jwt', ELYSIA_OLD, {
  ...ELYSIA_OLD,
  since: [1, 3],
  claim: ELYSIA_TIME,
});

/** fast-jwt, src/signer.js: before 6.3 the claim won. */
const FAST_JWT_OLD: Dialect = {
  ...CLAIMS_ONLY,
  claim: { ...CLAIM, whole: true, zero: 'ignored', negative: 'refused' },
  option: { ...SPAN, unit: 'milliseconds', text: 'lukeed', zero: 'ignored', negative: 'refused' },
  start: { ...SPAN, unit: 'milliseconds', text: 'lukeed', zero: 'ignored', negative: 'refused' },
  base: 'iat',
  both: 'claim',
};
const FAST_JWT_NEW: Dialect = {
  ...FAST_JWT_OLD,
  since: [6, 3],
  option: { ...SPAN, unit: 'milliseconds', text: 'lukeed' },
  start: { ...SPAN, unit: 'milliseconds', text: 'lukeed', negative: 'refused' },
  both: 'option',
};
const FAST_JWT = library('fast-jwt', FAST_JWT_OLD, FAST_JWT_NEW);

/** @fastify/jwt 8 to 10, index.js: fast-jwt inside, numbers times 1000. */
const FASTIFY_DIALECT = (inner: Dialect): Dialect => ({
  ...inner,
  option: inner.option && { ...inner.option, unit: 'seconds' },
  start: inner.start && { ...inner.start, unit: 'seconds' },
});
const FASTIFY: Library = {
  name: '@fastify/jwt',
  installed: ['@fastify/jwt', 'fast-jwt'],
  dialects: [FASTIFY_DIALECT(FAST_JWT_OLD), FASTIFY_DIALECT(FAST_JWT_NEW)],
};

/** njwt 2, index.js: `create` overwrites the claim `exp` by one hour from now. */
const NJWT_TIME: Reader = {
  ...CLAIM,
  unit: 'milliseconds',
  text: 'date',
  dates: true,
  zero: 'ignored',
};
const NJWT = library('njwt', {
  ...CLAIMS_ONLY,
  option: NJWT_TIME,
  start: NJWT_TIME,
  both: 'option',
  omitted: seconds(3600),
});

/** @hapi/jwt 3, lib/token.js: counted from the clock, whatever `iat` says. */
const HAPI = library('@hapi/jwt', {
  ...CLAIMS_ONLY,
  option: { ...SPAN, zero: 'ignored' },
});

/** oslo 1, dist/jwt/index.js. */
const OSLO = library('oslo', {
  ...CLAIMS_ONLY,
  option: { ...SPAN, unit: null, spans: true },
  start: { ...CLAIM, unit: null, dates: true },
  both: 'option',
});

const claimsOnly = (name: string): Library => library(name, CLAIMS_ONLY);

/** react-native-pure-jwt 3, ios/RNPureJwt.m: `exp` is in milliseconds. */
const PURE_JWT = library('react-native-pure-jwt', {
  ...CLAIMS_ONLY,
  claim: { ...CLAIM, unit: 'milliseconds' },
});

/** A signer that the file writes itself. */
export const HAND_ROLLED: Library = claimsOnly('a JWT');

function sign(
  of: Library,
  payload: Place,
  key: Place | null,
  more: { readonly header?: Place; readonly options?: Options } = {},
): Api {
  const { header = null, options = null } = more;
  return { kind: 'sign', library: of, signing: { payload, key, header, options } };
}

function namespace(members: Readonly<Record<string, Api>>): Api {
  return { kind: 'namespace', members };
}

const JSONWEBTOKEN_OPTIONS: Options = {
  at: [2],
  keys: [],
  lives: [['expiresIn']],
  starts: [['notBefore']],
  isCallback: true,
};

const NEST_SIGNING: Signing = {
  payload: [0],
  key: null,
  header: [1, 'header'],
  options: {
    at: [1],
    keys: [['secret'], ['privateKey']],
    lives: [['expiresIn']],
    starts: [['notBefore']],
  },
};

const NEST_SETUP: Options = {
  at: [0],
  keys: [['secret'], ['privateKey'], ['secretOrPrivateKey']],
  lives: [['signOptions', 'expiresIn']],
  starts: [['signOptions', 'notBefore']],
};

/** The method of a class that Nest asks for the options of its service: of a `JwtOptionsFactory`. */
export const OPTIONS_METHOD = { name: 'createJwtOptions', library: NEST, options: NEST_SETUP };

const JOSE_STEPS: Readonly<Record<string, BuilderStep>> = {
  setExpirationTime: { sets: 'life' },
  setNotBefore: { sets: 'start' },
  setIssuedAt: { sets: 'claim', claim: 'iat' },
  setIssuer: { sets: 'claim', claim: 'iss' },
  setSubject: { sets: 'claim', claim: 'sub' },
  setAudience: { sets: 'claim', claim: 'aud' },
  setJti: { sets: 'claim', claim: 'jti' },
  setProtectedHeader: { sets: 'header' },
};

function joseBuilder(end: string, key: Place | null): Api {
  return {
    kind: 'builder',
    library: JOSE,
    payload: [0],
    key: null,
    steps: JOSE_STEPS,
    ends: { [end]: key },
    body: null,
    overwritten: [],
  };
}

const JOSE_SIGN = joseBuilder('sign', [0]);
const JOSE_API = namespace({
  SignJWT: JOSE_SIGN,
  EncryptJWT: joseBuilder('encrypt', [0]),
  UnsecuredJWT: joseBuilder('encode', null),
});
/** jose 3: a file for each export, as its default. */
const JOSE_SIGN_FILE = namespace({ SignJWT: JOSE_SIGN, default: JOSE_SIGN });

const FAST_JWT_SETUP: Options = {
  at: [0],
  keys: [['key']],
  lives: [['expiresIn']],
  starts: [['notBefore']],
};

/** `app.jwt.sign(payload, options)` of @fastify/jwt. */
export const FASTIFY_SIGN: Signing = {
  payload: [0],
  key: null,
  header: null,
  options: {
    at: [1],
    keys: [['key']],
    lives: [['expiresIn']],
    starts: [['notBefore']],
    isCallback: true,
  },
};

/** `reply.jwtSign(payload, options)` of @fastify/jwt, whose options may stand under `sign`. */
export const FASTIFY_REPLY_SIGN: Signing = {
  ...FASTIFY_SIGN,
  options: {
    at: [1],
    keys: [['key'], ['sign', 'key']],
    lives: [['expiresIn'], ['sign', 'expiresIn']],
    starts: [['notBefore'], ['sign', 'notBefore']],
    isCallback: true,
  },
};

/** `jwt.sign(payload)` of @elysiajs/jwt, from the context of a handler. */
export const ELYSIA_SIGN: Signing = { payload: [0], key: null, header: null, options: null };
export const ELYSIA_LIBRARY = ELYSIA;
export const FASTIFY_LIBRARY = FASTIFY;

const FASTIFY_PLUGIN: Api = {
  kind: 'setup',
  library: FASTIFY,
  setup: {
    at: [1],
    keys: [['secret'], ['secret', 'private'], ['sign', 'key']],
    lives: [['sign', 'expiresIn']],
    starts: [['sign', 'notBefore']],
  },
};
const FASTIFY_APP: Api = { kind: 'host', host: 'fastify' };

const ELYSIA_PLUGIN: Api = {
  kind: 'setup',
  library: ELYSIA,
  setup: { at: [0], keys: [['secret']], lives: [['exp']], starts: [['nbf']] },
};

const HONO_SIGN = sign(claimsOnly('hono/jwt'), [0], [1]);
const HONO_API = namespace({
  sign: HONO_SIGN,
  Jwt: namespace({ sign: HONO_SIGN }),
});

const DJWT_API = namespace({
  create: sign(claimsOnly('djwt'), [1], [2], { header: [0] }),
});

const JWS = claimsOnly('jws');
const JWS_API = namespace({
  sign: sign(JWS, [0, 'payload'], [0, 'secret'], { header: [0, 'header'] }),
  createSign: sign(JWS, [0, 'payload'], [0, 'secret'], { header: [0, 'header'] }),
});

const NJWT_CREATE: Api = {
  kind: 'builder',
  library: NJWT,
  payload: [0],
  key: [1],
  steps: {
    setExpiration: { sets: 'life' },
    setNotBefore: { sets: 'start' },
    setIssuedAt: { sets: 'claim', claim: 'iat' },
    setSubject: { sets: 'claim', claim: 'sub' },
    setIssuer: { sets: 'claim', claim: 'iss' },
    setJti: { sets: 'claim', claim: 'jti' },
    setClaim: { sets: 'named' },
    setSigningKey: { sets: 'key' },
  },
  ends: { compact: null, toString: null },
  body: 'body',
  overwritten: ['exp'],
};

const OSLO_API = namespace({
  createJWT: sign(OSLO, [2], [1], {
    options: { at: [3], keys: [], lives: [['expiresIn']], starts: [['notBefore']] },
  }),
});

const HAPI_API = namespace({
  token: namespace({
    generate: sign(HAPI, [0], [1], {
      options: { at: [2], keys: [], lives: [['ttlSec']], starts: [] },
    }),
  }),
});

const TSNDR = claimsOnly('@tsndr/cloudflare-worker-jwt');
const JWT_SIMPLE = claimsOnly('jwt-simple');
const JWT_ENCODE = sign(claimsOnly('jwt-encode'), [0], [1]);

/**
 * What a module is, by its name with its path and without its version. A module whose value is no
 * namespace is what `module.exports` is. `default` is left out where it is the module itself.
 */
export const MODULES: Readonly<Record<string, Api>> = {
  jsonwebtoken: namespace({
    sign: sign(JSONWEBTOKEN, [0], [1], { header: [2, 'header'], options: JSONWEBTOKEN_OPTIONS }),
  }),
  '@nestjs/jwt': namespace({
    JwtService: {
      kind: 'service',
      library: NEST,
      methods: { sign: NEST_SIGNING, signAsync: NEST_SIGNING },
      setup: NEST_SETUP,
    },
    JwtModule: namespace({
      register: { kind: 'setup', library: NEST, setup: NEST_SETUP },
      registerAsync: { kind: 'setup', library: NEST, setup: NEST_SETUP },
    }),
  }),
  jose: JOSE_API,
  'jose-node-cjs-runtime': JOSE_API,
  'jose-browser-runtime': JOSE_API,
  'jose/jwt/sign': JOSE_SIGN_FILE,
  'fast-jwt': namespace({
    createSigner: {
      kind: 'factory',
      library: FAST_JWT,
      setup: FAST_JWT_SETUP,
      signing: { payload: [0], key: null, header: null, options: null },
    },
  }),
  '@fastify/jwt': namespace({ default: FASTIFY_PLUGIN, fastifyJwt: FASTIFY_PLUGIN }),
  fastify: namespace({
    default: FASTIFY_APP,
    fastify: FASTIFY_APP,
    FastifyInstance: FASTIFY_APP,
    FastifyRequest: { kind: 'host', host: 'request' },
    FastifyReply: { kind: 'host', host: 'reply' },
  }),
  'hono/jwt': HONO_API,
  'hono/utils/jwt': HONO_API,
  '@hono/hono/jwt': HONO_API,
  '@hono/hono/utils/jwt': HONO_API,
  'jwt-simple': namespace({ encode: sign(JWT_SIMPLE, [0], [1]) }),
  njwt: namespace({ create: NJWT_CREATE }),
  jsrsasign: namespace({
    KJUR: namespace({
      jws: namespace({
        JWS: namespace({ sign: sign(claimsOnly('jsrsasign'), [2], [3], { header: [1] }) }),
      }),
    }),
  }),
  jws: JWS_API,
  '@tsndr/cloudflare-worker-jwt': namespace({ sign: sign(TSNDR, [0], [1]) }),
  '@elysiajs/jwt': namespace({ default: ELYSIA_PLUGIN, jwt: ELYSIA_PLUGIN }),
  elysia: namespace({ Elysia: { kind: 'host', host: 'elysia' } }),
  '@hapi/jwt': HAPI_API,
  'oslo/jwt': OSLO_API,
  'jwt-encode': JWT_ENCODE,
  djwt: DJWT_API,
  '@zaubrik/djwt': DJWT_API,
  'expo-jwt': namespace({ encode: sign(claimsOnly('expo-jwt'), [0], [1]) }),
  'react-native-pure-jwt': namespace({ sign: sign(PURE_JWT, [0], [1]) }),
};

/** Packages whose tokens are of another service. */
export const FOREIGN_PACKAGES =
  /^(?:livekit-server-sdk|twilio|agora-(?:access-)?token|atlassian-jwt|atlassian-connect-express)(?:$|\/)/;
