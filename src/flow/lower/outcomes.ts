/**
 * Tests of how promises came out that `Promise.allSettled` has waited for: of the `status` of one, as
 * it is named or taken out of the list, and of several by `every`, `some`, `find` and `filter`.
 */

import {
  isFunction,
  memberName,
  unwrap,
  wrappedIn,
  type CallExpression,
  type FunctionNode,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned, type Variable } from '../../syntax/bindings.ts';
import { ENDS, neverCompletes, strip } from '../../syntax/forms.ts';
import type { Atom } from '../algebra/relation.ts';
import { after, constantTest, factTest, not } from '../term/make.ts';
import type { Test } from '../term/term.ts';
import type { ForEach, Lower, Outcomes, OutcomesAsked } from './parts.ts';
import { INDEX, isThere, keptBy, LENGTH, numberIn } from './counted.ts';
import { equalityQuestion } from './questions.ts';
import {
  MAX_NAMES,
  NOTHING_GIVEN,
  SettledNames,
  type Given,
  type Settled,
} from './settled-names.ts';

/** What a `status` is: of a promise, and of a query. */
const FULFILLED: ReadonlySet<string> = new Set(['"fulfilled"', '"success"']);
const REJECTED: ReadonlySet<string> = new Set(['"rejected"', '"error"']);

const THROWS: ReadonlySet<string> = new Set(['ThrowStatement']);

export class OutcomeLowering implements Outcomes {
  readonly #lower: Lower;
  readonly #settled: SettledNames;

  constructor(lower: Lower) {
    this.#lower = lower;
    this.#settled = new SettledNames(lower);
  }

  of(call: Node, elements: readonly Node[]): readonly (Atom | null)[] {
    return declaratorOf(call) === null ? [] : elements.map((node) => this.#atom(node));
  }

  #atom(element: Node): Atom | null {
    return this.#lower.atoms.fulfilled(element);
  }

  test(node: Node): Test | null {
    const test = this.#test(node, NOTHING_GIVEN, 0);
    return test && after(this.#lower.effects.operand(node), test);
  }

  is(status: Node, literal: Node): Test | null {
    return this.#compared(status, '===', literal, NOTHING_GIVEN, 0);
  }

  ofLoop(loop: ForEach): OutcomesAsked | null {
    if (loop.type !== 'ForOfStatement' || loop.await) return null;
    const { left, right, body } = loop;
    const name = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : undefined;
    return name === undefined ? null : this.#leaving(right, name, body, ENDS);
  }

  ofEach({ callee, arguments: [callback] }: CallExpression): OutcomesAsked | null {
    const inner = unwrap(callee);
    const code = callback === undefined ? null : unwrap(callback);
    if (inner.type !== 'MemberExpression' || memberName(inner) !== 'forEach') return null;
    if (code === null || !isFunction(code) || code.async || code.generator) return null;
    const [name] = code.params;
    if (name === undefined || code.body === null) return null;
    const asked = this.#leaving(inner.object, name, code.body, THROWS);
    // To return leaves the callback alone.
    return asked !== null && isStraight(asked.then) ? asked : null;
  }

  /** Code for each of a list that does nothing but to leave where one came out in a way. */
  #leaving(of: Node, name: Node, body: Node, ends: ReadonlySet<string>): OutcomesAsked | null {
    const statements: readonly Node[] = body.type === 'BlockStatement' ? body.body : [body];
    const [only, ...others] = statements;
    if (only?.type !== 'IfStatement' || others.length > 0) return null;
    const { test: asked, consequent: then, alternate } = only;
    if (alternate !== null || !neverCompletes(then, ends)) return null;
    const list = this.#settled.of(of, NOTHING_GIVEN, 0);
    if (list?.kind !== 'list' || list.elements.length === 0) return null;
    const test = this.#each(list.elements, name, asked, false, 0);
    return test && { test, asked, then };
  }

  #test(node: Node, given: Given, depth: number): Test | null {
    const inner = strip(node);
    switch (inner.type) {
      case 'BinaryExpression':
        return this.#comparison(inner, given, depth);
      case 'CallExpression':
        return (
          this.#ofList(inner, ['every', 'some', 'find'], depth) ??
          this.#ofItem(inner, given, depth) ??
          this.#ofResult(inner, depth)
        );
      case 'MemberExpression':
        return memberName(inner) === 'length'
          ? this.#filtered(inner.object, depth)
          : this.#part(inner, given, depth);
      case 'Identifier': {
        const part = this.#part(inner, given, depth);
        if (part !== null) return part;
        const init = depth < MAX_NAMES ? this.#initial(inner) : null;
        return init?.type === 'CallExpression' ? this.#test(init, given, depth + 1) : null;
      }
      default:
        return null;
    }
  }

  came(node: Node): Test | null {
    const settled = this.#settled.of(node, NOTHING_GIVEN, 0);
    const atom = settled?.kind === 'item' ? this.#atom(settled.element) : null;
    return atom === null ? null : factTest(atom);
  }

  /** What is there only where it came out in a way. */
  #part(node: Node, given: Given, depth: number): Test | null {
    const settled = this.#settled.of(node, given, depth);
    if (settled?.kind !== 'error' && settled?.kind !== 'success') return null;
    const atom = this.#atom(settled.element);
    return atom === null ? null : outcomeTest(atom, settled.kind === 'success');
  }

  #comparison(
    node: Node & { readonly type: 'BinaryExpression' },
    given: Given,
    depth: number,
  ): Test | null {
    const { left, right, operator } = node;
    if (operator === 'in') {
      const isError = left.type === 'Literal' && left.value === 'error';
      const item = isError ? this.#settled.of(right, given, depth) : null;
      const atom = item?.kind === 'item' && item.of === 'action' ? this.#atom(item.element) : null;
      return atom === null ? null : outcomeTest(atom, false);
    }
    const subject = strip(left);
    if (subject.type === 'MemberExpression' && memberName(subject) === 'length') {
      const all = this.#counted(subject.object, operator, right, depth);
      if (all !== null) return all;
      return isThere(
        this.#filtered(subject.object, depth),
        `${operator} ${numberIn(right)}`,
        LENGTH,
      );
    }
    const found = this.#found(subject, depth);
    if (found !== null) return isThere(found, `${operator} ${numberIn(right)}`, INDEX);
    return this.#compared(left, operator, right, given, depth);
  }

  /** Whether there is a place at which one came out in a way, or one that did. */
  #found(node: Node, depth: number): Test | null {
    if (node.type === 'CallExpression') {
      return this.#ofList(node, ['find', 'findLast', 'findIndex', 'findLastIndex'], depth);
    }
    const init = depth < MAX_NAMES ? this.#initial(node) : null;
    return init === null ? null : this.#found(init, depth + 1);
  }

  /** Whether as many are left as there are of a list: `filtered.length === list.length`. */
  #counted(node: Node, operator: string, right: Node, depth: number): Test | null {
    const isAll = operator === '===' || operator === '==';
    if (!isAll && !operator.startsWith('!=') && operator !== '<') return null;
    let call = strip(node);
    for (let hop = depth; call.type === 'Identifier'; hop++) {
      const init = hop < MAX_NAMES ? this.#initial(call) : null;
      if (init === null) return null;
      call = init;
    }
    if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return null;
    const list = this.#settled.of(call.callee.object, NOTHING_GIVEN, depth);
    if (list?.kind !== 'list' || list.elements.length === 0) return null;
    const other = strip(right);
    const whole =
      other.type === 'MemberExpression' && memberName(other) === 'length'
        ? this.#settled.of(other.object, NOTHING_GIVEN, depth)
        : null;
    const isWhole =
      (whole?.kind === 'list' &&
        whole.elements.length === list.elements.length &&
        whole.elements.every((element, index) => element === list.elements[index])) ||
      numberIn(other) === String(list.elements.length);
    const test = isWhole ? this.#ofList(call, ['filter'], depth, true) : null;
    return test === null || isAll ? test : not(test);
  }

  #compared(left: Node, operator: string, right: Node, given: Given, depth: number): Test | null {
    const typed = this.#typed(left, operator, right, given, depth);
    if (typed !== null) return typed;
    const question = equalityQuestion(operator, left, right);
    if (question?.kind !== 'equals') return null;
    const isFulfilled = FULFILLED.has(question.key);
    if (!isFulfilled && !REJECTED.has(question.key)) return null;
    const settled =
      this.#settled.of(left, given, depth) ?? this.#settled.of(right, given, depth) ?? null;
    if (settled?.kind !== 'status') return null;
    const atom = this.#atom(settled.element);
    if (atom === null) return null;
    return outcomeTest(atom, isFulfilled !== operator.startsWith('!'));
  }

  /** `action.type === ensure.fulfilled.type` */
  #typed(left: Node, operator: string, right: Node, given: Given, depth: number): Test | null {
    if (!/^[!=]==?$/.test(operator)) return null;
    for (const [type, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const settled = this.#settled.of(type, given, depth);
      if (settled?.kind !== 'type' || settled.element.type !== 'CallExpression') continue;
      const atom = this.#atom(settled.element);
      const isFulfilled = this.#lower.host.typed?.(other, settled.element) ?? null;
      if (atom === null || isFulfilled === null) return null;
      return outcomeTest(atom, isFulfilled !== operator.startsWith('!'));
    }
    return null;
  }

  /** Whether a list has anything left of which only a part is taken. */
  #filtered(node: Node, depth: number): Test | null {
    const inner = strip(node);
    if (inner.type === 'CallExpression') return this.#ofList(inner, ['filter', 'flatMap'], depth);
    const init = depth < MAX_NAMES ? this.#initial(inner) : null;
    return init === null ? null : this.#filtered(init, depth + 1);
  }

  /** Whether all, or any, of the promises came out in a way. */
  #ofList(
    call: CallExpression,
    methods: readonly string[],
    depth: number,
    isAll = false,
  ): Test | null {
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression') return null;
    const method = memberName(callee);
    const [callback] = call.arguments;
    if (method === null || !methods.includes(method) || callback === undefined) return null;
    const list = this.#settled.of(callee.object, NOTHING_GIVEN, depth);
    const test = list?.kind === 'list' ? this.#callback(callback) : null;
    if (list?.kind !== 'list' || test === null) return null;
    const [name, asked] = test;
    if (method !== 'flatMap') {
      return this.#each(list.elements, name, asked, isAll || method === 'every', depth);
    }
    const kept = keptBy(asked);
    const some = kept && this.#each(list.elements, name, kept.test, !kept.isKept, depth);
    return some === null || kept?.isKept === true ? some : not(some);
  }

  /** Whether all of these, or one of them, come out as is asked of each by a name. */
  #each(
    elements: readonly Node[],
    name: Node,
    asked: Node,
    isAll: boolean,
    depth: number,
  ): Test | null {
    let whole: Test = constantTest(isAll);
    for (const element of elements) {
      const given = this.#givenTo(name, element);
      const one = given === null ? null : this.#test(asked, given, depth + 1);
      const outcome = one ?? (given === null ? null : this.#negated(asked, given, depth));
      if (outcome === null) return null;
      whole = { kind: isAll ? 'and' : 'or', left: whole, right: outcome };
    }
    return whole;
  }

  /** A call of a function that does no more than to test what it is given. */
  #ofItem(call: CallExpression, given: Given, depth: number): Test | null {
    const [first] = call.arguments;
    const item = first === undefined ? null : this.#settled.of(first, given, depth);
    if (item?.kind !== 'item') return null;
    const matched = item.of === 'action' ? this.#matched(call, item.element) : null;
    if (matched !== null) return matched;
    const test = this.#callback(call.callee);
    if (test === null) return null;
    const [name, asked] = test;
    const own = this.#givenTo(name, item.element);
    return own && (this.#test(asked, own, depth + 1) ?? this.#negated(asked, own, depth));
  }

  /** `ensure.fulfilled.match(action)` */
  #matched(test: CallExpression, dispatch: Node): Test | null {
    const atom = this.#atom(dispatch);
    if (atom === null || dispatch.type !== 'CallExpression') return null;
    const isFulfilled = this.#lower.host.matched?.(test, dispatch) ?? null;
    return isFulfilled === null ? null : outcomeTest(atom, isFulfilled);
  }

  /** A call of the method of a result that tells how it came out. */
  #ofResult(call: CallExpression, depth: number): Test | null {
    const callee = unwrap(call.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
    const item =
      callee.type === 'MemberExpression' && call.arguments.length === 0
        ? this.#settled.of(callee.object, NOTHING_GIVEN, depth)
        : null;
    const atom = item?.kind === 'item' ? this.#atom(item.element) : null;
    const tells = item?.kind === 'item' ? this.#settled.tells(item.element) : null;
    if (atom === null || tells === null || typeof tells === 'string') return null;
    const isFulfilled = name === tells.fulfilled;
    return isFulfilled || name === tells.rejected ? outcomeTest(atom, isFulfilled) : null;
  }

  #negated(node: Node, given: Given, depth: number): Test | null {
    const inner = strip(node);
    if (inner.type !== 'UnaryExpression' || inner.operator !== '!') return null;
    const test = this.#test(inner.argument, given, depth + 1);
    return test && not(test);
  }

  /** The parameter of a callback that does no more than to test it, and the test. */
  #callback(node: Node): readonly [parameter: Node, asked: Node] | null {
    const [only, ...others] = this.#lower.values.of(node);
    if (only?.kind !== 'function' || others.length > 0) return null;
    const { params, async, generator } = only.node;
    const [parameter] = params;
    const asked = resultOf(only.node);
    return parameter === undefined || async || generator || asked === null
      ? null
      : [parameter, asked];
  }

  #givenTo(parameter: Node, element: Node): Given | null {
    if (parameter.type === 'Identifier') {
      const variable = this.#lower.bindings.variable(parameter);
      return variable === null ? null : new Map([[variable, { kind: 'item', element }]]);
    }
    if (parameter.type !== 'ObjectPattern') return null;
    const given = new Map<Variable, Settled>();
    for (const property of parameter.properties) {
      if (property.type !== 'Property' || property.value.type !== 'Identifier') continue;
      const name =
        property.key.type === 'Identifier' && !property.computed ? property.key.name : '';
      const variable = name === 'status' ? this.#lower.bindings.variable(property.value) : null;
      if (variable !== null) given.set(variable, { kind: 'status', element });
    }
    return given;
  }

  #initial(name: Node): Node | null {
    const variable = this.#lower.bindings.variable(name);
    if (variable === null || !isNeverReassigned(variable)) return null;
    const [definition] = variable.defs;
    const declarator = definition?.node;
    return declarator?.type === 'VariableDeclarator' &&
      declarator.id === definition?.name &&
      declarator.init !== null
      ? strip(declarator.init)
      : null;
  }
}

/** The test that something came out fulfilled, or the other way round. */
function outcomeTest(atom: Atom, holds: boolean): Test {
  const test = factTest(atom);
  return holds ? test : not(test);
}

/** Whether code does one thing behind the other, and throws. */
function isStraight(code: Node): boolean {
  const statements = code.type === 'BlockStatement' ? code.body : [code];
  return statements.every(({ type }) => type === 'ExpressionStatement' || THROWS.has(type));
}

/** What a function gives that does nothing else. */
function resultOf({ body }: FunctionNode): Node | null {
  if (body?.type !== 'BlockStatement') return body;
  const [only, ...others] = body.body;
  return only?.type === 'ReturnStatement' && others.length === 0 ? only.argument : null;
}

/** The declaration whose initial value is what a call is awaited for; null for any other call. */
function declaratorOf(call: Node): Node | null {
  let node: Node = call;
  let isAwaited = false;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    if (outer.type === 'VariableDeclarator') return isAwaited && outer.init === node ? outer : null;
    if (isFunction(outer)) return null;
    if (outer.type === 'AwaitExpression' && !isAwaited) isAwaited = true;
    else if (wrappedIn(outer) !== node) return null;
    node = outer;
  }
  return null;
}
