/** The bindings that a value comes from, where it is read and not computed anew. */

import {
  functionAround,
  isFunction,
  unwrap,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import {
  initializerOf,
  isNeverReassigned,
  type Bindings,
  type Variable,
} from '../../syntax/bindings.ts';

/** A binding, and where it is read. */
export interface Origin {
  readonly variable: Variable;
  readonly identifier: Node;
}

/**
 * The bindings whose value an expression can be, its own first, then those that they are initialised
 * with. The result of a call comes from none, a promise's fulfilment from where the promise is kept.
 */
export function originsOf(node: Node, bindings: Bindings): readonly Origin[] {
  const found = new Map<Variable, Origin>();
  const add = (next: Node): void => {
    const inner = unwrap(next);
    if (inner.type !== 'Identifier') {
      partsOf(inner).forEach(add);
      return;
    }
    const variable = bindings.variable(inner);
    if (variable === null || found.has(variable)) return;
    found.set(variable, { variable, identifier: inner });
    const init = isNeverReassigned(variable) ? initializerOf(variable) : null;
    if (init !== null) add(init);
  };
  add(node);
  return [...found.values()];
}

/** The one binding that always holds the value of an expression, under whatever names. */
export function bindingOf(node: Node, bindings: Bindings): Variable | null {
  const seen = new Set<Variable>();
  let found: Variable | null = null;
  let next: Node | null = node;
  while (next !== null) {
    const inner = unwrap(next);
    const [only, ...others] = inner.type === 'Identifier' ? [] : partsOf(inner).filter(isKnown);
    if (only !== undefined && others.length === 0) {
      next = only;
      continue;
    }
    const variable: Variable | null = inner.type === 'Identifier' ? bindings.variable(inner) : null;
    if (variable === null || seen.has(variable) || !isNeverReassigned(variable)) break;
    seen.add(variable);
    found = variable;
    next = initializerOf(variable);
  }
  return found;
}

/** Whether an expression is more than a fallback that is written out. */
function isKnown(node: Node): boolean {
  return unwrap(node).type !== 'Literal';
}

/** The expressions that the value of an expression is taken from, as it is. */
function partsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'AwaitExpression':
      return [node.argument];
    case 'ConditionalExpression':
      return [node.consequent, node.alternate];
    case 'LogicalExpression':
      return node.operator === '&&' ? [node.right] : [node.left, node.right];
    case 'AssignmentExpression':
      return node.operator === '=' ? [node.right] : [];
    case 'SequenceExpression':
      return node.expressions.slice(-1);
    case 'TemplateLiteral': {
      const isBare = node.quasis.every(({ value }) => value.raw === '');
      return isBare && node.expressions.length === 1 ? node.expressions : [];
    }
    default:
      return [];
  }
}

/** The function in each run of which a binding is made anew; null for the module. */
export function scopeOf(variable: Variable): FunctionNode | null {
  const [definition] = variable.defs;
  if (definition === undefined) return null;
  const { type, node, name } = definition;
  return type === 'Parameter' && isFunction(node) ? node : functionAround(name);
}
