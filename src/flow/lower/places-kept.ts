/** The places that promises are kept in, and what is kept there at first. */

import {
  constructorOf,
  isClass,
  isFunction,
  isNode,
  isWithin,
  memberName,
  unwrap,
  type ClassNode,
  type Node,
} from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { isNothing, statementsOf } from '../../syntax/forms.ts';
import { ownerOf } from './atoms.ts';
import type { Test } from '../term/term.ts';
import type { CalledIn } from './called-in.ts';
import { isGivenAtFirst } from './given-by-calls.ts';
import { isFilling, type IsSame } from './stored.ts';

/** A place that a promise is kept in. */
export interface Stored {
  readonly use: Node;
  /** All that is ever kept there. */
  readonly sources: readonly Node[];
  /** What takes away what is kept there. */
  readonly taken: readonly Node[];
  /** Where it is declared; null where that is not here. */
  readonly declaration: Node | null;
  /** Whether it can have been put there before this function was called. */
  readonly isOuter: boolean;
  /** Whether the code around the use tells that it holds something. */
  readonly isMade: boolean;
  /** Whether it holds something from the start. */
  readonly startsMade: boolean;
  /** What it holds at first, where that is not among the sources. */
  readonly startsAs: 'undefined' | 'anything' | null;
  /** The test whether it holds something; null where nothing is known of that. */
  readonly truth: Test | null;
  /** Whether an expression reads or writes it. */
  readonly reads: (node: Node) => boolean;
}

/** Whether it matters for what an expression gives whether that is known to be more than nothing. */
export function mayBeNothing(source: Node): boolean {
  const inner = unwrap(source);
  if (inner.type !== 'CallExpression') return true;
  const callee = unwrap(inner.callee);
  return callee.type === 'MemberExpression' && memberName(callee) === 'get';
}

export function startsWithValue({ defs: [definition] }: Variable): boolean {
  const declarator = definition?.node;
  return (
    declarator?.type === 'VariableDeclarator' &&
    declarator.init !== null &&
    !isNothing(declarator.init)
  );
}

/** Whether a source is the first value of a property, where its owner is made. */
function isFirst(source: Node): boolean {
  const { parent } = source;
  if (parent?.type !== 'AssignmentExpression') return true;
  const maker = ownerOf(source)?.parent;
  return maker?.type === 'MethodDefinition' && maker.kind === 'constructor';
}

/**
 * Whether a place keeps one thing for good: it is put there at first, or where there is nothing, and
 * nothing ever takes its place.
 */
export function isKeptForGood(sources: readonly Node[], isSame: IsSame): boolean {
  const [kept, ...others] = sources.filter((source) => !isNothing(source));
  if (kept === undefined || others.length > 0) return false;
  return sources.every(
    (source) => isFirst(source) || (source === kept && isFilling(source, isSame)),
  );
}

/** Whether a source is what a place is declared with. */
export function isDeclared({ parent }: Node): boolean {
  return parent?.type !== 'AssignmentExpression';
}

/**
 * What a property holds at first that is not among all that it is seen to be given.
 *
 * @param isAll whether all that it can be given is seen
 * @param isThere whether it is given something where its owner is made
 */
export function startOf(isAll: boolean, isThere: boolean): Stored['startsAs'] {
  if (!isAll) return 'anything';
  return isThere ? null : 'undefined';
}

/** The code that makes what has a property: a constructor, or a block of the class itself. */
interface Maker {
  readonly owner: ClassNode;
  readonly code: Node;
  readonly statements: readonly Node[];
}

/** Whether what makes the owner of a property gives it something, before anything else of it can be run. */
export class GivenWhereMade {
  readonly #called: CalledIn;
  /** By the first of all that a property is given. */
  readonly #known = new Map<Node, boolean>();

  constructor(called: CalledIn) {
    this.#called = called;
  }

  /** @param use where the property is used, which is told nothing in the code that makes its owner */
  has(sources: readonly Node[], use: Node): boolean {
    const [first] = sources;
    const maker = makerOf(sources);
    if (first === undefined || maker === null || isWithin(use, maker.code)) return false;
    let isGiven = this.#known.get(first);
    if (isGiven === undefined) {
      const { owner, statements } = maker;
      isGiven = isGivenAtFirst(sources, statements, (call) =>
        this.#called.functionsOf(call).filter((one) => isNode(one) && isWithin(one, owner)),
      );
      this.#known.set(first, isGiven);
    }
    return isGiven;
  }
}

/** What makes the owner of a property that is given these; null where that is no class. */
function makerOf(sources: readonly Node[]): Maker | null {
  for (const source of sources) {
    if (isDeclared(source)) continue;
    let block: Node | null = null;
    for (let outer = source.parent ?? null; outer !== null; outer = outer.parent ?? null) {
      if (outer.type === 'StaticBlock') block ??= outer;
      if (!isClass(outer)) continue;
      const code = block ?? constructorOf(outer);
      const body = code !== null && isFunction(code) ? code.body : code;
      const statements = body === null ? null : statementsOf(body);
      if (code !== null && statements !== null) return { owner: outer, code, statements };
      break;
    }
  }
  return null;
}

/** What a place is given, but for the nothing that it is declared with. */
export function withoutFirst(sources: readonly Node[]): readonly Node[] {
  return sources.filter((source) => !isNothing(source) || !isDeclared(source));
}
