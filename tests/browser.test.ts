/** The browser of the tests: that it is found, or that it is told why not. */

import { afterEach, describe, expect, test, vi } from 'vitest';

import { chromium, withPage } from './browser.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('it is looked for where programs are, and named where another is meant', () => {
  vi.stubEnv('CHROMIUM', process.execPath);
  expect(chromium()).toEqual({ path: process.execPath });
  vi.stubEnv('CHROMIUM', '/nowhere/chromium');
  expect(chromium()).toEqual({ missing: 'CHROMIUM is /nowhere/chromium, which is no program' });
});

describe(
  'a page',
  withPage((open) => {
    test('is shown as it was asked for', async () => {
      const page = await open({ colorScheme: 'dark', viewport: { width: 360, height: 600 } });
      await page.setContent('<title>Page</title>');
      expect(await page.title()).toBe('Page');
      expect(await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches')).toBe(true);
      expect(await page.evaluate('innerWidth')).toBe(360);
    });
  }),
);
