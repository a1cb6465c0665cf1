/** Where promises that were made before are waited for. */

import {
  childrenOf,
  codeAround,
  isFunction,
  isNode,
  isWithin,
  memberName,
  ownNodesIn,
  unwrap,
  type Node,
} from '../../syntax/ast.ts';
import { offsetOf } from '../../syntax/places.ts';
import { partsOf } from '../../flow/term/make.ts';
import type { Term } from '../../flow/term/term.ts';
import type { SessionFile } from '../model.ts';

/** A place that waits for a promise. */
export interface Awaited {
  /** The `await`, or the call of `then`. */
  readonly node: Node;
  /** What is waited for, with the promise in it. */
  readonly promise: Node;
}

/** The places of a file that wait for promises, by what has made these. */
export class AwaitedPromises {
  readonly #session: SessionFile;
  /** For each function, or the module, the places in it by the calls that make their promises. */
  readonly #places = new Map<Node, ReadonlyMap<object, readonly Awaited[]>>();

  constructor(session: SessionFile) {
    this.#session = session;
  }

  /**
   * The first place behind another one, in the same function, that waits for a promise which one of
   * these has made; null where there is none.
   */
  behind(makers: readonly object[], place: Node): Awaited | null {
    const places = this.#placesIn(codeAround(place));
    let first: Awaited | null = null;
    for (const maker of makers) {
      const next = firstBehind(places.get(maker) ?? [], offsetOf(place));
      if (first === null || (next !== null && offsetOf(next.node) < offsetOf(first.node))) {
        first = next;
      }
    }
    return first;
  }

  /** Whether a place before another one, in the same function, waits for such a promise. */
  isBefore(makers: readonly object[], place: Node): boolean {
    const places = this.#placesIn(codeAround(place));
    return makers.some((maker) => {
      const first = places.get(maker)?.[0];
      return first !== undefined && offsetOf(first.node) < offsetOf(place);
    });
  }

  /** The name, or the property, of a promise that one of these has made, in what is waited for. */
  nameOf(makers: readonly object[], { promise }: Awaited): Node | null {
    const open: Node[] = [promise];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const inner = unwrap(node);
      const isName = inner.type === 'Identifier' || inner.type === 'MemberExpression';
      if (isName && makers.some((maker) => this.#makers(inner).has(maker))) return inner;
      if (!isFunction(inner)) open.push(...childrenOf(inner));
    }
    return null;
  }

  #placesIn(code: Node): ReadonlyMap<object, readonly Awaited[]> {
    const known = this.#places.get(code);
    if (known !== undefined) return known;
    const places = new Map<object, Awaited[]>();
    for (const awaited of awaitedIn(code)) {
      for (const maker of this.#makers(awaited.promise)) {
        // What is made where it is waited for was not made before.
        if (isNode(maker) && isWithin(maker, awaited.node)) continue;
        const others = places.get(maker);
        if (others === undefined) places.set(maker, [awaited]);
        else others.push(awaited);
      }
    }
    this.#places.set(code, places);
    return places;
  }

  /** The calls, and chains of promises, that have made what an expression can be. */
  #makers(promise: Node): ReadonlySet<object> {
    const makers = new Set<object>();
    const open: Term[] = [this.#session.settled(promise)];
    for (let term = open.pop(); term !== undefined; term = open.pop()) {
      if (term.kind === 'join') makers.add(term.promise);
      else if (term.kind === 'event' && term.origin !== undefined) makers.add(term.origin);
      else if (term.kind === 'call' && term.mode === 'settled') makers.add(term.site);
      open.push(...partsOf(term));
    }
    return makers;
  }
}

/** What waits for something in some code, in the order of the source. */
function awaitedIn(code: Node): readonly Awaited[] {
  return childrenOf(code)
    .flatMap(ownNodesIn)
    .flatMap((node) => {
      const promise = waitedFor(node);
      return promise === null ? [] : [{ node, promise }];
    })
    .sort((one, other) => offsetOf(one.node) - offsetOf(other.node));
}

/** What `await promise` and `promise.then(f)` wait for. */
function waitedFor(node: Node): Node | null {
  if (node.type === 'AwaitExpression') return node.argument;
  if (node.type !== 'CallExpression' || node.arguments.length === 0) return null;
  const callee = unwrap(node.callee);
  const isThen = callee.type === 'MemberExpression' && memberName(callee) === 'then';
  return isThen ? callee.object : null;
}

/** The first of some places, which are in order, that begins behind an offset. */
function firstBehind(places: readonly Awaited[], offset: number): Awaited | null {
  let from = 0;
  let to = places.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const place = places[middle];
    if (place !== undefined && offsetOf(place.node) > offset) to = middle;
    else from = middle + 1;
  }
  return places[from] ?? null;
}
