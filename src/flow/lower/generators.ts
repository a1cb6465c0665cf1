/** Generators, read where they are consumed, and the effects that sagas yield. */

import { functionAround, isFunction, unwrap, type Node } from '../../syntax/ast.ts';
import { isNeverReassigned } from '../../syntax/bindings.ts';
import { placedIn } from '../../syntax/forms.ts';
import { targetOf } from '../../syntax/patterns.ts';
import type { External } from '../../values/value.ts';
import type { CallTarget } from './parts.ts';
import { Exits, NEVER_RETURNS, newContext, sinks, type Sink, type Told } from './context.ts';
import { givenPart, lowerDuring, partsTaken, type Taken } from './given-parts.ts';
import { takerOf } from './handled.ts';
import type { Lower, Generators, YieldExpression, GeneratorCall } from './parts.ts';
import { all, race, repeated, type Item } from './promises.ts';
import { GeneratorCalls } from './generator-calls.ts';
import { givesTruthy, hasSagas, sagaEffectOf, type SagaEffect } from './sagas.ts';
import { NOTHING } from './shapes.ts';
import {
  after,
  attempt,
  block,
  choice,
  constantTest,
  createLabel,
  exit,
  MAY_THROW,
  RAISE,
  seq,
  sequence,
  sequenceOf,
  SKIP,
  SUSPEND,
} from '../term/make.ts';
import type { FunctionTerm, ResultKind, Term, Test } from '../term/term.ts';

type CallingEffect = SagaEffect & { kind: 'call' | 'fork' };
type RacingEffect = SagaEffect & { kind: 'all' | 'race' };

/** The call of a function that is seen, for which a generator waits at a `yield`. */
interface Helper {
  /** What is evaluated before the call. */
  readonly before: Term;
  readonly target: CallTarget;
  readonly site: Node;
}

/**
 * Generators that hand on to each other could be read within each other in very many ways: in one
 * that is read, the code of no more than these stands where they are read.
 */
const MAX_INLINED = 8;

export class GeneratorLowering implements Generators {
  readonly #lower: Lower;
  /** Generators whose code is being lowered as part of their reader's. */
  readonly #reading = new Set<Node>();
  /** How many have been so since one was last read by itself. */
  #inlining = 0;

  readonly #calls: GeneratorCalls;

  constructor(lower: Lower) {
    this.#lower = lower;
    this.#calls = new GeneratorCalls(lower);
  }

  generatorOf(node: Node): GeneratorCall | null {
    return this.#calls.of(node, this.#reading);
  }

  begunBefore(made: Node): GeneratorCall | null {
    return this.#calls.begunBefore(made, this.#reading);
  }

  read(
    generator: GeneratorCall,
    isAwaited: boolean,
    lower: (round: (body: Term) => Term) => Term,
  ): Term {
    const { parts } = generator;
    const wait = isAwaited ? SUSPEND : SKIP;
    const round = (body: Term): Term => {
      const failed = createLabel('reader throws');
      const done = createLabel('generator ends');
      const onYield = seq(wait, attempt(body, exit(failed), null));
      const code = seq(this.#inlined(generator, onYield), wait, exit(done));
      return block(done, seq(block(failed, code), RAISE));
    };
    return seq(parts, seq(this.#arguments(generator), lower(round)));
  }

  /** What is given to a generator that is read where it is called. */
  #arguments(generator: GeneratorCall): Term {
    if (generator.isBegun === true) return SKIP;
    const { args, known } = generator;
    const taker = { functions: [known], parameter: null };
    const bound = new Set(this.#bound(generator).map(({ name }) => name));
    return seq(
      this.#lower.calls.arguments(args, taker),
      // What its code has no name for is called at any time.
      this.passed(args, taker.functions, bound),
    );
  }

  passed(
    args: readonly Node[],
    functions: readonly FunctionTerm[],
    bound: ReadonlySet<Node> = new Set(),
  ): Term {
    const { callees, effects } = this.#lower;
    return sequenceOf(args, (argument, index) => {
      const isFollowed = functions.every((known) => known.follows(index));
      if (isFollowed && callees.callee(argument) !== null) {
        const isBound = functions.every((known) =>
          bound.has(targetOf(takerOf(known)?.params[index] ?? argument)),
        );
        return isBound ? SKIP : effects.passed(argument);
      }
      const parts = functions.flatMap((known) =>
        partsTaken(this.#lower, takerOf(known), argument, index),
      );
      return sequenceOf(parts, ({ name, callee }) =>
        bound.has(name) || callee === null
          ? SKIP
          : { kind: 'refer', callee, later: true, site: argument },
      );
    });
  }

  /** The functions that a generator is given, with its names for them. */
  #bound({ args, target }: GeneratorCall): readonly Taken[] {
    const { bindings } = this.#lower;
    const placed = args.slice(0, placedIn(args));
    const taken = placed.flatMap((argument, index): readonly Taken[] => {
      const parameter = target.params[index];
      return parameter?.type === 'Identifier'
        ? [{ name: parameter, argument, ...givenPart(this.#lower, argument, []) }]
        : partsTaken(this.#lower, target, argument, index);
    });
    return taken.filter(({ name, callee }) => {
      const variable = bindings.variable(name);
      return (
        callee !== null &&
        variable !== null &&
        isNeverReassigned(variable) &&
        // What is made in it is no part of its reader's code.
        variable.references.every(({ identifier }) => functionAround(identifier) === target)
      );
    });
  }

  /** Lowers the code of a generator, in which its parameters hold what its call gives them. */
  #given(generator: GeneratorCall, action: () => Term): Term {
    const { names } = this.#lower;
    const given = this.#bound(generator).flatMap(({ name: node, callee, values, written }) => {
      const name = names.of(node);
      return name === null ? [] : [{ name, callee, values, written }];
    });
    return lowerDuring(this.#lower, given, action);
  }

  /** The code of a generator, as part of the code that reads it. */
  #inlined(generator: GeneratorCall, onYield: Term): Term {
    const { target } = generator;
    if (this.#reading.size === 0) this.#inlining = 0;
    else if (++this.#inlining > MAX_INLINED) return this.#called(generator, onYield);
    this.#reading.add(target);
    try {
      const context = newContext(target, target.async, new Exits(), onYield);
      return this.#given(generator, () => this.#lower.definitions.inlined(target, context));
    } finally {
      this.#reading.delete(target);
    }
  }

  /** The same by a call: what the reader does comes before and behind all that the generator does. */
  #called({ call, args, known }: GeneratorCall, onYield: Term): Term {
    const target: CallTarget = {
      callee: { functions: [known], parameter: null, open: false },
      args,
      isExact: false,
    };
    const reading = repeated(onYield);
    return seq(reading, this.#lower.calls.invoke(target, call, 'awaited'), reading);
  }

  yield(node: YieldExpression): Term {
    return this.yielded(node, null);
  }

  yielded(node: YieldExpression, sink: Sink | null): Term {
    const helper = this.#helper(node);
    if (helper === null) {
      const raced = sink === null ? null : this.#raced(node, sink);
      return raced ?? seq(this.#unknown(node), sink === null ? SKIP : sink('any'));
    }
    const { before, target, site } = helper;
    const onYield = this.#onYield;
    if (sink === null)
      return seq(before, this.#lower.calls.invoke(target, site, 'awaited'), onYield);
    const results = sinks((kind) => seq(onYield, sink(kind)));
    return seq(before, this.#lower.calls.invoke(target, site, 'awaited', results));
  }

  /** `race` gives what has come first, by its name, and nothing of the others; null for all else. */
  #raced(node: YieldExpression, sink: Sink): Term | null {
    const effect = this.#raceOf(node);
    if (effect === null) return null;
    return race(
      effect.items.map((promise, index) => {
        const name = effect.names[index] ?? null;
        const valued = this.#come(promise, (own) =>
          name === null
            ? sink('truthy')
            : sink('truthy', undefined, (part) => (part === name ? own : NOTHING)),
        );
        return { settle: this.#one(promise), valued, promise };
      }),
    );
  }

  isRace(node: YieldExpression): boolean {
    return this.#raceOf(node) !== null;
  }

  #raceOf({ argument, delegate }: YieldExpression): RacingEffect | null {
    if (argument === null || delegate || !hasSagas(argument)) return null;
    const effect = this.#effectOf(argument);
    return effect?.kind === 'race' ? effect : null;
  }

  /** What comes of one of several effects, and goes on with what is told of its result. */
  #come(item: Node, sink: (told: Told | null) => Term): Term {
    const effect = this.#effectOf(item);
    const helper = effect?.kind === 'call' ? this.#performed(effect, item) : null;
    if (helper !== null) {
      const { before, target, site } = helper;
      const results = sinks((kind) => seq(this.#onYield, sink(kind === 'any' ? null : { kind })));
      return seq(before, this.#lower.calls.invoke(target, site, 'awaited', results));
    }
    const isTruthy = givesTruthy(item, this.#outside);
    return seq(this.#one(item), this.#onYield, sink(isTruthy ? { kind: 'truthy' } : null));
  }

  #one(item: Node): Term {
    return this.#sagaEffect(item) ?? seq(this.#lower.effects.effect(item), MAY_THROW);
  }

  #together({ items }: RacingEffect): readonly Item[] {
    return items.map((promise) => {
      const settle = this.#one(promise);
      return { settle, valued: settle, promise };
    });
  }

  test(node: YieldExpression, kinds: ReadonlySet<ResultKind>): Test | null {
    const helper = this.#helper(node);
    if (helper === null) return null;
    const { before, target, site } = helper;
    const call = this.#lower.calls.invoke(target, site, 'awaited');
    const outcome = (holds: boolean): Test => after(this.#onYield, constantTest(holds));
    return after(before, {
      kind: 'conditional',
      test: { kind: 'result', call, kinds },
      then: outcome(true),
      else: outcome(false),
    });
  }

  get #onYield(): Term {
    return this.#lower.context.onYield ?? MAY_THROW;
  }

  /** The call that a `yield` waits for, and whose result it is; null where it is none that is seen. */
  #helper({ argument, delegate }: YieldExpression): Helper | null {
    if (argument === null) return null;
    const effect = this.#effectOf(argument);
    if (effect !== null) return effect.kind === 'call' ? this.#performed(effect, argument) : null;
    const generator = delegate ? this.generatorOf(argument) : null;
    const { owner } = this.#lower.context;
    // What a reader does at each `yield` is not told by a call.
    if (generator === null || (owner !== null && this.#reading.has(owner))) return null;
    return this.#delegated(generator);
  }

  /** The function that redux-saga calls for a saga. */
  #performed({ target, args: given }: CallingEffect, site: Node): Helper | null {
    const callee = this.#lower.callees.callee(target);
    if (callee === null) return null;
    const args = given ?? [];
    return {
      before: this.#lower.calls.arguments(args, callee),
      target: { callee, args, isExact: isFunction(unwrap(target)) },
      site,
    };
  }

  /**
   * A generator that another one runs to its end is a helper that is awaited. That the reader of both
   * can leave them at each `yield` is told by its code, as part of the other's.
   */
  #delegated(generator: GeneratorCall): Helper {
    const { call, args, parts, known } = generator;
    const callee = { functions: [known], parameter: null, open: false };
    return {
      before: seq(
        parts,
        this.#lower.calls.arguments(args, { functions: [known], parameter: null }),
        choice(seq(this.#inlined(generator, this.#onYield), NEVER_RETURNS), SKIP),
      ),
      target: { callee, args, isExact: false },
      site: call,
    };
  }

  /** A `yield` of which no more is known than what it does. */
  #unknown({ argument, delegate }: YieldExpression): Term {
    const { isAsync } = this.#lower.context;
    const onYield = this.#onYield;
    if (argument === null) return onYield;
    const isSaga = hasSagas(argument);
    const effect = this.#sagaEffect(argument);
    if (effect !== null) return seq(effect, onYield);
    if (!delegate) {
      const value =
        isAsync || isSaga
          ? this.#lower.awaiting.awaited(argument)
          : this.#lower.effects.effect(argument);
      return seq(value, onYield);
    }
    const generator = this.generatorOf(argument);
    if (generator !== null) {
      const { parts } = generator;
      return seq(parts, seq(this.#arguments(generator), this.#inlined(generator, onYield)));
    }
    const items = this.#lower.callees.items(argument);
    const waited = this.#lower.libraries.waited(argument, null);
    if (waited !== null) return seq(this.#lower.effects.operand(argument), waited, onYield);
    return seq(
      this.#lower.effects.effect(argument),
      items === null ? seq(MAY_THROW, repeated(onYield)) : sequence(items.map(() => onYield)),
    );
  }

  #effectOf(node: Node): SagaEffect | null {
    return sagaEffectOf(node, this.#outside);
  }

  readonly #outside = (callee: Node): External | null => this.#lower.host.outside?.(callee) ?? null;

  /** What redux-saga does with an effect that a saga yields; null for what is none. */
  #sagaEffect(node: Node): Term | null {
    const effect = this.#effectOf(node);
    if (effect === null) return null;
    switch (effect.kind) {
      case 'call':
      case 'fork': {
        const mode = effect.kind === 'call' ? 'awaited' : 'started';
        const helper = this.#performed(effect, node);
        if (helper === null)
          return seq(this.#lower.effects.effects(effect.args ?? []), SUSPEND, MAY_THROW);
        return seq(helper.before, this.#lower.calls.invoke(helper.target, node, mode));
      }
      case 'later':
        return seq(
          this.#lower.effects.effects(effect.args ?? []),
          this.#lower.effects.handedOver(effect.target),
          SUSPEND,
          MAY_THROW,
        );
      case 'all':
      case 'race': {
        const items = this.#together(effect);
        return effect.kind === 'all' ? all(items) : race(items);
      }
    }
  }
}
