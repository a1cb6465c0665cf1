/**
 * The generator: fast-check arbitraries for the trees of `syntax.ts`.
 *
 * Depth bounds the nesting; the printer's fuel bounds the size, and with it the number of ways that
 * the executor has to run through.
 */
import fc from 'fast-check';
import type { Flags } from './flags.ts';
import { printProgram, type Program } from './print.ts';
import {
  literals,
  type AnyNode,
  type Body,
  type Callback,
  type CatchClause,
  type ClassParts,
  type Expression,
  type Literal,
  type LogicalAssignment,
  type Method,
  type NodeOf,
  type Member,
  type Parameter,
  type Pattern,
  type PatternEntry,
  type Promised,
  type Routine,
  type Sort,
  type Spelling,
  type Statement,
  type SwitchCase,
  type Test,
  type Trait,
} from './syntax.ts';

/** A choice of {@link choose}: how often, whether its category is on, and what. */
type Choice<T> = readonly [weight: number, on: boolean, arbitrary: fc.Arbitrary<T>];

const rootDepth = 4;

/** Of programs with functions: what is nested in each. */
const functionDepth = 3;

/** Programs for a seed: always the same ones, in the same order. */
export function* generatePrograms(options: {
  readonly count: number;
  readonly seed: number;
  readonly flags: Flags;
  readonly fuel?: number;
  readonly maxKept?: number;
}): Generator<{ readonly body: Body; readonly program: Program }> {
  const arbitrary = programBodies(options.flags);
  const batchSize = 100;
  for (let start = 0; start < options.count; start += batchSize) {
    const size = Math.min(batchSize, options.count - start);
    const bodies = fc.sample(arbitrary, { seed: options.seed + start * 7919, numRuns: size });
    for (const body of bodies) yield { body, program: printProgram(body, options) };
  }
}

/** The body of `main`. Half of them begin by setting the JWT, or else most sites would be bad. */
function programBodies(flags: Flags): fc.Arbitrary<Body> {
  const grammar = new Grammar(flags);
  if (flags.functions) return bodiesWithFunctions(grammar);
  const statements = list(grammar.statement(rootDepth), 2, 6);
  return fc
    .record({ prelude: prelude(grammar), statements, epilogue: epilogue() })
    .map((parts) => [...parts.prelude, ...parts.statements, ...parts.epilogue]);
}

/** Functions first, which the printer puts beside `main`; then `main`, which mostly calls them. */
function bodiesWithFunctions(grammar: Grammar): fc.Arbitrary<Body> {
  const statement = choose<Statement>([
    [2, true, grammar.calling(2)],
    [1, true, grammar.statement(functionDepth)],
  ]);
  return fc
    .record({
      stores: grammar.flags.storedPromises
        ? list(node('S', 'store', {}), 0, 1)
        : fc.constant<Body>([]),
      functions: list(grammar.declaration(functionDepth), 1, 3),
      made: list(grammar.made(), 0, 2),
      prelude: maybe(prelude(grammar)),
      statements: list(statement, 2, 5),
      epilogue: epilogue(),
    })
    .map((parts) => [
      ...parts.stores,
      ...parts.functions,
      ...parts.made,
      ...(parts.prelude ?? []),
      ...parts.statements,
      ...parts.epilogue,
    ]);
}

function prelude(grammar: Grammar): fc.Arbitrary<Body> {
  const set = awaitedClient('setUserJwt');
  return choose<Body>([
    [5, true, fc.constant([set])],
    [3, true, fc.constant([])],
    [1, true, list(grammar.binding(), 1, 2).map((bindings) => [...bindings, set])],
    [1, true, list(grammar.binding(), 1, 2)],
    [
      1,
      grammar.flags.catches,
      list(grammar.statement(1), 0, 1).map((body): Body => {
        const handler: CatchClause = { parameter: false, body };
        return [{ sort: 'S', kind: 'try', block: [set], handler, finalizer: null }];
      }),
    ],
  ]);
}

function epilogue(): fc.Arbitrary<Body> {
  return fc
    .constantFrom<Method | null>('present', 'updateUser', 'loginUserWithUserAttributes', null)
    .map((method) => (method === null ? [] : [awaitedClient(method)]));
}

function returnLiteral(literal: Literal): Statement {
  return {
    sort: 'S',
    kind: 'return',
    form: 'value',
    promise: { sort: 'P', kind: 'opaque' },
    literal,
  };
}

function awaitedClient(method: Method): Statement {
  const promise: Promised = { sort: 'P', kind: 'client', method, spelling: 'plain' };
  const expression: Expression = { sort: 'E', kind: 'await', promise };
  return { sort: 'S', kind: 'expression', expression };
}

/** Arbitraries by depth; those of a depth are built once. */
class Grammar {
  readonly flags: Flags;
  readonly #built = new Map<string, fc.Arbitrary<unknown>>();

  constructor(flags: Flags) {
    this.flags = flags;
  }

  statement(depth: number): fc.Arbitrary<Statement> {
    return this.#once(`statement ${depth}`, () =>
      depth <= 0 ? this.#simpleStatement() : this.#anyStatement(depth - 1),
    );
  }

  expression(depth: number): fc.Arbitrary<Expression> {
    return this.#once(`expression ${depth}`, () =>
      depth <= 0 ? this.#simpleExpression() : this.#anyExpression(depth - 1),
    );
  }

  test(depth: number): fc.Arbitrary<Test> {
    return this.#once(`test ${depth}`, () =>
      depth <= 0 ? this.#simpleTest() : this.#anyTest(depth - 1),
    );
  }

  promise(depth: number): fc.Arbitrary<Promised> {
    return this.#once(`promise ${depth}`, () =>
      depth <= 0 ? this.#simplePromise() : this.#anyPromise(depth - 1),
    );
  }

  /** A declaration of a binding that later tests refer to. */
  binding(): fc.Arbitrary<Statement> {
    return choose<Statement>([
      [4, this.flags.correlated, node('S', 'bindValue', {})],
      [1, this.flags.constants, node('S', 'bindLiteral', { literal: literal() })],
      [1, !this.flags.correlated && !this.flags.constants, node('S', 'empty', {})],
    ]);
  }

  /** A function that others call. */
  declaration(depth: number): fc.Arbitrary<Statement> {
    return this.#once(`declaration ${depth}`, () => this.#declaration(depth - 1));
  }

  /** What the module's top level makes of its functions. */
  made(): fc.Arbitrary<Statement> {
    const { flags } = this;
    return choose<Statement>([
      [1, true, node('S', 'empty', {})],
      [
        2,
        flags.wrappers,
        node('S', 'wrap', { form: index(), reference: index(), inline: fc.boolean() }),
      ],
      [1, flags.ready, node('S', 'ready', { reference: index(), field: fc.boolean() })],
      [
        1,
        flags.chosenCallees,
        node('S', 'chooseCallee', {
          reference: index(),
          other: index(),
          unseen: flags.unseenCallees ? fc.boolean() : fc.constant(false),
        }),
      ],
    ]);
  }

  /** A statement that calls a function, or has one called. */
  calling(depth: number): fc.Arbitrary<Statement> {
    return this.#once(`calling ${depth}`, () => this.#calling(depth - 1));
  }

  #declaration(depth: number): fc.Arbitrary<Statement> {
    const { flags } = this;
    const member: fc.Arbitrary<Member> = fc.record({
      form: fc.constantFrom('method', 'method', 'static', 'private', 'getter', 'field'),
      routine: this.#routine(depth, ['none', 'none', 'value']),
    });
    return choose<Statement>([
      [
        6,
        true,
        node('S', 'function', {
          form: fc.constantFrom('declaration', 'declaration', 'arrow', 'expression'),
          late: fc.boolean(),
          routine: this.#routine(depth, [
            'none',
            'none',
            'value',
            ...(flags.higherOrder ? (['callback', 'callback'] as const) : []),
          ]),
        }),
      ],
      [
        2,
        flags.methods,
        node('S', 'service', {
          isClass: often(),
          inherits: sometimes(),
          members: list(member, 1, 3),
        }),
      ],
      [
        1.5,
        flags.closures,
        node('S', 'factory', {
          asynchronous: sometimes(),
          body: list(this.statement(0), 0, 2),
          routine: this.#routine(depth, ['none']),
        }),
      ],
    ]);
  }

  #routine(depth: number, parameters: readonly Routine['parameter'][]): fc.Arbitrary<Routine> {
    const statement = choose<Statement>([
      [3, true, this.statement(depth)],
      [1, true, this.calling(1)],
      [
        2,
        true,
        node('S', 'if', {
          test: this.test(1),
          then: list(
            choose<Statement>([
              [2, true, this.statement(0)],
              [1, true, this.#jump(0)],
              [1, this.flags.testResults, node('S', 'returnTest', { test: this.test(1) })],
            ]),
            1,
            2,
          ),
          otherwise: fc.constant(null),
        }),
      ],
    ]);
    const last = choose<Statement>([
      [2, true, node('S', 'empty', {})],
      [
        2,
        true,
        node('S', 'return', {
          form: returnForm(),
          promise: this.promise(1),
          literal: literal(),
        }),
      ],
      [2, this.flags.testResults, node('S', 'returnTest', { test: this.test(1) })],
    ]);
    const record: fc.Arbitrary<Routine> = fc.record({
      asynchronous: often(),
      trait: fc.constantFrom<Trait[]>(
        'plain',
        'plain',
        'clears',
        'clears',
        'starts',
        'dropped',
        'dropped',
      ),
      parameter: fc.constantFrom(...parameters),
      returns: fc.constantFrom('plain', 'promise', 'literal', 'literal'),
      body: fc.tuple(list(statement, 1, 2), last).map(([body, end]) => [...body, end]),
      literal: literal(),
    });
    const called = node('S', 'expression', {
      expression: node('E', 'await', { promise: node('P', 'parameter', {}) }),
    });
    // A parameter that is a function is called, and often in a `try`.
    return fc
      .record({ record, called, isTried: fc.boolean(), handler: list(this.statement(0), 0, 1) })
      .map((parts) => {
        if (parts.record.parameter !== 'callback') return parts.record;
        const block: Body = [parts.called];
        const statement: Statement = parts.isTried
          ? {
              sort: 'S',
              kind: 'try',
              block,
              handler: { parameter: false, body: parts.handler },
              finalizer: null,
            }
          : parts.called;
        const [first, ...rest] = parts.record.body;
        const body = first === undefined ? [statement] : [first, statement, ...rest];
        return { ...parts.record, body };
      });
  }

  #calling(depth: number): fc.Arbitrary<Statement> {
    const { flags } = this;
    const call = { reference: index(), argument: this.#callback(Math.max(depth, 0)) };
    const promise = node('P', 'routine', call);
    const body = list(this.statement(0), 1, 2);
    return choose<Statement>([
      [6, true, node('S', 'expression', { expression: node('E', 'await', { promise }) })],
      [2, true, node('S', 'expression', { expression: node('E', 'routine', call) })],
      [1.5, true, node('S', 'drop', { voided: fc.boolean(), promise })],
      [
        2.5,
        true,
        node('S', 'if', { test: this.#callTest(call), then: body, otherwise: maybe(body, 0.3) }),
      ],
      [1.5, flags.correlated, node('S', 'bindCall', call)],
      [1.5, flags.closures, node('S', 'make', { reference: index() })],
      [
        1,
        flags.wrappers,
        node('S', 'wrap', { form: index(), reference: index(), inline: fc.boolean() }),
      ],
      [
        0.7,
        flags.chosenCallees,
        node('S', 'chooseCallee', {
          reference: index(),
          other: index(),
          unseen: flags.unseenCallees ? fc.boolean() : fc.constant(false),
        }),
      ],
      [
        1.5,
        flags.passed,
        node('S', 'expression', {
          expression: node('E', 'await', {
            promise: node('P', 'passed', { form: index(), promise: this.promise(0) }),
          }),
        }),
      ],
      [
        1,
        flags.passed,
        node('S', 'if', {
          test: this.#settledTest(),
          then: list(
            choose<Statement>([
              [1, true, this.statement(0)],
              [1, true, this.#jump(0)],
            ]),
            1,
            2,
          ),
          otherwise: fc.constant(null),
        }),
      ],
      [0.7, flags.passed, node('S', 'bindTuple', { form: index(), promise: this.promise(0) })],
      [
        1,
        flags.serialQueues,
        node('S', 'expression', {
          expression: node('E', 'await', {
            promise: node('P', 'queued', { form: index(), callback: this.#plainCallback() }),
          }),
        }),
      ],
      [
        0.5,
        flags.serialQueues,
        node('S', 'drop', {
          voided: fc.boolean(),
          promise: node('P', 'queued', { form: index(), callback: this.#plainCallback() }),
        }),
      ],
      [1, flags.handlers, node('S', 'register', { via: index(), callback: this.#callback(0) })],
      [
        1.5,
        flags.storedPromises,
        node('S', 'expression', { expression: node('E', 'await', { promise: this.#stored(0) }) }),
      ],
      [
        0.5,
        flags.storedPromises,
        node('S', 'drop', { voided: fc.constant(false), promise: this.#stored(0) }),
      ],
      [
        1,
        flags.chains,
        node('S', 'expression', {
          expression: node('E', 'await', {
            promise: node('P', 'then', {
              head: this.promise(0),
              fulfilled: node('F', 'routine', { reference: index() }),
              rejected: fc.constant(null),
            }),
          }),
        }),
      ],
      [1.5, depth > 0, this.#lazy(() => this.declaration(depth))],
    ]);
  }

  #callTest(call: {
    readonly reference: fc.Arbitrary<number>;
    readonly argument: fc.Arbitrary<Callback>;
  }): fc.Arbitrary<Test> {
    const test = node('T', 'routine', call);
    return choose<Test>([
      [2, true, test],
      [2, true, node('T', 'not', { test })],
    ]);
  }

  #settledTest(): fc.Arbitrary<Test> {
    const test = node('T', 'settled', { promise: this.promise(0) });
    return choose<Test>([
      [1, true, test],
      [1, true, node('T', 'not', { test })],
    ]);
  }

  #stored(depth: number): fc.Arbitrary<Promised> {
    return node('P', 'stored', {
      reference: index(),
      form: fc.constantFrom('read', 'assign', 'assignOnce', 'assignOnce'),
      promise: choose<Promised>([
        [1, true, this.promise(depth)],
        [1, true, node('P', 'routine', { reference: index(), argument: this.#callback(0) })],
      ]),
    });
  }

  #once<T>(key: string, build: () => fc.Arbitrary<T>): fc.Arbitrary<T> {
    const known = this.#built.get(key);
    if (known !== undefined) return known as fc.Arbitrary<T>;
    const built = build();
    this.#built.set(key, built);
    return built;
  }

  /** A few statements, often with a jump behind them: in front of others it makes dead code. */
  #body(depth: number, minimum = 1): fc.Arbitrary<Body> {
    return this.#once(`body ${depth} ${minimum}`, () =>
      fc
        .tuple(list(this.statement(depth), minimum, 3), maybe(this.#jump(depth), 0.25))
        .map(([body, jump]) => (jump === null ? body : [...body, jump])),
    );
  }

  #jump(depth: number): fc.Arbitrary<Statement> {
    const promise = this.promise(depth);
    return choose<Statement>([
      [2, true, node('S', 'break', { target: index() })],
      [2, true, node('S', 'continue', { target: index() })],
      [2, true, node('S', 'return', { form: returnForm(), promise, literal: literal() })],
      [1, this.flags.throws, node('S', 'throw', { value: maybe(this.expression(depth)) })],
    ]);
  }

  #simpleStatement(): fc.Arbitrary<Statement> {
    const promise = this.promise(0);
    return choose<Statement>([
      [8, true, node('S', 'expression', { expression: node('E', 'await', { promise }) })],
      [2, true, node('S', 'expression', { expression: this.#simpleExpression() })],
      [1, true, node('S', 'drop', { voided: fc.boolean(), promise })],
      [1, this.flags.kept, node('S', 'keep', { reassignable: fc.boolean(), promise })],
      [
        1,
        this.flags.kept && this.flags.reassigned,
        node('S', 'reassign', { reference: index(), promise }),
      ],
      [1, this.flags.correlated, node('S', 'bindValue', {})],
      [0.2, true, this.#jump(0)],
      [0.1, true, node('S', 'empty', {})],
      [
        0.7,
        this.flags.handlers,
        node('S', 'register', { via: index(), callback: this.#plainCallback() }),
      ],
    ]);
  }

  #anyStatement(depth: number): fc.Arbitrary<Statement> {
    const { flags } = this;
    const label = flags.labels ? sometimes() : fc.constant(false);
    const test = this.test(depth);
    const expression = this.expression(depth);
    const optionalExpression = maybe(expression);
    const promise = this.promise(depth);
    const body = this.#body(depth);
    const handler = fc.record({ parameter: fc.boolean(), body: this.#body(depth, 0) });
    const generators = flags.loops && flags.generators;
    const asyncGenerators = generators && flags.asyncGenerators;
    return choose<Statement>([
      [8, true, this.#simpleStatement()],
      [4, true, node('S', 'expression', { expression: node('E', 'await', { promise }) })],
      [4, true, node('S', 'expression', { expression })],
      [5, true, node('S', 'if', { test, then: body, otherwise: maybe(body) })],
      [1, flags.labels, node('S', 'block', { label: often(), body })],
      [1, !flags.labels, node('S', 'block', { label: fc.constant(false), body })],
      [1.5, flags.loops, node('S', 'while', { label, test, body })],
      [1, flags.loops, node('S', 'doWhile', { label, test, body })],
      [
        1,
        flags.loops,
        node('S', 'for', {
          label,
          init: optionalExpression,
          test: maybe(test),
          update: optionalExpression,
          body,
        }),
      ],
      [
        1,
        flags.loops,
        node('S', 'count', { label, rounds: fc.integer({ min: 1, max: 3 }), form: index(), body }),
      ],
      [1, flags.loops, node('S', 'forIn', { label, body })],
      [
        1.5,
        flags.loops,
        node('S', 'forOf', { label, fallback: rarely(this.expression(depth - 1)), body }),
      ],
      [
        1,
        generators,
        node('S', 'forOfGenerator', { label, generator: this.#generatorBody(depth), body }),
      ],
      [1, flags.loops && flags.forAwait, node('S', 'forAwait', { label, body })],
      [
        0.7,
        asyncGenerators,
        node('S', 'forAwaitGenerator', { label, generator: this.#generatorBody(depth), body }),
      ],
      [0.3, true, this.#jump(depth)],
      [4, flags.catches, node('S', 'try', { block: body, handler, finalizer: fc.constant(null) })],
      [
        3,
        flags.finalizers,
        node('S', 'try', { block: body, handler: fc.constant(null), finalizer: body }),
      ],
      [
        2,
        flags.catches && flags.finalizers,
        node('S', 'try', { block: body, handler, finalizer: body }),
      ],
      [3, flags.switches, this.#switch(depth)],
      [0.7, flags.classes, node('S', 'class', { parts: this.#classParts(depth) })],
      [1, flags.destructuring, node('S', 'destructure', { pattern: this.#pattern(depth) })],
      [2, true, this.binding()],
      [1, flags.results && flags.correlated, this.#bindResult(depth)],
      [
        1,
        flags.logicalAssignments,
        node('S', 'assignLet', { operator: logicalAssignment(), value: expression }),
      ],
      [2, flags.kept, node('S', 'keep', { reassignable: fc.boolean(), promise })],
      [1, flags.kept && flags.reassigned, node('S', 'reassign', { reference: index(), promise })],
      [1.5, true, node('S', 'drop', { voided: fc.boolean(), promise })],
      [
        1.5,
        flags.kept && flags.branches,
        node('S', 'branchKeep', { test, then: promise, otherwise: maybe(promise, 0.7) }),
      ],
      [
        1,
        flags.combinators && flags.correlated,
        node('S', 'outcomes', {
          form: index(),
          elements: list(promise, 1, 3),
          then: body,
          otherwise: maybe(body),
        }),
      ],
      [1, flags.using, node('S', 'using', { awaited: often(), disposal: this.#body(depth), body })],
      [
        1.5,
        flags.steps,
        node('S', 'steps', { form: index(), callbacks: list(this.#callback(depth), 1, 3) }),
      ],
      [0.5, flags.exits, node('S', 'exit', { form: index() })],
      [
        1.5,
        flags.chainResults && flags.correlated,
        node('S', 'bindChain', { form: index(), promise: this.#client() }),
      ],
      [1.5, flags.retries && flags.loops && flags.catches, this.#retry(depth)],
      [1, flags.queues && flags.kept && flags.reassigned && flags.chains, this.#enqueue(depth)],
      [3, flags.functions && depth > 0, this.#lazy(() => this.calling(depth))],
    ]);
  }

  /** A loop that tries again when what it awaits is rejected. */
  #retry(depth: number): fc.Arbitrary<Statement> {
    return fc
      .record({
        test: this.test(0),
        tried: node('S', 'expression', {
          expression: node('E', 'await', { promise: this.promise(depth) }),
        }),
        after: list(this.statement(0), 0, 1),
        leave: choose<Statement>([
          [2, true, node('S', 'break', { target: fc.constant(0) })],
          [1, true, this.#jump(0)],
        ]),
        handler: list(
          choose<Statement>([
            [1, true, node('S', 'continue', { target: fc.constant(0) })],
            [1, true, this.statement(0)],
            [1, true, this.#jump(0)],
          ]),
          0,
          2,
        ),
      })
      .map(({ test, tried, after, leave, handler }): Statement => {
        const body: Statement = {
          sort: 'S',
          kind: 'try',
          block: [tried, ...after, leave],
          handler: { parameter: false, body: handler },
          finalizer: null,
        };
        return { sort: 'S', kind: 'while', label: false, test, body: [body] };
      });
  }

  /** A kept promise that is put behind itself. */
  #enqueue(depth: number): fc.Arbitrary<Statement> {
    return fc
      .record({
        reference: index(),
        caught: maybe(this.#callback(0)),
        fulfilled: this.#callback(depth),
      })
      .map(({ reference, caught, fulfilled }): Statement => {
        const kept: Promised = { sort: 'P', kind: 'kept', reference };
        const head: Promised =
          caught === null ? kept : { sort: 'P', kind: 'catch', head: kept, rejected: caught };
        const promise: Promised = { sort: 'P', kind: 'then', head, fulfilled, rejected: null };
        return { sort: 'S', kind: 'reassign', reference, promise };
      });
  }

  /** An arbitrary that refers back to the one that is being built. */
  #lazy<T>(build: () => fc.Arbitrary<T>): fc.Arbitrary<T> {
    return fc.constant(null).chain(build);
  }

  /** A generator's body that does yield. */
  #generatorBody(depth: number): fc.Arbitrary<Body> {
    const yielding = node('S', 'expression', {
      expression: choose<Expression>([
        [3, true, node('E', 'yield', { value: this.expression(depth - 1) })],
        [1, true, node('E', 'delegate', { generator: fc.constant(null) })],
        [1, depth > 0, node('E', 'delegate', { generator: this.#body(depth - 1) })],
      ]),
    });
    const statement = choose<Statement>([
      [2, true, yielding],
      [
        1,
        this.flags.finalizers,
        node('S', 'try', {
          block: list(yielding, 1, 2),
          handler: fc.constant(null),
          finalizer: this.#body(depth - 1),
        }),
      ],
      [2, true, this.statement(depth - 1)],
    ]);
    return list(statement, 1, 3);
  }

  #switch(depth: number): fc.Arbitrary<Statement> {
    const test = maybe(
      fc.record({ effect: rarely(this.expression(depth - 1)), value: index() }),
      0.8,
    );
    const switchCase: fc.Arbitrary<SwitchCase> = fc.record({ test, body: this.#caseBody(depth) });
    return node('S', 'switch', {
      on: choose<'selector' | 'true' | 'bound'>([
        [3, true, fc.constant('selector')],
        [1, true, fc.constant('true')],
        [1, this.flags.correlatedSwitches, fc.constant('bound')],
      ]),
      reference: index(),
      cases: list(switchCase, 1, 4),
    });
  }

  /** A case that ends in a `break` as often as it falls through. */
  #caseBody(depth: number): fc.Arbitrary<Body> {
    const leave: Statement = { sort: 'S', kind: 'break', target: 0 };
    return fc
      .tuple(list(this.statement(depth - 1), 0, 2), fc.boolean())
      .map(([body, leaves]) => (leaves ? [...body, leave] : body));
  }

  #pattern(depth: number): fc.Arbitrary<Pattern> {
    const entry: fc.Arbitrary<PatternEntry> = fc.record({
      fallback: this.expression(depth - 1),
      nested: depth > 0 ? rarely(this.#pattern(depth - 2)) : fc.constant(null),
      key: rarely(this.expression(depth - 1)),
    });
    return fc.record({
      shape: fc.constantFrom('object', 'array'),
      entries: list(entry, 1, 2),
      rest: sometimes(),
    });
  }

  #classParts(depth: number): fc.Arbitrary<ClassParts> {
    const effect = this.expression(depth - 1);
    const body = this.#body(depth - 1);
    return fc.record({
      heritage: rarely(effect),
      methodKey: maybe(effect),
      staticBlock: maybe(body),
      staticField: maybe(effect),
      fieldKey: rarely(effect),
      field: maybe(effect),
      constructorBody: maybe(body),
    });
  }

  #simpleExpression(): fc.Arbitrary<Expression> {
    return choose<Expression>([
      [5, true, node('E', 'await', { promise: this.promise(0) })],
      [2, true, node('E', 'promise', { promise: this.promise(0) })],
      [0.5, true, node('E', 'call', { arguments: fc.constant([]) })],
      [0.3, true, node('E', 'value', {})],
      [
        2,
        this.flags.functions,
        node('E', 'routine', { reference: index(), argument: this.#plainCallback() }),
      ],
    ]);
  }

  #anyExpression(depth: number): fc.Arbitrary<Expression> {
    const { flags } = this;
    const test = this.test(depth);
    const inner = this.expression(depth);
    const some = list(inner, 1, 2);
    const promise = this.promise(depth);
    return choose<Expression>([
      [6, true, this.#simpleExpression()],
      [3, true, node('E', 'await', { promise })],
      [1, true, node('E', 'promise', { promise })],
      [1, true, node('E', 'call', { arguments: some })],
      [0.5, true, node('E', 'test', { test })],
      [
        2,
        true,
        node('E', 'logical', { operator: fc.constantFrom('&&', '||'), test, right: inner }),
      ],
      [
        1.5,
        true,
        node('E', 'coalesce', {
          left: fc.constantFrom(
            'member',
            ...(flags.correlated ? (['bound'] as const) : []),
            ...(flags.constants ? (['null'] as const) : []),
          ),
          reference: index(),
          right: inner,
        }),
      ],
      [2, true, node('E', 'conditional', { test, then: inner, otherwise: inner })],
      [1, true, node('E', 'sequence', { first: inner, second: inner })],
      [
        0.7,
        true,
        node('E', 'unary', {
          operator: fc.constantFrom('void', 'typeof', '!', 'delete'),
          argument: inner,
        }),
      ],
      [
        0.5,
        true,
        node('E', 'binary', {
          operator: fc.constantFrom('+', '===', '<'),
          left: inner,
          right: inner,
        }),
      ],
      [0.7, true, node('E', 'array', { elements: some, spread: fc.boolean() })],
      [0.7, true, node('E', 'object', { key: inner, value: inner, spread: fc.boolean() })],
      [0.5, flags.templates, node('E', 'template', { parts: some })],
      [0.7, flags.templates, node('E', 'tagged', { parts: some })],
      [0.7, true, node('E', 'new', { arguments: some })],
      [0.7, flags.classes, node('E', 'construct', { parts: this.#classParts(depth) })],
      [0.5, flags.classes, node('E', 'class', { parts: this.#classParts(depth) })],
      [
        2,
        flags.optionalChains,
        node('E', 'chain', {
          form: fc.constantFrom(
            'member',
            'call',
            'long',
            'twice',
            ...(flags.correlated ? (['bound'] as const) : []),
          ),
          reference: index(),
          first: inner,
          second: inner,
        }),
      ],
      [0.5, true, node('E', 'member', { key: inner })],
      [
        0.7,
        true,
        node('E', 'assign', {
          operator: fc.constantFrom('=', '+='),
          key: maybe(inner),
          value: inner,
        }),
      ],
      [
        1,
        flags.logicalAssignments,
        node('E', 'assignLogical', { operator: logicalAssignment(), value: inner }),
      ],
      [
        0.5,
        flags.destructuring,
        node('E', 'assignPattern', {
          shape: fc.constantFrom('object', 'array'),
          first: inner,
          second: inner,
        }),
      ],
      [0.3, true, node('E', 'update', { prefix: fc.boolean() })],
      [0.7, flags.generators, node('E', 'yield', { value: inner })],
      [
        1,
        flags.iifes,
        node('E', 'iife', {
          arrow: fc.boolean(),
          parameter: rarely(this.#parameter(depth)),
          body: this.#body(depth),
        }),
      ],
    ]);
  }

  #bindResult(depth: number): fc.Arbitrary<Statement> {
    return node('S', 'bindResult', this.#result(depth));
  }

  /** A function called on the spot for its literal results: usually it has two. */
  #result(depth: number) {
    const early: fc.Arbitrary<Statement> = node('S', 'if', {
      test: this.test(depth - 1),
      then: list(this.statement(0), 0, 1).chain((before) =>
        literal().map((result): Body => [...before, returnLiteral(result)]),
      ),
      otherwise: fc.constant(null),
    });
    const statement = choose<Statement>([
      [1, true, early],
      [1, true, this.statement(depth)],
    ]);
    return { asynchronous: fc.boolean(), body: list(statement, 1, 3), literal: literal() };
  }

  #parameter(depth: number): fc.Arbitrary<Parameter> {
    return fc.record({ fallback: this.expression(depth), argument: fc.boolean() });
  }

  #simpleTest(): fc.Arbitrary<Test> {
    const { flags } = this;
    return choose<Test>([
      [4, true, node('T', 'draw', { arguments: fc.constant([]) })],
      [3, flags.correlated, node('T', 'bound', { reference: index(), form: index() })],
      [0.5, flags.constants, node('T', 'literal', { literal: literal() })],
      [0.5, flags.constants, node('T', 'constant', { reference: index() })],
      [0.7, flags.loops, node('T', 'counter', { reference: index(), form: index() })],
      [
        1.5,
        flags.functions,
        node('T', 'routine', { reference: index(), argument: this.#plainCallback() }),
      ],
    ]);
  }

  #anyTest(depth: number): fc.Arbitrary<Test> {
    const { flags } = this;
    const inner = this.test(depth);
    return choose<Test>([
      [8, true, this.#simpleTest()],
      [1, true, node('T', 'draw', { arguments: list(this.expression(depth), 1, 1) })],
      [2, true, node('T', 'not', { test: inner })],
      [1, true, node('T', 'and', { left: inner, right: inner })],
      [1, true, node('T', 'or', { left: inner, right: inner })],
      [0.5, flags.correlated, node('T', 'coalesce', { reference: index(), right: inner })],
      [0.5, true, node('T', 'conditional', { test: inner, then: inner, otherwise: inner })],
      [1, true, node('T', 'sequence', { first: this.expression(depth), test: inner })],
      [1, flags.results && flags.iifes, node('T', 'result', this.#result(depth))],
      [1.5, flags.chainResults, node('T', 'chain', { form: index(), promise: this.#client() })],
      [1, flags.passed, node('T', 'settled', { promise: this.promise(0) })],
    ]);
  }

  #simplePromise(): fc.Arbitrary<Promised> {
    const { flags } = this;
    return choose<Promised>([
      [12, true, this.#client()],
      [1, true, node('P', 'opaque', {})],
      [0.3, flags.imports, node('P', 'import', {})],
      [2, flags.kept, node('P', 'kept', { reference: index() })],
      [
        5,
        flags.functions,
        node('P', 'routine', { reference: index(), argument: this.#plainCallback() }),
      ],
      [1, flags.higherOrder, node('P', 'parameter', {})],
      [0.3, true, node('P', 'resolved', {})],
      [
        0.7,
        flags.storedPromises,
        node('P', 'stored', {
          reference: index(),
          form: fc.constantFrom('read', 'assign', 'assignOnce'),
          promise: this.#client(),
        }),
      ],
    ]);
  }

  /** A callback with one client call in it, or none. */
  #plainCallback(): fc.Arbitrary<Callback> {
    return choose<Callback>([
      [
        3,
        true,
        node('F', 'promise', {
          asynchronous: fc.boolean(),
          awaited: fc.boolean(),
          promise: this.#client(),
        }),
      ],
      [1, true, node('F', 'routine', { reference: index() })],
      [1, true, node('F', 'client', { method: this.#method() })],
      [1, true, node('F', 'parameter', {})],
    ]);
  }

  #client(): fc.Arbitrary<Promised> {
    const { flags } = this;
    const spelling = choose<Spelling>([
      [12, true, fc.constant('plain')],
      [1, flags.spellings, fc.constantFrom('computed', 'optional', 'call')],
      [0.4, flags.constantMembers, fc.constant('constant')],
    ]);
    return node('P', 'client', { method: this.#method(), spelling });
  }

  #method(): fc.Arbitrary<Method> {
    const { flags } = this;
    return choose<Method>([
      [8, true, fc.constant('setUserJwt')],
      [2.5, true, fc.constant('loginUserWithUserAttributes')],
      [2.5, true, fc.constant('updateUser')],
      [3, true, fc.constant('present')],
      [2, flags.logout, fc.constant('logout')],
      [1.5, flags.guest, fc.constant('loginUnidentifiedUser')],
      [0.3, true, fc.constant('logEvent')],
    ]);
  }

  #anyPromise(depth: number): fc.Arbitrary<Promised> {
    const { flags } = this;
    const head = this.promise(depth);
    const callback = this.#callback(depth);
    const body = this.#body(depth);
    const likely = choose<Promised>([
      [1.5, true, this.#client()],
      [1, true, head],
    ]);
    return choose<Promised>([
      [6, true, this.#simplePromise()],
      [
        2,
        flags.chains,
        node('P', 'then', {
          head,
          fulfilled: maybe(callback, 0.85),
          rejected: maybe(callback, 0.35),
        }),
      ],
      [1, flags.chains, node('P', 'catch', { head, rejected: callback })],
      [1, flags.chains, node('P', 'finally', { head, settled: callback })],
      [
        2,
        flags.iifes,
        node('P', 'asyncIife', {
          arrow: fc.boolean(),
          parameter: rarely(this.#parameter(depth - 1)),
          body,
        }),
      ],
      [0.7, flags.iifes, node('P', 'iife', { arrow: fc.boolean(), body, promise: head })],
      [
        1.5,
        flags.combinators,
        node('P', 'combinator', {
          name: fc.constantFrom('all', 'all', 'allSettled', 'race', 'any'),
          elements: list(head, 1, 3),
        }),
      ],
      [
        0.7,
        flags.choices,
        node('P', 'conditional', { test: this.test(depth), then: head, otherwise: head }),
      ],
      [0.7, flags.choices, node('P', 'and', { test: this.test(depth), promise: head })],
      [0.5, true, node('P', 'sequence', { first: this.expression(depth), promise: head })],
      [
        1.2,
        flags.executors,
        node('P', 'executor', {
          form: index(),
          body: list(this.statement(0), 0, 1),
          promise: likely,
        }),
      ],
      [
        0.7,
        flags.neverFulfilled && flags.combinators,
        node('P', 'raced', { form: index(), first: fc.boolean(), promise: likely }),
      ],
      [1, flags.passed, node('P', 'passed', { form: index(), promise: likely })],
      [0.7, flags.serialQueues, node('P', 'queued', { form: index(), callback })],
      [0.7, flags.handed, node('P', 'handed', { callback })],
    ]);
  }

  #callback(depth: number): fc.Arbitrary<Callback> {
    const asynchronous = sometimes();
    return choose<Callback>([
      [1, true, node('F', 'expression', { asynchronous, value: this.expression(depth) })],
      [
        2,
        true,
        node('F', 'promise', { asynchronous, awaited: fc.boolean(), promise: this.promise(depth) }),
      ],
      [
        2,
        true,
        node('F', 'block', {
          asynchronous,
          arrow: often(),
          parameter: fc.boolean(),
          body: this.#body(depth),
        }),
      ],
      [1, this.flags.functions, node('F', 'routine', { reference: index() })],
      [1, this.flags.functions, node('F', 'client', { method: this.#method() })],
      [0.7, this.flags.higherOrder, node('F', 'parameter', {})],
    ]);
  }
}

/** An arbitrary for a node, of arbitraries for its fields. */
function node<S extends Sort, K extends Extract<AnyNode, { sort: S }>['kind']>(
  sort: S,
  kind: K,
  fields: {
    readonly [Name in Exclude<keyof NodeOf<S, K>, 'sort' | 'kind'>]: fc.Arbitrary<
      NodeOf<S, K>[Name]
    >;
  },
): fc.Arbitrary<NodeOf<S, K>> {
  return fc
    .record<Record<string, unknown>>(fields)
    .map((values) => ({ ...values, sort, kind }) as unknown as NodeOf<S, K>);
}

function choose<T>(choices: readonly Choice<T>[]): fc.Arbitrary<T> {
  const on = choices.filter(([, isOn]) => isOn);
  return fc.oneof(
    ...on.map(([weight, , arbitrary]) => ({ weight: Math.round(weight * 10), arbitrary })),
  );
}

function list<T>(arbitrary: fc.Arbitrary<T>, minLength: number, maxLength: number) {
  return fc.array(arbitrary, { minLength, maxLength, size: 'max' });
}

function maybe<T>(arbitrary: fc.Arbitrary<T>, probability = 0.5): fc.Arbitrary<T | null> {
  return fc.oneof(
    { weight: Math.round(probability * 100), arbitrary },
    { weight: Math.round((1 - probability) * 100), arbitrary: fc.constant(null) },
  );
}

function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return maybe(arbitrary, 0.2);
}

function often(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 3 }).map((n) => n > 0);
}

function sometimes(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 3 }).map((n) => n === 0);
}

/** A reference, resolved by the printer modulo the number of things that it may refer to. */
function index(): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 59 });
}

function literal(): fc.Arbitrary<Literal> {
  return fc.constantFrom(...literals);
}

function logicalAssignment(): fc.Arbitrary<LogicalAssignment> {
  return fc.constantFrom('&&=', '||=', '??=');
}

function returnForm(): fc.Arbitrary<'nothing' | 'value' | 'promise' | 'awaited'> {
  return fc.constantFrom('nothing', 'value', 'promise', 'awaited');
}
