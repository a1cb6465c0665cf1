/** What patterns do: their defaults, their computed keys, and the members that they assign to. */

import type { MemberExpression, Node } from '../../syntax/ast.ts';
import { branch, choice, not, OPAQUE, seq, sequence, sequenceOf, SKIP } from '../term/make.ts';
import type { Term } from '../term/term.ts';
import type { Lower, Patterns } from './parts.ts';

export class PatternLowering implements Patterns {
  readonly #lower: Lower;
  readonly #pattern = (node: Node): Term => this.pattern(node);

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  patterns(nodes: readonly Node[]): Term {
    return sequenceOf(nodes, this.#pattern);
  }

  #default(node: Node & { type: 'AssignmentPattern' }): Term {
    const value = this.#lower.effects.bound(node.right);
    const known = this.#lower.held.defaultOf(node);
    if (known === null) return choice(value, SKIP);
    const { taken, left } = known;
    const isTaken = not({ kind: 'given', parameter: left, test: OPAQUE });
    return branch({ kind: 'given', parameter: taken, test: isTaken }, value, SKIP);
  }

  #place(node: MemberExpression): Term {
    return this.#lower.accessors.place(node);
  }

  #set(node: MemberExpression): Term {
    return this.#lower.accessors.run(node, 'set', 'started');
  }

  pattern(node: Node): Term {
    const { accessors, effects } = this.#lower;
    switch (node.type) {
      case 'Identifier':
        return this.#lower.reassigned.assigned(node, 'any');
      case 'AssignmentPattern':
        // A member that is assigned to is evaluated before the value is looked at.
        return node.left.type === 'MemberExpression'
          ? seq(this.#place(node.left), this.#default(node), this.#set(node.left))
          : seq(this.#default(node), this.pattern(node.left));
      case 'ArrayPattern':
        return sequence(
          node.elements.map((element) => (element === null ? SKIP : this.pattern(element))),
        );
      case 'ObjectPattern':
        return sequence(
          node.properties.map((property) =>
            property.type === 'RestElement'
              ? seq(accessors.taken(property), this.pattern(property.argument))
              : seq(
                  property.computed ? effects.effect(property.key) : SKIP,
                  accessors.taken(property),
                  this.pattern(property.value),
                ),
          ),
        );
      case 'RestElement':
        return this.pattern(node.argument);
      case 'TSParameterProperty':
        return this.pattern(node.parameter);
      case 'MemberExpression':
        return seq(this.#place(node), this.#set(node));
      case 'VariableDeclaration':
        return this.#lower.statements.statement(node);
      default:
        return SKIP;
    }
  }
}
