/** What comparisons ask of how many there are of something, and of the place of one. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import { not } from '../term/make.ts';
import type { Test } from '../term/term.ts';

/** What is true where there is one at least; `a.length > 0`, and the like. */
export const LENGTH: Compared = {
  there: new Set(['> 0', '>= 1', '!== 0', '!= 0']),
  not: new Set(['=== 0', '== 0', '< 1', '<= 0']),
};

/** The same of a place, or of what is found; `a !== -1`. */
export const INDEX: Compared = {
  there: new Set(['> -1', '>= 0', '!== -1', '!= -1', '!== undefined', '!= undefined', '!= null']),
  not: new Set(['=== -1', '== -1', '< 0', '<= -1', '=== undefined', '== undefined', '== null']),
};

/** What is compared so where there is one, and where there is none. */
interface Compared {
  readonly there: ReadonlySet<string>;
  readonly not: ReadonlySet<string>;
}

/** Whether there is one, as what is compared tells. */
export function isThere(
  test: Test | null,
  compared: string,
  { there, not: none }: Compared,
): Test | null {
  if (test === null || there.has(compared)) return test;
  return none.has(compared) ? not(test) : null;
}

/** A number, or nothing, as it is written; empty for any other expression. */
export function numberIn(node: Node): string {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Literal':
      return String(inner.value);
    case 'Identifier':
      return inner.name;
    case 'UnaryExpression':
      return inner.operator === '-' && inner.argument.type === 'Literal'
        ? `-${String(inner.argument.value)}`
        : '';
    default:
      return '';
  }
}

/** The test by which a callback gives a list with something in it, or an empty one. */
export function keptBy(given: Node): { readonly test: Node; readonly isKept: boolean } | null {
  const inner = unwrap(given);
  if (inner.type !== 'ConditionalExpression') return null;
  const [then, other] = [unwrap(inner.consequent), unwrap(inner.alternate)];
  if (then.type !== 'ArrayExpression' || other.type !== 'ArrayExpression') return null;
  const isKept = then.elements.length > 0;
  const full = isKept ? then : other;
  const empty = isKept ? other : then;
  const isSure = full.elements.some((one) => one !== null && one.type !== 'SpreadElement');
  return isSure && empty.elements.length === 0 ? { test: inner.test, isKept } : null;
}
