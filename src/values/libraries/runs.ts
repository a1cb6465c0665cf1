/** What calls of libraries run. */

import { calledName, unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import type { Calling, How } from './shapes.ts';

/** A function of the user's, or a promise, that a call of a library runs. */
export interface Run {
  /** The expression. */
  readonly node: Node;
  /** What that runs, where it is something of a library. */
  readonly inner: Runs | null;
  readonly how: How;
  readonly when: 'fulfilled' | 'rejected' | 'settled';
  /** What has to be truthy for it to be called; null for nothing. */
  readonly gate: Node | null;
  /** Whether it is a function that is told by its name. */
  readonly isByName?: boolean;
  /** Whether it is given an error where it comes behind a rejection, and none otherwise. */
  readonly isErrorFirst?: boolean;
}

/** What a call of a library runs. */
export interface Runs {
  readonly steps: readonly Run[];
  readonly isCaught: boolean;
  readonly isDropped: boolean;
  readonly isRaising: boolean;
  readonly isBlocking: boolean;
  readonly isPassedOn: boolean;
  readonly isListed: boolean;
  readonly tells: NonNullable<Calling['tells']> | null;
}

/** How it is told what came of what a call runs; null where it is not. */
export function tellsOf({ steps, tells }: Runs): Runs['tells'] {
  const [only, ...others] = steps;
  const inner = only?.inner ?? null;
  // What is unwrapped hides nothing that could be asked for.
  return tells ?? (others.length > 0 || inner?.isCaught !== true ? null : inner.tells);
}

/** The same, whose promise does not hide a rejection. */
export function uncaught(runs: Runs): Runs {
  const steps = runs.steps.map((step): Run =>
    step.inner === null ? step : { ...step, inner: uncaught(step.inner) },
  );
  return { ...runs, steps, isCaught: false };
}

/** How something is run, or waited for, that the promise of a call waits for. */
const WAITING: ReadonlySet<string> = new Set(['once', 'retried', 'kept', 'many', 'promise']);

/**
 * Whether the promise of a call waits for a promise, or what a function gives, that it was given. What a
 * hook keeps is for other renders.
 */
export function waitsFor(runs: Runs | null, call: CallExpression, given: Node): boolean {
  if (runs === null || /^use[A-Z]/.test(calledName(call) ?? '')) return false;
  const { steps, isDropped, isBlocking, isPassedOn } = runs;
  if (isDropped || isBlocking) return false;
  return steps.some(
    ({ node, how, inner }) =>
      inner === null &&
      (WAITING.has(how) || (how === 'now' && isPassedOn)) &&
      unwrap(node) === unwrap(given),
  );
}

/** Whether the same is among steps. */
export function hasStep(steps: readonly Run[], { node, inner }: Run): boolean {
  return steps.some((step) => step.node === node && (step.inner === null) === (inner === null));
}
