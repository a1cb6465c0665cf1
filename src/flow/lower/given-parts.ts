/** What a part of an expression can be that is given to a name: in a round of a loop, or to a generator. */

import { memberName, unwrap, type Node } from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import type { Given } from './names.ts';
import type { Lower } from './parts.ts';
import { partRead } from './part-uses.ts';
import { partOf } from './shapes.ts';

/** The functions that something can be, and all that it can be. */
export type GivenPart = Omit<Given, 'name'>;

/** @param path the names of properties, or the indices of elements, that lead to it */
export function givenPart(lower: Lower, whole: Node, path: readonly string[]): GivenPart {
  const { callees, held, values } = lower;
  let node: Node | null = whole;
  let own = callees.values(unwrap(whole));
  for (const part of path) {
    const next: Node | 'nothing' | null =
      node === null ? null : partOf(held.written(node) ?? unwrap(node), part);
    node = next === 'nothing' ? null : next;
    own = own.flatMap((value) => values.member(value, part));
  }
  const callee = node === null ? null : callees.callee(node);
  return { callee: callee ?? callees.amongValues(own), values: own, written: node };
}

/**
 * The expression that a name, or a member of one, is where the name is known to be one of the things that
 * it can be; null where that is not known, or not written out.
 */
export function writtenAt({ names }: Lower, node: Node): Node | null {
  if (node.type === 'Identifier') return names.of(node)?.written ?? null;
  if (node.type !== 'MemberExpression') return null;
  const [object, part] = [unwrap(node.object), memberName(node)];
  const name = object.type === 'Identifier' ? names.of(object) : null;
  if (name?.written == null || part === null || !isOnlyRead(name.variable)) return null;
  const written = partOf(unwrap(name.written), part);
  return written === 'nothing' ? null : written;
}

/** Whether nothing but parts are read of what a name is bound to. */
function isOnlyRead({ references }: Variable): boolean {
  return references.every(
    (reference) => reference.isWrite() || partRead(reference.identifier) !== null,
  );
}
