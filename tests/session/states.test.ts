/** The states of the session model, where they are reached. */

import { describe, expect, test } from 'vitest';

import type { SessionOptions } from '../../src/session/model.ts';
import { inFunction, reachedSites, withClient } from '../helpers/states.ts';

/** The states in which each `present` is reached, in the order of the source. */
function statesAtPresent(source: string, options: Partial<SessionOptions> = {}): readonly string[] {
  return reachedSites(source, options)
    .filter(({ method }) => method === 'present')
    .map(({ states }) => states.join(' '));
}

const PRESENT = 'Intercom.present();';
const SET = 'await Intercom.setUserJwt(t);';
const LOGIN = 'await Intercom.loginUserWithUserAttributes(user);';
const GUEST = 'await Intercom.loginUnidentifiedUser();';
const LOGOUT = 'await Intercom.logout();';

interface Case {
  readonly body: string;
  readonly states: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  'unset, until something is set': { body: PRESENT, states: ['unset'] },
  'pending, from the call of setUserJwt on': {
    body: `const p = Intercom.setUserJwt(t); ${PRESENT} await p; ${PRESENT}`,
    states: ['pending', 'fresh'],
  },
  'fresh, once it is fulfilled': { body: `${SET} ${PRESENT}`, states: ['fresh'] },
  'what was before, where it is rejected': {
    body: `try { ${SET} } catch { ${PRESENT} }`,
    states: ['unset'],
  },
  'used, after a login': { body: `${SET} ${LOGIN} ${PRESENT}`, states: ['used'] },
  'fresh, after a login that failed': {
    body: `${SET} try { ${LOGIN} return; } catch { ${PRESENT} }`,
    states: ['fresh'],
  },
  'fresh, while a login is under way': {
    body: `${SET} const p = Intercom.loginUserWithUserAttributes(user); ${PRESENT} await p; ${PRESENT}`,
    states: ['fresh', 'used'],
  },
  'used again and again': { body: `${SET} ${LOGIN} ${LOGIN} ${PRESENT}`, states: ['used'] },
  'fresh again, after another set': {
    body: `${SET} ${LOGIN} ${SET} ${PRESENT}`,
    states: ['fresh'],
  },
  'used, where another set is rejected': {
    body: `${SET} ${LOGIN} try { ${SET} return; } catch { ${PRESENT} }`,
    states: ['used'],
  },
  'unset, after a logout': { body: `${SET} ${LOGOUT} ${PRESENT}`, states: ['unset'] },
  'unset, from the call of logout on': {
    body: `${SET} const p = Intercom.logout(); ${PRESENT} await p;`,
    states: ['unset'],
  },
  'unset, where logout fails': {
    body: `${SET} try { ${LOGOUT} return; } catch { ${PRESENT} }`,
    states: ['unset'],
  },
  'guest, after a guest was logged in': { body: `${GUEST} ${PRESENT}`, states: ['guest'] },
  'guest, where that failed': {
    body: `try { ${GUEST} return; } catch { ${PRESENT} }`,
    states: ['guest'],
  },
  'unset, while the guest is being logged in': {
    body: `const p = Intercom.loginUnidentifiedUser(); ${PRESENT} await p; ${PRESENT}`,
    states: ['unset', 'guest'],
  },
  'guest, though a set is pending': {
    body: `Intercom.setUserJwt(t); ${GUEST} ${PRESENT}`,
    states: ['guest'],
  },
  'fresh, though a guest is logged in': { body: `${SET} ${GUEST} ${PRESENT}`, states: ['fresh'] },
  'fresh, set after a guest was': { body: `${GUEST} ${SET} ${PRESENT}`, states: ['fresh'] },
  'guest, where the set after it is rejected': {
    body: `${GUEST} try { ${SET} return; } catch { ${PRESENT} }`,
    states: ['guest'],
  },
  'unset, after a guest was logged out': {
    body: `${GUEST} ${LOGOUT} ${PRESENT}`,
    states: ['unset'],
  },
  'unset, though a provider is registered': {
    body: `await Intercom.setUserJwtProvider(f); ${PRESENT}`,
    states: ['unset'],
  },
  'unset, whatever else is called': {
    body: `await Intercom.initialize(); Intercom.logEvent('x'); await Intercom.updateUser(user); ${PRESENT}`,
    states: ['unset'],
  },
  'one for each way': {
    body: `if (c()) { ${SET} if (d()) ${LOGIN} } else if (e()) ${GUEST} ${PRESENT}`,
    states: ['unset guest fresh used'],
  },
  'none, where no way leads': { body: `return; ${PRESENT}`, states: [''] },
  'none, where every way contradicts itself': {
    body: `if (!t) return; if (!t) ${PRESENT}`,
    states: [''],
  },
};

describe('the session is', () => {
  for (const [name, { body, states }] of Object.entries(CASES)) {
    test(name, () => {
      expect(statesAtPresent(inFunction(body))).toEqual(states);
    });
  }
});

describe('entered from outside', () => {
  const exported = withClient(
    `export async function run(t, user) { ${PRESENT} ${LOGIN} ${PRESENT} }`,
  );

  test('the session is unset', () => {
    expect(statesAtPresent(exported)).toEqual(['unset', 'unset']);
  });

  test('it is live, if a session is taken to be there', () => {
    expect(statesAtPresent(exported, { entry: 'session' })).toEqual(['live', 'live']);
  });

  test('it is what the top level of the module ends in', () => {
    const source = withClient(`
      const t = await jwt();
      export function run() { ${PRESENT} }
      ${SET}`);
    expect(statesAtPresent(source)).toEqual(['fresh']);
    expect(statesAtPresent(source, { entry: 'session' })).toEqual(['fresh']);
  });

  test('a live session changes as any other', () => {
    const source = (body: string): string => inFunction(body);
    const live = { entry: 'session' } as const;
    expect(statesAtPresent(source(`${SET} ${PRESENT}`), live)).toEqual(['fresh']);
    expect(statesAtPresent(source(`${LOGOUT} ${PRESENT}`), live)).toEqual(['unset']);
    expect(statesAtPresent(source(`try { ${SET} return; } catch { ${PRESENT} }`), live)).toEqual([
      'live',
    ]);
    expect(statesAtPresent(source(`if (c()) ${SET} ${PRESENT}`), live)).toEqual(['fresh live']);
  });
});
