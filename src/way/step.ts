/** A way into a finding, step by step: what the models tell, and all who show it are given. */

import type { Node } from '../syntax/ast.ts';
import { endOf, offsetOf } from '../syntax/places.ts';

/**
 * What a step is:
 * - `entered`: a function, or the module, begins
 * - `called`: a function that is seen is called
 * - `handed`: a function is passed on, stored or rendered, and can run from here on
 * - `decided`: a test has come out
 * - `threw`: something is thrown, or rejected
 * - `caught`: a handler goes on
 * - `changed`: the session changed, or could have
 * - `left`: something is left to run by itself
 * - `value`: where a value comes from
 * - `reported`: the place of the finding; only where a token is minted, and its life is told apart
 *   from that, does the mint come behind it
 */
export type StepKind =
  | 'entered'
  | 'called'
  | 'handed'
  | 'decided'
  | 'threw'
  | 'caught'
  | 'changed'
  | 'left'
  | 'value'
  | 'reported';

/** One thing that happens on a way. */
export interface Step {
  /** Its place in the order of execution, the first being 1. */
  readonly n: number;
  readonly kind: StepKind;
  /** What happens, in a few words with code in back quotes, and with no full stop. */
  readonly text: string;
  /** The absolute path of the file that it happens in. */
  readonly path: string;
  /** Where in its text, as offsets in UTF-16 code units. */
  readonly range: readonly [start: number, end: number];
  /** What the session is in before and after; null where there is no session. */
  readonly stateBefore: string | null;
  readonly stateAfter: string | null;
  /** How many functions that are told of it is within. */
  readonly depth: number;
  /** Whether the way would not be one without it; others are told for orientation. */
  readonly essential: boolean;
}

/** Knows in which file a node is. */
export interface Placing {
  /** The absolute path of the file that is linted. */
  readonly path: string;
  /** The other module that a node is in; null where it is in the file itself. */
  readonly moduleOf: (node: Node) => { readonly path: string } | null;
}

/** A step that is to be added to a way. */
export interface Told extends Omit<Step, 'n' | 'path' | 'range' | 'stateBefore' | 'stateAfter'> {
  readonly node: Node;
  /** The part of the node to show; all of it where it is left out. */
  readonly range?: Step['range'];
  readonly stateBefore?: string | null;
  readonly stateAfter?: string | null;
}

/** The state behind the last of some steps; another where none tells of one. */
export function stateBehind(told: readonly Told[], other: string | null): string | null {
  const last = told.at(-1);
  return last?.stateAfter ?? last?.stateBefore ?? other;
}

/** A way is shown as long as this; what is longer loses what is not essential, and then its middle. */
const MAX_STEPS = 60;

/** The steps of a way, with their numbers and places. */
export function stepsOf(told: readonly Told[], { path, moduleOf }: Placing): readonly Step[] {
  return shortened(told).map(({ node, range, ...step }, index) => ({
    n: index + 1,
    kind: step.kind,
    text: step.text,
    path: moduleOf(node)?.path ?? path,
    range: range ?? [offsetOf(node), endOf(node)],
    stateBefore: step.stateBefore ?? null,
    stateAfter: step.stateAfter ?? step.stateBefore ?? null,
    depth: step.depth,
    essential: step.essential,
  }));
}

function shortened(told: readonly Told[]): readonly Told[] {
  if (told.length <= MAX_STEPS) return told;
  const last = told.length - 1;
  const essential = told.filter((step, index) => step.essential || index === last);
  if (essential.length <= MAX_STEPS) return essential;
  const half = MAX_STEPS / 2;
  return [...essential.slice(0, half), ...essential.slice(-half)];
}
