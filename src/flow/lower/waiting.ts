/** Whether something may wait for a promise that a function is given, or return it: there, or further on. */

import type { Node } from '../../syntax/ast.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { nameOf, usedIn } from '../../syntax/forms.ts';
import { linkOf } from '../../syntax/promises.ts';
import type { FunctionTerm } from '../term/term.ts';
import { takerOf } from './handled.ts';
import type { Lower } from './parts.ts';

/** A parameter, or another name, and by way of which other it is given what it holds. */
interface Step {
  readonly parameter: Variable;
  readonly from: Step | null;
}

export class Waiting {
  readonly #lower: Lower;
  /** The parameters of which it is known. */
  readonly #known = new Map<Variable, boolean>();

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  /** Whether one of these functions may wait for an argument, or return it. */
  anyAwaits(functions: readonly FunctionTerm[], index: number): boolean {
    return functions.some((known) => {
      const parameter = this.#parameterAt(known, index);
      return parameter !== null && this.awaits(parameter);
    });
  }

  /** Whether something may wait for what a parameter holds. */
  awaits(parameter: Variable): boolean {
    return this.#known.get(parameter) ?? this.#follow([{ parameter, from: null }]);
  }

  /** Whether something may wait for the value of an expression where it stands. */
  isWaitedFor(node: Node): boolean {
    const open: Step[] = [];
    return this.#isWaitedAt(node, null, open) || this.#follow(open);
  }

  #follow(open: Step[]): boolean {
    const seen = new Set<Variable>();
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      const { parameter } = step;
      if (seen.has(parameter)) continue;
      const known = this.#known.get(parameter);
      seen.add(parameter);
      if (known ?? this.#isWaitedBy(step, open)) {
        for (let at: Step | null = step; at !== null; at = at.from) {
          this.#known.set(at.parameter, true);
        }
        return true;
      }
    }
    for (const parameter of seen) this.#known.set(parameter, false);
    return false;
  }

  /** @param open what is to be followed further is added to it */
  #isWaitedBy(step: Step, open: Step[]): boolean {
    return step.parameter.references.some(({ identifier }) =>
      this.#isWaitedAt(identifier, step, open),
    );
  }

  #isWaitedAt(node: Node, from: Step | null, open: Step[]): boolean {
    let inner = node;
    for (;;) {
      inner = usedIn(inner);
      const parent: Node | null = inner.parent ?? null;
      switch (parent?.type) {
        case 'AwaitExpression':
        case 'ReturnStatement':
        case 'ArrowFunctionExpression':
        case 'ArrayExpression':
        case 'Property':
          return true;
        case 'MemberExpression':
          return parent.object === inner && linkOf(parent) !== null;
        case 'VariableDeclarator':
          if (parent.init === inner) this.#named(parent.id, from, open);
          return false;
        case 'AssignmentPattern':
          if (parent.right === inner) this.#named(parent.left, from, open);
          return false;
        case 'AssignmentExpression':
          if (parent.right !== inner) return false;
          this.#named(parent.left, from, open);
          inner = parent;
          continue;
        case 'ConditionalExpression':
          if (parent.test === inner) return false;
          inner = parent;
          continue;
        case 'LogicalExpression':
          inner = parent;
          continue;
        case 'CallExpression':
          break;
        default:
          return false;
      }
      const given: readonly Node[] = parent.arguments;
      const index = given.indexOf(inner);
      if (index < 0) return false;
      const functions = this.#lower.callees.target(parent)?.callee.functions ?? [];
      for (const known of functions) {
        const parameter = this.#parameterAt(known, index);
        if (parameter !== null) open.push({ parameter, from });
      }
      if (functions.length > 0) return false;
      inner = parent;
    }
  }

  /** What is given to another name is waited for where that is. */
  #named(name: Node, from: Step | null, open: Step[]): void {
    const parameter = name.type === 'Identifier' ? this.#lower.bindings.variable(name) : null;
    if (parameter !== null) open.push({ parameter, from });
  }

  /** The binding that a function gives an argument; null where it has no name of its own. */
  #parameterAt(term: FunctionTerm, index: number): Variable | null {
    const parameter = takerOf(term)?.params[index + (term.bound?.count ?? 0)];
    const name = parameter === undefined ? null : nameOf(parameter);
    return name === null ? null : this.#lower.bindings.variable(name);
  }
}
