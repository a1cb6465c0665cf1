/**
 * What tests can be told to agree: tests of the same binding, if it is never reassigned, for
 * truthiness, for nullishness and for equality with a literal.
 */

import {
  isFunction,
  keyName,
  memberName,
  unwrap,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import {
  isNeverReassigned,
  type Bindings,
  type Definition,
  type Variable,
} from '../../syntax/bindings.ts';
import { offsetOf } from '../../syntax/places.ts';
import type { Atom } from '../algebra/relation.ts';
import type { Fact, Facts, ResultKind, Test } from '../term/term.ts';

/** A question about the value of a binding. */
export type Question =
  | { readonly kind: 'truthy' }
  | { readonly kind: 'nullish' }
  /** `key` is the literal as source text would have it: `'a'`, `1`, `null`. */
  | { readonly kind: 'equals'; readonly key: string; readonly literal: ResultKind };

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

export const TRUTHY: Question = { kind: 'truthy' };
export const NULLISH: Question = { kind: 'nullish' };
export const IS_TRUE: Question = { kind: 'equals', key: 'true', literal: 'true' };
export const IS_FALSE: Question = { kind: 'equals', key: 'false', literal: 'false' };

const NOTHING_ASKED: readonly AtomOf[] = [];
const NO_FACTS: readonly Fact[] = [];
const NO_ANSWERS = new Answers(NOTHING_ASKED);

const EQUALITY: ReadonlySet<string> = new Set(['==', '!=', '===', '!==']);

/** Tests more than this in one function are not correlated: relations must stay small. */
const MAX_PER_OWNER = 10;

/** Hands out the atoms of a file. */
export class Atoms {
  readonly #bindings: Bindings;
  readonly #isPart: (node: Node) => boolean;
  readonly #choices = new Map<Node, Atom | null>();
  readonly #owners: (Node | null)[] = [];
  readonly #places: number[] = [];
  readonly #counts = new Map<Node | null, number>();

  /** @param isPart whether an expression gives a result, or a part of one, that a name is bound to */
  constructor(bindings: Bindings, isPart: (node: Node) => boolean) {
    this.#bindings = bindings;
    this.#isPart = isPart;
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
    let choice = this.#choices.get(node);
    if (choice === undefined) {
      choice = this.#create(ownerOf(node), node);
      this.#choices.set(node, choice);
    }
    return choice;
  }

  /** Whether anything is asked of a binding that {@link given} could answer. */
  isAsked(binding: Asked): boolean {
    return this.#of(binding) !== NO_ANSWERS;
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
      const asked = this.#ask(binding);
      binding.answers = asked.length === 0 ? NO_ANSWERS : new Answers(asked);
    }
    return binding.answers;
  }

  #ask({ variable, part }: Asked): readonly AtomOf[] {
    const [definition] = variable.defs;
    if (definition === undefined) return NOTHING_ASKED;
    if (variable.references.length < 2 && !this.isGiven(definition)) return NOTHING_ASKED;
    const questions: Question[] = [];
    for (const { identifier } of variable.references) {
      if (part === undefined) addQuestionsAt(identifier, questions);
      else if (!addQuestionsOf(part, identifier, questions)) return NOTHING_ASKED;
    }
    // One test alone agrees with nothing, unless it asks for the result of a call.
    const [first] = questions;
    if (first === undefined) return NOTHING_ASKED;
    const isAlone = questions.length === 1 && !this.#holdsResult(definition);
    if (isAlone) return NOTHING_ASKED;
    if (!isNeverReassigned(variable)) return NOTHING_ASKED;
    const distinct = questions.length === 1 ? questions : distinctOf(questions);
    const room = MAX_PER_OWNER - (this.#counts.get(ownerOf(definition.node)) ?? 0);
    // A value that is compared with many literals can still be told to be there.
    const kept =
      distinct.length <= room ? distinct : distinct.filter(({ kind }) => kind !== 'equals');
    if (kept.length > room) return NOTHING_ASKED;
    return kept.flatMap((question) => {
      const atom = this.#about(definition);
      return atom === null ? [] : [{ atom, question }];
    });
  }

  /** Whether a binding is given the result of a call, a part of one, or what a test of one comes to. */
  #holdsResult(definition: Definition): boolean {
    if (this.isGiven(definition)) return true;
    const { node, name } = definition;
    if (node.type !== 'VariableDeclarator' || node.init === null) return false;
    const init = unwrap(node.init);
    const canBePart =
      node.id === name ? init.type === 'MemberExpression' : init.type === 'Identifier';
    return isOfResult(init) || (canBePart && this.#isPart(init));
  }

  /** An atom about a binding; null where its function has as many as it may. */
  #about({ node, name }: Definition): Atom | null {
    return this.#create(ownerOf(node), name);
  }

  #create(owner: Node | null, place: Node): Atom | null {
    const count = this.#counts.get(owner) ?? 0;
    if (count >= MAX_PER_OWNER) return null;
    this.#counts.set(owner, count + 1);
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

/**
 * Whether a binding is the parameter, or a name for a part of it, of a function that gets what a
 * promise is fulfilled with: of a callback, or of one whose name is given to `then`.
 */
function isGiven({ type, node, name }: Definition, bindings: Bindings): boolean {
  const first = type === 'Parameter' && isFunction(node) ? node.params[0] : undefined;
  if (first === undefined || !isFunction(node)) return false;
  if (first !== name && ![...namesIn(first).values()].includes(name)) return false;
  if (isGivenToThen(node)) return true;
  const named = nameOfFunction(node);
  const variable = named === null ? null : bindings.variable(named);
  return variable?.references.some(({ identifier }) => isGivenToThen(identifier)) === true;
}

/** The name that a function is declared by, or is the initial value of, as it is or wrapped. */
function nameOfFunction(node: FunctionNode): Node | null {
  if (node.type === 'FunctionDeclaration') return node.id;
  const { parent } = node;
  const isWrapped = parent?.type === 'CallExpression' && parent.arguments[0] === node;
  const place = isWrapped ? (parent.parent ?? null) : parent;
  return place?.type === 'VariableDeclarator' ? place.id : null;
}

function isGivenToThen(node: Node): boolean {
  const call = node.parent;
  if (call?.type !== 'CallExpression' || call.arguments[0] !== node) return false;
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && memberName(callee) === 'then';
}

function isOfResult(node: Node): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'CallExpression':
    case 'NewExpression':
    case 'YieldExpression':
      return true;
    case 'AwaitExpression':
      return unwrap(inner.argument).type === 'Identifier' || isOfResult(inner.argument);
    case 'UnaryExpression':
      return inner.operator === '!' && isOfResult(inner.argument);
    case 'LogicalExpression':
      return isOfResult(inner.right);
    case 'ConditionalExpression':
      return [inner.test, inner.consequent, inner.alternate].some(isOfResult);
    case 'BinaryExpression':
      return (
        equalityQuestion(inner.operator, inner.left, inner.right) !== null &&
        (isOfResult(inner.left) || isOfResult(inner.right))
      );
    default:
      return false;
  }
}

/** Adds what the place asks in which a binding is referred to. */
function addQuestionsAt(identifier: Node, questions: Question[]): void {
  let inner = identifier;
  let outer = inner.parent ?? null;
  while (outer !== null && outer.type !== 'ChainExpression') {
    const isLast = outer.type === 'SequenceExpression' && outer.expressions.at(-1) === inner;
    if (unwrap(outer) !== identifier && !isLast) break;
    inner = outer;
    outer = outer.parent ?? null;
  }
  switch (outer?.type) {
    case 'UnaryExpression':
      if (outer.operator === '!') questions.push(TRUTHY);
      break;
    case 'LogicalExpression':
      // Where `a ?? b` is a test, so is `a`.
      if (outer.operator === '??' && outer.left === inner) questions.push(NULLISH);
      questions.push(TRUTHY);
      break;
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      if (outer.test === inner) questions.push(TRUTHY);
      break;
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
      questions.push(TRUTHY);
      break;
    case 'BinaryExpression': {
      const question = equalityQuestion(outer.operator, outer.left, outer.right);
      if (question !== null) questions.push(question);
      break;
    }
    case 'SwitchStatement':
      if (outer.discriminant !== inner) break;
      for (const { test } of outer.cases) {
        const question = literalQuestion(test);
        if (question !== null) questions.push(question);
      }
      break;
    case 'MemberExpression':
      if (outer.optional && outer.object === inner) questions.push(NULLISH);
      break;
    case 'CallExpression':
      if (outer.callee === inner) {
        if (outer.optional) questions.push(NULLISH);
      } else if (outer.callee.type === 'Identifier' && outer.callee.name === 'Boolean') {
        questions.push(TRUTHY);
      }
      break;
    default:
      break;
  }
}

/**
 * Adds what is asked of a part where a binding is referred to.
 *
 * @returns false where the part is written
 */
function addQuestionsOf(part: string, identifier: Node, questions: Question[]): boolean {
  const { parent } = identifier;
  if (parent?.type === 'VariableDeclarator' && parent.init === identifier) {
    if (namesIn(parent.id).has(part)) questions.push(TRUTHY);
    return true;
  }
  if (parent?.type === 'ReturnStatement') questions.push(IS_TRUE, IS_FALSE, TRUTHY);
  if (parent?.type !== 'MemberExpression' || parent.object !== identifier) return true;
  if (memberName(parent) !== part) return true;
  const outer = parent.parent ?? null;
  const isChain = outer?.type === 'ChainExpression';
  const user = isChain ? (outer.parent ?? null) : outer;
  switch (user?.type) {
    case 'AssignmentExpression':
      return user.left !== parent;
    case 'UpdateExpression':
      return false;
    case 'UnaryExpression':
      if (user.operator === 'delete') return false;
      break;
    case 'VariableDeclarator':
      questions.push(TRUTHY);
      break;
    default:
      break;
  }
  addQuestionsAt(isChain ? outer : parent, questions);
  return true;
}

/** The parts of a binding's value that are read where it is referred to. */
export function partsAt(identifier: Node): Iterable<string> {
  const { parent } = identifier;
  if (parent?.type === 'VariableDeclarator' && parent.init === identifier) {
    return namesIn(parent.id).keys();
  }
  const name =
    parent?.type === 'MemberExpression' && parent.object === identifier ? memberName(parent) : null;
  return name === null ? [] : [name];
}

/** Whether a function returns what a name is bound to. */
export function isReturned({ references }: Variable): boolean {
  return references.some(({ identifier }) => identifier.parent?.type === 'ReturnStatement');
}

/** The names that a pattern gives to parts of a value, as they are; by the parts. */
export function namesIn(pattern: Node): ReadonlyMap<string, Node> {
  const names = new Map<string, Node>();
  if (pattern.type === 'ArrayPattern') {
    for (const [index, element] of pattern.elements.entries()) {
      if (element?.type === 'Identifier') names.set(String(index), element);
    }
  } else if (pattern.type === 'ObjectPattern') {
    for (const property of pattern.properties) {
      if (property.type === 'RestElement' || property.value.type !== 'Identifier') continue;
      const name = keyName(property.key, property.computed);
      if (name !== null) names.set(name, property.value);
    }
  }
  return names;
}

/** The question that `left === right` asks of the side that is not a literal. */
export function equalityQuestion(operator: string, left: Node, right: Node): Question | null {
  if (!EQUALITY.has(operator)) return null;
  const literal = literalQuestion(right) ?? literalQuestion(left);
  if (literal?.kind !== 'equals') return null;
  if (operator.length === 3) return literal;
  return literal.literal === 'nullish' ? NULLISH : null;
}

/** The question whether something is this literal; null for what is none. */
export function literalQuestion(node: Node | null): Question | null {
  if (node === null) return null;
  const inner = unwrap(node);
  const kind = literalKind(inner);
  if (kind === null) return null;
  const key = inner.type === 'Literal' ? inner.raw : keyName(inner, true);
  return { kind: 'equals', key: normalized(inner, key ?? 'undefined'), literal: kind };
}

function normalized(node: Node, fallback: string): string {
  if (node.type === 'Literal') {
    return typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value);
  }
  return node.type === 'TemplateLiteral' ? JSON.stringify(fallback) : fallback;
}

/** What kind of value a literal is; null for what is none, and for regular expressions. */
export function literalKind(node: Node): ResultKind | null {
  switch (node.type) {
    case 'Literal':
      if (node.value === null) return node.raw === 'null' ? 'nullish' : null;
      if (typeof node.value === 'boolean') return node.value ? 'true' : 'false';
      if (typeof node.value === 'object') return null;
      return node.value ? 'truthy' : 'falsy';
    case 'TemplateLiteral':
      if (node.expressions.length > 0) return null;
      return node.quasis[0]?.value.cooked === '' ? 'falsy' : 'truthy';
    case 'Identifier':
      return node.name === 'undefined' ? 'nullish' : null;
    case 'UnaryExpression':
      return node.operator === 'void' && node.argument.type === 'Literal' ? 'nullish' : null;
    default:
      return null;
  }
}

function questionKey(question: Question): string {
  return question.kind === 'equals' ? `=${question.key}` : question.kind;
}

/** Each question once. */
function distinctOf(questions: readonly Question[]): readonly Question[] {
  return [...new Map(questions.map((question) => [questionKey(question), question])).values()];
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

export function isTruthyKind(kind: ResultKind): boolean {
  return kind === 'true' || kind === 'truthy';
}

/** The answer to `other` where the answer to `question` is yes. */
function answerGiven(question: Question, other: Question): boolean | null {
  switch (question.kind) {
    case 'truthy':
      if (other.kind === 'truthy') return true;
      if (other.kind === 'nullish') return false;
      return isTruthyKind(other.literal) ? null : false;
    case 'nullish':
      if (other.kind === 'truthy') return false;
      if (other.kind === 'nullish') return true;
      return other.literal === 'nullish' ? null : false;
    case 'equals':
      return other.kind === 'equals'
        ? other.key === question.key
        : answerOf(question.literal, other);
  }
}

/** The answer to `other` where the answer to `question` is no. */
function answerDenied(question: Question, other: Question): boolean | null {
  if (questionKey(question) === questionKey(other)) return false;
  switch (question.kind) {
    case 'truthy':
      return other.kind === 'equals' && isTruthyKind(other.literal) ? false : null;
    case 'nullish':
      return other.kind === 'equals' && other.literal === 'nullish' ? false : null;
    case 'equals':
      return null;
  }
}

/** The answer to a question about a value of this kind, which is this literal if one is given. */
function answerOf(kind: ResultKind, question: Question, key?: string): boolean | null {
  switch (question.kind) {
    case 'truthy':
      return isTruthyKind(kind);
    case 'nullish':
      return kind === 'nullish';
    case 'equals':
      if (question.literal !== kind) return false;
      if (key !== undefined) return question.key === key;
      return kind === 'true' || kind === 'false' ? true : null;
  }
}
