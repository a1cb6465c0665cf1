/**
 * What tests can be told to agree: tests of the same binding, if it is never reassigned, for
 * truthiness, for nullishness and for equality with a literal.
 */

import { isFunction, unwrap, type CallExpression, type Node } from '../../syntax/ast.ts';
import {
  isNeverReassigned,
  type Bindings,
  type Definition,
  type Variable,
} from '../../syntax/bindings.ts';
import { offsetOf } from '../../syntax/places.ts';
import type { Atom } from '../algebra/relation.ts';
import { isDerived } from './derived.ts';
import {
  canBeTold,
  isGiven,
  isTakenBy,
  mentionsOf,
  type Mention,
  type Mentions,
} from './parameters.ts';
import type { Changing, Fact, Facts, ResultKind, Test } from '../term/term.ts';
import {
  addQuestionsAt,
  addQuestionsOf,
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

interface AtomOf {
  readonly atom: Atom;
  readonly question: Question;
}

/** A binding of which something may be asked; what is asked is worked out once. */
export interface Asked {
  readonly variable: Variable;
  /** The property, or the element, of its value that is asked for; left out where it is the whole. */
  readonly part?: string;
  answers: Answers | undefined;
  outcome: Atom | null | undefined;
}

/** What is asked of a binding, and what the answers tell. */
class Answers {
  readonly asked: readonly AtomOf[];
  #truthy: Test | null = null;
  #given: Partial<Record<ResultKind, Facts>> | null = null;

  constructor(asked: readonly AtomOf[]) {
    this.asked = asked;
  }

  test(question: Question): Test {
    if (question !== TRUTHY) return this.#test(question);
    this.#truthy ??= this.#test(question);
    return this.#truthy;
  }

  #test(question: Question): Test {
    return {
      kind: 'facts',
      whenTrue: implied(this.asked, (other) => answerGiven(question, other)),
      whenFalse: implied(this.asked, (other) => answerDenied(question, other)),
    };
  }

  given(kind: ResultKind, key?: string): Facts {
    if (key !== undefined) return implied(this.asked, (question) => answerOf(kind, question, key));
    this.#given ??= {};
    return (this.#given[kind] ??= implied(this.asked, (question) => answerOf(kind, question)));
  }
}

/** What is compared with where it is asked whether something is there. */
const NOTHINGS: readonly string[] = ['null', 'undefined'];

const NO_PLACES: readonly Mention[] = [];

/** Of what has more parts, none is looked at by itself. */
const MAX_PARTS = 32;

const NOTHING_ASKED: readonly AtomOf[] = [];
const NO_FACTS: readonly Fact[] = [];
const NO_ANSWERS = new Answers(NOTHING_ASKED);

/** Tests more than this in one function are not correlated: relations must stay small. */
const MAX_PER_OWNER = 10;

/** As many more are told of what a function is given, and tests once. */
const MAX_TAKEN = 4;

/** The same for tests of variables that are assigned again, which take more room. */
const MAX_CHANGING = 4;

/** Hands out the atoms of a file. */
export class Atoms {
  readonly #bindings: Bindings;
  readonly #isPart: (node: Node) => boolean;
  readonly #constants: Constants;
  readonly #askedOfGiven: (identifier: Node, part: string | undefined) => readonly Question[];
  readonly #isSeen: (call: CallExpression) => boolean;
  readonly #isKnown: (identifier: Node) => boolean;
  readonly #parts = new WeakMap<object, Mentions>();
  readonly #choices = new Map<Node, Atom | null>();
  readonly #fulfilled = new Map<Node, Atom | null>();
  readonly #owners: (Node | null)[] = [];
  readonly #places: number[] = [];
  readonly #counts = new Map<Node | null, number>();
  readonly #changing = new Set<Atom>();
  readonly #taken = new Set<Atom>();
  readonly #takenCounts = new Map<Node | null, number>();
  readonly #changingCounts = new Map<Node | null, number>();

  /**
   * @param isPart whether an expression gives a result, or a part of one, that a name is bound to
   * @param given what functions ask of a binding that they are given here, of the whole or of a part
   * @param isSeen whether it is seen what a call calls
   * @param isKnown whether anything is asked of a name
   */
  constructor(
    bindings: Bindings,
    isPart: (node: Node) => boolean,
    constants: Constants,
    given: (identifier: Node, part: string | undefined) => readonly Question[],
    isSeen: (call: CallExpression) => boolean,
    isKnown: (identifier: Node) => boolean,
  ) {
    this.#bindings = bindings;
    this.#isPart = isPart;
    this.#constants = constants;
    this.#askedOfGiven = given;
    this.#isSeen = isSeen;
    this.#isKnown = isKnown;
  }

  /** The test of a binding; null where its tests cannot be told to agree. */
  test(binding: Asked, question: Question): Test | null {
    const answers = this.#of(binding);
    return answers === NO_ANSWERS ? null : answers.test(question);
  }

  /** What is known of a binding whose value is of this kind, and this literal if one is given. */
  given(binding: Asked, kind: ResultKind, key?: string): Facts {
    return this.#of(binding).given(kind, key);
  }

  /**
   * Whether the promise that a binding holds is fulfilled, which is the same wherever it is
   * awaited; null where the binding is reassigned, or used once at the most.
   */
  outcome(binding: Asked): Atom | null {
    if (binding.outcome === undefined) {
      const { variable } = binding;
      const isUsedAgain = variable.references.length > 2 && isNeverReassigned(variable);
      const [definition] = variable.defs;
      binding.outcome = isUsedAgain && definition !== undefined ? this.#about(definition) : null;
    }
    return binding.outcome;
  }

  /**
   * Which of two promises an expression is: the same where it is evaluated and where it is awaited;
   * null where its function has as many atoms as it may.
   */
  choice(node: Node): Atom | null {
    return this.#at(node, this.#choices);
  }

  /** Whether a promise was fulfilled that `allSettled` has waited for. */
  fulfilled(node: Node): Atom | null {
    return this.#at(node, this.#fulfilled);
  }

  /**
   * Facts about a variable that is assigned again, so many; null where its function has as many such
   * as it may.
   */
  changing({ name }: Pick<Definition, 'name'>, count: number): readonly Changing[] | null {
    const owner = ownerOf(name);
    const all = (this.#changingCounts.get(owner) ?? 0) + count;
    if (all > MAX_CHANGING) return null;
    this.#changingCounts.set(owner, all);
    const create = (): Atom => {
      const atom = this.#place(owner, name);
      this.#changing.add(atom);
      return atom;
    };
    return Array.from({ length: count }, () => ({
      atom: create(),
      before: create(),
      between: create(),
    }));
  }

  /** What is known of a binding of which a question is answered. */
  answered(binding: Asked, question: Question, isYes: boolean): readonly Fact[] {
    const answer = isYes ? answerGiven : answerDenied;
    return implied(this.#of(binding).asked, (other) => answer(question, other));
  }

  /** The questions that are asked of a binding. */
  questions(binding: Asked): readonly Question[] {
    return this.#of(binding).asked.map(({ question }) => question);
  }

  /** Whether an atom is about what a function is given. */
  isTaken(atom: Atom): boolean {
    return this.#taken.has(atom);
  }

  /** Whether an atom is about a variable that is assigned again, and so about one place in one function. */
  isChanging(atom: Atom): boolean {
    return this.#changing.has(atom);
  }

  #at(node: Node, known: Map<Node, Atom | null>): Atom | null {
    let atom = known.get(node);
    if (atom === undefined) {
      atom = this.#create(ownerOf(node), node);
      known.set(node, atom);
    }
    return atom;
  }

  /** Whether anything is asked of a binding that {@link given} could answer. */
  isAsked(binding: Asked): boolean {
    return this.#of(binding) !== NO_ANSWERS;
  }

  /** The strings and numbers that a binding is compared with. */
  literalsAsked(binding: Asked): readonly string[] {
    return literalsIn(this.#of(binding).asked);
  }

  /** Whether a binding is a name for what a promise is fulfilled with, or for a part of it. */
  isGiven(definition: Definition): boolean {
    return isGiven(definition, this.#bindings);
  }

  /** The function whose binding an atom is about; null for the module. */
  owner(atom: Atom): Node | null {
    return this.#owners[atom] ?? null;
  }

  /** Where a binding is declared that an atom is about, or a choice made, as an offset in the source. */
  place(atom: Atom): number {
    return this.#places[atom] ?? -1;
  }

  #of(binding: Asked): Answers {
    if (binding.answers === undefined) {
      // Names can be given each other.
      binding.answers = NO_ANSWERS;
      const asked = this.#ask(binding);
      if (asked.length > 0) binding.answers = new Answers(asked);
    }
    return binding.answers;
  }

  #ask({ variable, part }: Asked): readonly AtomOf[] {
    const [definition] = variable.defs;
    if (definition === undefined) return NOTHING_ASKED;
    const isTaken = isTakenBy(definition);
    if (variable.references.length < 2 && !isTaken) return NOTHING_ASKED;
    if (!isNeverReassigned(variable)) return NOTHING_ASKED;
    const questions: Question[] = [];
    const given: Question[] = [];
    for (const { identifier } of this.#mentions(variable, part)) {
      if (part === undefined) addQuestionsAt(identifier, questions, this.#constants);
      else if (!addQuestionsOf(part, identifier, questions, this.#constants)) return NOTHING_ASKED;
      for (const one of this.#askedOfGiven(identifier, part)) given.push(one);
    }
    // To be neither is asked by two tests together.
    if (NOTHINGS.every((key) => questions.some((one) => one.kind === 'equals' && one.key === key)))
      questions.push(NULLISH);
    const own = distinctOf(questions);
    questions.push(...given);
    // One test alone agrees with nothing, unless it asks for the result of a call, or a caller knows.
    const [first] = questions;
    if (first === undefined) return NOTHING_ASKED;
    const owner = ownerOf(definition.node);
    if (questions.length === 1 && !this.#holdsResult(definition)) {
      return isTaken && canBeTold(definition.node, this.#isSeen)
        ? this.#askedOnce(owner, definition.name, first)
        : NOTHING_ASKED;
    }
    const all = distinctOf(questions);
    const room = MAX_PER_OWNER - (this.#counts.get(owner) ?? 0);
    const distinct = all.length <= room ? all : own;
    // A value that is compared with many literals can still be told to be there.
    const kept =
      distinct.length <= room ? distinct : distinct.filter(({ kind }) => kind !== 'equals');
    if (kept.length > room) return NOTHING_ASKED;
    return kept.flatMap((question) => {
      const atom = this.#about(definition);
      if (atom === null) return [];
      if (isTaken) this.#taken.add(atom);
      return [{ atom, question }];
    });
  }

  /** Where something can be asked of a binding, or of a part of it: none of one of very many parts. */
  #mentions({ references }: Variable, part: string | undefined): readonly Mention[] {
    if (part === undefined) return references;
    let known = this.#parts.get(references);
    if (known === undefined) {
      known = mentionsOf(references);
      this.#parts.set(references, known);
    }
    const { ofAll, byPart } = known;
    return byPart.size > MAX_PARTS ? NO_PLACES : [...ofAll, ...(byPart.get(part) ?? [])];
  }

  /** What a function asks once of what it is given. */
  #askedOnce(owner: Node | null, name: Node, question: Question): readonly AtomOf[] {
    const count = this.#takenCounts.get(owner) ?? 0;
    if (count >= MAX_TAKEN) return NOTHING_ASKED;
    this.#takenCounts.set(owner, count + 1);
    const atom = this.#place(owner, name);
    this.#taken.add(atom);
    return [{ atom, question }];
  }

  /**
   * Whether a binding is given the result of a call, a part of one, or what a test of one, or of names
   * of which something is asked, comes to.
   */
  #holdsResult(definition: Definition): boolean {
    if (this.isGiven(definition)) return true;
    const { node, name } = definition;
    if (node.type !== 'VariableDeclarator' || node.init === null) return false;
    const init = unwrap(node.init);
    const canBePart =
      node.id === name ? init.type === 'MemberExpression' : init.type === 'Identifier';
    return (canBePart && this.#isPart(init)) || isDerived(init, this.#isKnown);
  }

  /** An atom about a binding; null where its function has as many as it may. */
  #about({ node, name }: Definition): Atom | null {
    return this.#create(ownerOf(node), name);
  }

  #create(owner: Node | null, place: Node): Atom | null {
    const count = this.#counts.get(owner) ?? 0;
    if (count >= MAX_PER_OWNER) return null;
    this.#counts.set(owner, count + 1);
    return this.#place(owner, place);
  }

  #place(owner: Node | null, place: Node): Atom {
    const atom = this.#owners.length;
    this.#owners.push(owner);
    this.#places.push(offsetOf(place));
    return atom;
  }
}

/** The function around a declaration, or the function that a parameter belongs to. */
export function ownerOf(declaration: Node): Node | null {
  if (isFunction(declaration)) return declaration;
  for (let node = declaration.parent ?? null; node !== null; node = node.parent ?? null) {
    if (isFunction(node)) return node;
  }
  return null;
}

function implied(
  asked: readonly AtomOf[],
  answer: (question: Question) => boolean | null,
): readonly Fact[] {
  let facts = NO_FACTS;
  for (const { atom, question } of asked) {
    const holds = answer(question);
    if (holds !== null) facts = [...facts, { atom, holds }];
  }
  return facts;
}
