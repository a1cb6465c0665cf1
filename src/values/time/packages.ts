/** The names under which the tables of dates know what packages export. */

import type { External } from '../value.ts';

/** The library that a package, or a package's part, is. */
const LIBRARIES: ReadonlyMap<string, string> = new Map([
  ['ms', 'ms'],
  ['@lukeed/ms', '@lukeed/ms'],
  ['date-fns', 'date-fns'],
  ['date-fns/esm', 'date-fns'],
  ['date-fns/constants', 'date-fns'],
  ['dayjs', 'dayjs'],
  ['dayjs/esm', 'dayjs'],
  ['moment', 'moment'],
  ['moment/moment', 'moment'],
  ['moment-timezone', 'moment'],
  ['luxon', 'luxon'],
  ['oslo', 'oslo'],
  ['djwt', 'djwt'],
  ['@zaubrik/djwt', 'djwt'],
  ['temporal-polyfill', 'temporal'],
  ['@js-temporal/polyfill', 'temporal'],
]);

/** `date-fns/addMinutes` has one export: the function of that name. */
const DATE_FNS_PART = /^date-fns\/(?:esm\/)?(?<name>\w+)$/;

/** The packages in which everything is a member of one export. */
const NAMESPACES: ReadonlyMap<string, string> = new Map([['temporal', 'Temporal']]);

/**
 * `Date.now` for a global, `luxon:DateTime.now` for what a package exports, `ms` for a package that
 * is a function itself.
 */
export function packageKey({ module, path }: External): string {
  if (module === null) {
    return path[0] === 'Temporal' ? key('temporal', path.slice(1)) : path.join('.');
  }
  const library = LIBRARIES.get(module);
  if (library === undefined) {
    const name = DATE_FNS_PART.exec(module)?.groups?.['name'];
    return name === undefined ? key(module, path) : key('date-fns', [name]);
  }
  const namespace = NAMESPACES.get(library);
  return namespace === undefined || path[0] !== namespace
    ? key(library, path)
    : key(library, path.slice(1));
}

function key(library: string, path: readonly string[]): string {
  return path.length === 0 ? library : `${library}:${path.join('.')}`;
}
