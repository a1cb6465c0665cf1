/** What repeats. */

import { unwrap, type Node } from './ast.ts';
import { endOf, offsetOf } from './atoms.ts';
import type { Lower } from './lower-types.ts';
import type { Atom } from './relation.ts';
import {
  block,
  branch,
  choice,
  createLabel,
  exit,
  MAY_THROW,
  OPAQUE,
  seq,
  SKIP,
  SUSPEND,
  type Label,
  type Term,
} from './term.ts';

export class Loops {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  loop(
    node: Node,
    names: readonly string[],
    lower: (round: (body: Node) => Term, end: Label) => Term,
  ): Term {
    const onBreak = createLabel('break');
    const onContinue = createLabel('continue');
    const target = { names, onBreak, onContinue, isDefault: true };
    const round = (body: Node): Term =>
      block(
        onContinue,
        this.#lower.statements.targeted(target, () => this.#lower.statements.statement(body)),
      );
    const body = lower(round, onBreak);
    const from = offsetOf(node);
    const to = endOf(node);
    const { atoms } = this.#lower;
    const varies = (atom: Atom): boolean => {
      const place = atoms.place(atom);
      return from <= place && place < to;
    };
    return block(onBreak, { kind: 'loop', body, varies });
  }

  forEach(
    node: Node & { type: 'ForInStatement' | 'ForOfStatement' },
    names: readonly string[],
  ): Term {
    const { left, right } = node;
    const pattern = left.type === 'VariableDeclaration' ? (left.declarations[0]?.id ?? null) : left;
    const step =
      node.type === 'ForInStatement' ? SKIP : node.await ? seq(SUSPEND, MAY_THROW) : MAY_THROW;
    const assigned = pattern === null ? SKIP : this.#lower.effects.pattern(pattern);
    const generator =
      node.type === 'ForOfStatement' ? this.#lower.generators.generatorOf(right) : null;
    if (generator !== null) {
      return this.#lower.generators.read(
        generator,
        node.type === 'ForOfStatement' && node.await,
        (round) => {
          const onBreak = createLabel('break');
          const onContinue = createLabel('continue');
          const target = { names, onBreak, onContinue, isDefault: true };
          const body = this.#lower.statements.targeted(target, () =>
            this.#lower.statements.statement(node.body),
          );
          return block(onBreak, round(seq(assigned, block(onContinue, body))));
        },
      );
    }
    const elements = unwrap(right);
    const runs =
      node.type === 'ForOfStatement' &&
      elements.type === 'ArrayExpression' &&
      elements.elements.some((element) => element !== null && element.type !== 'SpreadElement');
    const rounds = this.loop(node, names, (round, end) => {
      const body = seq(assigned, round(node.body));
      // A list that is written out, and not empty, gives at least one round.
      return runs
        ? seq(step, body, step, choice(exit(end), SKIP))
        : seq(step, branch(OPAQUE, body, exit(end), { node: right, asks: 'element' }));
    });
    return seq(this.#lower.effects.effect(right), rounds);
  }
}
