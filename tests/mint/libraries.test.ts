/** How imports are read, and which version of a library counts. */

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { readSpecifier } from '../../src/mint/libraries/specifiers.ts';
import { shortestOf } from '../../src/mint/life/limits.ts';
import { mintsOf } from '../../src/mint/model.ts';
import { parsed } from '../helpers/parsed.ts';

const ROOT = mkdtempSync(join(tmpdir(), 'versions-'));

afterAll(() => {
  rmSync(ROOT, { recursive: true });
});

let count = 0;

/** A folder in which packages are installed at these versions. */
function folderWith(name: string, versions: Readonly<Record<string, string>>): string {
  const folder = join(ROOT, name);
  mkdirSync(folder);
  for (const [module, version] of Object.entries(versions)) {
    install(folder, module, JSON.stringify({ name: module, version }));
  }
  return folder;
}

function install(folder: string, module: string, manifest: string): void {
  const directory = join(folder, 'node_modules', module);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), manifest);
}

/** The shortest life of the mint in a program, in seconds; null where it is not known. */
function lifeIn(folder: string, text: string): number | null {
  const [mint] = mintsOf(parsed(text), join(folder, 'src', 'mint.ts'))?.mints() ?? [];
  if (mint === undefined) throw new Error('no mint');
  return shortestOf(mint.expiry)?.seconds ?? null;
}

test.each([
  ['jose', 'jose', null],
  ['npm:jose@5.2.0', 'jose', '5.2.0'],
  ['npm:jose/jwt/sign', 'jose/jwt/sign', null],
  ['https://deno.land/x/jose@v4.14.4/index.ts', 'jose', '4.14.4'],
  ['https://deno.land/x/jose@v3.1.0/jwt/sign.ts', 'jose/jwt/sign', '3.1.0'],
  ['https://esm.sh/jose@5', 'jose', '5'],
  ['https://esm.sh/@nestjs/jwt@10.2.0', '@nestjs/jwt', '10.2.0'],
  ['jsr:@hono/hono@4.1/jwt', '@hono/hono/jwt', '4.1'],
  ['jsr:@zaubrik/djwt', '@zaubrik/djwt', null],
])('%s', (specifier, name, version) => {
  expect(readSpecifier(specifier)).toEqual({ name, version });
});

test('a relative specifier names no package', () => {
  expect(readSpecifier('./jose')).toBeNull();
});

describe('the installed version decides', () => {
  const both =
    "import { createSigner } from 'fast-jwt';\ncreateSigner({ key, expiresIn: '5m' })({ exp: Math.floor(Date.now() / 1000) + 60 });";

  test.each([
    ['fast-jwt 6.2, where the claim wins', '6.2.4', 60],
    ['fast-jwt 6.3, where the option wins', '6.3.0', 300],
    ['fast-jwt 7', '7.0.0', 300],
  ])('%s', (_name, version, life) => {
    expect(lifeIn(folderWith(`fast-${version}`, { 'fast-jwt': version }), both)).toBe(life);
  });

  test('the newest does where it is not known', () => {
    expect(lifeIn(folderWith('none', {}), both)).toBe(300);
  });

  test('a manifest that cannot be read tells nothing', () => {
    const folder = folderWith('broken', {});
    install(folder, 'fast-jwt', '{ "version":');
    expect(lifeIn(folder, both)).toBe(300);
  });

  test.each([
    ['package-lock.json', '{"packages":{"node_modules/fast-jwt":{"version":"6.2.1"}}}'],
    ['yarn.lock', 'fast-jwt@^6.0.0:\n  version "6.2.1"\n  resolved "https://x"\n'],
    [
      'yarn.lock',
      '"fast-jwt@npm:^6.0.0, fast-jwt@npm:^6.1.0":\n  version: 6.2.1\n  resolution: "fast-jwt@npm:6.2.1"\n',
    ],
    ['pnpm-lock.yaml', 'packages:\n\n  fast-jwt@6.2.1:\n    resolution: {}\n'],
    ['pnpm-lock.yaml', 'packages:\n\n  /fast-jwt/6.2.1:\n    resolution: {}\n'],
    ['bun.lock', '{"packages":{"fast-jwt":["fast-jwt@6.2.1","",{}]}}'],
    ['deno.lock', '{"version":"4","specifiers":{"npm:fast-jwt@6":"6.2.1"}}'],
    ['package.json', '{"dependencies":{"fast-jwt":"~6.2.0"}}'],
    ['package.json', '{"devDependencies":{"fast-jwt":"^5.0.0"}}'],
    ['deno.json', '{"imports":{"fast-jwt":"npm:fast-jwt@~6.2.0"}}'],
    ['import_map.json', '{"imports":{"fast-jwt":"https://esm.sh/fast-jwt@6.2.1"}}'],
  ])('or, where it is not installed, %s: %s', (file, text) => {
    const folder = folderWith(`asked-${String(count++)}`, {});
    writeFileSync(join(folder, file), text);
    expect(lifeIn(folder, both)).toBe(60);
    writeFileSync(join(folder, file), text.replaceAll(/6\.2\.[01]|5\.0\.0/gu, '6.3.1'));
    utimesSync(join(folder, file), 0, 0);
    expect(lifeIn(folder, `${both}\n`)).toBe(300);
  });

  test('the lock file comes before what is asked for', () => {
    const folder = folderWith('locked', {});
    writeFileSync(join(folder, 'package.json'), '{"dependencies":{"fast-jwt":"^6.3.0"}}');
    expect(lifeIn(folder, both)).toBe(300);
    const lock = '{"packages":{"node_modules/fast-jwt":{"version":"6.2.1"}}}';
    writeFileSync(join(folder, 'package-lock.json'), lock);
    expect(lifeIn(folder, `${both}\n`)).toBe(60);
  });

  test('a version that refuses a value has no say where it is not known', () => {
    const date =
      "import { SignJWT } from 'jose';\nnew SignJWT({}).setExpirationTime(new Date(Date.now() + 300_000)).sign(key);";
    expect(lifeIn(folderWith('jose-unknown', {}), date)).toBe(300);
    expect(lifeIn(folderWith('jose-old', { jose: '4.15.9' }), date)).toBeNull();
  });

  test('a manifest is read again when it has changed', () => {
    const folder = folderWith('changed', { 'fast-jwt': '6.2.0' });
    expect(lifeIn(folder, both)).toBe(60);
    install(folder, 'fast-jwt', JSON.stringify({ version: '6.3.1' }));
    utimesSync(join(folder, 'node_modules/fast-jwt/package.json'), 0, 0);
    expect(lifeIn(folder, `${both}\n`)).toBe(300);
  });

  test('the fast-jwt that @fastify/jwt has inside', () => {
    const text =
      "import Fastify from 'fastify';\nFastify().jwt.sign({ exp: Math.floor(Date.now() / 1000) + 60 }, { expiresIn: '5m' });";
    const folder = folderWith('fastify', { 'fast-jwt': '5.0.0', '@fastify/jwt': '10.0.0' });
    expect(lifeIn(folder, text)).toBe(60);
    install(join(folder, 'node_modules', '@fastify', 'jwt'), 'fast-jwt', '{"version":"6.3.0"}');
    expect(lifeIn(folder, `${text}\n`)).toBe(300);
  });

  const ago = (from: string): string =>
    `import { SignJWT } from '${from}';\nnew SignJWT({}).setExpirationTime('5m from now').sign(key);`;

  test('jose 4 takes no `from now`', () => {
    expect(lifeIn(folderWith('jose-5', { jose: '5.1.0' }), ago('jose'))).toBe(300);
    expect(lifeIn(folderWith('jose-4', { jose: '4.15.9' }), ago('jose'))).toBeNull();
  });

  test('a version in the specifier comes first', () => {
    const folder = folderWith('jose-both', { jose: '4.15.9' });
    expect(lifeIn(folder, ago('npm:jose@6'))).toBe(300);
  });

  test('elysia took no expiry in a call before 1.3', () => {
    const text =
      "import { Elysia } from 'elysia';\nimport { jwt } from '@elysiajs/jwt';\nnew Elysia().use(jwt({ secret, exp: '1h' })).get('/', ({ jwt }) => jwt.sign({ exp: '5m' }));";
    expect(lifeIn(folderWith('elysia-3', { '@elysiajs/jwt': '1.3.0' }), text)).toBe(300);
    expect(lifeIn(folderWith('elysia-2', { '@elysiajs/jwt': '1.2.0' }), text)).toBe(3600);
  });
});
