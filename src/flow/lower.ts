/**
 * From source to terms: which events a piece of code raises, in which order, and where control can
 * go. This is the one place that knows JavaScript; it knows no protocol.
 *
 * Three questions are asked of an expression. Its *effect* is what evaluating it does. To *settle*
 * it is what awaiting its value does, once it has been evaluated. As a *test* it tells two outcomes
 * apart.
 */

import {
  childrenOf,
  isClass,
  isFunction,
  isNode,
  keyName,
  memberName,
  publicMethods,
  unwrap,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type IfStatement,
  type MemberExpression,
  type NewExpression,
  type Node,
  type Program,
} from './ast.ts';
import {
  Atoms,
  endOf,
  equalityQuestion,
  isTruthyKind,
  literalKind,
  literalQuestion,
  offsetOf,
  NULLISH,
  ownerOf,
  TRUTHY,
} from './atoms.ts';
import { initializerOf, isNeverReassigned, type Bindings, type Variable } from './bindings.ts';
import {
  all,
  allSettled,
  any,
  chained,
  concluded,
  correlated,
  race,
  repeated,
} from './promises.ts';
import type { Atom } from './relation.ts';
import {
  after,
  attempt,
  block,
  branch,
  choice,
  constantTest,
  createLabel,
  detach,
  exit,
  isPlain,
  MAY_THROW,
  not,
  OPAQUE,
  RAISE,
  seq,
  sequence,
  sequenceOf,
  SKIP,
  SUSPEND,
  type Call,
  type Callee,
  type CallMode,
  type Decision,
  type FunctionTerm,
  type Label,
  type ResultKind,
  type Returns,
  type Term,
  type Test,
  type Use,
} from './term.ts';
import type { Value } from './values.ts';
import { hasSagas, sagaEffectOf } from './sagas.ts';

/** What expressions can be, as {@link file://./values.ts} works it out. */
export interface Resolver {
  of(node: Node): readonly Value[];
  isWrapper(call: CallExpression): boolean;
  /** The getters that reading a property may run. */
  getters(node: MemberExpression): readonly FunctionNode[];
  /** All that a property is ever given; null where that is not known. */
  sources(node: MemberExpression): readonly Node[] | null;
}

/** What a method of the protocol's subject does: the events at the call, and when it settles. */
export interface Operation {
  readonly call: number;
  readonly settle: number;
}

/** What only the protocol's owner can tell of the code. */
export interface LowerHost {
  /** The event of meeting a promise again that was made before this function was entered. */
  readonly resume: number;
  /** The operation that a call performs. */
  operation(call: CallExpression): Operation | null;
  /** The operation that an expression is a reference to, such as a method that is passed on. */
  reference(node: Node): Operation | null;
  /** Whether an expression is the subject of the protocol: a test of it is taken to be passed. */
  isSubject(node: Node): boolean;
  /** Whether a call never returns, though its function cannot be seen. */
  neverReturns(call: CallExpression): boolean;
}

interface Target {
  readonly names: readonly string[];
  readonly onBreak: Label;
  readonly onContinue: Label | null;
  /** Whether a `break` or `continue` without a label can mean it. */
  readonly isDefault: boolean;
}

/** What an enclosing function, or the module, means to the code in it. */
interface Context {
  /** The function; null for the module. */
  readonly owner: Node | null;
  readonly isAsync: boolean;
  readonly returns: Returns;
  readonly targets: Target[];
  /** Names of labels that wait for the statement which they label. */
  labels: readonly string[];
  /** Around the code are so many parts of `try` that see what happens when the function returns. */
  tries: number;
  /** Where the optional chain ends that is being lowered. */
  chain: Label | null;
  /** What happens at each `yield`, where it is known who reads the generator. */
  readonly onYield: Term;
  /** Returned promises that settle outside the `try` in which they are returned. */
  readonly pending: { readonly label: Label; readonly settle: Term }[];
}

interface GeneratorCall {
  readonly call: CallExpression;
  readonly target: FunctionNode;
  readonly known: FunctionTerm;
  /** What is evaluated before the call. */
  readonly parts: Term;
}

/** What a call calls. */
interface CallTarget {
  readonly callee: Callee;
  readonly args: readonly Node[];
  /** Whether the function is called where it is written. */
  readonly isExact: boolean;
}

type Sink = (kind: ResultKind | 'any') => Term;

const NEVER_RETURNS: Term = { kind: 'assume', facts: 'never' };

/** Array methods that call their first argument once for each element, before they return. */
const ITERATION = new Set([
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'forEach',
  'map',
  'reduce',
  'reduceRight',
  'some',
  'sort',
  'toSorted',
]);

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
  'YieldExpression',
]);

/** Expressions of other types are no functions, or none that can be told. */
const CAN_BE_FUNCTION: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'AssignmentExpression',
  'AwaitExpression',
  'CallExpression',
  'ConditionalExpression',
  'FunctionExpression',
  'Identifier',
  'JSXIdentifier',
  'LogicalExpression',
  'MemberExpression',
  'SequenceExpression',
]);

const NO_FUNCTIONS: readonly FunctionTerm[] = [];
const NO_ARGUMENTS: readonly (Callee | null)[] = [];

export class Lowering {
  readonly atoms = new Atoms();
  readonly #bindings: Bindings;
  readonly #values: Resolver;
  readonly #host: LowerHost;
  readonly #functions = new Map<Node, FunctionTerm>();
  readonly #callees = new Map<Node, Callee>();
  readonly #byName = new Map<Variable, Callee | null>();
  readonly #settling = new Set<Node>();
  /** Generators whose code is being lowered as part of their reader's. */
  readonly #reading = new Set<Node>();
  #context: Context = newContext(null, false, createReturns());
  #hasSagas = false;
  #nextId = 0;

  constructor(bindings: Bindings, values: Resolver, host: LowerHost) {
    this.#bindings = bindings;
    this.#values = values;
    this.#host = host;
  }

  /** The top level of a module or script. */
  module(program: Program): FunctionTerm {
    this.#hasSagas = hasSagas(program);
    return this.#define(program, 'module', true, false, () =>
      sequence(program.body.map((statement) => this.#statement(statement))),
    );
  }

  /** A function. */
  function(node: FunctionNode): FunctionTerm {
    return this.#define(node, functionName(node), node.async, node.generator, () =>
      this.#functionBody(node),
    );
  }

  /** What constructing a class does: its fields, then its constructor. */
  construction(node: ClassNode): FunctionTerm {
    const method = node.body.body.find(
      (member) => member.type === 'MethodDefinition' && member.kind === 'constructor',
    );
    const body = method?.type === 'MethodDefinition' ? method.value : null;
    const parents = (node.superClass === null ? [] : this.#values.of(node.superClass)).flatMap(
      (value) => (value.kind === 'class' && value.node !== node ? [value.node] : []),
    );
    return this.#define(node.body, node.id?.name ?? 'constructor', false, false, () =>
      sequence([
        ...parents.map((parent) =>
          this.#invoke(
            {
              callee: { functions: [this.construction(parent)], parameter: null, open: false },
              args: [],
              isExact: true,
            },
            node,
            'started',
          ),
        ),
        ...node.body.body.map((member) =>
          (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') &&
          !member.static &&
          member.value !== null
            ? this.#bound(member.value)
            : SKIP,
        ),
        body === null ? SKIP : this.#functionBody(body),
      ]),
    );
  }

  #define(
    node: Node,
    name: string,
    isAsync: boolean,
    isGenerator: boolean,
    lower: () => Term,
  ): FunctionTerm {
    const known = this.#functions.get(node);
    if (known !== undefined) return known;
    const owner = isFunction(node) ? node : null;
    const term = new LazyFunction(
      this.#nextId++,
      node,
      name,
      isAsync || isGenerator,
      isGenerator,
      this.atoms,
      {
        body: (returns) =>
          isGenerator
            ? this.#generator(owner, isAsync, returns, lower)
            : this.#within(newContext(owner, isAsync, returns), lower),
        parameters: () =>
          isFunction(node) ? node.params.map((parameter) => this.#named(parameter)) : [],
      },
    );
    this.#functions.set(node, term);
    return term;
  }

  #within(context: Context, lower: () => Term): Term {
    const outer = this.#context;
    this.#context = context;
    try {
      return this.#returning(lower(), context);
    } finally {
      this.#context = outer;
    }
  }

  /** A reader that has done with a generator runs its `finally`, and does not come back to it. */
  #generator(owner: Node | null, isAsync: boolean, returns: Returns, lower: () => Term): Term {
    const abandoned = createLabel('abandoned');
    const read = seq(MAY_THROW, choice(SKIP, exit(abandoned)));
    const body = this.#within(newContext(owner, isAsync, returns, read), lower);
    return seq(block(abandoned, seq(body, exit(returns.nullish))), NEVER_RETURNS);
  }

  /** Adds what happens to promises that are returned from within a `try`. */
  #returning(body: Term, { pending, returns }: Context): Term {
    if (pending.length === 0) return body;
    let whole = seq(body, exit(returns.nullish));
    for (const { label, settle } of pending) {
      const settled = seq(SUSPEND, settle);
      whole = seq(
        block(label, whole),
        { kind: 'use', awaited: settled, started: this.#asyncOnly(settled), settled },
        exit(returns.any),
      );
    }
    return whole;
  }

  #asyncOnly(term: Term): Term {
    return this.#context.isAsync ? term : SKIP;
  }

  /** The binding of a parameter that may hold a function; null where it is used for other things. */
  #named(parameter: Node): Variable | null {
    const name = nameOf(parameter);
    const variable = name === null ? null : this.#bindings.variable(name);
    return variable?.references.some(({ identifier }) => isHandled(identifier)) === true
      ? variable
      : null;
  }

  #functionBody(node: FunctionNode): Term {
    const { body } = node;
    if (body === null) return SKIP;
    return seq(
      sequenceOf(node.params, (parameter) => this.#pattern(parameter)),
      body.type === 'BlockStatement' ? this.#statements(body.body) : this.#return(body),
    );
  }

  // Statements

  #statements(statements: readonly Node[]): Term {
    return sequenceOf(statements, (statement) => this.#statement(statement));
  }

  #statement(node: Node): Term {
    const labels = this.#context.labels;
    if (labels.length > 0) this.#context.labels = [];
    switch (node.type) {
      case 'ExpressionStatement': {
        const expression = unwrap(node.expression);
        return expression.type === 'NewExpression'
          ? this.#new(expression)
          : this.#effect(node.expression);
      }
      case 'VariableDeclaration':
        return sequence(node.declarations.map(({ id, init }) => this.#declare(id, init)));
      case 'ReturnStatement':
        return node.argument === null
          ? exit(this.#context.returns.nullish)
          : this.#return(node.argument);
      case 'IfStatement':
        return this.#if(node);
      case 'BlockStatement':
        return this.#statements(node.body);
      case 'ThrowStatement':
        return seq(this.#effect(node.argument), RAISE);
      case 'TryStatement': {
        const body = this.#inTry(() => this.#statements(node.block.body));
        const { handler, finalizer } = node;
        const lowerHandler = (): Term =>
          handler === null
            ? SKIP
            : seq(
                handler.param === null ? SKIP : this.#pattern(handler.param),
                this.#statements(handler.body.body),
              );
        const caught = finalizer === null ? lowerHandler() : this.#inTry(lowerHandler);
        return attempt(
          body,
          handler === null ? null : caught,
          finalizer === null ? null : this.#statements(finalizer.body),
          handler ?? finalizer,
        );
      }
      case 'WhileStatement':
        return this.#loop(node, labels, (round, end) =>
          branch(this.#test(node.test), round(node.body), exit(end), truthyOf(node.test)),
        );
      case 'DoWhileStatement':
        return this.#loop(node, labels, (round, end) =>
          seq(
            round(node.body),
            branch(this.#test(node.test), SKIP, exit(end), truthyOf(node.test)),
          ),
        );
      case 'ForStatement': {
        const { init, test, update } = node;
        const first =
          init === null
            ? SKIP
            : init.type === 'VariableDeclaration'
              ? this.#statement(init)
              : this.#effect(init);
        const rounds = this.#loop(node, labels, (round, end) => {
          const body = seq(round(node.body), update === null ? SKIP : this.#effect(update));
          return test === null ? body : branch(this.#test(test), body, exit(end), truthyOf(test));
        });
        return seq(first, rounds);
      }
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.#forEach(node, labels);
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
        return node.declaration === null ? SKIP : this.#statement(node.declaration);
      case 'ExportDefaultDeclaration':
        return this.#exported(node.declaration);
      case 'TSExportAssignment':
        return this.#bound(node.expression);
      case 'WithStatement':
        return seq(this.#effect(node.object), this.#statement(node.body));
      case 'TSModuleDeclaration':
        return node.body?.type === 'TSModuleBlock' ? this.#statements(node.body.body) : SKIP;
      default:
        return this.#effect(node);
    }
  }

  #exported(node: Node): Term {
    return node.type === 'FunctionDeclaration' || node.type.startsWith('TS')
      ? SKIP
      : this.#bound(node);
  }

  #declare(id: Node, init: Node | null): Term {
    if (init === null) return SKIP;
    if (id.type !== 'Identifier') return seq(this.#effect(init), this.#pattern(id));
    const variable = this.#bindings.variable(id);
    if (variable === null || !this.#tells(init) || !this.atoms.isAsked(variable)) {
      return this.#bound(init);
    }
    return this.#valued(
      init,
      (kind) =>
        kind === 'any' ? SKIP : { kind: 'assume', facts: this.atoms.given(variable, kind) },
      true,
    );
  }

  /** Whether the kind of a value may be told from its expression. */
  #tells(node: Node): boolean {
    const inner = strip(node);
    return inner.type === 'CallExpression' ? this.#isSeen(inner) : !TELLS_NOTHING.has(inner.type);
  }

  /** An `else if` chain is one sequence, however long. */
  #if(node: IfStatement): Term {
    const end = createLabel('if');
    let before: Term[] | null = null;
    let rest = node;
    for (;;) {
      const { alternate } = rest;
      const test = this.#test(rest.test);
      const then = this.#statement(rest.consequent);
      if (alternate?.type !== 'IfStatement') {
        const otherwise = alternate === null ? SKIP : this.#statement(alternate);
        const last = branch(test, then, otherwise, truthyOf(rest.test));
        return block(end, before === null ? last : seq(sequence(before), last));
      }
      before ??= [];
      before.push(branch(test, seq(then, exit(end)), SKIP, truthyOf(rest.test)));
      rest = alternate;
    }
  }

  #inTry(lower: () => Term): Term {
    this.#context.tries++;
    try {
      return lower();
    } finally {
      this.#context.tries--;
    }
  }

  /** A statement that `break label` can leave; a loop takes its labels itself. */
  #labelled(body: Node, names: readonly string[]): Term {
    if (LABELLED_BY_THEMSELVES.has(body.type)) {
      this.#context.labels = names;
      return this.#statement(body);
    }
    const onBreak = createLabel(names.join());
    const target = { names, onBreak, onContinue: null, isDefault: false };
    return block(
      onBreak,
      this.#targeted(target, () => this.#statement(body)),
    );
  }

  #targeted(target: Target, lower: () => Term): Term {
    const { targets } = this.#context;
    targets.push(target);
    try {
      return lower();
    } finally {
      targets.pop();
    }
  }

  #loop(
    node: Node,
    names: readonly string[],
    lower: (round: (body: Node) => Term, end: Label) => Term,
  ): Term {
    const onBreak = createLabel('break');
    const onContinue = createLabel('continue');
    const target = { names, onBreak, onContinue, isDefault: true };
    const round = (body: Node): Term =>
      block(
        onContinue,
        this.#targeted(target, () => this.#statement(body)),
      );
    const body = lower(round, onBreak);
    const from = offsetOf(node);
    const to = endOf(node);
    const { atoms } = this;
    const varies = (atom: Atom): boolean => {
      const place = atoms.place(atom);
      return from <= place && place < to;
    };
    return block(onBreak, { kind: 'loop', body, varies });
  }

  #forEach(
    node: Node & { type: 'ForInStatement' | 'ForOfStatement' },
    names: readonly string[],
  ): Term {
    const { left, right } = node;
    const pattern = left.type === 'VariableDeclaration' ? (left.declarations[0]?.id ?? null) : left;
    const step =
      node.type === 'ForInStatement' ? SKIP : node.await ? seq(SUSPEND, MAY_THROW) : MAY_THROW;
    const assigned = pattern === null ? SKIP : this.#pattern(pattern);
    const generator = node.type === 'ForOfStatement' ? this.#generatorOf(right) : null;
    if (generator !== null) {
      return this.#read(generator, node.type === 'ForOfStatement' && node.await, (round) => {
        const onBreak = createLabel('break');
        const onContinue = createLabel('continue');
        const target = { names, onBreak, onContinue, isDefault: true };
        const body = this.#targeted(target, () => this.#statement(node.body));
        return block(onBreak, round(seq(assigned, block(onContinue, body))));
      });
    }
    const elements = unwrap(right);
    const runs =
      node.type === 'ForOfStatement' &&
      elements.type === 'ArrayExpression' &&
      elements.elements.some((element) => element !== null && element.type !== 'SpreadElement');
    const rounds = this.#loop(node, names, (round, end) => {
      const body = seq(assigned, round(node.body));
      // A list that is written out, and not empty, gives at least one round.
      return runs
        ? seq(step, body, step, choice(exit(end), SKIP))
        : seq(step, branch(OPAQUE, body, exit(end), { node: right, asks: 'element' }));
    });
    return seq(this.#effect(right), rounds);
  }

  /** The call of a generator that is seen; null for anything else. */
  #generatorOf(node: Node): GeneratorCall | null {
    const call = unwrap(node);
    if (call.type !== 'CallExpression') return null;
    const callee = this.#callee(call.callee);
    const [known, ...others] = callee?.functions ?? [];
    if (known === undefined || others.length > 0 || callee?.open === true) return null;
    const target = this.#values
      .of(call.callee)
      .flatMap((value) => (value.kind === 'function' ? [value.node] : []))[0];
    const isReadable =
      known.isGenerator &&
      target !== undefined &&
      !this.#reading.has(target) &&
      target.body !== null;
    return isReadable ? { call, target, parts: this.#calleeParts(call), known } : null;
  }

  /**
   * Reads a generator to its end: its code, with the reader's in place of each `yield`. A reader
   * that throws or leaves runs the generator's `finally`, and none of its `catch`.
   */
  #read(
    { call, target, parts, known }: GeneratorCall,
    isAwaited: boolean,
    lower: (round: (body: Term) => Term) => Term,
  ): Term {
    const wait = isAwaited ? SUSPEND : SKIP;
    const round = (body: Term): Term => {
      const failed = createLabel('reader throws');
      const done = createLabel('generator ends');
      const onYield = seq(wait, attempt(body, exit(failed), null));
      const code = seq(this.#inlined(target, onYield), wait, exit(done));
      return block(done, seq(block(failed, code), RAISE));
    };
    return seq(parts, this.#arguments(call.arguments, [known]), lower(round));
  }

  /** The code of a generator, as part of the code that reads it. */
  #inlined(target: FunctionNode, onYield: Term): Term {
    const outer = this.#context;
    const context = newContext(target, target.async, createReturns(), onYield);
    this.#context = context;
    this.#reading.add(target);
    try {
      let body = this.#functionBody(target);
      for (const { label, settle } of context.pending) {
        body = seq(block(label, seq(body, exit(context.returns.nullish))), SUSPEND, settle);
      }
      for (const label of Object.values(context.returns)) body = block(label, body);
      return body;
    } finally {
      this.#reading.delete(target);
      this.#context = outer;
    }
  }

  #switch(node: Node & { type: 'SwitchStatement' }, names: readonly string[]): Term {
    const onBreak = createLabel('switch');
    const target = { names, onBreak, onContinue: null, isDefault: true };
    const discriminant = unwrap(node.discriminant);
    const isTrue = literalKind(discriminant) === 'true';
    const variable =
      discriminant.type === 'Identifier' ? this.#bindings.variable(discriminant) : null;
    const fallback = node.cases.findIndex(({ test }) => test === null);
    const cases = node.cases.flatMap(({ test }, body) => {
      if (test === null) return [];
      const question = literalQuestion(test);
      const asked = question && variable ? this.atoms.test(variable, question) : null;
      const made = isTrue && isBoolean(test) ? this.#test(test) : after(this.#effect(test), OPAQUE);
      return [{ test: asked ?? made, body, decision: { node: test, asks: 'case' as const } }];
    });
    const bodies = this.#targetedAll(
      target,
      node.cases.map(({ consequent }) => consequent),
    );
    return seq(
      this.#effect(node.discriminant),
      block(onBreak, {
        kind: 'switch',
        cases,
        bodies,
        otherwise: fallback < 0 ? bodies.length : fallback,
      }),
    );
  }

  #targetedAll(target: Target, bodies: readonly (readonly Node[])[]): readonly Term[] {
    const { targets } = this.#context;
    targets.push(target);
    try {
      return bodies.map((body) => this.#statements(body));
    } finally {
      targets.pop();
    }
  }

  #jump(isBreak: boolean, name: string | null): Term {
    const { targets } = this.#context;
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

  /** What a function returns, and what happens to it if it is a promise. */
  #return(node: Node): Term {
    const { isAsync, returns, tries, pending } = this.#context;
    const leave: Sink = (kind) => exit(returns[kind]);
    if (!isPromiseLike(node)) return this.#valued(node, leave);
    const isCallPlain = tries > 0 ? null : this.#isPlainCall(node);
    const settle = isCallPlain === null ? this.#settle(node) : null;
    if (settle?.kind === 'skip') return this.#valued(node, leave);
    // What an unseen call returns can reject just where the call itself can throw.
    const isSettled =
      isCallPlain ??
      (settle !== null &&
        isPlain(settle) &&
        settle !== RAISE &&
        !(tries === 0 && this.#isKept(node)));
    if (tries > 0 && settle !== null) {
      if (!isAsync && isSettled) return this.#valued(node, leave);
      let label = pending.find((other) => other.settle === settle)?.label;
      if (label === undefined) {
        label = createLabel('return');
        pending.push({ label, settle });
      }
      return seq(this.#begin(node), exit(label));
    }
    if (isAsync) return this.#awaitedValue(node, leave);
    if (isSettled) return this.#valued(node, leave);
    const context = this.#context;
    return new LazyUse((mode) => {
      const outer = this.#context;
      this.#context = context;
      try {
        switch (mode) {
          case 'awaited':
            return this.#awaitedValue(node, leave);
          case 'started':
            return this.#valued(node, leave);
          case 'settled':
            return seq(this.#begin(node), SUSPEND, this.#settle(node), exit(returns.any));
        }
      } finally {
        this.#context = outer;
      }
    });
  }

  /** Whether settling a call is sure to be {@link isPlain}, or not to be; null where it depends. */
  #isPlainCall(node: Node): boolean | null {
    const call = unwrap(node);
    if (call.type !== 'CallExpression') return null;
    if (this.#host.operation(call) !== null || this.#target(call) !== null) return false;
    return unwrap(call.callee).type === 'MemberExpression' ? null : true;
  }

  /** Whether an expression names a promise that was made before. */
  #isKept(node: Node): boolean {
    const inner = unwrap(node);
    const variable = inner.type === 'Identifier' ? this.#bindings.variable(inner) : null;
    return variable !== null && sourcesOf(variable)?.some(isCall) === true;
  }

  // Effects

  #effects(nodes: readonly (Node | null)[]): Term {
    return sequenceOf(nodes, (node) => (node === null ? SKIP : this.#effect(node)));
  }

  /** What evaluating an expression does, including what it leaves to run by itself. */
  #effect(node: Node): Term {
    switch (node.type) {
      case 'Literal':
      case 'ThisExpression':
      case 'Super':
      case 'MetaProperty':
      case 'TemplateElement':
      case 'JSXText':
      case 'PrivateIdentifier':
        return SKIP;
      case 'Identifier':
      case 'JSXIdentifier':
        return this.#mention(node, false);
      case 'CallExpression': {
        const bound = boundMethod(node);
        if (bound !== null && this.#callee(bound) !== null) {
          return seq(this.#object(bound), this.#mention(bound, false));
        }
        return this.#isChain(node)
          ? this.#promise(node, (settle) => detach(settle, node))
          : this.#call(node, 'started', null);
      }
      case 'MemberExpression':
        return seq(this.#object(node), this.#mention(node, false));
      case 'AwaitExpression':
        return this.#awaited(node.argument);
      case 'AssignmentExpression':
        return this.#assignment(node);
      case 'LogicalExpression':
        return node.operator === '??'
          ? branch(this.#nullish(node.left), this.#effect(node.right), SKIP, nullishOf(node.left))
          : node.operator === '&&'
            ? branch(this.#test(node.left), this.#effect(node.right), SKIP, truthyOf(node.left))
            : branch(this.#test(node.left), SKIP, this.#effect(node.right), truthyOf(node.left));
      case 'ConditionalExpression':
        return branch(
          this.#test(node.test),
          this.#effect(node.consequent),
          this.#effect(node.alternate),
          truthyOf(node.test),
        );
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return this.#mention(node, false);
      case 'ClassExpression':
      case 'ClassDeclaration':
        return this.#class(node);
      case 'BinaryExpression':
        return this.#binary(node);
      case 'UnaryExpression':
        return this.#operand(node.argument);
      case 'TemplateLiteral':
        return this.#effects(node.expressions);
      case 'TaggedTemplateExpression':
        return seq(this.#object(node.tag), this.#allHandedOver(node.quasi.expressions), MAY_THROW);
      case 'NewExpression':
        return seq(this.#new(node), this.#mention(node, false));
      case 'ImportExpression':
        return seq(this.#effect(node.source), MAY_THROW);
      case 'YieldExpression':
        return this.#yield(node);
      case 'ChainExpression':
        return this.#chain(() => this.#effect(node.expression));
      case 'Property':
        return seq(node.computed ? this.#effect(node.key) : SKIP, this.#effect(node.value));
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
        return this.#effect(node.expression);
      case 'ObjectExpression':
        return this.#effects(node.properties);
      case 'ArrayExpression':
        return this.#effects(node.elements);
      case 'SpreadElement':
        return this.#effect(node.argument);
      case 'JSXAttribute':
        return node.value === null ? SKIP : this.#effect(node.value);
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'AssignmentPattern':
      case 'RestElement':
        return this.#pattern(node);
      default:
        return isType(node) ? SKIP : this.#effects([...childrenOf(node)]);
    }
  }

  /** What is only looked at is not passed on. */
  #operand(node: Node): Term {
    const inner = unwrap(node);
    if (inner.type === 'Identifier') return SKIP;
    return inner.type === 'MemberExpression' ? this.#object(node) : this.#effect(node);
  }

  /** A long sum is a deep tree that leans to the left. */
  #binary(node: Node & { type: 'BinaryExpression' }): Term {
    const operands: Node[] = [];
    let left: Node = node;
    while (left.type === 'BinaryExpression') {
      operands.push(left.right);
      left = left.left;
    }
    operands.push(left);
    return sequenceOf(operands.reverse(), (operand) => this.#operand(operand));
  }

  /** The initial value of a name: giving a function a name is no use of it. */
  #bound(node: Node): Term {
    const inner = unwrap(node);
    if (isFunction(inner)) return SKIP;
    if (inner.type === 'NewExpression') return this.#new(inner);
    if (inner.type === 'CallExpression' && boundMethod(inner) !== null) return SKIP;
    if (inner.type === 'CallExpression' && this.#values.isWrapper(inner)) {
      return this.#effects(inner.arguments.slice(1));
    }
    return this.#operand(node);
  }

  /** A function that is passed on, stored or rendered can be called from here on. */
  #mention(node: Node, later: boolean): Term {
    const callee = this.#callee(node);
    const escaping = this.#escaping(node);
    if (escaping.length === 0) {
      return callee === null ? SKIP : { kind: 'refer', callee, later, site: node };
    }
    const functions = [...(callee?.functions ?? []), ...escaping];
    const all = { functions, parameter: callee?.parameter ?? null, open: callee?.open ?? true };
    return { kind: 'refer', callee: all, later, site: node };
  }

  /** The methods of classes and instances that are handed to somebody. */
  #escaping(node: Node): readonly FunctionTerm[] {
    const inner = unwrap(node);
    if (inner.type !== 'Identifier' && inner.type !== 'NewExpression') return [];
    let escaping: FunctionTerm[] | null = null;
    for (const value of this.#values.of(inner)) {
      if (value.kind !== 'class' && value.kind !== 'instance') continue;
      escaping ??= [];
      if (value.kind === 'class') escaping.push(this.construction(value.node));
      escaping.push(...this.#methods(value.kind === 'class' ? value.node : value.of));
    }
    return escaping ?? NO_FUNCTIONS;
  }

  #methods(node: ClassNode): readonly FunctionTerm[] {
    return publicMethods(node).map((method) => this.function(method));
  }

  /** A method of the subject that is handed on, as a function that performs its operation. */
  #performing(node: Node, { call, settle }: Operation): FunctionTerm {
    return this.#define(node, this.#source(node), false, false, () => {
      const settled = seq(SUSPEND, { kind: 'event', event: settle, site: null, origin: node });
      return seq(
        { kind: 'event', event: call, site: node },
        { kind: 'use', awaited: settled, started: SKIP, settled },
      );
    });
  }

  #source(node: Node): string {
    if (node.type === 'Identifier') return node.name;
    return node.type === 'MemberExpression' ? (memberName(node) ?? '') : '';
  }

  /** An argument of a function that is not seen: it may be called in any state from here on. */
  #handedOver(node: Node): Term {
    const inner = unwrap(node);
    return isFunction(inner) || inner.type === 'Identifier' || inner.type === 'MemberExpression'
      ? seq(this.#object(node), this.#mention(inner, true))
      : this.#effect(node);
  }

  #allHandedOver(nodes: readonly Node[]): Term {
    return sequenceOf(nodes, (node) => this.#handedOver(node));
  }

  /** The part of a callee, or of a member access, that is evaluated before it is used. */
  #object(node: Node): Term {
    const inner = strip(node);
    switch (inner.type) {
      case 'Identifier':
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return SKIP;
      case 'ChainExpression':
        return this.#chain(() => this.#object(inner.expression));
      case 'MemberExpression': {
        const object = this.#object(inner.object);
        return seq(
          object,
          inner.optional ? this.#shortCircuit(inner.object) : SKIP,
          inner.computed ? this.#operand(inner.property) : SKIP,
          this.#getter(inner, 'started'),
        );
      }
      default:
        return this.#effect(inner);
    }
  }

  /** Reading a property may run a getter. */
  #getter(node: MemberExpression, mode: CallMode): Term {
    const functions = this.#values.getters(node).map((getter) => this.function(getter));
    if (functions.length === 0) return SKIP;
    const callee = { functions, parameter: null, open: false };
    return this.#invoke({ callee, args: [], isExact: false }, node, mode);
  }

  #chain(lower: () => Term): Term {
    const outer = this.#context.chain;
    const end = createLabel('chain');
    this.#context.chain = end;
    try {
      return block(end, lower());
    } finally {
      this.#context.chain = outer;
    }
  }

  #shortCircuit(object: Node): Term {
    const { chain } = this.#context;
    return chain === null
      ? SKIP
      : branch(this.#nullish(object, true), exit(chain), SKIP, nullishOf(object));
  }

  #assignment(node: Node & { type: 'AssignmentExpression' }): Term {
    const { left, right, operator } = node;
    const isName = left.type === 'Identifier' || isPrivateField(left);
    const target = isName ? SKIP : left.type === 'MemberExpression' ? this.#object(left) : SKIP;
    const value = isName ? this.#bound(right) : this.#effect(right);
    if (operator === '&&=' || operator === '||=' || operator === '??=') {
      return seq(target, choice(SKIP, value));
    }
    const isPattern = left.type === 'ObjectPattern' || left.type === 'ArrayPattern';
    return seq(target, value, isPattern ? this.#pattern(left) : SKIP);
  }

  /** The defaults and computed keys of a pattern. */
  #pattern(node: Node): Term {
    switch (node.type) {
      case 'AssignmentPattern':
        // A member that is assigned to is evaluated before the value is looked at.
        return node.left.type === 'MemberExpression'
          ? seq(this.#pattern(node.left), choice(this.#bound(node.right), SKIP))
          : seq(choice(this.#bound(node.right), SKIP), this.#pattern(node.left));
      case 'ArrayPattern':
        return sequence(
          node.elements.map((element) => (element === null ? SKIP : this.#pattern(element))),
        );
      case 'ObjectPattern':
        return sequence(
          node.properties.map((property) =>
            property.type === 'RestElement'
              ? this.#pattern(property.argument)
              : seq(
                  property.computed ? this.#effect(property.key) : SKIP,
                  this.#pattern(property.value),
                ),
          ),
        );
      case 'RestElement':
        return this.#pattern(node.argument);
      case 'TSParameterProperty':
        return this.#pattern(node.parameter);
      case 'MemberExpression':
        return this.#object(node);
      case 'VariableDeclaration':
        return this.#statement(node);
      default:
        return SKIP;
    }
  }

  #class(node: ClassNode): Term {
    const keys: Term[] = [];
    const statics: Term[] = [];
    for (const member of node.body.body) {
      if ('decorators' in member) keys.push(this.#decorators(member.decorators));
      if ('key' in member && member.computed) keys.push(this.#operand(member.key));
      if (member.type === 'StaticBlock') {
        statics.push(this.#staticBlock(member.body));
      } else if (
        (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') &&
        member.static &&
        member.value !== null
      ) {
        statics.push(this.#bound(member.value));
      }
    }
    return sequence([
      this.#decorators(node.decorators),
      node.superClass === null ? SKIP : this.#operand(node.superClass),
      ...keys,
      ...statics,
    ]);
  }

  #decorators(decorators: readonly Node[] | undefined): Term {
    if (decorators === undefined || decorators.length === 0) return SKIP;
    return seq(this.#effects(decorators), MAY_THROW);
  }

  /** Jumps do not cross the border of a static block. */
  #staticBlock(statements: readonly Node[]): Term {
    const outer = this.#context;
    this.#context = { ...outer, targets: [], labels: [], chain: null };
    try {
      return this.#statements(statements);
    } finally {
      this.#context = outer;
    }
  }

  #new(node: NewExpression): Term {
    if (this.#isGlobal(node.callee, 'Promise')) {
      const [executor] = node.arguments;
      if (executor === undefined) return MAY_THROW;
      // An executor that throws rejects the promise; the constructor does not throw.
      const call = this.#callback(executor, 'started');
      return call === null ? seq(this.#handedOver(executor), MAY_THROW) : attempt(call, SKIP, null);
    }
    const classes = this.#values
      .of(node.callee)
      .flatMap((value) => (value.kind === 'class' ? [value.node] : []));
    const callee = this.#object(node.callee);
    if (classes.length > 0) {
      const functions = classes.map((known) => this.construction(known));
      return seq(
        callee,
        this.#arguments(node.arguments, functions),
        this.#invoke(
          {
            callee: { functions, parameter: null, open: false },
            args: node.arguments,
            isExact: true,
          },
          node,
          'started',
        ),
        MAY_THROW,
      );
    }
    return seq(callee, this.#allHandedOver(node.arguments), MAY_THROW);
  }

  #yield(node: Node & { type: 'YieldExpression' }): Term {
    const { isAsync, onYield } = this.#context;
    const { argument, delegate } = node;
    if (argument === null) return onYield;
    const effect = this.#hasSagas ? this.#sagaEffect(argument) : null;
    if (effect !== null) return seq(effect, onYield);
    if (!delegate) {
      const value = isAsync || this.#hasSagas ? this.#awaited(argument) : this.#effect(argument);
      return seq(value, onYield);
    }
    const generator = this.#generatorOf(argument);
    if (generator !== null) {
      const { call, target, parts, known } = generator;
      return seq(parts, this.#arguments(call.arguments, [known]), this.#inlined(target, onYield));
    }
    const items = this.#items(argument);
    return seq(
      this.#effect(argument),
      items === null ? seq(MAY_THROW, repeated(onYield)) : sequence(items.map(() => onYield)),
    );
  }

  /** What redux-saga does with an effect that a saga yields; null for what is none. */
  #sagaEffect(node: Node): Term | null {
    const effect = sagaEffectOf(node, this.#bindings);
    if (effect === null) return null;
    switch (effect.kind) {
      case 'call':
      case 'fork': {
        const mode = effect.kind === 'call' ? 'awaited' : 'started';
        const callee = this.#callee(effect.target);
        if (callee === null) return seq(this.#effects(effect.args), SUSPEND, MAY_THROW);
        const target = { callee, args: effect.args, isExact: isFunction(unwrap(effect.target)) };
        return seq(
          this.#arguments(effect.args, callee.functions),
          this.#invoke(target, node, mode),
        );
      }
      case 'all':
      case 'race': {
        const items = effect.items.map(
          (item) => this.#sagaEffect(item) ?? seq(this.#effect(item), MAY_THROW),
        );
        return effect.kind === 'all' ? all(items) : race(items);
      }
    }
  }

  // Calls

  /**
   * Evaluates what can be a promise, and goes on with what settling it does. Where it can be one of
   * several, each goes on by itself.
   */
  #promise(node: Node, follow: (settle: Term) => Term, isAwaited = false): Term {
    const inner = strip(node);
    switch (inner.type) {
      case 'ChainExpression': {
        // Where the chain is cut short there is nothing to settle.
        const end = createLabel('chain');
        const outer = this.#context.chain;
        const cut = createLabel('cut');
        this.#context.chain = cut;
        const whole = this.#promise(
          inner.expression,
          (settle) => {
            this.#context.chain = outer;
            const followed = seq(follow(settle), exit(end));
            this.#context.chain = cut;
            return followed;
          },
          isAwaited,
        );
        this.#context.chain = outer;
        return block(end, seq(block(cut, whole), follow(MAY_THROW)));
      }
      case 'ConditionalExpression':
        return branch(
          this.#test(inner.test),
          this.#promise(inner.consequent, follow, isAwaited),
          this.#promise(inner.alternate, follow, isAwaited),
          truthyOf(inner.test),
        );
      case 'LogicalExpression': {
        const right = this.#promise(inner.right, follow, isAwaited);
        if (inner.operator === '&&') {
          return branch(this.#test(inner.left), right, follow(MAY_THROW), truthyOf(inner.left));
        }
        const left = follow(this.#settle(inner.left));
        return inner.operator === '??'
          ? branch(this.#nullish(inner.left), right, left, nullishOf(inner.left))
          : branch(this.#test(inner.left), left, right, truthyOf(inner.left));
      }
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        const before = this.#effects(inner.expressions.slice(0, -1));
        return last === undefined ? before : seq(before, this.#promise(last, follow, isAwaited));
      }
      case 'AssignmentExpression':
        if (inner.operator === '=' && inner.left.type === 'Identifier') {
          return this.#promise(inner.right, follow, isAwaited);
        }
        if (inner.operator === '??=' || inner.operator === '||=') {
          return seq(
            this.#object(inner.left),
            choice(follow(this.#settle(inner.left)), this.#promise(inner.right, follow, isAwaited)),
          );
        }
        break;
      case 'CallExpression': {
        const callee = unwrap(inner.callee);
        if (!this.#isChain(inner) || callee.type !== 'MemberExpression') {
          // Nothing comes between the start of a call and its end where it is awaited at once.
          return isAwaited && this.#isAsync(inner)
            ? follow(this.#call(inner, 'awaited', null))
            : seq(this.#call(inner, 'started', null), follow(this.#settleCall(inner)));
        }
        if (this.#isGlobal(callee.object, 'Promise')) {
          const [list] = inner.arguments;
          const isWritten = list !== undefined && unwrap(list).type === 'ArrayExpression';
          const items = isWritten ? (this.#items(list) ?? []) : [];
          return seq(
            sequence(items.map((item) => this.#begin(item))),
            follow(this.#settleCall(inner)),
          );
        }
        return this.#promise(
          callee.object,
          (settle) =>
            seq(
              callee.optional ? this.#shortCircuit(callee.object) : SKIP,
              sequence(
                inner.arguments.map((argument) =>
                  this.#callee(argument) === null ? this.#operand(argument) : SKIP,
                ),
              ),
              follow(this.#chained(inner, settle)),
            ),
          isAwaited,
        );
      }
      default:
        break;
    }
    return seq(this.#effect(inner), follow(this.#settle(inner)));
  }

  /** A call without what it leaves to run by itself: somebody waits for that. */
  #begin(node: Node): Term {
    return this.#promise(node, () => SKIP);
  }

  #call(node: CallExpression, mode: CallMode, results: Call['results']): Term {
    const operation = this.#host.operation(node);
    if (operation !== null) {
      return seq(this.#calleeParts(node), this.#allHandedOver(node.arguments), {
        kind: 'event',
        event: operation.call,
        site: node,
      });
    }
    const target = this.#target(node);
    if (target === null) return this.#builtIn(node) ?? this.#unseen(node);
    const { callee, args } = target;
    const isLazy =
      callee.functions.length > 0 && callee.functions.every((known) => known.isGenerator);
    return seq(
      this.#calleeParts(node),
      this.#arguments(args, callee.functions),
      // A generator does nothing until it is read, by whomever.
      isLazy && mode === 'started'
        ? { kind: 'refer', callee, later: true, site: node }
        : this.#invoke(target, node, mode, results),
    );
  }

  /** The functions that a call calls, itself or by `call` and `apply`, and with which arguments. */
  #target(node: CallExpression): CallTarget | null {
    const callee = this.#callee(node.callee);
    if (callee !== null)
      return { callee, args: node.arguments, isExact: isFunction(unwrap(node.callee)) };
    const method = unwrap(node.callee);
    const name = method.type === 'MemberExpression' ? memberName(method) : null;
    if (method.type !== 'MemberExpression' || (name !== 'call' && name !== 'apply')) return null;
    const applied = this.#callee(method.object);
    if (applied === null) return null;
    const [, ...rest] = node.arguments;
    const args = name === 'call' ? rest : (this.#items(rest[0]) ?? []);
    return { callee: applied, args, isExact: isFunction(unwrap(method.object)) };
  }

  #unseen(node: CallExpression): Term {
    return seq(
      this.#calleeParts(node),
      this.#allHandedOver(node.arguments),
      this.#host.neverReturns(node) ? NEVER_RETURNS : MAY_THROW,
    );
  }

  #calleeParts(node: CallExpression): Term {
    return seq(this.#object(node.callee), node.optional ? this.#shortCircuit(node.callee) : SKIP);
  }

  /** Arguments of a function that is seen: the functions among them go to its parameters. */
  #arguments(nodes: readonly Node[], functions: readonly FunctionTerm[]): Term {
    return sequenceOf(nodes, (node, index) => {
      const isFollowed =
        canBeFunction(node) &&
        functions.every(({ parameters }) => parameters[index] ?? null) &&
        this.#callee(node) !== null;
      return isFollowed ? this.#object(node) : this.#effect(node);
    });
  }

  #invoke(
    { callee, args, isExact }: CallTarget,
    site: Node,
    mode: CallMode,
    results: Call['results'] = null,
  ): Call {
    const known = this.#knownArguments(callee, args);
    return { kind: 'call', callee, args: known, mode, exact: isExact, results, site };
  }

  /** The functions among the arguments of a call, as far as they can be called through parameters. */
  #knownArguments(callee: Callee, args: readonly Node[]): readonly (Callee | null)[] {
    let known: (Callee | null)[] | null = null;
    for (const [index, argument] of args.entries()) {
      if (!canBeFunction(argument)) continue;
      const isFollowed =
        callee.parameter !== null || callee.functions.some(({ parameters }) => parameters[index]);
      const functions = isFollowed ? this.#callee(argument) : null;
      if (functions === null) continue;
      known ??= args.map(() => null);
      known[index] = functions;
    }
    return known ?? NO_ARGUMENTS;
  }

  /** Calls of promise methods, array methods and the like; null for any other call. */
  #builtIn(node: CallExpression): Term | null {
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return null;
    const name = memberName(callee);
    const [first] = node.arguments;
    if (name !== null && ITERATION.has(name) && first !== undefined) {
      const round = this.#callback(first, 'started');
      if (round === null) return null;
      const list = unwrap(callee.object);
      const runs = list.type === 'ArrayExpression' && list.elements.length > 0;
      return seq(
        this.#object(callee),
        this.#effects(node.arguments.slice(1)),
        runs ? seq(round, repeated(round)) : repeated(round),
        MAY_THROW,
      );
    }
    return null;
  }

  /** Whether a call puts promises together: what it starts runs on by itself. */
  #isChain(node: CallExpression): boolean {
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return false;
    switch (memberName(callee)) {
      case 'then':
      case 'catch':
      case 'finally':
        return this.#callee(callee) === null && this.#host.operation(node) === null;
      case 'all':
      case 'allSettled':
      case 'race':
      case 'any':
        return this.#isGlobal(callee.object, 'Promise') && this.#items(node.arguments[0]) !== null;
      case 'resolve':
        return false;
      default:
        return false;
    }
  }

  #isGlobal(node: Node, name: string): boolean {
    const inner = unwrap(node);
    return (
      inner.type === 'Identifier' && inner.name === name && this.#bindings.variable(inner) === null
    );
  }

  /** The elements of an array literal, also one that is held in a constant. */
  #items(node: Node | undefined): readonly Node[] | null {
    const list = node === undefined ? null : unwrap(node);
    const array = list?.type === 'Identifier' ? this.#constantList(list) : list;
    if (array?.type !== 'ArrayExpression') return null;
    const items: Node[] = [];
    for (const element of array.elements) {
      if (element === null) continue;
      if (element.type === 'SpreadElement') return null;
      items.push(element);
    }
    return items;
  }

  /** The literal that a name is bound to, where nothing but its reading is seen. */
  #constantList(name: Node): Node | null {
    const variable = this.#bindings.variable(name);
    if (variable === null || !isNeverReassigned(variable)) return null;
    const isOnlyRead = variable.references.every(
      ({ identifier, init }) => init === true || identifier.parent?.type === 'CallExpression',
    );
    const list = isOnlyRead ? initializerOf(variable) : null;
    return list === null ? null : unwrap(list);
  }

  /** A function given to the language, which calls it with nothing that is known. */
  #callback(node: Node, mode: CallMode, results: Call['results'] = null): Term | null {
    const callee = this.#callee(node);
    if (callee === null) return null;
    const exact = isFunction(unwrap(node));
    return { kind: 'call', callee, args: [], mode, exact, results, site: node };
  }

  /** The functions that an expression can be; null where none is known. */
  #callee(node: Node): Callee | null {
    const inner = unwrap(node);
    if (!CAN_BE_FUNCTION.has(inner.type)) return null;
    const reference = this.#host.reference(inner);
    if (reference !== null) {
      return { functions: [this.#performing(inner, reference)], parameter: null, open: false };
    }
    if (inner.type !== 'Identifier') return this.#amongValues(this.#values.of(inner));
    const variable = this.#bindings.variable(inner);
    if (variable === null) return null;
    let callee = this.#byName.get(variable);
    if (callee === undefined) {
      const [definition] = variable.defs;
      callee =
        definition?.type === 'Parameter' && isFunction(definition.node)
          ? throughParameter(variable, definition.node, definition.name)
          : this.#amongValues(this.#values.of(inner));
      this.#byName.set(variable, callee);
    }
    return callee;
  }

  #amongValues(values: readonly Value[]): Callee | null {
    const [only] = values;
    if (only === undefined) return null;
    if (values.length === 1 && only.kind === 'function') return this.#only(only.node);
    const functions = values.flatMap((value) =>
      value.kind === 'function' && value.node.body !== null ? [this.function(value.node)] : [],
    );
    if (functions.length === 0) return null;
    return { functions, parameter: null, open: functions.length < values.length };
  }

  /** One function, and nothing else. */
  #only(node: FunctionNode): Callee | null {
    if (node.body === null) return null;
    let callee = this.#callees.get(node);
    if (callee === undefined) {
      callee = { functions: [this.function(node)], parameter: null, open: false };
      this.#callees.set(node, callee);
    }
    return callee;
  }

  // Promises

  /** Evaluating an expression and awaiting its value. */
  #awaited(node: Node): Term {
    return this.#awaitedValue(node, null);
  }

  #awaitedValue(node: Node, sink: Sink | null): Term {
    const inner = strip(node);
    const end = sink === null ? SKIP : sink('any');
    switch (inner.type) {
      case 'ConditionalExpression':
        return branch(
          this.#test(inner.test),
          this.#awaitedValue(inner.consequent, sink),
          this.#awaitedValue(inner.alternate, sink),
          truthyOf(inner.test),
        );
      case 'ChainExpression':
        if (this.#isSeen(inner.expression)) {
          return seq(
            this.#chain(() => this.#awaited(inner.expression)),
            end,
          );
        }
        break;
      case 'LogicalExpression':
        if (this.#isSeen(inner.right) && inner.operator === '&&') {
          return branch(
            this.#test(inner.left),
            seq(this.#awaited(inner.right), end),
            seq(SUSPEND, MAY_THROW, end),
            truthyOf(inner.left),
          );
        }
        break;
      case 'CallExpression':
        if (this.#isSeen(inner)) {
          return this.#call(inner, 'awaited', sink === null ? null : sinks(sink));
        }
        if (sink !== null && this.#isChain(inner) && isMethodChain(inner)) {
          return this.#chainedValue(inner, sink);
        }
        break;
      default:
        break;
    }
    return this.#promise(inner, (settle) => seq(SUSPEND, settle, end), true);
  }

  /** Whether an expression calls async functions that are seen: those throw nothing at once. */
  #isAsync(call: CallExpression): boolean {
    if (!this.#isSeen(call)) return false;
    return this.#target(call)?.callee.functions.every(({ isAsync }) => isAsync) === true;
  }

  /** Awaits `promise.then(…)` and the like, and goes on as the results of the callbacks tell. */
  #chainedValue(node: CallExpression, sink: Sink): Term {
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return this.#awaited(node);
    const [first, second] = node.arguments;
    const result = (argument: Node | undefined): Term | null =>
      argument === undefined || literalKind(unwrap(argument)) === 'nullish'
        ? null
        : (this.#callback(argument, 'awaited', sinks(sink)) ?? seq(MAY_THROW, sink('any')));
    const receiver = strip(callee.object);
    const isValue = receiver.type === 'CallExpression' && this.#isChain(receiver);
    const name = memberName(callee);
    if (name === 'finally' || (name === 'then' && result(first) === null)) {
      return seq(this.#awaited(node), sink('any'));
    }
    if (name === 'catch') {
      // What the receiver is fulfilled with is the result, where nothing is caught.
      const value =
        isValue && isMethodChain(receiver)
          ? this.#chainedValue(receiver, sink)
          : seq(this.#awaited(receiver), sink('any'));
      return attempt(value, result(first), null, first ?? null);
    }
    return chained(this.#awaited(receiver), result(first), result(second), second ?? null);
  }

  /** Whether an expression calls a function that is seen. */
  #isSeen(node: Node): boolean {
    const inner = strip(node);
    return (
      inner.type === 'CallExpression' &&
      this.#host.operation(inner) === null &&
      this.#target(inner) !== null
    );
  }

  /** What awaiting the value of an expression does, after it has been evaluated. */
  #settle(node: Node): Term {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'CallExpression':
        return this.#settleCall(inner);
      case 'ConditionalExpression':
        return branch(
          this.#known(strip(inner.test)),
          this.#settle(inner.consequent),
          this.#settle(inner.alternate),
        );
      case 'LogicalExpression': {
        if (inner.operator === '??') {
          return choice(this.#settle(inner.left), this.#settle(inner.right));
        }
        const left = this.#settle(inner.left);
        const right = this.#settle(inner.right);
        const test = this.#known(strip(inner.left));
        return inner.operator === '&&' ? branch(test, right, left) : branch(test, left, right);
      }
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        return last === undefined ? SKIP : this.#settle(last);
      }
      case 'AssignmentExpression':
        return inner.operator === '='
          ? this.#settle(inner.right)
          : choice(this.#settle(inner.left), this.#settle(inner.right));
      case 'Identifier': {
        const variable = this.#bindings.variable(inner);
        if (variable === null) return MAY_THROW;
        const sources = sourcesOf(variable);
        const isOuter = this.#isOuter(variable);
        const reached = sources === null || isOuter ? sources : reaching(sources, inner);
        const settle = this.#settleStored(reached, isOuter);
        const outcome = this.atoms.outcome(variable);
        return outcome === null ? settle : correlated(settle, outcome);
      }
      case 'MemberExpression':
        return this.#values.getters(inner).length > 0
          ? this.#getter(inner, 'settled')
          : this.#settleStored(this.#values.sources(inner), true);
      case 'NewExpression':
        return this.#settleNew(inner);
      default:
        return MAY_THROW;
    }
  }

  /** Whether a binding belongs to a function around this one, or to the module around it. */
  #isOuter(variable: Variable): boolean {
    const [definition] = variable.defs;
    return definition !== undefined && ownerOf(definition.node) !== this.#context.owner;
  }

  /**
   * What awaiting a promise does that is kept somewhere.
   *
   * @param sources all that is ever kept there; null where that is not known
   * @param isOuter whether it can have been put there before this function was called
   */
  #settleStored(sources: readonly Node[] | null, isOuter: boolean): Term {
    if (sources === null) return MAY_THROW;
    const promises = sources.filter(
      (source) => literalKind(unwrap(source)) === null && !this.#settling.has(source),
    );
    const [first, ...others] = promises.map((source) => {
      this.#settling.add(source);
      const promise = unwrap(source);
      try {
        const settle = this.#settle(source);
        if (isPlain(settle)) return settle;
        const { resume } = this.#host;
        const resumed: Term = isOuter ? { kind: 'event', event: resume, site: null } : SKIP;
        return seq({ kind: 'join', promise }, resumed, settle);
      } finally {
        this.#settling.delete(source);
      }
    });
    if (first === undefined) return MAY_THROW;
    return others.reduce((one, other) => choice(one, other), first);
  }

  /** `new Promise((resolve, reject) => { promise.then(resolve, reject) })` settles as `promise`. */
  #settleNew(node: NewExpression): Term {
    const [executor] = node.arguments;
    if (executor === undefined || !this.#isGlobal(node.callee, 'Promise')) return MAY_THROW;
    const target = unwrap(executor);
    if (!isFunction(target) || target.body === null) return MAY_THROW;
    const [resolve] = target.params;
    const variable = resolve?.type === 'Identifier' ? this.#bindings.variable(resolve) : null;
    const [use, ...others] = (variable?.references ?? []).filter((reference) => reference.isRead());
    const call = use?.identifier.parent;
    if (others.length > 0 || call?.type !== 'CallExpression') return MAY_THROW;
    const callee = unwrap(call.callee);
    const isThen = callee.type === 'MemberExpression' && memberName(callee) === 'then';
    return isThen && call.arguments[0] === use?.identifier
      ? this.#settle(callee.object)
      : MAY_THROW;
  }

  #settleCall(node: CallExpression): Term {
    const operation = this.#host.operation(node);
    if (operation !== null)
      return { kind: 'event', event: operation.settle, site: null, origin: node };
    const target = this.#target(node);
    if (target !== null) return this.#invoke(target, node, 'settled');
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return MAY_THROW;
    const [first] = node.arguments;
    const isPromise = this.#isGlobal(callee.object, 'Promise');
    switch (memberName(callee)) {
      case 'then':
      case 'catch':
      case 'finally':
        return this.#chained(node, this.#settle(callee.object));
      case 'resolve':
        if (!isPromise) return MAY_THROW;
        return first !== undefined && isPromiseLike(first) ? this.#settle(first) : SKIP;
      case 'reject':
        return isPromise ? RAISE : MAY_THROW;
      case 'all':
      case 'allSettled':
      case 'race':
      case 'any':
        return isPromise && first !== undefined
          ? this.#combined(memberName(callee), first)
          : MAY_THROW;
      default:
        return MAY_THROW;
    }
  }

  /** What settling `promise.then(…)` and the like does, where settling `promise` does this. */
  #chained(node: CallExpression, settle: Term): Term {
    const callee = unwrap(node.callee);
    const [first, second] = node.arguments;
    const callback = (argument: Node | undefined): Term | null =>
      argument === undefined || literalKind(unwrap(argument)) === 'nullish'
        ? null
        : (this.#callback(argument, 'awaited') ?? MAY_THROW);
    switch (callee.type === 'MemberExpression' ? memberName(callee) : null) {
      case 'then':
        return chained(settle, callback(first), callback(second), second ?? null);
      case 'catch':
        return chained(settle, null, callback(first), first ?? null);
      case 'finally':
        return concluded(settle, callback(first) ?? SKIP);
      default:
        return MAY_THROW;
    }
  }

  #combined(name: string | null, list: Node): Term {
    const mapped = this.#mapped(list);
    if (mapped !== null) {
      const { settle, isNeverEmpty } = mapped;
      return isNeverEmpty ? seq(settle, repeated(settle)) : repeated(settle);
    }
    const items = this.#items(list)?.map((item) => this.#settle(item));
    if (items === undefined) return MAY_THROW;
    switch (name) {
      case 'all':
        return all(items);
      case 'allSettled':
        return allSettled(items);
      case 'race':
        return race(items);
      default:
        return any(items);
    }
  }

  /** What is left of each promise of `list.map(callback)`. */
  #mapped(list: Node): { readonly settle: Term; readonly isNeverEmpty: boolean } | null {
    const call = unwrap(list);
    if (call.type !== 'CallExpression') return null;
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || memberName(callee) !== 'map') return null;
    const [first] = call.arguments;
    const settle = first === undefined ? null : this.#callback(first, 'settled');
    const isNeverEmpty = (this.#items(callee.object)?.length ?? 0) > 0;
    return settle === null ? null : { settle, isNeverEmpty };
  }

  // Tests

  #test(node: Node): Test {
    const inner = strip(node);
    switch (inner.type) {
      case 'UnaryExpression':
        if (inner.operator === '!') return not(this.#test(inner.argument));
        break;
      case 'LogicalExpression': {
        if (inner.operator === '??') {
          const left = strip(inner.left);
          return {
            kind: 'conditional',
            test: this.#nullish(left),
            then: this.#test(inner.right),
            else: this.#known(left),
          };
        }
        return this.#logical(inner);
      }
      case 'ConditionalExpression':
        return {
          kind: 'conditional',
          test: this.#test(inner.test),
          then: this.#test(inner.consequent),
          else: this.#test(inner.alternate),
        };
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        if (last === undefined) return OPAQUE;
        return after(this.#effects(inner.expressions.slice(0, -1)), this.#test(last));
      }
      case 'Identifier':
        return this.#nameTest(inner);
      case 'BinaryExpression':
        return this.#equality(inner) ?? after(this.#effect(inner), OPAQUE);
      case 'CallExpression': {
        const [first] = inner.arguments;
        if (first !== undefined && this.#isGlobal(inner.callee, 'Boolean'))
          return this.#test(first);
        const result = this.#resultOf(inner, TRUTHY_KINDS);
        if (result !== null) return result;
        break;
      }
      case 'AwaitExpression': {
        const result = this.#resultOf(inner, TRUTHY_KINDS);
        if (result !== null) return result;
        break;
      }
      default:
        break;
    }
    const constant = this.#constant(inner);
    if (constant !== null) return after(this.#operand(inner), constantTest(isTruthyKind(constant)));
    if (this.#host.isSubject(inner)) return after(this.#object(inner), constantTest(true));
    return after(this.#operand(inner), OPAQUE);
  }

  /** The test of what has been evaluated already. */
  #known(node: Node): Test {
    const constant = this.#constant(node);
    if (constant !== null) return constantTest(isTruthyKind(constant));
    return node.type === 'Identifier' ? this.#nameTest(node) : OPAQUE;
  }

  /** A long condition is a deep tree that leans to the left. */
  #logical(node: Node & { type: 'LogicalExpression' }): Test {
    const rights: { readonly operator: string; readonly right: Node }[] = [];
    let left: Node = node;
    while (left.type === 'LogicalExpression' && left.operator !== '??') {
      rights.push(left);
      left = strip(left.left);
    }
    let test = this.#test(left);
    for (const { operator, right } of rights.reverse()) {
      test = { kind: operator === '&&' ? 'and' : 'or', left: test, right: this.#test(right) };
    }
    return test;
  }

  #nameTest(node: Node & { type: 'Identifier' }): Test {
    const variable = this.#bindings.variable(node);
    const constant = variable === null ? literalKind(node) : this.#constantOf(variable);
    if (constant !== null) return constantTest(isTruthyKind(constant));
    if (this.#host.isSubject(node)) return constantTest(true);
    return (variable && this.atoms.test(variable, TRUTHY)) ?? OPAQUE;
  }

  /** The kind of a literal, or of a constant that is bound to one. */
  #constant(node: Node): ResultKind | null {
    if (node.type !== 'Identifier') return literalKind(node);
    const variable = this.#bindings.variable(node);
    return variable === null ? literalKind(node) : this.#constantOf(variable);
  }

  #constantOf(variable: Variable): ResultKind | null {
    const initializer = initializerOf(variable);
    const kind = initializer === null ? null : literalKind(unwrap(initializer));
    return kind !== null && isNeverReassigned(variable) ? kind : null;
  }

  /** The test of a call's result, where the function is seen: true where its kind is one of these. */
  #resultOf(node: Node, kinds: ReadonlySet<ResultKind>): Test | null {
    const isAwaited = node.type === 'AwaitExpression';
    const call = strip(isAwaited ? node.argument : node);
    if (call.type !== 'CallExpression' || this.#host.operation(call) !== null) return null;
    const target = this.#target(call);
    if (target === null || target.callee.functions.some((known) => known.isGenerator)) return null;
    const parts = seq(
      this.#calleeParts(call),
      this.#arguments(target.args, target.callee.functions),
    );
    const invoked = this.#invoke(target, call, isAwaited ? 'awaited' : 'started');
    return after(parts, { kind: 'result', call: invoked, kinds });
  }

  #equality(node: Node & { type: 'BinaryExpression' }): Test | null {
    const { left, right, operator } = node;
    const question = equalityQuestion(operator, left, right);
    if (question === null) return null;
    const isNegated = operator.startsWith('!');
    const made = (test: Test): Test => (isNegated ? not(test) : test);
    const subject = strip(literalQuestion(right) === null ? right : left);
    const asksNullish =
      question.kind === 'nullish' || (question.kind === 'equals' && question.literal === 'nullish');
    const constant = this.#constant(subject);
    if (constant !== null && asksNullish) return made(constantTest(constant === 'nullish'));
    if (this.#host.isSubject(subject) && asksNullish) {
      return made(after(this.#object(subject), constantTest(false)));
    }
    if (subject.type === 'Identifier') {
      const variable = this.#bindings.variable(subject);
      return made((variable && this.atoms.test(variable, question)) ?? OPAQUE);
    }
    if (
      question.kind === 'equals' &&
      (question.literal === 'truthy' || question.literal === 'falsy')
    ) {
      return null;
    }
    const kind = question.kind === 'equals' ? question.literal : 'nullish';
    const result = this.#resultOf(subject, new Set<ResultKind>([kind]));
    return result === null ? null : made(result);
  }

  /** Whether a value is `null` or `undefined`. The expression has been evaluated if `isDone`. */
  #nullish(node: Node, isDone = false): Test {
    const inner = strip(node);
    const effect = isDone ? SKIP : this.#operand(inner);
    if (this.#host.isSubject(inner)) return after(effect, constantTest(false));
    const constant = this.#constant(inner);
    if (constant !== null) return after(effect, constantTest(constant === 'nullish'));
    if (inner.type === 'Identifier') {
      const variable = this.#bindings.variable(inner);
      const test = variable && this.atoms.test(variable, NULLISH);
      if (test) return test;
    }
    if (!isDone) {
      const result = this.#resultOf(inner, NULLISH_KINDS);
      if (result !== null) return result;
    }
    return after(effect, isAlwaysObject(inner) ? constantTest(false) : OPAQUE);
  }

  /** Evaluates an expression and goes on as its value tells. */
  #valued(node: Node, sink: Sink, isNamed = false): Term {
    const inner = strip(node);
    const constant = this.#constant(inner);
    if (constant !== null) return seq(this.#operand(inner), sink(constant));
    switch (inner.type) {
      case 'ConditionalExpression':
        return branch(
          this.#test(inner.test),
          this.#valued(inner.consequent, sink, isNamed),
          this.#valued(inner.alternate, sink, isNamed),
          truthyOf(inner.test),
        );
      case 'UnaryExpression':
        if (inner.operator === '!') {
          return branch(
            this.#test(inner.argument),
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
            this.#test(inner.left),
            this.#valued(inner.right, sink, isNamed),
            falsy(sink),
            truthyOf(inner.left),
          );
        }
        if (inner.operator === '||') {
          return branch(
            this.#test(inner.left),
            truthy(sink),
            this.#valued(inner.right, sink, isNamed),
            truthyOf(inner.left),
          );
        }
        break;
      case 'Identifier': {
        const test = this.#nameTest(inner);
        if (test.kind === 'facts') return branch(test, truthy(sink), falsy(sink), truthyOf(inner));
        break;
      }
      case 'CallExpression':
        if (this.#isSeen(inner)) return this.#call(inner, 'started', sinks(sink));
        break;
      case 'AwaitExpression':
        return this.#awaitedValue(inner.argument, sink);
      case 'ObjectExpression':
      case 'ArrayExpression':
      case 'NewExpression':
        return seq(this.#effect(inner), sink('truthy'));
      default:
        break;
    }
    return seq(isNamed ? this.#bound(inner) : this.#effect(inner), sink('any'));
  }
}

function isInside(node: Node, outer: Node): boolean {
  return node !== outer && offsetOf(outer) <= offsetOf(node) && endOf(node) <= endOf(outer);
}

interface FunctionParts {
  readonly body: (returns: Returns) => Term;
  readonly parameters: () => readonly (Variable | null)[];
}

/** A function whose body is lowered when it is first asked for. */
class LazyFunction implements FunctionTerm {
  readonly id: number;
  readonly node: Node;
  readonly name: string;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly #atoms: Atoms;
  readonly #parts: FunctionParts;
  #body: Term | null = null;
  #returns: Returns | null = null;
  #parameters: readonly (Variable | null)[] | null = null;

  constructor(
    id: number,
    node: Node,
    name: string,
    isAsync: boolean,
    isGenerator: boolean,
    atoms: Atoms,
    parts: FunctionParts,
  ) {
    this.id = id;
    this.node = node;
    this.name = name;
    this.isAsync = isAsync;
    this.isGenerator = isGenerator;
    this.#atoms = atoms;
    this.#parts = parts;
  }

  get body(): Term {
    this.#body ??= this.#parts.body(this.returns);
    return this.#body;
  }

  get returns(): Returns {
    this.#returns ??= createReturns();
    return this.#returns;
  }

  get parameters(): readonly (Variable | null)[] {
    this.#parameters ??= this.#parts.parameters();
    return this.#parameters;
  }

  owns(atom: Atom): boolean {
    return isFunction(this.node) && this.#atoms.owner(atom) === this.node;
  }

  isWithin({ node }: { readonly node: object }): boolean {
    return isNode(node) && isInside(this.node, node);
  }

  sees(atom: Atom): boolean {
    const owner = this.#atoms.owner(atom);
    if (owner === null) return true;
    return isInside(this.node, owner);
  }
}

/** A {@link Use} each of whose readings is lowered when it is first asked for. */
class LazyUse implements Use {
  readonly kind = 'use';
  readonly #lower: (mode: CallMode) => Term;
  #awaited: Term | null = null;
  #started: Term | null = null;
  #settled: Term | null = null;

  constructor(lower: (mode: CallMode) => Term) {
    this.#lower = lower;
  }

  get awaited(): Term {
    this.#awaited ??= this.#lower('awaited');
    return this.#awaited;
  }

  get started(): Term {
    this.#started ??= this.#lower('started');
    return this.#started;
  }

  get settled(): Term {
    this.#settled ??= this.#lower('settled');
    return this.#settled;
  }
}

const TRUTHY_KINDS: ReadonlySet<ResultKind> = new Set(['true', 'truthy']);
const NULLISH_KINDS: ReadonlySet<ResultKind> = new Set(['nullish']);

/** The name of a parameter, with a default or without. */
function nameOf(parameter: Node): Node | null {
  const inner = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return inner.type === 'Identifier' ? inner : null;
}

/** Whether a name is called, or handed on, rather than looked at. */
function isHandled(identifier: Node): boolean {
  const { parent } = identifier;
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === identifier && HANDLERS.has(memberName(parent) ?? '');
    case 'BinaryExpression':
    case 'UnaryExpression':
    case 'IfStatement':
      return false;
    default:
      return true;
  }
}

/** Methods of functions that call them, or make others of them. */
const HANDLERS = new Set(['call', 'apply', 'bind']);

function newContext(
  owner: Node | null,
  isAsync: boolean,
  returns: Returns,
  onYield: Term = SKIP,
): Context {
  return {
    owner,
    isAsync,
    returns,
    targets: [],
    labels: [],
    tries: 0,
    chain: null,
    onYield,
    pending: [],
  };
}

function createReturns(): Returns {
  return {
    true: createLabel('return true'),
    false: createLabel('return false'),
    nullish: createLabel('return nullish'),
    truthy: createLabel('return truthy'),
    falsy: createLabel('return falsy'),
    any: createLabel('return'),
  };
}

function sinks(sink: Sink): Readonly<Record<ResultKind, Term>> {
  return {
    true: sink('true'),
    false: sink('false'),
    nullish: sink('nullish'),
    truthy: sink('truthy'),
    falsy: sink('falsy'),
  };
}

function truthy(sink: Sink): Term {
  return choice(sink('true'), sink('truthy'));
}

function falsy(sink: Sink): Term {
  return choice(sink('false'), choice(sink('nullish'), sink('falsy')));
}

/** Takes off what does not change a value, but keeps the border of an optional chain. */
function strip(node: Node): Node {
  let inner = node;
  while (inner.type !== 'ChainExpression') {
    const next = unwrapOnce(inner);
    if (next === inner) return inner;
    inner = next;
  }
  return inner;
}

function unwrapOnce(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
      return node.expression;
    default:
      return unwrap(node);
  }
}

/** Every expression that a name is given; null where there are others. */
function sourcesOf(variable: Variable): readonly Node[] | null {
  const sources: Node[] = [];
  for (const { type, node } of variable.defs) {
    if (type !== 'Variable' || node.type !== 'VariableDeclarator') return null;
    if (node.id.type !== 'Identifier') return null;
    if (node.init !== null) sources.push(node.init);
  }
  for (const reference of variable.references) {
    if (!reference.isWrite() || reference.init === true) continue;
    const { parent } = reference.identifier;
    if (parent?.type !== 'AssignmentExpression' || parent.left !== reference.identifier)
      return null;
    sources.push(parent.right);
  }
  return sources;
}

/**
 * The sources of a name that can be its value where it is used. An assignment that is sure to run
 * before the use hides those before it; one behind the use reaches it only around a loop.
 */
function reaching(sources: readonly Node[], use: Node): readonly Node[] {
  const place = offsetOf(use);
  let from = -1;
  for (const source of sources) {
    if (endOf(source) > place || offsetOf(source) < from) continue;
    const list = statementListOf(source);
    if (list !== null && offsetOf(list) <= place && place < endOf(list)) from = offsetOf(source);
  }
  const owner = ownerOf(use);
  const loop = outermostLoop(use);
  return sources.filter((source) => {
    if (endOf(source) <= place) return offsetOf(source) >= from;
    return ownerOf(source) !== owner || (loop !== null && isInside(source, loop));
  });
}

/** The outermost loop of its function that a node is in. */
function outermostLoop(node: Node): Node | null {
  let loop: Node | null = null;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) break;
    if (LOOPS.has(outer.type)) loop = outer;
  }
  return loop;
}

const LOOPS: ReadonlySet<string> = new Set([
  'DoWhileStatement',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'WhileStatement',
]);

/** What holds the statement that does nothing but give a name this value. */
function statementListOf(source: Node): Node | null {
  const given = source.parent ?? null;
  const statement =
    given?.type === 'VariableDeclarator' || given?.type === 'AssignmentExpression'
      ? (given.parent ?? null)
      : null;
  if (given?.type === 'AssignmentExpression' && given.operator !== '=') return null;
  if (statement?.type !== 'VariableDeclaration' && statement?.type !== 'ExpressionStatement') {
    return null;
  }
  const list = statement.parent ?? null;
  return list?.type === 'BlockStatement' || list?.type === 'Program' || list?.type === 'SwitchCase'
    ? list
    : null;
}

/** Whether a call is one of a promise's own methods, rather than of `Promise`. */
function isMethodChain(node: CallExpression): boolean {
  const callee = unwrap(node.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
  return name === 'then' || name === 'catch' || name === 'finally';
}

function functionName(node: FunctionNode): string {
  if (node.type !== 'ArrowFunctionExpression' && node.id) return node.id.name;
  const { parent } = node;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : '';
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'Property':
      return keyName(parent.key, parent.computed) ?? '';
    default:
      return '';
  }
}

/** What is called through a parameter; null where only a part of it has the name. */
function throughParameter(variable: Variable, owner: FunctionNode, name: Node): Callee | null {
  const isWhole = owner.params.some((parameter) => nameOf(parameter) === name);
  return isWhole ? { functions: [], parameter: variable, open: true } : null;
}

function canBeFunction(node: Node): boolean {
  return CAN_BE_FUNCTION.has(unwrap(node).type);
}

/** What `method.bind(…)` binds; null for any other call. */
function boundMethod(call: CallExpression): Node | null {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && memberName(callee) === 'bind' ? callee.object : null;
}

function isPrivateField(node: Node): boolean {
  return node.type === 'MemberExpression' && node.property.type === 'PrivateIdentifier';
}

function isBoolean(node: Node): boolean {
  const inner = unwrap(node);
  return (
    (inner.type === 'UnaryExpression' && inner.operator === '!') ||
    (inner.type === 'LogicalExpression' && isBoolean(inner.left) && isBoolean(inner.right)) ||
    (inner.type === 'BinaryExpression' && /^[!=]==?$|^[<>]=?$/.test(inner.operator))
  );
}

function truthyOf(node: Node): Decision {
  return { node, asks: 'truthy' };
}

function nullishOf(node: Node): Decision {
  return { node, asks: 'nullish' };
}

function isCall(node: Node): boolean {
  return unwrap(node).type === 'CallExpression';
}

/** Whether an expression can be a promise, going by its form. */
function isPromiseLike(node: Node): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'CallExpression':
    case 'Identifier':
    case 'MemberExpression':
    case 'AssignmentExpression':
      return true;
    case 'ConditionalExpression':
      return isPromiseLike(inner.consequent) || isPromiseLike(inner.alternate);
    case 'LogicalExpression':
      return isPromiseLike(inner.left) || isPromiseLike(inner.right);
    case 'SequenceExpression': {
      const last = inner.expressions.at(-1);
      return last !== undefined && isPromiseLike(last);
    }
    default:
      return false;
  }
}

function isAlwaysObject(node: Node): boolean {
  return node.type === 'ObjectExpression' || node.type === 'ArrayExpression' || isClass(node);
}

/** Types have no effect; the names of their nodes tell. */
function isType(node: Node): boolean {
  return (
    (node.type.startsWith('TS') && node.type !== 'TSEnumDeclaration') ||
    node.type.endsWith('TypeAnnotation')
  );
}
