/** Evaluating what can be a promise, and going on with its value. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import { promised, within, type Promised, type Sink } from './context.ts';
import { strip, waits } from '../../syntax/forms.ts';
import { nullishOf, truthyOf } from './decisions.ts';
import type { Lower, Awaiting } from './parts.ts';
import { assignmentAs } from './refilled.ts';
import { tagged } from './tagged.ts';
import {
  attempt,
  branch,
  choice,
  detach,
  MAY_THROW,
  RAISE,
  seq,
  sequence,
  sequenceOf,
  SKIP,
  SUSPEND,
} from '../term/make.ts';
import type { Term } from '../term/term.ts';

/** What is there where a chain is cut short: nothing to settle, and no value. */
const NOTHING: Promised = { settle: SKIP, valued: (sink) => sink('nullish') };

/** Of longer lists, and chains, it is not told what of them runs on where something throws in between. */
const MAX_LISTED = 8;

export class AwaitLowering implements Awaiting {
  readonly #lower: Lower;

  constructor(lower: Lower) {
    this.#lower = lower;
  }

  awaited(node: Node): Term {
    return this.awaitedValue(node, null);
  }

  awaitedValue(node: Node, sink: Sink | null): Term {
    const inner = strip(node);
    const end = sink === null ? SKIP : sink('any');
    switch (inner.type) {
      case 'ConditionalExpression':
        return branch(
          this.#lower.tests.test(inner.test),
          this.awaitedValue(inner.consequent, sink),
          this.awaitedValue(inner.alternate, sink),
          truthyOf(inner.test),
        );
      case 'ChainExpression':
        if (this.#lower.calls.isSeen(inner.expression)) {
          if (sink === null) {
            return this.#lower.effects.chain(() => this.awaited(inner.expression));
          }
          return this.#lower.effects.chainThen(
            (then) => this.awaitedValue(inner.expression, within(sink, then)),
            () => sink('nullish'),
          );
        }
        break;
      case 'LogicalExpression':
        if (this.#lower.calls.isSeen(inner.right) && inner.operator === '&&') {
          return branch(
            this.#lower.tests.test(inner.left),
            seq(this.awaited(inner.right), end),
            seq(SUSPEND, MAY_THROW, end),
            truthyOf(inner.left),
          );
        }
        break;
      case 'CallExpression':
        if (this.#lower.calls.isSeen(inner)) {
          return sink === null
            ? this.#lower.calls.call(inner, 'awaited', null)
            : this.#lower.calls.valued(inner, 'awaited', sink);
        }
        break;
      case 'TaggedTemplateExpression':
        return seq(tagged(this.#lower, inner, 'awaited'), SUSPEND, end);
      default:
        break;
    }
    return this.promise(
      inner,
      ({ settle, valued }) => seq(SUSPEND, sink === null ? settle : valued(sink)),
      true,
    );
  }

  promise(node: Node, follow: (made: Promised) => Term, isAwaited = false): Term {
    const inner = strip(node);
    switch (inner.type) {
      case 'ChainExpression': {
        return this.#lower.effects.chainThen(
          (then) => this.promise(inner.expression, (made) => then(() => follow(made)), isAwaited),
          () => follow(NOTHING),
        );
      }
      case 'ConditionalExpression':
        return this.#lower.choices.choice(
          inner,
          this.promise(inner.consequent, follow, isAwaited),
          this.promise(inner.alternate, follow, isAwaited),
        );
      case 'LogicalExpression': {
        const right = this.promise(inner.right, follow, isAwaited);
        if (inner.operator === '&&') {
          return this.#lower.choices.choice(inner, right, follow(promised(MAY_THROW)));
        }
        const left = follow(this.#lower.settling.promise(inner.left, true));
        return inner.operator === '??'
          ? branch(this.#lower.tests.nullish(inner.left), right, left, nullishOf(inner.left))
          : this.#lower.choices.choice(inner, right, left);
      }
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1);
        const before = this.#lower.effects.effects(inner.expressions.slice(0, -1));
        return last === undefined ? before : seq(before, this.promise(last, follow, isAwaited));
      }
      case 'AssignmentExpression': {
        const { operator, right } = assignmentAs(inner);
        if (
          (operator === '=' && inner.left.type === 'Identifier') ||
          this.#lower.kept.fills(inner)
        ) {
          return this.promise(right, follow, isAwaited);
        }
        if (operator === '??=' || operator === '||=') {
          return seq(
            this.#lower.effects.object(inner.left),
            choice(
              follow(this.#lower.settling.promise(inner.left, true)),
              this.promise(right, follow, isAwaited),
            ),
          );
        }
        break;
      }
      case 'CallExpression': {
        const callee = unwrap(inner.callee);
        if (!this.#lower.callees.isChain(inner) || callee.type !== 'MemberExpression') {
          const known = isAwaited ? this.#lower.libraries.made(inner) : null;
          if (known !== null) return follow(known);
          // Nothing comes between the start of a call and its end where it is awaited at once.
          return isAwaited && this.#lower.calls.isAsync(inner)
            ? follow(this.#lower.calls.made(inner))
            : seq(
                this.#lower.calls.call(inner, 'started', null),
                follow(this.#lower.settling.settled(inner)),
              );
        }
        const turns = this.#lower.callees.inTurn(inner);
        if (turns !== null) {
          return this.promise(turns.initial, (receiver) =>
            seq(
              sequenceOf(turns.items, (item) => this.#lower.effects.bound(item)),
              follow(this.#lower.settling.inTurn(receiver, turns.items)),
            ),
          );
        }
        if (this.#lower.callees.isGlobal(callee.object, 'Promise')) {
          const [list] = inner.arguments;
          const items = list === undefined ? [] : this.#lower.callees.list(list).made;
          return seq(this.#begun(items), follow(this.#lower.settling.promise(inner)));
        }
        return this.promise(
          callee.object,
          (receiver) =>
            seq(
              callee.optional ? this.#lower.effects.shortCircuit(callee.object) : SKIP,
              this.#before(
                sequenceOf(inner.arguments, (argument) =>
                  this.#lower.callees.callee(argument) === null
                    ? this.#lower.effects.operand(argument)
                    : SKIP,
                ),
                () => receiver.settle,
                callee.object,
              ),
              follow(this.#lower.settling.chained(inner, receiver)),
            ),
          isAwaited,
        );
      }
      case 'NewExpression': {
        const made = isAwaited ? this.#lower.executors.made(inner) : null;
        if (made !== null) return follow(made);
        break;
      }
      default:
        break;
    }
    const { effects, settling } = this.#lower;
    // To await a name is no use of it: that is what is done with its value.
    const made = isAwaited ? effects.operand(inner) : effects.effect(inner);
    return seq(made, follow(settling.promise(inner)));
  }

  left(node: Node): Term {
    return this.promise(node, ({ settle }) => this.#left(settle, node));
  }

  #left(settle: Term, node: Node): Term {
    return this.#lower.executors.left(settle) ?? detach(settle, node);
  }

  /** The elements of a list of promises, which is not made where one of them throws at once. */
  #begun(items: readonly Node[]): Term {
    // What is begun before a place that waits goes on while that does.
    const lastWaiting = items.findLastIndex(waits);
    const isLeft = (index: number): boolean => index < lastWaiting;
    const begun = items.map((item, index) =>
      isLeft(index) ? this.left(unwrap(item)) : this.begin(item),
    );
    if (items.length > MAX_LISTED) return sequence(begun);
    return begun.reduceRight((later, first, index) => {
      const item = items[index];
      if (item === undefined) return first;
      return seq(
        first,
        isLeft(index) ? later : this.#before(later, () => this.#lower.settling.settle(item), item),
      );
    }, SKIP);
  }

  /** What stands between the start of a promise and who waits for it: it runs on where that throws. */
  #before(between: Term, settle: () => Term, node: Node): Term {
    if (between === SKIP || isLongChain(node)) return between;
    const left = this.#left(settle(), node);
    return left === SKIP ? between : attempt(between, seq(left, RAISE), null);
  }

  begin(node: Node): Term {
    return this.promise(node, () => SKIP);
  }
}

/** Whether so many calls stand in a row that what each leaves is not told apart. */
function isLongChain(node: Node): boolean {
  let inner = unwrap(node);
  for (let links = 0; inner.type === 'CallExpression'; links++) {
    if (links >= MAX_LISTED) return true;
    const callee = unwrap(inner.callee);
    if (callee.type !== 'MemberExpression') return false;
    inner = unwrap(callee.object);
  }
  return false;
}
