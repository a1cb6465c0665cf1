/** Files that make a project on disk. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Texts by the path of their file. */
export type Files = Readonly<Record<string, string>>;

/** What makes a folder a workspace that has the client. */
export const LOCK_FILE = '{ "packages": { "node_modules/@intercom/intercom-react-native": {} } }';

export function write(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
