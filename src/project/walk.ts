/** The scripts that lie in a folder. */

import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

import { isScript } from './scripts.ts';

/** What a folder holds that is a package of its own. */
const MANIFEST = 'package.json';

/**
 * The scripts of a folder, what is installed or hidden left out.
 *
 * @param isWhole whether packages within it are a part of it
 */
export function* scriptsIn(folder: string, isWhole = true): Generator<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (isWhole || !isPackage(path)) yield* scriptsIn(path, isWhole);
    } else if (entry.isFile() && isScript(entry.name)) yield path;
  }
}

function isPackage(folder: string): boolean {
  try {
    return readdirSync(folder).includes(MANIFEST);
  } catch {
    return false;
  }
}
