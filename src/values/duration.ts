/** Lengths of time, told apart by their unit. */

declare const unit: unique symbol;

/** A length of time in seconds. */
export type Seconds = number & { readonly [unit]: 'seconds' };

/** A length of time in milliseconds. */
export type Milliseconds = number & { readonly [unit]: 'milliseconds' };

export function seconds(count: number): Seconds {
  return count as Seconds;
}

export function milliseconds(count: number): Milliseconds {
  return count as Milliseconds;
}

export function toSeconds(length: Milliseconds): Seconds {
  return seconds(length / 1000);
}

export function toMilliseconds(length: Seconds): Milliseconds {
  return milliseconds(length * 1000);
}
