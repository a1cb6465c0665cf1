/** Secrets that modules of the environment, configurations and hashes get into the app. */

import { describe, expect, test } from 'vitest';

import { reportsOf } from '../helpers/mint-project.ts';

describe('a module of the environment', () => {
  test.each([
    ['react-native-dotenv', "import { NAME } from '@env';", 'NAME'],
    ['under another name', "import { NAME as key } from '@env';", 'NAME'],
    ['as a whole', "import * as env from '@env';\nf(env.NAME);", 'env.NAME'],
    [
      'react-native-config',
      "import Config from 'react-native-config';\nf(Config.NAME);",
      'Config.NAME',
    ],
    ['destructured', "import Config from 'react-native-config';\nconst { NAME } = Config;", 'NAME'],
    [
      'required',
      "const Config = require('react-native-config').default;\nf(Config.NAME);",
      'Config.NAME',
    ],
  ])('%s', (_name, text, at) => {
    const named = (name: string) => ({ 'app.ts': text.replaceAll('NAME', name) });
    expect(reportsOf(named('INTERCOM_SECRET'))).toEqual([
      `app.ts: bundled ${at.replace('NAME', 'INTERCOM_SECRET')}`,
    ]);
    expect(reportsOf(named('INTERCOM_APP_ID'))).toEqual([]);
    const other = text.replace(/@env|react-native-config/u, '@acme/server-config');
    expect(reportsOf({ 'app.ts': other.replaceAll('NAME', 'INTERCOM_SECRET') })).toEqual([]);
  });
});

describe('a configuration', () => {
  const value = 'process.env.INTERCOM_SECRET';
  test.each([
    [
      'Expo',
      'app.config.ts',
      `export default { extra: { apiUrl: 'x', intercom: ${value} } };`,
      'app.json.ts',
    ],
    [
      'Expo, by a function',
      'app.config.js',
      `export default ({ config }) => ({ ...config, extra: { keys: { intercom: ${value} } } });`,
      'app.other.js',
    ],
    [
      'Next.js',
      'next.config.js',
      `module.exports = { env: { SECRET: ${value} } };`,
      'jest.config.js',
    ],
    [
      'Nuxt',
      'nuxt.config.ts',
      `export default defineNuxtConfig({ runtimeConfig: { public: { secret: ${value} } } });`,
      'nuxt.other.ts',
    ],
    [
      'Vite',
      'vite.config.ts',
      `export default defineConfig({ define: { SECRET: JSON.stringify(${value}) } });`,
      'tool.config.ts',
    ],
  ])('%s', (_name, file, text, other) => {
    const at = text.includes('JSON') ? `JSON.stringify(${value})` : value;
    expect(reportsOf({ [file]: text })).toEqual([`${file}: bundled ${at}`]);
    expect(reportsOf({ [file]: text.replace('INTERCOM_SECRET', 'INTERCOM_APP_ID') })).toEqual([]);
    expect(reportsOf({ [other]: text })).toEqual([]);
  });

  test('by the name of the property', () => {
    const text = (name: string) => `export default { extra: { ${name}: load() } };`;
    expect(reportsOf({ 'app.config.ts': text('intercomSecret') })).toEqual([
      'app.config.ts: bundled load()',
    ]);
    expect(reportsOf({ 'app.config.ts': text('intercomAppId') })).toEqual([]);
    expect(
      reportsOf({ 'app.config.ts': "export default { extra: { intercomSecret: '' } };" }),
    ).toEqual([]);
  });

  test('keeps to itself what is not public', () => {
    const text = `export default { runtimeConfig: { intercomSecret: ${value}, public: { intercomAppId: '1' } } };`;
    expect(reportsOf({ 'nuxt.config.ts': text })).toEqual([]);
  });
});

describe('a hash with the key of Intercom', () => {
  test.each([
    ['createHmac', "createHmac('sha256', KEY).update(id).digest('hex')", 'KEY'],
    ['CryptoJS', 'CryptoJS.HmacSHA256(id, KEY).toString()', 'KEY'],
    ['js-sha256', 'sha256.hmac(KEY, id)', 'KEY'],
    ['noble', 'hmac(sha256, KEY, id)', 'KEY'],
  ])('%s', (_name, call, at) => {
    const text = (head: string, key: string) =>
      `${head}\nexport const hash = (id, config) => ${call.replace('KEY', key)};`;
    const [own, other] = ['config.intercomSecret', 'config.appSecret'];
    for (const head of ["'use client';", "import { View } from 'react-native';"]) {
      expect(reportsOf({ 'hash.ts': text(head, own) })).toEqual([
        `hash.ts: clientCode ${at.replace('KEY', own)}`,
      ]);
      expect(reportsOf({ 'hash.ts': text(head, other) })).toEqual([]);
    }
    expect(reportsOf({ 'hash.ts': text("import express from 'express';", own) })).toEqual([]);
  });
});
