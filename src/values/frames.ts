/** The runs of functions that expressions are read in, and how far calls are followed. */

import { isWithin, type FunctionNode, type Node } from '../syntax/ast.ts';
import type { Variable } from '../syntax/bindings.ts';
import { single } from './possibilities.ts';
import {
  UNDEFINED,
  UNKNOWN,
  type Expressions,
  type Given,
  type Possibilities,
  type Reach,
} from './value.ts';

/** What is taken for constant. */
export interface Trust {
  /** Whether a test that an expression has passed where it is read rules values out. */
  readonly heedsTests: boolean;
  /**
   * Whose properties are what they are written as: `seen` objects are not handed to a function that
   * is not seen; `frozen` ones can be changed by nobody.
   */
  readonly objects: 'all' | 'seen' | 'frozen';
}

export const TRUSTING: Trust = { heedsTests: false, objects: 'all' };

/** Functions are not followed through more calls than this. */
export const MAX_CALLS = 4;

/** How many runs of functions with parameters are worked out for one call. */
const MAX_RUNS = 64;

export const START: Reach = { depth: 0, left: { runs: 0 } };

/** The reach of what runs by a call. What one call may cost does not depend on what others did. */
export function deeper({ depth, left }: Reach): Reach {
  return { depth: depth + 1, left: depth === 0 ? { runs: MAX_RUNS } : left };
}

/** A run of a function with its arguments; the outermost is that of the file. */
export interface Frame {
  readonly known: Map<object, Possibilities>;
  readonly runs: FunctionNode | null;
  /** Worked out where it is read: nothing is while the expressions of a file are being made. */
  readonly given: Given | null;
  readonly outer: Frame | null;
  readonly reach: Reach;
  /** The expressions of the file in this run. */
  view: Expressions | null;
}

/** The frame in which a binding is made. */
export function frameOf(variable: Variable, frame: Frame): Frame {
  const [definition] = variable.defs;
  if (definition === undefined) return frame;
  for (let home = frame; ;) {
    if (home.outer === null) return home;
    if (home.runs !== null && isWithin(definition.name, home.runs)) return home;
    home = home.outer;
  }
}

/** What a function is given that gets one argument. */
export function onlyArgument(argument: () => Possibilities, node: Node, file: Expressions): Given {
  return {
    at: (index) => (index === 0 ? argument() : single(UNDEFINED, node, file)),
    rest: () => single(UNKNOWN, node, file),
    source: () => null,
  };
}
