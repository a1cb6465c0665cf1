/** What a name stands for that a list gives it, one element after the other, and which literals hold what has a name. */

import {
  isFunction,
  keyName,
  memberName,
  unwrap,
  type ArrayExpression,
  type FunctionNode,
  type Node,
  type ObjectExpression,
  type Program,
} from '../syntax/ast.ts';
import {
  initializerOf,
  isNeverReassigned,
  type Bindings,
  type Definition,
  type Variable,
} from '../syntax/bindings.ts';
import { nodesOf } from '../syntax/by-type.ts';
import { usedIn } from '../syntax/forms.ts';
import { stepsTo, type Step } from '../syntax/patterns.ts';
import { candidatesIn } from './members.ts';
import type { Values } from './resolve.ts';
import { MAX_VALUES, NOTHING, type Value } from './sets.ts';

type Literal = ObjectExpression | ArrayExpression;

/** Lists in lists are followed so deeply. */
const MAX_DEPTH = 4;

/** Methods of a list that give each of its elements to a function, first of all. */
const EACH: ReadonlySet<string> = new Set([
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'flatMap',
  'forEach',
  'map',
  'some',
]);

/** The holders of one file. */
export class Holders {
  readonly #program: Program;
  readonly #bindings: Bindings;
  readonly #values: Values;
  readonly #each = new Map<Variable, readonly Value[]>();
  /** The literals in which others stand by their names, by these others. */
  #byName: ReadonlyMap<Node, readonly Literal[]> | null = null;

  constructor(program: Program, bindings: Bindings, values: Values) {
    this.#program = program;
    this.#bindings = bindings;
    this.#values = values;
  }

  /** What an expression can be, that of a list's elements too where they are given to a name. */
  valuesOf(node: Node): readonly Value[] {
    return this.#valuesOf(node, 0);
  }

  #valuesOf(node: Node, depth: number): readonly Value[] {
    const values = this.#values.of(node);
    const name = unwrap(node);
    if (depth > MAX_DEPTH || name.type !== 'Identifier') return values;
    const variable = this.#bindings.variable(name);
    const elements = variable === null ? NOTHING : this.#elementsIn(variable, depth);
    return elements.length === 0 ? values : [...values, ...elements];
  }

  /** What the elements of lists give to a variable that goes through them; nothing of too many. */
  #elementsIn(variable: Variable, depth: number): readonly Value[] {
    const known = this.#each.get(variable);
    if (known !== undefined) return known;
    this.#each.set(variable, NOTHING);
    const [definition] = variable.defs;
    const found: Value[] = [];
    for (const { list, pattern } of definition === undefined ? [] : this.#listsOf(definition)) {
      const steps = stepsTo(pattern, variable.defs[0]?.name ?? pattern) ?? [];
      for (const value of this.#valuesOf(list, depth + 1)) {
        if (value.kind !== 'array') continue;
        for (const element of value.node.elements.slice(0, MAX_VALUES)) {
          const taken = element === null ? null : this.#taken(element, steps, depth + 1);
          if (taken !== null) found.push(...this.#valuesOf(taken, depth + 1));
        }
      }
    }
    const elements = found.length > MAX_VALUES ? NOTHING : found;
    this.#each.set(variable, elements);
    return elements;
  }

  /** What a pattern takes out of an element that is written where it stands; null where that is not seen. */
  #taken(element: Node, steps: readonly Step[], depth: number): Node | null {
    let at: Node | null = element;
    for (const step of steps) {
      const values: readonly Value[] = at === null ? NOTHING : this.#valuesOf(at, depth);
      at = values[0] === undefined || values.length > 1 ? null : partOf(values[0], step);
    }
    return at?.type === 'SpreadElement' ? null : at;
  }

  /** The lists whose elements a variable is given, one after the other, with the pattern that gets them. */
  #listsOf({ type, node }: Definition): readonly { readonly list: Node; readonly pattern: Node }[] {
    if (type === 'Parameter') {
      const pattern = isFunction(node) ? node.params[0] : undefined;
      if (pattern === undefined || !isFunction(node)) return [];
      return this.#usesOf(node).flatMap((use) => {
        const list = listBefore(use);
        return list === null ? [] : [{ list, pattern }];
      });
    }
    const loop = node.parent?.parent;
    return node.type === 'VariableDeclarator' &&
      loop?.type === 'ForOfStatement' &&
      loop.left === node.parent
      ? [{ list: loop.right, pattern: node.id }]
      : [];
  }

  /** Where a function stands, and its name. */
  #usesOf(node: FunctionNode): readonly Node[] {
    const { parent } = node;
    const isHeld = parent?.type === 'VariableDeclarator' && parent.init === node;
    const name = node.type === 'FunctionDeclaration' ? node.id : isHeld ? parent.id : null;
    const variable = name === null ? null : this.#bindings.variable(name);
    return [node, ...(variable?.references ?? []).map(({ identifier }) => usedIn(identifier))];
  }

  /** The literals that hold another: that which it is written in, and those in which its name stands. */
  of(literal: Literal): readonly Literal[] {
    this.#byName ??= this.#index();
    const named = this.#byName.get(literal) ?? [];
    const outer = outerOf(literal);
    return outer === null ? named : [outer, ...named];
  }

  #index(): ReadonlyMap<Node, readonly Literal[]> {
    const holders = new Map<Node, Literal[]>();
    const add = (part: Node | null, holder: Literal): void => {
      const literal = part === null ? null : this.#literalOf(part);
      if (literal === null) return;
      const known = holders.get(literal);
      if (known === undefined) holders.set(literal, [holder]);
      else known.push(holder);
    };
    for (const node of nodesOf(this.#program, 'ObjectExpression')) {
      for (const part of node.properties) {
        if (part.type === 'Property' && part.kind === 'init') add(part.value, node);
      }
    }
    for (const node of nodesOf(this.#program, 'ArrayExpression')) {
      for (const element of node.elements) add(element, node);
    }
    return holders;
  }

  /** The literal that a name is bound to. */
  #literalOf(name: Node): Node | null {
    const inner = unwrap(name);
    const variable = inner.type === 'Identifier' ? this.#bindings.variable(inner) : null;
    const init = variable !== null && isNeverReassigned(variable) ? initializerOf(variable) : null;
    const literal = init === null ? null : unwrap(init);
    return literal?.type === 'ObjectExpression' || literal?.type === 'ArrayExpression'
      ? literal
      : null;
  }
}

/** What a step of a pattern takes out of a literal. */
function partOf(value: Value, step: Step): Node | null {
  if (step.kind === 'element' && value.kind === 'array') {
    return value.node.elements[step.index] ?? null;
  }
  if (step.kind !== 'property' || value.kind !== 'object') return null;
  const name = keyName(step.node.key, step.node.computed);
  const [part] = name === null ? [] : candidatesIn(value.node, name);
  return part?.type === 'Property' && part.kind === 'init' ? part.value : null;
}

/** The list that gives its elements to a function; null where it is not given to one that does. */
function listBefore(callback: Node): Node | null {
  const call = callback.parent;
  if (call?.type !== 'CallExpression' || call.arguments[0] !== callback) return null;
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && EACH.has(memberName(callee) ?? '')
    ? callee.object
    : null;
}

/** The literal that another is a part of. */
function outerOf({ parent }: Literal): Literal | null {
  const outer = (parent?.type === 'Property' ? parent.parent : parent) ?? null;
  return outer?.type === 'ObjectExpression' || outer?.type === 'ArrayExpression' ? outer : null;
}
