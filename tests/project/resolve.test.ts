/** Where specifiers lead, in the layouts that projects have. */

import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { describe, expect, test } from 'vitest';

import { resolve } from '../../src/project/resolve.ts';
import { markedFile, projectOf, type Files } from '../helpers/project.ts';

/** The files that a specifier leads to, from the root of the project. */
function found(root: string, from: string, specifier: string): readonly string[] {
  return resolve(join(root, from), specifier, root).map((path) =>
    relative(root, path).replaceAll('\\', '/'),
  );
}

interface Layout {
  /** What is in the files does not matter, but for configurations. */
  readonly files: Files | readonly string[];
  readonly links?: Readonly<Record<string, string>>;
  readonly from?: string;
  /** Where specifiers lead; null for nowhere. */
  readonly leads: Readonly<Record<string, string | null>>;
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

const WORKSPACES = json({ workspaces: ['packages/*'] });

/** A package of a workspace that nothing links to. */
function member(manifest: object, ...paths: readonly string[]): Files {
  return {
    'package.json': WORKSPACES,
    'packages/lib/package.json': json({ name: '@acme/lib', ...manifest }),
    ...Object.fromEntries(paths.map((path) => [`packages/lib/${path}`, ''])),
  };
}

const LAYOUTS: Readonly<Record<string, Layout>> = {
  'files, with and without extension, and folders': {
    files: [
      'a.ts',
      'b.tsx',
      'c.mjs',
      'd/index.js',
      'e.config.ts',
      'f.vue',
      'g.d.ts',
      'h.js',
      'h.d.ts',
    ],
    leads: {
      './a': 'a.ts',
      './a.ts': 'a.ts',
      './a.js': 'a.ts',
      './b': 'b.tsx',
      './b.jsx': 'b.tsx',
      './c': 'c.mjs',
      './d': 'd/index.js',
      './d/': 'd/index.js',
      './e.config': 'e.config.ts',
      './f.vue': null,
      './g': null,
      './h': 'h.js',
      './nowhere': null,
      './nowhere/a': null,
      '../a': null,
      '/etc/passwd': null,
    },
  },
  'what stands above': {
    files: ['index.ts', 'src/index.ts', 'src/b/c.ts'],
    from: 'src/b/a.ts',
    leads: {
      '.': null,
      '..': 'src/index.ts',
      '../': 'src/index.ts',
      '../..': 'index.ts',
      './c': 'src/b/c.ts',
    },
  },
  'a folder with a package of its own': {
    files: { 'lib/package.json': json({ main: './build/main.js' }), 'lib/build/main.js': '' },
    leads: { './lib': 'lib/build/main.js' },
  },

  // Configurations of TypeScript
  'paths, relative to the configuration': {
    files: {
      'tsconfig.json': json({
        compilerOptions: { paths: { '@/*': ['./src/*'], exact: ['./src/x'] } },
      }),
      'src/x.ts': '',
    },
    leads: { '@/x': 'src/x.ts', exact: 'src/x.ts', 'exact/x': null, '@/nowhere': null },
  },
  'paths, relative to baseUrl, the longest beginning first': {
    files: {
      'tsconfig.json': json({
        compilerOptions: {
          baseUrl: './src',
          paths: { '*': ['any/*'], 'lib/*': ['none/*', 'lib2/*'] },
        },
      }),
      'src/any/x.ts': '',
      'src/lib2/y.ts': '',
      'src/z.ts': '',
    },
    leads: { x: 'src/any/x.ts', 'lib/y': 'src/lib2/y.ts', z: 'src/z.ts' },
  },
  'comments, trailing commas and a mark of the byte order': {
    files: {
      'tsconfig.json':
        '\uFEFF{ // why\n "compilerOptions": { /* "paths": {}, */ "paths": { "@/*": ["./src/*",], }, // so\n }, }',
      'src/x.ts': '',
    },
    leads: { '@/x': 'src/x.ts' },
  },
  'paths of jsconfig.json': {
    files: {
      'jsconfig.json': json({ compilerOptions: { baseUrl: '.', paths: { '@/*': ['src/*'] } } }),
      'src/x.js': '',
    },
    leads: { '@/x': 'src/x.js', 'src/x': 'src/x.js' },
  },
  'a configuration that another extends': {
    files: {
      'tsconfig.base.json': json({ compilerOptions: { paths: { '@/*': ['./lib/*'] } } }),
      'app/tsconfig.json': json({ extends: '../tsconfig.base' }),
      'lib/x.ts': '',
    },
    from: 'app/a.ts',
    leads: { '@/x': 'lib/x.ts' },
  },
  'an array of configurations, the last first': {
    files: {
      'one.json': json({ compilerOptions: { paths: { '@/*': ['./one/*'] } } }),
      'two.json': json({ compilerOptions: { paths: { '@/*': ['./two/*'] } } }),
      'tsconfig.json': json({ extends: ['./one.json', './two.json', 'not-installed/tsconfig'] }),
      'one/x.ts': '',
      'two/x.ts': '',
    },
    leads: { '@/x': 'two/x.ts' },
  },
  'a configuration of a package of the workspace, from the folder that extends it': {
    files: {
      ...member({ name: '@acme/tsconfig' }),
      'packages/lib/base.json': json({
        compilerOptions: { paths: { '@/*': ['${configDir}/src/*'] } },
      }),
      'packages/app/tsconfig.json': json({ extends: '@acme/tsconfig/base.json' }),
      'packages/app/src/x.ts': '',
    },
    from: 'packages/app/a.ts',
    leads: { '@/x': 'packages/app/src/x.ts' },
  },
  'a configuration of nothing but references': {
    files: {
      'tsconfig.json': json({
        files: [],
        references: [{ path: './tsconfig.app.json' }, { path: './none' }],
      }),
      'tsconfig.app.json': json({ compilerOptions: { paths: { '@/*': ['./src/*'] } } }),
      'src/x.ts': '',
    },
    leads: { '@/x': 'src/x.ts' },
  },
  'a configuration that extends what is not installed': {
    files: {
      'tsconfig.json': json({
        extends: 'expo/tsconfig.base',
        compilerOptions: { paths: { '@/*': ['./*'] } },
      }),
      'x.ts': '',
    },
    leads: { './x': 'x.ts', '@/x': 'x.ts' },
  },
  'a configuration that is none': {
    files: { 'tsconfig.json': '{ "compilerOptions": ', 'x.ts': '' },
    leads: { './x': 'x.ts', '@/x': null },
  },
  'a configuration that is an array': {
    files: { 'tsconfig.json': '[]', 'x.ts': '' },
    leads: { './x': 'x.ts' },
  },
  'configurations that extend each other': {
    files: {
      'tsconfig.json': json({
        extends: './b.json',
        compilerOptions: { paths: { '@/*': ['./*'] } },
      }),
      'b.json': json({ extends: ['./tsconfig.json', './b.json'] }),
      'x.ts': '',
    },
    leads: { './x': 'x.ts', '@/x': 'x.ts' },
  },
  'values of other kinds': {
    files: {
      'tsconfig.json': json({
        extends: 1,
        references: [null, 1, { path: 2 }],
        compilerOptions: {
          baseUrl: {},
          outDir: [],
          paths: { '@/*': './src/*', '#/*': [1, null, './*'] },
        },
      }),
      'package.json': json({
        name: 1,
        workspaces: { packages: [1, null] },
        imports: [],
        babel: [],
      }),
      'x.ts': '',
    },
    leads: { './x': 'x.ts', '@/x': null, '#/x': 'x.ts' },
  },

  // Packages of the workspace
  'globs of npm': {
    files: member({}, 'index.ts'),
    leads: { '@acme/lib': 'packages/lib/index.ts' },
  },
  'globs of yarn, in an object': {
    files: {
      ...member({}, 'index.ts'),
      'package.json': json({ workspaces: { packages: ['./packages/**'] } }),
    },
    leads: { '@acme/lib': 'packages/lib/index.ts' },
  },
  'globs of pnpm': {
    files: {
      ...member({}, 'index.ts'),
      'package.json': '{}',
      'pnpm-workspace.yaml':
        "# all\npackages:\n  - 'packages/*'\n  - tools\n  # not these\n  - '!**/old'\nonlyBuiltDependencies:\n  - none/*\n",
      'packages/old/package.json': json({ name: 'old', main: 'index.ts' }),
      'packages/old/index.ts': '',
      'tools/package.json': json({ name: 'tools', main: 'index.ts' }),
      'tools/index.ts': '',
      'none/x/package.json': json({ name: 'none', main: 'index.ts' }),
      'none/x/index.ts': '',
    },
    leads: { '@acme/lib': 'packages/lib/index.ts', tools: 'tools/index.ts', old: null, none: null },
  },
  'globs of pnpm, in brackets': {
    files: {
      ...member({}, 'index.ts'),
      'package.json': '{}',
      'pnpm-workspace.yaml': 'packages: [packages/*, "apps/*"]\n',
    },
    leads: { '@acme/lib': 'packages/lib/index.ts' },
  },
  'globs of lerna': {
    files: {
      ...member({}, 'index.ts'),
      'package.json': '{}',
      'lerna.json': json({ packages: ['packages/{lib,app}'] }),
    },
    leads: { '@acme/lib': 'packages/lib/index.ts' },
  },
  'members of Deno': {
    files: {
      'package.json': '',
      'deno.json': json({ workspace: ['./lib'], imports: { '@/': './src/', x: './src/x.ts' } }),
      'lib/deno.json': json({ name: '@acme/lib', exports: { '.': './mod.ts', './y': './y.ts' } }),
      'lib/mod.ts': '',
      'lib/y.ts': '',
      'src/x.ts': '',
    },
    leads: {
      '@acme/lib': 'lib/mod.ts',
      '@acme/lib/y': 'lib/y.ts',
      '@/x.ts': 'src/x.ts',
      x: 'src/x.ts',
    },
  },
  'a package that is linked': {
    files: {
      'package.json': '{}',
      'other/lib/package.json': json({ name: 'lib' }),
      'other/lib/index.ts': '',
    },
    links: { 'node_modules/lib': 'other/lib' },
    leads: { lib: 'other/lib/index.ts', 'lib/none': null },
  },
  'a package that is installed, and not that of the workspace': {
    files: {
      ...member({}, 'index.ts'),
      'node_modules/@acme/lib/package.json': '{}',
      'node_modules/@acme/lib/index.js': '',
    },
    leads: { '@acme/lib': null },
  },
  'a package that names itself, and its own imports': {
    files: {
      'package.json': json({
        name: 'app',
        exports: { '.': './src/index.ts', './*': './src/*.ts', './private/*': null },
        imports: { '#x': './src/x.ts', '#lib/*': { default: './src/lib/*.ts' } },
      }),
      'src/index.ts': '',
      'src/x.ts': '',
      'src/private/y.ts': '',
      'src/lib/z.ts': '',
    },
    from: 'src/a.ts',
    leads: {
      app: 'src/index.ts',
      'app/x': 'src/x.ts',
      'app/private/y': null,
      '#x': 'src/x.ts',
      '#lib/z': 'src/lib/z.ts',
      '#none': null,
    },
  },

  // What is not built
  'main in dist': {
    files: member({ main: 'dist/index.js', types: 'dist/index.d.ts' }, 'src/index.ts', 'src/x.ts'),
    leads: {
      '@acme/lib': 'packages/lib/src/index.ts',
      '@acme/lib/dist/x': 'packages/lib/src/x.ts',
      '@acme/lib/src/x': 'packages/lib/src/x.ts',
    },
  },
  'what is built is read': {
    files: member({ main: 'dist/index.js' }, 'src/index.ts', 'dist/index.js'),
    leads: { '@acme/lib': 'packages/lib/dist/index.js' },
  },
  'exports with types and default': {
    files: member(
      {
        exports: {
          '.': { types: './dist/index.d.ts', default: './dist/index.js' },
          './x': { types: './src/x.ts', default: './dist/x.js' },
        },
      },
      'src/index.ts',
      'src/x.ts',
    ),
    leads: {
      '@acme/lib': 'packages/lib/src/index.ts',
      '@acme/lib/x': 'packages/lib/src/x.ts',
      '@acme/lib/y': null,
    },
  },
  'exports for two kinds of modules, in folders of their own': {
    files: member(
      {
        exports: {
          import: { types: './dist/esm/index.d.mts', default: './dist/esm/index.mjs' },
          require: { types: './dist/cjs/index.d.cts', default: './dist/cjs/index.cjs' },
        },
      },
      'src/index.ts',
    ),
    leads: { '@acme/lib': 'packages/lib/src/index.ts' },
  },
  'exports by patterns': {
    files: member(
      { exports: { './*': './lib/*.js', './f/*.js': { default: './out/f/*.js' } } },
      'src/x/y.tsx',
      'src/f/z.ts',
    ),
    leads: {
      '@acme/lib/x/y': 'packages/lib/src/x/y.tsx',
      '@acme/lib/f/z.js': 'packages/lib/src/f/z.ts',
      '@acme/lib': null,
    },
  },
  'a condition of the project for sources': {
    files: member(
      {
        exports: {
          '.': {
            '@acme/source': './code/main.ts',
            types: './dist/index.d.ts',
            default: './dist/index.js',
          },
        },
      },
      'code/main.ts',
      'dist/index.js',
    ),
    leads: { '@acme/lib': 'packages/lib/code/main.ts' },
  },
  'the field source': {
    files: member(
      { source: 'code/main.ts', main: 'dist/lib.cjs', module: 'dist/lib.mjs' },
      'code/main.ts',
    ),
    leads: { '@acme/lib': 'packages/lib/code/main.ts' },
  },
  'outDir and rootDir': {
    files: {
      ...member({ main: './build/js/main.js' }, 'code/main.ts'),
      'packages/lib/tsconfig.json': json({
        compilerOptions: { outDir: './build/js', rootDir: './code' },
      }),
    },
    leads: { '@acme/lib': 'packages/lib/code/main.ts' },
  },
  'outDir of a configuration that is referenced': {
    files: {
      ...member({ main: './out/main.js' }, 'code/main.ts'),
      'packages/lib/tsconfig.json': json({
        files: [],
        references: [{ path: 'tsconfig.code.json' }],
      }),
      'packages/lib/tsconfig.code.json': json({
        extends: '../../base.json',
        compilerOptions: { rootDir: 'code' },
      }),
      'base.json': json({ compilerOptions: { outDir: '${configDir}/out' } }),
    },
    leads: { '@acme/lib': 'packages/lib/code/main.ts' },
  },
  'a build with another name': {
    files: member({ main: 'dist/acme-lib.cjs.js' }, 'src/index.ts'),
    leads: { '@acme/lib': 'packages/lib/src/index.ts' },
  },
  'sources beside the build': {
    files: member({ main: 'dist/main.js' }, 'main.ts'),
    leads: { '@acme/lib': 'packages/lib/main.ts' },
  },
  'no main at all': {
    files: member({}, 'src/index.ts'),
    leads: { '@acme/lib': 'packages/lib/src/index.ts' },
  },
  'the build of another package, by its path': {
    files: member({}, 'src/x.ts'),
    from: 'packages/app/a.ts',
    leads: { '../lib/dist/x.js': 'packages/lib/src/x.ts', '../lib/dist/y.js': null },
  },
  'nothing outside of a package': {
    files: {
      ...member({ main: '../../secret.js', exports: { '.': '../../secret.js' } }),
      'secret.js': '',
    },
    leads: { '@acme/lib': null },
  },

  // Babel
  'aliases of Babel': {
    files: {
      'babel.config.js': `
        const path = require('path');
        const SRC = './src';
        module.exports = (api) => {
          api.cache(true);
          return {
            presets: ['expo'],
            plugins: [
              'other',
              ['module-resolver', {
                root: ['./code'],
                alias: {
                  '@': SRC,
                  '~lib': path.resolve(__dirname, 'src/lib'),
                  '^#(.+)': './src/\\\\1',
                  text: \`\${__dirname}/src/x\`,
                  joined: __dirname + '/src/x',
                  other: '@',
                  dynamic: process.env.DIR,
                },
              }],
            ],
          };
        };`,
      'src/x.ts': '',
      'src/lib/y.ts': '',
      'code/z.ts': '',
    },
    from: 'src/lib/a.ts',
    leads: {
      '@/x': 'src/x.ts',
      '@/lib/y': 'src/lib/y.ts',
      '~lib/y': 'src/lib/y.ts',
      '#x': 'src/x.ts',
      text: 'src/x.ts',
      joined: 'src/x.ts',
      z: 'code/z.ts',
      'dynamic/x': null,
      '@none': null,
    },
  },
  'aliases of .babelrc': {
    files: {
      '.babelrc': '{ // why\n "plugins": [["module-resolver", { "alias": { "@": "./src" }, }]] }',
      'src/x.js': '',
    },
    leads: { '@/x': 'src/x.js' },
  },
  'aliases in package.json': {
    files: {
      'package.json': json({
        babel: {
          env: { test: {} },
          plugins: [['babel-plugin-module-resolver', { alias: { '@': './src' } }]],
        },
      }),
      'src/x.js': '',
    },
    leads: { '@/x': 'src/x.js' },
  },
  'aliases by require.resolve, in a module': {
    files: {
      'babel.config.mjs':
        "export default { plugins: [[require.resolve('babel-plugin-module-resolver'), { alias: { '@': './src' } }]] };",
      'src/x.js': '',
    },
    leads: { '@/x': 'src/x.js' },
  },
  'a configuration of Babel that is not code': {
    files: { 'babel.config.js': "'module-resolver' {{{", 'x.js': '' },
    leads: { './x': 'x.js', '@/x': null },
  },
};

describe.each(Object.entries(LAYOUTS))('%s', (_, { files, links = {}, from = 'a.ts', leads }) => {
  const contents: Files = Array.isArray(files)
    ? Object.fromEntries((files as readonly string[]).map((path) => [path, '']))
    : (files as Files);

  test.each(Object.entries(leads))('%s leads to %s', (specifier, target) => {
    const root = projectOf(contents);
    for (const [link, to] of Object.entries(links)) {
      mkdirSync(dirname(join(root, link)), { recursive: true });
      symlinkSync(join(root, to), join(root, link), 'junction');
    }
    expect(found(root, from, specifier)).toEqual(target === null ? [] : [target]);
  });
});

describe('the root of a project without lock file and .git', () => {
  const sdk = "import Intercom from '@intercom/intercom-react-native';\n";
  const screen = (specifier: string, mark = ''): string =>
    `${sdk}import { set } from '${specifier}';\nexport async function open(t) {\n  await set(t);\n  await Intercom.present();${mark}\n}`;
  const helper = `${sdk}export async function set(t) { await Intercom.setUserJwt(t); }`;

  test('a file beside the folder is followed, up to the folder that is linted from', () => {
    const root = projectOf({ 'b/set.ts': helper, 'package-lock.json': '' });
    expect(markedFile(root, 'a/x.ts', screen('../b/set'), {})).toBe(screen('../b/set'));
  });
});
