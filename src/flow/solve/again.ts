/** What has to be solved once more, that first which was solved first. */

import type { Node } from './tables.ts';

/** A heap by the order of nodes. */
export class Again implements Iterable<Node> {
  readonly #nodes: Node[] = [];

  [Symbol.iterator](): Iterator<Node> {
    return this.#nodes.values();
  }

  add(node: Node): void {
    const nodes = this.#nodes;
    let at = nodes.push(node) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  /** Takes out the first; undefined where there is none. */
  take(): Node | undefined {
    const nodes = this.#nodes;
    const [first] = nodes;
    const last = nodes.pop();
    if (last === undefined || nodes.length === 0) return first;
    nodes[0] = last;
    for (let at = 0; ;) {
      const below = 2 * at + 1;
      const least =
        below + 1 < nodes.length && this.#isBefore(below + 1, below) ? below + 1 : below;
      if (least >= nodes.length || !this.#isBefore(least, at)) return first;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    return (this.#nodes[one]?.order ?? 0) < (this.#nodes[other]?.order ?? 0);
  }

  #swap(one: number, other: number): void {
    const [first, second] = [this.#nodes[one], this.#nodes[other]];
    if (first === undefined || second === undefined) return;
    this.#nodes[one] = second;
    this.#nodes[other] = first;
  }
}
