/** Reports that are written to a file. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { UserError } from './arguments.ts';

/** What the system says where a file cannot be written, in words. */
const REASONS: Readonly<Partial<Record<string, string>>> = {
  EISDIR: 'it is a folder',
  EACCES: 'that is not allowed',
  EPERM: 'that is not allowed',
  EROFS: 'nothing may be written there',
  ENOSPC: 'there is no room left',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  ENAMETOOLONG: 'the name is too long',
};

/**
 * Writes a report, and makes the folder that it is to be in.
 *
 * @throws {UserError} where it cannot be written
 */
export function writeReport(path: string, text: string, cwd: string): void {
  const file = resolve(cwd, path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new UserError(`The report cannot be written to '${path}': ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code] ?? error.message;
}
