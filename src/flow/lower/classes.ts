/** What defining a class does, and what constructing an object. */

import type { ClassNode, NewExpression, Node } from '../../syntax/ast.ts';
import type { Lower, Classes } from './parts.ts';
import { attempt, MAY_THROW, seq, sequence, SKIP } from '../term/make.ts';
import type { Term } from '../term/term.ts';

export class ClassLowering implements Classes {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  class(node: ClassNode): Term {
    const keys: Term[] = [];
    const statics: Term[] = [];
    for (const member of node.body.body) {
      if ('decorators' in member && 'value' in member) {
        keys.push(this.#decorated(member.decorators, member.value));
      }
      if ('key' in member && member.computed) keys.push(this.#lower.effects.operand(member.key));
      if (member.type === 'StaticBlock') {
        statics.push(this.#staticBlock(member.body));
      } else if (
        (member.type === 'PropertyDefinition' || member.type === 'AccessorProperty') &&
        member.static &&
        member.value !== null
      ) {
        statics.push(this.#lower.effects.bound(member.value));
      }
    }
    return sequence([
      this.#decorated(node.decorators, node),
      node.superClass === null ? SKIP : this.#lower.effects.operand(node.superClass),
      ...keys,
      ...statics,
    ]);
  }

  /** A decorator is handed what it stands at, a class or a function, and can give it to anyone. */
  #decorated(decorators: readonly Node[] | undefined, node: Node | null): Term {
    if (decorators === undefined || decorators.length === 0) return SKIP;
    const given = node === null ? SKIP : this.#lower.effects.given(node);
    return seq(this.#lower.effects.effects(decorators), given, MAY_THROW);
  }

  /** Jumps do not cross the border of a static block. */
  #staticBlock(statements: readonly Node[]): Term {
    const outer = this.#lower.context;
    this.#lower.context = { ...outer, targets: [], labels: [], chain: null };
    try {
      return this.#lower.statements.statements(statements);
    } finally {
      this.#lower.context = outer;
    }
  }

  made(node: NewExpression): Term {
    if (this.#lower.callees.isGlobal(node.callee, 'Promise')) {
      const [executor] = node.arguments;
      if (executor === undefined) return MAY_THROW;
      // An executor that throws rejects the promise; the constructor does not throw.
      const call = this.#lower.calls.callback(executor, 'started');
      return call === null
        ? seq(this.#lower.effects.handedOver(executor), MAY_THROW)
        : attempt(call, SKIP, null);
    }
    const collected = this.#lower.readGenerators.collected(node);
    if (collected !== null) return collected;
    const classes = this.#lower.values
      .of(node.callee)
      .flatMap((value) => (value.kind === 'class' ? [value.node] : []));
    const callee = this.#lower.effects.object(node.callee);
    if (classes.length > 0) {
      const functions = classes.map((known) => this.#lower.definitions.construction(known));
      const made = { functions, parameter: null, open: false };
      return seq(
        callee,
        this.#lower.calls.arguments(node.arguments, made),
        this.#lower.calls.invoke(
          { callee: made, args: node.arguments, isExact: true },
          node,
          'started',
        ),
        MAY_THROW,
      );
    }
    return seq(callee, this.#lower.effects.allHandedOver(node.arguments), MAY_THROW);
  }
}
