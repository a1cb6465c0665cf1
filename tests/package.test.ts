/** What is published, as `npm publish` would do it: its files, its size, and what it brings along. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, test } from 'vitest';

import manifest from '../package.json' with { type: 'json' };
import { drawnFinding } from '../scripts/picture-svg.ts';
import { problemsOf, runtimePackages } from '../scripts/runtime-packages.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** What the tarball, and what is in it, may have of bytes. */
const MAX_PACKED = 450_000;
const MAX_UNPACKED = 1_800_000;

interface Published {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

describe('what `npm publish` would publish', () => {
  let published: Published;

  beforeAll(() => {
    const args = ['publish', '--dry-run', '--ignore-scripts', '--json'];
    const output = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' });
    const told = JSON.parse(output) as Published | Readonly<Record<string, Published>>;
    const found = 'files' in told ? (told as Published) : Object.values(told)[0];
    if (found === undefined) throw new Error(output);
    published = found;
  });

  test('is the build, and the pages that tell of it', () => {
    const names = published.files.map(({ path }) => path.replace(/-[\w-]{8}(?=\.js$)/u, '-hash'));
    const build = names.filter((name) => name.startsWith('dist/'));
    expect(names.filter((name) => !name.startsWith('dist/')).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    expect(build).toContain('dist/index.js');
    expect(build).toContain('dist/index.d.ts');
    expect(build).toContain('dist/cli.js');
    expect(build).toContain('dist/browser.js');
    expect(build).toContain('dist/browser.d.ts');
    expect(build.filter((name) => !/^dist\/[\w-]+\.(?:js|d\.ts)$/u.test(name))).toEqual([]);
  });

  test('is no larger than it may be', () => {
    expect(published.size).toBeLessThan(MAX_PACKED);
    expect(published.unpackedSize).toBeLessThan(MAX_UNPACKED);
  });
});

describe('what is installed with it', () => {
  const packages = runtimePackages();

  test('may be used by anybody, and runs no script', () => {
    expect(packages.length).toBeGreaterThan(10);
    expect(problemsOf(packages)).toEqual([]);
    const bad = { name: 'a', version: '1', license: 'GPL-3.0-only', hasInstallScript: true };
    expect(problemsOf([bad])).toHaveLength(2);
  });

  test('is what the page on versions says, each for a reason', () => {
    const text = readFileSync(new URL('../docs/versioning.md', import.meta.url), 'utf8');
    const [, section = ''] = text.split('\n## What it depends on\n');
    const named = [...section.matchAll(/^\| `([^`]+)` /gmu)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(manifest.dependencies));
  });

  test('the package itself runs none where it is installed', () => {
    expect(Object.keys(manifest.scripts)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:pre|post)?install$/u)]),
    );
  });
});

test('the picture of a finding is what the command prints', async () => {
  const file = new URL('../docs/pictures/finding.svg', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(await drawnFinding());
});

test('the build is there, which these tests are about', () => {
  expect(existsSync(new URL('../dist/cli.js', import.meta.url))).toBe(true);
});
