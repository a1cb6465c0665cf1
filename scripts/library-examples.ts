/** The examples of `docs/libraries.md`, which a test lints. */

import type { Library } from '../src/values/libraries/shapes.ts';

/** What stands before the call, the call that sets the JWT, and what needs it; null where there is none. */
export function exampleOf({ example }: Library): readonly string[] | null {
  if (example === undefined) return null;
  const [given, call] = example;
  return [given, '', call, 'await Intercom.present();'];
}
