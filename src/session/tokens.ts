/**
 * What the argument of a `setUserJwt` can be, as far as it is written in the file: literals, and the
 * constants and fallbacks that hold them. What comes from a call or a parameter is not known.
 */

import {
  isClass,
  isFunction,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type MemberExpression,
  type Node,
  type ObjectExpression,
} from '../flow/ast.ts';
import {
  initializerOf,
  isNeverReassigned,
  type Bindings,
  type Variable,
} from '../flow/bindings.ts';
import { boundMethod } from '../flow/lower-forms.ts';
import type { ClientCall } from './analysis.ts';
import { isTested } from './guards.ts';

/** One thing that an expression can be, and the expression that says so. */
export type Possibility =
  | { readonly kind: 'string'; readonly value: string; readonly node: Node }
  | { readonly kind: 'nullish'; readonly node: Node }
  /** Neither a string nor nullish: an object, a function, a number. */
  | { readonly kind: 'other'; readonly node: Node }
  | { readonly kind: 'unknown' };

const UNKNOWN: readonly Possibility[] = [{ kind: 'unknown' }];

/** More possibilities than this are as good as none. */
const MAX_POSSIBILITIES = 32;

/** Whether a possibility is no token on any platform: nullish, or a string of nothing but space. */
function isEmpty(one: Possibility): boolean {
  return one.kind === 'nullish' || (one.kind === 'string' && one.value.trim() === '');
}

/** Why an argument is no token, and the expression that makes it none. */
export interface Fault {
  readonly id: 'empty' | 'maybeEmpty' | 'notString' | 'hardcoded';
  readonly culprit: Node;
}

/**
 * What is wrong with an argument that can be these; null where nothing is known to be.
 *
 * @param takesObjects whether the method may take an object with the token in it
 */
export function faultOf(
  all: readonly Possibility[],
  takesObjects: boolean,
  tokens: Tokens,
): Fault | null {
  const other = all.find((one) => one.kind === 'other');
  if (other !== undefined) {
    if (!takesObjects) return { id: 'notString', culprit: other.node };
    const inner = tokenIn(other.node);
    return inner === null ? null : faultOf(tokens.of(inner), false, tokens);
  }
  const empty = all.find((one) => isEmpty(one));
  if (empty !== undefined && empty.kind !== 'unknown') {
    return { id: all.every(isEmpty) ? 'empty' : 'maybeEmpty', culprit: empty.node };
  }
  const hardcoded = all.find((one) => one.kind === 'string');
  return hardcoded === undefined ? null : { id: 'hardcoded', culprit: hardcoded.node };
}

/** The token in an object such as `{ jwt }`. */
function tokenIn(node: Node): Node | null {
  if (node.type !== 'ObjectExpression') return null;
  for (const property of node.properties) {
    if (property.type !== 'Property') continue;
    if (/jwt|token$/i.test(keyName(property.key, property.computed) ?? '')) return property.value;
  }
  return null;
}

/**
 * The argument of a call at a place, also of one that is made by `call`, `apply` or `bind`; null
 * where there is none, `'unknown'` where that cannot be told.
 *
 * @param index the argument's place among those of the function itself
 */
export function argumentOf(
  call: CallExpression,
  index: number,
  bindings: Bindings,
): Node | null | 'unknown' {
  const callee = unwrap(call.callee);
  const bound = bindingCall(callee, bindings);
  if (bound !== null) {
    return elementOf([...bound.arguments.slice(1), ...call.arguments], index);
  }
  const how = callee.type === 'MemberExpression' ? memberName(callee) : null;
  if (how === 'apply') {
    const list = call.arguments[1];
    if (list === undefined) return null;
    const inner = unwrap(list);
    return inner.type === 'ArrayExpression' ? elementOf(inner.elements, index) : 'unknown';
  }
  return elementOf(call.arguments, how === 'call' ? index + 1 : index);
}

/** What a call of a client's `setUserJwt` is given, as {@link argumentOf} tells it. */
export function tokenOf({ node, effect }: ClientCall, bindings: Bindings): Node | null | 'unknown' {
  return effect === null ? argumentOf(node, 0, bindings) : elementOf(effect.args, 0);
}

/** The call of `bind` that an expression, or a name, is given by; null where it is another thing. */
function bindingCall(callee: Node, bindings: Bindings): CallExpression | null {
  const variable = callee.type === 'Identifier' ? bindings.variable(callee) : null;
  const initial = variable === null ? callee : initializerOf(variable);
  const inner = initial === null ? null : unwrap(initial);
  return inner?.type === 'CallExpression' && boundMethod(inner) !== null ? inner : null;
}

function elementOf(elements: readonly (Node | null)[], index: number): Node | null | 'unknown' {
  const before = elements.slice(0, index + 1);
  if (before.some((element) => element?.type === 'SpreadElement')) return 'unknown';
  return elements[index] ?? null;
}

/** What the expressions of a file can be. */
export class Tokens {
  readonly #bindings: Bindings;
  readonly #known = new Map<Variable, readonly Possibility[]>();

  constructor(bindings: Bindings) {
    this.#bindings = bindings;
  }

  /** What an expression can be where it stands. */
  of(node: Node): readonly Possibility[] {
    const all = this.#expression(unwrap(node));
    return all.length > MAX_POSSIBILITIES ? UNKNOWN : all;
  }

  #expression(node: Node): readonly Possibility[] {
    if (isFunction(node) || isClass(node)) return [{ kind: 'other', node }];
    switch (node.type) {
      case 'Literal':
        if (node.value === null && !('regex' in node) && !('bigint' in node)) {
          return [{ kind: 'nullish', node }];
        }
        return typeof node.value === 'string' ? text(node.value, node) : [{ kind: 'other', node }];
      case 'ObjectExpression':
      case 'ArrayExpression':
        return [{ kind: 'other', node }];
      case 'TemplateLiteral':
        return this.#template(node.quasis, node.expressions, node);
      case 'BinaryExpression':
        return node.operator === '+'
          ? concatenated([this.of(node.left), this.of(node.right)], node)
          : UNKNOWN;
      case 'UnaryExpression':
        return node.operator === 'void' ? [{ kind: 'nullish', node }] : UNKNOWN;
      case 'AwaitExpression':
        return this.of(node.argument).map((one) =>
          one.kind === 'other' ? { kind: 'unknown' } : one,
        );
      case 'ConditionalExpression':
        return [...this.of(node.consequent), ...this.of(node.alternate)];
      case 'LogicalExpression':
        return this.#logical(node.operator, node.left, node.right);
      case 'AssignmentExpression':
        return node.operator === '=' ? this.of(node.right) : UNKNOWN;
      case 'SequenceExpression': {
        const last = node.expressions.at(-1);
        return last === undefined ? UNKNOWN : this.of(last);
      }
      case 'Identifier':
        return this.#identifier(node, node.name);
      case 'MemberExpression':
        return this.#untested(node, this.#member(node));
      default:
        return UNKNOWN;
    }
  }

  #template(
    quasis: readonly { readonly value: { readonly cooked: string | null } }[],
    expressions: readonly Node[],
    node: Node,
  ): readonly Possibility[] {
    const parts = quasis.flatMap(({ value }, index) => {
      const expression = expressions[index];
      const quasi: readonly Possibility[] =
        value.cooked === null ? UNKNOWN : text(value.cooked, node);
      return expression === undefined ? [quasi] : [quasi, this.of(expression)];
    });
    return concatenated(parts, node);
  }

  #logical(operator: '??' | '||' | '&&', left: Node, right: Node): readonly Possibility[] {
    const first = this.of(left);
    const isNullish = ({ kind }: Possibility): boolean => kind === 'nullish';
    const isFalsy = (one: Possibility): boolean =>
      isNullish(one) || (one.kind === 'string' && one.value === '');
    if (operator === '&&') {
      const goesOn = first.some((one) => !isFalsy(one));
      const stays = first.filter((one) => isFalsy(one) || one.kind === 'unknown');
      return goesOn ? [...stays, ...this.of(right)] : stays;
    }
    const falls = operator === '??' ? isNullish : isFalsy;
    const proof = operator === '??' ? 'notNullish' : 'truthy';
    const goesOn =
      first.some((one) => falls(one) || one.kind === 'unknown') &&
      !isTested(left, proof, this.#bindings);
    const stays = first.filter((one) => !falls(one));
    return goesOn ? [...stays, ...this.of(right)] : stays;
  }

  #identifier(node: Node, name: string): readonly Possibility[] {
    const variable = this.#bindings.variable(node);
    if (variable === null) return name === 'undefined' ? [{ kind: 'nullish', node }] : UNKNOWN;
    return this.#untested(node, this.#variable(variable));
  }

  /** Leaves out what an expression cannot be, because of a test of it that has been passed. */
  #untested(node: Node, all: readonly Possibility[]): readonly Possibility[] {
    if (!all.some(isEmpty)) return all;
    const isTruthy = isTested(node, 'truthy', this.#bindings);
    const isThere = isTruthy || isTested(node, 'notNullish', this.#bindings);
    return all.filter((one) => !isEmpty(one) || !(one.kind === 'nullish' ? isThere : isTruthy));
  }

  #variable(variable: Variable): readonly Possibility[] {
    let known = this.#known.get(variable);
    if (known === undefined) {
      // One that needs itself is not known.
      this.#known.set(variable, UNKNOWN);
      known = this.#declared(variable);
      this.#known.set(variable, known);
    }
    return known;
  }

  #declared(variable: Variable): readonly Possibility[] {
    const [definition] = variable.defs;
    if (definition === undefined || !isNeverReassigned(variable)) return UNKNOWN;
    const { type, name, node } = definition;
    if (type === 'FunctionName' || type === 'ClassName') return [{ kind: 'other', node: name }];
    const init = initializerOf(variable);
    if (init !== null) return this.of(init);
    // `{ jwt = '' }` and `(jwt = '')`: what is given is not known, what stands in for it is.
    const pattern = name.parent;
    const isDefault = pattern?.type === 'AssignmentPattern' && pattern.left === name;
    const isInPattern = type === 'Parameter' || node.type === 'VariableDeclarator';
    return isDefault && isInPattern ? [...UNKNOWN, ...this.of(pattern.right)] : UNKNOWN;
  }

  #member(node: MemberExpression): readonly Possibility[] {
    const value = this.#property(node);
    return value === null ? UNKNOWN : this.of(value);
  }

  /** What a property of a constant object is written as. */
  #property(node: MemberExpression): Node | null {
    const object = this.#object(node.object);
    const name = memberName(node);
    if (object === null || name === null) return null;
    let found: Node | null = null;
    for (const property of object.properties) {
      if (property.type !== 'Property' || property.kind !== 'init') return null;
      const key = keyName(property.key, property.computed);
      if (key === null) return null;
      if (key === name) found = property.value;
    }
    return found;
  }

  /** The literal that is a constant object, of which nothing is ever changed. */
  #object(node: Node): ObjectExpression | null {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'ObjectExpression':
        return inner;
      case 'MemberExpression': {
        const value = this.#property(inner);
        return value === null ? null : this.#object(value);
      }
      case 'Identifier': {
        const variable = this.#bindings.variable(inner);
        if (variable === null || !isNeverReassigned(variable)) return null;
        const init = initializerOf(variable);
        if (init === null) return null;
        const literal = frozenIn(init) ?? unwrap(init);
        if (literal.type !== 'ObjectExpression') return null;
        const isConstant =
          frozenIn(init) !== null ||
          variable.references.every(
            ({ identifier, init: isInit }) => isInit === true || isOnlyRead(identifier),
          );
        return isConstant ? literal : null;
      }
      default:
        return null;
    }
  }
}

function text(value: string, node: Node): readonly Possibility[] {
  return [{ kind: 'string', value, node }];
}

/** What strings put together can be; known only where each has one value. */
function concatenated(
  parts: readonly (readonly Possibility[])[],
  node: Node,
): readonly Possibility[] {
  const known = parts.filter((part) => !(part.length === 1 && isNothing(part[0])));
  // A template around one expression is what that is, if it is a string.
  const [only, ...others] = known;
  if (only !== undefined && others.length === 0) {
    return only.map((one) => (one.kind === 'string' ? one : { kind: 'unknown' }));
  }
  let value = '';
  for (const [one, ...more] of known) {
    if (one?.kind !== 'string' || more.length > 0) return UNKNOWN;
    value += one.value;
  }
  return text(value, node);
}

function isNothing(one: Possibility | undefined): boolean {
  return one?.kind === 'string' && one.value === '';
}

/** The literal in `literal as const` or `Object.freeze(literal)`; null where it is not frozen. */
function frozenIn(init: Node): Node | null {
  switch (init.type) {
    case 'TSSatisfiesExpression':
      return frozenIn(init.expression);
    case 'TSAsExpression':
    case 'TSTypeAssertion': {
      const { typeAnnotation: type } = init;
      const isConst =
        type.type === 'TSTypeReference' &&
        type.typeName.type === 'Identifier' &&
        type.typeName.name === 'const';
      return isConst ? unwrap(init.expression) : frozenIn(init.expression);
    }
    case 'CallExpression': {
      const callee = unwrap(init.callee);
      const [first] = init.arguments;
      const isFreeze =
        callee.type === 'MemberExpression' &&
        callee.object.type === 'Identifier' &&
        callee.object.name === 'Object' &&
        memberName(callee) === 'freeze';
      return isFreeze && first !== undefined ? unwrap(first) : null;
    }
    default:
      return null;
  }
}

/** Whether a reference to an object reads a property, and neither changes it nor hands it on. */
function isOnlyRead(identifier: Node): boolean {
  let inner = identifier;
  let outer = inner.parent ?? null;
  while (outer?.type === 'MemberExpression' || (outer !== null && unwrap(outer) !== outer)) {
    if (outer.type === 'MemberExpression' && outer.object !== inner) break;
    inner = outer;
    outer = inner.parent ?? null;
  }
  if (unwrap(inner) === identifier) {
    return outer?.type === 'TSTypeQuery' || outer?.type === 'ExportSpecifier';
  }
  switch (outer?.type) {
    case 'AssignmentExpression':
      return outer.left !== inner;
    case 'UpdateExpression':
      return false;
    case 'UnaryExpression':
      return outer.operator !== 'delete';
    case 'CallExpression':
      return outer.callee !== inner;
    default:
      return true;
  }
}
