/**
 * Which files of the project a specifier leads to. Only folders, manifests and the configurations of
 * compilers are looked at, and of these only regular files: what the disk holds can be anything.
 */

import { dirname, isAbsolute, join, resolve as resolvePath } from 'node:path';

import { aliased } from './aliases.ts';
import { foldersUpTo, kindOf, own } from './disk.ts';
import { currentEpoch } from './epoch.ts';
import { realPath } from './files.ts';
import { importedBy, offeredBy, scriptOrSource } from './packages.ts';
import { platformsOf, variantsOf } from './scripts.ts';
import { mapped } from './tsconfig.ts';
import { isInside, isInstalled, manifestOf, packagesOf } from './workspace.ts';

/** What is known, by the root, the folder that asks and the specifier. */
const known = new Map<string, readonly string[]>();
/** The real path of a file that was found, and its variants. */
const families = new Map<string, readonly string[]>();
/** More than this is not remembered. */
const MAX_KNOWN = 200_000;
let epoch = 0;

/**
 * The scripts of a workspace that an import leads to, with all platforms' variants; none where it leads
 * nowhere, out of the workspace, to what is installed, or to what is no script. Real paths: links are
 * followed.
 *
 * @param from the absolute path of the file that imports
 * @param root the folder of the workspace
 */
export function resolve(from: string, specifier: string, root: string): readonly string[] {
  const now = currentEpoch();
  if (now !== epoch || known.size >= MAX_KNOWN) {
    known.clear();
    families.clear();
  }
  epoch = now;
  const folder = dirname(from);
  const key = `${root}\0${folder}\0${specifier}`;
  let paths = known.get(key);
  if (paths === undefined) {
    paths = lookUp(folder, specifier, root);
    known.set(key, paths);
  }
  return paths;
}

function lookUp(folder: string, specifier: string, root: string): readonly string[] {
  if (specifier.includes('\0')) return [];
  const isPath = isRelative(specifier) || isAbsolute(specifier);
  const found = isPath
    ? atPath(resolvePath(folder, specifier), root)
    : (byConfiguration(folder, specifier, root) ?? ofPackage(folder, specifier, root));
  if (found === null) return [];
  // A variant that is asked for by name is meant alone.
  const isAlone = platformsOf(specifier) !== null && platformsOf(found) !== null;
  const key = `${root}\0${found}\0${isAlone ? 'alone' : ''}`;
  let family = families.get(key);
  if (family === undefined) {
    family = familyAt(realPath(found), root, isAlone);
    families.set(key, family);
  }
  return family;
}

function familyAt(path: string, root: string, isAlone: boolean): readonly string[] {
  if (!isInside(path, root) || isInstalled(path)) return [];
  return isAlone ? [path] : variantsOf(path);
}

function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(specifier);
}

/** The script at a path, with or without extension, of a folder, or the source of an absent build. */
function atPath(path: string, root: string): string | null {
  if (!isInside(path, root)) return null;
  const script = scriptOrSource(path, root, null);
  if (script !== null) return script;
  const home = foldersUpTo(dirname(path), root).find((outer) => manifestOf(outer) !== null);
  return home === undefined ? null : scriptOrSource(path, root, home);
}

function byConfiguration(folder: string, specifier: string, root: string): string | null {
  for (const path of mapped(folder, specifier, root)) {
    const found = atPath(path, root);
    if (found !== null) return found;
  }
  for (const meant of aliased(folder, specifier, root)) {
    const found = isAbsolute(meant) ? atPath(meant, root) : ofPackage(folder, meant, root);
    if (found !== null) return found;
  }
  return null;
}

const PACKAGE = /^(@[^/]+\/[^/]+|[^@/][^/]*)(\/.*)?$/;

function ofPackage(folder: string, specifier: string, root: string): string | null {
  const outward = foldersUpTo(folder, root);
  const here = outward.find((outer) => manifestOf(outer) !== null);
  if (specifier.startsWith('#')) {
    return here === undefined ? null : importedBy(here, specifier, root);
  }
  const [, name, subpath = ''] = PACKAGE.exec(specifier) ?? [];
  if (name === undefined) return null;
  const home = homeOf(name, here, outward, root);
  return home === null ? null : offeredBy(home, subpath, root);
}

/** The folder of a package of the workspace; null of one that is installed. */
function homeOf(
  name: string,
  here: string | undefined,
  outward: readonly string[],
  root: string,
): string | null {
  if (here !== undefined && own(manifestOf(here), 'name') === name) return here;
  for (const outer of outward) {
    const linked = join(outer, 'node_modules', name);
    if (kindOf(linked) !== 'folder') continue;
    const home = realPath(linked);
    return isInside(home, root) && !isInstalled(home) ? home : null;
  }
  return packagesOf(root).get(name) ?? null;
}
