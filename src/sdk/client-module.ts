/** The packages and modules whose exports are Intercom clients, and how each takes what it is told. */

import { baseName } from '../project/names.ts';
import { CLIENT_MODULE, METHOD_NAMES, roleOf, type Role } from './roles.ts';

/** A package, or a module of the project, whose export is an Intercom client. */
export interface ClientModule {
  readonly module: string;
  /** The absolute path, without its extension, of a client that is a file of the project. */
  readonly path: string | null;
  /** The export that is the client. */
  readonly export: string;
  /** Whether its `setUserJwt` is known to return a promise. */
  readonly promises: boolean;
  /** How its `setUserJwt` takes the token: as it is, in an object as `jwt`, or in a way not known. */
  readonly takes: 'token' | 'object' | 'any';
  /** Whether what it is told is done in the order in which it is told, with nothing to wait for. */
  readonly isOrdered: boolean;
  /** The global that it is as well; null where there is none. */
  readonly global: string | null;
  /** What the type of the client is exported as; null where it has no name. */
  readonly type: string | null;
  /** The role of a method. */
  readonly role: (method: string) => Role | null;
  /** What a text contains that calls one of its methods. */
  readonly called: RegExp;
}

/**
 * Finds, in a text, what can be a member access or a destructuring by one of these names. A name by
 * itself, as in `onPress={login}`, is none.
 *
 * @param names a pattern
 */
export function memberPattern(names: string): RegExp {
  return new RegExp(`(?:\\.|\\[\\s*['"\`]|(?<![=$])\\{|,)\\s*${names}(?![\\w$])`);
}

/** `@intercom/intercom-react-native`. */
export const MOBILE_CLIENT: ClientModule = {
  module: CLIENT_MODULE,
  path: null,
  export: 'default',
  promises: true,
  takes: 'token',
  isOrdered: false,
  global: 'Intercom',
  type: 'IntercomType',
  role: roleOf,
  called: memberPattern(METHOD_NAMES),
};

/** What a text contains that names a client. */
export function marksOf(clients: readonly ClientModule[]): readonly string[] {
  return [
    'Intercom',
    ...clients.map(({ module, path }) => (path === null ? module : baseName(path))),
    ...clients.flatMap(({ global }) => (global === null || global === 'Intercom' ? [] : [global])),
  ];
}
