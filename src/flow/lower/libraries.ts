/** Calls of libraries of which it is known what they do with the functions that they are given. */

import {
  functionAround,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import { isGivenBack, usedIn } from '../../syntax/forms.ts';
import { tellsOf, uncaught, type Run, type Runs } from '../../values/libraries/runs.ts';
import type { CallMode, FunctionTerm, Term } from '../term/term.ts';
import type { Promised, Sink } from './context.ts';
import { askedBy, gatesOf, type Gate } from './gates.ts';
import { isFirstTaken } from './name-sources.ts';
import type { LibraryCalls, Lower } from './parts.ts';
import { AN_ERROR, NO_VALUE } from './questions.ts';
import { repeated } from './promises.ts';
import {
  assumed,
  attempt,
  branch,
  choice,
  exit,
  MAY_THROW,
  OPAQUE,
  RAISE,
  resume,
  seq,
  sequence,
  sequenceOf,
  SKIP,
  SUSPEND,
} from '../term/make.ts';

const IMPOSSIBLE: Term = { kind: 'assume', facts: 'never' };

export class LibraryLowering implements LibraryCalls {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  started(call: CallExpression): Term | null {
    const runs = this.#runsOf(call);
    if (runs === null) return this.#making(call);
    if (runs.isRaising) {
      return seq(
        this.#given(call, (node) => this.#lower.effects.effect(node)),
        RAISE,
      );
    }
    const now = nodesOf(runs, (how) => how === 'now');
    const promises = nodesOf(runs, (how) => how === 'promise');
    const gates = gatesOf(runs, call);
    const parts = partsOf(runs);
    const ordered = isOrdered(runs) ? nodesOf(runs, (how) => how !== 'later') : NO_NODES;
    return seq(
      this.#lower.calls.calleeParts(call),
      this.#given(call, (node) => {
        if (gates.some((gate) => gate.node === node || gate.given === node)) return SKIP;
        if (promises.has(node)) return this.#lower.awaiting.begin(node);
        return now.has(node) || ordered.has(node) || parts.has(node)
          ? this.#lower.effects.bound(node)
          : this.#lower.effects.handedOver(node);
      }),
      seq(this.#gated(gates), MAY_THROW),
      runs.isBlocking ? this.#ran(runs, call, 'settled', null) : SKIP,
      sequenceOf([...now], (node) => this.#lower.calls.callback(node, 'started') ?? MAY_THROW),
    );
  }

  /**
   * A call that makes something which calls what the call was given, one after the other: each is entered
   * behind those before it. Null for any other call.
   */
  #making(call: CallExpression): Term | null {
    const made = this.#lower.host.made?.(call) ?? [];
    const isPart = this.#lower.host.isPart?.(call) === true;
    const byName = this.#lower.host.calledByName?.(call) ?? NO_NODES;
    if (made.length === 0 && !isPart && byName.size === 0) return null;
    const nodes = new Set(made.flatMap((runs) => [...nodesOf(runs, () => true), ...partsOf(runs)]));
    for (const { node, isByName } of made.flatMap(({ steps }) => steps)) {
      // What has a name may be called by it elsewhere, too.
      if (isByName === true) nodes.delete(node);
    }
    for (const node of byName) nodes.add(node);
    return seq(
      this.#lower.calls.calleeParts(call),
      this.#given(call, (node) =>
        isPart || nodes.has(node)
          ? this.#lower.effects.bound(node)
          : this.#lower.effects.handedOver(node),
      ),
      MAY_THROW,
      sequenceOf(isPart ? [] : made, (runs, index) => ({
        kind: 'refer',
        callee: { functions: [this.#runner(call, runs, index)], parameter: null, open: false },
        later: true,
        site: call,
      })),
    );
  }

  /** What runs what a call was given, as a function. */
  #runner(call: CallExpression, runs: Runs, index: number): FunctionTerm {
    const known = this.#runners.get(call) ?? [];
    this.#runners.set(call, known);
    return (known[index] ??= this.#lower.definitions.unnamed(call, (returns) =>
      seq(this.#ran(runs, call, 'awaited', null), exit(returns.any)),
    ));
  }

  run(call: Node, runs: Runs): FunctionTerm {
    return this.#lower.definitions.unnamed(call, (returns) =>
      seq(this.#ran(runs, call, 'awaited', null, true), exit(returns.any)),
    );
  }

  readonly #runners = new WeakMap<CallExpression, FunctionTerm[]>();

  /** What is handed over only where a test turns out so. */
  #gated(gates: readonly Gate[]): Term {
    return sequenceOf(gates, ({ node, given }) => {
      const test = this.#lower.tests.test(askedBy(node));
      const handed = this.#lower.effects.handedOver(given);
      return branch(test, handed, SKIP, { node, asks: 'truthy' });
    });
  }

  settled(call: CallExpression, sink: Sink | null): Term | null {
    const runs = this.#runsOf(call);
    if (runs === null) return null;
    return runs.isDropped
      ? seq(MAY_THROW, sink === null ? SKIP : sink('any'))
      : this.#told(runs, call, 'settled', sink);
  }

  left(call: CallExpression): Term | null {
    const runs = this.#runsOf(call);
    return runs === null || !isOrdered(runs) || this.#isGoneOnWith(call)
      ? null
      : seq(SUSPEND, this.#ran(runs, call, 'settled', null));
  }

  /** Whether a method is called of what a call gives, which runs the same. */
  #isGoneOnWith(call: CallExpression): boolean {
    const outer = usedIn(call);
    const next = outer.parent?.type === 'MemberExpression' ? outer.parent.parent : null;
    if (next?.type !== 'CallExpression' || next.callee !== outer.parent) return false;
    return this.#runsOf(next) !== null;
  }

  made(call: CallExpression): Promised | null {
    const runs = this.#runsOf(call);
    if (runs === null || runs.isDropped || runs.isRaising) return null;
    const run = nodesOf(runs, (how) => how !== 'later' && how !== 'promise');
    const promises = nodesOf(runs, (how) => how === 'promise');
    const parts = partsOf(runs);
    const begun = seq(
      this.#lower.calls.calleeParts(call),
      this.#given(call, (node) => {
        if (promises.has(node)) return this.#lower.awaiting.begin(node);
        return run.has(node) || parts.has(node)
          ? this.#lower.effects.bound(node)
          : this.#lower.effects.handedOver(node);
      }),
      MAY_THROW,
    );
    const valued = (sink: Sink | null): Term => seq(begun, this.#told(runs, call, 'awaited', sink));
    return {
      get settle() {
        return valued(null);
      },
      valued,
    };
  }

  waited(node: Node, sink: Sink | null): Term | null {
    const runs = this.#lower.host.waitedFor?.(node) ?? null;
    return runs && this.#told(runs, node, 'settled', sink);
  }

  /** What it runs, and how that is told, where anybody asks for it. */
  #told(runs: Runs, node: Node, mode: CallMode, sink: Sink | null): Term {
    if (this.#isUnwrapped(node)) return this.#ran(uncaught(runs), node, mode, sink);
    const [atom = null] = tellsOf(runs) === null ? [] : this.#lower.outcomes.of(node, [node]);
    if (atom === null) return this.#ran(runs, node, mode, sink);
    const whole = this.#ran(uncaught(runs), node, mode, null);
    return seq(
      attempt(seq(whole, assumed(atom, true)), assumed(atom, false), null, node),
      sink === null ? SKIP : sink('any'),
    );
  }

  /** Whether what is waited for is given to a function at once that throws where it was rejected. */
  #isUnwrapped(node: Node): boolean {
    const isUnwrap = (callee: Node): boolean => this.#lower.host.isUnwrap?.(callee) === true;
    const use = usedIn(node);
    const outer = use.parent;
    if (outer?.type === 'MemberExpression' && outer.object === use) {
      const then = outer.parent;
      const [handler] = then?.type === 'CallExpression' ? then.arguments : [];
      return memberName(outer) === 'then' && handler !== undefined && isUnwrap(handler);
    }
    const awaited = outer?.type === 'AwaitExpression' ? usedIn(outer) : null;
    const call = awaited?.parent;
    return (
      call?.type === 'CallExpression' && call.arguments[0] === awaited && isUnwrap(call.callee)
    );
  }

  acts(call: CallExpression): boolean | null {
    const runs = this.#runsOf(call) ?? this.#lower.host.waitedFor?.(call) ?? null;
    return runs?.steps.some(({ how }) => how !== 'later') ?? null;
  }

  /**
   * Where nothing that it runs can be told, it is as any other call; so is what rejects the function that
   * gives it back, where that does not. Nobody waits for a list as a whole.
   */
  #runsOf(call: CallExpression): Runs | null {
    const runs = this.#lower.host.runs?.(call) ?? null;
    if (runs === null) return null;
    if (runs.steps.length === 0 && !(runs.isRaising && isGivenBack(call))) return null;
    return runs.isListed && !isFirstTaken(call) ? { ...runs, isDropped: true } : runs;
  }

  /** The arguments of a call; of an object, or a list, that is written there, each part by itself. */
  #given(call: CallExpression, give: (node: Node) => Term): Term {
    return sequenceOf(call.arguments, (argument) => this.#each(argument, give));
  }

  #each(node: Node, give: (node: Node) => Term): Term {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'ArrayExpression':
        return sequenceOf(inner.elements, (element) =>
          element === null ? SKIP : this.#each(element, give),
        );
      case 'ObjectExpression':
        return sequenceOf(inner.properties, (property) => {
          if (property.type === 'SpreadElement') return this.#lower.effects.effect(property);
          const key = property.computed ? this.#lower.effects.effect(property.key) : SKIP;
          return seq(key, this.#each(property.value, give));
        });
      case 'SpreadElement':
        return this.#lower.effects.effect(inner);
      default:
        return give(node);
    }
  }

  /**
   * @param mode how what is called now goes on: what has its turn later is called by who waits
   * @param isExact whether what was given elsewhere is no helper
   */
  #ran(
    { steps, isCaught, isPassedOn }: Runs,
    call: Node,
    mode: CallMode,
    sink: Sink | null,
    isExact = false,
  ): Term {
    const last = steps.findLast(({ how, when }) => how !== 'later' && when === 'fulfilled');
    const isTold = sink !== null && isPassedOn && !isCaught && last !== undefined;
    const of = (when: Run['when']): readonly Term[] => {
      let terms: readonly Term[] = [];
      for (const step of steps) {
        if (step.when !== when) continue;
        const to = isTold && step === last ? sink : null;
        const term = this.#step(step, call, mode, to, isExact);
        // It may go on without, or in spite of, what stands before it.
        terms =
          step.how === 'unknown'
            ? [choice(SKIP, attempt(sequence(terms), SKIP, null)), term]
            : [...terms, term];
      }
      return terms;
    };
    const rejected = of('rejected');
    const settled = of('settled');
    let whole = sequence(of('fulfilled'));
    if (rejected.length > 0) whole = attempt(whole, seq(sequence(rejected), RAISE), null);
    if (settled.length > 0) whole = attempt(whole, null, sequence(settled));
    if (isCaught) whole = attempt(whole, SKIP, null, call);
    return isTold || sink === null ? whole : seq(whole, sink('any'));
  }

  #step(
    { node, inner, how, when, isErrorFirst }: Run,
    call: Node,
    mode: CallMode,
    sink: Sink | null,
    isExact: boolean,
  ): Term {
    const run = (as: CallMode, to: Sink | null = null): Term => {
      if (inner !== null) return this.#ran(inner, call, 'awaited', to);
      if (isErrorFirst === true) {
        const error = when === 'rejected' ? AN_ERROR : NO_VALUE;
        return this.#lower.calls.handler(node, null, error) ?? MAY_THROW;
      }
      const called = this.#lower.calls.callback(node, as, to);
      if (called === null) return seq(MAY_THROW, to === null ? SKIP : to('any'));
      // What was given elsewhere is a helper, wherever it is written.
      if (isExact || called.kind !== 'call') return called;
      const isHelper = functionAround(node) !== functionAround(call);
      return isHelper ? { ...called, exact: false } : called;
    };
    switch (how) {
      case 'now':
        return run(mode, sink);
      case 'once':
        return run('awaited', sink);
      case 'retried':
        // Each round but the last one is rejected.
        return seq(
          repeated(attempt(seq(run('awaited'), IMPOSSIBLE), SKIP, null)),
          run('awaited', sink),
        );
      case 'kept': {
        const event = this.#lower.host.again?.();
        const end = sink === null ? SKIP : sink('any');
        const before = seq(resume(run('settled')), end);
        const given: Term | null =
          event === undefined ? null : { kind: 'event', event, site: null, origin: call };
        return choice(
          run('awaited', sink),
          given === null ? before : choice(before, seq(given, end)),
        );
      }
      case 'perhaps':
        return inner !== null || call.type !== 'CallExpression'
          ? choice(SKIP, run('awaited'))
          : this.#lower.handed.perhaps(node, call);
      case 'many': {
        const round = run('awaited');
        const [list] = call.type === 'CallExpression' ? call.arguments : [];
        const isNeverEmpty = (this.#lower.callees.items(list)?.length ?? 0) > 0;
        if (isNeverEmpty) return seq(round, repeated(round));
        const decision = list === undefined ? null : { node: list, asks: 'element' as const };
        return branch(OPAQUE, seq(round, repeated(round)), SKIP, decision);
      }
      case 'promise':
        return seq(MAY_THROW, this.#lower.settling.settle(node, false, sink));
      case 'told':
        return (
          this.#lower.executors.told(node, call, sink) ??
          (call.type === 'CallExpression' ? this.#lower.handed.perhaps(node, call) : MAY_THROW)
        );
      case 'unknown':
        return MAY_THROW;
      case 'called':
        return run('started');
      case 'dropped':
        return choice(SKIP, run('started'));
      case 'later':
        return SKIP;
    }
  }
}

const NO_NODES: ReadonlySet<Node> = new Set();

/** Whether functions are called in their turn, one behind the other, and none of them at once. */
function isOrdered({ steps, isBlocking }: Runs): boolean {
  const called = steps.filter(({ how }) => how !== 'later');
  const isMore =
    called.length > 1 || called.some(({ how, inner }) => inner !== null || IN_TURN.has(how));
  return isMore && !isBlocking && called.every(({ how }) => how !== 'now');
}

/** How a function is called that has its turn. */
const IN_TURN: ReadonlySet<string> = new Set(['once', 'retried', 'kept', 'many', 'told']);

/** The expressions of the functions that are called in a way. */
function nodesOf({ steps }: Runs, isSo: (how: Run['how']) => boolean): ReadonlySet<Node> {
  const nodes = new Set<Node>();
  for (const { node, inner, how } of steps) {
    if (inner !== null) for (const one of nodesOf(inner, isSo)) nodes.add(one);
    else if (isSo(how)) nodes.add(node);
  }
  return nodes;
}

/** What is given that is itself of a library, and runs something by itself nowhere else. */
function partsOf({ steps }: Runs): ReadonlySet<Node> {
  return new Set(steps.flatMap(({ node, inner }) => (inner === null ? [] : [node])));
}
