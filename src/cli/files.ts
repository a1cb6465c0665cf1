/** Which files the command reads, and why it leaves others alone that it is given. */

import { statSync, type Stats } from 'node:fs';
import { basename, extname, isAbsolute, relative, resolve, sep } from 'node:path';

import { MIXED, SCRIPTS } from '../configs.ts';
import { GitIgnore } from './git-ignore.ts';

/** Usual folders of what is built, or not the project's own. */
const BUILT = [
  ...['build', 'coverage', 'dist', 'Pods', 'vendor', '.cache', '.expo', '.next', '.nuxt'],
  ...['.output', '.svelte-kit', '.turbo', '.yarn'],
];

const INSTALLED = ['node_modules', '.git'];

const MINIFIED = /\.min\.[cm]?js$/u;

const EXTENSIONS = [...SCRIPTS, ...MIXED].map((extension) => `.${extension}`);

/** Tells which files are read. */
export const READS = `${EXTENSIONS.slice(0, -1).join(', ')} and ${EXTENSIONS.at(-1) ?? ''} files are read`;

/** The same of those in a folder. */
export const READS_IN_FOLDER = `${READS}, but for those that git ignores, and what is built`;

export class Files {
  readonly #cwd: string;
  readonly #git: GitIgnore;
  readonly #missing: ReadonlyMap<string, string>;

  /** @param missing extensions of files that cannot be read, with the parser that is not installed */
  constructor(cwd: string, missing: ReadonlyMap<string, string>) {
    this.#cwd = cwd;
    this.#git = new GitIgnore(cwd);
    this.#missing = missing;
  }

  /** What ESLint is to ignore. */
  get ignores(): string[] {
    const matchers: (string | ((path: string) => boolean))[] = [
      `**/{${BUILT.join(',')}}/`,
      '**/*.min.{js,mjs,cjs}',
      ...[...this.#missing.keys()].map((extension) => `**/*${extension}`),
      isSpecial,
      this.#git.ignores,
    ];
    // ESLint's types know of patterns alone, and ESLint of functions too.
    return matchers as string[];
  }

  /** Of paths that are given, the files that are not linted, with the reason of each. */
  skipped(paths: readonly string[]): readonly string[] {
    return paths.flatMap((path) => {
      const target = resolve(this.#cwd, path);
      const stats = statOf(target);
      const reason =
        stats?.isFile() === true
          ? (this.reason(target) ?? this.#unread(target))
          : isSpecial(target)
            ? 'it is no regular file'
            : null;
      return reason === null ? [] : [`${path} is not linted: ${reason}.`];
    });
  }

  /** Whether a file has the name of one that is read. */
  isScript(path: string): boolean {
    return EXTENSIONS.includes(extname(path));
  }

  /** Whether a folder holds what the project has installed: of that there is nothing to tell. */
  isInstalled(folder: string): boolean {
    return INSTALLED.includes(basename(folder));
  }

  /**
   * Why neither a file of any kind nor a folder is looked at; null if it is.
   *
   * @param isFolder whether it is a folder, where that is known
   */
  reason(
    path: string,
    isFolder: boolean = statOf(resolve(this.#cwd, path))?.isDirectory() === true,
  ): string | null {
    const target = resolve(this.#cwd, path);
    const name = relative(this.#cwd, target);
    if (name === '..' || name.startsWith(`..${sep}`) || isAbsolute(name)) {
      return 'it is outside of the folder in which the command runs';
    }
    const parts = name.split(sep);
    const installed = parts.find((part) => INSTALLED.includes(part));
    if (installed !== undefined) return `what is in ${installed}/ is not the project's own`;
    const built = (isFolder ? parts : parts.slice(0, -1)).find((part) => BUILT.includes(part));
    if (built !== undefined) return `what is in ${built}/ is taken to be built`;
    if (MINIFIED.test(name)) return 'it is minified';
    return this.#git.ignores(isFolder ? `${target}/` : target) ? 'git ignores it' : null;
  }

  #unread(file: string): string | null {
    const extension = extname(file);
    if (!EXTENSIONS.includes(extension)) return READS;
    const parser = this.#missing.get(extension);
    return parser === undefined ? null : `${parser} is not installed`;
  }
}

/** Whether a path leads to what is neither a file nor a folder: a device or a pipe would never end. */
function isSpecial(path: string): boolean {
  const stats = statOf(path);
  return stats !== null && !stats.isFile() && !stats.isDirectory();
}

/** What a path leads to; null where that is nothing, or links that lead to each other. */
export function statOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
