/** The way into a call without a user JWT, step by step. */

import type { Node } from '../../syntax/ast.ts';
import type { Turn } from '../../flow/solve/witness.ts';
import { stateBehind, stepsOf, type Placing, type Step, type Told } from '../../way/step.ts';
import type { SourceText } from '../findings/words.ts';
import { isSet, placeOf, Ways, type Leg } from '../findings/ways.ts';
import type { Violation } from '../findings/unset-calls.ts';
import type { SessionFile, SessionOptions } from '../model.ts';
import { AFTER_CLEAR, CLEARED, PENDING, REJECTED, UNSET, WITH_JWT } from '../protocol.ts';
import type { Solved } from '../sites.ts';
import { decisive } from '../turns.ts';
import { Legs, type Weighing } from './legs.ts';

/** The way into a violation; the call alone where finding it out is too much work. */
export function wayOf(
  session: SessionFile,
  options: SessionOptions,
  violation: Violation,
  text: SourceText,
  placing: Placing,
): readonly Step[] {
  const solved = session.solve(options);
  const told = session.withinWork(() => toldWay(session, solved, violation, text)) ?? [];
  const state = stateBehind(told, null);
  const { node, method } = violation.site;
  const end: Told = {
    kind: 'reported',
    node,
    text: `\`${method}\` ${endText(violation)}`,
    stateBefore: state,
    depth: Math.max(0, violation.way.length - 1),
    essential: true,
  };
  return stepsOf([...told, end], placing);
}

function endText({ cause, site: { role } }: Violation): string {
  switch (cause) {
    case 'cleared':
      return 'runs without a user JWT, since it was cleared';
    case 'notAwaited':
      return 'can run before the user JWT is set';
    default:
      return role === 'login' ? 'logs in without a user JWT' : 'runs without a user JWT';
  }
}

function toldWay(
  session: SessionFile,
  solved: Solved,
  violation: Violation,
  text: SourceText,
): readonly Told[] {
  const legs = wholeWay(session, solved, violation);
  return new Legs(session, solved, text).told(
    legs,
    weighed(legs, violation.site.node, solved, text),
  );
}

/** The way that a violation tells, with the steps on it that change nothing. */
function wholeWay(
  session: SessionFile,
  solved: Solved,
  { site, cause, way }: Violation,
): readonly Leg[] {
  if (way.length === 0) return way;
  const kin = kinOf(cause);
  const wanted = site.states & (cause === 'cleared' ? CLEARED : kin);
  const whole = new Ways(session, solved, true).to(site.node, wanted, kin)?.legs;
  // The decisions are those of the message, or nothing more is told of them.
  return whole !== undefined && isSameWay(whole, way) ? whole : way;
}

function kinOf(cause: Violation['cause']): number {
  switch (cause) {
    case 'cleared':
      return AFTER_CLEAR;
    case 'notAwaited':
      return PENDING;
    case 'rejected':
      return REJECTED;
    case 'onSomeWay':
      return 0;
    default:
      return UNSET;
  }
}

function isSameWay(one: readonly Leg[], other: readonly Leg[]): boolean {
  if (one.length !== other.length) return false;
  return one.every((leg, index) => {
    const twin = other[index];
    if (twin?.function !== leg.function || leg.to !== twin.to) return false;
    const turns = turnsOf(leg);
    const others = turnsOf(twin);
    return (
      turns.length === others.length && turns.every((turn, at) => isSameTurn(turn, others[at]))
    );
  });
}

function turnsOf({ steps }: Leg): readonly Turn[] {
  return steps.filter((step) => step.kind === 'decided' || step.kind === 'caught');
}

function isSameTurn(one: Turn, other: Turn | undefined): boolean {
  if (one.kind === 'caught') return other?.kind === 'caught' && one.site === other.site;
  return (
    other?.kind === 'decided' && one.decision === other.decision && one.outcome === other.outcome
  );
}

/** What is so on the way on which the user JWT is set. */
function otherwiseText(set: Node, steps: Leg['steps'], text: SourceText): string {
  const isSetHere = steps.some((step) => isSet(step) && placeOf(step) === set);
  return isSetHere ? '; it stays set otherwise' : `; set on line ${text.lineOf(set)} otherwise`;
}

/** Where each leg parts from a way of its function on which the user JWT is set, and what sets it. */
function weighed(legs: readonly Leg[], site: object, solved: Solved, text: SourceText): Weighing {
  const decisiveTurns = new Map<Turn, string>();
  for (const { to, steps, function: code } of legs) {
    const good = solved.solution.explain(to?.site ?? site, WITH_JWT);
    if (good?.function !== code) continue;
    const set = good.steps.find(isSet);
    const place = set === undefined ? null : placeOf(set);
    const otherwise = place === null ? '' : otherwiseText(place, steps, text);
    for (const [index, turn] of decisive(steps, good.steps).entries()) {
      decisiveTurns.set(turn, index === 0 ? otherwise : '');
    }
  }
  return {
    isDecisive: (turn) => decisiveTurns.has(turn) || turn.kind === 'caught',
    otherwise: (turn) => decisiveTurns.get(turn) ?? '',
  };
}
