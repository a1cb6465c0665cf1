/** The playground: its links and its parser, and the page itself, as `npm run site` built it. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

import * as original from '@typescript-eslint/parser';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { examplesOf } from '../docs/playground/examples.ts';
import { hashOf, PACKED, stateOf } from '../docs/playground/src/link.ts';
import { parseForESLint } from '../docs/playground/src/parser.ts';
import { MAX_LINK, MAX_TEXT, written, type State } from '../docs/playground/src/state.ts';
import { withPage } from './browser.ts';
import { served, type Served } from './helpers/served.ts';

const ROOT = new URL('../', import.meta.url);
const RULES = new URL('docs/rules/', ROOT);

const FAULTY = `import Intercom from '@intercom/intercom-react-native';

export async function open(user) {
  if (!user.isDemo) await Intercom.setUserJwt(user.jwt);
  await Intercom.present();
}
`;

const STATE: State = { code: FAULTY, language: 'ts', preset: 'recommended', options: '' };

function packed(text: string): string {
  return PACKED + deflateRawSync(text).toString('base64url');
}

describe('a link', () => {
  test.each([
    STATE,
    { ...STATE, code: '', language: 'js' as const, preset: 'strict' as const },
    { ...STATE, code: '<script>alert(1)</script> 😀 \uFEFF\r\n', options: '{"rules":{}}' },
  ])('leads to what it was made of: %j', async (state) => {
    expect(await stateOf((await hashOf(state)) ?? '')).toEqual(state);
  });

  test('is none where it would be too long', async () => {
    const { length } = (await hashOf(STATE)) ?? '';
    expect(length).toBeLessThan(400);
    expect(await hashOf({ ...STATE, code: 'x'.repeat(MAX_TEXT + 1) })).toBeNull();
    const noise = Array.from({ length: MAX_LINK }, (_, index) =>
      (index * index * 7919).toString(36),
    );
    expect(await hashOf({ ...STATE, code: noise.join('').slice(0, MAX_TEXT) })).toBeNull();
  });

  test.each([
    '',
    '#',
    '#code',
    PACKED,
    `${PACKED}%%%`,
    `${PACKED}AAAA`,
    packed('').slice(0, -1),
    packed('{}'),
    packed('null'),
    packed('["ts","recommended"]'),
    packed('["ts","recommended",1,""]'),
    packed('["py","recommended","",""]'),
    packed('["ts","__proto__","",""]'),
    packed(written({ ...STATE, code: 'x'.repeat(MAX_TEXT + 1) })),
    packed(' '.repeat(20_000_000)),
    PACKED + 'A'.repeat(MAX_LINK),
  ])('may be anything: %.40s', async (hash) => {
    expect(await stateOf(hash)).toBeNull();
  });
});

test('the parser gives the trees of typescript-eslint', () => {
  let count = 0;
  for (const name of readdirSync(RULES)) {
    for (const { language, code } of examplesOf(readFileSync(new URL(name, RULES), 'utf8'))) {
      if (!language.startsWith('ts')) continue;
      const filePath = `file.${language}`;
      const own = parseForESLint(code, { filePath });
      const other = original.parseForESLint(code, { filePath, sourceType: 'module' });
      expect(JSON.stringify(own.ast), code).toBe(JSON.stringify(other.ast));
      count++;
    }
  }
  expect(count).toBeGreaterThan(100);
});

test('the parser tells where a text cannot be read', () => {
  expect(() => parseForESLint('const = 1;', { filePath: 'file.ts' })).toThrow(
    expect.objectContaining({ lineNumber: 1, column: 6 }) as Error,
  );
});

describe(
  'the page',
  withPage((open) => {
    const site = fileURLToPath(new URL('site/', ROOT));
    let host: Served;

    beforeAll(async () => {
      if (!existsSync(`${site}playground/index.html`)) throw new Error('Run `npm run site` first');
      host = await served(site);
    });

    afterAll(async () => {
      await host.close();
    });

    /** Opens the playground; what a page throws, or asks of others, fails the test. */
    async function enter(hash: string): Promise<{ page: Page; problems: readonly string[] }> {
      const page = await open();
      const problems: string[] = [];
      page.on('pageerror', ({ message }) => problems.push(message));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(host.address) && !url.startsWith('data:')) problems.push(url);
      });
      await page.goto(`${host.address}playground/${hash}`);
      return { page, problems };
    }

    test('shows what is found, the way into it, and what mends it', async () => {
      const before = (await hashOf(STATE)) ?? '';
      const { page, problems } = await enter(before);
      await page.getByText('1 finding', { exact: true }).waitFor();
      const steps = await page.locator('.step .what').allTextContents();
      expect(steps).toEqual([
        'can be called from outside, with no user JWT',
        'user.isDemo is truthy; set on line 4 otherwise',
        'present runs without a user JWT',
      ]);
      expect(await page.locator('.cm-number').allTextContents()).toEqual(['1', '2', '3']);
      expect(await page.locator('.cm-lintRange-error').count()).toBeGreaterThan(0);
      await page.locator('[data-step="2"]').press('Enter');
      expect(await page.locator('.cm-step.is-active').textContent()).toBe('!user.isDemo');

      // What is typed is linted, and goes into the address.
      await page.getByLabel('Code').press('Control+End');
      await page.keyboard.type(
        'export const refresh = (jwt: string) => void Intercom.setUserJwt(jwt);',
      );
      await page.locator('select').nth(2).selectOption('strict');
      await page.getByText('2 findings').waitFor();
      await page.waitForURL((url) => url.hash !== before);
      const linked = await stateOf(new URL(page.url()).hash);
      expect(linked).toMatchObject({ preset: 'strict', language: 'ts' });
      expect(linked?.code).toContain('const refresh');
      expect(problems).toEqual([]);
    });

    test('applies what is suggested', async () => {
      const code = FAULTY.replace('if (!user.isDemo) await ', '');
      const { page, problems } = await enter(
        (await hashOf({ ...STATE, code, language: 'js' })) ?? '',
      );
      await page.getByRole('button', { name: 'Apply: ' }).first().click();
      await page.getByText('No findings', { exact: true }).waitFor();
      expect(await page.locator('.cm-content').textContent()).toContain(
        'await Intercom.setUserJwt(',
      );
      expect(problems).toEqual([]);
    });

    test('tells what is wrong with options, and takes them where they are right', async () => {
      const { page, problems } = await enter((await hashOf({ ...STATE, language: 'js' })) ?? '');
      await page.getByRole('button', { name: 'Options' }).click();
      const options = page.getByLabel('Rules and settings');
      const problem = page.locator('#options-problem');
      await options.fill('{');
      await problem.getByText('no JSON').waitFor();
      await options.fill('{"rules": {"require-jwt": "error"}}');
      await problem.getByText('There is no rule "require-jwt"').waitFor();
      await options.fill('{"rules": {"require-set-user-jwt": ["error", {"helpers": 1}]}}');
      await problem.getByText('intercom-jwt/require-set-user-jwt: Value 1 should').waitFor();
      await options.fill('{"rules": {"require-set-user-jwt": "off"}}');
      await page.getByText('No findings', { exact: true }).waitFor();
      expect(await problem.isVisible()).toBe(false);
      expect(problems).toEqual([]);
    });

    test('tells of a linter that cannot be loaded, and loads it once it can', async () => {
      const page = await open();
      await page.route('**/worker-*.js', (route) => route.abort());
      await page.goto(
        `${host.address}playground/${(await hashOf({ ...STATE, language: 'js' })) ?? ''}`,
      );
      await page.getByText('The linter could not be loaded').waitFor();
      await page.unroute('**/worker-*.js');
      await page.locator('select').nth(2).selectOption('strict');
      await page.getByText('1 finding', { exact: true }).waitFor();
      expect(await page.getByText('The linter could not be loaded').isVisible()).toBe(false);
    });

    test('opens with an example where its link is none', async () => {
      const { page, problems } = await enter('#1.%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E');
      await page.getByText('This link cannot be read').waitFor();
      await page.getByText('3 findings', { exact: true }).waitFor();
      expect(await page.getByText('This link cannot be read').isVisible()).toBe(true);
      expect(problems).toEqual([]);
    });
  }),
);
