/** What statements do, and where they lead. */

import {
  isFunction,
  isClass,
  childrenOf,
  unwrap,
  type IfStatement,
  type Node,
} from '../../syntax/ast.ts';
import { literalKind, literalQuestion, namesIn, type Asked } from './atoms.ts';
import { isNeverReassigned } from '../../syntax/bindings.ts';
import {
  falsy,
  through,
  truthy,
  type Context,
  type Exits,
  type Sink,
  type Target,
} from './context.ts';
import { isName, isPromiseLike, sourcesOf, strip, JUMPS } from '../../syntax/forms.ts';
import { truthyOf } from './decisions.ts';
import { LazyUse, type UseLowering } from './lazy.ts';
import type { Name } from './names.ts';
import { byParts } from './shapes.ts';
import { canFall, type Side } from './stored.ts';
import type { Lower, Statements } from './parts.ts';
import { isUsing } from './resources.ts';
import {
  after,
  assumed,
  attempt,
  block,
  branch,
  choice,
  createLabel,
  exit,
  isPlain,
  OPAQUE,
  RAISE,
  seq,
  sequence,
  sequenceOf,
  SKIP,
  SUSPEND,
} from '../term/make.ts';
import type { CallMode, Label, ResultKind, Term, Test } from '../term/term.ts';

/** Statements that take the labels in front of them, for `continue`. */
const LABELLED_BY_THEMSELVES: ReadonlySet<string> = new Set([
  'DoWhileStatement',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'LabeledStatement',
  'SwitchStatement',
  'WhileStatement',
]);

/** A switch of more cases than this goes by nothing that is told of its value. */
const MAX_TOLD = 64;

/** What these give is no promise. */
const NO_PROMISES: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'AwaitExpression',
  'ObjectExpression',
]);

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

type Switch = Node & { readonly type: 'SwitchStatement' };

/** The declaration of a name, or of a pattern. */
interface Declarator {
  readonly id: Node;
  readonly init: Node | null;
}

export class StatementLowering implements Statements, UseLowering {
  readonly #lower: Lower;
  readonly #statement = (node: Node): Term => this.statement(node);
  readonly #declared = ({ id, init }: Declarator): Term => this.#declare(id, init);

  /** The functions of a list are used where a loop gives them a name. */
  readonly #element = (node: Node | null): Term => {
    if (node === null) return SKIP;
    return node.type === 'SpreadElement'
      ? this.#lower.effects.effect(node)
      : this.#lower.effects.bound(node);
  };

  /** How many promises have been kept in variables so far. */
  #kept = 0;
  /** The statements whose sides keep promises. */
  readonly #parted = new Set<Node>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  statements(statements: readonly Node[]): Term {
    return this.#behind(statements, 0);
  }

  /** The statements of a block from one on; resources are held by all that is behind them. */
  #behind(statements: readonly Node[], start: number): Term {
    let index = start;
    let declaration = statements[index];
    while (declaration !== undefined && !isUsing(declaration)) {
      index++;
      declaration = statements[index];
    }
    if (declaration === undefined) {
      return sequenceOf(start === 0 ? statements : statements.slice(start), this.#statement);
    }
    return seq(
      sequenceOf(statements.slice(start, index), this.#statement),
      this.#lower.resources.scope(declaration, () => this.#behind(statements, index + 1)),
    );
  }

  statement(node: Node): Term {
    const labels = this.#lower.context.labels;
    if (labels.length > 0) this.#lower.context.labels = [];
    switch (node.type) {
      case 'ExpressionStatement': {
        const expression = unwrap(node.expression);
        return expression.type === 'NewExpression'
          ? this.#lower.classes.made(expression)
          : this.#lower.effects.dropped(node.expression);
      }
      case 'VariableDeclaration':
        return sequenceOf(node.declarations, this.#declared);
      case 'ReturnStatement':
        return node.argument === null
          ? exit(this.#lower.context.returns.nullish)
          : this.return(node.argument);
      case 'IfStatement':
        return this.#if(node);
      case 'BlockStatement':
        return this.statements(node.body);
      case 'ThrowStatement':
        return seq(this.#lower.effects.effect(node.argument), RAISE);
      case 'TryStatement':
        return this.#try(node);
      case 'WhileStatement':
        return this.#while(node, labels);
      case 'DoWhileStatement':
        return this.#doWhile(node, labels);
      case 'ForStatement':
        return this.#for(node, labels);
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.#lower.loops.forEach(node, labels);
      case 'SwitchStatement':
        return this.#switch(node, labels);
      case 'LabeledStatement':
        return this.#labelled(node.body, [...labels, node.label.name]);
      case 'BreakStatement':
      case 'ContinueStatement':
        return this.#jump(node.type === 'BreakStatement', node.label?.name ?? null);
      case 'FunctionDeclaration':
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'EmptyStatement':
      case 'DebuggerStatement':
      case 'TSDeclareFunction':
      case 'TSTypeAliasDeclaration':
      case 'TSInterfaceDeclaration':
        return SKIP;
      case 'ExportNamedDeclaration':
        return node.declaration === null ? SKIP : this.statement(node.declaration);
      case 'ExportDefaultDeclaration':
        return this.#exported(node.declaration);
      case 'TSExportAssignment':
        return this.#lower.effects.bound(node.expression);
      case 'WithStatement':
        return seq(this.#lower.effects.effect(node.object), this.statement(node.body));
      case 'TSModuleDeclaration':
        return node.body?.type === 'TSModuleBlock' ? this.statements(node.body.body) : SKIP;
      default:
        return this.#lower.effects.effect(node);
    }
  }

  #try({ block: tried, handler, finalizer }: Node & { type: 'TryStatement' }): Term {
    const body = this.inTry(() => this.statements(tried.body));
    const lowerHandler = (): Term =>
      handler === null
        ? SKIP
        : seq(
            handler.param === null ? SKIP : this.#lower.effects.pattern(handler.param),
            this.statements(handler.body.body),
          );
    const caught = finalizer === null ? lowerHandler() : this.inTry(lowerHandler);
    return attempt(
      body,
      handler === null ? null : caught,
      finalizer === null ? null : this.statements(finalizer.body),
      handler ?? finalizer,
    );
  }

  #while(node: Node & { type: 'WhileStatement' }, labels: readonly string[]): Term {
    return this.#lower.loops.loop(node, labels, (round, end) =>
      branch(this.#lower.tests.test(node.test), round(node.body), exit(end), truthyOf(node.test)),
    );
  }

  #doWhile(node: Node & { type: 'DoWhileStatement' }, labels: readonly string[]): Term {
    return this.#lower.loops.loop(node, labels, (round, end) =>
      seq(
        round(node.body),
        branch(this.#lower.tests.test(node.test), SKIP, exit(end), truthyOf(node.test)),
      ),
    );
  }

  #for(node: Node & { type: 'ForStatement' }, labels: readonly string[]): Term {
    const { init, test, update } = node;
    const rounds = (): Term =>
      this.#lower.loops.loop(node, labels, (round, end) => {
        const body = seq(
          round(node.body),
          update === null ? SKIP : this.#lower.effects.effect(update),
        );
        return test === null
          ? body
          : branch(this.#lower.tests.test(test), body, exit(end), truthyOf(test));
      });
    if (init === null) return rounds();
    if (isUsing(init)) return this.#lower.resources.scope(init, rounds);
    const first =
      init.type === 'VariableDeclaration' ? this.statement(init) : this.#lower.effects.effect(init);
    return seq(first, rounds());
  }

  #exported(node: Node): Term {
    return node.type === 'FunctionDeclaration' || node.type.startsWith('TS')
      ? SKIP
      : this.#lower.effects.bound(node);
  }

  #declare(id: Node, init: Node | null): Term {
    if (init === null) return SKIP;
    if (id.type !== 'Identifier') return this.#destructured(id, init);
    const list = unwrap(init);
    if (list.type === 'ArrayExpression' && this.#lower.callees.isOnlyLooped(id)) {
      return sequenceOf(list.elements, this.#element);
    }
    const name = this.#tells(init) ? this.#lower.names.of(id) : null;
    if (name === null) return this.#lower.effects.bound(init);
    const whole = this.#lower.atoms.isAsked(name) ? name : null;
    const parts = this.#lower.tests.partsAsked(name);
    return whole === null && parts.size === 0
      ? this.#lower.effects.bound(init)
      : this.#told(whole, parts, init);
  }

  /** Names for the parts of a value. */
  #destructured(pattern: Node, init: Node): Term {
    const { atoms, effects, names, tests } = this.#lower;
    const parts = new Map<string, Asked>();
    for (const [part, name] of namesIn(pattern)) {
      const asked = names.of(name);
      if (asked !== null && atoms.isAsked(asked)) parts.set(part, asked);
    }
    const inner = strip(init);
    if (parts.size === 0 || !this.#tells(init))
      return seq(effects.effect(init), effects.pattern(pattern));
    if (inner.type !== 'Identifier') {
      return seq(this.#told(null, parts, init), effects.pattern(pattern));
    }
    const known = [...parts].map(([part, asked]): Term => {
      const test = tests.partTest(inner, part);
      const sink: Sink = (kind) =>
        kind === 'any' ? SKIP : { kind: 'assume', facts: atoms.given(asked, kind) };
      return test === null ? SKIP : branch(test, truthy(sink), falsy(sink));
    });
    return seq(effects.effect(init), sequence(known), effects.pattern(pattern));
  }

  /** An initial value, of which something is asked further on, or of parts of it. */
  #told(whole: Name | null, parts: ReadonlyMap<string, Asked>, init: Node): Term {
    const { atoms, tests } = this.#lower;
    const given = (asked: Asked, kind: ResultKind, key?: string): Term => ({
      kind: 'assume',
      facts: atoms.given(asked, kind, key),
    });
    const ofWhole: Sink = (kind, key) =>
      kind === 'any' || whole === null ? SKIP : given(whole, kind, key);
    if (parts.size === 0) return tests.valued(init, ofWhole, true);
    const named = [...parts];
    const sink: Sink = (kind, key, shape) => {
      const ofParts = sequenceOf(named, ([part, asked]) => {
        const known = kind === 'any' ? null : (shape?.(part) ?? null);
        return known === null ? SKIP : given(asked, known.kind, known.key);
      });
      return seq(ofWhole(kind, key), ofParts);
    };
    return tests.valued(init, byParts([...parts.keys()], sink), true);
  }

  /** Whether the kind of a value may be told from its expression. */
  #tells(node: Node): boolean {
    const inner = strip(node);
    if (inner.type === 'CallExpression') return this.#lower.calls.isSeen(inner);
    return !TELLS_NOTHING.has(inner.type) || this.#lower.tests.part(inner) !== null;
  }

  #if(node: IfStatement): Term {
    if (node.alternate?.type === 'IfStatement') return this.#elseIf(node);
    const { test, consequent, alternate } = node;
    const asked = this.#lower.tests.test(test);
    const before = this.#kept;
    const then = this.statement(consequent);
    const otherwise = alternate === null ? SKIP : this.statement(alternate);
    const [isThen, isElse] = this.#sides(node, before);
    return branch(asked, seq(isThen, then), seq(isElse, otherwise), truthyOf(test));
  }

  keeps(): void {
    this.#kept++;
  }

  /**
   * What taking either side of a statement says, for who asks later which promise is kept.
   *
   * @param before how many promises had been kept before its sides
   */
  #sides(node: IfStatement, before: number): readonly [Term, Term] {
    const atom = this.#kept === before ? null : this.#lower.atoms.choice(node);
    if (atom === null) return [SKIP, SKIP];
    this.#parted.add(node);
    return [assumed(atom, true), assumed(atom, false)];
  }

  ways(sides: readonly Side[]): { readonly taken: Term; readonly others: Term } | null {
    const known = sides.flatMap(({ of, holds }) => {
      const atom = this.#parted.has(of) ? this.#lower.atoms.choice(of) : null;
      return atom === null ? [] : [{ atom, holds }];
    });
    if (known.length === 0) return null;
    const others = known.map(({ atom, holds }): Term => assumed(atom, !holds));
    return { taken: { kind: 'assume', facts: known }, others: others.reduce(choice) };
  }

  /** An `else if` chain is one sequence, however long. */
  #elseIf(node: IfStatement): Term {
    const end = createLabel('if');
    const parts: { node: IfStatement; test: Test; then: Term }[] = [];
    const before = this.#kept;
    let rest = node;
    while (rest.alternate?.type === 'IfStatement') {
      const test = this.#lower.tests.test(rest.test);
      parts.push({ node: rest, test, then: this.statement(rest.consequent) });
      rest = rest.alternate;
    }
    const last = this.#if(rest);
    const terms = parts.map((part) => {
      const [isThen, isElse] = this.#sides(part.node, before);
      const then = seq(isThen, part.then, exit(end));
      return branch(part.test, then, isElse, truthyOf(part.node.test));
    });
    return block(end, seq(sequence(terms), last));
  }

  inTry(lower: () => Term): Term {
    this.#lower.context.tries++;
    try {
      return lower();
    } finally {
      this.#lower.context.tries--;
    }
  }

  /** A statement that `break label` can leave; a loop takes its labels itself. */
  #labelled(body: Node, names: readonly string[]): Term {
    if (LABELLED_BY_THEMSELVES.has(body.type)) {
      this.#lower.context.labels = names;
      return this.statement(body);
    }
    const onBreak = createLabel(names.join());
    const target = { names, onBreak, onContinue: null, isDefault: false };
    return block(
      onBreak,
      this.targeted(target, () => this.statement(body)),
    );
  }

  targeted<T>(target: Target, lower: () => T): T {
    const { targets } = this.#lower.context;
    targets.push(target);
    try {
      return lower();
    } finally {
      targets.pop();
    }
  }

  #switch(node: Switch, names: readonly string[]): Term {
    const onBreak = createLabel('switch');
    const target = { names, onBreak, onContinue: null, isDefault: true };
    const discriminant = unwrap(node.discriminant);
    const isTrue = literalKind(discriminant) === 'true';
    const name = this.#lower.tests.asked(discriminant);
    const fallback = node.cases.findIndex(({ test }) => test === null);
    const told = name === null ? this.#toldSwitch(node, target, onBreak) : null;
    if (told !== null) return told;
    const cases = node.cases.flatMap(({ test }, body) => {
      if (test === null) return [];
      const question = literalQuestion(test);
      const asked = question && name ? this.#lower.atoms.test(name, question) : null;
      const made =
        isTrue && isBoolean(test)
          ? this.#lower.tests.test(test)
          : ((isTrue ? this.#lower.tests.isTrue(test) : null) ??
            after(this.#lower.effects.effect(test), OPAQUE));
      return [{ test: asked ?? made, body, decision: { node: test, asks: 'case' as const } }];
    });
    const bodies = this.#bodies(target, node.cases);
    return seq(
      this.#lower.effects.effect(node.discriminant),
      block(onBreak, {
        kind: 'switch',
        cases,
        bodies,
        otherwise: fallback < 0 ? node.cases.length : fallback,
      }),
    );
  }

  /** A switch over what a call gives, or a promise; null where nothing is told of that. */
  #toldSwitch({ discriminant, cases }: Switch, target: Target, onBreak: Label): Term | null {
    const questions = cases.map(({ test }) => literalQuestion(test));
    const isLiteral = cases.every(({ test }, index) => test === null || questions[index] !== null);
    if (!isLiteral || cases.length > MAX_TOLD || !this.#lower.tests.tells(discriminant))
      return null;
    const bodies = this.#bodies(target, cases);
    const entries = bodies.map(() => createLabel('case'));
    const fallback = cases.findIndex(({ test }) => test === null);
    const otherwise = entries[fallback < 0 ? cases.length : fallback] ?? onBreak;
    const chosen = this.#lower.tests.valued(discriminant, (kind, key) => {
      let term = exit(otherwise);
      for (let index = cases.length - 1; index >= 0; index--) {
        const entry = entries[index];
        const question = questions[index];
        if (entry === undefined || question?.kind !== 'equals') continue;
        const canBe = kind === 'any' || kind === question.literal;
        if (!canBe || (key !== undefined && key !== question.key)) continue;
        const isSure = key !== undefined || kind === 'true' || kind === 'false';
        term = isSure ? exit(entry) : choice(exit(entry), term);
      }
      return term;
    });
    const whole = bodies.reduce((before, body, index) => {
      const entry = entries[index];
      return entry === undefined ? before : seq(block(entry, before), body);
    }, chosen);
    return block(onBreak, whole);
  }

  /**
   * The code of each case, and where a case keeps a promise, what not taking any says. Where the code
   * of one is not followed by that of the next, it says which was taken.
   */
  #bodies(target: Target, cases: Switch['cases']): readonly Term[] {
    const kept: boolean[] = [];
    const bodies = this.targeted(target, () =>
      cases.map(({ consequent }) => {
        const before = this.#kept;
        const body = this.statements(consequent);
        kept.push(this.#kept > before);
        return body;
      }),
    );
    if (!kept.includes(true) || canFall(cases)) return bodies;
    const atoms = cases.map((of, index) => {
      const atom = kept[index] === true ? this.#lower.atoms.choice(of) : null;
      if (atom !== null) this.#parted.add(of);
      return atom;
    });
    const taken = (index: number): Term =>
      sequenceOf(atoms, (atom, other) => (atom === null ? SKIP : assumed(atom, other === index)));
    const last = bodies.length - 1;
    const parted = bodies.map((body, index) => {
      if (cases[index]?.consequent.length === 0 && index < last) return body;
      return seq(taken(index), body, index === last ? exit(target.onBreak) : SKIP);
    });
    return [...parted, taken(-1)];
  }

  #jump(isBreak: boolean, name: string | null): Term {
    const { targets } = this.#lower.context;
    for (let index = targets.length - 1; index >= 0; index--) {
      const target = targets[index];
      if (target === undefined) break;
      const isMeant = name === null ? target.isDefault : target.names.includes(name);
      if (!isMeant) continue;
      if (isBreak) return exit(target.onBreak);
      if (target.onContinue !== null) return exit(target.onContinue);
    }
    return SKIP;
  }

  return(node: Node): Term {
    const { isAsync, returns, tries, onYield, resolving } = this.#lower.context;
    const leave = this.#leaving(node, returns);
    // Whoever reads a generator gets a promise that it returns as it is.
    const isHandedOut = onYield !== null && !isAsync;
    if (isHandedOut || !isPromiseLike(node) || this.#isNoPromise(node)) {
      return this.#lower.tests.valued(node, leave);
    }
    if (tries > 0) return this.#returnFromTry(node, leave);
    const isPlainly = this.#isPlainly(node);
    const settle = isPlainly === null ? this.#lower.settling.settle(node) : null;
    if (settle?.kind === 'skip') return this.#lower.tests.valued(node, leave);
    // What an unseen call returns can reject just where the call itself can throw.
    const isSettled =
      isPlainly ?? (settle !== null && isPlain(settle) && settle !== RAISE && !this.#isKept(node));
    // Code that settles a promise stands for a callback, whose result is waited for.
    if (isAsync || resolving !== null) return this.#awaited(node, leave);
    const use = new LazyUse(this, node, this.#lower.context);
    return isSettled ? settledLater(this.#lower.tests.valued(node, leave), use) : use;
  }

  /** A promise that is returned from within a `try` settles outside of it. */
  #returnFromTry(node: Node, leave: Sink): Term {
    const { pending } = this.#lower.context;
    const settle = this.#lower.settling.settle(node);
    if (settle.kind === 'skip') return this.#lower.tests.valued(node, leave);
    if (canBeLost(node)) {
      // What nobody waits for runs on by itself, unless the `finally` lets it be returned.
      const promise = strip(node);
      const label = createLabel('return');
      pending.push({ label, settle: seq({ kind: 'join', promise }, settle) });
      return seq(this.#lower.awaiting.left(promise), exit(label));
    }
    let label = pending.find((other) => other.settle === settle)?.label;
    if (label === undefined) {
      label = createLabel('return');
      pending.push({ label, settle });
    }
    return seq(this.#lower.awaiting.begin(node), exit(label));
  }

  /** Returns what an expression gives, and the functions that it may be. */
  #leaving(node: Node, { leave }: Exits): Sink {
    const inner = strip(node);
    if (!this.#lower.calls.givesFunction(inner)) return leave;
    const { effects } = this.#lower;
    return through(leave, (term) => seq(effects.returning(inner), term));
  }

  /** Returns what awaiting an expression gives. */
  #awaited(node: Node, leave: Sink): Term {
    const inner = strip(node);
    const handed = isName(inner) ? this.#lower.effects.handedBack(inner) : SKIP;
    const last = handed === SKIP ? leave : through(leave, (term) => seq(handed, term));
    return this.#lower.awaiting.awaitedValue(node, last);
  }

  /** What a function returns that is not async: a promise, which its caller awaits or does not. */
  used(node: Node, context: Context, mode: CallMode): Term {
    const outer = this.#lower.context;
    this.#lower.context = context;
    try {
      const leave = this.#leaving(node, context.returns);
      switch (mode) {
        case 'awaited':
          return this.#awaited(node, leave);
        case 'started':
          return this.#lower.tests.valued(node, leave);
        case 'settled':
          return seq(
            this.#lower.awaiting.begin(node),
            SUSPEND,
            this.#lower.settling.settle(node),
            leave('any'),
          );
      }
    } finally {
      this.#lower.context = outer;
    }
  }

  /** Whether settling what is returned is sure to be {@link isPlain}, or not; null where it depends. */
  #isPlainly(node: Node): boolean | null {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'CallExpression':
        if (this.#lower.calls.isSeen(inner) || this.#lower.callees.operation(inner) !== null) {
          return false;
        }
        return this.#lower.settling.acts(inner) ? null : true;
      case 'MemberExpression':
        return this.#lower.settling.acts(inner) ? null : true;
      case 'Identifier': {
        const name = this.#lower.names.of(inner);
        if (name === null) return true;
        if (this.#lower.settling.acts(inner)) return null;
        return this.#lower.atoms.outcome(name) === null && !this.#isKept(inner);
      }
      default:
        return null;
    }
  }

  /** Whether an expression is plainly no promise: `undefined`, or a name for what was awaited. */
  #isNoPromise(node: Node): boolean {
    const inner = unwrap(node);
    const variable = inner.type === 'Identifier' ? this.#lower.bindings.variable(inner) : null;
    if (variable === null) return literalKind(inner) !== null;
    if (this.#lower.tests.isError(inner)) return true;
    const declaration = isNeverReassigned(variable) ? variable.defs[0]?.node : undefined;
    return (
      declaration?.type === 'VariableDeclarator' &&
      declaration.init !== null &&
      NO_PROMISES.has(unwrap(declaration.init).type)
    );
  }

  /** Whether an expression names a promise that was made before. */
  #isKept(node: Node): boolean {
    const inner = unwrap(node);
    const variable = inner.type === 'Identifier' ? this.#lower.bindings.variable(inner) : null;
    return variable !== null && sourcesOf(variable)?.some(isCall) === true;
  }
}

function isBoolean(node: Node): boolean {
  const inner = unwrap(node);
  return (
    (inner.type === 'UnaryExpression' && inner.operator === '!') ||
    (inner.type === 'LogicalExpression' && isBoolean(inner.left) && isBoolean(inner.right)) ||
    (inner.type === 'BinaryExpression' && /^[!=]==?$|^[<>]=?$/.test(inner.operator))
  );
}

function isCall(node: Node): boolean {
  return unwrap(node).type === 'CallExpression';
}

/** Returns what can reject just where it can throw, unless it is awaited after the function was run. */
function settledLater(now: Term, later: LazyUse): Term {
  return {
    kind: 'use',
    awaited: now,
    started: now,
    get settled() {
      return later.settled;
    },
  };
}

/** Whether a `finally` around a `return` can lead elsewhere, so that what is returned is lost. */
function canBeLost(node: Node): boolean {
  let inner = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) return false;
    if (outer.type === 'TryStatement' && outer.finalizer !== null && outer.finalizer !== inner) {
      if (jumps(outer.finalizer)) return true;
    }
    inner = outer;
  }
  return false;
}

function jumps(node: Node): boolean {
  if (JUMPS.has(node.type)) return true;
  return !isFunction(node) && !isClass(node) && childrenOf(node).some(jumps);
}
