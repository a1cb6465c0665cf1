/** What there is of a library in a file: its exports, its signers, and tokens in the making. */

import {
  FASTIFY_LIBRARY,
  FASTIFY_REPLY_SIGN,
  FASTIFY_SIGN,
  type Api,
  type Library,
  type Options,
  type Signing,
} from '../libraries/table.ts';
import type { Creation, Unit } from './units.ts';

type Builder = Api & { readonly kind: 'builder' };
type Service = Api & { readonly kind: 'service' };

/** Where the options that were given beforehand are. */
export type Setup =
  | { readonly kind: 'none' }
  | { readonly kind: 'call'; readonly options: Options; readonly call: Creation }
  /** In some set-up call of the library, in this file or in another. */
  | { readonly kind: 'elsewhere' };

/** Something of a library, as a value of the file. */
export type Part =
  | { readonly kind: 'api'; readonly api: Api; readonly version: string | null }
  /** A function that mints. */
  | {
      readonly kind: 'signer';
      readonly library: Library;
      readonly signing: Signing;
      readonly setup: Setup;
      readonly version: string | null;
    }
  /** A token in the making. */
  | {
      readonly kind: 'built';
      readonly builder: Builder;
      readonly creation: Creation;
      readonly version: string | null;
    }
  | { readonly kind: 'body'; readonly of: Part & { readonly kind: 'built' } }
  | {
      readonly kind: 'method';
      readonly of: Part & { readonly kind: 'built' };
      readonly name: string;
    }
  | {
      readonly kind: 'service';
      readonly api: Service;
      readonly setup: Setup;
      readonly version: string | null;
    }
  /** `app.jwt` of @fastify/jwt, or a namespace of it. */
  | { readonly kind: 'decorator' }
  /** A module of the project, as an object. */
  | { readonly kind: 'module'; readonly specifier: string; readonly from: Unit };

export const FASTIFY_APP: Part & { readonly kind: 'signer' } = {
  kind: 'signer',
  library: FASTIFY_LIBRARY,
  signing: FASTIFY_SIGN,
  setup: { kind: 'elsewhere' },
  version: null,
};

export const FASTIFY_REPLY: Part & { readonly kind: 'signer' } = {
  ...FASTIFY_APP,
  signing: FASTIFY_REPLY_SIGN,
};
