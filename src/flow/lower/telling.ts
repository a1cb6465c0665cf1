/** Evaluating an expression, and going on as its value tells. */

import { isFunction, memberName, unwrap, type Node } from '../../syntax/ast.ts';
import { initializerOf, isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import { strip } from '../../syntax/forms.ts';
import { branch, seq, SKIP } from '../term/make.ts';
import type { Term, Test } from '../term/term.ts';
import type { Asked } from './atoms.ts';
import { AN_ERROR, errorKey, IS_FALSE, IS_TRUE, isReturned, partsAt, TRUTHY } from './questions.ts';
import { falsy, truthy, within, type Shape, type Sink, type Told } from './context.ts';
import { truthyOf } from './decisions.ts';
import { isAlwaysObject, madeKey } from './literals.ts';
import type { Name } from './names.ts';
import type { Lower, Telling } from './parts.ts';
import { besides } from './nullish-pairs.ts';
import { ANOTHER, byLiteral, shapeOf } from './shapes.ts';

const NO_NAMES: readonly string[] = [];

/** Of what has a name before it is returned, this many parts are told to a caller. */
const MAX_RETURNED = 1;

/** What is told of a part of what has a name. */
const KINDS_TOLD: readonly Told[] = [
  { kind: 'true', key: 'true' },
  { kind: 'false', key: 'false' },
  { kind: 'truthy' },
];

/** Nothing is known of the values of these. */
const TELLS_NOTHING: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'AssignmentExpression',
  'ChainExpression',
  'ClassExpression',
  'FunctionExpression',
  'MemberExpression',
  'SequenceExpression',
  'TaggedTemplateExpression',
  'ThisExpression',
  'UpdateExpression',
]);

const NO_PARTS: ReadonlyMap<string, Asked> = new Map();

export class TellingLowering implements Telling {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  valued(node: Node, sink: Sink, isNamed = false): Term {
    const inner = strip(node);
    const named =
      inner.type === 'Identifier'
        ? (this.#byPart(inner, sink) ?? this.#amongLiterals(inner, sink))
        : null;
    if (named !== null) return named;
    const constant = this.#lower.tests.constantTold(inner);
    if (constant !== null) {
      const { effects } = this.#lower;
      const effect = isNamed ? effects.operand(inner) : effects.returned(inner);
      return seq(effect, sink(constant.kind, constant.key));
    }
    const settled = this.#lower.outcomes.test(inner);
    if (settled !== null) {
      if (inner.type === 'BinaryExpression')
        return branch(settled, sink('true'), sink('false'), truthyOf(inner));
      const passed = isNamed ? SKIP : this.#lower.effects.passedOn(inner);
      return seq(passed, branch(settled, truthy(sink), falsy(sink), truthyOf(inner)));
    }
    switch (inner.type) {
      case 'ConditionalExpression':
        return this.#lower.choices.choice(
          inner,
          this.valued(inner.consequent, sink, isNamed),
          this.valued(inner.alternate, sink, isNamed),
        );
      case 'UnaryExpression':
        if (inner.operator === '!') {
          return branch(
            this.#lower.tests.test(inner.argument),
            sink('false'),
            sink('true'),
            truthyOf(inner.argument),
          );
        }
        break;
      case 'BinaryExpression': {
        const test = this.#lower.tests.equality(inner);
        if (test !== null) return branch(test, sink('true'), sink('false'), truthyOf(inner));
        break;
      }
      case 'LogicalExpression':
        if (inner.operator !== '??') {
          const left = isNamed ? SKIP : this.#lower.effects.passedOn(inner.left);
          return this.#lower.choices.choice(
            inner,
            this.valued(
              inner.right,
              besides(inner, this.#lower.tests.neither(inner), sink),
              isNamed,
            ),
            inner.operator === '&&' ? falsy(sink) : seq(left, truthy(sink)),
          );
        }
        break;
      case 'Identifier': {
        // What is thrown is taken for an object.
        if (this.isError(inner)) return sink('truthy', errorKey(sink.literals));
        const test = this.#lower.tests.name(inner);
        if (test.kind === 'facts' || (test.kind === 'given' && test.test.kind === 'facts')) {
          const effect = isNamed ? SKIP : this.#lower.effects.returned(inner);
          return seq(effect, branch(test, truthy(sink), falsy(sink), truthyOf(inner)));
        }
        break;
      }
      case 'ChainExpression':
      case 'MemberExpression': {
        if (inner.type === 'ChainExpression' && this.#lower.calls.isSeen(inner.expression)) {
          return this.#lower.effects.chainThen(
            (then) => this.valued(inner.expression, within(sink, then), isNamed),
            () => sink('nullish'),
          );
        }
        const part = this.part(inner);
        const test = part === null ? null : this.#lower.atoms.test(part, TRUTHY);
        if (test === null) break;
        return branch(test, truthy(sink), falsy(sink), truthyOf(inner));
      }
      case 'CallExpression': {
        if (this.#lower.calls.isSeen(inner))
          return this.#lower.calls.valued(inner, 'started', sink);
        const [first] = inner.arguments;
        if (first === undefined || !this.#lower.callees.isGlobal(inner.callee, 'Boolean')) break;
        return branch(this.#lower.tests.test(first), sink('true'), sink('false'), truthyOf(first));
      }
      case 'AwaitExpression':
        return this.#lower.awaiting.awaitedValue(inner.argument, sink);
      case 'YieldExpression':
        return this.#lower.generators.yielded(inner, sink);
      case 'ObjectExpression':
      case 'ArrayExpression':
      case 'NewExpression':
        return seq(
          isNamed ? this.#lower.effects.bound(inner) : this.#lower.effects.returned(inner),
          sink(
            'truthy',
            this.#isError(inner) ? errorKey(sink.literals) : madeKey(inner),
            this.#shapeOf(inner, sink),
          ),
        );
      default:
        break;
    }
    return seq(
      isNamed ? this.#lower.effects.bound(inner) : this.#lower.effects.returned(inner),
      sink('any'),
    );
  }

  assigned(target: Node, value: Node): Term {
    const { effects, reassigned } = this.#lower;
    if (!this.isTold(value)) {
      const inner = unwrap(value);
      const isMade = isFunction(inner) || inner.type === 'ClassExpression';
      return seq(effects.bound(value), reassigned.assigned(target, isMade ? 'truthy' : 'any'));
    }
    const sink: Sink = (kind, key) => reassigned.assigned(target, kind, key);
    const copied = strip(value);
    const test = copied.type === 'Identifier' ? this.#lower.tests.name(copied) : null;
    // What is copied is asked where it is tested.
    if (test?.kind === 'facts' && this.#lower.tests.constant(copied) === null)
      return branch(test, truthy(sink), falsy(sink));
    return this.valued(value, byLiteral(reassigned.literalsAsked(target), sink), true);
  }

  isTold(node: Node): boolean {
    const inner = strip(node);
    const called = inner.type === 'ChainExpression' ? inner.expression : inner;
    if (called.type === 'CallExpression') {
      const { calls, callees, outcomes } = this.#lower;
      return (
        calls.isSeen(called) ||
        callees.isGlobal(called.callee, 'Boolean') ||
        outcomes.test(called) !== null
      );
    }
    return (
      !TELLS_NOTHING.has(inner.type) ||
      this.part(inner) !== null ||
      this.#lower.tests.constantTold(inner) !== null
    );
  }

  partsAsked(name: Name): ReadonlyMap<string, Asked> {
    const asked = new Map<string, Asked>();
    for (const part of this.#partsReturned(name)) {
      const one = this.#lower.names.part(name, part);
      if (this.#lower.atoms.isAsked(one)) asked.set(part, one);
    }
    if (!this.isShaped(name)) return asked;
    for (const { identifier } of name.variable.references) {
      for (const part of [...partsAt(identifier), ...this.#lower.takers.parts(identifier)]) {
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
  /** Tells which of the literals a name stands for that are asked for, where its tests know. */
  #amongLiterals(node: Node & { type: 'Identifier' }, sink: Sink): Term | null {
    const { atoms, names, tests } = this.#lower;
    const literals = sink.literals ?? NO_NAMES;
    const name = literals.length === 0 ? null : names.of(node);
    const truth = name === null ? null : tests.name(node);
    if (name === null || truth?.kind !== 'facts') return null;
    const asked = atoms
      .questions(name)
      .flatMap((one) => (one.kind === 'equals' && literals.includes(one.key) ? [one] : []));
    if (asked.length === 0) return null;
    const isAnother = literals.every((key) => asked.some((question) => question.key === key));
    const other = isAnother ? sink('truthy', ANOTHER) : sink('truthy');
    return asked.reduce(
      (rest, question) => {
        const test = atoms.test(name, question);
        return test === null ? rest : branch(test, sink(question.literal, question.key), rest);
      },
      branch(truth, other, falsy(sink)),
    );
  }

  #byPart(node: Node & { type: 'Identifier' }, sink: Sink): Term | null {
    const isAsked = sink.parts !== undefined && sink.parts.length > 0;
    const name = isAsked ? this.#lower.names.of(node) : null;
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
    const whole = this.#lower.tests.name(node);
    const otherwise =
      whole.kind === 'facts' ? branch(whole, sink('any'), falsy(sink)) : sink('any');
    return branch(
      isTrue,
      whenTrue,
      branch(isFalse, whenFalse, branch(isTruthy, whenTruthy, otherwise)),
    );
  }

  #shapeOf(node: Node, { parts }: Sink): Shape | undefined {
    if (parts === undefined) return undefined;
    return shapeOf(node, (part) => this.#toldOf(part));
  }

  /** What is told of an expression by its form. */
  #toldOf(node: Node): Told | null {
    const inner = strip(node);
    const constant = this.#lower.tests.constantTold(inner);
    if (constant !== null) return constant;
    if (!this.#isTruthy(inner)) return null;
    return this.#isError(inner) ? AN_ERROR : { kind: 'truthy' };
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

  /** Whether an expression is an error: one that was caught, or a new one, going by its name. */
  #isError(node: Node): boolean {
    if (node.type === 'Identifier') return this.isError(node);
    if (node.type !== 'NewExpression') return false;
    const { callee } = node;
    return callee.type === 'Identifier' && callee.name.endsWith('Error');
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
    return name === null ? this.part(node) !== null : this.isShaped(name);
  }

  #partOf(node: Node, part: string): Asked | null {
    const object = unwrap(node);
    const name = object.type === 'Identifier' ? this.#lower.names.of(object) : null;
    if (name === null) return null;
    return this.isShaped(name) || this.#lower.takers.asksOnce(name, part)
      ? this.#lower.names.part(name, part)
      : null;
  }

  partTest(node: Node, part: string, question = TRUTHY): Test | null {
    const asked = this.#partOf(node, part);
    return asked === null ? null : this.#lower.atoms.test(asked, question);
  }

  /** Whether a name is bound to a result that may be an object or array which is written out. */
  isShaped(name: Name): boolean {
    const [definition] = name.variable.defs;
    if (definition !== undefined && this.#lower.atoms.isGiven(definition)) {
      return isNeverReassigned(name.variable);
    }
    const init = isNeverReassigned(name.variable) ? initializerOf(name.variable) : null;
    if (init === null) return false;
    const inner = strip(init);
    if (inner.type === 'YieldExpression') return this.#lower.generators.isRace(inner);
    const isResult = inner.type === 'AwaitExpression' || inner.type === 'CallExpression';
    return (
      isResult &&
      this.#lower.values.of(inner).some(({ kind }) => kind === 'object' || kind === 'array')
    );
  }
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
