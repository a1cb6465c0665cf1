/** What a test can tell, and what is asked of a value. */

import type { Node } from '../../syntax/ast.ts';
import {
  answerOf,
  literalQuestion,
  type Constants,
  type Question,
} from '../../flow/lower/questions.ts';

/** A test tells nothing; */
export const NONE = 0;
/** that there was a JWT when something was read before, in the same run; */
export const BEFORE = 1;
/** that there is one where it is tested; */
export const NOW = 2;
/** or the same, whoever has what a render made. */
export const RENDERED = 3;
/** A literal never turns out so: that alone proves nothing, as others may give it another value. */
export const VACUOUS = 4;

/** What a test tells, the more the greater. */
export type Evidence = number;

/** What a value has to answer. */
export interface Ask {
  readonly question: Question;
  readonly answer: boolean;
}

/** What is told of a value that renders again where it changes. */
export function rendered(told: Evidence): Evidence {
  return told === NONE ? told : Math.max(told, RENDERED);
}

export const UNDEFINED: Question = { kind: 'equals', key: 'undefined', literal: 'nullish' };

/** Whether something that is given can answer so. */
export function mayAnswer(given: Node | null, ask: Ask, constants: Constants): boolean {
  const literal = given === null ? UNDEFINED : literalQuestion(given, constants);
  return literal === null || canAnswer(literal, ask);
}

/** Whether a literal answers so. */
export function canAnswer(literal: Question, { question, answer }: Ask): boolean {
  if (literal.kind !== 'equals') return true;
  const own = answerOf(literal.literal, question, literal.key);
  return own === null || own === answer;
}
