/** Which handler of a rejection goes on. */

import { isNode, isWithin, type Node } from '../../syntax/ast.ts';
import type { Turn } from '../../flow/solve/witness.ts';
import type { Change, Step } from '../../flow/solve/ways.ts';
import { placeOf } from './ways.ts';

type CaughtTurn = Turn & { readonly kind: 'caught' };

/**
 * Which of the handlers that a rejection passes goes on: the last of those around it.
 *
 * @param goesOn whether the code goes on without one
 */
export function swallowing(
  origin: Change,
  steps: readonly Step[],
  goesOn: boolean,
): CaughtTurn | null {
  const caught = steps.filter(
    (step): step is CaughtTurn => step.kind === 'caught' && isNode(step.site),
  );
  const place = placeOf(origin);
  const around = place && caught.findLast(({ site }) => isNode(site) && guards(site, place));
  return around ?? (goesOn ? null : (caught[0] ?? null));
}

/** Whether a `catch`, a `finally`, a callback or `Promise.allSettled` handles what is thrown at a place. */
function guards(handler: Node, place: Node): boolean {
  const { parent } = handler;
  if (parent?.type === 'TryStatement') {
    return (
      isWithin(place, parent.block) || (parent.finalizer === handler && isWithin(place, parent))
    );
  }
  if (parent?.type === 'CallExpression' && isWithin(place, parent.callee)) return true;
  return handler.type === 'CallExpression' && isWithin(place, handler);
}
