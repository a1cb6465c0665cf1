/** From which constants an expression gets its value, in the order in which they are made. */

import { childrenOf, isFunction, unwrap, type Node } from '../syntax/ast.ts';
import { initializerOf, isNeverReassigned } from '../syntax/bindings.ts';
import type { Expressions, Possibility } from './value.ts';

/** Where an expression that reads a name or a member gets its value. */
export interface Link {
  /** What is read: a name, or a member of something. */
  readonly read: Node;
  /** The expression that gives it its value, in this file or in another. */
  readonly value: Node;
}

/** Of so many constants it is told that a value is made of them. */
const MAX_LINKS = 12;

/**
 * The constants that an expression gets its value from, those first that others are made of.
 *
 * @param chosen what it is, of all that it can be
 */
export function chainOf(
  node: Node,
  file: Expressions,
  chosen: Possibility | null,
): readonly Link[] {
  const links: Link[] = [];
  const seen = new Set<Node>();
  visit(node, file, chosen);
  return links;

  function visit(expression: Node, where: Expressions, known: Possibility | null): void {
    const inner = unwrap(expression);
    if (links.length >= MAX_LINKS || seen.has(inner) || isFunction(inner)) return;
    seen.add(inner);
    if (inner.type === 'Identifier' || inner.type === 'MemberExpression') {
      if (follow(inner, where, known)) return;
    }
    if (known !== null && unwrap(known.node) !== inner) {
      visit(known.node, known.file, known);
      add(inner, known.node);
      return;
    }
    for (const child of partsOf(inner)) visit(child, where, null);
  }

  /** Whether it is told what a name or a member is. */
  function follow(read: Node, where: Expressions, known: Possibility | null): boolean {
    const variable = read.type === 'Identifier' ? where.bindings.variable(read) : null;
    const init = variable !== null && isNeverReassigned(variable) ? initializerOf(variable) : null;
    if (init !== null && unwrap(init) !== unwrap(known?.node ?? init)) {
      visit(init, where, known);
      add(read, init);
      return true;
    }
    const of = known ?? only(where.of(read));
    if (of === null || unwrap(of.node) === read) return false;
    visit(of.node, of.file, of);
    add(read, of.node);
    return true;
  }

  function add(read: Node, value: Node): void {
    const isTold = links.some((link) => link.value === value);
    if (!isTold && links.length < MAX_LINKS) links.push({ read, value });
  }
}

/** The one value that is known among those that an expression can have; null where there is none. */
function only(all: readonly Possibility[]): Possibility | null {
  const known = all.filter(({ value }) => value.kind !== 'unknown');
  return known.length === 1 ? (known[0] ?? null) : null;
}

/** The parts of an expression that its value is made of: not what is called, nor a key. */
function partsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'CallExpression':
    case 'NewExpression':
      return node.arguments;
    case 'MemberExpression':
      return node.computed ? [node.object, node.property] : [node.object];
    case 'ObjectExpression':
    case 'ArrayExpression':
      return [];
    default:
      return childrenOf(node);
  }
}
