/** What is known of a place in which a guard is kept: a state, a ref, a field, a variable, a part of a store. */

import type { Node } from '../../syntax/ast.ts';
import type { Question } from '../../flow/lower/questions.ts';
import type { Write } from './writes.ts';

export interface Place {
  /** What it is told by. */
  readonly key: object;
  /** What it starts with. */
  readonly initial: Node | null;
  /** What it can be at first, where that is not written. */
  readonly starts?: readonly Question[];
  readonly writes: readonly Write[];
  /** Whether what is read of it stays what it was, for all that a render makes. */
  readonly isRendered: boolean;
  /** Whether no other one is seen to be made by the same code. */
  readonly isOnly: boolean;
  /** The same writes, told where functions are called that do nothing else; null where there are none. */
  readonly lifted: readonly Write[] | null;
}
