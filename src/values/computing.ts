/** Values that are computed: literals, operators, and the choices between values. */

import { unwrap, type Node } from '../syntax/ast.ts';
import { isNeverReassigned, type Variable } from '../syntax/bindings.ts';
import {
  binary,
  concatenated,
  nullishness,
  stayed,
  toText,
  truthiness,
  unary,
} from './operators.ts';
import { chosen, computed, distinct, reached, single } from './possibilities.ts';
import { isTested, isTruthyBehind, passedBefore, type Passed } from './guards.ts';
import {
  number,
  SOME_OBJECT,
  text,
  UNDEFINED,
  UNKNOWN,
  type Expressions,
  type Possibilities,
  type Possibility,
  type Value,
} from './value.ts';
import { Walk } from './walk.ts';
import { constant } from './linear.ts';

import type { Frame, Trust } from './frames.ts';

/** The operators whose right side need not run. */
const LOGICAL: ReadonlySet<string> = new Set(['&&', '||', '??']);

/** The ways of a choice that a test decides. */
const WHEN_TRUE = 0;
const WHEN_FALSE = 1;

/** The variables whose truth decides between values, as the choices that they are. */
const deciding = new WeakMap<object, Variable>();

export abstract class Computing extends Walk<Possibilities, Frame> {
  /** The expressions of the file, in the run that these are read in. */
  protected abstract readonly file: Expressions;

  /** What is taken for constant. */
  protected abstract readonly trust: Trust;

  protected told(value: Value, node: Node): Possibilities {
    return single(value, node, this.file);
  }

  protected unknown(node: Node): Possibilities {
    return this.told(UNKNOWN, node);
  }

  protected missing(node: Node): Possibilities {
    return this.told(UNDEFINED, node);
  }

  protected oneOf(answers: readonly Possibilities[], node: Node): Possibilities {
    return distinct(answers.flat(), node, this.file);
  }

  protected computed(node: Node, frame: Frame): Possibilities {
    switch (node.type) {
      case 'Literal':
        return this.told(literal(node.value), node);
      case 'TemplateLiteral':
        return this.#template(node, frame);
      case 'UnaryExpression': {
        const { operator } = node;
        if (operator === 'delete') return this.unknown(node);
        return computed(node, this.file, [this.ask(node.argument, frame)], ([value = UNKNOWN]) =>
          unary(operator, value),
        );
      }
      case 'BinaryExpression': {
        const { operator, left, right } = node;
        if (left.type === 'PrivateIdentifier') return this.unknown(node);
        return computed(
          node,
          this.file,
          [this.ask(left, frame), this.ask(right, frame)],
          ([one = UNKNOWN, other = UNKNOWN]) => binary(operator, one, other),
        );
      }
      default:
        return this.unknown(node);
    }
  }

  #template(node: Node & { readonly type: 'TemplateLiteral' }, frame: Frame): Possibilities {
    const { expressions, quasis } = node;
    const [only, ...others] = expressions;
    // Around one expression it is that, as a text.
    if (only !== undefined && others.length === 0 && quasis.every(isEmptyQuasi)) {
      const [first, ...rest] = this.ask(only, frame).map((one) => ({
        ...one,
        value: toText(one.value),
      }));
      return first === undefined ? this.unknown(node) : [first, ...rest];
    }
    return computed(
      node,
      this.file,
      expressions.map((part) => this.ask(part, frame)),
      (values) =>
        template(
          quasis.map(({ value }) => value.cooked),
          values,
        ),
    );
  }

  protected override conditional(
    node: Node & { readonly type: 'ConditionalExpression' },
    frame: Frame,
  ): Possibilities {
    const { test, consequent, alternate } = node;
    const outcome = this.outcomeIn(test, frame);
    if (outcome !== null) return this.ask(outcome ? consequent : alternate, frame);
    const { key, isNegated } = this.#choice(test);
    const [whenTrue, whenFalse] = isNegated ? [WHEN_FALSE, WHEN_TRUE] : [WHEN_TRUE, WHEN_FALSE];
    return distinct(
      [
        ...chosen(this.ask(consequent, frame), key, whenTrue),
        ...chosen(this.ask(alternate, frame), key, whenFalse),
      ],
      node,
      this.file,
    );
  }

  protected outcomeIn(test: Node, frame: Frame): boolean | null {
    return truthOf(this.ask(test, frame));
  }

  /** Whether the value of a `switch` is that of a `case`; null where that is not known. */
  protected match(discriminant: Node, test: Node, frame: Frame): boolean | null {
    const parts = [this.ask(discriminant, frame), this.ask(test, frame)];
    return truthOf(
      computed(test, this.file, parts, ([one = UNKNOWN, other = UNKNOWN]) =>
        binary('===', one, other),
      ),
    );
  }

  /** What is decided by a test: two tests of the same constant turn out the same. */
  #choice(test: Node): { readonly key: object; readonly isNegated: boolean } {
    let isNegated = false;
    let inner = unwrap(test);
    while (inner.type === 'UnaryExpression' && inner.operator === '!') {
      isNegated = !isNegated;
      inner = unwrap(inner.argument);
    }
    const variable = inner.type === 'Identifier' ? this.bindings.variable(inner) : null;
    if (variable === null || !isNeverReassigned(variable)) return { key: inner, isNegated };
    deciding.set(variable, variable);
    return { key: variable, isNegated };
  }

  protected override logical(
    node: Node & { readonly type: 'LogicalExpression' },
    frame: Frame,
  ): Possibilities {
    const { operator, left, right } = node;
    const kept: Possibility[] = [];
    let isDecided = true;
    let goesOn = false;
    const isThere = operator !== '&&' && this.#isThere(left, operator);
    for (const possibility of this.ask(left, frame)) {
      const { value } = possibility;
      const isRight = passes(operator, value) ?? (isThere ? false : null);
      if (isRight !== false) goesOn = true;
      if (isRight !== true) {
        isDecided = false;
        kept.push(
          isRight === null ? { ...possibility, value: stayed(operator, value) } : possibility,
        );
      }
    }
    if (isDecided) return this.ask(right, frame);
    if (!goesOn) return distinct(kept, node, this.file);
    // `&&` tells by its truth, as a conditional does; what is nullish is not told by that,
    // and the truth of the whole is another choice.
    const { key, isNegated } =
      operator === '??' ? { key: right, isNegated: false } : this.#choice(left);
    const isTrueRight = (operator === '&&') !== isNegated;
    const [rightWay, leftWay] = isTrueRight ? [0, 1] : [1, 0];
    const role = operator === '&&' ? 'written' : 'fallback';
    return distinct(
      [...chosen(kept, key, leftWay), ...chosen(this.ask(right, frame), key, rightWay, role)],
      node,
      this.file,
    );
  }

  /** Whether a logical operator goes on to its right side; null where that is not known. */
  protected goesOn(
    { operator, left }: Node & { readonly type: 'LogicalExpression' },
    frame: Frame,
  ): boolean | null {
    const [first, ...others] = this.ask(left, frame).map(({ value }) => passes(operator, value));
    return first !== undefined && others.every((other) => other === first) ? first : null;
  }

  /** Whether a test that was passed tells that an expression is not what `??` or `||` replaces. */
  #isThere(node: Node, operator: '||' | '??'): boolean {
    const proof = operator === '??' ? 'notNullish' : 'truthy';
    return this.trust.heedsTests && isTested(node, proof, this.bindings);
  }

  protected override compound(
    node: Node & { readonly type: 'AssignmentExpression' },
    frame: Frame,
  ): Possibilities {
    const operator = node.operator.slice(0, -1);
    if (LOGICAL.has(operator)) return this.unknown(node);
    const parts = [this.ask(node.left, frame), this.ask(node.right, frame)];
    return computed(node, this.file, parts, ([one = UNKNOWN, other = UNKNOWN]) =>
      binary(operator, one, other),
    );
  }

  /** Leaves out what an expression cannot be, because of tests that have been passed. */
  protected tested(node: Node, all: Possibilities, frame: Frame): Possibilities {
    const canBeLess = all.some(({ value, choices }) => isNothing(value) || choices.size > 0);
    if (!this.trust.heedsTests || !canBeLess) return all;
    const passed = passedBefore(node);
    const possible = all.filter((one) => !this.#isOfOtherWay(one, passed));
    if (!possible.some(({ value }) => isNothing(value))) {
      return possible.length === all.length ? all : distinct(possible, node, this.file);
    }
    const isTruthy = isTested(node, 'truthy', this.bindings, passed);
    const isThere = isTruthy || isTested(node, 'notNullish', this.bindings, passed);
    const kept = possible.filter((one) => {
      if (passed.some((test) => this.#isExcluded(one, test, frame))) return false;
      return !isNothing(one.value) || !(nullishness(one.value) === true ? isThere : isTruthy);
    });
    return distinct(kept, node, this.file);
  }

  /** Whether a value is taken where a variable is falsy of which a test has proved the opposite. */
  #isOfOtherWay({ choices }: Possibility, passed: readonly Passed[]): boolean {
    return [...choices].some(([key, way]) => {
      const variable = way === WHEN_FALSE ? deciding.get(key) : undefined;
      return variable !== undefined && isTruthyBehind(variable, this.bindings, passed);
    });
  }

  /** Whether a test that was passed comes out in the other way wherever something has this value. */
  #isExcluded(one: Possibility, { test, outcome }: Passed, frame: Frame): boolean {
    if (one.choices.size === 0) return false;
    const then = reached(this.ask(test, frame), one);
    return then.length > 0 && then.every(({ value }) => truthiness(value) === !outcome);
  }

  protected override caught(node: Node): Possibilities {
    return this.told(SOME_OBJECT, node);
  }

  protected withDefault(
    values: Possibilities,
    node: Node & { readonly type: 'AssignmentPattern' },
    frame: Frame,
  ): Possibilities {
    const kept = values.filter(({ value }) => isUndefined(value) !== true);
    if (values.every(({ value }) => isUndefined(value) === false)) return values;
    return distinct(
      [...chosen(kept, node, 0), ...chosen(this.ask(node.right, frame), node, 1, 'default')],
      node,
      this.file,
    );
  }

  protected promised(of: Possibilities, node: Node): Possibilities {
    return of.every(({ value }) => value.kind === 'unknown')
      ? this.unknown(node)
      : this.told({ kind: 'promise', of }, node);
  }

  protected settled(of: Possibilities, node: Node): Possibilities {
    if (of.every(({ value }) => value.kind !== 'promise')) return of;
    return distinct(
      of.flatMap((option) =>
        option.value.kind === 'promise'
          ? reached(this.settled(option.value.of, node), option)
          : [option],
      ),
      node,
      this.file,
    );
  }

  protected are(kind: Value['kind'], of: Possibilities): boolean {
    return of.every(({ value }) => value.kind === kind);
  }
}

/** What all values count as in a test; null where that is not known. */
function truthOf([{ value }, ...others]: Possibilities): boolean | null {
  const first = truthiness(value);
  return others.every(({ value: other }) => truthiness(other) === first) ? first : null;
}

function isEmptyQuasi({ value }: { readonly value: { readonly cooked: string | null } }): boolean {
  return value.cooked === '';
}

/** Whether a value is nullish, or an empty text. */
function isNothing(value: Value): boolean {
  return nullishness(value) === true || (value.kind === 'string' && value.text === '');
}

/** Whether a value is `undefined`; null where that is not known. */
function isUndefined(value: Value): boolean | null {
  if (value.kind === 'undefined') return true;
  return value.kind === 'null' ? false : nullishness(value);
}

/** Whether a logical operator goes on to its right side; null where that is not known. */
function passes(operator: '&&' | '||' | '??', value: Value): boolean | null {
  if (operator === '??') return nullishness(value);
  const outcome = truthiness(value);
  if (outcome === null) return null;
  return operator === '&&' ? outcome : !outcome;
}

function literal(value: unknown): Value {
  if (value === null) return { kind: 'null' };
  switch (typeof value) {
    case 'number':
      return number(constant(value));
    case 'string':
      return text(value);
    case 'boolean':
      return { kind: 'boolean', value };
    default:
      return UNKNOWN;
  }
}

function template(quasis: readonly (string | null)[], values: readonly Value[]): Value {
  let joined = text(quasis[0] ?? '');
  for (const [index, value] of values.entries()) {
    joined = concatenated(joined, toText(value));
    joined = concatenated(joined, text(quasis[index + 1] ?? ''));
  }
  return joined;
}
