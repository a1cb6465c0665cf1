/** In which order a file calls the web Messenger, by a protocol: the analysis of `flow`. */

import { Lowering, type LowerHost } from '../flow/lower/lowering.ts';
import { createSpace, type Protocol } from '../flow/algebra/protocol.ts';
import type { States } from '../flow/algebra/relation.ts';
import { Solution } from '../flow/solve/solution.ts';
import { Shared } from '../flow/solve/solver.ts';
import { Work } from '../flow/solve/work.ts';
import { exportedFunctions } from '../session/exports.ts';
import { isProcessExit } from '../session/exits.ts';
import type { WebFile } from './model.ts';

/** The steps that solving may take. */
const MAX_STEPS = 2_000_000;

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
): Solution | null {
  const { program, bindings, clients } = file;
  const lowering = new Lowering(bindings, clients.values, {
    ...raisers,
    isSubject: (node) => clients.partOf(node) !== null,
    neverReturns: (call) => isProcessExit(call, bindings),
  });
  const work = new Work(MAX_STEPS);
  const options = {
    helpers: 'some-path',
    entry: protocol.initial,
    shared: new Shared(),
    work,
    ways: work,
  } as const;
  return work.within(
    () =>
      new Solution(
        createSpace(protocol),
        lowering.module(program),
        () => exportedFunctions(program, bindings, clients.values, lowering, false),
        options,
        faultsAt,
      ),
  );
}
