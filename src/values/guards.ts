/**
 * Which tests an expression has passed where it is read, as far as that shows in the syntax around
 * it: a branch, the right side of a short circuit, or an `if` before it that leaves.
 */

import { childrenOf, isFunction, memberName, unwrap, type Node } from '../syntax/ast.ts';
import type { Bindings, Variable } from '../syntax/bindings.ts';
import { neverCompletes } from '../syntax/forms.ts';

/** What a test can prove: that something is truthy, or only that it is not nullish. */
export type Proof = 'truthy' | 'notNullish';

/** A name, or a property of one: `session.jwt`. */
interface Place {
  readonly root: Variable;
  readonly names: readonly string[];
}

/** A test that came out in one way. */
export interface Passed {
  readonly test: Node;
  readonly outcome: boolean;
}

const ASSERTION = /^(?:assert|invariant)/;

/** The tests that have been passed where an expression stands, the nearest first. */
export function passedBefore(expression: Node): readonly Passed[] {
  const passed: Passed[] = [];
  let inner: Node = expression;
  for (let outer = inner.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    passed.push(...passedIn(outer, inner));
    inner = outer;
  }
  return passed;
}

/** The tests of `outer` that are passed before what is inside `inner` runs. */
function passedIn(outer: Node, inner: Node): readonly Passed[] {
  switch (outer.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      if (outer.test === inner) return [];
      return [{ test: outer.test, outcome: outer.consequent === inner }];
    case 'WhileStatement':
    case 'ForStatement':
      return outer.body === inner && outer.test !== null
        ? [{ test: outer.test, outcome: true }]
        : [];
    case 'LogicalExpression':
      if (outer.right !== inner || outer.operator === '??') return [];
      return [{ test: outer.left, outcome: outer.operator === '&&' }];
    case 'BlockStatement':
    case 'Program':
    case 'StaticBlock':
      return leftBefore(outer.body, inner);
    case 'SwitchCase':
      return leftBefore(outer.consequent, inner);
    default:
      return [];
  }
}

/** The tests of statements before `inner` that leave, or throw, where they fail. */
function leftBefore(statements: readonly Node[], inner: Node): readonly Passed[] {
  return statements.slice(0, statements.indexOf(inner)).flatMap((statement): readonly Passed[] => {
    if (statement.type === 'ExpressionStatement') return asserted(unwrap(statement.expression));
    if (statement.type !== 'IfStatement') return [];
    const { test, consequent, alternate } = statement;
    if (neverCompletes(consequent)) return [{ test, outcome: false }];
    return alternate !== null && neverCompletes(alternate) ? [{ test, outcome: true }] : [];
  });
}

function asserted(call: Node): readonly Passed[] {
  if (call.type !== 'CallExpression') return [];
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  const [first] = call.arguments;
  if (first === undefined || name.type !== 'Identifier') return [];
  return ASSERTION.test(name.name) ? [{ test: first, outcome: true }] : [];
}

/**
 * Whether a test has proved something of an expression where that stands. A test that is not
 * understood, such as `isValid(jwt)`, is taken to prove it.
 */
export function isTested(
  expression: Node,
  wanted: Proof,
  bindings: Bindings,
  passed: readonly Passed[] = passedBefore(expression),
): boolean {
  const place = placeOf(expression, bindings);
  return place !== null && isProved(place, wanted, bindings, passed);
}

/** Whether one of these tests has proved, in the same way, that a variable is truthy. */
export function isTruthyBehind(
  root: Variable,
  bindings: Bindings,
  passed: readonly Passed[],
): boolean {
  return isProved({ root, names: [] }, 'truthy', bindings, passed);
}

function isProved(
  place: Place,
  wanted: Proof,
  bindings: Bindings,
  passed: readonly Passed[],
): boolean {
  return passed.some(({ test, outcome }) => proves(test, outcome));

  /** Whether a test with this outcome proves what is wanted. */
  function proves(test: Node, outcome: boolean): boolean {
    const inner = unwrap(test);
    if (isSame(inner)) return outcome;
    if (inner.type === 'UnaryExpression' && inner.operator === '!') {
      return proves(inner.argument, !outcome);
    }
    if (inner.type === 'LogicalExpression' && inner.operator !== '??') {
      const isEither = (inner.operator === '&&') === outcome;
      const left = proves(inner.left, outcome);
      const right = proves(inner.right, outcome);
      return isEither ? left || right : left && right;
    }
    if (inner.type === 'BinaryExpression' && /^[=!]==?$/.test(inner.operator)) {
      const isEqual = inner.operator.startsWith('=') === outcome;
      if (isSame(inner.left)) return compares(inner.right, isEqual);
      if (isSame(inner.right)) return compares(inner.left, isEqual);
      if (isTypeOfIt(inner.left)) return isOfType(inner.right, isEqual);
      if (isTypeOfIt(inner.right)) return isOfType(inner.left, isEqual);
    }
    return mentions(inner);
  }

  /** Whether being equal to a value, or not, proves what is wanted. */
  function compares(value: Node, isEqual: boolean): boolean {
    const inner = unwrap(value);
    if (inner.type === 'Identifier' && inner.name === 'undefined') {
      return !isEqual && wanted === 'notNullish';
    }
    if (inner.type !== 'Literal') return false;
    if (inner.value === null) return !isEqual && wanted === 'notNullish';
    return inner.value === '' ? !isEqual && wanted === 'truthy' : isEqual;
  }

  /** Whether being of a type, or not, proves what is wanted. */
  function isOfType(type: Node, isEqual: boolean): boolean {
    const inner = unwrap(type);
    const isUndefined = inner.type === 'Literal' && inner.value === 'undefined';
    return isEqual !== isUndefined && wanted === 'notNullish';
  }

  function isTypeOfIt(node: Node): boolean {
    const inner = unwrap(node);
    return (
      inner.type === 'UnaryExpression' && inner.operator === 'typeof' && isSame(inner.argument)
    );
  }

  function mentions(node: Node): boolean {
    return isSame(node) || (!isFunction(node) && childrenOf(node).some(mentions));
  }

  function isSame(node: Node): boolean {
    const other = placeOf(node, bindings);
    return (
      other !== null &&
      other.root === place.root &&
      other.names.length === place.names.length &&
      other.names.every((name, index) => name === place.names[index])
    );
  }
}

function placeOf(node: Node, bindings: Bindings): Place | null {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') {
    const root = bindings.variable(inner);
    return root === null ? null : { root, names: [] };
  }
  const name = inner.type === 'MemberExpression' ? memberName(inner) : null;
  if (inner.type !== 'MemberExpression' || name === null) return null;
  const object = placeOf(inner.object, bindings);
  return object === null ? null : { root: object.root, names: [...object.names, name] };
}
