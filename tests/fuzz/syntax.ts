/**
 * The syntax of generated programs: a tree that is always printable.
 *
 * A tree names nothing. References to bindings, kept promises and jump targets are plain numbers
 * that the printer resolves against what is visible at that place (and replaces by something
 * harmless where nothing is), so every tree that the generator or the shrinker comes up with is a
 * valid program.
 */

/** What a node may be replaced by: statement, expression, test, promise expression, callback. */
export type Sort = 'S' | 'E' | 'T' | 'P' | 'F';

type Node<S extends Sort, K extends string, Fields = unknown> = {
  readonly sort: S;
  readonly kind: K;
} & Readonly<Fields>;

export type Method =
  | 'setUserJwt'
  | 'loginUserWithUserAttributes'
  | 'loginUnidentifiedUser'
  | 'updateUser'
  | 'present'
  | 'logout'
  | 'logEvent';

/** The methods whose calls the rule protects. */
export const protectedMethods: ReadonlySet<Method> = new Set<Method>([
  'loginUserWithUserAttributes',
  'updateUser',
  'present',
]);

/** How a client method is named at its call. */
export type Spelling = 'plain' | 'computed' | 'constant' | 'optional' | 'call';

/** Literals that may stand as a constant condition, or as the literal result of a function. */
export const literals = ['true', 'false', '0', "''", 'null', "'a'", '1'] as const;
export type Literal = (typeof literals)[number];

export type Body = readonly Statement[];

/** A destructuring pattern; every entry has a default, so that each is a branch. */
export interface Pattern {
  readonly shape: 'object' | 'array';
  readonly entries: readonly PatternEntry[];
  readonly rest: boolean;
}

export interface PatternEntry {
  readonly fallback: Expression;
  readonly nested: Pattern | null;
  /** An object pattern's computed key, evaluated before the property is read. */
  readonly key: Expression | null;
}

/** The parts of a class, in the order in which they are printed. */
export interface ClassParts {
  readonly heritage: Expression | null;
  readonly methodKey: Expression | null;
  readonly staticBlock: Body | null;
  readonly staticField: Expression | null;
  readonly fieldKey: Expression | null;
  readonly field: Expression | null;
  readonly constructorBody: Body | null;
}

/**
 * What a function does beside what its callers wait for. They have to know, since programs must not
 * log out beside other code: it does nothing of the kind, may log out, may start code that runs on,
 * or may be called without being awaited.
 */
export type Trait = 'plain' | 'clears' | 'starts' | 'dropped';

/** A function of the program, other than those that are written where they are called. */
export interface Routine {
  readonly asynchronous: boolean;
  readonly trait: Trait;
  /** None, a value that is tested, or a function that is called. */
  readonly parameter: 'none' | 'value' | 'callback';
  readonly returns: 'plain' | 'promise' | 'literal';
  readonly body: Body;
  /** What it returns at its end, if it returns literals. */
  readonly literal: Literal;
}

export interface Member {
  readonly form: 'method' | 'static' | 'private' | 'getter' | 'field';
  readonly routine: Routine;
}

export interface CatchClause {
  readonly parameter: boolean;
  readonly body: Body;
}

export interface SwitchCase {
  /** `default` when null; else what is evaluated before the case's value. */
  readonly test: { readonly effect: Expression | null; readonly value: number } | null;
  readonly body: Body;
}

export type Statement =
  | Node<'S', 'empty'>
  | Node<'S', 'expression', { expression: Expression }>
  | Node<'S', 'block', { label: boolean; body: Body }>
  | Node<'S', 'if', { test: Test; then: Body; otherwise: Body | null }>
  | Node<'S', 'while', { label: boolean; test: Test; body: Body }>
  | Node<'S', 'doWhile', { label: boolean; test: Test; body: Body }>
  | Node<
      'S',
      'for',
      {
        label: boolean;
        init: Expression | null;
        test: Test | null;
        update: Expression | null;
        body: Body;
      }
    >
  /** Counts to a constant; see the test `counter`. */
  | Node<'S', 'count', { label: boolean; rounds: number; form: number; body: Body }>
  | Node<'S', 'forIn', { label: boolean; body: Body }>
  | Node<'S', 'forOf', { label: boolean; fallback: Expression | null; body: Body }>
  | Node<'S', 'forOfGenerator', { label: boolean; generator: Body; body: Body }>
  | Node<'S', 'forAwait', { label: boolean; body: Body }>
  | Node<'S', 'forAwaitGenerator', { label: boolean; generator: Body; body: Body }>
  | Node<'S', 'break', { target: number }>
  | Node<'S', 'continue', { target: number }>
  | Node<
      'S',
      'return',
      { form: 'nothing' | 'value' | 'promise' | 'awaited'; promise: Promised; literal: Literal }
    >
  | Node<'S', 'throw', { value: Expression | null }>
  | Node<'S', 'try', { block: Body; handler: CatchClause | null; finalizer: Body | null }>
  | Node<
      'S',
      'switch',
      { on: 'selector' | 'true' | 'bound'; reference: number; cases: readonly SwitchCase[] }
    >
  | Node<'S', 'class', { parts: ClassParts }>
  | Node<'S', 'destructure', { pattern: Pattern }>
  | Node<'S', 'bindValue'>
  | Node<'S', 'bindLiteral', { literal: Literal }>
  | Node<'S', 'bindResult', { asynchronous: boolean; body: Body; literal: Literal }>
  | Node<'S', 'assignLet', { operator: LogicalAssignment; value: Expression }>
  | Node<'S', 'keep', { reassignable: boolean; promise: Promised }>
  | Node<'S', 'reassign', { reference: number; promise: Promised }>
  | Node<'S', 'drop', { voided: boolean; promise: Promised }>
  | Node<
      'S',
      'function',
      { form: 'declaration' | 'arrow' | 'expression'; late: boolean; routine: Routine }
    >
  | Node<'S', 'service', { isClass: boolean; inherits: boolean; members: readonly Member[] }>
  | Node<'S', 'factory', { asynchronous: boolean; body: Body; routine: Routine }>
  | Node<'S', 'make', { reference: number }>
  | Node<'S', 'store'>
  | Node<'S', 'register', { via: number; callback: Callback }>
  | Node<'S', 'bindCall', { reference: number; argument: Callback }>
  | Node<'S', 'returnTest', { test: Test }>
  /** What follows from how promises came out that `allSettled` has waited for. */
  | Node<
      'S',
      'outcomes',
      { form: number; elements: readonly Promised[]; then: Body; otherwise: Body | null }
    >
  /** A kept promise that is one of two, by branches that assign it; or there may be none. */
  | Node<'S', 'branchKeep', { test: Test; then: Promised; otherwise: Promised | null }>
  /** A block whose resource is disposed of at its end. */
  | Node<'S', 'using', { awaited: boolean; disposal: Body; body: Body }>
  /** Functions of an array literal that are called in turn. */
  | Node<'S', 'steps', { form: number; callbacks: readonly Callback[] }>
  | Node<'S', 'exit', { form: number }>
  /** What an inline chain gives, bound to a name. */
  | Node<'S', 'bindChain', { form: number; promise: Promised }>
  /** The error of `const [error] = await to(…)`, or the result of one of several promises. */
  | Node<'S', 'bindTuple', { form: number; promise: Promised }>
  /** A function that a wrapper makes of another. */
  | Node<'S', 'wrap', { form: number; reference: number; inline: boolean }>
  /** One of two functions, or one that is not seen, by a test. */
  | Node<'S', 'chooseCallee', { reference: number; other: number; unseen: boolean }>
  /** A promise that the module's top level keeps, or a field of a class. */
  | Node<'S', 'ready', { reference: number; field: boolean }>;

export type LogicalAssignment = '&&=' | '||=' | '??=';

export type Expression =
  | Node<'E', 'value'>
  | Node<'E', 'call', { arguments: readonly Expression[] }>
  | Node<'E', 'await', { promise: Promised }>
  | Node<'E', 'promise', { promise: Promised }>
  | Node<'E', 'test', { test: Test }>
  | Node<'E', 'logical', { operator: '&&' | '||'; test: Test; right: Expression }>
  | Node<
      'E',
      'coalesce',
      { left: 'member' | 'bound' | 'null'; reference: number; right: Expression }
    >
  | Node<'E', 'conditional', { test: Test; then: Expression; otherwise: Expression }>
  | Node<'E', 'sequence', { first: Expression; second: Expression }>
  | Node<'E', 'unary', { operator: 'void' | 'typeof' | '!' | 'delete'; argument: Expression }>
  | Node<'E', 'binary', { operator: '+' | '===' | '<'; left: Expression; right: Expression }>
  | Node<'E', 'array', { elements: readonly Expression[]; spread: boolean }>
  | Node<'E', 'object', { key: Expression; value: Expression; spread: boolean }>
  | Node<'E', 'template', { parts: readonly Expression[] }>
  | Node<'E', 'tagged', { parts: readonly Expression[] }>
  | Node<'E', 'new', { arguments: readonly Expression[] }>
  | Node<'E', 'construct', { parts: ClassParts }>
  | Node<'E', 'class', { parts: ClassParts }>
  | Node<
      'E',
      'chain',
      {
        form: 'member' | 'call' | 'long' | 'twice' | 'bound';
        reference: number;
        first: Expression;
        second: Expression;
      }
    >
  | Node<'E', 'member', { key: Expression }>
  | Node<'E', 'assign', { operator: '=' | '+='; key: Expression | null; value: Expression }>
  | Node<'E', 'assignLogical', { operator: LogicalAssignment; value: Expression }>
  | Node<'E', 'assignPattern', { shape: 'object' | 'array'; first: Expression; second: Expression }>
  | Node<'E', 'update', { prefix: boolean }>
  | Node<'E', 'yield', { value: Expression }>
  | Node<'E', 'delegate', { generator: Body | null }>
  | Node<'E', 'iife', { arrow: boolean; parameter: Parameter | null; body: Body }>
  | Node<'E', 'routine', { reference: number; argument: Callback }>;

/** A default parameter of an immediately-invoked function, and whether an argument is given. */
export interface Parameter {
  readonly fallback: Expression;
  readonly argument: boolean;
}

export type Test =
  | Node<'T', 'draw', { arguments: readonly Expression[] }>
  | Node<'T', 'literal', { literal: Literal }>
  | Node<'T', 'constant', { reference: number }>
  | Node<'T', 'bound', { reference: number; form: number }>
  | Node<'T', 'not', { test: Test }>
  | Node<'T', 'and', { left: Test; right: Test }>
  | Node<'T', 'or', { left: Test; right: Test }>
  | Node<'T', 'coalesce', { reference: number; right: Test }>
  | Node<'T', 'conditional', { test: Test; then: Test; otherwise: Test }>
  | Node<'T', 'sequence', { first: Expression; test: Test }>
  | Node<'T', 'result', { asynchronous: boolean; body: Body; literal: Literal }>
  | Node<'T', 'counter', { reference: number; form: number }>
  | Node<'T', 'routine', { reference: number; argument: Callback }>
  /** What an inline chain, or a function that is given a promise, tells of its outcome. */
  | Node<'T', 'chain', { form: number; promise: Promised }>
  | Node<'T', 'settled', { promise: Promised }>;

export type Combinator = 'all' | 'allSettled' | 'race' | 'any';

export type Promised =
  | Node<'P', 'client', { method: Method; spelling: Spelling }>
  | Node<'P', 'opaque'>
  | Node<'P', 'import'>
  | Node<'P', 'kept', { reference: number }>
  | Node<'P', 'then', { head: Promised; fulfilled: Callback | null; rejected: Callback | null }>
  | Node<'P', 'catch', { head: Promised; rejected: Callback }>
  | Node<'P', 'finally', { head: Promised; settled: Callback }>
  | Node<'P', 'asyncIife', { arrow: boolean; parameter: Parameter | null; body: Body }>
  | Node<'P', 'iife', { arrow: boolean; body: Body; promise: Promised }>
  | Node<'P', 'combinator', { name: Combinator; elements: readonly Promised[] }>
  | Node<'P', 'conditional', { test: Test; then: Promised; otherwise: Promised }>
  | Node<'P', 'and', { test: Test; promise: Promised }>
  | Node<'P', 'sequence', { first: Expression; promise: Promised }>
  | Node<'P', 'routine', { reference: number; argument: Callback }>
  | Node<'P', 'parameter'>
  | Node<'P', 'resolved'>
  | Node<'P', 'executor', { form: number; body: Body; promise: Promised }>
  /** In a race with a promise that is never fulfilled. */
  | Node<'P', 'raced', { form: number; first: boolean; promise: Promised }>
  /** Given to a function that is seen. */
  | Node<'P', 'passed', { form: number; promise: Promised }>
  /** What a function that is not seen gives, and a callback given to it. */
  | Node<'P', 'handed', { callback: Callback }>
  /** What a queue of the module gives. */
  | Node<'P', 'queued', { form: number; callback: Callback }>
  | Node<
      'P',
      'stored',
      { reference: number; form: 'read' | 'assign' | 'assignOnce'; promise: Promised }
    >;

export type Callback =
  | Node<'F', 'expression', { asynchronous: boolean; value: Expression }>
  | Node<'F', 'promise', { asynchronous: boolean; awaited: boolean; promise: Promised }>
  | Node<'F', 'block', { asynchronous: boolean; arrow: boolean; parameter: boolean; body: Body }>
  | Node<'F', 'routine', { reference: number }>
  | Node<'F', 'parameter'>
  | Node<'F', 'client', { method: Method }>;

export type AnyNode = Statement | Expression | Test | Promised | Callback;

/** The nodes of a sort and kind. */
export type NodeOf<S extends Sort, K extends string> = Extract<AnyNode, { sort: S; kind: K }>;
