/**
 * Writes the docs as a site, into `site/`: a page for each page, with the links between them.
 *
 *     npm run site
 */

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { pageOf, pathOf } from './site-page.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SITE = join(ROOT, 'site');

const pages = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .sort(),
];

rmSync(SITE, { recursive: true, force: true });
for (const page of pages) {
  const target = join(SITE, pathOf(page));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, pageOf(page, readFileSync(join(ROOT, page), 'utf8'), pages));
}
for (const picture of readdirSync(join(ROOT, 'docs/pictures'))) {
  const target = join(SITE, 'docs/pictures', picture);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, readFileSync(join(ROOT, 'docs/pictures', picture)));
}
console.log(`${pages.length} pages in site/`);
