/** Tests, which tell two outcomes apart, and expressions whose value is told. */

import { isClass, isFunction, memberName, unwrap, type Node } from '../../syntax/ast.ts';
import {
  equalityQuestion,
  IS_FALSE,
  IS_TRUE,
  isReturned,
  isTruthyKind,
  literalKind,
  literalQuestion,
  NULLISH,
  partsAt,
  TRUTHY,
  type Asked,
} from './atoms.ts';
import { initializerOf, isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import { falsy, truthy, type Shape, type Sink, type Told } from './context.ts';
import { isPromiseLike, strip } from '../../syntax/forms.ts';
import { truthyOf } from './decisions.ts';
import type { Name } from './names.ts';
import { shapeOf, byParts } from './shapes.ts';
import type { Lower, Tests, Choosing } from './parts.ts';
import type { Atom } from '../algebra/relation.ts';
import {
  after,
  assumed,
  branch,
  choice,
  constantTest,
  createLabel,
  exit,
  not,
  OPAQUE,
  seq,
  SKIP,
} from '../term/make.ts';
import type { ResultKind, Term, Test } from '../term/term.ts';

const NO_NAMES: readonly string[] = [];

/** Of what has a name before it is returned, this many parts are told to a caller. */
const MAX_RETURNED = 1;

/** What is told of a part of what has a name. */
const KINDS_TOLD: readonly Told[] = [
  { kind: 'true', key: 'true' },
  { kind: 'false', key: 'false' },
  { kind: 'truthy' },
];

const NO_PARTS: ReadonlyMap<string, Asked> = new Map();

const TRUTHY_KINDS: ReadonlySet<ResultKind> = new Set(['true', 'truthy']);

const NULLISH_KINDS: ReadonlySet<ResultKind> = new Set(['nullish']);

/** Each kind by itself. */
const ONLY: Readonly<Record<ResultKind, ReadonlySet<ResultKind>>> = {
  true: new Set(['true']),
  false: new Set(['false']),
  nullish: NULLISH_KINDS,
  truthy: new Set(['truthy']),
  falsy: new Set(['falsy']),
};

export class TestLowering implements Tests {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  test(node: Node): Test {
    const inner = strip(node);
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
        return this.#nameTest(inner);
      case 'BinaryExpression':
        return this.#equality(inner) ?? after(this.#lower.effects.effect(inner), OPAQUE);
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
        if (this.#constant(inner) !== null) break;
        const part = this.part(inner);
        const test = part === null ? null : this.#lower.atoms.test(part, TRUTHY);
        if (test !== null) return test;
        const result = this.#resultOf(inner, TRUTHY_KINDS);
        if (result !== null) return result;
        break;
      }
      default:
        break;
    }
    const constant = this.#constant(inner);
    if (constant !== null)
      return after(this.#lower.effects.operand(inner), constantTest(isTruthyKind(constant)));
    if (this.#lower.host.isSubject(inner))
      return after(this.#lower.effects.object(inner), constantTest(true));
    return after(this.#lower.effects.operand(inner), OPAQUE);
  }

  /** A long condition is a deep tree that leans to the left. */
  #logical(node: Node & { type: 'LogicalExpression' }): Test {
    let left: Node = strip(node.left);
    if (left.type !== 'LogicalExpression' || left.operator === '??') {
      return { kind: kindOf(node), left: this.test(left), right: this.test(node.right) };
    }
    const parts = [node];
    while (left.type === 'LogicalExpression' && left.operator !== '??') {
      parts.push(left);
      left = strip(left.left);
    }
    let test = this.test(left);
    for (const part of parts.reverse()) {
      test = { kind: kindOf(part), left: test, right: this.test(part.right) };
    }
    return test;
  }

  #nameTest(node: Node & { type: 'Identifier' }): Test {
    const name = this.#lower.names.of(node);
    const constant = name === null ? literalKind(node) : this.#constantOf(node, name.variable);
    if (constant !== null) return constantTest(isTruthyKind(constant));
    if (this.#lower.host.isSubject(node)) return constantTest(true);
    const test = (name && this.#lower.atoms.test(name, TRUTHY)) ?? OPAQUE;
    const parameter = this.#lower.callees.parameter(node);
    return parameter === null ? test : { kind: 'given', parameter, test };
  }

  #equality(node: Node & { type: 'BinaryExpression' }): Test | null {
    const { left, right, operator } = node;
    const typed = this.#typeTest(node);
    if (typed !== null) return typed;
    const question = equalityQuestion(operator, left, right);
    if (question === null) return null;
    const isNegated = operator.startsWith('!');
    const made = (test: Test): Test => (isNegated ? not(test) : test);
    const subject = strip(literalQuestion(right) === null ? right : left);
    const asksNullish =
      question.kind === 'nullish' || (question.kind === 'equals' && question.literal === 'nullish');
    const constant = this.#constant(subject);
    if (constant !== null && asksNullish) return made(constantTest(constant === 'nullish'));
    if (this.#lower.host.isSubject(subject) && asksNullish) {
      return made(after(this.#lower.effects.object(subject), constantTest(false)));
    }
    const asked = this.asked(subject);
    if (subject.type === 'Identifier' || asked !== null) {
      const test = (asked && this.#lower.atoms.test(asked, question)) ?? OPAQUE;
      // A function or a promise that is given is no literal.
      const parameter = this.#lower.callees.parameter(subject);
      return made(parameter === null ? test : not({ kind: 'given', parameter, test: not(test) }));
    }
    const result =
      question.kind === 'equals' && (question.literal === 'truthy' || question.literal === 'falsy')
        ? this.#literalOf(subject, question.literal, question.key)
        : this.#resultOf(subject, ONLY[question.kind === 'equals' ? question.literal : 'nullish']);
    return result === null ? null : made(result);
  }

  /** The test whether a result is this literal; null for what tells nothing of it. */
  #literalOf(node: Node, literal: ResultKind, wanted: string): Test | null {
    const answer: Answer = ({ kind, key }) => {
      if (kind !== literal) return false;
      return key === undefined ? null : key === wanted;
    };
    return this.tells(node) ? this.#told(node, answer) : this.#toldOfPart(node, answer);
  }

  /** The test of a part of what an expression gives; null for what tells nothing of it. */
  #toldOfPart(node: Node, answer: Answer): Test | null {
    const member = unwrap(node);
    const part = member.type === 'MemberExpression' ? memberName(member) : null;
    if (part === null || member.type !== 'MemberExpression') return null;
    const { object } = member;
    const isAwaited = unwrap(object).type === 'AwaitExpression';
    return isAwaited && this.tells(object) ? this.#told(object, answer, part) : null;
  }

  /** The test of a value, or of a part of it, by what is known of it; null for an answer that is not. */
  #told(node: Node, answer: Answer, part: string | null = null): Test {
    const whenTrue = createLabel('true');
    const whenFalse = createLabel('false');
    const either = choice(exit(whenTrue), exit(whenFalse));
    const sink: Sink = (kind, key, shape) => {
      const whole = kind === 'any' ? null : { kind, ...(key !== undefined && { key }) };
      const told = part === null ? whole : (shape?.(part) ?? null);
      const outcome = told === null ? null : answer(told);
      return outcome === null ? either : exit(outcome ? whenTrue : whenFalse);
    };
    const effect = this.valued(node, part === null ? sink : byParts([part], sink));
    return { kind: 'told', effect, whenTrue, whenFalse };
  }

  isTrue(node: Node): Test | null {
    return this.#resultOf(strip(node), ONLY.true);
  }

  tells(node: Node): boolean {
    const inner = strip(node);
    return inner.type === 'AwaitExpression'
      ? this.#lower.calls.isSeen(inner.argument) || this.#isChosen(inner.argument)
      : this.#lower.calls.isSeen(inner);
  }

  /** Whether what a promise is fulfilled with may be told by its callbacks, or where it was made. */
  #isChosen(node: Node): boolean {
    const inner = strip(node);
    switch (inner.type) {
      case 'CallExpression':
        return this.#lower.callees.isChain(inner);
      case 'NewExpression':
        return isPromiseLike(inner);
      case 'Identifier':
        return this.#lower.names.of(inner) !== null;
      case 'ConditionalExpression':
      case 'LogicalExpression':
      case 'MemberExpression':
        return true;
      default:
        return false;
    }
  }

  /** The test of the subject's type, or of whether it has a member. */
  #typeTest({ left, right, operator }: Node & { type: 'BinaryExpression' }): Test | null {
    const { effects } = this.#lower;
    if (operator === 'in') {
      if (!this.#lower.host.isSubject(right)) return null;
      return after(seq(effects.operand(left), effects.operand(right)), constantTest(true));
    }
    const inner = unwrap(left);
    if (inner.type !== 'UnaryExpression' || inner.operator !== 'typeof') return null;
    if (!this.#lower.host.isSubject(inner.argument) || right.type !== 'Literal') return null;
    if (!/^[!=]==?$/.test(operator)) return null;
    const isThere = constantTest((right.value === 'undefined') === operator.startsWith('!'));
    return after(effects.object(inner.argument), isThere);
  }

  nullish(node: Node, isDone = false): Test {
    const inner = strip(node);
    const effect = isDone ? SKIP : this.#lower.effects.operand(inner);
    if (this.#lower.host.isSubject(inner)) return after(effect, constantTest(false));
    const constant = this.#constant(inner);
    if (constant !== null) return after(effect, constantTest(constant === 'nullish'));
    if (inner.type === 'Identifier') {
      const name = this.#lower.names.of(inner);
      const test = (name && this.#lower.atoms.test(name, NULLISH)) ?? OPAQUE;
      const parameter = this.#lower.callees.parameter(inner);
      if (parameter !== null) return not({ kind: 'given', parameter, test: not(test) });
      if (test !== OPAQUE) return test;
    }
    if (!isDone) {
      const result = this.#resultOf(inner, NULLISH_KINDS);
      if (result !== null) return result;
    }
    return after(effect, isAlwaysObject(inner) ? constantTest(false) : OPAQUE);
  }

  /** The test of a call's result, where the function is seen: true where its kind is one of these. */
  #resultOf(node: Node, kinds: ReadonlySet<ResultKind>): Test | null {
    if (node.type === 'YieldExpression') return this.#lower.generators.test(node, kinds);
    const isAwaited = node.type === 'AwaitExpression';
    const call = isAwaited ? strip(node.argument) : unwrap(node);
    if (isAwaited && !this.#lower.calls.isSeen(call) && this.#isChosen(call)) {
      if (call.type !== 'MemberExpression' || this.#lower.callees.accessor(call, 'get') === null)
        return this.#told(node, ({ kind }) => kinds.has(kind));
    }
    if (call.type === 'MemberExpression') {
      const getter = this.#lower.callees.accessor(call, 'get');
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
    const parts = seq(
      this.#lower.calls.calleeParts(call),
      this.#lower.calls.arguments(target.args, target.callee),
    );
    const invoked = this.#lower.calls.invoke(target, call, isAwaited ? 'awaited' : 'started');
    return after(parts, { kind: 'result', call: invoked, kinds });
  }

  /** The test of what has been evaluated already. */
  known(node: Node): Test {
    const inner = strip(node);
    switch (inner.type) {
      case 'Identifier':
        return this.#nameTest(inner);
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
        return factsOf(this.#equality(inner));
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
    const constant = this.#constant(inner);
    if (constant !== null) return constantTest(isTruthyKind(constant));
    const part = this.part(inner);
    return (part && this.#lower.atoms.test(part, TRUTHY)) ?? OPAQUE;
  }

  /** The kind of a literal, or of a constant that is bound to one. */
  #constant(node: Node): ResultKind | null {
    if (node.type === 'MemberExpression') return this.#lower.host.constant?.(node) ?? null;
    if (node.type !== 'Identifier') return literalKind(node);
    const name = this.#lower.names.of(node);
    return name === null ? literalKind(node) : this.#constantOf(node, name.variable);
  }

  #constantOf(node: Node, variable: Variable): ResultKind | null {
    if (!isNeverReassigned(variable)) return null;
    const initializer = initializerOf(variable);
    const kind = initializer === null ? null : literalKind(unwrap(initializer));
    return kind ?? this.#lower.host.constant?.(node) ?? null;
  }

  asked(node: Node): Asked | null {
    return node.type === 'Identifier' ? this.#lower.names.of(node) : this.part(node);
  }

  part(node: Node): Asked | null {
    const member = unwrap(node);
    if (member.type !== 'MemberExpression') return null;
    const part = memberName(member);
    return part === null ? null : this.#partOf(member.object, part);
  }

  isPart(node: Node): boolean {
    const name = node.type === 'Identifier' ? this.#lower.names.of(node) : null;
    return name === null ? this.part(node) !== null : this.#isShaped(name);
  }

  #partOf(node: Node, part: string): Asked | null {
    const object = unwrap(node);
    const name = object.type === 'Identifier' ? this.#lower.names.of(object) : null;
    return name !== null && this.#isShaped(name) ? this.#lower.names.part(name, part) : null;
  }

  partTest(node: Node, part: string): Test | null {
    const asked = this.#partOf(node, part);
    return asked === null ? null : this.#lower.atoms.test(asked, TRUTHY);
  }

  partsAsked(name: Name): ReadonlyMap<string, Asked> {
    const asked = new Map<string, Asked>();
    for (const part of this.#partsReturned(name)) {
      const one = this.#lower.names.part(name, part);
      if (this.#lower.atoms.isAsked(one)) asked.set(part, one);
    }
    if (!this.#isShaped(name)) return asked;
    for (const { identifier } of name.variable.references) {
      for (const part of partsAt(identifier)) {
        const one = this.#lower.names.part(name, part);
        if (this.#lower.atoms.isAsked(one)) asked.set(part, one);
      }
    }
    return asked;
  }

  /** The parts for which a caller asks of what a name is bound to, which the function returns. */
  #partsReturned({ variable }: Name): readonly string[] {
    const { parts } = this.#lower.context.returns.leave;
    if (parts === undefined || !isReturned(variable)) return NO_NAMES;
    const init = isNeverReassigned(variable) ? initializerOf(variable) : null;
    if (init === null) return NO_NAMES;
    // What is written out here is changed by whoever else gets hold of it.
    const isKnown = !isAlwaysObject(strip(init)) || variable.references.every(isOnlyRead);
    return isKnown ? parts.slice(0, MAX_RETURNED) : NO_NAMES;
  }

  /** Goes on with what a name is bound to, by what is known of a part of it; null where nothing is. */
  #byPart(node: Node & { type: 'Identifier' }, sink: Sink): Term | null {
    const name = sink.parts === undefined ? null : this.#lower.names.of(node);
    const [first] = name === null ? NO_PARTS : this.partsAsked(name);
    if (first === undefined) return null;
    const [part, asked] = first;
    const { atoms } = this.#lower;
    const isTrue = atoms.test(asked, IS_TRUE);
    const isFalse = atoms.test(asked, IS_FALSE);
    const isTruthy = atoms.test(asked, TRUTHY);
    if (isTrue === null || isFalse === null || isTruthy === null) return null;
    // What is told first is told apart first, see `Coding`.
    const [whenTrue, whenFalse, whenTruthy] = KINDS_TOLD.map((known) =>
      sink('truthy', undefined, (other) => (other === part ? known : null)),
    );
    if (whenTrue === undefined || whenFalse === undefined || whenTruthy === undefined) return null;
    // Where nothing is known of the part, nothing is told of the whole but that it is there.
    const whole = this.#nameTest(node);
    const otherwise =
      whole.kind === 'facts' ? branch(whole, sink('any'), falsy(sink)) : sink('any');
    return branch(
      isTrue,
      whenTrue,
      branch(isFalse, whenFalse, branch(isTruthy, whenTruthy, otherwise)),
    );
  }

  /** Whether a name is bound to a result that may be an object or array which is written out. */
  #isShaped(name: Name): boolean {
    const [definition] = name.variable.defs;
    if (definition !== undefined && this.#lower.atoms.isGiven(definition)) {
      return isNeverReassigned(name.variable);
    }
    const init = isNeverReassigned(name.variable) ? initializerOf(name.variable) : null;
    if (init === null) return false;
    const inner = strip(init);
    const isResult = inner.type === 'AwaitExpression' || inner.type === 'CallExpression';
    return (
      isResult &&
      this.#lower.values.of(inner).some(({ kind }) => kind === 'object' || kind === 'array')
    );
  }

  #shapeOf(node: Node, { parts }: Sink): Shape | undefined {
    if (parts === undefined) return undefined;
    return shapeOf(node, (part) => this.#toldOf(part));
  }

  /** What is told of an expression by its form. */
  #toldOf(node: Node): Told | null {
    const inner = strip(node);
    const constant = this.#constant(inner);
    if (constant !== null) {
      const literal = literalQuestion(inner);
      return { kind: constant, ...(literal?.kind === 'equals' && { key: literal.key }) };
    }
    return this.#isTruthy(inner) ? { kind: 'truthy' } : null;
  }

  #isTruthy(node: Node): boolean {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'ConditionalExpression':
        return this.#isTruthy(inner.consequent) && this.#isTruthy(inner.alternate);
      case 'LogicalExpression':
        return inner.operator === '||' && this.#isTruthy(inner.right);
      case 'MemberExpression':
        // Errors have messages.
        return memberName(inner) === 'message' && this.isError(unwrap(inner.object));
      case 'NewExpression':
        return true;
      case 'Identifier':
        return this.isError(inner);
      default:
        return isAlwaysObject(inner) || isFunction(inner);
    }
  }

  isError(node: Node): boolean {
    const variable = this.#lower.bindings.variable(node);
    const [definition] = variable?.defs ?? [];
    if (variable === null || definition === undefined || !isNeverReassigned(variable)) return false;
    if (definition.type === 'CatchClause') return true;
    const { node: owner, name } = definition;
    const call = owner.parent;
    if (!isFunction(owner) || call?.type !== 'CallExpression') return false;
    const callee = unwrap(call.callee);
    const method = callee.type === 'MemberExpression' ? memberName(callee) : null;
    const place = method === 'then' ? 1 : 0;
    return (
      (method === 'then' || method === 'catch') &&
      owner.params[0] === name &&
      call.arguments[place] === owner
    );
  }

  choice(node: Choosing, chosen: Term, other: Term): Term {
    const { asked, holds } = askedBy(node);
    const test = this.test(asked);
    const atom = this.#choiceOf(node, test);
    const then = atom === null ? chosen : seq(assumed(atom, true), chosen);
    const otherwise = atom === null ? other : seq(assumed(atom, false), other);
    return holds
      ? branch(test, then, otherwise, truthyOf(asked))
      : branch(test, otherwise, then, truthyOf(asked));
  }

  chosen(node: Choosing): Test {
    const { asked, holds } = askedBy(node);
    const atom = this.#choiceOf(node, this.known(strip(asked)));
    if (atom === null) {
      const test = this.known(strip(asked));
      return holds ? test : not(test);
    }
    return {
      kind: 'facts',
      whenTrue: [{ atom, holds: true }],
      whenFalse: [{ atom, holds: false }],
    };
  }

  /** The atom that tells what was chosen, of promises that are awaited elsewhere. */
  #choiceOf(node: Choosing, test: Test): Atom | null {
    if (test.kind === 'facts' || !isKept(node)) return null;
    const parts =
      node.type === 'ConditionalExpression' ? [node.consequent, node.alternate] : [node.right];
    return parts.some((part) => this.isMade(part)) ? this.#lower.atoms.choice(node) : null;
  }

  isMade(node: Node): boolean {
    const made = strip(node);
    if (made.type !== 'CallExpression') return false;
    return (
      this.#lower.callees.operation(made) !== null ||
      this.#lower.callees.isChain(made) ||
      this.#lower.calls.isSeen(made)
    );
  }

  valued(node: Node, sink: Sink, isNamed = false): Term {
    const inner = strip(node);
    const byPart = inner.type === 'Identifier' ? this.#byPart(inner, sink) : null;
    if (byPart !== null) return byPart;
    const constant = this.#constant(inner);
    if (constant !== null) {
      const literal = literalQuestion(inner);
      const key = literal?.kind === 'equals' ? literal.key : undefined;
      return seq(this.#lower.effects.operand(inner), sink(constant, key));
    }
    switch (inner.type) {
      case 'ConditionalExpression':
        return branch(
          this.test(inner.test),
          this.valued(inner.consequent, sink, isNamed),
          this.valued(inner.alternate, sink, isNamed),
          truthyOf(inner.test),
        );
      case 'UnaryExpression':
        if (inner.operator === '!') {
          return branch(
            this.test(inner.argument),
            sink('false'),
            sink('true'),
            truthyOf(inner.argument),
          );
        }
        break;
      case 'BinaryExpression': {
        const test = this.#equality(inner);
        if (test !== null) return branch(test, sink('true'), sink('false'), truthyOf(inner));
        break;
      }
      case 'LogicalExpression':
        if (inner.operator === '&&') {
          return branch(
            this.test(inner.left),
            this.valued(inner.right, sink, isNamed),
            falsy(sink),
            truthyOf(inner.left),
          );
        }
        if (inner.operator === '||') {
          return branch(
            this.test(inner.left),
            truthy(sink),
            this.valued(inner.right, sink, isNamed),
            truthyOf(inner.left),
          );
        }
        break;
      case 'Identifier': {
        const test = this.#nameTest(inner);
        if (test.kind === 'facts') return branch(test, truthy(sink), falsy(sink), truthyOf(inner));
        // What is thrown is taken for an object.
        if (this.isError(inner)) return sink('truthy');
        break;
      }
      case 'ChainExpression':
      case 'MemberExpression': {
        const part = this.part(inner);
        const test = part === null ? null : this.#lower.atoms.test(part, TRUTHY);
        if (test === null) break;
        return branch(test, truthy(sink), falsy(sink), truthyOf(inner));
      }
      case 'CallExpression':
        if (this.#lower.calls.isSeen(inner))
          return this.#lower.calls.valued(inner, 'started', sink);
        break;
      case 'AwaitExpression':
        return this.#lower.awaiting.awaitedValue(inner.argument, sink);
      case 'YieldExpression':
        return this.#lower.generators.yielded(inner, sink);
      case 'ObjectExpression':
      case 'ArrayExpression':
      case 'NewExpression':
        return seq(
          isNamed ? this.#lower.effects.bound(inner) : this.#lower.effects.effect(inner),
          sink('truthy', undefined, this.#shapeOf(inner, sink)),
        );
      default:
        break;
    }
    return seq(
      isNamed ? this.#lower.effects.bound(inner) : this.#lower.effects.returned(inner),
      sink('any'),
    );
  }
}

/** What a test comes to for a value of which this is told; null where that is not known. */
type Answer = (told: Told) => boolean | null;

function kindOf({ operator }: Node & { type: 'LogicalExpression' }): 'and' | 'or' {
  return operator === '&&' ? 'and' : 'or';
}

/** What decides, and how it has to come out for the part that is evaluated because of it. */
function askedBy(node: Choosing): { readonly asked: Node; readonly holds: boolean } {
  return node.type === 'ConditionalExpression'
    ? { asked: node.test, holds: true }
    : { asked: node.left, holds: node.operator === '&&' };
}

/** Whether the value goes into a list or a variable, to be awaited from there. */
function isKept(node: Node): boolean {
  let inner = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    switch (outer.type) {
      case 'ArrayExpression':
        return true;
      case 'VariableDeclarator':
        return outer.init === inner;
      case 'AssignmentExpression':
        return outer.right === inner;
      case 'ConditionalExpression':
        if (outer.test === inner) return false;
        break;
      case 'LogicalExpression':
        if (outer.right !== inner) return false;
        break;
      default:
        if (unwrap(outer) === outer) return false;
    }
    inner = outer;
  }
  return false;
}

/** Whether a reference to an object gives it its name, returns it, or reads a property of it. */
function isOnlyRead({ identifier }: Variable['references'][number]): boolean {
  const { parent } = identifier;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.id === identifier || parent.id.type !== 'Identifier';
    case 'ReturnStatement':
      return true;
    case 'MemberExpression': {
      const user = parent.parent;
      const isCalled = user?.type === 'CallExpression' && user.callee === parent;
      return parent.object === identifier && memberName(parent) !== null && !isCalled;
    }
    default:
      return false;
  }
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
  return test?.kind === 'facts' ? test : OPAQUE;
}

function isAlwaysObject(node: Node): boolean {
  return node.type === 'ObjectExpression' || node.type === 'ArrayExpression' || isClass(node);
}
