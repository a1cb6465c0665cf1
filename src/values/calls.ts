/** What calls give to functions, and what they get from them, in one run. */

import {
  constructorOf,
  isFunction,
  memberName,
  rootOf,
  unwrap,
  type ArrayExpression,
  type CallExpression,
  type ClassNode,
  type FunctionNode,
  type MemberExpression,
  type NewExpression,
  type Node,
} from '../syntax/ast.ts';
import type { RestElement } from '../syntax/patterns.ts';
import { deeper, MAX_CALLS, onlyArgument, START, type Frame } from './frames.ts';
import { factoryOf, isAssign, isHandedOn } from './globals.ts';
import { argumentsOf, itemAt, mergedLiteral } from './literals.ts';
import { chosen, computed, distinct, reached, returnedBy } from './possibilities.ts';
import { returnsOf } from './returns.ts';
import { givenBy } from './sets.ts';
import { Settings } from './settings.ts';
import { called, constructed, type Returns } from './time/calls.ts';
import { methodResult } from './time/methods.ts';
import {
  SOME_OBJECT,
  UNDEFINED,
  UNKNOWN,
  type Argument,
  type Expressions,
  type FollowedCall,
  type Given,
  type InstanceValue,
  type Possibilities,
  type Possibility,
  type Reach,
  type Value,
} from './value.ts';
import type { Known } from './work.ts';

type CallArgument = CallExpression['arguments'][number];

export abstract class Calls extends Settings {
  /** What functions without parameters return. */
  readonly #results: Known<readonly Possibility[] | null> = new Map();

  /** A constant of a package, of the environment, or of another file of the project. */
  protected abstract outside(node: Node): Possibilities;

  inCalls(calls: readonly FollowedCall[]): Expressions {
    const inmost = calls.reduce(
      (outer: Frame, { call, target, from }): Frame => ({
        known: new Map(),
        runs: target,
        given: from?.givenBy(call) ?? this.#givenBy(call, this.#argumentsOf(call), outer),
        outer,
        reach: START,
        view: null,
      }),
      this.frame,
    );
    return this.viewOf(inmost);
  }

  givenBy(call: CallExpression | NewExpression): Given {
    return this.#givenBy(call, this.#argumentsOf(call), this.frame);
  }

  /** What a call gives, behind what `bind` has given to its callee. */
  #argumentsOf(call: CallExpression | NewExpression): readonly CallArgument[] {
    const [only, ...others] = this.externals.values.of(call.callee);
    const bound = only?.kind === 'function' && others.length === 0 ? (only.bound ?? []) : [];
    const isHere = bound.every((bind) => rootOf(bind) === rootOf(call));
    return isHere ? [...givenBy(bound), ...call.arguments] : call.arguments;
  }

  /** What a call gives, as it is where the call stands. */
  #givenBy(
    call: CallExpression | NewExpression,
    args: readonly CallArgument[],
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

  /** What a getter gives. */
  protected got(getter: FunctionNode, use: Node, frame: Frame): Possibilities {
    const results =
      frame.reach.depth < MAX_CALLS
        ? this.viewOf(frame).run(getter, null, deeper(frame.reach))
        : null;
    return results === null ? this.unknown(use) : distinct(results, use, this.file);
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
            : SOME_OBJECT;
        return { ...option, node, value: made };
      }),
      node,
      this.file,
    );
  }

  instance(node: ClassNode, given: Given): InstanceValue {
    const constructor = constructorOf(node);
    if (constructor === null || constructor.params.length === 0) {
      return { kind: 'instance', node, file: this.file };
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
      const results = this.resultOf(this.outside(callee), node.arguments, node, frame);
      const isKnown = results.some(({ value }) => value.kind !== 'unknown');
      return isKnown ? results : this.read(node, external.path.at(-1) ?? '', frame);
    }
    // What `require` and `import()` give, of a file of the project.
    if (this.external(node) !== null) return this.outside(node);
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
    if (name === 'catch') return this.#caught(node, receivers, frame);
    if (name === 'find' && this.are('array', receivers)) {
      const found = receivers.flatMap((list) => reached(this.anyMember(list.value, node), list));
      return distinct(found, node, this.file);
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
    return computed<Argument>(node, this.file, [receivers, ...args], ([receiver, ...rest]) =>
      receiver === undefined || receiver.kind === 'record'
        ? UNKNOWN
        : methodResult(receiver, name, rest),
    );
  }

  /** What a function of a table returns for the arguments of a call. */
  #returned(node: CallExpression | NewExpression, returns: Returns, frame: Frame): Possibilities {
    const args = this.argumentsIn(node.arguments, frame);
    if (args === null) return this.told(UNKNOWN, node);
    const values = computed(node, this.file, args, returns);
    const { bound } = returns;
    if (bound === undefined) return values;
    const bounds = computed(node, this.file, args, (given) => bound(given) ?? UNKNOWN);
    const known = bounds.flatMap((option): readonly Possibility[] =>
      option.value.kind === 'unknown' ? [] : [{ ...option, role: 'bound' }],
    );
    return known.length === 0 ? values : distinct([...values, ...known], node, this.file);
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

  /** What a promise gives, or a function that handles its rejection. */
  #caught(node: CallExpression, promises: Possibilities, frame: Frame): Possibilities | null {
    const [first] = node.arguments;
    if (first === undefined || first.type === 'SpreadElement') return null;
    const handlers = this.ask(first, frame);
    if (!this.are('function', handlers)) return null;
    const error = onlyArgument(() => this.told(UNKNOWN, node), node, this.file);
    const caught = this.settled(this.#result(handlers, error, node, frame), node);
    // What comes to its end with no `return` may call what throws.
    const given = caught.filter(
      ({ value, node: at }) => value.kind !== 'undefined' || !isFunction(at),
    );
    const both = [...this.settled(promises, node), ...given];
    return this.promised(distinct(both, node, this.file), node);
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
    const fulfilled = onlyArgument(() => this.settled(receivers, of), node, this.file);
    return this.#result(this.ask(handler, frame), fulfilled, node, frame);
  }

  protected applied(
    callees: Possibilities,
    args: readonly CallArgument[],
    node: CallExpression,
    frame: Frame,
  ): Possibilities | null {
    return this.are('function', callees) ? this.resultOf(callees, args, node, frame) : null;
  }

  protected resultOf(
    callees: Possibilities,
    args: readonly CallArgument[],
    node: CallExpression,
    frame: Frame,
  ): Possibilities {
    return this.#result(callees, this.#givenBy(node, args, frame), node, frame);
  }

  /** What the functions return that can be called, given something. */
  #result(callees: Possibilities, given: Given, node: CallExpression, frame: Frame): Possibilities {
    const [{ value: only }, ...others] = callees;
    if (others.length === 0) return this.#resultOfOne(only, node.callee, given, node, frame);
    const results = callees.flatMap((option, way) => {
      const { value: code } = option;
      const key = code.kind === 'function' ? code.node : node.callee;
      const returned = this.#resultOfOne(code, key, given, node, frame);
      return chosen(reached(returned, option), node, way);
    });
    return distinct(results, node, this.file);
  }

  /** @param key which of its results it is, as a choice */
  #resultOfOne(
    code: Value,
    key: object,
    given: Given,
    node: CallExpression,
    frame: Frame,
  ): Possibilities {
    if (code.kind !== 'function') return this.unknown(node);
    const { node: target } = code;
    if (target.generator || frame.reach.depth >= MAX_CALLS) return this.unknown(node);
    const results = code.file.run(target, given, deeper(frame.reach));
    if (results === null) return this.unknown(node);
    // The whole call stands for its truth.
    const values = distinct(returnedBy(key, results), node, this.file);
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
}

/** The values that can have methods of the project. */
const HAS_METHODS: ReadonlySet<string> = new Set([
  'function',
  'class',
  'enum',
  'namespace',
  'instance',
  'object',
]);
