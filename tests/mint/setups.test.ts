/** Set-ups that are judged by themselves: where no mint is seen that uses them. */

import { describe, expect, test } from 'vitest';

import { reportsOf } from '../helpers/mint-project.ts';

/** A set-up in a file of its own, and what is reported at its life. */
type Case = readonly [name: string, text: string, short: string, long: string];

const NEST = "import { JwtModule, JwtService } from '@nestjs/jwt';\n";
const CASES: readonly Case[] = [
  [
    'a signer of fast-jwt',
    `import { createSigner } from 'fast-jwt';
export const sign = createSigner({ key: process.env.INTERCOM_SECRET, expiresIn: LIFE });`,
    '300_000',
    '3_600_000',
  ],
  [
    'a module of Nest',
    `${NEST}export const imports = [JwtModule.register({ secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: LIFE } })];`,
    "'10m'",
    "'1h'",
  ],
  [
    'a factory of options',
    `${NEST}export const imports = [JwtModule.registerAsync({ useFactory: () => ({ secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: LIFE } }) })];`,
    "'10m'",
    "'1h'",
  ],
  [
    'an async factory with an injected config',
    `${NEST}export const imports = [JwtModule.registerAsync({
  inject: [ConfigService],
  useFactory: async (config: ConfigService) => {
    const secret = await config.get('INTERCOM_SECRET');
    return { secret, signOptions: { expiresIn: LIFE } };
  },
})];`,
    "'10m'",
    "'1h'",
  ],
  [
    'a default of an injected config',
    `${NEST}export const imports = [JwtModule.registerAsync({
  useFactory: (config: ConfigService) => ({ secret: config.get('INTERCOM_SECRET'), signOptions: { expiresIn: LIFE } }),
})];`,
    "config.get('TTL', '10m')",
    "config.get('TTL', '1h')",
  ],
  [
    'a registered config',
    `${NEST}import { registerAs } from '@nestjs/config';
const config = registerAs('jwt', () => ({ secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: LIFE } }));
export const imports = [JwtModule.registerAsync(config.asProvider())];`,
    "'10m'",
    "'1h'",
  ],
  [
    'a factory that has a name',
    `${NEST}function options() { return { secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: LIFE } }; }
export const imports = [JwtModule.registerAsync({ useFactory: options })];`,
    "'10m'",
    "'1h'",
  ],
  [
    'a class of options, used',
    `${NEST}class Config { createJwtOptions() { return { secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: LIFE } }; } }
export const imports = [JwtModule.registerAsync({ useClass: Config })];`,
    "'10m'",
    "'1h'",
  ],
  [
    'a class of options, by itself',
    `import type { JwtOptionsFactory } from '@nestjs/jwt';
export class Config implements JwtOptionsFactory { createJwtOptions() { return { secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: LIFE } }; } }`,
    "'10m'",
    "'1h'",
  ],
  [
    'a service that is extended',
    `${NEST}export class IntercomJwt extends JwtService { constructor() { super({ secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: LIFE } }); } }`,
    "'10m'",
    "'1h'",
  ],
  [
    'a service that is extended, and signs itself',
    `${NEST}export class Tokens extends JwtService {
  constructor() { super({ secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: LIFE } }); }
  token(id: string) { return this.sign({ user_id: id }); }
}`,
    "'10m'",
    "'1h'",
  ],
  [
    'a service that is provided',
    `${NEST}export const provider = { provide: 'INTERCOM_JWT', useFactory: () => new JwtService({ secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: LIFE } }) };`,
    "'10m'",
    "'1h'",
  ],
  [
    'a plugin of fastify',
    `import fastifyJwt from '@fastify/jwt';
export const setUp = (app) => app.register(fastifyJwt, { secret: process.env.INTERCOM_SECRET, sign: { expiresIn: LIFE } });`,
    "'10m'",
    "'1h'",
  ],
  [
    'a plugin of Elysia',
    `import { Elysia } from 'elysia';
import { jwt } from '@elysiajs/jwt';
export const app = new Elysia().use(jwt({ secret: process.env.INTERCOM_SECRET, exp: LIFE }));`,
    "'10m'",
    "'1h'",
  ],
];

describe('a set-up of Intercom tokens', () => {
  test.each(CASES)('%s', (_name, text, short, long) => {
    expect(reportsOf({ 'app.ts': text.replace('LIFE', short) })).toEqual([
      `app.ts: short ${short}`,
    ]);
    expect(reportsOf({ 'app.ts': text.replace('LIFE', long) })).toEqual([]);
    // The application's own.
    const own = text.replaceAll('INTERCOM_SECRET', 'JWT_SECRET');
    expect(reportsOf({ 'app.ts': own.replace('LIFE', short) })).toEqual([]);
  });
});

test.each([
  [
    'a registered config, injected',
    'ttl',
    `${NEST}import { registerAs, type ConfigType } from '@nestjs/config';
const settings = registerAs('jwt', () => ({ secret: process.env.INTERCOM_SECRET, ttl: LIFE }));
export const imports = [JwtModule.registerAsync({
  inject: [settings.KEY],
  useFactory: ({ secret, ttl }: ConfigType<typeof settings>) => ({ secret, signOptions: { expiresIn: ttl } }),
})];`,
  ],
  [
    'settings of convict',
    "config.get('ttl')",
    `import convict from 'convict';
${NEST}const config = convict({ ttl: { format: 'nat', default: LIFE, env: 'TTL' } });
export const imports = [JwtModule.register({ secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: config.get('ttl') } })];`,
  ],
])('%s, is told where it is read', (_name, at, text) => {
  expect(reportsOf({ 'app.ts': text.replace('LIFE', '600') })).toEqual([`app.ts: short ${at}`]);
  expect(reportsOf({ 'app.ts': text.replace('LIFE', '3600') })).toEqual([]);
});

test('a mistaken unit is told of any set-up', () => {
  const text = (life: string): string => `import { createSigner } from 'fast-jwt';
export const sign = createSigner({ key: process.env.JWT_SECRET, expiresIn: ${life} });`;
  expect(reportsOf({ 'sign.ts': text('300') })).toEqual(['sign.ts: secondSpan 300']);
  expect(reportsOf({ 'sign.ts': text('300_000') })).toEqual([]);
});

describe('a mint that says itself how long it lasts', () => {
  const setup = (life: string, key = 'INTERCOM_SECRET'): string => `${NEST}
import { TokenService } from './token.service';
@Module({ imports: [JwtModule.register({ secret: process.env.${key}, signOptions: { expiresIn: '${life}' } })], providers: [TokenService] })
export class AppModule {}`;
  const service = (options: string): string => `${NEST}
export class TokenService {
  constructor(private readonly jwt: JwtService) {}
  intercomToken(id: string) { return this.jwt.sign({ user_id: id }${options}); }
}`;

  test('wins over its set-up in another file', () => {
    expect(
      reportsOf({ 'app.ts': setup('5m'), 'token.service.ts': service(", { expiresIn: '1h' }") }),
    ).toEqual([]);
    expect(reportsOf({ 'app.ts': setup('5m'), 'token.service.ts': service('') })).toEqual([
      "app.ts: short '5m'",
    ]);
    expect(
      reportsOf({ 'app.ts': setup('1h'), 'token.service.ts': service(", { expiresIn: '5m' }") }),
    ).toEqual(["token.service.ts: short '5m'"]);
  });

  test('tells whose its set-up is', () => {
    const files = (life: string) => ({
      'app.ts': setup(life, 'JWT_SECRET'),
      'token.service.ts': service(''),
    });
    expect(reportsOf(files('5m'))).toEqual(["app.ts: short '5m'"]);
    expect(reportsOf(files('1h'))).toEqual([]);
    const { 'token.service.ts': text, ...others } = files('5m');
    const own = text.replaceAll(/intercom/giu, 'access').replace('user_id', 'sub');
    expect(reportsOf({ ...others, 'token.service.ts': own })).toEqual([]);
  });

  test('wins over its set-up in the same file', () => {
    const text = (exp: string): string => `import { createSigner } from 'fast-jwt';
const sign = createSigner({ key: process.env.INTERCOM_SECRET, expiresIn: 300_000 });
export const token = (id) => sign({ user_id: id, ${exp} });`;
    const old = { 'node_modules/fast-jwt/package.json': '{"name":"fast-jwt","version":"5.0.0"}' };
    const exp = 'exp: Math.floor(Date.now() / 1000) + 3600';
    expect(reportsOf({ ...old, 'sign.ts': text(exp) })).toEqual([]);
    expect(reportsOf({ ...old, 'sign.ts': text('') })).toEqual(['sign.ts: short 300_000']);
  });
});

test('a set-up is told once, where it is', () => {
  const sign = (life: string, key: string): string => `import { createSigner } from 'fast-jwt';
export const sign = createSigner({ key: process.env.${key}, expiresIn: ${life} });`;
  const use = `import { sign } from './sign';
export function createIntercomToken(id) { return sign({ user_id: id }); }`;
  expect(reportsOf({ 'sign.ts': sign('300_000', 'INTERCOM_SECRET'), 'use.ts': use })).toEqual([
    'sign.ts: short 300_000',
  ]);
  expect(reportsOf({ 'sign.ts': sign('300_000', 'JWT_SECRET'), 'use.ts': use })).toEqual([
    'use.ts: short sign({ user_id: id })',
  ]);
  expect(reportsOf({ 'sign.ts': sign('3_600_000', 'JWT_SECRET'), 'use.ts': use })).toEqual([]);
  expect(reportsOf({ 'sign.ts': sign('300', 'JWT_SECRET'), 'use.ts': use })).toEqual([
    'sign.ts: secondSpan 300',
  ]);
});

test('a registered config in another file', () => {
  const app = `${NEST}import jwtConfig from './jwt.config';
export const imports = [JwtModule.registerAsync(jwtConfig.asProvider())];`;
  const config = (life: string): string => `import { registerAs } from '@nestjs/config';
export default registerAs('jwt', () => ({ secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: '${life}' } }));`;
  expect(reportsOf({ 'app.ts': app, 'jwt.config.ts': config('5m') })).toEqual([
    'app.ts: short jwtConfig',
  ]);
  expect(reportsOf({ 'app.ts': app, 'jwt.config.ts': config('1h') })).toEqual([]);
});

test('a factory of options in another file', () => {
  const app = `${NEST}import { options } from './options';
export const imports = [JwtModule.registerAsync({ useFactory: options })];`;
  const options = (life: string): string =>
    `export const options = () => ({ secret: process.env.INTERCOM_SECRET, signOptions: { expiresIn: '${life}' } });`;
  expect(reportsOf({ 'app.ts': app, 'options.ts': options('5m') })).toEqual([
    'app.ts: short options',
  ]);
  expect(reportsOf({ 'app.ts': app, 'options.ts': options('1h') })).toEqual([]);
});
