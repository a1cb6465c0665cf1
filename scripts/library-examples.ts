/** The examples of `docs/libraries.md`, which a test lints. */

import type { Library } from '../src/values/libraries/shapes.ts';

/** What stands before the call, the call that sets the JWT, and what needs it; null where there is none. */
export function exampleOf({ example }: Library): readonly string[] | null {
  if (example === undefined) return null;
  const [given, call] = example;
  return [given, '', call, 'await Intercom.present();'];
}

/** A program that is right, and the same without its set; null where none is shown. */
export function shownOf({ shown }: Library): readonly [right: string, faulty: string] | null {
  if (shown === undefined) return null;
  const faulty = shown.map((line) => line.replace(/Intercom\.setUserJwt\([^;]*?\)(?=[,;])/, 'f()'));
  return [shown.join('\n'), faulty.join('\n')];
}
