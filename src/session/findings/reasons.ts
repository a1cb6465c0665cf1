/** Why a call can run without a user JWT: the facts, and the words that a message has for them. */

import { isNode, isWithin, type CallExpression, type Node } from '../../syntax/ast.ts';
import type { Turn } from '../../flow/solve/witness.ts';
import type { Mark } from '../../flow/solve/without.ts';
import type { Call, FunctionTerm, Refer } from '../../flow/term/term.ts';
import { nameOf, takerOf } from '../frames.ts';
import type { SessionFile } from '../model.ts';
import type { Site } from '../sites.ts';
import { UNSET } from '../protocol.ts';
import { describeTurns, isEndOfLoop } from '../turns.ts';
import type { Actor } from './actors.ts';
import { clipped, describeHandler, quote, type SourceText } from './words.ts';
import type { Leg } from './ways.ts';

/** The facts of each cause. */
type Facts =
  /** @param when the turns of the way on which it is lost; none where it is on every way */
  | { readonly cause: 'cleared'; readonly clear: Actor; readonly when: readonly Turn[] }
  | { readonly cause: 'notAwaited'; readonly set: Actor; readonly when: readonly Turn[] }
  /** What goes on after the rejection: a handler, or else a helper by its name, if that is known. */
  | { readonly cause: 'rejected'; readonly handler: object | null; readonly helper: Actor | null }
  | { readonly cause: 'skippedOnPath'; readonly turns: readonly Turn[] }
  /** What would set it is not run, and nothing in the source decides that. */
  | { readonly cause: 'skippedOnPath'; readonly turns: null; readonly notRun: Actor }
  | { readonly cause: 'helperMaySkip'; readonly helper: Actor }
  /** What sets it is in a callback of a function that is not seen. */
  | { readonly cause: 'callbackMayNotRun'; readonly set: Actor; readonly taker: CallExpression }
  /** A function that is entered too early, and where it is called or handed over. */
  | { readonly cause: 'calledUnset'; readonly entered: FunctionTerm; readonly by: Call | Refer }
  | { readonly cause: 'setTooLate'; readonly set: Actor; readonly place: object }
  | {
      readonly cause: 'neverSet';
      readonly where: Actor | 'from outside' | 'on any way';
      readonly nearest: Pick<Site, 'node' | 'method'> | null;
    }
  /** Told where finding out is too much work. */
  | { readonly cause: 'onSomeWay' };

/** Why a call can run without a user JWT; the first that is true is told. */
export type Cause = Facts['cause'];

/** A place that is not to be reached by ways with some mark. */
export interface Cut {
  readonly place: object;
  readonly mark: Mark;
}

/** What a way is kept from that takes these turns: by a loop that has come to its end, others go on. */
export function cutBy(turns: readonly Turn[], place: object): Cut | null {
  const mark = turns.at(-1);
  if (mark === undefined) return null;
  return { place, mark: isEndOfLoop(mark) ? { ...mark, states: UNSET } : mark };
}

export type Reason = Facts & {
  /** What the message names: the call, handler or condition at which it can be mended. */
  readonly culprits?: readonly Node[];
  /** What the remedy keeps the way from; null where it does something else. */
  readonly cut?: Cut | null;
};

/** A reason, and the way that leads into it. */
export type Told = Reason & { readonly way: readonly Leg[] };

/** How long what is told of conditions may get, if the message is to have less than 200 characters. */
const ROOM = 101;

/** The placeholders of the message that tells a reason. */
export function dataOf(
  reason: Reason,
  { method }: Site,
  session: SessionFile,
  text: SourceText,
): Readonly<Record<string, string>> {
  const conditions = (turns: readonly Turn[]): string =>
    describeTurns(turns, text, ROOM - method.length);
  const when = (turns: readonly Turn[]): string =>
    turns.length === 0 ? '' : ` when ${conditions(turns)}`;
  switch (reason.cause) {
    case 'cleared': {
      const { name, line } = told(reason.clear, text);
      return { clear: name, line, when: when(reason.when) };
    }
    case 'notAwaited': {
      const { name, line } = told(reason.set, text);
      return { establish: name, line, when: when(reason.when) };
    }
    case 'rejected':
      return { catch: goingOn(reason, text) };
    case 'skippedOnPath': {
      if (reason.turns !== null) return { condition: conditions(reason.turns) };
      const { name, line } = told(reason.notRun, text);
      return { condition: `\`${name}\` on line ${line} is not run` };
    }
    case 'helperMaySkip': {
      const { name, line } = told(reason.helper, text);
      return { helper: name, line };
    }
    case 'callbackMayNotRun': {
      const { name, line } = told(reason.set, text);
      return { establish: name, line, taker: clipped(text.textOf(reason.taker.callee)) };
    }
    case 'calledUnset':
      return { entered: entering(reason.entered, reason.by, session, text) };
    case 'setTooLate':
      return { establish: told(reason.set, text).name, line: text.lineOf(reason.place) };
    case 'neverSet':
      return { where: whereOf(reason.where, text), elsewhere: elsewhere(reason.nearest, text) };
    case 'onSomeWay':
      return {};
  }
}

function told({ name, place }: Actor, text: SourceText): { name: string; line: string } {
  return { name: clipped(name), line: text.lineOf(place) };
}

function goingOn(
  { handler, helper }: Reason & { readonly cause: 'rejected' },
  text: SourceText,
): string {
  if (handler !== null) return describeHandler(handler, text);
  if (helper === null) return 'what handles the rejection';
  const { name, line } = told(helper, text);
  return `\`${name}\` on line ${line}`;
}

/** What is entered too early, by its name or by what it is handed to, and where. */
function entering(
  term: FunctionTerm,
  { site }: Call | Refer,
  session: SessionFile,
  text: SourceText,
): string {
  const name = nameOf(term, session);
  const line = text.lineOf(site);
  const isHere = isNode(term.node) && isNode(site) && isWithin(term.node, site);
  if (name !== '' || !isHere) {
    return `${name === '' ? 'This function' : quote(name)} can be called from line ${line}`;
  }
  const taker = takerOf(term, session);
  const callback = taker === '' ? 'The function' : `The callback of ${quote(taker)}`;
  return `${callback} on line ${line} can run`;
}

function whereOf(
  where: (Reason & { readonly cause: 'neverSet' })['where'],
  text: SourceText,
): string {
  switch (where) {
    case 'on any way':
      return where;
    case 'from outside':
      return 'on a call from outside';
    default: {
      const { name, line } = told(where, text);
      return `since \`${name}()\` on line ${line}`;
    }
  }
}

/** The nearest set, for whoever wonders why it does not count. */
function elsewhere(set: Pick<Site, 'node' | 'method'> | null, text: SourceText): string {
  return set === null
    ? ''
    : ` The \`${set.method}\` on line ${text.lineOf(set.node)} is not known to be awaited first.`;
}
