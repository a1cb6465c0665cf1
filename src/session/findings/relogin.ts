/** The calls of a file that log a user in with a user JWT that a login has been made with already. */

import { codeAround, isNode, isWithin, type Node } from '../../syntax/ast.ts';
import { offsetOf } from '../../syntax/places.ts';
import type { Explanation, Entry } from '../../flow/solve/explanation.ts';
import type { Step } from '../../flow/solve/ways.ts';
import type { SessionFile } from '../model.ts';
import type { Site, Solved } from '../sites.ts';
import { states } from '../protocol.ts';
import type { Cause } from './reasons.ts';
import { violationAt } from './unset-calls.ts';

/** A login that can come after another one, with no new user JWT in between. */
export interface Relogin {
  readonly site: Site;
  /** The login before it; null where that is the same call, made once before. */
  readonly earlier: { readonly name: string; readonly node: object } | null;
}

const FRESH = states('fresh');
const USED = states('used');

/** Causes whose remedy is a set right before the call, on all ways to it. */
const SET_RIGHT_BEFORE: ReadonlySet<Cause> = new Set(['cleared', 'neverSet', 'setTooLate']);

/** The logins in a file that are made again under the same user JWT, in the order of the source. */
export function reloginsOf(session: SessionFile): readonly Relogin[] {
  const options = { helpers: 'some-path', entry: 'unset' } as const;
  const solved = session.solve(options);
  const violation = violationAt(session, options);
  // What mends a login without a user JWT can mend the login with the same one, too.
  const isMendedThere = (site: Site): boolean => {
    const { cause = null, cut = null } = violation(site) ?? {};
    if (cause !== null && SET_RIGHT_BEFORE.has(cause)) return true;
    return cut !== null && (solved.solution.statesWithout(cut.place, cut.mark) & USED) === 0;
  };
  // Where looking for ways is too much work, it is told with no earlier login.
  const within = <T>(action: () => T): T | null => session.withinWork(action);
  return solved.sites
    .filter(({ role, states: at }) => role === 'login' && (at & USED) !== 0)
    .filter((site) => within(() => isMendedThere(site)) !== true)
    .map((site) => ({ site, earlier: within(() => earlierLogin(site, solved)) }));
}

/** How the JWT came to be used: the way on which it did, and the step that did it. */
interface Origin {
  readonly way: Explanation;
  readonly at: number;
  /** What the way leads to. */
  readonly site: object;
  /** How the function that is called there is entered; null where the way leads to the login. */
  readonly entry: Entry | null;
}

function earlierLogin(site: Site, solved: Solved): Relogin['earlier'] {
  const logins = solved.sites.filter(({ role, states: at }) => role === 'login' && at & FRESH);
  const origin = originOf(site.node, null, solved, new Set());
  const step = origin?.way.steps[origin.at];
  if (step?.kind === 'called') {
    const { call, callee } = step;
    if (call === origin?.entry?.from) return null;
    const { name, node } = callee.term;
    if (name !== '') return { name, node: call.site };
    const within = isNode(node) ? logins.find((login) => isWithin(login.node, node)) : null;
    return told(within ?? null, site, call.site);
  }
  if (origin === null) return told(nearest(logins, site.node), site, site.node);
  const own = logins.filter(({ node }) => codeAround(node) === origin.way.function.node);
  const onWay = own.filter(({ node }) => isOnWay(node, origin, solved));
  const candidates = [onWay, own, logins].find(({ length }) => length > 0) ?? [];
  return told(nearest(candidates, origin.site), site, origin.site);
}

function told(login: Site | null, site: Site, otherwise: object): Relogin['earlier'] {
  if (login === site) return null;
  return { name: login?.method ?? site.method, node: login?.node ?? otherwise };
}

/** Follows the ways to a place up through the functions until something uses the JWT on one. */
function originOf(
  site: object,
  entry: Entry | null,
  solved: Solved,
  seen: Set<object>,
): Origin | null {
  const way = seen.has(site) ? null : solved.solution.explain(site, USED);
  if (way === null) return null;
  seen.add(site);
  const at = way.steps.findLastIndex(uses);
  if (at >= 0) return { way, at, site, entry };
  for (const next of way.entries) {
    if (next.from === null || (next.states & USED) === 0) continue;
    const above = originOf(next.from.site, next, solved, seen);
    if (above !== null) return above;
  }
  return null;
}

function uses(step: Step): boolean {
  return (step.kind === 'event' || step.kind === 'called') && ((1 << step.to) & USED) !== 0;
}

/** Whether a login can be the one on a way: all that leads to it happens on the way, too. */
function isOnWay(login: Node, { way, at }: Origin, solved: Solved): boolean {
  const passed = way.steps.slice(0, at);
  const further = { in: null, known: way.known };
  const to = solved.solution.explain(login, FRESH, further);
  return to?.steps.every((step) => passed.some((other) => isSameTurn(step, other))) === true;
}

/** Whether two steps go the same way on; only decisions and catches are ways to choose from. */
function isSameTurn(step: Step, other: Step): boolean {
  switch (step.kind) {
    case 'decided':
      return (
        other.kind === 'decided' &&
        step.decision.node === other.decision.node &&
        step.outcome === other.outcome
      );
    case 'caught':
      return other.kind === 'caught' && step.site === other.site;
    default:
      return true;
  }
}

/** The last login before a place; if there is none, the last in a loop around the place. */
function nearest(logins: readonly Site[], place: object): Site | null {
  const offset = isNode(place) ? offsetOf(place) : 0;
  return logins.findLast(({ node }) => offsetOf(node) < offset) ?? logins.at(-1) ?? null;
}
