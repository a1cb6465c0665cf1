/** Two comparisons that ask together whether something is there: `x === null || x === undefined`. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import { strip } from '../../syntax/forms.ts';
import { seq } from '../term/make.ts';
import type { Fact, ResultKind } from '../term/term.ts';
import type { Sink } from './context.ts';
import { literalQuestion } from './questions.ts';

type Logical = Node & { type: 'LogicalExpression' };

/**
 * The name of which the right side of a condition, and what stands before it, ask whether it is `null`
 * or `undefined`; null where they ask something else.
 */
export function askedByPair({ left, right, operator }: Logical): Node | null {
  const equality = operator === '||' ? '===' : operator === '&&' ? '!==' : null;
  if (equality === null) return null;
  const before = strip(left);
  const isChain = before.type === 'LogicalExpression' && before.operator === operator;
  const one = comparedIn(isChain ? strip(before.right) : before, equality);
  const other = comparedIn(strip(right), equality);
  if (one === null || other === null || one.key === other.key) return null;
  return one.name === other.name ? other.node : null;
}

/**
 * Goes on as the right side of a condition tells, and what it says together with what stands before it.
 *
 * @param facts what is known where both say that something is there
 */
export function besides({ operator }: Logical, facts: readonly Fact[], sink: Sink): Sink {
  if (facts.length === 0) return sink;
  const isThere: ResultKind = operator === '&&' ? 'true' : 'false';
  const told: Sink = (kind, key, shape) => {
    const then = sink(kind, key, shape);
    return kind === isThere ? seq({ kind: 'assume', facts }, then) : then;
  };
  return Object.assign(told, { ...sink });
}

/** The name that is compared with `null` or `undefined`, and with which. */
function comparedIn(
  node: Node,
  equality: string,
): { readonly node: Node; readonly name: string; readonly key: string } | null {
  if (node.type !== 'BinaryExpression' || node.operator !== equality) return null;
  for (const [side, other] of [
    [node.left, node.right],
    [node.right, node.left],
  ] as const) {
    const compared = unwrap(side);
    const literal = literalQuestion(other);
    if (compared.type !== 'Identifier' || literal?.kind !== 'equals') continue;
    if (literal.literal !== 'nullish') continue;
    return { node: compared, name: compared.name, key: literal.key };
  }
  return null;
}
