/** The life of a user JWT in the Intercom SDK, as a protocol for the flow analysis. */

import type { EventEffect, Protocol } from '../flow/algebra/protocol.ts';
import type { States } from '../flow/algebra/relation.ts';
import type { Operation } from '../flow/lower/lowering.ts';
import { ROLES, type Role } from '../sdk/roles.ts';

/**
 * What a session can be in. `begun`, `rejected`, `cleared` and `closed` are `unset` with a past that
 * is known: the difference is for messages, and for what a promise does that was under way.
 */
export const STATES = [
  /** No user JWT has been set. */
  'unset',
  /** `setUserJwt` was called, but its promise is not known to be fulfilled. */
  'pending',
  /** Something was left to run by itself that calls `setUserJwt` later. */
  'begun',
  /** `setUserJwt` was called, and its promise was rejected. */
  'rejected',
  /** `logout()` took away what was set. */
  'cleared',
  /** `logout()` was called where nothing was set. */
  'closed',
  /** As `begun`, behind a `logout()`. */
  'closed begun',
  /** An unidentified user was logged in, with no JWT. */
  'guest',
  /** As `guest`, with `pending` or `begun` for the next login. */
  'guest pending',
  /** As `guest`, with `rejected` for the next login. */
  'guest rejected',
  /** As `guest`, with `cleared` for the next login. */
  'guest cleared',
  /** The JWT was set, and has not been used for a login since. */
  'fresh',
  /** The JWT was set, and a login has been made with it. */
  'used',
  /** Entered from outside, where a session is taken to be. */
  'live',
  /** As `live`, with `pending` or `begun` for the next login. */
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

/** In these, something was left to run that calls `setUserJwt` later. */
const BEGUN = ['begun', 'closed begun'] as const;

/** In these, a request goes out with no user JWT. */
export const WITHOUT_JWT = states('unset', 'pending', ...BEGUN, 'rejected', 'cleared', 'closed');

/** In these, a login goes out with no user JWT for the user that it names. */
export const WITHOUT_JWT_FOR_LOGIN =
  WITHOUT_JWT |
  states('guest', 'guest pending', 'guest rejected', 'guest cleared') |
  states('live', 'live pending', 'live rejected');

/** In these, a `setUserJwt` was begun that nothing has waited for. */
export const PENDING = states('pending', ...BEGUN, 'guest pending', 'live pending');

/** In these, a `setUserJwt` was rejected. */
export const REJECTED = states('rejected', 'guest rejected', 'live rejected');

/** In these, a `logout()` took the JWT away. */
export const CLEARED = states('cleared', 'guest cleared');

/** In this, a `logout()` was called where no JWT was set. */
export const CLOSED = states('closed');

/** In these, a `logout()` was called. */
export const AFTER_CLEAR = CLEARED | CLOSED | states('closed begun');

/** In these, nothing has happened on this way. */
const UNTOUCHED = states('unset', 'live');

/** In these, no `setUserJwt` was begun since the session was opened. */
export const UNSET = states('unset', 'closed', 'guest', 'live');

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

interface Outcomes {
  readonly normal: Change;
  readonly thrown: Change;
}

function effect(
  name: string,
  normal: Change,
  thrown: Change,
  { lingers = false, resumed }: { readonly lingers?: boolean; readonly resumed?: Outcomes } = {},
): EventEffect {
  return {
    name,
    normal: changing(normal),
    thrown: changing(thrown),
    lingers,
    ...(resumed && {
      resumed: { normal: changing(resumed.normal), thrown: changing(resumed.thrown) },
    }),
  };
}

/** Where a change says nothing of a state, that stays. */
function changing(change: Change): (state: number) => States {
  return (state) => {
    const from = STATES[state];
    return from === undefined ? 0 : states(change[from] ?? from);
  };
}

const TO_PENDING: Change = {
  unset: 'pending',
  begun: 'pending',
  rejected: 'pending',
  cleared: 'pending',
  closed: 'pending',
  'closed begun': 'pending',
  guest: 'guest pending',
  'guest rejected': 'guest pending',
  'guest cleared': 'guest pending',
  live: 'live pending',
  'live rejected': 'live pending',
};

/** One that throws at once changes nothing, but is worth telling. */
const TO_REJECTED: Change = {
  unset: 'rejected',
  cleared: 'rejected',
  closed: 'rejected',
  guest: 'guest rejected',
  'guest cleared': 'guest rejected',
  live: 'live rejected',
};

/** Nothing comes of a promise whose `setUserJwt` was followed by a `logout()`. */
const FULFILLED: Change = {
  pending: 'fresh',
  rejected: 'fresh',
  'guest pending': 'fresh',
  'guest rejected': 'fresh',
  used: 'fresh',
  'live pending': 'fresh',
  'live rejected': 'fresh',
};

const REFUSED: Change = {
  pending: 'rejected',
  'guest pending': 'guest rejected',
  'live pending': 'live rejected',
};

/** Of a promise that was made before, `setUserJwt` was called on a way that is not seen. */
const RESUMED: Outcomes = {
  normal: {
    ...FULFILLED,
    unset: 'fresh',
    begun: 'fresh',
    'closed begun': 'fresh',
    guest: 'fresh',
    live: 'fresh',
  },
  thrown: { ...REFUSED, ...TO_REJECTED, begun: 'rejected', 'closed begun': 'rejected' },
};

const TO_GUEST: Change = {
  unset: 'guest',
  begun: 'guest pending',
  pending: 'guest pending',
  rejected: 'guest rejected',
  cleared: 'guest cleared',
  closed: 'guest',
  'closed begun': 'guest pending',
};

const TO_CLEARED: Change = {
  unset: 'closed',
  begun: 'closed',
  'closed begun': 'closed',
  pending: 'closed',
  rejected: 'closed',
  guest: 'closed',
  'guest pending': 'closed',
  'guest rejected': 'closed',
  'guest cleared': 'cleared',
  fresh: 'cleared',
  used: 'cleared',
  live: 'cleared',
  'live pending': 'cleared',
  'live rejected': 'cleared',
};

const LEFT: Change = {
  unset: 'begun',
  cleared: 'closed begun',
  closed: 'closed begun',
  guest: 'guest pending',
  'guest cleared': 'guest pending',
  live: 'live pending',
};

/**
 * A helper that was begun behind a `logout()`, and threw before it was suspended, has a promise that is
 * rejected: as if nothing had been begun, so that nobody finds it fulfilled with no JWT.
 */
const DIED: Change = { cleared: 'unset', closed: 'unset' };

const NOTHING: Change = {};

/** For each role, what the call does, and what its promise does when it settles. */
const EFFECTS: Readonly<Record<Role, readonly [call: EventEffect, settle: EventEffect]>> = {
  establish: [
    effect('establish', TO_PENDING, TO_REJECTED),
    effect('established', FULFILLED, REFUSED, { resumed: RESUMED }),
  ],
  login: [effect('login', NOTHING, NOTHING), effect('logged in', { fresh: 'used' }, NOTHING)],
  // A guest login that fails is no fault of the JWT's.
  guest: [effect('guest', NOTHING, TO_GUEST), effect('guest in', TO_GUEST, TO_GUEST)],
  update: [effect('update', NOTHING, NOTHING), effect('updated', NOTHING, NOTHING)],
  present: [effect('present', NOTHING, NOTHING), effect('presented', NOTHING, NOTHING)],
  request: [effect('request', NOTHING, NOTHING), effect('answered', NOTHING, NOTHING)],
  event: [effect('event', NOTHING, NOTHING), effect('logged', NOTHING, NOTHING)],
  clear: [
    effect('clear', TO_CLEARED, TO_CLEARED, { lingers: true }),
    effect('cleared', NOTHING, NOTHING),
  ],
  provide: [effect('provide', NOTHING, NOTHING), effect('provided', NOTHING, NOTHING)],
};

/** A call of a client that does what it is told in order: whatever comes behind it finds the JWT. */
const AT_ONCE: readonly EventEffect[] = [
  effect('establish at once', byWayOf(TO_PENDING, FULFILLED), TO_REJECTED),
  effect('done', NOTHING, NOTHING),
];

/** What was settled before a `logout()` sets nothing where it is given again: that took it away. */
const AGAIN: EventEffect = {
  name: 'given again',
  normal: (state) =>
    ((1 << state) & CLEARED) === 0 && ((1 << state) & AFTER_CLEAR) !== 0
      ? states('cleared')
      : (1 << state) & CLEARED,
  thrown: () => 0,
};

/** Something is noted, and nothing happens. */
const NOTED_THERE = effect('noted', NOTHING, NOTHING);

/** What has been raised behind a set was truthy: but for a `logout()` on this way, there is a JWT. */
const PROVEN_THERE: EventEffect = {
  name: 'proven',
  normal: (state) =>
    ((1 << state) & (WITH_JWT | AFTER_CLEAR)) === 0 ? states('fresh') : 1 << state,
  thrown: () => 0,
};

/** The same of what was read before: what has been done since then counts. */
const PROVEN_BEFORE: EventEffect = {
  name: 'proven before',
  normal: (state) => (((1 << state) & UNTOUCHED) === 0 ? 1 << state : states('fresh')),
  thrown: () => 0,
};

/** The places of these events in {@link SESSION}'s list. */
export const GIVEN_AGAIN = ROLES.length * 2 + AT_ONCE.length;
export const NOTED = GIVEN_AGAIN + 1;
const PROVEN = GIVEN_AGAIN + 2;

/**
 * The event that a test has turned out so.
 *
 * @param isEarlier whether what was tested was read before
 */
export function provenBy(outcome: boolean, isEarlier: boolean): number {
  return PROVEN + (outcome ? 0 : 1) + (isEarlier ? 2 : 0);
}

/** How a test has turned out that an event tells of; null for other events. */
export function outcomeOf(event: number): boolean | null {
  return event < PROVEN ? null : (event - PROVEN) % 2 === 0;
}

/** One change, and then another. */
function byWayOf(first: Change, second: Change): Change {
  return Object.fromEntries(
    STATES.map((state) => {
      const between = first[state] ?? state;
      return [state, second[between] ?? between];
    }),
  );
}

/**
 * The events that a method of this role raises, as places in {@link SESSION}'s list.
 *
 * @param isOrdered whether its client does what it is told in order
 */
export function eventsOf(role: Role, isOrdered = false): Operation {
  const isAtOnce = isOrdered && role === 'establish';
  const place = (isAtOnce ? ROLES.length : ROLES.indexOf(role)) * 2;
  return { call: place, settle: place + 1, ...(isOrdered && { callsBack: true }) };
}

/** The role whose method raises an event, by its place in the list; null where none does. */
export function roleOf(event: number): Role | null {
  return ROLES[event >> 1] ?? null;
}

/** Whether an event, by its place in the list, can bring about a JWT. */
export function establishes(event: number): boolean {
  const effect = SESSION.events[event];
  if (effect === undefined) return false;
  return [effect, effect.resumed].some((outcomes) =>
    STATES.some((_, state) => {
      if (outcomes === undefined || ((1 << state) & WITH_JWT) !== 0) return false;
      return ((outcomes.normal(state) | outcomes.thrown(state)) & WITH_JWT) !== 0;
    }),
  );
}

export const SESSION: Protocol = {
  states: STATES,
  events: [
    ...ROLES.flatMap((role) => EFFECTS[role]),
    ...AT_ONCE,
    AGAIN,
    NOTED_THERE,
    PROVEN_THERE,
    PROVEN_THERE,
    PROVEN_BEFORE,
    PROVEN_BEFORE,
  ],
  initial: STATES.indexOf('unset'),
  established: WITH_JWT,
  left: changing(LEFT),
  died: changing(DIED),
  over: CLEARED,
};
