/**
 * The syntax trees that all that follows reads: ESTree with TypeScript and JSX, as every parser of a linter
 * host makes it. A node of a type that is not listed here is walked by its keys.
 */

import type * as ast from '@oxc-project/types';

export type Node = ast.Node;
export type CallExpression = ast.CallExpression;
export type NewExpression = ast.NewExpression;
export type MemberExpression = ast.MemberExpression;
export type FunctionNode = ast.Function | ast.ArrowFunctionExpression;
export type ClassNode = ast.Class;
export type ObjectExpression = ast.ObjectExpression;
export type ArrayExpression = ast.ArrayExpression;
export type OpeningElement = ast.JSXOpeningElement;
export type AssignmentExpression = ast.AssignmentExpression;
export type IfStatement = ast.IfStatement;
export type Program = ast.Program;

/** Whether a value is a syntax node. */
export function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  );
}

export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

export function isClass(node: Node): node is ClassNode {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

/** The constructor that a class has of its own; null where it has none. */
export function constructorOf(node: ClassNode): FunctionNode | null {
  for (const member of node.body.body) {
    if (member.type === 'MethodDefinition' && member.kind === 'constructor') return member.value;
  }
  return null;
}

/** The tree that a node is in. */
export function rootOf(node: Node): Node {
  let root = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) root = outer;
  return root;
}

const NOT_CHILDREN = new Set([
  'parent',
  'loc',
  'range',
  'tokens',
  'comments',
  'type',
  'start',
  'end',
]);

/** The order in which the children of a node run, where its keys have another. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  JSXElement: ['openingElement', 'children'],
  JSXFragment: ['children'],
};

/** The nodes right below a node, in the order in which they run. */
export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  const { type } = node;
  if (!isRecord(node)) return children;
  const order = ORDER[type];
  if (order === undefined) {
    for (const key in node) addChildren(children, key, node[key]);
  } else {
    for (const key of order) addChildren(children, key, node[key]);
  }
  return children;
}

/** A node and all below it, in the order of {@link childrenOf}. */
export function nodesIn(root: Node): readonly Node[] {
  const found: Node[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node);
    open.push(...childrenOf(node).toReversed());
  }
  return found;
}

/** All nodes of a tree, but for functions and what is in them, in no order. */
export function ownNodesIn(root: Node): readonly Node[] {
  const found: Node[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFunction(node)) continue;
    found.push(node);
    open.push(...childrenOf(node));
  }
  return found;
}

function addChildren(children: Node[], key: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || NOT_CHILDREN.has(key)) return;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const item of items) if (isNode(item)) children.push(item);
  } else if (isNode(value)) {
    children.push(value);
  }
}

/** Gives each node below a node its parent. */
export function linkParents(root: Node): void {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const child of childrenOf(node)) {
      child.parent = node;
      open.push(child);
    }
  }
}

function isRecord(node: object): node is Record<string, unknown> {
  return typeof node === 'object';
}

/** Whether a node is another, or in it. */
export function isWithin(node: Node, outer: Node): boolean {
  for (let next: Node | null = node; next !== null; next = next.parent ?? null) {
    if (next === outer) return true;
  }
  return false;
}

/** The function right around a node; null at the top level of the module. */
export function functionAround(node: Node): FunctionNode | null {
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) return outer;
  }
  return null;
}

/** The class that a node is, or is in; null for none. */
export function classAround(node: Node): ClassNode | null {
  let outer: Node | null = node;
  while (outer !== null && !isClass(outer)) outer = outer.parent ?? null;
  return outer;
}

/** The code that a node is run with: that of the function right around it, or of the module. */
export function codeAround(node: Node): Node {
  return functionAround(node) ?? rootOf(node);
}

/** Takes off what does not change an expression's value: casts, `!`, parentheses, chains. */
export function unwrap(node: Node): Node {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case 'Identifier':
      case 'CallExpression':
      case 'MemberExpression':
        return inner;
      default: {
        const next = wrappedIn(inner);
        if (next === null) return inner;
        inner = next;
      }
    }
  }
}

/** What a cast, a `!`, parentheses or a chain is around; null for anything else. */
export function wrappedIn(node: Node): Node | null {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return node.expression;
    default:
      return castOperand(node);
  }
}

/** The operand of a cast in Flow's syntax, which has node types of its own. */
function castOperand(node: Node): Node | null {
  const type: string = node.type;
  if (type !== 'TypeCastExpression' && type !== 'AsExpression' && type !== 'AsConstExpression') {
    return null;
  }
  return 'expression' in node && isNode(node.expression) ? node.expression : null;
}

/** The name of a property key or of a member access; null where it is computed and not literal. */
export function keyName(key: Node, computed: boolean): string | null {
  if (!computed && key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Literal') return String(key.value);
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0) {
    return key.quasis[0]?.value.cooked ?? null;
  }
  return symbolName(key);
}

/** A name for a well-known symbol, such as `Symbol.dispose`; null for other keys. */
function symbolName(key: Node): string | null {
  if (key.type !== 'MemberExpression' || key.computed) return null;
  const { object, property } = key;
  const isSymbol = object.type === 'Identifier' && object.name === 'Symbol';
  return isSymbol && property.type === 'Identifier' ? `@@${property.name}` : null;
}

/** The name of the property that a member expression reads. */
export function memberName(node: MemberExpression): string | null {
  return keyName(node.property, node.computed);
}

/** The name of the property that an expression reads; null where it reads none. */
export function memberNameOf(node: Node): string | null {
  const inner = unwrap(node);
  return inner.type === 'MemberExpression' ? memberName(inner) : null;
}

/** The text that is written out in a literal; null for anything else. */
export function literalText(node: Node): string | null {
  const inner = unwrap(node);
  return inner.type === 'Literal' && typeof inner.value === 'string' ? inner.value : null;
}

/** The name of the function or method that is called. */
export function calledName({ callee }: CallExpression): string | null {
  const inner = unwrap(callee);
  if (inner.type === 'MemberExpression') return memberName(inner);
  return inner.type === 'Identifier' ? inner.name : null;
}
