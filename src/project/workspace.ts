/** Where a project ends, which packages it has, and whether the SDK is installed in it at all. */

import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';

import { debugOnce } from './debug.ts';
import { foldersUpTo, isObject, jsonAt, kindOf, own, textsOf, type JsonObject } from './disk.ts';
import { currentEpoch } from './epoch.ts';
import { isSameStamp, readText, realPath, stampOf, type Stamp } from './files.ts';
import { foldersOf } from './globs.ts';

const LOCK_FILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
] as const;

/** What the root of a workspace holds, and no package within it. */
const ROOT_MARKS = [...LOCK_FILES, 'bun.lockb', 'deno.lock', 'pnpm-workspace.yaml', '.git'];

/** What a package holds. */
const PACKAGE_MARKS = ['package.json', 'deno.json', 'deno.jsonc', 'tsconfig.json'];

const roots = new Map<string, string>();

/**
 * The folder of the workspace that a folder belongs to: the nearest with a lock file or `.git`; else,
 * of those up to the one that is linted from, the outermost that has a package; else that one.
 */
export function workspaceRoot(folder: string, cwd: string): string {
  const key = `${folder}\0${cwd}`;
  let root = roots.get(key);
  if (root === undefined) {
    root = findRoot(folder, cwd);
    roots.set(key, root);
  }
  return root;
}

function findRoot(folder: string, cwd: string): string {
  const holds = (outer: string, marks: readonly string[]): boolean =>
    marks.some((mark) => existsSync(join(outer, mark)));
  const outward = foldersUpTo(folder, '');
  const marked = outward.find((outer) => holds(outer, ROOT_MARKS));
  if (marked !== undefined) return marked;
  const isInside = outward.includes(cwd);
  const within = isInside ? foldersUpTo(folder, cwd) : outward;
  const packages = within.filter((outer) => holds(outer, PACKAGE_MARKS));
  const root = (isInside ? packages.at(-1) : packages[0]) ?? (isInside ? cwd : folder);
  debugOnce(
    'no lock file and no .git is above %s: what is outside of %s is not followed',
    folder,
    root,
  );
  return root;
}

/** The folder of the package that a folder is in: the nearest with a manifest, up to the root. */
export function packageAround(folder: string, root: string): string {
  const outward = foldersUpTo(folder, root);
  return outward.find((outer) => existsSync(join(outer, 'package.json'))) ?? root;
}

/** Whether a path is a folder, or in it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Whether a path is of something that is installed. */
export function isInstalled(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`);
}

/** What describes a package: `package.json`, or Deno's file. */
export function manifestOf(folder: string): JsonObject | null {
  return (
    jsonAt(folder, 'package.json') ?? jsonAt(folder, 'deno.json') ?? jsonAt(folder, 'deno.jsonc')
  );
}

interface Members {
  readonly epoch: number;
  readonly folders: ReadonlyMap<string, string>;
}

const members = new Map<string, Members>();

/** The folders of the packages of a workspace, by their names, linked or not. */
export function packagesOf(root: string): ReadonlyMap<string, string> {
  const now = currentEpoch();
  let known = members.get(root);
  if (known?.epoch !== now) {
    known = { epoch: now, folders: findPackages(root) };
    members.set(root, known);
  }
  return known.folders;
}

function findPackages(root: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const folder of [root, ...foldersOf(root, globsOf(root))]) {
    if (kindOf(folder) !== 'folder' || !isInside(realPath(folder), root)) continue;
    const name = own(manifestOf(folder), 'name');
    if (typeof name === 'string' && !found.has(name)) found.set(name, folder);
  }
  return found;
}

/** The globs that name the packages of a workspace. */
function globsOf(root: string): readonly string[] {
  const deno = jsonAt(root, 'deno.json') ?? jsonAt(root, 'deno.jsonc');
  const workspaces = own(jsonAt(root, 'package.json'), 'workspaces');
  const ofDeno = own(deno, 'workspace');
  return [
    ...textsOf(isObject(workspaces) ? own(workspaces, 'packages') : workspaces),
    ...textsOf(own(jsonAt(root, 'lerna.json'), 'packages')),
    ...textsOf(isObject(ofDeno) ? own(ofDeno, 'members') : ofDeno),
    ...globsOfPnpm(root),
  ];
}

/** The list `packages` of a `pnpm-workspace.yaml`, in blocks or in brackets. */
function globsOfPnpm(root: string): readonly string[] {
  const path = join(root, 'pnpm-workspace.yaml');
  const text = stampOf(path) === null ? null : readText(path);
  if (text === null) return [];
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => /^["']?packages["']?\s*:/.test(line));
  if (begin < 0) return [];
  const [, head = ''] = /^[^:]*:(.*)$/.exec(lines[begin] ?? '') ?? [];
  const globs: string[] = [];
  for (const line of [head, ...lines.slice(begin + 1)]) {
    if (line !== head && /^[^\s#-]/.test(line)) break;
    // `- a`, `- 'a'`, `[a, "b"]`, over lines or not; behind a space, `#` begins a comment.
    const [text = ''] = line.replace(/^\s*-\s/, '').split(/(?:^|\s)#/);
    for (const one of partsOf(text.replace(/[[\]]/g, ''))) {
      const glob = one.trim().replace(/^(["'])(.*)\1$/, '$2');
      if (glob !== '') globs.push(glob);
    }
  }
  return globs;
}

/** The parts of a list with commas between them, but for those in braces. */
function partsOf(list: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let begin = 0;
  for (let index = 0; index < list.length; index += 1) {
    const character = list[index];
    if (character === '{') depth += 1;
    else if (character === '}') depth = Math.max(0, depth - 1);
    else if (character === ',' && depth === 0) {
      parts.push(list.slice(begin, index));
      begin = index + 1;
    }
  }
  return [...parts, list.slice(begin)];
}

interface LockFile {
  readonly stamp: Stamp;
  /** Whether it names a package, as far as that has been asked. */
  readonly names: Map<string, boolean>;
}

const lockFiles = new Map<string, LockFile>();

/**
 * Whether one of these packages can be installed in a workspace. It can where no lock file tells.
 */
export function mayInstall(root: string, packages: readonly string[]): boolean {
  let isTold = false;
  for (const name of LOCK_FILES) {
    const path = join(root, name);
    const stamp = stampOf(path, Infinity);
    if (stamp === null) continue;
    isTold = true;
    if (packages.some((one) => isNamed(path, stamp, one))) return true;
  }
  if (isTold) {
    debugOnce(
      'the lock file of %s names no client: only the imports of files that name one are followed',
      root,
    );
  }
  return !isTold;
}

/** Whether a lock file, or the manifest, of a workspace names one of these packages. */
export function namesPackage(root: string, packages: readonly string[]): boolean {
  return [...LOCK_FILES, 'package.json'].some((name) => {
    const path = join(root, name);
    const stamp = stampOf(path, Infinity);
    return stamp !== null && packages.some((one) => isNamed(path, stamp, one));
  });
}

function isNamed(path: string, stamp: Stamp, name: string): boolean {
  let lockFile = lockFiles.get(path);
  if (lockFile === undefined || !isSameStamp(lockFile.stamp, stamp)) {
    lockFile = { stamp, names: new Map() };
    lockFiles.set(path, lockFile);
  }
  let known = lockFile.names.get(name);
  if (known === undefined) {
    known = readText(path)?.includes(name) ?? true;
    lockFile.names.set(name, known);
  }
  return known;
}
