/** The session analysis of a file: made once, and shared by all call-order rules. */

import {
  childrenOf,
  isNode,
  type CallExpression,
  type FunctionNode,
  type Node,
  type Program,
} from '../flow/ast.ts';
import { offsetOf } from '../flow/atoms.ts';
import { Bindings, isScopeManager, type ScopeManager } from '../flow/bindings.ts';
import { Solution, type SolveOptions } from '../flow/functions.ts';
import { Lowering, type LowerHost, type Operation } from '../flow/lower.ts';
import { createSpace, type Protocol } from '../flow/protocol.ts';
import type { States } from '../flow/relation.ts';
import type { FunctionTerm } from '../flow/term.ts';
import type { Values } from '../flow/values.ts';
import { Clients, MOBILE_CLIENT, type ClientModule } from '../sdk/client.ts';
import type { Role } from '../sdk/roles.ts';
import { exportedFunctions } from './exports.ts';
import { eventsOf, faultsOf, RESUME, SESSION, STATES } from './protocol.ts';

/** What a rule's options say of the analysis. */
export interface SessionOptions {
  readonly helpers: SolveOptions['helpers'];
  /** Whether code that is entered from outside is taken to find a live session there. */
  readonly entry: 'unset' | 'session';
}

/** What the host knows of a file. */
export interface SourceFile {
  readonly ast: object;
  readonly text: string;
  readonly scopeManager: object | null;
}

/** A call of a client's method, or a reference to the method that is handed to somebody. */
export interface Site {
  readonly node: Node;
  readonly role: Role;
  readonly method: string;
  /** The states in which it is reached; none where it is not. */
  readonly states: States;
}

/** A call of a client's method. */
export interface ClientCall {
  readonly node: CallExpression;
  readonly role: Role;
  readonly method: string;
}

/** Which code raises the events of a protocol. */
export type Raisers = Pick<LowerHost, 'resume' | 'operation' | 'reference'>;

/** The uses of the clients in a file, in the order of the source, and how each is reached. */
export interface Solved {
  readonly sites: readonly Site[];
  /** The use at a node. */
  readonly at: (node: object) => Site | null;
  readonly solution: Solution;
}

/** A file that may concern an Intercom client. */
export class SessionFile {
  readonly bindings: Bindings;
  readonly #program: Program;
  readonly #clients: Clients;
  readonly #lowering: Lowering;
  readonly #sites = new Map<Node, { readonly role: Role; readonly method: string }>();
  readonly #solved = new Map<string, Solved>();
  #calls: readonly CallExpression[] | null = null;

  constructor(program: Program, manager: ScopeManager, clients: readonly ClientModule[]) {
    this.#program = program;
    this.bindings = new Bindings(manager);
    this.#clients = new Clients(program, this.bindings, clients);
    this.#lowering = this.#lower({
      resume: RESUME,
      operation: (call) => this.#operation(call),
      reference: (node) => this.#reference(node),
    });
  }

  /** All calls of the file. */
  callExpressions(): readonly CallExpression[] {
    if (this.#calls !== null) return this.#calls;
    const calls: CallExpression[] = [];
    const open: Node[] = [this.#program];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.type === 'CallExpression') calls.push(node);
      open.push(...childrenOf(node));
    }
    this.#calls = calls;
    return calls;
  }

  /** The calls of the clients' methods, for those who do not ask how they are reached. */
  calls(): readonly ClientCall[] {
    return this.callExpressions().flatMap((node) => {
      const method = this.#clients.called(node);
      return method === null ? [] : [{ node, role: method.role, method: method.name }];
    });
  }

  /** The calls of a client's member of this name, whether it has a role or not. */
  callsOfMember(name: string): readonly CallExpression[] {
    return this.callExpressions().filter(({ callee }) => this.#clients.isMember(callee, name));
  }

  /** What the expressions of the file can be. */
  get values(): Values {
    return this.#clients.values;
  }

  /** A function of the file, as the analysis sees it. */
  termOf(node: FunctionNode): FunctionTerm {
    return this.#lowering.function(node);
  }

  /** The analysis of the file under these options. */
  solve({ helpers, entry }: SessionOptions): Solved {
    const key = `${helpers} ${entry}`;
    let solved = this.#solved.get(key);
    if (solved === undefined) {
      solved = this.#analyze(helpers, entry);
      this.#solved.set(key, solved);
    }
    return solved;
  }

  /**
   * An analysis by another protocol, of what a function does in one run, or the module in its own.
   *
   * @param root the function; null for the module
   * @param isFaulty see {@link Solution}
   */
  trace(
    root: FunctionNode | null,
    protocol: Protocol,
    raisers: Raisers,
    isFaulty: (statesAt: (site: object) => States) => boolean,
  ): Solution {
    const lowering = this.#lower(raisers);
    const term = root === null ? lowering.module(this.#program) : lowering.function(root);
    const options = { helpers: 'every-path', entry: protocol.initial } as const;
    return new Solution(createSpace(protocol), term, () => [], options, isFaulty);
  }

  #lower(raisers: Raisers): Lowering {
    return new Lowering(this.bindings, this.#clients.values, {
      ...raisers,
      isSubject: (node) => this.#clients.isClient(node),
      neverReturns: isProcessExit,
    });
  }

  #analyze(helpers: SessionOptions['helpers'], entry: SessionOptions['entry']): Solved {
    const solution = new Solution(
      createSpace(SESSION),
      this.#lowering.module(this.#program),
      () => exportedFunctions(this.#program, this.bindings, this.#clients.values, this.#lowering),
      { helpers, entry: STATES.indexOf(entry === 'session' ? 'live' : 'unset') },
      (statesAt) =>
        [...this.#sites].some(([node, { role }]) => (statesAt(node) & faultsOf(role)) !== 0),
    );
    const sites = [...this.#sites].map(([node, site]) => ({
      node,
      ...site,
      states: solution.statesAt(node),
    }));
    sites.sort((one, other) => offsetOf(one.node) - offsetOf(other.node));
    const byNode = new Map<object, Site>(sites.map((site) => [site.node, site]));
    return { sites, at: (node) => byNode.get(node) ?? null, solution };
  }

  #operation(call: CallExpression): Operation | null {
    const method = this.#clients.called(call);
    if (method === null) return null;
    this.#sites.set(call, { role: method.role, method: method.name });
    return eventsOf(method.role);
  }

  #reference(node: Node): Operation | null {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return null;
    const method = this.#clients.method(node);
    if (method === null) return null;
    this.#sites.set(node, { role: method.role, method: method.name });
    return eventsOf(method.role);
  }
}

function isProcessExit(call: CallExpression): boolean {
  const { callee } = call;
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'process' &&
    callee.property.type === 'Identifier' &&
    (callee.property.name === 'exit' || callee.property.name === 'abort')
  );
}

const files = new WeakMap<object, SessionFile | null>();

/** The analysis of a file; null where it has nothing to do with a client. */
export function sessionOf(
  source: SourceFile,
  clients: readonly ClientModule[] = [MOBILE_CLIENT],
): SessionFile | null {
  let file = files.get(source.ast);
  if (file === undefined) {
    file = createFile(source, clients);
    files.set(source.ast, file);
  }
  return file;
}

function createFile(
  { ast, text, scopeManager }: SourceFile,
  clients: readonly ClientModule[],
): SessionFile | null {
  if (!isScopeManager(scopeManager) || !isNode(ast) || ast.type !== 'Program') return null;
  const concerns = text.includes('Intercom') || clients.some(({ module }) => text.includes(module));
  return concerns ? new SessionFile(ast, scopeManager, clients) : null;
}
