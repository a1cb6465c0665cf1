/** Which promises do something that can be told when they settle: most of what is passed on does not. */

import {
  isFunction,
  isNode,
  memberName,
  unwrap,
  type CallExpression,
  type FunctionNode,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';
import { isNeverReassigned } from '../../syntax/bindings.ts';
import { sourcesOf } from './name-sources.ts';
import type { Lower } from './parts.ts';
import { SKIP } from '../term/make.ts';
import type { Callee, FunctionTerm } from '../term/term.ts';
import { elementOf } from '../../values/literals.ts';
import { returnsOf } from '../../values/returns.ts';

/** What is made of each other more deeply than this is taken to act. */
const MAX_DEPTH = 16;

/** Methods that make a promise of others, or give one that is kept. */
const PROMISING: ReadonlySet<string> = new Set([
  'all',
  'allSettled',
  'any',
  'catch',
  'finally',
  'get',
  'race',
  'reduce',
  'reject',
  'resolve',
  'then',
]);

type Identifier = Node & { readonly type: 'Identifier' };

const EITHER_WAY = { test: () => null, match: () => null };

export class Acting {
  readonly #lower: Lower;
  /** What is known of names and functions. */
  readonly #known = new Map<object, boolean>();
  /** The names and functions that the one which is asked for leads to. */
  readonly #open = new Set<object>();
  #depth = 0;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /** Whether awaiting the value of an expression may do more than to wait, and to throw. */
  acts(node: Node): boolean {
    const inner = unwrap(node);
    switch (inner.type) {
      case 'CallExpression':
        return this.#callActs(inner);
      case 'ConditionalExpression':
        return this.acts(inner.consequent) || this.acts(inner.alternate);
      case 'LogicalExpression':
        return this.acts(inner.left) || this.acts(inner.right);
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        return last !== undefined && this.acts(last);
      }
      case 'AssignmentExpression':
        return (inner.operator !== '=' && this.acts(inner.left)) || this.acts(inner.right);
      case 'Identifier': {
        const name = this.#lower.names.of(inner);
        return name !== null && this.#once(name.variable, inner);
      }
      case 'MemberExpression':
        return this.#once(inner, inner);
      case 'NewExpression':
        return this.#lower.callees.isGlobal(inner.callee, 'Promise');
      default:
        return false;
    }
  }

  /**
   * Whether an expression that acts may be no promise all the same, as far as that is seen.
   *
   * @param depth how many names and functions it has come through
   */
  mayBeNone(node: Node, depth = 0): boolean {
    if (depth > MAX_DEPTH) return true;
    const isNone = (one: Node | null): boolean =>
      one === null || !this.acts(one) || this.mayBeNone(one, depth + 1);
    const givesNone = ({ functions }: Pick<Callee, 'functions'>): boolean =>
      functions.some(
        (known) =>
          !known.isAsync &&
          isNode(known.node) &&
          isFunction(known.node) &&
          returnsOf(known.node, EITHER_WAY)?.some(isNone) === true,
      );
    const { bindings, callees } = this.#lower;
    const inner = unwrap(node);
    switch (inner.type) {
      case 'CallExpression': {
        const target = callees.operation(inner) === null ? callees.target(inner) : null;
        return target !== null && givesNone(target.callee);
      }
      case 'ConditionalExpression':
        return isNone(inner.consequent) || isNone(inner.alternate);
      case 'LogicalExpression':
        return inner.operator === '&&' || isNone(inner.right);
      case 'Identifier': {
        const variable = bindings.variable(inner);
        const isConstant = variable !== null && isNeverReassigned(variable);
        return isConstant && sourcesOf(variable, this.#lower)?.some(isNone) === true;
      }
      case 'MemberExpression': {
        const getter = this.#lower.accessors.target(inner, 'get');
        if (getter !== null) return givesNone(getter.callee);
        const sources = this.#lower.values.sources(inner);
        return sources === null || sources.nodes.some((source) => !this.acts(source));
      }
      default:
        return false;
    }
  }

  /**
   * An answer that is worked out once.
   *
   * @param key a function, a member, or what a name is bound to
   * @param node the function or member, or a place of the name
   */
  #once(key: object, node: FunctionNode | Identifier | MemberExpression): boolean {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#open.has(key)) return false;
    if (this.#depth >= MAX_DEPTH) return true;
    this.#open.add(key);
    this.#depth++;
    const acts = this.#works(node);
    this.#depth--;
    if (acts) this.#known.set(key, true);
    if (this.#depth > 0) return acts;
    // Where the first does not act, neither does anything that it led to.
    if (!acts) for (const other of this.#open) this.#known.set(other, false);
    this.#open.clear();
    return acts;
  }

  #works(node: FunctionNode | Identifier | MemberExpression): boolean {
    if (node.type === 'Identifier') return this.#nameActs(node);
    return node.type === 'MemberExpression' ? this.#memberActs(node) : this.#functionActs(node);
  }

  #nameActs(node: Identifier): boolean {
    const { bindings, callees, executors, held, values } = this.#lower;
    const variable = bindings.variable(node);
    if (variable === null) return false;
    if (values.origins(node) !== null || executors.isDeferred(node)) return true;
    const sources = sourcesOf(variable, this.#lower);
    if (sources !== null) return sources.some((source) => this.acts(source));
    return isNeverReassigned(variable) && (callees.parameter(node) ?? held.name(variable)) !== null;
  }

  #memberActs(node: MemberExpression): boolean {
    const { accessors, executors, held, values } = this.#lower;
    return (
      held.member(node) !== null ||
      executors.isDeferred(node) ||
      accessors.target(node, 'get') !== null ||
      values.origins(node) !== null ||
      values.sources(node)?.nodes.some((source) => this.acts(source)) === true
    );
  }

  #callActs(node: CallExpression): boolean {
    const { callees } = this.#lower;
    if (callees.operation(node) !== null) return true;
    const target = callees.target(node);
    if (target !== null) {
      const { functions, parameter } = target.callee;
      return parameter !== null || functions.some((known) => this.#givesActing(known));
    }
    const known = this.#lower.libraries.acts(node);
    if (known !== null) return known;
    const element = elementOf(node);
    if (element !== null) return this.#once(element, element);
    const callee = unwrap(node.callee);
    const isPromising =
      callee.type === 'MemberExpression' && PROMISING.has(memberName(callee) ?? '');
    return isPromising || this.#lower.handed.awaited(node) !== SKIP;
  }

  #givesActing({ node, isAsync }: FunctionTerm): boolean {
    return isAsync || !isNode(node) || !isFunction(node) || this.#once(node, node);
  }

  #functionActs(node: FunctionNode): boolean {
    const returned = returnsOf(node, EITHER_WAY);
    return returned?.some((value) => value !== null && this.acts(value)) === true;
  }
}
