/** Which expressions read the same place, and what is made, or begun, where it is used. */

import {
  codeAround,
  keyName,
  memberName,
  unwrap,
  type CallExpression,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';
import { isDeclaredIn } from '../../syntax/bindings.ts';
import { isSamePlace } from '../../syntax/forms.ts';
import { globalMethod, linkOf } from '../../syntax/promises.ts';
import { mergedLiteral } from '../../values/literals.ts';
import type { Test } from '../term/term.ts';
import { sourcesOf } from './name-sources.ts';
import type { Lower } from './parts.ts';

/** Methods of a map that tell, or see to it, that it has an entry. */
const ENTRY_METHODS: ReadonlySet<string> = new Set(['get', 'has', 'set']);

/** Names are followed to what makes an object through so many others. */
const MAX_NAMES = 8;

export class Places {
  readonly #lower: Lower;
  /** Whether objects are made by a run of some code, by that. */
  readonly #made = new Map<Node, Map<Node, boolean>>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /** Whether two expressions read the same property, by their form. */
  isSameMember(one: MemberExpression, other: Node): boolean {
    return other.type === 'MemberExpression' && this.isSame(one, other);
  }

  /** Whether two expressions read the same place, by their form. */
  isSame(one: Node, other: Node): boolean {
    const { bindings } = this.#lower;
    return isSamePlace(one, other, (name, same) => {
      const variable = bindings.variable(name);
      return variable !== null && bindings.variable(same) === variable;
    });
  }

  /** Whether two expressions are the same key. */
  isSameKey(key: Node | undefined, other: Node | undefined): boolean {
    if (key === undefined || other === undefined) return false;
    const name = keyName(unwrap(key), true);
    return name === null ? this.isSame(key, other) : keyName(unwrap(other), true) === name;
  }

  /** Whether an expression asks for the entry of a map that a call of `get` gives, or puts something there. */
  isSameEntry({ arguments: [key] }: CallExpression, map: Node, other: Node): boolean {
    const call = unwrap(other);
    const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null;
    return (
      call.type === 'CallExpression' &&
      callee?.type === 'MemberExpression' &&
      ENTRY_METHODS.has(memberName(callee) ?? '') &&
      this.isSame(map, callee.object) &&
      this.isSameKey(key, call.arguments[0])
    );
  }

  /** The test whether a name stands for something, where what is known of it is told; null for others. */
  truthOf(node: Node): Test | null {
    const test = node.type === 'Identifier' ? this.#lower.tests.name(node) : null;
    return test?.kind === 'facts' ? test : null;
  }

  /** Whether an expression begins whatever it is that it waits for. */
  begins(promise: Node): boolean {
    const inner = unwrap(promise);
    switch (inner.type) {
      case 'CallExpression': {
        const callee = unwrap(inner.callee);
        const isLink = callee.type === 'MemberExpression' && linkOf(callee) !== null;
        if (isLink) return this.begins(callee.object);
        return this.#lower.callees.operation(inner) !== null || !this.#lower.settling.acts(inner);
      }
      case 'MemberExpression':
        return this.#isOfLiteral(inner)
          ? (this.#lower.values.sources(inner)?.nodes ?? []).every((node) => this.begins(node))
          : !this.#lower.settling.acts(inner);
      case 'ConditionalExpression':
        return this.begins(inner.consequent) && this.begins(inner.alternate);
      case 'LogicalExpression':
        return this.begins(inner.left) && this.begins(inner.right);
      default:
        return !this.#lower.settling.acts(inner);
    }
  }

  /** Whether a member is read of what is written out right there. */
  #isOfLiteral({ object }: MemberExpression): boolean {
    const inner = unwrap(object);
    if (inner.type === 'MemberExpression') return this.#isOfLiteral(inner);
    return inner.type === 'ObjectExpression' || inner.type === 'ArrayExpression';
  }

  /** Whether an object, or a list, is made by the run of the code that uses it. */
  isMadeHere(object: Node, use: Node): boolean {
    return this.#isMadeIn(codeAround(use), object, 0);
  }

  #isMadeIn(code: Node, object: Node, depth: number): boolean {
    const inner = unwrap(object);
    let known = this.#made.get(code);
    if (known === undefined) {
      known = new Map();
      this.#made.set(code, known);
    }
    let isMade = known.get(inner);
    if (isMade === undefined) {
      // One that is given to itself is made by what else it is given.
      known.set(inner, true);
      isMade = depth < MAX_NAMES && this.#isMade(code, inner, depth);
      known.set(inner, isMade);
    }
    return isMade;
  }

  #isMade(code: Node, inner: Node, depth: number): boolean {
    const { bindings, values } = this.#lower;
    const areMade = (nodes: readonly Node[] | undefined): boolean =>
      nodes !== undefined &&
      nodes.length > 0 &&
      nodes.every((node) => this.#isMadeIn(code, node, depth + 1));
    switch (inner.type) {
      case 'ObjectExpression':
      case 'ArrayExpression':
        return codeAround(inner) === code;
      case 'CallExpression':
        return (
          codeAround(inner) === code &&
          globalMethod(inner, 'Object', bindings) === 'assign' &&
          mergedLiteral(inner) !== null
        );
      case 'Identifier': {
        const variable = bindings.variable(inner);
        if (variable === null || !isDeclaredIn(variable, code)) return false;
        return areMade(sourcesOf(variable, this.#lower) ?? undefined);
      }
      case 'MemberExpression':
        return areMade(values.sources(inner)?.nodes);
      default:
        return false;
    }
  }
}
