/** What is published, as `npm publish` would do it: its files, its size, and what it brings along. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, test } from 'vitest';

import manifest from '../package.json' with { type: 'json' };
import { drawnFinding } from '../scripts/picture-svg.ts';
import { problemsOf, runtimePackages } from '../scripts/runtime-packages.ts';
import { pageOf, pathOf } from '../scripts/site-page.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** What the tarball, and what is in it, may have of bytes. */
const MAX_PACKED = 400_000;
const MAX_UNPACKED = 1_500_000;

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

describe('a page of the site', () => {
  const pages = ['README.md', 'docs/ci.md', 'docs/rules/a.md'];

  test('leads to the others, and to the repository for the rest', () => {
    const text =
      '# A `b`\n\n[ci](../ci.md#hooks) [readme](../../README.md) [code](../../src/index.ts) [out](https://example.com) [here](#a-b)\n';
    const html = pageOf('docs/rules/a.md', text, pages);
    const links = [...html.matchAll(/href="([^"]+)"/gu)].map(([, link]) => link).slice(-5);
    expect(links).toEqual([
      '../ci.html#hooks',
      '../../index.html',
      `${manifest.homepage}/blob/main/src/index.ts`,
      'https://example.com',
      '#a-b',
    ]);
    expect(html).toContain('<h1 id="a-b">');
    expect(html).toContain('<title>A b</title>');
  });

  test('is where the links of the others lead', () => {
    expect(pages.map(pathOf)).toEqual(['index.html', 'docs/ci.html', 'docs/rules/a.html']);
    const address = `${manifest.homepage}/blob/main/docs/ci.md`;
    expect(pageOf('README.md', `[ci](${address}#hooks)`, pages)).toContain('"docs/ci.html#hooks"');
  });
});

test('the build is there, which these tests are about', () => {
  expect(existsSync(new URL('../dist/cli.js', import.meta.url))).toBe(true);
});
