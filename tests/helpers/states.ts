/** In which states of the session each use of a client is reached. */

import type { SessionOptions } from '../../src/session/model.ts';
import { sessionOf } from '../../src/session/sessions.ts';
import { STATES } from '../../src/session/protocol.ts';
import { offsetOf } from '../../src/syntax/places.ts';
import { parsed } from './parsed.ts';

/** Refinements of other states, which the analysis keeps apart for its messages. */
const REFINED: ReadonlyMap<string, string> = new Map([
  ['begun', 'unset'],
  ['cleared', 'unset'],
  ['closed', 'unset'],
  ['closed begun', 'unset'],
  ['rejected', 'unset'],
  ['guest cleared', 'guest'],
  ['guest pending', 'guest'],
  ['guest rejected', 'guest'],
  ['live pending', 'live'],
  ['live rejected', 'live'],
]);

export interface ReachedSite {
  readonly line: number;
  readonly method: string;
  /** As the session model has them; in the order of its table. */
  readonly states: readonly string[];
}

const DEFAULTS: SessionOptions = { helpers: 'some-path', entry: 'unset' };

/** The uses of the client in a module, in the order of the source. */
export function reachedSites(
  source: string,
  options: Partial<SessionOptions> = {},
): readonly ReachedSite[] {
  const session = sessionOf(parsed(source));
  if (session === null) return [];
  const { sites, at } = session.solve({ ...DEFAULTS, ...options });
  const unreached = session
    .calls()
    .filter(({ node, effect }) => effect === null && at(node) === null)
    .map((call) => ({ ...call, states: 0 }));
  return [...sites, ...unreached]
    .sort((one, other) => offsetOf(one.node) - offsetOf(other.node))
    .map(({ node, method, states }) => ({
      line: source.slice(0, node.range?.[0]).split('\n').length,
      method,
      states: namesOf(states),
    }));
}

function namesOf(states: number): readonly string[] {
  const names = STATES.filter((_, state) => ((states >> state) & 1) === 1);
  return [...new Set(names.map((name) => REFINED.get(name) ?? name))];
}

/** A module with the client's import in front. */
export function withClient(source: string): string {
  return `import Intercom from '@intercom/intercom-react-native';\n${source}`;
}

/** A module that exports an async function with this body; it is entered from outside, unset. */
export function inFunction(body: string): string {
  return withClient(`export async function run(t, user) {\n${body}\n}`);
}
