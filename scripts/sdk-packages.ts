/** The packages that are followed without being told of: where their types declare methods. */

import { CLIENTS } from '../src/sdk/packages.ts';
import { CLIENT_MODULE } from '../src/sdk/roles.ts';
import { REACT_PACKAGE, SDK_EXPORTS, SDK_PACKAGE, webRoleOf } from '../src/sdk/web/apis.ts';
import { clientMethods, exportedFunctions, typeMethods } from './sdk-methods.ts';

/** The declarations of a version: the file that its manifest names, and all of them. */
export interface Declarations {
  readonly main: string;
  readonly all: readonly string[];
}

export interface SdkPackage {
  readonly name: string;
  /** Majors before this one are not supported. */
  readonly oldest: number;
  readonly methods: (declared: Declarations) => string[];
  /** What the tables say of a method: null for nothing, `unnamed` where they have to name it. */
  readonly role: (method: string) => string | null;
}

type Methods = SdkPackage['methods'];

/** Clients of phones: the tables derive roles from names, so that each method has one, or none. */
const MOBILE: readonly (readonly [name: string, oldest: number, methods: Methods])[] = [
  [CLIENT_MODULE, 4, ({ main }) => clientMethods(main)],
  ['@capacitor-community/intercom', 0, membersOf('IntercomPlugin', 'IntercomProtocol')],
  ['@capgo/capacitor-intercom', 0, membersOf('CapgoIntercomPlugin')],
  ['@capawesome/capacitor-intercom', 0, membersOf('IntercomPlugin')],
];

export const SDK_PACKAGES: readonly SdkPackage[] = [
  ...MOBILE.map(([name, oldest, methods]) => ({
    ...{ name, oldest, methods },
    role: (method: string) => mobileRole(name, method),
  })),
  {
    name: SDK_PACKAGE,
    oldest: 0,
    methods: ({ main }) => exportedFunctions(main),
    role: (method) => {
      // Some versions export by this name what is their default.
      if (method === 'Intercom') return 'start';
      return SDK_EXPORTS.has(method) ? webRoleOf(method) : 'unnamed';
    },
  },
  {
    name: REACT_PACKAGE,
    oldest: 1,
    methods: membersOf('IntercomContextValues'),
    role: webRoleOf,
  },
];

/** The methods of a type, by any of its names. */
function membersOf(...types: readonly string[]): Methods {
  return ({ all }) => typeMethods(all, types);
}

function mobileRole(name: string, method: string): string | null {
  return CLIENTS.find(({ module }) => module === name)?.role(method) ?? null;
}
