/** Which files are scripts, and which of them are the same module for several platforms. */

import { basename, dirname, join } from 'node:path';

import { kindOf, namesAt } from './disk.ts';
import { EXTENSION } from './names.ts';

/** Where a module's variants run. */
export type Platform = 'ios' | 'android' | 'web';

const SUFFIXES = ['ios', 'android', 'native', 'web'] as const;
type Suffix = (typeof SUFFIXES)[number];

/** The variants that win on a platform, the best first; behind them comes the plain file. */
const WINNING: Readonly<Record<Platform, readonly Suffix[]>> = {
  ios: ['ios', 'native'],
  android: ['android', 'native'],
  web: ['web'],
};

/** The platforms that a variant is for. */
const PLATFORMS_OF: Readonly<Record<Suffix, readonly Platform[]>> = {
  ios: ['ios'],
  android: ['android'],
  native: ['ios', 'android'],
  web: ['web'],
};

/** The platforms of the mobile client. */
export const MOBILE: readonly Platform[] = PLATFORMS_OF.native;

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'] as const;

/** The extensions in which a file may be written that is asked for by another. */
const WRITTEN_AS: ReadonlyMap<string, readonly string[]> = new Map([
  ['.js', ['.ts', '.tsx', '.js', '.jsx']],
  ['.jsx', ['.tsx', '.jsx']],
  ['.mjs', ['.mts', '.mjs']],
  ['.cjs', ['.cts', '.cjs']],
]);

/** That of a file that declares the types of another. */
const DECLARATION = /\.d\.[cm]?ts$/;
/** What comes before the extension of a platform's variant. */
const SUFFIX = new RegExp(`\\.(${SUFFIXES.join('|')})$`);

export function isScript(path: string): boolean {
  return EXTENSION.test(path) && !DECLARATION.test(path);
}

/** A path without its extension and platform. */
export function stemOf(name: string): string {
  return name.replace(EXTENSION, '').replace(SUFFIX, '');
}

/** A path without the extension of a script, or of a declaration of one. */
export function bareOf(path: string): string {
  return path.replace(DECLARATION, '').replace(EXTENSION, '');
}

function suffixOf(path: string): Suffix | null {
  const suffix = SUFFIX.exec(path.replace(EXTENSION, ''))?.[1];
  return SUFFIXES.find((one) => one === suffix) ?? null;
}

/** The platforms that a file is for by its name; null where that does not tell. */
export function platformsOf(path: string): readonly Platform[] | null {
  const suffix = suffixOf(path);
  return suffix === null ? null : PLATFORMS_OF[suffix];
}

/** The script at a path that may have no extension; null where there is none. */
export function scriptAt(path: string): string | null {
  const names = lowerNames(dirname(path));
  if (names.size === 0) return null;
  for (const one of candidatesAt(path)) {
    if (names.has(basename(one).toLowerCase()) && isScript(one) && kindOf(one) === 'file')
      return one;
  }
  return null;
}

/** What a path without extension, or with that of its build, can be written as; the best first. */
function* candidatesAt(path: string): Generator<string> {
  const extension = EXTENSION.exec(path)?.[0] ?? '';
  const stem = path.slice(0, path.length - extension.length);
  for (const written of WRITTEN_AS.get(extension) ?? []) yield stem + written;
  if (extension !== '') yield path;
  for (const written of EXTENSIONS) yield path + written;
  for (const suffix of SUFFIXES) {
    for (const written of EXTENSIONS) yield `${path}.${suffix}${written}`;
  }
}

const lower = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/** The names in a folder in lower case, as there are disks that do not mind it. */
function lowerNames(folder: string): ReadonlySet<string> {
  const names = namesAt(folder);
  let found = lower.get(names);
  if (found === undefined) {
    found = new Set([...names].map((name) => name.toLowerCase()));
    lower.set(names, found);
  }
  return found;
}

/** A script, and its variants for other platforms, in an order that is always the same. */
export function variantsOf(path: string): readonly string[] {
  const folder = dirname(path);
  const stem = stemOf(basename(path));
  const found = [...namesAt(folder)]
    .filter((name) => name.startsWith(stem) && isScript(name) && stemOf(name) === stem)
    .filter((name) => name === basename(path) || suffixOf(name) !== null)
    .map((name) => join(folder, name))
    .filter((one) => kindOf(one) === 'file');
  return [...new Set([path, ...found])].sort();
}

/**
 * Those of a module's variants that run on some platforms: on each the one that is written for it,
 * else the plain file. All of them where none does.
 */
export function winnersOf(
  paths: readonly string[],
  platforms: readonly Platform[],
): readonly string[] {
  const winners = new Set(
    platforms.flatMap((platform) => {
      const suffixes = [...WINNING[platform], null];
      const winning = suffixes.find((suffix) => paths.some((path) => suffixOf(path) === suffix));
      return winning === undefined ? [] : paths.filter((path) => suffixOf(path) === winning);
    }),
  );
  return winners.size === 0 ? paths : paths.filter((path) => winners.has(path));
}
