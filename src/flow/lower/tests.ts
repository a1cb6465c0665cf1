/** Tests, which tell two outcomes apart, and expressions whose value is told. */

import { keyName, memberName, unwrap, type Node } from '../../syntax/ast.ts';
import {
  equalityQuestion,
  isTruthyKind,
  literalKind,
  literalQuestion,
  NULLISH,
  TRUTHY,
  UNDEFINED,
  type Question,
} from './questions.ts';
import { askedByPair } from './nullish-pairs.ts';
import { initializerOf, isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import type { Asked } from './atoms.ts';
import type { Sink, Told } from './context.ts';
import { strip } from '../../syntax/forms.ts';
import { isAlwaysObject } from './literals.ts';
import { isSurelyFunction } from './methods.ts';
import { byLiteral, byParts } from './shapes.ts';
import { writtenAt } from './given-parts.ts';
import type { Lower, Tests } from './parts.ts';
import {
  after,
  choice,
  constantTest,
  createLabel,
  exit,
  not,
  OPAQUE,
  seq,
  SKIP,
} from '../term/make.ts';
import type { Fact, Facts, ResultKind, Test } from '../term/term.ts';

const TRUTHY_KINDS: ReadonlySet<ResultKind> = new Set(['true', 'truthy']);

/** What can be read of something that is kept, as it is or compared. */
const ASKED: ReadonlySet<string> = new Set([
  'AwaitExpression',
  'BinaryExpression',
  'CallExpression',
  'ChainExpression',
  'Identifier',
  'MemberExpression',
  'YieldExpression',
]);

const NO_FACTS: Facts = [];

const NULLISH_KINDS: ReadonlySet<ResultKind> = new Set(['nullish']);

const TRUE_KINDS: ReadonlySet<ResultKind> = new Set(['true']);

export class TestLowering implements Tests {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  test(node: Node): Test {
    const test = this.#outcome(node);
    const inner = strip(node);
    return ASKED.has(inner.type) ? this.proven(inner, test, node) : test;
  }

  proven(asked: Node, test: Test, node = asked): Test {
    const proof = this.#lower.host.proves?.(asked) ?? null;
    if (proof === null) return test;
    const proven = (event: number | null, outcome: boolean): Test =>
      event === null
        ? constantTest(outcome)
        : after({ kind: 'event', event, site: null, origin: node }, constantTest(outcome));
    return {
      kind: 'conditional',
      test,
      then: proven(proof.whenTrue, true),
      else: proven(proof.whenFalse, false),
    };
  }

  #outcome(node: Node): Test {
    const inner = strip(node);
    const settled = this.#lower.outcomes.test(inner);
    if (settled !== null) return settled;
    switch (inner.type) {
      case 'UnaryExpression':
        if (inner.operator === '!') return not(this.test(inner.argument));
        break;
      case 'LogicalExpression': {
        if (inner.operator === '??') {
          const left = strip(inner.left);
          return {
            kind: 'conditional',
            test: this.nullish(left),
            then: this.test(inner.right),
            else: this.known(left),
          };
        }
        return this.#logical(inner);
      }
      case 'ConditionalExpression':
        return {
          kind: 'conditional',
          test: this.test(inner.test),
          then: this.test(inner.consequent),
          else: this.test(inner.alternate),
        };
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        if (last === undefined) return OPAQUE;
        return after(this.#lower.effects.effects(inner.expressions.slice(0, -1)), this.test(last));
      }
      case 'Identifier':
        return this.name(inner);
      case 'BinaryExpression':
        return this.equality(inner) ?? after(this.#lower.effects.effect(inner), OPAQUE);
      case 'CallExpression': {
        const [first] = inner.arguments;
        if (first !== undefined && this.#lower.callees.isGlobal(inner.callee, 'Boolean'))
          return this.test(first);
        const result = this.#resultOf(inner, TRUTHY_KINDS);
        if (result !== null) return result;
        break;
      }
      case 'ChainExpression':
      case 'MemberExpression':
      case 'AwaitExpression':
      case 'YieldExpression': {
        if (this.constant(inner) !== null) break;
        const isSize = inner.type === 'MemberExpression' && memberName(inner) === 'length';
        const size = isSize ? this.#lower.lists.test(inner.object) : null;
        if (size !== null) return size;
        const part = this.#lower.telling.part(inner);
        const test = part === null ? null : this.#lower.atoms.test(part, TRUTHY);
        if (test !== null) return test;
        const result = this.#resultOf(inner, TRUTHY_KINDS);
        if (result !== null) return result;
        break;
      }
      default:
        break;
    }
    const constant = this.constant(inner);
    if (constant !== null)
      return after(this.#lower.effects.operand(inner), constantTest(isTruthyKind(constant)));
    if (this.#lower.host.isSubject(inner))
      return after(this.#lower.effects.object(inner), constantTest(true));
    return after(this.#lower.effects.operand(inner), OPAQUE);
  }

  /** The right side of a condition, with what it says together with what stands before it. */
  #second(node: Node & { type: 'LogicalExpression' }): Test {
    const test = this.test(node.right);
    const facts = this.neither(node);
    if (facts.length === 0) return test;
    const isOr = node.operator === '||';
    const both = after({ kind: 'assume', facts }, constantTest(!isOr));
    return {
      ...{ kind: 'conditional', test },
      then: isOr ? constantTest(true) : both,
      else: isOr ? both : constantTest(false),
    };
  }

  neither(node: Node & { type: 'LogicalExpression' }): readonly Fact[] {
    const asked = askedByPair(node);
    const name = asked === null ? null : this.#lower.names.of(asked);
    return name === null ? [] : this.#lower.atoms.answered(name, NULLISH, false);
  }

  /** A long condition is a deep tree that leans to the left. */
  #logical(node: Node & { type: 'LogicalExpression' }): Test {
    let left: Node = strip(node.left);
    if (left.type !== 'LogicalExpression' || left.operator === '??') {
      return { kind: kindOf(node), left: this.test(left), right: this.#second(node) };
    }
    const parts = [node];
    while (left.type === 'LogicalExpression' && left.operator !== '??') {
      parts.push(left);
      left = strip(left.left);
    }
    let test = this.test(left);
    for (const part of parts.reverse()) {
      test = { kind: kindOf(part), left: test, right: this.#second(part) };
    }
    return test;
  }

  /** The test of a name where it is read. */
  name(node: Node & { type: 'Identifier' }): Test {
    const name = this.#lower.names.of(node);
    const constant = this.constant(node);
    if (constant !== null) return constantTest(isTruthyKind(constant));
    const counted = this.#lower.counters.isTruthy(node);
    if (counted !== null) return constantTest(counted);
    if (this.#lower.host.isSubject(node)) return constantTest(true);
    const test = (name && this.#asks(name, node, TRUTHY)) ?? OPAQUE;
    const parameter = this.#lower.callees.parameter(node);
    return parameter === null ? test : { kind: 'given', parameter, test };
  }

  /** What is asked of a binding where it is read; null where tests of it cannot be told to agree. */
  #asks(asked: Asked, node: Node, question: Question): Test | null {
    const test = this.#lower.atoms.test(asked, question);
    if (test !== null || node.type !== 'Identifier') return test;
    return this.#lower.reassigned.test(node, question);
  }

  equality(node: Node & { type: 'BinaryExpression' }): Test | null {
    const { left, right, operator } = node;
    const compared = this.#lower.counters.compared(node);
    if (compared !== null) return constantTest(compared);
    const typed = this.#typeTest(node);
    if (typed !== null) return typed;
    const size = this.#lower.lists.compared(node);
    if (size !== null) return size;
    const { constants } = this.#lower;
    const question = equalityQuestion(operator, left, right, constants);
    if (question === null) return null;
    const isNegated = operator.startsWith('!');
    const made = (test: Test): Test => (isNegated ? not(test) : test);
    const isLiteral =
      operator === 'instanceof' ||
      literalQuestion(right) !== null ||
      (literalQuestion(left) === null && constants(right) !== null);
    const subject = strip(isLiteral ? left : right);
    const asksNullish =
      question.kind === 'nullish' || (question.kind === 'equals' && question.literal === 'nullish');
    const constant = this.constant(subject);
    const isEqual =
      constant === null
        ? null
        : asksNullish
          ? this.#isNullish(subject, constant, question)
          : this.#isLiteral(subject, question);
    if (isEqual !== null) return made(constantTest(isEqual));
    if (this.#lower.host.isSubject(subject) && asksNullish) {
      return made(after(this.#lower.effects.object(subject), constantTest(false)));
    }
    const asked = this.#lower.telling.asked(subject);
    if (subject.type === 'Identifier' || asked !== null) {
      const test = (asked && this.#asks(asked, subject, question)) ?? OPAQUE;
      // A function or a promise that is given is no literal.
      const parameter = this.#lower.callees.parameter(subject);
      return made(parameter === null ? test : not({ kind: 'given', parameter, test: not(test) }));
    }
    const result =
      question.kind === 'equals' && question.literal !== 'true' && question.literal !== 'false'
        ? this.#literalOf(subject, question.literal, question.key)
        : this.#resultOf(
            subject,
            question.kind === 'equals' ? new Set([question.literal]) : NULLISH_KINDS,
          );
    return result === null ? null : made(result);
  }

  /** Whether a constant is `null`, `undefined` or either, as is asked; null where that is not known. */
  #isNullish(node: Node, constant: ResultKind, question: Question): boolean | null {
    if (constant !== 'nullish' || question.kind !== 'equals') return constant === 'nullish';
    // The kind does not tell which of the two it is.
    return this.#isLiteral(node, question);
  }

  /** Whether a constant is the literal that is asked for; null where it is not written out. */
  #isLiteral(node: Node, question: Question): boolean | null {
    const given = writtenAt(this.#lower, node);
    if (given !== null) return this.#isLiteral(unwrap(given), question);
    const name = node.type === 'Identifier' ? this.#lower.names.of(node) : null;
    const isUnset = name !== null && hasNoValue(name.variable);
    const initializer = name === null ? node : initializerOf(name.variable);
    const written = isUnset ? UNDEFINED : literalQuestion(initializer, this.#lower.constants);
    if (written?.kind !== 'equals' || question.kind !== 'equals') return null;
    return written.key === question.key;
  }

  /** The test whether a result is this literal; null for what tells nothing of it. */
  #literalOf(node: Node, literal: ResultKind, wanted: string): Test | null {
    const answer: Answer = ({ kind, key }) => {
      if (kind !== literal) return false;
      return key === undefined ? null : key === wanted;
    };
    return this.tells(node)
      ? this.#told(node, answer, (sink) => byLiteral([wanted], sink))
      : this.#toldOfPart(node, answer);
  }

  /** The test of a part of what an expression gives; null for what tells nothing of it. */
  #toldOfPart(node: Node, answer: Answer): Test | null {
    const member = unwrap(node);
    const part = member.type === 'MemberExpression' ? memberName(member) : null;
    if (part === null || member.type !== 'MemberExpression') return null;
    const { object } = member;
    const isAwaited = unwrap(object).type === 'AwaitExpression';
    return isAwaited && this.tells(object) ? this.#told(object, answer, undefined, part) : null;
  }

  /** The test of a value, or of a part of it, by what is known of it; null for an answer that is not. */
  #told(
    node: Node,
    answer: Answer,
    by: (sink: Sink) => Sink = (sink) => sink,
    part: string | null = null,
  ): Test {
    const whenTrue = createLabel('true');
    const whenFalse = createLabel('false');
    const either = choice(exit(whenTrue), exit(whenFalse));
    const sink: Sink = (kind, key, shape) => {
      const whole = kind === 'any' ? null : { kind, ...(key !== undefined && { key }) };
      const told = part === null ? whole : (shape?.(part) ?? null);
      const outcome = told === null ? null : answer(told);
      return outcome === null ? either : exit(outcome ? whenTrue : whenFalse);
    };
    const effect = this.#lower.telling.valued(
      node,
      part === null ? by(sink) : byParts([part], sink),
    );
    return { kind: 'told', effect, whenTrue, whenFalse };
  }

  isTrue(node: Node): Test | null {
    return this.#resultOf(strip(node), TRUE_KINDS);
  }

  tells(node: Node): boolean {
    const inner = strip(node);
    return inner.type === 'AwaitExpression' || this.#lower.calls.isSeen(inner);
  }

  /** The test of the subject's type, or of whether it has a member. */
  #typeTest({ left, right, operator }: Node & { type: 'BinaryExpression' }): Test | null {
    const { effects } = this.#lower;
    if (operator === 'in') {
      if (!this.#lower.host.isSubject(right)) return this.#has(right, left);
      return after(seq(effects.operand(left), effects.operand(right)), constantTest(true));
    }
    const inner = unwrap(left);
    if (inner.type !== 'UnaryExpression' || inner.operator !== 'typeof') return null;
    if (right.type !== 'Literal' || !/^[!=]==?$/.test(operator)) return null;
    const parameter =
      right.value === 'function' ? this.#lower.callees.parameter(inner.argument) : null;
    if (parameter !== null) {
      const isThere: Test = { kind: 'given', parameter, isFunction: true, test: OPAQUE };
      return operator.startsWith('!') ? not(isThere) : isThere;
    }
    if (!this.#lower.host.isSubject(inner.argument)) return null;
    const isThere = constantTest((right.value === 'undefined') === operator.startsWith('!'));
    return after(effects.object(inner.argument), isThere);
  }

  /** The test whether something has a property: what it has not is `undefined`. */
  #has(node: Node, name: Node): Test | null {
    const part = keyName(name, true);
    if (part === null) return null;
    const test = this.#lower.telling.partTest(unwrap(node), part, UNDEFINED);
    if (test?.kind === 'facts') return { ...test, whenTrue: NO_FACTS, whenFalse: test.whenTrue };
    const isAwaited = unwrap(node).type === 'AwaitExpression';
    const mayLack: Answer = ({ kind, key }) => (kind === 'nullish' && key !== 'null' ? null : true);
    return isAwaited && this.tells(node) ? this.#told(node, mayLack, undefined, part) : null;
  }

  nullish(node: Node, isDone = false): Test {
    const inner = strip(node);
    const effect = isDone ? SKIP : this.#lower.effects.operand(inner);
    if (this.#lower.host.isSubject(inner)) return after(effect, constantTest(false));
    const constant = this.constant(inner);
    if (constant !== null) return after(effect, constantTest(constant === 'nullish'));
    if (inner.type === 'Identifier') {
      const name = this.#lower.names.of(inner);
      const test = (name && this.#asks(name, inner, NULLISH)) ?? OPAQUE;
      const parameter = this.#lower.callees.parameter(inner);
      if (parameter !== null) return not({ kind: 'given', parameter, test: not(test) });
      if (test !== OPAQUE) return test;
    }
    if (!isDone) {
      const result = this.#resultOf(inner, NULLISH_KINDS);
      if (result !== null) return result;
    }
    return after(
      effect,
      isAlwaysObject(inner) || isSurelyFunction(inner, this.#lower) ? constantTest(false) : OPAQUE,
    );
  }

  /** The test of a call's result, where the function is seen: true where its kind is one of these. */
  #resultOf(node: Node, kinds: ReadonlySet<ResultKind>): Test | null {
    if (node.type === 'YieldExpression') return this.#lower.generators.test(node, kinds);
    const isAwaited = node.type === 'AwaitExpression';
    if (node.type === 'ChainExpression' && this.#lower.calls.isSeen(node.expression)) {
      return this.#told(node, ({ kind }) => kinds.has(kind));
    }
    const call = isAwaited ? strip(node.argument) : unwrap(node);
    if (isAwaited && !this.#lower.calls.isSeen(call)) {
      if (call.type !== 'MemberExpression' || this.#lower.accessors.target(call, 'get') === null)
        return this.#told(node, ({ kind }) => kinds.has(kind));
    }
    if (call.type === 'MemberExpression') {
      const getter = this.#lower.accessors.target(call, 'get');
      if (getter === null) {
        return isAwaited ? null : this.#toldOfPart(call, ({ kind }) => kinds.has(kind));
      }
      const invoked = this.#lower.calls.invoke(getter, call, isAwaited ? 'awaited' : 'started');
      return after(this.#lower.effects.object(call.object), {
        kind: 'result',
        call: invoked,
        kinds,
      });
    }
    if (call.type !== 'CallExpression' || this.#lower.callees.operation(call) !== null) return null;
    const target = this.#lower.callees.target(call);
    if (target === null || target.callee.functions.some((known) => known.isGenerator)) return null;
    const mode = isAwaited ? 'awaited' : 'started';
    const settled = this.#lower.executors.call(call, mode, null);
    if (settled !== null) return after(settled, OPAQUE);
    const { parts, call: invoked } = this.#lower.calls.telling(target, call, mode);
    return after(seq(this.#lower.calls.calleeParts(call), parts), {
      kind: 'result',
      call: invoked,
      kinds,
    });
  }

  /** The test of what has been evaluated already. */
  known(node: Node): Test {
    const inner = strip(node);
    switch (inner.type) {
      case 'Identifier':
        return unchanging(this.name(inner));
      case 'UnaryExpression':
        if (inner.operator === '!') return not(this.known(inner.argument));
        break;
      case 'LogicalExpression':
        if (inner.operator === '??') return OPAQUE;
        return {
          kind: kindOf(inner),
          left: this.known(inner.left),
          right: this.known(inner.right),
        };
      case 'ConditionalExpression':
        return {
          kind: 'conditional',
          test: this.known(inner.test),
          then: this.known(inner.consequent),
          else: this.known(inner.alternate),
        };
      case 'BinaryExpression':
        if (!isRead(inner.left) || !isRead(inner.right)) return OPAQUE;
        return factsOf(this.equality(inner));
      case 'CallExpression': {
        const [first] = inner.arguments;
        return first !== undefined && this.#lower.callees.isGlobal(inner.callee, 'Boolean')
          ? this.known(first)
          : OPAQUE;
      }
      default:
        break;
    }
    if (this.#lower.host.isSubject(inner)) return constantTest(true);
    const constant = this.constant(inner);
    if (constant !== null) return constantTest(isTruthyKind(constant));
    const part = this.#lower.telling.part(inner);
    return (part && this.#lower.atoms.test(part, TRUTHY)) ?? OPAQUE;
  }

  constantTold(node: Node): Told | null {
    const kind = this.constant(node);
    if (kind === null) return null;
    const literal = literalQuestion(writtenAt(this.#lower, node) ?? node, this.#lower.constants);
    return { kind, ...(literal?.kind === 'equals' && { key: literal.key }) };
  }

  /** The kind of a literal, or of a constant that is bound to one. */
  constant(node: Node): ResultKind | null {
    const written = writtenAt(this.#lower, node);
    if (written !== null) return literalKind(unwrap(written));
    if (node.type === 'MemberExpression') return this.#lower.host.constant?.(node) ?? null;
    if (node.type !== 'Identifier') return literalKind(node);
    const name = this.#lower.names.of(node);
    return name === null ? literalKind(node) : this.#constantOf(node, name.variable);
  }

  #constantOf(node: Node, variable: Variable): ResultKind | null {
    if (!isNeverReassigned(variable)) return null;
    if (hasNoValue(variable)) return 'nullish';
    const initializer = initializerOf(variable);
    const value = initializer === null ? null : unwrap(initializer);
    const kind = value === null ? null : literalKind(value);
    if (value?.type === 'BinaryExpression') {
      const compared = this.#lower.counters.compared(value);
      if (compared !== null) return compared ? 'true' : 'false';
    }
    return kind ?? this.#lower.host.constant?.(node) ?? null;
  }
}

/** What a test comes to for a value of which this is told; null where that is not known. */
type Answer = (told: Told) => boolean | null;

function kindOf({ operator }: Node & { type: 'LogicalExpression' }): 'and' | 'or' {
  return operator === '&&' ? 'and' : 'or';
}

/** Whether a variable is declared without a value, and never given one. */
function hasNoValue({ defs: [definition] }: Variable): boolean {
  const declarator = definition?.node;
  const declaration = declarator?.parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.init !== null) return false;
  if (declarator.id !== definition?.name || declaration?.type !== 'VariableDeclaration')
    return false;
  const isElement =
    declaration.parent?.type === 'ForOfStatement' || declaration.parent?.type === 'ForInStatement';
  return declaration.kind === 'let' && declaration.declare !== true && !isElement;
}

/** Whether an operand does no more than to read something. */
function isRead(node: Node): boolean {
  const inner = unwrap(node);
  return (
    inner.type === 'Identifier' || inner.type === 'MemberExpression' || literalKind(inner) !== null
  );
}

/** A test that evaluates nothing; nothing is known of others. */
function factsOf(test: Test | null): Test {
  return test?.kind === 'facts' ? unchanging(test) : OPAQUE;
}

/** A test that comes out the same later; nothing is known of what may have been assigned since. */
function unchanging(test: Test): Test {
  switch (test.kind) {
    case 'facts':
      return test.changes === true ? OPAQUE : test;
    case 'given':
      return { ...test, test: unchanging(test.test) };
    case 'not':
      return not(unchanging(test.test));
    default:
      return test;
  }
}
