/** Questions about the form of code, whatever its names mean. */

import {
  childrenOf,
  isFunction,
  keyName,
  memberName,
  unwrap,
  wrappedIn,
  type CallExpression,
  type FunctionNode,
  type Node,
} from './ast.ts';
import { endOf, offsetOf } from './places.ts';

/** Expressions of other types are no functions, or none that can be told. */
export const CAN_BE_FUNCTION: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'AssignmentExpression',
  'AwaitExpression',
  'CallExpression',
  'ConditionalExpression',
  'FunctionExpression',
  'Identifier',
  'JSXIdentifier',
  'LogicalExpression',
  'MemberExpression',
  'SequenceExpression',
]);

/** Statements that can run their body more than once. */
export const LOOPS: ReadonlySet<string> = new Set([
  'DoWhileStatement',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'WhileStatement',
]);

/** Statements that end the run of a function, */
export const ENDS: ReadonlySet<string> = new Set(['ReturnStatement', 'ThrowStatement']);

/** and those that end the run of what they stand in, whichever it is. */
export const JUMPS: ReadonlySet<string> = new Set([...ENDS, 'BreakStatement', 'ContinueStatement']);

/**
 * Whether control never gets behind a statement.
 *
 * @param ends the statements that lead away
 */
export function neverCompletes(statement: Node, ends: ReadonlySet<string> = JUMPS): boolean {
  switch (statement.type) {
    case 'BlockStatement':
      return statement.body.some((inner) => neverCompletes(inner, ends));
    case 'IfStatement': {
      const { consequent, alternate } = statement;
      return (
        alternate !== null && neverCompletes(consequent, ends) && neverCompletes(alternate, ends)
      );
    }
    case 'TryStatement': {
      const { block, handler, finalizer } = statement;
      if (finalizer !== null && neverCompletes(finalizer, ends)) return true;
      return (
        neverCompletes(block, ends) && (handler === null || neverCompletes(handler.body, ends))
      );
    }
    default:
      return ends.has(statement.type);
  }
}

export function isInside(node: Node, outer: Node): boolean {
  return node !== outer && offsetOf(outer) <= offsetOf(node) && endOf(node) <= endOf(outer);
}

/** The name of a parameter, with a default or without. */
export function nameOf(parameter: Node): Node | null {
  const inner = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return inner.type === 'Identifier' ? inner : null;
}

/** What a function is declared as, or is the initial value of: a name, or a pattern. */
export function declaredAs(node: FunctionNode): Node | null {
  if (node.type === 'FunctionDeclaration') return node.id;
  const { parent } = node;
  return parent?.type === 'VariableDeclarator' && parent.init === node ? parent.id : null;
}

/** Takes off what does not change a value, but keeps the border of an optional chain. */
export function strip(node: Node): Node {
  let inner = node;
  while (inner.type !== 'ChainExpression') {
    const next = wrappedIn(inner);
    if (next === null) return inner;
    inner = next;
  }
  return inner;
}

/** Whether an expression only reads something that has a name. */
export function isName({ type }: Node): boolean {
  return type === 'Identifier' || type === 'MemberExpression';
}

/** Whether what is assigned is only given a name: that of a variable or a private field. */
export function isPlace(node: Node): boolean {
  return (
    node.type === 'Identifier' ||
    (node.type === 'MemberExpression' && node.property.type === 'PrivateIdentifier')
  );
}

/**
 * Whether two expressions read, or write, the same place, by their form.
 *
 * @param isSameName whether a name means the same as another expression
 */
export function isSamePlace(
  one: Node,
  other: Node,
  isSameName: (name: Node & { readonly type: 'Identifier' }, other: Node) => boolean,
): boolean {
  const [place, same] = [unwrap(one), unwrap(other)];
  switch (place.type) {
    case 'ThisExpression':
      return same.type === 'ThisExpression';
    case 'Identifier':
      return isSameName(place, same);
    case 'MemberExpression': {
      if (same.type !== 'MemberExpression') return false;
      const name = memberName(place);
      return (
        name !== null &&
        name === memberName(same) &&
        isSamePlace(place.object, same.object, isSameName)
      );
    }
    default:
      return false;
  }
}

export function canBeFunction(node: Node): boolean {
  return CAN_BE_FUNCTION.has(unwrap(node).type);
}

/** What `method.bind(…)` binds; null for any other call. */
export function boundMethod(call: CallExpression): Node | null {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && memberName(callee) === 'bind' ? callee.object : null;
}

/** What throws nothing, whatever it is run with, as far as its parts throw nothing. */
const SAFE: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'BlockStatement',
  'BreakStatement',
  'ConditionalExpression',
  'ContinueStatement',
  'EmptyStatement',
  'ExpressionStatement',
  'IfStatement',
  'Literal',
  'LogicalExpression',
  'ObjectExpression',
  'Property',
  'ReturnStatement',
  'TemplateElement',
  'TemplateLiteral',
]);

/** Whether code is seen to throw nothing: it is made of literals and functions alone. */
export function neverThrows(root: Node): boolean {
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFunction(node)) continue;
    if (node.type === 'Property' && !node.computed) {
      open.push(node.value);
      continue;
    }
    if (!SAFE.has(node.type)) return false;
    open.push(...childrenOf(node));
  }
  return true;
}

/** A dotted path of names. */
export function pathOf(node: Node): string {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Identifier':
      return inner.name;
    case 'ThisExpression':
      return 'this';
    case 'MemberExpression':
      return `${pathOf(inner.object)}.${memberName(inner) ?? '?'}`;
    default:
      return '?';
  }
}

/** What a chain of members and calls begins with. */
export function beginOf(chain: Node): Node {
  let root = unwrap(chain);
  while (root.type === 'CallExpression' || root.type === 'MemberExpression') {
    root = unwrap(root.type === 'CallExpression' ? root.callee : root.object);
  }
  return root;
}

/** An expression where it is used, with what around it does not change its value. */
export function usedIn(expression: Node): Node {
  let use = expression;
  while (use.parent && wrappedIn(use.parent) === use) use = use.parent;
  return use;
}

/** The block that a node is a statement of. */
export function blockOf(node: Node | null): Node | null {
  let outer = node?.parent ?? null;
  while (outer !== null && outer.type !== 'BlockStatement' && outer.type !== 'Program') {
    if (outer.type === 'IfStatement' || outer.type === 'SwitchCase') return outer;
    if (outer.type === 'LogicalExpression' || outer.type === 'ConditionalExpression') return outer;
    outer = outer.parent ?? null;
  }
  return outer;
}

/** The name that a function has by itself, or by where it is written; empty where it has none. */
export function functionName(node: FunctionNode): string {
  if (node.type !== 'ArrowFunctionExpression' && node.id) return node.id.name;
  const { parent } = node;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : '';
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'Property':
      return keyName(parent.key, parent.computed) ?? '';
    default:
      return '';
  }
}

/** The statements that stand one behind the other in a node; null where it holds none. */
export function statementsOf(node: Node): readonly Node[] | null {
  switch (node.type) {
    case 'BlockStatement':
    case 'Program':
    case 'StaticBlock':
      return node.body;
    case 'SwitchCase':
      return node.consequent;
    default:
      return null;
  }
}

/** Whether an expression is written as `undefined`, or as `void 0`. */
export function isUndefined(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier'
    ? inner.name === 'undefined'
    : inner.type === 'UnaryExpression' && inner.operator === 'void';
}

/** Whether an expression is written as `null` or `undefined`. */
export function isNothing(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'Literal'
    ? inner.value === null && inner.raw === 'null'
    : isUndefined(inner);
}

/** Other code runs before what is behind these. */
export const WAITS: ReadonlySet<string> = new Set(['AwaitExpression', 'YieldExpression']);

/** Whether there is such a part in some code, functions aside: the keys of a class are evaluated with it. */
export function holds(code: Node, isSuch: (part: Node) => boolean): boolean {
  return (
    isSuch(code) || (!isFunction(code) && childrenOf(code).some((part) => holds(part, isSuch)))
  );
}

export function isReturn({ type }: Node): boolean {
  return type === 'ReturnStatement';
}

/** Whether a function gives an expression back where that is evaluated. */
export function isGivenBack(expression: Node): boolean {
  const use = usedIn(expression);
  const { parent } = use;
  switch (parent?.type) {
    case 'ReturnStatement':
      return true;
    case 'ArrowFunctionExpression':
      return parent.body === use;
    case 'AwaitExpression':
      return isGivenBack(parent);
    case 'ConditionalExpression':
      return parent.test !== use && isGivenBack(parent);
    case 'LogicalExpression':
      return parent.right === use && isGivenBack(parent);
    case 'SequenceExpression':
      return parent.expressions.at(-1) === use && isGivenBack(parent);
    default:
      return false;
  }
}

const waiting = new WeakMap<Node, boolean>();

/** Whether an expression waits for something where it is evaluated. */
export function waits(node: Node): boolean {
  let known = waiting.get(node);
  if (known === undefined) {
    known = WAITS.has(node.type) || (!isFunction(node) && childrenOf(node).some(waits));
    waiting.set(node, known);
  }
  return known;
}

/** Whether it is not known which argument one is: something is spread before it. */
export function isSpread(args: readonly Node[], index: number): boolean {
  for (let at = 0; at <= index; at++) if (args[at]?.type === 'SpreadElement') return true;
  return false;
}

/** How many arguments stand before the first one that is spread: it is known which those are. */
export function placedIn(args: readonly Node[]): number {
  const spread = args.findIndex(({ type }) => type === 'SpreadElement');
  return spread < 0 ? args.length : spread;
}

/** Whether a member is given something where it stands. */
export function isWritten(node: Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === node;
    case 'UpdateExpression':
    case 'ArrayPattern':
    case 'RestElement':
      return true;
    case 'Property':
      return parent.parent?.type === 'ObjectPattern';
    case 'UnaryExpression':
      return parent.operator === 'delete';
    default:
      return false;
  }
}

/** Whether an expression has the form of what a CommonJS module exports: `exports`, `module.exports`. */
export function isExports(node: Node): boolean {
  return node.type === 'Identifier' ? node.name === 'exports' : isModuleExports(node);
}

/** The same of `module.exports` alone. */
export function isModuleExports(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    memberName(node) === 'exports'
  );
}
