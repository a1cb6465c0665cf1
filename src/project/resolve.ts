/** Which files a specifier leads to, in a file of the project. */

import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import type * as oxcResolver from 'oxc-resolver';
import type { ResolverFactory } from 'oxc-resolver';

import { debug } from './debug.ts';
import { currentEpoch } from './epoch.ts';
import { namesIn } from './files.ts';

const PLATFORMS = ['ios', 'android', 'native', 'web'] as const;

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'] as const;

/** The extension of a script. */
export const EXTENSION = /\.[cm]?[jt]sx?$/;
/** What comes before the extension of a platform's variant. */
const PLATFORM = new RegExp(`\\.(?:${PLATFORMS.join('|')})$`);

/** What a package may offer to those who ask for it, the source of a package in a workspace first. */
const CONDITIONS = [
  'source',
  'react-native',
  'development',
  'import',
  'require',
  'node',
  'default',
];

interface Resolvers {
  readonly plain: ResolverFactory;
  /** Finds a module of which there is no file but those of the platforms. */
  readonly platform: ResolverFactory;
}

let resolvers: Resolvers | null | undefined;

/** What is known, by the folder that asks and the specifier. */
const known = new Map<string, { readonly paths: readonly string[]; readonly epoch: number }>();
/** More than this is not remembered. */
const MAX_KNOWN = 200_000;

const folders = new Map<string, readonly string[]>();
let epoch = 0;

/**
 * The files that an import leads to, with all platforms' variants; none where it leads nowhere, or
 * to what is no script. Real paths: links are followed.
 *
 * @param from the absolute path of the file that imports
 */
export function resolve(from: string, specifier: string): readonly string[] {
  const now = currentEpoch();
  const folder = dirname(from);
  const key = `${folder}\0${specifier}`;
  const before = known.get(key);
  if (before !== undefined && (before.epoch === now || isInstalled(before.paths))) {
    return before.paths;
  }
  if (now !== epoch) {
    epoch = now;
    folders.clear();
    resolvers?.plain.clearCache();
    resolvers?.platform.clearCache();
  }
  const paths = lookUp(from, specifier);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, { paths, epoch: now });
  return paths;
}

function lookUp(from: string, specifier: string): readonly string[] {
  resolvers ??= loadResolvers();
  if (resolvers === null) return [];
  const path =
    resolved(resolvers.plain, from, specifier) ?? resolved(resolvers.platform, from, specifier);
  if (path === null || !EXTENSION.test(path) || /\.d\.[cm]?ts$/.test(path)) return [];
  return isInstalled([path]) ? [path] : variantsOf(path);
}

/** What is installed stays where it is. */
function isInstalled(paths: readonly string[]): boolean {
  return paths.some((path) => path.includes('node_modules'));
}

/** A file, and its variants for other platforms, in an order that is always the same. */
function variantsOf(path: string): readonly string[] {
  const folder = dirname(path);
  const stem = stemOf(basename(path));
  let names = folders.get(folder);
  if (names === undefined) {
    names = namesIn(folder);
    folders.set(folder, names);
  }
  const found = names
    .filter((name) => name.startsWith(stem) && EXTENSION.test(name) && stemOf(name) === stem)
    .filter((name) => name === basename(path) || PLATFORM.test(name.replace(EXTENSION, '')))
    .map((name) => join(folder, name));
  return found.includes(path) ? found.sort() : [path, ...found].sort();
}

/** A path without its extension and platform. */
export function stemOf(name: string): string {
  return name.replace(EXTENSION, '').replace(PLATFORM, '');
}

function resolved(resolver: ResolverFactory, from: string, specifier: string): string | null {
  try {
    return resolver.resolveFileSync(from, specifier).path ?? null;
  } catch {
    return null;
  }
}

/** Null where the resolver's binary is missing: then each file stands by itself. */
function loadResolvers(): Resolvers | null {
  try {
    const { ResolverFactory: Factory } = createRequire(import.meta.url)(
      'oxc-resolver',
    ) as typeof oxcResolver;
    const options = {
      tsconfig: 'auto' as const,
      conditionNames: CONDITIONS,
      mainFields: ['source', 'react-native', 'module', 'main'],
      extensionAlias: {
        '.js': ['.ts', '.tsx', '.js', '.jsx'],
        '.jsx': ['.tsx', '.jsx'],
        '.mjs': ['.mts', '.mjs'],
        '.cjs': ['.cts', '.cjs'],
      },
    };
    return {
      plain: new Factory({ ...options, extensions: [...EXTENSIONS] }),
      platform: new Factory({
        ...options,
        extensions: PLATFORMS.flatMap((platform) =>
          EXTENSIONS.map((extension) => `.${platform}${extension}`),
        ),
      }),
    };
  } catch (error) {
    debug('modules cannot be resolved, each file stands by itself: %s', error);
    return null;
  }
}
