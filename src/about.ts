/** Where the project lives: `package.json` says it, and every other address is made of that. */

import manifest from '../package.json' with { type: 'json' };

/** The repository, which is the home page too. */
export const REPOSITORY = manifest.homepage;

/** Where faults of the plugin are to be told. */
export const ISSUES = `${REPOSITORY}/issues`;

/** The address of a file of the repository, such as `docs/ci.md`. */
export function addressOf(path: string): string {
  return `${REPOSITORY}/blob/main/${path}`;
}
