/** What statements do, and where they lead. */

import { unwrap, type IfStatement, type Node } from '../../syntax/ast.ts';
import type { Asked } from './atoms.ts';
import { namesIn } from './questions.ts';
import { falsy, truthy, type Sink, type Target } from './context.ts';
import { strip } from '../../syntax/forms.ts';
import { truthyOf } from './decisions.ts';
import { isTakenApart } from './lists.ts';
import type { Name } from './names.ts';
import { byLiteral, byParts } from './shapes.ts';
import type { Lower, Statements } from './parts.ts';
import { isUsing } from './resources.ts';
import {
  attempt,
  block,
  branch,
  createLabel,
  exit,
  RAISE,
  seq,
  sequence,
  sequenceOf,
  SKIP,
} from '../term/make.ts';
import type { ResultKind, Term, Test } from '../term/term.ts';

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

/** The declaration of a name, or of a pattern. */
interface Declarator {
  readonly id: Node;
  readonly init: Node | null;
}

export class StatementLowering implements Statements {
  readonly #lower: Lower;
  readonly #statement = (node: Node): Term => this.statement(node);
  readonly #declared = ({ id, init }: Declarator): Term => this.#declare(id, init);

  /** The functions of a list are used where a loop gives them a name, */
  readonly #element = (node: Node | null): Term => {
    if (node === null) return SKIP;
    return node.type === 'SpreadElement'
      ? this.#lower.effects.effect(node)
      : this.#lower.effects.bound(node);
  };

  /** and those of lists in it where the loop takes these apart. */
  readonly #parts = (node: Node | null): Term =>
    node?.type === 'ArrayExpression'
      ? sequenceOf(node.elements, this.#element)
      : this.#element(node);

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
    this.#lower.lowered += 1;
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
          : this.#lower.returning.return(node.argument);
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
        return this.#lower.switches.switch(node, labels);
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
        return this.#lower.effects.bound(node.declaration);
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
            handler.param === null ? SKIP : this.#lower.patterns.pattern(handler.param),
            // What is thrown is taken for an object.
            handler.param === null
              ? SKIP
              : this.#lower.reassigned.assigned(handler.param, 'truthy'),
            this.statements(handler.body.body),
          );
    const caught = finalizer === null ? lowerHandler() : this.inTry(lowerHandler);
    return attempt(
      body,
      handler === null ? null : caught,
      finalizer === null ? null : this.statements(finalizer.body),
      handler,
      finalizer,
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
    const counted = this.#lower.loops.counted(node, labels);
    if (counted !== null) return counted;
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

  #declare(id: Node, init: Node | null): Term {
    if (init === null) return this.#undefined(id);
    if (id.type !== 'Identifier') return this.#destructured(id, init);
    const list = unwrap(init);
    if (list.type === 'ArrayExpression' && this.#lower.callees.isOnlyLooped(id)) {
      const variable = this.#lower.bindings.variable(id);
      const isApart = variable !== null && isTakenApart(variable);
      return sequenceOf(list.elements, isApart ? this.#parts : this.#element);
    }
    const filled = list.type === 'ArrayExpression' ? this.#lower.filled.began(id) : SKIP;
    return seq(filled, this.#given(id, init));
  }

  /** A name is given a value. */
  #given(id: Node, init: Node): Term {
    const began = unwrap(init).type === 'ArrayExpression' ? this.#lower.lists.began(id) : SKIP;
    if (began !== SKIP) return began;
    if (this.#lower.reassigned.isAsked(id)) return this.#lower.telling.assigned(id, init);
    const name = this.#lower.telling.isTold(init) ? this.#lower.names.of(id) : null;
    if (name === null) return this.#lower.effects.bound(init);
    const whole = this.#lower.atoms.isAsked(name) ? name : null;
    const parts = this.#lower.telling.partsAsked(name);
    return whole === null && parts.size === 0
      ? this.#lower.effects.bound(init)
      : this.#told(whole, parts, init);
  }

  /** A variable begins without a value, where it has not been there before. */
  #undefined(id: Node): Term {
    const declaration = id.parent?.parent;
    const isNew = declaration?.type === 'VariableDeclaration' && declaration.kind === 'let';
    return isNew ? this.#lower.reassigned.assigned(id, 'nullish', 'undefined') : SKIP;
  }

  /** Names for the parts of a value. */
  #destructured(pattern: Node, init: Node): Term {
    const { atoms, effects, names, patterns, readGenerators, telling } = this.#lower;
    const parts = new Map<string, Asked>();
    for (const [part, name] of namesIn(pattern)) {
      const asked = names.of(name);
      if (asked !== null && atoms.isAsked(asked)) parts.set(part, asked);
    }
    const inner = strip(init);
    if (parts.size === 0 || !this.#lower.telling.isTold(init))
      return seq(readGenerators.takenApart(pattern, init), patterns.pattern(pattern));
    if (inner.type !== 'Identifier') {
      return seq(this.#told(null, parts, init), patterns.pattern(pattern));
    }
    const known = [...parts].map(([part, asked]): Term => {
      const test = telling.partTest(inner, part);
      const sink: Sink = (kind) =>
        kind === 'any' ? SKIP : { kind: 'assume', facts: atoms.given(asked, kind) };
      return test === null ? SKIP : branch(test, truthy(sink), falsy(sink));
    });
    return seq(effects.effect(init), sequence(known), patterns.pattern(pattern));
  }

  /** An initial value, of which something is asked further on, or of parts of it. */
  #told(whole: Name | null, parts: ReadonlyMap<string, Asked>, init: Node): Term {
    const { atoms, telling } = this.#lower;
    const given = (asked: Asked, kind: ResultKind, key?: string): Term => ({
      kind: 'assume',
      facts: atoms.given(asked, kind, key),
    });
    const ofWhole: Sink = (kind, key) =>
      kind === 'any' || whole === null ? SKIP : given(whole, kind, key);
    const literals = whole === null ? [] : atoms.literalsAsked(whole);
    if (parts.size === 0) {
      return telling.valued(init, byLiteral(literals, ofWhole), true);
    }
    const named = [...parts];
    const sink: Sink = (kind, key, shape) => {
      const ofParts = sequenceOf(named, ([part, asked]) => {
        const known = kind === 'any' ? null : (shape?.(part) ?? null);
        return known === null ? SKIP : given(asked, known.kind, known.key);
      });
      return seq(ofWhole(kind, key), ofParts);
    };
    return telling.valued(init, byParts([...parts.keys()], sink, literals), true);
  }

  #if(node: IfStatement): Term {
    if (node.alternate?.type === 'IfStatement') return this.#elseIf(node);
    const { test, consequent, alternate } = node;
    const asked = this.#lower.tests.test(test);
    const before = this.#lower.sides.kept;
    const then = this.statement(consequent);
    const otherwise = alternate === null ? SKIP : this.statement(alternate);
    const [isThen, isElse] = this.#lower.sides.of(node, before);
    return branch(asked, seq(isThen, then), seq(isElse, otherwise), truthyOf(test));
  }

  /** An `else if` chain is one sequence, however long. */
  #elseIf(node: IfStatement): Term {
    const end = createLabel('if');
    const parts: { node: IfStatement; test: Test; then: Term }[] = [];
    const before = this.#lower.sides.kept;
    let rest = node;
    while (rest.alternate?.type === 'IfStatement') {
      const test = this.#lower.tests.test(rest.test);
      parts.push({ node: rest, test, then: this.statement(rest.consequent) });
      rest = rest.alternate;
    }
    const last = this.#if(rest);
    const terms = parts.map((part) => {
      const [isThen, isElse] = this.#lower.sides.of(part.node, before);
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
}
