/** What awaiting the value of an expression does, once it has been evaluated. */

import {
  codeAround,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';
import { Acting } from './acting.ts';
import { literalKind, ownerOf } from './atoms.ts';
import { isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import type { CallTarget } from './parts.ts';
import { promised, sinks, type Promised, type Sink } from './context.ts';
import { isPromiseLike, sourcesOf, strip } from '../../syntax/forms.ts';
import { isSurelySet, reaching, sidesOf, type IsSame } from './stored.ts';
import type { Name } from './names.ts';
import type { Lower, Settling } from './parts.ts';
import {
  all,
  allSettled,
  any,
  chained,
  chainedBy,
  concluded,
  correlated,
  race,
  repeated,
} from './promises.ts';
import {
  attempt,
  branch,
  choice,
  constantTest,
  exit,
  isPlain,
  MAY_THROW,
  RAISE,
  resume,
  seq,
  sequenceOf,
  SKIP,
  SUSPEND,
} from '../term/make.ts';
import { RESULT_KINDS, type Callee, type Term, type Test } from '../term/term.ts';

/** Methods of a map that tell, or see to it, that it has an entry. */
const ENTRY_METHODS: ReadonlySet<string> = new Set(['get', 'has', 'set']);

/** Kept promises that are made of each other more deeply than this are as good as unknown. */
const MAX_NESTED = 4;

/** More kept promises than this, of which one is made, are as good as unknown. */
const MAX_SETTLED = 64;

export class SettlingLowering implements Settling {
  readonly #lower: Lower;
  readonly #acting: Acting;
  /** The stored promises, and names of other modules, that are being settled, lest one waits for itself. */
  readonly #settling = new Set<Node>();
  /** Those of them that wait for themselves: each was chained to what was kept in its place before. */
  readonly #queued = new Set<Node>();
  /** Promises that are given to functions, */
  readonly #waiting = new Map<Node, Callee>();
  /** and lists of such, by their first elements. */
  readonly #lists = new Map<Node, Callee>();
  /** How many have been settled for the one that was asked for. */
  #settled = 0;

  constructor(lower: Lower) {
    this.#lower = lower;
    this.#acting = new Acting(lower);
  }

  promise(node: Node, isMade = false): Promised {
    return made((sink) => this.settle(node, isMade, sink));
  }

  settle(node: Node, isMade = false, sink: Sink | null = null): Term {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'CallExpression':
        return this.settleCall(inner, sink, isMade);
      case 'ConditionalExpression':
        return branch(
          this.#lower.tests.chosen(inner),
          this.settle(inner.consequent, false, sink),
          this.settle(inner.alternate, false, sink),
        );
      case 'LogicalExpression': {
        if (inner.operator === '??') {
          return choice(this.settle(inner.left, true, sink), this.settle(inner.right, false, sink));
        }
        const left = this.settle(inner.left, inner.operator === '||', sink);
        const right = this.settle(inner.right, false, sink);
        return branch(this.#lower.tests.chosen(inner), right, left);
      }
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        return last === undefined ? SKIP : this.settle(last, false, sink);
      }
      case 'AssignmentExpression':
        return inner.operator === '=' || this.fills(inner)
          ? this.settle(inner.right, false, sink)
          : choice(
              this.settle(inner.left, inner.operator !== '&&=', sink),
              this.settle(inner.right, false, sink),
            );
      case 'Identifier': {
        const name = this.#lower.names.of(inner);
        if (name === null) return unknown(sink);
        const origins = this.#lower.values.origins(inner);
        return origins === null
          ? this.#settleNamed(inner, name, isMade, sink)
          : this.#settleImported(inner, origins, isMade, sink);
      }
      case 'MemberExpression':
        return this.#settleMember(inner, isMade, sink);
      case 'NewExpression':
        return this.#lower.executors.settle(inner, sink) ?? unknown(sink);
      case 'AwaitExpression':
        return anything(sink);
      default:
        return literalKind(inner) === null ? unknown(sink) : anything(sink);
    }
  }

  acts(node: Node): boolean {
    return this.#acting.acts(node);
  }

  /** What awaiting a promise does that is kept in a variable. */
  #settleNamed(use: Node, name: Name, isMade: boolean, sink: Sink | null): Term {
    const { variable } = name;
    const sources = sourcesOf(variable);
    const parameter = sources === null ? this.#settleParameter(use, variable, sink) : null;
    if (parameter !== null) return parameter;
    const outcome = this.#lower.atoms.outcome(name);
    const settle = (then: Sink | null): Term =>
      sources === null
        ? unknown(then)
        : this.#settleStored(
            {
              use,
              sources,
              declaration: variable.defs[0]?.node ?? null,
              isOuter: this.#isOuter(variable, use),
              isMade,
              startsMade: startsWithValue(variable),
              isSame: (other) =>
                other.type === 'Identifier' && this.#lower.bindings.variable(other) === variable,
            },
            then,
          );
    return outcome === null ? settle(sink) : correlated(settle, outcome, sink);
  }

  /** What awaiting a parameter does: what its argument does in the call. */
  #settleParameter(use: Node, variable: Variable, sink: Sink | null): Term | null {
    const parameter = this.#lower.callees.parameter(use) ?? this.#lower.held.name(variable);
    if (parameter === null || !isNeverReassigned(variable)) return null;
    return this.#settleGiven(use, parameter, sink);
  }

  /** What awaiting does what the function has been given as a parameter. */
  #settleGiven(use: Node, parameter: object, sink: Sink | null): Term {
    return {
      kind: 'call',
      callee: { functions: [], parameter, open: true },
      args: [],
      mode: 'settled',
      exact: true,
      results: sink === null ? null : sinks(sink),
      site: use,
    };
  }

  /** Awaits a part of what the function has been given, where that is known, or else does this. */
  #orGiven(use: Node, parameter: object | null, sink: Sink | null, other: Term): Term {
    return parameter === null
      ? other
      : branch(
          { kind: 'given', parameter, test: constantTest(false) },
          this.#settleGiven(use, parameter, sink),
          other,
        );
  }

  elements(list: Node): Term {
    const parameter = this.#lower.held.all(list);
    return parameter === null ? SKIP : this.#orGiven(list, parameter, null, SKIP);
  }

  together(items: readonly Node[]): Callee | null {
    const [first] = items;
    if (first === undefined) return null;
    const known = this.#lists.get(first);
    if (known !== undefined) return known;
    const settle = (): Term => all(items.map((item) => this.settle(item)));
    if (!items.some((item) => this.acts(item))) return null;
    const waiting = this.#lower.definitions.unnamed(first, (returns) =>
      seq(SUSPEND, settle(), exit(returns.truthy)),
    );
    const callee = { functions: [waiting], parameter: null, open: false };
    this.#lists.set(first, callee);
    return callee;
  }

  argument(node: Node): Callee | null {
    const inner = strip(node);
    const known = this.#waiting.get(inner);
    if (known !== undefined) return known;
    if (!this.acts(inner)) return null;
    // What the node is itself, such as an executor, is another function.
    const waiting = this.#lower.definitions.unnamed(inner, (returns) =>
      seq(
        SUSPEND,
        this.settle(inner, false, (kind) => exit(returns[kind])),
      ),
    );
    const callee = { functions: [waiting], parameter: null, open: false };
    this.#waiting.set(inner, callee);
    return callee;
  }

  #settleMember(member: MemberExpression, isMade: boolean, sink: Sink | null): Term {
    const parameter = this.#lower.held.member(member);
    return this.#orGiven(member, parameter, sink, this.#settleStoredMember(member, isMade, sink));
  }

  #settleStoredMember(member: MemberExpression, isMade: boolean, sink: Sink | null): Term {
    if (this.#lower.callees.accessor(member, 'get') !== null) {
      return seq(this.#lower.effects.accessor(member, 'get', 'settled'), anything(sink));
    }
    const origins = this.#lower.values.origins(member);
    if (origins !== null) return this.#settleImported(member, origins, isMade, sink);
    const sources = this.#lower.values.sources(member);
    if (sources === null) return unknown(sink);
    return this.#settleStored(
      {
        use: member,
        sources,
        declaration: null,
        isOuter: true,
        isMade,
        startsMade: sources.some(isInitial),
        isSame: (other) => this.#isSameMember(member, other),
      },
      sink,
    );
  }

  /** @param origins what the import stands for in other modules */
  #settleImported(use: Node, origins: readonly Node[], isMade: boolean, sink: Sink | null): Term {
    const [first, ...others] = origins.map((origin) =>
      this.#settleOrigin(use, origin, isMade, sink),
    );
    return others.reduce((one, other) => choice(one, other), first ?? unknown(sink));
  }

  #settleOrigin(use: Node, origin: Node, isMade: boolean, sink: Sink | null): Term {
    const name = origin.type === 'Identifier' ? this.#lower.names.of(origin) : null;
    if (name === null) return this.#settleSource(origin, true, sink);
    // Modules can export each other's imports.
    if (this.#settling.has(origin)) return unknown(sink);
    this.#settling.add(origin);
    try {
      const origins = this.#lower.values.origins(origin);
      return origins === null
        ? this.#settleNamed(use, name, isMade, sink)
        : this.#settleImported(use, origins, isMade, sink);
    } finally {
      this.#settling.delete(origin);
    }
  }

  fills({ left, operator }: Node & { type: 'AssignmentExpression' }): boolean {
    if ((operator !== '??=' && operator !== '||=') || left.type !== 'Identifier') return false;
    const variable = this.#lower.bindings.variable(left);
    const sources = variable === null ? null : sourcesOf(variable);
    if (variable === null || sources === null || this.#isOuter(variable, left)) return false;
    return reaching(sources, left).sources.every(isNothing);
  }

  /** Whether a binding belongs to a function around the one of its use, or to a module. */
  #isOuter({ defs: [definition] }: Variable, use: Node): boolean {
    return definition !== undefined && codeAround(definition.node) !== codeAround(use);
  }

  #isSameMember(one: MemberExpression, other: Node): boolean {
    if (other.type !== 'MemberExpression') return false;
    const name = memberName(one);
    if (name === null || memberName(other) !== name) return false;
    return this.#isSamePlace(one.object, other.object);
  }

  /** Whether two expressions read the same place, by their form. */
  #isSamePlace(one: Node, other: Node): boolean {
    const object = unwrap(one);
    const others = unwrap(other);
    switch (object.type) {
      case 'ThisExpression':
        return others.type === 'ThisExpression';
      case 'Identifier': {
        const variable = this.#lower.bindings.variable(object);
        return variable !== null && this.#lower.bindings.variable(others) === variable;
      }
      case 'MemberExpression':
        return this.#isSameMember(object, others);
      default:
        return false;
    }
  }

  /** What awaiting a promise does that is kept somewhere. */
  #settleStored(
    { use, sources, declaration, isOuter, isMade, startsMade, isSame }: Stored,
    sink: Sink | null,
  ): Term {
    const { sources: reaches, certain } = reaching(sources, use);
    if (certain !== null && sources.length === 1) {
      return this.#settleCertain(certain, use, isMade, isSame, sink);
    }
    // What outlives the function can have been given by an earlier call of it.
    const isElsewhere = isOuter && certain === null;
    const reached = isElsewhere ? sources : reaches;
    const promises = reached.filter((source) => {
      if (this.#settling.has(source)) this.#queued.add(source);
      return literalKind(unwrap(source)) === null && !this.#settling.has(source);
    });
    const holds = isMade || isSurelySet(use, isSame);
    let isOnSides = promises.length > 0;
    let none: Term = SKIP;
    const settled = promises.flatMap((source) => {
      const sides =
        declaration === null || isElsewhere ? [] : sidesOf(source, use, declaration, isSame);
      if (sides === null) return [];
      const settle = this.#settleSource(source, isElsewhere, sink, holds);
      const ways = this.#lower.statements.ways(sides);
      if (ways === null) isOnSides = false;
      else none = seq(none, ways.others);
      return [ways === null ? settle : seq(ways.taken, settle)];
    });
    const [first, ...others] = settled;
    if (first === undefined) return unknown(sink);
    const either = others.reduce((one, other) => choice(one, other), first);
    if (isOnSides) {
      return holds ? either : choice(either, seq(none, unknown(sink)));
    }
    // An operation that was not begun on a way has no effect when it settles; a call may have.
    const isHarmless = !isElsewhere && settled.every((settle) => !holdsCall(settle));
    const isThere =
      holds || certain !== null || isHarmless || (startsMade && !reached.some(isNothing));
    return isThere ? either : choice(either, unknown(sink));
  }

  /** The same where it is sure to be the one that is ever kept there. */
  #settleCertain(
    source: Node,
    use: Node,
    isMade: boolean,
    isSame: IsSame,
    sink: Sink | null,
  ): Term {
    if (this.#settling.has(source)) {
      this.#queued.add(source);
      return unknown(sink);
    }
    if (literalKind(unwrap(source)) !== null) return unknown(sink);
    const holds = isMade || (mayBeNothing(source) && isSurelySet(use, isSame));
    return this.#settleSource(source, false, sink, holds);
  }

  /**
   * @param isElsewhere whether the promise may be of an earlier call of the function
   * @param isMade whether it is known to be more than `null` or `undefined`
   */
  #settleSource(source: Node, isElsewhere: boolean, sink: Sink | null, isMade = false): Term {
    if (this.#settling.size === 0) this.#settled = 0;
    if (this.#settling.size >= MAX_NESTED || this.#settled >= MAX_SETTLED) return unknown(sink);
    this.#settled++;
    this.#settling.add(source);
    const promise = unwrap(source);
    try {
      const settle = this.settle(source, isMade, sink);
      if (isPlain(settle)) return settle;
      // What an earlier call has put into a queue is not known.
      if (isElsewhere && this.#queued.has(source)) return unknown(sink);
      return seq({ kind: 'join', promise }, isElsewhere ? resume(settle) : settle);
    } finally {
      this.#settling.delete(source);
      this.#queued.delete(source);
    }
  }

  settled(node: CallExpression): Promised {
    const target =
      this.#lower.host.operation(node) === null ? this.#lower.callees.target(node) : null;
    if (target === null) return this.promise(node);
    return {
      settle: this.#lower.calls.invoke(target, node, 'settled'),
      valued: (sink) => this.#settleSeen(target, node, sink),
    };
  }

  #settleSeen(target: CallTarget, node: CallExpression, sink: Sink | null): Term {
    const { callee, results } = this.#lower.calls.outcome(target.callee, sink);
    return this.#lower.calls.invoke({ ...target, callee }, node, 'settled', results);
  }

  settleCall(node: CallExpression, sink: Sink | null = null, isMade = false): Term {
    const operation = this.#lower.callees.operation(node);
    if (operation !== null) {
      const event: Term = { kind: 'event', event: operation.settle, site: null, origin: node };
      return seq(event, anything(sink));
    }
    const target = this.#lower.callees.target(node);
    if (target !== null) return this.#settleSeen(target, node, sink);
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return this.#unseen(node, sink);
    const [first] = node.arguments;
    const isPromise = this.#lower.callees.isGlobal(callee.object, 'Promise');
    switch (memberName(callee)) {
      case 'then':
      case 'catch':
      case 'finally': {
        const { settle, valued } = this.chained(node, this.promise(callee.object));
        return sink === null ? settle : valued(sink);
      }
      case 'reduce': {
        const turns = this.#lower.callees.inTurn(node);
        if (turns === null) return unknown(sink);
        const { settle, valued } = this.inTurn(this.promise(turns.initial), turns.items);
        return sink === null ? settle : valued(sink);
      }
      case 'resolve':
        if (!isPromise) return unknown(sink);
        return first !== undefined && isPromiseLike(first)
          ? this.settle(first, false, sink)
          : anything(sink);
      case 'reject':
        return isPromise ? RAISE : unknown(sink);
      case 'all':
      case 'allSettled':
      case 'race':
      case 'any':
        return isPromise && first !== undefined
          ? seq(this.#combined(memberName(callee), first, node), anything(sink))
          : unknown(sink);
      case 'get':
        return this.#settleEntry(node, callee, isMade, sink);
      default:
        return this.#unseen(node, sink);
    }
  }

  #unseen(node: CallExpression, sink: Sink | null): Term {
    return seq(this.#lower.handed.awaited(node), unknown(sink));
  }

  inTurn(receiver: Promised, functions: readonly Node[]): Promised {
    return made((sink) =>
      seq(
        receiver.settle,
        sequenceOf(functions, (one) => this.#lower.calls.callback(one, 'awaited') ?? MAY_THROW),
        anything(sink),
      ),
    );
  }

  /** What awaiting a promise does that is kept in a map. */
  #settleEntry(
    use: CallExpression,
    { object }: MemberExpression,
    isMade: boolean,
    sink: Sink | null,
  ): Term {
    const sources = this.#lower.values.entries(use);
    if (sources === null) return unknown(sink);
    const [key] = use.arguments;
    const isSame = (other: Node): boolean => {
      const call = unwrap(other);
      const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null;
      return (
        call.type === 'CallExpression' &&
        callee?.type === 'MemberExpression' &&
        ENTRY_METHODS.has(memberName(callee) ?? '') &&
        this.#isSamePlace(object, callee.object) &&
        this.#isSameKey(key, call.arguments[0])
      );
    };
    return this.#settleStored(
      { use, sources, declaration: null, isOuter: true, isMade, startsMade: false, isSame },
      sink,
    );
  }

  #isSameKey(key: Node | undefined, other: Node | undefined): boolean {
    if (key === undefined || other === undefined) return false;
    const name = keyName(unwrap(key), true);
    return name === null ? this.#isSamePlace(key, other) : keyName(unwrap(other), true) === name;
  }

  chained(node: CallExpression, receiver: Promised): Promised {
    const callee = unwrap(node.callee);
    const [first, second] = node.arguments;
    const callback = (argument: Node | undefined, sink: Sink | null = null): Term | null =>
      argument === undefined || isNothing(argument)
        ? null
        : (this.#lower.calls.callback(argument, 'awaited', sink) ?? unknown(sink));
    switch (callee.type === 'MemberExpression' ? memberName(callee) : null) {
      case 'then':
        return first === undefined || isNothing(first)
          ? this.#caught(receiver, second, callback)
          : made((sink) => {
              const rejected = callback(second, sink);
              const site = second ?? null;
              return (
                this.#given(first, receiver, rejected, site, sink) ??
                chained(receiver.settle, callback(first, sink), rejected, site)
              );
            });
      case 'catch':
        return this.#caught(receiver, first, callback);
      case 'finally': {
        const last = callback(first) ?? SKIP;
        return made((sink) =>
          concluded(sink === null ? receiver.settle : receiver.valued(sink), last),
        );
      }
      default:
        return promised(MAY_THROW);
    }
  }

  /** The same where a callback goes by what the promise is fulfilled with; null where it does not. */
  #given(
    first: Node,
    receiver: Promised,
    rejected: Term | null,
    site: Node | null,
    sink: Sink | null,
  ): Term | null {
    const { calls, callees, context, definitions } = this.#lower;
    if (context.resolving !== null) return null;
    const callee = callees.callee(first);
    const [only] = callee?.functions ?? [];
    if (callee === null || only === undefined || callee.functions.length > 1) return null;
    const asked = definitions.asksFirst(only);
    if (asked === null) return null;
    const { part } = asked;
    const foreseen = RESULT_KINDS.map((kind) =>
      definitions.told(only, { kind: 'truthy' }, () => ({ kind })),
    );
    return chainedBy(
      receiver,
      part === null ? null : { part, foreseen, otherwise: only },
      (told, shape) => definitions.told(only, told, shape),
      (one) => calls.called(first, { ...callee, functions: [one] }, 'awaited', sink),
      rejected,
      site,
    );
  }

  /** What a promise is fulfilled with is the result, where nothing is caught. */
  #caught(
    receiver: Promised,
    handler: Node | undefined,
    callback: (argument: Node | undefined, sink: Sink | null) => Term | null,
  ): Promised {
    return made((sink) =>
      chained(
        sink === null ? receiver.settle : receiver.valued(sink),
        null,
        callback(handler, sink),
        handler ?? null,
      ),
    );
  }

  #combined(name: string | null, list: Node, site: Node): Term {
    const mapped = this.#mapped(list);
    if (mapped !== null) {
      const { settle, isNeverEmpty, hasElements } = mapped;
      const some = seq(settle, repeated(settle));
      if (isNeverEmpty) return some;
      return hasElements === null ? repeated(settle) : branch(hasElements, some, SKIP);
    }
    const { items: elements, isWritten } = this.#lower.callees.list(list);
    if (elements === null) return this.#combinedGiven(name, list, site);
    const whole = this.#together(
      name,
      elements.map((element) => this.settle(element)),
      site,
    );
    if (isWritten) return whole;
    // They have been left to run by themselves until here.
    const joined = sequenceOf(elements, (element) => {
      return isPromiseLike(element) ? { kind: 'join', promise: unwrap(element) } : SKIP;
    });
    return seq(joined, whole);
  }

  #together(name: string | null, items: readonly Term[], site: Node): Term {
    switch (name) {
      case 'all':
        return all(items);
      case 'allSettled':
        return allSettled(items, site);
      case 'race':
        return race(items);
      default:
        return any(items);
    }
  }

  /** The same of a list that the function has been given. */
  #combinedGiven(name: string | null, list: Node, site: Node): Term {
    if (name !== 'all' && name !== 'allSettled') return MAY_THROW;
    const whole = this.#orGiven(list, this.#lower.held.all(list), null, MAY_THROW);
    return name === 'all' ? whole : attempt(whole, SKIP, null, site);
  }

  /** What is left of each promise of `list.map(callback)`. */
  #mapped(list: Node): Mapped | null {
    const call = unwrap(list);
    if (call.type !== 'CallExpression') return null;
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || memberName(callee) !== 'map') return null;
    const [first] = call.arguments;
    const settle = first === undefined ? null : this.#lower.calls.callback(first, 'settled');
    const isNeverEmpty = (this.#lower.callees.items(callee.object)?.length ?? 0) > 0;
    if (settle === null) return null;
    const atom = this.#lower.calls.hasElements(call);
    const hasElements: Test | null =
      atom === null
        ? null
        : {
            kind: 'facts',
            whenTrue: [{ atom, holds: true }],
            whenFalse: [{ atom, holds: false }],
          };
    return { settle, isNeverEmpty, hasElements };
  }
}

/** A promise, by what awaiting it does and how that goes on. */
function made(settle: (sink: Sink | null) => Term): Promised {
  return {
    get settle() {
      return settle(null);
    },
    valued: settle,
  };
}

/** Goes on with a value of which nothing is known. */
function anything(sink: Sink | null): Term {
  return sink === null ? SKIP : sink('any');
}

/** Awaits a promise of which nothing is known. */
function unknown(sink: Sink | null): Term {
  return seq(MAY_THROW, anything(sink));
}

/** The promises that `list.map(…)` makes. */
interface Mapped {
  /** What is left of each of them. */
  readonly settle: Term;
  readonly isNeverEmpty: boolean;
  /** Whether there are any, if that agrees with what is known of the call. */
  readonly hasElements: Test | null;
}

/** A place that a promise is kept in. */
interface Stored {
  readonly use: Node;
  /** All that is ever kept there. */
  readonly sources: readonly Node[];
  /** Where it is declared; null where that is not here. */
  readonly declaration: Node | null;
  /** Whether it can have been put there before this function was called. */
  readonly isOuter: boolean;
  /** Whether the code around the use tells that it holds something. */
  readonly isMade: boolean;
  /** Whether it holds something from the start. */
  readonly startsMade: boolean;
  readonly isSame: IsSame;
}

/** Whether it matters for what an expression gives whether that is known to be more than nothing. */
function mayBeNothing(source: Node): boolean {
  const inner = unwrap(source);
  if (inner.type !== 'CallExpression') return true;
  const callee = unwrap(inner.callee);
  return callee.type === 'MemberExpression' && memberName(callee) === 'get';
}

function isNothing(source: Node): boolean {
  return literalKind(unwrap(source)) === 'nullish';
}

function startsWithValue({ defs: [definition] }: Variable): boolean {
  const declarator = definition?.node;
  return (
    declarator?.type === 'VariableDeclarator' &&
    declarator.init !== null &&
    !isNothing(declarator.init)
  );
}

/** Whether a property is given its first value by this source, where its owner is made. */
function isInitial(source: Node): boolean {
  if (isNothing(source)) return false;
  const { parent } = source;
  if (parent?.type !== 'AssignmentExpression') return true;
  const maker = ownerOf(source)?.parent;
  return maker?.type === 'MethodDefinition' && maker.kind === 'constructor';
}

/** Whether a term calls a function, whose rest is not bound to how it began. */
function holdsCall(term: Term): boolean {
  switch (term.kind) {
    case 'call':
      return true;
    case 'seq':
      return term.terms.some(holdsCall);
    case 'branch':
      return holdsCall(term.then) || holdsCall(term.else);
    case 'block':
    case 'loop':
    case 'resume':
      return holdsCall(term.body);
    case 'try':
      return [term.body, term.handler, term.finalizer].some(
        (part) => part !== null && holdsCall(part),
      );
    default:
      return false;
  }
}
