/** Where a project ends, and whether the SDK is installed in it at all. */

import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

import { isSameStamp, readText, stampOf, type Stamp } from './files.ts';

const LOCK_FILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
] as const;

/** What the root of a workspace holds, and no package within it. */
const ROOT_MARKS = [...LOCK_FILES, 'bun.lockb', 'pnpm-workspace.yaml', '.git'];

const roots = new Map<string, string>();

/** The folder of the workspace that a folder belongs to: the nearest with a lock file or `.git`. */
export function workspaceRoot(folder: string): string {
  let root = roots.get(folder);
  if (root === undefined) {
    root = ancestors(folder).find((one) => ROOT_MARKS.some((mark) => existsSync(join(one, mark))));
    root ??= folder;
    roots.set(folder, root);
  }
  return root;
}

/** Whether a file is the project's own: inside the workspace, and not installed. */
export function isOwn(path: string, root: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep) && !isInstalled(path);
}

function isInstalled(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`);
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
  return !isTold;
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

/** A folder, and those that hold it, the nearest first. */
function ancestors(folder: string): readonly string[] {
  const found = [folder];
  for (let inner = folder, outer = dirname(folder); outer !== inner; outer = dirname(inner)) {
    found.push(outer);
    inner = outer;
  }
  return found;
}
