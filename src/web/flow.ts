/** In which order a file calls the web Messenger, by a protocol: the analysis of `flow`. */

import type { FunctionNode } from '../syntax/ast.ts';
import { eachKind } from '../flow/algebra/summary.ts';
import { Lowering, type LowerHost } from '../flow/lower/lowering.ts';
import { createSpace, type Protocol } from '../flow/algebra/protocol.ts';
import type { States } from '../flow/algebra/relation.ts';
import { Solution } from '../flow/solve/solution.ts';
import { Shared } from '../flow/solve/solver.ts';
import { Work } from '../flow/solve/work.ts';
import { exportedFunctions } from '../session/exports.ts';
import { assertedBy, isProcessExit } from '../session/exits.ts';
import type { Outside } from '../values/externals.ts';
import type { WebFile } from './model.ts';

/** The steps that solving may take. */
const MAX_STEPS = 2_000_000;

/** What is found. */
export interface Solved {
  /** The states in which a place is reached. */
  readonly statesAt: (place: object) => States;
  /** Those in which a function can return, for each kind of its result. */
  readonly resultsOf: (node: FunctionNode) => ReturnType<Solution['resultsOf']>;
}

/**
 * Runs a protocol over a file; null where that is too much work.
 *
 * @param faultsAt the states in which it is a fault to reach a place
 */
export function solvedBy(
  protocol: Protocol,
  file: WebFile,
  raisers: Pick<LowerHost, 'operation' | 'reference'>,
  faultsAt: (place: object) => States,
): Solved | null {
  const { program, bindings, clients } = file;
  const outside: Outside = (node) => clients.constants.externalOf(node);
  const lowering = new Lowering(bindings, clients.values, {
    ...raisers,
    isSubject: (node) => clients.partOf(node) !== null,
    neverReturns: (call) => isProcessExit(call, bindings, outside),
    asserted: (call) => assertedBy(call, bindings, outside),
  });
  const work = new Work(MAX_STEPS);
  const options = {
    helpers: 'some-path',
    entry: protocol.initial,
    shared: new Shared(),
    work,
    ways: work,
  } as const;
  const solution = work.within(
    () =>
      new Solution(
        createSpace(protocol),
        lowering.module(program),
        () => exportedFunctions(program, bindings, clients.values, lowering, file.isComponent),
        options,
        faultsAt,
      ),
  );
  if (solution === null) return null;
  return {
    statesAt: (place) => solution.statesAt(place),
    resultsOf: (node) =>
      work.within(() => solution.resultsOf(lowering.function(node))) ?? eachKind(() => 0),
  };
}
