/** A page of the docs as a page of the site. */

import { posix } from 'node:path';

import { marked } from 'marked';

import { addressOf } from '../src/about.ts';

const STYLE = `body{font:16px/1.6 system-ui,sans-serif;max-width:48rem;margin:0 auto;padding:1rem;color:#1f2328;background:#fff}
nav a{margin-right:1rem}pre{overflow-x:auto;padding:.8rem;background:#f3f4f6}code{font-size:.9em}
table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid #d0d7de;padding:.3rem .6rem;text-align:left}
img{max-width:100%}@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}pre{background:#161b22}a{color:#58a6ff}}`;

/** Where a page is in the site. */
export function pathOf(page: string): string {
  return page === 'README.md' ? 'index.html' : page.replace(/\.md$/u, '.html');
}

/**
 * A page of the site. Links to pages of the docs, also by their address, lead to those of the site.
 *
 * @param page its path in the repository
 * @param pages the paths of all pages
 */
export function pageOf(page: string, text: string, pages: readonly string[]): string {
  const own = addressOf('');
  const inSite = (link: string): string => {
    const [path = '', ...rest] = link.split('#');
    const hash = rest.length === 0 ? '' : `#${rest.join('#')}`;
    if (/^(?:https?:|mailto:)/u.test(path) && !path.startsWith(own)) return link;
    if (path === '') return link;
    const target = path.startsWith(own)
      ? path.slice(own.length)
      : posix.normalize(posix.join(posix.dirname(page), path));
    if (pages.includes(target)) {
      return posix.relative(posix.dirname(pathOf(page)), pathOf(target)) + hash;
    }
    return /\.(?:svg|png)$/u.test(target)
      ? posix.relative(posix.dirname(pathOf(page)), target)
      : addressOf(target) + hash;
  };
  const tokens = marked.lexer(text);
  // What is walked is made of no promises here, and so are the results.
  void marked.walkTokens(tokens, (token) => {
    if (isLink(token)) token.href = inSite(token.href);
  });
  const title = /^# (.+)$/mu.exec(text)?.[1]?.replaceAll('`', '') ?? page;
  const up = posix.relative(posix.dirname(pathOf(page)), '') || '.';
  const links = [
    ['index.html', 'eslint-plugin-intercom-jwt'],
    ['docs/getting-started.html', 'Getting started'],
    ['docs/how-it-decides.html', 'How it decides'],
    ['CHANGELOG.html', 'Changes'],
  ].map(([path = '', name = '']) => `<a href="${up}/${path}">${name}</a>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<nav>${links.join('')}</nav>
<main>
${withIds(marked.parser(tokens))}</main>
</body>
</html>
`;
}

function isLink(token: object): token is { href: string } {
  return 'href' in token && typeof token.href === 'string';
}

/** Headings with the names that links call them by. */
function withIds(html: string): string {
  return html.replaceAll(/<h([1-6])>(.*?)<\/h\1>/gu, (_, level: string, inner: string) => {
    const id = inner
      .split('<')
      .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('>') + 1)))
      .join('')
      .replaceAll(/&(?:#39|quot|amp|lt|gt);/gu, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-');
    return `<h${level} id="${id}">${inner}</h${level}>`;
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
