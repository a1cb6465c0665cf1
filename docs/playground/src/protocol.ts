/** What the page and its worker tell each other. */

import type { Step } from 'eslint-plugin-intercom-jwt/browser';

import type { State } from './state.ts';

export interface Request {
  readonly id: number;
  readonly state: State;
}

/** A text that goes in place of what is from one offset to another. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

export interface Suggestion {
  readonly text: string;
  readonly change: Change;
}

export interface Found {
  /** The name of the rule, without a namespace; null for what keeps the code from being read. */
  readonly rule: string | null;
  readonly message: string;
  readonly isError: boolean;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly steps: readonly Step[];
  readonly suggestions: readonly Suggestion[];
}

export type Outcome =
  | { readonly kind: 'found'; readonly found: readonly Found[] }
  /** What is set is not understood. */
  | { readonly kind: 'misconfigured'; readonly problem: string }
  /** The playground or the plugin itself failed. */
  | { readonly kind: 'failed'; readonly problem: string };

export interface Answer {
  readonly id: number;
  /** What became of it; null where all is loaded, and it is begun. */
  readonly outcome: Outcome | null;
}
