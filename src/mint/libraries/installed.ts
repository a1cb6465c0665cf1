/**
 * Which version of a package a file gets: the installed one, that of the lock file, or what the nearest
 * manifest asks for.
 */

import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { readText, stampOf } from '../../project/files.ts';
import { parseJson } from '../../project/json.ts';
import type { Version } from '../../project/machine.ts';
import { parseVersion } from './versions.ts';

interface Manifest {
  readonly mtimeMs: number;
  readonly version: string | null;
}

/** What has been read, by path. It is read again when it has changed. */
const manifests = new Map<string, Manifest>();

/** Texts of lock files and manifests, by path, as they were at that time. */
const texts = new Map<string, { readonly mtimeMs: number; readonly text: string }>();

/** Larger lock files than this are not read, in bytes. */
const MAX_LOCK = 20_000_000;

/** So many texts are kept. */
const MAX_TEXTS = 64;

/**
 * The version of a package that a file gets; null where nothing tells.
 *
 * @param installed the package, with those before it that it is installed by
 */
export function versionAt(installed: readonly string[], filename: string): Version | null {
  return (
    parseVersion(installedVersion(installed, filename)) ??
    lockedVersion(installed.at(-1) ?? '', filename) ??
    wantedVersion(installed.at(-1) ?? '', filename)
  );
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

/** How lock files name the version of a package, whose name stands for `NAME`. */
const LOCKS: readonly (readonly [file: string, pattern: string])[] = [
  ['package-lock.json', '"node_modules/NAME":\\s*\\{\\s*"version":\\s*"([^"]+)"'],
  ['npm-shrinkwrap.json', '"node_modules/NAME":\\s*\\{\\s*"version":\\s*"([^"]+)"'],
  ['yarn.lock', '^"?NAME@[^\\n]*:\\r?\\n\\s+version:? "?([^"\\s]+)'],
  ['pnpm-lock.yaml', '^\\s+[\'"]?/?NAME[@/](\\d[\\w.+-]*)[^\\n]*:'],
  ['bun.lock', '"NAME":\\s*\\["NAME@([^"]+)"'],
  ['deno.lock', '"(?:(?:npm|jsr):)?NAME@[^"]*":\\s*"([^"_]+)|"NAME@(\\d[^"_]*)":\\s*\\{'],
];

/** The version of a package in the nearest lock file; null where it has none, or several that differ. */
function lockedVersion(name: string, filename: string): Version | null {
  for (const folder of foldersAbove(filename)) {
    for (const [file, pattern] of LOCKS) {
      const text = textAt(join(folder, file));
      if (text === null) continue;
      const found = [...text.matchAll(new RegExp(pattern.replaceAll('NAME', escaped(name)), 'gm'))];
      const versions = new Set(found.map(([, one, other]) => one ?? other ?? ''));
      const [only] = versions;
      return versions.size === 1 ? parseVersion(only ?? null) : null;
    }
  }
  return null;
}

/** Where manifests ask for versions, by path of their properties. */
const WANTED: readonly (readonly [file: string, sections: readonly string[]])[] = [
  ['package.json', ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']],
  ['deno.json', ['imports']],
  ['deno.jsonc', ['imports']],
  ['import_map.json', ['imports']],
];

/** The newest version that the nearest manifest which names a package asks for. */
function wantedVersion(name: string, filename: string): Version | null {
  for (const folder of foldersAbove(filename)) {
    for (const [file, sections] of WANTED) {
      const text = textAt(join(folder, file));
      const content = text === null ? null : parseJson(text);
      for (const section of sections) {
        const wanted = property(property(content, section), name);
        if (typeof wanted === 'string') return newestOf(wanted);
      }
    }
  }
  return null;
}

/** `^5.1.0`, `npm:jose@^5`, `https://deno.land/x/djwt@v3.0.1/mod.ts`; null where any will do. */
function newestOf(range: string): Version | null {
  const [, version] = /^(?:npm|jsr|https?):.*?[^/:]@([^/]*)/.exec(range) ?? [];
  const last = (version ?? range).split('||').at(-1)?.trim() ?? '';
  const parts = parseVersion(last);
  if (parts === null) return null;
  // A caret takes any minor version.
  return last.startsWith('^') && parts[0] > 0 ? [parts[0], Infinity] : parts;
}

function foldersAbove(filename: string): readonly string[] {
  const folders: string[] = [];
  for (let at = dirname(filename); ; at = dirname(at)) {
    folders.push(at);
    if (dirname(at) === at) return folders;
  }
}

function textAt(path: string): string | null {
  const stamp = stampOf(path, MAX_LOCK);
  if (stamp === null) return null;
  const known = texts.get(path);
  if (known?.mtimeMs === stamp.mtimeMs) return known.text;
  const text = readText(path);
  if (text === null) return null;
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(path, { mtimeMs: stamp.mtimeMs, text });
  return text;
}

function property(of: unknown, name: string): unknown {
  if (typeof of !== 'object' || of === null) return undefined;
  return Object.entries(of).find(([key]) => key === name)?.[1];
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
