/** What calls give to functions, and what they get from them, of all calls that are seen. */

import {
  isFunction,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type MemberExpression,
  type NewExpression,
  type Node,
} from '../syntax/ast.ts';
import { isNeverReassigned } from '../syntax/bindings.ts';
import { placedIn } from '../syntax/forms.ts';
import type { RestElement } from '../syntax/patterns.ts';
import { globalMethod } from '../syntax/promises.ts';
import { argumentsOfCalls, type Callers } from './callers.ts';
import { JoinedMembers } from './joined-members.ts';
import { itemAt, mergedLiteral, refLiteral } from './literals.ts';
import { returnsOf, type Outcomes } from './returns.ts';
import { boundBy, givenBy, madeBy, NOTHING, settled, type Value } from './sets.ts';

/** What keeps values by their keys. */
const MAPS: ReadonlySet<string> = new Set(['Map', 'WeakMap']);

/** Any test can turn out both ways. */
const OPEN: Outcomes = { test: () => null, match: () => null };

/** What is spread is followed through so many functions. */
const MAX_HANDED_ON = 64;

/** An argument: of which function, and which one. */
interface Place {
  readonly target: FunctionNode;
  readonly index: number;
}

type Argument = CallExpression['arguments'][number];

export abstract class JoinedCalls extends JoinedMembers {
  protected abstract readonly callers: Callers;
  readonly #ends = new Map<Node, readonly (Node | null)[]>();
  readonly #returns = new Map<Node, readonly Node[]>();

  /** The functions that an expression can be. */
  abstract functions(node: Node): readonly FunctionNode[];

  /** The calls of a function that the file holds, as far as they can be told. */
  callsOf(node: FunctionNode): readonly (CallExpression | NewExpression)[] {
    return this.callers.of(node);
  }

  /** The calls of what `bind` makes of a function, which are given the rest of its arguments. */
  boundCallsOf(node: FunctionNode): readonly (CallExpression | NewExpression)[] {
    return this.callers.boundOf(node);
  }

  /** What a function is given as an argument, wherever it is called. */
  protected argument(target: FunctionNode, index: number): readonly Value[] {
    const values: Value[] = [];
    const places: Place[] = [{ target, index }];
    // Those that hand on what they are given (`f(...args)`) are added meanwhile.
    for (const place of places) {
      for (const call of this.callsOf(place.target)) {
        const argument = itemAt(call.arguments, place.index, (list) => this.arrayOf(list, null));
        if (typeof argument !== 'string') {
          values.push(...this.of(argument));
          continue;
        }
        const before = this.#handedOn(call.arguments, place.index);
        const isNew = !places.some(
          (one) => one.target === before?.target && one.index === before.index,
        );
        if (before !== null && isNew && places.length < MAX_HANDED_ON) places.push(before);
      }
      const handed = this.callers
        .handedTo(place.target)
        .flatMap(({ call, position }) => this.#givenBy(call, position, place.index));
      values.push(...handed, ...this.#callbackArgument(place.target, place.index));
    }
    return values;
  }

  /** What a function was given that is spread among some arguments, at an index; null for no such. */
  #handedOn(args: readonly Argument[], index: number): Place | null {
    const at = placedIn(args);
    const spread = at > index ? undefined : args[at];
    const name = spread?.type === 'SpreadElement' ? unwrap(spread.argument) : null;
    const [definition] = (name && this.bindings.variable(name)?.defs) ?? [];
    const owner = definition?.type === 'Parameter' ? definition.node : null;
    if (owner === null || !isFunction(owner)) return null;
    const rest = owner.params.at(-1);
    if (rest?.type !== 'RestElement' || rest.argument !== definition?.name) return null;
    return { target: owner, index: owner.params.length - 1 + index - at };
  }

  /** What a library gives to a function that it is given at a place. */
  #givenBy(call: CallExpression, position: number, index: number): readonly Value[] {
    return this.of(call.callee).flatMap((value) =>
      value.kind === 'external'
        ? (this.host.given?.(value.external, call, position, index) ?? NOTHING)
        : NOTHING,
    );
  }

  protected restArguments(target: FunctionNode, rest: RestElement): readonly Value[] {
    return this.callsOf(target).flatMap((call) =>
      this.restOfCall(rest, call, call.arguments, null),
    );
  }

  /** What a callback is given: by a function that calls it, or as the result of a promise. */
  #callbackArgument(node: FunctionNode, index: number): readonly Value[] {
    const outer = node.parent;
    if (outer?.type !== 'CallExpression') return NOTHING;
    const position = outer.arguments.findIndex((argument) => argument === node);
    if (position < 0) return NOTHING;
    const callee = unwrap(outer.callee);
    if (callee.type === 'MemberExpression' && memberName(callee) === 'then' && position === 0) {
      return index === 0 ? settled(this.of(callee.object)) : NOTHING;
    }
    const given = this.#givenBy(outer, position, index);
    if (given.length > 0) return given;
    return this.functions(outer.callee).flatMap((target) =>
      argumentsOfCalls(target, position, index, this.bindings).flatMap((given) => this.of(given)),
    );
  }

  protected construction(node: NewExpression): readonly Value[] {
    if (this.#isMap(node)) return [{ kind: 'map', node }];
    return this.of(node.callee).flatMap((value): readonly Value[] => {
      if (value.kind === 'external') return this.host.result?.(value.external, node) ?? NOTHING;
      return value.kind === 'class' ? [{ kind: 'instance', node: value.node }] : NOTHING;
    });
  }

  #isMap({ callee }: NewExpression): boolean {
    return callee.type === 'Identifier' && MAPS.has(callee.name) && this.bindings.isGlobal(callee);
  }

  protected override call(node: CallExpression): readonly Value[] {
    const callee = unwrap(node.callee);
    const [first] = node.arguments;
    if (callee.type === 'Identifier' && callee.name === 'require' && first !== undefined) {
      const specifier = keyName(first, true);
      if (specifier !== null && this.bindings.variable(callee) === null) {
        return this.host.module(specifier, node);
      }
    }
    if (globalMethod(node, 'Object', this.bindings) === 'assign' && first !== undefined) {
      const merged = mergedLiteral(node);
      return merged === null ? this.of(first) : [{ kind: 'object', node: merged }];
    }
    const wrapper = this.host.wrapper(node);
    if (wrapper === 'current') return [{ kind: 'object', node: refLiteral(node) }];
    if (wrapper !== null && first !== undefined) {
      return wrapper === 'argument'
        ? this.of(first)
        : this.functions(first).flatMap((target) => this.returnedBy(target));
    }
    return super.call(node, null);
  }

  protected override methodCall(
    node: CallExpression,
    callee: MemberExpression,
  ): readonly Value[] | null {
    if (memberName(callee) !== 'catch') return super.methodCall(node, callee, null);
    const promises = this.of(callee.object).filter((value) => value.kind === 'promise');
    return promises.length > 0 ? promises : null;
  }

  protected handled(_node: CallExpression, _of: Node, handler: Node): readonly Value[] | null {
    const targets = this.functions(handler);
    return targets.length > 0 ? targets.flatMap((target) => this.returnedBy(target)) : null;
  }

  protected applied(callees: readonly Value[], args: readonly Argument[]): readonly Value[] | null {
    const targets = callees.flatMap((value) => (value.kind === 'function' ? [value] : []));
    return targets.length > 0
      ? targets.flatMap(({ node, bound }) => this.returnedBy(node, [...givenBy(bound), ...args]))
      : null;
  }

  protected resultOf(
    callees: readonly Value[],
    args: readonly Argument[],
    node: CallExpression,
  ): readonly Value[] {
    return callees.flatMap((value): readonly Value[] => {
      if (value.kind === 'external') return this.host.result?.(value.external, node) ?? NOTHING;
      if (value.kind !== 'function') return NOTHING;
      const given = value.bound === undefined ? args : [...givenBy(value.bound), ...args];
      const returned = this.returnedBy(value.node, given);
      // What depends on nothing that is given is the same for every call.
      const isOne = given.length === 0 && value.made === undefined;
      return isOne ? returned : returned.map((one) => madeBy(one, node, value.node));
    });
  }

  protected got(getter: FunctionNode): readonly Value[] {
    return this.returnedBy(getter);
  }

  /** @param args what it is given, if that is one thing */
  protected returnedBy(node: FunctionNode, args: readonly Node[] | null = null): readonly Value[] {
    if (node.generator) return NOTHING;
    const values = this.returnsOf(node).flatMap(
      (argument) =>
        (args && this.#madeByGiven(argument, node, args)) ??
        this.of((args && this.#passedOn(argument, node, args)) ?? argument),
    );
    return node.async ? this.promised(settled(values), node) : values;
  }

  /** What a function gives that calls one which it is given; null where it returns another thing. */
  #madeByGiven(returned: Node, node: FunctionNode, args: readonly Node[]): readonly Value[] | null {
    const inner = unwrap(returned);
    const isAwaited = inner.type === 'AwaitExpression';
    const call = isAwaited ? unwrap(inner.argument) : inner;
    const given = call.type === 'CallExpression' ? this.#passedOn(call.callee, node, args) : null;
    const targets = given === null ? [] : this.functions(given);
    if (targets.length === 0) return null;
    const values = targets.flatMap((target) => this.returnedBy(target));
    return isAwaited ? settled(values) : values;
  }

  /** The argument that a function returns as it is; null where it returns another thing. */
  #passedOn(returned: Node, node: FunctionNode, args: readonly Node[]): Node | null {
    const name = unwrap(returned);
    const variable = name.type === 'Identifier' ? this.bindings.variable(name) : null;
    const [definition] = variable?.defs ?? [];
    if (variable === null || definition?.type !== 'Parameter' || definition.node !== node) {
      return null;
    }
    const index = node.params.findIndex((parameter) => parameter === definition.name);
    if (index < 0 || !isNeverReassigned(variable)) return null;
    const argument = itemAt(args, index, (list) => this.arrayOf(list, null));
    return typeof argument === 'string' ? null : argument;
  }

  protected partial(of: readonly Value[], call: CallExpression): readonly Value[] {
    return of.map((value) => boundBy(value, call));
  }

  /** The expressions that a function returns, null for an end without one. */
  endsOf(node: FunctionNode): readonly (Node | null)[] {
    let ends = this.#ends.get(node);
    if (ends === undefined) {
      ends = returnsOf(node, OPEN) ?? [];
      this.#ends.set(node, ends);
    }
    return ends;
  }

  /** The expressions that a function returns, where it returns any. */
  returnsOf(node: FunctionNode): readonly Node[] {
    let returns = this.#returns.get(node);
    if (returns === undefined) {
      returns = this.endsOf(node).filter((argument) => argument !== null);
      this.#returns.set(node, returns);
    }
    return returns;
  }
}
