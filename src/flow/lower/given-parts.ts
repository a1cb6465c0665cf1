/** What a part of an expression can be that is given to a name: in a round of a loop, or to a generator. */

import { keyName, memberName, unwrap, type FunctionNode, type Node } from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { namesIn, stepsTo, targetOf } from '../../syntax/patterns.ts';
import type { Given } from './names.ts';
import type { Lower } from './parts.ts';
import { partRead } from './part-uses.ts';
import { partsNamed, type PartNamed } from './questions.ts';
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

/** Lowers code while names are each known to be one of the things that they can be. */
export function lowerDuring<T>(
  { callees, names }: Lower,
  given: readonly Given[],
  action: () => T,
): T {
  callees.forget();
  const lowered = names.during(given, action);
  callees.forget();
  return lowered;
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

/** Whether a function is read of an object that a name can be. */
export function readsMethod({ values }: Lower, { name, values: all }: Given): boolean {
  const objects = all.filter(({ kind }) => kind === 'object' || kind === 'instance');
  if (objects.length === 0) return false;
  const offers = (part: string): boolean =>
    objects.some((one) => values.member(one, part).some(({ kind }) => kind === 'function'));
  return name.variable.references.some(({ identifier }) => {
    const part = partRead(identifier);
    return part !== null && offers(part);
  });
}

/** Whether nothing but parts are read of what a name is bound to. */
function isOnlyRead({ references }: Variable): boolean {
  return references.every(
    (reference) => reference.isWrite() || partRead(reference.identifier) !== null,
  );
}

/** A name that a function has for what a call gives it, and what that is. */
export interface Taken extends GivenPart {
  readonly name: Node;
  readonly argument: Node;
}

/** What a function takes by a pattern of an argument. */
export function partsTaken(
  lower: Lower,
  target: FunctionNode | null,
  argument: Node,
  index: number,
): readonly Taken[] {
  const parameter = target?.params[index];
  if (parameter === undefined || argument.type === 'SpreadElement') return [];
  const pattern = targetOf(parameter);
  if (pattern.type === 'Identifier') return [];
  return namesIn(pattern).flatMap((name) => {
    const path = pathTo(pattern, name);
    return path === null ? [] : [{ name, argument, ...givenPart(lower, argument, path) }];
  });
}

/** The names, or indices, that lead to what a pattern gives a name; null where it need not be that. */
function pathTo(pattern: Node, name: Node): readonly string[] | null {
  const path: string[] = [];
  for (const step of stepsTo(pattern, name) ?? []) {
    const key =
      step.kind === 'property'
        ? keyName(step.node.key, step.node.computed)
        : step.kind === 'element'
          ? String(step.index)
          : null;
    if (key === null) return null;
    path.push(key);
  }
  return path;
}

/** The names of a pattern, each with the part that it is given; null where it does more than that. */
export function partsOf(pattern: Node): readonly PartNamed[] | null {
  const count =
    pattern.type === 'ObjectPattern'
      ? pattern.properties.length
      : pattern.type === 'ArrayPattern'
        ? pattern.elements.length
        : 0;
  const parts = partsNamed(pattern).filter(({ fallback }) => fallback === null);
  return parts.length === count ? parts : null;
}
