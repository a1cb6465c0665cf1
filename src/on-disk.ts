/** Node.js, with the files that are on its disk. */

import { isAbsolute, resolve } from 'node:path';

import { versionAt } from './mint/libraries/installed.ts';
import { debug } from './project/debug.ts';
import type { Machine } from './project/machine.ts';
import { eslintScopes } from './project/parse.ts';
import { Project } from './project/project.ts';

export const ON_DISK: Machine = {
  resolve: (cwd = '.', path) => resolve(cwd, path),
  project: (options) => (isAbsolute(options.filename) ? new Project(options) : null),
  versionAt,
  scopes: eslintScopes,
  debug,
};
