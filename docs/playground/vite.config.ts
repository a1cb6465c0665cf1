/** How the playground is built: static files that need nothing else, wherever they are put. */

import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename } from 'node:path';

import { defineConfig, type Plugin } from 'vite';

import { examplesOf } from './examples.ts';

const RULES = new URL('../rules/', import.meta.url);

/** The first faulty example of each rule. */
function examples(): Plugin {
  const id = 'virtual:examples';
  return {
    name: 'examples',
    resolveId: (source) => (source === id ? id : null),
    load(asked) {
      if (asked !== id) return null;
      const found = readdirSync(RULES)
        .sort()
        .flatMap((name) => {
          const page = readFileSync(new URL(name, RULES), 'utf8');
          const example = examplesOf(page).find(({ isFaulty }) => isFaulty);
          if (example === undefined) return [];
          return [{ rule: basename(name, '.md'), language: example.language, code: example.code }];
        });
      return `export default ${JSON.stringify(found)};`;
    },
  };
}

/** Packages that name modules of Node.js for what is not done here: to find files and projects. */
const FINDS_FILES = /[/\\]node_modules[/\\](?:eslint|typescript|@typescript-eslint)[/\\]/u;

/** Modules of Node.js, which a page has not: empty ones for those packages, and a fault for others. */
function withoutNode(): Plugin {
  const empty = '\0nothing';
  const names = new Set(builtinModules);
  return {
    name: 'without-node',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.startsWith('node:') && !names.has(source)) return null;
      if (importer !== undefined && FINDS_FILES.test(importer)) return empty;
      throw new Error(
        `${source} is imported by ${importer ?? 'the page'}, and is not in a browser`,
      );
    },
    load: (id) => (id === empty ? 'export default {};' : null),
  };
}

/** The page loads nothing but what it was built with. The worker compiles schemas of options. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function policy(): Plugin {
  return {
    name: 'policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [examples(), withoutNode(), policy()],
  worker: { format: 'es', plugins: () => [withoutNode()] },
  build: {
    target: 'es2023',
    outDir: '../../site/playground',
    emptyOutDir: true,
    // The linter and the parser are as large as they are.
    chunkSizeWarningLimit: 5000,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
});
