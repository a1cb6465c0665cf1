/** How the functions on a way are entered too early. */

import type { Call, FunctionTerm, Refer } from '../../flow/term/term.ts';
import { isToldAsCall } from '../frames.ts';
import { WITH_JWT } from '../protocol.ts';
import type { Reason } from './reasons.ts';
import { entryState, type Frame } from './ways.ts';

/** Where what takes a function calls it, before it sets the user JWT and calls it again. */
export function calledTooEarly({ way, from }: Frame): Reason | null {
  const entered = way.entries.find((entry) => entry.from === from);
  if (from?.kind !== 'call' || entered === undefined || (entered.states & WITH_JWT) !== 0)
    return null;
  const isSetElsewhere = way.entries.some(
    (entry) => entry.in === entered.in && (entry.states & WITH_JWT) !== 0,
  );
  return isSetElsewhere ? { cause: 'calledUnset', entered: way.function, by: from } : null;
}

/** What a way enters its function by, if that is told as a call. */
export function entryOf(
  { way, from }: Frame,
  isMeant: (from: Call | Refer) => boolean,
): Call | Refer | null {
  const state = 1 << entryState(way);
  const entries = way.entries.flatMap((entry) =>
    entry.from !== null && (entry.states & state) !== 0 ? [entry.from] : [],
  );
  const others = from === null ? entries : [from, ...entries];
  const entered: FunctionTerm = way.function;
  return others.find((one) => isMeant(one) && isToldAsCall(one, entered)) ?? null;
}
