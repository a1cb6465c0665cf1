/** Which generator an expression gives that is read. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import { initializerOf, isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import type { Value } from '../../values/resolve.ts';
import { SKIP } from '../term/make.ts';
import type { FunctionTerm, Term } from '../term/term.ts';
import type { GeneratorCall, Lower } from './parts.ts';

/** The methods that give what goes through an object. */
const ITERATORS: readonly string[] = ['@@iterator', '@@asyncIterator'];

/** Expressions that may be an object which is gone through. */
const HAVE_ITERATORS: ReadonlySet<string> = new Set([
  'Identifier',
  'MemberExpression',
  'NewExpression',
  'ThisExpression',
]);

export class GeneratorCalls {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /**
   * The call of a generator that is seen, by its name too where that stands nowhere else, or what an object
   * gives that is gone through.
   *
   * @param reading the generators whose code is being lowered
   */
  of(node: Node, reading: ReadonlySet<Node>): GeneratorCall | null {
    const inner = unwrap(node);
    const made = this.#madeOnce(inner);
    if (made !== null) return this.begunBefore(made, reading);
    const generator = this.#calledAt(inner);
    return generator === null || reading.has(generator.target) ? null : generator;
  }

  #calledAt(inner: Node): GeneratorCall | null {
    if (inner.type !== 'CallExpression') return this.#iterated(inner);
    const callee = this.#lower.callees.callee(inner.callee);
    if (callee === null || callee.open) return null;
    const parts = this.#lower.calls.calleeParts(inner);
    return this.#of(inner, inner.arguments, callee.functions, inner.callee, parts);
  }

  /** A generator that was called before, where it has a name: what it is given has been evaluated. */
  begunBefore(made: Node, reading: ReadonlySet<Node>): GeneratorCall | null {
    const generator = unwrap(made).type === 'CallExpression' ? this.of(made, reading) : null;
    return generator && { ...generator, parts: SKIP, isBegun: true };
  }

  /** What an object gives that is gone through. */
  #iterated(node: Node): GeneratorCall | null {
    const { callees, values } = this.#lower;
    const [owner, ...others] = HAVE_ITERATORS.has(node.type) ? values.of(node) : [];
    if (owner === undefined || others.length > 0) return null;
    const given = ITERATORS.flatMap((name) => values.member(owner, name));
    const callee = callees.amongValues(given);
    if (callee === null || callee.open) return null;
    const parts = this.#lower.effects.operand(node);
    return this.#of(node, [], callee.functions, given, parts);
  }

  #of(
    call: Node,
    args: readonly Node[],
    [known, ...others]: readonly FunctionTerm[],
    callee: Node | readonly Value[],
    parts: Term,
  ): GeneratorCall | null {
    if (known === undefined || others.length > 0) return null;
    const values = 'type' in callee ? this.#lower.values.of(callee) : callee;
    const [target] = values.flatMap((value) => (value.kind === 'function' ? [value.node] : []));
    const isReadable = known.isGenerator && target !== undefined && target.body !== null;
    return isReadable ? { call, args, target, parts, known } : null;
  }

  /** What a name holds that stands here, and nowhere else; null for any other expression. */
  #madeOnce(node: Node): Node | null {
    const variable = node.type === 'Identifier' ? this.#lower.bindings.variable(node) : null;
    return variable !== null && usesOf(variable).length === 1 ? madeAs(variable) : null;
  }
}

/** The call whose result a variable always holds. */
export function madeAs(variable: Variable): Node | null {
  const made = isNeverReassigned(variable) ? initializerOf(variable) : null;
  return made !== null && unwrap(made).type === 'CallExpression' ? made : null;
}

/** Where a variable stands, but for where it is declared. */
export function usesOf({ references }: Variable): readonly Node[] {
  return references.flatMap(({ init, identifier }) => (init === true ? [] : [identifier]));
}
