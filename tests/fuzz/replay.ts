/**
 * Replays the way that a message tells: looks for a run of the program that makes the same
 * decisions, in the same order, and is a violation at the call that is reported.
 *
 * For this, the text to run is instrumented where the way's functions decide something: tests, steps
 * of loops, cases, `catch`es, handlers of rejections, calls. A run is given up as soon as `main` has
 * decided something else. What is not a decision (which call throws, which promise settles first) is
 * free: any run that fits will do.
 */
import type { Rule } from 'eslint';

import { isFunction, isNode, type Node } from '../../src/syntax/ast.ts';
import type { FunctionTerm, Refer, Call } from '../../src/flow/term/term.ts';
import type { Step as WayStep } from '../../src/flow/solve/ways.ts';
import type { Step } from '../../src/way/step.ts';
import { eventsOf, REJECTED, STATES } from '../../src/session/protocol.ts';
import type { Leg } from '../../src/session/findings/ways.ts';
import { Claim } from './claim.ts';
import { search, type Executable, type Monitor } from './execute.ts';
import { Instrumentation, isEntered, type Probe } from './instrument.ts';
import type { Program } from './print.ts';
import { SessionLog } from './session-log.ts';
import { StepsClaim } from './steps.ts';
import { violationsIn, type Told } from './verdict.ts';

/**
 * What the runs of a program show of a report: that the cause which is told is `true`, or `untrue`,
 * there being no such run among all that follow the way into the violation; or that no run follows it
 * (`lost`). Where not all runs have been tried, it is `unproven` whether it is true, or the search was
 * `capped` before it got there.
 */
export type Shown = 'true' | 'untrue' | 'unproven' | 'lost' | 'capped';

export interface Replay {
  readonly violation: Told;
  /** The line and column of the call, counted from 1. */
  readonly place: string;
  readonly shown: Shown;
  /** The same of the steps of the way, as they are shown: their places, order and states. */
  readonly steps: Shown;
  /** How many of them a run is asked to show. */
  readonly asked: number;
}

/** Replays the way of each report of a program. */
export async function replays(program: Program, cap?: number): Promise<readonly Replay[]> {
  const found: Replay[] = [];
  for (const violation of violationsIn(program.source)) {
    const place = placeOf(violation.site.node);
    const follower = followerOf(program, violation);
    const isTrue = await search(follower.program, follower, cap);
    const { wasReached, isShown, areStepsShown, asked } = follower;
    found.push({
      violation,
      place,
      shown: shownBy(isTrue, isShown, wasReached),
      steps: shownBy(isTrue, areStepsShown, wasReached),
      asked,
    });
  }
  return found;
}

function shownBy(isTrue: boolean | null, isShown: boolean, wasReached: boolean): Shown {
  if (wasReached && isShown) return 'true';
  if (wasReached) return isTrue === null ? 'unproven' : 'untrue';
  return isTrue === null ? 'capped' : 'lost';
}

/** Whether a run follows a way into a violation; null if not all runs have been tried. */
export async function isFollowed(
  program: Program,
  violation: Told,
  cap?: number,
): Promise<boolean | null> {
  const follower = followerOf(program, violation);
  const isFound = await search(follower.program, follower, cap);
  return follower.wasReached ? true : isFound;
}

/** Whether a run that follows a way into a violation shows the steps that are told of it. */
export async function areStepsShown(program: Program, violation: Told): Promise<boolean> {
  const follower = followerOf(program, violation);
  await search(follower.program, follower);
  return follower.areStepsShown;
}

function followerOf(program: Program, violation: Told): Follower {
  const { site, way } = violation;
  const ids = new Map(program.calls.map(({ line, column }, id) => [`${line}:${column}`, id]));
  const idOf = (node: object): number | null => ids.get(placeOf(node)) ?? null;
  const target = idOf(site.node);
  if (target === null) throw new Error('What is reported is no call of the client');
  const instrumentation = new Instrumentation(program);
  return new Follower(program, violation, way, target, instrumentation, idOf);
}

/** A way as text, for those who look for what is wrong with it. */
export function describeWay(way: readonly Leg[]): string {
  return way
    .map(({ function: term, steps }) => {
      const told = steps.map((step) => {
        switch (step.kind) {
          case 'decided':
            return `${placeOf(step.decision.node)} ${step.decision.asks}: ${String(step.outcome)}`;
          case 'caught':
            return `${placeOf(step.site)} catches`;
          case 'event':
          case 'called': {
            const site = step.kind === 'called' ? step.call.site : step.event.site;
            const state = STATES[step.to] ?? '?';
            return `${placeOf(site ?? {})} leads to ${state}`;
          }
          case 'left':
            return `${placeOf(step.term.promise ?? {})} is left`;
        }
      });
      return `in ${term.name || placeOf(term.node)}: ${told.join(', ')}`;
    })
    .join('\n');
}

/** The same of its steps, as they are shown. */
export function describeSteps(steps: readonly Step[], source: string): string {
  return steps
    .map(({ n, kind, range, text, stateBefore, stateAfter, depth }) => {
      const line = source.slice(0, range[0]).split('\n').length;
      const states = `${String(stateBefore)} → ${String(stateAfter)}`;
      return `${n}. ${'  '.repeat(depth)}${kind} on line ${line}: ${text} (${states})`;
    })
    .join('\n');
}

function placeOf(node: object): string {
  if (!('loc' in node)) return '';
  const { start } = (node as Rule.Node).loc ?? {};
  return start === undefined ? '' : `${start.line}:${start.column + 1}`;
}

/** What a run must show, in this order. */
type Expected =
  | { readonly kind: 'decided'; readonly probe: Probe; readonly outcome: boolean }
  | { readonly kind: 'caught'; readonly probe: Probe }
  | { readonly kind: 'passed'; readonly probe: Probe }
  | { readonly kind: 'called'; readonly id: number }
  | { readonly kind: 'settled'; readonly id: number; readonly isFulfilled: boolean };

interface Part {
  readonly function: FunctionTerm;
  readonly expected: readonly Expected[];
  readonly to: Leg['to'];
  /** The call that leads on to the next part. */
  readonly leadsOn: Probe | null;
  /** Whether it leads on by a callback, or to a method of the client that is handed over. */
  readonly endsInChain: boolean;
  /** Whether the parts before lead to it once in a run. */
  readonly isOnce: boolean;
}

/** One call of a function, as far as it has followed its part. */
class Activation {
  readonly part: Part;
  /** Whether the call was led to by the parts before. */
  readonly isLed: boolean;
  readonly #settled: ReadonlyMap<number, boolean>;
  readonly #caught = new Set<Probe>();
  #position = 0;
  #hasFailed = false;
  #passed: Probe | null = null;
  /** Whether it was followed to its end at some time. */
  wasComplete = false;

  constructor(part: Part, isLed: boolean, settled: ReadonlyMap<number, boolean>) {
    this.part = part;
    this.isLed = isLed;
    this.#settled = settled;
    this.#advance();
  }

  get isComplete(): boolean {
    return !this.#hasFailed && this.#position === this.part.expected.length;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Whether the protected call is reached from here now. */
  get isAtEnd(): boolean {
    return this.part.to === null ? this.isComplete : this.leadsOn;
  }

  /** Whether the next part is entered from here now. */
  get leadsOn(): boolean {
    const { leadsOn } = this.part;
    if (!this.isLed) return false;
    // What is handed over runs later, when this function may have gone on.
    if (leadsOn === null) return this.wasComplete;
    return this.isComplete && this.#passed === leadsOn;
  }

  /** A decision must be the one that is expected. */
  decide(probe: Probe, outcome: boolean): void {
    const next = this.#next();
    if (next?.kind === 'decided' && next.probe === probe && next.outcome === outcome) this.#take();
    else if (!probe.isInParameter && !this.#isUntold(probe)) this.#hasFailed = true;
  }

  /** @param isPassing whether it need not be told: it goes on, or is caught beside the way */
  catch(probe: Probe, isPassing: boolean): void {
    const next = this.#next();
    this.#caught.add(probe);
    if (next?.kind === 'caught' && next.probe === probe) this.#take();
    else if (!isPassing && !this.#isUntold(probe)) this.#hasFailed = true;
  }

  pass(probe: Probe): void {
    this.#passed = probe;
    const next = this.#next();
    if (next?.kind === 'passed' && next.probe === probe) this.#take();
  }

  call(id: number): void {
    const next = this.#next();
    if (next?.kind === 'called' && next.id === id) this.#take();
  }

  settle(): void {
    this.#advance();
  }

  /** Whether a way need not tell what is decided at a place. */
  #isUntold(probe: Probe): boolean {
    return probe.isInCounted || this.#isBeside();
  }

  /** Whether what is left of the way lies in a chain of promises, while the function goes on. */
  #isBeside(): boolean {
    const rest = this.part.expected.slice(this.#position);
    return this.part.endsInChain && !rest.some(({ kind }) => kind === 'decided');
  }

  #next(): Expected | undefined {
    return this.#hasFailed ? undefined : this.part.expected[this.#position];
  }

  #take(): void {
    this.#position += 1;
    this.#advance();
  }

  /** A promise may have been settled before the way gets to where it is awaited, once more even. */
  #advance(): void {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const hasHappened =
        next.kind === 'settled'
          ? this.#settled.get(next.id) === next.isFulfilled
          : next.kind === 'caught' && next.probe.isHandler && this.#caught.has(next.probe);
      if (!hasHappened) break;
      this.#position += 1;
    }
    this.wasComplete ||= this.isComplete;
  }
}

class Follower implements Monitor {
  readonly globals: Readonly<Record<string, unknown>>;
  /** The program with the probes in it. */
  readonly program: Executable;
  readonly #log: SessionLog;
  readonly #claim: Claim;
  readonly #parts: readonly Part[];
  readonly #probes: readonly Probe[];
  readonly #target: number;
  #activations: Activation[] = [];
  #settled = new Map<number, boolean>();
  readonly #steps: StepsClaim;
  #wasReached = false;
  #isShown = false;
  #areStepsShown = false;

  constructor(
    program: Program,
    violation: Told,
    way: readonly Leg[],
    target: number,
    instrumentation: Instrumentation,
    idOf: (node: object) => number | null,
  ) {
    this.#target = target;
    // A method of the client that is handed over is no function of the program.
    const seen = way.filter(({ function: term }) => isEntered(term.node));
    let isOnce = way[0]?.function.name === 'main' || isModule(way[0]?.function.node);
    this.#parts = seen.map((leg) => {
      const part = { ...partOf(leg, violation.site.node, instrumentation, idOf), isOnce };
      isOnce &&= leg.to?.kind === 'call' && !isRepeated(leg.to.site, leg.function.node);
      return part;
    });
    this.#probes = instrumentation.probes;
    this.#log = new SessionLog(program.calls);
    this.#claim = new Claim(violation, program.calls, this.#log, instrumentation);
    const marks = this.#claim.marks;
    this.#steps = new StepsClaim(
      violation.steps,
      violation.site.node,
      this.#log,
      instrumentation,
      marks,
      idOf,
    );
    this.program = { ...program, executable: instrumentation.text() };
    this.globals = {
      [instrumentation.enterName]: (index: number) => this.#enter(instrumentation.functions[index]),
      [instrumentation.markName]: (mark: number, outcome?: boolean) => {
        if (mark < marks) this.#claim.pass(mark, outcome ?? null);
        else this.#steps.see({ kind: 'passed', mark, outcome: outcome ?? null });
        this.#look();
      },
    };
  }

  begin(): void {
    this.#activations = [];
    this.#settled = new Map();
    this.#log.begin();
    this.#claim.begin();
    this.#steps.begin();
  }

  /** Whether a run has followed the way, and has shown what is claimed, */
  get isShown(): boolean {
    return this.#isShown;
  }

  /** or the steps of the way. */
  get areStepsShown(): boolean {
    return this.#areStepsShown;
  }

  get asked(): number {
    return this.#steps.length;
  }

  /** Whether a run has followed the way into the violation. */
  get wasReached(): boolean {
    return this.#wasReached;
  }

  threw(id: number): void {
    this.#log.settled(id, false);
  }

  called(id: number, isViolation: boolean): void {
    for (const activation of this.#activations) activation.call(id);
    this.#steps.see({ kind: 'called', id });
    const last = this.#parts.at(-1);
    const isReached =
      id === this.#target &&
      isViolation &&
      (last === undefined ||
        this.#activations.some((one) => one.part === last && one.isLed && one.isAtEnd));
    if (isReached) {
      this.#wasReached = true;
      this.#areStepsShown ||= this.#steps.isComplete;
    }
    const isClaimed = this.#claim.isOfAnyWay && id === this.#target && isViolation;
    if (isReached || isClaimed) this.#claim.reach();
    this.#look();
    this.#log.called(id);
    const call = this.program.calls[id];
    if (call !== undefined) this.#claim.called(call);
    this.#look();
  }

  #look(): void {
    this.#isShown ||= this.#claim.holds;
  }

  settled(id: number, isFulfilled: boolean): void {
    this.#settled.set(id, isFulfilled);
    this.#log.settled(id, isFulfilled);
    this.#steps.see({ kind: 'settled', id, isFulfilled });
    for (const activation of this.#activations) activation.settle();
  }

  get verdict(): Monitor['verdict'] {
    if (this.#isShown && this.#wasReached && this.#areStepsShown) return 'found';
    // Each run goes the same way, whatever the runs before it have shown.
    if (this.#claim.isOpen || this.#claim.isOfAnyWay) return 'open';
    return this.#isHopeless() ? 'hopeless' : 'open';
  }

  /** A function that runs once does not come back to the way when it has left it. */
  #isHopeless(): boolean {
    return this.#parts.some((part, index) => {
      if (!part.isOnce) return false;
      const activation = this.#activations.find((one) => one.part === part && one.isLed);
      if (activation?.hasFailed !== true) return false;
      if (part.to !== null && part.leadsOn === null && activation.wasComplete) return false;
      const next = this.#parts[index + 1];
      return !this.#activations.some((one) => one.part === next && one.isLed);
    });
  }

  /** What the instrumented text tells of one call of a function. */
  #enter(term: FunctionTerm | undefined) {
    const entered = this.#parts.flatMap((part, index) => {
      if (part.function !== term) return [];
      const before = index === 0 ? null : this.#parts[index - 1];
      const isLed =
        before === null ||
        this.#activations.some((other) => other.part === before && other.leadsOn);
      return [new Activation(part, isLed, this.#settled)];
    });
    this.#activations.push(...entered);
    const nullish = new Map<Probe, boolean>();
    const at = (index: number, action: (one: Activation, probe: Probe) => void): void => {
      const probe = this.#probes[index];
      if (probe !== undefined) for (const one of entered) action(one, probe);
    };
    return {
      decide: (index: number, outcome: boolean) => {
        // Where a chain is cut short, nothing is asked behind the cut.
        const probe = this.#probes[index];
        if (probe === undefined) return;
        const isCut = probe.inner !== null && nullish.get(probe.inner) === true;
        nullish.set(probe, isCut || outcome);
        if (isCut) return;
        for (const one of entered) one.decide(probe, outcome);
      },
      catch: (index: number, isPassing: boolean) => {
        at(index, (one, probe) => {
          one.catch(probe, isPassing);
        });
      },
      pass: (index: number) => {
        at(index, (one, probe) => {
          one.pass(probe);
        });
      },
    };
  }
}

function partOf(
  { function: term, steps, to }: Leg,
  target: Node,
  instrumentation: Instrumentation,
  idOf: (node: object) => number | null,
): Omit<Part, 'isOnce'> {
  instrumentation.add(term);
  const expected = steps.flatMap((step) => expectedOf(step, term, instrumentation, idOf));
  const leadsOn = leadingCall(to, term, instrumentation);
  // A method of the client that is handed over runs when the function may have gone on, too.
  const isHandedOver = to === null && target.type !== 'CallExpression';
  const endsInChain = isHandedOver || (to !== null && leadsOn === null);
  return { function: term, expected, to, leadsOn, endsInChain };
}

function leadingCall(
  to: Call | Refer | null,
  term: FunctionTerm,
  instrumentation: Instrumentation,
): Probe | null {
  return to?.kind === 'call' && canPass(to.site, term) ? instrumentation.pass(term, to.site) : null;
}

function expectedOf(
  step: WayStep,
  term: FunctionTerm,
  instrumentation: Instrumentation,
  idOf: (node: object) => number | null,
): readonly Expected[] {
  switch (step.kind) {
    case 'decided': {
      const probe = instrumentation.decision(term, step.decision);
      return [{ kind: 'decided', probe, outcome: step.outcome }];
    }
    case 'caught': {
      const probe = instrumentation.caught(term, step.site);
      return probe === null ? [] : [{ kind: 'caught', probe }];
    }
    case 'called': {
      const { mode, site } = step.call;
      if (mode === 'settled' || !canPass(site, term)) return [];
      return [{ kind: 'passed', probe: instrumentation.pass(term, site) }];
    }
    case 'event': {
      // A guest login counts whether its promise is fulfilled or not.
      const { site, origin } = step.event;
      const id = idOf(site ?? origin ?? {});
      const { call, settle } = eventsOf('guest');
      if (id === null || step.event.event === call || step.event.event === settle) return [];
      if (site !== null) return [{ kind: 'called', id }];
      const isRejected = (REJECTED & (1 << step.to)) !== 0;
      return [{ kind: 'settled', id, isFulfilled: !isRejected }];
    }
    case 'left':
      return [];
  }
}

/** Whether it can be told that a call is made. Of the module, only its functions are run. */
function canPass(site: object, { node }: FunctionTerm): site is Node & { type: 'CallExpression' } {
  return !isModule(node) && isNode(site) && site.type === 'CallExpression';
}

function isModule(node: object | undefined): boolean {
  return isNode(node) && node.type === 'Program';
}

/** Whether a place of a function can be reached more than once in a call of it. */
function isRepeated(place: object, owner: object): boolean {
  for (let outer = isNode(place) ? place : null; outer !== null; outer = outer.parent ?? null) {
    if (outer === owner) return false;
    if (isFunction(outer) && outer !== place) return true;
    if (/^(?:For|While|DoWhile)/.test(outer.type)) return true;
  }
  return true;
}
