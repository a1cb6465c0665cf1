/** Questions about values that tests ask, and what their answers say of each other. */

import { keyName, memberName, unwrap, type Node } from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import type { ResultKind } from '../term/term.ts';

/** A question about the value of a binding. */
export type Question =
  | { readonly kind: 'truthy' }
  | { readonly kind: 'nullish' }
  /** `key` is the literal as source text would have it: `'a'`, `1`, `null`. */
  | { readonly kind: 'equals'; readonly key: string; readonly literal: ResultKind };

/**
 * Tells of what is always the same string or number, by whatever name, which it is; and of the global
 * `Error`, what it is to be one.
 */
export type Constants = (node: Node) => Question | null;

const NO_CONSTANTS: Constants = () => null;

export const TRUTHY: Question = { kind: 'truthy' };
export const NULLISH: Question = { kind: 'nullish' };
export const IS_TRUE: Question = { kind: 'equals', key: 'true', literal: 'true' };
export const IS_FALSE: Question = { kind: 'equals', key: 'false', literal: 'false' };
/** Whether something is an instance of `Error`: as if all such were one literal. */
export const IS_ERROR: Question & { readonly kind: 'equals' } = {
  kind: 'equals',
  key: 'Error',
  literal: 'truthy',
};
/** What is known of something that was thrown. */
export const AN_ERROR = { kind: 'truthy', key: IS_ERROR.key } as const;

/** The key of an error, where these are asked for, and errors with them. */
export function errorKey(literals: readonly string[] | undefined): string | undefined {
  return literals?.includes(IS_ERROR.key) === true ? IS_ERROR.key : undefined;
}
/** What is known of what is not given. */
export const NO_VALUE = { kind: 'nullish', key: 'undefined' } as const;
export const UNDEFINED: Question = { kind: 'equals', key: 'undefined', literal: 'nullish' };

const EQUALITY: ReadonlySet<string> = new Set(['==', '!=', '===', '!==']);

/** Choices within choices that are looked through. */
const MAX_CHOICES = 8;

/** Adds what the place asks in which a binding is referred to. */
export function addQuestionsAt(
  identifier: Node,
  questions: Question[],
  constants: Constants = NO_CONSTANTS,
): void {
  let inner = identifier;
  let outer = inner.parent ?? null;
  while (outer !== null && outer.type !== 'ChainExpression') {
    const isLast = outer.type === 'SequenceExpression' && outer.expressions.at(-1) === inner;
    if (unwrap(outer) !== identifier && !isLast) break;
    inner = outer;
    outer = outer.parent ?? null;
  }
  switch (outer?.type) {
    case 'ConditionalExpression':
      if (outer.test === inner || isTested(outer)) questions.push(TRUTHY);
      break;
    case 'UnaryExpression':
      if (outer.operator === '!') questions.push(TRUTHY);
      break;
    case 'LogicalExpression':
      // Where `a ?? b` is a test, so is `a`.
      if (outer.operator === '??' && outer.left === inner) questions.push(NULLISH);
      questions.push(TRUTHY);
      break;
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
      questions.push(TRUTHY);
      break;
    case 'VariableDeclarator':
      // Where another name is asked, so is this one.
      if (outer.init === inner && outer.id.type === 'Identifier') questions.push(TRUTHY);
      break;
    case 'BinaryExpression': {
      const question = questionOf(outer, inner, constants);
      if (question !== null) questions.push(question);
      break;
    }
    case 'SwitchStatement':
      if (outer.discriminant !== inner) break;
      for (const { test } of outer.cases) {
        const question = literalQuestion(test, constants);
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

/** Where `a ? b : c` is a test, so are `b` and `c`, and what they choose from in turn. */
function isTested(choice: Node): boolean {
  let inner = choice;
  for (let depth = 0; depth < MAX_CHOICES; depth++) {
    const { parent } = inner;
    if (parent?.type !== 'ConditionalExpression' || parent.test === inner) break;
    inner = parent;
  }
  const { parent } = inner;
  switch (parent?.type) {
    case 'UnaryExpression':
      return parent.operator === '!';
    case 'LogicalExpression':
      return true;
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return parent.test === inner;
    default:
      return false;
  }
}

/**
 * Adds what is asked of a part where a binding is referred to.
 *
 * @returns false where the part is written
 */
export function addQuestionsOf(
  part: string,
  identifier: Node,
  questions: Question[],
  constants: Constants = NO_CONSTANTS,
): boolean {
  const { parent } = identifier;
  if (parent?.type === 'VariableDeclarator' && parent.init === identifier) {
    if (namesIn(parent.id).has(part)) questions.push(TRUTHY);
    return true;
  }
  if (parent?.type === 'ReturnStatement') questions.push(IS_TRUE, IS_FALSE, TRUTHY);
  if (partAskedFor(identifier) === part) questions.push(UNDEFINED);
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
  addQuestionsAt(isChain ? outer : parent, questions, constants);
  return true;
}

/** The parts of a binding's value that are read where it is referred to. */
export function partsAt(identifier: Node): Iterable<string> {
  const { parent } = identifier;
  if (parent?.type === 'VariableDeclarator' && parent.init === identifier) {
    return namesIn(parent.id).keys();
  }
  const name =
    parent?.type === 'MemberExpression' && parent.object === identifier
      ? memberName(parent)
      : partAskedFor(identifier);
  return name === null ? [] : [name];
}

/** The part of which is asked whether it is there, `'error' in result`; null where none is. */
function partAskedFor(identifier: Node): string | null {
  const { parent } = identifier;
  return parent?.type === 'BinaryExpression' &&
    parent.operator === 'in' &&
    parent.right === identifier
    ? keyName(parent.left, true)
    : null;
}

/** Whether a function returns what a name is bound to. */
export function isReturned({ references }: Variable): boolean {
  return references.some(({ identifier }) => identifier.parent?.type === 'ReturnStatement');
}

/** The names that a pattern gives to parts of a value, as they are; by the parts. */
export function namesIn(pattern: Node): ReadonlyMap<string, Node> {
  const asTheyAre = partsNamed(pattern).filter(({ fallback }) => fallback === null);
  return new Map(asTheyAre.map(({ part, node }) => [part, node]));
}

/** A name for a part of a value, with what it stands for by default. */
export interface PartNamed {
  readonly part: string;
  readonly node: Node;
  readonly fallback: Node | null;
}

/** The names that a pattern gives to parts of a value. */
export function partsNamed(pattern: Node): readonly PartNamed[] {
  if (pattern.type === 'ArrayPattern') {
    return pattern.elements.flatMap((element, index) => nameFor(String(index), element));
  }
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property) => {
    const name = property.type === 'Property' ? keyName(property.key, property.computed) : null;
    return property.type === 'Property' && name !== null ? nameFor(name, property.value) : [];
  });
}

function nameFor(part: string, target: Node | null): readonly PartNamed[] {
  if (target?.type === 'Identifier') return [{ part, node: target, fallback: null }];
  const isDefaulted = target?.type === 'AssignmentPattern' && target.left.type === 'Identifier';
  return isDefaulted ? [{ part, node: target.left, fallback: target.right }] : [];
}

/** What a comparison asks of one of its sides. */
function questionOf(
  { left, right, operator }: Node & { type: 'BinaryExpression' },
  side: Node,
  constants: Constants,
): Question | null {
  if (operator === 'instanceof') return side === left ? instanceQuestion(right, constants) : null;
  return compared(operator, literalQuestion(side === left ? right : left, constants));
}

/** What `… instanceof` something asks; null for what is not `Error`. */
function instanceQuestion(node: Node, constants: Constants): Question | null {
  const question = constants(unwrap(node));
  return question === IS_ERROR ? question : null;
}

/** The question that `left === right` asks of the side that is not a literal, or `left instanceof right`. */
export function equalityQuestion(
  operator: string,
  left: Node,
  right: Node,
  constants: Constants = NO_CONSTANTS,
): Question | null {
  if (operator === 'instanceof') return instanceQuestion(right, constants);
  if (!EQUALITY.has(operator)) return null;
  const literal = literalQuestion(right) ?? literalQuestion(left);
  const other = literalQuestion(right, constants) ?? literalQuestion(left, constants);
  return compared(operator, literal ?? other);
}

/** What a comparison with a literal asks of its other side. */
function compared(operator: string, literal: Question | null): Question | null {
  if (literal?.kind !== 'equals' || !EQUALITY.has(operator)) return null;
  if (operator.length === 3) return literal;
  return literal.literal === 'nullish' ? NULLISH : null;
}

/** The question whether something is this literal, or this constant; null for what is none. */
export function literalQuestion(
  node: Node | null,
  constants: Constants = NO_CONSTANTS,
): Question | null {
  if (node === null) return null;
  const inner = unwrap(node);
  const kind = literalKind(inner);
  if (kind === null) {
    const constant = constants(inner);
    return constant === IS_ERROR ? null : constant;
  }
  const key = inner.type === 'Literal' ? inner.raw : keyName(inner, true);
  return { kind: 'equals', key: normalized(inner, key ?? 'undefined'), literal: kind };
}

/** The question whether something is this string or number. */
export function valueQuestion(value: string | number): Question {
  const key = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return { kind: 'equals', key, literal: value ? 'truthy' : 'falsy' };
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

/** The strings and numbers for which is asked; of other kinds of literals, there is one alone. */
export function literalsIn(
  asked: readonly { readonly question: Question | null }[],
): readonly string[] {
  return asked.flatMap(({ question }) =>
    question?.kind === 'equals' && isOfMany(question.literal) ? [question.key] : [],
  );
}

/** Whether there are many literals of a kind. */
export function isOfMany(kind: ResultKind): boolean {
  return kind === 'truthy' || kind === 'falsy';
}

function questionKey(question: Question): string {
  return question.kind === 'equals' ? `=${question.key}` : question.kind;
}

/** Each question once. */
export function distinctOf(questions: readonly Question[]): readonly Question[] {
  if (questions.length < 2) return questions;
  return [...new Map(questions.map((question) => [questionKey(question), question])).values()];
}

export function isTruthyKind(kind: ResultKind): boolean {
  return kind === 'true' || kind === 'truthy';
}

/** The answer to `other` where the answer to `question` is yes. */
export function answerGiven(question: Question, other: Question): boolean | null {
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
export function answerDenied(question: Question, other: Question): boolean | null {
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
export function answerOf(kind: ResultKind, question: Question, key?: string): boolean | null {
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
