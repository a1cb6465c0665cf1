/** How code is read: its bindings, its clients and its terms. */

import { functionAround, rootOf, unwrap, type Node, type Program } from '../syntax/ast.ts';
import type { Bindings } from '../syntax/bindings.ts';
import { Leads } from '../flow/lower/leads.ts';
import { Lowering, type LowerHost, type Operation } from '../flow/lower/lowering.ts';
import type { Proof } from '../flow/lower/parts.ts';
import { CurrentWork } from '../flow/solve/work.ts';
import type { Project } from '../project/project.ts';
import type { Clients } from '../sdk/client.ts';
import type { Role } from '../sdk/roles.ts';
import { Modules } from '../values/host.ts';
import type { Keeping } from '../values/libraries/state-kept.ts';
import type { Outside } from '../values/externals.ts';
import { assertedBy, isProcessExit } from './exits.ts';
import { eventsOf, GIVEN_AGAIN } from './protocol.ts';

/** Which code raises the events of a protocol. */
export type Raisers = Pick<
  LowerHost,
  'operation' | 'reference' | 'choices' | 'again' | 'canLead' | 'assigned' | 'isTested' | 'proves'
>;

/** A use of a client's method. */
export interface Use {
  readonly node: Node;
  readonly role: Role;
  readonly method: string;
  /** Whether nothing has to be waited for. */
  readonly isOrdered: boolean;
}

/** Which code uses clients, as an analysis is told. */
export interface UsedClients extends Pick<
  Clients,
  | 'values'
  | 'constants'
  | 'called'
  | 'method'
  | 'choices'
  | 'isMember'
  | 'isUsedIn'
  | 'isClient'
  | 'includeTypes'
  | 'isNamed'
  | 'isOwn'
> {
  readonly libraries: Pick<
    Clients['libraries'],
    'runsOf' | 'madeBy' | 'calledByName' | 'calledFor' | 'isChoosing' | 'isPart' | 'waitedFor'
  > & {
    readonly kept: Keeping;
  };
  /** The method that is as good as called once a property, or an assignment, is evaluated. */
  readonly done?: (node: Node) => ReturnType<Clients['method']>;
}

const NO_NODES: ReadonlySet<Node> = new Set();

/** To lower an expression or a statement takes so many steps, */
const LOWERED = 2;

/** and to work out what an expression can be. */
const ANSWERED = 8;

/** One file, or several that are read together. */
export class Reading {
  readonly bindings: Bindings;
  readonly clients: UsedClients;
  readonly lowering: Lowering;
  /** What raises the events of a session. */
  readonly raisers: Raisers;
  /** What is tested in what has been lowered. */
  readonly tested: ReadonlySet<Node>;
  readonly #uses = new Map<Node, Use | null>();
  readonly #leftOut = new Map<Node, Set<Node>>();
  /** What lowering and values take. */
  readonly #tally: CurrentWork;
  #answers = 0;

  /** The constants that nobody can change. */
  readonly #certain: Modules;
  readonly #canLead: (code: Node) => boolean;
  /** Tells which functions can lead to an event, or to these nodes; null where no walk can. */
  readonly #leads: ((events: ReadonlySet<Node>) => Leads) | null;

  /**
   * @param project the modules that imports lead to; null where a file is read by itself
   * @param program the file; null for modules of the project that are read together
   * @param tally what it takes is told here, where it is the reading of one file
   */
  constructor(
    bindings: Bindings,
    clients: UsedClients,
    project: Project | null,
    program: Program | null,
    tally = new CurrentWork(),
  ) {
    this.bindings = bindings;
    this.#tally = tally;
    this.clients = clients;
    this.#certain = new Modules(project, { heedsTests: false, objects: 'frozen' });
    if (program !== null) this.#certain.expressionsOf({ program, bindings });
    // What is done by a property or an assignment, the walk knows nothing of.
    const isWalked = program !== null && clients.done === undefined;
    this.#leads = isWalked
      ? (events): Leads => new Leads(program, bindings, clients.values, events)
      : null;
    this.raisers = {
      operation: (call) => this.#alwaysAt(call, call.callee),
      // What a call gives is no method, whatever it calls.
      reference: (node) => (node.type === 'CallExpression' ? null : this.#alwaysAt(node, node)),
      choices: (node) =>
        this.clients.choices(node).map(({ role, of }) => eventsOf(role, of.isOrdered)),
      again: () => GIVEN_AGAIN,
    };
    const tested = new Set<Node>();
    this.tested = tested;
    this.#canLead = this.#leadingTo(NO_NODES);
    this.lowering = this.lower({
      ...this.raisers,
      canLead: this.#canLead,
      proves: (node) => {
        tested.add(node);
        return null;
      },
    });
  }

  /** The use that a call, or a reference to a method, is; null for anything else. */
  useAt(node: Node): Use | null {
    let use = this.#uses.get(node);
    if (use === undefined) {
      const method =
        node.type === 'CallExpression'
          ? this.clients.called(node)
          : node.type === 'Identifier' || node.type === 'MemberExpression'
            ? this.clients.method(node)
            : (this.clients.done?.(node) ?? null);
      use = method && {
        node,
        role: method.role,
        method: method.name,
        isOrdered: method.of.isOrdered,
      };
      this.#uses.set(node, use);
    }
    return use;
  }

  /** Whether the code around a node can raise an event at all, which is told without asking what anything is. */
  canRaise(node: Node): boolean {
    const around = functionAround(node);
    return around === null || this.#canLead(around);
  }

  /** What of the language, its host or a package an expression is. */
  readonly outside: Outside = (node) => this.clients.constants.externalOf(node);

  /** What is nested too deeply in a tree, and was left out. */
  leftOutOf(root: Node): ReadonlySet<Node> {
    return this.#leftOut.get(root) ?? NO_NODES;
  }

  /**
   * Lowers the same code with more events.
   *
   * @param events where these are raised
   */
  lowerWith(events: ReadonlySet<Node>, raisers: Raisers): Lowering {
    return this.lower({ ...raisers, canLead: this.#leadingTo(events) });
  }

  /** Tells which code can lead to an event, or to these nodes. */
  #leadingTo(events: ReadonlySet<Node>): (code: Node) => boolean {
    const leads = this.#leads?.(events) ?? null;
    return (code) => leads?.canLead(code) ?? true;
  }

  /** Lowers the same code with what tests prove. */
  lowerProving(proofs: ReadonlyMap<Node, Proof>): Lowering {
    return this.lowerWith(new Set(proofs.keys()), {
      ...this.raisers,
      proves: (node) => proofs.get(node) ?? null,
    });
  }

  /** Lowers the same code by another protocol. */
  lower(raisers: Raisers): Lowering {
    const { outside } = this;
    return new Lowering(this.bindings, this.clients.values, {
      ...raisers,
      ...(this.clients.done && { done: (node: Node) => this.#eventsAt(node) }),
      isSubject: (node) => this.clients.isClient(node),
      constant: (node) => this.#certain.kindOf(node),
      literal: (node) => this.#certain.literalOf(node),
      runs: (call) => this.clients.libraries.runsOf(call),
      made: (call) => this.clients.libraries.madeBy(call),
      calledFor: (node) => this.clients.libraries.calledFor(node),
      calledByName: (call) => this.clients.libraries.calledByName(call),
      isPart: (call) => this.clients.libraries.isPart(call),
      isChoosing: (call) => this.clients.libraries.isChoosing(call),
      waitedFor: (node) => this.clients.libraries.waitedFor(node),
      matched: (test, dispatch) => this.clients.libraries.kept.matched(test, dispatch),
      typed: (type, dispatch) => this.clients.libraries.kept.typed(type, dispatch),
      isUnwrap: (node) => this.clients.libraries.kept.part(node)?.role === 'unwrap',
      lowers: (lowered) => {
        this.#take(lowered);
      },
      outside,
      neverReturns: (call) => isProcessExit(call, this.bindings, outside),
      asserted: (call) => assertedBy(call, this.bindings, outside),
      leftOut: (node) => {
        const root = rootOf(node);
        const nodes = this.#leftOut.get(root) ?? new Set();
        this.#leftOut.set(root, nodes.add(node));
      },
    });
  }

  /** Takes what was lowered, and what was asked of values meanwhile. */
  #take(lowered: number): void {
    const { values, constants } = this.clients;
    const answers = values.answers + constants.answers + this.#certain.answers;
    const more = answers - this.#answers;
    this.#answers = answers;
    this.#tally.take(LOWERED * lowered + ANSWERED * more);
  }

  #eventsAt(node: Node): Operation | null {
    const use = this.useAt(node);
    return use && eventsOf(use.role, use.isOrdered);
  }

  /** The same, where what is used can be nothing but the method. */
  #alwaysAt(node: Node, method: Node): Operation | null {
    const operation = this.#eventsAt(node);
    return operation === null || this.clients.choices(unwrap(method)).length > 0 ? null : operation;
  }
}
