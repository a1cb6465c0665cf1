/** Helpers in other files that mint: what a call of one gives is told at that call. */

import { describe, expect, test } from 'vitest';

import { reportsOf } from '../helpers/mint-project.ts';

const JWT = "import jwt from 'jsonwebtoken';\n";

/** A helper, the file that calls it, and where a short life is reported. */
type Case = readonly [name: string, helper: string, caller: string, at: string];

const CASES: readonly Case[] = [
  [
    'with the life as a parameter',
    `${JWT}export function signToken(payload, ttl) { return jwt.sign(payload, process.env.INTERCOM_SECRET, { expiresIn: ttl }); }`,
    `import { signToken } from './helper';
export const GET = (id) => signToken({ user_id: id }, LIFE);`,
    'LIFE',
  ],
  [
    'with the key as a parameter',
    `${JWT}export const signToken = (payload, key, ttl) => jwt.sign(payload, key, { expiresIn: ttl });`,
    `import { signToken } from './helper';
export const GET = (id) => signToken({ user_id: id }, process.env.INTERCOM_SECRET, LIFE);`,
    'LIFE',
  ],
  [
    'with options',
    `${JWT}export default function signToken(payload, options) { return jwt.sign(payload, process.env.INTERCOM_SECRET, options); }`,
    `import signToken from './helper';
export const GET = (id) => signToken({ user_id: id }, { algorithm: 'HS256', expiresIn: LIFE });`,
    'LIFE',
  ],
  [
    'with an object of settings',
    `${JWT}export function signToken(payload, settings) { return jwt.sign(payload, settings.key, { expiresIn: settings.ttl }); }`,
    `import { signToken } from './helper';
export const GET = (id) => signToken({ user_id: id }, { key: process.env.INTERCOM_SECRET, ttl: LIFE });`,
    'LIFE',
  ],
  [
    'with a pattern',
    `${JWT}export function signToken({ payload, ttl }) { return jwt.sign(payload, process.env.INTERCOM_SECRET, { expiresIn: ttl }); }`,
    `import * as tokens from './helper';
export const GET = (id) => tokens.signToken({ payload: { user_id: id }, ttl: LIFE });`,
    'LIFE',
  ],
  [
    'with a claim',
    `${JWT}export function signToken(payload) { return jwt.sign(payload, process.env.INTERCOM_SECRET); }`,
    `import { signToken } from './helper';
export const GET = (id) => signToken({ user_id: id, exp: Math.floor(Date.now() / 1000) + LIFE });`,
    'Math.floor(Date.now() / 1000) + LIFE',
  ],
  [
    'that is a static method',
    `${JWT}export class Tokens { static sign(payload, ttl) { return jwt.sign(payload, process.env.INTERCOM_SECRET, { expiresIn: ttl }); } }`,
    `import { Tokens } from './helper';
export const GET = (id) => Tokens.sign({ user_id: id }, LIFE);`,
    'LIFE',
  ],
  [
    'that is a method of a service',
    `${JWT}export class Tokens { sign(payload, ttl) { return jwt.sign(payload, process.env.INTERCOM_SECRET, { expiresIn: ttl }); } }`,
    `import { Tokens } from './helper';
export class Controller {
  constructor(private readonly tokens: Tokens) {}
  get(id) { return this.tokens.sign({ user_id: id }, LIFE); }
}`,
    'LIFE',
  ],
  [
    'that is constructed with the life',
    `${JWT}export class Tokens { constructor(ttl) { this.ttl = ttl; } sign(payload) { return jwt.sign(payload, process.env.INTERCOM_SECRET, { expiresIn: this.ttl }); } }`,
    `import { Tokens } from './helper';
const tokens = new Tokens(LIFE);
export const GET = (id) => tokens.sign({ user_id: id });`,
    'LIFE',
  ],
  [
    'that is exported by CommonJS',
    `const jwt = require('jsonwebtoken');
module.exports = { signToken: (payload, ttl) => jwt.sign(payload, process.env.INTERCOM_SECRET, { expiresIn: ttl }) };`,
    `const { signToken } = require('./helper');
exports.GET = (id) => signToken({ user_id: id }, LIFE);`,
    'LIFE',
  ],
  [
    'that signs step by step',
    `import { SignJWT } from 'jose';
export const signToken = (payload, ttl) => new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(ttl).sign(new TextEncoder().encode(process.env.INTERCOM_SECRET));`,
    `import { signToken } from './helper';
export const GET = (id) => signToken({ user_id: id }, LIFE);`,
    'LIFE',
  ],
  [
    'of which the names of the caller say whose token it is',
    `${JWT}export function signToken(payload, ttl) { return jwt.sign(payload, process.env.SECRET, { expiresIn: ttl }); }`,
    `import { signToken } from './helper';
export function createIntercomToken(id) { return signToken({ user_id: id }, LIFE); }`,
    'LIFE',
  ],
  [
    'of which a helper here gives the life',
    `${JWT}export function signToken(payload, ttl) { return jwt.sign(payload, process.env.INTERCOM_SECRET, { expiresIn: ttl }); }`,
    `import { signToken } from './helper';
const issue = (id, ttl) => signToken({ user_id: id }, ttl);
export const GET = (id) => issue(id, LIFE);`,
    'LIFE',
  ],
];

/** A length in the unit that a case takes. */
const lives = (caller: string): readonly [short: string, long: string] =>
  caller.includes('Date.now()') ? ['300', '3600'] : ["'5m'", "'1h'"];

describe('a helper in another file', () => {
  test.each(CASES)('%s', (_name, helper, caller, at) => {
    const [short, long] = lives(caller);
    const files = (life: string) => ({
      'helper.ts': helper,
      'caller.ts': caller.replace('LIFE', life),
    });
    expect(reportsOf(files(short))).toEqual([`caller.ts: short ${at.replace('LIFE', short)}`]);
    expect(reportsOf(files(long))).toEqual([]);
  });

  test('behind another file, and behind a barrel', () => {
    const files = (life: string) => ({
      'sign.ts': `${JWT}export const sign = (payload, ttl) => jwt.sign(payload, process.env.INTERCOM_SECRET, { expiresIn: ttl });`,
      'issue.ts': `import { sign } from './sign';
export const issue = (id, ttl) => sign({ user_id: id }, ttl);`,
      'index.ts': "export * from './issue';",
      'caller.ts': `import { issue } from './index';
export const intercom = (id) => issue(id, ${life});`,
    });
    expect(reportsOf(files("'5m'"))).toEqual(["caller.ts: short '5m'"]);
    expect(reportsOf(files("'1h'"))).toEqual([]);
  });

  test('in files that import each other', () => {
    const files = (life: string) => ({
      'a.ts': `${JWT}import { twice } from './b';
export const sign = (id, ttl) => jwt.sign({ user_id: id }, process.env.INTERCOM_SECRET, { expiresIn: ttl });
export const both = (id) => twice(id, ${life});`,
      'b.ts': `import { sign, both } from './a';
export const twice = (id, ttl) => (id ? sign(id, ttl) : both(id));`,
    });
    expect(reportsOf(files("'5m'"))).toEqual(["a.ts: short '5m'"]);
    expect(reportsOf(files("'1h'"))).toEqual([]);
  });

  test('is told by itself of what it says itself', () => {
    const files = (key: string) => ({
      'helper.ts': `${JWT}export const signToken = (payload) => jwt.sign(payload, process.env.${key}, { expiresIn: '5m' });`,
      'caller.ts': `import { signToken } from './helper';
export const createIntercomToken = (id) => signToken({ user_id: id });`,
    });
    expect(reportsOf(files('INTERCOM_SECRET'))).toEqual(["helper.ts: short '5m'"]);
    expect(reportsOf(files('SECRET'))).toEqual(['caller.ts: short signToken({ user_id: id })']);
  });

  test('is given no expiry, or no user', () => {
    const helper = `${JWT}export const signToken = (payload) => jwt.sign(payload, process.env.INTERCOM_SECRET);`;
    const caller = (claims: string): string => `import { signToken } from './helper';
export const token = (id) => signToken({ ${claims} });`;
    const reports = (claims: string) =>
      reportsOf({ 'helper.ts': helper, 'caller.ts': caller(claims) });
    expect(reports('user_id: id')).toEqual(['caller.ts: missing signToken({ user_id: id })']);
    const exp = 'exp: Math.floor(Date.now() / 1000) + 3600';
    expect(reports(`sub: id, ${exp}`)).toEqual([
      `caller.ts: misnamed signToken({ sub: id, ${exp} })`,
    ]);
    expect(reports(`user_id: id, ${exp}`)).toEqual([]);
  });

  test('is given a life in a wrong unit', () => {
    const helper = `${JWT}export const signToken = (payload, ttl) => jwt.sign(payload, process.env.SECRET, { expiresIn: ttl });`;
    const caller = (life: string): string => `import { signToken } from './helper';
export const token = (id) => signToken({ sub: id }, ${life});`;
    const reports = (life: string) => reportsOf({ 'helper.ts': helper, 'caller.ts': caller(life) });
    expect(reports("'300'")).toEqual(["caller.ts: bareText '300'"]);
    expect(reports("'300s'")).toEqual([]);
  });

  test('is given a secret of the code', () => {
    const helper = `${JWT}export const signToken = (payload, key) => jwt.sign(payload, key, { expiresIn: '1h' });`;
    const caller = (key: string): string => `import { signToken } from './helper';
export const createIntercomToken = (id) => signToken({ user_id: id }, ${key});`;
    const reports = (key: string) => reportsOf({ 'helper.ts': helper, 'caller.ts': caller(key) });
    expect(reports("'s3cret'")).toEqual(["caller.ts: literal 's3cret'"]);
    expect(reports('process.env.INTERCOM_SECRET')).toEqual([]);
  });
});
