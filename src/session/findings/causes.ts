/** The causes that a call without a user JWT can have: for each, whether the ways into it tell of it. */

import { functionAround, isFunction, isNode, type Node } from '../../syntax/ast.ts';
import type { States } from '../../flow/algebra/relation.ts';
import type { Called, Explanation } from '../../flow/solve/explanation.ts';
import type { Turn } from '../../flow/solve/witness.ts';
import type { Change, Step } from '../../flow/solve/ways.ts';
import { RESULT_KINDS, type FunctionTerm } from '../../flow/term/term.ts';
import { nameOf } from '../frames.ts';
import type { SessionFile } from '../model.ts';
import type { Site, Solved } from '../sites.ts';
import {
  AFTER_CLEAR,
  CLEARED,
  CLOSED,
  PENDING,
  REJECTED,
  UNSET,
  WITH_JWT,
  outcomeOf,
} from '../protocol.ts';
import { decisive, placesOf } from '../turns.ts';
import { Actors, type Actor } from './actors.ts';
import { AwaitedPromises } from './awaited.ts';
import { Begun } from './begun.ts';
import { calledTooEarly, entryOf } from './entered.ts';
import { swallowing } from './swallowing.ts';
import { cutBy, type Reason, type Told } from './reasons.ts';
import {
  entriesOf,
  entryState,
  isSet,
  MAX_DEPTH,
  placeOf,
  Ways,
  type Frame,
  type Origin,
  type Passed,
} from './ways.ts';

/** Of so many sets behind a call, it is asked whether they can follow. */
const MAX_LATER = 4;

export class Causes {
  readonly #session: SessionFile;
  readonly #solved: Solved;
  readonly #ways: Ways;
  readonly #actors: Actors;
  readonly #awaited: AwaitedPromises;
  readonly begun: Begun;

  constructor(session: SessionFile, solved: Solved) {
    this.#session = session;
    this.#solved = solved;
    this.#ways = new Ways(session, solved);
    this.#actors = new Actors(session, solved, this.#ways);
    this.#awaited = new AwaitedPromises(session);
    this.begun = new Begun(solved, this.#ways, this.#awaited);
  }

  /** The method by which the user JWT is set. */
  get establish(): string {
    return this.#actors.establish;
  }

  /** @param isPlain whether it is the only cause, so that it is told though the JWT is not seen */
  cleared(site: Site, bad: States, isPlain: boolean): Told | null {
    // That a promise had been settled before is no cause: what took away what it set is.
    const origin = this.#ways.to(site.node, bad & CLEARED, AFTER_CLEAR);
    if (!isPlain && origin !== null && !this.#ways.isSetBefore(origin)) return null;
    if ((bad & CLEARED) === 0) return null;
    const step = origin?.by ?? null;
    const clear =
      step === null
        ? this.#actors.clearBehind(origin === null ? functionsAround(site.node) : entriesOf(origin))
        : this.#actors.of(step, 'clear', CLEARED);
    if (clear === null) return null;
    const when = origin === null ? [] : this.#when(site, origin);
    return { cause: 'cleared', clear, when, way: origin?.legs ?? [] };
  }

  /** @param isPlain whether it is the only cause, so that it is told though it is waited for on other ways */
  notAwaited(site: Site, bad: States, isPlain: boolean): Told | null {
    const origin = this.#ways.to(site.node, bad & PENDING, PENDING);
    const step = origin?.by;
    const set = step && this.#actors.of(step, 'establish', PENDING);
    if (origin === null || !step || !set) return null;
    // What the module has begun may not be what is waited for here, on any way.
    const isOfModule = !origin.legs.some(({ steps }) => steps.includes(step));
    if (isOfModule && !isPlain && (site.states & WITH_JWT) !== 0) return null;
    const when = this.#when(site, origin);
    // What a condition leads past is awaited before the call, too.
    const late = when.length === 0 ? this.#awaitedLate(step, set, site, origin) : null;
    const left = when.length === 0 && late === null ? this.#leftOut(step, set, site, origin) : null;
    const cut = this.begun.cutBy(step, site, origin);
    const reason = late ?? left ?? { cause: 'notAwaited', set, when, culprits: set.nodes, cut };
    return { ...reason, way: origin.legs };
  }

  /** A helper that was begun before, and waited for, and may leave out what it sets on another way. */
  #leftOut(step: Change, { nodes }: Actor, site: Site, origin: Origin): Reason | null {
    const [way] = origin.ways;
    const set = this.#goodBeside(site, origin)?.steps.find(isSet);
    if (way === undefined || set?.kind !== 'called') return null;
    return this.begun.isWaitedFor(step, set, nodes, site.node, way)
      ? this.#skippedIn(set, way)
      : null;
  }

  /** A promise that was made before the call, and is awaited behind it. */
  #awaitedLate(step: Change, set: Actor, site: Site, origin: Origin): Reason | null {
    const made = placeOf(step);
    const makers = made === null ? set.nodes : [made, ...set.nodes];
    for (const frame of this.#ways.passed(this.#ways.frames(site, origin))) {
      const awaited = isNode(frame.place) ? this.#awaited.behind(makers, frame.place) : null;
      if (awaited === null || !this.#ways.canFollow(frame, makers, 'settled')) continue;
      const promise = this.#awaited.nameOf(makers, awaited);
      const culprits = promise === null ? [] : [promise];
      return { cause: 'setTooLate', set, place: awaited.node, culprits };
    }
    return null;
  }

  /** @param isPlain whether it is the only cause, so that it is told though no handler is seen */
  rejected(site: Site, bad: States, isPlain: boolean): Told | null {
    const origin = this.#ways.to(site.node, bad & REJECTED, REJECTED);
    const step = origin?.by;
    if (origin === null || !step) return null;
    // A helper that returns all the same needs no handler behind it.
    const goesOn =
      step.kind === 'called' && this.#solved.solution.within(step, 1 << step.to) !== null;
    const caught = swallowing(step, origin.steps.slice(origin.steps.indexOf(step)), goesOn);
    // What throws where it is only begun rejects its promise: nothing goes on behind an `await` of it.
    const isBegun = step.kind === 'called' && step.call.mode === 'started';
    if (!isPlain && isBegun && !goesOn && caught === null) return null;
    const actor = this.#actors.of(step, 'establish', REJECTED);
    const frame =
      caught && this.#ways.frames(site, origin).find(({ way }) => way.steps.includes(caught));
    const handler = caught?.site ?? this.#handlerWithin(step);
    return {
      cause: 'rejected',
      handler,
      helper: step.kind === 'called' ? actor : null,
      culprits: isNode(handler) ? [handler] : [],
      way: origin.legs,
      cut: frame ? { place: frame.place, mark: caught } : null,
    };
  }

  /**
   * The handler that goes on in a function without a name, which cannot be told by itself, or in a
   * promise for which a helper waits.
   */
  #handlerWithin(step: Change, depth = 0): object | null {
    if (step.kind !== 'called' || depth >= MAX_DEPTH) return null;
    const isNamed = nameOf(step.callee.term, this.#session) !== '';
    const steps = this.#solved.solution.within(step, 1 << step.to) ?? [];
    const inner = this.#ways.entering(steps, REJECTED);
    if (inner === null) return null;
    const caught = swallowing(inner, steps.slice(steps.indexOf(inner)), inner.kind === 'called');
    if (!isNamed) return caught?.site ?? this.#handlerWithin(inner, depth + 1);
    const isPromise = inner.kind === 'called' && !inner.callee.term.isBegun;
    return caught === null && isPromise ? this.#handlerWithin(inner, depth + 1) : null;
  }

  unset(site: Site, bad: States): Told | null {
    const origin = this.#ways.to(site.node, bad & UNSET, UNSET);
    if (origin !== null) return { ...this.#unsetIn(site, origin), way: origin.legs };
    // What goes on of a function is not entered by a way.
    const isCleared = (bad & CLOSED) !== 0;
    const clear = isCleared ? this.#actors.clearBehind(functionsAround(site.node)) : null;
    return clear && { ...this.#neverSet(site, clear), way: [] };
  }

  #unsetIn(site: Site, origin: Origin): Reason {
    const through = this.#ways.frames(site, origin);
    const frames = through.filter(({ isOwn }) => isOwn);
    const clear = this.#clearOf(origin);
    // What is left to run is not entered too early where it is entered too late.
    if (clear !== null && origin.by === null) return this.#neverSet(site, clear);
    let good: Explanation | null = null;
    for (const frame of frames) {
      const other = this.#ways.good(frame);
      const reason = other && this.#skipped(frame, other);
      if (reason !== null) return reason;
      good ??= other;
    }
    for (const frame of through) {
      const other = frame.isOwn ? null : this.#ways.setIn(frame);
      const reason = other && this.#skipped(frame, other);
      if (reason !== null) return reason;
    }
    for (const [index, frame] of through.entries()) {
      const isTaken = frame.isOwn && through[index + 1]?.isOwn === false;
      const reason = isTaken ? calledTooEarly(frame) : null;
      if (reason !== null) return reason;
    }
    const outermost = frames.at(-1);
    // What is lost in the function itself is not for want of a set before it is called.
    const isLostThere = origin.by !== null && outermost?.way.steps.includes(origin.by) === true;
    const called = outermost && !isLostThere && this.#calledUnset(outermost, good !== null);
    if (called) return called;
    // Where it always throws, what stands behind it further out does not come next.
    for (const frame of this.#ways.passed(through)) {
      const reason = this.#tooLate(frame, good);
      if (reason !== null) return reason;
    }
    for (const frame of frames.slice(0, -1)) {
      const handed = this.#handedOverUnset(frame);
      if (handed !== null) return handed;
    }
    const skipped = clear === null ? this.#skippedInModule(origin) : null;
    return (
      skipped ?? this.#neverSet(site, clear ?? (good !== null ? 'from outside' : 'on any way'))
    );
  }

  /** Where the module, before code outside enters a function, leaves out what it sets on another way. */
  #skippedInModule({ ways: [outermost] }: Origin): Reason | null {
    const bad = outermost && this.#ways.openingOf(outermost);
    const good = bad && this.#ways.openingOf(outermost, WITH_JWT);
    const turns = bad && good ? decisive(bad, good) : [];
    return turns.length === 0 ? null : { cause: 'skippedOnPath', turns, culprits: placesOf(turns) };
  }

  #neverSet(site: Site, where: (Reason & { cause: 'neverSet' })['where']): Reason {
    return { cause: 'neverSet', where, nearest: this.#actors.nearestSet(site) };
  }

  /** The `logout()` behind which no `setUserJwt` is called; null for none. */
  #clearOf(origin: Origin): Actor | null {
    if (origin.by !== null) return this.#actors.of(origin.by, 'clear', UNSET);
    const [outermost] = origin.ways;
    const isCleared = outermost !== undefined && (CLOSED & (1 << entryState(outermost))) !== 0;
    return isCleared ? this.#actors.clearBehind(entriesOf(origin)) : null;
  }

  /** Where a way without a set parts from one with it. */
  #skipped({ way, place }: Frame, good: Explanation): Reason | null {
    const turns = decisive(way.steps, good.steps);
    if (turns.length > 0) {
      const culprits = placesOf(turns);
      return { cause: 'skippedOnPath', turns, culprits, cut: cutBy(turns, place) };
    }
    const set = good.steps.find(isSet);
    // What is set behind the call, in an earlier round of a loop, is not skipped,
    if (set === undefined || this.#actors.isBehind(set, place)) return null;
    // and neither is what the way without a set comes by, and loses again.
    if (way.steps.some((step) => isSet(step) && placeOf(step) === placeOf(set))) return null;
    // or has called, and loses before it has set it.
    if (way.steps.some((step) => isCallOf(step, set))) return null;
    return this.#skippedIn(set, way);
  }

  /**
   * How a step that sets the user JWT can leave that out.
   *
   * @param bad the way on which it is left out
   */
  #skippedIn(set: Change, bad: Explanation, depth = 0): Reason | null {
    const tested = testedBy(set);
    if (tested !== null) return { cause: 'skippedOnPath', turns: [tested], culprits: [] };
    const actor = this.#actors.of(set, 'establish', WITH_JWT);
    if (actor === null) return null;
    const taker = set.kind === 'called' && set.call.perhaps === true ? set.call.site : null;
    if (isNode(taker) && taker.type === 'CallExpression') {
      return { cause: 'callbackMayNotRun', set: actor, taker };
    }
    if (set.kind === 'called' && this.#actors.isHelper(set.callee.term, bad.function)) {
      if (!this.#alwaysSets(set.callee.term))
        return { cause: 'helperMaySkip', helper: this.#actors.helper(set, actor) };
      // Where the helper always sets, another one may be called in its place,
      const other = this.#calledInstead(set);
      if (other !== null) return { cause: 'helperMaySkip', helper: { ...actor, name: other } };
      // or its promise may not be there that is waited for.
      if (set.call.mode === 'settled' || set.call.callee.open)
        return { cause: 'skippedOnPath', turns: null, notRun: actor };
      return { cause: 'helperMaySkip', helper: this.#actors.helper(set, actor) };
    }
    // What is called where it is written is part of the function.
    if (set.kind === 'called' && depth < MAX_DEPTH) {
      // Where it goes by what it is given, the way leaves it out that is given something else.
      const whole = this.#solved.solution.untold(set);
      const good = this.#solved.solution.within(whole, WITH_JWT);
      const way =
        this.#solved.solution.within(whole, UNSET) ??
        // What has been begun before goes on in the state in which it is left out.
        this.#solved.solution.within({ ...whole, from: bad.state }, 1 << bad.state);
      const turns = good === null || way === null ? [] : decisive(way, good);
      if (turns.length > 0) return { cause: 'skippedOnPath', turns, culprits: placesOf(turns) };
      const inner = good?.find(isSet);
      const reason = inner === undefined ? null : this.#skippedIn(inner, bad, depth + 1);
      if (reason !== null) return reason;
    }
    // A list of promises can be empty, a promise fulfilled: nothing in the source decides that.
    return { cause: 'skippedOnPath', turns: null, notRun: actor };
  }

  /** The name of another function that a call may run, which may not set the user JWT. */
  #calledInstead({ call, callee }: Called): string | null {
    for (const one of call.callee.functions) {
      const name = one === callee.term ? '' : nameOf(one, this.#session);
      if (name !== '' && !this.#alwaysSets(one)) return name;
    }
    return null;
  }

  #alwaysSets(term: FunctionTerm): boolean {
    const results = this.#solved.solution.resultsOf(term);
    return RESULT_KINDS.every((kind) => (results[kind] & ~WITH_JWT) === 0);
  }

  /** On which condition a way is taken on which the user JWT is lost; nothing if on every way. */
  #when(site: Site, origin: Origin): readonly Turn[] {
    const [way] = origin.ways;
    const good = this.#goodBeside(site, origin);
    return way === undefined || good === null ? [] : decisive(way.steps, good.steps);
  }

  /** A way on which the user JWT is set, beside one that lies in a single function. */
  #goodBeside(site: Site, { ways: [way, ...others] }: Origin): Explanation | null {
    return way === undefined || others.length > 0
      ? null
      : this.#ways.good({ way, place: site.node });
  }

  #calledUnset(frame: Frame, isSetOnOtherWays: boolean): Reason | null {
    const entered = frame.way.function;
    const { node } = entered;
    const isNamed = nameOf(entered, this.#session) !== '';
    if (!this.#actors.isSetOutside(node) || (!isNamed && !isSetOnOtherWays)) return null;
    // A function that is handed over where it is written is told by its own place.
    const by = entryOf(frame, ({ site }) => isSetOnOtherWays || site !== node);
    return by && { cause: 'calledUnset', entered, by };
  }

  /** A function without a name that is handed over where it is written: as if it had one. */
  #handedOverUnset(frame: Frame): Reason | null {
    const entered = frame.way.function;
    const { node } = entered;
    if (!isNode(node) || !isFunction(node) || !this.#actors.isSetOutside(node)) return null;
    const by = entryOf(frame, ({ kind }) => kind === 'refer');
    return by && { cause: 'calledUnset', entered, by };
  }

  #tooLate(frame: Passed, good: Explanation | null): Reason | null {
    const { place } = frame;
    if (!isNode(place)) return null;
    // Most often, it is the first.
    const later = this.#actors
      .settersBehind(place, MAX_LATER)
      .find(({ call }) => this.#ways.canFollow(frame, [call], 'call'));
    if (later !== undefined) {
      const { call, actor } = later;
      return { cause: 'setTooLate', set: actor, place: actor.place, culprits: [call] };
    }
    const step = good?.steps.find(isSet);
    if (step === undefined || !this.#actors.isBehind(step, place)) return null;
    const set = this.#actors.of(step, 'establish', WITH_JWT);
    if (set === null || !this.#ways.canFollow(frame, set.nodes, 'call')) return null;
    return { cause: 'setTooLate', set, place: set.place };
  }
}

/** The functions around a place, from the inside out. */
function functionsAround(place: Node): readonly Node[] {
  const around: Node[] = [];
  for (let code = functionAround(place); code !== null; code = functionAround(code)) {
    around.push(code);
  }
  return around;
}

/** The turn that a test has not taken which proves that there is a JWT; null for other steps. */
function testedBy(step: Change): Turn | null {
  if (step.kind !== 'event') return null;
  const { event, origin = null } = step.event;
  const outcome = outcomeOf(event);
  if (outcome === null || origin === null) return null;
  return { kind: 'decided', decision: { node: origin, asks: 'truthy' }, outcome: !outcome };
}

/** Whether a step calls what sets the user JWT in another. */
function isCallOf(step: Step, set: Change): boolean {
  if (step.kind !== 'event' || set.kind !== 'event' || step.isThrown) return false;
  return step.event.site !== null && step.event.site === set.event.origin;
}
