/**
 * What the analysis runs on. All that reads files, or is of Node.js alone, is behind it: the entry that
 * is loaded says which it is, so that the one for browsers has nothing of that in it.
 */

import type * as eslintScope from 'eslint-scope';

import type { Project, ProjectOptions } from './project.ts';

export type Version = readonly [major: number, minor: number];

export interface Machine {
  /** An absolute path, of one that may start from a folder. */
  readonly resolve: (cwd: string | undefined, path: string) => string;
  /** The project around a file; null for a text that is no file, and where there are no files. */
  readonly project: (options: ProjectOptions) => Project | null;
  /**
   * The version of a package that a file gets; null where nothing tells.
   *
   * @param installed the package, with those before it that it is installed by
   */
  readonly versionAt: (installed: readonly string[], filename: string) => Version | null;
  /** What finds the scopes of a tree whose parser leaves them to the linter. */
  readonly scopes: () => typeof eslintScope;
  /** Tells, where somebody asks for it, what a verdict was made of; `%s` stands for a value. */
  readonly debug: (message: string, ...values: readonly unknown[]) => void;
}

let present: Machine | null = null;

/** The machine that the entry has given. */
export function machine(): Machine {
  if (present === null) throw new Error('No entry of the plugin has said what it runs on');
  return present;
}

/** Says what is run on from here on. */
export function runOn(given: Machine): void {
  present = given;
}

/** Does something on another machine. */
export function whileOn<T>(other: Machine, action: () => T): T {
  const before = present;
  present = other;
  try {
    return action();
  } finally {
    present = before;
  }
}
