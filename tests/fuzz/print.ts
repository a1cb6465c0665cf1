/**
 * Prints a tree as two texts that are the same program: the one to lint, and the one to run.
 *
 * The text to run differs in nothing but what makes it observable and finite: each client call says
 * which one it is, loops count their rounds, `v()` says which binding it is for, and a kept promise
 * is wrapped so that its continuations run in any order (see `execute.ts`).
 *
 * The printer also keeps programs inside what the analysis promises to decide exactly. What it
 * leaves out, and why:
 * - `logout` in code that runs beside `main`, or in `main` once such code has been started ("another
 *   task that logs out while this one awaits" is a documented limit);
 * - tests of variables that another function assigns to;
 * - a `setUserJwt` behind a `logout` that another one, kept in a variable, has not been awaited
 *   before (a documented limit);
 * - a guest's login that is kept in a variable, where there is a `logout` (a documented limit);
 * - a kept promise that a loop reassigns behind its own `await` (`while (c()) { await p; p = g(); }`):
 *   the analysis takes either of the two promises for the one that is awaited (a documented limit);
 * - throws that JavaScript cannot do here but that the analysis must reckon with: where only such a
 *   throw could reach a handler, a real one (`f()`) is put in front.
 *
 * Of programs with functions also:
 * - a `logout` where promises are kept in variables: which of two sets is awaited depends on the
 *   order in which functions are called;
 * - what a function returned tells no more than its kind;
 * - functions that are given to unseen functions in callbacks of promises, where "the function that
 *   hands them over" is not told apart from the one around it;
 * - recursion without a test (`c() && h()`), so that every call may come to its end.
 */
import type { Flags } from './flags.ts';
import {
  askers,
  asserters,
  chainResults,
  executors,
  neverFulfilled,
  queues,
  settlers,
  tester,
  tupler,
  wrappers,
  type LibraryFunction,
} from './library.ts';
import {
  protectedMethods,
  type AnyNode,
  type Body,
  type Callback,
  type ClassParts,
  type Expression,
  type Literal,
  type LogicalAssignment,
  type Method,
  type Parameter,
  type Pattern,
  type Promised,
  type Routine,
  type Statement,
  type Test,
} from './syntax.ts';

/** A call of the client; columns and lines count from 1, as in ESLint's messages. */
export interface ClientCall {
  readonly method: Method;
  readonly protected: boolean;
  readonly line: number;
  readonly column: number;
}

/** A stretch of both texts: the same in both, or what stands in one for what is in the other. */
export interface Piece {
  readonly isSame: boolean;
  /** Offsets in the module. */
  readonly from: number;
  readonly to: number;
  /** Offsets in the text to run. */
  readonly runFrom: number;
  readonly runTo: number;
}

export interface Program {
  /** The module to lint. */
  readonly source: string;
  /** The body of a function that returns `main`, for the executor. */
  readonly executable: string;
  /** Where each piece of the module is in the text to run, in order. */
  readonly pieces: readonly Piece[];
  /** The client calls; the executor names them by their index. */
  readonly calls: readonly ClientCall[];
  /** What `v(i)` may return: one value for each way in which the tests of its binding can come out. */
  readonly domains: readonly (readonly unknown[])[];
}

const clientImport = "import Intercom from '@intercom/intercom-react-native';";

/** What happens to a promise: awaited before anything else runs, or not. */
type Use = 'awaited' | 'detached';

/** What `return` gives in a function, or that there can be none. */
type Returns = 'promise' | 'literal' | 'plain' | 'none';

interface FunctionContext {
  readonly asynchronous: boolean;
  readonly generator: boolean;
  readonly returns: Returns;
  /** What happens to the promise that it returns. */
  readonly use: Use;
}

/** A binding that is never reassigned, and the tests that the program makes of it. */
interface Bound {
  readonly name: string;
  readonly tests: ((value: unknown) => unknown)[];
  /** Whether it holds what a function returned. */
  readonly isResult: boolean;
  /** The parameters that are given it. */
  readonly givenTo: Bound[];
}

interface Kept {
  readonly name: string;
  /** Whether it is a promise for certain, so that `.then` can be called on it. */
  readonly isPromise: boolean;
  readonly reassignable: boolean;
  readonly owner: FunctionContext;
  /** The loops in which it has been used. */
  readonly usedIn: Set<Scope['rounds'][number]>;
  /** The loops around its declaration. */
  readonly rounds: Scope['rounds'];
  /** Whether callbacks run when it is settled. */
  hasCallbacks: boolean;
  isUsed: boolean;
}

/** A function with a name, or a way to it. */
interface Helper {
  readonly routine: Routine;
  /** How it is given its callback, if it has one. */
  readonly carrier: Carrier;
  /** How it is named at a place; null where it cannot be. */
  readonly access: (scope: Scope) => string | null;
  readonly isGetter: boolean;
  /** Whether it can be passed on by its name. */
  readonly isPassable: boolean;
  /** Its parameter, if that is a value. */
  readonly value: Bound | null;
  /**
   * Whether its body has been printed. A call that is printed before may be recursive: of the
   * functions that call each other, the first one that is done calls one that is not.
   */
  isDone: boolean;
}

interface Factory {
  readonly name: string;
  readonly asynchronous: boolean;
  readonly routine: Routine;
  isDone: boolean;
}

/** The class or object that `this` is in a method. */
interface Self {
  readonly service: string;
  readonly isStatic: boolean;
  /** 0 in a base class. */
  readonly level: number;
}

/** A parameter that is a function. */
interface CallbackParameter {
  readonly name: string;
  readonly use: Use;
}

/** How a function is given a function: the pattern of its parameter, what it calls, and the argument. */
interface Carrier {
  parameter(name: string): { readonly pattern: string; readonly called: string };
  argument(callback: string): string;
}

const byItself: Carrier = {
  parameter: (name) => ({ pattern: name, called: name }),
  argument: (callback) => callback,
};

/** Half of the callbacks are given by themselves. */
const carriers: readonly Carrier[] = [
  byItself,
  byItself,
  byItself,
  byItself,
  {
    parameter: (name) => ({ pattern: `{ task: ${name} }`, called: name }),
    argument: (callback) => `{ task: ${callback} }`,
  },
  {
    parameter: (name) => ({ pattern: name, called: `${name}.task` }),
    argument: (callback) => `{ task: ${callback}, id: 0 }`,
  },
  {
    parameter: (name) => ({ pattern: `[${name}]`, called: name }),
    argument: (callback) => `[${callback}]`,
  },
  {
    parameter: (name) => ({ pattern: name, called: `${name}[1]` }),
    argument: (callback) => `[0, ${callback}]`,
  },
];

/** A call of a function, which ends: until then, what it has handed over may run. */
interface Activation {
  readonly name: string;
  isUsed: boolean;
}

interface Target {
  readonly label: string | null;
  readonly isLoop: boolean;
  readonly isSwitch: boolean;
}

/** A variable that is assigned again, and tested. */
interface Changed {
  readonly name: string;
  readonly owner: FunctionContext;
  /** How it is tested, by its name. */
  readonly test: (name: string) => string;
}

/** A variable that holds promises for several functions. */
interface Store {
  readonly name: string;
  /** Whether it has its promise from the start, and no other. */
  readonly isReady: boolean;
}

/** What is visible at a place, and what may stand there. */
interface Scope {
  readonly owner: FunctionContext;
  readonly bound: Bound[];
  readonly constants: string[];
  readonly kept: Kept[];
  readonly changed: Changed[];
  readonly targets: readonly Target[];
  readonly caught: readonly string[];
  /** What the loops around count by, and what that is in the first and the last round. */
  readonly counters: readonly {
    name: string;
    first: number;
    last: number;
    owner: FunctionContext;
  }[];
  /** Whether `await` and `yield` are allowed by the grammar. */
  readonly canSuspend: boolean;
  /** Inside a `try` of this function that has a handler. */
  readonly hasHandler: boolean;
  /** Inside a `try` of this function that has a finalizer. */
  readonly hasFinalizer: boolean;
  /** Within a block at whose end a resource logs out. */
  readonly isClearedBehind: boolean;
  /** In a function of a list: what it leaves to run later is not known to those behind it. */
  readonly isListed: boolean;
  /** In code that runs beside `main`. */
  readonly isBeside: boolean;
  /** In code that goes on when the function has returned. */
  readonly isDetached: boolean;
  /** The loops around, across functions; a function that can be called again is one. */
  readonly rounds: readonly { hasLogout: boolean }[];
  readonly helpers: Helper[];
  readonly factories: Factory[];
  /** Variables that hold promises for several functions. */
  readonly stores: Store[];
  readonly self: Self | null;
  readonly parameter: CallbackParameter | null;
  readonly activation: Activation | null;
}

/** Loops that count: from where, and their heads. */
const counting: readonly ((name: string, rounds: number) => readonly [number, string])[] = [
  (i, n) => [0, `let ${i} = 0; ${i} < ${String(n)}; ${i}++`],
  (i, n) => [1, `let ${i} = 1; ${i} <= ${String(n)}; ${i} += 1`],
  (i, n) => [n, `let ${i} = ${String(n)}; ${i} > 0; ${i}--`],
  (i, n) => [0, `let ${i} = 0; ${String(n)} > ${i}; ++${i}`],
];

/** Tests of whether a round is the last, or the first. */
const counterTests: readonly ((name: string, last: number, first: number) => string)[] = [
  (i, last) => `${i} === ${String(last)}`,
  (i, last) => `${i} !== ${String(last)}`,
  (i, last) => `${i} + 1 === ${String(last + 1)}`,
  (i, last) => `${String(last)} == ${i}`,
  (i, _last, first) => `${i} === ${String(first)}`,
  (i, _last, first) => `${String(first)} != ${i}`,
];

const values: readonly unknown[] = [true, false, null, undefined, 'a', 'b', 0];

const valueTexts = ['true', 'false', 'null', 'undefined', "'a'", "'b'", '0'] as const;

/** A constant, by whose name some tests compare, and some functions return it. */
const WORD = { name: 'wordA', text: "const wordA = 'a';" };

/** The tests of a binding. The first is by far the most frequent one in real code. */
const boundTests: readonly (readonly [(name: string) => string, (value: unknown) => unknown])[] = [
  ...Array.from({ length: 6 }, () => [(k: string) => k, Boolean] as const),
  [(k) => `${k} == null`, (value) => value == null],
  [(k) => `${k} != null`, (value) => value == null],
  [(k) => `${k} == undefined`, (value) => value == null],
  [(k) => `${k} === null`, (value) => value === null],
  [(k) => `${k} !== null`, (value) => value === null],
  [(k) => `${k} === undefined`, (value) => value === undefined],
  [(k) => `${k} === 'a'`, (value) => value === 'a'],
  [(k) => `${k} !== 'a'`, (value) => value === 'a'],
  [(k) => `'b' === ${k}`, (value) => value === 'b'],
  [(k) => `${k} !== wordA`, (value) => value === 'a'],
  [(k) => `${k} === 0`, (value) => value === 0],
  [(k) => `${k} === true`, (value) => value === true],
  [(k) => `${k} !== false`, (value) => value === false],
];

const asItIs = (name: string): string => name;

/** How a variable that is assigned again is tested: each in one way, so that few facts are asked for. */
const changedTests: readonly ((name: string) => string)[] = [
  asItIs,
  asItIs,
  asItIs,
  (x) => `(${x} !== null)`,
  (x) => `(${x} == null)`,
  (x) => `(${x} === 'a')`,
];

/** Of more variables than this in a function, the analysis does not tell tests to agree. */
const maxChanged = 2;

export interface PrintOptions {
  readonly flags: Flags;
  /** How many client and opaque calls to print before statements are left out. */
  readonly fuel?: number;
  readonly maxKept?: number;
}

export function printProgram(body: Body, options: PrintOptions): Program {
  return new Printer(options).program(body);
}

class Printer {
  readonly #flags: Flags;
  readonly #maxKept: number;
  readonly #domains: Bound[] = [];
  readonly #methods: Method[] = [];
  #fuel: number;
  /** How many calls of functions have been printed. */
  #calls = 0;
  #kept = 0;
  #keepsSet = false;
  #names = 0;
  /** How often variables that are assigned again have been printed. */
  #changes = 0;
  #fills = 0;
  #asked = 0;
  #storesAny = false;
  /** What stands in front of the functions: see `library.ts`. */
  /** How many literal results have been printed. */
  #results = 0;
  readonly #library = new Set<string>();
  /** Whether code has been started that runs beside `main` in more than one step. */
  #hasTask = false;
  /** Whether code has been printed that runs when `main` comes to rest. */
  #hasBeside = false;
  /** Whether what was just printed may throw for the analysis, but not for JavaScript. */
  #isRisky = false;

  constructor(options: PrintOptions) {
    this.#flags = options.flags;
    this.#fuel = options.fuel ?? 12;
    this.#maxKept = options.maxKept ?? 2;
  }

  program(body: Body): Program {
    const owner: FunctionContext = {
      asynchronous: true,
      generator: false,
      returns: 'promise',
      use: 'awaited',
    };
    const scope: Scope = {
      owner,
      bound: [],
      constants: [],
      kept: [],
      changed: [],
      targets: [],
      caught: [],
      counters: [],
      canSuspend: true,
      hasHandler: false,
      hasFinalizer: false,
      isBeside: false,
      isListed: false,
      isClearedBehind: false,
      isDetached: false,
      rounds: [],
      helpers: [],
      factories: [],
      stores: [],
      self: null,
      parameter: null,
      activation: this.#flags.handlers ? this.#activation() : null,
    };
    const isOutside = ({ kind }: Statement): boolean => outsideKinds.has(kind);
    const count = body.findIndex((statement) => !isOutside(statement));
    const outside = count < 0 ? body : body.slice(0, count);
    const declared = this.#outside(outside, scope);
    const statements = this.#block(body.slice(outside.length), scope, '', '', scope.activation);
    const main = [...this.#library, ...declared, `async function main() ${statements}`].join(
      '\n\n',
    );
    const template = [
      variant(`${clientImport}\n\n`, "'use strict';\nreturn () => {\n"),
      main,
      variant('\n\nawait main();\n', '\nreturn main();\n};'),
    ].join('');
    const { text, positions } = locate(lintText(template));
    return {
      source: text,
      executable: locate(runText(template)).text,
      pieces: piecesOf(template),
      calls: this.#methods.map((method, id) => ({
        method,
        protected: protectedMethods.has(method),
        ...(positions.get(id) ?? { line: 0, column: 0 }),
      })),
      domains: this.#domains.map((bound) => representatives(testsOf(bound))),
    };
  }

  // Functions

  /** What stands beside `main`: all of it is visible everywhere. */
  #outside(statements: Body, scope: Scope): string[] {
    const printed = statements.map((statement) => this.#declare(statement, scope));
    const texts = printed.map((print) => print());
    // What calls a function at once stands behind all that the function can come by.
    const isLast = (index: number): boolean => statements[index]?.kind === 'ready';
    return [
      ...texts.filter((_text, index) => !isLast(index)),
      ...texts.filter((_text, index) => isLast(index)),
    ];
  }

  /** Makes a declaration known; its text is printed by what is returned. */
  #declare(statement: Statement, scope: Scope): () => string {
    switch (statement.kind) {
      case 'store': {
        const name = this.#name('p');
        scope.stores.push({ name, isReady: false });
        return () => `let ${name};`;
      }
      case 'function': {
        const name = this.#name('h');
        const helper = this.#helper(statement.routine, () => name, { isPassable: true });
        scope.helpers.push(helper);
        return () => {
          const { head, parameters, block } = this.#routine(helper, scope, null);
          const { form } = statement;
          if (form === 'declaration') return `${head}function ${name}(${parameters}) ${block}`;
          return form === 'arrow'
            ? `const ${name} = ${head}(${parameters}) => ${block};`
            : `const ${name} = ${head}function (${parameters}) ${block};`;
        };
      }
      case 'service':
        return this.#service(statement, scope);
      case 'factory': {
        const { asynchronous, routine } = statement;
        const factory: Factory = { name: this.#name('m'), asynchronous, routine, isDone: false };
        scope.factories.push(factory);
        return () => {
          const owner: FunctionContext = {
            asynchronous,
            generator: false,
            returns: 'none',
            use: 'awaited',
          };
          const inner: Scope = {
            ...inFunction(scope, owner),
            isBeside: true,
            rounds: [...scope.rounds, { hasLogout: true }],
          };
          // What the body binds is another in each call, so the function must not test it.
          const made = this.#helper(routine, () => null, {});
          const { head, parameters, block } = this.#routine(made, scope, null);
          const after = `return ${head}(${parameters}) => ${block};`;
          const text = this.#sliced(() => this.#block(statement.body, inner, '', after));
          factory.isDone = true;
          return `${asynchronous ? 'async ' : ''}function ${factory.name}() ${text}`;
        };
      }
      case 'wrap':
        return () => this.#wrap(statement, scope);
      case 'chooseCallee':
        return () => this.#chooseCallee(statement, scope);
      case 'ready':
        return () => this.#ready(statement, scope);
      default:
        return () => ';';
    }
  }

  #service(
    { members, ...statement }: Extract<Statement, { kind: 'service' }>,
    scope: Scope,
  ): () => string {
    const isClass = statement.isClass || !this.#flags.objects;
    const inherits = statement.inherits && this.#flags.inheritance;
    const service = this.#name('S');
    const instance = isClass ? this.#name('s') : service;
    const inherited = isClass && inherits ? Math.ceil(members.length / 2) : 0;
    const helpers = members.map((member, position) => {
      const level = position < inherited ? 0 : 1;
      const form =
        isClass || member.form === 'getter' || member.form === 'field' ? member.form : 'method';
      const name = form === 'private' ? `#${this.#name('m')}` : this.#name('m');
      const isStatic = form === 'static';
      const routine: Routine =
        form === 'getter'
          ? { ...member.routine, asynchronous: false, parameter: 'none' }
          : member.routine;
      const access = ({ self }: Scope): string | null => {
        const isWithin = self?.service === service && self.isStatic === isStatic;
        if (form === 'private') return isWithin && self.level === level ? `this.${name}` : null;
        if (isWithin && self.level >= level) return `this.${name}`;
        // A method of a base class does not call what the derived class may override.
        if (self?.service === service && self.level < level) return null;
        return isStatic ? `${service}.${name}` : `${instance}.${name}`;
      };
      const helper = this.#helper(routine, access, { isGetter: form === 'getter' });
      return { helper, form, name, level, isStatic };
    });
    scope.helpers.push(...helpers.map(({ helper }) => helper));
    return () => {
      const printed = helpers.map(({ helper, form, name, level, isStatic }) => {
        const hasThis = isClass || form !== 'field';
        const self: Self | null = hasThis ? { service, isStatic, level } : null;
        const { head, parameters, block } = this.#routine(helper, scope, self);
        switch (form) {
          case 'getter':
            return `get ${name}() ${block}`;
          case 'field':
            return `${name}${isClass ? ' =' : ':'} ${head}(${parameters}) => ${block}${isClass ? ';' : ''}`;
          default:
            return `${isStatic ? 'static ' : ''}${head}${name}(${parameters}) ${block}`;
        }
      });
      if (!isClass) return `const ${service} = {\n${indent(printed.join(',\n'))}\n};`;
      const own = `{\n${indent(printed.slice(inherited).join('\n'))}\n}`;
      const made = `const ${instance} = new ${service}();`;
      this.#isRisky = true;
      if (inherited === 0) return `class ${service} ${own}\n${made}`;
      const base = this.#name('B');
      return [
        `class ${base} {\n${indent(printed.slice(0, inherited).join('\n'))}\n}`,
        `class ${service} extends ${base} ${own}`,
        made,
      ].join('\n');
    };
  }

  #helper(
    routine: Routine,
    access: Helper['access'],
    { isGetter = false, isPassable = false },
  ): Helper {
    let value: Bound | null = null;
    if (routine.parameter === 'value') {
      value = { name: this.#name('k'), tests: [], isResult: false, givenTo: [] };
      this.#domains.push(value);
    }
    const isPlain = routine.parameter === 'none';
    const carrier = this.#flags.carried ? pick(carriers, this.#names) : undefined;
    return {
      routine,
      carrier: carrier ?? byItself,
      access,
      isGetter,
      isPassable: isPassable && isPlain,
      value,
      isDone: false,
    };
  }

  /** The parts of a function's text. */
  #routine(helper: Helper, scope: Scope, self: Self | null) {
    const { routine, value } = helper;
    const { asynchronous, trait, returns } = routine;
    const isDropped = trait === 'dropped';
    const owner: FunctionContext = {
      asynchronous,
      generator: false,
      returns,
      use: isDropped ? 'detached' : 'awaited',
    };
    const hasCallback = routine.parameter === 'callback' && this.#flags.higherOrder;
    const carried = hasCallback ? helper.carrier.parameter(this.#name('f')) : null;
    const parameter: CallbackParameter | null =
      carried === null ? null : { name: carried.called, use: callbackUse(routine) };
    const activation = this.#flags.handlers ? this.#activation() : null;
    const forbidsTasks = trait === 'plain' || trait === 'clears';
    const inner: Scope = {
      ...inFunction(scope, owner),
      bound: value === null ? scope.bound : [...scope.bound, value],
      isBeside: scope.isBeside || trait !== 'clears',
      isDetached: isDropped,
      rounds: [...scope.rounds, { hasLogout: forbidsTasks }],
      self,
      parameter,
      activation,
    };
    const after = returns === 'literal' ? `return ${routine.literal};` : '';
    const block = this.#sliced(() => this.#block(routine.body, inner, '', after, activation));
    helper.isDone = true;
    return {
      head: asynchronous ? 'async ' : '',
      parameters: value?.name ?? carried?.pattern ?? '',
      block,
    };
  }

  /** Prints with as much fuel as a function gets; what is left is not kept. */
  #sliced(print: () => string): string {
    const fuel = this.#fuel;
    this.#fuel = routineFuel;
    const text = print();
    this.#fuel = fuel;
    return text;
  }

  #activation(): Activation {
    return { name: this.#name('$'), isUsed: false };
  }

  /** One of the functions that can be called here. */
  #pickHelper(
    reference: number,
    scope: Scope,
    suits: (helper: Helper) => boolean,
  ): { readonly helper: Helper; readonly target: string } | undefined {
    const candidates = scope.helpers.flatMap((helper) => {
      const target = helper.access(scope);
      if (target === null || !suits(helper)) return [];
      if (!helper.isDone && !this.#flags.recursion) return [];
      if (helper.routine.trait === 'clears' && (this.#hasTask || scope.isBeside)) return [];
      return [{ helper, target }];
    });
    return pick(candidates, reference);
  }

  /** A function that gives a promise. */
  #pickPromising(reference: number, scope: Scope, use: Use) {
    return this.#pickHelper(
      reference,
      scope,
      ({ routine }) =>
        (routine.asynchronous || routine.returns === 'promise') &&
        (use === 'awaited' || routine.trait === 'dropped'),
    );
  }

  /** A function whose result can be tested. */
  #pickTested(reference: number, scope: Scope) {
    return this.#pickHelper(
      reference,
      scope,
      ({ routine }) => routine.returns === 'literal' && (canAwait(scope) || !routine.asynchronous),
    );
  }

  #call(
    { helper, target }: { readonly helper: Helper; readonly target: string },
    argument: Callback,
    scope: Scope,
    isAwaited = false,
  ): string {
    this.#spend();
    const { routine } = helper;
    if (routine.trait === 'clears') for (const round of scope.rounds) round.hasLogout = true;
    const call = helper.isGetter
      ? target
      : this.#given(target, this.#argument(helper, argument, scope));
    const text = isAwaited ? `await ${call}` : call;
    if (helper.isDone) return text;
    return `(${this.#opaque('c()')} && ${variant('', '(rec(), ')}${text}${variant('', ')')})`;
  }

  /** A call: as it is, in an optional chain, or with an argument by `bind`, or spread. */
  #given(target: string, argument: string): string {
    this.#calls += 1;
    const known = /^(?:([\w$]+)\.)?[\w$]+$/.exec(target);
    if (known !== null && this.#calls % 8 === 2) return `${target}?.(${argument})`;
    if (argument === '' || known === null) return `${target}(${argument})`;
    switch (this.#calls % 8) {
      case 0:
        return `${target}.bind(${known[1] ?? 'null'}, ${argument})()`;
      case 4:
        return `${target}(...[${argument}])`;
      default:
        return `${target}(${argument})`;
    }
  }

  #argument(helper: Helper, argument: Callback, scope: Scope): string {
    const { routine, value } = helper;
    if (value !== null) {
      const known = this.#flags.asked ? this.#valueGiven(value, scope) : null;
      return known ?? this.#opaque(`v(${variant('', String(this.#domains.indexOf(value)))})`);
    }
    if (routine.parameter !== 'callback' || !this.#flags.higherOrder) return '';
    return helper.carrier.argument(this.#callbackGiven(routine, argument, scope));
  }

  /** A value of which the program knows something; null for one that is drawn. */
  #valueGiven(value: Bound, scope: Scope): string | null {
    const number = this.#names + this.#calls;
    const bound = pick(
      scope.bound.filter(({ isResult }) => !isResult),
      number,
    );
    const changed = pick(
      this.#changedIn(scope).filter(({ test }) => test === asItIs),
      number,
    );
    switch (number % 7) {
      case 0:
      case 1:
        if (bound === undefined) return null;
        bound.givenTo.push(value);
        return bound.name;
      case 2:
        if (bound === undefined) return null;
        bound.tests.push(Boolean);
        return `!${bound.name}`;
      case 3:
        return changed?.name ?? null;
      case 4:
        return pick(['true', 'false', 'null', "'a'"], this.#names) ?? null;
      default:
        return null;
    }
  }

  /** The test of something that is truthy or not, by a function. */
  #asker(tested: string): string {
    this.#asked += 1;
    const asker = this.#flags.asked
      ? pick([...askers, null, null, null], this.#asked + this.#names)
      : null;
    return asker == null ? tested : this.#fromLibrary(asker, tested);
  }

  #callbackGiven(routine: Routine, argument: Callback, scope: Scope): string {
    const rounds = [...scope.rounds, { hasLogout: routine.trait === 'clears' }];
    const inner: Scope = { ...scope, rounds };
    if (callbackUse(routine) === 'awaited') return this.#callback(argument, inner, 'awaited');
    if (routine.trait !== 'dropped' && !isCallbackTask(argument)) {
      return this.#callback(argument, inner, 'detached');
    }
    return this.#callbackBeside(argument, inner) ?? '() => 0';
  }

  /** A callback that may run beside the code that hands it over; null where none may. */
  #callbackBeside(callback: Callback, scope: Scope): string | null {
    if (!this.#flags.detached || scope.isListed) return null;
    if (isCallbackTask(callback)) {
      if (isClearedLater(scope)) return null;
      this.#hasTask = true;
    }
    this.#hasBeside = true;
    return this.#callback(
      callback,
      { ...scope, isBeside: true, isDetached: true, activation: null },
      'detached',
    );
  }

  #register(statement: Extract<Statement, { kind: 'register' }>, scope: Scope): string {
    const { activation } = scope;
    if (activation === null) return ';';
    const callback = this.#callbackBeside(statement.callback, scope);
    if (callback === null) return ';';
    activation.isUsed = true;
    this.#isRisky = true;
    const [name, more] = pick(registrars, statement.via) ?? registrars[0];
    return `${variant('', `${activation.name}.`)}${name}(${callback}${more});`;
  }

  #make(statement: Extract<Statement, { kind: 'make' }>, scope: Scope): string {
    const factory = pick(
      scope.factories.filter(
        ({ isDone, asynchronous }) => isDone && (canAwait(scope) || !asynchronous),
      ),
      statement.reference,
    );
    if (factory === undefined) return ';';
    this.#spend();
    const name = this.#name('c');
    const made = this.#helper(factory.routine, () => name, { isPassable: true });
    made.isDone = true;
    scope.helpers.push(made);
    return `const ${name} = ${factory.asynchronous ? 'await ' : ''}${factory.name}();`;
  }

  /** A function that a wrapper makes of one that can be called here. */
  #wrap(statement: Extract<Statement, { kind: 'wrap' }>, scope: Scope): string {
    const wrapper = pick(wrappers, statement.form);
    if (wrapper === undefined) return ';';
    const { asynchronous, isTransparent, isOnce, isDropping } = wrapper;
    if (isOnce && this.#methods.includes('logout')) return ';';
    const picked = this.#pickHelper(
      statement.reference,
      scope,
      ({ routine, isPassable, isDone }) =>
        isPassable && isDone && (!isOnce || routine.trait === 'dropped'),
    );
    if (picked === undefined) return ';';
    const { routine } = picked.helper;
    this.#storesAny ||= isOnce;
    this.#spend();
    const name = this.#name('c');
    const made = this.#helper(
      {
        ...routine,
        asynchronous: asynchronous || routine.asynchronous,
        returns: isTransparent ? routine.returns : 'plain',
        trait: isDropping ? 'plain' : routine.trait,
      },
      () => name,
      { isPassable: true },
    );
    made.isDone = true;
    scope.helpers.push(made);
    const keyword = routine.asynchronous ? 'async ' : '';
    const argument = statement.inline
      ? `${keyword}() => ${keyword === '' ? '' : 'await '}${picked.target}()`
      : picked.target;
    return `const ${name} = ${this.#fromLibrary(wrapper, argument)};`;
  }

  /** A function that is one of two. */
  #chooseCallee(statement: Extract<Statement, { kind: 'chooseCallee' }>, scope: Scope): string {
    const suits = ({ routine, isPassable, isDone, isGetter }: Helper): boolean =>
      isPassable && isDone && !isGetter && routine.asynchronous && routine.returns !== 'literal';
    const one = this.#pickHelper(statement.reference, scope, suits);
    if (one === undefined) return ';';
    const { trait } = one.helper.routine;
    const other = this.#pickHelper(
      statement.other,
      scope,
      (helper) => suits(helper) && helper.routine.trait === trait,
    );
    this.#spend();
    const name = this.#name('c');
    const second = statement.unseen || other === undefined ? 'g' : other.target;
    const made = this.#helper(one.helper.routine, () => name, { isPassable: true });
    made.isDone = true;
    scope.helpers.push(made);
    return `const ${name} = ${this.#opaque(`${variant('c', 'either')}()`)} ? ${one.target} : ${second};`;
  }

  /** A promise that stands ready: in the module, or in a field. */
  #ready(statement: Extract<Statement, { kind: 'ready' }>, scope: Scope): string {
    const picked = this.#pickHelper(
      statement.reference,
      scope,
      ({ routine, isPassable, isDone }) =>
        isPassable && isDone && routine.asynchronous && routine.trait === 'dropped',
    );
    if (picked === undefined) return ';';
    this.#spend();
    this.#hasTask = true;
    this.#hasBeside = true;
    this.#storesAny = true;
    const name = this.#name('p');
    const value = slow(`${picked.target}()`);
    if (!statement.field) {
      scope.stores.push({ name, isReady: true });
      return `const ${name} = ${value};`;
    }
    const [service, instance] = [this.#name('S'), this.#name('s')];
    scope.stores.push({ name: `${instance}.${name}`, isReady: true });
    const init = `init() {\n  return ${picked.target}();\n}`;
    return [
      `class ${service} {\n${indent(`${name} = ${slow('this.init()')};\n${init}`)}\n}`,
      `const ${instance} = new ${service}();`,
    ].join('\n');
  }

  /** A call of a function of the library. */
  #fromLibrary({ text, call }: LibraryFunction, argument: string): string {
    this.#library.add(kept(text));
    return call.replace('X', () => argument);
  }

  #stored(promise: Extract<Promised, { kind: 'stored' }>, scope: Scope): string {
    const store = pick(scope.stores, promise.reference);
    if (store === undefined) return this.#opaque('g()');
    const { name, isReady } = store;
    if (promise.form === 'read' || isReady) return name;
    if (this.#methods.includes('logout')) return this.#opaque('g()');
    this.#storesAny = true;
    const value = this.#promise(promise.promise, scope, 'detached');
    const given = slow(value);
    const ways = [`??= ${given}`, `= ${name} ?? ${given}`, `= ${name} ? ${name} : ${given}`];
    const once = promise.form === 'assign' ? undefined : pick(ways, this.#fills++);
    return `(${name} ${once ?? `= ${given}`})`;
  }

  // Statements

  #block(
    body: Body,
    scope: Scope,
    before = '',
    after = '',
    activation: Activation | null = null,
  ): string {
    const list = this.#list(body, scope);
    const parts = [before, list, after];
    if (activation?.isUsed === true) {
      parts.unshift(variant('', `const ${activation.name} = activate(); try {`));
      parts.push(variant('', `} finally { ${activation.name}.end(); }`));
    }
    const text = parts.filter((part) => part !== '').join('\n');
    return text === '' ? '{}' : `{\n${indent(text)}\n}`;
  }

  /** A list of statements with a scope of its own. */
  #list(body: Body, scope: Scope): string {
    const inner: Scope = {
      ...scope,
      bound: [...scope.bound],
      constants: [...scope.constants],
      kept: [...scope.kept],
      changed: [...scope.changed],
      helpers: [...scope.helpers],
      factories: [...scope.factories],
      stores: [...scope.stores],
    };
    const printed: string[] = this.#declareChanged(body, inner);
    // Functions that are called before their declaration see nothing that is bound in between.
    const late = body.filter(isLate).map((statement) => this.#declare(statement, inner)());
    for (const statement of body) {
      if (isLate(statement)) continue;
      if (this.#fuel <= 0 && !isJump(statement)) continue;
      printed.push(this.#guarded(() => this.#statement(statement, inner), statementGuard));
      if (!isJump(statement)) printed.push(...this.#assign(inner));
    }
    return [...printed, ...late].join('\n');
  }

  /** Prints with a real throw in front, if it needs one. */
  #guarded(print: () => string, guard: (text: string) => string): string {
    const outer = this.#takeRisk();
    const text = print();
    const guarded = this.#takeRisk() ? guard(text) : text;
    this.#isRisky = outer;
    return guarded;
  }

  #takeRisk(): boolean {
    const isRisky = this.#isRisky;
    this.#isRisky = false;
    return isRisky;
  }

  #statement(statement: Statement, scope: Scope): string {
    switch (statement.kind) {
      case 'empty':
        return ';';
      case 'expression':
        return `${unwrapped(this.#expression(statement.expression, scope))};`;
      case 'block': {
        const target = this.#target({ label: statement.label, isLoop: false });
        return `${labelText(target)}${this.#block(statement.body, within(scope, target))}`;
      }
      case 'if': {
        const test = this.#test(statement.test, scope);
        const then = this.#block(statement.then, scope);
        if (statement.otherwise === null) return `if (${test}) ${then}`;
        return `if (${test}) ${then} else ${this.#block(statement.otherwise, scope)}`;
      }
      case 'while':
      case 'doWhile':
      case 'for':
      case 'count':
      case 'forIn':
      case 'forOf':
      case 'forOfGenerator':
      case 'forAwait':
      case 'forAwaitGenerator':
        return this.#loop(statement, scope);
      case 'break':
        return jumpText('break', scope.targets, statement.target);
      case 'continue':
        return jumpText(
          'continue',
          scope.targets.filter((target) => target.isLoop),
          statement.target,
        );
      case 'return':
        return this.#return(statement, scope);
      case 'throw': {
        const rethrown = scope.caught.at(-1);
        if (statement.value === null) return `throw ${rethrown ?? '1'};`;
        return `throw (${this.#expression(statement.value, scope)}, 1);`;
      }
      case 'try':
        return this.#try(statement, scope);
      case 'switch':
        return this.#switch(statement, scope);
      case 'class':
        return `class ${this.#name('A')} ${this.#class(statement.parts, scope, true)}`;
      case 'destructure':
        return `const ${this.#pattern(statement.pattern, scope)} = ${this.#opaque('o()')};`;
      case 'bindValue': {
        if (this.#fuel < 1) return ';';
        const bound: Bound = { name: this.#name('k'), tests: [], isResult: false, givenTo: [] };
        const call = this.#opaque(`v(${variant('', String(this.#domains.length))})`);
        this.#domains.push(bound);
        scope.bound.push(bound);
        return `const ${bound.name} = ${call};`;
      }
      case 'bindLiteral': {
        const name = this.#name('z');
        scope.constants.push(name);
        return `const ${name} = ${statement.literal};`;
      }
      case 'bindResult': {
        const name = this.#name('k');
        const result = this.#result(statement, scope);
        scope.bound.push({ name, tests: [], isResult: true, givenTo: [] });
        return `const ${name} = ${result};`;
      }
      case 'assignLet': {
        const name = this.#name('x');
        const value = this.#expression(statement.value, scope);
        return `let ${name} = ${this.#opaque('o()')}.a;\n${name} ${statement.operator} ${value};`;
      }
      case 'keep':
        return this.#keep(statement, scope);
      case 'reassign': {
        const kept = pick(
          scope.kept.filter(
            (one) =>
              one.reassignable &&
              one.owner === scope.owner &&
              !scope.rounds.some((round) => one.usedIn.has(round)),
          ),
          statement.reference,
        );
        if (kept === undefined) return `${this.#promise(statement.promise, scope, 'detached')};`;
        const promise =
          kept.isPromise && !this.#isPromise(statement.promise, scope)
            ? this.#opaque('g()')
            : this.#guestless(this.#promise(statement.promise, scope, 'detached'));
        this.#keepsSet ||= promise.includes('setUserJwt');
        kept.hasCallbacks ||= runsLater(statement.promise);
        return `${kept.name} = ${slow(promise)};`;
      }
      case 'drop': {
        const promise = this.#promise(statement.promise, scope, 'detached');
        return statement.voided ? `void ${promise};` : `${promise};`;
      }
      case 'function':
      case 'service':
      case 'factory':
      case 'store':
        return this.#declare(statement, scope)();
      case 'wrap':
      case 'chooseCallee':
        return this.#declare(statement, scope)();
      case 'ready':
        return ';';
      case 'branchKeep':
        return this.#branchKeep(statement, scope);
      case 'outcomes':
        return this.#outcomes(statement, scope);
      case 'using':
        return this.#using(statement, scope);
      case 'steps':
        return this.#steps(statement, scope);
      case 'exit': {
        // What was left to run later does not, then.
        if (this.#hasBeside) return ';';
        this.#spend();
        if (statement.form % 2 === 0) return 'process.exit(1);';
        this.#library.add('const { exit } = process;');
        return 'exit(1);';
      }
      case 'bindChain': {
        const form = pick(chainResults, statement.form);
        if (form === undefined || !canAwait(scope)) return ';';
        const { text } = this.#chainResult(statement, scope);
        const name = this.#name('k');
        // Of what the promise gives, no more than its kind is told apart.
        scope.bound.push({ name, tests: [], isResult: true, givenTo: [] });
        return `const ${name} = ${text};`;
      }
      case 'bindTuple': {
        if (!canAwait(scope)) return ';';
        const form = statement.form % 4;
        if (form > 1) this.#isRisky = true;
        const promise = this.#promise(statement.promise, scope, form > 1 ? 'detached' : 'awaited');
        const other = form > 1 ? this.#opaque('g()') : '';
        const name = this.#name('k');
        scope.bound.push({ name, tests: [], isResult: true, givenTo: [] });
        if (form < 2) return `const [${name}] = await ${this.#fromLibrary(tupler, promise)};`;
        const told = this.#fromLibrary(tester, promise);
        return form === 2
          ? `const [${name}] = await Promise.all([${told}, ${other}]);`
          : `const [, ${name}] = await Promise.all([${other}, ${told}]);`;
      }
      case 'make':
        return this.#make(statement, scope);
      case 'register':
        return this.#register(statement, scope);
      case 'bindCall': {
        const picked = this.#pickTested(statement.reference, scope);
        if (picked?.helper.isDone !== true) return ';';
        const call = this.#call(
          picked,
          statement.argument,
          scope,
          picked.helper.routine.asynchronous,
        );
        const name = this.#name('k');
        scope.bound.push({ name, tests: [], isResult: true, givenTo: [] });
        return `const ${name} = ${call};`;
      }
      case 'returnTest': {
        const { returns } = scope.owner;
        if (returns === 'none') return ';';
        if (returns !== 'literal') return 'return;';
        return `return !!(${this.#test(statement.test, scope)});`;
      }
      default:
        return unreachable(statement);
    }
  }

  /** Variables that are assigned again, in some of the lists that hold more than one statement. */
  #declareChanged(body: Body, scope: Scope): string[] {
    if (!this.#flags.changed || body.length < 2) return [];
    const own = this.#changedIn(scope).length;
    if (own >= maxChanged || (this.#names + body.length + own) % 3 === 0) return [];
    this.#changes += 1;
    const name = this.#name('x');
    scope.changed.push({
      name,
      owner: scope.owner,
      test: pick(changedTests, this.#changes) ?? asItIs,
    });
    const value = pick(['', ' = false', ' = null', ' = true', ' = 0', " = 'a'"], this.#changes);
    return [`let ${name}${value ?? ''};`];
  }

  /** An assignment to a variable that can be seen here, behind some of the statements. */
  #assign(scope: Scope): readonly string[] {
    const own = this.#changedIn(scope);
    if (own.length === 0) return [];
    this.#changes += 1;
    const { name } = pick(own, this.#changes) ?? { name: '' };
    // Of what another variable holds, no more is told than whether it is truthy.
    const isPlain = own.every(({ test }) => test === asItIs);
    const other = (isPlain ? pick(own, this.#names)?.name : null) ?? 'null';
    const caught = scope.caught.at(-1) ?? 'null';
    const values = ['true', "'a'", 'null', 'false', caught, `!${other}`, other, '0'];
    const value = pick(values, this.#names + this.#changes) ?? 'true';
    switch ((this.#names + this.#fuel) % 6) {
      case 0:
      case 1:
        return [`${name} = ${value};`];
      case 2:
        return [`${name} ${pick(['||=', '&&=', '??='], this.#changes) ?? '='} ${value};`];
      case 3: {
        const asserted = own.filter(({ test }) => test === asItIs);
        const { name: told } = pick(asserted, this.#changes) ?? { name: null };
        const asserter = this.#flags.asked ? pick(asserters, this.#changes) : undefined;
        if (told === null || asserter === undefined) return [];
        this.#isRisky = true;
        return [this.#fromLibrary(asserter, told)];
      }
      default:
        return [];
    }
  }

  /** The variables of this function that are assigned again. */
  #changedIn(scope: Scope): readonly Changed[] {
    return scope.changed.filter(({ owner }) => owner === scope.owner);
  }

  #keep(statement: Extract<Statement, { kind: 'keep' }>, scope: Scope): string {
    const promise = this.#guestless(this.#promise(statement.promise, scope, 'detached'));
    if (this.#kept >= this.#maxKept || !this.#mayKeep()) return `${promise};`;
    this.#kept += 1;
    this.#keepsSet ||= promise.includes('setUserJwt');
    const name = this.#name('p');
    scope.kept.push({
      name,
      isPromise: this.#isPromise(statement.promise, scope),
      reassignable: statement.reassignable,
      owner: scope.owner,
      usedIn: new Set(),
      rounds: scope.rounds,
      hasCallbacks: runsLater(statement.promise),
      isUsed: false,
    });
    const made = slow(promise);
    // Told apart by the name, so that no other choice is shifted.
    const form = this.#flags.takenApart ? Number(name.slice(1)) : 0;
    if (statement.reassignable) {
      const given = [
        `${name} = ${made};`,
        `[${name}] = [${made}];`,
        `({ k: ${name} } = { k: ${made} });`,
      ];
      return `let ${name};\n${pick(given, form) ?? ''}`;
    }
    const other = this.#name('o');
    const forms = [
      `const ${name} = ${made};`,
      `const { ${name} } = { ${name}: ${made} };`,
      `const [, ${name}] = [0, ${made}];`,
      `const ${other} = { k: ${made} };\nconst { k: ${name} = 0 } = ${other};`,
      `const ${other} = [${made}];\n${other}.push(0);\nconst ${name} = ${other}.at(0);`,
      `const ${other} = { k: 0, ...{ k: ${made} } };\nconst ${name} = ${other}.k;`,
      `const ${other} = new Map([[0, ${made}]]);\nconst ${name} = ${other}.get(0);`,
      `const ${other} = { k: ${made} };\nconst { k: ${name} } = ${other};\n${other}.k = 0;`,
      `const ${other} = { a: [${made}] };\nconst { a: [${name}] } = ${other};`,
    ];
    return pick(forms, form) ?? '';
  }

  /** A promise to keep, but for that of a guest's login where somebody may log out. */
  #guestless(promise: string): string {
    const isGuest = promise.includes('loginUnidentifiedUser') && this.#methods.includes('logout');
    return isGuest ? this.#opaque('g()') : promise;
  }

  /** A promise that branches keep. */
  #outcomes(statement: Extract<Statement, { kind: 'outcomes' }>, scope: Scope): string {
    if (!canAwait(scope)) return ';';
    const { elements } = statement;
    const combined: Promised = { sort: 'P', kind: 'combinator', name: 'allSettled', elements };
    const promise = this.#promise(combined, scope, 'awaited');
    const name = this.#name('o');
    const last = elements.length - 1;
    const status = `${', '.repeat(last)}{ status: ${name} }`;
    // Told apart by the name, so that no other choice is shifted.
    const isOdd = /[13579]$/.test(name);
    const isFulfilled = "(result) => result.status === 'fulfilled'";
    const isRejected = "({ status }) => status === 'rejected'";
    const forms: readonly (readonly [pattern: string, test: string])[] = [
      [name, `${name}[${String(last)}].status === 'fulfilled'`],
      [`[${status}]`, `${name} !== 'rejected'`],
      [name, `${name}.every(${isFulfilled})`],
      [name, `!${name}.some(${isRejected})`],
      [name, isOdd ? `${name}.find(${isRejected})` : `${name}.findIndex(${isRejected}) !== -1`],
      [
        name,
        isOdd
          ? `${name}.filter(${isRejected}).length === 0`
          : `${name}.flatMap((r) => (r.status === 'fulfilled' ? [r] : [])).length < ${name}.length`,
      ],
    ];
    const [pattern, test] = pick(forms, statement.form) ?? [name, 'true'];
    const then = this.#block(statement.then, scope);
    const otherwise =
      statement.otherwise === null ? '' : ` else ${this.#block(statement.otherwise, scope)}`;
    return `const ${pattern} = await ${promise}; if (${test}) ${then}${otherwise}`;
  }

  #branchKeep(statement: Extract<Statement, { kind: 'branchKeep' }>, scope: Scope): string {
    const test = this.#test(statement.test, scope);
    if (this.#kept >= this.#maxKept || !this.#mayKeep()) return `${test};`;
    this.#kept += 1;
    const name = this.#name('p');
    const promises = [statement.then, statement.otherwise].map((promise) => {
      if (promise === null) return null;
      const text = this.#guestless(this.#promise(promise, scope, 'detached'));
      this.#keepsSet ||= text.includes('setUserJwt');
      return `${name} = ${slow(text)};`;
    });
    const [then, otherwise] = promises;
    scope.kept.push({
      name,
      isPromise:
        statement.otherwise !== null &&
        this.#isPromise(statement.then, scope) &&
        this.#isPromise(statement.otherwise, scope),
      reassignable: true,
      owner: scope.owner,
      usedIn: new Set(),
      rounds: scope.rounds,
      hasCallbacks: [statement.then, statement.otherwise].some(
        (promise) => promise !== null && runsLater(promise),
      ),
      isUsed: false,
    });
    const rest = otherwise == null ? '' : `\nelse ${otherwise}`;
    return `let ${name};\nif (${test}) ${then ?? ';'}${rest}`;
  }

  /** A block with a resource. In the text to run, it is disposed of in a finalizer. */
  #using(statement: Extract<Statement, { kind: 'using' }>, scope: Scope): string {
    const isAwaited = statement.awaited && canAwait(scope);
    const owner: FunctionContext = {
      asynchronous: isAwaited,
      generator: false,
      returns: 'plain',
      use: 'awaited',
    };
    const name = this.#name('r');
    const disposal = this.#block(statement.disposal, inFunction(scope, owner));
    const isClearedBehind = scope.isClearedBehind || disposal.includes('logout');
    const list = this.#list(statement.body, { ...scope, hasFinalizer: true, isClearedBehind });
    this.#isRisky = true;
    const [head, run, wait] = isAwaited
      ? [`await using ${name} = { async [Symbol.asyncDispose]`, 'async ', 'await ']
      : [`using ${name} = { [Symbol.dispose]`, '', ''];
    const text = [
      `${variant(head, `const ${name} = { ${run}dispose`)}() ${disposal} };${variant('', ' try {')}`,
      list,
      variant('', `} finally { ${wait}${name}.dispose(); }`),
    ].join('\n');
    return `{\n${indent(text)}\n}`;
  }

  /** Functions that are called in turn. */
  #steps(statement: Extract<Statement, { kind: 'steps' }>, scope: Scope): string {
    if (!canAwait(scope)) return ';';
    const rounds = [...scope.rounds, { hasLogout: true }];
    const looped: Scope = { ...scope, rounds, isListed: true };
    const steps = statement.callbacks.map((one) => this.#callback(one, looped, 'awaited'));
    this.#isRisky = true;
    const array = `[${steps.join(', ')}]`;
    const [name, other] = [this.#name('x'), this.#name('x')];
    const texts = [
      () => `for (const ${name} of ${array}) await ${name}();`,
      () => `const ${other} = ${array};\nfor (const ${name} of ${other}) await ${name}();`,
      () =>
        `for (const ${name} of ${array}) {\n  if (${this.#opaque('c()')}) break;\n  await ${name}();\n}`,
      () => `await ${array}.reduce((p, f) => p.then(f), Promise.resolve());`,
      () =>
        `await ${array}.reduce(async (p, f) => {\n  await p;\n  await f();\n}, Promise.resolve());`,
    ];
    return pick(texts, statement.form)?.() ?? ';';
  }

  /** An awaited chain that gives a result which is told apart, and a test of it. */
  #chainResult(
    { form, promise }: { readonly form: number; readonly promise: Promised },
    scope: Scope,
  ): { readonly text: string; readonly test: string } {
    const { chain, tests, isValued } = pick(chainResults, form) ?? {
      chain: '',
      tests: [],
      isValued: true,
    };
    const head =
      promise.kind === 'client' ? this.#promise(promise, scope, 'awaited') : this.#opaque('g()');
    this.#isRisky = true;
    const valued = isValued ? `${variant('', 'valued(')}${head}${variant('', ')')}` : head;
    const test = pick(tests, Math.floor(form / chainResults.length)) ?? 'r';
    return { text: `await ${valued}${chain}`, test };
  }

  #mayKeep(): boolean {
    return !this.#flags.functions || !this.#methods.includes('logout');
  }

  #return(statement: Extract<Statement, { kind: 'return' }>, scope: Scope): string {
    const { owner } = scope;
    if (owner.returns === 'none') return ';';
    if (owner.returns === 'literal') {
      this.#results += 1;
      const isNamed = statement.literal === "'a'" && this.#results % 3 === 0;
      if (isNamed) this.#library.add(WORD.text);
      return `return ${isNamed ? WORD.name : statement.literal};`;
    }
    const isAsyncGenerator = owner.asynchronous && owner.generator;
    if (statement.form === 'nothing') return 'return;';
    if (statement.form === 'value' || isAsyncGenerator) return `return ${statement.literal};`;
    if (statement.form === 'awaited') return `return ${this.#await(statement.promise, scope)};`;
    // A finalizer runs before anybody awaits what is returned.
    const isAwaited = owner.returns === 'promise' && !scope.hasFinalizer;
    return `return ${this.#promise(statement.promise, scope, isAwaited ? owner.use : 'detached')};`;
  }

  #try(statement: Extract<Statement, { kind: 'try' }>, scope: Scope): string {
    const { block, handler, finalizer } = statement;
    if (handler === null && finalizer === null) return this.#block(block, scope);
    const hasFinalizer = scope.hasFinalizer || finalizer !== null;
    let text = `try ${this.#block(block, {
      ...scope,
      hasFinalizer,
      hasHandler: scope.hasHandler || handler !== null,
    })}`;
    if (handler !== null) {
      const name = handler.parameter ? this.#name('e') : null;
      const caught = name === null ? scope.caught : [...scope.caught, name];
      const body = this.#block(handler.body, { ...scope, hasFinalizer, caught });
      text += name === null ? ` catch ${body}` : ` catch (${name}) ${body}`;
    }
    return finalizer === null ? text : `${text} finally ${this.#block(finalizer, scope)}`;
  }

  #switch(statement: Extract<Statement, { kind: 'switch' }>, scope: Scope): string {
    const values = scope.bound.filter(({ isResult }) => !isResult);
    const bound = statement.on === 'bound' ? pick(values, statement.reference) : undefined;
    const on = statement.on === 'bound' && bound === undefined ? 'selector' : statement.on;
    const inner = within(scope, { label: null, isLoop: false, isSwitch: true });
    const selector = bound?.name ?? (on === 'true' ? 'true' : null);
    // The selector's range is known only when all cases are printed; its fuel is spent before.
    if (selector === null) this.#spend();
    let hasDefault = false;
    const used = new Set<number>();
    const cases = statement.cases.map(({ test, body }) => {
      let head = 'default:';
      if (test === null && !hasDefault) hasDefault = true;
      else head = `case ${this.#caseTest(test, on, bound, used, scope)}:`;
      return `${head}\n${indent(this.#list(body, inner))}`.trimEnd();
    });
    const discriminant = selector ?? `s(${variant('', String(used.size))})`;
    return `switch (${discriminant}) {\n${indent(cases.join('\n'))}\n}`;
  }

  #caseTest(
    test: { readonly effect: Expression | null; readonly value: number } | null,
    on: 'selector' | 'true' | 'bound',
    bound: Bound | undefined,
    used: Set<number>,
    scope: Scope,
  ): string {
    const effect =
      test?.effect == null || on === 'bound' ? null : this.#expression(test.effect, scope);
    let value: string;
    if (on === 'true') {
      value = this.#opaque('c()');
    } else if (on === 'selector') {
      value = String(used.size);
      used.add(used.size);
    } else {
      let index = (test?.value ?? 0) % values.length;
      while (used.has(index)) index = (index + 1) % values.length;
      used.add(index);
      bound?.tests.push((candidate) => candidate === values[index]);
      value = valueTexts[index] ?? 'null';
    }
    return effect === null ? value : `(${effect}, ${value})`;
  }

  #loop(
    statement: Extract<
      Statement,
      {
        kind:
          | 'while'
          | 'doWhile'
          | 'for'
          | 'count'
          | 'forIn'
          | 'forOf'
          | 'forOfGenerator'
          | 'forAwait'
          | 'forAwaitGenerator';
      }
    >,
    scope: Scope,
  ): string {
    const target = this.#target({ label: statement.label, isLoop: true });
    const looped: Scope = { ...scope, rounds: [...scope.rounds, { hasLogout: false }] };
    const body = (): string => this.#block(statement.body, within(looped, target));
    const label = labelText(target);
    switch (statement.kind) {
      case 'while': {
        const { enter, step, test } = this.#rounds();
        const condition = test(this.#loopTest(statement.test, statement.body, looped));
        return `${enter}${label}while (${step}${condition}) ${body()}`;
      }
      case 'doWhile': {
        const { enter, count } = this.#rounds();
        const text = this.#block(statement.body, within(looped, target), count);
        const condition = this.#loopTest(statement.test, statement.body, looped);
        return `${enter}${label}do ${text} while (${condition});`;
      }
      case 'for': {
        const { enter, step, always, test } = this.#rounds();
        const init = statement.init === null ? '' : this.#expression(statement.init, scope);
        const printed = this.#loopTest(statement.test, statement.body, looped);
        const condition = printed === '' ? always : `${step}${test(printed)}`;
        const update = statement.update === null ? '' : this.#expression(statement.update, looped);
        return `${enter}${label}for (${init}; ${condition}; ${update}) ${body()}`;
      }
      case 'count': {
        const name = this.#name('i');
        const [from, head] = pick(counting, statement.form)?.(name, statement.rounds) ?? [0, ''];
        const last = from + (statement.rounds - 1) * (head.includes('--') ? -1 : 1);
        const counters = [...scope.counters, { name, first: from, last, owner: scope.owner }];
        const text = this.#block(statement.body, within({ ...looped, counters }, target));
        return `${label}for (${head}) ${text}`;
      }
      case 'forIn':
        return `${label}for (const ${this.#name('x')} in ${this.#opaque('ks()')}) ${body()}`;
      case 'forOf': {
        const iterable = this.#opaque('xs()');
        const name = this.#name('x');
        if (statement.fallback === null)
          return `${label}for (const ${name} of ${iterable}) ${body()}`;
        const fallback = this.#expression(statement.fallback, looped);
        return `${label}for (const { a: ${name} = ${fallback} } of ${iterable}) ${body()}`;
      }
      case 'forAwait': {
        const head = canAwait(scope) ? ['for await', 'ax()'] : ['for', 'xs()'];
        return `${label}${head[0]} (const ${this.#name('x')} of ${this.#opaque(head[1] ?? '')}) ${body()}`;
      }
      case 'forOfGenerator': {
        const generator = this.#generator(statement.generator, looped, false);
        return `${label}for (const ${this.#name('x')} of ${generator}) ${body()}`;
      }
      case 'forAwaitGenerator': {
        const generator = this.#generator(statement.generator, looped, canAwait(scope));
        const keyword = canAwait(scope) ? 'for await' : 'for';
        return `${label}${keyword} (const ${this.#name('x')} of ${generator}) ${body()}`;
      }
      default:
        return unreachable(statement);
    }
  }

  /**
   * The test of a loop. `main` must come to rest if code runs beside it: a loop that never ends nor
   * awaits would keep that code from ever running.
   */
  #loopTest(test: Test | null, body: Body, scope: Scope): string {
    const text = test === null ? '' : this.#test(test, scope);
    const mayStarve =
      this.#flags.functions ||
      this.#hasBeside ||
      someNode(body, (node) => node.sort === 'P' && runsLater(node));
    if (!mayStarve) return text;
    return text === '' ? this.#opaque('c()') : `(${this.#opaque('c()')} && ${text})`;
  }

  /** The counter of a loop's rounds: only in the text to run, which must end. */
  #rounds() {
    const name = this.#name('$');
    return {
      enter: variant('', `const ${name} = enter(); `),
      step: variant('', `${name}.step() && (`),
      test: (test: string) => `${test}${variant('', ')')}`,
      always: variant('', `${name}.step()`),
      count: variant('', `${name}.step();`),
    };
  }

  /**
   * A generator, called on the spot. Each step of the loop that consumes it may throw for the
   * analysis; so that it really may, the body has an `f()` at its start and after each `yield`.
   */
  #generator(body: Body, scope: Scope, asynchronous: boolean): string {
    const owner: FunctionContext = {
      asynchronous,
      generator: true,
      returns: 'plain',
      use: scope.owner.use,
    };
    const text = this.#block(body, inFunction(scope, owner), `${this.#opaque('f()')};`);
    return `(${asynchronous ? 'async function*' : 'function*'} () ${text})()`;
  }

  // Expressions

  #expression(expression: Expression, scope: Scope): string {
    if (this.#fuel <= 0) return '0';
    switch (expression.kind) {
      case 'value':
        return '0';
      case 'call':
        return this.#opaque(`f(${this.#expressions(expression.arguments, scope)})`);
      case 'await':
        return this.#await(expression.promise, scope);
      case 'promise':
        return `(${this.#promise(expression.promise, scope, 'detached')})`;
      case 'test':
        return `(${this.#test(expression.test, scope)})`;
      case 'logical': {
        const test = this.#test(expression.test, scope);
        return `(${test} ${expression.operator} ${this.#expression(expression.right, scope)})`;
      }
      case 'coalesce': {
        const left = this.#nullable(expression.left, expression.reference, scope);
        return `(${left} ?? ${this.#expression(expression.right, scope)})`;
      }
      case 'conditional': {
        const test = this.#test(expression.test, scope);
        const then = this.#expression(expression.then, scope);
        return `(${test} ? ${then} : ${this.#expression(expression.otherwise, scope)})`;
      }
      case 'sequence': {
        const first = this.#expression(expression.first, scope);
        return `(${first}, ${this.#expression(expression.second, scope)})`;
      }
      case 'unary': {
        const argument = this.#expression(expression.argument, scope);
        if (expression.operator !== 'delete') return `(${expression.operator} ${argument})`;
        return `(delete ${this.#opaque('o()')}[${argument}])`;
      }
      case 'binary': {
        const left = this.#expression(expression.left, scope);
        return `(${left} ${expression.operator} ${this.#expression(expression.right, scope)})`;
      }
      case 'array':
        return `[${this.#expressions(expression.elements, scope, expression.spread)}]`;
      case 'object': {
        const key = this.#expression(expression.key, scope);
        const value = this.#expression(expression.value, scope);
        return expression.spread
          ? `({ ...[${key}], b: ${value} })`
          : `({ [(${key}, 'a')]: ${value} })`;
      }
      case 'template':
        return `\`${this.#templateParts(expression.parts, scope)}\``;
      case 'tagged':
        return this.#opaque(`tag\`${this.#templateParts(expression.parts, scope)}\``);
      case 'new':
        return this.#opaque(`new C(${this.#expressions(expression.arguments, scope)})`);
      case 'construct': {
        this.#isRisky = true;
        return `(new (class ${this.#class(expression.parts, scope, false)})())`;
      }
      case 'class':
        return `(class ${this.#class(expression.parts, scope, true)})`;
      case 'chain':
        return this.#chain(expression, scope);
      case 'member':
        return `${this.#opaque('o()')}[${this.#expression(expression.key, scope)}]`;
      case 'assign': {
        const object = this.#opaque('o()');
        const key = expression.key === null ? '.a' : `[${this.#expression(expression.key, scope)}]`;
        const value = this.#expression(expression.value, scope);
        return `(${object}${key} ${expression.operator} ${value})`;
      }
      case 'assignLogical':
        return this.#assignLogical(expression.operator, expression.value, scope);
      case 'assignPattern': {
        const target = this.#opaque('o()');
        const first = this.#expression(expression.first, scope);
        const second = this.#expression(expression.second, scope);
        const source = this.#opaque('o()');
        return expression.shape === 'array'
          ? `([${target}[${first}] = ${second}] = ${source})`
          : `({ a: ${target}[${first}] = ${second} } = ${source})`;
      }
      case 'update':
        return expression.prefix ? `(++${this.#opaque('o()')}.a)` : `(${this.#opaque('o()')}.a--)`;
      case 'yield':
        return this.#yield(expression.value, scope);
      case 'delegate':
        return this.#delegate(expression.generator, scope);
      case 'iife': {
        const owner: FunctionContext = {
          asynchronous: false,
          generator: false,
          returns: 'plain',
          use: 'detached',
        };
        return this.#iife(expression.arrow, expression.parameter, expression.body, scope, owner);
      }
      case 'routine': {
        const picked = this.#pickHelper(
          expression.reference,
          scope,
          ({ routine }) => !routine.asynchronous && routine.returns !== 'promise',
        );
        if (picked === undefined) return this.#opaque('f()');
        return `(${this.#call(picked, expression.argument, scope)})`;
      }
      default:
        return unreachable(expression);
    }
  }

  #expressions(expressions: readonly Expression[], scope: Scope, spread = false): string {
    return expressions
      .map((expression, position) => {
        const text = this.#expression(expression, scope);
        return spread && position === 0 ? `...[${text}]` : text;
      })
      .join(', ');
  }

  #templateParts(parts: readonly Expression[], scope: Scope): string {
    return parts.map((part) => `a\${void ${this.#expression(part, scope)}}`).join('');
  }

  #assignLogical(operator: LogicalAssignment, value: Expression, scope: Scope): string {
    const object = this.#opaque('o()');
    return `(${object}.a ${operator} ${this.#expression(value, scope)})`;
  }

  #nullable(left: 'member' | 'bound' | 'null', reference: number, scope: Scope): string {
    if (left === 'null') return 'null';
    const bound = left === 'bound' ? pick(scope.bound, reference) : undefined;
    if (bound === undefined) return `${this.#opaque('o()')}.a`;
    bound.tests.push((value) => value == null);
    return bound.name;
  }

  #chain(expression: Extract<Expression, { kind: 'chain' }>, scope: Scope): string {
    const bound = expression.form === 'bound' ? pick(scope.bound, expression.reference) : undefined;
    bound?.tests.push((value) => value == null);
    const head = bound?.name ?? this.#opaque('o()');
    const first = this.#expression(expression.first, scope);
    switch (expression.form) {
      case 'bound':
        return bound === undefined ? `${head}.n?.[${first}]` : `${head}?.[${first}]`;
      case 'member':
        return `${head}.n?.[${first}]`;
      case 'call':
        return `${head}.m?.(${first})`;
      case 'long':
        return `${head}.n?.h(${first}).r.h(${this.#expression(expression.second, scope)})`;
      case 'twice':
        return `${head}.n?.n?.h(${first})[${this.#expression(expression.second, scope)}]`;
      default:
        return unreachable(expression.form);
    }
  }

  #await(promise: Promised, scope: Scope): string {
    if (!scope.owner.asynchronous || !scope.canSuspend) {
      return `(${this.#promise(promise, scope, 'detached')})`;
    }
    if (!mayReject(promise)) this.#isRisky = true;
    if (promise.kind === 'client') return `(await ${this.#client(promise, scope)})`;
    return `(await ${this.#promise(promise, scope, 'awaited')})`;
  }

  #yield(value: Expression, scope: Scope): string {
    const text = this.#expression(value, scope);
    if (!this.#canYield(scope)) return text;
    // An async generator would await what it yields.
    const yielded = scope.owner.asynchronous ? `void ${text}` : text;
    return `(yield ${yielded}, ${this.#opaque('f()')})`;
  }

  #delegate(generator: Body | null, scope: Scope): string {
    if (!this.#canYield(scope)) return this.#opaque('f()');
    const { asynchronous } = scope.owner;
    const inner =
      generator === null
        ? this.#opaque(asynchronous ? 'ax()' : 'xs()')
        : this.#generator(generator, scope, asynchronous);
    return `(yield* ${inner}, ${this.#opaque('f()')})`;
  }

  #canYield(scope: Scope): boolean {
    const isHandled = scope.hasHandler && !this.#flags.yieldInTry;
    return scope.owner.generator && scope.canSuspend && !isHandled;
  }

  #iife(
    arrow: boolean,
    parameter: Parameter | null,
    body: Body,
    scope: Scope,
    owner: FunctionContext,
    after = '',
  ): string {
    let parameters = '';
    let argument = '';
    if (parameter !== null) {
      const inner = inFunction(scope, { ...owner, returns: 'none' });
      const fallback = this.#expression(parameter.fallback, { ...inner, canSuspend: false });
      parameters = `${this.#name('x')} = ${fallback}`;
      argument = parameter.argument ? `${this.#opaque('o()')}.a` : '';
    }
    const inner = this.#onTheSpot(scope, owner, arrow);
    const block = this.#block(body, inner, '', after);
    const keyword = owner.asynchronous ? 'async ' : '';
    return arrow
      ? `(${keyword}(${parameters}) => ${block})(${argument})`
      : `(${keyword}function (${parameters}) ${block})(${argument})`;
  }

  /** The scope of a function that is called where it is written. */
  #onTheSpot(scope: Scope, owner: FunctionContext, arrow: boolean): Scope {
    const { activation, self } = scope;
    return { ...inFunction(scope, owner), activation, self: arrow ? self : null };
  }

  #class(parts: ClassParts, scope: Scope, canExtend: boolean): string {
    const place: FunctionContext = {
      asynchronous: false,
      generator: false,
      returns: 'none',
      use: 'detached',
    };
    const initializer = inFunction(scope, place);
    const heritage =
      canExtend && parts.heritage !== null
        ? `extends (${this.#expression(parts.heritage, scope)}, C) `
        : '';
    const members: string[] = [];
    if (parts.methodKey !== null) {
      members.push(`[(${this.#expression(parts.methodKey, scope)}, 'm')]() {}`);
    }
    // Keys are evaluated before what is static runs: a task that one begins is there by then.
    const fieldKey = parts.fieldKey === null ? null : this.#expression(parts.fieldKey, scope);
    if (parts.staticBlock !== null) {
      members.push(`static ${this.#block(parts.staticBlock, initializer)}`);
    }
    if (parts.staticField !== null) {
      members.push(`static s = ${this.#expression(parts.staticField, initializer)};`);
    }
    if (fieldKey !== null) members.push(`[(${fieldKey}, 'x')] = 1;`);
    if (parts.field !== null) {
      const { field } = parts;
      const value = this.#guarded(() => this.#expression(field, initializer), expressionGuard);
      members.push(`#y = ${value};`);
    }
    if (parts.constructorBody !== null && heritage === '') {
      const owner: FunctionContext = { ...place, returns: 'plain' };
      members.push(`constructor() ${this.#block(parts.constructorBody, inFunction(scope, owner))}`);
    }
    return `${heritage}{\n${indent(members.join('\n'))}\n}`;
  }

  /** A pattern for the value of `o()`, with fresh names. */
  #pattern(pattern: Pattern, scope: Scope): string {
    const parts = pattern.entries.map((entry, position) => {
      const isObject = pattern.shape === 'object';
      const key = isObject && entry.key !== null ? this.#expression(entry.key, scope) : null;
      const target = entry.nested === null ? this.#name('d') : this.#pattern(entry.nested, scope);
      const fallback = this.#expression(entry.fallback, scope);
      const value =
        entry.nested === null
          ? `${target} = ${fallback}`
          : `${target} = (${fallback}, ${this.#opaque('o()')})`;
      if (!isObject) return value;
      const name = entry.nested !== null ? 'n' : position === 0 ? 'a' : 'b';
      return key === null ? `${name}: ${value}` : `[(${key}, '${name}')]: ${value}`;
    });
    if (pattern.rest) parts.push(`...${this.#name('d')}`);
    return pattern.shape === 'object' ? `{ ${parts.join(', ')} }` : `[${parts.join(', ')}]`;
  }

  // Tests

  #test(test: Test, scope: Scope): string {
    switch (test.kind) {
      case 'draw': {
        const own = test.arguments.length === 0 ? this.#changedIn(scope) : [];
        const changed = (this.#names + this.#changes) % 2 === 0 ? pick(own, this.#changes) : null;
        this.#changes += own.length > 0 ? 1 : 0;
        if (changed?.test === asItIs) return this.#asker(changed.name);
        if (changed != null) return changed.test(changed.name);
        return this.#opaque(`c(${this.#expressions(test.arguments, scope)})`);
      }
      case 'literal':
        return test.literal;
      case 'constant':
        return pick(scope.constants, test.reference) ?? this.#opaque('c()');
      case 'bound': {
        const bound = pick(scope.bound, test.reference);
        const form = pick(boundTests, test.form);
        if (bound === undefined || form === undefined) return this.#opaque('c()');
        const [print, evaluate] = form;
        bound.tests.push(evaluate);
        const text = print(bound.name);
        if (text.includes(WORD.name)) this.#library.add(WORD.text);
        return text === bound.name ? this.#asker(text) : `(${text})`;
      }
      case 'counter': {
        // A closure may run in another round.
        const known = scope.counters.filter(({ owner }) => owner === scope.owner);
        const counter = pick(known, test.reference);
        const form = pick(counterTests, test.form);
        if (counter === undefined || form === undefined) return this.#opaque('c()');
        return `(${form(counter.name, counter.last, counter.first)})`;
      }
      case 'not':
        return `!${this.#test(test.test, scope)}`;
      case 'and':
        return `(${this.#test(test.left, scope)} && ${this.#test(test.right, scope)})`;
      case 'or':
        return `(${this.#test(test.left, scope)} || ${this.#test(test.right, scope)})`;
      case 'coalesce': {
        const bound = pick(scope.bound, test.reference);
        if (bound === undefined) return this.#test(test.right, scope);
        bound.tests.push((value) => value == null, Boolean);
        return `(${bound.name} ?? ${this.#test(test.right, scope)})`;
      }
      case 'conditional': {
        const condition = this.#test(test.test, scope);
        const then = this.#test(test.then, scope);
        return `(${condition} ? ${then} : ${this.#test(test.otherwise, scope)})`;
      }
      case 'sequence':
        return `(${this.#expression(test.first, scope)}, ${this.#test(test.test, scope)})`;
      case 'result':
        return this.#asker(this.#result(test, scope));
      case 'routine': {
        const picked = this.#pickTested(test.reference, scope);
        if (picked === undefined) return this.#opaque('c()');
        const { asynchronous } = picked.helper.routine;
        const call = this.#call(picked, test.argument, scope, asynchronous);
        // Results of getters are not told apart where they are given to functions.
        return picked.helper.isGetter ? call : this.#asker(asynchronous ? `(${call})` : call);
      }
      case 'chain': {
        if (!canAwait(scope)) return this.#opaque('c()');
        const { text, test: tested } = this.#chainResult(test, scope);
        return `(${tested.replace(/\br\b/u, () => `(${text})`)})`;
      }
      case 'settled': {
        if (!canAwait(scope)) return this.#opaque('c()');
        const promise = this.#promise(test.promise, scope, 'awaited');
        return this.#asker(`(await ${this.#fromLibrary(tester, promise)})`);
      }
      default:
        return unreachable(test);
    }
  }

  /** A function called on the spot for one of its literal results. */
  #result(
    node: { readonly asynchronous: boolean; readonly body: Body; readonly literal: Literal },
    scope: Scope,
  ): string {
    const asynchronous = node.asynchronous && scope.owner.asynchronous && scope.canSuspend;
    const owner: FunctionContext = {
      asynchronous,
      generator: false,
      returns: 'literal',
      use: 'awaited',
    };
    const call = this.#iife(true, null, node.body, scope, owner, `return ${node.literal};`);
    return asynchronous ? `(await ${call})` : call;
  }

  // Promises

  #promise(promise: Promised, scope: Scope, use: Use): string {
    if (use === 'detached' && runsLater(promise)) return this.#beside(promise, scope);
    return this.#promiseText(promise, scope, use);
  }

  /** Code that runs beside `main`, if there may be some here. */
  #beside(promise: Promised, scope: Scope): string {
    if (!this.#flags.detached || scope.isListed) return this.#opaque('g()');
    if (isTask(promise)) {
      if (isClearedLater(scope)) return this.#opaque('g()');
      this.#hasTask = true;
    }
    this.#hasBeside = true;
    return this.#promiseText(promise, { ...scope, isBeside: true, isDetached: true }, 'detached');
  }

  #promiseText(promise: Promised, scope: Scope, use: Use): string {
    switch (promise.kind) {
      case 'client':
        // The guest login never throws at once in the executor; see `#client` there.
        if (promise.method === 'loginUnidentifiedUser') this.#isRisky = true;
        return this.#client(promise, scope);
      case 'opaque':
        return this.#opaque('g()');
      case 'import':
        if (use === 'detached') this.#isRisky = true;
        return this.#opaque(`${variant('import', 'dyn')}('some-module')`);
      case 'kept':
        return this.#useKept(promise.reference, scope)?.name ?? this.#opaque('g()');
      case 'then': {
        const head = this.#head(promise.head, scope, use);
        const fulfilled =
          promise.fulfilled === null ? 'undefined' : this.#callback(promise.fulfilled, scope, use);
        if (promise.rejected === null) return `${head}.then(${fulfilled})`;
        return `${head}.then(${fulfilled}, ${this.#callback(promise.rejected, scope, use)})`;
      }
      case 'catch': {
        const head = this.#head(promise.head, scope, use);
        return `${head}.catch(${this.#callback(promise.rejected, scope, use)})`;
      }
      case 'finally': {
        const head = this.#head(promise.head, scope, use);
        return `${head}.finally(${this.#callback(promise.settled, scope, use)})`;
      }
      case 'asyncIife': {
        const owner: FunctionContext = {
          asynchronous: true,
          generator: false,
          returns: 'promise',
          use,
        };
        return this.#iife(promise.arrow, promise.parameter, promise.body, scope, owner);
      }
      case 'iife': {
        const owner: FunctionContext = {
          asynchronous: false,
          generator: false,
          returns: 'promise',
          use,
        };
        const { arrow, body } = promise;
        // What it returns is printed after its body, but is part of it.
        const inner = this.#onTheSpot(scope, owner, arrow);
        const block = this.#block(
          [
            ...body,
            { sort: 'S', kind: 'return', form: 'promise', promise: promise.promise, literal: '0' },
          ],
          inner,
        );
        return arrow ? `(() => ${block})()` : `(function () ${block})()`;
      }
      case 'combinator': {
        this.#isRisky = true;
        const elementUse = promise.elements.length === 1 ? use : 'detached';
        // What is no promise would win a race at once, and `any` could never be rejected.
        const mustBePromise = promise.name === 'race' || promise.name === 'any';
        const elements = promise.elements.map((one) =>
          mustBePromise && !this.#isPromise(one, scope)
            ? this.#opaque('g()')
            : this.#promise(one, scope, elementUse),
        );
        return `Promise.${promise.name}([${elements.join(', ')}])`;
      }
      case 'conditional': {
        const test = this.#test(promise.test, scope);
        const then = this.#promise(promise.then, scope, use);
        return `(${test} ? ${then} : ${this.#promise(promise.otherwise, scope, use)})`;
      }
      case 'and': {
        const test = this.#test(promise.test, scope);
        return `(${test} && ${this.#promise(promise.promise, scope, use)})`;
      }
      case 'sequence': {
        const first = this.#expression(promise.first, scope);
        return `(${first}, ${this.#promise(promise.promise, scope, use)})`;
      }
      case 'routine': {
        const picked = this.#pickPromising(promise.reference, scope, use);
        if (picked === undefined) return this.#opaque('g()');
        return this.#call(picked, promise.argument, scope);
      }
      case 'parameter': {
        const name = this.#visibleParameter(scope, use);
        return name === null ? this.#opaque('g()') : this.#opaque(`${name}()`);
      }
      case 'stored':
        return this.#stored(promise, scope);
      case 'resolved':
        this.#isRisky = true;
        return 'Promise.resolve()';
      case 'executor':
        return this.#executor(promise, scope, use);
      case 'raced': {
        this.#isRisky = true;
        const one = this.#isPromise(promise.promise, scope)
          ? this.#promise(promise.promise, scope, use)
          : this.#opaque('g()');
        const never = this.#later(pick(neverFulfilled, promise.form) ?? '');
        const both = promise.first ? [one, never] : [never, one];
        return `Promise.${promise.form % 2 === 0 ? 'race' : 'any'}([${both.join(', ')}])`;
      }
      case 'passed': {
        const form = pick(settlers, promise.form);
        if (form === undefined) return this.#opaque('g()');
        this.#isRisky = true;
        const isPromise = this.#isPromise(promise.promise, scope);
        const passed =
          isPromise || !form.text.includes('.then')
            ? this.#promise(promise.promise, scope, use)
            : this.#opaque('g()');
        return this.#fromLibrary(form, passed);
      }
      case 'queued': {
        const form = pick(queues, promise.form);
        if (form === undefined) return this.#opaque('g()');
        this.#isRisky = true;
        return this.#fromLibrary(form, this.#callback(promise.callback, scope, use));
      }
      case 'handed': {
        const callback = this.#callbackBeside(promise.callback, scope);
        if (callback === null) return this.#opaque('g()');
        this.#isRisky = true;
        return `${variant('hand', `(${TAKER})`)}(${callback})`;
      }
      default:
        return unreachable(promise);
    }
  }

  #executor(promise: Extract<Promised, { kind: 'executor' }>, scope: Scope, use: Use): string {
    const form = pick(executors, promise.form);
    if (form === undefined) return this.#opaque('g()');
    const owner: FunctionContext = {
      asynchronous: false,
      generator: false,
      returns: 'none',
      use,
    };
    const inner = this.#onTheSpot(scope, owner, true);
    this.#isRisky = true;
    const body = this.#list(promise.body, inner);
    const inside = form.isBehind
      ? this.#head(promise.promise, inner, use)
      : this.#promise(promise.promise, inner, 'detached');
    const text = this.#later(form.text)
      .replace('TEST', () => this.#opaque('c()'))
      .replace('P', () => inside)
      .replace('BODY', () => body)
      .replace('\n\n', '\n');
    return `new Promise(${indentInside(text)})`;
  }

  /** Timers, which are the machine's in the text to run. */
  #later(text: string): string {
    return text.replaceAll(/LATER\((\w+)\)/g, (_match, name: string) =>
      variant(`setTimeout(${name}, 1)`, `later(${name})`),
    );
  }

  /** The object of a `.then`, which must be a promise. */
  #head(head: Promised, scope: Scope, use: Use): string {
    if (head.kind !== 'client' && head.kind !== 'opaque') this.#isRisky = true;
    return this.#isPromise(head, scope) ? this.#promise(head, scope, use) : this.#opaque('g()');
  }

  /** Whether its value is a promise for certain. */
  #isPromise(promise: Promised, scope: Scope): boolean {
    switch (promise.kind) {
      case 'kept':
        // Where nothing is visible, the printer puts `g()`.
        return pick(visibleKept(scope), promise.reference)?.isPromise ?? true;
      case 'conditional':
        return this.#isPromise(promise.then, scope) && this.#isPromise(promise.otherwise, scope);
      case 'sequence':
        return this.#isPromise(promise.promise, scope);
      case 'and':
      case 'iife':
      case 'routine':
      case 'parameter':
      case 'stored':
      case 'passed':
        return false;
      default:
        return true;
    }
  }

  #visibleParameter({ parameter, isDetached }: Scope, use: Use): string | null {
    if (parameter === null) return null;
    const isSuitable = parameter.use === 'detached' || (use === 'awaited' && !isDetached);
    return isSuitable ? parameter.name : null;
  }

  #useKept(reference: number, scope: Scope): Kept | undefined {
    const kept = pick(visibleKept(scope), reference);
    if (kept === undefined) return undefined;
    const isAgain = kept.isUsed || scope.rounds.some((round) => !kept.rounds.includes(round));
    if (kept.hasCallbacks && isAgain && !this.#flags.awaitedAgain) return undefined;
    kept.isUsed = true;
    for (const round of scope.rounds) kept.usedIn.add(round);
    return kept;
  }

  #callback(callback: Callback, scope: Scope, use: Use): string {
    const owner: FunctionContext = {
      asynchronous: 'asynchronous' in callback && callback.asynchronous,
      generator: false,
      returns: 'promise',
      use,
    };
    const isArrow = callback.kind !== 'block' || callback.arrow;
    const inner: Scope = { ...inFunction(scope, owner), self: isArrow ? scope.self : null };
    const keyword = owner.asynchronous ? 'async ' : '';
    switch (callback.kind) {
      case 'routine': {
        const picked = this.#pickHelper(
          callback.reference,
          scope,
          ({ routine, isPassable, isDone }) =>
            isPassable &&
            isDone &&
            (use === 'awaited' ||
              routine.trait === 'dropped' ||
              (!routine.asynchronous && routine.returns !== 'promise')),
        );
        if (picked === undefined) return '() => 0';
        if (picked.helper.routine.trait === 'clears') {
          for (const round of scope.rounds) round.hasLogout = true;
        }
        this.#spend();
        return picked.target;
      }
      case 'parameter':
        return this.#visibleParameter(scope, use) ?? '() => 0';
      case 'client':
        return this.#clientReference(callback.method, scope);
      case 'expression': {
        const { value } = callback;
        const text = this.#guarded(() => this.#expression(value, inner), expressionGuard);
        return `${keyword}() => ${text}`;
      }
      case 'promise': {
        const { promise, awaited } = callback;
        const print = (): string =>
          awaited && callback.asynchronous
            ? this.#await(promise, inner)
            : this.#promise(promise, inner, use);
        return `${keyword}() => ${this.#guarded(print, expressionGuard)}`;
      }
      case 'block': {
        const parameters = callback.parameter ? this.#name('x') : '';
        const block = this.#block(callback.body, inner);
        return callback.arrow
          ? `${keyword}(${parameters}) => ${block}`
          : `${keyword}function (${parameters}) ${block}`;
      }
      default:
        return unreachable(callback);
    }
  }

  #client(call: Extract<Promised, { kind: 'client' }>, scope: Scope): string {
    const { id, method } = this.#event(call.method, scope);
    if (call.spelling === 'constant') {
      this.#library.add(`const ${constantOf(method)} = '${method}';`);
    }
    const argument = clientArguments[method];
    const passed = `${variant('', argument === '' ? String(id) : `${id}, `)}${argument}`;
    return `${position(id)}${calleeText(method, call.spelling)}${passed})`;
  }

  /** A method of the client, handed over uncalled. */
  #clientReference(wanted: Method, scope: Scope): string {
    const { id, method } = this.#event(wanted, scope);
    const run = `(() => Intercom.${method}(${id}))`;
    return `${position(id)}${variant(`Intercom.${method}`, run)}`;
  }

  /** Takes a client call into the list, or another one where it must not stand. */
  #event(wanted: Method, scope: Scope): { readonly id: number; readonly method: Method } {
    let method = wanted;
    if (method === 'logout') {
      const isKept = this.#flags.functions && (this.#kept > 0 || this.#storesAny);
      if (this.#hasTask || scope.isBeside || isKept) method = 'logEvent';
      else for (const round of scope.rounds) round.hasLogout = true;
    }
    // Of sets that are under way on both sides of a logout, the analysis takes one for the other.
    if (method === 'setUserJwt' && this.#keepsSet && this.#methods.includes('logout')) {
      method = 'logEvent';
    }
    this.#spend();
    return { id: this.#methods.push(method) - 1, method };
  }

  #opaque(text: string): string {
    this.#spend();
    return text;
  }

  #spend(): void {
    this.#fuel -= 1;
  }

  // Names and jumps

  #name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  #target({ label, isLoop }: { label: boolean; isLoop: boolean }): Target {
    return { label: label ? this.#name('L') : null, isLoop, isSwitch: false };
  }
}

/** How many calls are printed in a function. */
const routineFuel = 4;

/** What stands beside `main`, if it stands in front. */
const outsideKinds: ReadonlySet<string> = new Set([
  'function',
  'service',
  'factory',
  'store',
  'wrap',
  'chooseCallee',
  'ready',
]);

/** A function that calls what it is given never, later though it fails, once or again, and may swallow what that throws. */
const TAKER = [
  'async (f) => {',
  'if (either()) return;',
  'if (either()) { later(f); if (either()) throw 1; return; }',
  'try { await f(); } catch (e) { if (either()) throw e; }',
  'if (either()) await f();',
  '}',
].join(' ');

/** What runs a function later, and what comes behind it. */
const registrars = [
  ['on', ''],
  ['setTimeout', ', 1'],
  ['subscribe', ''],
] as const;

/** Whether a function is declared behind the code that calls it. */
function isLate(statement: Statement): boolean {
  return statement.kind === 'function' && statement.form === 'declaration' && statement.late;
}

/** What a function does with the promise of its parameter. */
function callbackUse({ asynchronous, trait }: Routine): Use {
  return asynchronous && trait !== 'dropped' ? 'awaited' : 'detached';
}

const clientArguments: Readonly<Record<Method, string>> = {
  setUserJwt: 't',
  loginUserWithUserAttributes: 'u',
  loginUnidentifiedUser: '',
  updateUser: 'u',
  present: '',
  logout: '',
  logEvent: '',
};

/** The name of the constant that holds a method's name. */
function constantOf(method: Method): string {
  return `${method}Name`;
}

function calleeText(method: Method, spelling: string): string {
  switch (spelling) {
    case 'computed':
      return `Intercom['${method}'](`;
    case 'constant':
      return `Intercom[${constantOf(method)}](`;
    case 'optional':
      return `Intercom?.${method}(`;
    case 'call':
      return `Intercom.${method}.call(Intercom, `;
    default:
      return `Intercom.${method}(`;
  }
}

/** Whether the code around can log out once something has been started here. */
function isClearedLater({ rounds, isClearedBehind }: Scope): boolean {
  return isClearedBehind || rounds.some((round) => round.hasLogout);
}

/** Whether code of the program runs when this promise, or what it waits for, is settled. */
function runsLater(promise: Promised): boolean {
  switch (promise.kind) {
    case 'executor':
    case 'passed':
    case 'queued':
    case 'handed':
      return true;
    case 'raced':
      return runsLater(promise.promise);
    case 'then':
    case 'catch':
    case 'finally':
    case 'asyncIife':
    case 'iife':
    case 'routine':
    case 'parameter':
      return true;
    case 'combinator':
      return promise.elements.some(runsLater);
    case 'conditional':
      return runsLater(promise.then) || runsLater(promise.otherwise);
    case 'and':
    case 'sequence':
      return runsLater(promise.promise);
    default:
      return false;
  }
}

/** Whether that code runs in more than one step, or changes the session for what follows it. */
function isTask(promise: Promised): boolean {
  switch (promise.kind) {
    case 'executor':
    case 'passed':
    case 'queued':
    case 'handed':
      return true;
    case 'raced':
      return isTask(promise.promise);
    case 'then':
      return (
        isTask(promise.head) ||
        [promise.fulfilled, promise.rejected].some((one) => one !== null && isCallbackTask(one))
      );
    case 'catch':
      return isTask(promise.head) || isCallbackTask(promise.rejected);
    case 'finally':
      return isTask(promise.head) || isCallbackTask(promise.settled);
    case 'asyncIife':
    case 'iife':
    case 'routine':
    case 'parameter':
      return true;
    case 'combinator':
      return promise.elements.some(isTask);
    case 'conditional':
      return isTask(promise.then) || isTask(promise.otherwise);
    case 'and':
    case 'sequence':
      return isTask(promise.promise);
    default:
      return false;
  }
}

const steppingKinds: ReadonlySet<string> = new Set([
  'return',
  'then',
  'catch',
  'finally',
  'asyncIife',
  'iife',
  'combinator',
  'kept',
  'stored',
  'routine',
  'parameter',
  'executor',
  'raced',
  'passed',
  'queued',
  'handed',
]);

function isCallbackTask(callback: Callback): boolean {
  if ('asynchronous' in callback && callback.asynchronous) return true;
  return someNode(callback, (node) => {
    if (node.kind === 'client') {
      return node.method === 'setUserJwt' || node.method === 'loginUnidentifiedUser';
    }
    return steppingKinds.has(node.kind);
  });
}

/** Whether a node of the tree passes the test. */
function someNode(tree: unknown, test: (node: AnyNode) => boolean): boolean {
  if (typeof tree !== 'object' || tree === null) return false;
  if ('sort' in tree && test(tree as AnyNode)) return true;
  return Object.values(tree).some((child) => someNode(child, test));
}

/** Whether awaiting it may throw in every state in which the analysis must think that it does. */
function mayReject(promise: Promised): boolean {
  switch (promise.kind) {
    case 'kept':
    case 'and':
    case 'routine':
    case 'parameter':
    case 'stored':
    case 'resolved':
    case 'executor':
    case 'passed':
      return false;
    case 'conditional':
      return mayReject(promise.then) && mayReject(promise.otherwise);
    case 'sequence':
      return mayReject(promise.promise);
    default:
      return true;
  }
}

function visibleKept(scope: Scope): readonly Kept[] {
  return scope.kept.filter((kept) => !kept.reassignable || kept.owner === scope.owner);
}

function canAwait({ owner, canSuspend }: Scope): boolean {
  return owner.asynchronous && canSuspend;
}

/** The scope of a function's body: the bindings stay visible, the jumps do not. */
function inFunction(scope: Scope, owner: FunctionContext): Scope {
  return {
    ...scope,
    owner,
    targets: [],
    canSuspend: true,
    hasHandler: false,
    hasFinalizer: false,
    self: null,
    activation: null,
  };
}

function within(scope: Scope, target: Target): Scope {
  return { ...scope, targets: [...scope.targets, target] };
}

function labelText(target: Target): string {
  return target.label === null ? '' : `${target.label}: `;
}

/** A jump to one of the targets: without a label to the innermost, with one to any that has one. */
function jumpText(
  keyword: 'break' | 'continue',
  targets: readonly Target[],
  index: number,
): string {
  const labels = targets.flatMap(({ label }) => (label === null ? [] : [` ${label}`]));
  const isPlain = targets.some(({ isLoop, isSwitch }) => isLoop || isSwitch);
  const choice = pick(isPlain ? ['', ...labels.reverse()] : labels.reverse(), index);
  return choice === undefined ? ';' : `${keyword}${choice};`;
}

function isJump(statement: Statement): boolean {
  return statement.kind === 'break' || statement.kind === 'continue';
}

/** An expression as a statement: without the parentheses around it, if it needs none. */
function unwrapped(text: string): string {
  if (!/^\((?!\{|function|class|async|let)/.test(text)) return text;
  let depth = 0;
  for (const [index, character] of text.split('').entries()) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0) return index === text.length - 1 ? text.slice(1, -1) : text;
  }
  return text;
}

function statementGuard(text: string): string {
  return `f();\n${text}`;
}

function expressionGuard(text: string): string {
  return `(f(), ${text})`;
}

/** One value for each way in which the tests can come out. */
/** The tests of a binding, and of all that is given it. */
function testsOf(bound: Bound): readonly ((value: unknown) => unknown)[] {
  const all = new Set([bound]);
  for (const one of all) for (const other of one.givenTo) all.add(other);
  return [...all].flatMap(({ tests }) => tests);
}

function representatives(tests: readonly ((value: unknown) => unknown)[]): readonly unknown[] {
  const byOutcome = new Map<string, unknown>();
  for (const value of values) {
    const outcome = tests.map((test) => Number(Boolean(test(value)))).join('');
    if (!byOutcome.has(outcome)) byOutcome.set(outcome, value);
  }
  return [...byOutcome.values()];
}

function pick<T>(items: readonly T[], index: number): T | undefined {
  return items.length === 0 ? undefined : items[index % items.length];
}

/** Indents all lines but the first and the last. */
function indentInside(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  const last = rest.pop();
  if (last === undefined) return first;
  return [first, indent(rest.join('\n')), last].join('\n');
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

// Markers: what differs between the two texts, and where calls begin.

const [open, middle, close, at, atEnd] = ['\u0001', '\u0002', '\u0003', '\u0004', '\u0005'];

/** A piece of text that reads differently in the text to lint and in the text to run. */
function variant(lint: string, run: string): string {
  return `${open}${lint}${middle}${run}${close}`;
}

/** A promise that goes into a variable: see `slow` in `execute.ts`. */
function slow(promise: string): string {
  return `${variant('', 'slow(')}${promise}${variant('', ')')}`;
}

/** A text of the library, with its promises wrapped: see {@link slow}. */
function kept(text: string): string {
  return text.replaceAll('KEEP(', () => `${variant('', 'slow')}(`);
}

function position(id: number): string {
  return `${at}${id}${atEnd}`;
}

function lintText(template: string): string {
  return template.replaceAll(new RegExp(`${open}(.*?)${middle}.*?${close}`, 'gs'), '$1');
}

function runText(template: string): string {
  return template.replaceAll(new RegExp(`${open}.*?${middle}(.*?)${close}`, 'gs'), '$1');
}

/** Where both texts are the same, and where not. */
function piecesOf(template: string): readonly Piece[] {
  const unmarked = template.replaceAll(new RegExp(`${at}.*?${atEnd}`, 'g'), '');
  const pieces: Piece[] = [];
  let from = 0;
  let runFrom = 0;
  const add = (isSame: boolean, lint: string, run: string): void => {
    if (lint === '' && run === '') return;
    const to = from + lint.length;
    const runTo = runFrom + run.length;
    pieces.push({ isSame, from, to, runFrom, runTo });
    from = to;
    runFrom = runTo;
  };
  const [first = '', ...others] = unmarked.split(open);
  add(true, first, first);
  for (const other of others) {
    const [lint = '', rest = ''] = other.split(middle);
    const [run = '', after = ''] = rest.split(close);
    add(false, lint, run);
    add(true, after, after);
  }
  return pieces;
}

/** Takes the position markers out, and tells where they were. */
function locate(marked: string) {
  const positions = new Map<number, { line: number; column: number }>();
  const lines = marked.split('\n').map((markedLine, index) => {
    let line = '';
    for (const part of markedLine.split(at)) {
      const end = part.indexOf(atEnd);
      if (end < 0) {
        line += part;
        continue;
      }
      positions.set(Number(part.slice(0, end)), { line: index + 1, column: line.length + 1 });
      line += part.slice(end + 1);
    }
    return line;
  });
  return { text: lines.join('\n'), positions };
}

function unreachable(value: never): never {
  throw new Error(`Unknown node: ${JSON.stringify(value)}`);
}
