/** The folders that the globs of a workspace name. */

import { join } from 'node:path';

import { kindOf, namesAt } from './disk.ts';
import { realPath } from './files.ts';

/** More folders than these are not looked through, and alternatives beyond these not told apart. */
const MAX_FOLDERS = 5000;
const MAX_ALTERNATIVES = 64;

/** The folders below a root that globs name, those left out that a glob behind `!` names. */
export function foldersOf(root: string, globs: readonly string[]): readonly string[] {
  const named = new Set<string>();
  for (const glob of globs) {
    const isLeftOut = glob.startsWith('!');
    for (const pattern of alternativesOf(isLeftOut ? glob.slice(1) : glob)) {
      for (const folder of walk(root, segmentsOf(pattern))) {
        if (isLeftOut) named.delete(folder);
        else named.add(folder);
      }
    }
  }
  return [...named];
}

function segmentsOf(pattern: string): readonly string[] {
  return pattern.split(/[\\/]/).filter((segment) => segment !== '' && segment !== '.');
}

/** `{a,b}/*` as `a/*` and `b/*`. */
function alternativesOf(glob: string): readonly string[] {
  const done: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const close = next.indexOf('}');
    const begin = next.lastIndexOf('{', close);
    if (close < 0 || begin < 0) {
      done.push(next);
      continue;
    }
    const [before, after] = [next.slice(0, begin), next.slice(close + 1)];
    for (const one of next.slice(begin + 1, close).split(',')) {
      if (open.length + done.length < MAX_ALTERNATIVES) open.push(before + one + after);
    }
  }
  return done;
}

/** The folders that the segments of a pattern lead to, each once. */
function walk(root: string, segments: readonly string[]): ReadonlySet<string> {
  let reached: ReadonlySet<string> = new Set([root]);
  for (const segment of segments) {
    const next = new Set<string>();
    for (const folder of reached) {
      if (segment === '**') for (const one of below(folder, MAX_FOLDERS)) next.add(one);
      else if (!segment.includes('*') && !segment.includes('?')) next.add(join(folder, segment));
      else
        for (const name of inner(folder)) if (matches(name, segment)) next.add(join(folder, name));
      if (next.size > MAX_FOLDERS) break;
    }
    reached = next;
  }
  return reached;
}

/** A folder, and those in it at any depth, each by one of the paths that links give it. */
function below(folder: string, most: number): ReadonlySet<string> {
  const found = new Set([folder]);
  const real = new Set([realPath(folder)]);
  for (const outer of found) {
    for (const name of inner(outer)) {
      if (found.size >= most) return found;
      const path = join(outer, name);
      const place = realPath(path);
      if (real.has(place)) continue;
      real.add(place);
      found.add(path);
    }
  }
  return found;
}

/** The names of the folders in a folder, what is hidden or installed left out. */
function inner(folder: string): readonly string[] {
  return [...namesAt(folder)].filter(
    (name) =>
      !name.startsWith('.') && name !== 'node_modules' && kindOf(join(folder, name)) === 'folder',
  );
}

/** Whether a name is of a pattern with `*` and `?`. Takes the time of their product at most. */
function matches(name: string, pattern: string): boolean {
  let [at, place, star, retry] = [0, 0, -1, 0];
  while (at < name.length) {
    if (pattern[place] === '*') {
      star = place++;
      retry = at;
    } else if (pattern[place] === '?' || pattern[place] === name[at]) {
      place++;
      at++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  while (pattern[place] === '*') place++;
  return place === pattern.length;
}
