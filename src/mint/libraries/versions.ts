/** How a version of a library reads what it is told: the version that a file gets, or the newest. */

import { machine, type Version } from '../../project/machine.ts';
import type { Dialect, Library } from './table.ts';

/**
 * The way in which a library reads a life in a file.
 *
 * @param filename the absolute path of the file
 * @param stated the version that the import tells, if it does
 */
export function dialectOf(
  { installed, dialects }: Library,
  filename: string,
  stated: string | null,
): Dialect {
  const newest = dialects.at(-1) ?? dialects[0];
  if (dialects.length === 1) return newest;
  const version = parseVersion(stated) ?? machine().versionAt(installed, filename);
  return dialects.findLast(({ since }) => version === null || isAtLeast(version, since)) ?? newest;
}

export function isBefore(version: Version, other: Version): boolean {
  return !isAtLeast(version, other);
}

/** A version as it is written, or asked for; null where that is none. */
export function parseVersion(text: string | null): Version | null {
  const match = /^[~^=v]*(\d+)(?:\.(\d+))?/.exec(text ?? '');
  return match === null ? null : [Number(match[1]), Number(match[2] ?? Infinity)];
}

function isAtLeast([major, minor]: Version, [sinceMajor, sinceMinor]: Version): boolean {
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}
