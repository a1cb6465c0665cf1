/** The libraries that are known: what they do with the functions that they are given. */

import { ASYNC } from './async.ts';
import { REACT } from './react.ts';
import { NETWORK } from './network.ts';
import { STATE } from './state.ts';
import { STREAMS } from './streams.ts';
import { LANGUAGE } from './language.ts';
import type { Library, Shape } from './shapes.ts';

export const LIBRARIES: readonly Library[] = [...ASYNC, ...REACT, ...STATE, ...NETWORK, ...STREAMS];

const byPackage = new Map<string, Library>();
for (const library of LIBRARIES) {
  for (const name of library.packages) byPackage.set(name, library);
}

const whole = new Map<Library, Shape>();

/** What a package exports under a name; all of it, where no name is given. */
export function libraryShape(specifier: string, name: string | null): Shape | null {
  const library = byPackage.get(specifier);
  if (library === undefined) return null;
  if (name !== null)
    return Object.hasOwn(library.exports, name) ? (library.exports[name] ?? null) : null;
  let shape = whole.get(library);
  if (shape === undefined) {
    // What is required may be the default export itself, where CommonJS has no other.
    const { default: own, ...others } = library.exports;
    shape = { ...own, members: { ...own?.members, ...library.exports, ...others } };
    whole.set(library, shape);
  }
  return shape;
}

/** What a global of the language is. */
export function globalShape(name: string): Shape | null {
  return Object.hasOwn(LANGUAGE, name) ? (LANGUAGE[name] ?? null) : null;
}
