/**
 * Writes the recipes that list the rules, or checks that they are up to date.
 *
 * usage: recipes.ts [--check]
 */

import { readFileSync, writeFileSync } from 'node:fs';

import { format, resolveConfig } from 'prettier';

import manifest from '../package.json' with { type: 'json' };
import { CONFIGS } from '../src/configs.ts';

const PAGE = new URL('../docs/hosts.md', import.meta.url);
const BEGIN = '<!-- begin auto-generated oxlint recipe -->';
const END = '<!-- end auto-generated oxlint recipe -->';

const recipe = JSON.stringify({ jsPlugins: [manifest.name], rules: CONFIGS.recommended }, null, 2);
const page = readFileSync(PAGE, 'utf8');
const [before = '', rest = ''] = page.split(BEGIN);
const [, after] = rest.split(END);
if (after === undefined) throw new Error(`no place for the recipe: ${BEGIN} … ${END}`);
const wanted = await format(
  `${before}${BEGIN}\n\n\`\`\`json\n${recipe}\n\`\`\`\n\n${END}${after}`,
  { ...(await resolveConfig(PAGE)), parser: 'markdown' },
);

if (process.argv[2] !== '--check') {
  writeFileSync(PAGE, wanted);
} else if (wanted !== page) {
  console.error('docs/hosts.md is not up to date: npm run docs');
  process.exitCode = 1;
}
