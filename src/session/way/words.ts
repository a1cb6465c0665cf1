/** What the steps of a way say. */

import { PENDING, REJECTED, STATES, states, WITH_JWT } from '../protocol.ts';
import type { CallMode } from '../../flow/term/term.ts';
import type { Role } from '../../sdk/roles.ts';
import { quote } from '../findings/words.ts';

/** The name of a state. */
export function stateName(state: number): string | null {
  return STATES[state] ?? null;
}

export function isIn(state: number, set: number): boolean {
  return (set & (1 << state)) !== 0;
}

const GONE = states('cleared', 'guest cleared', 'closed');
const GUEST = states('guest', 'guest pending', 'guest rejected', 'guest cleared');
const LIVE = states('live', 'live pending', 'live rejected');

/** What the session is in, behind "with". */
export function withState(state: number): string {
  if (isIn(state, WITH_JWT)) return 'the user JWT set';
  if (isIn(state, LIVE)) return 'a session that is taken to be there';
  if (isIn(state, PENDING)) return 'a user JWT that nothing has waited for';
  if (isIn(state, GONE)) return 'no user JWT, which was cleared';
  if (isIn(state, REJECTED)) return 'no user JWT, which was rejected';
  return isIn(state, GUEST) ? 'a guest and no user JWT' : 'no user JWT';
}

/** A change of the session, as it is told of who brings it about. */
interface Changing {
  readonly from: number;
  readonly to: number;
  readonly isThrown: boolean;
}

/** What a method of a client does by a call. */
export function calledText(name: string, role: Role, { from, to, isThrown }: Changing): string {
  const quoted = quote(name);
  if (isThrown && role !== 'guest' && role !== 'clear') return `${quoted} throws`;
  switch (role) {
    case 'establish':
      if (isIn(to, WITH_JWT) && !isIn(from, WITH_JWT)) return `${quoted} gives the user JWT`;
      return from === to
        ? `${quoted} is called again`
        : `${quoted} is called, and its promise not waited for yet`;
    case 'clear':
      return isIn(from, WITH_JWT)
        ? `${quoted} clears the user JWT`
        : `${quoted} is called, with no user JWT to clear`;
    case 'guest':
      return `${quoted} logs a guest in, with no user JWT`;
    default:
      return `${quoted} is called`;
  }
}

/** What comes of the promise of a method. */
export function settledText(name: string, role: Role, { from, to, isThrown }: Changing): string {
  const quoted = quote(name);
  if (role === 'guest') return `${quoted} logs a guest in, with no user JWT`;
  if (isThrown) return `${quoted} is rejected`;
  switch (role) {
    case 'establish':
      if (!isIn(to, WITH_JWT)) return `${quoted} is fulfilled, and sets nothing any more`;
      return isIn(from, WITH_JWT) && from === to
        ? `${quoted} sets the user JWT again`
        : `${quoted} sets the user JWT`;
    case 'login':
      return from === to ? `${quoted} logs in` : `${quoted} logs in with the user JWT`;
    default:
      return `${quoted} is fulfilled`;
  }
}

/** What a call of a function that is seen comes to. */
export function helperText(
  name: string,
  { from, to, isThrown }: Changing,
  canSet: boolean,
  mode: CallMode,
): string {
  const isStarted = mode === 'started';
  const begun = isStarted ? 'is called, and not waited for' : 'is called';
  const quoted = name === '' ? 'the function' : quote(name);
  if (mode === 'settled') {
    const promise = name === '' ? 'the promise of the function' : `the promise of ${quoted}`;
    const isSetting = isIn(to, WITH_JWT) && !isIn(from, WITH_JWT);
    return `${promise} is ${isThrown ? 'rejected' : 'fulfilled'}${isSetting ? ', and the user JWT set' : ''}`;
  }
  if (isThrown) return `${quoted} throws`;
  if (isIn(to, WITH_JWT)) {
    if (isIn(from, WITH_JWT)) return `${quoted} ${begun}`;
    return `${quoted} sets the user JWT`;
  }
  if (isIn(to, GONE) && isIn(from, WITH_JWT)) return `${quoted} clears the user JWT`;
  if (isIn(to, PENDING) && from !== to) return `${quoted} begins to set the user JWT`;
  if (isIn(to, REJECTED) && from !== to) return `${quoted} goes on without the user JWT`;
  return canSet && !isStarted ? `${quoted} returns without setting it` : `${quoted} ${begun}`;
}
