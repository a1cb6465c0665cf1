/** What awaiting a promise does that is kept: in a variable, a property, a map, or in what was given. */

import {
  codeAround,
  unwrap,
  type CallExpression,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import { isNothing } from '../../syntax/forms.ts';
import {
  branch,
  choice,
  constantTest,
  elsewhere,
  isPlain,
  resume,
  seq,
  SKIP,
} from '../term/make.ts';
import type { Term } from '../term/term.ts';
import { CalledIn } from './called-in.ts';
import { givenByCall, isGivenAtFirst } from './given-by-calls.ts';
import { Places } from './places.ts';
import { Takings } from './takings.ts';
import { literalKind } from './questions.ts';
import { sinks, type Sink } from './context.ts';
import { droppings, isDeleted, isNoPromise, isPromiseOrFalsy } from './dropped.ts';
import { sourcesOf } from './name-sources.ts';
import type { Name } from './names.ts';
import type { KeptPromises, Lower } from './parts.ts';
import { assignmentAs, newIn } from './refilled.ts';
import { anything, correlated, unknown } from './promises.ts';
import {
  isSurelySet,
  isWithoutValue,
  nothingsOf,
  reaching,
  sidesOf,
  type IsSame,
  type Reaching,
} from './stored.ts';
import {
  isKeptForGood,
  mayBeNothing,
  startsWithValue,
  GivenWhereMade,
  isDeclared,
  startOf,
  withoutFirst,
  type Stored,
} from './places-kept.ts';
import { holdsCall, mayLead } from '../term/holds-call.ts';

/** Kept promises that are made of each other more deeply than this are as good as unknown. */
const MAX_NESTED = 4;

/** More kept promises than this, of which one is made, are as good as unknown. */
const MAX_SETTLED = 64;

export class KeptLowering implements KeptPromises {
  readonly #lower: Lower;
  /** The stored promises, and names of other modules, that are being settled, lest one waits for itself. */
  readonly #settling = new Set<Node>();
  /** Those of them that wait for themselves: each was chained to what was kept in its place before. */
  readonly #queued = new Set<Node>();
  readonly #called: CalledIn;
  readonly #givenWhereMade: GivenWhereMade;
  /** How many have been settled for the one that was asked for. */
  #settled = 0;

  readonly #places: Places;
  readonly #takings: Takings;

  constructor(lower: Lower) {
    this.#lower = lower;
    this.#places = new Places(lower);
    this.#called = new CalledIn(lower);
    this.#givenWhereMade = new GivenWhereMade(this.#called);
    this.#takings = new Takings(lower, this.#places);
  }

  name(node: Node, isMade: boolean, sink: Sink | null): Term {
    const name = this.#lower.names.of(node);
    if (name === null) return unknown(sink);
    const origins = this.#lower.values.origins(node);
    return origins === null
      ? this.#settleNamed(node, name, isMade, sink)
      : this.#settleImported(node, origins, isMade, sink);
  }

  /** What awaiting a promise does that is kept in a variable. */
  #settleNamed(use: Node, name: Name, isMade: boolean, sink: Sink | null): Term {
    const { variable } = name;
    const own = variable.defs[0]?.name;
    const deferred = own === undefined ? null : this.#lower.executors.deferred(own, use, sink);
    if (deferred !== null) return deferred;
    const sources = sourcesOf(variable, this.#lower);
    const parameter = sources === null ? this.#settleParameter(use, variable, sink) : null;
    if (parameter !== null) return parameter;
    const outcome = this.#lower.atoms.outcome(name);
    const isGiven = sources !== null && this.#isGivenAtFirst(variable, sources);
    const settle = (then: Sink | null): Term =>
      sources === null
        ? unknown(then)
        : this.#settleStored(
            {
              use,
              sources: isGiven && this.#isOuter(variable, use) ? withoutFirst(sources) : sources,
              taken: [],
              declaration: variable.defs[0]?.node ?? null,
              isOuter: this.#isOuter(variable, use),
              isMade,
              startsMade: startsWithValue(variable) || isGiven,
              startsAs: isWithoutValue(variable) ? 'undefined' : null,
              truth: this.#isOuter(variable, use) ? null : this.#places.truthOf(use),
              reads: (other) =>
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
  orGiven(use: Node, parameter: object | null, sink: Sink | null, other: Term): Term {
    return parameter === null
      ? other
      : branch(
          { kind: 'given', parameter, test: constantTest(false) },
          this.#settleGiven(use, parameter, sink),
          other,
        );
  }

  member(member: MemberExpression, isMade: boolean, sink: Sink | null): Term {
    const parameter = this.#isGivenLater(member) ? null : this.#lower.held.member(member);
    return this.orGiven(member, parameter, sink, this.#settleStoredMember(member, isMade, sink));
  }

  /** Whether a property may hold something else than where its owner was made. */
  #isGivenLater(member: MemberExpression): boolean {
    const { values } = this.#lower;
    return values.sources(member)?.nodes.some((source) => !isDeclared(source)) === true;
  }

  #settleStoredMember(member: MemberExpression, isMade: boolean, sink: Sink | null): Term {
    if (this.#lower.accessors.target(member, 'get') !== null) {
      return seq(this.#lower.accessors.run(member, 'get', 'settled'), anything(sink));
    }
    const origins = this.#lower.values.origins(member);
    if (origins !== null) return this.#settleImported(member, origins, isMade, sink);
    const deferred = this.#lower.executors.deferred(member, member, sink);
    if (deferred !== null) return deferred;
    const known = this.#lower.values.sources(member);
    if (known === null) return unknown(sink);
    const { nodes: sources, isThere, isAll } = known;
    const declared = sources.filter(isDeclared);
    const isGiven = this.#givenWhereMade.has(sources, member);
    return this.#settleStored(
      {
        use: member,
        sources: isGiven ? withoutFirst(sources) : sources,
        taken: this.#takings.ofMember(member),
        declaration: null,
        isOuter: !isThere || !this.#places.isMadeHere(member.object, member),
        isMade,
        startsMade: isGiven || (isThere && declared.some((source) => !isNothing(source))),
        startsAs: isGiven ? null : startOf(isAll, isThere && declared.length > 0),
        truth: null,
        reads: (other) => this.#places.isSameMember(member, other),
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

  fills(node: Node & { type: 'AssignmentExpression' }): boolean {
    const { left } = node;
    const { operator } = assignmentAs(node);
    if ((operator !== '??=' && operator !== '||=') || left.type !== 'Identifier') return false;
    const variable = this.#lower.bindings.variable(left);
    const sources = variable === null ? null : sourcesOf(variable, this.#lower);
    if (variable === null || sources === null || this.#isOuter(variable, left)) return false;
    return this.#reaching(sources, left).sources.every(isNothing);
  }

  /** Whether a binding belongs to a function around the one of its use, or to a module. */
  #isOuter({ defs: [definition] }: Variable, use: Node): boolean {
    return definition !== undefined && codeAround(definition.node) !== codeAround(use);
  }

  /** What awaiting a promise does that is kept somewhere. */
  #settleStored(
    { use, sources, taken, declaration, isOuter, isMade, startsMade, startsAs, ...asked }: Stored,
    sink: Sink | null,
  ): Term {
    const isSame = Object.assign((other: Node) => asked.reads(other), {
      nothings: nothingsOf(sources, startsAs),
    });
    const { sources: reaches, certain, isChanged } = this.#reaching(sources, use);
    if (certain !== null && sources.length === 1) {
      return this.#settleCertain(certain, use, isMade, isSame, sink);
    }
    // What outlives the function can have been given by an earlier call of it.
    const isElsewhere = isOuter && certain === null;
    const isForGood = isElsewhere && isKeptForGood(sources, isSame);
    const reached = isElsewhere ? sources : reaches;
    const promises = reached.map(newIn).filter((source) => {
      if (this.#settling.has(source)) this.#queued.add(source);
      return !isNoPromise(source) && !this.#settling.has(source);
    });
    const dropped = droppings({ sources: reached, taken }, use, isSame, this.#called);
    const holds = isMade || isSurelySet(use, isSame, isChanged, dropped);
    let isOnSides = promises.length > 0;
    let none: Term = SKIP;
    const settled = promises.flatMap((source) => {
      const sides =
        declaration === null || isElsewhere ? [] : sidesOf(source, use, declaration, isSame);
      if (sides === null) return [];
      const settle = this.#settleSource(source, isElsewhere, sink, holds, isForGood);
      const ways = this.#lower.sides.ways(sides);
      if (ways === null) isOnSides = false;
      else none = seq(none, ways.others);
      return [ways === null ? settle : seq(ways.taken, settle)];
    });
    const [first, ...others] = settled;
    if (first === undefined) return unknown(sink);
    const either = others.reduce((one, other) => choice(one, other), first);
    const truth = reached.every(isPromiseOrFalsy) ? asked.truth : null;
    const orNothing = (nothing: Term): Term =>
      truth === null ? choice(either, nothing) : branch(truth, either, nothing);
    if (dropped.length > 0) return holds ? either : orNothing(unknown(sink));
    if (isOnSides) return holds ? either : orNothing(seq(none, unknown(sink)));
    // An operation that was not begun on a way has no effect when it settles; a call may have, and so
    // has one that was begun before, and is only put there.
    const isBegun =
      settled.every((settle) => !holdsCall(settle)) &&
      promises.every((one) => this.#places.begins(one));
    const isHarmless = !isElsewhere && !isChanged && isBegun;
    const isPut = certain !== null && literalKind(unwrap(certain)) === null;
    const isKept = isPut || isHarmless || (startsMade && !reached.some(isNothing));
    const isThere = holds || (isKept && !reached.some(isDeleted));
    const isAnother = startsAs === 'anything' && certain === null && !isChanged;
    return isThere && !isAnother ? either : orNothing(unknown(sink));
  }

  #isGivenAtFirst({ defs: [definition] }: Variable, sources: readonly Node[]): boolean {
    const module = definition === undefined ? null : codeAround(definition.node);
    return (
      module?.type === 'Program' &&
      isGivenAtFirst(sources, module.body, (call) => this.#called.functionsOf(call))
    );
  }

  #reaching(sources: readonly Node[], use: Node): Reaching {
    const given = givenByCall(sources, use, this.#called);
    return given === null
      ? reaching(sources, use, this.#called)
      : { sources: [given], certain: given, isChanged: false };
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
    const holds = isMade || (mayBeNothing(source) && isSurelySet(use, isSame, false));
    return this.#settleSource(source, false, sink, holds);
  }

  /**
   * @param isElsewhere whether the promise may be of an earlier call of the function
   * @param isMade whether it is known to be more than `null` or `undefined`
   * @param isForGood whether no other promise ever takes its place
   */
  #settleSource(
    source: Node,
    isElsewhere: boolean,
    sink: Sink | null,
    isMade = false,
    isForGood = false,
  ): Term {
    if (this.#settling.size === 0) this.#settled = 0;
    if (this.#settling.size >= MAX_NESTED || this.#settled >= MAX_SETTLED) return unknown(sink);
    this.#settled++;
    this.#settling.add(source);
    const promise = unwrap(source);
    try {
      const settle = this.#lower.settling.settle(source, isMade, sink);
      if (isPlain(settle)) return settle;
      // What an earlier call has put into a queue is not known.
      if (isElsewhere && this.#queued.has(source)) return unknown(sink);
      const resumed = isElsewhere ? resume(settle) : settle;
      const event = isForGood && mayLead(settle) ? this.#lower.host.again?.() : undefined;
      const waited =
        event === undefined
          ? resumed
          : choice(
              resumed,
              seq({ kind: 'event', event, site: null, origin: promise }, anything(sink)),
            );
      const isLeft = promise.type === 'CallExpression' && this.#lower.callees.isChain(promise);
      return seq({ kind: 'join', promise }, isLeft ? elsewhere(waited) : waited);
    } finally {
      this.#settling.delete(source);
      this.#queued.delete(source);
    }
  }

  /** What awaiting a promise does that is kept in a map. */
  entry(
    use: CallExpression,
    { object }: MemberExpression,
    isMade: boolean,
    sink: Sink | null,
  ): Term {
    const known = this.#lower.values.kept(use);
    if (known === null) return unknown(sink);
    return this.#settleStored(
      {
        use,
        sources: known.nodes,
        taken: this.#takings.ofEntry(use, object, known.taken),
        declaration: null,
        isOuter: true,
        isMade,
        startsMade: known.isThere,
        startsAs: startOf(known.isAll, known.isThere),
        truth: null,
        reads: (other) => this.#places.isSameEntry(use, object, other),
      },
      sink,
    );
  }
}
