/** The site of the docs, built of the pages of the repository as they are. */

import { cpSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { defineConfig, type DefaultTheme, type MarkdownOptions } from 'vitepress';

import { REPOSITORY } from '../../src/about.ts';
import { isOneOf, LANGUAGES } from '../playground/src/state.ts';
import { below } from './live.ts';
import { BASE, linkOnSite, pagesIn, pictureOnSite, placeOf, ROOT, titleOf } from './repository.ts';

type MarkdownIt = Parameters<NonNullable<MarkdownOptions['config']>>[0];

const root = fileURLToPath(ROOT);

/** The pages, in the order in which they are read. */
const GUIDE: readonly (readonly [group: string, pages: readonly string[]])[] = [
  ['First steps', ['getting-started', 'expo', 'react-native', 'migration', 'troubleshooting']],
  ['In your project', ['cross-file', 'libraries', 'editors', 'ci', 'hosts', 'browser']],
  [
    'How it works',
    ['explain', 'report', 'how-it-decides', 'accuracy', 'what-to-look-for', 'versioning'],
  ],
];

/** Pages that are in no group of the guide. */
const APART = ['index'];

const forgotten = pagesIn('docs/').filter(
  (page) => !APART.includes(page) && !GUIDE.some(([, pages]) => pages.includes(page)),
);
if (forgotten.length > 0) {
  throw new Error(`docs/.vitepress/config.ts does not say where these go: ${forgotten.join()}`);
}

const sidebar: DefaultTheme.SidebarItem[] = [
  { text: 'Overview', link: '/overview' },
  ...GUIDE.map(([text, pages]) => ({
    text,
    items: pages.map((page) => ({ text: titleOf(`docs/${page}.md`), link: `/${page}` })),
  })),
  {
    text: 'Rules',
    items: pagesIn('docs/rules/').map((name) => ({ text: name, link: `/rules/${name}` })),
  },
  {
    text: 'The project',
    collapsed: true,
    items: ['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md'].map((page) => ({
      text: titleOf(page),
      link: `/${placeOf(page) ?? ''}`,
    })),
  },
];

/** The name of a heading in links, as on GitHub, so that a link leads to it in both places. */
function slugify(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

/** Which page is read: where it is on the site, and in the repository where that is elsewhere. */
interface Env {
  readonly path?: string;
  readonly realPath?: string;
}

/** Leads links and pictures to where they are on the site, and has blocks of code live. */
function pages(md: MarkdownIt): void {
  // Titles are read by themselves, and are on no page.
  const pageOf = ({ path, realPath = path }: Env): string =>
    realPath === undefined ? '' : relative(root, realPath).split(sep).join('/');
  md.core.ruler.push('site', ({ tokens, env }) => {
    const page = pageOf(env as Env);
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const [attribute, onSite] =
        token.type === 'image' ? ['src', pictureOnSite] : ['href', linkOnSite];
      const link = token.attrGet(attribute);
      if (link !== null) token.attrSet(attribute, onSite(link, page));
    }
  });
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const { info = '', content = '' } = tokens[index] ?? {};
    const [language = ''] = info.split(' ');
    if (language === 'mermaid') {
      return `<figure class="mermaid" v-pre><pre>${md.utils.escapeHtml(content)}</pre></figure>`;
    }
    const shown = fence?.(tokens, index, options, env, self) ?? '';
    const page = pageOf(env as Env);
    const isOfRule = page.startsWith('docs/rules/');
    const isExample =
      isOneOf(LANGUAGES, language) &&
      (isOfRule || page === 'README.md') &&
      !content.includes('eslint/config') &&
      /intercom|jwt/iu.test(content) &&
      !content.includes('intercomJwt.configs');
    // The overview tells by itself what is found.
    return isExample ? shown + below(content, language, BASE, isOfRule) : shown;
  };
}

/**
 * What draws pictures goes onto the site as it is published: to bundle it once more takes longer than
 * all the rest.
 */
function copyMermaid(folder: string): void {
  const published = fileURLToPath(new URL('.', import.meta.resolve('mermaid')));
  for (const part of ['mermaid.esm.min.mjs', 'chunks/mermaid.esm.min']) {
    cpSync(join(published, part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.endsWith('.map'),
    });
  }
}

export default defineConfig({
  title: 'intercom-jwt',
  titleTemplate: ':title · eslint-plugin-intercom-jwt',
  description: 'ESLint rules for the user JWT of Intercom, in React Native and on the web',
  lang: 'en',
  base: BASE,
  srcDir: '..',
  srcExclude: [
    '**/node_modules/**',
    '{.changeset,.github,dist,examples,scratch,site,src,tests}/**',
  ],
  rewrites: (page) => placeOf(page) ?? page,
  outDir: '../site',
  cacheDir: '../node_modules/.cache/vitepress',
  metaChunk: true,
  buildEnd: ({ outDir }) => {
    copyMermaid(join(outDir, 'mermaid'));
  },
  head: [
    ['meta', { name: 'theme-color', content: '#3451b2' }],
    [
      'link',
      {
        rel: 'icon',
        href: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%233451b2'/%3E%3Cpath d='M9 22V10m7 12V10m7 12V10' stroke='%23fff' stroke-width='3' stroke-linecap='round' stroke-dasharray='5 4'/%3E%3C/svg%3E",
      },
    ],
  ],
  markdown: { config: pages, anchor: { slugify } },
  themeConfig: {
    nav: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'Rules', link: '/overview#rules' },
      { text: 'Playground', link: '/playground/', target: '_self', noIcon: true },
      { text: 'Changes', link: '/changelog' },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    editLink: {
      pattern: `${REPOSITORY}/edit/main/:path`,
      text: 'Edit this page',
    },
    footer: { message: 'MIT licence. Not affiliated with Intercom.' },
  },
});
