/** Generators that are read by other means than a loop: by `next`, a pattern, or what makes a list of them. */

import {
  functionAround,
  isFunction,
  memberName,
  unwrap,
  type CallExpression,
  type Node,
} from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { isInside, LOOPS } from '../../syntax/forms.ts';
import { block, choice, createLabel, exit, MAY_THROW, seq, SKIP } from '../term/make.ts';
import type { Label, Term } from '../term/term.ts';
import { madeAs, usesOf } from './generator-calls.ts';
import type { GeneratorCall, Lower, ReadGenerators } from './parts.ts';

/** What makes a collection of all that it is given. */
const COLLECTIONS: readonly string[] = ['Map', 'Set', 'WeakMap', 'WeakSet'];

export class GeneratorReading implements ReadGenerators {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  spread({ argument, parent }: Node & { readonly type: 'SpreadElement' }): Term | null {
    // An object has the properties of the generator itself.
    return parent?.type === 'ObjectExpression' ? null : this.consumed(argument, true);
  }

  consumed(node: Node, isWhole: boolean): Term | null {
    const { generators } = this.#lower;
    const generator = generators.generatorOf(node);
    if (generator === null || generator.target.async) return null;
    const left = createLabel('reader leaves');
    return this.#readUntil(left, generator, isWhole ? SKIP : choice(SKIP, exit(left)));
  }

  takenApart(pattern: Node, value: Node): Term {
    const read =
      pattern.type === 'ArrayPattern'
        ? this.consumed(value, pattern.elements.at(-1)?.type === 'RestElement')
        : null;
    return read ?? this.#lower.effects.effect(value);
  }

  /** What is read of a generator, until its reader leaves it. */
  #readUntil(left: Label, generator: GeneratorCall, onYield: Term): Term {
    return block(
      left,
      this.#lower.generators.read(generator, false, (round) => round(onYield)),
    );
  }

  collected({
    callee,
    arguments: [first],
  }: Node & { readonly type: 'NewExpression' }): Term | null {
    const isCollection = COLLECTIONS.some((name) => this.#lower.callees.isGlobal(callee, name));
    return isCollection && first !== undefined ? this.consumed(first, true) : null;
  }

  stepped(node: CallExpression): Term | null {
    const { bindings, generators } = this.#lower;
    const method = unwrap(node.callee);
    if (method.type !== 'MemberExpression' || memberName(method) !== 'next') return null;
    const object = unwrap(method.object);
    const variable = object.type === 'Identifier' ? bindings.variable(object) : null;
    const made = variable === null ? object : madeAs(variable);
    if (made === null) return null;
    const generator =
      variable === null ? generators.generatorOf(made) : generators.begunBefore(made);
    const isAwaited = node.parent?.type === 'AwaitExpression';
    if (generator === null || (generator.target.async && !isAwaited)) return null;
    const left = createLabel('yielded');
    const isFirst = variable === null || isReadFirst(object, variable, made);
    const onYield = isFirst ? exit(left) : choice(SKIP, exit(left));
    const step = this.#readUntil(left, generator, onYield);
    return seq(isFirst ? step : choice(step, SKIP), MAY_THROW);
  }
}

/** Whether a name is read for the first time here, and no more than once, since a generator got it. */
function isReadFirst(name: Node, variable: Variable, made: Node): boolean {
  if (usesOf(variable)[0] !== name || functionAround(name) !== functionAround(made)) return false;
  for (let outer = name.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) break;
    if (LOOPS.has(outer.type) && !isInside(made, outer)) return false;
  }
  return true;
}
