/**
 * How long what was seen on disk is believed. A lint run asks without a pause, and disk does not
 * change under it. An editor pauses between two lints, and what comes after a pause is looked up
 * anew.
 */

/** A pause, in milliseconds. */
const PAUSE = 100;

let epoch = 0;
let lastAsked = -Infinity;

/** The number of the present epoch; a new one begins after a pause. */
export function currentEpoch(): number {
  const now = performance.now();
  if (now - lastAsked > PAUSE) epoch++;
  lastAsked = now;
  return epoch;
}
