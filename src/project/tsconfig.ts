/** What a `tsconfig.json`, or a `jsconfig.json`, says of where modules are. */

import { dirname, extname, isAbsolute, join, relative, resolve } from 'node:path';

import { debugOnce } from './debug.ts';
import { foldersUpTo, isObject, jsonIn, kindOf, own, textsOf, type JsonObject } from './disk.ts';
import { currentEpoch } from './epoch.ts';
import { isInside, packagesOf } from './workspace.ts';

/** The names of the file, the one that counts first. */
const NAMES = ['tsconfig.json', 'jsconfig.json'] as const;
/** Where a package's build may be configured, too. */
const BUILDS = [...NAMES, 'tsconfig.build.json', 'tsconfig.lib.json'] as const;

/** More configurations than these are not read for one. */
const MAX_CONFIGS = 64;

/** The options of one configuration; paths are absolute. */
interface Config {
  readonly baseUrl: string | null;
  /** Where each pattern of an import leads, in their order. */
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[] | null;
  readonly outDir: string | null;
  readonly rootDir: string | null;
  readonly references: readonly string[];
}

const EMPTY: Config = { baseUrl: null, paths: null, outDir: null, rootDir: null, references: [] };

/** The paths without extension that a file's configuration gives for a specifier, the best first. */
export function mapped(folder: string, specifier: string, root: string): readonly string[] {
  const config = nearest(folder, root);
  if (config === null) return [];
  // A configuration of nothing but references has those of its parts.
  const configs =
    config.paths === null
      ? [config, ...config.references.map((path) => read(path, root))]
      : [config];
  return configs.flatMap(({ paths, baseUrl }) => [
    ...byPattern(paths ?? [], specifier),
    ...(baseUrl === null ? [] : [join(baseUrl, specifier)]),
  ]);
}

function byPattern(paths: NonNullable<Config['paths']>, specifier: string): readonly string[] {
  let best: { readonly prefix: number; readonly found: readonly string[] } | null = null;
  for (const [pattern, targets] of paths) {
    const star = pattern.indexOf('*');
    if (star < 0) {
      if (pattern === specifier) return targets;
      continue;
    }
    const [prefix, suffix] = [pattern.slice(0, star), pattern.slice(star + 1)];
    const isMatch =
      specifier.length >= prefix.length + suffix.length &&
      specifier.startsWith(prefix) &&
      specifier.endsWith(suffix);
    if (!isMatch || (best !== null && best.prefix >= prefix.length)) continue;
    const middle = specifier.slice(prefix.length, specifier.length - suffix.length);
    best = {
      prefix: prefix.length,
      found: targets.map((target) => target.replace('*', () => middle)),
    };
  }
  return best?.found ?? [];
}

/** The sources that a package's builds write a file from, without extension, where they tell. */
export function sourcesOf(folder: string, output: string, root: string): readonly string[] {
  const own = BUILDS.map((name) => join(folder, name)).filter((path) => kindOf(path) === 'file');
  const configs = own.map((path) => read(path, root));
  const referenced = configs.flatMap(({ references }) =>
    references.map((path) => read(path, root)),
  );
  return [...configs, ...referenced].flatMap(({ outDir, rootDir }) => {
    if (outDir === null || !isInside(output, outDir)) return [];
    const inside = relative(outDir, output);
    const sources = rootDir === null ? [join(folder, 'src'), folder] : [rootDir];
    return sources.map((source) => join(source, inside));
  });
}

function nearest(folder: string, root: string): Config | null {
  for (const outer of foldersUpTo(folder, root)) {
    const name = NAMES.find((one) => kindOf(join(outer, one)) === 'file');
    if (name !== undefined) return read(join(outer, name), root);
  }
  return null;
}

let epoch = 0;
const known = new Map<string, Config>();

function read(path: string, root: string): Config {
  const now = currentEpoch();
  if (now !== epoch) known.clear();
  epoch = now;
  const key = `${root}\0${path}`;
  let config = known.get(key);
  if (config === undefined) {
    config = new Reader(root, dirname(path)).read(path);
    known.set(key, config);
  }
  return config;
}

/** Reads a configuration and those that it extends. What cannot be read counts for nothing. */
class Reader {
  readonly #root: string;
  /** The folder of the configuration that is read first, which is `${configDir}`. */
  readonly #folder: string;
  readonly #open = new Set<string>();
  #count = 0;

  constructor(root: string, folder: string) {
    this.#root = root;
    this.#folder = folder;
  }

  read(path: string): Config {
    if (this.#open.has(path)) {
      debugOnce('%s extends itself', path);
      return EMPTY;
    }
    if (++this.#count > MAX_CONFIGS) return EMPTY;
    const object = jsonIn(path);
    if (object === null) return EMPTY;
    this.#open.add(path);
    const config = this.#extended(path, object);
    this.#open.delete(path);
    return config;
  }

  #extended(path: string, object: JsonObject): Config {
    const folder = dirname(path);
    const base = own(object, 'extends');
    let config = EMPTY;
    for (const specifier of typeof base === 'string' ? [base] : textsOf(base)) {
      const found = this.#find(folder, specifier);
      if (found !== null) config = { ...config, ...given(this.read(found)) };
      else debugOnce('%s extends %s, which is not found: the rest of it counts', path, specifier);
    }
    const options = own(object, 'compilerOptions');
    return {
      ...config,
      ...given(this.#options(folder, isObject(options) ? options : {}, config.baseUrl)),
      references: referencesOf(folder, own(object, 'references')),
    };
  }

  #options(folder: string, options: JsonObject, inherited: string | null): Config {
    const path = (value: unknown): string | null =>
      typeof value === 'string' ? this.#absolute(folder, value) : null;
    const baseUrl = path(own(options, 'baseUrl'));
    const paths = own(options, 'paths');
    const from = baseUrl ?? inherited ?? folder;
    return {
      baseUrl,
      paths: isObject(paths)
        ? Object.entries(paths).map(([pattern, targets]) => [
            pattern,
            textsOf(targets).map((target) => this.#absolute(from, target)),
          ])
        : null,
      outDir: path(own(options, 'outDir')) ?? path(own(options, 'declarationDir')),
      rootDir: path(own(options, 'rootDir')),
      references: [],
    };
  }

  #absolute(folder: string, path: string): string {
    return resolve(
      folder,
      path.replace('${configDir}', () => this.#folder),
    );
  }

  /** The file of a configuration that another extends; null where there is none. */
  #find(folder: string, specifier: string): string | null {
    if (specifier.startsWith('.') || isAbsolute(specifier)) {
      return configAt(resolve(folder, specifier));
    }
    for (const outer of foldersUpTo(folder, '')) {
      const found = configAt(join(outer, 'node_modules', specifier));
      if (found !== null) return found;
    }
    for (const [name, home] of packagesOf(this.#root)) {
      if (specifier !== name && !specifier.startsWith(`${name}/`)) continue;
      const found = configAt(join(home, specifier.slice(name.length)));
      if (found !== null) return found;
    }
    return null;
  }
}

/** A configuration at a path: with or without extension, or in the folder. */
function configAt(path: string): string | null {
  const named = own(
    kindOf(path) === 'folder' ? jsonIn(join(path, 'package.json')) : null,
    'tsconfig',
  );
  const candidates = [
    ...(extname(path) === '.json' ? [path] : []),
    `${path}.json`,
    ...(typeof named === 'string' ? [join(path, named)] : []),
    join(path, NAMES[0]),
  ];
  return candidates.find((one) => kindOf(one) === 'file') ?? null;
}

function referencesOf(folder: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX_CONFIGS).flatMap((one: unknown) => {
    const path = isObject(one) ? own(one, 'path') : null;
    const found = typeof path === 'string' ? configAt(resolve(folder, path)) : null;
    return found === null ? [] : [found];
  });
}

/** The options that are given. */
function given(config: Config): Partial<Config> {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
}
