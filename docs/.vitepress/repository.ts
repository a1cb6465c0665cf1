/** Which files of the repository are pages of the site, and where links between them lead there. */

import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

import { addressOf, REPOSITORY } from '../../src/about.ts';

export const ROOT = new URL('../../', import.meta.url);

/** Pages that are beside `docs`, and their places on the site. */
const BESIDE: Readonly<Record<string, string>> = {
  'README.md': 'overview.md',
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'security.md',
  'CODE_OF_CONDUCT.md': 'code-of-conduct.md',
};

/** The folder of the site on its host, which is named after the repository. */
export const BASE = `/${posix.basename(REPOSITORY)}/`;

/** Where the site is published: by the pages of the repository. */
export const SITE = `https://${posix.basename(posix.dirname(REPOSITORY))}.github.io${BASE}`;

/** Where a page of the repository is on the site; null where it is not on it. */
export function placeOf(path: string): string | null {
  return BESIDE[path] ?? (/^docs\/.*\.md$/u.test(path) ? path.slice('docs/'.length) : null);
}

/**
 * Where a link of a page leads on the site: to another page, or else to the repository.
 *
 * @param page the page that it is on, from the root of the repository
 */
export function linkOnSite(link: string, page: string): string {
  const own = addressOf('');
  if (/^[a-z]+:/u.test(link) && !link.startsWith(own)) return link;
  const [path = '', ...rest] = link.split('#');
  const hash = rest.length === 0 ? '' : `#${rest.join('#')}`;
  // Those of the home page are of the site already.
  if (path === '' || path.startsWith('/')) return link;
  const target = path.startsWith(own)
    ? path.slice(own.length)
    : posix.join(posix.dirname(page), path);
  const place = placeOf(target);
  return place === null ? addressOf(target) + hash : `/${place}${hash}`;
}

/** Where a picture of a page is, from that page. Some are asked for by their address. */
export function pictureOnSite(source: string, page: string): string {
  const own = addressOf('');
  if (!source.startsWith(own)) return source;
  const target = source.slice(own.length).replace(/\?raw=true$/u, '');
  const relative = posix.relative(posix.dirname(page), target);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** The first heading of a page. */
export function titleOf(page: string): string {
  const text = readFileSync(new URL(page, ROOT), 'utf8');
  return (/^# (.+)$/mu.exec(text)?.[1] ?? page).replaceAll('`', '');
}

/** The names of the Markdown files in a folder, without extension. */
export function pagesIn(folder: string): readonly string[] {
  return readdirSync(new URL(folder, ROOT))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -'.md'.length))
    .sort();
}
