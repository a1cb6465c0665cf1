/** The places that promises are kept in, and what is kept there at first. */

import { memberName, unwrap, type Node } from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { isNothing } from '../../syntax/forms.ts';
import { ownerOf } from './atoms.ts';
import { isFilling, type IsSame } from './stored.ts';

/** A place that a promise is kept in. */
export interface Stored {
  readonly use: Node;
  /** All that is ever kept there. */
  readonly sources: readonly Node[];
  /** Where it is declared; null where that is not here. */
  readonly declaration: Node | null;
  /** Whether it can have been put there before this function was called. */
  readonly isOuter: boolean;
  /** Whether the code around the use tells that it holds something. */
  readonly isMade: boolean;
  /** Whether it holds something from the start. */
  readonly startsMade: boolean;
  /** What it holds at first, where that is not among the sources. */
  readonly startsAs: 'undefined' | null;
  /** Whether an expression reads or writes it. */
  readonly reads: (node: Node) => boolean;
}

/** Whether it matters for what an expression gives whether that is known to be more than nothing. */
export function mayBeNothing(source: Node): boolean {
  const inner = unwrap(source);
  if (inner.type !== 'CallExpression') return true;
  const callee = unwrap(inner.callee);
  return callee.type === 'MemberExpression' && memberName(callee) === 'get';
}

export function startsWithValue({ defs: [definition] }: Variable): boolean {
  const declarator = definition?.node;
  return (
    declarator?.type === 'VariableDeclarator' &&
    declarator.init !== null &&
    !isNothing(declarator.init)
  );
}

/** Whether a source is the first value of a property, where its owner is made. */
export function isFirst(source: Node): boolean {
  const { parent } = source;
  if (parent?.type !== 'AssignmentExpression') return true;
  const maker = ownerOf(source)?.parent;
  return maker?.type === 'MethodDefinition' && maker.kind === 'constructor';
}

/**
 * Whether a place keeps one thing for good: it is put there at first, or where there is nothing, and
 * nothing ever takes its place.
 */
export function isKeptForGood(sources: readonly Node[], isSame: IsSame): boolean {
  const [kept, ...others] = sources.filter((source) => !isNothing(source));
  if (kept === undefined || others.length > 0) return false;
  return sources.every(
    (source) => isFirst(source) || (source === kept && isFilling(source, isSame)),
  );
}

/** Whether that is something. */
export function isInitial(source: Node): boolean {
  return !isNothing(source) && isFirst(source);
}
