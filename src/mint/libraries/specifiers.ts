/** What module an import names, in the notations of Node.js, Deno, JSR and the CDNs. */

import { packageOf } from '../../values/externals.ts';
import { MODULES, type Api } from './table.ts';

/** A module of a package. */
export interface Specifier {
  /** The package, with the path of the module in it. */
  readonly name: string;
  /** The version, where the specifier tells it. */
  readonly version: string | null;
}

/** `npm:jose@5.2.0`, `https://deno.land/x/jose@v4.14.4/index.ts`. */
const VERSION = /[^/:]@v?(\d[^/?#]*)/;

/** The module that a specifier names; null for a relative one. */
export function readSpecifier(specifier: string): Specifier | null {
  if (/^[./]/.test(specifier)) return null;
  const [, version] = VERSION.exec(specifier) ?? [];
  return { name: packageOf(specifier), version: version ?? null };
}

/** What a module is, where the table has it. */
export function apiOf({ name }: Specifier): Api | null {
  return Object.hasOwn(MODULES, name) ? (MODULES[name] ?? null) : null;
}
