/** The report page in a browser: by mouse and keyboard, on a phone, in the dark, without scripts. */

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { withPage } from '../browser.ts';
import { write } from '../helpers/project.ts';
import { explainedIn, htmlOf, ONE_FILE, TOKEN, TWO_FILES } from '../helpers/reports.ts';

let folder = '';

const LONG = `export const long = '${'x'.repeat(2000)}'; Intercom.present();`;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'report-')));
  write(folder, {
    'package-lock.json': '{ "packages": { "node_modules/@intercom/intercom-react-native": {} } }',
    'package.json': '{}',
    ...{ ...ONE_FILE, ...TWO_FILES, ...TOKEN },
    'src/a-rather-long-name-of-a-folder-in-which-there-is-a-file/and-a-long-name-of-it.js': `import Intercom from '@intercom/intercom-react-native';\n${LONG}\n`,
  });
  writeFileSync(join(folder, 'report.html'), htmlOf(await explainedIn(folder), folder));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** How light a colour is, from 0 to 1, as the guidelines for accessibility have it. */
const CONTRASTS = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgbOf = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const lightOf = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((one) => {
      const part = one / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backOf = (element) => {
    for (let up = element; up !== null; up = up.parentElement) {
      const rgb = rgbOf(getComputedStyle(up).backgroundColor);
      if (rgb[3] === 255) return rgb;
    }
    return [255, 255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === '' || element.closest('script, style, dialog') !== null) continue;
    const [one, other] = [lightOf(rgbOf(getComputedStyle(element).color)), lightOf(backOf(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) found.push(element.tagName + '.' + element.className + ' ' + ratio.toFixed(2));
  }
  return [...new Set(found)];
})()`;

const FOCUS = `(() => {
  const one = document.activeElement;
  return one.id || one.closest('[id]')?.id + ' ' + one.className;
})()`;

describe(
  'the report page',
  withPage((open) => {
    /** What went wrong in a page, or was asked of the network. */
    const troubles: string[] = [];

    async function opened(options: BrowserContextOptions = {}, hash = ''): Promise<Page> {
      troubles.length = 0;
      const page = await open(options);
      page.on('pageerror', (error) => troubles.push(String(error)));
      page.on('console', (message) => troubles.push(message.text()));
      await page.route('**/*', (route) => {
        const url = route.request().url();
        if (!url.startsWith('file:') || !url.includes('report.html')) troubles.push(url);
        return route.continue();
      });
      await page.goto(`${pathToFileURL(join(folder, 'report.html')).href}${hash}`);
      return page;
    }

    test('asks nothing of a network, and runs under its own policy', async () => {
      const page = await opened();
      expect(await page.isVisible('.tools')).toBe(true);
      expect(troubles).toEqual([]);
      // What is put in later does not run.
      await page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.isRun = true' }))",
      );
      expect(await page.evaluate('window.isRun')).toBe(undefined);
    });

    /** Looks at the list of keys, closes it, and goes to the search at once. */
    async function searchBehindKeys(page: Page): Promise<void> {
      await page.keyboard.press('?');
      expect(await page.isVisible('#keys')).toBe(true);
      await page.keyboard.press('Escape');
      expect(await page.isVisible('#keys')).toBe(false);
      await page.keyboard.press('/');
      expect(await page.evaluate(FOCUS)).toBe('find');
    }

    test('is walked through by keys', async () => {
      const page = await opened();
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      expect(await page.evaluate(FOCUS)).toBe('f2');
      await page.keyboard.press('k');
      expect(await page.evaluate(FOCUS)).toBe('f1');
      await page.keyboard.press('n');
      await page.keyboard.press('n');
      expect(await page.evaluate(FOCUS)).toBe('f1-2 n');
      expect(await page.textContent('#said')).toMatch(/^Step 2 of \d: /u);
      expect(await page.locator('.r.on .b .n', { hasText: '2' }).count()).toBe(1);
      await page.keyboard.press('o');
      expect(await page.isVisible('#f1 .way')).toBe(false);
      // The step that had the focus is hidden now.
      expect(await page.evaluate(FOCUS)).toBe('f1');
      await searchBehindKeys(page);
      await page.keyboard.type('ensureJwt');
      expect(await page.locator('article:visible').count()).toBe(1);
      expect(await page.textContent('#said')).toMatch(/^1 of \d findings are shown$/u);
    });

    test('heeds keys behind a dialog that was opened from nowhere', async () => {
      const page = await opened();
      await searchBehindKeys(page);
    });

    test('is gone through by the tab key alone, and the focus is seen', async () => {
      const page = await opened();
      await page.keyboard.press('Tab');
      expect(await page.textContent(':focus')).toBe('Skip to the findings');
      expect(await page.evaluate('document.activeElement.getBoundingClientRect().left >= 0')).toBe(
        true,
      );
      const order: string[] = [];
      for (let at = 0; at < 12; at++) {
        await page.keyboard.press('Tab');
        order.push(
          await page.evaluate('document.activeElement.closest("header, nav, main")?.tagName ?? ""'),
        );
        expect(
          await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'),
        ).not.toBe('none');
      }
      const parts = order.filter((name, index) => name !== order[index - 1]);
      expect(parts.slice(0, 3)).toEqual(['HEADER', 'NAV', 'MAIN']);
    });

    test('shows all lines where that is asked for, and takes them back', async () => {
      const page = await opened();
      const article = page.locator('article', { hasText: 'presentMessageComposer' }).first();
      const before = await article.locator('.pic').innerText();
      await article.locator('.skip a').first().click();
      expect(await article.locator('.r.ex').count()).toBe(3);
      await article.locator('.all').click();
      const numbers = (await article.locator('.r .ln').allInnerTexts()).map(Number);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      expect(await article.locator('.all').getAttribute('aria-expanded')).toBe('true');
      // The arrows go through the lines between.
      expect(await article.locator('.r.ex .g .v').count()).toBeGreaterThan(0);
      await article.locator('.all').click();
      expect(await article.locator('.pic').innerText()).toBe(before);
    });

    test('leads from steps to lines, and back', async () => {
      const page = await opened();
      const article = page.locator('article', { hasText: 'ensureJwt' }).first();
      await article.locator('.steps .n').nth(2).click();
      expect(await article.locator('.r.on').innerText()).toContain('if (!jwt) return;');
      await article.locator('.r.on .b .n').click();
      expect(await article.locator('li.on').innerText()).toContain('is falsy');
    });

    test('has arrows beside the code, and none across it', async () => {
      for (const width of [360, 1280]) {
        const page = await opened({ viewport: { width, height: 800 } });
        const across =
          await page.evaluate(`[...document.querySelectorAll('.g i')].filter((piece) => {
          const row = piece.closest('.r');
          const [arrow, gutter, next] = [piece, row.querySelector('.g'), row.children[1]].map((one) => one.getBoundingClientRect());
          return arrow.left < gutter.left - 1 || arrow.right > next.left + 1 || arrow.bottom > row.getBoundingClientRect().bottom + 1;
        }).length`);
        expect(across).toBe(0);
      }
    });

    test('fits on a phone', async () => {
      const page = await opened({ viewport: { width: 360, height: 740 }, hasTouch: true });
      const widest = 'Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)';
      expect(await page.evaluate(widest)).toBeLessThanOrEqual(360);
      expect(await page.evaluate('document.querySelector(".toc").open')).toBe(false);
      await page.click('.toc summary');
      await page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.open = true; })",
      );
      expect(await page.evaluate(widest)).toBeLessThanOrEqual(360);
    });

    test('is as legible in the dark', async () => {
      const backs: unknown[] = [];
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await opened({ colorScheme });
        backs.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
        expect(await page.evaluate(CONTRASTS)).toEqual([]);
      }
      expect(backs[0]).not.toBe(backs[1]);
    });

    test('is read without scripts: ways are closed and opened, and links lead to sources', async () => {
      const page = await opened({ javaScriptEnabled: false });
      expect(await page.isVisible('.tools')).toBe(false);
      await page.click('#f1 summary');
      expect(await page.isVisible('#f1 .way')).toBe(false);
      await page.click('#f1 summary');
      await page.click('#f1 .ln >> nth=0');
      expect(await page.isVisible('.hit:target')).toBe(true);
    });

    test('is printed with all ways, and without what paper cannot do', async () => {
      const page = await opened();
      await page.emulateMedia({ media: 'print' });
      expect(await page.isVisible('nav')).toBe(false);
      expect(await page.isVisible('#sources')).toBe(false);
      expect(await page.isVisible('#f1 .steps')).toBe(true);
    });

    test('names what can be pressed or gone to', async () => {
      const page = await opened();
      const nameless =
        await page.evaluate(`[...document.querySelectorAll('a, button, input, select, summary')].filter((one) => {
        const label = one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent;
        return label.trim() === '';
      }).length`);
      expect(nameless).toBe(0);
      const levels = await page.evaluate(
        "[...document.querySelectorAll('main h2, main h3, body > header h1')].map((one) => Number(one.tagName[1]))",
      );
      expect(levels).toSatisfy((all: number[]) =>
        all.every((level, index) =>
          index === 0 ? level === 1 : level <= (all[index - 1] ?? 0) + 1,
        ),
      );
    });
  }),
);
