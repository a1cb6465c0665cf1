/** What makes the actions, or the thunks, that are dispatched. */

import type { Node } from '../../syntax/ast.ts';
import type { Value } from '../resolve.ts';
import type { Calls, GivenParts } from './given.ts';
import type { Step } from './shapes.ts';
import type { LibraryReader } from './things.ts';

/** A function, or something of a library, that makes an action. */
export interface Creator {
  /** The expression. */
  readonly node: Node;
  readonly value: Value;
}

/** What makes the action that a step dispatches; several where it may be any of them. */
export function creatorsAt(
  { of, dispatches }: Step,
  calls: Calls,
  parts: Pick<GivenParts, 'at'>,
  values: LibraryReader,
): readonly Creator[] {
  return parts.at(of, calls).flatMap((node) =>
    values
      .of(node)
      .flatMap((value) =>
        typeof dispatches === 'object' ? values.member(value, dispatches.named) : [value],
      )
      .filter(({ kind }) => kind === 'function' || kind === 'external')
      .map((value) => ({
        node: typeof dispatches === 'object' && value.kind === 'function' ? value.node : node,
        value,
      })),
  );
}
