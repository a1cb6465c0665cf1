/** What is known of a place in which a guard is kept: a state, a ref, a field, a variable, a part of a store. */

import type { Node } from '../../syntax/ast.ts';
import type { Question } from '../../flow/lower/questions.ts';
import type { Write } from './writes.ts';

export interface Place {
  /** What it is told by. */
  readonly key: object;
  /** What it starts with. */
  readonly initial: Node | null;
  /** What it is in each of the states that there are at first, where that is not written; null for anything. */
  readonly starts?: readonly (Question | null)[];
  /** What it tells of, where that has more to tell. */
  readonly of?: Told;
  readonly writes: readonly Write[];
  /** Whether what is read of it stays what it was, for all that a render makes. */
  readonly isRendered: boolean;
  /** Whether no other one is seen to be made by the same code. */
  readonly isOnly: boolean;
  /** The same writes, told where functions are called that do nothing else; null where there are none. */
  readonly lifted: readonly Write[] | null;
}

/** What a query, or a mutation, tells by several properties. */
export interface Told {
  /** The call that it is told by. */
  readonly call: Node;
  /** As what it is in none of the states that there are at first. */
  readonly ended: Place;
}
