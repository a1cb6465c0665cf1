/** A browser for the tests of what is looked at in one: a Chromium of the system, without a network of its own. */

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import {
  chromium as playwright,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';

/** How the programs are called, on Linux, */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** and where they are elsewhere. */
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Nothing that a browser does by itself is part of a test. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of the system, or why there is none. `CHROMIUM` names another. */
export function chromium(): { readonly path: string } | { readonly missing: string } {
  const named = process.env['CHROMIUM'];
  if (named !== undefined) {
    return isProgram(named)
      ? { path: named }
      : { missing: `CHROMIUM is ${named}, which is no program` };
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const all = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES];
  const path = all.find(isProgram);
  return path === undefined
    ? { missing: 'Chromium is not installed (Debian: apt-get install chromium)' }
    : { path };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Opens an empty page: of a size, in the dark, without scripts, as the options say. */
export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>;

/**
 * Tests in pages of one browser. Call it once in a file, as the factory of its suite: the browser is
 * launched for the first of its tests, and closed behind the last; pages are closed behind each.
 * Where there is no Chromium, vitest tells of each test that it was not run, and why.
 *
 *     describe('a page', withPage((open) => {
 *       test('has a title', async () => {
 *         const page = await open({ colorScheme: 'dark' });
 *       });
 *     }));
 */
export function withPage(tests: (open: OpenPage) => void): () => void {
  return () => {
    const found = chromium();
    let browser: Browser | null = null;
    const contexts: BrowserContext[] = [];
    beforeAll(async () => {
      if ('missing' in found) return;
      browser = await playwright.launch({ executablePath: found.path, args: ARGUMENTS });
    });
    beforeEach(({ skip }) => {
      if ('missing' in found) skip(found.missing);
    });
    afterEach(async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    });
    afterAll(async () => {
      await browser?.close();
    });
    tests(async (options = {}) => {
      if (browser === null) throw new Error('A page is opened while a test runs.');
      const context = await browser.newContext(options);
      contexts.push(context);
      return context.newPage();
    });
  };
}
