/** What git ignores: by the `.gitignore` of any folder on the way to a file, as git itself reads them. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

import ignore, { type Ignore } from 'ignore';

const NAME = '.gitignore';

/** A folder of which no one speaks. */
const ANYWHERE = '\u0001/';

/** Whether the file system, and so git, takes no notice of case. */
const ignorecase = process.platform === 'darwin' || process.platform === 'win32';

/** The `.gitignore` files of a working tree. Each is read once, where a path leads by it. */
export class GitIgnore {
  readonly #root: string;
  readonly #files = new Map<string, Ignore | null>();
  readonly #folders = new Map<string, boolean>();

  /** @param cwd a folder of the tree; the tree's root is the nearest folder above with a `.git` */
  constructor(cwd: string) {
    this.#root = rootOf(cwd) ?? cwd;
  }

  /** Whether a path in the tree is ignored. That of a folder may end with a separator. */
  readonly ignores = (path: string): boolean => {
    const isFolder = /[\\/]$/u.test(path);
    const plain = isFolder ? path.slice(0, -1) : path;
    return this.#isInside(plain) && this.#ignores(plain, isFolder);
  };

  #isInside(path: string): boolean {
    const from = relative(this.#root, path);
    return from !== '' && from !== '..' && !from.startsWith(`..${sep}`);
  }

  #ignores(path: string, isFolder: boolean): boolean {
    if (!isFolder) return this.#decides(path, false);
    let known = this.#folders.get(path);
    if (known === undefined) {
      known = this.#decides(path, true);
      this.#folders.set(path, known);
    }
    return known;
  }

  /** What is in an ignored folder is ignored, whatever else is said of it. */
  #decides(path: string, isFolder: boolean): boolean {
    const parent = dirname(path);
    if (this.#isInside(parent) && this.#ignores(parent, true)) return true;
    // The file that is nearest has the last word.
    for (let folder = parent; ; folder = dirname(folder)) {
      const rules = this.#in(folder);
      if (rules !== null) {
        const inFolder = relative(folder, parent).replaceAll(sep, '/');
        // A nearer file has taken the parent in again: what is said of the parent says nothing more.
        const isTakenIn = inFolder !== '' && rules.test(`${inFolder}/`).ignored;
        const before = isTakenIn ? ANYWHERE : inFolder === '' ? '' : `${inFolder}/`;
        const name = `${before}${basename(path)}${isFolder ? '/' : ''}`;
        const { ignored, unignored } = rules.test(name);
        if (ignored || unignored) return ignored;
      }
      if (folder === this.#root || folder === dirname(folder)) return false;
    }
  }

  #in(folder: string): Ignore | null {
    let rules = this.#files.get(folder);
    if (rules === undefined) {
      rules = read(join(folder, NAME));
      this.#files.set(folder, rules);
    }
    return rules;
  }
}

function read(path: string): Ignore | null {
  // A pipe of that name would never end.
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return null;
  try {
    return ignore({ ignorecase }).add(readFileSync(path, 'utf8').replace(/^\uFEFF/u, ''));
  } catch {
    return null;
  }
}

/** The root of the working tree that a folder is in; null if it is in none. */
function rootOf(cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return null;
  }
}
