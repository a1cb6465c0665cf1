/** What repeats. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import { holds } from '../../syntax/forms.ts';
import { endOf, offsetOf } from '../../syntax/places.ts';
import type { Variable } from '../../syntax/bindings.ts';
import { isPromiseLike } from '../../syntax/promises.ts';
import type { Given, Name } from './names.ts';
import type { Lower, Loops, ForEach } from './parts.ts';
import { spanning, type ForStatement, type Range } from './counters.ts';
import { givenPart, lowerDuring, partsOf, readsMethod } from './given-parts.ts';
import { isUsing } from './resources.ts';
import { MAX_STEPS } from './slots.ts';
import type { Atom } from '../algebra/relation.ts';
import {
  block,
  branch,
  choice,
  constantTest,
  createLabel,
  exit,
  isPlain,
  MAY_THROW,
  OPAQUE,
  seq,
  sequenceOf,
  SKIP,
  SUSPEND,
} from '../term/make.ts';
import type { Label, Term, Test } from '../term/term.ts';

type ForOf = Node & { type: 'ForOfStatement' };

/** More copies than this of the body of a loop over functions, in all, are not made. */
const MAX_COPIES = 16;

/** Of a loop that counts, the first round, the last, and those between are told apart. */
const COUNTED = 3;

export class LoopLowering implements Loops {
  readonly #lower: Lower;
  /** How many copies are made of what is being lowered. */
  #copies = 1;

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
    return block(onBreak, this.#loop([node], lower(round, onBreak)));
  }

  /** Rounds of which each binds anew what is bound in these nodes. */
  #loop(nodes: readonly Node[], body: Term): Term {
    const ranges = nodes.map((node) => ({ from: offsetOf(node), to: endOf(node) }));
    const { atoms } = this.#lower;
    const varies = (atom: Atom): boolean => {
      if (atoms.isChanging(atom)) return false;
      const place = atoms.place(atom);
      return ranges.some(({ from, to }) => from <= place && place < to);
    };
    return { kind: 'loop', body, varies };
  }

  copy(nodes: readonly Node[], code: Term): Term {
    if (isPlain(code)) return code;
    const end = createLabel('copy');
    return block(end, this.#loop(nodes, seq(code, exit(end))));
  }

  forEach(node: ForEach, names: readonly string[]): Term {
    const { left, right } = node;
    const pattern = left.type === 'VariableDeclaration' ? (left.declarations[0]?.id ?? null) : left;
    const step =
      node.type === 'ForInStatement' ? SKIP : node.await ? seq(SUSPEND, MAY_THROW) : MAY_THROW;
    const assigned = pattern === null ? SKIP : this.#lower.patterns.pattern(pattern);
    const held = (body: () => Term): Term =>
      isUsing(left) ? this.#lower.resources.round(left, right, body) : body();
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
            held(() => this.#lower.statements.statement(node.body)),
          );
          const code = seq(assigned, block(onContinue, body));
          return block(onBreak, round(this.copy([left, node.body], code)));
        },
      );
    }
    const asked = this.#lower.outcomes.ofLoop(node);
    if (asked !== null) {
      const { asked: decided, test, then } = asked;
      const decision = { node: decided, asks: 'truthy' as const };
      return seq(
        this.#lower.effects.effect(right),
        branch(test, this.#lower.statements.statement(then), SKIP, decision),
      );
    }
    const steps = this.#steps(node);
    if (steps !== null) return this.#unrolled(node, names, steps, seq(step, assigned));
    const rounds = (): Term => this.#rounds(node, names, step, assigned, held);
    return this.#throughGiven(node, names, step, rounds) ?? rounds();
  }

  /** The rounds of a loop of which each is like the others. */
  #rounds(
    node: ForEach,
    names: readonly string[],
    step: Term,
    assigned: Term,
    held: (body: () => Term) => Term,
  ): Term {
    const { right } = node;
    const elements = unwrap(right);
    const runs =
      node.type === 'ForOfStatement' &&
      elements.type === 'ArrayExpression' &&
      elements.elements.some((element) => element !== null && element.type !== 'SpreadElement');
    const rounds = this.loop(node, names, (round, end) => {
      const body = seq(
        assigned,
        held(() => round(node.body)),
      );
      // A list that is written out, and not empty, gives at least one round.
      return runs
        ? seq(step, body, step, choice(exit(end), SKIP))
        : seq(step, branch(OPAQUE, body, exit(end), { node: right, asks: 'element' }));
    });
    const last = node.type === 'ForOfStatement' ? this.#allAwaited(node) : SKIP;
    return seq(this.#lower.effects.effect(right), rounds, last);
  }

  counted(node: ForStatement, names: readonly string[]): Term | null {
    const { counters, effects, statements } = this.#lower;
    const { init, update } = node;
    const counted = counters.counted(node);
    if (counted === null || init === null) return null;
    const { counter, first, between, last, rounds, isCompared } = counted;
    const onBreak = createLabel('break');
    /** @param isRepeated whether there may be more rounds than one */
    const inRange = (range: Range, isRepeated: boolean): Term =>
      this.#copied(
        node,
        names,
        onBreak,
        (round) => counters.during(node, counter, range, round),
        (end) =>
          seq(
            update === null ? SKIP : effects.effect(update),
            isRepeated ? choice(exit(end), SKIP) : exit(end),
          ),
      );
    const begun = statements.statement(init);
    const all = spanning(first, last);
    if (!isCompared || rounds === 1 || this.#copies * COUNTED > MAX_COPIES) {
      return seq(begun, block(onBreak, inRange(all, rounds > 1)));
    }
    this.#copies *= COUNTED;
    const copies = seq(
      inRange(spanning(first, first), false),
      between === null ? SKIP : inRange(between, between.from < between.to),
      inRange(spanning(last, last), false),
    );
    this.#copies /= COUNTED;
    return seq(begun, block(onBreak, copies));
  }

  /**
   * What has happened behind a loop that awaits each element of a list which is written out, or which
   * the function has been given: all of them are settled, if it is not left before.
   */
  #allAwaited({ await: isAsync, left, right, body }: ForOf): Term {
    const elements = this.#elements(right);
    const name = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : undefined;
    const element = name === undefined ? null : this.#lower.bindings.variable(name);
    if (elements === SKIP || element === null || holds(body, isBreak)) return SKIP;
    const statements = body.type === 'BlockStatement' ? body.body : [body];
    const isAwaited = statements.some((statement) => {
      if (statement.type !== 'ExpressionStatement') return false;
      const awaited = unwrap(statement.expression);
      return (
        awaited.type === 'AwaitExpression' &&
        this.#lower.bindings.variable(unwrap(awaited.argument)) === element
      );
    });
    return isAsync || isAwaited ? seq(SUSPEND, elements) : SKIP;
  }

  /** Awaits all elements of a list. */
  #elements(list: Node): Term {
    const { callees, settling } = this.#lower;
    const items = callees.items(list);
    if (items === null) {
      const filled = this.#lower.filled.items(list);
      return filled === null ? settling.elements(list) : sequenceOf(filled, ({ settle }) => settle);
    }
    if (!items.some((item) => settling.acts(item))) return SKIP;
    return sequenceOf(items, (item) =>
      isPromiseLike(item, this.#lower.bindings)
        ? seq({ kind: 'join', promise: unwrap(item) }, settling.settle(item))
        : SKIP,
    );
  }

  /** The functions of an array literal that a loop goes through; null for any other loop. */
  #steps(loop: ForEach): Steps | null {
    const { left, right } = loop;
    if (loop.type !== 'ForOfStatement' || loop.await || left.type !== 'VariableDeclaration') {
      return null;
    }
    if (isUsing(left)) return null;
    const { callees } = this.#lower;
    const id = left.declarations[0]?.id;
    const names = id === undefined ? null : this.#namesIn(id);
    const { items, made } = callees.list(right);
    if (names === null || items === null || items.length * this.#copies > MAX_COPIES) return null;
    const rounds = items.map((item) => ({
      item,
      given: names.map((name) => this.#given(name, item)),
    }));
    const isTold = rounds.some(
      ({ item, given }) =>
        given.some((one) => one.callee !== null || readsMethod(this.#lower, one)) ||
        (id?.type === 'Identifier' && this.#holdsFunction(unwrap(item))),
    );
    return isTold ? { rounds, made } : null;
  }

  /**
   * A loop over a list that the function has been given, and of which it calls each element: where it is
   * known what is in it, each has a round of its own. Null for any other loop.
   *
   * @param others the rounds where that is not known
   */
  #throughGiven(
    loop: ForEach,
    names: readonly string[],
    step: Term,
    others: () => Term,
  ): Term | null {
    const { left, right } = loop;
    if (loop.type !== 'ForOfStatement' || loop.await || left.type !== 'VariableDeclaration') {
      return null;
    }
    const id = left.declarations[0]?.id;
    const name = id?.type === 'Identifier' ? this.#lower.names.of(id) : null;
    const list = this.#lower.held.steps(right);
    if (isUsing(left) || name === null || list === null) return null;
    if (MAX_STEPS * this.#copies > MAX_COPIES) return null;
    const { first, steps, further } = list;
    const isThere = (parameter: object): Test => ({
      kind: 'given',
      parameter,
      isFunction: true,
      test: constantTest(false),
    });
    const unknown = createLabel('unknown');
    const onBreak = createLabel('break');
    this.#copies *= MAX_STEPS;
    const each = sequenceOf(steps, (parameter) => {
      const callee = { functions: [], parameter, open: true };
      const given = [{ name, callee, values: [], written: null }];
      const once = this.#copied(loop, names, onBreak, (round) =>
        lowerDuring(this.#lower, given, round),
      );
      return seq(step, branch(isThere(parameter), once, exit(onBreak)));
    });
    this.#copies /= MAX_STEPS;
    const isKnown = branch(
      isThere(first),
      branch(isThere(further), exit(unknown), each),
      exit(unknown),
    );
    return block(onBreak, seq(block(unknown, seq(isKnown, exit(onBreak))), others()));
  }

  /** The names that the head of a loop gives, each with the part that it is of; null where it gives others. */
  #namesIn(id: Node): readonly Named[] | null {
    const parts = id.type === 'Identifier' ? [{ node: id, part: null }] : partsOf(id);
    const names = parts?.flatMap(({ node, part }) => {
      const name = this.#lower.names.of(node);
      return name !== null && isGivenByDeclaration(name.variable) ? [{ name, part }] : [];
    });
    return names !== undefined && names.length === parts?.length ? names : null;
  }

  /** What a name is in the round of an element of a list. */
  #given({ name, part }: Named, item: Node): Given {
    return { name, ...givenPart(this.#lower, item, part === null ? [] : [part]) };
  }

  /** Whether an object that is written out has a function among its parts. */
  #holdsFunction(item: Node): boolean {
    return (
      item.type === 'ObjectExpression' &&
      item.properties.some(
        (property) =>
          property.type === 'Property' && this.#lower.callees.callee(property.value) !== null,
      )
    );
  }

  /**
   * A copy of the rounds of a loop.
   *
   * @param lower lowers the body, with what is known of it in these rounds
   * @param next what follows a round; left out where that is the one of the copy
   */
  #copied(
    loop: ForEach | ForStatement,
    names: readonly string[],
    onBreak: Label,
    lower: (round: () => Term) => Term,
    next: (end: Label) => Term = exit,
  ): Term {
    const { statements } = this.#lower;
    const onContinue = createLabel('continue');
    const target = { names, onBreak, onContinue, isDefault: true };
    const body = lower(() => statements.targeted(target, () => statements.statement(loop.body)));
    const end = createLabel('rounds');
    return block(end, this.#loop([loop], seq(block(onContinue, body), next(end))));
  }

  /** A loop over functions that are written out: each has a round of its own. */
  #unrolled(
    loop: ForEach,
    names: readonly string[],
    { rounds: items, made: written }: Steps,
    step: Term,
  ): Term {
    const { effects } = this.#lower;
    // The functions of a literal are used where the name is that the loop gives them.
    const made = sequenceOf(written, (item) => effects.bound(item));
    const onBreak = createLabel('break');
    this.#copies *= items.length;
    const rounds = sequenceOf(items, ({ given }) => {
      const once = this.#copied(loop, names, onBreak, (round) =>
        lowerDuring(this.#lower, given, round),
      );
      return seq(step, once);
    });
    this.#copies /= items.length;
    return seq(made, block(onBreak, seq(rounds, step)));
  }
}

/** Whether a statement ends a round of a loop before its last statement. */
function isBreak({ type }: Node): boolean {
  return type === 'BreakStatement' || type === 'ContinueStatement';
}

/** Functions, or objects of such, that a loop goes through, and the names that it gives in each round. */
interface Steps {
  readonly rounds: readonly { readonly item: Node; readonly given: readonly Given[] }[];
  /** Those that are written where the loop goes through them. */
  readonly made: readonly Node[];
}

/** A name, and the part of an element that it is given; null for the whole. */
interface Named {
  readonly name: Name;
  readonly part: string | null;
}

/**
 * Whether a binding gets no other value than where it is declared, as by the head of a loop, which
 * gives it another in each round: so it need not be one value, as one that is `isNeverReassigned`.
 */
export function isGivenByDeclaration({ defs, references }: Variable): boolean {
  return references.every(
    (reference) => !reference.isWrite() || defs.some(({ name }) => name === reference.identifier),
  );
}
