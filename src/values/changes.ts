/** What changes an object after it was made. */

import type { CallExpression, NewExpression, Node } from '../syntax/ast.ts';

/** A change of a property. */
export interface Write {
  /** The expression that changes it. */
  readonly node: Node;
  /** What it is given by a plain assignment; null where it is changed in another way. */
  readonly value: Node | null;
}

/** A call that gets an object. */
export interface Handing {
  readonly call: CallExpression | NewExpression;
  readonly argument: Node;
}
