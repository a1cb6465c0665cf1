/** The life of a user JWT in the Intercom SDK, as a protocol for the flow analysis. */

import type { EventEffect, Protocol } from '../flow/protocol.ts';
import type { States } from '../flow/relation.ts';
import { ROLES, type Role } from '../sdk/roles.ts';

/**
 * What a session can be in. `cleared` and `rejected` are `unset` with a known cause: the difference
 * is for messages, and for what a promise does that was under way.
 */
export const STATES = [
  /** No user JWT has been set. */
  'unset',
  /** `logout()` took away what was set. */
  'cleared',
  /** `setUserJwt` was called, and its promise was rejected. */
  'rejected',
  /** `setUserJwt` was called, but its promise is not known to be fulfilled. */
  'pending',
  /** An unidentified user was logged in, with no JWT. */
  'guest',
  /** The JWT was set, and has not been used for a login since. */
  'fresh',
  /** The JWT was set, and a login has been made with it. */
  'used',
  /** Entered from outside, where a session is taken to be. */
  'live',
  /** As `live`, with `pending` for the next login. */
  'live pending',
  /** As `live`, with `rejected` for the next login. */
  'live rejected',
] as const;

export type SessionState = (typeof STATES)[number];

/** The set of these states. */
export function states(...names: readonly SessionState[]): States {
  return names.reduce((bits, name) => bits | (1 << STATES.indexOf(name)), 0);
}

/** A user JWT has been set, and is known to be. */
export const WITH_JWT = states('fresh', 'used');

/** In these, a request goes out with no user JWT. */
export const WITHOUT_JWT = states('unset', 'cleared', 'rejected', 'pending');

/** In these, a login goes out with no user JWT for the user that it names. */
export const WITHOUT_JWT_FOR_LOGIN =
  WITHOUT_JWT | states('guest', 'live', 'live pending', 'live rejected');

/** The states that can be a fault where a method of this role is called. */
export function faultsOf(role: Role): States {
  switch (role) {
    case 'login':
      return WITHOUT_JWT_FOR_LOGIN | states('used');
    case 'update':
    case 'present':
    case 'request':
    case 'event':
      return WITHOUT_JWT;
    case 'establish':
    case 'guest':
    case 'clear':
    case 'provide':
      return 0;
  }
}

type Change = Partial<Record<SessionState, SessionState>>;

function effect(name: string, normal: Change, thrown: Change, lingers = false): EventEffect {
  const change = (by: Change) => (state: number) => {
    const from = STATES[state];
    return from === undefined ? 0 : states(by[from] ?? from);
  };
  return { name, normal: change(normal), thrown: change(thrown), lingers };
}

const TO_PENDING: Change = {
  unset: 'pending',
  cleared: 'pending',
  rejected: 'pending',
  live: 'live pending',
  'live rejected': 'live pending',
};

/** Nothing comes of a promise whose `setUserJwt` was followed by a `logout()`. */
const TO_FRESH: Change = {
  rejected: 'fresh',
  pending: 'fresh',
  guest: 'fresh',
  used: 'fresh',
  live: 'fresh',
  'live pending': 'fresh',
  'live rejected': 'fresh',
};

const TO_GUEST: Change = { unset: 'guest', cleared: 'guest', rejected: 'guest', pending: 'guest' };

const TO_CLEARED: Change = {
  rejected: 'cleared',
  pending: 'cleared',
  guest: 'cleared',
  fresh: 'cleared',
  used: 'cleared',
  live: 'cleared',
  'live pending': 'cleared',
  'live rejected': 'cleared',
};

const NOTHING: Change = {};

/** For each role, what the call does, and what its promise does when it settles. */
const EFFECTS: Readonly<Record<Role, readonly [call: EventEffect, settle: EventEffect]>> = {
  establish: [
    // One that throws at once changes nothing, but is worth telling.
    effect('establish', TO_PENDING, { unset: 'rejected', live: 'live rejected' }),
    effect('established', TO_FRESH, { pending: 'rejected', 'live pending': 'live rejected' }),
  ],
  login: [effect('login', NOTHING, NOTHING), effect('logged in', { fresh: 'used' }, NOTHING)],
  // A guest login that fails is no fault of the JWT's.
  guest: [effect('guest', NOTHING, TO_GUEST), effect('guest in', TO_GUEST, TO_GUEST)],
  update: [effect('update', NOTHING, NOTHING), effect('updated', NOTHING, NOTHING)],
  present: [effect('present', NOTHING, NOTHING), effect('presented', NOTHING, NOTHING)],
  request: [effect('request', NOTHING, NOTHING), effect('answered', NOTHING, NOTHING)],
  event: [effect('event', NOTHING, NOTHING), effect('logged', NOTHING, NOTHING)],
  clear: [effect('clear', TO_CLEARED, TO_CLEARED, true), effect('cleared', NOTHING, NOTHING)],
  provide: [effect('provide', NOTHING, NOTHING), effect('provided', NOTHING, NOTHING)],
};

/** The events that a method of this role raises, as places in {@link SESSION}'s list. */
export function eventsOf(role: Role): { readonly call: number; readonly settle: number } {
  const place = ROLES.indexOf(role) * 2;
  return { call: place, settle: place + 1 };
}

/**
 * Meeting a promise again that was made before: a `setUserJwt` was called then, on a way that is not
 * seen here. What settles the promise tells whether it was fulfilled; until then it counts for
 * rejected.
 */
export const RESUME = ROLES.length * 2;

export const SESSION: Protocol = {
  states: STATES,
  events: [
    ...ROLES.flatMap((role) => EFFECTS[role]),
    effect('resume', { unset: 'rejected', live: 'live rejected' }, NOTHING),
  ],
  initial: STATES.indexOf('unset'),
  established: WITH_JWT,
};
