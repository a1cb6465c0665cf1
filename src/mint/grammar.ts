/** How libraries read a length of time or a time that is given as a string. */

import type { Milliseconds } from './duration.ts';

/**
 * What a library makes of a string: a length of time, a fixed time in milliseconds since the epoch,
 * or an error, which includes a result of `NaN` or `undefined`.
 */
export type Reading =
  | { readonly kind: 'relative'; readonly length: Milliseconds }
  | { readonly kind: 'absolute'; readonly at: Milliseconds }
  | { readonly kind: 'refused' };

export type Grammar = (text: string) => Reading;

/** The names of the grammars, the keys of `GRAMMARS: Record<GrammarName, Grammar>`. */
export type GrammarName =
  /** The package `ms`: a bare number is milliseconds. */
  | 'ms'
  /** `@lukeed/ms`, as `ms` but for `'0'`, which it refuses. */
  | 'lukeed'
  /** jose 5 and 6: signs and `ago`, no bare number; rounded to seconds. */
  | 'jose'
  /** jose 1 to 4: no signs, no `ago`. */
  | 'jose-4'
  /** njwt: `new Date(text)`. */
  | 'date'
  /** jsrsasign's `IntDate`. */
  | 'jsrsasign';
