/** Which of two values an expression chooses, where promises are among them. */

import { codeAround, unwrap, type Node } from '../../syntax/ast.ts';
import { isDeclaredIn } from '../../syntax/bindings.ts';
import { isPlace, strip } from '../../syntax/forms.ts';
import { linkOf } from '../../syntax/promises.ts';
import type { Atom } from '../algebra/relation.ts';
import { assumed, branch, factTest, not, OPAQUE, seq, SKIP } from '../term/make.ts';
import type { Term, Test } from '../term/term.ts';
import { truthyOf } from './decisions.ts';
import type { Choices, Choosing, Lower } from './parts.ts';
import { assignmentAs } from './refilled.ts';

type Assignment = Node & { type: 'AssignmentExpression' };

/** What reads, calls or makes something that can be passed on. */
const READ: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'CallExpression',
  'FunctionExpression',
  'Identifier',
  'MemberExpression',
  'NewExpression',
  'ThisExpression',
]);

export class ChoiceLowering implements Choices {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  choice(node: Choosing, chosen: Term, other: Term): Term {
    const { asked, holds } = askedBy(node);
    const test = this.#lower.tests.test(asked);
    const atom = this.#choiceOf(node, test);
    const then = atom === null ? chosen : seq(assumed(atom, true), chosen);
    const otherwise = atom === null ? other : seq(assumed(atom, false), other);
    return holds
      ? branch(test, then, otherwise, truthyOf(asked))
      : branch(test, otherwise, then, truthyOf(asked));
  }

  chosen(node: Choosing): Test {
    const { asked, holds } = askedBy(node);
    const atom = this.#choiceOf(node, this.#lower.tests.known(strip(asked)));
    if (atom === null) {
      const test = this.#lower.tests.known(strip(asked));
      return holds ? test : not(test);
    }
    return factTest(atom);
  }

  passedOn(node: Node, mention: (part: Node) => Term): Term {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'ConditionalExpression':
      case 'LogicalExpression': {
        const { chosen, other } = partsOf(inner);
        const then = this.passedOn(chosen, mention);
        const otherwise = other === null ? SKIP : this.passedOn(other, mention);
        if (then === SKIP && otherwise === SKIP) return SKIP;
        return branch(isOfTruth(inner) ? this.chosen(inner) : OPAQUE, then, otherwise);
      }
      case 'AssignmentExpression':
        return isPlace(inner.left) ? mention(inner.left) : SKIP;
      default:
        return READ.has(inner.type) ? mention(inner) : SKIP;
    }
  }

  /** The atom that tells what was chosen, of promises that are awaited elsewhere. */
  #choiceOf(node: Choosing, test: Test): Atom | null {
    // What is known of a variable that is assigned again may not be so where the promise is awaited.
    const isSure = test.kind === 'facts' && test.changes !== true;
    if (isSure || !isKept(node)) return null;
    const parts =
      node.type === 'ConditionalExpression' ? [node.consequent, node.alternate] : [node.right];
    const { settling, sides } = this.#lower;
    return parts.some((part) => this.isMade(part) || settling.acts(part)) ? sides.part(node) : null;
  }

  filling(node: Assignment): Atom | null {
    const { operator, right } = assignmentAs(node);
    const isFilling = operator === '??=' || operator === '||=';
    return isFilling && (isKept(node) || this.#isOwn(node.left)) && this.isMade(right)
      ? this.#lower.sides.part(node)
      : null;
  }

  /** Whether a name is of the function that assigns to it. */
  #isOwn(name: Node): boolean {
    const variable = this.#lower.bindings.variable(name);
    return variable !== null && isDeclaredIn(variable, codeAround(name));
  }

  isMade(node: Node): boolean {
    const made = strip(node);
    if (made.type !== 'CallExpression') return false;
    return (
      this.#lower.callees.operation(made) !== null ||
      this.#lower.callees.isChain(made) ||
      this.#lower.calls.isSeen(made)
    );
  }
}

/** What a choice gives: one part where it comes out as it must for that, or another. */
function partsOf(node: Choosing): { readonly chosen: Node; readonly other: Node | null } {
  return node.type === 'ConditionalExpression'
    ? { chosen: node.consequent, other: node.alternate }
    : { chosen: node.right, other: node.operator === '&&' ? null : node.left };
}

/** Whether truth decides. In a long row of choices, what all before have decided is not told again. */
function isOfTruth(node: Choosing): boolean {
  if (node.type === 'ConditionalExpression' || node.operator === '&&') return true;
  return node.operator === '||' && strip(node.left).type !== 'LogicalExpression';
}

/** What decides, and how it has to come out for the part that is evaluated because of it. */
function askedBy(node: Choosing): { readonly asked: Node; readonly holds: boolean } {
  return node.type === 'ConditionalExpression'
    ? { asked: node.test, holds: true }
    : { asked: node.left, holds: node.operator === '&&' };
}

/**
 * Whether the value goes into a list, an object, an argument or a variable, to be awaited from there, or is
 * one that something is chained to.
 */
function isKept(node: Node): boolean {
  let inner = node;
  for (let outer = node.parent ?? null; outer !== null; outer = outer.parent ?? null) {
    switch (outer.type) {
      case 'ArrayExpression':
      case 'ObjectExpression':
        return true;
      case 'CallExpression':
        return outer.callee !== inner;
      case 'MemberExpression':
        return outer.object === inner && linkOf(outer) !== null;
      case 'Property':
        if (outer.value !== inner) return false;
        break;
      case 'VariableDeclarator':
        return outer.init === inner;
      case 'AssignmentExpression':
        return outer.right === inner;
      case 'ConditionalExpression':
        if (outer.test === inner) return false;
        break;
      case 'LogicalExpression':
        if (outer.right !== inner) return false;
        break;
      default:
        if (unwrap(outer) === outer) return false;
    }
    inner = outer;
  }
  return false;
}
