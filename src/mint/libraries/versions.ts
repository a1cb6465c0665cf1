/** Which version of a package a file gets, and how that version reads what it is told. */

import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Dialect, Library } from './table.ts';

interface Manifest {
  readonly mtimeMs: number;
  readonly version: string | null;
}

/** What has been read, by path. It is read again when it has changed. */
const manifests = new Map<string, Manifest>();

/**
 * The ways in which a library may read a life in a file: the one of the version that is installed
 * there, or all where that is not known.
 *
 * @param filename the absolute path of the file
 * @param stated the version that the import tells, if it does
 */
export function dialectsOf(
  { installed, dialects }: Library,
  filename: string,
  stated: string | null,
): readonly Dialect[] {
  if (dialects.length === 1) return dialects;
  const version = parseVersion(stated ?? installedVersion(installed, filename));
  if (version === null) return dialects;
  const dialect = dialects.findLast(({ since }) => isAtLeast(version, since));
  return dialect === undefined ? dialects : [dialect];
}

function installedVersion(names: readonly string[], filename: string): string | null {
  let from = dirname(filename);
  let version: string | null = null;
  for (const name of names) {
    const found = findPackage(name, from);
    if (found === null) return null;
    from = found.directory;
    version = found.version;
  }
  return version;
}

/** A package as Node.js finds it: in the nearest `node_modules` that holds it. */
function findPackage(
  name: string,
  from: string,
): { readonly directory: string; readonly version: string | null } | null {
  for (let at = from; ; at = dirname(at)) {
    const directory = join(at, 'node_modules', name);
    const manifest = readManifest(join(directory, 'package.json'));
    if (manifest !== null) return { directory, version: manifest.version };
    if (dirname(at) === at) return null;
  }
}

function readManifest(path: string): Manifest | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() !== true) return null;
    const known = manifests.get(path);
    if (known?.mtimeMs === stats.mtimeMs) return known;
    const manifest = { mtimeMs: stats.mtimeMs, version: versionIn(readFileSync(path, 'utf8')) };
    manifests.set(path, manifest);
    return manifest;
  } catch {
    return null;
  }
}

function versionIn(manifest: string): string | null {
  const content: unknown = JSON.parse(manifest);
  const isRecord = typeof content === 'object' && content !== null && 'version' in content;
  return isRecord && typeof content.version === 'string' ? content.version : null;
}

function parseVersion(text: string | null): readonly [number, number] | null {
  const match = /^[~^=v]*(\d+)(?:\.(\d+))?/.exec(text ?? '');
  return match === null ? null : [Number(match[1]), Number(match[2] ?? Infinity)];
}

function isAtLeast(
  [major, minor]: readonly [number, number],
  [sinceMajor, sinceMinor]: readonly [number, number],
): boolean {
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}
