/** What awaiting `Promise.all`, `allSettled`, `race` and `any` does. */

import { unwrap, type Node } from '../../syntax/ast.ts';
import type { Sink } from './context.ts';
import { waits } from '../../syntax/forms.ts';
import { isPromiseLike } from '../../syntax/promises.ts';
import { iterated, mappedBy, withoutFalsy } from './iterators.ts';
import type { Lower } from './parts.ts';
import {
  all,
  anything,
  type Item,
  type ToldItem,
  allSettled,
  any,
  race,
  repeated,
} from './promises.ts';
import { attempt, branch, factTest, MAY_THROW, seq, sequenceOf, SKIP } from '../term/make.ts';
import type { Term, Test } from '../term/term.ts';

/** What is asked of a single promise. */
interface One {
  acts(node: Node): boolean;
  settle(node: Node, isMade?: boolean, sink?: Sink | null): Term;
}

export class Combining {
  readonly #lower: Lower;
  readonly #settling: One;

  constructor(lower: Lower, settling: One) {
    this.#lower = lower;
    this.#settling = settling;
  }

  combined(name: string | null, list: Node, site: Node, sink: Sink | null): Term {
    // What is falsy is no promise, and need not be waited for.
    const there = name === 'all' ? withoutFalsy(list, this.#lower.bindings) : null;
    if (there !== null) return seq(this.#combination(name, there, site, null), anything(sink));
    const first = sink === null ? null : this.#first(name, list, sink);
    if (first !== null) return first;
    const told = name === 'all' && sink !== null ? this.#toldOf(list, sink) : null;
    const whole = this.#combination(name, list, site, told);
    return told === null ? seq(whole, anything(sink)) : whole;
  }

  /** `race` and `any` go on with what one of them is fulfilled with; null where that is not told. */
  #first(name: string | null, list: Node, sink: Sink): Term | null {
    if (name !== 'race' && name !== 'any') return null;
    const { items: elements, made } = this.#lower.callees.list(list);
    if (elements === null || this.#mapped(list) !== null) return null;
    const items = this.itemsOf(elements, sink);
    const whole = name === 'race' ? race(items) : any(items);
    return made.length === elements.length && !elements.some(waits)
      ? whole
      : seq(this.#joined(elements), whole);
  }

  /** @param sink goes on with the value of each; null where it is not asked for */
  itemsOf(elements: readonly Node[], sink: Sink | null = null): readonly Item[] {
    return elements.map((element) => {
      const settle = this.#settling.settle(element);
      const valued = sink === null ? settle : this.#settling.settle(element, false, sink);
      return { settle, valued, promise: unwrap(element) };
    });
  }

  /** The first element that is asked for of which something may be told, and how that goes on. */
  #toldOf(list: Node, sink: Sink): ToldItem | null {
    const items = this.#lower.callees.items(list) ?? [];
    for (const part of sink.parts ?? []) {
      const index = Number(part);
      const item = items[index];
      if (item === undefined || !this.#settling.acts(item)) continue;
      const valued = this.#settling.settle(item, false, (kind, key) =>
        kind === 'any'
          ? sink('truthy')
          : sink('truthy', undefined, (other) =>
              other === part ? { kind, ...(key !== undefined && { key }) } : null,
            ),
      );
      return { index, valued };
    }
    return null;
  }

  #combination(name: string | null, list: Node, site: Node, told: ToldItem | null): Term {
    const mapped = this.#mapped(list);
    if (mapped !== null) {
      const { isNeverEmpty, hasElements } = mapped;
      const settle =
        name === 'allSettled' ? attempt(mapped.settle, SKIP, null, site) : mapped.settle;
      const some = seq(settle, repeated(settle));
      if (isNeverEmpty) return some;
      return hasElements === null ? repeated(settle) : branch(hasElements, some, SKIP);
    }
    const { items: elements, made } = this.#lower.callees.list(list);
    if (elements === null) {
      return this.#combinedFilled(name, list, site) ?? this.#combinedGiven(name, list, site);
    }
    const whole = this.#together(name, elements, site, told);
    if (made.length === elements.length && !elements.some(waits)) return whole;
    return seq(this.#joined(elements), whole);
  }

  /** They have been left to run by themselves until here: of a list that is written, those before one that waits. */
  #joined(elements: readonly Node[]): Term {
    return sequenceOf(elements, (element) =>
      isPromiseLike(element, this.#lower.bindings)
        ? { kind: 'join', promise: unwrap(element) }
        : SKIP,
    );
  }

  #together(
    name: string | null,
    elements: readonly Node[],
    site: Node,
    told: ToldItem | null,
  ): Term {
    const items = this.itemsOf(elements);
    switch (name) {
      case 'all':
        return all(items, told);
      case 'allSettled':
        return allSettled(
          items.map(({ settle }) => settle),
          site,
          this.#lower.outcomes.of(site, elements),
        );
      case 'race':
        return race(items);
      default:
        return any(items);
    }
  }

  /** The same of a list that is filled by `push`; null for any other. */
  #combinedFilled(name: string | null, list: Node, site: Node): Term | null {
    if (name !== 'all' && name !== 'allSettled') return null;
    const items = this.#lower.filled.items(list);
    if (items === null) return null;
    return name === 'all'
      ? all(items)
      : allSettled(
          items.map(({ settle }) => settle),
          site,
        );
  }

  /** The same of a list that the function has been given. */
  #combinedGiven(name: string | null, list: Node, site: Node): Term {
    if (name !== 'all' && name !== 'allSettled') return MAY_THROW;
    const whole = this.#lower.kept.orGiven(list, this.#lower.held.all(list), null, MAY_THROW);
    return name === 'all' ? whole : attempt(whole, SKIP, null, site);
  }

  /** What is left of each promise of `list.map(callback)`. */
  #mapped(list: Node): Mapped | null {
    const mapped = mappedBy(list, this.#lower.bindings);
    if (mapped === null) return null;
    const settle = this.#lower.calls.eachOf(mapped.list, mapped.callback, 'settled');
    const isNeverEmpty = (this.#lower.callees.items(mapped.list)?.length ?? 0) > 0;
    if (settle === null) return null;
    const call = iterated(list);
    const atom = call.type === 'CallExpression' ? this.#lower.calls.hasElements(call) : null;
    const hasElements: Test | null = atom === null ? null : factTest(atom);
    return { settle, isNeverEmpty, hasElements };
  }
}

/** The promises that `list.map(…)` makes. */
interface Mapped {
  /** What is left of each of them. */
  readonly settle: Term;
  readonly isNeverEmpty: boolean;
  /** Whether there are any, if that agrees with what is known of the call. */
  readonly hasElements: Test | null;
}
