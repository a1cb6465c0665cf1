/** What a run does not look at: found by a walk of its own, since ESLint tells nothing of it. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, resolve, sep } from 'node:path';

import { statOf, type Files } from './files.ts';
import { plural } from '../explain/text.ts';

/** Code that runs in the app beside its scripts. */
const NATIVE = new Set(['.kt', '.java', '.swift', '.m', '.mm']);

/** So much of a tree is looked at, in entries of folders and in bytes of a file. */
const MAX_ENTRIES = 100_000;
const MAX_SIZE = 1_000_000;

/** So many names are told. */
const MANY = 5;

export interface Unread {
  /** Files of native code that speak of Intercom, relative to the folder of the run. */
  readonly native: readonly string[];
  /** Those of them that set the user JWT. */
  readonly nativeSets: readonly string[];
  /** Scripts that are left out, and folders, with the reason of each. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
}

/** Looks through the folders among the paths of a command line. */
export function unreadIn(cwd: string, paths: readonly string[], files: Files): Unread {
  const found = { native: new Set<string>(), sets: new Set<string>() };
  const leftOut = new Map<string, string>();
  const seen = new Set<string>();
  const pending = paths.map((path) => resolve(cwd, path)).filter(isFolder);
  let entries = 0;
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    if (seen.has(folder) || files.isInstalled(folder)) continue;
    seen.add(folder);
    const name = nameIn(cwd, folder);
    const reason = files.reason(folder, true);
    if (reason !== null) {
      // Tools keep folders whose names begin with a dot.
      if (!/(?:^|\/)\./u.test(name)) leftOut.set(`${name}/`, reason);
      continue;
    }
    for (const entry of entriesOf(folder)) {
      entries += 1;
      if (entries > MAX_ENTRIES) break;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) pending.push(path);
      if (!entry.isFile()) continue;
      if (NATIVE.has(extname(entry.name))) {
        const text = textOf(path);
        if (!/intercom/iu.test(text)) continue;
        if (files.reason(path, false) !== null) continue;
        found.native.add(nameIn(cwd, path));
        if (text.includes('setUserJwt')) found.sets.add(nameIn(cwd, path));
      } else if (files.isScript(path)) {
        const why = files.reason(path, false);
        if (why !== null) leftOut.set(nameIn(cwd, path), why);
      }
    }
  }
  return {
    native: [...found.native].sort(),
    nativeSets: [...found.sets].sort(),
    leftOut: [...leftOut].sort().map(([path, reason]) => ({ path, reason })),
  };
}

/** What there is to say of it. */
export function toldOfUnread({ native }: Unread): readonly string[] {
  if (native.length === 0) return [];
  const verb = native.length === 1 ? 'speaks' : 'speak';
  return [
    `${plural(native.length, 'native file')} ${verb} of Intercom, and native code is not read: ${listed(native)}.`,
  ];
}

/** The files and folders that are left out, by the reason. */
export function toldOfLeftOut({ leftOut }: Unread): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { path, reason } of leftOut) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), path]);
  }
  return [...byReason].map(([reason, those]) => `Left out, as ${reason}: ${listed(those)}.`);
}

function listed(names: readonly string[]): string {
  if (names.length <= MANY) return names.join(', ');
  return `${names.slice(0, MANY - 1).join(', ')} and ${names.length - MANY + 1} more`;
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() === true;
}

/** Whoever may not look into a folder finds nothing there. */
function entriesOf(folder: string): ReturnType<typeof readFolder> {
  try {
    return readFolder(folder);
  } catch {
    return [];
  }
}

function readFolder(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

function textOf(path: string): string {
  try {
    return statSync(path).size > MAX_SIZE ? '' : readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function nameIn(cwd: string, path: string): string {
  return relative(cwd, path).replaceAll(sep, '/');
}
