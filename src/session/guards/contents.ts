/** What is in the files that are read together. */

import {
  memberName,
  nodesIn,
  type CallExpression,
  type MemberExpression,
  type Node,
} from '../../syntax/ast.ts';
import type { Values } from '../../values/resolve.ts';

export class Contents {
  readonly #values: Values;
  readonly #members = new Map<string, MemberExpression[]>();
  readonly #calls: CallExpression[] = [];
  readonly #nodes: Node[] = [];
  readonly #indexed = new Set<Node>();

  constructor(values: Values) {
    this.#values = values;
  }

  /** All expressions and statements. */
  nodes(): readonly Node[] {
    this.#index();
    return this.#nodes;
  }

  /** The same, with those of files that are added meanwhile. */
  *each(): Iterable<Node> {
    for (let at = 0, nodes = this.nodes(); at < nodes.length; nodes = this.nodes()) {
      const more = nodes.slice(at);
      at += more.length;
      yield* more;
    }
  }

  calls(): readonly CallExpression[] {
    this.#index();
    return this.#calls;
  }

  /** All members of this name, of whatever. */
  members(name: string): readonly MemberExpression[] {
    this.#index();
    return this.#members.get(name) ?? [];
  }

  #index(): void {
    for (const program of this.#values.programs) {
      if (this.#indexed.has(program)) continue;
      this.#indexed.add(program);
      for (const node of nodesIn(program)) {
        this.#nodes.push(node);
        if (node.type === 'CallExpression') this.#calls.push(node);
        const name = node.type === 'MemberExpression' ? memberName(node) : null;
        if (node.type !== 'MemberExpression' || name === null) continue;
        const same = this.#members.get(name);
        if (same === undefined) this.#members.set(name, [node]);
        else same.push(node);
      }
    }
  }
}
