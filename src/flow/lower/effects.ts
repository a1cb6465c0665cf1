/** What evaluating an expression does. */

import {
  childrenOf,
  isClass,
  isFunction,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import { boundMethod, isName, isPlace, strip } from '../../syntax/forms.ts';
import { nullishOf } from './decisions.ts';
import { Escaping } from './escaping.ts';
import { Groups } from './groups.ts';
import { NULLISH, TRUTHY } from './questions.ts';
import type { Lower, Effects } from './parts.ts';
import { assignmentAs } from './refilled.ts';
import {
  assumed,
  block,
  branch,
  createLabel,
  detach,
  exit,
  MAY_THROW,
  OPAQUE,
  seq,
  sequenceOf,
  SKIP,
} from '../term/make.ts';
import { tagged } from './tagged.ts';
import type { Label, Term } from '../term/term.ts';

export class EffectLowering implements Effects {
  readonly #lower: Lower;
  readonly #escaping: Escaping;
  readonly #groups = new Groups();
  readonly #part = (node: Node | null): Term => (node === null ? SKIP : this.effect(node));
  readonly #operandPart = (node: Node): Term => this.operand(node);
  readonly #givenPart = (node: Node): Term => this.handedOver(node);
  readonly #boundPart = (node: Node): Term => this.bound(node);
  readonly #mentioned = (node: Node): Term =>
    node.type === 'CallExpression' ? this.#given(node, false) : this.#mention(node, false);

  constructor(lower: Lower) {
    this.#lower = lower;
    this.#escaping = new Escaping(lower);
  }

  effects(nodes: readonly (Node | null)[]): Term {
    return sequenceOf(nodes, this.#part);
  }

  effect(node: Node): Term {
    this.#lower.lowered += 1;
    switch (node.type) {
      case 'ThisExpression':
        return this.#mention(node, false);
      case 'Literal':
      case 'Super':
      case 'MetaProperty':
      case 'TemplateElement':
      case 'JSXText':
      case 'PrivateIdentifier':
        return SKIP;
      case 'Identifier':
      case 'JSXIdentifier':
        return this.#mention(node, false);
      case 'CallExpression':
        return seq(this.#call(node), this.#given(node, false));
      case 'MemberExpression':
        return seq(this.object(node), this.#mention(node, false));
      case 'AwaitExpression':
        return seq(this.#lower.awaiting.awaited(node.argument), this.#awaited(node));
      case 'AssignmentExpression':
        return seq(this.#assigned(node), this.passedOn(node));
      case 'LogicalExpression':
        return this.#logical(node, this.effect(node.right), this.passedOn(node.left));
      case 'ConditionalExpression':
        return this.#lower.choices.choice(
          node,
          this.effect(node.consequent),
          this.effect(node.alternate),
        );
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return this.#mention(node, false);
      case 'ClassExpression':
      case 'ClassDeclaration':
        return this.#lower.classes.class(node);
      case 'BinaryExpression':
        return this.#binary(node);
      case 'UnaryExpression':
        return this.operand(node.argument);
      case 'UpdateExpression':
        return this.effect(node.argument);
      case 'SequenceExpression':
        return sequenceOf(node.expressions, (part) =>
          part === node.expressions.at(-1) ? this.effect(part) : this.dropped(part),
        );
      case 'TemplateLiteral':
        return this.effects(node.expressions);
      case 'TaggedTemplateExpression':
        return tagged(this.#lower, node, 'started');
      case 'NewExpression':
        return seq(this.#lower.classes.made(node), this.#mention(node, false));
      case 'ImportExpression':
        return seq(this.effect(node.source), MAY_THROW);
      case 'YieldExpression':
        return this.#lower.generators.yield(node);
      case 'ChainExpression':
        return this.#chained(node.expression, false);
      case 'Property':
        return seq(
          seq(node.computed ? this.effect(node.key) : SKIP, this.effect(node.value)),
          this.#done(node),
        );
      case 'FunctionDeclaration':
      case 'TSEnumMember':
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        return SKIP;
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
        return this.effect(node.expression);
      case 'ObjectExpression':
        return this.effects(node.properties);
      case 'ArrayExpression':
        return this.effects(node.elements);
      case 'SpreadElement':
        return this.#lower.readGenerators.spread(node) ?? this.#spread(node);
      case 'JSXSpreadAttribute':
        return this.#spread(node);
      case 'JSXOpeningElement':
        return this.#lower.components.element(node);
      case 'JSXAttribute':
        return node.value === null ? SKIP : this.effect(node.value);
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'AssignmentPattern':
      case 'RestElement':
        return this.#lower.patterns.pattern(node);
      default:
        return isType(node) ? SKIP : this.effects(childrenOf(node));
    }
  }

  /** What is spread: of an object, all properties are read. */
  #spread(node: Node & { type: 'JSXSpreadAttribute' | 'SpreadElement' }): Term {
    const { argument, parent } = node;
    const isObject = node.type === 'JSXSpreadAttribute' || parent?.type === 'ObjectExpression';
    return seq(this.effect(argument), isObject ? this.#lower.accessors.all(argument, node) : SKIP);
  }

  #call(node: CallExpression): Term {
    const partial = this.#partial(node);
    if (partial !== null) return seq(partial, this.#mention(node, false));
    const { awaiting, callees, calls, libraries } = this.#lower;
    if (callees.isChain(node)) return awaiting.left(node);
    const isAlone = node.parent?.type === 'ExpressionStatement';
    const started = (): Term => calls.call(node, 'started', null);
    const call = isAlone ? this.#lower.inPlace.run(node.callee, null, started) : started();
    const isUnseen = callees.operation(node) === null && callees.target(node) === null;
    const left = isUnseen ? libraries.left(node) : null;
    return left === null ? call : seq(call, this.#lower.executors.left(left) ?? detach(left, node));
  }

  /**
   * What calling `bind` of a function that is seen does, which uses what it is given where it is called;
   * null for any other call.
   */
  #partial(node: CallExpression): Term | null {
    const bound = boundMethod(node);
    const target = bound === null ? null : this.#lower.callees.callee(bound);
    if (bound === null || target === null) return null;
    const [self, ...args] = node.arguments;
    const isFollowed = target.parameter === null && this.#lower.callees.callee(node) !== null;
    return seq(
      this.object(bound),
      self === undefined ? SKIP : this.operand(self),
      isFollowed
        ? this.#lower.calls.arguments(args, target)
        : seq(this.allHandedOver(args), args.length > 0 ? this.#mention(bound, true) : SKIP),
    );
  }

  /** The functions that a call gives, if they are passed on. */
  #given(node: Node, later: boolean): Term {
    return this.#lower.calls.givesFunction(node) ? this.#mention(node, later) : SKIP;
  }

  /** The functions that awaiting something gives, if they are passed on. */
  #awaited(node: Node & { type: 'AwaitExpression' }): Term {
    const inner = strip(node.argument);
    return isName(inner) ? this.#mention(inner, false) : this.#given(node, false);
  }

  operand(node: Node): Term {
    const inner = unwrap(node);
    if (inner.type === 'Identifier' || inner.type === 'ThisExpression') return SKIP;
    return inner.type === 'MemberExpression' ? this.object(node) : this.dropped(node);
  }

  dropped(node: Node): Term {
    const inner = strip(node);
    switch (inner.type) {
      case 'CallExpression':
        return this.#call(inner);
      case 'AwaitExpression':
        return this.#lower.awaiting.awaited(inner.argument);
      case 'AssignmentExpression':
        return this.#assigned(inner);
      case 'LogicalExpression':
        return this.#logical(inner, this.dropped(inner.right));
      default:
        return this.effect(node);
    }
  }

  returned(node: Node): Term {
    const inner = strip(node);
    if (isFunction(inner) || isName(inner)) {
      return seq(this.object(inner), this.handedBack(inner));
    }
    return inner.type === 'ObjectExpression' && this.#isLeftLater
      ? this.handedOver(node)
      : this.effect(node);
  }

  handedBack(node: Node): Term {
    const isFollowed =
      this.#lower.callees.callee(node) !== null &&
      this.#lower.callees.values(node).every(({ kind }) => kind === 'function');
    return isFollowed ? this.returning(node) : this.#mention(node, this.#isLeftLater);
  }

  /** Whether something runs before the caller gets what is returned: a `finally` around it. */
  get #isLeftLater(): boolean {
    return this.#lower.context.tries > 0;
  }

  returning(node: Node): Term {
    const callee = this.#lower.callees.callee(node);
    return callee === null
      ? SKIP
      : { kind: 'refer', callee, later: this.#isLeftLater, returned: true, site: node };
  }

  /** A long sum is a deep tree that leans to the left. */
  #binary(node: Node & { type: 'BinaryExpression' }): Term {
    if (node.left.type !== 'BinaryExpression') {
      return seq(this.operand(node.left), this.operand(node.right));
    }
    const operands: Node[] = [];
    let left: Node = node;
    while (left.type === 'BinaryExpression') {
      operands.push(left.right);
      left = left.left;
    }
    operands.push(left);
    return sequenceOf(operands.reverse(), this.#operandPart);
  }

  /**
   * @param right what evaluating the right side does, where it is
   * @param left what giving the left side does, where that is what is there
   */
  #logical(node: Node & { type: 'LogicalExpression' }, right: Term, left: Term = SKIP): Term {
    switch (node.operator) {
      case '??':
        return branch(this.#lower.tests.nullish(node.left), right, left, nullishOf(node.left));
      case '||':
        return this.#lower.choices.choice(node, right, left);
      case '&&':
        return this.#lower.choices.choice(node, right, SKIP);
    }
  }

  passedOn(node: Node): Term {
    return this.#lower.choices.passedOn(node, this.#mentioned);
  }

  bound(node: Node): Term {
    const inner = unwrap(node);
    if (isFunction(inner)) return SKIP;
    switch (inner.type) {
      case 'ObjectExpression':
        return this.#named(inner);
      case 'NewExpression':
        return this.#lower.classes.made(inner);
      case 'ConditionalExpression':
        return this.#lower.choices.choice(
          inner,
          this.bound(inner.consequent),
          this.bound(inner.alternate),
        );
      case 'LogicalExpression':
        return this.#logical(inner, this.bound(inner.right));
      case 'CallExpression': {
        const partial = this.#partial(inner);
        if (partial !== null) return partial;
        if (this.#lower.host.isChoosing?.(inner) === true) {
          return seq(sequenceOf(inner.arguments, this.#boundPart), MAY_THROW);
        }
        if (!this.#lower.values.isWrapper(inner)) break;
        const [first, ...rest] = inner.arguments;
        return seq(first === undefined ? SKIP : this.bound(first), this.effects(rest));
      }
      default:
        break;
    }
    return this.operand(node);
  }

  /** A literal that gets a name: its functions are used where the name is. */
  #named(node: ObjectExpression): Term {
    return sequenceOf(node.properties, (property) =>
      property.type === 'SpreadElement'
        ? this.effect(property)
        : seq(
            seq(property.computed ? this.effect(property.key) : SKIP, this.bound(property.value)),
            this.#done(property),
          ),
    );
  }

  /** What the protocol's owner has to say of what has been evaluated. */
  #done(node: Node): Term {
    const operation = this.#lower.host.done?.(node) ?? null;
    if (operation === null) return SKIP;
    return seq(
      { kind: 'event', event: operation.call, site: node },
      { kind: 'event', event: operation.settle, site: null, origin: node },
    );
  }

  /** A function that is passed on, stored or rendered can be called from here on. */
  #mention(node: Node, later: boolean): Term {
    const settled = this.#lower.executors.handed(node);
    if (settled !== null) return settled;
    const callee = this.#lower.callees.callee(node);
    const escaping = this.#escaping.of(node);
    if (escaping.length === 0) {
      return callee === null ? SKIP : { kind: 'refer', callee, later, site: node };
    }
    const all = callee === null ? escaping : [callee, ...escaping];
    const parts = {
      functions: all.flatMap(({ functions }) => functions),
      makings: all.flatMap(({ functions, makings }) => makings ?? functions.map(() => [])),
    };
    const { parameter = null, open = true } = callee ?? {};
    const group = this.#groups.of({ ...parts, parameter, open });
    return { kind: 'refer', callee: group, later, site: node };
  }

  handedOver(node: Node): Term {
    const inner = unwrap(node);
    if (inner.type === 'CallExpression' && strip(node) === inner)
      return seq(this.#call(inner), this.#given(inner, true));
    // Whoever has an object calls what is in it.
    if (inner.type === 'ObjectExpression') {
      return sequenceOf(inner.properties, (property) => {
        if (property.type === 'SpreadElement') return this.effect(property);
        const key = property.computed ? this.effect(property.key) : SKIP;
        return seq(key, this.handedOver(property.value), this.#done(property));
      });
    }
    if (inner.type === 'ArrayExpression') {
      return sequenceOf(inner.elements, (element) => {
        if (element === null) return SKIP;
        return isFunction(unwrap(element)) ? this.handedOver(element) : this.effect(element);
      });
    }
    return isFunction(inner) || inner.type === 'Identifier' || inner.type === 'MemberExpression'
      ? seq(this.object(node), this.#mention(inner, true))
      : this.effect(node);
  }

  given(node: Node): Term {
    const inner = unwrap(node);
    return isFunction(inner) || isClass(inner) ? this.#mention(inner, true) : SKIP;
  }

  passed(node: Node): Term {
    return this.#mention(unwrap(node), true);
  }

  allHandedOver(nodes: readonly Node[]): Term {
    return nodes.length === 0 ? SKIP : sequenceOf(nodes, this.#givenPart);
  }

  object(node: Node): Term {
    const inner = strip(node);
    switch (inner.type) {
      case 'Identifier':
      case 'ThisExpression':
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return SKIP;
      case 'CallExpression':
        return this.#partial(inner) ?? this.#call(inner);
      case 'AwaitExpression':
        return this.dropped(inner);
      case 'ChainExpression':
        return this.#chained(inner.expression, true);
      case 'MemberExpression': {
        const object = this.object(inner.object);
        return seq(
          object,
          inner.optional ? this.shortCircuit(inner.object) : SKIP,
          inner.computed ? this.operand(inner.property) : SKIP,
          // A property that cannot be told is any of them.
          memberName(inner) === null && this.#lower.callees.callee(inner) === null
            ? this.#mention(inner.object, true)
            : SKIP,
          this.#lower.accessors.run(inner, 'get', 'started'),
        );
      }
      default:
        return this.effect(inner);
    }
  }

  #chained(node: Node, isObject: boolean): Term {
    return this.chain(() => (isObject ? this.object(node) : this.effect(node)));
  }

  chain(lower: () => Term): Term {
    const end = createLabel('chain');
    return block(end, this.#endingAt(end, lower));
  }

  chainThen(lower: (then: (follow: () => Term) => Term) => Term, short: () => Term): Term {
    const outer = this.#lower.context.chain;
    const end = createLabel('chain');
    const cut = createLabel('cut');
    const whole = this.#endingAt(cut, () =>
      lower((follow) => this.#endingAt(outer, () => seq(follow(), exit(end)))),
    );
    return block(end, seq(block(cut, whole), short()));
  }

  /** Lowers a part whose optional chain ends at a label. */
  #endingAt(chain: Label | null, lower: () => Term): Term {
    const { context } = this.#lower;
    const outer = context.chain;
    context.chain = chain;
    try {
      return lower();
    } finally {
      context.chain = outer;
    }
  }

  shortCircuit(object: Node): Term {
    const { chain } = this.#lower.context;
    return chain === null
      ? SKIP
      : branch(this.#lower.tests.nullish(object, true), exit(chain), SKIP, nullishOf(object));
  }

  #assigned(node: Node & { type: 'AssignmentExpression' }): Term {
    return seq(this.#assignment(node), this.#done(node));
  }

  #assignment(node: Node & { type: 'AssignmentExpression' }): Term {
    const { left } = node;
    const event = this.#lower.host.assigned?.(node) ?? null;
    const { right, operator } = event === null ? assignmentAs(node) : node;
    const isName = isPlace(left);
    if (left.type === 'Identifier' && this.#lower.choices.isMade(right)) {
      this.#lower.sides.keeps();
    }
    const isMember = !isName && left.type === 'MemberExpression';
    const { accessors } = this.#lower;
    const place = isMember ? accessors.place(left) : SKIP;
    const target =
      isMember && operator !== '=' ? seq(place, accessors.run(left, 'get', 'started')) : place;
    const value = this.#lower.reassigned.isAsked(left)
      ? this.#lower.telling.assigned(left, right)
      : isName
        ? this.bound(right)
        : this.#lower.readGenerators.takenApart(left, right);
    if (operator === '&&=' || operator === '||=' || operator === '??=') {
      if (this.#lower.kept.fills(node)) return value;
      const atom = this.#lower.choices.filling(node);
      const kept = atom === null ? SKIP : assumed(atom, false);
      const filled = atom === null ? value : seq(assumed(atom, true), value);
      const asked = operator === '??=' ? NULLISH : TRUTHY;
      const test = this.#lower.reassigned.test(left, asked) ?? OPAQUE;
      return seq(
        target,
        operator === '||=' ? branch(test, kept, filled) : branch(test, filled, kept),
      );
    }
    const isPattern = left.type === 'ObjectPattern' || left.type === 'ArrayPattern';
    const setter = left.type === 'MemberExpression' ? accessors.run(left, 'set', 'started') : SKIP;
    if (event !== null && operator === '=' && this.#lower.host.isTested?.(node) === true) {
      const raised: Term = { kind: 'event', event, site: node };
      return seq(target, branch(this.#lower.tests.test(right), raised, SKIP));
    }
    return seq(
      target,
      value,
      isPattern ? this.#lower.patterns.pattern(left) : setter,
      event === null ? SKIP : { kind: 'event', event, site: node },
    );
  }
}

/** Types have no effect; the names of their nodes tell. */
function isType(node: Node): boolean {
  return (
    (node.type.startsWith('TS') && node.type !== 'TSEnumDeclaration') ||
    node.type.endsWith('TypeAnnotation')
  );
}
