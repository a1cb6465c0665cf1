/** The session analysis of a file: made once, and shared by all call-order rules. */

import {
  childrenOf,
  isNode,
  rootOf,
  type CallExpression,
  type FunctionNode,
  type Node,
  type Program,
} from '../flow/ast.ts';
import { offsetOf } from '../flow/atoms.ts';
import { Bindings, isScopeManager, type ScopeManager } from '../flow/bindings.ts';
import { eachKind } from '../flow/evaluate.ts';
import { Shared, Solution, type Answers, type SolveOptions } from '../flow/functions.ts';
import { Lowering, type LowerHost, type Operation } from '../flow/lower.ts';
import { createSpace, type Protocol } from '../flow/protocol.ts';
import type { States } from '../flow/relation.ts';
import { sagaEffectOf } from '../flow/sagas.ts';
import type { FunctionTerm, Term } from '../flow/term.ts';
import type { Values } from '../flow/values.ts';
import { Work } from '../flow/work.ts';
import type { Module } from '../project/module.ts';
import type { Project } from '../project/project.ts';
import { Clients, marksOf, MOBILE_CLIENT, type ClientModule } from '../sdk/client.ts';
import type { Role } from '../sdk/roles.ts';
import type { Expressions } from '../values/evaluate.ts';
import { Modules } from '../values/host.ts';
import { isProcessExit } from './exits.ts';
import { exportedFunctions } from './exports.ts';
import { eventsOf, faultsOf, SESSION, STATES } from './protocol.ts';

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

/** What a file is looked at with. */
export interface Surroundings {
  readonly clients: readonly ClientModule[];
  /** Whether the file is the script of a component, with a template that is not seen. */
  readonly isComponent: boolean;
  /** The modules that imports lead to; null where the file is looked at by itself. */
  readonly project: () => Project | null;
  /** The steps that the analysis may take, where they are fewer than others go by. */
  readonly steps?: number;
}

const ALONE: Surroundings = {
  clients: [MOBILE_CLIENT],
  isComponent: false,
  project: () => null,
};

/** A call of a client's method, or a reference to the method that is handed to somebody. */
export interface Site {
  readonly node: Node;
  readonly role: Role;
  readonly method: string;
  /** The states in which it is reached; none where it is not. */
  readonly states: States;
}

/** A call of a client's method, or one that has redux-saga call it. */
export interface ClientCall {
  readonly node: CallExpression;
  readonly role: Role;
  readonly method: string;
  /** Whether it is known to return a promise. */
  readonly promises: boolean;
  /** What redux-saga calls, and with what, where it does. */
  readonly effect: { readonly target: Node; readonly args: readonly Node[] } | null;
}

/** Which code raises the events of a protocol. */
export type Raisers = Pick<LowerHost, 'operation' | 'reference'>;

/** The uses of the clients in a file, in the order of the source, and how each is reached. */
export interface Solved {
  readonly sites: readonly Site[];
  /** The uses in other modules, as far as they were looked into. */
  readonly foreign: readonly Site[];
  /** The use at a node, also in another module. */
  readonly at: (node: object) => Site | null;
  readonly solution: Answers;
}

/** A use of a client's method, in the file or in a module that it leads to. */
interface Use {
  readonly role: Role;
  readonly method: string;
  /** Whether it is in the file. The others are reported where their files are linted. */
  readonly isOwn: boolean;
}

/** The steps that solving may take: a few for each character, and so many at least. */
const WORK = { least: 2_000_000, each: 30 };

/** Those that the ways may take which are told. */
const WAYS = { least: 300_000, each: 5 };

/** What is told of a file that is too much work. */
const UNSOLVED: Solved = {
  sites: [],
  foreign: [],
  at: () => null,
  solution: {
    statesAt: () => 0,
    explain: () => null,
    within: () => null,
    statesWithout: () => 0,
    isFollowed: () => false,
    resultsOf: () => eachKind(() => 0),
  },
};

/** A file that may concern an Intercom client. */
export class SessionFile {
  readonly bindings: Bindings;
  /** Whether the file is the script of a component, which runs once for each that is made. */
  readonly isComponent: boolean;
  readonly #program: Program;
  readonly #project: Project | null;
  readonly #clients: Clients;
  /** The constants that nobody can change. */
  readonly #certain: Modules;
  readonly #lowering: Lowering;
  readonly #sites = new Map<Node, Use>();
  readonly #solved = new Map<string, Solved>();
  readonly #leftOut = new Set<Node>();
  /** What the solutions have in common. */
  readonly #shared = new Shared();
  /** What solving may take. */
  readonly #work: Work;
  /** What may be taken by the ways that are told. */
  readonly #ways: Work;
  /** What may be taken by analyses by other protocols. */
  readonly #traces: Work;
  #calls: readonly CallExpression[] | null = null;
  #clientCalls: readonly ClientCall[] | null = null;

  constructor(
    program: Program,
    text: string,
    manager: ScopeManager,
    clients: readonly ClientModule[],
    project: Project | null = null,
    isComponent = false,
    steps = Infinity,
  ) {
    this.#program = program;
    const workFor = ({ least, each }: typeof WORK): Work =>
      new Work(Math.min(steps, least + each * text.length));
    this.#work = workFor(WORK);
    this.#ways = workFor(WAYS);
    this.#traces = workFor(WORK);
    this.isComponent = isComponent;
    this.#project = project;
    this.bindings = new Bindings(manager);
    project?.setLinted({ text, program, bindings: this.bindings });
    this.#clients = new Clients(program, this.bindings, clients, project);
    this.#certain = new Modules(project, { heedsTests: false, objects: 'frozen' });
    this.#certain.expressionsOf({ program, bindings: this.bindings });
    this.#lowering = this.#lower({
      operation: (call) => this.#operation(call),
      reference: (node) => this.#reference(node),
    });
  }

  /** The module of the project that a node is in; null where it is in the file itself. */
  moduleOf(node: Node): Module | null {
    return this.#isOwn(node) ? null : (this.#project?.moduleOf(node) ?? null);
  }

  #isOwn(node: Node): boolean {
    return rootOf(node) === this.#program;
  }

  /** Whether a method of a client is used here at all, as a member or destructured. */
  usesClient(): boolean {
    return this.#clients.isUsedIn(this.#program);
  }

  /** All calls of the file, in the order of the source. */
  callExpressions(): readonly CallExpression[] {
    if (this.#calls !== null) return this.#calls;
    const calls: CallExpression[] = [];
    const open: Node[] = [this.#program];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.type === 'CallExpression') calls.push(node);
      open.push(...childrenOf(node).toReversed());
    }
    this.#calls = calls;
    return calls;
  }

  /** The calls of the clients' methods, for those who do not ask how they are reached. */
  calls(): readonly ClientCall[] {
    this.#clientCalls ??= this.callExpressions().flatMap((node): readonly ClientCall[] => {
      const method = this.#clients.called(node);
      if (method !== null) {
        const { role, name, promises } = method;
        return [{ node, role, method: name, promises, effect: null }];
      }
      const effect = sagaEffectOf(node, this.bindings);
      if (effect?.kind !== 'call' && effect?.kind !== 'fork') return [];
      const performed = this.#clients.method(effect.target);
      return performed === null
        ? []
        : [
            {
              node,
              role: performed.role,
              method: performed.name,
              promises: performed.promises,
              effect,
            },
          ];
    });
    return this.#clientCalls;
  }

  /** The calls of a client's member of this name, whether it has a role or not. */
  callsOfMember(name: string): readonly CallExpression[] {
    return this.callExpressions().filter(({ callee }) => this.#clients.isMember(callee, name));
  }

  /** What the expressions of the file can be. */
  get values(): Values {
    return this.#clients.values;
  }

  /** What the expressions of the file are, computed as far as they are constant. */
  get expressions(): Expressions {
    return this.#clients.constants.expressionsOf({
      program: this.#program,
      bindings: this.bindings,
    });
  }

  /** A function of the file, as the analysis sees it. */
  termOf(node: FunctionNode): FunctionTerm {
    return this.#lowering.function(node);
  }

  /** What awaiting the value of an expression of the file does, as the analysis sees it. */
  settled(node: Node): Term {
    return this.#lowering.settled(node);
  }

  /**
   * The functions and statements that have been left out, being nested too deeply, and the program
   * where all of it is too much work.
   */
  leftOut(): ReadonlySet<Node> {
    return this.#leftOut;
  }

  /** How many steps were taken for the file so far. */
  get taken(): number {
    return this.#work.taken + this.#ways.taken + this.#traces.taken;
  }

  /** Notes that not all was looked at, which is too much work. */
  leaveOut(): void {
    this.#leftOut.add(this.#program);
  }

  /** Counts a step of what follows ways. */
  readonly step = (): void => {
    this.#ways.take();
  };

  /** What an action gives that follows ways; null where that is too much work. */
  withinWork<T>(action: () => T): T | null {
    return this.#ways.within(action);
  }

  /** What an action gives that traces; null where that is too much work, which is noted. */
  withinTraces<T>(action: () => T): T | null {
    const result = this.#traces.within(action);
    if (result === null) this.leaveOut();
    return result;
  }

  /** The analysis of the file under these options. */
  solve({ helpers, entry }: SessionOptions): Solved {
    const key = `${helpers} ${entry}`;
    let solved: Solved | null | undefined = this.#solved.get(key);
    if (solved === undefined) {
      solved = this.#work.within(() => this.#analyze(helpers, entry));
      if (solved === null) {
        this.leaveOut();
        solved = UNSOLVED;
      }
      this.#solved.set(key, solved);
    }
    return solved;
  }

  /**
   * An analysis by another protocol, of what a function does in one run, or the module in its own.
   *
   * @param root the function; null for the module
   * @param part the one statement of the function to which it can matter; null for all of it
   * @param isFaulty see {@link Solution}
   */
  trace(
    root: FunctionNode | null,
    part: Node | null,
    protocol: Protocol,
    raisers: Raisers,
    isFaulty: (statesAt: (site: object) => States) => boolean,
  ): Solution {
    const lowering = this.#lower(raisers);
    const term =
      root === null
        ? lowering.module(this.#program)
        : part === null
          ? lowering.function(root)
          : lowering.part(part, root.async);
    const work = this.#traces;
    const shared = new Shared();
    const options = {
      helpers: 'every-path',
      entry: protocol.initial,
      shared,
      work,
      ways: work,
    } as const;
    return new Solution(createSpace(protocol), term, () => [], options, isFaulty);
  }

  #lower(raisers: Raisers): Lowering {
    const certain = this.#certain;
    return new Lowering(this.bindings, this.#clients.values, {
      ...raisers,
      isSubject: (node) => this.#clients.isClient(node),
      constant: (node) => certain.kindOf(node),
      neverReturns: (call) => isProcessExit(call, this.bindings),
      leftOut: (node) => {
        if (this.#isOwn(node)) this.#leftOut.add(node);
      },
    });
  }

  #analyze(helpers: SessionOptions['helpers'], entry: SessionOptions['entry']): Solved {
    const solution = new Solution(
      createSpace(SESSION),
      this.#lowering.module(this.#program),
      () =>
        exportedFunctions(
          this.#program,
          this.bindings,
          this.#clients.values,
          this.#lowering,
          this.isComponent,
        ),
      {
        helpers,
        entry: STATES.indexOf(entry === 'session' ? 'live' : 'unset'),
        shared: this.#shared,
        work: this.#work,
        ways: this.#ways,
      },
      (statesAt) =>
        [...this.#sites].some(
          ([node, { role, isOwn }]) => isOwn && (statesAt(node) & faultsOf(role)) !== 0,
        ),
    );
    const byNode = new Map<object, Site>();
    const sites: Site[] = [];
    const foreign: Site[] = [];
    for (const [node, { role, method, isOwn }] of this.#sites) {
      const site = { node, role, method, states: solution.statesAt(node) };
      byNode.set(node, site);
      (isOwn ? sites : foreign).push(site);
    }
    sites.sort((one, other) => offsetOf(one.node) - offsetOf(other.node));
    return { sites, foreign, at: (node) => byNode.get(node) ?? null, solution };
  }

  #operation(call: CallExpression): Operation | null {
    const method = this.#clients.called(call);
    if (method === null) return null;
    this.#addSite(call, method);
    return eventsOf(method.role);
  }

  #reference(node: Node): Operation | null {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return null;
    const method = this.#clients.method(node);
    if (method === null) return null;
    this.#addSite(node, method);
    return eventsOf(method.role);
  }

  #addSite(node: Node, { role, name }: { readonly role: Role; readonly name: string }): void {
    this.#sites.set(node, { role, method: name, isOwn: this.#isOwn(node) });
  }
}

const files = new WeakMap<object, SessionFile | null>();

/** The analysis of a file; null where it has nothing to do with a client. */
export function sessionOf(
  source: SourceFile,
  surroundings: () => Surroundings = () => ALONE,
): SessionFile | null {
  let file = files.get(source.ast);
  if (file === undefined) {
    file = createFile(source, surroundings());
    files.set(source.ast, file);
  }
  return file;
}

/** Drops the analysis of a file, which is then made anew. */
export function forgetSession(ast: object): void {
  files.delete(ast);
}

function createFile(
  { ast, text, scopeManager }: SourceFile,
  surroundings: Surroundings,
): SessionFile | null {
  if (!isScopeManager(scopeManager) || !isNode(ast) || ast.type !== 'Program') return null;
  const { clients, isComponent, project, steps } = surroundings;
  if (!mayCall(text, clients)) return null;
  const isMarked = marksOf(clients).some((mark) => text.includes(mark));
  // A client may come from another module under another name.
  if (!isMarked && project()?.reachesClient(text) !== true) return null;
  const file = new SessionFile(ast, text, scopeManager, clients, project(), isComponent, steps);
  return isMarked || file.usesClient() ? file : null;
}

/** Whether a text can hold a call of a client's method, or of a client that has no name of its own. */
function mayCall(text: string, clients: readonly ClientModule[]): boolean {
  return text.includes('Intercom') || clients.some(({ called }) => called.test(text));
}
