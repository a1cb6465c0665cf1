/**
 * Which of the values that a variable is given, one after the other, it can have where it is read. It
 * is told by how statements follow each other, in one walk of the block that declares it.
 */

import { childrenOf, codeAround, isFunction, isWithin, unwrap, type Node } from '../syntax/ast.ts';
import {
  initializerOf,
  isNeverReassigned,
  type Bindings,
  type Variable,
} from '../syntax/bindings.ts';
import { pathOf } from '../syntax/forms.ts';
import { endOf, offsetOf } from '../syntax/places.ts';

/** What a variable can have been given last; null stands for nothing yet. */
export type Reaching = ReadonlySet<Node | null>;

/** What constants are made of is looked for so deeply. */
const MAX_DEPTH = 3;

/** A variable that is given more values than this is not followed. */
const MAX_WRITES = 16;

/** No run comes there. */
const NEVER: Reaching = new Set();

/** What is known of the file around. */
export interface Around {
  readonly bindings: Bindings;
  /** Whether a test always turns out true, or always false; null for others. */
  outcome(test: Node): boolean | null;
}

/** By each reading of a variable, what it can have been given; null where that is not known. */
export function reachingOf(variable: Variable, around: Around): ReadonlyMap<Node, Reaching> | null {
  const [definition, ...others] = variable.defs;
  const declarator = definition?.node;
  if (declarator?.type !== 'VariableDeclarator' || others.length > 0) return null;
  if (declarator.id !== definition?.name) return null;
  const declaration = declarator.parent;
  const statement =
    declaration?.parent?.type === 'ExportNamedDeclaration' ? declaration.parent : declaration;
  const block = statement?.parent;
  if (block?.type !== 'Program' && block?.type !== 'BlockStatement') return null;
  const code = codeAround(declarator);
  const writes = new Map<Node, Node>();
  const uses: Node[] = [];
  for (const reference of variable.references) {
    const { identifier } = reference;
    if (reference.init === true) continue;
    if (!isWithin(identifier, block)) return null;
    uses.push(identifier);
    if (!reference.isWrite()) continue;
    const assignment = identifier.parent;
    const isPlain =
      assignment?.type === 'AssignmentExpression' &&
      assignment.left === identifier &&
      assignment.parent?.type === 'ExpressionStatement' &&
      codeAround(identifier) === code;
    if (!isPlain || writes.size >= MAX_WRITES) return null;
    writes.set(identifier, assignment.operator === '=' ? assignment.right : assignment);
  }
  uses.sort((one, other) => offsetOf(one) - offsetOf(other));
  const walk = new Walk(declarator, code, writes, around);
  const last = walk.list(block.body, [declarator.id, ...uses], NEVER);
  return walk.finished(block.type === 'Program' ? last : null);
}

/**
 * Adds what an expression reads, as paths of names, and what the constants among these are made of. One
 * name too many makes less known, so what is bound to them does not matter.
 */
function addNames(node: Node, names: Set<string>, bindings: Bindings, depth = 0): void {
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type !== 'Identifier' && next.type !== 'MemberExpression') {
      open.push(...childrenOf(next));
      continue;
    }
    const variable = next.type === 'Identifier' ? bindings.variable(next) : null;
    const initial =
      variable !== null && isNeverReassigned(variable) ? initializerOf(variable) : null;
    const path = pathOf(next);
    if (!names.has(path) && initial !== null && depth < MAX_DEPTH) {
      addNames(initial, names, bindings, depth + 1);
    }
    names.add(path);
    if (path.startsWith('?')) open.push(...childrenOf(next));
  }
}

/** Whether a `break` is not the last of these statements, or of a block of them. */
function breaksWithin(statements: readonly Node[]): boolean {
  return statements.some((statement) => {
    if (statement.type === 'BlockStatement') return breaksWithin(statement.body);
    const isLast = statement === statements.at(-1);
    return isLast && statement.type === 'BreakStatement'
      ? statement.label !== null
      : hasBreak(statement);
  });
}

function hasBreak(statement: Node): boolean {
  const open = [statement];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === 'BreakStatement') return true;
    if (!isFunction(next)) open.push(...childrenOf(next));
  }
  return false;
}

/** Whether a test compares which of two things is more. */
function compares(test: Node): boolean {
  const open = [test];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === 'BinaryExpression' && /^[<>]=?$/.test(next.operator)) return true;
    open.push(...childrenOf(next));
  }
  return false;
}

class Walk {
  readonly #declarator: Node & { readonly type: 'VariableDeclarator' };
  readonly #code: Node;
  readonly #writes: ReadonlyMap<Node, Node>;
  readonly #found = new Map<Node, Reaching>();
  /** Readings in functions that run later. */
  readonly #later: Node[] = [];
  /** What the variable has where a `break` ends the case of a `switch`. */
  #left = NEVER;
  readonly #around: Around;
  readonly #names = new Map<Node, ReadonlySet<string>>();
  /** Whether what the variable is given goes by what it has been given before. */
  #isBound = false;

  constructor(
    declarator: Node & { readonly type: 'VariableDeclarator' },
    code: Node,
    writes: ReadonlyMap<Node, Node>,
    around: Around,
  ) {
    this.#around = around;
    this.#declarator = declarator;
    this.#code = code;
    this.#writes = writes;
  }

  /** @param last what the variable has once the module has run; null where it is not one of a module */
  finished(last: Reaching | null): ReadonlyMap<Node, Reaching> | null {
    if (this.#isBound) return null;
    for (const use of this.#later) {
      const isSettled = [...this.#writes.keys()].every((write) => offsetOf(write) < offsetOf(use));
      if (isSettled) continue;
      if (last === null) this.#found.delete(use);
      else this.#found.set(use, last);
    }
    return this.#found;
  }

  /** @param uses where the variable is named in these statements, in their order */
  list(statements: readonly Node[], uses: readonly Node[], before: Reaching): Reaching {
    let reaching = before;
    let done: Node | undefined;
    for (let next = 0; next < uses.length;) {
      const first = next;
      const statement = statementAt(statements, uses[first]);
      while (statement !== undefined && isIn(uses[next], statement)) next++;
      if (statement === undefined || next === first) break;
      reaching = this.#statement(statement, uses.slice(first, next), reaching);
      done = statement;
    }
    const last = statements.at(-1);
    // It may leave without naming the variable.
    return last === undefined || last === done ? reaching : this.#statement(last, [], reaching);
  }

  #statement(node: Node, uses: readonly Node[], before: Reaching): Reaching {
    switch (node.type) {
      case 'ReturnStatement':
      case 'ThrowStatement':
        this.#read(uses, before);
        return NEVER;
      case 'BreakStatement':
      case 'ContinueStatement':
        this.#left = union(this.#left, before);
        return NEVER;
      case 'BlockStatement':
        return this.list(node.body, uses, before);
      case 'ExportNamedDeclaration':
        return node.declaration === null ? before : this.#statement(node.declaration, uses, before);
      case 'VariableDeclaration': {
        this.#read(uses, before);
        if (!node.declarations.some((one) => one === this.#declarator)) return before;
        return new Set([this.#declarator.init]);
      }
      case 'ExpressionStatement': {
        this.#read(uses, before);
        const expression = unwrap(node.expression);
        const target = expression.type === 'AssignmentExpression' ? expression.left : null;
        const value = target === null ? undefined : this.#writes.get(target);
        return value === undefined ? before : new Set([value]);
      }
      case 'IfStatement':
        return this.#if(node, uses, before);
      case 'SwitchStatement':
        return this.#switch(node, uses, before);
      case 'TryStatement':
        return this.#try(node, uses, before);
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return this.#loop(node, uses, before);
      case 'LabeledStatement':
        if (this.#writtenIn(node).size > 0) this.#isBound = true;
        return this.#statement(node.body, uses, before);
      default:
        this.#read(uses, before);
        return before;
    }
  }

  #if(first: Node, uses: readonly Node[], before: Reaching): Reaching {
    let after = NEVER;
    for (let node = first; ;) {
      if (node.type !== 'IfStatement')
        return union(after, this.#statement(node, within(uses, node), before));
      this.#read(within(uses, node.test), before);
      const outcome = this.#outcome(node.test, node, before);
      if (outcome !== false) after = union(after, this.#part(node.consequent, uses, before));
      if (outcome === true) return after;
      if (node.alternate === null) return union(after, before);
      node = node.alternate;
    }
  }

  /**
   * How a test turns out that decides whether the variable is given something. What it is told of what
   * the variable has, or how much it is given, is not followed.
   */
  #outcome(test: Node, decided: Node, before: Reaching): boolean | null {
    const given = this.#writtenIn(decided);
    if (given.size === 0) return null;
    const names = this.#namesOf(test);
    const isOf = (value: Node | null): boolean =>
      value !== null && [...this.#namesOf(value)].some((name) => names.has(name));
    const isBound =
      names.has(pathOf(this.#declarator.id)) ||
      [...before].some(isOf) ||
      ([...given].some(isOf) && compares(test));
    if (!isBound) return this.#around.outcome(test);
    this.#isBound = true;
    return null;
  }

  #namesOf(node: Node): ReadonlySet<string> {
    let names = this.#names.get(node);
    if (names === undefined) {
      const found = new Set<string>();
      addNames(node, found, this.#around.bindings);
      names = found;
      this.#names.set(node, names);
    }
    return names;
  }

  #switch(
    node: Node & { readonly type: 'SwitchStatement' },
    uses: readonly Node[],
    before: Reaching,
  ): Reaching {
    this.#read(within(uses, node.discriminant), before);
    this.#outcome(node.discriminant, node, before);
    const isLeftWithin = node.cases.some(({ consequent }) => breaksWithin(consequent));
    if (isLeftWithin && this.#writtenIn(node).size > 0) this.#isBound = true;
    let [after, left] = [NEVER, NEVER];
    for (const { test, consequent } of node.cases) {
      if (test !== null) this.#read(within(uses, test), before);
      const inCase = consequent.flatMap((one) => within(uses, one));
      this.#left = NEVER;
      after = this.list(consequent, inCase, union(before, after));
      left = union(left, this.#left);
    }
    const isPassed = node.cases.every(({ test }) => test !== null);
    return union(union(left, after), isPassed ? before : NEVER);
  }

  #try(
    { block, handler, finalizer }: Node & { readonly type: 'TryStatement' },
    uses: readonly Node[],
    before: Reaching,
  ): Reaching {
    let after = this.#part(block, uses, before);
    const thrown = union(before, this.#writtenIn(block));
    if (handler !== null) after = union(after, this.#part(handler.body, uses, thrown));
    if (finalizer === null) return after;
    const caught = handler === null ? NEVER : this.#writtenIn(handler);
    // It runs on the way out by an exception as well.
    this.#part(finalizer, uses, union(thrown, caught));
    return this.#part(finalizer, uses, after);
  }

  #loop(node: Node, uses: readonly Node[], before: Reaching): Reaching {
    // How often it runs is not known.
    if (this.#writtenIn(node).size > 0) this.#isBound = true;
    this.#read(uses, before);
    return before;
  }

  #part(node: Node, uses: readonly Node[], before: Reaching): Reaching {
    return this.#statement(node, within(uses, node), before);
  }

  #read(uses: readonly Node[], reaching: Reaching): void {
    for (const use of uses) {
      this.#found.set(use, union(this.#found.get(use) ?? NEVER, reaching));
      if (codeAround(use) !== this.#code) this.#later.push(use);
    }
  }

  #writtenIn(node: Node): Reaching {
    return new Set(
      [...this.#writes].filter(([use]) => isWithin(use, node)).map(([, value]) => value),
    );
  }
}

/** The statement that a node is in, of those that follow each other. */
function statementAt(statements: readonly Node[], node: Node | undefined): Node | undefined {
  if (node === undefined) return undefined;
  let [low, high] = [0, statements.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const statement = statements[middle];
    if (statement !== undefined && endOf(statement) <= offsetOf(node)) low = middle + 1;
    else high = middle;
  }
  return statements[low];
}

function isIn(use: Node | undefined, node: Node): boolean {
  return use !== undefined && isWithin(use, node);
}

function within(uses: readonly Node[], node: Node): readonly Node[] {
  return uses.filter((use) => isWithin(use, node));
}

function union(one: Reaching, other: Reaching): Reaching {
  if (one.size === 0) return other;
  return other.size === 0 ? one : new Set([...one, ...other]);
}
