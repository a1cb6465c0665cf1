/** The site of the docs, as `npm run site` built it: links lead somewhere, and examples are live. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { BASE, linkOnSite, pictureOnSite } from '../docs/.vitepress/repository.ts';
import { stateOf } from '../docs/playground/src/link.ts';
import { addressOf } from '../src/about.ts';
import { withPage } from './browser.ts';
import { served } from './helpers/served.ts';

const SITE = fileURLToPath(new URL('../site/', import.meta.url));

const PAGES = existsSync(SITE)
  ? readdirSync(SITE, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.html'))
      .map((name) => name.replaceAll('\\', '/'))
  : [];

const texts = new Map(PAGES.map((page) => [page, readFileSync(join(SITE, page), 'utf8')]));

/** What the links of a page say, without the headings' links to themselves. */
function linksOf(page: string): readonly string[] {
  const links = (texts.get(page) ?? '').matchAll(/<a [^>]*?href="([^"]*)"/gu);
  return [...new Set([...links].map(([, link = '']) => link.replaceAll('&amp;', '&')))];
}

/** Whether a link of a page leads to a page of the site, and to something in it; or out of it. */
function leads(link: string, page: string): boolean {
  if (/^[a-z]+:/u.test(link)) return true;
  const [path = '', heading] = link.split('#');
  const onSite = path.startsWith(BASE)
    ? path.slice(BASE.length)
    : path === ''
      ? page
      : posix.join(posix.dirname(page), path);
  const target = onSite === '' || onSite.endsWith('/') ? `${onSite}index.html` : onSite;
  const text = texts.get(target);
  if (text === undefined) return false;
  const isOfPlayground = target === 'playground/index.html';
  return heading === undefined || isOfPlayground || text.includes(`id="${decodeURI(heading)}"`);
}

test('the site is there, which these tests are about', () => {
  expect(PAGES, 'Run `npm run site` first').toContain('index.html');
  expect(PAGES).toContain('rules/require-set-user-jwt.html');
  expect(PAGES).toContain('playground/index.html');
});

test('links lead to pages, and to headings in them', () => {
  const broken = PAGES.flatMap((page) =>
    linksOf(page)
      .filter((link) => !leads(link, page))
      .map((link) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
  // Those of the playground are made while it runs.
  const rules = PAGES.filter((page) => page.startsWith('rules/'));
  for (const page of ['getting-started.html', 'overview.html#rules', ...rules]) {
    expect(leads(`../${page}`, 'playground/index.html'), page).toBe(true);
  }
  expect(leads(`${BASE}no.html`, 'index.html')).toBe(false);
  expect(leads(`${BASE}ci.html#no`, 'index.html')).toBe(false);
});

test.each([
  ['../ci.md#hooks', 'docs/rules/a.md', '/ci.md#hooks'],
  ['../../README.md', 'docs/rules/a.md', '/overview.md'],
  ['rules/a.md', 'docs/ci.md', '/rules/a.md'],
  ['docs/ci.md', 'CONTRIBUTING.md', '/ci.md'],
  [addressOf('docs/ci.md#hooks'), 'README.md', '/ci.md#hooks'],
  [addressOf('LICENSE'), 'README.md', addressOf('LICENSE')],
  ['../src/index.ts', 'docs/ci.md', addressOf('src/index.ts')],
  ['https://example.com', 'README.md', 'https://example.com'],
  ['#here', 'README.md', '#here'],
])('%s of %s leads to %s', (link, page, onSite) => {
  expect(linkOnSite(link, page)).toBe(onSite);
});

test('a picture that is asked for by its address is that of the repository', () => {
  const address = `${addressOf('docs/pictures/finding.svg')}?raw=true`;
  expect(pictureOnSite(address, 'README.md')).toBe('./docs/pictures/finding.svg');
  expect(pictureOnSite(address, 'docs/ci.md')).toBe('./pictures/finding.svg');
});

test('examples tell what is found in them, and open in the playground', async () => {
  const page = texts.get('rules/no-floating-set-user-jwt.html') ?? '';
  expect(page).toContain('The promise of <code>setUserJwt</code> is dropped');
  const links = [...page.matchAll(/class="try-it" href="[^"#]*(#[^"]*)"/gu)];
  expect(links.length).toBeGreaterThan(10);
  const state = await stateOf(links[0]?.[1] ?? '');
  expect(state?.code).toContain('Intercom.setUserJwt(jwt);');
});

describe(
  'in a browser',
  withPage((open) => {
    test('a page asks nothing of others, draws its pictures, and is searched', async () => {
      const host = await served(SITE, BASE);
      try {
        const page = await open({ colorScheme: 'dark' });
        const problems: string[] = [];
        page.on('pageerror', ({ message }) => problems.push(message));
        page.on('response', (response) => {
          const isOwn = response.url().startsWith(host.address) && response.status() < 400;
          if (!isOwn && !response.url().startsWith('data:')) problems.push(response.url());
        });
        await page.goto(`${host.address}how-it-decides.html`);
        await page.locator('figure.mermaid svg').nth(3).waitFor();
        expect(await page.locator('figure.mermaid svg').count()).toBe(4);
        await page.keyboard.press('Control+k');
        await page.getByRole('searchbox').fill('hardcoded');
        await page.locator('.results .result').first().waitFor();
        expect(problems).toEqual([]);
      } finally {
        await host.close();
      }
    });
  }),
);
