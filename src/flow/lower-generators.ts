/** Generators, read where they are consumed, and the effects that sagas yield. */

import { isFunction, unwrap, type CallExpression, type FunctionNode, type Node } from './ast.ts';
import { Exits, newContext } from './lower-context.ts';
import type { Lower } from './lower-types.ts';
import { all, race, repeated } from './promises.ts';
import { sagaEffectOf } from './sagas.ts';
import {
  attempt,
  block,
  createLabel,
  exit,
  MAY_THROW,
  RAISE,
  RESULT_KINDS,
  seq,
  sequence,
  SKIP,
  SUSPEND,
  type FunctionTerm,
  type Term,
} from './term.ts';

interface GeneratorCall {
  readonly call: CallExpression;
  readonly target: FunctionNode;
  readonly known: FunctionTerm;
  /** What is evaluated before the call. */
  readonly parts: Term;
}

export class Generators {
  readonly #lower: Lower;
  /** Generators whose code is being lowered as part of their reader's. */
  readonly #reading = new Set<Node>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /** The call of a generator that is seen; null for anything else. */
  generatorOf(node: Node): GeneratorCall | null {
    const call = unwrap(node);
    if (call.type !== 'CallExpression') return null;
    const callee = this.#lower.callees.callee(call.callee);
    const [known, ...others] = callee?.functions ?? [];
    if (known === undefined || others.length > 0 || callee?.open === true) return null;
    const target = this.#lower.values
      .of(call.callee)
      .flatMap((value) => (value.kind === 'function' ? [value.node] : []))[0];
    const isReadable =
      known.isGenerator &&
      target !== undefined &&
      !this.#reading.has(target) &&
      target.body !== null;
    return isReadable ? { call, target, parts: this.#lower.calls.calleeParts(call), known } : null;
  }

  /**
   * Reads a generator to its end: its code, with the reader's in place of each `yield`. A reader
   * that throws or leaves runs the generator's `finally`, and none of its `catch`.
   */
  read(
    { call, target, parts, known }: GeneratorCall,
    isAwaited: boolean,
    lower: (round: (body: Term) => Term) => Term,
  ): Term {
    const wait = isAwaited ? SUSPEND : SKIP;
    const round = (body: Term): Term => {
      const failed = createLabel('reader throws');
      const done = createLabel('generator ends');
      const onYield = seq(wait, attempt(body, exit(failed), null));
      const code = seq(this.#inlined(target, onYield), wait, exit(done));
      return block(done, seq(block(failed, code), RAISE));
    };
    return seq(parts, this.#lower.calls.arguments(call.arguments, [known]), lower(round));
  }

  /** The code of a generator, as part of the code that reads it. */
  #inlined(target: FunctionNode, onYield: Term): Term {
    const outer = this.#lower.context;
    const context = newContext(target, target.async, new Exits(), onYield);
    this.#lower.context = context;
    this.#reading.add(target);
    try {
      let body = this.#lower.definitions.functionBody(target);
      for (const { label, settle } of context.pending) {
        body = seq(block(label, seq(body, exit(context.returns.nullish))), SUSPEND, settle);
      }
      for (const kind of RESULT_KINDS) body = block(context.returns[kind], body);
      body = block(context.returns.any, body);
      return body;
    } finally {
      this.#reading.delete(target);
      this.#lower.context = outer;
    }
  }

  yield(node: Node & { type: 'YieldExpression' }): Term {
    const { isAsync, onYield: read } = this.#lower.context;
    const onYield = read ?? MAY_THROW;
    const { argument, delegate } = node;
    if (argument === null) return onYield;
    const effect = this.#lower.hasSagas ? this.#sagaEffect(argument) : null;
    if (effect !== null) return seq(effect, onYield);
    if (!delegate) {
      const value =
        isAsync || this.#lower.hasSagas
          ? this.#lower.awaiting.awaited(argument)
          : this.#lower.effects.effect(argument);
      return seq(value, onYield);
    }
    const generator = this.generatorOf(argument);
    if (generator !== null) {
      const { call, target, parts, known } = generator;
      return seq(
        parts,
        this.#lower.calls.arguments(call.arguments, [known]),
        this.#inlined(target, onYield),
      );
    }
    const items = this.#lower.callees.items(argument);
    return seq(
      this.#lower.effects.effect(argument),
      items === null ? seq(MAY_THROW, repeated(onYield)) : sequence(items.map(() => onYield)),
    );
  }

  /** What redux-saga does with an effect that a saga yields; null for what is none. */
  #sagaEffect(node: Node): Term | null {
    const effect = sagaEffectOf(node, this.#lower.bindings);
    if (effect === null) return null;
    switch (effect.kind) {
      case 'call':
      case 'fork': {
        const mode = effect.kind === 'call' ? 'awaited' : 'started';
        const callee = this.#lower.callees.callee(effect.target);
        if (callee === null)
          return seq(this.#lower.effects.effects(effect.args), SUSPEND, MAY_THROW);
        const target = { callee, args: effect.args, isExact: isFunction(unwrap(effect.target)) };
        return seq(
          this.#lower.calls.arguments(effect.args, callee.functions),
          this.#lower.calls.invoke(target, node, mode),
        );
      }
      case 'all':
      case 'race': {
        const items = effect.items.map(
          (item) => this.#sagaEffect(item) ?? seq(this.#lower.effects.effect(item), MAY_THROW),
        );
        return effect.kind === 'all' ? all(items) : race(items);
      }
    }
  }
}
