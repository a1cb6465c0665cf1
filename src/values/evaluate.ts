/**
 * The values of the expressions of a file, computed without running them: numbers as functions of
 * the clock, texts, dates, lengths of time. {@link Value} lists what there is to find.
 *
 * A name means what its binding is given, if it is given one thing; what a parameter is given is not
 * known, but its default is. A function of the project is worked out anew for each call.
 */

import {
  constructorOf,
  functionAround,
  isFunction,
  memberName,
  unwrap,
  type ArrayExpression,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type MemberExpression,
  type NewExpression,
  type Node,
  type Program,
} from '../syntax/ast.ts';
import { endOf, offsetOf } from '../syntax/places.ts';
import {
  isNeverReassigned,
  type Bindings,
  type Definition,
  type Variable,
} from '../syntax/bindings.ts';
import { argumentsOf, itemAt, mergedLiteral } from './literals.ts';
import { Work, type Known } from './work.ts';
import type { RestElement } from '../syntax/patterns.ts';
import { called, constantExternal, constructed, type Returns } from './time/calls.ts';
import { methodResult, mutated } from './time/methods.ts';
import { Externals } from './externals.ts';
import { textOf } from './operators.ts';
import { computed, distinct, reached, returnedBy } from './possibilities.ts';
import { returnsOf } from './returns.ts';
import { Schemas } from './schemas.ts';
import {
  string,
  UNDEFINED,
  UNKNOWN,
  type Argument,
  type External,
  type Expressions,
  type FollowedCall,
  type Given,
  type InstanceValue,
  type Possibilities,
  type Possibility,
  type Reach,
  type Value,
  type Written,
} from './value.ts';
import { Sources } from './sources.ts';
import {
  START,
  TRUSTING,
  deeper,
  frameOf,
  onlyArgument,
  MAX_CALLS,
  type Frame,
  type Trust,
} from './frames.ts';
import {
  isHarmless,
  isHandedOn,
  factoryOf,
  isAssign,
  environmentOf,
  isMetaEnv,
} from './globals.ts';
import { mutationsOf, Writes, type Mutation } from './writes.ts';

export type * from './value.ts';
export { TRUSTING, type Trust } from './frames.ts';

/** What a module exports, and the members that are read of it. */
export interface Exported {
  readonly node: Node;
  readonly file: Expressions;
  readonly members: readonly string[];
}

/** What lies outside the file. */
export interface ExpressionHost {
  /**
   * The expression (or the declaration of a function, class or enum) that a module exports under a
   * name, `default` for the default export, with the expressions of that module's own file, and the
   * members that are left to be read of it; where the export is a whole module, the first of them is
   * an export of that. Null where it is not known.
   */
  exported(
    specifier: string,
    name: string,
    members: readonly string[],
    from: Expressions,
  ): Exported | null;
  /** How much is taken for constant; minting trusts all, as it reads configurations. */
  readonly trust?: Trust;
}

const NOTHING_KNOWN: ExpressionHost = { exported: () => null };

/** What runs in a file when it is read as a part of certain calls. */
interface Run {
  readonly of: Evaluator;
  readonly frame: Frame;
}

/** Expressions that are nested more deeply than this are unknown. */
const MAX_DEPTH = 400;

/** The expressions of one file. Each is worked out once. */
export class Evaluator extends Sources implements Expressions {
  readonly #program: Program;
  protected readonly externals: Externals;
  readonly #host: ExpressionHost;
  protected readonly trust: Trust;
  protected readonly writes: Writes;
  protected readonly schemas: Schemas;
  /** These expressions without the calls that they are read in. */
  readonly #whole: Evaluator;
  /** The run of the file or, if these are read in calls, of the function that the last one calls. */
  protected readonly frame: Frame;
  readonly #mutations = new Map<Variable, readonly Mutation[] | null>();
  /** What functions without parameters return. */
  readonly #results: Known<readonly Possibility[] | null> = new Map();
  protected readonly work: Work;

  /**
   * @param host knows other files; by default none is known
   * @param run see {@link inCalls}
   */
  constructor(
    program: Program,
    bindings: Bindings,
    host: ExpressionHost = NOTHING_KNOWN,
    run: Run | null = null,
  ) {
    super(bindings);
    this.#program = program;
    this.#host = host;
    this.trust = host.trust ?? TRUSTING;
    this.schemas = new Schemas(bindings);
    this.#whole = run?.of ?? this;
    this.work = run === null ? new Work(MAX_DEPTH) : run.of.work;
    this.externals =
      run === null
        ? new Externals(program, bindings, (key) => textOf(this.of(key)))
        : run.of.externals;
    this.writes =
      run === null
        ? new Writes(program, this.externals.values, (callee) => this.#isHarmless(callee))
        : run.of.writes;
    this.frame = run?.frame ?? {
      known: new Map(),
      runs: null,
      given: null,
      outer: null,
      reach: START,
      view: this,
    };
  }

  protected get file(): Expressions {
    return this;
  }

  inCalls(calls: readonly FollowedCall[]): Expressions {
    const inmost = calls.reduce(
      (outer: Frame, { call, target, from }): Frame => ({
        known: new Map(),
        runs: target,
        given: from?.givenBy(call) ?? this.#givenBy(call, call.arguments, outer),
        outer,
        reach: START,
        view: null,
      }),
      this.frame,
    );
    return this.viewOf(inmost);
  }

  /** The expressions of the file as they are in a run. */
  protected viewOf(frame: Frame): Expressions {
    frame.view ??= new Evaluator(this.#program, this.bindings, this.#host, {
      of: this.#whole,
      frame,
    });
    return frame.view;
  }

  givenBy(call: CallExpression | NewExpression): Given {
    return this.#givenBy(call, call.arguments, this.frame);
  }

  /** What a call gives, as it is where the call stands. */
  #givenBy(
    call: CallExpression | NewExpression,
    args: readonly CallExpression['arguments'][number][],
    frame: Frame,
  ): Given {
    return {
      at: (index, parameter) => {
        const argument = itemAt(args, index, (list) => this.arrayOf(list, frame));
        if (argument === 'nothing') return this.told(UNDEFINED, parameter);
        return argument === 'unknown' ? this.told(UNKNOWN, parameter) : this.ask(argument, frame);
      },
      rest: (parameter) =>
        this.told(
          { kind: 'array', node: argumentsOf(parameter, call, args), file: this.viewOf(frame) },
          parameter,
        ),
      source: (index) => {
        const node = itemAt(args, index, (list) => this.arrayOf(list, frame));
        return typeof node === 'string'
          ? null
          : { node, file: this.viewOf(frame), by: call, isFalsy: false };
      },
    };
  }

  /** The array literal that an expression always is, as it is written. */
  protected arrayOf(node: Node, frame: Frame): ArrayExpression | null {
    const [{ value }, ...others] = this.ask(node, frame);
    const isHere =
      value.kind === 'array' && others.length === 0 && value.file === this.viewOf(frame);
    return isHere && !this.isChanged(value) ? value.node : null;
  }

  /** How many answers were worked out so far. */
  get answers(): number {
    return this.work.answers;
  }

  of(node: Node): Possibilities {
    return this.ask(node, this.frame);
  }

  external(node: Node): External | null {
    return this.#isGivenOnce(node) ? this.externals.of(node) : null;
  }

  /**
   * Whether what an expression begins with is one thing: a parameter is what each call gives, and a
   * function of the file can return what is no package's as well.
   */
  #isGivenOnce(node: Node): boolean {
    let root = unwrap(node);
    for (;;) {
      if (root.type === 'MemberExpression') {
        root = unwrap(root.object);
      } else if (root.type === 'CallExpression') {
        root = unwrap(root.callee);
        if (this.externals.values.functions(root).length > 0) return false;
      } else break;
    }
    const variable = root.type === 'Identifier' ? this.bindings.variable(root) : null;
    if (variable === null) return true;
    const [definition] = variable.defs;
    const isParameter = definition?.type === 'Parameter' && isFunction(definition.node);
    const isGiven = isParameter && this.externals.values.callsOf(definition.node).length > 0;
    return isNeverReassigned(variable) && !isGiven;
  }

  override ask(node: Node, frame: Frame): Possibilities {
    const inner = unwrap(node);
    return (
      frame.known.get(inner) ?? this.#once(inner, inner, frame, () => this.expression(inner, frame))
    );
  }

  /** Works something out once in a frame. */
  #once(key: object, node: Node, frame: Frame, work: () => Possibilities): Possibilities {
    const known = frame.known.get(key);
    if (known !== undefined) return known;
    return this.work.once(key, frame.known, work) ?? this.told(UNKNOWN, node);
  }

  protected written(what: Written<object>, node: Node, frame: Frame): Possibilities {
    return this.told({ ...what, file: this.viewOf(frame) }, node);
  }

  outcome(test: Node): boolean | null {
    return this.outcomeIn(test, this.frame);
  }

  /** Whether a function leaves its arguments as they are, or is seen to change them. */
  #isHarmless(callee: Node): boolean {
    const inner = unwrap(callee);
    const isApplied = inner.type === 'MemberExpression' && APPLYING.has(memberName(inner) ?? '');
    const values = this.externals.values.of(isApplied ? inner.object : inner);
    const isSeen = values.length > 0 && values.every(({ kind }) => kind === 'function');
    return isSeen || isHarmless(this.external(callee));
  }

  protected global(node: Node, name: string): Possibilities {
    const external: External = { module: null, specifier: null, path: [name] };
    return this.told(constantExternal(external) ?? UNKNOWN, node);
  }

  protected variable(variable: Variable, node: Node, frame: Frame): Possibilities {
    const home = frameOf(variable, frame);
    const values = this.#once(variable, node, home, () => this.binding(variable, node, home));
    const changes = values.some(({ value }) => isMutable(value));
    return this.tested(node, changes ? this.#afterMutations(variable, values, node, home) : values);
  }

  /** What a binding is that is given one thing. */
  protected override binding(variable: Variable, node: Node, frame: Frame): Possibilities {
    const [definition] = variable.defs;
    return definition === undefined || !isNeverReassigned(variable)
      ? this.unknown(node)
      : this.declared(definition, node, frame);
  }

  protected imported(_definition: Definition, node: Node): Possibilities {
    return this.#outside(node);
  }

  protected argument(
    target: FunctionNode,
    index: number,
    parameter: Node,
    frame: Frame,
  ): Possibilities {
    const given = frame.runs === target ? frame.given?.at(index, parameter) : null;
    const pattern = target.params[index];
    return given ?? (pattern && this.injected(pattern, frame)) ?? this.unknown(parameter);
  }

  protected restArguments(target: FunctionNode, rest: RestElement, frame: Frame): Possibilities {
    const given = frame.runs === target ? frame.given?.rest(rest) : null;
    return given ?? this.unknown(rest.argument);
  }

  protected annotated(): null {
    return null;
  }

  protected taken(of: Possibilities, key: string, use: Node, name: Node): Possibilities {
    const read = this.memberOf(of, key, use, false);
    // `const { X } = process.env`
    return read.every(({ value }) => value.kind === 'unknown') ? this.#outside(name) : read;
  }

  protected override memberExpression(node: MemberExpression, frame: Frame): Possibilities {
    if (this.external(node.object) !== null) return this.#outside(node);
    const name = memberName(node);
    if (isMetaEnv(node.object) && name !== null) {
      return this.told(string({ environment: name }), node);
    }
    const values = super.memberExpression(node, frame);
    const isKnown = values.some(({ value }) => value.kind !== 'unknown');
    return isKnown ? this.tested(node, values) : this.unknown(node);
  }

  /** What `this` is, if that is one thing. */
  protected thisAt(node: Node, frame: Frame): Possibilities {
    const [only, ...others] = this.externals.values.of(node);
    const isKnown = only !== undefined && others.length === 0;
    return isKnown && 'node' in only && only.kind !== 'map'
      ? this.written(only, node, frame)
      : this.unknown(node);
  }

  /** What a getter gives. */
  protected got(getter: FunctionNode, use: Node, frame: Frame): Possibilities {
    const results =
      frame.reach.depth < MAX_CALLS
        ? this.viewOf(frame).run(getter, null, deeper(frame.reach))
        : null;
    return results === null ? this.unknown(use) : distinct(results, use, this);
  }

  /** A constant of a package, of the environment, or of another file of the project. */
  #outside(node: Node): Possibilities {
    const external = this.external(node);
    if (external === null) return this.told(UNKNOWN, node);
    const known = constantExternal(external) ?? environmentOf(external);
    if (known !== null) return this.told(known, node);
    const { specifier, path } = external;
    if (specifier === null) return this.told(UNKNOWN, node);
    const [name = 'default', ...members] = path;
    const named = this.#host.exported(specifier, name, members, this.#whole);
    if (named !== null) return this.membersAt(named.file.of(named.node), named.members, node);
    const whole = this.#host.exported(specifier, 'default', path, this.#whole);
    return whole === null
      ? this.told(UNKNOWN, node)
      : this.membersAt(whole.file.of(whole.node), whole.members, node);
  }

  protected membersAt(
    values: Possibilities,
    members: readonly string[],
    node: Node,
  ): Possibilities {
    return members.reduce((objects, name) => this.memberOf(objects, name, node, false), values);
  }

  protected construction(node: NewExpression, frame: Frame): Possibilities {
    const external = this.external(node.callee);
    const returns = external === null ? null : constructed(external);
    if (returns !== null) return this.#returned(node, returns, frame);
    return distinct(
      this.ask(node.callee, frame).map((option) => {
        const { value } = option;
        const made: Value =
          value.kind === 'class'
            ? value.file.instance(value.node, this.#givenBy(node, node.arguments, frame))
            : UNKNOWN;
        return { ...option, node, value: made };
      }),
      node,
      this,
    );
  }

  instance(node: ClassNode, given: Given): InstanceValue {
    const constructor = constructorOf(node);
    if (constructor === null || constructor.params.length === 0) {
      return { kind: 'instance', node, file: this };
    }
    return { kind: 'instance', node, file: this.viewOf(this.#entered(constructor, given, START)) };
  }

  /** A run of a function. */
  #entered(runs: FunctionNode, given: Given, reach: Reach): Frame {
    return { known: new Map(), runs, given, outer: this.frame, reach, view: null };
  }

  protected override call(node: CallExpression, frame: Frame): Possibilities {
    const promise = this.resolvedBy(node, frame);
    if (promise !== null) return promise;
    const callee = unwrap(node.callee);
    const external = this.external(callee);
    if (external !== null) {
      const [first] = node.arguments;
      const made = this.madeOfEntries(external, node, frame);
      if (made !== null) return this.told(made, node);
      const merged = isAssign(external) ? mergedLiteral(node) : null;
      if (merged !== null)
        return this.told({ kind: 'object', node: merged, file: this.viewOf(frame) }, node);
      const handedOn = isHandedOn(external) ? first : factoryOf(external, node);
      if (handedOn !== undefined) return this.ask(handedOn, frame);
      const returns = called(external);
      if (returns !== null) return this.#returned(node, returns, frame);
      const shapes = this.schemas.given(external, node);
      if (shapes !== null)
        return this.told({ kind: 'settings', shapes, file: this.viewOf(frame) }, node);
      const environment = this.environmentCall(external, node);
      if (environment !== null) return this.told(environment, node);
      const results = this.resultOf(this.#outside(callee), node.arguments, node, frame);
      const isKnown = results.some(({ value }) => value.kind !== 'unknown');
      return isKnown ? results : this.read(node, external.path.at(-1) ?? '', frame);
    }
    // What `require` and `import()` give, of a file of the project.
    if (this.external(node) !== null) return this.#outside(node);
    return super.call(node, frame);
  }

  protected override methodCall(
    node: CallExpression,
    callee: MemberExpression,
    frame: Frame,
  ): Possibilities | null {
    const known = super.methodCall(node, callee, frame);
    if (known !== null) return known;
    const name = memberName(callee);
    if (name === null || callee.object.type === 'Super') return null;
    const receivers = this.ask(callee.object, frame);
    if (receivers.some(({ value }) => HAS_METHODS.has(value.kind))) return null;
    if (name === 'find' && this.are('array', receivers)) {
      const found = receivers.flatMap((list) => reached(this.anyMember(list.value, node), list));
      return distinct(found, node, this);
    }
    const [{ value: settings }] = receivers;
    if (settings.kind === 'settings' && receivers.length === 1) {
      if (name === 'get') return this.settingAt(receivers, node, frame);
      const shapes = this.schemas.after(settings.shapes, name, node.arguments);
      return this.told(shapes === null ? UNKNOWN : { ...settings, shapes }, node);
    }
    if (receivers.every(({ value }) => value.kind === 'unknown')) {
      return this.read(node, name, frame);
    }
    const args = this.argumentsIn(node.arguments, frame);
    if (args === null) return this.told(UNKNOWN, node);
    return computed<Argument>(node, this, [receivers, ...args], ([receiver, ...rest]) =>
      receiver === undefined || receiver.kind === 'record'
        ? UNKNOWN
        : methodResult(receiver, name, rest),
    );
  }

  /** What a function of a table returns for the arguments of a call. */
  #returned(node: CallExpression | NewExpression, returns: Returns, frame: Frame): Possibilities {
    const args = this.argumentsIn(node.arguments, frame);
    return args === null ? this.told(UNKNOWN, node) : computed(node, this, args, returns);
  }

  entries(node: CallExpression): readonly Node[] | null {
    return this.externals.values.entries(node);
  }

  protected importedBy(node: Node): Possibilities {
    return this.unknown(node);
  }

  protected partial(of: Possibilities, call: CallExpression): Possibilities | null {
    return call.arguments.length <= 1 ? of : null;
  }

  protected handled(
    node: CallExpression,
    of: Node,
    handler: Node,
    frame: Frame,
  ): Possibilities | null {
    const receivers = this.ask(of, frame);
    const isOther = receivers.some(({ value }) => HAS_METHODS.has(value.kind));
    if (isOther || node.arguments.length > 1) return null;
    const fulfilled = onlyArgument(() => this.settled(receivers, of), node, this);
    return this.#result(this.ask(handler, frame), fulfilled, node, frame);
  }

  protected applied(
    callees: Possibilities,
    args: readonly CallExpression['arguments'][number][],
    node: CallExpression,
    frame: Frame,
  ): Possibilities | null {
    return this.are('function', callees) ? this.resultOf(callees, args, node, frame) : null;
  }

  protected resultOf(
    callees: Possibilities,
    args: readonly CallExpression['arguments'][number][],
    node: CallExpression,
    frame: Frame,
  ): Possibilities {
    return this.#result(callees, this.#givenBy(node, args, frame), node, frame);
  }

  /** What the one function returns that is called, given something. */
  #result(callees: Possibilities, given: Given, node: CallExpression, frame: Frame): Possibilities {
    const [{ value: code }, ...others] = callees;
    if (code.kind !== 'function' || others.length > 0) return this.unknown(node);
    const { node: target } = code;
    if (target.generator || frame.reach.depth >= MAX_CALLS) return this.unknown(node);
    const results = code.file.run(target, given, deeper(frame.reach));
    if (results === null) return this.unknown(node);
    // The whole call stands for its truth.
    const values = distinct(returnedBy(node.callee, results), node, this);
    return target.async ? this.promised(this.settled(values, node), node) : values;
  }

  run(node: FunctionNode, given: Given | null, reach: Reach): readonly Possibility[] | null {
    if (node.params.length > 0 && given !== null) {
      if (reach.left.runs === 0) return null;
      reach.left.runs -= 1;
      return this.#resultsOf(node, this.#entered(node, given, reach));
    }
    // Each call without arguments returns the same.
    const key = this.work.key(node, 'result');
    return this.work.once(key, this.#results, () => this.#resultsOf(node, this.frame));
  }

  /** What a run of a function returns; null for one without a body. */
  #resultsOf(node: FunctionNode, frame: Frame): readonly Possibility[] | null {
    const returns = returnsOf(node, {
      test: (test) => this.outcomeIn(test, frame),
      match: (discriminant, test) => this.match(discriminant, test, frame),
    });
    return returns === null
      ? null
      : returns.flatMap((argument) =>
          argument === null ? this.told(UNDEFINED, node) : this.ask(argument, frame),
        );
  }

  /** What a date is after the calls that changed it, up to where it is read. */
  #afterMutations(
    variable: Variable,
    values: Possibilities,
    node: Node,
    frame: Frame,
  ): Possibilities {
    let mutations = this.#mutations.get(variable);
    if (mutations === undefined) {
      mutations = mutationsOf(variable, this.bindings, (callee) =>
        isHarmless(this.external(callee)),
      );
      this.#mutations.set(variable, mutations);
    }
    if (mutations === null) return this.told(UNKNOWN, node);
    const [definition] = variable.defs;
    const isHere =
      definition !== undefined && functionAround(definition.name) === functionAround(node);
    if (mutations.length > 0 && !isHere) return this.told(UNKNOWN, node);
    let current = values;
    for (const mutation of mutations) {
      if (endOf(mutation.call) > offsetOf(node)) break;
      current = this.#mutated(mutation, current, frame);
    }
    return current;
  }

  #mutated({ call, callee, name }: Mutation, before: Possibilities, frame: Frame): Possibilities {
    // The call itself stands for what it returns.
    return this.#once(callee, call, frame, () => {
      const args = this.argumentsIn(call.arguments, frame);
      if (args === null) return this.told(UNKNOWN, call);
      return computed<Argument>(call, this, [before, ...args], ([of, ...rest]) => {
        if (of === undefined || of.kind === 'record') return UNKNOWN;
        return mutated(of, name, rest) ?? of;
      });
    });
  }
}

function isMutable(value: Value): boolean {
  return value.kind === 'instant' && (value.library === 'date' || value.library === 'moment');
}

/** Methods of functions that call them. */
const APPLYING: ReadonlySet<string> = new Set(['apply', 'call']);

/** The values that can have methods of the project. */
const HAS_METHODS: ReadonlySet<string> = new Set([
  'function',
  'class',
  'enum',
  'instance',
  'object',
]);
