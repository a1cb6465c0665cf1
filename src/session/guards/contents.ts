/** What is in the files that are read together. */

import {
  memberName,
  nodesIn,
  type CallExpression,
  type FunctionNode,
  type MemberExpression,
  type NewExpression,
  type Node,
} from '../../syntax/ast.ts';
import { thingsAmong } from '../../values/libraries/things.ts';
import type { Values } from '../../values/resolve.ts';

/** What is found among those of one kind, by those that were looked at so far. */
interface Found<Key, T> {
  readonly by: Map<Key, T[]>;
  count: number;
}

export class Contents {
  readonly #values: Values;
  readonly #members = new Map<string, MemberExpression[]>();
  readonly #calls: CallExpression[] = [];
  readonly #constructions: NewExpression[] = [];
  readonly #nodes: Node[] = [];
  readonly #called: Found<FunctionNode, CallExpression> = { by: new Map(), count: 0 };
  readonly #constructed: Found<Node, NewExpression> = { by: new Map(), count: 0 };
  readonly #ofLibraries: Found<boolean, CallExpression> = { by: new Map(), count: 0 };
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

  /** The calls of what a library gives, and those that give something of one. */
  libraryCalls(): readonly CallExpression[] {
    const isOfLibrary = (node: Node): boolean => thingsAmong(this.#values.of(node)).length > 0;
    this.#index();
    const by = found(this.#ofLibraries, this.#calls, (call) => [
      ...(isOfLibrary(call.callee) || isOfLibrary(call) ? [true] : []),
    ]);
    return by.get(true) ?? [];
  }

  /** The calls that are seen of a function. */
  callsOf(code: FunctionNode): readonly CallExpression[] {
    this.#index();
    const by = found(this.#called, this.#calls, ({ callee }) => this.#values.functions(callee));
    return by.get(code) ?? [];
  }

  /** What is seen to construct a class. */
  constructionsOf(owner: Node): readonly NewExpression[] {
    this.#index();
    const by = found(this.#constructed, this.#constructions, ({ callee }) =>
      this.#values.of(callee).flatMap((value) => (value.kind === 'class' ? [value.node] : [])),
    );
    return by.get(owner) ?? [];
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
        if (node.type === 'NewExpression') this.#constructions.push(node);
        const name = node.type === 'MemberExpression' ? memberName(node) : null;
        if (node.type !== 'MemberExpression' || name === null) continue;
        const same = this.#members.get(name);
        if (same === undefined) this.#members.set(name, [node]);
        else same.push(node);
      }
    }
  }
}

/** Looks at those that were added since, too: each is found by all that it is told by. */
function found<Key, T>(
  index: Found<Key, T>,
  all: readonly T[],
  keysOf: (one: T) => readonly Key[],
): ReadonlyMap<Key, readonly T[]> {
  const further = all.slice(index.count);
  index.count = all.length;
  for (const one of further) {
    for (const key of new Set(keysOf(one))) {
      const same = index.by.get(key);
      if (same === undefined) index.by.set(key, [one]);
      else same.push(one);
    }
  }
  return index.by;
}
