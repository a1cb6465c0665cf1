/** Lives, keys and options that are constants of other modules of the project. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { ESLint } from 'eslint';
import { afterAll, describe, expect, test } from 'vitest';

import plugin from '../../src/index.ts';

const ROOT = realpathSync(mkdtempSync(join(tmpdir(), 'constants-')));
let count = 0;

afterAll(() => {
  rmSync(ROOT, { recursive: true });
});

/** What is reported in `mint.js` of a project of these files. */
async function reportsIn(
  mint: string,
  others: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<readonly string[]> {
  const cwd = join(ROOT, String(count++));
  const files = { 'package.json': '{"type":"module"}', 'package-lock.json': '{}', ...others };
  for (const [name, text] of Object.entries({ ...files, 'mint.js': mint })) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  const eslint = new ESLint({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [...plugin.configs.strict, { settings: { 'intercom-jwt': settings } }],
  });
  const [result] = await eslint.lintFiles(['mint.js']);
  return (result?.messages ?? []).map(
    ({ messageId, line, column }) => `${messageId ?? ''} ${line}:${column}`,
  );
}

const mint = (load: string, ttl: string): string =>
  `import jwt from 'jsonwebtoken';
${load}
export const mint = (id) => jwt.sign({ user_id: id }, process.env.INTERCOM_SECRET, { expiresIn: ${ttl} });`;

const SHORT = ['short 3:97'];

describe('a life in another module', () => {
  test.each([
    ['a constant', "import { TTL } from './config.js';", 'TTL', 'export const TTL = NUMBER;'],
    [
      'under another name',
      "import { TTL as life } from './config.js';",
      'life',
      'const SECONDS = NUMBER;\nexport { SECONDS as TTL };',
    ],
    [
      'a member of the default export',
      "import config from './config.js';",
      'config.ttl',
      'export default { ttl: NUMBER };',
    ],
    [
      'of a namespace',
      "import * as config from './config.js';",
      'config.TTL',
      'export const TTL = NUMBER;',
    ],
    [
      'computed there',
      "import { TTL } from './config.js';",
      'TTL',
      'const MINUTE = 60;\nexport const TTL = (NUMBER / 60) * MINUTE;',
    ],
    [
      'of a module of its own',
      "import { TTL } from './config.js';",
      'TTL',
      "import { TTL as life } from './more.js';\nexport const TTL = life;",
    ],
    [
      'among what is left of an object',
      "import config from './config.js'; const { name, ...rest } = config;",
      'rest.ttl',
      "export default { name: 'intercom', ttl: NUMBER };",
    ],
    ['through a barrel', "import { TTL } from './barrel.js';", 'TTL', 'export const TTL = NUMBER;'],
  ])('%s', async (_name, load, ttl, config) => {
    const files = (seconds: number): Record<string, string> => ({
      'config.js': config.replace('NUMBER', String(seconds)),
      'more.js': `export const TTL = ${seconds};`,
      'barrel.js': "export * from './config.js';",
    });
    expect(await reportsIn(mint(load, ttl), files(300))).toEqual(SHORT);
    expect(await reportsIn(mint(load, ttl), files(3600))).toEqual([]);
  });

  test('is not looked up where the settings say so', async () => {
    const files = { 'config.js': 'export const TTL = 300;' };
    const text = mint("import { TTL } from './config.js';", 'TTL');
    expect(await reportsIn(text, files)).toEqual(SHORT);
    expect(await reportsIn(text, files, { crossFile: false })).toEqual([]);
  });

  test('a module that is missing, broken or its own importer tells nothing', async () => {
    const text = mint("import { TTL } from './config.js';", 'TTL');
    expect(await reportsIn(text, {})).toEqual([]);
    expect(await reportsIn(text, { 'config.js': 'export const TTL = ;' })).toEqual([]);
    expect(await reportsIn(text, { 'config.js': "export { TTL } from './config.js';" })).toEqual(
      [],
    );
    expect(await reportsIn(text, { 'config.js': "export * from './mint.js';" })).toEqual([]);
  });
});

test('options of another module are reported where they are given', async () => {
  const text = `import jwt from 'jsonwebtoken';
import { options } from './options.js';
export const mint = (id) => jwt.sign({ user_id: id }, process.env.INTERCOM_SECRET, options);`;
  const options = (ttl: string) => ({
    'options.js': `export const options = { algorithm: 'HS256', expiresIn: '${ttl}' };`,
  });
  expect(await reportsIn(text, options('5m'))).toEqual(['short 3:84']);
  expect(await reportsIn(text, options('1h'))).toEqual([]);
  expect(await reportsIn(text, { 'options.js': 'export const options = {};' })).toEqual([
    'missing 3:29',
  ]);
});

test('a secret that another module has in its code', async () => {
  const text = `import jwt from 'jsonwebtoken';
import { INTERCOM_SECRET } from './secrets.js';
export const mint = (id) => jwt.sign({ user_id: id }, INTERCOM_SECRET, { expiresIn: '1h' });`;
  const secret = (value: string) => ({ 'secrets.js': `export const INTERCOM_SECRET = ${value};` });
  expect(await reportsIn(text, secret("'a-secret'"))).toEqual(['literal 3:55']);
  expect(await reportsIn(text, secret('process.env.INTERCOM_SECRET'))).toEqual([]);
});

test('a setting of another module has its default', async () => {
  const text = mint("import { env } from './env.js';", 'env.TTL');
  const env = (seconds: number) => ({
    'env.js': `import { z } from 'zod';
export const env = z.object({ TTL: z.coerce.number().default(${seconds}) }).parse(process.env);`,
  });
  expect(await reportsIn(text, env(300))).toEqual(SHORT);
  expect(await reportsIn(text, env(3600))).toEqual([]);
});
