/**
 * The calls of a file that can run without a user JWT, and why. `ways` finds how they are reached,
 * `actors` who does what on a way, `causes` what of that is a cause; here, the cause is chosen whose
 * remedy mends the report; and `reasons` has the words for it.
 */

import type { Node } from '../../syntax/ast.ts';
import type { States } from '../../flow/algebra/relation.ts';
import type { ProtectableRole } from '../../sdk/roles.ts';
import type { SessionFile, SessionOptions } from '../model.ts';
import type { Site, Solved } from '../sites.ts';
import {
  CLEARED,
  PENDING,
  REJECTED,
  UNSET,
  WITHOUT_JWT,
  WITHOUT_JWT_FOR_LOGIN,
} from '../protocol.ts';
import { Causes } from './causes.ts';
import { dataOf, type Cause, type Cut, type Told } from './reasons.ts';
import type { Leg } from './ways.ts';
import type { SourceText } from './words.ts';

export interface Violation {
  readonly site: Site;
  readonly cause: Cause;
  /** What the message names: the call, handler or condition at which it can be mended. */
  readonly culprits: readonly Node[];
  /** The way that is told, from the outermost function that it is followed up to. */
  readonly way: readonly Leg[];
  /** What the remedy keeps the ways from; null where it does something else. */
  readonly cut: Cut | null;
}

/** A violation in words. */
export interface ToldViolation extends Violation {
  /** The placeholders of the message. */
  readonly data: Readonly<Record<string, string>>;
}

export interface ViolationOptions extends SessionOptions {
  /** The roles of the calls to look at. */
  readonly protect: readonly ProtectableRole[];
}

/** The violations in a file, in the order of the source. */
export function violationsOf(
  session: SessionFile,
  options: ViolationOptions,
  text: SourceText,
): readonly ToldViolation[] {
  const faults = faultsIn(session, options);
  if (faults.length === 0) return [];
  const solved = session.solve(options);
  const causes = new Causes(session, solved);
  const chooser = new Chooser(causes, solved);
  return faults.map((site) => {
    const bad = site.states & faultsAt(site);
    const told = session.withinWork(() => chooser.choose(site, bad)) ?? PLAIN;
    const data = {
      method: site.method,
      establish: causes.establish,
      ...dataOf(told, site, session, text),
    };
    return { ...violationBy(told, site), data };
  });
}

/** The calls of a file that can run without a user JWT, in the order of the source. */
export function faultsIn(session: SessionFile, options: ViolationOptions): readonly Site[] {
  const guarded: ReadonlySet<string> = new Set(options.protect);
  return session
    .solve(options)
    .sites.filter((site) => guarded.has(site.role) && (site.states & faultsAt(site)) !== 0);
}

/** Tells of single calls, what {@link violationsOf} tells, but for the words. */
export function violationAt(
  session: SessionFile,
  options: SessionOptions,
): (site: Site) => Violation | null {
  const solved = session.solve(options);
  const chooser = new Chooser(new Causes(session, solved), solved);
  return (site) => {
    const bad = site.states & faultsAt(site);
    const told = bad === 0 ? null : session.withinWork(() => chooser.choose(site, bad));
    return told && violationBy(told, site);
  };
}

function faultsAt({ role }: Site): States {
  return role === 'login' ? WITHOUT_JWT_FOR_LOGIN : WITHOUT_JWT;
}

function violationBy({ cause, culprits = [], way, cut = null }: Told, site: Site): Violation {
  return { site, cause, culprits, way, cut };
}

/** What is true of each violation, and takes no search for a way. */
const PLAIN: Told = { cause: 'onSomeWay', way: [] };

/** In a file, so many causes are tried for whether their remedy mends the fault. */
const MAX_TRIED = 64;

class Chooser {
  readonly #causes: Causes;
  readonly #solved: Solved;
  #tried = 0;

  constructor(causes: Causes, solved: Solved) {
    this.#causes = causes;
    this.#solved = solved;
  }

  /** The first cause whose remedy mends the report, or else the first. */
  choose(site: Site, bad: States): Told {
    const causes: readonly (readonly [kin: States, cause: (isPlain: boolean) => Told | null])[] = [
      [CLEARED, (isPlain) => this.#causes.cleared(site, bad, isPlain)],
      [PENDING, (isPlain) => this.#causes.notAwaited(site, bad, isPlain)],
      [REJECTED, (isPlain) => this.#causes.rejected(site, bad, isPlain)],
      [UNSET, () => this.#causes.unset(site, bad)],
    ];
    // Where the state has one cause, there is nothing to choose from.
    const isPlain = causes.filter(([kin]) => (bad & kin) !== 0).length < 2;
    let first: Told | null = null;
    /** What is awaited, and may end in a state that is told otherwise. */
    let awaited: Told | null = null;
    for (const [kin, cause] of causes) {
      const told = cause(isPlain);
      if (told === null) continue;
      if (isPlain || this.#mends(told, kin, site, bad)) return told;
      if (kin === PENDING && this.#isAwaited(told, site.node)) awaited ??= told;
      else first ??= told;
    }
    // Of some ways, no more is known than that there are any.
    return first ?? awaited ?? PLAIN;
  }

  /**
   * Whether the remedy of a cause makes the report go away.
   *
   * @param kin the states that the cause is one of
   */
  #mends(told: Told, kin: States, site: Site, bad: States): boolean {
    const { cut = null } = told;
    switch (told.cause) {
      case 'rejected':
        return (bad & ~REJECTED) === 0 || this.#isCutOff(site, cut);
      case 'skippedOnPath':
        return this.#isCutOff(site, cut);
      case 'cleared':
        // To set it again is no news where that was tried, and failed.
        return (bad & ~CLEARED & ~REJECTED) === 0 ? (bad & REJECTED) === 0 : true;
      case 'calledUnset':
        return true;
      case 'notAwaited':
        if ((bad & ~kin) === 0) return true;
        // What is waited for is not mended by being waited for.
        return cut !== null && !this.#isAwaited(told, cut.place) && this.#isCutOff(site, cut);
      case 'helperMaySkip':
      case 'callbackMayNotRun':
      case 'setTooLate':
      case 'neverSet':
        return (bad & ~kin) === 0;
      case 'onSomeWay':
        return false;
    }
  }

  /** Whether each way to a place, in its function, waits for what has been begun. */
  #isAwaited(told: Told, at: object): boolean {
    // A rejection that a helper hides says more than that it may leave out what it sets.
    if (told.cause === 'helperMaySkip' || told.cause === 'skippedOnPath') return true;
    if (told.cause !== 'notAwaited' || ++this.#tried > MAX_TRIED) return false;
    const { place, nodes } = told.set;
    return this.#causes.begun.isAwaited([place, ...nodes], at);
  }

  /** Whether no way leads into the fault but those that are cut off. */
  #isCutOff(site: Site, cut: Cut | null): boolean {
    if (cut === null || ++this.#tried > MAX_TRIED) return false;
    return (this.#solved.solution.statesWithout(cut.place, cut.mark) & faultsAt(site)) === 0;
  }
}
