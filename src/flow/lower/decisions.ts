/** What a branch asks of an expression. */

import type { Node } from '../../syntax/ast.ts';
import type { Decision } from '../term/term.ts';

export function truthyOf(node: Node): Decision {
  return { node, asks: 'truthy' };
}

export function nullishOf(node: Node): Decision {
  return { node, asks: 'nullish' };
}
