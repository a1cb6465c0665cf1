/**
 * What is known of the files of a project without parsing them: their text's marks and imports.
 * Kept in memory by path, size and time of change.
 */

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A file's size, and the time of its last change in epoch milliseconds. */
export interface Stamp {
  readonly size: number;
  readonly mtimeMs: number;
}

/** What a text search tells of a file. */
export interface Outline {
  /** Everything that it may import, type-only imports and what stands in comments included. */
  readonly specifiers: readonly string[];
  /** Whether it names a client. */
  readonly isMarked: boolean;
}

/** Larger files are bundles. */
const MAX_BYTES = 2_000_000;

/** A file's stamp; null where there is no such file, or it is too large to be read. */
export function stampOf(path: string, maxBytes = MAX_BYTES): Stamp | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() !== true || stats.size > maxBytes) return null;
    return { size: stats.size, mtimeMs: stats.mtimeMs };
  } catch {
    return null;
  }
}

export function isSameStamp(one: Stamp, other: Stamp): boolean {
  return one.size === other.size && one.mtimeMs === other.mtimeMs;
}

/** A file's text; null where it cannot be read, or is none: to open a pipe or a device can wait. */
export function readText(path: string): string | null {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}

/** Where a path leads when its links are followed. The file need not be there. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), basename(path));
  }
}

/** The names in a folder; none where it cannot be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
