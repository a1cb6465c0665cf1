/** Links to what the playground is set to: packed, and in letters that a link may have. */

import { MAX_LINK, MAX_TEXT, read, written, type State } from './state.ts';

/** What begins the hash of a link: how the rest is packed. */
export const PACKED = '#1.';

const FORMAT = 'deflate-raw';

/** The hash of a link to a state; null where it would be too long. */
export async function hashOf(state: State): Promise<string | null> {
  if (state.code.length > MAX_TEXT) return null;
  const packed = await through(
    new TextEncoder().encode(written(state)),
    new CompressionStream(FORMAT),
    Infinity,
  );
  const letters = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''));
  const hash = PACKED + letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return hash.length > MAX_LINK ? null : hash;
}

/** The state that a hash leads to, which anybody may have written; null where it is none. */
export async function stateOf(hash: string): Promise<State | null> {
  if (!hash.startsWith(PACKED) || hash.length > MAX_LINK) return null;
  try {
    const letters = hash.slice(PACKED.length).replaceAll('-', '+').replaceAll('_', '/');
    const packed = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
    // A character takes up to three bytes, and an escape of one six.
    const text = await through(packed, new DecompressionStream(FORMAT), 14 * MAX_TEXT);
    return read(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch {
    return null;
  }
}

/**
 * Bytes as a stream turns them.
 *
 * @throws RangeError where there are more than so many of them: a short link may unpack to very much
 */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError('The link holds more than a text');
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
