/** Loops that count from one constant to another, and how their counters compare in a round. */

import { codeAround, isWithin, unwrap, type Node } from '../../syntax/ast.ts';
import {
  initializerOf,
  isNeverReassigned,
  type Bindings,
  type Variable,
} from '../../syntax/bindings.ts';

export type ForStatement = Node & { type: 'ForStatement' };

/** All numbers from one to another, both of which are among them. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A loop that counts, with at least one round. */
export interface Counted {
  readonly counter: Variable;
  /** What the counter is in the first round, */
  readonly first: number;
  /** in those between the first and the last, if there are any, */
  readonly between: Range | null;
  /** and in the last. */
  readonly last: number;
  /** How many rounds there are, where none ends the loop. */
  readonly rounds: number;
  /** Whether it is compared with something in a round. */
  readonly isCompared: boolean;
}

type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** Comparisons, by their operators, */
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['==', '=='],
  ['===', '=='],
  ['!=', '!='],
  ['!==', '!='],
]);

/** and with the sides changed. */
const TURNED: Readonly<Record<Comparison, Comparison>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

/** Constants that are made of each other more deeply than this are not known. */
const MAX_NESTED = 8;

export class Counters {
  readonly #bindings: Bindings;
  /** The counters of the loops whose rounds are being lowered, and the code that these are in. */
  readonly #known = new Map<Variable, { readonly range: Range; readonly code: Node | null }>();

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** Lowers a round in which a counter is in a range. */
  during<T>(loop: ForStatement, counter: Variable, range: Range, lower: () => T): T {
    this.#known.set(counter, { range, code: codeAround(loop) });
    try {
      return lower();
    } finally {
      this.#known.delete(counter);
    }
  }

  /** What a counter compares to a constant, in each round that is being lowered; null where it differs. */
  compared({ left, right, operator }: Node & { type: 'BinaryExpression' }): boolean | null {
    const comparison = COMPARISONS.get(operator);
    if (comparison === undefined || this.#known.size === 0) return null;
    const one = this.#range(left);
    const other = this.#range(right);
    return one === null || other === null ? null : compare(one, comparison, other);
  }

  /** Whether a counter is truthy; null where that is not known. */
  isTruthy(name: Node): boolean | null {
    const range = this.#known.size === 0 ? null : this.#rangeOf(name);
    if (range === null) return null;
    const isZero = compare(range, '==', { from: 0, to: 0 });
    return isZero === null ? null : !isZero;
  }

  /** How a loop counts; null for any other loop. */
  counted({ init, test, update, body }: ForStatement): Counted | null {
    if (init?.type !== 'VariableDeclaration' || test === null) return null;
    const [declarator] = init.declarations;
    if (declarator?.id.type !== 'Identifier' || declarator.init === null) return null;
    const counter = this.#bindings.variable(declarator.id);
    const from = this.#number(declarator.init);
    const step = update === null || counter === null ? null : this.#step(update, counter);
    if (counter === null || from === null || step === null) return null;
    const writes = counter.references.filter((one) => one.isWrite());
    if (writes.length !== 2) return null;
    const end = this.#end(unwrap(test), counter, step);
    if (end === null) return null;
    const rounds = (end - from) * step + 1;
    if (rounds < 1 || !Number.isSafeInteger(rounds)) return null;
    const last = from + (rounds - 1) * step;
    const isCompared = counter.references.some(
      ({ identifier }) => isWithin(identifier, body) && isComparedAt(identifier),
    );
    return {
      counter,
      first: from,
      between: rounds < 3 ? null : spanning(from + step, last - step),
      last,
      rounds,
      isCompared,
    };
  }

  /** What an update adds to a counter: 1 or -1; null for anything else. */
  #step(update: Node, counter: Variable): 1 | -1 | null {
    const inner = unwrap(update);
    if (inner.type === 'UpdateExpression') {
      if (this.#bindings.variable(unwrap(inner.argument)) !== counter) return null;
      return inner.operator === '++' ? 1 : -1;
    }
    if (inner.type !== 'AssignmentExpression') return null;
    if (this.#bindings.variable(unwrap(inner.left)) !== counter) return null;
    if (inner.operator !== '+=' && inner.operator !== '-=') return null;
    if (this.#number(inner.right) !== 1) return null;
    return inner.operator === '+=' ? 1 : -1;
  }

  /** The last number for which a test goes on; null where that is not known. */
  #end(test: Node, counter: Variable, step: 1 | -1): number | null {
    if (test.type !== 'BinaryExpression') return null;
    const isLeft = this.#bindings.variable(unwrap(test.left)) === counter;
    const isRight = this.#bindings.variable(unwrap(test.right)) === counter;
    const comparison = COMPARISONS.get(test.operator);
    if (isLeft === isRight || comparison === undefined) return null;
    const bound = this.#number(isLeft ? test.right : test.left);
    if (bound === null) return null;
    switch (isLeft ? comparison : TURNED[comparison]) {
      case '<':
        return step === 1 ? bound - 1 : null;
      case '<=':
        return step === 1 ? bound : null;
      case '>':
        return step === -1 ? bound + 1 : null;
      case '>=':
        return step === -1 ? bound : null;
      default:
        return null;
    }
  }

  #range(node: Node): Range | null {
    const number = this.#number(node);
    if (number !== null) return { from: number, to: number };
    const inner = unwrap(node);
    if (inner.type === 'Identifier') return this.#rangeOf(inner);
    if (inner.type !== 'BinaryExpression') return null;
    if (inner.operator !== '+' && inner.operator !== '-') return null;
    const range = this.#range(inner.left);
    const added = this.#number(inner.right);
    if (range === null || added === null) return null;
    const by = inner.operator === '+' ? added : -added;
    return { from: range.from + by, to: range.to + by };
  }

  #rangeOf(name: Node): Range | null {
    const variable = this.#bindings.variable(name);
    const known = variable === null ? undefined : this.#known.get(variable);
    // What runs later may run in another round.
    return known?.code === codeAround(name) ? known.range : null;
  }

  /** The whole number that a constant is; null where it is none. */
  #number(node: Node, depth = 0): number | null {
    if (depth > MAX_NESTED) return null;
    const inner = unwrap(node);
    switch (inner.type) {
      case 'Literal':
        return Number.isSafeInteger(inner.value) ? Number(inner.value) : null;
      case 'UnaryExpression': {
        const number = inner.operator === '-' ? this.#number(inner.argument, depth + 1) : null;
        return number === null ? null : -number;
      }
      case 'Identifier': {
        const variable = this.#bindings.variable(inner);
        const value =
          variable !== null && isNeverReassigned(variable) ? initializerOf(variable) : null;
        return value === null ? null : this.#number(value, depth + 1);
      }
      case 'BinaryExpression': {
        if (inner.operator !== '+' && inner.operator !== '-') return null;
        const left = this.#number(inner.left, depth + 1);
        const right = left === null ? null : this.#number(inner.right, depth + 1);
        if (left === null || right === null) return null;
        return inner.operator === '+' ? left + right : left - right;
      }
      default:
        return null;
    }
  }
}

/** All numbers between two, and these. */
export function spanning(one: number, other: number): Range {
  return { from: Math.min(one, other), to: Math.max(one, other) };
}

/** How all numbers of one range compare to all of another; null where they differ. */
function compare(one: Range, comparison: Comparison, other: Range): boolean | null {
  switch (comparison) {
    case '<':
      return one.to < other.from ? true : one.from >= other.to ? false : null;
    case '<=':
      return one.to <= other.from ? true : one.from > other.to ? false : null;
    case '>':
      return compare(other, '<', one);
    case '>=':
      return compare(other, '<=', one);
    case '==':
      if (one.to < other.from || other.to < one.from) return false;
      return one.from === one.to && other.from === other.to ? true : null;
    case '!=': {
      const isEqual = compare(one, '==', other);
      return isEqual === null ? null : !isEqual;
    }
  }
}

/** Whether a name, or a sum of it, is compared with something, or tested. */
function isComparedAt(identifier: Node): boolean {
  let inner = identifier;
  for (let outer = inner.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (outer.type === 'BinaryExpression') {
      if (COMPARISONS.has(outer.operator)) return true;
    } else if (outer.type === 'IfStatement' || outer.type === 'ConditionalExpression') {
      return outer.test === inner;
    } else if (outer.type === 'LogicalExpression') {
      return true;
    } else if (outer.type === 'UnaryExpression') {
      return outer.operator === '!';
    } else if (unwrap(outer) === outer) {
      return false;
    }
    inner = outer;
  }
  return false;
}
