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
  isWithin,
  keyName,
  memberName,
  unwrap,
  type ArrayExpression,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type MemberExpression,
  type NewExpression,
  type Node,
  type ObjectExpression,
  type Program,
} from '../syntax/ast.ts';
import { LOOPS } from '../syntax/forms.ts';
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
import { methodResult, mutated, propertyOf } from './time/methods.ts';
import { Externals } from './externals.ts';
import {
  binary,
  concatenated,
  nullishness,
  textOf,
  stayed,
  toText,
  truthiness,
  unary,
} from './operators.ts';
import {
  chosen,
  combined,
  computed,
  distinct,
  MAX_POSSIBILITIES,
  reached,
  returnedBy,
  single,
  tabled,
} from './possibilities.ts';
import type { OwnMember } from './members.ts';
import { listOf, namesOf, objectOfPairs } from './tables.ts';
import { returnsOf } from './returns.ts';
import { endsOf, injectedConfig, Schemas } from './schemas.ts';
import { isTested } from './guards.ts';
import {
  number,
  string,
  text,
  UNDEFINED,
  UNKNOWN,
  type Argument,
  type ArrayValue,
  type EnumNode,
  type External,
  type ObjectValue,
  type Expressions,
  type FollowedCall,
  type Given,
  type InstanceValue,
  type Option,
  type Possibilities,
  type Possibility,
  type Reach,
  type SettingsValue,
  type Value,
  type Written,
} from './value.ts';
import { Walk, type Owner, type Spread } from './walk.ts';
import { isFrozen, isHeld, mutationsOf, statementAround, Writes, type Mutation } from './writes.ts';
import { constant } from './linear.ts';

export type * from './value.ts';

/** What is taken for constant. */
export interface Trust {
  /** Whether a test that an expression has passed where it is read rules values out. */
  readonly heedsTests: boolean;
  /**
   * Whose properties are what they are written as: `seen` objects are not handed to a function that
   * is not seen; `frozen` ones can be changed by nobody.
   */
  readonly objects: 'all' | 'seen' | 'frozen';
}

export const TRUSTING: Trust = { heedsTests: false, objects: 'all' };

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

const NUMBER: External = { module: null, specifier: null, path: ['Number'] };

/** Expressions that are nested more deeply than this are unknown. */
const MAX_DEPTH = 400;

/** Functions are not followed through more calls than this. */
const MAX_CALLS = 4;

/** How many runs of functions with parameters are worked out for one call. */
const MAX_RUNS = 64;

/** A property that is written more often than this is unknown. */
const MAX_WRITES = 64;

const START: Reach = { depth: 0, left: { runs: 0 } };

/** The reach of what runs by a call. What one call may cost does not depend on what others did. */
function deeper({ depth, left }: Reach): Reach {
  return { depth: depth + 1, left: depth === 0 ? { runs: MAX_RUNS } : left };
}

/** A run of a function with its arguments; the outermost is that of the file. */
interface Frame {
  readonly known: Map<object, Possibilities>;
  readonly runs: FunctionNode | null;
  /** Worked out where it is read: nothing is while the expressions of a file are being made. */
  readonly given: Given | null;
  readonly outer: Frame | null;
  readonly reach: Reach;
  /** The expressions of the file in this run. */
  view: Evaluator | null;
}

/** The expressions of one file. Each is worked out once. */
export class Evaluator extends Walk<Possibilities, Frame> implements Expressions {
  readonly #program: Program;
  readonly #externals: Externals;
  readonly #host: ExpressionHost;
  readonly #trust: Trust;
  readonly #writes: Writes;
  readonly #schemas: Schemas;
  /** These expressions without the calls that they are read in. */
  readonly #whole: Evaluator;
  /** The run of the file or, if these are read in calls, of the function that the last one calls. */
  readonly #file: Frame;
  readonly #mutations = new Map<Variable, readonly Mutation[] | null>();
  /** What functions without parameters return. */
  readonly #results: Known<readonly Possibility[] | null> = new Map();
  readonly #work: Work;

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
    this.#trust = host.trust ?? TRUSTING;
    this.#schemas = new Schemas(bindings);
    this.#whole = run?.of ?? this;
    this.#work = run === null ? new Work(MAX_DEPTH) : run.of.#work;
    this.#externals =
      run === null
        ? new Externals(program, bindings, (key) => textOf(this.of(key)))
        : run.of.#externals;
    this.#writes =
      run === null
        ? new Writes(program, this.#externals.values, (callee) => this.#isHarmless(callee))
        : run.of.#writes;
    this.#file = run?.frame ?? {
      known: new Map(),
      runs: null,
      given: null,
      outer: null,
      reach: START,
      view: this,
    };
  }

  inCalls(calls: readonly FollowedCall[]): Evaluator {
    const inmost = calls.reduce(
      (outer: Frame, { call, target, from }): Frame => ({
        known: new Map(),
        runs: target,
        given: from?.givenBy(call) ?? this.#givenBy(call, call.arguments, outer),
        outer,
        reach: START,
        view: null,
      }),
      this.#file,
    );
    return this.#view(inmost);
  }

  /** The expressions of the file as they are in a run. */
  #view(frame: Frame): Evaluator {
    frame.view ??= new Evaluator(this.#program, this.bindings, this.#host, {
      of: this.#whole,
      frame,
    });
    return frame.view;
  }

  givenBy(call: CallExpression | NewExpression): Given {
    return this.#givenBy(call, call.arguments, this.#file);
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
        if (argument === 'nothing') return this.#single(UNDEFINED, parameter);
        return argument === 'unknown'
          ? this.#single(UNKNOWN, parameter)
          : this.ask(argument, frame);
      },
      rest: (parameter) =>
        this.#single(
          { kind: 'array', node: argumentsOf(parameter, call, args), file: this.#view(frame) },
          parameter,
        ),
    };
  }

  /** The array literal that an expression always is, as it is written. */
  protected arrayOf(node: Node, frame: Frame): ArrayExpression | null {
    const [{ value }, ...others] = this.ask(node, frame);
    const isHere =
      value.kind === 'array' && others.length === 0 && value.file === this.#view(frame);
    return isHere && !this.#isChanged(value) ? value.node : null;
  }

  /** How many answers were worked out so far. */
  get answers(): number {
    return this.#work.answers;
  }

  of(node: Node): Possibilities {
    return this.ask(node, this.#file);
  }

  property(object: ObjectValue, name: string, use: Node | null = null): Possibilities {
    return object.file === this
      ? this.#property(object.node, name, use, this.#file)
      : object.file.property(object, name, use);
  }

  external(node: Node): External | null {
    return this.#isGivenOnce(node) ? this.#externals.of(node) : null;
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
        if (this.#externals.values.functions(root).length > 0) return false;
      } else break;
    }
    const variable = root.type === 'Identifier' ? this.bindings.variable(root) : null;
    if (variable === null) return true;
    const [definition] = variable.defs;
    const isParameter = definition?.type === 'Parameter' && isFunction(definition.node);
    const isGiven = isParameter && this.#externals.values.callsOf(definition.node).length > 0;
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
    return this.#work.once(key, frame.known, work) ?? this.#single(UNKNOWN, node);
  }

  #single(value: Value, node: Node): Possibilities {
    return single(value, node, this);
  }

  protected unknown(node: Node): Possibilities {
    return this.#single(UNKNOWN, node);
  }

  protected missing(node: Node): Possibilities {
    return this.#single(UNDEFINED, node);
  }

  protected oneOf(answers: readonly Possibilities[], node: Node): Possibilities {
    return distinct(answers.flat(), node, this);
  }

  protected written(what: Written<object>, node: Node, frame: Frame): Possibilities {
    return this.#single({ ...what, file: this.#view(frame) }, node);
  }

  protected computed(node: Node, frame: Frame): Possibilities {
    switch (node.type) {
      case 'Literal':
        return this.#single(literal(node.value), node);
      case 'TemplateLiteral':
        return this.#template(node, frame);
      case 'UnaryExpression': {
        const { operator } = node;
        if (operator === 'delete') return this.unknown(node);
        return computed(node, this, [this.ask(node.argument, frame)], ([value = UNKNOWN]) =>
          unary(operator, value),
        );
      }
      case 'BinaryExpression': {
        const { operator, left, right } = node;
        if (left.type === 'PrivateIdentifier') return this.unknown(node);
        return computed(
          node,
          this,
          [this.ask(left, frame), this.ask(right, frame)],
          ([one = UNKNOWN, other = UNKNOWN]) => binary(operator, one, other),
        );
      }
      default:
        return this.unknown(node);
    }
  }

  #template(node: Node & { readonly type: 'TemplateLiteral' }, frame: Frame): Possibilities {
    const { expressions, quasis } = node;
    const [only, ...others] = expressions;
    // Around one expression it is that, as a text.
    if (only !== undefined && others.length === 0 && quasis.every(isEmptyQuasi)) {
      const [first, ...rest] = this.ask(only, frame).map((one) => ({
        ...one,
        value: toText(one.value),
      }));
      return first === undefined ? this.unknown(node) : [first, ...rest];
    }
    return computed(
      node,
      this,
      expressions.map((part) => this.ask(part, frame)),
      (values) =>
        template(
          quasis.map(({ value }) => value.cooked),
          values,
        ),
    );
  }

  protected override conditional(
    node: Node & { readonly type: 'ConditionalExpression' },
    frame: Frame,
  ): Possibilities {
    const { test, consequent, alternate } = node;
    const outcome = this.#outcome(test, frame);
    if (outcome !== null) return this.ask(outcome ? consequent : alternate, frame);
    const { key, isNegated } = this.#choice(test);
    const [whenTrue, whenFalse] = isNegated ? [1, 0] : [0, 1];
    return distinct(
      [
        ...chosen(this.ask(consequent, frame), key, whenTrue),
        ...chosen(this.ask(alternate, frame), key, whenFalse),
      ],
      node,
      this,
    );
  }

  outcome(test: Node): boolean | null {
    return this.#outcome(test, this.#file);
  }

  #outcome(test: Node, frame: Frame): boolean | null {
    return truthOf(this.ask(test, frame));
  }

  /** Whether the value of a `switch` is that of a `case`; null where that is not known. */
  #match(discriminant: Node, test: Node, frame: Frame): boolean | null {
    const parts = [this.ask(discriminant, frame), this.ask(test, frame)];
    return truthOf(
      computed(test, this, parts, ([one = UNKNOWN, other = UNKNOWN]) => binary('===', one, other)),
    );
  }

  /** What is decided by a test: two tests of the same constant turn out the same. */
  #choice(test: Node): { readonly key: object; readonly isNegated: boolean } {
    let isNegated = false;
    let inner = unwrap(test);
    while (inner.type === 'UnaryExpression' && inner.operator === '!') {
      isNegated = !isNegated;
      inner = unwrap(inner.argument);
    }
    const variable = inner.type === 'Identifier' ? this.bindings.variable(inner) : null;
    const isFixed = variable !== null && isNeverReassigned(variable);
    return { key: isFixed ? variable : inner, isNegated };
  }

  protected override logical(
    node: Node & { readonly type: 'LogicalExpression' },
    frame: Frame,
  ): Possibilities {
    const { operator, left, right } = node;
    const kept: Possibility[] = [];
    let isDecided = true;
    let goesOn = false;
    const isThere = operator !== '&&' && this.#isThere(left, operator);
    for (const possibility of this.ask(left, frame)) {
      const { value } = possibility;
      const isRight = passes(operator, value) ?? (isThere ? false : null);
      if (isRight !== false) goesOn = true;
      if (isRight !== true) {
        isDecided = false;
        kept.push(
          isRight === null ? { ...possibility, value: stayed(operator, value) } : possibility,
        );
      }
    }
    if (isDecided) return this.ask(right, frame);
    if (!goesOn) return distinct(kept, node, this);
    // `&&` tells by its truth, as a conditional does; what is nullish is not told by that,
    // and the truth of the whole is another choice.
    const { key, isNegated } =
      operator === '??' ? { key: right, isNegated: false } : this.#choice(left);
    const isTrueRight = (operator === '&&') !== isNegated;
    const [rightWay, leftWay] = isTrueRight ? [0, 1] : [1, 0];
    const role = operator === '&&' ? 'written' : 'fallback';
    return distinct(
      [...chosen(kept, key, leftWay), ...chosen(this.ask(right, frame), key, rightWay, role)],
      node,
      this,
    );
  }

  /** Whether a function leaves its arguments as they are, or is seen to change them. */
  #isHarmless(callee: Node): boolean {
    const inner = unwrap(callee);
    const isApplied = inner.type === 'MemberExpression' && APPLYING.has(memberName(inner) ?? '');
    const values = this.#externals.values.of(isApplied ? inner.object : inner);
    const isSeen = values.length > 0 && values.every(({ kind }) => kind === 'function');
    return isSeen || isHarmless(this.external(callee));
  }

  /** Whether a test that was passed tells that an expression is not what `??` or `||` replaces. */
  #isThere(node: Node, operator: '||' | '??'): boolean {
    const proof = operator === '??' ? 'notNullish' : 'truthy';
    return this.#trust.heedsTests && isTested(node, proof, this.bindings);
  }

  protected override compound(node: Node): Possibilities {
    return this.unknown(node);
  }

  protected global(node: Node, name: string): Possibilities {
    const external: External = { module: null, specifier: null, path: [name] };
    return this.#single(constantExternal(external) ?? UNKNOWN, node);
  }

  protected variable(variable: Variable, node: Node, frame: Frame): Possibilities {
    const home = frameOf(variable, frame);
    const values = this.#once(variable, node, home, () => this.binding(variable, node, home));
    const changes = values.some(({ value }) => isMutable(value));
    return this.#tested(
      node,
      changes ? this.#afterMutations(variable, values, node, home) : values,
    );
  }

  /** Leaves out what an expression cannot be, because of a test of it that has been passed. */
  #tested(node: Node, all: Possibilities): Possibilities {
    if (!this.#trust.heedsTests || !all.some(({ value }) => isNothing(value))) return all;
    const isTruthy = isTested(node, 'truthy', this.bindings);
    const isThere = isTruthy || isTested(node, 'notNullish', this.bindings);
    const kept = all.filter(
      ({ value }) => !isNothing(value) || !(nullishness(value) === true ? isThere : isTruthy),
    );
    return distinct(kept, node, this);
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
    return given ?? (pattern && this.#injected(pattern, frame)) ?? this.unknown(parameter);
  }

  protected restArguments(target: FunctionNode, rest: RestElement, frame: Frame): Possibilities {
    const given = frame.runs === target ? frame.given?.rest(rest) : null;
    return given ?? this.unknown(rest.argument);
  }

  protected annotated(): null {
    return null;
  }

  /** What a parameter is that Nest injects by its type; null where that is not known. */
  #injected(parameter: Node, frame: Frame): Possibilities | null {
    const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const factory = this.#trust.objects === 'all' ? injectedConfig(pattern, this.bindings) : null;
    if (factory === null || frame.reach.depth >= MAX_CALLS) return null;
    const [{ value: code }, ...others] = this.ask(factory, frame);
    if (code.kind !== 'function' || others.length > 0) return null;
    const results = code.node.generator
      ? null
      : code.file.run(code.node, null, deeper(frame.reach));
    return results === null ? null : distinct(results, parameter, this);
  }

  protected taken(of: Possibilities, key: string, use: Node, name: Node): Possibilities {
    const read = this.memberOf(of, key, use, false);
    // `const { X } = process.env`
    return read.every(({ value }) => value.kind === 'unknown') ? this.#outside(name) : read;
  }

  protected restOf(of: Possibilities, rest: RestElement, name: Node): Possibilities {
    return distinct(
      of.map((one) => ({ ...one, value: this.#restOf(rest, one.value) })),
      name,
      this,
    );
  }

  /** What `...rest` gets of a value. */
  #restOf(rest: RestElement, value: Value): Value {
    if (value.kind !== 'object' && value.kind !== 'array') return UNKNOWN;
    const { file } = value;
    const isHere = file.bindings === this.bindings && !this.#isChanged(value);
    const node = value.kind === 'object' || isHere ? this.restLiteral(rest, value.node) : null;
    if (node === null) return UNKNOWN;
    return node.type === 'ObjectExpression'
      ? { kind: 'object', node, file }
      : { kind: 'array', node, file };
  }

  /** Whether an object of this file is something else than its literal says, or may be. */
  #isChanged({ node, file }: ObjectValue | ArrayValue): boolean {
    const isHere = file.bindings === this.bindings;
    return isHere && (this.#isInDoubt(node) || this.#writes.isChanged(node));
  }

  protected withDefault(
    values: Possibilities,
    node: Node & { readonly type: 'AssignmentPattern' },
    frame: Frame,
  ): Possibilities {
    const kept = values.filter(({ value }) => isUndefined(value) !== true);
    if (values.every(({ value }) => isUndefined(value) === false)) return values;
    return distinct(
      [...chosen(kept, node, 0), ...chosen(this.ask(node.right, frame), node, 1, 'default')],
      node,
      this,
    );
  }

  protected override memberExpression(node: MemberExpression, frame: Frame): Possibilities {
    if (this.external(node.object) !== null) return this.#outside(node);
    const name = memberName(node);
    if (isMetaEnv(node.object) && name !== null) {
      return this.#single(string({ environment: name }), node);
    }
    const values = super.memberExpression(node, frame);
    const isKnown = values.some(({ value }) => value.kind !== 'unknown');
    return isKnown ? this.#tested(node, values) : this.unknown(node);
  }

  protected computedMember(node: MemberExpression, frame: Frame): Possibilities {
    const options = combined<Value>([this.ask(node.object, frame), this.ask(node.property, frame)]);
    if (options === null) return this.#single(UNKNOWN, node);
    return distinct(
      options.flatMap((option) => {
        const [object = UNKNOWN, key = UNKNOWN] = option.value;
        const name = key.kind === 'unknown' ? null : toText(key).text;
        return name === null
          ? reached(this.#anyMember(object, node), option)
          : reached(this.#valueMember(object, name, node, node.optional), option);
      }),
      node,
      this,
    );
  }

  /** What any property of a table is, or `undefined`, where nothing tells which is meant. */
  #anyMember(of: Value, node: Node): readonly Possibility[] {
    const names = this.#trust.objects === 'all' ? keysOf(of) : null;
    if (names === null || !('file' in of)) return this.#single(UNKNOWN, node);
    return tabled(
      [
        ...names.flatMap((name) => of.file.member(of, name, node)),
        ...this.#single(UNDEFINED, node),
      ],
      node,
      this,
    );
  }

  /** What `this` is, if that is one thing. */
  protected thisAt(node: Node, frame: Frame): Possibilities {
    const [only, ...others] = this.#externals.values.of(node);
    const isKnown = only !== undefined && others.length === 0;
    return isKnown && 'node' in only && only.kind !== 'map'
      ? this.written(only, node, frame)
      : this.unknown(node);
  }

  protected classesAs(of: Possibilities, as: 'class' | 'instance', node: Node): Possibilities {
    return distinct(
      of.map((option) => {
        const { value } = option;
        if (value.kind !== 'class') return { ...option, value: UNKNOWN };
        return { ...option, value: { kind: as, node: value.node, file: value.file } };
      }),
      node,
      this,
    );
  }

  /** What a property of each of these is. */
  protected memberOf(
    objects: Possibilities,
    name: string,
    node: Node,
    isOptional: boolean,
  ): Possibilities {
    return distinct(
      objects.flatMap((object) =>
        reached(this.#valueMember(object.value, name, node, isOptional), object),
      ),
      node,
      this,
    );
  }

  member(of: Value, name: string, use: Node): Possibilities {
    return this.#valueMember(of, name, use, false);
  }

  #valueMember(of: Value, name: string, node: Node, isOptional: boolean): Possibilities {
    if ('file' in of && of.file !== this) return of.file.member(of, name, node);
    switch (of.kind) {
      case 'object':
        return this.#property(of.node, name, node, this.#file);
      case 'array':
        return this.#element(of, name, this.#file);
      case 'class':
        return this.#classMember(of.node, name, 'class', node, this.#file);
      case 'enum':
        return this.enumMember(of.node, name, node, this.#file);
      case 'instance':
        return this.#classMember(of.node, name, 'instance', node, this.#file);
      case 'settings':
        return this.#setting(of, name, node);
      case 'undefined':
      case 'null':
        return this.#single(isOptional ? UNDEFINED : UNKNOWN, node);
      default:
        return this.#single(propertyOf(of, name) ?? UNKNOWN, node);
    }
  }

  ownProperty({ node }: InstanceValue, name: string, use: Node): Possibilities {
    return this.#classMember(node, name, 'own', use, this.#file);
  }

  /** A setting: what the environment says, or the default that its schema has. */
  #setting(settings: SettingsValue, name: string, node: Node): Possibilities {
    const schema = this.#schemas.setting(settings.shapes, name);
    // What `safeParse` gives holds the settings as its `data`, what Joi's `validate` does as its `value`.
    const isWhole = name === 'data' || name === 'value';
    if (schema === null) return this.#single(isWhole ? settings : UNKNOWN, node);
    return this.#orDefault(schema, node, this.#file);
  }

  /** convict's `config.get('jwt.ttl')`; with no name, all settings. */
  #settingAt(settings: Possibilities, node: CallExpression, frame: Frame): Possibilities {
    const [name] = node.arguments;
    if (name === undefined) return settings;
    const path = this.keyText(name, frame);
    return path === null
      ? this.#single(UNKNOWN, node)
      : this.#path(settings, path.split('.'), node);
  }

  /** What is not known, or the default in a schema. */
  #orDefault(schema: Node, node: Node, frame: Frame): Possibilities {
    const found = this.#schemas.defaultIn(schema);
    if (found === null) return this.#nested(schema, node, frame);
    const values = found.conversions.reduce(
      (before, conversion) => this.#converted(before, conversion, frame),
      this.ask(found.value, frame),
    );
    return this.#unlessGiven(values, found.value, node);
  }

  /** Settings within settings; unknown for others. */
  #nested(schema: Node, node: Node, frame: Frame): Possibilities {
    const literal = this.#schemas.within(schema);
    if (literal !== null) {
      return this.#single({ kind: 'settings', shapes: [literal], file: this.#view(frame) }, node);
    }
    const values = this.ask(schema, frame);
    return values.every(({ value }) => value.kind === 'settings')
      ? values
      : this.#single(UNKNOWN, node);
  }

  /** What is not known, or a fallback for it; `key` stands for whether it is given. */
  #unlessGiven(fallback: Possibilities, key: Node, node: Node): Possibilities {
    return distinct(
      [...chosen(this.#single(UNKNOWN, node), key, 0), ...chosen(fallback, key, 1, 'fallback')],
      node,
      this,
    );
  }

  /** What a function makes of values. */
  #converted(values: Possibilities, conversion: Node | 'number', frame: Frame): Possibilities {
    const [{ node }] = values;
    const external = conversion === 'number' ? NUMBER : this.external(unwrap(conversion));
    const returns = external === null ? null : called(external);
    if (returns !== null) return computed(node, this, [values], returns);
    const [{ value: code }] = conversion === 'number' ? values : this.ask(conversion, frame);
    const results =
      code.kind === 'function'
        ? code.file.run(
            code.node,
            onlyArgument(() => values, node, this),
            deeper(frame.reach),
          )
        : null;
    return results === null ? this.#single(UNKNOWN, node) : distinct(results, node, this);
  }

  #element({ node }: ArrayValue, name: string, frame: Frame): Possibilities {
    const index = Number(name);
    if (
      this.#isInDoubt(node) ||
      this.#writes.of(node, name).length > 0 ||
      !Number.isInteger(index)
    ) {
      return this.#single(UNKNOWN, node);
    }
    return this.element(node, index, node, frame);
  }

  #property(node: ObjectExpression, name: string, use: Node | null, frame: Frame): Possibilities {
    // An object can be spread into itself.
    const key = this.#work.key(node, name);
    return (
      this.#work.once(key, frame.known, () => this.#propertyOf(node, name, use, frame), false) ??
      this.#single(UNKNOWN, node)
    );
  }

  #propertyOf(node: ObjectExpression, name: string, use: Node | null, frame: Frame): Possibilities {
    let values: readonly Possibility[] = this.literalProperty(node, name, frame);
    const home = statementAround(node);
    const writes = this.#writes.of(node, name);
    if (writes.length > MAX_WRITES) return this.#single(UNKNOWN, node);
    for (const { node: change, value } of writes) {
      if (use !== null && offsetOf(change) > offsetOf(use) && isSameRun(change, use)) continue;
      const written = value === null ? this.#single(UNKNOWN, change) : this.ask(value, frame);
      const statement = statementAround(change);
      const isCertain =
        statement?.parent === home?.parent &&
        statement?.type === 'ExpressionStatement' &&
        unwrap(statement.expression) === change &&
        value !== null;
      values = isCertain ? written : [...chosen(values, change, 0), ...chosen(written, change, 1)];
      if (values.length > MAX_POSSIBILITIES) values = distinct(values, node, this);
    }
    return this.#isInDoubt(node) ? this.#single(UNKNOWN, node) : distinct(values, node, this);
  }

  /** Whether somebody who is not seen may have changed an object. */
  #isInDoubt(node: ObjectExpression | ArrayExpression): boolean {
    switch (this.#trust.objects) {
      case 'all':
        return false;
      case 'seen':
        return this.#writes.isHandedOut(node);
      case 'frozen':
        return isHeld(node) && !isFrozen(node);
    }
  }

  protected spread(node: Node, name: string, frame: Frame): Spread<Possibilities> | null {
    const spread = this.#spreadProperty(node, name, frame);
    const isOpen = spread.some(({ value }) => value.kind === 'unknown');
    if (isOpen && this.#trust.objects !== 'all') return null;
    if (this.#isWritten(node, name, frame)) return { answer: spread, isSure: true };
    const [first, ...others] = spread.filter(({ value }) => value.kind !== 'undefined');
    if (first === undefined) return { answer: null, isSure: false };
    return {
      answer: [first, ...others],
      isSure: !isOpen && others.length + 1 === spread.length,
    };
  }

  /** What a getter gives. */
  protected got(getter: FunctionNode, use: Node, frame: Frame): Possibilities {
    const results =
      frame.reach.depth < MAX_CALLS
        ? this.#view(frame).run(getter, null, deeper(frame.reach))
        : null;
    return results === null ? this.unknown(use) : distinct(results, use, this);
  }

  /** Whether an expression is an object literal with a property of this name, whatever its value. */
  #isWritten(node: Node, name: string, frame: Frame): boolean {
    return this.ask(node, frame).every(({ value }) => {
      if (value.kind !== 'object') return false;
      return value.node.properties.some(
        (part) => part.type === 'Property' && keyName(part.key, part.computed) === name,
      );
    });
  }

  /** A computed key that is a constant. */
  protected keyText(node: Node, frame: Frame): string | null {
    return textOf(this.ask(node, frame));
  }

  /** What an object that is spread adds: `undefined` where it has no such property. */
  #spreadProperty(node: Node, name: string, frame: Frame): Possibilities {
    return distinct(
      this.ask(node, frame).flatMap((option) => {
        const { value } = option;
        switch (value.kind) {
          case 'object':
            return reached(value.file.property(value, name, node), option);
          case 'unknown':
            return value.known === 'falsy'
              ? [{ ...option, value: UNDEFINED }]
              : [{ ...option, value: UNKNOWN }];
          case 'settings':
            return [{ ...option, value: UNKNOWN }];
          case 'instance':
            return reached(value.file.ownProperty(value, name, node), option);
          default:
            return [{ ...option, value: UNDEFINED }];
        }
      }),
      node,
      this,
    );
  }

  protected override enumMember(
    node: EnumNode,
    name: string,
    use: Node,
    frame: Frame,
  ): Possibilities {
    let sinceInitializer = 0;
    let initializer: Node | null = null;
    for (const member of node.body.members) {
      if (member.initializer) {
        initializer = member.initializer;
        sinceInitializer = 0;
      }
      if (keyName(member.id, false) === name) {
        const base =
          initializer === null
            ? this.#single(number(constant(0)), member)
            : this.ask(initializer, frame);
        const after = number(constant(sinceInitializer));
        return sinceInitializer === 0
          ? base
          : computed(use, this, [base], ([value = UNKNOWN]) => binary('+', value, after));
      }
      sinceInitializer += 1;
    }
    return this.#single(UNKNOWN, use);
  }

  /**
   * What a class, or an object of it, has under a name, of its own or from what it extends.
   *
   * @param of whose it is; of an object, `own` leaves out what it has by its prototype
   * @param frame the run in which the class was made or, of an object, its constructor
   */
  #classMember(node: ClassNode, name: string, of: Owner, use: Node, frame: Frame): Possibilities {
    // Others can write a field, where they get at the object.
    if (this.#trust.objects === 'frozen' && !name.startsWith('#')) {
      return this.#single(UNKNOWN, use);
    }
    const isStatic = of === 'class';
    const writes = this.#writes.of(node, name);
    const [write, ...others] = writes;
    const isOnce = write !== undefined && others.length === 0 && isRunOnce(write.node, isStatic);
    const own = this.ownMember(node, name, isStatic, frame);
    if (isOnce && write.value !== null && isUnset(own)) return this.ask(write.value, frame);
    if (writes.length > 0) return this.#single(UNKNOWN, use);
    if (own === null) return this.#inherited(node, name, of, use, frame);
    return own.type === 'MethodDefinition' && of === 'own'
      ? this.missing(use)
      : this.declaredMember(own, use, frame);
  }

  /** What a class has from the one that it extends. */
  #inherited(node: ClassNode, name: string, of: Owner, use: Node, frame: Frame): Possibilities {
    const { superClass } = node;
    if (superClass === null) return this.unknown(use);
    // Classes can extend each other.
    const key = this.#work.key(node, `${of} ${name}`);
    const values = this.#work.once(
      key,
      frame.known,
      () =>
        distinct(
          this.ask(superClass, frame).flatMap((option) =>
            reached(this.#parentMember(option.value, name, of, use), option),
          ),
          use,
          this,
        ),
      false,
    );
    return values ?? this.unknown(use);
  }

  #parentMember(value: Value, name: string, of: Owner, use: Node): Possibilities {
    if (value.kind !== 'class') return this.unknown(use);
    if (of === 'class') return this.#valueMember(value, name, use, false);
    const parent: InstanceValue = { kind: 'instance', node: value.node, file: value.file };
    return of === 'own'
      ? value.file.ownProperty(parent, name, use)
      : this.#valueMember(parent, name, use, false);
  }

  /** A constant of a package, of the environment, or of another file of the project. */
  #outside(node: Node): Possibilities {
    const external = this.external(node);
    if (external === null) return this.#single(UNKNOWN, node);
    const known = constantExternal(external) ?? environmentOf(external);
    if (known !== null) return this.#single(known, node);
    const { specifier, path } = external;
    if (specifier === null) return this.#single(UNKNOWN, node);
    const [name = 'default', ...members] = path;
    const named = this.#host.exported(specifier, name, members, this.#whole);
    if (named !== null) return this.#path(named.file.of(named.node), named.members, node);
    const whole = this.#host.exported(specifier, 'default', path, this.#whole);
    return whole === null
      ? this.#single(UNKNOWN, node)
      : this.#path(whole.file.of(whole.node), whole.members, node);
  }

  #path(values: Possibilities, members: readonly string[], node: Node): Possibilities {
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
    return { kind: 'instance', node, file: this.#view(this.#entered(constructor, given, START)) };
  }

  /** A run of a function. */
  #entered(runs: FunctionNode, given: Given, reach: Reach): Frame {
    return { known: new Map(), runs, given, outer: this.#file, reach, view: null };
  }

  protected override call(node: CallExpression, frame: Frame): Possibilities {
    const promise = this.resolvedBy(node, frame);
    if (promise !== null) return promise;
    const callee = unwrap(node.callee);
    const external = this.external(callee);
    if (external !== null) {
      const [first] = node.arguments;
      const made = this.#madeOfEntries(external, node, frame);
      if (made !== null) return this.#single(made, node);
      const merged = isAssign(external) ? mergedLiteral(node) : null;
      if (merged !== null)
        return this.#single({ kind: 'object', node: merged, file: this.#view(frame) }, node);
      const handedOn = isHandedOn(external) ? first : factoryOf(external, node);
      if (handedOn !== undefined) return this.ask(handedOn, frame);
      const returns = called(external);
      if (returns !== null) return this.#returned(node, returns, frame);
      const shapes = this.#schemas.given(external, node);
      if (shapes !== null)
        return this.#single({ kind: 'settings', shapes, file: this.#view(frame) }, node);
      const environment = this.#environmentCall(external, node);
      if (environment !== null) return this.#single(environment, node);
      const results = this.resultOf(this.#outside(callee), node.arguments, node, frame);
      const isKnown = results.some(({ value }) => value.kind !== 'unknown');
      return isKnown ? results : this.#read(node, external.path.at(-1) ?? '', frame);
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
      const found = receivers.flatMap((list) => reached(this.#anyMember(list.value, node), list));
      return distinct(found, node, this);
    }
    const [{ value: settings }] = receivers;
    if (settings.kind === 'settings' && receivers.length === 1) {
      if (name === 'get') return this.#settingAt(receivers, node, frame);
      const shapes = this.#schemas.after(settings.shapes, name, node.arguments);
      return this.#single(shapes === null ? UNKNOWN : { ...settings, shapes }, node);
    }
    if (receivers.every(({ value }) => value.kind === 'unknown')) {
      return this.#read(node, name, frame);
    }
    const args = this.#arguments(node.arguments, frame);
    if (args === null) return this.#single(UNKNOWN, node);
    return computed<Argument>(node, this, [receivers, ...args], ([receiver, ...rest]) =>
      receiver === undefined || receiver.kind === 'record'
        ? UNKNOWN
        : methodResult(receiver, name, rest),
    );
  }

  /** `Object.entries`, `Object.values` and `Object.fromEntries` of literals. */
  #madeOfEntries({ module, path }: External, node: CallExpression, frame: Frame): Value | null {
    const [owner, name = ''] = path;
    const [first] = node.arguments;
    if (module !== null || owner !== 'Object' || path.length !== 2) return null;
    if (first === undefined || first.type === 'SpreadElement') return null;
    if (name === 'fromEntries') {
      const inner = unwrap(first);
      const pairs = inner.type === 'NewExpression' ? (inner.arguments[0] ?? inner) : inner;
      if (
        pairs !== inner &&
        !this.#externals.values.of(inner).every(({ kind }) => kind === 'map')
      ) {
        return null;
      }
      const [{ value }, ...others] = this.ask(pairs, frame);
      if (value.kind !== 'array' || others.length > 0) return null;
      const object = objectOfPairs(value.node);
      return object === null ? null : { kind: 'object', node: object, file: value.file };
    }
    const [{ value }, ...others] = this.ask(first, frame);
    if (value.kind !== 'object' || others.length > 0 || this.#isChanged(value)) return null;
    const list = listOf(value.node, name);
    return list === null ? null : { kind: 'array', node: list, file: value.file };
  }

  /** What `map.get(key)` gives of the entries that it can find. */
  protected entry(entries: readonly Node[], node: CallExpression, frame: Frame): Possibilities {
    const [key] = node.arguments;
    const isNamed = key !== undefined && this.keyText(key, frame) !== null;
    const values = distinct(
      isNamed
        ? entries.flatMap((entry, way) => chosen(this.ask(entry, frame), node.callee, way))
        : tabled(
            [
              ...entries.flatMap((entry) => this.ask(entry, frame)),
              ...this.#single(UNDEFINED, node),
            ],
            node,
            this,
          ),
      node,
      this,
    );
    // Others can put something else into a map.
    return this.#trust.objects === 'all' ? values : this.#single(UNKNOWN, node);
  }

  /** `config.get('ttl', 300)`, and what env-var reads; unknown for other methods. */
  #read(node: CallExpression, name: string, frame: Frame): Possibilities {
    const [key, fallback] = node.arguments;
    if (name === 'get' && key !== undefined && fallback !== undefined) {
      const isNamed = keyName(unwrap(key), true) !== null && fallback.type !== 'SpreadElement';
      return isNamed
        ? this.#unlessGiven(this.ask(fallback, frame), node.callee, node)
        : this.#single(UNKNOWN, node);
    }
    const { root, last } = endsOf(node);
    const isVariable = last.startsWith('as') && this.external(root)?.module === 'env-var';
    return isVariable ? this.#orDefault(node, node, frame) : this.#single(UNKNOWN, node);
  }

  /** What a function of a table returns for the arguments of a call. */
  #returned(node: CallExpression | NewExpression, returns: Returns, frame: Frame): Possibilities {
    const args = this.#arguments(node.arguments, frame);
    return args === null ? this.#single(UNKNOWN, node) : computed(node, this, args, returns);
  }

  /** The arguments of a call; null where it is not known how many there are. */
  #arguments(nodes: readonly Node[], frame: Frame): (readonly Option<Argument>[])[] | null {
    const args: (readonly Option<Argument>[])[] = [];
    for (const node of nodes) {
      if (node.type === 'SpreadElement') return null;
      args.push(
        this.ask(node, frame).flatMap((possibility): readonly Option<Argument>[] => {
          const { value } = possibility;
          return value.kind === 'object'
            ? value.file.records(value, node, possibility)
            : [possibility];
        }),
      );
    }
    return args;
  }

  records(object: ObjectValue, use: Node, option: Option<unknown>): readonly Option<Argument>[] {
    const names: string[] = [];
    for (const property of object.node.properties) {
      const key = property.type === 'Property' ? keyName(property.key, property.computed) : null;
      if (key === null) return [{ ...option, value: UNKNOWN }];
      names.push(key);
    }
    const combinations = combined<Value>([
      [{ ...option, value: UNKNOWN }],
      ...names.map((name) => this.#property(object.node, name, use, this.#file)),
    ]);
    if (combinations === null) return [{ ...option, value: UNKNOWN }];
    return combinations.map(({ value: [, ...values], role, choices }) => ({
      value: {
        kind: 'record',
        fields: new Map(names.map((name, index) => [name, values[index] ?? UNKNOWN])),
      },
      role,
      choices,
    }));
  }

  entries(node: CallExpression): readonly Node[] | null {
    return this.#externals.values.entries(node);
  }

  protected importedBy(node: Node): Possibilities {
    return this.unknown(node);
  }

  protected promised(of: Possibilities, node: Node): Possibilities {
    return of.every(({ value }) => value.kind === 'unknown')
      ? this.unknown(node)
      : this.#single({ kind: 'promise', of }, node);
  }

  protected settled(of: Possibilities, node: Node): Possibilities {
    if (of.every(({ value }) => value.kind !== 'promise')) return of;
    return distinct(
      of.flatMap((option) =>
        option.value.kind === 'promise'
          ? reached(this.settled(option.value.of, node), option)
          : [option],
      ),
      node,
      this,
    );
  }

  protected are(kind: Value['kind'], of: Possibilities): boolean {
    return of.every(({ value }) => value.kind === kind);
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
    const key = this.#work.key(node, 'result');
    return this.#work.once(key, this.#results, () => this.#resultsOf(node, this.#file));
  }

  /** What a run of a function returns; null for one without a body. */
  #resultsOf(node: FunctionNode, frame: Frame): readonly Possibility[] | null {
    const returns = returnsOf(node, {
      test: (test) => this.#outcome(test, frame),
      match: (discriminant, test) => this.#match(discriminant, test, frame),
    });
    return returns === null
      ? null
      : returns.flatMap((argument) =>
          argument === null ? this.#single(UNDEFINED, node) : this.ask(argument, frame),
        );
  }

  /** `Deno.env.get('X')`. */
  #environmentCall({ module, path }: External, node: CallExpression): Value | null {
    const [first] = node.arguments;
    if (module !== null || path.join('.') !== 'Deno.env.get' || first === undefined) return null;
    const name = keyName(first, true);
    return name === null ? null : string({ environment: name });
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
    if (mutations === null) return this.#single(UNKNOWN, node);
    const [definition] = variable.defs;
    const isHere =
      definition !== undefined && functionAround(definition.name) === functionAround(node);
    if (mutations.length > 0 && !isHere) return this.#single(UNKNOWN, node);
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
      const args = this.#arguments(call.arguments, frame);
      if (args === null) return this.#single(UNKNOWN, call);
      return computed<Argument>(call, this, [before, ...args], ([of, ...rest]) => {
        if (of === undefined || of.kind === 'record') return UNKNOWN;
        return mutated(of, name, rest) ?? of;
      });
    });
  }
}

/** The names of what a table holds; null where they are not all seen. */
function keysOf(of: Value): readonly string[] | null {
  switch (of.kind) {
    case 'object':
      return namesOf(of.node);
    case 'array':
      return of.node.elements.length > MAX_POSSIBILITIES
        ? null
        : of.node.elements.map((_, index) => String(index));
    case 'enum':
      return of.node.body.members.flatMap(({ id }) => keyName(id, false) ?? []);
    default:
      return null;
  }
}

/** What all values count as in a test; null where that is not known. */
function truthOf([{ value }, ...others]: Possibilities): boolean | null {
  const first = truthiness(value);
  return others.every(({ value: other }) => truthiness(other) === first) ? first : null;
}

/** The frame in which a binding is made. */
function frameOf(variable: Variable, frame: Frame): Frame {
  const [definition] = variable.defs;
  if (definition === undefined) return frame;
  for (let home = frame; ;) {
    if (home.outer === null) return home;
    if (home.runs !== null && isWithin(definition.name, home.runs)) return home;
    home = home.outer;
  }
}

/**
 * Whether one of two places comes after the other in every run: both are in the same function, and
 * in no loop together.
 */
function isSameRun(one: Node, other: Node): boolean {
  for (let around = one.parent ?? null; around !== null; around = around.parent ?? null) {
    if (isFunction(around)) return isWithin(other, around) && functionAround(other) === around;
    if (LOOPS.has(around.type) && isWithin(other, around)) return false;
  }
  return functionAround(other) === null;
}

function isMutable(value: Value): boolean {
  return value.kind === 'instant' && (value.library === 'date' || value.library === 'moment');
}

function isEmptyQuasi({ value }: { readonly value: { readonly cooked: string | null } }): boolean {
  return value.cooked === '';
}

/** Whether a value is nullish, or an empty text. */
function isNothing(value: Value): boolean {
  return nullishness(value) === true || (value.kind === 'string' && value.text === '');
}

/** Whether a value is `undefined`; null where that is not known. */
function isUndefined(value: Value): boolean | null {
  if (value.kind === 'undefined') return true;
  return value.kind === 'null' ? false : nullishness(value);
}

/** Whether a logical operator goes on to its right side; null where that is not known. */
function passes(operator: '&&' | '||' | '??', value: Value): boolean | null {
  if (operator === '??') return nullishness(value);
  const outcome = truthiness(value);
  if (outcome === null) return null;
  return operator === '&&' ? outcome : !outcome;
}

function literal(value: unknown): Value {
  if (value === null) return { kind: 'null' };
  switch (typeof value) {
    case 'number':
      return number(constant(value));
    case 'string':
      return text(value);
    case 'boolean':
      return { kind: 'boolean', value };
    default:
      return UNKNOWN;
  }
}

function template(quasis: readonly (string | null)[], values: readonly Value[]): Value {
  let joined = text(quasis[0] ?? '');
  for (const [index, value] of values.entries()) {
    joined = concatenated(joined, toText(value));
    joined = concatenated(joined, text(quasis[index + 1] ?? ''));
  }
  return joined;
}

/** Whether a function leaves a date as it is: those of packages do, and methods of globals. */
function isHarmless(external: External | null): boolean {
  if (external === null) return false;
  if (external.specifier !== null) return !external.specifier.startsWith('.');
  return external.path.length > 1 || called(external) !== null || constructed(external) !== null;
}

/** Whether calling something gives back its argument: `Object.freeze(…)`. */
function isHandedOn({ module, path }: External): boolean {
  const [owner, name] = path;
  return module === null && owner === 'Object' && (name === 'freeze' || name === 'seal');
}

/** What Nest's `registerAs('jwt', () => …)` gives back. */
function factoryOf(
  { module, path }: External,
  { arguments: [, factory] }: CallExpression,
): Node | undefined {
  return module === '@nestjs/config' && path.join('.') === 'registerAs' ? factory : undefined;
}

/** `Object.assign`. */
function isAssign({ module, path }: External): boolean {
  return module === null && path.join('.') === 'Object.assign';
}

/** `process.env.X`, and what other hosts have instead. */
function environmentOf({ module, path }: External): Value | null {
  const whole = module === null ? path.join('.') : `${module}.${path.join('.')}`;
  const [, name] = /^(?:process|Bun)\.env\.([^.]+)$/.exec(whole) ?? [];
  return name === undefined ? null : string({ environment: name });
}

/** `import.meta.env`. */
function isMetaEnv(node: Node): boolean {
  const inner = unwrap(node);
  return (
    inner.type === 'MemberExpression' &&
    inner.object.type === 'MetaProperty' &&
    memberName(inner) === 'env'
  );
}

/** Whether a member has no value where it is declared. */
function isUnset(member: OwnMember | null): boolean {
  return (
    member === null ||
    ((member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') &&
      member.value === null)
  );
}

/** Whether an assignment is run whenever an object, or the class, is made. */
function isRunOnce(node: Node, isStatic: boolean): boolean {
  const block = statementAround(node)?.parent;
  if (isStatic) return block?.type === 'StaticBlock';
  const method = functionAround(node)?.parent;
  return (
    method?.type === 'MethodDefinition' &&
    method.kind === 'constructor' &&
    block === method.value.body
  );
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

/** What a function is given that gets one argument. */
function onlyArgument(argument: () => Possibilities, node: Node, file: Expressions): Given {
  return {
    at: (index) => (index === 0 ? argument() : single(UNDEFINED, node, file)),
    rest: () => single(UNKNOWN, node, file),
  };
}
