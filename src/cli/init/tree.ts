/** The files of a project, as far as setting it up has to know them. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { statOf } from '../files.ts';

/** Folders that hold nothing of the project's own. */
const LEFT_OUT =
  /^(?:node_modules|dist|build|coverage|Pods|vendor|\.(?!github$|husky$|storybook$).*)$/u;

/** So much is looked at. */
const MAX_ENTRIES = 50_000;
const MAX_SIZE = 2_000_000;

/** A tree of files. Paths are relative to the folder of the run, with slashes; `..` leads up. */
export interface Tree {
  /** The text of a file; null where there is none that can be read. */
  readonly read: (path: string) => string | null;
  readonly exists: (path: string) => boolean;
  /** The files in the folder of the run, and below it, that are the project's own. */
  readonly files: () => readonly string[];
}

/** The tree on disk. */
export function diskTree(cwd: string): Tree {
  let files: readonly string[] | null = null;
  return {
    read(path) {
      try {
        const file = join(cwd, path);
        const stat = statSync(file);
        return stat.isFile() && stat.size <= MAX_SIZE ? readFileSync(file, 'utf8') : null;
      } catch {
        return null;
      }
    },
    exists: (path) => statOf(join(cwd, path)) !== null,
    files: () => (files ??= filesIn(cwd)),
  };
}

function filesIn(cwd: string): string[] {
  const found: string[] = [];
  const pending = [''];
  let entries = 0;
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of entriesOf(join(cwd, folder))) {
      entries += 1;
      if (entries > MAX_ENTRIES) return found.sort();
      const path = `${folder}${entry.name}`;
      if (entry.isFile()) found.push(path);
      else if (entry.isDirectory() && !LEFT_OUT.test(entry.name)) pending.push(`${path}/`);
    }
  }
  return found.sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
