/**
 * The values of the expressions of a file, computed without running them: numbers as functions of
 * the clock, texts, dates, lengths of time. {@link Value} lists what there is to find.
 *
 * A name means what its binding is given, if it is given one thing; what a parameter is given is not
 * known, but its default is. A function of the project is worked out anew for each call.
 */

import {
  functionAround,
  isClass,
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
import { isNeverReassigned, type Bindings, type Variable } from '../syntax/bindings.ts';
import { mergedLiteral } from './resolve.ts';
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
  single,
  tabled,
} from './possibilities.ts';
import { listOf, namesOf, objectOfPairs, restOf } from './literals.ts';
import { returnsOf } from './returns.ts';
import { endsOf, Schemas } from './schemas.ts';
import { isTested } from './guards.ts';
import {
  number,
  string,
  text,
  UNDEFINED,
  UNKNOWN,
  type Argument,
  type ArrayValue,
  type CodeValue,
  type External,
  type ObjectValue,
  type Expressions,
  type FollowedCall,
  type Option,
  type Possibilities,
  type Possibility,
  type SettingsValue,
  type Value,
} from './value.ts';
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

/** What lies outside the file. */
export interface ExpressionHost {
  /**
   * The expression (or the declaration of a function, class or enum) that a module exports under a
   * name, `default` for the default export, with the expressions of that module's own file. Null
   * where it is not known.
   */
  exported(
    specifier: string,
    name: string,
    from: Expressions,
  ): { readonly node: Node; readonly file: Expressions } | null;
  /** How much is taken for constant; minting trusts all, as it reads configurations. */
  readonly trust?: Trust;
}

const NOTHING_KNOWN: ExpressionHost = { exported: () => null };

/** What runs in a file when it is read as a part of certain calls, the outermost first. */
interface Run {
  readonly of: Evaluator;
  readonly calls: readonly FollowedCall[];
}

const NUMBER: External = { module: null, specifier: null, path: ['Number'] };

/** Expressions that are nested more deeply than this are unknown. */
const MAX_DEPTH = 400;

/** Functions are not followed through more calls than this. */
const MAX_CALLS = 4;

/** How many calls of functions with parameters are worked out in a file. */
const MAX_APPLIED = 256;

/** A property that is written more often than this is unknown. */
const MAX_WRITES = 64;

/** A run of a function with its arguments; the outermost is that of the file. */
interface Frame {
  readonly known: Map<object, Possibilities>;
  readonly runs: FunctionNode | null;
  /** Worked out where they are read: nothing is while the expressions of a file are being made. */
  readonly args: readonly (() => Possibilities)[];
  readonly outer: Frame | null;
  readonly depth: number;
}

type ObjectPart = ObjectExpression['properties'][number];

interface Placed {
  readonly position: number;
  readonly part: ObjectPart;
}

/** The parts of an object literal: the last of each name, and those that can have any. */
interface ObjectParts {
  readonly named: Map<string, Placed>;
  /** The last first. */
  readonly open: Placed[];
}

/** The expressions of one file. Each is worked out once. */
export class Evaluator implements Expressions {
  readonly bindings: Bindings;
  readonly #program: Program;
  readonly #externals: Externals;
  readonly #host: ExpressionHost;
  readonly #trust: Trust;
  readonly #writes: Writes;
  readonly #schemas: Schemas;
  /** These expressions without the calls that they are read in. */
  readonly #whole: Evaluator;
  readonly #calls: readonly FollowedCall[];
  /** The run of the file or, if these are read in calls, of the function that the last one calls. */
  readonly #file: Frame;
  readonly #mutations = new Map<Variable, readonly Mutation[] | null>();
  /** What is being worked out; an expression that needs itself is unknown. */
  readonly #active = new Set<object>();
  readonly #parts = new Map<ObjectExpression, ObjectParts>();
  /** What functions without parameters return. */
  readonly #results = new Map<FunctionNode, readonly Possibility[] | null>();
  /** The properties that are being read. */
  readonly #reading = new Map<ObjectExpression, Set<string>>();
  #depth = 0;
  #applied = 0;

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
    this.#program = program;
    this.bindings = bindings;
    this.#host = host;
    this.#trust = host.trust ?? TRUSTING;
    this.#schemas = new Schemas(bindings);
    this.#whole = run?.of ?? this;
    this.#calls = run?.calls ?? [];
    this.#externals =
      run === null
        ? new Externals(program, bindings, (key) => textOf(this.of(key)))
        : run.of.#externals;
    this.#writes =
      run === null
        ? new Writes(program, this.#externals.values, (callee) => this.#isHarmless(callee))
        : run.of.#writes;
    const file: Frame = { known: new Map(), runs: null, args: [], outer: null, depth: 0 };
    this.#file = this.#calls.reduce((outer, call) => this.#called(call, outer), file);
  }

  inCalls(calls: readonly FollowedCall[]): Evaluator {
    const all = [...this.#calls, ...calls];
    return new Evaluator(this.#program, this.bindings, this.#host, {
      of: this.#whole,
      calls: all,
    });
  }

  #called({ call, target, from }: FollowedCall, outer: Frame): Frame {
    const isCounted = call.arguments.every(({ type }) => type !== 'SpreadElement');
    const args = isCounted
      ? call.arguments.map(
          (argument) => () => (from === undefined ? this.#of(argument, outer) : from.of(argument)),
        )
      : target.params.map((parameter) => () => this.#single(UNKNOWN, parameter));
    return { known: new Map(), runs: target, args, outer, depth: 0 };
  }

  of(node: Node): Possibilities {
    return this.#of(node, this.#file);
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

  #of(node: Node, frame: Frame): Possibilities {
    const inner = unwrap(node);
    return this.#once(inner, inner, frame, () => this.#expression(inner, frame));
  }

  /** Works something out once in a frame. */
  #once(key: object, node: Node, frame: Frame, work: () => Possibilities): Possibilities {
    const known = frame.known.get(key);
    if (known !== undefined) return known;
    if (this.#active.has(key) || this.#depth >= MAX_DEPTH) return this.#single(UNKNOWN, node);
    this.#active.add(key);
    this.#depth += 1;
    const result = work();
    this.#depth -= 1;
    this.#active.delete(key);
    frame.known.set(key, result);
    return result;
  }

  #single(value: Value, node: Node): Possibilities {
    return single(value, node, this);
  }

  #expression(node: Node, frame: Frame): Possibilities {
    switch (node.type) {
      case 'Literal':
        return this.#single(literal(node.value), node);
      case 'TemplateLiteral': {
        const [only, ...others] = node.expressions;
        // Around one expression it is that, as a text.
        if (only !== undefined && others.length === 0 && node.quasis.every(isEmptyQuasi)) {
          const [first, ...rest] = this.#of(only, frame).map((one) => ({
            ...one,
            value: toText(one.value),
          }));
          return first === undefined ? this.#single(UNKNOWN, node) : [first, ...rest];
        }
        return computed(
          node,
          this,
          node.expressions.map((part) => this.#of(part, frame)),
          (values) =>
            template(
              node.quasis.map(({ value }) => value.cooked),
              values,
            ),
        );
      }
      case 'Identifier':
        return this.#identifier(node, frame);
      case 'UnaryExpression': {
        const { operator } = node;
        if (operator === 'delete') return this.#single(UNKNOWN, node);
        return computed(node, this, [this.#of(node.argument, frame)], ([value = UNKNOWN]) =>
          unary(operator, value),
        );
      }
      case 'BinaryExpression': {
        const { operator, left, right } = node;
        if (left.type === 'PrivateIdentifier') return this.#single(UNKNOWN, node);
        return computed(
          node,
          this,
          [this.#of(left, frame), this.#of(right, frame)],
          ([one = UNKNOWN, other = UNKNOWN]) => binary(operator, one, other),
        );
      }
      case 'ConditionalExpression':
        return this.#conditional(node.test, node.consequent, node.alternate, node, frame);
      case 'LogicalExpression':
        return this.#logical(node.operator, node.left, node.right, node, frame);
      case 'AssignmentExpression':
        return node.operator === '=' ? this.#of(node.right, frame) : this.#single(UNKNOWN, node);
      case 'SequenceExpression': {
        const last = node.expressions.at(-1);
        return last === undefined ? this.#single(UNKNOWN, node) : this.#of(last, frame);
      }
      case 'AwaitExpression':
        return this.#of(node.argument, frame);
      case 'ObjectExpression':
        return this.#single({ kind: 'object', node, file: this }, node);
      case 'ArrayExpression':
        return this.#single({ kind: 'array', node, file: this }, node);
      case 'FunctionExpression':
      case 'FunctionDeclaration':
      case 'ArrowFunctionExpression':
      case 'ClassExpression':
      case 'ClassDeclaration':
      case 'TSEnumDeclaration':
        return this.#single({ kind: 'code', node, file: this }, node);
      case 'MemberExpression':
        return this.#member(node, frame);
      case 'CallExpression':
        return this.#call(node, frame);
      case 'NewExpression':
        return this.#new(node, frame);
      default:
        return this.#single(UNKNOWN, node);
    }
  }

  #conditional(
    test: Node,
    consequent: Node,
    alternate: Node,
    node: Node,
    frame: Frame,
  ): Possibilities {
    const outcome = this.#outcome(test, frame);
    if (outcome !== null) return this.#of(outcome ? consequent : alternate, frame);
    const { key, isNegated } = this.#choice(test);
    const [whenTrue, whenFalse] = isNegated ? [1, 0] : [0, 1];
    return distinct(
      [
        ...chosen(this.#of(consequent, frame), key, whenTrue),
        ...chosen(this.#of(alternate, frame), key, whenFalse),
      ],
      node,
      this,
    );
  }

  outcome(test: Node): boolean | null {
    return this.#outcome(test, this.#file);
  }

  #outcome(test: Node, frame: Frame): boolean | null {
    return truthOf(this.#of(test, frame));
  }

  /** Whether the value of a `switch` is that of a `case`; null where that is not known. */
  #match(discriminant: Node, test: Node, frame: Frame): boolean | null {
    const parts = [this.#of(discriminant, frame), this.#of(test, frame)];
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

  #logical(
    operator: '&&' | '||' | '??',
    left: Node,
    right: Node,
    node: Node,
    frame: Frame,
  ): Possibilities {
    const kept: Possibility[] = [];
    let isDecided = true;
    let goesOn = false;
    const isThere = operator !== '&&' && this.#isThere(left, operator);
    for (const possibility of this.#of(left, frame)) {
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
    if (isDecided) return this.#of(right, frame);
    if (!goesOn) return distinct(kept, node, this);
    // `&&` tells by its truth, as a conditional does; what is nullish is not told by that,
    // and the truth of the whole is another choice.
    const { key, isNegated } =
      operator === '??' ? { key: right, isNegated: false } : this.#choice(left);
    const isTrueRight = (operator === '&&') !== isNegated;
    const [rightWay, leftWay] = isTrueRight ? [0, 1] : [1, 0];
    const role = operator === '&&' ? 'written' : 'fallback';
    return distinct(
      [...chosen(kept, key, leftWay), ...chosen(this.#of(right, frame), key, rightWay, role)],
      node,
      this,
    );
  }

  /** Whether a function leaves its arguments as they are, or is seen to change them. */
  #isHarmless(callee: Node): boolean {
    const values = this.#externals.values.of(callee);
    const isSeen = values.length > 0 && values.every(({ kind }) => kind === 'function');
    return isSeen || isHarmless(this.external(callee));
  }

  /** Whether a test that was passed tells that an expression is not what `??` or `||` replaces. */
  #isThere(node: Node, operator: '||' | '??'): boolean {
    const proof = operator === '??' ? 'notNullish' : 'truthy';
    return this.#trust.heedsTests && isTested(node, proof, this.bindings);
  }

  #identifier(node: Node & { type: 'Identifier' }, frame: Frame): Possibilities {
    const variable = this.bindings.variable(node);
    if (variable === null) {
      const external: External = { module: null, specifier: null, path: [node.name] };
      return this.#single(constantExternal(external) ?? UNKNOWN, node);
    }
    const home = frameOf(variable, frame);
    const values = this.#variable(variable, node, home);
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

  /** What a binding is given. */
  #variable(variable: Variable, node: Node, frame: Frame): Possibilities {
    return this.#once(variable, node, frame, () => {
      const [definition, ...others] = variable.defs;
      if (definition === undefined || others.length > 0 || !isNeverReassigned(variable)) {
        return this.#single(UNKNOWN, node);
      }
      const { type, name, node: declaration } = definition;
      if (type === 'ImportBinding') return this.#outside(node, frame);
      if (isFunction(declaration)) {
        return type === 'Parameter'
          ? this.#parameter(declaration, name, frame)
          : this.#single({ kind: 'code', node: declaration, file: this }, declaration);
      }
      if (isClass(declaration) || declaration.type === 'TSEnumDeclaration') {
        return this.#single({ kind: 'code', node: declaration, file: this }, declaration);
      }
      if (declaration.type === 'TSEnumMember') {
        const owner = declaration.parent?.parent;
        return owner?.type === 'TSEnumDeclaration'
          ? this.#enumMember(owner, keyName(declaration.id, false), node, frame)
          : this.#single(UNKNOWN, node);
      }
      if (declaration.type !== 'VariableDeclarator' || declaration.init === null) {
        return this.#single(UNKNOWN, node);
      }
      return this.#bound(declaration.id, name, this.#of(declaration.init, frame), frame);
    });
  }

  #parameter(node: FunctionNode, name: Node, frame: Frame): Possibilities {
    for (const [index, parameter] of node.params.entries()) {
      const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
      if (!isWithin(name, pattern)) continue;
      const isRest = pattern.type === 'RestElement';
      const given =
        frame.runs !== node || isRest
          ? this.#single(UNKNOWN, name)
          : (frame.args[index]?.() ?? this.#single(UNDEFINED, name));
      return this.#bound(pattern, name, given, frame);
    }
    return this.#single(UNKNOWN, name);
  }

  /** What a name in a pattern is, where the pattern is given these values. */
  #bound(pattern: Node, name: Node, given: Possibilities, frame: Frame): Possibilities {
    const way: Node[] = [];
    for (let node = name; node !== pattern;) {
      way.push(node);
      const { parent } = node;
      if (!parent) return this.#single(UNKNOWN, name);
      node = parent;
    }
    let values = given;
    let around = pattern;
    for (const next of way.reverse()) {
      switch (around.type) {
        case 'AssignmentPattern':
          values = this.#withDefault(values, around, frame);
          break;
        case 'ObjectPattern':
          if (next.type === 'RestElement') values = this.#rest(values, around, name);
          break;
        case 'Property': {
          const key = keyName(around.key, around.computed);
          values =
            key === null
              ? this.#single(UNKNOWN, name)
              : this.#memberOf(values, key, around, false, frame);
          // `const { X } = process.env`
          if (values.every(({ value }) => value.kind === 'unknown')) {
            values = this.#outside(name, frame);
          }
          break;
        }
        case 'RestElement':
          break;
        case 'ArrayPattern': {
          const index = around.elements.findIndex((element) => element === next);
          values =
            next.type === 'RestElement'
              ? this.#single(UNKNOWN, name)
              : this.#memberOf(values, String(index), around, false, frame);
          break;
        }
        default:
          values = this.#single(UNKNOWN, name);
      }
      around = next;
    }
    return around.type === 'Identifier' || around === name ? values : this.#single(UNKNOWN, name);
  }

  /** What an object has beyond the properties that a pattern names. */
  #rest(
    values: Possibilities,
    pattern: Node & { readonly type: 'ObjectPattern' },
    name: Node,
  ): Possibilities {
    return distinct(
      values.map((possibility): Possibility => {
        const { value } = possibility;
        const rest =
          value.kind === 'object' && !this.#isChanged(value) ? restOf(value.node, pattern) : null;
        return rest === null || value.kind !== 'object'
          ? { ...possibility, value: UNKNOWN }
          : { ...possibility, value: { ...value, node: rest } };
      }),
      name,
      this,
    );
  }

  /** Whether an object of this file is something else than its literal says, or may be. */
  #isChanged({ node, file }: ObjectValue): boolean {
    if (file !== this && file.bindings !== this.bindings) return false;
    return (
      this.#isInDoubt(node) ||
      (namesOf(node) ?? []).some((name) => this.#writes.of(node, name).length > 0)
    );
  }

  #withDefault(
    values: Possibilities,
    node: Node & { readonly type: 'AssignmentPattern' },
    frame: Frame,
  ): Possibilities {
    const kept = values.filter(({ value }) => isUndefined(value) !== true);
    if (values.every(({ value }) => isUndefined(value) === false)) return values;
    return distinct(
      [...chosen(kept, node, 0), ...chosen(this.#of(node.right, frame), node, 1, 'default')],
      node,
      this,
    );
  }

  #member(node: MemberExpression, frame: Frame): Possibilities {
    if (this.external(node.object) !== null) return this.#outside(node, frame);
    const values = this.#ownMember(node, frame);
    const isKnown = values.some(({ value }) => value.kind !== 'unknown');
    return isKnown ? this.#tested(node, values) : this.#single(UNKNOWN, node);
  }

  /** A member of something that is made in the project. */
  #ownMember(node: MemberExpression, frame: Frame): Possibilities {
    const name = memberName(node);
    if (isMetaEnv(node.object) && name !== null) {
      return this.#single(string({ environment: name }), node);
    }
    if (node.object.type === 'Super') return this.#single(UNKNOWN, node);
    if (node.object.type === 'ThisExpression') {
      return name === null ? this.#single(UNKNOWN, node) : this.#thisMember(node, name, frame);
    }
    if (name !== null) {
      return this.#memberOf(this.#of(node.object, frame), name, node, node.optional, frame);
    }
    const options = combined<Value>([this.#of(node.object, frame), this.#of(node.property, frame)]);
    if (options === null) return this.#single(UNKNOWN, node);
    return distinct(
      options.flatMap((option) => {
        const [object = UNKNOWN, key = UNKNOWN] = option.value;
        const name = key.kind === 'unknown' ? null : toText(key).text;
        return name === null
          ? reached(this.#anyMember(object, node), option)
          : reached(this.#valueMember(object, name, node, node.optional, frame), option);
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

  /** What a property of each of these is. */
  #memberOf(
    objects: Possibilities,
    name: string,
    node: Node,
    isOptional: boolean,
    frame: Frame,
  ): Possibilities {
    return distinct(
      objects.flatMap((object) =>
        reached(this.#valueMember(object.value, name, node, isOptional, frame), object),
      ),
      node,
      this,
    );
  }

  member(of: Value, name: string, use: Node): Possibilities {
    return this.#valueMember(of, name, use, false, this.#file);
  }

  #valueMember(
    of: Value,
    name: string,
    node: Node,
    isOptional: boolean,
    frame: Frame,
  ): Possibilities {
    if ('file' in of && of.file !== this) return of.file.member(of, name, node);
    switch (of.kind) {
      case 'object':
        return this.#property(of.node, name, node, frame);
      case 'array':
        return this.#element(of, name, frame);
      case 'code':
        return this.#static(of, name, node);
      case 'instance':
        return this.#classMember(of.node, name, false, node, this.#file);
      case 'settings':
        return this.#setting(of, name, node);
      case 'undefined':
      case 'null':
        return this.#single(isOptional ? UNDEFINED : UNKNOWN, node);
      default:
        return this.#single(propertyOf(of, name) ?? UNKNOWN, node);
    }
  }

  /** A setting: what the environment says, or the default that its schema has. */
  #setting(settings: SettingsValue, name: string, node: Node): Possibilities {
    const schema = this.#schemas.setting(settings.shapes, name);
    // What `safeParse` gives holds the settings as its `data`.
    if (schema === null) return this.#single(name === 'data' ? settings : UNKNOWN, node);
    return this.#orDefault(schema, node, this.#file);
  }

  /** What is not known, or the default in a schema. */
  #orDefault(schema: Node, node: Node, frame: Frame): Possibilities {
    const found = this.#schemas.defaultIn(schema);
    if (found === null) return this.#nested(schema, node, frame);
    const values = found.conversions.reduce(
      (before, conversion) => this.#converted(before, conversion, frame),
      this.#of(found.value, frame),
    );
    return this.#unlessGiven(values, found.value, node);
  }

  /** Settings within settings; unknown for others. */
  #nested(schema: Node, node: Node, frame: Frame): Possibilities {
    const values = this.#of(schema, frame);
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
    const [{ value: code }] = conversion === 'number' ? values : this.#of(conversion, frame);
    const results =
      code.kind === 'code' && isFunction(code.node)
        ? code.file.run(code.node, [() => values], frame.depth + 1)
        : null;
    return results === null ? this.#single(UNKNOWN, node) : distinct(results, node, this);
  }

  #element({ node }: ArrayValue, name: string, frame: Frame): Possibilities {
    if (this.#isInDoubt(node) || this.#writes.of(node, name).length > 0) {
      return this.#single(UNKNOWN, node);
    }
    const index = Number(name);
    const before = node.elements.slice(0, index + 1);
    if (!Number.isInteger(index) || before.some((element) => element?.type === 'SpreadElement')) {
      return this.#single(UNKNOWN, node);
    }
    const element = node.elements[index] ?? null;
    return element === null ? this.#single(UNDEFINED, node) : this.#of(element, frame);
  }

  #property(node: ObjectExpression, name: string, use: Node | null, frame: Frame): Possibilities {
    // An object can be spread into itself.
    const reading = this.#reading.get(node) ?? new Set<string>();
    if (reading.has(name) || this.#depth >= MAX_DEPTH) return this.#single(UNKNOWN, node);
    this.#reading.set(node, reading.add(name));
    this.#depth += 1;
    const values = this.#propertyOf(node, name, use, frame);
    this.#depth -= 1;
    reading.delete(name);
    return values;
  }

  #propertyOf(node: ObjectExpression, name: string, use: Node | null, frame: Frame): Possibilities {
    let values: readonly Possibility[] = this.#literalProperty(node, name, frame);
    const home = statementAround(node);
    const writes = this.#writes.of(node, name);
    if (writes.length > MAX_WRITES) return this.#single(UNKNOWN, node);
    for (const { node: change, value } of writes) {
      if (use !== null && offsetOf(change) > offsetOf(use) && isSameRun(change, use)) continue;
      const written = value === null ? this.#single(UNKNOWN, change) : this.#of(value, frame);
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

  /** What a property is by the literal alone. */
  #literalProperty(node: ObjectExpression, name: string, frame: Frame): Possibilities {
    const found: Possibility[] = [];
    for (const property of this.#candidates(node, name)) {
      if (property.type === 'SpreadElement') {
        const spread = this.#spreadProperty(property.argument, name, frame);
        if (this.#trust.objects !== 'all' && spread.some(({ value }) => value.kind === 'unknown')) {
          return this.#single(UNKNOWN, node);
        }
        if (this.#isWritten(property.argument, name, frame)) {
          return distinct([...found, ...spread], node, this);
        }
        found.push(...spread.filter(({ value }) => value.kind !== 'undefined'));
        if (spread.every(({ value }) => value.kind !== 'undefined' && value.kind !== 'unknown')) {
          return distinct(found, node, this);
        }
        continue;
      }
      const key = keyName(property.key, property.computed) ?? this.#key(property.key, frame);
      if (key !== null && key !== name) continue;
      const value = this.#given(property, frame);
      if (key === name) return distinct([...found, ...value], node, this);
      found.push(...this.#single(UNKNOWN, property));
    }
    return distinct([...found, ...this.#single(UNDEFINED, node)], node, this);
  }

  /** What a property of an object literal is written as, or what its getter gives. */
  #given(property: ObjectPart & { readonly type: 'Property' }, frame: Frame): Possibilities {
    if (property.kind === 'init') return this.#of(property.value, frame);
    const results =
      property.kind === 'get' && isFunction(property.value) && frame.depth < MAX_CALLS
        ? this.run(property.value, [], frame.depth + 1)
        : null;
    return results === null ? this.#single(UNKNOWN, property) : distinct(results, property, this);
  }

  /** The properties that may give a name its value, the last first. */
  #candidates(node: ObjectExpression, name: string): readonly ObjectPart[] {
    let index = this.#parts.get(node);
    if (index === undefined) {
      index = { named: new Map(), open: [] };
      this.#parts.set(node, index);
      for (const [position, part] of node.properties.entries()) {
        const key = part.type === 'Property' ? keyName(part.key, part.computed) : null;
        if (key === null) index.open.push({ position, part });
        else index.named.set(key, { position, part });
      }
      index.open.reverse();
    }
    const named = index.named.get(name);
    const later = index.open.filter(({ position }) => position > (named?.position ?? -1));
    return [...later, ...(named === undefined ? [] : [named])].map(({ part }) => part);
  }

  /** Whether an expression is an object literal with a property of this name, whatever its value. */
  #isWritten(node: Node, name: string, frame: Frame): boolean {
    return this.#of(node, frame).every(({ value }) => {
      if (value.kind !== 'object') return false;
      return value.node.properties.some(
        (part) => part.type === 'Property' && keyName(part.key, part.computed) === name,
      );
    });
  }

  /** A computed key that is a constant. */
  #key(node: Node, frame: Frame): string | null {
    return textOf(this.#of(node, frame));
  }

  /** What an object that is spread adds: `undefined` where it has no such property. */
  #spreadProperty(node: Node, name: string, frame: Frame): Possibilities {
    return distinct(
      this.#of(node, frame).flatMap((option) => {
        const { value } = option;
        switch (value.kind) {
          case 'object':
            return reached(
              value.file === this
                ? this.#property(value.node, name, node, frame)
                : value.file.property(value, name, node),
              option,
            );
          case 'unknown':
            return value.known === 'falsy'
              ? [{ ...option, value: UNDEFINED }]
              : [{ ...option, value: UNKNOWN }];
          case 'settings':
            return [{ ...option, value: UNKNOWN }];
          case 'instance':
            return isOfPrototype(value.node, name)
              ? [{ ...option, value: UNDEFINED }]
              : reached(value.file.member(value, name, node), option);
          default:
            return [{ ...option, value: UNDEFINED }];
        }
      }),
      node,
      this,
    );
  }

  /** A static member of a class, or a member of an enum. */
  #static({ node }: CodeValue, name: string, use: Node): Possibilities {
    if (node.type === 'TSEnumDeclaration') return this.#enumMember(node, name, use, this.#file);
    return isClass(node)
      ? this.#classMember(node, name, true, use, this.#file)
      : this.#single(UNKNOWN, use);
  }

  #enumMember(
    node: Node & { type: 'TSEnumDeclaration' },
    name: string | null,
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
            : this.#of(initializer, frame);
        const after = number(constant(sinceInitializer));
        return sinceInitializer === 0
          ? base
          : computed(use, this, [base], ([value = UNKNOWN]) => binary('+', value, after));
      }
      sinceInitializer += 1;
    }
    return this.#single(UNKNOWN, use);
  }

  #thisMember(node: MemberExpression, name: string, frame: Frame): Possibilities {
    const [only, ...others] = this.#externals.values.of(node.object);
    if (only === undefined || others.length > 0) return this.#single(UNKNOWN, node);
    switch (only.kind) {
      case 'class':
        return this.#classMember(only.node, name, true, node, frame);
      case 'instance':
        return this.#classMember(only.of, name, false, node, frame);
      case 'object':
        return this.#property(only.node, name, null, frame);
      default:
        return this.#single(UNKNOWN, node);
    }
  }

  #classMember(
    node: ClassNode,
    name: string,
    isStatic: boolean,
    use: Node,
    frame: Frame,
  ): Possibilities {
    // Others can write a field, where they get at the object.
    if (this.#trust.objects === 'frozen' && !name.startsWith('#'))
      return this.#single(UNKNOWN, use);
    const writes = this.#writes.of(node, name);
    for (const member of node.body.body) {
      if (member.type === 'MethodDefinition' && member.kind === 'constructor' && !isStatic) {
        const parameter = member.value.params.find(
          (candidate) =>
            candidate.type === 'TSParameterProperty' && nameOfParameter(candidate) === name,
        );
        const identifier = parameter === undefined ? null : parameterName(parameter);
        if (identifier !== null && writes.length === 0) {
          const variable = this.bindings.variable(identifier);
          if (variable !== null) {
            return this.#variable(variable, identifier, frameOf(variable, frame));
          }
        }
      }
      if (!('key' in member) || member.static !== isStatic) continue;
      if (keyName(member.key, member.computed) !== name) continue;
      if (member.type === 'MethodDefinition' && member.kind === 'get') {
        const results = this.run(member.value, [], frame.depth + 1);
        return results === null ? this.#single(UNKNOWN, use) : distinct(results, use, this);
      }
      if (member.type !== 'PropertyDefinition') continue;
      if (member.value !== null && writes.length === 0) return this.#of(member.value, frame);
      if (member.value !== null) return this.#single(UNKNOWN, use);
    }
    // A field that the constructor sets, whether it is declared or not.
    const [write, ...others] = writes;
    const isConstructed = write !== undefined && others.length === 0 && !isStatic;
    return isConstructed && write.value !== null && isInConstructor(write.node)
      ? this.#of(write.value, frame)
      : this.#single(UNKNOWN, use);
  }

  /** A constant of a package, of the environment, or of another file of the project. */
  #outside(node: Node, frame: Frame): Possibilities {
    const external = this.external(node);
    if (external === null) return this.#single(UNKNOWN, node);
    const known = constantExternal(external) ?? environmentOf(external);
    if (known !== null) return this.#single(known, node);
    const { specifier, path } = external;
    if (specifier === null) return this.#single(UNKNOWN, node);
    const [name = 'default', ...members] = path;
    const named = this.#host.exported(specifier, name, this.#whole);
    if (named !== null) return this.#path(named.file.of(named.node), members, node, frame);
    const whole = this.#host.exported(specifier, 'default', this.#whole);
    return whole === null
      ? this.#single(UNKNOWN, node)
      : this.#path(whole.file.of(whole.node), path, node, frame);
  }

  #path(
    values: Possibilities,
    members: readonly string[],
    node: Node,
    frame: Frame,
  ): Possibilities {
    return members.reduce(
      (objects, name) => this.#memberOf(objects, name, node, false, frame),
      values,
    );
  }

  #new(node: NewExpression, frame: Frame): Possibilities {
    const external = this.external(node.callee);
    const returns = external === null ? null : constructed(external);
    if (returns !== null) return this.#returned(node, returns, frame);
    const [only, ...others] = this.#externals.values.of(node.callee);
    return only?.kind === 'class' && others.length === 0
      ? this.#single({ kind: 'instance', node: only.node, file: this }, node)
      : this.#single(UNKNOWN, node);
  }

  #call(node: CallExpression, frame: Frame): Possibilities {
    const callee = unwrap(node.callee);
    const external = this.external(callee);
    if (external !== null) {
      const [first] = node.arguments;
      const made = this.#madeOfEntries(external, node, frame);
      if (made !== null) return this.#single(made, node);
      const merged = isAssign(external) ? mergedLiteral(node) : null;
      if (merged !== null) return this.#single({ kind: 'object', node: merged, file: this }, node);
      if (first !== undefined && isHandedOn(external)) return this.#of(first, frame);
      const returns = called(external);
      if (returns !== null) return this.#returned(node, returns, frame);
      const shapes = this.#schemas.given(external, node.arguments);
      if (shapes !== null) return this.#single({ kind: 'settings', shapes, file: this }, node);
      const environment = this.#environmentCall(external, node);
      if (environment !== null) return this.#single(environment, node);
      const results = this.#callOf(this.#outside(callee, frame), node, frame);
      const isKnown = results.some(({ value }) => value.kind !== 'unknown');
      return isKnown ? results : this.#read(node, external.path.at(-1) ?? '', frame);
    }
    // What `require` and `import()` give, of a file of the project.
    if (this.external(node) !== null) return this.#outside(node, frame);
    const [only, ...others] = this.#externals.values.of(callee);
    if (only?.kind === 'function' && others.length === 0) {
      const code: CodeValue = { kind: 'code', node: only.node, file: this };
      return this.#callOf(this.#single(code, node), node, frame);
    }
    if (callee.type !== 'MemberExpression') {
      return this.#callOf(this.#of(callee, frame), node, frame);
    }
    const name = memberName(callee);
    if (name === null || callee.object.type === 'Super') return this.#single(UNKNOWN, node);
    const entries = name === 'get' ? this.#externals.values.entries(node) : null;
    if (entries !== null) return this.#entry(entries, node, frame);
    const receivers = this.#of(callee.object, frame);
    if (receivers.some(({ value }) => value.kind === 'code' || value.kind === 'object')) {
      return this.#callOf(this.#of(callee, frame), node, frame);
    }
    const [index] = node.arguments;
    if (
      name === 'at' &&
      index !== undefined &&
      receivers.every(({ value }) => value.kind === 'array')
    ) {
      const key = this.#key(index, frame);
      return key === null
        ? this.#single(UNKNOWN, node)
        : this.#memberOf(receivers, key, node, false, frame);
    }
    if (name === 'find' && receivers.every(({ value }) => value.kind === 'array')) {
      const found = receivers.flatMap((list) => reached(this.#anyMember(list.value, node), list));
      return distinct(found, node, this);
    }
    const [{ value: settings }] = receivers;
    if (settings.kind === 'settings' && receivers.length === 1) {
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
      const [{ value }, ...others] = this.#of(pairs, frame);
      if (value.kind !== 'array' || others.length > 0) return null;
      const object = objectOfPairs(value.node);
      return object === null ? null : { kind: 'object', node: object, file: value.file };
    }
    const [{ value }, ...others] = this.#of(first, frame);
    if (value.kind !== 'object' || others.length > 0 || this.#isChanged(value)) return null;
    const list = listOf(value.node, name);
    return list === null ? null : { kind: 'array', node: list, file: value.file };
  }

  /** What `map.get(key)` gives of the entries that it can find. */
  #entry(entries: readonly Node[], node: CallExpression, frame: Frame): Possibilities {
    const [key] = node.arguments;
    const isNamed = key !== undefined && this.#key(key, frame) !== null;
    const values = distinct(
      isNamed
        ? entries.flatMap((entry, way) => chosen(this.#of(entry, frame), node.callee, way))
        : tabled(
            [
              ...entries.flatMap((entry) => this.#of(entry, frame)),
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
        ? this.#unlessGiven(this.#of(fallback, frame), node.callee, node)
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
        this.#of(node, frame).flatMap((possibility): readonly Option<Argument>[] => {
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

  /** What calling one of these returns. */
  #callOf(callees: Possibilities, node: CallExpression, frame: Frame): Possibilities {
    const [{ value: code }, ...others] = callees;
    if (code.kind !== 'code' || others.length > 0 || !isFunction(code.node)) {
      return this.#single(UNKNOWN, node);
    }
    const { node: target } = code;
    if (target.generator || (target.async && node.parent?.type !== 'AwaitExpression')) {
      return this.#single(UNKNOWN, node);
    }
    if (frame.depth >= MAX_CALLS || node.arguments.some(({ type }) => type === 'SpreadElement')) {
      return this.#single(UNKNOWN, node);
    }
    const args = node.arguments.map((argument) => () => this.#of(argument, frame));
    const results = code.file.run(target, args, frame.depth + 1);
    if (results === null) return this.#single(UNKNOWN, node);
    // What was decided inside is decided anew in each call. The whole call stands for its truth.
    return distinct(
      results.map((result, way) => ({ ...result, choices: new Map([[node.callee, way]]) })),
      node,
      this,
    );
  }

  run(node: FunctionNode, args: Frame['args'], depth: number): readonly Possibility[] | null {
    const outer = this.#file;
    if (node.params.length > 0) {
      if (this.#applied >= MAX_APPLIED) return null;
      this.#applied += 1;
      return this.#resultsOf(node, { known: new Map(), runs: node, args, outer, depth });
    }
    // Each call without arguments returns the same.
    let results = this.#results.get(node);
    if (results === undefined) {
      results = this.#resultsOf(node, outer);
      this.#results.set(node, results);
    }
    return results;
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
          argument === null ? this.#single(UNDEFINED, node) : this.#of(argument, frame),
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
    case 'code':
      return of.node.type === 'TSEnumDeclaration'
        ? of.node.body.members.flatMap(({ id }) => keyName(id, false) ?? [])
        : null;
    default:
      return null;
  }
}

/** What all values count as in a test; null where that is not known. */
function truthOf([{ value }, ...others]: Possibilities): boolean | null {
  const first = truthiness(value);
  return others.every(({ value: other }) => truthiness(other) === first) ? first : null;
}

/** Whether the objects of a class have a property by a method or an accessor: it is not their own. */
function isOfPrototype({ body }: ClassNode, name: string): boolean {
  return body.body.some(
    (member) =>
      member.type === 'MethodDefinition' &&
      !member.static &&
      keyName(member.key, member.computed) === name,
  );
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

function parameterName(parameter: Node): Node | null {
  if (parameter.type !== 'TSParameterProperty') return null;
  const { parameter: pattern } = parameter;
  return pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
}

function nameOfParameter(parameter: Node): string | null {
  const name = parameterName(parameter);
  return name?.type === 'Identifier' ? name.name : null;
}

/** Whether an assignment is run whenever an object is made. */
function isInConstructor(node: Node): boolean {
  const around = functionAround(node);
  const method = around?.parent;
  return (
    method?.type === 'MethodDefinition' &&
    method.kind === 'constructor' &&
    statementAround(node)?.parent === method.value.body
  );
}
