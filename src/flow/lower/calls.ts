/** What calling does, of a function that is seen and of one that is not. */

import {
  isFunction,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import type { CallTarget } from './parts.ts';
import { NEVER_RETURNS, sinks, type Keys, type Promised, type Sink, type Told } from './context.ts';
import { goesOn } from './going-on.ts';
import { calledBack, FOLDING, ITERATION } from './handled.ts';
import { arrayOf, isUnread, iterated } from './iterators.ts';
import { keysOf, kindsOf, literalCountOf } from './literals.ts';
import { canBeFunction, placedIn, strip } from '../../syntax/forms.ts';
import { promiseMethod } from '../../syntax/promises.ts';
import { AN_ERROR, literalKind } from './questions.ts';
import type { Lower, Calls, Coded, Taker } from './parts.ts';
import { repeated } from './promises.ts';
import { MAX_TOLD_APART } from './shapes.ts';
import { Waiting } from './waiting.ts';
import type { Atom } from '../algebra/relation.ts';
import {
  branch,
  constantTest,
  MAY_THROW,
  OPAQUE,
  RAISE,
  seq,
  sequence,
  sequenceOf,
  sequenceWith,
  SKIP,
} from '../term/make.ts';
import type { Call, Callee, CallMode, FunctionTerm, Term } from '../term/term.ts';
import type { Value } from '../../values/resolve.ts';

const NEVER = constantTest(false);

const NO_ARGUMENTS: readonly (Callee | null)[] = [];
const NONE_KEPT: ReadonlySet<Node> = new Set();

export class CallLowering implements Calls {
  readonly #lower: Lower;
  readonly #waiting: Waiting;
  readonly #argument = (node: Node, index: number, taker: Taker): Term => {
    const { functions, parameter } = taker;
    const list = unwrap(node);
    if (list.type === 'ArrayExpression') return this.#list(list, index, functions);
    const object = functions.length === 0 ? null : this.#lower.held.written(node);
    if (object !== null) return this.#object(node, object, index, taker);
    if (unwrap(node).type === 'ObjectExpression') return this.#lower.effects.handedOver(node);
    const isFollowed = functions.every((one) => one.follows(index)) && this.#isFunction(node);
    if (!isFollowed) return this.#lower.effects.effect(node);
    const { effects } = this.#lower;
    const followed = this.#lower.executors.handed(node) ?? SKIP;
    // Where it is not known what a parameter holds, this goes to a function that is not seen.
    const taken =
      parameter === null
        ? followed
        : branch({ kind: 'given', parameter, test: NEVER }, followed, effects.passed(node));
    const { type } = unwrap(node);
    const isChoice = type === 'ConditionalExpression' || type === 'LogicalExpression';
    return seq(isChoice ? effects.bound(node) : effects.object(node), taken);
  };

  constructor(lower: Lower) {
    this.#lower = lower;
    this.#waiting = new Waiting(lower);
  }

  /** An object that is given to functions, where it is written or by its name. */
  #object(node: Node, object: ObjectExpression, index: number, { functions }: Taker): Term {
    const { effects } = this.#lower;
    if (unwrap(node) === object) {
      return sequenceOf(object.properties, (property) => {
        const key = keyIn(property);
        const followed =
          property.type === 'Property' && key !== null
            ? this.followed(property.value, functions, index, key)
            : null;
        return followed ?? effects.effect(property);
      });
    }
    const isSeen = object.properties.every((property) => {
      const key = keyIn(property);
      if (property.type !== 'Property' || key === null) return false;
      const { value } = property;
      return this.#isFunction(value)
        ? this.#follows(functions, index, key)
        : literalKind(value) !== null || this.#lower.callees.values(value).length === 0;
    });
    return isSeen ? SKIP : effects.effect(node);
  }

  /** A list that is given to functions, where it is written. */
  #list(
    { elements }: Node & { type: 'ArrayExpression' },
    index: number,
    functions: readonly FunctionTerm[],
  ): Term {
    const { effects } = this.#lower;
    return sequenceOf([...elements.keys()], (at) => {
      const element = elements[at];
      if (element == null) return SKIP;
      if (functions.length === 0 && this.#isFunction(element)) return effects.handedOver(element);
      return this.followed(element, functions, index, at) ?? effects.effect(element);
    });
  }

  followed(
    node: Node,
    functions: readonly FunctionTerm[],
    index: number,
    part: string | number,
  ): Term | null {
    const { effects, executors } = this.#lower;
    return this.#isFunction(node) && this.#follows(functions, index, part)
      ? seq(effects.object(node), executors.handed(node) ?? SKIP)
      : null;
  }

  /** Whether all that functions do with a part of an argument is seen. */
  #follows(functions: readonly FunctionTerm[], index: number, part: string | number): boolean {
    return this.#lower.held.takesApart(functions, index, part) !== 'passed';
  }

  /** Whether an expression can be functions that are known. */
  #isFunction(node: Node): boolean {
    return canBeFunction(node) && this.#lower.callees.callee(node) !== null;
  }

  call(
    node: CallExpression,
    mode: CallMode,
    results: Call['results'],
    called: Callee | null = null,
  ): Term {
    const settled = this.#lower.executors.call(node, mode, results);
    if (settled !== null) return settled;
    const operation = this.#lower.callees.operation(node);
    if (operation !== null) {
      const { arguments: args } = node;
      const { given = null } = operation;
      if (given !== null && isAllOf(args, given)) {
        const raised: Term = { kind: 'event', event: operation.call, site: node };
        const test = this.#lower.tests.test(given);
        return seq(this.calleeParts(node), branch(test, raised, SKIP), MAY_THROW);
      }
      const done = operation.callsBack === true ? args.find(this.#isKnownFunction) : undefined;
      return seq(
        this.calleeParts(node),
        this.#lower.effects.allHandedOver(args.filter((argument) => argument !== done)),
        { kind: 'event', event: operation.call, site: node },
        done === undefined ? SKIP : this.#lower.effects.allHandedOver([done]),
      );
    }
    const target = this.#lower.callees.target(node);
    if (target === null) {
      const done = this.#lower.filled.put(node) ?? this.#builtIn(node) ?? this.#unseen(node);
      return seq(done, this.#lower.lists.after(node));
    }
    if (this.#lower.host.runs?.(node)?.isRaising === true) return this.#unseen(node);
    const callee = called ?? target.callee;
    const isLazy =
      callee.functions.length > 0 && callee.functions.every((known) => known.isGenerator);
    // A generator does nothing until it is read, by whomever.
    if (isLazy && mode === 'started') {
      const refer: Term = { kind: 'refer', callee, later: true, site: node };
      const passed = this.#lower.generators.passed(target.args, callee.functions);
      return seq(this.calleeParts(node), this.evaluated(target, callee), seq(passed, refer));
    }
    const { parts, call } = this.telling({ ...target, callee }, node, mode, results);
    return seq(
      this.calleeParts(node),
      parts,
      mode === 'awaited' ? this.ofUnseen(callee, node) : SKIP,
      call,
    );
  }

  telling(
    target: CallTarget,
    site: Node,
    mode: CallMode,
    results: Call['results'] = null,
  ): { readonly parts: Term; readonly call: Call } {
    const { answers, evaluated } = this.#lower.answers.of(target, site);
    const kept = evaluated === null ? target.kept : new Set([...(target.kept ?? []), evaluated]);
    const parts = this.evaluated({ args: target.args, ...(kept && { kept }) }, target.callee);
    const call = this.invoke(target, site, mode, results);
    return { parts, call: answers.length === 0 ? call : { ...call, answers } };
  }

  /** Whether a function is written there, or named that is seen. */
  readonly #isKnownFunction = (node: Node): boolean =>
    (this.#lower.callees.callee(node)?.functions.length ?? 0) > 0;

  made(node: CallExpression): Promised {
    return {
      settle: this.call(node, 'awaited', null),
      valued: (sink) => this.valued(node, 'awaited', sink),
    };
  }

  valued(node: CallExpression, mode: CallMode, sink: Sink): Term {
    const callee = this.#lower.callees.target(node)?.callee ?? null;
    // What is started is a promise, whatever comes of it.
    const isPromise = mode === 'started' && callee?.functions.some(({ isAsync }) => isAsync);
    if (callee === null || isPromise === true) return this.call(node, mode, sinks(sink));
    const outcome = this.outcome(callee, sink);
    return this.call(node, mode, outcome.results, outcome.callee);
  }

  outcome(callee: Callee, sink: Sink | null): Pick<Call, 'callee' | 'results'> {
    if (sink === null) return { callee, results: null };
    const keys = keysOf(callee);
    const coded = this.#coded(callee, keys, sink);
    return coded === null
      ? { callee, results: sinks(sink, keys, kindsOf(callee)) }
      : {
          callee: { ...callee, functions: coded.functions },
          results: coded.coding.results(sink),
        };
  }

  /** The functions by which their results are told apart; null where their kinds say enough. */
  #coded(callee: Callee, keys: Keys, { parts, literals }: Sink): Coded | null {
    if (parts === undefined || callee.parameter !== null) return null;
    if (parts.length === 0) {
      const count = literalCountOf(callee, literals);
      if (keys.truthy !== undefined || (count !== null && count > MAX_TOLD_APART)) return null;
    }
    return this.#lower.definitions.coded(callee.functions, parts, literals);
  }

  invoke(
    { callee, args, isExact }: CallTarget,
    site: Node,
    mode: CallMode,
    results: Call['results'] = null,
  ): Call {
    const known = this.#knownArguments(callee, args);
    // What is spread may be given to all behind it.
    const given = placedIn(args) < args.length ? Infinity : args.length;
    const held = this.#lower.held.given(callee.functions, args);
    const form = { kind: 'call', callee, args: known, given, mode, exact: isExact } as const;
    return {
      ...form,
      ...(held.length > 0 && { held }),
      ...(mode === 'started' && goesOn(site, this.#lower.bindings) && { goesOn: true }),
      follows: this.givesFunction(site),
      results,
      site,
    };
  }

  ofUnseen({ functions, parameter }: Callee, node: CallExpression): Term {
    if (parameter === null || functions.length > 0) return SKIP;
    const called = this.#lower.handed.awaited(node);
    return called === SKIP ? SKIP : branch({ kind: 'given', parameter, test: NEVER }, SKIP, called);
  }

  givesFunction(node: Node): boolean {
    const call = node.type === 'AwaitExpression' ? unwrap(node.argument) : node;
    return (
      call.type === 'CallExpression' &&
      this.#lower.callees.target(call) !== null &&
      this.#lower.values.of(node).some(isFunctionValue)
    );
  }

  /** The functions among the arguments of a call, as far as they can be called through parameters. */
  #knownArguments(callee: Callee, args: readonly Node[]): readonly (Callee | null)[] {
    let known: (Callee | null)[] | null = null;
    const placed = placedIn(args);
    for (let index = 0; index < placed; index++) {
      const argument = args[index];
      if (argument === undefined) continue;
      const isFollowed = callee.parameter !== null || mayCall(callee.functions, index);
      if (!isFollowed) continue;
      const functions =
        (canBeFunction(argument) ? this.#lower.callees.callee(argument) : null) ??
        this.#promiseGiven(argument, callee.functions, index);
      if (functions === null) continue;
      known ??= args.map(() => null);
      known[index] = functions;
    }
    return known ?? NO_ARGUMENTS;
  }

  /** A promise that one of these functions may wait for, or return; null for any other argument. */
  #promiseGiven(node: Node, functions: readonly FunctionTerm[], index: number): Callee | null {
    const { settling } = this.#lower;
    return settling.acts(node) && this.#waiting.anyAwaits(functions, index)
      ? settling.argument(node)
      : null;
  }

  awaits(parameter: Variable): boolean {
    return this.#waiting.awaits(parameter);
  }

  isWaitedFor(node: Node): boolean {
    return this.#waiting.isWaitedFor(node);
  }

  calleeParts(node: CallExpression): Term {
    return seq(
      this.#lower.effects.object(node.callee),
      node.optional ? this.#lower.effects.shortCircuit(node.callee) : SKIP,
    );
  }

  evaluated({ args, kept }: Pick<CallTarget, 'args' | 'kept'>, taker: Taker): Term {
    if (kept === undefined) return this.arguments(args, taker);
    const placed = placedIn(args);
    return sequence(
      args.map((node, index) => {
        if (kept.has(node)) return SKIP;
        // To which parameters it goes that stands behind what is spread is not known.
        return index < placed
          ? this.#argument(node, index, taker)
          : this.#lower.effects.effect(node);
      }),
    );
  }

  arguments(nodes: readonly Node[], taker: Taker): Term {
    if (placedIn(nodes) < nodes.length)
      return this.evaluated({ args: nodes, kept: NONE_KEPT }, taker);
    return nodes.length === 0 ? SKIP : sequenceWith(nodes, this.#argument, taker);
  }

  /** The rounds for the elements of a list: any number of them, but for one that is written there. */
  #rounds(call: CallExpression, list: Node, round: Term): Term {
    const some = seq(round, repeated(round));
    const written = iterated(list);
    if (written.type === 'ArrayExpression' && written.elements.length > 0) return some;
    const atom = this.hasElements(call);
    if (atom === null) return repeated(round);
    const assume = (holds: boolean): Term => ({ kind: 'assume', facts: [{ atom, holds }] });
    const decision = { node: list, asks: 'element' as const };
    return branch(OPAQUE, seq(assume(true), some), assume(false), decision);
  }

  hasElements(call: CallExpression): Atom | null {
    const made = arrayOf(call);
    const { parent } = made;
    if (parent?.type !== 'CallExpression' || parent.arguments[0] !== made) return null;
    return promiseMethod(parent, this.#lower.bindings) !== null
      ? this.#lower.atoms.choice(call)
      : null;
  }

  /** Calls of promise methods, array methods and the like; null for any other call. */
  #builtIn(node: CallExpression): Term | null {
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return null;
    const name = memberName(callee);
    const [first, second] = node.arguments;
    const isMade = name === 'from' && this.#lower.callees.isGlobal(callee.object, 'Array');
    if (isMade && first !== undefined && second === undefined) {
      return this.#lower.readGenerators.consumed(first, true);
    }
    if (isMade && first !== undefined && second !== undefined) {
      const round = this.eachOf(first, second, 'started');
      if (round === null) return null;
      return seq(this.#lower.effects.effect(first), this.#rounds(node, first, round), MAY_THROW);
    }
    const called = calledBack(node, this.#lower.bindings);
    if (called !== null && first !== undefined) {
      const round = this.callback(called, 'started');
      if (round === null) return null;
      const { effects } = this.#lower;
      return seq(effects.object(callee), effects.effect(first), repeated(round), MAY_THROW);
    }
    if (name === 'next') return this.#lower.readGenerators.stepped(node);
    const asked = name === 'forEach' ? this.#lower.outcomes.ofEach(node) : null;
    if (asked !== null) {
      return seq(
        this.#lower.effects.object(callee),
        branch(asked.test, this.#lower.statements.statement(asked.then), SKIP, {
          node: asked.asked,
          asks: 'truthy',
        }),
      );
    }
    if (name !== null && ITERATION.has(name) && first !== undefined && !isUnread(node)) {
      // What is folded goes on with what was made of the elements before, which is not followed.
      const round = FOLDING.has(name)
        ? this.callback(first, 'started')
        : this.eachOf(callee.object, first, 'started');
      if (round === null) return null;
      return seq(
        this.#lower.effects.object(callee),
        this.#lower.effects.effects(node.arguments.slice(1)),
        this.#rounds(node, callee.object, round),
        MAY_THROW,
      );
    }
    return null;
  }

  callback(node: Node, mode: CallMode, sink: Sink | null = null): Term | null {
    const settled = this.#lower.executors.callback(node, sink);
    if (settled !== null) return settled;
    const callee = this.#lower.callees.callee(node);
    return callee === null ? null : this.called(node, callee, mode, sink);
  }

  handler(node: Node, sink: Sink | null, told: Told = AN_ERROR): Term | null {
    const settled = this.#lower.executors.callback(node, sink, told);
    if (settled !== null) return settled;
    const handled = this.callback(node, 'awaited', sink);
    if (handled?.kind !== 'call' || handled.site !== node) return handled;
    const answers = this.#lower.answers.given(handled.callee, node, told);
    return answers.length === 0 ? handled : { ...handled, answers };
  }

  eachOf(list: Node, callback: Node, mode: CallMode): Term | null {
    const { callees, executors, settling } = this.#lower;
    const element = callees.element(list) ?? settling.oneOf(callees.items(list) ?? []);
    const callee = callees.callee(callback);
    if (element === null || callee === null) return this.callback(callback, mode);
    const settled = executors.callback(callback, null);
    return settled ?? this.called(callback, callee, mode, null, [element]);
  }

  called(
    node: Node,
    callee: Callee,
    mode: CallMode,
    sink: Sink | null,
    args: Call['args'] = NO_ARGUMENTS,
  ): Term {
    const exact = isFunction(unwrap(node));
    return { kind: 'call', ...this.outcome(callee, sink), args, mode, exact, site: node };
  }

  #unseen(node: CallExpression): Term {
    const known = this.#lower.libraries.started(node);
    if (known !== null) return known;
    const [first] = node.arguments;
    const came =
      first !== undefined && this.#lower.host.isUnwrap?.(node.callee) === true
        ? this.#lower.outcomes.came(first)
        : null;
    if (came !== null) return seq(this.calleeParts(node), branch(came, SKIP, RAISE));
    const asserted = this.#lower.host.asserted?.(node) ?? null;
    if (asserted !== null && node.arguments[0] === asserted) {
      const others = this.#lower.effects.allHandedOver(node.arguments.slice(1));
      const test = this.#lower.tests.test(asserted);
      return seq(this.calleeParts(node), branch(test, others, seq(others, RAISE)));
    }
    return seq(
      this.calleeParts(node),
      this.#lower.effects.allHandedOver(node.arguments),
      this.#lower.accessors.byLanguage(node),
      this.#lower.host.neverReturns(node) ? NEVER_RETURNS : MAY_THROW,
    );
  }

  isSeen(node: Node): boolean {
    const inner = strip(node);
    return (
      inner.type === 'CallExpression' &&
      this.#lower.callees.operation(inner) === null &&
      this.#lower.callees.target(inner) !== null
    );
  }

  isAsync(call: CallExpression): boolean {
    if (!this.isSeen(call)) return false;
    return (
      this.#lower.callees.target(call)?.callee.functions.every(({ isAsync }) => isAsync) === true
    );
  }
}

/** Whether arguments are no more than this, or an object or an action that is made of it alone. */
function isAllOf([first, ...others]: readonly Node[], given: Node): boolean {
  if (first === undefined || others.length > 0) return false;
  const inner = unwrap(first);
  if (first === given || inner === given) return true;
  if (inner.type === 'CallExpression') return isAllOf(inner.arguments, given);
  const [only, ...more] = inner.type === 'ObjectExpression' ? inner.properties : [];
  return more.length === 0 && only?.type === 'Property' && !only.computed && only.value === given;
}

/** Whether a value is a function, or a promise of one. */
function isFunctionValue(value: Value): boolean {
  return value.kind === 'promise' ? value.of.some(isFunctionValue) : value.kind === 'function';
}

/** Whether one of these functions does something with an argument that is a function. */
function mayCall(functions: readonly FunctionTerm[], index: number): boolean {
  for (const { parameters } of functions) if (parameters[index] != null) return true;
  return false;
}

/** The name of a property that is written out; null for what is spread, or computed. */
function keyIn(property: ObjectExpression['properties'][number]): string | null {
  return property.type === 'Property' ? keyName(property.key, property.computed) : null;
}
