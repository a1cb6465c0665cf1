/** What is kept somewhere when it is used: which of the values that it is ever given. */

import { codeAround, isFunction, unwrap, type Node } from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { literalKind, literalQuestion } from './questions.ts';
import { fillingAt, refillOf, type Filling } from './refilled.ts';
import { endOf, offsetOf } from '../../syntax/places.ts';
import { isInside, LOOPS, neverCompletes, statementsOf } from '../../syntax/forms.ts';

/** Whether an expression reads or writes the place in question. */
export interface IsSame {
  (node: Node): boolean;
  /** Which of `null` and `undefined` the place may hold. */
  readonly nothings: ReadonlySet<string>;
}

/** Whether a variable is declared with no value, so that it is `undefined` at first. */
export function isWithoutValue({ defs: [definition] }: Variable): boolean {
  const declarator = definition?.node;
  return declarator?.type === 'VariableDeclarator' && declarator.init === null;
}

/**
 * Which of `null` and `undefined` a place may hold.
 *
 * @param startsAs what it holds at first, where that is not among the sources
 */
export function nothingsOf(
  sources: readonly Node[],
  startsAs: 'undefined' | 'anything' | null,
): ReadonlySet<string> {
  const nothings = new Set<string>();
  if (startsAs !== null) nothings.add('undefined');
  if (startsAs === 'anything') nothings.add('null');
  for (const source of sources) {
    const literal = literalQuestion(source);
    if (literal?.kind === 'equals' && literal.literal === 'nullish') nothings.add(literal.key);
  }
  return nothings;
}

/** The values that a place can hold where it is used. */
export interface Reaching {
  readonly sources: readonly Node[];
  /** The one that is sure to be given before the use, in the same function; null where none is. */
  readonly certain: Node | null;
  /** Whether another function may give it something else behind what is sure to be given. */
  readonly isChanged: boolean;
}

/** What happens in some code between two offsets. */
interface Between {
  /** Whether it may call a function. */
  calls(called: Node, code: Node, from: number, to: number): boolean;
  /** Whether it waits for something, so that others may run. */
  waits(code: Node, from: number, to: number): boolean;
  /** Whether a call is given a function to have it called only when others may run. */
  isForLater(called: Node): boolean;
}

/**
 * The sources that can be the value of a place where it is used. An assignment that is sure to run
 * before the use hides those before it; one behind the use reaches it only around a loop. What another
 * function gives comes behind it where that is written, or may be called, in between; what a function
 * gives that is a part of the assignment itself, not before that is done.
 */
export function reaching(sources: readonly Node[], use: Node, between: Between): Reaching {
  // What is read of an object is read once that is there.
  const place = endOf(use);
  const code = codeAround(use);
  let certain: Node | null = null;
  for (const source of sources) {
    if (endOf(source) > place || codeAround(source) !== code) continue;
    if (certain !== null && offsetOf(source) < offsetOf(certain)) continue;
    const list = listAround(source);
    if (list !== null && offsetOf(list) <= place && place <= endOf(list)) certain = source;
  }
  const from = certain === null ? -1 : offsetOf(certain);
  const loop = outermostLoop(use);
  const to = loop === null || (certain !== null && isInside(certain, loop)) ? place : endOf(loop);
  const reached = sources.filter((source) => {
    const giver = codeAround(source);
    if (giver !== code) {
      if (certain === null || endOf(source) > place) return true;
      const isLater = isInside(source, certain) || between.isForLater(giver);
      if (offsetOf(source) >= from && !isLater) return true;
      const end = endOf(certain);
      return between.calls(giver, code, end, to) || (isLater && between.waits(code, end, to));
    }
    if (endOf(source) <= place) return offsetOf(source) >= from;
    return loop !== null && isInside(source, loop);
  });
  const isChanged =
    certain !== null &&
    reached.some((source) => endOf(source) <= place && codeAround(source) !== code);
  return { sources: reached, certain: isChanged ? null : certain, isChanged };
}

/**
 * A way on which a value is kept: this side of an `if` was taken, or this case of a `switch`; or what
 * may leave a place as it is did not, or did.
 */
export interface Side {
  readonly of: Node;
  readonly holds: boolean;
}

type Switch = Node & { readonly type: 'SwitchStatement' };

const NO_SIDES: readonly Side[] = [];

/**
 * The ways on which a place that is declared here holds this source where it is used: the sides of
 * the `if`s and the cases around the source, and those of later ones that give it nothing else. Null
 * where it surely holds something else.
 */
export function sidesOf(
  source: Node,
  use: Node,
  declaration: Node,
  isSame: IsSame,
): readonly Side[] | null {
  if (endOf(source) > offsetOf(use) || codeAround(source) !== codeAround(use)) return NO_SIDES;
  const sides: Side[] = [];
  let inner = source;
  let isApart = true;
  for (let outer = source.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) break;
    // What a round of a loop has not given is what one before has given.
    if (LOOPS.has(outer.type) && !isInside(declaration, outer)) return NO_SIDES;
    if (isApart && isInside(use, outer)) {
      isApart = false;
      for (const later of statementsOf(outer) ?? []) {
        if (offsetOf(later) <= offsetOf(inner) || endOf(later) > offsetOf(use)) continue;
        if (later.type === 'SwitchStatement') {
          if (sets(later, isSame)) return null;
          for (const of of givingCases(later, isSame)) sides.push({ of, holds: false });
        }
        const filling = fillingIn(later, isSame);
        if (filling !== null) sides.push({ of: filling.of, holds: !filling.fills });
        if (later.type !== 'IfStatement') continue;
        const [then, otherwise] = [later.consequent, later.alternate].map(
          (side) => side !== null && sets(side, isSame),
        );
        if (then === true && otherwise === true) return null;
        if (then === true || otherwise === true) sides.push({ of: later, holds: then !== true });
      }
    }
    const filling = isApart ? fillingAt(outer) : null;
    if (filling !== null) sides.push({ of: filling.of, holds: filling.fills });
    if (isApart && outer.type === 'IfStatement' && outer.test !== inner) {
      sides.push({ of: outer, holds: outer.consequent === inner });
    }
    if (isApart && outer.type === 'SwitchCase' && outer.test !== inner) {
      sides.push({ of: outer, holds: true });
    }
    inner = outer;
  }
  return sides;
}

/** What decides what a statement leaves in a place that does nothing but to assign to it; null for any other. */
function fillingIn(statement: Node, isSame: IsSame): Filling | null {
  if (statement.type !== 'ExpressionStatement') return null;
  const given = unwrap(statement.expression);
  return given.type === 'AssignmentExpression' && isSame(given.left) ? fillingAt(given) : null;
}

/** Whether something is given to a place only where that holds nothing. */
export function isFilling(source: Node, isSame: IsSame): boolean {
  const given = source.parent ?? null;
  if (given?.type !== 'AssignmentExpression') return false;
  if (given.operator === '??=' || given.operator === '||=') return true;
  const refill = refillOf(source);
  if (refill !== null) {
    const { test, keeps } = refill;
    return test === null || (isAskedAlone(test) && tells(test, keeps, isSame));
  }
  let inner: Node = given;
  for (let outer = given.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) break;
    if (outer.type === 'IfStatement' && outer.consequent === inner) {
      if (isAskedAlone(outer.test) && tells(outer.test, false, isSame)) return true;
    }
    const before = statementsOf(outer)?.filter((one) => endOf(one) <= offsetOf(inner)) ?? [];
    const leaves = before.some(
      (one) =>
        one.type === 'IfStatement' &&
        neverCompletes(one.consequent) &&
        isAskedAlone(one.test) &&
        tells(one.test, true, isSame),
    );
    if (leaves) return true;
    inner = outer;
  }
  return false;
}

/** Whether a test asks for nothing else. */
function isAskedAlone(test: Node): boolean {
  const inner = unwrap(test);
  return inner.type === 'UnaryExpression'
    ? isAskedAlone(inner.argument)
    : inner.type !== 'LogicalExpression';
}

/** The outermost loop of its function that a node is in. */
function outermostLoop(node: Node): Node | null {
  let loop: Node | null = null;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) break;
    if (LOOPS.has(outer.type)) loop = outer;
  }
  return loop;
}

/** What holds the statement that does nothing but give this value to a place. */
function listAround(source: Node): Node | null {
  const given = source.parent ?? null;
  const isGiven =
    given?.type === 'VariableDeclarator' ||
    (given?.type === 'AssignmentExpression' && given.operator === '=' && refillOf(source) === null);
  const statement = isGiven ? (given.parent ?? null) : null;
  if (statement?.type !== 'VariableDeclaration' && statement?.type !== 'ExpressionStatement') {
    return null;
  }
  const list = statement.parent ?? null;
  return list !== null && statementsOf(list) !== null ? list : null;
}

/**
 * Whether a place is sure to hold something where it is used, going by the tests around the use and
 * the statements before it: `if (!p) p = …`, `p ??= …`, `if (!p) return`, `p && use`.
 *
 * @param isChanged whether another function may give it something behind these statements
 * @param dropped what takes out of it again what it holds
 */
export function isSurelySet(
  use: Node,
  isSame: IsSame,
  isChanged: boolean,
  dropped: readonly Node[] = [],
): boolean {
  const from = Math.max(-1, ...dropped.map(offsetOf));
  let inner = use;
  for (let outer = use.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (isFunction(outer)) return false;
    if (offsetOf(inner) > from && isGuarded(outer, inner, isSame)) return true;
    const list = isChanged ? null : statementsOf(outer);
    if (list !== null) {
      const place = list.indexOf(inner);
      const before = list.slice(0, Math.max(place, 0)).filter((one) => endOf(one) > from);
      if (before.some((statement) => sets(statement, isSame))) return true;
    }
    inner = outer;
  }
  return false;
}

/** Whether the part of an expression or statement runs only where the place holds something. */
function isGuarded(outer: Node, inner: Node, isSame: IsSame): boolean {
  switch (outer.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return (
        (outer.consequent === inner && tells(outer.test, true, isSame)) ||
        (outer.alternate === inner && tells(outer.test, false, isSame))
      );
    case 'WhileStatement':
    case 'ForStatement':
      return outer.body === inner && outer.test !== null && tells(outer.test, true, isSame);
    case 'LogicalExpression':
      return (
        outer.right === inner &&
        outer.operator !== '??' &&
        tells(outer.left, outer.operator === '&&', isSame)
      );
    default:
      return false;
  }
}

/** Whether this outcome of a test tells that the place holds something. */
function tells(test: Node, outcome: boolean, isSame: IsSame): boolean {
  const inner = unwrap(test);
  switch (inner.type) {
    case 'UnaryExpression':
      return inner.operator === '!' && tells(inner.argument, !outcome, isSame);
    case 'LogicalExpression':
      if (inner.operator === '??') return false;
      return (
        (inner.operator === '&&') === outcome &&
        (tells(inner.left, outcome, isSame) || tells(inner.right, outcome, isSame))
      );
    case 'BinaryExpression': {
      const { left, right, operator } = inner;
      const literal = literalQuestion(right) ?? literalQuestion(left);
      const isNullish = literal?.kind === 'equals' && literal.literal === 'nullish';
      if (!isNullish || !(isSame(unwrap(left)) || isSame(unwrap(right)))) return false;
      // What is not `null` may be `undefined`.
      const { key } = literal;
      const isStrict = operator === '===' || operator === '!==';
      if (isStrict && [...isSame.nothings].some((other) => other !== key)) return false;
      return operator.startsWith('!') ? outcome : operator.startsWith('==') && !outcome;
    }
    default:
      return outcome && isSame(inner);
  }
}

/** Whether the place is sure to hold something behind a statement. */
function sets(statement: Node, isSame: IsSame): boolean {
  switch (statement.type) {
    case 'ExpressionStatement':
      return gives(statement.expression, isSame);
    case 'BlockStatement':
      return statement.body.some((inner) => sets(inner, isSame));
    case 'IfStatement': {
      const { test, consequent, alternate } = statement;
      const then =
        tells(test, true, isSame) || neverCompletes(consequent) || sets(consequent, isSame);
      if (alternate === null) return then && tells(test, false, isSame);
      return (
        then && (tells(test, false, isSame) || neverCompletes(alternate) || sets(alternate, isSame))
      );
    }
    case 'TryStatement': {
      const { block, handler, finalizer } = statement;
      if (finalizer !== null && sets(finalizer, isSame)) return true;
      return (
        sets(block, isSame) &&
        (handler === null || neverCompletes(handler.body) || sets(handler.body, isSame))
      );
    }
    case 'SwitchStatement': {
      const { cases } = statement;
      const isComplete = cases.some(({ test }) => test === null) && !canFall(cases);
      return isComplete && bodiesOf(cases).every((one) => one.consequent.some(departsOrSets));
    }
    default:
      return false;
  }

  function departsOrSets(inner: Node): boolean {
    return (
      inner.type === 'ReturnStatement' || inner.type === 'ThrowStatement' || sets(inner, isSame)
    );
  }
}

/** The cases in whose code the place is given something. */
function givingCases({ cases }: Switch, isSame: IsSame): Switch['cases'] {
  return canFall(cases)
    ? []
    : bodiesOf(cases).filter(({ consequent }) => consequent.some((inner) => sets(inner, isSame)));
}

/** The cases that have code of their own; one with none shares that of the next. */
function bodiesOf(cases: Switch['cases']): Switch['cases'] {
  return cases.filter(
    ({ consequent }, index) => consequent.length > 0 || index === cases.length - 1,
  );
}

/** Whether the code of a case may be followed by that of the next. */
export function canFall(cases: Switch['cases']): boolean {
  return cases
    .slice(0, -1)
    .some(
      ({ consequent }) =>
        consequent.length > 0 && !consequent.some((inner) => neverCompletes(inner)),
    );
}

/** Whether there is something in the place that is given this. */
function leaves(source: Node, isSame: IsSame): boolean {
  const refill = refillOf(source);
  if (refill !== null && !isFilling(source, isSame)) return false;
  return literalKind(unwrap(refill?.given ?? source)) === null;
}

/** Whether evaluating an expression leaves something in the place. */
function gives(expression: Node, isSame: IsSame): boolean {
  const inner = unwrap(expression);
  switch (inner.type) {
    case 'AssignmentExpression':
      return isSame(inner.left) && inner.operator !== '&&=' && leaves(inner.right, isSame);
    case 'LogicalExpression':
      return inner.operator !== '&&' && isSame(unwrap(inner.left)) && gives(inner.right, isSame);
    case 'AwaitExpression':
      return gives(inner.argument, isSame);
    case 'CallExpression': {
      // Of a map: `map.set(key, value)`
      const [, value] = inner.arguments;
      return isSame(inner) && value !== undefined && literalKind(unwrap(value)) === null;
    }
    default:
      return false;
  }
}
