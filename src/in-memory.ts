/** A place without files, such as a browser: each text stands by itself. */

import * as eslintScope from 'eslint-scope';

import type { Machine } from './project/machine.ts';

let listener: ((line: string) => void) | null = null;

/** Has somebody told what `DEBUG=intercom-jwt` tells elsewhere, such as what is not looked into. */
export function onDebug(listen: ((line: string) => void) | null): void {
  listener = listen;
}

function debug(message: string, ...values: readonly unknown[]): void {
  if (listener === null) return;
  const left = [...values];
  listener(message.replaceAll(/%[os]/g, () => String(left.shift())));
}

export const IN_MEMORY: Machine = {
  resolve: (cwd, path) => absolute(path.startsWith('/') ? path : `${cwd ?? ''}/${path}`),
  project({ filename }) {
    debug('%s stands by itself: there are no files to follow its imports to', filename);
    return null;
  },
  versionAt: () => null,
  scopes: () => eslintScope,
  debug,
};

/** A path from the root, without `.` and `..`. */
function absolute(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
