/**
 * What a `setUserJwt` is given, and what is wrong with it: a literal that is no token, wherever it
 * is written. What comes from outside is not known.
 */

import {
  keyName,
  memberName,
  rootOf,
  unwrap,
  type CallExpression,
  type Node,
  type ObjectExpression,
} from '../../syntax/ast.ts';
import { initializerOf, type Bindings } from '../../syntax/bindings.ts';
import { boundMethod } from '../../syntax/forms.ts';
import type { Expressions, Possibility } from '../../values/evaluate.ts';
import type { ClientCall } from '../client-calls.ts';

/** What has properties, or elements, that may be missing. */
const HOLDERS: ReadonlySet<string> = new Set(['ArrayExpression', 'ObjectExpression']);

/** What a value means to a method that takes a token. */
type Sort = 'empty' | 'text' | 'other' | 'unknown';

/** Nullish, or a string of nothing but space, is no token on any platform. */
function sortOf({ value }: Possibility): Sort {
  switch (value.kind) {
    case 'unknown':
    case 'settings':
    case 'promise':
      return 'unknown';
    case 'null':
    case 'undefined':
      return 'empty';
    case 'string':
      if (value.text === null) return 'unknown';
      return value.text.trim() === '' ? 'empty' : 'text';
    default:
      return 'other';
  }
}

function isNullish(kind: Possibility['value']['kind']): boolean {
  return kind === 'null' || kind === 'undefined';
}

/** Why an argument is no token, and the expression that makes it none. */
export interface Fault {
  readonly id: 'empty' | 'maybeEmpty' | 'notString' | 'hardcoded' | 'missingInObject' | 'notObject';
  readonly culprit: Node;
}

/**
 * What is wrong with an argument; null where nothing is known to be.
 *
 * @param takesObjects whether the method may take an object with the token in it
 * @param takesNothing whether it may be null or undefined where it can be something else
 */
export function faultOf(
  argument: Node,
  takesObjects: boolean,
  expressions: Expressions,
  takesNothing = false,
): Fault | null {
  const known = expressions.of(argument);
  const given = takesNothing ? known.filter(({ value: { kind } }) => !isNullish(kind)) : known;
  // Where nothing else can be given, that is written out.
  const all = given.length > 0 ? given : known;
  const other = all.find((one) => sortOf(one) === 'other');
  if (other === undefined || !takesObjects) return faultAmong(all, argument);
  const { value } = other;
  const inner = value.kind === 'object' ? tokenIn(value.node) : null;
  const found = inner === null ? null : faultOf(inner, false, other.file, takesNothing);
  return found && { ...found, culprit: shown(found.culprit, argument) };
}

/** The same of all that an argument, or a property of it, can be. */
function faultAmong(all: readonly Possibility[], argument: Node): Fault | null {
  const sorts = all.map(sortOf);
  const first = (sort: Sort): Possibility | undefined => all[sorts.indexOf(sort)];
  // What is missing in an object is not the object.
  const fault = (id: Fault['id'], { node, value }: Possibility): Fault => ({
    id,
    culprit:
      value.kind === 'undefined' && HOLDERS.has(node.type) ? argument : shown(node, argument),
  });
  const other = first('other');
  if (other !== undefined) return fault('notString', other);
  const empty = first('empty');
  if (empty !== undefined) {
    return fault(sorts.every((sort) => sort === 'empty') ? 'empty' : 'maybeEmpty', empty);
  }
  const text = first('text');
  return text === undefined ? null : fault('hardcoded', text);
}

/**
 * What is wrong with an argument that should be an object such as `{ jwt }`; null where nothing is
 * known to be.
 */
export function faultOfObject(argument: Node, expressions: Expressions): Fault | null {
  for (const { value, node } of expressions.of(argument)) {
    switch (value.kind) {
      case 'unknown':
      case 'settings':
        continue;
      case 'object': {
        const all = value.file.property(value, 'jwt', argument);
        const fault = faultAmong(all, argument);
        if (fault === null) continue;
        const isMissing = memberNames(value.node).every((name) => name !== null && name !== 'jwt');
        return fault.id === 'empty' && isMissing
          ? { id: 'missingInObject', culprit: shown(node, argument) }
          : fault;
      }
      case 'null':
      case 'undefined':
        return { id: 'missingInObject', culprit: shown(node, argument) };
      default:
        return { id: 'notObject', culprit: shown(node, argument) };
    }
  }
  return null;
}

/** The names of an object's properties; null for one that is not known, or more of them. */
function memberNames({ properties }: ObjectExpression): readonly (string | null)[] {
  return properties.map((property) =>
    property.type === 'Property' ? keyName(property.key, property.computed) : null,
  );
}

/**
 * What is shown of what makes an argument no token: of a declaration its name, and the argument for
 * what another module writes, or for a function that returns nothing.
 */
function shown(node: Node, argument: Node): Node {
  if (rootOf(node) !== rootOf(argument)) return argument;
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return unwrap(argument).type === 'Identifier' ? (node.id ?? node) : argument;
    default:
      return node;
  }
}

/** The token in an object such as `{ jwt }`. */
function tokenIn(node: ObjectExpression): Node | null {
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

/** What a client's `setUserJwt` is given, as {@link argumentOf} tells it. */
export function givenTo({ node, effect }: ClientCall, bindings: Bindings): Node | null | 'unknown' {
  if (effect === null) return argumentOf(node, 0, bindings);
  return effect.args === null ? 'unknown' : elementOf(effect.args, 0);
}

/**
 * The expression of the token that a client's `setUserJwt` is given, in an object where it takes one;
 * null where there is none that is seen.
 */
export function tokenOf(call: ClientCall, bindings: Bindings): Node | null {
  const argument = givenTo(call, bindings);
  if (argument === null || argument === 'unknown') return null;
  return call.of.takes === 'object' ? memberOf(argument, /^jwt$/, bindings) : argument;
}

/** The expression of a property of an object that is written out, and used for nothing else. */
export function memberOf(argument: Node, name: RegExp, bindings: Bindings): Node | null {
  const object = literalOf(argument, bindings);
  for (const property of object?.properties.toReversed() ?? []) {
    if (property.type !== 'Property') return null;
    const key = keyName(property.key, property.computed);
    if (key === null) return null;
    if (name.test(key)) return property.value;
  }
  return null;
}

function literalOf(argument: Node, bindings: Bindings): ObjectExpression | null {
  const inner = unwrap(argument);
  if (inner.type === 'ObjectExpression') return inner;
  const variable = inner.type === 'Identifier' ? bindings.variable(inner) : null;
  if (variable === null) return null;
  const uses = variable.references.filter(
    ({ identifier }) => identifier !== variable.defs[0]?.name,
  );
  const init = uses.length === 1 ? initializerOf(variable) : null;
  const literal = init === null ? null : unwrap(init);
  return literal?.type === 'ObjectExpression' ? literal : null;
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
