/**
 * Tests of variables that are assigned again: they agree as long as nothing is assigned in between,
 * and what is assigned is known to them.
 */

import { codeAround, isFunction, unwrap, type Node } from '../../syntax/ast.ts';
import { BindingTable } from '../../syntax/binding-table.ts';
import type { Bindings, Definition, Reference, Variable } from '../../syntax/bindings.ts';
import type { Changing, Fact, ResultKind, Term, Test } from '../term/term.ts';
import { SKIP } from '../term/make.ts';
import type { Atoms } from './atoms.ts';
import {
  addQuestionsAt,
  answerDenied,
  answerGiven,
  answerOf,
  distinctOf,
  literalsIn,
  NULLISH,
  TRUTHY,
  type Constants,
  type Question,
} from './questions.ts';

/** What is asked of a variable. */
interface Followed {
  readonly code: Node;
  readonly asked: readonly { readonly question: Question; readonly changing: Changing }[];
}

/** These assign what is on their right, if they assign. */
const ASSIGNING: ReadonlySet<string> = new Set(['=', '||=', '&&=', '??=']);

const DECLARED: ReadonlySet<string> = new Set(['CatchClause', 'Parameter', 'Variable']);

/** What is around a name in a pattern that assigns to it. */
const PATTERNS: ReadonlySet<string> = new Set([
  'ArrayPattern',
  'AssignmentPattern',
  'ObjectPattern',
  'Property',
  'RestElement',
]);

export class Reassigned {
  readonly #atoms: Atoms;
  readonly #constants: Constants;
  readonly #given: (identifier: Node) => readonly Question[];
  readonly #isInPlace: (reference: Reference, code: Node) => boolean;
  readonly #followed: BindingTable<Followed | null>;

  /**
   * @param given what functions ask of a variable that they are given here
   * @param isInPlace whether another function assigns to a variable, which runs only where it stands in the
   *   code of that
   */
  constructor(
    bindings: Bindings,
    atoms: Atoms,
    constants: Constants,
    given: (identifier: Node) => readonly Question[],
    isInPlace: (reference: Reference, code: Node) => boolean,
  ) {
    this.#followed = new BindingTable(bindings, (variable) => this.#follow(variable));
    this.#atoms = atoms;
    this.#constants = constants;
    this.#given = given;
    this.#isInPlace = isInPlace;
  }

  /** The test of a variable where it is read; null where it tells nothing. */
  test(identifier: Node, question: Question): Test | null {
    const followed = this.#at(identifier);
    if (followed === null) return null;
    return {
      kind: 'facts',
      whenTrue: factsOf(followed, (other) => answerGiven(question, other)),
      whenFalse: factsOf(followed, (other) => answerDenied(question, other)),
      changes: true,
    };
  }

  /** Whether anything is asked of a variable that is assigned to here. */
  isAsked(identifier: Node): boolean {
    return this.#at(identifier) !== null;
  }

  /** The strings and numbers that a variable is compared with which is assigned to here. */
  literalsAsked(identifier: Node): readonly string[] {
    return literalsIn(this.#at(identifier)?.asked ?? []);
  }

  /**
   * A variable is given a value of this kind.
   *
   * @param key the literal that it is, if it is one
   */
  assigned(identifier: Node, kind: ResultKind | 'any', key?: string): Term {
    return assigning(this.#at(identifier), kind, key);
  }

  /** The same where a function that runs in place assigns to a variable of the code around it. */
  assignedAround(identifier: Node, kind: ResultKind | 'any' = 'any', key?: string): Term {
    const followed = this.#followed.of(identifier);
    return assigning(followed?.code === codeAround(identifier) ? null : followed, kind, key);
  }

  #at(identifier: Node): Followed | null {
    const followed = this.#followed.of(identifier);
    // What another function reads, it reads at another time.
    return followed?.code === codeAround(identifier) ? followed : null;
  }

  #follow({ defs, references }: Variable): Followed | null {
    const [definition, ...others] = defs;
    // A `var` can be declared again, which is an assignment.
    if (definition === undefined || others.some(({ type }) => type !== 'Variable')) return null;
    if (!DECLARED.has(definition.type)) return null;
    const isAgain =
      others.length > 0 || references.some((one) => one.isWrite() && one.init !== true);
    if (!isAgain) return null;
    const code = codeAround(definition.name);
    const isSeen = (one: Reference): boolean =>
      !one.isWrite() || isFollowed(one, code) || this.#isInPlace(one, code);
    if (!references.every(isSeen)) return null;
    const questions: Question[] = [];
    for (const { identifier } of references) {
      if (codeAround(identifier) !== code) continue;
      addQuestions(identifier, questions, this.#constants);
      questions.push(...this.#given(identifier));
    }
    const distinct = distinctOf(questions);
    return distinct.length === 0 ? null : this.#asked(definition, code, distinct);
  }

  #asked(definition: Definition, code: Node, questions: readonly Question[]): Followed | null {
    let kept = questions;
    let changing = this.#atoms.changing(definition, kept.length);
    if (changing === null) {
      // A value that is compared with many literals can still be told to be there.
      kept = kept.filter(({ kind }) => kind !== 'equals');
      changing = kept.length === 0 ? null : this.#atoms.changing(definition, kept.length);
    }
    const asked = (changing ?? []).flatMap((one, index) => {
      const question = kept[index];
      return question === undefined ? [] : [{ question, changing: one }];
    });
    return asked.length === 0 ? null : { code, asked };
  }
}

function assigning(followed: Followed | null, kind: ResultKind | 'any', key?: string): Term {
  if (followed === null) return SKIP;
  return {
    kind: 'assign',
    changes: followed.asked.map(({ changing }) => changing),
    facts: kind === 'any' ? [] : factsOf(followed, (question) => answerOf(kind, question, key)),
  };
}

function factsOf(
  { asked }: Followed,
  answer: (question: Question) => boolean | null,
): readonly Fact[] {
  return asked.flatMap(({ question, changing: { atom } }) => {
    const holds = answer(question);
    return holds === null ? [] : [{ atom, holds }];
  });
}

/** Adds what is asked where a variable is read, or gives its value to another. */
function addQuestions(identifier: Node, questions: Question[], constants: Constants): void {
  addQuestionsAt(identifier, questions, constants);
  const { parent } = identifier;
  if (parent?.type === 'VariableDeclarator' && parent.init === identifier) questions.push(TRUTHY);
  if (parent?.type !== 'AssignmentExpression') return;
  if (parent.right === identifier) questions.push(TRUTHY);
  else if (parent.operator === '??=') questions.push(NULLISH);
  else if (parent.operator !== '=') questions.push(TRUTHY);
}

/** Whether the value that a reference assigns is followed to where it is assigned. */
function isFollowed({ identifier }: Reference, code: Node): boolean {
  if (codeAround(identifier) !== code) return false;
  let holder = identifier.parent ?? null;
  while (holder !== null && PATTERNS.has(holder.type)) holder = holder.parent ?? null;
  switch (holder?.type) {
    case 'AssignmentExpression':
      return ASSIGNING.has(holder.operator) && isStatement(holder);
    case 'VariableDeclarator':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'CatchClause':
      return true;
    default:
      return holder !== null && isFunction(holder);
  }
}

/** Whether an expression is evaluated for what it does alone, where it is written. */
function isStatement(node: Node): boolean {
  let inner = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    switch (outer.type) {
      case 'ExpressionStatement':
        return true;
      case 'ForStatement':
        return outer.init === inner || outer.update === inner;
      case 'LogicalExpression':
        if (outer.left === inner) return false;
        break;
      case 'ConditionalExpression':
        if (outer.test === inner) return false;
        break;
      case 'SequenceExpression':
        break;
      default:
        if (unwrap(outer) === outer) return false;
    }
    inner = outer;
  }
  return false;
}
