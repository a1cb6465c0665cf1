/** What `switch` does. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import {
  after,
  assumed,
  block,
  choice,
  createLabel,
  exit,
  OPAQUE,
  seq,
  sequenceOf,
  SKIP,
} from '../term/make.ts';
import type { Label, Term } from '../term/term.ts';
import { literalsIn, literalKind, literalQuestion } from './questions.ts';
import type { Sink, Target } from './context.ts';
import type { Lower, Switches } from './parts.ts';
import { byLiteral } from './shapes.ts';
import { canFall } from './stored.ts';

/** A switch of more cases than this goes by nothing that is told of its value. */
const MAX_TOLD = 64;

type Switch = Node & { readonly type: 'SwitchStatement' };

export class SwitchLowering implements Switches {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  switch(node: Switch, names: readonly string[]): Term {
    const onBreak = createLabel('switch');
    const target = { names, onBreak, onContinue: null, isDefault: true };
    const discriminant = unwrap(node.discriminant);
    const isTrue = literalKind(discriminant) === 'true';
    const name = this.#lower.telling.asked(discriminant);
    const fallback = node.cases.findIndex(({ test }) => test === null);
    const outcomes = node.cases.map(
      ({ test }) => test && this.#lower.outcomes.is(discriminant, test),
    );
    const isStatus = outcomes.some((outcome) => outcome !== null);
    const told = name === null && !isStatus ? this.#toldSwitch(node, target, onBreak) : null;
    if (told !== null) return told;
    const cases = node.cases.flatMap(({ test }, body) => {
      if (test === null) return [];
      const question = literalQuestion(test, this.#lower.constants);
      const asked =
        outcomes[body] ??
        (question && name ? this.#lower.atoms.test(name, question) : null) ??
        (question && this.#lower.reassigned.test(discriminant, question));
      const made =
        isTrue && isBoolean(test)
          ? this.#lower.tests.test(test)
          : ((isTrue ? this.#lower.tests.isTrue(test) : null) ??
            after(this.#lower.effects.effect(test), OPAQUE));
      const told = asked ?? made;
      const proven = question === null ? told : this.#lower.tests.proven(test, told);
      return [{ test: proven, body, decision: { node: test, asks: 'case' as const } }];
    });
    const bodies = this.#bodies(target, node.cases);
    return seq(
      this.#lower.effects.effect(node.discriminant),
      block(onBreak, {
        kind: 'switch',
        cases,
        bodies,
        otherwise: fallback < 0 ? node.cases.length : fallback,
      }),
    );
  }

  /** A switch over what a call gives, or a promise; null where nothing is told of that. */
  #toldSwitch({ discriminant, cases }: Switch, target: Target, onBreak: Label): Term | null {
    const questions = cases.map(({ test }) => literalQuestion(test, this.#lower.constants));
    const isLiteral = cases.every(({ test }, index) => test === null || questions[index] !== null);
    if (!isLiteral || cases.length > MAX_TOLD || !this.#lower.tests.tells(discriminant))
      return null;
    const bodies = this.#bodies(target, cases);
    const entries = bodies.map(() => createLabel('case'));
    const fallback = cases.findIndex(({ test }) => test === null);
    const otherwise = entries[fallback] ?? onBreak;
    const sink: Sink = (kind, key) => {
      let term = exit(otherwise);
      for (let index = cases.length - 1; index >= 0; index--) {
        const entry = entries[index];
        const question = questions[index];
        if (entry === undefined || question?.kind !== 'equals') continue;
        const canBe = kind === 'any' || kind === question.literal;
        if (!canBe || (key !== undefined && key !== question.key)) continue;
        const isSure = key !== undefined || kind === 'true' || kind === 'false';
        term = isSure ? exit(entry) : choice(exit(entry), term);
      }
      return term;
    };
    const literals = literalsIn(questions.map((question) => ({ question })));
    const chosen = this.#lower.telling.valued(discriminant, byLiteral(literals, sink));
    const whole = bodies.reduce((before, body, index) => {
      const entry = entries[index];
      return entry === undefined ? before : seq(block(entry, before), body);
    }, chosen);
    return block(onBreak, whole);
  }

  /**
   * The code of each case, and where a case keeps a promise, what not taking any says. Where the code
   * of one is not followed by that of the next, it says which was taken.
   */
  #bodies(target: Target, cases: Switch['cases']): readonly Term[] {
    const kept: boolean[] = [];
    const bodies = this.#lower.statements.targeted(target, () =>
      cases.map(({ consequent }) => {
        const before = this.#lower.sides.kept;
        const body = this.#lower.statements.statements(consequent);
        kept.push(this.#lower.sides.kept > before);
        return body;
      }),
    );
    if (!kept.includes(true) || canFall(cases)) return bodies;
    const atoms = cases.map((of, index) => {
      return kept[index] === true ? this.#lower.sides.part(of) : null;
    });
    const taken = (index: number): Term =>
      sequenceOf(atoms, (atom, other) => (atom === null ? SKIP : assumed(atom, other === index)));
    const last = bodies.length - 1;
    const parted = bodies.map((body, index) => {
      if (cases[index]?.consequent.length === 0 && index < last) return body;
      return seq(taken(index), body, index === last ? exit(target.onBreak) : SKIP);
    });
    return [...parted, taken(-1)];
  }
}

function isBoolean(node: Node): boolean {
  const inner = unwrap(node);
  return (
    (inner.type === 'UnaryExpression' && inner.operator === '!') ||
    (inner.type === 'LogicalExpression' && isBoolean(inner.left) && isBoolean(inner.right)) ||
    (inner.type === 'BinaryExpression' && /^[!=]==?$|^[<>]=?$/.test(inner.operator))
  );
}
