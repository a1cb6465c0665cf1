/** How code is read: its bindings, its clients and its terms, and the uses of clients in it. */

import { rootOf, type CallExpression, type Node, type Program } from '../syntax/ast.ts';
import { offsetOf } from '../syntax/places.ts';
import type { Bindings } from '../syntax/bindings.ts';
import { Lowering, type LowerHost, type Operation } from '../flow/lower/lowering.ts';
import type { Project } from '../project/project.ts';
import type { Clients } from '../sdk/client.ts';
import type { Role } from '../sdk/roles.ts';
import { Modules } from '../values/host.ts';
import { isProcessExit } from './exits.ts';
import { eventsOf } from './protocol.ts';

/** Which code raises the events of a protocol. */
export type Raisers = Pick<LowerHost, 'operation' | 'reference'>;

/** A use of a client's method. */
export interface Use {
  readonly node: Node;
  readonly role: Role;
  readonly method: string;
}

const NO_USES: ReadonlyMap<Node, Use> = new Map();
const NO_NODES: ReadonlySet<Node> = new Set();

/** One file, or several that are read together. */
export class Reading {
  readonly bindings: Bindings;
  readonly clients: Clients;
  readonly lowering: Lowering;
  /** By the roots of their trees. */
  readonly #uses = new Map<Node, Map<Node, Use>>();
  readonly #leftOut = new Map<Node, Set<Node>>();

  /** The constants that nobody can change. */
  readonly #certain: Modules;

  /**
   * @param project the modules that imports lead to; null where a file is read by itself
   * @param program the file; null for modules of the project that are read together
   */
  constructor(
    bindings: Bindings,
    clients: Clients,
    project: Project | null,
    program: Program | null,
  ) {
    this.bindings = bindings;
    this.clients = clients;
    this.#certain = new Modules(project, { heedsTests: false, objects: 'frozen' });
    if (program !== null) this.#certain.expressionsOf({ program, bindings });
    this.lowering = this.lower({
      operation: (call) => this.#operation(call),
      reference: (node) => this.#reference(node),
    });
  }

  /** The uses of clients in a tree, as far as it was lowered. */
  usesIn(root: Node): ReadonlyMap<Node, Use> {
    return this.#uses.get(root) ?? NO_USES;
  }

  /** Those in all other trees, by their paths and places. */
  usesOutside(root: Node, pathOf: (root: Node) => string): readonly Use[] {
    return [...this.#uses]
      .filter(([other]) => other !== root)
      .map(([other, uses]) => ({ path: pathOf(other), uses: [...uses.values()] }))
      .sort((one, other) => (one.path < other.path ? -1 : 1))
      .flatMap(({ uses }) => uses.sort((one, other) => offsetOf(one.node) - offsetOf(other.node)));
  }

  /** What is nested too deeply in a tree, and was left out. */
  leftOutOf(root: Node): ReadonlySet<Node> {
    return this.#leftOut.get(root) ?? NO_NODES;
  }

  /** Lowers the same code by another protocol. */
  lower(raisers: Raisers): Lowering {
    return new Lowering(this.bindings, this.clients.values, {
      ...raisers,
      isSubject: (node) => this.clients.isClient(node),
      constant: (node) => this.#certain.kindOf(node),
      neverReturns: (call) => isProcessExit(call, this.bindings),
      leftOut: (node) => {
        const root = rootOf(node);
        const nodes = this.#leftOut.get(root) ?? new Set();
        this.#leftOut.set(root, nodes.add(node));
      },
    });
  }

  #operation(call: CallExpression): Operation | null {
    const method = this.clients.called(call);
    if (method === null) return null;
    this.#addUse(call, method);
    return eventsOf(method.role);
  }

  #reference(node: Node): Operation | null {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return null;
    const method = this.clients.method(node);
    if (method === null) return null;
    this.#addUse(node, method);
    return eventsOf(method.role);
  }

  #addUse(node: Node, { role, name }: { readonly role: Role; readonly name: string }): void {
    const root = rootOf(node);
    const uses = this.#uses.get(root) ?? new Map<Node, Use>();
    this.#uses.set(root, uses.set(node, { node, role, method: name }));
  }
}
