/**
 * What the first stages of the analysis make of the programs of `tests/programs`: of each, digests of
 * what its names can be, of its terms, and of what expressions around mints can be. A verdict can stay
 * the same where these change, so what changes is to be looked at: `npm run dump` shows it, before and
 * after. `npx vitest run tests/kept -u` keeps it anew.
 */

import { expect, test } from 'vitest';

import { outlinesOf } from '../helpers/outlined.ts';
import { pageOf, PAGES } from '../helpers/page-programs.ts';

test.each(PAGES)('%s: what its programs are made into is what it was', async (page) => {
  const lines = new Map<string, string[]>();
  for (const program of pageOf(page).programs) {
    const { name, isFaulty } = program;
    const line = lines.get(name) ?? [];
    lines.set(name, [...line, isFaulty ? '❌' : '✅', ...outlinesOf(program)]);
  }
  const text = [...lines].map(([name, digests]) => `${name}: ${digests.join(' ')}\n`).join('');
  await expect(text).toMatchFileSnapshot(`outlines/${page.replace(/\.md$/u, '.txt')}`);
});
